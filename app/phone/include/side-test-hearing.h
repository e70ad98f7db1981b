/* side-test-hearing.h - a test call listened through once more
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-phone-ear.h"

G_BEGIN_DECLS

GArray *side_test_hear_again (int fd, gint64 answered_ms, GError **error);

G_END_DECLS
