/* test-test-result.c - what a test call found: shown, corrected, kept, recovered
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gio/gio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "calls-place.h"
#include "result-place.h"
#include "side-format.h"
#include "side-test-calls-list.h"
#include "side-test-files.h"
#include "side-test-keepers.h"
#include "side-test-month.h"
#include "side-test-recordings.h"
#include "side-test-result-window.h"
#include "side-test-result-words.h"
#include "side-test-verdict.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define SCENARIO_ID RESULT_PLACE_SCENARIO
#define CALL_ID     RESULT_PLACE_CALL

typedef struct {
  Place                 place;
  SideScenarios        *shelf;
  SideTestResultWindow *window;   /* (nullable) */
} Scene;

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (shelf);
}

static gboolean
is_idle (gpointer keeper)
{
  return !side_draft_keeper_is_busy (keeper);
}

static void
open_shelf (Scene *scene)
{
  scene->shelf = g_object_ref (side_scenarios_get (scene->place.desk));
  side_test_wait_until (is_read, scene->shelf, 5000, "the test calls to be read");
}

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  open_shelf (scene);
}

static void
close_window (Scene *scene)
{
  if (scene->window != NULL)
    gtk_window_destroy (GTK_WINDOW (scene->window));
  scene->window = NULL;
  side_test_run_for (200);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  g_autofree char *folder = side_test_recordings_dup_folder (scene->place.desk);

  close_window (scene);
  g_object_unref (scene->shelf);
  side_test_rm_rf (folder);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

static SideTestCall *
new_call (Scene      *scene,
          const char *author)
{
  return result_place_new_call (&scene->place, author);
}

static void
open_window (Scene *scene)
{
  scene->window = SIDE_TEST_RESULT_WINDOW (side_test_result_window_new (NULL, scene->shelf, CALL_ID));
  gtk_window_present (GTK_WINDOW (scene->window));
  side_test_run_for (200);
}

static SideSegmentStrip *
strip_of (Scene *scene)
{
  return side_segment_editor_get_strip (side_test_result_window_get_timeline (scene->window));
}

static const SideTestCall *
now (Scene *scene)
{
  return side_draft_keeper_get (side_test_result_window_get_keeper (scene->window));
}

static const SideTestSegment *
segment (Scene *scene,
         guint  index)
{
  g_assert_cmpuint (index, <, now (scene)->segments->len);
  return now (scene)->segments->pdata[index];
}

static gboolean
says (Scene      *scene,
      const char *words)
{
  return place_find_text (GTK_WIDGET (scene->window), words) != NULL;
}

static void
act (Scene      *scene,
     const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (scene->window), action, NULL);
  side_test_run_for (50);
}

static void
act_on_part (Scene      *scene,
             const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (side_test_result_window_get_timeline (scene->window)), action, NULL);
  side_test_run_for (50);
}

/* ---- read ---- */

static void
test_list (Scene         *scene,
           gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  GtkWidget *list, *window;

  list = side_test_calls_list_new (scene->shelf, SCENARIO_ID);
  window = side_widget_test_show (list, 500, 300);
  g_assert_nonnull (place_find_text (window, "No call was made by it yet. “Call…” above makes the first one."));
  side_widget_test_close (window);
  result_place_receive (&scene->place, call);
  list = side_test_calls_list_new (scene->shelf, SCENARIO_ID);
  window = side_widget_test_show (list, 500, 300);
  g_assert_nonnull (place_find_text (window, "answered after 0:03.2, a person after 0:38.7"));
  g_assert_nonnull (place_find_text (window, "✗ took too long · a wrong fact"));
  side_widget_test_no_nameless (window);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  side_test_run_for (200);
  {
    g_autoptr (GList) all = gtk_window_list_toplevels ();

    for (GList *each = all; each != NULL && scene->window == NULL; each = each->next)
      if (SIDE_IS_TEST_RESULT_WINDOW (each->data))
        scene->window = each->data;
  }
  g_assert_nonnull (scene->window);
  side_widget_test_close (window);
}

static void
test_shown (Scene         *scene,
            gconstpointer  role)
{
  g_autofree char *day = NULL, *rules = NULL;
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  SideTestPrompt *prompt = side_test_call_add_prompt (call, "greeting");

  prompt->state = SIDE_TEST_PROMPT_NOT_HEARD;
  prompt->likeness = 0.3;
  prompt->judged = 1;
  prompt = side_test_call_add_prompt (call, "menu");
  prompt->state = SIDE_TEST_PROMPT_HEARD;
  prompt->likeness = 0.97;
  prompt->judged = 1;
  prompt->from_ms = 4200;
  side_test_call_set_rules (call, 1, "boris", call->dialled_ms - 86400000);
  result_place_receive (&scene->place, call);
  open_window (scene);
  g_assert_true (says (scene, "✗ “greeting” was not heard as in its recording: what came nearest is 30 % like it."));
  g_assert_true (says (scene, "✓ “menu” was heard 4.2 s after dialling, 97 % like its recording."));
  g_assert_true (says (scene, "Answered after 0:03.2, a person after 0:38.7. They hung up."));
  g_assert_true (says (scene, "✗ took too long · a wrong fact · an announcement was not heard"));
  g_assert_true (says (scene, "✗ 0:07.3 too long"));
  g_assert_true (says (scene, "✓ within the limit"));
  g_assert_true (says (scene, "G.711 A-law, encrypted"));
  g_assert_true (says (scene, "E-model, quiet rooms"));
  g_assert_true (says (scene, "Said: Say the sole came off."));
  g_assert_true (says (scene, "Pressed: 2"));
  g_assert_true (says (scene, "Note: Sounds bored"));
  g_assert_true (says (scene, "83 % certain"));
  g_assert_true (says (scene, "signalled"));
  day = side_format_date (side_desk_get_project (scene->place.desk)->time_zone, call->rules_ms, side_desk_get_now_ms (scene->place.desk));
  rules = g_strdup_printf ("Rules acknowledged by boris on %s", day);
  g_assert_true (says (scene, rules));
  side_widget_test_no_nameless (GTK_WIDGET (scene->window));
}

/* Another computer's call: said in words, and the timeline is there all the same. */
static void
test_no_recording (Scene         *scene,
                   gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  gint64 from_ms, to_ms;

  call->recording = g_strdup (CALL_ID ".wav");
  result_place_receive (&scene->place, call);
  open_window (scene);
  g_assert_true (says (scene, "The recording is not on this computer. Recordings of test calls stay where the call was made."));
  side_test_sound_get_view (side_test_result_window_get_sound (scene->window), &from_ms, &to_ms);
  g_assert_cmpint (from_ms, ==, 0);
  g_assert_cmpint (to_ms, ==, 86000);
}

/* What somebody else found is read, and nothing of it can be changed. */
static void
test_others (Scene         *scene,
             gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, "boris");
  SideDraftKeeper *keeper;

  result_place_receive (&scene->place, call);
  open_window (scene);
  keeper = side_test_result_window_get_keeper (scene->window);
  side_segment_strip_select (strip_of (scene), 3);
  act_on_part (scene, "segment.split");
  act_on_part (scene, "segment.merge");
  side_widget_test_press (GTK_WIDGET (strip_of (scene)), GDK_KEY_Right, GDK_SHIFT_MASK);
  act (scene, "result.remove");
  g_assert_cmpuint (now (scene)->segments->len, ==, 5);
  g_assert_cmpint (segment (scene, 3)->from_ms, ==, 11400);
  g_assert_false (side_draft_keeper_can_undo (keeper));
  g_assert_false (side_draft_keeper_is_removed (keeper));
  g_assert_false (gtk_widget_get_mapped (place_find_named (GTK_WIDGET (scene->window), "Begins at")));
  g_assert_null (place_find_named (GTK_WIDGET (scene->window), "Remove the Note"));
}

/* ---- corrected ---- */

static void
type_end (Scene      *scene,
          const char *text)
{
  GtkWidget *entry = place_find_named (GTK_WIDGET (scene->window), "Ends at");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "activate");
  side_test_run_for (50);
}

static void
test_corrected (Scene         *scene,
                gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  g_autoptr (SideTestCall) kept = NULL;

  result_place_receive (&scene->place, call);
  open_window (scene);
  side_segment_strip_select (strip_of (scene), 3);
  type_end (scene, "0:31.4");
  g_assert_cmpint (segment (scene, 3)->to_ms, ==, 31400);
  g_assert_cmpint (segment (scene, 4)->from_ms, ==, 31400);
  g_assert_false (says (scene, "✗ 0:07.3 too long"));
  g_assert_true (says (scene, "✗ a wrong fact"));
  g_assert_true (says (scene, "Told by the program: In queue, music, 90 %"));
  act (scene, "result.undo");
  g_assert_cmpint (segment (scene, 3)->to_ms, ==, 38700);
  g_assert_true (says (scene, "✗ 0:07.3 too long"));
  act (scene, "result.redo");
  g_assert_false (says (scene, "✗ 0:07.3 too long"));
  type_end (scene, "later");   /* no time: it stays as it was */
  g_assert_cmpint (segment (scene, 3)->to_ms, ==, 31400);
  side_test_wait_until (is_idle, side_test_result_window_get_keeper (scene->window), 5000, "the call to be saved");
  kept = result_place_stored (&scene->place);
  g_assert_true (((const SideTestSegment *) kept->segments->pdata[3])->by_hand);
  g_assert_cmpfloat (((const SideTestSegment *) kept->segments->pdata[3])->certainty, ==, 1);
  g_assert_cmpfloat (((const SideTestSegment *) kept->segments->pdata[3])->told_certainty, ==, 0.9);
}

static void
test_kind (Scene         *scene,
           gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  GtkWidget *kind;

  result_place_receive (&scene->place, call);
  open_window (scene);
  side_segment_strip_select (strip_of (scene), 2);
  kind = place_find_kind (GTK_WIDGET (side_test_result_window_get_timeline (scene->window)), GTK_TYPE_DROP_DOWN);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (kind)), ==, SIDE_SEGMENT_MENU);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), SIDE_SEGMENT_ANNOUNCEMENT);
  side_test_run_for (50);
  g_assert_cmpint ((int) segment (scene, 2)->kind, ==, SIDE_SEGMENT_ANNOUNCEMENT);
  g_assert_true (says (scene, "Told by the program: Menu, 83 %"));
  g_assert_true (says (scene, "the call never came so far"));
  act (scene, "result.undo");
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (kind)), ==, SIDE_SEGMENT_MENU);
  g_assert_false (says (scene, "the call never came so far"));
  gtk_editable_set_text (GTK_EDITABLE (place_find_named (GTK_WIDGET (scene->window), "Which one: the menu's name, the tone, who answered")),
                         "Main menu");
  g_assert_cmpstr (segment (scene, 2)->label, ==, "Main menu");
  side_test_run_for (50);
  g_assert_true (says (scene, "Menu: Main menu"));
}

static void
test_cut (Scene         *scene,
          gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);

  result_place_receive (&scene->place, call);
  open_window (scene);
  side_segment_strip_select (strip_of (scene), 3);
  act_on_part (scene, "segment.split");
  g_assert_cmpuint (now (scene)->segments->len, ==, 6);
  g_assert_cmpint (segment (scene, 3)->to_ms, ==, (11400 + 38700) / 2);
  act_on_part (scene, "segment.merge");
  g_assert_cmpuint (now (scene)->segments->len, ==, 5);
  g_assert_cmpint (segment (scene, 3)->to_ms, ==, 38700);
  side_segment_strip_select (strip_of (scene), 4);
  act_on_part (scene, "segment.confirm");
  g_assert_true (segment (scene, 4)->by_hand && segment (scene, 4)->certainty == 1);
  side_segment_strip_select (strip_of (scene), 3);
  act (scene, "result.undo");
  act (scene, "result.undo");
  act (scene, "result.undo");
  g_assert_false (segment (scene, 3)->by_hand);
  /* By keyboard: the next one, its beginning, its end. */
  side_widget_test_press (GTK_WIDGET (strip_of (scene)), GDK_KEY_Left, 0);
  g_assert_cmpint (side_segment_strip_get_selected (strip_of (scene)), ==, 2);
  side_widget_test_press (GTK_WIDGET (strip_of (scene)), GDK_KEY_Right, GDK_SHIFT_MASK);
  g_assert_cmpint (segment (scene, 2)->from_ms, ==, 3300);
  side_widget_test_press (GTK_WIDGET (strip_of (scene)), GDK_KEY_Left, GDK_SHIFT_MASK | GDK_CONTROL_MASK);
  g_assert_cmpint (segment (scene, 2)->to_ms, ==, 11300);
  g_assert_cmpint (segment (scene, 3)->from_ms, ==, 11300);
}

static void
test_notes (Scene         *scene,
            gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  GtkWidget *entry;

  result_place_receive (&scene->place, call);
  open_window (scene);
  side_widget_test_click (place_find_named (GTK_WIDGET (scene->window), "Remove the Note"));
  g_assert_cmpuint (now (scene)->notes->len, ==, 0);
  act (scene, "result.undo");
  g_assert_cmpuint (now (scene)->notes->len, ==, 1);
  act (scene, "result.note");
  entry = gtk_widget_get_ancestor (gtk_root_get_focus (GTK_ROOT (scene->window)), GTK_TYPE_ENTRY);
  g_assert_nonnull (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "Was polite");
  g_signal_emit_by_name (entry, "activate");
  side_test_run_for (50);
  g_assert_cmpuint (now (scene)->notes->len, ==, 2);
  g_assert_true (says (scene, "Note: Was polite"));
}

/* Answers are given when it is heard again, too; they are steps like any other. */
static void
test_answered (Scene         *scene,
               gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  const SideTestFact *fact;

  result_place_receive (&scene->place, call);
  open_window (scene);
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (scene->window), "Right"));
  side_test_run_for (100);
  fact = side_test_call_find_fact (now (scene), "f");
  g_assert_cmpint ((int) fact->state, ==, SIDE_TEST_FACT_RIGHT);
  g_assert_true (says (scene, "✗ took too long"));
  act (scene, "result.undo");
  fact = side_test_call_find_fact (now (scene), "f");
  g_assert_cmpint ((int) fact->state, ==, SIDE_TEST_FACT_WRONG);
  g_assert_true (says (scene, "✗ took too long · a wrong fact"));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (side_widget_test_find_button (GTK_WIDGET (scene->window), "Wrong"))));
}

/* What was corrected is there when the program is started again. */
static void
test_kept (Scene         *scene,
           gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);

  result_place_receive (&scene->place, call);
  open_window (scene);
  side_segment_strip_select (strip_of (scene), 3);
  type_end (scene, "0:31.4");
  close_window (scene);
  place_settle ();
  g_object_unref (scene->shelf);
  place_restart (&scene->place);
  open_shelf (scene);
  open_window (scene);
  g_assert_cmpint (segment (scene, 3)->to_ms, ==, 31400);
  g_assert_true (segment (scene, 3)->by_hand);
  g_assert_true (says (scene, "Told by the program: In queue, music, 90 %"));
}

static void
test_removed (Scene         *scene,
              gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  g_autoptr (SideTestCall) back = NULL;

  result_place_receive (&scene->place, call);
  open_window (scene);
  act (scene, "result.remove");
  side_test_run_for (300);
  {
    g_autoptr (GPtrArray) documents = place_list (&scene->place, "test-call", NULL);

    g_assert_cmpuint (documents->len, ==, 0);
  }
  g_assert_true (gtk_widget_get_mapped (place_find_text (GTK_WIDGET (scene->window), "The test call is deleted")));
  act (scene, "result.restore");
  side_test_run_for (300);
  back = result_place_stored (&scene->place);
  g_assert_cmpuint (back->segments->len, ==, 5);
}

/* ---- the recording ---- */

static gboolean
has_peaks (gpointer sound)
{
  return side_waveform_get_peaks (side_test_sound_get_waveform (sound)) != NULL
         && side_player_get_duration_ms (side_test_sound_get_player (sound)) > 0;
}

/* Whether the keys of the keyboard find a player of this process. */
static gboolean
has_keys (gpointer data)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autofree char *name = g_strdup_printf ("org.mpris.MediaPlayer2.sidetone.instance%d", (int) getpid ());
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                                            "NameHasOwner", g_variant_new ("(s)", name), NULL, G_DBUS_CALL_FLAGS_NONE,
                                                            5000, NULL, NULL);
  gboolean owned = FALSE;

  g_assert_nonnull (reply);
  g_variant_get (reply, "(b)", &owned);
  return owned;
}

static gboolean
has_no_keys (gpointer data)
{
  return !has_keys (data);
}

static void
test_recording (Scene         *scene,
                gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  SidePhoneRecorder *recorder = result_place_begin_recording (&scene->place, call);
  SideTestSound *sound;
  SidePeak ours, theirs;
  gint64 from_ms, to_ms;

  result_place_record (recorder, 4);
  g_assert_true (side_phone_recorder_finish (recorder, NULL));
  side_phone_recorder_free (recorder);
  call->recording = g_strdup (CALL_ID ".wav");
  call->recording_sha256 = g_strdup ("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
  result_place_receive (&scene->place, call);
  open_window (scene);
  sound = side_test_result_window_get_sound (scene->window);
  side_test_wait_until (has_peaks, sound, 10000, "the recording to be drawn");
  side_test_run_for (300);
  g_assert_cmpstr (side_test_sound_get_message (sound), ==, "");
  /* The call centre, which is on the right in the file, stands above. */
  side_peaks_query (side_waveform_get_peaks (side_test_sound_get_waveform (sound)), 0, 0, 4000, 1, &theirs);
  side_peaks_query (side_waveform_get_peaks (side_test_sound_get_waveform (sound)), 1, 0, 4000, 1, &ours);
  g_assert_cmpint (theirs.max, >, 7000);
  g_assert_cmpint (ours.max, ==, 0);
  g_assert_cmpint (side_test_sound_get_offset (sound), ==, 3200);
  side_test_sound_get_view (sound, &from_ms, &to_ms);
  g_assert_cmpint (from_ms, ==, 3200);
  g_assert_cmpint (to_ms, ==, 7200);
  g_assert_true (says (scene, "Before the recording began: Dialled 0:00.9 · Ringing 0:02.3"));
  g_assert_true (says (scene, "This file is not the recording as it was made: its checksum is another one."));
  side_test_sound_seek (sound, 5200);
  side_test_run_for (500);
  g_assert_cmpint (side_test_sound_get_position (sound), ==, 5200);
  /* One clock: the player's is that of the strip below it, from dialling on. */
  g_assert_true (says (scene, "0:05.2"));
  g_assert_true (says (scene, "/ 0:07"));
  /* Split where it stands. */
  side_segment_strip_select (strip_of (scene), 2);
  act_on_part (scene, "segment.split");
  g_assert_cmpint (segment (scene, 2)->to_ms, ==, 5200);
  /* Both sides have their names where they are made louder, too. */
  g_assert_nonnull (place_find_named (GTK_WIDGET (scene->window), "Volume: Call centre"));
  g_assert_nonnull (place_find_named (GTK_WIDGET (scene->window), "Mute: You"));
  side_test_wait_until (has_keys, NULL, 5000, "the keys for playing to be taken");
  close_window (scene);
  side_test_wait_until (has_no_keys, NULL, 5000, "the keys for playing to be given back");
}

static void
saved_cb (GtkWidget  *widget,
          const char *words)
{
  g_object_set_data_full (G_OBJECT (widget), "words", g_strdup (words), g_free);
}

static gboolean
has_words (gpointer widget)
{
  return g_object_get_data (widget, "words") != NULL;
}

static void
test_saved (Scene         *scene,
            gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  g_autoptr (SideTestCall) read = NULL;
  SidePhoneRecorder *recorder = result_place_begin_recording (&scene->place, call);
  g_autofree char *recording = side_test_recordings_dup_path (scene->place.desk, call);
  g_autofree char *path = g_build_filename (scene->place.folder, "call.json", NULL);
  g_autofree char *copy = g_build_filename (scene->place.folder, "call.wav", NULL);
  g_autofree char *json = NULL, *summary = NULL;
  GtkWidget *widget = g_object_ref_sink (gtk_label_new (NULL));

  result_place_record (recorder, 1);
  g_assert_true (side_phone_recorder_finish (recorder, NULL));
  side_phone_recorder_free (recorder);
  side_test_files_save_to (widget, call, recording, path, saved_cb);
  side_test_wait_until (has_words, widget, 5000, "the call to be saved");
  g_assert_cmpstr (g_object_get_data (G_OBJECT (widget), "words"), ==, "The call is saved, with its recording beside it.");
  g_assert_true (g_file_get_contents (path, &json, NULL, NULL));
  read = side_wire_test_call_from_json (json, -1, NULL);
  g_assert_cmpuint (read->segments->len, ==, 5);
  g_assert_true (g_file_test (copy, G_FILE_TEST_IS_REGULAR));
  g_object_set_data (G_OBJECT (widget), "words", NULL);
  side_test_files_save_to (widget, call, recording, path, saved_cb);
  side_test_wait_until (has_words, widget, 5000, "the call not to be saved");
  g_assert_cmpstr (g_object_get_data (G_OBJECT (widget), "words"), ==,
                   "Not saved: there is a recording of that name already. Choose another name.");
  summary = side_test_result_words_summary (call, side_desk_get_project (scene->place.desk), NAN);
  g_assert_nonnull (strstr (summary, "Waiting for a person: 0:27.3, 0:07.3 too long\n"));
  g_object_unref (widget);
}

/* ---- in one line ---- */

/* Says of a person what the figures count. */
static void
test_short (Scene         *scene,
            gconstpointer  role)
{
  const char *told[] = {
    "answered after 0:03.2, a person after 0:38.7",
    "answered after 0:03.2, spoken with somebody",   /* a step was said, and no person was heard */
    "answered after 0:03.2, no person",
    "answered after 0:03.2, perhaps a person after 0:38.7",   /* by computer, and not surely */
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autoptr (SideTestCall) call = result_place_new_call (&scene->place, PLACE_USER);
      g_autofree char *words = NULL;

      if (i == 1 || i == 2)
        g_ptr_array_set_size (call->segments, 4);
      if (i == 2)
        g_ptr_array_set_size (call->steps, 0);
      call->robot = i == 3;
      words = side_test_result_words_short (call);
      g_assert_cmpstr (words, ==, told[i]);
      g_assert_cmpint (side_test_call_reached (call), ==, i < 2);
    }
}

/* ---- the month ---- */

static void
test_month (Scene         *scene,
            gconstpointer  role)
{
  g_autoptr (SideTestCall) call = new_call (scene, PLACE_USER);
  g_autoptr (SideTestCall) broken = new_call (scene, PLACE_USER);
  GtkWidget *month = side_test_month_new (scene->shelf), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *window;

  gtk_box_append (GTK_BOX (box), gtk_label_new ("Scenarios"));
  gtk_box_append (GTK_BOX (box), month);
  window = side_widget_test_show (box, 300, 200);
  g_assert_false (gtk_widget_get_visible (month));
  call->dialled_ms = side_desk_get_write_ms (scene->place.desk) - 1000;
  call->answered_ms = call->dialled_ms + 300;
  call->ended_ms = call->dialled_ms + 900;
  result_place_receive (&scene->place, call);
  g_assert_true (gtk_widget_get_visible (month));
  g_assert_nonnull (place_find_text (month, "100 %"));
  g_assert_nonnull (place_find_named (month, "1 of 1 calls reached a person. The share is likely between 21 and 100 % (95 % interval)."));
  g_assert_nonnull (place_find_text (month, "Calls made"));
  /* A call that says nothing was made all the same. */
  g_free (broken->review->id);
  broken->review->id = side_id_new ();
  g_ptr_array_set_size (broken->segments, 0);
  broken->dialled_ms = call->dialled_ms;
  broken->answered_ms = 0;
  broken->ended_ms = call->ended_ms;
  broken->end = SIDE_TEST_END_LOST;
  result_place_receive (&scene->place, broken);
  g_assert_nonnull (place_find_text (month, "Calls made, 1 does not count"));
  g_assert_nonnull (place_find_text (month, "2"));
  g_assert_nonnull (place_find_named (month, "1 of 1 calls reached a person. The share is likely between 21 and 100 % (95 % interval)."));
  side_widget_test_no_nameless (window);
  side_widget_test_close (window);
}

#define ADD(name, role, func) g_test_add ("/test-result/" name, Scene, GINT_TO_POINTER (role), set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("list", SIDE_ROLE_SUPERVISOR, test_list);
  ADD ("shown", SIDE_ROLE_SUPERVISOR, test_shown);
  ADD ("no-recording", SIDE_ROLE_SUPERVISOR, test_no_recording);
  ADD ("others", SIDE_ROLE_SUPERVISOR, test_others);
  ADD ("others-client", SIDE_ROLE_CLIENT, test_others);
  ADD ("corrected", SIDE_ROLE_SUPERVISOR, test_corrected);
  ADD ("corrected-client", SIDE_ROLE_CLIENT, test_corrected);
  ADD ("kind", SIDE_ROLE_SUPERVISOR, test_kind);
  ADD ("cut", SIDE_ROLE_SUPERVISOR, test_cut);
  ADD ("notes", SIDE_ROLE_SUPERVISOR, test_notes);
  ADD ("answered", SIDE_ROLE_SUPERVISOR, test_answered);
  ADD ("kept", SIDE_ROLE_SUPERVISOR, test_kept);
  ADD ("removed", SIDE_ROLE_SUPERVISOR, test_removed);
  ADD ("recording", SIDE_ROLE_SUPERVISOR, test_recording);
  ADD ("saved", SIDE_ROLE_SUPERVISOR, test_saved);
  ADD ("short", SIDE_ROLE_SUPERVISOR, test_short);
  ADD ("month", SIDE_ROLE_SUPERVISOR, test_month);
  return g_test_run ();
}
