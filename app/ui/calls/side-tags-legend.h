/* side-tags-legend.h - the tags, their colours and keys, to be looked up
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-tags.h"

G_BEGIN_DECLS

GtkWidget *side_tags_legend_new (SideTags *tags);

G_END_DECLS
