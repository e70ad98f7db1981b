/* side-store-sound.h - what recordings sound like, and which still have to be heard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-sound-figures.h"
#include "side-store.h"

G_BEGIN_DECLS

void              side_store_put_sound_async           (SideStore              *self,
                                                        const SideSoundFigures *figures,
                                                        GCancellable           *cancellable,
                                                        GAsyncReadyCallback     callback,
                                                        gpointer                user_data);
gboolean          side_store_put_sound_finish          (SideStore              *self,
                                                        GAsyncResult           *result,
                                                        GError                **error);
void              side_store_get_sound_async           (SideStore              *self,
                                                        const char             *call,
                                                        GCancellable           *cancellable,
                                                        GAsyncReadyCallback     callback,
                                                        gpointer                user_data);
SideSoundFigures *side_store_get_sound_finish          (SideStore              *self,
                                                        GAsyncResult           *result,
                                                        GError                **error);
void              side_store_list_sounds_async         (SideStore              *self,
                                                        const SideCallQuery    *query,
                                                        GCancellable           *cancellable,
                                                        GAsyncReadyCallback     callback,
                                                        gpointer                user_data);
GHashTable       *side_store_list_sounds_finish        (SideStore              *self,
                                                        GAsyncResult           *result,
                                                        GError                **error);
void              side_store_list_unheard_async        (SideStore              *self,
                                                        const char             *version,
                                                        guint                   limit,
                                                        GCancellable           *cancellable,
                                                        GAsyncReadyCallback     callback,
                                                        gpointer                user_data);
GPtrArray        *side_store_list_unheard_finish       (SideStore              *self,
                                                        GAsyncResult           *result,
                                                        GError                **error);
void              side_store_list_unfetched_async      (SideStore              *self,
                                                        const SideCallQuery    *query,
                                                        const char             *reviewer,
                                                        guint                   limit,
                                                        GCancellable           *cancellable,
                                                        GAsyncReadyCallback     callback,
                                                        gpointer                user_data);
GPtrArray        *side_store_list_unfetched_finish     (SideStore              *self,
                                                        GAsyncResult           *result,
                                                        GError                **error);

G_END_DECLS
