/* side-prompt-sound.h - a short recording that travels inside a document
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How an announcement should sound, or a line that is played in a call: Ogg Opus,
 * one channel, as base64. Every function blocks on the disk or on the decoder: for
 * worker threads.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIDE_PROMPT_SOUND_MAX_MS 30000   /* at 12 kbit/s this is as much as one text of a document holds */
#define SIDE_STEP_RATE           16000   /* Hz, of a line: what a call carries */

char  *side_prompt_sound_new  (const char *path, gint64 from_ms, gint64 to_ms, char **sha256, GError **error);
char  *side_prompt_sound_new_of (const char *path, int channel, gint64 from_ms, gint64 to_ms, char **sha256, GError **error);
float *side_prompt_sound_read (const char *sound, gsize *n, GError **error);
float *side_prompt_sound_read_file (const char *path, int channel, gint64 max_ms, gsize *n, GError **error);

char  *side_step_sound_new    (const char *path, gint64 from_ms, gint64 to_ms, char **sha256, GError **error);
char  *side_step_sound_new_of (const float *samples, gsize n, char **sha256, GError **error);
float *side_step_sound_read   (const char *sound, gsize *n, GError **error);

G_END_DECLS
