/* side-cli-replay.c - the board after a log of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-cli-log.h"
#include "side-time.h"

typedef struct {
  SideBoard  *board;
  const char *until;      /* nullable */
  gint64      until_ms;   /* 0 until it is known in which zone to read it */
  gint64      n_events;
  gint64      n_passed;
} Replay;

/* A time without a zone is the log's first project's. */
static gboolean
settle_until (Replay  *replay,
              GError **error)
{
  GPtrArray *projects = side_board_get_projects (replay->board);
  const SideBoardProject *first = projects->len > 0 ? g_ptr_array_index (projects, 0) : NULL;
  GTimeZone *zone = first != NULL && first->config != NULL ? first->config->time_zone : NULL;

  if (replay->until == NULL || replay->until_ms != 0)
    return TRUE;
  if (!side_cli_parse_time (replay->until, zone, TRUE, &replay->until_ms, error))
    return FALSE;
  /* At the end of a day its figures are wanted, not those of the next day. */
  if (strlen (replay->until) == 10)
    replay->until_ms--;
  return TRUE;
}

static gboolean
take (gpointer      data,
      SideProject  *project,
      SideEvent    *event,
      GError      **error)
{
  Replay *replay = data;
  guint64 before = side_board_get_seq (replay->board);

  if (project != NULL)
    {
      side_board_add_project (replay->board, project);
      return TRUE;
    }
  if (!settle_until (replay, error))
    return FALSE;
  if (replay->until_ms != 0 && event->at_ms > replay->until_ms)
    return TRUE;
  side_board_apply (replay->board, event);
  replay->n_events++;
  replay->n_passed += event->seq != 0 && event->seq <= before;
  return TRUE;
}

/**
 * side_cli_replay:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_replay (SideCli  *cli,
                 int       argc,
                 char    **argv)
{
  static const SideCliHelp help = { "EVENTS.jsonl", "The board after a log of events (“-” reads standard input)", 1, FALSE };
  g_autofree char *until = NULL, *period = NULL, *project = NULL;
  const GOptionEntry entries[] = {
    { "until", 0, 0, G_OPTION_ARG_STRING, &until, "Leave out what happened after this time", "TIME" },
    { "project", 0, 0, G_OPTION_ARG_STRING, &project, "Only this project", "ID" },
    { "period", 0, 0, G_OPTION_ARG_STRING, &period, "15min, hour or today", "PERIOD" },
    G_OPTION_ENTRY_NULL
  };
  g_autoptr (SideBoard) board = side_board_new ();
  g_autoptr (GError) error = NULL;
  SideCliPicture picture = { 0 };
  Replay replay = { .board = board };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help) || !side_cli_choose_period (cli, period, &picture.period))
    return SIDE_CLI_USAGE;
  if (!side_cli_check_times (cli, NULL, until))
    return SIDE_CLI_USAGE;
  replay.until = until;
  if (!side_cli_read_log (argv[1], take, &replay, &error) || !settle_until (&replay, &error))
    return side_cli_fail (cli, error);
  if (project != NULL && side_board_get_project (board, project) == NULL)
    {
      g_set_error (&error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "There is no project “%s” in this log", project);
      return side_cli_fail (cli, error);
    }
  if (replay.n_passed > 0)
    side_cli_warn ("%" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " events were passed over: their numbers do not grow",
                   replay.n_passed, replay.n_events);
  picture.project = project;
  picture.now_ms = replay.until_ms != 0 ? replay.until_ms : side_board_get_at_ms (board);
  picture.n_events = replay.n_events;
  picture.n_passed = replay.n_passed;
  return side_cli_show_board (cli, board, &picture);
}
