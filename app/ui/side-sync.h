/* side-sync.h - brings the store up to the server and back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-link.h"
#include "side-store.h"

G_BEGIN_DECLS

/* Properties:
 *   incomplete   a store that was empty has not got all the server has yet
 * Signals:
 *   written (GError *error)  calls that came were written, %NULL, or could not
 *                            be; those come again with a later run */
#define SIDE_TYPE_SYNC (side_sync_get_type ())
G_DECLARE_FINAL_TYPE (SideSync, side_sync, SIDE, SYNC, GObject)

SideSync *side_sync_new       (SideLink *link, SideStore *store);
void      side_sync_set_keep_months (SideSync *self, guint months);
gint64    side_sync_get_known_from_ms (SideSync *self);
gboolean  side_sync_is_incomplete (SideSync *self);
void      side_sync_start     (SideSync *self);
void      side_sync_stop      (SideSync *self);
void      side_sync_run_now   (SideSync *self);
void      side_sync_push      (SideSync *self);
void      side_sync_add_call  (SideSync *self, const SideCall *call);

G_END_DECLS
