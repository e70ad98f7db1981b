/* side-recording-file.h - a recording's bytes as they are served
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file of the PBX is never changed. What is served has the same length:
 * a header that says the truth in place of the file's own, and where the file
 * was recorded on the customer's channel the sides exchanged, so that the
 * operator is always left. All functions block.
 */
#pragma once

#include "side-archive-store.h"

G_BEGIN_DECLS

int      side_recording_file_open    (const char *const *folders, const char *path, GError **error);
gboolean side_recording_file_inspect (SideRecording *recording, int fd, int channels_hint, GError **error);
gboolean side_recording_file_check   (const SideRecording *recording, int fd, GError **error);
GBytes  *side_recording_file_read    (const SideRecording *recording, int fd, gint64 offset, gsize len, GError **error);

G_END_DECLS
