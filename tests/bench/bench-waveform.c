/* bench-waveform.c - what zooming and scrolling an hour costs, beside one frame
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws a 60-minute two-channel recording 1200 pixels wide with its marks,
 * lanes and overview through the cairo renderer: each frame shows another part
 * of it, first magnified step by step down to two seconds, then scrolled. Times
 * are processor time. Prints the median and the 95th percentile beside the
 * 16.7 ms a frame has; fails when the latter is over 1. Needs a display.
 */
#include <adwaita.h>
#include <math.h>
#include <sndfile.h>
#include <stdlib.h>
#include <time.h>

#include "side-test.h"
#include "side-waveform-private.h"

#define RATE     8000
#define MINUTES  60
#define TOTAL_MS (MINUTES * 60000)
#define WIDTH    1200
#define HEIGHT   320
#define FRAMES   600
#define FRAME_MS (1000.0 / 60)

static double
now_ms (void)
{
  struct timespec at;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &at);
  return (double) at.tv_sec * 1e3 + (double) at.tv_nsec / 1e6;
}

static void
write_hour (const char *path)
{
  SF_INFO info = { .samplerate = RATE, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);
  g_autofree gint16 *minute = g_new (gint16, 2 * RATE * 60);

  g_assert_nonnull (file);
  for (int m = 0; m < MINUTES; m++)
    {
      for (int i = 0; i < RATE * 60; i++)
        {
          double loud = (i / (RATE * 5) + m) % 2 == 0 ? 9000 : 300;

          minute[2 * i] = (gint16) (loud * sin (i * 0.31));
          minute[2 * i + 1] = (gint16) ((9300 - loud) * sin (i * 0.17));
        }
      sf_writef_short (file, minute, RATE * 60);
    }
  sf_close (file);
}

/* Turns of five seconds, as in the sound, a mark a minute. */
static void
furnish (SideWaveform *wave)
{
  g_autoptr (SideAnalysis) analysis = side_analysis_new (2);
  static const SideHeard heard[] = { { 0, TOTAL_MS / 3, 1 }, { TOTAL_MS / 2, TOTAL_MS, 1.5 } };
  SideWaveMark marks[MINUTES];

  analysis->attribution = SIDE_ATTRIBUTION_MEASURED;
  analysis->duration_ms = TOTAL_MS;
  for (gint64 ms = 0; ms < TOTAL_MS; ms += 5000)
    {
      SideSpan span = { ms, ms + 5000 };

      g_array_append_val (side_analysis_get_side (analysis, (guint) (ms / 5000 % 2))->speech, span);
    }
  for (int i = 0; i < MINUTES; i++)
    marks[i] = (SideWaveMark) { "id", i * 60000, i * 60000 + 20000, "Greeting", { 0.15f, 0.64f, 0.41f, 1 }, TRUE };
  side_waveform_set_marks (wave, marks, MINUTES);
  side_waveform_set_analysis (wave, analysis);
  side_waveform_set_heard (wave, heard, G_N_ELEMENTS (heard), "Listened");
}

/* Returns: ms for what is seen now, from the widget to its pixels */
static double
draw (GtkWidget *window,
      GtkWidget *wave)
{
  double started = now_ms ();
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  side_waveform_draw (SIDE_WAVEFORM (wave), snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, WIDTH, HEIGHT));
  return now_ms () - started;
}

/* The part of the recording that frame @i shows. */
static void
move (SideWaveform *wave,
      int           i)
{
  if (i < FRAMES / 2)
    {
      double span = TOTAL_MS * pow (2000.0 / TOTAL_MS, (double) i / (FRAMES / 2 - 1));

      side_waveform_set_view (wave, (gint64) (0.4 * (TOTAL_MS - span)), (gint64) span);
    }
  else
    {
      gint64 span = i % 3 == 0 ? 2000 : i % 3 == 1 ? 60000 : 600000;

      side_waveform_set_view (wave, (gint64) (i - FRAMES / 2) * 5000 + 1, span);
    }
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data) && gtk_widget_get_width (data) >= WIDTH;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "hour.wav", NULL);
  g_autoptr (SidePeaks) peaks = NULL;
  GtkWidget *window, *wave;
  double times[FRAMES];
  double ratio;

  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  adw_init ();
  write_hour (path);
  peaks = side_peaks_new_from_file (path, NULL, NULL);
  g_assert_nonnull (peaks);
  side_test_rm_rf (dir);
  wave = side_waveform_new ();
  side_waveform_set_peaks (SIDE_WAVEFORM (wave), peaks);
  furnish (SIDE_WAVEFORM (wave));
  gtk_widget_set_size_request (wave, WIDTH, HEIGHT);
  window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), wave);
  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (is_mapped, wave, 10000, "the window");
  draw (window, wave);
  for (int i = 0; i < FRAMES; i++)
    {
      move (SIDE_WAVEFORM (wave), i);
      times[i] = draw (window, wave);
    }
  gtk_window_destroy (GTK_WINDOW (window));
  qsort (times, FRAMES, sizeof *times, compare);
  ratio = times[FRAMES * 95 / 100] / FRAME_MS;
  g_print ("zoom and scroll over %d min stereo at %d x %d: median %.1f ms, p95 %.1f ms; of a frame of %.1f ms: %.2f "
           "(at most 1): %s\n", MINUTES, WIDTH, HEIGHT, times[FRAMES / 2], times[FRAMES * 95 / 100], FRAME_MS, ratio,
           ratio <= 1 ? "ok" : "TOO SLOW");
  return ratio <= 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
