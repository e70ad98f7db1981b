/* side-plan-dialog.h - a new plan of what is to be reviewed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_PLAN_DIALOG (side_plan_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SidePlanDialog, side_plan_dialog, SIDE, PLAN_DIALOG, AdwWindow)

/* Signals: made (const char *id): the plan was written */
GtkWindow *side_plan_dialog_new (GtkWindow *parent, SideDesk *desk);

G_END_DECLS
