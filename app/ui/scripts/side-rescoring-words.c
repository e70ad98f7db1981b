/* side-rescoring-words.c - what another version would change, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-rescoring-words.h"

#include <glib/gi18n.h>
#include <math.h>

static char *
mean_words (const SideScores *scores)
{
  SideInterval interval = side_scores_get_interval (scores);

  if (isnan (interval.low) || isnan (interval.high))
    return g_strdup_printf ("%.1f", side_scores_get_mean (scores));
  /* Translators: a mean and its 95 % interval: "84.2 (79.0–89.4)" */
  return g_strdup_printf (_("%.1f (%.1f–%.1f)"), side_scores_get_mean (scores), interval.low, interval.high);
}

/**
 * side_rescoring_words_means:
 * @scores: of random reviews, or of all others
 * @random: which
 *
 * Returns: (transfer full) (nullable): both means with their intervals; %NULL without any
 */
char *
side_rescoring_words_means (const SideRescoredScores *scores,
                            gboolean                  random)
{
  g_autofree char *before = NULL, *after = NULL;

  if (scores->before.n == 0)
    return NULL;
  before = mean_words (&scores->before);
  after = mean_words (&scores->after);
  /* Translators: mean scores of the same reviews before and after, each with its 95 % interval, and how many reviews */
  return g_strdup_printf (random ? _("Random reviews: mean %s → %s, n = %u") : _("Chosen reviews: mean %s → %s, n = %u"),
                          before, after, scores->before.n);
}

/**
 * side_rescoring_words_scores:
 * @rescoring: reviews
 *
 * Returns: (transfer full): how many scores go up and down
 */
char *
side_rescoring_words_scores (const SideRescoring *rescoring)
{
  guint scored = rescoring->random.before.n + rescoring->chosen.before.n;
  g_autofree char *moved = g_strdup_printf (_("Scores: %u higher, %u lower, %u as they were"), rescoring->higher, rescoring->lower,
                                            scored - rescoring->higher - rescoring->lower);
  g_autofree char *unscored = NULL;

  if (rescoring->unscored == 0)
    return g_steal_pointer (&moved);
  unscored = g_strdup_printf (ngettext ("%u review has no score under both", "%u reviews have no score under both", rescoring->unscored),
                              rescoring->unscored);
  return g_strdup_printf ("%s; %s", moved, unscored);
}

/**
 * side_rescoring_words_critical:
 * @rescoring: reviews
 *
 * Returns: (transfer full): calls that fail a critical criterion, before and after
 */
char *
side_rescoring_words_critical (const SideRescoring *rescoring)
{
  if (rescoring->failed_before == 0 && rescoring->failed_after == 0)
    return g_strdup (_("No call fails a critical criterion, before or after"));
  return g_strdup_printf (_("Calls with a critical fault: %u → %u; %u would fail that did not, %u would not that did"),
                          rescoring->failed_before, rescoring->failed_after, rescoring->newly_failed, rescoring->saved);
}

/**
 * side_rescoring_words_missing:
 * @rescoring: reviews
 *
 * Returns: (transfer full): which criteria have no answer in how many reviews,
 *   a line each
 */
char *
side_rescoring_words_missing (const SideRescoring *rescoring)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < rescoring->script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (rescoring->script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *criterion = g_ptr_array_index (section->criteria, k);
          guint count = side_rescoring_get_missing (rescoring, criterion->id);
          g_autofree char *name = count > 0 ? side_script_name_criterion (rescoring->script, criterion->id) : NULL;

          if (count == 0)
            continue;
          /* Translators: a criterion's number and wording, then in how many of how many reviews */
          g_string_append_printf (out, _("%s: no answer in %u of %u"), name, count, rescoring->rows->len);
          g_string_append_c (out, '\n');
        }
    }
  if (out->len == 0)
    return g_strdup (_("Every question has an answer in every review."));
  g_string_append (out, _("A question without an answer is left out of the score."));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_rescoring_words_row:
 * @row: a review
 *
 * Returns: (transfer full): what there is to say of it
 */
char *
side_rescoring_words_row (const SideRescored *row)
{
  g_autoptr (GString) out = g_string_new (row->random ? C_("a review", "Random") : C_("a review", "Chosen"));

  g_string_append (out, " · ");
  g_string_append_printf (out, _("version %d"), row->version);
  if (row->operator_name != NULL)
    g_string_append_printf (out, " · %s", row->operator_name);
  if (row->failed_after != row->failed_before)
    g_string_append_printf (out, " · %s", row->failed_after ? _("would have a critical fault") : _("would have no critical fault"));
  else if (row->failed_after)
    g_string_append_printf (out, " · %s", _("critical fault"));
  if (row->missing != NULL)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, _("no answer to %s"), row->missing);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_rescoring_words_change:
 * @row: a review
 *
 * Returns: (transfer full): its scores: "84 → 78"
 */
char *
side_rescoring_words_change (const SideRescored *row)
{
  g_autofree char *before = isnan (row->before) ? g_strdup ("–") : g_strdup_printf ("%.0f", row->before);
  g_autofree char *after = isnan (row->after) ? g_strdup ("–") : g_strdup_printf ("%.0f", row->after);

  return g_strdup_printf (_("%s → %s"), before, after);
}
