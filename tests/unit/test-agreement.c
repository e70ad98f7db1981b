/* test-agreement.c - the coefficients of agreement
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Against the figures others published for the same tables, and against what
 * must hold for any table.
 */
#include <math.h>

#include "side-agreement.h"
#include "side-error.h"

#define assert_near(a, b, eps) g_assert_cmpfloat_with_epsilon (a, b, eps)

/* K. Krippendorff, Computing Krippendorff's alpha-reliability (2011), part E. */
static const char *const reference[12][4] = {
  { "1", "1", NULL, "1" }, { "2", "2", "3", "2" }, { "3", "3", "3", "3" }, { "3", "3", "3", "3" },
  { "2", "2", "2", "2" }, { "1", "2", "3", "4" }, { "4", "4", "4", "4" }, { "1", "1", "2", "1" },
  { "2", "2", "2", "2" }, { "", "5", "5", "5" }, { NULL, " ", "1", "1" }, { NULL, "3", NULL, NULL },
};

static SideAgreement
measure (SideRatings *ratings,
         SideScale    level)
{
  g_autoptr (GError) error = NULL;
  SideAgreement out;

  side_ratings_measure (ratings, level, &out, &error);
  g_assert_no_error (error);
  return out;
}

static void
add (SideRatings *ratings,
     const char  *first,
     const char  *second,
     guint        n)
{
  const char *const answers[] = { first, second };

  for (guint i = 0; i < n; i++)
    g_assert_true (side_ratings_add_unit (ratings, answers, NULL));
}

static SideRatings *
load_reference (void)
{
  SideRatings *ratings = side_ratings_new (4);

  for (gsize i = 0; i < G_N_ELEMENTS (reference); i++)
    g_assert_true (side_ratings_add_unit (ratings, reference[i], NULL));
  return ratings;
}

static void
test_two (void)
{
  g_autoptr (SideRatings) ratings = side_ratings_new (2);
  SideAgreement a;

  add (ratings, "yes", "yes", 130);
  add (ratings, "yes", "no", 56);
  add (ratings, "no", "yes", 9);
  add (ratings, "no", "no", 5);
  a = measure (ratings, SIDE_SCALE_NOMINAL);
  g_assert_cmpuint (a.units, ==, 200);
  g_assert_cmpuint (a.reviewers, ==, 2);
  g_assert_cmpuint (a.answers, ==, 400);
  assert_near (a.observed.value, 0.675, 0.00005);
  assert_near (a.kappa.value, 0.0220, 0.00005);
  assert_near (a.ac1.value, 0.5326, 0.00005);
  assert_near (a.alpha.value, -0.0640, 0.00005);
  /* Wilson for 135 of 200. */
  assert_near (a.observed.low, 0.6073, 0.00005);
  assert_near (a.observed.high, 0.7361, 0.00005);
  g_assert_cmpfloat (a.kappa.low, <, 0);
  g_assert_cmpfloat (a.kappa.high, >, 0.0220);
}

/* J. L. Fleiss, Statistical Methods for Rates and Proportions: two raters sort
 * 100 people into three; kappa 0.676, standard error 0.088. */
static void
test_kappa_error (void)
{
  static const struct { const char *first, *second; guint n; } cells[] = {
    { "psychotic", "psychotic", 75 }, { "psychotic", "neurotic", 1 }, { "psychotic", "organic", 4 },
    { "neurotic", "psychotic", 5 }, { "neurotic", "neurotic", 4 }, { "neurotic", "organic", 1 },
    { "organic", "organic", 10 },
  };
  g_autoptr (SideRatings) ratings = side_ratings_new (2);
  SideAgreement a;

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    add (ratings, cells[i].first, cells[i].second, cells[i].n);
  a = measure (ratings, SIDE_SCALE_NOMINAL);
  assert_near (a.kappa.value, 0.676, 0.0005);
  assert_near ((a.kappa.high - a.kappa.low) / 2 / 1.96, 0.088, 0.0005);
}

static void
test_many (void)
{
  g_autoptr (SideRatings) ratings = load_reference ();
  SideAgreement a = measure (ratings, SIDE_SCALE_NOMINAL);

  g_assert_cmpuint (a.units, ==, 11);
  g_assert_cmpuint (a.reviewers, ==, 4);
  g_assert_cmpuint (a.answers, ==, 40);
  assert_near (a.alpha.value, 0.743, 0.0005);
  assert_near (measure (ratings, SIDE_SCALE_ORDINAL).alpha.value, 0.815, 0.0005);
  assert_near (measure (ratings, SIDE_SCALE_INTERVAL).alpha.value, 0.849, 0.0005);
  assert_near (measure (ratings, SIDE_SCALE_RATIO).alpha.value, 0.797, 0.0005);
  /* K. L. Gwet gives these of the same table in the manual of irrCAC. */
  assert_near (a.observed.value, 0.81818, 0.000005);
  assert_near (a.ac1.value, 0.77544, 0.000005);
  assert_near (a.ac1.low, 0.461, 0.0005);
  assert_near (a.ac1.high, 1, 1e-9);
  g_assert_true (isnan (a.kappa.value) && isnan (a.kappa.low) && isnan (a.kappa.high));
  g_assert_cmpfloat (a.alpha.low, <, 0.6);
  g_assert_cmpfloat (a.alpha.high, >, 0.85);
}

/* Few calls on which all agree prove little. */
static void
test_all_agree (void)
{
  g_autoptr (SideRatings) few = side_ratings_new (2);
  g_autoptr (SideRatings) many = side_ratings_new (2);
  SideAgreement a, b;

  add (few, "1", "1", 3);
  add (few, "0", "0", 2);
  add (many, "1", "1", 300);
  add (many, "0", "0", 200);
  for (SideScale level = SIDE_SCALE_NOMINAL; level <= SIDE_SCALE_RATIO; level++)
    {
      a = measure (few, level);
      b = measure (many, level);
      assert_near (a.kappa.value, 1, 1e-9);
      assert_near (a.ac1.value, 1, 1e-9);
      assert_near (a.alpha.value, 1, 1e-9);
      g_assert_cmpfloat (a.kappa.low, <, 0.667);
      g_assert_cmpfloat (a.ac1.low, <, 0.667);
      g_assert_cmpfloat (a.alpha.low, <, 0.667);
      g_assert_cmpfloat (b.kappa.low, >, 0.95);
      g_assert_cmpfloat (b.ac1.low, >, 0.95);
      g_assert_cmpfloat (b.alpha.low, >, 0.95);
      g_assert_cmpfloat (b.alpha.high, <=, 1);
    }
}

/* Where no unit differs from another the errors of large samples come to
 * nought, and an interval without any width would pass for certainty. */
static void
test_nothing_varies (void)
{
  g_autoptr (SideRatings) two = side_ratings_new (2);
  g_autoptr (SideRatings) many = side_ratings_new (2);
  g_autoptr (SideRatings) always = side_ratings_new (2);
  SideAgreement a;

  add (two, "a", "b", 1);
  add (two, "c", "d", 1);
  a = measure (two, SIDE_SCALE_NOMINAL);
  assert_near (a.kappa.value, 0, 1e-9);
  assert_near (a.ac1.value, -1 / 3.0, 1e-9);
  /* Wilson: none of two is less than 65.8 %; AC1 expects a quarter by chance. */
  assert_near (a.kappa.low, -1, 1e-9);
  assert_near (a.kappa.high, 0.6576, 0.00005);
  assert_near (a.ac1.low, -1, 1e-9);
  assert_near (a.ac1.high, (0.6576 - 0.25) / 0.75, 0.0001);
  add (many, "yes", "no", 20);
  add (many, "no", "yes", 20);
  a = measure (many, SIDE_SCALE_NOMINAL);
  assert_near (a.kappa.value, -1, 1e-9);
  assert_near (a.kappa.high, (0.0876 - 0.5) / 0.5, 0.0001);
  /* Drawn anew, 40 such units are the same 40. */
  g_assert_true (isnan (a.alpha.low) && isnan (a.alpha.high));
  g_assert_cmpfloat (a.alpha.value, <, -0.9);
  /* Who says yes to everything has a kappa of nought whatever the other says. */
  add (always, "yes", "yes", 15);
  add (always, "yes", "no", 5);
  a = measure (always, SIDE_SCALE_NOMINAL);
  assert_near (a.kappa.value, 0, 1e-9);
  g_assert_true (isnan (a.kappa.low) && isnan (a.kappa.high));
  g_assert_cmpfloat (a.ac1.low, <, a.ac1.value);
}

/* Where nobody ever gave another answer, chance cannot be told from agreement. */
static void
test_undefined (void)
{
  g_autoptr (SideRatings) empty = side_ratings_new (2);
  g_autoptr (SideRatings) alone = side_ratings_new (2);
  g_autoptr (SideRatings) same = side_ratings_new (2);
  SideAgreement a = measure (empty, SIDE_SCALE_NOMINAL);

  g_assert_cmpuint (a.units, ==, 0);
  g_assert_true (isnan (a.observed.value) && isnan (a.kappa.value) && isnan (a.ac1.value) && isnan (a.alpha.value));
  add (alone, "1", NULL, 5);
  add (alone, "", "1", 5);
  a = measure (alone, SIDE_SCALE_RATIO);
  g_assert_cmpuint (a.reviewers, ==, 2);
  g_assert_true (isnan (a.observed.value) && isnan (a.kappa.value) && isnan (a.ac1.value) && isnan (a.alpha.value));
  add (same, "1", "1", 20);
  a = measure (same, SIDE_SCALE_NOMINAL);
  assert_near (a.observed.value, 1, 1e-9);
  assert_near (a.ac1.value, 1, 1e-9);
  g_assert_true (isnan (a.kappa.value) && isnan (a.alpha.value) && isnan (a.alpha.low));
}

static void
test_wrong (void)
{
  g_autoptr (SideRatings) words = side_ratings_new (2);
  g_autoptr (SideRatings) below = side_ratings_new (2);
  g_autoptr (GError) error = NULL;
  SideAgreement a;
  SideScale level;

  add (words, "1", "2", 1);
  add (words, "1", "often", 1);
  g_assert_true (side_ratings_measure (words, SIDE_SCALE_NOMINAL, &a, NULL));
  g_assert_false (side_ratings_measure (words, SIDE_SCALE_ORDINAL, &a, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, "unit 2: “often” is not a number");
  g_clear_error (&error);
  add (below, "-1", "nan", 1);
  g_assert_false (side_ratings_measure (below, SIDE_SCALE_RATIO, &a, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_assert_true (side_scale_from_name ("ratio", &level));
  g_assert_cmpint (level, ==, SIDE_SCALE_RATIO);
  g_assert_false (side_scale_from_name ("Ratio", &level));
}

/* A table and what it is by other numbers. @map: what becomes of a number. */
static SideRatings *
make_table (guint32  seed,
            double (*map) (double),
            gboolean turned)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  SideRatings *ratings = side_ratings_new (3);
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);
  guint n = 30;

  for (guint i = 0; i < n * 3; i++)
    {
      double value = MIN (g_rand_int_range (rand, 0, 8), 4);

      g_ptr_array_add (cells, g_rand_int_range (rand, 0, 6) == 0 ? NULL : g_strdup_printf ("%.17g", map (value)));
    }
  for (guint u = 0; u < n; u++)
    {
      const char *answers[3];

      for (guint i = 0; i < 3; i++)
        answers[turned ? 2 - i : i] = cells->pdata[(turned ? n - 1 - u : u) * 3 + i];
      g_assert_true (side_ratings_add_unit (ratings, answers, NULL));
    }
  return ratings;
}

static double
as_is (double x)
{
  return x;
}

static double
cubed (double x)
{
  return x * x * x;
}

static double
shifted (double x)
{
  return 3 * x - 7;
}

static double
scaled (double x)
{
  return x * 2.5;
}

/* What a level does not look at changes nothing; nor does the order of anything. */
static void
test_levels (void)
{
  for (int round = 0; round < 20; round++)
    {
      guint32 seed = g_test_rand_int ();
      g_autoptr (SideRatings) plain = make_table (seed, as_is, FALSE);
      g_autoptr (SideRatings) turned = make_table (seed, as_is, TRUE);
      g_autoptr (SideRatings) by_order = make_table (seed, cubed, FALSE);
      g_autoptr (SideRatings) by_distance = make_table (seed, shifted, FALSE);
      g_autoptr (SideRatings) by_ratio = make_table (seed, scaled, FALSE);

      for (SideScale level = SIDE_SCALE_NOMINAL; level <= SIDE_SCALE_RATIO; level++)
        {
          SideAgreement a = measure (plain, level);

          g_assert_cmpfloat (a.alpha.value, <=, 1);
          g_assert_cmpfloat (a.alpha.low, <=, a.alpha.value);
          g_assert_cmpfloat (a.alpha.high, >=, a.alpha.value);
          g_assert_cmpfloat (a.ac1.low, <=, a.ac1.value);
          g_assert_cmpfloat (a.observed.low, <=, a.observed.value);
          assert_near (measure (turned, level).alpha.value, a.alpha.value, 1e-9);
          assert_near (measure (turned, level).ac1.value, a.ac1.value, 1e-9);
          assert_near (measure (by_ratio, level).alpha.value, a.alpha.value, 1e-9);
        }
      assert_near (measure (by_order, SIDE_SCALE_ORDINAL).alpha.value, measure (plain, SIDE_SCALE_ORDINAL).alpha.value, 1e-9);
      assert_near (measure (by_distance, SIDE_SCALE_INTERVAL).alpha.value, measure (plain, SIDE_SCALE_INTERVAL).alpha.value, 1e-9);
    }
}

/* A column of calls' ids that was left in: nearly every answer is another one. It has to
 * end, and what shorter sums make of it is what a pair at a time makes of it. */
static void
test_all_different (void)
{
  const guint n_units = 8000;
  const SideScale levels[] = { SIDE_SCALE_NOMINAL, SIDE_SCALE_ORDINAL, SIDE_SCALE_INTERVAL };
  g_autoptr (SideRatings) ratings = side_ratings_new (2);
  g_autoptr (GTimer) timer = g_timer_new ();

  for (guint i = 0; i < n_units; i++)
    {
      g_autofree char *first = g_strdup_printf ("%u", 2 * i);
      g_autofree char *second = g_strdup_printf ("%u", 2 * i + 1);

      add (ratings, first, second, 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (levels); i++)
    {
      SideAgreement all = measure (ratings, levels[i]);
      double n = 2 * n_units;

      /* Of 0 to n - 1, once each: units differ by 1, and any two by (n² + n) / 6 squared on average. */
      assert_near (all.alpha.value, levels[i] == SIDE_SCALE_NOMINAL ? 0 : 1 - 6 / (n * n + n), 1e-9);
    }
  g_assert_cmpfloat (g_timer_elapsed (timer, NULL), <, 60);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/agreement/two", test_two);
  g_test_add_func ("/agreement/kappa-error", test_kappa_error);
  g_test_add_func ("/agreement/many", test_many);
  g_test_add_func ("/agreement/all-agree", test_all_agree);
  g_test_add_func ("/agreement/nothing-varies", test_nothing_varies);
  g_test_add_func ("/agreement/undefined", test_undefined);
  g_test_add_func ("/agreement/wrong", test_wrong);
  g_test_add_func ("/agreement/levels", test_levels);
  g_test_add_func ("/agreement/all-different", test_all_different);
  return g_test_run ();
}
