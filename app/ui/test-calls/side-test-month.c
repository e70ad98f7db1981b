/* side-test-month.c - what the test calls of this month come to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A card of three figures. A few calls prove little: what stands beside each
 * figure says how many calls it is of, and its 95 % interval.
 */
#include "side-test-month.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-test-results.h"
#include "side-test-verdict.h"
#include "side-text.h"
#include "side-time.h"
#include "side-wrapping.h"

typedef struct {
  GtkWidget     *card;
  GtkWidget     *titles[3];
  GtkWidget     *values[3];
  GtkWidget     *cells[3];
  SideScenarios *shelf;
} Month;

static double
score_cb (const SideTestCall *call,
          gpointer            data)
{
  return side_scenarios_score (data, call);
}

/* When the month of @now_ms began there. */
static gint64
month_start (GTimeZone *zone,
             gint64     now_ms)
{
  g_autoptr (GDateTime) now = side_time_to_local (zone, now_ms);
  g_autoptr (GDateTime) first = g_date_time_new (zone, g_date_time_get_year (now), g_date_time_get_month (now), 1, 0, 0, 0);

  return g_date_time_to_unix (first) * 1000;
}

/* @made: (out): those that are over; @silent: (out): of these, those of which nothing can be said */
static GPtrArray *
list_of_month (Month    *month,
               SideDesk *desk,
               guint    *made,
               guint    *silent)
{
  GPtrArray *all = side_scenarios_get_calls (month->shelf), *calls = g_ptr_array_new ();
  gint64 from_ms = month_start (side_desk_get_project (desk)->time_zone, side_desk_get_now_ms (desk));

  *made = *silent = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const SideTestCall *call = all->pdata[i];

      if (call->dialled_ms < from_ms)
        continue;
      g_ptr_array_add (calls, all->pdata[i]);
      *made += call->ended_ms != 0;
      *silent += call->ended_ms != 0 && !side_test_call_counts (call);
    }
  return calls;
}

/* A screen reader is told of a figure only when it is another one. */
static void
show_cell (Month      *month,
           guint       cell,
           const char *value,
           const char *about)
{
  if (g_strcmp0 (gtk_label_get_label (GTK_LABEL (month->values[cell])), value) != 0)
    gtk_label_set_label (GTK_LABEL (month->values[cell]), value);
  if (g_strcmp0 (gtk_widget_get_tooltip_text (month->cells[cell]), about) != 0)
    {
      gtk_widget_set_tooltip_text (month->cells[cell], about);
      gtk_accessible_update_property (GTK_ACCESSIBLE (month->cells[cell]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, about, -1);
    }
}

static char *
about_reached (const SideTestResult *result)
{
  g_autofree char *high = side_text_percent (result->reached_share.high, 0);

  /* Translators: how many of how many calls; the two ends of an interval of shares, the second with its percent sign */
  return g_strdup_printf (_("%u of %u calls reached a person. The share is likely between %.0f and %s (95 %% interval)."), result->reached,
                          result->n, result->reached_share.low * 100, high);
}

static char *
about_score (const SideTestResult *result)
{
  SideInterval interval = side_scores_get_interval (&result->scores);

  if (result->scores.n == 0)
    return g_strdup (_("No call of this month was scored yet."));
  if (isnan (interval.low))
    return g_strdup_printf (ngettext ("Of %u scored call: too few to say how far it can be trusted.",
                                      "Of %u scored calls: too few to say how far it can be trusted.", result->scores.n), result->scores.n);
  return g_strdup_printf (ngettext ("Of %u scored call. The mean is likely between %.0f and %.0f (95 %% interval).",
                                    "Of %u scored calls. The mean is likely between %.0f and %.0f (95 %% interval).", result->scores.n),
                          result->scores.n, MAX (interval.low, 0), MIN (interval.high, 100));
}

static void
show_result (Month                *month,
             const SideTestResult *result)
{
  g_autofree char *share = side_text_percent ((double) result->reached / result->n, 0);
  g_autofree char *mean = result->scores.n > 0 ? g_strdup_printf ("%.0f", side_scores_get_mean (&result->scores)) : g_strdup ("–");
  g_autofree char *reached = about_reached (result);
  g_autofree char *score = about_score (result);
  /* Beside the figure there is no room for it. */
  g_autofree char *title = result->scores.n > 0 ? g_strdup_printf (_("Average score, n = %u"), result->scores.n) : g_strdup (_("Average score"));

  show_cell (month, 1, share, reached);
  show_cell (month, 2, mean, score);
  gtk_label_set_label (GTK_LABEL (month->titles[2]), title);
}

static void
show_made (Month *month,
           guint  made,
           guint  silent)
{
  g_autofree char *value = g_strdup_printf ("%u", made), *title = NULL;

  if (silent == 0)
    {
      show_cell (month, 0, value, _("Test calls of this month that are over, whoever made them"));
      gtk_label_set_label (GTK_LABEL (month->titles[0]), _("Calls made"));
      return;
    }
  /* Translators: of test calls */
  title = g_strdup_printf (ngettext ("Calls made, %u does not count", "Calls made, %u do not count", silent), silent);
  show_cell (month, 0, value, _("Test calls of this month that are over, whoever made them. Some say nothing of the line, as when the connection broke: they are in none of the figures beside"));
  gtk_label_set_label (GTK_LABEL (month->titles[0]), title);
}

static void
refresh (Month *month)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (month->shelf));
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GPtrArray) results = NULL;
  const char *nothing;
  guint made, silent;

  gtk_widget_set_visible (month->card, desk != NULL && side_desk_get_project (desk) != NULL
                                         && side_scenarios_get_calls (month->shelf)->len > 0);
  if (!gtk_widget_get_visible (month->card))
    return;
  calls = list_of_month (month, desk, &made, &silent);
  show_made (month, made, silent);
  results = side_test_results (calls, 0, side_desk_get_project (desk)->time_zone, score_cb, month->shelf);
  if (results->len > 0)
    {
      show_result (month, results->pdata[0]);
      return;
    }
  nothing = made > 0 ? _("No call of this month says anything of a line.") : _("No test call was made this month.");
  show_cell (month, 1, "–", nothing);
  show_cell (month, 2, "–", nothing);
  gtk_label_set_label (GTK_LABEL (month->titles[2]), _("Average score"));
}

static GtkWidget *
new_label (const char *words,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  side_label_wrap (GTK_LABEL (label));
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_cell (Month      *month,
          guint       cell,
          const char *title)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "orientation", GTK_ORIENTATION_VERTICAL, NULL);
  GtkWidget *name = new_label (title, "script-hint");

  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  month->values[cell] = new_label ("–", "month-value");
  gtk_widget_add_css_class (month->values[cell], "numeric");
  gtk_widget_set_vexpand (name, TRUE);
  gtk_widget_set_valign (name, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), month->values[cell]);
  month->cells[cell] = box;
  month->titles[cell] = name;
  return box;
}

static void
month_free (gpointer data,
            GObject *card)
{
  Month *month = data;

  g_signal_handlers_disconnect_by_data (month->shelf, month);
  g_object_unref (month->shelf);
  g_free (month);
}

/**
 * side_test_month_new:
 * @shelf: whose calls are counted
 *
 * Returns: (transfer floating): a card that follows them; it hides where no test call was ever made
 */
GtkWidget *
side_test_month_new (SideScenarios *shelf)
{
  Month *month = g_new0 (Month, 1);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  const char *const titles[] = { _("Calls made"), _("Reached a person"), _("Average score") };

  month->shelf = g_object_ref (shelf);
  month->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (month->card, "card");
  gtk_widget_add_css_class (month->card, "month-card");
  gtk_widget_set_vexpand (month->card, FALSE);   /* its figures stand level, whatever room there is */
  gtk_box_set_homogeneous (GTK_BOX (row), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    gtk_box_append (GTK_BOX (row), new_cell (month, i, titles[i]));
  gtk_box_append (GTK_BOX (month->card), new_label (_("This month"), "heading"));
  gtk_box_append (GTK_BOX (month->card), row);
  g_signal_connect_swapped (shelf, "changed", G_CALLBACK (refresh), month);
  g_object_weak_ref (G_OBJECT (month->card), month_free, month);
  refresh (month);
  return month->card;
}
