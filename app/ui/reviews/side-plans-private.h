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
  SideDocumentShelf  parent_instance;
  GPtrArray         *list;      /* of SidePlan: open ones by due date, then closed ones, the newest first */
  GPtrArray         *scripts;   /* of SideScript: the newest versions */
  GHashTable        *wanted;    /* ids of closed plans that somebody looks at */
  GHashTable        *reviews;   /* call's id -> GPtrArray of SideReview, those that name a plan */
  GHashTable        *calls;     /* call's id -> SideCall */
  GHashTable        *versions;  /* "id/version" -> SideScript */
  GQueue             waiting;   /* of char *: ids of calls whose reviews are to be read */
  char              *current;   /* the one that is being read */
  guint              done;      /* tasks this person had done at the last count */
  gint64             next_ms;   /* when the next repeat comes up; 0 for none */
};

void       _side_plans_take        (SideDocumentShelf *shelf, GPtrArray *documents);
void       _side_plans_forget      (SideDocumentShelf *shelf);
void       _side_plans_read_call   (SidePlans *self, const char *call);
void       _side_plans_settle      (SidePlans *self);
GPtrArray *_side_plans_get_reviews (SidePlans *self, const char *call);

G_END_DECLS
