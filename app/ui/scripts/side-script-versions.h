/* side-script-versions.h - the versions of a script, and what each changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   retire (gboolean retired)   the script is to be retired, or taken back into use
 */
#pragma once

#include <gtk/gtk.h>

#include "side-desk.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCRIPT_VERSIONS (side_script_versions_get_type ())
G_DECLARE_FINAL_TYPE (SideScriptVersions, side_script_versions, SIDE, SCRIPT_VERSIONS, GtkWidget)

GtkWidget *side_script_versions_new  (void);
void       side_script_versions_open (SideScriptVersions *self, SideDesk *desk, const SideScript *script,
                                      const SideScript *in_use, gboolean may_edit);

G_END_DECLS
