/* side-script-edit.h - moving, copying and removing the parts of a draft
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure: nothing here knows where a draft is kept. Each returns whether
 * anything changed.
 */
#pragma once

#include "side-script.h"

G_BEGIN_DECLS

gboolean       side_script_edit_move_criterion      (SideScript *script, const char *id, const char *section, guint position);
gboolean       side_script_edit_shift_criterion     (SideScript *script, const char *id, int by);
gboolean       side_script_edit_remove_criterion    (SideScript *script, const char *id);
SideCriterion *side_script_edit_duplicate_criterion (SideScript *script, const char *id);
gboolean       side_script_edit_shift_section       (SideScript *script, const char *id, int by);
gboolean       side_script_edit_remove_section      (SideScript *script, const char *id);
gboolean       side_script_edit_shift_step          (SideScript *script, const char *id, int by);
gboolean       side_script_edit_remove_step         (SideScript *script, const char *id);
SideSection   *side_script_edit_section_of          (const SideScript *script, const char *criterion, guint *position);
guint          side_script_edit_section_index       (const SideScript *script, const char *id);
guint          side_script_edit_step_index          (const SideScript *script, const char *id);

G_END_DECLS
