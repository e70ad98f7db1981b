/* side-link-actions.c - asks the server to do something at the call centre
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What may be done, and doing it. Who has lost the answer asks again with the
 * same request: the server does nothing twice.
 */
#include "side-link-private.h"

static gpointer
parse_offers (const char *text,
              gssize      len,
              GError    **error)
{
  return side_wire_action_offers_from_json (text, len, error);
}

static gpointer
parse_done (const char *text,
            gssize      len,
            GError    **error)
{
  return side_wire_action_done_from_json (text, len, error);
}

/**
 * side_link_get_actions_async:
 * @self: a link
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks what this user may do now, and what is in the way of the rest.
 */
void
side_link_get_actions_async (SideLink            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (SIDE_IS_LINK (self));

  task = _side_link_task_new (self, side_link_get_actions_async, cancellable, callback, user_data);
  if (_side_link_request_new (task, SOUP_METHOD_GET, "/actions", parse_offers, (GDestroyNotify) side_action_offers_free) != NULL)
    _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_get_actions_finish:
 * @self: a link
 * @result: the result
 * @error: what any call may have
 *
 * Returns: (transfer full): what may be done
 */
SideActionOffers *
side_link_get_actions_finish (SideLink      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_get_actions_async, error);
}

/**
 * side_link_act_async:
 * @self: a link
 * @request: what is to be done, with an id of its own and a reason; it is not kept
 * @cancellable: (nullable): takes back the waiting, and nothing that was asked for
 * @callback: called when it is done, after 27 s at most
 * @user_data: its data
 */
void
side_link_act_async (SideLink                *self,
                     const SideActionRequest *request,
                     GCancellable            *cancellable,
                     GAsyncReadyCallback      callback,
                     gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;
  SideLinkRequest *post;

  g_return_if_fail (SIDE_IS_LINK (self) && request != NULL);

  path = g_strconcat ("/actions/", side_action_kind_to_string (request->kind), NULL);
  task = _side_link_task_new (self, side_link_act_async, cancellable, callback, user_data);
  post = _side_link_request_new (task, SOUP_METHOD_POST, path, parse_done, (GDestroyNotify) side_action_done_free);
  if (post == NULL)
    return;
  _side_link_request_set_body (post, side_wire_action_request_to_json (request));
  _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_act_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_FORBIDDEN for who may not, CONFLICT where the call is over or the telephone
 *   is busy, FAILED in the exchange's words, TIMED_OUT where nobody knows whether it was done, and
 *   what any call may have
 *
 * Returns: (transfer full): what was done
 */
SideActionDone *
side_link_act_finish (SideLink      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_act_async, error);
}
