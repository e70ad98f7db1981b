/* side-cli-sample-size.c - how many reviews are enough, and what so many are worth
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-cli.h"
#include "side-sample-size.h"

#define MAX_CALLS   100000000
#define LEAST_MARGIN 0.01   /* 96 million reviews */
#define POINTS      100.0
#define USUAL_SCORE 84.0

typedef struct {
  int    calls;
  int    reviews;
  double margin;
  double share;
  double score;
  double deviation;
} Question;

static void
print_json (const Question       *question,
            const SideSampleSize *size)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_number (builder, "calls", size->population);
  side_cli_add_number (builder, "reviews", size->n);
  side_cli_add_number (builder, "margin", POINTS * size->margin);
  side_cli_add_number (builder, "score", size->score);
  side_cli_add_number (builder, "deviation", question->deviation);
  side_cli_add_number (builder, "score_low", size->interval.low);
  side_cli_add_number (builder, "score_high", size->interval.high);
  side_cli_add_number (builder, "unseen", size->unseen);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static void
print_words (const SideSampleSize *size)
{
  g_print (size->n == 1 ? "%u review" : "%u reviews", size->n);
  if (size->population > 0)
    g_print (" of %u calls", size->population);
  g_print (size->n == 1 ? " tells a share within %.1f points\n" : " tell a share within %.1f points\n", POINTS * size->margin);
  g_print ("a score of %.0f then means %.0f to %.0f\n", size->score, size->interval.low, size->interval.high);
  g_print ("a fault that none of them has may still be in up to %.1f %% of all calls\n", 100 * size->unseen);
}

/* Why the question cannot be answered. */
static const char *
refuse (const Question *question)
{
  if (question->calls < 0 || question->calls > MAX_CALLS)
    return "--calls is a number from 0, for no end of them, to 100000000";
  if (question->reviews < -1 || question->reviews > MAX_CALLS)
    return "--reviews is a number from 0 to 100000000";
  if (question->calls > 0 && question->reviews > question->calls)
    return "--reviews is more than --calls: there are not so many to review";
  if (!(question->margin >= LEAST_MARGIN && question->margin < POINTS))
    return "--margin is from 0.01 to less than 100 points";
  /* A share that is 0 or 100 % for certain needs no review, and a mean of 0 or 100 is one of scores that do not differ. */
  if (!(question->share > 0 && question->share < POINTS))
    return "--share is more than 0 and less than 100 %";
  if (!(question->score > 0 && question->score < POINTS) || !(question->deviation > 0 && question->deviation <= POINTS))
    return "--score is more than 0 and less than 100, and --deviation more than 0, up to 100 points";
  return NULL;
}

/**
 * side_cli_sample_size:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_sample_size (SideCli  *cli,
                      int       argc,
                      char    **argv)
{
  static const SideCliHelp help = { NULL, "How many reviews are enough, and what so many are worth: 95 % of the time", 0, FALSE };
  Question question = { 0, -1, 5, 50, USUAL_SCORE, SIDE_SAMPLE_DEVIATION };
  const GOptionEntry entries[] = {
    { "calls", 0, 0, G_OPTION_ARG_INT, &question.calls, "How many calls there are; without it no end of them", "N" },
    { "margin", 0, 0, G_OPTION_ARG_DOUBLE, &question.margin, "How near a share is to be told, in points; 5 without it", "POINTS" },
    { "share", 0, 0, G_OPTION_ARG_DOUBLE, &question.share, "The share expected; 50 asks for the most", "PERCENT" },
    { "reviews", 0, 0, G_OPTION_ARG_INT, &question.reviews, "What so many are worth, in place of how many are needed", "N" },
    { "score", 0, 0, G_OPTION_ARG_DOUBLE, &question.score, "A mean score one may find; 84 without it", "SCORE" },
    { "deviation", 0, 0, G_OPTION_ARG_DOUBLE, &question.deviation, "How far single scores lie from it; 16 points without it", "POINTS" },
    G_OPTION_ENTRY_NULL
  };
  SideSampleSize size;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  if (refuse (&question) != NULL)
    return side_cli_usage (cli, "%s", refuse (&question));
  if (question.reviews < 0)
    question.reviews = (int) side_stats_sample_size (question.margin / POINTS, question.share / POINTS, (guint) question.calls);
  side_sample_size_describe ((guint) question.reviews, (guint) question.calls, question.score, question.deviation, &size);
  if (cli->json)
    print_json (&question, &size);
  else
    print_words (&size);
  return SIDE_CLI_OK;
}
