/* side-test-result-window.h - what a test call found
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-scenarios.h"
#include "side-segment-editor.h"
#include "side-test-sound.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_RESULT_WINDOW (side_test_result_window_get_type ())
G_DECLARE_FINAL_TYPE (SideTestResultWindow, side_test_result_window, SIDE, TEST_RESULT_WINDOW, AdwWindow)

GtkWindow         *side_test_result_window_new          (GtkWindow *parent, SideScenarios *shelf, const char *id);
SideSegmentEditor *side_test_result_window_get_timeline (SideTestResultWindow *self);
SideTestSound     *side_test_result_window_get_sound    (SideTestResultWindow *self);
SideDraftKeeper   *side_test_result_window_get_keeper   (SideTestResultWindow *self);

G_END_DECLS
