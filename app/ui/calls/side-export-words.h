/* side-export-words.h - what a copy of a recording is called, and why there is none
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-analysis.h"
#include "side-annotation.h"
#include "side-call.h"
#include "side-export.h"
#include "side-project.h"
#include "side-listening.h"

G_BEGIN_DECLS

/* Enough that a colleague is not known by the voice; every word stays clear. */
#define SIDE_EXPORT_WORDS_SEMITONES (-4.0)

const char *side_export_words_error (const GError      *error);
char       *side_export_words_name  (const SideCall    *call,
                                     const SideProject *project,
                                     SideExportFormat   format);
char       *side_export_words_target (const char       *path,
                                      SideExportFormat  format);
char       *side_export_words_marks_name (const SideCall *call, const SideProject *project);
GPtrArray  *side_export_words_payments  (const SideCall   *call,
                                         const GArray     *spans);

G_END_DECLS
