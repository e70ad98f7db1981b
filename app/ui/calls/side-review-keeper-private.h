/* side-review-keeper-private.h - a keeper's state, shared by its two files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-review-keeper.h"
#include "side-review-pen.h"

G_BEGIN_DECLS

struct _SideReviewKeeper
{
  GObject       parent_instance;
  SideDesk     *desk;
  GCancellable *cancellable;
  SideCall     *call;
  SideScript   *script;       /* the version that is answered or was */
  SideScript   *in_use;       /* the newest version */
  char         *script_body;  /* of in_use */
  SideReview   *review;
  SideReviewPen *pen;         /* (nullable): of the review */
  GHashTable   *pens;         /* id of a review -> its pen, which is not on the disk yet */
  GPtrArray    *others;       /* of SideReview: finished by others and further ones of one's own, the newest first */
  char         *chosen;       /* (nullable): id of the review to be shown */
  GPtrArray    *undo;         /* of Step: what to answer to go back */
  GPtrArray    *early;        /* of Step: answered before all was read */
  gint64        saved_ms;
  gboolean      loading;      /* another call's */
  gboolean      reading;
  gboolean      stale;        /* to be read once more when that is done */
  gboolean      own_only;     /* the person wants to score, whoever else did */
  gulong        changed_id;
};

G_END_DECLS
