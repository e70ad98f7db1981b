/* side-call-card.h - how a test call stands: who is on the line, and how good it is
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: noted (const char *text): the caller wrote something down
 */
#pragma once

#include <adwaita.h>

#include "side-phone-media.h"
#include "side-sip-call.h"
#include "side-test-call.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_CARD (side_call_card_get_type ())
G_DECLARE_FINAL_TYPE (SideCallCard, side_call_card, SIDE, CALL_CARD, AdwBin)

GtkWidget  *side_call_card_new       (void);
void        side_call_card_set_media (SideCallCard *self, SideCallMedia *media);
void        side_call_card_set_on    (SideCallCard *self, gboolean on);
void        side_call_card_show      (SideCallCard *self, const SideTestCall *call, SideSipCallState state);
void        side_call_card_say       (SideCallCard *self, const char *words);
const char *side_call_card_get_words (SideCallCard *self);

G_END_DECLS
