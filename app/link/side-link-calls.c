/* side-link-calls.c - session, board and history
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-link-private.h"

static gpointer
parse_session (const char *text,
               gssize      len,
               GError    **error)
{
  return side_wire_session_from_json (text, len, error);
}

static gpointer
parse_board (const char *text,
             gssize      len,
             GError    **error)
{
  return side_wire_board_from_json (text, len, error);
}

static gpointer
parse_calls (const char *text,
             gssize      len,
             GError    **error)
{
  return side_wire_calls_from_json (text, len, error);
}

static gpointer
parse_events (const char *text,
              gssize      len,
              GError    **error)
{
  return side_wire_events_from_json (text, len, error);
}

/* A GET that takes nothing but its path. */
static void
get (SideLink            *self,
     gpointer             tag,
     const char          *path,
     SideLinkParse        parse,
     GDestroyNotify       free_result,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  g_autoptr (GTask) task = _side_link_task_new (self, tag, cancellable, callback, user_data);

  if (_side_link_request_new (task, SOUP_METHOD_GET, path, parse, free_result) != NULL)
    _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_sign_in_async:
 * @self: a link
 * @user: a user's name
 * @password: their password; it is not kept
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks for a token, which the link uses from then on.
 */
void
side_link_sign_in_async (SideLink            *self,
                         const char          *user,
                         const char          *password,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  SideLinkRequest *request;

  g_return_if_fail (SIDE_IS_LINK (self));
  g_return_if_fail (user != NULL && password != NULL);

  task = _side_link_task_new (self, side_link_sign_in_async, cancellable, callback, user_data);
  request = _side_link_request_new (task, SOUP_METHOD_POST, "/session", parse_session,
                                    (GDestroyNotify) side_session_unref);
  if (request == NULL)
    return;
  soup_message_headers_remove (soup_message_get_request_headers (request->message), "Authorization");
  _side_link_request_set_body (request, side_wire_sign_in_to_json (user, password));
  _side_link_request_send (g_steal_pointer (&task));
}

/* What a session tells, where it is told: the clock's offset, the session. */
static void
take_told_session (SideLink    *self,
                   SideSession *session)
{
  _side_link_note_offset (self, session->at_ms, MAX (0, self->latency_ms) / 2);
  _side_link_take_session (self, side_session_ref (session));
}

/**
 * side_link_sign_in_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_UNAUTHORIZED for a wrong name or password,
 *   SIDE_ERROR_RATE_LIMITED after too many of them, and what any call may have
 *
 * Returns: (transfer full): the session; side_link_dup_token() gives its token
 */
SideSession *
side_link_sign_in_finish (SideLink      *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  g_autoptr (SideSession) session = NULL;

  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);

  session = _side_link_request_finish (self, result, side_link_sign_in_async, error);
  if (session == NULL)
    return NULL;
  if (session->token == NULL || *session->token == '\0')
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "The server gave no token");
      return NULL;
    }
  /* The session goes round the app; the token stays here. */
  _side_link_take_token (self, g_steal_pointer (&session->token));
  take_told_session (self, session);
  return g_steal_pointer (&session);
}

/**
 * side_link_sign_out_async:
 * @self: a link
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Revokes the token at the server. The link forgets it and stops its live
 * stream at once, whether the server can be reached or not.
 */
void
side_link_sign_out_async (SideLink            *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SIDE_IS_LINK (self));

  task = _side_link_task_new (self, side_link_sign_out_async, cancellable, callback, user_data);
  if (_side_link_request_new (task, SOUP_METHOD_DELETE, "/session", NULL, NULL) != NULL)
    _side_link_request_send (g_steal_pointer (&task));
  side_link_stop_live (self);
  _side_link_take_token (self, NULL);
  _side_link_take_session (self, NULL);
}

/**
 * side_link_sign_out_finish:
 * @self: a link
 * @result: the result
 * @error: what any call may have; the token may then be good still
 *
 * Returns: whether the server revoked the token
 */
gboolean
side_link_sign_out_finish (SideLink      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (SIDE_IS_LINK (self), FALSE);

  _side_link_request_finish (self, result, side_link_sign_out_async, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * side_link_open_session_async:
 * @self: a link with a token
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks who is signed in and what for.
 */
void
side_link_open_session_async (SideLink            *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (SIDE_IS_LINK (self));
  get (self, side_link_open_session_async, "/session", parse_session, (GDestroyNotify) side_session_unref,
       cancellable, callback, user_data);
}

/**
 * side_link_open_session_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_UNAUTHORIZED when the token is not good (any more), and
 *   what any call may have
 *
 * Returns: (transfer full): the session
 */
SideSession *
side_link_open_session_finish (SideLink      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  SideSession *session;

  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);

  session = _side_link_request_finish (self, result, side_link_open_session_async, error);
  if (session != NULL)
    take_told_session (self, session);
  return session;
}

/**
 * side_link_get_board_async:
 * @self: a link
 * @project: (nullable): id of one project; %NULL for all granted
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks for the board as it is now.
 */
void
side_link_get_board_async (SideLink            *self,
                           const char          *project,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autofree char *escaped = project != NULL ? g_uri_escape_string (project, NULL, FALSE) : NULL;
  g_autofree char *path = g_strconcat ("/board", escaped != NULL ? "?project=" : NULL, escaped, NULL);
  g_autoptr (GTask) task = NULL;
  SideLinkRequest *request;

  g_return_if_fail (SIDE_IS_LINK (self));
  task = _side_link_task_new (self, side_link_get_board_async, cancellable, callback, user_data);
  request = _side_link_request_new (task, SOUP_METHOD_GET, path, parse_board, g_object_unref);
  if (request == NULL)
    return;
  request->max_bytes = SIDE_WIRE_MAX_BOARD;
  _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_get_board_finish:
 * @self: a link
 * @result: the result
 * @error: what any call may have
 *
 * Returns: (transfer full): the board
 */
SideBoard *
side_link_get_board_finish (SideLink      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_get_board_async, error);
}

static void
add_text (GString    *query,
          const char *name,
          const char *value)
{
  g_autofree char *escaped = NULL;

  if (value == NULL)
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (query, "%c%s=%s", query->len == 0 ? '?' : '&', name, escaped);
}

static void
add_number (GString    *query,
            const char *name,
            gint64      value)
{
  g_string_append_printf (query, "%c%s=%" G_GINT64_FORMAT, query->len == 0 ? '?' : '&', name, value);
}

static char *
calls_path (SideLink               *self,
            const SideHistoryQuery *wanted)
{
  g_autoptr (GString) query = g_string_new (NULL);

  add_text (query, "project", wanted->project);
  add_text (query, "queue", wanted->queue);
  add_text (query, "operator", wanted->operator_id);
  if (wanted->outcome != SIDE_OUTCOME_NONE)
    add_text (query, "outcome", side_outcome_to_string (wanted->outcome));
  if (wanted->from_ms != 0)
    add_number (query, "from", wanted->from_ms);
  if (wanted->to_ms != 0)
    add_number (query, "to", wanted->to_ms);
  if (wanted->by_change)
    add_number (query, "changed_after", wanted->changed_after);
  if (wanted->by_change && wanted->changed_after > 0)
    add_text (query, "epoch", self->epoch);
  add_text (query, "cursor", wanted->cursor);
  if (wanted->limit != 0)
    add_number (query, "limit", MIN (wanted->limit, SIDE_WIRE_MAX_PAGE));
  return g_strconcat ("/calls", query->str, NULL);
}

/**
 * side_link_list_calls_async:
 * @self: a link
 * @query: which calls; it is not needed after the call
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks for one page of calls.
 */
void
side_link_list_calls_async (SideLink            *self,
                            const SideHistoryQuery *query,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autofree char *path = NULL;

  g_return_if_fail (SIDE_IS_LINK (self));
  g_return_if_fail (query != NULL);

  path = calls_path (self, query);
  get (self, side_link_list_calls_async, path, parse_calls, (GDestroyNotify) side_call_page_free,
       cancellable, callback, user_data);
}

/**
 * side_link_list_calls_finish:
 * @self: a link
 * @result: the result
 * @error: what any call may have
 *
 * Returns: (transfer full): the page
 */
SideCallPage *
side_link_list_calls_finish (SideLink      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_list_calls_async, error);
}

/**
 * side_link_get_call_events_async:
 * @self: a link
 * @id: a leg's id
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks for what happened to one leg.
 */
void
side_link_get_call_events_async (SideLink            *self,
                                 const char          *id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (SIDE_IS_LINK (self));
  g_return_if_fail (id != NULL);

  escaped = g_uri_escape_string (id, NULL, FALSE);
  path = g_strconcat ("/calls/", escaped, "/events", NULL);
  get (self, side_link_get_call_events_async, path, parse_events, (GDestroyNotify) g_ptr_array_unref,
       cancellable, callback, user_data);
}

/**
 * side_link_get_call_events_finish:
 * @self: a link
 * @result: the result
 * @error: what any call may have
 *
 * Returns: (transfer full) (element-type SideEvent): its events, oldest first
 */
GPtrArray *
side_link_get_call_events_finish (SideLink      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_get_call_events_async, error);
}
