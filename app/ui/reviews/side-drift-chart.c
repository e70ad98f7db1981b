/* side-drift-chart.c - how much milder or stricter somebody was, over time
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * All charts of a page have the same reach, so that they can be compared by
 * eye. An interval longer than that ends in an arrow's head.
 */
#include "side-drift-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-chart-frame.h"

#define WIDTH  260
#define HEIGHT 84
#define LEFT   34
#define FOOT   16

struct _SideDriftChart
{
  GtkWidget  parent_instance;
  GArray    *windows;   /* of SideDrift */
  double     reach;     /* points from the middle to the edge */
};

G_DEFINE_FINAL_TYPE (SideDriftChart, side_drift_chart, GTK_TYPE_WIDGET)

static void
side_drift_chart_finalize (GObject *object)
{
  g_clear_pointer (&SIDE_DRIFT_CHART (object)->windows, g_array_unref);
  G_OBJECT_CLASS (side_drift_chart_parent_class)->finalize (object);
}

static void
side_drift_chart_measure (GtkWidget      *widget,
                          GtkOrientation  orientation,
                          int             for_size,
                          int            *minimum,
                          int            *natural,
                          int            *minimum_baseline,
                          int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
  *minimum_baseline = *natural_baseline = -1;
}

/* A whisker that goes on beyond the chart has a head instead of a foot. */
static void
draw_end (cairo_t *cr,
          double   x,
          double   y,
          double   inward,
          gboolean cut)
{
  cairo_move_to (cr, x - 4, y + (cut ? 4 * inward : 0));
  cairo_line_to (cr, x, y);
  cairo_line_to (cr, x + 4, y + (cut ? 4 * inward : 0));
}

static void
draw_window (SideDriftChart  *self,
             cairo_t         *cr,
             const SideDrift *window,
             double           x,
             double           middle,
             double           half)
{
  double scale = half / self->reach;

  if (window->n == 0)
    return;
  if (!isnan (window->interval.low))
    {
      double top = MIN (window->interval.high, self->reach), bottom = MAX (window->interval.low, -self->reach);

      cairo_move_to (cr, x, middle - top * scale);
      cairo_line_to (cr, x, middle - bottom * scale);
      draw_end (cr, x, middle - top * scale, 1, window->interval.high > self->reach);
      draw_end (cr, x, middle - bottom * scale, -1, window->interval.low < -self->reach);
      cairo_stroke (cr);
    }
  cairo_arc (cr, x, middle - CLAMP (window->mean, -self->reach, self->reach) * scale, 3.5, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
side_drift_chart_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  SideDriftChart *self = SIDE_DRIFT_CHART (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double half = (height - FOOT - 8) / 2.0, middle = 4 + half;
  double step = (width - LEFT - 8) / (double) MAX (self->windows->len, 1);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  const double dashes[] = { 3, 3 };
  g_autofree char *edge = g_strdup_printf ("%.0f", self->reach);
  g_autofree char *above = g_strconcat ("+", edge, NULL), *below = g_strconcat ("−", edge, NULL);
  GdkRGBA colour, dim;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  dim = colour;
  dim.alpha *= 0.55f;
  side_chart_draw_text (widget, snapshot, above, LEFT - 6, 4 + 5, 1, &dim);
  side_chart_draw_text (widget, snapshot, "0", LEFT - 6, middle, 1, &dim);
  side_chart_draw_text (widget, snapshot, below, LEFT - 6, middle + half - 5, 1, &dim);
  gdk_cairo_set_source_rgba (cr, &dim);
  cairo_set_line_width (cr, 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, LEFT, floor (middle) + 0.5);
  cairo_line_to (cr, width - 4, floor (middle) + 0.5);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 1.5);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (guint i = 0; i < self->windows->len; i++)
    {
      const SideDrift *window = &g_array_index (self->windows, SideDrift, i);
      g_autofree char *n = g_strdup_printf ("%u", window->n);
      double x = LEFT + step * (i + 0.5);

      side_chart_draw_text (widget, snapshot, n, x, middle + half + FOOT / 2.0 + 2, 0.5, &colour);
      draw_window (self, cr, window, x, middle, half);
    }
  cairo_destroy (cr);
}

static void
side_drift_chart_class_init (SideDriftChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_drift_chart_finalize;
  widget_class->measure = side_drift_chart_measure;
  widget_class->snapshot = side_drift_chart_snapshot;
  gtk_widget_class_set_css_name (widget_class, "driftchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
side_drift_chart_init (SideDriftChart *self)
{
}

/**
 * side_drift_chart_new:
 * @windows: (element-type SideDrift): stretches of time, oldest first
 * @reach: points of the score from the middle to the edge, above 0
 * @words: what it shows, for those who do not see it
 *
 * Returns: (transfer floating): the chart
 */
GtkWidget *
side_drift_chart_new (GArray     *windows,
                      double      reach,
                      const char *words)
{
  SideDriftChart *self;

  g_return_val_if_fail (windows != NULL && reach > 0, NULL);

  self = g_object_new (SIDE_TYPE_DRIFT_CHART, NULL);
  self->windows = g_array_ref (windows);
  self->reach = reach;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  /* xgettext:no-c-format */
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _("Points of the score above or below the measure, with 95 % intervals; "
                                                    "underneath: how many reviews"));
  return GTK_WIDGET (self);
}
