/* side-limiter.h - how often somebody may try to sign in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SideLimiter SideLimiter;

SideLimiter *side_limiter_new     (guint attempts, gint64 period_ms);
void         side_limiter_free    (SideLimiter *self);
gint64       side_limiter_take    (SideLimiter *self, const char *key, gint64 now_ms);
void         side_limiter_forgive (SideLimiter *self, const char *key);

G_END_DECLS
