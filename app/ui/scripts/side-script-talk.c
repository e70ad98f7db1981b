/* side-script-talk.c - the conversation of a script, step by step
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A card a step, in order. The whole can be taken as plain text, for a sheet
 * that lies before the operator.
 */
#include "side-script-talk.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-popovers.h"
#include "side-script-labels.h"
#include "side-step-card.h"

struct _SideScriptTalk
{
  GtkWidget        parent_instance;
  GtkWidget       *stack;
  GtkWidget       *cards;     /* GtkBox of SideStepCard */
  GtkWidget       *empty;     /* AdwStatusPage */
  GtkWidget       *adder;
  GtkWidget       *first;     /* the adder of the empty page */
  GtkWidget       *copy;
  SideDraftKeeper *keeper;    /* (nullable) */
  SideScript      *script;    /* (nullable): what is shown */
};

G_DEFINE_FINAL_TYPE (SideScriptTalk, side_script_talk, GTK_TYPE_WIDGET)

static guint toast_signal;

static void
leave_keeper (SideScriptTalk *self)
{
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
}

static void
side_script_talk_dispose (GObject *object)
{
  SideScriptTalk *self = SIDE_SCRIPT_TALK (object);

  leave_keeper (self);
  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->script, side_script_unref);
  G_OBJECT_CLASS (side_script_talk_parent_class)->dispose (object);
}

static void
side_script_talk_class_init (SideScriptTalkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_script_talk_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  toast_signal = g_signal_new ("toast", SIDE_TYPE_SCRIPT_TALK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_STRING);
}

static SideStepCard *
find_card (SideScriptTalk *self,
           const char     *id)
{
  for (GtkWidget *card = gtk_widget_get_first_child (self->cards); card != NULL; card = gtk_widget_get_next_sibling (card))
    if (g_strcmp0 (side_step_card_get_id (SIDE_STEP_CARD (card)), id) == 0)
      return SIDE_STEP_CARD (card);
  return NULL;
}

static void
go_cb (SideScriptTalk *self,
       const char     *id)
{
  side_script_talk_reveal (self, id);
}

static GtkWidget *
ensure_card (SideScriptTalk *self,
             const char     *id,
             GtkWidget      *behind)
{
  GtkWidget *card = GTK_WIDGET (find_card (self, id));

  if (card == NULL)
    {
      card = side_step_card_new (id, self->keeper);
      g_signal_connect_object (card, "go", G_CALLBACK (go_cb), self, G_CONNECT_SWAPPED);
      gtk_box_insert_child_after (GTK_BOX (self->cards), card, behind);
    }
  else if (gtk_widget_get_prev_sibling (card) != behind)
    gtk_box_reorder_child_after (GTK_BOX (self->cards), card, behind);
  return card;
}

static void
show_all (SideScriptTalk   *self,
          const SideScript *script)
{
  GtkWidget *behind = NULL, *next;

  side_script_ref ((SideScript *) script);
  g_clear_pointer (&self->script, side_script_unref);
  self->script = (SideScript *) script;
  for (guint i = 0; i < script->steps->len; i++)
    {
      behind = ensure_card (self, ((SideStep *) g_ptr_array_index (script->steps, i))->id, behind);
      side_step_card_show (SIDE_STEP_CARD (behind), script, i);
    }
  for (GtkWidget *card = behind != NULL ? gtk_widget_get_next_sibling (behind) : gtk_widget_get_first_child (self->cards);
       card != NULL; card = next)
    {
      next = gtk_widget_get_next_sibling (card);
      side_popovers_close (card);
      gtk_box_remove (GTK_BOX (self->cards), card);
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), script->steps->len > 0 ? "cards" : "empty");
}

static void
changed_cb (SideScriptTalk *self)
{
  const SideScript *script = side_draft_keeper_get_script (self->keeper);

  if (script != self->script)
    show_all (self, script);
}

static void
add_cb (SideScriptTalk *self)
{
  g_autoptr (SideScript) draft = side_draft_keeper_begin (self->keeper);
  g_autofree char *id = side_script_new_step_id (draft);

  side_script_add_step (draft, id, "");
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("step added"), NULL);
  side_script_talk_reveal (self, id);
}

static void
copy_cb (SideScriptTalk *self)
{
  g_autofree char *text = side_script_label_conversation (self->script);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  g_signal_emit (self, toast_signal, 0, _("The conversation is copied as text."));
}

static GtkWidget *
make_cards (SideScriptTalk *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->cards = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->adder = gtk_button_new_with_label (_("Add Step"));
  self->copy = gtk_button_new_with_label (_("Copy as Text"));
  g_signal_connect_object (self->adder, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->copy, "clicked", G_CALLBACK (copy_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->adder);
  gtk_box_append (GTK_BOX (line), self->copy);
  gtk_box_append (GTK_BOX (content), self->cards);
  gtk_box_append (GTK_BOX (content), line);
  gtk_widget_add_css_class (content, "script-content");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  return scrolled;
}

static void
side_script_talk_init (SideScriptTalk *self)
{
  self->stack = gtk_stack_new ();
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  self->empty = adw_status_page_new ();
  self->first = gtk_button_new_with_label (_("Add Step"));
  gtk_widget_add_css_class (self->first, "pill");
  gtk_widget_set_halign (self->first, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->first, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty), _("No conversation"));
  adw_status_page_set_description (ADW_STATUS_PAGE (self->empty),
                                   _("This script is a form alone: it does not say what to say."));
  adw_status_page_set_child (ADW_STATUS_PAGE (self->empty), self->first);
  gtk_widget_add_css_class (self->empty, "compact");
  gtk_stack_add_named (GTK_STACK (self->stack), make_cards (self), "cards");
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
}

/**
 * side_script_talk_new:
 *
 * Returns: (transfer floating): an empty conversation
 */
GtkWidget *
side_script_talk_new (void)
{
  return g_object_new (SIDE_TYPE_SCRIPT_TALK, NULL);
}

/**
 * side_script_talk_open:
 * @self: a conversation
 * @script: (nullable): what it shows
 * @keeper: (nullable): of a draft that can be edited; its script is followed
 */
void
side_script_talk_open (SideScriptTalk   *self,
                       const SideScript *script,
                       SideDraftKeeper  *keeper)
{
  g_return_if_fail (SIDE_IS_SCRIPT_TALK (self));

  leave_keeper (self);
  side_popovers_close (self->cards);
  side_clear_children (self->cards);
  g_clear_pointer (&self->script, side_script_unref);
  g_set_object (&self->keeper, keeper);
  gtk_widget_set_visible (self->adder, keeper != NULL);
  gtk_widget_set_visible (self->first, keeper != NULL);
  if (keeper != NULL)
    g_signal_connect_object (keeper, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  if (script != NULL)
    show_all (self, script);
}

/**
 * side_script_talk_reveal:
 * @self: a conversation
 * @step: id of a step
 *
 * Brings its card into view.
 */
void
side_script_talk_reveal (SideScriptTalk *self,
                         const char     *step)
{
  SideStepCard *card;

  g_return_if_fail (SIDE_IS_SCRIPT_TALK (self));

  card = find_card (self, step);
  if (card != NULL)
    side_step_card_focus (card);
}
