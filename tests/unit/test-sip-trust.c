/* test-sip-trust.c - whose certificate is taken, and what is said of the others
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Real handshakes on the loopback with certificates made for the purpose.
 */
#include <stdlib.h>
#include <string.h>

#include "side-error.h"
#include "side-sip-private.h"
#include "side-test.h"
#include "sip-certificates.h"

#define WAIT_MS 20000

/* Certificates are made once; each test has a server of its own. */
static char *dir;

typedef struct {
  GSocketService  *service;
  GSocketAddress  *address;
  GTlsCertificate *certificate;     /* NULL: it does not speak TLS */
  const char      *greeting;        /* what one without TLS says; NULL: nothing */
  GPtrArray       *streams;
} Server;

static void
on_shaken (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTlsConnection) tls = G_TLS_CONNECTION (source);
  g_autoptr (GError) error = NULL;

  /* Most of the tests are about handshakes that fail. */
  g_tls_connection_handshake_finish (tls, result, &error);
}

static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  Server *server = user_data;
  g_autoptr (GError) error = NULL;

  if (server->certificate == NULL)
    {
      if (server->greeting != NULL)
        {
          g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), server->greeting, strlen (server->greeting),
                                     NULL, NULL, NULL);
          g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
        }
      g_ptr_array_add (server->streams, g_object_ref (connection));
    }
  else
    {
      GIOStream *tls = g_tls_server_connection_new (G_IO_STREAM (connection), server->certificate, &error);

      g_assert_no_error (error);
      g_tls_connection_handshake_async (G_TLS_CONNECTION (tls), G_PRIORITY_DEFAULT, NULL, on_shaken, NULL);
    }
  return TRUE;
}

static Server *
server_new (GTlsCertificate *certificate,
            const char      *greeting)
{
  Server *server = g_new0 (Server, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;

  server->service = g_socket_service_new ();
  server->greeting = greeting;
  server->streams = g_ptr_array_new_with_free_func (g_object_unref);
  g_set_object (&server->certificate, certificate);
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                 &server->address, &error);
  g_assert_no_error (error);
  g_signal_connect (server->service, "incoming", G_CALLBACK (on_incoming), server);
  g_socket_service_start (server->service);
  return server;
}

static void
server_free (Server *server)
{
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_object_unref (server->service);
  g_object_unref (server->address);
  g_clear_object (&server->certificate);
  g_ptr_array_unref (server->streams);
  g_free (server);
}

static SideSipSettings *
new_settings (const char      *host,
              GTlsCertificate *trusted,
              guint            answer_ms)
{
  SideSipSettings *settings = side_sip_settings_new ();
  g_autoptr (GError) error = NULL;

  g_object_set (settings, "user", "7001", "domain", host, "transport", SIDE_SIP_TLS, "trusted", trusted, "answer-ms", answer_ms, NULL);
  side_sip_settings_check (settings, &error);
  g_assert_no_error (error);
  return settings;
}

/* Returns: the name to hold the server to; NULL with @error. */
static char *
look (SideSipSettings  *settings,
      GSocketAddress   *address,
      GCancellable     *cancellable,
      GError          **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *canon = NULL;
  gboolean good;

  side_sip_trust_look_async (settings, address, cancellable, side_test_async_cb, &result);
  g_assert_null (result);
  side_test_wait_result (&result, WAIT_MS, "the look at a certificate");
  good = side_sip_trust_look_finish (result, &canon, error);
  g_assert_cmpint (good, ==, canon != NULL);
  return canon;
}

static const struct {
  const char *name;
  const char *host;
  const char *issuer;
  const char *common_name;
  const char *alternatives;
  int         from;
  int         to;
  const char *canon;        /* NULL: refused */
  const char *words;        /* in the refusal */
} cases[] = {
  { "good", "pbx.test", "ca", "pbx.test", "DNS:pbx.test,DNS:*.wild.test", -1, 30, "pbx.test", NULL },
  { "case", "PBX.test", "ca", "pbx.test", "DNS:pbx.test", -1, 30, "pbx.test", NULL },
  { "wildcard", "a.wild.test", "ca", "pbx.test", "DNS:pbx.test,DNS:*.wild.test", -1, 30, "*.wild.test", NULL },
  { "deep", "a.b.wild.test", "ca", "pbx.test", "DNS:pbx.test,DNS:*.wild.test", -1, 30, NULL,
    "for another host: a.b.wild.test wanted, pbx.test, *.wild.test shown" },
  { "cn", "pbx.test", "ca", "pbx.test", NULL, -1, 30, "pbx.test", NULL },
  { "cn-other-name", "pbx.test", "ca", "pbx.test", "DNS:another.test", -1, 30, NULL, "pbx.test wanted, another.test shown" },
  { "another", "pbx.test", "ca", "another.test", "DNS:another.test", -1, 30, NULL, "pbx.test wanted, another.test shown" },
  { "prefix", "pbx.test", "ca", "x", "DNS:pbx.test.evil.test", -1, 30, NULL, "another host" },
  { "many", "pbx.test", "ca", "x", "DNS:a.test,DNS:b.test,DNS:c.test,DNS:d.test", -1, 30, NULL, "a.test, b.test, c.test shown" },
  { "address", "127.0.0.1", "ca", "ipcert", "IP:127.0.0.1", -1, 30, "ipcert", NULL },
  { "address-and-name", "127.0.0.1", "ca", "x", "IP:127.0.0.1,DNS:pbx.test", -1, 30, "pbx.test", NULL },
  { "address-no-name", "127.0.0.1", "ca", "No host at all", "IP:127.0.0.1", -1, 30, NULL, "it names no host" },
  { "address-of-another", "127.0.0.1", "ca", "x", "IP:127.0.0.2", -1, 30, NULL, "127.0.0.1 wanted, 127.0.0.2, x shown" },
  { "name-not-address", "127.0.0.1", "ca", "pbx.test", "DNS:pbx.test", -1, 30, NULL, "127.0.0.1 wanted, pbx.test shown" },
  { "unknown", "pbx.test", "other", "pbx.test", "DNS:pbx.test", -1, 30, NULL, "signed by nobody this computer knows" },
  { "self-signed", "pbx.test", NULL, "pbx.test", "DNS:pbx.test", -1, 30, NULL, "signed by nobody this computer knows" },
  { "expired", "pbx.test", "ca", "pbx.test", "DNS:pbx.test", -30, -1, NULL, "it has expired" },
  { "future", "pbx.test", "ca", "pbx.test", "DNS:pbx.test", 1, 30, NULL, "it is not valid yet" },
  { "no-chain", "pbx.test", "between", "pbx.test", "DNS:pbx.test", -1, 30, NULL, "signed by nobody this computer knows" },
  { "by-a-leaf", "pbx.test", "good", "pbx.test", "DNS:pbx.test", -1, 30, NULL, "signed by nobody this computer knows" },
  { "two-faults", "pbx.test", "ca", "x", "DNS:another.test", -30, -1, NULL, "it was made for another host; it has expired" },
};

static void
test_cases (void)
{
  g_autoptr (GTlsCertificate) authority = sip_load_certificate (dir, "ca");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GTlsCertificate) certificate =
        sip_make_certificate (dir, cases[i].name, cases[i].issuer, cases[i].common_name, cases[i].alternatives, cases[i].from, cases[i].to);
      g_autoptr (SideSipSettings) settings = new_settings (cases[i].host, authority, 10000);
      g_autoptr (GError) error = NULL;
      Server *server = server_new (certificate, NULL);
      g_autofree char *canon = look (settings, server->address, NULL, &error);

      g_test_message ("%s: %s", cases[i].name, error != NULL ? error->message : canon);
      g_assert_cmpstr (canon, ==, cases[i].canon);
      if (cases[i].canon == NULL)
        {
          g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNTRUSTED);
          g_assert_nonnull (strstr (error->message, cases[i].words));
        }
      server_free (server);
    }
}

/* Nothing accepted: a certificate of a private authority is refused. Accepted: the
 * server's own, if it signed itself, and still only for its host and its time. */
static void
test_accepted (void)
{
  g_autoptr (GTlsCertificate) own = sip_make_certificate (dir, "own", NULL, "pbx.test", "DNS:pbx.test", -1, 30);
  g_autoptr (GTlsCertificate) old = sip_make_certificate (dir, "old", NULL, "pbx.test", "DNS:pbx.test", -30, -1);
  const struct {
    const char      *host;
    GTlsCertificate *certificate;
    GTlsCertificate *trusted;
    const char      *words;
  } tries[] = {
    { "pbx.test", own, NULL, "signed by nobody" },
    { "pbx.test", own, own, NULL },
    { "another.test", own, own, "another.test wanted, pbx.test shown" },
    { "pbx.test", old, old, "expired" },
    { "pbx.test", own, old, "signed by nobody" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (SideSipSettings) settings = new_settings (tries[i].host, tries[i].trusted, 10000);
      g_autoptr (GError) error = NULL;
      Server *server = server_new (tries[i].certificate, NULL);
      g_autofree char *canon = look (settings, server->address, NULL, &error);

      g_assert_cmpstr (canon, ==, tries[i].words == NULL ? "pbx.test" : NULL);
      if (tries[i].words != NULL)
        g_assert_nonnull (strstr (error->message, tries[i].words));
      server_free (server);
    }
}

/* A certificate that others signed can end no chain: better said when it is chosen. */
static void
test_accepted_leaf (void)
{
  g_autoptr (GTlsCertificate) leaf = sip_make_certificate (dir, "leaf", "ca", "pbx.test", "DNS:pbx.test", -1, 30);
  g_autoptr (SideSipSettings) settings = side_sip_settings_new ();
  g_autoptr (GError) error = NULL;

  g_object_set (settings, "user", "7001", "domain", "pbx.test", "transport", SIDE_SIP_TLS, "trusted", leaf, NULL);
  g_assert_false (side_sip_settings_check (settings, &error));
  g_assert_cmpstr (error->message, ==, "trusted");
}

static void
test_no_tls (void)
{
  static const struct {
    const char *greeting;
    SideError   code;
  } tries[] = {
    { "SIP/2.0 400 Bad Request\r\n\r\n", SIDE_ERROR_UNSUPPORTED },
    { "", SIDE_ERROR_UNSUPPORTED },               /* closed at once */
    { NULL, SIDE_ERROR_TIMED_OUT },               /* nothing at all */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      g_autoptr (SideSipSettings) settings = new_settings ("pbx.test", NULL, 500);
      g_autoptr (GError) error = NULL;
      Server *server = server_new (NULL, tries[i].greeting);
      gint64 start = g_get_monotonic_time ();
      g_autofree char *canon = look (settings, server->address, NULL, &error);

      g_test_message ("%s", error->message);
      g_assert_null (canon);
      g_assert_error (error, SIDE_ERROR, (int) tries[i].code);
      if (tries[i].code == SIDE_ERROR_TIMED_OUT)
        g_assert_cmpint (g_get_monotonic_time () - start, >=, 450000);
      server_free (server);
    }
}

static void
test_nobody (void)
{
  g_autoptr (SideSipSettings) settings = new_settings ("pbx.test", NULL, 5000);
  g_autoptr (GError) error = NULL;
  Server *server = server_new (NULL, NULL);
  g_autoptr (GSocketAddress) address = g_object_ref (server->address);
  g_autofree char *canon = NULL;

  server_free (server);
  canon = look (settings, address, NULL, &error);
  g_assert_null (canon);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE);
}

static gboolean
cancel (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  g_autoptr (SideSipSettings) settings = new_settings ("pbx.test", NULL, 20000);
  Server *server = server_new (NULL, NULL);

  for (guint after_ms = 0; after_ms <= 200; after_ms += 100)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *canon = NULL;

      if (after_ms == 0)
        g_cancellable_cancel (cancellable);
      else
        g_timeout_add (after_ms, cancel, cancellable);
      canon = look (settings, server->address, cancellable, &error);
      g_assert_null (canon);
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CANCELLED);
    }
  server_free (server);
}

/* openssl's server says where it listens. Returns: its address. */
static GSocketAddress *
read_address (GSubprocess *process)
{
  g_autoptr (GDataInputStream) said = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));

  for (int i = 0; i < 50; i++)
    {
      g_autofree char *line = g_data_input_stream_read_line (said, NULL, NULL, NULL);

      if (line == NULL)
        break;
      if (g_str_has_prefix (line, "ACCEPT "))
        return G_SOCKET_ADDRESS (g_inet_socket_address_new_from_string ("127.0.0.1", (guint) atoi (strrchr (line, ':') + 1)));
    }
  g_error ("openssl s_server did not say where it listens");
}

static void
test_versions (void)
{
  static const struct {
    const char *option;
    gboolean    good;
  } versions[] = { { "-tls1", FALSE }, { "-tls1_1", FALSE }, { "-tls1_2", TRUE }, { "-tls1_3", TRUE } };
  g_autoptr (GTlsCertificate) authority = sip_load_certificate (dir, "ca");
  g_autoptr (GTlsCertificate) made = sip_make_certificate (dir, "versions", "ca", "pbx.test", "DNS:pbx.test", -1, 30);
  g_autofree char *cert = g_build_filename (dir, "versions.pem", NULL);
  g_autofree char *key = g_build_filename (dir, "versions.key", NULL);
  g_autoptr (SideSipSettings) settings = new_settings ("pbx.test", authority, 10000);

  for (gsize i = 0; i < G_N_ELEMENTS (versions); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process =
        g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDIN_PIPE, &error,
                          "openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", cert, "-key", key, versions[i].option,
                          "-cipher", "ALL:@SECLEVEL=0", NULL);
      g_autoptr (GSocketAddress) address = NULL;
      g_autofree char *canon = NULL;

      g_assert_no_error (error);
      address = read_address (process);
      canon = look (settings, address, NULL, &error);
      g_test_message ("%s: %s", versions[i].option, error != NULL ? error->message : canon);
      g_assert_cmpstr (canon, ==, versions[i].good ? "pbx.test" : NULL);
      if (!versions[i].good)
        g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
      g_subprocess_force_exit (process);
      g_subprocess_wait (process, NULL, NULL);
    }
}

/* Returns: how many entries of @folder have a hash for a name. */
static guint
count_hashed (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  g_assert_nonnull (entries);
  while ((name = g_dir_read_name (entries)) != NULL)
    n += g_regex_match_simple ("^[0-9a-f]{8}\\.[0-9]$", name, 0, 0) ? 1 : 0;
  return n;
}

static void
test_folder (void)
{
  g_autofree char *system = g_build_filename (dir, "system", NULL);
  g_autofree char *entry = g_build_filename (system, "0a1b2c3d.0", NULL);
  g_autofree char *bundle = g_build_filename (dir, "bundle.pem", NULL);
  g_autoptr (GTlsCertificate) authority = sip_load_certificate (dir, "ca");
  g_autoptr (SideSipSettings) with_own = new_settings ("pbx.test", authority, 1000);
  g_autoptr (SideSipSettings) without = new_settings ("pbx.test", NULL, 1000);
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;
  g_autofree char *text = NULL;
  g_autofree char *pem = NULL;
  char *folder;

  g_assert_cmpint (g_mkdir_with_parents (system, 0700), ==, 0);
  g_assert_true (g_file_set_contents (entry, "an authority", -1, NULL));
  g_assert_true (g_file_set_contents (bundle, "the bundle", -1, NULL));
  g_object_get (authority, "certificate-pem", &pem, NULL);
  g_setenv ("SSL_CERT_DIR", system, TRUE);
  g_setenv ("SSL_CERT_FILE", bundle, TRUE);

  /* The system's own is not touched. */
  folder = side_sip_trust_folder (without, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (folder, ==, system);
  side_sip_trust_folder_free (folder);
  g_assert_cmpuint (count_hashed (system), ==, 1);

  /* One's own beside them, in a folder only we can read, which goes again. */
  folder = side_sip_trust_folder (with_own, &error);
  g_assert_no_error (error);
  place = g_build_filename (folder, "cafile.pem", NULL);
  g_assert_cmpuint (count_hashed (folder), ==, 1);
  g_assert_true (g_file_get_contents (place, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, pem);
  g_clear_pointer (&place, g_free);
  place = g_strdup (folder);
  side_sip_trust_folder_free (folder);
  g_assert_false (g_file_test (place, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (entry, G_FILE_TEST_EXISTS));

  /* Without hashes the bundle serves. */
  g_setenv ("SSL_CERT_DIR", dir, TRUE);
  folder = side_sip_trust_folder (without, &error);
  g_assert_no_error (error);
  g_clear_pointer (&place, g_free);
  g_clear_pointer (&text, g_free);
  place = g_build_filename (folder, "cafile.pem", NULL);
  g_assert_true (g_file_get_contents (place, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "the bundle\n");
  side_sip_trust_folder_free (folder);
  side_sip_trust_folder_free (NULL);
  g_unsetenv ("SSL_CERT_DIR");
  g_unsetenv ("SSL_CERT_FILE");
}

int
main (int   argc,
      char *argv[])
{
  int rc;

  g_test_init (&argc, &argv, NULL);
  dir = side_test_tmp_dir ();
  sip_make_authority (dir, "ca", NULL);
  sip_make_authority (dir, "other", NULL);
  sip_make_authority (dir, "between", "ca");
  g_test_add_func ("/sip-trust/cases", test_cases);
  g_test_add_func ("/sip-trust/accepted", test_accepted);
  g_test_add_func ("/sip-trust/accepted-leaf", test_accepted_leaf);
  g_test_add_func ("/sip-trust/no-tls", test_no_tls);
  g_test_add_func ("/sip-trust/nobody", test_nobody);
  g_test_add_func ("/sip-trust/cancelled", test_cancelled);
  g_test_add_func ("/sip-trust/versions", test_versions);
  g_test_add_func ("/sip-trust/folder", test_folder);
  rc = g_test_run ();
  side_test_rm_rf (dir);
  g_free (dir);
  return rc;
}
