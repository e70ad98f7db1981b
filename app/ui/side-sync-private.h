/* side-sync-private.h - what the files of the sync share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-sync.h"

G_BEGIN_DECLS

struct _SideSync
{
  GObject       parent_instance;
  SideLink     *link;
  SideStore    *store;
  GCancellable *cancellable;     /* of the current run; NULL while stopped */
  GPtrArray    *ended;           /* of SideCall, not written yet */
  GHashTable   *asked_scripts;   /* set of "UUID VERSION", in this run */
  guint         timer_id;
  guint         batch_id;
  guint         restart_id;
  guint         retry_id;
  guint         retry_s;
  guint         keep_months;     /* of calls; 0: all */
  gint64        trimmed_us;      /* when old calls went last, monotonic; 0 never */
  gint64        calls_change;    /* the last one in the store; -1 not read yet */
  gint64        documents_since; /* what the feed was asked for last */
  gboolean      calls_busy;
  gboolean      calls_from_zero;     /* none had come when it was started first, and not all have come since */
  gboolean      documents_from_zero;
  gboolean      documents_came;          /* once at least: a server without any leaves the place at nought */
  gboolean      caught_up;       /* all calls that the server had came, in this run */
  gboolean      documents_busy;
  gboolean      documents_again;     /* some changed while the chain ran */
  guint         hint_id;
  gboolean      outbox_busy;
  gboolean      astray;          /* the server knows none of the store's places */
  gboolean      in_epoch;        /* the store's places are of the server's archive, or it does not tell */
};

/* A page of calls or documents on its way into the store. */
typedef struct {
  SideSync *self;
  gint64    place;   /* behind it */
  gboolean  more;
} SideSyncPage;

void _side_sync_chain_failed (gboolean *busy, const char *what, const GError *error);
void _side_sync_check_place  (SideSync *self, gint64 place, const GError *error);
void _side_sync_tell_written (SideSync *self, const GError *error);
void _side_sync_set_from_zero (SideSync *self, gboolean *part, gboolean from_zero);
void _side_sync_calls        (SideSync *self);

G_END_DECLS
