/* side-section-box.c - one section of a form: its title and its criteria
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows belong to the form, which hands them from section to section, so
 * that moving one of a hundred makes none anew. In a draft rows are dropped
 * here.
 */
#include "side-section-box.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-popovers.h"
#include "side-script-edit.h"
#include "side-script-labels.h"

struct _SideSectionBox
{
  GtkWidget        parent_instance;
  GtkWidget       *box;
  GtkWidget       *number;
  GtkWidget       *title;      /* GtkLabel */
  GtkWidget       *entry;      /* of a draft, GtkEntry */
  GtkWidget       *points;
  GtkWidget       *list;
  GtkWidget       *empty;
  SideDraftKeeper *keeper;     /* (nullable) */
  char            *id;
  gboolean         showing;
};

G_DEFINE_FINAL_TYPE (SideSectionBox, side_section_box, GTK_TYPE_WIDGET)

static guint leave_signal;

static void
side_section_box_dispose (GObject *object)
{
  SideSectionBox *self = SIDE_SECTION_BOX (object);

  self->showing = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->keeper);
  G_OBJECT_CLASS (side_section_box_parent_class)->dispose (object);
}

static void
side_section_box_finalize (GObject *object)
{
  g_free (SIDE_SECTION_BOX (object)->id);
  G_OBJECT_CLASS (side_section_box_parent_class)->finalize (object);
}

static void
side_section_box_class_init (SideSectionBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_section_box_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_section_box_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  leave_signal = g_signal_new ("leave", SIDE_TYPE_SECTION_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_INT);
}

/* ---- changing ---- */

static void
put (SideSectionBox *self,
     SideScript     *draft,
     const char     *words,
     const char     *field)
{
  g_autoptr (SideDraftKeeper) keeper = g_object_ref (self->keeper);   /* we may go with what is removed */

  side_draft_keeper_put (keeper, draft, words, field);
}

static void
title_cb (SideSectionBox *self)
{
  g_autoptr (SideScript) draft = NULL;
  g_autofree char *field = NULL;
  SideSection *section;

  if (self->showing || self->keeper == NULL)
    return;
  draft = side_draft_keeper_begin (self->keeper);
  section = side_script_find_section (draft, self->id);
  if (section == NULL || !side_draft_text_replace (&section->title, gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    return;
  if (section->title == NULL)
    section->title = g_strdup ("");
  field = g_strconcat ("section ", self->id, NULL);
  put (self, g_steal_pointer (&draft), _("section renamed"), field);
}

static void
shift_section (SideSectionBox *self,
               int             by)
{
  g_autoptr (SideScript) draft = side_draft_keeper_begin (self->keeper);

  if (side_script_edit_shift_section (draft, self->id, by))
    put (self, g_steal_pointer (&draft), _("section moved"), NULL);
}

static void up_cb (SideSectionBox *self) { shift_section (self, -1); }
static void down_cb (SideSectionBox *self) { shift_section (self, 1); }

static void
remove_cb (SideSectionBox *self)
{
  g_autoptr (SideScript) draft = side_draft_keeper_begin (self->keeper);

  if (side_script_edit_remove_section (draft, self->id))
    put (self, g_steal_pointer (&draft), _("section removed"), NULL);
}

/* A list box has its placeholder among its children. */
static GtkListBoxRow *
end_row (SideSectionBox *self,
         gboolean        last)
{
  GtkListBoxRow *row = NULL;
  int i = 0;

  for (GtkListBoxRow *each; (each = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (row == NULL || last)
      row = each;
  return row;
}

static void
add_cb (SideSectionBox *self)
{
  g_autoptr (SideScript) draft = side_draft_keeper_begin (self->keeper);
  SideSection *section = side_script_find_section (draft, self->id);
  g_autofree char *id = NULL;
  GtkListBoxRow *row;

  if (section == NULL)
    return;
  id = side_script_new_criterion_id (draft, section);
  side_section_add_criterion (section, id, "", 0);
  put (self, g_steal_pointer (&draft), _("criterion added"), NULL);
  row = end_row (self, TRUE);
  if (SIDE_IS_SCRIPT_ROW (row))
    side_script_row_edit (SIDE_SCRIPT_ROW (row));
}

/* ---- keys ---- */

static gboolean
keynav_failed_cb (SideSectionBox   *self,
                  GtkDirectionType  direction)
{
  if (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN)
    return FALSE;
  g_signal_emit (self, leave_signal, 0, direction == GTK_DIR_UP ? -1 : 1);
  return TRUE;
}

static void
row_activated_cb (SideSectionBox *self,
                  GtkListBoxRow  *row)
{
  if (SIDE_IS_SCRIPT_ROW (row))
    side_script_row_set_open (SIDE_SCRIPT_ROW (row), !side_script_row_is_open (SIDE_SCRIPT_ROW (row)));
}

/* ---- dropping ---- */

/* Before which row what is dropped at @y comes. */
static guint
place_at (SideSectionBox *self,
          double          y)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (GTK_LIST_BOX (self->list), (int) y);
  graphene_rect_t bounds;

  if (!SIDE_IS_SCRIPT_ROW (row))
    return G_MAXUINT;
  if (!gtk_widget_compute_bounds (GTK_WIDGET (row), self->list, &bounds))
    return G_MAXUINT;
  return (guint) gtk_list_box_row_get_index (row) + (y > bounds.origin.y + bounds.size.height / 2 ? 1 : 0);
}

static void
unmark (SideSectionBox *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      gtk_widget_remove_css_class (row, "drop-before");
      gtk_widget_remove_css_class (row, "drop-behind");
    }
}

static GdkDragAction
motion_cb (SideSectionBox *self,
           double          x,
           double          y)
{
  guint place = place_at (self, y);
  GtkListBoxRow *row = place < G_MAXUINT ? gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) place) : NULL;

  unmark (self);
  if (SIDE_IS_SCRIPT_ROW (row))
    gtk_widget_add_css_class (GTK_WIDGET (row), "drop-before");
  else if (SIDE_IS_SCRIPT_ROW (gtk_widget_get_last_child (self->list)))
    gtk_widget_add_css_class (gtk_widget_get_last_child (self->list), "drop-behind");
  return GDK_ACTION_MOVE;
}

static gboolean
drop_cb (SideSectionBox *self,
         const GValue   *value,
         double          x,
         double          y)
{
  SideScriptRow *row = g_value_get_object (value);
  g_autoptr (SideScript) draft = NULL;

  unmark (self);
  if (self->keeper == NULL || row == NULL)
    return FALSE;
  draft = side_draft_keeper_begin (self->keeper);
  if (!side_script_edit_move_criterion (draft, side_script_row_get_id (row), self->id, place_at (self, y)))
    return FALSE;
  put (self, g_steal_pointer (&draft), _("criterion moved"), NULL);
  return TRUE;
}

static void
accept_drops (SideSectionBox *self)
{
  GtkDropTarget *target = gtk_drop_target_new (SIDE_TYPE_SCRIPT_ROW, GDK_ACTION_MOVE);

  g_signal_connect_object (target, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (unmark), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->list, GTK_EVENT_CONTROLLER (target));
}

/* ---- making ---- */

static void
add_buttons (SideSectionBox *self,
             GtkWidget      *head)
{
  static const struct { const char *icon; const char *name; GCallback clicked; } buttons[] = {
    { "list-add-symbolic", N_("Add Criterion Here"), G_CALLBACK (add_cb) },
    { "go-up-symbolic", N_("Move Section Up"), G_CALLBACK (up_cb) },
    { "go-down-symbolic", N_("Move Section Down"), G_CALLBACK (down_cb) },
    { "user-trash-symbolic", N_("Remove Section"), G_CALLBACK (remove_cb) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (buttons); i++)
    {
      GtkWidget *button = side_draft_button_new (buttons[i].icon, _(buttons[i].name));

      g_signal_connect_object (button, "clicked", buttons[i].clicked, self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (head), button);
    }
}

static GtkWidget *
make_head (SideSectionBox *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->number = gtk_label_new (NULL);
  self->title = gtk_label_new (NULL);
  self->points = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->number, "heading");
  gtk_widget_add_css_class (self->title, "heading");
  gtk_widget_add_css_class (self->points, "script-hint");
  gtk_widget_set_hexpand (self->title, TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (head), self->number);
  gtk_box_append (GTK_BOX (head), self->title);
  if (self->keeper != NULL)
    {
      self->entry = side_draft_entry_new (self->keeper, _("Title of the section"));
      gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Title of the section"));
      gtk_widget_add_css_class (self->entry, "section-entry");
      g_signal_connect_object (self->entry, "changed", G_CALLBACK (title_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_set_visible (self->title, FALSE);
      gtk_box_append (GTK_BOX (head), self->entry);
    }
  gtk_box_append (GTK_BOX (head), self->points);
  if (self->keeper != NULL)
    add_buttons (self, head);
  gtk_widget_add_css_class (head, "section-head");
  return head;
}

static void
side_section_box_init (SideSectionBox *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  self->empty = gtk_label_new (_("No criteria yet"));
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_widget_add_css_class (self->empty, "script-empty");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->list), self->empty);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "keynav-failed", G_CALLBACK (keynav_failed_cb), self, G_CONNECT_SWAPPED);
}

/**
 * side_section_box_new:
 * @id: id of the section
 * @keeper: (nullable): of a draft; %NULL for what can only be read
 *
 * Returns: (transfer floating): a section without rows
 */
GtkWidget *
side_section_box_new (const char      *id,
                      SideDraftKeeper *keeper)
{
  SideSectionBox *self = g_object_new (SIDE_TYPE_SECTION_BOX, NULL);

  self->id = g_strdup (id);
  g_set_object (&self->keeper, keeper);
  gtk_box_append (GTK_BOX (self->box), make_head (self));
  gtk_box_append (GTK_BOX (self->box), self->list);
  if (keeper != NULL)
    accept_drops (self);
  return GTK_WIDGET (self);
}

/**
 * side_section_box_get_id:
 * @self: a section
 *
 * Returns: (transfer none): its id
 */
const char *
side_section_box_get_id (SideSectionBox *self)
{
  g_return_val_if_fail (SIDE_IS_SECTION_BOX (self), NULL);
  return self->id;
}

/* ---- showing ---- */

static void
place_row (SideSectionBox *self,
           GtkWidget      *row,
           guint           at)
{
  GtkWidget *parent = gtk_widget_get_parent (row);

  if (parent == self->list && gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == (int) at)
    return;
  if (parent != NULL)
    {
      side_popovers_close (row);
      gtk_list_box_remove (GTK_LIST_BOX (parent), row);
    }
  gtk_list_box_insert (GTK_LIST_BOX (self->list), row, (int) at);
}

/**
 * side_section_box_show:
 * @self: a section
 * @script: the script
 * @index: the section's place in it, from 0
 * @rows: (element-type utf8 SideScriptRow): all rows of the form by id; holds them
 */
void
side_section_box_show (SideSectionBox   *self,
                       const SideScript *script,
                       guint             index,
                       GHashTable       *rows)
{
  const SideSection *section;
  g_autofree char *number = NULL;
  g_autofree char *points = NULL;
  GtkListBoxRow *beyond;

  g_return_if_fail (SIDE_IS_SECTION_BOX (self) && index < script->sections->len);

  section = g_ptr_array_index (script->sections, index);
  number = g_strdup_printf ("%u.", index + 1);
  points = side_script_label_section (script, section);
  self->showing = TRUE;
  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_label_set_label (GTK_LABEL (self->title), section->title);
  gtk_label_set_label (GTK_LABEL (self->points), points);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  section->title != NULL ? section->title : "", -1);
  if (self->entry != NULL)
    side_draft_entry_show (self->entry, section->title);
  self->showing = FALSE;
  for (guint i = 0; i < section->criteria->len; i++)
    {
      const SideCriterion *criterion = g_ptr_array_index (section->criteria, i);
      GtkWidget *row = g_hash_table_lookup (rows, criterion->id);

      if (row == NULL)
        continue;
      side_script_row_show (SIDE_SCRIPT_ROW (row), script, criterion);
      place_row (self, row, i);
    }
  while ((beyond = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) section->criteria->len)) != NULL)
    {
      side_popovers_close (GTK_WIDGET (beyond));
      gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (beyond));
    }
}

/**
 * side_section_box_focus_end:
 * @self: a section
 * @last: whether its last row gets the focus, not its first
 */
void
side_section_box_focus_end (SideSectionBox *self,
                            gboolean        last)
{
  GtkListBoxRow *row;

  g_return_if_fail (SIDE_IS_SECTION_BOX (self));

  row = end_row (self, last);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/**
 * side_section_box_edit_title:
 * @self: a section of a draft
 *
 * Puts the cursor into its title.
 */
void
side_section_box_edit_title (SideSectionBox *self)
{
  g_return_if_fail (SIDE_IS_SECTION_BOX (self));
  if (self->entry != NULL)
    gtk_widget_grab_focus (self->entry);
}
