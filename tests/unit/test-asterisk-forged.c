/* test-asterisk-forged.c - what a caller's number brings in comes to nothing
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A real capture is taken and the number of its caller replaced by what a
 * stranger put there, in every event that prints it, as Asterisk does.
 */
#include <string.h>

#include "side-asterisk-replay.h"
#include "side-test.h"

/* At most 79 bytes each, which is what Asterisk keeps of a number. */
static const char * const forgeries[] = {
  "7916\r\nQueue: vip",
  "7916\r\nUniqueid: rig-1795277030.99",
  "7916\nQueue: vip",
  "7916\rQueue: vip",
  "7\r\n\r\nEvent: AgentConnect\r\nPrivilege: agent,all\r\nTimestamp: 1\r\nSystemName: rig",
  "7\r\n\r\nEvent: QueueCallerJoin\r\nPrivilege: agent,all\r\nChannel: PJSIP/x\r\nQueue: vip",
  "7\r\n\r\nEvent: Hangup\r\nPrivilege: call,all\r\nCause: 16\r\nChannel: PJSIP/trunk-00000018",
  "7\r\n\r\nEvent: QueueMemberPause\r\nPrivilege: agent,all\r\nPaused: 1\r\nInterface: P/1",
  "7\r\n\r\nEvent: UserEvent\r\nPrivilege: user,all\r\nUserEvent: CallOutcome\r\nOrder: 1",
  "7\r\n\r\nEvent: UserEvent\r\nPrivilege: user,all\r\nUserEvent: QueueExit\r\nStatus: FULL",
  "7\r\n\r\nEvent: BlindTransfer\r\nPrivilege: call,all\r\nResult: Success\r\nExtension: 1",
  "7\r\n\r\nEvent: ChanSpyStart\r\nPrivilege: call,all\r\nSpyerChannel: PJSIP/201-1",
  "7\r\n\r\nEvent: AgentComplete\r\nPrivilege: agent,all\r\nMemberName: Anna\r\nReason: x",
  "7\r\n\r\nResponse: Success\r\nActionID: 1\r\nEventList: Complete",
  "7\r\n\r\n\r\n\r\n: :\r\n::\r\n",
};

/* Only the events of the documented filter, as it looks before the number is
 * put in: the PBX filters by the name of the event it means to print. */
static char *
make_lean (const char *bytes)
{
  static const char * const names[] = {
    "QueueCallerJoin", "QueueCallerAbandon", "AgentCalled", "AgentRingNoAnswer", "AgentConnect", "AgentComplete",
    "QueueMemberStatus", "QueueMemberPause", "Hold", "Unhold", "HangupRequest", "Hangup", "UserEvent", NULL,
  };
  g_auto (GStrv) messages = g_strsplit (bytes, "\r\n\r\n", -1);
  GString *lean = g_string_new (NULL);

  for (gsize i = 0; messages[i] != NULL; i++)
    {
      g_auto (GStrv) lines = g_strsplit (messages[i], "\r\n", 2);

      if (lines[0] != NULL && g_str_has_prefix (lines[0], "Event: ") && g_strv_contains (names, lines[0] + 7))
        g_string_append_printf (lean, "%s\r\n\r\n", messages[i]);
    }
  return g_string_free (lean, FALSE);
}

static char *
forge (const char *capture,
       gboolean    lean,
       const char *honest,
       const char *number)
{
  gsize length;
  g_autofree char *bytes = side_replay_load (capture, &length);
  g_autofree char *feed = lean ? make_lean (bytes) : g_strdup (bytes);
  g_auto (GStrv) parts = g_strsplit (feed, honest, -1);

  g_assert_cmpuint (g_strv_length (parts), >, 3);
  return g_strjoinv (number, parts);
}

static gboolean
is_call_event (const SideEvent *event)
{
  return event->call != NULL && event->kind != SIDE_EVENT_OPERATOR_STATE;
}

/* queue_log then has the call, with the number cut at the line break. */
static const char queue_log[] =
    "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||7\n"
    "junk|1|Ivan\n"
    "1795277030|NONE|NONE|NONE|CONFIGRELOAD|\n1795277030|NONE|NONE|NONE|CONFIGRELOAD|\n"
    "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n"
    "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|1\n";

static void
test_feed (gconstpointer data)
{
  gboolean lean = GPOINTER_TO_INT (data);

  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autoptr (SideReplay) replay = side_replay_new ();
      g_autofree char *bytes = forge ("answered.ami", lean, "79161234567", forgeries[i]);
      g_autofree char *told = NULL;
      guint calls = 0;

      g_test_message ("%s", forgeries[i]);
      side_replay_bytes (replay, bytes, strlen (bytes));
      for (guint j = 0; j < replay->events->len; j++)
        {
          const SideEvent *event = g_ptr_array_index (replay->events, j);

          /* A lone CR or LF stays in the value, and is taken out of it. */
          if (strstr (forgeries[i], "\r\n") != NULL)
            g_assert_false (is_call_event (event));
          g_assert_cmpint (event->state, !=, SIDE_OPERATOR_BREAK);
          g_assert_true (event->queue == NULL || strcmp (event->queue, "sales") == 0);
        }
      g_assert_true (replay->suspicions > 0 || strchr (forgeries[i], '\r') == NULL || strstr (forgeries[i], "\r\n") == NULL);

      replay->now_ms = G_GINT64_CONSTANT (1795277040000);
      side_replay_log (replay, queue_log);
      side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 2000);
      told = side_replay_story (replay, TRUE);
      for (guint j = 0; j < replay->events->len; j++)
        {
          const SideEvent *event = g_ptr_array_index (replay->events, j);

          if (event->kind == SIDE_EVENT_CALL_ENDED)
            {
              calls++;
              g_assert_cmpint (event->outcome, ==, SIDE_OUTCOME_ANSWERED);
              g_assert_cmpint (ABS (event->talk_ms - 3000), <=, 1000);
            }
        }
      g_assert_cmpuint (calls, ==, 1);
      g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), ==, 1);
    }
}

static const SideEvent *
find_end (SideReplay *replay,
          const char *call)
{
  for (guint i = 0; i < replay->events->len; i++)
    {
      const SideEvent *event = g_ptr_array_index (replay->events, i);

      if (event->kind == SIDE_EVENT_CALL_ENDED && g_strcmp0 (event->call, call) == 0)
        return event;
    }
  return NULL;
}

/* What lies in a stranger's shadow is believed only if it is longer than what
 * a number may hold. */
static void
test_shadow (void)
{
  static const struct {
    const char *number;
    const char *after;
    gboolean    believed;
  } cases[] = {
    { "7\n1795277030|NONE|NONE|NONE|CONFIGRELOAD|xxxxxxxxxxx",
      "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|1", TRUE },
    { "7\nx", "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|1", FALSE },
    { "7\n1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0", "", FALSE },
    /* A control character is taken out of a column of digits. */
    { "7\n1795277030|NONE|NONE|NONE|CONFIGRELOAD|xxxxxxxxxxx",
      "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|\x01" "1", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideReplay) replay = side_replay_new ();
      g_autofree char *bytes = forge ("answered.ami", TRUE, "79161234567", "7\r\n\r\n");
      g_autofree char *lines = g_strdup_printf ("1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||%s|1|5\n%s\n",
                                                cases[i].number, cases[i].after);

      g_test_message ("%s", cases[i].number);
      side_replay_bytes (replay, bytes, strlen (bytes));
      replay->now_ms = G_GINT64_CONSTANT (1795277032000);
      side_replay_log (replay, lines);
      side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 1600);
      g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), ==, 1);
      g_assert_true ((find_end (replay, "rig-1795277030.24:sales:1") != NULL) == cases[i].believed);
    }
}

/* A leg whose end lies in a shadow ends when its operator's telephone is free,
 * and queue_log may still say more of it. */
static void
test_unended (void)
{
  static const char began[] = "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||7\n"
                              "junk|1|Ivan\n"
                              "1795277030|NONE|NONE|NONE|CONFIGRELOAD|\n1795277030|NONE|NONE|NONE|CONFIGRELOAD|\n"
                              "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n";
  static const char shadowed[] = "1795277033|rig-1795277033.30|sales|NONE|ENTERQUEUE||7\nx|1|Ivan\n"
                                 "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|1\n";
  static const char late[] = "1795277033|NONE|NONE|NONE|CONFIGRELOAD|\n1795277033|NONE|NONE|NONE|CONFIGRELOAD|\n"
                             "1795277034|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|4|1\n";
  g_autoptr (SideReplay) replay = side_replay_new ();
  g_autofree char *bytes = forge ("answered.ami", TRUE, "79161234567", "7\r\n\r\n");
  char *freed = g_strrstr (bytes, "Event: QueueMemberStatus");
  const SideEvent *end;

  g_assert_nonnull (freed);
  side_replay_bytes (replay, bytes, (gsize) (freed - bytes));
  replay->now_ms = G_GINT64_CONSTANT (1795277031000);
  side_replay_log (replay, began);
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 1600);
  /* In use for an hour, it is no sign of an end. */
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 3600 * 1000);
  g_assert_null (find_end (replay, "rig-1795277030.24:sales:1"));

  side_replay_bytes (replay, freed, strlen (freed));
  replay->now_ms = G_GINT64_CONSTANT (1795277033500);
  side_replay_log (replay, shadowed);
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 1600);
  g_assert_null (find_end (replay, "rig-1795277030.24:sales:1"));
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 6000);
  end = find_end (replay, "rig-1795277030.24:sales:1");
  g_assert_nonnull (end);
  g_assert_cmpint (end->outcome, ==, SIDE_OUTCOME_ANSWERED);
  g_assert_cmpint (end->ended_by, ==, SIDE_PARTY_UNKNOWN);
  g_assert_cmpint (end->at_ms, ==, G_GINT64_CONSTANT (1795277033416));

  side_replay_forget (replay);
  side_replay_log (replay, late);
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 8000);
  end = find_end (replay, "rig-1795277030.24:sales:1");
  g_assert_nonnull (end);
  g_assert_cmpint (end->ended_by, ==, SIDE_PARTY_CALLER);
}

/* A telephone that took its next call at once shows the end late; a line that
 * is left out, but fits, is nearer. One that does not fit is nothing. */
static void
test_hint (void)
{
  static const struct {
    const char *line;
    gint64      end_ms;
  } cases[] = {
    { "1795277031|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|1|1\n", G_GINT64_CONSTANT (1795277031000) },
    { "1795277031|rig-1795277030.24|sales|Eve|COMPLETECALLER|0|1|1\n", G_GINT64_CONSTANT (1795277033416) },
    { "1795277031|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|9|1\n", G_GINT64_CONSTANT (1795277033416) },
    { "1795277039|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|9|1\n", G_GINT64_CONSTANT (1795277033416) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideReplay) replay = side_replay_new ();
      g_autofree char *bytes = forge ("answered.ami", TRUE, "79161234567", "7\r\n\r\n");
      g_autofree char *lines = g_strconcat (
          "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||7\njunk|1|Ivan\n"
          "1795277030|NONE|NONE|NONE|CONFIGRELOAD|\n1795277030|NONE|NONE|NONE|CONFIGRELOAD|\n"
          "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n"
          "1795277031|rig-1795277031.30|sales|NONE|ENTERQUEUE||7\nx|1|Ivan\n", cases[i].line, NULL);
      const SideEvent *end;

      side_replay_bytes (replay, bytes, strlen (bytes));
      replay->now_ms = G_GINT64_CONSTANT (1795277033500);
      side_replay_log (replay, lines);
      side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 1600);
      side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 6000);
      end = find_end (replay, "rig-1795277030.24:sales:1");
      g_assert_nonnull (end);
      g_assert_cmpint (end->at_ms, ==, cases[i].end_ms);
    }
}

/* Anna's telephone; @state is Asterisk's number of what it is doing. */
static void
show_device (SideReplay *replay,
             const char *like,
             gint64      at_s,
             int         state)
{
  g_autofree char *one = g_strndup (like, (gsize) (strstr (like, "\r\n\r\n") + 4 - like));
  g_autofree char *when = g_strdup_printf ("Timestamp: %" G_GINT64_FORMAT ".0\r\nSystemName: rig", at_s);
  g_autofree char *what = g_strdup_printf ("\r\nStatus: %d\r\n", state);
  g_auto (GStrv) halves = g_strsplit (one, "\r\nStatus: 1\r\n", 2);
  g_autofree char *changed = g_strjoinv (what, halves);
  char *stamp = strstr (changed, "Timestamp: ");
  char *rest = strstr (changed, "SystemName: rig");
  g_autofree char *bytes = NULL;

  g_assert_true (halves[1] != NULL && stamp != NULL && rest != NULL);
  *stamp = '\0';
  bytes = g_strconcat (changed, when, rest + strlen ("SystemName: rig"), NULL);
  g_assert_cmpuint (side_replay_bytes (replay, bytes, strlen (bytes)), ==, 1);
}

/* A telephone with two lines: an answer on one is no end on the other, and
 * free for a moment is not free. */
static void
test_two_lines (void)
{
  static const char first[] = "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||7|1|Ivan\n"
                              "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n";
  static const char second[] = "1795277060|rig-1795277060.30|vip|NONE|ENTERQUEUE||8|1|Olga\n"
                               "1795277061|rig-1795277060.30|vip|Anna|CONNECT|1|rig-1795277060.31|0\n";
  g_autoptr (SideReplay) replay = side_replay_new ();
  gsize length;
  g_autofree char *bytes = side_replay_load ("answered.ami", &length);
  const char *free_again = g_strrstr (bytes, "Event: QueueMemberStatus");
  gint64 begin_s = 1795277031;
  const SideEvent *end;

  show_device (replay, free_again, begin_s - 1, 1);
  show_device (replay, free_again, begin_s, 2);
  replay->now_ms = begin_s * 1000;
  side_replay_log (replay, first);
  side_asterisk_tracker_tick (replay->tracker, (begin_s + 2) * 1000);
  replay->now_ms = (begin_s + 31) * 1000;
  side_replay_log (replay, second);
  side_asterisk_tracker_tick (replay->tracker, (begin_s + 33) * 1000);
  g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), ==, 2);
  side_asterisk_tracker_tick (replay->tracker, (begin_s + 300) * 1000);
  g_assert_null (find_end (replay, "rig-1795277030.24:sales:1"));

  show_device (replay, free_again, begin_s + 400, 1);
  side_asterisk_tracker_tick (replay->tracker, (begin_s + 402) * 1000);
  show_device (replay, free_again, begin_s + 403, 2);
  side_asterisk_tracker_tick (replay->tracker, (begin_s + 500) * 1000);
  g_assert_null (find_end (replay, "rig-1795277030.24:sales:1"));
  g_assert_null (find_end (replay, "rig-1795277060.30:vip:1"));

  show_device (replay, free_again, begin_s + 600, 1);
  side_asterisk_tracker_tick (replay->tracker, (begin_s + 604) * 1000);
  g_assert_null (find_end (replay, "rig-1795277030.24:sales:1"));
  side_asterisk_tracker_tick (replay->tracker, (begin_s + 606) * 1000);
  end = find_end (replay, "rig-1795277030.24:sales:1");
  g_assert_nonnull (end);
  g_assert_cmpint (end->at_ms, ==, (begin_s + 600) * 1000);
  g_assert_nonnull (find_end (replay, "rig-1795277060.30:vip:1"));
}

/* The list that answers QueueStatus has the number too. */
static void
test_list (void)
{
  static const char item[] =
      "Event: QueueEntry\r\nQueue: sales\r\nPosition: 1\r\nChannel: PJSIP/trunk-1\r\nUniqueid: rig-1.1\r\n"
      "CallerIDNum: @\r\nCallerIDName: x\r\nConnectedLineNum: unknown\r\nConnectedLineName: unknown\r\n"
      "Wait: 5\r\nPriority: 0\r\nActionID: a-1\r\n\r\n";
  static const char * const numbers[] = {
    "7\r\n\r\nEvent: QueueMember\r\nQueue: sales\r\nName: Eve\r\nLocation: P/1\r\nStatus: 1",
    "7\r\n\r\nEvent: QueueEntry\r\nQueue: vip\r\nPosition: 1\r\nChannel: P/1\r\nUniqueid: 1.2",
    "7\r\nUniqueid: rig-1.2",
    "7\nx",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (SideReplay) replay = side_replay_new ();
      g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
      g_auto (GStrv) parts = g_strsplit (item, "@", -1);
      g_autofree char *bytes = g_strjoinv (numbers[i], parts);
      SideAmiMessage message;
      gsize room;

      memcpy (side_ami_reader_reserve (reader, &room), bytes, strlen (bytes));
      side_ami_reader_commit (reader, strlen (bytes));
      side_asterisk_tracker_status_begin (replay->tracker, replay->now_ms);
      while (side_ami_reader_next (reader, &message, NULL) == SIDE_AMI_MESSAGE)
        side_asterisk_tracker_status_item (replay->tracker, &message, replay->now_ms);
      side_asterisk_tracker_status_end (replay->tracker, 0, replay->now_ms);
      g_assert_cmpuint (replay->events->len, ==, 0);
      g_assert_cmpuint (side_asterisk_tracker_get_refused (replay->tracker), >, 0);
    }
}

/* Another channel's name, another system's event, a call nobody told of. */
static void
test_strangers (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  g_autofree char *other = forge ("answered.ami", FALSE, "PJSIP/trunk-00000018", "PJSIP/trunk-00000099");
  g_autofree char *system = forge ("abandoned.ami", FALSE, "SystemName: rig", "SystemName: evil");
  guint events;

  side_replay_file (replay, "answered.ami");
  events = replay->events->len;
  g_assert_cmpuint (replay->suspicions, ==, 0);
  g_strstr_len (other, -1, "Event: QueueCallerJoin")[7] = 'X';
  side_replay_bytes (replay, other, strlen (other));
  g_assert_cmpuint (replay->suspicions, >, 3);
  for (guint i = events; i < replay->events->len; i++)
    g_assert_false (is_call_event (g_ptr_array_index (replay->events, i)));

  side_replay_forget (replay);
  side_asterisk_tracker_set_system (replay->tracker, "rig");
  side_replay_bytes (replay, system, strlen (system));
  g_assert_cmpuint (replay->events->len, ==, 0);
  g_assert_cmpuint (replay->suspicions, >, 3);
}

/* What QueueStatus does not list any more ends, though not at once: queue_log
 * may know better. */
static void
test_absent (void)
{
  g_autoptr (SideReplay) replay = side_replay_new ();
  gsize length;
  g_autofree char *bytes = side_replay_load ("abandoned.ami", &length);
  const SideEvent *last;

  side_replay_bytes (replay, bytes, (gsize) (g_strstr_len (bytes, -1, "Event: HangupRequest") - bytes));
  replay->now_ms = G_GINT64_CONSTANT (1795277064000);
  side_asterisk_tracker_status_begin (replay->tracker, replay->now_ms);
  side_asterisk_tracker_status_end (replay->tracker, 0, replay->now_ms);
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 4000);
  last = g_ptr_array_index (replay->events, replay->events->len - 1);
  g_assert_cmpint (last->kind, !=, SIDE_EVENT_CALL_ENDED);
  side_replay_forget (replay);
  side_asterisk_tracker_tick (replay->tracker, replay->now_ms + 6000);
  last = g_ptr_array_index (replay->events, 0);
  g_assert_cmpint (last->kind, ==, SIDE_EVENT_CALL_ENDED);
  g_assert_cmpint (last->outcome, ==, SIDE_OUTCOME_LOST);
  g_assert_cmpint (last->at_ms, ==, replay->now_ms);
}

/* A list that still has who has just left does not bring them back. */
static void
test_late_entry (void)
{
  static const char item[] =
      "Event: QueueEntry\r\nQueue: sales\r\nPosition: 1\r\nChannel: PJSIP/trunk-00000024\r\n"
      "Uniqueid: rig-1795277060.38\r\nCallerIDNum: 79161234567\r\nCallerIDName: Ivan\r\nConnectedLineNum: unknown\r\n"
      "ConnectedLineName: unknown\r\nWait: 2\r\nPriority: 0\r\nActionID: a-1\r\n\r\n";
  g_autoptr (SideReplay) replay = side_replay_new ();
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
  SideAmiMessage message;
  gsize room;

  side_replay_file (replay, "abandoned.ami");
  replay->now_ms = ((SideEvent *) g_ptr_array_index (replay->events, 0))->at_ms + 2100;
  side_replay_forget (replay);
  memcpy (side_ami_reader_reserve (reader, &room), item, sizeof item - 1);
  side_ami_reader_commit (reader, sizeof item - 1);
  g_assert_cmpint (side_ami_reader_next (reader, &message, NULL), ==, SIDE_AMI_MESSAGE);
  side_asterisk_tracker_status_begin (replay->tracker, replay->now_ms);
  side_asterisk_tracker_status_item (replay->tracker, &message, replay->now_ms);
  g_assert_cmpuint (replay->events->len, ==, 0);

  /* Nor does one that is read long after it was asked for. */
  side_asterisk_tracker_status_item (replay->tracker, &message, replay->now_ms + 9000);
  g_assert_cmpuint (replay->events->len, ==, 0);

  /* The same channel waits again, a minute later: another visit. */
  side_asterisk_tracker_status_begin (replay->tracker, replay->now_ms + 60000);
  side_asterisk_tracker_status_item (replay->tracker, &message, replay->now_ms + 60000);
  g_assert_cmpuint (replay->events->len, ==, 1);
  g_assert_cmpstr (((SideEvent *) g_ptr_array_index (replay->events, 0))->call, ==, "rig-1795277060.38:sales:2");
}

/* A list that is made just before the event of somebody's coming has them
 * first: one visit. */
static void
test_early_entry (void)
{
  static const char item[] =
      "Event: QueueEntry\r\nQueue: sales\r\nPosition: 1\r\nChannel: PJSIP/trunk-00000024\r\n"
      "Uniqueid: rig-1795277060.38\r\nCallerIDNum: 79161234567\r\nCallerIDName: Ivan\r\nConnectedLineNum: unknown\r\n"
      "ConnectedLineName: unknown\r\nWait: 0\r\nPriority: 0\r\nActionID: a-1\r\n\r\n";
  g_autoptr (SideReplay) replay = side_replay_new ();
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
  SideAmiMessage message;
  gsize room;

  memcpy (side_ami_reader_reserve (reader, &room), item, sizeof item - 1);
  side_ami_reader_commit (reader, sizeof item - 1);
  g_assert_cmpint (side_ami_reader_next (reader, &message, NULL), ==, SIDE_AMI_MESSAGE);
  replay->now_ms = G_GINT64_CONSTANT (1795277060386);
  side_asterisk_tracker_status_begin (replay->tracker, replay->now_ms);
  side_asterisk_tracker_status_item (replay->tracker, &message, replay->now_ms);
  side_asterisk_tracker_status_end (replay->tracker, 0, replay->now_ms);
  side_replay_file (replay, "abandoned.ami");
  g_assert_cmpuint (side_asterisk_tracker_count_legs (replay->tracker), ==, 1);
}

#define TEST_ID "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10"

/* The capture with what the dialplan found in the header of the caller's call. */
static char *
with_header (const char *name,
             const char *value)
{
  gsize length;
  g_autofree char *bytes = side_replay_load (name, &length);
  char *at = strstr (strstr (bytes, "Event: QueueCallerJoin"), "\r\nQueue: ");

  g_assert_nonnull (at);
  *at = '\0';
  return g_strdup_printf ("%s\r\nChanVariable: SIDETONE_TEST=%s\r\n%s", bytes, value, at + 2);
}

/* Anybody may send the header of test calls: only an id is taken from it, and nobody is told of it. */
static void
test_header (void)
{
  static const char *const values[] = {
    TEST_ID, "0F3A7A0E-6A52-4D8E-9D3C-2B7F7C1A5E10", "", "x", "' OR 1=1", TEST_ID "0", TEST_ID ";" TEST_ID,
    "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e1", "%0d%0aEvent: Hangup", "../../etc/passwd",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (SideReplay) replay = side_replay_new ();
      g_autofree char *bytes = with_header ("answered.ami", values[i]);
      g_autofree char *told = NULL;

      g_test_message ("%s", values[i]);
      side_replay_bytes (replay, bytes, strlen (bytes));
      told = side_replay_story (replay, FALSE);
      g_assert_cmpuint (replay->suspicions, ==, 0);
      g_assert_null (strcasestr (told, "0f3a7a0e"));
      g_assert_cmpuint (replay->claims->len, ==, i < 2 ? 1 : 0);
      if (i < 2)
        {
          g_autofree char *claim = g_strdup_printf ("shop rig-1795277030.24:sales:1 %s", values[i]);

          g_assert_cmpstr (replay->claims->pdata[0], ==, claim);
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/asterisk-forged/full-feed", GINT_TO_POINTER (FALSE), test_feed);
  g_test_add_data_func ("/asterisk-forged/lean-feed", GINT_TO_POINTER (TRUE), test_feed);
  g_test_add_func ("/asterisk-forged/shadow", test_shadow);
  g_test_add_func ("/asterisk-forged/unended", test_unended);
  g_test_add_func ("/asterisk-forged/hint", test_hint);
  g_test_add_func ("/asterisk-forged/two-lines", test_two_lines);
  g_test_add_func ("/asterisk-forged/list", test_list);
  g_test_add_func ("/asterisk-forged/strangers", test_strangers);
  g_test_add_func ("/asterisk-forged/absent", test_absent);
  g_test_add_func ("/asterisk-forged/header", test_header);
  g_test_add_func ("/asterisk-forged/late-entry", test_late_entry);
  g_test_add_func ("/asterisk-forged/early-entry", test_early_entry);
  return g_test_run ();
}
