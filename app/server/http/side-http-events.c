/* side-http-events.c - the log of events, page by page
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the server has numbered, in the order of the numbers, for exports:
 * whoever applies it to a board gets the picture the server had.
 */
#include "side-http-private.h"

static gpointer
ask_events (SideArchiveStore  *store,
            gpointer           question,
            GError           **error)
{
  return side_archive_store_find_events (store, question, error);
}

static void
events_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideEventPage) page = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);
  SideWireView space;

  if (page == NULL)
    side_http_answer_error (request, error, NULL);
  else
    side_http_answer_json (request, 200,
                           side_wire_event_page_to_json (page, side_http_request_view (request, &space)));
}

void
side_http_get_events (SideHttpRequest *request)
{
  g_autoptr (SideEventQuery) query = NULL;
  g_autofree char *detail = NULL;

  if (!side_http_request_narrow (request))
    return;
  query = side_event_query_new ((const char *const *) request->projects);
  if (!side_http_request_limit (request, &query->limit)
      || !side_http_request_int (request, "after", 0, SIDE_HTTP_MAX_NUMBER, &query->after_seq)
      || !side_http_request_instant (request, "from", &query->from_ms)
      || !side_http_request_instant (request, "to", &query->to_ms))
    return;
  /* All that is known of all callers may leave here, and any page may be asked for by itself. */
  detail = g_strdup_printf ("after %" G_GINT64_FORMAT ", at most %d", query->after_seq, query->limit);
  side_http_audit (request, "events.read", side_http_request_query (request, "project"), detail);
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_events, g_steal_pointer (&query),
                          (GDestroyNotify) side_event_query_free, (GDestroyNotify) side_event_page_free, NULL,
                          events_cb, side_http_request_ref (request));
}
