/* side-sqlite-write.c - a batch of items as one transaction
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Only the archive's writer thread comes here, with the only connection that
 * writes events, calls and documents; the counters of changes are therefore
 * kept in memory and read from the file once. "server user" writes accounts
 * and tokens from another process meanwhile, which touches none of those.
 */
#include "side-sqlite-private.h"

#include <string.h>

#include "side-error.h"

enum {
  ADD_EVENT,
  PUT_CALL,
  PUT_RECORDING,
  PUT_DOCUMENT,
  ADD_REVISION,
  ADD_TOKEN,
  REVOKE_TOKEN,
  ADD_AUDIT,
  PUT_META,
  N_STATEMENTS
};

static const char *const statement_sql[N_STATEMENTS] = {
  [ADD_EVENT] = "INSERT OR REPLACE INTO event (seq, at_ms, kind, project, call, body) VALUES (?, ?, ?, ?, ?, ?)",
  [PUT_CALL] = NULL,   /* from the table of fields */
  [PUT_RECORDING] = "INSERT OR REPLACE INTO recording (id, project, call, path, size, modified_ms, header, swap_bytes, "
                    "data_offset, data_bytes, channels, duration_ms, sha256, created_ms) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
  [PUT_DOCUMENT] = "INSERT OR REPLACE INTO document (kind, id, project, call, revision, change, changed_ms, author, body) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
  [ADD_REVISION] = "INSERT OR REPLACE INTO document_revision (kind, id, revision, changed_ms, author, body) "
                   "VALUES (?, ?, ?, ?, ?, ?)",
  [ADD_TOKEN] = "INSERT INTO token (hash, account, created_ms, expires_ms) VALUES (?, ?, ?, ?)",
  [REVOKE_TOKEN] = "UPDATE token SET revoked_ms = ? WHERE hash = ? AND revoked_ms = 0",
  [ADD_AUDIT] = "INSERT INTO audit (at_ms, account, action, object, address, detail) VALUES (?, ?, ?, ?, ?, ?)",
  [PUT_META] = "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
};

struct _SideSqliteWriter
{
  sqlite3         *db;
  SideSqliteWal   *wal;
  sqlite3_stmt    *statements[N_STATEMENTS];
  const SideField *call_fields;
  gsize            n_call_fields;
  gint64           call_change;
  gint64           document_change;
};

static char *
put_call_sql (const SideSqliteWriter *self)
{
  g_autofree char *names = side_sqlite_names (self->call_fields, self->n_call_fields);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "INSERT OR REPLACE INTO call (%s, \"change\") VALUES (", names);
  for (gsize i = 0; i < self->n_call_fields; i++)
    g_string_append (out, "?, ");
  g_string_append (out, "?)");
  return g_string_free (out, FALSE);
}

/**
 * side_sqlite_writer_new:
 * @db: (transfer none): a connection from side_sqlite_open()
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the writer
 */
SideSqliteWriter *
side_sqlite_writer_new (sqlite3  *db,
                        GError  **error)
{
  SideSqliteWriter *self = g_new0 (SideSqliteWriter, 1);
  gboolean ok = TRUE;

  self->db = db;
  self->call_fields = side_call_get_fields (&self->n_call_fields);
  for (int i = 0; ok && i < N_STATEMENTS; i++)
    {
      g_autofree char *sql = i == PUT_CALL ? put_call_sql (self) : g_strdup (statement_sql[i]);

      self->statements[i] = side_sqlite_prepare (db, sql, error);
      ok = self->statements[i] != NULL;
    }
  if (ok)
    self->call_change = side_sqlite_get_number (db, "SELECT coalesce(max(change), 0) FROM call", error);
  if (ok && self->call_change >= 0)
    self->document_change = side_sqlite_get_number (db, "SELECT coalesce(max(change), 0) FROM document", error);
  if (ok && self->call_change >= 0 && self->document_change >= 0)
    self->wal = side_sqlite_wal_new (db, error);
  if (self->wal != NULL)
    return self;
  side_sqlite_writer_free (self);
  return NULL;
}

void
side_sqlite_writer_free (SideSqliteWriter *self)
{
  for (int i = 0; i < N_STATEMENTS; i++)
    sqlite3_finalize (self->statements[i]);
  side_sqlite_wal_free (self->wal);
  g_free (self);
}

static gboolean
write_event (SideSqliteWriter  *self,
             const SideEvent   *event,
             GError           **error)
{
  sqlite3_stmt *statement = self->statements[ADD_EVENT];
  g_autofree char *body = side_wire_event_to_json (event);

  sqlite3_bind_int64 (statement, 1, (gint64) event->seq);
  sqlite3_bind_int64 (statement, 2, event->at_ms);
  side_sqlite_bind_text (statement, 3, side_event_kind_to_string (event->kind));
  side_sqlite_bind_text (statement, 4, event->project);
  side_sqlite_bind_text (statement, 5, event->call);
  side_sqlite_bind_text (statement, 6, body);
  return side_sqlite_run (statement, error);
}

static gboolean
write_call (SideSqliteWriter  *self,
            const SideCall    *call,
            GError           **error)
{
  sqlite3_stmt *statement = self->statements[PUT_CALL];

  if (call->project == NULL)
    return TRUE;   /* nobody could ever see it */
  side_sqlite_bind_fields (statement, 1, self->call_fields, self->n_call_fields, call);
  sqlite3_bind_int64 (statement, (int) self->n_call_fields + 1, ++self->call_change);
  return side_sqlite_run (statement, error);
}

/* An event about a leg the board does not hold any more (or not yet): it is
 * applied, by the same rules, to the leg as the archive has it. */
static gboolean
patch_call (SideSqliteWriter  *self,
            const SideEvent   *event,
            GError           **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (SideCall) known = side_sqlite_load_call (self->db, event->call, &reason);
  g_autoptr (SideBoard) board = side_board_new ();
  g_autoptr (SideEvent) bare = side_event_copy (event);
  g_autoptr (SideCall) kept = NULL;
  SideCall *changed;

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (known != NULL && g_strcmp0 (known->project, event->project) != 0)
    return TRUE;
  bare->seq = 0;
  if (known != NULL)
    {
      SideBoardProject *project = side_board_restore_project (board, event->project);

      kept = side_call_ref (known);
      side_board_restore_call (board, project, known);
    }
  side_board_apply (board, bare);
  /* An old leg may be forgotten at once; it was changed all the same. */
  changed = kept != NULL ? kept : side_board_get_call (board, event->call);
  return changed == NULL || write_call (self, changed, error);
}

static gboolean
write_recording (SideSqliteWriter     *self,
                 const SideRecording  *recording,
                 gint64                at_ms,
                 GError              **error)
{
  sqlite3_stmt *statement = self->statements[PUT_RECORDING];
  gsize header_len = 0;
  const void *header = recording->header != NULL ? g_bytes_get_data (recording->header, &header_len) : NULL;

  side_sqlite_bind_text (statement, 1, recording->id);
  side_sqlite_bind_text (statement, 2, recording->project);
  side_sqlite_bind_text (statement, 3, recording->call);
  side_sqlite_bind_text (statement, 4, recording->path);
  sqlite3_bind_int64 (statement, 5, recording->size);
  sqlite3_bind_int64 (statement, 6, recording->modified_ms);
  sqlite3_bind_blob (statement, 7, header, (int) header_len, SQLITE_TRANSIENT);
  sqlite3_bind_int (statement, 8, recording->swap_bytes);
  sqlite3_bind_int64 (statement, 9, recording->data_offset);
  sqlite3_bind_int64 (statement, 10, recording->data_bytes);
  sqlite3_bind_int (statement, 11, recording->channels);
  sqlite3_bind_int64 (statement, 12, recording->duration_ms);
  side_sqlite_bind_text (statement, 13, recording->sha256);
  sqlite3_bind_int64 (statement, 14, at_ms);
  return side_sqlite_run (statement, error);
}

/* Documents */

static gboolean
call_is_of_another_project (SideSqliteWriter   *self,
                            const SideDocument *document,
                            const char         *only_operator)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCall) call = NULL;

  if (document->call == NULL)
    return FALSE;
  call = side_sqlite_load_call (self->db, document->call, &error);
  if (call != NULL)
    return g_strcmp0 (call->project, document->project) != 0
           || (only_operator != NULL && g_strcmp0 (call->operator_id, only_operator) != 0);
  /* One that could not be read may be anybody's. A call not archived is nobody's, and
   * can be noted while it goes on; but nobody can have heard it, and whoever says so
   * must not learn from the answer which calls there are in other projects. */
  return error != NULL || strcmp (document->kind, "listening") == 0 || strcmp (document->kind, "export") == 0;
}

/* What one heard is changed by nobody else, what was exported by nobody. */
static gboolean
is_anothers (const SideDocument *document,
             const SideDocument *current)
{
  if (strcmp (document->kind, "export") == 0)
    return TRUE;
  return strcmp (document->kind, "listening") == 0 && g_strcmp0 (current->author, document->author) != 0;
}

/* What stood first, or last before it was removed. */
static char *
load_revision (SideSqliteWriter   *self,
               const SideDocument *document,
               const char         *sql)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (self->db, sql, NULL);

  if (statement == NULL)
    return NULL;
  side_sqlite_bind_text (statement, 1, document->kind);
  side_sqlite_bind_text (statement, 2, document->id);
  return side_sqlite_step (statement, NULL) == 1 ? side_sqlite_column_text (statement, 0) : NULL;
}

/* A note as it stands, or stood last. */
static SideAnnotation *
load_note (SideSqliteWriter   *self,
           const SideDocument *current)
{
  g_autofree char *body = side_sqlite_load_last_body (self->db, current->kind, current->id, current);

  return body != NULL ? side_wire_annotation_from_json (body, -1, NULL) : NULL;
}

/* A note is of the one it names, and of the one who brought it in, which is
 * another where marks were imported. What either removed both can take back;
 * what a supervisor removed of somebody else's stays so for those. */
static gboolean
is_anothers_note (SideSqliteWriter     *self,
                  const SideDocument   *document,
                  const SideDocument   *current,
                  const SideAnnotation *old)
{
  const char *named = old != NULL ? old->author : current->author;
  g_autofree char *first =
      load_revision (self, document, "SELECT author FROM document_revision WHERE kind = ? AND id = ? AND revision = 1");
  gboolean mine = g_strcmp0 (named, document->author) == 0 || g_strcmp0 (first, document->author) == 0;

  if (!current->deleted || g_strcmp0 (current->author, document->author) == 0)
    return !mine && !current->deleted;
  return !mine || (g_strcmp0 (named, current->author) != 0 && g_strcmp0 (first, current->author) != 0);
}

/* One whose access was taken away is still who wrote what they wrote. */
static gboolean
is_user (SideSqliteWriter *self,
         const char       *name)
{
  g_autoptr (sqlite3_stmt) statement = side_sqlite_prepare (self->db, SIDE_SQLITE_FIND_ACCOUNT, NULL);
  g_autofree char *folded = side_account_fold_name (name);

  if (statement == NULL)
    return TRUE;
  side_sqlite_bind_text (statement, 1, name);
  side_sqlite_bind_text (statement, 2, folded);
  return side_sqlite_step (statement, NULL) != 0;
}

/* Nobody writes in the name of another user. Marks from a file keep the names of
 * those who are none here. */
static gboolean
names_another (SideSqliteWriter     *self,
               const SideDocument   *document,
               const SideAnnotation *old,
               const SideAnnotation *new)
{
  return new != NULL && new->author != NULL && g_strcmp0 (new->author, document->author) != 0
         && (old == NULL || g_strcmp0 (new->author, old->author) != 0) && is_user (self, new->author);
}

/* Why a note cannot be stored as asked; FALSE when it can. */
static gboolean
refuse_note (SideSqliteWriter   *self,
             SideArchiveItem    *item,
             const SideDocument *current)
{
  const SideDocument *document = item->document;
  g_autoptr (SideAnnotation) old = current != NULL ? load_note (self, current) : NULL;
  g_autoptr (SideAnnotation) new =
      !document->deleted && document->body != NULL ? side_wire_annotation_from_json (document->body, -1, NULL) : NULL;

  if (item->own)
    return FALSE;
  if ((old != NULL && g_strcmp0 (old->tag, SIDE_ARCHIVE_ACTION_TAG) == 0)
      || (new != NULL && g_strcmp0 (new->tag, SIDE_ARCHIVE_ACTION_TAG) == 0))
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                 "“" SIDE_ARCHIVE_ACTION_TAG "” marks what was done to a call: only the server makes such marks, and nobody changes them");
  else if (current != NULL && !item->supervisor && is_anothers_note (self, document, current, old))
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN,
                 current->deleted ? "a supervisor removed this note: only supervisors may take that back"
                                  : "somebody else wrote this note: only they and supervisors may change or remove it; you can answer it");
  else if (!item->supervisor && old != NULL && old->author != NULL && new != NULL && g_strcmp0 (old->author, new->author) != 0)
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, "a note stays the one's who wrote it: only supervisors may change its “author”");
  else if (names_another (self, document, old, new))
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, "“author” is another user: nobody writes in somebody else's name");
  return item->refusal != NULL;
}

/* What stands there, as who writes may see it; NULL when it is not for them. */
static SideDocument *
as_seen (SideSqliteWriter      *self,
         const SideArchiveItem *item,
         const SideDocument    *current)
{
  const char *projects[] = { item->document->project, NULL };
  const SideScope scope = { projects, item->only_operator, item->document->author };
  SideDocument *seen;

  if (current == NULL || g_strcmp0 (current->project, item->document->project) != 0)
    return NULL;
  seen = side_document_copy (current);
  if (!side_sqlite_show (self->db, &scope, NULL, seen, NULL))
    g_clear_pointer (&seen, side_document_unref);
  return seen;
}

static gboolean
is_for_writer (SideSqliteWriter      *self,
               const SideArchiveItem *item,
               const SideDocument    *current)
{
  g_autoptr (SideDocument) seen = as_seen (self, item, current);

  return seen != NULL;
}

/* Why a document cannot be stored as asked; FALSE when it can. */
static gboolean
refuse_document (SideSqliteWriter   *self,
                 SideArchiveItem    *item,
                 const SideDocument *current)
{
  const SideDocument *document = item->document;

  if (current != NULL && g_strcmp0 (current->project, document->project) != 0)
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no such document in this project");
  else if (current != NULL && !is_for_writer (self, item, current))
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no such document, or it is not for you");
  else if (call_is_of_another_project (self, document, item->only_operator))
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no such call in this project");
  else if (current == NULL && item->revision > 0)
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no such document");
  else if (current != NULL && is_anothers (document, current))
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_FORBIDDEN, "it cannot be changed, or not by this user");
  else if (strcmp (document->kind, "annotation") == 0 && refuse_note (self, item, current))
    return TRUE;
  else if (current != NULL && item->revision != current->revision)
    g_set_error (&item->refusal, SIDE_ERROR, SIDE_ERROR_CONFLICT,
                 "the document has been changed: it has revision %" G_GINT64_FORMAT, current->revision);
  else if (side_sqlite_refuse_script (self->db, item) || side_sqlite_refuse_review (self->db, item, current)
           || side_sqlite_refuse_answer (self->db, item, current) || side_sqlite_refuse_plan (self->db, item, current)
           || side_sqlite_refuse_coaching (item, current)
           || side_sqlite_refuse_scorecard (self->db, item, current) || side_sqlite_refuse_test_call (self->db, item, current))
    return TRUE;
  return item->refusal != NULL;
}

/* A writer whose answer got lost sends the same again: it is no conflict. */
static gboolean
is_repetition (const SideDocument *document,
               const SideDocument *current)
{
  return current != NULL && current->deleted == document->deleted
         && g_strcmp0 (current->project, document->project) == 0
         && g_strcmp0 (current->author, document->author) == 0
         && g_strcmp0 (current->body, document->body) == 0;
}

static gboolean
store_document (SideSqliteWriter    *self,
                const SideDocument  *document,
                GError             **error)
{
  sqlite3_stmt *put = self->statements[PUT_DOCUMENT];
  sqlite3_stmt *add = self->statements[ADD_REVISION];

  side_sqlite_bind_text (put, 1, document->kind);
  side_sqlite_bind_text (put, 2, document->id);
  side_sqlite_bind_text (put, 3, document->project);
  side_sqlite_bind_text (put, 4, document->call);
  sqlite3_bind_int64 (put, 5, document->revision);
  sqlite3_bind_int64 (put, 6, document->change);
  sqlite3_bind_int64 (put, 7, document->changed_ms);
  side_sqlite_bind_text (put, 8, document->author);
  side_sqlite_bind_text (put, 9, document->deleted ? NULL : document->body);
  side_sqlite_bind_text (add, 1, document->kind);
  side_sqlite_bind_text (add, 2, document->id);
  sqlite3_bind_int64 (add, 3, document->revision);
  sqlite3_bind_int64 (add, 4, document->changed_ms);
  side_sqlite_bind_text (add, 5, document->author);
  side_sqlite_bind_text (add, 6, document->deleted ? NULL : document->body);
  return side_sqlite_run (put, error) && side_sqlite_run (add, error);
}

/* What the server alone says in a document stands in what it was asked to write
 * before that is looked at: so the same again is the same. */
static void
stamp (SideSqliteWriter   *self,
       SideArchiveItem    *item,
       const SideDocument *current)
{
  char *body = side_sqlite_dup_judged (self->db, item->document, current);
  SideDocument *stamped;

  if (body == NULL)
    return;
  stamped = side_document_copy (item->document);
  g_free (stamped->body);
  stamped->body = body;
  side_document_unref (item->document);
  item->document = stamped;
}

static gboolean
write_document (SideSqliteWriter  *self,
                SideArchiveItem   *item,
                GError           **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (SideDocument) current = side_sqlite_load_document (self->db, item->document->kind, item->document->id, &reason);
  g_autofree char *blind = NULL;
  g_autoptr (GPtrArray) owed = NULL;
  SideDocument *stored;

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  stamp (self, item, current);
  if (refuse_document (self, item, current))
    {
      item->result = as_seen (self, item, current);
      item->repeated = item->result != NULL && is_repetition (item->document, current);
      if (item->repeated)
        g_clear_error (&item->refusal);
      return TRUE;
    }
  stored = side_document_copy (item->document);
  stored->revision = current != NULL ? current->revision + 1 : 1;
  stored->change = ++self->document_change;
  stored->changed_ms = item->at_ms;
  if (stored->call == NULL && current != NULL)
    stored->call = g_strdup (current->call);
  item->result = stored;
  blind = side_sqlite_find_blind (self->db, stored, current);
  owed = side_sqlite_find_owed (self->db, stored, item->at_ms);
  return store_document (self, stored, error)
         && (owed == NULL || side_sqlite_tell_owed (self->db, stored->project, owed, item->at_ms, &self->document_change, error))
         && (blind == NULL || side_sqlite_tell_anew (self->db, stored->project, blind, &self->document_change, error));
}

/* Everything else */

static gboolean
write_token (SideSqliteWriter       *self,
             const SideArchiveItem  *item,
             GError                **error)
{
  sqlite3_stmt *statement;

  if (item->type == SIDE_ARCHIVE_TOKEN)
    {
      statement = self->statements[ADD_TOKEN];
      sqlite3_bind_blob (statement, 1, item->hash, SIDE_TOKEN_HASH_BYTES, SQLITE_TRANSIENT);
      sqlite3_bind_int64 (statement, 2, item->number);
      sqlite3_bind_int64 (statement, 3, item->at_ms);
      sqlite3_bind_int64 (statement, 4, item->revision);
    }
  else
    {
      statement = self->statements[REVOKE_TOKEN];
      sqlite3_bind_int64 (statement, 1, item->at_ms);
      sqlite3_bind_blob (statement, 2, item->hash, SIDE_TOKEN_HASH_BYTES, SQLITE_TRANSIENT);
    }
  return side_sqlite_run (statement, error);
}

static gboolean
write_audit (SideSqliteWriter       *self,
             const SideArchiveItem  *item,
             GError                **error)
{
  sqlite3_stmt *statement = self->statements[ADD_AUDIT];

  sqlite3_bind_int64 (statement, 1, item->at_ms);
  for (int i = 0; i < (int) G_N_ELEMENTS (item->words); i++)
    side_sqlite_bind_text (statement, i + 2, item->words[i]);
  return side_sqlite_run (statement, error);
}

static gboolean
put_meta (SideSqliteWriter  *self,
          const char        *key,
          const char        *value,
          GError           **error)
{
  sqlite3_stmt *statement = self->statements[PUT_META];

  side_sqlite_bind_text (statement, 1, key);
  side_sqlite_bind_text (statement, 2, value);
  return side_sqlite_run (statement, error);
}

static gboolean
write_heard (SideSqliteWriter       *self,
             const SideArchiveItem  *item,
             GError                **error)
{
  char value[24];

  g_snprintf (value, sizeof value, "%" G_GINT64_FORMAT, item->at_ms);
  return put_meta (self, "heard", value, error);
}

static gboolean
write_clean (SideSqliteWriter       *self,
             const SideArchiveItem  *item,
             GError                **error)
{
  return put_meta (self, "clean", item->number != 0 ? "1" : "0", error)
         && (item->number == 0 || write_heard (self, item, error));
}

static gboolean
write_item (SideSqliteWriter  *self,
            SideArchiveItem   *item,
            GError           **error)
{
  switch (item->type)
    {
    case SIDE_ARCHIVE_EVENT:
      return write_event (self, item->event, error);
    case SIDE_ARCHIVE_CALL:
      return write_call (self, item->call, error);
    case SIDE_ARCHIVE_PATCH:
      return patch_call (self, item->event, error);
    case SIDE_ARCHIVE_RECORDING:
      return write_recording (self, item->recording, item->at_ms, error);
    case SIDE_ARCHIVE_DOCUMENT:
      return write_document (self, item, error);
    case SIDE_ARCHIVE_TOKEN:
    case SIDE_ARCHIVE_TOKEN_REVOKE:
      return write_token (self, item, error);
    case SIDE_ARCHIVE_AUDIT:
      return write_audit (self, item, error);
    case SIDE_ARCHIVE_CLAIM:
      return side_sqlite_write_claim (self->db, item, error);
    case SIDE_ARCHIVE_HEARD:
      return write_heard (self, item, error);
    case SIDE_ARCHIVE_CLEAN:
    default:
      return write_clean (self, item, error);
    }
}

/* What a failed attempt left in the items must not be taken for an answer. */
static void
forget_results (SideArchiveItem *const *items,
                guint                   n_items)
{
  for (guint i = 0; i < n_items; i++)
    {
      g_clear_error (&items[i]->refusal);
      g_clear_pointer (&items[i]->result, side_document_unref);
    }
}

/**
 * side_sqlite_writer_write:
 * @self: the writer
 * @items: (array length=n_items): what to write
 * @n_items: how many
 * @error: return location
 *
 * Returns: see side_archive_store_write()
 */
gboolean
side_sqlite_writer_write (SideSqliteWriter        *self,
                          SideArchiveItem *const  *items,
                          guint                    n_items,
                          GError                 **error)
{
  gint64 call_change = self->call_change;
  gint64 document_change = self->document_change;
  gboolean ok = side_sqlite_exec (self->db, "BEGIN IMMEDIATE", error);

  if (!ok)
    return FALSE;
  ok = side_sqlite_wal_begin (self->wal, error);
  for (guint i = 0; ok && i < n_items; i++)
    ok = write_item (self, items[i], error);
  if (ok && side_sqlite_exec (self->db, "COMMIT", error))
    {
      side_sqlite_wal_committed (self->wal);
      return TRUE;
    }
  if (!sqlite3_get_autocommit (self->db))
    sqlite3_exec (self->db, "ROLLBACK", NULL, NULL, NULL);
  forget_results (items, n_items);
  self->call_change = call_change;
  self->document_change = document_change;
  return FALSE;
}
