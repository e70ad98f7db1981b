/* side-queue-log.c - follows Asterisk's queue_log while it grows
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever owns the reader has it look a few times a second (one stat: it works
 * on a network file system too, where change notices do not). A file that was moved away is
 * read to its end before the new one is begun. A line without its line end is
 * kept until the rest comes; one over the bound is left out and counted.
 */
#include "side-queue-log.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "side-error.h"

#define CHUNK 65536

struct _SideQueueLog
{
  char             *path;
  SideQueueLogFunc  func;
  gpointer          data;
  int               fd;          /* -1 while there is no file */
  dev_t             device;
  ino_t             inode;
  goffset           offset;
  GByteArray       *line;        /* the beginning of a line */
  gboolean          skipping;    /* the rest of a line over the bound */
  gboolean          sought;
  gint64            from_ms;     /* where to begin in a file that could not be opened, or 0 */
  guint64           damaged;
};

/**
 * side_queue_log_new:
 * @path: the file; need not be there yet
 * @func: called for each entry
 * @data: its argument
 *
 * Returns: (transfer full): a reader that begins at the end of the file unless
 *   side_queue_log_seek() says otherwise
 */
SideQueueLog *
side_queue_log_new (const char       *path,
                    SideQueueLogFunc  func,
                    gpointer          data)
{
  SideQueueLog *self;

  g_return_val_if_fail (path != NULL && func != NULL, NULL);

  self = g_new0 (SideQueueLog, 1);
  self->path = g_strdup (path);
  self->func = func;
  self->data = data;
  self->fd = -1;
  self->line = g_byte_array_new ();
  return self;
}

static void
close_file (SideQueueLog *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  self->skipping = FALSE;
  g_byte_array_set_size (self->line, 0);
}

/**
 * side_queue_log_free:
 * @self: (nullable): a reader
 */
void
side_queue_log_free (SideQueueLog *self)
{
  if (self == NULL)
    return;
  close_file (self);
  g_byte_array_unref (self->line);
  g_free (self->path);
  g_free (self);
}

static gboolean
open_file (SideQueueLog *self)
{
  struct stat facts;

  if (self->fd >= 0)
    return TRUE;
  self->fd = g_open (self->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (self->fd < 0)
    return FALSE;
  if (fstat (self->fd, &facts) != 0 || !S_ISREG (facts.st_mode))
    {
      close_file (self);
      errno = EINVAL;   /* a folder, a pipe: no file to follow */
      return FALSE;
    }
  self->device = facts.st_dev;
  self->inode = facts.st_ino;
  self->offset = 0;
  return TRUE;
}

static guint
take_line (SideQueueLog *self,
           const char   *line,
           gsize         length,
           goffset       offset)
{
  SideQueueLogEntry *entry = side_queue_log_parse (line, length);

  if (entry == NULL)
    {
      self->damaged += length > 0;
      return 0;
    }
  entry->offset = offset;
  self->func (entry, self->data);
  return 1;
}

static guint
take_bytes (SideQueueLog *self,
            const char   *bytes,
            gsize         n,
            goffset       offset)
{
  const char *begin = bytes;
  const char *end = bytes + n;
  guint found = 0;

  while (bytes < end)
    {
      const char *lf = memchr (bytes, '\n', (gsize) (end - bytes));
      gsize size = (gsize) ((lf != NULL ? lf : end) - bytes);

      if (!self->skipping && self->line->len + size > SIDE_QUEUE_LOG_LINE_MAX)
        {
          self->damaged++;
          self->skipping = TRUE;
          g_byte_array_set_size (self->line, 0);
        }
      if (!self->skipping && (lf == NULL || self->line->len > 0))
        g_byte_array_append (self->line, (const guint8 *) bytes, size);
      if (lf == NULL)
        break;
      if (self->skipping)
        self->skipping = FALSE;
      else if (self->line->len > 0)
        found += take_line (self, (const char *) self->line->data, self->line->len,
                            offset + (lf - begin) - (goffset) self->line->len);
      else
        found += take_line (self, bytes, size, offset + (bytes - begin));
      g_byte_array_set_size (self->line, 0);
      bytes = lf + 1;
    }
  return found;
}

static guint
read_to_end (SideQueueLog *self)
{
  g_autofree char *chunk = g_malloc (CHUNK);
  guint found = 0;
  gssize n;

  while ((n = pread (self->fd, chunk, CHUNK, self->offset)) > 0)
    {
      found += take_bytes (self, chunk, (gsize) n, self->offset);
      self->offset += n;
    }
  return found;
}

/* The first whole entry in a window; @carry is where the next window begins. */
static gint64
time_in (const char *bytes,
         gsize       n,
         gboolean    skip_first,
         gsize      *at,
         gsize      *carry)
{
  const char *line = bytes;
  const char *lf;

  *carry = n;
  if (skip_first && (line = memchr (bytes, '\n', n)) != NULL)
    line++;
  while (line != NULL && (lf = memchr (line, '\n', n - (gsize) (line - bytes))) != NULL)
    {
      g_autoptr (SideQueueLogEntry) entry = side_queue_log_parse (line, (gsize) (lf - line));

      *at = (gsize) (line - bytes);
      if (entry != NULL)
        return entry->at_ms;
      line = lf + 1;
      /* The line end itself, so that the next window skips nothing more. */
      *carry = (gsize) (lf - bytes);
    }
  return -1;
}

/* The time of the first whole entry at or after @offset; -1 when there is none. */
static gint64
time_at (int      fd,
         goffset  offset,
         goffset *line_start)
{
  g_autofree char *bytes = g_malloc (CHUNK);
  gboolean skip_first = offset > 0;
  gssize n;

  while ((n = pread (fd, bytes, CHUNK, offset)) > 0)
    {
      gsize at;
      gsize carry;
      gint64 at_ms = time_in (bytes, (gsize) n, skip_first, &at, &carry);

      if (at_ms >= 0)
        {
          *line_start = offset + (goffset) at;
          return at_ms;
        }
      offset += (goffset) MAX (carry, 1);
      skip_first = TRUE;
    }
  return -1;
}

/* Lines come in the order of time, so the place is found by halving. */
static goffset
find_time (int     fd,
           goffset size,
           gint64  from_ms)
{
  goffset low = 0;
  goffset high = size;
  goffset place = size;

  while (low < high)
    {
      goffset middle = low + (high - low) / 2;
      goffset line_start = 0;
      gint64 at_ms = time_at (fd, middle, &line_start);

      if (at_ms < 0 || at_ms >= from_ms)
        {
          if (at_ms >= 0)
            place = MIN (place, line_start);
          high = middle;
        }
      else
        {
          low = middle + 1;
        }
    }
  return place;
}

static void
go_to (SideQueueLog *self,
       gint64        from_ms)
{
  struct stat facts;

  if (fstat (self->fd, &facts) == 0)
    self->offset = from_ms == G_MAXINT64 ? facts.st_size : find_time (self->fd, facts.st_size, from_ms);
}

/**
 * side_queue_log_read:
 * @self: a reader
 *
 * Reads what was written since the last time.
 *
 * Returns: how many entries there were
 */
guint
side_queue_log_read (SideQueueLog *self)
{
  struct stat facts;
  guint found = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (!self->sought)
    side_queue_log_seek (self, G_MAXINT64, NULL);
  if (self->fd >= 0)
    {
      found += read_to_end (self);
      if (g_stat (self->path, &facts) != 0)
        return found;
      if (facts.st_ino == self->inode && facts.st_dev == self->device && facts.st_size >= self->offset)
        return found;
      /* A rotation makes the new file before it tells the PBX, which goes on with
       * the old one until then. The first line in the new one says that it has left;
       * whatever came to the old one in between is read before it is let go. */
      if ((facts.st_ino != self->inode || facts.st_dev != self->device) && facts.st_size == 0)
        return found;
      found += read_to_end (self);
      close_file (self);
    }
  if (!open_file (self))
    return found;
  if (self->from_ms != 0)
    go_to (self, self->from_ms);
  self->from_ms = 0;
  return found + read_to_end (self);
}

typedef struct {
  char   *path;
  gint64  changed_ns;
} Rotated;

static void
rotated_clear (gpointer data)
{
  g_free (((Rotated *) data)->path);
}

static int
compare_rotated (gconstpointer a,
                 gconstpointer b)
{
  gint64 x = ((const Rotated *) a)->changed_ns;
  gint64 y = ((const Rotated *) b)->changed_ns;

  return (x > y) - (x < y);
}

/* Files moved away by a rotation since @from_ms, oldest first. */
static GArray *
find_rotated (SideQueueLog *self,
              gint64        from_ms)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *prefix = g_strconcat (base, ".", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Rotated));
  const char *name;

  g_array_set_clear_func (found, rotated_clear);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Rotated rotated = { g_build_filename (folder, name, NULL), 0 };
      struct stat facts;

      if (g_str_has_prefix (name, prefix) && !g_str_has_suffix (name, "z") && g_stat (rotated.path, &facts) == 0
          && S_ISREG (facts.st_mode) && (gint64) facts.st_mtim.tv_sec * 1000 + 1000 >= from_ms)
        {
          rotated.changed_ns = (gint64) facts.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000)
                               + facts.st_mtim.tv_nsec;
          g_array_append_val (found, rotated);
        }
      else
        {
          g_free (rotated.path);
        }
    }
  g_array_sort (found, compare_rotated);
  return found;
}

static void
read_rotated (SideQueueLog *self,
              gint64        from_ms)
{
  g_autoptr (GArray) rotated = find_rotated (self, from_ms);
  g_autofree char *own = g_strdup (self->path);

  for (guint i = 0; i < rotated->len; i++)
    {
      struct stat facts;

      g_free (self->path);
      self->path = g_strdup (g_array_index (rotated, Rotated, i).path);
      if (open_file (self) && fstat (self->fd, &facts) == 0)
        {
          self->offset = find_time (self->fd, facts.st_size, from_ms);
          read_to_end (self);
        }
      close_file (self);
    }
  g_free (self->path);
  self->path = g_steal_pointer (&own);
}

/**
 * side_queue_log_seek:
 * @self: a reader
 * @from_ms: instant to begin at; %G_MAXINT64 for the end of the file
 * @error: return location
 *
 * Goes to the first entry of @from_ms or later. Entries of files a rotation
 * moved away since are read at once.
 *
 * Returns: whether the file is there and may be read
 */
gboolean
side_queue_log_seek (SideQueueLog  *self,
                     gint64         from_ms,
                     GError       **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  self->sought = TRUE;
  close_file (self);
  if (from_ms != G_MAXINT64)
    read_rotated (self, from_ms);
  if (!open_file (self))
    {
      int saved = errno;

      /* One that comes into being is all news; one that becomes readable not. */
      self->from_ms = saved == ENOENT ? 0 : from_ms;
      g_set_error (error, SIDE_ERROR, saved == EACCES ? SIDE_ERROR_FORBIDDEN : SIDE_ERROR_NOT_FOUND,
                   "%s: %s", self->path, g_strerror (saved));
      return FALSE;
    }
  go_to (self, from_ms);
  return TRUE;
}

/**
 * side_queue_log_get_damaged:
 * @self: a reader
 *
 * Returns: how many lines were no entries: broken by a stranger, or too long
 */
guint64
side_queue_log_get_damaged (SideQueueLog *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->damaged;
}
