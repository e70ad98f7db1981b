/* side-call-events.c - what happened to a call, from wherever it can be had
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joins store and link. All on the main context: a task's data holds the desk.
 */
#include "side-call-events.h"

#include "side-error.h"
#include "side-recording-check.h"

/* ---- the events of one call ---- */

typedef struct {
  SideDesk *desk;
  SideCall *call;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_object_unref (wanted->desk);
  side_call_unref (wanted->call);
  g_free (wanted);
}

static void
kept_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GError) error = NULL;

  /* They are known now; next time they are asked for again. */
  if (!side_store_put_call_events_finish (SIDE_STORE (source), result, &error))
    g_debug ("events of a call were not kept: %s", error->message);
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Wanted *wanted = g_task_get_task_data (task);
  SideStore *store = side_desk_get_store (wanted->desk);
  GError *error = NULL;
  GPtrArray *events = side_link_get_call_events_finish (SIDE_LINK (source), result, &error);

  if (events == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (store != NULL && side_store_is_open (store) && !side_call_is_live (wanted->call))
    side_store_put_call_events_async (store, wanted->call->id, events, NULL, kept_cb, NULL);
  g_task_return_pointer (task, events, (GDestroyNotify) g_ptr_array_unref);
}

static void
fetch (GTask *task)
{
  Wanted *wanted = g_task_get_task_data (task);

  if (wanted->call->imported)   /* no server knows of it */
    g_task_return_pointer (task, g_ptr_array_new (), (GDestroyNotify) g_ptr_array_unref);
  else if (side_desk_get_state (wanted->desk) != SIDE_DESK_LIVE || side_desk_get_link (wanted->desk) == NULL)
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_UNREACHABLE, "no connection to ask for a call's events");
  else
    side_link_get_call_events_async (side_desk_get_link (wanted->desk), wanted->call->id, g_task_get_cancellable (task),
                                     fetched_cb, g_object_ref (task));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = side_store_get_call_events_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (events != NULL && events->len > 0)
    g_task_return_pointer (task, g_steal_pointer (&events), (GDestroyNotify) g_ptr_array_unref);
  else
    fetch (task);
}

/**
 * side_call_events_async:
 * @desk: where they are asked for and kept
 * @call: a call
 * @cancellable: (nullable): nobody wants to know any more
 * @callback: called when they are known
 * @user_data: for @callback
 */
void
side_call_events_async (SideDesk            *desk,
                        const SideCall      *call,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  SideStore *store;
  Wanted *wanted;

  g_return_if_fail (SIDE_IS_DESK (desk) && call != NULL);
  task = g_task_new (desk, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_call_events_async);
  wanted = g_new0 (Wanted, 1);
  wanted->desk = g_object_ref (desk);
  wanted->call = side_call_copy (call);
  g_task_set_task_data (task, wanted, wanted_free);
  store = side_desk_get_store (desk);
  if (store != NULL && side_store_is_open (store))
    side_store_get_call_events_async (store, call->id, cancellable, read_cb, g_steal_pointer (&task));
  else
    fetch (task);
}

/**
 * side_call_events_finish:
 * @result: what the callback was given
 * @error: SIDE_ERROR_UNREACHABLE: they are not on this computer and there is
 *   no connection; or as side_link_get_call_events_finish() has them
 *
 * Returns: (transfer full) (element-type SideEvent): oldest first; none of a
 *   call that was imported
 */
GPtrArray *
side_call_events_finish (GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, side_call_events_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the payments of several ---- */

typedef struct {
  SideDesk     *desk;
  GPtrArray    *calls;
  guint         place;
  SidePayments *payments;
} Asking;

static void ask_next (GTask *task);

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->desk);
  g_ptr_array_unref (asking->calls);
  g_clear_pointer (&asking->payments, side_payments_free);
  g_free (asking);
}

static gboolean
has_payment (const SideCall *call,
             GPtrArray      *events)
{
  for (guint i = 0; i < events->len; i++)
    {
      const SideEvent *event = events->pdata[i];

      if (event->kind == SIDE_EVENT_CALL_PAYMENT_STARTED && g_strcmp0 (event->call, call->id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
events_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Asking *asking = g_task_get_task_data (task);
  const SideCall *call = asking->calls->pdata[asking->place];
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = side_call_events_finish (result, &error);

  if (side_error_is_cancelled (error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (events == NULL)
    asking->payments->n_unknown++;
  else if (side_call_get_recording_start_ms (call) == 0)
    asking->payments->n_unknown += has_payment (call, events);
  else
    {
      g_autoptr (SideRecordingSpans) spans = side_recording_spans_new (call, events);

      g_hash_table_insert (asking->payments->spans, g_strdup (call->id), g_array_ref (spans->payments));
    }
  asking->place++;
  ask_next (task);
}

static void
ask_next (GTask *task)
{
  Asking *asking = g_task_get_task_data (task);

  if (asking->place < asking->calls->len)
    side_call_events_async (asking->desk, asking->calls->pdata[asking->place], g_task_get_cancellable (task), events_cb,
                            g_object_ref (task));
  else
    g_task_return_pointer (task, g_steal_pointer (&asking->payments), (GDestroyNotify) side_payments_free);
}

/**
 * side_payments_ask_async:
 * @desk: where the events of the calls are asked for
 * @calls: (element-type SideCall): each once
 * @cancellable: (nullable): nobody wants to know any more
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * One call after the other. A call whose events cannot be had ends nothing: it
 * is counted.
 */
void
side_payments_ask_async (SideDesk            *desk,
                         GPtrArray           *calls,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Asking *asking;

  g_return_if_fail (SIDE_IS_DESK (desk) && calls != NULL);
  task = g_task_new (desk, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_payments_ask_async);
  asking = g_new0 (Asking, 1);
  asking->desk = g_object_ref (desk);
  asking->calls = g_ptr_array_ref (calls);
  asking->payments = g_new0 (SidePayments, 1);
  asking->payments->spans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_task_set_task_data (task, asking, asking_free);
  ask_next (task);
}

/**
 * side_payments_ask_finish:
 * @result: what the callback was given
 * @error: only when it was cancelled
 *
 * Returns: (transfer full): the payments
 */
SidePayments *
side_payments_ask_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, side_payments_ask_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * side_payments_get:
 * @self: (nullable): payments
 * @call: id of a call
 *
 * Returns: (transfer none) (nullable) (element-type SideSpan): where its caller
 *   paid
 */
const GArray *
side_payments_get (const SidePayments *self,
                   const char         *call)
{
  return self != NULL ? g_hash_table_lookup (self->spans, call) : NULL;
}

/**
 * side_payments_free:
 * @self: (transfer full): payments
 */
void
side_payments_free (SidePayments *self)
{
  g_hash_table_unref (self->spans);
  g_free (self);
}
