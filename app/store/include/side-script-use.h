/* side-script-use.h - what reviews made with a script found, criterion by criterion
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-store.h"

G_BEGIN_DECLS

#define SIDE_SCRIPT_USE_VALUES 24   /* at most, of a line */

/**
 * SideCriterionUse:
 * @n: answers but "not applicable" in the newest reviews
 * @mean: of them, share of a full mark
 * @values: (array length=n_values): means of equal numbers of answers, the oldest first
 */
typedef struct {
  char   *criterion;
  guint   n;
  double  mean;
  double  values[SIDE_SCRIPT_USE_VALUES];
  gsize   n_values;
} SideCriterionUse;

/**
 * SideScriptUse:
 * @reviews: finished ones made with the version that was asked for
 * @random: whether @criteria are of random reviews; else there are none, and
 *   they are of chosen ones
 * @criteria: (element-type SideCriterionUse): of the newest reviews made with
 *   any version, for a criterion keeps its id
 */
typedef struct {
  guint      reviews;
  gboolean   random;
  GPtrArray *criteria;
} SideScriptUse;

const SideCriterionUse *side_script_use_find              (const SideScriptUse *self, const char *criterion);
void                    side_script_use_free              (SideScriptUse *self);

void                    side_store_get_script_use_async   (SideStore           *self,
                                                           const char          *script,
                                                           int                  version,
                                                           GCancellable        *cancellable,
                                                           GAsyncReadyCallback  callback,
                                                           gpointer             user_data);
SideScriptUse          *side_store_get_script_use_finish  (SideStore           *self,
                                                           GAsyncResult        *result,
                                                           GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideScriptUse, side_script_use_free)

G_END_DECLS
