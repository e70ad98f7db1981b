/* side-rescoring.h - what old reviews come to under another version of their script
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Many reviews at once, each beside the score it has. Nothing is written: the
 * reviews keep their version and their score.
 */
#pragma once

#include "side-quality.h"
#include "side-script.h"

G_BEGIN_DECLS

/**
 * SideRescored: one review.
 * @operator_name: (nullable): interned: who took the call
 * @joined_ms: when the call came; 0 when it is not known
 * @version: of the script it was made with
 * @before: the score it has; NaN for none
 * @after: its score under the other version; NaN when nothing it answered is asked there
 * @failed_before: a critical criterion was answered "no"
 * @missing: (nullable): numbers of the criteria asked for that it has no answer
 *   to: "2.3, 4.1"; they are left out of @after
 */
typedef struct {
  char       *call;
  const char *operator_name;
  gint64      joined_ms;
  int         version;
  gboolean    random;
  double      before;
  double      after;
  gboolean    failed_before;
  gboolean    failed_after;
  const char *missing;
} SideRescored;

/**
 * SideRescoredScores: reviews that have a score before and after, added up.
 */
typedef struct {
  SideScores before;
  SideScores after;
} SideRescoredScores;

/**
 * SideRescoring: all reviews. Belongs to one thread at a time.
 * @script: the version they are scored under
 * @rows: (element-type SideRescored): in the order of side_rescoring_sort()
 * @random: of reviews that were drawn at random
 * @chosen: of all others; the two are never in one mean
 * @higher: reviews whose score is higher there
 * @unscored: reviews without a score there, or without one before
 * @failed_before: calls with a failed critical criterion
 * @newly_failed: those of them that have none under their own version
 * @saved: calls that failed, and would not
 */
typedef struct {
  gatomicrefcount     ref_count;
  SideScript         *script;
  GPtrArray          *rows;
  SideRescoredScores  random;
  SideRescoredScores  chosen;
  guint               higher;
  guint               lower;
  guint               unscored;
  guint               failed_before;
  guint               failed_after;
  guint               newly_failed;
  guint               saved;
  /*< private >*/
  GHashTable         *versions;   /* of int, to SideScript */
  GHashTable         *missing;    /* of criterion id, to how many reviews have no answer */
  GHashTable         *texts;      /* what @missing of the rows say, each once */
} SideRescoring;

SideRescoring *side_rescoring_new         (const SideScript *script);
SideRescoring *side_rescoring_ref         (SideRescoring *self);
void           side_rescoring_unref       (SideRescoring *self);
void           side_rescoring_add_version (SideRescoring *self, SideScript *version);
void           side_rescoring_add         (SideRescoring *self, const SideReview *review, const char *operator_name, gint64 joined_ms);
void           side_rescoring_sort        (SideRescoring *self);
guint          side_rescoring_get_missing (const SideRescoring *self, const char *criterion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideRescoring, side_rescoring_unref)

G_END_DECLS
