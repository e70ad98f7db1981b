/* side-test-result-cards.h - what a test call came to, as figures
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-test-call.h"

G_BEGIN_DECLS

GtkWidget *side_test_result_card_new    (const char *title);
GtkWidget *side_test_result_label_new   (const char *words, const char *css_class);
GtkWidget *side_test_result_limits_new  (const SideTestCall *call);
GtkWidget *side_test_result_line_new    (const SideTestCall *call);
GtkWidget *side_test_result_removed_new (void);
GtkWidget *side_test_result_gone_new    (void);

G_END_DECLS
