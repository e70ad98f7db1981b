/* side-server-options.c - the command line of sidetone-server
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-server-options.h"

#define MAX_SPEED    1000.0
#define DEFAULT_DAYS 30
#define DEFAULT_SEED 1
#define NO_SEED      G_MININT64

/**
 * side_server_options_parse:
 * @options: (out caller-allocates): what was given, to be cleared in any case
 * @argc: (inout): how many words
 * @argv: (inout): the words of the command line
 * @error: return location
 *
 * Returns: whether they are known ones
 */
gboolean
side_server_options_parse (SideServerOptions   *options,
                           int                 *argc,
                           char              ***argv,
                           GError             **error)
{
  const GOptionEntry entries[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &options->config, "Serve the call centre FILE describes", "FILE" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &options->check, "Only say what is wrong with FILE", NULL },
    { "simulate", 0, 0, G_OPTION_ARG_NONE, &options->simulate, "Serve a made-up call centre", NULL },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &options->speed, "Let the made-up time pass N times faster", "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "Make the calls of this seed up", "N" },
    { "days", 0, 0, G_OPTION_ARG_INT, &options->days, "Days of past calls at the first start (30)", "N" },
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data, "Folder of the made-up centre", "DIR" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &options->listen, "Listen there; port 0 takes a free one", "ADDRESS:PORT" },
    { "print-ready", 0, 0, G_OPTION_ARG_NONE, &options->print_ready, "Print a line of JSON once it listens", NULL },
    { "exit-with-parent", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_parent, "End when standard input is closed", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- serve a call centre to sidetone");

  *options = (SideServerOptions) { .speed = 1.0, .seed = NO_SEED, .days = DEFAULT_DAYS };
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  options->seeded = options->seed != NO_SEED;
  if (!options->seeded)
    options->seed = DEFAULT_SEED;
  return TRUE;
}

/**
 * side_server_options_check:
 * @options: what was given
 *
 * Returns: whether it goes together; what does not is said to standard error
 */
gboolean
side_server_options_check (const SideServerOptions *options)
{
  if ((options->config != NULL) == options->simulate)
    g_printerr ("sidetone-server: give either --config FILE or --simulate; see --help\n");
  else if (options->check && options->config == NULL)
    g_printerr ("sidetone-server: --check wants --config FILE\n");
  else if (!(options->speed >= 0.01 && options->speed <= MAX_SPEED))
    g_printerr ("sidetone-server: --speed must be from 0.01 to %g\n", MAX_SPEED);
  else if (options->days < 0 || options->days > 366)
    g_printerr ("sidetone-server: --days must be from 0 to 366\n");
  else
    return TRUE;
  return FALSE;
}

void
side_server_options_clear (SideServerOptions *options)
{
  g_free (options->config);
  g_free (options->listen);
  g_free (options->data);
}
