/* side-answered-sheet.h - one finished review, and what is said to it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-disputes.h"

G_BEGIN_DECLS

/* Signals: toast (const char *text, const char *action) */
#define SIDE_TYPE_ANSWERED_SHEET (side_answered_sheet_get_type ())
G_DECLARE_FINAL_TYPE (SideAnsweredSheet, side_answered_sheet, SIDE, ANSWERED_SHEET, GtkWidget)

GtkWidget *side_answered_sheet_new  (SideDisputes *disputes);
void       side_answered_sheet_show (SideAnsweredSheet *self, const char *review);

G_END_DECLS
