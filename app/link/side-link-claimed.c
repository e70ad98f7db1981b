/* side-link-claimed.c - which calls came with the header of a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only the server hears what the exchange says of headers: it is asked.
 */
#include "side-link-private.h"

static gpointer
parse_claimed (const char *text,
               gssize      len,
               GError    **error)
{
  return side_wire_claimed_from_json (text, len, error);
}

/**
 * side_link_get_claimed_async:
 * @self: a link
 * @test: UUID of a test call that is over
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks with which of the call centre's calls its header came.
 */
void
side_link_get_claimed_async (SideLink            *self,
                             const char          *test,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (SIDE_IS_LINK (self) && test != NULL);

  escaped = g_uri_escape_string (test, NULL, FALSE);
  path = g_strdup_printf ("/test-calls/%s/calls", escaped);
  task = _side_link_task_new (self, side_link_get_claimed_async, cancellable, callback, user_data);
  if (_side_link_request_new (task, SOUP_METHOD_GET, path, parse_claimed, (GDestroyNotify) g_strfreev) != NULL)
    _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_get_claimed_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_NOT_FOUND while the server does not have the test call, also from an
 *   older server, and what any call may have
 *
 * Returns: (transfer full) (array zero-terminated=1): ids of legs, in the order they
 *   came; none where the exchange told of no header
 */
char **
side_link_get_claimed_finish (SideLink      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_get_claimed_async, error);
}
