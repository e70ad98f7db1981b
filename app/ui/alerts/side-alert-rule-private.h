/* side-alert-rule-private.h - what the dialog of a rule of alerts is made of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the files of that dialog alone.
 */
#pragma once

#include "side-alert-rule-dialog.h"

G_BEGIN_DECLS

typedef enum {
  FIELD_LEAST,
  FIELD_MINUTES,
  FIELD_WARNING,
  FIELD_ALARM,
  FIELD_BACK,
  FIELD_HOLD,
  FIELD_DAYS,
  FIELD_FROM,
  FIELD_TO,
  FIELD_TITLE,
  N_FIELDS,
} FieldId;

typedef enum {
  UNIT_TIME,
  UNIT_SHARE,
  UNIT_COUNT,
} SideAlertUnit;

#define SIDE_N_ALERT_RULE_STATES 5

struct _SideAlertRuleDialog
{
  AdwWindow        parent_instance;
  GtkWidget       *watch;
  GtkWidget       *state;
  GtkWidget       *queue;
  GtkWidget       *when;
  GtkWidget       *days[7];
  GtkWidget       *entries[N_FIELDS];      /* of the days: their row */
  GtkWidget       *faults[N_FIELDS];       /* rows */
  GtkWidget       *fault_words[N_FIELDS];
  GtkWidget       *failure;
  GtkWidget       *sentence;
  GtkWidget       *save_button;
  SideAlertShelf  *shelf;
  SideAlertRule   *rule;                   /* as it was */
  GPtrArray       *queues;                 /* ids in the order of the choice, the first NULL for all */
  gboolean         known;
  gboolean         judged;                 /* faults are shown, and as it is typed they go */
  gboolean         filling;
  gboolean         typed[N_FIELDS];
};

/* In the order of the choice. */
extern const SideOperatorState side_alert_rule_states[SIDE_N_ALERT_RULE_STATES];

SideAlertUnit   side_alert_rule_unit       (SideAlertWatch watch);
gboolean        side_alert_rule_comes_back (SideAlertWatch watch);
SideAlertWatch  side_alert_rule_get_watch  (SideAlertRuleDialog *self);
const char     *side_alert_rule_read_limit (SideAlertRuleDialog *self, FieldId field, SideAlertWatch watch, double *value);
SideAlertRule  *side_alert_rule_read       (SideAlertRuleDialog *self, const char **faults);

G_END_DECLS
