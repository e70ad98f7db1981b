/* side-export-words.c - what a copy of a recording is called, and why there is none
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure. An error's own message is of a machine and never stands here; nor does
 * a telephone number in a name.
 */
#include "side-export-words.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "side-error.h"
#include "side-format.h"

/**
 * side_export_words_error:
 * @error: why a copy of a recording was not written
 *
 * Returns: (transfer none): what happened and what to do
 */
const char *
side_export_words_error (const GError *error)
{
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FULL) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return _("Not saved: there is no room left on that disk.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_READ_ONLY)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return _("Not saved: you may not write there. Choose another folder.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CORRUPT) || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_INVALID))
    return _("Not saved: the recording is damaged.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    return _("Not saved: the recording is not on this computer any more. Open the call again.");
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED))
    return _("Not saved: this computer cannot write that format. Choose another one.");
  return _("Not saved. Choose another folder and try again.");
}

/**
 * side_export_words_name:
 * @call: whose recording
 * @project: (nullable): its project: time zone and names of queues
 * @format: how it is to be written
 *
 * Returns: (transfer full): the file name that is offered: date, time and
 *   queue; never a telephone number
 */
char *
side_export_words_name (const SideCall    *call,
                        const SideProject *project,
                        SideExportFormat   format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (call->joined_ms / 1000);
  g_autoptr (GDateTime) local = project != NULL ? g_date_time_to_timezone (utc, project->time_zone)
                                                : g_date_time_ref (utc);
  g_autofree char *stamp = g_date_time_format (local, "%Y-%m-%d %H-%M-%S");
  const char *queue = side_format_queue_name (project, call->queue);
  char *name = g_strdup_printf ("%s%s%s.%s", stamp, *queue != '\0' ? " " : "", queue,
                                side_export_format_suffix (format));

  return g_strdelimit (name, "/\\:*?\"<>|", '_');
}
