/* side-waveform-edges.c - the edges of marks, points, and spans held by key
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An edge is dragged, or moved by keys on the selected mark: Alt and Left or
 * Right for the start, with Shift for the end, 100 ms each. A point is moved
 * as a whole by either. What became of it
 * is told once: at the end of the drag, or when no key came for half a
 * second. Until then the mark is drawn where it is to be, whatever comes from
 * outside.
 */
#include "side-waveform-private.h"

#include <math.h>

#define GRIP        5.0    /* pixels on either side of an edge */
#define NUDGE_MS    100
#define QUIET_MS    500
#define MIN_SPAN_MS 100    /* a mark does not become shorter */
#define TAP_US      (250 * 1000)

/* side_waveform_edge_at:
 * @end: (out) (optional): whether it is the end of the mark
 *
 * Returns: (nullable): the mark that may be moved and is a point there, or has
 *   an edge there */
SideWaveformMark *
side_waveform_edge_at (SideWaveform *self,
                       double        x,
                       double        y,
                       gboolean     *end)
{
  SideWaveformMark *found = NULL;
  double nearest = GRIP;

  if (y < self->frame.top || y >= self->frame.bottom)
    return NULL;
  for (guint i = 0; i < self->marks->len; i++)
    {
      SideWaveformMark *mark = g_ptr_array_index (self->marks, i);
      double to_start = fabs (x - side_waveform_x_of (self, mark->from_ms));
      double to_end = fabs (x - side_waveform_x_of (self, MAX (mark->from_ms, mark->to_ms)));

      if (!mark->movable || MIN (to_start, to_end) > nearest)
        continue;
      nearest = MIN (to_start, to_end);
      found = mark;
      if (end != NULL)
        *end = to_end < to_start;
    }
  return found;
}

/* side_waveform_edge_begin: one edge of @mark is going to be moved */
void
side_waveform_edge_begin (SideWaveform     *self,
                          SideWaveformMark *mark,
                          gboolean          end)
{
  if (g_strcmp0 (self->moved_mark, mark->id) != 0)
    {
      g_autofree char *id = g_strdup (mark->id);

      side_waveform_edge_finish (self);
      side_waveform_select_mark (self, id);
      /* Telling what was moved before may have replaced the marks. */
      mark = side_waveform_find_mark (self, id);
      if (mark == NULL)
        return;
      self->moved_mark = g_steal_pointer (&id);
      self->moved_from_ms = mark->from_ms;
      self->moved_to_ms = mark->to_ms;
      self->moved_was = (SideSpan) { mark->from_ms, mark->to_ms };
    }
  self->moved_end = end;
}

/* side_waveform_edge_reapply: draws the mark that is being moved where it is to be */
void
side_waveform_edge_reapply (SideWaveform *self)
{
  SideWaveformMark *mark = side_waveform_find_mark (self, self->moved_mark);

  if (mark == NULL)
    return;
  mark->from_ms = self->moved_from_ms;
  mark->to_ms = self->moved_to_ms;
  side_waveform_forget (self);
}

/* side_waveform_edge_move: to @ms, as far as the other edge, if there is one, lets it */
void
side_waveform_edge_move (SideWaveform *self,
                         gint64        ms)
{
  if (self->moved_mark == NULL)
    return;
  if (self->moved_was.to_ms <= self->moved_was.from_ms)
    self->moved_from_ms = self->moved_to_ms = CLAMP (ms, 0, side_waveform_total_ms (self));
  else if (self->moved_end)
    self->moved_to_ms = CLAMP (ms, self->moved_from_ms + MIN_SPAN_MS,
                               MAX (side_waveform_total_ms (self), self->moved_from_ms + MIN_SPAN_MS));
  else
    self->moved_from_ms = CLAMP (ms, 0, MAX (self->moved_to_ms - MIN_SPAN_MS, 0));
  side_waveform_edge_reapply (self);
  /* A screen reader hears where the edge is now. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  (double) (self->moved_end ? self->moved_to_ms : self->moved_from_ms) / 1000, -1);
}

/* side_waveform_edge_forget: nothing of it is told */
void
side_waveform_edge_forget (SideWaveform *self)
{
  g_clear_handle_id (&self->moved_source, g_source_remove);
  g_clear_pointer (&self->moved_mark, g_free);
}

/* side_waveform_edge_finish: tells what was moved, if anything was */
void
side_waveform_edge_finish (SideWaveform *self)
{
  g_autofree char *id = g_steal_pointer (&self->moved_mark);

  g_clear_handle_id (&self->moved_source, g_source_remove);
  if (id != NULL && (self->moved_from_ms != self->moved_was.from_ms || self->moved_to_ms != self->moved_was.to_ms))
    g_signal_emit_by_name (self, "mark-changed", id, self->moved_from_ms, self->moved_to_ms);
}

static gboolean
quiet_cb (gpointer data)
{
  SideWaveform *self = data;

  self->moved_source = 0;
  side_waveform_edge_finish (self);
  return G_SOURCE_REMOVE;
}

static gboolean
nudge_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  SideWaveform *self = SIDE_WAVEFORM (widget);
  SideWaveformMark *mark = side_waveform_find_mark (self, self->selected_mark);
  gboolean end;
  int ms;

  if (mark == NULL || !mark->movable)
    return FALSE;
  g_variant_get (args, "(bi)", &end, &ms);
  side_waveform_edge_begin (self, mark, end);
  side_waveform_edge_move (self, (end ? self->moved_to_ms : self->moved_from_ms) + ms);
  g_clear_handle_id (&self->moved_source, g_source_remove);
  self->moved_source = g_timeout_add (QUIET_MS, quiet_cb, self);
  return TRUE;
}

/* side_waveform_edge_add_keys: for the class */
void
side_waveform_edge_add_keys (GtkWidgetClass *klass)
{
  static const struct { guint key; guint keypad; int ms; } keys[] = {
    { GDK_KEY_Left, GDK_KEY_KP_Left, -NUDGE_MS },
    { GDK_KEY_Right, GDK_KEY_KP_Right, NUDGE_MS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    for (int end = 0; end < 2; end++)
      {
        GdkModifierType modifiers = end ? GDK_ALT_MASK | GDK_SHIFT_MASK : GDK_ALT_MASK;

        gtk_widget_class_add_binding (klass, keys[i].key, modifiers, nudge_cb, "(bi)", end, keys[i].ms);
        gtk_widget_class_add_binding (klass, keys[i].keypad, modifiers, nudge_cb, "(bi)", end, keys[i].ms);
      }
}

/**
 * side_waveform_begin_span:
 * @self: a waveform
 *
 * A span begins where the player is and is drawn as it grows. Again while one
 * is growing (a key repeats itself) nothing happens.
 */
void
side_waveform_begin_span (SideWaveform *self)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  if (self->holding || side_waveform_total_ms (self) == 0)
    return;
  side_waveform_clear_selection (self);
  self->holding = TRUE;
  self->held_from_ms = self->position_ms;
  self->held_since_us = g_get_monotonic_time ();
}

/**
 * side_waveform_end_span:
 * @self: a waveform
 * @from_ms: (out) (optional): where it began
 * @to_ms: (out) (optional): where it ended; @from_ms for a point: a tap of less
 *   than 250 ms, or nothing played meanwhile
 *
 * A span stays selected and is told by "span-selected"; a point is not.
 *
 * Returns: whether one was begun
 */
gboolean
side_waveform_end_span (SideWaveform *self,
                        gint64       *from_ms,
                        gint64       *to_ms)
{
  gint64 from, to;

  g_return_val_if_fail (SIDE_IS_WAVEFORM (self), FALSE);

  if (!self->holding)
    return FALSE;
  self->holding = FALSE;
  from = MIN (self->held_from_ms, self->position_ms);
  to = MAX (self->held_from_ms, self->position_ms);
  if (g_get_monotonic_time () - self->held_since_us < TAP_US)
    from = to = self->held_from_ms;
  if (from_ms != NULL)
    *from_ms = from;
  if (to_ms != NULL)
    *to_ms = to;
  if (from == to)
    {
      side_waveform_clear_selection (self);
      return TRUE;
    }
  side_waveform_select_span (self, from, to);
  return TRUE;
}

/**
 * side_waveform_select_span:
 * @self: a waveform with a recording
 * @from_ms: where the span begins
 * @to_ms: where it ends; what lies outside the recording is cut off
 *
 * Selects it as if it had been dragged.
 */
void
side_waveform_select_span (SideWaveform *self,
                           gint64        from_ms,
                           gint64        to_ms)
{
  gint64 total;

  g_return_if_fail (SIDE_IS_WAVEFORM (self));

  total = side_waveform_total_ms (self);
  from_ms = CLAMP (from_ms, 0, total);
  to_ms = CLAMP (to_ms, 0, total);
  if (from_ms >= to_ms)
    return;
  self->has_selection = TRUE;
  self->selected_from_ms = from_ms;
  self->selected_to_ms = to_ms;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "selection-changed");
  g_signal_emit_by_name (self, "span-selected", from_ms, to_ms);
}
