/* side-store-veil.c - calls whose reviews are hidden from who looks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who they are somebody else decides. What changed is told as if the reviews of
 * these calls had changed: whoever shows them looks anew. The functions named
 * run_… are jobs, in the database's thread.
 */
#include "side-store-veil.h"

#include "side-store-private.h"

static gboolean
run_set_veil (SideWorker  *worker,
              SideJob     *job,
              GError     **error)
{
  g_autoptr (GPtrArray) changed = g_ptr_array_new_with_free_func (g_free);
  SideDocument told = { .kind = (char *) "review", .id = (char *) "" };

  if (!side_db_set_veil (worker->db, job->input, changed, error))
    return FALSE;
  for (guint i = 0; i < changed->len; i++)
    {
      SideCallRow row;

      if (!side_db_find_call (worker->db, changed->pdata[i], &row, error))
        return FALSE;
      if (row.n != 0)
        side_worker_touch (worker, row.n);
      told.call = changed->pdata[i];
      side_news_add_document (worker->news, &told);
    }
  return TRUE;
}

/**
 * side_store_set_veil_async:
 * @self: an open store
 * @calls: ids of the calls whose reviews are hidden from now on, and no others
 * @cancellable: (nullable): cancels before it begins
 * @callback: (nullable): called when done
 * @user_data: its argument
 *
 * Until they are in it no more such a call has no score, is not found by what
 * its reviews say, and its reviews are in no list and no sum that the store
 * makes. The reviews themselves are handed out as ever. Nothing of it is kept
 * on the disk. For each call that changes "documents-changed" is emitted, with
 * an empty id.
 */
void
side_store_set_veil_async (SideStore            *self,
                           const char *const    *calls,
                           GCancellable         *cancellable,
                           GAsyncReadyCallback   callback,
                           gpointer              user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (calls != NULL);
  side_store_start (self, side_store_set_veil_async,
                    side_job_new (run_set_veil, SIDE_JOB_READS, SIDE_JOB_BOOLEAN, g_strdupv ((char **) calls), (GDestroyNotify) g_strfreev),
                    cancellable, callback, user_data);
}

/**
 * side_store_set_veil_finish:
 * @self: the store
 * @result: the result
 * @error: (out): the error; then what was hidden before still is
 *
 * Returns: %TRUE when it is so
 */
gboolean
side_store_set_veil_finish (SideStore     *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_set_veil_async, error);
}
