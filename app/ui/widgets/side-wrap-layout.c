/* side-wrap-layout.c - children in lines, as words are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each child has its natural width; one that expands takes the rest of its line
 * when it is the last there.
 */
#include "side-wrap-layout.h"

struct _SideWrapLayout
{
  GtkLayoutManager parent_instance;
  int              spacing;
};

G_DEFINE_FINAL_TYPE (SideWrapLayout, side_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
natural_size (GtkWidget *child,
              int        room,
              int       *width,
              int       *height)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  *width = MAX (minimum, MIN (natural, room));
  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, *width, &minimum, height, NULL, NULL);
}

/* Whether what comes after @child, which ends at @x, stands in a line of its own. */
static gboolean
ends_line (SideWrapLayout *self,
           GtkWidget      *child,
           int             x,
           int             room)
{
  int width, height;

  while ((child = gtk_widget_get_next_sibling (child)) != NULL)
    if (gtk_widget_should_layout (child))
      {
        natural_size (child, room, &width, &height);
        return x + self->spacing + width > room;
      }
  return TRUE;
}

/* Goes through the lines; places the children when @place, and returns the
 * height of all lines. */
static int
lay_out (SideWrapLayout *self,
         GtkWidget      *widget,
         int             room,
         gboolean        place)
{
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int width, height;

      if (!gtk_widget_should_layout (child))
        continue;
      natural_size (child, room, &width, &height);
      if (x > 0 && x + width > room)
        {
          y += line + self->spacing;
          x = line = 0;
        }
      if (gtk_widget_get_hexpand (child) && ends_line (self, child, x + width, room))
        width = MAX (width, room - x);
      if (place)
        gtk_widget_size_allocate (child, &(GtkAllocation) { mirrored ? room - x - width : x, y, width, height }, -1);
      x += width + self->spacing;
      line = MAX (line, height);
    }
  return y + line;
}

static GtkSizeRequestMode
side_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                   GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
side_wrap_layout_measure (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          GtkOrientation    orientation,
                          int               for_size,
                          int              *minimum,
                          int              *natural,
                          int              *minimum_baseline,
                          int              *natural_baseline)
{
  SideWrapLayout *self = SIDE_WRAP_LAYOUT (manager);
  int least = 0, most = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      least = MAX (least, child_minimum);
      most += child_natural + (most > 0 ? self->spacing : 0);
    }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = most;
      return;
    }
  *minimum = *natural = lay_out (self, widget, for_size >= 0 ? for_size : most, FALSE);
}

static void
side_wrap_layout_allocate (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           int               width,
                           int               height,
                           int               baseline)
{
  lay_out (SIDE_WRAP_LAYOUT (manager), widget, width, TRUE);
}

static void
side_wrap_layout_class_init (SideWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = side_wrap_layout_get_request_mode;
  layout_class->measure = side_wrap_layout_measure;
  layout_class->allocate = side_wrap_layout_allocate;
}

static void
side_wrap_layout_init (SideWrapLayout *self)
{
}

/**
 * side_wrap_layout_new:
 * @spacing: pixels between children and between lines
 *
 * Returns: (transfer full): a layout for one widget
 */
GtkLayoutManager *
side_wrap_layout_new (int spacing)
{
  SideWrapLayout *self = g_object_new (SIDE_TYPE_WRAP_LAYOUT, NULL);

  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
