/* side-radix.h - ordering row numbers by an integer key
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void side_radix_sort (guint64 *keys, guint32 *rows, gsize n);

G_END_DECLS
