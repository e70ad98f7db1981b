/* side-archive-ask.c - questions to the archive, in threads of their own
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * They go on whatever becomes of writing: SideArchiveStore sees to it that
 * both may happen at once.
 */
#include "side-archive-private.h"

typedef struct {
  SideArchiveQuestion ask;
  gpointer            question;
  GDestroyNotify      free_question;
  GDestroyNotify      free_answer;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  if (asking->free_question != NULL)
    asking->free_question (asking->question);
  g_free (asking);
}

void
_side_archive_run_question (gpointer data,
                            gpointer user_data)
{
  g_autoptr (GTask) task = data;
  SideArchive *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer found;

  if (g_task_return_error_if_cancelled (task))
    return;
  found = asking->ask (self->store, asking->question, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, found, asking->free_answer);
}

/**
 * side_archive_ask_async:
 * @self: the archive
 * @ask: asks the store; called in another thread
 * @question: (transfer full): its argument, not to be touched afterwards
 * @free_question: (nullable): frees @question
 * @free_answer: (nullable): frees an answer nobody took
 * @cancellable: (nullable): cancellable
 * @callback: called with the answer
 * @user_data: its data
 */
void
side_archive_ask_async (SideArchive         *self,
                        SideArchiveQuestion  ask,
                        gpointer             question,
                        GDestroyNotify       free_question,
                        GDestroyNotify       free_answer,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  Asking *asking = g_new0 (Asking, 1);

  g_return_if_fail (SIDE_IS_ARCHIVE (self));
  asking->ask = ask;
  asking->question = question;
  asking->free_question = free_question;
  asking->free_answer = free_answer;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_archive_ask_async);
  g_task_set_task_data (task, asking, asking_free);
  g_thread_pool_push (self->readers, task, NULL);
}

/**
 * side_archive_ask_finish:
 * @self: the archive
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the question answered
 */
gpointer
side_archive_ask_finish (SideArchive   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
