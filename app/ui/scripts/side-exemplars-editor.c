/* side-exemplars-editor.c - what each answer to a criterion sounds like
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line an example: which answer it is one of, and what is heard. The call it
 * was taken from, if any, stays with it.
 */
#include "side-exemplars-editor.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-draft-fields.h"
#include "side-script-labels.h"

struct _SideExemplarsEditor
{
  GtkWidget        parent_instance;
  GtkWidget       *box;
  GtkWidget       *lines;
  SideDraftKeeper *keeper;
  char            *criterion;
  gboolean         showing;
};

G_DEFINE_FINAL_TYPE (SideExemplarsEditor, side_exemplars_editor, GTK_TYPE_WIDGET)

static void
side_exemplars_editor_dispose (GObject *object)
{
  SideExemplarsEditor *self = SIDE_EXEMPLARS_EDITOR (object);

  self->showing = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (side_exemplars_editor_parent_class)->dispose (object);
}

static void
side_exemplars_editor_finalize (GObject *object)
{
  g_free (SIDE_EXEMPLARS_EDITOR (object)->criterion);
  G_OBJECT_CLASS (side_exemplars_editor_parent_class)->finalize (object);
}

static void
side_exemplars_editor_class_init (SideExemplarsEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_exemplars_editor_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_exemplars_editor_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

/* The answers that can be given, best first. */
static GArray *
values_of (const SideCriterion *criterion)
{
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));
  int steps = criterion->answers == SIDE_ANSWERS_SCALE ? MAX (criterion->scale_max, 1)
              : criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO ? 2 : 1;

  for (int i = steps; i >= 0; i--)
    {
      double value = (double) i / steps;

      g_array_append_val (values, value);
    }
  return values;
}

static guint
line_index (SideExemplarsEditor *self,
            GtkWidget           *line)
{
  guint index = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->lines); child != NULL && child != line;
       child = gtk_widget_get_next_sibling (child))
    index++;
  return index;
}

static SideCriterion *
begin (SideExemplarsEditor *self,
       SideScript         **draft)
{
  if (self->showing || self->keeper == NULL)
    return NULL;
  *draft = side_draft_keeper_begin (self->keeper);
  return side_script_find_criterion (*draft, self->criterion);
}

static GtkWidget *
line_of (GtkWidget *part)
{
  return gtk_widget_get_parent (part);
}

static void
text_cb (SideExemplarsEditor *self,
         GtkWidget           *entry)
{
  g_autoptr (SideScript) draft = NULL;
  SideCriterion *criterion = begin (self, &draft);
  guint index = line_index (self, line_of (entry));
  g_autofree char *field = g_strdup_printf ("%s example %u", self->criterion, index);

  if (criterion == NULL || index >= criterion->exemplars->len)
    return;
  if (side_draft_text_replace (&((SideExemplar *) g_ptr_array_index (criterion->exemplars, index))->text,
                               gtk_editable_get_text (GTK_EDITABLE (entry))))
    side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("example changed"), field);
}

static void
value_cb (SideExemplarsEditor *self,
          GParamSpec          *pspec,
          GtkWidget           *choice)
{
  g_autoptr (SideScript) draft = NULL;
  SideCriterion *criterion = begin (self, &draft);
  guint index = line_index (self, line_of (choice));
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));
  g_autoptr (GArray) values = criterion != NULL ? values_of (criterion) : NULL;
  SideExemplar *exemplar;

  if (criterion == NULL || index >= criterion->exemplars->len || chosen >= values->len)
    return;
  exemplar = g_ptr_array_index (criterion->exemplars, index);
  if (fabs (exemplar->value - g_array_index (values, double, chosen)) < 1e-9)
    return;
  exemplar->value = g_array_index (values, double, chosen);
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("example changed"), NULL);
}

static void
remove_cb (SideExemplarsEditor *self,
           GtkWidget           *button)
{
  g_autoptr (SideScript) draft = NULL;
  SideCriterion *criterion = begin (self, &draft);
  guint index = line_index (self, line_of (button));

  if (criterion == NULL || index >= criterion->exemplars->len)
    return;
  g_ptr_array_remove_index (criterion->exemplars, index);
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("example removed"), NULL);
}

static void
add_cb (SideExemplarsEditor *self)
{
  g_autoptr (SideScript) draft = NULL;
  SideCriterion *criterion = begin (self, &draft);
  GtkWidget *last;

  if (criterion == NULL)
    return;
  side_criterion_add_exemplar (criterion, criterion->exemplars->len % 2 == 0 ? 1 : 0, NULL, 0, 0, NULL);
  side_draft_keeper_put (self->keeper, g_steal_pointer (&draft), _("example added"), NULL);
  last = gtk_widget_get_last_child (self->lines);
  if (last != NULL)
    gtk_widget_grab_focus (gtk_widget_get_next_sibling (gtk_widget_get_first_child (last)));
}

static GtkWidget *
make_line (SideExemplarsEditor *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *choice = side_draft_choice_new (_("Example of the answer"));
  GtkWidget *entry = side_draft_entry_new (self->keeper, _("What is heard in the example"));
  GtkWidget *button = side_draft_button_new ("list-remove-symbolic", _("Remove Example"));

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("What is heard"));
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (value_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (entry, "changed", G_CALLBACK (text_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), choice);
  gtk_box_append (GTK_BOX (line), entry);
  gtk_box_append (GTK_BOX (line), button);
  return line;
}

static void
side_exemplars_editor_init (SideExemplarsEditor *self)
{
  GtkWidget *add = gtk_button_new_with_label (_("Add Example"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_set_halign (add, GTK_ALIGN_START);
  g_signal_connect_object (add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->lines);
  gtk_box_append (GTK_BOX (self->box), add);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * side_exemplars_editor_new:
 * @keeper: of a draft
 * @criterion: id of one of its criteria
 *
 * Returns: (transfer floating): an editor without lines
 */
GtkWidget *
side_exemplars_editor_new (SideDraftKeeper *keeper,
                           const char      *criterion)
{
  SideExemplarsEditor *self = g_object_new (SIDE_TYPE_EXEMPLARS_EDITOR, NULL);

  self->keeper = g_object_ref (keeper);
  self->criterion = g_strdup (criterion);
  return GTK_WIDGET (self);
}

static void
show_line (GtkWidget           *line,
           const SideCriterion *criterion,
           const SideExemplar  *exemplar)
{
  GtkWidget *choice = gtk_widget_get_first_child (line);
  GtkWidget *entry = gtk_widget_get_next_sibling (choice);
  g_autoptr (GArray) values = values_of (criterion);
  g_auto (GStrv) words = g_new0 (char *, values->len + 1);
  guint chosen = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; i < values->len; i++)
    {
      words[i] = side_script_label_value (criterion, g_array_index (values, double, i));
      if (fabs (g_array_index (values, double, i) - exemplar->value) < 1e-3)
        chosen = i;
    }
  side_draft_choice_show (choice, (const char *const *) words, chosen);
  side_draft_entry_show (entry, exemplar->text);
  gtk_widget_set_tooltip_text (entry, exemplar->call != NULL ? _("Taken from a call") : NULL);
}

/**
 * side_exemplars_editor_show:
 * @self: an editor
 * @criterion: its criterion as it is now
 */
void
side_exemplars_editor_show (SideExemplarsEditor *self,
                            const SideCriterion *criterion)
{
  GtkWidget *line;

  g_return_if_fail (SIDE_IS_EXEMPLARS_EDITOR (self));

  self->showing = TRUE;
  line = gtk_widget_get_first_child (self->lines);
  for (guint i = 0; i < criterion->exemplars->len; i++)
    {
      if (line == NULL)
        {
          line = make_line (self);
          gtk_box_append (GTK_BOX (self->lines), line);
        }
      show_line (line, criterion, g_ptr_array_index (criterion->exemplars, i));
      line = gtk_widget_get_next_sibling (line);
    }
  while (line != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (line);

      gtk_box_remove (GTK_BOX (self->lines), line);
      line = next;
    }
  gtk_widget_set_visible (self->lines, criterion->exemplars->len > 0);
  self->showing = FALSE;
}
