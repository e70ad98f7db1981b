/* side-criterion-facts.h - what a criterion says beyond its line, to be read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-script.h"

G_BEGIN_DECLS

GtkWidget *side_criterion_facts_new  (void);
void       side_criterion_facts_show (GtkWidget *facts, const SideScript *script, const SideCriterion *criterion);

G_END_DECLS
