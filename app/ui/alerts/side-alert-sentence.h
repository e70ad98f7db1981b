/* side-alert-sentence.h - what a rule of alerts will do, in whole sentences
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-alert-rule.h"
#include "side-project.h"

G_BEGIN_DECLS

double  side_alert_sentence_end (const SideAlertRule *rule);
char   *side_alert_sentence_dup (const SideAlertRule *rule, const SideProject *project);

G_END_DECLS
