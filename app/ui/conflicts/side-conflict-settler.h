/* side-conflict-settler.h - conflicts that need nobody's decision
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CONFLICT_SETTLER (side_conflict_settler_get_type ())
G_DECLARE_FINAL_TYPE (SideConflictSettler, side_conflict_settler, SIDE, CONFLICT_SETTLER, GObject)

SideConflictSettler *side_conflict_settler_new (SideDesk *desk);

G_END_DECLS
