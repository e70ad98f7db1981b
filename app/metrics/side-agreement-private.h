/* side-agreement-private.h - ratings, counted
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shared by the coefficients: which answers there are, in their order, and how
 * often each stands in a unit.
 */
#pragma once

#include "side-agreement.h"

G_BEGIN_DECLS

/* How often one answer stands in one unit. */
typedef struct {
  guint answer;   /* place in SideCounted.values */
  guint n;
} SideTally;

/* One unit with an answer or more. */
typedef struct {
  guint first;      /* place of its first in SideCounted.tallies */
  guint n_tallies;
  guint n;          /* answers in it */
} SideUnit;

typedef struct {
  GArray *values;      /* of double: the different answers, ascending; places where they are words */
  GArray *units;       /* of SideUnit */
  guint   n_pairable;  /* of these, with two answers or more */
  GArray *tallies;     /* of SideTally */
  GArray *pairs;       /* of guint: two reviewers' answers, one after the other, of what both answered */
} SideCounted;

void side_agreement_observed (const SideCounted *counted, SideCoefficient *out);
void side_agreement_kappa    (const SideCounted *counted, SideCoefficient *out);
void side_agreement_ac1      (const SideCounted *counted, SideCoefficient *out);
void side_agreement_alpha    (const SideCounted *counted, SideScale level, gboolean interval, SideCoefficient *out);

G_END_DECLS
