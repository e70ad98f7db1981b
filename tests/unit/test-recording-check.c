/* test-recording-check.c - what is amiss with recordings, and where they begin
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-recording-check.h"

#define NOON G_GINT64_CONSTANT (1795000000000)

/* Waited 20 s, talked 60 s; recorded from entering the queue. */
static SideCall *
make_call (void)
{
  SideCall *call = side_call_new ("c");

  call->outcome = SIDE_OUTCOME_ANSWERED;
  call->joined_ms = NOON;
  call->wait_ms = 20000;
  call->answered_ms = NOON + 20000;
  call->talk_ms = 60000;
  call->ended_ms = NOON + 80000;
  call->recording = g_strdup ("r");
  call->recording_ms = 80000;
  return call;
}

static SideSoundFigures *
make_figures (gint64 duration_ms)
{
  SideSoundFigures *figures = side_sound_figures_new ("c", "r", "1");

  figures->attribution = SIDE_ATTRIBUTION_MEASURED;
  figures->duration_ms = duration_ms;
  return figures;
}

static void
test_vectors (void)
{
  /* What is said of the length, what the file has (0: not analysed), the outcome. */
  static const struct {
    const char   *what;
    gint64        said_ms;
    gint64        is_ms;
    SideTransfer  transfer;
    guint         faults;
  } cases[] = {
    { "from the queue on", 80000, 0, SIDE_TRANSFER_NONE, 0 },
    { "from the answer on", 60000, 0, SIDE_TRANSFER_NONE, 0 },
    { "a little short", 57000, 0, SIDE_TRANSFER_NONE, 0 },
    { "at the tolerance", 56400, 0, SIDE_TRANSFER_NONE, 0 },
    { "too short", 56399, 0, SIDE_TRANSFER_NONE, SIDE_RECORDING_LENGTH },
    { "at the upper tolerance", 83800, 0, SIDE_TRANSFER_NONE, 0 },
    { "too long", 83801, 0, SIDE_TRANSFER_NONE, SIDE_RECORDING_LENGTH },
    { "goes on after a transfer", 300000, 0, SIDE_TRANSFER_BLIND, 0 },
    { "nobody said", 0, 0, SIDE_TRANSFER_NONE, 0 },
    { "the file says otherwise", 80000, 20000, SIDE_TRANSFER_NONE, SIDE_RECORDING_LENGTH },
    { "the file is right", 500000, 80000, SIDE_TRANSFER_NONE, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideCall) call = make_call ();
      g_autoptr (SideSoundFigures) figures = cases[i].is_ms != 0 ? make_figures (cases[i].is_ms) : NULL;

      g_test_message ("%s", cases[i].what);
      call->recording_ms = cases[i].said_ms;
      call->transfer = cases[i].transfer;
      g_assert_cmpuint (side_recording_check (call, figures, NOON + 3600000, NULL), ==, cases[i].faults);
    }
}

static void
test_faults (void)
{
  SideRecordingTotals totals = { 0 };
  gint64 now_ms = NOON + 80000 + SIDE_RECORDING_GRACE_MS + 1;
  g_autoptr (SideCall) missing = make_call ();
  g_autoptr (SideCall) lost = make_call ();
  g_autoptr (SideCall) live = make_call ();
  g_autoptr (SideCall) silent = make_call ();
  g_autoptr (SideSoundFigures) one_sided = make_figures (80000);
  g_autoptr (SideSoundFigures) broken = make_figures (0);

  g_clear_pointer (&missing->recording, g_free);
  g_assert_cmpuint (side_recording_check (missing, NULL, now_ms - 1, NULL), ==, 0);
  g_assert_cmpuint (side_recording_check (missing, NULL, now_ms, &totals), ==, SIDE_RECORDING_MISSING);
  lost->outcome = SIDE_OUTCOME_ABANDONED;
  g_clear_pointer (&lost->recording, g_free);
  g_assert_cmpuint (side_recording_check (lost, NULL, now_ms, &totals), ==, 0);
  live->ended_ms = 0;
  g_assert_cmpuint (side_recording_check (live, NULL, now_ms, &totals), ==, 0);
  one_sided->sides[SIDE_CHANNEL_CUSTOMER].one_way = TRUE;
  g_assert_cmpuint (side_recording_check (silent, one_sided, now_ms, &totals), ==, SIDE_RECORDING_ONE_SIDED);
  one_sided->attribution = SIDE_ATTRIBUTION_MONO;
  g_assert_cmpuint (side_recording_check (silent, one_sided, now_ms, &totals), ==, 0);
  broken->problem = g_strdup ("no sound file");
  g_assert_cmpuint (side_recording_check (silent, broken, now_ms, &totals), ==, SIDE_RECORDING_UNPLAYABLE);
  g_assert_cmpuint (totals.calls, ==, 5);
  g_assert_cmpuint (totals.answered, ==, 4);
  g_assert_cmpuint (totals.recorded, ==, 3);
  g_assert_cmpuint (totals.analysed, ==, 3);
  g_assert_cmpuint (totals.amiss, ==, 3);
  g_assert_cmpuint (totals.faults[0], ==, 1);
  g_assert_cmpuint (totals.faults[3], ==, 1);
}

static void
add_event (GPtrArray     *events,
           SideEventKind  kind,
           gint64         at_ms,
           const char    *call)
{
  SideEvent *event = side_event_new (kind, at_ms, "shop");

  event->call = g_strdup (call);
  g_ptr_array_add (events, event);
}

static void
test_spans (void)
{
  g_autoptr (SideCall) call = make_call ();
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) side_event_unref);
  g_autoptr (SideRecordingSpans) spans = NULL;
  g_autoptr (SideRecordingSpans) none = NULL;
  const SideSpan *span;

  add_event (events, SIDE_EVENT_CALL_PAYMENT_ENDED, NOON + 21000, "c");
  add_event (events, SIDE_EVENT_CALL_HELD, NOON + 30000, "c");
  add_event (events, SIDE_EVENT_CALL_HELD, NOON + 31000, "other");
  add_event (events, SIDE_EVENT_CALL_PAYMENT_STARTED, NOON + 35000, "c");
  add_event (events, SIDE_EVENT_CALL_RESUMED, NOON + 40000, "c");
  add_event (events, SIDE_EVENT_CALL_PAYMENT_ENDED, NOON + 45000, "c");
  add_event (events, SIDE_EVENT_CALL_HELD, NOON + 70000, "c");
  spans = side_recording_spans_new (call, events);
  g_assert_cmpint (spans->answered_ms, ==, 20000);
  g_assert_cmpuint (spans->holds->len, ==, 2);
  span = &g_array_index (spans->holds, SideSpan, 1);
  g_assert_cmpint (span->from_ms, ==, 70000);
  g_assert_cmpint (span->to_ms, ==, 80000);
  g_assert_cmpuint (spans->payments->len, ==, 1);
  span = &g_array_index (spans->payments, SideSpan, 0);
  g_assert_cmpint (span->from_ms, ==, 35000);
  g_assert_cmpint (span->to_ms, ==, 45000);
  g_assert_cmpuint (spans->masked->len, ==, 2);
  span = &g_array_index (spans->masked, SideSpan, 0);
  g_assert_cmpint (span->from_ms, ==, 30000);
  g_assert_cmpint (span->to_ms, ==, 45000);
  /* Recorded from the answer on: all is 20 s earlier. */
  call->recording_ms = 60000;
  g_clear_pointer (&spans, side_recording_spans_free);
  spans = side_recording_spans_new (call, events);
  g_assert_cmpint (spans->answered_ms, ==, 0);
  g_assert_cmpint (g_array_index (spans->holds, SideSpan, 0).from_ms, ==, 10000);
  /* Its end was lost: it begins with the answer all the same. */
  call->recording_ms = 50000;
  g_assert_cmpint (side_call_get_recording_start_ms (call), ==, NOON + 20000);
  /* It went on at whoever the caller was passed on to. */
  call->recording_ms = 300000;
  call->transfer = SIDE_TRANSFER_BLIND;
  g_assert_cmpint (side_call_get_recording_start_ms (call), ==, NOON);
  /* Where it begins is not known: nothing is. */
  call->recording_ms = 0;
  none = side_recording_spans_new (call, events);
  g_assert_cmpuint (none->masked->len, ==, 0);
  g_assert_cmpint (none->answered_ms, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording-check/vectors", test_vectors);
  g_test_add_func ("/recording-check/faults", test_faults);
  g_test_add_func ("/recording-check/spans", test_spans);
  return g_test_run ();
}
