/* side-asterisk-recorder.h - waits until a recording's file is complete
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asterisk does not tell when MixMonitor closed its file. A file is taken for
 * complete when it has not grown for a while; how long depends on how sure it
 * is that the channel is gone.
 */
#pragma once

#include "side-asterisk-tracker.h"

G_BEGIN_DECLS

typedef struct _SideAsteriskRecorder SideAsteriskRecorder;

typedef void (*SideAsteriskRecorderFunc) (const char *project, const char *call, const char *path, gpointer data);

SideAsteriskRecorder *side_asterisk_recorder_new   (SideAsteriskRecorderFunc func, gpointer data);
void                  side_asterisk_recorder_free  (SideAsteriskRecorder *self);
void                  side_asterisk_recorder_watch (SideAsteriskRecorder *self, const char *project, const char *call,
                                                    const char *path, SideRecordingState state);

G_END_DECLS
