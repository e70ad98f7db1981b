/* side-analyse.c - listens to a recording and says what can be known of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the file and feeds its channels to their tracks; what follows from them
 * is concluded in side-analyse-conclude.c. The worker thread knows only its
 * own copy of what was asked; the result does not change any more.
 */
#include "side-analyse-private.h"

#include <math.h>

#include "side-conversation.h"
#include "side-error.h"
#include "side-sound-file.h"
#include "side-speech-track.h"
#include "side-vad.h"

#define BLOCK       4096
#define MAX_SECONDS (24 * 60 * 60)
#define MAX_RATE    768000

/**
 * side_analyse_version:
 *
 * Returns: (transfer none): the algorithm's number and its detector. A result
 *   with another version should be made anew.
 */
const char *
side_analyse_version (void)
{
  return G_STRINGIFY (SIDE_SPEECH_TRACK_VERSION) "-" SIDE_VAD_NAME;
}

/* One file being read. */
typedef struct {
  SNDFILE   *file;
  SF_INFO    info;
  float     *block;      /* as in the file: channel by channel for each instant */
  float     *one;        /* one channel of it */
  GPtrArray *loudness;   /* of SideLoudness */
  double     xx, yy, xy; /* of the first two channels */
  gboolean   turned;     /* these two stand the other way round */
  SideHeard  heard;
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->file, sf_close);
  g_clear_pointer (&reading->block, g_free);
  g_clear_pointer (&reading->one, g_free);
  g_clear_pointer (&reading->loudness, g_ptr_array_unref);
  g_clear_pointer (&reading->heard.tracks, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
reading_open (Reading     *reading,
              const char  *path,
              GError     **error)
{
  guint channels;

  reading->file = side_sound_file_open (path, &reading->info, error);
  if (reading->file == NULL)
    return FALSE;
  /* A forged header must not make the resampler ask for gigabytes. */
  if (reading->info.samplerate > MAX_RATE)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "the recording has %d samples a second", reading->info.samplerate);
      return FALSE;
    }
  channels = (guint) reading->info.channels;
  reading->heard.channels = channels;
  reading->heard.rate = (guint) reading->info.samplerate;
  reading->heard.tracks = g_ptr_array_new_with_free_func ((GDestroyNotify) side_track_free);
  reading->loudness = g_ptr_array_new_with_free_func ((GDestroyNotify) side_loudness_free);
  for (guint c = 0; c < channels; c++)
    {
      g_ptr_array_add (reading->heard.tracks, side_track_new (reading->heard.rate, reading->info.frames / reading->info.samplerate));
      g_ptr_array_add (reading->loudness, side_loudness_new (reading->heard.rate));
    }
  reading->block = g_new (float, (gsize) BLOCK * channels);
  reading->one = g_new (float, BLOCK);
  return TRUE;
}

/* How alike the first two channels are: sums of BLOCK products at a time. */
static void
compare_channels (Reading *reading,
                  gsize    n)
{
  guint channels = reading->heard.channels;
  float xx = 0, yy = 0, xy = 0;

  for (gsize i = 0; i < n; i++)
    {
      float x = reading->block[i * channels];
      float y = reading->block[i * channels + 1];

      xx += x * x;
      yy += y * y;
      xy += x * y;
    }
  reading->xx += (double) xx;
  reading->yy += (double) yy;
  reading->xy += (double) xy;
}

static void
take_block (Reading *reading,
            gsize    n)
{
  guint channels = reading->heard.channels;

  /* Written so that NaN, which a damaged file may hold, becomes silence. */
  for (gsize i = 0; i < n * channels; i++)
    if (!(reading->block[i] > -8.0f && reading->block[i] < 8.0f))
      reading->block[i] = 0;
  if (channels == 2)
    compare_channels (reading, n);
  for (guint c = 0; c < channels; c++)
    {
      for (gsize i = 0; i < n; i++)
        reading->one[i] = reading->block[i * channels + (reading->turned ? 1 - c : c)];
      side_track_feed (g_ptr_array_index (reading->heard.tracks, c), reading->one, n);
      side_loudness_feed (g_ptr_array_index (reading->loudness, c), reading->one, n);
    }
  reading->heard.frames += n;
}

static void
reading_end (Reading *reading)
{
  for (guint c = 0; c < reading->heard.channels; c++)
    {
      side_track_end (g_ptr_array_index (reading->heard.tracks, c));
      reading->heard.loudness[c] = side_loudness_end (g_ptr_array_index (reading->loudness, c));
    }
  if (reading->xx > 0 && reading->yy > 0)
    reading->heard.likeness = reading->xy / sqrt (reading->xx * reading->yy);
}

/* A file cut in the middle ends there; what its header says is only good for
 * the progress. */
static gboolean
read_all (Reading              *reading,
          SideJobProgress       progress,
          gpointer              progress_data,
          GCancellable         *cancellable,
          GError              **error)
{
  double told = 0;
  sf_count_t n;

  while ((n = sf_readf_float (reading->file, reading->block, BLOCK)) > 0)
    {
      double fraction;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      take_block (reading, (gsize) n);
      if (reading->heard.frames / reading->heard.rate > MAX_SECONDS)
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "the recording is longer than a day");
          return FALSE;
        }
      fraction = MIN ((double) reading->heard.frames / (double) reading->info.frames, 1.0);
      if (progress != NULL && fraction >= told + 0.01)
        progress (told = fraction, progress_data);
    }
  if (reading->heard.frames > 0)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "the recording holds no sound");
  return FALSE;
}

/**
 * side_analyse_file:
 * @path: a sound file
 * @options: (nullable): what else is known
 * @progress: (nullable) (scope call): called in this thread while the file is read
 * @progress_data: for @progress
 * @cancellable: (nullable): stops the reading
 * @error: return location
 *
 * Blocks until the whole file is heard, some hundred times faster than it
 * plays: for worker threads and tools.
 *
 * Returns: (transfer full): what can be known; %NULL with the errors of an
 *   unreadable file (%SIDE_ERROR_NOT_FOUND, %SIDE_ERROR_INVALID,
 *   %SIDE_ERROR_CORRUPT, %SIDE_ERROR_UNSUPPORTED), %SIDE_ERROR_TOO_LARGE or
 *   %G_IO_ERROR_CANCELLED
 */
SideAnalysis *
side_analyse_file (const char                *path,
                   const SideAnalyseOptions  *options,
                   SideJobProgress            progress,
                   gpointer                   progress_data,
                   GCancellable              *cancellable,
                   GError                   **error)
{
  const SideAnalyseOptions none = { 0 };
  g_auto (Reading) reading = { 0 };
  SideAnalysis *analysis;

  g_return_val_if_fail (path != NULL, NULL);

  if (!reading_open (&reading, path, error))
    return NULL;
  reading.turned = options != NULL && options->turned && reading.heard.channels == 2;
  if (!read_all (&reading, progress, progress_data, cancellable, error))
    return NULL;
  reading_end (&reading);
  analysis = _side_analyse_conclude (&reading.heard, options != NULL ? options : &none);
  if (progress != NULL)
    progress (1, progress_data);
  return analysis;
}

/* One side_analyse_file_async(). */
typedef struct {
  char               *path;
  SideAnalyseOptions  options;
  GArray             *masked;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->path);
  g_array_unref (order->masked);
  g_free (order);
}

static gpointer
order_work (gpointer          data,
            SideJobProgress   progress,
            gpointer          job,
            GCancellable     *cancellable,
            GError          **error)
{
  Order *order = data;

  return side_analyse_file (order->path, &order->options, progress, job, cancellable, error);
}

static void
free_analysis (gpointer data)
{
  side_analysis_unref (data);
}

/**
 * side_analyse_file_async:
 * @path: a sound file
 * @options: (nullable): what else is known; copied
 * @progress: (nullable): called on this main context, not after the result
 * @progress_data: for @progress
 * @cancellable: (nullable): stops the reading; @progress is not called after it
 * @callback: called when done
 * @user_data: for @callback
 *
 * side_analyse_file() in a worker thread.
 */
void
side_analyse_file_async (const char                *path,
                         const SideAnalyseOptions  *options,
                         SideJobProgress            progress,
                         gpointer                   progress_data,
                         GCancellable              *cancellable,
                         GAsyncReadyCallback        callback,
                         gpointer                   user_data)
{
  Order *order;

  g_return_if_fail (path != NULL);

  order = g_new0 (Order, 1);
  order->path = g_strdup (path);
  order->masked = side_spans_new ();
  if (options != NULL)
    {
      order->options = *options;
      if (options->masked != NULL)
        g_array_append_vals (order->masked, options->masked->data, options->masked->len);
      order->options.masked = order->masked;
    }
  side_job_run_async (order_work, order, order_free, free_analysis, progress, progress_data, cancellable, callback, user_data);
}

/**
 * side_analyse_file_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): what can be known; errors as of side_analyse_file()
 */
SideAnalysis *
side_analyse_file_finish (GAsyncResult  *result,
                          GError       **error)
{
  return side_job_run_finish (result, error);
}
