/* side-clear.c - takes everything out of a container that is filled anew
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What has the keyboard is let go of first. GTK 4 otherwise keeps in each
 * widget above it that the focus is down there, and Tab, which looks for the
 * next place from the old one on, never comes into that part again.
 */
#include "side-clear.h"

/**
 * side_clear_focus:
 * @part: a widget that is about to be removed
 *
 * Takes the keyboard out of it.
 *
 * Returns: whether it was there: then it is nowhere now
 */
gboolean
side_clear_focus (GtkWidget *part)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_WIDGET (part), FALSE);

  root = gtk_widget_get_root (part);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  if (focus == NULL || !gtk_widget_is_ancestor (focus, part))
    return FALSE;
  gtk_root_set_focus (root, NULL);
  return TRUE;
}

/**
 * side_clear_children:
 * @container: a box, a list or a grid
 *
 * Removes all its children.
 *
 * Returns: whether the keyboard was in one of them: then it is nowhere now
 */
gboolean
side_clear_children (GtkWidget *container)
{
  GtkWidget *child;
  gboolean had;

  g_return_val_if_fail (GTK_IS_BOX (container) || GTK_IS_LIST_BOX (container) || GTK_IS_GRID (container), FALSE);

  had = side_clear_focus (container);
  while ((child = gtk_widget_get_first_child (container)) != NULL)
    {
      if (GTK_IS_BOX (container))
        gtk_box_remove (GTK_BOX (container), child);
      else if (GTK_IS_LIST_BOX (container))
        gtk_list_box_remove (GTK_LIST_BOX (container), child);
      else
        gtk_grid_remove (GTK_GRID (container), child);
    }
  return had;
}
