/* side-conflict-words.h - what differs between two versions, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-conflict-merge.h"
#include "side-desk.h"
#include "side-document.h"
#include "side-script.h"

G_BEGIN_DECLS

const char          *side_conflict_title_of     (const SideDocument *document);
void                 side_conflict_set_title    (AdwPreferencesGroup *group, const SideDocument *document);
const SideCriterion *side_conflict_criterion_of (GPtrArray *scripts, const SideDocument *review, const char *id);
char                *side_conflict_name_of      (const SideConflictField *field, const SideCriterion *criterion);
char                *side_conflict_value_of     (SideDesk *desk, const SideConflictField *field,
                                                 const SideCriterion *criterion, const char *value);

G_END_DECLS
