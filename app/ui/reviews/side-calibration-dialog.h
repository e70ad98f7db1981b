/* side-calibration-dialog.h - a new calibration: which calls, and who is asked
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALIBRATION_DIALOG (side_calibration_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideCalibrationDialog, side_calibration_dialog, SIDE, CALIBRATION_DIALOG, AdwWindow)

/* Actions: "calibration.begin". Signals: made (const char *id): the calibration was written */
GtkWindow *side_calibration_dialog_new        (GtkWindow             *parent,
                                               SideDesk              *desk);
gboolean   side_calibration_dialog_add_person (SideCalibrationDialog *self,
                                               const char            *name);

G_END_DECLS
