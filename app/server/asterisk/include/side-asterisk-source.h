/* side-asterisk-source.h - an Asterisk as a source of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-asterisk-settings.h"
#include "side-clock.h"
#include "side-source.h"

G_BEGIN_DECLS

#define SIDE_TYPE_ASTERISK_SOURCE (side_asterisk_source_get_type ())
G_DECLARE_FINAL_TYPE (SideAsteriskSource, side_asterisk_source, SIDE, ASTERISK_SOURCE, GObject)

SideAsteriskSource *side_asterisk_source_new         (const SideAsteriskSettings *settings, SideClock *clock);
guint64             side_asterisk_source_get_refused (SideAsteriskSource *self);

G_END_DECLS
