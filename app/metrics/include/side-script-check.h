/* side-script-check.h - what is wrong with a script before anybody is scored with it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pure look at one script: nothing is changed and nothing is put into words
 * here; each finding says what and where by ids.
 */
#pragma once

#include "side-script.h"

G_BEGIN_DECLS

/* Their words (side_script_fault_to_string()) are part of what the command
 * line tells programs: new ones come at the end, none ever changes. */
typedef enum {
  SIDE_FAULT_NO_CRITERIA,          /* script: there is nothing to answer */
  SIDE_FAULT_NO_WEIGHT,            /* script: no criterion has a weight that counts, so there is no score */
  SIDE_FAULT_WEIGHT_SUM,           /* script: @number, the sum of weights, is not 100, nor is each section's */
  SIDE_FAULT_BAD_WEIGHT,           /* criterion: @number is no weight */
  SIDE_FAULT_NO_POINTS,            /* criterion: weighs nothing and is not critical: it changes no score */
  SIDE_FAULT_SCALE_MAX,            /* criterion: the scale ends at @number, which is not 1 to 1000 */
  SIDE_FAULT_EMPTY_TITLE,          /* script, section or step: no title */
  SIDE_FAULT_EMPTY_TEXT,           /* criterion: no wording */
  SIDE_FAULT_EMPTY_SECTION,        /* section: no criteria */
  SIDE_FAULT_EMPTY_STEP,           /* step: neither what to say nor what to mind */
  SIDE_FAULT_DUPLICATE_SECTION,    /* section: another one has the same id */
  SIDE_FAULT_DUPLICATE_CRITERION,  /* criterion: another one has the same id */
  SIDE_FAULT_DUPLICATE_STEP,       /* step: another one has the same id */
  SIDE_FAULT_CONDITION_UNKNOWN,    /* criterion: depends on @other, which is not there */
  SIDE_FAULT_CONDITION_CYCLE,      /* criterion: depends on itself by way of @other */
  SIDE_FAULT_CONDITION_NEVER,      /* criterion: no answer to @other can meet its condition */
  SIDE_FAULT_CRITICAL_UNREACHABLE, /* criterion: critical, and can never apply */
  SIDE_FAULT_CRITICAL_BONUS,       /* criterion: critical, and a bonus that nobody has to earn */
  SIDE_FAULT_SECTION_ALL_NA,       /* section: all of it can be "not applicable" at once */
  SIDE_FAULT_SAME_WORDING,         /* criterion: words @other has too; @number is how alike, 1 = the same */
  SIDE_FAULT_SAME_HINT,            /* criterion: listens for what @other does; one of them is critical */
  SIDE_FAULT_FAILS_TOGETHER,       /* criterion: applies only where @other lost points: the fault costs twice */
  SIDE_FAULT_NO_EXEMPLARS,         /* a critical criterion without; or script: @number criteria without */
  SIDE_FAULT_EXEMPLAR_VALUE,       /* criterion: has an exemplar for @number, which is no answer to it */
  SIDE_FAULT_EXEMPLAR_SPAN,        /* criterion: has an exemplar that ends before it starts */
  SIDE_FAULT_STEP_SECTION,         /* step: judged by section @other, which is not there */
  SIDE_FAULT_BRANCH_NOWHERE,       /* step: a branch leads to @other, which is not there */
  SIDE_FAULT_STEP_UNREACHED,       /* step: no way leads to it */
  SIDE_FAULT_STEP_ENDLESS,         /* step: no way leads from it to an end */
} SideScriptFault;

typedef enum {
  SIDE_SEVERITY_HINT,       /* could be better */
  SIDE_SEVERITY_WARNING,    /* scores, but most likely not what is meant */
  SIDE_SEVERITY_ERROR,      /* cannot be scored or read as it stands */
} SideSeverity;

/**
 * SideScriptFinding:
 * @section: (nullable): id of the section, also of the criterion's
 * @criterion: (nullable): id of the criterion
 * @step: (nullable): id of the step
 * @other: (nullable): id of the other criterion, section or step, as the code says
 * @number: what the code says; 0 elsewhere
 */
typedef struct {
  SideScriptFault  code;
  SideSeverity     severity;
  char            *section;
  char            *criterion;
  char            *step;
  char            *other;
  double           number;
} SideScriptFinding;

GPtrArray    *side_script_check              (const SideScript *script);
void          side_script_finding_free       (SideScriptFinding *self);
SideSeverity  side_script_findings_worst     (GPtrArray *findings);

const char   *side_script_fault_to_string    (SideScriptFault code);
const char   *side_severity_to_string        (SideSeverity severity);

G_END_DECLS
