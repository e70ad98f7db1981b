/* side-script-difference.h - what one version of a script changes against another, to be read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-script.h"

G_BEGIN_DECLS

GtkWidget *side_script_difference_new (const SideScript *before, const SideScript *after);

G_END_DECLS
