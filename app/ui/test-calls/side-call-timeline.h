/* side-call-timeline.h - what a test call was made of, a line each
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-test-call.h"

G_BEGIN_DECLS

GtkWidget *side_call_timeline_new  (void);
void       side_call_timeline_show (GtkWidget *timeline, const SideTestCall *call);

G_END_DECLS
