/* side-calibration-rule.h - who may write what over a calibration
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whoever leads one begins the discussion and ends it; who takes part writes
 * down what is agreed on. The app offers only what the server takes.
 */
#pragma once

#include "side-calibration.h"
#include "side-script.h"

G_BEGIN_DECLS

/* How far the clock may be off by which a discussion was begun. */
#define SIDE_CALIBRATION_CLOCK_SLACK_MS (60 * 60 * 1000)

gboolean side_calibration_may_lead   (const SideCalibration *self, const char *user, gboolean supervisor);
gboolean side_calibration_may_agree  (const SideCalibration *self, const char *user, gboolean supervisor);
gboolean side_calibration_names_others (const SideCalibration *self, const SideCalibration *old, const char *user);
gboolean side_calibration_may_follow (const SideCalibration *self, const SideCalibration *old, const GPtrArray *past, const SideScript *script,
                                      const char *user, gboolean supervisor, gboolean blind, gboolean begun, gint64 now_ms,
                                      GError **error);
gboolean side_calibration_may_delete (const SideCalibration *self, const char *user, gboolean supervisor, GError **error);

G_END_DECLS
