/* side-moment-button.h - a day and a time of day, to be chosen
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: chosen (): a person chose another moment, and closed what they chose it in
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SIDE_TYPE_MOMENT_BUTTON (side_moment_button_get_type ())
G_DECLARE_FINAL_TYPE (SideMomentButton, side_moment_button, SIDE, MOMENT_BUTTON, AdwBin)

GtkWidget *side_moment_button_new   (const char *name);
void       side_moment_button_show  (SideMomentButton *self, gint64 at_ms, GTimeZone *zone, gint64 now_ms);
void       side_moment_button_set   (SideMomentButton *self, gint64 at_ms);
gint64     side_moment_button_get   (SideMomentButton *self);

G_END_DECLS
