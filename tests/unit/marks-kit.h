/* marks-kit.h - lists of marks as text, and random annotations
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-marks.h"

G_BEGIN_DECLS

extern const SideMarksFormat marks_kit_formats[5];

char         *marks_kit_tell         (const SideMarkList *list);
char         *marks_kit_tell_all     (const SideMarkList *list);
char         *marks_kit_tell_notes   (GPtrArray *annotations, gboolean label_only);
void          marks_kit_assert_same  (const char *told, const char *expected);
GPtrArray    *marks_kit_random_notes (GRand *rand, guint n);
SideMarkList *marks_kit_random_marks (GRand *rand, guint n);
SideMarkList *marks_kit_again        (const SideMarkList *list, SideMarksFormat format);

G_END_DECLS
