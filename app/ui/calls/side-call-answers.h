/* side-call-answers.h - the answers of a review, on the drawn recording
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-review-form.h"
#include "side-review-keeper.h"
#include "side-waveform.h"

G_BEGIN_DECLS

void side_call_answers_attach (SideWaveform *waveform, SideReviewKeeper *keeper, SideReviewForm *form);

G_END_DECLS
