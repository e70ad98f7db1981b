/* side-sound-file.h - opens any sound file libsndfile reads
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The one place where a file becomes a decoder, so that the player and the
 * peaks refuse the same files with the same words.
 */
#pragma once

#include <gio/gio.h>
#include <sndfile.h>

G_BEGIN_DECLS

/* More would mean nothing here, and a forged header could ask for 1024. */
#define SIDE_SOUND_MAX_CHANNELS 8
#define SIDE_SOUND_MAX_RATE     768000   /* buffers are sized by it */

SNDFILE *side_sound_file_open (const char  *path,
                               SF_INFO     *info,
                               GError     **error);
SNDFILE *side_sound_file_open_seekable (const char  *path,
                                        SF_INFO     *info,
                                        GError     **error);
void     side_sound_file_stamp (const char *path,
                                guint64    *size,
                                gint64     *mtime_us);

G_END_DECLS
