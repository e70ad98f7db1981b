/* wire-samples.c - prints samples of every message the code writes
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One a line: the schema's name, a tab, the JSON. check-schemas.py validates
 * them against docs/schemas.
 */
#include <string.h>

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
  print ("live-ack", side_wire_ack_message (1));
}

static SideDocument *
print_bodies (void)
{
  g_autoptr (SideScript) script = side_script_new (UUID_A, "tea", "Приём заказа", 3);
  SideSection *section = side_script_add_section (script, "s", "Начало");
  SideCriterion *criterion = side_section_add_criterion (section, "c", "Темп", 2.5);
  g_autoptr (SideReview) review = side_review_new (UUID_B, "tea", "leg-1", UUID_A, 3);
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_B, "tea", "leg-1", 5, 9);
  g_autoptr (SideDocument) a = NULL;
  g_autoptr (SideDocument) b = NULL;
  SideDocument *c;

  note->criterion = g_strdup ("c");
  note->parent = g_strdup (UUID_A);
  note->moment_ms = NOW_MS;
  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 5;
  criterion->critical = SIDE_CRITICAL_SCRIPT;
  side_section_add_criterion (section, "d", "Имя", 0)->bonus = TRUE;
  side_review_set_answer (review, "c", 0.25, NOW_MS, 1500);
  side_review_set_answer (review, "d", SIDE_ANSWER_NA, NOW_MS, -1);
  print ("script", side_wire_script_to_json (script));
  print ("review", side_wire_review_to_json (review));
  print ("annotation", side_wire_annotation_to_json (note));
  a = side_wire_document_for_script (script);
  b = side_wire_document_for_review (review);
  c = side_wire_document_for_annotation (note);
  print ("document", side_wire_document_to_json (a));
  print ("document", side_wire_document_to_json (b));
  print ("document", side_wire_document_to_json (c));
  return c;
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
  print ("problem", side_wire_problem_to_json (0, error, document));
  print ("problem", side_wire_problem_to_json (500, error, NULL));
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
  print_analysis ();
  print_pages (rand, document);
  return 0;
}
