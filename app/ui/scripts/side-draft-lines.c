/* side-draft-lines.c - lines of a draft that are added, changed and removed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a line says is known by its number alone, so that showing another state
 * of the draft keeps the widgets, and with them the cursor of whoever types.
 */
#include "side-draft-lines.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-popovers.h"

struct _SideDraftLines
{
  GtkWidget                 parent_instance;
  const SideDraftLinesKind *kind;
  GtkWidget                *box;
  GtkWidget                *lines;
  GtkWidget                *add;
  SideDraftKeeper          *keeper;
  char                     *id;        /* of what they belong to */
  gboolean                  showing;
};

G_DEFINE_FINAL_TYPE (SideDraftLines, side_draft_lines, GTK_TYPE_WIDGET)

static void
side_draft_lines_dispose (GObject *object)
{
  SideDraftLines *self = SIDE_DRAFT_LINES (object);

  self->showing = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (side_draft_lines_parent_class)->dispose (object);
}

static void
side_draft_lines_finalize (GObject *object)
{
  g_free (SIDE_DRAFT_LINES (object)->id);
  G_OBJECT_CLASS (side_draft_lines_parent_class)->finalize (object);
}

static void
side_draft_lines_class_init (SideDraftLinesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_draft_lines_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_draft_lines_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
part_of (SideDraftLines *self,
         GtkWidget      *line,
         gboolean        choice)
{
  GtkWidget *first = gtk_widget_get_first_child (line);

  return choice == self->kind->choice_first ? first : gtk_widget_get_next_sibling (first);
}

/* ---- changing ---- */

/* Returns: (transfer full) (nullable): the draft to change; %NULL while it is shown */
static SideScript *
begin (SideDraftLines *self)
{
  return self->showing || self->keeper == NULL ? NULL : side_draft_keeper_begin (self->keeper);
}

static void
put (SideDraftLines *self,
     SideScript     *draft,
     const char     *words,
     const char     *field)
{
  side_draft_keeper_put (self->keeper, draft, _(words), field);
}

static guint
index_of (SideDraftLines *self,
          GtkWidget      *part)
{
  guint index = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (self->lines); child != NULL && child != gtk_widget_get_parent (part);
       child = gtk_widget_get_next_sibling (child))
    index++;
  return index;
}

/* Returns: (nullable): what the line with that part is in the draft */
static gpointer
find_line (SideDraftLines *self,
           SideScript     *draft,
           GtkWidget      *part)
{
  GPtrArray *list = draft != NULL ? self->kind->list (draft, self->id) : NULL;
  guint index = index_of (self, part);

  return list != NULL && index < list->len ? g_ptr_array_index (list, index) : NULL;
}

static void
text_cb (SideDraftLines *self,
         GtkWidget      *entry)
{
  g_autoptr (SideScript) draft = begin (self);
  gpointer line = find_line (self, draft, entry);
  g_autofree char *field = g_strdup_printf ("%s %s %u", self->id, self->kind->field, index_of (self, entry));

  if (line != NULL && side_draft_text_replace (self->kind->get_text (line), gtk_editable_get_text (GTK_EDITABLE (entry))))
    put (self, g_steal_pointer (&draft), self->kind->changed, field);
}

static void
choice_cb (SideDraftLines *self,
           GParamSpec     *pspec,
           GtkWidget      *choice)
{
  g_autoptr (SideScript) draft = begin (self);
  gpointer line = find_line (self, draft, choice);

  if (line != NULL && self->kind->choose (draft, self->id, line, gtk_drop_down_get_selected (GTK_DROP_DOWN (choice))))
    put (self, g_steal_pointer (&draft), self->kind->changed, NULL);
}

static void
remove_cb (SideDraftLines *self,
           GtkWidget      *button)
{
  g_autoptr (SideScript) draft = begin (self);
  gpointer line = find_line (self, draft, button);

  if (line == NULL)
    return;
  g_ptr_array_remove (self->kind->list (draft, self->id), line);
  put (self, g_steal_pointer (&draft), self->kind->removed, NULL);
}

static void
add_cb (SideDraftLines *self)
{
  g_autoptr (SideScript) draft = begin (self);
  GtkWidget *last;

  if (draft == NULL || self->kind->list (draft, self->id) == NULL)
    return;
  self->kind->append (draft, self->id);
  put (self, g_steal_pointer (&draft), self->kind->added, NULL);
  last = gtk_widget_get_last_child (self->lines);
  if (last != NULL)
    gtk_widget_grab_focus (part_of (self, last, FALSE));
}

/* ---- showing ---- */

static GtkWidget *
make_line (SideDraftLines *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *entry = side_draft_entry_new (self->keeper, _(self->kind->entry));
  GtkWidget *choice = side_draft_choice_new (_(self->kind->choice));
  GtkWidget *button = side_draft_button_new ("list-remove-symbolic", _(self->kind->remove));

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _(self->kind->placeholder));
  g_signal_connect_object (entry, "changed", G_CALLBACK (text_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (choice_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (line), self->kind->choice_first ? choice : entry);
  gtk_box_append (GTK_BOX (line), self->kind->choice_first ? entry : choice);
  gtk_box_append (GTK_BOX (line), button);
  return line;
}

static void
show_line (SideDraftLines   *self,
           GtkWidget        *line,
           const SideScript *script,
           gpointer          shown)
{
  GtkWidget *entry = part_of (self, line, FALSE);
  guint chosen = GTK_INVALID_LIST_POSITION;
  g_auto (GStrv) words = self->kind->dup_choices (script, self->id, shown, &chosen);

  side_draft_entry_show (entry, *self->kind->get_text (shown));
  gtk_widget_set_tooltip_text (entry, self->kind->get_hint != NULL ? self->kind->get_hint (shown) : NULL);
  side_draft_choice_show (part_of (self, line, TRUE), (const char *const *) words, chosen);
}

static void
side_draft_lines_init (SideDraftLines *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->add = gtk_button_new ();
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (add_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->lines);
  gtk_box_append (GTK_BOX (self->box), self->add);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/**
 * side_draft_lines_new:
 * @kind: static: what the lines are about
 * @keeper: of a draft
 * @id: of what they belong to
 *
 * Returns: (transfer floating): an editor without lines
 */
GtkWidget *
side_draft_lines_new (const SideDraftLinesKind *kind,
                      SideDraftKeeper          *keeper,
                      const char               *id)
{
  SideDraftLines *self = g_object_new (SIDE_TYPE_DRAFT_LINES, NULL);

  self->kind = kind;
  self->keeper = g_object_ref (keeper);
  self->id = g_strdup (id);
  gtk_button_set_label (GTK_BUTTON (self->add), _(kind->add));
  return GTK_WIDGET (self);
}

/**
 * side_draft_lines_show:
 * @self: an editor
 * @script: the draft as it is now
 */
void
side_draft_lines_show (SideDraftLines   *self,
                       const SideScript *script)
{
  GPtrArray *list;
  GtkWidget *line, *next;
  guint n;

  g_return_if_fail (SIDE_IS_DRAFT_LINES (self));

  self->showing = TRUE;
  list = self->kind->list (script, self->id);
  n = list != NULL ? list->len : 0;
  line = gtk_widget_get_first_child (self->lines);
  for (guint i = 0; i < n; i++, line = gtk_widget_get_next_sibling (line))
    {
      if (line == NULL)
        {
          line = make_line (self);
          gtk_box_append (GTK_BOX (self->lines), line);
        }
      show_line (self, line, script, g_ptr_array_index (list, i));
    }
  for (; line != NULL; line = next)
    {
      next = gtk_widget_get_next_sibling (line);
      side_popovers_close (line);
      gtk_box_remove (GTK_BOX (self->lines), line);
    }
  gtk_widget_set_visible (self->lines, n > 0);
  self->showing = FALSE;
}
