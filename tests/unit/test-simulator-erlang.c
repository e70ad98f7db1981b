/* test-simulator-erlang.c - the simulated queue against the formulas
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * In its steady state the simulated call centre must give what Erlang C and
 * Erlang A say, within three standard errors. The error is estimated by batch
 * means: the calls of a long run are cut into batches so long that their
 * means are all but independent.
 */
#include <math.h>

#include "side-erlang.h"
#include "side-sim-run.h"
#include "side-test.h"

#define MAX_BATCHES 40

typedef enum { SHARE_WAITING, WAIT, ABANDONED, IN_LEVEL, N_MEASURES } Measure;

static const char *const measure_names[N_MEASURES] = { "P(wait)", "wait", "P(abandon)", "service level" };

typedef struct {
  guint   batch_size;
  guint   n_batches;
  gint64  threshold_ms;
  guint   calls;                 /* in the batch that grows */
  guint   batches;               /* finished ones, the first is thrown away */
  double  sums[N_MEASURES];
  double  means[N_MEASURES][MAX_BATCHES];
} Collector;

static void
collect (SideCall *call,
         gpointer  data)
{
  Collector *c = data;
  gboolean answered = call->outcome == SIDE_OUTCOME_ANSWERED;

  if (c->batches > c->n_batches)
    return;
  c->sums[SHARE_WAITING] += call->wait_ms > 0;
  c->sums[WAIT] += (double) call->wait_ms / 1000;
  c->sums[ABANDONED] += call->outcome == SIDE_OUTCOME_ABANDONED;
  c->sums[IN_LEVEL] += answered && call->wait_ms <= c->threshold_ms;
  if (++c->calls < c->batch_size)
    return;
  for (guint m = 0; m < N_MEASURES; m++)
    {
      if (c->batches > 0)
        c->means[m][c->batches - 1] = c->sums[m] / c->calls;
      c->sums[m] = 0;
    }
  c->calls = 0;
  c->batches++;
}

static void
check (Collector  *c,
       Measure     m,
       double      expected,
       double      sharp)
{
  double sum = 0;
  double squares = 0;
  double mean;
  double error;

  for (guint i = 0; i < c->n_batches; i++)
    sum += c->means[m][i];
  mean = sum / c->n_batches;
  for (guint i = 0; i < c->n_batches; i++)
    squares += (c->means[m][i] - mean) * (c->means[m][i] - mean);
  error = sqrt (squares / (c->n_batches - 1) / c->n_batches);
  g_test_message ("%s: simulated %.5f +- %.5f, formula %.5f (%.2f standard errors)", measure_names[m], mean, error,
                  expected, error > 0 ? (mean - expected) / error : 0);
  g_assert_cmpfloat (fabs (mean - expected), <=, 3 * error);
  /* A test that could not see a real difference would prove nothing. */
  g_assert_cmpfloat (error, <=, sharp * expected);
}

typedef struct {
  double rate, handling, patience;
  guint  operators;
  double threshold;
  guint  batch_size;
  guint  n_batches;
  double sharp;          /* standard error over the value, at most */
} Row;

static const Row rows[] = {
  { 0.25, 180, INFINITY, 50, 20, 16000, 40, 0.07 },
  { 0.50, 180, INFINITY, 100, 20, 14000, 40, 0.09 },
  { 0.30, 180, 60, 50, 20, 6000, 30, 0.05 },
  { 0.50, 180, 120, 90, 20, 6000, 30, 0.05 },
  { 0.50, 180, 180, 70, 30, 6000, 30, 0.05 },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  Collector c = { .batch_size = row->batch_size, .n_batches = row->n_batches };
  SideErlang expected =
      side_erlang_a_queue (row->rate, row->handling, row->patience, row->operators, row->threshold);
  g_autoptr (SideSimRun) run = side_sim_run_new (
      side_sim_centre_new_steady (row->rate, row->handling, row->patience, row->operators), 31337 + row->operators,
      G_GINT64_CONSTANT (1767225600000));
  gint64 at = side_sim_run_get_now_ms (run);

  c.threshold_ms = (gint64) (row->threshold * 1000);
  side_sim_run_set_sinks (run, NULL, collect, &c);
  while (c.batches <= c.n_batches)
    side_sim_run_advance (run, at += 3600000, 0);
  check (&c, SHARE_WAITING, expected.wait_probability, row->sharp);
  check (&c, WAIT, expected.wait_s, row->sharp);
  check (&c, IN_LEVEL, expected.service_level, row->sharp);
  if (isfinite (row->patience))
    check (&c, ABANDONED, expected.abandoned, row->sharp);
  else
    g_assert_cmpfloat (c.means[ABANDONED][0], ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/simulator/erlang-%c/%u", isfinite (rows[i].patience) ? 'a' : 'c', i);
      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
