/* side-slot-chart.c - the calls of a day by half-hour
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The picture is drawn in snapshot() from a copy of the slots and kept by GTK
 * until something changes. Counts read on the left, the service level on the
 * right. A screen reader hears the summary: of the day, or of the slot that
 * was chosen.
 */
#include "side-slot-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-chart-choice.h"
#include "side-chart-frame.h"
#include "side-format.h"
#include "side-text.h"
#include "side-time.h"

#define MIN_SLOTS 20
#define MAX_BAR   22.0

struct _SideSlotChart
{
  GtkWidget      parent_instance;
  GTimeZone     *zone;
  SideChartSlot *slots;
  gsize          n_slots;
  int            chosen;      /* -1 none */
  char          *summary;
};

typedef struct {
  SideChartFrame in;
  int            tick;      /* calls between two grid lines */
  int            n_ticks;
} Frame;

static const SideChartRoom room = { .left = 2.3, .right = 3.1, .top = 0.7, .bottom = 1.75 };

enum { PROP_0, PROP_SUMMARY, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SideSlotChart, side_slot_chart, GTK_TYPE_WIDGET)

/**
 * side_slot_chart_nice_step:
 * @largest: the largest count to be shown
 *
 * Returns: a distance of grid lines (1, 2 or 5 times a power of ten) with
 *   which at most four of them are needed
 */
int
side_slot_chart_nice_step (int largest)
{
  static const int factors[] = { 1, 2, 5 };

  for (int power = 1; power < 1000000; power *= 10)
    for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
      if (factors[i] * power * 4 >= largest)
        return factors[i] * power;
  return largest;
}

static char *
summarize_slot (SideSlotChart       *self,
                const SideChartSlot *slot)
{
  g_autofree char *from = side_format_time (self->zone, slot->start_ms);
  g_autofree char *to = side_format_time (self->zone, slot->start_ms + 30 * SIDE_MINUTE_MS);
  g_autofree char *level = side_text_percent (slot->level, 0);
  g_autofree char *answered = g_strdup_printf (ngettext ("%d answered", "%d answered", slot->answered), slot->answered);
  g_autofree char *lost = g_strdup_printf (ngettext ("%d lost", "%d lost", slot->lost), slot->lost);

  /* Translators: a half-hour and its calls: "14:00–14:30: 18 answered, 1 lost, service level 84 %" */
  return g_strdup_printf (_("%s–%s: %s, %s, service level %s"), from, to, answered, lost, level);
}

static char *
summarize_all (SideSlotChart *self)
{
  int answered = 0, lost = 0;
  g_autofree char *text = NULL;
  g_autofree char *more = NULL;

  for (gsize i = 0; i < self->n_slots; i++)
    {
      answered += self->slots[i].answered;
      lost += self->slots[i].lost;
    }
  if (self->n_slots == 0)
    return g_strdup (_("No calls today yet"));
  text = g_strdup_printf (ngettext ("%d call answered", "%d calls answered", answered), answered);
  more = g_strdup_printf (ngettext ("%d lost", "%d lost", lost), lost);
  return g_strdup_printf ("%s, %s", text, more);
}

static void
update_summary (SideSlotChart *self)
{
  g_autofree char *text = NULL;

  if (self->chosen >= 0 && (gsize) self->chosen < self->n_slots)
    text = summarize_slot (self, &self->slots[self->chosen]);
  else
    text = summarize_all (self);
  if (g_strcmp0 (text, self->summary) == 0)
    return;
  g_free (self->summary);
  self->summary = g_steal_pointer (&text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Calls by half-hour"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->summary, -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SUMMARY]);
}

static Frame
get_frame (SideSlotChart *self)
{
  Frame frame = { 0 };
  int largest = 1;

  for (gsize i = 0; i < self->n_slots; i++)
    largest = MAX (largest, self->slots[i].answered + self->slots[i].lost);
  side_chart_frame_init (&frame.in, GTK_WIDGET (self), &room, (guint) MAX (self->n_slots, MIN_SLOTS));
  frame.tick = side_slot_chart_nice_step (largest);
  frame.n_ticks = MAX ((largest + frame.tick - 1) / frame.tick, 1);
  return frame;
}

static double
y_of (const Frame *frame,
      double       count)
{
  return side_chart_frame_share_y (&frame->in, count / (double) (frame->tick * frame->n_ticks));
}

static void
draw_grid (SideSlotChart *self,
           GtkSnapshot   *snapshot,
           const Frame   *frame,
           const GdkRGBA *dim)
{
  for (int i = 0; i <= frame->n_ticks; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", i * frame->tick);

      side_chart_draw_line (GTK_WIDGET (self), snapshot, &frame->in, y_of (frame, i * frame->tick), text, dim);
    }
  for (int percent = 0; percent <= 100; percent += 50)
    {
      g_autofree char *text = side_text_percent (percent / 100.0, 0);

      side_chart_draw_text (GTK_WIDGET (self), snapshot, text, frame->in.left + frame->in.width + 6,
                            side_chart_frame_share_y (&frame->in, percent / 100.0), 0.0, dim);
    }
}

static void
draw_hours (SideSlotChart *self,
            GtkSnapshot   *snapshot,
            const Frame   *frame,
            const GdkRGBA *dim)
{
  gsize n = MAX (self->n_slots, MIN_SLOTS);
  gint64 first = self->n_slots > 0 ? self->slots[0].start_ms : 0;
  /* Every hour where there is room for the words, else every two or four. */
  double word = 3.2 * frame->in.line;
  gsize every = frame->in.step * 2 >= word ? 2 : frame->in.step * 4 >= word ? 4 : 8;

  if (self->n_slots == 0)
    return;
  for (gsize i = 0; i < n; i++)
    {
      gint64 at_ms = first + (gint64) i * 30 * SIDE_MINUTE_MS;
      g_autoptr (GDateTime) at = side_time_to_local (self->zone, at_ms);
      int half = g_date_time_get_hour (at) * 2 + g_date_time_get_minute (at) / 30;

      if (half % (int) every == 0)
        {
          g_autofree char *text = g_date_time_format (at, "%-H:%M");

          side_chart_draw_text (GTK_WIDGET (self), snapshot, text, side_chart_frame_part_x (&frame->in, (guint) i),
                                side_chart_frame_share_y (&frame->in, 0) + frame->in.line, 0.5, dim);
        }
    }
}

static void
draw_bar (cairo_t       *cr,
          const GdkRGBA *colour,
          double         x,
          double         width,
          double         top,
          double         bottom)
{
  double r = MIN (MIN (3.0, width / 2), (bottom - top) / 2);

  if (bottom - top < 0.5)
    return;
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - r, top + r, r, -G_PI / 2, 0);
  cairo_line_to (cr, x + width, bottom);
  cairo_line_to (cr, x, bottom);
  cairo_arc (cr, x + r, top + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
  gdk_cairo_set_source_rgba (cr, colour);
  cairo_fill (cr);
}

static void
draw_bars (SideSlotChart *self,
           cairo_t       *cr,
           const Frame   *frame)
{
  double width = MIN (frame->in.step * 0.62, MAX_BAR);
  GdkRGBA answered, lost;

  side_chart_look_up (GTK_WIDGET (self), "side_answered", &answered);
  side_chart_look_up (GTK_WIDGET (self), "side_lost", &lost);
  for (gsize i = 0; i < self->n_slots; i++)
    {
      const SideChartSlot *slot = &self->slots[i];
      double x = side_chart_frame_part_x (&frame->in, (guint) i) - width / 2;
      double middle = y_of (frame, slot->answered);

      draw_bar (cr, &answered, x, width, middle, y_of (frame, 0));
      draw_bar (cr, &lost, x, width, y_of (frame, slot->answered + slot->lost), middle - (slot->answered > 0 ? 1 : 0));
    }
}

/* A half-hour without neighbours has no line to be on. */
static gboolean
stands_alone (SideSlotChart *self,
              gsize          i)
{
  return (i == 0 || isnan (self->slots[i - 1].level)) &&
         (i + 1 == self->n_slots || isnan (self->slots[i + 1].level));
}

static void
draw_level (SideSlotChart *self,
            cairo_t       *cr,
            const Frame   *frame)
{
  gboolean drawing = FALSE;
  GdkRGBA colour;

  side_chart_look_up (GTK_WIDGET (self), "side_level", &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 2.2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (gsize i = 0; i < self->n_slots; i++)
    {
      double x = side_chart_frame_part_x (&frame->in, (guint) i);
      double y = side_chart_frame_share_y (&frame->in, self->slots[i].level);

      if (isnan (self->slots[i].level))
        drawing = FALSE;
      else if (stands_alone (self, i))
        {
          cairo_new_sub_path (cr);
          cairo_arc (cr, x, y, 2.5, 0, 2 * G_PI);
        }
      else if (drawing)
        cairo_line_to (cr, x, y);
      else
        {
          cairo_move_to (cr, x, y);
          cairo_line_to (cr, x, y);
          drawing = TRUE;
        }
    }
  cairo_stroke (cr);
}

static void
side_slot_chart_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  SideSlotChart *self = SIDE_SLOT_CHART (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  Frame frame = get_frame (self);
  GdkRGBA dim;
  cairo_t *cr;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &dim);
  dim.alpha *= 0.6f;
  draw_grid (self, snapshot, &frame, &dim);
  draw_hours (self, snapshot, &frame, &dim);
  if (self->n_slots == 0)
    side_chart_draw_text (widget, snapshot, _("No calls today yet"), frame.in.left + frame.in.width / 2,
                          side_chart_frame_share_y (&frame.in, 0.5), 0.5, &dim);
  side_chart_draw_chosen (snapshot, &frame.in, self->chosen, &dim);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_bars (self, cr, &frame);
  draw_level (self, cr, &frame);
  cairo_destroy (cr);
}

static void
side_slot_chart_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 280 : 150;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 220;
}

static int
count_parts (GtkWidget *chart)
{
  const SideSlotChart *self = SIDE_SLOT_CHART (chart);

  return (int) self->n_slots;
}

static int
get_chosen (GtkWidget *chart)
{
  return SIDE_SLOT_CHART (chart)->chosen;
}

static int
find_part (GtkWidget *chart,
           double     x)
{
  SideSlotChart *self = SIDE_SLOT_CHART (chart);
  Frame frame = get_frame (self);

  return side_chart_frame_find (&frame.in, x, (guint) self->n_slots);
}

static void
choose_part (GtkWidget *chart,
             int        part)
{
  side_slot_chart_choose (SIDE_SLOT_CHART (chart), part);
}

static const SideChartChoice choice = { count_parts, get_chosen, find_part, choose_part };

static void
side_slot_chart_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  if (id == PROP_SUMMARY)
    g_value_set_string (value, SIDE_SLOT_CHART (object)->summary);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
side_slot_chart_finalize (GObject *object)
{
  SideSlotChart *self = SIDE_SLOT_CHART (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->slots);
  g_free (self->summary);
  G_OBJECT_CLASS (side_slot_chart_parent_class)->finalize (object);
}

static void
side_slot_chart_class_init (SideSlotChartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = side_slot_chart_get_property;
  object_class->finalize = side_slot_chart_finalize;
  widget_class->measure = side_slot_chart_measure;
  widget_class->snapshot = side_slot_chart_snapshot;
  props[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "slotchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
side_slot_chart_init (SideSlotChart *self)
{
  self->chosen = -1;
  self->zone = g_time_zone_new_utc ();
  side_chart_choice_add (GTK_WIDGET (self), &choice);
  update_summary (self);
}

/**
 * side_slot_chart_new:
 *
 * Returns: (transfer floating): an empty chart
 */
GtkWidget *
side_slot_chart_new (void)
{
  return g_object_new (SIDE_TYPE_SLOT_CHART, NULL);
}

static gboolean
same_slots (SideSlotChart       *self,
            const SideChartSlot *slots,
            gsize                n_slots)
{
  if (n_slots != self->n_slots)
    return FALSE;
  for (gsize i = 0; i < n_slots; i++)
    {
      const SideChartSlot *a = &slots[i], *b = &self->slots[i];

      if (a->start_ms != b->start_ms || a->answered != b->answered || a->lost != b->lost ||
          (a->level != b->level && !(isnan (a->level) && isnan (b->level))))
        return FALSE;
    }
  return TRUE;
}

/**
 * side_slot_chart_set_slots:
 * @self: a chart
 * @zone: the time zone its hours are in
 * @slots: (array length=n_slots): half-hours, one after the other
 * @n_slots: how many
 *
 * Draws anew only if something changed.
 */
void
side_slot_chart_set_slots (SideSlotChart       *self,
                           GTimeZone           *zone,
                           const SideChartSlot *slots,
                           gsize                n_slots)
{
  g_return_if_fail (SIDE_IS_SLOT_CHART (self));
  g_return_if_fail (zone != NULL);
  if (zone == self->zone && same_slots (self, slots, n_slots))
    return;
  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  g_free (self->slots);
  self->slots = g_memdup2 (slots, n_slots * sizeof *slots);
  self->n_slots = n_slots;
  if (self->chosen >= (int) n_slots)
    self->chosen = -1;
  update_summary (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_slot_chart_get_chosen:
 * @self: a chart
 *
 * Returns: index of the slot that is looked at, or -1
 */
int
side_slot_chart_get_chosen (SideSlotChart *self)
{
  g_return_val_if_fail (SIDE_IS_SLOT_CHART (self), -1);
  return self->chosen;
}

/**
 * side_slot_chart_choose:
 * @self: a chart
 * @index: of a slot, or -1 for the whole day
 */
void
side_slot_chart_choose (SideSlotChart *self,
                        int            index)
{
  g_return_if_fail (SIDE_IS_SLOT_CHART (self));
  if (index >= (int) self->n_slots)
    index = -1;
  if (index == self->chosen)
    return;
  self->chosen = index;
  update_summary (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_slot_chart_get_summary:
 * @self: a chart
 *
 * Returns: (transfer none): what it shows in words, of the chosen slot or all
 */
const char *
side_slot_chart_get_summary (SideSlotChart *self)
{
  g_return_val_if_fail (SIDE_IS_SLOT_CHART (self), NULL);
  return self->summary;
}
