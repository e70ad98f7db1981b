/* side-phone-recorder.h - the recording of a test call, which survives the program
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A WAV file of two channels, ours left and the far side's right, under the
 * name with ".part" behind it until it is finished. Its lengths are put right
 * every second and are on the disk then: what is left of it after a crash or a
 * power cut is a recording that only wants its name. One thread at a time.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIDE_PHONE_RECORDER_PART ".part"

typedef struct _SidePhoneRecorder SidePhoneRecorder;

/**
 * SidePhoneRecovered: a recording whose program died.
 * @path: where it is now; where it would have been, without any sound
 * @duration_ms: how much of it there is; 0 where no sound came, and there is no file
 * @ended_ms: instant its last piece was written, within a second of when it broke off
 */
typedef struct {
  char   *path;
  gint64  duration_ms;
  gint64  ended_ms;
} SidePhoneRecovered;

SidePhoneRecorder *side_phone_recorder_new    (const char *path, guint rate, GError **error);
gboolean           side_phone_recorder_write  (SidePhoneRecorder *self, const gint16 *ours, const gint16 *theirs, gsize n,
                                               GError **error);
gboolean           side_phone_recorder_finish (SidePhoneRecorder *self, GError **error);
void               side_phone_recorder_free   (SidePhoneRecorder *self);
gint64             side_phone_recorder_get_duration_ms (const SidePhoneRecorder *self);

GPtrArray         *side_phone_recordings_recover (const char *folder, GError **error);
void               side_phone_recovered_free  (SidePhoneRecovered *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePhoneRecorder, side_phone_recorder_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePhoneRecovered, side_phone_recovered_free)

G_END_DECLS
