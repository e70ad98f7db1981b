/* side-draft-lines.h - lines of a draft that are added, changed and removed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "side-draft-keeper.h"

G_BEGIN_DECLS

/**
 * SideDraftLinesKind: what the lines are about, and how a draft holds them.
 * Each has a text and a choice. The words are not translated yet.
 * @choice_first: whether the choice stands before the text
 * @entry: what a screen reader calls the text
 * @placeholder: what an empty one says
 * @choice: what a screen reader calls the choice
 * @add: the button that adds a line
 * @remove: the button that removes one
 * @added: for the sentence after undoing: "branch added"
 * @changed: the same
 * @removed: the same
 * @field: with the number of a line the name of its text, see side_draft_keeper_put()
 * @list: the draft's array of lines; %NULL when what they belong to is gone
 * @get_text: (transfer none): where a line has its text
 * @choose: writes a choice; returns whether it is another now
 * @append: adds a line to the draft
 * @dup_choices: what can be chosen in a line, and what is; %GTK_INVALID_LIST_POSITION for none
 * @get_hint: (nullable): tooltip of a line's text
 */
typedef struct {
  gboolean      choice_first;
  const char   *entry;
  const char   *placeholder;
  const char   *choice;
  const char   *add;
  const char   *remove;
  const char   *added;
  const char   *changed;
  const char   *removed;
  const char   *field;
  GPtrArray  *(*list)        (const SideScript *script, const char *id);
  char      **(*get_text)    (gpointer line);
  gboolean    (*choose)      (const SideScript *draft, const char *id, gpointer line, guint chosen);
  void        (*append)      (SideScript *draft, const char *id);
  GStrv       (*dup_choices) (const SideScript *script, const char *id, gpointer line, guint *chosen);
  const char *(*get_hint)    (gpointer line);
} SideDraftLinesKind;

#define SIDE_TYPE_DRAFT_LINES (side_draft_lines_get_type ())
G_DECLARE_FINAL_TYPE (SideDraftLines, side_draft_lines, SIDE, DRAFT_LINES, GtkWidget)

GtkWidget *side_draft_lines_new  (const SideDraftLinesKind *kind, SideDraftKeeper *keeper, const char *id);
void       side_draft_lines_show (SideDraftLines *self, const SideScript *script);

G_END_DECLS
