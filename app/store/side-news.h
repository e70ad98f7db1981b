/* side-news.h - what the database's thread tells the store's context
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each piece of work gathers what it changed; the news is delivered together
 * with its result, in the order the work was done, and says what the lists
 * and the signals of the store need.
 */
#pragma once

#include <gio/gio.h>

#include "side-view.h"

G_BEGIN_DECLS

/**
 * SideListNews: for one list.
 * @view: the list's number
 * @generation: which of its questions this answers or follows
 * @rows: (nullable): the whole answer, of guint32
 * @partial: @rows is only the first page, the rest comes
 * @calls: (nullable): of SideCall: those of the first rows
 * @delta: (nullable): steps from what the list has
 * @error: (nullable): why there is no answer
 */
typedef struct {
  guint          view;
  int            generation;
  GArray        *rows;
  gboolean       partial;
  GPtrArray     *calls;
  SideViewDelta *delta;
  GError        *error;
} SideListNews;

typedef struct {
  char *kind;
  char *id;
  char *call;    /* "" for none */
} SideDocumentNews;

typedef struct _SideNews SideNews;

/**
 * SideNews:
 * @call_ids: ids of the calls written
 * @rows: of guint32: their rows and those whose score changed
 * @documents: of SideDocumentNews
 * @lists: of SideListNews
 * @counted: whether @unsent, @conflicts and @refused are told
 * @damaged: (nullable): where the damaged file went
 */
struct _SideNews
{
  GPtrArray *call_ids;
  GArray    *rows;
  GPtrArray *documents;
  GPtrArray *lists;
  gboolean   counted;
  guint      unsent;
  guint      conflicts;
  guint      refused;
  char      *damaged;
  guint      salvaged;
};

SideNews     *side_news_new          (void);
void          side_news_free         (SideNews *self);
void          side_news_add_document (SideNews *self, const SideDocument *document);
SideListNews *side_news_add_list     (SideNews *self, SideView *view);
gboolean      side_news_is_empty     (const SideNews *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideNews, side_news_free)

G_END_DECLS
