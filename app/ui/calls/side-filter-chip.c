/* side-filter-chip.c - one filter of a list: a pill that opens its choices
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-filter-chip.h"

#include <glib/gi18n.h>

#include "side-clear.h"

typedef struct {
  char *id;
  char *label;
} Option;

struct _SideFilterChip
{
  GtkWidget   parent_instance;
  GtkWidget  *box;
  GtkWidget  *button;
  GtkWidget  *label;     /* a child of its own: a label of the button would bring an arrow */
  GtkWidget  *remove;
  GtkWidget  *popover;
  GtkWidget  *list;
  char       *name;
  char       *chosen;
  GPtrArray  *options;   /* of Option */
};

G_DEFINE_FINAL_TYPE (SideFilterChip, side_filter_chip, GTK_TYPE_WIDGET)

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
option_free (gpointer data)
{
  Option *option = data;

  g_free (option->id);
  g_free (option->label);
  g_free (option);
}

static void
side_filter_chip_dispose (GObject *object)
{
  SideFilterChip *self = SIDE_FILTER_CHIP (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_filter_chip_parent_class)->dispose (object);
}

static void
side_filter_chip_finalize (GObject *object)
{
  SideFilterChip *self = SIDE_FILTER_CHIP (object);

  g_free (self->name);
  g_free (self->chosen);
  g_ptr_array_unref (self->options);
  G_OBJECT_CLASS (side_filter_chip_parent_class)->finalize (object);
}

static void
side_filter_chip_class_init (SideFilterChipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_filter_chip_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_filter_chip_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "filterchip");
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", SIDE_TYPE_FILTER_CHIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 0);
}

static const char *
chosen_label (SideFilterChip *self)
{
  for (guint i = 0; i < self->options->len; i++)
    {
      const Option *option = g_ptr_array_index (self->options, i);
      if (g_strcmp0 (option->id, self->chosen) == 0)
        return option->label;
    }
  return self->chosen;
}

static void
show (SideFilterChip *self)
{
  g_autofree char *empty = g_strconcat ("+ ", self->name, NULL);
  g_autofree char *hint = NULL;

  gtk_label_set_label (GTK_LABEL (self->label), self->chosen != NULL ? chosen_label (self) : empty);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (self->label)), -1);
  gtk_widget_set_visible (self->remove, self->chosen != NULL);
  if (self->chosen != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "set");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "set");
  hint = g_strdup_printf (_("Filter: %s"), self->name);
  gtk_widget_set_tooltip_text (self->button, hint);
}

static void
choose (SideFilterChip *self,
        const char     *id)
{
  if (g_strcmp0 (self->chosen, id) == 0)
    return;
  g_free (self->chosen);
  self->chosen = g_strdup (id);
  show (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
row_activated_cb (SideFilterChip *self,
                  GtkListBoxRow  *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (index < self->options->len)
    choose (self, ((const Option *) g_ptr_array_index (self->options, index))->id);
}

static void
remove_clicked_cb (SideFilterChip *self)
{
  choose (self, NULL);
}

static void
side_filter_chip_init (SideFilterChip *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->options = g_ptr_array_new_with_free_func (option_free);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 360);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->list);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), scrolled);
  gtk_widget_add_css_class (self->popover, "menu");
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_add_css_class (self->button, "flat");
  self->label = gtk_label_new (NULL);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (self->button), self->label);
  gtk_box_append (GTK_BOX (self->box), self->button);
  self->remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_set_tooltip_text (self->remove, _("Remove this filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove this filter"),
                                  -1);
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (remove_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->remove);
}

/**
 * side_filter_chip_new:
 * @name: what is filtered by, translated
 *
 * Returns: a chip without choices
 */
GtkWidget *
side_filter_chip_new (const char *name)
{
  SideFilterChip *self = g_object_new (SIDE_TYPE_FILTER_CHIP, NULL);

  self->name = g_strdup (name);
  show (self);
  return GTK_WIDGET (self);
}

/**
 * side_filter_chip_clear:
 * @self: a chip
 *
 * Takes the choices away; what is chosen stays.
 */
void
side_filter_chip_clear (SideFilterChip *self)
{
  g_return_if_fail (SIDE_IS_FILTER_CHIP (self));

  g_ptr_array_set_size (self->options, 0);
  side_clear_children (self->list);
}

/**
 * side_filter_chip_add:
 * @self: a chip
 * @id: what stands for the choice
 * @label: what is shown
 */
void
side_filter_chip_add (SideFilterChip *self,
                      const char     *id,
                      const char     *label)
{
  Option *option = g_new0 (Option, 1);
  GtkWidget *text = gtk_label_new (label);

  g_return_if_fail (SIDE_IS_FILTER_CHIP (self));

  option->id = g_strdup (id);
  option->label = g_strdup (label);
  g_ptr_array_add (self->options, option);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_list_box_append (GTK_LIST_BOX (self->list), text);
  if (g_strcmp0 (self->chosen, id) == 0)
    show (self);
}

/**
 * side_filter_chip_set_chosen:
 * @self: a chip
 * @id: (nullable): a choice, or %NULL for none; no signal is sent
 */
void
side_filter_chip_set_chosen (SideFilterChip *self,
                             const char     *id)
{
  g_return_if_fail (SIDE_IS_FILTER_CHIP (self));

  g_free (self->chosen);
  self->chosen = g_strdup (id);
  show (self);
}

/**
 * side_filter_chip_get_chosen:
 * @self: a chip
 *
 * Returns: (transfer none) (nullable): the choice
 */
const char *
side_filter_chip_get_chosen (SideFilterChip *self)
{
  g_return_val_if_fail (SIDE_IS_FILTER_CHIP (self), NULL);
  return self->chosen;
}

/**
 * side_filter_chip_get_words:
 * @self: a chip
 *
 * Returns: (transfer none) (nullable): what the choice reads
 */
const char *
side_filter_chip_get_words (SideFilterChip *self)
{
  g_return_val_if_fail (SIDE_IS_FILTER_CHIP (self), NULL);
  return self->chosen != NULL ? chosen_label (self) : NULL;
}
