/* side-link-progress.c - who has finished a blind calibration
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Others' reviews are not handed out while it is blind, so the server is asked
 * to count them.
 */
#include "side-link-private.h"

static gpointer
parse_progress (const char *text,
                gssize      len,
                GError    **error)
{
  return side_wire_calibration_progress_from_json (text, len, error);
}

/**
 * side_link_get_progress_async:
 * @self: a link
 * @calibration: UUID of a calibration
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks how many of its calls each one invited has finished.
 */
void
side_link_get_progress_async (SideLink            *self,
                              const char          *calibration,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (SIDE_IS_LINK (self) && calibration != NULL);

  escaped = g_uri_escape_string (calibration, NULL, FALSE);
  path = g_strdup_printf ("/calibrations/%s/progress", escaped);
  task = _side_link_task_new (self, side_link_get_progress_async, cancellable, callback, user_data);
  if (_side_link_request_new (task, SOUP_METHOD_GET, path, parse_progress, (GDestroyNotify) side_calibration_progress_free) != NULL)
    _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_get_progress_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_FORBIDDEN for whoever does not lead it, SIDE_ERROR_NOT_FOUND
 *   also from an older server, and what any call may have
 *
 * Returns: (transfer full): who has finished
 */
SideCalibrationProgress *
side_link_get_progress_finish (SideLink      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_get_progress_async, error);
}
