/* side-cli-board.c - the indicators, now or after a log of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * “board” asks a server for its board; “replay” (side-cli-replay.c) makes the
 * same from a file of events. Both are shown by the code here. Every figure
 * comes from app/metrics; docs/metrics.md says what it means.
 */
#include <math.h>

#include "side-cli.h"
#include "side-text.h"
#include "side-time.h"

#define NAME_WIDTH 24

static void
add_counts (JsonBuilder      *builder,
            const SideCounts *counts)
{
  const struct {
    const char *name;
    gint64      value;
  } members[] = {
    { "offered", counts->offered },
    { "answered", counts->answered },
    { "answered_in_threshold", counts->answered_in_t },
    { "abandoned", counts->abandoned },
    { "short_abandoned", counts->short_abandoned },
    { "lost", counts->lost },
    { "lost_unknown", counts->lost_unknown },
    { "refused", counts->refused },
    { "handled", counts->handled },
    { "transferred", counts->transferred },
    { "test_calls_left_out", counts->test },
    { "wait_answered_ms", counts->wait_answered_ms },
    { "talk_total_ms", counts->talk_ms },
    { "hold_total_ms", counts->hold_ms },
    { "wrap_up_total_ms", counts->wrap_ms },
    { "orders", counts->orders },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    side_cli_add_number (builder, members[i].name, (double) members[i].value);
}

static void
add_figures (JsonBuilder          *builder,
             const SideIndicators *f)
{
  const struct {
    const char *name;
    double      value;
  } members[] = {
    { "waiting", f->waiting },
    { "longest_wait_ms", f->longest_wait_ms < 0 ? NAN : (double) f->longest_wait_ms },
    { "service_level", f->service_level },
    { "abandoned_ratio", f->abandoned_ratio },
    { "asa_ms", f->asa_ms },
    { "asa_p50_ms", f->asa_p50_ms },
    { "asa_p90_ms", f->asa_p90_ms },
    { "asa_max_ms", f->asa_max_ms },
    { "awt_ms", f->awt_ms },
    { "ata_ms", f->ata_ms },
    { "aht_ms", f->aht_ms },
    { "occupancy", f->occupancy },
    { "operators_logged_in", f->logged_in },
    { "operators_ready", f->by_state[SIDE_OPERATOR_READY] },
    { "operators_ringing", f->by_state[SIDE_OPERATOR_RINGING] },
    { "operators_talking", f->by_state[SIDE_OPERATOR_TALKING] },
    { "operators_wrapping_up", f->by_state[SIDE_OPERATOR_WRAP_UP] },
    { "operators_on_break", f->by_state[SIDE_OPERATOR_BREAK] },
    { "callbacks_due", f->callbacks_due },
    { "callbacks_overdue", f->callbacks_overdue },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    side_cli_add_number (builder, members[i].name, members[i].value);
  add_counts (builder, &f->counts);
}

static void
add_queues (JsonBuilder      *builder,
            SideBoardProject *project,
            const SideReach  *reach)
{
  json_builder_set_member_name (builder, "queues");
  json_builder_begin_array (builder);
  for (guint i = 0; project->config != NULL && i < project->config->queues->len; i++)
    {
      const SideQueue *queue = g_ptr_array_index (project->config->queues, i);
      SideReach one = { queue->id, reach->from_ms, reach->to_ms };
      SideIndicators figures;

      side_indicators_compute (project, &one, &figures);
      json_builder_begin_object (builder);
      side_cli_add_text (builder, "id", queue->id);
      side_cli_add_text (builder, "name", queue->name);
      add_figures (builder, &figures);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_operators (JsonBuilder      *builder,
               SideBoardProject *project,
               gint64            now_ms)
{
  json_builder_set_member_name (builder, "operators");
  json_builder_begin_array (builder);
  for (guint i = 0; i < project->operators->len; i++)
    {
      const SideOperator *op = g_ptr_array_index (project->operators, i);

      json_builder_begin_object (builder);
      side_cli_add_text (builder, "id", op->id);
      side_cli_add_text (builder, "name", op->name);
      side_cli_add_text (builder, "state", side_operator_state_to_string (op->state));
      side_cli_add_text (builder, "reason", op->reason);
      side_cli_add_number (builder, "state_ms", (double) MAX (0, now_ms - op->since_ms));
      side_cli_add_text (builder, "call", op->call);
      side_cli_add_number (builder, "missed", op->missed);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_gaps (JsonBuilder      *builder,
          SideBoardProject *project)
{
  json_builder_set_member_name (builder, "gaps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < project->gaps->len; i++)
    {
      const SideGap *gap = &g_array_index (project->gaps, SideGap, i);

      json_builder_begin_object (builder);
      side_cli_add_number (builder, "from_ms", (double) gap->from_ms);
      side_cli_add_number (builder, "to_ms", gap->to_ms != 0 ? (double) gap->to_ms : NAN);
      side_cli_add_text (builder, "source", gap->source);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

/* What arrived at this very instant belongs to the picture. */
static SideReach
make_reach (const SideBoardProject *project,
            const SideCliPicture   *picture)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  GTimeZone *zone = project->config != NULL ? project->config->time_zone : utc;

  return (SideReach) { NULL, side_period_start (picture->period, zone, picture->now_ms), picture->now_ms + 1 };
}

static void
add_project (JsonBuilder          *builder,
             SideBoardProject     *project,
             const SideCliPicture *picture)
{
  SideReach reach = make_reach (project, picture);
  const SideProject *config = project->config;
  SideIndicators figures;

  side_indicators_compute (project, &reach, &figures);
  json_builder_begin_object (builder);
  side_cli_add_text (builder, "id", project->id);
  side_cli_add_text (builder, "name", config != NULL ? config->name : NULL);
  side_cli_add_number (builder, "from_ms", (double) reach.from_ms);
  side_cli_add_number (builder, "to_ms", (double) reach.to_ms);
  side_cli_add_text (builder, "formula", side_formula_to_string (config != NULL ? config->formula : SIDE_FORMULA_F4));
  add_figures (builder, &figures);
  add_queues (builder, project, &reach);
  add_operators (builder, project, picture->now_ms);
  add_gaps (builder, project);
  json_builder_end_object (builder);
}

static gboolean
is_shown (const SideBoardProject *project,
          const SideCliPicture   *picture)
{
  return picture->project == NULL || g_str_equal (picture->project, project->id);
}

static void
show_json (SideBoard            *board,
           const SideCliPicture *picture)
{
  static const char *const periods[] = { "15min", "hour", "today" };
  GPtrArray *projects = side_board_get_projects (board);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_number (builder, "seq", (double) side_board_get_seq (board));
  side_cli_add_number (builder, "at_ms", (double) picture->now_ms);
  side_cli_add_text (builder, "period", periods[picture->period]);
  if (picture->n_events >= 0)
    {
      side_cli_add_number (builder, "events", (double) picture->n_events);
      side_cli_add_number (builder, "passed_over", (double) picture->n_passed);
    }
  json_builder_set_member_name (builder, "projects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < projects->len; i++)
    if (is_shown (g_ptr_array_index (projects, i), picture))
      add_project (builder, g_ptr_array_index (projects, i), picture);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

/* For a person */

static char *
ms_text (double ms)
{
  return side_text_duration (isnan (ms) ? -1 : (gint64) ms);
}

static void
print_row (const char           *name,
           const SideIndicators *f)
{
  g_autofree char *plain = side_cli_plain (name);
  g_autofree char *longest = side_text_duration (f->longest_wait_ms);
  g_autofree char *level = side_text_percent (f->service_level, 1);
  g_autofree char *abandoned = side_text_percent (f->abandoned_ratio, 1);
  g_autofree char *asa = ms_text (f->asa_ms);
  g_autofree char *aht = ms_text (f->aht_ms);
  g_autofree char *occupancy = side_text_percent (f->occupancy, 0);
  const char *cells[] = { longest, level, abandoned, asa, aht, occupancy };
  const int widths[] = { 8, 9, 10, 7, 7, 7 };
  int pad = NAME_WIDTH - (int) g_utf8_strlen (plain, -1);

  g_print ("%s%*s%8d%8" G_GINT64_FORMAT "%9" G_GINT64_FORMAT "%6" G_GINT64_FORMAT, plain, MAX (pad, 0), "", f->waiting,
           f->counts.offered, f->counts.answered, f->counts.lost);
  /* A width of printf's counts bytes, and “–” has three. */
  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    g_print ("%*s%s", MAX (1, widths[i] - (int) g_utf8_strlen (cells[i], -1)), "", cells[i]);
  g_print ("\n");
}

static void
print_operators (SideBoardProject *project,
                 gint64            now_ms)
{
  for (guint i = 0; i < project->operators->len; i++)
    {
      const SideOperator *op = g_ptr_array_index (project->operators, i);
      g_autofree char *since = side_text_duration (MAX (0, now_ms - op->since_ms));
      g_autofree char *name = side_cli_plain (op->name);
      g_autofree char *reason = side_cli_plain (op->reason);

      if (op->state != SIDE_OPERATOR_OFF)
        g_print ("  %s: %s%s%s, %s\n", name, side_operator_state_to_string (op->state), *reason != '\0' ? " " : "", reason, since);
    }
}

static void
print_gaps (SideBoardProject *project)
{
  for (guint i = 0; i < project->gaps->len; i++)
    {
      const SideGap *gap = &g_array_index (project->gaps, SideGap, i);
      g_autofree char *from = side_time_to_iso (gap->from_ms);
      g_autofree char *to = gap->to_ms != 0 ? side_time_to_iso (gap->to_ms) : g_strdup ("now");
      g_autofree char *source = gap->source != NULL ? side_cli_plain (gap->source) : NULL;

      if (gap->source == NULL)
        g_print ("  nothing is known from %s to %s\n", from, to);
      else
        g_print ("  nothing is known of PBX %s from %s to %s\n", source, from, to);
    }
}

static void
print_project (SideBoardProject     *project,
               const SideCliPicture *picture)
{
  const SideProject *config = project->config;
  SideReach reach = make_reach (project, picture);
  SideIndicators figures;

  g_print ("%-*s%8s%8s%9s%6s%8s%9s%10s%7s%7s%7s\n", NAME_WIDTH, "", "Waiting", "Offered", "Answered", "Lost",
           "Longest", "Service", "Abandoned", "Answer", "Handle", "Occup.");
  side_indicators_compute (project, &reach, &figures);
  print_row (config != NULL ? config->name : project->id, &figures);
  for (guint i = 0; config != NULL && i < config->queues->len; i++)
    {
      const SideQueue *queue = g_ptr_array_index (config->queues, i);
      g_autofree char *name = g_strconcat ("  ", queue->name, NULL);

      reach.queue = queue->id;
      side_indicators_compute (project, &reach, &figures);
      print_row (name, &figures);
    }
  print_operators (project, picture->now_ms);
  print_gaps (project);
  g_print ("\n");
}

/**
 * side_cli_choose_period:
 * @cli: how to answer
 * @word: (nullable): "15min", "hour" or "today"
 * @period: (out): today by default
 *
 * Returns: whether it is a period; otherwise it was said that it is none
 */
gboolean
side_cli_choose_period (SideCli    *cli,
                        const char *word,
                        SidePeriod *period)
{
  if (word == NULL || g_str_equal (word, "today"))
    *period = SIDE_PERIOD_TODAY;
  else if (g_str_equal (word, "hour"))
    *period = SIDE_PERIOD_HOUR;
  else if (g_str_equal (word, "15min"))
    *period = SIDE_PERIOD_15_MIN;
  else
    {
      side_cli_usage (cli, "“%s” is not a period: 15min, hour or today", word);
      return FALSE;
    }
  return TRUE;
}

/**
 * side_cli_show_board:
 * @cli: how to answer
 * @board: what to show
 * @picture: how
 *
 * Returns: the exit code
 */
int
side_cli_show_board (SideCli              *cli,
                     SideBoard            *board,
                     const SideCliPicture *picture)
{
  GPtrArray *projects = side_board_get_projects (board);

  if (cli->json)
    {
      show_json (board, picture);
      return SIDE_CLI_OK;
    }
  for (guint i = 0; i < projects->len; i++)
    if (is_shown (g_ptr_array_index (projects, i), picture))
      print_project (g_ptr_array_index (projects, i), picture);
  return SIDE_CLI_OK;
}

/**
 * side_cli_board:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_board (SideCli  *cli,
                int       argc,
                char    **argv)
{
  static const SideCliHelp help = { NULL, "The indicators now, from a server", 0, TRUE };
  g_autofree char *project = NULL;
  g_autofree char *period = NULL;
  const GOptionEntry entries[] = {
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, "Only this project", "ID" },
    { "period", 0, 0, G_OPTION_ARG_STRING, &period, "15min, hour or today", "PERIOD" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideSession) session = NULL;
  g_autoptr (SideBoard) board = NULL;
  g_autoptr (GError) error = NULL;
  SideCliPicture picture = { .n_events = -1 };
  SideProject *chosen = NULL;

  if (!side_cli_parse (cli, &argc, &argv, entries, &help) || !side_cli_choose_period (cli, period, &picture.period))
    return SIDE_CLI_USAGE;
  session = side_cli_connect (cli, &error);
  if (session == NULL || (project != NULL && (chosen = side_cli_choose_project (session, project, &error)) == NULL))
    return side_cli_fail (cli, error);
  picture.project = chosen != NULL ? chosen->id : NULL;
  side_link_get_board_async (cli->link, picture.project, NULL, side_cli_async_cb, &result);
  board = side_link_get_board_finish (cli->link, side_cli_wait (&result), &error);
  if (board == NULL)
    return side_cli_fail (cli, error);
  for (guint i = 0; i < session->projects->len; i++)
    side_board_add_project (board, g_ptr_array_index (session->projects, i));
  picture.now_ms = MAX (session->at_ms, side_board_get_at_ms (board));
  return side_cli_show_board (cli, board, &picture);
}
