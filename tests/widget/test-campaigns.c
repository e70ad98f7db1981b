/* test-campaigns.c - campaigns of test calls, from drawing them to what they found
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The far end refuses every call; how a call goes that is answered is for the
 * tests with real peers.
 */
#include <string.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-campaign-dialog.h"
#include "side-campaign-form.h"
#include "side-campaign-words.h"
#include "side-campaigns-page.h"
#include "side-error.h"
#include "side-rules.h"
#include "side-test-call-window.h"
#include "side-test-results-view.h"
#include "side-text.h"
#include "side-time.h"
#include "side-widget-test.h"
#include "side-wire.h"
#include "sip-far-end.h"

#define SCENARIO "7a0c9b7e-3d51-4c2f-9a1c-5f3c8f0f7b01"
#define CAMPAIGN "7a0c9b7e-3d51-4c2f-9a1c-5f3c8f0f7b02"

typedef struct {
  Place                place;
  FarEnd               far_end;
  char                *rules;
  SideLines           *lines;
  SideCampaigns       *campaigns;
  SideCampaignRobot   *robot;
  SideCampaignNotices *notices;
  GtkWidget           *page;
  GtkWidget           *window;
  guint                raised;
  guint                withdrawn;
  char                *said;      /* of the last one raised */
} Scene;

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (shelf);
}

static void
raise_cb (Scene      *scene,
          const char *id,
          const char *title,
          const char *body)
{
  scene->raised++;
  g_free (scene->said);
  scene->said = g_strdup_printf ("%s: %s", title, body);
}

static void
withdraw_cb (Scene *scene)
{
  scene->withdrawn++;
}

static void
put_scenario (Scene *scene)
{
  g_autoptr (SideScenario) scenario = side_scenario_new (SCENARIO, SIDE_FIXTURE_PROJECT, "Night line");
  g_autoptr (SideDocument) document = NULL;

  scenario->number = g_strdup ("100");
  scenario->author = g_strdup (PLACE_USER);
  scenario->version = 1;
  scenario->robot = TRUE;
  side_scenario_add_step (scenario, "a", "Ask whether the shop is open.");
  document = side_wire_document_for_scenario (scenario);
  place_receive (&scene->place, document);
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  g_autofree char *lines = NULL;

  place_set_up_as (&scene->place, SIDE_ROLE_SUPERVISOR);
  put_scenario (scene);
  lines = g_build_filename (scene->place.folder, "lines.json", NULL);
  scene->rules = g_build_filename (scene->place.folder, "rules.ini", NULL);
  scene->lines = side_lines_new (lines);
  scene->campaigns = g_object_ref (side_campaigns_get (scene->place.desk));
  scene->robot = side_campaign_robot_new (scene->campaigns, scene->lines, scene->rules);
  scene->notices = side_campaign_notices_new (scene->campaigns);
  g_signal_connect_swapped (scene->notices, "raise", G_CALLBACK (raise_cb), scene);
  g_signal_connect_swapped (scene->notices, "withdraw", G_CALLBACK (withdraw_cb), scene);
  scene->page = side_campaigns_page_new (scene->campaigns, scene->robot, scene->notices, scene->lines, scene->rules, NULL);
  scene->window = side_widget_test_show (scene->page, 1150, 700);
  side_test_wait_until (is_read, scene->campaigns, 5000, "the campaigns to be read");
  side_test_wait_until (is_read, side_campaigns_get_scenarios (scene->campaigns), 5000, "the scenarios to be read");
  side_test_run_for (200);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  side_widget_test_close (scene->window);
  g_signal_handlers_disconnect_by_data (scene->notices, scene);
  g_object_unref (scene->robot);
  g_object_unref (scene->notices);
  g_object_unref (scene->campaigns);
  g_object_unref (scene->lines);
  g_free (scene->rules);
  g_free (scene->said);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

static void
add_line (Scene *scene)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideLine) line = side_line_new (id);

  line->label = g_strdup ("Office");
  line->user = g_strdup ("shop");
  line->domain = g_strdup ("127.0.0.1");
  line->server = g_strdup_printf ("127.0.0.1:%u", scene->far_end.port);
  line->registers = FALSE;
  g_assert_true (side_lines_put (scene->lines, line, NULL));
}

/* A campaign of @author's with calls @apart_ms from one another, the first @ago_ms ago. */
static SideCampaign *
new_campaign (Scene      *scene,
              const char *author,
              guint       n,
              gint64      ago_ms,
              gint64      apart_ms)
{
  SideCampaign *campaign = side_campaign_new (CAMPAIGN, SIDE_FIXTURE_PROJECT, "Choosing a call centre");
  gint64 first_ms = side_campaigns_get_now_ms (scene->campaigns) - ago_ms;

  campaign->author = g_strdup (author);
  campaign->seed = g_strdup ("abc");
  campaign->count = (int) n;
  campaign->created_ms = campaign->from_ms = first_ms - SIDE_HOUR_MS;
  campaign->to_ms = first_ms + 30 * 24 * SIDE_HOUR_MS;
  g_ptr_array_add (campaign->scenarios, g_strdup (SCENARIO));
  side_campaign_add_number (campaign, "200", "North Calls");
  for (guint i = 0; i < n; i++)
    side_campaign_add_call (campaign, first_ms + i * apart_ms, SCENARIO, "200");
  return campaign;
}

static void
receive (Scene              *scene,
         const SideCampaign *campaign,
         gint64              revision)
{
  g_autoptr (SideDocument) document = side_wire_document_for_campaign (campaign);

  document->revision = revision;
  document->author = g_strdup (campaign->author);
  place_receive (&scene->place, document);
  side_test_run_for (400);
}

static void
receive_call (Scene      *scene,
              const char *number,
              const char *vendor,
              gint64      ago_ms,
              gboolean    fine)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideTestCall) call = side_test_call_new (id, SIDE_FIXTURE_PROJECT, number);
  g_autoptr (SideDocument) document = NULL;

  call->review->reviewer = g_strdup (PLACE_USER);
  call->campaign = g_strdup (CAMPAIGN);
  call->scenario = g_strdup (SCENARIO);
  call->vendor = g_strdup (vendor);
  call->dialled_ms = side_campaigns_get_now_ms (scene->campaigns) - ago_ms;
  call->ended_ms = call->dialled_ms + 30000;
  call->end = SIDE_TEST_END_US;
  if (fine)
    {
      call->answered_ms = call->dialled_ms + 5000;
      side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, 5000, 30000, 1);
    }
  document = side_wire_document_for_test_call (call);
  place_receive (&scene->place, document);
  side_test_run_for (300);
}

static const SideCampaign *
first (Scene *scene)
{
  GPtrArray *list = side_campaigns_list (scene->campaigns);

  g_assert_cmpuint (list->len, >, 0);
  return list->pdata[0];
}

static const SideCampaignCall *
first_call (Scene *scene)
{
  return first (scene)->calls->pdata[0];
}

/* Returns: (nullable): the newest window of that type */
static gpointer
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = g_list_model_get_n_items (windows); i > 0; i--)
    {
      g_autoptr (GObject) window = g_list_model_get_item (windows, i - 1);

      if (g_type_is_a (G_OBJECT_TYPE (window), type))
        return window;   /* GTK holds it */
    }
  return NULL;
}

static gboolean
is_drawn (gpointer dialog)
{
  return !side_campaign_dialog_is_drawing (dialog);
}

static SideCampaignDialog *
open_dialog (Scene *scene)
{
  SideCampaignDialog *dialog;

  g_assert_true (gtk_widget_activate_action (scene->page, "campaigns.new", NULL));
  side_test_run_for (200);
  dialog = find_window (SIDE_TYPE_CAMPAIGN_DIALOG);
  g_assert_nonnull (dialog);
  return dialog;
}

static void
choose_scenario (SideCampaignDialog *dialog)
{
  GtkWidget *form = place_find_kind (GTK_WIDGET (dialog), SIDE_TYPE_CAMPAIGN_FORM);
  GtkWidget *check = place_find_kind (form, GTK_TYPE_CHECK_BUTTON);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  side_test_run_for (100);
}

/* Whether a strip that is shown begins so. */
static gboolean
has_banner (GtkWidget  *root,
            const char *heading)
{
  if (GTK_IS_LABEL (root) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (root)), heading) && gtk_widget_get_mapped (root))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (has_banner (child, heading))
      return TRUE;
  return FALSE;
}

/* ---- making one ---- */

static void
test_empty (Scene         *scene,
            gconstpointer  data)
{
  g_assert_nonnull (place_find_text (scene->page, "No campaigns yet"));
  g_assert_nonnull (side_widget_test_find_button (scene->page, "New Campaign…"));
  side_widget_test_no_nameless (scene->page);
}

static void
test_make (Scene         *scene,
           gconstpointer  data)
{
  SideCampaignDialog *dialog = open_dialog (scene);
  GtkWidget *save = side_widget_test_find_button (GTK_WIDGET (dialog), "_Save");
  GtkWidget *title = place_find_entry (GTK_WIDGET (dialog), "Title");
  g_autoptr (GPtrArray) documents = NULL;
  const SideCampaign *campaign;

  side_widget_test_no_nameless (GTK_WIDGET (dialog));
  g_assert_false (gtk_widget_get_sensitive (save));
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "Give the campaign a title."));
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "Choose a scenario to call with."));
  gtk_editable_set_text (GTK_EDITABLE (title), "Night line answers?");
  choose_scenario (dialog);
  side_test_wait_until (is_drawn, dialog, 20000, "the calls to be drawn");
  g_assert_cmpuint (side_campaign_dialog_get_campaign (dialog)->calls->len, ==, 24);
  g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), "24 calls, no two at the same time or a minute apart."));
  g_assert_true (gtk_widget_get_sensitive (save));
  side_widget_test_click (save);
  side_test_run_for (400);
  documents = place_list (&scene->place, "campaign", NULL);
  g_assert_cmpuint (documents->len, ==, 1);
  campaign = first (scene);
  g_assert_cmpstr (campaign->title, ==, "Night line answers?");
  g_assert_cmpstr (campaign->author, ==, PLACE_USER);
  g_assert_cmpuint (campaign->calls->len, ==, 24);
  for (guint i = 1; i < campaign->calls->len; i++)
    g_assert_cmpint (((SideCampaignCall *) campaign->calls->pdata[i])->at_ms - ((SideCampaignCall *) campaign->calls->pdata[i - 1])->at_ms, >,
                     SIDE_MINUTE_MS);
  side_widget_test_no_nameless (scene->page);
}

/* Every change is a step, and a step back draws what was drawn before it. */
static void
test_undo (Scene         *scene,
           gconstpointer  data)
{
  SideCampaignDialog *dialog = open_dialog (scene);
  GtkWidget *title = place_find_entry (GTK_WIDGET (dialog), "Title");

  gtk_editable_set_text (GTK_EDITABLE (title), "One");
  side_test_run_for (900);
  gtk_editable_set_text (GTK_EDITABLE (title), "Two");
  side_test_run_for (900);
  choose_scenario (dialog);
  g_assert_cmpuint (side_campaign_dialog_get_campaign (dialog)->scenarios->len, ==, 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "campaign.undo", NULL));
  g_assert_cmpuint (side_campaign_dialog_get_campaign (dialog)->scenarios->len, ==, 0);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "campaign.undo", NULL));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (title)), ==, "One");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (dialog), "campaign.redo", NULL));
  g_assert_cmpstr (side_campaign_dialog_get_campaign (dialog)->title, ==, "Two");
  gtk_window_destroy (GTK_WINDOW (dialog));
  side_test_run_for (100);
}

static GtkWidget *
find_spin (GtkWidget *widget,
           double     value)
{
  GtkWidget *found = NULL;

  if (GTK_IS_SPIN_BUTTON (widget))
    return gtk_spin_button_get_value (GTK_SPIN_BUTTON (widget)) == value ? widget : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_spin (child, value);
  return found;
}

/* More calls than the days have room for: it is said, and what there is room for is drawn. */
static void
test_impossible (Scene         *scene,
                 gconstpointer  data)
{
  SideCampaignDialog *dialog = open_dialog (scene);

  gtk_editable_set_text (GTK_EDITABLE (place_find_entry (GTK_WIDGET (dialog), "Title")), "Too many");
  choose_scenario (dialog);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find_spin (GTK_WIDGET (dialog), 24)), 900);
  side_test_run_for (100);
  side_test_wait_until (is_drawn, dialog, 30000, "the calls to be drawn");
  g_assert_cmpuint (side_campaign_dialog_get_campaign (dialog)->calls->len, <, 60);
  g_assert_cmpuint (side_campaign_dialog_get_campaign (dialog)->calls->len, >, 20);
  {
    g_autofree char *words = g_strdup_printf ("Only %u of 900 calls find room in these hours, with so many a day. Choose more hours or days, or fewer calls.",
                                              side_campaign_dialog_get_campaign (dialog)->calls->len);

    g_assert_nonnull (place_find_text (GTK_WIDGET (dialog), words));
  }
  gtk_window_destroy (GTK_WINDOW (dialog));
  side_test_run_for (100);
}

/* ---- calling ---- */

static gboolean
is_idle (gpointer window)
{
  return !side_test_call_window_is_busy (window);
}

static void
test_next (Scene         *scene,
           gconstpointer  data)
{
  g_autoptr (SideCampaign) campaign = new_campaign (scene, PLACE_USER, 3, SIDE_MINUTE_MS, 24 * SIDE_HOUR_MS);
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (SideTestCall) made = NULL;
  g_autofree char *progress = NULL;
  SideTestCallWindow *window;

  scene->far_end.refuses = "486 Busy Here";
  far_end_start (&scene->far_end);
  add_line (scene);
  g_assert_true (side_rules_acknowledge (scene->place.desk, scene->rules, NULL));
  receive (scene, campaign, 1);
  g_assert_nonnull (place_find_text (scene->page, "0 of 3 made · 1 is due"));
  g_assert_cmpuint (scene->raised, ==, 1);
  g_assert_nonnull (strstr (scene->said, "A test call is due: Night line"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (side_campaigns_page_get_view (SIDE_CAMPAIGNS_PAGE (scene->page))), "campaign.next", NULL));
  side_test_run_for (300);
  window = find_window (SIDE_TYPE_TEST_CALL_WINDOW);
  g_assert_nonnull (window);
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (window), "_Call"));
  side_test_wait_until (is_idle, window, 20000, "the call to be refused");
  side_test_run_for (500);
  documents = place_list (&scene->place, "test-call", NULL);
  g_assert_cmpuint (documents->len, ==, 1);
  made = side_wire_test_call_from_json (((SideDocument *) documents->pdata[0])->body, -1, NULL);
  g_assert_cmpstr (made->campaign, ==, CAMPAIGN);
  g_assert_cmpstr (made->vendor, ==, "North Calls");
  g_assert_cmpstr (made->number, ==, "200");
  g_assert_cmpstr (first_call (scene)->test_call, ==, made->review->id);
  g_assert_cmpuint (scene->withdrawn, ==, 1);
  progress = side_campaign_words_progress (scene->campaigns, first (scene));
  g_assert_true (g_str_has_prefix (progress, "1 of 3 made · next: "));
  g_assert_nonnull (place_find_text (scene->page, progress));
  /* There is no second call for the same place. */
  g_assert_false (gtk_widget_get_visible (side_widget_test_find_button (GTK_WIDGET (window), "_Call")));
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (200);
  far_end_stop (&scene->far_end);
}

typedef struct {
  gboolean  done;
  gboolean  ours;
  GError   *error;
} Claimed;

static void
claimed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Claimed *claimed = data;

  claimed->ours = side_campaigns_claim_finish (SIDE_CAMPAIGNS (source), result, &claimed->error);
  claimed->done = TRUE;
}

static gboolean
is_done (gpointer claimed)
{
  return ((Claimed *) claimed)->done;
}

static int
claim (Scene *scene)
{
  Claimed claimed = { 0 };
  int code = -1;
  g_autofree char *id = side_id_new ();

  side_campaigns_claim_async (scene->campaigns, CAMPAIGN, 0, id, NULL, claimed_cb, &claimed);
  side_test_wait_until (is_done, &claimed, 5000, "the call to be taken");
  g_assert_true (claimed.ours == (claimed.error == NULL));
  if (claimed.error != NULL)
    {
      g_test_message ("%s", claimed.error->message);
      code = claimed.error->code;
    }
  g_clear_error (&claimed.error);
  return code;
}

static void
test_taken (Scene         *scene,
            gconstpointer  data)
{
  g_autoptr (SideCampaign) campaign = new_campaign (scene, PLACE_USER, 2, SIDE_MINUTE_MS, 24 * SIDE_HOUR_MS);

  /* Without a connection nobody can tell what the other caller does. */
  g_ptr_array_add (campaign->callers, g_strdup ("vera"));
  receive (scene, campaign, 1);
  g_assert_cmpint (claim (scene), ==, SIDE_ERROR_DISCONNECTED);
  g_ptr_array_set_size (campaign->callers, 0);
  /* Who took it and was heard of no more keeps it for hours, not for ever. */
  ((SideCampaignCall *) campaign->calls->pdata[0])->test_call = side_id_new ();
  campaign->changed_ms = side_campaigns_get_now_ms (scene->campaigns) - SIDE_HOUR_MS;
  receive (scene, campaign, 2);
  g_assert_cmpint (claim (scene), ==, SIDE_ERROR_CONFLICT);
  campaign->changed_ms -= 2 * SIDE_HOUR_MS;
  receive (scene, campaign, 3);
  g_assert_cmpint (claim (scene), ==, -1);
  side_test_run_for (300);
  /* It is taken now, and not twice. */
  g_assert_nonnull (first_call (scene)->test_call);
  g_assert_cmpint (claim (scene), ==, SIDE_ERROR_CONFLICT);
}

static void
test_skip (Scene         *scene,
           gconstpointer  data)
{
  g_autoptr (SideCampaign) campaign = new_campaign (scene, PLACE_USER, 2, SIDE_MINUTE_MS, 24 * SIDE_HOUR_MS);
  SideSteps *steps = side_document_shelf_get_steps (SIDE_DOCUMENT_SHELF (scene->campaigns));
  g_autofree char *undone = NULL;

  receive (scene, campaign, 1);
  side_campaigns_skip (scene->campaigns, CAMPAIGN, 0, "The shop is closed");
  side_test_run_for (400);
  g_assert_cmpstr (first_call (scene)->skipped, ==, "The shop is closed");
  g_assert_nonnull (place_find_text (scene->page, "skipped: The shop is closed"));
  g_assert_cmpint (side_campaigns_find_next (scene->campaigns, first (scene)), ==, 1);
  undone = side_steps_undo (steps);
  side_test_run_for (500);
  g_assert_cmpstr (undone, ==, "call skipped");
  g_assert_null (first_call (scene)->skipped);
  g_assert_cmpint (side_campaigns_find_next (scene->campaigns, first (scene)), ==, 0);
}

/* Of somebody else's campaign nothing is changed but what its callers write down. */
static void
test_others (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (SideCampaign) campaign = new_campaign (scene, "vera", 2, SIDE_MINUTE_MS, 24 * SIDE_HOUR_MS);

  g_ptr_array_add (campaign->callers, g_strdup (PLACE_USER));
  receive (scene, campaign, 1);
  g_assert_false (side_campaigns_may_edit (scene->campaigns, first (scene)));
  g_assert_false (side_campaigns_may_remove (scene->campaigns, first (scene)));
  g_assert_true (side_campaigns_may_call (scene->campaigns, first (scene)));
  g_ptr_array_set_size (campaign->callers, 0);
  campaign->closed_ms = side_campaigns_get_now_ms (scene->campaigns);
  receive (scene, campaign, 2);
  g_assert_false (side_campaigns_may_call (scene->campaigns, first (scene)));
  g_assert_cmpint (side_campaigns_find_next (scene->campaigns, first (scene)), ==, -1);
}

/* ---- alarms ---- */

static void
test_alarm (Scene         *scene,
            gconstpointer  data)
{
  g_autoptr (SideCampaign) campaign = new_campaign (scene, PLACE_USER, 2, -SIDE_HOUR_MS, 24 * SIDE_HOUR_MS);

  campaign->fail_n = 2;
  campaign->fail_m = 3;
  receive (scene, campaign, 1);
  receive_call (scene, "200", "North Calls", 50 * SIDE_MINUTE_MS, FALSE);
  g_assert_cmpuint (scene->raised, ==, 0);
  receive_call (scene, "200", "North Calls", 40 * SIDE_MINUTE_MS, FALSE);
  g_assert_cmpuint (scene->raised, ==, 1);
  g_assert_cmpstr (scene->said, ==, "Choosing a call centre: 2 of the last 2 calls failed: Night line, North Calls (200)");
  g_assert_true (has_banner (scene->page, "Calls fail"));
  /* It goes on to fail: that is no news. */
  receive_call (scene, "200", "North Calls", 30 * SIDE_MINUTE_MS, FALSE);
  g_assert_cmpuint (scene->raised, ==, 1);
  g_assert_cmpuint (scene->withdrawn, ==, 0);
  receive_call (scene, "200", "North Calls", 20 * SIDE_MINUTE_MS, TRUE);
  receive_call (scene, "200", "North Calls", 10 * SIDE_MINUTE_MS, TRUE);
  g_assert_cmpuint (scene->withdrawn, ==, 1);
  g_assert_cmpuint (scene->raised, ==, 1);
  side_test_run_for (500);
  g_assert_false (has_banner (scene->page, "Calls fail"));
}

/* ---- results ---- */

static void
test_results (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (SideCampaign) campaign = new_campaign (scene, PLACE_USER, 2, -SIDE_HOUR_MS, 24 * SIDE_HOUR_MS);
  GtkWidget *view = place_find_kind (scene->page, SIDE_TYPE_TEST_RESULTS_VIEW);
  g_autofree char *csv = NULL;

  receive (scene, campaign, 1);
  for (int i = 0; i < 6; i++)
    {
      receive_call (scene, "200", "North Calls", (i + 1) * 20 * SIDE_MINUTE_MS, i != 0);
      receive_call (scene, "300", "South Calls", (i + 1) * 21 * SIDE_MINUTE_MS, i > 1);
    }
  g_assert_nonnull (place_find_text (view, "83 % (44–97), n 6"));
  g_assert_nonnull (place_find_text (view, "67 % (30–90), n 6"));
  csv = side_test_results_view_dup_csv (SIDE_TEST_RESULTS_VIEW (view));
  g_test_message ("%s", csv);
  g_assert_true (g_str_has_prefix (csv, "line,scenario,from,reached_n,reached,reached_low,reached_high"));
  g_assert_nonnull (strstr (csv, "\nNorth Calls,"));
  g_assert_nonnull (strstr (csv, "\nSouth Calls,"));
  side_widget_test_no_nameless (view);
}

/* ---- the robot ---- */

static gboolean
is_made (gpointer scene)
{
  const SideCampaignCall *call = first_call (scene);

  return call->test_call != NULL && side_campaign_robot_get_calling (((Scene *) scene)->robot, NULL) == NULL;
}

static void
test_robot (Scene         *scene,
            gconstpointer  data)
{
  g_autoptr (SideCampaign) campaign = new_campaign (scene, PLACE_USER, 2, SIDE_MINUTE_MS, 24 * SIDE_HOUR_MS);
  g_autoptr (GError) error = NULL;
  const SideTestCall *made;
  const char *line;

  scene->far_end.refuses = "480 Temporarily Unavailable";
  far_end_start (&scene->far_end);
  add_line (scene);
  line = side_lines_get (scene->lines, 0)->id;
  campaign->robot = TRUE;
  campaign->fail_n = campaign->fail_m = 1;
  receive (scene, campaign, 1);
  g_assert_cmpuint (scene->raised, ==, 0);   /* what the computer is to make reminds nobody */
  g_assert_false (side_campaign_robot_start (scene->robot, CAMPAIGN, line, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN);
  g_assert_true (side_rules_acknowledge (scene->place.desk, scene->rules, NULL));
  side_campaign_robot_set_paused (scene->robot, TRUE);
  g_assert_true (side_campaign_robot_start (scene->robot, CAMPAIGN, line, NULL));
  side_test_run_for (1500);
  g_assert_null (side_campaign_robot_get_calling (scene->robot, NULL));
  side_campaign_robot_set_paused (scene->robot, FALSE);
  side_test_wait_until (is_made, scene, 30000, "the computer to make the call");
  side_test_run_for (500);
  made = side_campaigns_find_call (scene->campaigns, first_call (scene)->test_call);
  g_assert_nonnull (made);
  g_assert_true (made->robot);
  g_assert_cmpstr (made->campaign, ==, CAMPAIGN);
  g_assert_cmpstr (made->account, ==, "Office");
  g_assert_cmpint (made->end_code, ==, 480);
  g_assert_cmpint (made->ended_ms, !=, 0);
  g_assert_cmpuint (scene->raised, ==, 1);
  g_assert_nonnull (strstr (scene->said, "1 of the last 1 call failed"));
  /* The second call is tomorrow's. */
  side_test_run_for (1500);
  g_assert_null (((SideCampaignCall *) first (scene)->calls->pdata[1])->test_call);
  side_campaign_robot_stop (scene->robot, CAMPAIGN);
  g_assert_null (side_campaign_robot_get_line (scene->robot, CAMPAIGN));
  far_end_stop (&scene->far_end);
}

/* A line that is none is said, and the call waits. */
static void
test_robot_trouble (Scene         *scene,
                    gconstpointer  data)
{
  g_autoptr (SideCampaign) campaign = new_campaign (scene, PLACE_USER, 1, SIDE_MINUTE_MS, 24 * SIDE_HOUR_MS);
  g_autofree char *id = side_id_new ();
  g_autoptr (SideLine) line = side_line_new (id);

  line->label = g_strdup ("Nowhere");
  line->user = g_strdup ("shop");
  line->domain = g_strdup ("shop.invalid");
  line->registers = TRUE;
  g_assert_true (side_lines_put (scene->lines, line, NULL));
  campaign->robot = TRUE;
  receive (scene, campaign, 1);
  g_assert_true (side_rules_acknowledge (scene->place.desk, scene->rules, NULL));
  g_assert_true (side_campaign_robot_start (scene->robot, CAMPAIGN, id, NULL));
  for (int i = 0; i < 100 && side_campaign_robot_get_trouble (scene->robot) == NULL; i++)
    side_test_run_for (100);
  g_assert_cmpstr (side_campaign_robot_get_trouble (scene->robot), ==,
                   "The password of the line is not known: type it again under Telephone Lines.");
  for (int i = 0; i < 50 && !has_banner (scene->page, "The last call could not be made"); i++)
    side_test_run_for (100);   /* it is shown once the page has looked */
  g_assert_true (has_banner (scene->page, "The last call could not be made"));
  g_assert_null (first_call (scene)->test_call);
  side_campaign_robot_stop (scene->robot, CAMPAIGN);
}

int
main (int   argc,
      char *argv[])
{
  side_sip_init ();
  side_widget_test_init (&argc, &argv);
  g_test_add ("/campaigns/empty", Scene, NULL, set_up, test_empty, tear_down);
  g_test_add ("/campaigns/make", Scene, NULL, set_up, test_make, tear_down);
  g_test_add ("/campaigns/undo", Scene, NULL, set_up, test_undo, tear_down);
  g_test_add ("/campaigns/impossible", Scene, NULL, set_up, test_impossible, tear_down);
  g_test_add ("/campaigns/next", Scene, NULL, set_up, test_next, tear_down);
  g_test_add ("/campaigns/taken", Scene, NULL, set_up, test_taken, tear_down);
  g_test_add ("/campaigns/skip", Scene, NULL, set_up, test_skip, tear_down);
  g_test_add ("/campaigns/others", Scene, NULL, set_up, test_others, tear_down);
  g_test_add ("/campaigns/alarm", Scene, NULL, set_up, test_alarm, tear_down);
  g_test_add ("/campaigns/results", Scene, NULL, set_up, test_results, tear_down);
  g_test_add ("/campaigns/robot", Scene, NULL, set_up, test_robot, tear_down);
  g_test_add ("/campaigns/robot-trouble", Scene, NULL, set_up, test_robot_trouble, tear_down);
  return g_test_run ();
}
