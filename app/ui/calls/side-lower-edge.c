/* side-lower-edge.c - scrolls so that a widget is seen to its end
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For a widget that has the keyboard and has grown: GTK scrolls to what takes
 * the keyboard, not to what grows under it.
 */
#include "side-lower-edge.h"

/**
 * side_show_lower_edge:
 * @widget: a widget whose size is known by now
 *
 * Scrolls what it stands in so far that its lower edge is seen, and never so
 * far that its upper edge is not.
 */
void
side_show_lower_edge (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double bottom;

  if (scroller == NULL || !gtk_widget_compute_bounds (widget, scroller, &bounds))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  bottom = (double) (bounds.origin.y + bounds.size.height) - gtk_adjustment_get_page_size (adjustment);
  if (bottom > 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + MIN (bottom, (double) bounds.origin.y));
}
