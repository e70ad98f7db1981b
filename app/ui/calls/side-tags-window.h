/* side-tags-window.h - where the vocabulary of a project is changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-tags.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TAGS_WINDOW (side_tags_window_get_type ())
G_DECLARE_FINAL_TYPE (SideTagsWindow, side_tags_window, SIDE, TAGS_WINDOW, AdwWindow)

GtkWindow *side_tags_window_new (GtkWindow *parent, SideTags *tags);

G_END_DECLS
