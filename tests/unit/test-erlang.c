/* test-erlang.c - the queueing formulas against known figures
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-erlang.h"
#include "side-test.h"

/* 100 calls in 30 minutes of 180 s each, 14 operators, 20 s: the worked
 * example of the Erlang C literature. */
static void
test_worked_example (void)
{
  SideErlang q = side_erlang_c_queue (100.0 / 1800, 180, 14, 20);

  g_assert_cmpfloat_with_epsilon (q.load, 10.0, 1e-12);
  g_assert_cmpfloat_with_epsilon (q.wait_probability, 0.17413, 0.000005);
  g_assert_cmpfloat_with_epsilon (q.service_level, 0.88835, 0.000005);
  g_assert_cmpfloat_with_epsilon (q.wait_s, 7.836, 0.0005);
  g_assert_cmpfloat_with_epsilon (q.occupancy, 0.7143, 0.00005);
  g_assert_cmpfloat (q.abandoned, ==, 0);
}

typedef struct {
  double rate, handling, patience;
  guint  operators;
  double threshold;
  double wait_probability, wait, abandoned, level;
} Row;

static const Row rows[] = {
  { 0.25, 180, INFINITY, 50, 20, 0.3639, 13.10, 0, 0.7912 },
  { 0.50, 180, INFINITY, 100, 20, 0.2169, 3.905, 0, 0.9286 },
  { 0.30, 180, 60, 50, 20, 0.5551, 6.818, 0.1136, 0.7923 },
  { 0.50, 180, 120, 90, 20, 0.4650, 5.550, 0.0462, 0.8735 },
  { 2.00, 240, 90, 480, 20, 0.3874, 2.032, 0.0226, 0.9761 },
  { 0.50, 180, 180, 70, 30, 0.9872, 40.09, 0.2227, 0.2025 },
};

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      SideErlang q = side_erlang_a_queue (row->rate, row->handling, row->patience, row->operators, row->threshold);

      g_test_message ("row %u: Pw %.5f wait %.4f ab %.5f SL %.5f", i, q.wait_probability, q.wait_s, q.abandoned,
                      q.service_level);
      g_assert_cmpfloat_with_epsilon (q.wait_probability, row->wait_probability, 0.00005001);
      g_assert_cmpfloat_with_epsilon (q.wait_s, row->wait, 0.005001);
      g_assert_cmpfloat_with_epsilon (q.abandoned, row->abandoned, 0.00005001);
      g_assert_cmpfloat_with_epsilon (q.service_level, row->level, 0.00005001);
    }
}

/* Erlang B from its definition: (A^N / N!) / sum of A^k / k!. */
static void
test_b_by_definition (void)
{
  double term = 1;
  double sum = 1;

  for (int k = 1; k <= 8; k++)
    {
      term *= 5.0 / k;
      sum += term;
    }
  g_assert_cmpfloat_with_epsilon (side_erlang_b (5, 8), term / sum, 1e-14);
  g_assert_cmpfloat (side_erlang_b (5, 0), ==, 1);
  g_assert_cmpfloat (side_erlang_b (0, 3), ==, 0);
}

/* Endless patience makes Erlang A into Erlang C; with patience equal to the
 * handling time the chain is a Poisson distribution. */
static void
test_a_at_its_limits (void)
{
  SideErlang c = side_erlang_c_queue (0.25, 180, 50, 20);
  SideErlang a = side_erlang_a_queue (0.25, 180, 1e9, 50, 20);
  double below = 0;
  double term = exp (-9);

  g_assert_cmpfloat_with_epsilon (a.wait_probability, c.wait_probability, 1e-5);
  g_assert_cmpfloat_with_epsilon (a.wait_s, c.wait_s, 1e-3);
  g_assert_cmpfloat_with_epsilon (a.service_level, c.service_level, 1e-5);

  for (int k = 0; k < 10; k++)
    {
      below += term;
      term *= 9.0 / (k + 1);
    }
  a = side_erlang_a_queue (0.05, 180, 180, 10, 20);
  g_assert_cmpfloat_with_epsilon (a.wait_probability, 1 - below, 1e-12);
  /* What is not abandoned is talked: carried load = A (1 - abandoned). */
  g_assert_cmpfloat_with_epsilon (a.occupancy * 10, 9 * (1 - a.abandoned), 1e-10);
}

/* The mean wait of the answered by the other way: the integral of x v(x) e^(-theta x), whose factor falls out
 * when it is held against the integral of v(x) e^(-theta x), the share of callers answered after a wait. */
static double
answer_by_integral (const Row *row)
{
  double service = 1 / row->handling, leaving = 1 / row->patience;
  double waits = 0, share = 0, step = 0.001 * row->patience;
  SideErlang q = side_erlang_a_queue (row->rate, row->handling, row->patience, row->operators, 0);

  for (int i = 0; i <= 40000; i++)
    {
      double x = i * step;
      double factor = i == 0 || i == 40000 ? 1 : i % 2 == 1 ? 4 : 2;
      double density = factor * exp (-row->rate * expm1 (-leaving * x) / leaving - (row->operators * service + leaving) * x);

      waits += x * density;
      share += density;
    }
  return waits / share * (q.wait_probability - q.abandoned) / (1 - q.abandoned);
}

static void
test_answer (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      SideErlang q = side_erlang_a_queue (row->rate, row->handling, row->patience, row->operators, row->threshold);

      g_test_message ("row %u: answered after %.5f, all waited %.5f", i, q.answer_s, q.wait_s);
      if (isinf (row->patience))
        g_assert_cmpfloat (q.answer_s, ==, q.wait_s);
      else
        g_assert_cmpfloat_with_epsilon (q.answer_s, answer_by_integral (row), 1e-6 * q.answer_s);
    }
  g_assert_true (isnan (side_erlang_a_queue (0.01, 180, 60, 0, 20).answer_s));
  g_assert_true (isinf (side_erlang_c_queue (1, 180, 100, 20).answer_s));
}

static void
test_overload (void)
{
  SideErlang c = side_erlang_c_queue (1, 180, 100, 20);
  SideErlang none = side_erlang_a_queue (0.01, 180, 60, 0, 20);
  SideErlang huge = side_erlang_a_queue (30, 240, 120, 6900, 20);

  g_assert_cmpfloat (c.wait_probability, ==, 1);
  g_assert_cmpfloat (c.service_level, ==, 0);
  g_assert_true (isinf (c.wait_s));
  g_assert_cmpfloat_with_epsilon (none.abandoned, 1, 1e-12);
  g_assert_cmpfloat (none.service_level, ==, 0);
  g_assert_true (isfinite (huge.service_level));
  g_assert_cmpfloat (huge.service_level, >, 0);
  g_assert_cmpfloat (huge.service_level, <=, 1);
}

static void
test_staff (void)
{
  guint needed = side_erlang_staff (100.0 / 1800, 180, INFINITY, 20, 0.8);

  g_assert_cmpfloat (side_erlang_c_queue (100.0 / 1800, 180, needed, 20).service_level, >=, 0.8);
  g_assert_cmpfloat (side_erlang_c_queue (100.0 / 1800, 180, needed - 1, 20).service_level, <, 0.8);
  g_assert_cmpuint (needed, ==, 14);
  g_assert_cmpuint (side_erlang_staff (100.0 / 1800, 180, 60, 20, 0.8), <, needed);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/erlang/worked-example", test_worked_example);
  g_test_add_func ("/erlang/table", test_table);
  g_test_add_func ("/erlang/b-by-definition", test_b_by_definition);
  g_test_add_func ("/erlang/a-at-its-limits", test_a_at_its_limits);
  g_test_add_func ("/erlang/answer", test_answer);
  g_test_add_func ("/erlang/overload", test_overload);
  g_test_add_func ("/erlang/staff", test_staff);
  return g_test_run ();
}
