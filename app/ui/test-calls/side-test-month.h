/* side-test-month.h - what the test calls of this month come to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-scenarios.h"

G_BEGIN_DECLS

GtkWidget *side_test_month_new  (SideScenarios *shelf);

G_END_DECLS
