/* side-analyse-echo.c - one side heard in the channel of the other
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line's far end, or a loudspeaker beside a microphone, sends back what it
 * is told, weaker and up to 300 ms later. Taken for speech it would be talk-over
 * in which each cuts in on themselves. What is told of it is its level: it goes
 * up and down as the other side's did a moment before.
 */
#include "side-analyse-private.h"

#include <math.h>

#include "side-conversation.h"

#define MAX_LAG       30      /* frames */
#define LEAST_FRAMES  20      /* fewer cannot be compared */
#define LEAST_LOSS    1200    /* an echo is weaker by that, centi-dB */
#define LIKENESS      0.85    /* correlation of the levels */
#define LOWEST        (-7000) /* deeper levels are as good as silence, centi-dB */

typedef struct {
  const SideFrame *own, *other;
  gsize            n;
} Pair;

/* Pearson's correlation of the levels of @from..@to with the other side's @lag
 * frames before; @loss is how much weaker these are. */
static double
likeness_at (const Pair *pair,
             gsize       from,
             gsize       to,
             gsize       lag,
             double     *loss)
{
  double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, px = 0, py = 0, n = (double) (to - from);
  double spread;

  for (gsize i = from; i < to; i++)
    {
      double x = MAX (pair->own[i].level, LOWEST);
      double y = i >= lag ? MAX (pair->other[i - lag].level, LOWEST) : LOWEST;

      sx += x;
      sy += y;
      sxx += x * x;
      syy += y * y;
      sxy += x * y;
      px += pow (10, x / 1000);
      py += pow (10, y / 1000);
    }
  *loss = 1000 * log10 (py / px);
  spread = (sxx - sx * sx / n) * (syy - sy * sy / n);
  return spread > 0 ? (sxy - sx * sy / n) / sqrt (spread) : 0;
}

/* Whether the span is an echo; @loss is how weak. The other side must speak
 * all the time, but for the time the echo is late. */
static gboolean
is_echo (const Pair     *pair,
         const SideSpan *span,
         const GArray   *other_speech,
         double         *loss)
{
  g_autoptr (GArray) own = side_spans_new ();
  g_autoptr (GArray) late = side_spans_new ();
  g_autoptr (GArray) common = NULL;
  gsize from = (gsize) span->from_ms / SIDE_FRAME_MS;
  gsize to = MIN ((gsize) span->to_ms / SIDE_FRAME_MS, pair->n);

  if (to < from + LEAST_FRAMES)
    return FALSE;
  side_spans_add (own, span->from_ms, span->to_ms);
  for (guint i = 0; i < other_speech->len; i++)
    {
      const SideSpan *other = &g_array_index (other_speech, SideSpan, i);

      if (other->from_ms < span->to_ms && other->to_ms + MAX_LAG * SIDE_FRAME_MS > span->from_ms)
        side_spans_add (late, other->from_ms, other->to_ms + MAX_LAG * SIDE_FRAME_MS);
    }
  common = side_spans_common (own, late);
  if (side_spans_length (common) * 10 < side_spans_length (own) * 9)
    return FALSE;
  for (gsize lag = 0; lag <= MAX_LAG; lag++)
    if (likeness_at (pair, from, to, lag, loss) > LIKENESS && *loss > LEAST_LOSS)
      return TRUE;
  return FALSE;
}

/* Takes echoes out of each side's speech. */
void
_side_analyse_echo (const SideHeard *heard,
                    SideAnalysis    *analysis)
{
  for (guint c = 0; c < 2; c++)
    {
      SideOfCall *side = side_analysis_get_side (analysis, c);
      const GArray *other = side_analysis_get_side (analysis, 1 - c)->speech;
      Pair pair = { 0 };
      double loss;

      pair.own = side_track_get_frames (g_ptr_array_index (heard->tracks, c), &pair.n);
      pair.other = side_track_get_frames (g_ptr_array_index (heard->tracks, 1 - c), &pair.n);
      for (guint i = 0; i < side->speech->len;)
        {
          SideSpan span = g_array_index (side->speech, SideSpan, i);

          if (!is_echo (&pair, &span, other, &loss))
            {
              i++;
              continue;
            }
          if (side->echo_ms == 0)
            side->echo_at_ms = span.from_ms;
          side->echo_db = isnan (side->echo_db) ? -loss / 100 : MAX (side->echo_db, -loss / 100);
          side->echo_ms += span.to_ms - span.from_ms;
          g_array_remove_index (side->speech, i);
        }
    }
}
