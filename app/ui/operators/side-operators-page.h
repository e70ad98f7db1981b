/* side-operators-page.h - the operators of a project, one by one
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-alarm.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_OPERATORS_PAGE (side_operators_page_get_type ())
G_DECLARE_FINAL_TYPE (SideOperatorsPage, side_operators_page, SIDE, OPERATORS_PAGE, AdwBin)

GtkWidget *side_operators_page_new    (SideDesk          *desk,
                                       SideAlarm         *alarm);
void       side_operators_page_search (SideOperatorsPage *self);

G_END_DECLS
