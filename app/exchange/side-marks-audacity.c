/* side-marks-audacity.c - label tracks of Audacity
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   2.150000 TAB 2.150000 TAB text           from, to, label: seconds
 *   2.150000 TAB text                        old: a point
 *   \ TAB 300.000000 TAB 3400.000000         of the label above: Hz, -1 for none
 *
 * Further lines that begin with a backslash belong to future versions, which
 * Audacity passes over and we keep. A label has one line: a line break in a
 * text is written as U+240A, a tab as U+2409, their visible pictures.
 */
#include <string.h>

#include "side-marks-private.h"

#define MAX_TAG_CHARS 64
#define LINE_PICTURE  "\342\220\212"
#define TAB_PICTURE   "\342\220\211"

/* A label says "tag: text". In the tag a colon is doubled; a label that has no
 * tag but would seem to begins with ": ". */

static char *
replace (const char *text,
         const char *old,
         const char *new)
{
  GString *out = g_string_new (NULL);
  gsize len = strlen (old);

  while (*text != '\0')
    {
      gboolean found = strncmp (text, old, len) == 0;

      if (found)
        g_string_append (out, new);
      else
        g_string_append_c (out, *text);
      text += found ? len : 1;
    }
  return g_string_free (out, FALSE);
}

/* Returns: the bytes before the colon that ends the tag, or -1 for no tag. */
static gssize
find_tag (const char *label)
{
  const char *p = label;

  for (int n = 0; *p != '\0' && n <= MAX_TAG_CHARS; n++, p = g_utf8_next_char (p))
    {
      if (*p != ':')
        continue;
      if (p[1] == ' ' || p[1] == '\0')
        return p - label;
      if (p[1] == ':')
        p++;
    }
  return -1;
}

static void
split_label (SideMark   *mark,
             const char *label)
{
  gssize end = find_tag (label);
  const char *text = end < 0 ? label : label + end + (label[end + 1] == ' ' ? 2 : 1);
  g_autofree char *doubled = g_strndup (label, (gsize) MAX (end, 0));
  g_autofree char *tag = replace (doubled, "::", ":");

  mark->tag = side_marks_clean (tag, strlen (tag));
  mark->text = side_marks_clean (text, strlen (text));
}

static char *
join_label (const SideMark *mark)
{
  const char *text = mark->text != NULL ? mark->text : "";
  g_autofree char *tag = replace (mark->tag != NULL ? mark->tag : "", ":", "::");

  if (mark->tag == NULL && find_tag (text) < 0)
    return g_strdup (text);
  return g_strconcat (tag, *text != '\0' || mark->tag == NULL ? ": " : ":", text, NULL);
}

/* Whether a cell in the place of a time is meant to be one. */
static gboolean
is_number (const char *cell,
           gsize       len,
           gboolean    is_last)
{
  g_autofree char *copy = g_strndup (cell, MIN (len, 400));
  char *end;

  g_strdelimit (copy, ",", '.');
  g_ascii_strtod (copy, &end);
  return end != copy && *end == '\0' && (!is_last || strchr ("+-.0123456789", *copy) != NULL);
}

/* The text of a label as it stands in the file. */
static char *
read_text (const char *label,
           gsize       len)
{
  g_autofree char *copy = g_strndup (label, len);
  g_autofree char *lines = replace (copy, LINE_PICTURE, "\n");

  return replace (lines, TAB_PICTURE, "\t");
}

static gboolean
read_label (SideMarkList  *list,
            const char    *line,
            gsize          len,
            guint          number,
            GError       **error)
{
  g_autofree char *label = NULL;
  const char *end = line + len;
  const char *tab = memchr (line, '\t', len);
  const char *rest = tab != NULL ? tab + 1 : end;
  gint64 from, to;
  SideMark *mark;

  if (!side_marks_parse_seconds (line, (gsize) ((tab != NULL ? tab : end) - line), &from))
    return side_marks_fail (error, number, "a label begins with its time in seconds, from 0 to 3600000, and a tab");
  to = from;
  tab = memchr (rest, '\t', (gsize) (end - rest));
  /* Without a second number it is the form of the first versions: a point. */
  if (rest < end && side_marks_parse_seconds (rest, (gsize) ((tab != NULL ? tab : end) - rest), &to))
    rest = tab != NULL ? tab + 1 : end;
  else if (rest < end && is_number (rest, (gsize) ((tab != NULL ? tab : end) - rest), tab == NULL))
    return side_marks_fail (error, number, "the end of the label is not a time from 0 to 3600000 seconds");
  label = read_text (rest, (gsize) (end - rest));
  mark = side_mark_new (from, to, NULL, NULL);
  split_label (mark, label);
  return side_marks_take (list, mark, number, error);
}

/* A line that belongs to the label above. */
static gboolean
read_more (SideMarkList  *list,
           gboolean       first,
           const char    *line,
           gsize          len,
           guint          number,
           GError       **error)
{
  g_autofree char *copy = g_strndup (line, len);
  g_auto (GStrv) cells = g_strsplit (copy, "\t", 4);
  SideMark *mark;

  if (list->marks->len == 0)
    return side_marks_fail (error, number, "there is no label this line could belong to");
  mark = g_ptr_array_index (list->marks, list->marks->len - 1);
  if (!first)
    {
      side_marks_pairs_add (&mark->extra, "audacity.line", copy);
      return TRUE;
    }
  if (!g_str_equal (cells[0], "\\") || cells[1] == NULL || cells[2] == NULL || !side_marks_parse_hz (cells[1], &mark->low_hz)
      || !side_marks_parse_hz (cells[2], &mark->high_hz))
    return side_marks_fail (error, number, "after the backslash come two frequencies in Hz");
  return TRUE;
}

SideMarkList *
side_marks_read_audacity (const char  *text,
                          gsize        len,
                          GError     **error)
{
  g_autoptr (SideMarkList) list = side_mark_list_new ();
  SideMarksReader reader = { .at = text, .end = text + len };
  const char *line;
  gboolean after_label = FALSE;
  gsize length;

  while (side_marks_next_line (&reader, &line, &length))
    {
      gboolean more = length > 0 && *line == '\\';

      if (length == 0)
        continue;
      if (more && !read_more (list, after_label, line, length, reader.line, error))
        return NULL;
      if (!more && !read_label (list, line, length, reader.line, error))
        return NULL;
      after_label = !more;
    }
  return g_steal_pointer (&list);
}

static void
append_hz (GString *out,
           double   hz)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (out, '\t');
  g_string_append (out, g_ascii_formatd (buffer, sizeof buffer, "%.6f", hz));
}

void
side_marks_write_audacity (const SideMarkList *list,
                           GString            *out)
{
  for (guint i = 0; i < list->marks->len; i++)
    {
      const SideMark *mark = g_ptr_array_index (list->marks, i);
      g_autofree char *joined = join_label (mark);
      g_autofree char *lines = replace (joined, "\n", LINE_PICTURE);
      g_autofree char *label = replace (lines, "\t", TAB_PICTURE);
      gboolean more = side_marks_pairs_get (mark->extra, "audacity.line") != NULL;

      side_marks_append_seconds (out, mark->from_ns, 6);
      g_string_append_c (out, '\t');
      side_marks_append_seconds (out, mark->to_ns, 6);
      g_string_append_printf (out, "\t%s\n", label);
      if (mark->low_hz >= 0.0 || mark->high_hz >= 0.0 || more)
        {
          g_string_append_c (out, '\\');
          append_hz (out, mark->low_hz);
          append_hz (out, mark->high_hz);
          g_string_append_c (out, '\n');
        }
      for (guint k = 0; more && k < mark->extra->len; k += 2)
        if (g_str_equal (mark->extra->pdata[k], "audacity.line"))
          g_string_append_printf (out, "%s\n", (const char *) mark->extra->pdata[k + 1]);
    }
}
