/* side-window-keys.c - the keys by which windows beside the main one are left
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The application's keys reach only its own windows; those that belong to one of
 * them, such as Key Moments, are to be closed and left by the same.
 */
#include "side-window-keys.h"

static gboolean
quit_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  GApplication *application = g_application_get_default ();

  if (application == NULL)
    return FALSE;
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  return TRUE;
}

/**
 * side_window_class_add_keys:
 * @klass: of a window that is not the application's own
 *
 * Escape and Ctrl+W close it, Ctrl+Q quits the program as it does everywhere.
 */
void
side_window_class_add_keys (GtkWidgetClass *klass)
{
  g_return_if_fail (GTK_IS_WINDOW_CLASS (klass));

  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
  gtk_widget_class_add_binding (klass, GDK_KEY_q, GDK_CONTROL_MASK, quit_cb, NULL);
}
