/* side-test-call-pen.h - writes one test call until it is on the disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals of SidePen: written (), failed (GError *error)
 */
#pragma once

#include "side-pen.h"
#include "side-scenarios.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_CALL_PEN (side_test_call_pen_get_type ())
G_DECLARE_FINAL_TYPE (SideTestCallPen, side_test_call_pen, SIDE, TEST_CALL_PEN, SidePen)

SideTestCallPen *side_test_call_pen_new  (SideScenarios *shelf, SideTestCall *call);
void             side_test_call_pen_soon (SideTestCallPen *self);
void             side_test_call_pen_follow (SideTestCallPen *self);
void             side_test_call_pen_save (SideTestCallPen *self);
gboolean         side_test_call_pen_is_waiting (SideTestCallPen *self);
SideTestCall    *side_test_call_pen_read_newer (SideTestCallPen *self);
void             side_test_call_pen_done (SideTestCallPen *self);

G_END_DECLS
