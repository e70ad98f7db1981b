/* side-live-row.c - one ticking row
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows a SideLiveItem: an operator or a waiting caller. What changes often is
 * a GtkInscription, which is drawn anew but never measured again, so that two
 * hundred rows may tick without a new layout of the list.
 */
#include "side-live-row.h"

#include "side-format.h"

struct _SideLiveRow
{
  GtkWidget       parent_instance;
  SideLiveRowKind kind;
  GtkWidget      *box;
  GtkLabel       *lead;
  GtkInscription *title;
  GtkInscription *detail;
  GtkInscription *word;
  GtkInscription *time;
  GtkImage       *icon;
  SideLiveItem   *item;
  const char     *style;      /* the state's class that is set now */
};

G_DEFINE_FINAL_TYPE (SideLiveRow, side_live_row, GTK_TYPE_WIDGET)

static void
set_style (SideLiveRow *self,
           const char  *style)
{
  GtkWidget *coloured[] = { GTK_WIDGET (self->lead), GTK_WIDGET (self->word), GTK_WIDGET (self->icon) };

  if (style == self->style)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (coloured); i++)
    {
      if (coloured[i] == NULL)
        continue;
      if (self->style != NULL)
        gtk_widget_remove_css_class (coloured[i], self->style);
      if (style != NULL)
        gtk_widget_add_css_class (coloured[i], style);
    }
  self->style = style;
}

static void
set_inscription (GtkInscription *inscription,
                 const char     *text)
{
  if (inscription != NULL && g_strcmp0 (gtk_inscription_get_text (inscription), text) != 0)
    gtk_inscription_set_text (inscription, text);
}

static void
update_accessible (SideLiveRow *self)
{
  const char *word = side_live_item_get_word (self->item);
  g_autofree char *label = NULL;

  /* Without the seconds: a name that changed each second would be read aloud each second. */
  label = g_strdup_printf ("%s, %s%s%s", side_live_item_get_title (self->item),
                           word != NULL ? word : "", word != NULL ? ", " : "",
                           side_live_item_get_detail (self->item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
update_time (SideLiveRow *self)
{
  set_inscription (self->time, side_live_item_get_time (self->item));
  if (side_live_item_is_over (self->item))
    gtk_widget_add_css_class (GTK_WIDGET (self->time), "over");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->time), "over");
}

static void
update_all (SideLiveRow *self)
{
  const char *lead = side_live_item_get_lead (self->item);

  if (g_strcmp0 (gtk_label_get_text (self->lead), lead) != 0)
    gtk_label_set_text (self->lead, lead);
  set_inscription (self->title, side_live_item_get_title (self->item));
  set_inscription (self->detail, side_live_item_get_detail (self->item));
  set_inscription (self->word, side_live_item_get_word (self->item));
  set_style (self, side_live_item_get_style (self->item));
  if (self->icon != NULL)
    gtk_image_set_from_icon_name (self->icon, side_live_item_get_icon (self->item));
  update_time (self);
  update_accessible (self);
}

static void
notify_cb (SideLiveItem *item,
           GParamSpec   *pspec,
           SideLiveRow  *self)
{
  if (g_str_equal (pspec->name, "time"))
    update_time (self);
  else
    update_all (self);
}

static void
side_live_row_dispose (GObject *object)
{
  SideLiveRow *self = SIDE_LIVE_ROW (object);

  side_live_row_set_item (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_live_row_parent_class)->dispose (object);
}

static void
side_live_row_class_init (SideLiveRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_live_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "liverow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
side_live_row_init (SideLiveRow *self)
{
}

static GtkInscription *
new_inscription (guint       min_chars,
                 guint       nat_chars,
                 float       xalign,
                 const char *style)
{
  GtkWidget *widget = gtk_inscription_new ("");
  GtkInscription *inscription = GTK_INSCRIPTION (widget);

  gtk_inscription_set_min_chars (inscription, min_chars);
  gtk_inscription_set_nat_chars (inscription, nat_chars);
  gtk_inscription_set_xalign (inscription, xalign);
  gtk_inscription_set_text_overflow (inscription, GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (widget, style);
  gtk_widget_add_css_class (widget, "numeric");
  return inscription;
}

/* How many characters the longest word for a state has in the user's language;
 * room for it is kept, so that no state is ever cut. */
static guint
longest_word (void)
{
  static guint longest;

  if (longest == 0)
    for (int i = SIDE_OPERATOR_READY; i <= SIDE_OPERATOR_BREAK; i++)
      longest = MAX (longest, (guint) g_utf8_strlen (side_format_operator_state ((SideOperatorState) i), -1));
  return longest;
}

static void
build_operator (SideLiveRow *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *upper = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 5);
  GtkWidget *lower = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->lead = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->lead), "initials");
  gtk_widget_set_valign (GTK_WIDGET (self->lead), GTK_ALIGN_CENTER);
  self->title = new_inscription (14, 17, 0, "heading");
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  self->word = new_inscription (longest_word (), longest_word () + 2, 1, "state-word");
  self->icon = GTK_IMAGE (gtk_image_new ());
  gtk_image_set_pixel_size (self->icon, 12);
  gtk_box_append (GTK_BOX (upper), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (upper), GTK_WIDGET (self->word));
  gtk_box_append (GTK_BOX (upper), GTK_WIDGET (self->icon));
  self->detail = new_inscription (10, 33, 0, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dim-label");
  gtk_widget_set_hexpand (GTK_WIDGET (self->detail), TRUE);
  self->time = new_inscription (6, 7, 1, "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "seconds");
  gtk_box_append (GTK_BOX (lower), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (lower), GTK_WIDGET (self->time));
  gtk_box_append (GTK_BOX (lines), upper);
  gtk_box_append (GTK_BOX (lines), lower);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->lead));
  gtk_box_append (GTK_BOX (self->box), lines);
}

static void
build_caller (SideLiveRow *self)
{
  self->lead = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->lead), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->lead), "numeric");
  gtk_label_set_width_chars (self->lead, 2);
  gtk_label_set_xalign (self->lead, 0);
  self->title = new_inscription (14, 17, 0, "caller");
  gtk_widget_set_hexpand (GTK_WIDGET (self->title), TRUE);
  self->detail = new_inscription (6, 12, 1, "dim-label");
  self->time = new_inscription (5, 6, 1, "heading");
  gtk_widget_add_css_class (GTK_WIDGET (self->time), "seconds");
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->lead));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->time));
}

/**
 * side_live_row_new:
 * @kind: what it is a row of
 *
 * Returns: (transfer floating): a row without an item
 */
GtkWidget *
side_live_row_new (SideLiveRowKind kind)
{
  SideLiveRow *self = g_object_new (SIDE_TYPE_LIVE_ROW, NULL);

  self->kind = kind;
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), kind == SIDE_LIVE_ROW_OPERATOR ? "operator" : "waiting");
  if (kind == SIDE_LIVE_ROW_OPERATOR)
    build_operator (self);
  else
    build_caller (self);
  return GTK_WIDGET (self);
}

/**
 * side_live_row_set_item:
 * @self: a row
 * @item: (nullable): what it shows from now on
 */
void
side_live_row_set_item (SideLiveRow  *self,
                        SideLiveItem *item)
{
  g_return_if_fail (SIDE_IS_LIVE_ROW (self));
  if (self->item == item)
    return;
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  g_signal_connect (item, "notify", G_CALLBACK (notify_cb), self);
  update_all (self);
}

/**
 * side_live_row_get_item:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
SideLiveItem *
side_live_row_get_item (SideLiveRow *self)
{
  g_return_val_if_fail (SIDE_IS_LIVE_ROW (self), NULL);
  return self->item;
}

static void
setup_cb (GtkListItemFactory *factory,
          GtkListItem        *list_item,
          gpointer            kind)
{
  gtk_list_item_set_child (list_item, side_live_row_new (GPOINTER_TO_INT (kind)));
  gtk_list_item_set_activatable (list_item, FALSE);
}

static void
bind_cb (GtkListItemFactory *factory,
         GtkListItem        *list_item,
         gpointer            kind)
{
  side_live_row_set_item (SIDE_LIVE_ROW (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkListItemFactory *factory,
           GtkListItem        *list_item,
           gpointer            kind)
{
  side_live_row_set_item (SIDE_LIVE_ROW (gtk_list_item_get_child (list_item)), NULL);
}

/**
 * side_live_row_new_factory:
 * @kind: what it makes rows of
 *
 * Returns: (transfer full): a factory for a GtkListView of SideLiveItem
 */
GtkListItemFactory *
side_live_row_new_factory (SideLiveRowKind kind)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (kind));
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (kind));
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), GINT_TO_POINTER (kind));
  return factory;
}
