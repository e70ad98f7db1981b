/* test-simulator-act.c - pauses and hanging up in the made-up call centre
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-board.h"
#include "side-error.h"
#include "side-sim-run.h"
#include "side-simulator.h"
#include "side-test.h"
#include "side-time.h"

/* Friday, 20 November 2026, 15:00 in Moscow. */
#define AFTERNOON_MS G_GINT64_CONSTANT (1795176000000)

typedef struct {
  SideSimRun *run;
  SideBoard  *board;
  guint64     seq;
} Fixture;

static void
on_event (SideEvent *event,
          gpointer   data)
{
  Fixture *fixture = data;

  event->seq = ++fixture->seq;
  side_board_apply (fixture->board, event);
  event->seq = 0;
}

static void
go_on (Fixture *fixture,
       gint64   ms)
{
  g_assert_true (side_sim_run_advance (fixture->run, side_sim_run_get_now_ms (fixture->run) + ms, 0));
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->board = side_board_new ();
  fixture->run = side_sim_run_new (side_sim_centre_new_demo (), 7, AFTERNOON_MS - 3 * SIDE_HOUR_MS);
  side_sim_run_set_sinks (fixture->run, on_event, NULL, fixture);
  go_on (fixture, 3 * SIDE_HOUR_MS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  side_sim_run_free (fixture->run);
  g_object_unref (fixture->board);
}

/* Somebody in that state; the clock goes on until there is one. */
static const SideOperator *
find_operator (Fixture            *fixture,
               SideOperatorState   state,
               const char        **project)
{
  for (guint tries = 0; tries < 100000; tries++)
    {
      GPtrArray *projects = side_board_get_projects (fixture->board);

      for (guint i = 0; i < projects->len; i++)
        {
          const SideBoardProject *place = g_ptr_array_index (projects, i);

          for (guint k = 0; k < place->operators->len; k++)
            {
              const SideOperator *op = g_ptr_array_index (place->operators, k);

              *project = place->id;
              if (op->state == state)
                return op;
            }
        }
      go_on (fixture, 200);
    }
  g_error ("nobody was ever “%s”", side_operator_state_to_string (state));
}

static const SideCall *
find_call (Fixture  *fixture,
           gboolean  answered)
{
  for (guint tries = 0; tries < 100000; tries++)
    {
      GPtrArray *projects = side_board_get_projects (fixture->board);

      for (guint i = 0; i < projects->len; i++)
        {
          const SideBoardProject *place = g_ptr_array_index (projects, i);

          for (guint k = 0; k < place->live->len; k++)
            {
              const SideCall *call = g_ptr_array_index (place->live, k);

              if ((call->answered_ms != 0) == answered)
                return call;
            }
        }
      go_on (fixture, 200);
    }
  g_error ("no call was ever %s", answered ? "answered" : "waiting");
}

static const SideOperator *
look (Fixture    *fixture,
      const char *project,
      const char *id)
{
  return side_board_get_operator (fixture->board, project, id);
}

/* Who is free goes at once and stays away until they are called back. */
static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  const char *project;
  const char *id = find_operator (fixture, SIDE_OPERATOR_READY, &project)->id;
  g_autoptr (GError) error = NULL;

  g_assert_true (side_sim_run_pause (fixture->run, project, id, "Meeting", &error));
  g_assert_no_error (error);
  g_assert_cmpint (look (fixture, project, id)->state, ==, SIDE_OPERATOR_BREAK);
  g_assert_cmpstr (look (fixture, project, id)->reason, ==, "Meeting");
  for (guint i = 0; i < 60; i++)
    {
      go_on (fixture, SIDE_MINUTE_MS);
      g_assert_true (look (fixture, project, id)->state == SIDE_OPERATOR_BREAK || look (fixture, project, id)->state == SIDE_OPERATOR_OFF);
    }
  if (look (fixture, project, id)->state == SIDE_OPERATOR_OFF)
    g_error ("this one's shift was over; take another seed");
  side_sim_run_resume (fixture->run, id);
  g_assert_cmpint (look (fixture, project, id)->state, !=, SIDE_OPERATOR_BREAK);
}

/* Those of other shops see the break, and not what a supervisor wrote of it. */
static void
test_pause_elsewhere (Fixture       *fixture,
                      gconstpointer  data)
{
  GPtrArray *projects = side_board_get_projects (fixture->board);
  guint n_shared = 0;

  for (guint i = 0; i < projects->len; i++)
    {
      const SideBoardProject *here = g_ptr_array_index (projects, i);

      for (guint k = 0; k < here->operators->len; k++)
        {
          const SideOperator *op = g_ptr_array_index (here->operators, k);
          g_autofree char *id = g_strdup (op->id);

          if (op->state != SIDE_OPERATOR_READY)
            continue;
          g_assert_true (side_sim_run_pause (fixture->run, here->id, id, "Between us", NULL));
          g_assert_cmpstr (look (fixture, here->id, id)->reason, ==, "Between us");
          for (guint j = 0; j < projects->len; j++)
            {
              const SideBoardProject *there = g_ptr_array_index (projects, j);
              const SideOperator *same = side_board_get_operator (fixture->board, there->id, id);

              if (there == here || same == NULL)
                continue;
              n_shared++;
              g_assert_cmpint (same->state, ==, SIDE_OPERATOR_BREAK);
              g_assert_null (same->reason);
            }
        }
    }
  g_assert_cmpuint (n_shared, >, 0);
}

/* Who talks finishes the call first. */
static void
test_pause_while_talking (Fixture       *fixture,
                          gconstpointer  data)
{
  const char *project;
  const SideOperator *op = find_operator (fixture, SIDE_OPERATOR_TALKING, &project);
  const char *id = op->id;
  g_autoptr (GError) error = NULL;

  g_assert_true (side_sim_run_pause (fixture->run, project, id, "Meeting", &error));
  g_assert_no_error (error);
  g_assert_cmpint (look (fixture, project, id)->state, ==, SIDE_OPERATOR_TALKING);
  for (guint i = 0; i < 3600 && look (fixture, project, id)->state != SIDE_OPERATOR_BREAK; i++)
    {
      go_on (fixture, 1000);
      g_assert_true (look (fixture, project, id)->state != SIDE_OPERATOR_READY);
      g_assert_true (look (fixture, project, id)->state != SIDE_OPERATOR_RINGING);
    }
  g_assert_cmpint (look (fixture, project, id)->state, ==, SIDE_OPERATOR_BREAK);
}

static void
test_pause_of_nobody (Fixture       *fixture,
                      gconstpointer  data)
{
  const char *project;
  const SideOperator *op = find_operator (fixture, SIDE_OPERATOR_OFF, &project);
  g_autoptr (GError) error = NULL;

  g_assert_false (side_sim_run_pause (fixture->run, project, op->id, "Meeting", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_assert_true (side_sim_run_has_operator (fixture->run, project, NULL, op->id));
  g_assert_false (side_sim_run_has_operator (fixture->run, project, "no-queue", op->id));
  g_assert_false (side_sim_run_has_operator (fixture->run, project, NULL, "nobody"));
  g_assert_false (side_sim_run_has_operator (fixture->run, "nowhere", NULL, op->id));
}

static void
hang_up (Fixture  *fixture,
         gboolean  answered)
{
  const SideCall *call = find_call (fixture, answered);
  g_autofree char *id = g_strdup (call->id);
  g_autofree char *project = g_strdup (call->project);
  gint64 joined_ms = call->joined_ms;
  g_autoptr (GError) error = NULL;

  g_assert_true (side_sim_run_has_call (fixture->run, project, id));
  g_assert_false (side_sim_run_has_call (fixture->run, "nowhere", id));
  g_assert_true (side_sim_run_hang_up (fixture->run, id, &error));
  g_assert_no_error (error);
  call = side_board_get_call (fixture->board, id);
  g_assert_cmpint (call->ended_ms, ==, side_sim_run_get_now_ms (fixture->run));
  g_assert_cmpint (call->ended_by, ==, SIDE_PARTY_SYSTEM);
  g_assert_cmpint (call->outcome, ==, answered ? SIDE_OUTCOME_ANSWERED : SIDE_OUTCOME_WITHDRAWN);
  g_assert_cmpint (call->wait_ms + call->talk_ms + call->hold_ms, ==, call->ended_ms - joined_ms);
  g_assert_cmpint (call->transfer, ==, SIDE_TRANSFER_NONE);
  g_assert_false (side_sim_run_has_call (fixture->run, project, id));
  g_assert_false (side_sim_run_hang_up (fixture->run, id, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
}

/* The centre lives on, and what was planned for the call does not happen. */
static void
test_hang_up (Fixture       *fixture,
              gconstpointer  data)
{
  for (guint i = 0; i < 50; i++)
    {
      hang_up (fixture, TRUE);
      hang_up (fixture, FALSE);
      go_on (fixture, SIDE_MINUTE_MS);
    }
}

/* There is nobody to listen to; what can be done waits for the start. */
static void
test_hurdles (void)
{
  g_autoptr (SideClock) clock = side_clock_new_manual (AFTERNOON_MS);
  g_autoptr (SideSimulator) simulator = side_simulator_new (clock, 7, NULL, NULL);
  SideSource *source = SIDE_SOURCE (simulator);
  g_autoptr (GPtrArray) projects = side_simulator_create_projects ();
  const char *project = ((SideProject *) g_ptr_array_index (projects, 0))->id;
  g_autoptr (SideAct) act = side_act_new (SIDE_ACTION_LISTEN, project);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (side_source_get_hurdle (source, project, SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_LINK);
  g_assert_false (side_source_has_aim (source, act));
  g_assert_true (side_source_start (source, NULL));
  g_assert_cmpint (side_source_get_hurdle (source, project, SIDE_ACTION_LISTEN), ==, SIDE_HURDLE_SOURCE);
  g_assert_cmpint (side_source_get_hurdle (source, project, SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_NONE);
  g_assert_cmpint (side_source_get_hurdle (source, "nowhere", SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_SOURCE);
  side_source_act_async (source, act, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 5000, "the simulator");
  g_assert_false (side_source_act_finish (source, result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
  side_source_stop (source);
  side_test_run_for (20);
}

typedef struct {
  char *project;
  char *operator_id;
  char *reason;
} Heard;

static void
on_source_event (SideSource *source,
                 SideEvent  *event,
                 Heard      *heard)
{
  if (event->kind != SIDE_EVENT_OPERATOR_STATE)
    return;
  if (heard->operator_id == NULL && event->state == SIDE_OPERATOR_READY)
    {
      heard->project = g_strdup (event->project);
      heard->operator_id = g_strdup (event->operator_id);
    }
  if (event->state == SIDE_OPERATOR_BREAK && g_strcmp0 (event->operator_id, heard->operator_id) == 0
      && g_strcmp0 (event->project, heard->project) == 0)
    {
      g_free (heard->reason);
      heard->reason = g_strdup (event->reason);
    }
}

static gboolean
has_operator (gpointer data)
{
  return ((Heard *) data)->operator_id != NULL;
}

/* Through the source: the action ends in the events it makes. */
static void
test_source (void)
{
  g_autoptr (SideClock) clock = side_clock_new_manual (AFTERNOON_MS);
  g_autoptr (SideSimulator) simulator = side_simulator_new (clock, 7, NULL, NULL);
  SideSource *source = SIDE_SOURCE (simulator);
  Heard heard = { NULL, NULL, NULL };
  g_autoptr (SideAct) act = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  side_simulator_open (simulator, AFTERNOON_MS - 1000);
  g_signal_connect (simulator, "event", G_CALLBACK (on_source_event), &heard);
  g_assert_true (side_source_start (source, NULL));
  side_test_wait_until (has_operator, &heard, 10000, "somebody to come to work");
  act = side_act_new (SIDE_ACTION_PAUSE, heard.project);
  act->operator_id = g_strdup (heard.operator_id);
  act->text = g_strdup ("Meeting");
  g_assert_true (side_source_has_aim (source, act));
  side_source_act_async (source, act, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 5000, "the simulator");
  g_assert_true (side_source_act_finish (source, result, NULL));
  g_assert_cmpstr (heard.reason, ==, "Meeting");
  side_source_stop (source);
  side_test_run_for (20);
  g_free (heard.project);
  g_free (heard.operator_id);
  g_free (heard.reason);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/simulator-act/pause", Fixture, NULL, set_up, test_pause, tear_down);
  g_test_add ("/simulator-act/pause-elsewhere", Fixture, NULL, set_up, test_pause_elsewhere, tear_down);
  g_test_add ("/simulator-act/pause-while-talking", Fixture, NULL, set_up, test_pause_while_talking, tear_down);
  g_test_add ("/simulator-act/pause-of-nobody", Fixture, NULL, set_up, test_pause_of_nobody, tear_down);
  g_test_add ("/simulator-act/hang-up", Fixture, NULL, set_up, test_hang_up, tear_down);
  g_test_add_func ("/simulator-act/hurdles", test_hurdles);
  g_test_add_func ("/simulator-act/source", test_source);
  return g_test_run ();
}
