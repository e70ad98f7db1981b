/* side-evidence.h - notes on the questions of the form they are evidence for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call-notes.h"
#include "side-criterion-row.h"

G_BEGIN_DECLS

void side_evidence_show (SideCallNotes *notes, SideCriterionRow *row);

G_END_DECLS
