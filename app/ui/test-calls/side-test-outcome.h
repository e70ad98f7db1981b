/* side-test-outcome.h - who answered a test call, and whether they called back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-test-sheet.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_OUTCOME (side_test_outcome_get_type ())
G_DECLARE_FINAL_TYPE (SideTestOutcome, side_test_outcome, SIDE, TEST_OUTCOME, AdwBin)

GtkWidget *side_test_outcome_new    (SideTestSheet *sheet);
void       side_test_outcome_update (SideTestOutcome *self, gboolean editable);
void       side_test_outcome_flush  (SideTestOutcome *self);

G_END_DECLS
