/* side-day-events.c - the log of events of a time that is past, from the server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A day is some ten thousands of events: page after page, until there is no
 * more or nobody wants them any longer.
 */
#include "side-day-events.h"

#include <glib/gi18n.h>

#include "side-error.h"

typedef struct {
  SideLink  *link;
  char      *project;
  gint64     from_ms;
  gint64     to_ms;
  guint64    after_seq;
  GPtrArray *events;     /* of SideEvent */
} Fetch;

static void ask (GTask *task);

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_object_unref (fetch->link);
  g_free (fetch->project);
  g_clear_pointer (&fetch->events, g_ptr_array_unref);
  g_free (fetch);
}

static void
page_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideEventPage) page = side_link_list_events_finish (SIDE_LINK (source), result, &error);
  Fetch *fetch = g_task_get_task_data (task);

  if (page == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < page->events->len; i++)
    g_ptr_array_add (fetch->events, side_event_ref (page->events->pdata[i]));
  fetch->after_seq = page->next;
  if (page->next != 0)
    ask (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&fetch->events), (GDestroyNotify) g_ptr_array_unref);
}

static void
ask (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);
  const SideEventLogQuery query = { fetch->project, fetch->from_ms, fetch->to_ms, fetch->after_seq, SIDE_WIRE_MAX_PAGE };

  side_link_list_events_async (fetch->link, &query, g_task_get_cancellable (task), page_cb, g_object_ref (task));
}

/**
 * side_day_events_fetch_async:
 * @desk: a desk
 * @from_ms: events that happened at or after this instant
 * @to_ms: and before this
 * @cancellable: (nullable): to end it
 * @callback: called when there are all of them, or not
 * @user_data: for it
 *
 * Asks the server for the events of the desk's project.
 */
void
side_day_events_fetch_async (SideDesk            *desk,
                             gint64               from_ms,
                             gint64               to_ms,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SideLink *link;
  Fetch *fetch;

  g_return_if_fail (SIDE_IS_DESK (desk));

  g_task_set_source_tag (task, side_day_events_fetch_async);
  link = side_desk_get_link (desk);
  if (link == NULL || side_desk_get_state (desk) != SIDE_DESK_LIVE || side_desk_get_project_id (desk) == NULL)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_DISCONNECTED, "%s",
                               _("There is no connection to the server, which keeps the events of past days."));
      return;
    }
  fetch = g_new0 (Fetch, 1);
  fetch->link = g_object_ref (link);
  fetch->project = g_strdup (side_desk_get_project_id (desk));
  fetch->from_ms = from_ms;
  fetch->to_ms = to_ms;
  fetch->events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_task_set_task_data (task, fetch, fetch_free);
  ask (task);
}

/**
 * side_day_events_fetch_finish:
 * @result: what the callback was given
 * @error: SIDE_ERROR_DISCONNECTED without a connection, or what asking the server met
 *
 * Returns: (transfer full) (element-type SideEvent): the events in the order of the log
 */
GPtrArray *
side_day_events_fetch_finish (GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
