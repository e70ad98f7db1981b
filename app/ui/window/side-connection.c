/* side-connection.c - the words for how it stands with the server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gi18n.h>

#include "side-format.h"
#include "side-sidebar.h"
#include "side-text.h"

/* The project's zone, or the machine's before a project is known. */
static GTimeZone *
zone_of (SideDesk *desk)
{
  SideProject *project = side_desk_get_project (desk);

  return project != NULL ? g_time_zone_ref (project->time_zone) : g_time_zone_new_local ();
}

static char *
name_of_server (SideDesk *desk)
{
  SideSession *session = side_desk_get_session (desk);
  const SideServer *server = side_desk_get_server (desk);

  if (session != NULL && session->server_name != NULL && *session->server_name != '\0')
    return g_strdup (session->server_name);
  return g_strdup (server != NULL ? server->url : "");
}

/**
 * side_connection_is_silent:
 * @desk: a desk
 *
 * Returns: whether the server is there but does not hear the telephone exchange
 */
gboolean
side_connection_is_silent (SideDesk *desk)
{
  return side_desk_get_state (desk) == SIDE_DESK_LIVE && !side_desk_is_stale (desk) && side_desk_get_gap_ms (desk) != 0;
}

static char *
silent_detail (SideDesk *desk)
{
  g_autoptr (GTimeZone) zone = zone_of (desk);
  gint64 now_ms = side_desk_get_now_ms (desk), gap_ms = side_desk_get_gap_ms (desk);
  g_autofree char *since = side_format_when (zone, gap_ms, now_ms);
  g_autofree char *age = side_text_duration (MAX (now_ms - gap_ms, 0));

  /* Translators: a time and how long ago that is: "since 12:03, for 4:10 · the numbers are from before" */
  return g_strdup_printf (_("since %s, for %s · the numbers are from before"), since, age);
}

/**
 * side_connection_heading:
 * @desk: a desk
 *
 * Returns: (transfer full): its state in a word or two
 */
char *
side_connection_heading (SideDesk *desk)
{
  gint64 left_ms;

  switch (side_desk_get_state (desk))
    {
    case SIDE_DESK_LIVE:
      if (side_desk_is_stale (desk))
        return g_strdup (_("No news"));
      return g_strdup (side_connection_is_silent (desk) ? _("PBX not answering") : _("Connected"));
    case SIDE_DESK_CONNECTING:
      return g_strdup (_("Connecting…"));
    case SIDE_DESK_WAITING:
      left_ms = side_desk_get_retry_at_ms (desk) - side_clock_now_ms (side_desk_get_clock (desk));
      left_ms = MAX (left_ms, 0) / 1000 + 1;
      return g_strdup_printf (ngettext ("Reconnecting in %d s", "Reconnecting in %d s", (gulong) left_ms), (int) left_ms);
    case SIDE_DESK_OFFLINE:
    case SIDE_DESK_CLOSED:
    default:
      return g_strdup (_("Offline"));
    }
}

/**
 * side_connection_detail:
 * @desk: a desk
 *
 * Returns: (transfer full): whose data it is and how old
 */
char *
side_connection_detail (SideDesk *desk)
{
  g_autofree char *name = name_of_server (desk);
  gint64 behind_ms = side_desk_get_behind_ms (desk);
  gint64 as_of_ms = side_desk_get_as_of_ms (desk);
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *since = NULL;

  if (side_connection_is_silent (desk))
    return silent_detail (desk);
  if (!side_desk_is_stale (desk))
    {
      if (side_desk_get_state (desk) != SIDE_DESK_LIVE || behind_ms < 0)
        return g_steal_pointer (&name);
      if (side_desk_is_incomplete (desk))
        return g_strdup (_("Fetching calls and reviews…"));
      if (behind_ms >= 1000)
        {
          gint64 behind_s = (behind_ms + 500) / 1000;

          /* Translators: the server's name and the age of the data: "pbx1 · 14 s behind" */
          return g_strdup_printf (ngettext ("%s · %d s behind", "%s · %d s behind", (gulong) behind_s),
                                  name, (int) MIN (behind_s, G_MAXINT));
        }
      /* Translators: the server's name and the age of the data: "pbx1 · 14 ms behind" */
      return g_strdup_printf (ngettext ("%s · %d ms behind", "%s · %d ms behind", (gulong) behind_ms),
                              name, (int) behind_ms);
    }
  if (as_of_ms == 0)
    return g_steal_pointer (&name);
  zone = zone_of (desk);
  since = side_format_when (zone, as_of_ms, side_clock_now_ms (side_desk_get_clock (desk)));
  /* Translators: a time: "Offline since 14:02 · showing what was last known" */
  return g_strdup_printf (_("Offline since %s · showing what was last known"), since);
}
