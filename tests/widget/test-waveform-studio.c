/* test-waveform-studio.c - a recording looked at closely, and marked
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Zoom, the overview, edges of marks, spans held by key, and the strips of
 * what was analysed and heard.
 */
#include <adwaita.h>

#include "side-test.h"
#include "waveform-place.h"

static void
test_overview (WaveformPlace *f,
               gconstpointer  data)
{
  g_autofree guint32 *pixels = NULL;
  double y;

  g_free (waveform_place_picture (f));
  g_assert_cmpfloat (f->wave->frame.overview, <, 0);
  side_waveform_set_view (f->wave, 0, 2000);
  g_assert_cmpuint (f->n_views, ==, 1);
  pixels = waveform_place_picture (f);
  y = f->wave->frame.overview + 5;
  g_assert_cmpfloat (y, >, f->wave->frame.bottom);
  g_assert_cmpfloat (y + 16, <=, HEIGHT);
  /* The operator speaks in the first half of the whole, whatever part is seen. */
  g_assert_cmpuint (waveform_place_count (pixels, 10, (int) y, 130, 4, 0x1c71d8), >, 150);
  g_assert_cmpuint (waveform_place_count (pixels, 320, (int) y, 270, 4, 0x1c71d8), ==, 0);
  /* The frame is taken by its middle and moved: 2 s are 150 pixels of it. */
  waveform_place_drag (f, 75, y, 225);
  g_assert_cmpint (f->wave->view_from_ms, ==, 2000);
  g_assert_cmpint (f->wave->view_to_ms, ==, 4000);
  /* It comes to where it is asked to. */
  waveform_place_drag (f, 450, y, 450);
  g_assert_cmpint (f->wave->view_from_ms, ==, 5000);
  g_assert_cmpint (f->sought, ==, -1);
  g_assert_cmpint (f->span[0], ==, -1);
  /* Whoever looks somewhere is not taken away from it. */
  side_waveform_set_position (f->wave, 1000);
  g_assert_cmpint (f->wave->view_from_ms, ==, 5000);
  f->wave->scrolled_us -= 4 * G_USEC_PER_SEC;
  side_waveform_set_position (f->wave, 1050);
  g_assert_cmpint (f->wave->view_from_ms, <, 1050);
  /* A click, a span and a label mean what is seen. */
  side_waveform_set_view (f->wave, 6000, 2000);
  waveform_place_drag (f, 300, 100, 300);
  g_assert_cmpint (f->sought, ==, 7000);
  waveform_place_drag (f, 150, 100, 450);
  g_assert_cmpint (f->span[0], ==, 6500);
  g_assert_cmpint (f->span[1], ==, 7500);
}

static void
test_pinch (WaveformPlace *f,
            gconstpointer  data)
{
  GtkEventController *pinch = waveform_place_controller (f, GTK_TYPE_GESTURE_ZOOM);

  f->wave->pointer_x = 300;
  g_signal_emit_by_name (pinch, "begin", NULL);
  g_signal_emit_by_name (pinch, "scale-changed", 2.0);
  g_assert_cmpint (f->wave->view_from_ms, ==, 2000);
  g_assert_cmpint (f->wave->view_to_ms, ==, 6000);
  g_signal_emit_by_name (pinch, "scale-changed", 100.0);
  g_assert_cmpint (f->wave->view_from_ms, ==, 3000);
  g_assert_cmpint (f->wave->view_to_ms, ==, 5000);
  g_signal_emit_by_name (pinch, "scale-changed", 0.1);
  g_assert_cmpint (f->wave->view_to_ms - f->wave->view_from_ms, ==, 8000);
}

static gboolean
told_change (gpointer data)
{
  return ((WaveformPlace *) data)->n_changed > 0;
}

static void
test_edges (WaveformPlace *f,
            gconstpointer  data)
{
  SideWaveMark marks[] = {
    { "mine", 2000, 4000, "Greeting", { 0.15f, 0.64f, 0.41f, 1 }, TRUE },
    { "theirs", 5000, 6000, "Dead air", { 0.88f, 0.11f, 0.14f, 1 }, FALSE },
  };

  side_waveform_set_marks (f->wave, marks, G_N_ELEMENTS (marks));
  g_free (waveform_place_picture (f));
  /* The end goes along, told once; it does not pass the start. */
  waveform_place_drag (f, 302, 100, 377);
  g_assert_cmpuint (f->n_changed, ==, 1);
  g_assert_cmpstr (f->activated, ==, "mine");
  g_assert_cmpint (f->span[0], ==, 2000);
  g_assert_cmpint (f->span[1], ==, 5027);
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  waveform_place_drag (f, 377, 100, 20);
  g_assert_cmpint (f->span[1], ==, 2100);
  /* A click on an edge goes there and changes nothing. */
  waveform_place_drag (f, 150, 100, 150);
  g_assert_cmpuint (f->n_changed, ==, 2);
  g_assert_cmpint (f->sought, ==, 2000);
  /* Somebody else's is a place like any other. */
  waveform_place_drag (f, 450, 100, 525);
  g_assert_cmpuint (f->n_changed, ==, 2);
  g_assert_cmpint (f->span[0], ==, 6000);

  /* By key: three steps and one word about them, though the marks came anew meanwhile. */
  f->n_changed = 0;
  side_waveform_set_marks (f->wave, marks, G_N_ELEMENTS (marks));
  g_assert_cmpstr (side_waveform_get_selected_mark (f->wave), ==, "mine");
  g_assert_true (waveform_place_press (f, GDK_KEY_Left, GDK_ALT_MASK));
  g_assert_true (waveform_place_press (f, GDK_KEY_Left, GDK_ALT_MASK));
  side_waveform_set_marks (f->wave, marks, G_N_ELEMENTS (marks));
  g_assert_true (waveform_place_press (f, GDK_KEY_Right, GDK_ALT_MASK | GDK_SHIFT_MASK));
  g_assert_cmpuint (f->n_changed, ==, 0);
  side_test_wait_until (told_change, f, 10000, "the moved edges to be told");
  g_assert_cmpuint (f->n_changed, ==, 1);
  g_assert_cmpint (f->span[0], ==, 1800);
  g_assert_cmpint (f->span[1], ==, 4100);
  side_waveform_select_mark (f->wave, "theirs");
  g_assert_false (waveform_place_press (f, GDK_KEY_Left, GDK_ALT_MASK));
}

/* A point goes where it is dragged, as a whole, and by key too. */
static void
test_points (WaveformPlace *f,
             gconstpointer  data)
{
  SideWaveMark marks[] = {
    { "point", 2000, 2000, "Greeting", { 0.15f, 0.64f, 0.41f, 1 }, TRUE },
    { "theirs", 5000, 5000, "Dead air", { 0.88f, 0.11f, 0.14f, 1 }, FALSE },
  };

  side_waveform_set_marks (f->wave, marks, G_N_ELEMENTS (marks));
  g_free (waveform_place_picture (f));
  waveform_place_drag (f, 152, 100, 302);
  g_assert_cmpuint (f->n_changed, ==, 1);
  g_assert_cmpstr (f->activated, ==, "point");
  g_assert_cmpint (f->span[0], ==, 4027);
  g_assert_cmpint (f->span[1], ==, 4027);
  waveform_place_drag (f, 302, 100, -50);
  g_assert_cmpint (f->span[0], ==, 0);
  g_assert_cmpint (f->span[1], ==, 0);
  /* Somebody else's stays. */
  waveform_place_drag (f, 375, 100, 450);
  g_assert_cmpuint (f->n_changed, ==, 2);

  f->n_changed = 0;
  side_waveform_set_marks (f->wave, marks, G_N_ELEMENTS (marks));
  side_waveform_select_mark (f->wave, "point");
  g_assert_true (waveform_place_press (f, GDK_KEY_Right, GDK_ALT_MASK));
  g_assert_true (waveform_place_press (f, GDK_KEY_Right, GDK_ALT_MASK | GDK_SHIFT_MASK));
  side_test_wait_until (told_change, f, 10000, "the moved point to be told");
  g_assert_cmpuint (f->n_changed, ==, 1);
  g_assert_cmpint (f->span[0], ==, 2200);
  g_assert_cmpint (f->span[1], ==, 2200);
}

static void
test_held (WaveformPlace *f,
           gconstpointer  data)
{
  gint64 from, to;

  g_assert_false (side_waveform_end_span (f->wave, &from, &to));
  side_waveform_set_position (f->wave, 1000);
  side_waveform_begin_span (f->wave);
  side_waveform_set_position (f->wave, 1100);
  g_assert_true (side_waveform_end_span (f->wave, &from, &to));
  g_assert_cmpint (from, ==, 1000);
  g_assert_cmpint (to, ==, 1000);
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  g_assert_cmpint (f->span[0], ==, -1);

  side_waveform_begin_span (f->wave);
  side_waveform_set_position (f->wave, 2500);
  side_waveform_begin_span (f->wave);   /* the key repeats itself */
  g_assert_true (side_waveform_get_selection (f->wave, &from, &to));
  g_assert_cmpint (from, ==, 1100);
  g_assert_cmpint (to, ==, 2500);
  f->wave->held_since_us -= G_USEC_PER_SEC;
  g_assert_true (side_waveform_end_span (f->wave, NULL, NULL));
  g_assert_cmpint (f->span[0], ==, 1100);
  g_assert_cmpint (f->span[1], ==, 2500);
  g_assert_true (side_waveform_get_selection (f->wave, NULL, NULL));
}

static SideAnalysis *
make_analysis (void)
{
  SideAnalysis *analysis = side_analysis_new (2);
  SideTalkOver over = { 3900, 4400, SIDE_CHANNEL_CUSTOMER };
  SideTone music = { 7000, 8000, SIDE_TONE_MUSIC, 0, 0 };
  SideSpan spans[] = { { 0, 4400 }, { 3900, 7000 }, { 7000, 8000 } };

  analysis->attribution = SIDE_ATTRIBUTION_MEASURED;
  analysis->duration_ms = 8000;
  g_array_append_val (side_analysis_get_side (analysis, 0)->speech, spans[0]);
  g_array_append_val (side_analysis_get_side (analysis, 1)->speech, spans[1]);
  g_array_append_val (analysis->conversation.dead_air, spans[2]);
  g_array_append_val (analysis->conversation.talk_over, over);
  g_array_append_val (analysis->tones, music);
  analysis->conversation.talk_of_call[0] = 0.55;
  analysis->conversation.talk_of_call[1] = 0.39;
  return analysis;
}

static void
assert_words (WaveformPlace *f,
              double         x,
              double         y,
              const char    *words)
{
  g_autofree char *text = side_waveform_strips_words (f->wave, x, y);

  g_assert_cmpstr (text, ==, words);
}

static void
test_strips (WaveformPlace *f,
             gconstpointer  data)
{
  static const SideHeard heard[] = { { 0, 2000, 1.5 } };
  static const char described[] = "The operator speaks 55\u00a0% of the time, the customer 39\u00a0%. 1 pause of over 4 s. "
                                  "Both speak at once 1 time. Listened 0:02 of 0:08";
  g_autoptr (SideAnalysis) analysis = make_analysis ();
  g_autofree guint32 *pixels = NULL;
  double y;

  g_free (waveform_place_picture (f));
  g_assert_cmpfloat (f->wave->frame.speech, <, 0);
  g_assert_cmpfloat (f->wave->frame.heard, <, 0);
  side_waveform_set_analysis (f->wave, analysis);
  side_waveform_set_heard (f->wave, heard, 1, "Listened 0:02 of 0:08");
  pixels = waveform_place_picture (f);
  y = f->wave->frame.speech;
  g_assert_cmpuint (waveform_place_count (pixels, 10, (int) y, 310, 6, 0x1c71d8), ==, 310 * 6);
  g_assert_cmpuint (waveform_place_count (pixels, 340, (int) y, 250, 6, 0x1c71d8), ==, 0);
  g_assert_cmpuint (waveform_place_count (pixels, 300, (int) y + 8, 200, 6, 0x9141ac), ==, 200 * 6);
  assert_words (f, 100, f->wave->frame.heard + 2, "Listened 0:02 of 0:08");
  assert_words (f, 100, y + 2, "The operator speaks, 0:00, 4.4 s");
  assert_words (f, 500, y + 2, "The operator speaks");
  assert_words (f, 500, y + 10, "The customer speaks, 0:03, 3.1 s");
  assert_words (f, 560, y + 18, "Nobody speaks, 0:07, 1.0 s");
  assert_words (f, 300, y + 26, "Both speak; the customer cut in, 0:03, 0.5 s");
  assert_words (f, 560, y + 34, "Hold music, 0:07, 1.0 s");
  assert_words (f, 560, 100, NULL);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (f->wave), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, described);
  /* Everything stands below the ruler and within the widget, magnified too. */
  side_waveform_set_view (f->wave, 0, 2000);
  g_free (g_steal_pointer (&pixels));
  pixels = waveform_place_picture (f);
  g_assert_cmpfloat (f->wave->frame.bottom, <, f->wave->frame.heard);
  g_assert_cmpfloat (f->wave->frame.heard, <, f->wave->frame.speech);
  g_assert_cmpfloat (f->wave->frame.speech, <, f->wave->frame.overview);
  /* Where nobody knows who speaks no side has a lane. */
  analysis->attribution = SIDE_ATTRIBUTION_SAME;
  assert_words (f, 100, f->wave->frame.speech + 2, "Speech; who speaks is not measurable, 0:00, 4.4 s");
}

static void
answer_cb (SideWaveform *wave,
           const char   *id,
           char        **kept)
{
  g_free (*kept);
  *kept = g_strdup (id);
}

/* A fault that took a while, one at a moment within it, and a full mark. */
static void
test_answers (WaveformPlace *f,
              gconstpointer  data)
{
  static const SideWaveAnswer answers[] = {
    { "2", 2000, 4000, 0, "Asks the name · No · Operator" },
    { "3", 3000, -1, 0.5, "Offers a size · Partly" },
    { "1", 1000, -1, 1, "Names the shop · Yes" },
  };
  g_autofree guint32 *pixels = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *words = NULL;
  double bottom, y;

  g_signal_connect (f->wave, "answer-activated", G_CALLBACK (answer_cb), &kept);
  g_free (waveform_place_picture (f));
  bottom = f->wave->frame.bottom;
  side_waveform_set_answers (f->wave, answers, G_N_ELEMENTS (answers));
  pixels = waveform_place_picture (f);
  y = (f->wave->frame.bottom + f->wave->frame.ruler) / 2;
  g_assert_cmpfloat (f->wave->frame.ruler, ==, bottom);
  g_assert_cmpfloat (f->wave->frame.bottom, <, bottom);
  /* The lanes are left to the notes. */
  g_assert_cmpuint (waveform_place_count (pixels, 151, 20, 148, (int) f->wave->frame.bottom - 20, 0xc01c28), ==, 0);
  words = side_waveform_answers_words (f->wave, 225, y);
  g_assert_cmpstr (words, ==, "0:02–0:04  Asks the name · No · Operator\n0:03  Offers a size · Partly");
  /* A click asks for the question, seeks nowhere, and shows where it is. */
  waveform_place_drag (f, 170, y, 170);
  g_assert_cmpstr (kept, ==, "2");
  g_assert_cmpint (f->sought, ==, -1);
  g_free (g_steal_pointer (&pixels));
  pixels = waveform_place_picture (f);
  g_assert_cmpuint (waveform_place_count (pixels, 160, (int) y - 1, 60, 2, 0xc01c28), ==, 120);
  waveform_place_drag (f, 75, y, 75);
  g_assert_cmpstr (kept, ==, "1");
  waveform_place_drag (f, 500, y, 500);
  g_assert_cmpint (f->sought, >, 6000);
  /* By key from one to the next, and to its question. */
  g_assert_true (waveform_place_press (f, GDK_KEY_Right, GDK_CONTROL_MASK));
  g_assert_cmpstr (side_waveform_get_selected_answer (f->wave), ==, "2");
  g_assert_cmpint (f->sought, ==, 2000);
  side_waveform_set_position (f->wave, 2000);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (f->wave), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                       "0:02 of 0:08. 0:02–0:04  Asks the name · No · Operator");
  g_assert_true (waveform_place_press (f, GDK_KEY_Right, GDK_CONTROL_MASK));
  g_assert_true (waveform_place_press (f, GDK_KEY_Return, 0));
  g_assert_cmpstr (kept, ==, "3");
  side_waveform_set_answers (f->wave, NULL, 0);
  g_assert_false (waveform_place_press (f, GDK_KEY_Return, 0));
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
#define ADD(name, func) \
  g_test_add ("/waveform-studio/" name, WaveformPlace, NULL, waveform_place_setup, func, waveform_place_teardown)
  ADD ("overview", test_overview);
  ADD ("pinch", test_pinch);
  ADD ("edges", test_edges);
  ADD ("points", test_points);
  ADD ("held", test_held);
  ADD ("strips", test_strips);
  ADD ("answers", test_answers);
#undef ADD
  return g_test_run ();
}
