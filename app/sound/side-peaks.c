/* side-peaks.c - what a recording looks like: its level every 10 ms
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cell k of the finest level covers the frames from k·rate/100 to
 * (k+1)·rate/100, both rounded down, so that rates that are no multiple of
 * 100 Hz do not drift. Each further level gathers eight cells of the one
 * before: the extremes are exact, the RMS is the root of the mean square of
 * the eight. A question is answered from as few cells as cover it exactly: fine
 * ones at both edges, coarser ones between.
 *
 * The worker thread knows only its own copy of the paths; the object it hands
 * back does not change any more.
 */
#include "side-peaks-private.h"

#include <math.h>
#include <string.h>

#include "side-error.h"
#include "side-sound-file.h"

#define CELLS_A_SECOND (1000 / SIDE_PEAKS_CELL_MS)
#define MAX_SECONDS    (24 * 60 * 60)

G_DEFINE_FINAL_TYPE (SidePeaks, side_peaks, G_TYPE_OBJECT)

static void
side_peaks_finalize (GObject *object)
{
  SidePeaks *self = SIDE_PEAKS (object);

  for (guint level = self->mapped != NULL ? 1 : 0; level < self->n_levels; level++)
    g_free (self->cells[level]);
  g_clear_pointer (&self->mapped, g_mapped_file_unref);
  G_OBJECT_CLASS (side_peaks_parent_class)->finalize (object);
}

static void
side_peaks_class_init (SidePeaksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_peaks_finalize;
}

static void
side_peaks_init (SidePeaks *self)
{
}

static SidePeak
merge (const SidePeak *cells,
       gsize           n,
       gsize           stride)
{
  SidePeak all = cells[0];
  guint64 squares = 0;

  for (gsize i = 0; i < n; i++)
    {
      const SidePeak *cell = &cells[i * stride];

      all.min = MIN (all.min, cell->min);
      all.max = MAX (all.max, cell->max);
      squares += (guint32) cell->rms * (guint32) cell->rms;
    }
  all.rms = (gint16) (sqrtf ((float) squares / (float) n) + 0.5f);
  return all;
}

static void
build_levels (SidePeaks *self)
{
  while (self->n_levels < SIDE_PEAKS_MAX_LEVELS && self->n_cells[self->n_levels - 1] > 1)
    {
      const SidePeak *below = self->cells[self->n_levels - 1];
      gsize n_below = self->n_cells[self->n_levels - 1];
      gsize n = (n_below + SIDE_PEAKS_STEP - 1) / SIDE_PEAKS_STEP;
      SidePeak *cells = g_new (SidePeak, n * self->n_channels);

      for (gsize i = 0; i < n; i++)
        {
          gsize first = i * SIDE_PEAKS_STEP;

          for (guint c = 0; c < self->n_channels; c++)
            cells[i * self->n_channels + c] = merge (below + first * self->n_channels + c,
                                                     MIN (SIDE_PEAKS_STEP, n_below - first),
                                                     self->n_channels);
        }
      self->cells[self->n_levels] = cells;
      self->n_cells[self->n_levels] = n;
      self->n_levels++;
    }
}

/* side_peaks_new_take:
 * @cells: (transfer full): the finest level, @n_cells times @n_channels, at least one cell
 * @mapped: (nullable): the file that holds @cells, which are not freed then */
SidePeaks *
side_peaks_new_take (guint        n_channels,
                     guint        rate,
                     guint64      frames,
                     SidePeak    *cells,
                     gsize        n_cells,
                     GMappedFile *mapped)
{
  SidePeaks *self = g_object_new (SIDE_TYPE_PEAKS, NULL);

  g_assert (n_cells > 0 && n_channels > 0 && rate > 0);
  self->n_channels = n_channels;
  self->rate = rate;
  self->frames = frames;
  self->cells[0] = cells;
  self->n_cells[0] = n_cells;
  self->mapped = mapped != NULL ? g_mapped_file_ref (mapped) : NULL;
  self->n_levels = 1;
  build_levels (self);
  return self;
}

/* libsndfile only scales floating-point files to integers by their loudest
 * sample, so these are read as they are and scaled by the format's full scale. */
static gboolean
is_floating (const SF_INFO *info)
{
  switch (info->format & SF_FORMAT_SUBMASK)
    {
    case SF_FORMAT_FLOAT:
    case SF_FORMAT_DOUBLE:
    case SF_FORMAT_VORBIS:
    case SF_FORMAT_OPUS:
    case SF_FORMAT_MPEG_LAYER_I:
    case SF_FORMAT_MPEG_LAYER_II:
    case SF_FORMAT_MPEG_LAYER_III:
      return TRUE;
    default:
      return FALSE;
    }
}

typedef struct {
  SNDFILE *file;
  SF_INFO  info;
  gint16  *samples;   /* one second */
  float   *floats;    /* one second, for floating-point files */
} Reader;

static void
reader_clear (Reader *reader)
{
  g_clear_pointer (&reader->file, sf_close);
  g_clear_pointer (&reader->samples, g_free);
  g_clear_pointer (&reader->floats, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

static gboolean
reader_open (Reader      *reader,
             const char  *path,
             GError     **error)
{
  gsize second;

  reader->file = side_sound_file_open (path, &reader->info, error);
  if (reader->file == NULL)
    return FALSE;
  second = (gsize) reader->info.samplerate * (gsize) reader->info.channels;
  reader->samples = g_new (gint16, second);
  if (is_floating (&reader->info))
    reader->floats = g_new (float, second);
  return TRUE;
}

/* Reads up to one second; 0 at the end. A file cut in the middle ends there. */
static gsize
reader_next (Reader *reader)
{
  sf_count_t n;

  if (reader->floats == NULL)
    {
      n = sf_readf_short (reader->file, reader->samples, reader->info.samplerate);
      return n > 0 ? (gsize) n : 0;
    }
  n = sf_readf_float (reader->file, reader->floats, reader->info.samplerate);
  for (sf_count_t i = 0; i < n * reader->info.channels; i++)
    {
      float scaled = reader->floats[i] * 32768.0f;

      /* Written so that NaN, which a damaged file may hold, becomes silence. */
      if (scaled >= 32767.0f)
        reader->samples[i] = G_MAXINT16;
      else if (scaled > -32768.0f)
        reader->samples[i] = (gint16) lrintf (scaled);
      else
        reader->samples[i] = scaled <= -32768.0f ? G_MININT16 : 0;
    }
  return n > 0 ? (gsize) n : 0;
}

/* The cells of one second, or of what is left at the end. Returns how many. */
static gsize
scan_second (const Reader *reader,
             gsize         n_frames,
             SidePeak     *out)
{
  gsize rate = (gsize) reader->info.samplerate;
  guint n_channels = (guint) reader->info.channels;
  gsize k = 0;

  if (rate % CELLS_A_SECOND == 0)
    {
      k = n_frames / (rate / CELLS_A_SECOND);
      side_peaks_scan (reader->samples, k, rate / CELLS_A_SECOND, n_channels, out);
    }
  for (; k < CELLS_A_SECOND; k++)
    {
      gsize from = k * rate / CELLS_A_SECOND;
      gsize to = MIN ((k + 1) * rate / CELLS_A_SECOND, n_frames);

      if (from >= to)
        break;
      side_peaks_scan (reader->samples + from * n_channels, 1, to - from, n_channels, out + k * n_channels);
    }
  return k;
}

/* Room for what the header promises, if that can be: growing by doubling would
 * copy all of it and leave holes. Room that is never used is never touched. */
static guint
expected_cells (const SF_INFO *info)
{
  sf_count_t seconds = info->frames / info->samplerate + 1;

  return info->frames > 0 && seconds <= MAX_SECONDS ? (guint) (seconds + 1) * CELLS_A_SECOND * (guint) info->channels : 0;
}

typedef void (*TellFunc) (double fraction, gpointer data);

static SidePeaks *
compute (const char    *path,
         TellFunc       tell,
         gpointer       tell_data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_auto (Reader) reader = { 0 };
  g_autoptr (GArray) cells = NULL;
  guint64 frames = 0;
  guint64 size;
  gint64 mtime_us;
  gsize n;
  gsize n_cells = 0;
  guint n_channels;
  SidePeaks *self;

  /* Stamped before it is read: a change during the reading must show. */
  side_sound_file_stamp (path, &size, &mtime_us);
  if (!reader_open (&reader, path, error))
    return NULL;
  n_channels = (guint) reader.info.channels;
  cells = g_array_sized_new (FALSE, FALSE, sizeof (SidePeak), expected_cells (&reader.info));
  while ((n = reader_next (&reader)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      frames += n;
      if (frames / (guint64) reader.info.samplerate > MAX_SECONDS)
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "the recording is longer than a day");
          return NULL;
        }
      g_array_set_size (cells, (n_cells + CELLS_A_SECOND) * n_channels);
      n_cells += scan_second (&reader, n, &g_array_index (cells, SidePeak, n_cells * n_channels));
      if (tell != NULL)
        tell (MIN ((double) frames / (double) reader.info.frames, 1.0), tell_data);
      if (n < (gsize) reader.info.samplerate)
        break;
    }
  if (n_cells == 0)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "the recording holds no sound");
      return NULL;
    }
  self = side_peaks_new_take (n_channels, (guint) reader.info.samplerate, frames,
                              (SidePeak *) (gpointer) g_array_free (g_steal_pointer (&cells), FALSE), n_cells, NULL);
  self->source_size = size;
  self->source_mtime_us = mtime_us;
  return self;
}

/**
 * side_peaks_new_from_file:
 * @path: a sound file
 * @cancellable: (nullable): stops the reading
 * @error: return location
 *
 * Blocks until the whole file is read: for worker threads and tools.
 *
 * Returns: (transfer full): the peaks; %NULL with the errors of an unreadable
 *   file (%SIDE_ERROR_NOT_FOUND, %SIDE_ERROR_INVALID, %SIDE_ERROR_CORRUPT,
 *   %SIDE_ERROR_UNSUPPORTED), %SIDE_ERROR_TOO_LARGE or %G_IO_ERROR_CANCELLED
 */
SidePeaks *
side_peaks_new_from_file (const char    *path,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_return_val_if_fail (path != NULL, NULL);
  return compute (path, NULL, NULL, cancellable, error);
}

typedef struct {
  char *path;
  char *cache_path;
} Load;

static void
load_free (gpointer data)
{
  Load *load = data;

  g_free (load->path);
  g_free (load->cache_path);
  g_free (load);
}

static gpointer
load_work (gpointer          data,
           SideJobProgress   progress,
           gpointer          job,
           GCancellable     *cancellable,
           GError          **error)
{
  Load *load = data;
  g_autoptr (SidePeaks) computed = NULL;
  g_autoptr (GError) cache_error = NULL;
  SidePeaks *kept = NULL;

  if (load->cache_path != NULL)
    kept = side_peaks_new_from_cache (load->cache_path, load->path, NULL);
  if (kept != NULL)
    return kept;
  computed = compute (load->path, progress, job, cancellable, error);
  if (computed == NULL || load->cache_path == NULL)
    return g_steal_pointer (&computed);
  /* Peaks that cannot be kept are computed again next time: no failure. */
  if (!side_peaks_save (computed, load->cache_path, &cache_error))
    {
      g_info ("peaks are not kept: %s", cache_error->message);
      return g_steal_pointer (&computed);
    }
  /* Those that are kept are taken from there, which needs less memory, and only
   * after the others are gone: both at once would need the double. */
  g_clear_object (&computed);
  kept = side_peaks_new_from_cache (load->cache_path, load->path, NULL);
  return kept != NULL ? kept : compute (load->path, progress, job, cancellable, error);
}

/**
 * side_peaks_load_async:
 * @path: a sound file
 * @cache_path: (nullable): where its peaks are kept between two looks at it
 * @progress: (nullable): called while the file is read
 * @progress_data: for @progress
 * @cancellable: (nullable): stops the reading; @progress is not called after it
 * @callback: called when done
 * @user_data: for @callback
 *
 * Takes the kept peaks when they were made of this very file (by its length
 * and time) and are whole; else reads the file in a worker and keeps what came.
 */
void
side_peaks_load_async (const char          *path,
                       const char          *cache_path,
                       SideJobProgress    progress,
                       gpointer             progress_data,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  Load *load;

  g_return_if_fail (path != NULL);

  load = g_new0 (Load, 1);
  load->path = g_strdup (path);
  load->cache_path = g_strdup (cache_path);
  side_job_run_async (load_work, load, load_free, g_object_unref, progress, progress_data, cancellable, callback, user_data);
}

/**
 * side_peaks_load_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the peaks; errors as of side_peaks_new_from_file()
 */
SidePeaks *
side_peaks_load_finish (GAsyncResult  *result,
                        GError       **error)
{
  return side_job_run_finish (result, error);
}

/**
 * side_peaks_get_n_channels:
 * @self: peaks
 *
 * Returns: 1 for a mono recording, 2 for operator and customer
 */
guint
side_peaks_get_n_channels (SidePeaks *self)
{
  g_return_val_if_fail (SIDE_IS_PEAKS (self), 0);
  return self->n_channels;
}

/**
 * side_peaks_get_rate:
 * @self: peaks
 *
 * Returns: the recording's frames a second
 */
guint
side_peaks_get_rate (SidePeaks *self)
{
  g_return_val_if_fail (SIDE_IS_PEAKS (self), 0);
  return self->rate;
}

/**
 * side_peaks_get_duration_ms:
 * @self: peaks
 *
 * Returns: how long the recording really lasts, whatever its header says
 */
gint64
side_peaks_get_duration_ms (SidePeaks *self)
{
  g_return_val_if_fail (SIDE_IS_PEAKS (self), 0);
  return (gint64) (self->frames / self->rate * 1000 + self->frames % self->rate * 1000 / self->rate);
}

/* The greatest level with a cell that begins at @first of the finest level and
 * ends at or before @end. */
static guint
level_at (SidePeaks *self,
          gsize      first,
          gsize      end,
          gsize     *width)
{
  guint level = 0;

  *width = 1;
  while (level + 1 < self->n_levels
         && first % (*width * SIDE_PEAKS_STEP) == 0 && first + *width * SIDE_PEAKS_STEP <= end)
    {
      *width *= SIDE_PEAKS_STEP;
      level++;
    }
  return level;
}

/* All from @first to @end, both in cells of the finest level. */
static SidePeak
peak_between (SidePeaks *self,
              guint      channel,
              gsize      first,
              gsize      end)
{
  SidePeak all = { G_MAXINT16, G_MININT16, 0 };
  double squares = 0;
  gsize width;

  for (gsize at = first; at < end; at += width)
    {
      guint level = level_at (self, at, end, &width);
      const SidePeak *cell = &self->cells[level][at / width * self->n_channels + channel];

      all.min = MIN (all.min, cell->min);
      all.max = MAX (all.max, cell->max);
      squares += (double) cell->rms * cell->rms * (double) width;
    }
  all.rms = (gint16) (sqrt (squares / (double) (end - first)) + 0.5);
  return all;
}

/**
 * side_peaks_turn:
 * @self: peaks that nobody else has got yet
 *
 * From now on the right channel is asked for as 0 and the left one as 1: in
 * recordings of test calls the operator is on the right.
 */
void
side_peaks_turn (SidePeaks *self)
{
  g_return_if_fail (SIDE_IS_PEAKS (self));
  self->turned = self->n_channels == 2;
}

/**
 * side_peaks_query:
 * @self: peaks
 * @channel: 0 for the operator or a mono recording, 1 for the customer
 * @from_ms: where the picture starts
 * @to_ms: where it ends, after @from_ms
 * @n_columns: how many columns it has
 * @out: (out caller-allocates): one peak a column
 *
 * A column holds every cell of 10 ms that it touches, so neighbours share one
 * at most. Columns outside the recording are zero. The time it takes grows
 * with the number of columns and hardly with the length of the recording.
 */
void
side_peaks_query (SidePeaks *self,
                  guint      channel,
                  gint64     from_ms,
                  gint64     to_ms,
                  guint      n_columns,
                  SidePeak  *out)
{
  double from;
  double width;

  g_return_if_fail (SIDE_IS_PEAKS (self));
  g_return_if_fail (channel < self->n_channels);
  g_return_if_fail (from_ms < to_ms);
  g_return_if_fail (out != NULL || n_columns == 0);

  channel = self->turned ? 1 - channel : channel;
  from = (double) from_ms / SIDE_PEAKS_CELL_MS;
  width = (double) (to_ms - from_ms) / SIDE_PEAKS_CELL_MS / MAX (n_columns, 1);
  for (guint i = 0; i < n_columns; i++)
    {
      double first = floor (from + i * width);
      double end = MAX (ceil (from + (i + 1) * width), first + 1);

      first = MAX (first, 0);
      end = MIN (end, (double) self->n_cells[0]);
      out[i] = first < end ? peak_between (self, channel, (gsize) first, (gsize) end) : (SidePeak) { 0 };
    }
}
