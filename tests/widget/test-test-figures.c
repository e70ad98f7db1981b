/* test-test-figures.c - what many test calls say, in figures, sentences and a chart
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-interval-chart.h"
#include "side-test-figures.h"
#include "side-time.h"
#include "side-widget-test.h"

static SideTestResult *
add_result (GPtrArray  *results,
            const char *line,
            guint       n,
            guint       reached)
{
  SideTestResult *result = g_new0 (SideTestResult, 1);

  result->line = g_strdup (line);
  result->n = n;
  result->reached = result->sound = reached;
  result->reached_share = result->sound_share = side_stats_wilson (reached, n);
  g_ptr_array_add (results, result);
  return result;
}

static void
free_result (gpointer data)
{
  side_test_result_free (data);
}

static void
test_compare (void)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (free_result);
  g_autofree char *alike = NULL, *one = NULL, *apart = NULL, *few = NULL, *words = NULL;

  add_result (results, "North", 12, 11);
  one = side_test_figure_compare (SIDE_TEST_FIGURE_REACHED, results);
  g_assert_null (one);
  words = side_test_figure_words (SIDE_TEST_FIGURE_REACHED, results->pdata[0]);
  g_assert_cmpstr (words, ==, "92 % (65–99), n 12");
  /* 11 of 12 and 9 of 12: nobody is put before anybody. */
  add_result (results, "South", 12, 9);
  alike = side_test_figure_compare (SIDE_TEST_FIGURE_REACHED, results);
  g_assert_cmpstr (alike, ==, "24 calls: the difference may be chance.");
  add_result (results, "West", 40, 2);
  apart = side_test_figure_compare (SIDE_TEST_FIGURE_REACHED, results);
  g_assert_cmpstr (apart, ==, "More calls of North reached a person than of West. More calls of South reached a person than of West. "
                              "64 calls: the other differences may be chance.");
  g_ptr_array_set_size (results, 1);
  add_result (results, "South", 3, 0);
  few = side_test_figure_compare (SIDE_TEST_FIGURE_REACHED, results);
  g_assert_cmpstr (few, ==, "With less than 5 calls a line is not compared.");
}

static void
add_call (GPtrArray  *calls,
          const char *vendor,
          const char *scenario)
{
  SideTestCall *call = side_test_call_new (NULL, NULL, "100");

  call->vendor = g_strdup (vendor);
  call->scenario = g_strdup (scenario);
  call->dialled_ms = 1000;
  call->ended_ms = 2000;
  g_ptr_array_add (calls, call);
}

/* What only one of the lines was asked says nothing of the other. */
static void
test_same (void)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);
  g_autoptr (GPtrArray) same = NULL;
  guint left_out;

  add_call (calls, "North", "a");
  add_call (calls, "North", "b");
  add_call (calls, "South", "a");
  add_call (calls, "South", "a");
  same = side_test_figures_same (calls, &left_out);
  g_assert_cmpuint (same->len, ==, 3);
  g_assert_cmpuint (left_out, ==, 1);
}

static void
test_chart (void)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (free_result);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  GtkWidget *chart = side_interval_chart_new (), *window;
  g_autofree char *legend = NULL;

  g_assert_cmpstr (side_interval_chart_get_summary (SIDE_INTERVAL_CHART (chart)), ==, "No calls yet");
  add_result (results, "North", 12, 11)->from_ms = 1793577600000;   /* 2 November 2026, a Monday */
  add_result (results, "North", 8, 4)->from_ms = 1793577600000 + 7 * 24 * SIDE_HOUR_MS;
  add_result (results, "South", 12, 9)->from_ms = 1793577600000;
  side_interval_chart_show (SIDE_INTERVAL_CHART (chart), results, SIDE_TEST_FIGURE_REACHED, zone, FALSE);
  legend = side_interval_chart_dup_legend (SIDE_INTERVAL_CHART (chart));
  g_assert_cmpstr (legend, ==, "● North    ◇ South");
  g_assert_cmpstr (side_interval_chart_get_summary (SIDE_INTERVAL_CHART (chart)), ==, "Week of 9 November: North 50 % (22–78), n 8; South –");
  window = side_widget_test_show (chart, 600, 220);
  side_interval_chart_choose (SIDE_INTERVAL_CHART (chart), 0);
  g_assert_cmpstr (side_interval_chart_get_summary (SIDE_INTERVAL_CHART (chart)), ==,
                   "Week of 2 November: North 92 % (65–99), n 12; South 75 % (47–91), n 12");
  side_widget_test_close (window);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/test-figures/compare", test_compare);
  g_test_add_func ("/test-figures/same", test_same);
  g_test_add_func ("/test-figures/chart", test_chart);
  return g_test_run ();
}
