/* side-call-rules.c - the rules of test calls, and who acknowledged them on this computer
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Once for each account at each server, and for each project: whose staff is
 * called is another question every time. Rules that say something new count as
 * unread. One file for the window and the command line; what is written down
 * there goes into each test call, and so to the server, too.
 */
#include "side-call-rules.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "side-file.h"

#define GROUP     "acknowledged"
#define MAX_BYTES (256 * 1024)

static const struct {
  const char *title;
  const char *text;
} rules[SIDE_CALL_RULES_N] = {
  { N_("The staff knows"),
    N_("Operators were told beforehand that test calls are made, what they are for and how they are scored. They need not know when.") },
  { N_("One call punishes nobody"),
    N_("A single test call is a chance find. No bonus, warning or dismissal rests on one: look at many, over time, and talk about them.") },
  { N_("The recording is lawful"),
    N_("Where I call from and where I call to, I may record this call, or I make no recording I may not keep.") },
};

/**
 * side_call_rules_get_title:
 * @rule: below %SIDE_CALL_RULES_N
 *
 * Returns: (transfer none): what it is about, translated
 */
const char *
side_call_rules_get_title (guint rule)
{
  g_return_val_if_fail (rule < SIDE_CALL_RULES_N, NULL);
  return _(rules[rule].title);
}

/**
 * side_call_rules_get_text:
 * @rule: below %SIDE_CALL_RULES_N
 *
 * Returns: (transfer none): what it says, translated
 */
const char *
side_call_rules_get_text (guint rule)
{
  g_return_val_if_fail (rule < SIDE_CALL_RULES_N, NULL);
  return _(rules[rule].text);
}

/**
 * side_call_rules_dup_path:
 *
 * Returns: (transfer full): this user's own file, there or not
 */
char *
side_call_rules_dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "sidetone", "test-call-rules.ini", NULL);
}

/**
 * side_call_rules_dup_key:
 * @server: (nullable): which server
 * @user: (nullable): name of the account there; it may hold any character
 * @project: (nullable): id of the project
 *
 * Returns: (transfer full): by what their acknowledgement is found
 */
char *
side_call_rules_dup_key (const char *server,
                         const char *user,
                         const char *project)
{
  g_autofree char *whole = g_strdup_printf ("%s\n%s\n%s", server != NULL ? server : "", user != NULL ? user : "",
                                            project != NULL ? project : "");
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

/* The version, the instant, who, and the project; the last two are missing from what was written down first.
 * Returns: the instant; 0 for rules as they were once */
static gint64
instant_of (char **value,
            gsize  n)
{
  return (n == 2 || n == 4) && g_ascii_strtoll (value[0], NULL, 10) == SIDE_CALL_RULES_VERSION ? g_ascii_strtoll (value[1], NULL, 10) : 0;
}

static void
take_name (char       **by,
           char *const *value,
           gsize        n)
{
  if (by == NULL)
    return;
  g_free (*by);
  *by = n == 4 && *value[2] != '\0' ? g_strdup (value[2]) : NULL;
}

/**
 * side_call_rules_find:
 * @path: of the file
 * @key: of side_call_rules_dup_key()
 * @by: (out) (optional) (nullable) (transfer full): who acknowledged them; %NULL where it is not known
 *
 * Returns: the instant the rules, as they are now, were acknowledged; 0 for never
 */
gint64
side_call_rules_find (const char  *path,
                      const char  *key,
                      char       **by)
{
  g_autoptr (GKeyFile) file = NULL;
  g_auto (GStrv) value = NULL;
  gsize n = 0;
  gint64 at_ms;

  g_return_val_if_fail (path != NULL && key != NULL, 0);

  if (by != NULL)
    *by = NULL;
  file = read_file (path);
  value = g_key_file_get_string_list (file, GROUP, key, &n, NULL);
  at_ms = instant_of (value, n);
  if (at_ms != 0)
    take_name (by, value, n);
  return at_ms;
}

/**
 * side_call_rules_find_project:
 * @path: of the file
 * @project: (nullable): id of the project
 * @by: (out) (optional) (nullable) (transfer full): as for side_call_rules_find()
 *
 * For who knows neither server nor account.
 *
 * Returns: the newest instant at which anybody acknowledged them for @project; 0 for never
 */
gint64
side_call_rules_find_project (const char  *path,
                              const char  *project,
                              char       **by)
{
  g_autoptr (GKeyFile) file = NULL;
  g_auto (GStrv) keys = NULL;
  gint64 newest_ms = 0;

  g_return_val_if_fail (path != NULL, 0);

  if (by != NULL)
    *by = NULL;
  file = read_file (path);
  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);
  for (gsize i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      gsize n = 0;
      g_auto (GStrv) value = g_key_file_get_string_list (file, GROUP, keys[i], &n, NULL);
      gint64 at_ms = instant_of (value, n);

      if (n != 4 || at_ms <= newest_ms || strcmp (value[3], project != NULL ? project : "") != 0)
        continue;
      newest_ms = at_ms;
      take_name (by, value, n);
    }
  return newest_ms;
}

/**
 * side_call_rules_keep:
 * @path: of the file; its folder is made
 * @key: of side_call_rules_dup_key()
 * @project: (nullable): id of the project
 * @by: (nullable): who acknowledged them
 * @at_ms: the present instant
 * @error: return location: of side_file_write()
 *
 * Returns: whether it is written down
 */
gboolean
side_call_rules_keep (const char  *path,
                      const char  *key,
                      const char  *project,
                      const char  *by,
                      gint64       at_ms,
                      GError     **error)
{
  g_autofree char *folder = NULL, *version = NULL, *now = NULL, *text = NULL;
  g_autoptr (GKeyFile) file = NULL;

  g_return_val_if_fail (path != NULL && key != NULL, FALSE);

  folder = g_path_get_dirname (path);
  version = g_strdup_printf ("%d", SIDE_CALL_RULES_VERSION);
  now = g_strdup_printf ("%" G_GINT64_FORMAT, MAX (at_ms, 1));
  file = read_file (path);
  g_key_file_set_string_list (file, GROUP, key,
                              (const char *const[]) { version, now, by != NULL ? by : "", project != NULL ? project : "", NULL }, 4);
  text = g_key_file_to_data (file, NULL, NULL);
  g_mkdir_with_parents (folder, 0700);
  return side_file_write (path, text, strlen (text), 0600, error);
}
