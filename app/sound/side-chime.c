/* side-chime.c - a short sound that calls for somebody
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reckoned, so that no file can be missing. Each tone has a second one a
 * twelfth above it and begins and ends softly: heard through the talk of a
 * room, and no click.
 */
#include "side-chime.h"

#include <gst/app/app.h>
#include <gst/gst.h>
#include <math.h>

#include "side-error.h"

#define LOUDEST 0.5        /* of full scale */
#define SOFT_S  0.008
#define LONGEST_S 10       /* a device that swallows nothing is given up */

/* A note: when, how high, how long, and how fast it fades. */
typedef struct {
  double at_s;
  double hertz;
  double length_s;
  double fade_s;      /* until a third is left; 0: not at all */
} Note;

static const Note bell[] = { { 0, 880, 1.1, 0.3 }, { 0, 1320, 0.8, 0.18 } };
static const Note rising[] = { { 0, 587.33, 0.22, 0 }, { 0.2, 739.99, 0.22, 0 }, { 0.4, 880, 0.5, 0.3 } };
static const Note urgent[] = {
  { 0, 960, 0.16, 0 }, { 0.16, 770, 0.16, 0 }, { 0.32, 960, 0.16, 0 }, { 0.48, 770, 0.16, 0 },
  { 0.64, 960, 0.16, 0 }, { 0.8, 770, 0.16, 0 }, { 0.96, 960, 0.16, 0 }, { 1.12, 770, 0.16, 0 },
};

static const struct {
  const Note *notes;
  gsize       n;
} chimes[SIDE_N_CHIMES] = {
  [SIDE_CHIME_BELL] = { bell, G_N_ELEMENTS (bell) },
  [SIDE_CHIME_RISING] = { rising, G_N_ELEMENTS (rising) },
  [SIDE_CHIME_URGENT] = { urgent, G_N_ELEMENTS (urgent) },
};

static void
add_note (const Note *note,
          float      *samples)
{
  gsize from = (gsize) (note->at_s * SIDE_CHIME_RATE), n = (gsize) (note->length_s * SIDE_CHIME_RATE);

  for (gsize i = 0; i < n; i++)
    {
      double t = (double) i / SIDE_CHIME_RATE, left = note->length_s - t;
      double level = MIN (MIN (t, left) / SOFT_S, 1);

      if (note->fade_s > 0)
        level *= exp (-t / note->fade_s);
      samples[from + i] += (float) (level * (sin (2 * G_PI * note->hertz * t) + 0.3 * sin (6 * G_PI * note->hertz * t)));
    }
}

/**
 * side_chime_new_samples:
 * @chime: which
 * @n: (out): how many
 *
 * Returns: (transfer full) (array length=n): the sound, one channel of SIDE_CHIME_RATE, full scale 1
 */
float *
side_chime_new_samples (SideChime  chime,
                        gsize     *n)
{
  double length_s = 0;
  float *samples, most = 0;

  g_return_val_if_fail (chime < SIDE_N_CHIMES && n != NULL, NULL);

  for (gsize i = 0; i < chimes[chime].n; i++)
    length_s = MAX (length_s, chimes[chime].notes[i].at_s + chimes[chime].notes[i].length_s);
  *n = (gsize) ceil (length_s * SIDE_CHIME_RATE) + 1;
  samples = g_new0 (float, *n);
  for (gsize i = 0; i < chimes[chime].n; i++)
    add_note (&chimes[chime].notes[i], samples);
  for (gsize i = 0; i < *n; i++)
    most = MAX (most, fabsf (samples[i]));
  for (gsize i = 0; i < *n; i++)
    samples[i] *= (float) LOUDEST / most;
  return samples;
}

/* ---- to be heard ---- */

static GstElement *
new_pipeline (SideChime   chime,
              GError    **error)
{
  static const char description[] = "appsrc name=src format=time caps=audio/x-raw,format=F32LE,layout=interleaved,channels=1,rate="
                                    G_STRINGIFY (SIDE_CHIME_RATE) " ! audioconvert ! audioresample ! autoaudiosink";
  GstElement *pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  g_autoptr (GstElement) src = NULL;
  GstBuffer *buffer;
  float *samples;
  gsize n = 0;

  if (pipeline == NULL)
    return NULL;
  samples = side_chime_new_samples (chime, &n);
  buffer = gst_buffer_new_wrapped (samples, n * sizeof *samples);
  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale_int (n, GST_SECOND, SIDE_CHIME_RATE);
  src = gst_bin_get_by_name (GST_BIN (pipeline), "src");
  gst_app_src_push_buffer (GST_APP_SRC (src), buffer);
  gst_app_src_end_of_stream (GST_APP_SRC (src));
  return pipeline;
}

/* Until it was heard, or somebody wants it to stop. */
static gboolean
wait_for_end (GstElement    *pipeline,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  gint64 until_us = g_get_monotonic_time () + LONGEST_S * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < until_us && !g_cancellable_is_cancelled (cancellable))
    {
      g_autoptr (GstMessage) message = gst_bus_timed_pop_filtered (bus, GST_SECOND / 10, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
      g_autoptr (GError) reason = NULL;

      if (message == NULL)
        continue;
      if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
        return TRUE;
      gst_message_parse_error (message, &reason, NULL);
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "there is no audio device to play on: %s", reason->message);
      return FALSE;
    }
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_TIMED_OUT, "the audio device takes no sound");
  return FALSE;
}

/* Opening a device may take its time. */
static void
play_thread (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  g_autoptr (GstElement) pipeline = NULL;
  GError *error = NULL;
  gboolean heard;

  if (!gst_init_check (NULL, NULL, &error) || (pipeline = new_pipeline ((SideChime) GPOINTER_TO_INT (data), &error)) == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  heard = wait_for_end (pipeline, cancellable, &error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  if (heard)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * side_chime_play_async:
 * @chime: which
 * @cancellable: (nullable): to silence it
 * @callback: called when it was heard, or could not be
 * @user_data: for it
 *
 * Plays it on the system's own output.
 */
void
side_chime_play_async (SideChime            chime,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (chime < SIDE_N_CHIMES);

  g_task_set_source_tag (task, side_chime_play_async);
  g_task_set_task_data (task, GINT_TO_POINTER (chime), NULL);
  g_task_run_in_thread (task, play_thread);
}

/**
 * side_chime_play_finish:
 * @result: what the callback was given
 * @error: SIDE_ERROR_UNSUPPORTED without a device, SIDE_ERROR_TIMED_OUT for one that takes nothing
 *
 * Returns: whether it was heard
 */
gboolean
side_chime_play_finish (GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
