/* side-call-title.h - who called, when, and what came of it, over a call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "side-desk.h"

G_BEGIN_DECLS

void side_call_title_show (AdwWindowTitle *title, SideDesk *desk, const SideCall *call);

G_END_DECLS
