/* test-waveform.c - the drawn recording and the buttons under it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Looks at what is on the screen (pixels of each lane), what a screen reader
 * is told, and what keys, pointer and buttons do.
 */
#include <adwaita.h>
#include <math.h>
#include <sndfile.h>

#include "../unit/tone-file.h"
#include "side-player-bar.h"
#include "side-test.h"
#include "waveform-place.h"

static void
assert_lanes (WaveformPlace *f,
              guint32        operator,
              guint32        customer)
{
  g_autofree guint32 *pixels = waveform_place_picture (f);
  int top = (int) f->wave->frame.top + 2;
  int lane = (int) (f->wave->frame.bottom - f->wave->frame.top) / 2 - 4;
  int below = top + lane + 4;

  /* Each speaks in its own half and lane; a silent lane is a thin line. Captions
   * stand at the left, and the playhead. */
  g_assert_cmpuint (waveform_place_count (pixels, 120, top, 170, lane, operator), >, 3000);
  g_assert_cmpuint (waveform_place_count (pixels, 310, top, 280, lane, operator), <, 700);
  g_assert_cmpuint (waveform_place_count (pixels, 310, below, 280, lane, customer), >, 5000);
  g_assert_cmpuint (waveform_place_count (pixels, 120, below, 170, lane, customer), <, 500);
  g_assert_cmpuint (waveform_place_count (pixels, 0, top, WIDTH, lane, customer), ==, 0);
  g_assert_cmpuint (waveform_place_count (pixels, 0, below, WIDTH, lane, operator), ==, 0);
}

static void
test_lanes (WaveformPlace *f,
            gconstpointer  data)
{
  assert_lanes (f, 0x1c71d8, 0x9141ac);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  side_test_run_for (50);
  assert_lanes (f, 0x62a0ea, 0xc061cb);
}

static void
test_playhead (WaveformPlace *f,
               gconstpointer  data)
{
  g_autofree guint32 *before = NULL;
  g_autofree guint32 *after = NULL;
  int top;

  before = waveform_place_picture (f);
  top = (int) f->wave->frame.top;
  side_waveform_set_position (f->wave, 6000);
  after = waveform_place_picture (f);
  g_assert_cmpuint (waveform_place_count (before, 440, top, 20, 100, 0xe01b24), ==, 0);
  g_assert_cmpuint (waveform_place_count (after, 440, top, 20, 100, 0xe01b24), >=, 100);
  g_assert_cmpuint (waveform_place_count (after, 440, top - 5, 20, 10, 0xe01b24), >=, 50);
  g_assert_cmpuint (waveform_place_count (after, 0, top, 430, 100, 0xe01b24), ==, 0);
}

static void
test_mono (WaveformPlace *f,
           gconstpointer  data)
{
  static const double hertz[] = { 400 };
  g_autoptr (SidePeaks) peaks = NULL;
  g_autofree guint32 *pixels = NULL;

  tone_file_write (f->path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1, 2, hertz, 0.5);
  peaks = side_peaks_new_from_file (f->path, NULL, NULL);
  side_waveform_set_peaks (f->wave, peaks);
  pixels = waveform_place_picture (f);
  g_assert_cmpuint (f->wave->frame.n_lanes, ==, 1);
  /* Neither side's colour: nobody knows who speaks. */
  g_assert_cmpuint (waveform_place_count (pixels, 0, 0, WIDTH, HEIGHT, 0x1c71d8), ==, 0);
  g_assert_cmpuint (waveform_place_count (pixels, 0, 0, WIDTH, HEIGHT, 0x9141ac), ==, 0);
}

static void
test_still (WaveformPlace *f,
            gconstpointer  data)
{
  static const SideWaveMark mark = { "a", 1000, 2000, "Greeting", { 0.15f, 0.64f, 0.41f, 1 } };
  g_autofree guint32 *pixels = waveform_place_picture (f);
  GskRenderNode *still = f->wave->still;

  /* While it plays nothing but the playhead is drawn anew. */
  g_assert_nonnull (still);
  for (gint64 ms = 0; ms < 8000; ms += 50)
    side_waveform_set_position (f->wave, ms);
  g_free (g_steal_pointer (&pixels));
  pixels = waveform_place_picture (f);
  g_assert_true (f->wave->still == still);
  side_waveform_set_marks (f->wave, &mark, 1);
  g_assert_null (f->wave->still);
}

static void
test_marks (WaveformPlace *f,
            gconstpointer  data)
{
  SideWaveMark marks[40];
  g_autofree guint32 *pixels = NULL;

  /* Two of them, the second a point, given in the wrong order. */
  marks[0] = (SideWaveMark) { "late", 6000, 6000, "Dead air 19 s", { 0.88f, 0.11f, 0.14f, 1 } };
  marks[1] = (SideWaveMark) { "early", 1000, 2000, "Greeting", { 0.15f, 0.64f, 0.41f, 1 } };
  side_waveform_set_marks (f->wave, marks, 2);
  pixels = waveform_place_picture (f);
  {
    SideWaveformMark *first = g_ptr_array_index (f->wave->marks, 0);
    SideWaveformMark *second = g_ptr_array_index (f->wave->marks, 1);

    g_assert_cmpstr (first->id, ==, "early");
    g_assert_cmpfloat (first->x, ==, 75);
    g_assert_cmpfloat (second->x, ==, 450);
    g_assert_cmpuint (first->row, ==, 0);
    g_assert_cmpuint (second->row, ==, 0);
    g_assert_cmpuint (waveform_place_count (pixels, 75, 0, (int) first->width, (int) f->wave->frame.row_height, 0x26a368), >, 200);
  }
  /* Forty in a crowd: no two labels of a row overlap, each has room for a letter or none at all. */
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    marks[i] = (SideWaveMark) { "id", 100 * i, 100 * i + 300, "Довольно длинная заметка", { 0.9f, 0.65f, 0.04f, 1 } };
  side_waveform_set_marks (f->wave, marks, G_N_ELEMENTS (marks));
  g_free (g_steal_pointer (&pixels));
  pixels = waveform_place_picture (f);
  {
    double end[2] = { 0, 0 };
    guint shown = 0;

    for (guint i = 0; i < f->wave->marks->len; i++)
      {
        SideWaveformMark *mark = g_ptr_array_index (f->wave->marks, i);

        if (mark->width == 0)
          continue;
        g_assert_cmpuint (mark->row, <, 2);
        g_assert_cmpfloat (mark->x, >=, end[mark->row]);
        g_assert_cmpfloat (mark->width, >=, 20);
        end[mark->row] = mark->x + mark->width;
        g_assert_cmpfloat (end[mark->row], <=, WIDTH);
        shown++;
      }
    g_assert_cmpuint (shown, >=, 15);
  }
}

static void
test_pointer (WaveformPlace *f,
              gconstpointer  data)
{
  static const SideWaveMark mark = { "note-7", 4000, 5000, "Greeting", { 0.15f, 0.64f, 0.41f, 1 } };
  g_autofree guint32 *pixels = NULL;
  gint64 from, to;

  waveform_place_drag (f, 150, 100, 150);
  g_assert_cmpint (f->sought, ==, 2000);
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  /* A hand that shakes still clicks. */
  waveform_place_drag (f, 300, 100, 302);
  g_assert_cmpint (f->sought, ==, 4000);
  g_assert_cmpint (f->span[0], ==, -1);

  f->sought = -1;
  waveform_place_drag (f, 450, 100, 225);
  g_assert_cmpint (f->sought, ==, -1);
  g_assert_cmpint (f->span[0], ==, 3000);
  g_assert_cmpint (f->span[1], ==, 6000);
  g_assert_true (side_waveform_get_selection (f->wave, &from, &to));
  g_assert_cmpint (from, ==, 3000);
  g_assert_cmpint (to, ==, 6000);
  /* Beyond the edge is the edge. */
  waveform_place_drag (f, 450, 100, 5000);
  g_assert_cmpint (f->span[1], ==, 8000);

  side_waveform_set_marks (f->wave, &mark, 1);
  pixels = waveform_place_picture (f);
  waveform_place_drag (f, 305, 5, 305);
  g_assert_cmpstr (f->activated, ==, "note-7");
  g_assert_cmpint (f->sought, ==, -1);
}

static void
test_keys (WaveformPlace *f,
           gconstpointer  data)
{
  static const struct { guint key; GdkModifierType modifiers; gint64 to; } presses[] = {
    { GDK_KEY_Left, 0, 5000 }, { GDK_KEY_Right, 0, 7000 },
    { GDK_KEY_Left, GDK_SHIFT_MASK, 1000 }, { GDK_KEY_Right, GDK_SHIFT_MASK, 8000 },
    { GDK_KEY_Home, 0, 0 }, { GDK_KEY_End, 0, 8000 },
    { GDK_KEY_KP_Left, 0, 5000 }, { GDK_KEY_Page_Up, 0, 0 },
  };

  side_waveform_set_position (f->wave, 6000);
  for (guint i = 0; i < G_N_ELEMENTS (presses); i++)
    {
      f->sought = -1;
      g_assert_true (waveform_place_press (f, presses[i].key, presses[i].modifiers));
      g_assert_cmpint (f->sought, ==, presses[i].to);
    }
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (f->wave)));
  waveform_place_drag (f, 450, 100, 225);
  g_assert_true (waveform_place_press (f, GDK_KEY_Escape, 0));
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  g_assert_false (waveform_place_press (f, GDK_KEY_Escape, 0));
}

static void
test_zoom (WaveformPlace *f,
           gconstpointer  data)
{
  gint64 from;

  side_waveform_set_position (f->wave, 4000);
  for (int i = 0; i < 3; i++)
    waveform_place_press (f, GDK_KEY_plus, 0);
  g_assert_cmpint (ABS (f->wave->view_to_ms - f->wave->view_from_ms - 4096), <=, 3);
  /* What was under the playhead stays there, and a click means what is seen. */
  g_assert_cmpint (ABS (side_waveform_ms_at (f->wave, 300) - 4000), <=, 3);
  waveform_place_drag (f, 0, 100, 0);
  g_assert_cmpint (f->sought, ==, f->wave->view_from_ms);
  /* The picture follows the playhead out of sight. */
  from = f->wave->view_from_ms;
  side_waveform_set_position (f->wave, 7000);
  g_assert_cmpint (f->wave->view_from_ms, >, from);
  g_assert_cmpint (f->wave->view_to_ms, <=, 8000);
  for (int i = 0; i < 20; i++)
    waveform_place_press (f, GDK_KEY_plus, 0);
  g_assert_cmpint (f->wave->view_to_ms - f->wave->view_from_ms, ==, 2000);
  waveform_place_press (f, GDK_KEY_0, 0);
  g_assert_cmpint (f->wave->view_from_ms, ==, 0);
  g_assert_cmpint (f->wave->view_to_ms, ==, 8000);
}

static void
test_accessible (WaveformPlace *f,
                 gconstpointer  data)
{
  GtkAccessible *wave = GTK_ACCESSIBLE (f->wave);

  gtk_test_accessible_assert_role (wave, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (wave, GTK_ACCESSIBLE_PROPERTY_LABEL, "Recording");
  gtk_test_accessible_assert_property (wave, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "0:00 of 0:08");
  side_waveform_set_duration (f->wave, 252000);
  side_waveform_set_position (f->wave, 118400);
  gtk_test_accessible_assert_property (wave, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "1:58 of 4:12");
  gtk_test_accessible_assert_property (wave, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 118.0);
  gtk_test_accessible_assert_property (wave, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 252.0);
}

static void
test_ruler (void)
{
  g_assert_cmpint (side_waveform_ruler_step (252000, 506), ==, 60000);
  g_assert_cmpint (side_waveform_ruler_step (8000, 600), ==, 1000);
  g_assert_cmpint (side_waveform_ruler_step (3600000, 506), ==, 600000);
  g_assert_cmpint (side_waveform_ruler_step (0, 0), ==, 86400000);
}

static void
test_empty (void)
{
  SideWaveform *wave = g_object_ref_sink (SIDE_WAVEFORM (side_waveform_new ()));
  WaveformPlace f = { .wave = wave, .sought = -1 };

  g_signal_connect (wave, "seek-requested", G_CALLBACK (waveform_place_seek_cb), &f);
  waveform_place_press (&f, GDK_KEY_Right, 0);
  waveform_place_press (&f, GDK_KEY_plus, 0);
  waveform_place_drag (&f, 10, 10, 90);
  waveform_place_drag (&f, 10, 10, 10);
  g_assert_cmpint (f.sought, ==, -1);
  side_waveform_set_position (wave, 500);
  g_assert_finalize_object (wave);
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
  g_test_add ("/waveform/" name, WaveformPlace, NULL, waveform_place_setup, func, waveform_place_teardown)
  ADD ("lanes", test_lanes);
  ADD ("playhead", test_playhead);
  ADD ("mono", test_mono);
  ADD ("still", test_still);
  ADD ("marks", test_marks);
  ADD ("pointer", test_pointer);
  ADD ("keys", test_keys);
  ADD ("zoom", test_zoom);
  ADD ("accessible", test_accessible);
#undef ADD
  g_test_add_func ("/waveform/ruler", test_ruler);
  g_test_add_func ("/waveform/empty", test_empty);
  return g_test_run ();
}
