/* side-analyst.c - recordings listened to once, in the background
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What was found is kept beside the recording, where it goes with it, and is
 * taken from there as long as the algorithm is the same. Joins sound and wire.
 */
#include "side-analyst.h"

#include "side-analyse.h"
#include "side-job.h"
#include "side-wire.h"

static SideAnalysis *
read_kept (const char *kept)
{
  g_autofree char *text = NULL;
  g_autoptr (SideAnalysis) analysis = NULL;
  gsize length;

  if (!g_file_get_contents (kept, &text, &length, NULL))
    return NULL;
  analysis = side_wire_analysis_from_json (text, (gssize) length, NULL);
  if (analysis == NULL || g_strcmp0 (analysis->version, side_analyse_version ()) != 0)
    return NULL;
  return g_steal_pointer (&analysis);
}

static gpointer
ask_work (gpointer          data,
          SideJobProgress   progress,
          gpointer          job,
          GCancellable     *cancellable,
          GError          **error)
{
  const char *path = data;
  g_autofree char *kept = g_strconcat (path, ".analysis", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) reason = NULL;
  SideAnalysis *analysis = read_kept (kept);

  if (analysis != NULL)
    return analysis;
  analysis = side_analyse_file (path, NULL, NULL, NULL, cancellable, error);
  if (analysis == NULL)
    return NULL;
  /* What cannot be kept is found again next time: no failure. */
  text = side_wire_analysis_to_json (analysis);
  if (!g_file_set_contents (kept, text, -1, &reason))
    g_info ("an analysis is not kept: %s", reason->message);
  return analysis;
}

/**
 * side_analyst_ask_async:
 * @path: a recording on this computer
 * @cancellable: (nullable): nobody wants to know any more
 * @callback: called when it is known
 * @user_data: for @callback
 */
void
side_analyst_ask_async (const char          *path,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (path != NULL);
  side_job_run_async (ask_work, g_strdup (path), g_free, (GDestroyNotify) side_analysis_unref, NULL, NULL,
                      cancellable, callback, user_data);
}

/**
 * side_analyst_ask_finish:
 * @result: what the callback was given
 * @error: as of side_analyse_file()
 *
 * Returns: (transfer full): what can be known of the recording
 */
SideAnalysis *
side_analyst_ask_finish (GAsyncResult  *result,
                         GError       **error)
{
  return side_job_run_finish (result, error);
}
