/* side-script-diff.h - how one version of a script differs from another
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Parts are the same when their ids are: what was reworded is changed, what
 * stands elsewhere is moved, and neither is removed and added.
 */
#pragma once

#include "side-script.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_CHANGE_ADDED,
  SIDE_CHANGE_REMOVED,
  SIDE_CHANGE_MOVED,
  SIDE_CHANGE_CHANGED,
} SideChangeKind;

typedef enum {
  SIDE_PART_SCRIPT,
  SIDE_PART_SECTION,
  SIDE_PART_CRITERION,
  SIDE_PART_STEP,
} SideScriptPart;

/**
 * SideScriptChange:
 * @id: (nullable): the part's id; %NULL for the script itself
 * @title: title or wording of the part, as it is after; as it was, of a removed one
 * @field: (nullable): of a changed part, the member as a script's file spells
 *   it: "title", "text", "hint", "answers", "scale_max", "weight", "allow_na",
 *   "critical", "bonus", "comment", "causes", "exemplars", "only_if",
 *   "only_low", "only_high", "say", "section", "branches", "purpose",
 *   "language", "above_100", "whole_recording", "queues"; of a moved part
 *   "section" when it went to another one, "place" when it stands elsewhere in the same list
 * @before: (nullable): the member before: a text, a word of the files, "true",
 *   "false", or a number with a point; a list has a line an entry, a branch
 *   being "when\tstep" and an exemplar "value\tcall\tfrom_ms\tto_ms\ttext".
 *   A moved part: the section's id, or its place from 1. %NULL for nothing.
 * @after: (nullable): likewise
 */
typedef struct {
  SideChangeKind  kind;
  SideScriptPart  part;
  char           *id;
  char           *title;
  const char     *field;
  char           *before;
  char           *after;
} SideScriptChange;

GPtrArray  *side_script_diff             (const SideScript *before, const SideScript *after);
void        side_script_change_free      (SideScriptChange *self);

const char *side_change_kind_to_string   (SideChangeKind kind);
const char *side_script_part_to_string   (SideScriptPart part);

G_END_DECLS
