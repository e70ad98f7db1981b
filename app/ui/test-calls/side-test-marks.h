/* side-test-marks.h - what is marked on the recording of a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-blanks.h"
#include "side-marks.h"
#include "side-project.h"
#include "side-tags.h"
#include "side-test-call.h"

G_BEGIN_DECLS

SideMarkList *side_test_marks_list        (const SideTestCall *call,
                                           gint64              offset_ms,
                                           gint64              length_ms);
char         *side_test_marks_name        (const SideTestCall *call,
                                           const SideProject  *project,
                                           const char         *suffix);
char         *side_test_marks_note_words  (const SideTestNote *note,
                                           SideTags           *tags);
char         *side_test_marks_sheet       (const SideTestCall *call,
                                           SideTags           *tags,
                                           gint64              offset_ms,
                                           gint64              from_ms,
                                           gint64              to_ms,
                                           const GArray       *blanked);
void          side_test_marks_show_blanks (SideBlanks         *blanks,
                                           const SideTestCall *call,
                                           SideTags           *tags,
                                           gint64              offset_ms,
                                           gint64              from_ms,
                                           gint64              to_ms);

G_END_DECLS
