/* side-recordings.h - recordings fetched once and kept for a while
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-link.h"
#include "side-store.h"

G_BEGIN_DECLS

#define SIDE_TYPE_RECORDINGS (side_recordings_get_type ())
G_DECLARE_FINAL_TYPE (SideRecordings, side_recordings, SIDE, RECORDINGS, GObject)

SideRecordings *side_recordings_new          (SideLink            *link,
                                              SideStore           *store,
                                              const char          *folder);
void            side_recordings_set_limit_mb (SideRecordings      *self,
                                              guint                megabytes);
void            side_recordings_stop         (SideRecordings      *self);
void            side_recordings_fetch_async  (SideRecordings      *self,
                                              const SideCall      *call,
                                              SideLinkProgress     progress,
                                              gpointer             progress_data,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data);
char           *side_recordings_fetch_finish (SideRecordings      *self,
                                              GAsyncResult        *result,
                                              GError             **error);

G_END_DECLS
