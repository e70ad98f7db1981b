/* side-window-jumps.c - the way to a call, and to a window beside
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * win.show-call and win.show-call-at, for whatever names a call; win.lines for
 * whoever wants to make one.
 */
#include "side-lines-window.h"
#include "side-pages.h"
#include "side-window-private.h"

static void
show_call (SideWindow      *self,
           const char      *id,
           const SidePlace *place)
{
  gsize n_pages;
  const SidePage *list = side_pages_list (&n_pages);

  for (gsize i = 0; i < n_pages; i++)
    if (list[i].show_call != NULL)
      {
        side_window_show_page (self, list[i].name);
        list[i].show_call (side_window_get_page (self), id, place);
        return;
      }
}

static void
show_call_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  show_call (SIDE_WINDOW (widget), g_variant_get_string (parameter, NULL), NULL);
}

static void
show_call_at_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  SidePlace place = { 0 };
  const char *id;

  g_variant_get (parameter, "(&sxxb)", &id, &place.from_ms, &place.to_ms, &place.hear);
  show_call (SIDE_WINDOW (widget), id, &place);
}

static void
lines_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_window_present (side_lines_window_new (GTK_WINDOW (widget), side_lines_get_default ()));
}

/* side_window_class_add_jumps: the actions that lead to calls, and to the lines to make them on */
void
side_window_class_add_jumps (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.show-call", "s", show_call_action);
  gtk_widget_class_install_action (klass, "win.show-call-at", SIDE_PLACE_TYPE, show_call_at_action);
  gtk_widget_class_install_action (klass, "win.lines", NULL, lines_action);
}
