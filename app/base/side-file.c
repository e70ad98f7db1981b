/* side-file.c - files that are read without surprise, and written whole or not at all
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-error.h"

struct _SideNewFile
{
  char     *path;
  char     *partial;
  int       fd;
  gboolean  in_place;
};

/**
 * side_file_is_odd:
 * @path: a path
 *
 * Returns: whether something is there that is no plain file: a folder, a pipe,
 *   a device. Reading such a thing may wait for ever.
 */
gboolean
side_file_is_odd (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 && !S_ISREG (info.st_mode);
}

static gboolean
read_all (int      fd,
          char    *text,
          gsize    room,
          gsize   *len)
{
  gssize n = 0;

  *len = 0;
  while (*len < room && ((n = read (fd, text + *len, room - *len)) > 0 || (n < 0 && errno == EINTR)))
    *len += n > 0 ? (gsize) n : 0;
  return n >= 0;
}

/**
 * side_file_read:
 * @path: a plain file
 * @max_bytes: the most it may hold
 * @text: (out) (transfer full): what it holds, and a zero behind it
 * @len: (out): how many bytes, without that
 * @error: return location
 *
 * Does not wait for anything but the disk.
 *
 * Returns: whether it was read; SIDE_ERROR_NOT_FOUND, _FORBIDDEN, _INVALID
 *   (it is no plain file), _TOO_LARGE or _FAILED
 */
gboolean
side_file_read (const char  *path,
                gsize        max_bytes,
                char       **text,
                gsize       *len,
                GError     **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  g_autofree char *bytes = NULL;
  struct stat info;
  int saved = 0;

  if (fd < 0 || fstat (fd, &info) != 0)
    saved = errno;
  else if (S_ISREG (info.st_mode))
    {
      bytes = g_malloc (max_bytes + 2);
      saved = read_all (fd, bytes, max_bytes + 1, len) ? 0 : errno;
    }
  if (fd >= 0)
    close (fd);
  if (saved != 0)
    g_set_error (error, SIDE_ERROR,
                 saved == ENOENT ? SIDE_ERROR_NOT_FOUND : saved == EACCES ? SIDE_ERROR_FORBIDDEN : SIDE_ERROR_FAILED,
                 "“%s” cannot be read: %s", path, g_strerror (saved));
  else if (bytes == NULL)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is not a plain file", path);
  else if (*len > max_bytes)
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "“%s” is longer than %" G_GSIZE_FORMAT " bytes", path, max_bytes);
  else
    {
      bytes[*len] = '\0';
      *text = g_steal_pointer (&bytes);
      return TRUE;
    }
  return FALSE;
}

/**
 * side_file_cannot_write:
 * @path: what was to be written
 * @saved: the errno of it
 * @error: return location: SIDE_ERROR_READ_ONLY, _FULL, _EXISTS or _FAILED
 *
 * Returns: %FALSE, to be returned
 */
gboolean
side_file_cannot_write (const char  *path,
                        int          saved,
                        GError     **error)
{
  int code = saved == EROFS || saved == EACCES || saved == EPERM ? SIDE_ERROR_READ_ONLY
             : saved == ENOSPC || saved == EDQUOT || saved == EFBIG ? SIDE_ERROR_FULL
             : saved == EEXIST                                  ? SIDE_ERROR_EXISTS
                                                                : SIDE_ERROR_FAILED;

  g_set_error (error, SIDE_ERROR, code, "“%s” cannot be written: %s", path, g_strerror (saved));
  return FALSE;
}

/**
 * side_new_file_open:
 * @path: what it is to be called
 * @mode: who may read it: 0600 or, less what the user's umask says, 0666
 * @error: return location
 *
 * Returns: (transfer full) (nullable): an empty file beside @path; %NULL with
 *   SIDE_ERROR_INVALID (there is something that is no plain file),
 *   _READ_ONLY, _FULL or _FAILED
 */
SideNewFile *
side_new_file_open (const char  *path,
                    int          mode,
                    GError     **error)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *partial = g_strdup_printf ("%s.%.8s.part", path, random);
  SideNewFile *self;
  int fd;

  if (side_file_is_odd (path))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%s” is there and is not a file", path);
      return NULL;
    }
  fd = open (partial, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0)
    {
      side_file_cannot_write (path, errno, error);
      return NULL;
    }
  self = g_new0 (SideNewFile, 1);
  self->path = g_strdup (path);
  self->partial = g_steal_pointer (&partial);
  self->fd = fd;
  return self;
}

/**
 * side_new_file_get_fd:
 * @self: a new file
 *
 * Returns: its descriptor, to be read and written, and not to be closed
 */
int
side_new_file_get_fd (const SideNewFile *self)
{
  return self->fd;
}

/**
 * side_new_file_write:
 * @self: a new file
 * @data: (array length=len): what comes next in it
 * @len: how many bytes
 * @error: SIDE_ERROR_FULL or _FAILED
 *
 * Returns: whether all of it was taken
 */
gboolean
side_new_file_write (SideNewFile  *self,
                     const void   *data,
                     gsize         len,
                     GError      **error)
{
  const char *at = data;

  while (len > 0)
    {
      gssize n = write (self->fd, at, len);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return side_file_cannot_write (self->path, errno, error);
      at += n;
      len -= (gsize) n;
    }
  return TRUE;
}

/* Not every file system has links; there somebody may be quicker. */
static int
put_in_place (const SideNewFile *self,
              gboolean           replace)
{
  if (!replace && link (self->partial, self->path) == 0)
    {
      g_unlink (self->partial);
      return 0;
    }
  if (!replace && (errno == EEXIST || g_access (self->path, F_OK) == 0))
    return EEXIST;
  return g_rename (self->partial, self->path) == 0 ? 0 : errno;
}

/**
 * side_new_file_finish:
 * @self: a new file that holds all it is to hold
 * @replace: whether to take the place of one that is there
 * @error: return location
 *
 * Sees to it that it is on the disk, and gives it its name.
 *
 * Returns: whether it has it; if not, nothing changed, and it is
 *   SIDE_ERROR_EXISTS, _FULL, _READ_ONLY or _FAILED
 */
gboolean
side_new_file_finish (SideNewFile  *self,
                      gboolean      replace,
                      GError      **error)
{
  int saved = fsync (self->fd) == 0 ? put_in_place (self, replace) : errno;

  self->in_place = saved == 0;
  return self->in_place || side_file_cannot_write (self->path, saved, error);
}

/**
 * side_file_write:
 * @path: what it is to be called; what is there is replaced
 * @text: what it is to hold
 * @len: how many bytes
 * @mode: as of side_new_file_open()
 * @error: as of side_new_file_open() and side_new_file_finish()
 *
 * Returns: whether it is there, whole; if not, nothing changed
 */
gboolean
side_file_write (const char  *path,
                 const char  *text,
                 gsize        len,
                 int          mode,
                 GError     **error)
{
  g_autoptr (SideNewFile) file = side_new_file_open (path, mode, error);

  return file != NULL && side_new_file_write (file, text, len, error) && side_new_file_finish (file, TRUE, error);
}

/**
 * side_new_file_free:
 * @self: (transfer full) (nullable): a new file; it is gone if it was not
 *   finished
 */
void
side_new_file_free (SideNewFile *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  if (!self->in_place)
    g_unlink (self->partial);
  g_free (self->path);
  g_free (self->partial);
  g_free (self);
}
