/* test-store-sound.c - figures of recordings in a store, and saved searches
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <math.h>

#include "side-store-searches.h"
#include "side-store-sound.h"
#include "test-store-kit.h"

static SideAnalysis *
make_analysis (void)
{
  SideAnalysis *analysis = side_analysis_new (2);
  static const SideSpan quiet[] = { { 1000, 5500 }, { 20000, 32000 } };
  static const SideTalkOver over = { 40000, 42000, SIDE_CHANNEL_OPERATOR };
  static const SideSpan speech = { 0, 900 };

  g_free (analysis->version);
  analysis->version = g_strdup ("7");
  analysis->duration_ms = 100000;
  g_array_append_vals (analysis->conversation.dead_air, quiet, 2);
  g_array_append_val (analysis->conversation.talk_over, over);
  analysis->conversation.talk_share[0] = 0.4;
  analysis->conversation.latency[0].median_ms = -120;
  analysis->conversation.latency[0].p90_ms = 2500;
  for (guint i = 0; i < 2; i++)
    {
      SideOfCall *side = side_analysis_get_side (analysis, i);

      side->has_signal = TRUE;
      side->loudness_lufs = -23 - (double) i;
      side->snr_db = 9.5 + (double) i;
      side->clipped_runs = 3;
      g_array_append_val (side->speech, speech);
    }
  side_analysis_get_side (analysis, 1)->longest_monologue = (SideSpan) { 50000, 90000 };
  return analysis;
}

static void
test_of_analysis (void)
{
  g_autoptr (SideAnalysis) analysis = make_analysis ();
  g_autoptr (SideSoundFigures) figures = side_sound_figures_of ("c", "r", analysis);
  g_autoptr (SideAnalysis) mix = side_analysis_new (1);
  g_autoptr (SideSoundFigures) of_mix = NULL;

  g_assert_cmpint (figures->dead_air, ==, 2);
  g_assert_cmpint (figures->long_dead_air, ==, 1);
  g_assert_cmpint (figures->longest_dead_air_ms, ==, 12000);
  g_assert_cmpfloat_with_epsilon (figures->talk_over_share, 0.02, 1e-9);
  g_assert_cmpint (figures->monologue_ms, ==, 40000);
  g_assert_cmpfloat (side_sound_figures_get (figures, SIDE_SOUND_FIGURE_SNR), ==, 9.5);
  g_assert_cmpint (side_sound_figures_silent_side (figures), ==, SIDE_CHANNEL_NONE);
  side_analysis_get_side (mix, 0)->snr_db = 30;
  of_mix = side_sound_figures_of ("c", "r", mix);
  for (guint i = 0; i < SIDE_SOUND_N_FIGURES; i++)
    g_assert_true (isnan (side_sound_figures_get (of_mix, (SideSoundFigure) i)));
}

static void
put_recorded (Kit        *kit,
              const char *id,
              const char *recording)
{
  SideCall *call = kit_call (id, KIT_NOW_MS);

  call->recording = g_strdup (recording);
  kit_put_call (kit, call);
  side_call_unref (call);
}

static guint
count (Kit           *kit,
       SideCallMatch  analysed)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (GError) error = NULL;
  gssize n;

  query->analysed = analysed;
  n = KIT_WAIT (kit->store, side_store_count_calls, &error, query);
  g_assert_no_error (error);
  return (guint) n;
}

static void
test_keeps (void)
{
  Kit kit;
  g_autoptr (SideAnalysis) analysis = make_analysis ();
  g_autoptr (SideSoundFigures) figures = side_sound_figures_of ("a", "rec-a", analysis);
  g_autoptr (SideSoundFigures) read = NULL;
  g_autoptr (SideSoundFigures) none = NULL;
  g_autoptr (SideCallQuery) all = side_call_query_new ();
  g_autoptr (GHashTable) table = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  put_recorded (&kit, "a", "rec-a");
  put_recorded (&kit, "b", "rec-b");
  g_assert_true (KIT_WAIT (kit.store, side_store_put_sound, &error, figures));
  kit_reopen (&kit);
  g_assert_cmpuint (count (&kit, SIDE_CALL_MATCH_YES), ==, 1);
  g_assert_cmpuint (count (&kit, SIDE_CALL_MATCH_NO), ==, 1);
  read = KIT_WAIT (kit.store, side_store_get_sound, &error, "a");
  g_assert_no_error (error);
  g_assert_cmpstr (read->version, ==, "7");
  g_assert_cmpint (read->sides[1].clipped_runs, ==, 3);
  g_assert_cmpfloat (read->latency_median_ms, ==, -120);
  table = KIT_WAIT (kit.store, side_store_list_sounds, &error, all);
  g_assert_cmpuint (g_hash_table_size (table), ==, 1);
  g_assert_true (g_hash_table_contains (table, "a"));
  /* Another recording of the same call has not been heard. */
  put_recorded (&kit, "a", "rec-a2");
  none = KIT_WAIT (kit.store, side_store_get_sound, &error, "a");
  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_cmpuint (count (&kit, SIDE_CALL_MATCH_YES), ==, 0);
  g_free (figures->call);
  figures->call = g_strdup ("gone");
  g_assert_false (KIT_WAIT (kit.store, side_store_put_sound, &error, figures));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  kit_clear (&kit);
}

static char *
add_file (Kit        *kit,
          const char *id,
          const char *call)
{
  g_autofree char *name = g_strconcat (id, ".wav", NULL);
  char *path = g_build_filename (kit->dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "0123456789", 10, NULL));
  g_assert_true (KIT_WAIT (kit->store, side_store_add_recording, &error, id, call, NULL, path));
  return path;
}

static void
test_unheard (void)
{
  Kit kit;
  g_autoptr (SideAnalysis) analysis = make_analysis ();
  g_autoptr (SideSoundFigures) figures = side_sound_figures_of ("a", "rec-a", analysis);
  g_autoptr (GPtrArray) both = NULL;
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) newer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path_a = NULL;
  g_autofree char *path_b = NULL;

  kit_make (&kit);
  kit_open (&kit);
  put_recorded (&kit, "a", "rec-a");
  put_recorded (&kit, "b", "rec-b");
  path_a = add_file (&kit, "rec-a", "a");
  path_b = add_file (&kit, "rec-b", "b");
  both = KIT_WAIT (kit.store, side_store_list_unheard, &error, "7", 10);
  g_assert_cmpuint (both->len, ==, 2);
  KIT_WAIT (kit.store, side_store_put_sound, &error, figures);
  one = KIT_WAIT (kit.store, side_store_list_unheard, &error, "7", 10);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (((SideCall *) one->pdata[0])->id, ==, "b");
  newer = KIT_WAIT (kit.store, side_store_list_unheard, &error, "8", 10);
  g_assert_cmpuint (newer->len, ==, 2);
  g_assert_no_error (error);
  kit_clear (&kit);
}

static void
test_unfetched (void)
{
  Kit kit;
  g_autoptr (SideCallQuery) all = side_call_query_new ();
  g_autoptr (GPtrArray) two = NULL;
  g_autoptr (GPtrArray) unreviewed = NULL;
  g_autoptr (GPtrArray) limited = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  SideDocument *review;

  kit_make (&kit);
  kit_open (&kit);
  put_recorded (&kit, "a", "rec-a");
  put_recorded (&kit, "b", "rec-b");
  put_recorded (&kit, "c", "rec-c");
  put_recorded (&kit, "d", NULL);
  path = add_file (&kit, "rec-a", "a");
  review = kit_document ("review", "00000000-0000-4000-8000-000000000009", "b", "{}");
  g_free (review->author);
  review->author = g_strdup ("olga");
  KIT_WAIT (kit.store, side_store_put_document, &error, review, FALSE);
  side_document_unref (review);
  two = KIT_WAIT (kit.store, side_store_list_unfetched, &error, all, NULL, 10);
  g_assert_cmpuint (two->len, ==, 2);
  unreviewed = KIT_WAIT (kit.store, side_store_list_unfetched, &error, all, "olga", 10);
  g_assert_cmpuint (unreviewed->len, ==, 1);
  g_assert_cmpstr (((SideCall *) unreviewed->pdata[0])->id, ==, "c");
  limited = KIT_WAIT (kit.store, side_store_list_unfetched, &error, all, NULL, 1);
  g_assert_cmpuint (limited->len, ==, 1);
  g_assert_no_error (error);
  kit_clear (&kit);
}

/* What is open stays, whatever a person asks for. */
static void
test_clear (void)
{
  Kit kit;
  g_autoptr (GError) error = NULL;
  g_autofree char *path_a = NULL;
  g_autofree char *path_b = NULL;

  kit_make (&kit);
  kit_open (&kit);
  kit_put_local (&kit, "annotation", "00000000-0000-4000-8000-000000000001", "a", "{\"tag\":\"x\",\"text\":\"y\"}");
  path_a = add_file (&kit, "rec-a", "a");
  path_b = add_file (&kit, "rec-b", "b");
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_measure_recordings, &error), ==, 20);
  side_store_pin_recording (kit.store, "rec-a");
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_clear_recordings, &error), ==, 10);
  g_assert_true (g_file_test (path_a, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (path_b, G_FILE_TEST_EXISTS));
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_measure_recordings, &error), ==, 10);
  g_assert_cmpuint (side_store_get_outbox_length (kit.store), ==, 1);
  side_store_unpin_recording (kit.store, "rec-a");
  g_assert_cmpint (KIT_WAIT (kit.store, side_store_clear_recordings, &error), ==, 10);
  g_assert_no_error (error);
  kit_clear (&kit);
}

static void
test_searches (void)
{
  Kit kit;
  g_autoptr (SideSearch) first = side_search_new ("1", "shop", "Тишина", "[view]\n");
  g_autoptr (SideSearch) second = side_search_new ("2", "shop", "Без оценки", "[view]\nscore=none\n");
  g_autoptr (SideSearch) other = side_search_new ("3", "books", "x", "");
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  g_assert_true (KIT_WAIT (kit.store, side_store_put_search, &error, first));
  g_assert_true (KIT_WAIT (kit.store, side_store_put_search, &error, second));
  g_assert_true (KIT_WAIT (kit.store, side_store_put_search, &error, other));
  g_free (first->name);
  first->name = g_strdup ("Аудит");
  g_assert_true (KIT_WAIT (kit.store, side_store_put_search, &error, first));
  kit_reopen (&kit);
  list = KIT_WAIT (kit.store, side_store_list_searches, &error, "shop");
  g_assert_cmpuint (list->len, ==, 2);
  g_assert_cmpstr (((SideSearch *) list->pdata[0])->name, ==, "Аудит");
  g_assert_cmpstr (((SideSearch *) list->pdata[1])->view, ==, "[view]\nscore=none\n");
  g_assert_true (KIT_WAIT (kit.store, side_store_delete_search, &error, "1"));
  after = KIT_WAIT (kit.store, side_store_list_searches, &error, "shop");
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_no_error (error);
  kit_clear (&kit);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store-sound/of-analysis", test_of_analysis);
  g_test_add_func ("/store-sound/keeps", test_keeps);
  g_test_add_func ("/store-sound/unheard", test_unheard);
  g_test_add_func ("/store-sound/unfetched", test_unfetched);
  g_test_add_func ("/store-sound/clear", test_clear);
  g_test_add_func ("/store-sound/searches", test_searches);
  return g_test_run ();
}
