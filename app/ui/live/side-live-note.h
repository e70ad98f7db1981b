/* side-live-note.h - a note on a call that is going on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

void side_live_note_attach (GtkWidget *operators, GtkWidget *card, SideDesk *desk);
void side_live_note_detach (GtkWidget *operators);
void side_live_note_open   (GtkWidget *operators, const char *operator_id);

G_END_DECLS
