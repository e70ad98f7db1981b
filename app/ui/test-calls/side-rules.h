/* side-rules.h - whether somebody has read the rules of test calls
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-desk.h"
#include "side-test-call.h"

G_BEGIN_DECLS

gint64   side_rules_get_acknowledged_ms (SideDesk *desk, const char *path);
gboolean side_rules_acknowledge         (SideDesk *desk, const char *path, GError **error);
void     side_rules_sign                (SideDesk *desk, const char *path, SideTestCall *call);

G_END_DECLS
