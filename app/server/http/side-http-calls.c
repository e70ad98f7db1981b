/* side-http-calls.c - history: calls, their events, the board as it is now
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-http-private.h"

#include <string.h>

#include "side-error.h"

/* A page of calls */

static gboolean
read_filters (SideHttpRequest *request,
              SideArchiveQuery   *query)
{
  const char *outcome = side_http_request_query (request, "outcome");

  if (!side_http_request_limit (request, &query->limit)
      || !side_http_request_int (request, "changed_after", 0, SIDE_HTTP_MAX_NUMBER, &query->changed_after)
      || !side_http_request_instant (request, "from", &query->from_ms)
      || !side_http_request_instant (request, "to", &query->to_ms))
    return FALSE;
  query->queue = g_strdup (side_http_request_query (request, "queue"));
  query->operator_id = g_strdup (side_http_request_query (request, "operator"));
  query->journey = g_strdup (side_http_request_query (request, "journey"));
  query->number = g_strdup (side_http_request_query (request, "number"));
  query->cursor = g_strdup (side_http_request_query (request, "cursor"));
  if (outcome != NULL && side_outcome_from_string (outcome) == SIDE_OUTCOME_NONE)
    {
      side_http_refuse (request, 400, SIDE_ERROR_INVALID, "“outcome” is no outcome this server knows");
      return FALSE;
    }
  query->outcome = side_outcome_from_string (outcome);
  return TRUE;
}

static gpointer
ask_calls (SideArchiveStore  *store,
           gpointer           question,
           GError           **error)
{
  return side_archive_store_find_calls (store, question, error);
}

static void
calls_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCallPage) page = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);
  SideWireView space;

  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    side_http_refuse_epoch (request);
  else if (page == NULL)
    side_http_answer_error (request, error, NULL);
  else
    side_http_answer_json (request, 200, side_wire_calls_to_json (page, side_http_request_view (request, &space)));
}

void
side_http_get_calls (SideHttpRequest *request)
{
  g_autoptr (SideArchiveQuery) query = NULL;

  if (!side_http_request_narrow (request))
    return;
  query = side_archive_query_new ((const char *const *) request->projects);
  query->only_operator = g_strdup (side_http_request_operator (request));
  if (!read_filters (request, query))
    return;
  if (query->changed_after >= 0 && !side_http_request_epoch (request))
    {
      side_http_refuse_epoch (request);
      return;
    }
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_calls, g_steal_pointer (&query),
                          (GDestroyNotify) side_archive_query_free, (GDestroyNotify) side_call_page_free, NULL,
                          calls_cb, side_http_request_ref (request));
}

/* One call */

typedef struct {
  SideCall *call;
  gint64    change;
} FoundCall;

static void
found_call_free (gpointer data)
{
  FoundCall *found = data;

  side_call_unref (found->call);
  g_free (found);
}

static gpointer
ask_call (SideArchiveStore  *store,
          gpointer           question,
          GError           **error)
{
  const SideHttpQuestion *asked = question;
  const SideScope scope = side_http_question_scope (asked);
  gint64 change;
  SideCall *call = side_archive_store_get_call (store, asked->id, &scope, &change, error);
  FoundCall *found;

  if (call == NULL)
    return NULL;
  found = g_new0 (FoundCall, 1);
  found->call = call;
  found->change = change;
  return found;
}

static void
call_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  FoundCall *found = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);
  SideWireView space;
  GString *out;

  if (found == NULL)
    {
      side_http_answer_error (request, error, NULL);
      return;
    }
  out = g_string_new (NULL);
  side_wire_append_call (out, found->call, found->change, side_http_request_view (request, &space));
  side_http_answer_json (request, 200, g_string_free (out, FALSE));
  found_call_free (found);
}

void
side_http_get_call (SideHttpRequest *request)
{
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_call, side_http_question_new (request), side_http_question_free,
                          found_call_free, NULL, call_cb, side_http_request_ref (request));
}

/* Its events */

static gpointer
ask_events (SideArchiveStore  *store,
            gpointer           question,
            GError           **error)
{
  const SideHttpQuestion *asked = question;
  const SideScope scope = side_http_question_scope (asked);

  return side_archive_store_get_call_events (store, asked->id, &scope, error);
}

static void
events_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);
  SideWireView space;

  if (events == NULL)
    side_http_answer_error (request, error, NULL);
  else
    side_http_answer_json (request, 200,
                           side_wire_events_to_json ((SideEvent *const *) events->pdata, events->len,
                                                     side_http_request_view (request, &space)));
}

void
side_http_get_call_events (SideHttpRequest *request)
{
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_events, side_http_question_new (request), side_http_question_free,
                          (GDestroyNotify) g_ptr_array_unref, NULL, events_cb, side_http_request_ref (request));
}

/* The board */

void
side_http_get_board (SideHttpRequest *request)
{
  SideWireView space;

  if (!side_http_request_narrow (request))
    return;
  side_http_answer_json (request, 200,
                         side_wire_board_to_json (side_hub_get_board (request->server->hub),
                                                  (const char *const *) request->projects,
                                                  side_http_request_view (request, &space)));
}
