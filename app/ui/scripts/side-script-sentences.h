/* side-script-sentences.h - what a checker found and what a version changes, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-script-check.h"
#include "side-script-diff.h"

G_BEGIN_DECLS

char *side_script_sentence_finding (const SideScript *script, const SideScriptFinding *finding);
char *side_script_sentence_check   (const SideScript *script, GPtrArray *findings);
char *side_script_sentence_change  (const SideScript *before, const SideScript *after, const SideScriptChange *change);

G_END_DECLS
