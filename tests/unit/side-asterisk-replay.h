/* side-asterisk-replay.h - replays captured manager traffic through the tracker
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the tracker tells becomes one short line an event, so that a test can
 * say what it expects as a list of lines.
 */
#pragma once

#include "side-asterisk-tracker.h"

G_BEGIN_DECLS

typedef struct {
  GPtrArray           *projects;
  SideAsteriskTracker *tracker;
  GPtrArray           *events;      /* of SideEvent */
  GPtrArray           *recordings;  /* of char *: "PROJECT CALL PATH STATE" */
  GPtrArray           *claims;      /* of char *: "PROJECT CALL TEST" */
  guint                suspicions;
  gint64               now_ms;
  goffset              log_offset;
} SideReplay;

SideReplay *side_replay_new       (void);
void        side_replay_free      (SideReplay *self);
char       *side_replay_load      (const char *name, gsize *length);
guint       side_replay_bytes     (SideReplay *self, const char *bytes, gsize length);
void        side_replay_file      (SideReplay *self, const char *name);
void        side_replay_log       (SideReplay *self, const char *lines);
char       *side_replay_story     (SideReplay *self, gboolean calls_only);
char       *side_replay_describe  (const SideEvent *event);
void        side_replay_forget    (SideReplay *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideReplay, side_replay_free)

G_END_DECLS
