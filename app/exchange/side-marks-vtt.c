/* side-marks-vtt.c - WebVTT
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blocks parted by empty lines: the header, cues, and NOTE, STYLE and REGION
 * blocks, which are kept. A mark is a cue; its author is the cue's voice,
 * "<v Anna>", its id the cue's. The rest stands in a note before it:
 *
 *   NOTE mark
 *   tag: greeting
 *   created: 2026-11-21T10:00:00.000Z
 *
 * A cue cannot be a point, so a point is a millisecond long and its note says
 * "kind: point".
 */
#include <string.h>

#include "side-marks-private.h"

#define NOTE_MARK "NOTE mark"
#define POINT     "kind: point"

typedef struct {
  const char *start;
  gsize       len;
  guint       line;
} Line;

/* A note that waits for its cue. */
typedef struct {
  GString *raw;       /* NULL when there is none */
  SideMark *mark;     /* with the attributes the note tells */
  gboolean  is_point;
} Note;

typedef struct {
  SideMarkList *list;
  GArray       *lines;   /* of the block being read */
  Note          note;
} Reader;

/* Cue text */

/* Appends what a character reference stands for; returns its length, or 0. */
static gsize
append_reference (GString    *out,
                  const char *at,
                  const char *end)
{
  static const char *const names[] = { "&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&lrm;", "&rlm;" };
  static const gunichar characters[] = { '&', '<', '>', '"', 0xa0, 0x200e, 0x200f };
  char *stop;
  guint64 code;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strncmp (at, names[i], strlen (names[i])) == 0)
      {
        g_string_append_unichar (out, characters[i]);
        return strlen (names[i]);
      }
  if (end - at < 4 || at[1] != '#')
    return 0;
  if (at[2] == 'x' || at[2] == 'X')
    code = g_ascii_isxdigit (at[3]) ? g_ascii_strtoull (at + 3, &stop, 16) : 0;
  else
    code = g_ascii_isdigit (at[2]) ? g_ascii_strtoull (at + 2, &stop, 10) : 0;
  if (code == 0 || code > 0x10ffff || *stop != ';' || stop >= end || !g_unichar_validate ((gunichar) code))
    return 0;
  g_string_append_unichar (out, (gunichar) code);
  return (gsize) (stop + 1 - at);
}

static char *
decode (const char *text,
        gsize       len)
{
  GString *out = g_string_sized_new (len);

  for (gsize i = 0; i < len;)
    {
      gsize used = text[i] == '&' ? append_reference (out, text + i, text + len) : 0;

      if (used == 0)
        g_string_append_c (out, text[i]);
      i += MAX (used, 1);
    }
  return g_string_free (out, FALSE);
}

/* Whether there is a reference we do not know, such as "&eacute;". */
static gboolean
has_unknown (const char *text,
             gsize       len)
{
  g_autoptr (GString) unused = g_string_new (NULL);

  for (const char *p = text; (p = memchr (p, '&', (gsize) (text + len - p))) != NULL; p++)
    {
      g_string_truncate (unused, 0);
      if ((g_ascii_isalpha (p[1]) || p[1] == '#') && append_reference (unused, p, text + len) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The name in "<v Anna>", which @tag begins with; NULL for another tag. */
static char *
get_voice (const char *tag,
           gsize       len)
{
  g_autofree char *name = NULL;

  if (len < 4 || tag[1] != 'v' || strchr (" \t\n", tag[2]) == NULL)
    return NULL;
  name = decode (tag + 3, len - 4);
  return side_marks_clean (g_strstrip (name), strlen (name));
}

/* Splits a cue's text into its voice and the text without tags. Returns:
 * whether there are tags that these two do not tell. */
static gboolean
split_payload (const char  *payload,
               char       **author,
               char       **text)
{
  gsize len = strlen (payload);
  g_autoptr (GString) plain = g_string_sized_new (len);
  g_autofree char *decoded = NULL;
  gboolean more = has_unknown (payload, len), closes = TRUE;

  *author = NULL;
  for (const char *p = payload; *p != '\0';)
    {
      const char *close = *p == '<' && closes ? strchr (p, '>') : NULL;

      if (close == NULL)
        {
          closes &= *p != '<';
          if (*p == '<')
            g_string_append (plain, "&lt;");
          else
            g_string_append_c (plain, *p);
          p++;
          continue;
        }
      if (p == payload)
        *author = get_voice (p, (gsize) (close + 1 - p));
      more |= !(p == payload && *author != NULL) && !(strcmp (p, "</v>") == 0 && *author != NULL);
      p = close + 1;
    }
  decoded = decode (plain->str, plain->len);
  *text = side_marks_clean (decoded, strlen (decoded));
  return more;
}

/* Lines that would be empty would end the cue: their breaks become references. */
static void
append_encoded (GString    *out,
                const char *text,
                gboolean    one_line)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '&')
        g_string_append (out, "&amp;");
      else if (*p == '<')
        g_string_append (out, "&lt;");
      else if (*p == '>')
        g_string_append (out, "&gt;");
      else if (*p == '\n' && (one_line || p == text || p[1] == '\n' || p[1] == '\0'))
        g_string_append (out, "&#10;");
      else
        g_string_append_c (out, *p);
    }
}

/* Reading */

static gboolean
has_arrow (const Line *line)
{
  return g_strstr_len (line->start, (gssize) line->len, "-->") != NULL;
}

static char *
join_lines (GArray *lines,
            guint   first)
{
  GString *out = g_string_new (NULL);

  for (guint i = first; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      if (i > first)
        g_string_append_c (out, '\n');
      g_string_append_len (out, line->start, (gssize) line->len);
    }
  return g_string_free (out, FALSE);
}

static void
keep_block (Reader     *self,
            const char *raw)
{
  g_autofree char *value = g_strdup_printf ("%u\n%s", self->list->marks->len, raw);

  side_marks_pairs_add (&self->list->extra, "vtt.block", value);
}

static void
note_clear (Note *note)
{
  if (note->raw != NULL)
    g_string_free (note->raw, TRUE);
  g_clear_pointer (&note->mark, side_mark_free);
  memset (note, 0, sizeof *note);
}

/* Reads a "NOTE mark"; any other note is none. */
static gboolean
read_note (Reader *self,
           Note   *note)
{
  const Line *first = &g_array_index (self->lines, Line, 0);

  if (first->len != strlen (NOTE_MARK) || memcmp (first->start, NOTE_MARK, first->len) != 0)
    return FALSE;
  note->mark = side_mark_new (0, 0, NULL, NULL);
  for (guint i = 1; i < self->lines->len; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);
      const char *colon = g_strstr_len (line->start, (gssize) line->len, ": ");
      gsize name_len = colon != NULL ? (gsize) (colon - line->start) : 0;
      g_autofree char *value = colon != NULL ? decode (colon + 2, line->len - name_len - 2) : NULL;

      if (line->len == strlen (POINT) && memcmp (line->start, POINT, line->len) == 0)
        note->is_point = TRUE;
      else if (value == NULL || !side_marks_set_attribute (note->mark, side_marks_find_attribute (line->start, name_len), value))
        return FALSE;
    }
  return TRUE;
}

static void
read_other (Reader *self)
{
  g_autofree char *raw = join_lines (self->lines, 0);
  Note note = { 0 };

  if (!read_note (self, &note))
    {
      note_clear (&note);
      keep_block (self, raw);
      return;
    }
  if (self->note.raw != NULL)
    keep_block (self, self->note.raw->str);
  note_clear (&self->note);
  self->note = note;
  self->note.raw = g_string_new (raw);
}

/* "00:01.000 --> 00:04.000 align:start" */
static SideMark *
read_timings (const Line  *line,
              GError     **error)
{
  const char *arrow = g_strstr_len (line->start, (gssize) line->len, "-->");
  const char *end = line->start + line->len;
  const char *to_start = arrow + 3;
  const char *to_end;
  g_autofree char *settings = NULL;
  gint64 from, to;
  SideMark *mark;

  while (to_start < end && (*to_start == ' ' || *to_start == '\t'))
    to_start++;
  for (to_end = to_start; to_end < end && *to_end != ' ' && *to_end != '\t';)
    to_end++;
  if (memchr (line->start, ':', (gsize) (arrow - line->start)) == NULL
      || !side_marks_parse_clock (line->start, (gsize) (arrow - line->start), &from)
      || memchr (to_start, ':', (gsize) (to_end - to_start)) == NULL
      || !side_marks_parse_clock (to_start, (gsize) (to_end - to_start), &to))
    {
      side_marks_fail (error, line->line, "the times of a cue are written 00:01.000 --> 00:04.000");
      return NULL;
    }
  /* The format knows whole milliseconds; a finer time would be lost when written. */
  mark = side_mark_new (side_marks_to_ms (from) * SIDE_MARKS_MS_NS, side_marks_to_ms (to) * SIDE_MARKS_MS_NS, NULL, NULL);
  settings = g_strstrip (g_strndup (to_end, (gsize) (end - to_end)));
  if (*settings != '\0')
    side_marks_pairs_add (&mark->extra, "vtt.settings", settings);
  return mark;
}

/* What the note before it tells goes to the cue's mark. */
static void
apply_note (Note     *note,
            SideMark *mark)
{
  for (guint i = 0; i < SIDE_MARKS_N_ATTRIBUTES; i++)
    {
      g_autofree char *value = side_marks_get_attribute (note->mark, (SideMarksAttribute) i);

      if (value != NULL)
        side_marks_set_attribute (mark, (SideMarksAttribute) i, value);
    }
  if (note->is_point && mark->to_ns - mark->from_ns == SIDE_MARKS_MS_NS)
    mark->to_ns = mark->from_ns;
  note_clear (note);
}

static gboolean
read_cue (Reader  *self,
          guint    timings,
          GError **error)
{
  const Line *first = &g_array_index (self->lines, Line, 0);
  const Line *line = &g_array_index (self->lines, Line, timings);
  g_autofree char *payload = join_lines (self->lines, timings + 1);
  SideMark *mark = read_timings (line, error);

  if (mark == NULL)
    return FALSE;
  if (split_payload (payload, &mark->author, &mark->text))
    side_marks_pairs_add (&mark->extra, "vtt.payload", payload);
  if (timings == 1)
    mark->id = side_marks_clean (first->start, first->len);
  if (self->note.raw != NULL)
    apply_note (&self->note, mark);
  return side_marks_take (self->list, mark, line->line, error);
}

static gboolean
read_block (Reader  *self,
            GError **error)
{
  gboolean fine = TRUE;

  if (self->lines->len > 0 && has_arrow (&g_array_index (self->lines, Line, 0)))
    fine = read_cue (self, 0, error);
  else if (self->lines->len > 1 && has_arrow (&g_array_index (self->lines, Line, 1)))
    fine = read_cue (self, 1, error);
  else if (self->lines->len > 0)
    read_other (self);
  g_array_set_size (self->lines, 0);
  return fine;
}

static gboolean
read_header (Reader           *self,
             SideMarksReader  *lines,
             GError          **error)
{
  g_autofree char *header = NULL;
  SideMarksReader ahead = *lines;
  Line line;

  if (!side_marks_next_line (&ahead, &line.start, &line.len) || line.len < 6 || memcmp (line.start, "WEBVTT", 6) != 0
      || (line.len > 6 && line.start[6] != ' ' && line.start[6] != '\t'))
    return side_marks_fail (error, 1, "a WebVTT file begins with the word WEBVTT");
  line.start += 6;
  line.len -= 6;
  do
    {
      g_array_append_val (self->lines, line);
      *lines = ahead;
    }
  while (side_marks_next_line (&ahead, &line.start, &line.len) && line.len > 0 && !has_arrow (&line));
  header = join_lines (self->lines, 0);
  if (*header != '\0')
    side_marks_pairs_add (&self->list->extra, "vtt.header", header);
  g_array_set_size (self->lines, 0);
  return TRUE;
}

static gboolean
read_all (Reader           *self,
          SideMarksReader  *lines,
          GError          **error)
{
  Line line;
  gboolean in_cue = FALSE;

  if (!read_header (self, lines, error))
    return FALSE;
  while (side_marks_next_line (lines, &line.start, &line.len))
    {
      gboolean arrow = line.len > 0 && has_arrow (&line);

      line.line = lines->line;
      /* An arrow begins a cue even where the empty line was forgotten. */
      if ((line.len == 0 || (arrow && (in_cue || self->lines->len > 1))) && !read_block (self, error))
        return FALSE;
      in_cue = line.len > 0 && (arrow || (in_cue && self->lines->len > 0));
      if (line.len > 0)
        g_array_append_val (self->lines, line);
    }
  if (!read_block (self, error))
    return FALSE;
  if (self->note.raw != NULL)
    keep_block (self, self->note.raw->str);
  return TRUE;
}

SideMarkList *
side_marks_read_vtt (const char  *text,
                     gsize        len,
                     GError     **error)
{
  g_autoptr (SideMarkList) list = side_mark_list_new ();
  g_autoptr (GArray) block = g_array_new (FALSE, FALSE, sizeof (Line));
  Reader reader = { .list = list, .lines = block };
  SideMarksReader lines = { .at = text, .end = text + len };
  gboolean fine = read_all (&reader, &lines, error);

  note_clear (&reader.note);
  return fine ? g_steal_pointer (&list) : NULL;
}

/* Writing */

static gboolean
fits_voice (const char *author)
{
  gsize len = strlen (author);

  return author[0] != ' ' && author[len - 1] != ' ' && strpbrk (author, "\n\t") == NULL && strstr (author, "  ") == NULL
         && strstr (author, "\302\240") == NULL;
}

static gboolean
fits_id (const char *id)
{
  return strchr (id, '\n') == NULL && strstr (id, "-->") == NULL;
}

/* What neither the cue's id nor its voice can tell. */
static void
append_note (GString        *out,
             const SideMark *mark)
{
  gsize start = out->len;

  for (guint i = 0; i < SIDE_MARKS_N_ATTRIBUTES; i++)
    {
      g_autofree char *value = side_marks_get_attribute (mark, (SideMarksAttribute) i);

      if (value == NULL || (i == SIDE_MARKS_ID && fits_id (value)) || (i == SIDE_MARKS_AUTHOR && fits_voice (value)))
        continue;
      g_string_append_printf (out, "%s: ", side_marks_attribute_names[i]);
      append_encoded (out, value, TRUE);
      g_string_append_c (out, '\n');
    }
  if (mark->from_ns == mark->to_ns)
    g_string_append (out, POINT "\n");
  if (out->len == start)
    return;
  g_string_insert (out, (gssize) start, NOTE_MARK "\n");
  g_string_append_c (out, '\n');
}

static void
append_payload (GString        *out,
                const SideMark *mark)
{
  const char *raw = side_marks_pairs_get (mark->extra, "vtt.payload");
  g_autofree char *author = NULL;
  g_autofree char *text = NULL;

  if (raw != NULL)
    {
      split_payload (raw, &author, &text);
      if (g_strcmp0 (text, mark->text) == 0 && (g_strcmp0 (author, mark->author) == 0 || (author == NULL && !fits_voice (mark->author))))
        {
          g_string_append (out, raw);
          return;
        }
    }
  if (mark->author != NULL && fits_voice (mark->author))
    {
      g_string_append (out, "<v ");
      append_encoded (out, mark->author, TRUE);
      g_string_append_c (out, '>');
    }
  if (mark->text != NULL)
    append_encoded (out, mark->text, FALSE);
}

static void
append_cue (GString        *out,
            const SideMark *mark)
{
  const char *settings = side_marks_pairs_get (mark->extra, "vtt.settings");
  gint64 from = side_marks_to_ms (mark->from_ns);
  gint64 to = side_marks_to_ms (mark->to_ns);
  gsize start;

  append_note (out, mark);
  if (mark->id != NULL && fits_id (mark->id))
    g_string_append_printf (out, "%s\n", mark->id);
  side_marks_append_clock (out, from);
  g_string_append (out, " --> ");
  side_marks_append_clock (out, MAX (to, from + 1));
  if (settings != NULL)
    g_string_append_printf (out, " %s", settings);
  g_string_append_c (out, '\n');
  start = out->len;
  append_payload (out, mark);
  g_string_append (out, out->len > start ? "\n\n" : "\n");
}

void
side_marks_write_vtt (const SideMarkList *list,
                      GString            *out)
{
  const char *header = side_marks_pairs_get (list->extra, "vtt.header");
  guint at = 0, n_pairs = list->extra != NULL ? list->extra->len : 0;

  g_string_append_printf (out, "WEBVTT%s\n\n", header != NULL ? header : "");
  for (guint i = 0; i <= list->marks->len; i++)
    {
      for (; at < n_pairs; at += 2)
        {
          const char *value = list->extra->pdata[at + 1];

          if (!g_str_equal (list->extra->pdata[at], "vtt.block"))
            continue;
          if (i < list->marks->len && g_ascii_strtoull (value, NULL, 10) > i)
            break;
          g_string_append_printf (out, "%s\n\n", strchr (value, '\n') + 1);
        }
      if (i < list->marks->len)
        append_cue (out, g_ptr_array_index (list->marks, i));
    }
}
