/* side-explain-rows.h - the list below "How is this counted?"
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-indicators.h"
#include "side-live-list.h"

G_BEGIN_DECLS

/**
 * SideExplainRows: what stands behind a number.
 * @title: how much of what
 * @empty: what to say when there is nothing
 * @records: (element-type SideLiveRecord): one a row
 * @opens: whether the ids of the rows are calls that can be opened
 */
typedef struct {
  char       *title;
  const char *empty;
  GArray     *records;
  GPtrArray  *texts;      /* that the records point to */
  gboolean    opens;
} SideExplainRows;

SideExplainRows *side_explain_rows_new  (SideIndicator indicator, SideBoardProject *project, SideProject *config,
                                         const SideReach *reach, gboolean masked);
void             side_explain_rows_free (SideExplainRows *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideExplainRows, side_explain_rows_free)

G_END_DECLS
