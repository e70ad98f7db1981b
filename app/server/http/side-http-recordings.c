/* side-http-recordings.c - recordings, whole or in parts
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file is opened and checked in a thread, and sent in pieces of 256 KiB,
 * each read in a thread while the one before it goes out: however long a
 * recording is, half a megabyte of it is in memory.
 */
#include "side-http-private.h"

#include <string.h>
#include <unistd.h>

#include "side-error.h"
#include "side-recording-file.h"

#define PIECE (256 * 1024)

/* What the threads see. A thread may be the last to hold it, so it refers to
 * nothing that belongs to the main context. */
typedef struct {
  gatomicrefcount  ref_count;
  SideRecording   *recording;
  char           **folders;
  int              fd;         /* -1: not open */
} Source;

typedef struct {
  Source          *source;
  gint64           offset;
  gsize            length;
} Piece;

/* Main context only. */
typedef struct {
  guint            ref_count;
  SideHttpRequest *request;
  Source          *source;     /* NULL until the archive has answered */
  gint64           at;         /* next byte to read */
  gint64           end;        /* first byte not to send */
  gboolean         reading;
} Download;

static Source *
source_ref (Source *source)
{
  g_atomic_ref_count_inc (&source->ref_count);
  return source;
}

static void
source_unref (Source *source)
{
  if (!g_atomic_ref_count_dec (&source->ref_count))
    return;
  if (source->fd >= 0)
    close (source->fd);
  side_recording_unref (source->recording);
  g_strfreev (source->folders);
  g_free (source);
}

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  source_unref (piece->source);
  g_free (piece);
}

static Download *
download_ref (Download *download)
{
  download->ref_count++;
  return download;
}

static void
download_unref (Download *download)
{
  if (--download->ref_count > 0)
    return;
  side_http_request_unref (download->request);
  g_clear_pointer (&download->source, source_unref);
  g_free (download);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Download, download_unref)

/* Pieces */

static void
read_piece_in_thread (GTask        *task,
                      gpointer      source,
                      gpointer      task_data,
                      GCancellable *cancellable)
{
  const Piece *piece = task_data;
  GError *error = NULL;
  GBytes *bytes = side_recording_file_read (piece->source->recording, piece->source->fd, piece->offset, piece->length,
                                            &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
piece_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (Download) download = user_data;
  SideHttpRequest *request = download->request;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) piece = g_task_propagate_pointer (G_TASK (result), &error);
  SoupMessageBody *body;

  download->reading = FALSE;
  if (request->gone)
    return;
  if (piece == NULL)
    {
      /* The length was promised already: only a broken connection tells. */
      g_message ("%s", error->message);
      side_http_listener_abort (request->msg);
      soup_server_message_unpause (request->msg);
      return;
    }
  body = soup_server_message_get_response_body (request->msg);
  soup_message_body_append_bytes (body, piece);
  download->at += (gint64) g_bytes_get_size (piece);
  if (download->at >= download->end)
    soup_message_body_complete (body);
  soup_server_message_unpause (request->msg);
}

static void
read_piece (Download *download)
{
  g_autoptr (GTask) task = NULL;
  Piece *piece;

  if (download->reading || download->at >= download->end || download->request->gone)
    return;
  download->reading = TRUE;
  piece = g_new0 (Piece, 1);
  piece->source = source_ref (download->source);
  piece->offset = download->at;
  piece->length = (gsize) MIN (PIECE, download->end - download->at);
  task = g_task_new (NULL, NULL, piece_cb, download_ref (download));
  g_task_set_task_data (task, piece, piece_free);
  g_task_run_in_thread (task, read_piece_in_thread);
}

static void
wrote_chunk_cb (SoupServerMessage *msg,
                Download          *download)
{
  read_piece (download);
}

static void
download_closed (gpointer  data,
                 GClosure *closure)
{
  download_unref (data);
}

/* Which part is wanted */

static char *
etag_of (const SideRecording *recording)
{
  return g_strdup_printf ("\"%s\"", recording->sha256);
}

/* Follows a single "bytes=a-b", "bytes=a-" or "bytes=-n"; what is not of that
 * form is passed over, as RFC 9110 allows. FALSE: none of it is there. */
static gboolean
read_range (const char *header,
            gint64      size,
            gint64     *start,
            gint64     *end,
            gboolean   *partial)
{
  g_auto (GStrv) ends = NULL;
  gint64 first = 0;
  gint64 last = size - 1;

  *start = 0;
  *end = size;
  *partial = FALSE;
  if (header == NULL || g_ascii_strncasecmp (header, "bytes=", 6) != 0 || strchr (header, ',') != NULL)
    return TRUE;
  ends = g_strsplit (header + 6, "-", 2);
  if (ends[0] == NULL || ends[1] == NULL)
    return TRUE;
  g_strstrip (ends[0]);
  g_strstrip (ends[1]);
  if (*ends[0] == '\0')
    {
      if (!g_ascii_string_to_signed (ends[1], 10, 0, G_MAXINT64, &last, NULL))
        return TRUE;
      if (last == 0)
        return FALSE;
      first = MAX (0, size - last);
      last = size - 1;
    }
  else if (!g_ascii_string_to_signed (ends[0], 10, 0, G_MAXINT64, &first, NULL)
           || (*ends[1] != '\0' && !g_ascii_string_to_signed (ends[1], 10, first, G_MAXINT64, &last, NULL)))
    {
      return TRUE;
    }
  if (first >= size)
    return FALSE;
  *partial = TRUE;
  *start = first;
  *end = MIN (last, size - 1) + 1;
  return TRUE;
}

static void
answer_out_of_range (SideHttpRequest     *request,
                     const SideRecording *recording)
{
  g_autofree char *range = g_strdup_printf ("bytes */%" G_GINT64_FORMAT, recording->size);

  if (!request->gone)
    soup_message_headers_replace (soup_server_message_get_response_headers (request->msg), "Content-Range", range);
  side_http_refuse (request, 416, SIDE_ERROR_INVALID, "the recording has %" G_GINT64_FORMAT " bytes", recording->size);
}

static void
send_headers (Download *download,
              gboolean  partial)
{
  SideHttpRequest *request = download->request;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (request->msg);
  g_autofree char *etag = etag_of (download->source->recording);

  soup_message_headers_replace (headers, "Content-Type", "audio/wav");
  soup_message_headers_replace (headers, "Accept-Ranges", "bytes");
  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_set_content_length (headers, download->end - download->at);
  if (partial)
    soup_message_headers_set_content_range (headers, download->at, download->end - 1, download->source->recording->size);
  soup_server_message_set_status (request->msg, partial ? 206 : 200, NULL);
}

/* Parts too: whoever leaves out the first byte has heard the rest. */
static void
note_fetch (Download *download)
{
  g_autofree char *detail = g_strdup_printf ("call %s, bytes %" G_GINT64_FORMAT "-%" G_GINT64_FORMAT,
                                             download->source->recording->call, download->at, download->end - 1);

  side_http_audit (download->request, "recording.fetch", download->source->recording->id, detail);
}

static void
start_sending (Download *download)
{
  SideHttpRequest *request = download->request;
  const char *if_range = side_http_request_header (request, "If-Range");
  const char *if_none_match = side_http_request_header (request, "If-None-Match");
  g_autofree char *etag = etag_of (download->source->recording);
  gboolean wants_range = if_range == NULL || strcmp (if_range, etag) == 0;
  gboolean partial;

  if (if_none_match != NULL && strcmp (if_none_match, etag) == 0)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (request->msg), "ETag", etag);
      side_http_answer_empty (request, 304);
      return;
    }
  if (!read_range (wants_range ? side_http_request_header (request, "Range") : NULL, download->source->recording->size,
                   &download->at, &download->end, &partial))
    {
      answer_out_of_range (request, download->source->recording);
      return;
    }
  if (!side_http_request_prepare (request))
    return;
  send_headers (download, partial);
  request->paused = FALSE;
  if (soup_server_message_get_method (request->msg) == SOUP_METHOD_HEAD)
    {
      soup_server_message_unpause (request->msg);
      return;
    }
  note_fetch (download);
  soup_message_body_set_accumulate (soup_server_message_get_response_body (request->msg), FALSE);
  request->chunk_id = g_signal_connect_data (request->msg, "wrote-chunk", G_CALLBACK (wrote_chunk_cb),
                                             download_ref (download), download_closed, 0);
  read_piece (download);
}

/* Opening */

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Source *file = task_data;
  GError *error = NULL;

  file->fd = side_recording_file_open ((const char *const *) file->folders, file->recording->path, &error);
  if (file->fd >= 0 && side_recording_file_check (file->recording, file->fd, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Download) download = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      if (!download->request->gone)
        start_sending (download);
      return;
    }
  g_message ("%s", error->message);
  side_http_refuse (download->request, 404, SIDE_ERROR_NOT_FOUND, "the recording is not there any more");
}

/* @recording: (transfer full) */
static void
open_file (Download      *download,
           SideRecording *recording)
{
  SideRecordingKeeper *keeper = side_hub_get_keeper (download->request->server->hub);
  g_autoptr (GTask) task = NULL;

  download->source = g_new0 (Source, 1);
  g_atomic_ref_count_init (&download->source->ref_count);
  download->source->recording = recording;
  download->source->folders = g_strdupv ((char **) side_recording_keeper_get_folders (keeper));
  download->source->fd = -1;
  task = g_task_new (NULL, NULL, opened_cb, download_ref (download));
  g_task_set_task_data (task, source_ref (download->source), (GDestroyNotify) source_unref);
  g_task_run_in_thread (task, open_in_thread);
}

/* Made only now */

static void
provided_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Download) download = user_data;
  g_autoptr (GError) error = NULL;
  SideRecording *recording = side_hub_provide_finish (SIDE_HUB (source), result, &error);

  if (recording != NULL)
    open_file (download, recording);
  else
    side_http_answer_error (download->request, error, NULL);
}

static void
announced_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Download) download = user_data;
  g_autoptr (SideCall) call = side_archive_ask_finish (SIDE_ARCHIVE (source), result, NULL);

  if (call != NULL && g_strcmp0 (call->recording, download->request->path[1]) == 0)
    side_hub_provide_async (download->request->server->hub, call, NULL, provided_cb, download_ref (download));
  else
    side_http_refuse (download->request, 404, SIDE_ERROR_NOT_FOUND, "there is no such recording, or it is not for you");
}

/* The question */

static gpointer
ask_recording (SideArchiveStore  *store,
               gpointer           question,
               GError           **error)
{
  const SideHttpQuestion *asked = question;
  const SideScope scope = side_http_question_scope (asked);

  return side_archive_store_get_recording (store, asked->id, &scope, error);
}

/* A recording that is made on demand is announced under its leg's own id. */
static gpointer
ask_call (SideArchiveStore  *store,
          gpointer           question,
          GError           **error)
{
  const SideHttpQuestion *asked = question;
  const SideScope scope = side_http_question_scope (asked);

  return side_archive_store_get_call (store, asked->id, &scope, NULL, error);
}

static void
recording_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Download) download = user_data;
  g_autoptr (GError) error = NULL;
  SideRecording *recording = side_archive_ask_finish (SIDE_ARCHIVE (source), result, &error);

  if (recording != NULL)
    open_file (download, recording);
  else if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    side_archive_ask_async (SIDE_ARCHIVE (source), ask_call, side_http_question_new (download->request), side_http_question_free,
                            (GDestroyNotify) side_call_unref, NULL, announced_cb, download_ref (download));
  else
    side_http_answer_error (download->request, error, NULL);
}

void
side_http_get_recording (SideHttpRequest *request)
{
  Download *download;

  if (side_hub_get_keeper (request->server->hub) == NULL)
    {
      side_http_refuse (request, 404, SIDE_ERROR_NOT_FOUND, "this server serves no recordings");
      return;
    }
  download = g_new0 (Download, 1);
  download->ref_count = 1;
  download->request = side_http_request_ref (request);
  side_archive_ask_async (side_hub_get_archive (request->server->hub), ask_recording, side_http_question_new (request), side_http_question_free,
                          (GDestroyNotify) side_recording_unref, NULL, recording_cb, download);
}
