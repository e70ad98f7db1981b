/* side-alert-replay.c - which alerts there were, from a log of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-alert-replay.h"

struct _SideAlertReplay
{
  SideBoard  *board;
  GPtrArray  *rules;     /* of SideAlertRule */
  GHashTable *alerts;    /* project → SideAlerts */
  GPtrArray  *seen;      /* of SideAlert, in the order in which they began */
  gint64      now_ms;    /* 0 before the first event */
};

/**
 * side_alert_copy:
 * @alert: an alert
 *
 * Returns: (transfer full): it as it is now; free with side_alert_free()
 */
SideAlert *
side_alert_copy (const SideAlert *alert)
{
  SideAlert *copy;

  g_return_val_if_fail (alert != NULL, NULL);

  copy = g_memdup2 (alert, sizeof *alert);
  side_alert_rule_ref (copy->rule);
  return copy;
}

void
side_alert_free (SideAlert *alert)
{
  g_return_if_fail (alert != NULL);
  side_alert_rule_unref (alert->rule);
  g_free (alert);
}

/**
 * side_alert_replay_new:
 * @rules: (element-type SideAlertRule): what is watched, of whichever projects
 *
 * Returns: (transfer full): a replay of nothing yet
 */
SideAlertReplay *
side_alert_replay_new (GPtrArray *rules)
{
  SideAlertReplay *self;

  g_return_val_if_fail (rules != NULL, NULL);

  self = g_new0 (SideAlertReplay, 1);
  self->board = side_board_new ();
  self->rules = g_ptr_array_ref (rules);
  self->alerts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_alerts_free);
  self->seen = g_ptr_array_new_with_free_func ((GDestroyNotify) side_alert_free);
  return self;
}

void
side_alert_replay_free (SideAlertReplay *self)
{
  g_return_if_fail (self != NULL);
  g_object_unref (self->board);
  g_ptr_array_unref (self->rules);
  g_hash_table_unref (self->alerts);
  g_ptr_array_unref (self->seen);
  g_free (self);
}

/* The copy of @alert that was made when it began. */
static SideAlert *
find_seen (SideAlertReplay *self,
           const SideAlert *alert)
{
  for (guint i = self->seen->len; i > 0; i--)
    {
      SideAlert *seen = self->seen->pdata[i - 1];

      if (seen->rule == alert->rule && seen->operator_id == alert->operator_id && seen->began_ms == alert->began_ms)
        return seen;
    }
  return NULL;
}

static void
seen_cb (const SideAlert *alert,
         SideAlertLevel   before,
         gpointer         data)
{
  SideAlertReplay *self = data;
  SideAlert *seen = before == SIDE_ALERT_NONE ? NULL : find_seen (self, alert);

  if (seen == NULL)
    g_ptr_array_add (self->seen, side_alert_copy (alert));
  else
    *seen = *alert;
}

static void
look (SideAlertReplay  *self,
      SideBoardProject *project)
{
  SideAlerts *alerts = g_hash_table_lookup (self->alerts, project->id);

  if (alerts == NULL)
    {
      alerts = side_alerts_new (self->rules);
      g_hash_table_insert (self->alerts, g_strdup (project->id), alerts);
    }
  side_alerts_look (alerts, project, side_board_project_get_gap_ms (project, NULL), self->now_ms, seen_cb, self);
}

/**
 * side_alert_replay_pass:
 * @self: a replay
 * @until_ms: an instant; one before the last event changes nothing
 *
 * Lets time go by without an event, up to before @until_ms.
 */
void
side_alert_replay_pass (SideAlertReplay *self,
                        gint64           until_ms)
{
  GPtrArray *projects;

  g_return_if_fail (self != NULL);

  projects = side_board_get_projects (self->board);
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

/**
 * side_alert_replay_add_project:
 * @self: a replay
 * @project: what events of this project are counted by
 */
void
side_alert_replay_add_project (SideAlertReplay *self,
                               SideProject     *project)
{
  g_return_if_fail (self != NULL && project != NULL);
  side_board_add_project (self->board, project);
}

/**
 * side_alert_replay_take:
 * @self: a replay
 * @event: the next of the log; one that is told late does not turn the clock back
 */
void
side_alert_replay_take (SideAlertReplay *self,
                        const SideEvent *event)
{
  SideBoardProject *changed;

  g_return_if_fail (self != NULL && event != NULL);

  if (self->now_ms == 0)
    self->now_ms = event->at_ms;
  side_alert_replay_pass (self, event->at_ms);
  self->now_ms = MAX (self->now_ms, event->at_ms);
  side_board_apply (self->board, event);
  changed = event->project != NULL ? side_board_get_project (self->board, event->project) : NULL;
  if (changed != NULL)
    look (self, changed);
}

/**
 * side_alert_replay_get_board:
 * @self: a replay
 *
 * Returns: (transfer none): the board as it is by now
 */
SideBoard *
side_alert_replay_get_board (SideAlertReplay *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->board;
}

/**
 * side_alert_replay_get_now_ms:
 * @self: a replay
 *
 * Returns: the instant it has come to; 0 before the first event
 */
gint64
side_alert_replay_get_now_ms (SideAlertReplay *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->now_ms;
}

/**
 * side_alert_replay_get_alerts:
 * @self: a replay
 *
 * Returns: (transfer none) (element-type SideAlert): all so far, in the order in which
 *   they began; one that goes on has not ended, and is as it was when its level changed last
 */
GPtrArray *
side_alert_replay_get_alerts (SideAlertReplay *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->seen;
}
