/* side-call-filters.h - the chips over the list of calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Knows which calls are wanted, but for the words searched and the order.
 * Signal: changed (): a person chose or removed a filter.
 */
#pragma once

#include <gtk/gtk.h>

#include "side-call-query.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_FILTERS (side_call_filters_get_type ())
G_DECLARE_FINAL_TYPE (SideCallFilters, side_call_filters, SIDE, CALL_FILTERS, GtkWidget)

void           side_call_filters_set_desk   (SideCallFilters *self, SideDesk *desk);
void           side_call_filters_set_lasting (SideCallFilters *self, gboolean lasting);
void           side_call_filters_refresh    (SideCallFilters *self);
const char    *side_call_filters_words_empty (SideCallFilters *self);
SideCallQuery *side_call_filters_make_query (SideCallFilters *self);
gboolean       side_call_filters_is_set     (SideCallFilters *self);
char          *side_call_filters_dup_words  (SideCallFilters *self);
gboolean       side_call_filters_is_past    (SideCallFilters *self);
void           side_call_filters_clear      (SideCallFilters *self);
void           side_call_filters_save       (SideCallFilters *self, GKeyFile *file);
void           side_call_filters_restore    (SideCallFilters *self, GKeyFile *file);

G_END_DECLS
