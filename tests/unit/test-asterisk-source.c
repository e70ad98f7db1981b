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

#define ADD(name, function) g_test_add ("/asterisk-source/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("backfill", test_backfill);
  ADD ("recording", test_recording);
  ADD ("catch-up", test_catch_up);
  ADD ("nothing-there", test_nothing_there);
  ADD ("bad-settings", test_bad_settings);
  return g_test_run ();
}
