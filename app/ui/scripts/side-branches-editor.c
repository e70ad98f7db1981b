/* side-branches-editor.c - where a step of a draft leads
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line a branch: in which case, and to which step. Without a case it is for
 * all others; without a step the conversation ends.
 */
#include "side-branches-editor.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-script-edit.h"

struct _SideBranchesEditor
{
  GtkWidget        parent_instance;
  GtkWidget       *box;
  GtkWidget       *lines;
  SideDraftKeeper *keeper;
  char            *step;
  gboolean         showing;
};

G_DEFINE_FINAL_TYPE (SideBranchesEditor, side_branches_editor, GTK_TYPE_WIDGET)

static void
side_branches_editor_dispose (GObject *object)
{
  SideBranchesEditor *self = SIDE_BRANCHES_EDITOR (object);

  self->showing = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (side_branches_editor_parent_class)->dispose (object);
}

static void
side_branches_editor_finalize (GObject *object)
{
  g_free (SIDE_BRANCHES_EDITOR (object)->step);
  G_OBJECT_CLASS (side_branches_editor_parent_class)->finalize (object);
}

static void
side_branches_editor_class_init (SideBranchesEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_branches_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_branches_editor_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static SideStep *
begin (SideBranchesEditor *self,
       SideScript        **draft)
{
  if (self->showing || self->keeper == NULL)
    return NULL;
  *draft = side_draft_keeper_begin (self->keeper);
  return side_script_find_step (*draft, self->step);
}

static guint
line_index (SideBranchesEditor *self,
            GtkWidget          *part)
{
  guint index = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->lines); child != NULL && child != gtk_widget_get_parent (part);
       child = gtk_widget_get_next_sibling (child))
    index++;
  return index;
}

static void
when_cb (SideBranchesEditor *self,
         GtkWidget          *entry)
{
  g_autoptr (SideScript) draft = NULL;
  SideStep *step = begin (self, &draft);
  guint index = line_index (self, entry);
  g_autofree char *field = g_strdup_printf ("step %s branch %u", self->step, index);

  if (step == NULL || index >= step->branches->len)
    return;
  if (side_draft_text_replace (&((SideBranch *) g_ptr_array_index (step->branches, index))->when,
                               gtk_editable_get_text (GTK_EDITABLE (entry))))
    side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("branch changed"), field);
}

static void
step_cb (SideBranchesEditor *self,
         GParamSpec         *pspec,
         GtkWidget          *choice)
{
  g_autoptr (SideScript) draft = NULL;
  SideStep *step = begin (self, &draft);
  guint index = line_index (self, choice);
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));
  const SideStep *to;

  if (step == NULL || index >= step->branches->len || chosen > draft->steps->len)
    return;
  to = chosen > 0 ? g_ptr_array_index (draft->steps, chosen - 1) : NULL;
  if (side_draft_text_replace (&((SideBranch *) g_ptr_array_index (step->branches, index))->step, to != NULL ? to->id : ""))
    side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("branch changed"), NULL);
}

static void
remove_cb (SideBranchesEditor *self,
           GtkWidget          *button)
{
  g_autoptr (SideScript) draft = NULL;
  SideStep *step = begin (self, &draft);
  guint index = line_index (self, button);

  if (step == NULL || index >= step->branches->len)
    return;
  g_ptr_array_remove_index (step->branches, index);
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("branch removed"), NULL);
}

/* To the step that follows, as it would without a branch. */
static void
add_cb (SideBranchesEditor *self)
{
  g_autoptr (SideScript) draft = NULL;
  SideStep *step = begin (self, &draft);
  guint next;
  GtkWidget *last;

  if (step == NULL)
    return;
  next = side_script_edit_step_index (draft, self->step) + 1;
  side_step_add_branch (step, NULL, next < draft->steps->len ? ((SideStep *) g_ptr_array_index (draft->steps, next))->id : NULL);
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("branch added"), NULL);
  last = gtk_widget_get_last_child (self->lines);
  if (last != NULL)
    gtk_widget_grab_focus (gtk_widget_get_first_child (last));
}

static GtkWidget *
make_line (SideBranchesEditor *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = side_draft_entry_new (self->keeper, _("In which case"));
  GtkWidget *choice = side_draft_choice_new (_("Where the branch leads"));
  GtkWidget *button = side_draft_button_new ("list-remove-symbolic", _("Remove Branch"));

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("in any other case"));
  g_signal_connect_object (entry, "changed", G_CALLBACK (when_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), entry);
  gtk_box_append (GTK_BOX (line), choice);
  gtk_box_append (GTK_BOX (line), button);
  return line;
}

static void
side_branches_editor_init (SideBranchesEditor *self)
{
  GtkWidget *add = gtk_button_new_with_label (_("Add Branch"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->lines);
  gtk_box_append (GTK_BOX (self->box), add);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * side_branches_editor_new:
 * @keeper: of a draft
 * @step: id of one of its steps
 *
 * Returns: (transfer floating): an editor without lines
 */
GtkWidget *
side_branches_editor_new (SideDraftKeeper *keeper,
                          const char      *step)
{
  SideBranchesEditor *self = g_object_new (SIDE_TYPE_BRANCHES_EDITOR, NULL);

  self->keeper = g_object_ref (keeper);
  self->step = g_strdup (step);
  return GTK_WIDGET (self);
}

static GPtrArray *
step_words (const SideScript *script)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup (_("the conversation ends")));
  for (guint i = 0; i < script->steps->len; i++)
    g_ptr_array_add (words, g_strdup_printf (_("%u. %s"), i + 1, ((SideStep *) g_ptr_array_index (script->steps, i))->title));
  g_ptr_array_add (words, NULL);
  return words;
}

/**
 * side_branches_editor_show:
 * @self: an editor
 * @script: the draft as it is now
 * @step: its step in it
 */
void
side_branches_editor_show (SideBranchesEditor *self,
                           const SideScript   *script,
                           const SideStep     *step)
{
  g_autoptr (GPtrArray) words = step_words (script);
  GtkWidget *line, *next;

  g_return_if_fail (SIDE_IS_BRANCHES_EDITOR (self));

  self->showing = TRUE;
  line = gtk_widget_get_first_child (self->lines);
  for (guint i = 0; i < step->branches->len; i++, line = gtk_widget_get_next_sibling (line))
    {
      const SideBranch *branch = g_ptr_array_index (step->branches, i);
      guint index = side_script_edit_step_index (script, branch->step);

      if (line == NULL)
        {
          line = make_line (self);
          gtk_box_append (GTK_BOX (self->lines), line);
        }
      side_draft_entry_show (gtk_widget_get_first_child (line), branch->when);
      side_draft_choice_show (gtk_widget_get_next_sibling (gtk_widget_get_first_child (line)),
                              (const char *const *) words->pdata,
                              branch->step != NULL && index < script->steps->len ? index + 1 : 0);
    }
  for (; line != NULL; line = next)
    {
      next = gtk_widget_get_next_sibling (line);
      gtk_box_remove (GTK_BOX (self->lines), line);
    }
  gtk_widget_set_visible (self->lines, step->branches->len > 0);
  self->showing = FALSE;
}
