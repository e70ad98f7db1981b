/* side-popovers.c - popovers of widgets that go
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list of choices may be open when its row is taken away: somebody else
 * changed what is shown. An open popover holds GTK's grab of the keyboard, and
 * one that is removed with its row is never hidden: with GTK 4.8 keys reach the
 * window's surface after that and are given to no widget any more. Closed while
 * it still stands in the window, it gives the grab and the focus back.
 */
#include "side-popovers.h"

/**
 * side_popovers_close:
 * @root: a widget that is about to be removed
 *
 * Closes what is open of it and of everything in it.
 */
void
side_popovers_close (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (GTK_IS_POPOVER (root) && gtk_widget_get_visible (root))
    gtk_popover_popdown (GTK_POPOVER (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    side_popovers_close (child);
}
