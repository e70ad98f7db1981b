/* side-line-test.h - tries a telephone line out, step by step
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   ended ()                              it came to an end, good or bad
 *   trusted (GTlsCertificate *authority)  a person accepts it, having seen its fingerprint
 */
#pragma once

#include <adwaita.h>

#include "side-sip-account.h"

G_BEGIN_DECLS

#define SIDE_TYPE_LINE_TEST (side_line_test_get_type ())
G_DECLARE_FINAL_TYPE (SideLineTest, side_line_test, SIDE, LINE_TEST, AdwBin)

GtkWidget  *side_line_test_new        (void);
void        side_line_test_start      (SideLineTest *self, SideSipSettings *settings, SideSipSecret *secret);
void        side_line_test_stop       (SideLineTest *self);
gboolean    side_line_test_is_running (SideLineTest *self);
const char *side_line_test_get_words  (SideLineTest *self);

G_END_DECLS
