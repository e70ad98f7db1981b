/* side-agreement-table.h - criteria with their figures of agreement, the worst first
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-agreement-report.h"

G_BEGIN_DECLS

GtkWidget *side_agreement_table_new         (void);
GtkWidget *side_agreement_faults_new        (void);
void       side_agreement_table_show        (GtkWidget                 *table,
                                             const SideAgreementReport *report);
GtkWidget *side_agreement_reviewers_new     (const SideAgreementReport *report);

G_END_DECLS
