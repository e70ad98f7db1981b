/* test-test-verdict.c - limits, faults, the other clock, and what many test calls say
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-campaign-draw.h"
#include "side-test-results.h"
#include "side-test-segments.h"
#include "side-test-verdict.h"
#include "side-time.h"

#define UUID   "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define NOW_MS G_GINT64_CONSTANT (1795269600000)   /* 2026-11-21T14:00:00Z, a Saturday */

/* Rings 2.3 s, a menu of 8.2 s, 27.3 s in the queue, a person. */
static SideTestCall *
make_call (void)
{
  SideTestCall *self = side_test_call_new (NULL, "tea", "100");
  g_autoptr (SideScenario) scenario = side_scenario_new (UUID, "tea", "Return");

  scenario->limits = (SideScenarioLimits) { 15000, 10000, 20000, 300000 };
  side_scenario_add_step (scenario, "1", "Hello");
  side_scenario_add_fact (scenario, "f", "How long?", "14");
  side_test_call_follow (self, scenario);
  self->dialled_ms = NOW_MS;
  self->ringing_ms = NOW_MS + 900;
  self->answered_ms = NOW_MS + 3200;
  self->ended_ms = NOW_MS + 86000;
  self->end = SIDE_TEST_END_THEM;
  side_test_call_add_segment (self, SIDE_SEGMENT_DIALLING, 0, 900, 1);
  side_test_call_add_segment (self, SIDE_SEGMENT_RINGING, 900, 3200, 1);
  side_test_call_add_segment (self, SIDE_SEGMENT_MENU, 3200, 11400, 0.9);
  side_test_call_add_segment (self, SIDE_SEGMENT_QUEUE, 11400, 38700, 0.9);
  side_test_call_add_segment (self, SIDE_SEGMENT_PERSON, 38700, 60000, 0.9);
  side_test_call_add_segment (self, SIDE_SEGMENT_HOLD, 60000, 70000, 0.9);
  side_test_call_add_segment (self, SIDE_SEGMENT_PERSON, 70000, 86000, 0.9);
  return self;
}

static void
test_limits (void)
{
  g_autoptr (SideTestCall) self = make_call ();
  g_autoptr (GArray) checks = side_test_call_limits (self);
  static const struct { gint64 took_ms, over_ms; } expected[] = { { 2300, 0 }, { 8200, 0 }, { 27300, 7300 }, { 47300, 0 } };

  g_assert_cmpuint (checks->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const SideLimitCheck *check = &g_array_index (checks, SideLimitCheck, i);

      g_assert_cmpint ((int) check->limit, ==, (int) i);
      g_assert_cmpint (check->took_ms, ==, expected[i].took_ms);
      g_assert_cmpint (check->over_ms, ==, expected[i].over_ms);
      g_assert_cmpint (check->kept, ==, expected[i].over_ms == 0);
    }
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_TOO_LONG);
  self->pinned->limits.queue_ms = 27300;   /* to the last ms it is kept */
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  /* "How did you like it? Press one": that is after the queue. */
  side_test_call_add_segment (self, SIDE_SEGMENT_MENU, 86000, 86500, 0.9);
  g_assert_cmpint (side_test_call_took (self, SIDE_LIMIT_QUEUE), ==, 27300);
}

/* A call that never came so far breaks only what it had time to break. */
static void
test_given_up (void)
{
  g_autoptr (SideTestCall) self = make_call ();

  g_ptr_array_set_size (self->segments, 4);
  g_assert_cmpint (side_test_call_took (self, SIDE_LIMIT_QUEUE), ==, 86000 - 11400);
  g_assert_cmpint (side_test_call_took (self, SIDE_LIMIT_TALK), ==, -1);
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_NO_PERSON | SIDE_TEST_TOO_LONG);
  g_ptr_array_set_size (self->segments, 2);
  self->answered_ms = 0;
  self->ended_ms = NOW_MS + 16400;
  g_assert_cmpint (side_test_call_took (self, SIDE_LIMIT_RING), ==, 15500);
  g_assert_cmpint (side_test_call_took (self, SIDE_LIMIT_QUEUE), ==, -1);
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_NOT_ANSWERED | SIDE_TEST_TOO_LONG);
  self->ended_ms = NOW_MS + 10000;
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_NOT_ANSWERED);
  self->ringing_ms = 0;
  g_assert_cmpint (side_test_call_took (self, SIDE_LIMIT_RING), ==, -1);
}

static void
test_faults (void)
{
  g_autoptr (SideTestCall) self = make_call ();
  SideScenarioPrompt *prompt = side_scenario_add_prompt (self->pinned, "greeting", "Hello");
  SideTestPrompt *found;

  self->pinned->limits.queue_ms = 0;
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);   /* nothing to compare the words with */
  prompt->recording = g_strdup ("ab");
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);   /* nobody has compared it */
  found = side_test_call_add_prompt (self, "greeting");
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);   /* nobody is sure */
  found->state = SIDE_TEST_PROMPT_NOT_HEARD;
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_WRONG_PROMPT);
  ((SideTestSegment *) self->segments->pdata[2])->label = g_strdup ("greeting");
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_WRONG_PROMPT);
  ((SideTestSegment *) self->segments->pdata[2])->by_hand = TRUE;   /* somebody has listened */
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  side_test_call_set_fact (self, "f", SIDE_TEST_FACT_NOT_TOLD, NULL);
  self->callback = SIDE_TEST_CALLBACK_LATE;
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_WRONG_FACT | SIDE_TEST_NO_CALLBACK);
  side_test_call_set_fact (self, "f", SIDE_TEST_FACT_NOT_ASKED, NULL);
  self->callback = SIDE_TEST_CALLBACK_OPEN;
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  /* A check of the menu waits for nobody. */
  g_ptr_array_set_size (self->segments, 3);
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_NO_PERSON);
  self->pinned->robot = TRUE;
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_NO_PERSON);
  g_ptr_array_set_size (self->pinned->steps, 0);
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
}

static void
test_callback (void)
{
  g_assert_cmpint ((int) side_test_callback_of (0, 0, 5), ==, SIDE_TEST_CALLBACK_NONE);
  g_assert_cmpint ((int) side_test_callback_of (10, 0, 10), ==, SIDE_TEST_CALLBACK_OPEN);
  g_assert_cmpint ((int) side_test_callback_of (10, 0, 11), ==, SIDE_TEST_CALLBACK_BROKEN);
  g_assert_cmpint ((int) side_test_callback_of (10, 10, 11), ==, SIDE_TEST_CALLBACK_KEPT);
  g_assert_cmpint ((int) side_test_callback_of (10, 11, 11), ==, SIDE_TEST_CALLBACK_LATE);
}

static SideCall *
make_theirs (const char *id,
             const char *caller,
             gint64      joined_ms)
{
  SideCall *call = side_call_new (id);

  call->caller = g_strdup (caller);
  call->joined_ms = joined_ms;
  call->answered_ms = joined_ms + 22000;
  call->ended_ms = NOW_MS + 86100;
  call->wait_ms = 22000;
  call->talk_ms = 37000;
  call->hold_ms = 10000;
  return call;
}

static void
test_match (void)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (SideTestCall) self = make_call ();
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_call_unref);
  SideTestComparison both;
  const SideCall *found;

  g_ptr_array_add (calls, make_theirs ("early", "89031231244", NOW_MS - 200000));
  g_ptr_array_add (calls, make_theirs ("other", "89031231245", NOW_MS + 11500));
  g_ptr_array_add (calls, make_theirs ("far", "+7 903 123-12-44", NOW_MS + 60000));
  g_ptr_array_add (calls, make_theirs ("ours", "+7 (903) 123-12-44", NOW_MS + 16700));
  g_ptr_array_add (calls, make_theirs ("hidden", NULL, NOW_MS + 11400));
  found = side_test_call_find_match (self, calls, "79031231244", NULL);
  g_assert_cmpstr (found->id, ==, "ours");
  side_test_call_compare (self, found, &both);
  g_assert_cmpint (both.my_wait_ms, ==, 38700);
  g_assert_cmpint (both.their_wait_ms, ==, 22000);
  g_assert_cmpint (both.my_talk_ms, ==, 47300);
  g_assert_cmpint (both.their_talk_ms, ==, 47000);
  g_assert_cmpint (both.before_ms, ==, 16700);
  g_assert_null (side_test_call_find_match (self, calls, "74950000000", NULL));
  g_assert_null (side_test_call_find_match (self, calls, NULL, NULL));
  g_assert_null (side_test_call_find_match (self, calls, "44", NULL));
  /* One that is another test call already is not ours, too. */
  g_hash_table_add (taken, (char *) "ours");
  g_assert_cmpstr (side_test_call_find_match (self, calls, "79031231244", taken)->id, ==, "far");
  g_ptr_array_add (calls, make_theirs ("as near", "89031231244", NOW_MS + 11400 - 5300));
  g_assert_null (side_test_call_find_match (self, calls, "79031231244", NULL));
  g_ptr_array_add (calls, make_theirs ("farther", "89031231244", NOW_MS + 70000));
  g_assert_null (side_test_call_find_match (self, calls, "79031231244", NULL));
}

static double
score_of (const SideTestCall *call,
          gpointer            data)
{
  return call->answered_ms != 0 ? 80 : NAN;
}

static void
add_call (GPtrArray  *calls,
          const char *vendor,
          gint64      at_ms,
          gint64      wait_ms)
{
  SideTestCall *call = side_test_call_new (NULL, "tea", "100");

  call->vendor = g_strdup (vendor);
  call->dialled_ms = at_ms;
  call->ended_ms = at_ms + 100000;
  call->end = SIDE_TEST_END_THEM;
  if (wait_ms > 0)
    {
      call->answered_ms = at_ms + wait_ms;
      side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, wait_ms, 100000, 1);
    }
  g_ptr_array_add (calls, call);
}

/* Only what came meanwhile, and not to quite another number; an extension says nothing. */
static void
test_may_be (void)
{
  g_autoptr (SideTestCall) ours = side_test_call_new ("0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10", "tea", "8 (800) 555-00-01");
  g_autoptr (SideCall) theirs = side_call_new ("a");

  ours->dialled_ms = NOW_MS;
  ours->ended_ms = NOW_MS + 60000;
  theirs->joined_ms = NOW_MS + 9000;
  theirs->dialled = g_strdup ("+78005550001");
  g_assert_true (side_test_call_may_be (ours, theirs));
  theirs->joined_ms = NOW_MS + 60000 + 121000;
  g_assert_false (side_test_call_may_be (ours, theirs));
  theirs->joined_ms = NOW_MS - 121000;
  g_assert_false (side_test_call_may_be (ours, theirs));
  theirs->joined_ms = NOW_MS - 119000;
  g_assert_true (side_test_call_may_be (ours, theirs));
  g_free (theirs->dialled);
  theirs->dialled = g_strdup ("+78005550002");
  g_assert_false (side_test_call_may_be (ours, theirs));
  g_free (theirs->dialled);
  theirs->dialled = g_strdup ("5550001");   /* as the exchange writes it */
  g_assert_true (side_test_call_may_be (ours, theirs));
  g_free (theirs->dialled);
  theirs->dialled = g_strdup ("600");
  g_assert_true (side_test_call_may_be (ours, theirs));
  g_assert_true (side_test_call_same_number ("sip:+78005550001@10.20.30.40", "88005550001"));
  g_assert_false (side_test_call_same_number ("100", "100"));   /* an extension may be anybody's */
  g_assert_false (side_test_call_same_number (NULL, "+78005550001"));
}

static void
test_results (void)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);
  g_autoptr (GTimeZone) moscow = side_time_zone_new ("Europe/Moscow", NULL);
  g_autoptr (GPtrArray) lines = NULL, weeks = NULL, all = NULL;
  const gint64 week = 7 * 24 * SIDE_HOUR_MS;
  const SideTestResult *north;

  for (int i = 0; i < 9; i++)
    add_call (calls, "North", NOW_MS + i, 20000 + 1000 * i);
  add_call (calls, "North", NOW_MS + week, 0);
  add_call (calls, NULL, NOW_MS, 5000);
  ((SideTestCall *) calls->pdata[10])->ended_ms = NOW_MS + 9;
  ((SideTestCall *) calls->pdata[10])->end = SIDE_TEST_END_CANCELLED;
  lines = side_test_results (calls, SIDE_TEST_BY_LINE, moscow, score_of, NULL);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (((const SideTestResult *) lines->pdata[0])->line, ==, "100");
  g_assert_true (isnan (((const SideTestResult *) lines->pdata[0])->wait.low));
  north = lines->pdata[1];
  g_assert_cmpstr (north->line, ==, "North");
  g_assert_cmpuint (north->n, ==, 10);
  g_assert_cmpuint (north->reached, ==, 9);
  g_assert_cmpuint (north->sound, ==, 9);
  g_assert_cmpfloat_with_epsilon (north->reached_share.low, 0.596, 0.0005);   /* 9/10 -> 59.6–98.2 % */
  g_assert_cmpfloat_with_epsilon (north->reached_share.high, 0.982, 0.0005);
  g_assert_cmpfloat_with_epsilon (side_scores_get_mean (&north->waits), 24000, 1e-6);
  g_assert_cmpfloat_with_epsilon (north->wait.high - 24000, 2.306 * 2738.6128 / 3, 0.5);
  g_assert_cmpuint (north->scores.n, ==, 9);
  weeks = side_test_results (calls, SIDE_TEST_BY_LINE | SIDE_TEST_BY_WEEK, moscow, NULL, NULL);
  g_assert_cmpuint (weeks->len, ==, 3);
  g_assert_cmpint (((const SideTestResult *) weeks->pdata[1])->from_ms, ==, side_time_from_iso ("2026-11-16", moscow, NULL));
  g_assert_cmpint (((const SideTestResult *) weeks->pdata[2])->from_ms, ==, side_time_from_iso ("2026-11-23", moscow, NULL));
  ((SideTestCall *) calls->pdata[9])->ended_ms = 0;   /* it goes on */
  all = side_test_results (calls, SIDE_TEST_BY_MONTH, moscow, NULL, NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpuint (((const SideTestResult *) all->pdata[0])->n, ==, 10);
  g_assert_cmpint (((const SideTestResult *) all->pdata[0])->from_ms, ==, side_time_from_iso ("2026-11-01", moscow, NULL));
  g_assert_true (isnan (side_scores_get_mean (&((const SideTestResult *) all->pdata[0])->scores)));
}

static const SideTestSegment *
segment_at (const SideTestCall *self,
            guint               index)
{
  g_assert_cmpuint (index, <, self->segments->len);
  return self->segments->pdata[index];
}

/* Our program died in the middle: nobody is to blame, and no share is the worse for it. */
static void
test_cut_off (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GPtrArray) calls = g_ptr_array_new_with_free_func ((GDestroyNotify) side_test_call_unref);
  g_autoptr (GPtrArray) results = NULL;
  g_autoptr (GPtrArray) alarms = NULL;
  g_autoptr (SideCampaign) campaign = side_campaign_new (UUID, "tea", "Tea");
  SideTestCall *self = make_call ();

  g_ptr_array_add (calls, make_call ());
  g_ptr_array_add (calls, self);
  self->end = SIDE_TEST_END_UNKNOWN;
  g_assert_false (!side_test_call_counts (self));   /* a person was there */
  g_ptr_array_set_size (self->segments, 3);
  self->ended_ms = NOW_MS + 12000;
  g_assert_true (!side_test_call_counts (self));
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  campaign->fail_n = campaign->fail_m = 1;
  alarms = side_campaign_alarms (campaign, calls);
  g_assert_cmpuint (alarms->len, ==, 1);   /* of the one that took too long */
  results = side_test_results (calls, 0, utc, NULL, NULL);
  g_assert_cmpuint (((const SideTestResult *) results->pdata[0])->n, ==, 1);
  g_assert_cmpuint (((const SideTestResult *) results->pdata[0])->reached, ==, 1);
  self->answered_ms = 0;
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  self->end = SIDE_TEST_END_LOST;
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  self->end = SIDE_TEST_END_SILENT;
  g_assert_true (side_test_call_counts (self));
  /* Who hangs up while it may ring still knows nothing. */
  self->end = SIDE_TEST_END_CANCELLED;
  g_assert_cmpint ((int) side_test_call_discount (self), ==, SIDE_TEST_GIVEN_UP);
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  g_ptr_array_set_size (self->segments, 1);
  side_test_call_add_segment (self, SIDE_SEGMENT_RINGING, 900, 15900, 1);
  self->ended_ms = NOW_MS + 15900;
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_NOT_ANSWERED);
  self->ended_ms = 0;
  self->end = SIDE_TEST_END_UNKNOWN;
  g_assert_false (!side_test_call_counts (self));   /* it goes on */
}

/* A voice of which nobody can say whose it is: not a person who came, and not nobody. */
static void
test_unclear (void)
{
  g_autoptr (SideTestCall) self = make_call ();

  g_ptr_array_set_size (self->segments, 2);
  self->ended_ms = NOW_MS + 9000;
  side_test_call_add_segment (self, SIDE_SEGMENT_OTHER, 3200, 8000, SIDE_TEST_UNCLEAR_VOICE);
  g_assert_cmpint ((int) side_test_call_discount (self), ==, SIDE_TEST_UNCLEAR);
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  ((SideTestSegment *) self->segments->pdata[2])->to_ms = 3900;
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_NO_PERSON);
  ((SideTestSegment *) self->segments->pdata[2])->to_ms = 8000;
  g_assert_true (side_test_call_set_kind (self, 2, SIDE_SEGMENT_ANNOUNCEMENT));
  g_assert_cmpuint (side_test_call_faults (self), ==, SIDE_TEST_NO_PERSON);
  g_ptr_array_set_size (self->segments, 2);
  self->end = SIDE_TEST_END_US;
  g_assert_cmpint ((int) side_test_call_discount (self), ==, SIDE_TEST_GIVEN_UP);
  self->ended_ms = NOW_MS + 24000;
  g_assert_cmpuint (side_test_call_faults (self) & SIDE_TEST_NO_PERSON, ==, SIDE_TEST_NO_PERSON);
}

/* A computer that calls cannot say whether it spoke with anybody: a short saying and a silence is what every
 * recording has. Who calls in person can. */
static void
test_guessed (void)
{
  g_autoptr (SideTestCall) self = make_call ();
  SideTestSegment *voice;

  g_ptr_array_set_size (self->segments, 2);
  self->ended_ms = NOW_MS + 9000;
  voice = side_test_call_add_segment (self, SIDE_SEGMENT_PERSON, 3200, 8000, 0.91);
  g_assert_true (side_test_call_reached (self));
  self->robot = TRUE;
  g_assert_false (side_test_call_reached (self));
  g_assert_cmpint ((int) side_test_call_discount (self), ==, SIDE_TEST_UNCLEAR);
  self->end = SIDE_TEST_END_US;
  g_assert_cmpint ((int) side_test_call_discount (self), ==, SIDE_TEST_UNCLEAR);
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  voice->certainty = SIDE_TEST_SURE_PERSON;
  g_assert_true (side_test_call_reached (self) && side_test_call_counts (self));
  voice->certainty = 0.6;
  voice->by_hand = TRUE;
  g_assert_true (side_test_call_reached (self));
  /* Nobody was told by the ear, and yet a step was said to somebody. */
  side_test_call_set_kind (self, 2, SIDE_SEGMENT_OTHER);
  side_test_call_add_step (self, "1", 2000, SIDE_TEST_SAID_BY_COMPUTER);
  self->robot = FALSE;
  self->end = SIDE_TEST_END_US;
  g_assert_cmpint ((int) side_test_call_discount (self), ==, SIDE_TEST_GIVEN_UP);
  side_test_call_add_step (self, "1", 4000, SIDE_TEST_SAID_BY_CALLER);
  g_assert_cmpint ((int) side_test_call_discount (self), ==, SIDE_TEST_COUNTS);
  self->answered_ms = 0;
  g_assert_false (side_test_call_reached (self));
}

/* What somebody corrects counts at once, and what was told stays beside it. */
static void
test_corrected (void)
{
  g_autoptr (SideTestCall) self = make_call ();
  g_autoptr (SideTestCall) copy = NULL;

  g_assert_cmpint (side_test_call_find_segment (self, 11400), ==, 3);
  g_assert_cmpint (side_test_call_find_segment (self, 86000), ==, 6);
  g_assert_cmpint (side_test_call_find_segment (self, 86001), ==, -1);
  g_assert_true (side_test_call_set_edges (self, 3, 11400, 31400));
  g_assert_cmpint (segment_at (self, 4)->from_ms, ==, 31400);
  g_assert_cmpint (side_test_call_took (self, SIDE_LIMIT_QUEUE), ==, 20000);
  g_assert_cmpuint (side_test_call_faults (self), ==, 0);
  g_assert_true (segment_at (self, 3)->by_hand && segment_at (self, 4)->by_hand && !segment_at (self, 2)->by_hand);
  g_assert_cmpfloat (segment_at (self, 3)->certainty, ==, 1);
  g_assert_cmpfloat (segment_at (self, 3)->told_certainty, ==, 0.9);
  g_assert_true (side_test_call_set_kind (self, 3, SIDE_SEGMENT_MENU));
  g_assert_false (side_test_call_set_kind (self, 3, SIDE_SEGMENT_MENU));
  g_assert_cmpint ((int) segment_at (self, 3)->told, ==, SIDE_SEGMENT_QUEUE);
  g_assert_cmpint (side_test_call_took (self, SIDE_LIMIT_MENU), ==, 28200);
  copy = side_test_call_copy (self);
  g_assert_cmpint ((int) segment_at (copy, 3)->told, ==, SIDE_SEGMENT_QUEUE);
  g_assert_cmpfloat (segment_at (copy, 3)->told_certainty, ==, 0.9);
  g_assert_cmpfloat (segment_at (copy, 2)->told_certainty, <, 0);
  /* A guess that is confirmed is none any more. */
  g_assert_true (side_test_call_set_kind (self, 2, SIDE_SEGMENT_MENU));
  g_assert_cmpfloat (segment_at (self, 2)->certainty, ==, 1);
}

/* Nothing gets lost between the parts, and none becomes nothing. */
static void
test_cut (void)
{
  g_autoptr (SideTestCall) self = make_call ();

  g_assert_false (side_test_call_split (self, 3, 11410));
  g_assert_true (side_test_call_split (self, 3, 20000));
  g_assert_cmpuint (self->segments->len, ==, 8);
  g_assert_cmpint (segment_at (self, 3)->to_ms, ==, 20000);
  g_assert_cmpint (segment_at (self, 4)->from_ms, ==, 20000);
  g_assert_cmpint (segment_at (self, 4)->to_ms, ==, 38700);
  g_assert_cmpint ((int) segment_at (self, 4)->kind, ==, SIDE_SEGMENT_QUEUE);
  g_assert_true (side_test_call_merge (self, 3));
  g_assert_cmpuint (self->segments->len, ==, 7);
  g_assert_cmpint (segment_at (self, 3)->to_ms, ==, 38700);
  g_assert_false (side_test_call_merge (self, 6));
  g_assert_true (side_test_call_set_label (self, 4, "Anna"));
  g_assert_false (side_test_call_set_label (self, 4, "Anna"));
  g_assert_true (side_test_call_set_label (self, 4, ""));
  g_assert_null (segment_at (self, 4)->label);
  /* No further than the neighbours leave room, and the end of the call. */
  g_assert_true (side_test_call_set_edges (self, 1, -5000, 3200));
  g_assert_cmpint (segment_at (self, 1)->from_ms, ==, SIDE_TEST_SEGMENT_LEAST_MS);
  g_assert_cmpint (segment_at (self, 0)->to_ms, ==, SIDE_TEST_SEGMENT_LEAST_MS);
  g_assert_true (side_test_call_set_edges (self, 1, segment_at (self, 1)->from_ms, 99999));
  g_assert_cmpint (segment_at (self, 1)->to_ms, ==, 11400 - SIDE_TEST_SEGMENT_LEAST_MS);
  g_assert_false (side_test_call_set_edges (self, 6, 70000, 99999));
  g_assert_true (side_test_call_set_edges (self, 6, 85999, 86000));
  g_assert_cmpint (segment_at (self, 6)->from_ms, ==, 86000 - SIDE_TEST_SEGMENT_LEAST_MS);
  for (guint i = 1; i < self->segments->len; i++)
    g_assert_cmpint (segment_at (self, i - 1)->to_ms, ==, segment_at (self, i)->from_ms);
  g_assert_false (side_test_call_set_edges (self, 99, 0, 1));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/test-verdict/limits", test_limits);
  g_test_add_func ("/test-verdict/given-up", test_given_up);
  g_test_add_func ("/test-verdict/faults", test_faults);
  g_test_add_func ("/test-verdict/callback", test_callback);
  g_test_add_func ("/test-verdict/match", test_match);
  g_test_add_func ("/test-verdict/may-be", test_may_be);
  g_test_add_func ("/test-verdict/results", test_results);
  g_test_add_func ("/test-verdict/corrected", test_corrected);
  g_test_add_func ("/test-verdict/cut", test_cut);
  g_test_add_func ("/test-verdict/cut-off", test_cut_off);
  g_test_add_func ("/test-verdict/unclear", test_unclear);
  g_test_add_func ("/test-verdict/guessed", test_guessed);
  return g_test_run ();
}
