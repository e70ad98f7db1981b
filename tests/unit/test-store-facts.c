/* test-store-facts.c - what finished reviews come to, kept in columns
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The tables are read as they lie in the file: they are right when deriving
 * all of them anew, as the step of the schema does, changes nothing.
 */
#include "side-script-use.h"
#include "side-store-evidence.h"
#include "side-store-facts.h"
#include "side-store-reviews.h"
#include "side-store-sound.h"
#include "side-store-veil.h"
#include "test-store-kit.h"

#define SCRIPT "00000000-0000-4000-8000-00000000aaaa"

static char *
script_body (int version)
{
  return g_strdup_printf ("{\"id\":\"" SCRIPT "\",\"project\":\"shop\",\"title\":\"Orders\",\"version\":%d,\"sections\":["
                          "{\"id\":\"1\",\"title\":\"Talk\",\"criteria\":["
                          "{\"id\":\"hello\",\"text\":\"Says hello\",\"weight\":%d,\"answers\":\"yes-no\"},"
                          "{\"id\":\"name\",\"text\":\"Asks the name\",\"weight\":1,\"answers\":\"yes-partly-no\",\"allow_na\":true}]}]}",
                          version, version);
}

static char *
review_body (const char *id,
             const char *call,
             int         version,
             double      hello,
             double      name,
             gint64      finished_ms,
             const char *selection)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"project\":\"shop\",\"call\":\"%s\",\"script\":\"" SCRIPT "\",\"script_version\":%d,"
                          "\"reviewer\":\"olga\",\"selection\":\"%s\",\"started_ms\":1795000000000,\"changed_ms\":1795000000000,"
                          "\"finished_ms\":%" G_GINT64_FORMAT ",\"answers\":["
                          "{\"criterion\":\"hello\",\"value\":%g,\"given_ms\":1795000000000,\"position_ms\":1000},"
                          "{\"criterion\":\"name\",\"value\":%g,\"given_ms\":1795000000000}]}",
                          id, call, version, selection, finished_ms, hello, name);
}

static void
keep_version (Kit *kit,
              int  version)
{
  g_autofree char *body = script_body (version);
  g_autoptr (SideDocument) document = kit_document ("script", SCRIPT, NULL, body);
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_keep_script, &error, document);
  g_assert_no_error (error);
}

static void
put_operator (Kit        *kit,
              const char *call,
              const char *operator_id)
{
  g_autoptr (SideCall) row = kit_call (call, KIT_NOW_MS);

  row->operator_id = g_intern_string (operator_id);
  kit_put_call (kit, row);
}

static void
append_rows (GString    *out,
             sqlite3    *handle,
             const char *sql)
{
  sqlite3_stmt *stmt;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      for (int i = 0; i < sqlite3_column_count (stmt); i++)
        g_string_append_printf (out, "%s ", sqlite3_column_text (stmt, i) != NULL ? (const char *) sqlite3_column_text (stmt, i) : "-");
      g_string_append_c (out, '\n');
    }
  sqlite3_finalize (stmt);
}

/* Both tables as one text; the store is closed. */
static char *
dump (Kit *kit)
{
  GString *out = g_string_new (NULL);
  sqlite3 *handle = kit_sqlite (kit->path);

  append_rows (out, handle, "SELECT * FROM review_facts ORDER BY n");
  append_rows (out, handle, "SELECT * FROM answer_facts ORDER BY review, criterion");
  sqlite3_close (handle);
  return g_string_free (out, FALSE);
}

/* One row a review, in words; the store is closed. */
static char *
say (Kit *kit)
{
  GString *out = g_string_new (NULL);
  sqlite3 *handle = kit_sqlite (kit->path);

  append_rows (out, handle, "SELECT about, o.text, version, round (score), counts, (SELECT count(*) FROM answer_facts WHERE review = f.n) "
                            "FROM review_facts f LEFT JOIN names o ON o.n = f.operator ORDER BY f.n");
  sqlite3_close (handle);
  return g_string_free (out, FALSE);
}

static void
assert_said (Kit        *kit,
             const char *expected)
{
  g_autofree char *said = NULL;

  kit_close (kit);
  said = say (kit);
  g_assert_cmpstr (said, ==, expected);
  kit_open (kit);
}

/* The review first, then its script, then its call, then who took it. */
static void
test_late (void)
{
  Kit kit;
  g_autofree char *id = kit_uuid (1);
  g_autofree char *body = review_body (id, "a", 2, 1, 0, KIT_NOW_MS, "none");
  g_autofree char *draft = review_body (id, "a", 2, 1, 0, 0, "none");

  kit_make (&kit);
  kit_open (&kit);
  kit_put_remote (&kit, "review", id, "a", body, 1);
  assert_said (&kit, "a - 2 - 0 0 \n");
  keep_version (&kit, 1);
  assert_said (&kit, "a - 2 - 0 0 \n");
  keep_version (&kit, 2);
  assert_said (&kit, "a - 2 67.0 1 2 \n");
  put_operator (&kit, "a", NULL);
  assert_said (&kit, "a - 2 67.0 1 2 \n");
  put_operator (&kit, "a", "anna");
  assert_said (&kit, "a anna 2 67.0 1 2 \n");
  kit_put_local (&kit, "review", id, "a", draft);
  assert_said (&kit, "");
  kit_clear (&kit);
}

/* A sealed review that somebody revises: a full mark, and so far nothing in its place. */
static char *
revision_body (const char *id,
               const char *call,
               gint64      finished_ms,
               const char *selection)
{
  return g_strdup_printf ("{\"id\":\"%s\",\"project\":\"shop\",\"call\":\"%s\",\"script\":\"" SCRIPT "\",\"script_version\":2,"
                          "\"reviewer\":\"petr\",\"selection\":\"%s\",\"started_ms\":1795000000000,\"changed_ms\":1795000009000,"
                          "\"revision\":2,\"reason\":\"Heard again\",\"answers\":["
                          "{\"criterion\":\"hello\",\"value\":0,\"given_ms\":1795000009000}],\"history\":[{\"revision\":1,"
                          "\"finished_ms\":%" G_GINT64_FORMAT ",\"reviewer\":\"olga\",\"answers\":["
                          "{\"criterion\":\"hello\",\"value\":1,\"given_ms\":1795000000000},"
                          "{\"criterion\":\"name\",\"value\":1,\"given_ms\":1795000000000}]}]}",
                          id, call, selection, finished_ms);
}

/* What was sealed goes on counting until the revision is sealed too. */
static void
test_revised (void)
{
  Kit kit;
  g_autofree char *id = kit_uuid (1);
  g_autofree char *body = revision_body (id, "a", KIT_NOW_MS, "random");
  g_autoptr (SideOperatorFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  const SideReviewFact *fact;

  kit_make (&kit);
  kit_open (&kit);
  keep_version (&kit, 2);
  put_operator (&kit, "a", "anna");
  kit_put_remote (&kit, "review", id, "a", body, 1);
  facts = KIT_WAIT (kit.store, side_store_get_operator, &error, "shop", "anna", (gint64) 0, (gint64) 0);
  g_assert_no_error (error);
  g_assert_cmpuint (facts->reviews->len, ==, 1);
  fact = &g_array_index (facts->reviews, SideReviewFact, 0);
  g_assert_cmpfloat (fact->score, ==, 100);
  g_assert_cmpint (fact->revision, ==, 1);
  g_assert_cmpint (fact->finished_ms, ==, KIT_NOW_MS);
  g_assert_cmpstr (fact->reviewer, ==, "olga");
  assert_said (&kit, "a anna 2 100.0 1 2 \n");
  kit_clear (&kit);
}

/* One call, reviewed twice by chance and twice at random. */
static void
test_counts_once (void)
{
  Kit kit;
  /* The first is no random one any more: another call stands in for it. */
  static const char *const selections[] = { "random\",\"replaced\":true,\"newer\":\"x", "none", "chosen", "random", "second" };

  kit_make (&kit);
  kit_open (&kit);
  put_operator (&kit, "a", "anna");
  keep_version (&kit, 1);
  for (guint i = 0; i < G_N_ELEMENTS (selections); i++)
    {
      g_autofree char *id = kit_uuid (i + 1);
      g_autofree char *body = review_body (id, "a", 1, 1, 1, KIT_NOW_MS - i, selections[i]);

      kit_put_local (&kit, "review", id, "a", body);
    }
  assert_said (&kit, "a anna 1 100.0 1 2 \na anna 1 100.0 0 2 \na anna 1 100.0 0 2 \na anna 1 100.0 1 2 \na anna 1 100.0 0 2 \n");
  kit_clear (&kit);
}

static SideOperatorFacts *
get_operator (Kit        *kit,
              const char *operator_id,
              gint64      from_ms,
              gint64      to_ms)
{
  g_autoptr (GError) error = NULL;
  SideOperatorFacts *facts = KIT_WAIT (kit->store, side_store_get_operator, &error, "shop", operator_id, from_ms, to_ms);

  g_assert_no_error (error);
  return facts;
}

static void
put_handled (Kit        *kit,
             const char *id,
             const char *operator_id,
             gboolean    test)
{
  g_autoptr (SideCall) call = kit_call (id, KIT_NOW_MS);

  call->operator_id = g_intern_string (operator_id);
  call->outcome = SIDE_OUTCOME_ANSWERED;
  call->answered_ms = KIT_NOW_MS;
  call->talk_ms = 60000;
  call->hold_ms = 4000;
  call->wrap_ms = 10000;
  call->test = test;
  call->recording = g_strdup (id);
  kit_put_call (kit, call);
}

static void
put_counted (Kit        *kit,
             guint       n,
             const char *call,
             double      name,
             const char *selection)
{
  g_autofree char *id = kit_uuid (n);
  g_autofree char *body = review_body (id, call, 1, 1, name, KIT_NOW_MS, selection);

  kit_put_local (kit, "review", id, call, body);
}

static void
put_figures (Kit        *kit,
             const char *call,
             double      talk_share)
{
  g_autoptr (SideSoundFigures) figures = side_sound_figures_new (call, call, "1");
  g_autoptr (GError) error = NULL;

  figures->talk_share = talk_share;
  KIT_WAIT (kit->store, side_store_put_sound, &error, figures);
  g_assert_no_error (error);
}

/* Anna has five calls, one of them a test call; Boris has five. */
static void
fill_operators (Kit *kit)
{
  keep_version (kit, 1);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *id = g_strdup_printf ("call-%u", i);

      put_handled (kit, id, i < 5 ? "anna" : "boris", i == 4);
      put_counted (kit, i + 1, id, i % 2 == 0 ? 1 : 0.5, i < 2 ? "random" : "chosen");
      put_figures (kit, id, 0.1 * i);
    }
}

static void
test_operator (void)
{
  Kit kit;
  g_autoptr (SideOperatorFacts) facts = NULL;
  const SideCriterionFact *criterion;
  SideScores random, chosen;

  kit_make (&kit);
  kit_open (&kit);
  fill_operators (&kit);
  facts = get_operator (&kit, "anna", 0, 0);
  g_assert_cmpuint (facts->reviews->len, ==, 5);
  side_quality_sum (facts->reviews, 0, G_MAXINT64, &random, &chosen);
  g_assert_cmpuint (random.n, ==, 2);
  g_assert_cmpfloat (side_scores_get_mean (&random), ==, 87.5);
  g_assert_cmpuint (chosen.n, ==, 2);
  g_assert_cmpuint (facts->others_chosen.n, ==, 5);
  g_assert_cmpuint (facts->others_random.n, ==, 0);
  g_assert_cmpuint (facts->others, ==, 1);
  /* Two criteria, chosen first, then random. */
  g_assert_cmpuint (facts->criteria->len, ==, 4);
  criterion = &g_array_index (facts->criteria, SideCriterionFact, 3);
  g_assert_cmpstr (criterion->criterion, ==, "name");
  g_assert_cmpstr (criterion->text, ==, "1.2 Asks the name");
  g_assert_true (criterion->random);
  g_assert_cmpuint (criterion->n, ==, 2);
  g_assert_cmpuint (criterion->full, ==, 1);
  g_assert_cmpfloat (criterion->sum, ==, 1.5);
  g_assert_cmpuint (criterion->causes[SIDE_CAUSE_NONE], ==, 1);
  kit_clear (&kit);
}

static void
test_workload (void)
{
  Kit kit;
  g_autoptr (SideOperatorFacts) facts = NULL;
  g_autoptr (SideOperatorFacts) before = NULL;
  g_autoptr (SideOperatorFacts) nobody = NULL;
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (GError) error = NULL;
  const SideSoundRange *range;
  const SideReviewCount *count;

  kit_make (&kit);
  kit_open (&kit);
  fill_operators (&kit);
  facts = get_operator (&kit, "anna", KIT_NOW_MS, KIT_NOW_MS + 1);
  g_assert_cmpuint (facts->handled, ==, 4);
  g_assert_cmpuint (facts->test_calls, ==, 1);
  g_assert_cmpint (facts->talk_ms + facts->hold_ms + facts->wrap_ms, ==, 4 * 74000);
  range = &facts->sound[SIDE_SOUND_FIGURE_TALK_SHARE];
  g_assert_cmpuint (range->n, ==, 4);
  g_assert_cmpfloat_with_epsilon (range->median, 0.15, 1e-5);
  g_assert_cmpuint (range->others, ==, 1);
  g_assert_cmpfloat_with_epsilon (range->low, 0.7, 1e-5);
  before = get_operator (&kit, "anna", 0, KIT_NOW_MS);
  g_assert_cmpuint (before->reviews->len + before->handled, ==, 0);
  nobody = get_operator (&kit, "nobody", 0, 0);
  g_assert_cmpuint (nobody->reviews->len + nobody->handled, ==, 0);
  counts = KIT_WAIT (kit.store, side_store_count_reviews, &error, "shop", (gint64) 0, (gint64) 0);
  g_assert_no_error (error);
  count = g_hash_table_lookup (counts, "anna");
  g_assert_cmpuint (count->random, ==, 2);
  g_assert_cmpuint (count->chosen, ==, 2);
  count = g_hash_table_lookup (counts, "boris");
  g_assert_cmpuint (count->random, ==, 0);
  g_assert_cmpuint (count->chosen, ==, 5);
  kit_clear (&kit);
}

/* A line is made of random reviews alone: neither of chosen ones nor of test calls. */
static void
test_use (void)
{
  Kit kit;
  g_autoptr (SideScriptUse) use = NULL;
  g_autoptr (SideScriptUse) chosen = NULL;
  g_autoptr (GError) error = NULL;

  kit_make (&kit);
  kit_open (&kit);
  keep_version (&kit, 1);
  put_handled (&kit, "call-0", "anna", FALSE);
  put_handled (&kit, "call-1", "anna", FALSE);
  put_handled (&kit, "call-2", "anna", TRUE);
  put_counted (&kit, 1, "call-0", 0, "chosen");
  chosen = KIT_WAIT (kit.store, side_store_get_script_use, &error, SCRIPT, 1);
  g_assert_no_error (error);
  g_assert_false (chosen->random);
  g_assert_cmpuint (side_script_use_find (chosen, "name")->n, ==, 1);
  put_counted (&kit, 2, "call-1", 1, "random");
  put_counted (&kit, 3, "call-2", 0, "random");
  put_counted (&kit, 4, "call-1", 0, "calibration");
  use = KIT_WAIT (kit.store, side_store_get_script_use, &error, SCRIPT, 1);
  g_assert_no_error (error);
  g_assert_true (use->random);
  g_assert_cmpuint (use->reviews, ==, 4);
  g_assert_cmpuint (side_script_use_find (use, "name")->n, ==, 1);
  g_assert_cmpfloat (side_script_use_find (use, "name")->mean, ==, 1);
  kit_clear (&kit);
}

/* What came on top and was not earned is no fault, and there is nothing to hear in it. */
static void
test_bonus (void)
{
  Kit kit;
  g_autofree char *plain = script_body (1);
  g_autoptr (GRegex) regex = g_regex_new ("\"weight\":1,\"answers\":\"yes-no\"", 0, 0, NULL);
  g_autofree char *body = g_regex_replace_literal (regex, plain, -1, 0, "\"weight\":1,\"bonus\":true,\"answers\":\"yes-no\"", 0, NULL);
  g_autoptr (SideDocument) document = kit_document ("script", SCRIPT, NULL, body);
  g_autofree char *id = kit_uuid (1);
  g_autofree char *review = review_body (id, "call-0", 1, 0, 0, KIT_NOW_MS, "random");
  g_autoptr (SideOperatorFacts) facts = NULL;
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (GError) error = NULL;
  const SideCriterionFact *fact;

  kit_make (&kit);
  kit_open (&kit);
  KIT_WAIT (kit.store, side_store_keep_script, &error, document);
  g_assert_no_error (error);
  put_handled (&kit, "call-0", "anna", FALSE);
  kit_put_local (&kit, "review", id, "call-0", review);
  facts = get_operator (&kit, "anna", 0, 0);
  g_assert_cmpuint (facts->criteria->len, ==, 2);
  fact = &g_array_index (facts->criteria, SideCriterionFact, 0);
  g_assert_cmpstr (fact->criterion, ==, "hello");
  g_assert_true (fact->bonus);
  g_assert_cmpuint (fact->n, ==, 1);
  g_assert_cmpuint (fact->causes[SIDE_CAUSE_NONE], ==, 0);
  fact = &g_array_index (facts->criteria, SideCriterionFact, 1);
  g_assert_false (fact->bonus);
  g_assert_cmpuint (fact->causes[SIDE_CAUSE_NONE], ==, 1);
  pieces = KIT_WAIT (kit.store, side_store_list_evidence, &error, "shop", "anna", SCRIPT, "hello", (gint64) 0);
  g_assert_no_error (error);
  g_assert_cmpuint (pieces->len, ==, 0);
  kit_clear (&kit);
}

static void
test_evidence (void)
{
  Kit kit;
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  const char *const ids[] = { "call-1", "call-77", NULL };
  SideProgress progress;

  kit_make (&kit);
  kit_open (&kit);
  fill_operators (&kit);
  pieces = KIT_WAIT (kit.store, side_store_list_evidence, &error, "shop", "anna", SCRIPT, "hello", (gint64) 0);
  g_assert_no_error (error);
  /* Not the test call's. */
  g_assert_cmpuint (pieces->len, ==, 4);
  g_assert_cmpint (((SideEvidencePiece *) pieces->pdata[0])->from_ms, ==, 1000);
  none = KIT_WAIT (kit.store, side_store_list_evidence, &error, "shop", "anna", SCRIPT, "name", (gint64) 0);
  g_assert_cmpuint (none->len, ==, 0);
  side_store_get_progress_async (kit.store, "shop", "anna", SCRIPT, "name", KIT_NOW_MS, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, KIT_TIMEOUT_MS, "progress");
  g_assert_true (side_store_get_progress_finish (kit.store, result, &progress, &error));
  g_clear_object (&result);
  g_assert_cmpuint (progress.random_before.n + progress.chosen_before.n, ==, 0);
  g_assert_cmpuint (progress.random_after.n, ==, 2);
  g_assert_cmpfloat (side_scores_get_mean (&progress.random_after), ==, 75);
  calls = KIT_WAIT (kit.store, side_store_get_marked_calls, &error, ids);
  g_assert_cmpuint (calls->len, ==, 1);
  kit_clear (&kit);
}

static void
put_any_review (Kit   *kit,
                GRand *rand)
{
  static const char *const selections[] = { "none", "random", "chosen", "second", "repeat", "calibration" };
  static const double values[] = { 0, 0.5, 1, -1 };
  g_autofree char *id = kit_uuid (1 + (guint) g_rand_int_range (rand, 0, 12));
  g_autofree char *call = g_strdup_printf ("call-%d", g_rand_int_range (rand, 0, 5));
  g_autofree char *body = review_body (id, call, g_rand_int_range (rand, 1, 4), values[g_rand_int_range (rand, 0, 3)],
                                       values[g_rand_int_range (rand, 0, 4)],
                                       g_rand_int_range (rand, 0, 4) == 0 ? 0 : KIT_NOW_MS + g_rand_int_range (rand, 0, 5),
                                       selections[g_rand_int_range (rand, 0, G_N_ELEMENTS (selections))]);

  if (g_rand_int_range (rand, 0, 5) == 0)
    {
      g_free (body);
      body = revision_body (id, call, KIT_NOW_MS + g_rand_int_range (rand, 0, 5), selections[g_rand_int_range (rand, 0, 3)]);
    }
  if (g_rand_boolean (rand))
    kit_put_local (kit, "review", id, call, body);
  else
    kit_put_remote (kit, "review", id, call, body, g_rand_int_range (rand, 1, 100));
}

static void
delete_any_review (Kit   *kit,
                   GRand *rand)
{
  g_autofree char *id = kit_uuid (1 + (guint) g_rand_int_range (rand, 0, 12));
  g_autoptr (SideDocument) document = kit_document ("review", id, "call-1", NULL);
  g_autoptr (GError) error = NULL;

  document->deleted = TRUE;
  KIT_WAIT (kit->store, side_store_put_document, &error, document, TRUE);
  g_assert_no_error (error);
}

static void
do_anything (Kit   *kit,
             GRand *rand)
{
  g_autofree char *call = g_strdup_printf ("call-%d", g_rand_int_range (rand, 0, 5));
  g_autoptr (SideCall) row = NULL;
  g_autoptr (GError) error = NULL;

  switch (g_rand_int_range (rand, 0, 10))
    {
    case 0:
      keep_version (kit, g_rand_int_range (rand, 1, 4));
      break;
    case 1:
    case 2:
      row = kit_random_call (rand, call);
      row->project = g_intern_static_string ("shop");
      kit_put_call (kit, row);
      break;
    case 3:
      delete_any_review (kit, rand);
      break;
    case 4:
      KIT_WAIT (kit->store, side_store_forget_calls, &error, KIT_NOW_MS + g_rand_int_range (rand, 0, 50) * 1000);
      g_assert_no_error (error);
      break;
    default:
      put_any_review (kit, rand);
    }
}

static void
assert_derived (Kit *kit)
{
  g_autofree char *grown = NULL;
  g_autofree char *derived = NULL;
  sqlite3 *handle;

  kit_close (kit);
  grown = dump (kit);
  handle = kit_sqlite (kit->path);
  kit_sql (handle, "DROP TABLE review_facts; DROP TABLE answer_facts; DROP TABLE unsent_versions; ALTER TABLE outbox DROP COLUMN base; PRAGMA user_version = 4");
  sqlite3_close (handle);
  kit_open (kit);
  kit_close (kit);
  derived = dump (kit);
  g_assert_cmpstr (derived, ==, grown);
  kit_open (kit);
}

/* Whatever was written in whatever order: what grew step by step is what is
 * derived from the documents at once. */
static void
test_same_as_derived (void)
{
  for (guint seed = 0; seed < 6; seed++)
    {
      Kit kit;
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

      kit_make (&kit);
      kit_open (&kit);
      for (guint i = 0; i < 90; i++)
        {
          do_anything (&kit, rand);
          if (i % 30 == 29)
            assert_derived (&kit);
        }
      kit_clear (&kit);
    }
}

static void
set_veil (Kit        *kit,
          const char *call)
{
  const char *calls[] = { call, NULL };
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_set_veil, &error, calls);
  g_assert_no_error (error);
}

static guint
count_scored (Kit *kit)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (GError) error = NULL;
  gssize n;

  query->scored = SIDE_CALL_MATCH_YES;
  n = KIT_WAIT (kit->store, side_store_count_calls, &error, query);
  g_assert_no_error (error);
  return (guint) n;
}

static void
assert_hidden (Kit      *kit,
               gboolean  hidden)
{
  g_autoptr (SideOperatorFacts) facts = get_operator (kit, "anna", 0, 0);
  g_autoptr (SideOperatorFacts) other = get_operator (kit, "boris", 0, 0);
  g_autoptr (SideCall) call = kit_get_call (kit, "call-1");
  g_autoptr (GPtrArray) pieces = NULL;
  g_autoptr (GHashTable) counts = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpfloat (call->score, ==, hidden ? -1 : 75);
  g_assert_cmpint (kit_count (kit, "splendid"), ==, hidden ? 0 : 1);
  g_assert_cmpuint (count_scored (kit), ==, hidden ? 9 : 10);
  g_assert_cmpuint (facts->hidden, ==, hidden ? 2 : 0);
  g_assert_cmpuint (facts->reviews->len, ==, hidden ? 4 : 6);
  g_assert_cmpuint (g_array_index (facts->criteria, SideCriterionFact, 3).n, ==, hidden ? 1 : 2);
  g_assert_cmpuint (other->others_random.n, ==, hidden ? 1 : 2);
  g_assert_cmpuint (other->hidden, ==, 0);
  pieces = KIT_WAIT (kit->store, side_store_list_evidence, &error, "shop", "anna", NULL, NULL, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (pieces->len, ==, hidden ? 3 : 4);
  counts = KIT_WAIT (kit->store, side_store_count_reviews, &error, "shop", 0, 0);
  g_assert_no_error (error);
  g_assert_cmpuint (((SideReviewCount *) g_hash_table_lookup (counts, "anna"))->random, ==, hidden ? 1 : 2);
}

/* Over all that is derived from a call's reviews, whatever is written meanwhile, and nowhere on the disk. */
static void
test_veil (void)
{
  Kit kit;
  g_autofree char *body = NULL;
  g_autofree char *spoken = NULL;
  g_autofree char *id = kit_uuid (90);
  g_auto (GStrv) parts = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  kit_make (&kit);
  kit_open (&kit);
  fill_operators (&kit);
  body = review_body (id, "call-1", 1, 0.5, 1, 1795000003000, "second");
  parts = g_strsplit (body, "\"answers\"", 2);
  spoken = g_strdup_printf ("%s\"comment\":\"splendid\",\"answers\"%s", parts[0], parts[1]);
  kit_put_local (&kit, "review", id, "call-1", spoken);
  assert_hidden (&kit, FALSE);
  set_veil (&kit, "call-1");
  assert_hidden (&kit, TRUE);
  /* What comes while it is hidden is hidden too. */
  put_handled (&kit, "call-1", "anna", FALSE);
  kit_put_local (&kit, "review", id, "call-1", spoken);
  kit_put_local (&kit, "annotation", "00000000-0000-4000-8000-0000000000a1", "call-1", "{\"text\":\"birdsong\"}");
  assert_hidden (&kit, TRUE);
  g_assert_cmpint (kit_count (&kit, "birdsong"), ==, 1);
  kit_close (&kit);
  before = dump (&kit);
  kit_open (&kit);
  assert_hidden (&kit, FALSE);
  set_veil (&kit, "call-1");
  set_veil (&kit, NULL);
  assert_hidden (&kit, FALSE);
  kit_close (&kit);
  after = dump (&kit);
  g_assert_cmpstr (before, ==, after);
  kit_clear (&kit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/facts/late", test_late);
  g_test_add_func ("/store/facts/revised", test_revised);
  g_test_add_func ("/store/facts/counts-once", test_counts_once);
  g_test_add_func ("/store/facts/operator", test_operator);
  g_test_add_func ("/store/facts/workload", test_workload);
  g_test_add_func ("/store/facts/use", test_use);
  g_test_add_func ("/store/facts/bonus", test_bonus);
  g_test_add_func ("/store/facts/evidence", test_evidence);
  g_test_add_func ("/store/facts/veil", test_veil);
  g_test_add_func ("/store/facts/same-as-derived", test_same_as_derived);
  return g_test_run ();
}
