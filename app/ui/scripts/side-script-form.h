/* side-script-form.h - the form of a script: its sections and criteria
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   show-step (const char *id)   what the checker found is a step's
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"
#include "side-script-use.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCRIPT_FORM (side_script_form_get_type ())
G_DECLARE_FINAL_TYPE (SideScriptForm, side_script_form, SIDE, SCRIPT_FORM, GtkWidget)

GtkWidget *side_script_form_new         (void);
void       side_script_form_open        (SideScriptForm *self, const SideScript *script, SideDraftKeeper *keeper,
                                         const SideProject *project);
void       side_script_form_set_use     (SideScriptForm *self, const SideScriptUse *use);
void       side_script_form_reveal      (SideScriptForm *self, const char *criterion);
void       side_script_form_edit_title  (SideScriptForm *self);

G_END_DECLS
