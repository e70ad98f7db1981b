/* side-http-request.c - what a request asks, and how it is answered
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-http-private.h"

#include <string.h>

#include "side-error.h"
#include "side-text.h"
#include "side-time.h"

SideHttpRequest *
side_http_request_ref (SideHttpRequest *request)
{
  g_atomic_ref_count_inc (&request->ref_count);
  return request;
}

void
side_http_request_unref (SideHttpRequest *request)
{
  if (!g_atomic_ref_count_dec (&request->ref_count))
    return;
  g_object_unref (request->msg);
  g_object_unref (request->server);
  g_strfreev (request->path);
  g_clear_pointer (&request->query, g_hash_table_unref);
  g_byte_array_unref (request->body);
  g_free (request->address);
  g_free (request->replaced);
  g_clear_pointer (&request->written, side_document_unref);
  g_clear_pointer (&request->account, side_account_unref);
  g_strfreev (request->projects);
  g_free (request);
}

/**
 * side_http_wall_ms:
 *
 * Tokens and the audit log go by the wall clock; the hub's clock may be a
 * simulator's, which runs faster.
 *
 * Returns: the instant, in ms since 1970 UTC
 */
gint64
side_http_wall_ms (void)
{
  return g_get_real_time () / 1000;
}

/**
 * side_http_steady_ms:
 *
 * Limits, and how long something is remembered, go by a clock nobody sets.
 *
 * Returns: the instant, in ms since some moment of its own
 */
gint64
side_http_steady_ms (void)
{
  return g_get_monotonic_time () / 1000;
}

/* What is asked */

const char *
side_http_request_query (SideHttpRequest *request,
                         const char      *name)
{
  const char *value = request->query != NULL ? g_hash_table_lookup (request->query, name) : NULL;

  return value != NULL && *value != '\0' ? value : NULL;
}

const char *
side_http_request_header (SideHttpRequest *request,
                          const char      *name)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (request->msg), name);
}

/**
 * side_http_request_int:
 * @request: a request
 * @name: a parameter
 * @minimum: its least value
 * @maximum: its greatest
 * @value: (inout): kept when the parameter is not given
 *
 * Returns: whether it is fine; if not, the request has been answered
 */
gboolean
side_http_request_int (SideHttpRequest *request,
                       const char      *name,
                       gint64           minimum,
                       gint64           maximum,
                       gint64          *value)
{
  const char *text = side_http_request_query (request, name);

  if (text == NULL || g_ascii_string_to_signed (text, 10, minimum, maximum, value, NULL))
    return TRUE;
  side_http_refuse (request, 400, SIDE_ERROR_INVALID,
                    "“%s” must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, name, minimum, maximum);
  return FALSE;
}

/**
 * side_http_request_limit:
 * @request: a request
 * @value: (inout): how many rows are wanted; a page never has more than
 *   SIDE_WIRE_MAX_PAGE, whatever is asked for
 *
 * Returns: whether it is fine; if not, the request has been answered
 */
gboolean
side_http_request_limit (SideHttpRequest *request,
                         int             *value)
{
  gint64 limit = *value;

  if (!side_http_request_int (request, "limit", 1, G_MAXINT64, &limit))
    return FALSE;
  *value = (int) MIN (limit, SIDE_WIRE_MAX_PAGE);
  return TRUE;
}

/**
 * side_http_request_epoch:
 * @request: a request that may have a parameter "epoch"
 *
 * Returns: whether the numbers it has are of our archive, as far as it says;
 *   the request is not answered
 */
gboolean
side_http_request_epoch (SideHttpRequest *request)
{
  const char *epoch = side_http_request_query (request, "epoch");
  const char *own = side_hub_get_epoch (request->server->hub);

  return epoch == NULL || own == NULL || strcmp (epoch, own) == 0;
}

/**
 * side_http_request_instant:
 * @request: a request
 * @name: a parameter: ms since 1970 UTC, or RFC 3339
 * @value: (inout): kept when the parameter is not given
 *
 * Returns: whether it is fine; if not, the request has been answered
 */
gboolean
side_http_request_instant (SideHttpRequest *request,
                           const char      *name,
                           gint64          *value)
{
  const char *text = side_http_request_query (request, name);
  gint64 at_ms;

  if (text == NULL || g_ascii_string_to_signed (text, 10, 0, G_MAXINT64 / 2, value, NULL))
    return TRUE;
  at_ms = strlen (text) <= 40 && g_utf8_validate (text, -1, NULL) ? side_time_from_iso (text, NULL, NULL) : -1;
  if (at_ms >= 0)
    {
      *value = at_ms;
      return TRUE;
    }
  side_http_refuse (request, 400, SIDE_ERROR_INVALID, "“%s” must be ms since 1970 or a time like 2026-11-21T14:30:00Z", name);
  return FALSE;
}

/**
 * side_http_request_set_account:
 * @request: a request
 * @account: (transfer full): who asks
 *
 * From here on the request sees the projects that are both granted to the
 * account and configured, and nothing else.
 */
void
side_http_request_set_account (SideHttpRequest *request,
                               SideAccount     *account)
{
  g_autoptr (GPtrArray) projects = g_ptr_array_new ();

  g_clear_pointer (&request->account, side_account_unref);
  g_strfreev (request->projects);
  request->account = account;
  for (gsize i = 0; account->role != SIDE_ROLE_NONE && account->projects[i] != NULL; i++)
    if (side_hub_find_project (request->server->hub, account->projects[i]) != NULL)
      g_ptr_array_add (projects, g_strdup (account->projects[i]));
  g_ptr_array_add (projects, NULL);
  request->projects = (char **) g_ptr_array_free (g_steal_pointer (&projects), FALSE);
}

gboolean
side_http_request_may_see (SideHttpRequest *request,
                           const char      *project)
{
  return project != NULL && g_strv_contains ((const char *const *) request->projects, project);
}

/**
 * side_http_request_operator:
 * @request: a signed-in request
 *
 * Returns: (nullable): the operator who asks, who sees only what is about
 *   them: "", and so nothing, for an account that does not say which; %NULL
 *   for everybody else
 */
const char *
side_http_request_operator (SideHttpRequest *request)
{
  if (request->account->role != SIDE_ROLE_OPERATOR)
    return NULL;
  return request->account->operator_id != NULL ? request->account->operator_id : "";
}

/**
 * side_http_request_narrow:
 * @request: a signed-in request
 *
 * Follows the parameter "project": the request then sees only that one.
 *
 * Returns: whether it may; if not, the request has been answered as if there
 *   were no such project
 */
gboolean
side_http_request_narrow (SideHttpRequest *request)
{
  const char *project = side_http_request_query (request, "project");
  const char *only[] = { project, NULL };

  if (project == NULL)
    return TRUE;
  if (!side_http_request_may_see (request, project))
    {
      side_http_refuse (request, 404, SIDE_ERROR_NOT_FOUND, "there is no such project, or it is not for you");
      return FALSE;
    }
  g_strfreev (request->projects);
  request->projects = g_strdupv ((char **) only);
  return TRUE;
}

/**
 * side_http_request_view:
 * @request: a signed-in request
 * @space: (out caller-allocates): where the view is made
 *
 * Returns: (nullable): how names are to be written for who asks
 */
const SideWireView *
side_http_request_view (SideHttpRequest *request,
                        SideWireView    *space)
{
  if (request->account->role != SIDE_ROLE_CLIENT)
    return NULL;
  *space = side_wire_view_for_client (side_hub_get_board (request->server->hub));
  return space;
}

/**
 * side_http_question_new:
 * @request: a signed-in request
 *
 * Returns: (transfer full): a question in the request's scope
 */
SideHttpQuestion *
side_http_question_new (SideHttpRequest *request)
{
  SideHttpQuestion *question = g_new0 (SideHttpQuestion, 1);

  question->id = g_strdup (request->path[0] != NULL ? request->path[1] : NULL);
  question->projects = g_strdupv (request->projects);
  question->only_operator = g_strdup (side_http_request_operator (request));
  question->user = g_strdup (request->account->name);
  question->client = request->account->role == SIDE_ROLE_CLIENT;
  question->supervisor = request->account->role == SIDE_ROLE_SUPERVISOR;
  return question;
}

void
side_http_question_free (gpointer data)
{
  SideHttpQuestion *question = data;

  g_free (question->kind);
  g_free (question->id);
  g_strfreev (question->projects);
  g_free (question->only_operator);
  g_free (question->user);
  g_free (question);
}

/* Valid as long as @question. */
SideScope
side_http_question_scope (const SideHttpQuestion *question)
{
  return (SideScope) { (const char *const *) question->projects, question->only_operator, question->user,
                       question->client };
}

/* How it is answered */

/**
 * side_http_refuse_epoch:
 * @request: a request whose numbers are of another archive
 */
void
side_http_refuse_epoch (SideHttpRequest *request)
{
  side_http_refuse (request, 410, SIDE_ERROR_CONFLICT,
                    "the numbers are of another archive: begin anew, with the epoch of the session");
}

/**
 * side_http_request_prepare:
 * @request: a request that is about to be answered
 *
 * Sets the headers every answer has.
 *
 * Returns: whether there is somebody to answer to, for the first time
 */
gboolean
side_http_request_prepare (SideHttpRequest *request)
{
  SoupMessageHeaders *headers;

  if (request->gone || request->answered)
    return FALSE;
  request->answered = TRUE;
  headers = soup_server_message_get_response_headers (request->msg);
  soup_message_headers_replace (headers, "Connection", "close");
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  if (request->server->https)
    soup_message_headers_replace (headers, "Strict-Transport-Security", "max-age=31536000");
  return TRUE;
}

static void
resume (SideHttpRequest *request)
{
  if (request->paused && !request->gone)
    {
      request->paused = FALSE;
      soup_server_message_unpause (request->msg);
    }
}

/**
 * side_http_answer:
 * @request: a request
 * @status: HTTP status
 * @type: (nullable): content type of @body
 * @body: (nullable): the body
 */
void
side_http_answer (SideHttpRequest *request,
                  guint            status,
                  const char      *type,
                  GBytes          *body)
{
  if (!side_http_request_prepare (request))
    return;
  soup_server_message_set_status (request->msg, status, NULL);
  if (body != NULL)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (request->msg), "Content-Type", type);
      soup_message_body_append_bytes (soup_server_message_get_response_body (request->msg), body);
    }
  soup_message_body_complete (soup_server_message_get_response_body (request->msg));
  resume (request);
}

/**
 * side_http_answer_json:
 * @request: a request
 * @status: HTTP status
 * @json: (transfer full): the body
 */
void
side_http_answer_json (SideHttpRequest *request,
                       guint            status,
                       char            *json)
{
  g_autoptr (GBytes) body = g_bytes_new_take (json, strlen (json));

  side_http_answer (request, status, SIDE_WIRE_CONTENT_TYPE, body);
}

void
side_http_answer_empty (SideHttpRequest *request,
                        guint            status)
{
  side_http_answer (request, status, NULL, NULL);
}

/* What went wrong on our side is for our log; they get a plain word. */
static void
answer_problem (SideHttpRequest *request,
                guint            status,
                const GError    *error,
                SideDocument    *current)
{
  g_autoptr (GError) told = NULL;
  g_autoptr (GBytes) body = NULL;
  char *json;

  if (status >= 500)
    {
      g_autofree char *safe = side_redact (error->message);

      g_message ("a request failed: %s", safe);
      told = g_error_new (SIDE_ERROR, error->domain == SIDE_ERROR ? error->code : SIDE_ERROR_FAILED,
                          status == 507 ? "there is no room left on the server" : "the server could not do it now");
    }
  else
    {
      told = g_error_copy (error);
    }
  if (status == 401 && !request->gone)
    soup_message_headers_replace (soup_server_message_get_response_headers (request->msg),
                                  "WWW-Authenticate", "Bearer realm=\"sidetone\"");
  json = side_wire_problem_to_json (status, told, current);
  body = g_bytes_new_take (json, strlen (json));
  side_http_answer (request, status, SIDE_WIRE_PROBLEM_TYPE, body);
}

/**
 * side_http_answer_error:
 * @request: a request
 * @error: why it cannot be done
 * @current: (nullable): the document as it stands, with SIDE_ERROR_CONFLICT
 */
void
side_http_answer_error (SideHttpRequest *request,
                        const GError    *error,
                        SideDocument    *current)
{
  guint status = error->domain == SIDE_ERROR ? side_wire_error_to_status ((SideError) error->code) : 500;

  answer_problem (request, status, error, current);
}

/**
 * side_http_refuse:
 * @request: a request
 * @status: HTTP status
 * @code: what it is to the client
 * @format: printf format of why
 */
void
side_http_refuse (SideHttpRequest *request,
                  guint            status,
                  SideError        code,
                  const char      *format,
                  ...)
{
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (SIDE_ERROR, (int) code, format, args);
  va_end (args);
  answer_problem (request, status, error, NULL);
}

/**
 * side_http_cut_off:
 * @request: a request whose body cannot be taken
 * @status: 400 or 413
 * @error: why not
 *
 * Answers before the body is there, and lets nothing more of it in.
 */
void
side_http_cut_off (SideHttpRequest *request,
                   guint            status,
                   const GError    *error)
{
  if (request->gone || request->answered)
    return;
  request->answered = TRUE;
  side_http_listener_cut_off (request->msg, status, error);
}

/**
 * side_http_audit_item:
 * @request: a request
 * @action: what was done, "recording.fetch"
 * @object: (nullable): to what
 * @detail: (nullable): more; never a secret
 *
 * Returns: (transfer full): the row, for whoever waits until it is written
 */
SideArchiveItem *
side_http_audit_item (SideHttpRequest *request,
                      const char      *action,
                      const char      *object,
                      const char      *detail)
{
  SideArchiveItem *item = side_archive_item_new (SIDE_ARCHIVE_AUDIT, side_http_wall_ms ());

  item->words[0] = g_strdup (request->account != NULL ? request->account->name : NULL);
  item->words[1] = g_strdup (action);
  item->words[2] = g_strdup (object);
  item->words[3] = g_strdup (request->address);
  item->words[4] = g_strdup (detail);
  return item;
}

/**
 * side_http_audit:
 * @request: a request
 * @action: what was done
 * @object: (nullable): to what
 * @detail: (nullable): more; never a secret
 *
 * As side_http_audit_item(), written soon.
 */
void
side_http_audit (SideHttpRequest *request,
                 const char      *action,
                 const char      *object,
                 const char      *detail)
{
  side_archive_put (side_hub_get_archive (request->server->hub), side_http_audit_item (request, action, object, detail));
}
