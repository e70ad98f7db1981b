/* side-paths.c - where the program's own files are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Installed, everything stands where meson was told; run from a build tree,
 * things are found relative to the executable, so that nobody has to set an
 * environment before starting what they just built.
 */
#include "side-paths.h"

#include <glib/gstdio.h>

static char *
own_folder (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);

  return self != NULL ? g_path_get_dirname (self) : NULL;
}

/**
 * side_paths_find_program:
 * @name: file name of a program of ours, "sidetone-server"
 *
 * Looks beside this program, in the build tree, where it would be installed,
 * and in the PATH, in this order.
 *
 * Returns: (transfer full) (nullable): its path
 */
char *
side_paths_find_program (const char *name)
{
  /* app/ui and app/server are neighbours in a build tree; tests run from tests/x */
  static const char *const below[] = {
    ".", "../server", "../server/http", "../../app/server", "../../app/server/http",
  };
  g_autofree char *folder = own_folder ();
  g_autofree char *installed = g_build_filename (SIDE_BIN_DIR, name, NULL);

  for (gsize i = 0; folder != NULL && i < G_N_ELEMENTS (below); i++)
    {
      g_autofree char *path = g_build_filename (folder, below[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_canonicalize_filename (path, NULL);
    }
  if (g_file_test (installed, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&installed);
  return g_find_program_in_path (name);
}

/**
 * side_paths_find_build_schema:
 *
 * Returns: (transfer full) (nullable): the build tree's folder with the
 *   compiled settings schema, when this program stands in one
 */
char *
side_paths_find_build_schema (void)
{
  g_autofree char *folder = own_folder ();
  g_autofree char *schemas = NULL;
  g_autofree char *file = NULL;

  if (folder == NULL)
    return NULL;
  schemas = g_build_filename (folder, "..", "..", "data", NULL);
  file = g_build_filename (schemas, "gschemas.compiled", NULL);
  return g_file_test (file, G_FILE_TEST_IS_REGULAR) ? g_canonicalize_filename (schemas, NULL) : NULL;
}

/**
 * side_paths_dup_locale_folder:
 *
 * Returns: (transfer full): where the translations stand: the build tree's,
 *   when this program stands in one, else the installed ones
 */
char *
side_paths_dup_locale_folder (void)
{
  g_autofree char *folder = own_folder ();
  g_autofree char *built = folder != NULL ? g_build_filename (folder, "..", "..", "po", NULL) : NULL;
  g_autofree char *any = built != NULL ? g_build_filename (built, "ru", "LC_MESSAGES", "sidetone.mo", NULL) : NULL;

  return g_strdup (any != NULL && g_file_test (any, G_FILE_TEST_IS_REGULAR) ? built : SIDE_LOCALE_DIR);
}

/**
 * side_paths_name_server_folder:
 * @kind: "data" for what must be kept, "cache" for what can be fetched again
 * @identity: what tells one server and user from another
 *
 * Returns: (transfer full): a folder of this user's for that server, there or
 *   not; named by a hash, since an address may hold any character
 */
char *
side_paths_name_server_folder (const char *kind,
                               const char *identity)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, identity, -1);
  const char *base = g_str_equal (kind, "cache") ? g_get_user_cache_dir () : g_get_user_data_dir ();

  hash[16] = '\0';
  return g_build_filename (base, "sidetone", hash, NULL);
}

/**
 * side_paths_server_folder:
 * @kind: "data" for what must be kept, "cache" for what can be fetched again
 * @identity: what tells one server and user from another
 *
 * Returns: (transfer full): as side_paths_name_server_folder(), made if need be
 */
char *
side_paths_server_folder (const char *kind,
                          const char *identity)
{
  char *folder = side_paths_name_server_folder (kind, identity);

  g_mkdir_with_parents (folder, 0700);
  return folder;
}

/**
 * side_paths_config_file:
 * @name: file name
 *
 * Returns: (transfer full): where this user's file of that name is, there or
 *   not: what people set up, and no server knows of
 */
char *
side_paths_config_file (const char *name)
{
  return g_build_filename (g_get_user_config_dir (), "sidetone", name, NULL);
}
