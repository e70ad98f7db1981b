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
document_put_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (SideDesk) self = g_object_ref (g_task_get_source_object (task));
  g_autoptr (GError) error = NULL;

  if (side_store_edit_document_finish (SIDE_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
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
    g_task_return_new_error (task, SIDE_ERROR,
                             self->store_error != NULL ? self->store_error->code : SIDE_ERROR_FAILED,
                             "There is no store to write to");
  else
    {
      self->n_writing++;
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
