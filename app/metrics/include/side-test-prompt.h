/* side-test-prompt.h - whether an announcement was the one that is expected
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-test-call.h"

G_BEGIN_DECLS

SideTestPromptState side_test_prompt_state (guint n, guint judged, guint same, guint other);
const char         *side_test_prompt_state_words (SideTestPromptState state);
char               *side_test_prompt_words (const SideTestPrompt *self);

G_END_DECLS
