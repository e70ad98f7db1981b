/* test-test-studio.c - the recording of a test call: marked, copied, told to other programs
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <sndfile.h>
#include <string.h>

#include "calls-place.h"
#include "result-place.h"
#include "side-marks-saver.h"
#include "side-test-copy-dialog.h"
#include "side-test-marks.h"
#include "side-test-recordings.h"
#include "side-test-result-window.h"
#include "side-waveform-private.h"
#include "side-widget-test.h"
#include "side-word-chooser.h"

#define LENGTH_MS 10000
#define OFFSET_MS 3200

typedef struct {
  Place                 place;
  SideScenarios        *shelf;
  SideTestCall         *call;
  char                 *path;     /* of the recording */
  SideTestResultWindow *window;   /* (nullable) */
  GtkWidget            *dialog;   /* (nullable) */
} Scene;

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (shelf);
}

static SideTestNote *
add_span (SideTestCall *call,
          gint64        from_ms,
          gint64        to_ms,
          const char   *tag,
          const char   *text)
{
  SideTestNote *note = side_test_call_add_note (call, OFFSET_MS + from_ms, text);

  note->to_ms = OFFSET_MS + to_ms;
  note->tag = g_strdup (tag);
  return note;
}

/* Ten seconds of it are recorded: the menu, and the beginning of the queue. */
static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  SidePhoneRecorder *recorder;

  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  scene->shelf = g_object_ref (side_scenarios_get (scene->place.desk));
  side_test_wait_until (is_read, scene->shelf, 5000, "the test calls to be read");
  scene->call = result_place_new_call (&scene->place, PLACE_USER);
  scene->call->recording = g_strdup (RESULT_PLACE_CALL ".wav");
  recorder = result_place_begin_recording (&scene->place, scene->call);
  result_place_record (recorder, LENGTH_MS / 1000);
  g_assert_true (side_phone_recorder_finish (recorder, NULL));
  side_phone_recorder_free (recorder);
  scene->path = side_test_recordings_dup_path (scene->place.desk, scene->call);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  g_autofree char *folder = side_test_recordings_dup_folder (scene->place.desk);

  if (scene->window != NULL)
    gtk_window_destroy (GTK_WINDOW (scene->window));
  if (scene->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (scene->dialog));
  side_test_run_for (200);
  g_object_unref (scene->shelf);
  side_test_rm_rf (folder);
  place_settle ();
  place_tear_down (&scene->place, NULL);
  side_test_call_unref (scene->call);
  g_free (scene->path);
}

/* ---- for other programs ---- */

static const SideMark *
find_mark (const SideMarkList *list,
           const char         *tag,
           const char         *text)
{
  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = list->marks->pdata[i];

      if (g_strcmp0 (mark->tag, tag) == 0 && g_strcmp0 (mark->text, text) == 0)
        return mark;
    }
  g_error ("no mark is “%s: %s”", tag, text != NULL ? text : "");
}

static void
assert_span (const SideMark *mark,
             gint64          from_ms,
             gint64          to_ms)
{
  g_assert_cmpint (mark->from_ns, ==, from_ms * 1000000);
  g_assert_cmpint (mark->to_ns, ==, to_ms * 1000000);
}

static void
keep_words (char       **kept,
            const char  *words)
{
  g_free (*kept);
  *kept = g_strdup (words);
}

static gboolean
has_words (gpointer words)
{
  return *(char **) words != NULL;
}

/* Saves the marks under @name and reads them again, as another program would. */
static SideMarkList *
through_file (Scene      *scene,
              const char *name,
              gint64      length_ms)
{
  g_autoptr (SideMarkList) list = side_test_marks_list (scene->call, OFFSET_MS, length_ms);
  g_autoptr (SideMarksSaver) saver = side_marks_saver_new (NULL, list, name);
  g_autofree char *path = g_build_filename (scene->place.folder, name, NULL), *bytes = NULL, *words = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  SideMarkList *read;
  gsize size;

  g_signal_connect_swapped (saver, "done", G_CALLBACK (keep_words), &words);
  side_marks_saver_write_to (saver, file);
  side_test_wait_until (has_words, &words, 5000, "the marks to be saved");
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  read = side_marks_parse (bytes, size, SIDE_MARKS_NONE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (words, g_strrstr (name, ".") + 1));
  return read;
}

static void
test_marks (Scene         *scene,
            gconstpointer  role)
{
  static const char *const names[] = { "marks.csv", "marks.txt", "marks.TextGrid", "marks.eaf", "marks.vtt" };

  add_span (scene->call, 2000, 4000, "payment", "Card number");
  add_span (scene->call, 5000, 5000, "greeting", "");
  add_span (scene->call, 9500, 12000, NULL, "Longer than the recording");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (SideMarkList) list = through_file (scene, names[i], LENGTH_MS);

      /* What was before the recording is not in it, what goes on after it ends there. */
      g_assert_cmpuint (list->marks->len, ==, 6);
      assert_span (find_mark (list, "timeline", "Menu"), 0, 8200);
      assert_span (find_mark (list, "timeline", "In queue, music"), 8200, LENGTH_MS);
      assert_span (find_mark (list, "keys", "2"), 7800, 7800);
      assert_span (find_mark (list, "payment", "Card number"), 2000, 4000);
      assert_span (find_mark (list, "greeting", NULL), 5000, 5000);
      assert_span (find_mark (list, "note", "Longer than the recording"), 9500, LENGTH_MS);
    }
}

/* A call without a recording has its times all the same. */
static void
test_marks_without_recording (Scene         *scene,
                              gconstpointer  role)
{
  g_autoptr (SideMarkList) list = NULL;
  const SideMark *note;

  g_clear_pointer (&scene->call->recording, g_free);
  list = through_file (scene, "marks.csv", 0);
  g_assert_cmpuint (list->marks->len, ==, 8);
  assert_span (find_mark (list, "timeline", "Dialled"), 0, 900);
  assert_span (find_mark (list, "said", "Said: Say the sole came off."), 40000, 40000);
  note = find_mark (list, "note", "Sounds bored");
  assert_span (note, 41000, 41000);
  g_assert_cmpstr (note->author, ==, PLACE_USER);
}

/* ---- the copy ---- */

static void
open_copy (Scene  *scene,
           gint64  from_ms,
           gint64  to_ms)
{
  SideTestCopy what = { scene->path, OFFSET_MS, LENGTH_MS, from_ms, to_ms };

  scene->dialog = GTK_WIDGET (side_test_copy_dialog_new (NULL, scene->place.desk, scene->call, &what));
  gtk_window_present (GTK_WINDOW (scene->dialog));
  side_test_run_for (200);
}

static GtkCheckButton *
check_of (Scene      *scene,
          const char *title)
{
  GtkWidget *label = place_find_text (scene->dialog, title);
  GtkWidget *row;

  if (label == NULL)
    g_error ("nothing that can be blanked out is called “%s”", title);
  row = gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW);
  return GTK_CHECK_BUTTON (place_find_kind (row, GTK_TYPE_CHECK_BUTTON));
}

static gboolean
is_saved (gpointer dialog)
{
  GtkWidget *saved = place_find_text (dialog, "Saved");

  return saved != NULL && gtk_widget_get_mapped (saved);
}

/* The loudest sample there is in that part of it. */
static int
peak_between (const char *path,
              gint64      from_ms,
              gint64      to_ms)
{
  SF_INFO info = { 0 };
  SNDFILE *file = sf_open (path, SFM_READ, &info);
  sf_count_t n;
  g_autofree short *samples = NULL;
  int peak = 0;

  g_assert_nonnull (file);
  n = (to_ms - from_ms) * info.samplerate / 1000;
  samples = g_new (short, n * info.channels);
  g_assert_cmpint (sf_seek (file, from_ms * info.samplerate / 1000, SEEK_SET), >=, 0);
  g_assert_cmpint (sf_readf_short (file, samples, n), ==, n);
  for (sf_count_t i = 0; i < n * info.channels; i++)
    peak = MAX (peak, ABS (samples[i]));
  sf_close (file);
  return peak;
}

static void
test_blanked (Scene         *scene,
              gconstpointer  role)
{
  g_autofree char *path = g_build_filename (scene->place.folder, "copy.wav", NULL), *sheet_path = g_strconcat (path, ".txt", NULL);
  g_autofree char *sheet = NULL;

  add_span (scene->call, 2000, 4000, "payment", "4276 0000");
  add_span (scene->call, 5000, 6000, "greeting", "Friendly");
  side_test_call_add_key (scene->call, "1234", OFFSET_MS + 3000);
  side_test_call_add_segment (scene->call, SIDE_SEGMENT_EARLY_MEDIA, 900, OFFSET_MS + 20, 1);
  open_copy (scene, 0, 0);
  g_assert_null (place_find_text (scene->dialog, "0:00.0–0:00.0 · Sound before the answer"));
  /* A payment is left out by itself, the rest where somebody says so. */
  g_assert_true (gtk_check_button_get_active (check_of (scene, "0:02.0–0:04.0 · Payment")));
  g_assert_false (gtk_check_button_get_active (check_of (scene, "0:05.0–0:06.0 · Greeting")));
  g_assert_false (gtk_check_button_get_active (check_of (scene, "0:00.0–0:08.2 · Menu")));
  gtk_check_button_set_active (check_of (scene, "0:08.2–0:10.0 · In queue, music"), TRUE);
  gtk_switch_set_active (GTK_SWITCH (gtk_widget_get_template_child (scene->dialog, SIDE_TYPE_COPY_DIALOG, "sheet")), TRUE);
  side_widget_test_no_nameless (scene->dialog);
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_saved, scene->dialog, 10000, "the copy to be written");
  g_assert_cmpint (peak_between (path, 0, 1900), >, 7000);
  g_assert_cmpint (peak_between (path, 2000, 4000), ==, 0);
  g_assert_cmpint (peak_between (path, 4100, 8100), >, 7000);
  g_assert_cmpint (peak_between (path, 8200, 10000), ==, 0);
  g_assert_cmpint (peak_between (scene->path, 2000, 4000), >, 7000);
  g_assert_true (g_file_get_contents (sheet_path, &sheet, NULL, NULL));
  g_assert_nonnull (strstr (sheet, "Blanked out: 0:02.0–0:04.0\n"));
  g_assert_nonnull (strstr (sheet, "0:02.0–0:04.0  What was written here is left out: it lies on a blanked span.\n"));
  g_assert_nonnull (strstr (sheet, "0:05.0–0:06.0  Greeting: Friendly\n"));
  g_assert_nonnull (strstr (sheet, "0:08.2  In queue, music (90 % certain)\n"));
  g_assert_null (strstr (sheet, "4276"));
  g_assert_null (strstr (sheet, "1234"));
  g_assert_null (strstr (sheet, "Dialled"));
}

/* Of a span of it, what lies in there is offered, in the times of the recording. */
static void
test_piece (Scene         *scene,
            gconstpointer  role)
{
  g_autofree char *path = g_build_filename (scene->place.folder, "piece.wav", NULL);

  add_span (scene->call, 2000, 4000, "payment", "");
  add_span (scene->call, 8500, 9000, "payment", "");
  open_copy (scene, 3000, 7000);
  g_assert_null (place_find_text (scene->dialog, "0:08.5–0:09.0 · Payment"));
  g_assert_true (gtk_check_button_get_active (check_of (scene, "0:03.0–0:04.0 · Payment")));
  side_copy_dialog_save_to (SIDE_COPY_DIALOG (scene->dialog), path);
  side_test_wait_until (is_saved, scene->dialog, 10000, "the piece to be written");
  g_assert_cmpint (peak_between (path, 0, 1000), ==, 0);
  g_assert_cmpint (peak_between (path, 1100, 3900), >, 7000);
}

/* ---- spans and tags ---- */

static gboolean
is_drawn (gpointer sound)
{
  return side_waveform_get_peaks (side_test_sound_get_waveform (sound)) != NULL
         && side_player_get_duration_ms (side_test_sound_get_player (sound)) > 0;
}

static void
open_window (Scene *scene)
{
  result_place_receive (&scene->place, scene->call);
  scene->window = SIDE_TEST_RESULT_WINDOW (side_test_result_window_new (NULL, scene->shelf, RESULT_PLACE_CALL));
  gtk_window_present (GTK_WINDOW (scene->window));
  side_test_wait_until (is_drawn, side_test_result_window_get_sound (scene->window), 10000, "the recording to be drawn");
  side_test_run_for (300);
}

static SideWaveform *
wave_of (Scene *scene)
{
  return side_test_sound_get_waveform (side_test_result_window_get_sound (scene->window));
}

static const SideTestNote *
note_at (Scene *scene,
         guint  index)
{
  const SideTestCall *call = side_draft_keeper_get (side_test_result_window_get_keeper (scene->window));

  g_assert_cmpuint (index, <, call->notes->len);
  return call->notes->pdata[index];
}

static guint
n_notes (Scene *scene)
{
  return ((const SideTestCall *) side_draft_keeper_get (side_test_result_window_get_keeper (scene->window)))->notes->len;
}

static void
assert_note (const SideTestNote *note,
             gint64              from_ms,
             gint64              to_ms,
             const char         *tag,
             const char         *text)
{
  g_assert_cmpint (note->at_ms, ==, OFFSET_MS + from_ms);
  g_assert_cmpint (note->to_ms, ==, OFFSET_MS + to_ms);
  g_assert_cmpstr (note->tag, ==, tag);
  g_assert_cmpstr (note->text, ==, text);
}

/* "key-pressed" or "key-released" at a widget, no child of which took it. */
static gboolean
key_at (GtkWidget  *widget,
        const char *signal,
        guint       keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_EVENT_CONTROLLER_KEY (controller) || gtk_event_controller_get_propagation_phase (controller) != GTK_PHASE_BUBBLE)
        continue;
      if (g_str_equal (signal, "key-pressed"))
        g_signal_emit_by_name (controller, signal, keyval, 0, 0, &taken);
      else
        g_signal_emit_by_name (controller, signal, keyval, 0, 0);
    }
  return taken;
}

static gboolean
key (Scene      *scene,
     const char *signal,
     guint       keyval)
{
  return key_at (GTK_WIDGET (scene->window), signal, keyval);
}

/* Holds a key while the recording goes from one moment to the other; taps it where they are the same. */
static void
hold (Scene  *scene,
      guint   keyval,
      gint64  from_ms,
      gint64  to_ms)
{
  SideWaveform *wave = wave_of (scene);

  side_waveform_set_position (wave, from_ms);
  g_assert_true (key (scene, "key-pressed", keyval));
  side_waveform_set_position (wave, to_ms);
  if (to_ms > from_ms)
    wave->held_since_us -= G_USEC_PER_SEC;
  key (scene, "key-released", keyval);
  side_test_run_for (50);
}

static GtkEditable *
entry_of (Scene *scene)
{
  return GTK_EDITABLE (place_find_kind (place_find (GTK_WIDGET (scene->window), "SideTestNoteLine"), GTK_TYPE_ENTRY));
}

static gboolean
is_typing (Scene *scene)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (scene->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (entry_of (scene)));
}

static GtkWidget *
button_of (Scene *scene)
{
  return gtk_widget_get_last_child (place_find (GTK_WIDGET (scene->window), "SideTestNoteLine"));
}

static SideWordChooser *
tags_of (Scene *scene)
{
  return SIDE_WORD_CHOOSER (place_find (place_find (GTK_WIDGET (scene->window), "SideTestNoteLine"), "SideWordChooser"));
}

static gboolean
is_idle (gpointer keeper)
{
  return !side_draft_keeper_is_busy (keeper);
}

static void
test_words (Scene         *scene,
            gconstpointer  role)
{
  g_autoptr (SideTestCall) kept = NULL;

  open_window (scene);
  hold (scene, GDK_KEY_m, 1000, 3000);
  g_assert_true (is_typing (scene));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button_of (scene))), ==, "Add at 0:04–0:06");
  g_assert_false (side_waveform_get_selection (wave_of (scene), NULL, NULL));
  g_assert_cmpuint (n_notes (scene), ==, 1);
  gtk_editable_set_text (entry_of (scene), "Reads the number aloud");
  side_word_chooser_choose (tags_of (scene), "payment");
  g_signal_emit_by_name (entry_of (scene), "activate");
  side_test_run_for (50);
  assert_note (note_at (scene, 1), 1000, 3000, "payment", "Reads the number aloud");
  g_assert_nonnull (place_find_text (GTK_WIDGET (scene->window), "Payment: Reads the number aloud"));
  g_assert_nonnull (place_find_text (GTK_WIDGET (scene->window), "0:04.2–0:06.2"));
  g_assert_cmpstr (gtk_editable_get_text (entry_of (scene)), ==, "");
  /* The next key marks again instead of being typed. */
  g_assert_false (is_typing (scene));
  side_test_wait_until (is_idle, side_test_result_window_get_keeper (scene->window), 5000, "the call to be saved");
  kept = result_place_stored (&scene->place);
  assert_note (kept->notes->pdata[1], 1000, 3000, "payment", "Reads the number aloud");
  side_widget_test_no_nameless (GTK_WIDGET (scene->window));
}

static void
test_tags (Scene         *scene,
           gconstpointer  role)
{
  open_window (scene);
  hold (scene, GDK_KEY_1, 2000, 5000);
  hold (scene, GDK_KEY_1, 6000, 6000);
  g_assert_cmpuint (n_notes (scene), ==, 3);
  assert_note (note_at (scene, 1), 2000, 5000, "greeting", "");
  assert_note (note_at (scene, 2), 6000, 6000, "greeting", "");
  gtk_widget_activate_action (GTK_WIDGET (scene->window), "result.undo", NULL);
  side_test_run_for (50);
  g_assert_cmpuint (n_notes (scene), ==, 2);
  /* What was dragged over waits for a tag while nothing plays. */
  side_waveform_set_position (wave_of (scene), 1000);
  side_waveform_begin_span (wave_of (scene));
  side_waveform_set_position (wave_of (scene), 1800);
  wave_of (scene)->held_since_us -= G_USEC_PER_SEC;
  g_assert_true (side_waveform_end_span (wave_of (scene), NULL, NULL));
  hold (scene, GDK_KEY_1, 9000, 9000);
  assert_note (note_at (scene, 2), 1000, 1800, "greeting", "");
}

static void
test_changed (Scene         *scene,
              gconstpointer  role)
{
  SidePlayer *player;
  gint64 from_ms, to_ms;

  g_ptr_array_set_size (scene->call->notes, 0);
  add_span (scene->call, 2000, 4000, "greeting", "Friendly");
  open_window (scene);
  side_widget_test_click (place_find_named (GTK_WIDGET (scene->window), "Edit the Note"));
  g_assert_cmpstr (gtk_editable_get_text (entry_of (scene)), ==, "Friendly");
  g_assert_cmpstr (side_word_chooser_get_chosen (tags_of (scene)), ==, "greeting");
  /* It is the same note when it is moved meanwhile. */
  g_signal_emit_by_name (wave_of (scene), "mark-changed", "note 0", (gint64) 2500, (gint64) 4500);
  side_test_run_for (50);
  assert_note (note_at (scene, 0), 2500, 4500, "greeting", "Friendly");
  gtk_editable_set_text (entry_of (scene), "Very friendly");
  side_widget_test_click (button_of (scene));
  g_assert_cmpuint (n_notes (scene), ==, 1);
  assert_note (note_at (scene, 0), 2500, 4500, "greeting", "Very friendly");
  /* What is selected is what L repeats. */
  player = side_test_sound_get_player (side_test_result_window_get_sound (scene->window));
  side_waveform_select_mark (wave_of (scene), "note 0");
  g_assert_true (key (scene, "key-pressed", GDK_KEY_l));
  g_assert_true (side_player_get_loop (player, &from_ms, &to_ms));
  g_assert_cmpint (from_ms, ==, 2500);
  g_assert_cmpint (to_ms, ==, 4500);
}

static void
test_escape (Scene         *scene,
             gconstpointer  role)
{
  open_window (scene);
  side_test_sound_seek (side_test_result_window_get_sound (scene->window), OFFSET_MS + 5000);
  side_test_run_for (300);
  side_widget_test_click (place_find_named (GTK_WIDGET (scene->window), "Edit the Note"));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button_of (scene))), ==, "Save");
  g_assert_true (key_at (place_find (GTK_WIDGET (scene->window), "SideTestNoteLine"), "key-pressed", GDK_KEY_Escape));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button_of (scene))), ==, "Add at 0:08");
  g_assert_cmpstr (gtk_editable_get_text (entry_of (scene)), ==, "");
  side_widget_test_click (button_of (scene));
  g_assert_cmpuint (n_notes (scene), ==, 1);   /* nothing was said */
}

/* How many in the window take that key wherever the keyboard is. */
static guint
n_takers (GtkWidget       *widget,
          guint            keyval,
          GdkModifierType  modifiers)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr (GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (keyval, modifiers);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller)
          || gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (controller)) != GTK_SHORTCUT_SCOPE_GLOBAL)
        continue;
      for (guint k = 0; k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);

          n += gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted) ? 1 : 0;
        }
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += n_takers (child, keyval, modifiers);
  return n;
}

/* The form has a history, too, but in this window its steps are those of the call: two that
 * take Ctrl+Z are one that does nothing. */
static void
test_one_history (Scene         *scene,
                  gconstpointer  role)
{
  open_window (scene);
  hold (scene, GDK_KEY_1, 2000, 5000);
  g_assert_cmpuint (n_takers (GTK_WIDGET (scene->window), GDK_KEY_z, GDK_CONTROL_MASK), ==, 1);
  g_assert_cmpuint (n_takers (GTK_WIDGET (scene->window), GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK), ==, 1);
  g_assert_true (side_widget_test_press (GTK_WIDGET (scene->window), GDK_KEY_z, GDK_CONTROL_MASK));
  side_test_run_for (50);
  g_assert_cmpuint (n_notes (scene), ==, 1);
}

/* Nobody marks what somebody else called. */
static void
test_others (Scene         *scene,
             gconstpointer  role)
{
  g_free (scene->call->review->reviewer);
  scene->call->review->reviewer = g_strdup ("boris");
  open_window (scene);
  g_assert_false (key (scene, "key-pressed", GDK_KEY_m));
  g_assert_false (key (scene, "key-pressed", GDK_KEY_1));
  g_assert_null (place_find_named (GTK_WIDGET (scene->window), "Edit the Note"));
  g_assert_cmpuint (n_notes (scene), ==, 1);
}

#define ADD(name, func) g_test_add ("/test-studio/" name, Scene, GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("marks", test_marks);
  ADD ("marks-without-recording", test_marks_without_recording);
  ADD ("blanked", test_blanked);
  ADD ("piece", test_piece);
  ADD ("words", test_words);
  ADD ("tags", test_tags);
  ADD ("changed", test_changed);
  ADD ("escape", test_escape);
  ADD ("one-history", test_one_history);
  ADD ("others", test_others);
  return g_test_run ();
}
