/* side-blind-note.h - that reviews are left out because they are hidden
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

GtkWidget *side_blind_note_new (SideDesk *desk);

G_END_DECLS
