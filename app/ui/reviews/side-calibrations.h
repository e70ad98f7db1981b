/* side-calibrations.h - the calibrations of a project, and the reviews made for them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-calibration.h"
#include "side-document-shelf.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALIBRATIONS (side_calibrations_get_type ())
G_DECLARE_FINAL_TYPE (SideCalibrations, side_calibrations, SIDE, CALIBRATIONS, SideDocumentShelf)

SideCalibrations      *side_calibrations_get         (SideDesk              *desk);
GPtrArray             *side_calibrations_list        (SideCalibrations      *self);
const SideCalibration *side_calibrations_find        (SideCalibrations      *self,
                                                      const char            *id);
GPtrArray             *side_calibrations_get_reviews (SideCalibrations      *self);
const SideReview      *side_calibrations_find_own    (SideCalibrations      *self,
                                                      const SideCalibration *calibration,
                                                      const char            *call);
guint                  side_calibrations_count_open  (SideCalibrations      *self,
                                                      const SideCalibration *calibration);
char                  *side_calibrations_find_next   (SideCalibrations      *self,
                                                      const SideCalibration *calibration,
                                                      const char            *not_call);
void                   side_calibrations_put         (SideCalibrations      *self,
                                                      const SideCalibration *calibration,
                                                      const char            *words);

G_END_DECLS
