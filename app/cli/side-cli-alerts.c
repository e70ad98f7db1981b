/* side-cli-alerts.c - which alerts a log of events would have raised
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-alert-replay.h"
#include "side-cli-log.h"
#include "side-file.h"
#include "side-time.h"

#define RULES_MAX_BYTES (1024 * 1024)

typedef struct {
  SideAlertReplay *replay;
  gint64           n_events;
} Check;

static gboolean
take (gpointer      data,
      SideProject  *project,
      SideEvent    *event,
      GError      **error)
{
  Check *self = data;

  if (project != NULL)
    {
      side_alert_replay_add_project (self->replay, project);
      return TRUE;
    }
  side_alert_replay_take (self->replay, event);
  self->n_events++;
  return TRUE;
}

static GPtrArray *
read_rules (const char  *path,
            GError     **error)
{
  g_autoptr (GPtrArray) rules = NULL;
  g_autofree char *text = NULL;
  gsize length;

  if (!side_file_read (path, RULES_MAX_BYTES, &text, &length, error))
    return NULL;
  rules = side_wire_alert_rules_from_json (text, (gssize) length, error);
  if (rules == NULL)
    g_prefix_error (error, "%s: ", path);
  return g_steal_pointer (&rules);
}

static void
print_json (const Check *self)
{
  GPtrArray *fired = side_alert_replay_get_alerts (self->replay);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_number (builder, "events", (double) self->n_events);
  side_cli_add_number (builder, "until_ms", (double) side_alert_replay_get_now_ms (self->replay));
  json_builder_set_member_name (builder, "alerts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < fired->len; i++)
    {
      const SideAlert *alert = fired->pdata[i];

      json_builder_begin_object (builder);
      side_cli_add_text (builder, "rule", alert->rule->id);
      side_cli_add_text (builder, "title", alert->rule->title);
      side_cli_add_text (builder, "project", alert->rule->project);
      side_cli_add_text (builder, "queue", alert->rule->queue);
      side_cli_add_text (builder, "watch", side_alert_watch_to_string (alert->rule->watch));
      side_cli_add_text (builder, "operator", alert->operator_id);
      side_cli_add_text (builder, "level", side_alert_level_to_string (alert->worst_level));
      side_cli_add_number (builder, "began_ms", (double) alert->began_ms);
      side_cli_add_number (builder, "ended_ms", alert->ended_ms != 0 ? (double) alert->ended_ms : NAN);
      side_cli_add_number (builder, "worst", alert->worst);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  side_cli_print_json (builder);
}

static char *
when_of (const Check     *self,
         const SideAlert *alert,
         gint64           at_ms)
{
  SideBoardProject *project = side_board_get_project (side_alert_replay_get_board (self->replay), alert->rule->project);
  g_autoptr (GDateTime) when = side_time_to_local (project != NULL && project->config != NULL ? project->config->time_zone : NULL, at_ms);

  return g_date_time_format (when, "%Y-%m-%d %H:%M:%S");
}

static void
print_words (const Check *self)
{
  GPtrArray *fired = side_alert_replay_get_alerts (self->replay);

  for (guint i = 0; i < fired->len; i++)
    {
      const SideAlert *alert = fired->pdata[i];
      g_autofree char *began = when_of (self, alert, alert->began_ms);
      g_autofree char *ended = alert->ended_ms != 0 ? when_of (self, alert, alert->ended_ms) : g_strdup ("not over");

      g_print ("%s – %s  %-7s  %s%s%s%s%s, at worst %g\n", began, ended, side_alert_level_to_string (alert->worst_level),
               alert->rule->title != NULL ? alert->rule->title : side_alert_watch_to_string (alert->rule->watch),
               alert->rule->queue != NULL ? ", queue " : "", alert->rule->queue != NULL ? alert->rule->queue : "",
               alert->operator_id != NULL ? ", operator " : "", alert->operator_id != NULL ? alert->operator_id : "", alert->worst);
    }
  if (fired->len == 0)
    g_print ("no alert in %" G_GINT64_FORMAT " events\n", self->n_events);
}

/**
 * side_cli_alerts_check:
 * @cli: how to answer
 * @argc: number of words
 * @argv: the words
 *
 * Returns: the exit code
 */
int
side_cli_alerts_check (SideCli  *cli,
                       int       argc,
                       char    **argv)
{
  static const SideCliHelp help = { "RULES.json EVENTS.jsonl", "Which alerts a log of events would have raised, and when (“-” reads it from standard input)", 2, FALSE };
  const GOptionEntry entries[] = { G_OPTION_ENTRY_NULL };
  g_autoptr (SideAlertReplay) replay = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  g_autoptr (GError) error = NULL;
  Check check = { NULL, 0 };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  rules = read_rules (argv[1], &error);
  if (rules == NULL)
    return side_cli_fail (cli, error);
  check.replay = replay = side_alert_replay_new (rules);
  if (!side_cli_read_log (argv[2], take, &check, &error))
    return side_cli_fail (cli, error);
  for (guint i = 0; i < rules->len; i++)
    if (side_board_get_project (side_alert_replay_get_board (replay), ((const SideAlertRule *) rules->pdata[i])->project) == NULL)
      side_cli_warn ("there is no project “%s” in this log: a rule for it raises nothing", ((const SideAlertRule *) rules->pdata[i])->project);
  if (cli->json)
    print_json (&check);
  else
    print_words (&check);
  return SIDE_CLI_OK;
}
