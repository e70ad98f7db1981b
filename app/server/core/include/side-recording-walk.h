/* side-recording-walk.h - which files lie in the recordings folders and belong to no call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two steps, each of which blocks and belongs into a thread: the folders are
 * gone through within bounds, then what the archive knows of is taken away.
 */
#pragma once

#include "side-archive-store.h"

G_BEGIN_DECLS

/* A younger file may be of a call that goes on, or not be published yet. */
#define SIDE_RECORDING_WALK_AGE_MS (60 * 60 * G_GINT64_CONSTANT (1000))

/**
 * SideWalkBounds: where going through the folders ends.
 * @entries: files and folders looked at
 * @ms: time
 * @files: sound files of the period, those of calls among them
 * @depth: folders within folders
 */
typedef struct {
  guint  entries;
  gint64 ms;
  guint  files;
  guint  depth;
} SideWalkBounds;

typedef struct _SideRecordingWalk SideRecordingWalk;

const SideWalkBounds *side_recording_walk_usual_bounds (void);
SideRecordingWalk    *side_recording_walk_run          (const char *const    *folders,
                                                        gint64                from_ms,
                                                        gint64                to_ms,
                                                        gint64                now_ms,
                                                        const SideWalkBounds *bounds);
SideUnmatched        *side_recording_walk_settle       (SideRecordingWalk    *self,
                                                        SideArchiveStore     *store,
                                                        guint                 limit,
                                                        GError              **error);
void                  side_recording_walk_free         (SideRecordingWalk    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideRecordingWalk, side_recording_walk_free)

G_END_DECLS
