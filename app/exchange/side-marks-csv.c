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

#include "side-marks-private.h"

#define MAX_COLUMNS 1000

typedef enum { FROM, TO, DURATION, TEXT, LABEL, ATTRIBUTE, OTHER } Kind;

typedef struct {
  Kind               kind;
  SideMarksAttribute attribute;
  gboolean           in_ms;
  guint              other;      /* place among the unknown columns */
} Column;

typedef struct {
  const char *at;
  const char *end;
  guint       line;
  char        separator;
  guint       row_line;   /* where the row read last began */
  GPtrArray  *cells;      /* of the row read last */
} Table;

/* What is written, in this order. */
static const char *const own_first[] = { "from", "to", "tag", "text" };
static const SideMarksAttribute own_attributes[] = {
  SIDE_MARKS_AUTHOR, SIDE_MARKS_SIDE, SIDE_MARKS_CRITERION, SIDE_MARKS_ID, SIDE_MARKS_PARENT,
  SIDE_MARKS_LOW, SIDE_MARKS_HIGH, SIDE_MARKS_CREATED, SIDE_MARKS_CHANGED,
};

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

/* Reading cells */

/* The one of comma, semicolon and tab that the first line has most of. */
static char
find_separator (const char *text,
                gsize       len)
{
  static const char candidates[] = ",;\t";
  guint counts[3] = { 0 };
  gboolean quoted = FALSE;
  guint best = 0;

  for (gsize i = 0; i < len && (quoted || (text[i] != '\n' && text[i] != '\r')); i++)
    {
      const char *found = quoted ? NULL : strchr (candidates, text[i]);

      quoted ^= text[i] == '"';
      if (found != NULL)
        counts[found - candidates]++;
    }
  for (guint i = 1; i < 3; i++)
    if (counts[i] > counts[best])
      best = i;
  return candidates[best];
}

static void
pass_line_end (Table *self)
{
  if (self->at < self->end && *self->at == '\r')
    self->at++;
  if (self->at < self->end && *self->at == '\n')
    self->at++;
  self->line++;
}

static gboolean
read_quoted (Table    *self,
             GString  *cell,
             GError  **error)
{
  guint start = self->line;

  for (self->at++; self->at < self->end; self->at++)
    {
      if (*self->at == '"')
        {
          self->at++;
          if (self->at >= self->end || *self->at != '"')
            return TRUE;
        }
      self->line += *self->at == '\n' || (*self->at == '\r' && self->at[1] != '\n');
      g_string_append_c (cell, *self->at);
    }
  return side_marks_fail (error, start, "a quotation mark is not closed");
}

/* Returns: whether there was a row, with its cells in self->cells. */
static gboolean
read_row (Table   *self,
          GError **error)
{
  g_ptr_array_set_size (self->cells, 0);
  self->row_line = self->line;
  if (self->at >= self->end)
    return FALSE;
  for (;;)
    {
      g_autoptr (GString) cell = g_string_new (NULL);

      if (self->at < self->end && *self->at == '"' && !read_quoted (self, cell, error))
        return FALSE;
      while (self->at < self->end && *self->at != self->separator && *self->at != '\n' && *self->at != '\r')
        g_string_append_c (cell, *self->at++);
      g_ptr_array_add (self->cells, g_strndup (cell->str, cell->len));
      if (self->cells->len > MAX_COLUMNS)
        return side_marks_fail (error, self->row_line, "there are more than %d columns", MAX_COLUMNS);
      if (self->at >= self->end || *self->at != self->separator)
        break;
      self->at++;
    }
  if (self->at < self->end)
    pass_line_end (self);
  return TRUE;
}

static gboolean
is_empty_row (const Table *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    if (*(const char *) g_ptr_array_index (self->cells, i) != '\0')
      return FALSE;
  return TRUE;
}

/* Formulas */

static gboolean
is_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL && text[1 + strspn (text + 1, "0123456789.")] != '\0';
}

/* Whether @text, after any apostrophes, is one that a spreadsheet would reckon. */
static gboolean
is_guarded (const char *text)
{
  return is_formula (text + strspn (text, "'"));
}

static const char *
unguard (const char *text)
{
  return *text == '\'' && is_guarded (text) ? text + 1 : text;
}

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
      column.kind = kind < G_N_ELEMENTS (own_attributes) ? order[kind] : OTHER;
      if (column.kind == ATTRIBUTE)
        column.attribute = SIDE_MARKS_TAG;
      g_array_append_val (columns, column);
    }
}

/* Whether the first row is the one side_marks_write_csv() begins with. */
static gboolean
is_own_header (GPtrArray *cells)
{
  gboolean own = cells->len >= G_N_ELEMENTS (own_first) + G_N_ELEMENTS (own_attributes);

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
  if (is_time (cells, 0))
    {
      guess_columns (cells, columns);
      return TRUE;
    }
  for (guint i = 0; i < cells->len; i++)
    {
      Column column = find_column (columns, unguard (g_ptr_array_index (cells, i)));

      /* Behind our own columns stand those of another program that we kept: a
       * "duration" among them is not one any more, the end may have been moved. */
      if (is_own_header (cells) && i >= G_N_ELEMENTS (own_first) + G_N_ELEMENTS (own_attributes))
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
      name = has_header ? g_strdup (unguard (g_ptr_array_index (cells, i))) : g_strdup_printf ("column %u", i + 1);
      clean = side_marks_clean (name, strlen (name));
      side_marks_pairs_add (&list->extra, "csv.column", clean != NULL ? clean : "");
    }
}

/* Marks */

static gboolean
read_time (const Table   *table,
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
  return fine || side_marks_fail (error, table->row_line, "“%.40s” is not a time like 12.5, 1:02.5 or 1:02:03", cell);
}

static gboolean
read_cell (const Table   *table,
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
      cell = unguard (cell);
      mark->text = side_marks_clean (cell, strlen (cell));
      return TRUE;
    case ATTRIBUTE:
      return side_marks_set_attribute (mark, column->attribute, unguard (cell))
             || side_marks_fail (error, table->row_line, "“%.40s” cannot be the column “%s”", cell, side_marks_attribute_names[column->attribute]);
    case LABEL:
    case OTHER:
    default:
      name = g_strdup_printf ("csv.%u", column->other);
      cell = unguard (cell);
      side_marks_pairs_add (&mark->extra, name, cell);
      return TRUE;
    }
}

static gboolean
read_mark (Table         *table,
           GArray        *columns,
           SideMarkList  *list,
           GError       **error)
{
  g_autoptr (SideMark) mark = side_mark_new (-1, -1, NULL, NULL);
  gint64 duration = 0;

  for (guint i = 0; i < table->cells->len; i++)
    {
      const char *cell = g_ptr_array_index (table->cells, i);

      if (*cell == '\0')
        continue;
      if (i >= columns->len)
        return side_marks_fail (error, table->row_line, "the row has more cells than there are columns");
      if (!read_cell (table, &g_array_index (columns, Column, i), cell, mark, &duration, error))
        return FALSE;
    }
  if (mark->from_ns < 0)
    return side_marks_fail (error, table->row_line, "the row does not say when the mark begins");
  if (mark->to_ns < 0)
    mark->to_ns = mark->from_ns + duration;
  if (mark->to_ns > SIDE_MARKS_MAX_NS)
    return side_marks_fail (error, table->row_line, "the mark ends after more than 1000 hours");
  return side_marks_take (list, g_steal_pointer (&mark), table->row_line, error);
}

/* Excel's "sep=;" tells the separator in a line of its own. */
static void
begin (Table      *self,
       const char *text,
       gsize       len)
{
  self->at = text;
  self->end = text + len;
  self->line = 1;
  if (g_str_has_prefix (text, "sep=") && text[4] != '\0' && (text[5] == '\n' || text[5] == '\r'))
    {
      self->separator = text[4];
      self->at += 5;
      pass_line_end (self);
      return;
    }
  self->separator = find_separator (text, len);
}

/* Returns: whether a row that holds something was read. */
static gboolean
read_first (Table   *self,
            GError **error)
{
  while (read_row (self, error))
    if (!is_empty_row (self))
      return TRUE;
  return FALSE;
}

gboolean
side_marks_csv_is_likely (const char *text,
                          gsize       len)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (Column));
  Table table = { .cells = cells };

  begin (&table, text, len);
  return read_first (&table, NULL) && cells->len > 1 && find_columns (cells, columns);
}

SideMarkList *
side_marks_read_csv (const char  *text,
                     gsize        len,
                     GError     **error)
{
  g_autoptr (SideMarkList) list = side_mark_list_new ();
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_autoptr (GError) reason = NULL;
  Table table = { .cells = cells };
  gboolean has_header;

  begin (&table, text, len);
  if (read_first (&table, &reason))
    {
      if (!find_columns (cells, columns))
        {
          side_marks_fail (error, table.row_line, "no column is named “from”, “start” or the like, and the first is not a time");
          return NULL;
        }
      has_header = !is_time (cells, 0);
      name_others (list, cells, columns, has_header);
      if (!has_header && !read_mark (&table, columns, list, error))
        return NULL;
      while (reason == NULL && read_row (&table, &reason))
        if (!is_empty_row (&table) && !read_mark (&table, columns, list, error))
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

static void
append_cell (GString    *out,
             const char *text)
{
  gboolean guard;

  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ',');
  if (text == NULL || *text == '\0')
    return;
  guard = is_guarded (text);
  if (!guard && strpbrk (text, ",;\t\"\r\n") == NULL)
    {
      g_string_append (out, text);
      return;
    }
  g_string_append (out, guard ? "\"'" : "\"");
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      g_string_append_c (out, *p);
    }
  g_string_append_c (out, '"');
}

void
side_marks_write_csv (const SideMarkList *list,
                      GString            *out)
{
  guint n_others = 0;

  g_string_append (out, "\357\273\277");
  for (gsize i = 0; i < G_N_ELEMENTS (own_first); i++)
    g_string_append_printf (out, i > 0 ? ",%s" : "%s", own_first[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (own_attributes); i++)
    append_cell (out, side_marks_attribute_names[own_attributes[i]]);
  for (guint i = 0; list->extra != NULL && i < list->extra->len; i += 2)
    if (g_str_equal (list->extra->pdata[i], "csv.column"))
      {
        append_cell (out, list->extra->pdata[i + 1]);
        n_others++;
      }
  g_string_append (out, "\r\n");
  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (list->marks, i);

      side_marks_append_seconds (out, mark->from_ns, 3);
      g_string_append_c (out, ',');
      side_marks_append_seconds (out, mark->to_ns, 3);
      append_cell (out, mark->tag);
      append_cell (out, mark->text);
      for (gsize k = 0; k < G_N_ELEMENTS (own_attributes); k++)
        {
          g_autofree char *value = side_marks_get_attribute (mark, own_attributes[k]);

          append_cell (out, value);
        }
      for (guint k = 0; k < n_others; k++)
        {
          g_autofree char *name = g_strdup_printf ("csv.%u", k);

          append_cell (out, side_marks_pairs_get (mark->extra, name));
        }
      g_string_append (out, "\r\n");
    }
}
