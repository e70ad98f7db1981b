/* side-assignments.h - which calls this person is asked to review, and what for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Plans and calibrations say who is to review what. Whoever opens a call asks
 * here whether one of them wants it reviewed by this person, so that the review
 * says what it was made for.
 */
#pragma once

#include "side-document-shelf.h"
#include "side-review.h"

G_BEGIN_DECLS

/**
 * SideAssignment: one review this person is asked for, done or not.
 * @call: the call's id
 * @script: the script's id
 * @script_version: in which version; 0 for the one in use
 * @selection: what the review is to say of itself
 * @plan: UUID of the plan or calibration
 * @title: (nullable): what that is called
 * @due_ms: until when; 0 for no date
 * @blind: whether it is made without knowing what else was found on the call
 */
typedef struct {
  char          *call;
  char          *script;
  int            script_version;
  SideSelection  selection;
  char          *plan;
  char          *title;
  gint64         due_ms;
  gboolean       blind;
} SideAssignment;

#define SIDE_TYPE_ASSIGNMENTS (side_assignments_get_type ())
G_DECLARE_FINAL_TYPE (SideAssignments, side_assignments, SIDE, ASSIGNMENTS, SideDocumentShelf)

SideAssignments      *side_assignments_get  (SideDesk        *desk);
GPtrArray            *side_assignments_list (SideAssignments *self);
const SideAssignment *side_assignments_find (SideAssignments *self,
                                             const char      *call,
                                             const char      *plan);
gboolean              side_assignment_is_done (const SideAssignment *self,
                                               const char      *user,
                                               const SideReview *review);

G_END_DECLS
