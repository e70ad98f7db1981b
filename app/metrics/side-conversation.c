/* side-conversation.c - from who spoke when to how the conversation went
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-conversation.h"

#include <math.h>

#define AT(spans, i) (&g_array_index ((spans), SideSpan, (i)))

/**
 * side_spans_new:
 *
 * Returns: (transfer full) (element-type SideSpan): none
 */
GArray *
side_spans_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (SideSpan));
}

/**
 * side_spans_add:
 * @spans: (element-type SideSpan): in order
 * @from_ms: not before the last one's beginning
 * @to_ms: its end; nothing is added if not after @from_ms
 *
 * A span that touches the last one makes that longer.
 */
void
side_spans_add (GArray *spans,
                gint64  from_ms,
                gint64  to_ms)
{
  SideSpan span = { from_ms, to_ms };

  if (from_ms >= to_ms)
    return;
  if (spans->len > 0 && AT (spans, spans->len - 1)->to_ms >= from_ms)
    AT (spans, spans->len - 1)->to_ms = MAX (AT (spans, spans->len - 1)->to_ms, to_ms);
  else
    g_array_append_val (spans, span);
}

/**
 * side_spans_join:
 * @a: (element-type SideSpan): in order
 * @b: (element-type SideSpan) (nullable): in order
 *
 * Returns: (transfer full) (element-type SideSpan): what lies in either
 */
GArray *
side_spans_join (const GArray *a,
                 const GArray *b)
{
  GArray *all = side_spans_new ();
  guint n_b = b != NULL ? b->len : 0;
  guint i = 0, k = 0;

  while (i < a->len || k < n_b)
    {
      const SideSpan *next;

      if (k >= n_b || (i < a->len && AT (a, i)->from_ms <= AT (b, k)->from_ms))
        next = AT (a, i++);
      else
        next = AT (b, k++);
      side_spans_add (all, next->from_ms, next->to_ms);
    }
  return all;
}

/**
 * side_spans_cut:
 * @spans: (element-type SideSpan): in order
 * @masked: (element-type SideSpan) (nullable): in order
 *
 * Returns: (transfer full) (element-type SideSpan): what of @spans lies outside @masked
 */
GArray *
side_spans_cut (const GArray *spans,
                const GArray *masked)
{
  GArray *rest = side_spans_new ();
  guint k = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      gint64 from = AT (spans, i)->from_ms;
      gint64 to = AT (spans, i)->to_ms;

      while (masked != NULL && k > 0 && AT (masked, k - 1)->to_ms > from)
        k--;
      for (; masked != NULL && k < masked->len && AT (masked, k)->from_ms < to; k++)
        {
          side_spans_add (rest, from, MIN (AT (masked, k)->from_ms, to));
          from = MAX (from, AT (masked, k)->to_ms);
        }
      side_spans_add (rest, from, to);
    }
  return rest;
}

/**
 * side_spans_gaps:
 * @spans: (element-type SideSpan): in order
 * @duration_ms: where all ends
 *
 * Returns: (transfer full) (element-type SideSpan): what lies between them, before and after
 */
GArray *
side_spans_gaps (const GArray *spans,
                 gint64        duration_ms)
{
  GArray *gaps = side_spans_new ();
  gint64 at = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      side_spans_add (gaps, at, MIN (AT (spans, i)->from_ms, duration_ms));
      at = MAX (at, AT (spans, i)->to_ms);
    }
  side_spans_add (gaps, at, duration_ms);
  return gaps;
}

/**
 * side_spans_common:
 * @a: (element-type SideSpan): in order
 * @b: (element-type SideSpan): in order
 *
 * Returns: (transfer full) (element-type SideSpan): what lies in both
 */
GArray *
side_spans_common (const GArray *a,
                   const GArray *b)
{
  GArray *both = side_spans_new ();
  guint i = 0, k = 0;

  while (i < a->len && k < b->len)
    {
      side_spans_add (both, MAX (AT (a, i)->from_ms, AT (b, k)->from_ms), MIN (AT (a, i)->to_ms, AT (b, k)->to_ms));
      if (AT (a, i)->to_ms < AT (b, k)->to_ms)
        i++;
      else
        k++;
    }
  return both;
}

/**
 * side_spans_touch:
 * @spans: (element-type SideSpan) (nullable): in order
 * @from_ms: where to look
 * @to_ms: up to where
 *
 * Returns: whether any of them lies there, in part
 */
gboolean
side_spans_touch (const GArray *spans,
                  gint64        from_ms,
                  gint64        to_ms)
{
  for (guint i = 0; spans != NULL && i < spans->len && AT (spans, i)->from_ms < to_ms; i++)
    if (AT (spans, i)->to_ms > from_ms)
      return TRUE;
  return FALSE;
}

/* Dead air: nobody speaks for more than 4 s, and no tone or music sounds. The
 * mask cuts a silence in two: each part counts for itself. */
static void
measure_dead_air (SideConversation            *self,
                  const SideConversationInput *input)
{
  g_autoptr (GArray) speech = side_spans_join (input->speech[0], input->speech[1]);
  g_autoptr (GArray) gaps = side_spans_gaps (speech, input->duration_ms);
  g_autoptr (GArray) silence = side_spans_cut (gaps, input->masked);

  self->silence_ms = side_spans_length (silence);
  for (guint i = 0; i < silence->len; i++)
    if (AT (silence, i)->to_ms - AT (silence, i)->from_ms > SIDE_DEAD_AIR_MS)
      g_array_append_val (self->dead_air, g_array_index (silence, SideSpan, i));
}

/* Whether one of the two is a short word said while the other went on speaking. */
static gboolean
is_back_channel (const SideSpan *a,
                 const SideSpan *b)
{
  const SideSpan *inner = a->from_ms >= b->from_ms && a->to_ms <= b->to_ms ? a
                          : b->from_ms >= a->from_ms && b->to_ms <= a->to_ms ? b : NULL;

  return inner != NULL && inner->to_ms - inner->from_ms < SIDE_BACK_CHANNEL_MS;
}

/* Every pair of turns that overlap for 250 ms or more; who began later cut in. */
static void
measure_talk_over (SideConversation *self,
                   const GArray     *operator_speech,
                   const GArray     *customer_speech)
{
  guint i = 0, k = 0;

  while (i < operator_speech->len && k < customer_speech->len)
    {
      const SideSpan *a = AT (operator_speech, i);
      const SideSpan *b = AT (customer_speech, k);
      SideTalkOver over = { MAX (a->from_ms, b->from_ms), MIN (a->to_ms, b->to_ms),
                            b->from_ms >= a->from_ms ? SIDE_CHANNEL_CUSTOMER : SIDE_CHANNEL_OPERATOR };

      if (over.to_ms > over.from_ms && is_back_channel (a, b))
        self->back_channels++;
      else if (over.to_ms - over.from_ms >= SIDE_TALK_OVER_MS)
        g_array_append_val (self->talk_over, over);
      if (a->to_ms < b->to_ms)
        i++;
      else
        k++;
    }
}

static int
compare_ms (const void *a,
            const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Linear between the two nearest ranks, (n - 1) p counted from 0: Hyndman and
 * Fan, Sample Quantiles in Statistical Packages (1996), type 7. */
static double
quantile (const GArray *sorted,
          double        p)
{
  double rank = (sorted->len - 1) * p;
  guint below = (guint) floor (rank);
  guint above = MIN (below + 1, sorted->len - 1);
  double low = (double) g_array_index (sorted, gint64, below);
  double high = (double) g_array_index (sorted, gint64, above);

  return low + (high - low) * (rank - below);
}

/* The gaps between the end of the other side's speech and the beginning of this
 * side's, where this side did not speak in between and nothing masked lies in
 * the gap. One who begins before the other has ended answers nothing: that is
 * talk-over. */
static void
measure_latency (SideLatency  *self,
                 const GArray *own,
                 const GArray *other,
                 const GArray *masked)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 own_end = G_MININT64;
  guint k = 0;

  for (guint i = 0; i < own->len; i++)
    {
      gint64 from = AT (own, i)->from_ms;
      gint64 end, gap;

      while (k < other->len && AT (other, k)->from_ms < from)
        k++;
      if (k > 0 && (end = AT (other, k - 1)->to_ms) <= from && end > own_end && !side_spans_touch (masked, end, from))
        {
          gap = from - end;
          g_array_append_val (gaps, gap);
          if (gap > self->longest.to_ms - self->longest.from_ms)
            self->longest = (SideSpan) { end, from };
        }
      own_end = AT (own, i)->to_ms;
    }
  self->n = gaps->len;
  if (gaps->len == 0)
    return;
  g_array_sort (gaps, compare_ms);
  self->median_ms = quantile (gaps, 0.5);
  self->p90_ms = quantile (gaps, 0.9);
}

/**
 * side_conversation_monologue:
 * @input: both sides' speech
 * @side: whose
 * @longest: (out): from the first word to the last; empty without any speech
 *
 * A monologue is a run of own turns with pauses of at most 1 s between them and
 * no turn of the other of 1 s or more that begins within it; a mask ends it.
 */
void
side_conversation_monologue (const SideConversationInput *input,
                             guint                        side,
                             SideSpan                    *longest)
{
  const GArray *own = input->speech[side];
  const GArray *other = input->speech[1 - side];
  SideSpan run = { 0, 0 };
  guint k = 0;

  *longest = run;
  for (guint i = 0; i < own->len; i++)
    {
      const SideSpan *span = AT (own, i);
      gboolean interrupted = FALSE;

      for (; k < other->len && AT (other, k)->from_ms < span->from_ms; k++)
        interrupted |= AT (other, k)->from_ms >= run.from_ms
                       && AT (other, k)->to_ms - AT (other, k)->from_ms >= SIDE_MONOLOGUE_TURN_MS;
      if (i == 0 || interrupted || span->from_ms - run.to_ms > SIDE_MONOLOGUE_GAP_MS
          || side_spans_touch (input->masked, run.to_ms, span->from_ms))
        run.from_ms = span->from_ms;
      run.to_ms = span->to_ms;
      if (run.to_ms - run.from_ms > longest->to_ms - longest->from_ms)
        *longest = run;
    }
}

/* Who speaks changes where a turn begins and the one that began before was the
 * other side's. */
static guint
count_switches (const GArray *a,
                const GArray *b)
{
  guint i = 0, k = 0, switches = 0;
  int last = SIDE_CHANNEL_NONE;

  while (i < a->len || k < b->len)
    {
      int who = k >= b->len || (i < a->len && AT (a, i)->from_ms <= AT (b, k)->from_ms) ? 0 : 1;

      if (last != SIDE_CHANNEL_NONE && who != last)
        switches++;
      last = who;
      if (who == 0)
        i++;
      else
        k++;
    }
  return switches;
}

static void
measure_shares (SideConversation            *self,
                const SideConversationInput *input)
{
  gint64 talk[2] = { side_spans_length (input->speech[0]), side_spans_length (input->speech[1]) };

  for (guint i = 0; i < 2; i++)
    {
      if (talk[0] + talk[1] > 0)
        self->talk_share[i] = (double) talk[i] / (double) (talk[0] + talk[1]);
      if (input->duration_ms > 0)
        self->talk_of_call[i] = (double) talk[i] / (double) input->duration_ms;
    }
  if (input->duration_ms > 0)
    self->switches_a_minute = count_switches (input->speech[0], input->speech[1]) * 60000.0 / (double) input->duration_ms;
}

static void
measure_greeting (SideConversation            *self,
                  const SideConversationInput *input)
{
  const GArray *own = input->speech[SIDE_CHANNEL_OPERATOR];

  for (guint i = 0; i < own->len; i++)
    if (AT (own, i)->to_ms > input->answered_ms)
      {
        self->greeting_ms = MAX (AT (own, i)->from_ms - input->answered_ms, 0);
        return;
      }
}

/**
 * side_conversation_measure:
 * @self: (inout): figures as of side_conversation_init()
 * @input: who spoke when
 *
 * Without a second side only what nobody said is measured: dead air and silence.
 */
void
side_conversation_measure (SideConversation            *self,
                           const SideConversationInput *input)
{
  g_return_if_fail (self != NULL && input != NULL && input->speech[0] != NULL);

  measure_dead_air (self, input);
  if (input->speech[1] == NULL)
    return;
  measure_talk_over (self, input->speech[0], input->speech[1]);
  measure_latency (&self->latency[0], input->speech[0], input->speech[1], input->masked);
  measure_latency (&self->latency[1], input->speech[1], input->speech[0], input->masked);
  measure_shares (self, input);
  measure_greeting (self, input);
}
