/* side-history-keys.c - Ctrl+Z wherever the keyboard is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is taken back often goes together with what had the focus, and then the
 * keyboard is nowhere in the page whose history it is.
 */
#include "side-history-keys.h"

/* Whether it takes back letters by itself: a field whose every change is a step
 * of the page's history does not. */
static gboolean
has_history (GtkWidget *focus)
{
  if (GTK_IS_TEXT_VIEW (focus))
    return gtk_text_buffer_get_enable_undo (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)));
  return GTK_IS_EDITABLE (focus) && gtk_editable_get_enable_undo (GTK_EDITABLE (focus));
}

static gboolean
key_cb (GtkWidget *page,
        GVariant  *action,
        gpointer   data)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (page));

  if (!gtk_widget_get_mapped (page) || has_history (focus))
    return FALSE;
  return gtk_widget_activate_action (page, g_variant_get_string (action, NULL), NULL);
}

static void
add_key (GtkEventController *controller,
         GdkModifierType     modifiers,
         const char         *action)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_z, modifiers), gtk_callback_action_new (key_cb, NULL, NULL));

  gtk_shortcut_set_arguments (shortcut, g_variant_new_string (action));
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/**
 * side_history_keys_add:
 * @page: a page with a history
 * @undo: its action that takes a step back
 * @redo: its action that takes one forth
 *
 * Binds Ctrl+Z and Ctrl+Shift+Z to them in the whole window, while the page is
 * to be seen and the keyboard is in no field that takes back letters by itself.
 */
void
side_history_keys_add (GtkWidget  *page,
                       const char *undo,
                       const char *redo)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WIDGET (page) && undo != NULL && redo != NULL);

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller), GTK_SHORTCUT_SCOPE_GLOBAL);
  /* Before the field: one without a history takes the key and does nothing with it. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  add_key (controller, GDK_CONTROL_MASK, undo);
  add_key (controller, GDK_CONTROL_MASK | GDK_SHIFT_MASK, redo);
  gtk_widget_add_controller (page, controller);
}
