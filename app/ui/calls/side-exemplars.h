/* side-exemplars.h - what an answer sounds like
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A button that opens the exemplars of a question. Signal:
 *   exemplar-activated (const SideExemplar *exemplar)  a clip is to be heard
 */
#pragma once

#include <gtk/gtk.h>

#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_TYPE_EXEMPLARS (side_exemplars_get_type ())
G_DECLARE_FINAL_TYPE (SideExemplars, side_exemplars, SIDE, EXEMPLARS, GtkWidget)

GtkWidget *side_exemplars_button_new   (const SideCriterion *criterion);
void       side_exemplars_button_popup (GtkWidget *button);

G_END_DECLS
