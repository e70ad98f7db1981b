/* side-agreement-report.c - what the reviews of one script say about its criteria
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A criterion of yes and no has names for answers, "not applicable" among
 * them: whether it applies is what people may disagree about. Of one with more
 * answers, which lie in an order, "not applicable" has no place in that order
 * and is missing. The lower bound of alpha decides, and where it does not
 * suffice, why.
 */
#include "side-agreement-sheet.h"

#include <math.h>
#include <string.h>

static void
criterion_free (gpointer data)
{
  SideCriterionAgreement *criterion = data;

  g_free (criterion->number);
  g_free (criterion->odd);
  g_free (criterion);
}

static void
reviewer_free (gpointer data)
{
  SideReviewerAgreement *reviewer = data;

  g_free (reviewer->reviewer);
  g_array_unref (reviewer->windows);
  g_free (reviewer);
}

/**
 * side_agreement_report_free:
 * @self: (transfer full): a report
 */
void
side_agreement_report_free (SideAgreementReport *self)
{
  g_ptr_array_unref (self->criteria);
  g_ptr_array_unref (self->reviewers);
  side_script_unref (self->script);
  g_free (self);
}

/* The word of an answer; NULL where it is missing. */
static const char *
word_of (double    value,
         SideScale level,
         char     *buffer)
{
  if (value == SIDE_ANSWER_NONE || (value == SIDE_ANSWER_NA && level != SIDE_SCALE_NOMINAL))
    return NULL;
  return value == SIDE_ANSWER_NA ? "na" : g_ascii_dtostr (buffer, G_ASCII_DTOSTR_BUF_SIZE, value);
}

/* Adds a unit a call; @without: a reviewer's place that is left out, or -1. */
static void
add_units (SideRatings     *ratings,
           const SideSheet *sheet,
           guint            place,
           SideScale        level,
           int              without)
{
  g_autofree const char **row = g_new (const char *, sheet->names->len);
  g_autofree char *buffers = g_new (char, (gsize) sheet->names->len * G_ASCII_DTOSTR_BUF_SIZE);

  for (guint i = 0; i < sheet->calls->len; i++)
    {
      const SideSheetCall *call = sheet->calls->pdata[i];

      memset (row, 0, sheet->names->len * sizeof *row);
      for (guint k = 0; k < call->entries->len; k++)
        {
          const SideEntry *entry = call->entries->pdata[k];

          if ((int) entry->reviewer != without)
            row[entry->reviewer] = word_of (entry->values[place], level, buffers + entry->reviewer * G_ASCII_DTOSTR_BUF_SIZE);
        }
      /* What is over a million answers changes no figure. */
      if (!side_ratings_add_unit (ratings, row, NULL))
        return;
    }
}

static SideAgreement
measure (const SideSheet *sheet,
         guint            place,
         SideScale        level,
         int              without,
         gboolean         interval)
{
  g_autoptr (SideRatings) ratings = side_ratings_new (MAX (sheet->names->len, 1));
  SideAgreement out;
  gboolean fits;

  add_units (ratings, sheet, place, level, without);
  fits = interval ? side_ratings_measure (ratings, level, &out, NULL) : side_ratings_estimate (ratings, level, &out, NULL);
  if (!fits)
    g_assert_not_reached ();   /* every answer is a number, or a word at the nominal level */
  return out;
}

/* ---- what to do ---- */

/* Whether all but @without agree: by the lower bound, as everywhere, so that nobody is named for what may be chance.
 * Bounds are dear, and worked out only where the figure itself is high enough. */
static gboolean
agree_without (const SideSheet              *sheet,
               guint                         place,
               const SideCriterionAgreement *criterion,
               int                           without)
{
  SideAgreement others = measure (sheet, place, criterion->level, without, FALSE);

  if (others.reviewers == criterion->agreement.reviewers || others.units < SIDE_AGREEMENT_MIN_UNITS)
    return FALSE;
  if (isnan (others.alpha.value))
    return others.observed.value > 1 - 1e-9;
  if (others.alpha.value < SIDE_AGREEMENT_RELY)
    return FALSE;
  others = measure (sheet, place, criterion->level, without, TRUE);
  return others.alpha.low >= SIDE_AGREEMENT_TENTATIVE;
}

/* The one without whom the others agree; NULL when there is none, or two such. */
static const char *
find_odd (const SideSheet              *sheet,
          guint                         place,
          const SideCriterionAgreement *criterion)
{
  const char *odd = NULL;

  if (criterion->agreement.reviewers < 3)
    return NULL;
  for (guint i = 0; i < sheet->names->len; i++)
    {
      if (!agree_without (sheet, place, criterion, (int) i))
        continue;
      if (odd != NULL)
        return NULL;
      odd = sheet->names->pdata[i];
    }
  return odd;
}

static SideVerdict
judge (const SideSheet        *sheet,
       guint                   place,
       SideCriterionAgreement *criterion)
{
  const SideAgreement *found = &criterion->agreement;

  if (found->units == 0)
    return SIDE_VERDICT_NONE;
  if (isnan (found->alpha.value))
    return SIDE_VERDICT_ALL_SAME;
  if (found->alpha.low >= SIDE_AGREEMENT_RELY)
    return SIDE_VERDICT_RELY;
  if (found->alpha.low >= SIDE_AGREEMENT_TENTATIVE)
    return SIDE_VERDICT_TENTATIVE;
  if (found->units < SIDE_AGREEMENT_MIN_UNITS)
    return SIDE_VERDICT_TOO_FEW;
  criterion->odd = g_strdup (find_odd (sheet, place, criterion));
  if (criterion->odd != NULL)
    return SIDE_VERDICT_ONE_DIFFERS;
  if (found->ac1.low >= SIDE_AGREEMENT_RELY)
    return SIDE_VERDICT_ONE_SIDED;
  return found->alpha.high >= SIDE_AGREEMENT_RELY ? SIDE_VERDICT_TOO_FEW : SIDE_VERDICT_TWO_WAYS;
}

static double
bound_of (const SideCriterionAgreement *criterion)
{
  const SideAgreement *found = &criterion->agreement;
  double bound = isnan (found->alpha.low) ? found->ac1.low : found->alpha.low;

  return isnan (bound) ? 2 : bound;
}

static int
compare_criteria (gconstpointer a,
                  gconstpointer b)
{
  const SideCriterionAgreement *x = *(SideCriterionAgreement *const *) a, *y = *(SideCriterionAgreement *const *) b;

  if (x->verdict != y->verdict)
    return (int) x->verdict - (int) y->verdict;
  return (bound_of (x) > bound_of (y)) - (bound_of (x) < bound_of (y));
}

/* ---- criteria ---- */

static void
find_faults (const SideSheet        *sheet,
             guint                   place,
             SideCriterionAgreement *criterion)
{
  for (guint i = 0; criterion->criterion->critical != SIDE_CRITICAL_NO && i < sheet->calls->len; i++)
    {
      const SideSheetCall *call = sheet->calls->pdata[i];

      for (guint k = 0; k < call->entries->len; k++)
        {
          const SideEntry *entry = call->entries->pdata[k];

          side_agreement_add_decision (&criterion->detection, side_sheet_measure (call, entry->reviewer, place), entry->values[place]);
        }
    }
  side_agreement_conclude (&criterion->detection);
}

static SideCriterionAgreement *
report_criterion (const SideScript *script,
                  const SideSheet  *sheet,
                  guint             place)
{
  SideCriterionAgreement *criterion = g_new0 (SideCriterionAgreement, 1);

  criterion->criterion = sheet->criteria->pdata[place];
  criterion->number = side_script_number_criterion (script, criterion->criterion->id);
  criterion->level = criterion->criterion->answers == SIDE_ANSWERS_YES_NO ? SIDE_SCALE_NOMINAL : SIDE_SCALE_ORDINAL;
  for (guint i = 0; criterion->level != SIDE_SCALE_NOMINAL && i < sheet->calls->len; i++)
    {
      const SideSheetCall *call = sheet->calls->pdata[i];

      for (guint k = 0; k < call->entries->len; k++)
        criterion->left_out += ((SideEntry *) call->entries->pdata[k])->values[place] == SIDE_ANSWER_NA ? 1 : 0;
    }
  criterion->agreement = measure (sheet, place, criterion->level, -1, TRUE);
  criterion->verdict = judge (sheet, place, criterion);
  find_faults (sheet, place, criterion);
  return criterion;
}

/**
 * side_agreement_report_new:
 * @script: in the version to report on
 * @reviews: (element-type SideReview): of it and others; those from before the
 *   period too, because repeats are held against them
 * @calibrations: (element-type SideCalibration): of it and others
 * @from_ms: reviews finished from then on count
 * @to_ms: and before then
 * @n_windows: into how many parts the period is cut for drift, 1 or more
 *
 * May take seconds for some hundred calls of a hundred criteria: a worker's
 * job. Nothing is written to what is given.
 *
 * Returns: (transfer full): the report
 */
SideAgreementReport *
side_agreement_report_new (SideScript *script,
                           GPtrArray  *reviews,
                           GPtrArray  *calibrations,
                           gint64      from_ms,
                           gint64      to_ms,
                           guint       n_windows)
{
  g_autoptr (SideSheet) sheet = NULL;
  SideAgreementReport *self;

  g_return_val_if_fail (script != NULL && reviews != NULL && calibrations != NULL, NULL);
  g_return_val_if_fail (to_ms > from_ms && n_windows > 0, NULL);

  sheet = side_sheet_new (script, reviews, calibrations, from_ms, to_ms);
  self = g_new0 (SideAgreementReport, 1);
  self->script = side_script_ref (script);
  self->from_ms = from_ms;
  self->to_ms = to_ms;
  self->reviews = sheet->reviews;
  self->calls = sheet->calls->len;
  self->seconds = sheet->seconds;
  self->calibrated = sheet->calibrated;
  self->hidden = sheet->hidden;
  self->late = sheet->late;
  self->whole = side_agreement_whole (sheet);
  self->criteria = g_ptr_array_new_with_free_func (criterion_free);
  for (guint i = 0; i < sheet->criteria->len; i++)
    g_ptr_array_add (self->criteria, report_criterion (self->script, sheet, i));
  g_ptr_array_sort (self->criteria, compare_criteria);
  self->reviewers = side_agreement_reviewers (sheet, from_ms, to_ms, n_windows);
  g_ptr_array_set_free_func (self->reviewers, reviewer_free);
  return self;
}

/**
 * side_agreement_of_script:
 * @script: in the version asked about
 * @reviews: (element-type SideReview): of it and others
 * @calibrations: (element-type SideCalibration): of it and others
 * @out: (out): over all its criteria, from all its reviews
 *
 * Returns: whether any call was reviewed by two people
 */
gboolean
side_agreement_of_script (SideScript    *script,
                          GPtrArray     *reviews,
                          GPtrArray     *calibrations,
                          SideAgreement *out)
{
  g_autoptr (SideSheet) sheet = NULL;

  g_return_val_if_fail (script != NULL && reviews != NULL && calibrations != NULL, FALSE);

  sheet = side_sheet_new (script, reviews, calibrations, G_MININT64, 0);
  *out = side_agreement_whole (sheet);
  return out->units > 0;
}
