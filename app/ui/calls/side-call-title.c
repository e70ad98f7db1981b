/* side-call-title.c - who called, when, and what came of it, over a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-call-title.h"

#include <glib/gi18n.h>

#include "side-format.h"
#include "side-settings.h"
#include "side-text.h"

static void
show (AdwWindowTitle *title,
      SideDesk       *desk,
      const SideCall *call)
{
  const SideProject *project = side_desk_get_project (desk);
  g_autofree char *number = side_text_phone (call->caller, side_settings_get_masked ());
  g_autofree char *waited = side_text_duration (call->wait_ms);
  g_autofree char *talked = side_text_duration (call->talk_ms + call->hold_ms);
  g_autofree char *who = NULL;
  g_autofree char *when = NULL;
  g_autoptr (GString) subtitle = g_string_new (NULL);

  who = g_strdup_printf ("%s · %s", side_format_call_title (call), number);
  if (project != NULL)
    {
      when = side_format_when (project->time_zone, call->joined_ms, side_desk_get_now_ms (desk));
      g_string_append_printf (subtitle, "%s%s%s · ", side_format_queue_name (project, call->queue),
                              call->queue != NULL ? " · " : "", when);
    }
  if (call->imported)
    g_string_append (subtitle, _("imported, only on this computer"));
  else
    g_string_append_printf (subtitle, _("waited %s"), waited);
  if (call->answered_ms != 0)
    {
      g_string_append (subtitle, " · ");
      g_string_append_printf (subtitle, _("talked %s"), talked);
    }
  if (call->order_id != NULL)
    {
      g_autofree char *money = call->currency != NULL ? side_text_money (call->amount_minor, call->currency) : NULL;

      g_string_append (subtitle, " · ");
      g_string_append_printf (subtitle, _("order No. %s"), call->order_id);
      if (money != NULL)
        g_string_append_printf (subtitle, ", %s", money);
    }
  adw_window_title_set_title (title, who);
  adw_window_title_set_subtitle (title, subtitle->str);
}

/**
 * side_call_title_show:
 * @title: of the page of a call
 * @desk: for the project's queues and time zone
 * @call: (nullable): the call; %NULL for none
 */
void
side_call_title_show (AdwWindowTitle *title,
                      SideDesk       *desk,
                      const SideCall *call)
{
  g_return_if_fail (ADW_IS_WINDOW_TITLE (title));
  g_return_if_fail (SIDE_IS_DESK (desk));

  if (call != NULL)
    {
      show (title, desk, call);
      return;
    }
  adw_window_title_set_title (title, "");
  adw_window_title_set_subtitle (title, "");
}
