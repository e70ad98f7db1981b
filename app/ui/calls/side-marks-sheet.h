/* side-marks-sheet.h - the marks of an exported recording, to be read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text in the person's language that goes with a copy of a recording. What was
 * written about a blanked span stays out of it, as the sound of it does.
 */
#pragma once

#include "side-annotation.h"
#include "side-call.h"
#include "side-listening.h"
#include "side-project.h"
#include "side-tags.h"

G_BEGIN_DECLS

/**
 * SideMarksSheet: what the copy is of.
 * @call: the call
 * @project: (nullable): its project: time zone and names of queues
 * @from_ms: where the copy begins in the recording
 * @to_ms: where it ends
 * @length_ms: of the whole recording
 * @blanked: (nullable) (array length=n_blanked): spans of the recording that
 *   are silence in the copy
 * @n_blanked: how many
 * @voice_changed: the voices were altered; the operator is not named then
 * @tags: the vocabulary the marks are named by
 */
typedef struct {
  const SideCall    *call;
  const SideProject *project;
  gint64             from_ms;
  gint64             to_ms;
  gint64             length_ms;
  const SideHeard   *blanked;
  gsize              n_blanked;
  gboolean           voice_changed;
  SideTags          *tags;
} SideMarksSheet;

char *side_marks_sheet_write (const SideMarksSheet *sheet,
                              GPtrArray            *marks);

G_END_DECLS
