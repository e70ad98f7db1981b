/* side-call-detail.h - one call: recording, notes, events, score
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"
#include "side-place.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_DETAIL (side_call_detail_get_type ())
G_DECLARE_FINAL_TYPE (SideCallDetail, side_call_detail, SIDE, CALL_DETAIL, GtkWidget)

GtkWidget *side_call_detail_new      (void);
void       side_call_detail_set_desk (SideCallDetail *self, SideDesk *desk);
void       side_call_detail_set_call (SideCallDetail *self, const SideCall *call);
void       side_call_detail_go_to    (SideCallDetail *self, const char *call, const SidePlace *place);
void       side_call_detail_pause    (SideCallDetail *self);

G_END_DECLS
