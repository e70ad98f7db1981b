/* side-action-words.h - what is said of actions
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-wire-actions.h"

G_BEGIN_DECLS

const char *side_action_words_title   (SideActionKind kind);
const char *side_action_words_explain (SideActionKind kind);
const char *side_action_words_hurdle  (SideHurdle hurdle);
char       *side_action_words_doing   (SideActionKind kind, const char *phone);
char       *side_action_words_done    (const SideActionRequest *request, const char *name);
char       *side_action_words_failed  (const SideActionRequest *request, const char *name, const GError *error);

G_END_DECLS
