/* test-wire-http.c - sessions, problems, pages, documents and their bodies
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-test.h"
#include "side-wire-http.h"
#include "wire-random.h"

#define UUID_A "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define UUID_B "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"

static SideProject *
sample_project (void)
{
  SideProject *project = side_project_new ("tea", "Чай и травы", "Europe/Moscow", NULL);

  side_project_add_queue (project, "tea-orders", "Заказы", 30000);
  side_project_add_queue (project, "tea-help", NULL, 0);
  side_project_add_dialled (project, "78005550001", "radio");
  side_project_add_dialled (project, "78005550002", NULL);
  project->target = 0.85;
  project->formula = SIDE_FORMULA_F2;
  project->full_names = TRUE;
  return project;
}

static void
test_project (void)
{
  g_autoptr (SideProject) project = sample_project ();
  g_autofree char *json = side_wire_project_to_json (project);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideProject) back = side_wire_project_from_json (json, -1, &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  again = side_wire_project_to_json (back);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpfloat (back->target, ==, 0.85);
  g_assert_cmpint (back->formula, ==, SIDE_FORMULA_F2);
  g_assert_true (back->full_names);
  g_assert_cmpstr (side_project_find_source (back, "78005550001"), ==, "radio");
  g_assert_cmpstr (back->time_zone_name, ==, "Europe/Moscow");
}

static void
test_project_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideProject) project = side_wire_project_from_json ("{\"id\":\"a\",\"time_zone\":\"UTC\"}", -1, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (project->name, ==, "a");
  g_assert_cmpint (project->formula, ==, SIDE_FORMULA_F4);
  g_assert_cmpint (project->short_abandon_ms, ==, 5000);
}

static void
test_session (void)
{
  g_autoptr (SideSession) session = side_session_new ("anna", SIDE_ROLE_SUPERVISOR);
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;
  g_autoptr (SideSession) back = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (session->projects, sample_project ());
  g_ptr_array_add (session->capabilities, g_strdup ("recordings"));
  session->server_name = g_strdup ("Calls");
  session->server_version = g_strdup ("0.1.0");
  session->simulated = TRUE;
  session->at_ms = 1795269600000;
  session->epoch = g_strdup ("0123");
  session->token = g_strdup ("t0ken");
  session->expires_ms = 1795269700000;
  json = side_wire_session_to_json (session);
  back = side_wire_session_from_json (json, -1, &error);
  g_assert_no_error (error);
  again = side_wire_session_to_json (back);
  g_assert_cmpstr (json, ==, again);
  g_assert_true (side_session_can (back, "recordings"));
  g_assert_false (side_session_can (back, "listening"));
  g_assert_nonnull (side_session_find_project (back, "tea"));
  g_assert_null (side_session_find_project (back, "coffee"));
  g_assert_cmpint (back->role, ==, SIDE_ROLE_SUPERVISOR);
  g_assert_cmpstr (back->epoch, ==, "0123");
}

/* A server that tells nobody of others is not one that has nobody. */
static void
test_people (void)
{
  static const char *const rest = "\"user\":\"anna\",\"role\":\"trainer\",\"projects\":[],\"capabilities\":[],\"server\":{\"at_ms\":1}}";
  g_autofree char *none = g_strconcat ("{", rest, NULL);
  g_autofree char *some =
      g_strconcat ("{\"people\":[{\"name\":\"Anna\",\"role\":\"supervisor\",\"projects\":[\"tea\",\"toys\"]},"
                   "{\"name\":\"Boris\",\"role\":\"trainer\",\"projects\":[\"toys\"]}],", rest, NULL);
  g_autoptr (SideSession) older = side_wire_session_from_json (none, -1, NULL);
  g_autoptr (SideSession) session = side_wire_session_from_json (some, -1, NULL);
  g_autofree char *json = side_wire_session_to_json (session);
  g_autoptr (SideSession) back = side_wire_session_from_json (json, -1, NULL);
  g_autoptr (GPtrArray) tea = side_session_list_people (back, "tea");
  g_autoptr (GPtrArray) toys = side_session_list_people (back, "toys");
  g_autoptr (GPtrArray) coffee = side_session_list_people (back, "coffee");

  g_assert_null (side_session_list_people (older, "tea"));
  g_assert_null (side_session_list_people (back, NULL));
  g_assert_cmpuint (tea->len, ==, 1);
  g_assert_cmpstr (((SidePerson *) tea->pdata[0])->name, ==, "Anna");
  g_assert_cmpint (((SidePerson *) tea->pdata[0])->role, ==, SIDE_ROLE_SUPERVISOR);
  g_assert_cmpuint (toys->len, ==, 2);
  g_assert_cmpuint (coffee->len, ==, 0);
}

static void
test_bad_sessions (void)
{
  static const char *const bad[] = {
    "{}", "[]", "{\"user\":\"a\"}",
    "{\"user\":\"a\",\"role\":\"client\",\"projects\":[],\"capabilities\":[]}",
    "{\"user\":\"a\",\"role\":\"client\",\"projects\":[],\"server\":{}}",
    "{\"user\":\"a\",\"role\":3,\"projects\":[],\"capabilities\":[],\"server\":{}}",
    "{\"user\":\"a\",\"role\":\"client\",\"projects\":[{}],\"capabilities\":[],\"server\":{}}",
    "{\"user\":\"a\",\"role\":\"client\",\"projects\":[],\"capabilities\":[1],\"server\":{}}",
    "{\"user\":\"a\",\"role\":\"client\",\"projects\":[],\"capabilities\":[],\"server\":{\"simulated\":\"no\"}}",
    "{\"user\":\"a\",\"role\":\"client\",\"projects\":[],\"people\":{},\"capabilities\":[],\"server\":{}}",
    "{\"user\":\"a\",\"role\":\"client\",\"projects\":[],\"people\":[{\"name\":\"\"}],\"capabilities\":[],\"server\":{}}",
    "{\"user\":\"a\",\"role\":\"client\",\"projects\":[],\"people\":[{\"name\":\"b\",\"projects\":[1]}],\"capabilities\":[],\"server\":{}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (side_wire_session_from_json (bad[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

static void
test_sign_in (void)
{
  g_autofree char *json = side_wire_sign_in_to_json ("anna", "p\"ä\\ss");
  g_autofree char *user = NULL;
  g_autofree char *password = NULL;
  g_autofree char *long_word = g_strnfill (2000, 'p');
  g_autofree char *too_long = side_wire_sign_in_to_json ("anna", long_word);
  g_autoptr (GError) error = NULL;

  g_assert_true (side_wire_sign_in_from_json (json, -1, &user, &password, &error));
  g_assert_cmpstr (user, ==, "anna");
  g_assert_cmpstr (password, ==, "p\"ä\\ss");
  g_assert_false (side_wire_sign_in_from_json (too_long, -1, &user, &password, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_assert_null (strstr (error->message, "ppp"));
  g_clear_error (&error);
  g_assert_false (side_wire_sign_in_from_json ("{\"user\":\"anna\"}", -1, &user, &password, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

static void
test_problem_words (void)
{
  for (int code = SIDE_ERROR_FAILED; code <= SIDE_ERROR_CANCELLED; code++)
    {
      g_assert_cmpint (side_wire_error_from_code (side_wire_error_to_code (code)), ==, code);
      g_assert_cmpuint (side_wire_error_to_status (code), >=, 400);
    }
  g_assert_cmpint (side_wire_error_from_code ("of another planet"), ==, SIDE_ERROR_FAILED);
  g_assert_cmpint (side_wire_error_from_status (401), ==, SIDE_ERROR_UNAUTHORIZED);
  g_assert_cmpint (side_wire_error_from_status (409), ==, SIDE_ERROR_CONFLICT);
  g_assert_cmpint (side_wire_error_from_status (418), ==, SIDE_ERROR_FAILED);
}

static SideDocument *
sample_document (void)
{
  g_autoptr (SideAnnotation) note = side_annotation_new (UUID_A, "tea", "leg-1", 1000, 2500);
  SideDocument *document;

  note->text = g_strdup ("Вежливо");
  note->tag = g_strdup ("greeting");
  document = side_wire_document_for_annotation (note);
  document->revision = 3;
  document->change = 44;
  document->changed_ms = 1795269600000;
  document->author = g_strdup ("boris");
  return document;
}

static void
test_problem (void)
{
  g_autoptr (GError) error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_CONFLICT, "somebody was first");
  g_autoptr (SideDocument) document = sample_document ();
  g_autofree char *json = side_wire_problem_to_json (0, error, document);
  g_autoptr (SideDocument) current = NULL;
  g_autoptr (GError) back = side_wire_problem_from_json (412, json, -1, &current);
  g_autoptr (GError) page = side_wire_problem_from_json (403, "<html>no</html>", -1, NULL);
  g_autoptr (GError) odd = side_wire_problem_from_json (500, "{\"detail\":7,\"code\":[]}", -1, NULL);
  g_autoptr (GError) sly = side_wire_problem_from_json (500, "{\"code\":\"cancelled\"}", -1, NULL);

  g_assert_error (back, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_assert_cmpstr (back->message, ==, "somebody was first");
  g_assert_cmpint (current->revision, ==, 3);
  g_assert_cmpstr (current->author, ==, "boris");
  g_assert_nonnull (strstr (json, "\"status\":412"));
  g_assert_error (page, SIDE_ERROR, SIDE_ERROR_FORBIDDEN);
  g_assert_error (odd, SIDE_ERROR, SIDE_ERROR_FAILED);
  /* A server must not make an error vanish. */
  g_assert_error (sly, SIDE_ERROR, SIDE_ERROR_FAILED);
}

static void
test_call_page (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autoptr (SideCallPage) page = side_call_page_new ();
  g_autoptr (SideCallPage) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  for (int i = 0; i < 20; i++)
    side_call_page_add (page, wire_random_call (rand), 100 + i);
  page->cursor = g_strdup ("opaque=&\"cursor");
  json = side_wire_calls_to_json (page, NULL);
  back = side_wire_calls_from_json (json, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (back->calls->len, ==, 20);
  g_assert_cmpstr (back->cursor, ==, page->cursor);
  for (guint i = 0; i < 20; i++)
    {
      g_assert_true (side_call_equal (g_ptr_array_index (back->calls, i), g_ptr_array_index (page->calls, i)));
      g_assert_cmpint (side_call_page_get_change (back, i), ==, 100 + i);
    }
  g_assert_null (side_wire_calls_from_json ("{\"calls\":{}}", -1, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

static void
test_event_list (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  SideEvent *events[] = { wire_random_story (rand, 1), wire_random_story (rand, 2) };
  g_autofree char *json = side_wire_events_to_json (events, 2, NULL);
  g_autoptr (GPtrArray) back = side_wire_events_from_json (json, -1, NULL);

  g_assert_cmpuint (back->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (side_event_equal (events[i], g_ptr_array_index (back, i)));
      side_event_unref (events[i]);
    }
}

static void
test_change_page (void)
{
  g_autoptr (SideChangePage) page = side_change_page_new ();
  g_autoptr (SideChangePage) back = NULL;
  g_autofree char *json = NULL;
  SideDocument *gone = side_document_new ("review", UUID_B, "tea");
  const SideDocument *first;

  gone->deleted = TRUE;
  gone->revision = 2;
  g_ptr_array_add (page->documents, sample_document ());
  g_ptr_array_add (page->documents, gone);
  page->next = 45;
  page->more = TRUE;
  json = side_wire_changes_to_json (page);
  back = side_wire_changes_from_json (json, -1, NULL);
  g_assert_nonnull (back);
  g_assert_cmpint (back->next, ==, 45);
  g_assert_true (back->more);
  first = g_ptr_array_index (back->documents, 0);
  g_assert_cmpint (first->change, ==, 44);
  g_assert_cmpstr (first->call, ==, "leg-1");
  g_assert_true (((const SideDocument *) g_ptr_array_index (back->documents, 1))->deleted);
  g_assert_null (((const SideDocument *) g_ptr_array_index (back->documents, 1))->body);
}

static void
test_document_keeps_strange_members (void)
{
  static const char json[] =
    "{\"kind\":\"annotation\",\"id\":\"" UUID_A "\",\"project\":\"tea\",\"call\":\"leg-1\",\"body\":"
    "{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"call\":\"leg-1\",\"from_ms\":1,\"to_ms\":1,\"colour\":{\"of\":[\"a\",1.25]}}}";
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) document = side_wire_document_from_json (json, -1, &error);
  g_autofree char *out = NULL;

  g_assert_no_error (error);
  g_assert_true (side_wire_document_check_body (document, &error));
  out = side_wire_document_to_json (document);
  g_assert_nonnull (strstr (out, "\"colour\":{\"of\":[\"a\",1.25]}"));
}

static void
test_bad_documents (void)
{
  static const char *const bad[] = {
    "{}", "{\"kind\":\"review\",\"id\":\"" UUID_A "\",\"project\":\"tea\"}",
    "{\"kind\":\"review\",\"id\":\"not a uuid\",\"project\":\"tea\",\"body\":{}}",
    "{\"kind\":\"review\",\"id\":\"" UUID_A "\",\"body\":{}}",
    "{\"kind\":\"review\",\"id\":\"" UUID_A "\",\"project\":\"tea\",\"body\":\"{}\"}",
    "{\"kind\":\"review\",\"id\":\"" UUID_A "\",\"project\":\"tea\",\"body\":[]}",
    "{\"kind\":\"review\",\"id\":\"" UUID_A "\",\"project\":\"tea\",\"body\":{},\"revision\":-1}",
  };
#define OF_CALL "{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"call\":\"leg-1\""
  static const struct { const char *kind, *body; } lacking[] = {
    { "annotation", OF_CALL ",\"from_ms\":1}" }, { "annotation", OF_CALL ",\"to_ms\":1}" }, { "listening", OF_CALL "}" },
    { "review", OF_CALL ",\"script\":\"" UUID_B "\",\"script_version\":1}" },
    { "review", OF_CALL ",\"script\":\"" UUID_B "\",\"answers\":[]}" },
    { "review", OF_CALL ",\"script\":\"" UUID_B "\",\"script_version\":1,\"answers\":[{\"criterion\":\"c\",\"value\":1,\"na\":true}]}" },
    { "script", "{\"id\":\"" UUID_A "\",\"project\":\"tea\",\"title\":\"x\",\"version\":1}" },
  };
  g_autoptr (SideDocument) document = sample_document ();
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) local = NULL;

      g_assert_null (side_wire_document_from_json (bad[i], -1, &local));
      g_assert_error (local, SIDE_ERROR, SIDE_ERROR_INVALID);
    }

  /* What is new here has all that its schema asks for. */
  for (gsize i = 0; i < G_N_ELEMENTS (lacking); i++)
    {
      g_autoptr (SideDocument) poor = side_document_new (lacking[i].kind, UUID_A, "tea");
      g_autoptr (GError) local = NULL;

      poor->call = g_strdup (g_str_equal (lacking[i].kind, "script") ? NULL : "leg-1");
      poor->body = g_strdup (lacking[i].body);
      g_assert_false (side_wire_document_check_body (poor, &local));
      g_assert_error (local, SIDE_ERROR, SIDE_ERROR_INVALID);
    }

  /* An envelope of one project with a body of another. */
  g_assert_true (side_wire_document_check_body (document, NULL));
  g_free (document->project);
  document->project = g_strdup ("coffee");
  g_assert_false (side_wire_document_check_body (document, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  g_free (document->kind);
  document->kind = g_strdup ("poem");
  g_assert_false (side_wire_document_check_body (document, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
}

/* A body that is no JSON object must not break the envelope's JSON. */
static void
test_broken_body (void)
{
  g_autoptr (SideDocument) document = sample_document ();
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_free (document->body);
  document->body = g_strdup ("{\"a\":1},\"project\":\"coffee\"");
  json = side_wire_document_to_json (document);
  node = side_wire_parse (json, -1, SIDE_WIRE_MAX_REQUEST, NULL);
  g_assert_nonnull (node);
  g_assert_null (strstr (json, "coffee"));
}

static SideScript *
sample_script (void)
{
  SideScript *script = side_script_new (UUID_A, "tea", "Приём заказа", 4);
  SideSection *section = side_script_add_section (script, "s1", "Начало");
  SideCriterion *criterion = side_section_add_criterion (section, "c1", "Поздоровался", 5);

  criterion->hint = g_strdup ("по имени");
  criterion->answers = SIDE_ANSWERS_YES_NO;
  criterion->critical = SIDE_CRITICAL_SECTION;
  criterion = side_section_add_criterion (section, "c2", "Темп", 2.5);
  criterion->answers = SIDE_ANSWERS_SCALE;
  criterion->scale_max = 5;
  criterion->bonus = TRUE;
  criterion->allow_na = FALSE;
  side_script_add_section (script, "s2", "Конец");
  g_ptr_array_add (script->queues, g_strdup ("tea-orders"));
  script->above_100 = TRUE;
  script->whole_recording = TRUE;
  return script;
}

static void
test_script (void)
{
  g_autoptr (SideScript) script = sample_script ();
  g_autofree char *json = side_wire_script_to_json (script);
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) back = side_wire_script_from_json (json, -1, &error);
  g_autofree char *again = NULL;
  const SideCriterion *criterion;

  g_assert_no_error (error);
  again = side_wire_script_to_json (back);
  g_assert_cmpstr (json, ==, again);
  criterion = side_script_find_criterion (back, "c2");
  g_assert_cmpint (criterion->scale_max, ==, 5);
  g_assert_true (criterion->bonus);
  g_assert_false (criterion->allow_na);
  g_assert_cmpint (side_script_find_criterion (back, "c1")->critical, ==, SIDE_CRITICAL_SECTION);
  g_assert_true (side_script_is_for_queue (back, "tea-orders"));
}

static void
test_review (void)
{
  g_autoptr (SideReview) review = side_review_new (UUID_B, "tea", "leg-1", UUID_A, 4);
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideReview) back = NULL;

  side_review_set_answer (review, "c1", 1, 1795269600000, 1500);
  side_review_set_answer (review, "c2", SIDE_ANSWER_NA, 1795269600500, -1)->comment = g_strdup ("не было");
  side_review_set_answer (review, "c3", 0.1 + 0.2, 1795269600600, 0);
  review->reviewer = g_strdup ("anna");
  review->started_ms = 1795269599000;
  review->changed_ms = 1795269600700;
  json = side_wire_review_to_json (review);
  back = side_wire_review_from_json (json, -1, &error);
  g_assert_no_error (error);
  again = side_wire_review_to_json (back);
  g_assert_cmpstr (json, ==, again);
  g_assert_cmpfloat (side_review_get_answer (back, "c2"), ==, SIDE_ANSWER_NA);
  g_assert_cmpfloat (side_review_get_answer (back, "c3"), ==, 0.1 + 0.2);
  g_assert_cmpint (side_review_find_answer (back, "c1")->position_ms, ==, 1500);
  g_assert_cmpint (side_review_find_answer (back, "c2")->position_ms, ==, -1);
  g_assert_cmpint (back->changed_ms, ==, 1795269600700);
  g_assert_cmpint (back->finished_ms, ==, 0);
}

/* Everything a script can say, once. */
static void
test_script_whole (void)
{
  g_autoptr (SideScript) script = sample_script ();
  SideCriterion *criterion = side_script_find_criterion (script, "c2");
  SideStep *step = side_script_add_step (script, "s1", "Привет");
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideScript) back = NULL;
  const SideExemplar *exemplar;

  script->state = SIDE_SCRIPT_DRAFT;
  script->script = g_strdup (UUID_B);
  script->purpose = SIDE_SCRIPT_FOR_VENDORS;
  script->since_ms = 1795269600000;
  script->author = g_strdup ("anna");
  script->note = g_strdup ("Короче");
  script->language = g_strdup ("ru");
  criterion->comment = SIDE_COMMENT_ALWAYS;
  criterion->only_if = g_strdup ("c1");
  criterion->only_low = 0.25;
  g_ptr_array_add (criterion->causes, g_strdup ("Торопился"));
  side_criterion_add_exemplar (criterion, 0.4, "leg-1", 10, 20, "Быстро");
  step->say = g_strdup ("Здравствуйте");
  step->section = g_strdup ("s1");
  side_step_add_branch (step, "спешит", "s1");
  side_step_add_branch (step, NULL, NULL);
  json = side_wire_script_to_json (script);
  back = side_wire_script_from_json (json, -1, &error);
  g_assert_no_error (error);
  again = side_wire_script_to_json (back);
  g_assert_cmpstr (json, ==, again);
  criterion = side_script_find_criterion (back, "c2");
  g_assert_cmpint (back->state, ==, SIDE_SCRIPT_DRAFT);
  g_assert_cmpint (back->purpose, ==, SIDE_SCRIPT_FOR_VENDORS);
  g_assert_cmpint (criterion->comment, ==, SIDE_COMMENT_ALWAYS);
  g_assert_cmpfloat (criterion->only_low, ==, 0.25);
  g_assert_cmpfloat (criterion->only_high, ==, 1);
  exemplar = g_ptr_array_index (criterion->exemplars, 0);
  g_assert_cmpint (exemplar->to_ms, ==, 20);
  step = side_script_find_step (back, "s1");
  g_assert_cmpuint (step->branches->len, ==, 2);
  g_assert_null (((const SideBranch *) g_ptr_array_index (step->branches, 1))->step);
}

static void
test_review_whole (void)
{
  g_autoptr (SideReview) review = side_review_new (UUID_B, "tea", "leg-1", UUID_A, 4);
  SideAnswer *answer = side_review_set_answer (review, "c1", 0.5, 1795269600000, 1500);
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideReview) back = NULL;
  const SideReviewRevision *sealed;

  answer->to_ms = 2500;
  answer->cause = SIDE_CAUSE_CUSTOMER;
  answer->detail = g_strdup ("Шумно");
  side_review_claim (review, "anna", 1795269600001);
  review->selection = SIDE_SELECTION_SECOND;
  review->plan = g_strdup (UUID_A);
  side_review_finish (review, 0.5, 1795269600002);
  side_review_reopen (review, "boris", "Оспорено", 1795269600003);
  side_review_finish (review, 1, 1795269600004);
  json = side_wire_review_to_json (review);
  back = side_wire_review_from_json (json, -1, &error);
  g_assert_no_error (error);
  again = side_wire_review_to_json (back);
  g_assert_cmpstr (json, ==, again);
  answer = side_review_find_answer (back, "c1");
  g_assert_cmpint (answer->to_ms, ==, 2500);
  g_assert_cmpint (answer->cause, ==, SIDE_CAUSE_CUSTOMER);
  g_assert_cmpint (back->selection, ==, SIDE_SELECTION_SECOND);
  g_assert_cmpint (back->revision, ==, 2);
  g_assert_cmpfloat (back->heard, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (back->holders, 0), ==, "anna");
  sealed = g_ptr_array_index (back->history, 0);
  g_assert_cmpint (sealed->finished_ms, ==, 1795269600002);
  g_assert_cmpuint (sealed->answers->len, ==, 1);
}

/* What an app wrote that knew less, and what one may write that knows more. */
static void
test_other_ages (void)
{
  static const char old_script[] = "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"title\":\"x\",\"version\":2,\"sections\":"
                                   "[{\"id\":\"s\",\"title\":\"y\",\"criteria\":[{\"id\":\"a\",\"text\":\"b\"}]}]}";
  static const char old_review[] = "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"call\":\"c\",\"script\":\"" UUID_B "\","
                                   "\"script_version\":2,\"answers\":[{\"criterion\":\"a\",\"value\":1}]}";
  static const char new_script[] = "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"title\":\"x\",\"purpose\":\"letters\",\"sections\":"
                                   "[{\"id\":\"s\",\"title\":\"y\",\"criteria\":[{\"id\":\"a\",\"text\":\"b\",\"comment\":\"often\"}]}]}";
  g_autoptr (SideScript) script = side_wire_script_from_json (old_script, -1, NULL);
  g_autoptr (SideReview) review = side_wire_review_from_json (old_review, -1, NULL);
  g_autoptr (SideScript) newer = side_wire_script_from_json (new_script, -1, NULL);

  g_assert_cmpint (script->state, ==, SIDE_SCRIPT_IN_USE);
  g_assert_cmpint (script->purpose, ==, SIDE_SCRIPT_FOR_CALLS);
  g_assert_cmpuint (script->steps->len, ==, 0);
  g_assert_null (side_script_find_criterion (script, "a")->only_if);
  g_assert_cmpint (review->revision, ==, 1);
  g_assert_cmpfloat (review->heard, ==, -1);
  g_assert_cmpint (review->selection, ==, SIDE_SELECTION_NONE);
  g_assert_cmpint (side_review_find_answer (review, "a")->to_ms, ==, -1);
  g_assert_cmpint (newer->purpose, ==, SIDE_SCRIPT_FOR_CALLS);
  g_assert_cmpint (side_script_find_criterion (newer, "a")->comment, ==, SIDE_COMMENT_FREE);
}

/* The server takes a draft for what it is, and no draft for a version. */
static void
test_draft_documents (void)
{
  g_autoptr (SideScript) script = sample_script ();
  g_autoptr (SideScript) draft = side_script_draft (script, UUID_B);
  g_autoptr (SideDocument) good = side_wire_document_for_draft (draft);
  g_autoptr (SideDocument) as_script = side_wire_document_for_script (draft);
  g_autoptr (SideDocument) not_yet = NULL;
  g_autoptr (SideDocument) lost = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (good->kind, ==, "draft");
  g_assert_true (side_wire_document_check_body (good, &error));
  g_assert_no_error (error);
  g_assert_false (side_wire_document_check_body (as_script, NULL));
  not_yet = side_wire_document_for_draft (script);
  g_assert_false (side_wire_document_check_body (not_yet, NULL));
  g_clear_pointer (&draft->script, g_free);
  lost = side_wire_document_for_draft (draft);
  g_assert_false (side_wire_document_check_body (lost, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

static void
test_annotation (void)
{
  g_autoptr (SideDocument) document = sample_document ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SideAnnotation) back = side_wire_annotation_from_json (document->body, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (back->from_ms, ==, 1000);
  g_assert_cmpint (back->to_ms, ==, 2500);
  g_assert_cmpstr (back->text, ==, "Вежливо");
}

static void
test_bad_bodies (void)
{
#define SCRIPT "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"title\":\"x\",\"sections\":[{\"id\":\"s\",\"title\":\"y\",\"criteria\":["
#define REVIEW "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"call\":\"c\",\"script\":\"" UUID_B "\",\"answers\":["
  static const char *const scripts[] = {
    "{}", SCRIPT "{}]}]}", SCRIPT "{\"id\":\"a\",\"text\":\"b\",\"weight\":-1}]}]}",
    SCRIPT "{\"id\":\"a\",\"text\":\"b\",\"answers\":\"maybe\"}]}]}",
    SCRIPT "{\"id\":\"a\",\"text\":\"b\",\"critical\":\"very\"}]}]}",
    SCRIPT "{\"id\":\"a\",\"text\":\"b\",\"answers\":\"scale\"}]}]}",
    SCRIPT "{\"id\":\"a\",\"text\":\"b\"},{\"id\":\"a\",\"text\":\"c\"}]}]}",
    SCRIPT "]}],\"state\":\"sleeping\"}", SCRIPT "]}],\"script\":\"x\"}", SCRIPT "]}],\"steps\":[{\"id\":\"s\"}]}",
    SCRIPT "{\"id\":\"a\",\"text\":\"b\",\"only_if\":\"c\",\"only_low\":-0.1}]}]}",
    SCRIPT "{\"id\":\"a\",\"text\":\"b\",\"exemplars\":[{\"text\":\"c\"}]}]}]}",
    SCRIPT "{\"id\":\"a\",\"text\":\"b\",\"causes\":[1]}]}]}",
  };
  static const char *const reviews[] = {
    "{}", REVIEW "{}]}", REVIEW "{\"criterion\":\"a\"}]}", REVIEW "{\"criterion\":\"a\",\"value\":1.01}]}",
    REVIEW "{\"criterion\":\"a\",\"value\":-2}]}", REVIEW "{\"criterion\":\"a\",\"value\":\"1\"}]}",
    REVIEW "{\"criterion\":\"a\",\"value\":1},{\"criterion\":\"a\",\"value\":0}]}",
    REVIEW "],\"selection\":\"by-lot\"}", REVIEW "],\"plan\":\"x\"}", REVIEW "],\"heard\":1.5}", REVIEW "],\"revision\":0}",
    REVIEW "],\"holders\":[1]}", REVIEW "],\"history\":[{\"answers\":[{}]}]}",
  };
  static const char *const annotations[] = {
    "{}", "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"call\":\"c\",\"from_ms\":-1}",
    "{\"id\":\"" UUID_A "\",\"project\":\"t\",\"call\":\"c\",\"from_ms\":10,\"to_ms\":9}",
    "{\"id\":\"x\",\"project\":\"t\",\"call\":\"c\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++)
    g_assert_null (side_wire_script_from_json (scripts[i], -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (reviews); i++)
    g_assert_null (side_wire_review_from_json (reviews[i], -1, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (annotations); i++)
    g_assert_null (side_wire_annotation_from_json (annotations[i], -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/project/survives", test_project);
  g_test_add_func ("/wire/project/defaults", test_project_defaults);
  g_test_add_func ("/wire/session/survives", test_session);
  g_test_add_func ("/wire/session/people", test_people);
  g_test_add_func ("/wire/session/bad", test_bad_sessions);
  g_test_add_func ("/wire/session/sign-in", test_sign_in);
  g_test_add_func ("/wire/problem/words", test_problem_words);
  g_test_add_func ("/wire/problem/survives", test_problem);
  g_test_add_func ("/wire/page/calls", test_call_page);
  g_test_add_func ("/wire/page/events", test_event_list);
  g_test_add_func ("/wire/page/changes", test_change_page);
  g_test_add_func ("/wire/document/strange-members", test_document_keeps_strange_members);
  g_test_add_func ("/wire/document/bad", test_bad_documents);
  g_test_add_func ("/wire/document/broken-body", test_broken_body);
  g_test_add_func ("/wire/body/script", test_script);
  g_test_add_func ("/wire/body/review", test_review);
  g_test_add_func ("/wire/body/script-whole", test_script_whole);
  g_test_add_func ("/wire/body/review-whole", test_review_whole);
  g_test_add_func ("/wire/body/other-ages", test_other_ages);
  g_test_add_func ("/wire/body/draft", test_draft_documents);
  g_test_add_func ("/wire/body/annotation", test_annotation);
  g_test_add_func ("/wire/body/bad", test_bad_bodies);
  return g_test_run ();
}
