/* side-http-documents.c - scripts, reviews and annotations
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nobody overwrites what they have not seen: a change names the revision it
 * is based on (If-Match), a new document says that it is new (If-None-Match:
 * *). Otherwise the answer is 412 with the document as it stands. Supervisors
 * and trainers write, others what the table of policies says. A note is changed
 * by who wrote it and by supervisors. What one heard and what one exported
 * everybody writes for themselves, and an export for good. Clients make test
 * calls, too: the line is theirs.
 */
#include "side-http-private.h"

#include <string.h>

#include "side-error.h"
#include "side-text.h"

static gboolean
check_address (SideHttpRequest *request)
{
  if (side_document_kind_is_valid (request->path[1]) && side_id_is_valid (request->path[2]))
    return TRUE;
  side_http_refuse (request, 404, SIDE_ERROR_NOT_FOUND, "there is no such document, or it is not for you");
  return FALSE;
}

static gboolean
is_export (SideHttpRequest *request)
{
  return strcmp (request->path[1], "export") == 0;
}

static gboolean
is_listening (SideHttpRequest *request)
{
  return strcmp (request->path[1], "listening") == 0;
}

#define STAFF    (1 << SIDE_ROLE_SUPERVISOR | 1 << SIDE_ROLE_TRAINER)
#define CLIENT   (1 << SIDE_ROLE_CLIENT)
#define OPERATOR (1 << SIDE_ROLE_OPERATOR)

/* Who writes which kind, and who deletes it; every other kind is the staff's. */
static const struct {
  const char *kind;
  guint       writers;
  guint       deleters;
} policies[] = {
  { "listening", STAFF | CLIENT | OPERATOR, STAFF | CLIENT | OPERATOR },
  { "export", STAFF | CLIENT, 0 },
  { "dispute", STAFF | OPERATOR, 0 },
  { "acknowledgement", STAFF | OPERATOR, 0 },
  { "scenario", STAFF | CLIENT, STAFF | CLIENT },
  { "test-call", STAFF | CLIENT, STAFF | CLIENT },
  { "campaign", STAFF | CLIENT, STAFF | CLIENT },
  { "alert-act", STAFF | CLIENT, 0 },
};

static gboolean
check_writer (SideHttpRequest *request,
              gboolean         deletes)
{
  guint allowed = STAFF;

  for (gsize i = 0; i < G_N_ELEMENTS (policies); i++)
    if (strcmp (policies[i].kind, request->path[1]) == 0)
      allowed = deletes ? policies[i].deleters : policies[i].writers;
  if ((allowed & 1u << request->account->role) != 0)
    return TRUE;
  side_http_refuse (request, 403, SIDE_ERROR_FORBIDDEN,
                    allowed == 0 ? "documents of this kind stay on record" : "your role may read such documents and not write them");
  return FALSE;
}

static void
answer_document (SideHttpRequest    *request,
                 const SideDocument *document)
{
  g_autofree char *etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", document->revision);

  if (!request->gone)
    soup_message_headers_replace (soup_server_message_get_response_headers (request->msg), "ETag", etag);
  side_http_answer_json (request, 200, side_wire_document_to_json (document));
}

/* Reading */

static gpointer
ask_document (SideArchiveStore  *store,
              gpointer           question,
              GError           **error)
{
  const SideHttpQuestion *asked = question;
  const SideScope scope = side_http_question_scope (asked);

  if (asked->version != 0)
    return side_archive_store_get_script (store, asked->id, (int) asked->version, &scope, error);
  return side_archive_store_get_document (store, asked->kind, asked->id, &scope, error);
}

static SideHttpQuestion *
make_question (SideHttpRequest *request,
               gint64           version)
{
  SideHttpQuestion *question = side_http_question_new (request);

  g_free (question->id);
  question->kind = g_strdup (request->path[1]);
  question->id = g_strdup (request->path[2]);
  question->version = version;
  return question;
}

static void
ask_for_document (SideHttpRequest     *request,
                  gint64               version,
                  GAsyncReadyCallback  callback)
{
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_document, make_question (request, version), side_http_question_free,
                          (GDestroyNotify) side_document_unref, NULL, callback, side_http_request_ref (request));
}

static void
document_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) document = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);

  if (document == NULL)
    side_http_answer_error (request, error, NULL);
  else
    answer_document (request, document);
}

void
side_http_get_document (SideHttpRequest *request)
{
  gint64 version = 0;

  if (!check_address (request) || !side_http_request_int (request, "version", 1, G_MAXINT, &version))
    return;
  if (version != 0 && strcmp (request->path[1], "script") != 0)
    side_http_refuse (request, 400, SIDE_ERROR_INVALID, "only scripts have versions");
  else
    ask_for_document (request, version, document_cb);
}

static gpointer
ask_changes (SideArchiveStore  *store,
             gpointer           question,
             GError           **error)
{
  const SideHttpQuestion *asked = question;
  const SideScope scope = side_http_question_scope (asked);

  return side_archive_store_find_changes (store, &scope, asked->since, asked->limit, error);
}

static void
changes_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideChangePage) page = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);

  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT))
    side_http_refuse_epoch (request);
  else if (page == NULL)
    side_http_answer_error (request, error, NULL);
  else
    side_http_answer_json (request, 200, side_wire_changes_to_json (page));
}

void
side_http_get_changes (SideHttpRequest *request)
{
  gint64 since = 0;
  int limit = SIDE_WIRE_DEFAULT_PAGE;
  SideHttpQuestion *question;

  if (!side_http_request_int (request, "since", 0, SIDE_HTTP_MAX_NUMBER, &since)
      || !side_http_request_limit (request, &limit)
      || !side_http_request_narrow (request))
    return;
  if (!side_http_request_epoch (request))
    {
      side_http_refuse_epoch (request);
      return;
    }
  question = side_http_question_new (request);
  question->since = since;
  question->limit = limit;
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_changes, question, side_http_question_free,
                          (GDestroyNotify) side_change_page_free, NULL, changes_cb, side_http_request_ref (request));
}

/* Writing */

/* Which revision the change is based on: -1 says the document is new. */
static gboolean
read_precondition (SideHttpRequest *request,
                   gint64          *revision)
{
  const char *match = side_http_request_header (request, "If-Match");
  const char *none_match = side_http_request_header (request, "If-None-Match");
  g_autofree char *bare = NULL;

  if (none_match != NULL && match == NULL && strcmp (none_match, "*") == 0)
    {
      *revision = -1;
      return TRUE;
    }
  if (match == NULL)
    {
      side_http_refuse (request, 428, SIDE_ERROR_CONFLICT, "say If-Match with the revision you have, or If-None-Match: *");
      return FALSE;
    }
  bare = g_strdup (match);
  g_strdelimit (bare, "\"", ' ');
  if (g_ascii_string_to_signed (g_strstrip (bare), 10, 1, G_MAXINT64, revision, NULL))
    return TRUE;
  side_http_refuse (request, 400, SIDE_ERROR_INVALID, "If-Match does not hold a revision");
  return FALSE;
}

/* A recording, or a part of it, has left the house. */
static void
note_export (SideHttpRequest    *request,
             const SideDocument *document)
{
  g_autoptr (SideExportRecord) record = side_wire_export_from_json (document->body, -1, NULL);
  g_autofree char *detail = NULL;

  if (record == NULL)
    return;
  detail = g_strdup_printf ("%s, %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT " ms, %u blanked%s",
                            record->format != NULL ? record->format : "?", record->from_ms, record->to_ms,
                            record->blanked->len, record->voice_changed ? ", voices changed" : "");
  side_http_audit (request, "recording.export", record->call, detail);
}

static gboolean
is_test_call (SideHttpRequest *request)
{
  return strcmp (request->path[1], "test-call") == 0;
}

/* Which call it names; while it goes on, none. */
static char *
dup_named (const SideDocument *document)
{
  g_autoptr (SideTestCall) test = document->body != NULL ? side_wire_test_call_from_json (document->body, -1, NULL) : NULL;

  return test != NULL && test->ended_ms != 0 ? g_strdup (test->call) : NULL;
}

static void
answer_written (SideHttpRequest *request)
{
  answer_document (request, request->written);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) document = NULL;
  g_autofree char *object = g_strdup_printf ("%s/%s", request->path[1], request->path[2]);
  gboolean ok = side_archive_write_finish (SIDE_ARCHIVE (source), result, &document, &error);

  if (!ok)
    {
      side_http_answer_error (request, error, g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT) ? document : NULL);
      return;
    }
  side_http_audit (request, document->deleted ? "document.delete" : "document.write", object, NULL);
  if (side_archive_write_changed (result))
    side_live_tell_documents (request->server->live, document->project);
  /* One that is sent again, because an answer got lost, was noted before. */
  if (is_export (request) && side_archive_write_changed (result))
    note_export (request, document);
  request->written = g_steal_pointer (&document);
  if (is_test_call (request) && side_archive_write_changed (result))
    {
      g_autofree char *named = dup_named (request->written);

      side_http_judge_test_call (request, request->replaced, named, answer_written);
    }
  else
    answer_written (request);
}

static void
write_document (SideHttpRequest *request,
                SideDocument    *document,
                gint64           revision)
{
  SideArchiveItem *item =
      side_archive_item_new (SIDE_ARCHIVE_DOCUMENT, side_clock_now_ms (side_hub_get_clock (request->server->hub)));

  g_free (document->author);
  document->author = g_strdup (request->account->name);
  item->document = document;
  item->supervisor = request->account->role == SIDE_ROLE_SUPERVISOR;
  item->only_operator = g_strdup (side_http_request_operator (request));
  item->revision = revision;
  side_archive_write_async (side_hub_get_archive (request->server->hub), item, NULL, written_cb, side_http_request_ref (request));
}

static void
remember_match (SideHttpRequest    *request,
                const SideDocument *old)
{
  if (is_test_call (request) && old != NULL)
    request->replaced = dup_named (old);
}

/* Nobody says what somebody else heard or exported. */
static gboolean
check_owner (SideHttpRequest    *request,
             const SideDocument *document)
{
  const char *owner = NULL;
  g_autoptr (SideListening) listening = NULL;
  g_autoptr (SideExportRecord) record = NULL;
  g_autoptr (SideAlertAct) act = NULL;

  if (is_listening (request) && (listening = side_wire_listening_from_json (document->body, -1, NULL)) != NULL)
    owner = listening->listener;
  else if (is_export (request) && (record = side_wire_export_from_json (document->body, -1, NULL)) != NULL)
    owner = record->author;
  else if (strcmp (request->path[1], "alert-act") == 0 && (act = side_wire_alert_act_from_json (document->body, -1, NULL)) != NULL)
    owner = act->author;
  else
    return TRUE;
  if (g_strcmp0 (owner, request->account->name) == 0)
    return TRUE;
  side_http_refuse (request, 403, SIDE_ERROR_FORBIDDEN, "“%s” is not you: everybody writes their own",
                    is_listening (request) ? "listener" : "author");
  return FALSE;
}

/* What somebody did about an alert is done: another answer is another document. */
static gboolean
check_kept (SideHttpRequest *request,
            gint64           revision)
{
  if (revision < 0 || strcmp (request->path[1], "alert-act") != 0)
    return TRUE;
  side_http_refuse (request, 403, SIDE_ERROR_FORBIDDEN, "what was done about an alert stays as it is");
  return FALSE;
}

static gboolean
check_document (SideHttpRequest  *request,
                SideDocument     *document)
{
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (document->kind, request->path[1]) != 0 || g_strcmp0 (document->id, request->path[2]) != 0)
    side_http_refuse (request, 400, SIDE_ERROR_INVALID, "kind and id in the body are not those of the address");
  else if (!side_http_request_may_see (request, document->project))
    side_http_refuse (request, 404, SIDE_ERROR_NOT_FOUND, "there is no such project, or it is not for you");
  else if (document->deleted)
    side_http_refuse (request, 400, SIDE_ERROR_INVALID, "to delete a document use DELETE");
  else if (!side_wire_document_check_body (document, &error))
    side_http_answer_error (request, error, NULL);
  else
    return check_owner (request, document);
  return FALSE;
}

typedef struct {
  SideHttpRequest *request;
  SideDocument    *document;
  gint64           revision;
} Replacement;

/* Which call a test call named before must be looked up first. It is what
 * stands there, or the writing is refused: see the revision. */
static void
to_replace_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Replacement *replacement = user_data;
  g_autoptr (SideDocument) old = side_archive_ask_finish (SIDE_ARCHIVE (source), result, NULL);

  remember_match (replacement->request, old);
  write_document (replacement->request, replacement->document, replacement->revision);
  side_http_request_unref (replacement->request);
  g_free (replacement);
}

static void
replace_document (SideHttpRequest *request,
                  SideDocument    *document,
                  gint64           revision)
{
  SideHttpQuestion *question;
  Replacement *replacement;

  if (!is_test_call (request) || revision <= 0)
    {
      write_document (request, document, revision);
      return;
    }
  replacement = g_new0 (Replacement, 1);
  replacement->request = side_http_request_ref (request);
  replacement->document = document;
  replacement->revision = revision;
  question = make_question (request, 0);
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_document, question, side_http_question_free,
                          (GDestroyNotify) side_document_unref, NULL, to_replace_cb, replacement);
}

void
side_http_put_document (SideHttpRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) document = NULL;
  gint64 revision;

  if (!check_address (request) || !check_writer (request, FALSE) || !read_precondition (request, &revision))
    return;
  document = side_wire_document_from_json ((const char *) request->body->data, (gssize) request->body->len, &error);
  if (document == NULL)
    side_http_answer_error (request, error, NULL);
  else if (check_document (request, document) && check_kept (request, revision))
    replace_document (request, g_steal_pointer (&document), revision);
}

/* Which project a document to be deleted is in must be looked up first. */
static void
to_delete_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (SideHttpRequest) request = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideDocument) document = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);
  gint64 revision;

  if (document == NULL)
    {
      side_http_answer_error (request, error, NULL);
      return;
    }
  if (is_listening (request) && g_strcmp0 (document->author, request->account->name) != 0)
    {
      side_http_refuse (request, 403, SIDE_ERROR_FORBIDDEN, "it is another's: everybody deletes their own");
      return;
    }
  if (!read_precondition (request, &revision))
    return;
  remember_match (request, document);
  document->deleted = TRUE;
  g_clear_pointer (&document->body, g_free);
  write_document (request, g_steal_pointer (&document), revision);
}

void
side_http_delete_document (SideHttpRequest *request)
{
  if (check_address (request) && check_writer (request, TRUE))
    ask_for_document (request, 0, to_delete_cb);
}
