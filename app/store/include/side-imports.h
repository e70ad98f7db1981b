/* side-imports.h - calls that were imported from this computer's disk
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Functions of SideStore. Such a call stands among the others, but no server
 * knows it: nothing that is fetched touches it, what is written about it is
 * not sent, and its recording is not counted against the room for those that
 * can be fetched again. It stays until a person removes it.
 */
#pragma once

#include "side-store.h"

G_BEGIN_DECLS

char      *side_import_dup_call_id           (const char           *sha256);
char      *side_import_dup_recording_id      (const char           *sha256);

void       side_store_add_import_async       (SideStore            *self,
                                              SideCall             *call,
                                              const char           *path,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gboolean   side_store_add_import_finish      (SideStore            *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void       side_store_find_import_async      (SideStore            *self,
                                              const char           *sha256,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
char      *side_store_find_import_finish     (SideStore            *self,
                                              GAsyncResult         *result,
                                              GError              **error);
void       side_store_remove_imports_async   (SideStore            *self,
                                              const char *const    *calls,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
gssize     side_store_remove_imports_finish  (SideStore            *self,
                                              GAsyncResult         *result,
                                              GError              **error);

G_END_DECLS
