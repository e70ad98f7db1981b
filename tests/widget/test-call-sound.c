/* test-call-sound.c - a call's recording on its page: marks, keys, analysis, who heard it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <gst/gst.h>
#include <sndfile.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-call-detail.h"
#include "side-clip-dialog.h"
#include "side-player-bar.h"
#include "side-recording-cache.h"
#include "side-test.h"
#include "side-waveform-private.h"
#include "side-widget-test.h"
#include "side-wire.h"
#include "sound-corpus.h"

#define LENGTH_MS 60000
#define MINE      "5b1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a11"
#define THEIRS    "6b1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a11"

typedef struct {
  Place         place;
  SideCall     *call;
  GtkWidget    *window;
  GtkWidget    *detail;
  SideWaveform *wave;
  SidePlayer   *player;
} Fixture;

static void
receive_note (Fixture    *f,
              const char *id,
              gint64      from_ms,
              gint64      to_ms)
{
  g_autoptr (SideAnnotation) note = side_annotation_new (id, SIDE_FIXTURE_PROJECT, f->call->id, from_ms, to_ms);
  g_autoptr (SideDocument) document = NULL;

  note->tag = g_strdup ("greeting");
  note->text = g_strdup ("Says the name of the shop");
  note->author = g_strdup (PLACE_USER);
  note->created_ms = note->changed_ms = 1;
  document = side_wire_document_for_annotation (note);
  place_receive (&f->place, document);
}

static void
keep_recording (Fixture *f)
{
  g_autoptr (SoundCorpus) corpus = sound_corpus_new ("ru", 1, LENGTH_MS);
  g_autofree float *samples = sound_corpus_mix (corpus, SOUND_NOISE_WHITE, 30, 1);
  g_autofree char *path = g_build_filename (f->place.folder, "call.wav", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sound_corpus_write (path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 2, samples, corpus->n);
  side_store_add_recording_async (side_desk_get_store (f->place.desk), "rec-1", f->call->id, "", path, NULL,
                                  side_test_async_cb, &result);
  g_assert_true (side_store_add_recording_finish (side_desk_get_store (f->place.desk),
                                                  side_test_wait_result (&result, 5000, "the recording"), &error));
  g_assert_no_error (error);
}

static gboolean
is_drawn (gpointer data)
{
  Fixture *f = data;

  return side_waveform_get_peaks (f->wave) != NULL && f->wave->marks->len == 2
         && side_player_get_duration_ms (f->player) > 0;
}

static void
setup (Fixture       *f,
       gconstpointer  data)
{
  GtkWidget *scrolled;

  place_set_up (&f->place, NULL);
  f->call = place_call (0);
  f->call->recording = g_strdup ("rec-1");
  keep_recording (f);
  receive_note (f, MINE, 4000, 9000);
  receive_note (f, THEIRS, 20000, 20000);
  f->window = gtk_window_new ();
  f->detail = side_call_detail_new ();
  side_call_detail_set_desk (SIDE_CALL_DETAIL (f->detail), f->place.desk);
  /* The page may want more height than a small display has. */
  scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), f->detail);
  gtk_window_set_child (GTK_WINDOW (f->window), scrolled);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 900, 800);
  gtk_window_present (GTK_WINDOW (f->window));
  f->wave = SIDE_WAVEFORM (place_find (f->detail, "SideWaveform"));
  f->player = side_player_bar_get_player (SIDE_PLAYER_BAR (place_find (f->detail, "SidePlayerBar")));
  side_call_detail_set_call (SIDE_CALL_DETAIL (f->detail), f->call);
  side_test_wait_until (is_drawn, f, 20000, "the recording and its notes");
}

static void
teardown (Fixture       *f,
          gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (f->detail), (gpointer *) &f->detail);
  gtk_window_destroy (GTK_WINDOW (f->window));
  place_settle ();
  g_assert_null (f->detail);
  place_tear_down (&f->place, NULL);
  side_call_unref (f->call);
}

typedef struct {
  Fixture *f;
  gint64   from_ms;
  gint64   to_ms;
} Wanted;

static gboolean
is_kept (gpointer data)
{
  const Wanted *wanted = data;
  g_autoptr (GPtrArray) list = place_list (&wanted->f->place, "annotation", wanted->f->call->id);
  SideWaveformMark *mark = side_waveform_find_mark (wanted->f->wave, MINE);
  gboolean kept = FALSE;

  for (guint i = 0; i < list->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (list, i);
      g_autoptr (SideAnnotation) note = side_wire_annotation_from_json (document->body, -1, NULL);

      kept = kept || (g_str_equal (note->id, MINE) && note->from_ms == wanted->from_ms && note->to_ms == wanted->to_ms);
    }
  return kept && mark != NULL && mark->from_ms == wanted->from_ms && mark->to_ms == wanted->to_ms;
}

static void
test_move (Fixture       *f,
           gconstpointer  data)
{
  Wanted moved = { f, 3500, 9000 }, before = { f, 4000, 9000 };

  g_assert_true (side_waveform_find_mark (f->wave, MINE)->movable);
  g_signal_emit_by_name (f->wave, "mark-changed", MINE, moved.from_ms, moved.to_ms);
  side_test_wait_until (is_kept, &moved, 10000, "the moved note");
  g_assert_true (gtk_widget_activate_action (f->detail, "history.undo", NULL));
  side_test_wait_until (is_kept, &before, 10000, "the note where it was");
}

static void
test_go (Fixture       *f,
         gconstpointer  data)
{
  GtkWidget *bar = place_find (f->detail, "SidePlayerBar");
  gint64 from, to;

  g_assert_true (gtk_widget_activate_action (bar, "player.next-mark", NULL));
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 4000);
  g_assert_cmpstr (side_waveform_get_selected_mark (f->wave), ==, MINE);
  /* The selected mark is what is repeated. */
  g_assert_true (gtk_widget_activate_action (bar, "player.loop", NULL));
  g_assert_true (side_player_get_loop (f->player, &from, &to));
  g_assert_cmpint (from, ==, 4000);
  g_assert_cmpint (to, ==, 9000);
  g_assert_true (gtk_widget_activate_action (bar, "player.loop", NULL));
  g_assert_false (side_player_get_loop (f->player, NULL, NULL));
  g_assert_true (gtk_widget_activate_action (bar, "player.next-mark", NULL));
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 20000);
  gtk_widget_activate_action (bar, "player.next-mark", NULL);
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 20000);
  g_assert_true (gtk_widget_activate_action (bar, "player.previous-mark", NULL));
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 4000);
}

static gboolean
is_written (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GPtrArray) list = place_list (&f->place, "listening", f->call->id);

  return list->len > 0;
}

static gboolean
says_heard (gpointer data)
{
  Fixture *f = data;

  return g_strcmp0 (f->wave->heard_words, "You listened to 0:06 of 1:00 (10\u00a0%), at 1.5×\n"
                                          "igor listened to 0:30 of 1:00 (50\u00a0%), at 1×") == 0;
}

static void
test_heard (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (SideListening) theirs = side_listening_new (THEIRS, SIDE_FIXTURE_PROJECT, f->call->id, "igor");
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (SideListening) mine = NULL;

  g_assert_cmpstr (f->wave->heard_words, ==, "You have not listened to it yet");
  g_signal_emit_by_name (f->player, "heard", (gint64) 0, (gint64) 4000, 1.5);
  g_signal_emit_by_name (f->player, "heard", (gint64) 10000, (gint64) 12000, 1.5);
  g_assert_cmpuint (f->wave->heard->len, ==, 2);
  /* One sitting is one document, written when the call is left. */
  side_call_detail_set_call (SIDE_CALL_DETAIL (f->detail), NULL);
  side_test_wait_until (is_written, f, 10000, "what was heard");
  list = place_list (&f->place, "listening", f->call->id);
  g_assert_cmpuint (list->len, ==, 1);
  mine = side_wire_listening_from_json (((SideDocument *) g_ptr_array_index (list, 0))->body, -1, NULL);
  g_assert_cmpstr (mine->listener, ==, side_desk_get_user (f->place.desk));
  g_assert_cmpint (mine->length_ms, ==, LENGTH_MS);
  g_assert_cmpuint (mine->spans->len, ==, 2);
  /* It is known again next time, and what others heard beside it. */
  side_listening_add (theirs, 0, 30000, 1);
  theirs->length_ms = LENGTH_MS;
  theirs->changed_ms = 1;
  document = side_wire_document_for_listening (theirs);
  place_receive (&f->place, document);
  side_call_detail_set_call (SIDE_CALL_DETAIL (f->detail), f->call);
  side_test_wait_until (says_heard, f, 20000, "what both heard");
}

static gboolean
is_analysed (gpointer data)
{
  return ((Fixture *) data)->wave->analysis != NULL;
}

static void
test_analysis (Fixture       *f,
               gconstpointer  data)
{
  side_test_wait_until (is_analysed, f, 60000, "the analysis");
  g_assert_true (side_analysis_is_measured (f->wave->analysis));
  g_assert_true (gtk_widget_activate_action (place_find (f->detail, "SidePlayerBar"), "player.skip-silence", NULL));
  g_assert_true (side_player_get_skip_silence (f->player));
  side_call_detail_set_call (SIDE_CALL_DETAIL (f->detail), NULL);
  g_assert_null (f->wave->analysis);
}

static gboolean
is_writing (Fixture *f)
{
  GtkWidget *entry = place_find (place_find (f->detail, "SideNoteEditor"), "GtkEntry");

  return gtk_revealer_get_reveal_child (GTK_REVEALER (gtk_widget_get_ancestor (entry, GTK_TYPE_REVEALER)));
}

static GtkEventController *
find_keys (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        return controller;
    }
  g_error ("the page takes no keys");
}

static void
test_key (Fixture       *f,
          gconstpointer  data)
{
  GtkEventController *keys = find_keys (f->detail);
  gboolean taken = FALSE;
  gint64 from, to;

  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_x, 0, 0, &taken);
  g_assert_false (taken);
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_m, 0, GDK_CONTROL_MASK, &taken);
  g_assert_false (taken);
  side_waveform_set_position (f->wave, 1000);
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_m, 0, 0, &taken);
  g_assert_true (taken);
  side_waveform_set_position (f->wave, 3000);
  g_assert_true (side_waveform_get_selection (f->wave, &from, &to));
  g_assert_cmpint (from, ==, 1000);
  g_assert_cmpint (to, ==, 3000);
  f->wave->held_since_us -= G_USEC_PER_SEC;
  g_assert_false (is_writing (f));
  g_signal_emit_by_name (keys, "key-released", GDK_KEY_m, 0, 0);
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  g_assert_true (is_writing (f));
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static gboolean
has_three (gpointer data)
{
  return ((Fixture *) data)->wave->marks->len == 3;
}

static gboolean
has_four (gpointer data)
{
  return ((Fixture *) data)->wave->marks->len == 4;
}

static gboolean
has_span (Fixture *f,
          gint64   from_ms,
          gint64   to_ms)
{
  for (guint i = 0; i < f->wave->marks->len; i++)
    {
      const SideWaveformMark *mark = g_ptr_array_index (f->wave->marks, i);

      if (mark->from_ms == from_ms && mark->to_ms == to_ms)
        return TRUE;
    }
  return FALSE;
}

/* The window loses the keyboard while a key marks: nobody will tell when it is let go. */
static void
test_key_lost (Fixture       *f,
               gconstpointer  data)
{
  GtkEventController *keys = find_keys (f->detail);
  GtkWidget *other = gtk_window_new ();
  gboolean taken = FALSE;

  side_test_wait_until (is_active, f->window, 5000, "the keyboard");
  side_waveform_set_position (f->wave, 30000);
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_2, 0, 0, &taken);
  g_assert_true (taken);
  f->wave->held_since_us -= G_USEC_PER_SEC;
  side_waveform_set_position (f->wave, 32000);
  gtk_window_present (GTK_WINDOW (other));
  side_test_wait_until (has_three, f, 5000, "the span up to then");
  side_waveform_set_position (f->wave, 50000);
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  /* Let go of somewhere else, and pressed once more: a moment. */
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_2, 0, 0, &taken);
  g_signal_emit_by_name (keys, "key-released", GDK_KEY_2, 0, 0);
  side_test_wait_until (has_four, f, 5000, "the moment");
  g_assert_true (has_span (f, 30000, 32000));
  g_assert_true (has_span (f, 50000, 50000));
  gtk_window_destroy (GTK_WINDOW (other));
}

/* A span that was dragged over is what the key of a tag is for, not the moment where the player stands. */
static void
test_key_selected (Fixture       *f,
                   gconstpointer  data)
{
  GtkEventController *keys = find_keys (f->detail);
  gboolean taken = FALSE;

  side_waveform_set_position (f->wave, 1000);
  f->wave->has_selection = TRUE;
  f->wave->selected_from_ms = 30000;
  f->wave->selected_to_ms = 36000;
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_2, 0, 0, &taken);
  g_assert_true (taken);
  /* The key repeats itself, and is let go: that marks nothing more. */
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_2, 0, 0, &taken);
  g_signal_emit_by_name (keys, "key-released", GDK_KEY_2, 0, 0);
  side_test_wait_until (has_three, f, 5000, "the span");
  g_assert_true (has_span (f, 30000, 36000));
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_2, 0, 0, &taken);
  g_signal_emit_by_name (keys, "key-released", GDK_KEY_2, 0, 0);
  side_test_wait_until (has_four, f, 5000, "the moment");
  g_assert_true (has_span (f, 1000, 1000));
}

static gboolean
is_open (gpointer editor)
{
  return gtk_widget_get_mapped (place_find (editor, "GtkEntry"));
}

/* A maximised window on 1366 x 768, below a desktop's panel of 32 px and with a
 * banner of 36 px at its foot: while a note is written, and could not be saved,
 * the foot of the form is in sight. */
static void
test_fits (Fixture       *f,
           gconstpointer  data)
{
  GtkWidget *editor = place_find (f->detail, "SideNoteEditor");
  int height;

  gtk_widget_activate_action (f->detail, "call.note", NULL);
  side_test_wait_until (is_open, editor, 10000, "the editor to be open");
  gtk_editable_set_text (GTK_EDITABLE (place_find (editor, "GtkEntry")), "Half a sentence");
  place_limit_disk (0);
  g_signal_emit_by_name (place_find (editor, "GtkEntry"), "activate");
  place_settle ();
  place_limit_disk (RLIM_INFINITY);
  side_test_run_for (500);   /* the editor slides into sight */
  for (int width = 780; width <= 860; width += 20)
    {
      gtk_widget_measure (f->detail, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
      g_assert_cmpint (height, <=, 700);
    }
}

static gboolean
is_there (gpointer data)
{
  Fixture *f = data;
  gint64 from_ms = 0, to_ms = 0;

  return side_player_get_position_ms (f->player) == 10000 && side_waveform_get_selection (f->wave, &from_ms, &to_ms)
         && from_ms == 10000 && to_ms == 15000;
}

static gboolean
has_heard_it (gpointer data)
{
  SidePlayer *player = data;

  return side_player_get_state (player) == SIDE_PLAYER_PAUSED && side_player_get_position_ms (player) >= 30500;
}

/* Whoever is sent to a place gets there, whether the recording is open or has to be fetched yet. */
static void
test_place (Fixture       *f,
            gconstpointer  data)
{
  SideCallDetail *detail = SIDE_CALL_DETAIL (f->detail);

  side_call_detail_go_to (detail, f->call->id, &(SidePlace) { 10000, 15000, FALSE });
  g_assert_true (is_there (f));
  side_call_detail_go_to (detail, f->call->id, &(SidePlace) { 20000, -1, FALSE });
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  side_call_detail_set_call (detail, NULL);
  side_call_detail_go_to (detail, f->call->id, &(SidePlace) { 10000, 15000, FALSE });
  side_call_detail_set_call (detail, f->call);
  side_test_wait_until (is_there, f, 10000, "the place in the recording");
  /* A clip is heard to its end. */
  side_call_detail_go_to (detail, f->call->id, &(SidePlace) { 30000, 30500, TRUE });
  side_test_wait_until (has_heard_it, f->player, 10000, "the end of what was to be heard");
  g_assert_cmpint (side_player_get_position_ms (f->player), <, 32000);
}

static void
press_in_form (GtkWidget *rows,
               guint      keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (rows);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0, 0, &handled);
    }
  g_assert_true (handled);
}

/* What is answered stands on the recording at once; the question that is looked at shows where. */
static void
test_answers (Fixture       *f,
              gconstpointer  data)
{
  GtkWidget *rows = place_find (f->detail, "SideReviewRows");
  GtkWidget *first = place_find (rows, "SideCriterionRow");
  const SideWaveformAnswer *answer;

  side_player_seek (f->player, 12000);
  gtk_widget_grab_focus (first);
  press_in_form (rows, GDK_KEY_n);
  g_assert_cmpuint (f->wave->answers->len, ==, 1);
  answer = g_ptr_array_index (f->wave->answers, 0);
  g_assert_cmpstr (answer->words, ==, "Names the shop · No");
  g_assert_cmpint (answer->from_ms, ==, 12000);
  g_assert_cmpstr (side_waveform_get_selected_answer (f->wave), ==, "1.1");
  press_in_form (rows, GDK_KEY_e);
  side_player_seek (f->player, 15000);
  press_in_form (rows, GDK_KEY_e);
  press_in_form (rows, GDK_KEY_o);
  answer = g_ptr_array_index (f->wave->answers, 0);
  g_assert_cmpstr (answer->words, ==, "Names the shop · No · Operator");
  g_assert_cmpint (answer->to_ms, ==, 15000);
  g_assert_cmpstr (side_waveform_get_selected_answer (f->wave), ==, "1.2");
  /* And from there to the question. */
  gtk_widget_grab_focus (GTK_WIDGET (f->wave));
  g_signal_emit_by_name (f->wave, "answer-activated", "1.1");
  g_assert_true (gtk_root_get_focus (GTK_ROOT (f->window)) == first);
  g_assert_cmpstr (side_waveform_get_selected_answer (f->wave), ==, "1.1");
  side_call_detail_set_call (SIDE_CALL_DETAIL (f->detail), NULL);
  g_assert_cmpuint (f->wave->answers->len, ==, 0);
}

/* The dialog of a clip, once it can be added. */
static gboolean
is_ready (gpointer data)
{
  GtkWidget **add = data;
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());

  *add = NULL;
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (SIDE_IS_CLIP_DIALOG (window))
        *add = gtk_widget_get_ancestor (place_find_text (window, "Add"), GTK_TYPE_BUTTON);
    }
  return *add != NULL && gtk_widget_get_sensitive (*add);
}

static void
add_clip (Fixture    *f,
          const char *action)
{
  GtkWidget *add;

  side_waveform_select_span (f->wave, 5000, 8000);
  g_assert_true (gtk_widget_activate_action (f->detail, action, NULL));
  side_test_wait_until (is_ready, &add, 10000, "what can be chosen for the clip");
  side_widget_test_click (add);
}

typedef struct {
  Fixture    *f;
  const char *kind;
  guint       n;
} Count;

static gboolean
has_count (gpointer data)
{
  const Count *count = data;
  g_autoptr (GPtrArray) list = place_list (&count->f->place, count->kind, NULL);

  return list->len == count->n;
}

static gboolean
has_examples (gpointer data)
{
  const Count *count = data;
  g_autoptr (GPtrArray) list = place_list (&count->f->place, "draft", NULL);
  g_autoptr (SideScript) draft = list->len == 1 ? side_wire_script_from_json (((SideDocument *) list->pdata[0])->body, -1, NULL)
                                                : NULL;

  return draft != NULL && side_script_find_criterion (draft, "1.1")->exemplars->len == count->n
         && place_find_text (count->f->detail, "Undo") != NULL;
}

/* A span becomes an example in the draft of the next version, and a moment to be heard with its operator. */
static void
test_clips (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (SideScript) draft = NULL;
  g_autoptr (SideCoaching) coaching = NULL;
  const SideExemplar *exemplar;
  const SideClip *clip;
  GtkWidget *add;

  add_clip (f, "clip.example");
  side_test_wait_until (has_count, &(Count) { f, "draft", 1 }, 5000, "the draft with the example");
  list = place_list (&f->place, "draft", NULL);
  draft = side_wire_script_from_json (((SideDocument *) list->pdata[0])->body, -1, NULL);
  g_assert_cmpint (draft->version, ==, 8);
  exemplar = g_ptr_array_index (side_script_find_criterion (draft, "1.1")->exemplars, 0);
  g_assert_cmpstr (exemplar->call, ==, f->call->id);
  g_assert_cmpint (exemplar->from_ms, ==, 5000);
  g_assert_cmpint (exemplar->to_ms, ==, 8000);
  g_assert_cmpfloat (exemplar->value, ==, 1);
  /* A second one goes into the same draft; it can be taken back. */
  add_clip (f, "clip.example");
  side_test_wait_until (has_examples, &(Count) { f, NULL, 2 }, 5000, "the second example");
  side_widget_test_click (gtk_widget_get_ancestor (place_find_text (f->detail, "Undo"), GTK_TYPE_BUTTON));
  side_test_wait_until (has_examples, &(Count) { f, NULL, 1 }, 10000, "the second example to be gone");
  add_clip (f, "clip.coach");
  side_test_wait_until (has_count, &(Count) { f, "coaching", 1 }, 5000, "the coaching note");
  g_ptr_array_unref (list);
  list = place_list (&f->place, "coaching", NULL);
  coaching = side_wire_coaching_from_json (((SideDocument *) list->pdata[0])->body, -1, NULL);
  clip = g_ptr_array_index (coaching->clips, 0);
  g_assert_cmpstr (coaching->operator_id, ==, f->call->operator_id);
  g_assert_cmpstr (clip->call, ==, f->call->id);
  g_assert_cmpint (clip->to_ms, ==, 8000);
  /* Without a span there is nothing to keep. */
  side_waveform_clear_selection (f->wave);
  gtk_widget_activate_action (f->detail, "clip.example", NULL);
  is_ready (&add);
  g_assert_null (add);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  gst_init (&argc, &argv);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, func) g_test_add ("/call-sound/" name, Fixture, NULL, setup, func, teardown)
  ADD ("move", test_move);
  ADD ("go", test_go);
  ADD ("heard", test_heard);
  ADD ("analysis", test_analysis);
  ADD ("key", test_key);
  ADD ("key-lost", test_key_lost);
  ADD ("key-selected", test_key_selected);
  ADD ("fits", test_fits);
  ADD ("place", test_place);
  ADD ("answers", test_answers);
  ADD ("clips", test_clips);
#undef ADD
  return g_test_run ();
}
