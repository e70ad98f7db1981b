/* side-cli-agreement.c - how far reviewers agree, from a table
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a row a unit and a column a reviewer, and tells the coefficients that
 * docs/metrics.md defines.
 */
#include <math.h>
#include <string.h>

#include "side-agreement.h"
#include "side-cli.h"

/* Names of reviewers above the answers: words, each another one, none of which is an answer below. */
static gboolean
is_header (GHashTable *answers,
           GPtrArray  *first)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < first->len; i++)
    {
      const char *cell = g_strstrip (g_ptr_array_index (first, i));
      char *end;

      if (*cell == '\0')
        continue;
      g_ascii_strtod (cell, &end);
      /* "yes" and "Yes" are answers, not two people. */
      if (*end == '\0' || g_hash_table_contains (answers, cell) || !g_hash_table_add (names, g_utf8_casefold (cell, -1)))
        return FALSE;
    }
  return g_hash_table_size (names) > 0;
}

static gboolean
add_row (SideRatings  *ratings,
         GPtrArray    *row,
         guint         n_reviewers,
         guint         n_named,
         GError      **error)
{
  g_autofree const char **answers = g_new0 (const char *, n_reviewers + 1);

  for (guint i = 0; i < row->len; i++)
    answers[i] = g_ptr_array_index (row, i);
  if (n_named > 0)
    for (guint i = n_named; i < row->len; i++)
      if (*answers[i] != '\0')
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%.40s” stands in column %u, and there are %u names above", answers[i], i + 1,
                       n_named);
          return FALSE;
        }
  return side_ratings_add_unit (ratings, answers, error);
}

/* "1,5" is a number where people write so: with a point, as every level reads it. */
static void
point_for_comma (char *cell)
{
  char *comma = strchr (cell, ',');
  const char *digits = cell + (*cell == '-' || *cell == '+');

  if (comma != NULL && comma > digits && comma[1] != '\0' && strspn (digits, "0123456789") == (gsize) (comma - digits) &&
      strspn (comma + 1, "0123456789") == strlen (comma + 1))
    *comma = '.';
}

/* All rows, each an array of its cells; a short one has gaps at its end. */
static GPtrArray *
read_rows (SideCsv     *table,
           GHashTable  *answers_below,
           guint       *n_reviewers,
           GError     **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GError) reason = NULL;
  gboolean is_empty = TRUE;

  while (side_csv_next (table, &reason))
    {
      GPtrArray *cells = side_csv_get_cells (table);
      GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

      for (guint i = 0; i < cells->len; i++)
        {
          char *cell = g_strstrip (g_strdup (side_csv_unguard (g_ptr_array_index (cells, i))));

          point_for_comma (cell);
          g_ptr_array_add (row, cell);
          is_empty = is_empty && *cell == '\0';
          if (rows->len > 0)
            g_hash_table_add (answers_below, cell);
        }
      g_ptr_array_add (rows, row);
      *n_reviewers = MAX (*n_reviewers, row->len);
    }
  if (reason == NULL && is_empty)
    g_set_error_literal (&reason, SIDE_ERROR, SIDE_ERROR_INVALID, "the table is empty");
  if (reason == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

/* @names: the reviewers' names, where the table has them */
static SideRatings *
read_ratings (const char  *path,
              char      ***names,
              GError     **error)
{
  g_autofree char *text = NULL;
  g_autoptr (SideCsv) table = side_cli_read_table (path, &text, error);
  g_autoptr (GHashTable) answers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (SideRatings) ratings = NULL;
  g_autoptr (GStrvBuilder) above = g_strv_builder_new ();
  guint n_reviewers = 0, n_named, first;

  if (table == NULL)
    return NULL;
  rows = read_rows (table, answers, &n_reviewers, error);
  if (rows == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  ratings = side_ratings_new (MAX (n_reviewers, 1));
  first = rows->len > 0 && is_header (answers, g_ptr_array_index (rows, 0)) ? 1 : 0;
  for (guint i = 0; first == 1 && i < ((GPtrArray *) g_ptr_array_index (rows, 0))->len; i++)
    g_strv_builder_add (above, g_ptr_array_index ((GPtrArray *) g_ptr_array_index (rows, 0), i));
  *names = g_strv_builder_end (above);
  n_named = first == 1 ? ((GPtrArray *) g_ptr_array_index (rows, 0))->len : 0;
  for (guint i = first; i < rows->len; i++)
    if (!add_row (ratings, g_ptr_array_index (rows, i), n_reviewers, n_named, error))
      {
        g_prefix_error (error, "%s: ", path);
        return NULL;
      }
  return g_steal_pointer (&ratings);
}

static void
tell (SideCli             *cli,
      const SideAgreement *agreement,
      char               **names,
      const char          *level)
{
  g_autofree char *listed = g_strjoinv (", ", names);
  const struct {
    const char            *name;
    const char            *title;
    const SideCoefficient *value;
  } rows[] = {
    { "observed", "Observed agreement", &agreement->observed },
    { "kappa", "Cohen's kappa", &agreement->kappa },
    { "ac1", "Gwet's AC1", &agreement->ac1 },
    { "alpha", "Krippendorff's alpha", &agreement->alpha },
  };
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "level", level);
  side_cli_add_number (builder, "units", agreement->units);
  side_cli_add_number (builder, "reviewers", agreement->reviewers);
  side_cli_add_number (builder, "answers", agreement->answers);
  side_cli_add_strv (builder, "names", names);
  if (agreement->units == 0)
    side_cli_warn ("nothing has two answers, so there is nothing to agree on");
  if (!cli->json && *names != NULL)
    g_print ("Reviewers, by the first row: %s\n", listed);
  if (!cli->json)
    g_print ("%u units with two answers or more, %u reviewers, %u answers; alpha %s\n", agreement->units, agreement->reviewers,
             agreement->answers, level);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *low = g_strconcat (rows[i].name, "_low", NULL);
      g_autofree char *high = g_strconcat (rows[i].name, "_high", NULL);

      side_cli_add_number (builder, rows[i].name, rows[i].value->value);
      side_cli_add_number (builder, low, rows[i].value->low);
      side_cli_add_number (builder, high, rows[i].value->high);
      if (cli->json)
        continue;
      if (isnan (rows[i].value->value))
        g_print ("%-22s not defined\n", rows[i].title);
      else if (isnan (rows[i].value->low) || isnan (rows[i].value->high))
        g_print ("%-22s %6.3f   no interval: too little varies\n", rows[i].title, rows[i].value->value);
      else
        g_print ("%-22s %6.3f   95 %%: %6.3f … %6.3f\n", rows[i].title, rows[i].value->value, rows[i].value->low, rows[i].value->high);
    }
  json_builder_end_object (builder);
  if (cli->json)
    side_cli_print_json (builder);
}

/**
 * side_cli_agreement:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_agreement (SideCli  *cli,
                    int       argc,
                    char    **argv)
{
  static const SideCliHelp help = { "TABLE.csv", "How far reviewers agree: a row a unit, a column a reviewer, empty where one gave no answer", 1, FALSE };
  g_autofree char *word = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (SideRatings) ratings = NULL;
  g_autoptr (GError) error = NULL;
  SideAgreement agreement;
  SideScale level = SIDE_SCALE_NOMINAL;
  const GOptionEntry entries[] = {
    { "level", 0, 0, G_OPTION_ARG_STRING, &word, "What answers are to alpha: nominal (default), ordinal, interval, ratio", "LEVEL" },
    G_OPTION_ENTRY_NULL
  };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (word != NULL && !side_scale_from_name (word, &level))
    return side_cli_usage (cli, "“%s” is not a level: nominal, ordinal, interval or ratio", word);
  ratings = read_ratings (argv[1], &names, &error);
  if (ratings == NULL || !side_ratings_measure (ratings, level, &agreement, &error))
    return side_cli_fail (cli, error);
  tell (cli, &agreement, names, word != NULL ? word : "nominal");
  return SIDE_CLI_OK;
}
