/* side-alert-rule.h - when somebody is to be told that it does not go well
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One rule watches one figure of a project or of one of its queues. Past its
 * limits it warns, or alarms; it is over when the figure is back by more than
 * the hysteresis, so that one that hovers about a limit does not ring all day.
 */
#pragma once

#include <glib-object.h>

#include "side-enums.h"
#include "side-hours.h"

G_BEGIN_DECLS

/**
 * SideAlertWatch: what is watched. Limits are in seconds where it is a time,
 * in per cent where it is a share, else a count.
 * @SIDE_ALERT_WAITING: callers waiting now
 * @SIDE_ALERT_LONGEST_WAIT: how long one of them has waited, seconds
 * @SIDE_ALERT_SERVICE_LEVEL: per cent; the fewer the worse
 * @SIDE_ALERT_ABANDONED: per cent of the offered
 * @SIDE_ALERT_FREE_OPERATORS: who are ready; the fewer the worse
 * @SIDE_ALERT_OCCUPANCY: per cent
 * @SIDE_ALERT_OPERATOR_STATE: how long an operator has been in a state, seconds; each for themselves
 * @SIDE_ALERT_CALLBACKS: call-backs that are overdue
 * @SIDE_ALERT_STALE: how long nothing was heard of the exchange, seconds
 */
typedef enum {
  SIDE_ALERT_WAITING,
  SIDE_ALERT_LONGEST_WAIT,
  SIDE_ALERT_SERVICE_LEVEL,
  SIDE_ALERT_ABANDONED,
  SIDE_ALERT_FREE_OPERATORS,
  SIDE_ALERT_OCCUPANCY,
  SIDE_ALERT_OPERATOR_STATE,
  SIDE_ALERT_CALLBACKS,
  SIDE_ALERT_STALE,
  SIDE_N_ALERT_WATCHES,
} SideAlertWatch;

typedef enum {
  SIDE_ALERT_NONE,
  SIDE_ALERT_WARNING,
  SIDE_ALERT_ALARM,
} SideAlertLevel;

typedef struct _SideAlertRule SideAlertRule;

/**
 * SideAlertRule:
 * @id: UUID
 * @queue: (nullable): id of a queue; %NULL for all of the project
 * @state: which state is watched, of %SIDE_ALERT_OPERATOR_STATE
 * @minutes: over how many last minutes a share is counted; 0 for today
 * @least: how many calls there must be for a share to say anything
 * @warning, @alarm: limits; beyond them, not at them, it is so. NaN for none; one there is
 * @back: hysteresis, in the limit's unit, 0 or more: so far behind a limit it must be to be over
 * @hold_s: for how many seconds it must be so before anybody is told
 * @hours: when it is watched, by the project's clock
 * @off: it is not watched for now
 */
struct _SideAlertRule
{
  gatomicrefcount    ref_count;
  char              *id;
  char              *project;
  char              *queue;
  char              *title;      /* nullable */
  SideAlertWatch     watch;
  SideOperatorState  state;
  int                minutes;
  int                least;
  double             warning;
  double             alarm;
  double             back;
  int                hold_s;
  SideHours          hours;
  gboolean           off;
};

#define SIDE_ALERT_MAX_MINUTES 1440
#define SIDE_ALERT_MAX_LEAST   10000
#define SIDE_ALERT_MAX_LIMIT   1e6
#define SIDE_ALERT_MAX_HOLD_S  3600

#define SIDE_TYPE_ALERT_RULE (side_alert_rule_get_type ())
GType          side_alert_rule_get_type   (void);

SideAlertRule *side_alert_rule_new        (const char *id, const char *project, SideAlertWatch watch);
SideAlertRule *side_alert_rule_ref        (SideAlertRule *self);
void           side_alert_rule_unref      (SideAlertRule *self);
SideAlertRule *side_alert_rule_copy       (const SideAlertRule *self);
gboolean       side_alert_rule_check      (const SideAlertRule *self, GError **error);
gboolean       side_alert_rule_is_below   (const SideAlertRule *self);
gboolean       side_alert_rule_is_share   (const SideAlertRule *self);
gboolean       side_alert_rule_is_passed  (const SideAlertRule *self, double limit, double value);
SideAlertLevel side_alert_rule_judge      (const SideAlertRule *self, SideAlertLevel before, double value);

const char    *side_alert_watch_to_string   (SideAlertWatch watch);
gboolean       side_alert_watch_from_string (const char *word, SideAlertWatch *watch);
const char    *side_alert_level_to_string   (SideAlertLevel level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAlertRule, side_alert_rule_unref)

G_END_DECLS
