/* test-store-kit.c - a store in a folder of its own, and blocking calls of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <signal.h>
#include <string.h>

#include "test-store-kit.h"

void
kit_make (Kit *kit)
{
  kit->dir = side_test_tmp_dir ();
  kit->path = g_build_filename (kit->dir, "user@server", "cache.db", NULL);
  kit->clock = side_clock_new_manual (KIT_NOW_MS);
  kit->store = side_store_new (kit->path, kit->clock);
}

gboolean
kit_try_open (Kit     *kit,
              GError **error)
{
  return KIT_WAIT (kit->store, side_store_open, error);
}

void
kit_open (Kit *kit)
{
  g_autoptr (GError) error = NULL;

  kit_try_open (kit, &error);
  g_assert_no_error (error);
  g_assert_true (side_store_is_open (kit->store));
}

void
kit_close (Kit *kit)
{
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_close, &error);
  g_assert_no_error (error);
  g_assert_false (side_store_is_open (kit->store));
}

/* As after a restart of the program: another store on the same file. */
void
kit_reopen (Kit *kit)
{
  kit_close (kit);
  g_assert_finalize_object (g_steal_pointer (&kit->store));
  kit->store = side_store_new (kit->path, kit->clock);
  kit_open (kit);
}

void
kit_clear (Kit *kit)
{
  if (side_store_is_open (kit->store))
    kit_close (kit);
  g_assert_finalize_object (g_steal_pointer (&kit->store));
  g_clear_object (&kit->clock);
  side_test_rm_rf (kit->dir);
  g_free (kit->dir);
  g_free (kit->path);
}

SideCall *
kit_call (const char *id,
          gint64      joined_ms)
{
  SideCall *call = side_call_new (id);

  call->project = g_intern_static_string ("shop");
  call->queue = g_intern_static_string ("orders");
  call->joined_ms = joined_ms;
  return call;
}

static const char *
pick (GRand      *rand,
      const char *prefix,
      int         n)
{
  g_autofree char *text = NULL;
  int which = g_rand_int_range (rand, 0, n + 1);

  if (which == n)
    return NULL;
  text = g_strdup_printf ("%s%d", prefix, which);
  return g_intern_string (text);
}

/* Few distinct values, so that equal keys and changes of place are common. */
SideCall *
kit_random_call (GRand      *rand,
                 const char *id)
{
  static const char *const notes[] = { "Ёлка не пришла", "елку вернуть", "Спасибо!", "wrong size", NULL };
  SideCall *call = side_call_new (id);
  const char *number;

  call->project = pick (rand, "shop", 2);
  call->queue = pick (rand, "queue", 4);
  call->operator_id = pick (rand, "operator", 6);
  if (call->operator_id != NULL)
    call->operator_name = pick (rand, "Анна №", 5);
  number = pick (rand, "7903123124", 10);
  call->caller = g_strdup (number);
  call->joined_ms = KIT_NOW_MS + g_rand_int_range (rand, 0, 50) * 1000;
  call->wait_ms = g_rand_int_range (rand, 0, 6) * 1000;
  call->talk_ms = g_rand_int_range (rand, 0, 6) * 1000;
  call->hold_ms = g_rand_int_range (rand, 0, 2) * 500;
  call->outcome = (SideOutcome) g_rand_int_range (rand, SIDE_OUTCOME_NONE, SIDE_OUTCOME_LOST + 1);
  call->callback = (SideCallbackMark) g_rand_int_range (rand, SIDE_CALLBACK_NONE, SIDE_CALLBACK_DONE + 1);
  call->test = g_rand_int_range (rand, 0, 4) == 0;
  call->recording = g_rand_boolean (rand) ? g_strdup ("rec") : NULL;
  call->note = g_strdup (notes[g_rand_int_range (rand, 0, G_N_ELEMENTS (notes))]);
  return call;
}

void
kit_put_calls (Kit       *kit,
               GPtrArray *calls)
{
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_put_calls, &error, calls, NULL);
  g_assert_no_error (error);
}

void
kit_put_call (Kit      *kit,
              SideCall *call)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();

  g_ptr_array_add (calls, call);
  kit_put_calls (kit, calls);
}

SideCall *
kit_get_call (Kit        *kit,
              const char *id)
{
  g_autoptr (GError) error = NULL;
  SideCall *call = KIT_WAIT (kit->store, side_store_get_call, &error, id);

  g_assert_no_error (error);
  return call;
}

gssize
kit_count (Kit        *kit,
           const char *text)
{
  g_autoptr (SideCallQuery) query = side_call_query_new ();
  g_autoptr (GError) error = NULL;
  gssize n;

  query->text = g_strdup (text);
  n = KIT_WAIT (kit->store, side_store_count_calls, &error, query);
  g_assert_no_error (error);
  return n;
}

SideDocument *
kit_document (const char *kind,
              const char *id,
              const char *call,
              const char *body)
{
  SideDocument *document = side_document_new (kind, id, "shop");

  document->call = g_strdup (call);
  document->body = g_strdup (body);
  document->deleted = body == NULL;
  document->author = g_strdup ("olga");
  document->changed_ms = KIT_NOW_MS;
  return document;
}

void
kit_put_local (Kit        *kit,
               const char *kind,
               const char *id,
               const char *call,
               const char *body)
{
  g_autoptr (SideDocument) document = kit_document (kind, id, call, body);
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_put_document, &error, document, TRUE);
  g_assert_no_error (error);
}

void
kit_put_remote (Kit        *kit,
                const char *kind,
                const char *id,
                const char *call,
                const char *body,
                gint64      revision)
{
  g_autoptr (SideDocument) document = kit_document (kind, id, call, body);
  g_autoptr (GError) error = NULL;

  document->revision = revision;
  document->change = revision * 10;
  KIT_WAIT (kit->store, side_store_put_document, &error, document, FALSE);
  g_assert_no_error (error);
}

/* NULL when it is not there, "deleted" when it is marked so. */
char *
kit_body (Kit        *kit,
          const char *kind,
          const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) document = KIT_WAIT (kit->store, side_store_get_document, &error, kind, id);

  if (document == NULL)
    {
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND);
      return NULL;
    }
  return g_strdup (document->deleted ? "deleted" : document->body);
}

char *
kit_uuid (guint n)
{
  return g_strdup_printf ("00000000-0000-4000-8000-%012u", n);
}

sqlite3 *
kit_sqlite (const char *path)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), ==, SQLITE_OK);
  return handle;
}

void
kit_sql (sqlite3    *handle,
         const char *sql)
{
  char *message = NULL;

  if (sqlite3_exec (handle, sql, NULL, NULL, &message) != SQLITE_OK)
    g_error ("%s: %s", sql, message);
}

gint64
kit_sql_int (sqlite3    *handle,
             const char *sql)
{
  sqlite3_stmt *stmt = NULL;
  gint64 value;

  g_assert_cmpint (sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  return value;
}

/* One call and one document that is not sent yet. */
void
kit_write_sample (Kit *kit)
{
  g_autoptr (SideCall) call = kit_call ("call-1", KIT_NOW_MS);

  call->note = g_strdup ("Ёлка");
  kit_put_call (kit, call);
  kit_put_local (kit, "annotation", "mine", "call-1", "{\"text\":\"unsent\"}");
}

void
kit_assert_sample (Kit *kit)
{
  g_autoptr (SideCall) call = kit_get_call (kit, "call-1");
  g_autofree char *body = kit_body (kit, "annotation", "mine");

  g_assert_cmpstr (call->note, ==, "Ёлка");
  g_assert_cmpstr (body, ==, "{\"text\":\"unsent\"}");
  g_assert_cmpuint (side_store_get_outbox_length (kit->store), ==, 1);
  g_assert_cmpint (kit_count (kit, "елка unsent"), ==, 1);
}

void
kit_assert_open_fails (Kit       *kit,
                       SideError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (kit_try_open (kit, &error));
  g_assert_error (error, SIDE_ERROR, (int) code);
  g_assert_cmpuint (strlen (error->message), >, 20);
  g_assert_false (side_store_is_open (kit->store));
}

char *
kit_checksum (const char *path)
{
  g_autofree char *data = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (path, &data, &len, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) data, len);
}

/* Files may not grow past @bytes; RLIM_INFINITY takes that back. */
void
kit_limit_files (rlim_t bytes)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

void
kit_count_notify (GObject    *object,
                  GParamSpec *pspec,
                  gpointer    count)
{
  (*(guint *) count)++;
}

gboolean
kit_list_is_at_rest (gpointer list)
{
  return !side_call_list_get_loading (list);
}

gboolean
kit_item_is_filled (gpointer item)
{
  return side_call_item_get_call (item) != NULL;
}

/* The outbox */

SideOutboxItem *
kit_next (Kit *kit)
{
  g_autoptr (GError) error = NULL;
  SideOutboxItem *item = KIT_WAIT (kit->store, side_store_next_outbox, &error);

  g_assert_no_error (error);
  return item;
}

void
kit_resolve (Kit         *kit,
             const char  *id,
             gint64       shown,
             SideResolve  how,
             const char  *merged)
{
  g_autoptr (GError) error = NULL;

  KIT_WAIT (kit->store, side_store_resolve_conflict, &error, "annotation", id, shown, how, merged);
  g_assert_no_error (error);
}

void
kit_assert_next (Kit        *kit,
                 const char *id,
                 const char *body,
                 gint64      base,
                 guint       attempts)
{
  g_autoptr (SideOutboxItem) item = kit_next (kit);

  g_assert_nonnull (item);
  g_assert_cmpstr (item->document->id, ==, id);
  g_assert_cmpstr (item->document->body, ==, body);
  g_assert_cmpint (item->base_revision, ==, base);
  g_assert_cmpuint (item->attempts, ==, attempts);
}

void
kit_assert_body (Kit        *kit,
                 const char *id,
                 const char *expected)
{
  g_autofree char *body = kit_body (kit, "annotation", id);

  g_assert_cmpstr (body, ==, expected);
}
