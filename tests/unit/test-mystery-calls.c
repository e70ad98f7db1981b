/* test-mystery-calls.c - scenarios, test calls and campaigns as records, on the wire, and who may write them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-test-rule.h"
#include "side-time.h"
#include "side-wire-operator.h"
#include "side-wire.h"

#define UUID_A "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define UUID_B "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"
#define UUID_C "7f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b13"
#define NOW_MS G_GINT64_CONSTANT (1795269600000)

static SideScenario *
make_scenario (void)
{
  SideScenario *self = side_scenario_new (UUID_A, "tea", "Возврат после 14 дней");
  SideScenarioStep *step = side_scenario_add_step (self, "1", "Купила сапоги двадцать дней назад");

  step->must_not = g_strdup ("Про чек, пока не спросят");
  step->expect = g_strdup ("Спрашивает номер заказа");
  step->branch = g_strdup ("Если отказ — шаг 3");
  g_assert_true (side_scenario_set_line (self, step, "T2dnUw==", "ab12"));
  side_scenario_add_step (self, "2", NULL);
  side_scenario_add_fact (self, "f1", "Сколько дней на возврат?", "14")->note = g_strdup ("Закон о защите прав");
  side_scenario_add_prompt (self, "greeting", "Здравствуйте");
  g_assert_true (side_scenario_set_sound (self, self->prompts->pdata[0], "T2dnUw==", "cd34"));
  side_scenario_add_key (self, "2", "greeting", 300);
  side_scenario_add_key (self, "105#", NULL, 1000);
  self->version = 4;
  self->language = g_strdup ("ru");
  self->persona = g_strdup ("Ирина, 34");
  self->history = g_strdup ("Заказ 10452");
  self->number = g_strdup ("+74951200007");
  self->queue = g_strdup ("tea-orders");
  self->hours = (SideHours) { 0x1f, 22 * 60 + 30, 6 * 60 };
  self->time_zone = g_strdup ("Europe/Moscow");
  self->goal = g_strdup ("Вернуть деньги");
  self->script = g_strdup (UUID_B);
  self->script_version = 3;
  self->ready_script = g_strdup ("return");
  self->limits = (SideScenarioLimits) { 15000, 20000, 20000, 300000 };
  self->callback_ms = 3600000;
  self->robot = TRUE;
  self->author = g_strdup ("anna");
  self->created_ms = self->changed_ms = NOW_MS;
  return self;
}

/* All recordings of a scenario share one room, lines and announcements alike; what is replaced gives its place back. */
static void
test_room (void)
{
  g_autoptr (SideScenario) scenario = side_scenario_new (UUID_A, "tea", "Room");
  g_autofree char *half = g_strnfill (SIDE_SCENARIO_MAX_SOUND / 2, 'A');
  SideScenarioStep *one = side_scenario_add_step (scenario, "1", "Hello"), *two = side_scenario_add_step (scenario, "2", "Bye");
  SideScenarioPrompt *prompt = side_scenario_add_prompt (scenario, "greeting", NULL);

  g_assert_true (side_scenario_set_line (scenario, one, half, "a"));
  g_assert_true (side_scenario_set_sound (scenario, prompt, half, "b"));
  g_assert_false (side_scenario_set_line (scenario, two, "T2dnUw==", "c"));
  g_assert_null (two->sound);
  g_assert_null (two->recording);
  g_assert_true (side_scenario_set_line (scenario, one, half, "d"));
  g_assert_cmpstr (one->recording, ==, "d");
  g_assert_true (side_scenario_set_line (scenario, one, NULL, NULL));
  g_assert_true (side_scenario_set_line (scenario, two, "T2dnUw==", "c"));
}

static SideTestCall *
make_call (void)
{
  g_autoptr (SideScenario) scenario = make_scenario ();
  SideTestCall *self = side_test_call_new (UUID_C, "tea", NULL);
  SideTestPrompt *prompt;
  SideTestSegment *segment;
  SideTestNote *note;

  side_test_call_follow (self, scenario);
  self->review->reviewer = g_strdup ("anna");
  self->call = g_strdup ("leg-1");
  self->match = SIDE_TEST_MATCH_TIME;
  self->account = g_strdup ("Офис");
  self->vendor = g_strdup ("Север");
  self->campaign = g_strdup (UUID_B);
  self->sip_call_id = g_strdup ("x@y");
  self->dialled_ms = NOW_MS;
  self->ringing_ms = NOW_MS + 900;
  self->early_ms = NOW_MS + 1000;
  self->answered_ms = NOW_MS + 3200;
  self->ended_ms = NOW_MS + 86000;
  side_test_call_add_segment (self, SIDE_SEGMENT_DIALLING, 0, 900, 1);
  side_test_call_add_segment (self, SIDE_SEGMENT_QUEUE, 11400, 38700, 0.8);
  segment = side_test_call_add_segment (self, SIDE_SEGMENT_PERSON, 38700, 86000, 0.95);
  segment->by_hand = TRUE;
  segment->label = g_strdup ("Дарья");
  side_test_call_add_key (self, "2", 11000);
  side_test_call_add_note (self, 41000, "Вздыхает");
  note = side_test_call_add_note (self, 50000, "");
  note->to_ms = 58000;
  note->tag = g_strdup ("payment");
  side_test_call_add_step (self, "1", 42000, SIDE_TEST_SAID_BY_COMPUTER);
  side_test_call_set_fact (self, "f1", SIDE_TEST_FACT_WRONG, "Тридцать");
  prompt = side_test_call_add_prompt (self, "greeting");
  prompt->state = SIDE_TEST_PROMPT_NOT_HEARD;
  prompt->likeness = 0.25;
  prompt->judged = 0.5;
  prompt->from_ms = 3300;
  self->end = SIDE_TEST_END_THEM;
  self->end_code = 486;
  self->end_phrase = g_strdup ("Busy Here");
  self->end_reason = g_strdup ("Q.850;cause=17");
  self->quality = (SideTestQuality) { g_strdup ("PCMA"), TRUE, 0.002, 4, 40, 4.3, g_strdup ("G.711, with concealment") };
  self->recording = g_strdup ("2026-11-21.wav");
  self->recording_sha256 = g_strdup ("ff");
  self->operator_name = g_strdup ("Дарья");
  side_test_call_set_rules (self, 1, "anna", NOW_MS - 1000);
  self->callback_due_ms = NOW_MS + 3600000;
  side_review_set_answer (self->review, "c", 0.5, NOW_MS, -1);
  return self;
}

static SideCampaign *
make_campaign (void)
{
  SideCampaign *self = side_campaign_new (UUID_B, "tea", "Ночь");
  SideHours hours = { SIDE_HOURS_EVERY_DAY, 1320, 360 };

  g_ptr_array_add (self->scenarios, g_strdup (UUID_A));
  side_campaign_add_number (self, "100", "Север");
  side_campaign_add_number (self, "200", NULL);
  g_array_append_val (self->windows, hours);
  self->time_zone = g_strdup ("Europe/Moscow");
  self->from_ms = NOW_MS;
  self->to_ms = NOW_MS + 86400000;
  self->count = 2;
  self->per_day = 2;
  self->per_number = 1;
  self->seed = g_strdup ("ноябрь");
  self->fail_n = 2;
  self->fail_m = 3;
  self->robot = TRUE;
  g_ptr_array_add (self->callers, g_strdup ("boris"));
  side_campaign_add_call (self, NOW_MS + 5000, UUID_A, "100")->test_call = g_strdup (UUID_C);
  side_campaign_add_call (self, NOW_MS + 9000, UUID_A, "200")->skipped = g_strdup ("Болел");
  self->author = g_strdup ("anna");
  self->created_ms = self->changed_ms = NOW_MS;
  return self;
}

/* A copy has all there is, and so has what is read back. */
#define CHECK_SURVIVES(Type, name, unref, make)                                     \
  G_STMT_START                                                                      \
    {                                                                               \
      Type *self = make ();                                                         \
      Type *copy = side_##name##_copy (self);                                       \
      g_autofree char *json = side_wire_##name##_to_json (self);                    \
      g_autofree char *copied = side_wire_##name##_to_json (copy);                  \
      Type *back = side_wire_##name##_from_json (json, -1, &error);                 \
      g_autofree char *again = NULL;                                                \
      g_autoptr (SideDocument) document = side_wire_document_for_##name (copy);     \
      g_assert_no_error (error);                                                    \
      again = side_wire_##name##_to_json (back);                                    \
      g_assert_cmpstr (copied, ==, json);                                           \
      g_assert_cmpstr (again, ==, json);                                            \
      g_assert_true (side_wire_document_check_body (document, &error));             \
      g_assert_no_error (error);                                                    \
      g_free (document->project);                                                   \
      document->project = g_strdup ("toys");                                        \
      g_assert_false (side_wire_document_check_body (document, NULL));              \
      unref (self);                                                                 \
      unref (copy);                                                                 \
      unref (back);                                                                 \
    }                                                                               \
  G_STMT_END

static void
test_survives (void)
{
  g_autoptr (GError) error = NULL;

  CHECK_SURVIVES (SideScenario, scenario, side_scenario_unref, make_scenario);
  CHECK_SURVIVES (SideTestCall, test_call, side_test_call_unref, make_call);
  CHECK_SURVIVES (SideCampaign, campaign, side_campaign_unref, make_campaign);
}

static void
test_read (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  g_autofree char *json = side_wire_test_call_to_json (call);
  g_autoptr (SideTestCall) back = side_wire_test_call_from_json (json, -1, NULL);
  g_autoptr (SideTestCall) bare = NULL;
  g_autoptr (GError) error = NULL;
  const SideTestSegment *segment = back->segments->pdata[2];

  g_assert_cmpstr (back->number, ==, "+74951200007");
  g_assert_cmpstr (back->pinned->goal, ==, "Вернуть деньги");
  g_assert_cmpint (back->pinned->version, ==, 4);
  g_assert_cmpint (back->pinned->hours.from_minute, ==, 1350);
  g_assert_cmpuint (back->pinned->hours.weekdays, ==, 0x1f);
  g_assert_cmpstr (back->review->script, ==, UUID_B);
  g_assert_cmpint ((int) segment->kind, ==, SIDE_SEGMENT_PERSON);
  g_assert_true (segment->by_hand);
  g_assert_cmpint ((int) side_test_call_find_fact (back, "f1")->state, ==, SIDE_TEST_FACT_WRONG);
  g_assert_cmpint ((int) side_test_call_find_prompt (back, "greeting")->state, ==, SIDE_TEST_PROMPT_NOT_HEARD);
  g_assert_cmpint ((int) back->callback, ==, SIDE_TEST_CALLBACK_OPEN);
  g_assert_cmpint (((const SideTestNote *) back->notes->pdata[0])->to_ms, ==, 41000);
  g_assert_null (((const SideTestNote *) back->notes->pdata[0])->tag);
  g_assert_cmpint (((const SideTestNote *) back->notes->pdata[1])->to_ms, ==, 58000);
  g_assert_cmpstr (((const SideTestNote *) back->notes->pdata[1])->tag, ==, "payment");
  g_assert_cmpint (back->rules_version, ==, 1);
  g_assert_cmpstr (back->rules_by, ==, "anna");
  g_assert_cmpint (back->rules_ms, ==, NOW_MS - 1000);
  g_assert_cmpfloat_with_epsilon (back->quality.mos, 4.3, 1e-9);
  g_assert_cmpint (side_test_call_first_of (back, SIDE_SEGMENT_QUEUE), ==, 11400);
  g_assert_cmpint (side_test_call_time_in (back, SIDE_SEGMENT_QUEUE), ==, 27300);
  g_assert_cmpint (side_test_call_first_of (back, SIDE_SEGMENT_MACHINE), ==, -1);
  /* What a newer peer says is passed over, what is not known stays unknown. */
  bare = side_wire_test_call_from_json ("{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"number\":\"1\",\"segments\":[{\"kind\":\"choir\",\"from_ms\":1,"
                                        "\"to_ms\":2}],\"quality\":{\"loss\":null},\"newer\":[1]}", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint ((int) ((const SideTestSegment *) bare->segments->pdata[0])->kind, ==, SIDE_SEGMENT_OTHER);
  g_assert_cmpfloat (bare->quality.loss, <, 0);
  g_assert_false (bare->names_shown);
}

static void
test_refused (void)
{
#define HEAD "{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"number\":\"1\""
  static const char *const calls[] = {
    "{\"id\":\"" UUID_A "\",\"project\":\"tea\"}",
    HEAD ",\"segments\":[{\"kind\":\"menu\",\"from_ms\":5,\"to_ms\":4}]}",
    HEAD ",\"segments\":[{\"kind\":\"menu\",\"from_ms\":-5,\"to_ms\":4}]}",
    HEAD ",\"segments\":[{\"kind\":\"menu\",\"from_ms\":1,\"to_ms\":4,\"certainty\":1.5}]}",
    HEAD ",\"notes\":[{\"at_ms\":5,\"to_ms\":4,\"text\":\"\"}]}",
    HEAD ",\"keys\":[{\"keys\":\"2x\",\"at_ms\":1}]}",
    HEAD ",\"keys\":[{\"keys\":\"\",\"at_ms\":1}]}",
    HEAD ",\"quality\":{\"loss\":1.2}}",
    HEAD ",\"quality\":{\"mos\":-1}}",
    HEAD ",\"end\":{\"code\":1000}}",
    HEAD ",\"facts\":[{\"fact\":\"a\"},{\"fact\":\"a\"}]}",
    HEAD ",\"scenario\":\"mine\"}",
    HEAD ",\"pinned\":{\"id\":\"1\"}}",
    HEAD ",\"script\":\"mine\"}", HEAD ",\"rules\":{\"version\":0}}", HEAD ",\"rules\":[]}",
  };
#undef HEAD
#define HEAD "{\"id\":\"" UUID_A "\",\"project\":\"tea\""
  static const char *const scenarios[] = {
    HEAD ",\"hours\":{\"from\":\"9:00\"}}",
    HEAD ",\"hours\":{\"from\":\"24:00\"}}",
    HEAD ",\"hours\":{\"to\":\"24:01\"}}",
    HEAD ",\"hours\":{\"to\":\"10:60\"}}",
    HEAD ",\"hours\":{\"weekdays\":[0]}}",
    HEAD ",\"hours\":{\"weekdays\":[8]}}",
    HEAD ",\"hours\":{\"weekdays\":[\"1\"]}}",
    HEAD ",\"version\":0}",
    HEAD ",\"steps\":[{\"say\":\"no id\"}]}",
    HEAD ",\"limits\":{\"ring_ms\":-1}}",
    HEAD ",\"script\":\"mine\"}",
  };
  static const char *const campaigns[] = {
    HEAD ",\"count\":1001}",
    HEAD ",\"fail_n\":3,\"fail_m\":2}",
    HEAD ",\"calls\":[{\"at_ms\":1}]}",
    HEAD ",\"numbers\":[{\"vendor\":\"a\"}]}",
  };
#undef HEAD
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (side_wire_test_call_from_json (calls[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (side_wire_scenario_from_json (scenarios[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (campaigns); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (side_wire_campaign_from_json (campaigns[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

/* Nothing that could be a password has a place to stand in. */
static void
test_no_password (void)
{
  g_autoptr (SideTestCall) call = side_wire_test_call_from_json ("{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"number\":\"1\",\"account\":\"Office\","
                                                                 "\"password\":\"hunter2\",\"authorization\":\"Digest x\"}", -1, NULL);
  g_autofree char *json = side_wire_test_call_to_json (call);

  g_assert_nonnull (strstr (json, "Office"));
  g_assert_null (strstr (json, "hunter2"));
  g_assert_null (strstr (json, "Digest"));
}

/* Names stand wherever somebody can type. */
static void
name_everywhere (SideTestCall *call)
{
  SideTestSegment *segment = side_test_call_add_segment (call, SIDE_SEGMENT_HOLD, 86000, 87000, 1);

  segment->by_hand = TRUE;
  segment->label = g_strdup ("Дарья ушла");
  segment = side_test_call_add_segment (call, SIDE_SEGMENT_OTHER, 87000, 88000, 1);
  segment->by_hand = TRUE;
  segment->label = g_strdup ("greeting");
  side_test_call_add_note (call, 42000, "Дарья груба");
  g_free (((SideTestNote *) call->notes->pdata[1])->text);
  ((SideTestNote *) call->notes->pdata[1])->text = g_strdup ("Дарья о деньгах");
  side_test_call_set_fact (call, "f1", SIDE_TEST_FACT_WRONG, "Дарья: тридцать");
  ((SideAnswer *) call->review->answers->pdata[0])->comment = g_strdup ("Дарья не спросила");
  call->review->comment = g_strdup ("Дарья устала");
}

static void
test_for_client (void)
{
  g_autoptr (SideTestCall) call = make_call ();
  g_autoptr (SideTestCall) back = NULL;
  g_autofree char *json = NULL, *cut = NULL, *shown = NULL, *all = NULL;

  name_everywhere (call);
  json = side_wire_test_call_to_json (call);
  cut = side_wire_body_for_client ("test-call", json);
  back = side_wire_test_call_from_json (cut, -1, NULL);
  g_test_message ("%s", cut);
  g_assert_null (strstr (cut, "Дарья"));
  g_assert_cmpuint (back->segments->len, ==, 5);
  g_assert_cmpstr (((SideTestSegment *) back->segments->pdata[4])->label, ==, "greeting");   /* an announcement is nobody */
  g_assert_cmpuint (back->notes->len, ==, 1);
  g_assert_cmpstr (((SideTestNote *) back->notes->pdata[0])->tag, ==, "payment");
  g_assert_cmpint (((SideTestFact *) back->facts->pdata[0])->state, ==, SIDE_TEST_FACT_WRONG);
  g_assert_null (((SideTestFact *) back->facts->pdata[0])->heard);
  g_assert_null (back->call);
  g_assert_cmpint (back->match, ==, SIDE_TEST_MATCH_NONE);
  g_assert_cmpuint (back->review->answers->len, ==, 1);
  call->names_shown = TRUE;
  all = side_wire_test_call_to_json (call);
  shown = side_wire_body_for_client ("test-call", all);
  g_assert_nonnull (strstr (shown, "Дарья"));
  g_assert_nonnull (strstr (shown, "leg-1"));
  g_assert_nonnull (strstr (shown, "Дарья груба"));
  g_assert_null (side_wire_body_for_operator ("test-call", json, "op-1", "vera"));
  g_assert_null (side_wire_body_for_operator ("scenario", json, "op-1", "vera"));
  g_assert_null (side_wire_body_for_operator ("campaign", json, "op-1", "vera"));
}

static void
test_hours (void)
{
  g_autoptr (GTimeZone) berlin = side_time_zone_new ("Europe/Berlin", NULL);
  SideHours day = { 1 << 0, 600, 1080 };        /* Mondays, 10:00 to 18:00 */
  SideHours night = { 1 << 4, 1320, 360 };      /* the night from Friday to Saturday */
  SideHours none = { 0, 0, 1440 };
  gint64 spring = side_time_from_iso ("2026-03-29T00:30:00Z", NULL, NULL);   /* 1:30, half an hour before clocks go forward */
  int weekday, minute;

  g_assert_true (side_hours_hold (&day, 0, 600));
  g_assert_true (side_hours_hold (&day, 0, 1079));
  g_assert_false (side_hours_hold (&day, 0, 1080));
  g_assert_false (side_hours_hold (&day, 1, 700));
  g_assert_true (side_hours_hold (&night, 4, 1320));
  g_assert_true (side_hours_hold (&night, 5, 359));
  g_assert_false (side_hours_hold (&night, 5, 360));
  g_assert_false (side_hours_hold (&night, 4, 100));
  g_assert_false (side_hours_hold (&night, 6, 0));
  g_assert_true (side_hours_is_empty (&none));
  g_assert_false (side_hours_is_empty (&night));
  side_hours_wall_clock (berlin, spring, &weekday, &minute);
  g_assert_cmpint (weekday, ==, 6);
  g_assert_cmpint (minute, ==, 90);
  side_hours_wall_clock (berlin, spring + 30 * 60000, &weekday, &minute);
  g_assert_cmpint (minute, ==, 180);
  g_assert_true (side_hours_hold_at (&(SideHours) { 1 << 6, 180, 181 }, berlin, spring + 30 * 60000));
  g_assert_false (side_hours_hold_at (&(SideHours) { 1 << 6, 120, 180 }, berlin, spring + 30 * 60000));
}

static void
test_scenario_rule (void)
{
  g_autoptr (SideScenario) old = make_scenario ();
  g_autoptr (SideScenario) new = make_scenario ();

  g_assert_true (side_scenario_may_follow (new, NULL, "anna", FALSE, NULL));
  g_assert_false (side_scenario_may_follow (new, NULL, "boris", TRUE, NULL));
  g_assert_false (side_scenario_may_follow (new, old, "anna", FALSE, NULL));   /* the same version */
  new->version++;
  g_assert_true (side_scenario_may_follow (new, old, "anna", FALSE, NULL));
  g_assert_true (side_scenario_may_follow (new, old, "boris", TRUE, NULL));
  g_assert_false (side_scenario_may_follow (new, old, "boris", FALSE, NULL));
  g_assert_false (side_scenario_may_delete (old, "boris", FALSE, NULL));
  g_assert_true (side_scenario_may_delete (old, "boris", TRUE, NULL));
}

static void
test_call_rule (void)
{
  g_autoptr (SideTestCall) old = make_call ();
  g_autoptr (SideTestCall) new = make_call ();
  const gint64 later = NOW_MS + 100000;

  g_assert_true (side_test_call_may_follow (new, NULL, "anna", later, NULL));
  g_assert_false (side_test_call_may_follow (new, NULL, "anna", NOW_MS - 2 * 3600000, NULL));
  g_assert_false (side_test_call_may_follow (new, old, "boris", later, NULL));
  side_test_call_set_fact (new, "f1", SIDE_TEST_FACT_RIGHT, NULL);
  side_review_set_answer (new->review, "d", 1, later, -1);
  g_assert_true (side_test_call_may_follow (new, old, "anna", later, NULL));
  new->answered_ms -= 10000;
  g_assert_false (side_test_call_may_follow (new, old, "anna", later, NULL));
  old->ended_ms = 0;   /* it went on still */
  g_assert_true (side_test_call_may_follow (new, old, "anna", later, NULL));
  g_assert_false (side_test_call_may_delete (old, "boris", NULL));
  g_assert_true (side_test_call_may_delete (old, "anna", NULL));
}

static void
test_campaign_rule (void)
{
  g_autoptr (SideCampaign) old = make_campaign ();
  g_autoptr (SideCampaign) new = make_campaign ();

  g_assert_true (side_campaign_may_read (old, "anna"));
  g_assert_true (side_campaign_may_read (old, "boris"));
  g_assert_false (side_campaign_may_read (old, "clara"));
  g_assert_false (side_campaign_may_read (old, NULL));
  g_assert_true (side_campaign_may_follow (new, NULL, "anna", NULL));
  g_assert_false (side_campaign_may_follow (new, NULL, "boris", NULL));
  g_clear_pointer (&((SideCampaignCall *) new->calls->pdata[1])->skipped, g_free);
  ((SideCampaignCall *) new->calls->pdata[1])->test_call = g_strdup (UUID_A);
  g_assert_true (side_campaign_may_follow (new, old, "boris", NULL));
  g_assert_false (side_campaign_may_follow (new, old, "clara", NULL));
  new->closed_ms = NOW_MS;
  g_assert_false (side_campaign_may_follow (new, old, "boris", NULL));
  g_assert_true (side_campaign_may_follow (new, old, "anna", NULL));
  g_assert_true (side_campaign_may_read (new, "clara"));
  g_assert_false (side_campaign_may_follow (old, new, "anna", NULL));   /* it stays closed */
  ((SideCampaignCall *) new->calls->pdata[0])->at_ms++;
  g_assert_false (side_campaign_may_follow (new, old, "anna", NULL));
  g_assert_false (side_campaign_may_delete (old, "anna", NULL));
  g_clear_pointer (&((SideCampaignCall *) old->calls->pdata[0])->test_call, g_free);
  g_assert_true (side_campaign_may_delete (old, "anna", NULL));
  g_assert_false (side_campaign_may_delete (old, "boris", NULL));
  g_assert_true (side_campaign_next_call (old) == old->calls->pdata[0]);
  g_assert_cmpstr (side_campaign_find_number (old, "100")->vendor, ==, "Север");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mystery-calls/survives", test_survives);
  g_test_add_func ("/mystery-calls/room", test_room);
  g_test_add_func ("/mystery-calls/read", test_read);
  g_test_add_func ("/mystery-calls/refused", test_refused);
  g_test_add_func ("/mystery-calls/no-password", test_no_password);
  g_test_add_func ("/mystery-calls/for-client", test_for_client);
  g_test_add_func ("/mystery-calls/hours", test_hours);
  g_test_add_func ("/mystery-calls/scenario-rule", test_scenario_rule);
  g_test_add_func ("/mystery-calls/call-rule", test_call_rule);
  g_test_add_func ("/mystery-calls/campaign-rule", test_campaign_rule);
  return g_test_run ();
}
