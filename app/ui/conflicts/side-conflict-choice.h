/* side-conflict-choice.h - what of a conflict is left to a person
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-conflict-merge.h"
#include "side-desk.h"
#include "side-outbox.h"

G_BEGIN_DECLS

GPtrArray  *side_conflict_choice_list        (const SideConflict *conflict);
gboolean    side_conflict_choice_is_left     (GPtrArray *fields);
gboolean    side_conflict_choice_needs_nobody (const SideConflict *conflict);
const char *side_conflict_choice_say         (const SideConflict *conflict);
char       *side_conflict_choice_merge       (const SideConflict *conflict, GPtrArray *fields);

char       *side_conflict_choice_describe    (SideDesk *desk, const SideConflict *conflict, gboolean again);

G_END_DECLS
