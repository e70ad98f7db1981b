/* side-actions.h - what a supervisor may do at the call centre, and doing it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"
#include "side-wire-actions.h"

G_BEGIN_DECLS

/* Signals:
 *   changed ()   what may be done is known, or is another now */
#define SIDE_TYPE_ACTIONS (side_actions_get_type ())
G_DECLARE_FINAL_TYPE (SideActions, side_actions, SIDE, ACTIONS, GObject)

SideActions     *side_actions_new          (SideDesk *desk);
SideDesk        *side_actions_get_desk     (SideActions *self);
gboolean         side_actions_are_for_user (SideActions *self);
void             side_actions_refresh      (SideActions *self);
const GError    *side_actions_get_error    (SideActions *self);
gboolean         side_actions_get_hurdle   (SideActions *self, SideActionKind kind, SideHurdle *hurdle);
const GPtrArray *side_actions_get_breaks   (SideActions *self);
const char      *side_actions_get_phone    (SideActions *self);
char           **side_actions_dup_reasons  (SideActions *self, SideActionKind kind);
void             side_actions_do_async     (SideActions *self, const SideActionRequest *request, GAsyncReadyCallback callback, gpointer user_data);
SideActionDone  *side_actions_do_finish    (SideActions *self, GAsyncResult *result, GError **error);

G_END_DECLS
