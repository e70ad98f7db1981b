/* side-refused-group.h - one document that the server does not take
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"
#include "side-outbox.h"

G_BEGIN_DECLS

#define SIDE_TYPE_REFUSED_GROUP (side_refused_group_get_type ())
G_DECLARE_FINAL_TYPE (SideRefusedGroup, side_refused_group, SIDE, REFUSED_GROUP, AdwPreferencesGroup)

/* Signals:
 *   decided ()             it is sent again or given up
 *   toast (string text)    what did not work, or was done */
GtkWidget *side_refused_group_new (SideDesk *desk, const SideOutboxItem *item, const char *title);

G_END_DECLS
