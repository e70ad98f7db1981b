/* side-export.c - cuts recordings and writes them to a file for others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads by side_sound_file_open(), writes by libsndfile, block by block, into
 * a file beside the wanted one that takes its name when it is whole. Nothing of
 * the original's other chunks and tags goes with it.
 */
#include "side-export-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-error.h"
#include "side-file.h"
#include "side-hash.h"
#include "side-sound-file.h"

#define BLOCK_FRAMES 16384

static void
piece_free (gpointer data)
{
  SideExportPiece *piece = data;

  g_free (piece->path);
  g_array_unref (piece->blanks);
  g_free (piece);
}

/**
 * side_export_new:
 * @format: how it is to be written
 *
 * Returns: (transfer full): an export without anything in it
 */
SideExport *
side_export_new (SideExportFormat format)
{
  SideExport *self = g_new0 (SideExport, 1);

  self->format = format;
  self->pieces = g_ptr_array_new_with_free_func (piece_free);
  return self;
}

/**
 * side_export_free:
 * @self: (nullable): an export
 */
void
side_export_free (SideExport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->pieces);
  g_free (self);
}

/**
 * side_export_add:
 * @self: an export
 * @path: a recording
 * @from_ms: where the piece begins
 * @to_ms: where it ends; 0 for the recording's end
 *
 * A second piece and those after it follow a short silence.
 */
void
side_export_add (SideExport *self,
                 const char *path,
                 gint64      from_ms,
                 gint64      to_ms)
{
  SideExportPiece *piece;

  g_return_if_fail (self != NULL && path != NULL);
  g_return_if_fail (from_ms >= 0 && (to_ms == 0 || to_ms > from_ms));
  piece = g_new0 (SideExportPiece, 1);
  piece->path = g_strdup (path);
  piece->from_ms = from_ms;
  piece->to_ms = to_ms;
  piece->blanks = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  g_ptr_array_add (self->pieces, piece);
}

/**
 * side_export_blank:
 * @self: an export with a piece
 * @from_ms: position in the recording of the piece added last
 * @to_ms: its end
 *
 * The span is digital silence in what is written, on every channel.
 */
void
side_export_blank (SideExport *self,
                   gint64      from_ms,
                   gint64      to_ms)
{
  SideSpan span = { from_ms, to_ms };
  SideExportPiece *piece;

  g_return_if_fail (self != NULL && self->pieces->len > 0);
  g_return_if_fail (from_ms >= 0 && to_ms > from_ms);
  piece = g_ptr_array_index (self->pieces, self->pieces->len - 1);
  g_array_append_val (piece->blanks, span);
}

/**
 * side_export_change_voices:
 * @self: an export
 * @semitones: up, or down when negative; -12..12, 0 for voices as they are
 *
 * Hides who speaks from those who know the voice. It does not hide it from
 * somebody who takes the trouble to change it back.
 */
void
side_export_change_voices (SideExport *self,
                           double      semitones)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (semitones >= -12 && semitones <= 12);
  self->semitones = semitones;
}

/**
 * side_exported_free:
 * @self: (nullable): what was written; gone if it was held and never placed
 */
void
side_exported_free (SideExported *self)
{
  if (self == NULL)
    return;
  g_free (self->sha256);
  g_array_unref (self->starts_ms);
  g_clear_pointer (&self->held, side_new_file_free);
  g_free (self);
}

/* Writing */

typedef struct {
  const SideExport *job;
  SNDFILE          *file;
  SF_INFO           info;
  SideJobProgress   progress;
  gpointer          progress_data;
  GCancellable     *cancellable;
  gint64            written;      /* frames */
  guint             done;         /* pieces */
  gboolean          cut_off;
} Writing;

/* The least rate of the format's that is not below the wanted one, else the greatest. */
static int
rate_for (SideExportFormat format,
          int              wanted)
{
  static const int mp3[] = { 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000 };
  static const int opus[] = { 8000, 12000, 16000, 24000, 48000 };
  const int *rates = format == SIDE_EXPORT_MP3 ? mp3 : opus;
  gsize n = format == SIDE_EXPORT_MP3 ? G_N_ELEMENTS (mp3) : G_N_ELEMENTS (opus);

  if (format == SIDE_EXPORT_WAV || format == SIDE_EXPORT_FLAC)
    return wanted;
  for (gsize i = 0; i < n; i++)
    if (rates[i] >= wanted)
      return rates[i];
  return rates[n - 1];
}

/* A-law stays A-law: what was 64 kbit/s on the line is not made twice as long. */
static int
format_for (const SideExport *self,
            const SF_INFO    *source)
{
  int coding = source->format & SF_FORMAT_SUBMASK;

  switch (self->format)
    {
    case SIDE_EXPORT_FLAC:
      return SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    case SIDE_EXPORT_MP3:
      return SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III;
    case SIDE_EXPORT_OPUS:
      return SF_FORMAT_OGG | SF_FORMAT_OPUS;
    case SIDE_EXPORT_WAV:
    default:
      if (self->pieces->len == 1 && self->semitones == 0 && (coding == SF_FORMAT_ALAW || coding == SF_FORMAT_ULAW))
        return SF_FORMAT_WAV | coding;
      return SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    }
}

/* A span that lies nowhere in the recording is a slip, and what was to be
 * silenced would be given away. */
static gboolean
check_blanks (const SideExportPiece  *piece,
              const SF_INFO          *info,
              GError                **error)
{
  for (guint i = 0; i < piece->blanks->len; i++)
    if (g_array_index (piece->blanks, SideSpan, i).from_ms * info->samplerate / 1000 >= info->frames)
      {
        g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "a span to blank begins after the recording's end");
        return FALSE;
      }
  return TRUE;
}

/* Looks at all pieces first: what cannot be read is told before anything is written. */
static gboolean
plan (const SideExport  *self,
      SF_INFO           *out,
      GError           **error)
{
  *out = (SF_INFO) { 0 };
  if (self->pieces->len == 0)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "there is nothing to export");
      return FALSE;
    }
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const SideExportPiece *piece = g_ptr_array_index (self->pieces, i);
      SF_INFO info;
      SNDFILE *file = side_sound_file_open (piece->path, &info, error);

      if (file == NULL)
        return FALSE;
      sf_close (file);
      if (info.channels > 2)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "a recording of %d channels cannot be exported", info.channels);
          return FALSE;
        }
      if (piece->from_ms * info.samplerate / 1000 >= info.frames)
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "the part begins after the recording's end");
          return FALSE;
        }
      if (!check_blanks (piece, &info, error))
        return FALSE;
      if (i == 0)
        {
          out->samplerate = rate_for (self->format, info.samplerate);
          out->format = format_for (self, &info);
        }
      out->channels = MAX (out->channels, info.channels);
    }
  return TRUE;
}

static gboolean
write_failed (SNDFILE  *file,
              int       saved_errno,
              GError  **error)
{
  if (saved_errno == ENOSPC || saved_errno == EDQUOT)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FULL, "there is no room left for the exported file");
  else
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "the exported file cannot be written: %s",
                 saved_errno != 0 ? g_strerror (saved_errno) : sf_strerror (file));
  return FALSE;
}

static gboolean
put (Writing       *writing,
     const GArray  *samples,
     GError       **error)
{
  sf_count_t n = (sf_count_t) samples->len / writing->info.channels;

  if (n == 0)
    return TRUE;
  errno = 0;
  if (sf_writef_short (writing->file, (const gint16 *) (gconstpointer) samples->data, n) != n)
    return write_failed (writing->file, errno, error);
  writing->written += n;
  return TRUE;
}

/* A mono piece among stereo ones is heard on both sides. */
static void
spread (GArray       *block,
        const gint16 *samples,
        gsize         n_frames,
        guint         from,
        guint         to)
{
  g_array_set_size (block, 0);
  if (from == to)
    {
      g_array_append_vals (block, samples, (guint) (n_frames * from));
      return;
    }
  for (gsize i = 0; i < n_frames; i++)
    for (guint c = 0; c < to; c++)
      g_array_append_val (block, samples[i]);
}

/* To the piece's first frame; a codec that cannot be sought in is read up to it. */
static gboolean
go_to (SNDFILE       *file,
       const SF_INFO *info,
       gint64         frame,
       gint16        *scratch)
{
  if (frame == 0 || (info->seekable && sf_seek (file, frame, SEEK_SET) == frame))
    return TRUE;
  while (frame > 0)
    {
      sf_count_t n = sf_readf_short (file, scratch, MIN (frame, BLOCK_FRAMES));
      if (n <= 0)
        return FALSE;
      frame -= n;
    }
  return TRUE;
}

static void
tell (Writing *writing,
      double   of_piece)
{
  if (writing->progress != NULL)
    writing->progress ((writing->done + CLAMP (of_piece, 0, 1)) / writing->job->pieces->len, writing->progress_data);
}

/* One block of a piece through all that is to happen to it.
 * @spare: as @block, for what comes out of a step */
static gboolean
shape_and_put (Writing          *writing,
               SideVoiceChanger *voices,
               SideResampler    *resampler,
               GArray           *block,
               GArray           *spare,
               gboolean          last,
               GError          **error)
{
  guint channels = (guint) writing->info.channels;
  GArray *now = block, *next = spare, *swap;

  if (voices != NULL)
    {
      g_array_set_size (next, 0);
      side_voice_changer_push (voices, (const gint16 *) (gconstpointer) now->data, now->len / channels, last, next);
      swap = now, now = next, next = swap;
    }
  if (resampler != NULL)
    {
      g_array_set_size (next, 0);
      side_resampler_push (resampler, (const gint16 *) (gconstpointer) now->data, now->len / channels, last, next);
      swap = now, now = next, next = swap;
    }
  return put (writing, now, error);
}

/* What its header promises is not there. */
static gboolean
is_cut_off (GError **error)
{
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "the recording is cut off before the part begins");
  return FALSE;
}

static gboolean
copy_piece (Writing                *writing,
            const SideExportPiece  *piece,
            SNDFILE                *file,
            const SF_INFO          *info,
            GError                **error)
{
  gint64 at = piece->from_ms * info->samplerate / 1000;
  gint64 end = piece->to_ms > 0 ? MIN (piece->to_ms * info->samplerate / 1000, info->frames) : info->frames;
  guint channels = (guint) writing->info.channels;
  g_autofree gint16 *samples = g_new (gint16, BLOCK_FRAMES * (gsize) info->channels);
  g_autoptr (GArray) block = g_array_sized_new (FALSE, FALSE, sizeof (gint16), BLOCK_FRAMES * channels);
  g_autoptr (GArray) spare = g_array_sized_new (FALSE, FALSE, sizeof (gint16), BLOCK_FRAMES * channels);
  g_autoptr (SideVoiceChanger) voices = NULL;
  g_autoptr (SideResampler) resampler = NULL;
  gint64 begin = at;

  if (writing->job->semitones != 0)
    voices = side_voice_changer_new ((guint) info->samplerate, channels, writing->job->semitones);
  if (info->samplerate != writing->info.samplerate)
    resampler = side_resampler_new ((guint) info->samplerate, (guint) writing->info.samplerate, channels);
  if (!go_to (file, info, at, samples))
    return is_cut_off (error);
  while (at < end)
    {
      sf_count_t n = sf_readf_short (file, samples, MIN (BLOCK_FRAMES, end - at));

      if (g_cancellable_set_error_if_cancelled (writing->cancellable, error))
        return FALSE;
      if (n <= 0 && at == begin)
        return is_cut_off (error);
      if (n <= 0)
        {
          writing->cut_off = TRUE;
          break;
        }
      side_blank_spans (samples, (gsize) n, (guint) info->channels, (guint) info->samplerate, at, piece->blanks);
      spread (block, samples, (gsize) n, (guint) info->channels, channels);
      if (!shape_and_put (writing, voices, resampler, block, spare, FALSE, error))
        return FALSE;
      at += n;
      tell (writing, (double) (at - begin) / (double) MAX (1, end - begin));
    }
  g_array_set_size (block, 0);
  return shape_and_put (writing, voices, resampler, block, spare, TRUE, error);
}

static gboolean
put_gap (Writing  *writing,
         GError  **error)
{
  g_autoptr (GArray) gap = g_array_new (FALSE, TRUE, sizeof (gint16));

  g_array_set_size (gap, (guint) (writing->info.samplerate * SIDE_EXPORT_GAP_MS / 1000 * writing->info.channels));
  return put (writing, gap, error);
}

static gint64
written_ms (const Writing *writing)
{
  return writing->written * 1000 / writing->info.samplerate;
}

static gboolean
write_pieces (Writing  *writing,
              GArray   *starts_ms,
              GError  **error)
{
  for (guint i = 0; i < writing->job->pieces->len; i++, writing->done++)
    {
      const SideExportPiece *piece = g_ptr_array_index (writing->job->pieces, i);
      gint64 start_ms;
      SF_INFO info;
      SNDFILE *file;
      gboolean copied;

      if (i > 0 && !put_gap (writing, error))
        return FALSE;
      start_ms = written_ms (writing);
      g_array_append_val (starts_ms, start_ms);
      file = side_sound_file_open (piece->path, &info, error);
      if (file == NULL)
        return FALSE;
      side_blank_join (piece->blanks);
      copied = copy_piece (writing, piece, file, &info, error);
      sf_close (file);
      if (!copied)
        return FALSE;
    }
  return TRUE;
}

/* Whether @path is one of the recordings: those are never written over. */
static gboolean
is_source (const SideExport *self,
           const char       *path)
{
  struct stat target;

  if (g_stat (path, &target) != 0)
    return FALSE;
  for (guint i = 0; i < self->pieces->len; i++)
    {
      const SideExportPiece *piece = g_ptr_array_index (self->pieces, i);
      struct stat source;

      if (g_stat (piece->path, &source) == 0 && source.st_dev == target.st_dev && source.st_ino == target.st_ino)
        return TRUE;
    }
  return FALSE;
}

static SideExported *
write_to_fd (Writing  *writing,
             int       fd,
             GError  **error)
{
  g_autoptr (SideExported) exported = g_new0 (SideExported, 1);
  gboolean whole;
  int closed;

  exported->starts_ms = g_array_new (FALSE, FALSE, sizeof (gint64));
  errno = 0;
  writing->file = sf_open_fd (fd, SFM_WRITE, &writing->info, SF_FALSE);
  if (writing->file == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "this kind of file cannot be written here: %s", sf_strerror (NULL));
      return NULL;
    }
  sf_command (writing->file, SFC_SET_CLIPPING, NULL, SF_TRUE);
  whole = write_pieces (writing, exported->starts_ms, error);
  errno = 0;
  closed = sf_close (writing->file);
  if (!whole)
    return NULL;
  if (closed != 0)
    {
      write_failed (NULL, errno, error);
      return NULL;
    }
  exported->length_ms = written_ms (writing);
  exported->cut_off = writing->cut_off;
  exported->sha256 = side_hash_of_fd (fd, NULL);
  if (exported->sha256 == NULL)
    {
      write_failed (NULL, errno, error);
      return NULL;
    }
  return g_steal_pointer (&exported);
}

/**
 * side_export_hold:
 * @self: an export with at least one piece
 * @path: what the file is to be called
 * @progress: (nullable) (scope call): called in this thread
 * @progress_data: for @progress
 * @cancellable: (nullable): ends the work; nothing is left behind
 * @error: as of side_export_write()
 *
 * Blocks: for worker threads. All of it is on the disk then, but it has no name
 * yet: it gets that by side_exported_place(), or is gone with what is returned.
 *
 * Returns: (transfer full): what was written
 */
SideExported *
side_export_hold (SideExport       *self,
                  const char       *path,
                  SideJobProgress   progress,
                  gpointer          progress_data,
                  GCancellable     *cancellable,
                  GError          **error)
{
  Writing writing = { .job = self, .progress = progress, .progress_data = progress_data, .cancellable = cancellable };
  g_autoptr (SideNewFile) file = NULL;
  g_autoptr (SideExported) exported = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, NULL);
  if (!plan (self, &writing.info, error))
    return NULL;
  if (is_source (self, path))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_EXISTS, "the recording itself is never written over; choose another name");
      return NULL;
    }
  file = side_new_file_open (path, 0666, error);
  if (file == NULL)
    return NULL;
  exported = write_to_fd (&writing, side_new_file_get_fd (file), error);
  if (exported == NULL)
    return NULL;
  if (fsync (side_new_file_get_fd (file)) != 0)
    {
      write_failed (NULL, errno, error);
      return NULL;
    }
  exported->held = g_steal_pointer (&file);
  return g_steal_pointer (&exported);
}

/**
 * side_exported_place:
 * @self: what side_export_hold() wrote
 * @error: as of side_new_file_finish()
 *
 * Blocks: for worker threads. The file takes its name, and the place of one
 * that is there.
 *
 * Returns: whether it has it
 */
gboolean
side_exported_place (SideExported  *self,
                     GError       **error)
{
  g_return_val_if_fail (self != NULL && self->held != NULL, FALSE);
  if (!side_new_file_finish (self->held, TRUE, error))
    return FALSE;
  g_clear_pointer (&self->held, side_new_file_free);
  return TRUE;
}

/**
 * side_export_write:
 * @self: an export with at least one piece
 * @path: the file to write; replaced when the new one is whole
 * @progress: (nullable) (scope call): called in this thread
 * @progress_data: for @progress
 * @cancellable: (nullable): ends the work; nothing is left behind
 * @error: return location
 *
 * Blocks: for worker threads. The file at @path is untouched until everything
 * is written and on the disk.
 *
 * Returns: (transfer full): what was written; %NULL with %SIDE_ERROR_NOT_FOUND,
 *   _INVALID, _CORRUPT or _UNSUPPORTED (a recording), %SIDE_ERROR_FULL,
 *   _READ_ONLY or _FAILED (the file), G_IO_ERROR_CANCELLED
 */
SideExported *
side_export_write (SideExport       *self,
                   const char       *path,
                   SideJobProgress   progress,
                   gpointer          progress_data,
                   GCancellable     *cancellable,
                   GError          **error)
{
  g_autoptr (SideExported) exported = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, NULL);
  exported = side_export_hold (self, path, progress, progress_data, cancellable, error);
  if (exported == NULL || !side_exported_place (exported, error))
    return NULL;
  return g_steal_pointer (&exported);
}
