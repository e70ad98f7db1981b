/* side-call-notes-import.c - many notes of a call at once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a file of another program tells of a call, written as one step over the
 * notes that are there.
 */
#include <glib/gi18n.h>

#include "side-call-notes.h"

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (side_steps_write_finish (SIDE_STEPS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * side_call_notes_import_async:
 * @self: a list with a call
 * @annotations: (element-type SideAnnotation): what a file tells of this call;
 *   one with the id of a note that is there takes its place
 * @n_written: (out) (optional): how many differ from what is there, and are written
 * @callback: called when all are on the disk
 * @user_data: its argument
 *
 * One step, that is undone as a whole. A note of somebody else's that this
 * person may not change stays as it is. An author whom a file does not name is
 * this person.
 */
void
side_call_notes_import_async (SideCallNotes       *self,
                              GPtrArray           *annotations,
                              guint               *n_written,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autofree char *words = NULL;
  GTask *task;

  g_return_if_fail (SIDE_IS_CALL_NOTES (self));
  g_return_if_fail (side_call_notes_get_call (self) != NULL && side_call_notes_may_write (self));

  for (guint i = 0; i < annotations->len; i++)
    {
      g_autoptr (SideAnnotation) note = side_annotation_copy (g_ptr_array_index (annotations, i));
      SideNoteItem *item = side_call_notes_find (self, note->id);
      g_autoptr (SideDocument) document = NULL;

      if (item != NULL && (!side_call_notes_may_change (self, item) || !side_note_item_differs (item, note)))
        continue;
      if (note->created_ms == 0)
        note->created_ms = side_desk_get_write_ms (side_call_notes_get_desk (self));
      note->changed_ms = side_desk_get_write_ms (side_call_notes_get_desk (self));
      document = side_wire_document_for_annotation (note);
      if (item != NULL)
        side_steps_add_change (changes, document, side_note_item_get_document (item));
      else
        side_steps_add_new (changes, document);
    }
  if (n_written != NULL)
    *n_written = changes->len;
  words = g_strdup_printf (ngettext ("%u mark imported", "%u marks imported", changes->len), changes->len);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, side_call_notes_import_async);
  side_steps_write_async (side_call_notes_get_steps (self), words, changes, written_cb, task);
}

/**
 * side_call_notes_import_finish:
 * @self: the list
 * @result: what the callback was given
 * @error: (out): as side_call_notes_write_finish(); a part may be written
 *
 * Returns: whether all are written
 */
gboolean
side_call_notes_import_finish (SideCallNotes  *self,
                               GAsyncResult   *result,
                               GError        **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, side_call_notes_import_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
