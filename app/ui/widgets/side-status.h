/* side-status.h - what stands where there is nothing to show
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *side_status_new (const char *icon, const char *title, const char *words);

G_END_DECLS
