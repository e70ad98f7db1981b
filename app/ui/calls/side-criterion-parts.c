/* side-criterion-parts.c - what a question's row consists of
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its heading, the buttons of notes, and what is said of spans, answers and
 * conditions; without any state.
 */
#include "side-criterion-parts.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-script-labels.h"
#include "side-text.h"

/**
 * side_criterion_add_section:
 * @into: the sections of a form
 * @title: what the section is called
 *
 * Returns: (transfer none): the box that its questions are to stand in
 */
GtkWidget *
side_criterion_add_section (GtkBox     *into,
                            const char *title)
{
  GtkWidget *heading = gtk_label_new (title);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_wrap (GTK_LABEL (heading), TRUE);
  gtk_widget_add_css_class (heading, "section-title");
  gtk_widget_add_css_class (list, "card");
  gtk_box_append (into, heading);
  gtk_box_append (into, list);
  return list;
}

/**
 * side_criterion_heading_new:
 * @criterion: a question
 * @exemplars: (nullable): the button of its exemplars
 *
 * Returns: its wording, with what weighs and whether it is critical
 */
GtkWidget *
side_criterion_heading_new (const SideCriterion *criterion,
                            GtkWidget           *exemplars)
{
  GtkWidget *heading = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_label_new (criterion->text);

  if (criterion->critical != SIDE_CRITICAL_NO)
    {
      GtkWidget *pill = gtk_label_new (side_script_label_critical_short (criterion->critical));

      gtk_widget_add_css_class (pill, "pill");
      gtk_widget_add_css_class (pill, "critical");
      gtk_widget_set_valign (pill, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (pill, side_script_label_critical (criterion->critical));
      gtk_box_append (GTK_BOX (heading), pill);
    }
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_box_append (GTK_BOX (heading), text);
  if (exemplars != NULL)
    gtk_box_append (GTK_BOX (heading), exemplars);
  if (criterion->weight > 0)
    {
      g_autofree char *points = g_strdup_printf ("%g", criterion->weight);
      GtkWidget *weight = gtk_label_new (points);

      gtk_widget_add_css_class (weight, "dim-label");
      gtk_widget_add_css_class (weight, "numeric");
      gtk_widget_set_valign (weight, GTK_ALIGN_START);
      gtk_widget_set_tooltip_text (weight, criterion->bonus ? _("Bonus points") : _("Points"));
      gtk_box_append (GTK_BOX (heading), weight);
    }
  return heading;
}

/**
 * side_criterion_link_new:
 * @link: a note that is evidence
 *
 * Returns: a button with its time
 */
GtkWidget *
side_criterion_link_new (const SideCriterionLink *link)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (NULL);
  g_autofree char *at = side_text_duration (link->at_ms);
  g_autofree char *markup = g_markup_printf_escaped ("<span color=\"%s\">●</span> %s", link->colour, at);
  /* Translators: a time and what the note says: "Note at 0:12: Greeting" */
  g_autofree char *words = g_strdup_printf (_("Note at %s: %s"), at, link->words);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "evidence");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (button), "at-ms", g_memdup2 (&link->at_ms, sizeof (gint64)), g_free);
  return button;
}

/**
 * side_criterion_link_get_ms:
 * @button: from side_criterion_link_new()
 *
 * Returns: where the note begins
 */
gint64
side_criterion_link_get_ms (GtkWidget *button)
{
  return *(const gint64 *) g_object_get_data (G_OBJECT (button), "at-ms");
}

/**
 * side_criterion_span_words:
 * @from_ms: a place
 * @to_ms: where it ends; not after @from_ms for a point
 * @open: whether its end is still to come
 *
 * Returns: (transfer full): "0:41", "0:41–0:47" or "0:41–…"
 */
char *
side_criterion_span_words (gint64   from_ms,
                           gint64   to_ms,
                           gboolean open)
{
  g_autofree char *from = side_text_duration (from_ms);
  g_autofree char *to = side_text_duration (MAX (to_ms, 0));

  if (open)
    return g_strconcat (from, "–…", NULL);
  return to_ms > from_ms ? g_strconcat (from, "–", to, NULL) : g_steal_pointer (&from);
}

/**
 * side_criterion_answer_words:
 * @criterion: a question
 * @value: 0..1, %SIDE_ANSWER_NA or %SIDE_ANSWER_NONE
 *
 * Returns: (transfer full): the answer as its button says it; "–" for none
 */
char *
side_criterion_answer_words (const SideCriterion *criterion,
                             double               value)
{
  if (value == SIDE_ANSWER_NONE)
    return g_strdup ("–");
  if (value == SIDE_ANSWER_NA)
    return g_strdup (C_("answer", "N/A"));
  if (criterion->answers == SIDE_ANSWERS_SCALE)
    return g_strdup_printf ("%.0f", value * MAX (criterion->scale_max, 1));
  if (value >= 1)
    return g_strdup (C_("answer", "Yes"));
  return g_strdup (value <= 0 ? C_("answer", "No") : C_("answer", "Partly"));
}

/* "Yes", "Partly or No", "0 to 3": the answers that a condition names. */
static char *
range_words (const SideCriterion *criterion,
             double               low,
             double               high)
{
  g_autofree char *from = side_criterion_answer_words (criterion, low);
  g_autofree char *to = side_criterion_answer_words (criterion, high);

  if (g_str_equal (from, to))
    return g_steal_pointer (&from);
  if (criterion->answers == SIDE_ANSWERS_SCALE)
    return g_strdup_printf (_("%s to %s"), from, to);
  /* Translators: two answers: "Yes or Partly" */
  return g_strdup_printf (_("%s or %s"), to, from);
}

/**
 * side_criterion_condition_words:
 * @script: a script
 * @criterion: one of its questions, with a condition
 *
 * Returns: (transfer full): when it is asked
 */
char *
side_criterion_condition_words (const SideScript    *script,
                                const SideCriterion *criterion)
{
  const SideCriterion *other = side_script_find_criterion (script, criterion->only_if);
  g_autofree char *range = NULL;

  if (other == NULL)
    return g_strdup (_("Not asked here"));
  range = range_words (other, criterion->only_low, criterion->only_high);
  /* Translators: a question of the form and an answer: Only when “Offers a size” is “Yes” */
  return g_strdup_printf (_("Only when “%s” is “%s”"), other->text, range);
}
