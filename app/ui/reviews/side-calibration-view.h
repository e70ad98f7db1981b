/* side-calibration-view.h - one calibration: first blind, then talked over
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALIBRATION_VIEW (side_calibration_view_get_type ())
G_DECLARE_FINAL_TYPE (SideCalibrationView, side_calibration_view, SIDE, CALIBRATION_VIEW, AdwBin)

/* Actions: "calibration.discuss", "calibration.close", "calibration.reopen",
 * "calibration.undo", "calibration.redo", "calibration.next", "calibration.previous".
 * Signals: toast (const char *text, const char *action) */
GtkWidget *side_calibration_view_new     (SideDesk            *desk);
void       side_calibration_view_show    (SideCalibrationView *self,
                                          const char          *id);

G_END_DECLS
