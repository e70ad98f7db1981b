/* side-exemplars-editor.c - what each answer to a criterion sounds like
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line an example: which answer it is one of, and what is heard. The call it
 * was taken from, if any, stays with it.
 */
#include "side-exemplars-editor.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-script-labels.h"

static GPtrArray *
list_exemplars (const SideScript *script,
                const char       *id)
{
  SideCriterion *criterion = side_script_find_criterion (script, id);

  return criterion != NULL ? criterion->exemplars : NULL;
}

static char **
get_text (gpointer exemplar)
{
  return &((SideExemplar *) exemplar)->text;
}

static const char *
get_hint (gpointer exemplar)
{
  return ((SideExemplar *) exemplar)->call != NULL ? _("Taken from a call") : NULL;
}

static gboolean
choose (const SideScript *draft,
        const char       *id,
        gpointer          line,
        guint             chosen)
{
  g_autoptr (GArray) values = side_script_list_values (side_script_find_criterion (draft, id));
  SideExemplar *exemplar = line;

  if (chosen >= values->len || fabs (exemplar->value - g_array_index (values, double, chosen)) < 1e-9)
    return FALSE;
  exemplar->value = g_array_index (values, double, chosen);
  return TRUE;
}

/* A good one and a bad one by turns. */
static void
append (SideScript *draft,
        const char *id)
{
  SideCriterion *criterion = side_script_find_criterion (draft, id);

  side_criterion_add_exemplar (criterion, criterion->exemplars->len % 2 == 0 ? 1 : 0, NULL, 0, 0, NULL);
}

static GStrv
dup_choices (const SideScript *script,
             const char       *id,
             gpointer          exemplar,
             guint            *chosen)
{
  const SideCriterion *criterion = side_script_find_criterion (script, id);
  g_autoptr (GArray) values = side_script_list_values (criterion);
  GStrv words = g_new0 (char *, values->len + 1);

  for (guint i = 0; i < values->len; i++)
    {
      words[i] = side_script_label_value (criterion, g_array_index (values, double, i));
      if (fabs (g_array_index (values, double, i) - ((SideExemplar *) exemplar)->value) < 1e-3)
        *chosen = i;
    }
  return words;
}

/**
 * side_exemplars_editor_new:
 * @keeper: of a draft
 * @criterion: id of one of its criteria
 *
 * Returns: (transfer floating): an editor without lines
 */
GtkWidget *
side_exemplars_editor_new (SideDraftKeeper *keeper,
                           const char      *criterion)
{
  static const SideDraftLinesKind kind = {
    .choice_first = TRUE,
    .entry = N_("What is heard in the example"), .placeholder = N_("What is heard"), .choice = N_("Example of the answer"),
    .add = N_("Add Example"), .remove = N_("Remove Example"),
    .added = N_("example added"), .changed = N_("example changed"), .removed = N_("example removed"), .field = "example",
    .list = list_exemplars, .get_text = get_text, .choose = choose, .append = append, .dup_choices = dup_choices,
    .get_hint = get_hint,
  };

  return side_draft_lines_new (&kind, keeper, criterion);
}
