/* side-live-list.h - rows that tick: operators and waiting callers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SideLiveRecord: what one row shows, as it is now. All texts are the
 * caller's; the item keeps copies of what differs.
 * @id: tells the row from others
 * @lead: initials, or the place in the queue
 * @title: the name, or the number
 * @detail: the smaller words
 * @word: (nullable): the state in a word
 * @style: (nullable): style class of the state, static
 * @icon: (nullable): icon of the state, static
 * @rank: for the caller to sort by; the list itself does not look at it
 * @since_ms: since when the state lasts: the row's seconds count from here
 * @limit_ms: over this the seconds are shown as too long; 0 for no limit
 */
typedef struct {
  const char *id;
  const char *lead;
  const char *title;
  const char *detail;
  const char *word;
  const char *style;
  const char *icon;
  int         rank;
  gint64      since_ms;
  gint64      limit_ms;
} SideLiveRecord;

/* An item notifies "title", "detail", "word" and "time" when they change. */
#define SIDE_TYPE_LIVE_ITEM (side_live_item_get_type ())
G_DECLARE_FINAL_TYPE (SideLiveItem, side_live_item, SIDE, LIVE_ITEM, GObject)

const char *side_live_item_get_id     (SideLiveItem *self);
const char *side_live_item_get_lead   (SideLiveItem *self);
const char *side_live_item_get_title  (SideLiveItem *self);
const char *side_live_item_get_detail (SideLiveItem *self);
const char *side_live_item_get_word   (SideLiveItem *self);
const char *side_live_item_get_style  (SideLiveItem *self);
const char *side_live_item_get_icon   (SideLiveItem *self);
const char *side_live_item_get_time   (SideLiveItem *self);
gboolean    side_live_item_is_over    (SideLiveItem *self);

#define SIDE_TYPE_LIVE_LIST (side_live_list_get_type ())
G_DECLARE_FINAL_TYPE (SideLiveList, side_live_list, SIDE, LIVE_LIST, GObject)

SideLiveList *side_live_list_new      (void);
void          side_live_list_update   (SideLiveList *self, const SideLiveRecord *records, gsize n_records, gint64 now_ms);

G_END_DECLS
