/* side-agreement-sheet.h - reviews of one script version, ordered by call and reviewer
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the parts of the report share: each review's answers as they were when
 * it was sealed the first time, before anybody talked about it.
 */
#pragma once

#include "side-agreement-report.h"

G_BEGIN_DECLS

/**
 * SideEntry: one review.
 * @reviewer: place in SideSheet.names
 * @at_ms: when it was finished first
 * @values: one a criterion of SideSheet.criteria; SIDE_ANSWER_NONE for none
 */
typedef struct {
  const SideReview *review;
  guint             reviewer;
  gint64            at_ms;
  double           *values;
} SideEntry;

/**
 * SideSheetCall: one call.
 * @entries: (element-type SideEntry): one a reviewer, the first they made
 * @agreed: consensus, one a criterion; SIDE_ANSWER_NONE for none
 * @expert: place of the expert in SideSheet.names; -1 for none
 */
typedef struct {
  const char *call;
  GPtrArray  *entries;
  double     *agreed;
  int         expert;
} SideSheetCall;

typedef struct {
  GPtrArray *criteria;   /* of const SideCriterion * */
  GPtrArray *names;      /* of const char *, by name */
  GPtrArray *calls;      /* of SideSheetCall: those two people or more reviewed */
  GPtrArray *entries;    /* of SideEntry: all of them, owned */
  GPtrArray *repeats;    /* of SideEntry: pairs, the first review and that of the same call again */
  guint      seconds;
  guint      calibrated;
  guint      hidden;
  guint      late;
  guint      reviews;
} SideSheet;

SideSheet *side_sheet_new       (const SideScript *script, GPtrArray *reviews, GPtrArray *calibrations,
                                 gint64 from_ms, gint64 to_ms);
void       side_sheet_free      (SideSheet *self);
const SideEntry *side_sheet_find_entry (const SideSheetCall *call, guint reviewer);
double     side_sheet_measure   (const SideSheetCall *call, guint reviewer, guint criterion);

/* side-agreement-reviewers.c */
void       side_agreement_add_decision (SideDetection *detection, double measure, double answer);
void       side_agreement_conclude     (SideDetection *detection);
GPtrArray *side_agreement_reviewers    (const SideSheet *sheet, gint64 from_ms, gint64 to_ms, guint n_windows);

/* side-agreement-whole.c */
SideAgreement side_agreement_whole     (const SideSheet *sheet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSheet, side_sheet_free)

G_END_DECLS
