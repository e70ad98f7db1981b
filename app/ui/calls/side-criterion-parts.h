/* side-criterion-parts.h - what a question's row consists of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-criterion-row.h"

G_BEGIN_DECLS

GtkWidget *side_criterion_add_section     (GtkBox *into, const char *title);
GtkWidget *side_criterion_heading_new     (const SideCriterion *criterion, GtkWidget *exemplars);
GtkWidget *side_criterion_link_new        (const SideCriterionLink *link);
gint64     side_criterion_link_get_ms     (GtkWidget *button);
char      *side_criterion_span_words      (gint64 from_ms, gint64 to_ms, gboolean open);
char      *side_criterion_answer_words    (const SideCriterion *criterion, double value);
char      *side_criterion_condition_words (const SideScript *script, const SideCriterion *criterion);

G_END_DECLS
