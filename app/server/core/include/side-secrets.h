/* side-secrets.h - tokens and passwords, made and checked
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A token is 32 random bytes as base64url; the archive holds only its SHA-256,
 * which is enough because nobody can guess 256 bits. A password can be
 * guessed, so it is kept as yescrypt, which takes a good part of a second:
 * never check one in the main thread.
 */
#pragma once

#include "side-archive-store.h"

G_BEGIN_DECLS

#define SIDE_PASSWORD_MIN 8      /* characters */
#define SIDE_PASSWORD_MAX 256    /* bytes */

char    *side_token_new       (void);
gboolean side_token_hash      (const char *token, guint8 hash[SIDE_TOKEN_HASH_BYTES]);

char    *side_password_hash   (const char *password, GError **error);
gboolean side_password_verify (const char *password, const char *hash);

G_END_DECLS
