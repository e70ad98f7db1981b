/* side-dispute-dialog.h - asking for a better answer, and judging that
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-disputes.h"

G_BEGIN_DECLS

GtkWindow *side_dispute_dialog_present (GtkWidget *widget, SideDisputes *disputes, SideAnswered *answered, const char *criterion);
GtkWindow *side_ruling_dialog_present  (GtkWidget *widget, SideDisputes *disputes, SideAnswered *answered, const SideDispute *dispute);

GtkWindow *side_withdrawal_dialog_present (GtkWidget *widget, SideDisputes *disputes, SideAnswered *answered, const SideDispute *dispute);

G_END_DECLS
