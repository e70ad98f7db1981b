/* side-asterisk-tracker.h - what Asterisk tells, turned into what happened
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tracker is given the manager's events, the lines of queue_log and the
 * answers to QueueStatus, and makes the domain's events of them. It does no
 * input or output and asks no clock, so that a capture replays through it.
 *
 * A leg is one visit of one queue by one caller; its id is
 * "UNIQUEID:QUEUE:VISIT" with visits counted from 1, the same whichever of the
 * three told of it. So they may tell the same thing in any order: a step that
 * was taken before is not taken twice. An operator is known by the member's
 * name where the queue gives one, else by the interface; the id is made of it
 * and always the same, but does not tell it.
 */
#pragma once

#include "side-act.h"
#include "side-ami-reader.h"
#include "side-call.h"
#include "side-event.h"
#include "side-project.h"
#include "side-queue-log.h"

G_BEGIN_DECLS

/**
 * SideRecordingState: how sure it is that a recording's file is complete.
 * @SIDE_RECORDING_CLOSED: the channel was hung up
 * @SIDE_RECORDING_LIKELY: queue_log says that the call ended
 * @SIDE_RECORDING_OPEN: the leg ended, the channel may go on
 */
typedef enum {
  SIDE_RECORDING_CLOSED,
  SIDE_RECORDING_LIKELY,
  SIDE_RECORDING_OPEN,
} SideRecordingState;

/**
 * SideAsteriskTrackerFuncs:
 * @event: something happened
 * @recording: the recording of an answered leg lies at @path, soon complete
 * @suspect: an event was refused; what the PBX really does should be asked
 * @claim: (nullable): a leg came with the header of the test call @test, a UUID that anybody may have made up
 */
typedef struct {
  void (*event)     (SideEvent *event, gpointer data);
  void (*recording) (const char *project, const char *call, const char *path,
                     SideRecordingState state, gpointer data);
  void (*suspect)   (const char *why, gpointer data);
  void (*claim)     (const char *project, const char *call, const char *test, gpointer data);
} SideAsteriskTrackerFuncs;

typedef struct _SideAsteriskTracker SideAsteriskTracker;

SideAsteriskTracker *side_asterisk_tracker_new            (GPtrArray *projects,
                                                           const SideAsteriskTrackerFuncs *funcs, gpointer data);
void                 side_asterisk_tracker_free           (SideAsteriskTracker *self);
void                 side_asterisk_tracker_set_system     (SideAsteriskTracker *self, const char *name);
void                 side_asterisk_tracker_set_template   (SideAsteriskTracker *self, const char *recording);
void                 side_asterisk_tracker_set_quiet      (SideAsteriskTracker *self, gboolean quiet);
void                 side_asterisk_tracker_set_live       (SideAsteriskTracker *self, gboolean live, gint64 now_ms);

void                 side_asterisk_tracker_message        (SideAsteriskTracker *self, const SideAmiMessage *message, gint64 now_ms);
void                 side_asterisk_tracker_log            (SideAsteriskTracker *self, SideQueueLogEntry *entry, gint64 now_ms);
void                 side_asterisk_tracker_restore        (SideAsteriskTracker *self, const SideCall *call);
void                 side_asterisk_tracker_status_begin   (SideAsteriskTracker *self, gint64 now_ms);
void                 side_asterisk_tracker_status_item    (SideAsteriskTracker *self, const SideAmiMessage *item, gint64 now_ms);
void                 side_asterisk_tracker_status_end     (SideAsteriskTracker *self, gint64 broken_ms, gint64 now_ms);
void                 side_asterisk_tracker_tick           (SideAsteriskTracker *self, gint64 now_ms);
gint64               side_asterisk_tracker_next_due       (SideAsteriskTracker *self);

void                 side_asterisk_tracker_retell         (SideAsteriskTracker *self);

gboolean             side_asterisk_tracker_may_show       (SideAsteriskTracker *self, const char *call);
guint                side_asterisk_tracker_count_legs     (SideAsteriskTracker *self);
guint64              side_asterisk_tracker_get_refused    (SideAsteriskTracker *self);

gboolean             side_asterisk_tracker_has_aim        (SideAsteriskTracker *self, const SideAct *act);
void                 side_asterisk_tracker_hung_up        (SideAsteriskTracker *self, const char *call);
char                *side_asterisk_tracker_find_unnamed   (SideAsteriskTracker *self, const SideAct *act);
char                *side_asterisk_tracker_find_channel   (SideAsteriskTracker *self, const SideAct *act, GError **error);
char                *side_asterisk_read_channel           (const SideAmiMessage *item, const char *uniqueid);
GPtrArray           *side_asterisk_tracker_find_places    (SideAsteriskTracker *self, const SideAct *act, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideAsteriskTracker, side_asterisk_tracker_free)

G_END_DECLS
