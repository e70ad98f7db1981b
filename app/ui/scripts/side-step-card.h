/* side-step-card.h - one step of a conversation
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   go (const char *id)   a branch was followed to another step
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

#define SIDE_TYPE_STEP_CARD (side_step_card_get_type ())
G_DECLARE_FINAL_TYPE (SideStepCard, side_step_card, SIDE, STEP_CARD, GtkWidget)

GtkWidget  *side_step_card_new    (const char *id, SideDraftKeeper *keeper);
const char *side_step_card_get_id (SideStepCard *self);
void        side_step_card_show   (SideStepCard *self, const SideScript *script, guint index);
void        side_step_card_focus  (SideStepCard *self);

G_END_DECLS
