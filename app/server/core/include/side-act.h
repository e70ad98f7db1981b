/* side-act.h - an action on its way to the source that can do it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a source is given has passed the rights of whoever asked. It names its
 * aim by the ids the source itself told of, from which the source finds its
 * own words (a channel, an interface); of what a person wrote it holds the
 * text of a pause alone.
 */
#pragma once

#include "side-error.h"
#include "side-wire-actions.h"

G_BEGIN_DECLS

/* The words of the configuration: each allows one action, "pause" its end too. */
typedef guint SideActions;
#define SIDE_ACTIONS_NONE 0u
#define SIDE_ACTIONS_BIT(kind) (1u << (kind))

gboolean side_actions_allow (SideActions allowed, SideActionKind kind);

/**
 * SideAct: what is to be done.
 * @project: in which project
 * @call: (nullable): id of the leg, for those on a call
 * @operator_id: (nullable): for the others
 * @queue: (nullable): only in this queue
 * @phone: (nullable): the channel to call for those that need one; from the
 *   configuration, and of side_phone_is_fine()
 * @text: (nullable): what a pause shows
 */
typedef struct {
  SideActionKind  kind;
  char           *project;
  char           *call;
  char           *operator_id;
  char           *queue;
  char           *phone;
  char           *text;
} SideAct;

SideAct  *side_act_new         (SideActionKind kind, const char *project);
SideAct  *side_act_copy        (const SideAct *self);
void      side_act_free        (SideAct *self);
GError   *side_act_doubt       (SideError code, const char *words);
gboolean  side_act_is_in_doubt (const GError *error);
GError   *side_hurdle_error    (SideHurdle hurdle, SideActionKind kind);
gboolean  side_phone_is_fine   (const char *channel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAct, side_act_free)

G_END_DECLS
