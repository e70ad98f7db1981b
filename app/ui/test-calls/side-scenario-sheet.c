/* side-scenario-sheet.c - a scenario to be read, and the calls made by it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As whoever calls wants to have it in sight: who they are, what to say in
 * which order, what is right. It is made anew with each change.
 */
#include "side-scenario-sheet.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-format.h"
#include "side-scenario-words.h"
#include "side-script-labels.h"
#include "side-test-calls-list.h"
#include "side-text.h"

struct _SideScenarioSheet
{
  AdwBin     parent_instance;
  GtkWidget *scrolled;
  GtkWidget *content;
};

G_DEFINE_FINAL_TYPE (SideScenarioSheet, side_scenario_sheet, ADW_TYPE_BIN)

static void
side_scenario_sheet_class_init (SideScenarioSheetClass *klass)
{
}

static void
side_scenario_sheet_init (SideScenarioSheet *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->scrolled = gtk_scrolled_window_new ();
  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->content, "script-content");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 760);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->content);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  adw_bin_set_child (ADW_BIN (self), self->scrolled);
}

/**
 * side_scenario_sheet_new:
 *
 * Returns: (transfer floating): an empty sheet
 */
GtkWidget *
side_scenario_sheet_new (void)
{
  return g_object_new (SIDE_TYPE_SCENARIO_SHEET, NULL);
}

/* ---- lines ---- */

static GtkWidget *
new_label (const char *words,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
add_card (SideScenarioSheet *self,
          const char        *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "step-card");
  if (title != NULL)
    gtk_box_append (GTK_BOX (card), new_label (title, "heading"));
  gtk_box_append (GTK_BOX (self->content), card);
  return card;
}

static void
add_line (GtkWidget  *card,
          const char *title,
          const char *text)
{
  GtkWidget *line;

  if (text == NULL || *text == '\0')
    return;
  line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (line), new_label (title, "script-hint"));
  gtk_box_append (GTK_BOX (line), new_label (text, NULL));
  gtk_box_append (GTK_BOX (card), line);
}

/* ---- what stands in it ---- */

static void
add_who (SideScenarioSheet  *self,
         const SideScenario *scenario)
{
  GtkWidget *card;

  if (scenario->persona == NULL && scenario->history == NULL && scenario->goal == NULL)
    return;
  card = add_card (self, NULL);
  add_line (card, _("Who you are"), scenario->persona);
  add_line (card, _("What happened before"), scenario->history);
  add_line (card, _("What you want"), scenario->goal);
}

static void
add_where (SideScenarioSheet  *self,
           const SideScenario *scenario,
           const SideProject  *project)
{
  GtkWidget *card = add_card (self, NULL);
  g_autofree char *hours = side_scenario_words_hours (&scenario->hours);
  g_autofree char *number = scenario->number != NULL ? side_text_phone (scenario->number, FALSE) : NULL;

  add_line (card, _("Number"), number);
  if (scenario->queue != NULL)
    add_line (card, _("Queue"), project != NULL ? side_format_queue_name (project, scenario->queue) : scenario->queue);
  add_line (card, _("When to call"), hours);
  add_line (card, _("In the time zone"), scenario->time_zone);
  for (guint i = 0; i < scenario->keys->len; i++)
    {
      const SideScenarioKey *key = scenario->keys->pdata[i];
      const char *after = key->prompt != NULL ? key->prompt : i == 0 ? _("the answer") : _("the keys before");
      /* Translators: keys of a telephone; a number of seconds; what they are pressed after */
      g_autofree char *words = g_strdup_printf (_("%s, %.0f s after %s"), key->keys, (double) key->after_ms / 1000.0, after);

      add_line (card, _("Press"), words);
    }
}

static void
add_steps (SideScenarioSheet  *self,
           const SideScenario *scenario)
{
  GtkWidget *card;

  if (scenario->steps->len == 0)
    return;
  card = add_card (self, _("What to say"));
  for (guint i = 0; i < scenario->steps->len; i++)
    {
      const SideScenarioStep *step = scenario->steps->pdata[i];
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *recorded = side_scenario_words_line (step);
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget *label = new_label (number, "dim-label");

      gtk_widget_set_valign (label, GTK_ALIGN_START);
      gtk_widget_set_hexpand (words, TRUE);
      if (step->branch != NULL)
        gtk_box_append (GTK_BOX (words), new_label (step->branch, "script-hint"));
      gtk_box_append (GTK_BOX (words), new_label (step->say, "script-say"));
      if (recorded != NULL)
        gtk_box_append (GTK_BOX (words), new_label (recorded, "script-hint"));
      add_line (words, _("Do not say"), step->must_not);
      add_line (words, _("Expected"), step->expect);
      gtk_box_append (GTK_BOX (line), label);
      gtk_box_append (GTK_BOX (line), words);
      gtk_box_append (GTK_BOX (card), line);
    }
}

static void
add_facts (SideScenarioSheet  *self,
           const SideScenario *scenario)
{
  GtkWidget *card;

  if (scenario->facts->len == 0)
    return;
  card = add_card (self, _("Facts they must know"));
  for (guint i = 0; i < scenario->facts->len; i++)
    {
      const SideScenarioFact *fact = scenario->facts->pdata[i];

      add_line (card, fact->question != NULL ? fact->question : "", fact->answer);
      if (fact->note != NULL)
        gtk_box_append (GTK_BOX (card), new_label (fact->note, "script-hint"));
    }
}

static void
add_measures (SideScenarioSheet  *self,
              SideScenarios      *shelf,
              const SideScenario *scenario)
{
  const struct { const char *title; gint64 ms; } limits[] = {
    { _("Answered within"), scenario->limits.ring_ms },
    { _("Menu, at most"), scenario->limits.menu_ms },
    { _("Waiting for a person, at most"), scenario->limits.queue_ms },
    { _("Talking, at most"), scenario->limits.talk_ms },
    { _("A call back is promised within"), scenario->callback_ms },
  };
  GPtrArray *scripts = side_scenarios_get_scripts (shelf);
  GtkWidget *card = add_card (self, _("What is measured"));
  gboolean any = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *words = side_scenario_words_limit (limits[i].ms);

      add_line (card, limits[i].title, words);
      any = any || words != NULL;
    }
  for (guint i = 0; i < scripts->len; i++)
    if (g_strcmp0 (((const SideScript *) scripts->pdata[i])->id, scenario->script) == 0)
      {
        add_line (card, _("Script to score with"), side_script_label_title (scripts->pdata[i]));
        any = TRUE;
      }
  for (guint i = 0; i < scenario->prompts->len; i++)
    {
      const SideScenarioPrompt *prompt = scenario->prompts->pdata[i];

      add_line (card, prompt->name, prompt->text);
      any = TRUE;
    }
  gtk_widget_set_visible (card, any);
}

/* ---- the calls made by it ---- */

static void
add_calls (SideScenarioSheet  *self,
           SideScenarios      *shelf,
           const SideScenario *scenario,
           const char         *focused)
{
  GtkWidget *list = side_test_calls_list_new (shelf, scenario->id);

  gtk_box_append (GTK_BOX (add_card (self, _("Calls made by it"))), list);
  if (focused != NULL)
    side_test_calls_list_focus (list, focused);
}

/**
 * side_scenario_sheet_show:
 * @self: a sheet
 * @shelf: where the scenario is from
 * @scenario: what is to be read
 */
void
side_scenario_sheet_show (SideScenarioSheet  *self,
                          SideScenarios      *shelf,
                          const SideScenario *scenario)
{
  g_autofree char *focused = side_test_calls_list_dup_focused (gtk_widget_get_root (GTK_WIDGET (self)));
  gboolean had_focus;
  SideDesk *desk;
  const SideProject *project;

  g_return_if_fail (SIDE_IS_SCENARIO_SHEET (self));

  desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (shelf));
  project = desk != NULL ? side_desk_get_project (desk) : NULL;
  had_focus = side_clear_children (self->content);
  if (scenario->note != NULL)
    gtk_box_append (GTK_BOX (self->content), new_label (scenario->note, "script-hint"));
  add_who (self, scenario);
  add_where (self, scenario, project);
  add_steps (self, scenario);
  add_facts (self, scenario);
  add_measures (self, shelf, scenario);
  if (desk != NULL)
    add_calls (self, shelf, scenario, had_focus ? focused : NULL);
}
