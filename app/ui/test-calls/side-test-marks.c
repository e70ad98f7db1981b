/* side-test-marks.c - what is marked on the recording of a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The call counts from the moment it was dialled, its recording from its own
 * beginning. For other programs the timeline, what was said, what was pressed
 * and the notes are marks with a tag each, as those that people make on the
 * calls of the call centre.
 */
#include "side-test-marks.h"

#include <glib/gi18n.h>

#include "side-listening.h"
#include "side-scenario-words.h"
#include "side-test-result-words.h"
#include "side-text.h"
#include "side-time.h"

/* Words of a file, as those of the vocabulary: they are the same in every language. */
#define TAG_SEGMENT "timeline"
#define TAG_SAID    "said"
#define TAG_KEYS    "keys"
#define TAG_NOTE    "note"

#define LEAST_BLANK_MS 100   /* a tenth of a second is what is shown */
#define MS_NS G_GINT64_CONSTANT (1000000)

typedef struct {
  SideMarkList *list;
  gint64        offset_ms;
  gint64        length_ms;   /* 0 where it is not known */
} Marks;

/* The mark, in the times of the recording; %NULL for what was before or after it. */
static SideMark *
add (Marks      *marks,
     gint64      from_ms,
     gint64      to_ms,
     const char *tag,
     const char *text)
{
  gint64 last_ms = marks->length_ms > 0 ? marks->length_ms : G_MAXINT32;
  SideMark *mark;

  from_ms -= marks->offset_ms;
  to_ms -= marks->offset_ms;
  if (to_ms < 0 || from_ms > last_ms || (to_ms == 0 && from_ms < 0))
    return NULL;
  mark = side_mark_new (CLAMP (from_ms, 0, last_ms) * MS_NS, CLAMP (to_ms, 0, last_ms) * MS_NS, tag, text);
  g_ptr_array_add (marks->list->marks, mark);
  return mark;
}

static int
compare_marks (gconstpointer a,
               gconstpointer b)
{
  const SideMark *x = *(const SideMark *const *) a, *y = *(const SideMark *const *) b;

  return (x->from_ns > y->from_ns) - (x->from_ns < y->from_ns);
}

static void
add_notes (Marks              *marks,
           const SideTestCall *call)
{
  for (guint i = 0; i < call->notes->len; i++)
    {
      const SideTestNote *note = call->notes->pdata[i];
      SideMark *mark = add (marks, note->at_ms, note->to_ms, note->tag != NULL ? note->tag : TAG_NOTE,
                            note->text != NULL && *note->text != '\0' ? note->text : NULL);

      if (mark != NULL)
        mark->author = g_strdup (call->review->reviewer);
    }
}

/**
 * side_test_marks_list:
 * @call: a test call
 * @offset_ms: where its recording begins, from the moment it was dialled
 * @length_ms: of the recording; 0 where that is not known
 *
 * What ended before the recording began is not in it; of a call without a
 * recording everything is, from the moment it was dialled.
 *
 * Returns: (transfer full): all there is to mark, by time
 */
SideMarkList *
side_test_marks_list (const SideTestCall *call,
                      gint64              offset_ms,
                      gint64              length_ms)
{
  Marks marks = { side_mark_list_new (), call->recording != NULL ? offset_ms : 0, length_ms };

  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];
      g_autofree char *words = side_test_result_words_segment (segment);

      add (&marks, segment->from_ms, segment->to_ms, TAG_SEGMENT, words);
    }
  for (guint i = 0; i < call->steps->len; i++)
    {
      const SideTestStep *step = call->steps->pdata[i];
      g_autofree char *words = side_test_result_words_step (call, step);

      add (&marks, step->at_ms, step->at_ms, TAG_SAID, words);
    }
  for (guint i = 0; i < call->keys->len; i++)
    {
      const SideTestKey *key = call->keys->pdata[i];

      add (&marks, key->at_ms, key->at_ms, TAG_KEYS, key->keys);
    }
  add_notes (&marks, call);
  g_ptr_array_sort (marks.list->marks, compare_marks);
  marks.list->media = g_strdup (call->recording);
  marks.list->end_ns = MAX (length_ms, 0) * MS_NS;
  return marks.list;
}

/**
 * side_test_marks_name:
 * @call: a test call
 * @project: its project: the time zone
 * @suffix: "wav"
 *
 * Returns: (transfer full): the file name that is offered for what is written of it
 */
char *
side_test_marks_name (const SideTestCall *call,
                      const SideProject  *project,
                      const char         *suffix)
{
  g_autoptr (GDateTime) local = side_time_to_local (project->time_zone, call->dialled_ms);
  g_autofree char *when = g_date_time_format (local, "%Y-%m-%d %H-%M");
  char *name = g_strdup_printf ("%s %s.%s", call->pinned != NULL ? side_scenario_words_title (call->pinned) : _("Test call"), when, suffix);

  return g_strdelimit (name, "/\\:*?\"<>|\n\t", '-');
}

/**
 * side_test_marks_note_words:
 * @note: a note
 * @tags: the vocabulary
 *
 * Returns: (transfer full): its tag and what it says
 */
char *
side_test_marks_note_words (const SideTestNote *note,
                            SideTags           *tags)
{
  if (note->tag == NULL)
    return g_strdup_printf (_("Note: %s"), note->text);
  if (note->text == NULL || *note->text == '\0')
    return g_strdup (side_tags_label (tags, note->tag));
  return g_strdup_printf ("%s: %s", side_tags_label (tags, note->tag), note->text);
}

/* ---- the sheet ---- */

typedef struct {
  gint64  from_ms;
  gint64  to_ms;     /* @from_ms where it is told by its beginning alone */
  char   *words;
} Line;

static void
line_clear (gpointer data)
{
  g_free (((Line *) data)->words);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const Line *x = a, *y = b;

  return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

static gboolean
is_blanked (const GArray *blanked,
            gint64        from_ms,
            gint64        to_ms)
{
  for (guint i = 0; i < blanked->len; i++)
    {
      const SideHeard *span = &g_array_index (blanked, SideHeard, i);

      if (from_ms <= span->to_ms && to_ms >= span->from_ms)
        return TRUE;
    }
  return FALSE;
}

typedef struct {
  GArray       *lines;
  gint64        offset_ms;
  const GArray *blanked;
} Sheet;

static void
add_line (Sheet  *sheet,
          gint64  from_ms,
          gint64  to_ms,
          char   *words)
{
  Line line = { from_ms - sheet->offset_ms, to_ms - sheet->offset_ms, words };

  g_array_append_val (sheet->lines, line);
}

/* What was said or noted where the copy is silent may be just what is not to be read either. */
static void
add_private (Sheet  *sheet,
             gint64  from_ms,
             gint64  to_ms,
             char   *words)
{
  if (is_blanked (sheet->blanked, from_ms - sheet->offset_ms, to_ms - sheet->offset_ms))
    {
      g_free (words);
      words = g_strdup (_("What was written here is left out: it lies on a blanked span."));
    }
  add_line (sheet, from_ms, to_ms, words);
}

static void
add_lines (Sheet              *sheet,
           const SideTestCall *call,
           SideTags           *tags)
{
  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];
      g_autofree char *what = side_test_result_words_segment (segment);
      g_autofree char *certain = side_test_result_words_certain (segment);

      add_line (sheet, segment->from_ms, segment->from_ms, g_strdup_printf ("%s (%s)", what, certain));
    }
  for (guint i = 0; i < call->steps->len; i++)
    {
      const SideTestStep *step = call->steps->pdata[i];

      add_private (sheet, step->at_ms, step->at_ms, side_test_result_words_step (call, step));
    }
  for (guint i = 0; i < call->keys->len; i++)
    {
      const SideTestKey *key = call->keys->pdata[i];

      add_private (sheet, key->at_ms, key->at_ms, g_strdup_printf (_("Pressed: %s"), key->keys));
    }
  for (guint i = 0; i < call->notes->len; i++)
    {
      const SideTestNote *note = call->notes->pdata[i];

      add_private (sheet, note->at_ms, note->to_ms, side_test_marks_note_words (note, tags));
    }
}

static void
append_times (GString *out,
              gint64   from_ms,
              gint64   to_ms)
{
  g_autofree char *from = side_text_duration_tenths (MAX (from_ms, 0));
  g_autofree char *to = side_text_duration_tenths (MAX (to_ms, 0));

  g_string_append (out, from);
  if (to_ms > from_ms)
    g_string_append_printf (out, "–%s", to);
}

/**
 * side_test_marks_sheet:
 * @call: a test call
 * @tags: the vocabulary
 * @offset_ms: where its recording begins, from the moment it was dialled
 * @from_ms: where a copy of the recording begins, in the recording
 * @to_ms: where it ends
 * @blanked: (element-type SideHeard): what is silence in the copy, in the recording
 *
 * Returns: (transfer full): what is heard when, in the times of the copy; of
 *   what was said, pressed and noted at a blanked span only that there was something
 */
char *
side_test_marks_sheet (const SideTestCall *call,
                       SideTags           *tags,
                       gint64              offset_ms,
                       gint64              from_ms,
                       gint64              to_ms,
                       const GArray       *blanked)
{
  g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autoptr (GString) out = g_string_new (NULL);
  Sheet sheet = { lines, offset_ms, blanked };

  g_array_set_clear_func (lines, line_clear);
  add_lines (&sheet, call, tags);
  g_array_sort (lines, compare_lines);
  for (guint i = 0; i < blanked->len; i++)
    {
      const SideHeard *span = &g_array_index (blanked, SideHeard, i);

      g_string_append_printf (out, "%s: ", _("Blanked out"));
      append_times (out, span->from_ms - from_ms, span->to_ms - from_ms);
      g_string_append_c (out, '\n');
    }
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = &g_array_index (lines, Line, i);

      if (line->to_ms < from_ms || line->from_ms > to_ms)
        continue;
      append_times (out, line->from_ms - from_ms, MIN (line->to_ms, to_ms) - from_ms);
      g_string_append_printf (out, "  %s\n", line->words);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_test_marks_show_blanks:
 * @blanks: what offers them
 * @call: a test call
 * @tags: the vocabulary
 * @offset_ms: where its recording begins, from the moment it was dialled
 * @from_ms: where the copy begins, in the recording
 * @to_ms: where it ends
 *
 * Spans that were noted come first: they were marked for some reason.
 */
void
side_test_marks_show_blanks (SideBlanks         *blanks,
                             const SideTestCall *call,
                             SideTags           *tags,
                             gint64              offset_ms,
                             gint64              from_ms,
                             gint64              to_ms)
{
  g_autofree SideBlank *marks = g_new0 (SideBlank, call->notes->len + call->segments->len + 1);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  gsize n = 0;

  for (guint i = 0; i < call->notes->len; i++)
    {
      const SideTestNote *note = call->notes->pdata[i];
      char *id = g_strdup_printf ("note %u", i);

      g_ptr_array_add (words, id);
      marks[n++] = (SideBlank) { id, note->at_ms - offset_ms, note->to_ms - offset_ms,
                                 note->tag != NULL ? side_tags_label (tags, note->tag) : _("Note"), note->text,
                                 g_strcmp0 (note->tag, "payment") == 0 };
    }
  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];
      char *id, *label;

      /* It went over into the recording by less than can be read: there is nothing to blank out. */
      if (segment->to_ms - offset_ms < LEAST_BLANK_MS)
        continue;
      id = g_strdup_printf ("segment %u", i);
      label = side_test_result_words_segment (segment);
      g_ptr_array_add (words, id);
      g_ptr_array_add (words, label);
      marks[n++] = (SideBlank) { id, segment->from_ms - offset_ms, segment->to_ms - offset_ms, label, NULL, FALSE };
    }
  side_blanks_show (blanks, marks, n, from_ms, to_ms);
}
