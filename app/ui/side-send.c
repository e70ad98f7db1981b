/* side-send.c - one document on its way from the outbox to the server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sends it and writes down what came of it: the server took it; somebody
 * changed it first, then both versions are kept; the server will never take
 * it, then it is set aside for a person. Whatever else went wrong may go
 * better another time.
 */
#include "side-send.h"

#include "side-error.h"
#include "side-refused-words.h"

/* Who answers what we do not understand may be a gateway in between, for a
 * while; the server itself says the same each time. */
#define INVALID_ATTEMPTS 3

typedef struct {
  SideStore      *store;
  SideOutboxItem *item;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->store);
  side_outbox_item_free (sending->item);
  g_free (sending);
}

typedef gboolean (*StoreFinish) (SideStore *store, GAsyncResult *result, GError **error);

static void
settle (GTask        *task,
        StoreFinish   finish,
        GObject      *source,
        GAsyncResult *result)
{
  g_autoptr (GTask) owned = task;
  GError *error = NULL;

  if (finish (SIDE_STORE (source), result, &error))
    g_task_return_boolean (owned, TRUE);
  else
    g_task_return_error (owned, error);
}

static void
sent_marked_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  settle (user_data, side_store_mark_sent_finish, source, result);
}

static void
conflict_marked_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  settle (user_data, side_store_mark_conflict_finish, source, result);
}

static void
refused_marked_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  settle (user_data, side_store_mark_refused_finish, source, result);
}

static void
given_up_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  settle (user_data, side_store_decide_refused_finish, source, result);
}

static gboolean
is_refusal (const GError         *error,
            const SideOutboxItem *item)
{
  if (error->domain != SIDE_ERROR)
    return FALSE;
  switch (error->code)
    {
    case SIDE_ERROR_FORBIDDEN:
    case SIDE_ERROR_NOT_FOUND:
    case SIDE_ERROR_EXISTS:
    case SIDE_ERROR_TOO_LARGE:
    case SIDE_ERROR_UNSUPPORTED:
      return TRUE;
    case SIDE_ERROR_INVALID:
      return item->attempts >= INVALID_ATTEMPTS;
    default:
      return FALSE;
    }
}

/* Takes @error. */
static void
failed (GTask        *task,
        SideDocument *current,
        GError       *error)
{
  Sending *sending = g_task_get_task_data (task);

  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT) && current != NULL)
    side_store_mark_conflict_async (sending->store, sending->item, current, NULL, conflict_marked_cb, g_object_ref (task));
  else if (is_refusal (error, sending->item))
    {
      g_autofree char *why = side_refused_words_keep (error);

      side_store_mark_refused_async (sending->store, sending->item, why, NULL, refused_marked_cb, g_object_ref (task));
    }
  else
    {
      if (!side_error_is_cancelled (error))
        side_store_mark_failed_async (sending->store, sending->item, error->message, NULL, NULL, NULL);
      g_task_return_error (task, g_steal_pointer (&error));
    }
  g_clear_error (&error);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  SideLink *link = SIDE_LINK (source);
  GError *error = NULL;
  g_autoptr (SideDocument) current = NULL;
  g_autoptr (SideDocument) stored = NULL;

  if (sending->item->document->deleted)
    stored = side_link_delete_document_finish (link, result, &current, &error);
  else
    stored = side_link_put_document_finish (link, result, &current, &error);
  if (stored != NULL)
    side_store_mark_sent_async (sending->store, sending->item, stored->revision, stored->change, NULL,
                                sent_marked_cb, g_object_ref (task));
  else
    failed (task, current, error);
}

/* It was sent once, nobody knows whether it came, and it is deleted by now. */
static void
looked_for_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Sending *sending = g_task_get_task_data (task);
  SideLink *link = SIDE_LINK (source);
  const SideDocument *mine = sending->item->document;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) found = side_link_get_document_finish (link, result, &error);

  if (found == NULL && !g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    failed (task, NULL, g_steal_pointer (&error));
  else if (found == NULL || found->deleted)
    side_store_decide_refused_async (sending->store, mine->kind, mine->id, FALSE, found, NULL, given_up_cb,
                                     g_object_ref (task));
  else if (found->revision == 1)
    side_link_delete_document_async (link, found, g_task_get_cancellable (task), sent_cb, g_object_ref (task));
  else
    side_store_mark_conflict_async (sending->store, sending->item, found, NULL, conflict_marked_cb, g_object_ref (task));
}

/**
 * side_send_async:
 * @link: the server
 * @store: an open store
 * @item: what it gave to be sent next
 * @cancellable: (nullable): takes the sending back, not the writing down
 * @callback: called when it is settled or failed
 * @user_data: data for @callback
 */
void
side_send_async (SideLink             *link,
                 SideStore            *store,
                 const SideOutboxItem *item,
                 GCancellable         *cancellable,
                 GAsyncReadyCallback   callback,
                 gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (SideDocument) document = NULL;
  Sending *sending;

  g_return_if_fail (SIDE_IS_LINK (link) && SIDE_IS_STORE (store));
  g_return_if_fail (item != NULL);
  task = g_task_new (link, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_send_async);
  g_task_set_check_cancellable (task, FALSE);
  sending = g_new0 (Sending, 1);
  sending->store = g_object_ref (store);
  sending->item = side_outbox_item_copy (item);
  g_task_set_task_data (task, sending, (GDestroyNotify) sending_free);
  document = side_document_copy (item->document);
  document->revision = item->base_revision;
  if (!document->deleted)
    side_link_put_document_async (link, document, cancellable, sent_cb, g_steal_pointer (&task));
  else if (document->revision > 0)
    side_link_delete_document_async (link, document, cancellable, sent_cb, g_steal_pointer (&task));
  else
    side_link_get_document_async (link, document->kind, document->id, cancellable, looked_for_cb, g_steal_pointer (&task));
}

/**
 * side_send_finish:
 * @link: the server
 * @result: what the callback was given
 * @error: any of the link's or the store's: it is to be tried again later
 *
 * Returns: whether it is settled: sent, in conflict or set aside
 */
gboolean
side_send_finish (SideLink      *link,
                  GAsyncResult  *result,
                  GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, link), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
