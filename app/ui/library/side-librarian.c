/* side-librarian.c - recordings fetched and listened to while nobody waits
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One list of calls is worked off at a time: what a person asked for first, two
 * calls at once; else recordings that are here and were never listened to, else
 * what is to be fetched ahead, one at a time. A recording that is listened to
 * is in use, so the store does not remove it meanwhile. Ahead is only fetched
 * on a line that is not paid by the byte, and only into room that is free:
 * nothing that was heard goes for what may never be.
 */
#include "side-librarian.h"

#include "side-analyse.h"
#include "side-analyst.h"
#include "side-error.h"
#include "side-recording-cache.h"
#include "side-settings.h"
#include "side-store-sound.h"

#define LOOK_EVERY_S  30
#define AT_ONCE       2
#define BATCH         50
#define AHEAD_SHARE   0.9     /* of the room for recordings */

struct _SideLibrarian
{
  GObject            parent_instance;
  SideDesk          *desk;          /* weak */
  GQueue             waiting;       /* of SideCall */
  guint              n_running;
  guint              done;
  guint              total;
  guint              failed;
  SideLibrarianTask  task;
  guint              holds;
  gboolean           looking;       /* for something to do */
  SideCallQuery     *view;          /* nullable: what the calls page shows */
  GHashTable        *tried;         /* ids of recordings that were had, or not, in this run */
  GPowerProfileMonitor *power;
  GCancellable      *cancellable;
  guint              look_id;
};

G_DEFINE_FINAL_TYPE (SideLibrarian, side_librarian, G_TYPE_OBJECT)

static guint changed_signal;

static void pump (SideLibrarian *self);

static void
clear_waiting (SideLibrarian *self)
{
  g_queue_clear_full (&self->waiting, (GDestroyNotify) side_call_unref);
}

static void
side_librarian_dispose (GObject *object)
{
  SideLibrarian *self = SIDE_LIBRARIAN (object);

  side_librarian_stop (self);
  g_clear_weak_pointer (&self->desk);
  g_clear_object (&self->power);
  G_OBJECT_CLASS (side_librarian_parent_class)->dispose (object);
}

static void
side_librarian_finalize (GObject *object)
{
  SideLibrarian *self = SIDE_LIBRARIAN (object);

  g_clear_pointer (&self->view, side_call_query_free);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->tried);
  G_OBJECT_CLASS (side_librarian_parent_class)->finalize (object);
}

static void
side_librarian_class_init (SideLibrarianClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_librarian_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_librarian_finalize;
  changed_signal = g_signal_new ("changed", SIDE_TYPE_LIBRARIAN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
side_librarian_init (SideLibrarian *self)
{
  g_queue_init (&self->waiting);
  self->cancellable = g_cancellable_new ();
  self->tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->power = g_power_profile_monitor_dup_default ();
}

static void
tell (SideLibrarian *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static SideStore *
get_store (SideLibrarian *self)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  return store != NULL && side_store_is_open (store) && !side_store_is_read_only (store) ? store : NULL;
}

/* What nobody asked for waits for better times. */
static gboolean
may_work (SideLibrarian *self)
{
  if (self->holds > 0 || get_store (self) == NULL)
    return FALSE;
  return self->task == SIDE_LIBRARIAN_ASKED
         || self->power == NULL || !g_power_profile_monitor_get_power_saver_enabled (self->power);
}

static gboolean
may_fetch_ahead (SideLibrarian *self)
{
  return side_desk_get_state (self->desk) == SIDE_DESK_LIVE
         && !g_network_monitor_get_network_metered (g_network_monitor_get_default ());
}

/* ---- one call ---- */

typedef struct {
  SideLibrarian *self;
  SideDesk      *desk;
  SideStore     *store;
  SideCall      *call;
  GCancellable  *cancellable;
} Work;

static void
work_free (Work *work)
{
  side_store_unpin_recording (work->store, work->call->recording);
  side_call_unref (work->call);
  g_object_unref (work->cancellable);
  g_object_unref (work->store);
  g_object_unref (work->desk);
  g_object_unref (work->self);
  g_free (work);
}

static void
end_work (Work         *work,
          const GError *error)
{
  SideLibrarian *self = work->self;
  gboolean ours = work->cancellable == self->cancellable;

  if (error != NULL)
    g_debug ("recording of call %s: %s", work->call->id, error->message);
  /* Whatever came of it, not again in this run: what cannot be kept would be
   * found over and over. */
  g_hash_table_add (self->tried, g_strdup (work->call->recording));
  work_free (work);
  if (!ours)
    return;   /* it was cancelled, and something else has begun since */
  self->n_running--;
  self->done++;
  self->failed += error != NULL;
  tell (self);
  pump (self);
}

static void
listened_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideAnalysis) analysis = side_analyst_listen_finish (result, NULL, &error);
  g_autoptr (SideLibrarian) self = g_object_ref (work->self);

  end_work (work, error);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Work *work = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = side_desk_fetch_recording_finish (SIDE_DESK (source), result, &error);
  g_autoptr (SideLibrarian) self = g_object_ref (work->self);

  if (path != NULL)
    side_analyst_listen_async (work->desk, work->call, path, work->cancellable, listened_cb, work);
  else
    end_work (work, error);
}

/* Takes @call. */
static void
begin_work (SideLibrarian *self,
            SideCall      *call)
{
  Work *work = g_new0 (Work, 1);

  work->self = g_object_ref (self);
  work->desk = g_object_ref (self->desk);
  work->store = g_object_ref (get_store (self));
  work->call = call;
  work->cancellable = g_object_ref (self->cancellable);
  self->n_running++;
  side_store_pin_recording (work->store, call->recording);
  side_desk_fetch_recording_async (self->desk, call, NULL, NULL, work->cancellable, fetched_cb, work);
}

/* ---- what to do next ---- */

static void
begin_task (SideLibrarian     *self,
            SideLibrarianTask  task,
            GPtrArray         *calls)
{
  clear_waiting (self);
  for (guint i = 0; i < calls->len; i++)
    {
      SideCall *call = g_ptr_array_index (calls, i);

      if (call->recording != NULL && !g_hash_table_contains (self->tried, call->recording))
        g_queue_push_tail (&self->waiting, side_call_ref (call));
    }
  self->done = self->failed = 0;
  self->total = self->waiting.length;
  self->task = self->total > 0 ? task : SIDE_LIBRARIAN_IDLE;
  tell (self);
  pump (self);
}

static void
ahead_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SideLibrarian) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = side_store_list_unfetched_finish (SIDE_STORE (source), result, &error);

  self->looking = FALSE;
  if (calls != NULL && self->task == SIDE_LIBRARIAN_IDLE && self->look_id != 0)
    begin_task (self, SIDE_LIBRARIAN_AHEAD, calls);
}

/* Which calls a person will want: those of the search that is shown, or those
 * they have not reviewed. */
static SideCallQuery *
dup_ahead_query (SideLibrarian *self,
                 gboolean      *not_reviewed)
{
  int what = g_settings_get_enum (side_settings_get (), "fetch-ahead");
  SideCallQuery *query;

  *not_reviewed = what == SIDE_FETCH_AHEAD_UNREVIEWED;
  if (what == SIDE_FETCH_AHEAD_SHOWN)
    return self->view != NULL ? side_call_query_copy (self->view) : NULL;
  if (!*not_reviewed)
    return NULL;
  query = side_call_query_new ();
  query->project = g_strdup (side_desk_get_project_id (self->desk));
  return query;
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (SideLibrarian) self = data;
  SideStore *store = SIDE_STORE (source);
  gint64 used = side_store_measure_recordings_finish (store, result, NULL);
  g_autoptr (SideCallQuery) query = NULL;
  gboolean not_reviewed = FALSE;

  self->looking = FALSE;
  if (used < 0 || self->desk == NULL || self->look_id == 0 || self->task != SIDE_LIBRARIAN_IDLE
      || (double) used > AHEAD_SHARE * (double) side_store_get_recordings_limit (store))
    return;
  query = dup_ahead_query (self, &not_reviewed);
  if (query == NULL)
    return;
  self->looking = TRUE;
  side_store_list_unfetched_async (store, query, not_reviewed ? side_desk_get_user (self->desk) : NULL, BATCH,
                                   self->cancellable, ahead_cb, g_object_ref (self));
}

static void
unheard_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideLibrarian) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = side_store_list_unheard_finish (SIDE_STORE (source), result, &error);

  self->looking = FALSE;
  if (calls == NULL || self->task != SIDE_LIBRARIAN_IDLE || self->look_id == 0 || self->desk == NULL)
    return;
  begin_task (self, SIDE_LIBRARIAN_CATCHING_UP, calls);
  if (self->task == SIDE_LIBRARIAN_IDLE && may_fetch_ahead (self))
    {
      self->looking = TRUE;
      side_store_measure_recordings_async (SIDE_STORE (source), self->cancellable, measured_cb, g_object_ref (self));
    }
}

static void
look (SideLibrarian *self)
{
  if (self->looking || self->task != SIDE_LIBRARIAN_IDLE || !may_work (self))
    return;
  self->looking = TRUE;
  side_store_list_unheard_async (get_store (self), side_analyse_version (), BATCH, self->cancellable, unheard_cb,
                                 g_object_ref (self));
}

static void
pump (SideLibrarian *self)
{
  guint most = self->task == SIDE_LIBRARIAN_ASKED ? AT_ONCE : 1;

  while (self->n_running < most && self->waiting.length > 0 && may_work (self))
    begin_work (self, g_queue_pop_head (&self->waiting));
  if (self->n_running > 0 || self->waiting.length > 0 || self->task == SIDE_LIBRARIAN_IDLE)
    return;
  self->task = SIDE_LIBRARIAN_IDLE;
  tell (self);
  if (self->failed == 0)
    look (self);
}

static gboolean
look_cb (gpointer data)
{
  SideLibrarian *self = data;

  pump (self);
  look (self);
  self->look_id = g_timeout_add_seconds (LOOK_EVERY_S, look_cb, self);
  return G_SOURCE_REMOVE;
}

/**
 * side_librarian_new:
 * @desk: whose recordings; not kept alive
 *
 * Returns: (transfer full): one who does nothing yet
 */
SideLibrarian *
side_librarian_new (SideDesk *desk)
{
  SideLibrarian *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);
  self = g_object_new (SIDE_TYPE_LIBRARIAN, NULL);
  g_set_weak_pointer (&self->desk, desk);
  return self;
}

/**
 * side_librarian_start:
 * @self: a librarian
 * @delay_s: when to look for the first time, in seconds
 */
void
side_librarian_start (SideLibrarian *self,
                      guint          delay_s)
{
  g_return_if_fail (SIDE_IS_LIBRARIAN (self));
  g_clear_handle_id (&self->look_id, g_source_remove);
  self->look_id = g_timeout_add_seconds (delay_s, look_cb, self);
}

/**
 * side_librarian_stop:
 * @self: a librarian
 *
 * Ends everything; what was begun is taken back.
 */
void
side_librarian_stop (SideLibrarian *self)
{
  g_return_if_fail (SIDE_IS_LIBRARIAN (self));
  g_clear_handle_id (&self->look_id, g_source_remove);
  side_librarian_cancel (self);
}

/**
 * side_librarian_hold:
 * @self: a librarian
 *
 * Something plays: nothing new is begun until side_librarian_release() was
 * called as often.
 */
void
side_librarian_hold (SideLibrarian *self)
{
  g_return_if_fail (SIDE_IS_LIBRARIAN (self));
  self->holds++;
  tell (self);
}

/**
 * side_librarian_release:
 * @self: a librarian
 */
void
side_librarian_release (SideLibrarian *self)
{
  g_return_if_fail (SIDE_IS_LIBRARIAN (self));
  g_return_if_fail (self->holds > 0);
  self->holds--;
  tell (self);
  pump (self);
}

/**
 * side_librarian_is_held:
 * @self: a librarian
 *
 * Returns: whether something plays
 */
gboolean
side_librarian_is_held (SideLibrarian *self)
{
  g_return_val_if_fail (SIDE_IS_LIBRARIAN (self), FALSE);
  return self->holds > 0;
}

/**
 * side_librarian_ask:
 * @self: a librarian
 * @calls: (element-type SideCall): calls whose recordings are to be fetched
 *   and listened to now
 *
 * What is being done for anybody else is given up for it.
 */
void
side_librarian_ask (SideLibrarian *self,
                    GPtrArray     *calls)
{
  g_return_if_fail (SIDE_IS_LIBRARIAN (self));
  side_librarian_cancel (self);
  g_hash_table_remove_all (self->tried);
  begin_task (self, SIDE_LIBRARIAN_ASKED, calls);
}

/**
 * side_librarian_cancel:
 * @self: a librarian
 *
 * Gives up what is being done. What was found stays.
 */
void
side_librarian_cancel (SideLibrarian *self)
{
  g_return_if_fail (SIDE_IS_LIBRARIAN (self));
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  clear_waiting (self);
  self->n_running = 0;
  self->looking = FALSE;
  if (self->task == SIDE_LIBRARIAN_IDLE)
    return;
  self->task = SIDE_LIBRARIAN_IDLE;
  tell (self);
}

/**
 * side_librarian_set_view:
 * @self: a librarian
 * @query: what the calls page shows: see the setting "fetch-ahead"
 */
void
side_librarian_set_view (SideLibrarian       *self,
                         const SideCallQuery *query)
{
  g_return_if_fail (SIDE_IS_LIBRARIAN (self));
  g_clear_pointer (&self->view, side_call_query_free);
  self->view = side_call_query_copy (query);
}

/**
 * side_librarian_get_progress:
 * @self: a librarian
 * @done: (out): calls that are done, those that failed too
 * @total: (out): of how many
 * @failed: (out): that could not be had
 *
 * Returns: what is being done
 */
SideLibrarianTask
side_librarian_get_progress (SideLibrarian *self,
                             guint         *done,
                             guint         *total,
                             guint         *failed)
{
  g_return_val_if_fail (SIDE_IS_LIBRARIAN (self), SIDE_LIBRARIAN_IDLE);
  *done = self->done;
  *total = self->total;
  *failed = self->failed;
  return self->task;
}
