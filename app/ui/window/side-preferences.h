/* side-preferences.h - what a person may choose
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_PREFERENCES (side_preferences_get_type ())
G_DECLARE_FINAL_TYPE (SidePreferences, side_preferences, SIDE, PREFERENCES, AdwPreferencesWindow)

GtkWidget *side_preferences_new          (GtkWindow *parent,
                                         SideDesk  *desk);
void       side_preferences_follow_style (void);

G_END_DECLS
