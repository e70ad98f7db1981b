/* bench-opening.c - from opening a long recording to its first drawn waveform
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An hour whose peaks are kept: from asking for them to the end of the frame
 * that shows them, held against reading them from the disk and one frame. Then
 * three hours nobody has opened yet: by how much memory grows while they are
 * drawn, played here and there, and listened to in the background. Times are
 * of the clock. Needs a display.
 */
#include <adwaita.h>
#include <gst/gst.h>
#include <math.h>
#include <sndfile.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "side-analyst.h"
#include "side-player.h"
#include "side-test.h"
#include "side-waveform.h"

#define RATE      8000
#define ROUNDS    21
#define WIDTH     1200
#define HEIGHT    320
#define FRAME_MS  (1000.0 / 60)
#define LIMIT     1.5
#define LIMIT_MB  40.0

static void
write_minutes (const char *path,
               int         minutes)
{
  SF_INFO info = { .samplerate = RATE, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);
  g_autofree gint16 *minute = g_new (gint16, 2 * RATE * 60);

  g_assert_nonnull (file);
  for (int m = 0; m < minutes; m++)
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

typedef struct {
  SideWaveform *wave;
  gboolean      shown;     /* the peaks are in the widget */
  gboolean      painted;   /* and a frame with them is done */
} Opening;

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       data)
{
  Opening *opening = data;

  opening->painted = opening->shown;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Opening *opening = data;
  g_autoptr (SidePeaks) peaks = side_peaks_load_finish (result, NULL);

  g_assert_nonnull (peaks);
  side_waveform_set_peaks (opening->wave, peaks);
  opening->shown = TRUE;
}

static gboolean
is_painted (gpointer data)
{
  return ((Opening *) data)->painted;
}

static gboolean
is_mapped (gpointer widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_get_width (widget) >= WIDTH;
}

static double
open_once (Opening    *opening,
           const char *path,
           const char *cache)
{
  gint64 started;

  side_waveform_set_peaks (opening->wave, NULL);
  side_test_run_for (100);
  opening->shown = opening->painted = FALSE;
  started = g_get_monotonic_time ();
  side_peaks_load_async (path, cache, NULL, NULL, NULL, loaded_cb, opening);
  while (!opening->painted)
    g_main_context_iteration (NULL, TRUE);
  return (double) (g_get_monotonic_time () - started) / 1000;
}

static double
read_once (const char *path,
           const char *cache)
{
  gint64 started = g_get_monotonic_time ();
  g_autoptr (SidePeaks) peaks = side_peaks_new_from_cache (cache, path, NULL);

  g_assert_nonnull (peaks);
  return (double) (g_get_monotonic_time () - started) / 1000;
}

static int
compare (const void *a,
         const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Of an hour with its peaks kept. Returns: the ratio */
static double
measure_opening (Opening    *opening,
                 const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "hour.wav", NULL);
  g_autofree char *cache = g_build_filename (dir, "hour.peaks", NULL);
  g_autoptr (SidePeaks) peaks = NULL;
  double opened[ROUNDS], read[ROUNDS], ratio;

  write_minutes (path, 60);
  peaks = side_peaks_new_from_file (path, NULL, NULL);
  g_assert_true (side_peaks_save (peaks, cache, NULL));
  open_once (opening, path, cache);
  for (int i = 0; i < ROUNDS; i++)
    {
      read[i] = read_once (path, cache);
      opened[i] = open_once (opening, path, cache);
    }
  qsort (opened, ROUNDS, sizeof *opened, compare);
  qsort (read, ROUNDS, sizeof *read, compare);
  ratio = opened[ROUNDS / 2] / (read[ROUNDS / 2] + FRAME_MS);
  g_print ("first waveform of 60 min: %.1f ms; reading its peaks %.1f ms and a frame %.1f ms; ratio %.2f (at most %.1f): %s\n",
           opened[ROUNDS / 2], read[ROUNDS / 2], FRAME_MS, ratio, LIMIT, ratio <= LIMIT ? "ok" : "TOO SLOW");
  return ratio;
}

static double
memory (const char *what)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, what);
  return line != NULL ? g_ascii_strtod (line + strlen (what) + 1, NULL) / 1024 : 0;
}

static gpointer
make_sink (gpointer data)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", TRUE, NULL);
  return sink;
}

static void
analysed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideAnalysis) analysis = side_analyst_ask_finish (result, NULL);

  g_assert_nonnull (analysis);
  *(gboolean *) data = TRUE;
}

static gboolean
is_set (gpointer data)
{
  return *(gboolean *) data;
}

/* Everything the page of a call does with a recording. */
static void
use (Opening    *opening,
     const char *dir,
     int         minutes)
{
  g_autofree char *path = g_strdup_printf ("%s/%d.wav", dir, minutes);
  g_autofree char *cache = g_strdup_printf ("%s/%d.peaks", dir, minutes);
  g_autoptr (SidePlayer) player = side_player_new_with_sink (make_sink, NULL);
  gboolean analysed = FALSE;

  opening->shown = opening->painted = FALSE;
  side_player_open (player, path);
  side_peaks_load_async (path, cache, NULL, NULL, NULL, loaded_cb, opening);
  side_analyst_ask_async (path, NULL, analysed_cb, &analysed);
  side_player_play (player);
  side_test_wait_until (is_painted, opening, 60000, "the waveform");
  for (int i = 1; i < 18; i++)
    {
      side_player_seek (player, minutes * 60000 / 18 * i);
      side_test_run_for (200);
    }
  side_test_wait_until (is_set, &analysed, 120000, "the analysis");
  side_player_close (player);
}

/* What the first recording brings with it, codecs and threads, is not what a long one costs. */
static double
measure_memory (Opening    *opening,
                const char *dir)
{
  g_autofree char *brief = g_build_filename (dir, "1.wav", NULL);
  g_autofree char *path = g_build_filename (dir, "180.wav", NULL);
  double before, grown;
  FILE *clear;

  write_minutes (brief, 1);
  write_minutes (path, 180);
  use (opening, dir, 1);
  /* proc(5): 5 sets the greatest size there was to the present one. */
  clear = fopen ("/proc/self/clear_refs", "w");
  if (clear != NULL)
    {
      fputs ("5", clear);
      fclose (clear);
    }
  before = memory ("VmRSS:");
  use (opening, dir, 180);
  grown = memory ("VmHWM:") - before;
  g_print ("three hours opened, played and listened to: %.1f MB more (under %.0f): %s\n", grown, LIMIT_MB,
           grown < LIMIT_MB ? "ok" : "TOO MUCH");
  return grown;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = side_test_tmp_dir ();
  Opening opening = { 0 };
  GtkWidget *window;
  double ratio, grown;

  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  gst_init (&argc, &argv);
  adw_init ();
  opening.wave = SIDE_WAVEFORM (side_waveform_new ());
  gtk_widget_set_size_request (GTK_WIDGET (opening.wave), WIDTH, HEIGHT);
  window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (opening.wave));
  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (is_mapped, opening.wave, 10000, "the window");
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), &opening);
  ratio = measure_opening (&opening, dir);
  grown = measure_memory (&opening, dir);
  gtk_window_destroy (GTK_WINDOW (window));
  side_test_run_for (200);
  side_test_rm_rf (dir);
  return ratio <= LIMIT && grown < LIMIT_MB ? EXIT_SUCCESS : EXIT_FAILURE;
}
