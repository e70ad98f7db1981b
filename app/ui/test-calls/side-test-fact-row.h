/* side-test-fact-row.h - one thing an operator has to know, and what was heard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   said ()  a person chose whether it was right, or wrote what they heard
 *   done ()  one key or Enter settled it: on with the next
 */
#pragma once

#include <gtk/gtk.h>

#include "side-test-call.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_FACT_ROW (side_test_fact_row_get_type ())
G_DECLARE_FINAL_TYPE (SideTestFactRow, side_test_fact_row, SIDE, TEST_FACT_ROW, GtkWidget)

GtkWidget         *side_test_fact_row_new          (const SideScenarioFact *fact);
const char        *side_test_fact_row_get_id       (SideTestFactRow *self);
SideTestFactState  side_test_fact_row_get_state    (SideTestFactRow *self);
const char        *side_test_fact_row_get_heard    (SideTestFactRow *self);
void               side_test_fact_row_show         (SideTestFactRow *self, const SideTestFact *fact);
void               side_test_fact_row_set_editable (SideTestFactRow *self, gboolean editable);
gboolean           side_test_fact_row_press        (SideTestFactRow *self, guint keyval);
void               side_test_fact_row_flush        (SideTestFactRow *self);

G_END_DECLS
