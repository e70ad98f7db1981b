/* test-asterisk-source.c - the source over a link that breaks and comes back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <stdio.h>
#include <string.h>

#include "side-ami-peer.h"
#include "side-asterisk-replay.h"
#include "side-asterisk-source.h"
#include "side-error.h"
#include "side-hub.h"
#include "side-test.h"

/* Shortly after the calls of the captures. */
#define NOW_MS G_GINT64_CONSTANT (1795277040000)

static const char queues[] =
    "Event: QueueParams\r\nQueue: sales\r\nMax: 0\r\nStrategy: rrmemory\r\nCalls: 0\r\nActionID: @\r\n\r\n"
    "Event: QueueMember\r\nQueue: sales\r\nName: Anna\r\nLocation: PJSIP/201\r\nStateInterface: PJSIP/201\r\n"
    "Membership: static\r\nPenalty: 0\r\nCallsTaken: 5\r\nLastCall: 0\r\nLastPause: 0\r\nLoginTime: 0\r\nInCall: 0\r\n"
    "Status: 1\r\nPaused: 0\r\nPausedReason: \r\nWrapuptime: 0\r\nActionID: @\r\n\r\n";

typedef struct {
  char                 *folder;
  SideAsteriskSettings *settings;
  SideClock            *clock;
  SideAsteriskSource   *source;
  GString              *story;
  GString              *recordings;
  const char           *gap_source;
  char                 *gap_reason;
  gint64                gap_from_ms;
  guint                 ups;
  guint                 downs;
} Fixture;

static void
on_event (SideSource *source,
          SideEvent  *event,
          Fixture    *fixture)
{
  g_autofree char *line = NULL;

  if (event->kind == SIDE_EVENT_OPERATOR_STATE || event->kind == SIDE_EVENT_QUEUE_MEMBER)
    return;
  if (event->kind == SIDE_EVENT_SOURCE_GAP && strcmp (event->project, "shop") != 0)
    return;
  if (event->kind == SIDE_EVENT_SOURCE_GAP)
    {
      fixture->gap_source = event->source;
      fixture->gap_from_ms = event->from_ms;
      /* Errors' texts are any number, and are not kept for ever. */
      if (event->reason != NULL && fixture->gap_reason == NULL)
        fixture->gap_reason = g_strdup (event->reason);
    }
  line = side_replay_describe (event);
  if (event->kind == SIDE_EVENT_SOURCE_GAP)
    g_string_append_printf (fixture->story, "gap %s\n", event->to_ms == 0 ? "opens" : "closes");
  else
    g_string_append_printf (fixture->story, "%s\n", line);
}

static void
on_recording (SideSource *source,
              const char *project,
              const char *call,
              const char *path,
              int         channels,
              Fixture    *fixture)
{
  g_string_append_printf (fixture->recordings, "%s %s %d\n", project, call, channels);
}

static void
on_link (SideSource *source,
         gboolean    up,
         const char *reason,
         Fixture    *fixture)
{
  fixture->ups += up;
  fixture->downs += !up;
  g_assert_true (up || reason != NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (SideReplay) replay = side_replay_new ();

  fixture->folder = side_test_tmp_dir ();
  fixture->settings = side_asterisk_settings_new ();
  fixture->settings->host = g_strdup ("127.0.0.1");
  fixture->settings->user = g_strdup ("sidetone");
  fixture->settings->secret = g_strdup ("geheim");
  fixture->settings->queue_log = g_build_filename (fixture->folder, "queue_log", NULL);
  fixture->settings->times = (SideAmiTimes) {
    .connect_ms = 2000, .answer_ms = 2000, .ping_ms = 2000, .retry_min_ms = 50, .retry_max_ms = 200,
  };
  g_ptr_array_unref (fixture->settings->projects);
  fixture->settings->projects = g_ptr_array_ref (replay->projects);
  fixture->clock = side_clock_new_manual (NOW_MS);
  fixture->story = g_string_new (NULL);
  fixture->recordings = g_string_new (NULL);
  g_assert_true (g_file_set_contents (fixture->settings->queue_log, "", 0, NULL));
}

static void
begin (Fixture *fixture,
       guint16  port)
{
  g_autoptr (GError) error = NULL;

  fixture->settings->port = port;
  fixture->source = side_asterisk_source_new (fixture->settings, fixture->clock);
  g_signal_connect (fixture->source, "event", G_CALLBACK (on_event), fixture);
  g_signal_connect (fixture->source, "recording", G_CALLBACK (on_recording), fixture);
  g_signal_connect (fixture->source, "link", G_CALLBACK (on_link), fixture);
  g_assert_true (side_source_start (SIDE_SOURCE (fixture->source), &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  side_source_stop (SIDE_SOURCE (fixture->source));
  side_test_run_for (30);
  g_assert_finalize_object (fixture->source);
  side_asterisk_settings_free (fixture->settings);
  g_object_unref (fixture->clock);
  g_free (fixture->gap_reason);
  g_string_free (fixture->story, TRUE);
  g_string_free (fixture->recordings, TRUE);
  side_test_rm_rf (fixture->folder);
  g_free (fixture->folder);
}

static void
log_lines (Fixture    *fixture,
           const char *lines)
{
  FILE *file = fopen (fixture->settings->queue_log, "a");

  g_assert_nonnull (file);
  g_assert_cmpint (fputs (lines, file), >=, 0);
  g_assert_cmpint (fclose (file), ==, 0);
}

static gboolean
is_up_again (gpointer data)
{
  return g_str_has_suffix (((Fixture *) data)->story->str, "gap closes\n");
}

/* A call is answered, the link breaks, the call ends meanwhile and another
 * comes and goes: all is told once, in order, before the gap is closed. */
static void
test_backfill (Fixture       *fixture,
               gconstpointer  data)
{
  gsize length;
  g_autofree char *bytes = side_replay_load ("answered.ami", &length);
  const char *plays[] = { bytes, NULL };
  g_autoptr (SideAmiPeer) peer = NULL;
  gboolean written = FALSE;

  *g_strstr_len (bytes, -1, "Event: HangupRequest") = '\0';
  peer = side_ami_peer_play (queues, plays);
  side_clock_set_ms (fixture->clock, G_GINT64_CONSTANT (1795277029000));
  begin (fixture, peer->port);
  for (int i = 0; !is_up_again (fixture); i++)
    {
      if (i > 1600)
        g_error ("8 s in vain for the gap to be closed: %s", fixture->story->str);
      side_test_run_for (5);
      if (written || strstr (fixture->story->str, "gap opens") == NULL)
        continue;
      written = TRUE;
      side_clock_set_ms (fixture->clock, NOW_MS);
      log_lines (fixture,
                 "1795277030|rig-1795277030.24|sales|NONE|ENTERQUEUE||79161234567|1|Ivan\n"
                 "1795277030|rig-1795277030.24|sales|Anna|CONNECT|0|rig-1795277030.25|0\n"
                 "1795277033|rig-1795277030.24|sales|Anna|COMPLETECALLER|0|3|1\n"
                 "1795277035|rig-1795277035.26|sales|NONE|ENTERQUEUE||7|1|\n"
                 "1795277037|rig-1795277035.26|sales|NONE|ABANDON|1|1|2\n");
    }
  g_assert_cmpuint (fixture->ups, ==, 2);
  g_assert_cmpstr (fixture->story->str, ==,
                   "joined 24:sales:1 79161234567→1000\n"
                   "ringing 24:sales:1 Anna\n"
                   "answered 24:sales:1 Anna wait=0.5\n"
                   "gap opens\n"
                   "ended 24:sales:1 wait=0.5 talk=2.1 hold=0.0 answered by=caller late\n"
                   "joined 26:sales:1 7→(null) late\n"
                   "ended 26:sales:1 wait=2.0 talk=0.0 hold=0.0 abandoned by=caller late\n"
                   "gap closes\n");
}

static gboolean
has_recording (gpointer data)
{
  return ((Fixture *) data)->recordings->len > 0;
}

/* The file is offered when it is there and has stopped growing. */
static void
test_recording (Fixture       *fixture,
                gconstpointer  data)
{
  gsize length;
  g_autofree char *capture = side_replay_load ("transfer-by-phone.ami", &length);
  g_auto (GStrv) parts = g_strsplit (capture, "/rig/spool/recording", -1);
  g_autofree char *bytes = g_strjoinv (fixture->folder, parts);
  g_autofree char *path = g_build_filename (fixture->folder, "rig-1795278431.10.wav", NULL);
  g_autofree char *sound = g_strnfill (4000, 'x');
  const char *plays[] = { bytes, NULL };
  g_autoptr (SideAmiPeer) peer = side_ami_peer_play (queues, plays);

  side_clock_set_ms (fixture->clock, G_GINT64_CONSTANT (1795278430000));
  begin (fixture, peer->port);
  side_test_run_for (600);
  g_assert_cmpuint (fixture->recordings->len, ==, 0);
  g_assert_true (g_file_set_contents (path, sound, 4000, NULL));
  side_test_wait_until (has_recording, fixture, 5000, "the recording");
  g_assert_cmpstr (fixture->recordings->str, ==, "shop rig-1795278431.10:sales:1 2\n");
}

/* A start after a pause tells what queue_log has since then, and no more. */
static void
test_catch_up (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_POLITE);

  peer->queues = queues;
  log_lines (fixture,
             "1795277000|1795277000.1|sales|NONE|ENTERQUEUE||7|1|\n"
             "1795277005|1795277000.1|sales|NONE|ABANDON|1|1|5\n"
             "1795277008|1795277008.2|sales|NONE|ENTERQUEUE||8|1|\n"
             "1795277020|1795277008.2|sales|Anna|CONNECT|12|1795277020.3|2\n"
             "1795277030|1795277008.2|sales|Anna|COMPLETEAGENT|12|10|1\n");
  fixture->settings->backfill_ms = G_GINT64_CONSTANT (1795277010000);
  begin (fixture, peer->port);
  side_test_wait_until (is_up_again, fixture, 5000, "the gap to be closed");
  g_assert_cmpstr (fixture->story->str, ==,
                   "gap opens\n"
                   "joined 2:sales:1 8→(null) late\n"
                   "answered 2:sales:1 Anna wait=12.0 late\n"
                   "ended 2:sales:1 wait=12.0 talk=10.0 hold=0.0 answered by=operator late\n"
                   "gap closes\n");
}

static void
add_live (GPtrArray  *live,
          const char *id,
          gint64      joined_ms,
          gint64      answered_ms,
          const char *operator)
{
  SideCall *call = side_call_new (id);

  call->project = g_intern_static_string ("shop");
  call->queue = g_intern_static_string ("sales");
  call->joined_ms = joined_ms;
  call->answered_ms = answered_ms;
  call->operator_name = g_intern_string (operator);
  g_ptr_array_add (live, call);
}

/* Without queue_log nobody tells how legs of before a restart ended: what the
 * PBX does not list ends with the gap, whether its channels' ids begin with its
 * name or not. One that still waits goes on. */
static void
test_restart (Fixture       *fixture,
              gconstpointer  data)
{
  static const char waiting[] =
      "Event: QueueEntry\r\nQueue: sales\r\nPosition: 1\r\nChannel: PJSIP/x-01\r\nUniqueid: 1795277001.5\r\n"
      "CallerIDNum: 7\r\nCallerIDName: unknown\r\nConnectedLineNum: unknown\r\nConnectedLineName: unknown\r\n"
      "Wait: 39\r\nPriority: 0\r\nActionID: @\r\n\r\n";
  g_autofree char *list = g_strconcat (queues, waiting, NULL);
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_POLITE);
  GPtrArray *live = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  peer->queues = list;
  g_clear_pointer (&fixture->settings->queue_log, g_free);
  fixture->settings->backfill_ms = G_GINT64_CONSTANT (1795277010000);
  fixture->settings->live = live;
  add_live (live, "1795277000.4:sales:1", 1795277000000, 0, NULL);
  add_live (live, "1795277001.5:sales:1", 1795277001000, 0, NULL);
  add_live (live, "1795277002.6:sales:2", 1795277002000, 1795277004000, "Anna");
  add_live (live, "rig-1795277003.7:sales:1", 1795277003000, 0, NULL);
  begin (fixture, peer->port);
  side_test_wait_until (is_up_again, fixture, 5000, "the gap to be closed");
  side_test_run_for (50);
  g_test_message ("%s", fixture->story->str);
  g_assert_nonnull (strstr (fixture->story->str, "ended 4:sales:1 wait=10.0 talk=0.0 hold=0.0 lost late\n"));
  g_assert_nonnull (strstr (fixture->story->str, "ended 6:sales:2 wait=2.0 talk=6.0 hold=0.0 answered late\n"));
  g_assert_null (strstr (fixture->story->str, " 5:sales:1"));
  g_assert_nonnull (strstr (fixture->story->str, "ended 7:sales:1 wait=7.0 talk=0.0 hold=0.0 lost late\n"));
  g_assert_true (g_str_has_prefix (fixture->story->str, "gap opens\n"));
  g_assert_true (g_str_has_suffix (fixture->story->str, "gap closes\n"));
}

/* The end of a call was written after the server was killed, but in the very
 * second of the last thing it had kept; and that of another one before, while
 * the server had not yet read so far. Both are told; the one that had ended for
 * all is not. */
static void
test_same_second (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_POLITE);
  GPtrArray *live = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  peer->queues = queues;
  log_lines (fixture,
             "1795276990|rig-1795276990.1|sales|NONE|ENTERQUEUE||5|1|\n"
             "1795276995|rig-1795276990.1|sales|NONE|ABANDON|1|1|5\n"
             "1795276996|rig-1795276996.2|sales|NONE|ENTERQUEUE||6|1|\n"
             "1795277000|rig-1795276996.2|sales|NONE|ABANDON|1|1|4\n"
             "1795277009|rig-1795277009.4|sales|NONE|ENTERQUEUE||7|1|\n"
             "1795277010|rig-1795277009.4|sales|NONE|ABANDON|1|1|1\n");
  fixture->settings->backfill_ms = G_GINT64_CONSTANT (1795277010350);
  fixture->settings->live = live;
  add_live (live, "rig-1795276996.2:sales:1", 1795276996100, 0, NULL);
  add_live (live, "rig-1795277009.4:sales:1", 1795277009100, 0, NULL);
  begin (fixture, peer->port);
  side_test_wait_until (is_up_again, fixture, 5000, "the gap to be closed");
  g_test_message ("%s", fixture->story->str);
  /* From the instant that was kept, which queue_log has the second of. */
  g_assert_nonnull (strstr (fixture->story->str, "ended 2:sales:1 wait=3.9 talk=0.0 hold=0.0 abandoned by=caller late\n"));
  g_assert_nonnull (strstr (fixture->story->str, "ended 4:sales:1 wait=0.9 talk=0.0 hold=0.0 abandoned by=caller late\n"));
  g_assert_null (strstr (fixture->story->str, " 1:sales:1"));
  g_assert_true (g_str_has_suffix (fixture->story->str, "gap closes\n"));
}

/* The PBX had fallen silent before the server did: nothing is known of it since then. */
static void
test_broken_before (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_POLITE);
  GPtrArray *live = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);

  peer->queues = queues;
  g_clear_pointer (&fixture->settings->queue_log, g_free);
  fixture->settings->id = g_strdup ("north");
  fixture->settings->backfill_ms = G_GINT64_CONSTANT (1795277010000);
  fixture->settings->broken_ms = G_GINT64_CONSTANT (1795277005000);
  fixture->settings->live = live;
  add_live (live, "1795277000.4:sales:1", 1795277000000, 0, NULL);
  begin (fixture, peer->port);
  side_test_wait_until (is_up_again, fixture, 5000, "the gap to be closed");
  g_assert_nonnull (strstr (fixture->story->str, "ended 4:sales:1 wait=5.0 talk=0.0 hold=0.0 lost late\n"));
  g_assert_cmpstr (fixture->gap_source, ==, "north");
  g_assert_cmpint (fixture->gap_from_ms, ==, fixture->settings->broken_ms);
}

static gboolean
is_down (gpointer data)
{
  return ((Fixture *) data)->downs > 0;
}

/* No PBX, no queue_log: it says so, and works when they come. */
static void
test_nothing_there (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (SideAmiPeer) peer = side_ami_peer_new (PEER_SILENT);

  g_free (fixture->settings->queue_log);
  fixture->settings->queue_log = g_strdup ("/nowhere/queue_log");
  fixture->settings->times.connect_ms = 100;
  g_test_expect_message ("side-asterisk", G_LOG_LEVEL_WARNING, "*queue_log cannot be read*");
  begin (fixture, peer->port);
  g_test_assert_expected_messages ();
  side_test_wait_until (is_down, fixture, 5000, "the link to be told down");
  g_assert_nonnull (fixture->gap_reason);
  g_assert_cmpuint (g_quark_try_string (fixture->gap_reason), ==, 0);
  g_assert_cmpstr (fixture->story->str, ==, "gap opens\n");
}

static void
test_bad_settings (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_free (fixture->settings->host);
  fixture->settings->host = g_strdup ("");
  fixture->source = side_asterisk_source_new (fixture->settings, NULL);
  g_assert_false (side_source_start (SIDE_SOURCE (fixture->source), &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

/* With several PBXes the log says which one was lost. */
static void
test_names_itself (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr (SideHub) hub = side_hub_new (fixture->clock, NULL, fixture->settings->projects, NULL);
  g_autoptr (SideAsteriskSource) nameless = side_asterisk_source_new (fixture->settings, fixture->clock);

  fixture->settings->name = g_strdup ("PBX “north”");
  fixture->source = side_asterisk_source_new (fixture->settings, fixture->clock);
  side_hub_add_source (hub, SIDE_SOURCE (fixture->source));
  side_hub_add_source (hub, SIDE_SOURCE (nameless));
  g_test_expect_message ("side-server", G_LOG_LEVEL_MESSAGE, "PBX “north”: link down: silent");
  side_source_emit_link (SIDE_SOURCE (fixture->source), FALSE, "silent");
  g_test_expect_message ("side-server", G_LOG_LEVEL_MESSAGE, "127.0.0.1: link up");
  side_source_emit_link (SIDE_SOURCE (nameless), TRUE, NULL);
  g_test_assert_expected_messages ();
  side_hub_stop (hub);
}

#define ADD(name, function) g_test_add ("/asterisk-source/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("backfill", test_backfill);
  ADD ("recording", test_recording);
  ADD ("catch-up", test_catch_up);
  ADD ("restart", test_restart);
  ADD ("same-second", test_same_second);
  ADD ("broken-before", test_broken_before);
  ADD ("nothing-there", test_nothing_there);
  ADD ("bad-settings", test_bad_settings);
  ADD ("names-itself", test_names_itself);
  return g_test_run ();
}
