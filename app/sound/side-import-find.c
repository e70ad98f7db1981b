/* side-import-find.c - which recordings lie in a folder
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Folders are gone through as deep as exchanges nest them (year, month, day,
 * hour); links to other folders are not followed, so that there is no circle.
 */
#include "side-import.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "side-error.h"

#define MAX_DEPTH 12
#define MAX_FILES 20000

/* Also what cannot be played, so that it is said why. */
static gboolean
is_recording_name (const char *name)
{
  static const char *const endings[] = {
    ".wav", ".wave", ".wav49", ".gsm", ".flac", ".mp3", ".ogg", ".oga", ".opus", ".au", ".aif", ".aiff", ".w64", ".rf64",
    ".raw", ".sln", ".sln16", ".ulaw", ".alaw", ".g722", ".g729", ".m4a", ".mp4", ".3gp", ".aac", ".amr", ".wma", ".webm", ".mka",
  };
  const char *dot = strrchr (name, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot, endings[i]) == 0)
      return *name != '.';
  return FALSE;
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
add (GPtrArray   *found,
     GHashTable  *known,
     const char  *path,
     GError     **error)
{
  if (!g_hash_table_add (known, g_strdup (path)))
    return TRUE;
  if (found->len >= MAX_FILES)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "there are more than %d recordings", MAX_FILES);
      return FALSE;
    }
  g_ptr_array_add (found, g_strdup (path));
  return TRUE;
}

static gboolean
walk (const char    *folder,
      int            depth,
      GPtrArray     *found,
      GHashTable    *known,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      if (g_cancellable_is_cancelled (cancellable))
        {
          g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CANCELLED, "taken back");
          return FALSE;
        }
      if (lstat (path, &info) != 0)
        continue;
      if (S_ISDIR (info.st_mode))
        {
          if (depth < MAX_DEPTH && !walk (path, depth + 1, found, known, cancellable, error))
            return FALSE;
        }
      else if ((S_ISREG (info.st_mode) || S_ISLNK (info.st_mode)) && is_recording_name (name)
               && !add (found, known, path, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * side_import_find:
 * @paths: (array zero-terminated=1): files, which are taken whatever their
 *   names, and folders, in which those with the name of a recording are
 * @cancellable: (nullable): taken back
 * @error: TOO_LARGE when there are more than 20 000, CANCELLED
 *
 * For worker threads.
 *
 * Returns: (transfer full) (element-type filename): the files, each once, in
 *   the order of their paths
 */
GPtrArray *
side_import_find (const char *const  *paths,
                  GCancellable       *cancellable,
                  GError            **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_return_val_if_fail (paths != NULL, NULL);
  for (gsize i = 0; paths[i] != NULL; i++)
    {
      gboolean good = g_file_test (paths[i], G_FILE_TEST_IS_DIR) ? walk (paths[i], 0, found, known, cancellable, error)
                                                                 : add (found, known, paths[i], error);
      if (!good)
        return NULL;
    }
  g_ptr_array_sort (found, compare_paths);
  return g_steal_pointer (&found);
}

static gpointer
find_work (gpointer          data,
           SideJobProgress   progress,
           gpointer          job,
           GCancellable     *cancellable,
           GError          **error)
{
  return side_import_find (data, cancellable, error);
}

/**
 * side_import_find_async:
 * @paths: (array zero-terminated=1): files and folders
 * @cancellable: (nullable): taken back
 * @callback: called when all are found
 * @user_data: for @callback
 *
 * side_import_find() in a thread.
 */
void
side_import_find_async (const char *const    *paths,
                        GCancellable         *cancellable,
                        GAsyncReadyCallback   callback,
                        gpointer              user_data)
{
  side_job_run_async (find_work, g_strdupv ((char **) paths), (GDestroyNotify) g_strfreev, (GDestroyNotify) g_ptr_array_unref,
                      NULL, NULL, cancellable, callback, user_data);
}

/**
 * side_import_find_finish:
 * @result: what the callback was given
 * @error: as side_import_find() has them
 *
 * Returns: (transfer full) (element-type filename): the files
 */
GPtrArray *
side_import_find_finish (GAsyncResult  *result,
                         GError       **error)
{
  return side_job_run_finish (result, error);
}
