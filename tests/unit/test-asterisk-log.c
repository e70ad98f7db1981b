/* test-asterisk-log.c - the manager and queue_log tell the same story once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-asterisk-replay.h"
#include "side-test.h"

static void
assert_story (SideReplay *replay,
              const char *story)
{
  g_autofree char *told = side_replay_story (replay, TRUE);

  g_assert_cmpstr (told, ==, story);
}

/* The patience with queue_log is over. */
static void
settle (SideReplay *replay)
{
  replay->now_ms += 2000;
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms);
}

/* A call the manager told of is not told again. */
static void
test_nothing_twice (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  guint events;

  side_replay_file (replay, "answered.ami");
  side_replay_file (replay, "transfer-by-phone.ami");
  events = replay->events->len;
  side_replay_log (replay,
                   "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
                   "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n"
                   "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|1\n"
                   "1795278431|rig-1795278431.10|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
                   "1795278431|rig-1795278431.10|sales|Soft|CONNECT|0|rig-1795278431.11|0\n"
                   "1795278434|rig-1795278431.10|sales|Soft|ATTENDEDTRANSFER|BRIDGE|x|0|2|1\n");
  settle (replay);
  g_assert_cmpuint (replay->events->len, ==, events);
  g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), ==, 2);
}

/* Without timestampevents events are timed by our clock, here 20 s ahead. */
static void
test_other_clock (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  gsize length;
  g_autofree char *bytes = side_replay_load ("answered.ami", &length);
  g_auto (GStrv) parts = g_strsplit (bytes, "Timestamp: ", -1);
  g_autoptr (GString) unstamped = g_string_new (parts[0]);
  guint events;

  for (gsize i = 1; parts[i] != NULL; i++)
    g_string_append (unstamped, strstr (parts[i], "\r\n") + 2);
  replay->now_ms = G_GINT64_CONSTANT (1795277050000);
  side_replay_bytes (replay, unstamped->str, unstamped->len);
  events = replay->events->len;
  g_assert_cmpuint (events, >, 5);
  side_replay_log (replay,
                   "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
                   "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n"
                   "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|1\n");
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 2000);
  g_assert_cmpuint (replay->events->len, ==, events);
}

/* The other way round, as after a reconnect that still delivers old events. */
static void
test_log_first (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  gsize ends = 0;

  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_replay_log (replay,
                   "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
                   "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n");
  side_asterisk_tracker_set_live (replay->tracker, TRUE, replay->now_ms);
  side_replay_file (replay, "answered.ami");
  for (guint i = 0; i < replay->events->len; i++)
    ends += ((SideEvent *) g_ptr_array_index (replay->events, i))->kind == SIDE_EVENT_CALL_ENDED;
  g_assert_cmpuint (ends, ==, 1);
  g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), ==, 1);
}

/* The log may have the whole call before a busy server reads what the manager
 * said of its beginning. */
static void
test_whole_log_first (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  gsize ends = 0;

  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_replay_log (replay,
                   "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
                   "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n"
                   "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|1\n");
  side_asterisk_tracker_set_live (replay->tracker, TRUE, replay->now_ms);
  side_replay_file (replay, "answered.ami");
  settle (replay);
  for (guint i = 0; i < replay->events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (replay->events, i);

      ends += event->kind == SIDE_EVENT_CALL_ENDED;
      g_assert_true (event->call == NULL || g_str_has_suffix (event->call, ":1"));
    }
  g_assert_cmpuint (ends, ==, 1);
  g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), ==, 1);
}

/* A PBX that is held up stamps what it tells late; queue_log may have the whole
 * visit by then. The visit after it is another, in whatever order they come. */
static void
test_late_stamp (void)
{
  static const char coming[] =
      "Event: QueueCallerJoin\r\nPrivilege: agent,all\r\nTimestamp: %s\r\nSystemName: rig\r\n"
      "Channel: PJSIP/trunk-00000024\r\nChannelState: 6\r\nChannelStateDesc: Up\r\nCallerIDNum: 79161234567\r\n"
      "CallerIDName: Ivan\r\nConnectedLineNum: <unknown>\r\nConnectedLineName: <unknown>\r\nLanguage: en\r\n"
      "AccountCode: \r\nContext: in\r\nExten: 1000\r\nPriority: 4\r\nUniqueid: rig-1795277060.38\r\n"
      "Linkedid: rig-1795277060.38\r\nQueue: sales\r\nPosition: 1\r\nCount: 1\r\n\r\n";
  static const struct {
    const char *lines;
    const char *first, *second;
  } cases[] = {
    { "1795277060|rig-1795277060.38|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
      "1795277068|rig-1795277060.38|sales|NONE|ABANDON|1|1|8\n", "1795277066.385506", "1795277075.000000" },
    { "1795277060|rig-1795277060.38|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
      "1795277062|rig-1795277060.38|sales|NONE|ABANDON|1|1|2\n", "1795277065.385506", "1795277075.000000" },
    { "1795277060|rig-1795277060.38|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n", "1795277066.385506", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideReplay) replay = side_replay_new ();
      g_autofree char *first = g_strdup_printf (coming, cases[i].first);
      g_autofree char *second = cases[i].second != NULL ? g_strdup_printf (coming, cases[i].second) : NULL;

      /* The PBX's times are known by something that came before. */
      side_replay_file (replay, "answered.ami");
      side_replay_forget (replay);
      side_replay_log (replay, cases[i].lines);
      settle (replay);
      side_replay_bytes (replay, first, strlen (first));
      g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), ==, 2);
      if (second != NULL)
        side_replay_bytes (replay, second, strlen (second));
      g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), ==, second != NULL ? 3 : 2);
    }
}

/* Asterisk cannot tell a supervisor's hanging up from the caller's; who did it
 * can, and neither the manager nor queue_log says it away. */
static void
test_hung_up (void)
{
  static const struct {
    const char *capture;
    const char *call;
    const char *last;       /* before it the supervisor acts */
    const char *lines;
    SideOutcome outcome;
  } cases[] = {
    { "answered.ami", "rig-1795277030.24:sales:1", "Event: HangupRequest",
      "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
      "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n"
      "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|1\n", SIDE_OUTCOME_ANSWERED },
    { "abandoned.ami", NULL, "Event: HangupRequest", NULL, SIDE_OUTCOME_WITHDRAWN },
    /* The answer to the action may come behind the events. */
    { "answered.ami", "rig-1795277030.24:sales:1", NULL, "", SIDE_OUTCOME_ANSWERED },
    { "abandoned.ami", NULL, NULL, "", SIDE_OUTCOME_WITHDRAWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideReplay) replay = side_replay_new ();
      gsize length;
      g_autofree char *bytes = side_replay_load (cases[i].capture, &length);
      const char *rest = cases[i].last != NULL ? g_strstr_len (bytes, -1, cases[i].last) : bytes + length;
      const SideEvent *end = NULL;
      g_autofree char *call = NULL;
      g_autofree char *lines = NULL;

      side_replay_bytes (replay, bytes, (gsize) (rest - bytes));
      call = g_strdup (((SideEvent *) g_ptr_array_index (replay->events, 0))->call);
      g_assert_true (cases[i].call == NULL || g_str_equal (call, cases[i].call));
      side_asterisk_tracker_hung_up (replay->tracker, call);
      if (*rest != '\0')
        side_replay_bytes (replay, rest, strlen (rest));
      if (cases[i].lines == NULL)
        {
          gint64 at_s = ((SideEvent *) g_ptr_array_index (replay->events, 0))->at_ms / 1000;
          g_autofree char *id = g_strndup (call, strcspn (call, ":"));
          lines = g_strdup_printf ("%" G_GINT64_FORMAT "|%s|sales|NONE|ENTERQUEUE||7|1|Ivan\n"
                                   "%" G_GINT64_FORMAT "|%s|sales|NONE|ABANDON|1|1|2\n", at_s, id, at_s + 2, id);
        }
      side_replay_log (replay, lines != NULL ? lines : cases[i].lines);
      settle (replay);
      for (guint k = 0; k < replay->events->len; k++)
        {
          const SideEvent *event = g_ptr_array_index (replay->events, k);

          if (event->kind == SIDE_EVENT_CALL_ENDED)
            end = event;
        }
      g_assert_nonnull (end);
      g_assert_cmpstr (end->call, ==, call);
      g_assert_cmpint (end->outcome, ==, cases[i].outcome);
      g_assert_cmpint (end->ended_by, ==, SIDE_PARTY_SYSTEM);
    }
}

/* A call that went on while the server began anew: its instants stay what they
 * were, and its lengths are what lies between them. */
static void
test_instants_kept (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  g_autoptr (SideCall) call = side_call_new ("rig-1795277030.24:sales:1");
  const SideEvent *end;

  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_asterisk_tracker_set_quiet (replay->tracker, TRUE);
  side_replay_log (replay,
                   "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
                   "1795277034|rig-1795277030.24|sales|Anna|CONNECT|4|rig-1795277030.25|2\n");
  side_asterisk_tracker_set_quiet (replay->tracker, FALSE);
  call->project = g_intern_static_string ("shop");
  call->queue = g_intern_static_string ("sales");
  call->operator_name = g_intern_static_string ("Anna");
  call->joined_ms = G_GINT64_CONSTANT (1795277030412);
  call->answered_ms = G_GINT64_CONSTANT (1795277034933);
  side_asterisk_tracker_restore (replay->tracker, call);
  side_replay_log (replay, "1795277042|rig-1795277030.24|sales|Anna|COMPLETEAGENT|4|8|1\n");
  g_assert_cmpuint (replay->events->len, >, 0);
  end = g_ptr_array_index (replay->events, 0);
  g_assert_cmpint (end->kind, ==, SIDE_EVENT_CALL_ENDED);
  g_assert_cmpint (end->wait_ms, ==, 4521);
  g_assert_cmpint (end->talk_ms, ==, 7067);
  g_assert_cmpint (end->at_ms - end->answered_ms, ==, end->talk_ms);
}

static void
test_gap (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_replay_log (replay,
                   "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
                   "1795277034|rig-1795277030.24|sales|Anna|CONNECT|4|rig-1795277030.25|2\n"
                   "1795277040|rig-1795277040.30|sales|NONE|ENTERQUEUE||79161234568|1|\n"
                   "1795277042|rig-1795277030.24|sales|Anna|COMPLETEAGENT|4|8|1\n"
                   "1795277050|rig-1795277040.30|sales|NONE|EXITWITHTIMEOUT|1|1|10\n"
                   "1795277060|rig-1795277060.31|support|NONE|ENTERQUEUE||7|1|\n"
                   "1795277061|rig-1795277060.31|nobodys|NONE|ENTERQUEUE||7|1|\n"
                   "1795277062|rig-1795277060.31|support|NONE|EXITWITHKEY|9|1|1|2\n");
  assert_story (replay,
                "joined 24:sales:1 79161234567→(null) late\n"
                "answered 24:sales:1 Anna wait=4.0 late\n"
                "joined 30:sales:1 79161234568→(null) late\n"
                "ended 24:sales:1 wait=4.0 talk=8.0 hold=0.0 answered by=operator late\n"
                "ended 30:sales:1 wait=10.0 talk=0.0 hold=0.0 timed-out by=system late\n"
                "joined 31:support:1 7→(null) late\n"
                "ended 31:support:1 wait=2.0 talk=0.0 hold=0.0 left-by-key by=caller late\n");
}

/* One caller, three visits of the same queue: three legs, whoever tells. */
static void
test_visits (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_replay_log (replay,
                   "1795277030|1795277030.24|sales|NONE|ENTERQUEUE||7|1|\n"
                   "1795277040|1795277030.24|sales|NONE|EXITWITHTIMEOUT|1|1|10\n"
                   "1795277041|1795277030.24|vip|NONE|ENTERQUEUE||7|1|\n"
                   "1795277045|1795277030.24|vip|NONE|EXITWITHTIMEOUT|1|1|4\n"
                   "1795277045|1795277030.24|sales|NONE|ENTERQUEUE||7|1|\n"
                   "1795277046|1795277030.24|sales|NONE|ABANDON|1|1|1\n");
  assert_story (replay,
                "joined 24:sales:1 7→(null) late\n"
                "ended 24:sales:1 wait=10.0 talk=0.0 hold=0.0 timed-out by=system late\n"
                "joined 24:vip:1 7→(null) late\n"
                "ended 24:vip:1 wait=4.0 talk=0.0 hold=0.0 timed-out by=system late\n"
                "joined 24:sales:2 7→(null) late\n"
                "ended 24:sales:2 wait=1.0 talk=0.0 hold=0.0 abandoned by=caller late\n");
}

/* "reason unknown" until queue_log tells. */
static void
test_reason (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_replay_file (replay, "pipes-in-name.ami");
  side_replay_log (replay,
                   "1795278723|rig-1795278723.604|sales|NONE|ENTERQUEUE||7916|1|a_b_ABANDON_9\n"
                   "1795278723|rig-1795278723.604|sales|NONE|EXITEMPTY|1|1|0\n");
  assert_story (replay,
                "joined 604:sales:1 7916→1000\n"
                "ended 604:sales:1 wait=0.1 talk=0.0 hold=0.0 lost\n");
  settle (replay);
  assert_story (replay,
                "joined 604:sales:1 7916→1000\n"
                "ended 604:sales:1 wait=0.1 talk=0.0 hold=0.0 lost\n"
                "ended 604:sales:1 wait=0.1 talk=0.0 hold=0.0 no-operators by=system late\n");
}

/* Given up for lost by the manager's side, really answered. */
static void
test_correction (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_replay_file (replay, "pipes-in-name.ami");
  side_replay_log (replay,
                   "1795278723|rig-1795278723.604|sales|NONE|ENTERQUEUE||7916|1|a\n"
                   "1795278724|rig-1795278723.604|sales|Anna|CONNECT|1|rig-1795278723.605|1\n"
                   "1795278730|rig-1795278723.604|sales|Anna|COMPLETECALLER|1|6|1\n");
  settle (replay);
  assert_story (replay,
                "joined 604:sales:1 7916→1000\n"
                "ended 604:sales:1 wait=0.1 talk=0.0 hold=0.0 lost\n"
                "ended 604:sales:1 wait=0.3 talk=6.0 hold=0.0 answered by=caller late\n");
}

static void
test_restart (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_replay_log (replay,
                   "1795277030|1795277030.1|sales|NONE|ENTERQUEUE||7|1|\n"
                   "1795277031|1795277031.2|sales|NONE|ENTERQUEUE||8|2|\n"
                   "1795277032|1795277030.1|sales|Anna|CONNECT|2|1795277030.3|1\n"
                   "1795277040|NONE|NONE|NONE|QUEUESTART|\n"
                   "1795277041|1795277041.1|sales|NONE|ENTERQUEUE||7|1|\n");
  settle (replay);
  side_replay_forget (replay);
  side_asterisk_tracker_set_live (replay->tracker, TRUE, replay->now_ms);
  side_asterisk_tracker_status_begin (replay->tracker, replay->now_ms);
  side_asterisk_tracker_status_end (replay->tracker, replay->now_ms - 5000, replay->now_ms);
  /* Only the third was left, and the PBX does not list it. */
  g_assert_cmpuint (replay->events->len, ==, 1);
  g_assert_cmpstr (((SideEvent *) g_ptr_array_index (replay->events, 0))->call, ==, "1795277041.1:sales:1");
}

/* Lines that a caller's number brought into the file, in both shapes. */
static void
test_shadow (void)
{
  static const char refused[] = "Event: QueueCallerJoin\r\nPrivilege: agent,all\r\nChannel: PJSIP/1\r\n\r\n";
  g_autoptr (SideReplay) replay = side_replay_new ();

  replay->now_ms = G_GINT64_CONSTANT (1795277390000);
  side_asterisk_tracker_set_live (replay->tracker, TRUE, replay->now_ms);
  replay->now_ms += 10000;
  /* The manager's events of these callers were refused. */
  side_replay_bytes (replay, refused, sizeof refused - 1);
  side_replay_log (replay,
                   "1795277395|rig-1795277395.1|sales|NONE|ENTERQUEUE||7\n"
                   "1795277395|rig-1795277395.9|sales|NONE|ENTERQUEUE||5|1|Caller\n"
                   "1795277398|NONE|NONE|NONE|CONFIGRELOAD|\n1795277398|NONE|NONE|NONE|CONFIGRELOAD|\n"
                   "1795277400|rig-1795277400.2|sales|NONE|ENTERQUEUE||7|1|x\n"
                   "1795277400|rig-1795277400.8|sales|NONE|ENTERQUEUE||5|2|Caller\n"
                   "1795277400|NONE|NONE|NONE|CONFIGRELOAD|\n1795277400|NONE|NONE|NONE|CONFIGRELOAD|\n"
                   "1795277401|rig-1795277395.1|sales|Anna|CONNECT|6|rig-1795277395.2|6\n");
  settle (replay);
  assert_story (replay,
                "joined 1:sales:1 7→(null) late\n"
                "joined 2:sales:1 7→(null) late\n"
                "answered 1:sales:1 Anna wait=6.0 late\n");
  g_assert_cmpuint (side_asterisk_tracker_get_refused (replay->tracker), ==, 7);
}

/* Without anything refused a call the manager did not tell of is a link that
 * has died in silence: all lines count. */
static void
test_no_shadow (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  replay->now_ms = G_GINT64_CONSTANT (1795277400000);
  side_replay_log (replay,
                   "1795277395|rig-1795277395.1|sales|NONE|ENTERQUEUE||7|1|\n"
                   "1795277395|rig-1795277395.2|sales|NONE|ENTERQUEUE||8|2|\n"
                   "1795277401|rig-1795277395.1|sales|NONE|ABANDON|1|1|6\n");
  settle (replay);
  assert_story (replay,
                "joined 1:sales:1 7→(null) late\n"
                "joined 2:sales:1 8→(null) late\n"
                "ended 1:sales:1 wait=6.0 talk=0.0 hold=0.0 abandoned by=caller late\n");
}

/* Breaks are taken from queue_log only while the manager is silent. */
static void
test_breaks (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  g_autofree char *told = NULL;

  side_replay_file (replay, "members.ami");
  side_replay_forget (replay);
  side_replay_log (replay, "1795277900|NONE|sales|Anna|PAUSE|Lunch\n");
  settle (replay);
  g_assert_cmpuint (replay->events->len, ==, 0);
  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_replay_log (replay,
                   "1795277901|NONE|sales|Anna|PAUSE|Обед\n"
                   "1795277902|NONE|sales|PJSIP/201|UNPAUSE|\n"
                   "1795277903|NONE|sales|Nobody|PAUSE|x\n"
                   "1795277904|MANAGER|sales|Anna|REMOVEMEMBER|\n");
  told = side_replay_story (replay, FALSE);
  g_assert_cmpstr (told, ==,
                   "state shop Anna break (Обед) late\n"
                   "state shop Anna ready late\n"
                   "member Anna sales removed late\n"
                   "state shop Anna off late\n");
}

static void
test_template (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_asterisk_tracker_set_template (replay->tracker, "/rec/{queue}/{uniqueid}.wav");
  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_replay_log (replay,
                   "1795277030|1795277030.1|sales|NONE|ENTERQUEUE||7|1|\n"
                   "1795277032|1795277030.1|sales|Anna|CONNECT|2|1795277030.3|1\n"
                   "1795277033|1795277030.1|sales|Anna|COMPLETECALLER|2|1|1\n");
  g_assert_cmpuint (replay->recordings->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (replay->recordings, 0), ==,
                   "shop 1795277030.1:sales:1 /rec/sales/1795277030.1.wav 1");
}

/* Calls that passed while the server was away wait for the first path anybody tells. */
static void
test_awaited_path (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  gsize length;
  g_autofree char *capture = side_replay_load ("answered.ami", &length);
  g_auto (GStrv) parts = g_strsplit (capture, "Event: AgentConnect\r\n", 2);
  char *rest = strstr (parts[1], "\r\n\r\n");
  g_autofree char *bytes = NULL;

  *rest = '\0';
  bytes = g_strconcat (parts[0], "Event: AgentConnect\r\n", parts[1],
                       "\r\nChanVariable: MIXMONITOR_FILENAME=/rec/rig-1795277030.24-sales.wav\r\n\r\n", rest + 4, NULL);
  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_replay_log (replay,
                   "1795277000|rig-1795277000.1|sales|NONE|ENTERQUEUE||7|1|\n"
                   "1795277002|rig-1795277000.1|sales|Anna|CONNECT|2|1795277000.3|1\n"
                   "1795277003|rig-1795277000.1|sales|Anna|COMPLETECALLER|2|1|1\n"
                   "1795277004|rig-1795277004.1|support|NONE|ENTERQUEUE||7|1|\n"
                   "1795277006|rig-1795277004.1|support|NONE|ABANDON|1|1|2\n");
  g_assert_cmpuint (replay->recordings->len, ==, 0);
  side_asterisk_tracker_set_live (replay->tracker, TRUE, replay->now_ms);
  side_replay_bytes (replay, bytes, strlen (bytes));
  g_assert_cmpuint (replay->recordings->len, >, 1);
  g_assert_cmpstr (g_ptr_array_index (replay->recordings, 0), ==,
                   "shop rig-1795277000.1:sales:1 /rec/rig-1795277000.1-sales.wav 1");
  for (guint i = 1; i < replay->recordings->len; i++)
    g_assert_nonnull (strstr (g_ptr_array_index (replay->recordings, i), "rig-1795277030.24:sales:1"));
}

/* One file with calls of two projects is shown to neither. */
static void
test_shared_file (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_asterisk_tracker_set_template (replay->tracker, "/rec/{uniqueid}.wav");
  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_replay_log (replay,
                   "1795277030|1795277030.1|sales|NONE|ENTERQUEUE||7|1|\n"
                   "1795277032|1795277030.1|sales|Anna|CONNECT|2|1795277030.3|1\n"
                   "1795277033|1795277030.1|sales|Anna|BLINDTRANSFER|2000|in|2|1|1\n"
                   "1795277034|1795277030.1|support|NONE|ENTERQUEUE||7|1|\n"
                   "1795277035|1795277030.1|support|Vera|CONNECT|1|1795277030.4|1\n"
                   "1795277036|1795277030.1|support|Vera|COMPLETECALLER|1|1|1\n");
  g_assert_cmpuint (replay->recordings->len, ==, 2);
  g_assert_false (side_asterisk_tracker_may_show (replay->tracker, "1795277030.1:sales:1"));
  g_assert_false (side_asterisk_tracker_may_show (replay->tracker, "1795277030.1:support:1"));
  g_assert_true (side_asterisk_tracker_may_show (replay->tracker, "1795277030.9:sales:1"));
}

static void
test_quiet (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  side_asterisk_tracker_set_quiet (replay->tracker, TRUE);
  side_replay_log (replay,
                   "1795277030|1795277030.1|sales|NONE|ENTERQUEUE||7|1|\n"
                   "1795277031|1795277031.2|sales|NONE|ENTERQUEUE||8|2|\n"
                   "1795277032|1795277030.1|sales|Anna|CONNECT|2|1795277030.3|1\n"
                   "1795277033|1795277031.2|sales|NONE|ABANDON|1|1|2\n");
  g_assert_cmpuint (replay->events->len, ==, 0);
  side_asterisk_tracker_set_quiet (replay->tracker, FALSE);
  side_asterisk_tracker_retell (replay->tracker);
  assert_story (replay, "joined 1:sales:1 7→(null) late\nanswered 1:sales:1 Anna wait=2.0 late\n");
}

/* A year of calls leaves no trace in memory. */
static void
test_purge (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  side_asterisk_tracker_set_live (replay->tracker, FALSE, replay->now_ms);
  for (int i = 0; i < 5000; i++)
    {
      int at = 1795277000 + i * 60;
      g_autofree char *lines = g_strdup_printf ("%d|%d.1|sales|NONE|ENTERQUEUE||7|1|\n"
                                                "%d|%d.1|sales|NONE|ABANDON|1|1|20\n", at, at, at + 20, at);
      replay->now_ms = (gint64) at * 1000;
      side_replay_log (replay, lines);
      side_asterisk_tracker_tick (replay->tracker, replay->now_ms);
    }
  g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), <, 300);
  g_assert_cmpuint (replay->events->len, ==, 10000);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/asterisk-log/nothing-twice", test_nothing_twice);
  g_test_add_func ("/asterisk-log/other-clock", test_other_clock);
  g_test_add_func ("/asterisk-log/log-first", test_log_first);
  g_test_add_func ("/asterisk-log/whole-log-first", test_whole_log_first);
  g_test_add_func ("/asterisk-log/late-stamp", test_late_stamp);
  g_test_add_func ("/asterisk-log/hung-up", test_hung_up);
  g_test_add_func ("/asterisk-log/instants-kept", test_instants_kept);
  g_test_add_func ("/asterisk-log/gap", test_gap);
  g_test_add_func ("/asterisk-log/visits", test_visits);
  g_test_add_func ("/asterisk-log/reason", test_reason);
  g_test_add_func ("/asterisk-log/correction", test_correction);
  g_test_add_func ("/asterisk-log/restart", test_restart);
  g_test_add_func ("/asterisk-log/shadow", test_shadow);
  g_test_add_func ("/asterisk-log/no-shadow", test_no_shadow);
  g_test_add_func ("/asterisk-log/breaks", test_breaks);
  g_test_add_func ("/asterisk-log/template", test_template);
  g_test_add_func ("/asterisk-log/awaited-path", test_awaited_path);
  g_test_add_func ("/asterisk-log/shared-file", test_shared_file);
  g_test_add_func ("/asterisk-log/quiet", test_quiet);
  g_test_add_func ("/asterisk-log/purge", test_purge);
  return g_test_run ();
}
