/* side-operator-words.c - an operator's figures in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Of two operators is only ever said whether they differ.
 */
#include "side-operator-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-quality-chart.h"
#include "side-text.h"

/**
 * side_operator_words_others:
 * @own: an operator's scores
 * @others: those of all others in the project, of the same kind of selection
 *
 * Returns: (transfer full): whether they differ
 */
char *
side_operator_words_others (const SideScores *own,
                            const SideScores *others)
{
  g_autofree char *theirs = side_quality_dup_words (others);

  switch (side_scores_compare (own, others))
    {
    case SIDE_DIFFERENCE_LOWER:
      return g_strdup_printf (_("Differs from the others: they have %s"), theirs);
    case SIDE_DIFFERENCE_HIGHER:
      return g_strdup_printf (_("Differs from the others: they have %s"), theirs);
    case SIDE_DIFFERENCE_NONE:
      return g_strdup_printf (_("Cannot be told apart from the others: they have %s"), theirs);
    case SIDE_DIFFERENCE_UNKNOWN:
    default:
      return g_strdup (others->n == 0 ? _("Nobody else has such reviews") : _("Too few to compare with the others: it takes five reviews on each side"));
    }
}

/**
 * side_operator_words_criterion:
 * @fact: answers to a criterion, at least one
 *
 * Returns: (transfer full): the mean share, and how many had the full mark
 */
char *
side_operator_words_criterion (const SideCriterionFact *fact)
{
  SideInterval interval = side_stats_wilson (fact->full, fact->n);
  g_autofree char *mean = side_text_percent (fact->sum / MAX (fact->n, 1), 0);
  g_autofree char *high = side_text_percent (interval.high, 0);

  /* Translators: share of the mark, then how many answers had all of it and the 95 % interval of that share:
   * "62 % of the mark · full in 12 of 30 (25–58 %)" */
  return g_strdup_printf (_("%s of the mark · full in %u of %u (%.0f–%s)"), mean, fact->full, fact->n, interval.low * 100, high);
}

/**
 * side_operator_words_cause:
 * @cause: whose fault it is
 *
 * Returns: (transfer none): the word
 */
const char *
side_operator_words_cause (SideCause cause)
{
  switch (cause)
    {
    case SIDE_CAUSE_OPERATOR:
      return C_("cause of a fault", "operator");
    case SIDE_CAUSE_SCRIPT:
      return C_("cause of a fault", "script");
    case SIDE_CAUSE_SYSTEM:
      return C_("cause of a fault", "system");
    case SIDE_CAUSE_CUSTOMER:
      return C_("cause of a fault", "customer");
    case SIDE_CAUSE_NONE:
    default:
      return C_("cause of a fault", "not said");
    }
}

/**
 * side_operator_words_causes:
 * @fact: answers to a criterion
 *
 * Returns: (transfer full) (nullable): what its faults come from; %NULL
 *   without faults
 */
char *
side_operator_words_causes (const SideCriterionFact *fact)
{
  static const SideCause order[] = {
    SIDE_CAUSE_OPERATOR, SIDE_CAUSE_SCRIPT, SIDE_CAUSE_SYSTEM, SIDE_CAUSE_CUSTOMER, SIDE_CAUSE_NONE,
  };
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    if (fact->causes[order[i]] > 0)
      g_string_append_printf (words, "%s%s %u", words->len > 0 ? ", " : "", side_operator_words_cause (order[i]),
                              fact->causes[order[i]]);
  /* Translators: causes of faults with how often: "Faults: operator 5, script 2" */
  return words->len > 0 ? g_strdup_printf (_("Faults: %s"), words->str) : NULL;
}

/**
 * side_operator_words_sound:
 * @figure: one of the figures an operator's page shows
 *
 * Returns: (transfer none): what it is
 */
const char *
side_operator_words_sound (SideSoundFigure figure)
{
  switch (figure)
    {
    case SIDE_SOUND_FIGURE_TALK_SHARE:
      return _("Share of the talk");
    case SIDE_SOUND_FIGURE_DEAD_AIR:
      return _("Longest dead air");
    case SIDE_SOUND_FIGURE_TALK_OVER:
      return _("Talking over one another");
    case SIDE_SOUND_FIGURE_LATENCY:
      return _("Time to an answer");
    case SIDE_SOUND_FIGURE_MONOLOGUE:
      return _("Longest monologue");
    case SIDE_SOUND_FIGURE_SNR:
      return _("Voice over noise");
    case SIDE_SOUND_FIGURE_LOUDNESS:
    default:
      return _("Loudness");
    }
}

static char *
dup_value (SideSoundFigure figure,
           double          value)
{
  switch (figure)
    {
    case SIDE_SOUND_FIGURE_TALK_SHARE:
    case SIDE_SOUND_FIGURE_TALK_OVER:
      return side_text_percent (value, value < 0.0995 ? 1 : 0);
    case SIDE_SOUND_FIGURE_SNR:
      return g_strdup_printf (_("%.0f dB"), value);
    case SIDE_SOUND_FIGURE_LOUDNESS:
      return g_strdup_printf (_("%.1f LUFS"), value);
    case SIDE_SOUND_FIGURE_DEAD_AIR:
    case SIDE_SOUND_FIGURE_LATENCY:
    case SIDE_SOUND_FIGURE_MONOLOGUE:
    default:
      return g_strdup_printf (_("%.1f s"), value / 1000);
    }
}

/**
 * side_operator_words_range:
 * @figure: a figure of the sound
 * @range: what is known of it
 *
 * Returns: (transfer full): the operator's median, and between which the others' lie
 */
char *
side_operator_words_range (SideSoundFigure       figure,
                           const SideSoundRange *range)
{
  g_autofree char *own = NULL;
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;
  g_autofree char *words = NULL;

  if (range->n == 0)
    return g_strdup (_("No recording was analysed"));
  own = dup_value (figure, range->median);
  words = g_strdup_printf (ngettext ("%s in %u call", "%s, median of %u calls", range->n), own, range->n);
  if (range->others == 0)
    return g_steal_pointer (&words);
  low = dup_value (figure, range->low);
  high = dup_value (figure, range->high);
  /* Translators: "46 %, median of 30 calls · others 41 % to 58 %" */
  return g_strdup_printf (_("%s · others %s to %s"), words, low, high);
}

/**
 * side_operator_words_work:
 * @facts: an operator in a period
 *
 * Returns: (transfer full): calls, talk and the average handling time
 */
char *
side_operator_words_work (const SideOperatorFacts *facts)
{
  g_autofree char *calls = g_strdup_printf (ngettext ("%u call answered", "%u calls answered", facts->handled), facts->handled);
  g_autofree char *talk = side_text_duration (facts->talk_ms);
  g_autofree char *handling = NULL;

  if (facts->handled == 0)
    return g_strdup (_("No calls answered"));
  handling = side_text_duration ((facts->talk_ms + facts->hold_ms + facts->wrap_ms) / facts->handled);
  /* Translators: "312 calls answered · 14:02:11 of talk · handling time 3:12 on average" */
  return g_strdup_printf (_("%s · %s of talk · handling time %s on average"), calls, talk, handling);
}
