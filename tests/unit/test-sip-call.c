/* test-sip-call.c - a call, fed with what the stack may tell in every order
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The stack is a fake: what the call asks of it is counted. The real one is
 * tried with scripted peers in tests/peers/test_sip.py.
 */
#include <string.h>

#include "side-sip-call-private.h"

#include "side-error.h"
#include "side-test.h"

#define SDP                                                                                                       \
  "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"

struct _SideSipLeg
{
  guint n_acks, n_cancels, n_byes, n_reinvites, n_answers, n_drops;
  int   last_answer;
};

void
side_sip_leg_ack (SideSipLeg *leg,
                  const char *answer)
{
  g_assert_cmpuint (leg->n_drops, ==, 0);
  leg->n_acks++;
}

void
side_sip_leg_cancel (SideSipLeg *leg)
{
  g_assert_cmpuint (leg->n_drops, ==, 0);
  leg->n_cancels++;
}

void
side_sip_leg_bye (SideSipLeg *leg,
                  const char *text)
{
  g_assert_cmpuint (leg->n_drops, ==, 0);
  leg->n_byes++;
}

void
side_sip_leg_reinvite (SideSipLeg *leg,
                       const char *sdp)
{
  g_assert_cmpuint (leg->n_drops, ==, 0);
  g_assert_nonnull (sdp);
  leg->n_reinvites++;
}

void
side_sip_leg_answer (SideSipLeg *leg,
                     int         code,
                     const char *sdp)
{
  g_assert_cmpuint (leg->n_drops, ==, 0);
  g_assert_true ((code == 200) == (sdp != NULL));
  leg->n_answers++;
  leg->last_answer = code;
}

void
side_sip_leg_drop (SideSipLeg *leg)
{
  leg->n_drops++;
}

/* -- a call and what it said */

typedef struct {
  SideSipLeg   leg;
  SideClock   *clock;
  SideSipCall *call;
  guint        n_described;
  guint        n_offered;
  guint        n_ended;
  gboolean     refuses;          /* offers of theirs */
  gboolean     hangs_up;         /* from within ::described */
  char        *branch;           /* of the last description */
  SideSipCallState last;
} Fixture;

static void
on_state (SideSipCall *call,
          GParamSpec  *pspec,
          Fixture     *fixture)
{
  SideSipCallState state = side_sip_call_get_state (call);

  g_assert_cmpint (state, >=, fixture->last);
  g_assert_true ((side_sip_call_get_end (call) != NULL) == (state == SIDE_SIP_CALL_ENDED));
  if (state == SIDE_SIP_CALL_ENDED)
    fixture->n_ended++;
  fixture->last = state;
}

static void
on_described (SideSipCall *call,
              const char  *branch,
              const char  *sdp,
              guint        code,
              Fixture     *fixture)
{
  fixture->n_described++;
  g_free (fixture->branch);
  fixture->branch = g_strdup (branch);
  if (fixture->hangs_up)
    side_sip_call_hang_up (call, NULL);
}

static char *
on_offered (SideSipCall *call,
            const char  *sdp,
            Fixture     *fixture)
{
  fixture->n_offered++;
  return fixture->refuses ? NULL : g_strdup (SDP);
}

static void
begin (Fixture *fixture,
       guint    answer_ms)
{
  *fixture = (Fixture) { .clock = side_clock_new_manual (1000000) };
  fixture->call = _side_sip_call_new (fixture->clock, "100", answer_ms);
  g_signal_connect (fixture->call, "notify::state", G_CALLBACK (on_state), fixture);
  g_signal_connect (fixture->call, "described", G_CALLBACK (on_described), fixture);
  g_signal_connect (fixture->call, "offered", G_CALLBACK (on_offered), fixture);
  _side_sip_call_begin (fixture->call, &fixture->leg);
}

static void
end (Fixture *fixture)
{
  g_object_unref (fixture->call);
  g_object_unref (fixture->clock);
  g_assert_cmpuint (fixture->leg.n_drops, ==, 1);
  g_free (fixture->branch);
}

static void
feed (Fixture      *fixture,
      SideSipEvent  event)
{
  if (event.at_us == 0)
    event.at_us = g_get_monotonic_time ();
  if (event.method == NULL)
    event.method = "INVITE";
  _side_sip_call_event (&fixture->leg, &event, fixture->call);
}

/* What a test says overrides what is usual. */
#pragma GCC diagnostic ignored "-Woverride-init"
#define RESPONSE(number, ...)                                                                                                                        \
  (SideSipEvent)                                                                                                                                     \
  {                                                                                                                                                  \
    .kind = SIDE_SIP_EVENT_RESPONSE, .code = number, .on_wire = TRUE, .phrase = "So", .retry_after_s = -1, .target_ok = TRUE, .branch = "a", __VA_ARGS__ \
  }
#define EVENT(what, ...)                                                            \
  (SideSipEvent)                                                                    \
  {                                                                                 \
    .kind = SIDE_SIP_EVENT_##what, .retry_after_s = -1, .on_wire = TRUE, __VA_ARGS__ \
  }

static void
answer (Fixture *fixture)
{
  feed (fixture, RESPONSE (200, .sdp = SDP));
  g_assert_cmpint (side_sip_call_get_state (fixture->call), ==, SIDE_SIP_CALL_ANSWERED);
}

/* -- every order */

enum { N_THINGS = 15, N_DEEP = 4 };

/* Does the thing number @what to the call. Returns: whether it was an answer that must be acknowledged */
static gboolean
do_thing (Fixture *fixture,
          guint    what)
{
  const SideSipEvent things[N_THINGS - 1] = {
    RESPONSE (100, .branch = NULL),
    RESPONSE (180),
    RESPONSE (183, .sdp = SDP, .branch = "b"),
    RESPONSE (200, .sdp = SDP),
    RESPONSE (200, .sdp = SDP, .target_ok = FALSE),
    RESPONSE (200),
    RESPONSE (486),
    RESPONSE (487),
    RESPONSE (408, .on_wire = FALSE),
    EVENT (CHALLENGED, .code = 401),
    EVENT (OFFER, .sdp = SDP),
    EVENT (BYE, .method = "BYE"),
    RESPONSE (200, .method = "BYE"),
    EVENT (GONE, .on_wire = FALSE),
  };

  if (what < G_N_ELEMENTS (things))
    feed (fixture, things[what]);
  else
    side_sip_call_hang_up (fixture->call, NULL);
  return what == 3 || what == 5;
}

static void
check_order (guint number)
{
  Fixture fixture;
  guint rest = number;

  begin (&fixture, 60000);
  for (guint i = 0; i < N_DEEP; i++, rest /= N_THINGS)
    {
      SideSipLeg before = fixture.leg;
      gboolean over = side_sip_call_get_state (fixture.call) == SIDE_SIP_CALL_ENDED;
      gboolean acknowledge = do_thing (&fixture, rest % N_THINGS);

      if (over)
        g_assert_true (memcmp (&before, &fixture.leg, sizeof before) == 0);
      else if (acknowledge)
        g_assert_cmpuint (fixture.leg.n_acks, ==, before.n_acks + 1);
      else
        g_assert_cmpuint (fixture.leg.n_acks, <=, before.n_acks + (rest % N_THINGS == 4));
      g_assert_cmpuint (fixture.leg.n_cancels, <=, 1);
    }
  side_sip_call_hang_up (fixture.call, NULL);
  /* What was hung up had its CANCEL or BYE, or had come to its end. */
  if (side_sip_call_get_state (fixture.call) == SIDE_SIP_CALL_CLOSING)
    g_assert_cmpuint (fixture.leg.n_cancels + fixture.leg.n_byes, >=, 1);
  feed (&fixture, EVENT (GONE, .on_wire = FALSE));
  g_assert_cmpint (side_sip_call_get_state (fixture.call), ==, SIDE_SIP_CALL_ENDED);
  g_assert_cmpuint (fixture.n_ended, ==, 1);
  end (&fixture);
}

static void
test_every_order (void)
{
  guint n = 1;

  for (guint i = 0; i < N_DEEP; i++)
    n *= N_THINGS;
  for (guint number = 0; number < n; number++)
    check_order (number);
}

/* -- single courses */

static void
test_times (void)
{
  Fixture fixture;
  gint64 start = g_get_monotonic_time ();

  begin (&fixture, 60000);
  side_clock_set_ms (fixture.clock, 5);         /* a clock that is set does not bend them */
  feed (&fixture, RESPONSE (180, .at_us = start + 250000, .late_ms = 3));
  feed (&fixture, RESPONSE (200, .at_us = start + 1750000, .sdp = SDP));
  g_assert_cmpint (side_sip_call_get_since (fixture.call, SIDE_SIP_CALL_TRYING), ==, 0);
  g_assert_cmpint (side_sip_call_get_since (fixture.call, SIDE_SIP_CALL_DIALLED), ==, 1000000);
  g_assert_cmpint (ABS (side_sip_call_get_since (fixture.call, SIDE_SIP_CALL_RINGING) - 1000250), <=, 5);
  g_assert_cmpint (side_sip_call_get_since (fixture.call, SIDE_SIP_CALL_ANSWERED)
                     - side_sip_call_get_since (fixture.call, SIDE_SIP_CALL_RINGING), ==, 1500);
  g_assert_cmpuint (side_sip_call_get_lateness_ms (fixture.call, SIDE_SIP_CALL_RINGING), ==, 3);
  end (&fixture);
}

static void
test_branches (void)
{
  Fixture fixture;
  guint n;

  begin (&fixture, 60000);
  feed (&fixture, RESPONSE (183, .sdp = SDP, .branch = "one"));
  feed (&fixture, RESPONSE (183, .sdp = SDP, .branch = "two"));
  feed (&fixture, RESPONSE (180, .branch = "three"));
  g_assert_cmpint (side_sip_call_get_state (fixture.call), ==, SIDE_SIP_CALL_EARLY);
  g_assert_cmpuint (fixture.n_described, ==, 2);
  feed (&fixture, RESPONSE (200, .branch = "two"));       /* its description came before */
  g_assert_cmpint (side_sip_call_get_state (fixture.call), ==, SIDE_SIP_CALL_ANSWERED);
  g_object_get (fixture.call, "n-branches", &n, NULL);
  g_assert_cmpuint (n, ==, 3);
  end (&fixture);
}

static void
test_many_branches (void)
{
  Fixture fixture;
  guint n;

  begin (&fixture, 60000);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *tag = g_strdup_printf ("made-up-%u", i);

      feed (&fixture, RESPONSE (180, .branch = tag));
    }
  g_object_get (fixture.call, "n-branches", &n, NULL);
  g_assert_cmpuint (n, ==, 64);
  end (&fixture);
}

static void
test_words_of_theirs (void)
{
  Fixture fixture;
  g_autofree char *phrase = g_strnfill (5000, '\xe4');
  const SideSipEnd *how;

  begin (&fixture, 60000);
  feed (&fixture, RESPONSE (480, .phrase = phrase, .reason_protocol = "Q.850", .reason_cause = 19, .reason_text = "a\r\nb", .retry_after_s = 7));
  how = side_sip_call_get_end (fixture.call);
  g_assert_cmpint (how->by, ==, SIDE_SIP_REFUSED);
  g_assert_cmpint (how->code, ==, 480);
  g_assert_true (g_utf8_validate (how->phrase, -1, NULL));
  g_assert_cmpuint (strlen (how->phrase), <=, 200);
  g_assert_cmpuint (strlen (how->phrase), >, 100);
  g_assert_cmpstr (how->reason_protocol, ==, "Q.850");
  g_assert_cmpint (how->reason_cause, ==, 19);
  g_assert_cmpstr (how->reason_text, ==, "a  b");
  g_assert_cmpint (how->retry_after_s, ==, 7);
  g_assert_error (how->error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE);
  end (&fixture);
}

static void
test_crossing (void)
{
  Fixture fixture;
  const SideSipEnd *how;

  begin (&fixture, 60000);
  feed (&fixture, RESPONSE (180));
  side_sip_call_hang_up (fixture.call, NULL);
  side_sip_call_hang_up (fixture.call, NULL);
  g_assert_cmpuint (fixture.leg.n_cancels, ==, 1);
  feed (&fixture, RESPONSE (200, .sdp = SDP));
  g_assert_cmpuint (fixture.leg.n_acks, ==, 1);
  g_assert_cmpuint (fixture.leg.n_byes, ==, 1);
  g_assert_cmpuint (fixture.n_described, ==, 0);
  feed (&fixture, RESPONSE (200, .method = "BYE"));
  how = side_sip_call_get_end (fixture.call);
  g_assert_cmpint (how->by, ==, SIDE_SIP_CANCELLED);
  g_assert_true (how->crossed);
  end (&fixture);
}

static void
test_hang_up_in_handler (void)
{
  Fixture fixture;

  begin (&fixture, 60000);
  fixture.hangs_up = TRUE;
  feed (&fixture, RESPONSE (200, .sdp = SDP));
  g_assert_cmpint (side_sip_call_get_state (fixture.call), ==, SIDE_SIP_CALL_CLOSING);
  g_assert_cmpuint (fixture.leg.n_acks, ==, 1);
  g_assert_cmpuint (fixture.leg.n_byes, ==, 1);
  g_assert_cmpuint (fixture.leg.n_cancels, ==, 0);
  feed (&fixture, RESPONSE (200, .method = "BYE"));
  g_assert_cmpint (side_sip_call_get_end (fixture.call)->by, ==, SIDE_SIP_ENDED_BY_US);
  end (&fixture);
}

static gboolean
has_ended (gpointer data)
{
  return side_sip_call_get_state (data) == SIDE_SIP_CALL_ENDED;
}

static void
test_silence (void)
{
  Fixture fixture;
  gint64 began = g_get_monotonic_time ();

  begin (&fixture, 300);
  g_usleep (200000);
  feed (&fixture, EVENT (CHALLENGED, .code = 401));        /* a sign of life: it begins anew */
  side_test_wait_until (has_ended, fixture.call, 5000, "the end of the call");
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 490000);
  g_assert_cmpint (side_sip_call_get_end (fixture.call)->by, ==, SIDE_SIP_SILENT);
  g_assert_error (side_sip_call_get_end (fixture.call)->error, SIDE_ERROR, SIDE_ERROR_TIMED_OUT);
  end (&fixture);
}

static void
test_limit (void)
{
  Fixture fixture;
  gint64 began;

  begin (&fixture, 300);
  answer (&fixture);
  began = g_get_monotonic_time ();
  side_sip_call_hang_up (fixture.call, "done");
  side_test_wait_until (has_ended, fixture.call, 5000, "the end of the call");
  g_assert_cmpint (g_get_monotonic_time () - began, <, 1500000);
  g_assert_cmpint (side_sip_call_get_end (fixture.call)->by, ==, SIDE_SIP_ENDED_BY_US);
  end (&fixture);
}

/* -- offers */

static GError *
reoffer_error (Fixture       *fixture,
               GAsyncResult **result)
{
  GError *error = NULL;
  g_autoptr (GAsyncResult) told = g_object_ref (side_test_wait_result (result, 5000, "the result of the offer"));
  g_autofree char *sdp = side_sip_call_reoffer_finish (fixture->call, told, &error);

  g_clear_object (result);
  g_assert_true ((sdp != NULL) == (error == NULL));
  return error;
}

static void
test_reoffer (void)
{
  Fixture fixture;
  GAsyncResult *result = NULL;
  g_autoptr (GError) early = NULL;
  g_autoptr (GError) twice = NULL;
  g_autoptr (GError) refused = NULL;

  begin (&fixture, 60000);
  side_sip_call_reoffer_async (fixture.call, SDP, NULL, side_test_async_cb, &result);
  early = reoffer_error (&fixture, &result);
  g_assert_error (early, SIDE_ERROR, SIDE_ERROR_DISCONNECTED);
  answer (&fixture);
  side_sip_call_reoffer_async (fixture.call, SDP, NULL, NULL, NULL);
  side_sip_call_reoffer_async (fixture.call, SDP, NULL, side_test_async_cb, &result);
  twice = reoffer_error (&fixture, &result);
  g_assert_error (twice, SIDE_ERROR, SIDE_ERROR_BUSY);
  feed (&fixture, EVENT (OFFER, .sdp = SDP));
  g_assert_cmpint (fixture.leg.last_answer, ==, 491);
  feed (&fixture, RESPONSE (200, .sdp = SDP));
  g_assert_cmpuint (fixture.leg.n_acks, ==, 2);
  side_sip_call_reoffer_async (fixture.call, SDP, NULL, side_test_async_cb, &result);
  feed (&fixture, RESPONSE (488));
  refused = reoffer_error (&fixture, &result);
  g_assert_error (refused, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
  g_assert_cmpint (side_sip_call_get_state (fixture.call), ==, SIDE_SIP_CALL_ANSWERED);
  g_assert_cmpuint (fixture.leg.n_reinvites, ==, 2);
  end (&fixture);
}

static void
test_reoffer_not_followed (void)
{
  Fixture fixture;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  begin (&fixture, 60000);
  answer (&fixture);
  side_sip_call_reoffer_async (fixture.call, SDP, NULL, side_test_async_cb, &result);
  feed (&fixture, RESPONSE (200, .sdp = SDP, .target_ok = FALSE));
  error = reoffer_error (&fixture, &result);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_assert_cmpuint (fixture.leg.n_acks, ==, 1);
  g_assert_cmpint (side_sip_call_get_end (fixture.call)->by, ==, SIDE_SIP_LOST);
  end (&fixture);
}

static void
test_reoffer_dies_with_call (void)
{
  Fixture fixture;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  begin (&fixture, 60000);
  answer (&fixture);
  side_sip_call_reoffer_async (fixture.call, SDP, NULL, side_test_async_cb, &result);
  feed (&fixture, RESPONSE (491));
  feed (&fixture, EVENT (BYE, .method = "BYE", .reason_protocol = "Q.850", .reason_cause = 16));
  error = reoffer_error (&fixture, &result);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED);
  g_assert_cmpint (side_sip_call_get_end (fixture.call)->by, ==, SIDE_SIP_ENDED_BY_THEM);
  g_assert_cmpint (side_sip_call_get_end (fixture.call)->reason_cause, ==, 16);
  end (&fixture);
}

static void
test_hold (void)
{
  static const struct
  {
    const char *line;
    gboolean    held;
  } offers[] = {
    { "a=sendonly", TRUE }, { "a=sendrecv", FALSE }, { "a=inactive", TRUE }, { "a=recvonly", FALSE }, { "c=IN IP4 0.0.0.0", TRUE },
  };
  Fixture fixture;

  begin (&fixture, 60000);
  answer (&fixture);
  for (guint i = 0; i < G_N_ELEMENTS (offers); i++)
    {
      g_autofree char *sdp = g_strdup_printf ("%s%s\r\n", SDP, offers[i].line);

      feed (&fixture, EVENT (OFFER, .sdp = sdp));
      g_assert_cmpint (fixture.leg.last_answer, ==, 200);
      g_assert_true (side_sip_call_get_held (fixture.call) == offers[i].held);
      feed (&fixture, EVENT (ANSWER, .method = "ACK"));
    }
  fixture.refuses = TRUE;
  feed (&fixture, EVENT (OFFER, .sdp = SDP));
  g_assert_cmpint (fixture.leg.last_answer, ==, 488);
  g_assert_true (side_sip_call_get_held (fixture.call));
  end (&fixture);
}

/* They ask us to offer; their answer comes with the ACK, and until then ours must wait. */
static void
test_offerless (void)
{
  Fixture fixture;
  GAsyncResult *result = NULL;
  g_autoptr (GError) error = NULL;

  begin (&fixture, 60000);
  answer (&fixture);
  feed (&fixture, EVENT (OFFER, .sdp = NULL));
  g_assert_cmpint (fixture.leg.last_answer, ==, 200);
  side_sip_call_reoffer_async (fixture.call, SDP, NULL, side_test_async_cb, &result);
  error = reoffer_error (&fixture, &result);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_BUSY);
  feed (&fixture, EVENT (ANSWER, .method = "ACK", .sdp = SDP, .branch = "z"));
  g_assert_cmpuint (fixture.n_described, ==, 2);
  g_assert_cmpstr (fixture.branch, ==, "z");
  end (&fixture);
}

/* -- what a person dials */

static void
test_targets (void)
{
  static const struct
  {
    const char *target;
    const char *uri;
  } given[] = {
    { "100", "sip:100@example.org" },
    { " +7 (495) 000-11-22 ", "sip:+74950001122@example.org" },
    { "8.800.555.35.35", "sip:88005553535@example.org" },
    { "*21#", "sip:*21%23@example.org" },
    { "anna", "sip:anna@example.org" },
    { "Анна", "sip:%D0%90%D0%BD%D0%BD%D0%B0@example.org" },
    { "anna@shop.example", "sip:anna@shop.example" },
    { "anna@[::1]:5070", "sip:anna@[::1]:5070" },
    { "sip:anna@shop.example;transport=tcp", "sip:anna@shop.example;transport=tcp" },
    { "SIP:100@192.0.2.1", "SIP:100@192.0.2.1" },
    { "", NULL }, { "   ", NULL }, { "()", NULL }, { "sip:", NULL }, { "sip:@x", NULL }, { "tel:+1", NULL }, { "sips:a@b", NULL },
    { "a b", NULL }, { "a@b c", NULL }, { "sip:a@b?Route=%3Csip:x%3E", NULL }, { "a\r\nRoute: <sip:x>", NULL },
    { "sip:a@b\r\nX: y", NULL }, { "<sip:a@b>", NULL }, { "a@b>", NULL }, { "\"a\"@b", NULL }, { "a@", NULL }, { "@b", NULL }, { "\xff", NULL },
  };
  g_autofree char *lengthy = g_strnfill (300, '1');
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (given); i++)
    {
      g_autoptr (GError) why = NULL;
      g_autofree char *uri = side_sip_target_to_uri (given[i].target, "example.org", &why);

      g_assert_cmpstr (uri, ==, given[i].uri);
      if (uri == NULL)
        g_assert_error (why, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
  g_assert_null (side_sip_target_to_uri (lengthy, "example.org", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

static void
test_headers (void)
{
  const char *const good[] = { "X-Sidetone-Test", "42", "x-a_b", "words, \xd1\x8f: \"q\"", NULL };
  const char *const bad[][3] = {
    { "Route", "x", NULL }, { "X-", "x", NULL }, { "X-A:", "x", NULL }, { "X-A", "x\r\nRoute: y", NULL }, { "X-A", "\xff", NULL }, { "X-A", NULL, NULL },
  };

  g_assert_true (side_sip_headers_check (NULL, NULL));
  g_assert_true (side_sip_headers_check (good, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (side_sip_headers_check (bad[i], &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-call/every-order", test_every_order);
  g_test_add_func ("/sip-call/times", test_times);
  g_test_add_func ("/sip-call/branches", test_branches);
  g_test_add_func ("/sip-call/many-branches", test_many_branches);
  g_test_add_func ("/sip-call/words-of-theirs", test_words_of_theirs);
  g_test_add_func ("/sip-call/crossing", test_crossing);
  g_test_add_func ("/sip-call/hang-up-in-handler", test_hang_up_in_handler);
  g_test_add_func ("/sip-call/silence", test_silence);
  g_test_add_func ("/sip-call/limit", test_limit);
  g_test_add_func ("/sip-call/reoffer", test_reoffer);
  g_test_add_func ("/sip-call/reoffer-not-followed", test_reoffer_not_followed);
  g_test_add_func ("/sip-call/reoffer-dies-with-call", test_reoffer_dies_with_call);
  g_test_add_func ("/sip-call/hold", test_hold);
  g_test_add_func ("/sip-call/offerless", test_offerless);
  g_test_add_func ("/sip-call/targets", test_targets);
  g_test_add_func ("/sip-call/headers", test_headers);
  return g_test_run ();
}
