/* test-chime.c - sounds that call: no click, not too loud, each another one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-chime.h"
#include "side-error.h"
#include "side-test.h"

static double
strength (const float *samples,
          gsize        n,
          double       hertz)
{
  double re = 0, im = 0;

  for (gsize i = 0; i < n; i++)
    {
      re += (double) samples[i] * cos (2 * G_PI * hertz * (double) i / SIDE_CHIME_RATE);
      im += (double) samples[i] * sin (2 * G_PI * hertz * (double) i / SIDE_CHIME_RATE);
    }
  return 2 * hypot (re, im) / (double) n;
}

static void
test_samples (void)
{
  static const double hertz[SIDE_N_CHIMES] = { 880, 739.99, 960 };
  static const double seconds[SIDE_N_CHIMES] = { 1.1, 0.9, 1.28 };

  for (int i = 0; i < SIDE_N_CHIMES; i++)
    {
      gsize n = 0;
      g_autofree float *samples = side_chime_new_samples ((SideChime) i, &n);
      float most = 0, step = 0;

      for (gsize k = 0; k < n; k++)
        {
          most = MAX (most, fabsf (samples[k]));
          step = MAX (step, k > 0 ? fabsf (samples[k] - samples[k - 1]) : 0);
        }
      g_assert_cmpfloat_with_epsilon ((double) n / SIDE_CHIME_RATE, seconds[i], 0.01);
      g_assert_cmpfloat_with_epsilon (most, 0.5, 1e-4);
      /* It begins and ends in silence, and nowhere does it jump further than its highest tone can. */
      g_assert_cmpfloat (fabsf (samples[0]), <, 1e-3);
      g_assert_cmpfloat (fabsf (samples[n - 1]), <, 1e-3);
      g_assert_cmpfloat (step, <, 0.2);
      g_assert_cmpfloat (strength (samples, n, hertz[i]), >, 0.05);
      g_assert_cmpfloat (strength (samples, n, 333), <, 0.02);
    }
}

/* Here there is most often no device: then that is said, and soon. */
static void
test_play (void)
{
  g_autoptr (GAsyncResult) played = NULL, stopped = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  side_chime_play_async (SIDE_CHIME_BELL, NULL, side_test_async_cb, &played);
  if (!side_chime_play_finish (side_test_wait_result (&played, 15000, "the sound to end"), &error))
    g_assert_true (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED) || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_TIMED_OUT));
  g_clear_error (&error);
  g_cancellable_cancel (cancellable);
  side_chime_play_async (SIDE_CHIME_URGENT, cancellable, side_test_async_cb, &stopped);
  g_assert_false (side_chime_play_finish (side_test_wait_result (&stopped, 5000, "the sound to stop"), &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chime/samples", test_samples);
  g_test_add_func ("/chime/play", test_play);
  return g_test_run ();
}
