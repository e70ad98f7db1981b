/* side-conflict-scorecard.h - two versions of one scorecard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *side_conflict_scorecard_list_fields (const char *mine, const char *theirs, const char *base);
char      *side_conflict_scorecard_merge       (const char *mine, const char *theirs, GPtrArray *fields);

G_END_DECLS
