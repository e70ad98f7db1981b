/* side-tls-pair.h - whether a certificate and a key are each other's
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Private to the server's core.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean side_tls_pair_check (const char *certificate_file, const char *key_file, GError **error);

G_END_DECLS
