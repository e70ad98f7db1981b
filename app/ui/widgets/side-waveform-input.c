/* side-waveform-input.c - keys and pointer on a waveform
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keys: Left and Right go a second, with Shift five, Page Up and Page Down
 * thirty, Home and End to the ends; plus and minus magnify, 0 shows all,
 * Escape takes a selection back; Ctrl and Left or Right go from answer to
 * answer, Enter to the question of one. The pointer: a click goes there, a drag
 * selects a span, a click on a label asks for that mark, on an answer for its
 * question, a pinch, or Ctrl and
 * the wheel, magnify, the wheel alone and the overview move a magnified
 * picture. Nothing is sought here: what is wanted becomes a signal.
 */
#include "side-waveform-private.h"

#include <math.h>

#include "side-text.h"

#define CLICK_SLOP 4.0    /* pixels within which a drag is still a click */
#define ZOOM_STEP  1.25
#define PAN_STEP   0.1    /* of what is seen */

static gint64
view_span (SideWaveform *self)
{
  return self->view_to_ms - self->view_from_ms;
}

/* Shows a part @factor times as long, @anchor_ms staying where it is. */
static void
zoom (SideWaveform *self,
      double        factor,
      gint64        anchor_ms)
{
  double from = (double) anchor_ms - (double) (anchor_ms - self->view_from_ms) * factor;

  side_waveform_set_view (self, (gint64) from, (gint64) ((double) view_span (self) * factor));
}

/* Somebody wants to see something: the sound is not followed for a while. */
static void
move_view (SideWaveform *self,
           gint64        from_ms)
{
  self->scrolled_us = g_get_monotonic_time ();
  side_waveform_set_view (self, from_ms, view_span (self));
}

/* side_waveform_request_seek: asks for a position, within the recording */
void
side_waveform_request_seek (SideWaveform *self,
                            gint64        ms)
{
  if (side_waveform_total_ms (self) > 0)
    g_signal_emit_by_name (self, "seek-requested", CLAMP (ms, 0, side_waveform_total_ms (self)));
}

static gboolean
seek_by_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   data)
{
  SideWaveform *self = SIDE_WAVEFORM (widget);

  side_waveform_request_seek (self, self->position_ms + g_variant_get_int32 (args));
  return TRUE;
}

static gboolean
seek_end_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   data)
{
  SideWaveform *self = SIDE_WAVEFORM (widget);

  side_waveform_request_seek (self, g_variant_get_boolean (args) ? side_waveform_total_ms (self) : 0);
  return TRUE;
}

static gboolean
zoom_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  SideWaveform *self = SIDE_WAVEFORM (widget);
  double factor = g_variant_get_double (args);

  if (factor > 0)
    zoom (self, factor, self->position_ms);
  else
    side_waveform_set_view (self, 0, side_waveform_total_ms (self));
  return TRUE;
}

static gboolean
escape_cb (GtkWidget *widget,
           GVariant  *args,
           gpointer   data)
{
  SideWaveform *self = SIDE_WAVEFORM (widget);

  if (!self->has_selection && self->selected_mark == NULL)
    return FALSE;
  side_waveform_clear_selection (self);
  side_waveform_select_mark (self, NULL);
  return TRUE;
}

/* The mark whose label is at a point; with @or_band also whose band. */
static SideWaveformMark *
mark_at (SideWaveform *self,
         double        x,
         double        y,
         gboolean      or_band)
{
  gint64 ms = side_waveform_ms_at (self, x);
  gint64 slop = side_waveform_ms_at (self, x + 3) - ms;

  for (guint i = self->marks->len; i-- > 0;)
    {
      SideWaveformMark *mark = g_ptr_array_index (self->marks, i);
      double top = mark->row * (self->frame.row_height + 2);

      if (mark->width > 0 && x >= mark->x && x < mark->x + mark->width
          && y >= top && y < top + self->frame.row_height)
        return mark;
      if (or_band && y >= self->frame.top && y < self->frame.bottom
          && ms >= mark->from_ms - slop && ms <= mark->to_ms + slop)
        return mark;
    }
  return NULL;
}

static gboolean
query_tooltip_cb (SideWaveform *self,
                  int           x,
                  int           y,
                  gboolean      by_keyboard,
                  GtkTooltip   *tooltip)
{
  SideWaveformMark *mark;
  g_autofree char *text = NULL;
  g_autofree char *from = NULL;

  if (by_keyboard || side_waveform_total_ms (self) == 0)
    return FALSE;
  text = side_waveform_answers_words (self, x, y);
  if (text == NULL)
    text = side_waveform_strips_words (self, x, y);
  if (text != NULL)
    {
      gtk_tooltip_set_text (tooltip, text);
      return TRUE;
    }
  mark = mark_at (self, x, y, TRUE);
  from = side_text_duration (self->origin_ms + (mark != NULL ? mark->from_ms : side_waveform_ms_at (self, x)));
  if (mark != NULL && mark->to_ms > mark->from_ms)
    {
      g_autofree char *to = side_text_duration (self->origin_ms + mark->to_ms);

      text = g_strdup_printf ("%s–%s  %s", from, to, mark->label);
    }
  else if (mark != NULL)
    text = g_strdup_printf ("%s  %s", from, mark->label);
  gtk_tooltip_set_text (tooltip, text != NULL ? text : from);
  return TRUE;
}

/* The frame in the overview is taken where it is held; elsewhere it comes. */
static void
begin_moving_view (SideWaveform *self,
                   double        x)
{
  gint64 total = side_waveform_total_ms (self);
  gint64 at = (gint64) (x / MAX (self->frame.width, 1) * (double) total);

  self->drag = SIDE_WAVEFORM_MOVING_VIEW;
  if (at < self->view_from_ms || at > self->view_to_ms)
    move_view (self, at - view_span (self) / 2);
  self->drag_view_ms = self->view_from_ms;
}

static void
drag_begin_cb (SideWaveform *self,
               double        x,
               double        y)
{
  SideWaveformMark *mark = mark_at (self, x, y, FALSE);
  SideWaveformAnswer *answer;
  SideWaveformMark *edged;
  gboolean end = FALSE;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag = SIDE_WAVEFORM_IDLE;
  self->drag_x = x;
  self->dragging = FALSE;
  if (side_waveform_total_ms (self) == 0)
    return;
  edged = side_waveform_edge_at (self, x, y, &end);
  answer = side_waveform_answer_at (self, x, y);
  if (answer != NULL)
    side_waveform_answers_choose (self, answer);
  else if (mark != NULL)
    {
      g_autofree char *id = g_strdup (mark->id);

      /* The label was meant, not the time below it. */
      side_waveform_select_mark (self, id);
      g_signal_emit_by_name (self, "mark-activated", id);
    }
  else if (side_waveform_in_overview (self, y))
    begin_moving_view (self, x);
  else if (edged != NULL)
    {
      self->drag = SIDE_WAVEFORM_MOVING_EDGE;
      side_waveform_edge_begin (self, edged, end);
    }
  else
    self->drag = SIDE_WAVEFORM_SELECTING;
}

static void
drag_update_cb (SideWaveform *self,
                double        dx,
                double        dy)
{
  gint64 from;
  gint64 to;

  if (self->drag == SIDE_WAVEFORM_IDLE || (!self->dragging && fabs (dx) < CLICK_SLOP))
    return;
  self->dragging = TRUE;
  from = side_waveform_ms_at (self, self->drag_x);
  to = side_waveform_ms_at (self, self->drag_x + dx);
  if (self->drag == SIDE_WAVEFORM_MOVING_VIEW)
    {
      move_view (self, self->drag_view_ms
                         + (gint64) (dx / MAX (self->frame.width, 1) * (double) side_waveform_total_ms (self)));
    }
  else if (self->drag == SIDE_WAVEFORM_MOVING_EDGE)
    {
      side_waveform_edge_move (self, to);
    }
  else
    {
      self->has_selection = TRUE;
      self->selected_from_ms = MIN (from, to);
      self->selected_to_ms = MAX (from, to);
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
}

static void
drag_end_cb (SideWaveform *self,
             double        dx,
             double        dy)
{
  SideWaveformDrag drag = self->drag;
  gboolean dragged;

  drag_update_cb (self, dx, dy);
  dragged = self->dragging;
  self->drag = SIDE_WAVEFORM_IDLE;
  self->dragging = FALSE;
  if (drag == SIDE_WAVEFORM_MOVING_EDGE)
    side_waveform_edge_finish (self);
  if (drag == SIDE_WAVEFORM_IDLE || drag == SIDE_WAVEFORM_MOVING_VIEW || (drag == SIDE_WAVEFORM_MOVING_EDGE && dragged))
    return;
  if (!dragged)
    {
      side_waveform_clear_selection (self);
      side_waveform_request_seek (self, side_waveform_ms_at (self, self->drag_x));
    }
  else
    side_waveform_select_span (self, self->selected_from_ms, self->selected_to_ms);
}

/* Another finger came, or the desktop took the pointer away. */
static void
drag_cancel_cb (SideWaveform *self)
{
  if (self->drag == SIDE_WAVEFORM_SELECTING && self->dragging)
    side_waveform_clear_selection (self);
  if (self->drag == SIDE_WAVEFORM_MOVING_EDGE)
    side_waveform_edge_finish (self);
  self->drag = SIDE_WAVEFORM_IDLE;
  self->dragging = FALSE;
}

static void
motion_cb (SideWaveform *self,
           double        x,
           double        y)
{
  const char *cursor = NULL;

  self->pointer_x = x;
  if (self->drag != SIDE_WAVEFORM_IDLE)
    return;
  if (side_waveform_in_overview (self, y))
    cursor = "grab";
  else if (side_waveform_answer_at (self, x, y) != NULL)
    cursor = "pointer";
  else if (side_waveform_edge_at (self, x, y, NULL) != NULL)
    cursor = "ew-resize";
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor);
}

static void
zoom_begin_cb (SideWaveform     *self,
               GdkEventSequence *sequence,
               GtkGesture       *gesture)
{
  double x = self->pointer_x, y = 0;

  if (gtk_gesture_is_active (gesture))
    gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  drag_cancel_cb (self);
  self->zoomed_span_ms = view_span (self);
  self->zoomed_at_ms = side_waveform_ms_at (self, x);
}

/* What was between the fingers stays there, while they move too. */
static void
zoom_changed_cb (SideWaveform *self,
                 double        scale,
                 GtkGesture   *gesture)
{
  double width = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
  double x = self->pointer_x, y = 0, span;

  if (self->zoomed_span_ms <= 0 || scale <= 0)
    return;
  if (gtk_gesture_is_active (gesture))
    gtk_gesture_get_bounding_box_center (gesture, &x, &y);
  /* The span the view will really have, or the anchor would slip at its limits. */
  side_waveform_set_view (self, self->view_from_ms, (gint64) ((double) self->zoomed_span_ms / scale));
  span = (double) view_span (self);
  move_view (self, (gint64) ((double) self->zoomed_at_ms - x / width * span));
}

static gboolean
scroll_cb (SideWaveform             *self,
           double                    dx,
           double                    dy,
           GtkEventControllerScroll *scroll)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));

  if (state & GDK_CONTROL_MASK)
    {
      zoom (self, pow (ZOOM_STEP, dy), side_waveform_ms_at (self, self->pointer_x));
      return TRUE;
    }
  if (!side_waveform_is_zoomed (self))
    return FALSE;
  move_view (self, self->view_from_ms + (gint64) ((dx + dy) * PAN_STEP * (double) view_span (self)));
  return TRUE;
}

/* side_waveform_add_controllers: the pointer's part, for each instance */
void
side_waveform_add_controllers (SideWaveform *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkGesture *pinch = gtk_gesture_zoom_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (drag_cancel_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (pinch, "begin", G_CALLBACK (zoom_begin_cb), self);
  g_signal_connect_swapped (pinch, "scale-changed", G_CALLBACK (zoom_changed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (pinch));
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_swapped (scroll, "scroll", G_CALLBACK (scroll_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip_cb), NULL);
}

/* side_waveform_add_keys: the keyboard's part, for the class */
void
side_waveform_add_keys (GtkWidgetClass *klass)
{
  static const struct { guint key; guint keypad; GdkModifierType modifiers; int ms; } steps[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, 0, -1000 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, 0, 1000 },
    { GDK_KEY_Left, GDK_KEY_KP_Left, GDK_SHIFT_MASK, -5000 },
    { GDK_KEY_Right, GDK_KEY_KP_Right, GDK_SHIFT_MASK, 5000 },
    { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 0, -30000 },
    { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 0, 30000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      gtk_widget_class_add_binding (klass, steps[i].key, steps[i].modifiers, seek_by_cb, "i", steps[i].ms);
      gtk_widget_class_add_binding (klass, steps[i].keypad, steps[i].modifiers, seek_by_cb, "i", steps[i].ms);
    }
  gtk_widget_class_add_binding (klass, GDK_KEY_Home, 0, seek_end_cb, "b", FALSE);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Home, 0, seek_end_cb, "b", FALSE);
  gtk_widget_class_add_binding (klass, GDK_KEY_End, 0, seek_end_cb, "b", TRUE);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_End, 0, seek_end_cb, "b", TRUE);
  gtk_widget_class_add_binding (klass, GDK_KEY_plus, 0, zoom_cb, "d", 1 / ZOOM_STEP);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Add, 0, zoom_cb, "d", 1 / ZOOM_STEP);
  gtk_widget_class_add_binding (klass, GDK_KEY_equal, 0, zoom_cb, "d", 1 / ZOOM_STEP);
  gtk_widget_class_add_binding (klass, GDK_KEY_minus, 0, zoom_cb, "d", ZOOM_STEP);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Subtract, 0, zoom_cb, "d", ZOOM_STEP);
  gtk_widget_class_add_binding (klass, GDK_KEY_0, 0, zoom_cb, "d", 0.0);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_0, 0, zoom_cb, "d", 0.0);
  side_waveform_edge_add_keys (klass);
  side_waveform_answers_add_keys (klass);
  gtk_widget_class_add_binding (klass, GDK_KEY_Escape, 0, escape_cb, NULL);
}
