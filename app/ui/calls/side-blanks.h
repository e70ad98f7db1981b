/* side-blanks.h - which marked spans of a recording are silence in its copy
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * SideBlank: something marked that may be left out.
 * @id: names it as long as the list lives
 * @from_ms: where it begins in the recording
 * @to_ms: where it ends; not offered when it is no span
 * @label: what it is called
 * @text: (nullable): more about it
 * @usual: whether it is left out unless somebody says otherwise
 */
typedef struct {
  const char *id;
  gint64      from_ms;
  gint64      to_ms;
  const char *label;
  const char *text;
  gboolean    usual;
} SideBlank;

#define SIDE_TYPE_BLANKS (side_blanks_get_type ())
G_DECLARE_FINAL_TYPE (SideBlanks, side_blanks, SIDE, BLANKS, AdwPreferencesGroup)

GtkWidget *side_blanks_new  (void);
void       side_blanks_show (SideBlanks      *self,
                             const SideBlank *marks,
                             gsize            n_marks,
                             gint64           from_ms,
                             gint64           to_ms);
GArray    *side_blanks_list (SideBlanks      *self);

G_END_DECLS
