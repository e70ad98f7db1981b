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
#include "side-settings.h"
#include "side-welcome-page.h"
#include "side-widget-test.h"
#include "side-window.h"

typedef struct {
  SideWindow      *window;
  SideWelcomePage *page;
  SoupServer      *server;
  char            *url;
  guint            status;
  const char      *type;
  const char      *body;
  guint            asked;
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

  g_object_get (certificate, "certificate", &der, NULL);
  fingerprint = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  set_up (&f, TRUE, 401, "application/problem+json", "{\"title\":\"Unauthorized\",\"status\":401,\"code\":\"unauthorized\"}");
  assert_problem (&f, f.url, "olga", "certificate of 127.0.0.1 is not trusted");
  g_assert_cmpuint (f.asked, ==, 0);
  g_signal_emit_by_name (f.page, "trust-requested", fingerprint);
  side_test_wait_until (has_problem, f.page, 40000, "the answer of the trusted server");
  g_assert_nonnull (strstr (side_welcome_page_get_problem (f.page), "does not accept this user"));
  g_assert_cmpuint (f.asked, ==, 1);
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
  g_test_add_func ("/entry/untrusted", test_untrusted);
  failed = g_test_run ();
  side_test_rm_rf (home);
  return failed;
}
