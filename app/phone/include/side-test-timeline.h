/* side-test-timeline.h - what was signalled and what was heard, as one line of time
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-phone-ear.h"
#include "side-test-call.h"

G_BEGIN_DECLS

void side_test_timeline_fill (SideTestCall *call, const SidePhoneSegment *heard, guint n_heard, gint64 heard_from_ms, gint64 until_ms);

G_END_DECLS
