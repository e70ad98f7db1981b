/* side-call-page.h - a page of calls with the figure their list is about
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-worker.h"

G_BEGIN_DECLS

/**
 * SideCallPage: asked for with @rows, answered with the others.
 * @rows: (element-type guint32): rows' numbers
 * @figure: a SideSoundFigure, or -1 for none
 * @with_calls: whether the calls are wanted
 * @calls: (nullable) (element-type SideCall): %NULL in place of one that is not there
 * @values: (nullable) (element-type double): the figure of each row; NaN when it is not known
 */
typedef struct {
  GArray    *rows;
  int        figure;
  gboolean   with_calls;
  GPtrArray *calls;
  GArray    *values;
} SideCallPage;

SideJob *side_call_page_job_new (GArray *rows, int figure, gboolean with_calls);

G_END_DECLS
