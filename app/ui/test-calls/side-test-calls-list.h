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

G_END_DECLS
