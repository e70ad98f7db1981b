/* side-link-documents.c - documents of the server, and the feed of their changes
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A document is only replaced by one made of its newest revision: the server
 * is told the revision the change was made of, and says "conflict" with its
 * own document when there is a newer one. Nothing is ever overwritten unseen.
 */
#include "side-link-private.h"

static gpointer
parse_document (const char *text,
                gssize      len,
                GError    **error)
{
  return side_wire_document_from_json (text, len, error);
}

static gpointer
parse_changes (const char *text,
               gssize      len,
               GError    **error)
{
  return side_wire_changes_from_json (text, len, error);
}

static char *
document_path (const char *kind,
               const char *id)
{
  g_autofree char *escaped_kind = g_uri_escape_string (kind, NULL, FALSE);
  g_autofree char *escaped_id = g_uri_escape_string (id, NULL, FALSE);

  return g_strconcat ("/documents/", escaped_kind, "/", escaped_id, NULL);
}

static void
set_condition (SideLinkRequest    *request,
               const SideDocument *document)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (request->message);
  g_autofree char *etag = NULL;

  if (document->revision == 0)
    {
      soup_message_headers_replace (headers, "If-None-Match", "*");
      return;
    }
  etag = g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", document->revision);
  soup_message_headers_replace (headers, "If-Match", etag);
}

/* A document that comes back must be the one that was asked for. */
static SideDocument *
finish_document (SideLink      *self,
                 GAsyncResult  *result,
                 gpointer       tag,
                 SideDocument **current,
                 GError       **error)
{
  g_autoptr (SideDocument) document = _side_link_request_finish (self, result, tag, error);
  SideLinkRequest *request = g_task_get_task_data (G_TASK (result));

  if (current != NULL)
    *current = request != NULL ? g_steal_pointer (&request->current) : NULL;
  if (document == NULL)
    return NULL;
  if (g_strcmp0 (document->kind, request->sent->kind) != 0 || g_ascii_strcasecmp (document->id, request->sent->id) != 0)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "The server answers with another document");
      return NULL;
    }
  return g_steal_pointer (&document);
}

/**
 * side_link_get_document_async:
 * @self: a link
 * @kind: "script", "review" or "annotation"
 * @id: its UUID
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks for one document.
 */
void
side_link_get_document_async (SideLink            *self,
                              const char          *kind,
                              const char          *id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;
  SideLinkRequest *request;

  g_return_if_fail (SIDE_IS_LINK (self));
  g_return_if_fail (kind != NULL && id != NULL);

  path = document_path (kind, id);
  task = _side_link_task_new (self, side_link_get_document_async, cancellable, callback, user_data);
  request = _side_link_request_new (task, SOUP_METHOD_GET, path, parse_document, (GDestroyNotify) side_document_unref);
  if (request == NULL)
    return;
  request->sent = side_document_new (kind, id, NULL);
  _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_get_document_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_NOT_FOUND, and what any call may have
 *
 * Returns: (transfer full): the document; it may be a deleted one
 */
SideDocument *
side_link_get_document_finish (SideLink      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return finish_document (self, result, side_link_get_document_async, NULL, error);
}

/**
 * side_link_get_script_async:
 * @self: a link
 * @id: a script's UUID
 * @version: which version of it
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks for a script as it was when a review was made with it.
 */
void
side_link_get_script_async (SideLink            *self,
                            const char          *id,
                            int                  version,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *document = NULL;
  g_autofree char *path = NULL;
  SideLinkRequest *request;

  g_return_if_fail (SIDE_IS_LINK (self));
  g_return_if_fail (id != NULL);

  document = document_path ("script", id);
  path = g_strdup_printf ("%s?version=%d", document, version);
  task = _side_link_task_new (self, side_link_get_script_async, cancellable, callback, user_data);
  request = _side_link_request_new (task, SOUP_METHOD_GET, path, parse_document, (GDestroyNotify) side_document_unref);
  if (request == NULL)
    return;
  request->sent = side_document_new ("script", id, NULL);
  _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_get_script_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_NOT_FOUND, and what any call may have
 *
 * Returns: (transfer full): the script
 */
SideDocument *
side_link_get_script_finish (SideLink      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return finish_document (self, result, side_link_get_script_async, NULL, error);
}

/**
 * side_link_put_document_async:
 * @self: a link
 * @document: a document; its revision is the one the change was made of, 0 for
 *   a new one. It may be changed after the call.
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Sends a document.
 */
void
side_link_put_document_async (SideLink            *self,
                              const SideDocument  *document,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;
  SideLinkRequest *request;

  g_return_if_fail (SIDE_IS_LINK (self));
  g_return_if_fail (document != NULL && document->kind != NULL && document->id != NULL);

  path = document_path (document->kind, document->id);
  task = _side_link_task_new (self, side_link_put_document_async, cancellable, callback, user_data);
  request = _side_link_request_new (task, SOUP_METHOD_PUT, path, parse_document, (GDestroyNotify) side_document_unref);
  if (request == NULL)
    return;
  request->sent = side_document_copy (document);
  set_condition (request, document);
  _side_link_request_set_body (request, side_wire_document_to_json (document));
  _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_put_document_finish:
 * @self: a link
 * @result: the result
 * @current: (out) (optional) (transfer full) (nullable): with SIDE_ERROR_CONFLICT,
 *   the document as the server has it
 * @error: SIDE_ERROR_CONFLICT when somebody else changed it first, and what any call may have
 *
 * Returns: (transfer full): the document with its new revision and change
 */
SideDocument *
side_link_put_document_finish (SideLink      *self,
                               GAsyncResult  *result,
                               SideDocument **current,
                               GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return finish_document (self, result, side_link_put_document_async, current, error);
}

/**
 * side_link_delete_document_async:
 * @self: a link
 * @document: a document with the revision that is to be deleted
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Deletes a document.
 */
void
side_link_delete_document_async (SideLink            *self,
                                 const SideDocument  *document,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;
  SideLinkRequest *request;

  g_return_if_fail (SIDE_IS_LINK (self));
  g_return_if_fail (document != NULL && document->kind != NULL && document->id != NULL);
  g_return_if_fail (document->revision > 0);

  path = document_path (document->kind, document->id);
  task = _side_link_task_new (self, side_link_delete_document_async, cancellable, callback, user_data);
  request = _side_link_request_new (task, SOUP_METHOD_DELETE, path, parse_document,
                                    (GDestroyNotify) side_document_unref);
  if (request == NULL)
    return;
  request->sent = side_document_copy (document);
  set_condition (request, document);
  _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_delete_document_finish:
 * @self: a link
 * @result: the result
 * @current: (out) (optional) (transfer full) (nullable): with SIDE_ERROR_CONFLICT,
 *   the document as the server has it
 * @error: SIDE_ERROR_CONFLICT when somebody else changed it first, and what any call may have
 *
 * Returns: (transfer full): what is left of it: its revision and change
 */
SideDocument *
side_link_delete_document_finish (SideLink      *self,
                                  GAsyncResult  *result,
                                  SideDocument **current,
                                  GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return finish_document (self, result, side_link_delete_document_async, current, error);
}

/**
 * side_link_list_changes_async:
 * @self: a link
 * @since: what the page before gave as next, 0 for all
 * @limit: how many at most, 0: the server's usual
 * @cancellable: (nullable): to take it back
 * @callback: called when it is done
 * @user_data: its data
 *
 * Asks for one page of the feed of changed documents.
 */
void
side_link_list_changes_async (SideLink            *self,
                              gint64               since,
                              guint                limit,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GString) path = g_string_new ("/changes");

  g_return_if_fail (SIDE_IS_LINK (self));

  g_string_append_printf (path, "?since=%" G_GINT64_FORMAT, since);
  if (limit != 0)
    g_string_append_printf (path, "&limit=%u", MIN (limit, SIDE_WIRE_MAX_PAGE));
  if (since > 0 && self->epoch != NULL)
    g_string_append_uri_escaped (g_string_append (path, "&epoch="), self->epoch, NULL, FALSE);
  task = _side_link_task_new (self, side_link_list_changes_async, cancellable, callback, user_data);
  if (_side_link_request_new (task, SOUP_METHOD_GET, path->str, parse_changes,
                              (GDestroyNotify) side_change_page_free) != NULL)
    _side_link_request_send (g_steal_pointer (&task));
}

/**
 * side_link_list_changes_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_CONFLICT when the server's archive is another one than
 *   SideLink:epoch, and what any call may have
 *
 * Returns: (transfer full): the page
 */
SideChangePage *
side_link_list_changes_finish (SideLink      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_list_changes_async, error);
}
