/* side-agreement-page.h - how far the reviewers of a script agree, over a period
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-agreement-report.h"
#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_AGREEMENT_PAGE (side_agreement_page_get_type ())
G_DECLARE_FINAL_TYPE (SideAgreementPage, side_agreement_page, SIDE, AGREEMENT_PAGE, AdwBin)

/* Actions: "agreement.save" (the criteria as CSV), "agreement.retry" */
GtkWidget                 *side_agreement_page_new        (SideDesk          *desk);
const SideAgreementReport *side_agreement_page_get_report (SideAgreementPage *self);

G_END_DECLS
