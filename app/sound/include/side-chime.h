/* side-chime.h - a short sound that calls for somebody
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Main thread only.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SideChime:
 * @SIDE_CHIME_BELL: a bell that fades
 * @SIDE_CHIME_RISING: three rising tones
 * @SIDE_CHIME_URGENT: two tones in turn, several times
 */
typedef enum {
  SIDE_CHIME_BELL,
  SIDE_CHIME_RISING,
  SIDE_CHIME_URGENT,
  SIDE_N_CHIMES,
} SideChime;

#define SIDE_CHIME_RATE 48000   /* Hz */

float    *side_chime_new_samples (SideChime chime, gsize *n);
void      side_chime_play_async  (SideChime chime, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean  side_chime_play_finish (GAsyncResult *result, GError **error);

G_END_DECLS
