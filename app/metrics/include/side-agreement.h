/* side-agreement.h - whether reviewers mean the same by their answers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Any number of units (calls, or calls and criteria), any number of reviewers,
 * any of whom may have left a unit out.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SideScale: what may be said of two different answers.
 * @SIDE_SCALE_NOMINAL: that they differ
 * @SIDE_SCALE_ORDINAL: which is more
 * @SIDE_SCALE_INTERVAL: how much more
 * @SIDE_SCALE_RATIO: how many times as much
 */
typedef enum {
  SIDE_SCALE_NOMINAL,
  SIDE_SCALE_ORDINAL,
  SIDE_SCALE_INTERVAL,
  SIDE_SCALE_RATIO,
} SideScale;

/**
 * SideCoefficient: NaN where it is not defined.
 * @low: lower bound of the 95 % interval: the one that decides
 */
typedef struct {
  double value;
  double low;
  double high;
} SideCoefficient;

/**
 * SideAgreement:
 * @units: with two answers or more; only those can agree
 * @reviewers: who gave any answer
 * @answers: on those units
 * @observed: share of pairs of answers that agree exactly, 0..1
 * @kappa: Cohen's, of exactly two reviewers, over what both answered
 * @ac1: Gwet's first agreement coefficient
 * @alpha: Krippendorff's, at the level asked for
 */
typedef struct {
  guint           units;
  guint           reviewers;
  guint           answers;
  SideCoefficient observed;
  SideCoefficient kappa;
  SideCoefficient ac1;
  SideCoefficient alpha;
} SideAgreement;

typedef struct _SideRatings SideRatings;

SideRatings *side_ratings_new      (guint n_reviewers);
void         side_ratings_free     (SideRatings *self);
gboolean     side_ratings_add_unit (SideRatings *self, const char *const *answers, GError **error);
gboolean     side_ratings_measure  (SideRatings *self, SideScale level, SideAgreement *out, GError **error);
gboolean     side_ratings_estimate (SideRatings *self, SideScale level, SideAgreement *out, GError **error);
gboolean     side_scale_from_name  (const char *name, SideScale *level);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideRatings, side_ratings_free)

G_END_DECLS
