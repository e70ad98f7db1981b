/* side-desk-write.c - what is written and heard at a desk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Both go to this computer first: what somebody writes is kept in the store
 * and sent from there, a recording is fetched once and played from its file.
 */
#include "side-desk-private.h"
#include "side-error.h"

static void
forget_unwritten (SideDesk           *self,
                  const SideDocument *document)
{
  for (guint i = 0; i < self->unwritten->len; i++)
    {
      const SideDocument *other = g_ptr_array_index (self->unwritten, i);

      if (g_str_equal (other->kind, document->kind) && g_str_equal (other->id, document->id))
        {
          g_ptr_array_remove_index (self->unwritten, i);
          return;
        }
    }
}

/* Remembered until the next flush, which has it tried again. */
static void
note_unwritten (SideDesk     *self,
                SideDocument *document,
                const GError *why)
{
  if (side_error_is_cancelled (why))
    return;
  forget_unwritten (self, document);
  g_ptr_array_add (self->unwritten, side_document_ref (document));
  g_clear_error (&self->unwritten_why);
  self->unwritten_why = g_error_copy (why);
}

static void
document_put_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SideDesk) self = g_object_ref (g_task_get_source_object (task));
  g_autoptr (GError) error = NULL;

  if (side_store_edit_document_finish (SIDE_STORE (source), result, &error))
    {
      forget_unwritten (self, g_task_get_task_data (task));
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      note_unwritten (self, g_task_get_task_data (task), error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  /* Whoever heard of it may have written the next by now. */
  side_desk_end_writing (self);
}

/**
 * side_desk_put_document_async:
 * @self: an open desk
 * @document: what somebody wrote
 * @base: (nullable): the version they had in sight; another one that the
 *   server has is kept beside it. %NULL for a new document
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is kept here; sending follows by itself
 * @user_data: data for @callback
 */
void
side_desk_put_document_async (SideDesk            *self,
                              SideDocument        *document,
                              SideDocument        *base,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SIDE_IS_DESK (self));
  g_return_if_fail (document != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_desk_put_document_async);
  if (self->store == NULL)
    {
      g_autoptr (GError) error = g_error_new (SIDE_ERROR,
                                              self->store_error != NULL ? self->store_error->code : SIDE_ERROR_FAILED,
                                              "There is no store to write to");

      note_unwritten (self, document, error);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  else
    {
      self->n_writing++;
      g_task_set_task_data (task, side_document_ref (document), (GDestroyNotify) side_document_unref);
      side_store_edit_document_async (self->store, document, base, cancellable, document_put_cb, g_steal_pointer (&task));
    }
}

/**
 * side_desk_put_document_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: CONFLICT when another edit made here was not in sight, any of the
 *   store's
 *
 * Returns: whether it is kept
 */
gboolean
side_desk_put_document_finish (SideDesk      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Tells whoever waits what is on the disk and what is not. */
void
side_desk_end_flushes (SideDesk *self)
{
  g_autoptr (GPtrArray) flushes = g_steal_pointer (&self->flushes);

  self->flushes = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < flushes->len; i++)
    {
      g_autoptr (GPtrArray) unwritten = g_ptr_array_copy (self->unwritten, (GCopyFunc) (GCallback) side_document_ref, NULL);

      g_ptr_array_set_free_func (unwritten, (GDestroyNotify) side_document_unref);
      g_task_return_pointer (g_ptr_array_index (flushes, i), g_steal_pointer (&unwritten), (GDestroyNotify) g_ptr_array_unref);
    }
}

/**
 * side_desk_flush_async:
 * @self: a desk
 * @callback: called when everything that was typed is on the disk, or was
 *   tried
 * @user_data: data for @callback
 *
 * Has "closing" emitted, at which whoever holds something that was typed
 * writes it, and what could not be written before once more. The desk stays
 * open.
 */
void
side_desk_flush_async (SideDesk            *self,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (SIDE_IS_DESK (self));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, side_desk_flush_async);
  g_ptr_array_add (self->flushes, task);
  g_ptr_array_set_size (self->unwritten, 0);
  g_signal_emit_by_name (self, "closing");
  if (self->n_writing == 0)
    side_desk_end_flushes (self);
}

/**
 * side_desk_flush_finish:
 * @self: a desk
 * @result: what the callback was given
 * @why: (out) (optional) (nullable) (transfer full): why the newest of them could not
 *
 * Returns: (transfer full) (element-type SideDocument): what could not be
 *   written; empty when all is on the disk
 */
GPtrArray *
side_desk_flush_finish (SideDesk      *self,
                        GAsyncResult  *result,
                        GError       **why)
{
  GPtrArray *unwritten;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  unwritten = g_task_propagate_pointer (G_TASK (result), NULL);
  if (why != NULL)
    *why = unwritten->len > 0 && self->unwritten_why != NULL ? g_error_copy (self->unwritten_why) : NULL;
  return unwritten;
}

/**
 * side_desk_stay:
 * @self: a desk that was flushed
 *
 * Something could not be written and the person stays with it: has "staying"
 * emitted, at which it comes into sight again.
 */
void
side_desk_stay (SideDesk *self)
{
  g_return_if_fail (SIDE_IS_DESK (self));
  g_signal_emit_by_name (self, "staying");
}

static void
recording_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *path = side_recordings_fetch_finish (SIDE_RECORDINGS (source), result, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * side_desk_fetch_recording_async:
 * @self: an open desk
 * @call: a call with a recording
 * @progress: (nullable): told how much has come
 * @progress_data: its data; must live until the callback
 * @cancellable: (nullable): stops waiting
 * @callback: called when the recording is on this computer
 * @user_data: data for @callback
 */
void
side_desk_fetch_recording_async (SideDesk            *self,
                                 const SideCall      *call,
                                 SideLinkProgress     progress,
                                 gpointer             progress_data,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SIDE_IS_DESK (self));
  g_return_if_fail (call != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_desk_fetch_recording_async);
  if (self->recordings == NULL)
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_UNREACHABLE, "The desk has no server");
  else
    side_recordings_fetch_async (self->recordings, call, progress, progress_data, cancellable,
                                 recording_cb, g_steal_pointer (&task));
}

/**
 * side_desk_fetch_recording_finish:
 * @self: a desk
 * @result: what the callback was given
 * @error: NOT_FOUND, or any of the link's
 *
 * Returns: (transfer full): path of the file on this computer
 */
char *
side_desk_fetch_recording_finish (SideDesk      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
