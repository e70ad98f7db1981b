/* side-library-bar.c - how far the work on recordings is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-library-bar.h"

#include <glib/gi18n.h>

#include "side-librarian.h"

struct _SideLibraryBar
{
  GtkWidget      parent_instance;
  GtkWidget     *revealer;
  GtkWidget     *label;
  GtkWidget     *progress;
  SideLibrarian *librarian;
};

G_DEFINE_FINAL_TYPE (SideLibraryBar, side_library_bar, GTK_TYPE_WIDGET)

static void
side_library_bar_dispose (GObject *object)
{
  SideLibraryBar *self = SIDE_LIBRARY_BAR (object);

  g_clear_object (&self->librarian);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (side_library_bar_parent_class)->dispose (object);
}

static void
side_library_bar_class_init (SideLibraryBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_library_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
cancel_cb (SideLibraryBar *self)
{
  if (self->librarian != NULL)
    side_librarian_cancel (self->librarian);
}

static void
side_library_bar_init (SideLibraryBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *cancel = gtk_button_new_from_icon_name ("process-stop-symbolic");

  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_add_css_class (self->label, "numeric");
  self->progress = gtk_progress_bar_new ();
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), self->label);
  gtk_box_append (GTK_BOX (column), self->progress);
  gtk_widget_add_css_class (cancel, "flat");
  gtk_widget_set_tooltip_text (cancel, _("Stop"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Stop"), -1);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (cancel_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), column);
  gtk_box_append (GTK_BOX (box), cancel);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 4);
  gtk_widget_set_margin_top (box, 2);
  gtk_widget_set_margin_bottom (box, 2);
  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_transition_type (GTK_REVEALER (self->revealer), GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

static char *
words_for (SideLibrarianTask task,
           guint             now,
           guint             total,
           gboolean          held)
{
  if (task == SIDE_LIBRARIAN_ASKED && held)
    return g_strdup_printf (_("Waits while you listen: %u of %u"), now, total);
  if (task == SIDE_LIBRARIAN_ASKED)
    return g_strdup_printf (_("Analysing recordings: %u of %u"), now, total);
  return g_strdup_printf (_("Fetching ahead: %u of %u"), now, total);
}

static void
changed_cb (SideLibraryBar *self)
{
  guint done, total, failed;
  SideLibrarianTask task = side_librarian_get_progress (self->librarian, &done, &total, &failed);
  gboolean held = side_librarian_is_held (self->librarian);
  /* Catching up costs nobody anything, and asks for no attention. */
  gboolean shown = task == SIDE_LIBRARIAN_ASKED || (task == SIDE_LIBRARIAN_AHEAD && !held);

  if (shown)
    {
      g_autofree char *words = words_for (task, MIN (done + 1, total), total, held);
      g_autofree char *more = failed > 0 ? g_strdup_printf (_("%s · %u could not be had"), words, failed) : NULL;

      gtk_label_set_label (GTK_LABEL (self->label), more != NULL ? more : words);
      gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress), total > 0 ? (double) done / (double) total : 0);
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), shown);
}

/**
 * side_library_bar_set_desk:
 * @self: the strip, once
 * @desk: whose work is shown
 */
void
side_library_bar_set_desk (SideLibraryBar *self,
                           SideDesk       *desk)
{
  g_return_if_fail (SIDE_IS_LIBRARY_BAR (self));
  if (!g_set_object (&self->librarian, side_desk_get_librarian (desk)))
    return;
  g_signal_connect_object (self->librarian, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);
}
