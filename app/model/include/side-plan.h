/* side-plan.h - which calls are to be reviewed, by whom, and until when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A plan is drawn by lot or chosen by rules, never both: only what was drawn
 * estimates. It keeps what it was drawn from, so that the draw can be repeated,
 * and every task it gives. side-plan-draw.h does the drawing.
 */
#pragma once

#include <glib-object.h>

#include "side-review.h"

G_BEGIN_DECLS

#define SIDE_PLAN_MAX_SIZE  1000   /* calls drawn or chosen by one plan */
#define SIDE_PLAN_MAX_ITEMS (2 * SIDE_PLAN_MAX_SIZE)   /* and those that may stand in */

typedef enum {
  SIDE_PLAN_RANDOM,
  SIDE_PLAN_CHOSEN,
} SidePlanKind;

/* What calls are drawn in proportion to. */
typedef enum {
  SIDE_PLAN_BY_OPERATOR = 1 << 0,
  SIDE_PLAN_BY_QUEUE    = 1 << 1,
  SIDE_PLAN_BY_HOUR     = 1 << 2,   /* of the project's day, when the call came */
} SidePlanStrata;

/* How many of a random plan's calls are of which stratum, where its share is no
 * whole number: see side-draw.h. */
typedef enum {
  SIDE_PLAN_SHARES_REMAINDERS,   /* the largest remainders, as plans were drawn at first: never one of a small stratum */
  SIDE_PLAN_SHARES_SYSTEMATIC,   /* by lot: every call has the same chance */
} SidePlanShares;

/* Why calls were chosen. */
typedef enum {
  SIDE_PLAN_RULE_NONE,
  SIDE_PLAN_RULE_COMPLAINT,
  SIDE_PLAN_RULE_SILENCE,
  SIDE_PLAN_RULE_LOST_SALE,
  SIDE_PLAN_RULE_POOR_SOUND,
  SIDE_PLAN_RULE_TEST_CALL,
  SIDE_PLAN_N_RULES,
} SidePlanRule;

/**
 * SidePlanItem: a call of the draw.
 * @call: its id
 * @stratum: what it was drawn beside; "" without strata
 * @rule: of a chosen plan, why
 * @place: its place in its stratum by lot, or in the list of its rule, from 1
 * @drawn: whether it was drawn or chosen; the others stand in for drawn ones, in order
 * @replaced_by: (nullable): id of the call that stands in for it
 * @reason: (nullable): why it could not be reviewed; also of one that stood in and could not either
 */
typedef struct {
  char         *call;
  char         *stratum;
  SidePlanRule  rule;
  int           place;
  gboolean      drawn;
  char         *replaced_by;
  char         *reason;
} SidePlanItem;

/**
 * SidePlanReviewer:
 * @name: the user's name
 * @share: how many parts of the whole; 1 each for equal shares
 */
typedef struct {
  char *name;
  int   share;
} SidePlanReviewer;

/**
 * SidePlanTask: one review to be made.
 * @call: id of the call
 * @reviewer: whose it is
 * @selection: what the review will be for
 * @from_ms: not shown before; 0 for at once
 */
typedef struct {
  char          *call;
  char          *reviewer;
  SideSelection  selection;
  gint64         from_ms;
} SidePlanTask;

typedef struct _SidePlan SidePlan;

/**
 * SidePlan:
 * @script: UUID of the script
 * @script_version: its version, 0 for the newest when a call is reviewed
 * @from_ms: calls that came at or after
 * @to_ms: and before
 * @filters: (nullable): what else they were narrowed by, as a saved search of the calls page has it
 * @frame_calls: how many calls that were
 * @frame_sha256: (nullable): of them all, see side_draw_get_frame_hash()
 * @frame: (nullable): the calls themselves, by side_pack(): the very text that
 *   @frame_sha256 is of; %NULL where there were too many to be kept
 * @frame_partial: whether the computer that made the plan did not have all calls then
 * @size: how many were asked for
 * @seed: (nullable): what the lots were made of
 * @strata: set of SidePlanStrata
 * @shares: what the strata have their shares by
 * @items: (element-type SidePlanItem): the drawn ones, and those that may stand in: of each
 *   stratum as many more, and some more yet where few were drawn
 * @reviewers: (element-type SidePlanReviewer)
 * @tasks: (element-type SidePlanTask)
 * @due_ms: to be done before; 0 for any time
 * @second_every: one call in so many goes to a second reviewer; 0 for none
 * @repeat_every: one call in so many comes to the same reviewer again; 0 for none
 * @closed_ms: when it was closed; 0 while it is open
 */
struct _SidePlan
{
  gatomicrefcount  ref_count;
  char            *id;
  char            *project;
  char            *title;
  char            *script;
  int              script_version;
  SidePlanKind     kind;
  gint64           from_ms;
  gint64           to_ms;
  char            *filters;
  int              frame_calls;
  char            *frame_sha256;
  char            *frame;
  gboolean         frame_partial;
  int              size;
  char            *seed;
  guint            strata;
  SidePlanShares   shares;
  GPtrArray       *items;
  GPtrArray       *reviewers;
  GPtrArray       *tasks;
  gint64           due_ms;
  int              second_every;
  int              repeat_every;
  char            *author;
  gint64           created_ms;
  gint64           changed_ms;
  gint64           closed_ms;
};

#define SIDE_TYPE_PLAN (side_plan_get_type ())
GType             side_plan_get_type     (void);

SidePlan         *side_plan_new          (const char *id, const char *project, const char *title);
SidePlan         *side_plan_copy         (const SidePlan *self);
SidePlan         *side_plan_ref          (SidePlan *self);
void              side_plan_unref        (SidePlan *self);
SidePlanItem     *side_plan_add_item     (SidePlan *self, const char *call, const char *stratum, int place, gboolean drawn);
SidePlanReviewer *side_plan_add_reviewer (SidePlan *self, const char *name, int share);
SidePlanTask     *side_plan_add_task     (SidePlan *self, const char *call, const char *reviewer, SideSelection selection);

/* Who reviews what: side-plan-work.c */
void              side_plan_deal         (SidePlan *self, gint64 now_ms);
SidePlanItem     *side_plan_find_item    (const SidePlan *self, const char *call);
const SidePlanItem *side_plan_find_stand_in (const SidePlan *self, const char *call);
gboolean          side_plan_replace      (SidePlan *self, const char *call, const char *reason);
gboolean          side_plan_drop         (SidePlan *self, const char *call, const char *reason);
guint             side_plan_reassign     (SidePlan *self, const char *call, const char *from, const char *to);
gboolean          side_plan_is_task_of   (const SidePlan *self, const SidePlanTask *task, const SideReview *review);
gboolean          side_plan_is_task_blind (const SidePlan *self, const SidePlanTask *task);
const SideReview *side_plan_find_review  (const SidePlan *self, const SidePlanTask *task, GPtrArray *reviews);
gboolean          side_plan_is_task_open (const SidePlan *self, const SidePlanTask *task, GPtrArray *reviews, gint64 now_ms);

/* Two versions put together: side-plan-settle.c */
void              side_plan_settle       (SidePlan *self, const SidePlan *const *versions, guint n_versions);

const char       *side_plan_kind_to_string   (SidePlanKind kind);
gboolean          side_plan_kind_from_string (const char *word, SidePlanKind *kind);
const char       *side_plan_rule_to_string   (SidePlanRule rule);
SidePlanRule      side_plan_rule_from_string (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePlan, side_plan_unref)

G_END_DECLS
