/* side-cli-export.c - sidetonectl export: a part of a recording in a file of its own
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-cli.h"

#include <glib-unix.h>
#include <signal.h>

#include "side-error.h"
#include "side-export.h"
#include "side-text.h"

/* "1:02-1:07.5" */
static gboolean
parse_span (const char *text,
            gint64     *from_ms,
            gint64     *to_ms)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 3);

  return g_strv_length (ends) == 2 && side_text_parse_duration (ends[0], from_ms)
         && side_text_parse_duration (ends[1], to_ms) && *to_ms > *from_ms;
}

static gboolean
add_blanks (SideCli     *cli,
            SideExport  *export,
            char       **blanks,
            gint64       part_from_ms,
            gint64       part_to_ms)
{
  for (guint i = 0; blanks != NULL && blanks[i] != NULL; i++)
    {
      gint64 from_ms, to_ms;

      if (!parse_span (blanks[i], &from_ms, &to_ms))
        {
          side_cli_usage (cli, "“%s” is no span; write it like 1:02-1:07.5", blanks[i]);
          return FALSE;
        }
      /* A slip would give away what was to be silenced. */
      if (to_ms <= part_from_ms || (part_to_ms > 0 && from_ms >= part_to_ms))
        {
          side_cli_usage (cli, "“%s” lies outside of the part", blanks[i]);
          return FALSE;
        }
      if (i >= SIDE_EXPORT_MAX_BLANKS)
        {
          side_cli_usage (cli, "More than %d spans to blank", SIDE_EXPORT_MAX_BLANKS);
          return FALSE;
        }
      side_export_blank (export, from_ms, to_ms);
    }
  return TRUE;
}

static gboolean
parse_ends (SideCli    *cli,
            const char *from,
            const char *to,
            gint64     *from_ms,
            gint64     *to_ms)
{
  *from_ms = *to_ms = 0;
  if (from != NULL && !side_text_parse_duration (from, from_ms))
    side_cli_usage (cli, "“%s” is no position; write it like 1:02.5", from);
  else if (to != NULL && !side_text_parse_duration (to, to_ms))
    side_cli_usage (cli, "“%s” is no position; write it like 1:02.5", to);
  else if (to != NULL && *to_ms <= *from_ms)
    side_cli_usage (cli, "The part ends before it begins");
  else
    return TRUE;
  return FALSE;
}

static void
print_exported (SideCli            *cli,
                const char         *path,
                const SideExported *exported)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *length = side_text_duration_tenths (exported->length_ms);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *plain = side_cli_plain (name);
  g_autofree char *text = NULL;

  if (!cli->json)
    {
      text = g_strdup_printf ("%s: %s\nSHA-256 %s\n", plain, length, exported->sha256);
      side_cli_write (text);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "file", name);
  side_cli_add_number (builder, "length_s", (double) exported->length_ms / 1000.0);
  side_cli_add_boolean (builder, "cut_off", exported->cut_off);
  side_cli_add_text (builder, "sha256", exported->sha256);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static gboolean
stop_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_CONTINUE;
}

/* Whoever breaks it off finds nothing half-written. @export: (transfer full) */
static SideExported *
write_it (SideExport  *export,
          const char  *out,
          GError     **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *slot = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  guint interrupt = g_unix_signal_add (SIGINT, stop_cb, cancellable);
  guint terminate = g_unix_signal_add (SIGTERM, stop_cb, cancellable);

  side_export_write_async (export, out, NULL, NULL, cancellable, side_cli_async_cb, &slot);
  result = g_object_ref (side_cli_wait (&slot));
  g_source_remove (interrupt);
  g_source_remove (terminate);
  return side_export_write_finish (result, error);
}

/**
 * side_cli_export:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_export (SideCli  *cli,
                 int       argc,
                 char    **argv)
{
  static const SideCliHelp help = { "FILE", "Write a recording, or a part of it, to another file", 1, FALSE };
  g_autofree char *from = NULL, *to = NULL, *out = NULL;
  g_auto (GStrv) blanks = NULL;
  double semitones = 0;
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "Where the part begins, like 1:02.5", "POSITION" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Where it ends", "POSITION" },
    { "blank", 0, 0, G_OPTION_ARG_STRING_ARRAY, &blanks, "Silence instead of this span on both sides; may be repeated", "A-B" },
    { "voice", 0, 0, G_OPTION_ARG_DOUBLE, &semitones, "Change the voices by so many semitones, -12 to 12", "N" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &out, "The file to write: .wav, .flac, .mp3 or .opus", "OUT" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, "Write over a file that is there", NULL },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SideExport) export = NULL;
  g_autoptr (SideExported) exported = NULL;
  g_autoptr (GError) error = NULL;
  gint64 from_ms, to_ms;
  SideExportFormat format;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help) || !parse_ends (cli, from, to, &from_ms, &to_ms))
    return SIDE_CLI_USAGE;
  if (out == NULL)
    return side_cli_usage (cli, "Say with -o which file to write");
  if (!side_export_format_of (out, &format))
    return side_cli_usage (cli, "“%s” does not end with .wav, .flac, .mp3 or .opus", out);
  if (!(semitones >= -12 && semitones <= 12))
    return side_cli_usage (cli, "Voices can be changed by -12 to 12 semitones");
  if (!force && g_file_test (out, G_FILE_TEST_EXISTS))
    {
      g_set_error (&error, SIDE_ERROR, SIDE_ERROR_EXISTS, "“%s” is there already; --force writes over it", out);
      return side_cli_fail (cli, error);
    }
  export = side_export_new (format);
  side_export_add (export, argv[1], from_ms, to_ms);
  if (!add_blanks (cli, export, blanks, from_ms, to_ms))
    return SIDE_CLI_USAGE;
  side_export_change_voices (export, semitones);
  exported = write_it (g_steal_pointer (&export), out, &error);
  if (exported == NULL)
    return side_cli_fail (cli, error);
  if (exported->cut_off)
    side_cli_warn ("“%s” is cut off: the file holds what there is of it", argv[1]);
  print_exported (cli, out, exported);
  return SIDE_CLI_OK;
}
