/* side-script-csv.h - a script's form as a table
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One row a criterion, so that a form can be written and weighed in a
 * spreadsheet. What a table has no place for is told, and can be taken from
 * the script that the table was made of.
 */
#pragma once

#include "side-script.h"

G_BEGIN_DECLS

#define SIDE_SCRIPT_CSV_MAX_BYTES (1024 * 1024)

/* What of a script a table has no place for. */
typedef enum {
  SIDE_SCRIPT_CSV_STEPS     = 1 << 0,   /* the conversation */
  SIDE_SCRIPT_CSV_EXEMPLARS = 1 << 1,
  SIDE_SCRIPT_CSV_SETTINGS  = 1 << 2,   /* queues, purpose, language, bonus above 100 */
} SideScriptCsvLoss;

char              *side_script_csv_write (const SideScript *script, gsize *len);
SideScript        *side_script_csv_read  (const char *text, gsize len, const SideScript *base, char ***passed_over, GError **error);
SideScriptCsvLoss  side_script_csv_lost  (const SideScript *script);

G_END_DECLS
