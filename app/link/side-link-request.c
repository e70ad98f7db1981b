/* side-link-request.c - one request and its answer
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Every call of the link but the live stream goes through here: send, look at
 * the status, read a bounded body, and make a result or an error of it. The
 * GTask owns the request; what sends, reads and waits holds the task.
 */
#include "side-link-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK_BYTES 65536

/* An answer may take this many times the time a peer may be silent. */
#define DEADLINE_FACTOR 10

void
_side_link_request_free (gpointer data)
{
  SideLinkRequest *request = data;

  _side_link_guard_end (request);
  g_clear_object (&request->message);
  g_clear_object (&request->stream);
  g_clear_pointer (&request->body, g_byte_array_unref);
  g_clear_pointer (&request->current, side_document_unref);
  g_clear_pointer (&request->sent, side_document_unref);
  g_free (request);
}

/* Returns: (transfer full): a task of the link, which it keeps alive. */
GTask *
_side_link_task_new (SideLink            *self,
                     gpointer             tag,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* A cancelled request ends with our error, not with GIO's. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

/* Returns: (transfer none) (nullable): a request that @task owns; %NULL when
 * there can be none and the task has its error already. */
SideLinkRequest *
_side_link_request_new (GTask          *task,
                        const char     *method,
                        const char     *path,
                        SideLinkParse   parse,
                        GDestroyNotify  free_result)
{
  SideLink *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = _side_link_new_message (self, method, path, &error);
  SideLinkRequest *request;

  if (message == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return NULL;
    }
  request = g_new0 (SideLinkRequest, 1);
  request->message = g_steal_pointer (&message);
  request->parse = parse;
  request->free_result = free_result;
  request->body = g_byte_array_new ();
  request->max_bytes = SIDE_WIRE_MAX_MESSAGE;
  g_task_set_task_data (task, request, _side_link_request_free);
  return request;
}

static void
free_secret (gpointer data)
{
  explicit_bzero (data, strlen (data));
  g_free (data);
}

/* @json: (transfer full): it may hold a password, so it is wiped afterwards. */
void
_side_link_request_set_body (SideLinkRequest *request,
                             char            *json)
{
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (json, strlen (json), free_secret, json);

  soup_message_set_request_body_from_bytes (request->message, SIDE_WIRE_CONTENT_TYPE, bytes);
}

static void
on_outer_cancelled (GCancellable *outer,
                    gpointer      inner)
{
  g_cancellable_cancel (inner);
}

static gboolean
on_deadline (gpointer data)
{
  SideLinkRequest *request = data;

  request->too_late = TRUE;
  g_cancellable_cancel (request->cancellable);
  return G_SOURCE_REMOVE;
}

/* Lets the request end at the caller's word or after @deadline_s (0: never). */
void
_side_link_guard_begin (SideLinkRequest *request,
                        SideLink        *self,
                        GCancellable    *outer,
                        guint            deadline_s)
{
  request->cancellable = g_cancellable_new ();
  if (outer != NULL)
    {
      request->outer = g_object_ref (outer);
      request->outer_id = g_cancellable_connect (outer, G_CALLBACK (on_outer_cancelled),
                                                 g_object_ref (request->cancellable), g_object_unref);
    }
  if (deadline_s > 0)
    {
      request->deadline = g_timeout_source_new_seconds (deadline_s);
      g_source_set_callback (request->deadline, on_deadline, request, NULL);
      g_source_attach (request->deadline, self->context);
    }
}

void
_side_link_guard_end (SideLinkRequest *request)
{
  _side_link_drop_source (&request->deadline);
  if (request->outer_id != 0)
    g_cancellable_disconnect (request->outer, request->outer_id);
  request->outer_id = 0;
  g_clear_object (&request->outer);
  g_clear_object (&request->cancellable);
}

/* Returns: (transfer full): @error of libsoup's as the caller is told it. */
GError *
_side_link_request_error (SideLink        *self,
                          SideLinkRequest *request,
                          const GError    *error)
{
  if (request->too_late)
    return g_error_new (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, _("%s does not answer"),
                        g_uri_get_host (soup_message_get_uri (request->message)));
  return _side_link_map_error (self, request->message, error);
}

static void
fail (GTask        *task,
      const GError *error)
{
  SideLink *self = g_task_get_source_object (task);

  g_task_return_error (task, _side_link_request_error (self, g_task_get_task_data (task), error));
}

static gboolean
is_json (SoupMessage *message)
{
  const char *type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  return g_strcmp0 (type, SIDE_WIRE_CONTENT_TYPE) == 0 || g_strcmp0 (type, SIDE_WIRE_PROBLEM_TYPE) == 0;
}

/* The seconds of a Retry-After; RFC 9110 §10.2.3. A date is not taken: it
 * would be measured by a clock we do not know. */
static gint64
retry_after_ms (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64 seconds = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 10, 0, 86400, &seconds, NULL))
    return 0;
  return (gint64) seconds * 1000;
}

static void
return_problem (GTask *task)
{
  SideLink *self = g_task_get_source_object (task);
  SideLinkRequest *request = g_task_get_task_data (task);
  guint status = soup_message_get_status (request->message);
  const char *host = g_uri_get_host (soup_message_get_uri (request->message));
  GError *error;

  if (status < 400)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_INVALID,
                               _("%s does not answer as a Sidetone server: %s"), host,
                               soup_status_get_phrase (status));
      return;
    }
  error = side_wire_problem_from_json (status, is_json (request->message) ? (const char *) request->body->data : NULL,
                                       (gssize) request->body->len, &request->current);
  /* A plain web server answers 404 to our paths with a page of its own. */
  if (!is_json (request->message) && error->code == SIDE_ERROR_NOT_FOUND)
    {
      error->code = SIDE_ERROR_INVALID;
      g_free (error->message);
      error->message = g_strdup_printf (_("%s does not answer as a Sidetone server: %s"), host,
                                        soup_status_get_phrase (status));
    }
  if (error->code == SIDE_ERROR_RATE_LIMITED)
    self->retry_after_ms = retry_after_ms (request->message);
  g_task_return_error (task, error);
}

static void
return_answer (GTask *task)
{
  SideLinkRequest *request = g_task_get_task_data (task);
  const char *host = g_uri_get_host (soup_message_get_uri (request->message));
  g_autoptr (GError) error = NULL;
  gpointer result;

  if (request->parse == NULL)
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }
  if (!is_json (request->message))
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_INVALID,
                               _("%s does not answer as a Sidetone server: %s"), host, _("this is some other web page"));
      return;
    }
  result = request->parse ((const char *) request->body->data, (gssize) request->body->len, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, request->free_result);
  else
    fail (task, error);
}

static void read_more (GTask *task);

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  SideLinkRequest *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize n;
  const guint8 *data;

  if (bytes == NULL)
    {
      fail (task, error);
      return;
    }
  data = g_bytes_get_data (bytes, &n);
  if (n > 0 && request->body->len + n > request->max_bytes)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_TOO_LARGE,
                               "%s answers with more than %" G_GSIZE_FORMAT " bytes",
                               g_uri_get_host (soup_message_get_uri (request->message)), request->max_bytes);
      return;
    }
  if (n > 0)
    {
      g_byte_array_append (request->body, data, (guint) n);
      read_more (task);
      return;
    }
  _side_link_guard_end (request);
  /* So that text functions find an end. */
  g_byte_array_append (request->body, (const guint8 *) "", 1);
  g_byte_array_set_size (request->body, request->body->len - 1);
  if (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (request->message)))
    return_answer (task);
  else
    return_problem (task);
}

static void
read_more (GTask *task)
{
  SideLinkRequest *request = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (request->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, request->cancellable,
                                   on_read, g_object_ref (task));
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  SideLink *self = g_task_get_source_object (task);
  SideLinkRequest *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  request->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (request->stream == NULL)
    {
      fail (task, error);
      return;
    }
  self->latency_ms = (g_get_monotonic_time () - request->sent_us) / 1000;
  g_object_notify_by_pspec (G_OBJECT (self), _side_link_props[PROP_LATENCY_MS]);
  g_debug ("%s %s: %u in %" G_GINT64_FORMAT " ms", soup_message_get_method (request->message),
           g_uri_get_path (soup_message_get_uri (request->message)), soup_message_get_status (request->message),
           self->latency_ms);
  if (!SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (request->message)))
    request->max_bytes = MAX_PROBLEM_BYTES;
  read_more (task);
}

/* @task: (transfer full): it has its request. */
void
_side_link_request_send (GTask *task)
{
  SideLink *self = g_task_get_source_object (task);
  SideLinkRequest *request = g_task_get_task_data (task);

  _side_link_guard_begin (request, self, g_task_get_cancellable (task), self->timeout_s * DEADLINE_FACTOR);
  request->sent_us = g_get_monotonic_time ();
  soup_session_send_async (self->soup, request->message, G_PRIORITY_DEFAULT, request->cancellable, on_sent, task);
}

/* Returns: (transfer full): what the request's parse function made. */
gpointer
_side_link_request_finish (SideLink      *self,
                           GAsyncResult  *result,
                           gpointer       tag,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
