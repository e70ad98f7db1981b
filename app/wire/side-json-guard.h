/* side-json-guard.h - is this text JSON, and within bounds?
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean side_json_guard (const char *text, gsize len, guint max_depth, gsize max_values, GError **error);

G_END_DECLS
