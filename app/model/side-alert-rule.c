/* side-alert-rule.c - when somebody is to be told that it does not go well
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-alert-rule.h"

#include <math.h>

#include "side-error.h"
#include "side-words.h"

static const char *const watches[] = {
  "waiting", "longest-wait", "service-level", "abandoned", "free-operators", "occupancy", "operator-state", "callbacks-overdue", "stale",
};
static const char *const levels[] = { "none", "warning", "alarm" };

SIDE_DEFINE_STRICT_WORDS (SideAlertWatch, side_alert_watch, watches)

G_DEFINE_BOXED_TYPE (SideAlertRule, side_alert_rule, side_alert_rule_ref, side_alert_rule_unref)

/**
 * side_alert_level_to_string:
 * @level: how bad it is
 *
 * Returns: (transfer none): the protocol's word for it
 */
const char *
side_alert_level_to_string (SideAlertLevel level)
{
  g_return_val_if_fail (level <= SIDE_ALERT_ALARM, levels[0]);
  return levels[level];
}

/**
 * side_alert_rule_new:
 * @id: (nullable): UUID
 * @project: (nullable): id of the project
 * @watch: what is watched
 *
 * Returns: (transfer full): a rule for the whole project and all hours, without limits yet
 */
SideAlertRule *
side_alert_rule_new (const char     *id,
                     const char     *project,
                     SideAlertWatch  watch)
{
  SideAlertRule *self = g_new0 (SideAlertRule, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->watch = watch;
  self->warning = self->alarm = NAN;
  self->hours = side_hours_always ();
  return self;
}

SideAlertRule *
side_alert_rule_ref (SideAlertRule *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_alert_rule_unref (SideAlertRule *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->queue);
  g_free (self->title);
  g_free (self);
}

/**
 * side_alert_rule_copy:
 * @self: a rule
 *
 * Returns: (transfer full): another one, all the same
 */
SideAlertRule *
side_alert_rule_copy (const SideAlertRule *self)
{
  SideAlertRule *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  g_atomic_ref_count_init (&copy->ref_count);
  copy->id = g_strdup (self->id);
  copy->project = g_strdup (self->project);
  copy->queue = g_strdup (self->queue);
  copy->title = g_strdup (self->title);
  return copy;
}

/**
 * side_alert_rule_is_below:
 * @self: a rule
 *
 * Returns: whether the figure is the worse the smaller it is
 */
gboolean
side_alert_rule_is_below (const SideAlertRule *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->watch == SIDE_ALERT_SERVICE_LEVEL || self->watch == SIDE_ALERT_FREE_OPERATORS;
}

/**
 * side_alert_rule_is_share:
 * @self: a rule
 *
 * Returns: whether the figure is a share of a period, in per cent
 */
gboolean
side_alert_rule_is_share (const SideAlertRule *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->watch == SIDE_ALERT_SERVICE_LEVEL || self->watch == SIDE_ALERT_ABANDONED || self->watch == SIDE_ALERT_OCCUPANCY;
}

/**
 * side_alert_rule_is_passed:
 * @self: a rule
 * @limit: one of its limits, or NaN
 * @value: the figure, or NaN
 *
 * Returns: whether @value is beyond @limit; at it, it is not
 */
gboolean
side_alert_rule_is_passed (const SideAlertRule *self,
                           double               limit,
                           double               value)
{
  if (isnan (limit) || isnan (value))
    return FALSE;
  return side_alert_rule_is_below (self) ? value < limit : value > limit;
}

/* Whether what was beyond @limit before is so still: it has to come back by more than the hysteresis. */
static gboolean
is_kept (const SideAlertRule *self,
         double               limit,
         double               value)
{
  if (isnan (limit) || isnan (value))
    return FALSE;
  return side_alert_rule_is_below (self) ? value < limit + self->back : value > limit - self->back;
}

/**
 * side_alert_rule_judge:
 * @self: a rule
 * @before: how bad it was at the last look
 * @value: the figure now, NaN where there is none
 *
 * Returns: how bad it is. A figure that is none ends it
 */
SideAlertLevel
side_alert_rule_judge (const SideAlertRule *self,
                       SideAlertLevel       before,
                       double               value)
{
  g_return_val_if_fail (self != NULL, SIDE_ALERT_NONE);

  if (side_alert_rule_is_passed (self, self->alarm, value)
      || (before == SIDE_ALERT_ALARM && is_kept (self, self->alarm, value)))
    return SIDE_ALERT_ALARM;
  if (side_alert_rule_is_passed (self, self->warning, value)
      || (before != SIDE_ALERT_NONE && is_kept (self, self->warning, value)))
    return SIDE_ALERT_WARNING;
  return SIDE_ALERT_NONE;
}

static gboolean
is_limit (double value)
{
  return isnan (value) || (value >= 0 && value <= SIDE_ALERT_MAX_LIMIT);
}

/* Whether the figure can be on either side of a limit, and far enough behind it again. */
static gboolean
can_be_over (const SideAlertRule *self,
             double               limit)
{
  if (isnan (limit))
    return TRUE;
  if (!side_alert_rule_is_below (self))
    return limit - self->back >= 0;
  return limit > 0 && (!side_alert_rule_is_share (self) || limit + self->back <= 100);
}

static const char *
find_fault (const SideAlertRule *self)
{
  gboolean both = !isnan (self->warning) && !isnan (self->alarm);

  if (isnan (self->warning) && isnan (self->alarm))
    return "the rule has no limit: “warning” or “alarm” is needed";
  if (!is_limit (self->warning) || !is_limit (self->alarm))
    return "a limit is not from 0 to 1000000";
  if (side_alert_rule_is_share (self) && (self->warning > 100 || self->alarm > 100))
    return "a limit in per cent is more than 100";
  if (both && side_alert_rule_is_passed (self, self->alarm, self->warning))
    return "the limit of the warning is beyond that of the alarm: it would never be passed alone";
  if (!(self->back >= 0 && self->back <= SIDE_ALERT_MAX_LIMIT))
    return "“back” is not from 0 to 1000000";
  if (!can_be_over (self, self->warning) || !can_be_over (self, self->alarm))
    return "with this limit and “back” the alert could never begin, or never be over";
  if (self->hold_s < 0 || self->hold_s > SIDE_ALERT_MAX_HOLD_S)
    return "“hold_s” is not from 0 to 3600";
  if (self->minutes < 0 || self->minutes > SIDE_ALERT_MAX_MINUTES)
    return "“minutes” is not from 0 to 1440";
  if (self->least < 0 || self->least > SIDE_ALERT_MAX_LEAST)
    return "“least” is not from 0 to 10000";
  if (self->watch == SIDE_ALERT_OPERATOR_STATE && (self->state == SIDE_OPERATOR_UNKNOWN || self->state == SIDE_OPERATOR_OFF))
    return "the rule for a state does not say for which";
  if (side_hours_is_empty (&self->hours))
    return "the rule has no hours";
  return NULL;
}

/**
 * side_alert_rule_check:
 * @self: a rule that somebody wrote
 * @error: SIDE_ERROR_INVALID, saying what is wrong with it
 *
 * Returns: whether it can be watched
 */
gboolean
side_alert_rule_check (const SideAlertRule  *self,
                       GError              **error)
{
  const char *fault;

  g_return_val_if_fail (self != NULL, FALSE);
  fault = find_fault (self);
  if (fault != NULL)
    g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, fault);
  return fault == NULL;
}
