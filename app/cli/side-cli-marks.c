/* side-cli-marks.c - marks of a recording from one program's file to another's
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a file that may come from anywhere, at most as much as a reader takes,
 * and puts the new one in its place when it is complete.
 */
#include "side-cli.h"
#include "side-marks.h"

typedef struct {
  const char      *in;
  const char      *out;
  SideMarksFormat  from;     /* SIDE_MARKS_NONE to recognise it */
  SideMarksFormat  to;
  gboolean         force;
} Conversion;

static SideMarkList *
read_marks (Conversion  *self,
            GError     **error)
{
  g_autoptr (GByteArray) bytes = side_cli_read (self->in, SIDE_MARKS_MAX_BYTES, error);
  SideMarkList *list;

  if (bytes == NULL)
    return NULL;
  if (self->from == SIDE_MARKS_NONE)
    self->from = side_marks_format_from_bytes ((const char *) bytes->data, bytes->len);
  if (self->from == SIDE_MARKS_NONE)
    self->from = side_marks_format_from_name (self->in);
  list = side_marks_parse ((const char *) bytes->data, bytes->len, self->from, error);
  if (list == NULL)
    g_prefix_error (error, "%s, ", self->in);
  return list;
}

static gboolean
write_marks (const Conversion    *self,
             const SideMarkList  *list,
             GError             **error)
{
  gsize len;
  g_autofree char *text = side_marks_write (list, self->to, &len, error);

  if (text == NULL)
    return FALSE;
  return side_cli_write_file (self->out, text, len, self->force, error);
}

static void
tell (SideCli            *cli,
      const Conversion   *self,
      const SideMarkList *list)
{
  g_autoptr (JsonBuilder) builder = NULL;
  guint n_points = 0;

  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (list->marks, i);

      n_points += mark->from_ns == mark->to_ns;
    }
  if (!cli->json)
    {
      if (!g_str_equal (self->out, "-"))
        g_print ("%u marks, %u of them points, from %s to %s: %s\n", list->marks->len, n_points, side_marks_format_to_word (self->from),
                 side_marks_format_to_word (self->to), self->out);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "file", self->out);
  side_cli_add_text (builder, "from", side_marks_format_to_word (self->from));
  side_cli_add_text (builder, "to", side_marks_format_to_word (self->to));
  side_cli_add_number (builder, "marks", list->marks->len);
  side_cli_add_number (builder, "points", n_points);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

/* The format a word names; without one the one that the name of @file tells. */
static gboolean
choose_format (SideCli         *cli,
               const char      *option,
               const char      *word,
               SideMarksFormat *format)
{
  *format = word != NULL ? side_marks_format_from_word (word) : SIDE_MARKS_NONE;
  if (word == NULL || *format != SIDE_MARKS_NONE)
    return TRUE;
  side_cli_usage (cli, "“%s” is not a format for %s: audacity, textgrid, eaf, webvtt or csv", word, option);
  return FALSE;
}

static int
run (SideCli    *cli,
     Conversion *self)
{
  g_autoptr (SideMarkList) list = NULL;
  g_autoptr (GError) error = NULL;

  list = read_marks (self, &error);
  if (list == NULL || !write_marks (self, list, &error))
    return side_cli_fail (cli, error);
  tell (cli, self, list);
  return SIDE_CLI_OK;
}

/**
 * side_cli_marks_convert:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_marks_convert (SideCli  *cli,
                        int       argc,
                        char    **argv)
{
  static const SideCliHelp help = { "IN OUT", "Marks from the file of one program to that of another", 2, FALSE };
  g_autofree char *from = NULL, *to = NULL;
  Conversion self = { 0 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "Format of IN, if it is not recognised: audacity, textgrid, eaf, webvtt, csv", "FORMAT" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "Format of OUT, if its name does not tell", "FORMAT" },
    { "force", 0, 0, G_OPTION_ARG_NONE, &self.force, "Replace OUT if it is there", NULL },
    G_OPTION_ENTRY_NULL
  };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  self.in = argv[1];
  self.out = argv[2];
  if (!choose_format (cli, "--from", from, &self.from) || !choose_format (cli, "--to", to, &self.to))
    return SIDE_CLI_USAGE;
  if (self.to == SIDE_MARKS_NONE)
    self.to = side_marks_format_from_name (self.out);
  if (self.to == SIDE_MARKS_NONE)
    return side_cli_usage (cli, "The name “%s” tells no format; name one with --to: audacity, textgrid, eaf, webvtt or csv", self.out);
  if (cli->json && g_str_equal (self.out, "-"))
    return side_cli_usage (cli, "With --json name a file for the marks: standard output is for the answer");
  return run (cli, &self);
}
