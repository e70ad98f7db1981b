/* side-call-waves.h - both sides of a call as it goes on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-phone-media.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_WAVES (side_call_waves_get_type ())
G_DECLARE_FINAL_TYPE (SideCallWaves, side_call_waves, SIDE, CALL_WAVES, GtkWidget)

GtkWidget *side_call_waves_new       (void);
void       side_call_waves_set_media (SideCallWaves *self, SideCallMedia *media);

G_END_DECLS
