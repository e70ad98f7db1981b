/* side-marks-sheet.c - the marks of an exported recording, to be read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: from a call's facts and its annotations to text. Times are those of
 * the copy. The caller's number is never in it.
 */
#include "side-marks-sheet.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-text.h"

/* A mark that lies in the copy, and where. */
typedef struct {
  const SideAnnotation *mark;
  gint64                from_ms;
  gint64                to_ms;
} Placed;

/* An answer stands where the mark stands that it answers, at whatever remove. */
static const SideAnnotation *
root_of (const SideAnnotation *mark,
         GPtrArray            *marks)
{
  for (guint hops = 0; mark->parent != NULL && hops < marks->len; hops++)
    {
      const SideAnnotation *parent = NULL;

      for (guint i = 0; i < marks->len && parent == NULL; i++)
        if (g_strcmp0 (((SideAnnotation *) marks->pdata[i])->id, mark->parent) == 0)
          parent = marks->pdata[i];
      if (parent == NULL)
        break;
      mark = parent;
    }
  return mark;
}

static int
compare_placed (gconstpointer a,
                gconstpointer b)
{
  const Placed *x = a;
  const Placed *y = b;

  if (x->from_ms != y->from_ms)
    return x->from_ms < y->from_ms ? -1 : 1;
  return (x->mark->created_ms > y->mark->created_ms) - (x->mark->created_ms < y->mark->created_ms);
}

static GArray *
place_marks (const SideMarksSheet *sheet,
             GPtrArray            *marks)
{
  GArray *placed = g_array_new (FALSE, FALSE, sizeof (Placed));

  for (guint i = 0; i < marks->len; i++)
    {
      Placed one = { .mark = marks->pdata[i] };

      /* When the recording began is not known here: a mark stands where the recording's page shows it. */
      side_annotation_place (root_of (one.mark, marks), 0, sheet->length_ms, &one.from_ms, &one.to_ms);
      if (one.from_ms > sheet->to_ms || one.to_ms < sheet->from_ms)
        continue;
      g_array_append_val (placed, one);
    }
  g_array_sort (placed, compare_placed);
  return placed;
}

static gboolean
is_blanked (const SideMarksSheet *sheet,
            const Placed         *placed)
{
  for (gsize i = 0; i < sheet->n_blanked; i++)
    {
      const SideHeard *span = &sheet->blanked[i];

      if (placed->from_ms < span->to_ms && placed->to_ms > span->from_ms)
        return TRUE;
      if (placed->from_ms == placed->to_ms && placed->from_ms >= span->from_ms && placed->from_ms <= span->to_ms)
        return TRUE;
    }
  return FALSE;
}

static void
append_span (GString              *out,
             const SideMarksSheet *sheet,
             gint64                from_ms,
             gint64                to_ms)
{
  gint64 length_ms = sheet->to_ms - sheet->from_ms;
  g_autofree char *from = side_text_duration_tenths (CLAMP (from_ms - sheet->from_ms, 0, length_ms));
  g_autofree char *to = side_text_duration_tenths (CLAMP (to_ms - sheet->from_ms, 0, length_ms));

  g_string_append (out, from);
  if (to_ms > from_ms)
    g_string_append_printf (out, "–%s", to);
}

static void
append_fact (GString    *out,
             const char *name,
             const char *value)
{
  /* Translators: a name and its value on a line of a text file: "Queue: Orders" */
  g_string_append_printf (out, C_("fact", "%s: %s"), name, value);
  g_string_append_c (out, '\n');
}

static void
append_facts (GString              *out,
              const SideMarksSheet *sheet)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (sheet->call->joined_ms / 1000);
  g_autoptr (GDateTime) local = sheet->project != NULL ? g_date_time_to_timezone (utc, sheet->project->time_zone)
                                                       : g_date_time_ref (utc);
  g_autofree char *when = g_date_time_format (local, "%Y-%m-%d %H:%M:%S %z");
  g_autofree char *length = side_text_duration (sheet->to_ms - sheet->from_ms);

  append_fact (out, _("Call"), when);
  if (sheet->call->queue != NULL)
    append_fact (out, _("Queue"), side_format_queue_name (sheet->project, sheet->call->queue));
  if (sheet->call->operator_name != NULL && !sheet->voice_changed)
    append_fact (out, _("Operator"), sheet->call->operator_name);
  append_fact (out, _("Length"), length);
  if (sheet->from_ms > 0 || sheet->to_ms < sheet->length_ms)
    {
      g_autofree char *from = side_text_duration_tenths (sheet->from_ms);
      g_autofree char *to = side_text_duration_tenths (sheet->to_ms);
      g_autofree char *span = g_strdup_printf ("%s–%s", from, to);

      append_fact (out, _("Part of the call"), span);
    }
  if (sheet->voice_changed)
    append_fact (out, _("Voices"), C_("voices", "changed"));
  for (gsize i = 0; i < sheet->n_blanked; i++)
    {
      g_autoptr (GString) span = g_string_new (NULL);

      append_span (span, sheet, sheet->blanked[i].from_ms, sheet->blanked[i].to_ms);
      append_fact (out, _("Blanked out"), span->str);
    }
}

/* Each line of it a little to the right, so that nothing in it looks like another mark. */
static void
append_text (GString    *out,
             const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n\r", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_string_append_printf (out, "    %s\n", lines[i]);
}

static void
append_mark (GString              *out,
             const SideMarksSheet *sheet,
             const Placed         *placed)
{
  const SideAnnotation *mark = placed->mark;

  append_span (out, sheet, placed->from_ms, placed->to_ms);
  g_string_append_printf (out, "  %s", mark->parent != NULL ? _("Answer")
                          : side_tags_label (sheet->tags, mark->tag));
  if (mark->author != NULL)
    g_string_append_printf (out, "  (%s)", mark->author);
  g_string_append_c (out, '\n');
  if (is_blanked (sheet, placed))
    append_text (out, _("What was written here is left out: it lies on a blanked span."));
  else if (mark->text != NULL)
    append_text (out, mark->text);
}

/**
 * side_marks_sheet_write:
 * @sheet: what the copy is of
 * @marks: (element-type SideAnnotation): all of the call, in any order
 *
 * Marks outside the copy are left out. Of those that touch a blanked span, and
 * of answers to them, the time and the tag remain and the text does not.
 *
 * Returns: (transfer full): UTF-8, in the language of the program
 */
char *
side_marks_sheet_write (const SideMarksSheet *sheet,
                        GPtrArray            *marks)
{
  GString *out = g_string_new (NULL);
  g_autoptr (GArray) placed = NULL;

  g_return_val_if_fail (sheet != NULL && sheet->call != NULL && sheet->tags != NULL && marks != NULL, NULL);
  placed = place_marks (sheet, marks);
  append_facts (out, sheet);
  g_string_append_c (out, '\n');
  if (placed->len == 0)
    g_string_append_printf (out, "%s\n", _("There are no marks here."));
  for (guint i = 0; i < placed->len; i++)
    append_mark (out, sheet, &g_array_index (placed, Placed, i));
  return g_string_free (out, FALSE);
}
