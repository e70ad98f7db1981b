/* side-import-words.h - what is said about recordings that are imported
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-import-batch.h"

G_BEGIN_DECLS

const char *side_import_words_error   (const GError    *error);
char       *side_import_words_state   (SideImportItem  *item);
char       *side_import_words_when    (SideImportItem  *item,
                                       GTimeZone       *zone);
char       *side_import_words_summary (SideImportBatch *batch);

G_END_DECLS
