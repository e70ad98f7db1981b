/* side-format.h - words and dates that more than one page shows
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call.h"
#include "side-project.h"

G_BEGIN_DECLS

const char *side_format_operator_state (SideOperatorState state);
const char *side_format_state_class    (SideOperatorState state);
const char *side_format_state_icon     (SideOperatorState state);
const char *side_format_outcome        (SideOutcome outcome);
const char *side_format_call_title     (const SideCall *call);
const char *side_format_role           (SideRole role);
const char *side_format_weekday        (guint day);

char       *side_format_date           (GTimeZone *zone, gint64 at_ms, gint64 now_ms);
char       *side_format_time           (GTimeZone *zone, gint64 at_ms);
char       *side_format_time_seconds   (GTimeZone *zone, gint64 at_ms);
char       *side_format_when           (GTimeZone *zone, gint64 at_ms, gint64 now_ms);
char       *side_format_queues_role    (guint n_queues, SideRole role);
const char *side_format_queue_name     (const SideProject *project, const char *queue);

char       *side_format_error          (const GError *error);

G_END_DECLS
