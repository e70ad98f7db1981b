/* side-import-remove.h - removing an imported call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-call-detail.h"

G_BEGIN_DECLS

void side_import_offer_remove (SideCallDetail *page,
                               SideDesk       *desk,
                               const SideCall *call);

G_END_DECLS
