/* side-clip-coaching.h - a piece of a recording goes into a coaching note
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-clip-dialog.h"

G_BEGIN_DECLS

SideClipDialog *side_clip_coaching_new (GtkWindow *parent, SideDesk *desk, const SideClipSource *source);

G_END_DECLS
