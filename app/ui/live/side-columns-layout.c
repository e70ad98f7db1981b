/* side-columns-layout.c - cells in columns, of which the least important give way
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The children are the cells, row by row. Where the width is not enough for
 * all columns, those of the greatest rank are not shown; those of rank 0 always
 * are. A column is as wide as its widest cell, and what is over is shared.
 */
#include "side-columns-layout.h"

struct _SideColumnsLayout
{
  GtkLayoutManager parent_instance;
  guint            ranks[SIDE_COLUMNS_MAX];
  guint            n_columns;
};

G_DEFINE_FINAL_TYPE (SideColumnsLayout, side_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static void
measure_columns (SideColumnsLayout *self,
                 GtkWidget         *widget,
                 GtkRequestedSize  *sizes)
{
  guint i = 0;

  for (guint k = 0; k < self->n_columns; k++)
    sizes[k] = (GtkRequestedSize) { NULL, 0, 0 };
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkRequestedSize *size = &sizes[i++ % self->n_columns];
      int minimum, natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      size->minimum_size = MAX (size->minimum_size, minimum);
      size->natural_size = MAX (size->natural_size, natural);
    }
}

/* The column that goes first among those still there: of the greatest rank, the
 * last of several; -1 when only those are left that stay. */
static int
next_to_go (SideColumnsLayout *self,
            const gboolean    *gone)
{
  int found = -1;

  for (guint k = 0; k < self->n_columns; k++)
    if (!gone[k] && self->ranks[k] > 0 && (found < 0 || self->ranks[k] >= self->ranks[found]))
      found = (int) k;
  return found;
}

/* Each column's width, 0 for one that is not shown. */
static void
share_out (SideColumnsLayout *self,
           GtkWidget         *widget,
           int                width,
           int               *widths)
{
  GtkRequestedSize sizes[SIDE_COLUMNS_MAX];
  gboolean gone[SIDE_COLUMNS_MAX] = { FALSE };
  int needed = 0, left = (int) self->n_columns;

  measure_columns (self, widget, sizes);
  for (guint k = 0; k < self->n_columns; k++)
    needed += sizes[k].minimum_size;
  while (needed > width)
    {
      int k = next_to_go (self, gone);

      if (k < 0)
        break;
      needed -= sizes[k].minimum_size;
      sizes[k].minimum_size = sizes[k].natural_size = 0;
      gone[k] = TRUE;
      left--;
    }
  width = gtk_distribute_natural_allocation (MAX (width - needed, 0), self->n_columns, sizes);
  for (guint k = 0; k < self->n_columns; k++)
    {
      int more = gone[k] ? 0 : width / left;

      widths[k] = sizes[k].minimum_size + more;
      width -= more;
      left -= !gone[k];
    }
}

static GtkSizeRequestMode
side_columns_layout_get_request_mode (GtkLayoutManager *manager,
                                      GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* What it likes is that all columns are there; more than they need it takes
 * only where nobody else wants it. */
static int
natural_width (SideColumnsLayout *self,
               GtkWidget         *widget,
               int               *minimum)
{
  GtkRequestedSize sizes[SIDE_COLUMNS_MAX];
  int natural = 0;

  measure_columns (self, widget, sizes);
  *minimum = 0;
  for (guint k = 0; k < self->n_columns; k++)
    {
      natural += sizes[k].minimum_size;
      if (self->ranks[k] == 0)
        *minimum += sizes[k].minimum_size;
    }
  return natural;
}

/* The height of the row that begins with @cell, which becomes the next row's first. */
static int
height_of_row (SideColumnsLayout *self,
               const int         *widths,
               GtkWidget        **cell)
{
  int height = 0;

  for (guint k = 0; k < self->n_columns && *cell != NULL; k++, *cell = gtk_widget_get_next_sibling (*cell))
    {
      int minimum;

      if (widths[k] == 0)
        continue;
      gtk_widget_measure (*cell, GTK_ORIENTATION_VERTICAL, widths[k], &minimum, NULL, NULL, NULL);
      height = MAX (height, minimum);
    }
  return height;
}

static void
side_columns_layout_measure (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             GtkOrientation    orientation,
                             int               for_size,
                             int              *minimum,
                             int              *natural,
                             int              *minimum_baseline,
                             int              *natural_baseline)
{
  SideColumnsLayout *self = SIDE_COLUMNS_LAYOUT (manager);
  GtkWidget *cell = gtk_widget_get_first_child (widget);
  int widths[SIDE_COLUMNS_MAX];
  int most = natural_width (self, widget, minimum);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *natural = most;
      return;
    }
  share_out (self, widget, for_size >= 0 ? for_size : most, widths);
  *minimum = 0;
  while (cell != NULL)
    *minimum += height_of_row (self, widths, &cell);
  *natural = *minimum;
}

static void
side_columns_layout_allocate (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              int               width,
                              int               height,
                              int               baseline)
{
  SideColumnsLayout *self = SIDE_COLUMNS_LAYOUT (manager);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *row = gtk_widget_get_first_child (widget);
  int widths[SIDE_COLUMNS_MAX];
  int y = 0;

  share_out (self, widget, width, widths);
  while (row != NULL)
    {
      GtkWidget *cell = row;
      int high = height_of_row (self, widths, &row);
      int x = 0;

      for (guint k = 0; k < self->n_columns && cell != row; k++, cell = gtk_widget_get_next_sibling (cell))
        {
          gtk_widget_set_child_visible (cell, widths[k] > 0);
          if (widths[k] > 0)
            gtk_widget_size_allocate (cell, &(GtkAllocation) { mirrored ? width - x - widths[k] : x, y, widths[k], high },
                                      -1);
          x += widths[k];
        }
      y += high;
    }
}

static void
side_columns_layout_class_init (SideColumnsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = side_columns_layout_get_request_mode;
  layout_class->measure = side_columns_layout_measure;
  layout_class->allocate = side_columns_layout_allocate;
}

static void
side_columns_layout_init (SideColumnsLayout *self)
{
}

/**
 * side_columns_layout_new:
 * @ranks: (array length=n_columns): in what order columns give way: the
 *   greatest first, 0 never
 * @n_columns: how many, 1 to %SIDE_COLUMNS_MAX
 *
 * Returns: (transfer full): a layout for one widget
 */
GtkLayoutManager *
side_columns_layout_new (const guint *ranks,
                         guint        n_columns)
{
  SideColumnsLayout *self;

  g_return_val_if_fail (n_columns > 0 && n_columns <= SIDE_COLUMNS_MAX, NULL);
  self = g_object_new (SIDE_TYPE_COLUMNS_LAYOUT, NULL);
  self->n_columns = n_columns;
  for (guint k = 0; k < n_columns; k++)
    self->ranks[k] = ranks[k];
  return GTK_LAYOUT_MANAGER (self);
}
