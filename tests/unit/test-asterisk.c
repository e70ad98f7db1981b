/* test-asterisk.c - captured calls become the right events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The captures in tests/data/ami are a real Asterisk's, one for each way a
 * call can go.
 */
#include <string.h>

#include "side-asterisk-replay.h"
#include "side-test.h"

static void
expect (const char *capture,
        const char *story)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  g_autofree char *told = NULL;

  side_replay_file (replay, capture);
  told = side_replay_story (replay, FALSE);
  g_assert_cmpstr (told, ==, story);
  g_assert_cmpuint (replay->suspicions, ==, 0);
}

/* The caller hangs up */
static void
test_answered (void)
{
  expect ("answered.ami",
          "joined 24:sales:1 79161234567→1000\n"
          "ringing 24:sales:1 Anna\n"
          "member Anna sales added\n"
          "state shop Anna ringing 24:sales:1\n"
          "answered 24:sales:1 Anna wait=0.5\n"
          "state shop Anna talking 24:sales:1\n"
          "ended 24:sales:1 wait=0.5 talk=2.5 hold=0.0 answered by=caller\n"
          "state shop Anna wrap-up 24:sales:1\n");
}

/* Hung up through the manager on the agent's side, which Asterisk calls the caller */
static void
test_agent_hangs_up (void)
{
  expect ("agent-hangs-up.ami",
          "joined 36:sales:1 79161234567→1000\n"
          "ringing 36:sales:1 Anna\n"
          "member Anna sales added\n"
          "state shop Anna ringing 36:sales:1\n"
          "answered 36:sales:1 Anna wait=0.5\n"
          "state shop Anna talking 36:sales:1\n"
          "ended 36:sales:1 wait=0.5 talk=1.0 hold=0.0 answered by=caller\n"
          "state shop Anna wrap-up 36:sales:1\n");
}

/* While a phone rings */
static void
test_abandoned (void)
{
  expect ("abandoned.ami",
          "joined 38:sales:1 79161234567→1000\n"
          "ringing 38:sales:1 Anna\n"
          "member Anna sales added\n"
          "state shop Anna ringing 38:sales:1\n"
          "ended 38:sales:1 wait=2.0 talk=0.0 hold=0.0 abandoned by=caller\n"
          "state shop Anna ready\n");
}

/* And again after the retry */
static void
test_ring_no_answer (void)
{
  expect ("ring-no-answer.ami",
          "joined 40:sales:1 79161234567→1000\n"
          "ringing 40:sales:1 Anna\n"
          "member Anna sales added\n"
          "state shop Anna ringing 40:sales:1\n"
          "state shop Anna ready 40:sales:1 (missed)\n"
          "ringing 40:sales:1 Anna\n"
          "state shop Anna ringing 40:sales:1\n"
          "ended 40:sales:1 wait=5.2 talk=0.0 hold=0.0 abandoned by=caller\n"
          "state shop Anna ready\n");
}

/* Paused with a reason, added, penalty changed, removed */
static void
test_members (void)
{
  expect ("members.ami",
          "member Anna sales added\n"
          "state shop Anna break (Lunch)\n"
          "state shop Anna ready\n"
          "member Anna support added\n"
          "state other Anna ready\n"
          "member Anna support added\n"
          "member Anna support removed\n"
          "state other Anna off\n");
}

/* By the caller */
static void
test_hold (void)
{
  expect ("hold.ami",
          "joined 34:sales:1 79161234567→1000\n"
          "ringing 34:sales:1 Anna\n"
          "member Anna sales added\n"
          "state shop Anna ringing 34:sales:1\n"
          "answered 34:sales:1 Anna wait=0.5\n"
          "state shop Anna talking 34:sales:1\n"
          "held 34:sales:1 by=caller\n"
          "resumed 34:sales:1 by=caller\n"
          "ended 34:sales:1 wait=0.5 talk=3.0 hold=2.0 answered by=caller\n"
          "state shop Anna wrap-up 34:sales:1\n");
}

/* To an operator of another project, who is never told which call */
static void
test_transfer_blind (void)
{
  expect ("transfer-blind.ami",
          "joined 26:sales:1 79161234567→1000\n"
          "ringing 26:sales:1 Anna\n"
          "member Anna sales added\n"
          "state shop Anna ringing 26:sales:1\n"
          "answered 26:sales:1 Anna wait=0.5\n"
          "state shop Anna talking 26:sales:1\n"
          "transferred 26:sales:1 blind→203\n"
          "ended 26:sales:1 wait=0.5 talk=1.0 hold=0.0 answered by=operator\n"
          "state shop Anna wrap-up 26:sales:1\n"
          "member Vera support added\n"
          "state other Vera ringing\n"
          "state other Vera talking\n"
          "state shop Anna ready\n"
          "state other Vera ready\n");
}

/* The feature code of features.conf */
static void
test_transfer_by_code (void)
{
  expect ("transfer-by-code.ami",
          "joined 29:sales:1 79161234567→1000\n"
          "ringing 29:sales:1 Anna\n"
          "member Anna sales added\n"
          "state shop Anna ringing 29:sales:1\n"
          "answered 29:sales:1 Anna wait=0.5\n"
          "state shop Anna talking 29:sales:1\n"
          "held 29:sales:1 by=operator\n"
          "member Vera support added\n"
          "state other Vera ringing\n"
          "state other Vera talking\n"
          "transferred 29:sales:1 attended→203\n"
          "ended 29:sales:1 wait=0.5 talk=1.2 hold=3.8 answered by=operator\n"
          "state shop Anna wrap-up 29:sales:1\n"
          "state shop Anna ready\n"
          "state other Vera ready\n");
}

/* REFER with Replaces, the consultation is a call of its own */
static void
test_transfer_by_phone (void)
{
  expect ("transfer-by-phone.ami",
          "joined 10:sales:1 79161234567→1000\n"
          "ringing 10:sales:1 Soft\n"
          "member Soft sales added\n"
          "state shop Soft ringing 10:sales:1\n"
          "answered 10:sales:1 Soft wait=0.0\n"
          "state shop Soft talking 10:sales:1\n"
          "held 10:sales:1 by=operator\n"
          "member Vera support added\n"
          "state other Vera ringing\n"
          "state other Vera talking\n"
          "resumed 10:sales:1 by=operator\n"
          "transferred 10:sales:1 attended→203\n"
          "ended 10:sales:1 wait=0.0 talk=1.2 hold=1.6 answered by=operator\n"
          "state shop Soft wrap-up 10:sales:1\n"
          "state shop Soft ready\n"
          "state other Vera ready\n");
}

/* Abandoned; timed out with a UserEvent; held by the operator */
static void
test_timeout (void)
{
  expect ("timeout.ami",
          "member Anna sales added\n"
          "state shop Anna break\n"
          "member Boris sales added\n"
          "state shop Boris break\n"
          "joined 0:sales:1 79161234567→1000\n"
          "ended 0:sales:1 wait=2.5 talk=0.0 hold=0.0 abandoned by=caller\n"
          "joined 1:sales:1 79161234567→1004\n"
          "ended 1:sales:1 wait=5.0 talk=0.0 hold=0.0 lost\n"
          "ended 1:sales:1 wait=5.0 talk=0.0 hold=0.0 timed-out by=system\n"
          "member Soft sales added\n"
          "state shop Soft off\n"
          "state shop Soft ready\n"
          "joined 2:sales:1 79161234567→1000\n"
          "ringing 2:sales:1 Soft\n"
          "state shop Soft ringing 2:sales:1\n"
          "answered 2:sales:1 Soft wait=0.0\n"
          "state shop Soft talking 2:sales:1\n"
          "held 2:sales:1 by=operator\n"
          "resumed 2:sales:1 by=operator\n"
          "ended 2:sales:1 wait=0.0 talk=3.4 hold=1.2 answered by=operator\n"
          "state shop Soft wrap-up 2:sales:1\n"
          "state shop Soft off\n"
          "member Soft sales removed\n"
          "state shop Anna ready\n");
}

/* A caller named like a line of queue_log */
static void
test_pipes_in_name (void)
{
  expect ("pipes-in-name.ami",
          "member Anna sales added\n"
          "state shop Anna break\n"
          "member Boris sales added\n"
          "state shop Boris break\n"
          "joined 604:sales:1 7916→1000\n"
          "ended 604:sales:1 wait=0.1 talk=0.0 hold=0.0 lost\n"
          "state shop Anna ready\n"
          "state shop Boris ready\n");
}

/* Replayed in pieces of every size the story is the same: nothing hangs on
 * where the network cuts the stream. */
static void
test_pieces (void)
{
  gsize length;
  g_autofree char *bytes = side_replay_load ("transfer-by-phone.ami", &length);
  g_autofree char *whole = NULL;
  g_autoptr (SideReplay) first = side_replay_new ();

  side_replay_bytes (first, bytes, length);
  whole = side_replay_story (first, FALSE);
  for (gsize piece = 1; piece < 4000; piece = piece * 3 + 1)
    {
      g_autoptr (SideReplay) replay = side_replay_new ();
      g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
      g_autofree char *told = NULL;
      SideAmiMessage message;

      for (gsize at = 0; at < length; at += piece)
        {
          gsize room;
          guint8 *to = side_ami_reader_reserve (reader, &room);

          room = MIN (piece, length - at);
          memcpy (to, bytes + at, room);
          side_ami_reader_commit (reader, room);
          while (side_ami_reader_next (reader, &message, NULL) == SIDE_AMI_MESSAGE)
            side_asterisk_tracker_message (replay->tracker, &message, replay->now_ms);
        }
      told = side_replay_story (replay, FALSE);
      g_assert_cmpstr (told, ==, whole);
    }
}

/* Our own timer ends the wrap-up, at its exact time however late it looks. */
static void
test_wrap_up (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  const SideEvent *ended = NULL;
  const SideEvent *ready;

  side_replay_file (replay, "answered.ami");
  for (guint i = 0; i < replay->events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (replay->events, i);

      if (event->kind == SIDE_EVENT_CALL_ENDED)
        ended = event;
    }
  g_assert_nonnull (ended);
  g_assert_cmpint (side_asterisk_tracker_next_due (replay->tracker), ==, ended->at_ms + 3000);
  side_asterisk_tracker_tick (replay->tracker, ended->at_ms + 2999);
  ready = g_ptr_array_index (replay->events, replay->events->len - 1);
  g_assert_cmpint (ready->state, ==, SIDE_OPERATOR_WRAP_UP);
  side_asterisk_tracker_tick (replay->tracker, ended->at_ms + 9000);
  ready = g_ptr_array_index (replay->events, replay->events->len - 1);
  g_assert_cmpint (ready->state, ==, SIDE_OPERATOR_READY);
  g_assert_cmpint (ready->at_ms, ==, ended->at_ms + 3000);
  g_assert_cmpint (side_asterisk_tracker_next_due (replay->tracker), ==, G_MAXINT64);
}

/* The file's name comes as a channel variable; it is offered when the caller's
 * channel is gone, once. */
static void
test_recording (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_replay_file (replay, "transfer-by-phone.ami");
  g_assert_cmpuint (replay->recordings->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (replay->recordings, 0), ==,
                   "shop rig-1795278431.10:sales:1 /rig/spool/recording/rig-1795278431.10.wav 2");
  g_assert_cmpstr (g_ptr_array_index (replay->recordings, 1), ==,
                   "shop rig-1795278431.10:sales:1 /rig/spool/recording/rig-1795278431.10.wav 0");
  side_replay_log (replay, "1795278434|rig-1795278431.10|sales|Soft|ATTENDEDTRANSFER|BRIDGE|x|0|2|1\n");
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 5000000);
  g_assert_cmpuint (replay->recordings->len, ==, 2);
}

/* Ids go to those from whom names are kept: they must not tell them. */
static void
test_operator_ids (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  g_autoptr (SideReplay) again = side_replay_new ();
  const char *id = NULL;
  guint seen = 0;

  side_replay_file (replay, "answered.ami");
  side_replay_file (again, "hold.ami");
  g_ptr_array_extend (replay->events, again->events, (GCopyFunc) (GCallback) side_event_ref, NULL);
  for (guint i = 0; i < replay->events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (replay->events, i);

      if (event->operator_id == NULL)
        continue;
      g_assert_cmpstr (event->name, ==, "Anna");
      g_assert_null (strstr (event->operator_id, "Anna"));
      g_assert_null (strpbrk (event->operator_id, "/ "));
      g_assert_true (id == NULL || id == event->operator_id);
      id = event->operator_id;
      seen++;
    }
  g_assert_cmpuint (seen, >, 10);
}

/* An operator of two projects' queues: each is told the state, only the one
 * whose call it is learns which. */
static void
test_two_projects (void)
{
  static const char member[] =
      "Event: QueueMemberAdded\r\nPrivilege: agent,all\r\nQueue: support\r\nMemberName: Anna\r\n"
      "Interface: PJSIP/201\r\nStateInterface: PJSIP/201\r\nMembership: static\r\nPenalty: 0\r\n"
      "CallsTaken: 0\r\nLastCall: 0\r\nLastPause: 0\r\nLoginTime: 0\r\nInCall: 0\r\nStatus: 1\r\n"
      "Paused: 0\r\nPausedReason: \r\nRinginuse: 0\r\nWrapuptime: 0\r\n\r\n";
  g_autoptr (SideReplay) replay = side_replay_new ();
  guint states = 0;

  side_replay_bytes (replay, member, sizeof member - 1);
  side_replay_file (replay, "answered.ami");
  for (guint i = 0; i < replay->events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (replay->events, i);

      if (strcmp (event->project, "other") != 0)
        continue;
      g_assert_null (event->call);
      g_assert_cmpstr (event->queue, ==, event->kind == SIDE_EVENT_QUEUE_MEMBER ? "support" : NULL);
      states += event->kind == SIDE_EVENT_OPERATOR_STATE;
    }
  g_assert_cmpuint (states, ==, 4);   /* ready, ringing, talking, wrap-up */
}

/* Words of programs are kept for good: not any number of them. What else such an
 * event tells is taken all the same. */
static void
bring_too_many_words (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  guint lost = 0;

  side_replay_file (replay, "answered.ami");
  side_replay_forget (replay);
  g_test_expect_message ("side-asterisk", G_LOG_LEVEL_WARNING, "more than 10000 names*");
  for (guint i = 0; i < 10100; i++)
    {
      g_autofree char *bytes = g_strdup_printf ("Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: CallOutcome\r\n"
                                                "Uniqueid: rig-1795277030.24\r\nTopic: word-%u\r\nOrder: %u\r\n\r\n", i, i);
      side_replay_bytes (replay, bytes, strlen (bytes));
    }
  g_test_assert_expected_messages ();
  g_assert_cmpuint (replay->events->len, ==, 10100);
  for (guint i = 0; i < replay->events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (replay->events, i);

      g_assert_nonnull (event->order_id);
      lost += event->topic == NULL;
    }
  g_assert_cmpuint (lost, >=, 100);
  g_assert_cmpuint (lost, <, 200);
}

/* In a process of its own, so that the other tests have their words. GLib leaves
 * its old tables of words lie, which would be taken for a leak. */
static void
test_too_many_words (void)
{
  g_autofree char *options = g_strdup (g_getenv ("ASAN_OPTIONS"));

  if (g_test_subprocess ())
    {
      bring_too_many_words ();
      return;
    }
  g_setenv ("ASAN_OPTIONS", "detect_leaks=0", TRUE);
  g_test_trap_subprocess (NULL, 60 * G_USEC_PER_SEC, 0);
  if (options != NULL)
    g_setenv ("ASAN_OPTIONS", options, TRUE);
  else
    g_unsetenv ("ASAN_OPTIONS");
  g_test_trap_assert_passed ();
}

/* The dialplan says when the caller pays, before and after the answer. */
static void
test_payment (void)
{
  static const char *const states[] = { "Start", "end", "perhaps" };
  g_autoptr (SideReplay) replay = side_replay_new ();
  const SideEvent *event;

  side_replay_file (replay, "answered.ami");
  side_replay_forget (replay);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *bytes = g_strdup_printf ("Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: Payment\r\n"
                                                "Uniqueid: rig-1795277030.24\r\nState: %s\r\nCard: 4276\r\n\r\n", states[i]);
      side_replay_bytes (replay, bytes, strlen (bytes));
    }
  g_assert_cmpuint (replay->events->len, ==, 2);
  event = g_ptr_array_index (replay->events, 0);
  g_assert_cmpint (event->kind, ==, SIDE_EVENT_CALL_PAYMENT_STARTED);
  g_assert_nonnull (event->call);
  g_assert_null (event->note);
  event = g_ptr_array_index (replay->events, 1);
  g_assert_cmpint (event->kind, ==, SIDE_EVENT_CALL_PAYMENT_ENDED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asterisk/answered", test_answered);
  g_test_add_func ("/asterisk/agent-hangs-up", test_agent_hangs_up);
  g_test_add_func ("/asterisk/abandoned", test_abandoned);
  g_test_add_func ("/asterisk/ring-no-answer", test_ring_no_answer);
  g_test_add_func ("/asterisk/members", test_members);
  g_test_add_func ("/asterisk/hold", test_hold);
  g_test_add_func ("/asterisk/transfer-blind", test_transfer_blind);
  g_test_add_func ("/asterisk/transfer-by-code", test_transfer_by_code);
  g_test_add_func ("/asterisk/transfer-by-phone", test_transfer_by_phone);
  g_test_add_func ("/asterisk/timeout", test_timeout);
  g_test_add_func ("/asterisk/pipes-in-name", test_pipes_in_name);
  g_test_add_func ("/asterisk/pieces", test_pieces);
  g_test_add_func ("/asterisk/wrap-up", test_wrap_up);
  g_test_add_func ("/asterisk/recording", test_recording);
  g_test_add_func ("/asterisk/operator-ids", test_operator_ids);
  g_test_add_func ("/asterisk/two-projects", test_two_projects);
  g_test_add_func ("/asterisk/payment", test_payment);
  g_test_add_func ("/asterisk/too-many-words", test_too_many_words);
  return g_test_run ();
}
