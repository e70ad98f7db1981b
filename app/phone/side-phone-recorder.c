/* side-phone-recorder.c - the recording of a test call, which survives the program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A lock on the file, which the kernel lets go when the program dies, however it
 * dies, tells a recording that is being made from one that was left behind.
 */
#include "side-phone-recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-error.h"
#include "side-file.h"
#include "side-wav.h"

#define HEAD_BYTES  44
#define FRAME_BYTES 4
#define CHUNK       1024
/* A WAV file's lengths have 32 bits: 18 hours at 16 kHz. */
#define MOST_FRAMES ((G_MAXUINT32 - HEAD_BYTES) / FRAME_BYTES)

struct _SidePhoneRecorder
{
  char    *path;
  char    *part;
  int      fd;
  guint    rate;
  guint64  frames;      /* in the file */
  guint64  sealed;      /* that are on the disk, with their length in front */
};

static gboolean
write_at (int          fd,
          const void  *data,
          gsize        len,
          goffset      at)
{
  const guint8 *bytes = data;

  while (len > 0)
    {
      gssize n = pwrite (fd, bytes, len, at);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          errno = n == 0 ? ENOSPC : errno;
          return FALSE;
        }
      bytes += n;
      len -= (gsize) n;
      at += n;
    }
  return TRUE;
}

static gboolean
write_head (int     fd,
            guint   rate,
            guint64 frames)
{
  SideWavInfo info = {
    .format = SIDE_WAV_PCM, .channels = 2, .rate = rate, .bits = 16,
    .block_align = FRAME_BYTES, .data_bytes = frames * FRAME_BYTES,
  };
  guint8 head[HEAD_BYTES];

  side_wav_build_header (&info, head);
  return write_at (fd, head, sizeof head, 0);
}

/**
 * side_phone_recorder_new:
 * @path: what the recording is to be called; neither it nor its part may be there
 * @rate: samples a second, 8000 to 48000
 * @error: SIDE_ERROR_EXISTS, _READ_ONLY, _FULL or _FAILED
 *
 * Only its owner may read it.
 *
 * Returns: (transfer full) (nullable): a recorder
 */
SidePhoneRecorder *
side_phone_recorder_new (const char  *path,
                         guint        rate,
                         GError     **error)
{
  g_autoptr (SidePhoneRecorder) self = g_new0 (SidePhoneRecorder, 1);

  g_return_val_if_fail (path != NULL && rate >= 8000 && rate <= 48000, NULL);
  self->path = g_strdup (path);
  self->part = g_strconcat (path, SIDE_PHONE_RECORDER_PART, NULL);
  self->rate = rate;
  self->fd = -1;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    errno = EEXIST;
  else
    self->fd = open (self->part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (self->fd >= 0 && flock (self->fd, LOCK_EX | LOCK_NB) == 0 && write_head (self->fd, rate, 0))
    return g_steal_pointer (&self);
  side_file_cannot_write (path, errno, error);
  if (self->fd >= 0)
    g_unlink (self->part);
  return NULL;
}

/* The lengths come after the samples they promise. */
static gboolean
seal (SidePhoneRecorder *self)
{
  if (self->sealed == self->frames)
    return TRUE;
  if (fdatasync (self->fd) != 0 || !write_head (self->fd, self->rate, self->frames) || fdatasync (self->fd) != 0)
    return FALSE;
  self->sealed = self->frames;
  return TRUE;
}

static gboolean
write_chunk (SidePhoneRecorder *self,
             const gint16      *ours,
             const gint16      *theirs,
             gsize              n)
{
  gint16 both[2 * CHUNK];

  for (gsize i = 0; i < n; i++)
    {
      both[2 * i] = GINT16_TO_LE (ours[i]);
      both[2 * i + 1] = GINT16_TO_LE (theirs[i]);
    }
  if (!write_at (self->fd, both, n * FRAME_BYTES, (goffset) (HEAD_BYTES + self->frames * FRAME_BYTES)))
    return FALSE;
  self->frames += n;
  return TRUE;
}

/**
 * side_phone_recorder_write:
 * @ours: (array length=n): the left channel
 * @theirs: (array length=n): the right one
 * @n: how many samples each
 * @error: SIDE_ERROR_FULL (no room, or longer than a WAV file can be), or _FAILED
 *
 * Blocks on the disk. After an error what stood before still stands; finish it
 * to get at it.
 *
 * Returns: whether it was written
 */
gboolean
side_phone_recorder_write (SidePhoneRecorder  *self,
                           const gint16       *ours,
                           const gint16       *theirs,
                           gsize               n,
                           GError            **error)
{
  for (gsize at = 0; at < n; at += CHUNK)
    {
      gsize now = MIN (CHUNK, n - at);

      if (self->frames + now > MOST_FRAMES)
        errno = EFBIG;
      else if (write_chunk (self, ours + at, theirs + at, now))
        continue;
      return side_file_cannot_write (self->path, errno, error);
    }
  if (self->frames >= self->sealed + self->rate && !seal (self))
    return side_file_cannot_write (self->path, errno, error);
  return TRUE;
}

static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

/* A name that came to be taken meanwhile is never overwritten. Hard links keep
 * that promise where two programs finish at once; some file systems have none. */
static gboolean
put_in_place (const char *part,
              const char *path)
{
  if (link (part, path) == 0)
    return g_unlink (part) == 0;
  if (errno == EEXIST)
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      errno = EEXIST;
      return FALSE;
    }
  return g_rename (part, path) == 0;
}

/**
 * side_phone_recorder_finish:
 * @error: return location
 *
 * The recording gets its name. Without it, as after a crash, it waits for
 * side_phone_recordings_recover().
 *
 * Returns: whether it is on the disk
 */
gboolean
side_phone_recorder_finish (SidePhoneRecorder  *self,
                            GError            **error)
{
  guint64 whole = HEAD_BYTES + self->frames * FRAME_BYTES;

  /* A write that failed half-way leaves less than a frame behind. */
  if (ftruncate (self->fd, (off_t) whole) != 0 || !write_head (self->fd, self->rate, self->frames)
      || fsync (self->fd) != 0 || !put_in_place (self->part, self->path))
    return side_file_cannot_write (self->path, errno, error);
  sync_folder (self->path);
  return TRUE;
}

gint64
side_phone_recorder_get_duration_ms (const SidePhoneRecorder *self)
{
  return (gint64) (self->frames * 1000 / self->rate);
}

void
side_phone_recorder_free (SidePhoneRecorder *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->part);
  g_free (self->path);
  g_free (self);
}

/* Returns: (transfer full): the name without ".part", or the first with a number that is free */
static char *
free_name (const char *part)
{
  g_autofree char *path = g_strndup (part, strlen (part) - strlen (SIDE_PHONE_RECORDER_PART));
  const char *dot = strrchr (path, '.');
  gsize stem = dot != NULL && strchr (dot, G_DIR_SEPARATOR) == NULL ? (gsize) (dot - path) : strlen (path);

  for (guint i = 2; g_file_test (path, G_FILE_TEST_EXISTS) && i < 1000; i++)
    {
      g_autofree char *other = g_strdup_printf ("%.*s-%u%s", (int) stem, path, i, dot != NULL ? dot : "");

      if (!g_file_test (other, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&other);
    }
  return g_steal_pointer (&path);
}

static gboolean
is_ours (int          fd,
         goffset      size,
         SideWavInfo *info)
{
  guint8 head[HEAD_BYTES];

  return pread (fd, head, sizeof head, 0) == sizeof head && side_wav_parse (head, sizeof head, (guint64) size, info, NULL)
         && info->format == SIDE_WAV_PCM && info->channels == 2 && info->bits == 16 && info->data_offset == HEAD_BYTES;
}

static SidePhoneRecovered *
new_recovered (char              *path,
               gint64             duration_ms,
               const struct stat *about)
{
  SidePhoneRecovered *recovered = g_new0 (SidePhoneRecovered, 1);

  recovered->path = path;
  recovered->duration_ms = duration_ms;
  recovered->ended_ms = (gint64) about->st_mtim.tv_sec * 1000 + about->st_mtim.tv_nsec / 1000000;
  return recovered;
}

/* Returns: (transfer full) (nullable): %NULL without @error for one that is still
 * being made, or is none of ours */
static SidePhoneRecovered *
recover_one (const char  *part,
             GError     **error)
{
  g_autofree char *path = NULL;
  int fd = open (part, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  SidePhoneRecovered *recovered = NULL;
  SideWavInfo info = { 0 };
  struct stat about;
  guint64 frames;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &about) != 0 || !S_ISREG (about.st_mode) || flock (fd, LOCK_EX | LOCK_NB) != 0
      || !is_ours (fd, about.st_size, &info))
    {
      close (fd);
      return NULL;
    }
  /* What came after the last seal counts: the lengths in front may be up to a second behind. */
  frames = ((guint64) about.st_size - HEAD_BYTES) / FRAME_BYTES;
  path = free_name (part);
  if (frames == 0)
    {
      g_unlink (part);
      recovered = new_recovered (g_strndup (part, strlen (part) - strlen (SIDE_PHONE_RECORDER_PART)), 0, &about);
    }
  else if (ftruncate (fd, (off_t) (HEAD_BYTES + frames * FRAME_BYTES)) != 0 || !write_head (fd, info.rate, frames)
           || fsync (fd) != 0 || !put_in_place (part, path))
    side_file_cannot_write (path, errno, error);
  else
    {
      sync_folder (path);
      recovered = new_recovered (g_steal_pointer (&path), (gint64) (frames * 1000 / info.rate), &about);
    }
  close (fd);
  return recovered;
}

void
side_phone_recovered_free (SidePhoneRecovered *self)
{
  g_free (self->path);
  g_free (self);
}

/**
 * side_phone_recordings_recover:
 * @folder: where recordings are made
 * @error: SIDE_ERROR_READ_ONLY, _FULL or _FAILED
 *
 * Gives every recording whose program died its right lengths and its name; one
 * that is taken by now gets a number behind it, and one without any sound is
 * taken away. Those being made are let alone, also by another program. Blocks on
 * the disk.
 *
 * Returns: (transfer full) (element-type SidePhoneRecovered) (nullable): them;
 *   empty where there are none, or no such folder
 */
GPtrArray *
side_phone_recordings_recover (const char  *folder,
                               GError     **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) side_phone_recovered_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *part = g_build_filename (folder, name, NULL);
      g_autoptr (GError) failed = NULL;
      SidePhoneRecovered *recovered;

      if (!g_str_has_suffix (name, ".wav" SIDE_PHONE_RECORDER_PART))
        continue;
      recovered = recover_one (part, &failed);
      if (recovered != NULL)
        g_ptr_array_add (found, recovered);
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
    }
  return g_steal_pointer (&found);
}
