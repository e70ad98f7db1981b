/* side-branches-editor.c - where a step of a draft leads
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line a branch: in which case, and to which step. Without a case it is for
 * all others; without a step the conversation ends.
 */
#include "side-branches-editor.h"

#include <glib/gi18n.h>

#include "side-draft-fields.h"
#include "side-script-edit.h"

static GPtrArray *
list_branches (const SideScript *script,
               const char       *id)
{
  SideStep *step = side_script_find_step (script, id);

  return step != NULL ? step->branches : NULL;
}

static char **
get_text (gpointer branch)
{
  return &((SideBranch *) branch)->when;
}

static gboolean
choose (const SideScript *draft,
        const char       *id,
        gpointer          branch,
        guint             chosen)
{
  if (chosen > draft->steps->len)
    return FALSE;
  return side_draft_text_replace (&((SideBranch *) branch)->step,
                                  chosen > 0 ? ((SideStep *) g_ptr_array_index (draft->steps, chosen - 1))->id : "");
}

/* To the step that follows, as it would without a branch. */
static void
append (SideScript *draft,
        const char *id)
{
  guint next = side_script_edit_step_index (draft, id) + 1;

  side_step_add_branch (side_script_find_step (draft, id), NULL,
                        next < draft->steps->len ? ((SideStep *) g_ptr_array_index (draft->steps, next))->id : NULL);
}

static GStrv
dup_choices (const SideScript *script,
             const char       *id,
             gpointer          branch,
             guint            *chosen)
{
  GStrv words = g_new0 (char *, script->steps->len + 2);
  guint index = side_script_edit_step_index (script, ((const SideBranch *) branch)->step);

  words[0] = g_strdup (_("the conversation ends"));
  for (guint i = 0; i < script->steps->len; i++)
    words[i + 1] = g_strdup_printf (_("%u. %s"), i + 1, ((SideStep *) g_ptr_array_index (script->steps, i))->title);
  *chosen = index < script->steps->len ? index + 1 : 0;
  return words;
}

/**
 * side_branches_editor_new:
 * @keeper: of a draft
 * @step: id of one of its steps
 *
 * Returns: (transfer floating): an editor without lines
 */
GtkWidget *
side_branches_editor_new (SideDraftKeeper *keeper,
                          const char      *step)
{
  static const SideDraftLinesKind kind = {
    .entry = N_("In which case"), .placeholder = N_("in any other case"), .choice = N_("Where the branch leads"),
    .add = N_("Add Branch"), .remove = N_("Remove Branch"),
    .added = N_("branch added"), .changed = N_("branch changed"), .removed = N_("branch removed"), .field = "branch",
    .list = list_branches, .get_text = get_text, .choose = choose, .append = append, .dup_choices = dup_choices,
  };

  return side_draft_lines_new (&kind, keeper, step);
}
