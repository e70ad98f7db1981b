/* side-cli-alerts.c - which alerts a log of events would have raised
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Goes through the log as the day went: looks after each event, and between
 * them at each moment at which time alone may change something.
 */
#include <math.h>

#include "side-alerts.h"
#include "side-cli-log.h"
#include "side-file.h"
#include "side-time.h"

#define RULES_MAX_BYTES (1024 * 1024)

typedef struct {
  SideBoard  *board;
  GPtrArray  *rules;     /* of SideAlertRule */
  GHashTable *alerts;    /* project → SideAlerts */
  GPtrArray  *fired;     /* of SideAlert, in the order in which they began */
  gint64      now_ms;
  gint64      n_events;
} Check;

static void
fired_free (gpointer data)
{
  SideAlert *alert = data;

  side_alert_rule_unref (alert->rule);
  g_free (alert);
}

/* The copy of @alert that was made when it began. */
static SideAlert *
find_fired (Check           *self,
            const SideAlert *alert)
{
  for (guint i = self->fired->len; i > 0; i--)
    {
      SideAlert *fired = self->fired->pdata[i - 1];

      if (fired->rule == alert->rule && fired->operator_id == alert->operator_id && fired->began_ms == alert->began_ms)
        return fired;
    }
  return NULL;
}

static void
fired_cb (const SideAlert *alert,
          SideAlertLevel   before,
          gpointer         data)
{
  Check *self = data;
  SideAlert *fired = before == SIDE_ALERT_NONE ? NULL : find_fired (self, alert);

  if (fired == NULL)
    {
      fired = g_memdup2 (alert, sizeof *alert);
      side_alert_rule_ref (fired->rule);
      g_ptr_array_add (self->fired, fired);
      return;
    }
  *fired = *alert;
}

static void
look (Check            *self,
      SideBoardProject *project)
{
  SideAlerts *alerts = g_hash_table_lookup (self->alerts, project->id);

  if (alerts == NULL)
    {
      alerts = side_alerts_new (self->rules);
      g_hash_table_insert (self->alerts, g_strdup (project->id), alerts);
    }
  side_alerts_look (alerts, project, side_board_project_get_gap_ms (project, NULL), self->now_ms, fired_cb, self);
}

/* What happens by itself before @until_ms. */
static void
pass_time (Check  *self,
           gint64  until_ms)
{
  GPtrArray *projects = side_board_get_projects (self->board);

  for (;;)
    {
      gint64 next_ms = G_MAXINT64;

      for (guint i = 0; i < projects->len; i++)
        {
          SideBoardProject *project = projects->pdata[i];
          SideAlerts *alerts = g_hash_table_lookup (self->alerts, project->id);

          if (alerts != NULL)
            next_ms = MIN (next_ms, side_alerts_get_next_ms (alerts, project, side_board_project_get_gap_ms (project, NULL), self->now_ms));
        }
      if (next_ms >= until_ms)
        return;
      self->now_ms = next_ms;
      for (guint i = 0; i < projects->len; i++)
        look (self, projects->pdata[i]);
    }
}

static gboolean
take (gpointer      data,
      SideProject  *project,
      SideEvent    *event,
      GError      **error)
{
  Check *self = data;
  SideBoardProject *changed;

  if (project != NULL)
    {
      side_board_add_project (self->board, project);
      return TRUE;
    }
  /* One that is told late does not turn the clock back. */
  if (self->now_ms == 0)
    self->now_ms = event->at_ms;
  pass_time (self, event->at_ms);
  self->now_ms = MAX (self->now_ms, event->at_ms);
  side_board_apply (self->board, event);
  self->n_events++;
  changed = event->project != NULL ? side_board_get_project (self->board, event->project) : NULL;
  if (changed != NULL)
    look (self, changed);
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
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  side_cli_add_number (builder, "events", (double) self->n_events);
  side_cli_add_number (builder, "until_ms", (double) self->now_ms);
  json_builder_set_member_name (builder, "alerts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->fired->len; i++)
    {
      const SideAlert *alert = self->fired->pdata[i];

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
  SideBoardProject *project = side_board_get_project (self->board, alert->rule->project);
  g_autoptr (GDateTime) when = side_time_to_local (project != NULL && project->config != NULL ? project->config->time_zone : NULL, at_ms);

  return g_date_time_format (when, "%Y-%m-%d %H:%M:%S");
}

static void
print_words (const Check *self)
{
  for (guint i = 0; i < self->fired->len; i++)
    {
      const SideAlert *alert = self->fired->pdata[i];
      g_autofree char *began = when_of (self, alert, alert->began_ms);
      g_autofree char *ended = alert->ended_ms != 0 ? when_of (self, alert, alert->ended_ms) : g_strdup ("not over");

      g_print ("%s – %s  %-7s  %s%s%s%s%s, at worst %g\n", began, ended, side_alert_level_to_string (alert->worst_level),
               alert->rule->title != NULL ? alert->rule->title : side_alert_watch_to_string (alert->rule->watch),
               alert->rule->queue != NULL ? ", queue " : "", alert->rule->queue != NULL ? alert->rule->queue : "",
               alert->operator_id != NULL ? ", operator " : "", alert->operator_id != NULL ? alert->operator_id : "", alert->worst);
    }
  if (self->fired->len == 0)
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
  g_autoptr (SideBoard) board = side_board_new ();
  g_autoptr (GPtrArray) rules = NULL;
  g_autoptr (GPtrArray) fired = g_ptr_array_new_with_free_func (fired_free);
  g_autoptr (GHashTable) alerts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_alerts_free);
  g_autoptr (GError) error = NULL;
  Check check = { .board = board, .alerts = alerts, .fired = fired };

  if (!side_cli_parse (cli, &argc, &argv, entries, &help))
    return SIDE_CLI_USAGE;
  check.rules = rules = read_rules (argv[1], &error);
  if (rules == NULL || !side_cli_read_log (argv[2], take, &check, &error))
    return side_cli_fail (cli, error);
  for (guint i = 0; i < rules->len; i++)
    if (side_board_get_project (board, ((const SideAlertRule *) rules->pdata[i])->project) == NULL)
      side_cli_warn ("there is no project “%s” in this log: a rule for it raises nothing", ((const SideAlertRule *) rules->pdata[i])->project);
  if (cli->json)
    print_json (&check);
  else
    print_words (&check);
  return SIDE_CLI_OK;
}
