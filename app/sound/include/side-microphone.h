/* side-microphone.h - a line that somebody says into the microphone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One line at a time, into memory. Main context only; the device is opened, read
 * and closed in threads of its own.
 */
#pragma once

#include <gio/gio.h>

#include "side-prompt-sound.h"

G_BEGIN_DECLS

#define SIDE_MICROPHONE_RATE SIDE_STEP_RATE   /* Hz, of what is recorded */

#define SIDE_TYPE_MICROPHONE (side_microphone_get_type ())
G_DECLARE_FINAL_TYPE (SideMicrophone, side_microphone, SIDE, MICROPHONE, GObject)

/* Signals:
 *   ::level (double peak)      ten times a second while it listens: the loudest since, 0..1
 *   ::full ()                  the longest line there may be was said; it is to be stopped
 *   ::failed (GError *error)   it cannot be heard, or not any more; it listens no longer
 */

SideMicrophone *side_microphone_new            (void);
void            side_microphone_start          (SideMicrophone *self, const char *device);
float          *side_microphone_stop           (SideMicrophone *self, gsize *n);
gboolean        side_microphone_is_on          (SideMicrophone *self);
gint64          side_microphone_get_length_ms  (SideMicrophone *self);

G_END_DECLS
