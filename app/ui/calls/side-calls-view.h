/* side-calls-view.h - what the calls page shows, as a text
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call-filters.h"

G_BEGIN_DECLS

const char   *side_calls_view_sort_word      (SideCallSort sort);
SideCallSort  side_calls_view_sort_from_word (const char *word, SideCallSort otherwise);
void          side_calls_view_write          (GKeyFile *file, SideCallFilters *filters, SideCallSort sort, gboolean descending);
void          side_calls_view_read           (GKeyFile *file, SideCallFilters *filters, SideCallSort *sort, gboolean *descending);

G_END_DECLS
