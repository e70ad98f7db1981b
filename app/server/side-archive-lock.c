/* side-archive-lock.c - one server at a time for an archive
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two servers would number the same archive's events side by side. The lock
 * goes with the process, however it ends. Its file stays, and holds the mark
 * by which an archive that was put back is known: see side_sqlite_store_begin().
 */
#include "side-archive-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "side-error.h"

#define MAX_MARK 128

struct _SideArchiveLock
{
  int fd;
};

static char *
path_of (const char *database)
{
  return g_strconcat (database, ".lock", NULL);
}

/**
 * side_archive_lock_take:
 * @database: the archive's file
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the lock, ours until it is freed or the
 *   process ends; %NULL with SIDE_ERROR_READ_ONLY, or SIDE_ERROR_BUSY when
 *   another server has it
 */
SideArchiveLock *
side_archive_lock_take (const char  *database,
                        GError     **error)
{
  g_autofree char *path = path_of (database);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  SideArchiveLock *self;

  if (fd < 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY, "“%s” cannot be written: %s", path, g_strerror (errno));
      return NULL;
    }
  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_BUSY, "another sidetone-server uses “%s”", database);
      return NULL;
    }
  self = g_new (SideArchiveLock, 1);
  self->fd = fd;
  return self;
}

/**
 * side_archive_lock_free:
 * @self: (transfer full) (nullable): the lock
 */
void
side_archive_lock_free (SideArchiveLock *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_free (self);
}

/**
 * side_archive_lock_get_mark:
 * @self: the lock
 *
 * Returns: (transfer full) (nullable): what its file holds
 */
char *
side_archive_lock_get_mark (SideArchiveLock *self)
{
  char text[MAX_MARK];
  gssize n = pread (self->fd, text, sizeof text, 0);

  return n > 0 ? g_strndup (text, (gsize) n) : NULL;
}

/**
 * side_archive_lock_set_mark:
 * @self: the lock
 * @mark: what its file is to hold
 * @error: return location
 *
 * Returns: whether it does; SIDE_ERROR_FULL when not
 */
gboolean
side_archive_lock_set_mark (SideArchiveLock  *self,
                            const char       *mark,
                            GError          **error)
{
  gsize len = strlen (mark);

  g_return_val_if_fail (len <= MAX_MARK, FALSE);
  if (pwrite (self->fd, mark, len, 0) == (gssize) len && ftruncate (self->fd, (off_t) len) == 0)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_FULL, "the archive's lock file cannot be written: %s", g_strerror (errno));
  return FALSE;
}

/**
 * side_archive_lock_is_held:
 * @database: the archive's file
 *
 * Returns: whether a server runs with it now
 */
gboolean
side_archive_lock_is_held (const char *database)
{
  g_autofree char *path = path_of (database);
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean held;

  if (fd < 0)
    return FALSE;
  held = flock (fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close (fd);
  return held;
}
