/* side-hash.h - the SHA-256 a recording or a copy of one is known by
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For whole recordings, which are hashed each time one is fetched, imported,
 * found or exported. GnuTLS does it with the processor's own instructions,
 * more than ten times as fast as GChecksum; that stays in use for short texts.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SideHash SideHash;

SideHash *side_hash_new     (void);
void      side_hash_update  (SideHash *self, const void *data, gsize len);
void      side_hash_reset   (SideHash *self);
char     *side_hash_get_hex (const SideHash *self);
void      side_hash_free    (SideHash *self);
char     *side_hash_of_fd   (int fd, GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideHash, side_hash_free)

G_END_DECLS
