/* test-http-recordings.c - recordings, whole and in parts, over TLS too
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "server-rig.h"
#include "side-recording-provider.h"
#include "side-test.h"

#define NOON (RIG_DAY + 12 * 3600 * 1000)

static gboolean
has_hash (gpointer data)
{
  return ((SideCall *) data)->sha256 != NULL;
}

/* Publishes a recording of @frames. Returns: the path it is fetched by */
static char *
publish (Rig        *rig,
         const char *name,
         guint       frames,
         char      **file)
{
  g_autofree char *path = rig_write_wav (rig, name, frames, TRUE);
  SideCall *call;

  rig_whole_call (rig, "tea", name, NOON);
  call = side_board_get_call (side_hub_get_board (rig->hub), name);
  side_source_emit_recording (rig->source, "tea", name, path, 2);
  side_test_wait_until (has_hash, call, 20000, "the recording to be published");
  if (file != NULL)
    *file = g_steal_pointer (&path);
  return g_strconcat ("/recordings/", call->recording, NULL);
}

static RigAnswer *
get_range (Rig        *rig,
           const char *path,
           const char *token,
           const char *range)
{
  return rig_ask (rig, "GET", path, token, "Range", range, NULL);
}

static void
test_whole (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *path = publish (rig, "a", 400000, NULL);   /* several pieces */
  g_autoptr (RigAnswer) whole = rig_get (rig, path, token);
  g_autofree char *hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) whole->body, whole->len);
  g_autofree char *etag = g_strdup_printf ("\"%s\"", hash);
  g_autoptr (RigAnswer) known = NULL;
  g_autoptr (RigAnswer) head = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *noted = NULL;
  const SideCall *call = side_board_get_call (side_hub_get_board (rig->hub), "a");

  g_assert_cmpuint (whole->status, ==, 200);
  g_assert_cmpuint (whole->len, ==, 1600044);
  g_assert_cmpstr (rig_answer_header (whole, "Accept-Ranges"), ==, "bytes");
  g_assert_cmpstr (rig_answer_header (whole, "ETag"), ==, etag);
  g_assert_cmpstr (call->sha256, ==, hash);
  g_assert_cmpint (call->recording_ms, ==, 50000);
  g_assert_cmpint (whole->body[22], ==, 2);
  known = rig_ask (rig, "GET", path, token, "If-None-Match", etag, NULL);
  g_assert_cmpuint (known->status, ==, 304);
  g_assert_cmpuint (known->len, ==, 0);
  head = rig_ask (rig, "HEAD", path, token, NULL, NULL, NULL);
  g_assert_cmpuint (head->status, ==, 200);
  g_assert_cmpint (soup_message_headers_get_content_length (head->headers), ==, 1600044);
  /* what was fetched is in the audit log: the whole, and no head */
  rig_settle (rig);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, "sqlite3", rig->database,
                              "SELECT detail FROM audit WHERE action = 'recording.fetch'", NULL);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &noted, NULL, NULL));
  g_assert_cmpstr (noted, ==, "call a, bytes 0-1600043\n");
}

static void
test_ranges (void)
{
  static const struct {
    const char *range;
    guint       status;
    gsize       start;
    gsize       len;
  } cases[] = {
    { "bytes=0-43", 206, 0, 44 },
    { "bytes=44-", 206, 44, 4000 },
    { "bytes=45-46", 206, 45, 2 },
    { "bytes=-10", 206, 4034, 10 },
    { "bytes=-99999", 206, 0, 4044 },
    { "bytes=4043-", 206, 4043, 1 },
    { "bytes=10-999999", 206, 10, 4034 },
    { "bytes=4044-", 416, 0, 0 },
    { "bytes=-0", 416, 0, 0 },
    { "bytes=5-4", 200, 0, 4044 },
    { "bytes=0-1,3-4", 200, 0, 4044 },
    { "lines=1-2", 200, 0, 4044 },
    { "bytes=x", 200, 0, 4044 },
    { "bytes=99999999999999999999-", 200, 0, 4044 },
  };
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *path = publish (rig, "a", 1000, NULL);
  g_autoptr (RigAnswer) whole = rig_get (rig, path, token);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RigAnswer) answer = get_range (rig, path, token, cases[i].range);

      g_test_message ("%s: %u, %" G_GSIZE_FORMAT " bytes", cases[i].range, answer->status, answer->len);
      g_assert_cmpuint (answer->status, ==, cases[i].status);
      if (cases[i].status == 416)
        g_assert_cmpstr (rig_answer_header (answer, "Content-Range"), ==, "bytes */4044");
      else
        g_assert_cmpmem (answer->body, answer->len, whole->body + cases[i].start, cases[i].len);
    }
}

/* A file that was exchanged, cut or removed afterwards is not served. */
static void
test_changed (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *file = NULL;
  g_autofree char *path = publish (rig, "a", 1000, &file);
  g_autofree char *outside = g_build_filename (rig->dir, "secret", NULL);
  g_autoptr (RigAnswer) cut = NULL;
  g_autoptr (RigAnswer) link = NULL;
  g_autoptr (RigAnswer) gone = NULL;

  g_assert_cmpint (truncate (file, 2000), ==, 0);
  cut = rig_get (rig, path, token);
  g_assert_cmpuint (cut->status, ==, 404);
  g_assert_true (g_file_set_contents (outside, "password", 8, NULL));
  g_assert_cmpint (g_unlink (file), ==, 0);
  g_assert_cmpint (symlink (outside, file), ==, 0);
  link = rig_get (rig, path, token);
  g_assert_cmpuint (link->status, ==, 404);
  g_assert_null (strstr (link->body, "password"));
  g_assert_cmpint (g_unlink (file), ==, 0);
  gone = rig_get (rig, path, token);
  g_assert_cmpuint (gone->status, ==, 404);
  g_assert_null (strstr (gone->body, rig->dir));   /* our paths are ours */
}

/* Somebody who leaves in the middle holds no file open. */
static guint
count_files (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static gboolean
files_are_few (gpointer data)
{
  return count_files () <= GPOINTER_TO_UINT (data);
}

static void
test_left_in_the_middle (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *path = publish (rig, "a", 4000000, NULL);
  g_autofree char *request = g_strdup_printf ("GET " SIDE_WIRE_PREFIX "%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", path, token);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (RigAnswer) settled = rig_get (rig, "/session", token);
  guint before = count_files ();

  g_assert_cmpuint (settled->status, ==, 200);
  for (int i = 0; i < 10; i++)
    {
      g_autoptr (GSocketConnection) connection =
          g_socket_client_connect_to_host (client, "127.0.0.1", side_http_server_get_port (rig->server), NULL, NULL);

      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), request, strlen (request), NULL, NULL, NULL);
      side_test_run_for (30);
    }
  side_test_wait_until (files_are_few, GUINT_TO_POINTER (before + 1), 10000, "the files to be closed");
}

/* A source that makes recordings on demand */

#define SPEAKING_TYPE_SOURCE (speaking_source_get_type ())
G_DECLARE_FINAL_TYPE (SpeakingSource, speaking_source, SPEAKING, SOURCE, GObject)

struct _SpeakingSource
{
  GObject  parent_instance;
  Rig     *rig;
  guint    n_asked;
};

static gboolean
speaking_start (SideSource  *source,
                GError     **error)
{
  return TRUE;
}

static void
speaking_stop (SideSource *source)
{
}

static gboolean
speaking_can_provide (SideRecordingProvider *provider,
                      const SideCall        *call)
{
  return g_strcmp0 (call->id, "spoken") == 0;
}

static void
speaking_provide_async (SideRecordingProvider *provider,
                        SideCall              *call,
                        GCancellable          *cancellable,
                        GAsyncReadyCallback    callback,
                        gpointer               user_data)
{
  SpeakingSource *self = SPEAKING_SOURCE (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  self->n_asked++;
  g_task_return_pointer (task, rig_write_wav (self->rig, "spoken.wav", 8000, FALSE), g_free);
}

static char *
speaking_provide_finish (SideRecordingProvider *provider,
                         GAsyncResult          *result,
                         int                   *channels_hint,
                         GError               **error)
{
  *channels_hint = 0;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
speaking_source_iface_init (SideSourceInterface *iface)
{
  iface->start = speaking_start;
  iface->stop = speaking_stop;
}

static void
speaking_provider_iface_init (SideRecordingProviderInterface *iface)
{
  iface->can_provide = speaking_can_provide;
  iface->provide_async = speaking_provide_async;
  iface->provide_finish = speaking_provide_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (SpeakingSource, speaking_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_SOURCE, speaking_source_iface_init)
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_RECORDING_PROVIDER, speaking_provider_iface_init))

static void
speaking_source_class_init (SpeakingSourceClass *klass)
{
}

static void
speaking_source_init (SpeakingSource *self)
{
}

static void
test_on_demand (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *stranger = rig_add_user (rig, "boris", SIDE_ROLE_CLIENT, "toys", NULL);
  g_autoptr (SpeakingSource) source = g_object_new (SPEAKING_TYPE_SOURCE, NULL);
  g_autoptr (RigAnswer) foreign = NULL;
  g_autoptr (RigAnswer) first = NULL;
  g_autoptr (RigAnswer) second = NULL;
  g_autoptr (RigAnswer) unspoken = NULL;
  SideEvent *event;
  const SideCall *call;

  source->rig = rig;
  side_hub_add_source (rig->hub, SIDE_SOURCE (source));
  rig_whole_call (rig, "tea", "spoken", NOON);
  rig_whole_call (rig, "tea", "silent", NOON);
  event = rig_event (SIDE_EVENT_RECORDING_READY, "tea", "spoken", NOON + 66000);
  event->recording = g_strdup ("spoken");
  event->duration_ms = 1000;
  rig_say (rig, event);
  rig_settle (rig);
  foreign = rig_get (rig, "/recordings/spoken", stranger);
  g_assert_cmpuint (foreign->status, ==, 404);
  unspoken = rig_get (rig, "/recordings/silent", token);
  g_assert_cmpuint (unspoken->status, ==, 404);
  g_assert_cmpuint (source->n_asked, ==, 0);
  first = rig_get (rig, "/recordings/spoken", token);
  g_assert_cmpuint (first->status, ==, 200);
  g_assert_cmpuint (first->len, ==, 32044);
  g_assert_cmpint (first->body[46], ==, 1);        /* told as two channels: not exchanged */
  second = rig_get (rig, "/recordings/spoken", token);
  g_assert_cmpuint (second->status, ==, 200);
  g_assert_cmpuint (source->n_asked, ==, 1);
  call = side_board_get_call (side_hub_get_board (rig->hub), "spoken");
  g_assert_cmpuint (strlen (call->sha256), ==, 64);
}

/* TLS */

static gboolean
accept_cb (SoupMessage          *message,
           GTlsCertificate      *certificate,
           GTlsCertificateFlags  errors,
           gpointer              user_data)
{
  return TRUE;
}

typedef struct {
  SoupWebsocketConnection *connection;
  guint                    n_messages;
  guint                    wanted;
} Stream;

static void
stream_message_cb (SoupWebsocketConnection *connection,
                   SoupWebsocketDataType    type,
                   GBytes                  *data,
                   Stream                  *stream)
{
  stream->n_messages++;
  soup_websocket_connection_send_text (connection, "{\"type\":\"ack\",\"seq\":1000}");
}

static gboolean
stream_has (gpointer data)
{
  return ((Stream *) data)->n_messages >= ((Stream *) data)->wanted;
}

/* The live stream goes through TLS as well. */
static void
check_stream (Rig        *rig,
              guint       port,
              const char *bearer)
{
  g_autofree char *uri = g_strdup_printf ("https://127.0.0.1:%u" SIDE_WIRE_PREFIX "/live", port);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  static char *protocols[] = { (char *) SIDE_WIRE_SUBPROTOCOL, NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Stream stream = { 0 };

  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_cb), NULL);
  soup_session_websocket_connect_async (rig->session, message, NULL, protocols, G_PRIORITY_DEFAULT, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 10000, "the stream over TLS");
  stream.connection = soup_session_websocket_connect_finish (rig->session, result, &error);
  g_assert_no_error (error);
  g_signal_connect (stream.connection, "message", G_CALLBACK (stream_message_cb), &stream);
  for (guint i = 0; i < 100; i++)   /* more than the window: acknowledgements are read */
    {
      g_autofree char *id = g_strdup_printf ("tls-%u", i);

      stream.wanted = i + 1;
      side_test_wait_until (stream_has, &stream, 10000, "a message over TLS");
      rig_say (rig, rig_event (SIDE_EVENT_CALL_JOINED, "tea", id, NOON + 100000 + i));
    }
  g_signal_handlers_disconnect_by_data (stream.connection, &stream);
  soup_websocket_connection_close (stream.connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  side_test_run_for (200);
  g_object_unref (stream.connection);
}

static void
test_tls (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *token = rig_add_user (rig, "anna", SIDE_ROLE_CLIENT, "tea", NULL);
  g_autofree char *key = g_build_filename (rig->dir, "key.pem", NULL);
  g_autofree char *certificate = g_build_filename (rig->dir, "cert.pem", NULL);
  g_autoptr (GSubprocess) openssl =
      g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-subj", "/CN=127.0.0.1", "-keyout", key, "-out", certificate, NULL);
  g_autoptr (SideHttpServer) server = side_http_server_new (rig->hub);
  g_autoptr (GError) error = NULL;
  SideHttpSettings settings = { .name = "x", .listen = "0.0.0.0", .tls_certificate = certificate, .tls_key = key };
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  g_autofree char *bearer = g_strconcat ("Bearer ", token, NULL);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;

  g_assert_true (g_subprocess_wait_check (openssl, NULL, NULL));
  g_assert_true (side_http_server_start (server, &settings, &error));
  g_assert_no_error (error);
  path = publish (rig, "a", 200000, NULL);
  uri = g_strdup_printf ("https://127.0.0.1:%u" SIDE_WIRE_PREFIX "%s", side_http_server_get_port (server), path);
  message = soup_message_new ("GET", uri);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", bearer);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_cb), NULL);
  soup_session_send_and_read_async (rig->session, message, G_PRIORITY_DEFAULT, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "an answer over TLS");
  body = soup_session_send_and_read_finish (rig->session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (soup_message_get_status (message), ==, 200);
  g_assert_cmpuint (g_bytes_get_size (body), ==, 800044);
  g_assert_nonnull (soup_message_headers_get_one (soup_message_get_response_headers (message), "Strict-Transport-Security"));
  check_stream (rig, side_http_server_get_port (server), bearer);
  g_assert_cmpuint (side_http_server_count_streams (server), ==, 0);
  side_http_server_stop (server);
  side_test_run_for (20);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-recordings/whole", test_whole);
  g_test_add_func ("/http-recordings/ranges", test_ranges);
  g_test_add_func ("/http-recordings/changed", test_changed);
  g_test_add_func ("/http-recordings/left-in-the-middle", test_left_in_the_middle);
  g_test_add_func ("/http-recordings/on-demand", test_on_demand);
  g_test_add_func ("/http-recordings/tls", test_tls);
  return g_test_run ();
}
