/* side-sqlite-store.h - the archive in a file of SQLite
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The embedded default: one file in WAL mode, one connection that writes,
 * and as many that read as are asked at the same time. docs/schema.md
 * describes the tables.
 */
#pragma once

#include "side-archive-store.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SQLITE_STORE (side_sqlite_store_get_type ())
G_DECLARE_FINAL_TYPE (SideSqliteStore, side_sqlite_store, SIDE, SQLITE_STORE, GObject)

SideArchiveStore *side_sqlite_store_new   (const char *path, GError **error);
gboolean          side_sqlite_store_check (const char *path, GError **error);
char             *side_sqlite_store_begin (SideSqliteStore *self, const char *mark, GError **error);
char             *side_sqlite_store_end   (const char *path, GError **error);

G_END_DECLS
