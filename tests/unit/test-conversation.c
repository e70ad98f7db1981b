/* test-conversation.c - dead air, talk-over, latency and monologues by hand
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each dialogue is a line of pairs of seconds; what must come of it was reckoned
 * on paper by the definitions of docs/sound.md.
 */
#include <math.h>
#include <stdarg.h>

#include "side-conversation.h"

#define END (-1.0)

/* spans (1.0, 2.0, 3.5, 4.0, END): in seconds */
static GArray *
spans (double from,
       ...)
{
  GArray *out = side_spans_new ();
  va_list args;

  va_start (args, from);
  while (from >= 0)
    {
      double to = va_arg (args, double);

      side_spans_add (out, (gint64) lround (from * 1000), (gint64) lround (to * 1000));
      from = va_arg (args, double);
    }
  va_end (args);
  return out;
}

typedef struct {
  GArray               *speech[2];
  GArray               *masked;
  SideConversation      talk;
  SideConversationInput input;
} Dialogue;

/* Takes the spans. */
static Dialogue
dialogue (GArray *operator_speech,
          GArray *customer_speech,
          GArray *masked,
          double  duration)
{
  Dialogue d = { { operator_speech, customer_speech }, masked };

  d.input = (SideConversationInput) { { operator_speech, customer_speech }, masked, (gint64) (duration * 1000), 0 };
  side_conversation_init (&d.talk);
  side_conversation_measure (&d.talk, &d.input);
  return d;
}

static void
dialogue_clear (Dialogue *d)
{
  g_array_unref (d->speech[0]);
  g_clear_pointer (&d->speech[1], g_array_unref);
  g_clear_pointer (&d->masked, g_array_unref);
  side_conversation_clear (&d->talk);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Dialogue, dialogue_clear)

static void
assert_span (const GArray *array,
             guint         i,
             gint64        from_ms,
             gint64        to_ms)
{
  g_assert_cmpuint (i, <, array->len);
  g_assert_cmpint (g_array_index (array, SideSpan, i).from_ms, ==, from_ms);
  g_assert_cmpint (g_array_index (array, SideSpan, i).to_ms, ==, to_ms);
}

static void
test_spans (void)
{
  g_autoptr (GArray) a = spans (1.0, 3.0, 5.0, 6.0, 8.0, 9.0, END);
  g_autoptr (GArray) b = spans (2.0, 4.0, 5.5, 8.5, END);
  g_autoptr (GArray) both = side_spans_common (a, b);
  g_autoptr (GArray) all = side_spans_join (a, b);
  g_autoptr (GArray) rest = side_spans_cut (a, b);
  g_autoptr (GArray) gaps = side_spans_gaps (a, 10000);

  g_assert_cmpuint (both->len, ==, 3);
  assert_span (both, 0, 2000, 3000);
  assert_span (both, 1, 5500, 6000);
  assert_span (both, 2, 8000, 8500);
  g_assert_cmpuint (all->len, ==, 2);
  assert_span (all, 0, 1000, 4000);
  assert_span (all, 1, 5000, 9000);
  g_assert_cmpuint (rest->len, ==, 3);
  assert_span (rest, 0, 1000, 2000);
  assert_span (rest, 1, 5000, 5500);
  assert_span (rest, 2, 8500, 9000);
  g_assert_cmpuint (gaps->len, ==, 4);
  assert_span (gaps, 3, 9000, 10000);
  g_assert_cmpint (side_spans_length (a), ==, 4000);
  g_assert_true (side_spans_touch (a, 2900, 3500));
  g_assert_false (side_spans_touch (a, 3000, 5000));
}

/* One mask within two spans, two masks within one. */
static void
test_spans_cut (void)
{
  g_autoptr (GArray) one = spans (0.0, 4.0, 5.0, 9.0, END);
  g_autoptr (GArray) across = spans (3.0, 6.0, 7.0, 8.0, END);
  g_autoptr (GArray) rest = side_spans_cut (one, across);
  g_autoptr (GArray) same = side_spans_cut (one, NULL);

  g_assert_cmpuint (rest->len, ==, 3);
  assert_span (rest, 0, 0, 3000);
  assert_span (rest, 1, 6000, 7000);
  assert_span (rest, 2, 8000, 9000);
  g_assert_cmpint (side_spans_length (same), ==, 8000);
}

static void
test_dead_air (void)
{
  /* 0..1 nobody, 3..7 exactly 4 s, 9..13.1 more than 4 s, 15..26 more than 10 s */
  g_auto (Dialogue) d = dialogue (spans (1.0, 3.0, 13.1, 15.0, END), spans (7.0, 9.0, 26.0, 27.0, END), NULL, 30);

  g_assert_cmpuint (d.talk.dead_air->len, ==, 2);
  assert_span (d.talk.dead_air, 0, 9000, 13100);
  assert_span (d.talk.dead_air, 1, 15000, 26000);
  g_assert_cmpint (d.talk.silence_ms, ==, 1000 + 4000 + 4100 + 11000 + 3000);
}

/* Music from 10 to 20 s: neither silence nor speech, and it cuts the silence around it. */
static void
test_masked (void)
{
  g_auto (Dialogue) d = dialogue (spans (0.0, 5.0, 24.5, 26.0, END), spans (26.5, 27.0, END), spans (10.0, 20.0, END), 30);

  g_assert_cmpuint (d.talk.dead_air->len, ==, 2);
  assert_span (d.talk.dead_air, 0, 5000, 10000);
  assert_span (d.talk.dead_air, 1, 20000, 24500);
  g_assert_cmpuint (d.talk.latency[SIDE_CHANNEL_CUSTOMER].n, ==, 1);
}

static void
test_talk_over (void)
{
  /* The customer cuts in at 4.5; the operator at 9.6, but for 0.2 s only; at
   * 20 a mere "yes"; at 32 the operator, within the customer's turn, for 1.5 s. */
  g_auto (Dialogue) d = dialogue (spans (1.0, 5.0, 9.6, 12.0, 18.0, 25.0, 32.0, 33.5, END),
                                  spans (4.5, 9.8, 20.0, 20.6, 30.0, 36.0, END), NULL, 40);
  const SideTalkOver *over;

  g_assert_cmpuint (d.talk.talk_over->len, ==, 2);
  over = &g_array_index (d.talk.talk_over, SideTalkOver, 0);
  g_assert_cmpint (over->from_ms, ==, 4500);
  g_assert_cmpint (over->to_ms, ==, 5000);
  g_assert_cmpint (over->who, ==, SIDE_CHANNEL_CUSTOMER);
  over = &g_array_index (d.talk.talk_over, SideTalkOver, 1);
  g_assert_cmpint (over->to_ms - over->from_ms, ==, 1500);
  g_assert_cmpint (over->who, ==, SIDE_CHANNEL_OPERATOR);
  g_assert_cmpuint (d.talk.back_channels, ==, 1);
}

static void
test_latency (void)
{
  /* The operator answers after 1, 2, 3 and 10 s; in between once too early
   * (talk-over), and once it is themselves who spoke last. */
  g_auto (Dialogue) d = dialogue (spans (3.0, 4.0, 4.8, 5.0, 9.0, 10.0, 14.0, 15.0, 16.5, 18.0, 30.0, 31.0, END),
                                  spans (1.0, 2.0, 6.0, 7.0, 10.5, 11.0, 16.0, 17.0, 19.0, 20.0, END), NULL, 40);
  const SideLatency *latency = &d.talk.latency[SIDE_CHANNEL_OPERATOR];

  g_assert_cmpuint (latency->n, ==, 4);
  g_assert_cmpfloat_with_epsilon (latency->median_ms, 2500, 1e-6);
  /* Rank 0.9 x 3 = 2.7 of 1, 2, 3, 10: 3 + 0.7 x 7. */
  g_assert_cmpfloat_with_epsilon (latency->p90_ms, 7900, 1e-6);
  g_assert_cmpint (latency->longest.from_ms, ==, 20000);
  g_assert_cmpint (latency->longest.to_ms, ==, 30000);
  g_assert_cmpint (d.talk.greeting_ms, ==, 3000);
}

static void
test_latency_masked (void)
{
  g_auto (Dialogue) d = dialogue (spans (20.0, 21.0, END), spans (1.0, 2.0, END), spans (3.0, 10.0, END), 30);

  g_assert_cmpuint (d.talk.latency[SIDE_CHANNEL_OPERATOR].n, ==, 0);
  g_assert_true (isnan (d.talk.latency[SIDE_CHANNEL_OPERATOR].median_ms));
}

static void
assert_monologue (const Dialogue *d,
                  guint           side,
                  gint64          from_ms,
                  gint64          to_ms)
{
  SideSpan longest;

  side_conversation_monologue (&d->input, side, &longest);
  g_assert_cmpint (longest.from_ms, ==, from_ms);
  g_assert_cmpint (longest.to_ms, ==, to_ms);
}

static void
test_monologue (void)
{
  /* 1..9.5 goes on over pauses of 1 s and a short word of the other; a turn of
   * 1 s at 20.5 ends the second. */
  g_auto (Dialogue) d = dialogue (spans (1.0, 4.0, 5.0, 7.0, 8.0, 9.5, 15.0, 20.0, 20.9, 24.0, END),
                                  spans (7.1, 7.6, 20.1, 21.1, END), NULL, 30);

  assert_monologue (&d, SIDE_CHANNEL_OPERATOR, 1000, 9500);
  assert_monologue (&d, SIDE_CHANNEL_CUSTOMER, 20100, 21100);
}

static void
test_shares (void)
{
  g_auto (Dialogue) d = dialogue (spans (0.0, 6.0, 10.0, 12.0, END), spans (6.5, 8.5, END), NULL, 20);

  g_assert_cmpfloat_with_epsilon (d.talk.talk_share[0], 0.8, 1e-9);
  g_assert_cmpfloat_with_epsilon (d.talk.talk_of_call[0], 0.4, 1e-9);
  g_assert_cmpfloat_with_epsilon (d.talk.talk_of_call[1], 0.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (d.talk.switches_a_minute, 6, 1e-9);
}

/* Of a mix only what nobody says is known. */
static void
test_one_track (void)
{
  g_auto (Dialogue) d = dialogue (spans (0.0, 2.0, 8.0, 9.0, END), NULL, NULL, 10);

  g_assert_cmpuint (d.talk.dead_air->len, ==, 1);
  g_assert_cmpuint (d.talk.talk_over->len, ==, 0);
  g_assert_true (isnan (d.talk.talk_share[0]));
  g_assert_true (isnan (d.talk.latency[0].median_ms));
  g_assert_cmpint (d.talk.greeting_ms, ==, SIDE_ANALYSIS_UNKNOWN);
}

static void
test_nothing (void)
{
  g_auto (Dialogue) d = dialogue (spans (END), spans (END), NULL, 0);

  g_assert_cmpuint (d.talk.dead_air->len, ==, 0);
  g_assert_true (isnan (d.talk.talk_share[0]) && isnan (d.talk.talk_of_call[0]));
  assert_monologue (&d, SIDE_CHANNEL_OPERATOR, 0, 0);
}

/* The operator came on at 10 s: what was said before is no greeting. */
static void
test_greeting (void)
{
  g_auto (Dialogue) d = dialogue (spans (1.0, 2.0, 12.5, 14.0, END), spans (END), NULL, 20);
  SideConversation talk;

  d.input.answered_ms = 10000;
  side_conversation_init (&talk);
  side_conversation_measure (&talk, &d.input);
  g_assert_cmpint (talk.greeting_ms, ==, 2500);
  side_conversation_clear (&talk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/conversation/spans", test_spans);
  g_test_add_func ("/conversation/spans-cut", test_spans_cut);
  g_test_add_func ("/conversation/dead-air", test_dead_air);
  g_test_add_func ("/conversation/masked", test_masked);
  g_test_add_func ("/conversation/talk-over", test_talk_over);
  g_test_add_func ("/conversation/latency", test_latency);
  g_test_add_func ("/conversation/latency-masked", test_latency_masked);
  g_test_add_func ("/conversation/monologue", test_monologue);
  g_test_add_func ("/conversation/shares", test_shares);
  g_test_add_func ("/conversation/one-track", test_one_track);
  g_test_add_func ("/conversation/nothing", test_nothing);
  g_test_add_func ("/conversation/greeting", test_greeting);
  return g_test_run ();
}
