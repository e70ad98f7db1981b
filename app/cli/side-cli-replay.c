/* side-cli-replay.c - the board after a log of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads what “events export” writes: one JSON object a line, first a project's
 * settings for each project, then its events. Lines are bounded, and the first
 * one that cannot be taken ends the reading: figures of half a log would look
 * like figures of all of it.
 */
#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

#include "side-cli.h"
#include "side-time.h"

#define LINE_MAX_BYTES (1024 * 1024)
#define CHUNK_BYTES    (64 * 1024)

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
take_line (Replay      *replay,
           const char  *line,
           gsize        length,
           GError     **error)
{
  g_autoptr (JsonNode) node = side_wire_parse (line, (gssize) length, LINE_MAX_BYTES, error);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (SideProject) project = NULL;
  g_autoptr (SideEvent) event = NULL;
  guint64 before = side_board_get_seq (replay->board);

  if (node == NULL)
    return FALSE;
  if (object != NULL && json_object_has_member (object, "settings"))
    {
      project = side_wire_project_from_node (json_object_get_member (object, "settings"), error);
      if (project != NULL)
        side_board_add_project (replay->board, project);
      return project != NULL;
    }
  event = side_wire_event_from_node (node, error);
  if (event == NULL || !settle_until (replay, error))
    return FALSE;
  if (replay->until_ms != 0 && event->at_ms > replay->until_ms)
    return TRUE;
  side_board_apply (replay->board, event);
  replay->n_events++;
  replay->n_passed += event->seq != 0 && event->seq <= before;
  return TRUE;
}

static gboolean
fail_line (const char  *path,
           guint64      number,
           gboolean     cut,
           GError      *reason,
           GError     **error)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "%s, line %" G_GUINT64_FORMAT ": %s%s", path, number, reason->message,
               cut ? "; the file ends in the middle of this line" : "");
  g_error_free (reason);
  return FALSE;
}

/* Takes the whole lines of @buffer out of it; the last one too at the end. */
static gboolean
take_lines (Replay      *replay,
            GByteArray  *buffer,
            gboolean     at_end,
            const char  *path,
            guint64     *number,
            GError     **error)
{
  const char *text = (const char *) buffer->data;
  gsize at = 0;

  while (at < buffer->len)
    {
      const char *end = memchr (text + at, '\n', buffer->len - at);
      gsize length = end != NULL ? (gsize) (end - text) - at : buffer->len - at;
      gsize used = length + (end != NULL);
      GError *reason = NULL;

      if (end == NULL && !at_end && length <= LINE_MAX_BYTES)
        break;
      ++*number;
      while (length > 0 && g_ascii_isspace (text[at + length - 1]))
        length--;
      if (length > 0 && !take_line (replay, text + at, length, &reason))
        return fail_line (path, *number, end == NULL && at_end, reason, error);
      at += used;
    }
  if (at > 0)
    g_byte_array_remove_range (buffer, 0, (guint) at);
  return TRUE;
}

static GInputStream *
open_file (const char  *path,
           GError     **error)
{
  g_autoptr (GFile) file = NULL;

  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (path);
  return G_INPUT_STREAM (g_file_read (file, NULL, error));
}

static gboolean
read_log (Replay      *replay,
          const char  *path,
          GError     **error)
{
  g_autoptr (GInputStream) stream = open_file (path, error);
  g_autoptr (GByteArray) buffer = g_byte_array_new ();
  guint64 number = 0;
  gssize got;

  if (stream == NULL)
    return FALSE;
  do
    {
      guint had = buffer->len;

      g_byte_array_set_size (buffer, had + CHUNK_BYTES);
      got = g_input_stream_read (stream, buffer->data + had, CHUNK_BYTES, NULL, error);
      g_byte_array_set_size (buffer, had + (guint) MAX (got, 0));
      if (got < 0 || !take_lines (replay, buffer, got == 0, path, &number, error))
        return FALSE;
    }
  while (got > 0);
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
  if (!read_log (&replay, argv[1], &error) || !settle_until (&replay, &error))
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
