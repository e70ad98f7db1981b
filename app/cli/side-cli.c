/* side-cli.c - options, failures and answers of all commands
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-cli.h"

#include <gio/gio.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "side-text.h"
#include "side-time.h"

/* Up to here every calendar function works, and the protocol takes it. */
#define LAST_MS G_GINT64_CONSTANT (199999999999999)

/**
 * side_cli_wants_json:
 * @argc: number of words
 * @argv: the words
 *
 * Known before the words are understood, so that a program is told in JSON
 * what is wrong with them, too.
 *
 * Returns: whether the answer is to be JSON
 */
gboolean
side_cli_wants_json (int    argc,
                     char **argv)
{
  for (int i = 1; i < argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--json"))
      return TRUE;
  return FALSE;
}

static void
add_connection (GOptionContext *context,
                SideCli        *cli)
{
  const GOptionEntry entries[] = {
    { "url", 0, 0, G_OPTION_ARG_STRING, &cli->url, "The server; also SIDETONE_URL", "ADDRESS" },
    { "token-file", 0, 0, G_OPTION_ARG_FILENAME, &cli->token_file,
      "File that holds the token; also SIDETONE_TOKEN with the token itself", "FILE" },
    { "pin", 0, 0, G_OPTION_ARG_STRING, &cli->pin, "Accept the one certificate with this SHA-256", "FINGERPRINT" },
    { "allow-plain", 0, 0, G_OPTION_ARG_NONE, &cli->allow_plain, "Talk unencrypted to another machine", NULL },
    G_OPTION_ENTRY_NULL
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

/* A SHA-256 in hex, with or without colons or spaces between its bytes. */
static gboolean
pin_is_fine (const char *pin)
{
  gsize n = 0;

  for (const char *p = pin; *p != '\0'; p++)
    if (g_ascii_isxdigit (*p))
      n++;
    else if (*p != ':' && *p != ' ')
      return FALSE;
  return n == 64;
}

/**
 * side_cli_parse:
 * @cli: the common options are put here
 * @argc: (inout): number of words, the command's own name first
 * @argv: (inout): the words
 * @entries: options of this command alone
 * @help: what the command is
 *
 * Returns: whether the words could be understood; otherwise it was said why
 */
gboolean
side_cli_parse (SideCli             *cli,
                int                 *argc,
                char              ***argv,
                const GOptionEntry  *entries,
                const SideCliHelp   *help)
{
  const GOptionEntry common[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &cli->json, "Answer in JSON", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GOptionContext) context = g_option_context_new (help->words);
  g_autoptr (GError) error = NULL;

  g_option_context_set_summary (context, help->summary);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, common, NULL);
  if (help->connects)
    add_connection (context, cli);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      side_cli_usage (cli, "%s", error->message);
      return FALSE;
    }
  if (cli->pin != NULL && !pin_is_fine (cli->pin))
    {
      side_cli_usage (cli, "--pin “%s” is no SHA-256: it has 64 hexadecimal digits", cli->pin);
      return FALSE;
    }
  /* "--" is left among the words when it came before one. */
  if (*argc > 1 && g_str_equal ((*argv)[1], "--"))
    {
      memmove (*argv + 1, *argv + 2, (gsize) (*argc - 1) * sizeof (char *));
      (*argc)--;
    }
  if (*argc - 1 == help->n_words || (help->n_words < 0 && *argc > 1))
    return TRUE;
  if (help->n_words >= 0 && *argc - 1 > help->n_words)
    side_cli_usage (cli, "“%s” is one word too many", (*argv)[help->n_words + 1]);
  else
    side_cli_usage (cli, "%s is missing", help->words);
  return FALSE;
}

/**
 * side_cli_parse_time:
 * @text: "2026-11-21", "2026-11-21T14:30" or RFC 3339
 * @zone: (nullable): the zone of a text that names none; %NULL for UTC
 * @is_end: whether a mere day means its end
 * @at_ms: (out): the instant
 * @error: SIDE_ERROR_INVALID
 *
 * Returns: whether it is an instant since 1970
 */
gboolean
side_cli_parse_time (const char  *text,
                     GTimeZone   *zone,
                     gboolean     is_end,
                     gint64      *at_ms,
                     GError     **error)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GError) reason = NULL;
  g_autofree char *minutes = strlen (text) == 16 ? g_strconcat (text, ":00", NULL) : g_strdup (text);

  /* Before 1970 is no failure there, and the same number. */
  *at_ms = side_time_from_iso (minutes, zone, &reason);
  if (reason != NULL || *at_ms < 0 || *at_ms > LAST_MS)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID,
                   "“%s” is not a day or time like 2026-11-21, 2026-11-21T14:30 or 2026-11-21T14:30:00Z", text);
      return FALSE;
    }
  if (is_end && strlen (text) == 10)
    *at_ms = side_time_day_add (zone != NULL ? zone : utc, *at_ms, 1);
  return TRUE;
}

/**
 * side_cli_names_zone:
 * @text: (nullable): a text for side_cli_parse_time()
 *
 * Returns: whether it is the same instant everywhere
 */
gboolean
side_cli_names_zone (const char *text)
{
  const char *hour = text != NULL ? strchr (text, 'T') : NULL;

  return text == NULL || (hour != NULL && strpbrk (hour, "Zz+-") != NULL);
}

/**
 * side_cli_check_times:
 * @cli: how to answer
 * @from: (nullable): a text for side_cli_parse_time()
 * @to: (nullable): another
 *
 * Looks at them before a server is asked, which tells the zone they are in.
 *
 * Returns: whether they are times; otherwise it was said that one is none
 */
gboolean
side_cli_check_times (SideCli    *cli,
                      const char *from,
                      const char *to)
{
  g_autoptr (GError) error = NULL;
  gint64 unused;

  if ((from == NULL || side_cli_parse_time (from, NULL, FALSE, &unused, &error))
      && (to == NULL || side_cli_parse_time (to, NULL, TRUE, &unused, &error)))
    return TRUE;
  side_cli_usage (cli, "%s", error->message);
  return FALSE;
}

/**
 * side_cli_parse_bounds:
 * @from: (nullable): first day or instant
 * @to: (nullable): last day, or the instant before which
 * @zone: the zone of texts that name none
 * @from_ms: (out): 0 for no bound
 * @to_ms: (out): 0 for no bound
 * @error: SIDE_ERROR_INVALID
 *
 * Returns: whether both are instants and there is something between them
 */
gboolean
side_cli_parse_bounds (const char  *from,
                       const char  *to,
                       GTimeZone   *zone,
                       gint64      *from_ms,
                       gint64      *to_ms,
                       GError     **error)
{
  *from_ms = *to_ms = 0;
  if ((from != NULL && !side_cli_parse_time (from, zone, FALSE, from_ms, error))
      || (to != NULL && !side_cli_parse_time (to, zone, TRUE, to_ms, error)))
    return FALSE;
  if (to == NULL || *from_ms < *to_ms)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "--from %s does not lie before --to %s", from != NULL ? from : "1970-01-01", to);
  return FALSE;
}

/* Failures */

/* What is wrong goes to a person on stderr, or to a program as the answer. */
static void
print_problem (SideCli    *cli,
               const char *code,
               const char *message)
{
  g_autoptr (JsonBuilder) builder = NULL;

  if (!cli->json)
    {
      side_cli_warn ("%s", message);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "code", code);
  side_cli_add_text (builder, "message", message);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

/**
 * side_cli_error_code:
 * @error: what went wrong
 *
 * Returns: (transfer none): the word for it, one of the protocol's
 */
const char *
side_cli_error_code (const GError *error)
{
  if (error->domain == SIDE_ERROR)
    return side_wire_error_to_code ((SideError) error->code);
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return side_wire_error_to_code (SIDE_ERROR_NOT_FOUND);
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_ACCES)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return side_wire_error_to_code (SIDE_ERROR_FORBIDDEN);
  if (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return side_wire_error_to_code (SIDE_ERROR_FULL);
  return side_wire_error_to_code (SIDE_ERROR_FAILED);
}

/**
 * side_cli_fail:
 * @cli: how to answer
 * @error: what went wrong
 *
 * Returns: the exit code
 */
int
side_cli_fail (SideCli      *cli,
               const GError *error)
{
  g_autofree char *clean = side_redact (error->message);

  print_problem (cli, side_cli_error_code (error), clean);
  return SIDE_CLI_FAILED;
}

/**
 * side_cli_usage:
 * @cli: how to answer
 * @format: what is wrong with the words
 *
 * Returns: the exit code
 */
int
side_cli_usage (SideCli    *cli,
                const char *format,
                ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  print_problem (cli, "usage", message);
  return SIDE_CLI_USAGE;
}

/**
 * side_cli_warn:
 * @format: what a person should know; never part of the answer
 */
void
side_cli_warn (const char *format,
               ...)
{
  g_autofree char *message = NULL;
  g_autofree char *plain = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  plain = side_cli_plain (message);
  g_printerr ("sidetonectl: %s\n", plain);
}

/* Answers */

/**
 * side_cli_write:
 * @text: part of an answer that a program reads: UTF-8 whatever the locale
 *
 * main() looks at the end whether all of it could be written.
 */
void
side_cli_write (const char *text)
{
  fputs (text, stdout);
}

/**
 * side_cli_print_json:
 * @builder: a whole document
 */
void
side_cli_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  side_cli_write (text);
  side_cli_write ("\n");
}

void
side_cli_add_text (JsonBuilder *builder,
                   const char  *name,
                   const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/* A number that is not there (NaN), or that JSON has no word for (infinity), is null; a whole one has no point. */
void
side_cli_add_number (JsonBuilder *builder,
                     const char  *name,
                     double       value)
{
  json_builder_set_member_name (builder, name);
  if (!isfinite (value))
    json_builder_add_null_value (builder);
  else if (value == floor (value) && fabs (value) <= 9007199254740991.0)
    json_builder_add_int_value (builder, (gint64) value);
  else
    json_builder_add_double_value (builder, value);
}

void
side_cli_add_boolean (JsonBuilder *builder,
                      const char  *name,
                      gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
side_cli_add_strv (JsonBuilder *builder,
                   const char  *name,
                   char *const *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (gsize i = 0; value[i] != NULL; i++)
    json_builder_add_string_value (builder, value[i]);
  json_builder_end_array (builder);
}

/**
 * side_cli_plain:
 * @text: (nullable): a text from outside: a caller chose it, or a server
 *
 * Returns: (transfer full): the same for a terminal, without anything that
 *   could steer it
 */
char *
side_cli_plain (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      GUnicodeType type = g_unichar_type (c);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR
          || type == G_UNICODE_PARAGRAPH_SEPARATOR)
        c = 0xfffd;
      g_string_append_unichar (out, c);
    }
  return g_string_free (out, FALSE);
}
