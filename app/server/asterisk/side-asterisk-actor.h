/* side-asterisk-actor.h - does at an Asterisk what a supervisor asks for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to SideAsteriskSource, whose client and tracker it uses: QueuePause,
 * Hangup, and Originate with ChanSpy. It sends nothing but these three, and
 * Status and Getvar to learn in which channel a call is.
 */
#pragma once

#include "side-asterisk-settings.h"
#include "side-asterisk-tracker.h"

G_BEGIN_DECLS

typedef struct _SideAsteriskActor SideAsteriskActor;

SideAsteriskActor *side_asterisk_actor_new        (const SideAsteriskSettings *settings, SideAmiClient *client,
                                                   SideAsteriskTracker *tracker);
void               side_asterisk_actor_free       (SideAsteriskActor *self);
void               side_asterisk_actor_connected  (SideAsteriskActor *self);
void               side_asterisk_actor_broken     (SideAsteriskActor *self);
void               side_asterisk_actor_message    (SideAsteriskActor *self, const SideAmiMessage *message);

SideActions        side_asterisk_actor_read_rights (const SideAmiMessage *commands);
SideHurdle         side_asterisk_actor_get_hurdle (SideAsteriskActor *self, const char *project, SideActionKind kind);
void               side_asterisk_actor_act        (SideAsteriskActor *self, const SideAct *act, GTask *task);

G_END_DECLS
