/* side-evidence.c - notes on the questions of the form they are evidence for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finds the notes of a call that name a question of its script and gives them
 * to the row of that question.
 */
#include "side-evidence.h"

static char *
words_of (SideTags             *tags,
          const SideAnnotation *note)
{
  const char *label = side_tags_label (tags, note->tag);

  if (note->text == NULL || *note->text == '\0')
    return g_strdup (label);
  return g_strdup_printf ("%s · %s", label, note->text);
}

/**
 * side_evidence_show:
 * @notes: the notes of a call
 * @row: a question of its script
 *
 * Shows at @row the notes that name it, by time.
 */
void
side_evidence_show (SideCallNotes    *notes,
                    SideCriterionRow *row)
{
  SideTags *tags = side_call_notes_get_tags (notes);
  g_autoptr (GArray) links = g_array_new (FALSE, FALSE, sizeof (SideCriterionLink));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (notes)); i++)
    {
      g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (notes), i);
      const SideAnnotation *note = side_note_item_get_annotation (item);
      SideCriterionLink link = { note->from_ms, NULL, NULL };
      GdkRGBA rgba;
      char *words;
      char *colour;

      if (note->parent != NULL || g_strcmp0 (note->criterion, side_criterion_row_get_id (row)) != 0)
        continue;
      side_tags_rgba (tags, note->tag, &rgba);
      g_ptr_array_add (texts, words = words_of (tags, note));
      g_ptr_array_add (texts, colour = side_tags_hex (&rgba));
      link.words = words;
      link.colour = colour;
      g_array_append_val (links, link);
    }
  side_criterion_row_set_links (row, (const SideCriterionLink *) (gconstpointer) links->data, links->len);
}
