/* side-place.h - a moment of a call that somebody is sent to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Wherever a place in a recording is named, the window takes one there by its
 * action win.show-call-at; SidePlaceFinder waits for the recording.
 */
#pragma once

#include "side-player.h"
#include "side-waveform.h"

G_BEGIN_DECLS

/* The argument of win.show-call-at: id of the call, from_ms, to_ms, hear. */
#define SIDE_PLACE_TYPE "(sxxb)"

/**
 * SidePlace:
 * @from_ms: position in the recording
 * @to_ms: end of the span; @from_ms or less for a point
 * @hear: it is played, up to the end of the span
 */
typedef struct {
  gint64   from_ms;
  gint64   to_ms;
  gboolean hear;
} SidePlace;

gboolean   side_place_show     (GtkWidget  *widget, const char *call, gint64 from_ms, gint64 to_ms, gboolean hear);
void       side_place_set_link (GtkWidget  *button, const char *call, gint64 from_ms, gint64 to_ms, gboolean hear);

#define SIDE_TYPE_PLACE_FINDER (side_place_finder_get_type ())
G_DECLARE_FINAL_TYPE (SidePlaceFinder, side_place_finder, SIDE, PLACE_FINDER, GObject)

SidePlaceFinder *side_place_finder_new      (SidePlayer *player, SideWaveform *waveform);
void             side_place_finder_set_call (SidePlaceFinder *self, const char *call);
void             side_place_finder_go       (SidePlaceFinder *self, const char *call, const SidePlace *place);

G_END_DECLS
