/* side-alert-act.c - what somebody did about an alert
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-alert-act.h"

G_DEFINE_BOXED_TYPE (SideAlertAct, side_alert_act, side_alert_act_ref, side_alert_act_unref)

/**
 * side_alert_act_new:
 * @id: (nullable): UUID
 * @project: (nullable): id of the project
 * @rule: (nullable): UUID of the rule
 * @at_ms: when
 *
 * Returns: (transfer full): an acknowledgement by nobody yet
 */
SideAlertAct *
side_alert_act_new (const char *id,
                    const char *project,
                    const char *rule,
                    gint64      at_ms)
{
  SideAlertAct *self = g_new0 (SideAlertAct, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->id = g_strdup (id);
  self->project = g_strdup (project);
  self->rule = g_strdup (rule);
  self->at_ms = at_ms;
  return self;
}

SideAlertAct *
side_alert_act_ref (SideAlertAct *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_alert_act_unref (SideAlertAct *self)
{
  g_return_if_fail (self != NULL);
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->id);
  g_free (self->project);
  g_free (self->rule);
  g_free (self->operator_id);
  g_free (self->author);
  g_free (self->note);
  g_free (self);
}

/**
 * side_alert_act_is_about:
 * @self: an act
 * @rule: UUID of a rule
 * @operator_id: (nullable): whom an alert of it is about
 *
 * Returns: whether it was done about such an alert, at whatever time
 */
gboolean
side_alert_act_is_about (const SideAlertAct *self,
                         const char         *rule,
                         const char         *operator_id)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return g_strcmp0 (self->rule, rule) == 0 && g_strcmp0 (self->operator_id, operator_id) == 0;
}
