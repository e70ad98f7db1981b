/* side-csv.c - tables as spreadsheets write and read them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Knows rows and cells; what they mean is their readers' business.
 */
#include "side-csv.h"

#include <math.h>
#include <string.h>

#include "side-error.h"

struct _SideCsv
{
  const char *at;
  const char *end;
  guint       line;
  char        separator;
  guint       row_line;   /* where the row read last began */
  GPtrArray  *cells;      /* of the row read last */
};

static gboolean
fail (GError     **error,
      guint        line,
      const char  *message)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "line %u: %s", line, message);
  return FALSE;
}

/* The one of comma, semicolon and tab that the first line has most of. A comma
 * between digits is of a number where there is another to choose: "1,5;2,5". */
static char
find_separator (const char *text,
                gsize       len)
{
  static const char candidates[] = ",;\t";
  guint counts[3] = { 0 }, decimal = 0;
  gboolean quoted = FALSE;
  guint best = 0;

  for (gsize i = 0; i < len && (quoted || (text[i] != '\n' && text[i] != '\r')); i++)
    {
      const char *found = quoted ? NULL : strchr (candidates, text[i]);

      quoted ^= text[i] == '"';
      if (found != NULL)
        counts[found - candidates]++;
      if (found == candidates && i > 0 && i + 1 < len && g_ascii_isdigit (text[i - 1]) && g_ascii_isdigit (text[i + 1]))
        decimal++;
    }
  counts[0] -= counts[1] + counts[2] > 0 ? decimal : 0;
  for (guint i = 1; i < 3; i++)
    if (counts[i] > counts[best])
      best = i;
  return candidates[best];
}

static void
pass_line_end (SideCsv *self)
{
  if (self->at < self->end && *self->at == '\r')
    self->at++;
  if (self->at < self->end && *self->at == '\n')
    self->at++;
  self->line++;
}

static gboolean
read_quoted (SideCsv  *self,
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
  return fail (error, start, "a quotation mark is not closed");
}

/* Excel's "sep=;" tells the separator in a line of its own. */
static void
begin (SideCsv    *self,
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

/**
 * side_csv_new:
 * @text: (array length=len): a table in UTF-8, with a byte order mark or not;
 *   a NUL byte follows it, and it stays as long as the reader does
 * @len: its bytes
 *
 * Returns: (transfer full): a reader that stands before the first row
 */
SideCsv *
side_csv_new (const char *text,
              gsize       len)
{
  SideCsv *self = g_new0 (SideCsv, 1);
  gsize mark = g_str_has_prefix (text, "\357\273\277") ? 3 : 0;

  self->cells = g_ptr_array_new_with_free_func (g_free);
  begin (self, text + mark, len - mark);
  return self;
}

/**
 * side_csv_free:
 * @self: (transfer full): a reader
 */
void
side_csv_free (SideCsv *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * side_csv_next:
 * @self: a table
 * @error: SIDE_ERROR_INVALID, with the line
 *
 * Returns: whether there was another row; without an error it was the last one
 */
gboolean
side_csv_next (SideCsv  *self,
               GError  **error)
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
      if (self->cells->len > SIDE_CSV_MAX_COLUMNS)
        return fail (error, self->row_line, "there are more than a thousand columns");
      if (self->at >= self->end || *self->at != self->separator)
        break;
      self->at++;
    }
  if (self->at < self->end)
    pass_line_end (self);
  return TRUE;
}

/**
 * side_csv_next_filled:
 * @self: a table
 * @error: as of side_csv_next()
 *
 * Returns: whether there was another row in which something stands
 */
gboolean
side_csv_next_filled (SideCsv  *self,
                      GError  **error)
{
  while (side_csv_next (self, error))
    if (!side_csv_is_empty (self))
      return TRUE;
  return FALSE;
}

/**
 * side_csv_get_cells:
 * @self: a table
 *
 * Returns: (element-type utf8) (transfer none): the cells of the row read last
 */
GPtrArray *
side_csv_get_cells (SideCsv *self)
{
  return self->cells;
}

/**
 * side_csv_get_line:
 * @self: a table
 *
 * Returns: where the row read last began, from 1
 */
guint
side_csv_get_line (SideCsv *self)
{
  return self->row_line;
}

/**
 * side_csv_is_empty:
 * @self: a table
 *
 * Returns: whether nothing stands in the row read last
 */
gboolean
side_csv_is_empty (SideCsv *self)
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

/**
 * side_csv_unguard:
 * @text: a cell as it was read
 *
 * Returns: what stood there before side_csv_append() guarded it
 */
const char *
side_csv_unguard (const char *text)
{
  return *text == '\'' && is_guarded (text) ? text + 1 : text;
}

/**
 * side_csv_append_cell:
 * @out: a table in the making
 * @text: (nullable): what is to stand in the cell
 *
 * Without the comma between cells.
 */
void
side_csv_append_cell (GString    *out,
                      const char *text)
{
  gboolean guard;

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

/**
 * side_csv_append:
 * @out: a table in the making
 * @text: (nullable): the next cell; the first of a row must hold something
 *
 * Puts a comma before it where it is not the first of its row.
 */
void
side_csv_append (GString    *out,
                 const char *text)
{
  if (out->len > 0 && out->str[out->len - 1] != '\n')
    g_string_append_c (out, ',');
  side_csv_append_cell (out, text);
}

/**
 * side_csv_append_number:
 * @out: a table in the making
 * @format: of g_ascii_formatd(): "%.10g"
 * @value: the next cell; NaN leaves it empty
 *
 * As side_csv_append(), with a point in every locale.
 */
void
side_csv_append_number (GString    *out,
                        const char *format,
                        double      value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  side_csv_append (out, isnan (value) ? NULL : g_ascii_formatd (buffer, sizeof buffer, format, value));
}
