/* side-plans-private.h - the plans' state, shared by their files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-plans.h"

G_BEGIN_DECLS

struct _SidePlans
{
  GObject       parent_instance;
  SideDesk     *desk;         /* weak: it owns us */
  SideStore    *store;        /* weak: whose changes are heard */
  GCancellable *cancellable;
  GPtrArray    *list;         /* of SidePlan: open ones by due date, then closed ones, the newest first */
  GPtrArray    *scripts;      /* of SideScript: the newest versions */
  GHashTable   *documents;    /* plan's id -> SideDocument */
  GHashTable   *wanted;       /* ids of closed plans that somebody looks at */
  GHashTable   *reviews;      /* call's id -> GPtrArray of SideReview, those that name a plan */
  GHashTable   *calls;        /* call's id -> SideCall */
  GHashTable   *versions;     /* "id/version" -> SideScript */
  GQueue        waiting;      /* of char *: ids of calls whose reviews are to be read */
  char         *current;      /* the one that is being read */
  gboolean      listing;
  gboolean      stale;        /* plans changed while they were read */
  gboolean      settled;      /* all was read once: what is finished from now on is news */
  guint         done;         /* tasks this person had done at the last count */
  gint64        next_ms;      /* when the next repeat comes up; 0 for none */
};

void             _side_plans_load        (SidePlans *self);
void             _side_plans_forget      (SidePlans *self);
void             _side_plans_read_call   (SidePlans *self, const char *call);
void             _side_plans_settle      (SidePlans *self);
void             _side_plans_fail        (SidePlans *self, const GError *error);
GPtrArray       *_side_plans_get_reviews (SidePlans *self, const char *call);

G_END_DECLS
