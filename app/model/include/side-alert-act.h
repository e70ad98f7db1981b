/* side-alert-act.h - what somebody did about an alert
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An alert is reckoned by every app for itself, from the board and the rules,
 * and written down nowhere. What a person did about it is: it is the same for
 * all who look.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _SideAlertAct SideAlertAct;

/**
 * SideAlertAct: somebody saw an alert and took it on, or does not want to hear
 * of its rule for a time.
 * @id: UUID
 * @project: id of its project
 * @rule: UUID of the rule
 * @operator_id: (nullable): whom the alert is about
 * @author: account of who did it
 * @note: (nullable): what they say to it
 * @at_ms: when; it is about the alert that went on then
 * @until_ms: until when nobody is told of the rule; 0: it was only acknowledged
 */
struct _SideAlertAct
{
  gatomicrefcount  ref_count;
  char            *id;
  char            *project;
  char            *rule;
  char            *operator_id;
  char            *author;
  char            *note;
  gint64           at_ms;
  gint64           until_ms;
};

/* The longest that one can keep a rule quiet: until the same time tomorrow. */
#define SIDE_ALERT_MAX_SNOOZE_MS G_GINT64_CONSTANT (86400000)

#define SIDE_TYPE_ALERT_ACT (side_alert_act_get_type ())
GType         side_alert_act_get_type (void);

SideAlertAct *side_alert_act_new      (const char *id, const char *project, const char *rule, gint64 at_ms);
SideAlertAct *side_alert_act_ref      (SideAlertAct *self);
void          side_alert_act_unref    (SideAlertAct *self);
gboolean      side_alert_act_is_about (const SideAlertAct *self, const char *rule, const char *operator_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAlertAct, side_alert_act_unref)

G_END_DECLS
