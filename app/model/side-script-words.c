/* side-script-words.c - how files and the protocol spell a script's choices
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A choice of a newer peer is no script of ours: a form that is read as another
 * scores otherwise.
 */
#include "side-script.h"

#include "side-words.h"

static const char *const states[] = { "in-use", "draft", "retired" };
static const char *const purposes[] = { "calls", "test-calls", "vendors" };
static const char *const criticals[] = { "no", "section", "script" };
static const char *const answers_words[] = { "yes-no", "yes-partly-no", "scale" };
static const char *const rules[] = { "free", "on-fault", "always" };

SIDE_DEFINE_STRICT_WORDS (SideScriptState, side_script_state, states)
SIDE_DEFINE_STRICT_WORDS (SideScriptPurpose, side_script_purpose, purposes)
SIDE_DEFINE_STRICT_WORDS (SideCritical, side_critical, criticals)
SIDE_DEFINE_STRICT_WORDS (SideAnswers, side_answers, answers_words)
SIDE_DEFINE_STRICT_WORDS (SideCommentRule, side_comment_rule, rules)
