/* side-check-line.h - below a form: what the checker says of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   chosen (const char *section, const char *criterion, const char *step)
 *     somebody wants to see what a finding is about; each may be %NULL
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

#define SIDE_TYPE_CHECK_LINE (side_check_line_get_type ())
G_DECLARE_FINAL_TYPE (SideCheckLine, side_check_line, SIDE, CHECK_LINE, GtkWidget)

GtkWidget *side_check_line_new       (void);
void       side_check_line_open      (SideCheckLine *self, const SideScript *script, SideDraftKeeper *keeper,
                                      const SideProject *project);
GtkWidget *side_check_line_make_list (const SideScript *script, GPtrArray *findings);

G_END_DECLS
