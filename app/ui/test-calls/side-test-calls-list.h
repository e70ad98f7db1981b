/* side-test-calls-list.h - the calls that were made by a scenario
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-scenarios.h"

G_BEGIN_DECLS

GtkWidget *side_test_calls_list_new (SideScenarios *shelf, const char *scenario);
char      *side_test_calls_list_dup_focused (GtkRoot *root);
void       side_test_calls_list_focus (GtkWidget *list, const char *call);

G_END_DECLS
