/* test-test-call.c - a test call from the window it is made in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The far end refuses every call; how a call goes that is answered is for the
 * tests with real peers.
 */
#include <sndfile.h>
#include <string.h>

#include "calls-place.h"
#include "form-place.h"
#include "side-call-steps.h"
#include "side-call-strip.h"
#include "side-call-waves.h"
#include "side-prompt-sound.h"
#include "side-settings.h"
#include "side-test-call-window.h"
#include "side-test-call-words.h"
#include "side-test-recordings.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"
#include "sip-far-end.h"
#include "tone-file.h"

typedef struct {
  Place          place;
  FarEnd         far_end;
  SideLines     *lines;
  SideScenarios *shelf;
  SideScenario  *scenario;
  GtkWindow     *window;
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
  g_autofree char *path = NULL;
  g_autofree char *id = side_id_new ();

  place_set_up_as (&scene->place, SIDE_ROLE_SUPERVISOR);
  path = g_build_filename (scene->place.folder, "lines.json", NULL);
  scene->lines = side_lines_new (path);
  scene->shelf = g_object_ref (side_scenarios_get (scene->place.desk));
  side_test_wait_until (is_read, scene->shelf, 5000, "the scenarios to be read");
  scene->scenario = side_scenario_new (id, side_desk_get_project_id (scene->place.desk), "Night line");
  scene->scenario->number = g_strdup ("100");
  side_scenario_add_step (scene->scenario, "a", "Ask whether the shop is open.");
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  if (scene->window != NULL)
    gtk_window_destroy (scene->window);
  side_test_run_for (200);
  g_object_unref (scene->lines);
  g_object_unref (scene->shelf);
  side_scenario_unref (scene->scenario);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

static void
open_window (Scene *scene)
{
  scene->window = side_test_call_window_new (NULL, scene->shelf, scene->lines, scene->scenario);
  gtk_window_present (scene->window);
  side_test_run_for (100);
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

static gboolean
is_idle (gpointer window)
{
  return !side_test_call_window_is_busy (window);
}

static void
test_no_line (Scene         *scene,
              gconstpointer  data)
{
  open_window (scene);
  side_widget_test_no_nameless (GTK_WIDGET (scene->window));
  g_assert_false (gtk_widget_get_sensitive (side_widget_test_find_button (GTK_WIDGET (scene->window), "_Call")));
  g_assert_nonnull (place_find_text (GTK_WIDGET (scene->window), "There is no telephone line to call on."));
}

static void
test_refused (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (SideTestCall) call = NULL;

  scene->far_end.refuses = "486 Busy Here";
  far_end_start (&scene->far_end);
  add_line (scene);
  open_window (scene);
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (scene->window), "_Call"));
  g_assert_true (side_test_call_window_is_busy (SIDE_TEST_CALL_WINDOW (scene->window)));
  side_test_wait_until (is_idle, scene->window, 20000, "the call to be refused");
  g_test_message ("%s", side_test_call_window_get_words (SIDE_TEST_CALL_WINDOW (scene->window)));
  g_assert_nonnull (strstr (side_test_call_window_get_words (SIDE_TEST_CALL_WINDOW (scene->window)), "486"));
  side_test_run_for (300);
  documents = place_list (&scene->place, "test-call", NULL);
  g_assert_cmpuint (documents->len, ==, 1);
  call = side_wire_test_call_from_json (((SideDocument *) documents->pdata[0])->body, -1, NULL);
  g_assert_nonnull (call);
  g_assert_cmpint (call->end, ==, SIDE_TEST_END_REFUSED);
  g_assert_cmpint (call->end_code, ==, 486);
  g_assert_cmpstr (call->account, ==, "Office");
  g_assert_cmpstr (call->review->reviewer, ==, PLACE_USER);
  g_assert_cmpstr (call->scenario, ==, scene->scenario->id);
  g_assert_nonnull (call->pinned);
  g_assert_cmpint (call->answered_ms, ==, 0);
  g_assert_cmpint (call->ended_ms, >=, call->dialled_ms);
  far_end_stop (&scene->far_end);
}

/* Nobody is there: it is given up by the person, and the window says so. */
static void
test_given_up (Scene         *scene,
               gconstpointer  data)
{
  scene->far_end.refuses = "100 Trying";
  far_end_start (&scene->far_end);
  add_line (scene);
  open_window (scene);
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (scene->window), "_Call"));
  side_test_run_for (1500);
  g_assert_true (side_test_call_window_is_busy (SIDE_TEST_CALL_WINDOW (scene->window)));
  gtk_window_close (scene->window);
  side_test_wait_until (is_idle, scene->window, 60000, "the call to be given up");
  far_end_stop (&scene->far_end);
}

static GtkCheckButton *
find_record (GtkWidget *root)
{
  GtkCheckButton *found = NULL;

  if (GTK_IS_CHECK_BUTTON (root) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (root)), "Record") == 0)
    return GTK_CHECK_BUTTON (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_record (child);
  return found;
}

static guint
count_recordings (Scene *scene)
{
  g_autoptr (SideTestCall) call = side_test_call_new ("7c0a3f50-2222-4a39-9a35-0d2c9f3e1b11", "demo", "100");
  g_autofree char *path = side_test_recordings_dup_path (scene->place.desk, call), *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

/* Where recording is not lawful, not even a file is begun; otherwise it grows from the start. */
static void
test_unrecorded (Scene         *scene,
                 gconstpointer  data)
{
  gboolean records = GPOINTER_TO_INT (data);
  GtkCheckButton *record;

  scene->far_end.refuses = "100 Trying";
  far_end_start (&scene->far_end);
  add_line (scene);
  open_window (scene);
  record = find_record (GTK_WIDGET (scene->window));
  g_assert_true (gtk_check_button_get_active (record));
  gtk_check_button_set_active (record, records);
  g_assert_cmpint (g_settings_get_boolean (side_settings_get (), "record-test-calls"), ==, records);
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (scene->window), "_Call"));
  side_test_run_for (1500);
  g_assert_true (side_test_call_window_is_busy (SIDE_TEST_CALL_WINDOW (scene->window)));
  g_assert_cmpint (count_recordings (scene) > 0, ==, records);
  gtk_window_close (scene->window);
  side_test_wait_until (is_idle, scene->window, 60000, "the call to be given up");
  g_settings_reset (side_settings_get (), "record-test-calls");
  far_end_stop (&scene->far_end);
}

/* What was kept of the one call there is. */
static SideTestCall *
kept_call (Scene *scene)
{
  g_autoptr (GPtrArray) documents = place_list (&scene->place, "test-call", NULL);

  g_assert_cmpuint (documents->len, ==, 1);
  return side_wire_test_call_from_json (((SideDocument *) documents->pdata[0])->body, -1, NULL);
}

static gboolean
has_row (gpointer window)
{
  return form_place_row (window, "1.1") != NULL;
}

/* Answers during the call and after it, and what the call's own clock says: one document has all of it. */
static void
test_answers (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (SideTestCall) during = NULL;
  g_autoptr (SideTestCall) elsewhere = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideTestCall) after = NULL;

  scene->far_end.refuses = "100 Trying";
  far_end_start (&scene->far_end);
  add_line (scene);
  scene->scenario->script = g_strdup (SCRIPT_ID);
  open_window (scene);
  /* The questions can be read, and not answered, before the call. */
  side_test_wait_until (has_row, scene->window, 5000, "the questions");
  g_assert_false (gtk_widget_get_sensitive (form_place_button (form_place_row (GTK_WIDGET (scene->window), "1.1"), "Yes")));
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (scene->window), "_Call"));
  side_test_run_for (1500);
  g_assert_true (side_test_call_window_is_busy (SIDE_TEST_CALL_WINDOW (scene->window)));
  side_widget_test_click (form_place_button (form_place_row (GTK_WIDGET (scene->window), "1.1"), "Yes"));
  side_test_run_for (1300);   /* the pause before it is saved, and the disk */
  during = kept_call (scene);
  g_assert_cmpint (during->ended_ms, ==, 0);
  g_assert_cmpfloat (side_review_get_answer (during->review, "1.1"), ==, 1);
  g_assert_cmpint (during->review->script_version, >, 0);
  gtk_window_close (scene->window);
  side_test_wait_until (is_idle, scene->window, 60000, "the call to be given up");
  side_widget_test_click (form_place_button (form_place_row (GTK_WIDGET (scene->window), "1.2"), "No"));
  side_test_run_for (1500);
  /* What is corrected elsewhere meanwhile stays, and the form goes on with it. */
  elsewhere = kept_call (scene);
  side_test_call_add_note (elsewhere, 500, "Corrected elsewhere");
  document = side_wire_document_for_test_call (elsewhere);
  document->changed_ms = side_desk_get_write_ms (scene->place.desk);
  side_document_shelf_put (SIDE_DOCUMENT_SHELF (scene->shelf), document, NULL);
  side_test_run_for (500);
  side_widget_test_click (form_place_button (form_place_row (GTK_WIDGET (scene->window), "1.3"), "Yes"));
  gtk_window_close (scene->window);   /* saved without waiting for the pause */
  scene->window = NULL;
  side_test_run_for (500);
  after = kept_call (scene);
  g_assert_cmpint (after->ended_ms, >, 0);
  g_assert_cmpint (after->end, ==, SIDE_TEST_END_CANCELLED);
  g_assert_cmpfloat (side_review_get_answer (after->review, "1.1"), ==, 1);
  g_assert_cmpfloat (side_review_get_answer (after->review, "1.2"), ==, 0);
  g_assert_cmpfloat (side_review_get_answer (after->review, "1.3"), ==, 1);
  g_assert_cmpuint (after->notes->len, ==, 1);
  g_assert_cmpint (after->review->finished_ms, ==, 0);
  far_end_stop (&scene->far_end);
}

/* The step that comes next is the one the buttons are about. */
static void
test_steps (void)
{
  g_autoptr (SideScenario) scenario = side_scenario_new (NULL, NULL, "Steps");
  g_autoptr (SideTestCall) call = side_test_call_new (NULL, NULL, "100");
  GtkWidget *steps, *window, *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  side_scenario_add_step (scenario, "a", "Say hello");
  side_scenario_add_step (scenario, "b", "Ask for the money back");
  side_scenario_add_step (scenario, "c", "Thank");
  steps = side_call_steps_new (scenario);
  gtk_box_append (GTK_BOX (box), steps);
  gtk_box_append (GTK_BOX (box), side_call_steps_get_deeds (SIDE_CALL_STEPS (steps)));
  window = side_widget_test_show (box, 400, 300);
  side_widget_test_no_nameless (box);
  g_assert_cmpstr (side_call_steps_get_current (SIDE_CALL_STEPS (steps)), ==, "a");
  side_test_call_add_step (call, "a", 1000, SIDE_TEST_SAID_BY_CALLER);
  side_call_steps_show (SIDE_CALL_STEPS (steps), call);
  g_assert_cmpstr (side_call_steps_get_current (SIDE_CALL_STEPS (steps)), ==, "b");
  g_assert_true (form_place_says (box, "Say Step 2 for Me"));
  /* One that was said out of its turn: on from there, and then back to what was left out. */
  side_test_call_add_step (call, "c", 2000, SIDE_TEST_SAID_BY_COMPUTER);
  side_call_steps_show (SIDE_CALL_STEPS (steps), call);
  g_assert_cmpstr (side_call_steps_get_current (SIDE_CALL_STEPS (steps)), ==, "b");
  side_test_call_add_step (call, "b", 3000, SIDE_TEST_SAID_BY_CALLER);
  side_call_steps_show (SIDE_CALL_STEPS (steps), call);
  g_assert_null (side_call_steps_get_current (SIDE_CALL_STEPS (steps)));
  side_widget_test_close (window);
}

static GtkWidget *
button_of (GtkWidget  *view,
           const char *words)
{
  GtkWidget *label = place_find_text (view, words);

  g_assert_nonnull (label);
  return gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);
}

/* The step's own recorded line stands beside the computer's voice; what is played is shown and can be stopped. */
static void
test_line (Scene         *scene,
           gconstpointer  data)
{
  g_autofree char *folder = side_test_tmp_dir (), *path = g_build_filename (folder, "line.wav", NULL), *sha256 = NULL, *sound = NULL;
  g_autoptr (SideTestCall) call = NULL;
  const double hertz[] = { 600 };
  const SideTestStep *said;
  GtkWidget *view, *play, *stop;

  tone_file_write (path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 1, 2, hertz, 0.3);
  sound = side_step_sound_new (path, 0, 0, &sha256, NULL);
  g_assert_nonnull (sound);
  g_assert_true (side_scenario_set_line (scene->scenario, side_scenario_add_step (scene->scenario, "b", NULL), sound, sha256));
  scene->far_end.refuses = "100 Trying";
  far_end_start (&scene->far_end);
  add_line (scene);
  open_window (scene);
  view = GTK_WIDGET (scene->window);
  play = button_of (view, "Play the Recorded Line");
  stop = button_of (view, "Stop");
  g_assert_nonnull (place_find_text (view, "Recorded line, 0:02.0"));
  /* The first step has none. */
  g_assert_false (gtk_widget_get_visible (play));
  side_widget_test_click (side_widget_test_find_button (view, "_Call"));
  side_test_run_for (1500);
  side_widget_test_click (button_of (view, "Said"));
  g_assert_true (gtk_widget_get_visible (play));
  /* There is nothing the computer's voice could say. */
  g_assert_false (gtk_widget_get_sensitive (button_of (view, "Say Step 2 for Me")));
  side_widget_test_click (play);
  for (guint i = 0; i < 100 && place_find_text (view, "Playing the recorded line of step 2…") == NULL; i++)
    side_test_run_for (50);
  g_assert_nonnull (place_find_text (view, "Playing the recorded line of step 2…"));
  g_assert_true (gtk_widget_get_visible (stop));
  side_widget_test_no_nameless (view);
  side_widget_test_click (stop);
  g_assert_null (place_find_text (view, "Playing the recorded line of step 2…"));
  g_assert_false (gtk_widget_get_visible (stop));
  gtk_window_close (scene->window);
  side_test_wait_until (is_idle, scene->window, 60000, "the call to be given up");
  side_test_run_for (500);
  call = kept_call (scene);
  g_assert_cmpuint (call->steps->len, ==, 2);
  said = call->steps->pdata[1];
  g_assert_cmpstr (said->step, ==, "b");
  g_assert_cmpint (said->by, ==, SIDE_TEST_SAID_BY_RECORDING);
  /* What the call keeps of the scenario knows the line by its hash alone. */
  g_assert_null (((const SideScenarioStep *) call->pinned->steps->pdata[1])->sound);
  g_assert_cmpstr (((const SideScenarioStep *) call->pinned->steps->pdata[1])->recording, ==, sha256);
  far_end_stop (&scene->far_end);
  side_test_rm_rf (folder);
}

/* What stands below the sound: each part with its time, its limit and how certain it is. */
static void
test_strip (void)
{
  g_autoptr (SideScenario) scenario = side_scenario_new (NULL, NULL, "Strip");
  g_autoptr (SideTestCall) call = side_test_call_new (NULL, NULL, "100");
  g_autofree char *words = NULL, *part = NULL;
  const char *css_class = NULL;
  GtkWidget *strip, *window;

  scenario->limits.queue_ms = 20000;
  side_test_call_follow (call, scenario);
  side_test_call_add_segment (call, SIDE_SEGMENT_DIALLING, 0, 900, 1);
  side_test_call_add_segment (call, SIDE_SEGMENT_QUEUE, 900, 28200, 0.9);
  words = side_test_call_words_strip (call, call->segments->pdata[1]);
  g_assert_cmpstr (words, ==, "queue 27.3 s · limit 20 s");
  strip = side_call_strip_new ();
  side_call_strip_show (SIDE_CALL_STRIP (strip), call);
  window = side_widget_test_show (strip, 400, 60);
  part = side_call_strip_words (SIDE_CALL_STRIP (strip), gtk_widget_get_width (strip) / 2.0);
  g_assert_cmpstr (part, ==, "In queue, music: 0:00.9–0:28.2, limit 0:20, 90 % certain");
  g_assert_cmpstr (side_test_call_words_pill (call, SIDE_SIP_CALL_ANSWERED, &css_class), ==, "In queue, music");
  g_assert_cmpstr (css_class, ==, "near");
  side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, 28200, 30000, 0.8);
  g_assert_cmpstr (side_test_call_words_pill (call, SIDE_SIP_CALL_ANSWERED, &css_class), ==, "Operator on line");
  g_assert_cmpstr (css_class, ==, "good");
  side_widget_test_close (window);
}

/* Thresholds are those of the metric. */
static void
test_warnings (void)
{
  SideTestQuality good = { (char *) "PCMA", TRUE, 0.002, 4, 40, 4.3, NULL };
  SideTestQuality poor = { (char *) "PCMA", TRUE, 0.05, 45, 380, 3.2, NULL };
  g_autofree char *none = side_test_call_words_warnings (&good);
  g_autofree char *words = side_test_call_words_warnings (&poor);

  g_assert_null (none);
  g_assert_nonnull (strstr (words, "Loss 5 %"));
  g_assert_nonnull (strstr (words, "Jitter 45 ms"));
  g_assert_nonnull (strstr (words, "Round trip 380 ms"));
  g_assert_nonnull (strstr (words, "MOS 3.2"));
}

static void
test_words (void)
{
  SideTestQuality quality = { (char *) "PCMA", TRUE, 0.002, 4, -1, 4.3, NULL };
  SideTestQuality none = { NULL, FALSE, -1, -1, -1, -1, NULL };
  g_autofree char *words = side_test_call_words_quality (&quality);
  g_autofree char *nothing = side_test_call_words_quality (&none);
  g_autoptr (SideScenario) scenario = side_scenario_new ("7c0a3f50-1111-4a39-9a35-0d2c9f3e1b11", "tea", "It rings");
  g_autoptr (SideTestCall) call = NULL;
  g_autofree char *ended = NULL;

  g_assert_nonnull (strstr (words, "G.711 A-law · encrypted · loss"));
  g_assert_nonnull (strstr (words, "MOS 4.3"));
  g_assert_cmpstr (nothing, ==, "");
  /* It rang for 48.3 s where 15 were allowed. */
  call = side_test_call_new ("7c0a3f50-2222-4a39-9a35-0d2c9f3e1b11", "tea", "100");
  scenario->limits.ring_ms = 15000;
  side_test_call_follow (call, scenario);
  call->dialled_ms = 1000;
  call->ringing_ms = 1100;
  call->ended_ms = 49400;
  call->end = SIDE_TEST_END_CANCELLED;
  ended = side_test_call_words_ended (call);
  g_assert_cmpstr (ended, ==, "You gave up before anybody answered. It rang for 0:48.3, 0:33.3 too long.");
  for (int i = 0; i < SIDE_N_SEGMENT_KINDS; i++)
    g_assert_nonnull (side_test_call_words_segment ((SideSegmentKind) i));
}

int
main (int   argc,
      char *argv[])
{
  side_sip_init ();
  side_widget_test_init (&argc, &argv);
  g_test_add ("/test-call/no-line", Scene, NULL, set_up, test_no_line, tear_down);
  g_test_add ("/test-call/refused", Scene, NULL, set_up, test_refused, tear_down);
  g_test_add ("/test-call/given-up", Scene, NULL, set_up, test_given_up, tear_down);
  g_test_add ("/test-call/recorded", Scene, GINT_TO_POINTER (TRUE), set_up, test_unrecorded, tear_down);
  g_test_add ("/test-call/unrecorded", Scene, GINT_TO_POINTER (FALSE), set_up, test_unrecorded, tear_down);
  g_test_add ("/test-call/answers", Scene, NULL, set_up, test_answers, tear_down);
  g_test_add ("/test-call/line", Scene, NULL, set_up, test_line, tear_down);
  g_test_add_func ("/test-call/steps", test_steps);
  g_test_add_func ("/test-call/strip", test_strip);
  g_test_add_func ("/test-call/warnings", test_warnings);
  g_test_add_func ("/test-call/words", test_words);
  return g_test_run ();
}
