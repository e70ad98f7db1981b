/* side-conflict-call.h - which call a document to be decided about is of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-conflict-merge.h"
#include "side-desk.h"
#include "side-document.h"

G_BEGIN_DECLS

void side_conflict_call_add (AdwPreferencesGroup *group, SideDesk *desk, const SideDocument *document,
                             const SideDocument *other);
void side_conflict_call_name (GtkWidget *row, SideDesk *desk, const SideConflictField *field);

G_END_DECLS
