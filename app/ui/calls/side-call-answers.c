/* side-call-answers.c - the answers of a review, on the drawn recording
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gives the waveform what the keeper holds, and shows there the question that
 * the keyboard is at in the form.
 */
#include "side-call-answers.h"

#include "side-answer-details.h"
#include "side-criterion-parts.h"

/* "Asks two open questions · No · Operator · asked none" */
static char *
words_of (const SideCriterion *criterion,
          const SideAnswer    *answer)
{
  g_autofree char *value = side_criterion_answer_words (criterion, answer->value);
  g_autoptr (GString) words = g_string_new (criterion->text);

  g_string_append_printf (words, " · %s", value);
  if (answer->cause != SIDE_CAUSE_NONE)
    g_string_append_printf (words, " · %s", side_cause_label (answer->cause));
  if (answer->detail != NULL && *answer->detail != '\0')
    g_string_append_printf (words, " · %s", answer->detail);
  if (answer->comment != NULL && *answer->comment != '\0')
    g_string_append_printf (words, " · %s", answer->comment);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
show (SideWaveform     *waveform,
      SideReviewKeeper *keeper)
{
  const SideScript *script = side_review_keeper_get_script (keeper);
  const SideReview *review = side_review_keeper_get_review (keeper);
  guint n = review != NULL ? review->answers->len : 0, n_answers = 0;
  g_autofree SideWaveAnswer *answers = g_new0 (SideWaveAnswer, n + 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; script != NULL && i < n; i++)
    {
      const SideAnswer *answer = g_ptr_array_index (review->answers, i);
      const SideCriterion *criterion = side_script_find_criterion (script, answer->criterion);
      char *words;

      if (criterion == NULL || answer->position_ms < 0 || answer->value == SIDE_ANSWER_NONE)
        continue;
      g_ptr_array_add (texts, words = words_of (criterion, answer));
      answers[n_answers++] = (SideWaveAnswer) { answer->criterion, answer->position_ms, answer->to_ms, answer->value, words };
    }
  side_waveform_set_answers (waveform, script != NULL ? answers : NULL, n_answers);
}

static void
changed_cb (SideReviewKeeper *keeper,
            SideWaveform     *waveform)
{
  show (waveform, keeper);
}

static void
criterion_cb (SideWaveform *waveform,
              const char   *criterion)
{
  side_waveform_select_answer (waveform, criterion);
}

/**
 * side_call_answers_attach:
 * @waveform: the drawn recording of a call
 * @keeper: whose review is shown there
 * @form: where its questions are; what is chosen in it is shown too
 */
void
side_call_answers_attach (SideWaveform     *waveform,
                          SideReviewKeeper *keeper,
                          SideReviewForm   *form)
{
  g_return_if_fail (SIDE_IS_WAVEFORM (waveform));
  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (keeper));
  g_return_if_fail (SIDE_IS_REVIEW_FORM (form));

  g_signal_connect_object (keeper, "loaded", G_CALLBACK (changed_cb), waveform, 0);
  g_signal_connect_object (keeper, "changed", G_CALLBACK (changed_cb), waveform, 0);
  g_signal_connect_object (form, "criterion-chosen", G_CALLBACK (criterion_cb), waveform, G_CONNECT_SWAPPED);
}
