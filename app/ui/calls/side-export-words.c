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
#include <string.h>

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
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_EXISTS))
    return _("Not saved: that is the recording itself. Choose another name.");
  return _("Not saved. Choose another folder and try again.");
}

static char *
name_of (const SideCall    *call,
         const SideProject *project,
         const char        *suffix)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (call->joined_ms / 1000);
  g_autoptr (GDateTime) local = project != NULL ? g_date_time_to_timezone (utc, project->time_zone)
                                                : g_date_time_ref (utc);
  g_autofree char *stamp = g_date_time_format (local, "%Y-%m-%d %H-%M-%S");
  const char *queue = side_format_queue_name (project, call->queue);
  char *name = g_strdup_printf ("%s%s%s.%s", stamp, *queue != '\0' ? " " : "", queue, suffix);

  return g_strdelimit (name, "/\\:*?\"<>|", '_');
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
  return name_of (call, project, side_export_format_suffix (format));
}

/**
 * side_export_words_marks_name:
 * @call: whose marks
 * @project: (nullable): its project: time zone and names of queues
 *
 * Returns: (transfer full): the file name that is offered for its marks, as a
 *   table; never a telephone number
 */
char *
side_export_words_marks_name (const SideCall    *call,
                              const SideProject *project)
{
  return name_of (call, project, "csv");
}

/**
 * side_export_words_target:
 * @path: the name somebody chose
 * @format: how it is to be written
 *
 * Returns: (transfer full): @path with the ending of @format: another ending of
 *   ours is replaced, any other kept before it
 */
char *
side_export_words_target (const char       *path,
                          SideExportFormat  format)
{
  SideExportFormat named;
  gboolean known = side_export_format_of (path, &named);
  gsize stem = known ? (gsize) (strrchr (path, '.') - path) : strlen (path);

  if (known && named == format)
    return g_strdup (path);
  return g_strdup_printf ("%.*s.%s", (int) stem, path, side_export_format_suffix (format));
}

/**
 * side_export_words_payments:
 * @call: whose recording
 * @spans: (nullable) (element-type SideSpan): where the caller paid
 *
 * Returns: (transfer full) (element-type SideAnnotation): the same as marks
 *   that belong to nobody
 */
GPtrArray *
side_export_words_payments (const SideCall *call,
                            const GArray   *spans)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func ((GDestroyNotify) side_annotation_unref);

  for (guint i = 0; spans != NULL && i < spans->len; i++)
    {
      const SideSpan *span = &g_array_index (spans, SideSpan, i);
      g_autofree char *id = g_strdup_printf ("payment-%u", i);
      SideAnnotation *mark = side_annotation_new (id, call->project, call->id, span->from_ms, span->to_ms);

      g_free (mark->tag);
      mark->tag = g_strdup ("payment");
      g_free (mark->text);
      mark->text = g_strdup (_("Marked by the telephone exchange"));
      g_ptr_array_add (marks, mark);
    }
  return marks;
}
