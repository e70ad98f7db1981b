/* side-campaign-calls.c - the calls of a campaign, and how each stands
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A campaign has up to a thousand calls, and which they are never changes: an
 * item is a place in it, and the rows in sight are filled in anew whenever
 * something of them may be another.
 */
#include "side-campaign-calls.h"

#include <glib/gi18n.h>

#include "side-campaign-words.h"
#include "side-draft-fields.h"
#include "side-tab-stop.h"
#include "side-test-call-words.h"
#include "side-test-result-words.h"
#include "side-test-verdict.h"

#define STATE_CHARS 30
#define DEEDS_WIDTH 80   /* px: two buttons */

/* A place among the calls of a campaign. */
struct _SideCampaignPlace
{
  GObject parent_instance;
  guint   place;
};

#define SIDE_TYPE_CAMPAIGN_PLACE (side_campaign_place_get_type ())
G_DECLARE_FINAL_TYPE (SideCampaignPlace, side_campaign_place, SIDE, CAMPAIGN_PLACE, GObject)
G_DEFINE_FINAL_TYPE (SideCampaignPlace, side_campaign_place, G_TYPE_OBJECT)

static void
side_campaign_place_class_init (SideCampaignPlaceClass *klass)
{
}

static void
side_campaign_place_init (SideCampaignPlace *self)
{
}

/* The parts of a row. */
typedef struct {
  guint      place;
  GtkWidget *icon;
  GtkWidget *when;
  GtkWidget *what;
  GtkWidget *state;
  GtkWidget *call;    /* buttons */
  GtkWidget *skip;
  GtkWidget *back;
  GtkWidget *open;
} Row;

struct _SideCampaignCalls
{
  AdwBin             parent_instance;
  GtkListView       *list;
  GListStore        *places;
  GHashTable        *rows;        /* of GtkWidget: those in sight */
  SideCampaigns     *campaigns;   /* (nullable) */
  SideCampaignRobot *robot;
  char              *id;
};

G_DEFINE_FINAL_TYPE (SideCampaignCalls, side_campaign_calls, ADW_TYPE_BIN)

static void
side_campaign_calls_dispose (GObject *object)
{
  SideCampaignCalls *self = SIDE_CAMPAIGN_CALLS (object);

  adw_bin_set_child (ADW_BIN (self), NULL);
  g_hash_table_remove_all (self->rows);
  g_clear_object (&self->campaigns);
  g_clear_object (&self->robot);
  G_OBJECT_CLASS (side_campaign_calls_parent_class)->dispose (object);
}

static void
side_campaign_calls_finalize (GObject *object)
{
  SideCampaignCalls *self = SIDE_CAMPAIGN_CALLS (object);

  g_hash_table_unref (self->rows);
  g_object_unref (self->places);
  g_free (self->id);
  G_OBJECT_CLASS (side_campaign_calls_parent_class)->finalize (object);
}

static void
side_campaign_calls_class_init (SideCampaignCallsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_campaign_calls_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_campaign_calls_finalize;
}

static Row *
row_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "row");
}

static gboolean
is_calling (SideCampaignCalls *self,
            guint              place)
{
  guint called;
  const char *campaign = side_campaign_robot_get_calling (self->robot, &called);

  return g_strcmp0 (campaign, self->id) == 0 && called == place;
}

/* ---- a row ---- */

/* What was found by a call that was made: "Reached a person after 0:41 · one fault". */
static char *
dup_found (const SideTestCall *made)
{
  g_autofree char *end = NULL;
  guint faults;

  if (made == NULL)
    return g_strdup (_("made by somebody whose result is not here yet"));
  if (made->ended_ms == 0)
    return g_strdup (_("being made"));
  if (!side_test_call_counts (made))
    {
      end = side_test_result_words_short (made);
      return g_strdup_printf (_("%s; it does not count"), end);
    }
  faults = side_test_call_faults (made);
  end = side_test_call_words_end (made);
  return faults == 0 ? g_strdup_printf (_("%s Nothing was found to be wrong."), end) : g_strdup_printf (_("%s Something was wrong."), end);
}

static char *
dup_state (SideCampaignCalls      *self,
           const SideCampaignCall *call,
           SideCampaignCallState   state,
           guint                   place)
{
  SideTestRun *run = side_campaign_robot_get_run (self->robot);

  if (is_calling (self, place))
    return run != NULL ? g_strdup_printf (_("calling now: %s"), side_test_call_words_state (side_test_run_get_state (run)))
                       : g_strdup (_("connecting the line"));
  if (state == SIDE_CAMPAIGN_CALL_SKIPPED)
    return g_strdup_printf ("%s: %s", side_campaign_words_state (state), call->skipped);
  if (state == SIDE_CAMPAIGN_CALL_MADE || state == SIDE_CAMPAIGN_CALL_MAKING)
    return dup_found (side_campaigns_find_call (self->campaigns, call->test_call));
  return g_strdup (side_campaign_words_state (state));
}

static const char *
icon_of (SideCampaignCalls      *self,
         const SideCampaignCall *call,
         SideCampaignCallState   state)
{
  const SideTestCall *made = side_campaigns_find_call (self->campaigns, call->test_call);

  if (state == SIDE_CAMPAIGN_CALL_MADE && made != NULL && side_test_call_faults (made) != 0)
    return "dialog-warning-symbolic";
  return side_campaign_words_icon (state);
}

static void
show_buttons (Row                   *row,
              SideCampaignCallState  state,
              gboolean               may_call)
{
  gboolean open = state == SIDE_CAMPAIGN_CALL_DUE || state == SIDE_CAMPAIGN_CALL_MISSED || state == SIDE_CAMPAIGN_CALL_WAITING;

  gtk_widget_set_visible (row->call, may_call && (state == SIDE_CAMPAIGN_CALL_DUE || state == SIDE_CAMPAIGN_CALL_MISSED));
  gtk_widget_set_visible (row->skip, may_call && open);
  gtk_widget_set_visible (row->back, may_call && state == SIDE_CAMPAIGN_CALL_SKIPPED);
  gtk_widget_set_visible (row->open, state == SIDE_CAMPAIGN_CALL_MADE);
}

static void
show_row (SideCampaignCalls *self,
          GtkWidget         *widget)
{
  const SideCampaign *campaign = self->campaigns != NULL ? side_campaigns_find (self->campaigns, self->id) : NULL;
  Row *row = row_of (widget);
  const SideCampaignCall *call;
  SideCampaignCallState state;
  g_autofree char *when = NULL, *line = NULL, *what = NULL, *words = NULL;

  if (campaign == NULL || row->place >= campaign->calls->len)
    return;
  call = campaign->calls->pdata[row->place];
  state = side_campaigns_judge (self->campaigns, campaign, call);
  when = side_campaign_words_when (self->campaigns, campaign, call->at_ms);
  line = side_campaign_words_line (self->campaigns, campaign, call);
  what = g_strdup_printf ("%s · %s", side_campaign_words_scenario (self->campaigns, call->scenario), line);
  words = dup_state (self, call, state, row->place);
  gtk_image_set_from_icon_name (GTK_IMAGE (row->icon), icon_of (self, call, state));
  gtk_label_set_label (GTK_LABEL (row->when), when);
  gtk_label_set_label (GTK_LABEL (row->what), what);
  gtk_label_set_label (GTK_LABEL (row->state), words);
  if (state == SIDE_CAMPAIGN_CALL_DUE || is_calling (self, row->place))
    gtk_widget_add_css_class (row->state, "due");
  else
    gtk_widget_remove_css_class (row->state, "due");
  show_buttons (row, state, side_campaigns_may_call (self->campaigns, campaign) && !is_calling (self, row->place));
}

static GtkWidget *
new_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_button (GtkWidget  *box,
            const char *icon,
            const char *name,
            const char *action)
{
  GtkWidget *button = side_draft_button_new (icon, name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", 0);   /* until it is known which call */
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
setup_cb (SideCampaignCalls *self,
          GtkListItem       *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *deeds = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *room = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  Row *row = g_new0 (Row, 1);

  row->icon = gtk_image_new ();
  row->when = new_label ("script-text");
  row->what = new_label ("script-hint");
  row->state = new_label ("campaign-state");
  gtk_widget_set_hexpand (lines, TRUE);
  /* One column, whatever the words and however many buttons stand behind it. */
  gtk_label_set_width_chars (GTK_LABEL (row->state), STATE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (row->state), STATE_CHARS);
  gtk_widget_set_size_request (deeds, DEEDS_WIDTH, -1);
  gtk_widget_set_hexpand (room, TRUE);   /* the buttons stand at its end */
  gtk_widget_set_hexpand (deeds, FALSE);
  gtk_label_set_wrap (GTK_LABEL (row->state), TRUE);
  gtk_label_set_lines (GTK_LABEL (row->state), 2);
  gtk_box_append (GTK_BOX (lines), row->when);
  gtk_box_append (GTK_BOX (lines), row->what);
  gtk_box_append (GTK_BOX (box), row->icon);
  gtk_box_append (GTK_BOX (box), lines);
  gtk_box_append (GTK_BOX (box), row->state);
  gtk_box_append (GTK_BOX (box), deeds);
  gtk_box_append (GTK_BOX (deeds), room);
  row->call = new_button (deeds, "call-start-symbolic", _("Make This Call"), "campaign.call");
  row->open = new_button (deeds, "go-next-symbolic", _("Open the Result"), "campaign.open");
  row->skip = new_button (deeds, "action-unavailable-symbolic", _("Skip…"), "campaign.skip");
  row->back = new_button (deeds, "edit-undo-symbolic", _("Make It After All"), "campaign.put-back");
  gtk_widget_add_css_class (box, "script-item");
  g_object_set_data_full (G_OBJECT (box), "row", row, g_free);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (SideCampaignCalls *self,
         GtkListItem       *list_item)
{
  GtkWidget *box = gtk_list_item_get_child (list_item);
  Row *row = row_of (box);
  GtkWidget *const buttons[] = { row->call, row->open, row->skip, row->back };

  row->place = SIDE_CAMPAIGN_PLACE (gtk_list_item_get_item (list_item))->place;
  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (buttons[i]), "u", row->place);
  g_hash_table_add (self->rows, box);
  show_row (self, box);
}

static void
unbind_cb (SideCampaignCalls *self,
           GtkListItem       *list_item)
{
  g_hash_table_remove (self->rows, gtk_list_item_get_child (list_item));
}

/* What was made is opened, what is due is made. */
static void
activate_cb (SideCampaignCalls *self,
             guint              position)
{
  const SideCampaign *campaign = self->campaigns != NULL ? side_campaigns_find (self->campaigns, self->id) : NULL;
  SideCampaignCallState state;

  if (campaign == NULL || position >= campaign->calls->len)
    return;
  state = side_campaigns_judge (self->campaigns, campaign, campaign->calls->pdata[position]);
  if (state == SIDE_CAMPAIGN_CALL_MADE)
    gtk_widget_activate_action (GTK_WIDGET (self), "campaign.open", "u", position);
  else if (state == SIDE_CAMPAIGN_CALL_DUE || state == SIDE_CAMPAIGN_CALL_MISSED)
    gtk_widget_activate_action (GTK_WIDGET (self), "campaign.call", "u", position);
}

static void
side_campaign_calls_init (SideCampaignCalls *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSingleSelection *selection;

  self->rows = g_hash_table_new (NULL, NULL);
  self->places = g_list_store_new (SIDE_TYPE_CAMPAIGN_PLACE);
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->places)));
  self->list = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory));
  gtk_list_view_set_show_separators (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "calls");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Calls of the campaign"), -1);
  g_signal_connect_object (self->list, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), g_object_new (SIDE_TYPE_TAB_STOP, "child", scrolled, NULL));
}

/**
 * side_campaign_calls_new:
 *
 * Returns: (transfer floating): a list of no calls yet
 */
GtkWidget *
side_campaign_calls_new (void)
{
  return g_object_new (SIDE_TYPE_CAMPAIGN_CALLS, NULL);
}

static void
set_places (SideCampaignCalls *self,
            guint              n)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (self->places)) > n)
    g_list_store_remove (self->places, g_list_model_get_n_items (G_LIST_MODEL (self->places)) - 1);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->places)); i < n; i++)
    {
      g_autoptr (SideCampaignPlace) place = g_object_new (SIDE_TYPE_CAMPAIGN_PLACE, NULL);

      place->place = i;
      g_list_store_append (self->places, place);
    }
}

/**
 * side_campaign_calls_show:
 * @self: a list
 * @campaigns: campaigns
 * @robot: who may be making one of them
 * @campaign: id of the one whose calls are shown, as they stand now
 */
void
side_campaign_calls_show (SideCampaignCalls *self,
                          SideCampaigns     *campaigns,
                          SideCampaignRobot *robot,
                          const char        *campaign)
{
  const SideCampaign *found;
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (SIDE_IS_CAMPAIGN_CALLS (self) && SIDE_IS_CAMPAIGNS (campaigns) && SIDE_IS_CAMPAIGN_ROBOT (robot));

  g_set_object (&self->campaigns, campaigns);
  g_set_object (&self->robot, robot);
  found = side_campaigns_find (campaigns, campaign);
  if (g_strcmp0 (self->id, campaign) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (campaign);
      set_places (self, 0);
    }
  set_places (self, found != NULL ? found->calls->len : 0);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    show_row (self, row);
}
