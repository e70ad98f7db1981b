/* test-http-documents.c - documents over HTTP: who may write which, and over what
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "server-rig.h"
#include "side-error.h"
#include "side-test.h"
#include "side-text.h"
#include "side-wire-http.h"

#define NOON (RIG_DAY + 12 * 3600 * 1000)
#define UUID "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10"

static char *
annotation_json (const char *project,
                 const char *text)
{
  return g_strdup_printf ("{\"kind\":\"annotation\",\"id\":\"" UUID "\",\"project\":\"%s\",\"call\":\"a\","
                          "\"body\":{\"id\":\"" UUID "\",\"project\":\"%s\",\"call\":\"a\",\"author\":\"anna\",\"text\":\"%s\","
                          "\"from_ms\":500,\"to_ms\":500,\"created_ms\":1000,\"changed_ms\":1000}}", project, project, text);
}

static void
test_documents (void)
{
  const char *path = "/documents/annotation/" UUID;
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *reader = rig_add_user (rig, "owner", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *one = annotation_json ("tea", "one");
  g_autofree char *two = annotation_json ("tea", "two");
  g_autofree char *three = annotation_json ("tea", "three");
  g_autoptr (RigAnswer) created = NULL;
  g_autoptr (RigAnswer) conflict = NULL;
  g_autoptr (RigAnswer) changed = NULL;
  g_autoptr (RigAnswer) careless = NULL;
  g_autoptr (RigAnswer) forbidden = NULL;
  g_autoptr (RigAnswer) read = NULL;
  g_autoptr (RigAnswer) removed = NULL;
  g_autoptr (RigAnswer) feed = NULL;
  g_autoptr (SideChangePage) page = NULL;
  g_autoptr (SideDocument) stored = NULL;

  rig_whole_call (rig, "tea", "a", NOON);
  rig_settle (rig);
  created = rig_ask (rig, "PUT", path, token, "If-None-Match", "*", one);
  g_test_message ("%s", created->body);
  g_assert_cmpuint (created->status, ==, 200);
  g_assert_cmpstr (rig_answer_header (created, "ETag"), ==, "\"1\"");
  stored = side_wire_document_from_json (created->body, (gssize) created->len, NULL);
  g_assert_cmpstr (stored->author, ==, "anna");
  conflict = rig_ask (rig, "PUT", path, token, "If-None-Match", "*", two);
  rig_assert_problem (conflict, 412, "conflict");
  g_assert_nonnull (strstr (conflict->body, "\"one\""));
  changed = rig_ask (rig, "PUT", path, token, "If-Match", "\"1\"", three);
  g_assert_cmpuint (changed->status, ==, 200);
  careless = rig_ask (rig, "PUT", path, token, NULL, NULL, two);
  rig_assert_problem (careless, 428, "conflict");
  forbidden = rig_ask (rig, "PUT", path, reader, "If-Match", "\"2\"", two);
  rig_assert_problem (forbidden, 403, "forbidden");
  read = rig_get (rig, path, reader);
  g_assert_cmpuint (read->status, ==, 200);
  g_assert_nonnull (strstr (read->body, "three"));
  removed = rig_ask (rig, "DELETE", path, token, "If-Match", "\"2\"", NULL);
  g_assert_cmpuint (removed->status, ==, 200);
  feed = rig_get (rig, "/changes?since=0", token);
  page = side_wire_changes_from_json (feed->body, (gssize) feed->len, NULL);
  g_assert_cmpuint (page->documents->len, ==, 1);
  g_assert_true (((SideDocument *) g_ptr_array_index (page->documents, 0))->deleted);
  g_assert_cmpint (page->next, ==, 3);
}

static char *
note_by (const char *author,
         const char *text)
{
  return g_strdup_printf ("{\"kind\":\"annotation\",\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\","
                          "\"body\":{\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\",\"author\":\"%s\",\"text\":\"%s\","
                          "\"from_ms\":500,\"to_ms\":500,\"created_ms\":1000,\"changed_ms\":1000}}", author, text);
}

/* What somebody noted is theirs: others answer it, supervisors may do both. */
static void
test_authors (void)
{
  const char *path = "/documents/annotation/" UUID;
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *anna = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *boris = rig_add_user (rig, "boris", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *chief = rig_add_user (rig, "chief", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *one = note_by ("anna", "one");
  g_autofree char *two = note_by ("anna", "two");
  g_autofree char *stolen = note_by ("boris", "two");
  g_autoptr (RigAnswer) created = rig_ask (rig, "PUT", path, anna, "If-None-Match", "*", one);
  g_autoptr (RigAnswer) foreign = rig_ask (rig, "PUT", path, boris, "If-Match", "\"1\"", two);
  g_autoptr (RigAnswer) taken = rig_ask (rig, "PUT", path, boris, "If-Match", "\"1\"", stolen);
  g_autoptr (RigAnswer) anew = rig_ask (rig, "PUT", path, boris, "If-None-Match", "*", stolen);
  g_autoptr (RigAnswer) removed = rig_ask (rig, "DELETE", path, boris, "If-Match", "\"1\"", NULL);
  g_autoptr (RigAnswer) own = rig_ask (rig, "PUT", path, anna, "If-Match", "\"1\"", two);
  g_autoptr (RigAnswer) renamed = rig_ask (rig, "PUT", path, anna, "If-Match", "\"2\"", stolen);
  g_autoptr (RigAnswer) corrected = rig_ask (rig, "PUT", path, chief, "If-Match", "\"2\"", one);
  g_autoptr (RigAnswer) after = rig_ask (rig, "PUT", path, anna, "If-Match", "\"3\"", two);
  g_autoptr (RigAnswer) gone = rig_ask (rig, "DELETE", path, chief, "If-Match", "\"4\"", NULL);
  g_autoptr (RigAnswer) taken_up = rig_ask (rig, "PUT", path, boris, "If-Match", "\"5\"", stolen);
  g_autoptr (RigAnswer) back = rig_ask (rig, "PUT", path, anna, "If-Match", "\"5\"", one);
  g_autoptr (RigAnswer) undone = rig_ask (rig, "PUT", path, chief, "If-Match", "\"5\"", one);

  g_assert_cmpuint (created->status, ==, 200);
  rig_assert_problem (foreign, 403, "forbidden");
  rig_assert_problem (taken, 403, "forbidden");
  rig_assert_problem (anew, 403, "forbidden");
  rig_assert_problem (removed, 403, "forbidden");
  g_assert_cmpuint (own->status, ==, 200);
  rig_assert_problem (renamed, 403, "forbidden");
  g_assert_cmpuint (corrected->status, ==, 200);
  g_assert_cmpuint (after->status, ==, 200);
  g_assert_cmpuint (gone->status, ==, 200);
  rig_assert_problem (taken_up, 403, "forbidden");
  /* what a supervisor removed stays removed, for all but supervisors */
  rig_assert_problem (back, 403, "forbidden");
  g_assert_cmpuint (undone->status, ==, 200);
}

static void
expect_rule (Rig        *rig,
             const char *token,
             guint       status)
{
  g_autoptr (SideAlertRule) rule = side_alert_rule_new (UUID, "tea", SIDE_ALERT_WAITING);

  rule->alarm = 5;
  rig_expect_put (rig, token, side_wire_document_for_alert_rule (rule), -1, status);
}

static void
expect_act (Rig        *rig,
            const char *token,
            const char *author,
            gint64      until_ms,
            gint64      base,
            guint       status)
{
  g_autoptr (SideAlertAct) act = side_alert_act_new ("7f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b13", "tea", UUID, RIG_DAY);

  act->author = g_strdup (author);
  act->until_ms = until_ms;
  rig_expect_put (rig, token, side_wire_document_for_alert_act (act), base, status);
}

/* The staff say when there is an alert, whoever sees one may answer it, each for
 * themselves, and operators hear nothing of either. */
static void
test_alerts (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *anna = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *shop = rig_add_user (rig, "shop", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *vera = NULL;
  g_autoptr (RigAnswer) removed = NULL;
  g_autoptr (RigAnswer) feed = NULL;
  g_autoptr (SideChangePage) page = NULL;

  rig_whole_call (rig, "tea", "a", RIG_DAY);   /* an operator is known once they answered a call */
  rig_settle (rig);
  vera = rig_add_user (rig, "vera", SIDE_ROLE_OPERATOR, "tea", NULL);
  expect_rule (rig, shop, 403);
  expect_rule (rig, vera, 403);
  expect_rule (rig, anna, 200);
  expect_act (rig, shop, "anna", 0, -1, 403);
  expect_act (rig, vera, "vera", 0, -1, 403);
  expect_act (rig, shop, "shop", RIG_DAY + 2 * SIDE_ALERT_MAX_SNOOZE_MS, -1, 400);
  expect_act (rig, shop, "shop", 0, -1, 200);
  expect_act (rig, shop, "shop", 0, 1, 403);
  removed = rig_ask (rig, "DELETE", "/documents/alert-act/7f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b13", anna, "If-Match", "\"1\"", NULL);
  rig_assert_problem (removed, 403, "forbidden");
  feed = rig_get (rig, "/changes?since=0", shop);
  page = side_wire_changes_from_json (feed->body, (gssize) feed->len, NULL);
  g_assert_cmpuint (page->documents->len, ==, 2);
  g_clear_pointer (&page, side_change_page_free);
  g_clear_pointer (&feed, rig_answer_free);
  feed = rig_get (rig, "/changes?since=0", vera);
  page = side_wire_changes_from_json (feed->body, (gssize) feed->len, NULL);
  g_assert_cmpuint (page->documents->len, ==, 0);
}

/* Marks of somebody who is no user here are of who brought them in. */
static void
test_imported_note (void)
{
  const char *path = "/documents/annotation/" UUID;
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *boris = rig_add_user (rig, "boris", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *clara = rig_add_user (rig, "clara", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *one = note_by ("Zoe", "one");
  g_autofree char *two = note_by ("Zoe", "two");
  g_autoptr (RigAnswer) created = rig_ask (rig, "PUT", path, boris, "If-None-Match", "*", one);
  g_autoptr (RigAnswer) changed = rig_ask (rig, "PUT", path, boris, "If-Match", "\"1\"", two);
  g_autoptr (RigAnswer) by_other = rig_ask (rig, "DELETE", path, clara, "If-Match", "\"2\"", NULL);
  g_autoptr (RigAnswer) removed = rig_ask (rig, "DELETE", path, boris, "If-Match", "\"2\"", NULL);
  g_autoptr (RigAnswer) undone = rig_ask (rig, "PUT", path, boris, "If-Match", "\"3\"", two);
  g_autofree char *zoe = rig_add_user (rig, "Zoe", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autoptr (RigAnswer) by_author = rig_ask (rig, "PUT", path, zoe, "If-Match", "\"4\"", one);
  g_autoptr (RigAnswer) still = rig_ask (rig, "PUT", path, boris, "If-Match", "\"5\"", two);

  g_assert_cmpuint (created->status, ==, 200);
  g_assert_cmpuint (changed->status, ==, 200);
  rig_assert_problem (by_other, 403, "forbidden");
  g_assert_cmpuint (removed->status, ==, 200);
  g_assert_cmpuint (undone->status, ==, 200);
  g_assert_cmpuint (by_author->status, ==, 200);
  g_assert_cmpuint (still->status, ==, 200);
}

/* Nobody writes in the name of another user, whatever their role; nor makes one
 * of the marks of actions, which stay as they are. */
static void
test_forged_note (void)
{
  const char *path = "/documents/annotation/" UUID;
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *anna = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *chief = rig_add_user (rig, "chief", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autofree char *as_chief = note_by ("chief", "I said so");
  g_autofree char *as_chief_folded = note_by ("Chief", "I said so");
  g_autofree char *as_anna = note_by ("anna", "mine");
  g_autofree char *nobodys = annotation_json ("tea", "nobody's");
  g_autofree char *tagged = g_strdup ("{\"kind\":\"annotation\",\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\","
                                      "\"body\":{\"id\":\"" UUID "\",\"project\":\"tea\",\"call\":\"a\",\"tag\":\"action\","
                                      "\"text\":\"hangup: x\",\"from_ms\":0,\"to_ms\":0,\"created_ms\":1000}}");
  const char *const forged[] = { as_chief, as_chief_folded, tagged };

  for (gsize i = 0; i < G_N_ELEMENTS (forged); i++)
    {
      g_autoptr (RigAnswer) answer = rig_ask (rig, "PUT", path, anna, "If-None-Match", "*", forged[i]);

      rig_assert_problem (answer, 403, "forbidden");
    }
  {
    g_autoptr (RigAnswer) by_chief = rig_ask (rig, "PUT", path, chief, "If-None-Match", "*", as_anna);
    g_autoptr (RigAnswer) mark = rig_ask (rig, "PUT", path, chief, "If-None-Match", "*", tagged);
    g_autoptr (RigAnswer) created = rig_ask (rig, "PUT", path, anna, "If-None-Match", "*", nobodys);
    g_autoptr (RigAnswer) given = rig_ask (rig, "PUT", path, anna, "If-Match", "\"1\"", as_chief);
    g_autoptr (RigAnswer) made = rig_ask (rig, "PUT", path, anna, "If-Match", "\"1\"", tagged);
    g_autoptr (RigAnswer) owned = rig_ask (rig, "PUT", path, anna, "If-Match", "\"1\"", as_anna);

    rig_assert_problem (by_chief, 403, "forbidden");
    rig_assert_problem (mark, 403, "forbidden");
    g_assert_cmpuint (created->status, ==, 200);
    rig_assert_problem (given, 403, "forbidden");
    rig_assert_problem (made, 403, "forbidden");
    g_assert_cmpuint (owned->status, ==, 200);
  }
}

static void
test_bad_documents (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *good = annotation_json ("tea", "x");
  g_autofree char *foreign = annotation_json ("toys", "x");
  g_autoptr (RigAnswer) kind = rig_ask (rig, "PUT", "/documents/poem/" UUID, token, "If-None-Match", "*", good);
  g_autoptr (RigAnswer) id = rig_ask (rig, "PUT", "/documents/annotation/nope", token, "If-None-Match", "*", good);
  g_autoptr (RigAnswer) mismatch = rig_ask (rig, "PUT", "/documents/review/" UUID, token, "If-None-Match", "*", good);
  g_autoptr (RigAnswer) project = rig_ask (rig, "PUT", "/documents/annotation/" UUID, token, "If-None-Match", "*", foreign);
  g_autoptr (RigAnswer) text = rig_ask (rig, "PUT", "/documents/annotation/" UUID, token, "If-None-Match", "*", "not json");
  g_autoptr (RigAnswer) match = rig_ask (rig, "PUT", "/documents/annotation/" UUID, token, "If-Match", "\"x\"", good);

  rig_assert_problem (kind, 404, "not-found");
  rig_assert_problem (id, 404, "not-found");
  rig_assert_problem (mismatch, 400, "invalid");
  rig_assert_problem (project, 404, "not-found");
  rig_assert_problem (text, 400, "invalid");
  rig_assert_problem (match, 400, "invalid");
}

static SideScript *
make_script (int         version,
             const char *title)
{
  SideScript *script = side_script_new (UUID, "tea", title, version);

  side_section_add_criterion (side_script_add_section (script, "1", "All"), "1.1", "Greets", 10);
  return script;
}

static SideDocument *
script_document (int         version,
                 const char *title)
{
  g_autoptr (SideScript) script = make_script (version, title);

  return side_wire_document_for_script (script);
}

/* A review names the version of the script it was made with; it is there as
 * long as the archive, and for those alone who see the project. */
static void
test_script_versions (void)
{
  const char *path = "/documents/script/" UUID;
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *stranger = rig_add_user (rig, "igor", SIDE_ROLE_SUPERVISOR, "toys", NULL);
  g_autoptr (RigAnswer) created = rig_put (rig, token, script_document (1, "First form"), 0);
  g_autoptr (RigAnswer) changed = rig_put (rig, token, script_document (2, "Second form"), 1);
  g_autoptr (RigAnswer) now = rig_get (rig, path, token);
  g_autoptr (RigAnswer) then = rig_get (rig, "/documents/script/" UUID "?version=1", token);
  g_autoptr (RigAnswer) never = rig_get (rig, "/documents/script/" UUID "?version=3", token);
  g_autoptr (RigAnswer) hidden = rig_get (rig, "/documents/script/" UUID "?version=1", stranger);
  g_autoptr (RigAnswer) other = rig_get (rig, "/documents/review/" UUID "?version=1", token);
  g_autoptr (RigAnswer) bad = rig_get (rig, "/documents/script/" UUID "?version=x", token);
  g_autoptr (RigAnswer) removed = rig_ask (rig, "DELETE", path, token, "If-Match", "\"2\"", NULL);
  g_autoptr (RigAnswer) still = rig_get (rig, "/documents/script/" UUID "?version=1", token);

  g_assert_cmpuint (created->status, ==, 200);
  g_assert_cmpuint (changed->status, ==, 200);
  g_assert_nonnull (strstr (now->body, "Second form"));
  g_assert_cmpuint (then->status, ==, 200);
  g_assert_nonnull (strstr (then->body, "First form"));
  g_assert_cmpstr (rig_answer_header (then, "ETag"), ==, "\"1\"");
  rig_assert_problem (never, 404, "not-found");
  rig_assert_problem (hidden, 404, "not-found");
  rig_assert_problem (other, 400, "invalid");
  rig_assert_problem (bad, 400, "invalid");
  g_assert_cmpuint (removed->status, ==, 200);
  g_assert_nonnull (strstr (still->body, "First form"));
}

/* Writes @script over the revision @base, and says why it was refused, "" for not at all. */
static const char *
put_script (Rig              *rig,
            const char       *token,
            const SideScript *script,
            gint64            base)      /* 0: new */
{
  static const char *const words[][2] = {
    { "versions only grow", "lower" }, { "never changes", "changed" }, { "follow one another", "jump" }, { "no criteria", "empty" },
    { "its check finds", "faulty" },
  };
  g_autoptr (RigAnswer) answer = rig_put (rig, token, side_wire_document_for_script (script), base);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (answer->status == 403 && strstr (answer->body, words[i][0]) != NULL)
      return words[i][1];
  return answer->status == 200 ? "" : "otherwise";
}

/* What operators were judged by is not rewritten behind their backs. */
static void
test_version_in_use_stays (void)
{
  const char *path = "/documents/script/" UUID;
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (SideScript) script = make_script (2, "First form");
  g_autoptr (SideScript) retired = side_script_retire (script, NOON);
  g_autoptr (SideScript) next = side_script_copy (script);
  g_autoptr (RigAnswer) removed = NULL;

  g_assert_cmpstr (put_script (rig, token, script, 0), ==, "");
  g_assert_cmpstr (put_script (rig, token, retired, 1), ==, "");
  g_assert_cmpstr (put_script (rig, token, script, 2), ==, "");
  g_free (next->title);
  next->title = g_strdup ("Second form");
  g_assert_cmpstr (put_script (rig, token, next, 3), ==, "changed");
  next->version = 1;
  g_assert_cmpstr (put_script (rig, token, next, 3), ==, "lower");
  next->version = 3;
  g_assert_cmpstr (put_script (rig, token, next, 3), ==, "");
  /* Nor by deleting it first. */
  removed = rig_ask (rig, "DELETE", path, token, "If-Match", "\"4\"", NULL);
  g_assert_cmpuint (removed->status, ==, 200);
  g_assert_cmpstr (put_script (rig, token, script, 5), ==, "lower");
  g_assert_cmpstr (put_script (rig, token, next, 5), ==, "");
}

/* Nobody is scored by a form that asks nothing or cannot be scored, nor by a version
 * that skips some. */
static void
test_version_unfit (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (SideScript) empty = side_script_new (UUID, "tea", "Orders", 1);
  g_autoptr (SideScript) bare = side_script_new (UUID, "tea", "Orders", 1);
  g_autoptr (SideScript) weightless = make_script (1, "Orders");
  g_autoptr (SideScript) script = make_script (1, "Orders");
  g_autoptr (SideScript) jump = make_script (3, "Orders");
  g_autoptr (SideScript) gutted = side_script_new (UUID, "tea", "Orders", 2);

  side_script_add_section (bare, "1", "Nothing in it");
  ((SideCriterion *) side_script_find_criterion (weightless, "1.1"))->weight = 0;
  g_assert_cmpstr (put_script (rig, token, empty, 0), ==, "empty");
  g_assert_cmpstr (put_script (rig, token, bare, 0), ==, "empty");
  g_assert_cmpstr (put_script (rig, token, weightless, 0), ==, "faulty");
  g_assert_cmpstr (put_script (rig, token, script, 0), ==, "");
  g_assert_cmpstr (put_script (rig, token, jump, 1), ==, "jump");
  g_assert_cmpstr (put_script (rig, token, gutted, 1), ==, "empty");
}

/* What the call centre's people say among themselves is not for those who have
 * their calls answered; what comes of it is. */
static void
test_not_for_clients (void)
{
  const char *path = "/documents/calibration/" UUID;
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *client = rig_add_user (rig, "owner", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *note = annotation_json ("tea", "one");
  g_autoptr (RigAnswer) put = NULL;
  g_autoptr (RigAnswer) mine = NULL;
  g_autoptr (RigAnswer) theirs = NULL;
  g_autoptr (RigAnswer) feed = NULL;
  g_autoptr (RigAnswer) noted = NULL;
  g_autoptr (SideChangePage) page = NULL;

  rig_whole_call (rig, "tea", "a", NOON);
  rig_settle (rig);
  put = rig_ask (rig, "PUT", path, token, "If-None-Match", "*",
                 "{\"kind\":\"calibration\",\"id\":\"" UUID "\",\"project\":\"tea\",\"body\":{\"id\":\"" UUID "\","
                 "\"project\":\"tea\",\"title\":\"x\",\"script\":\"" UUID "\",\"script_version\":1,\"calls\":[\"a\"],"
                 "\"reviewers\":[\"anna\"],\"author\":\"anna\"}}");
  g_test_message ("%s", put->body);
  g_assert_cmpuint (put->status, ==, 200);
  noted = rig_ask (rig, "PUT", "/documents/annotation/" UUID, token, "If-None-Match", "*", note);
  g_assert_cmpuint (noted->status, ==, 200);
  mine = rig_get (rig, path, token);
  g_assert_cmpuint (mine->status, ==, 200);
  theirs = rig_get (rig, path, client);
  rig_assert_problem (theirs, 404, "not-found");
  feed = rig_get (rig, "/changes?since=0&limit=1", client);
  page = side_wire_changes_from_json (feed->body, (gssize) feed->len, NULL);
  g_assert_nonnull (page);
  g_assert_cmpuint (page->documents->len, ==, 1);
  g_assert_cmpstr (((SideDocument *) g_ptr_array_index (page->documents, 0))->kind, ==, "annotation");
}

/* What one person heard and exported is theirs; a client keeps their own. */
static void
test_heard_for_clients (void)
{
  static const char *const users[] = { "anna", "owner" };
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *anna = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *owner = rig_add_user (rig, "owner", SIDE_ROLE_CLIENT, "tea", NULL);
  const char *tokens[] = { anna, owner };
  g_autoptr (RigAnswer) feed = NULL;
  g_autoptr (SideChangePage) page = NULL;

  rig_whole_call (rig, "tea", "a", NOON);
  rig_settle (rig);
  for (guint i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autofree char *heard_id = side_id_named (users[i]), *filed_id = side_id_new ();
      g_autoptr (SideListening) heard = side_listening_new (heard_id, "tea", "a", users[i]);
      g_autoptr (SideExportRecord) filed = side_export_record_new (filed_id, "tea", "a");

      side_listening_add (heard, 0, 500, 1);
      filed->author = g_strdup (users[i]);
      for (int k = 0; k < 2; k++)
        {
          g_autoptr (SideDocument) document = k == 0 ? side_wire_document_for_listening (heard) : side_wire_document_for_export (filed);
          g_autofree char *path = g_strdup_printf ("/documents/%s/%s", document->kind, document->id);
          g_autoptr (RigAnswer) put = rig_put (rig, tokens[i], side_document_ref (document), 0);
          g_autoptr (RigAnswer) seen = rig_get (rig, path, owner);

          g_assert_cmpuint (put->status, ==, 200);
          g_assert_cmpuint (seen->status, ==, i == 0 ? 404 : 200);
        }
    }
  feed = rig_get (rig, "/changes?since=0", owner);
  g_assert_null (strstr (feed->body, "anna"));
  page = side_wire_changes_from_json (feed->body, (gssize) feed->len, NULL);
  g_assert_cmpuint (page->documents->len, ==, 2);
}

static void
assert_note (Rig        *rig,
             const char *token,
             gint64     *since,
             gboolean    deleted,
             const char *holds)           /* nullable */
{
  g_autofree char *path = g_strdup_printf ("/changes?since=%" G_GINT64_FORMAT, *since);
  g_autoptr (RigAnswer) answer = rig_get (rig, path, token);
  g_autoptr (SideChangePage) page = side_wire_changes_from_json (answer->body, (gssize) answer->len, NULL);
  const SideDocument *document;

  g_test_message ("%s: %s", path, answer->body);
  g_assert_cmpuint (page->documents->len, ==, 1);
  document = page->documents->pdata[0];
  g_assert_cmpstr (document->id, ==, UUID);
  g_assert_cmpint (document->deleted, ==, deleted);
  g_assert_true (holds == NULL || strstr (document->body, holds) != NULL);
  g_assert_null (strstr (answer->body, "Zzyzx"));
  *since = page->next;
}

/* The operator reads a note as the words of whoever signed it. */
static void
forge_notes (Rig                *rig,
             const SideCoaching *note)
{
  g_autofree char *id = side_id_new ();
  g_autofree char *path = g_strdup_printf ("/documents/coaching/%s", id);
  g_autofree char *anna = rig_add_user (rig, "anna2", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *boris = rig_add_user (rig, "boris", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *clara = rig_add_user (rig, "clara2", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (SideCoaching) words = side_coaching_copy (note);
  g_autoptr (RigAnswer) gone = NULL, kept = NULL;

  g_free (words->id);
  words->id = g_strdup (id);
  g_free (words->author);
  words->author = g_strdup ("anna2");
  words->shared = FALSE;
  rig_expect_put (rig, boris, side_wire_document_for_coaching (words), 0, 403);   /* in her name */
  rig_expect_put (rig, anna, side_wire_document_for_coaching (words), 0, 200);
  words->shared = TRUE;
  rig_expect_put (rig, boris, side_wire_document_for_coaching (words), 1, 403);
  rig_expect_put (rig, clara, side_wire_document_for_coaching (words), 1, 403);
  g_free (words->author);
  words->author = g_strdup ("boris");
  rig_expect_put (rig, boris, side_wire_document_for_coaching (words), 1, 403);
  kept = rig_ask (rig, "DELETE", path, boris, "If-Match", "\"1\"", NULL);
  g_assert_cmpuint (kept->status, ==, 403);
  gone = rig_ask (rig, "DELETE", path, clara, "If-Match", "\"1\"", NULL);
  g_assert_cmpuint (gone->status, ==, 200);
}

/* A note that is not shared any more leaves the operator's app, and none tells of others' calls. */
static void
test_coaching (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *anna = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *vera = NULL;
  g_autofree char *other = side_id_new ();
  g_autofree char *path = g_strdup_printf ("/documents/coaching/%s", other);
  g_autoptr (SideCoaching) note = side_coaching_new (UUID, "tea", "op-1");
  g_autoptr (SideCoaching) never = side_coaching_new (other, "tea", "op-1");
  g_autoptr (RigAnswer) gone = NULL, unseen = NULL;
  gint64 since = 0;

  rig_whole_call (rig, "tea", "a", NOON);
  rig_settle (rig);
  vera = rig_add_user (rig, "vera", SIDE_ROLE_OPERATOR, "tea", NULL);
  note->author = g_strdup ("anna");
  note->text = g_strdup ("Names the price at last");
  note->created_ms = NOON;
  note->shared = TRUE;
  side_coaching_add_clip (note, "Zzyzx", 0, 1000, TRUE, "Zzyzx does it so");
  side_coaching_add_clip (note, "a", 2000, 3000, FALSE, "Here it is missing");
  rig_expect_put (rig, anna, side_wire_document_for_coaching (note), 0, 200);
  assert_note (rig, vera, &since, FALSE, "Here it is missing");
  note->shared = FALSE;
  g_free (note->text);
  note->text = g_strdup ("Zzyzx");
  rig_expect_put (rig, anna, side_wire_document_for_coaching (note), 1, 200);
  assert_note (rig, vera, &since, TRUE, NULL);
  gone = rig_ask (rig, "DELETE", "/documents/coaching/" UUID, anna, "If-Match", "\"2\"", NULL);
  g_assert_cmpuint (gone->status, ==, 200);
  assert_note (rig, vera, &since, TRUE, NULL);
  forge_notes (rig, note);
  /* Of one that was never shared she hears nothing. */
  never->author = g_strdup ("anna");
  never->created_ms = NOON;
  rig_expect_put (rig, anna, side_wire_document_for_coaching (never), 0, 200);
  unseen = rig_get (rig, path, vera);
  g_assert_cmpuint (unseen->status, ==, 404);
}

static SideDocument *
make_scorecard (const char *author,
                double      value)
{
  g_autoptr (SideScorecard) card = side_scorecard_new (UUID, "tea", "Север", UUID, 1);

  card->review->reviewer = g_strdup (author);
  side_review_set_answer (card->review, "1.1", value, NOON, -1);
  return side_wire_document_for_scorecard (card);
}

/* What has a name and no call: the staff's alone, in their own names, and by the form. */
static void
test_scorecard (void)
{
  const char *path = "/documents/scorecard/" UUID;
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *anna = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *boris = rig_add_user (rig, "boris", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autofree char *client = rig_add_user (rig, "owner", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autoptr (RigAnswer) hidden = NULL, deleted = NULL, gone = NULL;

  rig_expect_put (rig, anna, make_scorecard ("anna", 1), 0, 404);   /* there is no such form */
  rig_expect_put (rig, anna, script_document (1, "Выбор центра"), 0, 200);
  rig_expect_put (rig, anna, make_scorecard ("anna", 1), 0, 200);
  rig_expect_put (rig, boris, make_scorecard ("anna", 1), 1, 403);
  rig_expect_put (rig, anna, make_scorecard ("anna", 0.3), 1, 403);
  rig_expect_put (rig, boris, make_scorecard ("boris", 0), 1, 200);
  hidden = rig_get (rig, path, client);
  rig_assert_problem (hidden, 404, "not-found");
  deleted = rig_ask (rig, "DELETE", path, boris, "If-Match", "2", NULL);
  rig_assert_problem (deleted, 403, "forbidden");   /* he wrote it last, and it is hers */
  gone = rig_ask (rig, "DELETE", path, anna, "If-Match", "2", NULL);
  g_assert_cmpuint (gone->status, ==, 200);
}

#define REVIEW(n) "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e3" n

/* Begun by one, which no plan asked for perhaps, and taken over by another. */
static void
put_review (Rig           *rig,
            const char    *token,
            const char    *id,
            SideSelection  selection,
            gboolean       finished)
{
  g_autoptr (SideReview) review = side_review_new (id, "tea", "a", UUID, 1);

  review->selection = selection;
  side_review_set_answer (review, "1.1", 1, NOON, -1);
  side_review_claim (review, "Zzyzx", NOON);
  rig_keep (rig, side_wire_document_for_review (review), "Zzyzx", 0);
  side_review_claim (review, "anna", NOON);
  if (finished)
    side_review_finish (review, 1, NOON + 1000);
  rig_expect_put (rig, token, side_wire_document_for_review (review), 1, 200);
}

/* Results, and not how reviewers come to them: no draft, nothing that measures
 * reviewers, nobody who had it before. */
static void
test_reviews_for_clients (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  g_autoptr (SideScript) script = make_script (1, "Orders");
  g_autofree char *client = rig_add_user (rig, "owner", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autoptr (RigAnswer) feed = NULL;
  g_autoptr (RigAnswer) draft = NULL;
  g_autoptr (RigAnswer) result = NULL;
  g_autoptr (RigAnswer) staff = NULL;
  g_autoptr (SideChangePage) page = NULL;

  rig_whole_call (rig, "tea", "a", NOON);
  rig_settle (rig);
  g_assert_cmpstr (put_script (rig, token, script, 0), ==, "");
  put_review (rig, token, REVIEW ("0"), SIDE_SELECTION_NONE, FALSE);
  put_review (rig, token, REVIEW ("1"), SIDE_SELECTION_SECOND, TRUE);
  put_review (rig, token, REVIEW ("2"), SIDE_SELECTION_REPEAT, TRUE);
  put_review (rig, token, REVIEW ("3"), SIDE_SELECTION_CHOSEN, TRUE);
  feed = rig_get (rig, "/changes?since=1", client);   /* after the script */
  page = side_wire_changes_from_json (feed->body, (gssize) feed->len, NULL);
  g_assert_cmpuint (page->documents->len, ==, 1);
  g_assert_cmpstr (((SideDocument *) page->documents->pdata[0])->id, ==, REVIEW ("3"));
  g_assert_null (strstr (feed->body, "Zzyzx"));
  draft = rig_get (rig, "/documents/review/" REVIEW ("0"), client);
  rig_assert_problem (draft, 404, "not-found");
  result = rig_get (rig, "/documents/review/" REVIEW ("3"), client);
  g_assert_cmpuint (result->status, ==, 200);
  g_assert_null (strstr (result->body, "Zzyzx"));
  staff = rig_get (rig, "/documents/review/" REVIEW ("0"), token);
  g_assert_nonnull (strstr (staff->body, "Zzyzx"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-documents/documents", test_documents);
  g_test_add_func ("/http-documents/bad-documents", test_bad_documents);
  g_test_add_func ("/http-documents/script-versions", test_script_versions);
  g_test_add_func ("/http-documents/version-in-use", test_version_in_use_stays);
  g_test_add_func ("/http-documents/version-unfit", test_version_unfit);
  g_test_add_func ("/http-documents/authors", test_authors);
  g_test_add_func ("/http-documents/not-for-clients", test_not_for_clients);
  g_test_add_func ("/http-documents/scorecard", test_scorecard);
  g_test_add_func ("/http-documents/reviews-for-clients", test_reviews_for_clients);
  g_test_add_func ("/http-documents/heard-for-clients", test_heard_for_clients);
  g_test_add_func ("/http-documents/coaching", test_coaching);
  g_test_add_func ("/http-documents/imported-note", test_imported_note);
  g_test_add_func ("/http-documents/forged-note", test_forged_note);
  g_test_add_func ("/http-documents/alerts", test_alerts);
  return g_test_run ();
}
