/* side-agreement-reviewers.c - what the reviews of one script say about its reviewers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How much milder or stricter each is than the measure, whether they would say
 * the same again, and what they overlook. The measure of an answer is what was
 * agreed on, else what the expert said; for drift alone, else the mean of the
 * others.
 */
#include "side-agreement-sheet.h"

#include <math.h>

/* ---- faults found and overlooked ---- */

/**
 * side_agreement_add_decision:
 * @detection: where it is added
 * @measure: what is right; SIDE_ANSWER_NONE when that is not known
 * @answer: what somebody said; SIDE_ANSWER_NONE when they said nothing
 *
 * A fault is a plain "no", as it is for the score: neither half a mark nor "not
 * applicable" is one.
 */
void
side_agreement_add_decision (SideDetection *detection,
                             double         measure,
                             double         answer)
{
  gboolean is = measure == 0, said = answer == 0;

  if (measure == SIDE_ANSWER_NONE || answer == SIDE_ANSWER_NONE)
    return;
  detection->n++;
  detection->faults += is ? 1 : 0;
  detection->missed += is && !said ? 1 : 0;
  detection->false_alarms += !is && said ? 1 : 0;
}

static SideCoefficient
share_of (guint n,
          guint of)
{
  SideInterval interval = side_stats_wilson (n, of);

  return (SideCoefficient) { of > 0 ? (double) n / of : NAN, interval.low, interval.high };
}

/* How far a share keeps to a limit: 2 with its interval, 1 by itself, 0 not by
 * itself, -1 with nothing of its interval. Of nothing known, 1. */
static int
keeps (const SideCoefficient *share,
       double                 limit,
       gboolean               at_least)
{
  double worst = at_least ? share->low : -share->high;
  double value = at_least ? share->value : -share->value;
  double best = at_least ? share->high : -share->low;
  double bound = at_least ? limit : -limit;

  if (isnan (value))
    return 1;
  return worst >= bound ? 2 : value >= bound ? 1 : best >= bound ? 0 : -1;
}

/**
 * side_agreement_conclude:
 * @detection: with all its decisions; its shares and verdict are set
 *
 * Limits: Measurement Systems Analysis, AIAG, 4th ed. 2010, attribute studies.
 */
void
side_agreement_conclude (SideDetection *detection)
{
  int worst;

  detection->effectiveness = share_of (detection->n - detection->missed - detection->false_alarms, detection->n);
  detection->miss = share_of (detection->missed, detection->faults);
  detection->false_alarm = share_of (detection->false_alarms, detection->n - detection->faults);
  worst = MIN (keeps (&detection->effectiveness, SIDE_DETECTION_MIN_EFFECTIVENESS, TRUE),
               MIN (keeps (&detection->miss, SIDE_DETECTION_MAX_MISS, FALSE),
                    keeps (&detection->false_alarm, SIDE_DETECTION_MAX_FALSE_ALARM, FALSE)));
  if (detection->n == 0)
    detection->verdict = SIDE_DETECTION_UNKNOWN;
  else
    detection->verdict = worst > 1 ? SIDE_DETECTION_HOLDS : worst > 0 ? SIDE_DETECTION_WITHIN
                         : worst == 0 ? SIDE_DETECTION_OUTSIDE : SIDE_DETECTION_FAILS;
}

/* ---- drift ---- */

static double
mean_of_others (const SideSheetCall *call,
                guint                reviewer,
                guint                place)
{
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < call->entries->len; i++)
    {
      const SideEntry *entry = call->entries->pdata[i];

      if (entry->reviewer == reviewer || entry->values[place] < 0)
        continue;
      sum += entry->values[place];
      n++;
    }
  return n > 0 ? sum / n : SIDE_ANSWER_NONE;
}

/* By how many points of the score an entry is above the measure, over the
 * criteria both have an answer to; NaN when there are none. */
static double
difference_of (const SideSheet     *sheet,
               const SideSheetCall *call,
               const SideEntry     *entry)
{
  double sum = 0, weights = 0;

  for (guint i = 0; i < sheet->criteria->len; i++)
    {
      const SideCriterion *criterion = sheet->criteria->pdata[i];
      double measure = side_sheet_measure (call, entry->reviewer, i);

      if (measure == SIDE_ANSWER_NONE)
        measure = mean_of_others (call, entry->reviewer, i);
      if (criterion->bonus || measure < 0 || entry->values[i] < 0)
        continue;
      sum += criterion->weight * (entry->values[i] - measure);
      weights += criterion->weight;
    }
  return weights > 0 ? 100 * sum / weights : NAN;
}

typedef struct {
  gint64 at_ms;
  double points;
} Difference;

static SideDrift
drift_of (const GArray *differences,
          gint64        from_ms,
          gint64        to_ms)
{
  SideDrift drift = { .from_ms = from_ms, .to_ms = to_ms };
  double sum = 0, squares = 0;

  for (guint i = 0; i < differences->len; i++)
    {
      const Difference *each = &g_array_index (differences, Difference, i);

      if (each->at_ms < from_ms || each->at_ms >= to_ms)
        continue;
      drift.n++;
      sum += each->points;
    }
  drift.mean = drift.n > 0 ? sum / drift.n : NAN;
  for (guint i = 0; i < differences->len; i++)
    {
      const Difference *each = &g_array_index (differences, Difference, i);

      if (each->at_ms >= from_ms && each->at_ms < to_ms)
        squares += pow (each->points - drift.mean, 2);
    }
  drift.interval = side_stats_mean (drift.mean, drift.n > 1 ? sqrt (squares / (drift.n - 1)) : NAN, drift.n);
  return drift;
}

static SideDriftVerdict
judge_drift (const SideReviewerAgreement *reviewer)
{
  const SideDrift *first = NULL, *last = NULL;

  for (guint i = 0; i < reviewer->windows->len; i++)
    {
      const SideDrift *window = &g_array_index (reviewer->windows, SideDrift, i);

      if (window->n < 2)
        continue;
      first = first != NULL ? first : window;
      last = window;
    }
  if (reviewer->whole.n < 2)
    return SIDE_DRIFT_TOO_FEW;
  if (last != first && (last->interval.low > first->interval.high || last->interval.high < first->interval.low))
    return SIDE_DRIFT_MOVED;
  if (reviewer->whole.interval.low > 0)
    return SIDE_DRIFT_MILDER;
  return reviewer->whole.interval.high < 0 ? SIDE_DRIFT_STRICTER : SIDE_DRIFT_NONE;
}

/* ---- the same again ---- */

static const char *
word_of (double value,
         char  *buffer)
{
  if (value == SIDE_ANSWER_NONE)
    return NULL;
  return value == SIDE_ANSWER_NA ? "na" : g_ascii_dtostr (buffer, G_ASCII_DTOSTR_BUF_SIZE, value);
}

static void
measure_again (const SideSheet       *sheet,
               guint                  place,
               SideReviewerAgreement *reviewer)
{
  g_autoptr (SideRatings) ratings = side_ratings_new (2);

  for (guint i = 0; i + 1 < sheet->repeats->len; i += 2)
    {
      const SideEntry *first = sheet->repeats->pdata[i], *again = sheet->repeats->pdata[i + 1];

      if (first->reviewer != place)
        continue;
      reviewer->repeats++;
      for (guint k = 0; k < sheet->criteria->len; k++)
        {
          char buffers[2][G_ASCII_DTOSTR_BUF_SIZE];
          const char *const row[] = { word_of (first->values[k], buffers[0]), word_of (again->values[k], buffers[1]) };

          /* A criterion that one of the two leaves out says nothing here. */
          if (row[0] != NULL && row[1] != NULL)
            side_ratings_add_unit (ratings, row, NULL);
        }
    }
  if (!side_ratings_measure (ratings, SIDE_SCALE_NOMINAL, &reviewer->again, NULL))
    g_assert_not_reached ();   /* any word is an answer at the nominal level */
}

/* ---- reviewers ---- */

static void
measure_calls (const SideSheet       *sheet,
               guint                  place,
               SideReviewerAgreement *reviewer,
               GArray                *differences)
{
  for (guint i = 0; i < sheet->calls->len; i++)
    {
      const SideSheetCall *call = sheet->calls->pdata[i];
      const SideEntry *entry = side_sheet_find_entry (call, place);
      Difference difference;

      if (entry == NULL)
        continue;
      reviewer->reviews++;
      difference = (Difference) { entry->at_ms, difference_of (sheet, call, entry) };
      if (!isnan (difference.points))
        g_array_append_val (differences, difference);
      for (guint k = 0; k < sheet->criteria->len; k++)
        if (((SideCriterion *) sheet->criteria->pdata[k])->critical != SIDE_CRITICAL_NO)
          side_agreement_add_decision (&reviewer->detection, side_sheet_measure (call, place, k), entry->values[k]);
    }
  side_agreement_conclude (&reviewer->detection);
}

static SideReviewerAgreement *
report_reviewer (const SideSheet *sheet,
                 guint            place,
                 gint64           from_ms,
                 gint64           to_ms,
                 guint            n_windows)
{
  SideReviewerAgreement *reviewer = g_new0 (SideReviewerAgreement, 1);
  g_autoptr (GArray) differences = g_array_new (FALSE, FALSE, sizeof (Difference));

  reviewer->reviewer = g_strdup (sheet->names->pdata[place]);
  reviewer->windows = g_array_new (FALSE, FALSE, sizeof (SideDrift));
  measure_calls (sheet, place, reviewer, differences);
  reviewer->whole = drift_of (differences, from_ms, to_ms);
  for (guint i = 0; i < n_windows; i++)
    {
      SideDrift window = drift_of (differences, from_ms + (to_ms - from_ms) / n_windows * i,
                                   i + 1 == n_windows ? to_ms : from_ms + (to_ms - from_ms) / n_windows * (i + 1));

      g_array_append_val (reviewer->windows, window);
    }
  reviewer->drift = judge_drift (reviewer);
  measure_again (sheet, place, reviewer);
  return reviewer;
}

/**
 * side_agreement_reviewers:
 * @sheet: the reviews
 * @from_ms: of the period
 * @to_ms: its end
 * @n_windows: into how many parts it is cut
 *
 * Returns: (transfer full) (element-type SideReviewerAgreement): those who
 *   reviewed a call that somebody else did too, or one twice; without a free
 *   function
 */
GPtrArray *
side_agreement_reviewers (const SideSheet *sheet,
                          gint64           from_ms,
                          gint64           to_ms,
                          guint            n_windows)
{
  GPtrArray *reviewers = g_ptr_array_new ();

  for (guint i = 0; i < sheet->names->len; i++)
    {
      gboolean counts = FALSE;

      for (guint k = 0; k < sheet->calls->len && !counts; k++)
        counts = side_sheet_find_entry (sheet->calls->pdata[k], i) != NULL;
      for (guint k = 0; k < sheet->repeats->len && !counts; k++)
        counts = ((SideEntry *) sheet->repeats->pdata[k])->reviewer == i;
      if (counts)
        g_ptr_array_add (reviewers, report_reviewer (sheet, i, from_ms, to_ms, n_windows));
    }
  return reviewers;
}
