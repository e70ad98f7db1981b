/* side-sparkline.c - the last hour of a number, as a small line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Draws with the widget's own text colour, so a style class decides it in the
 * light and the dark style alike. A gap in the values (NaN) is a gap in the
 * line. It says nothing that the tile around it does not say in words, and is
 * therefore hidden from screen readers.
 */
#include "side-sparkline.h"

#include <math.h>
#include <string.h>

#define LINE_WIDTH 1.6
#define MARGIN     2.5

struct _SideSparkline
{
  GtkWidget  parent_instance;
  double    *values;
  gsize      n_values;
};

G_DEFINE_FINAL_TYPE (SideSparkline, side_sparkline, GTK_TYPE_WIDGET)

static void
side_sparkline_finalize (GObject *object)
{
  SideSparkline *self = SIDE_SPARKLINE (object);

  g_free (self->values);
  G_OBJECT_CLASS (side_sparkline_parent_class)->finalize (object);
}

static void
side_sparkline_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 40 : 24;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 84 : 30;
}

/* The range shown: never narrower than a tenth of the largest value, so that
 * a number that hardly moves does not look as if it jumped. */
static void
get_range (SideSparkline *self,
           double        *low,
           double        *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < self->n_values; i++)
    if (!isnan (self->values[i]))
      {
        *low = MIN (*low, self->values[i]);
        *high = MAX (*high, self->values[i]);
      }
  if (*high - *low < fabs (*high) * 0.1 || *high == *low)
    {
      double middle = (*high + *low) / 2;
      double half = MAX (fabs (*high) * 0.05, 0.5);

      *low = middle - half;
      *high = middle + half;
    }
}

static void
side_sparkline_snapshot (GtkWidget   *widget,
                         GtkSnapshot *snapshot)
{
  SideSparkline *self = SIDE_SPARKLINE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double low, high;
  gboolean drawing = FALSE;
  GdkRGBA colour;
  cairo_t *cr;

  if (self->n_values < 2 || width < 4 || height < 4)
    return;
  get_range (self, &low, &high);
  if (!isfinite (low))
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, LINE_WIDTH);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (gsize i = 0; i < self->n_values; i++)
    {
      double x = MARGIN + (width - 2 * MARGIN) * (double) i / (double) (self->n_values - 1);
      double y = height - MARGIN - (height - 2 * MARGIN) * (self->values[i] - low) / (high - low);

      if (isnan (self->values[i]))
        drawing = FALSE;
      else if (drawing)
        cairo_line_to (cr, x, y);
      else
        {
          cairo_move_to (cr, x, y);
          /* A value alone between gaps is seen as a dot, by its round cap. */
          cairo_line_to (cr, x, y);
          drawing = TRUE;
        }
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
side_sparkline_class_init (SideSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_sparkline_finalize;
  widget_class->measure = side_sparkline_measure;
  widget_class->snapshot = side_sparkline_snapshot;
  gtk_widget_class_set_css_name (widget_class, "sparkline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
side_sparkline_init (SideSparkline *self)
{
}

/**
 * side_sparkline_new:
 *
 * Returns: (transfer floating): an empty line
 */
GtkWidget *
side_sparkline_new (void)
{
  return g_object_new (SIDE_TYPE_SPARKLINE, NULL);
}

static gboolean
same (double a,
      double b)
{
  return a == b || (isnan (a) && isnan (b));
}

/**
 * side_sparkline_set_values:
 * @self: a line
 * @values: (array length=n_values): oldest first; NaN where there is none
 * @n_values: how many
 *
 * Returns: whether they differ from what was drawn, and are drawn anew
 */
gboolean
side_sparkline_set_values (SideSparkline *self,
                           const double  *values,
                           gsize          n_values)
{
  gsize i = 0;

  g_return_val_if_fail (SIDE_IS_SPARKLINE (self), FALSE);
  if (n_values == self->n_values)
    while (i < n_values && same (values[i], self->values[i]))
      i++;
  if (n_values == self->n_values && i == n_values)
    return FALSE;
  g_free (self->values);
  self->values = g_memdup2 (values, n_values * sizeof *values);
  self->n_values = n_values;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

/**
 * side_sparkline_get_length:
 * @self: a line
 *
 * Returns: how many values it has
 */
gsize
side_sparkline_get_length (SideSparkline *self)
{
  g_return_val_if_fail (SIDE_IS_SPARKLINE (self), 0);
  return self->n_values;
}
