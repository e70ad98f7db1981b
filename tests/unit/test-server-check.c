/* test-server-check.c - sidetone-server --check, and what a start is refused for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The program itself: whatever a start would fail at is told before, at the
 * line of the configuration it comes from, with the archive left as it is.
 */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "side-test.h"

static const char *program;

/* A key of its own making, and one that is another's. */
static const char certificate[] =
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBgDCCASWgAwIBAgIUQDtCKWcYKC6JKfumRQ/15TLk3OkwCgYIKoZIzj0EAwIw\n"
  "FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMTIxMDMwOVoYDzIxMjYxMDI4\n"
  "MjEwMzA5WjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO\n"
  "PQMBBwNCAAQjvXHLtVTvrvsFsBmybEkhUiMGIapXqEQhrun76bX/+tc9fVyGBk5h\n"
  "oTMNLTGPV01vgmQNvie5WbfMOUgXW5bDo1MwUTAdBgNVHQ4EFgQUuFVzomIT7Up4\n"
  "/YW+Z3SQ6ECJ3LQwHwYDVR0jBBgwFoAUuFVzomIT7Up4/YW+Z3SQ6ECJ3LQwDwYD\n"
  "VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAscVt0089+85vIM4HQel6\n"
  "aZZH7DEcbJnzVg/s2QGjcb4CIQDv0urbnl3a/4mBuAuOMdZISYRATCGD45UtAF4o\n"
  "WIHFOA==\n"
  "-----END CERTIFICATE-----\n";

static const char own_key[] =
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgziWFSnDAh5H2vn2z\n"
  "oVY945Uwp9H1Tac5VGBn+LOAAAShRANCAAQjvXHLtVTvrvsFsBmybEkhUiMGIapX\n"
  "qEQhrun76bX/+tc9fVyGBk5hoTMNLTGPV01vgmQNvie5WbfMOUgXW5bD\n"
  "-----END PRIVATE KEY-----\n";

static const char other_key[] =
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg0uybUNyrS0YYmG+p\n"
  "0f5LELhEhgaI2nDmXDg7j1qzlu+hRANCAAQlRUvozGulqUaO88kv8xsG7Sv8A2rK\n"
  "xucq9fGTCyahW7xih4gtCXPx7qI+BAhSxg9ItkICAlwrRGeOuilAdM8P\n"
  "-----END PRIVATE KEY-----\n";

typedef struct {
  char *dir;
  char *conf;
  char *database;
} Place;

static Place *
place_new (void)
{
  Place *place = g_new0 (Place, 1);

  place->dir = side_test_tmp_dir ();
  place->conf = g_build_filename (place->dir, "conf", NULL);
  place->database = g_build_filename (place->dir, "archive.db", NULL);
  return place;
}

static void
place_free (Place *place)
{
  side_test_rm_rf (place->dir);
  g_free (place->dir);
  g_free (place->conf);
  g_free (place->database);
  g_free (place);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Place, place_free)

static char *
write_file (Place      *place,
            const char *name,
            const char *text)
{
  char *path = g_build_filename (place->dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  return path;
}

/* Line 1 is [server], 2 the database, 3 the port; @more begins at 4. */
static void
write_conf (Place      *place,
            guint16     port,
            const char *more)
{
  g_autofree char *text =
      g_strdup_printf ("[server]\ndatabase = %s\nport = %u\n%s[pbx p]\nhost = 127.0.0.1\nport = 1\nuser = u\nsecret = hunter2\n"
                       "[project x]\nname = X\ntime_zone = UTC\nqueues = q\n[recordings]\nfolders = %s\n",
                       place->database, port, more, place->dir);
  g_autofree char *path = write_file (place, "conf", text);
}

static int
run (char       **output,
     char       **errors,
     const char  *argument,
     ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  va_list args;

  g_ptr_array_add (arguments, (gpointer) program);
  va_start (args, argument);
  for (const char *at = argument; at != NULL; at = va_arg (args, const char *))
    g_ptr_array_add (arguments, (gpointer) at);
  va_end (args);
  g_ptr_array_add (arguments, NULL);
  process = g_subprocess_newv ((const char *const *) arguments->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
  g_assert_nonnull (process);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "the program to end");
  g_assert_true (g_subprocess_communicate_utf8_finish (process, result, output, errors, NULL));
  g_test_message ("%s", *errors);
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process) : -1;
}

/* Checks, and wants one fault, at @line, that has @words. */
static void
assert_fault (Place      *place,
              int         line,
              const char *words)
{
  g_autofree char *where = g_strdup_printf ("%s:%d: ", place->conf, line);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_assert_cmpint (run (&output, &errors, "--config", place->conf, "--check", NULL), ==, 1);
  g_assert_true (g_str_has_prefix (errors, where));
  g_assert_nonnull (strstr (errors, words));
  g_assert_true (strchr (errors, '\n') == errors + strlen (errors) - 1);
  g_assert_cmpstr (output, ==, "");
}

static void
assert_fine (Place      *place,
             const char *words)
{
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_assert_cmpint (run (&output, &errors, "--config", place->conf, "--check", NULL), ==, 0);
  g_assert_cmpstr (errors, ==, "");
  g_assert_nonnull (strstr (output, words));
}

static int
count_files (const char *dir)
{
  g_autoptr (GDir) open = g_dir_open (dir, 0, NULL);
  int n = 0;

  while (g_dir_read_name (open) != NULL)
    n++;
  return n;
}

static GSocket *
take_port (guint16 *port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) real = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_assert_true (g_socket_bind (socket, address, TRUE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  real = g_socket_get_local_address (socket, NULL);
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (real));
  return socket;
}

static guint16
free_port (void)
{
  guint16 port;
  g_autoptr (GSocket) socket = take_port (&port);

  g_socket_close (socket, NULL);
  return port;
}

static void
make_database (Place      *place,
               const char *sql)
{
  sqlite3 *db = NULL;

  g_unlink (place->database);
  g_assert_cmpint (sqlite3_open (place->database, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
test_archive (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;
  gsize was_len;
  gsize is_len;
  g_autofree char *path = NULL;

  write_conf (place, free_port (), "");
  assert_fine (place, ": fine\n");
  g_assert_cmpint (count_files (place->dir), ==, 1);   /* it made nothing */
  path = write_file (place, "archive.db", "This is a letter and no database, however long it may be made.\n");
  assert_fault (place, 2, "not a database");
  make_database (place, "CREATE TABLE x (y); PRAGMA application_id = 7");
  assert_fault (place, 2, "another program");
  make_database (place, "PRAGMA journal_mode = WAL; CREATE TABLE x (y); PRAGMA application_id = 0x53544e41; PRAGMA user_version = 9000");
  g_assert_true (g_file_get_contents (place->database, &was, &was_len, NULL));
  assert_fault (place, 2, "newer version");
  g_assert_true (g_file_get_contents (place->database, &is, &is_len, NULL));
  g_assert_cmpmem (was, was_len, is, is_len);
  g_assert_cmpint (count_files (place->dir), ==, 2);
  /* of this version by its word, without what is in one */
  make_database (place, "CREATE TABLE x (y); PRAGMA application_id = 0x53544e41; PRAGMA user_version = 1");
  assert_fault (place, 2, "no such table");
  g_assert_cmpint (g_unlink (place->database), ==, 0);
  g_assert_cmpint (g_mkdir (place->database, 0700), ==, 0);
  assert_fault (place, 2, "database: ");
}

static void
test_address (void)
{
  g_autoptr (Place) place = place_new ();
  guint16 port;
  g_autoptr (GSocket) socket = take_port (&port);

  write_conf (place, port, "");
  assert_fault (place, 3, "in use");
  g_socket_close (socket, NULL);
  assert_fine (place, ": fine\n");
  /* an address for documents, which is no machine's */
  write_conf (place, port, "allow_insecure = true\nlisten = 192.0.2.1\n");
  assert_fault (place, 5, "192.0.2.1");
}

static void
test_tls (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *pem = write_file (place, "cert.pem", certificate);
  g_autofree char *own_path = write_file (place, "own.key", own_key);
  g_autofree char *other_path = write_file (place, "other.key", other_key);
  g_autofree char *own = g_strdup_printf ("tls_certificate = %s\ntls_key = %s\n", pem, own_path);
  g_autofree char *other = g_strdup_printf ("tls_certificate = %s\ntls_key = %s\n", pem, other_path);
  g_autofree char *swapped = g_strdup_printf ("tls_certificate = %s\ntls_key = %s\n", own_path, pem);
  g_autofree char *missing = g_strdup_printf ("tls_certificate = %s/none.pem\ntls_key = %s\n", place->dir, own_path);
  guint16 port = free_port ();

  write_conf (place, port, own);
  assert_fine (place, ": fine\n");
  write_conf (place, port, other);
  assert_fault (place, 5, "do not belong together");
  write_conf (place, port, swapped);
  assert_fault (place, 5, "tls_key");
  write_conf (place, port, missing);
  assert_fault (place, 4, "tls_certificate");
}

/* Faults of a PBX's files stand at their keys. */
static void
test_pbx_files (void)
{
  g_autoptr (Place) place = place_new ();

  write_conf (place, free_port (), "[pbx q]\nhost = h\nuser = u\nsecret = s\nqueue_log = /nowhere/queue_log\n");
  assert_fault (place, 8, "queue_log");
  write_conf (place, free_port (), "[pbx q]\nhost = h\nuser = u\nsecret_file = /nowhere/secret\n");
  assert_fault (place, 7, "secret_file");
}

static char *
make_pipe (Place      *place,
           const char *name)
{
  char *path = g_build_filename (place->dir, name, NULL);

  g_unlink (path);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  return path;
}

/* A pipe that nobody writes to is not waited for, whatever it is named as. */
static void
test_pipes (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *pipe = make_pipe (place, "pipe");
  g_autofree char *own_path = write_file (place, "own.key", own_key);
  g_autofree char *tls = g_strdup_printf ("tls_certificate = %s\ntls_key = %s\n", pipe, own_path);
  g_autofree char *secret = g_strdup_printf ("[pbx q]\nhost = h\nuser = u\nsecret_file = %s\n", pipe);
  g_autofree char *queue_log = g_strdup_printf ("[pbx q]\nhost = h\nuser = u\nsecret = s\nqueue_log = %s\n", pipe);
  g_autofree char *database = NULL, *output = NULL, *errors = NULL;

  write_conf (place, free_port (), tls);
  assert_fault (place, 4, "not a plain file");
  write_conf (place, free_port (), secret);
  assert_fault (place, 7, "not a plain file");
  write_conf (place, free_port (), queue_log);
  assert_fault (place, 8, "not a plain file");
  write_conf (place, free_port (), "");
  database = make_pipe (place, "archive.db");
  assert_fault (place, 2, "not a plain file");
  g_assert_cmpint (run (&output, &errors, "--config", pipe, "--check", NULL), ==, 1);
  g_assert_nonnull (strstr (errors, "not a plain file"));
}

/* A server that runs with the same file is no fault, and has the address. */
static void
test_running (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) ended = NULL;
  g_autofree char *line = NULL;
  g_autoptr (GSocket) taken = NULL;
  guint16 port = free_port ();
  guint16 other;

  write_conf (place, port, "");
  server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
                             program, "--config", place->conf, "--print-ready", NULL);
  g_assert_nonnull (server);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server));
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, NULL, side_test_async_cb, &result);
  side_test_wait_result (&result, 60000, "the server to say where it listens");
  line = g_data_input_stream_read_line_finish (output, result, NULL, NULL);
  g_assert_nonnull (line);
  assert_fine (place, "a server is running with it");
  /* An address it has not got is somebody else's. */
  taken = take_port (&other);
  write_conf (place, other, "");
  assert_fault (place, 3, "in use");
  write_conf (place, port, "");
  g_subprocess_send_signal (server, SIGTERM);
  g_subprocess_wait_async (server, NULL, side_test_async_cb, &ended);
  side_test_wait_result (&ended, 30000, "the server to end");
  g_assert_true (g_subprocess_wait_finish (server, ended, NULL));
  assert_fine (place, ": fine\n");
}

/* An address that cannot be had is said before a past is made up. */
static void
test_address_first (void)
{
  g_autoptr (Place) place = place_new ();
  guint16 port;
  g_autoptr (GSocket) socket = take_port (&port);
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%u", port);
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;

  g_assert_cmpint (run (&output, &errors, "--simulate", "--days", "2", "--data", place->dir, "--listen", listen, NULL), ==, 1);
  g_assert_nonnull (strstr (errors, "in use"));
  g_assert_null (strstr (errors, "making up"));
  g_assert_false (g_file_test (place->database, G_FILE_TEST_EXISTS));
}

int
main (int   argc,
      char *argv[])
{
  /* As the server's unit has it: that others can read an archive is a warning. */
  umask (0027);
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_func ("/server-check/archive", test_archive);
  g_test_add_func ("/server-check/address", test_address);
  g_test_add_func ("/server-check/tls", test_tls);
  g_test_add_func ("/server-check/pbx-files", test_pbx_files);
  g_test_add_func ("/server-check/pipes", test_pipes);
  g_test_add_func ("/server-check/running", test_running);
  g_test_add_func ("/server-check/address-first", test_address_first);
  return g_test_run ();
}
