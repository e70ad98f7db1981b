/* wire-samples.c - prints samples of every message the code writes
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One a line: the schema's name, a tab, the JSON. check-schemas.py validates
 * them against docs/schemas.
 */
#include <string.h>

#include "side-pack.h"
#include "side-reviews-export.h"
#include "side-scorecards-export.h"
#include "side-wire-actions.h"
#include "side-wire-http.h"
#include "wire-random.h"

#define UUID_A "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define UUID_B "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"
#define NOW_MS G_GINT64_CONSTANT (1795269600000)

/* @json: (transfer full) */
static void
print (const char *schema,
       char       *json)
{
  g_print ("%s\t%s\n", schema, json);
  g_free (json);
}

static void
print_records (GRand *rand)
{
  for (int i = 0; i < 50; i++)
    {
      g_autoptr (SideEvent) event = wire_random_event (rand);
      g_autoptr (SideEvent) story = wire_random_story (rand, (guint64) i + 1);
      g_autoptr (SideCall) call = wire_random_call (rand);

      if (event->at_ms != 0)
        print ("event", side_wire_event_to_json (event));
      print ("event", side_wire_event_to_json (story));
      print ("call", side_wire_call_to_json (call));
    }
}

static SideProject *
sample_project (void)
{
  SideProject *project = side_project_new ("tea", "Чай", "Europe/Moscow", NULL);

  side_project_add_queue (project, "tea-orders", "Заказы", 30000);
  side_project_add_dialled (project, "78005550001", "radio");
  side_project_add_dialled (project, "78005550002", NULL);
  return project;
}

static void
print_session (void)
{
  g_autoptr (SideSession) session = side_session_new ("anna", SIDE_ROLE_CLIENT);

  print ("sign-in", side_wire_sign_in_to_json ("anna", "\"\\ñ"));
  session->at_ms = NOW_MS;
  print ("session", side_wire_session_to_json (session));
  session->people = g_ptr_array_new_with_free_func ((GDestroyNotify) side_person_free);
  g_ptr_array_add (session->people, side_person_new ("anna", SIDE_ROLE_SUPERVISOR));
  g_ptr_array_add (((SidePerson *) session->people->pdata[0])->projects, g_strdup ("tea"));
  g_ptr_array_add (session->projects, sample_project ());
  g_ptr_array_add (session->capabilities, g_strdup ("live"));
  session->server_name = g_strdup ("Calls");
  session->epoch = g_strdup ("0123456789abcdef0123456789abcdef");
  session->token = g_strdup ("token");
  session->expires_ms = NOW_MS;
  print ("project", side_wire_project_to_json (g_ptr_array_index (session->projects, 0)));
  print ("session", side_wire_session_to_json (session));
}

static void
print_actions (void)
{
  g_autoptr (SideActionRequest) pause = side_action_request_new (SIDE_ACTION_PAUSE, UUID_A, "Обед \"x\"");
  g_autoptr (SideActionRequest) hangup = side_action_request_new (SIDE_ACTION_HANGUP, UUID_A, "complaint");
  g_autoptr (SideActionDone) done = side_action_done_new (SIDE_ACTION_WHISPER);
  g_autoptr (SideActionOffers) offers = side_action_offers_new ();
  SideActionPlace *place;

  hangup->call = g_strdup ("leg-1");
  print ("action-request", side_wire_action_request_to_json (hangup));
  pause->project = g_strdup ("tea");
  pause->operator_id = g_strdup ("op-1");
  pause->queue = g_strdup ("tea-orders");
  pause->break_reason = g_strdup ("Lunch");
  print ("action-request", side_wire_action_request_to_json (pause));
  done->request = g_strdup (UUID_A);
  done->project = g_strdup ("tea");
  done->at_ms = NOW_MS;
  print ("action-done", side_wire_action_done_to_json (done));
  done->call = g_strdup ("leg-1");
  done->operator_id = g_strdup ("op-1");
  done->annotation = g_strdup (UUID_B);
  print ("action-done", side_wire_action_done_to_json (done));
  print ("actions", side_wire_action_offers_to_json (offers));
  offers->phone = g_strdup ("PJSIP/301");
  g_ptr_array_add (offers->breaks, g_strdup ("Обед"));
  place = side_action_offers_add (offers, "tea");
  for (guint kind = 1; kind < SIDE_N_ACTIONS; kind++)
    place->hurdles[kind] = (SideHurdle) (kind % (SIDE_HURDLE_UNKNOWN + 1));
  place->hurdles[SIDE_ACTION_LISTEN] = SIDE_HURDLE_NONE;
  print ("actions", side_wire_action_offers_to_json (offers));
}

static void
print_snapshot (SideBoard *board,
                gsize      part_bytes)
{
  SideWireSnapshot snapshot = { NOW_MS, 64, "0123456789abcdef0123456789abcdef", part_bytes };
  g_autoptr (GPtrArray) messages = side_wire_snapshot_messages (board, NULL, NULL, &snapshot);

  for (guint i = 0; i < messages->len; i++)
    print (i == 0 ? "live-snapshot" : "live-snapshot-part", g_strdup (g_ptr_array_index (messages, i)));
}

static void
print_live (GRand *rand)
{
  g_autoptr (SideBoard) empty = side_board_new ();
  g_autoptr (SideBoard) board = wire_random_board (rand, 300);
  SideWireView view = side_wire_view_for_client (board);
  g_autoptr (SideEvent) event = wire_random_story (rand, 301);
  g_autoptr (GString) text = g_string_new (NULL);

  print ("board", side_wire_board_to_json (empty, NULL, NULL));
  print ("board", side_wire_board_to_json (board, NULL, &view));
  print_snapshot (board, SIDE_WIRE_PART_BYTES);
  print_snapshot (board, 1);
  side_wire_append_events_message (text, &event, 1, 301, NOW_MS, &view);
  print ("live-events", g_strdup (text->str));
  print ("events", side_wire_events_to_json (&event, 1, NULL));
  print ("live-tick", side_wire_tick_message (1, NOW_MS));
  print ("live-documents", side_wire_documents_message (1, NOW_MS));
  print ("live-ack", side_wire_ack_message (1));
}

/* A version with all there is, in use and as the draft of the next. */
static SideScript *
print_scripts (void)
{
  SideScript *script = side_script_new (UUID_A, "tea", "Приём заказа", 3);
  g_autoptr (SideScript) draft = NULL;
  g_autoptr (SideScript) retired = NULL;
  g_autoptr (SideDocument) document = NULL;
  SideSection *section = side_script_add_section (script, "s", "Начало");
  SideCriterion *criterion = side_section_add_criterion (section, "c", "Темп", 2.5);
  SideStep *step = side_script_add_step (script, "s1", "Приветствие");

  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 5;
  criterion->critical = SIDE_CRITICAL_SCRIPT;
  criterion->comment = SIDE_COMMENT_ON_FAULT;
  g_ptr_array_add (criterion->causes, g_strdup ("Торопился"));
  side_criterion_add_exemplar (criterion, 0.2, "leg-1", 1500, 9000, "Частит");
  criterion = side_section_add_criterion (section, "d", "Имя", 0);
  criterion->bonus = TRUE;
  criterion->only_if = g_strdup ("c");
  criterion->only_low = 0.6;
  step->say = g_strdup ("Здравствуйте!");
  step->hint = g_strdup ("Улыбка");
  step->section = g_strdup ("s");
  side_step_add_branch (step, "спешит", "s1");
  side_step_add_branch (step, NULL, NULL);
  script->language = g_strdup ("ru");
  script->purpose = SIDE_SCRIPT_FOR_TEST_CALLS;
  print ("script", side_wire_script_to_json (script));
  retired = side_script_retire (script, NOW_MS);
  retired->author = g_strdup ("anna");
  retired->note = g_strdup ("Короче");
  print ("script", side_wire_script_to_json (retired));
  draft = side_script_draft (script, UUID_B);
  print ("draft", side_wire_script_to_json (draft));
  document = side_wire_document_for_draft (draft);
  print ("document", side_wire_document_to_json (document));
  return script;
}

static SideReview *
print_reviews (void)
{
  SideReview *review = side_review_new (UUID_B, "tea", "leg-1", UUID_A, 3);
  SideAnswer *answer;

  print ("review", side_wire_review_to_json (review));
  side_review_claim (review, "anna", NOW_MS);
  side_review_claim (review, "boris", NOW_MS);
  answer = side_review_set_answer (review, "c", 0.25, NOW_MS, 1500);
  answer->to_ms = 4000;
  answer->cause = SIDE_CAUSE_SYSTEM;
  answer->detail = g_strdup ("Медленно");
  side_review_set_answer (review, "d", SIDE_ANSWER_NA, NOW_MS, -1);
  review->selection = SIDE_SELECTION_RANDOM;
  review->plan = g_strdup (UUID_A);
  side_review_finish (review, 0.75, NOW_MS);
  side_review_reopen (review, "anna", "Оспорено", NOW_MS + 1);
  side_review_finish (review, 1.0, NOW_MS + 2);
  review->timing = SIDE_TIMING_LATE;
  review->replaced = TRUE;
  print ("review", side_wire_review_to_json (review));
  return review;
}

static void
print_reviews_export (const SideScript *script,
                      const SideReview *review)
{
  g_autoptr (SideProject) project = side_project_new ("tea", "Чай", "Europe/Moscow", NULL);
  g_autoptr (SideReviewsExport) export = side_reviews_export_new (SIDE_REVIEWS_JSON, project, 0, NOW_MS);
  g_autoptr (SideCall) call = side_call_new (review->call);
  char *text;

  call->joined_ms = NOW_MS;
  call->operator_id = "op-1";
  side_reviews_export_add (export, &(SideReviewsEntry) { .review = review, .script = script, .call = call, .operator_name = "Анна" });
  side_reviews_export_add (export, &(SideReviewsEntry) { .review = review });
  text = side_reviews_export_finish (export, TRUE);
  print ("reviews-export", g_strdelimit (text, "\n", ' '));
}

static void
print_scorecards_export (const SideScript *script,
                         const SideReview *review)
{
  g_autoptr (SideProject) project = side_project_new ("tea", "Чай", "Europe/Moscow", NULL);
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scorecard_unref);
  SideScorecard *card = side_scorecard_new (UUID_A, "tea", "Север", script->id, script->version);
  char *text;

  for (guint i = 0; i < review->answers->len; i++)
    g_ptr_array_add (card->review->answers, side_answer_copy (review->answers->pdata[i]));
  card->at_ms = NOW_MS;
  card->review->reviewer = g_strdup ("anna");
  g_ptr_array_add (cards, card);
  text = side_scorecards_to_json (project, script, cards);
  print ("scorecards-export", g_strdelimit (text, "\n", ' '));
}

static SideDocument *
print_bodies (void)
{
  g_autoptr (SideScript) script = print_scripts ();
  g_autoptr (SideReview) review = print_reviews ();
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_B, "tea", "leg-1", 5, 9);
  g_autoptr (SideDocument) a = NULL;
  g_autoptr (SideDocument) b = NULL;
  SideDocument *c;

  note->criterion = g_strdup ("c");
  note->parent = g_strdup (UUID_A);
  note->moment_ms = NOW_MS;
  print ("annotation", side_wire_annotation_to_json (note));
  print_reviews_export (script, review);
  print_scorecards_export (script, review);
  a = side_wire_document_for_script (script);
  b = side_wire_document_for_review (review);
  c = side_wire_document_for_annotation (note);
  print ("document", side_wire_document_to_json (a));
  print ("document", side_wire_document_to_json (b));
  print ("document", side_wire_document_to_json (c));
  return c;
}

static void
print_calibration (void)
{
  g_autoptr (SideCalibration) calibration = side_calibration_new (UUID_A, "tea", "Заказы", UUID_B, 3);
  g_autoptr (SideDocument) document = NULL;

  print ("calibration", side_wire_calibration_to_json (calibration));
  g_ptr_array_add (calibration->calls, g_strdup ("leg-1"));
  g_ptr_array_add (calibration->reviewers, g_strdup ("anna"));
  calibration->expert = g_strdup ("anna");
  calibration->author = g_strdup ("boris");
  calibration->state = SIDE_CALIBRATION_DISCUSSION;
  calibration->due_ms = calibration->discussed_ms = calibration->made_ms = calibration->changed_ms = NOW_MS;
  side_calibration_agree (calibration, "leg-1", "c", 0.25, "boris", "не спросила", NOW_MS);
  side_calibration_agree (calibration, "leg-1", "d", SIDE_ANSWER_NA, NULL, NULL, 0);
  document = side_wire_document_for_calibration (calibration);
  print ("calibration", side_wire_calibration_to_json (calibration));
  print ("document", side_wire_document_to_json (document));
}

static void
print_plan (void)
{
  g_autoptr (SidePlan) plan = side_plan_new (UUID_A, "tea", "Ноябрь");
  g_autoptr (SideDocument) document = NULL;

  plan->script = g_strdup (UUID_B);
  plan->seed = g_strdup ("2026-11");
  plan->frame_partial = TRUE;
  plan->frame = side_pack ("leg-1\top-1 · 12\nleg-2\top-1 · 12\n");
  plan->strata = SIDE_PLAN_BY_OPERATOR | SIDE_PLAN_BY_HOUR;
  plan->filters = g_strdup ("[view]\n");
  plan->from_ms = plan->to_ms = plan->due_ms = plan->created_ms = plan->changed_ms = plan->closed_ms = NOW_MS;
  plan->second_every = plan->repeat_every = 5;
  side_plan_add_item (plan, "leg-1", "op-1 · 12", 1, TRUE);
  side_plan_add_item (plan, "leg-2", "op-1 · 12", 2, FALSE);
  side_plan_add_reviewer (plan, "anna", 2);
  side_plan_deal (plan, NOW_MS);
  side_plan_replace (plan, "leg-1", "нет записи");
  document = side_wire_document_for_plan (plan);
  print ("plan", side_wire_plan_to_json (plan));
  print ("document", side_wire_document_to_json (document));
}

static void
print_disputes (void)
{
  g_autoptr (SideReview) review = side_review_new (UUID_A, "tea", "leg-1", UUID_B, 1);
  g_autoptr (SideDispute) dispute = side_dispute_new (UUID_B, "tea", "leg-1");
  g_autoptr (SideAcknowledgement) read = side_acknowledgement_new (review, "op-1", "vera", TRUE, NOW_MS);
  g_autoptr (SideDocument) a = side_wire_document_for_acknowledgement (read);
  g_autoptr (SideDocument) b = NULL;

  dispute->review = g_strdup (review->id);
  dispute->review_revision = 1;
  dispute->criterion = g_strdup ("c");
  dispute->reason = g_strdup ("Я назвала цену");
  dispute->operator_id = g_strdup ("op-1");
  dispute->author = g_strdup ("vera");
  print ("dispute", side_wire_dispute_to_json (dispute));
  dispute->script = g_strdup (UUID_B);
  dispute->asked = SIDE_ANSWER_NA;
  dispute->on_behalf = TRUE;
  dispute->created_ms = dispute->due_ms = dispute->judged_ms = NOW_MS;
  dispute->state = SIDE_DISPUTE_UPHELD;
  dispute->judge = g_strdup ("anna");
  dispute->ruling = g_strdup ("Верно");
  dispute->value = 0.5;
  b = side_wire_document_for_dispute (dispute);
  print ("dispute", side_wire_dispute_to_json (dispute));
  print ("acknowledgement", side_wire_acknowledgement_to_json (read));
  print ("document", side_wire_document_to_json (a));
  print ("document", side_wire_document_to_json (b));
}

static void
print_coaching (void)
{
  g_autoptr (SideCoaching) coaching = side_coaching_new (UUID_A, "tea", "op-1");
  g_autoptr (SideDocument) document = NULL;

  print ("coaching", side_wire_coaching_to_json (coaching));
  coaching->text = g_strdup ("Говорили о приветствии");
  coaching->script = g_strdup (UUID_B);
  coaching->criterion = g_strdup ("c");
  coaching->target = 0.9;
  coaching->goal = g_strdup ("Называть себя");
  coaching->author = g_strdup ("anna");
  coaching->created_ms = coaching->changed_ms = coaching->due_ms = coaching->done_ms = NOW_MS;
  coaching->shared = TRUE;
  side_coaching_add_clip (coaching, "leg-1", 5, 9, TRUE, "Хорошо");
  side_coaching_add_clip (coaching, "leg-2", 0, -1, FALSE, NULL);
  document = side_wire_document_for_coaching (coaching);
  print ("coaching", side_wire_coaching_to_json (coaching));
  print ("document", side_wire_document_to_json (document));
}

static void
print_scorecard (void)
{
  g_autoptr (SideScorecard) card = side_scorecard_new (UUID_A, "tea", "Контакт-Центр «Север»", UUID_B, 1);
  g_autoptr (SideDocument) document = NULL;

  print ("scorecard", side_wire_scorecard_to_json (card));
  card->at_ms = card->review->started_ms = card->review->changed_ms = NOW_MS;
  card->review->reviewer = g_strdup ("anna");
  card->review->comment = g_strdup ("Ответили за день");
  side_review_set_answer (card->review, "c", 0.5, NOW_MS, -1);
  document = side_wire_document_for_scorecard (card);
  print ("scorecard", side_wire_scorecard_to_json (card));
  print ("document", side_wire_document_to_json (document));
}

static SideScenario *
print_scenario (void)
{
  SideScenario *scenario = side_scenario_new (UUID_A, "tea", "Ночная линия");
  g_autoptr (SideDocument) document = NULL;
  SideScenarioStep *step;

  print ("scenario", side_wire_scenario_to_json (scenario));
  step = side_scenario_add_step (scenario, "1", "Это магазин?");
  step->must_not = g_strdup ("Что вы проверяете");
  step->expect = g_strdup ("Называет магазин");
  step->branch = g_strdup ("Если ответил автоответчик — закончить");
  side_scenario_set_line (scenario, step, "T2dnUw==", "ab");
  side_scenario_add_fact (scenario, "1", "До скольких?", "До двух ночи")->note = g_strdup ("Сайт");
  side_scenario_set_sound (scenario, side_scenario_add_prompt (scenario, "greeting", "Здравствуйте"), "T2dnUw==", "cd");
  side_scenario_add_key (scenario, "2#", "greeting", 500);
  scenario->language = g_strdup ("ru");
  scenario->note = g_strdup ("Отвечает ли кто-нибудь");
  scenario->persona = g_strdup ("Олег, 40");
  scenario->history = g_strdup ("Не покупал");
  scenario->number = g_strdup ("+74951200007");
  scenario->queue = g_strdup ("tea-orders");
  scenario->hours = (SideHours) { 0x41, 1320, 120 };
  scenario->time_zone = g_strdup ("Europe/Moscow");
  scenario->goal = g_strdup ("Дозвониться");
  scenario->script = g_strdup (UUID_B);
  scenario->script_version = 2;
  scenario->ready_script = g_strdup ("night-line");
  scenario->limits = (SideScenarioLimits) { 1, 2, 3, 4 };
  scenario->callback_ms = 5;
  scenario->robot = TRUE;
  scenario->author = g_strdup ("anna");
  scenario->created_ms = scenario->changed_ms = NOW_MS;
  document = side_wire_document_for_scenario (scenario);
  print ("scenario", side_wire_scenario_to_json (scenario));
  print ("document", side_wire_document_to_json (document));
  return scenario;
}

static void
fill_test_call (SideTestCall *call)
{
  SideTestSegment *segment = side_test_call_add_segment (call, SIDE_SEGMENT_PERSON, 5, 9, 0.75);

  segment->by_hand = TRUE;
  segment->told = SIDE_SEGMENT_QUEUE;
  segment->told_certainty = 0.5;
  segment->label = g_strdup ("Дарья");
  side_test_call_add_key (call, "2#", 7);
  side_test_call_add_note (call, 8, "Тихо");
  side_test_call_add_note (call, 8, "")->to_ms = 9;
  ((SideTestNote *) call->notes->pdata[1])->tag = g_strdup ("payment");
  side_test_call_add_step (call, "1", 9, SIDE_TEST_SAID_BY_COMPUTER);
  side_test_call_set_fact (call, "1", SIDE_TEST_FACT_NOT_TOLD, "Не знаю");
  call->recorded_ms = 3;
  side_test_call_add_prompt (call, "greeting")->state = SIDE_TEST_PROMPT_HEARD;
  call->call = g_strdup ("leg-1");
  call->match = SIDE_TEST_MATCH_HEADER;
  call->campaign = g_strdup (UUID_A);
  call->robot = call->names_shown = TRUE;
  call->review->reviewer = g_strdup ("anna");
  call->account = g_strdup ("Офис");
  call->vendor = g_strdup ("Север");
  call->sip_call_id = g_strdup ("x@y");
  call->dialled_ms = call->ringing_ms = call->early_ms = call->answered_ms = call->ended_ms = NOW_MS;
  call->end = SIDE_TEST_END_THEM;
  call->end_code = 200;
  call->end_phrase = g_strdup ("OK");
  call->end_reason = g_strdup ("Q.850;cause=16");
  call->quality = (SideTestQuality) { g_strdup ("opus"), TRUE, 0.01, 4.5, 41, 4.2, g_strdup ("Ie 0") };
  call->callback = SIDE_TEST_CALLBACK_LATE;
  call->callback_due_ms = call->callback_came_ms = NOW_MS;
  call->recording = g_strdup ("a.wav");
  call->recording_sha256 = g_strdup ("ef");
  call->operator_name = g_strdup ("Дарья");
  side_test_call_set_rules (call, 1, "anna", NOW_MS);
  call->review->started_ms = call->review->changed_ms = NOW_MS;
  call->review->comment = g_strdup ("Вежливо");
  side_review_set_answer (call->review, "c", 0.5, NOW_MS, -1);
}

static void
print_test_calls (void)
{
  g_autoptr (SideScenario) scenario = print_scenario ();
  g_autoptr (SideTestCall) call = side_test_call_new (UUID_B, "tea", "100");
  g_autoptr (SideCampaign) campaign = side_campaign_new (UUID_B, "tea", "Ночь");
  g_autoptr (SideDocument) a = NULL;
  g_autoptr (SideDocument) b = NULL;

  print ("test-call", side_wire_test_call_to_json (call));
  side_test_call_follow (call, scenario);
  fill_test_call (call);
  a = side_wire_document_for_test_call (call);
  print ("test-call", side_wire_test_call_to_json (call));
  print ("document", side_wire_document_to_json (a));
  print ("campaign", side_wire_campaign_to_json (campaign));
  g_ptr_array_add (campaign->scenarios, g_strdup (UUID_A));
  g_ptr_array_add (campaign->callers, g_strdup ("boris"));
  side_campaign_add_number (campaign, "100", "Север");
  g_array_append_val (campaign->windows, scenario->hours);
  side_campaign_add_call (campaign, NOW_MS, UUID_A, "100")->test_call = g_strdup (UUID_B);
  side_campaign_add_call (campaign, NOW_MS, UUID_A, NULL)->skipped = g_strdup ("Болел");
  campaign->time_zone = g_strdup ("Europe/Moscow");
  campaign->from_ms = campaign->to_ms = campaign->created_ms = campaign->changed_ms = campaign->closed_ms = NOW_MS;
  campaign->count = campaign->per_day = campaign->per_number = campaign->fail_n = campaign->fail_m = 2;
  campaign->seed = g_strdup ("ноябрь");
  campaign->robot = TRUE;
  campaign->author = g_strdup ("anna");
  b = side_wire_document_for_campaign (campaign);
  print ("campaign", side_wire_campaign_to_json (campaign));
  print ("document", side_wire_document_to_json (b));
}

static void
print_marks (void)
{
  g_autoptr (SideTag) tag = side_tag_new (UUID_A, "tea", "greeting");
  g_autoptr (SideListening) listening = side_listening_new (UUID_A, "tea", "leg-1", "anna");
  g_autoptr (SideExportRecord) record = side_export_record_new (UUID_B, "tea", "leg-1");
  SideHeard blank = { 100, 200, 1 };
  g_autoptr (SideDocument) a = NULL;
  g_autoptr (SideDocument) b = NULL;
  g_autoptr (SideDocument) c = NULL;

  tag->colour = g_strdup ("#26a269");
  tag->label = g_strdup ("Приветствие");
  tag->shortcut = g_strdup ("g");
  tag->retired = TRUE;
  side_listening_add (listening, 0, 1000, 1.5);
  g_array_append_val (record->blanked, blank);
  record->voice_changed = TRUE;
  a = side_wire_document_for_tag (tag);
  b = side_wire_document_for_listening (listening);
  c = side_wire_document_for_export (record);
  print ("tag", side_wire_tag_to_json (tag));
  print ("listening", side_wire_listening_to_json (listening));
  print ("export", side_wire_export_to_json (record));
  print ("document", side_wire_document_to_json (a));
  print ("document", side_wire_document_to_json (b));
  print ("document", side_wire_document_to_json (c));
}

static void
print_pages (GRand        *rand,
             SideDocument *document)
{
  g_autoptr (SideCallPage) calls = side_call_page_new ();
  g_autoptr (SideChangePage) changes = side_change_page_new ();
  g_autoptr (SideEventPage) events = side_event_page_new ();
  g_autoptr (SideUnmatched) unmatched = side_unmatched_new ();
  g_autoptr (SideCalibrationProgress) progress = side_calibration_progress_new (3);
  g_autoptr (GError) error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_CONFLICT, "somebody was first");
  SideDocument *gone = side_document_new ("review", UUID_A, "tea");

  print ("calls", side_wire_calls_to_json (calls, NULL));
  for (int i = 0; i < 5; i++)
    side_call_page_add (calls, wire_random_call (rand), i);
  calls->cursor = g_strdup ("next");
  print ("calls", side_wire_calls_to_json (calls, NULL));
  print ("events-page", side_wire_event_page_to_json (events, NULL));
  for (guint i = 1; i <= 5; i++)
    g_ptr_array_add (events->events, wire_random_story (rand, i));
  events->next = 5;
  print ("events-page", side_wire_event_page_to_json (events, NULL));
  gone->deleted = TRUE;
  g_ptr_array_add (changes->documents, gone);
  g_ptr_array_add (changes->documents, side_document_ref (document));
  print ("changes", side_wire_changes_to_json (changes));
  print ("unmatched", side_wire_unmatched_to_json (unmatched));
  g_ptr_array_add (unmatched->files, side_unmatched_file_new ("2026/11/\"79031231244\".wav", 0, NOW_MS));
  unmatched->complete = FALSE;
  print ("unmatched", side_wire_unmatched_to_json (unmatched));
  print ("test-call-calls", side_wire_claimed_to_json ((const char *const[]) { "pbx-1700000000.1:sales:1", NULL }));
  side_calibration_progress_add (progress, "anna", 3);
  print ("calibration-progress", side_wire_calibration_progress_to_json (progress));
  print ("problem", side_wire_problem_to_json (0, error, document));
  print ("problem", side_wire_problem_to_json (500, error, NULL));
}

static void
print_alert_documents (void)
{
  g_autoptr (SideAlertRule) bare = side_alert_rule_new ("5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11", "tea", SIDE_ALERT_WAITING);
  g_autoptr (SideAlertRule) full = side_alert_rule_new ("6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12", "tea", SIDE_ALERT_OPERATOR_STATE);
  g_autoptr (SideAlertAct) act = side_alert_act_new ("7f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b13", "tea", bare->id, NOW_MS);
  g_autoptr (SideDocument) rule_document = NULL, act_document = NULL;

  bare->alarm = 5;
  print ("alert-rule", side_wire_alert_rule_to_json (bare));
  full->queue = g_strdup ("tea-orders");
  full->title = g_strdup ("Breaks");
  full->state = SIDE_OPERATOR_BREAK;
  full->warning = 900;
  full->alarm = 1800.5;
  full->back = 60;
  full->hold_s = 10;
  full->minutes = 15;
  full->least = 3;
  full->hours = (SideHours) { 0x41, 540, 1440 };
  full->off = TRUE;
  print ("alert-rule", side_wire_alert_rule_to_json (full));
  act->author = g_strdup ("anna");
  print ("alert-act", side_wire_alert_act_to_json (act));
  act->operator_id = g_strdup ("op-1");
  act->note = g_strdup ("Two are coming back from lunch");
  act->until_ms = NOW_MS + 300000;
  print ("alert-act", side_wire_alert_act_to_json (act));
  rule_document = side_wire_document_for_alert_rule (full);
  act_document = side_wire_document_for_alert_act (act);
  print ("document", side_wire_document_to_json (rule_document));
  print ("document", side_wire_document_to_json (act_document));
}

/* Rules are only read: what the reader takes, the schema has to take, too. */
static void
print_alert_rules (void)
{
  static const char *const samples[] = {
    "{\"rules\":[]}",
    "{\"rules\":[{\"id\":\"5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11\",\"project\":\"tea\",\"watch\":\"waiting\",\"alarm\":5},"
    "{\"id\":\"6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12\",\"project\":\"tea\",\"queue\":\"tea-orders\",\"title\":\"Breaks\",\"watch\":\"operator-state\",\"state\":\"break\","
    "\"warning\":900,\"alarm\":1800.5,\"back\":0,\"hold_s\":10,\"minutes\":15,\"least\":3,\"hours\":{\"weekdays\":[1,7],\"from\":\"09:00\",\"to\":\"24:00\"},\"off\":true}]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rules = side_wire_alert_rules_from_json (samples[i], -1, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (rules->len, ==, 2 * i);
      print ("alert-rules", g_strdup (samples[i]));
    }
}

static void
print_analysis (void)
{
  g_autoptr (SideAnalysis) mono = side_analysis_new (1);
  g_autoptr (SideAnalysis) full = side_analysis_new (2);
  const SideSpan span = { 1230, 9870 };
  const SideTalkOver over = { 500, 900, SIDE_CHANNEL_OPERATOR };
  const SideTone tones[] = { { 0, 800, SIDE_TONE_RINGBACK, 0, 0 }, { 900, 1000, SIDE_TONE_DTMF, 1, '#' } };
  const SideSoundFlag flags[] = { { SIDE_SOUND_NOISY, 1, 9.5, 1230 }, { SIDE_SOUND_DEAD_AIR, SIDE_CHANNEL_NONE, 12, 1230 } };

  print ("analysis", side_wire_analysis_to_json (mono));
  full->duration_ms = 60000;
  full->rate = 8000;
  g_array_append_vals (full->tones, tones, G_N_ELEMENTS (tones));
  g_array_append_vals (full->flags, flags, G_N_ELEMENTS (flags));
  g_array_append_val (full->conversation.dead_air, span);
  g_array_append_val (full->conversation.talk_over, over);
  g_array_append_val (side_analysis_get_side (full, 0)->speech, span);
  side_analysis_get_side (full, 0)->longest_monologue = span;
  full->conversation.latency[0] = (SideLatency) { 3, 812.5, 2400, span };
  print ("analysis", side_wire_analysis_to_json (full));
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  g_autoptr (SideDocument) document = NULL;

  print_records (rand);
  print_session ();
  print_actions ();
  print_live (rand);
  document = print_bodies ();
  print_marks ();
  print_plan ();
  print_disputes ();
  print_calibration ();
  print_coaching ();
  print_scorecard ();
  print_test_calls ();
  print_alert_documents ();
  print_alert_rules ();
  print_analysis ();
  print_pages (rand, document);
  return 0;
}
