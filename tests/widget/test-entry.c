/* test-entry.c - each way of not getting in has its own plain words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The whole way from the welcome page through a desk to a server that answers
 * as the test wants, and back to the sentence a person reads.
 */
#include <libsoup/soup.h>

#include "side-application.h"
#include "side-board-fixture.h"
#include "side-paths.h"
#include "side-settings.h"
#include "side-welcome-page.h"
#include "side-widget-test.h"
#include "side-window-private.h"
#include "side-wire-http.h"

typedef struct {
  SideWindow      *window;
  SideWelcomePage *page;
  SoupServer      *server;
  char            *url;
  guint            status;
  const char      *type;
  const char      *body;
  guint            asked;
  guint            revoked;
} Fixture;

static GtkWidget *
find (GtkWidget *root,
      GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
answer_cb (SoupServer        *server,
           SoupServerMessage *message,
           const char        *path,
           GHashTable        *query,
           gpointer           user_data)
{
  Fixture *f = user_data;

  f->asked++;
  f->revoked += strcmp (soup_server_message_get_method (message), "DELETE") == 0 && g_str_has_suffix (path, "/session");
  soup_server_message_set_status (message, f->status, NULL);
  soup_server_message_set_response (message, f->type, SOUP_MEMORY_COPY, f->body, strlen (f->body));
}

static GTlsCertificate *
load_certificate (void)
{
  g_autofree char *path = side_test_data ("widget/self-signed.pem");
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  return certificate;
}

static void
set_up (Fixture    *f,
        gboolean    tls,
        guint       status,
        const char *type,
        const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = tls ? load_certificate () : NULL;
  GSList *uris;

  *f = (Fixture) { .status = status, .type = type, .body = body };
  f->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (f->server, NULL, answer_cb, f, NULL);
  g_assert_true (soup_server_listen_local (f->server, 0,
                                           SOUP_SERVER_LISTEN_IPV4_ONLY | (tls ? SOUP_SERVER_LISTEN_HTTPS : 0), &error));
  g_assert_no_error (error);
  uris = soup_server_get_uris (f->server);
  f->url = g_strdup_printf ("%s://127.0.0.1:%d", tls ? "https" : "http", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  f->window = side_window_new (GTK_APPLICATION (g_application_get_default ()));
  gtk_window_present (GTK_WINDOW (f->window));
  side_test_run_for (50);
  f->page = SIDE_WELCOME_PAGE (find (GTK_WIDGET (f->window), SIDE_TYPE_WELCOME_PAGE));
}

static void
tear_down (Fixture *f)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  side_test_run_for (50);
  soup_server_disconnect (f->server);
  g_clear_object (&f->server);
  g_free (f->url);
}

static gboolean
has_problem (gpointer page)
{
  return side_welcome_page_get_problem (page) != NULL;
}

static void
assert_problem (Fixture    *f,
                const char *url,
                const char *user,
                const char *wanted)
{
  g_signal_emit_by_name (f->page, "connect-requested", url, user, "s3cret");
  side_test_wait_until (has_problem, f->page, 40000, "a sentence about what went wrong");
  if (strstr (side_welcome_page_get_problem (f->page), wanted) == NULL)
    g_error ("“%s” is not in “%s”", wanted, side_welcome_page_get_problem (f->page));
  g_assert_null (side_window_get_desk (f->window));
}

static const char *
entry_text (Fixture    *f,
            const char *id)
{
  GtkWidget *form = find (GTK_WIDGET (f->page), SIDE_TYPE_CONNECT_FORM);

  g_assert_nonnull (form);
  return gtk_editable_get_text (GTK_EDITABLE (gtk_widget_get_template_child (form, SIDE_TYPE_CONNECT_FORM, id)));
}

static void
assert_focus (Fixture    *f,
              const char *id)
{
  GtkWidget *form = find (GTK_WIDGET (f->page), SIDE_TYPE_CONNECT_FORM);
  GtkWidget *line = GTK_WIDGET (gtk_widget_get_template_child (form, SIDE_TYPE_CONNECT_FORM, id));
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (f->window));

  if (focus == NULL || !gtk_widget_is_ancestor (focus, line))
    g_error ("the cursor is not in “%s”", id);
}

/* Types into the form and sends it off, as a person does. */
static void
submit (Fixture    *f,
        const char *url,
        const char *secret)
{
  GtkWidget *form;

  side_welcome_page_set_form (f->page, url, NULL);
  form = find (GTK_WIDGET (f->page), SIDE_TYPE_CONNECT_FORM);
  gtk_editable_set_text (GTK_EDITABLE (gtk_widget_get_template_child (form, SIDE_TYPE_CONNECT_FORM, "secret")), secret);
  side_widget_test_click (GTK_WIDGET (gtk_widget_get_template_child (form, SIDE_TYPE_CONNECT_FORM, "connect")));
  side_test_wait_until (has_problem, f->page, 40000, "a sentence about what went wrong");
  side_test_run_for (50);
}

/* A token is long: what was typed stays, and the cursor goes to what is wrong. */
static void
test_nothing_typed_twice (void)
{
  Fixture f;

  set_up (&f, FALSE, 401, "application/problem+json", "{\"title\":\"Unauthorized\",\"status\":401,\"code\":\"unauthorized\"}");
  submit (&f, "http://127.0.0.1:9", "a long token");
  g_assert_cmpstr (entry_text (&f, "secret"), ==, "a long token");
  assert_focus (&f, "address");
  submit (&f, f.url, "another token");
  g_assert_cmpstr (entry_text (&f, "secret"), ==, "another token");
  assert_focus (&f, "secret");
  tear_down (&f);
}

static void
test_addresses (void)
{
  Fixture f;

  set_up (&f, FALSE, 200, "text/html", "<html>");
  assert_problem (&f, "not an address at all", "", "not an address");
  assert_problem (&f, "http://127.0.0.1:9", "", "no answer at this address");
  g_assert_cmpuint (f.asked, ==, 0);
  tear_down (&f);
}

static void
test_other_server (void)
{
  Fixture f;

  set_up (&f, FALSE, 200, "text/html", "<html><body>a shop</body></html>");
  assert_problem (&f, f.url, "", "not a Sidetone server");
  tear_down (&f);
}

static void
test_wrong_password (void)
{
  Fixture f;

  set_up (&f, FALSE, 401, "application/problem+json", "{\"title\":\"Unauthorized\",\"status\":401,\"code\":\"unauthorized\"}");
  assert_problem (&f, f.url, "olga", "does not accept this user");
  assert_problem (&f, f.url, "", "does not accept this user");
  tear_down (&f);
}

/* Copied with the line's end; or with two lines, which is no token. */
static void
test_token_with_newline (void)
{
  Fixture f;

  set_up (&f, FALSE, 401, "application/problem+json", "{\"title\":\"Unauthorized\",\"status\":401,\"code\":\"unauthorized\"}");
  g_signal_emit_by_name (f.page, "connect-requested", f.url, "", "a-token\nand more");
  side_test_wait_until (has_problem, f.page, 40000, "a sentence about the token");
  g_assert_nonnull (strstr (side_welcome_page_get_problem (f.page), "A token is one line"));
  g_assert_cmpuint (f.asked, ==, 0);
  g_signal_emit_by_name (f.page, "connect-requested", f.url, "", " a-token\r\n");
  side_test_run_for (50);
  side_test_wait_until (has_problem, f.page, 40000, "the server's answer");
  g_assert_nonnull (strstr (side_welcome_page_get_problem (f.page), "does not accept"));
  g_assert_cmpuint (f.asked, >, 0);
  tear_down (&f);
}

static void
test_too_many (void)
{
  Fixture f;

  set_up (&f, FALSE, 429, "application/problem+json", "{\"title\":\"Too many\",\"status\":429,\"code\":\"rate-limited\"}");
  assert_problem (&f, f.url, "olga", "Too many attempts");
  tear_down (&f);
}

/* Not trusted until the person says so, and then for that certificate alone. */
static void
test_untrusted (void)
{
  Fixture f;
  g_autoptr (GTlsCertificate) certificate = load_certificate ();
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *fingerprint = NULL;
  GtkLabel *shown;

  g_object_get (certificate, "certificate", &der, NULL);
  fingerprint = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  set_up (&f, TRUE, 401, "application/problem+json", "{\"title\":\"Unauthorized\",\"status\":401,\"code\":\"unauthorized\"}");
  assert_problem (&f, f.url, "olga", "certificate of 127.0.0.1 is not trusted");
  /* Said once. */
  g_assert_null (strstr (strstr (side_welcome_page_get_problem (f.page), "not trusted") + 1, "not trusted"));
  shown = GTK_LABEL (gtk_widget_get_template_child (GTK_WIDGET (f.page), SIDE_TYPE_WELCOME_PAGE, "certificate"));
  g_assert_nonnull (strstr (gtk_label_get_text (shown), "Issued by: "));
  g_assert_nonnull (strstr (gtk_label_get_text (shown), "Valid from "));
  g_assert_cmpuint (f.asked, ==, 0);
  g_signal_emit_by_name (f.page, "trust-requested", fingerprint);
  side_test_wait_until (has_problem, f.page, 40000, "the answer of the trusted server");
  g_assert_nonnull (strstr (side_welcome_page_get_problem (f.page), "does not accept this user"));
  g_assert_cmpuint (f.asked, ==, 1);
  tear_down (&f);
}

static gboolean
has_desk (gpointer window)
{
  return side_window_get_desk (window) != NULL;
}

static gboolean
has_revoked (gpointer fixture)
{
  return ((Fixture *) fixture)->revoked > 0;
}

/* Signing out ends what a password opened. A token somebody handed out may be
 * in use elsewhere, and stays. */
static void
test_sign_out (void)
{
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideSession) session = side_fixture_new_session (project);
  g_autofree char *body = NULL;

  g_free (session->token);
  session->token = g_strdup ("made-by-sign-in");
  body = side_wire_session_to_json (session);
  for (int by_token = 0; by_token < 2; by_token++)
    {
      Fixture f;

      set_up (&f, FALSE, 200, "application/json", body);
      g_signal_emit_by_name (f.page, "connect-requested", f.url, by_token ? "" : "olga", "s3cret");
      side_test_wait_until (has_desk, f.window, 40000, "the desk");
      gtk_widget_activate_action (GTK_WIDGET (f.window), "win.sign-out", NULL);
      if (!by_token)
        side_test_wait_until (has_revoked, &f, 40000, "the session to be ended");
      side_test_run_for (500);
      g_assert_cmpuint (f.revoked, ==, by_token ? 0 : 1);
      tear_down (&f);
    }
}

/* Neither token nor server: what is stored here is the person's own to read. */
static void
test_stored_here (void)
{
  Fixture f;
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideSession) session = side_fixture_new_session (project);
  g_autofree char *body = side_wire_session_to_json (session);
  g_autoptr (GPtrArray) servers = NULL;
  GtkWidget *stored;

  set_up (&f, FALSE, 200, "application/json", body);
  g_signal_emit_by_name (f.page, "connect-requested", f.url, "", "a token");
  side_test_wait_until (has_desk, f.window, 40000, "the desk");
  g_assert_false (side_desk_is_stored_only (side_window_get_desk (f.window)));
  servers = side_settings_dup_servers ();
  g_assert_cmpstr (((SideServer *) g_ptr_array_index (servers, 0))->user, ==, "olga");
  gtk_widget_activate_action (GTK_WIDGET (f.window), "win.sign-out", NULL);
  side_test_run_for (500);
  soup_server_disconnect (f.server);
  submit (&f, f.url, "a token");
  stored = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f.page), SIDE_TYPE_WELCOME_PAGE, "stored"));
  g_assert_true (gtk_widget_get_mapped (stored));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (stored)), ==, "Work Offline as olga");
  side_widget_test_click (stored);
  side_test_wait_until (has_desk, f.window, 40000, "the desk without a server");
  g_assert_true (side_desk_is_stored_only (side_window_get_desk (f.window)));
  g_assert_cmpstr (side_desk_get_user (side_window_get_desk (f.window)), ==, "olga");
  gtk_widget_activate_action (GTK_WIDGET (f.window), "win.sign-in-again", NULL);
  side_test_run_for (300);
  /* Whoever came with a token is asked for one, not for a password. */
  g_assert_cmpstr (entry_text (&f, "user"), ==, "");
  g_assert_cmpstr (entry_text (&f, "address"), ==, f.url);
  tear_down (&f);
}

static void
write_stored (Fixture    *f,
              const char *text,
              gssize      length)
{
  g_autoptr (SideServer) server = side_server_new (f->url, "olga", NULL);
  g_autofree char *identity = side_server_dup_identity (server);
  g_autofree char *folder = side_paths_name_server_folder ("data", identity);
  g_autofree char *path = g_build_filename (folder, "calls.db", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
}

static void
assert_stored_problem (Fixture    *f,
                       const char *wanted)
{
  g_signal_emit_by_name (f->page, "stored-requested", f->url, "olga");
  side_test_wait_until (has_problem, f->page, 40000, "a sentence about what is stored");
  if (strstr (side_welcome_page_get_problem (f->page), wanted) == NULL)
    g_error ("“%s” is not in “%s”", wanted, side_welcome_page_get_problem (f->page));
}

/* What is stored is damaged, or nothing: the server has no part in it. */
static void
test_stored_damaged (void)
{
  Fixture f;
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideSession) session = side_fixture_new_session (project);
  g_autofree char *body = side_wire_session_to_json (session);
  g_autofree char *garbage = g_strnfill (20000, 'x');

  set_up (&f, FALSE, 200, "application/json", body);
  g_signal_emit_by_name (f.page, "connect-requested", f.url, "", "a token");
  side_test_wait_until (has_desk, f.window, 40000, "the desk");
  gtk_widget_activate_action (GTK_WIDGET (f.window), "win.sign-out", NULL);
  side_test_run_for (1000);
  write_stored (&f, garbage, 20000);
  assert_stored_problem (&f, "was damaged");
  side_test_run_for (300);
  write_stored (&f, "", 0);
  assert_stored_problem (&f, "No calls of this user are stored on this computer");
  tear_down (&f);
}

/* The server is away too, as in the morning after: it is the damage that matters, and
 * there is nothing to be offered in its place. */
static void
test_damaged_and_away (void)
{
  Fixture f;
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideSession) session = side_fixture_new_session (project);
  g_autofree char *body = side_wire_session_to_json (session);
  g_autofree char *garbage = g_strnfill (20000, 'x');
  GtkWidget *stored;

  set_up (&f, FALSE, 200, "application/json", body);
  g_signal_emit_by_name (f.page, "connect-requested", f.url, "", "a token");
  side_test_wait_until (has_desk, f.window, 40000, "the desk");
  gtk_widget_activate_action (GTK_WIDGET (f.window), "win.sign-out", NULL);
  side_test_run_for (1000);
  write_stored (&f, garbage, 20000);
  soup_server_disconnect (f.server);
  side_window_enter (f.window, side_server_new (f.url, "olga", NULL), "a token", NULL, TRUE);
  side_test_wait_until (has_problem, f.page, 40000, "a sentence about what is stored");
  g_assert_nonnull (strstr (side_welcome_page_get_problem (f.page), "was damaged"));
  stored = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (f.page), SIDE_TYPE_WELCOME_PAGE, "stored"));
  g_assert_false (gtk_widget_get_mapped (stored));
  tear_down (&f);
}

/* Somebody changes their mind while the demonstration starts: what the real
 * server has is not for its folder. */
static void
test_not_the_demo (void)
{
  Fixture f;
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "sidetone", "demo", "desk", NULL);

  set_up (&f, FALSE, 401, "application/problem+json", "{\"title\":\"Unauthorized\",\"status\":401,\"code\":\"unauthorized\"}");
  side_window_start_demo (f.window);
  assert_problem (&f, f.url, "olga", "does not accept this user");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
  tear_down (&f);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *home = side_test_tmp_dir ();
  g_autoptr (SideApplication) application = NULL;
  int failed;

  /* Desks keep their files in the user's folders. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", home, TRUE);
  side_widget_test_init (&argc, &argv);
  application = side_application_new (G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  g_test_add_func ("/entry/addresses", test_addresses);
  g_test_add_func ("/entry/other-server", test_other_server);
  g_test_add_func ("/entry/wrong-password", test_wrong_password);
  g_test_add_func ("/entry/too-many", test_too_many);
  g_test_add_func ("/entry/token-with-newline", test_token_with_newline);
  g_test_add_func ("/entry/nothing-typed-twice", test_nothing_typed_twice);
  g_test_add_func ("/entry/untrusted", test_untrusted);
  g_test_add_func ("/entry/sign-out", test_sign_out);
  g_test_add_func ("/entry/stored-here", test_stored_here);
  g_test_add_func ("/entry/stored-damaged", test_stored_damaged);
  g_test_add_func ("/entry/damaged-and-away", test_damaged_and_away);
  g_test_add_func ("/entry/not-the-demo", test_not_the_demo);
  failed = g_test_run ();
  side_test_rm_rf (home);
  return failed;
}
