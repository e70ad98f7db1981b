/* side-sync-calls.c - the chain that brings calls into the store
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Those changed since the last one we have, page after page, and those that
 * end while we watch.
 */
#include "side-sync-private.h"

#include "side-error.h"

#define PAGE_CALLS 500
#define BATCH_MS   500

static void list_calls (SideSync *self);

/* The end of the chain, unless it was stopped meanwhile. */
static void
all_came (SideSync *self)
{
  self->calls_busy = FALSE;
  self->caught_up = self->cancellable != NULL;
  if (self->caught_up)
    _side_sync_set_from_zero (self, &self->calls_from_zero, FALSE);
}

static void
batch_put_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SideSync) self = user_data;
  g_autoptr (GError) error = NULL;

  side_store_put_calls_finish (SIDE_STORE (source), result, &error);
  _side_sync_tell_written (self, error);
}

static void
change_saved_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  /* Not saved means only that the same calls are asked for once more. */
  if (!side_store_put_setting_finish (SIDE_STORE (source), result, &error) && !side_error_is_cancelled (error))
    g_debug ("keeping the place in the calls: %s", error->message);
}

static void
calls_put_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree SideSyncPage *page = user_data;
  g_autoptr (SideSync) self = page->self;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, page->place);

  if (!side_store_put_calls_finish (SIDE_STORE (source), result, &error))
    {
      _side_sync_chain_failed (&self->calls_busy, "writing calls", error);
      _side_sync_tell_written (self, error);
      return;
    }
  _side_sync_tell_written (self, NULL);
  self->calls_change = page->place;
  side_store_put_setting_async (self->store, SIDE_STORE_CALLS_CHANGE, value, NULL, change_saved_cb, NULL);
  if (page->more && self->cancellable != NULL)
    {
      list_calls (self);
      return;
    }
  all_came (self);
}

static void
calls_listed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (SideSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCallPage) page = side_link_list_calls_finish (SIDE_LINK (source), result, &error);
  SideSyncPage *next;

  if (page == NULL)
    {
      _side_sync_chain_failed (&self->calls_busy, "asking for calls", error);
      _side_sync_check_place (self, self->calls_change, error);
      return;
    }
  if (page->calls->len == 0 || self->cancellable == NULL)
    {
      all_came (self);
      return;
    }
  next = g_new0 (SideSyncPage, 1);
  next->self = g_object_ref (self);
  next->place = side_call_page_get_change (page, page->calls->len - 1);
  /* A server that does not move on would otherwise be asked for ever. */
  next->more = page->calls->len >= PAGE_CALLS && next->place > self->calls_change;
  side_store_put_calls_async (self->store, page->calls, page->changes, self->cancellable, calls_put_cb, next);
}

static void
list_calls (SideSync *self)
{
  SideHistoryQuery query = {
    .by_change = TRUE, .changed_after = self->calls_change, .limit = PAGE_CALLS,
  };

  side_link_list_calls_async (self->link, &query, self->cancellable, calls_listed_cb, g_object_ref (self));
}

static void
newest_listed_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (SideSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCallPage) page = side_link_list_calls_finish (SIDE_LINK (source), result, &error);

  if (page == NULL || self->cancellable == NULL)
    {
      self->calls_change = -1;
      if (error != NULL)
        _side_sync_chain_failed (&self->calls_busy, "asking for the newest calls", error);
      self->calls_busy = FALSE;
      return;
    }
  side_store_put_calls_async (self->store, page->calls, page->changes, self->cancellable, batch_put_cb, g_object_ref (self));
  list_calls (self);
}

/* A first start fetches a month of calls, the oldest change first. Today's
 * are what people look for, so the newest page is fetched before. */
static void
list_newest (SideSync *self)
{
  SideHistoryQuery query = { .limit = PAGE_CALLS };

  side_link_list_calls_async (self->link, &query, self->cancellable, newest_listed_cb, g_object_ref (self));
}

static void
change_read_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (SideSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *value = side_store_get_setting_finish (SIDE_STORE (source), result, &error);

  if (error != NULL && error->code != SIDE_ERROR_NOT_FOUND)
    {
      _side_sync_chain_failed (&self->calls_busy, "reading the place in the calls", error);
      return;
    }
  self->calls_change = value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
  if (self->calls_change == 0)
    _side_sync_set_from_zero (self, &self->calls_from_zero, TRUE);
  if (self->cancellable == NULL)
    self->calls_busy = FALSE;
  else if (self->calls_change == 0)
    list_newest (self);
  else
    list_calls (self);
}

void
_side_sync_calls (SideSync *self)
{
  if (self->calls_busy)
    return;
  self->calls_busy = TRUE;
  if (self->calls_change >= 0)
    list_calls (self);
  else
    side_store_get_setting_async (self->store, SIDE_STORE_CALLS_CHANGE, self->cancellable, change_read_cb, g_object_ref (self));
}

static gboolean
flush_ended_cb (gpointer user_data)
{
  SideSync *self = user_data;
  g_autoptr (GPtrArray) ended = g_steal_pointer (&self->ended);

  self->batch_id = 0;
  self->ended = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  if (side_store_is_open (self->store) && !side_store_is_read_only (self->store))
    side_store_put_calls_async (self->store, ended, NULL, NULL, batch_put_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/**
 * side_sync_add_call:
 * @self: a sync
 * @call: a call that ended, or of which something became known
 *
 * Writes a copy of it into the store with the next batch.
 */
void
side_sync_add_call (SideSync       *self,
                    const SideCall *call)
{
  g_return_if_fail (SIDE_IS_SYNC (self));
  g_return_if_fail (call != NULL);
  g_ptr_array_add (self->ended, side_call_copy (call));
  if (self->batch_id == 0)
    self->batch_id = g_timeout_add (BATCH_MS, flush_ended_cb, self);
}
