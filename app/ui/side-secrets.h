/* side-secrets.h - tokens in the desktop's Secret Service
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void      side_secrets_store_async   (const char *identity, const char *token,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean  side_secrets_store_finish  (GAsyncResult *result, GError **error);
void      side_secrets_lookup_async  (const char *identity,
                                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
char     *side_secrets_lookup_finish (GAsyncResult *result, GError **error);
void      side_secrets_forget        (const char *identity);

G_END_DECLS
