/* side-cli-analyse.c - sidetonectl analyse: what can be known of recordings
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One file after the other. Of several, one that cannot be read does not keep
 * the others from being heard.
 */
#include <math.h>

#include "side-analyse.h"
#include "side-cli.h"
#include "side-conversation.h"
#include "side-text.h"

/* For a program */

static void
add_members (JsonBuilder        *builder,
             const SideAnalysis *analysis)
{
  g_autofree char *text = side_wire_analysis_to_json (analysis);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      json_builder_set_member_name (builder, name);
      json_builder_add_value (builder, json_node_copy (member));
    }
}

static void
add_file (JsonBuilder        *builder,
          const char         *path,
          const SideAnalysis *analysis,
          const GError       *error)
{
  g_autofree char *name = g_filename_display_name (path);

  json_builder_begin_object (builder);
  side_cli_add_text (builder, "file", name);
  if (analysis != NULL)
    {
      add_members (builder, analysis);
    }
  else
    {
      json_builder_set_member_name (builder, "error");
      json_builder_begin_object (builder);
      side_cli_add_text (builder, "code", side_cli_error_code (error));
      side_cli_add_text (builder, "message", error->message);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
}

/* For a person */

/* One line of the table, a column a channel. */
static void
print_row (const SideAnalysis *analysis,
           const char         *title,
           int                 digits,
           double            (*figure) (const SideOfCall *side))
{
  g_print ("  %-24s", title);
  for (guint c = 0; c < analysis->channels; c++)
    {
      double value = figure (side_analysis_get_side (analysis, c));

      if (isnan (value))
        g_print ("%12s", "-");
      else
        g_print ("%12.*f", digits, value);
    }
  g_print ("\n");
}

static double
speech_of (const SideOfCall *side)
{
  return (double) side_spans_length (side->speech) / 1000;
}

static double
loudness_of (const SideOfCall *side)
{
  return side->loudness_lufs;
}

static double
floor_of (const SideOfCall *side)
{
  return side->noise_floor_dbfs;
}

static double
snr_of (const SideOfCall *side)
{
  return side->snr_db;
}

static double
clipped_of (const SideOfCall *side)
{
  return side->clipped_runs;
}

static double
pace_of (const SideOfCall *side)
{
  return side->pace;
}

static double
monologue_of (const SideOfCall *side)
{
  return (double) (side->longest_monologue.to_ms - side->longest_monologue.from_ms) / 1000;
}

static double
echo_of (const SideOfCall *side)
{
  return (double) side->echo_ms / 1000;
}

static void
print_sides (const SideAnalysis *analysis)
{
  gboolean measured = side_analysis_is_measured (analysis);

  g_print ("  %-24s", "");
  for (guint c = 0; c < analysis->channels; c++)
    {
      g_autofree char *number = g_strdup_printf ("channel %u", c + 1);

      g_print ("%12s", measured ? side_channel_to_string ((int) c) : number);
    }
  g_print ("\n");
  print_row (analysis, "speech, s", 1, speech_of);
  print_row (analysis, "loudness, LUFS", 1, loudness_of);
  print_row (analysis, "noise floor, dBFS", 1, floor_of);
  print_row (analysis, "speech to noise, dB", 1, snr_of);
  print_row (analysis, "clipped runs", 0, clipped_of);
  print_row (analysis, "pace, peaks/s", 1, pace_of);
  if (!measured)
    return;
  print_row (analysis, "longest monologue, s", 1, monologue_of);
  print_row (analysis, "echo, s", 1, echo_of);
}

static void
print_conversation (const SideAnalysis *analysis)
{
  const SideLatency *latency = &analysis->conversation.latency[SIDE_CHANNEL_OPERATOR];
  guint n, n_long, n_operator, n_customer;
  double dead_s = (double) side_analysis_get_dead_air_ms (analysis, SIDE_DEAD_AIR_MS, &n) / 1000;
  double over_s = (double) side_analysis_get_talk_over_ms (analysis, SIDE_CHANNEL_OPERATOR, &n_operator) / 1000
                  + (double) side_analysis_get_talk_over_ms (analysis, SIDE_CHANNEL_CUSTOMER, &n_customer) / 1000;

  side_analysis_get_dead_air_ms (analysis, SIDE_LONG_DEAD_AIR_MS, &n_long);
  g_print ("  dead air: %u, %.1f s; over %d s: %u\n", n, dead_s, SIDE_LONG_DEAD_AIR_MS / 1000, n_long);
  if (!side_analysis_is_measured (analysis))
    return;
  g_print ("  talk-over: %u, %.1f s; the operator cut in %u times, the customer %u\n",
           n_operator + n_customer, over_s, n_operator, n_customer);
  if (latency->n > 0)
    g_print ("  response latency of the operator: median %.2f s, p90 %.2f s, %u answers\n",
             latency->median_ms / 1000, latency->p90_ms / 1000, latency->n);
  if (analysis->conversation.greeting_ms != SIDE_ANALYSIS_UNKNOWN)
    g_print ("  first greeting: after %.1f s\n", (double) analysis->conversation.greeting_ms / 1000);
}

static const char *
describe_attribution (SideAttribution attribution)
{
  switch (attribution)
    {
    case SIDE_ATTRIBUTION_MEASURED:
      return "operator in the first channel, customer in the second";
    case SIDE_ATTRIBUTION_MONO:
      return "who spoke is not measurable: one channel holds both";
    case SIDE_ATTRIBUTION_SAME:
      return "who spoke is not measurable: both channels hold the same mix";
    case SIDE_ATTRIBUTION_ONE_SIDED:
      return "who spoke is not measurable: one channel carries no signal";
    case SIDE_ATTRIBUTION_CHANNELS:
    default:
      return "who spoke is not measurable: more than two channels";
    }
}

static void
print_file (const char         *path,
            const SideAnalysis *analysis)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *plain = side_cli_plain (name);
  g_autofree char *duration = side_text_duration_tenths (analysis->duration_ms);

  g_print ("%s: %s, %u Hz; %s\n", plain, duration, analysis->rate, describe_attribution (analysis->attribution));
  print_sides (analysis);
  print_conversation (analysis);
  for (guint i = 0; i < analysis->tones->len; i++)
    {
      const SideTone *tone = &g_array_index (analysis->tones, SideTone, i);
      g_autofree char *kind = side_tone_to_string (tone);
      g_autofree char *from = side_text_duration_tenths (tone->from_ms);
      g_autofree char *to = side_text_duration_tenths (tone->to_ms);

      g_print ("  %s in channel %d: %s to %s\n", kind, tone->channel + 1, from, to);
    }
  for (guint i = 0; i < analysis->flags->len; i++)
    {
      const SideSoundFlag *flag = &g_array_index (analysis->flags, SideSoundFlag, i);
      const char *who = side_analysis_is_measured (analysis) ? side_channel_to_string (flag->channel) : NULL;

      g_print ("  ! %s%s%s: %.4g\n", who != NULL ? who : "", who != NULL ? ": " : "", side_sound_code_to_string (flag->code), flag->value);
    }
}

/**
 * side_cli_analyse:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code; SIDE_CLI_FAILED when one of the files could not be heard
 */
int
side_cli_analyse (SideCli  *cli,
                  int       argc,
                  char    **argv)
{
  static const SideCliHelp help = { "FILE…", "What can be known of recordings: who spoke when, tones, levels, dead air", -1, FALSE };
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  int rc = SIDE_CLI_OK;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideAnalysis) analysis = side_analyse_file (argv[i], NULL, NULL, NULL, NULL, &error);

      if (analysis == NULL && argc == 2)
        return side_cli_fail (cli, error);
      if (analysis == NULL)
        rc = SIDE_CLI_FAILED;
      if (cli->json)
        add_file (builder, argv[i], analysis, error);
      else if (analysis != NULL)
        print_file (argv[i], analysis);
      else
        side_cli_warn ("%s", error->message);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  if (cli->json)
    side_cli_print_json (builder);
  return rc;
}
