/* test-asterisk-act.c - what an Asterisk is told when a supervisor acts, and what is made of its answers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The call of the capture is answered and goes on: caller PJSIP/trunk-00000018,
 * operator Anna with the channel rig-1795277030.25.
 */
#include <string.h>

#include "side-ami-peer.h"
#include "side-asterisk-replay.h"
#include "side-asterisk-source.h"
#include "side-error.h"
#include "side-test.h"

#define CALL "rig-1795277030.24:sales:1"
#define MEMBER(queue, name, interface) \
  "Event: QueueMember\r\nQueue: " queue "\r\nName: " name "\r\nLocation: " interface "\r\nStateInterface: x\r\n" \
  "Membership: static\r\nPenalty: 0\r\nCallsTaken: 5\r\nLastCall: 0\r\nLastPause: 0\r\nLoginTime: 0\r\nInCall: 0\r\n" \
  "Status: 1\r\nPaused: 0\r\nPausedReason: \r\nWrapuptime: 0\r\nActionID: @\r\n\r\n"
#define SUCCESS "Response: Success\r\nActionID: @\r\nMessage: done\r\n\r\n"
#define REFUSED(words) "Response: Error\r\nActionID: @\r\nMessage: " words "\r\n\r\n"
#define RESPONSE(id, how) \
  "Event: OriginateResponse\r\nPrivilege: call,all\r\nActionID: " id "\r\n" how "Application: ChanSpy\r\n\r\n"
#define SPY(spyer, spyee) \
  "Event: ChanSpyStart\r\nPrivilege: call,all\r\nSpyerChannel: " spyer "\r\nSpyerChannelState: 6\r\n" \
  "SpyerChannelStateDesc: Up\r\nSpyerCallerIDNum: 0\r\nSpyerCallerIDName: x\r\nSpyerConnectedLineNum: x\r\n" \
  "SpyerConnectedLineName: x\r\nSpyerLanguage: en\r\nSpyerAccountCode: \r\nSpyerContext: agents\r\nSpyerExten: s\r\n" \
  "SpyerPriority: 1\r\nSpyerUniqueid: 9.9\r\nSpyerLinkedid: 9.9\r\n" \
  "SpyeeChannel: PJSIP/201-00000019\r\nSpyeeUniqueid: " spyee "\r\n\r\n"

static const char members[] =
    "Response: Success\r\nActionID: @\r\nEventList: start\r\n\r\n"
    "Event: QueueParams\r\nQueue: sales\r\nMax: 0\r\nStrategy: rrmemory\r\nCalls: 0\r\nActionID: @\r\n\r\n"
    MEMBER ("sales", "Anna", "PJSIP/201") MEMBER ("vip", "Anna", "SIP/anna.p") MEMBER ("support", "Anna", "PJSIP/201")
    MEMBER ("sales", "Pattern", "/PJSIP.*/") MEMBER ("sales", "Comma", "PJSIP/1,2") MEMBER ("sales", "Space", "PJSIP/1 2") MEMBER ("vip", "Comma", "PJSIP/203")
    "Event: QueueStatusComplete\r\nActionID: @\r\nEventList: Complete\r\nListItems: 8\r\n\r\n";
static const char all_rights[] =
    "QueuePause: Makes a queue member temporarily unavailable. (Priv: agent,all)\r\n"
    "Hangup: Hangup channel. (Priv: system,call,all)\r\nOriginate: Originate a call. (Priv: originate,all)\r\n";

typedef struct {
  SideAsteriskSettings *settings;
  SideClock            *clock;
  SideAmiPeer          *peer;
  SideAsteriskSource   *source;
  GHashTable           *ids;        /* operator's name to id */
  gboolean              answered;
  gboolean              ended;
  SideParty             ended_by;
  char                 *story;      /* the answer to QueueStatus */
  const char           *replies[12];
} Fixture;

static void
on_event (SideSource *source,
          SideEvent  *event,
          Fixture    *fixture)
{
  if (event->name != NULL)
    g_hash_table_insert (fixture->ids, (gpointer) event->name, (gpointer) event->operator_id);
  fixture->answered = fixture->answered || event->kind == SIDE_EVENT_CALL_ANSWERED;
  fixture->ended = fixture->ended || event->kind == SIDE_EVENT_CALL_ENDED;
  if (event->kind == SIDE_EVENT_CALL_ENDED)
    fixture->ended_by = event->ended_by;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  gsize length;
  g_autofree char *capture = side_replay_load ("answered.ami", &length);

  *g_strstr_len (capture, -1, "Event: HangupRequest") = '\0';
  fixture->story = g_strconcat (members, capture, NULL);
  fixture->settings = side_asterisk_settings_new ();
  fixture->settings->host = g_strdup ("127.0.0.1");
  fixture->settings->user = g_strdup ("sidetone");
  fixture->settings->secret = g_strdup ("geheim");
  fixture->settings->times = (SideAmiTimes) {
    .connect_ms = 2000, .answer_ms = 1000, .ping_ms = 60000, .retry_min_ms = 50, .retry_max_ms = 200,
  };
  fixture->settings->actions = ~SIDE_ACTIONS_NONE;
  g_ptr_array_unref (fixture->settings->projects);
  fixture->settings->projects = g_ptr_array_ref (replay->projects);
  fixture->clock = side_clock_new_manual (G_GINT64_CONSTANT (1795277031000));
  fixture->ids = g_hash_table_new (g_str_hash, g_str_equal);
  fixture->peer = side_ami_peer_new (PEER_POLITE);
  fixture->peer->commands = all_rights;
  fixture->replies[0] = "QueueStatus";
  fixture->replies[1] = fixture->story;
}

static gboolean
is_ready (gpointer data)
{
  const Fixture *fixture = data;

  return fixture->answered && g_hash_table_contains (fixture->ids, "Space");
}

/* Begins; @action and @reply are what the PBX answers to one action more. */
static void
begin (Fixture    *fixture,
       const char *action,
       const char *reply)
{
  fixture->replies[2] = action;
  fixture->replies[3] = reply;
  fixture->peer->replies = fixture->replies;
  fixture->settings->port = fixture->peer->port;
  fixture->source = side_asterisk_source_new (fixture->settings, fixture->clock);
  g_signal_connect (fixture->source, "event", G_CALLBACK (on_event), fixture);
  g_assert_true (side_source_start (SIDE_SOURCE (fixture->source), NULL));
  side_test_wait_until (is_ready, fixture, 10000, "the call of the capture");
  side_test_run_for (50);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  side_source_stop (SIDE_SOURCE (fixture->source));
  side_test_run_for (30);
  g_assert_finalize_object (fixture->source);
  side_ami_peer_free (fixture->peer);
  side_asterisk_settings_free (fixture->settings);
  g_object_unref (fixture->clock);
  g_hash_table_unref (fixture->ids);
  g_free (fixture->story);
}

static SideAct *
on_operator (Fixture        *fixture,
             SideActionKind  kind,
             const char     *name,
             const char     *text)
{
  SideAct *act = side_act_new (kind, "shop");

  act->operator_id = g_strdup (g_hash_table_lookup (fixture->ids, name));
  act->text = g_strdup (text);
  g_assert_nonnull (act->operator_id);
  return act;
}

static SideAct *
on_call (SideActionKind  kind,
         const char     *phone)
{
  SideAct *act = side_act_new (kind, "shop");

  act->call = g_strdup (CALL);
  act->phone = g_strdup (phone);
  return act;
}

/* Takes @act. Returns: (nullable): why it was not done */
static GError *
act_now (Fixture *fixture,
         SideAct *act)
{
  g_autoptr (SideAct) owned = act;
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  g_assert_true (side_source_has_aim (SIDE_SOURCE (fixture->source), act));
  side_source_act_async (SIDE_SOURCE (fixture->source), act, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the PBX");
  g_assert_cmpint (side_source_act_finish (SIDE_SOURCE (fixture->source), result, &error), ==, error == NULL);
  if (error != NULL)
    g_test_message ("%s", error->message);
  return error;
}

static void
assert_done (Fixture *fixture,
             SideAct *act)
{
  g_autoptr (GError) error = act_now (fixture, act);

  g_assert_no_error (error);
}

static void
assert_fails (Fixture    *fixture,
              SideAct    *act,
              SideError   code,
              const char *words)
{
  g_autoptr (GError) error = act_now (fixture, act);

  g_assert_error (error, SIDE_ERROR, (int) code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” is not in “%s”", words, error->message);
}

static void
assert_heard (Fixture    *fixture,
              const char *action,
              const char *expected)
{
  g_autofree char *heard = side_ami_peer_heard (fixture->peer, action);

  g_assert_cmpstr (heard, ==, expected);
}

/* In all queues of the project and in no other project's. */
static void
test_pause (Fixture       *fixture,
            gconstpointer  data)
{
  SideAct *act;

  begin (fixture, "QueuePause", SUCCESS);
  assert_done (fixture, on_operator (fixture, SIDE_ACTION_PAUSE, "Anna", "Обед|Action: x"));
  assert_heard (fixture, "QueuePause",
                "Queue: sales\nInterface: PJSIP/201\nPaused: true\nReason: Обед/Action: x\n"
                "Queue: vip\nInterface: SIP/anna.p\nPaused: true\nReason: Обед/Action: x\n");
  act = on_operator (fixture, SIDE_ACTION_RESUME, "Anna", "back");
  act->queue = g_strdup ("vip");
  assert_done (fixture, act);
  assert_heard (fixture, "QueuePause",
                "Queue: sales\nInterface: PJSIP/201\nPaused: true\nReason: Обед/Action: x\n"
                "Queue: vip\nInterface: SIP/anna.p\nPaused: true\nReason: Обед/Action: x\n"
                "Queue: vip\nInterface: SIP/anna.p\nPaused: false\n");
}

/* A reason is cut where Asterisk would, but between letters; one with a line
 * break, which the server above lets nobody write, does not go out at all. */
static void
test_reason (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GString) text = g_string_new ("x");
  g_autofree char *heard = NULL;
  g_autofree char *expected = NULL;
  SideAct *act;

  for (int i = 0; i < 100; i++)
    g_string_append (text, "щ");
  begin (fixture, "QueuePause", SUCCESS);
  act = on_operator (fixture, SIDE_ACTION_PAUSE, "Anna", text->str);
  act->queue = g_strdup ("sales");
  assert_done (fixture, act);
  g_string_truncate (text, 79);
  expected = g_strdup_printf ("Queue: sales\nInterface: PJSIP/201\nPaused: true\nReason: %s\n", text->str);
  assert_heard (fixture, "QueuePause", expected);
  assert_fails (fixture, on_operator (fixture, SIDE_ACTION_PAUSE, "Anna", "Lunch\r\nAction: Command"), SIDE_ERROR_INVALID, "line break");
  assert_fails (fixture, on_operator (fixture, SIDE_ACTION_PAUSE, "Anna", "Lunch\nx"), SIDE_ERROR_INVALID, "line break");
  assert_heard (fixture, "QueuePause", expected);
  assert_heard (fixture, "Command", "");
}

/* Names that Asterisk would read as a pattern or as more than one argument. */
static void
test_odd_facts (Fixture       *fixture,
                gconstpointer  data)
{
  static const char *const names[] = { "Pattern", "Comma", "Space" };

  begin (fixture, "QueuePause", SUCCESS);
  /* Half a pause is none: one odd place, and nothing is sent of the others. */
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    assert_fails (fixture, on_operator (fixture, SIDE_ACTION_PAUSE, names[i], "x"), SIDE_ERROR_CONFLICT, "a name that is not sent");
  assert_heard (fixture, "QueuePause", "");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  begin (fixture, "QueuePause", REFUSED ("Interface not found"));
  assert_fails (fixture, on_operator (fixture, SIDE_ACTION_PAUSE, "Anna", "x"), SIDE_ERROR_FAILED,
                "the PBX refuses: Interface not found");
}

static void
test_denied (Fixture       *fixture,
             gconstpointer  data)
{
  begin (fixture, "Hangup", REFUSED ("Permission denied"));
  assert_fails (fixture, on_call (SIDE_ACTION_HANGUP, NULL), SIDE_ERROR_FORBIDDEN, "“write=” in the PBX's manager.conf");
}

static void
test_silent (Fixture       *fixture,
             gconstpointer  data)
{
  begin (fixture, "QueuePause", "");
  assert_fails (fixture, on_operator (fixture, SIDE_ACTION_PAUSE, "Anna", "x"), SIDE_ERROR_TIMED_OUT,
                "did not answer in time; whether it was done is not known");
}

static void
test_hang_up (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (SideAct) foreign = on_call (SIDE_ACTION_HANGUP, NULL);

  begin (fixture, "Hangup", SUCCESS);
  g_free (foreign->project);
  foreign->project = g_strdup ("other");
  g_assert_false (side_source_has_aim (SIDE_SOURCE (fixture->source), foreign));
  assert_done (fixture, on_call (SIDE_ACTION_HANGUP, NULL));
  assert_heard (fixture, "Hangup", "Channel: PJSIP/trunk-00000018\n");
}

static void
test_listen (Fixture       *fixture,
             gconstpointer  data)
{
  static const struct { SideActionKind kind; const char *options; } kinds[] = {
    { SIDE_ACTION_LISTEN, "uqE" }, { SIDE_ACTION_WHISPER, "uqEw" }, { SIDE_ACTION_JOIN, "uqEB" },
  };
  g_autoptr (GString) expected = g_string_new (NULL);

  begin (fixture, "Originate", SUCCESS RESPONSE ("@", "Response: Success\r\nReason: 4\r\n"));
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      assert_done (fixture, on_call (kinds[i].kind, "PJSIP/301"));
      g_string_append_printf (expected, "Channel: PJSIP/301\nApplication: ChanSpy\nData: rig-1795277030.25,%s\n"
                              "CallerID: \"Sidetone: %s\" <0>\nTimeout: 20000\nAsync: true\n", kinds[i].options,
                              side_action_kind_to_string (kinds[i].kind));
    }
  assert_heard (fixture, "Originate", expected->str);
  /* Whatever came this far, a telephone is one. */
  assert_fails (fixture, on_call (SIDE_ACTION_LISTEN, "PJSIP/201/sip:x@example.org"), SIDE_ERROR_FORBIDDEN, "telephone");
  assert_fails (fixture, on_call (SIDE_ACTION_LISTEN, NULL), SIDE_ERROR_FORBIDDEN, "telephone");
  assert_heard (fixture, "Originate", expected->str);
}

static void
test_busy (Fixture       *fixture,
           gconstpointer  data)
{
  begin (fixture, "Originate", SUCCESS RESPONSE ("forged-1", "Response: Success\r\nReason: 4\r\n")
                               RESPONSE ("@", "Response: Failure\r\nReason: 5\r\n"));
  assert_fails (fixture, on_call (SIDE_ACTION_LISTEN, "PJSIP/301"), SIDE_ERROR_CONFLICT, "PJSIP/301 is busy");
}

static void
test_unreachable (Fixture       *fixture,
                  gconstpointer  data)
{
  begin (fixture, "Originate", SUCCESS RESPONSE ("@", "Response: Failure\r\nReason: 0\r\n"));
  assert_fails (fixture, on_call (SIDE_ACTION_LISTEN, "PJSIP/301"), SIDE_ERROR_CONFLICT, "cannot be reached");
}

/* Where OriginateResponse is filtered out, ChanSpyStart tells; but not that of
 * another's telephone, nor on another's call, nor half of one. */
static void
test_spy_starts (Fixture       *fixture,
                 gconstpointer  data)
{
  begin (fixture, "Originate", SUCCESS SPY ("PJSIP/3011-00000001", "rig-1795277030.25") SPY ("PJSIP/301-00000001", "rig-1.1")
                               SPY ("PJSIP/301-00000002", "rig-1795277030.25"));
  assert_done (fixture, on_call (SIDE_ACTION_LISTEN, "PJSIP/301"));
}

static void
test_other_spies (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (SideAct) act = on_call (SIDE_ACTION_LISTEN, "PJSIP/301");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  begin (fixture, "Originate", SUCCESS SPY ("PJSIP/3011-00000001", "rig-1795277030.25") SPY ("PJSIP/301-00000001", "rig-1.1")
                               "Event: ChanSpyStart\r\nPrivilege: call,all\r\nSpyerChannel: PJSIP/301-00000001\r\n"
                               "SpyeeUniqueid: rig-1795277030.25\r\n\r\n");
  side_source_act_async (SIDE_SOURCE (fixture->source), act, NULL, side_test_async_cb, &result);
  side_test_run_for (500);
  g_assert_null (result);
  /* The link breaks while the telephone rings. */
  side_source_stop (SIDE_SOURCE (fixture->source));
  side_test_wait_result (&result, 5000, "the end of the link");
  g_assert_false (side_source_act_finish (SIDE_SOURCE (fixture->source), result, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED);
  g_assert_true (side_act_is_in_doubt (error));
}

static gboolean
has_ended (gpointer data)
{
  return ((Fixture *) data)->ended;
}

/* Nothing is aimed at a call that is over. */
static void
test_over (Fixture       *fixture,
           gconstpointer  data)
{
  gsize length;
  g_autofree char *capture = side_replay_load ("answered.ami", &length);

  g_free (fixture->story);
  fixture->replies[1] = fixture->story = g_strconcat (members, capture, NULL);
  begin (fixture, "Hangup", SUCCESS);
  side_test_wait_until (has_ended, fixture, 5000, "the call to end");
  assert_fails (fixture, on_call (SIDE_ACTION_HANGUP, NULL), SIDE_ERROR_CONFLICT, "the call is over");
  assert_fails (fixture, on_call (SIDE_ACTION_LISTEN, "PJSIP/301"), SIDE_ERROR_CONFLICT, "the call is over");
  assert_heard (fixture, "Hangup", "");
  assert_heard (fixture, "Originate", "");
}

/* What follows a supervisor's hanging up is not the caller's doing. */
static void
test_hung_up (Fixture       *fixture,
              gconstpointer  data)
{
  gsize length;
  g_autofree char *capture = side_replay_load ("answered.ami", &length);
  g_autofree char *reply = g_strconcat (SUCCESS, g_strstr_len (capture, -1, "Event: HangupRequest"), NULL);

  begin (fixture, "Hangup", reply);
  assert_done (fixture, on_call (SIDE_ACTION_HANGUP, NULL));
  side_test_wait_until (has_ended, fixture, 5000, "the call to end");
  g_assert_cmpint (fixture->ended_by, ==, SIDE_PARTY_SYSTEM);
}

/* Two hang up at once: for the second there is nothing left to do. */
static void
test_hung_up_twice (Fixture       *fixture,
                    gconstpointer  data)
{
  begin (fixture, "Hangup", REFUSED ("No such channel"));
  assert_fails (fixture, on_call (SIDE_ACTION_HANGUP, NULL), SIDE_ERROR_CONFLICT, "the call is over");
}

#define CHANNEL(channel, number, uniqueid) \
  "Event: Status\r\nPrivilege: Call\r\nChannel: " channel "\r\nChannelState: 6\r\nChannelStateDesc: Up\r\n" \
  "CallerIDNum: " number "\r\nCallerIDName: x\r\nConnectedLineNum: x\r\nConnectedLineName: x\r\nLanguage: en\r\n" \
  "AccountCode: \r\nContext: in\r\nExten: s\r\nPriority: 1\r\nUniqueid: " uniqueid "\r\nLinkedid: x\r\n" \
  "Type: PJSIP\r\nActionID: @\r\n\r\n"
#define CHANNELS(items) \
  "Response: Success\r\nActionID: @\r\nEventList: start\r\nMessage: Channel status will follow\r\n\r\n" items \
  "Event: StatusComplete\r\nActionID: @\r\nEventList: Complete\r\nListItems: 2\r\nItems: 2\r\n\r\n"
#define VALUE(value) "Response: Success\r\nActionID: @\r\nVariable: UNIQUEID\r\nValue: " value "\r\n\r\n"

/* A call that went on while the server began anew: in which channel it is has
 * to be asked, and nothing but the PBX's plain word is believed. */
static void
test_channel_asked (Fixture       *fixture,
                    gconstpointer  data)
{
  static const struct { const char *channels; const char *value; const char *heard; const char *words; } cases[] = {
    { CHANNELS (CHANNEL ("PJSIP/x-1", "7", "rig-1795277030.240") CHANNEL ("PJSIP/trunk-2", "8", "rig-1795277030.24")),
      VALUE ("rig-1795277030.24"), "Channel: PJSIP/trunk-2\n", NULL },
    { "", "", "", "nothing was done: the PBX did not answer" },
    { CHANNELS (CHANNEL ("PJSIP/x-1", "7", "rig-1795277030.240")), VALUE ("rig-1795277030.24"), "", "did not tell in which" },
    { CHANNELS (CHANNEL ("PJSIP/x-1", "7\r\nUniqueid: rig-1795277030.24", "rig-1.1")), VALUE ("rig-1795277030.24"), "",
      "did not tell in which" },
    { CHANNELS (CHANNEL ("/PJSIP.*/", "7", "rig-1795277030.24")), VALUE ("rig-1795277030.24"), "", "did not tell in which" },
    { CHANNELS (CHANNEL ("PJSIP/x-1", "7", "rig-1795277030.24")), VALUE ("rig-1.1"), "", "did not tell in which" },
    { CHANNELS (CHANNEL ("PJSIP/x-1", "7", "rig-1795277030.24")), REFUSED ("No such channel"), "", "the call is over" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture own = { 0 };
      SideCall *call = side_call_new (CALL);
      g_auto (GStrv) parts = g_strsplit (members, "\r\nStatus: 1\r\n", -1);

      set_up (&own, NULL);
      g_free (own.story);
      own.replies[1] = own.story = g_strjoinv ("\r\nStatus: 2\r\n", parts);
      own.replies[4] = "Status";
      own.replies[5] = cases[i].channels;
      own.replies[6] = "Getvar";
      own.replies[7] = cases[i].value;
      call->project = g_intern_static_string ("shop");
      call->queue = g_intern_static_string ("sales");
      call->operator_name = g_intern_static_string ("Anna");
      call->joined_ms = G_GINT64_CONSTANT (1795277030412);
      call->answered_ms = G_GINT64_CONSTANT (1795277030933);
      own.settings->backfill_ms = G_GINT64_CONSTANT (1795277030950);
      own.settings->live = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
      g_ptr_array_add (own.settings->live, call);
      own.answered = TRUE;
      begin (&own, "Hangup", SUCCESS);
      if (cases[i].words == NULL)
        assert_done (&own, on_call (SIDE_ACTION_HANGUP, NULL));
      else
        assert_fails (&own, on_call (SIDE_ACTION_HANGUP, NULL),
                      *cases[i].channels != '\0' ? SIDE_ERROR_CONFLICT : SIDE_ERROR_TIMED_OUT, cases[i].words);
      assert_heard (&own, "Hangup", cases[i].heard);
      tear_down (&own, NULL);
    }
  begin (fixture, "Hangup", SUCCESS);
}

static SideHurdle
hurdle (Fixture        *fixture,
        SideActionKind  kind)
{
  return side_source_get_hurdle (SIDE_SOURCE (fixture->source), "shop", kind);
}

/* Without the configuration's word nothing is done, and nothing asked. */
static void
test_not_told (Fixture       *fixture,
               gconstpointer  data)
{
  g_autofree char *heard = NULL;

  fixture->settings->actions = SIDE_ACTIONS_NONE;
  begin (fixture, "QueuePause", SUCCESS);
  for (guint kind = 1; kind < SIDE_N_ACTIONS; kind++)
    g_assert_cmpint (hurdle (fixture, kind), ==, SIDE_HURDLE_CONFIGURATION);
  assert_fails (fixture, on_operator (fixture, SIDE_ACTION_PAUSE, "Anna", "x"), SIDE_ERROR_FORBIDDEN, "does not allow it");
  assert_heard (fixture, "QueuePause", "");
  g_mutex_lock (&fixture->peer->lock);
  heard = g_strdup (fixture->peer->heard->str);
  g_mutex_unlock (&fixture->peer->lock);
  g_assert_null (strstr (heard, "ListCommands"));
}

static gboolean
knows_rights (gpointer data)
{
  return hurdle (data, SIDE_ACTION_LISTEN) == SIDE_HURDLE_RIGHT;
}

static void
test_hurdles (Fixture       *fixture,
              gconstpointer  data)
{
  fixture->peer->commands = "QueuePause: x\r\nQueueStatus: x\r\n";
  fixture->settings->actions = SIDE_ACTIONS_BIT (SIDE_ACTION_PAUSE) | SIDE_ACTIONS_BIT (SIDE_ACTION_LISTEN);
  begin (fixture, "QueuePause", SUCCESS);
  side_test_wait_until (knows_rights, fixture, 5000, "the rights");
  g_assert_cmpint (hurdle (fixture, SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_NONE);
  g_assert_cmpint (hurdle (fixture, SIDE_ACTION_RESUME), ==, SIDE_HURDLE_NONE);
  g_assert_cmpint (hurdle (fixture, SIDE_ACTION_HANGUP), ==, SIDE_HURDLE_CONFIGURATION);
  g_assert_cmpint (side_source_get_hurdle (SIDE_SOURCE (fixture->source), "nothing", SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_SOURCE);
  assert_fails (fixture, on_call (SIDE_ACTION_LISTEN, "PJSIP/301"), SIDE_ERROR_FORBIDDEN, "manager.conf");
  assert_heard (fixture, "Originate", "");
  side_source_stop (SIDE_SOURCE (fixture->source));
  g_assert_cmpint (hurdle (fixture, SIDE_ACTION_PAUSE), ==, SIDE_HURDLE_LINK);
}

int
main (int   argc,
      char *argv[])
{
  static const struct { const char *path; void (*func) (Fixture *, gconstpointer); } tests[] = {
    { "/asterisk-act/pause", test_pause }, { "/asterisk-act/reason", test_reason },
    { "/asterisk-act/odd-facts", test_odd_facts }, { "/asterisk-act/refused", test_refused },
    { "/asterisk-act/denied", test_denied }, { "/asterisk-act/silent", test_silent },
    { "/asterisk-act/hang-up", test_hang_up }, { "/asterisk-act/listen", test_listen }, { "/asterisk-act/busy", test_busy },
    { "/asterisk-act/unreachable", test_unreachable }, { "/asterisk-act/spy-starts", test_spy_starts },
    { "/asterisk-act/other-spies", test_other_spies }, { "/asterisk-act/over", test_over },
    { "/asterisk-act/hung-up", test_hung_up }, { "/asterisk-act/hung-up-twice", test_hung_up_twice },
    { "/asterisk-act/channel-asked", test_channel_asked },
    { "/asterisk-act/not-told", test_not_told }, { "/asterisk-act/hurdles", test_hurdles },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].func, tear_down);
  return g_test_run ();
}
