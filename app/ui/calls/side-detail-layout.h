/* side-detail-layout.h - a call's recording, what is below it, and the form
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Properties: "folded" (boolean, read-only: there is no room for the form
 * beside the rest), "form-shown" (boolean: whether, while it is folded, the
 * form stands in the place of what is below the recording). */
#define SIDE_TYPE_DETAIL_LAYOUT (side_detail_layout_get_type ())
G_DECLARE_FINAL_TYPE (SideDetailLayout, side_detail_layout, SIDE, DETAIL_LAYOUT, GtkLayoutManager)

SideDetailLayout *side_detail_layout_new            (void);
gboolean          side_detail_layout_get_folded     (SideDetailLayout *self);
void              side_detail_layout_set_form_shown (SideDetailLayout *self,
                                                     gboolean          shown);

G_END_DECLS
