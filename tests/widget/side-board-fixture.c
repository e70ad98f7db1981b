/* side-board-fixture.c - a made-up day on a board
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-board-fixture.h"

#include "side-time.h"

static const char *const queue_ids[] = { "orders", "delivery", "returns" };
static const char *const names[] = {
  "Anna Smirnova", "Boris Kim", "Vera Lebedeva", "Gleb Orlov", "Daria Moroz", "Egor Popov", "Zhanna Titova", "Ivan Sokolov",
};

/* 2026-11-21 15:47:11 in Moscow */
gint64
side_fixture_now_ms (void)
{
  return side_time_from_iso ("2026-11-21T12:47:11Z", NULL, NULL);
}

SideProject *
side_fixture_new_project (void)
{
  SideProject *project = side_project_new (SIDE_FIXTURE_PROJECT, "Кроссовки.ру", "Europe/Moscow", NULL);

  g_assert_nonnull (project);
  side_project_add_queue (project, "orders", "Orders", 20000);
  side_project_add_queue (project, "delivery", "Delivery", 20000);
  side_project_add_queue (project, "returns", "Returns", 20000);
  return project;
}

SideSession *
side_fixture_new_session (SideProject *project)
{
  SideSession *session = side_session_new ("olga", SIDE_ROLE_SUPERVISOR);

  if (session->projects == NULL)
    session->projects = g_ptr_array_new_with_free_func ((GDestroyNotify) side_project_unref);
  g_ptr_array_add (session->projects, side_project_ref (project));
  g_ptr_array_add (session->capabilities, g_strdup ("documents"));
  session->server_name = g_strdup ("pbx1");
  return session;
}

static void
apply (SideBoard *board,
       SideEvent *event)
{
  event->seq = side_board_get_seq (board) + 1;
  g_assert_true (side_board_apply (board, event));
  side_event_unref (event);
}

static const char *
operator_id (guint i)
{
  g_autofree char *id = g_strdup_printf ("op%u", i);

  return g_intern_string (id);
}

static SideEvent *
state_event (guint             i,
             SideOperatorState state,
             gint64            at_ms)
{
  SideEvent *event = side_event_new (SIDE_EVENT_OPERATOR_STATE, at_ms, SIDE_FIXTURE_PROJECT);
  g_autofree char *name = i < G_N_ELEMENTS (names) ? g_strdup (names[i]) : g_strdup_printf ("Operator %u", i);

  event->operator_id = operator_id (i);
  event->name = g_intern_string (name);
  event->state = state;
  if (state == SIDE_OPERATOR_BREAK)
    event->reason = g_strdup ("Lunch");
  return event;
}

void
side_fixture_set_state (SideBoard         *board,
                        guint              i,
                        SideOperatorState  state,
                        gint64             at_ms)
{
  apply (board, state_event (i, state, at_ms));
}

static SideEvent *
joined_event (const char *call,
              const char *queue,
              const char *number,
              gint64      at_ms)
{
  SideEvent *event = side_event_new (SIDE_EVENT_CALL_JOINED, at_ms, SIDE_FIXTURE_PROJECT);

  event->queue = g_intern_string (queue);
  event->call = g_strdup (call);
  event->journey = g_strdup (call);
  event->caller = g_strdup (number);
  event->dialled = g_strdup ("74951234567");
  event->position = 1;
  event->joined_ms = at_ms;
  return event;
}

void
side_fixture_join (SideBoard  *board,
                   const char *call,
                   const char *queue,
                   const char *number,
                   gint64      at_ms)
{
  apply (board, joined_event (call, queue, number, at_ms));
}

/* The server's link to the exchange broke at @from_ms and stood again at @to_ms, 0 for not yet. */
void
side_fixture_gap (SideBoard *board,
                  gint64     from_ms,
                  gint64     to_ms)
{
  SideEvent *event = side_event_new (SIDE_EVENT_SOURCE_GAP, MAX (from_ms, to_ms), SIDE_FIXTURE_PROJECT);

  event->from_ms = from_ms;
  event->to_ms = to_ms;
  apply (board, event);
}

static void
answer (SideBoard  *board,
        const char *call,
        const char *queue,
        guint       i,
        gint64      joined_ms,
        gint64      at_ms)
{
  SideEvent *event = side_event_new (SIDE_EVENT_CALL_ANSWERED, at_ms, SIDE_FIXTURE_PROJECT);

  event->queue = g_intern_string (queue);
  event->call = g_strdup (call);
  event->operator_id = operator_id (i);
  event->joined_ms = joined_ms;
  event->wait_ms = at_ms - joined_ms;
  apply (board, event);
}

static void
end (SideBoard   *board,
     const char  *call,
     const char  *queue,
     SideOutcome  outcome,
     gint64       joined_ms,
     gint64       answered_ms,
     gint64       at_ms)
{
  SideEvent *event = side_event_new (SIDE_EVENT_CALL_ENDED, at_ms, SIDE_FIXTURE_PROJECT);

  event->queue = g_intern_string (queue);
  event->call = g_strdup (call);
  event->outcome = outcome;
  event->joined_ms = joined_ms;
  event->answered_ms = answered_ms;
  event->wait_ms = (answered_ms != 0 ? answered_ms : at_ms) - joined_ms;
  event->talk_ms = answered_ms != 0 ? at_ms - answered_ms : 0;
  event->ended_by = SIDE_PARTY_CALLER;
  apply (board, event);
}

/* One call of the past: answered by an operator who then works on it, or lost. */
static void
past_call (SideBoard *board,
           GRand     *rand,
           guint      i,
           gint64     at_ms)
{
  g_autofree char *call = g_strdup_printf ("past%u", i);
  g_autofree char *number = g_strdup_printf ("79%09d", g_rand_int_range (rand, 0, 999999999));
  const char *queue = queue_ids[i % 10 < 7 ? 0 : i % 10 < 9 ? 1 : 2];
  guint op = i % 6;
  gint64 wait_ms = g_rand_int_range (rand, 2000, i % 6 == 0 ? 30000 : 15000);
  gint64 talk_ms = g_rand_int_range (rand, 90000, 300000);

  side_fixture_join (board, call, queue, number, at_ms);
  if (i % 19 == 7)
    {
      end (board, call, queue, SIDE_OUTCOME_ABANDONED, at_ms, 0, at_ms + wait_ms * 2);
      return;
    }
  answer (board, call, queue, op, at_ms, at_ms + wait_ms);
  side_fixture_set_state (board, op, SIDE_OPERATOR_TALKING, at_ms + wait_ms);
  end (board, call, queue, SIDE_OUTCOME_ANSWERED, at_ms, at_ms + wait_ms, at_ms + wait_ms + talk_ms);
  side_fixture_set_state (board, op, SIDE_OPERATOR_WRAP_UP, at_ms + wait_ms + talk_ms);
  side_fixture_set_state (board, op, SIDE_OPERATOR_READY, at_ms + wait_ms + talk_ms + 20000);
}

static void
log_in (SideBoard *board,
        guint      n_operators,
        gint64     at_ms)
{
  for (guint i = 0; i < n_operators; i++)
    {
      for (gsize k = 0; k < G_N_ELEMENTS (queue_ids); k++)
        {
          SideEvent *event;

          if (k != 0 && k != 1 + i % 2)
            continue;
          event = side_event_new (SIDE_EVENT_QUEUE_MEMBER, at_ms, SIDE_FIXTURE_PROJECT);
          event->operator_id = operator_id (i);
          event->queue = g_intern_string (queue_ids[k]);
          event->member = SIDE_MEMBER_ADDED;
          event->name = g_intern_string (i < G_N_ELEMENTS (names) ? names[i] : operator_id (i));
          apply (board, event);
        }
      side_fixture_set_state (board, i, SIDE_OPERATOR_READY, at_ms);
    }
}

/* As the picture of the design has it: two talk, one rings, three wait. */
static void
present (SideBoard *board,
         gint64     now_ms)
{
  side_fixture_join (board, "live1", "orders", "79031231244", now_ms - 262000);
  answer (board, "live1", "orders", 0, now_ms - 262000, now_ms - 252000);
  side_fixture_set_state (board, 0, SIDE_OPERATOR_TALKING, now_ms - 252000);
  side_fixture_join (board, "live2", "delivery", "79161238002", now_ms - 70000);
  answer (board, "live2", "delivery", 1, now_ms - 70000, now_ms - 63000);
  side_fixture_set_state (board, 1, SIDE_OPERATOR_TALKING, now_ms - 63000);
  side_fixture_join (board, "wait1", "orders", "79251233107", now_ms - 72000);
  side_fixture_join (board, "wait2", "orders", "79851235590", now_ms - 38000);
  side_fixture_join (board, "wait3", "orders", "88001232011", now_ms - 9000);
  side_fixture_set_state (board, 2, SIDE_OPERATOR_RINGING, now_ms - 6000);
  side_fixture_set_state (board, 3, SIDE_OPERATOR_WRAP_UP, now_ms - 41000);
  side_fixture_set_state (board, 4, SIDE_OPERATOR_READY, now_ms - 140000);
  side_fixture_set_state (board, 5, SIDE_OPERATOR_READY, now_ms - 15000);
  side_fixture_set_state (board, 6, SIDE_OPERATOR_BREAK, now_ms - 724000);
}

SideBoard *
side_fixture_new_board (SideProject *project,
                        guint        n_operators)
{
  SideBoard *board = side_board_new ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  gint64 now_ms = side_fixture_now_ms ();
  gint64 at_ms = side_time_day_start (project->time_zone, now_ms) + 9 * SIDE_HOUR_MS;

  side_board_add_project (board, project);
  log_in (board, n_operators, at_ms);
  for (guint i = 0; at_ms < now_ms - 8 * SIDE_MINUTE_MS; i++)
    {
      past_call (board, rand, i, at_ms);
      at_ms += g_rand_int_range (rand, 40000, 180000);
    }
  if (n_operators >= 7)
    present (board, now_ms);
  return board;
}

SideDesk *
side_fixture_new_desk (guint n_operators)
{
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideBoard) board = side_fixture_new_board (project, n_operators);
  g_autoptr (SideSession) session = side_fixture_new_session (project);
  g_autoptr (SideClock) clock = side_clock_new_manual (side_fixture_now_ms ());

  return side_desk_new_for_board (board, session, clock);
}

/* One event of a busy centre: somebody calls, is answered, hangs up, or an
 * operator changes their state. */
SideEvent *
side_fixture_random_event (GRand   *rand,
                           guint    n_operators,
                           gint64   at_ms,
                           guint64  seq)
{
  static const SideOperatorState states[] = {
    SIDE_OPERATOR_READY, SIDE_OPERATOR_RINGING, SIDE_OPERATOR_TALKING, SIDE_OPERATOR_WRAP_UP, SIDE_OPERATOR_BREAK,
  };
  guint op = (guint) g_rand_int_range (rand, 0, (int) n_operators);
  g_autofree char *call = g_strdup_printf ("busy%" G_GUINT64_FORMAT, seq / 6);
  const char *queue = queue_ids[(seq / 6) % 3];
  SideEvent *event;

  switch (seq % 6)
    {
    case 0:
      event = joined_event (call, queue, "79031231244", at_ms);
      break;
    case 2:
      event = side_event_new (SIDE_EVENT_CALL_ANSWERED, at_ms, SIDE_FIXTURE_PROJECT);
      event->queue = g_intern_string (queue);
      event->call = g_strdup (call);
      event->operator_id = operator_id (op);
      break;
    case 4:
      event = side_event_new (SIDE_EVENT_CALL_ENDED, at_ms, SIDE_FIXTURE_PROJECT);
      event->queue = g_intern_string (queue);
      event->call = g_strdup (call);
      event->outcome = SIDE_OUTCOME_ANSWERED;
      break;
    default:
      event = state_event (op, states[g_rand_int_range (rand, 0, G_N_ELEMENTS (states))], at_ms);
      break;
    }
  event->seq = seq;
  return event;
}
