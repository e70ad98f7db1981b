/* waveform-place.c - a waveform in a window, and hands and eyes for it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gestures are given what a pointer would give them; keys run the widget's
 * own bindings.
 */
#include "waveform-place.h"

#include <adwaita.h>
#include <math.h>
#include <sndfile.h>

#include "side-test.h"
#include "side-widget-test.h"

void
waveform_place_seek_cb (SideWaveform  *wave,
                        gint64         ms,
                        WaveformPlace *f)
{
  f->sought = ms;
}

static void
span_cb (SideWaveform  *wave,
         gint64         from_ms,
         gint64         to_ms,
         WaveformPlace *f)
{
  f->span[0] = from_ms;
  f->span[1] = to_ms;
}

static void
activated_cb (SideWaveform  *wave,
              const char    *id,
              WaveformPlace *f)
{
  g_free (f->activated);
  f->activated = g_strdup (id);
}

static void
changed_cb (SideWaveform  *wave,
            const char    *id,
            gint64         from_ms,
            gint64         to_ms,
            WaveformPlace *f)
{
  activated_cb (wave, id, f);
  span_cb (wave, from_ms, to_ms, f);
  f->n_changed++;
}

static void
view_cb (SideWaveform  *wave,
         gint64         from_ms,
         gint64         to_ms,
         WaveformPlace *f)
{
  gint64 from, to;

  g_object_get (wave, "view-from-ms", &from, "view-to-ms", &to, NULL);
  g_assert_cmpint (from, ==, from_ms);
  g_assert_cmpint (to, ==, to_ms);
  f->n_views++;
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

void
waveform_place_setup (WaveformPlace *f,
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
  g_signal_connect (f->wave, "seek-requested", G_CALLBACK (waveform_place_seek_cb), f);
  g_signal_connect (f->wave, "span-selected", G_CALLBACK (span_cb), f);
  g_signal_connect (f->wave, "mark-activated", G_CALLBACK (activated_cb), f);
  g_signal_connect (f->wave, "mark-changed", G_CALLBACK (changed_cb), f);
  g_signal_connect (f->wave, "view-changed", G_CALLBACK (view_cb), f);
  f->window = gtk_window_new ();
  gtk_widget_set_size_request (GTK_WIDGET (f->wave), WIDTH, HEIGHT);
  gtk_widget_set_halign (GTK_WIDGET (f->wave), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (f->wave), GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->wave));
  gtk_window_present (GTK_WINDOW (f->window));
  side_test_wait_until (has_size, f->wave, 10000, "the waveform to get its size");
}

void
waveform_place_teardown (WaveformPlace *f,
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
guint32 *
waveform_place_picture (WaveformPlace *f)
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
guint
waveform_place_count (const guint32 *pixels,
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

GtkEventController *
waveform_place_controller (WaveformPlace *f,
                           GType          type)
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

void
waveform_place_drag (WaveformPlace *f,
                     double         x,
                     double         y,
                     double         to_x)
{
  GtkEventController *gesture = waveform_place_controller (f, GTK_TYPE_GESTURE_DRAG);

  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  if (to_x != x)
    g_signal_emit_by_name (gesture, "drag-update", (to_x - x) / 2, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", to_x - x, 0.0);
}

/* Runs the widget's own binding for a key. */
gboolean
waveform_place_press (WaveformPlace   *f,
                      guint            key,
                      GdkModifierType  modifiers)
{
  return side_widget_test_press (GTK_WIDGET (f->wave), key, modifiers);
}
