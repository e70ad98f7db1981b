/* side-blind.h - results this person is not to see yet
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Who reviews a call a second time, again, or for a calibration does it without
 * knowing what was found before. This is the one place that says for which
 * calls that is so; whoever shows a result asks here first.
 */
#pragma once

#include "side-document-shelf.h"
#include "side-review.h"

G_BEGIN_DECLS

#define SIDE_TYPE_BLIND (side_blind_get_type ())
G_DECLARE_FINAL_TYPE (SideBlind, side_blind, SIDE, BLIND, SideDocumentShelf)

SideBlind  *side_blind_get         (SideDesk *desk);
gboolean    side_blind_hides_call  (SideBlind *self, const char *call);
gboolean    side_blind_hides       (SideBlind *self, const SideReview *review);
GStrv       side_blind_list_calls  (SideBlind *self);
const char *side_blind_words       (void);

G_END_DECLS
