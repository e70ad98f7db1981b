/* side-script-form.c - the form of a script: its sections and criteria
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Holds a row for each criterion and a box for each section as long as the
 * same script is shown: a change of the draft changes words and places, and
 * makes only what is new. What the checker says stands below.
 */
#include "side-script-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "side-check-line.h"
#include "side-clear.h"
#include "side-draft-head.h"
#include "side-popovers.h"
#include "side-script-edit.h"
#include "side-section-box.h"

struct _SideScriptForm
{
  GtkWidget        parent_instance;
  GtkWidget       *outer;
  GtkWidget       *scrolled;
  GtkWidget       *content;
  GtkWidget       *head;        /* (nullable): SideDraftHead; what a version asks for besides, a label */
  GtkWidget       *sections;    /* GtkBox of SideSectionBox */
  GtkWidget       *adders;
  GtkWidget       *check;
  SideDraftKeeper *keeper;      /* (nullable): of a draft */
  SideScript      *script;      /* (nullable): what is shown */
  GHashTable      *rows;        /* of SideScriptRow by criterion */
  GHashTable      *boxes;       /* of SideSectionBox by section */
};

G_DEFINE_FINAL_TYPE (SideScriptForm, side_script_form, GTK_TYPE_WIDGET)

static guint show_step_signal;

static void
leave_keeper (SideScriptForm *self)
{
  if (self->keeper != NULL)
    g_signal_handlers_disconnect_by_data (self->keeper, self);
  g_clear_object (&self->keeper);
}

static void
side_script_form_dispose (GObject *object)
{
  SideScriptForm *self = SIDE_SCRIPT_FORM (object);

  leave_keeper (self);
  g_hash_table_remove_all (self->rows);
  g_hash_table_remove_all (self->boxes);
  g_clear_pointer (&self->outer, gtk_widget_unparent);
  g_clear_pointer (&self->script, side_script_unref);
  G_OBJECT_CLASS (side_script_form_parent_class)->dispose (object);
}

static void
side_script_form_finalize (GObject *object)
{
  g_hash_table_unref (SIDE_SCRIPT_FORM (object)->rows);
  g_hash_table_unref (SIDE_SCRIPT_FORM (object)->boxes);
  G_OBJECT_CLASS (side_script_form_parent_class)->finalize (object);
}

static void
side_script_form_class_init (SideScriptFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_script_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_script_form_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  show_step_signal = g_signal_new ("show-step", SIDE_TYPE_SCRIPT_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

/* ---- rows and boxes ---- */

static void
opened_cb (SideScriptForm *self,
           SideScriptRow  *row)
{
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (each != row)
      side_script_row_set_open (each, FALSE);
}

static void
leave_cb (SideScriptForm *self,
          int             by,
          SideSectionBox *box)
{
  GtkWidget *next = by < 0 ? gtk_widget_get_prev_sibling (GTK_WIDGET (box)) : gtk_widget_get_next_sibling (GTK_WIDGET (box));

  if (next != NULL)
    side_section_box_focus_end (SIDE_SECTION_BOX (next), by < 0);
}

static void
ensure_row (SideScriptForm *self,
            const char     *id)
{
  GtkWidget *row;

  if (g_hash_table_contains (self->rows, id))
    return;
  row = side_script_row_new (id, self->keeper);
  g_signal_connect_object (row, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->rows, g_strdup (id), g_object_ref_sink (row));
}

static GtkWidget *
ensure_box (SideScriptForm *self,
            const char     *id)
{
  GtkWidget *box = g_hash_table_lookup (self->boxes, id);

  if (box != NULL)
    return box;
  box = side_section_box_new (id, self->keeper);
  g_signal_connect_object (box, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  g_hash_table_insert (self->boxes, g_strdup (id), g_object_ref_sink (box));
  return box;
}

static gboolean
row_is_gone (gpointer id,
             gpointer row,
             gpointer script)
{
  return side_script_find_criterion (script, id) == NULL;
}

static gboolean
box_is_gone (gpointer id,
             gpointer box,
             gpointer script)
{
  return side_script_find_section (script, id) == NULL;
}

static GtkWidget *
place_box (SideScriptForm *self,
           GtkWidget      *box,
           GtkWidget      *behind)
{
  if (gtk_widget_get_parent (box) == NULL)
    gtk_box_insert_child_after (GTK_BOX (self->sections), box, behind);
  else if (gtk_widget_get_prev_sibling (box) != behind)
    gtk_box_reorder_child_after (GTK_BOX (self->sections), box, behind);
  return box;
}

static void
drop_boxes (SideScriptForm *self)
{
  for (GtkWidget *box = gtk_widget_get_first_child (self->sections), *next; box != NULL; box = next)
    {
      next = gtk_widget_get_next_sibling (box);
      if (!g_hash_table_contains (self->boxes, side_section_box_get_id (SIDE_SECTION_BOX (box))))
        {
          side_popovers_close (box);
          gtk_box_remove (GTK_BOX (self->sections), box);
        }
    }
}

static void
show_all (SideScriptForm   *self,
          const SideScript *script)
{
  GtkWidget *behind = NULL;

  side_script_ref ((SideScript *) script);
  g_clear_pointer (&self->script, side_script_unref);
  self->script = (SideScript *) script;
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        ensure_row (self, ((SideCriterion *) g_ptr_array_index (section->criteria, k))->id);
      behind = place_box (self, ensure_box (self, section->id), behind);
      side_section_box_show (SIDE_SECTION_BOX (behind), script, i, self->rows);
    }
  g_hash_table_foreach_remove (self->rows, row_is_gone, (gpointer) script);
  g_hash_table_foreach_remove (self->boxes, box_is_gone, (gpointer) script);
  drop_boxes (self);
  if (SIDE_IS_DRAFT_HEAD (self->head))
    side_draft_head_show (SIDE_DRAFT_HEAD (self->head), script);
}

static void
changed_cb (SideScriptForm *self)
{
  const SideScript *script = side_draft_keeper_get_script (self->keeper);

  if (script != self->script)
    show_all (self, script);
}

/* ---- adding ---- */

static void
add_section_cb (SideScriptForm *self)
{
  g_autoptr (SideScript) draft = side_draft_keeper_begin (self->keeper);
  g_autofree char *id = side_script_new_section_id (draft);
  GtkWidget *box;

  side_script_add_section (draft, id, "");
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("section added"), NULL);
  box = g_hash_table_lookup (self->boxes, id);
  if (box != NULL)
    side_section_box_edit_title (SIDE_SECTION_BOX (box));
}

/* Into the section where the focus is, else into the last one. */
static SideSection *
section_for_new (SideScriptForm *self,
                 SideScript     *draft)
{
  GtkWidget *box = gtk_widget_get_focus_child (self->sections);
  SideSection *section = box != NULL ? side_script_find_section (draft, side_section_box_get_id (SIDE_SECTION_BOX (box))) : NULL;
  g_autofree char *id = NULL;

  if (section != NULL)
    return section;
  if (draft->sections->len > 0)
    return g_ptr_array_index (draft->sections, draft->sections->len - 1);
  id = side_script_new_section_id (draft);
  return side_script_add_section (draft, id, "");
}

static void
add_criterion_cb (SideScriptForm *self)
{
  g_autoptr (SideScript) draft = side_draft_keeper_begin (self->keeper);
  SideSection *section = section_for_new (self, draft);
  g_autofree char *id = side_script_new_criterion_id (draft, section);
  GtkWidget *row;

  side_section_add_criterion (section, id, "", 0);
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("criterion added"), NULL);
  row = g_hash_table_lookup (self->rows, id);
  if (row != NULL)
    side_script_row_edit (SIDE_SCRIPT_ROW (row));
}

/* ---- making ---- */

static GtkWidget *
make_adder (SideScriptForm *self,
            const char     *label,
            GCallback       clicked)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  return button;
}

static void
finding_cb (SideScriptForm *self,
            const char     *section,
            const char     *criterion,
            const char     *step)
{
  GtkWidget *box = section != NULL ? g_hash_table_lookup (self->boxes, section) : NULL;

  if (criterion != NULL)
    side_script_form_reveal (self, criterion);
  else if (step != NULL)
    g_signal_emit (self, show_step_signal, 0, step);
  else if (box != NULL)
    side_section_box_edit_title (SIDE_SECTION_BOX (box));
}

static void
side_script_form_init (SideScriptForm *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->boxes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->outer = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->outer, GTK_WIDGET (self));
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->content, "script-content");
  self->sections = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->adders = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_box_append (GTK_BOX (self->adders), make_adder (self, _("Section"), G_CALLBACK (add_section_cb)));
  gtk_box_append (GTK_BOX (self->adders), make_adder (self, _("Criterion"), G_CALLBACK (add_criterion_cb)));
  gtk_box_append (GTK_BOX (self->content), self->sections);
  gtk_box_append (GTK_BOX (self->content), self->adders);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->content);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_vexpand (self->scrolled, TRUE);
  self->check = side_check_line_new ();
  g_signal_connect_object (self->check, "chosen", G_CALLBACK (finding_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->outer), self->scrolled);
  gtk_box_append (GTK_BOX (self->outer), self->check);
}

/**
 * side_script_form_new:
 *
 * Returns: (transfer floating): an empty form
 */
GtkWidget *
side_script_form_new (void)
{
  return g_object_new (SIDE_TYPE_SCRIPT_FORM, NULL);
}

static void
clear (SideScriptForm *self)
{
  leave_keeper (self);
  side_popovers_close (self->content);
  side_clear_children (self->sections);
  g_hash_table_remove_all (self->rows);
  g_hash_table_remove_all (self->boxes);
  if (self->head != NULL)
    gtk_box_remove (GTK_BOX (self->content), self->head);
  self->head = NULL;
  g_clear_pointer (&self->script, side_script_unref);
}

/**
 * side_script_form_open:
 * @self: a form
 * @script: (nullable): what it shows
 * @keeper: (nullable): of a draft that can be edited; its script is followed
 * @project: (nullable): whose queues a draft may choose
 */
void
side_script_form_open (SideScriptForm    *self,
                       const SideScript  *script,
                       SideDraftKeeper   *keeper,
                       const SideProject *project)
{
  GtkAdjustment *adjustment;

  g_return_if_fail (SIDE_IS_SCRIPT_FORM (self));

  clear (self);
  g_set_object (&self->keeper, keeper);
  gtk_widget_set_visible (self->adders, keeper != NULL);
  if (keeper != NULL)
    {
      self->head = side_draft_head_new (keeper, project);
      gtk_box_prepend (GTK_BOX (self->content), self->head);
      g_signal_connect_object (keeper, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
    }
  else if (script != NULL && script->whole_recording)
    {
      self->head = gtk_label_new (_("Finished only when the whole recording was heard"));
      gtk_label_set_xalign (GTK_LABEL (self->head), 0);
      gtk_label_set_wrap (GTK_LABEL (self->head), TRUE);
      gtk_widget_add_css_class (self->head, "dim-label");
      gtk_box_prepend (GTK_BOX (self->content), self->head);
    }
  if (script != NULL)
    show_all (self, script);
  side_check_line_open (SIDE_CHECK_LINE (self->check), script, keeper, project);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));
  gtk_adjustment_set_value (adjustment, 0);
}

/**
 * side_script_form_set_use:
 * @self: a form
 * @use: (nullable): what reviews found
 */
void
side_script_form_set_use (SideScriptForm      *self,
                          const SideScriptUse *use)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (SIDE_IS_SCRIPT_FORM (self));

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    side_script_row_set_use (row, use);
}

/**
 * side_script_form_reveal:
 * @self: a form
 * @criterion: id of a criterion
 *
 * Unfolds its row and brings it into view.
 */
void
side_script_form_reveal (SideScriptForm *self,
                         const char     *criterion)
{
  GtkWidget *row;

  g_return_if_fail (SIDE_IS_SCRIPT_FORM (self));

  row = g_hash_table_lookup (self->rows, criterion);
  if (row == NULL)
    return;
  side_script_row_set_open (SIDE_SCRIPT_ROW (row), TRUE);
  gtk_widget_grab_focus (row);
}

/**
 * side_script_form_edit_title:
 * @self: a form
 *
 * Puts the cursor into the title of a draft.
 */
void
side_script_form_edit_title (SideScriptForm *self)
{
  g_return_if_fail (SIDE_IS_SCRIPT_FORM (self));
  if (SIDE_IS_DRAFT_HEAD (self->head))
    side_draft_head_focus (SIDE_DRAFT_HEAD (self->head));
}
