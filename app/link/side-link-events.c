/* side-link-events.c - the server's log of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-link-private.h"

static gpointer
parse_page (const char *text,
            gssize      len,
            GError    **error)
{
  return side_wire_event_page_from_json (text, len, error);
}

static char *
events_path (const SideEventLogQuery *query)
{
  g_autoptr (GString) path = g_string_new ("/events?limit=");
  g_autofree char *project = query->project != NULL ? g_uri_escape_string (query->project, NULL, FALSE) : NULL;

  g_string_append_printf (path, "%u", query->limit != 0 ? MIN (query->limit, SIDE_WIRE_MAX_PAGE) : SIDE_WIRE_DEFAULT_PAGE);
  if (project != NULL)
    g_string_append_printf (path, "&project=%s", project);
  if (query->from_ms != 0)
    g_string_append_printf (path, "&from=%" G_GINT64_FORMAT, query->from_ms);
  if (query->to_ms != 0)
    g_string_append_printf (path, "&to=%" G_GINT64_FORMAT, query->to_ms);
  if (query->after_seq != 0)
    g_string_append_printf (path, "&after=%" G_GUINT64_FORMAT, query->after_seq);
  return g_string_free (g_steal_pointer (&path), FALSE);
}

/**
 * side_link_list_events_async:
 * @self: a link
 * @query: which events; it is not needed after the call
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks for one page of the log.
 */
void
side_link_list_events_async (SideLink                *self,
                             const SideEventLogQuery *query,
                             GCancellable            *cancellable,
                             GAsyncReadyCallback      callback,
                             gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (SIDE_IS_LINK (self));
  g_return_if_fail (query != NULL);

  task = _side_link_task_new (self, side_link_list_events_async, cancellable, callback, user_data);
  path = events_path (query);
  if (_side_link_request_new (task, SOUP_METHOD_GET, path, parse_page, (GDestroyNotify) side_event_page_free) != NULL)
    _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_list_events_finish:
 * @self: a link
 * @result: the result
 * @error: what any call may have
 *
 * Returns: (transfer full): the page
 */
SideEventPage *
side_link_list_events_finish (SideLink      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_list_events_async, error);
}
