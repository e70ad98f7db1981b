/* side-rules.c - whether somebody has read the rules of test calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Once for each account at each server, and for each project: whose staff is
 * called is another question every time. Rules that say something new count as
 * unread.
 */
#include "side-rules.h"

#include <string.h>

#include "side-file.h"
#include "side-paths.h"

#define GROUP     "acknowledged"
#define EDITION   1             /* of the rules: grows when they say something new */
#define MAX_BYTES (256 * 1024)

/* An account's name may hold any character. */
static char *
dup_key (SideDesk *desk)
{
  const SideServer *server = side_desk_get_server (desk);
  g_autofree char *identity = server != NULL ? side_server_dup_identity (server) : g_strdup ("");
  const char *user = side_desk_get_user (desk), *project = side_desk_get_project_id (desk);
  g_autofree char *whole = g_strdup_printf ("%s\n%s\n%s", identity, user != NULL ? user : "", project != NULL ? project : "");
  char *key = g_compute_checksum_for_string (G_CHECKSUM_SHA256, whole, -1);

  key[32] = '\0';
  return key;
}

/* Returns: (transfer full): what was written down; a file that cannot be read says nothing */
static GKeyFile *
read_file (const char *path)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;
  gsize len;

  if (side_file_read (path, MAX_BYTES, &text, &len, NULL) && g_key_file_load_from_data (file, text, len, G_KEY_FILE_NONE, NULL))
    return g_steal_pointer (&file);
  return g_key_file_new ();
}

static char *
dup_path (const char *path)
{
  return path != NULL ? g_strdup (path) : side_paths_config_file ("test-call-rules.ini");
}

/**
 * side_rules_get_acknowledged_ms:
 * @desk: whose account and project
 * @path: (nullable): of the file; %NULL for this user's own
 *
 * Returns: the instant the rules, as they are now, were acknowledged; 0 for never
 */
gint64
side_rules_get_acknowledged_ms (SideDesk   *desk,
                                const char *path)
{
  g_autofree char *name = dup_path (path);
  g_autofree char *key = NULL;
  g_autoptr (GKeyFile) file = NULL;
  g_auto (GStrv) value = NULL;
  gsize n = 0;

  g_return_val_if_fail (SIDE_IS_DESK (desk), 0);

  key = dup_key (desk);
  file = read_file (name);
  value = g_key_file_get_string_list (file, GROUP, key, &n, NULL);
  return n == 2 && g_ascii_strtoll (value[0], NULL, 10) == EDITION ? g_ascii_strtoll (value[1], NULL, 10) : 0;
}

/**
 * side_rules_acknowledge:
 * @desk: whose account and project
 * @path: (nullable): of the file; %NULL for this user's own
 * @error: return location: of side_file_write()
 *
 * Returns: whether it is written down
 */
gboolean
side_rules_acknowledge (SideDesk    *desk,
                        const char  *path,
                        GError     **error)
{
  g_autofree char *name = dup_path (path);
  g_autofree char *folder = g_path_get_dirname (name);
  g_autofree char *key = NULL;
  g_autofree char *edition = g_strdup_printf ("%d", EDITION);
  g_autofree char *now = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (SIDE_IS_DESK (desk), FALSE);

  key = dup_key (desk);
  now = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (side_desk_get_write_ms (desk), 1));
  file = read_file (name);
  g_key_file_set_string_list (file, GROUP, key, (const char *const[]) { edition, now, NULL }, 2);
  text = g_key_file_to_data (file, NULL, NULL);
  g_mkdir_with_parents (folder, 0700);
  return side_file_write (name, text, strlen (text), 0600, error);
}
