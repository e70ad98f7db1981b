/* side-coaching-group.h - what was agreed on with an operator
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

/* Signals: failed (GError *error): something could not be read or written */
#define SIDE_TYPE_COACHING_GROUP (side_coaching_group_get_type ())
G_DECLARE_FINAL_TYPE (SideCoachingGroup, side_coaching_group, SIDE, COACHING_GROUP, AdwBin)

GtkWidget *side_coaching_group_new          (SideDesk          *desk);
void       side_coaching_group_set_operator (SideCoachingGroup *self,
                                             const char        *id,
                                             const GArray      *criteria);
void       side_coaching_group_reload       (SideCoachingGroup *self);
guint      side_coaching_group_get_n_notes  (SideCoachingGroup *self);
void       side_coaching_group_undo         (SideCoachingGroup *self);

G_END_DECLS
