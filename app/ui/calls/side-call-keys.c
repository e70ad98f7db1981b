/* side-call-keys.c - keys that reach the open call from wherever the keyboard is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-call-keys.h"

static gboolean
shortcut_cb (GtkWidget *page,
             GVariant  *action,
             gpointer   detail)
{
  if (!gtk_widget_get_mapped (page))
    return FALSE;
  return gtk_widget_activate_action (detail, g_variant_get_string (action, NULL), NULL);
}

/**
 * side_call_keys_add:
 * @page: where the keys are taken
 * @detail: a part of it, which has the actions
 *
 * They work wherever the keyboard is in the window while the page is shown.
 * Captured: a list would take Ctrl+Space for itself.
 */
void
side_call_keys_add (GtkWidget *page,
                    GtkWidget *detail)
{
  static const struct { guint key; const char *action; } keys[] = {
    { GDK_KEY_space, "call.play" }, { GDK_KEY_j, "call.back" }, { GDK_KEY_l, "call.forward" }, { GDK_KEY_m, "call.note" },
    { GDK_KEY_k, "calls.moments" },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WIDGET (page) && GTK_IS_WIDGET (detail));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, GDK_CONTROL_MASK),
                                                gtk_callback_action_new (shortcut_cb, detail, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_string (keys[i].action));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (page, controller);
}
