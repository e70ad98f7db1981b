/* side-marks.c - lists of marks, and which format a file has
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The entry to all formats: bytes become checked UTF-8 once, here, before any
 * reader sees them, and what a reader or writer made is checked against the
 * limits once, here, too.
 */
#include <string.h>

#include "side-marks-private.h"

G_DEFINE_BOXED_TYPE (SideMarkList, side_mark_list, side_mark_list_ref, side_mark_list_unref)

typedef struct {
  const char    *word;
  const char    *endings;   /* of file names, each with its point, one after the other */
  SideMarkList *(*read) (const char *text, gsize len, GError **error);
  void          (*write) (const SideMarkList *list, GString *out);
} Format;

static const Format formats[] = {
  [SIDE_MARKS_AUDACITY] = { "audacity", ".txt.labels", side_marks_read_audacity, side_marks_write_audacity },
  [SIDE_MARKS_TEXTGRID] = { "textgrid", ".textgrid", side_marks_read_textgrid, side_marks_write_textgrid },
  [SIDE_MARKS_EAF] = { "eaf", ".eaf", side_marks_read_eaf, side_marks_write_eaf },
  [SIDE_MARKS_VTT] = { "webvtt", ".vtt.webvtt", side_marks_read_vtt, side_marks_write_vtt },
  [SIDE_MARKS_CSV] = { "csv", ".csv.tsv", side_marks_read_csv, side_marks_write_csv },
};

/**
 * side_mark_new:
 * @from_ns: position in the recording
 * @to_ns: end of the span; @from_ns for a point
 * @tag: (nullable): tag
 * @text: (nullable): text
 *
 * Returns: (transfer full): a mark
 */
SideMark *
side_mark_new (gint64      from_ns,
               gint64      to_ns,
               const char *tag,
               const char *text)
{
  SideMark *self = g_new0 (SideMark, 1);

  self->from_ns = from_ns;
  self->to_ns = to_ns;
  self->tag = tag != NULL ? side_marks_clean (tag, strlen (tag)) : NULL;
  self->text = text != NULL ? side_marks_clean (text, strlen (text)) : NULL;
  self->low_hz = self->high_hz = SIDE_MARK_NO_HZ;
  self->tier = -1;
  return self;
}

/**
 * side_mark_free:
 * @self: (transfer full): a mark
 */
void
side_mark_free (SideMark *self)
{
  g_return_if_fail (self != NULL);
  g_free (self->tag);
  g_free (self->text);
  g_free (self->author);
  g_free (self->id);
  g_free (self->criterion);
  g_free (self->parent);
  g_clear_pointer (&self->extra, g_ptr_array_unref);
  g_free (self);
}

static void
free_mark (gpointer data)
{
  side_mark_free (data);
}

static void
free_tier (gpointer data)
{
  SideMarkTier *tier = data;

  g_free (tier->name);
  g_clear_pointer (&tier->extra, g_ptr_array_unref);
  g_clear_pointer (&tier->breaks, g_array_unref);
  g_free (tier);
}

static void
free_slot (gpointer data)
{
  SideMarkSlot *slot = data;

  g_free (slot->id);
  g_free (slot);
}

/**
 * side_mark_list_new:
 *
 * Returns: (transfer full): a list without marks
 */
SideMarkList *
side_mark_list_new (void)
{
  SideMarkList *self = g_new0 (SideMarkList, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->marks = g_ptr_array_new_with_free_func (free_mark);
  self->tiers = g_ptr_array_new_with_free_func (free_tier);
  self->slots = g_ptr_array_new_with_free_func (free_slot);
  return self;
}

/**
 * side_mark_list_ref:
 * @self: a list
 *
 * Returns: (transfer full): @self
 */
SideMarkList *
side_mark_list_ref (SideMarkList *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_mark_list_unref:
 * @self: (transfer full): a list
 */
void
side_mark_list_unref (SideMarkList *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->marks);
  g_ptr_array_unref (self->tiers);
  g_ptr_array_unref (self->slots);
  g_clear_pointer (&self->extra, g_ptr_array_unref);
  g_free (self->media);
  g_free (self);
}

SideMarkTier *
side_marks_add_tier (SideMarkList *list,
                     const char   *name)
{
  SideMarkTier *tier = g_new0 (SideMarkTier, 1);

  tier->name = g_strdup (name != NULL ? name : "");
  g_ptr_array_add (list->tiers, tier);
  return tier;
}

/* Adds @mark, which is taken in any case, if it is one. */
gboolean
side_marks_take (SideMarkList  *list,
                 SideMark      *mark,
                 guint          line,
                 GError       **error)
{
  const char *texts[] = { mark->tag, mark->text, mark->author, mark->id, mark->criterion, mark->parent };

  g_ptr_array_add (list->marks, mark);
  if (mark->to_ns < mark->from_ns)
    return side_marks_fail (error, line, "the mark ends before it begins");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL && strlen (texts[i]) > SIDE_MARKS_MAX_TEXT)
      {
        g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "line %u: a text is longer than %d bytes", line, SIDE_MARKS_MAX_TEXT);
        return FALSE;
      }
  if (list->marks->len <= SIDE_MARKS_MAX)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "line %u: there are more than %d marks", line, SIDE_MARKS_MAX);
  return FALSE;
}

/**
 * side_marks_parse:
 * @bytes: a whole file: UTF-8, or UTF-16 with a byte order mark
 * @len: how many bytes
 * @format: its format; %SIDE_MARKS_NONE to recognise it
 * @error: SIDE_ERROR_INVALID with the number of the line,
 *   SIDE_ERROR_TOO_LARGE, SIDE_ERROR_UNSUPPORTED for no known format
 *
 * Takes a time in proportion to @len, whatever the bytes are.
 *
 * Returns: (transfer full) (nullable): the marks
 */
SideMarkList *
side_marks_parse (const char       *bytes,
                  gsize             len,
                  SideMarksFormat   format,
                  GError          **error)
{
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (bytes != NULL || len == 0, NULL);

  if (format == SIDE_MARKS_NONE)
    format = side_marks_format_from_bytes (bytes, len);
  if (format == SIDE_MARKS_NONE)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
                           "this is none of Audacity labels, TextGrid, EAF, WebVTT and CSV");
      return NULL;
    }
  text = side_marks_decode (bytes, len, &length, error);
  return text != NULL ? formats[format].read (text, length, error) : NULL;
}

/**
 * side_marks_write:
 * @list: marks
 * @format: a format
 * @len: (out) (optional): how many bytes
 * @error: SIDE_ERROR_TOO_LARGE for what side_marks_parse() would refuse
 *
 * Returns: (transfer full) (nullable): the file, UTF-8, ended by a NUL that
 *   @len does not count
 */
char *
side_marks_write (const SideMarkList  *list,
                  SideMarksFormat      format,
                  gsize               *len,
                  GError             **error)
{
  GString *out;

  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (format > SIDE_MARKS_NONE && format < G_N_ELEMENTS (formats), NULL);

  out = g_string_new (NULL);
  if (list->marks->len <= SIDE_MARKS_MAX)
    formats[format].write (list, out);
  if (list->marks->len > SIDE_MARKS_MAX || out->len > SIDE_MARKS_MAX_BYTES)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "these are too many marks for one file: at most %d, and %d MiB",
                   SIDE_MARKS_MAX, SIDE_MARKS_MAX_BYTES / (1024 * 1024));
      g_string_free (out, TRUE);
      return NULL;
    }
  if (len != NULL)
    *len = out->len;
  return g_string_free (out, FALSE);
}

/**
 * side_marks_format_from_name:
 * @file_name: name or path of a file
 *
 * Returns: the format its ending tells, or %SIDE_MARKS_NONE
 */
SideMarksFormat
side_marks_format_from_name (const char *file_name)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (file_name != NULL, SIDE_MARKS_NONE);

  lower = g_ascii_strdown (file_name, -1);
  for (guint format = SIDE_MARKS_NONE + 1; format < G_N_ELEMENTS (formats); format++)
    {
      g_auto (GStrv) endings = g_strsplit (formats[format].endings + 1, ".", -1);
      const char *point = strrchr (lower, '.');

      if (point != NULL && g_strv_contains ((const char *const *) endings, point + 1))
        return (SideMarksFormat) format;
    }
  return SIDE_MARKS_NONE;
}

/* Whether the first line with something in it is a label. */
static gboolean
is_labels (const char *text,
           gsize       len)
{
  SideMarksReader reader = { .at = text, .end = text + len };
  const char *line;
  gsize length;

  while (side_marks_next_line (&reader, &line, &length))
    {
      const char *tab = memchr (line, '\t', length);
      gint64 unused;

      if (length > 0)
        return tab != NULL && side_marks_parse_seconds (line, (gsize) (tab - line), &unused);
    }
  return FALSE;
}

/**
 * side_marks_format_from_bytes:
 * @bytes: a file, or the beginning of one
 * @len: how many bytes
 *
 * A table without header whose cells are parted by tabs is taken for labels.
 *
 * Returns: the format it seems to have, or %SIDE_MARKS_NONE
 */
SideMarksFormat
side_marks_format_from_bytes (const char *bytes,
                              gsize       len)
{
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (bytes != NULL || len == 0, SIDE_MARKS_NONE);

  text = side_marks_decode (bytes, len, &length, NULL);
  if (text == NULL)
    return SIDE_MARKS_NONE;
  if (g_str_has_prefix (text, "WEBVTT"))
    return SIDE_MARKS_VTT;
  if (text[strspn (text, " \t\r\n")] == '<')
    return g_strstr_len (text, MIN ((gssize) length, 65536), "<ANNOTATION_DOCUMENT") != NULL ? SIDE_MARKS_EAF : SIDE_MARKS_NONE;
  if (g_strstr_len (text, MIN ((gssize) length, 4096), "\"ooTextFile") != NULL)
    return SIDE_MARKS_TEXTGRID;
  if (is_labels (text, length))
    return SIDE_MARKS_AUDACITY;
  return side_marks_csv_is_likely (text, length) ? SIDE_MARKS_CSV : SIDE_MARKS_NONE;
}

/**
 * side_marks_format_from_word:
 * @word: "audacity", "textgrid", "eaf", "webvtt" or "csv"
 *
 * Returns: the format, or %SIDE_MARKS_NONE
 */
SideMarksFormat
side_marks_format_from_word (const char *word)
{
  g_return_val_if_fail (word != NULL, SIDE_MARKS_NONE);
  for (guint format = SIDE_MARKS_NONE + 1; format < G_N_ELEMENTS (formats); format++)
    if (g_str_equal (formats[format].word, word))
      return (SideMarksFormat) format;
  return SIDE_MARKS_NONE;
}

/**
 * side_marks_format_to_word:
 * @format: a format
 *
 * Returns: (transfer none): its word for side_marks_format_from_word()
 */
const char *
side_marks_format_to_word (SideMarksFormat format)
{
  g_return_val_if_fail (format > SIDE_MARKS_NONE && format < G_N_ELEMENTS (formats), NULL);
  return formats[format].word;
}
