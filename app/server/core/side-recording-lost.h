/* side-recording-lost.h - which files hold the waiting of callers who were lost
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A dialplan that records from before the queue leaves a file of everybody who
 * hung up waiting. The archive has their calls, though without a recording.
 */
#pragma once

#include "side-archive-store.h"

G_BEGIN_DECLS

typedef struct _SideRecordingLost SideRecordingLost;

SideRecordingLost *side_recording_lost_new  (GPtrArray *names, SideArchiveStore *store, gint64 from_ms, GError **error);
gboolean           side_recording_lost_has  (SideRecordingLost *self, const char *name);
void               side_recording_lost_free (SideRecordingLost *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideRecordingLost, side_recording_lost_free)

G_END_DECLS
