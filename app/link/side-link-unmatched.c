/* side-link-unmatched.c - files of recordings that no call refers to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only the server's machine sees the recordings folders: it is asked.
 */
#include "side-link-private.h"

static gpointer
parse_unmatched (const char *text,
                 gssize      len,
                 GError    **error)
{
  return side_wire_unmatched_from_json (text, len, error);
}

/**
 * side_link_unmatched_async:
 * @self: a link
 * @from_ms: last written at or after; 0: no bound
 * @to_ms: last written before; 0: no bound
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks for the files below the server's recordings folders that no call refers
 * to and that are at least an hour old.
 */
void
side_link_unmatched_async (SideLink            *self,
                           gint64               from_ms,
                           gint64               to_ms,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GString) path = g_string_new ("/recordings/unmatched");

  g_return_if_fail (SIDE_IS_LINK (self));

  if (from_ms != 0)
    g_string_append_printf (path, "?from=%" G_GINT64_FORMAT, from_ms);
  if (to_ms != 0)
    g_string_append_printf (path, "%cto=%" G_GINT64_FORMAT, from_ms != 0 ? '&' : '?', to_ms);
  task = _side_link_task_new (self, side_link_unmatched_async, cancellable, callback, user_data);
  if (_side_link_request_new (task, SOUP_METHOD_GET, path->str, parse_unmatched, (GDestroyNotify) side_unmatched_free) != NULL)
    _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_unmatched_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_FORBIDDEN for whoever is no supervisor of all projects,
 *   SIDE_ERROR_NOT_FOUND from a server that cannot tell (it has no recordings
 *   folders, or is older), SIDE_ERROR_RATE_LIMITED, and what any call may have
 *
 * Returns: (transfer full): the files
 */
SideUnmatched *
side_link_unmatched_finish (SideLink      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_unmatched_async, error);
}
