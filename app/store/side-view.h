/* side-view.h - what one list shows, as the database's thread knows it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A view is the rows of a query in their order. The list has a copy of it and
 * is told of each change as a few exact steps.
 */
#pragma once

#include "side-filter.h"

G_BEGIN_DECLS

/* One step: at @position, @removed rows go and @added come. Positions count
 * in what the steps before have left. */
typedef struct {
  guint position;
  guint removed;
  guint added;
} SideViewStep;

/**
 * SideViewDelta:
 * @steps: of SideViewStep
 * @rows: of guint32: the rows added, step after step
 */
typedef struct {
  GArray *steps;
  GArray *rows;
} SideViewDelta;

void           side_view_delta_free  (SideViewDelta *self);
SideViewDelta *side_view_delta_between (const GArray *before, const GArray *after);

/**
 * SideViewTicket: shared by a list and its view. The list counts up what it
 * asks for; the thread stops working on what is not asked for any more.
 */
typedef struct {
  gatomicrefcount ref_count;
  int             asked;      /* atomic */
} SideViewTicket;

SideViewTicket *side_view_ticket_new   (void);
SideViewTicket *side_view_ticket_ref   (SideViewTicket *self);
void            side_view_ticket_unref (SideViewTicket *self);

typedef struct _SideView SideView;

/**
 * SideView:
 * @id: the list's number in its store
 * @generation: which of the list's questions it answers
 * @rows: of guint32; valid when @built
 * @before: of SideViewMark: where changed rows stood
 */
struct _SideView
{
  guint           id;
  int             generation;
  SideViewTicket *ticket;
  SideCallQuery  *query;
  gboolean        built;
  GArray         *rows;
  GArray         *before;
};

SideView      *side_view_new         (guint id, SideViewTicket *ticket);
void           side_view_free        (SideView *self);
gboolean       side_view_is_outdated (SideView *self);
gboolean       side_view_build       (SideView *self, SideColumns *columns, SideDb *db, GError **error);
void           side_view_mark        (SideView *self, const SideColumns *columns, const GArray *changed);
SideViewDelta *side_view_update      (SideView *self, SideColumns *columns, SideDb *db, GError **error);

GArray        *side_view_select      (const SideCallQuery *query, SideColumns *columns, SideDb *db,
                                      SideStopFunc stop, gpointer stop_data, GError **error);

G_END_DECLS
