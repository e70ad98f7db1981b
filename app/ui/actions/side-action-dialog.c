/* side-action-dialog.c - asks why something is to be done at the call centre
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A reason is needed for everything, since it stands on record. The one given
 * last is there already and chosen, so that Enter is enough; those before it are
 * a click away. A break has a name that everybody sees, of the exchange's own
 * list where it has one.
 */
#include "side-action-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-action-words.h"
#include "side-text.h"
#include "side-wrap-layout.h"

typedef struct {
  SideActions       *actions;
  SideActionRequest *request;
  char              *name;
  SideActionChosen   chosen;
  gpointer           user_data;
  GDestroyNotify     free_data;
  AdwMessageDialog  *dialog;
  GtkWidget         *reason;
  GtkWidget         *break_choice;   /* (nullable): GtkDropDown */
  GtkWidget         *break_entry;    /* (nullable) */
} Ask;

static void
ask_free (gpointer data,
          GClosure *closure)
{
  Ask *self = data;

  if (self->free_data != NULL)
    self->free_data (self->user_data);
  g_object_unref (self->actions);
  side_action_request_free (self->request);
  g_free (self->name);
  g_free (self);
}

static char *
dup_typed (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
typed_cb (Ask *self)
{
  g_autofree char *reason = dup_typed (self->reason);
  g_autofree char *pause = self->break_entry != NULL ? dup_typed (self->break_entry) : NULL;

  adw_message_dialog_set_response_enabled (self->dialog, "do",
                                           side_action_text_is_fine (reason, SIDE_ACTION_MAX_REASON)
                                             && (pause == NULL || *pause == '\0' || side_action_text_is_fine (pause, SIDE_ACTION_MAX_BREAK)));
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             Ask              *self)
{
  g_autofree char *pause = NULL;

  if (!g_str_equal (response, "do"))
    return;
  g_free (self->request->reason);
  self->request->reason = dup_typed (self->reason);
  if (self->break_choice != NULL)
    {
      const GPtrArray *breaks = side_actions_get_breaks (self->actions);
      guint at = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->break_choice));

      pause = breaks != NULL && at < breaks->len ? g_strdup (breaks->pdata[at]) : NULL;
    }
  else if (self->break_entry != NULL)
    {
      pause = dup_typed (self->break_entry);
    }
  g_free (self->request->break_reason);
  self->request->break_reason = pause != NULL && *pause != '\0' ? g_steal_pointer (&pause) : NULL;
  self->chosen (self->request, self->name, self->user_data);
}

/* ---- the form ---- */

static GtkWidget *
new_label (const char *text,
           GtkWidget  *of)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (of), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return label;
}

static void
chip_cb (Ask       *self,
         GtkButton *chip)
{
  gtk_editable_set_text (GTK_EDITABLE (self->reason), gtk_button_get_label (chip));
  gtk_widget_grab_focus (self->reason);
}

static void
add_reason (Ask       *self,
            GtkWidget *box)
{
  g_auto (GStrv) before = side_actions_dup_reasons (self->actions, self->request->kind);
  GtkWidget *chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->reason = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->reason), SIDE_ACTION_MAX_REASON);
  gtk_entry_set_activates_default (GTK_ENTRY (self->reason), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->reason), _("Stands on record with your name"));
  gtk_box_append (GTK_BOX (box), new_label (_("Reason"), self->reason));
  gtk_box_append (GTK_BOX (box), self->reason);
  if (before[0] != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->reason), before[0]);
  gtk_widget_set_layout_manager (chips, side_wrap_layout_new (6));
  for (guint i = 1; before[0] != NULL && before[i] != NULL; i++)
    {
      GtkWidget *chip = gtk_button_new_with_label (before[i]);

      gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (chip))), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (chip))), 40);
      gtk_widget_set_tooltip_text (chip, before[i]);
      gtk_widget_add_css_class (chip, "chip");
      g_signal_connect_swapped (chip, "clicked", G_CALLBACK (chip_cb), self);
      gtk_box_append (GTK_BOX (chips), chip);
    }
  gtk_box_append (GTK_BOX (box), chips);
  g_signal_connect_swapped (self->reason, "changed", G_CALLBACK (typed_cb), self);
}

static void
add_break (Ask       *self,
           GtkWidget *box)
{
  const GPtrArray *breaks = side_actions_get_breaks (self->actions);
  GtkWidget *field;

  if (breaks != NULL && breaks->len > 0)
    {
      GtkStringList *words = gtk_string_list_new (NULL);

      for (guint i = 0; i < breaks->len; i++)
        gtk_string_list_append (words, breaks->pdata[i]);
      field = self->break_choice = gtk_drop_down_new (G_LIST_MODEL (words), NULL);
    }
  else
    {
      field = self->break_entry = gtk_entry_new ();
      gtk_entry_set_max_length (GTK_ENTRY (field), SIDE_ACTION_MAX_BREAK);
      gtk_entry_set_activates_default (GTK_ENTRY (field), TRUE);
      gtk_entry_set_placeholder_text (GTK_ENTRY (field), _("As the reason"));
      g_signal_connect_swapped (field, "changed", G_CALLBACK (typed_cb), self);
    }
  gtk_box_append (GTK_BOX (box), new_label (_("What everybody sees of it"), field));
  gtk_box_append (GTK_BOX (box), field);
}

static const char *
heading_of (SideActionKind kind)
{
  switch (kind)
    {
    case SIDE_ACTION_LISTEN:
      /* Translators: here and below %s is an operator */
      return _("Listen to %s?");
    case SIDE_ACTION_WHISPER:
      return _("Whisper to %s?");
    case SIDE_ACTION_JOIN:
      return _("Join the Call of %s?");
    case SIDE_ACTION_HANGUP:
      return _("Hang Up the Call of %s?");
    case SIDE_ACTION_PAUSE:
      return _("Send %s on a Break?");
    case SIDE_ACTION_RESUME:
      return _("End the Break of %s?");
    case SIDE_ACTION_UNKNOWN:
    case SIDE_N_ACTIONS:
    default:
      g_return_val_if_reached ("");
    }
}

static const char *
answer_of (SideActionKind kind)
{
  switch (kind)
    {
    case SIDE_ACTION_LISTEN:
      return _("_Listen");
    case SIDE_ACTION_WHISPER:
      return _("_Whisper");
    case SIDE_ACTION_JOIN:
      return _("_Join");
    case SIDE_ACTION_HANGUP:
      return _("_Hang Up");
    case SIDE_ACTION_PAUSE:
      return _("_Send on a Break");
    case SIDE_ACTION_RESUME:
      return _("_End the Break");
    case SIDE_ACTION_UNKNOWN:
    case SIDE_N_ACTIONS:
    default:
      g_return_val_if_reached ("");
    }
}

static char *
make_heading (SideActionKind  kind,
              const char     *name)
{
  g_auto (GStrv) parts = g_strsplit (heading_of (kind), "%s", 2);

  return g_strconcat (parts[0], name, parts[1], NULL);
}

/**
 * side_action_dialog_ask:
 * @parent: (nullable): window it belongs to
 * @actions: what may be done
 * @request: what is to be done; its reason is asked for
 * @name: the operator it is about
 * @chosen: called with what was asked for, if it was
 * @user_data: its data
 * @free_data: (nullable): frees them
 *
 * Returns: (transfer none): the dialog
 */
GtkWidget *
side_action_dialog_ask (GtkWindow               *parent,
                        SideActions             *actions,
                        const SideActionRequest *request,
                        const char              *name,
                        SideActionChosen         chosen,
                        gpointer                 user_data,
                        GDestroyNotify           free_data)
{
  g_autofree char *heading = NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6), *dialog;
  Ask *self;

  g_return_val_if_fail (SIDE_IS_ACTIONS (actions) && request != NULL && name != NULL && chosen != NULL, NULL);

  self = g_new0 (Ask, 1);
  self->actions = g_object_ref (actions);
  self->request = side_action_request_new (request->kind, request->request, "");
  self->request->call = g_strdup (request->call);
  self->request->project = g_strdup (request->project);
  self->request->operator_id = g_strdup (request->operator_id);
  self->name = g_strdup (name);
  self->chosen = chosen;
  self->user_data = user_data;
  self->free_data = free_data;
  heading = make_heading (request->kind, name);
  dialog = adw_message_dialog_new (parent, heading, side_action_words_explain (request->kind));
  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_add_responses (self->dialog, "cancel", _("_Cancel"), "do", answer_of (request->kind), NULL);
  adw_message_dialog_set_response_appearance (self->dialog, "do",
                                              request->kind == SIDE_ACTION_HANGUP ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (self->dialog, "do");
  adw_message_dialog_set_close_response (self->dialog, "cancel");
  if (request->kind == SIDE_ACTION_PAUSE)
    add_break (self, box);
  add_reason (self, box);
  adw_message_dialog_set_extra_child (self->dialog, box);
  g_signal_connect_data (dialog, "response", G_CALLBACK (response_cb), self, ask_free, 0);
  typed_cb (self);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (self->reason);
  return dialog;
}
