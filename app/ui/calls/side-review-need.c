/* side-review-need.c - what a review still needs before it can be finished
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure rules over a script and a review: a question that is asked has an
 * answer, a fault has a cause, and a comment is there where the script wants
 * one.
 */
#include "side-review-need.h"

#include <glib/gi18n.h>

#include "side-score.h"

/**
 * side_criterion_is_fault:
 * @criterion: a question
 * @value: 0..1, %SIDE_ANSWER_NA or %SIDE_ANSWER_NONE
 *
 * A bonus that was not earned is no fault.
 *
 * Returns: whether @value is less than a full mark, for which there is a cause
 */
gboolean
side_criterion_is_fault (const SideCriterion *criterion,
                         double               value)
{
  return !criterion->bonus && value >= 0 && value < 1;
}

/**
 * side_review_need:
 * @script: the version the review was made with
 * @review: the review
 * @criterion: a question of @script
 *
 * Returns: the first thing that is missing at that question
 */
SideNeed
side_review_need (const SideScript    *script,
                  const SideReview    *review,
                  const SideCriterion *criterion)
{
  const SideAnswer *answer;
  gboolean fault;

  if (!side_score_applies (script, review, criterion))
    return SIDE_NEED_NOTHING;
  answer = side_review_find_answer (review, criterion->id);
  if (answer == NULL)
    return SIDE_NEED_ANSWER;
  fault = side_criterion_is_fault (criterion, answer->value);
  if (fault && answer->cause == SIDE_CAUSE_NONE)
    return SIDE_NEED_CAUSE;
  if (answer->comment == NULL
      && (criterion->comment == SIDE_COMMENT_ALWAYS || (criterion->comment == SIDE_COMMENT_ON_FAULT && fault)))
    return SIDE_NEED_COMMENT;
  return SIDE_NEED_NOTHING;
}

static void
add_words (GString *words,
           char    *text)
{
  if (words->len > 0)
    g_string_append (words, "; ");
  g_string_append (words, text);
  g_free (text);
}

/**
 * side_review_need_words:
 * @script: the version the review was made with
 * @review: the review
 * @first: (out) (transfer full) (nullable): id of the first question where
 *   something is missing
 *
 * Returns: (transfer full) (nullable): what is missing in all, in words; %NULL
 *   when it can be finished
 */
char *
side_review_need_words (const SideScript  *script,
                        const SideReview  *review,
                        char             **first)
{
  guint count[SIDE_NEED_COMMENT + 1] = { 0 };
  g_autoptr (GString) words = g_string_new (NULL);

  *first = NULL;
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *criterion = g_ptr_array_index (section->criteria, k);
          SideNeed need = side_review_need (script, review, criterion);

          count[need]++;
          if (need != SIDE_NEED_NOTHING && *first == NULL)
            *first = g_strdup (criterion->id);
        }
    }
  if (count[SIDE_NEED_ANSWER] > 0)
    add_words (words, g_strdup_printf (ngettext ("%u question has no answer yet", "%u questions have no answer yet",
                                                 count[SIDE_NEED_ANSWER]), count[SIDE_NEED_ANSWER]));
  if (count[SIDE_NEED_CAUSE] > 0)
    add_words (words, g_strdup_printf (ngettext ("%u fault has no cause yet", "%u faults have no cause yet",
                                                 count[SIDE_NEED_CAUSE]), count[SIDE_NEED_CAUSE]));
  if (count[SIDE_NEED_COMMENT] > 0)
    add_words (words, g_strdup_printf (ngettext ("%u answer needs a comment", "%u answers need a comment",
                                                 count[SIDE_NEED_COMMENT]), count[SIDE_NEED_COMMENT]));
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

/**
 * side_review_count_spanless:
 * @script: the version the review was made with
 * @review: the review
 *
 * Returns: how many faults have nothing in the recording that shows them; no
 *   need of theirs, for some things are shown by a silence or by the whole call
 */
guint
side_review_count_spanless (const SideScript *script,
                            const SideReview *review)
{
  guint count = 0;

  for (guint i = 0; i < review->answers->len; i++)
    {
      const SideAnswer *answer = g_ptr_array_index (review->answers, i);
      const SideCriterion *criterion = side_script_find_criterion (script, answer->criterion);

      if (criterion != NULL && answer->to_ms < 0 && side_criterion_is_fault (criterion, answer->value)
          && side_score_applies (script, review, criterion))
        count++;
    }
  return count;
}
