/* bench-calls-data.h - a database of calls for bench-calls, and the store on it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-store.h"

G_BEGIN_DECLS

/* Call n joined at about BENCH_START_MS + n * BENCH_STEP_MS. */
#define BENCH_START_MS   G_GINT64_CONSTANT (1760000000000)
#define BENCH_STEP_MS    30000
#define BENCH_TIMEOUT_MS 600000

void       bench_make_database (const char *path, guint n_calls);

/* These wait; what fails ends the program. */
SideStore *bench_open_store    (const char *path);
void       bench_close_store   (SideStore *store);
void       bench_put_calls     (SideStore *store, GPtrArray *calls);

G_END_DECLS
