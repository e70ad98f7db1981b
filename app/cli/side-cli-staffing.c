/* side-cli-staffing.c - what so many operators make of so many calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The textbook formulas of app/metrics for one interval: Erlang C where
 * callers wait for ever, Erlang A where they hang up, Erlang B for the lines.
 */
#include <math.h>

#include "side-cli.h"
#include "side-erlang.h"

#define MAX_CALLS     1e9
#define MAX_SECONDS   1e7
#define MAX_OPERATORS 100000
#define MAX_LOAD      1e6

typedef struct {
  double calls;
  double per_s;
  double handling_s;
  int    operators;
  double within_s;
  double patience_s;   /* infinite when not told */
  int    lines;        /* -1 when not told */
  double target;       /* per cent; NaN when not asked */
} Question;

typedef struct {
  SideErlang queue;
  double     blocked;   /* NaN when not asked */
  guint      needed;    /* 0 when not asked */
} Answer;

static void
reckon (const Question *question,
        Answer         *answer)
{
  double rate = question->calls / question->per_s;

  answer->queue = side_erlang_a_queue (rate, question->handling_s, question->patience_s, (guint) question->operators, question->within_s);
  answer->blocked = question->lines >= 0 ? side_erlang_b (answer->queue.load, (guint) question->lines) : NAN;
  answer->needed = isnan (question->target) ? 0
                   : side_erlang_staff (rate, question->handling_s, question->patience_s, question->within_s, question->target / 100);
}

static void
print_json (const Answer *answer)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_number (builder, "erlangs", answer->queue.load);
  side_cli_add_number (builder, "p_wait", answer->queue.wait_probability);
  side_cli_add_number (builder, "service_level", answer->queue.service_level);
  side_cli_add_number (builder, "asa_s", answer->queue.answer_s);
  side_cli_add_number (builder, "awt_s", answer->queue.wait_s);
  side_cli_add_number (builder, "occupancy", answer->queue.occupancy);
  side_cli_add_number (builder, "p_abandon", answer->queue.abandoned);
  side_cli_add_number (builder, "p_blocked", answer->blocked);
  side_cli_add_number (builder, "queue_length", answer->queue.queue_length);
  side_cli_add_number (builder, "operators_needed", answer->needed > 0 ? (double) answer->needed : NAN);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static void
print_words (const Question *question,
             const Answer   *answer)
{
  const SideErlang *queue = &answer->queue;

  g_print ("%.3f erlangs for %d operators\n", queue->load, question->operators);
  if (isinf (queue->wait_s))
    g_print ("the queue grows for ever: more operators than erlangs are needed\n");
  else
    {
      g_print ("%.2f %% of the callers are answered within %g s\n", 100 * queue->service_level, question->within_s);
      g_print ("%.2f %% have to wait", 100 * queue->wait_probability);
      if (!isnan (queue->answer_s))
        g_print ("; those who are answered had waited %.1f s in the mean", queue->answer_s);
      g_print ("\n");
    }
  if (!isinf (question->patience_s))
    g_print ("%.2f %% hang up waiting\n", 100 * queue->abandoned);
  if (question->operators > 0)
    g_print ("operators are on calls %.2f %% of their time\n", 100 * queue->occupancy);
  if (!isnan (answer->blocked))
    g_print ("%.2f %% find all %d lines busy\n", 100 * answer->blocked, question->lines);
  if (answer->needed > 0)
    g_print ("%u operators answer %g %% within %g s\n", answer->needed, question->target, question->within_s);
}

static gboolean
is_within (double value,
           double max)
{
  return value > 0 && value <= max;
}

/* Why the question cannot be answered. */
static const char *
refuse (const Question *question)
{
  if (!is_within (question->calls, MAX_CALLS))
    return "--calls is how many come in the interval: more than 0, up to 1000000000";
  if (!is_within (question->per_s, MAX_SECONDS))
    return "--per is the length of the interval in seconds: more than 0, up to 10000000";
  if (!is_within (question->handling_s, MAX_SECONDS))
    return "--aht is the mean handling time in seconds: more than 0, up to 10000000";
  if (question->calls / question->per_s * question->handling_s > MAX_LOAD)
    return "so many calls are more than 1000000 erlangs";
  if (question->operators < 0 || question->operators > MAX_OPERATORS)
    return "--operators is a number from 0 to 100000";
  if (!(question->within_s >= 0 && question->within_s <= MAX_SECONDS))
    return "--within is the threshold of the service level in seconds: from 0 to 10000000";
  if (!isinf (question->patience_s) && !is_within (question->patience_s, MAX_SECONDS))
    return "--patience is the mean patience in seconds: more than 0, up to 10000000";
  if (question->lines < -1 || question->lines > MAX_OPERATORS)
    return "--lines is a number from 0 to 100000";
  if (!isnan (question->target) && !(question->target > 0 && question->target < 100))
    return "--target is a service level, more than 0 and less than 100 %";
  return NULL;
}

/**
 * side_cli_staffing:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_staffing (SideCli  *cli,
                   int       argc,
                   char    **argv)
{
  static const SideCliHelp help = { NULL, "What so many operators make of so many calls, by Erlang's formulas", 0, FALSE };
  Question question = { .operators = -1, .within_s = NAN, .patience_s = INFINITY, .lines = -1, .target = NAN };
  const GOptionEntry entries[] = {
    { "calls", 0, 0, G_OPTION_ARG_DOUBLE, &question.calls, "How many calls come in the interval", "N" },
    { "per", 0, 0, G_OPTION_ARG_DOUBLE, &question.per_s, "How long the interval is, in seconds", "S" },
    { "aht", 0, 0, G_OPTION_ARG_DOUBLE, &question.handling_s, "Average handling time: talk, hold and after-call work, in seconds", "S" },
    { "operators", 0, 0, G_OPTION_ARG_INT, &question.operators, "How many operators there are", "N" },
    { "within", 0, 0, G_OPTION_ARG_DOUBLE, &question.within_s, "Threshold of the service level, in seconds", "S" },
    { "patience", 0, 0, G_OPTION_ARG_DOUBLE, &question.patience_s, "After how many seconds callers hang up in the mean; never without it", "S" },
    { "lines", 0, 0, G_OPTION_ARG_INT, &question.lines, "How many lines lead to the centre", "N" },
    { "target", 0, 0, G_OPTION_ARG_DOUBLE, &question.target, "Say, too, how many operators reach this service level", "PERCENT" },
    G_OPTION_ENTRY_NULL
  };
  Answer answer;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (question.calls == 0 || question.per_s == 0 || question.handling_s == 0 || question.operators < 0 || isnan (question.within_s))
    return side_cli_usage (cli, "--calls, --per, --aht, --operators and --within are needed");
  if (refuse (&question) != NULL)
    return side_cli_usage (cli, "%s", refuse (&question));
  reckon (&question, &answer);
  if (cli->json)
    print_json (&answer);
  else
    print_words (&question, &answer);
  return SIDE_CLI_OK;
}
