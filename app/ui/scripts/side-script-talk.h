/* side-script-talk.h - the conversation of a script, step by step
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   toast (const char *text)   something to tell in passing
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

#define SIDE_TYPE_SCRIPT_TALK (side_script_talk_get_type ())
G_DECLARE_FINAL_TYPE (SideScriptTalk, side_script_talk, SIDE, SCRIPT_TALK, GtkWidget)

GtkWidget *side_script_talk_new    (void);
void       side_script_talk_open   (SideScriptTalk *self, const SideScript *script, SideDraftKeeper *keeper);
void       side_script_talk_reveal (SideScriptTalk *self, const char *step);

G_END_DECLS
