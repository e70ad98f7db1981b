/* test-http-documents.c - documents over HTTP: who may write which, and over what
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "server-rig.h"
#include "side-error.h"
#include "side-test.h"
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

static char *
script_json (int         version,
             const char *title)
{
  g_autoptr (SideScript) script = side_script_new (UUID, "tea", title, version);
  g_autoptr (SideDocument) document = side_wire_document_for_script (script);

  return side_wire_document_to_json (document);
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
  g_autofree char *one = script_json (1, "First form");
  g_autofree char *two = script_json (2, "Second form");
  g_autoptr (RigAnswer) created = rig_ask (rig, "PUT", path, token, "If-None-Match", "*", one);
  g_autoptr (RigAnswer) changed = rig_ask (rig, "PUT", path, token, "If-Match", "\"1\"", two);
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

/* Writes @script over the revision @base, and says with what code it was refused, "" for not at all. */
static const char *
put_script (Rig              *rig,
            const char       *token,
            const SideScript *script,
            const char       *base)
{
  g_autoptr (SideDocument) document = side_wire_document_for_script (script);
  g_autofree char *json = side_wire_document_to_json (document);
  g_autoptr (RigAnswer) answer = rig_ask (rig, "PUT", "/documents/script/" UUID, token, "If-Match", base, json);

  g_test_message ("%u %s", answer->status, answer->body);
  if (answer->status == 200)
    return "";
  return strstr (answer->body, "versions only grow") != NULL ? "lower"
         : strstr (answer->body, "never changes") != NULL    ? "changed"
                                                              : "otherwise";
}

/* What operators were judged by is not rewritten behind their backs. */
static void
test_version_in_use_stays (void)
{
  const char *path = "/documents/script/" UUID;
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  g_autoptr (SideScript) script = side_script_new (UUID, "tea", "First form", 2);
  g_autoptr (SideScript) retired = side_script_retire (script, NOON);
  g_autoptr (SideScript) next = side_script_copy (script);
  g_autofree char *json = script_json (2, "First form");
  g_autoptr (RigAnswer) created = rig_ask (rig, "PUT", path, token, "If-None-Match", "*", json);
  g_autoptr (RigAnswer) removed = NULL;

  g_assert_cmpuint (created->status, ==, 200);
  g_assert_cmpstr (put_script (rig, token, retired, "\"1\""), ==, "");
  g_assert_cmpstr (put_script (rig, token, script, "\"2\""), ==, "");
  g_free (next->title);
  next->title = g_strdup ("Second form");
  g_assert_cmpstr (put_script (rig, token, next, "\"3\""), ==, "changed");
  next->version = 1;
  g_assert_cmpstr (put_script (rig, token, next, "\"3\""), ==, "lower");
  next->version = 3;
  g_assert_cmpstr (put_script (rig, token, next, "\"3\""), ==, "");
  /* Nor by deleting it first. */
  removed = rig_ask (rig, "DELETE", path, token, "If-Match", "\"4\"", NULL);
  g_assert_cmpuint (removed->status, ==, 200);
  g_assert_cmpstr (put_script (rig, token, script, "\"5\""), ==, "lower");
  g_assert_cmpstr (put_script (rig, token, next, "\"5\""), ==, "");
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
                 "\"reviewers\":[\"anna\"]}}");
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-documents/documents", test_documents);
  g_test_add_func ("/http-documents/bad-documents", test_bad_documents);
  g_test_add_func ("/http-documents/script-versions", test_script_versions);
  g_test_add_func ("/http-documents/version-in-use", test_version_in_use_stays);
  g_test_add_func ("/http-documents/authors", test_authors);
  g_test_add_func ("/http-documents/not-for-clients", test_not_for_clients);
  g_test_add_func ("/http-documents/imported-note", test_imported_note);
  g_test_add_func ("/http-documents/forged-note", test_forged_note);
  return g_test_run ();
}
