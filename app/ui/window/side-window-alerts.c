/* side-window-alerts.c - what does not go well, wherever in the window one is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The number beside "Live", the sound, and the notification of the desktop.
 * Alerts seldom come alone: those of the same moment are told together, and
 * what was told is taken back when all is within its limits again.
 */
#include <glib/gi18n.h>

#include "side-chime.h"
#include "side-time.h"
#include "side-window-private.h"

#define NOTIFICATION "alerts"
#define TOGETHER_MS  400                  /* what comes within it is told at once */
#define AGAIN_MS     (20 * SIDE_SECOND_MS)
#define AT_MOST      4                    /* lines of a notification */

/* What is told of a desk's alarm, as long as it is shown. */
typedef struct {
  SideWindow   *window;
  GPtrArray    *headings;     /* of char *: raised and not told yet */
  gboolean      alarm;        /* one of them is more than a warning */
  guint         tell_id;
  guint         again_id;
  GCancellable *sound;        /* the one that is heard */
  gboolean      notified;
} Told;

static GApplication *
get_application (SideWindow *window)
{
  return G_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));
}

/* ---- the sound ---- */

/* Where nothing can be played there may still be a bell. */
static void
played_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideWindow) window = data;
  g_autoptr (GError) error = NULL;
  GdkSurface *surface;

  if (side_chime_play_finish (result, &error) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_debug ("the sound of an alert: %s", error->message);
  surface = gtk_native_get_surface (GTK_NATIVE (window));
  if (surface != NULL)
    gdk_surface_beep (surface);
}

static void
sound (Told *told)
{
  GSettings *settings = side_settings_get ();

  if (!g_settings_get_boolean (settings, "alert-sound"))
    return;
  g_cancellable_cancel (told->sound);
  g_clear_object (&told->sound);
  told->sound = g_cancellable_new ();
  side_chime_play_async ((SideChime) g_settings_get_enum (settings, "alert-chime"), told->sound, played_cb, g_object_ref (told->window));
}

static gboolean
again_cb (gpointer data)
{
  Told *told = data;

  if (!g_settings_get_boolean (side_settings_get (), "alert-repeat"))
    return G_SOURCE_CONTINUE;   /* it may be turned on meanwhile */
  sound (told);
  return G_SOURCE_CONTINUE;
}

/* ---- the desktop ---- */

static char *
dup_body (const Told *told)
{
  GString *out = g_string_new (NULL);

  for (guint i = 1; i < told->headings->len && i < AT_MOST; i++)
    g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", (const char *) told->headings->pdata[i]);
  if (told->headings->len > AT_MOST)
    {
      guint more = told->headings->len - AT_MOST;

      g_string_append_c (out, '\n');
      g_string_append_printf (out, ngettext ("and %u more", "and %u more", more), more);
    }
  return g_string_free (out, FALSE);
}

static void
notify (Told *told)
{
  GApplication *application = get_application (told->window);
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *body = NULL;

  if (application == NULL || gtk_window_is_active (GTK_WINDOW (told->window)) || !g_settings_get_boolean (side_settings_get (), "alert-notification"))
    return;
  body = dup_body (told);
  notification = g_notification_new (told->headings->pdata[0]);
  if (*body != '\0')
    g_notification_set_body (notification, body);
  g_notification_set_priority (notification, told->alarm ? G_NOTIFICATION_PRIORITY_URGENT : G_NOTIFICATION_PRIORITY_HIGH);
  g_notification_set_default_action (notification, "app.show-live");
  g_application_send_notification (application, NOTIFICATION, notification);
  told->notified = TRUE;
}

static gboolean
tell_cb (gpointer data)
{
  Told *told = data;

  told->tell_id = 0;
  notify (told);
  g_ptr_array_set_size (told->headings, 0);
  told->alarm = FALSE;
  return G_SOURCE_REMOVE;
}

static void
raised_cb (SideAlarm  *alarm,
           const char *heading,
           gboolean    grave,
           Told       *told)
{
  /* The first is heard at once; those of the same moment with it. */
  if (told->tell_id == 0)
    {
      sound (told);
      told->tell_id = g_timeout_add (TOGETHER_MS, tell_cb, told);
    }
  g_ptr_array_add (told->headings, g_strdup (heading));
  told->alarm = told->alarm || grave;
  if (told->again_id == 0)
    told->again_id = g_timeout_add (AGAIN_MS, again_cb, told);
}

static void
hush (Told *told)
{
  GApplication *application = get_application (told->window);

  g_clear_handle_id (&told->tell_id, g_source_remove);
  g_clear_handle_id (&told->again_id, g_source_remove);
  g_cancellable_cancel (told->sound);
  g_clear_object (&told->sound);
  g_ptr_array_set_size (told->headings, 0);
  if (told->notified && application != NULL)
    g_application_withdraw_notification (application, NOTIFICATION);
  told->notified = FALSE;
}

/* ---- the number ---- */

static void
count_cb (SideAlarm  *alarm,
          GParamSpec *pspec,
          Told       *told)
{
  guint count = side_alarm_get_count (alarm);
  g_autofree char *meaning = g_strdup_printf (ngettext ("%u alert", "%u alerts", count), count);

  side_sidebar_set_badge (told->window->sidebar, "live", count, TRUE, meaning);
  if (count == 0)
    hush (told);
}

/* side_window_forget_alerts: the desk is left, and what stands on the desktop of it goes */
void
side_window_forget_alerts (SideWindow *self)
{
  Told *told = self->told;

  if (told == NULL)
    return;
  hush (told);
  g_signal_handlers_disconnect_by_data (self->alarm, told);
  g_ptr_array_unref (told->headings);
  g_free (told);
  self->told = NULL;
}

/* side_window_follow_alerts: of the desk that is shown now */
void
side_window_follow_alerts (SideWindow *self)
{
  Told *told = g_new0 (Told, 1);

  told->window = self;
  told->headings = g_ptr_array_new_with_free_func (g_free);
  self->told = told;
  g_signal_connect (self->alarm, "raised", G_CALLBACK (raised_cb), told);
  g_signal_connect (self->alarm, "notify::count", G_CALLBACK (count_cb), told);
  count_cb (self->alarm, NULL, told);
}
