/* side-cli-script.c - scripts as readable files and as tables
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads either, whichever a file turns out to be, and writes what the name of
 * the other one tells.
 */
#include <string.h>

#include "side-cli.h"
#include "side-script-csv.h"
#include "side-wire.h"

static SideScript *
read_table (const char        *path,
            const char        *text,
            gsize              len,
            const SideScript  *base,
            GError           **error)
{
  g_auto (GStrv) passed_over = NULL;
  SideScript *script = side_script_csv_read (text, len, base, &passed_over, error);

  for (gsize i = 0; script != NULL && passed_over[i] != NULL; i++)
    side_cli_warn ("%s: the column “%s” means nothing here and is passed over", path, passed_over[i]);
  if (script != NULL && *script->title == '\0')
    {
      g_autofree char *name = g_path_get_basename (path);
      char *dot = strrchr (name, '.');

      if (dot != NULL)
        *dot = '\0';
      g_free (script->title);
      script->title = g_utf8_make_valid (name, -1);
    }
  return script;
}

static SideScript *
read_script (const char        *path,
             const SideScript  *base,
             gboolean           unchecked,
             GError           **error)
{
  g_autoptr (GByteArray) bytes = side_cli_read (path, SIDE_WIRE_MAX_REQUEST, error);
  g_autofree char *text = NULL;
  gboolean is_json = g_str_has_suffix (path, ".json");
  SideScript *script;
  gsize len;

  if (bytes == NULL)
    return NULL;
  len = bytes->len;
  if (is_json && len == 0)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s: the file is empty", path);
      return NULL;
    }
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  text = (char *) g_byte_array_free (g_steal_pointer (&bytes), FALSE);
  if (is_json || text[strspn (text, " \t\r\n")] == '{')
    script = unchecked ? side_wire_script_from_json_unchecked (text, (gssize) len, error)
                       : side_wire_script_from_json (text, (gssize) len, error);
  else
    script = read_table (path, text, len, base, error);
  if (script == NULL)
    g_prefix_error (error, "%s: ", path);
  return script;
}

/**
 * side_cli_read_script:
 * @path: a script as JSON or as a table, or "-"
 * @base: (nullable): what a table does not hold is taken from this one
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE with the file's name, or of files
 *
 * Returns: (transfer full): the script
 */
SideScript *
side_cli_read_script (const char        *path,
                      const SideScript  *base,
                      GError           **error)
{
  return read_script (path, base, FALSE, error);
}

/**
 * side_cli_read_script_unchecked:
 * @path: a script as JSON or as a table, or "-"
 * @error: as of side_cli_read_script()
 *
 * Returns: (transfer full): the script, with what only side_script_check() bears
 */
SideScript *
side_cli_read_script_unchecked (const char  *path,
                                GError     **error)
{
  return read_script (path, NULL, TRUE, error);
}

/* Converting */

typedef struct {
  const char *in;
  const char *out;
  char       *onto;
  gboolean    to_table;
  gboolean    force;
} Conversion;

static void
list_lost (const SideScript *script,
           GPtrArray        *lost)
{
  SideScriptCsvLoss flags = side_script_csv_lost (script);

  if (flags & SIDE_SCRIPT_CSV_STEPS)
    g_ptr_array_add (lost, (gpointer) "steps");
  if (flags & SIDE_SCRIPT_CSV_EXEMPLARS)
    g_ptr_array_add (lost, (gpointer) "exemplars");
  if (flags & SIDE_SCRIPT_CSV_SETTINGS)
    g_ptr_array_add (lost, (gpointer) "settings");
}

static void
tell (SideCli          *cli,
      const Conversion *self,
      const SideScript *script,
      GPtrArray        *lost)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *list = g_strjoinv (", ", (char **) lost->pdata);

  if (*list != '\0')
    side_cli_warn ("%s holds the form alone, not: %s; --onto %s brings them back", self->out, list, self->in);
  if (!cli->json)
    {
      if (!g_str_equal (self->out, "-"))
        g_print ("%u sections, %u criteria: %s\n", script->sections->len, side_script_count_criteria (script), self->out);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "file", self->out);
  side_cli_add_text (builder, "to", self->to_table ? "csv" : "json");
  side_cli_add_number (builder, "sections", script->sections->len);
  side_cli_add_number (builder, "criteria", side_script_count_criteria (script));
  side_cli_add_strv (builder, "lost", (char **) lost->pdata);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static char *
write_script (const Conversion *self,
              const SideScript *script,
              GError          **error)
{
  g_autofree char *json = NULL;

  if (self->to_table)
    return side_script_csv_write (script, NULL);
  json = side_wire_script_to_json (script);
  if (strlen (json) <= SIDE_WIRE_MAX_REQUEST)
    {
      g_autoptr (JsonNode) node = side_wire_parse (json, -1, SIDE_WIRE_MAX_REQUEST, error);
      g_autofree char *pretty = node != NULL ? json_to_string (node, TRUE) : NULL;

      return pretty != NULL ? g_strconcat (pretty, "\n", NULL) : NULL;
    }
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "%s: the script is larger than 1 MiB", self->in);
  return NULL;
}

static int
convert (SideCli          *cli,
         const Conversion *self)
{
  g_autoptr (GPtrArray) lost = g_ptr_array_new ();
  g_autoptr (SideScript) base = NULL;
  g_autoptr (SideScript) script = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->onto != NULL)
    {
      base = side_cli_read_script (self->onto, NULL, &error);
      if (base == NULL)
        return side_cli_fail (cli, error);
    }
  script = side_cli_read_script (self->in, base, &error);
  text = script != NULL ? write_script (self, script, &error) : NULL;
  if (text == NULL || !side_cli_write_file (self->out, text, strlen (text), self->force, &error))
    return side_cli_fail (cli, error);
  if (self->to_table)
    list_lost (script, lost);
  g_ptr_array_add (lost, NULL);
  tell (cli, self, script, lost);
  return SIDE_CLI_OK;
}

/**
 * side_cli_script_convert:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_script_convert (SideCli  *cli,
                         int       argc,
                         char    **argv)
{
  static const SideCliHelp help = { "FROM TO", "A script from JSON to a table of its criteria, or back", 2, FALSE };
  g_autofree char *onto = NULL;
  g_autofree char *to = NULL;
  Conversion self = { 0 };
  const GOptionEntry entries[] = {
    { "onto", 0, 0, G_OPTION_ARG_FILENAME, &onto, "Take what a table does not hold from this script", "SCRIPT.json" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "What to write, if the name of TO does not tell: json or csv", "FORMAT" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &self.force, "Replace TO if it is there", NULL },
    G_OPTION_ENTRY_NULL
  };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  self.in = argv[1];
  self.out = argv[2];
  self.onto = onto;
  if (to == NULL)
    to = g_strdup (g_str_has_suffix (self.out, ".csv") ? "csv" : g_str_has_suffix (self.out, ".json") ? "json" : "");
  self.to_table = g_str_equal (to, "csv");
  if (!self.to_table && !g_str_equal (to, "json"))
    return side_cli_usage (cli, "Neither the name “%s” nor --to tells json or csv", self.out);
  if (cli->json && g_str_equal (self.out, "-"))
    return side_cli_usage (cli, "With --json name a file for the script: standard output is for the answer");
  return convert (cli, &self);
}
