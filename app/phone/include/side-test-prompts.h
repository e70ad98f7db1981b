/* side-test-prompts.h - whether a line said what it should have said
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-test-call.h"

G_BEGIN_DECLS

gboolean   side_test_prompts_wanted (const SideTestCall *call);
GPtrArray *side_test_prompts_find   (const SideTestCall *call, const char *recording, gint64 heard_from_ms, GError **error);
void       side_test_prompts_take   (SideTestCall *call, GPtrArray *prompts);
void       side_test_prompts_name_segments (SideTestCall *call);

G_END_DECLS
