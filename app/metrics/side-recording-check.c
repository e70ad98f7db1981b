/* side-recording-check.c - whether recordings are there, whole, and of both sides
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A recording begins when the caller enters the queue, or when the operator
 * answers, as the PBX has it; it ends with the call. So its length lies between
 * the talk and the whole call, and its beginning is its length before the end.
 */
#include "side-recording-check.h"

static gint64
tolerance_for (gint64 length_ms)
{
  return SIDE_RECORDING_TOLERANCE_MS + length_ms / 100;
}

static gboolean
is_wrong_length (const SideCall         *call,
                 const SideSoundFigures *figures)
{
  gint64 is_ms = figures != NULL ? figures->duration_ms : call->recording_ms;
  gint64 whole_ms = call->ended_ms - call->joined_ms;

  if (figures == NULL && call->recording_ms <= 0)
    return FALSE;   /* nobody said how long it is */
  if (is_ms < call->talk_ms - tolerance_for (call->talk_ms))
    return TRUE;
  /* After a transfer it goes on where this leg has ended. */
  return call->transfer == SIDE_TRANSFER_NONE && whole_ms > 0 && is_ms > whole_ms + tolerance_for (whole_ms);
}

/**
 * side_recording_check:
 * @call: a call
 * @figures: (nullable): of its recording, when it was analysed
 * @now_ms: the present instant
 * @totals: (nullable): counts this call too
 *
 * Tolerances: see SIDE_RECORDING_TOLERANCE_MS and SIDE_RECORDING_GRACE_MS.
 *
 * Returns: set of SideRecordingFault, 0 when nothing is known to be amiss
 */
guint
side_recording_check (const SideCall         *call,
                      const SideSoundFigures *figures,
                      gint64                  now_ms,
                      SideRecordingTotals    *totals)
{
  SideRecordingTotals nobody = { 0 };
  guint faults = 0;

  g_return_val_if_fail (call != NULL, 0);
  if (totals == NULL)
    totals = &nobody;
  if (call->ended_ms == 0)
    return 0;
  totals->calls++;
  if (call->outcome != SIDE_OUTCOME_ANSWERED)
    return 0;
  totals->answered++;
  totals->recorded += call->recording != NULL;
  totals->analysed += call->recording != NULL && figures != NULL;
  if (call->recording == NULL)
    faults = now_ms - call->ended_ms > SIDE_RECORDING_GRACE_MS ? SIDE_RECORDING_MISSING : 0;
  else if (figures != NULL && figures->problem != NULL)
    faults = SIDE_RECORDING_UNPLAYABLE;
  else
    {
      faults |= is_wrong_length (call, figures) ? SIDE_RECORDING_LENGTH : 0;
      faults |= figures != NULL && side_sound_figures_silent_side (figures) != SIDE_CHANNEL_NONE
                ? SIDE_RECORDING_ONE_SIDED : 0;
    }
  for (guint i = 0; i < SIDE_RECORDING_N_FAULTS; i++)
    totals->faults[i] += faults >> i & 1;
  totals->amiss += faults != 0;
  return faults;
}

static void
add_span (GArray         *spans,
          const SideCall *call,
          gint64          from_ms,
          gint64          to_ms)
{
  gint64 begin_ms = side_call_get_recording_start_ms (call);
  SideSpan span = { CLAMP (from_ms - begin_ms, 0, call->recording_ms), CLAMP (to_ms - begin_ms, 0, call->recording_ms) };

  if (span.from_ms < span.to_ms)
    g_array_append_val (spans, span);
}

/* Spans between events of two kinds; one that was never ended lasts to the end. */
static GArray *
collect (const SideCall *call,
         GPtrArray      *events,
         SideEventKind   begins,
         SideEventKind   ends)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  gint64 since_ms = 0;

  for (guint i = 0; i < events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (events, i);

      if (event->call == NULL || g_strcmp0 (event->call, call->id) != 0)
        continue;
      if (event->kind == begins && since_ms == 0)
        since_ms = event->at_ms;
      else if (event->kind == ends && since_ms != 0)
        {
          add_span (spans, call, since_ms, event->at_ms);
          since_ms = 0;
        }
    }
  if (since_ms != 0)
    add_span (spans, call, since_ms, call->ended_ms);
  return spans;
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  gint64 left = ((const SideSpan *) a)->from_ms;
  gint64 right = ((const SideSpan *) b)->from_ms;

  return (left > right) - (left < right);
}

static GArray *
join (const GArray *a,
      const GArray *b)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  GArray *joined = g_array_new (FALSE, FALSE, sizeof (SideSpan));

  g_array_append_vals (all, a->data, a->len);
  g_array_append_vals (all, b->data, b->len);
  g_array_sort (all, compare_spans);
  for (guint i = 0; i < all->len; i++)
    {
      const SideSpan *span = &g_array_index (all, SideSpan, i);
      SideSpan *last = joined->len > 0 ? &g_array_index (joined, SideSpan, joined->len - 1) : NULL;

      if (last != NULL && span->from_ms <= last->to_ms)
        last->to_ms = MAX (last->to_ms, span->to_ms);
      else
        g_array_append_val (joined, *span);
    }
  return joined;
}

/**
 * side_recording_spans_new:
 * @call: a call
 * @events: (element-type SideEvent) (nullable): its events, oldest first
 *
 * Returns: (transfer full): what they say of its recording; empty when it is
 *   not known where the recording begins
 */
SideRecordingSpans *
side_recording_spans_new (const SideCall *call,
                          GPtrArray      *events)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  SideRecordingSpans *self = g_new0 (SideRecordingSpans, 1);
  gint64 begin_ms;

  g_return_val_if_fail (call != NULL, self);
  begin_ms = side_call_get_recording_start_ms (call);
  if (events == NULL || begin_ms == 0)
    events = none;
  self->holds = collect (call, events, SIDE_EVENT_CALL_HELD, SIDE_EVENT_CALL_RESUMED);
  self->payments = collect (call, events, SIDE_EVENT_CALL_PAYMENT_STARTED, SIDE_EVENT_CALL_PAYMENT_ENDED);
  self->masked = join (self->holds, self->payments);
  if (begin_ms != 0 && call->answered_ms > begin_ms)
    self->answered_ms = MIN (call->answered_ms - begin_ms, call->recording_ms);
  return self;
}

/**
 * side_recording_spans_free:
 * @self: (transfer full): spans
 */
void
side_recording_spans_free (SideRecordingSpans *self)
{
  g_clear_pointer (&self->holds, g_array_unref);
  g_clear_pointer (&self->payments, g_array_unref);
  g_clear_pointer (&self->masked, g_array_unref);
  g_free (self);
}
