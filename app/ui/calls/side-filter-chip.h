/* side-filter-chip.h - one filter of a list: a pill that opens its choices
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Empty it reads "+ Operator"; set it reads "Anna Smirnova ×", and the cross
 * empties it. Signal: changed ().
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SIDE_TYPE_FILTER_CHIP (side_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (SideFilterChip, side_filter_chip, SIDE, FILTER_CHIP, GtkWidget)

GtkWidget  *side_filter_chip_new         (const char *name);
void        side_filter_chip_clear       (SideFilterChip *self);
void        side_filter_chip_add         (SideFilterChip *self, const char *id, const char *label);
void        side_filter_chip_set_chosen  (SideFilterChip *self, const char *id);
const char *side_filter_chip_get_chosen  (SideFilterChip *self);
const char *side_filter_chip_get_words   (SideFilterChip *self);

G_END_DECLS
