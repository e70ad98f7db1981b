/* side-alert-note.h - taking an alert on, with a word to those who look too
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-alert-shelf.h"
#include "side-alerts.h"

G_BEGIN_DECLS

GtkWidget *side_alert_note_ask (GtkWindow *parent, SideAlertShelf *shelf, const SideAlert *alert, const char *heading);

G_END_DECLS
