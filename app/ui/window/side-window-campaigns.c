/* side-window-campaigns.c - test calls that are due and lines that fail, wherever in the window one is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The number beside "Test calls" and the notifications of the desktop. What the
 * computer is to call by itself it calls whichever page is looked at.
 */
#include <glib/gi18n.h>

#include "side-campaign-notices.h"
#include "side-campaign-robot.h"
#include "side-test-calls-page.h"
#include "side-window-private.h"

#define TOLD "side-campaigns-told"   /* set of notifications that stand on the desktop */

static gboolean
is_of_desk (SideWindow          *self,
            SideCampaignNotices *notices)
{
  return self->desk != NULL && side_campaign_notices_get (self->desk) == notices;
}

static void
raise_cb (SideWindow          *self,
          const char          *id,
          const char          *title,
          const char          *body,
          SideCampaignNotices *notices)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  GHashTable *told = g_object_get_data (G_OBJECT (self), TOLD);
  g_autoptr (GNotification) notification = NULL;

  if (!is_of_desk (self, notices) || application == NULL || !g_settings_get_boolean (side_settings_get (), "alert-notification"))
    return;
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action (notification, "app.show-campaigns");
  g_application_send_notification (application, id, notification);
  g_hash_table_add (told, g_strdup (id));
}

static void
withdraw_cb (SideWindow *self,
             const char *id)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  GHashTable *told = g_object_get_data (G_OBJECT (self), TOLD);

  if (g_hash_table_remove (told, id) && application != NULL)
    g_application_withdraw_notification (application, id);
}

static void
changed_cb (SideWindow          *self,
            SideCampaignNotices *notices)
{
  guint due;
  g_autofree char *meaning = NULL;

  if (!is_of_desk (self, notices) || self->sidebar == NULL)
    return;
  due = side_campaign_notices_count_due (notices);
  meaning = g_strdup_printf (ngettext ("%u test call is due", "%u test calls are due", due), due);
  side_sidebar_set_badge (self->sidebar, "test-calls", due, FALSE, meaning);
}

/**
 * side_window_show_campaigns:
 * @self: the window
 *
 * Shows the campaigns of test calls, where there is a desk with them.
 */
void
side_window_show_campaigns (SideWindow *self)
{
  GtkWidget *page;

  g_return_if_fail (SIDE_IS_WINDOW (self));

  if (self->desk == NULL || side_desk_get_role (self->desk) == SIDE_ROLE_OPERATOR)
    return;
  side_window_show_page (self, "test-calls");
  page = side_window_get_page (self);
  if (SIDE_IS_TEST_CALLS_PAGE (page))
    side_test_calls_page_show_campaign (SIDE_TEST_CALLS_PAGE (page), NULL);
}

/* side_window_forget_campaigns: the desk is left, and what stands on the desktop of it goes */
void
side_window_forget_campaigns (SideWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  GHashTable *told = g_object_get_data (G_OBJECT (self), TOLD);
  GHashTableIter iter;
  gpointer id;

  if (told == NULL)
    return;
  g_hash_table_iter_init (&iter, told);
  while (application != NULL && g_hash_table_iter_next (&iter, &id, NULL))
    g_application_withdraw_notification (application, id);
  g_hash_table_remove_all (told);
}

/* side_window_follow_campaigns: of the desk that is shown now */
void
side_window_follow_campaigns (SideWindow *self)
{
  SideCampaignNotices *notices;

  if (side_desk_get_role (self->desk) == SIDE_ROLE_OPERATOR)
    return;   /* who is called is not told of it */
  if (g_object_get_data (G_OBJECT (self), TOLD) == NULL)
    g_object_set_data_full (G_OBJECT (self), TOLD, g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                            (GDestroyNotify) g_hash_table_unref);
  side_campaign_robot_get (self->desk);
  notices = side_campaign_notices_get (self->desk);
  g_signal_connect_object (notices, "raise", G_CALLBACK (raise_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notices, "withdraw", G_CALLBACK (withdraw_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (notices, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self, notices);
}
