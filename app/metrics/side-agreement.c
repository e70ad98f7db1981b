/* side-agreement.c - ratings as they come, and the simple coefficients
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Answers come as words and are counted once for all coefficients; that of
 * Krippendorff, which knows distances, lies in side-agreement-alpha.c.
 *
 * Where all agree, a standard error is nought however few they were. Then the
 * lower bound is what comes of the lower bound of the observed share.
 */
#include "side-agreement-private.h"

#include <math.h>
#include <string.h>

#include "side-error.h"
#include "side-stats.h"

#define Z95       1.959963984540054
#define MAX_UNITS 1000000

struct _SideRatings
{
  guint      n_reviewers;
  GPtrArray *cells;        /* (nullable) char *: unit by unit, reviewer by reviewer */
};

static const SideCoefficient undefined = { NAN, NAN, NAN };

/**
 * side_scale_from_name:
 * @name: "nominal", "ordinal", "interval" or "ratio"
 * @level: (out): the level
 *
 * Returns: whether it is one
 */
gboolean
side_scale_from_name (const char *name,
                      SideScale  *level)
{
  static const char *const names[] = { "nominal", "ordinal", "interval", "ratio" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (name, names[i]))
      {
        *level = (SideScale) i;
        return TRUE;
      }
  return FALSE;
}

/**
 * side_ratings_new:
 * @n_reviewers: how many columns the table has, 1 or more
 *
 * Returns: (transfer full): a table without units
 */
SideRatings *
side_ratings_new (guint n_reviewers)
{
  SideRatings *self = g_new0 (SideRatings, 1);

  self->n_reviewers = n_reviewers;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * side_ratings_free:
 * @self: (transfer full): a table
 */
void
side_ratings_free (SideRatings *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

/**
 * side_ratings_add_unit:
 * @self: a table
 * @answers: one a reviewer; %NULL, empty and blank are "not answered"
 * @error: SIDE_ERROR_TOO_LARGE after a million units
 *
 * Returns: whether it was taken
 */
gboolean
side_ratings_add_unit (SideRatings        *self,
                       const char *const  *answers,
                       GError            **error)
{
  if (self->cells->len / self->n_reviewers >= MAX_UNITS)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "there are more than %d units", MAX_UNITS);
      return FALSE;
    }
  for (guint i = 0; i < self->n_reviewers; i++)
    {
      char *answer = answers[i] != NULL ? g_strstrip (g_strdup (answers[i])) : NULL;

      if (answer != NULL && *answer == '\0')
        g_clear_pointer (&answer, g_free);
      g_ptr_array_add (self->cells, answer);
    }
  return TRUE;
}

/* ---- counting ---- */

static gboolean
as_number (const char *text,
           double     *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*number);
}

typedef struct {
  const char *text;
  double      number;   /* NaN for a word */
} Answer;

static int
compare_answers (gconstpointer a,
                 gconstpointer b)
{
  const Answer *left = a;
  const Answer *right = b;

  if (isnan (left->number) || isnan (right->number))
    return isnan (left->number) && isnan (right->number) ? strcmp (left->text, right->text) : isnan (left->number) - isnan (right->number);
  return (left->number > right->number) - (left->number < right->number);
}

/* All answers of the table, in order, each once; NULL when one does not fit @level. */
static GArray *
find_answers (SideRatings  *self,
              SideScale     level,
              GError      **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Answer));
  GArray *once;

  for (guint i = 0; i < self->cells->len; i++)
    {
      Answer answer = { g_ptr_array_index (self->cells, i), NAN };

      if (answer.text == NULL)
        continue;
      if (!as_number (answer.text, &answer.number))
        answer.number = NAN;
      if (level != SIDE_SCALE_NOMINAL && (isnan (answer.number) || (level == SIDE_SCALE_RATIO && answer.number < 0)))
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "unit %u: “%.40s” is not a number%s", i / self->n_reviewers + 1,
                       answer.text, isnan (answer.number) ? "" : " from nought on");
          return NULL;
        }
      g_array_append_val (all, answer);
    }
  g_array_sort (all, compare_answers);
  once = g_array_new (FALSE, FALSE, sizeof (Answer));
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || compare_answers (&g_array_index (all, Answer, i - 1), &g_array_index (all, Answer, i)) != 0)
      g_array_append_val (once, g_array_index (all, Answer, i));
  return once;
}

static guint
place_of (GArray     *answers,
          const char *text)
{
  Answer wanted = { text, NAN };
  guint place = 0;

  if (!as_number (text, &wanted.number))
    wanted.number = NAN;
  g_array_binary_search (answers, &wanted, compare_answers, &place);
  return place;
}

static void
counted_clear (SideCounted *counted)
{
  g_clear_pointer (&counted->values, g_array_unref);
  g_clear_pointer (&counted->units, g_array_unref);
  g_clear_pointer (&counted->tallies, g_array_unref);
  g_clear_pointer (&counted->pairs, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideCounted, counted_clear)

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return (left > right) - (left < right);
}

/* One unit's answers, in order, each with its number. */
static void
count_unit (SideCounted *counted,
            GArray      *places)
{
  SideUnit unit = { counted->tallies->len, 0, places->len };

  if (places->len == 0)
    return;
  counted->n_pairable += places->len > 1 ? 1 : 0;
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++)
    {
      guint place = g_array_index (places, guint, i);

      if (i > 0 && place == g_array_index (places, guint, i - 1))
        g_array_index (counted->tallies, SideTally, counted->tallies->len - 1).n++;
      else
        {
          SideTally tally = { place, 1 };

          g_array_append_val (counted->tallies, tally);
          unit.n_tallies++;
        }
    }
  g_array_append_val (counted->units, unit);
}

static void
count (SideRatings *self,
       GArray      *answers,
       SideCounted *counted,
       guint       *n_reviewers)
{
  g_autofree gboolean *has_answered = g_new0 (gboolean, self->n_reviewers);
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint unit = 0; unit < self->cells->len; unit += self->n_reviewers)
    {
      g_array_set_size (places, 0);
      for (guint i = 0; i < self->n_reviewers; i++)
        {
          const char *text = g_ptr_array_index (self->cells, unit + i);
          guint place = text != NULL ? place_of (answers, text) : 0;

          if (text == NULL)
            continue;
          has_answered[i] = TRUE;
          g_array_append_val (places, place);
        }
      /* Who gave which matters to kappa alone. */
      if (places->len == 2)
        g_array_append_vals (counted->pairs, places->data, 2);
      count_unit (counted, places);
    }
  *n_reviewers = 0;
  for (guint i = 0; i < self->n_reviewers; i++)
    *n_reviewers += has_answered[i] ? 1 : 0;
}

/* ---- coefficients ---- */

/* Both squares of chance @pe out of 1, with the observed share's lower bound. */
static double
bound_of_all (double units,
              double pe)
{
  SideInterval share = side_stats_wilson_share (1.0, units);

  return (share.low - pe) / (1 - pe);
}

/* Where no unit differs from another the errors of large samples come to nought
 * however few the units are, and that is no knowledge: such errors hold for many
 * units that vary (Fleiss, Cohen, Everitt 1969; Gwet 2008). Where nobody agreed
 * at all, the share that may yet have agreed is Wilson's, as bound_of_all() has
 * it from the other end; anything else has no interval. */
static void
bound (SideCoefficient *out,
       double           half,
       double           observed,
       double           units,
       double           pe)
{
  SideInterval share;

  out->low = out->high = NAN;
  if (half > 1e-9)
    {
      out->low = MAX (-1.0, out->value - half);
      out->high = MIN (1.0, out->value + half);
    }
  else if (observed < 1e-12)
    {
      share = side_stats_wilson_share (0.0, units);
      out->low = -1.0;
      out->high = (share.high - pe) / (1 - pe);
    }
}

/* 0 for a unit with one answer. */
static double
agreement_in (const SideCounted *counted,
              const SideUnit    *unit)
{
  double agreeing = 0;

  for (guint i = 0; i < unit->n_tallies; i++)
    {
      double n = g_array_index (counted->tallies, SideTally, unit->first + i).n;

      agreeing += n * (n - 1);
    }
  return unit->n > 1 ? agreeing / ((double) unit->n * (unit->n - 1)) : 0;
}

static double
mean_agreement (const SideCounted *counted)
{
  double sum = 0;

  for (guint i = 0; i < counted->units->len; i++)
    sum += agreement_in (counted, &g_array_index (counted->units, SideUnit, i));
  return sum / counted->n_pairable;
}

/* Interval: Wilson's, with the units for n; pairs within one are not independent. */
void
side_agreement_observed (const SideCounted *counted,
                         SideCoefficient   *out)
{
  SideInterval interval;

  *out = undefined;
  if (counted->n_pairable == 0)
    return;
  out->value = mean_agreement (counted);
  interval = side_stats_wilson_share (out->value, counted->n_pairable);
  out->low = interval.low;
  out->high = interval.high;
}

/* The variance for large samples of J. L. Fleiss, J. Cohen, B. S. Everitt, Large
 * sample standard errors of kappa and weighted kappa, Psychol. Bull. 72 (1969). */
static double
kappa_error (const double *table,
             const double *rows,
             const double *columns,
             guint         n_values,
             double        n,
             double        kappa,
             double        pe)
{
  double same = 0, other = 0, last = kappa - pe * (1 - kappa);

  for (guint i = 0; i < n_values; i++)
    for (guint j = 0; j < n_values; j++)
      {
        double p = table[i * n_values + j];
        double sum = i == j ? rows[i] + columns[i] : columns[i] + rows[j];

        if (i == j)
          same += p * pow (1 - sum * (1 - kappa), 2);
        else
          other += p * sum * sum;
      }
  return sqrt (MAX (0.0, same + pow (1 - kappa, 2) * other - last * last) / n) / (1 - pe);
}

/* J. Cohen, A coefficient of agreement for nominal scales, 1960. */
void
side_agreement_kappa (const SideCounted *counted,
                      SideCoefficient   *out)
{
  guint n_values = counted->values->len;
  double n = counted->pairs->len / 2;
  g_autofree double *table = NULL;
  g_autofree double *rows = g_new0 (double, n_values + 1);
  g_autofree double *columns = g_new0 (double, n_values + 1);
  double po = 0, pe = 0, half;

  *out = undefined;
  /* A table of a thousand different answers is no scale of categories. */
  if (n < 1 || n_values > 1000)
    return;
  table = g_new0 (double, n_values * n_values);
  for (guint i = 0; i < counted->pairs->len; i += 2)
    {
      guint first = g_array_index (counted->pairs, guint, i);
      guint second = g_array_index (counted->pairs, guint, i + 1);

      table[first * n_values + second] += 1 / n;
      rows[first] += 1 / n;
      columns[second] += 1 / n;
      po += first == second ? 1 / n : 0;
    }
  for (guint i = 0; i < n_values; i++)
    pe += rows[i] * columns[i];
  if (1 - pe < 1e-12)
    return;
  out->value = (po - pe) / (1 - pe);
  half = Z95 * kappa_error (table, rows, columns, n_values, n, out->value, pe);
  bound (out, half, po, n, pe);
  if (1 - po < 1e-12)
    {
      out->low = MAX (-1.0, bound_of_all (n, pe));
      out->high = 1.0;
    }
}

/* K. L. Gwet, Computing inter-rater reliability and its variance in the presence
 * of high agreement, Br. J. Math. Stat. Psychol. 61 (2008); for many reviewers
 * and gaps as in his Handbook of Inter-Rater Reliability. An answer nobody ever
 * gave may still have been possible: there are two categories at least. What is
 * expected by chance is learnt from units with a single answer too. */
void
side_agreement_ac1 (const SideCounted *counted,
                    SideCoefficient   *out)
{
  guint n_units = counted->units->len;
  double n_categories = MAX (counted->values->len, 2);
  g_autofree double *shares = g_new0 (double, counted->values->len + 1);
  double pa, pe = 0, squares = 0, half;

  *out = undefined;
  if (counted->n_pairable == 0)
    return;
  pa = mean_agreement (counted);
  for (guint i = 0; i < n_units; i++)
    {
      const SideUnit *unit = &g_array_index (counted->units, SideUnit, i);

      for (guint k = unit->first; k < unit->first + unit->n_tallies; k++)
        shares[g_array_index (counted->tallies, SideTally, k).answer] +=
          (double) g_array_index (counted->tallies, SideTally, k).n / unit->n / n_units;
    }
  for (guint i = 0; i < counted->values->len; i++)
    pe += shares[i] * (1 - shares[i]) / (n_categories - 1);
  out->value = (pa - pe) / (1 - pe);
  for (guint i = 0; i < n_units; i++)
    {
      const SideUnit *unit = &g_array_index (counted->units, SideUnit, i);
      double own = unit->n > 1 ? (agreement_in (counted, unit) - pe) / (1 - pe) * n_units / counted->n_pairable : 0;
      double chance = 0;

      for (guint k = unit->first; k < unit->first + unit->n_tallies; k++)
        {
          const SideTally *tally = &g_array_index (counted->tallies, SideTally, k);

          chance += (double) tally->n / unit->n * (1 - shares[tally->answer]) / (n_categories - 1);
        }
      own -= 2 * (1 - out->value) * (chance - pe) / (1 - pe);
      squares += pow (own - out->value, 2);
    }
  half = n_units > 1 ? side_stats_t95 (n_units - 1) * sqrt (squares / n_units / (n_units - 1)) : NAN;
  bound (out, half, pa, counted->n_pairable, pe);
  if (1 - pa < 1e-12)
    {
      out->low = bound_of_all (counted->n_pairable, pe);
      out->high = 1.0;
    }
}

static gboolean
measure (SideRatings    *self,
         SideScale       level,
         gboolean        interval,
         SideAgreement  *out,
         GError        **error)
{
  g_autoptr (GArray) answers = find_answers (self, level, error);
  g_auto (SideCounted) counted = { 0 };

  memset (out, 0, sizeof *out);
  if (answers == NULL)
    return FALSE;
  counted.values = g_array_new (FALSE, FALSE, sizeof (double));
  counted.units = g_array_new (FALSE, FALSE, sizeof (SideUnit));
  counted.tallies = g_array_new (FALSE, FALSE, sizeof (SideTally));
  counted.pairs = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < answers->len; i++)
    g_array_append_val (counted.values, g_array_index (answers, Answer, i).number);
  count (self, answers, &counted, &out->reviewers);
  out->units = counted.n_pairable;
  for (guint i = 0; i < counted.units->len; i++)
    if (g_array_index (counted.units, SideUnit, i).n > 1)
      out->answers += g_array_index (counted.units, SideUnit, i).n;
  side_agreement_observed (&counted, &out->observed);
  side_agreement_ac1 (&counted, &out->ac1);
  side_agreement_alpha (&counted, level, interval, &out->alpha);
  out->kappa = undefined;
  if (out->reviewers == 2)
    side_agreement_kappa (&counted, &out->kappa);
  return TRUE;
}

/**
 * side_ratings_measure:
 * @self: a table
 * @level: what the answers' differences mean; only @alpha asks
 * @out: (out): what came out; NaN where something is not defined
 * @error: SIDE_ERROR_INVALID where an answer does not fit @level
 *
 * Sources are named at each coefficient.
 *
 * Returns: whether it could be measured
 */
gboolean
side_ratings_measure (SideRatings    *self,
                      SideScale       level,
                      SideAgreement  *out,
                      GError        **error)
{
  return measure (self, level, TRUE, out, error);
}

/**
 * side_ratings_estimate:
 * @self: a table
 * @level: what the answers' differences mean; only @alpha asks
 * @out: (out): what came out, without alpha's interval: that is what takes long
 * @error: SIDE_ERROR_INVALID where an answer does not fit @level
 *
 * Returns: whether it could be measured
 */
gboolean
side_ratings_estimate (SideRatings    *self,
                       SideScale       level,
                       SideAgreement  *out,
                       GError        **error)
{
  return measure (self, level, FALSE, out, error);
}
