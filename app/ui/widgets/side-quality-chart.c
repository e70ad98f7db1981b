/* side-quality-chart.c - mean scores by week or month, and how far they can be trusted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Drawn in snapshot() from a copy of the points. Random and chosen reviews
 * stand beside one another in their week, told apart by shape and not by colour
 * alone. A screen reader hears the summary.
 */
#include "side-quality-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-chart-choice.h"
#include "side-time.h"

/* Room around the plot for its words, in heights of a line of them. */
#define LEFT   2.3
#define RIGHT  0.8
#define TOP    0.8
#define BOTTOM 2.9
#define MARK   4.5     /* half the size of a mark */
#define APART  7.0     /* the two of a week from its middle */

struct _SideQualityChart
{
  GtkWidget        parent_instance;
  GTimeZone       *zone;
  GArray          *points;     /* of SideQualityPoint */
  SideQualityStep  step;
  int              chosen;     /* -1 none */
  char            *summary;
};

typedef struct {
  double line;
  double left, top, width, height;
  double step;
  double most;      /* the score at the top: 100, or more with bonus points */
} Frame;

enum { PROP_0, PROP_SUMMARY, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideQualityChart, side_quality_chart, GTK_TYPE_WIDGET)

/**
 * side_quality_dup_words:
 * @scores: scores of reviews
 *
 * Returns: (transfer full): their mean, its interval and how many they are:
 *   "84 (71–92, 12 reviews)"
 */
char *
side_quality_dup_words (const SideScores *scores)
{
  SideInterval interval = side_scores_get_interval (scores);
  g_autofree char *count = g_strdup_printf (ngettext ("%u review", "%u reviews", scores->n), scores->n);

  if (scores->n == 0)
    return g_strdup (_("No reviews"));
  /* Translators: a mean score of a single review: "84 (1 review)" */
  if (isnan (interval.low))
    return g_strdup_printf (_("%.0f (%s)"), side_scores_get_mean (scores), count);
  /* Translators: a mean score, its 95 % interval and what it rests on: "84 (71–92, 12 reviews)" */
  return g_strdup_printf (_("%.0f (%.0f–%.0f, %s)"), side_scores_get_mean (scores), interval.low, interval.high, count);
}

static char *
dup_when (SideQualityChart       *self,
          const SideQualityPoint *point)
{
  g_autoptr (GDateTime) from = side_time_to_local (self->zone, point->from_ms);

  if (self->step == SIDE_STEP_MONTH)
    return g_date_time_format (from, "%B %Y");
  /* Translators: the day a week begins with: "2 November" */
  return g_date_time_format (from, _("%-e %B"));
}

static char *
summarize_point (SideQualityChart       *self,
                 const SideQualityPoint *point)
{
  g_autofree char *date = dup_when (self, point);
  g_autofree char *when = NULL;
  g_autofree char *random = side_quality_dup_words (&point->random);
  g_autofree char *chosen = side_quality_dup_words (&point->chosen);

  /* Translators: "Week of 2 November" */
  when = self->step == SIDE_STEP_WEEK ? g_strdup_printf (_("Week of %s"), date) : g_strdup (date);
  if (point->random.n == 0 && point->chosen.n == 0)
    return g_strdup_printf (_("%s: no reviews"), when);
  if (point->chosen.n == 0)
    return g_strdup_printf (_("%s: random %s"), when, random);
  if (point->random.n == 0)
    return g_strdup_printf (_("%s: chosen %s"), when, chosen);
  return g_strdup_printf (_("%s: random %s, chosen %s"), when, random, chosen);
}

static char *
summarize_all (SideQualityChart *self)
{
  SideScores random = { 0 }, chosen = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  for (guint i = 0; i < self->points->len; i++)
    {
      const SideQualityPoint *point = &g_array_index (self->points, SideQualityPoint, i);

      side_scores_join (&random, &point->random);
      side_scores_join (&chosen, &point->chosen);
    }
  first = side_quality_dup_words (&random);
  second = side_quality_dup_words (&chosen);
  return g_strdup_printf (_("Random: %s. Chosen: %s"), first, second);
}

static void
update_summary (SideQualityChart *self)
{
  g_autofree char *text = NULL;

  if (self->chosen >= 0 && (guint) self->chosen < self->points->len)
    text = summarize_point (self, &g_array_index (self->points, SideQualityPoint, self->chosen));
  else
    text = summarize_all (self);
  if (g_strcmp0 (text, self->summary) == 0)
    return;
  g_free (self->summary);
  self->summary = g_steal_pointer (&text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Quality over time"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->summary, -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SUMMARY]);
}

static double
top_of (const SideScores *scores)
{
  SideInterval interval = side_scores_get_interval (scores);

  if (scores->n == 0)
    return 0;
  return isnan (interval.high) ? side_scores_get_mean (scores) : interval.high;
}

static Frame
get_frame (SideQualityChart *self)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), "0");
  Frame frame = { .most = 100 };
  int line;

  for (guint i = 0; i < self->points->len; i++)
    {
      const SideQualityPoint *point = &g_array_index (self->points, SideQualityPoint, i);

      frame.most = MAX (frame.most, MAX (top_of (&point->random), top_of (&point->chosen)));
    }
  pango_layout_get_pixel_size (layout, NULL, &line);
  frame.line = line;
  frame.left = round (LEFT * line);
  frame.top = round (TOP * line);
  frame.width = MAX (gtk_widget_get_width (GTK_WIDGET (self)) - frame.left - round (RIGHT * line), 1);
  frame.height = MAX (gtk_widget_get_height (GTK_WIDGET (self)) - frame.top - round (BOTTOM * line), 1);
  frame.step = frame.width / (double) MAX (self->points->len, 1);
  return frame;
}

static double
x_of (const Frame *frame,
      guint        i)
{
  return frame->left + ((double) i + 0.5) * frame->step;
}

static double
y_of (const Frame *frame,
      double       score)
{
  return frame->top + frame->height * (1.0 - CLAMP (score, 0, frame->most) / frame->most);
}

static void
draw_text (SideQualityChart *self,
           GtkSnapshot      *snapshot,
           const char       *text,
           double            x,
           double            y,
           double            align,
           const GdkRGBA    *colour)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int width, height;

  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) (x - width * align), (float) (y - height / 2.0)));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_grid (SideQualityChart *self,
           GtkSnapshot      *snapshot,
           const Frame      *frame,
           const GdkRGBA    *dim)
{
  GdkRGBA line = { dim->red, dim->green, dim->blue, dim->alpha * 0.2f };

  for (int score = 0; score <= 100; score += 25)
    {
      g_autofree char *text = g_strdup_printf ("%d", score);
      double y = y_of (frame, score);

      gtk_snapshot_append_color (snapshot, &line,
                                 &GRAPHENE_RECT_INIT ((float) frame->left, (float) y, (float) frame->width, 1));
      draw_text (self, snapshot, text, frame->left - 8, y, 1.0, dim);
    }
}

/* Below each week its first day, and below that how many reviews it has;
 * where there is no room, every second, third... */
static void
draw_words (SideQualityChart *self,
            GtkSnapshot      *snapshot,
            const Frame      *frame,
            const GdkRGBA    *dim)
{
  guint every = (guint) MAX (ceil (3.4 * frame->line / frame->step), 1);

  for (guint i = 0; i < self->points->len; i++)
    {
      const SideQualityPoint *point = &g_array_index (self->points, SideQualityPoint, i);
      g_autoptr (GDateTime) from = side_time_to_local (self->zone, point->from_ms);
      g_autofree char *date = g_date_time_format (from, self->step == SIDE_STEP_WEEK ? "%-e %b" : "%b");
      g_autofree char *count = g_strdup_printf ("n %u", point->random.n + point->chosen.n);
      double x = x_of (frame, i), y = frame->top + frame->height;

      if ((self->points->len - 1 - i) % every != 0)
        continue;
      draw_text (self, snapshot, date, x, y + frame->line * 0.95, 0.5, dim);
      if (point->random.n + point->chosen.n > 0)
        draw_text (self, snapshot, count, x, y + frame->line * 2.1, 0.5, dim);
    }
}

static void
draw_whiskers (cairo_t          *cr,
               const Frame      *frame,
               const SideScores *scores,
               double            x)
{
  SideInterval interval = side_scores_get_interval (scores);
  double low, high;

  if (isnan (interval.low))
    return;
  low = round (y_of (frame, interval.low)) + 0.5;
  high = round (y_of (frame, interval.high)) + 0.5;
  cairo_set_line_width (cr, 1.4);
  cairo_move_to (cr, x, low);
  cairo_line_to (cr, x, high);
  cairo_move_to (cr, x - 3.5, low);
  cairo_line_to (cr, x + 3.5, low);
  cairo_move_to (cr, x - 3.5, high);
  cairo_line_to (cr, x + 3.5, high);
  cairo_stroke (cr);
}

static void
draw_mark (cairo_t       *cr,
           const GdkRGBA *paper,
           gboolean       random,
           double         x,
           double         y)
{
  cairo_new_path (cr);
  if (random)
    {
      cairo_arc (cr, x, y, MARK, 0, 2 * G_PI);
      cairo_fill (cr);
      return;
    }
  cairo_move_to (cr, x, y - MARK - 1);
  cairo_line_to (cr, x + MARK + 1, y);
  cairo_line_to (cr, x, y + MARK + 1);
  cairo_line_to (cr, x - MARK - 1, y);
  cairo_close_path (cr);
  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, paper);
  cairo_fill_preserve (cr);
  cairo_restore (cr);
  cairo_set_line_width (cr, 1.8);
  cairo_stroke (cr);
}

static void
look_up (SideQualityChart *self,
         const char       *name,
         GdkRGBA          *colour)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (!gtk_style_context_lookup_color (context, name, colour))
    gtk_style_context_get_color (context, colour);
}

static void
draw_points (SideQualityChart *self,
             cairo_t          *cr,
             const Frame      *frame,
             gboolean          random)
{
  GdkRGBA colour, paper;

  look_up (self, random ? "side_operator" : "side_customer", &colour);
  look_up (self, "card_bg_color", &paper);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (guint i = 0; i < self->points->len; i++)
    {
      const SideQualityPoint *point = &g_array_index (self->points, SideQualityPoint, i);
      const SideScores *scores = random ? &point->random : &point->chosen;
      gboolean both = point->random.n > 0 && point->chosen.n > 0;
      double away = both ? MIN (APART, frame->step / 4) : 0;
      double x = round (x_of (frame, i) + (random ? -away : away)) + 0.5;

      if (scores->n == 0)
        continue;
      draw_whiskers (cr, frame, scores, x);
      draw_mark (cr, &paper, random, x, y_of (frame, side_scores_get_mean (scores)));
    }
}

static void
side_quality_chart_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  SideQualityChart *self = SIDE_QUALITY_CHART (widget);
  Frame frame = get_frame (self);
  GdkRGBA dim;
  cairo_t *cr;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &dim);
  dim.alpha *= 0.6f;
  draw_grid (self, snapshot, &frame, &dim);
  draw_words (self, snapshot, &frame, &dim);
  if (self->chosen >= 0)
    {
      GdkRGBA band = { dim.red, dim.green, dim.blue, 0.10f };

      gtk_snapshot_append_color (snapshot, &band,
                                 &GRAPHENE_RECT_INIT ((float) (frame.left + self->chosen * frame.step), (float) frame.top,
                                                      (float) frame.step, (float) frame.height));
    }
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                                 gtk_widget_get_height (widget)));
  draw_points (self, cr, &frame, FALSE);
  draw_points (self, cr, &frame, TRUE);
  cairo_destroy (cr);
}

static void
side_quality_chart_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 280 : 170;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 210;
}

static int
count_parts (GtkWidget *chart)
{
  const SideQualityChart *self = SIDE_QUALITY_CHART (chart);

  return (int) self->points->len;
}

static int
get_chosen (GtkWidget *chart)
{
  return SIDE_QUALITY_CHART (chart)->chosen;
}

static int
find_part (GtkWidget *chart,
           double     x)
{
  SideQualityChart *self = SIDE_QUALITY_CHART (chart);
  Frame frame = get_frame (self);
  int index = (int) floor ((x - frame.left) / frame.step);

  return x >= frame.left && index < count_parts (chart) ? index : -1;
}

static void
choose_part (GtkWidget *chart,
             int        part)
{
  side_quality_chart_choose (SIDE_QUALITY_CHART (chart), part);
}

static const SideChartChoice choice = { count_parts, get_chosen, find_part, choose_part };

static void
side_quality_chart_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  if (id == PROP_SUMMARY)
    g_value_set_string (value, SIDE_QUALITY_CHART (object)->summary);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_quality_chart_finalize (GObject *object)
{
  SideQualityChart *self = SIDE_QUALITY_CHART (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_array_unref (self->points);
  g_free (self->summary);
  G_OBJECT_CLASS (side_quality_chart_parent_class)->finalize (object);
}

static void
side_quality_chart_class_init (SideQualityChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = side_quality_chart_get_property;
  object_class->finalize = side_quality_chart_finalize;
  widget_class->measure = side_quality_chart_measure;
  widget_class->snapshot = side_quality_chart_snapshot;
  props[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "qualitychart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
side_quality_chart_init (SideQualityChart *self)
{
  self->chosen = -1;
  self->zone = g_time_zone_new_utc ();
  self->points = g_array_new (FALSE, FALSE, sizeof (SideQualityPoint));
  side_chart_choice_add (GTK_WIDGET (self), &choice);
  update_summary (self);
}

/**
 * side_quality_chart_new:
 *
 * Returns: (transfer floating): an empty chart
 */
GtkWidget *
side_quality_chart_new (void)
{
  return g_object_new (SIDE_TYPE_QUALITY_CHART, NULL);
}

/**
 * side_quality_chart_set_points:
 * @self: a chart
 * @zone: the time zone its weeks are of
 * @points: (element-type SideQualityPoint): one after the other; they are copied
 * @step: weeks or months
 */
void
side_quality_chart_set_points (SideQualityChart *self,
                               GTimeZone        *zone,
                               const GArray     *points,
                               SideQualityStep   step)
{
  g_return_if_fail (SIDE_IS_QUALITY_CHART (self));
  g_return_if_fail (zone != NULL && points != NULL);
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  self->step = step;
  g_array_set_size (self->points, 0);
  g_array_append_vals (self->points, points->data, points->len);
  if (self->chosen >= (int) points->len)
    self->chosen = -1;
  update_summary (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_quality_chart_choose:
 * @self: a chart
 * @index: of a week or month, or -1 for all
 */
void
side_quality_chart_choose (SideQualityChart *self,
                           int               index)
{
  g_return_if_fail (SIDE_IS_QUALITY_CHART (self));
  if (index >= (int) self->points->len)
    index = -1;
  if (index == self->chosen)
    return;
  self->chosen = index;
  update_summary (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_quality_chart_get_summary:
 * @self: a chart
 *
 * Returns: (transfer none): what it shows in words, of the chosen week or all
 */
const char *
side_quality_chart_get_summary (SideQualityChart *self)
{
  g_return_val_if_fail (SIDE_IS_QUALITY_CHART (self), NULL);
  return self->summary;
}
