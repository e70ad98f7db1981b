/* side-test-segments.h - the stretches of a test call, corrected by hand
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What a person says of a stretch is certain; what the program had told it to
 * be stays beside it. Stretches keep their order and never overlap.
 */
#pragma once

#include "side-test-call.h"

G_BEGIN_DECLS

/* No stretch is made shorter than what its times are told by. */
#define SIDE_TEST_SEGMENT_LEAST_MS 20

int      side_test_call_find_segment  (const SideTestCall *self, gint64 at_ms);
gboolean side_test_call_set_kind      (SideTestCall *self, guint index, SideSegmentKind kind);
gboolean side_test_call_set_label     (SideTestCall *self, guint index, const char *label);
gboolean side_test_call_set_edges     (SideTestCall *self, guint index, gint64 from_ms, gint64 to_ms);
gboolean side_test_call_split         (SideTestCall *self, guint index, gint64 at_ms);
gboolean side_test_call_merge         (SideTestCall *self, guint index);

G_END_DECLS
