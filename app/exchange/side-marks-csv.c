/* side-marks-csv.c - tables of marks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes RFC 4180 in UTF-8 with a byte order mark, always the same columns,
 * then those a read table had besides. Reads any of comma, semicolon and tab,
 * known names of columns in any order, or none: from, to, text. A cell that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
#include <string.h>

#include "side-csv.h"
#include "side-marks-private.h"

typedef enum { FROM, TO, DURATION, TEXT, LABEL, ATTRIBUTE, OTHER } Kind;

typedef struct {
  Kind               kind;
  SideMarksAttribute attribute;
  gboolean           in_ms;
  guint              other;      /* place among the unknown columns */
} Column;

/* What is written, in this order. */
static const char *const own_first[] = { "from", "to", "tag", "text" };
static const SideMarksAttribute own_attributes[] = {
  SIDE_MARKS_AUTHOR, SIDE_MARKS_SIDE, SIDE_MARKS_CRITERION, SIDE_MARKS_ID, SIDE_MARKS_PARENT,
  SIDE_MARKS_LOW, SIDE_MARKS_HIGH, SIDE_MARKS_CREATED, SIDE_MARKS_CHANGED,
};

#define N_OWN        (G_N_ELEMENTS (own_first) + G_N_ELEMENTS (own_attributes))
#define MOST_COLUMNS (SIDE_CSV_MAX_COLUMNS - N_OWN)

static const struct {
  const char         *name;
  Kind                kind;
  SideMarksAttribute  attribute;
} names[] = {
  { "from", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "start", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "start time", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "begin", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "begin time", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "onset", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "tmin", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "xmin", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "time", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "position", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "начало", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "время", FROM, SIDE_MARKS_N_ATTRIBUTES },
  { "to", TO, SIDE_MARKS_N_ATTRIBUTES },
  { "end", TO, SIDE_MARKS_N_ATTRIBUTES },
  { "end time", TO, SIDE_MARKS_N_ATTRIBUTES },
  { "stop", TO, SIDE_MARKS_N_ATTRIBUTES },
  { "offset", TO, SIDE_MARKS_N_ATTRIBUTES },
  { "tmax", TO, SIDE_MARKS_N_ATTRIBUTES },
  { "xmax", TO, SIDE_MARKS_N_ATTRIBUTES },
  { "конец", TO, SIDE_MARKS_N_ATTRIBUTES },
  { "duration", DURATION, SIDE_MARKS_N_ATTRIBUTES },
  { "length", DURATION, SIDE_MARKS_N_ATTRIBUTES },
  { "длительность", DURATION, SIDE_MARKS_N_ATTRIBUTES },
  { "text", TEXT, SIDE_MARKS_N_ATTRIBUTES },
  { "comment", TEXT, SIDE_MARKS_N_ATTRIBUTES },
  { "note", TEXT, SIDE_MARKS_N_ATTRIBUTES },
  { "notes", TEXT, SIDE_MARKS_N_ATTRIBUTES },
  { "description", TEXT, SIDE_MARKS_N_ATTRIBUTES },
  { "annotation", TEXT, SIDE_MARKS_N_ATTRIBUTES },
  { "value", TEXT, SIDE_MARKS_N_ATTRIBUTES },
  { "текст", TEXT, SIDE_MARKS_N_ATTRIBUTES },
  { "комментарий", TEXT, SIDE_MARKS_N_ATTRIBUTES },
  { "label", LABEL, SIDE_MARKS_N_ATTRIBUTES },
  { "tag", ATTRIBUTE, SIDE_MARKS_TAG },
  { "tier", ATTRIBUTE, SIDE_MARKS_TAG },
  { "type", ATTRIBUTE, SIDE_MARKS_TAG },
  { "category", ATTRIBUTE, SIDE_MARKS_TAG },
  { "метка", ATTRIBUTE, SIDE_MARKS_TAG },
  { "author", ATTRIBUTE, SIDE_MARKS_AUTHOR },
  { "reviewer", ATTRIBUTE, SIDE_MARKS_AUTHOR },
  { "annotator", ATTRIBUTE, SIDE_MARKS_AUTHOR },
  { "автор", ATTRIBUTE, SIDE_MARKS_AUTHOR },
  { "side", ATTRIBUTE, SIDE_MARKS_SIDE },
  { "criterion", ATTRIBUTE, SIDE_MARKS_CRITERION },
  { "критерий", ATTRIBUTE, SIDE_MARKS_CRITERION },
  { "id", ATTRIBUTE, SIDE_MARKS_ID },
  { "parent", ATTRIBUTE, SIDE_MARKS_PARENT },
  { "low hz", ATTRIBUTE, SIDE_MARKS_LOW },
  { "high hz", ATTRIBUTE, SIDE_MARKS_HIGH },
  { "created", ATTRIBUTE, SIDE_MARKS_CREATED },
  { "changed", ATTRIBUTE, SIDE_MARKS_CHANGED },
};

/* Columns */

/* "Begin Time - hh:mm:ss.ms" and "begin_time" are both "begin time". */
static char *
normalise (const char *name,
           gboolean   *in_ms)
{
  static const char *const units[] = { " hh:mm:ss ms", " ss msec", " msec", " ms", " s", " sec", " seconds" };
  g_autofree char *lower = g_utf8_strdown (name, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = lower; *p != '\0'; p++)
    {
      gboolean blank = strchr (" _-.()[]\t\n", *p) != NULL;

      if (!blank)
        g_string_append_c (out, *p);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  if (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  *in_ms = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_suffix (out->str, units[i]))
      {
        *in_ms = i == 2 || i == 3;
        g_string_truncate (out, out->len - strlen (units[i]));
        break;
      }
  return g_string_free (out, FALSE);
}

static gboolean
has_column (GArray *columns,
            Kind    kind,
            guint   attribute)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const Column *column = &g_array_index (columns, Column, i);

      if (column->kind == kind && (kind != ATTRIBUTE || column->attribute == attribute))
        return TRUE;
    }
  return FALSE;
}

static Column
find_column (GArray     *columns,
             const char *name)
{
  Column column = { .kind = OTHER, .attribute = SIDE_MARKS_N_ATTRIBUTES };
  g_autofree char *known = normalise (name, &column.in_ms);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i].name, known) && !has_column (columns, names[i].kind, names[i].attribute))
      {
        column.kind = names[i].kind;
        column.attribute = names[i].attribute;
      }
  return column;
}

/* "label" is the text of a mark, but its tag where there is another text. */
static void
settle_label (GArray *columns)
{
  for (guint i = 0; i < columns->len; i++)
    {
      Column *column = &g_array_index (columns, Column, i);

      if (column->kind != LABEL)
        continue;
      column->kind = !has_column (columns, TEXT, 0) ? TEXT : !has_column (columns, ATTRIBUTE, SIDE_MARKS_TAG) ? ATTRIBUTE : OTHER;
      column->attribute = column->kind == ATTRIBUTE ? SIDE_MARKS_TAG : SIDE_MARKS_N_ATTRIBUTES;
    }
}

static gboolean
is_time (GPtrArray *cells,
         guint      i)
{
  const char *cell = i < cells->len ? g_ptr_array_index (cells, i) : "";
  gint64 unused;

  return side_marks_parse_clock (cell, strlen (cell), &unused);
}

/* Without a header: from, to, text; with four and more: from, to, tag, text. */
static void
guess_columns (GPtrArray *cells,
               GArray    *columns)
{
  static const Kind order[] = { FROM, TO, ATTRIBUTE, TEXT };
  guint kind = 0;

  for (guint i = 0; i < cells->len; i++, kind++)
    {
      Column column = { .kind = OTHER, .attribute = SIDE_MARKS_N_ATTRIBUTES };

      if (kind == 1 && !is_time (cells, i))
        kind = 2;
      if (kind == 2 && i + 1 >= cells->len)
        kind = 3;
      column.kind = kind < G_N_ELEMENTS (order) ? order[kind] : OTHER;
      if (column.kind == ATTRIBUTE)
        column.attribute = SIDE_MARKS_TAG;
      g_array_append_val (columns, column);
    }
}

/* Whether the first row is the one side_marks_write_csv() begins with. */
static gboolean
is_own_header (GPtrArray *cells)
{
  gboolean own = cells->len >= N_OWN;

  for (gsize i = 0; own && i < G_N_ELEMENTS (own_first); i++)
    own = g_str_equal (g_ptr_array_index (cells, i), own_first[i]);
  for (gsize i = 0; own && i < G_N_ELEMENTS (own_attributes); i++)
    own = g_str_equal (g_ptr_array_index (cells, G_N_ELEMENTS (own_first) + i), side_marks_attribute_names[own_attributes[i]]);
  return own;
}

/* Takes the first row for names if it is not a mark. Returns: whether a column
 * holds the beginning of marks. */
static gboolean
find_columns (GPtrArray *cells,
              GArray    *columns)
{
  guint n_own = is_own_header (cells) ? N_OWN : G_MAXUINT;

  if (is_time (cells, 0))
    {
      guess_columns (cells, columns);
      return TRUE;
    }
  for (guint i = 0; i < cells->len; i++)
    {
      Column column = find_column (columns, side_csv_unguard (g_ptr_array_index (cells, i)));

      /* Behind our own columns stand those of another program that we kept: a
       * "duration" among them is not one any more, the end may have been moved. */
      if (i >= n_own)
        column = (Column) { .kind = OTHER, .attribute = SIDE_MARKS_N_ATTRIBUTES };
      g_array_append_val (columns, column);
    }
  settle_label (columns);
  return has_column (columns, FROM, 0);
}

/* Gives unknown columns that hold something a name in the list. */
static void
name_others (SideMarkList *list,
             GPtrArray    *cells,
             GArray       *columns,
             gboolean      has_header)
{
  guint n = 0;

  for (guint i = 0; i < columns->len; i++)
    {
      Column *column = &g_array_index (columns, Column, i);
      g_autofree char *name = NULL;
      g_autofree char *clean = NULL;

      if (column->kind != OTHER)
        continue;
      column->other = n++;
      name = has_header ? g_strdup (side_csv_unguard (g_ptr_array_index (cells, i))) : g_strdup_printf ("column %u", i + 1);
      clean = side_marks_clean (name, strlen (name));
      side_marks_pairs_add (&list->extra, "csv.column", clean != NULL ? clean : "");
    }
}

/* Marks */

static gboolean
read_time (SideCsv   *table,
           const Column  *column,
           const char    *cell,
           gint64        *ns,
           GError       **error)
{
  gsize len = strlen (cell);
  gboolean fine = column->in_ms ? side_marks_parse_seconds (cell, len, ns) : side_marks_parse_clock (cell, len, ns);

  /* Milliseconds were read as if they were seconds: exact, and far below the bound. */
  if (fine && column->in_ms)
    *ns /= 1000;
  return fine || side_marks_fail (error, side_csv_get_line (table), "“%.40s” is not a time like 12.5, 1:02.5 or 1:02:03", cell);
}

static gboolean
read_cell (SideCsv   *table,
           const Column  *column,
           const char    *cell,
           SideMark      *mark,
           gint64        *duration,
           GError       **error)
{
  g_autofree char *name = NULL;

  switch (column->kind)
    {
    case FROM:
      return read_time (table, column, cell, &mark->from_ns, error);
    case TO:
      return read_time (table, column, cell, &mark->to_ns, error);
    case DURATION:
      return read_time (table, column, cell, duration, error);
    case TEXT:
      g_free (mark->text);
      cell = side_csv_unguard (cell);
      mark->text = side_marks_clean (cell, strlen (cell));
      return TRUE;
    case ATTRIBUTE:
      return side_marks_set_attribute (mark, column->attribute, side_csv_unguard (cell))
             || side_marks_fail (error, side_csv_get_line (table), "“%.40s” cannot be the column “%s”", cell, side_marks_attribute_names[column->attribute]);
    case LABEL:
    case OTHER:
    default:
      name = g_strdup_printf ("csv.%u", column->other);
      cell = side_csv_unguard (cell);
      side_marks_pairs_add (&mark->extra, name, cell);
      return TRUE;
    }
}

static gboolean
read_mark (SideCsv         *table,
           GArray        *columns,
           SideMarkList  *list,
           GError       **error)
{
  g_autoptr (SideMark) mark = side_mark_new (-1, -1, NULL, NULL);
  gint64 duration = 0;

  for (guint i = 0; i < side_csv_get_cells (table)->len; i++)
    {
      const char *cell = g_ptr_array_index (side_csv_get_cells (table), i);

      if (*cell == '\0')
        continue;
      if (i >= columns->len)
        return side_marks_fail (error, side_csv_get_line (table), "the row has more cells than there are columns");
      if (!read_cell (table, &g_array_index (columns, Column, i), cell, mark, &duration, error))
        return FALSE;
    }
  if (mark->from_ns < 0)
    return side_marks_fail (error, side_csv_get_line (table), "the row does not say when the mark begins");
  if (mark->to_ns < 0)
    mark->to_ns = mark->from_ns + duration;
  if (mark->to_ns > SIDE_MARKS_MAX_NS)
    return side_marks_fail (error, side_csv_get_line (table), "the mark ends after more than 1000 hours");
  return side_marks_take (list, g_steal_pointer (&mark), side_csv_get_line (table), error);
}

gboolean
side_marks_csv_is_likely (const char *text,
                          gsize       len)
{
  g_autoptr (SideCsv) table = side_csv_new (text, len);
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (Column));

  return side_csv_next_filled (table, NULL) && side_csv_get_cells (table)->len > 1
         && find_columns (side_csv_get_cells (table), columns);
}

SideMarkList *
side_marks_read_csv (const char  *text,
                     gsize        len,
                     GError     **error)
{
  g_autoptr (SideMarkList) list = side_mark_list_new ();
  g_autoptr (SideCsv) table = side_csv_new (text, len);
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_autoptr (GError) reason = NULL;
  gboolean has_header;

  if (side_csv_next_filled (table, &reason))
    {
      GPtrArray *cells = side_csv_get_cells (table);

      if (!find_columns (cells, columns))
        {
          side_marks_fail (error, side_csv_get_line (table), "no column is named “from”, “start” or the like, and the first is not a time");
          return NULL;
        }
      /* What is kept of them stands behind our own columns when it is written. */
      if (cells->len > (is_own_header (cells) ? SIDE_CSV_MAX_COLUMNS : MOST_COLUMNS))
        {
          side_marks_fail (error, side_csv_get_line (table), "there are more than %u columns", (guint) MOST_COLUMNS);
          return NULL;
        }
      has_header = !is_time (cells, 0);
      name_others (list, cells, columns, has_header);
      if (!has_header && !read_mark (table, columns, list, error))
        return NULL;
      while (reason == NULL && side_csv_next_filled (table, &reason))
        if (!read_mark (table, columns, list, error))
          return NULL;
    }
  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  return g_steal_pointer (&list);
}

/* Writing */

void
side_marks_write_csv (const SideMarkList *list,
                      GString            *out)
{
  guint n_others = 0;

  g_string_append (out, "\357\273\277");
  for (gsize i = 0; i < G_N_ELEMENTS (own_first); i++)
    g_string_append_printf (out, i > 0 ? ",%s" : "%s", own_first[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (own_attributes); i++)
    side_csv_append (out, side_marks_attribute_names[own_attributes[i]]);
  for (guint i = 0; list->extra != NULL && i < list->extra->len; i += 2)
    if (g_str_equal (list->extra->pdata[i], "csv.column"))
      {
        side_csv_append (out, list->extra->pdata[i + 1]);
        n_others++;
      }
  g_string_append (out, "\r\n");
  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (list->marks, i);

      side_marks_append_seconds (out, mark->from_ns, 3);
      g_string_append_c (out, ',');
      side_marks_append_seconds (out, mark->to_ns, 3);
      side_csv_append (out, mark->tag);
      side_csv_append (out, mark->text);
      for (gsize k = 0; k < G_N_ELEMENTS (own_attributes); k++)
        {
          g_autofree char *value = side_marks_get_attribute (mark, own_attributes[k]);

          side_csv_append (out, value);
        }
      for (guint k = 0; k < n_others; k++)
        {
          g_autofree char *name = g_strdup_printf ("csv.%u", k);

          side_csv_append (out, side_marks_pairs_get (mark->extra, name));
        }
      g_string_append (out, "\r\n");
    }
}
