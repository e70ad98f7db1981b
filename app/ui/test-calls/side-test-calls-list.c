/* side-test-calls-list.c - the calls that were made by a scenario
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The newest first; Enter or a double click opens what one found. It is made
 * anew with each change: there are dozens of calls by a scenario, not thousands.
 */
#include "side-test-calls-list.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-format.h"
#include "side-score-ring.h"
#include "side-test-result-window.h"
#include "side-test-result-words.h"
#include "side-text.h"
#include "side-wrapping.h"

static GtkWidget *
new_label (const char *words,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  side_label_wrap (GTK_LABEL (label));
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_score (double score)
{
  g_autofree char *points = isnan (score) ? g_strdup ("–") : g_strdup_printf ("%.0f", score);
  GtkWidget *label = gtk_label_new (points);   /* one that wraps would break a number where rows are narrow */

  gtk_widget_add_css_class (label, "script-pill");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, side_score_class (score));
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (label, isnan (score) ? _("Not all questions are answered yet") : _("Score of this call"));
  return label;
}

static GtkWidget *
new_faults (const SideTestCall *call)
{
  gboolean wrong;
  g_autofree char *words = side_test_result_words_found (call, &wrong);
  GtkWidget *label = new_label (words, "caption");

  gtk_widget_add_css_class (label, wrong ? "limit-over" : "dim-label");
  return label;
}

static GtkWidget *
new_row (SideScenarios      *shelf,
         const SideTestCall *call,
         GTimeZone          *zone,
         gint64              now_ms)
{
  g_autofree char *when = side_format_when (zone, call->dialled_ms, now_ms);
  g_autofree char *phone = side_text_phone (call->number, FALSE);
  g_autofree char *end = side_test_result_words_short (call);
  g_autofree char *head = g_strdup_printf ("%s · %s", when, call->vendor != NULL ? call->vendor : phone);
  g_autofree char *name = g_strdup_printf ("%s, %s", head, end);
  GtkWidget *row = gtk_list_box_row_new (), *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1), *title = new_label (head, "script-text");

  gtk_widget_add_css_class (title, "numeric");
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), title);
  gtk_box_append (GTK_BOX (lines), new_label (end, "script-hint"));
  if (call->ended_ms != 0)
    gtk_box_append (GTK_BOX (lines), new_faults (call));
  gtk_box_append (GTK_BOX (line), lines);
  gtk_box_append (GTK_BOX (line), new_score (side_scenarios_score (shelf, call)));
  gtk_widget_add_css_class (line, "test-call-row");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "call", g_strdup (call->review->id), g_free);
  return row;
}

static void
activated_cb (SideScenarios *shelf,
              GtkListBoxRow *row,
              GtkListBox    *list)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (list));

  gtk_window_present (side_test_result_window_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, shelf,
                                                   g_object_get_data (G_OBJECT (row), "call")));
}

/**
 * side_test_calls_list_new:
 * @shelf: scenarios, whose desk is there
 * @scenario: id of one of them
 *
 * Returns: (transfer floating): the calls made by it, or that there are none yet
 */
GtkWidget *
side_test_calls_list_new (SideScenarios *shelf,
                          const char    *scenario)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (shelf));
  const SideProject *project = side_desk_get_project (desk);
  g_autoptr (GPtrArray) calls = side_scenarios_list_calls (shelf, scenario);
  GtkWidget *list;

  if (calls->len == 0)
    return new_label (side_scenarios_may_add (shelf) ? _("No call was made by it yet. “Call…” above makes the first one.")
                                                     : _("No call was made by it yet."), "script-hint");
  list = gtk_list_box_new ();
  gtk_widget_add_css_class (list, "test-calls");
  gtk_list_box_set_activate_on_single_click (GTK_LIST_BOX (list), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Calls made by it"), -1);
  for (guint i = 0; i < calls->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), new_row (shelf, calls->pdata[i], project != NULL ? project->time_zone : NULL,
                                                       side_desk_get_now_ms (desk)));
  g_signal_connect_object (list, "row-activated", G_CALLBACK (activated_cb), shelf, G_CONNECT_SWAPPED);
  return list;
}

/**
 * side_test_calls_list_dup_focused:
 * @root: (nullable): a window
 *
 * Returns: (transfer full) (nullable): id of the call whose row has the keyboard
 */
char *
side_test_calls_list_dup_focused (GtkRoot *root)
{
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL ? g_strdup (g_object_get_data (G_OBJECT (focus), "call")) : NULL;
}

/**
 * side_test_calls_list_focus:
 * @list: calls
 * @call: id of one of them, or of one that is not there any more
 *
 * Gives its row the keyboard.
 */
void
side_test_calls_list_focus (GtkWidget  *list,
                            const char *call)
{
  if (!GTK_IS_LIST_BOX (list))
    return;
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (g_strcmp0 (g_object_get_data (G_OBJECT (row), "call"), call) == 0)
      {
        gtk_widget_grab_focus (row);
        return;
      }
}
