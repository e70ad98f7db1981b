/* side-db-salvage.c - what can be saved from a damaged cache
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Everything in a cache can be fetched again but for what a person wrote and
 * the server has not got, and the calls that were imported here with all that
 * was written about them. Those rows are read out of the file that was moved
 * aside, from the front and, past the first unreadable page, from the back.
 */
#include "side-db.h"
#include "side-wire.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

static const char *const parts[] = { "-wal", "-shm" };

/**
 * side_db_move_aside:
 * @path: a damaged file; its log and index, if any, go with it
 * @now_ms: the present instant
 * @error: (out): READ_ONLY or FAILED
 *
 * Returns: (transfer full) (nullable): the new path, NAME.damaged-20261121T143205Z
 */
char *
side_db_move_aside (const char  *path,
                    gint64       now_ms,
                    GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_ms / 1000);
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  g_autofree char *target = g_strdup_printf ("%s.damaged-%s", path, stamp);

  for (int i = 2; g_file_test (target, G_FILE_TEST_EXISTS); i++)
    {
      g_free (target);
      target = g_strdup_printf ("%s.damaged-%s-%d", path, stamp, i);
    }
  /* The log first: a main file alone would be taken for the whole. */
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (path, parts[i], NULL);
      g_autofree char *to = g_strconcat (target, parts[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        g_message ("moving %s aside: %s", from, g_strerror (errno));
    }
  if (g_rename (path, target) == 0)
    return g_steal_pointer (&target);
  g_set_error (error, SIDE_ERROR, errno == EACCES || errno == EROFS ? SIDE_ERROR_READ_ONLY : SIDE_ERROR_FAILED,
               "moving the damaged %s aside: %s", path, g_strerror (errno));
  return NULL;
}

/**
 * side_db_move_back:
 * @damaged: what side_db_move_aside() returned
 * @path: where it was
 *
 * When no new file could be made in its place: what was begun there goes, and
 * the damaged one waits for a better day.
 */
void
side_db_move_back (const char *damaged,
                   const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (damaged, parts[i], NULL);
      g_autofree char *to = g_strconcat (path, parts[i], NULL);

      g_remove (to);
      g_rename (from, to);
    }
  if (g_rename (damaged, path) != 0)
    g_message ("moving %s back: %s", damaged, g_strerror (errno));
}

/* One unsent document; the oldest version of the schema had these columns. */
static SideDocument *
unsent_document (sqlite3_stmt *row)
{
  g_autoptr (SideDocument) document = NULL;

  if (!side_document_kind_is_valid (side_db_column_text (row, 0)) || side_db_column_text (row, 1) == NULL)
    return NULL;
  document = side_document_new (side_db_column_text (row, 0), side_db_column_text (row, 1), side_db_column_text (row, 2));
  document->call = g_strdup (side_db_column_text (row, 3));
  document->revision = sqlite3_column_int64 (row, 4);
  document->change = sqlite3_column_int64 (row, 5);
  document->changed_ms = sqlite3_column_int64 (row, 6);
  document->author = g_strdup (side_db_column_text (row, 7));
  document->body = g_strdup (side_db_column_text (row, 8));
  document->deleted = sqlite3_column_int (row, 9) != 0;
  if (!document->deleted && (document->body == NULL || !g_utf8_validate (document->body, -1, NULL)))
    return NULL;
  return g_steal_pointer (&document);
}

/* A row that makes no sense is passed over; no room for one is a failure. */
static gboolean
bring_over (SideDb        *self,
            sqlite3_stmt  *row,
            gint64         now_ms,
            guint         *saved,
            GError       **error)
{
  g_autoptr (SideDocument) document = unsent_document (row);
  g_autoptr (SideDocument) already = NULL;
  GError *failure = NULL;

  if (document == NULL)
    return TRUE;
  already = side_db_get_document (self, document->kind, document->id, NULL, NULL, &failure);
  if (already == NULL && failure == NULL && side_db_put_local (self, document, NULL, now_ms, &failure))
    (*saved)++;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* A version of a script that goes before the one that was brought over. */
static gboolean
bring_version (SideDb        *self,
               sqlite3_stmt  *row,
               gint64         now_ms,
               guint         *saved,
               GError       **error)
{
  g_autoptr (SideDocument) known = NULL;
  g_autoptr (SideDocument) version = NULL;
  const char *script = side_db_column_text (row, 0);
  const char *body = side_db_column_text (row, 1);
  GError *failure = NULL;

  if (script == NULL || body == NULL || !g_utf8_validate (body, -1, NULL))
    return TRUE;
  known = side_db_get_document (self, "script", script, NULL, NULL, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (known == NULL)
    return TRUE;
  version = side_document_copy (known);
  g_free (version->body);
  version->body = g_strdup (body);
  return side_db_keep_script (self, version, error) && side_db_note_version (self, known, version, error);
}

#define UNSENT_COLUMNS \
  "d.kind, d.id, d.project, d.call, d.revision, d.change, d.changed_ms, d.author, d.body, d.deleted FROM documents AS d "

/* An imported call; what is not to be understood any more is passed over. */
static gboolean
bring_import (SideDb        *self,
              sqlite3_stmt  *row,
              gint64         now_ms,
              guint         *saved,
              GError       **error)
{
  const char *body = side_db_column_text (row, 0);
  const char *sha256 = side_db_column_text (row, 1);
  const char *path = side_db_column_text (row, 2);
  g_autoptr (SideCall) call = body != NULL ? side_wire_call_from_json (body, -1, NULL) : NULL;
  g_autofree char *already = NULL;
  gboolean written;

  if (call == NULL || sha256 == NULL || path == NULL)
    return TRUE;
  already = side_db_find_import (self, sha256, NULL);
  if (already != NULL)
    return TRUE;
  call->imported = TRUE;
  return side_db_put_import (self, call, sha256, path, sqlite3_column_int64 (row, 3), sqlite3_column_int64 (row, 4), error)
         && side_db_put_call (self, call, 0, 0, &written, error) != 0;
}

typedef gboolean (*Bring) (SideDb *self, sqlite3_stmt *row, gint64 now_ms, guint *saved, GError **error);

#define IMPORTS_SQL "SELECT body, sha256, path, bytes, imported_ms FROM imports NOT INDEXED ORDER BY rowid "

/* Each reads the same rows another way; what one of them brought over already
 * is left out by the next. */
static const struct {
  const char *sql;
  Bring       bring;
  gboolean    unsent;   /* to be counted */
} salvages[] = {
  { IMPORTS_SQL "ASC", bring_import, FALSE },
  { IMPORTS_SQL "DESC", bring_import, FALSE },
  { "SELECT " UNSENT_COLUMNS "JOIN outbox AS o ON o.kind = d.kind AND o.document = d.id ORDER BY o.id", bring_over, TRUE },
  { "SELECT " UNSENT_COLUMNS "NOT INDEXED WHERE d.dirty = 1 ORDER BY d.n ASC", bring_over, TRUE },
  { "SELECT " UNSENT_COLUMNS "NOT INDEXED WHERE d.dirty = 1 ORDER BY d.n DESC", bring_over, TRUE },
  { "SELECT script, body FROM unsent_versions", bring_version, FALSE },
  { "SELECT " UNSENT_COLUMNS "NOT INDEXED WHERE d.call IN (SELECT call FROM imports) ORDER BY d.n ASC", bring_over, FALSE },
  { "SELECT " UNSENT_COLUMNS "NOT INDEXED WHERE d.call IN (SELECT call FROM imports) ORDER BY d.n DESC", bring_over, FALSE },
};

static gboolean
bring_over_rows (SideDb      *self,
                 sqlite3     *damaged,
                 const char  *sql,
                 Bring        bring,
                 gint64       now_ms,
                 guint       *saved,
                 GError     **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean good = TRUE;

  /* Where the damaged one cannot be read any further, that is that. */
  if (sqlite3_prepare_v2 (damaged, sql, -1, &stmt, NULL) == SQLITE_OK)
    while (good && sqlite3_step (stmt) == SQLITE_ROW)
      good = bring (self, stmt, now_ms, saved, error);
  sqlite3_finalize (stmt);
  return good;
}

static gboolean
bring_over_all (SideDb   *self,
                sqlite3  *damaged,
                gint64    now_ms,
                GError  **error)
{
  guint saved = 0;
  guint unshared = 0;

  if (!side_db_begin (self, TRUE, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (salvages); i++)
    if (!bring_over_rows (self, damaged, salvages[i].sql, salvages[i].bring, now_ms, salvages[i].unsent ? &saved : &unshared,
                          error))
      {
        side_db_rollback (self);
        return FALSE;
      }
  self->salvaged = saved;
  return side_db_commit (self, error);
}

/**
 * side_db_salvage:
 * @self: the new database; self->salvaged becomes how many came over
 * @damaged: path of the old one
 * @now_ms: the present instant
 * @error: (out): FULL...; then nothing was brought over
 *
 * Returns: %TRUE when all that can be read was brought over
 */
gboolean
side_db_salvage (SideDb      *self,
                 const char  *damaged,
                 gint64       now_ms,
                 GError     **error)
{
  g_autofree char *escaped = g_uri_escape_string (damaged, G_URI_RESERVED_CHARS_ALLOWED_IN_PATH, TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s", escaped);
  sqlite3 *handle = NULL;
  gboolean good = TRUE;

  self->salvaged = 0;
  /* Writable, so that its log can be read; nothing in it is changed. */
  if (sqlite3_open_v2 (uri, &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
    {
      sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
      sqlite3_db_config (handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
      good = bring_over_all (self, handle, now_ms, error);
    }
  sqlite3_close (handle);
  return good;
}
