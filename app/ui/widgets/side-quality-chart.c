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
#include "side-chart-frame.h"
#include "side-time.h"

#define DATES  4.0     /* for the date of a week, in lines */
#define ROW    1.1     /* from one row of words to the next */
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
  SideChartFrame in;
  double         most;   /* the score at the top: 100, or more with bonus points */
} Frame;

static const SideChartRoom room = { .left = 2.3, .right = 0.8, .top = 0.8, .bottom = 4.0 };

enum { PROP_0, PROP_SUMMARY, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideQualityChart, side_quality_chart, GTK_TYPE_WIDGET)

/* @interval: of their mean */
static char *
dup_words_of (const SideScores *scores,
              SideInterval      interval)
{
  g_autofree char *count = g_strdup_printf (ngettext ("%u review", "%u reviews", scores->n), scores->n);

  if (scores->n == 0)
    return g_strdup (_("No reviews"));
  /* Translators: a mean score of a single review: "84 (1 review)" */
  if (isnan (interval.low))
    return g_strdup_printf (_("%.0f (%s)"), side_scores_get_mean (scores), count);
  /* Translators: a mean score, its 95 % interval and what it rests on: "84 (71–92, 12 reviews)" */
  return g_strdup_printf (_("%.0f (%.0f–%.0f, %s)"), side_scores_get_mean (scores), interval.low, interval.high, count);
}

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
  return dup_words_of (scores, side_scores_get_interval (scores));
}

/**
 * side_quality_dup_share_words:
 * @scores: answers to one criterion, in percent of its mark
 *
 * Returns: (transfer full): as side_quality_dup_words()
 */
char *
side_quality_dup_share_words (const SideScores *scores)
{
  return dup_words_of (scores, side_scores_get_share_interval (scores));
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
  Frame frame = { .most = 100 };

  for (guint i = 0; i < self->points->len; i++)
    {
      const SideQualityPoint *point = &g_array_index (self->points, SideQualityPoint, i);

      frame.most = MAX (frame.most, MAX (top_of (&point->random), top_of (&point->chosen)));
    }
  side_chart_frame_init (&frame.in, GTK_WIDGET (self), &room, self->points->len);
  return frame;
}

static double
y_of (const Frame *frame,
      double       score)
{
  return side_chart_frame_share_y (&frame->in, CLAMP (score, 0, frame->most) / frame->most);
}

static void
draw_grid (SideQualityChart *self,
           GtkSnapshot      *snapshot,
           const Frame      *frame,
           const GdkRGBA    *dim)
{
  for (int score = 0; score <= 100; score += 25)
    {
      g_autofree char *text = g_strdup_printf ("%d", score);

      side_chart_draw_line (GTK_WIDGET (self), snapshot, &frame->in, y_of (frame, score), text, dim);
    }
}

/* Below each week how many reviews it has, the two kinds never added up: a row for each,
 * with its mark in front. */
static void
draw_counts (SideQualityChart *self,
             GtkSnapshot      *snapshot,
             const Frame      *frame,
             gboolean          random,
             double            y,
             const GdkRGBA    *dim)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->points->len; i++)
    {
      const SideQualityPoint *point = &g_array_index (self->points, SideQualityPoint, i);
      guint n = random ? point->random.n : point->chosen.n;
      g_autofree char *count = g_strdup_printf ("%u", n);

      if (n == 0)
        continue;
      any = TRUE;
      side_chart_draw_text (GTK_WIDGET (self), snapshot, count, side_chart_frame_part_x (&frame->in, i), y, 0.5, dim);
    }
  if (any)
    side_chart_draw_text (GTK_WIDGET (self), snapshot, random ? "n ●" : "n ◇", frame->in.left - frame->in.line * 0.5, y, 1.0, dim);
}

/* The first day of each week, where there is no room of every second, third...; below
 * them how many reviews. */
static void
draw_words (SideQualityChart *self,
            GtkSnapshot      *snapshot,
            const Frame      *frame,
            const GdkRGBA    *dim)
{
  guint every = (guint) MAX (ceil (DATES * frame->in.line / frame->in.step), 1);
  double y = side_chart_frame_share_y (&frame->in, 0) + frame->in.line * 0.95;

  for (guint i = 0; i < self->points->len; i++)
    {
      const SideQualityPoint *point = &g_array_index (self->points, SideQualityPoint, i);
      g_autoptr (GDateTime) from = side_time_to_local (self->zone, point->from_ms);
      g_autofree char *date = g_date_time_format (from, self->step == SIDE_STEP_WEEK ? "%-e %b" : "%b");

      if ((self->points->len - 1 - i) % every == 0)
        side_chart_draw_text (GTK_WIDGET (self), snapshot, date, side_chart_frame_part_x (&frame->in, i), y, 0.5, dim);
    }
  draw_counts (self, snapshot, frame, TRUE, y + ROW * frame->in.line, dim);
  draw_counts (self, snapshot, frame, FALSE, y + 2 * ROW * frame->in.line, dim);
}

/* One review tells no interval: the mean of all may lie anywhere. */
static void
draw_anywhere (cairo_t     *cr,
               const Frame *frame,
               double       x)
{
  const double dashes[] = { 2, 3 };

  cairo_save (cr);
  cairo_set_line_width (cr, 1.4);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x, y_of (frame, 0));
  cairo_line_to (cr, x, y_of (frame, frame->most));
  cairo_stroke (cr);
  cairo_restore (cr);
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
    {
      draw_anywhere (cr, frame, x);
      return;
    }
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
draw_points (SideQualityChart *self,
             cairo_t          *cr,
             const Frame      *frame,
             gboolean          random)
{
  GdkRGBA colour, paper;

  side_chart_look_up (GTK_WIDGET (self), random ? "side_operator" : "side_customer", &colour);
  side_chart_look_up (GTK_WIDGET (self), "card_bg_color", &paper);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (guint i = 0; i < self->points->len; i++)
    {
      const SideQualityPoint *point = &g_array_index (self->points, SideQualityPoint, i);
      const SideScores *scores = random ? &point->random : &point->chosen;
      gboolean both = point->random.n > 0 && point->chosen.n > 0;
      double away = both ? MIN (APART, frame->in.step / 4) : 0;
      double x = round (side_chart_frame_part_x (&frame->in, i) + (random ? -away : away)) + 0.5;

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
  side_chart_draw_chosen (snapshot, &frame.in, self->chosen, &dim);
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

  return side_chart_frame_find (&frame.in, x, self->points->len);
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
