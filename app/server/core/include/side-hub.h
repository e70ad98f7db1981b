/* side-hub.h - where events from all sources come together
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The hub numbers each event, fills in what the configuration knows (the
 * advertising source of a dialled number, an operator's alias), applies it to
 * the board, gives it to the archive and tells whoever listens. It belongs to
 * one main context.
 *
 * ::event (SideEvent *event)
 *   numbered and applied; the board stands as it leaves it
 * ::claimed (const char *project, const char *call, const char *test)
 *   it is kept that with that leg came the header of the test call @test
 */
#pragma once

#include "side-archive.h"
#include "side-clock.h"
#include "side-recording-keeper.h"
#include "side-source.h"

G_BEGIN_DECLS

#define SIDE_TYPE_HUB (side_hub_get_type ())
G_DECLARE_FINAL_TYPE (SideHub, side_hub, SIDE, HUB, GObject)

SideHub             *side_hub_new            (SideClock *clock, SideArchive *archive, GPtrArray *projects, SideRecordingKeeper *keeper);
void                 side_hub_set_aliases    (SideHub *self, GHashTable *aliases);
gboolean             side_hub_restore        (SideHub *self, GError **error);
void                 side_hub_add_source     (SideHub *self, SideSource *source);
gboolean             side_hub_start          (SideHub *self, GError **error);
void                 side_hub_stop           (SideHub *self);

void                 side_hub_publish        (SideHub *self, SideEvent *event);
void                 side_hub_end_live_calls (SideHub *self, gint64 heard_ms);
void                 side_hub_import_event   (SideHub *self, SideEvent *event);
void                 side_hub_import_call    (SideHub *self, SideCall *call);

void                 side_hub_provide_async  (SideHub *self, SideCall *call, GCancellable *cancellable,
                                              GAsyncReadyCallback callback, gpointer user_data);
SideRecording       *side_hub_provide_finish (SideHub *self, GAsyncResult *result, GError **error);

SideHurdle           side_hub_get_hurdle     (SideHub *self, const char *project, SideActionKind kind);
void                 side_hub_act_async      (SideHub *self, const SideAct *act, GAsyncReadyCallback callback, gpointer user_data);
gboolean             side_hub_act_finish     (SideHub *self, GAsyncResult *result, GError **error);

SideBoard           *side_hub_get_board      (SideHub *self);
SideArchive         *side_hub_get_archive    (SideHub *self);
SideClock           *side_hub_get_clock      (SideHub *self);
SideRecordingKeeper *side_hub_get_keeper     (SideHub *self);
GPtrArray           *side_hub_get_projects   (SideHub *self);
SideProject         *side_hub_find_project   (SideHub *self, const char *id);
guint64              side_hub_get_first_seq  (SideHub *self);
const char          *side_hub_get_epoch      (SideHub *self);
void                 side_hub_trust_call     (SideHub *self, const char *id);
void                 side_hub_keep_sources   (SideHub *self, const char *project, const char *const *names);

G_END_DECLS
