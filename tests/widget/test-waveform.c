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
#include "side-waveform-private.h"

#define WIDTH  600
#define HEIGHT 220

typedef struct {
  char         *dir;
  char         *path;
  GtkWidget    *window;
  SideWaveform *wave;
  gint64        sought;
  gint64        span[2];
  char         *activated;
} Fixture;

static void
seek_cb (SideWaveform *wave,
         gint64        ms,
         Fixture      *f)
{
  f->sought = ms;
}

static void
span_cb (SideWaveform *wave,
         gint64        from_ms,
         gint64        to_ms,
         Fixture      *f)
{
  f->span[0] = from_ms;
  f->span[1] = to_ms;
}

static void
activated_cb (SideWaveform *wave,
              const char   *id,
              Fixture      *f)
{
  g_free (f->activated);
  f->activated = g_strdup (id);
}

static gboolean
has_size (gpointer data)
{
  return gtk_widget_get_width (data) == WIDTH && gtk_widget_get_height (data) == HEIGHT;
}

/* Eight seconds: the operator speaks in the first half, the customer in the second. */
static void
write_dialogue (const char *path)
{
  SF_INFO info = { .samplerate = 8000, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);
  g_autofree gint16 *samples = g_new0 (gint16, 2 * 64000);

  for (int i = 0; i < 64000; i++)
    samples[2 * i + (i < 32000 ? 0 : 1)] = (gint16) (9000 * sin (i * 0.4));
  sf_writef_short (file, samples, 64000);
  sf_close (file);
}

static void
setup (Fixture       *f,
       gconstpointer  data)
{
  g_autoptr (SidePeaks) peaks = NULL;

  f->dir = side_test_tmp_dir ();
  f->path = g_build_filename (f->dir, "call.wav", NULL);
  write_dialogue (f->path);
  peaks = side_peaks_new_from_file (f->path, NULL, NULL);
  g_assert_nonnull (peaks);
  f->sought = f->span[0] = f->span[1] = -1;
  f->wave = SIDE_WAVEFORM (side_waveform_new ());
  side_waveform_set_peaks (f->wave, peaks);
  g_signal_connect (f->wave, "seek-requested", G_CALLBACK (seek_cb), f);
  g_signal_connect (f->wave, "span-selected", G_CALLBACK (span_cb), f);
  g_signal_connect (f->wave, "mark-activated", G_CALLBACK (activated_cb), f);
  f->window = gtk_window_new ();
  gtk_widget_set_size_request (GTK_WIDGET (f->wave), WIDTH, HEIGHT);
  gtk_widget_set_halign (GTK_WIDGET (f->wave), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (f->wave), GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->wave));
  gtk_window_present (GTK_WINDOW (f->window));
  side_test_wait_until (has_size, f->wave, 10000, "the waveform to get its size");
}

static void
teardown (Fixture       *f,
          gconstpointer  data)
{
  g_object_add_weak_pointer (G_OBJECT (f->wave), (gpointer *) &f->wave);
  gtk_window_destroy (GTK_WINDOW (f->window));
  side_test_run_for (20);
  g_assert_null (f->wave);
  side_test_rm_rf (f->dir);
  g_free (f->dir);
  g_free (f->path);
  g_free (f->activated);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_DEFAULT);
}

/* What the widget looks like, as pixels of premultiplied BGRA. */
static guint32 *
picture (Fixture *f)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint32 *pixels = g_new0 (guint32, WIDTH * HEIGHT);

  side_waveform_draw (f->wave, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (f->window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  gdk_texture_download (texture, (guchar *) pixels, WIDTH * 4);
  return pixels;
}

/* How many pixels of a part are about of that colour. */
static guint
count_colour (const guint32 *pixels,
              int            x,
              int            y,
              int            width,
              int            height,
              guint32        colour)
{
  guint n = 0;

  for (int j = y; j < y + height; j++)
    for (int i = x; i < x + width; i++)
      {
        guint32 p = pixels[j * WIDTH + i];
        gboolean same = TRUE;

        for (int shift = 0; shift < 24; shift += 8)
          same = same && ABS ((int) (p >> shift & 0xff) - (int) (colour >> shift & 0xff)) < 12;
        n += same && p >> 24 > 240;
      }
  return n;
}

static void
assert_lanes (Fixture *f,
              guint32  operator,
              guint32  customer)
{
  g_autofree guint32 *pixels = picture (f);
  int top = (int) f->wave->frame.top + 2;
  int lane = (int) (f->wave->frame.bottom - f->wave->frame.top) / 2 - 4;
  int below = top + lane + 4;

  /* Each speaks in its own half and lane; a silent lane is a thin line. Captions
   * stand at the left, and the playhead. */
  g_assert_cmpuint (count_colour (pixels, 120, top, 170, lane, operator), >, 3000);
  g_assert_cmpuint (count_colour (pixels, 310, top, 280, lane, operator), <, 700);
  g_assert_cmpuint (count_colour (pixels, 310, below, 280, lane, customer), >, 5000);
  g_assert_cmpuint (count_colour (pixels, 120, below, 170, lane, customer), <, 500);
  g_assert_cmpuint (count_colour (pixels, 0, top, WIDTH, lane, customer), ==, 0);
  g_assert_cmpuint (count_colour (pixels, 0, below, WIDTH, lane, operator), ==, 0);
}

static void
test_lanes (Fixture       *f,
            gconstpointer  data)
{
  assert_lanes (f, 0x1c71d8, 0x9141ac);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  side_test_run_for (50);
  assert_lanes (f, 0x62a0ea, 0xc061cb);
}

static void
test_playhead (Fixture       *f,
               gconstpointer  data)
{
  g_autofree guint32 *before = NULL;
  g_autofree guint32 *after = NULL;
  int top;

  before = picture (f);
  top = (int) f->wave->frame.top;
  side_waveform_set_position (f->wave, 6000);
  after = picture (f);
  g_assert_cmpuint (count_colour (before, 440, top, 20, 100, 0xe01b24), ==, 0);
  g_assert_cmpuint (count_colour (after, 440, top, 20, 100, 0xe01b24), >=, 100);
  g_assert_cmpuint (count_colour (after, 440, top - 5, 20, 10, 0xe01b24), >=, 50);
  g_assert_cmpuint (count_colour (after, 0, top, 430, 100, 0xe01b24), ==, 0);
}

static void
test_mono (Fixture       *f,
           gconstpointer  data)
{
  static const double hertz[] = { 400 };
  g_autoptr (SidePeaks) peaks = NULL;
  g_autofree guint32 *pixels = NULL;

  tone_file_write (f->path, SF_FORMAT_WAV | SF_FORMAT_PCM_16, 8000, 1, 2, hertz, 0.5);
  peaks = side_peaks_new_from_file (f->path, NULL, NULL);
  side_waveform_set_peaks (f->wave, peaks);
  pixels = picture (f);
  g_assert_cmpuint (f->wave->frame.n_lanes, ==, 1);
  /* Neither side's colour: nobody knows who speaks. */
  g_assert_cmpuint (count_colour (pixels, 0, 0, WIDTH, HEIGHT, 0x1c71d8), ==, 0);
  g_assert_cmpuint (count_colour (pixels, 0, 0, WIDTH, HEIGHT, 0x9141ac), ==, 0);
}

static void
test_still (Fixture       *f,
            gconstpointer  data)
{
  static const SideWaveMark mark = { "a", 1000, 2000, "Greeting", { 0.15f, 0.64f, 0.41f, 1 } };
  g_autofree guint32 *pixels = picture (f);
  GskRenderNode *still = f->wave->still;

  /* While it plays nothing but the playhead is drawn anew. */
  g_assert_nonnull (still);
  for (gint64 ms = 0; ms < 8000; ms += 50)
    side_waveform_set_position (f->wave, ms);
  g_free (g_steal_pointer (&pixels));
  pixels = picture (f);
  g_assert_true (f->wave->still == still);
  side_waveform_set_marks (f->wave, &mark, 1);
  g_assert_null (f->wave->still);
}

static void
test_marks (Fixture       *f,
            gconstpointer  data)
{
  SideWaveMark marks[40];
  g_autofree guint32 *pixels = NULL;

  /* Two of them, the second a point, given in the wrong order. */
  marks[0] = (SideWaveMark) { "late", 6000, 6000, "Dead air 19 s", { 0.88f, 0.11f, 0.14f, 1 } };
  marks[1] = (SideWaveMark) { "early", 1000, 2000, "Greeting", { 0.15f, 0.64f, 0.41f, 1 } };
  side_waveform_set_marks (f->wave, marks, 2);
  pixels = picture (f);
  {
    SideWaveformMark *first = g_ptr_array_index (f->wave->marks, 0);
    SideWaveformMark *second = g_ptr_array_index (f->wave->marks, 1);

    g_assert_cmpstr (first->id, ==, "early");
    g_assert_cmpfloat (first->x, ==, 75);
    g_assert_cmpfloat (second->x, ==, 450);
    g_assert_cmpuint (first->row, ==, 0);
    g_assert_cmpuint (second->row, ==, 0);
    g_assert_cmpuint (count_colour (pixels, 75, 0, (int) first->width, (int) f->wave->frame.row_height, 0x26a368), >, 200);
  }
  /* Forty in a crowd: no two labels of a row overlap, each has room for a letter or none at all. */
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    marks[i] = (SideWaveMark) { "id", 100 * i, 100 * i + 300, "Довольно длинная заметка", { 0.9f, 0.65f, 0.04f, 1 } };
  side_waveform_set_marks (f->wave, marks, G_N_ELEMENTS (marks));
  g_free (g_steal_pointer (&pixels));
  pixels = picture (f);
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

static GtkEventController *
find_controller (Fixture *f,
                 GType    type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (f->wave));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (controller, type))
        return controller;
    }
  g_error ("no %s", g_type_name (type));
}

static void
drag (Fixture *f,
      double   x,
      double   y,
      double   to_x)
{
  GtkEventController *gesture = find_controller (f, GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  if (to_x != x)
    g_signal_emit_by_name (gesture, "drag-update", (to_x - x) / 2, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", to_x - x, 0.0);
}

static void
test_pointer (Fixture       *f,
              gconstpointer  data)
{
  static const SideWaveMark mark = { "note-7", 4000, 5000, "Greeting", { 0.15f, 0.64f, 0.41f, 1 } };
  g_autofree guint32 *pixels = NULL;
  gint64 from, to;

  drag (f, 150, 100, 150);
  g_assert_cmpint (f->sought, ==, 2000);
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  /* A hand that shakes still clicks. */
  drag (f, 300, 100, 302);
  g_assert_cmpint (f->sought, ==, 4000);
  g_assert_cmpint (f->span[0], ==, -1);

  f->sought = -1;
  drag (f, 450, 100, 225);
  g_assert_cmpint (f->sought, ==, -1);
  g_assert_cmpint (f->span[0], ==, 3000);
  g_assert_cmpint (f->span[1], ==, 6000);
  g_assert_true (side_waveform_get_selection (f->wave, &from, &to));
  g_assert_cmpint (from, ==, 3000);
  g_assert_cmpint (to, ==, 6000);
  /* Beyond the edge is the edge. */
  drag (f, 450, 100, 5000);
  g_assert_cmpint (f->span[1], ==, 8000);

  side_waveform_set_marks (f->wave, &mark, 1);
  pixels = picture (f);
  drag (f, 305, 5, 305);
  g_assert_cmpstr (f->activated, ==, "note-7");
  g_assert_cmpint (f->sought, ==, -1);
}

/* Runs the widget's own binding for a key. */
static gboolean
press (Fixture         *f,
       guint            key,
       GdkModifierType  modifiers)
{
  GListModel *shortcuts = G_LIST_MODEL (find_controller (f, GTK_TYPE_SHORTCUT_CONTROLLER));

  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);
      GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

      if (GTK_IS_KEYVAL_TRIGGER (trigger)
          && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key
          && gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger)) == modifiers)
        return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, GTK_WIDGET (f->wave),
                                             gtk_shortcut_get_arguments (shortcut));
    }
  g_error ("no binding for %s", gdk_keyval_name (key));
}

static void
test_keys (Fixture       *f,
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
      g_assert_true (press (f, presses[i].key, presses[i].modifiers));
      g_assert_cmpint (f->sought, ==, presses[i].to);
    }
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (f->wave)));
  drag (f, 450, 100, 225);
  g_assert_true (press (f, GDK_KEY_Escape, 0));
  g_assert_false (side_waveform_get_selection (f->wave, NULL, NULL));
  g_assert_false (press (f, GDK_KEY_Escape, 0));
}

static void
test_zoom (Fixture       *f,
           gconstpointer  data)
{
  gint64 from;

  side_waveform_set_position (f->wave, 4000);
  for (int i = 0; i < 3; i++)
    press (f, GDK_KEY_plus, 0);
  g_assert_cmpint (ABS (f->wave->view_to_ms - f->wave->view_from_ms - 4096), <=, 3);
  /* What was under the playhead stays there, and a click means what is seen. */
  g_assert_cmpint (ABS (side_waveform_ms_at (f->wave, 300) - 4000), <=, 3);
  drag (f, 0, 100, 0);
  g_assert_cmpint (f->sought, ==, f->wave->view_from_ms);
  /* The picture follows the playhead out of sight. */
  from = f->wave->view_from_ms;
  side_waveform_set_position (f->wave, 7000);
  g_assert_cmpint (f->wave->view_from_ms, >, from);
  g_assert_cmpint (f->wave->view_to_ms, <=, 8000);
  for (int i = 0; i < 20; i++)
    press (f, GDK_KEY_plus, 0);
  g_assert_cmpint (f->wave->view_to_ms - f->wave->view_from_ms, ==, 2000);
  press (f, GDK_KEY_0, 0);
  g_assert_cmpint (f->wave->view_from_ms, ==, 0);
  g_assert_cmpint (f->wave->view_to_ms, ==, 8000);
}

static void
test_accessible (Fixture       *f,
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
  Fixture f = { .wave = wave, .sought = -1 };

  g_signal_connect (wave, "seek-requested", G_CALLBACK (seek_cb), &f);
  press (&f, GDK_KEY_Right, 0);
  press (&f, GDK_KEY_plus, 0);
  drag (&f, 10, 10, 90);
  drag (&f, 10, 10, 10);
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
#define ADD(name, func) g_test_add ("/waveform/" name, Fixture, NULL, setup, func, teardown)
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
