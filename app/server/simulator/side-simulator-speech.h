/* side-simulator-speech.h - what is spoken for a call of the simulator
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call.h"
#include "side-sim-centre.h"
#include "side-speech.h"

G_BEGIN_DECLS

gboolean        side_simulator_can_speak (const SideSimCentre *centre, const SideCall *call);
SideSpeechSpec *side_simulator_spec_of   (const SideSimCentre *centre, guint64 seed, const SideCall *call);

G_END_DECLS
