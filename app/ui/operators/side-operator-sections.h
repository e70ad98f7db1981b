/* side-operator-sections.h - the parts of an operator's page that are lists
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"
#include "side-store-facts.h"

G_BEGIN_DECLS

/* Asked to play the moments that @fact was answered for. */
typedef void (*SideHearFunc) (const SideCriterionFact *fact, gpointer data);

void side_operator_show_criteria (AdwPreferencesGroup *group, const SideOperatorFacts *facts, SideHearFunc hear, gpointer data);
void side_operator_show_sound    (AdwPreferencesGroup *group, const SideOperatorFacts *facts);
void side_operator_show_reviews  (AdwPreferencesGroup *group, SideDesk *desk, const SideOperatorFacts *facts, gboolean test);

void side_operator_clear_group   (AdwPreferencesGroup *group);
void side_operator_add_row       (AdwPreferencesGroup *group, GtkWidget *row);
GtkWidget *side_operator_new_row (const char *title, const char *subtitle);

G_END_DECLS
