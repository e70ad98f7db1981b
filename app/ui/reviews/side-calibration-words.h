/* side-calibration-words.h - what is said of a calibration
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-calibrations.h"

G_BEGIN_DECLS

typedef void (*SideCalibrationBegun) (gpointer user_data);

char *side_calibration_words_facts    (SideCalibrations *calibrations, const SideCalibration *calibration, const SideScript *script);
char *side_calibration_words_progress (SideCalibrations *calibrations, const SideCalibration *calibration,
                                       const SideCalibrationProgress *progress);
void  side_calibration_ask_begin      (GtkWidget *widget, const SideCalibrationProgress *progress, SideCalibrationBegun begun,
                                       gpointer user_data);

G_END_DECLS
