/* side-segment-strip.c - what a test call was made of, drawn along its time
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Words stand in what is wide enough for them; colour alone never tells.
 * Guesses are hatched. By keyboard: Left and Right go from one stretch to the
 * next, with Shift its beginning moves, with Ctrl and Shift its end.
 */
#include "side-segment-strip.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-test-result-words.h"
#include "side-test-segments.h"
#include "side-text.h"

#define HEIGHT     26
#define GRIP       5.0    /* px on either side of an edge that take hold of it */
#define KEY_MS     100
#define UNSURE     0.7    /* below, a guess is hatched */

struct _SideSegmentStrip
{
  GtkWidget     parent_instance;
  SideTestCall *call;         /* (nullable): as it is shown; a copy while an edge is dragged */
  SideTestCall *before;       /* (nullable): as it was when a drag began */
  gboolean      editable;
  gint64        from_ms;
  gint64        to_ms;
  gint64        position_ms;  /* below 0: none */
  int           selected;     /* -1: none */
  int           dragged;      /* whose edge is; -1: none */
  gboolean      drags_end;
  double        drag_x;
};

G_DEFINE_FINAL_TYPE (SideSegmentStrip, side_segment_strip, GTK_TYPE_WIDGET)

enum { SIGNAL_SELECTED, SIGNAL_MOVED, SIGNAL_SEEK, N_SIGNALS };
static guint signals[N_SIGNALS];

/**
 * side_segment_strip_colour:
 * @kind: what was on the line
 * @colour: (out): light enough for dark words on it, in both styles
 */
void
side_segment_strip_colour (SideSegmentKind  kind,
                           GdkRGBA         *colour)
{
  static const char *const colours[SIDE_N_SEGMENT_KINDS] = {
    [SIDE_SEGMENT_OTHER] = "#b8b6b2",
    [SIDE_SEGMENT_DIALLING] = "#c0bfbc",
    [SIDE_SEGMENT_RINGING] = "#f8d54a",
    [SIDE_SEGMENT_EARLY_MEDIA] = "#e5c890",
    [SIDE_SEGMENT_MENU] = "#62a0ea",
    [SIDE_SEGMENT_ANNOUNCEMENT] = "#99c1f1",
    [SIDE_SEGMENT_QUEUE] = "#ffa348",
    [SIDE_SEGMENT_PERSON] = "#57e389",
    [SIDE_SEGMENT_HOLD] = "#dc8add",
    [SIDE_SEGMENT_MACHINE] = "#cdab8f",
    [SIDE_SEGMENT_TONE] = "#f66151",
    [SIDE_SEGMENT_SILENCE] = "#deddda",
  };

  g_return_if_fail (kind < SIDE_N_SEGMENT_KINDS);
  gdk_rgba_parse (colour, colours[kind]);
}

static const SideTestSegment *
get (SideSegmentStrip *self,
     int               index)
{
  return self->call != NULL && index >= 0 && (guint) index < self->call->segments->len ? self->call->segments->pdata[index] : NULL;
}

static double
x_of (SideSegmentStrip *self,
      gint64            ms)
{
  gint64 span = MAX (self->to_ms - self->from_ms, 1);

  return (double) (ms - self->from_ms) / (double) span * gtk_widget_get_width (GTK_WIDGET (self));
}

static gint64
ms_at (SideSegmentStrip *self,
       double            x)
{
  int width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);

  return self->from_ms + (gint64) llround (x / width * (double) (self->to_ms - self->from_ms));
}

/* ---- what is told ---- */

static char *
words_for (const SideTestSegment *segment)
{
  g_autofree char *what = side_test_result_words_segment (segment);
  g_autofree char *from = side_text_duration_tenths (segment->from_ms);
  g_autofree char *to = side_text_duration_tenths (segment->to_ms);
  g_autofree char *length = side_text_duration_tenths (segment->to_ms - segment->from_ms);
  g_autofree char *certain = side_test_result_words_certain (segment);
  g_autofree char *told = side_test_result_words_told (segment);

  return g_strdup_printf ("%s, %s–%s (%s), %s%s%s", what, from, to, length, certain, told != NULL ? "\n" : "", told != NULL ? told : "");
}

static void
describe (SideSegmentStrip *self)
{
  const SideTestSegment *segment = get (self, self->selected);
  g_autofree char *words = segment != NULL ? words_for (segment) : NULL;
  g_autofree char *name = words != NULL ? g_strdup_printf (_("Timeline: %s"), words) : g_strdup (_("Timeline of the call"));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
choose (SideSegmentStrip *self,
        int               index)
{
  if (self->selected == index || get (self, index) == NULL)
    return;
  self->selected = index;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[SIGNAL_SELECTED], 0, index);
}

/* ---- drawing ---- */

static void
hatch (cairo_t *cr,
       double   from,
       double   width)
{
  cairo_save (cr);
  cairo_rectangle (cr, from, 0, width, HEIGHT);
  cairo_clip (cr);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.14);
  cairo_set_line_width (cr, 1.5);
  for (double x = from - HEIGHT; x < from + width; x += 7)
    {
      cairo_move_to (cr, x, HEIGHT);
      cairo_line_to (cr, x + HEIGHT, 0);
    }
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_words (SideSegmentStrip      *self,
            cairo_t               *cr,
            const SideTestSegment *segment,
            double                 from,
            double                 width)
{
  g_autofree char *what = side_test_result_words_segment (segment);
  g_autofree char *length = side_text_duration_tenths (segment->to_ms - segment->from_ms);
  g_autofree char *text = g_strdup_printf ("%s%s %s", segment->by_hand ? "✎ " : "", what, length);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int height, natural;

  if (width < 24)
    return;
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) ((width - 8) * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, &natural, &height);
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_move_to (cr, from + 4, (HEIGHT - height) / 2.0);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_segment (SideSegmentStrip *self,
              cairo_t          *cr,
              int               index)
{
  const SideTestSegment *segment = get (self, index);
  double from = MAX (x_of (self, segment->from_ms), 0), to = MIN (x_of (self, segment->to_ms), gtk_widget_get_width (GTK_WIDGET (self)));
  double width = MAX (to - from - 1, 1);
  GdkRGBA colour;

  if (segment->to_ms <= self->from_ms || segment->from_ms >= self->to_ms)
    return;
  side_segment_strip_colour (segment->kind, &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_rectangle (cr, from, 0, width, HEIGHT);
  cairo_fill (cr);
  if (!segment->by_hand && segment->certainty < UNSURE)
    hatch (cr, from, width);
  draw_words (self, cr, segment, from, width);
  if (index != self->selected)
    return;
  cairo_set_source_rgb (cr, 0.1, 0.1, 0.1);
  cairo_set_line_width (cr, 2);
  cairo_rectangle (cr, from + 1, 1, MAX (width - 2, 1), HEIGHT - 2);
  cairo_stroke (cr);
}

static void
side_segment_strip_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  SideSegmentStrip *self = SIDE_SEGMENT_STRIP (widget);
  double width = gtk_widget_get_width (widget);
  cairo_t *cr;

  if (self->call == NULL || width <= 0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, HEIGHT));
  for (guint i = 0; i < self->call->segments->len; i++)
    draw_segment (self, cr, (int) i);
  if (self->position_ms >= self->from_ms && self->position_ms <= self->to_ms)
    {
      cairo_set_source_rgb (cr, 0.88, 0.11, 0.14);
      cairo_rectangle (cr, x_of (self, self->position_ms) - 1, 0, 2, HEIGHT);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
}

static void
side_segment_strip_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 80;
}

/* ---- the pointer ---- */

/* Whose edge is at @x: a beginning stands for the end that touches it. */
static int
edge_at (SideSegmentStrip *self,
         double            x,
         gboolean         *end)
{
  int found = -1;
  double best = GRIP;

  for (guint i = 0; self->call != NULL && i < self->call->segments->len; i++)
    {
      const SideTestSegment *segment = get (self, (int) i);
      double to_start = fabs (x_of (self, segment->from_ms) - x), to_end = fabs (x_of (self, segment->to_ms) - x);

      if (to_start <= best && segment->from_ms > 0)
        {
          best = to_start;
          found = (int) i;
          *end = FALSE;
        }
      if (to_end < best)
        {
          best = to_end;
          found = (int) i;
          *end = TRUE;
        }
    }
  return found;
}

static void
show_call (SideSegmentStrip *self,
           SideTestCall     *call)
{
  g_clear_pointer (&self->call, side_test_call_unref);
  self->call = call;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drag_begin_cb (SideSegmentStrip *self,
               double            x,
               double            y)
{
  gboolean end = FALSE;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->dragged = self->editable ? edge_at (self, x, &end) : -1;
  self->drags_end = end;
  self->drag_x = x;
  if (self->dragged < 0 && self->call != NULL)
    {
      gint64 at_ms = ms_at (self, x);

      choose (self, side_test_call_find_segment (self->call, at_ms));
      g_signal_emit (self, signals[SIGNAL_SEEK], 0, at_ms);
      return;
    }
  if (self->dragged >= 0)
    {
      choose (self, self->dragged);
      self->before = side_test_call_ref (self->call);
    }
}

static void
drag_update_cb (SideSegmentStrip *self,
                double            dx,
                double            dy)
{
  g_autoptr (SideTestCall) call = NULL;
  const SideTestSegment *segment;
  gint64 at_ms = ms_at (self, self->drag_x + dx);

  if (self->dragged < 0 || self->before == NULL)
    return;
  call = side_test_call_copy (self->before);
  segment = call->segments->pdata[self->dragged];
  side_test_call_set_edges (call, (guint) self->dragged, self->drags_end ? segment->from_ms : at_ms,
                            self->drags_end ? at_ms : segment->to_ms);
  show_call (self, g_steal_pointer (&call));
}

static void
drag_end_cb (SideSegmentStrip *self,
             double            dx,
             double            dy)
{
  g_autoptr (SideTestCall) before = g_steal_pointer (&self->before);
  int dragged = self->dragged;
  gint64 from_ms, to_ms;

  self->dragged = -1;
  if (before == NULL || dragged < 0)
    return;
  from_ms = get (self, dragged)->from_ms;
  to_ms = get (self, dragged)->to_ms;
  show_call (self, g_steal_pointer (&before));
  if (from_ms != get (self, dragged)->from_ms || to_ms != get (self, dragged)->to_ms)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0, (guint) dragged, from_ms, to_ms);
}

static void
motion_cb (SideSegmentStrip *self,
           double            x,
           double            y)
{
  gboolean end;

  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), self->editable && edge_at (self, x, &end) >= 0 ? "col-resize" : NULL);
}

static gboolean
tooltip_cb (SideSegmentStrip *self,
            int               x,
            int               y,
            gboolean          keyboard,
            GtkTooltip       *tooltip)
{
  const SideTestSegment *segment;
  g_autofree char *words = NULL;

  if (self->call == NULL)
    return FALSE;
  segment = get (self, keyboard ? self->selected : side_test_call_find_segment (self->call, ms_at (self, x)));
  if (segment == NULL)
    return FALSE;
  words = words_for (segment);
  gtk_tooltip_set_text (tooltip, words);
  return TRUE;
}

/* ---- the keyboard ---- */

/* What an arrow does: goes on, or moves an edge of what is selected. */
enum { KEY_GO, KEY_FROM, KEY_TO };

static gboolean
key_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   data)
{
  SideSegmentStrip *self = SIDE_SEGMENT_STRIP (widget);
  const SideTestSegment *segment = get (self, self->selected);
  int step, what;

  g_variant_get (args, "(ii)", &step, &what);
  if (what == KEY_GO)
    choose (self, self->selected < 0 ? 0 : self->selected + step);
  else if (self->editable && segment != NULL)
    g_signal_emit (self, signals[SIGNAL_MOVED], 0, (guint) self->selected, segment->from_ms + (what == KEY_FROM ? step * KEY_MS : 0),
                   segment->to_ms + (what == KEY_TO ? step * KEY_MS : 0));
  return TRUE;
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint left, right; } pairs[] = { { GDK_KEY_Left, GDK_KEY_Right }, { GDK_KEY_KP_Left, GDK_KEY_KP_Right } };
  static const struct { GdkModifierType modifiers; int what; } ways[] = {
    { 0, KEY_GO }, { GDK_SHIFT_MASK, KEY_FROM }, { GDK_SHIFT_MASK | GDK_CONTROL_MASK, KEY_TO },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (ways); j++)
      {
        gtk_widget_class_add_binding (widget_class, pairs[i].left, ways[j].modifiers, key_cb, "(ii)", -1, ways[j].what);
        gtk_widget_class_add_binding (widget_class, pairs[i].right, ways[j].modifiers, key_cb, "(ii)", 1, ways[j].what);
      }
}

/* ---- the widget ---- */

static void
side_segment_strip_finalize (GObject *object)
{
  SideSegmentStrip *self = SIDE_SEGMENT_STRIP (object);

  g_clear_pointer (&self->call, side_test_call_unref);
  g_clear_pointer (&self->before, side_test_call_unref);
  G_OBJECT_CLASS (side_segment_strip_parent_class)->finalize (object);
}

static void
side_segment_strip_class_init (SideSegmentStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = SIDE_TYPE_SEGMENT_STRIP;

  G_OBJECT_CLASS (klass)->finalize = side_segment_strip_finalize;
  widget_class->snapshot = side_segment_strip_snapshot;
  widget_class->measure = side_segment_strip_measure;
  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "segmentstrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[SIGNAL_SELECTED] = g_signal_new ("selected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_INT64,
                                        G_TYPE_INT64);
  signals[SIGNAL_SEEK] = g_signal_new ("seek", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
side_segment_strip_init (SideSegmentStrip *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->selected = self->dragged = -1;
  self->position_ms = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (drag_update_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (drag_end_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "motion", G_CALLBACK (motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (tooltip_cb), NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Timeline of the call"), -1);
}

/**
 * side_segment_strip_new:
 *
 * Returns: (transfer floating): a strip of no call
 */
GtkWidget *
side_segment_strip_new (void)
{
  return g_object_new (SIDE_TYPE_SEGMENT_STRIP, NULL);
}

/**
 * side_segment_strip_set_call:
 * @self: a strip
 * @call: (nullable): what is shown
 * @editable: whether edges can be moved
 */
void
side_segment_strip_set_call (SideSegmentStrip   *self,
                             const SideTestCall *call,
                             gboolean            editable)
{
  g_return_if_fail (SIDE_IS_SEGMENT_STRIP (self));

  g_clear_pointer (&self->before, side_test_call_unref);
  self->dragged = -1;
  self->editable = editable;
  show_call (self, call != NULL ? side_test_call_ref ((SideTestCall *) call) : NULL);
  if (get (self, self->selected) == NULL)
    self->selected = call != NULL && call->segments->len > 0 ? (int) call->segments->len - 1 : -1;
  describe (self);
}

/**
 * side_segment_strip_set_view:
 * @self: a strip
 * @from_ms: what it shows begins here, from the moment the call was dialled; may be below 0
 * @to_ms: and ends here
 */
void
side_segment_strip_set_view (SideSegmentStrip *self,
                             gint64            from_ms,
                             gint64            to_ms)
{
  g_return_if_fail (SIDE_IS_SEGMENT_STRIP (self));

  self->from_ms = from_ms;
  self->to_ms = to_ms;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_segment_strip_set_position:
 * @self: a strip
 * @at_ms: what is heard; below 0 for nothing
 */
void
side_segment_strip_set_position (SideSegmentStrip *self,
                                 gint64            at_ms)
{
  g_return_if_fail (SIDE_IS_SEGMENT_STRIP (self));

  if (self->position_ms == at_ms)
    return;
  self->position_ms = at_ms;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * side_segment_strip_select:
 * @self: a strip
 * @index: of a segment
 */
void
side_segment_strip_select (SideSegmentStrip *self,
                           int               index)
{
  g_return_if_fail (SIDE_IS_SEGMENT_STRIP (self));
  choose (self, index);
}

/**
 * side_segment_strip_get_selected:
 * @self: a strip
 *
 * Returns: place of the segment that is selected; -1 for none
 */
int
side_segment_strip_get_selected (SideSegmentStrip *self)
{
  g_return_val_if_fail (SIDE_IS_SEGMENT_STRIP (self), -1);
  return self->selected;
}
