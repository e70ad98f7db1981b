/* side-silences.c - what a player needs to know of a recording's analysis
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Where nothing is to be heard, so that it can be skipped, and how far each
 * side is from the level they would have in common.
 */
#include "side-silences.h"

#include <math.h>

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  const SideSpan *x = a, *y = b;

  return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

/**
 * side_silences_of:
 * @analysis: of a recording
 *
 * Music and tones are no silence: whoever hears a call wants to know of them.
 *
 * Returns: (transfer full) (element-type SideSpan): where nobody speaks and
 *   nothing sounds, in order, apart from each other
 */
GArray *
side_silences_of (const SideAnalysis *analysis)
{
  g_autoptr (GArray) sounds = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  GArray *silences = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  SideSpan silence = { 0, 0 };

  for (guint i = 0; i < analysis->sides->len; i++)
    {
      const SideOfCall *side = g_ptr_array_index (analysis->sides, i);

      if (side->speech->len > 0)
        g_array_append_vals (sounds, side->speech->data, side->speech->len);
    }
  for (guint i = 0; i < analysis->tones->len; i++)
    {
      const SideTone *tone = &g_array_index (analysis->tones, SideTone, i);
      SideSpan span = { tone->from_ms, tone->to_ms };

      g_array_append_val (sounds, span);
    }
  g_array_sort (sounds, compare_starts);
  for (guint i = 0; i < sounds->len; i++)
    {
      const SideSpan *sound = &g_array_index (sounds, SideSpan, i);

      silence.to_ms = sound->from_ms;
      if (silence.to_ms > silence.from_ms)
        g_array_append_val (silences, silence);
      silence.from_ms = MAX (silence.from_ms, sound->to_ms);
    }
  silence.to_ms = analysis->duration_ms;
  if (silence.to_ms > silence.from_ms)
    g_array_append_val (silences, silence);
  return silences;
}

/**
 * side_silences_levels:
 * @analysis: (nullable): of a recording
 * @levels: (out): what brings the operator and the customer to the mean of
 *   their loudness, in dB; zeros when that is not known
 *
 * Returns: whether the loudness of both is known
 */
gboolean
side_silences_levels (const SideAnalysis *analysis,
                      double              levels[2])
{
  double operator_lufs, customer_lufs;

  levels[0] = levels[1] = 0;
  if (analysis == NULL || !side_analysis_is_measured (analysis) || analysis->sides->len < 2)
    return FALSE;
  operator_lufs = side_analysis_get_side (analysis, SIDE_CHANNEL_OPERATOR)->loudness_lufs;
  customer_lufs = side_analysis_get_side (analysis, SIDE_CHANNEL_CUSTOMER)->loudness_lufs;
  if (!isfinite (operator_lufs) || !isfinite (customer_lufs))
    return FALSE;
  levels[0] = (customer_lufs - operator_lufs) / 2;
  levels[1] = -levels[0];
  return TRUE;
}
