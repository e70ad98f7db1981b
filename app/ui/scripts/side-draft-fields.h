/* side-draft-fields.h - entries and choices that write into a draft
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What every editor of a draft is made of. The fields have no undo of their
 * own, because that of the draft takes back everything.
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

GtkWidget *side_draft_entry_new       (SideDraftKeeper *keeper, const char *name);
void       side_draft_entry_show      (GtkWidget *entry, const char *text);
GtkWidget *side_draft_text_new        (SideDraftKeeper *keeper, const char *name);
void       side_draft_text_show       (GtkWidget *text, const char *words);
char      *side_draft_text_dup        (GtkWidget *text);
GtkWidget *side_draft_choice_new      (const char *name);
void       side_draft_choice_show     (GtkWidget *choice, const char *const *words, guint chosen);
GtkWidget *side_draft_button_new      (const char *icon, const char *name);
gboolean   side_draft_text_replace    (char **text, const char *words);

G_END_DECLS
