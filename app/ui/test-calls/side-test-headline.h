/* side-test-headline.h - what became of a test call, in a few words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"
#include "side-test-call.h"

G_BEGIN_DECLS

#define SIDE_TYPE_TEST_HEADLINE (side_test_headline_get_type ())
G_DECLARE_FINAL_TYPE (SideTestHeadline, side_test_headline, SIDE, TEST_HEADLINE, GtkBox)

GtkWidget *side_test_headline_new  (void);
void       side_test_headline_show (SideTestHeadline *self, SideDesk *desk, const SideTestCall *call, double score, gboolean own);

G_END_DECLS
