/* side-alert-words.c - alerts and their rules in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-alert-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-format.h"
#include "side-text.h"
#include "side-time.h"

/**
 * side_alert_words_watch:
 * @watch: what is watched
 *
 * Returns: (transfer none): its name
 */
const char *
side_alert_words_watch (SideAlertWatch watch)
{
  static const char *const names[SIDE_N_ALERT_WATCHES] = {
    [SIDE_ALERT_WAITING] = N_("Callers waiting"),
    [SIDE_ALERT_LONGEST_WAIT] = N_("Longest wait"),
    [SIDE_ALERT_SERVICE_LEVEL] = N_("Service level"),
    [SIDE_ALERT_ABANDONED] = N_("Abandoned"),
    [SIDE_ALERT_FREE_OPERATORS] = N_("Free operators"),
    [SIDE_ALERT_OCCUPANCY] = N_("Occupancy"),
    [SIDE_ALERT_OPERATOR_STATE] = N_("Operator’s state"),
    [SIDE_ALERT_CALLBACKS] = N_("Overdue call-backs"),
    [SIDE_ALERT_STALE] = N_("Exchange not heard"),
  };

  g_return_val_if_fail (watch < SIDE_N_ALERT_WATCHES, "");
  return _(names[watch]);
}

/**
 * side_alert_words_where:
 * @rule: a rule
 * @project: (nullable): its project
 *
 * Returns: (transfer full): the name of its queue, or that it is for all
 */
char *
side_alert_words_where (const SideAlertRule *rule,
                        const SideProject   *project)
{
  g_return_val_if_fail (rule != NULL, NULL);
  return g_strdup (rule->queue != NULL ? side_format_queue_name (project, rule->queue) : _("All queues"));
}

/**
 * side_alert_words_title:
 * @rule: a rule
 * @project: (nullable): its project
 *
 * Returns: (transfer full): what somebody called it, or what it watches
 */
char *
side_alert_words_title (const SideAlertRule *rule,
                        const SideProject   *project)
{
  const char *watch;

  g_return_val_if_fail (rule != NULL, NULL);

  if (rule->title != NULL && *rule->title != '\0')
    return g_strdup (rule->title);
  watch = side_alert_words_watch (rule->watch);
  if (rule->watch == SIDE_ALERT_OPERATOR_STATE)
    /* Translators: what is watched: "Operator’s state: Break" */
    return g_strdup_printf (_("%s: %s"), watch, side_format_operator_state (rule->state));
  return g_strdup (watch);
}

static gboolean
is_time (SideAlertWatch watch)
{
  return watch == SIDE_ALERT_LONGEST_WAIT || watch == SIDE_ALERT_OPERATOR_STATE || watch == SIDE_ALERT_STALE;
}

/* What somebody wrote is shown as it was written. */
static char *
limit_value (const SideAlertRule *rule,
             double               limit)
{
  gboolean whole = fabs (limit - round (limit)) < 0.05;

  if (is_time (rule->watch))
    return whole ? side_text_duration (llround (limit) * SIDE_SECOND_MS) : side_text_duration_tenths (llround (limit * SIDE_SECOND_MS));
  if (side_alert_rule_is_share (rule))
    return side_text_percent (limit / 100, whole ? 0 : 1);
  return g_strdup_printf (whole ? "%.0f" : "%.1f", limit);
}

/**
 * side_alert_words_value:
 * @rule: a rule
 * @value: its figure; NaN for none
 *
 * Returns: (transfer full): it with its unit: "0:45", "80 %", "3"
 */
char *
side_alert_words_value (const SideAlertRule *rule,
                        double               value)
{
  g_return_val_if_fail (rule != NULL, NULL);

  if (isnan (value))
    return g_strdup ("–");
  if (is_time (rule->watch))
    return side_text_duration ((gint64) (value * SIDE_SECOND_MS));
  if (side_alert_rule_is_share (rule))
    return side_text_percent (value / 100, 0);
  return g_strdup_printf ("%.0f", value);
}

static char *
limit_words (const SideAlertRule *rule,
             SideAlertLevel       level,
             const char          *value)
{
  if (side_alert_rule_is_below (rule))
    /* Translators: a limit of a rule: "warning below 80 %" */
    return level == SIDE_ALERT_ALARM ? g_strdup_printf (_("alarm below %s"), value) : g_strdup_printf (_("warning below %s"), value);
  /* Translators: a limit of a rule: "alarm over 0:45" */
  return level == SIDE_ALERT_ALARM ? g_strdup_printf (_("alarm over %s"), value) : g_strdup_printf (_("warning over %s"), value);
}

static void
add_limit (GString             *out,
           const SideAlertRule *rule,
           SideAlertLevel       level,
           double               limit)
{
  g_autofree char *value = isnan (limit) ? NULL : limit_value (rule, limit);
  g_autofree char *words = value != NULL ? limit_words (rule, level, value) : NULL;

  if (words != NULL)
    g_string_append_printf (out, "%s%s", out->len > 0 ? " · " : "", words);
}

/**
 * side_alert_words_limits:
 * @rule: a rule
 *
 * Returns: (transfer full): its limits, and over which time: "warning over 0:30 · alarm over 0:45"
 */
char *
side_alert_words_limits (const SideAlertRule *rule)
{
  GString *out = g_string_new (NULL);

  g_return_val_if_fail (rule != NULL, g_string_free (out, FALSE));

  add_limit (out, rule, SIDE_ALERT_WARNING, rule->warning);
  add_limit (out, rule, SIDE_ALERT_ALARM, rule->alarm);
  if (side_alert_rule_is_share (rule) && rule->minutes > 0)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, ngettext ("of the last minute", "of the last %d minutes", (gulong) rule->minutes), rule->minutes);
    }
  else if (side_alert_rule_is_share (rule))
    g_string_append_printf (out, " · %s", _("of today"));
  if (side_alert_rule_is_share (rule) && rule->least > 1)
    {
      g_string_append (out, " · ");
      g_string_append_printf (out, ngettext ("from %d call on", "from %d calls on", (gulong) rule->least), rule->least);
    }
  return g_string_free (out, FALSE);
}

static char *
days_of (guint weekdays)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < 7; i++)
    {
      guint to = i;

      if ((weekdays & 1u << i) == 0)
        continue;
      while (to < 6 && (weekdays & 1u << (to + 1)) != 0)
        to++;
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", side_format_weekday (i));
      if (to > i)
        g_string_append_printf (out, "%s%s", to > i + 1 ? "–" : ", ", side_format_weekday (to));
      i = to;
    }
  return g_string_free (out, FALSE);
}

/**
 * side_alert_words_hours:
 * @hours: when something is watched
 *
 * Returns: (transfer full) (nullable): "Mon–Fri, 09:00–21:00"; %NULL for always
 */
char *
side_alert_words_hours (const SideHours *hours)
{
  g_autofree char *days = NULL, *times = NULL;
  gboolean all_day, every_day;

  g_return_val_if_fail (hours != NULL, NULL);

  all_day = hours->from_minute == 0 && hours->to_minute == SIDE_HOURS_DAY;
  every_day = hours->weekdays == SIDE_HOURS_EVERY_DAY;
  if (all_day && every_day)
    return NULL;
  days = days_of (hours->weekdays);
  times = g_strdup_printf ("%02d:%02d–%02d:%02d", hours->from_minute / 60, hours->from_minute % 60, hours->to_minute / 60, hours->to_minute % 60);
  if (all_day)
    return g_steal_pointer (&days);
  if (every_day)
    return g_steal_pointer (&times);
  return g_strdup_printf ("%s, %s", days, times);
}

/* ---- one that goes on ---- */

typedef struct {
  const SideCall *call;     /* nullable: who waits longest of those over the limit */
  guint           n;
} Over;

static Over
find_over (const SideAlertRule *rule,
           SideBoardProject    *project,
           gint64               now_ms)
{
  double limit = isnan (rule->warning) ? rule->alarm : rule->warning;
  Over over = { NULL, 0 };

  for (guint i = 0; i < project->live->len; i++)
    {
      const SideCall *call = project->live->pdata[i];

      if (call->test || !side_call_is_waiting (call) || (rule->queue != NULL && g_strcmp0 (rule->queue, call->queue) != 0)
          || (double) (now_ms - call->joined_ms) / SIDE_SECOND_MS <= limit)
        continue;
      over.n++;
      if (over.call == NULL || call->joined_ms < over.call->joined_ms)
        over.call = call;
    }
  return over;
}

static char *
waits_heading (const SideAlert  *alert,
               SideBoardProject *project,
               gint64            now_ms)
{
  Over over = find_over (alert->rule, project, now_ms);
  g_autofree char *waited = NULL;
  const char *queue;

  if (over.call == NULL)
    {
      waited = side_alert_words_value (alert->rule, alert->value);
      return g_strdup_printf (_("A caller has waited %s"), waited);
    }
  waited = side_text_duration (now_ms - over.call->joined_ms);
  queue = side_format_queue_name (project->config, over.call->queue);
  if (over.n == 1)
    /* Translators: a queue and a time: "Orders: a caller has waited 1:12" */
    return g_strdup_printf (_("%s: a caller has waited %s"), queue, waited);
  /* Translators: how many callers, the queue of the one who waits longest, and how long that is */
  return g_strdup_printf (ngettext ("%u caller over the limit, the longest in %s for %s",
                                    "%u callers over the limit, the longest in %s for %s", over.n),
                          over.n, queue, waited);
}

static char *
state_heading (const SideAlert  *alert,
               SideBoardProject *project,
               gint64            now_ms)
{
  const SideOperator *op = NULL;
  g_autofree char *value = NULL;

  for (guint i = 0; i < project->operators->len; i++)
    if (((const SideOperator *) project->operators->pdata[i])->id == alert->operator_id)
      op = project->operators->pdata[i];
  value = op != NULL && op->state == alert->rule->state ? side_text_duration (now_ms - op->since_ms)
                                                        : side_alert_words_value (alert->rule, alert->value);
  /* Translators: an operator, a state and how long: "Anna Smirnova: Break for 31:04" */
  return g_strdup_printf (_("%s: %s for %s"), op != NULL && op->name != NULL ? op->name : alert->operator_id,
                          side_format_operator_state (alert->rule->state), value);
}

static char *
stale_heading (const SideAlert *alert,
               gint64           now_ms)
{
  g_autofree char *value = side_alert_words_value (alert->rule, alert->value + (double) (now_ms - alert->looked_ms) / SIDE_SECOND_MS);

  return g_strdup_printf (_("Nothing heard of the telephone exchange for %s"), value);
}

/* What it says of all queues, or of one. */
static char *
plain_heading (const SideAlert *alert)
{
  const SideAlertRule *rule = alert->rule;
  g_autofree char *value = side_alert_words_value (rule, alert->value);
  guint n = (guint) CLAMP (isnan (alert->value) ? 0 : alert->value, 0, G_MAXINT);

  switch (rule->watch)
    {
    case SIDE_ALERT_WAITING:
      return g_strdup_printf (ngettext ("%u caller waits", "%u callers wait", n), n);
    case SIDE_ALERT_SERVICE_LEVEL:
      return g_strdup_printf (_("service level %s"), value);
    case SIDE_ALERT_ABANDONED:
      return g_strdup_printf (_("%s of the callers gave up"), value);
    case SIDE_ALERT_FREE_OPERATORS:
      return n == 0 ? g_strdup (_("no operator is free"))
                    : g_strdup_printf (ngettext ("only %u operator is free", "only %u operators are free", n), n);
    case SIDE_ALERT_OCCUPANCY:
      return g_strdup_printf (_("occupancy %s"), value);
    case SIDE_ALERT_CALLBACKS:
      return g_strdup_printf (ngettext ("%u call-back is overdue", "%u call-backs are overdue", n), n);
    case SIDE_ALERT_STALE:
    case SIDE_ALERT_LONGEST_WAIT:
    case SIDE_ALERT_OPERATOR_STATE:
    case SIDE_N_ALERT_WATCHES:
    default:
      return g_strdup (value);
    }
}

/**
 * side_alert_words_heading:
 * @alert: one that goes on
 * @project: its project on the board
 * @now_ms: the instant the picture is of
 *
 * Returns: (transfer full): what is so: "Orders: a caller has waited 1:12"
 */
char *
side_alert_words_heading (const SideAlert  *alert,
                          SideBoardProject *project,
                          gint64            now_ms)
{
  g_autofree char *what = NULL, *where = NULL;

  g_return_val_if_fail (alert != NULL && project != NULL, NULL);

  if (alert->rule->watch == SIDE_ALERT_LONGEST_WAIT)
    return waits_heading (alert, project, now_ms);
  if (alert->rule->watch == SIDE_ALERT_OPERATOR_STATE)
    return state_heading (alert, project, now_ms);
  if (alert->rule->watch == SIDE_ALERT_STALE)
    return stale_heading (alert, now_ms);
  where = side_alert_words_where (alert->rule, project->config);
  what = plain_heading (alert);
  /* Translators: a queue and what is so in it: "Orders: service level 61 %" */
  return g_strdup_printf (_("%s: %s"), where, what);
}

/**
 * side_alert_words_find_queue:
 * @alert: one that goes on
 * @project: its project on the board
 * @now_ms: the instant the picture is of
 *
 * Returns: (transfer none) (nullable): id of the queue in which it is so, interned: that
 *   of the rule, or of the caller who has waited longest
 */
const char *
side_alert_words_find_queue (const SideAlert  *alert,
                             SideBoardProject *project,
                             gint64            now_ms)
{
  Over over = { NULL, 0 };

  g_return_val_if_fail (alert != NULL && project != NULL, NULL);

  if (alert->rule->queue != NULL)
    return g_intern_string (alert->rule->queue);
  if (alert->rule->watch == SIDE_ALERT_LONGEST_WAIT)
    over = find_over (alert->rule, project, now_ms);
  return over.call != NULL ? over.call->queue : NULL;
}

/**
 * side_alert_words_limit:
 * @alert: one that goes on
 *
 * Returns: (transfer full): the limit it is beyond: "limit 0:45"
 */
char *
side_alert_words_limit (const SideAlert *alert)
{
  g_autofree char *value = NULL;

  g_return_val_if_fail (alert != NULL, NULL);

  value = limit_value (alert->rule, alert->level == SIDE_ALERT_ALARM ? alert->rule->alarm : alert->rule->warning);
  return g_strdup_printf (_("limit %s"), value);
}
