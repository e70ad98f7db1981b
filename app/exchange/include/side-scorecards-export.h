/* side-scorecards-export.h - scorecards side by side, as a table or as JSON
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-project.h"
#include "side-scorecard.h"
#include "side-script.h"

G_BEGIN_DECLS

char *side_scorecards_to_csv  (const SideProject *project, const SideScript *script, GPtrArray *cards);
char *side_scorecards_to_json (const SideProject *project, const SideScript *script, GPtrArray *cards);

G_END_DECLS
