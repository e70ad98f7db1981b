/* test-board.c - the reducer: rules, trimming, and snapshot = replay
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-board.h"
#include "side-indicators.h"
#include "side-time.h"

#define NOON G_GINT64_CONSTANT (1795262400000) /* 2026-11-21 12:00 UTC */

static guint64 next_seq;

static SideEvent *
event (SideEventKind kind,
       gint64        at_ms,
       const char   *call)
{
  SideEvent *e = side_event_new (kind, at_ms, "shop");

  e->seq = ++next_seq;
  e->call = g_strdup (call);
  e->queue = g_intern_static_string ("orders");
  return e;
}

static void
apply (SideBoard *board,
       SideEvent *e)
{
  side_board_apply (board, e);
  side_event_unref (e);
}

static SideBoard *
make_board (void)
{
  SideBoard *board = side_board_new ();
  g_autoptr (SideProject) project = side_project_new ("shop", "Shop", "Europe/Moscow", NULL);

  side_project_add_queue (project, "orders", "Orders", 5000);
  side_board_add_project (board, project);
  next_seq = 0;
  return board;
}

static void
join (SideBoard  *board,
      const char *call,
      gint64      at_ms,
      const char *caller)
{
  SideEvent *e = event (SIDE_EVENT_CALL_JOINED, at_ms, call);

  e->caller = g_strdup (caller);
  e->dialled = g_strdup ("74950000001");
  apply (board, e);
}

static void
operator_state (SideBoard        *board,
                gint64            at_ms,
                SideOperatorState state,
                const char       *call)
{
  SideEvent *e = event (SIDE_EVENT_OPERATOR_STATE, at_ms, call);

  e->operator_id = g_intern_static_string ("anna");
  e->name = g_intern_static_string ("Anna");
  e->state = state;
  apply (board, e);
}

static void
test_answered_call (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  SideReach reach = { NULL, NOON - 1000, NOON + 100000 };
  SideIndicators figures;
  SideEvent *e;
  SideCall *call;

  operator_state (board, NOON - 1000, SIDE_OPERATOR_READY, NULL);
  join (board, "1", NOON, "79031231244");
  side_indicators_compute (project, &(SideReach) { NULL, 0, NOON + 7000 }, &figures);
  g_assert_cmpint (figures.waiting, ==, 1);
  g_assert_cmpint (figures.longest_wait_ms, ==, 7000);
  e = event (SIDE_EVENT_CALL_ANSWERED, NOON + 11000, "1");
  e->operator_id = g_intern_static_string ("anna");
  apply (board, e);
  operator_state (board, NOON + 11000, SIDE_OPERATOR_TALKING, "1");
  apply (board, event (SIDE_EVENT_CALL_HELD, NOON + 20000, "1"));
  apply (board, event (SIDE_EVENT_CALL_RESUMED, NOON + 25000, "1"));
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 41000, "1");
  e->outcome = SIDE_OUTCOME_ANSWERED;
  e->ended_by = SIDE_PARTY_CALLER;
  apply (board, e);
  operator_state (board, NOON + 41000, SIDE_OPERATOR_WRAP_UP, "1");
  operator_state (board, NOON + 46000, SIDE_OPERATOR_READY, NULL);
  call = side_board_get_call (board, "1");
  g_assert_cmpint (call->wait_ms, ==, 11000);
  g_assert_cmpint (call->hold_ms, ==, 5000);
  g_assert_cmpint (call->talk_ms, ==, 25000);
  g_assert_cmpint (call->wrap_ms, ==, 5000);
  g_assert_cmpstr (call->operator_name, ==, "Anna");
  g_assert_cmpuint (project->live->len, ==, 0);
  side_indicators_compute (project, &reach, &figures);
  g_assert_cmpfloat (figures.aht_ms, ==, 35000);
  g_assert_cmpfloat (figures.asa_ms, ==, 11000);
  g_assert_cmpfloat (figures.service_level, ==, 1.0);
  /* busy 35 s of 100 + 1 s logged in */
  g_assert_cmpfloat_with_epsilon (figures.occupancy, 35.0 / 101.0, 1e-9);
}

static void
test_lost_then_known (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  SideEvent *e;

  join (board, "1", NOON, "79031231244");
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 5000, "1");
  e->outcome = SIDE_OUTCOME_LOST;
  apply (board, e);
  g_assert_cmpint (side_board_get_call (board, "1")->outcome, ==, SIDE_OUTCOME_LOST);
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 5000, "1");
  e->outcome = SIDE_OUTCOME_TIMED_OUT;
  apply (board, e);
  g_assert_cmpint (side_board_get_call (board, "1")->outcome, ==, SIDE_OUTCOME_TIMED_OUT);
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 5000, "1");
  e->outcome = SIDE_OUTCOME_LOST;
  apply (board, e);
  g_assert_cmpint (side_board_get_call (board, "1")->outcome, ==, SIDE_OUTCOME_TIMED_OUT);
  g_assert_cmpuint (project->callbacks->len, ==, 1);
  g_assert_cmpint (((SideCallback *) project->callbacks->pdata[0])->attempts, ==, 1);
}

/* The link was down at its end: lost, as far as anybody knew. Then the log tells. */
static void
test_lost_was_answered (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  const SideCall *call;
  SideIndicators figures;
  SideEvent *e;

  join (board, "1", NOON, "79031231244");
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 60000, "1");
  e->outcome = SIDE_OUTCOME_LOST;
  apply (board, e);
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 90000, "1");
  e->outcome = SIDE_OUTCOME_ANSWERED;
  e->answered_ms = NOON + 20000;
  e->wait_ms = 20000;
  e->talk_ms = 70000;
  apply (board, e);
  call = side_board_get_call (board, "1");
  g_assert_cmpint (call->outcome, ==, SIDE_OUTCOME_ANSWERED);
  g_assert_cmpint (call->ended_ms, ==, NOON + 90000);
  side_indicators_compute (project, &(SideReach) { NULL, 0, NOON + 100000 }, &figures);
  g_assert_cmpint (figures.callbacks_due, ==, 0);
}

/* When the leg ended was a guess; then it is known, and that is told again. */
static void
test_end_corrected (void)
{
  g_autoptr (SideBoard) board = make_board ();
  const SideCall *call;
  SideEvent *e;

  join (board, "1", NOON, "79031231244");
  e = event (SIDE_EVENT_CALL_ANSWERED, NOON + 10000, "1");
  e->operator_id = g_intern_static_string ("anna");
  apply (board, e);
  for (int i = 0; i < 3; i++)
    {
      e = event (SIDE_EVENT_CALL_ENDED, i == 0 ? NOON + 12000 : NOON + 90000, "1");
      e->outcome = SIDE_OUTCOME_ANSWERED;
      e->answered_ms = NOON + 10000;
      e->wait_ms = 10000;
      e->talk_ms = i == 0 ? 2000 : 80000;
      e->ended_by = i == 0 ? SIDE_PARTY_UNKNOWN : SIDE_PARTY_CALLER;
      e->backfilled = TRUE;
      apply (board, e);
    }
  call = side_board_get_call (board, "1");
  g_assert_cmpint (call->ended_ms, ==, NOON + 90000);
  g_assert_cmpint (call->talk_ms, ==, 80000);
  g_assert_cmpint (call->ended_by, ==, SIDE_PARTY_CALLER);
  /* One that knows less, late, changes nothing of it. */
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 12000, "1");
  e->outcome = SIDE_OUTCOME_LOST;
  apply (board, e);
  g_assert_cmpint (call->ended_ms, ==, NOON + 90000);
  g_assert_cmpint (call->outcome, ==, SIDE_OUTCOME_ANSWERED);
  g_assert_cmpint (call->talk_ms, ==, 80000);
}

/* queue_log has whole seconds; who knew the instants keeps them, and what lay
 * between them is not longer than they are apart. */
static void
test_end_in_whole_seconds (void)
{
  g_autoptr (SideBoard) board = make_board ();
  const SideCall *call;
  SideEvent *e;

  join (board, "1", NOON + 700, "79031231244");
  e = event (SIDE_EVENT_CALL_ANSWERED, NOON + 10900, "1");
  e->operator_id = g_intern_static_string ("anna");
  apply (board, e);
  for (int i = 0; i < 2; i++)
    {
      if (i == 0)
        {
          e = event (SIDE_EVENT_CALL_ENDED, NOON + 40250, "1");
          e->talk_ms = 29350;
        }
      else
        {
          e = event (SIDE_EVENT_CALL_ENDED, NOON + 40000, "1");
          e->answered_ms = NOON + 10000;
          e->wait_ms = 10999;
          e->talk_ms = 30000;
          e->backfilled = TRUE;
        }
      e->outcome = SIDE_OUTCOME_ANSWERED;
      apply (board, e);
      call = side_board_get_call (board, "1");
      g_assert_cmpint (call->ended_ms, ==, NOON + 40250);
      g_assert_cmpint (call->wait_ms, ==, 10200);
      g_assert_cmpint (call->talk_ms, ==, 29350);
    }
}

static void
test_callback_closes_itself (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  SideIndicators figures;
  SideEvent *e;

  for (int i = 0; i < 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("lost-%d", i);
      join (board, id, NOON + i * 60000, "79031231244");
      e = event (SIDE_EVENT_CALL_ENDED, NOON + i * 60000 + 9000, id);
      e->outcome = SIDE_OUTCOME_ABANDONED;
      apply (board, e);
    }
  side_indicators_compute (project, &(SideReach) { NULL, 0, NOON + 32 * 60000 }, &figures);
  g_assert_cmpint (figures.callbacks_due, ==, 1);
  g_assert_cmpint (figures.callbacks_overdue, ==, 1);
  join (board, "back", NOON + 33 * 60000, "79031231244");
  e = event (SIDE_EVENT_CALL_ANSWERED, NOON + 34 * 60000, "back");
  apply (board, e);
  side_indicators_compute (project, &(SideReach) { NULL, 0, NOON + 35 * 60000 }, &figures);
  g_assert_cmpint (figures.callbacks_due, ==, 0);
}

static void
test_told_twice_counts_once (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  SideEvent *e = event (SIDE_EVENT_CALL_JOINED, NOON, "1");

  g_assert_true (side_board_apply (board, e));
  g_assert_false (side_board_apply (board, e));
  side_event_unref (e);
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 5000, "1");
  e->outcome = SIDE_OUTCOME_ABANDONED;
  e->backfilled = TRUE;
  apply (board, side_event_copy (e));
  e->seq = ++next_seq;
  apply (board, e);
  g_assert_cmpuint (project->calls->len, ==, 1);
  g_assert_cmpuint (project->live->len, ==, 0);
}

static void
test_from_the_end_alone (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideEvent *e = event (SIDE_EVENT_CALL_ENDED, NOON + 41000, "1");
  const SideCall *call;

  e->joined_ms = NOON;
  e->answered_ms = NOON + 11000;
  e->wait_ms = 11000;
  e->talk_ms = 30000;
  e->operator_id = g_intern_static_string ("anna");
  e->outcome = SIDE_OUTCOME_ANSWERED;
  apply (board, e);
  call = side_board_get_call (board, "1");
  g_assert_cmpint (call->joined_ms, ==, NOON);
  g_assert_cmpint (call->talk_ms, ==, 30000);
  g_assert_cmpstr (call->operator_id, ==, "anna");
}

static void
test_gap (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  SideEvent *e = event (SIDE_EVENT_SOURCE_GAP, NOON, NULL);

  e->from_ms = NOON;
  apply (board, e);
  g_assert_cmpuint (project->gaps->len, ==, 1);
  g_assert_cmpint (g_array_index (project->gaps, SideGap, 0).to_ms, ==, 0);
  e = event (SIDE_EVENT_SOURCE_GAP, NOON + 9000, NULL);
  e->from_ms = NOON;
  e->to_ms = NOON + 9000;
  apply (board, e);
  g_assert_cmpuint (project->gaps->len, ==, 1);
  g_assert_cmpint (g_array_index (project->gaps, SideGap, 0).to_ms, ==, NOON + 9000);
}

static void
apply_gap (SideBoard  *board,
           const char *source,
           gint64      from_ms,
           gint64      to_ms)
{
  SideEvent *e = event (SIDE_EVENT_SOURCE_GAP, MAX (from_ms, to_ms), NULL);

  e->source = source;
  e->from_ms = from_ms;
  e->to_ms = to_ms;
  apply (board, e);
}

/* One exchange's return does not say that the other is heard again. */
static void
test_gaps_of_two (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  const char *north = g_intern_static_string ("north");
  const char *south = g_intern_static_string ("south");

  g_assert_cmpint (side_board_project_get_gap_ms (project, NULL), ==, 0);
  apply_gap (board, north, NOON, 0);
  apply_gap (board, south, NOON + 1000, 0);
  apply_gap (board, south, NOON + 2000, 0);   /* told once more after a restart: it is open already */
  g_assert_cmpuint (project->gaps->len, ==, 2);
  g_assert_cmpint (side_board_project_get_gap_ms (project, NULL), ==, NOON);
  apply_gap (board, north, NOON, NOON + 5000);
  g_assert_cmpint (side_board_project_get_gap_ms (project, NULL), ==, NOON + 1000);
  g_assert_cmpint (side_board_project_get_gap_ms (project, north), ==, 0);
  g_assert_cmpint (side_board_project_get_gap_ms (project, south), ==, NOON + 1000);
  apply_gap (board, south, NOON + 1000, NOON + 9000);
  g_assert_cmpuint (project->gaps->len, ==, 2);
  g_assert_cmpint (side_board_project_get_gap_ms (project, NULL), ==, 0);
  g_assert_cmpint (g_array_index (project->gaps, SideGap, 0).to_ms, ==, NOON + 5000);
  g_assert_cmpint (g_array_index (project->gaps, SideGap, 1).to_ms, ==, NOON + 9000);
}

/* An older server told of gaps without saying of what: whichever is back ends them. */
static void
test_gaps_of_nobody (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  const char *north = g_intern_static_string ("north");

  apply_gap (board, NULL, NOON, 0);
  apply_gap (board, north, NOON + 1000, 0);
  g_assert_cmpint (side_board_project_get_gap_ms (project, north), ==, NOON + 1000);
  apply_gap (board, north, NOON + 1000, NOON + 5000);
  g_assert_cmpint (side_board_project_get_gap_ms (project, NULL), ==, 0);
  apply_gap (board, north, NOON + 6000, 0);
  apply_gap (board, NULL, NOON + 6000, NOON + 7000);
  g_assert_cmpint (side_board_project_get_gap_ms (project, NULL), ==, 0);
  g_assert_cmpuint (project->gaps->len, ==, 3);
}

static void
test_yesterday_is_forgotten (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  gint64 evening = NOON + 8 * SIDE_HOUR_MS; /* 23:00 in Moscow */
  SideEvent *e;

  join (board, "old", NOON, "1");
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 5000, "old");
  e->outcome = SIDE_OUTCOME_ABANDONED;
  apply (board, e);
  join (board, "evening", evening, "2");
  e = event (SIDE_EVENT_CALL_ENDED, evening + 5000, "evening");
  e->outcome = SIDE_OUTCOME_ABANDONED;
  apply (board, e);
  g_assert_cmpuint (project->calls->len, ==, 2);
  join (board, "night", evening + SIDE_HOUR_MS + 60000, "3"); /* 0:01 of the next day */
  g_assert_null (side_board_get_call (board, "old"));
  g_assert_nonnull (side_board_get_call (board, "evening"));
  e = event (SIDE_EVENT_RECORDING_READY, evening + SIDE_HOUR_MS + 61000, "old");
  apply (board, e);
  g_assert_null (side_board_get_call (board, "old"));
  g_assert_cmpuint (project->live->len, ==, 1);
}

static void
test_callback_done_next_day (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  gint64 next_day = NOON + 24 * SIDE_HOUR_MS;
  SideEvent *e;

  join (board, "lost", NOON, "79031231244");
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 9000, "lost");
  e->outcome = SIDE_OUTCOME_ABANDONED;
  apply (board, e);
  join (board, "other", next_day, "5");
  g_assert_null (side_board_get_call (board, "lost"));
  g_assert_cmpint (((SideCallback *) project->callbacks->pdata[0])->closed_ms, ==, 0);
  e = event (SIDE_EVENT_CALL_OUTCOME, next_day + 1000, "lost");
  e->callback = SIDE_CALLBACK_DONE;
  apply (board, e);
  g_assert_cmpint (((SideCallback *) project->callbacks->pdata[0])->closed_ms, ==, next_day + 1000);
}

/* Lost, then found to be a test call, then not: with its call-back. */
static void
test_test_mark (void)
{
  g_autoptr (SideBoard) board = make_board ();
  SideBoardProject *project = side_board_get_project (board, "shop");
  const SideCallback *callback;
  SideEvent *e;

  join (board, "lost", NOON, "79031231244");
  e = event (SIDE_EVENT_CALL_ENDED, NOON + 9000, "lost");
  e->outcome = SIDE_OUTCOME_ABANDONED;
  apply (board, e);
  callback = project->callbacks->pdata[0];
  g_assert_cmpint (callback->closed_ms, ==, 0);
  e = event (SIDE_EVENT_CALL_OUTCOME, NOON + 20000, "lost");
  e->test = SIDE_TEST_MARK_YES;
  apply (board, e);
  g_assert_true (side_board_get_call (board, "lost")->test);
  g_assert_cmpint (callback->closed_ms, !=, 0);
  g_assert_cmpint (callback->attempts, ==, 0);
  e = event (SIDE_EVENT_CALL_OUTCOME, NOON + 30000, "lost");
  e->topic = g_intern_string ("delivery");   /* says nothing of it */
  apply (board, e);
  g_assert_true (side_board_get_call (board, "lost")->test);
  e = event (SIDE_EVENT_CALL_OUTCOME, NOON + 40000, "lost");
  e->test = SIDE_TEST_MARK_NO;
  apply (board, e);
  g_assert_false (side_board_get_call (board, "lost")->test);
  callback = project->callbacks->pdata[project->callbacks->len - 1];
  g_assert_cmpint (callback->closed_ms, ==, 0);
  g_assert_cmpint (callback->attempts, ==, 1);
}

/* A random day: events in and out of order, doubled and missing. */
static SideEvent *
random_event (gint64 at_ms)
{
  SideEvent *e;
  g_autofree char *call = g_strdup_printf ("c%d", g_test_rand_int_range (0, 60));
  SideEventKind kind = g_test_rand_int_range (SIDE_EVENT_CALL_JOINED, SIDE_EVENT_SOURCE_GAP + 1);

  e = event (kind, at_ms - (g_test_rand_int_range (0, 20) == 0 ? 900000 : 0), call);
  e->project = g_intern_string (g_test_rand_bit () ? "shop" : "tea");
  e->caller = g_strdup_printf ("7903%d", g_test_rand_int_range (0, 30));
  e->operator_id = g_intern_string (g_test_rand_bit () ? "anna" : "boris");
  e->state = g_test_rand_int_range (SIDE_OPERATOR_OFF, SIDE_OPERATOR_BREAK + 1);
  e->reason = g_strdup (g_test_rand_int_range (0, 4) == 0 ? "missed" : NULL);
  e->outcome = g_test_rand_int_range (0, SIDE_OUTCOME_LOST + 1);
  e->member = g_test_rand_int_range (0, 3);
  e->callback = g_test_rand_int_range (0, 3);
  e->test = g_test_rand_int_range (0, 3);
  e->to_ms = g_test_rand_bit () ? at_ms : 0;
  e->from_ms = at_ms;
  return e;
}

static void
test_invariants_on_random_logs (void)
{
  g_autoptr (SideBoard) board = make_board ();
  g_autoptr (SideBoard) again = make_board ();
  g_autoptr (GPtrArray) log = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_autofree char *difference = NULL;
  gint64 at_ms = NOON;

  for (int i = 0; i < 4000; i++)
    {
      at_ms += g_test_rand_int_range (0, 40000);
      g_ptr_array_add (log, random_event (at_ms));
    }
  for (guint i = 0; i < log->len; i++)
    {
      side_board_apply (board, g_ptr_array_index (log, i));
      side_board_apply (again, g_ptr_array_index (log, i));
      side_board_apply (again, g_ptr_array_index (log, g_test_rand_int_range (0, (int) i + 1)));
    }
  if (!side_board_equal (board, again, &difference))
    g_error ("told twice is not the same: %s", difference);
  for (guint p = 0; p < side_board_get_projects (board)->len; p++)
    {
      SideBoardProject *project = g_ptr_array_index (side_board_get_projects (board), p);

      for (guint i = 0; i < project->calls->len; i++)
        {
          SideCall *call = g_ptr_array_index (project->calls, i);
          g_assert_true (g_ptr_array_find (project->live, call, NULL) == (call->ended_ms == 0));
          g_assert_true (side_board_get_call (board, call->id) == call);
          g_assert_cmpint (call->wait_ms, >=, 0);
          g_assert_cmpint (call->hold_ms, >=, 0);
          g_assert_cmpint (call->talk_ms, >=, 0);
        }
      for (guint i = 0; i < project->operators->len; i++)
        {
          SideOperator *op = g_ptr_array_index (project->operators, i);
          for (guint k = 0; k < op->spans->len; k++)
            {
              SideStateSpan *span = &g_array_index (op->spans, SideStateSpan, k);
              g_assert_true ((span->to_ms == 0) == (k == op->spans->len - 1));
            }
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/board/answered-call", test_answered_call);
  g_test_add_func ("/board/lost-then-known", test_lost_then_known);
  g_test_add_func ("/board/lost-was-answered", test_lost_was_answered);
  g_test_add_func ("/board/end-corrected", test_end_corrected);
  g_test_add_func ("/board/end-in-whole-seconds", test_end_in_whole_seconds);
  g_test_add_func ("/board/callback-closes-itself", test_callback_closes_itself);
  g_test_add_func ("/board/told-twice", test_told_twice_counts_once);
  g_test_add_func ("/board/from-the-end-alone", test_from_the_end_alone);
  g_test_add_func ("/board/gap", test_gap);
  g_test_add_func ("/board/gaps-of-two", test_gaps_of_two);
  g_test_add_func ("/board/gaps-of-nobody", test_gaps_of_nobody);
  g_test_add_func ("/board/yesterday", test_yesterday_is_forgotten);
  g_test_add_func ("/board/callback-done-next-day", test_callback_done_next_day);
  g_test_add_func ("/board/test-mark", test_test_mark);
  g_test_add_func ("/board/random-logs", test_invariants_on_random_logs);
  return g_test_run ();
}
