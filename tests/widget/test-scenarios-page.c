/* test-scenarios-page.c - the scenarios of a project, and editing one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "calls-place.h"
#include "side-call-rules.h"
#include "side-ready-dialog.h"
#include "side-ready-scenarios.h"
#include "side-rules-dialog.h"
#include "side-rules.h"
#include "side-scenario-files.h"
#include "side-scenario-form.h"
#include "side-scenario-hours.h"
#include "side-scenario-parts.h"
#include "side-scenario-sound.h"
#include "side-scenario-words.h"
#include "side-step-line.h"
#include "side-test-calls-page.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define ID      "7a0c9b7e-3d51-4c2f-9a1c-5f3c8f0f7a11"
#define CALL_ID "7a0c9b7e-3d51-4c2f-9a1c-5f3c8f0f7a12"

typedef struct {
  Place          place;
  GtkWidget     *page;
  GtkWidget     *window;
  SideScenarios *shelf;
} Scene;

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (shelf);
}

static void
open_page (Scene *scene)
{
  scene->page = side_test_calls_page_new (scene->place.desk, NULL);
  scene->shelf = side_test_calls_page_get_shelf (SIDE_TEST_CALLS_PAGE (scene->page));
  scene->window = side_widget_test_show (scene->page, 1150, 700);
  side_test_wait_until (is_read, scene->shelf, 5000, "the scenarios to be read");
  side_test_run_for (100);
}

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  open_page (scene);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  side_widget_test_close (scene->window);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

static SideScenarioView *
view_of (Scene *scene)
{
  return side_test_calls_page_get_view (SIDE_TEST_CALLS_PAGE (scene->page));
}

static SideScenarioForm *
form_of (Scene *scene)
{
  return SIDE_SCENARIO_FORM (side_scenario_view_get_form (view_of (scene)));
}

static const SideScenario *
first (Scene *scene)
{
  g_autoptr (SideScenarioItem) item = g_list_model_get_item (side_scenarios_get_items (scene->shelf), 0);

  return item != NULL ? side_scenario_item_get (item) : NULL;
}

static gboolean
has_first (gpointer scene)
{
  return first (scene) != NULL;
}

static gboolean
has_none (gpointer scene)
{
  return first (scene) == NULL;
}

static gboolean
is_idle (gpointer keeper)
{
  return !side_draft_keeper_is_busy (keeper);
}

static void
wait_saved (Scene *scene)
{
  side_test_wait_until (is_idle, side_scenarios_get_keeper (scene->shelf, first (scene)->id), 5000, "the scenario to be saved");
}

/* As another person's app would have written it. */
static void
receive (Scene              *scene,
         const SideScenario *scenario,
         gint64              revision)
{
  g_autoptr (SideDocument) document = side_wire_document_for_scenario (scenario);

  document->revision = revision;
  document->author = g_strdup (scenario->author);
  place_receive (&scene->place, document);
  side_test_run_for (300);
  side_test_wait_until (has_first, scene, 10000, "the scenario to be read");
}

static SideScenario *
new_scenario (Scene      *scene,
              const char *author)
{
  SideScenario *scenario = side_scenario_new (ID, side_desk_get_project_id (scene->place.desk), "Return outside 14 days");

  scenario->author = g_strdup (author);
  scenario->persona = g_strdup ("Irina, 34, bought boots 20 days ago");
  scenario->number = g_strdup ("+74951200007");
  side_scenario_add_step (scenario, "a", "Say the sole came off.");
  side_scenario_add_step (scenario, "b", "Ask for the money back.")->must_not = g_strdup ("the receipt");
  side_scenario_add_step (scenario, "c", "Thank and end.");
  side_scenario_add_fact (scenario, "f", "How long is the warranty?", "2 years");
  side_scenario_add_key (scenario, "2", NULL, 3000);
  scenario->limits.queue_ms = 20000;
  return scenario;
}

/* ---- nothing yet ---- */

static void
test_empty (Scene         *scene,
            gconstpointer  role)
{
  side_widget_test_no_nameless (scene->page);
  g_assert_nonnull (place_find_text (scene->page, "No scenarios yet"));
  gtk_widget_activate_action (scene->page, "scenarios.new", NULL);
  side_test_run_for (100);
  g_assert_nonnull (form_of (scene));
  g_assert_cmpstr (first (scene)->author, ==, PLACE_USER);
  gtk_editable_set_text (GTK_EDITABLE (side_scenario_form_get_field (form_of (scene), "title")), "Night line");
  g_assert_cmpstr (first (scene)->title, ==, "Night line");
  gtk_editable_set_text (GTK_EDITABLE (side_scenario_form_get_field (form_of (scene), "ring")), "1:30");
  g_assert_cmpint (first (scene)->limits.ring_ms, ==, 90000);
  gtk_editable_set_text (GTK_EDITABLE (side_scenario_form_get_field (form_of (scene), "ring")), "soon");
  g_assert_cmpint (first (scene)->limits.ring_ms, ==, 0);
  wait_saved (scene);
  side_widget_test_no_nameless (scene->page);
}

/* What was written is there when the program is started again. */
static void
test_kept (Scene         *scene,
           gconstpointer  role)
{
  gtk_widget_activate_action (scene->page, "scenarios.new", NULL);
  gtk_editable_set_text (GTK_EDITABLE (side_scenario_form_get_field (form_of (scene), "title")), "Night line");
  side_widget_test_close (scene->window);
  place_settle ();
  place_restart (&scene->place);
  open_page (scene);
  g_assert_cmpstr (first (scene)->title, ==, "Night line");
  g_assert_cmpint (first (scene)->version, >=, 1);
}

/* ---- one that is there ---- */

static void
test_read (Scene         *scene,
           gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, PLACE_USER);

  receive (scene, scenario, 1);
  g_assert_nonnull (place_find_text (scene->page, "Irina, 34, bought boots 20 days ago"));
  g_assert_nonnull (place_find_text (scene->page, "Ask for the money back."));
  g_assert_nonnull (place_find_text (scene->page, "2 years"));
  g_assert_nonnull (place_find_text (scene->page, "2, 3 s after the answer"));
  side_widget_test_no_nameless (scene->page);
  side_widget_test_tab_walk (scene->window, gtk_widget_get_ancestor (place_find_text (scene->page, "Call…"), GTK_TYPE_BUTTON));
}

static void
test_steps (Scene         *scene,
            gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, PLACE_USER);
  SideScenarioParts *steps;

  receive (scene, scenario, 1);
  side_scenario_view_edit (view_of (scene));
  side_test_run_for (100);
  steps = SIDE_SCENARIO_PARTS (side_scenario_form_get_field (form_of (scene), "steps"));
  side_scenario_parts_move (steps, 0, 2);
  g_assert_cmpstr (((const SideScenarioStep *) first (scene)->steps->pdata[0])->id, ==, "b");
  g_assert_cmpstr (((const SideScenarioStep *) first (scene)->steps->pdata[2])->id, ==, "a");
  side_widget_test_click (gtk_widget_get_ancestor (place_find_text (GTK_WIDGET (steps), "Add Step"), GTK_TYPE_BUTTON));
  g_assert_cmpuint (first (scene)->steps->len, ==, 4);
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.undo", NULL);
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.undo", NULL);
  g_assert_cmpuint (first (scene)->steps->len, ==, 3);
  g_assert_cmpstr (((const SideScenarioStep *) first (scene)->steps->pdata[0])->id, ==, "a");
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.redo", NULL);
  g_assert_cmpstr (((const SideScenarioStep *) first (scene)->steps->pdata[0])->id, ==, "b");
  wait_saved (scene);
}

static void
test_zone (Scene         *scene,
           gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, PLACE_USER);

  receive (scene, scenario, 1);
  side_scenario_view_edit (view_of (scene));
  gtk_editable_set_text (GTK_EDITABLE (side_scenario_form_get_field (form_of (scene), "zone")), "Asia/Vladivostok");
  g_assert_cmpstr (first (scene)->time_zone, ==, "Asia/Vladivostok");
  gtk_editable_set_text (GTK_EDITABLE (side_scenario_form_get_field (form_of (scene), "zone")), "");
  g_assert_null (first (scene)->time_zone);
  wait_saved (scene);
}

/* Three seconds of a tone, or of nothing. */
static char *
write_tone (const char *folder,
            int         loud)
{
  const guint n = 3 * 8000;
  g_autoptr (GByteArray) file = g_byte_array_new ();
  const guint32 head[] = { GUINT32_TO_LE (36 + 2 * n), 0, 0, GUINT32_TO_LE (16), GUINT32_TO_LE (0x00010001), GUINT32_TO_LE (8000),
                           GUINT32_TO_LE (16000), GUINT32_TO_LE (0x00100002), 0, GUINT32_TO_LE (2 * n) };
  char *path = g_build_filename (folder, loud > 0 ? "tone.wav" : "silence.wav", NULL);

  g_byte_array_append (file, (const guint8 *) "RIFF", 4);
  g_byte_array_append (file, (const guint8 *) &head[0], 4);
  g_byte_array_append (file, (const guint8 *) "WAVEfmt ", 8);
  g_byte_array_append (file, (const guint8 *) &head[3], 20);
  g_byte_array_append (file, (const guint8 *) "data", 4);
  g_byte_array_append (file, (const guint8 *) &head[9], 4);
  for (guint i = 0; i < n; i++)
    {
      gint16 sample = GINT16_TO_LE ((gint16) ((i / 8) % 2 != 0 ? loud : -loud));

      g_byte_array_append (file, (const guint8 *) &sample, 2);
    }
  g_assert_true (g_file_set_contents (path, (const char *) file->data, file->len, NULL));
  return path;
}

static gboolean
has_sound (gpointer scene)
{
  return ((const SideScenarioPrompt *) first (scene)->prompts->pdata[0])->sound != NULL;
}

/* A recording comes into the scenario, is taken back, and one that is none says why. */
static void
test_sound (Scene         *scene,
            gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, PLACE_USER);
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *tone = write_tone (folder, 8000), *silence = write_tone (folder, 0);
  GtkWidget *prompts, *words;
  SideScenarioSound *sound;

  side_scenario_add_prompt (scenario, "greeting", "Welcome");
  receive (scene, scenario, 1);
  side_scenario_view_edit (view_of (scene));
  side_test_run_for (100);
  prompts = side_scenario_form_get_field (form_of (scene), "prompts");
  words = place_find_text (prompts, "No recording to compare calls with.");
  g_assert_nonnull (words);
  sound = SIDE_SCENARIO_SOUND (gtk_widget_get_ancestor (words, SIDE_TYPE_SCENARIO_SOUND));
  side_scenario_sound_load (sound, tone);
  side_test_wait_until (has_sound, scene, 20000, "the recording to be taken in");
  g_assert_cmpuint (strlen (((const SideScenarioPrompt *) first (scene)->prompts->pdata[0])->recording), ==, 64);
  g_assert_nonnull (place_find_text (prompts, "Calls are compared with a recording."));
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.undo", NULL);
  g_assert_false (has_sound (scene));
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.redo", NULL);
  g_assert_true (has_sound (scene));
  side_widget_test_click (gtk_widget_get_ancestor (place_find_text (prompts, "Compare No More"), GTK_TYPE_BUTTON));
  g_assert_false (has_sound (scene));
  words = place_find_text (prompts, "No recording to compare calls with.");
  g_assert_nonnull (words);
  side_scenario_sound_load (SIDE_SCENARIO_SOUND (gtk_widget_get_ancestor (words, SIDE_TYPE_SCENARIO_SOUND)), silence);
  for (guint i = 0; i < 100 && place_find_text (prompts, "This is not a sound file, or there are not two seconds of sound in it.") == NULL; i++)
    side_test_run_for (100);
  g_assert_nonnull (place_find_text (prompts, "This is not a sound file, or there are not two seconds of sound in it."));
  g_assert_false (has_sound (scene));
  wait_saved (scene);
  side_widget_test_no_nameless (scene->page);
  side_test_rm_rf (folder);
}

static gboolean
has_line (gpointer scene)
{
  return ((const SideScenarioStep *) first (scene)->steps->pdata[1])->sound != NULL;
}

/* A recorded line of the second step: taken in, taken back, moved with its step, removed. */
static void
test_line (Scene         *scene,
           gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, PLACE_USER);
  g_autofree char *folder = side_test_tmp_dir (), *tone = write_tone (folder, 8000);
  GtkWidget *steps, *card;

  receive (scene, scenario, 1);
  side_scenario_view_edit (view_of (scene));
  side_test_run_for (100);
  steps = side_scenario_form_get_field (form_of (scene), "steps");
  card = gtk_widget_get_ancestor (place_find_text (steps, "Step 2"), GTK_TYPE_BOX);
  card = gtk_widget_get_parent (card);
  side_step_line_load (SIDE_STEP_LINE (place_find_kind (card, SIDE_TYPE_STEP_LINE)), tone);
  side_test_wait_until (has_line, scene, 20000, "the line to be taken in");
  g_assert_cmpuint (strlen (((const SideScenarioStep *) first (scene)->steps->pdata[1])->recording), ==, 64);
  g_assert_cmpstr (side_step_line_get_words (SIDE_STEP_LINE (place_find_kind (card, SIDE_TYPE_STEP_LINE))), ==, "Recorded line, 0:03.0");
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.undo", NULL);
  g_assert_false (has_line (scene));
  g_assert_null (place_find_text (card, "Recorded line, 0:03.0"));
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.redo", NULL);
  g_assert_true (has_line (scene));
  side_scenario_parts_move (SIDE_SCENARIO_PARTS (steps), 1, 0);
  g_assert_false (has_line (scene));
  g_assert_nonnull (((const SideScenarioStep *) first (scene)->steps->pdata[0])->sound);
  g_assert_null (place_find_text (card, "Recorded line, 0:03.0"));
  side_scenario_parts_move (SIDE_SCENARIO_PARTS (steps), 0, 1);
  g_assert_true (has_line (scene));
  side_widget_test_no_nameless (scene->page);
  side_widget_test_click (gtk_widget_get_ancestor (place_find_text (card, "Remove the Line"), GTK_TYPE_BUTTON));
  g_assert_false (has_line (scene));
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.undo", NULL);
  g_assert_true (has_line (scene));
  wait_saved (scene);
  side_test_rm_rf (folder);
}

/* Every change has a higher version, one that takes another back too. */
static void
test_versions (Scene         *scene,
               gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, PLACE_USER);
  g_autoptr (SideScenario) written = NULL;

  scenario->version = 4;
  receive (scene, scenario, 1);
  side_scenario_view_edit (view_of (scene));
  gtk_editable_set_text (GTK_EDITABLE (side_scenario_form_get_field (form_of (scene), "title")), "Another");
  wait_saved (scene);
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.undo", NULL);
  wait_saved (scene);
  side_test_run_for (200);
  {
    g_autoptr (GPtrArray) documents = place_list (&scene->place, "scenario", NULL);

    g_assert_cmpuint (documents->len, ==, 1);
    written = side_wire_scenario_from_json (((SideDocument *) documents->pdata[0])->body, -1, NULL);
  }
  g_assert_cmpstr (written->title, ==, "Return outside 14 days");
  g_assert_cmpint (written->version, ==, 6);
}

static void
test_removed (Scene         *scene,
              gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, PLACE_USER);

  receive (scene, scenario, 1);
  gtk_widget_activate_action (GTK_WIDGET (view_of (scene)), "scenario.remove", NULL);
  side_test_wait_until (has_none, scene, 10000, "the scenario to be gone");
  g_assert_nonnull (place_find_text (scene->page, "No scenarios yet"));
  gtk_widget_activate_action (scene->page, "scenarios.restore", NULL);
  side_test_wait_until (has_first, scene, 10000, "the scenario to be back");
  g_assert_cmpstr (first (scene)->title, ==, "Return outside 14 days");
}

/* Somebody else's is read, and only a supervisor changes it. */
static void
test_others (Scene         *scene,
             gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, "boris");
  gboolean may_edit = GPOINTER_TO_INT (role) == SIDE_ROLE_SUPERVISOR;

  receive (scene, scenario, 1);
  g_assert_true (side_scenarios_may_add (scene->shelf));
  g_assert_true (side_scenarios_may_edit (scene->shelf, first (scene)) == may_edit);
  side_scenario_view_edit (view_of (scene));
  g_assert_true ((side_scenario_view_get_form (view_of (scene)) != NULL) == may_edit);
}

/* What another person wrote meanwhile takes its place, and is told. */
static void
test_replaced (Scene         *scene,
               gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, PLACE_USER);

  receive (scene, scenario, 1);
  side_scenario_view_edit (view_of (scene));
  g_free (scenario->title);
  scenario->title = g_strdup ("Return, their way");
  scenario->version = 2;
  receive (scene, scenario, 2);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (side_scenario_form_get_field (form_of (scene), "title"))), ==,
                   "Return, their way");
}

/* ---- ready ones, files ---- */

static void
test_ready (Scene         *scene,
            gconstpointer  role)
{
  g_autoptr (GPtrArray) ready = side_ready_scenarios_list ("ru");
  GtkWindow *dialog = side_ready_dialog_new_for_scenarios (GTK_WINDOW (scene->window));
  GtkWidget *list;

  g_assert_cmpuint (ready->len, >=, 12);
  gtk_window_present (dialog);
  side_test_run_for (100);
  list = place_find (GTK_WIDGET (dialog), "GtkListBox");
  g_assert_nonnull (list);
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), (int) ready->len - 1));
  gtk_window_destroy (dialog);
  for (guint i = 0; i < ready->len; i++)
    {
      const SideReadyScenario *each = ready->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autoptr (SideScenario) scenario = side_ready_scenario_load (each->name, "ru", "shop", &error);

      g_assert_no_error (error);
      side_scenarios_add (scene->shelf, scenario);
    }
  side_test_run_for (200);
  g_assert_cmpuint (g_list_model_get_n_items (side_scenarios_get_items (scene->shelf)), ==, ready->len);
  for (guint i = 0; i < ready->len; i++)
    {
      g_autoptr (SideScenarioItem) item = g_list_model_get_item (side_scenarios_get_items (scene->shelf), i);

      side_test_calls_page_show (SIDE_TEST_CALLS_PAGE (scene->page), side_scenario_item_get (item)->id);
      side_scenario_view_edit (view_of (scene));
      side_test_run_for (20);
    }
}

static void
test_files (void)
{
  g_autoptr (SideScenario) scenario = side_scenario_new (ID, "shop", "Night line");
  g_autoptr (SideScenario) again = NULL;
  g_autofree char *words = NULL;
  g_autofree char *text = NULL;

  scenario->queue = g_strdup ("orders");
  text = side_wire_scenario_to_json (scenario);
  again = side_scenario_files_parse ("n.json", text, strlen (text), &words);
  g_assert_null (words);
  g_assert_cmpstr (again->title, ==, "Night line");
  g_assert_null (again->queue);
  g_assert_null (side_scenario_files_parse ("bad.json", "[]", 2, &words));
  g_assert_nonnull (strstr (words, "bad.json"));
}

/* Every fault of the checker has a sentence of its own. */
static void
test_sentences (void)
{
  g_autoptr (SideScenario) scenario = side_scenario_new (ID, "shop", "Night line");
  static const char *const parts[] = { NULL, "step", "fact", "key", "prompt", "limit" };

  for (int code = 0; code <= SIDE_SCENARIO_CALLBACK; code++)
    {
      SideScenarioFinding finding = { (SideScenarioFault) code, SIDE_SEVERITY_ERROR, parts[0], (char *) "ring", 0 };
      g_autofree char *words = side_scenario_words_finding (scenario, &finding);

      g_assert_cmpstr (words, !=, side_scenario_fault_to_string ((SideScenarioFault) code));
      g_assert_true (g_str_has_suffix (words, "."));
    }
}

static void
test_hours (void)
{
  GtkWidget *widget = g_object_ref_sink (side_scenario_hours_new ());
  SideHours hours = { 0x1f, 540, 1080 }, out;
  g_autofree char *words = side_scenario_words_hours (&hours);
  g_autofree char *any = NULL;

  g_assert_cmpstr (words, ==, "Mon, Tue, Wed, Thu, Fri 09:00–18:00");
  side_scenario_hours_show (SIDE_SCENARIO_HOURS (widget), &hours);
  side_scenario_hours_get (SIDE_SCENARIO_HOURS (widget), &out);
  g_assert_cmpuint (out.weekdays, ==, 0x1f);
  g_assert_cmpint (out.to_minute, ==, 1080);
  hours = side_hours_always ();
  any = side_scenario_words_hours (&hours);
  g_assert_cmpstr (any, ==, "at any time");
  g_object_unref (widget);
}

/* ---- what calls found ---- */

static void
test_last_call (Scene         *scene,
                gconstpointer  role)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene, PLACE_USER);
  g_autoptr (SideTestCall) call = side_test_call_new (CALL_ID, side_desk_get_project_id (scene->place.desk), "+74951200007");
  g_autoptr (SideDocument) document = NULL;
  GtkWidget *edit;

  receive (scene, scenario, 1);
  g_assert_nonnull (place_find_text (scene->page, "+7 495 120-00-07 · never called"));
  call->scenario = g_strdup (ID);
  call->review->reviewer = g_strdup (PLACE_USER);
  call->dialled_ms = side_desk_get_now_ms (scene->place.desk) - 3600000;
  call->answered_ms = call->dialled_ms + 3200;
  call->ended_ms = call->dialled_ms + 86000;
  side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, 38700, 86000, 0.9);
  document = side_wire_document_for_test_call (call);
  document->revision = 2;
  document->author = g_strdup (PLACE_USER);
  place_receive (&scene->place, document);
  side_test_run_for (300);
  g_assert_null (place_find_text (scene->page, "+7 495 120-00-07 · never called"));
  g_assert_nonnull (place_find_text (scene->page, "answered after 0:03.2, a person after 0:38.7"));
  /* Whoever leaves the form by its button stands there. */
  edit = gtk_widget_get_ancestor (place_find_text (scene->page, "Edit"), GTK_TYPE_TOGGLE_BUTTON);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (edit), TRUE);
  gtk_widget_grab_focus (side_scenario_form_get_field (form_of (scene), "title"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (edit), FALSE);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (scene->window)) == edit);
  /* The keyboard comes to the scenario's own buttons, and to the calls made by it. */
  side_widget_test_tab_walk (scene->window, gtk_widget_get_ancestor (place_find_text (scene->page, "Call…"), GTK_TYPE_BUTTON));
  side_widget_test_tab_walk (scene->window, gtk_widget_get_ancestor (place_find_text (scene->page, "Calls made by it"), GTK_TYPE_BOX));
  /* It stays there when the list is made anew, and finds its way out and back. */
  call->answered_ms += 1000;
  g_clear_pointer (&document, side_document_unref);
  document = side_wire_document_for_test_call (call);
  document->revision = 3;
  document->author = g_strdup (PLACE_USER);
  place_receive (&scene->place, document);
  side_test_run_for (300);
  g_assert_nonnull (place_find_text (scene->page, "answered after 0:04.2, a person after 0:38.7"));
  g_assert_true (GTK_IS_LIST_BOX_ROW (gtk_root_get_focus (GTK_ROOT (scene->window))));
  side_widget_test_tab_walk (scene->window, gtk_widget_get_ancestor (place_find_text (scene->page, "Call…"), GTK_TYPE_BUTTON));
  side_widget_test_tab_walk (scene->window, gtk_widget_get_ancestor (place_find_text (scene->page, "Calls made by it"), GTK_TYPE_BOX));
}

/* ---- the rules ---- */

static void
tick_all (GtkWidget *root)
{
  if (GTK_IS_CHECK_BUTTON (root))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (root), TRUE);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    tick_all (child);
}

static void
test_rules (Scene         *scene,
            gconstpointer  role)
{
  g_autofree char *path = g_build_filename (scene->place.folder, "config", "rules.ini", NULL);
  g_autofree char *before = g_strdup (side_desk_get_project_id (scene->place.desk));
  GtkWindow *dialog = side_rules_dialog_new (NULL, scene->place.desk, path);
  g_autoptr (SideTestCall) call = side_test_call_new (NULL, NULL, NULL);
  GtkWidget *agree;

  gtk_window_present (dialog);
  side_test_run_for (100);
  side_widget_test_no_nameless (GTK_WIDGET (dialog));
  agree = side_widget_test_find_button (GTK_WIDGET (dialog), "_I Keep to Them");
  g_assert_false (gtk_widget_get_sensitive (agree));
  g_assert_cmpint (side_rules_get_acknowledged_ms (scene->place.desk, path), ==, 0);
  side_rules_sign (scene->place.desk, path, call);
  g_assert_cmpint (call->rules_version, ==, 0);
  tick_all (GTK_WIDGET (dialog));
  g_assert_true (gtk_widget_get_sensitive (agree));
  side_widget_test_click (agree);
  side_test_run_for (50);
  g_assert_cmpint (side_rules_get_acknowledged_ms (scene->place.desk, path), >, 0);
  side_rules_sign (scene->place.desk, path, call);
  g_assert_cmpint (call->rules_version, ==, 1);
  g_assert_cmpstr (call->rules_by, ==, PLACE_USER);
  g_assert_cmpint (call->rules_ms, ==, side_rules_get_acknowledged_ms (scene->place.desk, path));
  /* The command line knows no account, and finds it by the project. */
  g_assert_cmpint (side_call_rules_find_project (path, before, NULL), ==, call->rules_ms);
  g_assert_cmpint (side_call_rules_find_project (path, "another", NULL), ==, 0);
  dialog = side_rules_dialog_new (NULL, scene->place.desk, path);
  gtk_window_present (dialog);
  side_test_run_for (50);
  g_assert_false (gtk_widget_get_visible (side_widget_test_find_button (GTK_WIDGET (dialog), "_I Keep to Them")));
  gtk_window_destroy (dialog);
  /* The staff of another project is another question. */
  side_desk_set_project_id (scene->place.desk, "another");
  if (g_strcmp0 (side_desk_get_project_id (scene->place.desk), before) != 0)
    g_assert_cmpint (side_rules_get_acknowledged_ms (scene->place.desk, path), ==, 0);
  side_desk_set_project_id (scene->place.desk, before);
}

int
main (int   argc,
      char *argv[])
{
  gconstpointer supervisor = GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), client = GINT_TO_POINTER (SIDE_ROLE_CLIENT);

  side_widget_test_init (&argc, &argv);
  g_test_add ("/scenarios-page/empty", Scene, supervisor, set_up, test_empty, tear_down);
  g_test_add ("/scenarios-page/empty-of-a-client", Scene, client, set_up, test_empty, tear_down);
  g_test_add ("/scenarios-page/kept", Scene, supervisor, set_up, test_kept, tear_down);
  g_test_add ("/scenarios-page/read", Scene, supervisor, set_up, test_read, tear_down);
  g_test_add ("/scenarios-page/steps", Scene, supervisor, set_up, test_steps, tear_down);
  g_test_add ("/scenarios-page/zone", Scene, supervisor, set_up, test_zone, tear_down);
  g_test_add ("/scenarios-page/sound", Scene, supervisor, set_up, test_sound, tear_down);
  g_test_add ("/scenarios-page/line", Scene, supervisor, set_up, test_line, tear_down);
  g_test_add ("/scenarios-page/versions", Scene, supervisor, set_up, test_versions, tear_down);
  g_test_add ("/scenarios-page/removed", Scene, supervisor, set_up, test_removed, tear_down);
  g_test_add ("/scenarios-page/others", Scene, supervisor, set_up, test_others, tear_down);
  g_test_add ("/scenarios-page/others-of-a-client", Scene, client, set_up, test_others, tear_down);
  g_test_add ("/scenarios-page/replaced", Scene, supervisor, set_up, test_replaced, tear_down);
  g_test_add ("/scenarios-page/last-call", Scene, supervisor, set_up, test_last_call, tear_down);
  g_test_add ("/scenarios-page/ready", Scene, supervisor, set_up, test_ready, tear_down);
  g_test_add ("/scenarios-page/rules", Scene, supervisor, set_up, test_rules, tear_down);
  g_test_add_func ("/scenarios-page/files", test_files);
  g_test_add_func ("/scenarios-page/sentences", test_sentences);
  g_test_add_func ("/scenarios-page/hours", test_hours);
  return g_test_run ();
}
