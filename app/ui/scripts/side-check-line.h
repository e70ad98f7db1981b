/* side-check-line.h - below a form: what the checker says of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signals:
 *   chosen (const char *first, const char *second, const char *third)
 *     somebody wants to see what a finding is about: its ids, of a script those of
 *     section, criterion and step; each may be %NULL
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"
#include "side-script-check.h"

G_BEGIN_DECLS

/**
 * SideCheckFinding: one thing to look at.
 * @words: a sentence
 * @ids: (nullable): where it is
 */
typedef struct {
  SideSeverity  severity;
  char         *words;
  char         *ids[3];
} SideCheckFinding;

/**
 * SideCheckKind: what a line looks at.
 * @get_type: a boxed type
 * @undo: action of the buttons of a draft
 * @redo: the same
 * @check: (transfer full): what is found in one
 * @fine: (transfer full): what is said where nothing is
 */
typedef struct {
  GType       (*get_type) (void);
  const char   *undo;
  const char   *redo;
  GPtrArray  *(*check)    (gconstpointer value, gpointer data);
  char       *(*fine)     (gconstpointer value);
} SideCheckKind;

#define SIDE_TYPE_CHECK_LINE (side_check_line_get_type ())
G_DECLARE_FINAL_TYPE (SideCheckLine, side_check_line, SIDE, CHECK_LINE, GtkWidget)

GtkWidget *side_check_line_new       (void);
void       side_check_line_open      (SideCheckLine *self, const SideScript *script, SideDraftKeeper *keeper,
                                      const SideProject *project);
void       side_check_line_open_for  (SideCheckLine *self, const SideCheckKind *kind, gpointer data, gconstpointer value,
                                      SideDraftKeeper *keeper, const SideProject *project);
GtkWidget *side_check_line_make_list (const SideScript *script, GPtrArray *findings);

GPtrArray        *side_check_findings_new (void);
SideCheckFinding *side_check_findings_add (GPtrArray *findings, SideSeverity severity, char *words);

G_END_DECLS
