/* main.c - sidetonectl: without a window what the app does by hand
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finds the command and runs it. docs/cli.md is its reference.
 */
#include <errno.h>
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "side-cli.h"

typedef struct {
  const char *words[2];
  SideCliRun  run;
  const char *help;
} Command;

static const Command commands[] = {
  { { "board", NULL }, side_cli_board, "The indicators now, from a server" },
  { { "calls", NULL }, side_cli_calls, "Calls of a period, as table, CSV or JSON" },
  { { "events", "export" }, side_cli_events_export, "The events of a period, one a line" },
  { { "replay", NULL }, side_cli_replay, "The board after the events of a file" },
  { { "alerts", "check" }, side_cli_alerts_check, "Which alerts a log of events would have raised" },
  { { "analyse", NULL }, side_cli_analyse, "What can be known of recordings: speech, tones, levels" },
  { { "export", NULL }, side_cli_export, "A recording, or a part of it, in a file of its own" },
  { { "server", "user" }, side_cli_server_user, "Add, list or revoke users of a server on this machine" },
  { { "asterisk", "doctor" }, side_cli_doctor, "What is missing in an Asterisk's configuration" },
  { { "campaign", "draw" }, side_cli_campaign_draw, "When a campaign's test calls are to be made, by lot" },
  { { "campaign", "run" }, side_cli_campaign_run, "Make the calls of a campaign that are due" },
  { { "campaign", "results" }, side_cli_campaign_results, "What many test calls say together, with intervals" },
  { { "marks", "convert" }, side_cli_marks_convert, "Marks on a recording, from one program's file to another's" },
  { { "agreement", NULL }, side_cli_agreement, "How far reviewers agree: kappa, AC1, alpha with intervals" },
  { { "review", "score" }, side_cli_review_score, "What the answers to a script come to" },
  { { "review", "export" }, side_cli_review_export, "Finished reviews of a period, as CSV or JSON" },
  { { "scenario", "prompt" }, side_cli_scenario_prompt, "Put the recording of an announcement into a scenario" },
  { { "scenario", "line" }, side_cli_scenario_line, "Put a recorded line into a step of a scenario" },
  { { "scenario", "check" }, side_cli_scenario_check, "What is wrong with a scenario before anybody calls by it" },
  { { "script", "check" }, side_cli_script_check, "What is wrong with a script before anybody is scored with it" },
  { { "script", "convert" }, side_cli_script_convert, "A script's form to a table, and back" },
  { { "sample", "draw" }, side_cli_sample_draw, "Calls to be reviewed, drawn by lot" },
  { { "sample", "size" }, side_cli_sample_size, "How many reviews are enough, and what so many are worth" },
  { { "staffing", NULL }, side_cli_staffing, "What so many operators make of so many calls" },
  { { "test-call", NULL }, side_cli_test_call, "Call a line as a customer would, and tell how it answered" },
};

static void
print_help (void)
{
  g_print ("Usage: sidetonectl COMMAND [OPTION…]\n\n");
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *name = g_strjoin (" ", commands[i].words[0], commands[i].words[1], NULL);

      g_print ("  %-16s %s\n", name, commands[i].help);
    }
  g_print ("\nEvery command answers in JSON with --json and explains itself with --help.\n");
}

/* “After “review” comes “score” or “export””. */
static int
tell_second_words (SideCli    *cli,
                   const char *first)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].words[0], first))
      g_string_append_printf (words, "%s“%s”", words->len > 0 ? " or " : "", commands[i].words[1]);
  return side_cli_usage (cli, "After “%s” comes %s", first, words->str);
}

static int
run_command (SideCli  *cli,
             int       argc,
             char    **argv)
{
  gboolean is_first = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *first = commands[i].words[0];
      const char *second = commands[i].words[1];
      g_autofree char *name = NULL;

      if (!g_str_equal (argv[1], first))
        continue;
      is_first = TRUE;
      if (second != NULL && (argc < 3 || !g_str_equal (argv[2], second)))
        continue;
      /* So that --help shows how the command is called. */
      name = g_strjoin (" ", "sidetonectl", first, second, NULL);
      g_set_prgname (name);
      return commands[i].run (cli, argc - (second != NULL ? 2 : 1), argv + (second != NULL ? 2 : 1));
    }
  if (is_first)
    return tell_second_words (cli, argv[1]);
  return side_cli_usage (cli, "There is no command “%s”; sidetonectl --help lists them", argv[1]);
}

/* Whoever has read enough (“| head”) needs no word about it; a full disk does. */
static int
end_output (int rc)
{
  struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

  errno = 0;
  if (fflush (stdout) == 0 && !ferror (stdout))
    return rc;
  if (poll (&out, 1, 0) != 1 || (out.revents & POLLERR) == 0)
    side_cli_warn ("The answer could not be written%s%s", errno != 0 ? ": " : "", errno != 0 ? g_strerror (errno) : "");
  return rc == SIDE_CLI_OK ? SIDE_CLI_FAILED : rc;
}

int
main (int   argc,
      char *argv[])
{
  SideCli cli = { .json = side_cli_wants_json (argc, argv) };
  int rc;

  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");   /* what it says is in English, and may be read by a program */
  g_set_prgname ("sidetonectl");
  /* It is heeded wherever it stands; the command is the first word after it. */
  while (argc > 1 && g_str_equal (argv[1], "--json"))
    {
      memmove (argv + 1, argv + 2, (gsize) (argc - 1) * sizeof *argv);
      argc--;
    }
  if (argc < 2 || g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h"))
    {
      print_help ();
      return argc < 2 ? SIDE_CLI_USAGE : SIDE_CLI_OK;
    }
  if (g_str_equal (argv[1], "--version"))
    {
      g_print ("sidetonectl %s\n", SIDE_VERSION);
      return SIDE_CLI_OK;
    }
  rc = end_output (run_command (&cli, argc, argv));
  g_clear_object (&cli.link);
  g_free (cli.url);
  g_free (cli.token_file);
  g_free (cli.pin);
  return rc;
}
