/* side-recording-walk.c - which files lie in the recordings folders and belong to no call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folders are opened by their handle within the one above, and never through a
 * link: whatever is put there meanwhile, nothing outside is looked at. No file
 * is opened. A file is a call's if the archive has a recording of its path, or
 * of another way to the same place, or if its name tells that it holds the waiting
 * of a caller whom nobody answered.
 */
#include "side-recording-walk.h"

#include "side-recording-lost.h"
#include "side-time.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What Asterisk and its scripts write; lower case. Descriptions, pictures and halves of
 * downloads are none of it. */
static const char *const sounds[] = {
  "wav", "wav16", "wav49", "gsm", "mp3", "ogg", "opus", "flac", "ulaw", "alaw", "g722", "sln", "sln16", NULL,
};

struct _SideRecordingWalk
{
  GHashTable *files;       /* path (char *) -> SideUnmatchedFile */
  GHashTable *aliases;     /* the path by its folder's name as configured (char *) -> that in @files (char *) */
  GHashTable *instants;    /* set of gint64 *: when they were written */
  gboolean    complete;
};

typedef struct {
  SideRecordingWalk    *walk;
  const SideWalkBounds *bounds;
  gint64                from_ms;
  gint64                to_ms;         /* the first instant not to take */
  gint64                deadline_us;
  guint                 entries;       /* looked at */
  GHashTable           *visited;       /* set of "device:inode" (char *) */
  const char           *folder;        /* as configured, without a slash at its end */
  const char           *real;          /* as the kernel calls it */
  GString              *name;          /* below it */
} Going;

static void walk_folder (Going *going, int fd, guint depth);

/* Whether to go on looking. */
static gboolean
within_bounds (Going *going)
{
  if (going->entries < going->bounds->entries && g_get_monotonic_time () < going->deadline_us
      && g_hash_table_size (going->walk->files) < going->bounds->files)
    return TRUE;
  going->walk->complete = FALSE;
  return FALSE;
}

static gboolean
is_sound (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *suffix = dot != NULL ? g_ascii_strdown (dot + 1, -1) : NULL;

  return suffix != NULL && g_strv_contains (sounds, suffix);
}

static void
take_file (Going             *going,
           const struct stat *info)
{
  SideRecordingWalk *walk = going->walk;
  gint64 modified_ms = (gint64) info->st_mtim.tv_sec * 1000 + info->st_mtim.tv_nsec / 1000000;
  g_autofree char *name = NULL;
  SideUnmatchedFile *file;
  char *path;
  char *alias;

  if (modified_ms < going->from_ms || modified_ms >= going->to_ms)
    return;
  name = g_utf8_make_valid (going->name->str, -1);
  file = side_unmatched_file_new (name, (gint64) info->st_size, modified_ms);
  path = g_strconcat (going->real, "/", going->name->str, NULL);
  alias = g_strconcat (going->folder, "/", going->name->str, NULL);
  g_hash_table_insert (walk->aliases, alias, g_strdup (path));
  g_hash_table_insert (walk->files, path, file);
  g_hash_table_add (walk->instants, g_memdup2 (&modified_ms, sizeof modified_ms));
}

static void
look_at (Going      *going,
         int         fd,
         const char *entry,
         guint       depth)
{
  gsize len = going->name->len;
  struct stat info;

  going->entries++;
  if (fstatat (fd, entry, &info, AT_SYMLINK_NOFOLLOW) != 0)
    return;   /* gone meanwhile */
  g_string_append_printf (going->name, "%s%s", len > 0 ? "/" : "", entry);
  if (S_ISREG (info.st_mode) && is_sound (entry))
    take_file (going, &info);
  else if (S_ISDIR (info.st_mode) && depth < going->bounds->depth)
    walk_folder (going, openat (fd, entry, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), depth + 1);
  else if (S_ISDIR (info.st_mode))
    going->walk->complete = FALSE;
  g_string_truncate (going->name, len);
}

/* The same folder may be configured twice, or lie within another that is. */
static gboolean
is_new (Going *going,
        int    fd)
{
  struct stat info;

  return fstat (fd, &info) == 0
         && g_hash_table_add (going->visited, g_strdup_printf ("%" G_GUINT64_FORMAT ":%" G_GUINT64_FORMAT,
                                                               (guint64) info.st_dev, (guint64) info.st_ino));
}

static int
newest_name_first (gconstpointer a,
                   gconstpointer b)
{
  return -strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (Going *going,
            DIR   *dir)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const struct dirent *entry;

  while ((entry = readdir (dir)) != NULL)
    {
      if (*entry->d_name == '.')
        continue;
      if (going->entries + names->len >= going->bounds->entries || g_get_monotonic_time () >= going->deadline_us)
        {
          going->walk->complete = FALSE;
          break;
        }
      g_ptr_array_add (names, g_strdup (entry->d_name));
    }
  /* Folders are named by the date, as a rule: what is cut off is old. */
  g_ptr_array_sort (names, newest_name_first);
  return names;
}

/* @fd: (transfer full): the folder, or -1 */
static void
walk_folder (Going *going,
             int    fd,
             guint  depth)
{
  g_autoptr (GPtrArray) names = NULL;
  DIR *dir;

  if (fd >= 0 && !is_new (going, fd))
    {
      close (fd);
      return;
    }
  dir = fd >= 0 ? fdopendir (fd) : NULL;
  if (dir == NULL)
    {
      if (fd >= 0)
        close (fd);
      going->walk->complete = FALSE;
      return;
    }
  names = list_names (going, dir);
  for (guint i = 0; i < names->len && within_bounds (going); i++)
    look_at (going, dirfd (dir), g_ptr_array_index (names, i), depth);
  closedir (dir);
}

/**
 * side_recording_walk_usual_bounds:
 *
 * Returns: (transfer none): what a server can do on the side: 200 000 entries,
 *   10 s, 50 000 sound files, 16 folders deep
 */
const SideWalkBounds *
side_recording_walk_usual_bounds (void)
{
  static const SideWalkBounds bounds = { 200000, 10000, 50000, 16 };

  return &bounds;
}

/**
 * side_recording_walk_run:
 * @folders: (array zero-terminated=1): the recordings folders
 * @from_ms: written at this instant or later; 0 for any
 * @to_ms: written before this instant; 0 for any
 * @now_ms: the time of this machine's clock; what is younger than
 *   SIDE_RECORDING_WALK_AGE_MS is left out
 * @bounds: where to stop
 *
 * Looks for sound files. Blocks, up to @bounds.
 *
 * Returns: (transfer full): what was found
 */
SideRecordingWalk *
side_recording_walk_run (const char *const    *folders,
                         gint64                from_ms,
                         gint64                to_ms,
                         gint64                now_ms,
                         const SideWalkBounds *bounds)
{
  SideRecordingWalk *self = g_new0 (SideRecordingWalk, 1);
  g_autoptr (GHashTable) visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) name = g_string_new (NULL);
  gint64 last_ms = now_ms - SIDE_RECORDING_WALK_AGE_MS;
  Going going = { self, bounds, from_ms, to_ms != 0 ? MIN (to_ms, last_ms) : last_ms,
                  g_get_monotonic_time () + bounds->ms * 1000, 0, visited, NULL, NULL, name };

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_unmatched_file_free);
  self->aliases = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->instants = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->complete = TRUE;
  for (gsize i = 0; folders[i] != NULL; i++)
    {
      /* realpath() comes from malloc(), which is what g_free() frees. */
      g_autofree char *real = realpath (folders[i], NULL);
      g_autofree char *folder = g_strdup (folders[i]);
      gsize len = strlen (folder);

      while (len > 0 && folder[len - 1] == '/')
        folder[--len] = '\0';
      going.folder = folder;
      going.real = real != NULL && strcmp (real, "/") != 0 ? real : "";
      walk_folder (&going, real != NULL ? open (real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1, 0);
    }
  return self;
}

static void
known_cb (const char *path,
          gint64      modified_ms,
          gpointer    user_data)
{
  SideRecordingWalk *self = user_data;
  const char *same = path != NULL ? g_hash_table_lookup (self->aliases, path) : NULL;
  g_autofree char *real = NULL;

  if (path == NULL || g_hash_table_remove (self->files, same != NULL ? same : path)
      || !g_hash_table_contains (self->instants, &modified_ms))
    return;
  /* Written at the same instant as one of them: it may be the same by another way. */
  real = realpath (path, NULL);
  if (real != NULL)
    g_hash_table_remove (self->files, real);
}

static const char *
last_part (const SideUnmatchedFile *file)
{
  const char *slash = strrchr (file->name, '/');

  return slash != NULL ? slash + 1 : file->name;
}

/* Who waited was in the queue for a day at most. */
static gboolean
leave_out_lost (SideRecordingWalk  *self,
                SideArchiveStore   *store,
                GError            **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (SideRecordingLost) lost = NULL;
  gint64 oldest_ms = G_MAXINT64;
  GHashTableIter iter;
  gpointer file;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    {
      oldest_ms = MIN (oldest_ms, ((const SideUnmatchedFile *) file)->modified_ms);
      g_ptr_array_add (names, (gpointer) last_part (file));
    }
  if (names->len == 0)
    return TRUE;
  lost = side_recording_lost_new (names, store, oldest_ms - 24 * SIDE_HOUR_MS, error);
  if (lost == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    if (side_recording_lost_has (lost, last_part (file)))
      g_hash_table_iter_remove (&iter);
  return TRUE;
}

static int
newest_first (gconstpointer a,
              gconstpointer b)
{
  const SideUnmatchedFile *one = *(const SideUnmatchedFile *const *) a;
  const SideUnmatchedFile *other = *(const SideUnmatchedFile *const *) b;

  if (one->modified_ms != other->modified_ms)
    return one->modified_ms < other->modified_ms ? 1 : -1;
  return strcmp (one->name, other->name);
}

/**
 * side_recording_walk_settle:
 * @self: what was found; only what no call refers to is left in it
 * @store: the archive's
 * @limit: how many files at most
 * @error: return location
 *
 * Blocks while all recordings of the archive, and its calls of the time, are read.
 *
 * Returns: (transfer full) (nullable): the newest of the files that are left;
 *   %NULL with what the archive has to say
 */
SideUnmatched *
side_recording_walk_settle (SideRecordingWalk  *self,
                            SideArchiveStore   *store,
                            guint               limit,
                            GError            **error)
{
  g_autoptr (SideUnmatched) unmatched = side_unmatched_new ();
  GHashTableIter iter;
  gpointer file;

  if (g_hash_table_size (self->files) > 0
      && (!side_archive_store_each_recording (store, known_cb, self, error) || !leave_out_lost (self, store, error)))
    return NULL;
  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, NULL, &file))
    {
      const SideUnmatchedFile *left = file;

      g_ptr_array_add (unmatched->files, side_unmatched_file_new (left->name, left->size, left->modified_ms));
    }
  g_ptr_array_sort (unmatched->files, newest_first);
  unmatched->complete = self->complete && unmatched->files->len <= limit;
  if (unmatched->files->len > limit)
    g_ptr_array_set_size (unmatched->files, (int) limit);
  return g_steal_pointer (&unmatched);
}

/**
 * side_recording_walk_free:
 * @self: (transfer full) (nullable): what was found
 */
void
side_recording_walk_free (SideRecordingWalk *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->aliases);
  g_hash_table_unref (self->instants);
  g_free (self);
}
