/* side-veil-sql.h - the calls whose reviews are hidden, as statements ask for them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Apart, so that a benchmark can put the store's questions without the store.
 */
#pragma once

/* Ids of the calls; every statement that tells of a review's result asks. */
#define SIDE_VEIL_SQL "(SELECT call FROM temp.veil)"

/* The same as numbers of their reviews, where an index does not tell the call. */
#define SIDE_VEIL_REVIEWS_SQL "(SELECT r.n FROM temp.veil v CROSS JOIN review_facts r ON r.about = v.call)"

#define SIDE_VEIL_TABLE_SQL "CREATE TEMP TABLE veil (call TEXT PRIMARY KEY) WITHOUT ROWID"
