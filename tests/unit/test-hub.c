/* test-hub.c - events from a source become history and a picture
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "server-rig.h"
#include "side-error.h"
#include "side-recording-file.h"
#include "side-test.h"
#include "side-time.h"

#define NOON (RIG_DAY + 12 * 3600 * 1000)

static const char *const tea[] = { "tea", NULL };

static void
collect_cb (SideHub   *hub,
            SideEvent *event,
            GPtrArray *events)
{
  g_ptr_array_add (events, side_event_ref (event));
}

static void
test_numbering (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_autoptr (GHashTable) aliases = g_hash_table_new (g_str_hash, g_str_equal);
  SideEvent *event;
  const SideCall *call;

  g_hash_table_insert (aliases, (gpointer) "op-9", (gpointer) "Nick");
  side_hub_set_aliases (rig->hub, aliases);
  g_signal_connect (rig->hub, "event", G_CALLBACK (collect_cb), events);
  rig_whole_call (rig, "tea", "a", NOON);
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "unknown", "x", NOON));   /* for nobody */
  event = rig_event (SIDE_EVENT_OPERATOR_STATE, "tea", NULL, NOON);
  event->operator_id = g_intern_string ("op-9");
  event->state = SIDE_OPERATOR_READY;
  rig_say (rig, event);
  g_assert_cmpuint (events->len, ==, 5);
  for (guint i = 0; i < events->len; i++)
    g_assert_cmpuint (((SideEvent *) g_ptr_array_index (events, i))->seq, ==, i + 1);
  event = g_ptr_array_index (events, 1);
  g_assert_cmpstr (event->source, ==, "radio");   /* from the number, with or without "+" */
  event = g_ptr_array_index (events, 4);
  g_assert_cmpstr (event->alias, ==, "Nick");
  call = side_board_get_call (side_hub_get_board (rig->hub), "a");
  g_assert_cmpint (call->talk_ms, ==, 60000);
  g_assert_cmpstr (call->source, ==, "radio");
}

static SideCall *
archived (Rig        *rig,
          const char *id)
{
  rig_settle (rig);
  return side_archive_store_get_call (side_archive_get_store (rig->archive), id, SIDE_SCOPE (tea), NULL, NULL);
}

static void
test_history (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (SideCall) call = NULL;
  g_autoptr (SideCall) wrapped = NULL;
  g_autoptr (SideCall) missed = NULL;
  g_autoptr (GPtrArray) events = NULL;
  SideEvent *event;

  rig_whole_call (rig, "tea", "a", NOON);
  call = archived (rig, "a");
  g_assert_nonnull (call);
  g_assert_true (side_call_equal (call, side_board_get_call (side_hub_get_board (rig->hub), "a")));
  events = side_archive_store_get_call_events (side_archive_get_store (rig->archive), "a", SIDE_SCOPE (tea), NULL);
  g_assert_cmpuint (events->len, ==, 3);
  /* after-call work ends with an event that does not name the leg */
  event = rig_event (SIDE_EVENT_OPERATOR_STATE, "tea", "a", NOON + 65000);
  event->operator_id = g_intern_string ("op-1");
  event->state = SIDE_OPERATOR_WRAP_UP;
  rig_say (rig, event);
  event = rig_event (SIDE_EVENT_OPERATOR_STATE, "tea", NULL, NOON + 75000);
  event->operator_id = g_intern_string ("op-1");
  event->state = SIDE_OPERATOR_READY;
  rig_say (rig, event);
  wrapped = archived (rig, "a");
  g_assert_cmpint (wrapped->wrap_ms, ==, 10000);
  /* and so does a ring nobody took */
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "tea", "b", NOON + 80000));
  event = rig_event (SIDE_EVENT_OPERATOR_STATE, "tea", "b", NOON + 90000);
  event->operator_id = g_intern_string ("op-1");
  event->state = SIDE_OPERATOR_READY;
  event->reason = g_strdup ("missed");
  rig_say (rig, event);
  missed = archived (rig, "b");
  g_assert_cmpint (missed->rings, ==, 1);
}

/* The board after a restart is the board before it. */
static void
test_restart (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (SideBoard) before = NULL;
  g_autofree char *difference = NULL;
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);

  rig_whole_call (rig, "tea", "a", NOON - 3 * 3600 * 1000);
  rig_whole_call (rig, "toys", "b", NOON);
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "tea", "waiting", NOON + 1000));
  before = g_object_ref (side_hub_get_board (rig->hub));
  rig_stop (rig);
  rig_start (rig);
  g_assert_true (side_board_equal (before, side_hub_get_board (rig->hub), &difference));
  g_assert_null (difference);
  g_signal_connect (rig->hub, "event", G_CALLBACK (collect_cb), events);
  rig_say (rig, rig_event (SIDE_EVENT_CALL_RINGING, "tea", "waiting", NOON + 2000));
  g_assert_cmpuint (((SideEvent *) g_ptr_array_index (events, 0))->seq, ==, side_board_get_seq (before) + 1);
}

/* Somebody lost three days ago is still to be rung back after a restart. */
static void
test_restart_callbacks (void)
{
  g_autoptr (Rig) rig = rig_new ();
  gint64 lost_ms = NOON - 3 * 24 * G_GINT64_CONSTANT (3600000);
  SideEvent *joined = rig_event (SIDE_EVENT_CALL_JOINED, "tea", "old", lost_ms - 60000);
  SideEvent *ended = rig_event (SIDE_EVENT_CALL_ENDED, "tea", "old", lost_ms);
  const SideBoardProject *project;
  const SideCallback *callback;

  joined->caller = g_strdup ("79035550101");
  ended->outcome = SIDE_OUTCOME_ABANDONED;
  rig_say (rig, joined);
  rig_say (rig, ended);
  rig_whole_call (rig, "tea", "today", NOON);
  rig_stop (rig);
  rig_start (rig);
  project = side_board_get_project (side_hub_get_board (rig->hub), "tea");
  g_assert_cmpuint (project->callbacks->len, ==, 1);
  callback = g_ptr_array_index (project->callbacks, 0);
  g_assert_cmpstr (callback->caller, ==, "79035550101");
  g_assert_cmpint (callback->lost_ms, ==, lost_ms);
  g_assert_cmpint (callback->closed_ms, ==, 0);
  g_assert_null (side_board_get_call (side_hub_get_board (rig->hub), "old"));
}

/* After a crash numbers that clients may have seen are never used again. */
static void
test_crash (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (GAsyncResult) result = NULL;
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_CLEAN, NOON);

  rig_whole_call (rig, "tea", "a", NOON);
  rig_stop (rig);
  rig_start (rig);
  /* as if the stop had never been written */
  side_archive_write_async (rig->archive, item, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 5000, "the mark");
  {
    g_autoptr (SideHub) second = side_hub_new (rig->clock, rig->archive, rig->projects, NULL);

    g_assert_true (side_hub_restore (second, NULL));
    g_assert_cmpuint (side_hub_get_first_seq (second), >, 4 + SIDE_ARCHIVE_MAX_PENDING);
  }
}

static void
test_end_live_calls (void)
{
  g_autoptr (Rig) rig = rig_new ();
  SideBoard *board = side_hub_get_board (rig->hub);

  rig_whole_call (rig, "tea", "a", NOON - 100000);
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "tea", "b", NOON));
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "toys", "c", NOON));
  side_hub_end_live_calls (rig->hub, NOON + 5000);
  g_assert_cmpint (side_board_get_call (board, "b")->outcome, ==, SIDE_OUTCOME_LOST);
  /* Until then it was seen to wait. */
  g_assert_cmpint (side_board_get_call (board, "b")->ended_ms, ==, NOON + 5000);
  g_assert_cmpuint (side_board_get_project (board, "tea")->live->len, ==, 0);
  g_assert_cmpuint (side_board_get_project (board, "toys")->live->len, ==, 0);
  g_assert_cmpint (side_board_get_operator (board, "tea", "op-1")->state, ==, SIDE_OPERATOR_OFF);
  /* What the board knows of later counts. */
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "tea", "d", NOON + 9000));
  side_hub_end_live_calls (rig->hub, NOON + 5000);
  g_assert_cmpint (side_board_get_call (board, "d")->ended_ms, ==, NOON + 9000);
}

static void
say_operator (Rig               *rig,
              const char        *id,
              SideOperatorState  state,
              const char        *queue,
              gint64             at_ms)
{
  SideEvent *event = rig_event (SIDE_EVENT_QUEUE_MEMBER, "tea", NULL, at_ms);

  event->operator_id = g_intern_string (id);
  event->queue = g_intern_string (queue);
  event->member = SIDE_MEMBER_ADDED;
  rig_say (rig, event);
  event = rig_event (SIDE_EVENT_OPERATOR_STATE, "tea", NULL, at_ms);
  event->operator_id = g_intern_string (id);
  event->state = state;
  rig_say (rig, event);
}

static void
say_gap (Rig        *rig,
         const char *source,
         gint64      from_ms,
         gint64      to_ms)
{
  SideEvent *event = rig_event (SIDE_EVENT_SOURCE_GAP, "tea", NULL, MAX (from_ms, to_ms));

  event->source = g_intern_string (source);
  event->from_ms = from_ms;
  event->to_ms = to_ms;
  rig_say (rig, event);
}

/* After a restart what no exchange tells of any more is over, but not before
 * all of them could tell. */
static void
test_doubts (void)
{
  g_autoptr (Rig) rig = rig_new ();
  SideBoard *board;
  const SideOperator *gone;

  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "tea", "lost", NOON));
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "tea", "north", NOON));
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "tea", "told", NOON));
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "toys", "other", NOON));
  say_operator (rig, "op-1", SIDE_OPERATOR_TALKING, "tea-orders", NOON + 1000);
  say_operator (rig, "op-2", SIDE_OPERATOR_READY, "tea-orders", NOON + 1000);
  say_operator (rig, "op-2", SIDE_OPERATOR_READY, "tea-help", NOON + 1000);
  rig_stop (rig);
  rig_start (rig);
  board = side_hub_get_board (rig->hub);
  side_hub_trust_call (rig->hub, "north");
  say_gap (rig, "north", NOON + 2000, 0);
  say_gap (rig, "south", NOON + 2000, 0);
  say_operator (rig, "op-2", SIDE_OPERATOR_BREAK, "tea-orders", NOON + 9000);
  say_gap (rig, "north", NOON + 2000, NOON + 9000);
  g_assert_cmpint (side_board_get_operator (board, "tea", "op-1")->state, ==, SIDE_OPERATOR_TALKING);
  g_assert_cmpuint (side_board_get_project (board, "tea")->live->len, ==, 3);
  rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "tea", "told", NOON));
  say_gap (rig, "south", NOON + 2000, NOON + 10000);
  gone = side_board_get_operator (board, "tea", "op-1");
  g_assert_cmpint (gone->state, ==, SIDE_OPERATOR_OFF);
  g_assert_cmpint (gone->since_ms, ==, NOON + 2000);
  g_assert_cmpuint (gone->queues->len, ==, 0);
  g_assert_cmpint (side_board_get_operator (board, "tea", "op-2")->state, ==, SIDE_OPERATOR_BREAK);
  g_assert_cmpuint (side_board_get_operator (board, "tea", "op-2")->queues->len, ==, 1);
  g_assert_cmpint (side_board_get_call (board, "lost")->outcome, ==, SIDE_OUTCOME_LOST);
  g_assert_cmpint (side_board_get_call (board, "lost")->ended_ms, ==, NOON + 2000);
  g_assert_true (side_call_is_live (side_board_get_call (board, "north")));
  g_assert_true (side_call_is_live (side_board_get_call (board, "told")));
  g_assert_true (side_call_is_live (side_board_get_call (board, "other")));   /* its own gap was never closed */
  /* later gaps are the sources' own matter */
  say_gap (rig, "south", NOON + 20000, 0);
  say_gap (rig, "south", NOON + 20000, NOON + 30000);
  g_assert_true (side_call_is_live (side_board_get_call (board, "north")));
}

/* A gap of an exchange that was taken out of the configuration does not stay for ever. */
static void
test_lost_source (void)
{
  g_autoptr (Rig) rig = rig_new ();
  const char *names[] = { "north", NULL };
  SideBoardProject *project = side_board_get_project (side_hub_get_board (rig->hub), "tea");

  say_gap (rig, "north", NOON, 0);
  say_gap (rig, "old", NOON, 0);
  side_hub_keep_sources (rig->hub, "tea", names);
  g_assert_cmpint (side_board_project_get_gap_ms (project, "old"), ==, 0);
  g_assert_cmpint (side_board_project_get_gap_ms (project, "north"), ==, NOON);
}

/* How long the server was there is known, though nothing was told. */
static void
test_heard (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (GAsyncResult) result = NULL;
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_HEARD, NOON + 60000);
  SideArchivePosition position;
  gint64 stopped_ms;

  rig_whole_call (rig, "tea", "a", NOON - SIDE_HOUR_MS);
  side_archive_write_async (rig->archive, item, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 5000, "the note");
  g_assert_true (side_archive_store_get_position (side_archive_get_store (rig->archive), &position, NULL));
  g_assert_cmpint (position.heard_ms, ==, NOON + 60000);
  g_assert_cmpint (position.last_ms, <, NOON);
  stopped_ms = side_clock_now_ms (rig->clock);
  rig_stop (rig);
  rig_start (rig);
  rig_settle (rig);
  g_assert_true (side_archive_store_get_position (side_archive_get_store (rig->archive), &position, NULL));
  g_assert_cmpint (position.heard_ms, >=, stopped_ms);
  g_assert_cmpint (position.last_ms, <, NOON);
}

/* Recordings */

static gboolean
has_recording (gpointer data)
{
  return ((SideCall *) data)->recording != NULL;
}

static void
test_recording (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *path = rig_write_wav (rig, "a.wav", 16000, TRUE);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize len;
  SideCall *call;
  g_autoptr (SideRecording) recording = NULL;

  g_assert_true (g_file_get_contents (path, &before, &len, NULL));
  rig_whole_call (rig, "tea", "a", NOON);
  side_source_emit_recording (rig->source, "tea", "a", path, 2);
  call = side_board_get_call (side_hub_get_board (rig->hub), "a");
  side_test_wait_until (has_recording, call, 10000, "the recording to be published");
  g_assert_cmpint (call->channels, ==, 2);
  g_assert_cmpint (call->recording_ms, ==, 2000);
  g_assert_cmpuint (strlen (call->sha256), ==, 64);
  recording = side_archive_store_get_recording (side_archive_get_store (rig->archive), call->recording, SIDE_SCOPE (tea), NULL);
  g_assert_nonnull (recording);
  g_assert_cmpint (recording->swap_bytes, ==, 2);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpmem (before, len, after, len);
}

static void
append_later (gpointer data)
{
  g_autofree char *text = g_strnfill (32000, 'x');
  FILE *file = fopen (data, "ab");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (text, 1, 32000, file), ==, 32000);
  fclose (file);
}

/* A file that still grows is waited for. */
static void
test_growing_recording (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *path = rig_write_wav (rig, "a.wav", 8000, TRUE);
  SideCall *call;

  rig_whole_call (rig, "tea", "a", NOON);
  side_source_emit_recording (rig->source, "tea", "a", path, 2);
  g_timeout_add_once (400, append_later, path);
  call = side_board_get_call (side_hub_get_board (rig->hub), "a");
  side_test_wait_until (has_recording, call, 10000, "the recording to be published");
  g_assert_cmpint (call->recording_ms, ==, 2000);
}

static void
assert_open_refused (const char *folder,
                     const char *path,
                     SideError   code)
{
  const char *folders[] = { folder, NULL };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (side_recording_file_open (folders, path, &error), ==, -1);
  g_assert_error (error, SIDE_ERROR, (int) code);
}

/* Nothing outside the folder, by no way. */
static void
test_recording_folder (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *good = rig_write_wav (rig, "good.wav", 10, FALSE);
  g_autofree char *link = g_build_filename (rig->recordings, "link.wav", NULL);
  g_autofree char *dotted = g_build_filename (rig->recordings, "..", "archive.db", NULL);
  g_autofree char *sibling = g_strconcat (rig->recordings, "-other", NULL);
  g_autofree char *sibling_file = g_build_filename (sibling, "x.wav", NULL);
  const char *folders[] = { rig->recordings, NULL };
  int fd = side_recording_file_open (folders, good, NULL);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_cmpint (symlink (rig->database, link), ==, 0);
  g_assert_cmpint (g_mkdir (sibling, 0700), ==, 0);
  g_assert_true (g_file_set_contents (sibling_file, "x", 1, NULL));
  assert_open_refused (rig->recordings, link, SIDE_ERROR_FORBIDDEN);
  assert_open_refused (rig->recordings, dotted, SIDE_ERROR_FORBIDDEN);
  assert_open_refused (rig->recordings, sibling_file, SIDE_ERROR_FORBIDDEN);
  assert_open_refused (rig->recordings, rig->recordings, SIDE_ERROR_FORBIDDEN);
  assert_open_refused (rig->recordings, "/dev/zero", SIDE_ERROR_FORBIDDEN);
  assert_open_refused (rig->recordings, "/nonexistent", SIDE_ERROR_NOT_FOUND);
}

/* Any piece of the served bytes is the same piece of the whole. */
static void
test_recording_pieces (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *path = rig_write_wav (rig, "a.wav", 1000, TRUE);
  g_autoptr (SideRecording) recording = side_recording_new ("r", "tea", "a", path);
  const char *folders[] = { rig->recordings, NULL };
  int fd = side_recording_file_open (folders, path, NULL);
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 *bytes;
  gsize len;

  g_assert_true (side_recording_file_inspect (recording, fd, 2, &error));
  g_assert_no_error (error);
  whole = side_recording_file_read (recording, fd, 0, 100000, &error);
  bytes = g_bytes_get_data (whole, &len);
  g_assert_cmpuint (len, ==, 4044);
  g_assert_cmpint (bytes[22], ==, 2);          /* channels */
  g_assert_cmpint (bytes[44], ==, 1);          /* the sides were exchanged: 1 is left now */
  g_assert_cmpint (bytes[46], ==, 0);
  for (int i = 0; i < 300; i++)
    {
      gint64 at = g_test_rand_int_range (0, 4044);
      gsize n = (gsize) g_test_rand_int_range (1, 200);
      g_autoptr (GBytes) piece = side_recording_file_read (recording, fd, at, n, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (piece), ==, MIN (n, len - (gsize) at));
      g_assert_cmpmem (g_bytes_get_data (piece, NULL), g_bytes_get_size (piece), bytes + at, g_bytes_get_size (piece));
    }
  close (fd);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hub/numbering", test_numbering);
  g_test_add_func ("/hub/history", test_history);
  g_test_add_func ("/hub/restart", test_restart);
  g_test_add_func ("/hub/restart-callbacks", test_restart_callbacks);
  g_test_add_func ("/hub/crash", test_crash);
  g_test_add_func ("/hub/end-live-calls", test_end_live_calls);
  g_test_add_func ("/hub/doubts", test_doubts);
  g_test_add_func ("/hub/lost-source", test_lost_source);
  g_test_add_func ("/hub/heard", test_heard);
  g_test_add_func ("/hub/recording", test_recording);
  g_test_add_func ("/hub/growing-recording", test_growing_recording);
  g_test_add_func ("/hub/recording-folder", test_recording_folder);
  g_test_add_func ("/hub/recording-pieces", test_recording_pieces);
  return g_test_run ();
}
