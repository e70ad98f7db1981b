/* side-store-epoch.c - which archive of the server the cache's numbers are of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Revisions, changes and places in the feeds mean something with the archive
 * they came from. When the server has another one they are forgotten, and all
 * is fetched again over what is here. What people wrote is never touched.
 */
#include "side-store-private.h"

#define EPOCH_KEY "store.epoch"

static char *
read_epoch (SideDb  *db,
            GError **error)
{
  sqlite3_stmt *stmt = side_db_prepare (db, "SELECT value FROM settings WHERE key = '" EPOCH_KEY "'", error);
  char *epoch = NULL;

  if (stmt == NULL || side_db_step (db, stmt, error) != SQLITE_ROW)
    return NULL;
  epoch = g_strdup (side_db_column_text (stmt, 0));
  sqlite3_reset (stmt);
  return epoch;
}

/* A document whose revision is 0 is older than any the server has, and is sent
 * as a new one: if the server has it after all, it is a conflict and a person
 * decides. */
static gboolean
forget_places (SideDb  *db,
               GError **error)
{
  return side_db_run (db, error, "DELETE FROM settings WHERE key IN (?1, ?2)", "tt", SIDE_STORE_CHANGE_KEY, SIDE_STORE_CALLS_CHANGE)
         && side_db_run (db, error, "UPDATE calls SET change = 0", "")
         && side_db_run (db, error, "UPDATE documents SET revision = 0, change = 0", "")
         && side_db_run (db, error, "UPDATE outbox SET base_revision = 0, base = NULL", "")
         && side_db_run (db, error, "UPDATE conflicts SET revision = 0, change = 0", "");
}

static gboolean
run_begin_epoch (SideWorker  *worker,
                 SideJob     *job,
                 GError     **error)
{
  const char *epoch = job->input;
  g_autoptr (GError) failure = NULL;
  g_autofree char *known = NULL;

  if (epoch == NULL)
    return forget_places (worker->db, error);
  known = read_epoch (worker->db, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (g_strcmp0 (known, epoch) == 0)
    return TRUE;
  /* A cache of before there were epochs goes on. */
  return (known == NULL || forget_places (worker->db, error))
         && side_db_run (worker->db, error, "INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)", "tt",
                         EPOCH_KEY, epoch);
}

/**
 * side_store_begin_epoch_async:
 * @self: an open store
 * @epoch: (nullable): which archive the server has; %NULL when it said that
 *   our places are not of it, whatever it is called
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Remembers it. When it is another than the last one, or %NULL, the places in the orders
 * of calls and documents are forgotten in the same transaction; no call and no
 * document is.
 */
void
side_store_begin_epoch_async (SideStore           *self,
                              const char          *epoch,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_begin_epoch_async,
                    side_job_new (run_begin_epoch, SIDE_JOB_WRITES, SIDE_JOB_BOOLEAN, g_strdup (epoch), g_free),
                    cancellable, callback, user_data);
}

/**
 * side_store_begin_epoch_finish:
 * @self: the store
 * @result: the result
 * @error: (out): READ_ONLY, FULL...; then all is as before
 *
 * Returns: %TRUE when the store's places are of that archive
 */
gboolean
side_store_begin_epoch_finish (SideStore     *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_begin_epoch_async, error);
}
