/* side-interval-chart.c - figures of several lines over weeks or months, with their intervals
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Weeks without a call are not there: what is compared is what was called. A
 * screen reader hears the summary.
 */
#include "side-interval-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-chart-choice.h"
#include "side-chart-frame.h"
#include "side-time.h"

#define DATES 4.0   /* for the date of a week, in lines */
#define MARK  4.0   /* half the size of a mark */
#define APART 12.0  /* from one line's mark to the next one's */

struct _SideIntervalChart
{
  GtkWidget       parent_instance;
  GPtrArray      *results;   /* of SideTestResult: by line, then by time; not owned one by one */
  GPtrArray      *lines;     /* of char: the lines that are drawn */
  GArray         *periods;   /* of gint64: when they begin, in order */
  SideTestFigure  figure;
  GTimeZone      *zone;
  gboolean        months;
  int             chosen;    /* -1 none */
  char           *summary;
};

G_DEFINE_FINAL_TYPE (SideIntervalChart, side_interval_chart, GTK_TYPE_WIDGET)

enum { PROP_0, PROP_SUMMARY, N_PROPS };
static GParamSpec *props[N_PROPS];

static const SideChartRoom room = { .left = 3.0, .right = 0.8, .top = 0.8, .bottom = 1.6 };
static const char *const colours[SIDE_INTERVAL_CHART_MAX_LINES] = { "side_operator", "side_customer", "side_good", "side_near" };
static const char *const marks[SIDE_INTERVAL_CHART_MAX_LINES] = { "●", "◇", "■", "△" };

/* ---- what it shows ---- */

static const char *
line_of (const SideTestResult *result)
{
  return result->line != NULL ? result->line : "";
}

static const SideTestResult *
find_result (SideIntervalChart *self,
             guint              line,
             gint64             from_ms)
{
  for (guint i = 0; i < self->results->len; i++)
    {
      const SideTestResult *result = self->results->pdata[i];

      if (result->from_ms == from_ms && g_str_equal (line_of (result), self->lines->pdata[line]))
        return result;
    }
  return NULL;
}

static char *
dup_when (SideIntervalChart *self,
          gint64             from_ms)
{
  g_autoptr (GDateTime) from = side_time_to_local (self->zone, from_ms);
  g_autofree char *date = NULL;

  if (self->months)
    return g_date_time_format (from, "%B %Y");
  /* Translators: the day a week begins with: "2 November" */
  date = g_date_time_format (from, _("%-e %B"));
  /* Translators: "Week of 2 November" */
  return g_strdup_printf (_("Week of %s"), date);
}

static char *
summarize (SideIntervalChart *self)
{
  int period = self->chosen >= 0 ? self->chosen : (int) self->periods->len - 1;
  g_autoptr (GString) out = NULL;
  g_autofree char *when = NULL;
  gint64 from_ms;

  if (period < 0)
    return g_strdup (_("No calls yet"));
  from_ms = g_array_index (self->periods, gint64, period);
  when = dup_when (self, from_ms);
  out = g_string_new (when);
  for (guint i = 0; i < self->lines->len; i++)
    {
      const SideTestResult *result = find_result (self, i, from_ms);
      g_autofree char *words = result != NULL ? side_test_figure_words (self->figure, result) : g_strdup ("–");

      g_string_append (out, i == 0 ? ": " : "; ");
      if (*(const char *) self->lines->pdata[i] != '\0')
        g_string_append_printf (out, "%s ", (const char *) self->lines->pdata[i]);
      g_string_append (out, words);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
update_summary (SideIntervalChart *self)
{
  g_autofree char *text = summarize (self);

  if (g_strcmp0 (text, self->summary) == 0)
    return;
  g_free (self->summary);
  self->summary = g_steal_pointer (&text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, side_test_figure_name (self->figure),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->summary, -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SUMMARY]);
}

/* ---- drawing ---- */

typedef struct {
  SideChartFrame in;
  double         most;   /* the value at the top */
} Frame;

static double
nice_most (double largest)
{
  double step = 10;

  while (step * 4 < largest)
    step *= step == 10 || step == 100 || step == 1000 ? 2.5 : 2;
  return step * 4;
}

static Frame
get_frame (SideIntervalChart *self)
{
  Frame frame = { .most = 100 };

  side_chart_frame_init (&frame.in, GTK_WIDGET (self), &room, self->periods->len);
  if (self->figure != SIDE_TEST_FIGURE_WAIT)
    return frame;
  frame.most = 1;
  for (guint i = 0; i < self->results->len; i++)
    {
      double value;
      SideInterval interval;

      if (side_test_figure_get (self->figure, self->results->pdata[i], &value, &interval) > 0)
        frame.most = MAX (frame.most, isnan (interval.high) ? value : interval.high);
    }
  frame.most = nice_most (frame.most);
  return frame;
}

static double
y_of (const Frame *frame,
      double       value)
{
  return side_chart_frame_share_y (&frame->in, CLAMP (value, 0, frame->most) / frame->most);
}

static void
draw_grid (SideIntervalChart *self,
           GtkSnapshot       *snapshot,
           const Frame       *frame,
           const GdkRGBA     *dim)
{
  guint every = (guint) MAX (ceil (DATES * frame->in.line / frame->in.step), 1);

  for (int i = 0; i <= 4; i++)
    {
      g_autofree char *text = g_strdup_printf ("%.0f", frame->most * i / 4);

      side_chart_draw_line (GTK_WIDGET (self), snapshot, &frame->in, y_of (frame, frame->most * i / 4), text, dim);
    }
  for (guint i = 0; i < self->periods->len; i++)
    {
      g_autoptr (GDateTime) from = side_time_to_local (self->zone, g_array_index (self->periods, gint64, i));
      g_autofree char *date = g_date_time_format (from, self->months ? "%b %Y" : "%-e %b");

      if ((self->periods->len - 1 - i) % every == 0)
        side_chart_draw_text (GTK_WIDGET (self), snapshot, date, side_chart_frame_part_x (&frame->in, i),
                              y_of (frame, 0) + frame->in.line * 0.95, 0.5, dim);
    }
}

static void
draw_whiskers (cairo_t      *cr,
               const Frame  *frame,
               SideInterval  interval,
               double        x)
{
  const double dashes[] = { 2, 3 };
  gboolean known = !isnan (interval.low);
  double low = round (y_of (frame, known ? interval.low : 0)) + 0.5, high = round (y_of (frame, known ? interval.high : frame->most)) + 0.5;

  cairo_save (cr);
  cairo_set_line_width (cr, 1.4);
  if (!known)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x, low);
  cairo_line_to (cr, x, high);
  cairo_stroke (cr);
  cairo_restore (cr);
  if (!known)
    return;
  cairo_set_line_width (cr, 1.4);
  cairo_move_to (cr, x - 3.5, low);
  cairo_line_to (cr, x + 3.5, low);
  cairo_move_to (cr, x - 3.5, high);
  cairo_line_to (cr, x + 3.5, high);
  cairo_stroke (cr);
}

/* A circle, a diamond, a square or a triangle, as in @marks. */
static void
draw_mark (cairo_t       *cr,
           const GdkRGBA *paper,
           guint          line,
           double         x,
           double         y)
{
  static const int corners[SIDE_INTERVAL_CHART_MAX_LINES] = { 0, 4, 4, 3 };
  static const double turned[SIDE_INTERVAL_CHART_MAX_LINES] = { 0, 0, G_PI / 4, 0 };
  double size = corners[line] == 0 ? MARK : MARK + 1.5;

  cairo_new_path (cr);
  if (corners[line] == 0)
    cairo_arc (cr, x, y, size, 0, 2 * G_PI);
  for (int i = 0; i < corners[line]; i++)
    cairo_line_to (cr, x + size * sin (turned[line] + 2 * G_PI * i / corners[line]), y - size * cos (turned[line] + 2 * G_PI * i / corners[line]));
  cairo_close_path (cr);
  if (line % 2 == 0)
    {
      cairo_fill (cr);
      return;
    }
  cairo_save (cr);
  gdk_cairo_set_source_rgba (cr, paper);
  cairo_fill_preserve (cr);
  cairo_restore (cr);
  cairo_set_line_width (cr, 1.8);
  cairo_stroke (cr);
}

static void
draw_line (SideIntervalChart *self,
           cairo_t           *cr,
           const Frame       *frame,
           guint              line)
{
  double apart = MIN (APART, frame->in.step / (self->lines->len + 1.0));
  GdkRGBA colour, paper;

  side_chart_look_up (GTK_WIDGET (self), colours[line], &colour);
  side_chart_look_up (GTK_WIDGET (self), "card_bg_color", &paper);
  gdk_cairo_set_source_rgba (cr, &colour);
  for (guint i = 0; i < self->periods->len; i++)
    {
      const SideTestResult *result = find_result (self, line, g_array_index (self->periods, gint64, i));
      double x = round (side_chart_frame_part_x (&frame->in, i) + apart * (line - (self->lines->len - 1) / 2.0)) + 0.5, value;
      SideInterval interval;

      if (result == NULL || side_test_figure_get (self->figure, result, &value, &interval) == 0)
        continue;
      draw_whiskers (cr, frame, interval, x);
      draw_mark (cr, &paper, line, x, y_of (frame, value));
    }
}

static void
side_interval_chart_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  SideIntervalChart *self = SIDE_INTERVAL_CHART (widget);
  Frame frame = get_frame (self);
  GdkRGBA dim;
  cairo_t *cr;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &dim);
  dim.alpha *= 0.6f;
  draw_grid (self, snapshot, &frame, &dim);
  side_chart_draw_chosen (snapshot, &frame.in, self->chosen, &dim);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget)));
  for (guint i = 0; i < self->lines->len; i++)
    draw_line (self, cr, &frame, i);
  cairo_destroy (cr);
}

static void
side_interval_chart_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 280 : 170;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 200;
}

/* ---- choosing ---- */

static int
count_parts (GtkWidget *chart)
{
  return (int) SIDE_INTERVAL_CHART (chart)->periods->len;
}

static int
get_chosen (GtkWidget *chart)
{
  return SIDE_INTERVAL_CHART (chart)->chosen;
}

static int
find_part (GtkWidget *chart,
           double     x)
{
  SideIntervalChart *self = SIDE_INTERVAL_CHART (chart);
  Frame frame = get_frame (self);

  return side_chart_frame_find (&frame.in, x, self->periods->len);
}

/**
 * side_interval_chart_choose:
 * @self: a chart
 * @index: of a week or month, or -1 for none
 */
void
side_interval_chart_choose (SideIntervalChart *self,
                            int                index)
{
  g_return_if_fail (SIDE_IS_INTERVAL_CHART (self));

  if (index >= (int) self->periods->len)
    index = -1;
  if (index == self->chosen)
    return;
  self->chosen = index;
  update_summary (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
choose_part (GtkWidget *chart,
             int        part)
{
  side_interval_chart_choose (SIDE_INTERVAL_CHART (chart), part);
}

static const SideChartChoice choice = { count_parts, get_chosen, find_part, choose_part };

/* ---- the widget ---- */

static void
side_interval_chart_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  if (id == PROP_SUMMARY)
    g_value_set_string (value, SIDE_INTERVAL_CHART (object)->summary);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_interval_chart_finalize (GObject *object)
{
  SideIntervalChart *self = SIDE_INTERVAL_CHART (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_ptr_array_unref (self->results);
  g_ptr_array_unref (self->lines);
  g_array_unref (self->periods);
  g_free (self->summary);
  G_OBJECT_CLASS (side_interval_chart_parent_class)->finalize (object);
}

static void
side_interval_chart_class_init (SideIntervalChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = side_interval_chart_get_property;
  object_class->finalize = side_interval_chart_finalize;
  widget_class->measure = side_interval_chart_measure;
  widget_class->snapshot = side_interval_chart_snapshot;
  props[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "qualitychart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
side_interval_chart_init (SideIntervalChart *self)
{
  self->chosen = -1;
  self->zone = g_time_zone_new_utc ();
  self->results = g_ptr_array_new ();
  self->lines = g_ptr_array_new ();
  self->periods = g_array_new (FALSE, FALSE, sizeof (gint64));
  side_chart_choice_add (GTK_WIDGET (self), &choice);
  update_summary (self);
}

/**
 * side_interval_chart_new:
 *
 * Returns: (transfer floating): a chart of nothing
 */
GtkWidget *
side_interval_chart_new (void)
{
  return g_object_new (SIDE_TYPE_INTERVAL_CHART, NULL);
}

static int
compare_periods (gconstpointer a,
                 gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static void
add_period (SideIntervalChart *self,
            gint64             from_ms)
{
  for (guint i = 0; i < self->periods->len; i++)
    if (g_array_index (self->periods, gint64, i) == from_ms)
      return;
  g_array_append_val (self->periods, from_ms);
}

/**
 * side_interval_chart_show:
 * @self: a chart
 * @results: (element-type SideTestResult): by line and by week or month; held
 * @figure: which figure of them
 * @zone: of the weeks or months
 * @months: whether they are months
 *
 * Shows the first four lines; the others stand in no chart that could be read.
 */
void
side_interval_chart_show (SideIntervalChart *self,
                          GPtrArray         *results,
                          SideTestFigure     figure,
                          GTimeZone         *zone,
                          gboolean           months)
{
  g_return_if_fail (SIDE_IS_INTERVAL_CHART (self) && results != NULL && zone != NULL);

  g_ptr_array_ref (results);
  g_ptr_array_unref (self->results);
  self->results = results;
  self->figure = figure;
  self->months = months;
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  g_ptr_array_set_size (self->lines, 0);
  g_array_set_size (self->periods, 0);
  for (guint i = 0; i < results->len; i++)
    {
      const SideTestResult *result = results->pdata[i];

      add_period (self, result->from_ms);
      if (self->lines->len < SIDE_INTERVAL_CHART_MAX_LINES
          && !g_ptr_array_find_with_equal_func (self->lines, line_of (result), g_str_equal, NULL))
        g_ptr_array_add (self->lines, (gpointer) line_of (result));
    }
  g_array_sort (self->periods, compare_periods);
  if (self->chosen >= (int) self->periods->len)
    self->chosen = -1;
  update_summary (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_interval_chart_get_summary:
 * @self: a chart
 *
 * Returns: (transfer none): what it shows in words
 */
const char *
side_interval_chart_get_summary (SideIntervalChart *self)
{
  g_return_val_if_fail (SIDE_IS_INTERVAL_CHART (self), NULL);
  return self->summary;
}

/**
 * side_interval_chart_dup_legend:
 * @self: a chart
 *
 * Returns: (transfer full): which mark is which line: "● North  ◇ South"
 */
char *
side_interval_chart_dup_legend (SideIntervalChart *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_return_val_if_fail (SIDE_IS_INTERVAL_CHART (self), NULL);

  for (guint i = 0; i < self->lines->len; i++)
    g_string_append_printf (out, "%s%s %s", i > 0 ? "    " : "", marks[i], (const char *) self->lines->pdata[i]);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
