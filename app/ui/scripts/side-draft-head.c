/* side-draft-head.c - what a draft says of the script as a whole
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its title, what it is for, its queues, and whether a bonus may lift a score
 * above 100.
 */
#include "side-draft-head.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-format.h"
#include "side-script-labels.h"

struct _SideDraftHead
{
  GtkWidget        parent_instance;
  GtkWidget       *box;
  GtkWidget       *title;
  GtkWidget       *purpose;
  GtkWidget       *queues;        /* GtkMenuButton */
  GtkWidget       *queue_checks;  /* GtkBox of GtkCheckButton */
  GtkWidget       *above_100;
  GtkWidget       *whole_recording;
  SideDraftKeeper *keeper;
  SideProject     *project;       /* (nullable) */
  gboolean         showing;
};

G_DEFINE_FINAL_TYPE (SideDraftHead, side_draft_head, GTK_TYPE_WIDGET)

static void
side_draft_head_dispose (GObject *object)
{
  SideDraftHead *self = SIDE_DRAFT_HEAD (object);

  self->showing = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->project, side_project_unref);
  G_OBJECT_CLASS (side_draft_head_parent_class)->dispose (object);
}

static void
side_draft_head_class_init (SideDraftHeadClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_draft_head_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
side_draft_head_init (SideDraftHead *self)
{
}

static void
title_cb (SideDraftHead *self)
{
  g_autoptr (SideScript) draft = NULL;

  if (self->showing)
    return;
  draft = side_draft_keeper_begin (self->keeper);
  if (!side_draft_text_replace (&draft->title, gtk_editable_get_text (GTK_EDITABLE (self->title))))
    return;
  if (draft->title == NULL)
    draft->title = g_strdup ("");
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("script renamed"), "title");
}

static void
take_queues (SideDraftHead *self,
             SideScript    *draft)
{
  for (GtkWidget *check = gtk_widget_get_first_child (self->queue_checks); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    {
      const char *id = g_object_get_data (G_OBJECT (check), "queue");
      gboolean wanted = gtk_check_button_get_active (GTK_CHECK_BUTTON (check));
      guint at = 0;
      gboolean there = g_ptr_array_find_with_equal_func (draft->queues, id, g_str_equal, &at);

      if (wanted && !there)
        g_ptr_array_add (draft->queues, g_strdup (id));
      else if (!wanted && there)
        g_ptr_array_remove_index (draft->queues, at);
    }
}

static gboolean
same_queues (const SideScript *a,
             const SideScript *b)
{
  if (a->queues->len != b->queues->len)
    return FALSE;
  for (guint i = 0; i < a->queues->len; i++)
    if (!g_str_equal (g_ptr_array_index (a->queues, i), g_ptr_array_index (b->queues, i)))
      return FALSE;
  return TRUE;
}

static void
choice_cb (SideDraftHead *self)
{
  const SideScript *before;
  g_autoptr (SideScript) draft = NULL;

  if (self->showing)
    return;
  before = side_draft_keeper_get_script (self->keeper);
  draft = side_draft_keeper_begin (self->keeper);
  draft->purpose = (SideScriptPurpose) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->purpose));
  draft->above_100 = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->above_100));
  draft->whole_recording = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->whole_recording));
  take_queues (self, draft);
  if (draft->purpose != before->purpose || draft->above_100 != before->above_100
      || draft->whole_recording != before->whole_recording || !same_queues (draft, before))
    side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("script changed"), NULL);
}

static void
add_queues (SideDraftHead *self)
{
  for (guint i = 0; self->project != NULL && i < self->project->queues->len; i++)
    {
      const SideQueue *queue = g_ptr_array_index (self->project->queues, i);
      GtkWidget *check = gtk_check_button_new_with_label (side_format_queue_name (self->project, queue->id));

      g_object_set_data (G_OBJECT (check), "queue", (gpointer) queue->id);   /* interned */
      g_signal_connect_object (check, "toggled", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->queue_checks), check);
    }
}

static GtkWidget *
make_queues (SideDraftHead *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *note = gtk_label_new (_("None chosen: for all queues"));

  gtk_widget_add_css_class (note, "dim-label");
  gtk_widget_add_css_class (note, "caption");
  self->queue_checks = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), self->queue_checks);
  gtk_box_append (GTK_BOX (box), note);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  self->queues = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->queues), popover);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->queues), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Queues it is for"), -1);
  return self->queues;
}

/**
 * side_draft_head_new:
 * @keeper: of a draft
 * @project: (nullable): its project, whose queues can be chosen
 *
 * Returns: (transfer floating): fields that show nothing yet
 */
GtkWidget *
side_draft_head_new (SideDraftKeeper   *keeper,
                     const SideProject *project)
{
  SideDraftHead *self = g_object_new (SIDE_TYPE_DRAFT_HEAD, NULL);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->keeper = g_object_ref (keeper);
  self->project = project != NULL ? side_project_ref ((SideProject *) project) : NULL;
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = side_draft_entry_new (keeper, _("Title of the script"));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->title), _("Title of the script"));
  gtk_widget_add_css_class (self->title, "section-entry");
  g_signal_connect_object (self->title, "changed", G_CALLBACK (title_cb), self, G_CONNECT_SWAPPED);
  self->purpose = side_draft_choice_new (_("What it is for"));
  g_signal_connect_object (self->purpose, "notify::selected", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
  self->above_100 = gtk_check_button_new_with_label (_("A bonus may lift the score above 100"));
  g_signal_connect_object (self->above_100, "toggled", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->purpose);
  gtk_box_append (GTK_BOX (line), make_queues (self));
  gtk_box_append (GTK_BOX (line), self->above_100);
  self->whole_recording = gtk_check_button_new_with_label (_("Finish only when the whole recording was heard"));
  g_signal_connect_object (self->whole_recording, "toggled", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), line);
  gtk_box_append (GTK_BOX (self->box), self->whole_recording);
  add_queues (self);
  return GTK_WIDGET (self);
}

static gboolean
has_bonus (const SideScript *script)
{
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        if (((SideCriterion *) g_ptr_array_index (section->criteria, k))->bonus)
          return TRUE;
    }
  return script->above_100;
}

/**
 * side_draft_head_show:
 * @self: the fields
 * @script: the draft as it is now
 */
void
side_draft_head_show (SideDraftHead    *self,
                      const SideScript *script)
{
  const char *purposes[] = { _("For calls"), _("For test calls only"), _("For call centres as a whole"), NULL };
  g_autofree char *queues = NULL;

  g_return_if_fail (SIDE_IS_DRAFT_HEAD (self));

  self->showing = TRUE;
  side_draft_entry_show (self->title, script->title);
  side_draft_choice_show (self->purpose, purposes, script->purpose);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->above_100), script->above_100);
  gtk_widget_set_visible (self->above_100, has_bonus (script));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->whole_recording), script->whole_recording);
  gtk_widget_set_visible (self->whole_recording, script->purpose != SIDE_SCRIPT_FOR_VENDORS);
  for (GtkWidget *check = gtk_widget_get_first_child (self->queue_checks); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                                 g_ptr_array_find_with_equal_func (script->queues, g_object_get_data (G_OBJECT (check), "queue"),
                                                                   g_str_equal, NULL));
  queues = side_script_label_queues (script, self->project);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->queues), queues);
  gtk_widget_set_visible (self->queues, script->purpose == SIDE_SCRIPT_FOR_CALLS
                                            && gtk_widget_get_first_child (self->queue_checks) != NULL);
  self->showing = FALSE;
}

/**
 * side_draft_head_focus:
 * @self: the fields
 *
 * Puts the cursor into the title.
 */
void
side_draft_head_focus (SideDraftHead *self)
{
  g_return_if_fail (SIDE_IS_DRAFT_HEAD (self));
  gtk_widget_grab_focus (self->title);
}
