/* side-script-labels.h - how scripts and their parts read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-project.h"
#include "side-script.h"

G_BEGIN_DECLS

/**
 * SideScriptRange: a set of answers to a criterion, as a condition takes it.
 * @low: share of a full mark from which
 * @high: and up to which
 * @label: how it reads: "Partly or No"
 */
typedef struct {
  double  low;
  double  high;
  char   *label;
} SideScriptRange;

char       *side_script_label_row         (const SideScript *script, const SideProject *project, gint64 now_ms);
char       *side_script_label_queues      (const SideScript *script, const SideProject *project);
const char *side_script_label_title       (const SideScript *script);
char       *side_script_label_answers     (const SideCriterion *criterion);
char       *side_script_label_points      (const SideCriterion *criterion);
const char *side_script_label_critical    (SideCritical critical);
const char *side_script_label_critical_short (SideCritical critical);
const char *side_script_label_comment     (SideCommentRule rule);
char       *side_script_label_section     (const SideScript *script, const SideSection *section);
GArray     *side_script_list_values       (const SideCriterion *criterion);
char       *side_script_label_value       (const SideCriterion *criterion, double value);
GPtrArray  *side_script_label_ranges      (const SideCriterion *criterion);
char       *side_script_label_condition   (const SideScript *script, const SideCriterion *criterion);
char       *side_script_label_branch      (const SideScript *script, const SideBranch *branch);
char       *side_script_label_conversation (const SideScript *script);

G_END_DECLS
