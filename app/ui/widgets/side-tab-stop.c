/* side-tab-stop.c - a long list is one stop on the way of Tab
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Talks with nobody: it only answers where the focus goes from its child.
 */
#include "side-tab-stop.h"

struct _SideTabStop
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (SideTabStop, side_tab_stop, ADW_TYPE_BIN)

static gboolean
side_tab_stop_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  gboolean by_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (by_tab && gtk_widget_get_focus_child (widget) != NULL)
    return FALSE;
  return GTK_WIDGET_CLASS (side_tab_stop_parent_class)->focus (widget, direction);
}

static void
side_tab_stop_class_init (SideTabStopClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = side_tab_stop_focus;
}

static void
side_tab_stop_init (SideTabStop *self)
{
}
