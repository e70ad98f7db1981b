/* test-simulator.c - the simulated call centre: repeatable and consistent
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "side-board.h"
#include "side-random.h"
#include "side-sim-calendar.h"
#include "side-sim-run.h"
#include "side-test.h"
#include "side-time.h"

/* Thursday, 19 November 2026, midnight in Moscow. */
#define START_MS G_GINT64_CONSTANT (1795035600000)

/* Values published with the generators: SplitMix64 started at 1234567, and
 * xoshiro256** started at the state 1, 2, 3, 4. */
static void
test_random_vectors (void)
{
  static const guint64 split[4] = {
    G_GUINT64_CONSTANT (6457827717110365317), G_GUINT64_CONSTANT (3203168211198807973),
    G_GUINT64_CONSTANT (9817491932198370423), G_GUINT64_CONSTANT (4593380528125082431),
  };
  static const guint64 xoshiro[6] = {
    G_GUINT64_CONSTANT (11520), 0, G_GUINT64_CONSTANT (1509978240), G_GUINT64_CONSTANT (1215971899390074240),
    G_GUINT64_CONSTANT (1216172134540287360), G_GUINT64_CONSTANT (607988272756665600),
  };
  SideRandom random;

  side_random_init (&random, 1234567);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (random.state[i], ==, split[i]);
  random = (SideRandom) { { 1, 2, 3, 4 } };
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (side_random_next (&random), ==, xoshiro[i]);
}

static void
test_random_spreads (void)
{
  SideRandom random;
  double exponential = 0;
  double lognormal = 0;
  double squares = 0;
  guint sixes = 0;
  const guint n = 200000;

  side_random_init_named (&random, 5, "spreads");
  for (guint i = 0; i < n; i++)
    {
      double x = side_random_lognormal (&random, 200, 0.75);

      lognormal += x;
      squares += x * x;
      exponential += side_random_exponential (&random, 150);
      sixes += side_random_below (&random, 6) == 5;
    }
  lognormal /= n;
  g_assert_cmpfloat_with_epsilon (exponential / n, 150, 4 * 150 / sqrt (n));
  g_assert_cmpfloat_with_epsilon (lognormal, 200, 4 * 150 / sqrt (n));
  g_assert_cmpfloat_with_epsilon (sqrt (squares / n - lognormal * lognormal) / 200, 0.75, 0.03);
  g_assert_cmpfloat_with_epsilon ((double) sixes / n, 1.0 / 6, 0.004);
  g_assert_true (isinf (side_random_exponential (&random, INFINITY)));
}

static void
test_calendar (void)
{
  SideSimCalendar calendar;
  SideSimEntry entry;
  SideRandom random;
  gint64 last = -1;
  guint64 order = 0;

  side_random_init (&random, 3);
  side_sim_calendar_init (&calendar);
  for (guint i = 0; i < 3000; i++)
    side_sim_calendar_add (&calendar, side_random_below (&random, 200), 1, i, 0, NULL);
  for (guint i = 0; i < 3000; i++)
    {
      g_assert_true (side_sim_calendar_take (&calendar, &entry));
      g_assert_cmpint (entry.at_ms, >=, last);
      if (entry.at_ms == last)
        g_assert_cmpuint (entry.order, >, order);
      last = entry.at_ms;
      order = entry.order;
    }
  g_assert_false (side_sim_calendar_take (&calendar, &entry));
  g_assert_null (side_sim_calendar_peek (&calendar));
  side_sim_calendar_clear (&calendar);
}

static void
keep_event (SideEvent *event,
            gpointer   data)
{
  g_ptr_array_add (data, side_event_ref (event));
}

static GPtrArray *
events_of (guint64 seed,
           gint64  hours,
           gint64  step_ms,
           guint   max_steps)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_autoptr (SideSimRun) run = side_sim_run_new (side_sim_centre_new_demo (), seed, START_MS);

  side_sim_run_set_sinks (run, keep_event, NULL, events);
  for (gint64 at = START_MS; at < START_MS + hours * SIDE_HOUR_MS;)
    {
      at = MIN (at + step_ms, START_MS + hours * SIDE_HOUR_MS);
      while (!side_sim_run_advance (run, at, max_steps))
        continue;
      g_assert_cmpint (side_sim_run_get_now_ms (run), ==, at);
      g_assert_cmpint (side_sim_run_get_next_ms (run), >, at);
    }
  return events;
}

static GPtrArray *
first_events (guint64 variation)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_autoptr (SideSimRun) run = side_sim_run_new_varied (side_sim_centre_new_demo (), 11, variation, START_MS);

  side_sim_run_set_sinks (run, keep_event, NULL, events);
  while (!side_sim_run_advance (run, START_MS + 12 * SIDE_HOUR_MS, 0))
    continue;
  return events;
}

static gint64
first_call_ms (GPtrArray *events)
{
  for (guint i = 0; i < events->len; i++)
    if (((SideEvent *) g_ptr_array_index (events, i))->call != NULL)
      return ((SideEvent *) g_ptr_array_index (events, i))->at_ms;
  return 0;
}

/* A variation begins with other calls, and is as repeatable. */
static void
test_varied (void)
{
  g_autoptr (GPtrArray) plain = first_events (0);
  g_autoptr (GPtrArray) same = events_of (11, 12, 12 * SIDE_HOUR_MS, 0);
  g_autoptr (GPtrArray) varied = first_events (1795262400123);
  g_autoptr (GPtrArray) again = first_events (1795262400123);

  g_assert_cmpint (first_call_ms (plain), >, 0);
  g_assert_cmpuint (plain->len, ==, same->len);
  g_assert_cmpint (first_call_ms (plain), ==, first_call_ms (same));
  g_assert_cmpint (first_call_ms (varied), !=, first_call_ms (plain));
  g_assert_cmpuint (varied->len, ==, again->len);
  g_assert_cmpint (first_call_ms (varied), ==, first_call_ms (again));
}

/* The same seed gives the same events, whatever the steps; another does not. */
static void
test_repeatable (void)
{
  g_autoptr (GPtrArray) at_once = events_of (11, 20, 20 * SIDE_HOUR_MS, 0);
  g_autoptr (GPtrArray) in_steps = events_of (11, 20, 7919, 3);
  g_autoptr (GPtrArray) other = events_of (12, 20, 20 * SIDE_HOUR_MS, 0);
  guint same = 0;

  g_assert_cmpuint (at_once->len, >, 8000);
  g_assert_cmpuint (at_once->len, ==, in_steps->len);
  for (guint i = 0; i < at_once->len; i++)
    g_assert_true (side_event_equal (at_once->pdata[i], in_steps->pdata[i]));
  for (guint i = 0; i < MIN (at_once->len, other->len); i++)
    same += side_event_equal (at_once->pdata[i], other->pdata[i]);
  g_assert_cmpuint (same, <, at_once->len / 10);
}

typedef struct {
  GHashTable *legs;        /* id -> number of what happened last, see below */
  GHashTable *ringing;     /* operator -> leg they ring for */
  GHashTable *talking;     /* operator -> leg they talk on */
  SideBoard  *board;
  gint64      last_ms;
  guint64     seq;
  guint       kinds[16];
  guint       lunches, trainings, missed, called_back, returned;
} Watch;

enum { JOINED = 1, ANSWERED, ENDED };

static void
watch_call (Watch     *w,
            SideEvent *event)
{
  guint stage = GPOINTER_TO_UINT (g_hash_table_lookup (w->legs, event->call));
  const char *op = event->operator_id;

  switch (event->kind)
    {
    case SIDE_EVENT_CALL_JOINED:
      g_assert_cmpuint (stage, ==, 0);
      g_assert_cmpint (event->position, >=, 1);
      g_hash_table_insert (w->legs, g_strdup (event->call), GUINT_TO_POINTER (JOINED));
      break;
    case SIDE_EVENT_CALL_RINGING:
      g_assert_cmpuint (stage, ==, JOINED);
      g_assert_false (g_hash_table_contains (w->ringing, op));
      g_assert_false (g_hash_table_contains (w->talking, op));
      g_hash_table_insert (w->ringing, (gpointer) op, g_strdup (event->call));
      break;
    case SIDE_EVENT_CALL_ANSWERED:
      g_assert_cmpuint (stage, ==, JOINED);
      g_assert_cmpstr (g_hash_table_lookup (w->ringing, op), ==, event->call);
      g_assert_cmpint (event->wait_ms, >=, event->ring_ms);
      g_hash_table_remove (w->ringing, op);
      g_hash_table_insert (w->talking, (gpointer) op, g_strdup (event->call));
      g_hash_table_insert (w->legs, g_strdup (event->call), GUINT_TO_POINTER (ANSWERED));
      break;
    case SIDE_EVENT_CALL_HELD:
    case SIDE_EVENT_CALL_RESUMED:
    case SIDE_EVENT_CALL_TRANSFERRED:
      g_assert_cmpuint (stage, ==, ANSWERED);
      g_assert_cmpstr (g_hash_table_lookup (w->talking, op), ==, event->call);
      break;
    case SIDE_EVENT_CALL_ENDED:
      g_assert_cmpuint (stage, ==, event->outcome == SIDE_OUTCOME_ANSWERED ? ANSWERED : JOINED);
      g_assert_cmpint (event->joined_ms + event->wait_ms + event->talk_ms + event->hold_ms, ==, event->at_ms);
      if (event->outcome == SIDE_OUTCOME_ANSWERED)
        g_hash_table_remove (w->talking, op);
      g_hash_table_insert (w->legs, g_strdup (event->call), GUINT_TO_POINTER (ENDED));
      break;
    case SIDE_EVENT_CALL_OUTCOME:
      g_assert_cmpuint (stage, ==, ENDED);
      g_assert_true ((event->order_id != NULL) == (event->amount_minor > 0));
      g_assert_true ((event->order_id != NULL) == (event->currency != NULL));
      w->called_back += event->callback == SIDE_CALLBACK_DONE;
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
watch_state (Watch     *w,
             SideEvent *event)
{
  g_assert_nonnull (event->name);
  g_assert_nonnull (event->alias);
  w->lunches += g_strcmp0 (event->reason, "Обед") == 0 || g_strcmp0 (event->reason, "Lunch") == 0;
  w->trainings += g_strcmp0 (event->reason, "Обучение") == 0 || g_strcmp0 (event->reason, "Training") == 0;
  w->missed += g_strcmp0 (event->reason, "missed") == 0;
  /* Free again after a ring: missed, or the caller has gone. */
  if (event->state == SIDE_OPERATOR_READY || event->state == SIDE_OPERATOR_OFF)
    g_hash_table_remove (w->ringing, event->operator_id);
  if (event->call != NULL && event->state == SIDE_OPERATOR_TALKING)
    g_assert_cmpstr (g_hash_table_lookup (w->talking, event->operator_id), ==, event->call);
  if (event->call != NULL)
    g_assert_true (g_str_has_prefix (event->queue, event->project));
}

static void
watch (SideEvent *event,
       gpointer   data)
{
  Watch *w = data;

  g_assert_cmpint (event->at_ms, >=, w->last_ms);
  w->last_ms = event->at_ms;
  w->kinds[event->kind]++;
  if (event->queue != NULL)
    g_assert_true (g_str_has_prefix (event->queue, event->project));
  if (event->kind == SIDE_EVENT_OPERATOR_STATE)
    watch_state (w, event);
  else if (event->kind != SIDE_EVENT_QUEUE_MEMBER)
    watch_call (w, event);
  event->seq = ++w->seq;
  side_board_apply (w->board, event);
  event->seq = 0;
}

/* The board that grew from the events tells one story: nobody is in two
 * states, each answered leg has its operator and each talker their leg. */
static void
check_board (SideBoard *board)
{
  g_autoptr (GHashTable) states = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *projects = side_board_get_projects (board);

  for (guint p = 0; p < projects->len; p++)
    {
      SideBoardProject *project = projects->pdata[p];

      for (guint i = 0; i < project->operators->len; i++)
        {
          SideOperator *op = project->operators->pdata[i];
          gpointer known = g_hash_table_lookup (states, op->id);

          if (known != NULL)
            g_assert_cmpuint (GPOINTER_TO_UINT (known), ==, op->state);
          g_hash_table_insert (states, (gpointer) op->id, GUINT_TO_POINTER (op->state));
          g_assert_true ((op->queues->len == 0) == (op->state == SIDE_OPERATOR_OFF));
          if (op->state == SIDE_OPERATOR_TALKING && op->call != NULL)
            {
              SideCall *call = side_board_get_call (board, op->call);

              g_assert_true (side_call_is_live (call));
              g_assert_cmpstr (call->operator_id, ==, op->id);
            }
        }
      for (guint i = 0; i < project->live->len; i++)
        {
          SideCall *call = project->live->pdata[i];

          if (call->answered_ms != 0)
            g_assert_cmpstr (side_board_get_operator (board, project->id, call->operator_id)->call, ==, call->id);
        }
    }
}

static void
test_consistent (void)
{
  g_autoptr (SideSimRun) run = side_sim_run_new (side_sim_centre_new_demo (), 2, START_MS);
  g_autoptr (SideBoard) board = side_board_new ();
  Watch w = { .board = board };

  w.legs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  w.ringing = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  w.talking = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  side_sim_run_set_sinks (run, watch, NULL, &w);
  for (gint64 at = START_MS; at <= START_MS + 48 * SIDE_HOUR_MS; at += 10 * SIDE_MINUTE_MS)
    {
      side_sim_run_advance (run, at, 0);
      check_board (board);
    }
  for (guint kind = SIDE_EVENT_CALL_JOINED; kind <= SIDE_EVENT_CALL_OUTCOME; kind++)
    g_assert_cmpuint (w.kinds[kind], >, 50);
  g_assert_cmpuint (w.lunches, >, 20);
  g_assert_cmpuint (w.trainings, >, 0);
  g_assert_cmpuint (w.missed, >, 20);
  g_assert_cmpuint (w.called_back, >, 20);
  g_hash_table_unref (w.legs);
  g_hash_table_unref (w.ringing);
  g_hash_table_unref (w.talking);
}

static void
keep_call (SideCall *call,
           gpointer  data)
{
  g_ptr_array_add (data, side_call_ref (call));
}

typedef struct {
  SideBoard *board;
  GPtrArray *calls;
} Both;

static void
both_event (SideEvent *event,
            gpointer   data)
{
  side_board_apply (((Both *) data)->board, event);
}

static void
both_call (SideCall *call,
           gpointer  data)
{
  keep_call (call, ((Both *) data)->calls);
}

/* The finished record of a leg says what its events added up to. */
static void
test_records_agree_with_events (void)
{
  g_autoptr (SideSimRun) run = side_sim_run_new (side_sim_centre_new_demo (), 4, START_MS);
  g_autoptr (SideBoard) board = side_board_new ();
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  Both both = { board, calls };
  guint compared = 0;

  for (guint i = 0; i < side_sim_run_get_centre (run)->projects->len; i++)
    side_board_add_project (board, side_sim_centre_project (side_sim_run_get_centre (run), i)->project);
  side_sim_run_set_sinks (run, both_event, both_call, &both);
  side_sim_run_advance (run, START_MS + 16 * SIDE_HOUR_MS, 0);
  for (guint i = 0; i < calls->len; i++)
    {
      SideCall *record = calls->pdata[i];
      SideCall *seen = side_board_get_call (board, record->id);

      if (seen == NULL || record->ended_ms > START_MS + 16 * SIDE_HOUR_MS - 5 * SIDE_MINUTE_MS)
        continue;
      /* Rung back later: the board knows more than the record could. */
      if (seen->callback == SIDE_CALLBACK_DONE)
        seen->callback = record->callback;
      if (!side_call_equal (record, seen))
        g_error ("leg %s: record and board differ (wrap %" G_GINT64_FORMAT "/%" G_GINT64_FORMAT ", rings %d/%d)",
                 record->id, record->wrap_ms, seen->wrap_ms, record->rings, seen->rings);
      compared++;
    }
  g_assert_cmpuint (compared, >, 400);
}

static gboolean
is_fictional (const SideCall *call)
{
  if (g_str_equal (call->project, "oak"))
    return g_str_has_prefix (call->caller, "447700900") || strstr (call->caller, "496") != NULL
           || g_str_has_prefix (call->caller, "442079460") || g_str_has_prefix (call->caller, "441632960")
           || g_str_has_prefix (call->caller, "441914980");
  return call->caller[0] == '7' && strncmp (call->caller + 4, "555", 3) == 0 && strlen (call->caller) == 11;
}

static void
test_month (void)
{
  g_autoptr (SideSimRun) run = side_sim_run_new (side_sim_centre_new_demo (), 1, START_MS);
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  guint evening = 0, night = 0, answered = 0, orders = 0, transferred = 0, in_level = 0;

  side_sim_run_set_sinks (run, NULL, keep_call, calls);
  side_sim_run_advance (run, START_MS + 30 * 24 * SIDE_HOUR_MS, 0);
  for (guint i = 0; i < calls->len; i++)
    {
      SideCall *call = calls->pdata[i];
      gint64 hour = (call->joined_ms - START_MS) / SIDE_HOUR_MS % 24;

      g_assert_true (g_hash_table_add (ids, call->id));
      g_assert_true (is_fictional (call));
      evening += hour >= 18 && hour < 21;
      night += hour >= 2 && hour < 5;
      answered += call->outcome == SIDE_OUTCOME_ANSWERED;
      in_level += call->outcome == SIDE_OUTCOME_ANSWERED && call->wait_ms <= 20000;
      orders += call->order_id != NULL;
      transferred += call->transfer != SIDE_TRANSFER_NONE;
    }
  g_test_message ("%u legs, %u answered, %u within 20 s, %u orders, %u passed on", calls->len, answered, in_level,
                  orders, transferred);
  g_assert_cmpuint (calls->len, >, 30000);
  g_assert_cmpuint (evening, >, 2 * night);
  g_assert_cmpuint (night, >, 30 * 3 * 10);
  g_assert_cmpfloat ((double) answered / calls->len, >, 0.88);
  g_assert_cmpfloat ((double) in_level / calls->len, >, 0.75);
  g_assert_cmpfloat ((double) in_level / calls->len, <, 0.95);
  g_assert_cmpuint (orders, >, 3000);
  g_assert_cmpuint (transferred, >, 500);
}

/* Demand follows the wall clock of the shop, also across a change of clocks. */
static void
test_rate_follows_local_hour (void)
{
  g_autoptr (SideSimCentre) centre = side_sim_centre_new_demo ();
  guint oak = 6;
  /* London put its clocks back on Sunday, 25 October 2026 at 01:00 UTC. */
  gint64 before = side_time_from_iso ("2026-10-24T18:30:00Z", NULL, NULL);   /* 19:30 there */
  gint64 after = side_time_from_iso ("2026-10-31T19:30:00Z", NULL, NULL);    /* 19:30 there */
  double ratio = side_sim_queue_rate (centre, oak, 1, before) / side_sim_queue_rate (centre, oak, 1, after);

  g_assert_cmpstr (side_sim_centre_queue (centre, oak)->id, ==, "oak-orders");
  /* Same weekday and hour; only the day's own luck differs, 12 % at most. */
  g_assert_cmpfloat (ratio, >, 0.88 / 1.12);
  g_assert_cmpfloat (ratio, <, 1.12 / 0.88);
  for (gint64 at = before; at < before + 14 * 24 * SIDE_HOUR_MS; at += 13 * SIDE_MINUTE_MS)
    g_assert_cmpfloat (side_sim_queue_rate (centre, oak, 1, at), <=, side_sim_queue_peak_rate (centre, oak) * 1.0000001);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator/random-vectors", test_random_vectors);
  g_test_add_func ("/simulator/random-spreads", test_random_spreads);
  g_test_add_func ("/simulator/calendar", test_calendar);
  g_test_add_func ("/simulator/repeatable", test_repeatable);
  g_test_add_func ("/simulator/varied", test_varied);
  g_test_add_func ("/simulator/consistent", test_consistent);
  g_test_add_func ("/simulator/records-agree-with-events", test_records_agree_with_events);
  g_test_add_func ("/simulator/month", test_month);
  g_test_add_func ("/simulator/rate-follows-local-hour", test_rate_follows_local_hour);
  return g_test_run ();
}
