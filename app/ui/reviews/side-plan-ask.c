/* side-plan-ask.c - a question with some answers, and maybe room for another one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-plan-ask.h"

#include <glib/gi18n.h>

typedef struct {
  GtkDropDown      *choice;
  GtkEditable      *entry;
  guint             n_choices;
  SidePlanAnswered  answered;
  gpointer          data;
  GDestroyNotify    free_data;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  if (question->free_data != NULL)
    question->free_data (question->data);
  g_free (question);
}

static char *
dup_answer (Question *question)
{
  guint selected = gtk_drop_down_get_selected (question->choice);
  GtkStringObject *chosen = gtk_drop_down_get_selected_item (question->choice);

  if (selected < question->n_choices && chosen != NULL)
    return g_strdup (gtk_string_object_get_string (chosen));
  return g_strstrip (g_strdup (gtk_editable_get_text (question->entry)));
}

static void
update (AdwMessageDialog *dialog)
{
  Question *question = g_object_get_data (G_OBJECT (dialog), "side-question");
  g_autofree char *answer = dup_answer (question);

  gtk_widget_set_visible (GTK_WIDGET (question->entry), gtk_drop_down_get_selected (question->choice) >= question->n_choices);
  adw_message_dialog_set_response_enabled (dialog, "accept", *answer != '\0');
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response)
{
  Question *question = g_object_get_data (G_OBJECT (dialog), "side-question");
  g_autofree char *answer = dup_answer (question);

  if (g_str_equal (response, "accept") && *answer != '\0')
    question->answered (answer, question->data);
}

/**
 * side_plan_ask:
 * @parent: (nullable): the window
 * @heading: the question
 * @body: what follows from it
 * @choices: (array zero-terminated=1): answers
 * @other: (nullable): what "another one" is called, which is then typed; %NULL
 *   when it must be one of @choices
 * @accept: label of the button that answers
 * @answered: called with the answer, if there is one
 * @data: its data
 * @free_data: (nullable): frees it
 *
 * Returns: (transfer none): the dialog, presented
 */
GtkWindow *
side_plan_ask (GtkWindow          *parent,
               const char         *heading,
               const char         *body,
               const char *const  *choices,
               const char         *other,
               const char         *accept,
               SidePlanAnswered    answered,
               gpointer            data,
               GDestroyNotify      free_data)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  Question *question = g_new0 (Question, 1);
  GtkStringList *list = gtk_string_list_new (choices);
  GtkWidget *choice;

  question->n_choices = g_list_model_get_n_items (G_LIST_MODEL (list));
  if (other != NULL)
    gtk_string_list_append (list, other);
  choice = gtk_drop_down_new (G_LIST_MODEL (list), NULL);
  question->choice = GTK_DROP_DOWN (choice);
  question->entry = GTK_EDITABLE (gtk_entry_new ());
  question->answered = answered;
  question->data = data;
  question->free_data = free_data;
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  if (other != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (question->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, other, -1);
  gtk_entry_set_activates_default (GTK_ENTRY (question->entry), TRUE);
  gtk_box_append (GTK_BOX (box), choice);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (question->entry));
  g_object_set_data_full (G_OBJECT (dialog), "side-question", question, question_free);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (update), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (question->entry, "changed", G_CALLBACK (update), dialog, G_CONNECT_SWAPPED);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), NULL);
  update (ADW_MESSAGE_DIALOG (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WINDOW (dialog);
}
