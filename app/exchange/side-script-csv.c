/* side-script-csv.c - a script's form as a table
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes RFC 4180 in UTF-8 with a byte order mark, always the same columns.
 * Reads any of comma, semicolon and tab, and the columns in any order; what is
 * left out is as in a new criterion. Nothing is guessed: a word that is none
 * of a column's is an error with its line.
 */
#include "side-script-csv.h"

#include <math.h>
#include <string.h>

#include "side-csv.h"
#include "side-error.h"
#include "side-text.h"

/* What the protocol takes, so that what was read can be sent. */
#define MAX_CRITERIA 2000
#define MAX_TEXT     65536
#define MAX_CAUSES   200

typedef enum {
  SECTION, SECTION_TITLE, ID, TEXT, HINT, ANSWERS, SCALE_MAX, WEIGHT, ALLOW_NA, CRITICAL, BONUS, COMMENT, CAUSES,
  ONLY_IF, ONLY_LOW, ONLY_HIGH, N_COLUMNS,
} Column;

static const char *const columns[N_COLUMNS] = {
  "section", "section_title", "id", "text", "hint", "answers", "scale_max", "weight", "allow_na", "critical", "bonus", "comment",
  "causes", "only_if", "only_low", "only_high",
};

typedef struct {
  SideCsv    *csv;
  int         places[N_COLUMNS];   /* which cell holds a column; -1 for none */
  SideScript *script;
  SideSection *section;            /* of the row before */
  GHashTable *ids;                 /* of the criteria read, borrowed from them */
} Reader;

/* Writing */

static void
append_cell (GString    *out,
             Column      column,
             const char *text)
{
  if (column > 0)
    g_string_append_c (out, ',');
  side_csv_append_cell (out, text);
}

static void
append_number (GString *out,
               Column   column,
               double   number)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  append_cell (out, column, side_text_shortest (number, digits, sizeof digits));
}

/* One cause a line; a line end within one reads as a space. */
static char *
cause_lines (const SideCriterion *criterion)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < criterion->causes->len; i++)
    {
      g_autofree char *line = g_strdup (g_ptr_array_index (criterion->causes, i));

      if (i > 0)
        g_string_append_c (out, '\n');
      g_string_append (out, g_strdelimit (line, "\r\n", ' '));
    }
  return g_string_free (out, FALSE);
}

static void
append_criterion (GString             *out,
                  const SideCriterion *criterion)
{
  g_autofree char *causes = cause_lines (criterion);

  append_cell (out, ID, criterion->id);
  append_cell (out, TEXT, criterion->text);
  append_cell (out, HINT, criterion->hint);
  append_cell (out, ANSWERS, side_answers_to_string (criterion->answers));
  if (criterion->answers == SIDE_ANSWERS_SCALE)
    append_number (out, SCALE_MAX, criterion->scale_max);
  else
    append_cell (out, SCALE_MAX, NULL);
  append_number (out, WEIGHT, criterion->weight);
  append_cell (out, ALLOW_NA, criterion->allow_na ? "yes" : "no");
  append_cell (out, CRITICAL, side_critical_to_string (criterion->critical));
  append_cell (out, BONUS, criterion->bonus ? "yes" : "no");
  append_cell (out, COMMENT, side_comment_rule_to_string (criterion->comment));
  append_cell (out, CAUSES, causes);
  append_cell (out, ONLY_IF, criterion->only_if);
  if (criterion->only_if == NULL)
    {
      append_cell (out, ONLY_LOW, NULL);
      append_cell (out, ONLY_HIGH, NULL);
      return;
    }
  append_number (out, ONLY_LOW, criterion->only_low);
  append_number (out, ONLY_HIGH, criterion->only_high);
}

static void
append_row (GString             *out,
            const SideSection   *section,
            const SideCriterion *criterion)
{
  append_cell (out, SECTION, section->id);
  append_cell (out, SECTION_TITLE, section->title);
  if (criterion != NULL)
    append_criterion (out, criterion);
  else
    for (Column i = ID; i < N_COLUMNS; i++)
      append_cell (out, i, NULL);
  g_string_append (out, "\r\n");
}

/**
 * side_script_csv_write:
 * @script: a script or a draft
 * @len: (out) (optional): bytes of the table
 *
 * Returns: (transfer full): the table; a section without criteria has a row of
 *   its own
 */
char *
side_script_csv_write (const SideScript *script,
                       gsize            *len)
{
  GString *out;

  g_return_val_if_fail (script != NULL, NULL);

  out = g_string_new ("\357\273\277");
  for (Column i = 0; i < N_COLUMNS; i++)
    append_cell (out, i, columns[i]);
  g_string_append (out, "\r\n");
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      if (section->criteria->len == 0)
        append_row (out, section, NULL);
      for (guint k = 0; k < section->criteria->len; k++)
        append_row (out, section, g_ptr_array_index (section->criteria, k));
    }
  if (len != NULL)
    *len = out->len;
  return g_string_free (out, FALSE);
}

/**
 * side_script_csv_lost:
 * @script: a script
 *
 * Returns: what of it side_script_csv_write() has no place for, besides its
 *   title and where it belongs
 */
SideScriptCsvLoss
side_script_csv_lost (const SideScript *script)
{
  SideScriptCsvLoss lost = 0;

  g_return_val_if_fail (script != NULL, 0);

  if (script->steps->len > 0)
    lost |= SIDE_SCRIPT_CSV_STEPS;
  if (script->queues->len > 0 || script->purpose != SIDE_SCRIPT_FOR_CALLS || script->language != NULL || script->above_100
      || script->whole_recording)
    lost |= SIDE_SCRIPT_CSV_SETTINGS;
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        if (((const SideCriterion *) g_ptr_array_index (section->criteria, k))->exemplars->len > 0)
          lost |= SIDE_SCRIPT_CSV_EXEMPLARS;
    }
  return lost;
}

/* Reading */

static gboolean fail (const Reader *self, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);

static gboolean
fail (const Reader  *self,
      GError       **error,
      const char    *format,
      ...)
{
  g_autofree char *message = NULL;
  g_autofree char *valid = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  /* A long word may have been cut within a letter. */
  valid = g_utf8_make_valid (message, -1);
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "line %u: %s", side_csv_get_line (self->csv), valid);
  return FALSE;
}

/* Returns: (transfer none): what stands in a column, "" for nothing */
static const char *
cell (const Reader *self,
      Column        column)
{
  GPtrArray *cells = side_csv_get_cells (self->csv);
  int place = self->places[column];

  return place >= 0 && (guint) place < cells->len ? side_csv_unguard (g_ptr_array_index (cells, (guint) place)) : "";
}

/* Returns: (transfer full) (nullable): likewise */
static char *
text_of (const Reader *self,
         Column        column)
{
  const char *text = cell (self, column);

  return *text != '\0' ? g_strdup (text) : NULL;
}

static gboolean
read_header (Reader    *self,
             GPtrArray *passed_over,
             GError   **error)
{
  GPtrArray *cells;

  for (Column i = 0; i < N_COLUMNS; i++)
    self->places[i] = -1;
  if (!side_csv_next_filled (self->csv, error))
    return *error == NULL ? fail (self, error, "the table is empty") : FALSE;
  cells = side_csv_get_cells (self->csv);
  for (guint i = 0; i < cells->len; i++)
    {
      g_autofree char *name = g_ascii_strdown (g_strstrip (g_ptr_array_index (cells, i)), -1);
      Column column = 0;

      while (column < N_COLUMNS && !g_str_equal (columns[column], name))
        column++;
      if (column == N_COLUMNS && *name != '\0')
        g_ptr_array_add (passed_over, g_strdup (g_ptr_array_index (cells, i)));
      else if (column < N_COLUMNS && self->places[column] >= 0)
        return fail (self, error, "two columns are named “%s”", name);
      else if (column < N_COLUMNS)
        self->places[column] = (int) i;
    }
  return self->places[TEXT] >= 0 || fail (self, error, "no column is named “text”");
}

/* A whole cell, with a point or a comma; nothing leaves @number as it is. */
static gboolean
read_number (const Reader  *self,
             Column         column,
             double         low,
             double         high,
             double        *number,
             GError       **error)
{
  g_autofree char *text = g_strdelimit (g_strstrip (g_strdup (cell (self, column))), ",", '.');
  char *end = NULL;
  double value;

  if (*text == '\0')
    return TRUE;
  value = g_ascii_strtod (text, &end);
  if (*end != '\0' || !isfinite (value) || value < low || value > high)
    return fail (self, error, "“%.60s” in “%s” is not a number from %.10g to %.10g", text, columns[column], low, high);
  *number = value;
  return TRUE;
}

static gboolean
read_boolean (const Reader  *self,
              Column         column,
              gboolean      *value,
              GError       **error)
{
  g_autofree char *word = g_strstrip (g_ascii_strdown (cell (self, column), -1));

  if (*word == '\0')
    return TRUE;
  *value = g_str_equal (word, "yes") || g_str_equal (word, "true");
  return *value || g_str_equal (word, "no") || g_str_equal (word, "false")
         || fail (self, error, "“%.60s” in “%s” is neither yes nor no", word, columns[column]);
}

static gboolean
read_words (const Reader  *self,
            SideCriterion *criterion,
            GError       **error)
{
  g_autofree char *answers = g_strstrip (g_strdup (cell (self, ANSWERS)));
  g_autofree char *critical = g_strstrip (g_strdup (cell (self, CRITICAL)));
  g_autofree char *comment = g_strstrip (g_strdup (cell (self, COMMENT)));
  double scale_max = 0;

  if (*answers != '\0' && !side_answers_from_string (answers, &criterion->answers))
    return fail (self, error, "“%.60s” in “answers” is not yes-no, yes-partly-no or scale", answers);
  if (*critical != '\0' && !side_critical_from_string (critical, &criterion->critical))
    return fail (self, error, "“%.60s” in “critical” is not no, section or script", critical);
  if (*comment != '\0' && !side_comment_rule_from_string (comment, &criterion->comment))
    return fail (self, error, "“%.60s” in “comment” is not free, on-fault or always", comment);
  if (criterion->answers != SIDE_ANSWERS_SCALE)
    return TRUE;
  if (!read_number (self, SCALE_MAX, 1, 1000, &scale_max, error))
    return FALSE;
  criterion->scale_max = (int) scale_max;
  return (scale_max > 0 && scale_max == floor (scale_max))
         || fail (self, error, "a scale needs a whole number from 1 to 1000 in “scale_max”");
}

static gboolean
read_causes (const Reader  *self,
             SideCriterion *criterion,
             GError       **error)
{
  g_auto (GStrv) lines = g_strsplit_set (cell (self, CAUSES), "\r\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_ptr_array_add (criterion->causes, g_strdup (lines[i]));
  return criterion->causes->len <= MAX_CAUSES || fail (self, error, "there are more than %d causes", MAX_CAUSES);
}

/* The section a row belongs to: that of its id or title, or of the row before. */
static SideSection *
find_section (Reader *self)
{
  g_autofree char *id = g_strstrip (g_strdup (cell (self, SECTION)));
  const char *title = cell (self, SECTION_TITLE);
  SideSection *found = NULL;

  if (*id != '\0')
    found = side_script_find_section (self->script, id);
  else if (*title == '\0' && self->section != NULL)
    found = self->section;
  else
    for (guint i = 0; found == NULL && i < self->script->sections->len; i++)
      {
        SideSection *each = g_ptr_array_index (self->script->sections, i);
        if (g_strcmp0 (each->title, title) == 0)
          found = each;
      }
  if (found == NULL && *id == '\0')
    {
      g_free (id);
      id = side_script_new_section_id (self->script);
    }
  if (found == NULL)
    found = side_script_add_section (self->script, id, title);
  self->section = found;
  return found;
}

static gboolean
check_texts (const Reader  *self,
             GError       **error)
{
  GPtrArray *cells = side_csv_get_cells (self->csv);

  for (guint i = 0; i < cells->len; i++)
    if (strlen (g_ptr_array_index (cells, i)) > MAX_TEXT)
      return fail (self, error, "a cell is longer than %d KiB", MAX_TEXT / 1024);
  return TRUE;
}

static gboolean
read_criterion (Reader      *self,
                SideSection *section,
                GError     **error)
{
  g_autofree char *id = g_strstrip (g_strdup (cell (self, ID)));
  g_autofree char *only_if = g_strstrip (g_strdup (cell (self, ONLY_IF)));
  SideCriterion *criterion;

  if (g_hash_table_size (self->ids) >= MAX_CRITERIA)
    return fail (self, error, "there are more than %d criteria", MAX_CRITERIA);
  if (*id == '\0')
    {
      g_free (id);
      id = side_script_new_criterion_id (self->script, section);
    }
  if (g_hash_table_contains (self->ids, id))
    return fail (self, error, "the criterion “%.60s” stands there twice", id);
  criterion = side_section_add_criterion (section, id, cell (self, TEXT), 0);
  g_hash_table_add (self->ids, criterion->id);
  criterion->hint = text_of (self, HINT);
  criterion->only_if = *only_if != '\0' ? g_steal_pointer (&only_if) : NULL;
  return read_words (self, criterion, error)
         && read_number (self, WEIGHT, 0, 1e6, &criterion->weight, error)
         && read_boolean (self, ALLOW_NA, &criterion->allow_na, error)
         && read_boolean (self, BONUS, &criterion->bonus, error)
         && read_causes (self, criterion, error)
         && (criterion->only_if == NULL
             || (read_number (self, ONLY_LOW, 0, 1, &criterion->only_low, error)
                 && read_number (self, ONLY_HIGH, 0, 1, &criterion->only_high, error)));
}

static gboolean
read_rows (Reader  *self,
           GError **error)
{
  g_autoptr (GError) reason = NULL;

  while (side_csv_next_filled (self->csv, &reason))
    {
      SideSection *section;

      if (!check_texts (self, error))
        return FALSE;
      section = find_section (self);
      if (self->script->sections->len > MAX_CRITERIA)
        return fail (self, error, "there are more than %d sections", MAX_CRITERIA);
      if ((*cell (self, TEXT) != '\0' || *cell (self, ID) != '\0') && !read_criterion (self, section, error))
        return FALSE;
    }
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

/* A criterion that was there before keeps its exemplars. */
static void
keep_exemplars (SideScript       *script,
                const SideScript *base)
{
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          SideCriterion *criterion = g_ptr_array_index (section->criteria, k);
          const SideCriterion *old = side_script_find_criterion (base, criterion->id);

          for (guint j = 0; old != NULL && j < old->exemplars->len; j++)
            {
              const SideExemplar *each = g_ptr_array_index (old->exemplars, j);
              side_criterion_add_exemplar (criterion, each->value, each->call, each->from_ms, each->to_ms, each->text);
            }
        }
    }
}

static SideScript *
begin_script (const SideScript *base)
{
  g_autofree char *id = NULL;
  SideScript *script;

  if (base == NULL)
    {
      id = side_id_new ();
      return side_script_new (id, "", "", 1);
    }
  script = side_script_copy (base);
  g_ptr_array_set_size (script->sections, 0);
  return script;
}

/**
 * side_script_csv_read:
 * @text: (array length=len): a table
 * @len: its bytes
 * @base: (nullable): a script whose form the table replaces: all else,
 *   exemplars of criteria with the same id too, is taken from it. %NULL for a
 *   new script: without title and project, version 1
 * @passed_over: (out) (optional) (transfer full) (array zero-terminated=1):
 *   names of columns that mean nothing here
 * @error: SIDE_ERROR_INVALID with the line; SIDE_ERROR_TOO_LARGE
 *
 * A row without an id gets the next free one. A row belongs to the section of
 * its id, of its title where it has no id, or of the row before where it has
 * neither; the first row of a section has its title.
 *
 * Returns: (transfer full): the script
 */
SideScript *
side_script_csv_read (const char        *text,
                      gsize              len,
                      const SideScript  *base,
                      char            ***passed_over,
                      GError           **error)
{
  g_autofree char *copy = NULL;
  g_autoptr (SideCsv) csv = NULL;
  g_autoptr (SideScript) script = NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) reason = NULL;
  Reader self = { .ids = ids };

  g_return_val_if_fail (text != NULL, NULL);

  if (len > SIDE_SCRIPT_CSV_MAX_BYTES || !g_utf8_validate (text, (gssize) len, NULL))
    {
      g_set_error (error, SIDE_ERROR, len > SIDE_SCRIPT_CSV_MAX_BYTES ? SIDE_ERROR_TOO_LARGE : SIDE_ERROR_INVALID, "%s",
                   len > SIDE_SCRIPT_CSV_MAX_BYTES ? "the table is larger than 1 MiB" : "the table is not text in UTF-8");
      return NULL;
    }
  copy = g_strndup (text, len);
  csv = side_csv_new (copy, len);
  script = begin_script (base);
  self.csv = csv;
  self.script = script;
  if (!read_header (&self, unknown, &reason) || !read_rows (&self, &reason))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return NULL;
    }
  if (base != NULL)
    keep_exemplars (script, base);
  if (passed_over != NULL)
    {
      g_ptr_array_add (unknown, NULL);
      *passed_over = (char **) g_ptr_array_free (g_steal_pointer (&unknown), FALSE);
    }
  return g_steal_pointer (&script);
}
