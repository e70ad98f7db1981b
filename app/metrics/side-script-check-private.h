/* side-script-check-private.h - what the parts of the script checker share
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-script-check.h"

G_BEGIN_DECLS

SideScriptFinding *_side_check_tell        (GPtrArray *findings, SideScriptFault code, SideSeverity severity);
SideScriptFinding *_side_check_tell_about  (GPtrArray *findings, SideScriptFault code, SideSeverity severity,
                                            const SideSection *section, const SideCriterion *criterion);
gboolean           _side_check_is_blank    (const char *text);

/* side-script-check-reach.c: what conditions leave possible */
void               _side_check_condition   (const SideScript *script, const SideSection *section,
                                            const SideCriterion *criterion, GPtrArray *findings);
void               _side_check_section_na  (const SideScript *script, const SideSection *section, GPtrArray *findings);
gboolean           _side_check_has_answer  (const SideCriterion *criterion, double low, double high);

/* side-script-check-twice.c: one fault that costs twice */
void               _side_check_twice       (const SideScript *script, GPtrArray *findings);

/* side-script-check-steps.c: the conversation */
void               _side_check_steps       (const SideScript *script, GPtrArray *findings);

G_END_DECLS
