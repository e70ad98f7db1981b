/* test-simulator-source.c - the simulator as a source: history, live, recordings
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-board.h"
#include "side-error.h"
#include "side-sim-run.h"
#include "side-simulator.h"
#include "side-test.h"
#include "side-time.h"
#include "side-wav.h"

/* Friday, 20 November 2026, 15:00 in Moscow. */
#define AFTERNOON_MS G_GINT64_CONSTANT (1795176000000)
#define NIGHT_MS     (AFTERNOON_MS + 12 * SIDE_HOUR_MS + 30 * SIDE_MINUTE_MS)

typedef struct {
  SideBoard  *board;
  GHashTable *joined;
  GHashTable *projects;     /* those with a call event */
  GPtrArray  *recordings;   /* of paths */
  guint64     seq;
  guint       announced;
  guint       links;
  gint64      last_ms;
} Listener;

static void
heard_event (SideEvent *event,
             gpointer   data)
{
  Listener *l = data;

  g_assert_cmpint (event->at_ms, >=, l->last_ms);
  l->last_ms = event->at_ms;
  if (event->kind == SIDE_EVENT_CALL_JOINED)
    g_assert_true (g_hash_table_add (l->joined, g_strdup (event->call)));
  if (event->call != NULL)
    g_hash_table_add (l->projects, (gpointer) event->project);
  if (event->kind == SIDE_EVENT_RECORDING_READY)
    {
      g_assert_null (event->sha256);
      l->announced++;
    }
  event->seq = ++l->seq;
  side_board_apply (l->board, event);
  event->seq = 0;
}

static void
event_cb (SideSource *source,
          SideEvent  *event,
          gpointer    data)
{
  heard_event (event, data);
}

static void
recording_cb (SideSource *source,
              const char *project,
              const char *call,
              const char *path,
              int         channels_hint,
              gpointer    data)
{
  Listener *l = data;

  g_assert_cmpint (channels_hint, ==, 0);
  g_assert_nonnull (side_board_get_call (l->board, call));
  g_ptr_array_add (l->recordings, g_strdup (path));
}

static void
link_cb (SideSource *source,
         gboolean    up,
         const char *reason,
         gpointer    data)
{
  g_assert_true (up);
  ((Listener *) data)->links++;
}

static void
listen (Listener      *l,
        SideSimulator *simulator)
{
  memset (l, 0, sizeof *l);
  l->board = side_board_new ();
  l->joined = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  l->projects = g_hash_table_new (g_str_hash, g_str_equal);
  l->recordings = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (simulator, "event", G_CALLBACK (event_cb), l);
  g_signal_connect (simulator, "recording", G_CALLBACK (recording_cb), l);
  g_signal_connect (simulator, "link", G_CALLBACK (link_cb), l);
}

static void
listener_clear (Listener *l)
{
  g_object_unref (l->board);
  g_hash_table_unref (l->joined);
  g_hash_table_unref (l->projects);
  g_ptr_array_unref (l->recordings);
}

typedef struct {
  SideSimulator *simulator;
  SideClock     *clock;
} UpToDate;

static gboolean
is_up_to_date (gpointer data)
{
  UpToDate *u = data;
  return side_simulator_get_at_ms (u->simulator) >= side_clock_now_ms (u->clock);
}

static void
wait_up_to_date (SideSimulator *simulator,
                 SideClock     *clock)
{
  UpToDate u = { simulator, clock };
  side_test_wait_until (is_up_to_date, &u, 20000, "the simulator to catch up with its clock");
}

static void
start (SideSimulator *simulator)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (side_source_start (SIDE_SOURCE (simulator), &error));
  g_assert_no_error (error);
}

static void
test_projects (void)
{
  g_autoptr (GPtrArray) projects = side_simulator_create_projects ();
  static const char *const ids[] = { "sneakers", "tea", "oak" };

  g_assert_cmpuint (projects->len, ==, 3);
  for (guint i = 0; i < projects->len; i++)
    {
      SideProject *project = projects->pdata[i];

      g_assert_cmpstr (project->id, ==, ids[i]);
      g_assert_cmpstr (project->time_zone_name, ==, i < 2 ? "Europe/Moscow" : "Europe/London");
      g_assert_cmpstr (project->currency, ==, i < 2 ? "RUB" : "GBP");
      g_assert_cmpuint (project->queues->len, ==, 3);
      g_assert_cmpuint (project->dialled->len, >=, 3);
      for (guint q = 0; q < project->queues->len; q++)
        g_assert_true (g_str_has_prefix (((SideQueue *) project->queues->pdata[q])->id, project->id));
    }
}

/* Started in the middle of a day: the picture is that of a day's middle. */
static void
test_afternoon_is_alive (void)
{
  g_autoptr (SideClock) clock = side_clock_new_manual (AFTERNOON_MS);
  g_autoptr (SideSimulator) simulator = side_simulator_new (clock, 1, NULL, NULL);
  SideBoardProject *project;
  Listener l;
  guint talking = 0, on_duty = 0, live = 0;
  guint64 heard;

  listen (&l, simulator);
  start (simulator);
  wait_up_to_date (simulator, clock);
  g_assert_cmpuint (l.links, ==, 1);
  g_assert_cmpint (l.last_ms, <=, AFTERNOON_MS);
  g_assert_cmpint (l.last_ms, >, AFTERNOON_MS - SIDE_MINUTE_MS);
  project = side_board_get_project (l.board, "sneakers");
  for (guint i = 0; i < project->operators->len; i++)
    {
      const SideOperator *op = project->operators->pdata[i];
      talking += op->state == SIDE_OPERATOR_TALKING;
      on_duty += op->state != SIDE_OPERATOR_OFF;
    }
  for (guint i = 0; i < 3; i++)
    live += ((SideBoardProject *) side_board_get_projects (l.board)->pdata[i])->live->len;
  g_test_message ("%u legs today, %u on duty, %u talking, %u live", project->calls->len, on_duty, talking, live);
  g_assert_cmpuint (project->calls->len, >, 150);
  g_assert_cmpuint (on_duty, >=, 6);
  g_assert_cmpuint (talking, >=, 1);
  g_assert_cmpuint (live, >=, 2);

  /* It lives on with its clock, and not beyond. */
  heard = l.seq;
  side_clock_shift_ms (clock, 5 * SIDE_MINUTE_MS);
  wait_up_to_date (simulator, clock);
  g_assert_cmpuint (l.seq, >, heard + 20);
  g_assert_cmpint (l.last_ms, <=, AFTERNOON_MS + 5 * SIDE_MINUTE_MS);

  side_source_stop (SIDE_SOURCE (simulator));
  heard = l.seq;
  side_clock_shift_ms (clock, SIDE_HOUR_MS);
  side_test_run_for (400);
  g_assert_cmpuint (l.seq, ==, heard);
  listener_clear (&l);
  g_assert_finalize_object (g_steal_pointer (&simulator));
}

/* At half past three in the night the night line keeps every shop alive. */
static void
test_night_is_alive (void)
{
  g_autoptr (SideClock) clock = side_clock_new_manual (NIGHT_MS);
  g_autoptr (SideSimulator) simulator = side_simulator_new (clock, 1, NULL, NULL);
  Listener l;

  listen (&l, simulator);
  start (simulator);
  wait_up_to_date (simulator, clock);
  g_hash_table_remove_all (l.projects);
  side_clock_shift_ms (clock, 20 * SIDE_MINUTE_MS);
  wait_up_to_date (simulator, clock);
  g_assert_cmpuint (g_hash_table_size (l.projects), ==, 3);
  for (guint p = 0; p < 3; p++)
    {
      SideBoardProject *project = side_board_get_projects (l.board)->pdata[p];
      guint on_duty = 0;

      for (guint i = 0; i < project->operators->len; i++)
        on_duty += ((SideOperator *) project->operators->pdata[i])->state != SIDE_OPERATOR_OFF;
      g_assert_cmpuint (on_duty, >=, 2);
    }
  side_source_stop (SIDE_SOURCE (simulator));
  listener_clear (&l);
}

static void
test_faster_than_the_wall (void)
{
  g_autoptr (SideClock) clock = side_clock_new_scaled (AFTERNOON_MS, 900);
  g_autoptr (SideSimulator) simulator = side_simulator_new (clock, 1, NULL, NULL);
  Listener l;

  listen (&l, simulator);
  side_simulator_open (simulator, AFTERNOON_MS - 10 * SIDE_MINUTE_MS);
  start (simulator);
  side_test_run_for (1500);
  g_test_message ("%" G_GINT64_FORMAT " s told in 1.5 s", (l.last_ms - AFTERNOON_MS) / 1000);
  g_assert_cmpint (l.last_ms, >, AFTERNOON_MS + 10 * SIDE_MINUTE_MS);
  g_assert_cmpint (l.last_ms, <=, side_clock_now_ms (clock));
  side_source_stop (SIDE_SOURCE (simulator));
  listener_clear (&l);
}

/* A server that starts again: its board remembers people at their desks. */
static void
test_reopened (void)
{
  g_autoptr (SideClock) clock = side_clock_new_manual (AFTERNOON_MS);
  g_autoptr (SideSimulator) before = side_simulator_new (clock, 1, NULL, NULL);
  g_autoptr (SideSimulator) after = side_simulator_new (clock, 1, NULL, NULL);
  SideBoardProject *project;
  Listener l;
  gint64 last_ms;

  listen (&l, before);
  start (before);
  wait_up_to_date (before, clock);
  side_source_stop (SIDE_SOURCE (before));
  last_ms = l.last_ms;
  /* Ten hours later the day's people have gone. */
  side_clock_shift_ms (clock, 10 * SIDE_HOUR_MS);
  g_signal_connect (after, "event", G_CALLBACK (event_cb), &l);
  side_simulator_open (after, side_clock_now_ms (clock) - SIDE_HOUR_MS);
  start (after);
  wait_up_to_date (after, clock);
  side_source_stop (SIDE_SOURCE (after));
  g_assert_cmpint (l.last_ms, >, last_ms + 9 * SIDE_HOUR_MS);
  for (guint p = 0; p < 3; p++)
    {
      project = side_board_get_projects (l.board)->pdata[p];
      for (guint i = 0; i < project->operators->len; i++)
        {
          const SideOperator *op = project->operators->pdata[i];
          g_assert_true (op->state == SIDE_OPERATOR_OFF || op->since_ms > last_ms);
          g_assert_true ((op->state == SIDE_OPERATOR_OFF) == (op->queues->len == 0));
        }
    }
  listener_clear (&l);
}

typedef struct {
  GPtrArray  *calls;
  GHashTable *held;      /* leg -> instant, boxed */
  Listener   *listener;
  guint       events;
  guint       announced;
} History;

static void
history_event (SideEvent *event,
               gpointer   data)
{
  History *h = data;

  h->events++;
  h->announced += event->kind == SIDE_EVENT_RECORDING_READY;
  if (event->kind == SIDE_EVENT_CALL_HELD)
    g_hash_table_insert (h->held, g_strdup (event->call), g_memdup2 (&event->at_ms, sizeof event->at_ms));
  if (h->listener != NULL)
    heard_event (event, h->listener);
}

static void
history_call (SideCall *call,
              gpointer  data)
{
  g_ptr_array_add (((History *) data)->calls, side_call_ref (call));
}

static void
history_init (History *h)
{
  memset (h, 0, sizeof *h);
  h->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  h->held = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
history_clear (History *h)
{
  g_ptr_array_unref (h->calls);
  g_hash_table_unref (h->held);
}

/* A month of the past, then live from there: nothing twice, nothing missing. */
static void
test_history_then_live (void)
{
  const gint64 from_ms = AFTERNOON_MS - 30 * 24 * SIDE_HOUR_MS;
  g_autofree char *folder = side_test_tmp_dir ();
  g_autoptr (SideClock) clock = side_clock_new_manual (AFTERNOON_MS);
  g_autoptr (SideSimulator) simulator = side_simulator_new (clock, 9, folder, NULL);
  gint64 began_us = g_get_monotonic_time ();
  Listener l;
  History h;
  guint n, held = 0;

  listen (&l, simulator);
  history_init (&h);
  n = side_simulator_generate_history (simulator, from_ms, AFTERNOON_MS - SIDE_HOUR_MS, history_event, history_call, &h);
  g_test_message ("%u legs and %u events in %.2f s", n, h.events, (double) (g_get_monotonic_time () - began_us) / 1e6);
  g_assert_cmpuint (n, ==, h.calls->len);
  g_assert_cmpuint (n, >, 30000);
  g_assert_cmpuint (l.seq, ==, 0);
  for (guint i = 0; i < h.calls->len; i++)
    {
      SideCall *call = h.calls->pdata[i];
      gint64 *held_ms = g_hash_table_lookup (h.held, call->id);

      g_assert_true ((call->recording != NULL) == (call->outcome == SIDE_OUTCOME_ANSWERED));
      if (call->recording != NULL)
        g_assert_cmpint (call->recording_ms, ==, MIN (call->talk_ms + call->hold_ms, 600000));
      g_assert_true ((held_ms != NULL) == (call->hold_ms > 0));
      if (held_ms != NULL)
        {
          g_assert_cmpint (*held_ms, ==, call->answered_ms + side_sim_hold_offset_ms (9, call));
          held++;
        }
    }
  g_assert_cmpuint (held, >, 1000);

  h.listener = &l;
  side_simulator_generate_history (simulator, AFTERNOON_MS - SIDE_HOUR_MS + 1, AFTERNOON_MS, history_event, NULL, &h);
  g_assert_cmpuint (l.seq, >, 100);
  start (simulator);
  side_clock_shift_ms (clock, SIDE_HOUR_MS);
  wait_up_to_date (simulator, clock);
  side_source_stop (SIDE_SOURCE (simulator));
  g_assert_cmpuint (g_hash_table_size (l.joined), >, 100);
  history_clear (&h);
  listener_clear (&l);
  side_test_rm_rf (folder);
}

static char *
provide (SideSimulator  *simulator,
         SideCall       *call,
         GError        **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  int hint = -1;

  side_recording_provider_provide_async (SIDE_RECORDING_PROVIDER (simulator), call, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "a past call to be spoken");
  return side_recording_provider_provide_finish (SIDE_RECORDING_PROVIDER (simulator), result, &hint, error);
}

static SideCall *
newest_recorded (SideBoard *board)
{
  GPtrArray *projects = side_board_get_projects (board);
  SideCall *newest = NULL;

  for (guint i = 0; i < projects->len; i++)
    {
      const SideBoardProject *project = g_ptr_array_index (projects, i);

      for (guint k = 0; k < project->calls->len; k++)
        {
          SideCall *call = g_ptr_array_index (project->calls, k);

          if (call->recording != NULL && (newest == NULL || call->ended_ms > newest->ended_ms))
            newest = call;
        }
    }
  return newest;
}

/* A call that ends live is announced, and spoken only when somebody asks: as long as its talk. */
static void
test_live_recording (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autofree char *below = g_build_filename (folder, "recordings", NULL);
  g_autoptr (SideClock) clock = side_clock_new_manual (AFTERNOON_MS);
  g_autoptr (SideSimulator) simulator = side_simulator_new (clock, 3, below, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autofree char *path = NULL;
  g_autofree char *bytes = NULL;
  SideCall *call = NULL;
  SideWavInfo info;
  Listener l;
  gsize len;
  guint before;

  listen (&l, simulator);
  side_simulator_open (simulator, AFTERNOON_MS - 10 * SIDE_MINUTE_MS);
  start (simulator);
  wait_up_to_date (simulator, clock);
  before = l.announced;
  for (guint i = 0; i < 10 && l.announced == before; i++)
    {
      side_clock_shift_ms (clock, SIDE_MINUTE_MS);
      wait_up_to_date (simulator, clock);
    }
  g_assert_cmpuint (l.announced, >, before);
  g_assert_cmpuint (l.recordings->len, ==, 0);
  dir = g_dir_open (below, 0, NULL);
  g_assert_true (dir == NULL || g_dir_read_name (dir) == NULL);

  call = newest_recorded (l.board);
  g_assert_nonnull (call);
  path = provide (simulator, call, &error);
  g_assert_no_error (error);
  side_source_stop (SIDE_SOURCE (simulator));
  g_assert_true (g_file_get_contents (path, &bytes, &len, NULL));
  g_assert_true (side_wav_parse ((guint8 *) bytes, len, len, &info, NULL));
  g_assert_cmpuint (info.channels, ==, 2);
  g_assert_cmpint (ABS (side_wav_get_duration_ms (&info) - MIN (600000, call->talk_ms + call->hold_ms)), <=, 1000);
  listener_clear (&l);
  side_test_rm_rf (folder);
}

static void
test_provider (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autoptr (SideClock) clock = side_clock_new_manual (AFTERNOON_MS);
  g_autoptr (SideSimulator) simulator = side_simulator_new (clock, 5, folder, NULL);
  SideRecordingProvider *provider = SIDE_RECORDING_PROVIDER (simulator);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCall) foreign = NULL;
  SideCall *answered = NULL, *lost = NULL;
  History h;

  history_init (&h);
  side_simulator_generate_history (simulator, AFTERNOON_MS - 12 * SIDE_HOUR_MS, AFTERNOON_MS, NULL, history_call, &h);
  for (guint i = 0; i < h.calls->len; i++)
    {
      SideCall *call = h.calls->pdata[i];

      if (call->outcome != SIDE_OUTCOME_ANSWERED)
        lost = call;
      else if (answered == NULL || (call->order_id != NULL && call->talk_ms < 90000))
        answered = call;
    }
  g_assert_nonnull (lost);
  g_assert_true (side_recording_provider_can_provide (provider, answered));
  g_assert_false (side_recording_provider_can_provide (provider, lost));
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *path = provide (simulator, answered, &error);

      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (path, folder));
      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }
  g_assert_null (provide (simulator, lost, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_clear_error (&error);

  /* An id from outside never becomes a path. */
  foreign = side_call_copy (answered);
  g_free (foreign->id);
  foreign->id = g_strdup ("sim-../../etc/passwd");
  g_assert_false (side_recording_provider_can_provide (provider, foreign));
  g_assert_null (provide (simulator, foreign, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  history_clear (&h);
  side_test_rm_rf (folder);
}

/* Without voices everything else works as ever. */
static void
test_without_voices (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  g_autoptr (SideClock) clock = side_clock_new_manual (AFTERNOON_MS);
  g_autoptr (SideSimulator) simulator = NULL;
  g_autoptr (GError) error = NULL;
  History h;

  g_test_expect_message ("side-simulator", G_LOG_LEVEL_MESSAGE, "no recordings will be made: *");
  simulator = side_simulator_new (clock, 5, folder, folder);
  g_test_assert_expected_messages ();
  history_init (&h);
  side_simulator_generate_history (simulator, AFTERNOON_MS - 2 * SIDE_HOUR_MS, AFTERNOON_MS, history_event, history_call, &h);
  g_assert_cmpuint (h.calls->len, >, 50);
  g_assert_cmpuint (h.announced, ==, 0);
  for (guint i = 0; i < h.calls->len; i++)
    {
      g_assert_null (((SideCall *) h.calls->pdata[i])->recording);
      g_assert_false (side_recording_provider_can_provide (SIDE_RECORDING_PROVIDER (simulator), h.calls->pdata[i]));
    }
  g_assert_null (provide (simulator, h.calls->pdata[0], &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
  history_clear (&h);
  side_test_rm_rf (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simulator-source/projects", test_projects);
  g_test_add_func ("/simulator-source/afternoon-is-alive", test_afternoon_is_alive);
  g_test_add_func ("/simulator-source/night-is-alive", test_night_is_alive);
  g_test_add_func ("/simulator-source/faster-than-the-wall", test_faster_than_the_wall);
  g_test_add_func ("/simulator-source/reopened", test_reopened);
  g_test_add_func ("/simulator-source/history-then-live", test_history_then_live);
  g_test_add_func ("/simulator-source/live-recording", test_live_recording);
  g_test_add_func ("/simulator-source/provider", test_provider);
  g_test_add_func ("/simulator-source/without-voices", test_without_voices);
  return g_test_run ();
}
