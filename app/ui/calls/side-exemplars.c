/* side-exemplars.c - what an answer sounds like
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A small button at a question; its popover is made when it is opened, and has
 * a line an exemplar: which answer it is one of, its words, and its clip.
 */
#include "side-exemplars.h"

#include <glib/gi18n.h>

#include "side-criterion-parts.h"

struct _SideExemplars
{
  GtkWidget            parent_instance;
  GtkWidget           *button;
  const SideCriterion *criterion;   /* the row holds its script */
};

G_DEFINE_FINAL_TYPE (SideExemplars, side_exemplars, GTK_TYPE_WIDGET)

static guint activated_signal;

static void
side_exemplars_dispose (GObject *object)
{
  g_clear_pointer (&SIDE_EXEMPLARS (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (side_exemplars_parent_class)->dispose (object);
}

static void
side_exemplars_class_init (SideExemplarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_exemplars_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  activated_signal = g_signal_new ("exemplar-activated", SIDE_TYPE_EXEMPLARS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
clip_cb (GtkWidget     *clip,
         SideExemplars *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (clip), "index"));

  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, activated_signal, 0, g_ptr_array_index (self->criterion->exemplars, index));
}

static void
add_line (SideExemplars *self,
          GtkGrid       *grid,
          guint          index)
{
  const SideExemplar *exemplar = g_ptr_array_index (self->criterion->exemplars, index);
  g_autofree char *answer = side_criterion_answer_words (self->criterion, exemplar->value);
  g_autofree char *span = side_criterion_span_words (exemplar->from_ms, exemplar->to_ms, FALSE);
  GtkWidget *value = gtk_label_new (answer);
  GtkWidget *text = gtk_label_new (exemplar->text);

  gtk_widget_add_css_class (value, "heading");
  gtk_widget_set_valign (value, GTK_ALIGN_START);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 44);
  gtk_grid_attach (grid, value, 0, (int) index, 1, 1);
  gtk_grid_attach (grid, text, 1, (int) index, 1, 1);
  if (exemplar->call != NULL)
    {
      g_autofree char *hint = g_strdup_printf (_("Hear it: opens its call at %s"), span);
      GtkWidget *clip = gtk_button_new_with_label (span);

      gtk_widget_add_css_class (clip, "evidence");
      gtk_widget_set_valign (clip, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (clip, hint);
      g_object_set_data (G_OBJECT (clip), "index", GUINT_TO_POINTER (index));
      g_signal_connect_object (clip, "clicked", G_CALLBACK (clip_cb), self, 0);
      gtk_grid_attach (grid, clip, 2, (int) index, 1, 1);
    }
}

/* The keyboard goes back to the question it came from. */
static void
closed_cb (SideExemplars *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (self), SIDE_TYPE_CRITERION_ROW);

  if (row != NULL)
    gtk_widget_grab_focus (row);
}

static void
create_popover_cb (GtkMenuButton *button,
                   gpointer       data)
{
  SideExemplars *self = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 10);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 8);
  gtk_widget_set_margin_start (grid, 6);
  gtk_widget_set_margin_end (grid, 6);
  for (guint i = 0; i < self->criterion->exemplars->len; i++)
    add_line (self, GTK_GRID (grid), i);
  gtk_popover_set_child (GTK_POPOVER (popover), grid);
  g_signal_connect_object (popover, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
}

static void
side_exemplars_init (SideExemplars *self)
{
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "dialog-information-symbolic");
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "exemplars");
  gtk_widget_set_tooltip_text (self->button, _("Exemplars of the answers (X)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Exemplars of the answers (X)"), -1);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_popover_cb, self, NULL);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

/**
 * side_exemplars_button_new:
 * @criterion: a question with exemplars, which outlives the button
 *
 * Returns: a button that opens them
 */
GtkWidget *
side_exemplars_button_new (const SideCriterion *criterion)
{
  SideExemplars *self = g_object_new (SIDE_TYPE_EXEMPLARS, NULL);

  self->criterion = criterion;
  return GTK_WIDGET (self);
}

/**
 * side_exemplars_button_popup:
 * @button: from side_exemplars_button_new()
 *
 * Opens them, as a click does.
 */
void
side_exemplars_button_popup (GtkWidget *button)
{
  g_return_if_fail (SIDE_IS_EXEMPLARS (button));
  gtk_menu_button_popup (GTK_MENU_BUTTON (SIDE_EXEMPLARS (button)->button));
}
