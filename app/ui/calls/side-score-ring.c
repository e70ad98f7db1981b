/* side-score-ring.c - a score as a ring that fills
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-score-ring.h"

#include <glib/gi18n.h>
#include <math.h>

#define DIAMETER 44
#define STROKE   5.0

struct _SideScoreRing
{
  GtkWidget  parent_instance;
  GtkWidget *label;
  double     score;
};

G_DEFINE_FINAL_TYPE (SideScoreRing, side_score_ring, GTK_TYPE_WIDGET)

/**
 * side_score_class:
 * @score: 0..100, or NaN
 *
 * Returns: (transfer none): the style class that colours it
 */
const char *
side_score_class (double score)
{
  if (isnan (score) || score < 0)
    return "score-none";
  return score >= 80 ? "score-good" : score >= 60 ? "score-fair" : "score-poor";
}

static void
side_score_ring_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  SideScoreRing *self = SIDE_SCORE_RING (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  double radius = (MIN (width, height) - STROKE) / 2.0;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  cairo_set_line_width (cr, STROKE);
  cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, 0.15);
  cairo_arc (cr, width / 2.0, height / 2.0, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  if (!isnan (self->score) && self->score > 0)
    {
      cairo_set_source_rgba (cr, colour.red, colour.green, colour.blue, colour.alpha);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      cairo_arc (cr, width / 2.0, height / 2.0, radius, -G_PI / 2,
                 -G_PI / 2 + 2 * G_PI * MIN (self->score, 100.0) / 100.0);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

static void
side_score_ring_dispose (GObject *object)
{
  SideScoreRing *self = SIDE_SCORE_RING (object);

  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (side_score_ring_parent_class)->dispose (object);
}

static void
side_score_ring_class_init (SideScoreRingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_score_ring_dispose;
  widget_class->snapshot = side_score_ring_snapshot;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "scorering");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
side_score_ring_init (SideScoreRing *self)
{
  self->label = gtk_label_new ("–");
  gtk_widget_add_css_class (self->label, "numeric");
  gtk_widget_set_halign (self->label, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), DIAMETER, DIAMETER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  self->score = -1;
  side_score_ring_set_score (self, NAN);
}

/**
 * side_score_ring_new:
 *
 * Returns: a ring without a score
 */
GtkWidget *
side_score_ring_new (void)
{
  return g_object_new (SIDE_TYPE_SCORE_RING, NULL);
}

/**
 * side_score_ring_set_score:
 * @self: a ring
 * @score: 0..100, above with bonus points; NaN for none
 */
void
side_score_ring_set_score (SideScoreRing *self,
                           double         score)
{
  g_autofree char *text = NULL;
  g_autofree char *spoken = NULL;

  g_return_if_fail (SIDE_IS_SCORE_RING (self));

  if (self->score == score || (isnan (self->score) && isnan (score)))
    return;
  gtk_widget_remove_css_class (GTK_WIDGET (self), side_score_class (self->score));
  gtk_widget_add_css_class (GTK_WIDGET (self), side_score_class (score));
  self->score = score;
  text = isnan (score) ? g_strdup ("–") : g_strdup_printf ("%.0f", score);
  spoken = isnan (score) ? g_strdup (_("No score yet")) : g_strdup_printf (_("Score %s of 100"), text);
  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), spoken);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
