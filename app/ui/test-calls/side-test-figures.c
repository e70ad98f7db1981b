/* side-test-figures.c - what many test calls say, in figures and in sentences
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-figures.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-csv.h"
#include "side-time.h"

/**
 * side_test_figure_name:
 * @figure: a figure
 *
 * Returns: (transfer none): what it is called
 */
const char *
side_test_figure_name (SideTestFigure figure)
{
  switch (figure)
    {
    case SIDE_TEST_FIGURE_SOUND:
      return _("Nothing wrong");
    case SIDE_TEST_FIGURE_WAIT:
      return _("Wait for a person, from dialling");
    case SIDE_TEST_FIGURE_SCORE:
      return _("Score");
    case SIDE_TEST_FIGURE_REACHED:
    case SIDE_TEST_N_FIGURES:
    default:
      return _("Reached a person");
    }
}

static SideInterval
scaled (SideInterval interval,
        double       by)
{
  return (SideInterval) { interval.low * by, interval.high * by };
}

/**
 * side_test_figure_get:
 * @figure: a figure
 * @result: some test calls together
 * @value: (out): it: per cent, seconds or points; NaN when it is of no call
 * @interval: (out): its 95 % interval; NaN where there is none
 *
 * Returns: how many calls it is of
 */
guint
side_test_figure_get (SideTestFigure        figure,
                      const SideTestResult *result,
                      double               *value,
                      SideInterval         *interval)
{
  guint n = result->n;

  *value = NAN;
  *interval = (SideInterval) { NAN, NAN };
  switch (figure)
    {
    case SIDE_TEST_FIGURE_WAIT:
      n = result->waits.n;
      if (n > 0)
        *value = side_scores_get_mean (&result->waits) / 1000;
      *interval = scaled (result->wait, 0.001);
      break;
    case SIDE_TEST_FIGURE_SCORE:
      n = result->scores.n;
      if (n > 0)
        *value = side_scores_get_mean (&result->scores);
      if (n > 1)
        *interval = side_scores_get_interval (&result->scores);
      break;
    case SIDE_TEST_FIGURE_SOUND:
      if (n > 0)
        *value = 100.0 * result->sound / n;
      *interval = scaled (result->sound_share, 100);
      break;
    case SIDE_TEST_FIGURE_REACHED:
    case SIDE_TEST_N_FIGURES:
    default:
      if (n > 0)
        *value = 100.0 * result->reached / n;
      *interval = scaled (result->reached_share, 100);
      break;
    }
  if (n == 0)
    *interval = (SideInterval) { NAN, NAN };
  return n;
}

/**
 * side_test_figure_words:
 * @figure: a figure
 * @result: some test calls together
 *
 * Returns: (transfer full): it, its interval and of how many calls: "92 % (78–97), n 24"
 */
char *
side_test_figure_words (SideTestFigure        figure,
                        const SideTestResult *result)
{
  double value;
  SideInterval interval;
  guint n = side_test_figure_get (figure, result, &value, &interval);
  g_autofree char *shown = NULL;

  if (n == 0)
    return g_strdup ("–");
  if (figure == SIDE_TEST_FIGURE_WAIT)
    /* Translators: seconds */
    shown = g_strdup_printf (_("%.0f s"), value);
  else if (figure == SIDE_TEST_FIGURE_SCORE)
    shown = g_strdup_printf ("%.0f", value);
  else
    shown = g_strdup_printf (_("%.0f %%"), value);
  /* Translators: a figure and of how many calls it is: "41 s, n 1" */
  if (isnan (interval.low))
    return g_strdup_printf (_("%s, n %u"), shown, n);
  /* Translators: a figure, its 95 % interval and of how many calls it is: "92 % (78–97), n 24" */
  return g_strdup_printf (_("%s (%.0f–%.0f), n %u"), shown, interval.low, interval.high, n);
}

/* ---- comparing ---- */

static const char *
line_of (const SideTestResult *result)
{
  return result->line != NULL ? result->line : "";
}

/* How two lines differ; unknown where one of them has too few calls. */
static SideDifference
compare_two (SideTestFigure        figure,
             const SideTestResult *a,
             const SideTestResult *b)
{
  double value;
  SideInterval left, right;

  if (side_test_figure_get (figure, a, &value, &left) < SIDE_QUALITY_LEAST || side_test_figure_get (figure, b, &value, &right) < SIDE_QUALITY_LEAST)
    return SIDE_DIFFERENCE_UNKNOWN;
  return side_interval_compare (left, right);
}

static char *
dup_difference (SideTestFigure        figure,
                const SideTestResult *high,
                const SideTestResult *low)
{
  if (figure == SIDE_TEST_FIGURE_WAIT)
    return g_strdup_printf (_("%s keeps callers waiting longer than %s."), line_of (high), line_of (low));
  if (figure == SIDE_TEST_FIGURE_SCORE)
    return g_strdup_printf (_("%s has higher scores than %s."), line_of (high), line_of (low));
  if (figure == SIDE_TEST_FIGURE_SOUND)
    return g_strdup_printf (_("More calls of %s had nothing wrong than of %s."), line_of (high), line_of (low));
  return g_strdup_printf (_("More calls of %s reached a person than of %s."), line_of (high), line_of (low));
}

static char *
dup_chance (guint    n,
            gboolean some)
{
  g_autofree char *count = g_strdup_printf (ngettext ("%u call", "%u calls", n), n);

  /* Translators: %s: "24 calls" */
  return some ? g_strdup_printf (_("%s: the other differences may be chance."), count) : g_strdup_printf (_("%s: the difference may be chance."), count);
}

/**
 * side_test_figure_compare:
 * @figure: a figure
 * @results: (element-type SideTestResult): of lines, each once
 *
 * Returns: (transfer full) (nullable): which lines differ in it, and that the others may
 *   differ by chance: "24 calls: the difference may be chance."; %NULL for less than two lines
 */
char *
side_test_figure_compare (SideTestFigure   figure,
                          const GPtrArray *results)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean few = FALSE, same = FALSE;
  guint n = 0;

  g_return_val_if_fail (results != NULL, NULL);

  if (results->len < 2)
    return NULL;
  for (guint i = 0; i < results->len; i++)
    {
      double value;
      SideInterval interval;

      n += side_test_figure_get (figure, results->pdata[i], &value, &interval);
      for (guint k = i + 1; k < results->len; k++)
        {
          SideDifference difference = compare_two (figure, results->pdata[i], results->pdata[k]);
          g_autofree char *words = NULL;

          few = few || difference == SIDE_DIFFERENCE_UNKNOWN;
          same = same || difference == SIDE_DIFFERENCE_NONE;
          if (difference == SIDE_DIFFERENCE_HIGHER)
            words = dup_difference (figure, results->pdata[i], results->pdata[k]);
          else if (difference == SIDE_DIFFERENCE_LOWER)
            words = dup_difference (figure, results->pdata[k], results->pdata[i]);
          if (words != NULL)
            g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words);
        }
    }
  if (same)
    {
      g_autofree char *chance = dup_chance (n, out->len > 0);

      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", chance);
    }
  if (few)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("With less than %d call a line is not compared.", "With less than %d calls a line is not compared.",
                                                          SIDE_QUALITY_LEAST), SIDE_QUALITY_LEAST);

      g_string_append_printf (out, "%s%s", out->len > 0 ? " " : "", words);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static const char *
key_line (const SideTestCall *call)
{
  const char *line = call->vendor != NULL ? call->vendor : call->number;

  return line != NULL ? line : "";
}

/* Whether each of @lines was called with that scenario. */
static gboolean
is_of_all (GPtrArray          *calls,
           GHashTable         *lines,
           const SideTestCall *call)
{
  g_autoptr (GHashTable) called = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < calls->len; i++)
    {
      const SideTestCall *other = calls->pdata[i];

      if (other->ended_ms != 0 && g_strcmp0 (other->scenario, call->scenario) == 0)
        g_hash_table_add (called, (gpointer) key_line (other));
    }
  return g_hash_table_size (called) == g_hash_table_size (lines);
}

/**
 * side_test_figures_same:
 * @calls: (element-type SideTestCall): test calls
 * @left_out: (out): how many are not among those that are returned
 *
 * Lines are compared fairly on what all of them were asked.
 *
 * Returns: (transfer container) (element-type SideTestCall): those that are over, with scenarios
 *   that every line was called with
 */
GPtrArray *
side_test_figures_same (GPtrArray *calls,
                        guint     *left_out)
{
  GPtrArray *same = g_ptr_array_new ();
  g_autoptr (GHashTable) lines = g_hash_table_new (g_str_hash, g_str_equal);
  guint over = 0;

  g_return_val_if_fail (calls != NULL && left_out != NULL, same);

  for (guint i = 0; i < calls->len; i++)
    if (((const SideTestCall *) calls->pdata[i])->ended_ms != 0)
      {
        g_hash_table_add (lines, (gpointer) key_line (calls->pdata[i]));
        over++;
      }
  for (guint i = 0; i < calls->len; i++)
    if (((const SideTestCall *) calls->pdata[i])->ended_ms != 0 && is_of_all (calls, lines, calls->pdata[i]))
      g_ptr_array_add (same, calls->pdata[i]);
  *left_out = over - same->len;
  return same;
}

/* ---- CSV ---- */

static void
append_figure (GString              *out,
               SideTestFigure        figure,
               const SideTestResult *result)
{
  double value;
  SideInterval interval;
  guint n = side_test_figure_get (figure, result, &value, &interval);

  side_csv_append_number (out, "%.0f", n);
  side_csv_append_number (out, "%.2f", value);
  side_csv_append_number (out, "%.2f", interval.low);
  side_csv_append_number (out, "%.2f", interval.high);
}

/**
 * side_test_figures_csv:
 * @results: (element-type SideTestResult): in their order
 * @zone: of their weeks or months
 *
 * Returns: (transfer full): a table with a line for each; figures with a point, shares in per
 *   cent, waits in seconds, of each figure n, value, low and high end of its 95 % interval
 */
char *
side_test_figures_csv (const GPtrArray *results,
                       GTimeZone       *zone)
{
  static const char *const names[SIDE_TEST_N_FIGURES] = { "reached", "sound", "wait_s", "score" };
  GString *out = g_string_new ("line,scenario,from");

  for (guint i = 0; i < SIDE_TEST_N_FIGURES; i++)
    g_string_append_printf (out, ",%s_n,%s,%s_low,%s_high", names[i], names[i], names[i], names[i]);
  g_string_append (out, "\r\n");
  for (guint i = 0; i < results->len; i++)
    {
      const SideTestResult *result = results->pdata[i];
      g_autoptr (GDateTime) from = result->from_ms != 0 ? side_time_to_local (zone, result->from_ms) : NULL;
      g_autofree char *date = from != NULL ? g_date_time_format (from, "%Y-%m-%d") : NULL;

      side_csv_append_cell (out, result->line);   /* may be empty, and is the first of its row */
      g_string_append_c (out, ',');
      side_csv_append_cell (out, result->title != NULL ? result->title : result->scenario);
      g_string_append_c (out, ',');
      side_csv_append_cell (out, date);
      for (guint k = 0; k < SIDE_TEST_N_FIGURES; k++)
        append_figure (out, (SideTestFigure) k, result);
      g_string_append (out, "\r\n");
    }
  return g_string_free (out, FALSE);
}
