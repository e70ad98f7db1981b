/* side-erlang.c - what a queue will do, from the textbook formulas
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sources: A. K. Erlang 1917 (B and C); C. Palm 1957 and O. Garnett,
 * A. Mandelbaum, M. Reiman, "Designing a call center with impatient
 * customers", M&SOM 4(3), 2002 (A); F. Baccelli, G. Hebuterne, "On queues
 * with impatient customers", 1981 (its wait); N. Gans, G. Koole,
 * A. Mandelbaum, "Telephone call centers", M&SOM 5(2), 2003 (survey).
 */
#include "side-erlang.h"

#include <math.h>

/* Where a state's weight is this small beside the sum, the rest adds nothing. */
#define NEGLIGIBLE 1e-17
/* Intervals of Simpson's rule; even. The integrand is smooth, 400 give 10 digits. */
#define SIMPSON_STEPS 400
#define MAX_STAFF 100000

/**
 * side_erlang_b:
 * @load: offered load in erlangs, 0 or more
 * @operators: how many lines or operators
 *
 * Erlang's first formula by the recursion B(0) = 1,
 * B(i) = A B(i-1) / (i + A B(i-1)), which never overflows.
 *
 * Returns: the share of callers who find all busy and go away, 0..1
 */
double
side_erlang_b (double load,
               guint  operators)
{
  double blocked = 1.0;

  g_return_val_if_fail (load >= 0, NAN);
  for (guint i = 1; i <= operators; i++)
    blocked = load * blocked / (i + load * blocked);
  return blocked;
}

/**
 * side_erlang_c:
 * @load: offered load in erlangs, 0 or more
 * @operators: how many operators
 *
 * Erlang's second formula, C = N B / (N - A (1 - B)).
 *
 * Returns: the share of callers who have to wait, 0..1; 1 when the load is
 *   more than the operators can ever carry
 */
double
side_erlang_c (double load,
               guint  operators)
{
  double blocked;

  g_return_val_if_fail (load >= 0, NAN);
  if (operators == 0 || load >= operators)
    return 1.0;
  blocked = side_erlang_b (load, operators);
  return operators * blocked / (operators - load * (1 - blocked));
}

/**
 * side_erlang_c_queue:
 * @calls_per_s: arrivals a second, above 0
 * @handling_s: mean handling time in seconds, above 0
 * @operators: how many operators
 * @threshold_s: T of the service level in seconds
 *
 * Callers wait for ever. A = calls/s * AHT; SL = 1 - C e^(-(N-A) T / AHT);
 * mean wait = C AHT / (N - A).
 *
 * Returns: what the queue does in the long run
 */
SideErlang
side_erlang_c_queue (double calls_per_s,
                     double handling_s,
                     guint  operators,
                     double threshold_s)
{
  SideErlang out = { 0 };
  double spare;

  g_return_val_if_fail (calls_per_s > 0 && handling_s > 0 && threshold_s >= 0, out);
  out.load = calls_per_s * handling_s;
  out.wait_probability = side_erlang_c (out.load, operators);
  spare = operators - out.load;
  if (spare <= 0)
    {
      out.wait_s = INFINITY;
      out.answer_s = operators > 0 ? INFINITY : NAN;
      out.queue_length = INFINITY;
      out.occupancy = 1.0;
      return out;
    }
  out.service_level = 1 - out.wait_probability * exp (-spare * threshold_s / handling_s);
  out.wait_s = out.answer_s = out.wait_probability * handling_s / spare;
  out.queue_length = calls_per_s * out.wait_s;
  out.occupancy = out.load / operators;
  return out;
}

/* The birth-death chain of Erlang A. Weights are kept relative to the state
 * in which all operators talk and nobody waits, so that nothing overflows. */
typedef struct {
  double sum;        /* of all states' weights */
  double below;      /* of the states with an operator free */
  double queue;      /* weight times number waiting */
  double busy;       /* weight times operators talking */
  double one_free;   /* weight of the state with one operator free */
  double answered;   /* weight times chance to be answered times the wait until then, of a caller who has to wait */
} Chain;

static Chain
chain_of (double arrival,
          double service,
          double leaving,
          guint  operators)
{
  Chain chain = { 0 };
  double weight = 1.0;
  double wait = 0;

  for (guint k = operators; k > 0; k--)
    {
      weight *= k * service / arrival;
      chain.below += weight;
      chain.busy += weight * (k - 1);
      if (k == operators)
        chain.one_free = weight;
      if (weight < NEGLIGIBLE * chain.below)
        break;
    }
  chain.sum = chain.below;
  weight = 1.0;
  for (guint waiting = 0;; waiting++)
    {
      double out = operators * service + (waiting + 1) * leaving;

      /* Who comes now moves up when an operator is free or somebody before hangs up, and stays in the end
       * with a chance of (N mu / all that can happen); each step takes 1 / all that can happen. */
      wait += 1 / out;
      chain.answered += weight * wait * operators * service / out;
      chain.sum += weight;
      chain.queue += weight * waiting;
      chain.busy += weight * operators;
      weight *= arrival / out;
      if (arrival < out && weight * (waiting + 1) < NEGLIGIBLE * chain.sum)
        break;
    }
  return chain;
}

/* Answered within T though all were busy: the integral from 0 to T of
 * v(x) e^(-theta x), where v(x) = lambda p(N-1) exp (lambda (1 - e^(-theta x)) / theta - N mu x)
 * is the density of the wait offered. Simpson's rule. */
static double
served_after_wait (double arrival,
                   double service,
                   double leaving,
                   guint  operators,
                   double one_free,
                   double threshold_s)
{
  double step = threshold_s / SIMPSON_STEPS;
  double sum = 0;

  if (one_free <= 0 || threshold_s <= 0)
    return 0;
  for (guint i = 0; i <= SIMPSON_STEPS; i++)
    {
      double x = i * step;
      double exponent = log (one_free) - arrival * expm1 (-leaving * x) / leaving
                        - operators * service * x - leaving * x;
      double factor = i == 0 || i == SIMPSON_STEPS ? 1 : i % 2 == 1 ? 4 : 2;

      sum += factor * exp (exponent);
    }
  return arrival * sum * step / 3;
}

/**
 * side_erlang_a_queue:
 * @calls_per_s: arrivals a second (lambda), above 0
 * @handling_s: mean handling time in seconds (1/mu), above 0
 * @patience_s: mean patience in seconds (1/theta), above 0; infinite for Erlang C
 * @operators: how many operators
 * @threshold_s: T of the service level in seconds
 *
 * Callers hang up after an exponential patience. p(k) ~ product of
 * lambda / d(k), d(k) = k mu up to N operators, N mu + (k - N) theta beyond;
 * P(wait) = sum of p(k) from N; P(abandon) = theta E[waiting] / lambda;
 * E[wait of all] = E[waiting] / lambda. A caller who finds N + j others is
 * answered with the chance N mu / d(N + j + 1), after the sum of 1 / d(i) from
 * i = N + 1 to N + j + 1: the mean over those who are answered is the ASA.
 *
 * Returns: what the queue does in the long run
 */
SideErlang
side_erlang_a_queue (double calls_per_s,
                     double handling_s,
                     double patience_s,
                     guint  operators,
                     double threshold_s)
{
  SideErlang out = { 0 };
  double service;
  double leaving;
  Chain chain;

  g_return_val_if_fail (calls_per_s > 0 && handling_s > 0 && patience_s > 0 && threshold_s >= 0, out);
  if (isinf (patience_s))
    return side_erlang_c_queue (calls_per_s, handling_s, operators, threshold_s);

  service = 1 / handling_s;
  leaving = 1 / patience_s;
  chain = chain_of (calls_per_s, service, leaving, operators);
  out.load = calls_per_s * handling_s;
  out.wait_probability = 1 - chain.below / chain.sum;
  out.queue_length = chain.queue / chain.sum;
  out.wait_s = out.queue_length / calls_per_s;
  out.abandoned = leaving * out.wait_s;
  out.answer_s = operators > 0 ? chain.answered / chain.sum / (1 - out.abandoned) : NAN;
  out.occupancy = operators > 0 ? chain.busy / chain.sum / operators : 0;
  out.service_level = chain.below / chain.sum
                      + served_after_wait (calls_per_s, service, leaving, operators,
                                           chain.one_free / chain.sum, threshold_s);
  return out;
}

/**
 * side_erlang_staff:
 * @calls_per_s: arrivals a second, above 0
 * @handling_s: mean handling time in seconds, above 0
 * @patience_s: mean patience in seconds, above 0, may be infinite
 * @threshold_s: T of the service level in seconds
 * @service_level: X of the service level, 0 up to but not including 1
 *
 * Returns: the fewest operators with which @service_level of the callers are
 *   answered within @threshold_s in the long run
 */
guint
side_erlang_staff (double calls_per_s,
                   double handling_s,
                   double patience_s,
                   double threshold_s,
                   double service_level)
{
  guint low = 0;
  guint high = 1;

  g_return_val_if_fail (calls_per_s > 0 && handling_s > 0 && patience_s > 0, 0);
  g_return_val_if_fail (threshold_s >= 0 && service_level >= 0 && service_level < 1, 0);
  /* More operators never make it worse: double, then halve. */
  while (high < MAX_STAFF
         && side_erlang_a_queue (calls_per_s, handling_s, patience_s, high, threshold_s).service_level < service_level)
    {
      low = high;
      high *= 2;
    }
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (side_erlang_a_queue (calls_per_s, handling_s, patience_s, middle, threshold_s).service_level < service_level)
        low = middle;
      else
        high = middle;
    }
  return high;
}
