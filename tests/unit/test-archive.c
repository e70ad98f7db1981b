/* test-archive.c - the server's archive: what is written is found, in scope
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>

#include "side-archive.h"
#include "side-error.h"
#include "side-secrets.h"
#include "side-sqlite-store.h"
#include "side-test.h"
#include "side-users.h"

#define DAY G_GINT64_CONSTANT (1795219200000)   /* 2026-11-21T00:00:00Z */

static const char *const tea[] = { "tea", NULL };
static const char *const both[] = { "tea", "toys", NULL };
static const char *const nothing[] = { NULL };

typedef struct {
  char             *dir;
  char             *path;
  SideArchiveStore *store;
} Fixture;

static SideArchiveStore *
open_store (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  SideArchiveStore *store = side_sqlite_store_new (f->path, &error);

  g_assert_no_error (error);
  return store;
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->dir = side_test_tmp_dir ();
  f->path = g_build_filename (f->dir, "archive.db", NULL);
  f->store = open_store (f);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_clear_object (&f->store);
  side_test_rm_rf (f->dir);
  g_free (f->dir);
  g_free (f->path);
}

static void
write_one (SideArchiveStore *store,
           SideArchiveItem  *item)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (side_archive_store_write (store, &item, 1, &error));
  g_assert_no_error (error);
}

static void
write_call (SideArchiveStore *store,
            const char       *id,
            const char       *project,
            gint64            joined_ms,
            SideOutcome       outcome)
{
  g_autoptr (SideArchiveItem) item = side_archive_item_new (SIDE_ARCHIVE_CALL, joined_ms);

  item->call = side_call_new (id);
  item->call->project = g_intern_string (project);
  item->call->queue = g_intern_string ("orders");
  item->call->caller = g_strdup ("79031231244");
  item->call->joined_ms = joined_ms;
  item->call->outcome = outcome;
  write_one (store, item);
}

static SideEvent *
new_event (guint64       seq,
           SideEventKind kind,
           const char   *project,
           const char   *call,
           gint64        at_ms)
{
  SideEvent *event = side_event_new (kind, at_ms, project);

  event->seq = seq;
  event->call = g_strdup (call);
  return event;
}

/* Every member of a call survives, so a member without a column is noticed. */
static void
test_call_round_trip (Fixture       *f,
                      gconstpointer  data)
{
  g_autoptr (SideArchiveItem) item = side_archive_item_new (SIDE_ARCHIVE_CALL, DAY);
  g_autoptr (SideCall) found = NULL;
  g_autoptr (GError) error = NULL;
  gsize n;
  const SideField *fields = side_call_get_fields (&n);
  gint64 change;

  item->call = side_call_new (NULL);
  for (gsize i = 0; i < n; i++)
    {
      gpointer member = (guint8 *) item->call + fields[i].offset;

      switch (fields[i].type)
        {
        case SIDE_FIELD_STRING:
          *(char **) member = g_strdup_printf ("%s ё'\"", fields[i].name);
          break;
        case SIDE_FIELD_INTERNED:
          *(const char **) member = g_intern_string (fields[i].name);
          break;
        case SIDE_FIELD_INT64:
        case SIDE_FIELD_UINT64:
          *(gint64 *) member = DAY + (gint64) i;
          break;
        case SIDE_FIELD_DOUBLE:
          *(double *) member = 0.25;
          break;
        case SIDE_FIELD_INT:
        case SIDE_FIELD_BOOLEAN:
        case SIDE_FIELD_WORD:
        default:
          *(int *) member = 1;
          break;
        }
    }
  write_one (f->store, item);
  found = side_archive_store_get_call (f->store, item->call->id, SIDE_SCOPE (((const char *const[]) { item->call->project, NULL })), &change, &error);
  g_assert_no_error (error);
  g_assert_true (side_call_equal (found, item->call));
  g_assert_cmpint (change, ==, 1);
}

static char *
ids_of (SideCallPage *page)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < page->calls->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? " " : "", ((SideCall *) g_ptr_array_index (page->calls, i))->id);
  return g_string_free (out, FALSE);
}

static char *
find (Fixture       *f,
      SideArchiveQuery *query,
      char         **cursor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCallPage) page = side_archive_store_find_calls (f->store, query, &error);

  g_assert_no_error (error);
  if (cursor != NULL)
    {
      g_free (*cursor);
      *cursor = g_strdup (page->cursor);
    }
  return ids_of (page);
}

static void
assert_found (Fixture       *f,
              SideArchiveQuery *query,
              const char    *wanted)
{
  g_autofree char *got = find (f, query, &query->cursor);

  g_assert_cmpstr (got, ==, wanted);
}

static void
test_pages (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (SideArchiveQuery) query = side_archive_query_new (tea);

  write_call (f->store, "a", "tea", DAY + 1, SIDE_OUTCOME_ANSWERED);
  write_call (f->store, "b", "tea", DAY + 2, SIDE_OUTCOME_ABANDONED);
  write_call (f->store, "c", "tea", DAY + 2, SIDE_OUTCOME_ANSWERED);   /* same ms: the id decides */
  write_call (f->store, "d", "toys", DAY + 3, SIDE_OUTCOME_ANSWERED);
  write_call (f->store, "e", "tea", DAY + 4, SIDE_OUTCOME_ANSWERED);
  query->limit = 2;
  assert_found (f, query, "e c");
  g_assert_nonnull (query->cursor);
  write_call (f->store, "new", "tea", DAY + 5, SIDE_OUTCOME_ANSWERED);   /* does not shift the pages */
  assert_found (f, query, "b a");
  g_assert_null (query->cursor);
}

static void
test_filters (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (SideArchiveQuery) query = side_archive_query_new (both);

  write_call (f->store, "a", "tea", DAY + 1, SIDE_OUTCOME_ANSWERED);
  write_call (f->store, "b", "toys", DAY + 2, SIDE_OUTCOME_ABANDONED);
  write_call (f->store, "c", "tea", DAY + 3, SIDE_OUTCOME_TIMED_OUT);
  assert_found (f, query, "c b a");
  query->from_ms = DAY + 2;
  query->to_ms = DAY + 3;
  assert_found (f, query, "b");
  query->from_ms = query->to_ms = 0;
  query->outcome = SIDE_OUTCOME_ANSWERED;
  assert_found (f, query, "a");
  query->outcome = SIDE_OUTCOME_NONE;
  query->number = g_strdup ("3123");
  assert_found (f, query, "c b a");
  query->queue = g_strdup ("elsewhere");
  assert_found (f, query, "");
}

static void
test_changes_of_calls (Fixture       *f,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideArchiveQuery) query = side_archive_query_new (tea);

  write_call (f->store, "a", "tea", DAY + 1, SIDE_OUTCOME_NONE);
  write_call (f->store, "b", "tea", DAY + 2, SIDE_OUTCOME_NONE);
  write_call (f->store, "a", "tea", DAY + 1, SIDE_OUTCOME_ANSWERED);
  query->changed_after = 0;
  assert_found (f, query, "b a");
  query->changed_after = 2;
  assert_found (f, query, "a");
  query->changed_after = 3;
  assert_found (f, query, "");
  query->changed_after = 4;
  g_assert_null (side_archive_store_find_calls (f->store, query, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
}

/* No project, no row: in every question. */
static void
test_scope (Fixture       *f,
            gconstpointer  data)
{
  static const char *const others[] = { "toys", NULL };
  const char *const *scopes[] = { nothing, others };
  g_autoptr (SideArchiveItem) event = side_archive_item_new (SIDE_ARCHIVE_EVENT, DAY);
  g_autoptr (SideArchiveItem) recording = side_archive_item_new (SIDE_ARCHIVE_RECORDING, DAY);
  g_autoptr (SideArchiveItem) document = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, DAY);

  write_call (f->store, "a", "tea", DAY, SIDE_OUTCOME_ANSWERED);
  event->event = new_event (1, SIDE_EVENT_CALL_JOINED, "tea", "a", DAY);
  write_one (f->store, event);
  recording->recording = side_recording_new ("r", "tea", "a", "/x.wav");
  recording->recording->sha256 = g_strdup ("00");
  write_one (f->store, recording);
  document->document = side_document_new ("script", "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10", "tea");
  document->document->body = g_strdup ("{}");
  document->revision = -1;
  write_one (f->store, document);

  for (gsize i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      g_autoptr (SideArchiveQuery) query = side_archive_query_new (scopes[i]);
      g_autoptr (SideChangePage) changes = side_archive_store_find_changes (f->store, SIDE_SCOPE (scopes[i]), 0, 10, NULL);
      g_autoptr (GError) error = NULL;

      assert_found (f, query, "");
      g_assert_cmpuint (changes->documents->len, ==, 0);
      g_assert_null (side_archive_store_get_call (f->store, "a", SIDE_SCOPE (scopes[i]), NULL, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
      g_clear_error (&error);
      g_assert_null (side_archive_store_get_call_events (f->store, "a", SIDE_SCOPE (scopes[i]), &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
      g_clear_error (&error);
      g_assert_null (side_archive_store_get_recording (f->store, "r", SIDE_SCOPE (scopes[i]), &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
      g_clear_error (&error);
      g_assert_null (side_archive_store_get_document (f->store, "script", document->document->id, SIDE_SCOPE (scopes[i]), &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
    }
}

/* An event about a leg the board has forgotten changes the leg as kept. */
static void
test_patch (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (SideArchiveItem) patch = side_archive_item_new (SIDE_ARCHIVE_PATCH, DAY);
  g_autoptr (SideArchiveItem) foreign = side_archive_item_new (SIDE_ARCHIVE_PATCH, DAY);
  g_autoptr (SideCall) call = NULL;

  write_call (f->store, "a", "tea", DAY - 30 * G_GINT64_CONSTANT (86400000), SIDE_OUTCOME_ANSWERED);
  patch->event = new_event (9, SIDE_EVENT_RECORDING_READY, "tea", "a", DAY);
  patch->event->recording = g_strdup ("r");
  write_one (f->store, patch);
  foreign->event = new_event (10, SIDE_EVENT_RECORDING_READY, "toys", "a", DAY);
  foreign->event->recording = g_strdup ("stolen");
  write_one (f->store, foreign);
  call = side_archive_store_get_call (f->store, "a", SIDE_SCOPE (tea), NULL, NULL);
  g_assert_cmpstr (call->recording, ==, "r");
  g_assert_cmpstr (call->caller, ==, "79031231244");
  g_assert_cmpint (call->outcome, ==, SIDE_OUTCOME_ANSWERED);
}

/* Documents */

static SideArchiveItem *
put_document (Fixture    *f,
              const char *project,
              const char *author,
              const char *body,
              gint64      revision)
{
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, DAY);

  item->document = side_document_new ("tag", "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10", project);
  item->document->author = g_strdup (author);
  item->document->body = g_strdup (body);
  item->document->deleted = body == NULL;
  item->revision = revision;
  write_one (f->store, item);
  return item;
}

static void
test_documents (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (SideArchiveItem) first = put_document (f, "tea", "anna", "{\"a\":1}", -1);
  g_autoptr (SideArchiveItem) again = put_document (f, "tea", "anna", "{\"a\":1}", -1);
  g_autoptr (SideArchiveItem) late = put_document (f, "tea", "boris", "{\"b\":1}", -1);
  g_autoptr (SideArchiveItem) second = put_document (f, "tea", "boris", "{\"b\":1}", 1);
  g_autoptr (SideArchiveItem) stolen = put_document (f, "toys", "carl", "{\"c\":1}", 2);
  g_autoptr (SideArchiveItem) removed = put_document (f, "tea", "anna", NULL, 2);
  g_autoptr (SideChangePage) page = NULL;

  g_assert_no_error (first->refusal);
  g_assert_cmpint (first->result->revision, ==, 1);
  /* sent twice because the answer got lost: no conflict */
  g_assert_no_error (again->refusal);
  g_assert_cmpint (again->result->revision, ==, 1);
  g_assert_error (late->refusal, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_assert_cmpstr (late->result->body, ==, "{\"a\":1}");
  g_assert_no_error (second->refusal);
  g_assert_cmpint (second->result->revision, ==, 2);
  g_assert_cmpint (second->result->change, ==, 2);
  /* another project's writer learns nothing, not even that it is there */
  g_assert_error (stolen->refusal, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_assert_null (stolen->result);
  g_assert_no_error (removed->refusal);
  g_assert_true (removed->result->deleted);
  page = side_archive_store_find_changes (f->store, SIDE_SCOPE (tea), 0, 10, NULL);
  g_assert_cmpuint (page->documents->len, ==, 1);
  g_assert_true (((SideDocument *) g_ptr_array_index (page->documents, 0))->deleted);
  g_assert_cmpint (page->next, ==, 3);
  g_assert_false (page->more);
}

static void
test_document_of_foreign_call (Fixture       *f,
                               gconstpointer  data)
{
  g_autoptr (SideArchiveItem) item = side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, DAY);

  write_call (f->store, "a", "toys", DAY, SIDE_OUTCOME_ANSWERED);
  item->document = side_document_new ("review", "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e10", "tea");
  item->document->call = g_strdup ("a");
  item->document->body = g_strdup ("{}");
  item->revision = -1;
  write_one (f->store, item);
  g_assert_error (item->refusal, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
}

/* Restart */

static void
count_event (SideEvent *event,
             gpointer   user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (event->seq, >, *last);
  *last = event->seq;
}

static void
test_replay (Fixture       *f,
             gconstpointer  data)
{
  SideArchivePosition position;
  guint64 last = 2;

  for (guint64 seq = 1; seq <= 5; seq++)
    {
      g_autoptr (SideArchiveItem) item = side_archive_item_new (SIDE_ARCHIVE_EVENT, DAY);

      item->event = new_event (seq, SIDE_EVENT_CALL_JOINED, "tea", "a", DAY + (gint64) seq);
      write_one (f->store, item);
    }
  g_clear_object (&f->store);
  f->store = open_store (f);
  g_assert_true (side_archive_store_replay (f->store, DAY + 3, count_event, &last, NULL));
  g_assert_cmpuint (last, ==, 5);
  g_assert_true (side_archive_store_get_position (f->store, &position, NULL));
  g_assert_cmpuint (position.last_seq, ==, 5);
  g_assert_false (position.clean);
}

static void
run_sql (const char *path,
         const char *sql)
{
  g_autofree char *output = NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "sqlite3", path, sql, NULL);

  g_assert_nonnull (process);
  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

/* An archive that went on keeps its epoch; one that was put in its place gets
 * another, whatever it was before. */
static char *
begin (Fixture    *f,
       const char *mark,
       char      **epoch)
{
  SideArchivePosition position;
  char *began = side_sqlite_store_begin (SIDE_SQLITE_STORE (f->store), mark, NULL);

  g_assert_nonnull (began);
  g_assert_true (side_archive_store_get_position (f->store, &position, NULL));
  g_assert_cmpuint (strlen (position.epoch), ==, 32);
  *epoch = g_strdup (position.epoch);
  return began;
}

static char *
end (Fixture *f)
{
  char *mark = side_sqlite_store_end (f->path, NULL);

  g_assert_nonnull (mark);
  return mark;
}

static void
test_epoch (Fixture       *f,
            gconstpointer  data)
{
  g_auto (GStrv) epochs = g_new0 (char *, 7);
  g_auto (GStrv) marks = g_new0 (char *, 7);
  g_autofree char *ended = NULL;

  /* new; ended in order; went on; crashed; went on */
  marks[0] = begin (f, NULL, &epochs[0]);
  ended = end (f);
  g_clear_object (&f->store);
  f->store = open_store (f);
  marks[1] = begin (f, ended, &epochs[1]);
  g_assert_cmpstr (epochs[1], ==, epochs[0]);
  g_clear_object (&f->store);
  f->store = open_store (f);
  marks[2] = begin (f, marks[1], &epochs[2]);
  g_assert_cmpstr (epochs[2], ==, epochs[0]);

  /* the state of two starts ago, as a backup of then would bring it back */
  g_clear_object (&f->store);
  f->store = open_store (f);
  marks[3] = begin (f, ended, &epochs[3]);
  g_assert_cmpstr (epochs[3], !=, epochs[0]);
  /* nothing lies beside it: another machine */
  g_clear_object (&f->store);
  f->store = open_store (f);
  marks[4] = begin (f, NULL, &epochs[4]);
  g_assert_cmpstr (epochs[4], !=, epochs[3]);
  /* taken while this start ran, put back after its orderly end */
  g_free (g_steal_pointer (&ended));
  ended = end (f);
  run_sql (f->path, "UPDATE meta SET value = '0' WHERE key = 'ended'");
  marks[5] = begin (f, ended, &epochs[5]);
  g_assert_cmpstr (epochs[5], !=, epochs[4]);
}

/* Files that cannot be used */

static void
assert_refused (const char *path,
                SideError   code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (side_sqlite_store_new (path, &error));
  g_assert_error (error, SIDE_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

static void
test_bad_files (Fixture       *f,
                gconstpointer  data)
{
  g_autofree char *newer = g_build_filename (f->dir, "newer.db", NULL);
  g_autofree char *other = g_build_filename (f->dir, "other.db", NULL);
  g_autofree char *garbage = g_build_filename (f->dir, "garbage.db", NULL);
  g_autofree char *lost = g_build_filename (f->dir, "no", "such.db", NULL);
  g_autofree char *noise = g_malloc (8192);

  g_clear_object (&f->store);
  run_sql (f->path, "PRAGMA user_version = 99");
  assert_refused (f->path, SIDE_ERROR_NEWER);
  run_sql (other, "CREATE TABLE theirs (x)");
  assert_refused (other, SIDE_ERROR_INVALID);
  memset (noise, 0x5a, 8192);
  g_assert_true (g_file_set_contents (garbage, noise, 8192, NULL));
  assert_refused (garbage, SIDE_ERROR_CORRUPT);
  assert_refused (lost, SIDE_ERROR_NOT_FOUND);
}

/* Users */

static void
test_users (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *token = side_users_add (f->path, "Anna", SIDE_ROLE_CLIENT, NULL, both, "correct horse", &error);
  g_autofree char *renewed = NULL;
  g_autofree char *renewed_again = NULL;
  g_autoptr (SideAccount) account = NULL;
  g_autoptr (SideAccount) by_name = NULL;
  g_autoptr (GPtrArray) users = NULL;
  guint8 hash[SIDE_TOKEN_HASH_BYTES];
  const SideUser *user;

  g_assert_no_error (error);
  g_assert_cmpuint (strlen (token), ==, 43);
  g_assert_true (side_token_hash (token, hash));
  /* while the server has the file open */
  account = side_archive_store_find_token (f->store, hash, DAY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (account->name, ==, "Anna");
  g_assert_cmpint (account->role, ==, SIDE_ROLE_CLIENT);
  g_assert_cmpuint (g_strv_length (account->projects), ==, 2);
  by_name = side_archive_store_find_account (f->store, "anna", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (by_name->password_hash, "$y$"));
  g_assert_true (side_password_verify ("correct horse", by_name->password_hash));
  g_assert_false (side_password_verify ("wrong horse", by_name->password_hash));
  g_assert_null (side_users_add (f->path, "ANNA", SIDE_ROLE_CLIENT, NULL, tea, NULL, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_null (side_users_add (f->path, "b", SIDE_ROLE_CLIENT, NULL, tea, "short", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  g_clear_error (&error);
  users = side_users_list (f->path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (users->len, ==, 1);
  user = g_ptr_array_index (users, 0);
  g_assert_cmpint (user->n_tokens, ==, 1);
  g_assert_true (user->has_password);
  g_assert_true (side_users_revoke (f->path, "Anna", &error));
  g_assert_null (side_archive_store_find_token (f->store, hash, DAY, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  g_assert_false (side_users_revoke (f->path, "Anna", &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  renewed = side_users_renew (f->path, "demo", SIDE_ROLE_SUPERVISOR, tea, &error);
  renewed_again = side_users_renew (f->path, "demo", SIDE_ROLE_SUPERVISOR, both, &error);
  g_assert_no_error (error);
  g_assert_true (side_token_hash (renewed, hash));
  g_assert_null (side_archive_store_find_token (f->store, hash, DAY, NULL));
}

static void
test_expired_token (Fixture       *f,
                    gconstpointer  data)
{
  g_autofree char *lasting = side_users_add (f->path, "anna", SIDE_ROLE_TRAINER, NULL, tea, NULL, NULL);
  g_autofree char *token = side_token_new ();
  g_autoptr (SideAccount) account = side_archive_store_find_account (f->store, "anna", NULL);
  g_autoptr (SideAccount) before = NULL;
  g_autoptr (SideArchiveItem) item = side_archive_item_new (SIDE_ARCHIVE_TOKEN, DAY);

  g_assert_nonnull (lasting);
  g_assert_true (side_token_hash (token, item->hash));
  item->number = account->id;
  item->revision = DAY + 1000;
  write_one (f->store, item);
  before = side_archive_store_find_token (f->store, item->hash, DAY + 999, NULL);
  g_assert_nonnull (before);
  g_assert_cmpint (before->expires_ms, ==, DAY + 1000);
  g_assert_null (side_archive_store_find_token (f->store, item->hash, DAY + 1000, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add ("/archive/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("call-round-trip", test_call_round_trip);
  ADD ("pages", test_pages);
  ADD ("filters", test_filters);
  ADD ("changes-of-calls", test_changes_of_calls);
  ADD ("scope", test_scope);
  ADD ("patch", test_patch);
  ADD ("documents", test_documents);
  ADD ("document-of-foreign-call", test_document_of_foreign_call);
  ADD ("replay", test_replay);
  ADD ("bad-files", test_bad_files);
  ADD ("users", test_users);
  ADD ("expired-token", test_expired_token);
  ADD ("epoch", test_epoch);
  return g_test_run ();
}
