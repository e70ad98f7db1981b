/* side-calibrations.h - the calibrations of a project, and the reviews made for them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-calibration.h"
#include "side-desk.h"
#include "side-steps.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALIBRATIONS (side_calibrations_get_type ())
G_DECLARE_FINAL_TYPE (SideCalibrations, side_calibrations, SIDE, CALIBRATIONS, GObject)

/* Signals:
 *   changed ()              they, or reviews made for them, were read or are others now
 *   failed (GError *error)  reading or writing did not work */
SideCalibrations      *side_calibrations_get         (SideDesk              *desk);
GPtrArray             *side_calibrations_list        (SideCalibrations      *self);
gboolean               side_calibrations_is_read     (SideCalibrations      *self);
const SideCalibration *side_calibrations_find        (SideCalibrations      *self,
                                                      const char            *id);
GPtrArray             *side_calibrations_get_reviews (SideCalibrations      *self);
gboolean               side_calibrations_may_edit    (SideCalibrations      *self);
void                   side_calibrations_put         (SideCalibrations      *self,
                                                      const SideCalibration *calibration,
                                                      const char            *words);
SideSteps             *side_calibrations_get_steps   (SideCalibrations      *self);

G_END_DECLS
