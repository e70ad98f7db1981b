/* side-http-progress.c - who has finished a blind calibration
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nobody is handed another's answers while it is blind; but whoever decides when
 * the discussion begins must know whom it would cut short. How many calls each
 * one has finished says nothing of what they answered.
 */
#include "side-http-private.h"

#include "side-calibration-rule.h"
#include "side-error.h"
#include "side-text.h"

static gpointer
ask_progress (SideArchiveStore  *store,
              gpointer           question,
              GError           **error)
{
  const SideHttpQuestion *asked = question;
  const SideScope scope = side_http_question_scope (asked);
  g_autoptr (SideDocument) document = side_archive_store_get_document (store, "calibration", asked->id, &scope, error);
  g_autoptr (SideCalibration) calibration = NULL;

  if (document == NULL)
    return NULL;
  if (document->body != NULL)
    calibration = side_wire_calibration_from_json (document->body, -1, NULL);
  if (calibration == NULL)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no such calibration, or it is not for you");
  else if (!side_calibration_may_lead (calibration, asked->user, asked->supervisor))
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                         "who has finished is told to whoever called the calibration, its expert and supervisors");
  else
    return side_archive_store_get_progress (store, calibration, error);
  return NULL;
}

static void
progress_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCalibrationProgress) progress = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);

  if (progress == NULL)
    side_http_answer_error (request, error, NULL);
  else
    side_http_answer_json (request, 200, side_wire_calibration_progress_to_json (progress));
}

void
side_http_get_progress (SideHttpRequest *request)
{
  if (!side_id_is_valid (request->path[1]))
    {
      side_http_refuse (request, 404, SIDE_ERROR_NOT_FOUND, "there is no such calibration, or it is not for you");
      return;
    }
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_progress, side_http_question_new (request),
                          side_http_question_free, (GDestroyNotify) side_calibration_progress_free, NULL, progress_cb,
                          side_http_request_ref (request));
}
