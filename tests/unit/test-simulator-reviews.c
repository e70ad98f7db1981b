/* test-simulator-reviews.c - the demo's reviews: repeatable, and such as people may write
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-sim-reviews.h"
#include "side-sqlite-store.h"
#include "side-test.h"
#include "side-time.h"
#include "side-wire.h"

/* Thursday, 19 November 2026, midnight in Moscow. */
#define START_MS G_GINT64_CONSTANT (1795035600000)

/* A recorded call every few minutes, taken by everybody in turn. */
static GPtrArray *
recorded_calls (int days)
{
  static const char *const queues[] = { "sneakers-orders", "sneakers-delivery", "tea-orders", "oak-orders", "sneakers-returns" };
  static const char *const operators[] = { "201", "204", "206", "212", "301", "302", "305" };
  GPtrArray *calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  SideRandom random;

  side_random_init (&random, 5);
  for (gint64 at = START_MS - days * 24 * SIDE_HOUR_MS; at < START_MS - SIDE_HOUR_MS; at += 17 * SIDE_MINUTE_MS)
    {
      const char *queue = queues[side_random_below (&random, G_N_ELEMENTS (queues))];
      g_autofree char *id = g_strdup_printf ("sim-%" G_GINT64_FORMAT, at);
      SideCall *call = side_call_new (id);

      call->project = g_intern_string (g_str_has_prefix (queue, "tea") ? "tea" : g_str_has_prefix (queue, "oak") ? "oak" : "sneakers");
      call->queue = g_intern_string (queue);
      call->operator_id = g_intern_string (operators[side_random_below (&random, G_N_ELEMENTS (operators))]);
      call->joined_ms = call->answered_ms = at;
      call->talk_ms = call->recording_ms = 50000 + side_random_below (&random, 150000);
      call->ended_ms = at + call->talk_ms;
      call->outcome = SIDE_OUTCOME_ANSWERED;
      call->recording = g_strdup (id);
      call->order_id = side_random_chance (&random, 0.6) ? g_strdup ("50317") : NULL;
      g_ptr_array_add (calls, call);
    }
  return calls;
}

/* All of it in one go, in its order. */
static void
write_items (SideArchiveStore *store,
             GPtrArray        *items)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (side_archive_store_write (store, (SideArchiveItem *const *) items->pdata, items->len, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    {
      const SideArchiveItem *item = items->pdata[i];

      g_assert_no_error (item->refusal);
      g_assert_false (item->repeated);
    }
}

/* As the server writes them: the rules of reviewing hold for what is made up, too. */
static void
write_all (GPtrArray *calls,
           GPtrArray *documents)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "archive.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scripts = side_simulator_list_scripts (1, &error);
  g_autoptr (GHashTable) revisions = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) side_archive_item_free);

  {
    g_autoptr (SideArchiveStore) store = side_sqlite_store_new (path, &error);

    g_assert_no_error (error);
    for (guint i = 0; i < calls->len; i++)
      {
        SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_CALL, START_MS);

        item->call = side_call_copy (calls->pdata[i]);
        g_ptr_array_add (items, item);
      }
    for (guint i = 0; i < documents->len; i++)
      g_ptr_array_add (scripts, side_document_ref (documents->pdata[i]));
    for (guint i = 0; i < scripts->len; i++)
      {
        SideDocument *document = scripts->pdata[i];
        SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, document->changed_ms);
        int revision = GPOINTER_TO_INT (g_hash_table_lookup (revisions, document->id));

        g_assert_true (side_wire_document_check_body (document, &error));
        g_hash_table_insert (revisions, document->id, GINT_TO_POINTER (revision + 1));
        item->document = side_document_ref (document);
        item->revision = revision > 0 ? revision : -1;
        g_ptr_array_add (items, item);
      }
    write_items (store, items);
  }
  side_test_rm_rf (dir);
}

static void
assert_same (GPtrArray *a,
             GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const SideDocument *one = a->pdata[i], *other = b->pdata[i];

      g_assert_cmpstr (one->id, ==, other->id);
      g_assert_cmpstr (one->body, ==, other->body);
      g_assert_cmpint (one->changed_ms, ==, other->changed_ms);
      g_assert_cmpint (one->changed_ms, <=, START_MS);
    }
}

/* Reviews of all kinds, in the reviewers' own names and not the user's, with
 * faults that have causes and are shown in the recording. */
static void
check_reviews (GPtrArray *documents)
{
  guint of[SIDE_SELECTION_CALIBRATION + 1] = { 0 }, faults = 0, spans = 0, comments = 0, revised = 0;

  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      g_autoptr (SideReview) review = strcmp (document->kind, "review") == 0 ? side_wire_review_from_json (document->body, -1, NULL) : NULL;

      if (review == NULL)
        continue;
      g_assert_cmpstr (review->reviewer, ==, document->author);
      g_assert_cmpstr (review->reviewer, !=, "me");
      of[review->selection]++;
      revised += review->revision > 1;
      comments += review->comment != NULL;
      for (guint k = 0; k < review->answers->len; k++)
        {
          const SideAnswer *answer = review->answers->pdata[k];

          if (answer->value < 0.0 || answer->value >= 1.0)
            continue;
          faults++;
          spans += answer->to_ms > answer->position_ms;
          g_assert_cmpint (answer->cause, !=, SIDE_CAUSE_NONE);
        }
    }
  for (SideSelection kind = SIDE_SELECTION_NONE; kind <= SIDE_SELECTION_CALIBRATION; kind++)
    g_assert_true (kind == SIDE_SELECTION_CHOSEN || of[kind] > 0);
  g_assert_cmpuint (revised, ==, 1);
  g_assert_cmpuint (faults, >, 100);
  g_assert_cmpuint (spans, ==, faults);
  g_assert_cmpuint (comments, >, 10);
}

static guint
count (GPtrArray  *documents,
       const char *kind,
       const char *what)
{
  guint n = 0;

  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];

      n += strcmp (document->kind, kind) == 0 && strstr (document->body, what) != NULL;
    }
  return n;
}

static void
test_reviews (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) calls = recorded_calls (30);
  g_autoptr (GPtrArray) few = recorded_calls (20);
  g_autoptr (GPtrArray) documents = side_simulator_list_reviews (1, calls, "me", START_MS, &error);
  g_autoptr (GPtrArray) again = side_simulator_list_reviews (1, calls, "me", START_MS, &error);
  g_autoptr (GPtrArray) none = side_simulator_list_reviews (1, few, "me", START_MS, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  assert_same (documents, again);
  check_reviews (documents);
  g_assert_cmpuint (count (documents, "plan", "\"reviewer\":\"me\""), ==, 3);
  g_assert_cmpuint (count (documents, "dispute", "\"open\""), >, 1);
  g_assert_cmpuint (count (documents, "dispute", "\"upheld\""), ==, 1);
  g_assert_cmpuint (count (documents, "calibration", "\"closed\""), ==, 1);
  g_assert_cmpuint (count (documents, "coaching", "\"goal\""), >, 1);
  g_assert_cmpuint (count (documents, "acknowledgement", ""), >, 5);
  write_all (calls, documents);
}

/* What reviewers find fits the forms they fill in. */
static void
test_review_texts (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_simulator_list_scripts (1, &error);

  for (guint i = 0; i < documents->len; i++)
    {
      g_autoptr (SideScript) script = side_wire_script_from_json (((SideDocument *) documents->pdata[i])->body, -1, &error);

      g_assert_no_error (error);
      for (guint k = 0; k < script->sections->len; k++)
        for (guint c = 0; c < ((SideSection *) script->sections->pdata[k])->criteria->len; c++)
          {
            const SideCriterion *criterion = ((SideSection *) script->sections->pdata[k])->criteria->pdata[c];
            const SideSimHabit *habit = side_sim_find_habit (script->id, criterion->id);

            for (guint f = 0; habit != NULL && f < G_N_ELEMENTS (habit->faults); f++)
              {
                const SideSimFault *fault = &habit->faults[f];

                g_assert_true (fault->value == 0.0 || (fault->value == 0.5 && criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO));
                g_assert_true (fault->detail == NULL
                               || g_ptr_array_find_with_equal_func (criterion->causes, fault->detail, g_str_equal, NULL));
                g_assert_true (fault->comment != NULL || criterion->comment == SIDE_COMMENT_FREE);
              }
          }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator-reviews/past", test_reviews);
  g_test_add_func ("/simulator-reviews/texts", test_review_texts);
  return g_test_run ();
}
