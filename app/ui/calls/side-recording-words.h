/* side-recording-words.h - why a recording cannot be heard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call.h"

G_BEGIN_DECLS

const char *side_recording_words_missing   (const SideCall *call,
                                            gint64          now_ms);
const char *side_recording_words_lost    (void);
const char *side_recording_words_error     (const GError   *error);

G_END_DECLS
