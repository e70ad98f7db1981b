/* side-scorecards.h - the scorecards of a project
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-document-shelf.h"
#include "side-scorecard.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCORECARDS (side_scorecards_get_type ())
G_DECLARE_FINAL_TYPE (SideScorecards, side_scorecards, SIDE, SCORECARDS, SideDocumentShelf)

SideScorecards      *side_scorecards_get    (SideDesk            *desk);
GPtrArray           *side_scorecards_list   (SideScorecards      *self,
                                             const char          *script);
const SideScorecard *side_scorecards_find   (SideScorecards      *self,
                                             const char          *id);
void                 side_scorecards_put    (SideScorecards      *self,
                                             const SideScorecard *card);
void                 side_scorecards_remove (SideScorecards      *self,
                                             const char          *id);

G_END_DECLS
