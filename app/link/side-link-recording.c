/* side-link-recording.c - fetches a recording into a file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reading from the network happens in the main context, the disk and the hash
 * in a worker, one chunk at a time:
 *
 *   open the part (worker) -> ask, from where it ends -> read a chunk ->
 *   write it (worker) -> ... -> check, sync, rename (worker)
 *
 * A part is gone on with only when the hash of the whole is known: then a
 * wrong part is found out at the end at the latest.
 */
#include "side-link-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "side-link-part.h"

#define CHUNK_BYTES   (256 * 1024)
#define MAX_RECORDING (G_GINT64_CONSTANT (4) * 1024 * 1024 * 1024)

typedef struct {
  SideLinkRequest  *request;
  SideLinkPart     *part;
  char             *server_path;
  char             *sha256;        /* the hash it must have; told by the caller or by the ETag */
  SideLinkProgress  progress;
  gpointer          progress_data;
  goffset           total;         /* 0 unknown */
  gboolean          resume;
  gboolean          whole;         /* the part was whole before anything was asked */
  gboolean          restart;       /* the worker is to empty the part before it writes */
  gboolean          asked_twice;
  guint8           *chunk;
  gsize             chunk_len;
  GError           *after_chunk;   /* the stream broke behind the chunk */
  char             *found;
} Fetch;

static void ask (GTask *task);
static void read_chunk (GTask *task);

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_clear_pointer (&fetch->request, _side_link_request_free);
  g_clear_pointer (&fetch->part, side_link_part_free);
  g_clear_error (&fetch->after_chunk);
  g_free (fetch->server_path);
  g_free (fetch->sha256);
  g_free (fetch->chunk);
  g_free (fetch->found);
  g_free (fetch);
}

/* The fetch is over, well or not: the path is free again. */
static void
leave (GTask *task)
{
  SideLink *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  g_hash_table_remove (self->fetching, fetch->part->path);
  g_clear_pointer (&fetch->request, _side_link_request_free);
}

/* @error: (transfer full) */
static void
fail (GTask  *task,
      GError *error)
{
  leave (task);
  g_task_return_error (task, error);
}

static void
fail_io (GTask        *task,
         const GError *error)
{
  SideLink *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  if (error->domain == SIDE_ERROR)
    fail (task, g_error_copy (error));
  else
    fail (task, _side_link_request_error (self, fetch->request, error));
}

/* Runs @work in a thread and @then here; @work may touch the part only. */
static void
in_worker (GTask               *task,
           GTaskThreadFunc      work,
           GAsyncReadyCallback  then)
{
  g_autoptr (GTask) job = g_task_new (NULL, NULL, then, g_object_ref (task));

  g_task_set_task_data (job, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (job, work);
}

static void
finish_work (GTask        *job,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Fetch *fetch = task_data;
  GError *error = NULL;

  if (side_link_part_finish (fetch->part, fetch->sha256, &fetch->found, &error))
    g_task_return_boolean (job, TRUE);
  else
    g_task_return_error (job, error);
}

static void
on_finished (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail_io (task, error);
      return;
    }
  leave (task);
  g_task_return_pointer (task, g_strdup (fetch->found), g_free);
}

static void
write_work (GTask        *job,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  Fetch *fetch = task_data;
  GError *error = NULL;

  if ((!fetch->restart || side_link_part_restart (fetch->part, &error))
      && side_link_part_write (fetch->part, fetch->chunk, fetch->chunk_len, &error))
    {
      fetch->restart = FALSE;
      g_task_return_boolean (job, TRUE);
      return;
    }
  /* Half a recording is no use to anybody on a full disk. */
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FULL))
    side_link_part_discard (fetch->part);
  g_task_return_error (job, error);
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail_io (task, error);
      return;
    }
  if (fetch->progress != NULL)
    fetch->progress (fetch->part->size, fetch->total, fetch->progress_data);
  if (fetch->after_chunk != NULL)
    fail_io (task, fetch->after_chunk);
  else if (fetch->chunk_len < CHUNK_BYTES)
    in_worker (task, finish_work, on_finished);
  else
    read_chunk (task);
}

static void
on_chunk (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Fetch *fetch = g_task_get_task_data (task);

  /* What came before an error is good, and is not fetched a second time. */
  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &fetch->chunk_len, &fetch->after_chunk)
      && fetch->chunk_len == 0)
    {
      fail_io (task, fetch->after_chunk);
      return;
    }
  if (fetch->part->size + (goffset) fetch->chunk_len > MAX_RECORDING)
    {
      fail (task, g_error_new (SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "The recording has more than %" G_GINT64_FORMAT " bytes",
                               (gint64) MAX_RECORDING));
      return;
    }
  in_worker (task, write_work, on_written);
}

static void
read_chunk (GTask *task)
{
  Fetch *fetch = g_task_get_task_data (task);

  g_input_stream_read_all_async (fetch->request->stream, fetch->chunk, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                 fetch->request->cancellable, on_chunk, g_object_ref (task));
}

/* The hash an ETag tells: "<64 hex digits>". Returns: (transfer full) (nullable) */
static char *
hash_of_etag (SoupMessage *message)
{
  const char *etag = soup_message_headers_get_one (soup_message_get_response_headers (message), "ETag");

  if (etag == NULL || strlen (etag) != 66 || etag[0] != '"' || etag[65] != '"')
    return NULL;
  for (int i = 1; i < 65; i++)
    if (!g_ascii_isxdigit (etag[i]))
      return NULL;
  return g_strndup (etag + 1, 64);
}

/* Whether the server has the recording we want. */
static gboolean
check_etag (Fetch   *fetch,
            GError **error)
{
  g_autofree char *told = hash_of_etag (fetch->request->message);

  if (told == NULL)
    return TRUE;
  if (fetch->sha256 == NULL)
    {
      fetch->sha256 = g_steal_pointer (&told);
      return TRUE;
    }
  if (g_ascii_strcasecmp (told, fetch->sha256) == 0)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "The server has a recording with the hash %s, not %s",
               told, fetch->sha256);
  return FALSE;
}

static gboolean
start_of_answer (Fetch   *fetch,
                 GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (fetch->request->message);
  goffset start;
  goffset end;
  goffset total = 0;

  if (soup_message_get_status (fetch->request->message) == SOUP_STATUS_OK)
    {
      fetch->restart = fetch->part->size > 0;
      if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
        fetch->total = soup_message_headers_get_content_length (headers);
      return TRUE;
    }
  if (!soup_message_headers_get_content_range (headers, &start, &end, &total) || start != fetch->part->size)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, "The server answers with another part than was asked for");
      return FALSE;
    }
  fetch->total = MAX (total, 0);
  return TRUE;
}

static void
on_problem_read (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  SideLink *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gsize n = 0;

  g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &n, &error);
  if (error != NULL)
    fail (task, _side_link_request_error (self, fetch->request, error));
  else
    fail (task, side_wire_problem_from_json (soup_message_get_status (fetch->request->message),
                                             (const char *) fetch->chunk, (gssize) n, NULL));
}

static void
on_sent (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  guint status;

  fetch->request->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (fetch->request->stream == NULL)
    {
      fail_io (task, error);
      return;
    }
  status = soup_message_get_status (fetch->request->message);
  if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE && !fetch->asked_twice)
    {
      /* The part is longer than the recording: it is of no use. */
      fetch->asked_twice = TRUE;
      fetch->resume = FALSE;
      fetch->restart = TRUE;
      ask (task);
    }
  else if (status != SOUP_STATUS_OK && status != SOUP_STATUS_PARTIAL_CONTENT)
    g_input_stream_read_all_async (fetch->request->stream, fetch->chunk, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   fetch->request->cancellable, on_problem_read, g_object_ref (task));
  else if (!check_etag (fetch, &error) || !start_of_answer (fetch, &error))
    fail_io (task, error);
  else
    read_chunk (task);
}

static void
set_range (Fetch *fetch)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (fetch->request->message);
  g_autofree char *etag = NULL;

  if (!fetch->resume || fetch->part->size == 0)
    return;
  etag = g_strdup_printf ("\"%s\"", fetch->sha256);
  soup_message_headers_set_range (headers, fetch->part->size, -1);
  soup_message_headers_replace (headers, "If-Range", etag);
}

static void
ask (GTask *task)
{
  SideLink *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  SoupMessage *message;

  message = _side_link_new_message (self, SOUP_METHOD_GET, fetch->server_path, &error);
  if (message == NULL)
    {
      fail (task, error);
      return;
    }
  g_clear_pointer (&fetch->request, _side_link_request_free);
  fetch->request = g_new0 (SideLinkRequest, 1);
  fetch->request->message = message;
  set_range (fetch);
  /* No deadline: it takes as long as it takes, while bytes come. */
  _side_link_guard_begin (fetch->request, self, g_task_get_cancellable (task), 0);
  soup_session_send_async (self->soup, message, G_PRIORITY_DEFAULT, fetch->request->cancellable,
                           on_sent, g_object_ref (task));
}

static void
open_work (GTask        *job,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  Fetch *fetch = task_data;
  GError *error = NULL;

  if (!side_link_part_open (fetch->part, fetch->resume, &error))
    {
      g_task_return_error (job, error);
      return;
    }
  fetch->whole = fetch->resume && side_link_part_has (fetch->part, fetch->sha256);
  g_task_return_boolean (job, TRUE);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    fail_io (task, error);
  else if (fetch->whole)
    in_worker (task, finish_work, on_finished);
  else
    ask (task);
}

/**
 * side_link_fetch_recording_async:
 * @self: a link
 * @id: a recording's id
 * @path: where it goes, in a folder that exists; what is there is replaced
 *   when the recording is whole
 * @sha256: (nullable): its hash in hex, where known
 * @progress: (nullable): called after each chunk
 * @progress_data: its data
 * @cancellable: (nullable): to take it back; what has come stays for the next time
 * @callback: called when it is done
 * @user_data: its data
 *
 * Fetches a recording. What has come of it before is not fetched again when
 * @sha256 is given. It grows in @path with ".part" added.
 */
void
side_link_fetch_recording_async (SideLink            *self,
                                 const char          *id,
                                 const char          *path,
                                 const char          *sha256,
                                 SideLinkProgress     progress,
                                 gpointer             progress_data,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *escaped = NULL;
  Fetch *fetch;

  g_return_if_fail (SIDE_IS_LINK (self));
  g_return_if_fail (id != NULL && path != NULL);

  task = _side_link_task_new (self, side_link_fetch_recording_async, cancellable, callback, user_data);
  if (!g_hash_table_add (self->fetching, g_strdup (path)))
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_BUSY, "%s is being fetched already", path);
      return;
    }
  escaped = g_uri_escape_string (id, NULL, FALSE);
  fetch = g_new0 (Fetch, 1);
  fetch->server_path = g_strconcat ("/recordings/", escaped, NULL);
  fetch->part = side_link_part_new (path);
  fetch->sha256 = g_strdup (sha256);
  fetch->resume = sha256 != NULL;
  fetch->progress = progress;
  fetch->progress_data = progress_data;
  fetch->chunk = g_malloc (CHUNK_BYTES);
  g_task_set_task_data (task, fetch, fetch_free);
  in_worker (task, open_work, on_opened);
}

/**
 * side_link_fetch_recording_finish:
 * @self: a link
 * @result: the result
 * @error: SIDE_ERROR_CORRUPT when it has another hash, and then nothing is
 *   kept; SIDE_ERROR_FULL, SIDE_ERROR_READ_ONLY; SIDE_ERROR_BUSY while the same
 *   path is fetched; and what any call may have
 *
 * Returns: (transfer full): the recording's SHA-256 in hex
 */
char *
side_link_fetch_recording_finish (SideLink      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  g_return_val_if_fail (SIDE_IS_LINK (self), NULL);
  return _side_link_request_finish (self, result, side_link_fetch_recording_async, error);
}
