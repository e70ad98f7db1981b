/* side-clip-example.h - a piece of a recording becomes an example in a script
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-clip-dialog.h"

G_BEGIN_DECLS

SideClipDialog *side_clip_example_new (GtkWindow *parent, SideDesk *desk, const SideClipSource *source);

G_END_DECLS
