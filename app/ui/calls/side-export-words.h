/* side-export-words.h - what a copy of a recording is called, and why there is none
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call.h"
#include "side-export.h"
#include "side-project.h"

G_BEGIN_DECLS

const char *side_export_words_error (const GError      *error);
char       *side_export_words_name  (const SideCall    *call,
                                     const SideProject *project,
                                     SideExportFormat   format);

G_END_DECLS
