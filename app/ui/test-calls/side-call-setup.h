/* side-call-setup.h - where a test call goes, on which line, and what it is heard with
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals: lines-changed (): there are other telephone lines
 */
#pragma once

#include <adwaita.h>

#include "side-lines.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_SETUP (side_call_setup_get_type ())
G_DECLARE_FINAL_TYPE (SideCallSetup, side_call_setup, SIDE, CALL_SETUP, AdwBin)

GtkWidget      *side_call_setup_new             (SideLines *lines, const char *number);
const char     *side_call_setup_get_number      (SideCallSetup *self);
void            side_call_setup_fix_number      (SideCallSetup *self, const char *number);
const SideLine *side_call_setup_get_line        (SideCallSetup *self);
char           *side_call_setup_dup_microphone  (SideCallSetup *self);
char           *side_call_setup_dup_loudspeaker (SideCallSetup *self);

G_END_DECLS
