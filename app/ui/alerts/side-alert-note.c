/* side-alert-note.c - taking an alert on, with a word to those who look too
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-alert-note.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define NOTE_MAX 500

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             SideAlertShelf   *shelf)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  g_autofree char *note = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
  const char *rule = g_object_get_data (G_OBJECT (dialog), "rule"), *operator_id = g_object_get_data (G_OBJECT (dialog), "operator");

  if (g_str_equal (response, "take") && side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (shelf)) != NULL)
    side_alert_shelf_acknowledge (shelf, rule, operator_id, note);
}

/**
 * side_alert_note_ask:
 * @parent: (nullable): window it belongs to
 * @shelf: where it is written down
 * @alert: one that goes on
 * @heading: what is so
 *
 * Asks for a note, and takes the alert on in this person's name.
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
side_alert_note_ask (GtkWindow       *parent,
                     SideAlertShelf  *shelf,
                     const SideAlert *alert,
                     const char      *heading)
{
  GtkWidget *dialog, *entry = gtk_entry_new ();

  g_return_val_if_fail (SIDE_IS_ALERT_SHELF (shelf) && alert != NULL && heading != NULL, NULL);

  dialog = adw_message_dialog_new (parent, _("Take It On?"), NULL);
  /* Translators: what is so, and what follows from taking it on */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog), _("%s. Everybody who looks sees that you see to it; nobody is called for it again unless it gets worse."), heading);
  gtk_entry_set_max_length (GTK_ENTRY (entry), NOTE_MAX);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("What you do about it (optional)"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What you do about it (optional)"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "take", _("_Take On"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "take", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "take");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "rule", g_strdup (alert->rule->id), g_free);
  g_object_set_data_full (G_OBJECT (dialog), "operator", g_strdup (alert->operator_id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), shelf, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (entry);
  return dialog;
}
