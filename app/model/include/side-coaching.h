/* side-coaching.h - what was agreed on with an operator, and by when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A note about one operator's work with a goal, a date, and pieces of calls
 * that are to be heard together.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SIDE_COACHING_MAX_CLIPS 200

/**
 * SideClip: a piece of a call to be heard with the operator.
 * @to_ms: its end, or -1 for a point
 * @good: whether it shows how it is done, or what went wrong
 * @text: (nullable): what is heard there
 */
typedef struct {
  char     *call;
  gint64    from_ms;
  gint64    to_ms;
  gboolean  good;
  char     *text;
} SideClip;

typedef struct _SideCoaching SideCoaching;

/**
 * SideCoaching:
 * @operator_id: whom it is about
 * @text: (nullable): what was talked about
 * @script: (nullable): script of the criterion that is to get better
 * @criterion: (nullable): its id
 * @target: mean share of its mark that is aimed at, 0..1; -1 for none
 * @goal: (nullable): a goal in words
 * @created_ms: since when it is aimed at: before and after are told apart by it
 * @due_ms: until when; 0 for no date
 * @done_ms: when it was closed; 0 while it is open
 * @shared: whether the operator sees it
 */
struct _SideCoaching
{
  gatomicrefcount  ref_count;
  char            *id;             /* UUID */
  char            *project;
  char            *operator_id;
  char            *text;
  char            *script;
  char            *criterion;
  double           target;
  char            *goal;
  char            *author;
  gint64           created_ms;
  gint64           changed_ms;
  gint64           due_ms;
  gint64           done_ms;
  gboolean         shared;
  GPtrArray       *clips;          /* of SideClip */
};

#define SIDE_TYPE_COACHING (side_coaching_get_type ())
GType         side_coaching_get_type   (void);
SideCoaching *side_coaching_new        (const char *id, const char *project, const char *operator_id);
SideCoaching *side_coaching_copy       (const SideCoaching *self);
SideCoaching *side_coaching_rebase     (const SideCoaching *newest, const SideCoaching *base, const SideCoaching *edited);
gboolean      side_coaching_collides   (const SideCoaching *newest, const SideCoaching *base, const SideCoaching *edited);
SideCoaching *side_coaching_ref        (SideCoaching *self);
void          side_coaching_unref      (SideCoaching *self);
SideClip     *side_coaching_add_clip   (SideCoaching *self, const char *call, gint64 from_ms, gint64 to_ms, gboolean good,
                                        const char *text);
gboolean      side_coaching_is_overdue (const SideCoaching *self, gint64 now_ms);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideCoaching, side_coaching_unref)

G_END_DECLS
