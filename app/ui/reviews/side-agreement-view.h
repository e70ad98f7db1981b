/* side-agreement-view.h - the tab of calibrations and of how far reviewers agree
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_AGREEMENT_VIEW (side_agreement_view_get_type ())
G_DECLARE_FINAL_TYPE (SideAgreementView, side_agreement_view, SIDE, AGREEMENT_VIEW, AdwBin)

/* Actions: "agreement.new-calibration". Signals: toast (const char *text, const char *action) */
GtkWidget *side_agreement_view_new  (SideDesk          *desk);
void       side_agreement_view_show (SideAgreementView *self,
                                     const char        *id);

G_END_DECLS
