/* side-consensus-cells.c - what the cells of the discussion's table are made of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-consensus-cells.h"

#include <glib/gi18n.h>

#include "side-analysis.h"
#include "side-answer-details.h"
#include "side-criterion-parts.h"
#include "side-wrapping.h"

/**
 * side_consensus_cell_label:
 *
 * Returns: (transfer floating): words that wrap
 */
GtkWidget *
side_consensus_cell_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  return label;
}

/**
 * side_consensus_cell_below:
 * @lines: how many there is room for; -1 for all
 *
 * Returns: (transfer floating): what was said to an answer, or why it was agreed on
 */
GtkWidget *
side_consensus_cell_below (int lines)
{
  GtkWidget *label = side_consensus_cell_label ();

  gtk_label_set_lines (GTK_LABEL (label), lines);
  if (lines > 0)
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/**
 * side_consensus_cell_set_bold:
 * @label: a label
 * @bold: whether its words are heavy
 */
void
side_consensus_cell_set_bold (GtkWidget *label,
                              gboolean   bold)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  gtk_label_set_attributes (GTK_LABEL (label), attributes);
}

/**
 * side_consensus_cell_show_criterion:
 * @box: a cell of the first column: a sign and a label
 * @item: what its row is about
 *
 * The sign is there where people differ.
 */
void
side_consensus_cell_show_criterion (GtkWidget         *box,
                                    SideConsensusItem *item)
{
  gboolean differs = side_consensus_item_differs (item);

  gtk_widget_set_opacity (gtk_widget_get_first_child (box), differs ? 1 : 0);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_last_child (box)), side_consensus_item_get_name (item));
  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  differs ? _("The answers differ") : _("All gave the same answer"), -1);
}

/* "Yes" */
static char *
answer_words (SideConsensusItem *item,
              guint              reviewer)
{
  const SideAnswer *answer = side_consensus_item_get_answer (item, reviewer);

  if (answer == NULL)
    return g_strdup (side_consensus_item_has_review (item, reviewer) ? "–" : _("not finished"));
  return side_criterion_answer_words (side_consensus_item_get_criterion (item), answer->value);
}

/* "late · Operator · did not say it"; below the answer, where there is room. */
static void
show_said (GtkWidget  *said,
           gboolean    late,
           const char *why)
{
  /* Translators: of an answer that was given after the discussion had begun */
  g_autofree char *words = g_strdup_printf ("%s%s%s", late ? C_("answer", "late") : "", late && why != NULL ? " · " : "",
                                            why != NULL ? why : "");
  g_autofree char *all =
      late ? g_strdup_printf ("%s%s%s", _("Answered when the discussion had begun, with the others’ answers in sight: counts in no figure of agreement"),
                              why != NULL ? "\n" : "", why != NULL ? why : "") : g_strdup (why);

  side_label_say (said, words);
  gtk_widget_set_tooltip_text (said, all);
}

/**
 * side_consensus_cell_show_answer:
 * @box: a cell of a reviewer's column: a line with a label and a button, and
 *   below it what was said
 * @item: what its row is about
 * @reviewer: place of the reviewer
 *
 * The button has the #SideSpan it leads to as its data "span".
 */
void
side_consensus_cell_show_answer (GtkWidget         *box,
                                 SideConsensusItem *item,
                                 guint              reviewer)
{
  GtkWidget *line = gtk_widget_get_first_child (box);
  GtkWidget *label = gtk_widget_get_first_child (line), *button = gtk_widget_get_next_sibling (label);
  GtkWidget *said = gtk_widget_get_last_child (box);
  const SideAnswer *answer = side_consensus_item_get_answer (item, reviewer);
  gboolean apart = side_consensus_item_is_apart (item, reviewer);
  g_autofree char *words = NULL, *at = NULL, *why = answer != NULL ? side_answer_why_words (answer) : NULL;
  SideSpan span;

  words = answer_words (item, reviewer);
  gtk_label_set_text (GTK_LABEL (label), words);
  show_said (said, side_consensus_item_is_late (item, reviewer), why);
  side_consensus_cell_set_bold (label, apart);
  gtk_widget_remove_css_class (label, "dim-label");
  if (answer == NULL)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_visible (button, answer != NULL && answer->position_ms >= 0);
  if (answer == NULL || answer->position_ms < 0)
    return;
  at = side_criterion_span_words (answer->position_ms, answer->to_ms, FALSE);
  gtk_button_set_label (GTK_BUTTON (button), at);
  span = (SideSpan) { answer->position_ms, answer->to_ms };
  g_object_set_data_full (G_OBJECT (button), "span", g_memdup2 (&span, sizeof span), g_free);
}

/**
 * side_consensus_cell_show_agreed:
 * @item: what its row is about
 * @box: a cell of the last column: two labels
 */
void
side_consensus_cell_show_agreed (SideConsensusItem *item,
                                 GtkWidget         *box)
{
  GtkWidget *value = gtk_widget_get_first_child (box), *reason = gtk_widget_get_last_child (box);
  double agreed = side_consensus_item_get_value (item);
  g_autofree char *words = agreed != SIDE_ANSWER_NONE ? side_criterion_answer_words (side_consensus_item_get_criterion (item), agreed)
                                                      : g_strdup ("");
  const char *why = side_consensus_item_get_reason (item);

  gtk_label_set_text (GTK_LABEL (value), words);
  gtk_label_set_text (GTK_LABEL (reason), why != NULL ? why : "");
  gtk_widget_set_visible (reason, why != NULL);
}
