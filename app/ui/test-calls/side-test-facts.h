/* side-test-facts.h - what the operator had to know, and what was heard of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-test-sheet.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_FACTS (side_test_facts_get_type ())
G_DECLARE_FINAL_TYPE (SideTestFacts, side_test_facts, SIDE, TEST_FACTS, AdwBin)

GtkWidget *side_test_facts_new    (SideTestSheet *sheet);
void       side_test_facts_load   (SideTestFacts *self);
void       side_test_facts_update (SideTestFacts *self, gboolean editable);
gboolean   side_test_facts_begin  (SideTestFacts *self);
void       side_test_facts_flush  (SideTestFacts *self);

G_END_DECLS
