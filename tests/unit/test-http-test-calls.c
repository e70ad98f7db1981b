/* test-http-test-calls.c - scenarios, test calls and campaigns over HTTP: who writes them, and who is shown what
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "server-rig.h"
#include "side-indicators.h"
#include "side-wire-http.h"

#define NOON (RIG_DAY + 12 * 3600 * 1000)
#define UUID "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10"
#define LATER "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e11"

typedef struct {
  Rig  *rig;
  char *anna;      /* supervisor */
  char *boris;     /* trainer */
  char *clara;     /* client */
  char *denis;     /* client, too */
  char *vera;      /* operator */
} Place;

static void
set_up (Place         *place,
        gconstpointer  data)
{
  place->rig = rig_new ();
  place->anna = rig_add_user (place->rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  place->boris = rig_add_user (place->rig, "boris", SIDE_ROLE_TRAINER, "tea", NULL);
  place->clara = rig_add_user (place->rig, "clara", SIDE_ROLE_CLIENT, "tea", NULL);
  place->denis = rig_add_user (place->rig, "denis", SIDE_ROLE_CLIENT, "tea", NULL);
  rig_whole_call (place->rig, "tea", "a", NOON);
  rig_settle (place->rig);
  place->vera = rig_add_user (place->rig, "vera", SIDE_ROLE_OPERATOR, "tea", NULL);
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  rig_free (place->rig);
  g_free (place->anna);
  g_free (place->boris);
  g_free (place->clara);
  g_free (place->denis);
  g_free (place->vera);
}

static SideDocument *
make_scenario (const char *author,
               int         version)
{
  g_autoptr (SideScenario) scenario = side_scenario_new (UUID, "tea", "Возврат");

  scenario->author = g_strdup (author);
  scenario->version = version;
  side_scenario_add_step (scenario, "1", "Хочу вернуть чайник");
  return side_wire_document_for_scenario (scenario);
}

static SideDocument *
make_call (const char *author,
           const char *call,
           gint64      answered_ms)
{
  g_autoptr (SideTestCall) test = side_test_call_new (UUID, "tea", "100");

  test->review->reviewer = g_strdup (author);
  test->call = g_strdup (call);
  test->dialled_ms = NOON;
  test->answered_ms = answered_ms;
  test->ended_ms = NOON + 60000;
  test->operator_name = g_strdup ("Zzyzx");
  side_test_call_set_rules (test, 1, author, NOON - 1000);
  side_test_call_add_segment (test, SIDE_SEGMENT_PERSON, 5000, 60000, 1)->label = g_strdup ("Zzyzx");
  return side_wire_document_for_test_call (test);
}

static SideDocument *
make_campaign (const char *author,
               gint64      closed_ms)
{
  g_autoptr (SideCampaign) campaign = side_campaign_new (UUID, "tea", "Ночь");

  campaign->author = g_strdup (author);
  campaign->closed_ms = closed_ms;
  g_ptr_array_add (campaign->callers, g_strdup ("boris"));
  side_campaign_add_call (campaign, NOON + 5000, UUID, "100");
  return side_wire_document_for_campaign (campaign);
}

static void
expect (Place      *place,
        const char *token,
        const char *kind,
        guint       status,
        const char *with)
{
  g_autofree char *path = g_strdup_printf ("/documents/%s/" UUID, kind);
  g_autoptr (RigAnswer) answer = rig_get (place->rig, path, token);
  g_autoptr (RigAnswer) feed = rig_get (place->rig, "/changes?since=0", token);
  gboolean told = strstr (feed->body, UUID) != NULL && strstr (feed->body, kind) != NULL;

  g_test_message ("%s: %u %s\n%s", path, answer->status, answer->body, feed->body);
  g_assert_cmpuint (answer->status, ==, status);
  g_assert_cmpint (told, ==, status == 200);
  g_assert_cmpint (strstr (answer->body, "Zzyzx") != NULL, ==, with != NULL);
  g_assert_cmpint (strstr (feed->body, "Zzyzx") != NULL, ==, with != NULL);
}

static void
test_scenario (Place         *place,
               gconstpointer  data)
{
  g_autoptr (RigAnswer) others = NULL, own = NULL;

  rig_expect_put (place->rig, place->vera, make_scenario ("vera", 1), 0, 403);
  rig_expect_put (place->rig, place->clara, make_scenario ("anna", 1), 0, 403);
  rig_expect_put (place->rig, place->clara, make_scenario ("clara", 1), 0, 200);
  rig_expect_put (place->rig, place->boris, make_scenario ("clara", 2), 1, 403);
  rig_expect_put (place->rig, place->clara, make_scenario ("clara", 2), 1, 200);
  rig_expect_put (place->rig, place->anna, make_scenario ("clara", 3), 2, 200);
  rig_expect_put (place->rig, place->anna, make_scenario ("clara", 2), 3, 403);
  expect (place, place->denis, "scenario", 200, NULL);
  expect (place, place->vera, "scenario", 404, NULL);   /* who is called is not told what about */
  others = rig_ask (place->rig, "DELETE", "/documents/scenario/" UUID, place->denis, "If-Match", "\"3\"", NULL);
  rig_assert_problem (others, 403, "forbidden");
  own = rig_ask (place->rig, "DELETE", "/documents/scenario/" UUID, place->clara, "If-Match", "\"3\"", NULL);
  g_assert_cmpuint (own->status, ==, 200);
}

/* Who acknowledged the rules is told to everybody who may read the call, and stays. */
static void
test_rules (Place         *place,
            gconstpointer  data)
{
  g_autoptr (RigAnswer) shown = NULL;
  g_autoptr (SideDocument) other = make_call ("clara", NULL, NOON + 5000);
  g_autoptr (SideTestCall) changed = side_wire_test_call_from_json (other->body, -1, NULL);

  rig_expect_put (place->rig, place->clara, make_call ("clara", NULL, NOON + 5000), 0, 200);
  shown = rig_get (place->rig, "/documents/test-call/" UUID, place->denis);
  g_assert_nonnull (strstr (shown->body, "\"rules\":{\"version\":1,\"by\":\"clara\""));
  side_test_call_set_rules (changed, 1, "denis", NOON - 1000);
  rig_expect_put (place->rig, place->clara, side_wire_document_for_test_call (changed), 1, 403);
  side_test_call_set_rules (changed, 0, NULL, 0);
  rig_expect_put (place->rig, place->clara, side_wire_document_for_test_call (changed), 1, 403);
}

static void
test_call (Place         *place,
           gconstpointer  data)
{
  g_autoptr (RigAnswer) others = NULL, own = NULL, shown = NULL, whole = NULL;

  rig_expect_put (place->rig, place->vera, make_call ("vera", NULL, 0), 0, 403);
  rig_expect_put (place->rig, place->clara, make_call ("denis", NULL, 0), 0, 403);
  rig_expect_put (place->rig, place->clara, make_call ("clara", NULL, NOON + 5000), 0, 200);
  rig_expect_put (place->rig, place->clara, make_call ("clara", "a", NOON + 5000), 1, 200);   /* the matching call was found */
  rig_expect_put (place->rig, place->clara, make_call ("clara", "a", NOON + 1000), 2, 403);   /* the clock stays */
  rig_expect_put (place->rig, place->anna, make_call ("clara", "a", NOON + 5000), 2, 403);
  rig_expect_put (place->rig, place->anna, make_call ("anna", "a", NOON + 5000), 2, 403);
  expect (place, place->anna, "test-call", 200, "the name");
  expect (place, place->clara, "test-call", 200, "the name");   /* she heard it herself */
  expect (place, place->denis, "test-call", 200, NULL);
  expect (place, place->vera, "test-call", 404, NULL);
  shown = rig_get (place->rig, "/documents/test-call/" UUID, place->denis);
  g_assert_null (strstr (shown->body, "\"call\""));   /* neither in the body nor around it: it names its operator */
  rig_expect_put (place->rig, place->denis, make_call ("clara", NULL, NOON + 5000), 2, 403);   /* what was held back is not lost */
  rig_expect_put (place->rig, place->denis, make_call ("denis", NULL, NOON + 5000), 2, 403);
  whole = rig_get (place->rig, "/documents/test-call/" UUID, place->anna);
  g_assert_nonnull (strstr (whole->body, "Zzyzx"));
  g_assert_nonnull (strstr (whole->body, "\"call\":\"a\""));
  others = rig_ask (place->rig, "DELETE", "/documents/test-call/" UUID, place->anna, "If-Match", "\"2\"", NULL);
  rig_assert_problem (others, 403, "forbidden");   /* nobody makes what others found unheard */
  own = rig_ask (place->rig, "DELETE", "/documents/test-call/" UUID, place->clara, "If-Match", "\"2\"", NULL);
  g_assert_cmpuint (own->status, ==, 200);
}

static gboolean
has_mark (Place      *place,
          const char *call)
{
  g_autofree char *path = g_strdup_printf ("/calls/%s", call);
  g_autoptr (RigAnswer) answer = NULL;

  rig_settle (place->rig);
  answer = rig_get (place->rig, path, place->anna);
  g_test_message ("%s", answer->body);
  g_assert_cmpuint (answer->status, ==, 200);
  return strstr (answer->body, "\"test\":true") != NULL;
}

/* What a document does is done when its writing is answered; what the exchange says takes a moment. */
static void
expect_mark (Place      *place,
             const char *call,
             gboolean    test)
{
  for (int i = 0; i < 20 && has_mark (place, call) != test; i++)
    g_usleep (20000);
  g_assert_cmpint (has_mark (place, call), ==, test);
}

/* The call centre's own call is a test call, too, as long as a test call names it. */
static void
test_marks (Place         *place,
            gconstpointer  data)
{
  g_autoptr (RigAnswer) events = NULL, gone = NULL;

  rig_whole_call (place->rig, "tea", "b", NOON + 20000);
  rig_whole_call (place->rig, "tea", "late", NOON + 3600000);
  rig_settle (place->rig);
  rig_expect_put (place->rig, place->boris, make_call ("boris", NULL, NOON + 5000), 0, 200);
  expect_mark (place, "a", FALSE);
  rig_expect_put (place->rig, place->boris, make_call ("boris", "late", NOON + 5000), 1, 403);   /* an hour later */
  expect_mark (place, "late", FALSE);
  rig_expect_put (place->rig, place->boris, make_call ("boris", "a", NOON + 5000), 1, 200);
  expect_mark (place, "a", TRUE);
  expect_mark (place, "b", FALSE);
  rig_expect_put (place->rig, place->boris, make_call ("boris", "b", NOON + 5000), 2, 200);   /* it was another one */
  expect_mark (place, "a", FALSE);
  expect_mark (place, "b", TRUE);
  events = rig_get (place->rig, "/calls/b/events", place->anna);
  g_assert_nonnull (strstr (events->body, "\"test\":\"yes\""));
  gone = rig_ask (place->rig, "DELETE", "/documents/test-call/" UUID, place->boris, "If-Match", "\"3\"", NULL);
  g_assert_cmpuint (gone->status, ==, 200);
  expect_mark (place, "b", FALSE);
}

static SideDocument *
make_other (const char *id,
            const char *author,
            const char *call)
{
  g_autoptr (SideTestCall) test = side_test_call_new (id, "tea", "+7 800 555-00-01");

  test->review->reviewer = g_strdup (author);
  test->call = g_strdup (call);
  test->dialled_ms = NOON;
  test->ended_ms = NOON + 60000;
  return side_wire_document_for_test_call (test);
}

/* Who pays by the call must not say which calls are none; the configuration may. */
static void
test_not_believed (Place         *place,
                   gconstpointer  data)
{
  SideProject *tea = side_hub_find_project (place->rig->hub, "tea");
  SideEvent *joined = rig_event (SIDE_EVENT_CALL_JOINED, "tea", "known", NOON + 9000);

  rig_expect_put (place->rig, place->clara, make_call ("clara", "a", NOON + 5000), 0, 200);   /* it may be compared */
  expect_mark (place, "a", FALSE);
  rig_expect_put (place->rig, place->boris, make_other (LATER, "boris", "a"), 0, 200);
  expect_mark (place, "a", TRUE);
  rig_expect_put (place->rig, place->clara, make_call ("clara", NULL, NOON + 5000), 1, 200);   /* and what others say stays */
  expect_mark (place, "a", TRUE);
  rig_expect_put (place->rig, place->boris, make_other (LATER, "boris", NULL), 1, 200);
  expect_mark (place, "a", FALSE);
  side_project_set_test_callers (tea, "+7 495 111-22-33; +7 903 777-11-22");
  rig_expect_put (place->rig, place->clara, make_call ("clara", "a", NOON + 5000), 2, 200);
  expect_mark (place, "a", FALSE);   /* it came from another number */
  joined->caller = g_strdup ("84951112233");
  joined->queue = g_intern_string ("tea-orders");
  rig_say (place->rig, joined);
  rig_settle (place->rig);
  rig_expect_put (place->rig, place->clara, make_call ("clara", "known", NOON + 5000), 3, 200);
  expect_mark (place, "known", TRUE);
}

static void
expect_claimed (Place      *place,
                const char *token,
                guint       status,
                const char *body)
{
  g_autoptr (RigAnswer) answer = NULL;

  rig_settle (place->rig);
  answer = rig_get (place->rig, "/test-calls/" UUID "/calls", token);
  g_test_message ("%u %s", answer->status, answer->body);
  g_assert_cmpuint (answer->status, ==, status);
  if (body != NULL)
    g_assert_cmpstr (answer->body, ==, body);
}

static void
claim (Place      *place,
       const char *call,
       const char *test)
{
  side_source_emit_claim (place->rig->source, "tea", call, test);
  rig_settle (place->rig);
}

static SideDocument *
make_header_call (const char *author,
                  const char *call)
{
  g_autoptr (SideTestCall) test = side_test_call_new (UUID, "tea", "100");

  test->review->reviewer = g_strdup (author);
  test->call = g_strdup (call);
  test->match = SIDE_TEST_MATCH_HEADER;
  side_test_call_set_rules (test, 1, author, NOON - 1000);
  test->dialled_ms = NOON;
  test->answered_ms = NOON + 5000;
  test->ended_ms = NOON + 60000;
  return side_wire_document_for_test_call (test);
}

/* What the exchange says is believed of anybody's test call: whichever comes first. */
static void
test_header (Place         *place,
             gconstpointer  data)
{
  g_autoptr (RigAnswer) gone = NULL;

  rig_whole_call (place->rig, "tea", "b", NOON + 20000);
  claim (place, "a", "0F3A7A0E-6A52-4D8E-9D3C-2B7F7C1A5E10");   /* as exchanges may write it */
  expect_claimed (place, place->clara, 404, NULL);
  expect_mark (place, "a", FALSE);
  rig_expect_put (place->rig, place->clara, make_call ("clara", NULL, NOON + 5000), 0, 200);
  expect_mark (place, "a", TRUE);
  expect_claimed (place, place->clara, 200, "{\"calls\":[\"a\"]}");
  expect_claimed (place, place->denis, 200, "{\"calls\":[]}");   /* it would lead to who answered */
  expect_claimed (place, place->anna, 200, "{\"calls\":[\"a\"]}");
  expect_claimed (place, place->vera, 403, NULL);
  claim (place, "b", UUID);   /* they were put through to another queue */
  expect_mark (place, "b", TRUE);
  rig_expect_put (place->rig, place->clara, make_header_call ("clara", "a"), 1, 200);
  expect_mark (place, "a", TRUE);
  expect_mark (place, "b", TRUE);
  gone = rig_ask (place->rig, "DELETE", "/documents/test-call/" UUID, place->clara, "If-Match", "\"2\"", NULL);
  g_assert_cmpuint (gone->status, ==, 200);
  expect_mark (place, "a", FALSE);
  expect_mark (place, "b", FALSE);
}

/* Of no test call, at another time, to another number, of another project; said by nobody. */
static void
test_forged (Place         *place,
             gconstpointer  data)
{
  g_autoptr (SideTestCall) test = side_test_call_new (UUID, "tea", "+7 800 555-00-99");

  rig_whole_call (place->rig, "tea", "late", NOON + 3600000);
  rig_whole_call (place->rig, "toys", "theirs", NOON);
  claim (place, "a", LATER);
  claim (place, "a", UUID);
  claim (place, "late", UUID);
  claim (place, "theirs", UUID);
  claim (place, "nobody's", UUID);
  test->review->reviewer = g_strdup ("clara");
  test->dialled_ms = NOON;
  test->ended_ms = NOON + 60000;
  rig_expect_put (place->rig, place->clara, side_wire_document_for_test_call (test), 0, 200);
  expect_mark (place, "a", FALSE);   /* that was to another number */
  expect_claimed (place, place->clara, 200, "{\"calls\":[]}");
  g_free (test->number);
  test->number = g_strdup ("8 800 555-00-01");
  rig_expect_put (place->rig, place->clara, side_wire_document_for_test_call (test), 1, 403);   /* nor can it be said later */
  expect_mark (place, "a", FALSE);
  expect_mark (place, "late", FALSE);
  rig_expect_put (place->rig, place->boris, make_other (LATER, "boris", NULL), 0, 200);
  expect_mark (place, "a", TRUE);    /* that one it was */
  expect_mark (place, "late", FALSE);
}

/* "header" is the exchange's word; "none of these" the caller's. */
static void
test_said (Place         *place,
           gconstpointer  data)
{
  g_autoptr (SideTestCall) test = side_test_call_new (UUID, "tea", "100");

  rig_expect_put (place->rig, place->clara, make_header_call ("clara", "a"), 0, 403);
  claim (place, "a", UUID);
  rig_expect_put (place->rig, place->clara, make_header_call ("clara", "a"), 0, 200);
  expect_mark (place, "a", TRUE);
  test->review->reviewer = g_strdup ("clara");
  side_test_call_set_rules (test, 1, "clara", NOON - 1000);
  test->match = SIDE_TEST_MATCH_HAND;
  test->dialled_ms = NOON;
  test->answered_ms = NOON + 5000;
  test->ended_ms = NOON + 60000;
  rig_expect_put (place->rig, place->clara, side_wire_document_for_test_call (test), 1, 200);
  expect_mark (place, "a", FALSE);
  rig_expect_put (place->rig, place->clara, make_header_call ("clara", "a"), 2, 200);
  expect_mark (place, "a", TRUE);
}

static void
indicators_of (Place          *place,
               SideIndicators *out)
{
  const SideReach reach = { NULL, RIG_DAY, NOON + 3600000 };

  rig_settle (place->rig);
  side_indicators_compute (side_board_get_project (side_hub_get_board (place->rig->hub), "tea"), &reach, out);
}

/* Neither level, nor talk, nor what is counted and billed: on the board of the running day, where it counts again as soon as it is none. */
static void
test_figures (Place         *place,
              gconstpointer  data)
{
  SideIndicators before, marked, after;

  rig_whole_call (place->rig, "tea", "b", NOON + 20000);
  indicators_of (place, &before);
  g_assert_cmpint (before.counts.offered, ==, 2);
  claim (place, "a", UUID);
  rig_expect_put (place->rig, place->clara, make_call ("clara", NULL, NOON + 5000), 0, 200);
  expect_mark (place, "a", TRUE);
  indicators_of (place, &marked);
  g_assert_cmpint (marked.counts.test, ==, 1);
  g_assert_cmpint (marked.counts.offered, ==, 1);
  g_assert_cmpint (marked.counts.answered, ==, 1);
  g_assert_cmpint (marked.counts.answered_in_t, ==, before.counts.answered_in_t - 1);
  g_assert_cmpint (marked.counts.talk_ms, ==, before.counts.talk_ms / 2);
  g_assert_cmpint (marked.counts.wait_answered_ms, ==, before.counts.wait_answered_ms / 2);
  rig_expect_put (place->rig, place->clara, make_call ("clara", "b", NOON + 5000), 1, 200);   /* it was another one, she says */
  expect_mark (place, "a", FALSE);
  expect_mark (place, "b", FALSE);
  indicators_of (place, &after);
  g_assert_cmpmem (&after.counts, sizeof after.counts, &before.counts, sizeof before.counts);
  g_assert_cmpfloat (after.service_level, ==, before.service_level);
}

/* While it goes on, whoever talks is not told. */
static void
test_mark_waits (Place         *place,
                 gconstpointer  data)
{
  g_autoptr (SideTestCall) call = side_test_call_new (UUID, "tea", "100");

  call->review->reviewer = g_strdup ("boris");
  call->call = g_strdup ("a");
  call->dialled_ms = NOON;
  rig_expect_put (place->rig, place->boris, side_wire_document_for_test_call (call), 0, 200);
  expect_mark (place, "a", FALSE);
  call->ended_ms = NOON + 60000;
  rig_expect_put (place->rig, place->boris, side_wire_document_for_test_call (call), 1, 200);
  expect_mark (place, "a", TRUE);
}

/* What is answered must be on a form that the server has. */
static void
test_answers (Place         *place,
              gconstpointer  data)
{
  g_autoptr (SideTestCall) call = side_test_call_new (UUID, "tea", "100");

  call->review->reviewer = g_strdup ("clara");
  call->review->script = g_strdup (LATER);
  call->review->script_version = 1;
  rig_expect_put (place->rig, place->clara, side_wire_document_for_test_call (call), 0, 200);
  side_review_set_answer (call->review, "1.1", 1, NOON, -1);
  rig_expect_put (place->rig, place->clara, side_wire_document_for_test_call (call), 1, 404);
}

static void
test_campaign (Place         *place,
               gconstpointer  data)
{
  rig_expect_put (place->rig, place->vera, make_campaign ("vera", 0), 0, 403);
  rig_expect_put (place->rig, place->clara, make_campaign ("clara", 0), 0, 200);
  expect (place, place->clara, "campaign", 200, NULL);
  expect (place, place->boris, "campaign", 200, NULL);   /* one of its callers */
  expect (place, place->anna, "campaign", 404, NULL);    /* her queue is called */
  expect (place, place->denis, "campaign", 404, NULL);
  expect (place, place->vera, "campaign", 404, NULL);
  rig_expect_put (place->rig, place->anna, make_campaign ("anna", 0), 1, 404);
  rig_expect_put (place->rig, place->boris, make_campaign ("clara", NOON), 1, 403);
  rig_expect_put (place->rig, place->clara, make_campaign ("clara", NOON), 1, 200);
  expect (place, place->anna, "campaign", 200, NULL);    /* now it may be told */
  expect (place, place->vera, "campaign", 404, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/http-test-calls/scenario", Place, NULL, set_up, test_scenario, tear_down);
  g_test_add ("/http-test-calls/call", Place, NULL, set_up, test_call, tear_down);
  g_test_add ("/http-test-calls/rules", Place, NULL, set_up, test_rules, tear_down);
  g_test_add ("/http-test-calls/marks", Place, NULL, set_up, test_marks, tear_down);
  g_test_add ("/http-test-calls/not-believed", Place, NULL, set_up, test_not_believed, tear_down);
  g_test_add ("/http-test-calls/header", Place, NULL, set_up, test_header, tear_down);
  g_test_add ("/http-test-calls/forged", Place, NULL, set_up, test_forged, tear_down);
  g_test_add ("/http-test-calls/said", Place, NULL, set_up, test_said, tear_down);
  g_test_add ("/http-test-calls/figures", Place, NULL, set_up, test_figures, tear_down);
  g_test_add ("/http-test-calls/mark-waits", Place, NULL, set_up, test_mark_waits, tear_down);
  g_test_add ("/http-test-calls/answers", Place, NULL, set_up, test_answers, tear_down);
  g_test_add ("/http-test-calls/campaign", Place, NULL, set_up, test_campaign, tear_down);
  return g_test_run ();
}
