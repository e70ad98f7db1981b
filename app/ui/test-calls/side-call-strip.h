/* side-call-strip.h - what a test call was made of, as a coloured strip
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-test-call.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CALL_STRIP (side_call_strip_get_type ())
G_DECLARE_FINAL_TYPE (SideCallStrip, side_call_strip, SIDE, CALL_STRIP, GtkWidget)

GtkWidget *side_call_strip_new   (void);
void       side_call_strip_show  (SideCallStrip *self, const SideTestCall *call);
char      *side_call_strip_words (SideCallStrip *self, double x);

G_END_DECLS
