/* side-coaching-dialog.h - a coaching note is written or changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-coaching.h"
#include "side-desk.h"

G_BEGIN_DECLS

/* Signals: saved (SideCoaching *coaching): as it is to be from now on */
#define SIDE_TYPE_COACHING_DIALOG (side_coaching_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SideCoachingDialog, side_coaching_dialog, SIDE, COACHING_DIALOG, AdwWindow)

GtkWindow *side_coaching_dialog_new (GtkWindow          *parent,
                                     SideDesk           *desk,
                                     const SideCoaching *coaching,
                                     const GArray       *criteria);

G_END_DECLS
