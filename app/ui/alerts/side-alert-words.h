/* side-alert-words.h - alerts and their rules in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-alerts.h"

G_BEGIN_DECLS

const char *side_alert_words_watch    (SideAlertWatch watch);
char       *side_alert_words_where    (const SideAlertRule *rule, const SideProject *project);
char       *side_alert_words_title    (const SideAlertRule *rule, const SideProject *project);
char       *side_alert_words_value    (const SideAlertRule *rule, double value);
char       *side_alert_words_limits   (const SideAlertRule *rule);
char       *side_alert_words_hours    (const SideHours *hours);
char       *side_alert_words_heading  (const SideAlert *alert, SideBoardProject *project, gint64 now_ms);
const char *side_alert_words_find_queue (const SideAlert *alert, SideBoardProject *project, gint64 now_ms);
char       *side_alert_words_limit    (const SideAlert *alert);

G_END_DECLS
