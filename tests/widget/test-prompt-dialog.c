/* test-prompt-dialog.c - an announcement out of a call becomes the reference, or is compared
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "calls-place.h"
#include "result-place.h"
#include "side-prompt-dialog.h"
#include "side-prompt-sound.h"
#include "side-test-keepers.h"
#include "side-test-recordings.h"
#include "side-test-result-window.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define SAME_ID  "7a0c9b7e-3d51-4c2f-9a1c-5f3c8f0f7a13"
#define OTHER_ID "7a0c9b7e-3d51-4c2f-9a1c-5f3c8f0f7a14"
#define RATE     8000
#define OURS_HZ  1700

typedef struct {
  Place             place;
  SideScenarios    *shelf;
  SidePromptDialog *dialog;   /* (nullable) */
} Scene;

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (shelf);
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  place_set_up_as (&scene->place, SIDE_ROLE_SUPERVISOR);
  scene->shelf = g_object_ref (side_scenarios_get (scene->place.desk));
  side_test_wait_until (is_read, scene->shelf, 5000, "the test calls to be read");
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  g_autofree char *folder = side_test_recordings_dup_folder (scene->place.desk);

  if (scene->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (scene->dialog));
  side_test_run_for (500);
  g_object_unref (scene->shelf);
  side_test_rm_rf (folder);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

static void
receive (Scene        *scene,
         SideDocument *document)
{
  document->revision = 1;
  document->author = g_strdup (PLACE_USER);
  place_receive (&scene->place, document);
  side_test_run_for (300);
}

/* Something like a voice on their side, never twice alike but with the same @seed; a tone on ours. */
static void
write_recording (Scene              *scene,
                 const SideTestCall *call,
                 guint32             seed,
                 double              delay)
{
  g_autofree char *path = side_test_recordings_dup_path (scene->place.desk, call);
  g_autoptr (GRand) lots = g_rand_new_with_seed (seed);
  SF_INFO info = { .samplerate = RATE, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
  g_autofree float *frames = g_new0 (float, 2 * 14 * RATE);
  int at = (int) (delay * RATE);
  double phase = 0;
  SNDFILE *file;

  while (at < 8 * RATE)
    {
      double pitch = g_rand_double_range (lots, 100, 240), loud = g_rand_double_range (lots, 0.08, 0.3);
      int length = g_rand_int_range (lots, 600, 2400);

      for (int i = 0; i < length; i++, at++)
        {
          phase += pitch / RATE;
          frames[2 * at + 1] = (float) (loud * sin (G_PI * i / length) * (sin (2 * G_PI * phase) + 0.6 * sin (14 * G_PI * phase)) / 2);
        }
      at += g_rand_int_range (lots, 200, 1200);
    }
  for (int i = 0; i < 14 * RATE; i++)
    frames[2 * i] = (float) (0.5 * sin (2 * G_PI * OURS_HZ * i / RATE));
  file = sf_open (path, SFM_WRITE, &info);
  g_assert_nonnull (file);
  g_assert_cmpint (sf_writef_float (file, frames, 14 * RATE), ==, 14 * RATE);
  g_assert_cmpint (sf_close (file), ==, 0);
}

static SideScenario *
new_scenario (Scene *scene)
{
  SideScenario *scenario = side_scenario_new (RESULT_PLACE_SCENARIO, side_desk_get_project_id (scene->place.desk), "Menu");

  scenario->author = g_strdup (PLACE_USER);
  side_scenario_add_step (scenario, "a", "Ask.");
  side_scenario_add_prompt (scenario, "welcome", "Welcome");
  side_scenario_add_prompt (scenario, "menu", "Press one");
  return scenario;
}

static void
add_call (Scene      *scene,
          const char *id,
          gint64      earlier_ms,
          guint32     seed,
          double      delay)
{
  g_autoptr (SideTestCall) call = result_place_new_call (&scene->place, PLACE_USER);
  g_autoptr (SideDocument) document = NULL;

  g_free (call->review->id);
  call->review->id = g_strdup (id);
  call->dialled_ms -= earlier_ms;
  call->ringing_ms -= earlier_ms;
  call->answered_ms -= earlier_ms;
  call->recorded_ms -= earlier_ms;
  call->ended_ms -= earlier_ms;
  g_free (((SideTestSegment *) call->segments->pdata[2])->label);
  ((SideTestSegment *) call->segments->pdata[2])->label = g_strdup ("menu");
  if (seed != 0)
    {
      call->recording = g_strconcat (id, ".wav", NULL);
      write_recording (scene, call, seed, delay);
    }
  document = side_wire_document_for_test_call (call);
  receive (scene, document);
}

static void
open_dialog (Scene *scene)
{
  scene->dialog = SIDE_PROMPT_DIALOG (side_prompt_dialog_new (NULL, scene->shelf, side_test_keepers_get (scene->shelf, RESULT_PLACE_CALL), TRUE, 2));
  gtk_window_present (GTK_WINDOW (scene->dialog));
  side_test_run_for (200);
}

static AdwComboRow *
row (Scene      *scene,
     const char *title)
{
  return ADW_COMBO_ROW (gtk_widget_get_ancestor (place_find_text (GTK_WIDGET (scene->dialog), title), ADW_TYPE_COMBO_ROW));
}

static GtkWidget *
button (Scene      *scene,
        const char *words)
{
  return side_widget_test_find_button (GTK_WIDGET (scene->dialog), words);
}

static gboolean
has_ended (gpointer dialog)
{
  const char *words = side_prompt_dialog_get_words (dialog);

  return *words != '\0' && !g_str_has_suffix (words, "…");
}

static void
wait_for (Scene      *scene,
          const char *words)
{
  side_test_wait_until (has_ended, scene->dialog, 30000, words);
  if (strstr (side_prompt_dialog_get_words (scene->dialog), words) == NULL)
    g_error ("“%s” does not say “%s”", side_prompt_dialog_get_words (scene->dialog), words);
}

static const SideScenarioPrompt *
prompt (Scene      *scene,
        const char *name)
{
  return side_scenario_find_prompt (side_scenario_item_get (side_scenarios_find (scene->shelf, RESULT_PLACE_SCENARIO)), name);
}

static const SideTestPrompt *
found (Scene *scene)
{
  return side_test_call_find_prompt (side_draft_keeper_get (side_test_keepers_get (scene->shelf, RESULT_PLACE_CALL)), "menu");
}

static double
strength (const float *samples,
          gsize        n,
          double       hz)
{
  double re = 0, im = 0;

  for (gsize i = 0; i < n; i++)
    {
      re += samples[i] * cos (2 * G_PI * hz * (double) i / SIDE_STEP_RATE);
      im += samples[i] * sin (2 * G_PI * hz * (double) i / SIDE_STEP_RATE);
    }
  return 2 * hypot (re, im) / (double) n;
}

static void
test_used (Scene         *scene,
           gconstpointer  data)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene);
  g_autoptr (SideDocument) document = side_wire_document_for_scenario (scenario);
  g_autofree float *samples = NULL;
  SideDraftKeeper *keeper;
  gsize n = 0;

  receive (scene, document);
  add_call (scene, RESULT_PLACE_CALL, 0, 5, 0.2);
  open_dialog (scene);
  side_widget_test_no_nameless (GTK_WIDGET (scene->dialog));
  /* The part that was selected, and the announcement it is named after. */
  g_assert_cmpuint (adw_combo_row_get_selected (row (scene, "Announcement of the scenario")), ==, 1);
  g_assert_false (gtk_widget_get_sensitive (button (scene, "Compare with This Call")));
  side_widget_test_click (button (scene, "Use as Reference"));
  wait_for (scene, "Calls are compared with this recording of “menu” from now on.");
  g_assert_null (prompt (scene, "welcome")->sound);
  g_assert_cmpuint (strlen (prompt (scene, "menu")->recording), ==, 64);
  g_assert_cmpfloat_with_epsilon ((double) side_scenario_sound_length_ms (prompt (scene, "menu")->sound), 8200, 100);
  /* What we said is not in it. */
  samples = side_step_sound_read (prompt (scene, "menu")->sound, &n, NULL);
  g_assert_nonnull (samples);
  g_assert_cmpfloat (strength (samples, n, OURS_HZ), <, 0.01);
  keeper = side_scenarios_get_keeper (scene->shelf, RESULT_PLACE_SCENARIO);
  g_free (side_draft_keeper_undo (keeper));
  g_assert_null (prompt (scene, "menu")->sound);
  /* One that the scenario does not have yet. */
  adw_combo_row_set_selected (row (scene, "Announcement of the scenario"), 2);
  side_widget_test_click (button (scene, "Use as Reference"));
  side_test_run_for (100);
  wait_for (scene, "“announcement 3”");
  g_assert_nonnull (prompt (scene, "announcement 3")->sound);
}

static void
test_compared (Scene         *scene,
               gconstpointer  data)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene);
  g_autoptr (SideDocument) document = side_wire_document_for_scenario (scenario);
  SideDraftKeeper *keeper;

  receive (scene, document);
  add_call (scene, RESULT_PLACE_CALL, 0, 5, 0.5);
  add_call (scene, SAME_ID, 3600000, 5, 0.1);
  add_call (scene, OTHER_ID, 7200000, 9, 0.1);
  open_dialog (scene);
  adw_combo_row_set_selected (row (scene, "Call"), 1);
  side_widget_test_click (button (scene, "Compare with This Call"));
  wait_for (scene, "“menu” was heard");
  g_assert_nonnull (found (scene));
  g_assert_cmpint (found (scene)->state, ==, SIDE_TEST_PROMPT_HEARD);
  g_assert_cmpfloat_with_epsilon ((double) found (scene)->from_ms, 3600, 200);
  g_assert_null (prompt (scene, "menu")->sound);
  keeper = side_test_keepers_get (scene->shelf, RESULT_PLACE_CALL);
  g_free (side_draft_keeper_undo (keeper));
  g_assert_null (found (scene));
  adw_combo_row_set_selected (row (scene, "Call"), 2);
  side_widget_test_click (button (scene, "Compare with This Call"));
  side_test_run_for (100);
  wait_for (scene, "“menu” was not heard");
  g_assert_cmpint (found (scene)->state, ==, SIDE_TEST_PROMPT_NOT_HEARD);
}

/* Nothing to take one from: that is said, and nothing can be pressed. */
static void
test_none (Scene         *scene,
           gconstpointer  data)
{
  g_autoptr (SideScenario) scenario = new_scenario (scene);
  g_autoptr (SideDocument) document = side_wire_document_for_scenario (scenario);

  receive (scene, document);
  add_call (scene, RESULT_PLACE_CALL, 0, 0, 0);
  open_dialog (scene);
  g_assert_cmpstr (side_prompt_dialog_get_words (scene->dialog), ==, "No recording of a call by this scenario is on this computer.");
  g_assert_false (gtk_widget_get_sensitive (button (scene, "Use as Reference")));
  g_assert_false (gtk_widget_get_sensitive (button (scene, "Compare with This Call")));
  g_assert_false (gtk_widget_get_sensitive (button (scene, "Listen")));
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/prompt-dialog/used", Scene, NULL, set_up, test_used, tear_down);
  g_test_add ("/prompt-dialog/compared", Scene, NULL, set_up, test_compared, tear_down);
  g_test_add ("/prompt-dialog/none", Scene, NULL, set_up, test_none, tear_down);
  return g_test_run ();
}
