/* test-format.c - words, dates, and how numbers are explained
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>

#include "side-error.h"
#include "side-format.h"
#include "side-live-text.h"
#include "side-paths.h"
#include "side-renderer.h"
#include "side-settings.h"
#include "side-time.h"
#include "side-widget-test.h"

static void
assert_text (char       *got,
             const char *wanted)
{
  g_assert_cmpstr (got, ==, wanted);
  g_free (got);
}

static SideProject *
new_project (void)
{
  SideProject *project = side_project_new ("p", "Shop", "Europe/Moscow", NULL);

  side_project_add_queue (project, "q1", "Orders", 0);
  return project;
}

static void
test_dates (void)
{
  g_autoptr (GTimeZone) zone = side_time_zone_new ("Europe/Moscow", NULL);
  gint64 now_ms = side_time_from_iso ("2026-11-21T12:47:11Z", NULL, NULL);

  assert_text (side_format_date (zone, now_ms, now_ms), "21 November");
  assert_text (side_format_date (zone, side_time_from_iso ("2025-01-05T12:00:00Z", NULL, NULL), now_ms), "5 January 2025");
  assert_text (side_format_time_seconds (zone, now_ms), "15:47:11");
  assert_text (side_format_when (zone, now_ms - SIDE_HOUR_MS, now_ms), "14:47");
  /* 23:47 of the day before, in the project's zone */
  assert_text (side_format_when (zone, now_ms - 16 * SIDE_HOUR_MS, now_ms), "20 November, 23:47");
}

static void
test_words (void)
{
  g_autoptr (SideProject) project = new_project ();

  for (int i = 0; i <= SIDE_OPERATOR_BREAK; i++)
    {
      g_assert_cmpuint (strlen (side_format_operator_state ((SideOperatorState) i)), >, 0);
      g_assert_true (g_str_has_prefix (side_format_state_class ((SideOperatorState) i), "state-"));
      g_assert_true (g_str_has_suffix (side_format_state_icon ((SideOperatorState) i), "-symbolic"));
    }
  for (int i = 0; i <= SIDE_OUTCOME_LOST; i++)
    g_assert_cmpuint (strlen (side_format_outcome ((SideOutcome) i)), >, 0);
  assert_text (side_format_queues_role (2, SIDE_ROLE_CLIENT), "2 queues · client");
  g_assert_cmpstr (side_format_queue_name (project, "q1"), ==, "Orders");
  g_assert_cmpstr (side_format_queue_name (project, "gone"), ==, "gone");
  g_assert_cmpstr (side_format_queue_name (project, NULL), ==, "");
}

/* So that calls from files can be told apart. */
static void
test_call_title (void)
{
  g_autoptr (SideCall) call = side_call_new ("a");

  call->outcome = SIDE_OUTCOME_ANSWERED;
  call->note = g_strdup ("monday.wav");
  g_assert_cmpstr (side_format_call_title (call), ==, "Answered");
  call->imported = TRUE;
  g_assert_cmpstr (side_format_call_title (call), ==, "monday.wav");
  call->caller = g_strdup ("79161234567");
  g_assert_cmpstr (side_format_call_title (call), ==, "Answered");
  call->operator_name = g_intern_static_string ("Anna");
  g_assert_cmpstr (side_format_call_title (call), ==, "Anna");
  call->outcome = SIDE_OUTCOME_ABANDONED;
  g_assert_cmpstr (side_format_call_title (call), ==, "Lost call");
}

static void
test_errors (void)
{
  /* What a person can do something about reads differently from all the rest. */
  static const SideError codes[] = {
    SIDE_ERROR_UNREACHABLE, SIDE_ERROR_UNTRUSTED, SIDE_ERROR_UNAUTHORIZED, SIDE_ERROR_RATE_LIMITED, SIDE_ERROR_INVALID,
    SIDE_ERROR_BUSY, SIDE_ERROR_FULL, SIDE_ERROR_READ_ONLY, SIDE_ERROR_CORRUPT, SIDE_ERROR_NEWER,
  };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new (SIDE_ERROR, codes[i], "x");

      g_assert_true (g_hash_table_add (seen, side_format_error (error)));
    }
  assert_text (side_format_error (NULL), "Something went wrong.");
}

/* The vector of METRICS: answered 1000, abandoned 60, 860 within T, 20 lost within, 40 after, 10 short. */
static SideIndicators
vector (SideFormula formula)
{
  SideIndicators f = { 0 };

  f.counts = (SideCounts) {
    .offered = 1060, .answered = 1000, .abandoned = 60, .lost = 60, .answered_in_t = 860, .lost_in_t = 20,
    .lost_after_t = 40, .short_abandoned = 10, .handled = 998, .test = 2, .waiting = 3, .talk_ms = 998 * 185000,
    .wrap_ms = 998 * 37000,
  };
  f.service_level = side_counts_service_level (&f.counts, formula);
  f.abandoned_ratio = 60.0 / 1060.0;
  f.talk_ms = 185000;
  f.wrap_ms = 37000;
  f.aht_ms = 222000;
  f.asa_ms = NAN;
  f.occupancy = NAN;
  f.longest_wait_ms = -1;
  return f;
}

static void
test_service_level_explained (void)
{
  static const struct { SideFormula formula; const char *numbers, *rests_on, *left_out; } wanted[] = {
    { SIDE_FORMULA_F1, "(860 + 20) ÷ (1000 + 60) = 83.02\302\240%", "1060 calls", NULL },
    { SIDE_FORMULA_F2, "860 ÷ 1000 = 86.00\302\240%", "1000 calls", "60 lost calls" },
    { SIDE_FORMULA_F3, "860 ÷ (1000 + 60) = 81.13\302\240%", "1060 calls", NULL },
    { SIDE_FORMULA_F4, "860 ÷ (1000 + 40) = 82.69\302\240%", "1040 calls", "20 calls lost within the threshold" },
    { SIDE_FORMULA_F5, "(860 + 10) ÷ (1000 + 60) = 82.08\302\240%", "1060 calls", NULL },
    { SIDE_FORMULA_F6, "860 ÷ (1000 + 60 − 10) = 81.90\302\240%", "1050 calls", "10 short abandoned calls" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (SideProject) project = new_project ();
      SideIndicators figures = vector (wanted[i].formula);
      g_autoptr (SideExplanation) how = NULL;
      guint n = wanted[i].left_out != NULL ? 1 : 0;

      project->formula = wanted[i].formula;
      how = side_live_explain (SIDE_INDICATOR_SERVICE_LEVEL, &figures, project);
      g_assert_cmpstr (how->numbers, ==, wanted[i].numbers);
      g_assert_cmpstr (how->rests_on, ==, wanted[i].rests_on);
      g_assert_cmpuint (how->left_out->len, ==, n + 2);
      if (n > 0)
        g_assert_cmpstr (g_ptr_array_index (how->left_out, 0), ==, wanted[i].left_out);
      g_assert_cmpstr (g_ptr_array_index (how->left_out, n), ==, "2 test calls");
      g_assert_cmpstr (g_ptr_array_index (how->left_out, n + 1), ==, "3 calls that are still waiting");
    }
}

static void
test_all_explained (void)
{
  g_autoptr (SideProject) project = new_project ();
  SideIndicators figures = vector (SIDE_FORMULA_F4);

  for (int i = 0; i < SIDE_N_INDICATORS; i++)
    {
      g_autoptr (SideExplanation) how = side_live_explain ((SideIndicator) i, &figures, project);

      g_assert_cmpuint (strlen (how->formula), >, 20);
      g_assert_nonnull (how->numbers);
      g_assert_nonnull (how->rests_on);
      g_assert_cmpstr (how->title, ==, side_live_title ((SideIndicator) i));
    }
}

/* Whoever was not let in is neither answered nor abandoned, and that is said. */
static void
test_refused_explained (void)
{
  static const SideIndicator shares[] = { SIDE_INDICATOR_ABANDONED, SIDE_INDICATOR_ANSWERED };
  g_autoptr (SideProject) project = new_project ();
  SideIndicators figures = vector (SIDE_FORMULA_F4);

  figures.counts.refused = 4;
  for (gsize i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autoptr (SideExplanation) how = side_live_explain (shares[i], &figures, project);

      g_assert_true (g_ptr_array_find_with_equal_func (how->left_out, "4 calls refused at the door", g_str_equal, NULL));
    }
}

/* Those of the line below add up to those logged in. */
static void
test_operators_add_up (void)
{
  g_autoptr (SideProject) project = new_project ();
  SideIndicators figures = vector (SIDE_FORMULA_F4);

  figures.by_state[SIDE_OPERATOR_READY] = 4;
  figures.by_state[SIDE_OPERATOR_TALKING] = 1;
  figures.by_state[SIDE_OPERATOR_RINGING] = 1;
  figures.by_state[SIDE_OPERATOR_WRAP_UP] = 2;
  figures.by_state[SIDE_OPERATOR_BREAK] = 1;
  figures.logged_in = 9;
  assert_text (side_live_value (SIDE_INDICATOR_OPERATORS, &figures), "1 / 9");
  assert_text (side_live_note (SIDE_INDICATOR_OPERATORS, &figures, project), "4 free · 4 busy · 1 break");
}

static void
test_tiles (void)
{
  g_autoptr (SideProject) project = new_project ();
  SideIndicators figures = vector (SIDE_FORMULA_F4);

  project->waiting_limit = 1;
  figures.waiting = 3;
  figures.longest_wait_ms = 72900;
  assert_text (side_live_value (SIDE_INDICATOR_WAITING, &figures), "3");
  assert_text (side_live_note (SIDE_INDICATOR_WAITING, &figures, project), "2 over target");
  assert_text (side_live_value (SIDE_INDICATOR_LONGEST_WAIT, &figures), "1:12");
  assert_text (side_live_value (SIDE_INDICATOR_SERVICE_LEVEL, &figures), "83\302\240%");
  assert_text (side_live_value (SIDE_INDICATOR_ABANDONED, &figures), "5.7\302\240%");
  assert_text (side_live_note (SIDE_INDICATOR_ABANDONED, &figures, project), "60 of 1060 · 10 short");
  assert_text (side_live_note (SIDE_INDICATOR_ANSWERED, &figures, project), "94\302\240% of 1060");
  assert_text (side_live_value (SIDE_INDICATOR_ASA, &figures), "–");
  assert_text (side_live_note (SIDE_INDICATOR_AHT, &figures, project), "talk 3:05 · wrap 0:37");
  assert_text (side_live_value (SIDE_INDICATOR_OCCUPANCY, &figures), "–");
  assert_text (side_live_milliseconds (11500), "0:12");
}

/* An empty period has no numbers, never zeroes that look like ones. */
static void
test_empty (void)
{
  static const SideIndicator without[] = {
    SIDE_INDICATOR_LONGEST_WAIT, SIDE_INDICATOR_SERVICE_LEVEL, SIDE_INDICATOR_ABANDONED, SIDE_INDICATOR_ANSWERED,
    SIDE_INDICATOR_ASA, SIDE_INDICATOR_AHT, SIDE_INDICATOR_OCCUPANCY,
  };
  SideIndicators none = {
    .service_level = NAN, .abandoned_ratio = NAN, .asa_ms = NAN, .aht_ms = NAN, .occupancy = NAN, .longest_wait_ms = -1,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (without); i++)
    assert_text (side_live_value (without[i], &none), "–");
}

static void
test_renderer (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *card = g_build_filename (folder, "card0", NULL);
  g_autofree char *node = g_build_filename (folder, "renderD128", NULL);

  g_assert_false (side_renderer_has_gpu ("/nowhere/at/all"));
  g_assert_true (g_file_set_contents (card, "", 0, NULL));
  g_assert_false (side_renderer_has_gpu (folder));
  g_assert_true (g_file_set_contents (node, "", 0, NULL));
  g_assert_true (side_renderer_has_gpu (folder));
  side_test_rm_rf (folder);
}

static void
test_servers (void)
{
  g_autoptr (SideServer) one = side_server_new ("https://one", "olga", NULL);
  g_autoptr (SideServer) two = side_server_new ("https://two", "", "ab12");
  g_autoptr (GPtrArray) servers = NULL;
  g_autofree char *identity = side_server_dup_identity (one);
  char *project;

  g_assert_null (two->user);
  side_settings_add_server (one);
  side_settings_add_server (two);
  side_settings_add_server (one);
  servers = side_settings_dup_servers ();
  g_assert_cmpuint (servers->len, ==, 2);
  g_assert_cmpstr (((SideServer *) g_ptr_array_index (servers, 0))->url, ==, "https://one");
  g_assert_cmpstr (((SideServer *) g_ptr_array_index (servers, 1))->fingerprint, ==, "ab12");
  side_settings_set_project (identity, "a");
  side_settings_set_project (identity, "b");
  project = side_settings_dup_project (identity);
  g_assert_cmpstr (project, ==, "b");
  g_free (project);
  g_assert_null (side_settings_dup_project ("nobody"));
  side_settings_remove_server ("https://one", "olga");
  side_settings_remove_server ("https://two", NULL);
  g_clear_pointer (&servers, g_ptr_array_unref);
  servers = side_settings_dup_servers ();
  g_assert_cmpuint (servers->len, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/format/dates", test_dates);
  g_test_add_func ("/format/words", test_words);
  g_test_add_func ("/format/call-title", test_call_title);
  g_test_add_func ("/format/errors", test_errors);
  g_test_add_func ("/format/service-level-explained", test_service_level_explained);
  g_test_add_func ("/format/all-explained", test_all_explained);
  g_test_add_func ("/format/tiles", test_tiles);
  g_test_add_func ("/format/refused-explained", test_refused_explained);
  g_test_add_func ("/format/operators-add-up", test_operators_add_up);
  g_test_add_func ("/format/empty", test_empty);
  g_test_add_func ("/format/renderer", test_renderer);
  g_test_add_func ("/format/servers", test_servers);
  return g_test_run ();
}
