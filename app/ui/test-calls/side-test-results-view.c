/* side-test-results-view.c - what the calls of a campaign say, compared and over time
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Above the lines beside one another, in the order of their names, with what
 * can be said of their differences; then scenario by scenario; below one figure
 * over weeks or months. Beside every figure stands of how many calls it is.
 */
#include "side-test-results-view.h"

#include <glib/gi18n.h>

#include "side-clear.h"
#include "side-draft-fields.h"
#include "side-interval-chart.h"

struct _SideTestResultsView
{
  AdwBin          parent_instance;
  GtkStack       *stack;       /* "none" or "some" */
  GtkWidget      *lines;       /* GtkGrid */
  GtkWidget      *lines_words;
  GtkWidget      *scenarios;   /* GtkGrid */
  GtkWidget      *figure;      /* GtkDropDown */
  GtkWidget      *period;
  GtkWidget      *chart;
  GtkWidget      *summary;
  GtkWidget      *legend;
  SideCampaigns  *campaigns;   /* (nullable) */
  char           *id;
};

G_DEFINE_FINAL_TYPE (SideTestResultsView, side_test_results_view, ADW_TYPE_BIN)

static void
side_test_results_view_dispose (GObject *object)
{
  SideTestResultsView *self = SIDE_TEST_RESULTS_VIEW (object);

  g_clear_object (&self->campaigns);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (side_test_results_view_parent_class)->dispose (object);
}

static void
side_test_results_view_finalize (GObject *object)
{
  g_free (SIDE_TEST_RESULTS_VIEW (object)->id);
  G_OBJECT_CLASS (side_test_results_view_parent_class)->finalize (object);
}

static void
side_test_results_view_class_init (SideTestResultsViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_test_results_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_test_results_view_finalize;
}

/* ---- what is counted ---- */

static double
score_of (const SideTestCall *call,
          gpointer            data)
{
  return side_scenarios_score (data, call);
}

static GPtrArray *
count (SideTestResultsView *self,
       GPtrArray           *calls,
       guint                groups)
{
  const SideCampaign *campaign = side_campaigns_find (self->campaigns, self->id);
  g_autoptr (GTimeZone) zone = side_campaigns_get_zone (self->campaigns, campaign);

  return side_test_results (calls, groups, zone, score_of, side_campaigns_get_scenarios (self->campaigns));
}

/* ---- tables ---- */

static GtkWidget *
new_cell (const char *words,
          const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), FALSE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
clear (GtkWidget *grid)
{
  side_clear_children (grid);
}

static void
fill_table (GtkWidget       *grid,
            const char      *first,
            const GPtrArray *results,
            gboolean         scenarios)
{
  clear (grid);
  gtk_grid_attach (GTK_GRID (grid), new_cell (first, "caption-heading"), 0, 0, 1, 1);
  for (int i = 0; i < SIDE_TEST_N_FIGURES; i++)
    gtk_grid_attach (GTK_GRID (grid), new_cell (side_test_figure_name ((SideTestFigure) i), "caption-heading"), i + 1, 0, 1, 1);
  for (int row = 0; row < (int) results->len; row++)
    {
      const SideTestResult *result = results->pdata[row];
      const char *name = scenarios ? result->title : result->line;
      GtkWidget *cell = new_cell (name != NULL ? name : "–", NULL);

      gtk_widget_set_hexpand (cell, TRUE);
      gtk_grid_attach (GTK_GRID (grid), cell, 0, row + 1, 1, 1);
      for (int i = 0; i < SIDE_TEST_N_FIGURES; i++)
        {
          g_autofree char *words = side_test_figure_words ((SideTestFigure) i, result);

          gtk_grid_attach (GTK_GRID (grid), new_cell (words, "numeric"), i + 1, row + 1, 1, 1);
        }
    }
}

static char *
dup_comparison (const GPtrArray *results,
                guint            left_out)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; results->len > 1 && i < SIDE_TEST_N_FIGURES; i++)
    {
      g_autofree char *words = side_test_figure_compare ((SideTestFigure) i, results);

      g_string_append_printf (out, "%s%s: %s", out->len > 0 ? "\n" : "", side_test_figure_name ((SideTestFigure) i), words);
    }
  if (left_out > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%u call is left out: not every line was called with its scenario.",
                                                          "%u calls are left out: not every line was called with their scenarios.", left_out),
                                                left_out);

      g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", words);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
show_tables (SideTestResultsView *self,
             GPtrArray           *calls)
{
  guint left_out;
  g_autoptr (GPtrArray) same = side_test_figures_same (calls, &left_out);
  g_autoptr (GPtrArray) lines = count (self, same, SIDE_TEST_BY_LINE), scenarios = count (self, calls, SIDE_TEST_BY_SCENARIO);
  g_autofree char *words = dup_comparison (lines, left_out);

  fill_table (self->lines, _("Line"), lines, FALSE);
  fill_table (self->scenarios, _("Scenario"), scenarios, TRUE);
  gtk_label_set_label (GTK_LABEL (self->lines_words), words);
  gtk_widget_set_visible (self->lines_words, *words != '\0');
}

/* ---- over time ---- */

static void
show_summary (SideTestResultsView *self)
{
  gtk_label_set_label (GTK_LABEL (self->summary), side_interval_chart_get_summary (SIDE_INTERVAL_CHART (self->chart)));
}

static void
show_chart (SideTestResultsView *self)
{
  const SideCampaign *campaign = self->campaigns != NULL ? side_campaigns_find (self->campaigns, self->id) : NULL;
  gboolean months = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->period)) == 1;
  g_autoptr (GPtrArray) calls = NULL, results = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autofree char *legend = NULL;

  if (campaign == NULL)
    return;
  zone = side_campaigns_get_zone (self->campaigns, campaign);
  calls = side_campaigns_list_calls (self->campaigns, self->id);
  results = count (self, calls, SIDE_TEST_BY_LINE | (months ? SIDE_TEST_BY_MONTH : SIDE_TEST_BY_WEEK));
  side_interval_chart_show (SIDE_INTERVAL_CHART (self->chart), results, (SideTestFigure) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->figure)),
                            zone, months);
  legend = side_interval_chart_dup_legend (SIDE_INTERVAL_CHART (self->chart));
  gtk_label_set_label (GTK_LABEL (self->legend), legend);
  show_summary (self);
}

/**
 * side_test_results_view_show:
 * @self: a view
 * @campaigns: campaigns
 * @campaign: id of the one whose calls are counted, as they are now
 */
void
side_test_results_view_show (SideTestResultsView *self,
                             SideCampaigns       *campaigns,
                             const char          *campaign)
{
  g_autoptr (GPtrArray) calls = NULL;
  gboolean over = FALSE;

  g_return_if_fail (SIDE_IS_TEST_RESULTS_VIEW (self) && SIDE_IS_CAMPAIGNS (campaigns));

  g_set_object (&self->campaigns, campaigns);
  if (g_strcmp0 (self->id, campaign) != 0)
    {
      g_free (self->id);
      self->id = g_strdup (campaign);
    }
  calls = side_campaigns_list_calls (campaigns, campaign);
  for (guint i = 0; i < calls->len; i++)
    over = over || ((const SideTestCall *) calls->pdata[i])->ended_ms != 0;
  gtk_stack_set_visible_child_name (self->stack, over ? "some" : "none");
  if (!over)
    return;
  show_tables (self, calls);
  show_chart (self);
}

/**
 * side_test_results_view_dup_csv:
 * @self: a view that shows a campaign
 *
 * Returns: (transfer full) (nullable): its lines and scenarios by week as a table
 */
char *
side_test_results_view_dup_csv (SideTestResultsView *self)
{
  const SideCampaign *campaign = self->campaigns != NULL ? side_campaigns_find (self->campaigns, self->id) : NULL;
  gboolean months = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->period)) == 1;
  g_autoptr (GPtrArray) calls = NULL, results = NULL;
  g_autoptr (GTimeZone) zone = NULL;

  if (campaign == NULL)
    return NULL;
  zone = side_campaigns_get_zone (self->campaigns, campaign);
  calls = side_campaigns_list_calls (self->campaigns, self->id);
  results = count (self, calls, SIDE_TEST_BY_LINE | SIDE_TEST_BY_SCENARIO | (months ? SIDE_TEST_BY_MONTH : SIDE_TEST_BY_WEEK));
  return side_test_figures_csv (results, zone);
}

/* ---- the widget ---- */

static GtkWidget *
new_card (GtkWidget  *box,
          const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "step-card");
  gtk_box_append (GTK_BOX (card), new_cell (title, "heading"));
  gtk_box_append (GTK_BOX (box), card);
  return card;
}

static GtkWidget *
new_grid (GtkWidget *card)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_spacing (GTK_GRID (grid), 18);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 6);
  gtk_box_append (GTK_BOX (card), grid);
  return grid;
}

static GtkWidget *
new_choice (SideTestResultsView *self,
            GtkWidget           *box,
            const char          *name,
            const char *const   *words)
{
  GtkWidget *choice = gtk_drop_down_new_from_strings (words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_tooltip_text (choice, name);
  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (show_chart), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), choice);
  return choice;
}

static void
build_time (SideTestResultsView *self,
            GtkWidget           *box)
{
  const char *const periods[] = { _("By week"), _("By month"), NULL };
  const char *figures[SIDE_TEST_N_FIGURES + 1] = { NULL };
  GtkWidget *card = new_card (box, _("Over Time")), *choices = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  for (guint i = 0; i < SIDE_TEST_N_FIGURES; i++)
    figures[i] = side_test_figure_name ((SideTestFigure) i);
  self->figure = new_choice (self, choices, _("Figure"), figures);
  self->period = new_choice (self, choices, _("Period"), periods);
  self->chart = side_interval_chart_new ();
  self->legend = new_cell (NULL, "script-hint");
  self->summary = new_cell (NULL, "script-hint");
  g_signal_connect_object (self->chart, "notify::summary", G_CALLBACK (show_summary), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (card), choices);
  gtk_box_append (GTK_BOX (card), self->legend);
  gtk_box_append (GTK_BOX (card), self->chart);
  gtk_box_append (GTK_BOX (card), self->summary);
  /* xgettext:no-c-format */
  gtk_box_append (GTK_BOX (card), new_cell (_("Whiskers are 95 % intervals; dashed where there are too few calls for one."), "script-hint"));
}

static GtkWidget *
new_none (void)
{
  GtkWidget *none = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "side-test-calls-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("No results yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none), _("They stand here as soon as a call of the campaign is over."));
  gtk_widget_add_css_class (none, "compact");
  return none;
}

static void
side_test_results_view_init (SideTestResultsView *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *card;

  gtk_widget_add_css_class (box, "script-content");
  card = new_card (box, _("Lines Compared on the Same Scenarios"));
  self->lines = new_grid (card);
  self->lines_words = new_cell (NULL, "script-hint");
  gtk_box_append (GTK_BOX (card), self->lines_words);
  card = new_card (box, _("Scenarios"));
  self->scenarios = new_grid (card);
  build_time (self, box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), box);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, new_none (), "none");
  gtk_stack_add_named (self->stack, scrolled, "some");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

/**
 * side_test_results_view_new:
 *
 * Returns: (transfer floating): a view of no campaign yet
 */
GtkWidget *
side_test_results_view_new (void)
{
  return g_object_new (SIDE_TYPE_TEST_RESULTS_VIEW, NULL);
}
