/* side-recording-keeper.h - publishes recordings once they are final
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A PBX still writes a recording when the call has ended. The keeper waits
 * until the file has not changed for half a second, then finds out what will
 * be served. Files are touched only in its own threads.
 */
#pragma once

#include "side-archive-store.h"

G_BEGIN_DECLS

#define SIDE_RECORDING_STABLE_MS 500
#define SIDE_RECORDING_WAIT_MS   60000   /* given up when it still grows, or is not there */

#define SIDE_TYPE_RECORDING_KEEPER (side_recording_keeper_get_type ())
G_DECLARE_FINAL_TYPE (SideRecordingKeeper, side_recording_keeper, SIDE, RECORDING_KEEPER, GObject)

SideRecordingKeeper *side_recording_keeper_new            (const char *const *folders);
const char *const   *side_recording_keeper_get_folders    (SideRecordingKeeper *self);
void                 side_recording_keeper_publish_async  (SideRecordingKeeper *self, const char *id, const char *project,
                                                           const char *call, const char *path, int channels_hint, GCancellable *cancellable,
                                                           GAsyncReadyCallback callback, gpointer user_data);
SideRecording       *side_recording_keeper_publish_finish (SideRecordingKeeper *self, GAsyncResult *result, GError **error);

G_END_DECLS
