/* side-sound-view.h - what can be known of a recording, as figures
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: seek-requested (gint64 ms): a figure was chosen that has a moment
 */
#pragma once

#include <gtk/gtk.h>

#include "side-analysis.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SOUND_VIEW (side_sound_view_get_type ())
G_DECLARE_FINAL_TYPE (SideSoundView, side_sound_view, SIDE, SOUND_VIEW, GtkWidget)

void side_sound_view_set_analysis (SideSoundView      *self,
                                   const SideAnalysis *analysis);
void side_sound_view_set_origin   (SideSoundView      *self,
                                   gint64              origin_ms);
void side_sound_view_set_message  (SideSoundView      *self,
                                   const char         *message);

G_END_DECLS
