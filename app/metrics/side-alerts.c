/* side-alerts.c - which alerts there are, from the board and the rules
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each rule, and each operator of a rule about operators, has a state of its
 * own: nothing, waiting until it has lasted long enough, or an alert. Counts
 * and waits are exact to the millisecond: a look is due the moment after a
 * limit is reached. While the exchange is not heard only its silence is
 * judged; all else stays as it was, since those callers may be gone.
 */
#include "side-alerts.h"

#include <math.h>

#include "side-indicators.h"
#include "side-time.h"

struct _SideAlerts
{
  GPtrArray  *rules;     /* of SideAlertRule */
  GHashTable *pending;   /* key → gint64 *, since when it has been beyond a limit */
  GHashTable *resting;   /* id of a rule → gint64 *, when it was found to be out of its hours last */
  GPtrArray  *active;    /* of SideAlert, in the order in which they began */
};

/* What one look finds out once. */
typedef struct {
  SideAlerts       *self;
  SideBoardProject *project;
  gint64            silent_ms;
  gint64            now_ms;
  SideAlertFunc     tell;
  gpointer          user_data;
} Look;

static void
alert_free (gpointer data)
{
  SideAlert *alert = data;

  side_alert_rule_unref (alert->rule);
  g_free (alert);
}

/**
 * side_alerts_new:
 * @rules: (element-type SideAlertRule): what is watched; those of other projects are passed over
 *
 * Returns: (transfer full): alerts, of which there are none yet
 */
SideAlerts *
side_alerts_new (GPtrArray *rules)
{
  SideAlerts *self;

  g_return_val_if_fail (rules != NULL, NULL);

  self = g_new0 (SideAlerts, 1);
  self->rules = g_ptr_array_ref (rules);
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->resting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->active = g_ptr_array_new_with_free_func (alert_free);
  return self;
}

void
side_alerts_free (SideAlerts *self)
{
  g_return_if_fail (self != NULL);
  g_ptr_array_unref (self->rules);
  g_hash_table_unref (self->pending);
  g_hash_table_unref (self->resting);
  g_ptr_array_unref (self->active);
  g_free (self);
}

static SideAlertRule *
find_rule (GPtrArray           *rules,
           const SideAlertRule *like)
{
  for (guint i = 0; i < rules->len; i++)
    {
      SideAlertRule *rule = rules->pdata[i];

      if (g_str_equal (rule->id, like->id))
        return rule->off || rule->watch != like->watch || rule->state != like->state || g_strcmp0 (rule->queue, like->queue) != 0 ? NULL : rule;
    }
  return NULL;
}

/**
 * side_alerts_set_rules:
 * @self: alerts
 * @rules: (element-type SideAlertRule): what is watched from now on
 * @now_ms: the server's clock; not before that of the last look
 * @tell: told of each alert that is over by it
 * @user_data: for it
 *
 * An alert goes on where its rule watches the same as before; the next look
 * judges it by the new limits.
 */
void
side_alerts_set_rules (SideAlerts    *self,
                       GPtrArray     *rules,
                       gint64         now_ms,
                       SideAlertFunc  tell,
                       gpointer       user_data)
{
  g_return_if_fail (self != NULL && rules != NULL && tell != NULL);

  for (guint i = self->active->len; i > 0; i--)
    {
      SideAlert *alert = self->active->pdata[i - 1];
      SideAlertRule *rule = find_rule (rules, alert->rule);

      if (rule != NULL)
        {
          side_alert_rule_ref (rule);
          side_alert_rule_unref (alert->rule);
          alert->rule = rule;
          continue;
        }
      alert->ended_ms = MAX (now_ms, alert->looked_ms);
      tell (alert, alert->level, user_data);
      g_ptr_array_remove_index (self->active, i - 1);
    }
  g_ptr_array_ref (rules);
  g_ptr_array_unref (self->rules);
  self->rules = rules;
}

/* ---- figures ---- */

static gboolean
concerns (const SideAlertRule *rule,
          const SideOperator  *op)
{
  if (rule->queue == NULL)
    return TRUE;
  for (guint i = 0; i < op->queues->len; i++)
    if (g_str_equal (g_ptr_array_index (op->queues, i), rule->queue))
      return TRUE;
  return FALSE;
}

static gboolean
waits_for (const SideAlertRule *rule,
           const SideCall      *call)
{
  return side_call_is_waiting (call) && !call->test && (rule->queue == NULL || g_strcmp0 (call->queue, rule->queue) == 0);
}

static double
count_waiting (const Look          *look,
               const SideAlertRule *rule)
{
  guint n = 0;

  for (guint i = 0; i < look->project->live->len; i++)
    n += waits_for (rule, look->project->live->pdata[i]);
  return n;
}

/* Nobody waits: 0 s. */
static double
longest_wait (const Look          *look,
              const SideAlertRule *rule)
{
  gint64 longest_ms = 0;

  for (guint i = 0; i < look->project->live->len; i++)
    if (waits_for (rule, look->project->live->pdata[i]))
      longest_ms = MAX (longest_ms, side_call_get_wait_ms (look->project->live->pdata[i], look->now_ms));
  return (double) longest_ms / SIDE_SECOND_MS;
}

/* None where nobody is logged in: then the line is closed, which other rules tell. */
static double
count_free (const Look          *look,
            const SideAlertRule *rule)
{
  guint n = 0, here = 0;

  for (guint i = 0; i < look->project->operators->len; i++)
    {
      const SideOperator *op = look->project->operators->pdata[i];

      if (!concerns (rule, op))
        continue;
      here += op->state != SIDE_OPERATOR_OFF && op->state != SIDE_OPERATOR_UNKNOWN;
      n += op->state == SIDE_OPERATOR_READY;
    }
  return here > 0 ? n : NAN;
}

static double
state_seconds (const Look          *look,
               const SideAlertRule *rule,
               const SideOperator  *op)
{
  if (op->state != rule->state || !concerns (rule, op))
    return NAN;
  return (double) (look->now_ms - op->since_ms) / SIDE_SECOND_MS;
}

/* Shares of the rule's last minutes, or of the day, and call-backs. */
static double
counted (const Look          *look,
         const SideAlertRule *rule)
{
  GTimeZone *zone = look->project->config != NULL ? look->project->config->time_zone : NULL;
  SideReach reach = { g_intern_string (rule->queue), 0, look->now_ms };
  SideIndicators figures;

  reach.from_ms = rule->minutes > 0 ? look->now_ms - rule->minutes * SIDE_MINUTE_MS
                                    : side_period_start (SIDE_PERIOD_TODAY, zone, look->now_ms);
  side_indicators_compute (look->project, &reach, &figures);
  if (rule->watch == SIDE_ALERT_CALLBACKS)
    return figures.callbacks_overdue;
  if (figures.counts.offered < rule->least)
    return NAN;
  switch (rule->watch)
    {
    case SIDE_ALERT_SERVICE_LEVEL:
      return 100 * figures.service_level;
    case SIDE_ALERT_ABANDONED:
      return 100 * figures.abandoned_ratio;
    case SIDE_ALERT_OCCUPANCY:
    case SIDE_ALERT_WAITING:
    case SIDE_ALERT_LONGEST_WAIT:
    case SIDE_ALERT_FREE_OPERATORS:
    case SIDE_ALERT_OPERATOR_STATE:
    case SIDE_ALERT_CALLBACKS:
    case SIDE_ALERT_STALE:
    case SIDE_N_ALERT_WATCHES:
    default:
      return 100 * figures.occupancy;
    }
}

static gboolean
is_counted (const SideAlertRule *rule)
{
  return side_alert_rule_is_share (rule) || rule->watch == SIDE_ALERT_CALLBACKS;
}

/* The figure of a rule that is not about single operators. */
static double
figure_of (const Look          *look,
           const SideAlertRule *rule)
{
  switch (rule->watch)
    {
    case SIDE_ALERT_WAITING:
      return count_waiting (look, rule);
    case SIDE_ALERT_LONGEST_WAIT:
      return longest_wait (look, rule);
    case SIDE_ALERT_FREE_OPERATORS:
      return count_free (look, rule);
    case SIDE_ALERT_STALE:
      return look->silent_ms > 0 ? (double) (look->now_ms - look->silent_ms) / SIDE_SECOND_MS : 0;
    case SIDE_ALERT_SERVICE_LEVEL:
    case SIDE_ALERT_ABANDONED:
    case SIDE_ALERT_OCCUPANCY:
    case SIDE_ALERT_CALLBACKS:
      return counted (look, rule);
    case SIDE_ALERT_OPERATOR_STATE:
    case SIDE_N_ALERT_WATCHES:
    default:
      return NAN;
    }
}

/* ---- what is so ---- */

static SideAlert *
find_active (SideAlerts          *self,
             const SideAlertRule *rule,
             const char          *operator_id)
{
  for (guint i = 0; i < self->active->len; i++)
    {
      SideAlert *alert = self->active->pdata[i];

      if (alert->rule == rule && alert->operator_id == operator_id)
        return alert;
    }
  return NULL;
}

static gboolean
is_time (const SideAlertRule *rule)
{
  return rule->watch == SIDE_ALERT_LONGEST_WAIT || rule->watch == SIDE_ALERT_OPERATOR_STATE || rule->watch == SIDE_ALERT_STALE;
}

/* What counts seconds says itself since when it is beyond the milder of the limits it is beyond: so it began at
 * the same time for those who look later. */
static gint64
since_of (const Look          *look,
          const SideAlertRule *rule,
          double               value)
{
  double limit = side_alert_rule_is_passed (rule, rule->warning, value) ? rule->warning : rule->alarm;
  const gint64 *resting_ms = g_hash_table_lookup (look->self->resting, rule->id);
  gint64 since_ms;

  if (!is_time (rule) || !side_alert_rule_is_passed (rule, limit, value))
    return look->now_ms;
  since_ms = look->now_ms - MAX (llround ((value - limit) * SIDE_SECOND_MS) - 1, 0);
  return resting_ms != NULL ? MAX (since_ms, *resting_ms) : since_ms;
}

/* What counts seconds went on counting since the last look, though what it counted may be gone by now. */
static void
grow (const Look *look,
      SideAlert  *alert)
{
  double value = alert->value + (double) (look->now_ms - alert->looked_ms) / SIDE_SECOND_MS;

  if (is_time (alert->rule))
    alert->worst = MAX (alert->worst, value);
  alert->looked_ms = look->now_ms;
}

static void
end_alert (const Look *look,
           SideAlert  *alert)
{
  SideAlertLevel before = alert->level;

  grow (look, alert);
  alert->ended_ms = look->now_ms;
  look->tell (alert, before, look->user_data);
  g_ptr_array_remove (look->self->active, alert);
}

static void
begin_alert (const Look     *look,
             SideAlertRule  *rule,
             const char     *operator_id,
             SideAlertLevel  level,
             gint64          since_ms,
             double          value)
{
  SideAlert *alert = g_new0 (SideAlert, 1);

  alert->rule = side_alert_rule_ref (rule);
  alert->operator_id = operator_id;
  alert->level = alert->worst_level = level;
  alert->began_ms = since_ms;
  alert->level_ms = alert->looked_ms = look->now_ms;
  alert->value = alert->worst = value;
  g_ptr_array_add (look->self->active, alert);
  look->tell (alert, SIDE_ALERT_NONE, look->user_data);
}

static void
go_on (const Look     *look,
       SideAlert      *alert,
       SideAlertLevel  level,
       double          value)
{
  SideAlertLevel before = alert->level;

  grow (look, alert);
  alert->value = value;
  alert->worst = side_alert_rule_is_below (alert->rule) ? MIN (alert->worst, value) : MAX (alert->worst, value);
  alert->worst_level = MAX (alert->worst_level, level);
  if (level == before)
    return;
  alert->level = level;
  alert->level_ms = look->now_ms;
  look->tell (alert, before, look->user_data);
}

/* One rule, or one operator of it. */
static void
judge (const Look    *look,
       SideAlertRule *rule,
       const char    *operator_id,
       double         value)
{
  SideAlert *alert = find_active (look->self, rule, operator_id);
  SideAlertLevel level = side_alert_rule_judge (rule, alert != NULL ? alert->level : SIDE_ALERT_NONE, value);
  g_autofree char *key = NULL;
  gint64 *since_ms;

  if (alert != NULL && level == SIDE_ALERT_NONE)
    end_alert (look, alert);
  else if (alert != NULL)
    go_on (look, alert, level, value);
  if (alert != NULL)
    return;
  key = g_strdup_printf ("%s\n%s", rule->id, operator_id != NULL ? operator_id : "");
  if (level == SIDE_ALERT_NONE)
    {
      g_hash_table_remove (look->self->pending, key);
      return;
    }
  since_ms = g_hash_table_lookup (look->self->pending, key);
  if (since_ms == NULL)
    {
      since_ms = g_new (gint64, 1);
      *since_ms = since_of (look, rule, value);
      g_hash_table_insert (look->self->pending, g_strdup (key), since_ms);
    }
  if (look->now_ms - *since_ms < rule->hold_s * SIDE_SECOND_MS)
    return;
  begin_alert (look, rule, operator_id, level, *since_ms, value);
  g_hash_table_remove (look->self->pending, key);
}

static gboolean
is_watched (const Look          *look,
            const SideAlertRule *rule)
{
  const SideProject *config = look->project->config;

  return !rule->off && config != NULL && side_hours_hold_at (&rule->hours, config->time_zone, look->now_ms);
}

static void
judge_operators (const Look    *look,
                 SideAlertRule *rule,
                 gboolean       watched)
{
  for (guint i = 0; i < look->project->operators->len; i++)
    {
      const SideOperator *op = look->project->operators->pdata[i];

      judge (look, rule, op->id, watched ? state_seconds (look, rule, op) : NAN);
    }
}

/**
 * side_alerts_look:
 * @self: alerts
 * @project: a project as it is on the board now
 * @silent_ms: since when nothing has been heard of its exchange; 0 while it is heard
 * @now_ms: the server's clock; not before that of the last look
 * @tell: told of each alert that begins, gets worse or better, or is over
 * @user_data: for it
 *
 * Judges the rules of this project.
 */
void
side_alerts_look (SideAlerts       *self,
                  SideBoardProject *project,
                  gint64            silent_ms,
                  gint64            now_ms,
                  SideAlertFunc     tell,
                  gpointer          user_data)
{
  Look look = { self, project, silent_ms, now_ms, tell, user_data };

  g_return_if_fail (self != NULL && project != NULL && tell != NULL);

  for (guint i = 0; i < self->rules->len; i++)
    {
      SideAlertRule *rule = self->rules->pdata[i];
      gboolean watched;

      if (g_strcmp0 (rule->project, project->id) != 0 || (silent_ms > 0 && rule->watch != SIDE_ALERT_STALE))
        continue;
      watched = is_watched (&look, rule);
      if (!watched)
        g_hash_table_replace (self->resting, g_strdup (rule->id), g_memdup2 (&now_ms, sizeof now_ms));
      if (watched && is_counted (rule) && now_ms % SIDE_ALERTS_GRID_MS != 0)
        continue;
      if (rule->watch == SIDE_ALERT_OPERATOR_STATE)
        judge_operators (&look, rule, watched);
      else
        judge (&look, rule, NULL, watched ? figure_of (&look, rule) : NAN);
    }
}

/* ---- when to look next ---- */

/* The instant after @since_ms has lasted as long as one of the limits, the first that is to come. */
static gint64
next_limit (const SideAlertRule *rule,
            gint64               since_ms,
            gint64               now_ms)
{
  const double limits[] = { rule->warning, rule->alarm };
  gint64 next_ms = G_MAXINT64;

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      gint64 at_ms = isnan (limits[i]) ? G_MAXINT64 : since_ms + (gint64) floor (limits[i] * SIDE_SECOND_MS) + 1;

      if (at_ms > now_ms)
        next_ms = MIN (next_ms, at_ms);
    }
  return next_ms;
}

static gint64
next_of_rule (const SideAlertRule *rule,
              SideBoardProject    *project,
              gint64               silent_ms,
              gint64               now_ms)
{
  gint64 next_ms = G_MAXINT64;

  if (rule->watch == SIDE_ALERT_STALE)
    return silent_ms > 0 ? next_limit (rule, silent_ms, now_ms) : G_MAXINT64;
  if (silent_ms > 0)
    return G_MAXINT64;
  if (is_counted (rule))
    return (now_ms / SIDE_ALERTS_GRID_MS + 1) * SIDE_ALERTS_GRID_MS;
  if (rule->watch == SIDE_ALERT_LONGEST_WAIT)
    for (guint i = 0; i < project->live->len; i++)
      if (waits_for (rule, project->live->pdata[i]))
        next_ms = MIN (next_ms, next_limit (rule, ((const SideCall *) project->live->pdata[i])->joined_ms, now_ms));
  if (rule->watch == SIDE_ALERT_OPERATOR_STATE)
    for (guint i = 0; i < project->operators->len; i++)
      {
        const SideOperator *op = project->operators->pdata[i];

        if (op->state == rule->state && concerns (rule, op))
          next_ms = MIN (next_ms, next_limit (rule, op->since_ms, now_ms));
      }
  return next_ms;
}

static gboolean
has_hours (const SideAlertRule *rule)
{
  SideHours always = side_hours_always ();

  return rule->hours.weekdays != always.weekdays || rule->hours.from_minute != always.from_minute || rule->hours.to_minute != always.to_minute;
}

/**
 * side_alerts_get_next_ms:
 * @self: alerts
 * @project: a project as it is on the board now
 * @silent_ms: since when nothing has been heard of its exchange; 0 while it is heard
 * @now_ms: the server's clock at the last look
 *
 * Time alone may change what is so: a caller waits on, a period moves, hours begin.
 *
 * Returns: when to look next if nothing happens until then, later than
 *   @now_ms; G_MAXINT64 when nothing would change
 */
gint64
side_alerts_get_next_ms (SideAlerts       *self,
                         SideBoardProject *project,
                         gint64            silent_ms,
                         gint64            now_ms)
{
  gint64 next_ms = G_MAXINT64;
  GHashTableIter iter;
  gpointer since;

  g_return_val_if_fail (self != NULL && project != NULL, G_MAXINT64);

  for (guint i = 0; i < self->rules->len; i++)
    {
      const SideAlertRule *rule = self->rules->pdata[i];

      if (rule->off || g_strcmp0 (rule->project, project->id) != 0)
        continue;
      next_ms = MIN (next_ms, next_of_rule (rule, project, silent_ms, now_ms));
      if (has_hours (rule))
        next_ms = MIN (next_ms, (now_ms / SIDE_MINUTE_MS + 1) * SIDE_MINUTE_MS);
      /* One that has to last is looked at each second while it does. */
      g_hash_table_iter_init (&iter, self->pending);
      while (rule->hold_s > 0 && g_hash_table_iter_next (&iter, NULL, &since))
        if (*(gint64 *) since + rule->hold_s * SIDE_SECOND_MS > now_ms)
          next_ms = MIN (next_ms, *(gint64 *) since + rule->hold_s * SIDE_SECOND_MS);
    }
  return next_ms;
}

/**
 * side_alerts_get_active:
 * @self: alerts
 *
 * Returns: (transfer none) (element-type SideAlert): those that last, in the order in which they began
 */
GPtrArray *
side_alerts_get_active (SideAlerts *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->active;
}
