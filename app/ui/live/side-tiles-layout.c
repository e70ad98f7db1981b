/* side-tiles-layout.c - tiles of one size in as many columns as there is room for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the indicators of the Live page: all of one size, row by row. On a
 * narrow screen, or with large text, there are fewer columns and more rows.
 */
#include "side-tiles-layout.h"

struct _SideTilesLayout
{
  GtkLayoutManager parent_instance;
  guint            columns;   /* at most */
  int              spacing;
};

G_DEFINE_FINAL_TYPE (SideTilesLayout, side_tiles_layout, GTK_TYPE_LAYOUT_MANAGER)

/* What every tile needs, since all get the same. Returns how many there are. */
static guint
measure_tiles (GtkWidget      *widget,
               GtkOrientation  orientation,
               int             for_size,
               int            *minimum,
               int            *natural)
{
  guint n = 0;

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int least, most;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, for_size, &least, &most, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, most);
      n++;
    }
  return n;
}

static int
width_of_one (SideTilesLayout *self,
              guint            columns,
              int              width)
{
  return MAX ((width - (int) (columns - 1) * self->spacing) / (int) columns, 0);
}

/**
 * side_tiles_layout_get_columns:
 * @self: a layout
 * @widget: the widget it lays out
 * @width: how wide that is, in pixels
 *
 * Returns: in how many columns its tiles stand then, 1 at least
 */
guint
side_tiles_layout_get_columns (SideTilesLayout *self,
                               GtkWidget       *widget,
                               int              width)
{
  int minimum, natural;
  guint columns;

  g_return_val_if_fail (SIDE_IS_TILES_LAYOUT (self), 1);
  columns = MAX (MIN (self->columns, measure_tiles (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural)), 1);
  while (columns > 1 && width_of_one (self, columns, width) < minimum)
    columns--;
  return columns;
}

static GtkSizeRequestMode
side_tiles_layout_get_request_mode (GtkLayoutManager *manager,
                                    GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
side_tiles_layout_measure (GtkLayoutManager *manager,
                           GtkWidget        *widget,
                           GtkOrientation    orientation,
                           int               for_size,
                           int              *minimum,
                           int              *natural,
                           int              *minimum_baseline,
                           int              *natural_baseline)
{
  SideTilesLayout *self = SIDE_TILES_LAYOUT (manager);
  int least, most;
  guint n = measure_tiles (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &most);
  guint columns = MAX (MIN (self->columns, n), 1);
  int rows;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = (int) columns * (most + self->spacing) - self->spacing;
      return;
    }
  if (for_size >= 0)
    {
      columns = side_tiles_layout_get_columns (self, widget, for_size);
      most = MAX (width_of_one (self, columns, for_size), least);
    }
  measure_tiles (widget, GTK_ORIENTATION_VERTICAL, most, minimum, natural);
  rows = (int) ((n + columns - 1) / columns);
  *minimum = *natural = MAX (rows * (*natural + self->spacing) - self->spacing, 0);
}

static void
side_tiles_layout_allocate (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            int               width,
                            int               height,
                            int               baseline)
{
  SideTilesLayout *self = SIDE_TILES_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int columns = (int) side_tiles_layout_get_columns (self, widget, width);
  int one = width_of_one (self, (guint) columns, width);
  int least, high, i = 0;

  measure_tiles (widget, GTK_ORIENTATION_VERTICAL, one, &least, &high);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int x;

      if (!gtk_widget_should_layout (child))
        continue;
      /* Of the whole width, so that the last column ends where the row does. */
      x = i % columns * (width + self->spacing) / columns;
      gtk_widget_size_allocate (child,
                                &(GtkAllocation) { mirrored ? width - x - one : x, i / columns * (high + self->spacing),
                                                   one, high }, -1);
      i++;
    }
}

static void
side_tiles_layout_class_init (SideTilesLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = side_tiles_layout_get_request_mode;
  layout_class->measure = side_tiles_layout_measure;
  layout_class->allocate = side_tiles_layout_allocate;
}

static void
side_tiles_layout_init (SideTilesLayout *self)
{
}

/**
 * side_tiles_layout_new:
 * @columns: how many at most, 1 at least
 * @spacing: pixels between tiles
 *
 * Returns: (transfer full): a layout for one widget
 */
GtkLayoutManager *
side_tiles_layout_new (guint columns,
                       int   spacing)
{
  SideTilesLayout *self = g_object_new (SIDE_TYPE_TILES_LAYOUT, NULL);

  self->columns = columns;
  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
