/* side-sync.c - brings the store up to the server and back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three chains of asynchronous steps, each at most once at a time:
 *
 *   calls      those changed since the last one we have, page after page
 *   documents  the feed of changes, page after page
 *   outbox     what was written here, the oldest first
 *
 * The server hints at changed documents, and they are asked for within half a
 * second; what a lost hint leaves behind comes with the next turn.
 *
 * All three wait until the store's places are of the archive the server has.
 * Calls that end while we watch come in through side_sync_add_call() at once
 * and are written in batches. The outbox is sent in order; a failure waits,
 * twice as long each time; what is in conflict and what the server never takes
 * is set aside until a person has decided, and nothing is ever thrown away here.
 */
#include "side-sync-private.h"

#include "side-error.h"
#include "side-outbox.h"
#include "side-send.h"
#include "side-sync-scripts.h"

#define PAGE_DOCUMENTS  200
#define EVERY_S         30
#define RESTART_MS      50
#define HINT_MS         400
#define RETRY_FIRST_S   2
#define RETRY_LAST_S    300
#define MONTH_MS        (31 * 24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define TRIM_EVERY_US   G_TIME_SPAN_DAY

G_DEFINE_FINAL_TYPE (SideSync, side_sync, G_TYPE_OBJECT)

enum { SIGNAL_WRITTEN, N_SIGNALS };
enum { PROP_0, PROP_INCOMPLETE, N_PROPS };

static guint signals[N_SIGNALS];
static GParamSpec *props[N_PROPS];

static void list_changes (SideSync *self, gint64 since);
static void sync_documents (SideSync *self);
static void epoch_changed_cb (SideSync *self);

static void
side_sync_dispose (GObject *object)
{
  SideSync *self = SIDE_SYNC (object);

  side_sync_stop (self);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_data (self->store, self);
  if (self->link != NULL)
    g_signal_handlers_disconnect_by_data (self->link, self);
  g_clear_object (&self->link);
  g_clear_object (&self->store);
  g_clear_pointer (&self->ended, g_ptr_array_unref);
  g_clear_pointer (&self->asked_scripts, g_hash_table_unref);
  G_OBJECT_CLASS (side_sync_parent_class)->dispose (object);
}

static void
side_sync_get_property (GObject    *object,
                        guint       id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  if (id == PROP_INCOMPLETE)
    g_value_set_boolean (value, side_sync_is_incomplete (SIDE_SYNC (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_sync_class_init (SideSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = side_sync_get_property;
  G_OBJECT_CLASS (klass)->dispose = side_sync_dispose;
  props[PROP_INCOMPLETE] = g_param_spec_boolean ("incomplete", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  signals[SIGNAL_WRITTEN] = g_signal_new ("written", SIDE_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_sync_init (SideSync *self)
{
  self->calls_change = -1;
  self->ended = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  self->asked_scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Whether one of the chains of what comes began with nothing and has not come to its end yet. */
void
_side_sync_set_from_zero (SideSync *self,
                          gboolean *part,
                          gboolean  from_zero)
{
  gboolean was = side_sync_is_incomplete (self);

  *part = from_zero;
  if (side_sync_is_incomplete (self) != was)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INCOMPLETE]);
}

/* Ends a chain: says so unless it was only taken back. */
void
_side_sync_chain_failed (gboolean     *busy,
              const char   *what,
              const GError *error)
{
  *busy = FALSE;
  if (!side_error_is_cancelled (error))
    g_debug ("%s: %s", what, error->message);
}

/* Calls were written, or could not be. Those are fetched again later: the place
 * in the calls moves on only behind what was written. */
void
_side_sync_tell_written (SideSync     *self,
              const GError *error)
{
  if (!side_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_WRITTEN], 0, error);
}

/* The server never came to @place: it was put back to what it had before. */
void
_side_sync_check_place (SideSync     *self,
             gint64        place,
             const GError *error)
{
  if (place <= 0 || !g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    return;
  self->astray = TRUE;
  epoch_changed_cb (self);
}

/* ---- documents ---- */

/* The end of the chain, unless it was stopped meanwhile. */
static void
all_documents_came (SideSync *self)
{
  self->documents_busy = FALSE;
  if (self->cancellable == NULL)
    return;
  self->documents_came = TRUE;
  _side_sync_set_from_zero (self, &self->documents_from_zero, FALSE);
  side_sync_fetch_scripts (self->link, self->store, self->asked_scripts, self->cancellable);
  if (self->documents_again)
    sync_documents (self);
}

static void
changes_applied_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autofree SideSyncPage *page = user_data;
  g_autoptr (SideSync) self = page->self;
  g_autoptr (GError) error = NULL;

  if (!side_store_apply_changes_finish (SIDE_STORE (source), result, &error))
    _side_sync_chain_failed (&self->documents_busy, "writing documents", error);
  else if (page->more && self->cancellable != NULL)
    list_changes (self, page->place);
  else
    all_documents_came (self);
}

static void
changes_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (SideSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideChangePage) page = side_link_list_changes_finish (SIDE_LINK (source), result, &error);
  SideSyncPage *next;

  if (page == NULL)
    {
      _side_sync_chain_failed (&self->documents_busy, "asking for documents", error);
      _side_sync_check_place (self, self->documents_since, error);
      return;
    }
  if (page->documents->len == 0 || self->cancellable == NULL)
    {
      all_documents_came (self);
      return;
    }
  next = g_new0 (SideSyncPage, 1);
  next->self = g_object_ref (self);
  next->place = page->next;
  next->more = page->more;
  side_store_apply_changes_async (self->store, page->documents, page->next, self->cancellable,
                                  changes_applied_cb, next);
}

static void
list_changes (SideSync *self,
              gint64    since)
{
  self->documents_since = since;
  side_link_list_changes_async (self->link, since, PAGE_DOCUMENTS, self->cancellable,
                                changes_listed_cb, g_object_ref (self));
}

static void
document_change_read_cb (GObject      *source,
                         GAsyncResult *result,
                         gpointer      user_data)
{
  g_autoptr (SideSync) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 since = side_store_get_change_finish (SIDE_STORE (source), result, &error);

  if (error == NULL && since <= 0 && !self->documents_came)
    _side_sync_set_from_zero (self, &self->documents_from_zero, TRUE);
  if (error != NULL)
    _side_sync_chain_failed (&self->documents_busy, "reading the place in the documents", error);
  else if (self->cancellable != NULL)
    list_changes (self, MAX (since, 0));
  else
    self->documents_busy = FALSE;
}

static void
sync_documents (SideSync *self)
{
  self->documents_again = self->documents_busy;
  if (self->documents_busy)
    return;
  self->documents_busy = TRUE;
  side_store_get_change_async (self->store, self->cancellable, document_change_read_cb, g_object_ref (self));
}

/* ---- outbox ---- */

static gboolean
retry_cb (gpointer user_data)
{
  SideSync *self = user_data;

  self->retry_id = 0;
  side_sync_push (self);
  return G_SOURCE_REMOVE;
}

static void
retry_later (SideSync *self)
{
  self->outbox_busy = FALSE;
  self->retry_s = CLAMP (self->retry_s * 2, RETRY_FIRST_S, RETRY_LAST_S);
  if (self->retry_id == 0 && self->cancellable != NULL)
    self->retry_id = g_timeout_add_seconds (self->retry_s, retry_cb, self);
}

static void
settled_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideSync) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!side_send_finish (SIDE_LINK (source), result, &error))
    {
      if (!side_error_is_cancelled (error))
        g_debug ("sending: %s", error->message);
      retry_later (self);
      return;
    }
  self->outbox_busy = FALSE;
  self->retry_s = 0;
  side_sync_push (self);
}

static void
next_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SideSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideOutboxItem) item = side_store_next_outbox_finish (SIDE_STORE (source), result, &error);

  if (item != NULL && self->cancellable != NULL)
    {
      side_send_async (self->link, self->store, item, self->cancellable, settled_cb, g_object_ref (self));
      return;
    }
  self->outbox_busy = FALSE;
  if (error != NULL && !side_error_is_cancelled (error))
    g_debug ("reading the outbox: %s", error->message);
}

/**
 * side_sync_push:
 * @self: a sync
 *
 * Sends what waits in the outbox, unless that is under way or stopped.
 */
void
side_sync_push (SideSync *self)
{
  g_return_if_fail (SIDE_IS_SYNC (self));
  if (self->cancellable == NULL || !self->in_epoch || self->outbox_busy || side_store_get_outbox_length (self->store) == 0)
    return;
  self->outbox_busy = TRUE;
  side_store_next_outbox_async (self->store, self->cancellable, next_cb, g_object_ref (self));
}

/* ---- life ---- */

/* Once a day; the server still has what goes. */
static void
trim (SideSync *self)
{
  guint months = self->keep_months;
  gint64 now_us = g_get_monotonic_time ();

  if (months == 0 || (self->trimmed_us != 0 && now_us - self->trimmed_us < TRIM_EVERY_US))
    return;
  self->trimmed_us = now_us;
  side_store_forget_calls_async (self->store, g_get_real_time () / 1000 - months * MONTH_MS, self->cancellable, NULL, NULL);
}

static gboolean
run_cb (gpointer user_data)
{
  side_sync_run_now (user_data);
  return G_SOURCE_CONTINUE;
}

static void
epoch_begun_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (SideSync) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean ok = side_store_begin_epoch_finish (SIDE_STORE (source), result, &error);

  if (!ok && !side_error_is_cancelled (error))
    g_debug ("beginning with another archive: %s", error->message);
  if (!ok || self->cancellable == NULL)
    return;   /* tried again at the next turn */
  self->in_epoch = !self->astray;
  self->astray = FALSE;
  self->calls_change = -1;
  self->documents_came = FALSE;
  side_sync_run_now (self);
}

/* Nothing is asked for by a place of another archive, and nothing sent on a
 * revision of one. */
static gboolean
ensure_epoch (SideSync *self)
{
  const char *epoch = self->astray ? NULL : side_link_get_epoch (self->link);

  self->in_epoch |= epoch == NULL && !self->astray;
  if (self->in_epoch)
    return TRUE;
  side_store_begin_epoch_async (self->store, epoch, self->cancellable, epoch_begun_cb, g_object_ref (self));
  return FALSE;
}

static gboolean
restart_cb (gpointer user_data)
{
  SideSync *self = user_data;

  if (self->calls_busy || self->documents_busy || self->outbox_busy)
    return G_SOURCE_CONTINUE;
  self->restart_id = 0;
  side_sync_start (self);
  return G_SOURCE_REMOVE;
}

/* What is under way was asked for with the old places: it is taken back, and
 * its end waited for. */
static void
epoch_changed_cb (SideSync *self)
{
  gboolean was_started = self->cancellable != NULL || self->restart_id != 0;

  side_sync_stop (self);
  self->in_epoch = FALSE;
  if (was_started)
    self->restart_id = g_timeout_add (RESTART_MS, restart_cb, self);
}

static gboolean
hint_cb (gpointer user_data)
{
  SideSync *self = user_data;

  self->hint_id = 0;
  if (self->in_epoch)
    sync_documents (self);
  return G_SOURCE_REMOVE;
}

/* All apps of a call centre hear it at once, and are not to ask at once. */
static void
documents_changed_cb (SideSync *self)
{
  if (self->cancellable != NULL && self->hint_id == 0)
    self->hint_id = g_timeout_add ((guint) g_random_int_range (0, HINT_MS), hint_cb, self);
}

static void
outbox_changed_cb (SideSync *self)
{
  if (self->retry_id == 0)
    side_sync_push (self);
}

/**
 * side_sync_set_keep_months:
 * @self: a sync
 * @months: how many months of calls stay in the store; 0 for all of them, as at first
 */
void
side_sync_set_keep_months (SideSync *self,
                           guint     months)
{
  g_return_if_fail (SIDE_IS_SYNC (self));
  self->keep_months = months;
}

/**
 * side_sync_get_known_from_ms:
 * @self: a sync
 *
 * Returns: the instant since which all calls of the server are in the store: 0
 *   for all time, G_MAXINT64 until all came that it had when @self was started
 */
gint64
side_sync_get_known_from_ms (SideSync *self)
{
  if (!self->caught_up)
    return G_MAXINT64;
  return self->keep_months != 0 ? g_get_real_time () / 1000 - self->keep_months * MONTH_MS : 0;
}

/**
 * side_sync_is_incomplete:
 * @self: a sync
 *
 * Returns: whether the store was empty when it was started first, and not all
 *   that the server has of calls or documents has come since
 */
gboolean
side_sync_is_incomplete (SideSync *self)
{
  g_return_val_if_fail (SIDE_IS_SYNC (self), FALSE);
  return self->calls_from_zero || self->documents_from_zero;
}

/**
 * side_sync_new:
 * @link: the server
 * @store: an open store
 *
 * Returns: (transfer full): a sync that is stopped
 */
SideSync *
side_sync_new (SideLink  *link,
               SideStore *store)
{
  SideSync *self;

  g_return_val_if_fail (SIDE_IS_LINK (link), NULL);
  g_return_val_if_fail (SIDE_IS_STORE (store), NULL);
  self = g_object_new (SIDE_TYPE_SYNC, NULL);
  self->link = g_object_ref (link);
  self->store = g_object_ref (store);
  g_signal_connect_swapped (store, "notify::outbox-length", G_CALLBACK (outbox_changed_cb), self);
  g_signal_connect_swapped (store, "notify::conflicts", G_CALLBACK (outbox_changed_cb), self);
  g_signal_connect_swapped (store, "notify::refused", G_CALLBACK (outbox_changed_cb), self);
  g_signal_connect_swapped (link, "documents", G_CALLBACK (documents_changed_cb), self);
  g_signal_connect_swapped (link, "notify::epoch", G_CALLBACK (epoch_changed_cb), self);
  return self;
}

/**
 * side_sync_start:
 * @self: a sync
 *
 * Runs all three chains now and every half minute. To be called when the
 * server answers; a second call does nothing.
 */
void
side_sync_start (SideSync *self)
{
  g_return_if_fail (SIDE_IS_SYNC (self));
  if (self->cancellable != NULL || side_store_is_read_only (self->store))
    return;
  self->cancellable = g_cancellable_new ();
  g_hash_table_remove_all (self->asked_scripts);
  self->timer_id = g_timeout_add_seconds (EVERY_S, run_cb, self);
  self->retry_s = 0;
  side_sync_run_now (self);
}

/**
 * side_sync_stop:
 * @self: a sync
 *
 * Takes back what is under way; nothing is lost by it.
 */
void
side_sync_stop (SideSync *self)
{
  g_return_if_fail (SIDE_IS_SYNC (self));
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->caught_up = FALSE;
  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  g_clear_handle_id (&self->batch_id, g_source_remove);
  g_clear_handle_id (&self->hint_id, g_source_remove);
  self->documents_again = FALSE;
  g_clear_handle_id (&self->restart_id, g_source_remove);
}

/**
 * side_sync_run_now:
 * @self: a sync
 *
 * Runs the chains that are not running, if it was started.
 */
void
side_sync_run_now (SideSync *self)
{
  g_return_if_fail (SIDE_IS_SYNC (self));
  if (self->cancellable == NULL || !side_store_is_open (self->store) || !ensure_epoch (self))
    return;
  trim (self);
  _side_sync_calls (self);
  sync_documents (self);
  side_sync_push (self);
}
