/* side-criterion-facts.c - what a criterion says beyond its line, to be read
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A line a fact: the answers, the points, what a "no" does, when words are
 * needed, the causes, the examples. Of an example from a call, the call.
 */
#include "side-criterion-facts.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-criterion-parts.h"
#include "side-place.h"
#include "side-script-labels.h"

/**
 * side_criterion_facts_new:
 *
 * Returns: (transfer floating): an empty table
 */
GtkWidget *
side_criterion_facts_new (void)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_widget_add_css_class (grid, "script-details");
  return grid;
}

static GtkWidget *
make_label (const char *words,
            gboolean    dim)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  if (dim)
    gtk_widget_add_css_class (label, "dim-label");
  else
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_selectable (GTK_LABEL (label), TRUE);
      gtk_widget_set_focusable (label, FALSE);
      gtk_widget_set_hexpand (label, TRUE);
    }
  return label;
}

static void
add_fact (GtkWidget  *grid,
          int        *row,
          const char *name,
          const char *words)
{
  if (words == NULL || *words == '\0')
    return;
  gtk_grid_attach (GTK_GRID (grid), make_label (name, TRUE), 0, *row, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), make_label (words, FALSE), 1, *row, 1, 1);
  (*row)++;
}

static GtkWidget *
make_exemplar (const SideCriterion *criterion,
               const SideExemplar  *exemplar)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *value = side_script_label_value (criterion, exemplar->value);
  /* Translators: an example of an answer: the answer, what is heard */
  g_autofree char *words = g_strdup_printf (_("%s: %s"), value, exemplar->text != NULL ? exemplar->text : "");

  gtk_box_append (GTK_BOX (line), make_label (words, FALSE));
  if (exemplar->call != NULL)
    {
      g_autofree char *span = side_criterion_span_words (exemplar->from_ms, exemplar->to_ms, FALSE);
      /* Translators: a button: plays a piece of a call that is an example: "Hear 0:41–0:52" */
      g_autofree char *name = g_strdup_printf (_("Hear %s"), span);
      GtkWidget *button = gtk_button_new_with_label (name);

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_valign (button, GTK_ALIGN_START);
      side_place_set_link (button, exemplar->call, exemplar->from_ms, exemplar->to_ms, TRUE);
      gtk_box_append (GTK_BOX (line), button);
    }
  return line;
}

static char *
join (GPtrArray *words)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "; " : "", (const char *) g_ptr_array_index (words, i));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_criterion_facts_show:
 * @facts: from side_criterion_facts_new()
 * @script: a script
 * @criterion: one of its criteria
 */
void
side_criterion_facts_show (GtkWidget           *facts,
                           const SideScript    *script,
                           const SideCriterion *criterion)
{
  g_autofree char *answers = side_script_label_answers (criterion);
  g_autofree char *points = side_script_label_points (criterion);
  g_autofree char *condition = side_script_label_condition (script, criterion);
  g_autofree char *causes = join (criterion->causes);
  int row = 0;

  side_clear_children (facts);
  add_fact (facts, &row, _("Answers"), answers);
  add_fact (facts, &row, criterion->bonus ? _("Bonus points") : _("Points"), points);
  add_fact (facts, &row, _("Critical"), side_script_label_critical (criterion->critical));
  add_fact (facts, &row, _("Applies"), condition != NULL ? condition : _("always"));
  add_fact (facts, &row, _("Comment"), side_script_label_comment (criterion->comment));
  add_fact (facts, &row, _("Causes"), causes);
  for (guint i = 0; i < criterion->exemplars->len; i++)
    {
      gtk_grid_attach (GTK_GRID (facts), make_label (i == 0 ? _("Examples") : "", TRUE), 0, row, 1, 1);
      gtk_grid_attach (GTK_GRID (facts), make_exemplar (criterion, g_ptr_array_index (criterion->exemplars, i)), 1, row++, 1, 1);
    }
}
