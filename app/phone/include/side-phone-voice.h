/* side-phone-voice.h - what is said in a test call, as sound
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A text spoken by a synthesiser that is installed, a recorded line of a scenario,
 * or a sound file, as a clip for side_call_media_say(): 16 bits, one channel, SIDE_PHONE_RATE.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Of a text, and of a file in ms. */
#define SIDE_PHONE_VOICE_MAX_TEXT 4000
#define SIDE_PHONE_CLIP_MAX_MS    (10 * 60 * 1000)

void    side_phone_voice_speak_async  (const char *text, const char *language, gboolean female, GCancellable *cancellable,
                                       GAsyncReadyCallback callback, gpointer user_data);
GBytes *side_phone_voice_speak_finish (GAsyncResult *result, GError **error);

void    side_phone_clip_load_async    (const char *path, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *side_phone_clip_load_finish   (GAsyncResult *result, GError **error);

void    side_phone_clip_decode_async  (const char *sound, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data);
GBytes *side_phone_clip_decode_finish (GAsyncResult *result, GError **error);

gint64  side_phone_clip_get_length_ms (GBytes *clip);

G_END_DECLS
