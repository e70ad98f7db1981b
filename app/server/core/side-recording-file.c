/* side-recording-file.c - a recording's bytes as they are served
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-recording-file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-error.h"
#include "side-hash.h"
#include "side-wav.h"

#define HASH_CHUNK (256 * 1024)
#define MAX_BYTES  (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)   /* what RIFF can tell */

static gboolean
is_below (const char *file,
          const char *folder)
{
  g_autofree char *real = realpath (folder, NULL);
  gsize len = real != NULL ? strlen (real) : 0;

  /* realpath() comes from malloc(), which is what g_free() frees. */
  return len > 0 && strncmp (file, real, len) == 0 && (file[len] == '/' || len == 1);
}

/**
 * side_recording_file_open:
 * @folders: (array zero-terminated=1): where recordings may lie
 * @path: the file
 * @error: return location
 *
 * Opens first and asks the kernel afterwards what was opened, so that no link
 * can be put in between.
 *
 * Returns: a file descriptor; -1 with SIDE_ERROR_NOT_FOUND, or
 *   SIDE_ERROR_FORBIDDEN for what is no plain file below one of @folders
 */
int
side_recording_file_open (const char *const  *folders,
                          const char         *path,
                          GError            **error)
{
  g_autofree char *link = NULL;
  g_autofree char *opened = NULL;
  struct stat info;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

  if (fd < 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "recording “%s”: %s", path, g_strerror (errno));
      return -1;
    }
  link = g_strdup_printf ("/proc/self/fd/%d", fd);
  opened = realpath (link, NULL);
  for (gsize i = 0; opened != NULL && folders[i] != NULL; i++)
    if (is_below (opened, folders[i]) && fstat (fd, &info) == 0 && S_ISREG (info.st_mode))
      return fd;
  close (fd);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, "recording “%s” is no file below a recordings folder", path);
  return -1;
}

static gint64
modified_ms (const struct stat *info)
{
  return (gint64) info->st_mtim.tv_sec * 1000 + info->st_mtim.tv_nsec / 1000000;
}

/* Reads up to @len bytes; fewer only at the end of the file. */
static gssize
read_at (int      fd,
         guint8  *to,
         gsize    len,
         gint64   offset,
         GError **error)
{
  gsize done = 0;

  while (done < len)
    {
      ssize_t n = pread (fd, to + done, len - done, offset + (gint64) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "reading a recording: %s", g_strerror (errno));
          return -1;
        }
      if (n == 0)
        break;
      done += (gsize) n;
    }
  return (gssize) done;
}

static gboolean
learn_format (SideRecording  *recording,
              const guint8   *head,
              gsize           len,
              int             channels_hint,
              GError        **error)
{
  guint64 size = (guint64) recording->size;
  SideWavInfo info;

  if (!side_wav_parse (head, len, size, &info, error))
    return FALSE;
  g_clear_pointer (&recording->header, g_bytes_unref);
  recording->swap_bytes = 0;
  if (channels_hint == 2)
    recording->header = side_wav_repair_stereo (head, len, size, NULL);
  if (recording->header != NULL)
    {
      gsize header_len;
      const guint8 *header = g_bytes_get_data (recording->header, &header_len);

      if (!side_wav_parse (header, header_len, size, &info, error))
        return FALSE;
      recording->swap_bytes = (int) (info.bits / 8);
    }
  else if (info.length_wrong)
    {
      recording->header = side_wav_repair_length (head, len, size, error);
      if (recording->header == NULL)
        return FALSE;
    }
  recording->data_offset = (gint64) info.data_offset;
  recording->data_bytes = (gint64) info.data_bytes;
  recording->channels = (int) info.channels;
  recording->duration_ms = side_wav_get_duration_ms (&info);
  return TRUE;
}

static gboolean
hash_file (SideRecording  *recording,
           int             fd,
           GError        **error)
{
  g_autoptr (SideHash) hash = side_hash_new ();

  for (gint64 at = 0; at < recording->size; at += HASH_CHUNK)
    {
      g_autoptr (GBytes) chunk = side_recording_file_read (recording, fd, at, HASH_CHUNK, error);
      gsize len;
      const guint8 *data;

      if (chunk == NULL)
        return FALSE;
      data = g_bytes_get_data (chunk, &len);
      side_hash_update (hash, data, len);
    }
  g_free (recording->sha256);
  recording->sha256 = side_hash_get_hex (hash);
  return TRUE;
}

/**
 * side_recording_file_inspect:
 * @recording: the record to be filled in
 * @fd: its file
 * @channels_hint: 2: two channels are interleaved whatever the header says,
 *   with the customer left; 0: as the header says
 * @error: return location
 *
 * Finds out what will be served, and its hash; reads the whole file.
 *
 * Returns: %TRUE, or %FALSE with SIDE_ERROR_INVALID (no WAV file), TOO_LARGE
 *   or FAILED
 */
gboolean
side_recording_file_inspect (SideRecording  *recording,
                             int             fd,
                             int             channels_hint,
                             GError        **error)
{
  g_autofree guint8 *head = g_malloc (SIDE_WAV_HEAD_BYTES);
  struct stat info;
  gssize len;

  if (fstat (fd, &info) != 0 || info.st_size > MAX_BYTES)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "recording “%s” is too large", recording->path);
      return FALSE;
    }
  recording->size = info.st_size;
  recording->modified_ms = modified_ms (&info);
  len = read_at (fd, head, SIDE_WAV_HEAD_BYTES, 0, error);
  return len >= 0
         && learn_format (recording, head, (gsize) len, channels_hint, error)
         && hash_file (recording, fd, error);
}

/**
 * side_recording_file_check:
 * @recording: a published recording
 * @fd: its file as it is now
 * @error: return location
 *
 * Returns: whether the file is still what was hashed; %FALSE with
 *   SIDE_ERROR_CORRUPT when somebody changed it
 */
gboolean
side_recording_file_check (const SideRecording  *recording,
                           int                   fd,
                           GError              **error)
{
  struct stat info;

  if (fstat (fd, &info) == 0 && info.st_size == recording->size && modified_ms (&info) == recording->modified_ms)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "recording “%s” was changed after it had been published", recording->path);
  return FALSE;
}

/* Bytes [offset, offset + len) of the samples' part with the sides exchanged:
 * whole frames are read around them. */
static gboolean
read_swapped (const SideRecording  *recording,
              int                   fd,
              guint8               *to,
              gint64                offset,
              gsize                 len,
              GError              **error)
{
  gint64 frame = 2 * (gint64) recording->swap_bytes;
  gint64 first = (offset - recording->data_offset) / frame * frame + recording->data_offset;
  gint64 end = MIN ((offset + (gint64) len - recording->data_offset + frame - 1) / frame * frame + recording->data_offset,
                    recording->data_offset + recording->data_bytes);
  g_autofree guint8 *frames = g_malloc ((gsize) (end - first));
  gssize got = read_at (fd, frames, (gsize) (end - first), first, error);

  if (got < 0)
    return FALSE;
  side_wav_swap_sides (frames, (gsize) got, (guint) recording->swap_bytes);
  if (first + got < offset + (gint64) len)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "recording “%s” became shorter", recording->path);
      return FALSE;
    }
  memcpy (to, frames + (offset - first), len);
  return TRUE;
}

/* As much of the piece as lies in the header, in the samples, or behind them. */
static gssize
read_part (const SideRecording  *recording,
           int                   fd,
           guint8               *to,
           gint64                offset,
           gsize                 len,
           GError              **error)
{
  gsize header_len = 0;
  const guint8 *header = recording->header != NULL ? g_bytes_get_data (recording->header, &header_len) : NULL;
  gint64 data_end = recording->data_offset + recording->data_bytes;

  if (offset < (gint64) header_len)
    {
      gsize n = MIN (len, header_len - (gsize) offset);

      memcpy (to, header + offset, n);
      return (gssize) n;
    }
  if (recording->swap_bytes > 0 && offset >= recording->data_offset && offset < data_end)
    {
      gsize n = (gsize) MIN ((gint64) len, data_end - offset);

      return read_swapped (recording, fd, to, offset, n, error) ? (gssize) n : -1;
    }
  return read_at (fd, to, len, offset, error);
}

/**
 * side_recording_file_read:
 * @recording: a recording
 * @fd: its file
 * @offset: where to begin
 * @len: how many bytes; less at the end
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the bytes as they are served; %NULL
 *   with SIDE_ERROR_CORRUPT when the file became shorter, or FAILED
 */
GBytes *
side_recording_file_read (const SideRecording  *recording,
                          int                   fd,
                          gint64                offset,
                          gsize                 len,
                          GError              **error)
{
  g_autofree guint8 *out = NULL;
  gsize done = 0;

  g_return_val_if_fail (offset >= 0 && offset < recording->size, NULL);
  len = (gsize) MIN ((gint64) len, recording->size - offset);
  out = g_malloc (len);
  while (done < len)
    {
      gssize n = read_part (recording, fd, out + done, offset + (gint64) done, len - done, error);

      if (n == 0)
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "recording “%s” became shorter", recording->path);
      if (n <= 0)
        return NULL;
      done += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&out), len);
}
