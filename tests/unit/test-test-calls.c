/* test-test-calls.c - what a test call's time line says, and what the computer does in it by itself
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-pilot.h"
#include "side-test-timeline.h"
#include "side-test-verdict.h"

#define START 1795000000000

static SideScenario *
make_scenario (void)
{
  SideScenario *scenario = side_scenario_new ("7c0a3f50-1111-4a39-9a35-0d2c9f3e1b11", "tea", "Return");

  side_scenario_add_step (scenario, "1", "I bought boots");
  side_scenario_add_step (scenario, "2", "I want my money back");
  side_scenario_add_key (scenario, "2", NULL, 3000);
  side_scenario_add_key (scenario, "1#", "second", 500);
  scenario->limits = (SideScenarioLimits) { .ring_ms = 20000, .menu_ms = 15000, .queue_ms = 20000, .talk_ms = 60000 };
  return scenario;
}

/* Rings after 1 s, answered after 3 s. */
static SideTestCall *
make_call (void)
{
  g_autoptr (SideScenario) scenario = make_scenario ();
  SideTestCall *call = side_test_call_new ("7c0a3f50-2222-4a39-9a35-0d2c9f3e1b11", "tea", "100");

  side_test_call_follow (call, scenario);
  call->dialled_ms = START;
  call->ringing_ms = START + 1000;
  call->answered_ms = START + 3000;
  return call;
}

static char *
line_of (const SideTestCall *call)
{
  GString *line = g_string_new (NULL);

  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];

      g_string_append_printf (line, "%s%s %d-%d", line->len > 0 ? ", " : "", side_segment_kind_to_string (segment->kind),
                              (int) segment->from_ms, (int) segment->to_ms);
      if (segment->label != NULL)
        g_string_append_printf (line, " %s", segment->label);
    }
  return g_string_free (line, FALSE);
}

static void
expect_line (SideTestCall           *call,
             const SidePhoneSegment *heard,
             guint                   n,
             gint64                  until_ms,
             const char             *expected)
{
  g_autofree char *line = NULL;

  side_test_timeline_fill (call, heard, n, 3000, until_ms);
  line = line_of (call);
  g_assert_cmpstr (line, ==, expected);
}

static void
test_whole_call (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  const SidePhoneSegment heard[] = {
    { 0, 400, SIDE_PHONE_SOUND_SILENCE, 0.9 },     { 400, 5000, SIDE_PHONE_SOUND_MENU, 0.8 },
    { 5000, 5800, SIDE_PHONE_SOUND_SILENCE, 0.9 }, { 5800, 9000, SIDE_PHONE_SOUND_MENU, 0.8 },
    { 9000, 30000, SIDE_PHONE_SOUND_MUSIC, 0.95 }, { 30000, 34000, SIDE_PHONE_SOUND_MENU, 0.7 },
    { 34000, 36000, SIDE_PHONE_SOUND_MUSIC, 0.9 }, { 36000, 38000, SIDE_PHONE_SOUND_PERSON, 0.8 },
    { 38000, 45000, SIDE_PHONE_SOUND_SILENCE, 1 }, { 45000, 46000, SIDE_PHONE_SOUND_VOICE, 0.6 },
    { 46000, 50000, SIDE_PHONE_SOUND_MUSIC, 0.9 }, { 50000, 51000, SIDE_PHONE_SOUND_PERSON, 0.8 },
  };

  side_test_call_add_key (call, "2", 12000);
  side_test_call_add_key (call, "1#", 12500);
  expect_line (call, heard, G_N_ELEMENTS (heard), 55000,
               "dialling 0-1000, ringing 1000-3000, silence 3000-3400, menu 3400-12000, queue 12000-33000, announcement 33000-37000, "
               "queue 37000-39000, person 39000-49000, hold 49000-53000, person 53000-55000");
  /* Beside the pauses of a voice its certainty is weighed by length. */
  g_assert_cmpfloat_with_epsilon (((SideTestSegment *) call->segments->pdata[0])->certainty, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (((SideTestSegment *) call->segments->pdata[3])->certainty, 0.8, 1e-9);
}

/* What was a recording for certain was no person, and what follows it is not theirs. */
static void
test_recordings (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  const SidePhoneSegment heard[] = {
    { 0, 400, SIDE_PHONE_SOUND_SILENCE, 0.9, FALSE },    { 400, 3000, SIDE_PHONE_SOUND_PERSON, 0.9, FALSE },
    { 3000, 9000, SIDE_PHONE_SOUND_SILENCE, 0.9, FALSE }, { 9000, 10000, SIDE_PHONE_SOUND_PERSON, 0.8, FALSE },
    { 10000, 12000, SIDE_PHONE_SOUND_SILENCE, 0.9, FALSE }, { 12000, 14000, SIDE_PHONE_SOUND_VOICE, 0.9, TRUE },
  };
  SideTestPrompt *prompt;

  expect_line (call, heard, 4, 13000, "dialling 0-1000, ringing 1000-3000, silence 3000-3400, person 3400-13000");
  /* The silence behind somebody's words is no sign for them. */
  g_assert_cmpfloat (((SideTestSegment *) call->segments->pdata[3])->certainty, ==, 0.9);
  prompt = side_test_call_add_prompt (call, "greeting");
  prompt->state = SIDE_TEST_PROMPT_HEARD;
  prompt->likeness = 0.97;
  prompt->from_ms = 3900;
  prompt->to_ms = 6000;
  expect_line (call, heard, 4, 13000,
               "dialling 0-1000, ringing 1000-3000, silence 3000-3400, menu 3400-6000 greeting, silence 6000-12000, person 12000-13000");
  g_assert_cmpfloat (((SideTestSegment *) call->segments->pdata[3])->certainty, ==, 0.97);
  g_assert_cmpfloat (((SideTestSegment *) call->segments->pdata[5])->certainty, ==, 0.8);
  /* Who waits for us to end, and answers, is one. */
  side_test_timeline_fill (call, heard, 6, 3000, 17000);
  g_assert_cmpfloat (((SideTestSegment *) call->segments->pdata[5])->certainty, >=, SIDE_TEST_SURE_PERSON);
  /* Who speaks on behind it was judged together with it. */
  prompt->to_ms = 5000;
  side_test_timeline_fill (call, heard, 4, 3000, 13000);
  g_assert_cmpint ((int) ((SideTestSegment *) call->segments->pdata[4])->kind, ==, SIDE_SEGMENT_PERSON);
  g_assert_cmpfloat (((SideTestSegment *) call->segments->pdata[4])->certainty, <=, 0.8);
}

static void
test_before_the_answer (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  const SidePhoneSegment tone[] = { { 0, 2000, SIDE_PHONE_SOUND_RINGING, 0.9 }, { 2000, 4000, SIDE_PHONE_SOUND_VOICE, 0.6 },
                                    { 4000, 7000, SIDE_PHONE_SOUND_BUSY, 0.9 } };

  call->answered_ms = 0;
  expect_line (call, NULL, 0, 500, "dialling 0-500");
  expect_line (call, NULL, 0, 2500, "dialling 0-1000, ringing 1000-2500");
  call->early_ms = START + 3000;
  expect_line (call, tone, 3, 11000, "dialling 0-1000, ringing 1000-5000, early-media 5000-7000, tone 7000-10000 busy, early-media 10000-11000");
  call->ringing_ms = 0;
  expect_line (call, NULL, 0, 4000, "dialling 0-3000, early-media 3000-4000");
}

/* Nothing is heard yet, or only a second ago. */
static void
test_ear_behind (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  const SidePhoneSegment heard[] = { { 0, 4000, SIDE_PHONE_SOUND_MUSIC, 0.9 } };

  expect_line (call, NULL, 0, 5000, "dialling 0-1000, ringing 1000-3000, silence 3000-5000");
  expect_line (call, heard, 1, 9000, "dialling 0-1000, ringing 1000-3000, queue 3000-9000");
}

static SideTestDeed
next (SideTestPilot *pilot,
      SideTestCall  *call,
      gint64         now_ms,
      gint64         quiet_ms)
{
  SideTestView view = { .call = call, .now_ms = now_ms, .quiet_ms = quiet_ms };

  return side_test_pilot_next (pilot, &view);
}

static void
expect (SideTestDeed      deed,
        SideTestDeedKind  kind,
        const char       *text)
{
  g_assert_cmpint (deed.kind, ==, kind);
  g_assert_cmpstr (deed.text, ==, text);
}

static void
test_keys (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  SideTestPilot pilot = { .follows_menu = TRUE };

  side_test_call_add_segment (call, SIDE_SEGMENT_MENU, 3000, 8000, 0.9);
  expect (next (&pilot, call, 5999, 0), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 6000, 0), SIDE_TEST_DEED_PRESS, "2");
  side_test_call_add_key (call, "2", 6000);
  /* The second after the end of the announcement that goes on, and half a second more. */
  expect (next (&pilot, call, 8000, 0), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 9100, 1100), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 9200, 1200), SIDE_TEST_DEED_PRESS, "1#");
  side_test_call_add_key (call, "1#", 9200);
  expect (next (&pilot, call, 9500, 0), SIDE_TEST_DEED_NONE, NULL);
  pilot = (SideTestPilot) { .follows_menu = FALSE };
  expect (next (&pilot, call, 14000, 5000), SIDE_TEST_DEED_NONE, NULL);
}

/* What is heard a moment longer after a key was none of the next announcement. */
static void
test_keys_tail (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  SideTestPilot pilot = { .follows_menu = TRUE };
  SideTestSegment *menu = side_test_call_add_segment (call, SIDE_SEGMENT_MENU, 3000, 6300, 0.9);

  expect (next (&pilot, call, 6000, 0), SIDE_TEST_DEED_PRESS, "2");
  side_test_call_add_key (call, "2", 6000);
  menu->to_ms = 7300;
  expect (next (&pilot, call, 7300, 1000), SIDE_TEST_DEED_NONE, NULL);
  menu->to_ms = 13200;
  expect (next (&pilot, call, 13199, 1199), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 13200, 1200), SIDE_TEST_DEED_PRESS, "1#");
}

static void
test_limits (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  SideTestPilot pilot = { .follows_menu = FALSE };

  call->answered_ms = 0;
  expect (next (&pilot, call, 21000, 0), SIDE_TEST_DEED_NONE, NULL);
  g_assert_cmpint (next (&pilot, call, 21001, 0).kind, ==, SIDE_TEST_DEED_LIMIT);
  expect (next (&pilot, call, 22000, 0), SIDE_TEST_DEED_NONE, NULL);   /* told once, and whoever calls decides */
  call->answered_ms = START + 3000;
  pilot.limits = 0;
  side_test_call_add_segment (call, SIDE_SEGMENT_MENU, 3000, 10000, 0.9);
  side_test_call_add_segment (call, SIDE_SEGMENT_QUEUE, 10000, 31000, 0.9);
  g_assert_cmpint (next (&pilot, call, 30000, 0).kind, ==, SIDE_TEST_DEED_NONE);   /* 20 s beside the menu */
  g_assert_cmpint (next (&pilot, call, 30001, 0).limit, ==, SIDE_TEST_LIMIT_QUEUE);
  side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, 31000, 92000, 0.9);
  g_assert_cmpint (next (&pilot, call, 91001, 0).limit, ==, SIDE_TEST_LIMIT_TALK);
}

static void
test_robot (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  SideTestPilot pilot = { .robot = TRUE };
  SideTestView speaking = { .call = call, .now_ms = 20000, .quiet_ms = 2000, .speaking = TRUE };

  expect (next (&pilot, call, 9000, 3000), SIDE_TEST_DEED_NONE, NULL);   /* nobody to talk to */
  side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, 10000, 12000, 0.9);
  expect (next (&pilot, call, 12000, 0), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 13200, 1200), SIDE_TEST_DEED_SAY, "1");
  expect (next (&pilot, call, 13300, 1300), SIDE_TEST_DEED_NONE, NULL);
  expect (side_test_pilot_next (&pilot, &speaking), SIDE_TEST_DEED_NONE, NULL);
  /* They were quiet all the while we spoke: now it is their turn. */
  expect (next (&pilot, call, 21300, 9300), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 23000, 1100), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 23100, 1200), SIDE_TEST_DEED_SAY, "2");
  speaking = (SideTestView) { .call = call, .now_ms = 26000, .quiet_ms = 4100, .speaking = TRUE };
  expect (side_test_pilot_next (&pilot, &speaking), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 30999, 9099), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 31000, 9100), SIDE_TEST_DEED_HANG_UP, NULL);
}

/* Nobody answers what was said: it goes on after a while all the same. */
static void
test_robot_unanswered (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  SideTestPilot pilot = { .robot = TRUE };

  side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, 10000, 12000, 0.9);
  expect (next (&pilot, call, 13200, 1200), SIDE_TEST_DEED_SAY, "1");
  expect (next (&pilot, call, 18199, 6199), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 18200, 6200), SIDE_TEST_DEED_SAY, "2");
}

static void
test_robot_gives_up (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  SideTestPilot pilot = { .robot = TRUE };

  g_assert_cmpint (next (&pilot, call, 23001, 0).limit, ==, SIDE_TEST_LIMIT_QUEUE);
  expect (next (&pilot, call, 23001, 0), SIDE_TEST_DEED_HANG_UP, NULL);
  pilot = (SideTestPilot) { .robot = TRUE };
  call->pinned->limits = (SideScenarioLimits) { 0 };
  expect (next (&pilot, call, 599999, 0), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 600000, 0), SIDE_TEST_DEED_HANG_UP, NULL);
}

/* Without steps there is only something to hear: two keys, and what comes behind them. */
static void
test_robot_listens (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  SideTestPilot pilot = { .robot = TRUE, .follows_menu = TRUE };

  g_ptr_array_set_size (call->pinned->steps, 0);
  call->pinned->limits = (SideScenarioLimits) { 0 };
  call->pinned->robot = TRUE;
  side_scenario_add_prompt (call->pinned, "greeting", "Welcome");
  side_test_call_add_segment (call, SIDE_SEGMENT_MENU, 3000, 5500, 0.9);
  expect (next (&pilot, call, 6000, 500), SIDE_TEST_DEED_PRESS, "2");
  side_test_call_add_key (call, "2", 6000);
  expect (next (&pilot, call, 11500, 6000), SIDE_TEST_DEED_NONE, NULL);   /* a key is to be pressed still */
  side_test_call_add_segment (call, SIDE_SEGMENT_MENU, 12000, 14000, 0.9);
  expect (next (&pilot, call, 15500, 1500), SIDE_TEST_DEED_PRESS, "1#");
  side_test_call_add_key (call, "1#", 15500);
  expect (next (&pilot, call, 21000, 7000), SIDE_TEST_DEED_NONE, NULL);   /* nothing was said behind it */
  side_test_call_add_segment (call, SIDE_SEGMENT_ANNOUNCEMENT, 22000, 25000, 0.9);
  expect (next (&pilot, call, 29900, 4900), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 30000, 5000), SIDE_TEST_DEED_HANG_UP, NULL);
  /* One that never stops talking, or plays music, is heard for half a minute. */
  expect (next (&pilot, call, 45499, 0), SIDE_TEST_DEED_NONE, NULL);
  expect (next (&pilot, call, 45500, 0), SIDE_TEST_DEED_HANG_UP, NULL);
  /* Where the queue has a limit, a person is waited for. */
  call->pinned->limits.queue_ms = 60000;
  expect (next (&pilot, call, 45500, 9000), SIDE_TEST_DEED_NONE, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/test-calls/whole-call", test_whole_call);
  g_test_add_func ("/test-calls/recordings", test_recordings);
  g_test_add_func ("/test-calls/before-the-answer", test_before_the_answer);
  g_test_add_func ("/test-calls/ear-behind", test_ear_behind);
  g_test_add_func ("/test-calls/keys", test_keys);
  g_test_add_func ("/test-calls/keys-tail", test_keys_tail);
  g_test_add_func ("/test-calls/limits", test_limits);
  g_test_add_func ("/test-calls/robot", test_robot);
  g_test_add_func ("/test-calls/robot-unanswered", test_robot_unanswered);
  g_test_add_func ("/test-calls/robot-gives-up", test_robot_gives_up);
  g_test_add_func ("/test-calls/robot-listens", test_robot_listens);
  return g_test_run ();
}
