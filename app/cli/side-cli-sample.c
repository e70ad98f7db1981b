/* side-cli-sample.c - which calls of a table are to be reviewed, by lot
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the calls of a period, as "sidetonectl calls --csv" writes them or any
 * other table with names above its columns, and draws some of them.
 */
#include <string.h>

#include "side-cli.h"
#include "side-draw.h"

#define MAX_SIZE 1000000

typedef struct {
  const char *name;      /* as asked for */
  guint       column;
  gboolean    hour_of;   /* the hour of the time in the column */
} Trait;

/* The place of the column @name; -1 without it, and with @error where two are
 * named so, as nobody can tell which of them was meant. */
static int
find_column (GPtrArray   *names,
             const char  *name,
             GError     **error)
{
  int found = -1;

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *here = g_ascii_strdown (g_strstrip (g_ptr_array_index (names, i)), -1);

      if (!g_str_equal (here, name))
        continue;
      if (found >= 0)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "two columns are named “%s”", name);
          return -1;
        }
      found = (int) i;
    }
  return found;
}

/* That of @name, or else that of @other; with @error where there is neither. */
static int
find_either (GPtrArray   *names,
             const char  *name,
             const char  *other,
             GError     **error)
{
  g_autoptr (GError) reason = NULL;
  int column = find_column (names, name, &reason);

  if (column < 0 && reason == NULL && other != NULL)
    column = find_column (names, other, &reason);
  if (column < 0 && reason == NULL)
    g_set_error (&reason, SIDE_ERROR, SIDE_ERROR_INVALID, "no column is named “%s”", name);
  if (column < 0)
    g_propagate_error (error, g_steal_pointer (&reason));
  return column;
}

static GArray *
find_traits (GPtrArray          *names,
             const char *const  *wanted,
             GError            **error)
{
  g_autoptr (GArray) traits = g_array_new (FALSE, TRUE, sizeof (Trait));

  for (guint i = 0; wanted != NULL && wanted[i] != NULL; i++)
    {
      Trait trait = { .name = wanted[i] };
      gboolean hour = g_str_equal (wanted[i], "hour");
      int column = find_either (names, wanted[i], hour ? "joined" : NULL, error);

      if (column < 0)
        return NULL;
      trait.hour_of = hour && find_column (names, "hour", NULL) < 0;
      trait.column = (guint) column;
      g_array_append_val (traits, trait);
    }
  return g_steal_pointer (&traits);
}

/* "2026-10-03 14:05:10" and "2026-10-03T14:05:10Z" are of hour 14. */
static char *
hour_of (const char *text)
{
  const char *at = strpbrk (text, " T");

  return at != NULL && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]) && at[3] == ':' ? g_strndup (at + 1, 2) : NULL;
}

static char *
stratum_of (GPtrArray  *cells,
            GArray     *traits,
            GError    **error)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < traits->len; i++)
    {
      const Trait *trait = &g_array_index (traits, Trait, i);
      const char *cell = trait->column < cells->len ? side_csv_unguard (g_ptr_array_index (cells, trait->column)) : "";
      g_autofree char *hour = trait->hour_of ? hour_of (cell) : NULL;

      if (trait->hour_of && hour == NULL)
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "“%.40s” is not a time like 2026-10-03 14:05:10", cell);
          return NULL;
        }
      g_string_append_printf (name, i > 0 ? " · %s" : "%s", hour != NULL ? hour : cell);
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static gboolean
add_calls (SideDraw           *draw,
           SideCsv            *table,
           const char *const  *strata,
           GError            **error)
{
  g_autoptr (GArray) traits = NULL;
  g_autoptr (GError) reason = NULL;
  int id;

  if (!side_csv_next_filled (table, error))
    {
      if (*error == NULL)
        g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "the table is empty");
      return FALSE;
    }
  id = find_either (side_csv_get_cells (table), "id", "call", error);
  if (id < 0)
    return FALSE;
  traits = find_traits (side_csv_get_cells (table), strata, error);
  while (traits != NULL && side_csv_next_filled (table, &reason))
    {
      GPtrArray *cells = side_csv_get_cells (table);
      const char *call = (guint) id < cells->len ? side_csv_unguard (g_ptr_array_index (cells, (guint) id)) : "";
      g_autofree char *stratum = stratum_of (cells, traits, &reason);

      if (stratum != NULL && *call == '\0')
        g_set_error_literal (&reason, SIDE_ERROR, SIDE_ERROR_INVALID, "the call has no id");
      if (stratum == NULL || *call == '\0' || !side_draw_add (draw, call, stratum, &reason))
        {
          g_prefix_error (&reason, "line %u: ", side_csv_get_line (table));
          break;
        }
    }
  if (reason != NULL)
    g_propagate_error (error, g_steal_pointer (&reason));
  if (traits != NULL && *error == NULL && side_draw_count (draw) == 0)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "there are no calls below the names");
  return traits != NULL && *error == NULL;
}

/* So that no stratum comes first. */
static int
by_lot (gconstpointer a,
        gconstpointer b)
{
  return strcmp ((*(const SideDrawItem *const *) a)->key, (*(const SideDrawItem *const *) b)->key);
}

static GPtrArray *
pick_chosen (SideDraw *draw)
{
  GPtrArray *items = side_draw_get_items (draw);
  GPtrArray *chosen = g_ptr_array_new ();

  for (guint i = 0; i < items->len; i++)
    if (((const SideDrawItem *) g_ptr_array_index (items, i))->chosen)
      g_ptr_array_add (chosen, g_ptr_array_index (items, i));
  g_ptr_array_sort (chosen, by_lot);
  return chosen;
}

static void
add_stratum (JsonBuilder *builder,
             GPtrArray   *items,
             guint        first,
             guint        end)
{
  const SideDrawItem *item = g_ptr_array_index (items, first);
  guint drawn = 0;

  while (first + drawn < end && ((const SideDrawItem *) g_ptr_array_index (items, first + drawn))->chosen)
    drawn++;
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "name", item->stratum);
  side_cli_add_number (builder, "calls", end - first);
  side_cli_add_number (builder, "drawn", drawn);
  json_builder_set_member_name (builder, "replacements");
  json_builder_begin_array (builder);
  /* As many as were drawn, or some more of a small one. */
  for (guint i = first + drawn; drawn > 0 && i < end && i < first + drawn + MAX (drawn, SIDE_DRAW_STAND_INS); i++)
    json_builder_add_string_value (builder, ((const SideDrawItem *) g_ptr_array_index (items, i))->id);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_draw (SideDraw    *draw,
            const char  *seed,
            guint        asked,
            char       **strata,
            GPtrArray   *chosen)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *hash = side_draw_get_frame_hash (draw);
  GPtrArray *items = side_draw_get_items (draw);

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "seed", seed);
  side_cli_add_number (builder, "asked", asked);
  side_cli_add_number (builder, "size", chosen->len);
  side_cli_add_number (builder, "frame_calls", items->len);
  side_cli_add_text (builder, "frame_sha256", hash);
  side_cli_add_strv (builder, "by", strata);
  json_builder_set_member_name (builder, "drawn");
  json_builder_begin_array (builder);
  for (guint i = 0; i < chosen->len; i++)
    {
      const SideDrawItem *item = g_ptr_array_index (chosen, i);

      json_builder_begin_object (builder);
      side_cli_add_text (builder, "id", item->id);
      side_cli_add_text (builder, "stratum", item->stratum);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "strata");
  json_builder_begin_array (builder);
  for (guint i = 0, first = 0; i < items->len; i++)
    if (i + 1 == items->len
        || !g_str_equal (((const SideDrawItem *) g_ptr_array_index (items, i + 1))->stratum,
                         ((const SideDrawItem *) g_ptr_array_index (items, first))->stratum))
      {
        add_stratum (builder, items, first, i + 1);
        first = i + 1;
      }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static int
run (SideCli    *cli,
     const char *frame,
     const char *seed,
     guint       size,
     char      **strata)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCsv) table = side_cli_read_table (frame, &text, &error);
  g_autoptr (SideDraw) draw = side_draw_new (seed);
  g_autoptr (GPtrArray) chosen = NULL;

  if (table == NULL)
    return side_cli_fail (cli, error);
  if (!add_calls (draw, table, (const char *const *) strata, &error))
    {
      g_prefix_error (&error, "%s: ", frame);
      return side_cli_fail (cli, error);
    }
  side_draw_run (draw, size);
  chosen = pick_chosen (draw);
  if (chosen->len < size)
    side_cli_warn ("%s has only %u calls: all of them are drawn", frame, chosen->len);
  if (cli->json)
    {
      print_draw (draw, seed, size, strata, chosen);
      return SIDE_CLI_OK;
    }
  for (guint i = 0; i < chosen->len; i++)
    {
      g_autofree char *id = side_cli_plain (((const SideDrawItem *) g_ptr_array_index (chosen, i))->id);

      g_print ("%s\n", id);
    }
  return SIDE_CLI_OK;
}

/**
 * side_cli_sample_draw:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_sample_draw (SideCli  *cli,
                      int       argc,
                      char    **argv)
{
  static const SideCliHelp help = { NULL, "Calls to be reviewed, drawn by lot: the same calls and seed give the same draw", 0, FALSE };
  g_autofree char *frame = NULL, *seed = NULL, *by = NULL;
  g_auto (GStrv) strata = NULL;
  int size = -1;
  const GOptionEntry entries[] = {
    { "frame", 0, 0, G_OPTION_ARG_FILENAME, &frame, "The calls to draw from, one a row, with a column “id”; “-” is standard input", "CALLS.csv" },
    { "size", 0, 0, G_OPTION_ARG_INT, &size, "How many to draw", "N" },
    { "seed", 0, 0, G_OPTION_ARG_STRING, &seed, "What the lots are made of: any text", "SEED" },
    { "strata", 0, 0, G_OPTION_ARG_STRING, &by, "Columns whose values each get their share, as operator,queue,hour", "COLUMNS" },
    G_OPTION_ENTRY_NULL
  };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (frame == NULL || seed == NULL || size < 0)
    return side_cli_usage (cli, "--frame, --size and --seed are needed; --size is a number from 0 on");
  if (size > MAX_SIZE)
    return side_cli_usage (cli, "--size is at most %d", MAX_SIZE);
  strata = by != NULL ? g_strsplit (by, ",", -1) : g_new0 (char *, 1);
  for (guint i = 0; strata[i] != NULL; i++)
    if (*g_strstrip (strata[i]) == '\0')
      return side_cli_usage (cli, "--strata has an empty name in “%s”", by);
  return run (cli, frame, seed, (guint) size, strata);
}
