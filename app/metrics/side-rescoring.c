/* side-rescoring.c - what old reviews come to under another version of their script
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rule for one review is side_score_rescore()'s; here they are added up,
 * random ones and chosen ones apart, and only those that have a score under
 * both versions, or the two means would be of different calls.
 */
#include "side-rescoring.h"

#include <math.h>

#include "side-score.h"

#define SAME 0.05   /* points: less than what a score shows */

static void
rescored_free (gpointer data)
{
  SideRescored *row = data;

  g_free (row->call);
  g_free (row);
}

/**
 * side_rescoring_new:
 * @script: the version, or the draft, to score under
 *
 * Returns: (transfer full): nothing scored yet
 */
SideRescoring *
side_rescoring_new (const SideScript *script)
{
  SideRescoring *self = g_new0 (SideRescoring, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->script = side_script_copy (script);
  self->rows = g_ptr_array_new_with_free_func (rescored_free);
  self->versions = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) side_script_unref);
  self->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

/**
 * side_rescoring_ref:
 * @self: reviews
 *
 * Returns: (transfer full): @self
 */
SideRescoring *
side_rescoring_ref (SideRescoring *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * side_rescoring_unref:
 * @self: (transfer full): reviews
 */
void
side_rescoring_unref (SideRescoring *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  side_script_unref (self->script);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->versions);
  g_hash_table_unref (self->missing);
  g_hash_table_unref (self->texts);
  g_free (self);
}

/**
 * side_rescoring_add_version:
 * @self: reviews
 * @version: (transfer full): a version some of them were made with
 */
void
side_rescoring_add_version (SideRescoring *self,
                            SideScript    *version)
{
  g_hash_table_replace (self->versions, GINT_TO_POINTER (version->version), version);
}

/* Counts what is missing, and says it. */
static const char *
take_missing (SideRescoring *self,
              GPtrArray     *missing)
{
  g_autoptr (GString) words = g_string_new (NULL);
  char *text;

  for (guint i = 0; i < missing->len; i++)
    {
      const SideCriterion *criterion = missing->pdata[i];
      guint count = side_rescoring_get_missing (self, criterion->id);
      g_autofree char *number = side_script_number_criterion (self->script, criterion->id);

      g_hash_table_replace (self->missing, g_strdup (criterion->id), GUINT_TO_POINTER (count + 1));
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", number != NULL ? number : criterion->id);
    }
  if (words->len == 0)
    return NULL;
  text = g_hash_table_lookup (self->texts, words->str);
  if (text == NULL)
    {
      text = g_strdup (words->str);
      g_hash_table_insert (self->texts, text, text);
    }
  return text;
}

static void
count (SideRescoring      *self,
       const SideRescored *row)
{
  SideRescoredScores *scores = row->random ? &self->random : &self->chosen;

  self->failed_before += row->failed_before;
  self->failed_after += row->failed_after;
  self->newly_failed += row->failed_after && !row->failed_before;
  self->saved += row->failed_before && !row->failed_after;
  if (isnan (row->before) || isnan (row->after))
    {
      self->unscored++;
      return;
    }
  side_scores_add (&scores->before, row->before);
  side_scores_add (&scores->after, row->after);
  self->higher += row->after > row->before + SAME;
  self->lower += row->after < row->before - SAME;
}

/**
 * side_rescoring_add:
 * @self: reviews
 * @review: a sealed review; one whose version was not added is passed over
 * @operator_name: (nullable): who took the call
 * @joined_ms: when the call came; 0 when it is not known
 */
void
side_rescoring_add (SideRescoring    *self,
                    const SideReview *review,
                    const char       *operator_name,
                    gint64            joined_ms)
{
  const SideScript *own = g_hash_table_lookup (self->versions, GINT_TO_POINTER (review->script_version));
  g_autoptr (GPtrArray) missing = NULL;
  SideRescore rescore;
  SideRescored *row;

  if (own == NULL)
    return;
  side_score_rescore (own, self->script, review, &rescore);
  missing = rescore.unanswered > 0 ? side_score_list_unanswered (own, self->script, review) : g_ptr_array_new ();
  row = g_new0 (SideRescored, 1);
  row->call = g_strdup (review->call);
  row->operator_name = g_intern_string (operator_name);
  row->joined_ms = joined_ms;
  row->version = review->script_version;
  row->random = side_review_get_counted (review) == SIDE_SELECTION_RANDOM;
  row->before = rescore.before.score;
  row->after = rescore.after.answered > 0 ? rescore.after.score : NAN;
  row->failed_before = rescore.before.critical_failed;
  row->failed_after = rescore.after.critical_failed;
  row->missing = take_missing (self, missing);
  g_ptr_array_add (self->rows, row);
  count (self, row);
}

/* How much of a surprise a review is: a call that fails anew before all others. */
static double
weigh (const SideRescored *row)
{
  if (row->failed_after && !row->failed_before)
    return 1000;
  return isnan (row->before) || isnan (row->after) ? 0 : fabs (row->after - row->before);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const SideRescored *one = *(const SideRescored *const *) a, *other = *(const SideRescored *const *) b;
  double difference = weigh (other) - weigh (one);

  if (fabs (difference) > 1e-9)
    return difference > 0 ? 1 : -1;
  if (one->joined_ms != other->joined_ms)
    return other->joined_ms > one->joined_ms ? 1 : -1;
  return g_strcmp0 (one->call, other->call);
}

/**
 * side_rescoring_sort:
 * @self: reviews
 *
 * What changes most comes first, calls that would fail anew before that; of
 * equal ones the newest call.
 */
void
side_rescoring_sort (SideRescoring *self)
{
  g_ptr_array_sort (self->rows, compare_rows);
}

/**
 * side_rescoring_get_missing:
 * @self: reviews
 * @criterion: id of a criterion of the version they are scored under
 *
 * Returns: how many of them were asked for it there and have no answer to it
 */
guint
side_rescoring_get_missing (const SideRescoring *self,
                            const char          *criterion)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->missing, criterion));
}
