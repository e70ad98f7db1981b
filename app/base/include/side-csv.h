/* side-csv.h - tables as spreadsheets write and read them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 4180, and what is found besides: semicolons, tabs, Excel's "sep=;", all
 * kinds of line ends. A cell that a spreadsheet would take for a formula is
 * written behind an apostrophe.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More columns than this is no table. */
#define SIDE_CSV_MAX_COLUMNS 1000

typedef struct _SideCsv SideCsv;

SideCsv    *side_csv_new          (const char *text, gsize len);
void        side_csv_free         (SideCsv *self);
gboolean    side_csv_next         (SideCsv *self, GError **error);
gboolean    side_csv_next_filled  (SideCsv *self, GError **error);
GPtrArray  *side_csv_get_cells    (SideCsv *self);
guint       side_csv_get_line     (SideCsv *self);
gboolean    side_csv_is_empty     (SideCsv *self);
const char *side_csv_unguard      (const char *cell);
void        side_csv_append       (GString *out, const char *text);
void        side_csv_append_cell  (GString *out, const char *text);
void        side_csv_append_number (GString *out, const char *format, double value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideCsv, side_csv_free)

G_END_DECLS
