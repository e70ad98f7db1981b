/* side-pack.h - long texts made small enough for a document
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *side_pack   (const char *text);
char *side_unpack (const char *packed, gsize max_bytes, GError **error);

G_END_DECLS
