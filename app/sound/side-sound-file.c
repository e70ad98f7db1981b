/* side-sound-file.c - opens any sound file libsndfile reads
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place where a file becomes a decoder, so that the player and the
 * peaks refuse the same files with the same words.
 */
#include "side-sound-file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "side-error.h"
#include "side-sound-head.h"
#include "side-sound-length.h"
#include "side-sound-unclosed.h"
#include "side-wav.h"

/* A FIFO or a device would make sf_open() wait for ever, so only plain files
 * come near it. */
static gboolean
is_readable_file (const char  *path,
                  const char  *name,
                  GError     **error)
{
  struct stat st;

  if (stat (path, &st) != 0)
    {
      int code = errno == ENOENT || errno == ENOTDIR ? SIDE_ERROR_NOT_FOUND : SIDE_ERROR_FAILED;

      g_set_error (error, SIDE_ERROR, code, "“%s” cannot be opened: %s", name, g_strerror (errno));
      return FALSE;
    }
  if (!S_ISREG (st.st_mode))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is not a file", name);
      return FALSE;
    }
  if (st.st_size == 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "“%s” is empty", name);
      return FALSE;
    }
  return TRUE;
}

/* Of samples alone nobody can say how they are to be played. */
static void
tell_plain (const char  *name,
            GError     **error)
{
  g_autofree char *quoted = g_shell_quote (name);

  g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
               "“%s” has no header that says how its samples are coded. Convert it first; for 16 bits, two channels and 8 kHz: "
               "sox -t raw -e signed -b 16 -c 2 -r 8000 %s recording.wav", name, quoted);
}

static void
tell_stranger (const char  *name,
               const char  *kind,
               GError     **error)
{
  g_autofree char *quoted = g_shell_quote (name);

  g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
               "“%s” is %s, which cannot be played. Convert it first: ffmpeg -i %s recording.flac", name, kind, quoted);
}

/* Whether it is a WAV file in order, but for its coding. */
static gboolean
is_coded_otherwise (const char *path)
{
  g_autofree guint8 *head = g_malloc (SIDE_WAV_HEAD_BYTES);
  FILE *file = fopen (path, "rbe");
  SideWavInfo wav;
  struct stat st;
  gsize n;

  if (file == NULL)
    return FALSE;
  n = fstat (fileno (file), &st) == 0 ? fread (head, 1, SIDE_WAV_HEAD_BYTES, file) : 0;
  fclose (file);
  return n > 0 && side_wav_parse (head, n, (guint64) st.st_size, &wav, NULL) && wav.format == SIDE_WAV_OTHER;
}

/* The decoder's own words are for those who know its insides. */
static void
tell_failure (const char  *path,
              const char  *name,
              GError     **error)
{
  int code = sf_error (NULL);

  switch (code)
    {
    case SF_ERR_UNRECOGNISED_FORMAT:
      if (side_sound_head_is_plain (path))
        {
          tell_plain (name, error);
          break;
        }
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is not a sound file", name);
      break;
    case SF_ERR_UNSUPPORTED_ENCODING:
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "“%s” is coded in a way that cannot be played", name);
      break;
    case SF_ERR_SYSTEM:
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "“%s” cannot be read: %s", name, sf_strerror (NULL));
      break;
    default:
      g_debug ("%s: %s", name, sf_strerror (NULL));
      if (is_coded_otherwise (path))
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "“%s” is coded in a way that cannot be played", name);
      else
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "“%s” is damaged, or cut off before its sound begins", name);
      break;
    }
}

static SNDFILE *
open_again_if_unclosed (const char *path,
                        SNDFILE    *file,
                        SF_INFO    *info)
{
  int type = info->format & SF_FORMAT_TYPEMASK;
  SF_INFO other;
  SNDFILE *again;

  if (type != SF_FORMAT_WAV && type != SF_FORMAT_WAVEX)
    return file;
  again = side_sound_unclosed_open (path, info->frames, &other);
  if (again == NULL)
    return file;
  sf_close (file);
  *info = other;
  return again;
}

/* What its first bytes say, before any decoder is let near it. */
static gboolean
is_promising (const char  *path,
              const char  *name,
              GError     **error)
{
  const char *stranger = side_sound_head_stranger (path);

  if (stranger != NULL)
    {
      tell_stranger (name, stranger, error);
      return FALSE;
    }
  switch (side_sound_head_look (path))
    {
    case SIDE_SOUND_HEAD_FALSE_MPEG:
      tell_plain (name, error);
      return FALSE;
    case SIDE_SOUND_HEAD_NO_MPEG:
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is not a sound file", name);
      return FALSE;
    case SIDE_SOUND_HEAD_ANY:
    default:
      return TRUE;
    }
}

static gboolean
is_of_a_call (const char     *path,
              const char     *name,
              const SF_INFO  *info,
              GError        **error)
{
  if ((info->format & SF_FORMAT_TYPEMASK) == SF_FORMAT_RAW
      && ((info->format & SF_FORMAT_SUBMASK) != SF_FORMAT_GSM610 || !side_sound_head_is_gsm (path)))
    {
      tell_plain (name, error);
      return FALSE;
    }
  if (info->channels >= 1 && info->channels <= SIDE_SOUND_MAX_CHANNELS && info->samplerate >= 100
      && info->samplerate <= SIDE_SOUND_MAX_RATE)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "“%s” has %d channels at %d Hz, which is not a recording of a call",
               name, info->channels, info->samplerate);
  return FALSE;
}

/**
 * side_sound_file_open:
 * @path: a file
 * @info: (out): what libsndfile found; the frames are those that can be
 *   decoded, whatever the file says
 * @error: return location
 *
 * Blocks for as long as the disk does, and for a file that is cut off until it
 * is decoded once: for worker threads.
 *
 * Returns: (transfer full): a decoder for sf_close(); %NULL with
 *   %SIDE_ERROR_NOT_FOUND, %SIDE_ERROR_INVALID (no sound file),
 *   %SIDE_ERROR_CORRUPT (empty or damaged), %SIDE_ERROR_UNSUPPORTED (also
 *   samples without a header, which nothing tells how to play) or
 *   %SIDE_ERROR_FAILED (not readable)
 */
SNDFILE *
side_sound_file_open (const char  *path,
                      SF_INFO     *info,
                      GError     **error)
{
  g_autofree char *name = g_filename_display_basename (path);
  SNDFILE *file;

  *info = (SF_INFO) { 0 };
  if (!is_readable_file (path, name, error) || !is_promising (path, name, error))
    return NULL;
  file = sf_open (path, SFM_READ, info);
  if (file == NULL)
    {
      tell_failure (path, name, error);
      return NULL;
    }
  file = open_again_if_unclosed (path, file, info);
  if (!is_of_a_call (path, name, info, error))
    {
      sf_close (file);
      return NULL;
    }
  file = side_sound_length_settle (path, file, info);
  if (file != NULL && info->frames > 0)
    return file;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "“%s” holds no sound", name);
  if (file != NULL)
    sf_close (file);
  return NULL;
}

/* Decodes all of @from into @to, which is as good as it: linear, 16 bits. */
static gboolean
copy_samples (SNDFILE       *from,
              SNDFILE       *to,
              const SF_INFO *info)
{
  gsize second = (gsize) info->samplerate * (gsize) info->channels;
  g_autofree gint16 *samples = g_new (gint16, second);
  sf_count_t n;

  while ((n = sf_readf_short (from, samples, info->samplerate)) > 0)
    if (sf_writef_short (to, samples, n) != n)
      return FALSE;
  return TRUE;
}

/* side_sound_file_open() for the player, which must be able to go anywhere:
 * libsndfile cannot seek in GSM, so that is decoded into memory first (16 kB a
 * second of it). */
SNDFILE *
side_sound_file_open_seekable (const char  *path,
                               SF_INFO     *info,
                               GError     **error)
{
  SNDFILE *file = side_sound_file_open (path, info, error);
  SNDFILE *copy = NULL;
  gboolean copied;
  int fd;

  if (file == NULL || info->seekable)
    return file;
  info->format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  fd = memfd_create ("sidetone-recording", MFD_CLOEXEC);
  if (fd >= 0)   /* the decoder closes it, even one that fails to open */
    copy = sf_open_fd (fd, SFM_RDWR, info, SF_TRUE);
  copied = copy != NULL && copy_samples (file, copy, info) && sf_seek (copy, 0, SEEK_SET) == 0;
  sf_close (file);
  if (copied)
    {
      sf_command (copy, SFC_GET_CURRENT_SF_INFO, info, sizeof *info);
      return copy;
    }
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FULL, "there is not enough memory to decode the recording");
  if (copy != NULL)
    sf_close (copy);
  return NULL;
}

/**
 * side_sound_file_stamp:
 * @path: a file
 * @size: (out): its length in bytes, 0 if it cannot be read
 * @mtime_us: (out): when it was last written, in µs since 1970 UTC
 *
 * By both together a changed recording is told from the one peaks were made of.
 */
void
side_sound_file_stamp (const char *path,
                       guint64    *size,
                       gint64     *mtime_us)
{
  struct stat st;

  *size = 0;
  *mtime_us = 0;
  if (stat (path, &st) != 0)
    return;
  *size = (guint64) st.st_size;
  *mtime_us = (gint64) st.st_mtim.tv_sec * G_USEC_PER_SEC + st.st_mtim.tv_nsec / 1000;
}
