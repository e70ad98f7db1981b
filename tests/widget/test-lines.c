/* test-lines.c - telephone lines: kept, filled in, tried out
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The far end is a thread that answers over UDP or TLS as a telephone server
 * would, as far as the test of a line asks. Who answers for the Secret Service
 * on the bus knows nothing: passwords are known for the session.
 */
#include <glib/gstdio.h>
#include <string.h>

#include "side-error.h"
#include "side-line-dialog.h"
#include "side-line-test.h"
#include "side-lines-window.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "sip-certificates.h"
#include "sip-far-end.h"

#define PASSWORD "s3sam-oeffne-dich"

/* ---- the store ---- */

typedef struct {
  char      *folder;
  char      *path;
  SideLines *lines;
} Place;

static void
set_up (Place         *place,
        gconstpointer  data)
{
  place->folder = side_test_tmp_dir ();
  place->path = g_build_filename (place->folder, "sidetone", "lines.json", NULL);
  place->lines = side_lines_new (place->path);
}

static void
tear_down (Place         *place,
           gconstpointer  data)
{
  g_clear_object (&place->lines);
  side_test_rm_rf (place->folder);
  g_free (place->folder);
  g_free (place->path);
}

static SideLine *
new_line (const char *label)
{
  g_autofree char *id = side_id_new ();
  SideLine *line = side_line_new (id);

  line->label = g_strdup (label);
  line->user = g_strdup ("shop");
  line->domain = g_strdup ("127.0.0.1");
  return line;
}

static void
put (Place          *place,
     const SideLine *line)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (side_lines_put (place->lines, line, &error));
  g_assert_no_error (error);
}

static void
read_again (Place *place)
{
  g_clear_object (&place->lines);
  place->lines = side_lines_new (place->path);
}

static void
test_kept (Place         *place,
           gconstpointer  data)
{
  g_autoptr (SideLine) line = new_line ("Office <1>");
  const SideLine *found;
  struct stat info;

  line->auth_user = g_strdup ("shop-auth");
  line->display_name = g_strdup ("Ирина");
  line->number = g_strdup ("+7 495 123-45-67");
  line->server = g_strdup ("[::1]:5061");
  line->transport = SIDE_SIP_TLS;
  line->encrypted = TRUE;
  line->registers = FALSE;
  put (place, line);
  read_again (place);
  g_assert_no_error (side_lines_get_error (place->lines));
  g_assert_cmpuint (side_lines_get_count (place->lines), ==, 1);
  found = side_lines_find (place->lines, line->id);
  g_assert_nonnull (found);
  g_assert_cmpstr (found->label, ==, "Office <1>");
  g_assert_cmpstr (found->user, ==, "shop");
  g_assert_cmpstr (found->auth_user, ==, "shop-auth");
  g_assert_cmpstr (found->display_name, ==, "Ирина");
  g_assert_cmpstr (side_line_get_caller (found), ==, "+7 495 123-45-67");
  g_assert_cmpstr (found->domain, ==, "127.0.0.1");
  g_assert_cmpstr (found->server, ==, "[::1]:5061");
  g_assert_cmpint (found->transport, ==, SIDE_SIP_TLS);
  g_assert_true (found->encrypted);
  g_assert_false (found->registers);
  g_assert_cmpint (g_stat (place->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_removed (Place         *place,
              gconstpointer  data)
{
  g_autoptr (SideLine) first = new_line ("First"), second = new_line ("Second");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SideSipSecret *secret;

  put (place, first);
  put (place, second);
  side_lines_set_password_async (place->lines, first->id, PASSWORD, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "a password to be kept or refused");
  g_clear_object (&result);
  g_assert_true (side_lines_remove (place->lines, first->id, &error));
  read_again (place);
  g_assert_cmpuint (side_lines_get_count (place->lines), ==, 1);

  put (place, first);
  side_lines_set_password_async (place->lines, first->id, PASSWORD, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "a password to be kept or refused");
  g_clear_object (&result);
  g_assert_true (side_lines_remove (place->lines, second->id, &error));
  g_assert_true (side_lines_restore (place->lines, &error));
  g_assert_cmpstr (side_lines_get (place->lines, 0)->label, ==, "Second");
  g_assert_true (side_lines_remove (place->lines, first->id, &error));
  g_assert_true (side_lines_restore (place->lines, &error));
  side_lines_forget_removed (place->lines);
  side_lines_find_secret_async (place->lines, first->id, NULL, side_test_async_cb, &result);
  secret = side_lines_find_secret_finish (place->lines, side_test_wait_result (&result, 20000, "a password"), &error);
  g_assert_no_error (error);
  g_assert_nonnull (secret);
  side_sip_secret_unref (secret);
  read_again (place);
  g_assert_cmpuint (side_lines_get_count (place->lines), ==, 2);
}

static void
test_damaged (Place         *place,
              gconstpointer  data)
{
  g_autofree char *aside = g_strconcat (place->path, ".damaged", NULL);
  g_autofree char *folder = g_path_get_dirname (place->path);
  g_autoptr (SideLine) line = new_line ("Office");
  g_autoptr (GError) error = NULL;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (place->path, "{\"version\": 1, \"lines\": [", -1, &error));
  read_again (place);
  g_assert_error (side_lines_get_error (place->lines), SIDE_ERROR, SIDE_ERROR_CORRUPT);
  put (place, line);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_set_contents (place->path, "{\"version\": 2, \"lines\": []}", -1, &error));
  read_again (place);
  g_assert_error (side_lines_get_error (place->lines), SIDE_ERROR, SIDE_ERROR_NEWER);
  g_assert_false (side_lines_put (place->lines, line, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_NEWER);
  g_assert_cmpuint (side_lines_get_count (place->lines), ==, 0);
}

/* ---- the dialog ---- */

static GtkWidget *
find_type (GtkWidget *root,
           GType      type)
{
  GtkWidget *found = G_TYPE_CHECK_INSTANCE_TYPE (root, type) ? root : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);
  return found;
}

static void
type_in (GtkWindow  *dialog,
         const char *field,
         const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (side_line_dialog_get_field (SIDE_LINE_DIALOG (dialog), field)), text);
}

static GtkWindow *
open_dialog (Place          *place,
             const SideLine *line)
{
  GtkWindow *dialog = side_line_dialog_new (NULL, place->lines, line);

  gtk_window_present (dialog);
  side_test_run_for (100);
  return dialog;
}

static void
click (GtkWindow  *dialog,
       const char *label)
{
  GtkWidget *button = side_widget_test_find_button (GTK_WIDGET (dialog), label);

  g_assert_nonnull (button);
  side_widget_test_click (button);
}

static void
close_dialog (GtkWindow *dialog)
{
  gtk_window_destroy (dialog);
  side_test_run_for (50);
}

static gboolean
has_ended (gpointer test)
{
  return side_line_test_get_words (test) != NULL;
}

static gboolean
is_running (gpointer test)
{
  return side_line_test_is_running (test);
}

static char *
run_test (GtkWindow *dialog)
{
  SideLineTest *test = SIDE_LINE_TEST (find_type (GTK_WIDGET (dialog), SIDE_TYPE_LINE_TEST));

  click (dialog, "_Test");
  side_test_wait_until (has_ended, test, 20000, "the test of a line to end");
  return g_strdup (side_line_test_get_words (test));
}

static void
test_form (Place         *place,
           gconstpointer  data)
{
  GtkWindow *dialog = open_dialog (place, NULL);
  const SideLine *line;
  g_autofree char *text = NULL;
  char many[400] = { 0 };

  side_widget_test_no_nameless (GTK_WIDGET (dialog));
  click (dialog, "_Save");
  g_assert_nonnull (strstr (side_line_dialog_get_fault (SIDE_LINE_DIALOG (dialog), "user"), "is needed"));
  g_assert_nonnull (side_line_dialog_get_fault (SIDE_LINE_DIALOG (dialog), "password"));
  memset (many, 'a', sizeof many - 1);
  type_in (dialog, "user", many);
  g_assert_nonnull (strstr (side_line_dialog_get_fault (SIDE_LINE_DIALOG (dialog), "user"), "too long"));
  type_in (dialog, "user", "Анна");
  g_assert_nonnull (strstr (side_line_dialog_get_fault (SIDE_LINE_DIALOG (dialog), "user"), "no address can have"));
  type_in (dialog, "user", "shop");
  g_assert_null (side_line_dialog_get_fault (SIDE_LINE_DIALOG (dialog), "user"));
  g_assert_nonnull (side_line_dialog_get_fault (SIDE_LINE_DIALOG (dialog), "domain"));
  type_in (dialog, "domain", "pbx.example");
  type_in (dialog, "server", "no host name");
  g_assert_nonnull (side_line_dialog_get_fault (SIDE_LINE_DIALOG (dialog), "server"));
  type_in (dialog, "server", "127.0.0.1:5070");
  g_assert_null (side_line_dialog_get_fault (SIDE_LINE_DIALOG (dialog), "server"));
  type_in (dialog, "password", PASSWORD);
  g_assert_cmpuint (side_lines_get_count (place->lines), ==, 0);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  click (dialog, "_Save");
  for (guint i = 0; dialog != NULL && i < 200; i++)
    side_test_run_for (50);
  g_assert_null (dialog);
  line = side_lines_get (place->lines, 0);
  g_assert_cmpstr (line->label, ==, "shop@pbx.example");
  g_assert_cmpstr (line->server, ==, "127.0.0.1:5070");
  g_assert_true (line->registers);
  /* The password is in no file. */
  g_assert_true (g_file_get_contents (place->path, &text, NULL, NULL));
  g_assert_null (strstr (text, PASSWORD));
}

static void
test_works (Place         *place,
            gconstpointer  data)
{
  g_autoptr (SideLine) line = new_line ("Office");
  g_autofree char *words = NULL;
  GtkWindow *dialog;
  FarEnd server = { 0 };

  far_end_start (&server);
  line->server = g_strdup_printf ("127.0.0.1:%u", server.port);
  dialog = open_dialog (place, NULL);
  type_in (dialog, "user", "shop");
  type_in (dialog, "domain", "pbx.example");
  type_in (dialog, "server", line->server);
  type_in (dialog, "password", PASSWORD);
  words = run_test (dialog);
  g_assert_cmpstr (words, ==, "The line works.");
  close_dialog (dialog);
  far_end_stop (&server);
}

static void
test_wrong_password (Place         *place,
                     gconstpointer  data)
{
  g_autoptr (SideLine) line = new_line ("Office");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *words = NULL;
  GtkWindow *dialog;
  FarEnd server = { 0 };

  server.asks = TRUE;
  far_end_start (&server);
  line->server = g_strdup_printf ("127.0.0.1:%u", server.port);
  put (place, line);
  /* The one that was given before is used while the field is empty. */
  side_lines_set_password_async (place->lines, line->id, PASSWORD, side_test_async_cb, &result);
  side_test_wait_result (&result, 20000, "a password to be kept or refused");
  dialog = open_dialog (place, line);
  words = run_test (dialog);
  g_test_message ("%s", words);
  g_assert_true (strstr (words, "password") != NULL || strstr (words, "let them in") != NULL);
  close_dialog (dialog);
  far_end_stop (&server);
}

/* Whether all of it is within the part of a window that scrolls. */
static gboolean
is_in_sight (GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  return gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, scrolled, &bounds) && bounds.origin.y >= -1
         && bounds.origin.y + bounds.size.height <= (float) gtk_widget_get_height (scrolled) + 1;
}

static void
test_no_name (Place         *place,
              gconstpointer  data)
{
  g_autoptr (SideLine) line = new_line ("Office");
  g_autofree char *words = NULL;
  GtkWindow *dialog;

  g_free (line->domain);
  line->domain = g_strdup ("no-such-host.invalid");
  line->registers = FALSE;
  put (place, line);
  dialog = open_dialog (place, line);
  words = run_test (dialog);
  g_test_message ("%s", words);
  g_assert_true (strstr (words, "There is no host of this name") != NULL || strstr (words, "No name server answers") != NULL);
  /* The answer comes into sight by itself, and goes when it is no word on what stands there now. */
  side_test_run_for (300);
  g_assert_true (is_in_sight (find_type (GTK_WIDGET (dialog), SIDE_TYPE_LINE_TEST)));
  type_in (dialog, "user", "");
  g_assert_false (gtk_widget_get_visible (find_type (GTK_WIDGET (dialog), SIDE_TYPE_LINE_TEST)));
  close_dialog (dialog);
}

/* Closed while it is tried out: nothing of it is left, and nobody is told. */
static void
test_stopped (Place         *place,
              gconstpointer  data)
{
  g_autoptr (SideLine) line = new_line ("Office");
  SideLineTest *test;
  GtkWindow *dialog;
  FarEnd server = { 0 };

  far_end_start (&server);
  g_atomic_int_set (&server.leaving, 1);   /* it is there, and says nothing */
  line->server = g_strdup_printf ("127.0.0.1:%u", server.port);
  line->registers = FALSE;
  put (place, line);
  dialog = open_dialog (place, line);
  test = SIDE_LINE_TEST (find_type (GTK_WIDGET (dialog), SIDE_TYPE_LINE_TEST));
  click (dialog, "_Test");
  side_test_run_for (200);
  g_assert_true (side_line_test_is_running (test));
  click (dialog, "S_top");
  side_test_wait_until (has_ended, test, 5000, "the test to stop");
  g_assert_cmpstr (side_line_test_get_words (test), ==, "The test was stopped.");
  click (dialog, "_Test");
  side_test_run_for (100);
  close_dialog (dialog);
  side_test_run_for (1500);
  far_end_stop (&server);
}

/* ---- a certificate that nobody knows ---- */

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           certificate)
{
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);
  char buffer[1024];

  /* It shakes hands, and has nothing to say. */
  if (tls != NULL && g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL))
    g_input_stream_read (g_io_stream_get_input_stream (tls), buffer, sizeof buffer, NULL, NULL);
  return TRUE;
}

static void
test_certificate (Place         *place,
                  gconstpointer  data)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (4);
  g_autoptr (SideLine) line = new_line ("Office");
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autofree char *words = NULL;
  SideLineTest *test;
  GtkWindow *dialog;
  guint16 port;

  certificate = sip_make_certificate (place->folder, "server", NULL, "127.0.0.1", "IP:127.0.0.1", -1, 10);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_signal_connect (service, "run", G_CALLBACK (incoming_cb), certificate);
  line->server = g_strdup_printf ("127.0.0.1:%u", port);
  line->transport = SIDE_SIP_TLS;
  line->registers = FALSE;
  put (place, line);
  dialog = open_dialog (place, line);
  words = run_test (dialog);
  g_test_message ("%s", words);
  g_assert_nonnull (strstr (words, "127.0.0.1"));
  /* Taken by a step of its own, it is trusted from then on; nobody listens there any more by then. */
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  test = SIDE_LINE_TEST (find_type (GTK_WIDGET (dialog), SIDE_TYPE_LINE_TEST));
  click (dialog, "_Trust This Certificate");
  side_test_wait_until (is_running, test, 20000, "the test to begin again");
  side_test_wait_until (has_ended, test, 20000, "the test with the certificate to end");
  g_test_message ("%s", side_line_test_get_words (test));
  g_assert_null (strstr (side_line_test_get_words (test), "certificate"));
  click (dialog, "_Save");
  g_assert_nonnull (side_lines_find (place->lines, line->id)->trusted);
  read_again (place);
  g_assert_nonnull (side_lines_find (place->lines, line->id)->trusted);
}

/* ---- the window ---- */

static void
test_window (Place         *place,
             gconstpointer  data)
{
  g_autoptr (SideLine) line = new_line ("Office & <co>");
  GtkWindow *window = side_lines_window_new (NULL, place->lines);

  gtk_window_present (window);
  side_test_run_for (100);
  g_assert_nonnull (side_widget_test_find_button (GTK_WIDGET (window), "_Add a Line…"));
  put (place, line);
  side_test_run_for (50);
  side_widget_test_no_nameless (GTK_WIDGET (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "lines.undo", NULL);   /* nothing was removed */
  g_assert_cmpuint (side_lines_get_count (place->lines), ==, 1);
  side_widget_test_click (find_type (find_type (GTK_WIDGET (window), ADW_TYPE_ACTION_ROW), GTK_TYPE_BUTTON));
  g_assert_cmpuint (side_lines_get_count (place->lines), ==, 0);
  gtk_widget_activate_action (GTK_WIDGET (window), "lines.undo", NULL);
  g_assert_cmpuint (side_lines_get_count (place->lines), ==, 1);
  gtk_window_destroy (window);
  side_test_run_for (50);
}

/* Or the bus would start the desktop's own, which asks whoever sits there to unlock it. */
static void
take_secrets (void)
{
  static GDBusConnection *bus;   /* the name is ours as long as it is there */
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  reply =
    g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                 g_variant_new ("(su)", "org.freedesktop.secrets", 4u), NULL, G_DBUS_CALL_FLAGS_NONE, 5000, NULL, &error);

  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  side_sip_init ();
  side_widget_test_init (&argc, &argv);
  take_secrets ();
  g_test_add ("/lines/kept", Place, NULL, set_up, test_kept, tear_down);
  g_test_add ("/lines/removed", Place, NULL, set_up, test_removed, tear_down);
  g_test_add ("/lines/damaged", Place, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/lines/form", Place, NULL, set_up, test_form, tear_down);
  g_test_add ("/lines/works", Place, NULL, set_up, test_works, tear_down);
  g_test_add ("/lines/wrong-password", Place, NULL, set_up, test_wrong_password, tear_down);
  g_test_add ("/lines/no-name", Place, NULL, set_up, test_no_name, tear_down);
  g_test_add ("/lines/stopped", Place, NULL, set_up, test_stopped, tear_down);
  g_test_add ("/lines/certificate", Place, NULL, set_up, test_certificate, tear_down);
  g_test_add ("/lines/window", Place, NULL, set_up, test_window, tear_down);
  return g_test_run ();
}
