/* side-archive-lock.c - one server at a time for an archive
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two servers would number the same archive's events side by side. The lock
 * goes with the process, however it ends. Its file stays. Its first line is the
 * mark by which an archive that was put back is known: see
 * side_sqlite_store_begin(); the second says where the server listens, or did.
 */
#include "side-archive-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "side-error.h"

#define MAX_MARK 128
#define MAX_TEXT 512

struct _SideArchiveLock
{
  int   fd;
  char *address;   /* nullable: "LISTEN PORT" */
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
  self = g_new0 (SideArchiveLock, 1);
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
  g_free (self->address);
  g_free (self);
}

/* Returns: (transfer full): the lines of a lock file; at least one of them if
 * it can be read */
static char **
read_lines (int fd)
{
  char text[MAX_TEXT];
  gssize n = pread (fd, text, sizeof text - 1, 0);

  text[MAX (n, 0)] = '\0';
  return g_strsplit (text, "\n", 3);
}

/**
 * side_archive_lock_set_address:
 * @self: the lock
 * @listen: IP address the server listens at
 * @port: port
 *
 * Told with the next mark.
 */
void
side_archive_lock_set_address (SideArchiveLock *self,
                               const char      *listen,
                               guint            port)
{
  g_free (self->address);
  self->address = g_strdup_printf ("%s %u", listen, port);
}

/**
 * side_archive_lock_get_mark:
 * @self: the lock
 *
 * Returns: (transfer full) (nullable): the mark its file holds
 */
char *
side_archive_lock_get_mark (SideArchiveLock *self)
{
  g_auto (GStrv) lines = read_lines (self->fd);

  return lines[0] != NULL && *lines[0] != '\0' ? g_strdup (lines[0]) : NULL;
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
  g_autofree char *text = self->address != NULL ? g_strdup_printf ("%s\n%s\n", mark, self->address) : g_strdup (mark);
  gsize len = strlen (text);

  g_return_val_if_fail (strlen (mark) <= MAX_MARK && len < MAX_TEXT, FALSE);
  if (pwrite (self->fd, text, len, 0) == (gssize) len && ftruncate (self->fd, (off_t) len) == 0)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_FULL, "the archive's lock file cannot be written: %s", g_strerror (errno));
  return FALSE;
}

/**
 * side_archive_lock_find_holder:
 * @database: the archive's file
 *
 * Returns: (transfer full) (nullable): the server that runs with it now
 */
SideArchiveHolder *
side_archive_lock_find_holder (const char *database)
{
  g_autofree char *path = path_of (database);
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  SideArchiveHolder *holder = NULL;

  if (fd < 0)
    return NULL;
  if (flock (fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    {
      g_auto (GStrv) lines = read_lines (fd);
      g_auto (GStrv) words = lines[0] != NULL && lines[1] != NULL ? g_strsplit (lines[1], " ", 2) : NULL;

      holder = g_new0 (SideArchiveHolder, 1);
      if (words != NULL && words[0] != NULL && words[1] != NULL)
        {
          holder->listen = g_strdup (words[0]);
          holder->port = (guint) g_ascii_strtoull (words[1], NULL, 10);
        }
    }
  close (fd);
  return holder;
}

void
side_archive_holder_free (SideArchiveHolder *self)
{
  g_free (self->listen);
  g_free (self);
}
