/* side-import-words.c - what is said about recordings that are imported
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-import-words.h"

#include <glib/gi18n.h>

#include "side-error.h"
#include "side-time.h"

/**
 * side_import_words_error:
 * @error: (nullable): why a file cannot be imported
 *
 * Returns: (transfer none): it in a few words, for the person
 */
const char *
side_import_words_error (const GError *error)
{
  if (error == NULL || error->domain != SIDE_ERROR)
    return _("cannot be read");
  switch ((SideError) error->code)
    {
    case SIDE_ERROR_INVALID:
      return _("not a sound file");
    case SIDE_ERROR_CORRUPT:
      return _("empty or damaged");
    case SIDE_ERROR_UNSUPPORTED:
      return _("of a kind that cannot be played, or without a header that says how it is coded");
    case SIDE_ERROR_NOT_FOUND:
      return _("is not there any more");
    case SIDE_ERROR_CONFLICT:
      return _("its halves do not fit together, or it was changed meanwhile");
    case SIDE_ERROR_FULL:
      return _("no room left on the disk");
    case SIDE_ERROR_READ_ONLY:
      return _("this computer’s disk cannot be written to");
    case SIDE_ERROR_TOO_LARGE:
      return _("too large");
    case SIDE_ERROR_FAILED:
    case SIDE_ERROR_EXISTS:
    case SIDE_ERROR_UNREACHABLE:
    case SIDE_ERROR_TIMED_OUT:
    case SIDE_ERROR_DISCONNECTED:
    case SIDE_ERROR_UNTRUSTED:
    case SIDE_ERROR_UNAUTHORIZED:
    case SIDE_ERROR_FORBIDDEN:
    case SIDE_ERROR_RATE_LIMITED:
    case SIDE_ERROR_BUSY:
    case SIDE_ERROR_NEWER:
    case SIDE_ERROR_CANCELLED:
    default:
      return _("cannot be read");
    }
}

/**
 * side_import_words_state:
 * @item: a recording
 *
 * Returns: (transfer full): what becomes of it, or why nothing does
 */
char *
side_import_words_state (SideImportItem *item)
{
  switch (side_import_item_get_state (item))
    {
    case SIDE_IMPORT_READY:
      return g_strdup (_("ready"));
    case SIDE_IMPORT_HERE:
      return g_strdup (_("already here"));
    case SIDE_IMPORT_DONE:
      return g_strdup (_("imported"));
    case SIDE_IMPORT_UNREADABLE:
    case SIDE_IMPORT_FAILED:
      return g_strdup (side_import_words_error (side_import_item_get_error (item)));
    case SIDE_IMPORT_WAITING:
    default:
      return g_strdup ("…");
    }
}

/**
 * side_import_words_when:
 * @item: a recording
 * @zone: of its project
 *
 * Returns: (transfer full): date and time of the call, marked when only the
 *   file says so
 */
char *
side_import_words_when (SideImportItem *item,
                        GTimeZone      *zone)
{
  gboolean by_file;
  gint64 at_ms = side_import_item_get_at_ms (item, &by_file);
  g_autoptr (GDateTime) at = side_time_to_local (zone, at_ms);
  g_autofree char *text = g_date_time_format (at, "%d.%m.%Y %H:%M:%S");

  if (side_import_item_get_state (item) == SIDE_IMPORT_UNREADABLE)
    return g_strdup ("–");
  return by_file ? g_strdup_printf (_("%s (by the file)"), text) : g_steal_pointer (&text);
}

/* Takes @text. */
static void
add_part (GString *line,
          char    *text,
          guint    n)
{
  g_autofree char *part = text;

  if (n == 0)
    return;
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

/**
 * side_import_words_summary:
 * @batch: recordings
 *
 * Returns: (transfer full): "12 imported · 3 already here · 1 unreadable"
 */
char *
side_import_words_summary (SideImportBatch *batch)
{
  guint ready = side_import_batch_count (batch, SIDE_IMPORT_READY);
  guint done = side_import_batch_count (batch, SIDE_IMPORT_DONE);
  guint here = side_import_batch_count (batch, SIDE_IMPORT_HERE);
  guint unreadable = side_import_batch_count (batch, SIDE_IMPORT_UNREADABLE);
  guint failed = side_import_batch_count (batch, SIDE_IMPORT_FAILED);
  gboolean over = side_import_batch_get_phase (batch) == SIDE_IMPORT_PHASE_OVER;
  GString *line = g_string_new (NULL);

  add_part (line, g_strdup_printf (ngettext ("%u imported", "%u imported", done), done), done);
  add_part (line, over ? g_strdup_printf (ngettext ("%u not imported", "%u not imported", ready), ready)
                       : g_strdup_printf (ngettext ("%u ready", "%u ready", ready), ready), ready);
  add_part (line, g_strdup_printf (ngettext ("%u already here", "%u already here", here), here), here);
  add_part (line, g_strdup_printf (ngettext ("%u unreadable", "%u unreadable", unreadable), unreadable), unreadable);
  add_part (line, g_strdup_printf (ngettext ("%u failed", "%u failed", failed), failed), failed);
  return g_string_free (line, FALSE);
}
