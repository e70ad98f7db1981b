/* side-window-entry.c - from the welcome page to a desk, and back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signs in to a server or starts the demonstration's own, says in a plain
 * sentence what went wrong, and remembers what the person wants remembered:
 * the server in the settings, the token in the Secret Service, nothing else.
 */
#include <glib/gi18n.h>

#include "side-desk-owner.h"
#include "side-error.h"
#include "side-format.h"
#include "side-paths.h"
#include "side-secrets.h"
#include "side-window-private.h"

static void
refresh_servers (SideWindow *self)
{
  g_autoptr (GPtrArray) servers = side_settings_dup_servers ();

  side_welcome_page_set_servers (self->welcome, servers);
}

static void
stop_opening (SideWindow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->opening);
  side_welcome_page_set_busy (self->welcome, NULL);
}

/* A server that a person chooses is not the demonstration's. */
static void
leave_demo (SideWindow *self)
{
  if (self->demo != NULL)
    side_demo_server_stop (self->demo);
  g_clear_object (&self->demo);
}

static GCancellable *
new_cancellable (SideWindow *self)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

/* ---- remembering ---- */

static void
token_kept_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SideWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!side_secrets_store_finish (result, &error) && !self->closing)
    side_window_toast (self, _("This desktop has no password store, so you will be asked again next time"));
}

/* A server that was known without a name is, from now on, known by its user's;
 * but not while calls of somebody else lie there without a name. */
static void
forget_nameless (const SideServer *server)
{
  g_autoptr (SideServer) nobody = side_server_new (server->url, NULL, NULL);
  g_autofree char *identity = side_server_dup_identity (nobody);

  if (side_desk_owner_has_calls (nobody))
    return;
  side_settings_remove_server (server->url, NULL);
  side_secrets_forget (identity);
}

static void
remember (SideWindow *self,
          SideDesk   *desk)
{
  const SideServer *server = side_desk_get_server (desk);
  g_autofree char *identity = side_server_dup_identity (server);
  g_autofree char *token = side_link_dup_token (side_desk_get_link (desk));

  if (self->typed)
    side_settings_set_by_token (identity, self->secret_is_token);
  if (server->user != NULL && side_desk_get_session (desk) != NULL)
    forget_nameless (server);
  side_settings_add_server (server);
  if (token != NULL && self->secret != NULL)
    side_secrets_store_async (identity, token, NULL, token_kept_cb, g_object_ref (self));
  g_clear_pointer (&self->secret, g_free);
}

/* ---- opening a desk ---- */

/* What to go on with while the server is away: the user's own calls or, where
 * only a token was typed, those of whoever was here last. */
static void
offer_stored (SideWindow       *self,
              const SideServer *wanted)
{
  g_autoptr (GPtrArray) servers = side_settings_dup_servers ();

  for (guint i = 0; i < servers->len; i++)
    {
      const SideServer *server = g_ptr_array_index (servers, i);

      if (!g_str_equal (server->url, wanted->url) || !side_desk_owner_has_calls (server) ||
          (wanted->user != NULL && g_strcmp0 (server->user, wanted->user) != 0))
        continue;
      side_welcome_page_offer_stored (self->welcome, server);
      return;
    }
}

static gboolean
is_about_secret (const GError *error)
{
  return error->domain == SIDE_ERROR &&
         (error->code == SIDE_ERROR_UNAUTHORIZED || error->code == SIDE_ERROR_FORBIDDEN ||
          error->code == SIDE_ERROR_RATE_LIMITED);
}

/* Whoever is known by a token has no password to type beside their name. */
static void
show_form_for (SideWindow       *self,
               const SideServer *server)
{
  g_autofree char *identity = side_server_dup_identity (server);

  side_welcome_page_set_form (self->welcome, server->url, side_settings_is_by_token (identity) ? NULL : server->user);
}

/* What is stored on this computer was wanted, not the server; or would have done. */
static char *
say_stored_failure (const GError *error)
{
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CORRUPT))
    return g_strdup (_("What was stored on this computer was damaged and was put aside. "
                       "Sign in to fetch it again; what could be saved of your changes is sent then."));
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    return g_strdup (_("No calls of this user are stored on this computer yet: sign in to fetch them. What was written here and not sent is kept."));
  return side_format_error (error);
}

static void
tell_failure (SideWindow   *self,
              SideDesk     *desk,
              const GError *error)
{
  const SideServer *server = side_desk_get_server (desk);
  SideLink *link = side_desk_get_link (desk);
  const char *fingerprint = side_link_get_refused_fingerprint (link);
  gboolean of_store = side_desk_is_stored_only (desk)
                      || g_error_matches (side_desk_get_store_error (desk), SIDE_ERROR, SIDE_ERROR_CORRUPT);
  g_autofree char *sentence = of_store ? say_stored_failure (error) : side_format_error (error);

  if (self->typed)
    side_welcome_page_return_to_form (self->welcome, is_about_secret (error) ? SIDE_CONNECT_FIELD_SECRET
                                                                             : SIDE_CONNECT_FIELD_ADDRESS);
  else if (is_about_secret (error) && self->demo == NULL)
    show_form_for (self, server);
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNTRUSTED) && fingerprint != NULL)
    {
      g_clear_pointer (&self->refused, side_server_free);
      self->refused = side_server_copy (server);
      side_welcome_page_ask_trust (self->welcome, error->message, side_link_get_refused_certificate (link), fingerprint);
      return;
    }
  side_welcome_page_show_problem (self->welcome, sentence, error->message);
  if (self->demo == NULL && !is_about_secret (error) && !of_store)
    offer_stored (self, server);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (SideWindow) self = user_data;
  SideDesk *desk = SIDE_DESK (source);
  g_autoptr (GError) error = NULL;
  gboolean opened = side_desk_open_finish (desk, result, &error);

  if (self->closing || self->opening != desk)
    return;
  if (opened)
    {
      if (self->demo == NULL && !side_desk_is_stored_only (desk))
        remember (self, desk);
      side_window_show_desk (self, desk);
    }
  else
    {
      if (!side_error_is_cancelled (error))
        tell_failure (self, desk, error);
      leave_demo (self);
    }
  g_clear_object (&self->opening);
  side_welcome_page_set_busy (self->welcome, NULL);
}

/**
 * side_window_enter:
 * @self: the window
 * @server: (transfer full): where to
 * @token: (nullable): the token to be known by
 * @password: (nullable): of the server's user, when there is no token
 * @offline_too: whether what is stored will do when the server is away
 *
 * Signs in; shows the desk, or what went wrong.
 */
void
side_window_enter (SideWindow *self,
                   SideServer *server,
                   const char *token,
                   const char *password,
                   gboolean    offline_too)
{
  g_autoptr (SideServer) owned = server;
  g_autofree char *folder = NULL;
  g_autofree char *what = NULL;

  /* The demonstration's calls are its own: never mixed with a real server's. */
  if (self->demo != NULL)
    folder = g_build_filename (g_get_user_cache_dir (), "sidetone", "demo", "desk", NULL);
  what = self->demo != NULL ? g_strdup (_("Opening the demo…")) : g_strdup_printf (_("Connecting to %s…"), server->url);
  side_welcome_page_show_problem (self->welcome, NULL, NULL);
  side_welcome_page_set_busy (self->welcome, what);
  g_clear_object (&self->opening);
  self->opening = side_desk_new (owned, folder);
  side_desk_open_async (self->opening, token, password, offline_too, new_cancellable (self),
                        opened_cb, g_object_ref (self));
}

/* A token goes into a line of the request: it cannot hold what would end that
 * line. A password is sent as it was typed. */
static char *
dup_token (const char *typed)
{
  g_autofree char *token = g_strstrip (g_strdup (typed));

  for (const char *c = token; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      return NULL;
  return g_steal_pointer (&token);
}

static void
connect_requested_cb (SideWindow *self,
                      const char *typed,
                      const char *user,
                      const char *secret)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = side_link_normalize_address (typed, &error);
  gboolean by_token = *user == '\0';
  g_autofree char *given = by_token ? dup_token (secret) : g_strdup (secret);

  if (url == NULL)
    {
      side_welcome_page_return_to_form (self->welcome, SIDE_CONNECT_FIELD_ADDRESS);
      side_welcome_page_show_problem (self->welcome, _("This is not an address of a server."), error->message);
      return;
    }
  if (given == NULL)
    {
      side_welcome_page_return_to_form (self->welcome, SIDE_CONNECT_FIELD_SECRET);
      side_welcome_page_show_problem (self->welcome,
                                      _("A token is one line. Copy it once more, without what stands around it."), NULL);
      return;
    }
  leave_demo (self);
  g_free (self->secret);
  self->secret = g_steal_pointer (&given);
  self->secret_is_token = by_token;
  self->typed = TRUE;
  side_window_enter (self, side_server_new (url, user, NULL), by_token ? self->secret : NULL,
                     by_token ? NULL : self->secret, FALSE);
}

static void
trust_requested_cb (SideWindow *self,
                    const char *fingerprint)
{
  g_autoptr (SideServer) refused = g_steal_pointer (&self->refused);

  if (refused == NULL)
    return;
  leave_demo (self);
  side_window_enter (self, side_server_new (refused->url, refused->user, fingerprint),
                     self->secret_is_token ? self->secret : NULL,
                     self->secret_is_token ? NULL : self->secret, FALSE);
}

/* ---- known servers ---- */

typedef struct {
  SideWindow *self;
  SideServer *server;
} Known;

static void
known_token_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  Known *known = user_data;
  g_autoptr (SideWindow) self = known->self;
  g_autoptr (SideServer) server = known->server;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = side_secrets_lookup_finish (result, &error);

  g_free (known);
  if (self->closing || self->cancellable == NULL || side_error_is_cancelled (error))
    return;
  if (token != NULL)
    {
      g_free (self->secret);
      self->secret = g_strdup (token);
      self->secret_is_token = TRUE;
      self->typed = FALSE;
      side_window_enter (self, g_steal_pointer (&server), token, NULL, TRUE);
      return;
    }
  side_welcome_page_set_busy (self->welcome, NULL);
  show_form_for (self, server);
  side_welcome_page_show_problem (self->welcome,
                                  error != NULL ? _("This desktop has no password store. Type the password or token once more.")
                                                : _("The token of this server is not kept any more. Type the password or token once more."),
                                  error != NULL ? error->message : NULL);
  offer_stored (self, server);
}

static void
enter_known (SideWindow       *self,
             const SideServer *server)
{
  g_autofree char *identity = side_server_dup_identity (server);
  g_autofree char *what = g_strdup_printf (_("Connecting to %s…"), server->url);
  Known *known = g_new0 (Known, 1);

  leave_demo (self);
  known->self = g_object_ref (self);
  known->server = side_server_copy (server);
  side_welcome_page_set_busy (self->welcome, what);
  side_secrets_lookup_async (identity, new_cancellable (self), known_token_cb, known);
}

static void
server_chosen_cb (SideWindow *self,
                  const char *url,
                  const char *user)
{
  g_autoptr (GPtrArray) servers = side_settings_dup_servers ();

  for (guint i = 0; i < servers->len; i++)
    {
      const SideServer *server = g_ptr_array_index (servers, i);

      if (g_str_equal (server->url, url) && g_strcmp0 (server->user != NULL ? server->user : "", user) == 0)
        {
          enter_known (self, server);
          return;
        }
    }
}

static void
forget_requested_cb (SideWindow *self,
                     const char *url,
                     const char *user)
{
  g_autoptr (SideServer) server = side_server_new (url, user, NULL);
  g_autofree char *identity = side_server_dup_identity (server);

  side_settings_remove_server (server->url, server->user);
  side_secrets_forget (identity);
  refresh_servers (self);
}

/* Without the server and without a token: what is stored here is the person's own. */
static void
stored_requested_cb (SideWindow *self,
                     const char *url,
                     const char *user)
{
  g_autoptr (SideServer) server = side_server_new (url, user, NULL);

  leave_demo (self);
  g_clear_pointer (&self->secret, g_free);
  self->typed = FALSE;
  side_welcome_page_show_problem (self->welcome, NULL, NULL);
  side_welcome_page_set_busy (self->welcome, _("Opening what is stored here…"));
  g_clear_object (&self->opening);
  self->opening = side_desk_new (server, NULL);
  side_desk_open_stored_async (self->opening, new_cancellable (self), opened_cb, g_object_ref (self));
}

/* ---- the demonstration ---- */

static void
demo_ready_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (SideWindow) self = user_data;
  SideDemoServer *demo = SIDE_DEMO_SERVER (source);
  g_autoptr (GError) error = NULL;
  gboolean ready = side_demo_server_start_finish (demo, result, &error);

  if (self->closing || self->demo != demo)
    return;
  if (ready)
    {
      side_window_enter (self, side_server_new (side_demo_server_get_url (demo), NULL, NULL),
                         side_demo_server_get_token (demo), NULL, FALSE);
      return;
    }
  g_clear_object (&self->demo);
  side_welcome_page_set_busy (self->welcome, NULL);
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    side_welcome_page_show_problem (self->welcome, _("The demo needs the program sidetone-server, which is not installed."), NULL);
  else if (!side_error_is_cancelled (error))
    side_welcome_page_show_problem (self->welcome, _("The demo could not be started."), error->message);
}

static void
demo_stopped_cb (SideDemoServer *demo,
                 const GError   *why,
                 SideWindow     *self)
{
  g_free (self->demo_stopped);
  self->demo_stopped = g_strdup (why->message);
  side_window_update_banner (self);
}

static void
start_demo (SideWindow *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "sidetone", "demo", "server", NULL);
  g_autofree char *program = side_paths_find_program ("sidetone-server");

  stop_opening (self);
  g_clear_pointer (&self->demo_stopped, g_free);
  if (self->desk != NULL)
    side_window_leave (self, FALSE);
  leave_demo (self);
  self->typed = FALSE;
  side_welcome_page_show_problem (self->welcome, NULL, NULL);
  side_welcome_page_set_busy (self->welcome, _("Starting the demo…\nThe first time it makes up a month of calls."));
  g_mkdir_with_parents (folder, 0700);
  self->demo = side_demo_server_new (program, folder);
  g_signal_connect_object (self->demo, "stopped", G_CALLBACK (demo_stopped_cb), self, 0);
  side_demo_server_start_async (self->demo, new_cancellable (self), demo_ready_cb, g_object_ref (self));
}

/**
 * side_window_start_demo:
 * @self: the window
 *
 * Leaves the present desk, if any, and opens the demonstration.
 */
void
side_window_start_demo (SideWindow *self)
{
  g_return_if_fail (SIDE_IS_WINDOW (self));
  side_window_settle (self, _("_Leave and Lose It"), start_demo);
}

static void
cancelled_cb (SideWindow *self)
{
  stop_opening (self);
  leave_demo (self);
}

/**
 * side_window_start:
 * @self: the window
 *
 * Goes to the server used last, if there is one, else waits on the welcome page.
 */
void
side_window_start (SideWindow *self)
{
  g_autofree char *last = g_settings_get_string (side_settings_get (), "last-server");
  g_autoptr (GPtrArray) servers = side_settings_dup_servers ();

  g_return_if_fail (SIDE_IS_WINDOW (self));
  for (guint i = 0; *last != '\0' && i < servers->len; i++)
    {
      const SideServer *server = g_ptr_array_index (servers, i);

      if (g_str_equal (server->url, last))
        {
          enter_known (self, server);
          return;
        }
    }
}

/* ---- leaving ---- */

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GApplication) application = user_data;
  g_autoptr (GError) error = NULL;

  if (!side_desk_close_finish (SIDE_DESK (source), result, &error))
    g_warning ("closing: %s", error->message);
  g_application_release (application);
}

/**
 * side_window_leave:
 * @self: the window
 * @sign_out: whether this computer forgets the token and, where it was got by
 *   a password, the server too; one that somebody typed may be in use elsewhere,
 *   and is ended by whoever handed it out
 *
 * Closes the desk, in the background; the program lives until all is written.
 */
void
side_window_leave (SideWindow *self,
                   gboolean    sign_out)
{
  GApplication *application = g_application_get_default ();
  g_autoptr (SideDesk) desk = g_steal_pointer (&self->desk);
  gboolean revoke = sign_out;

  if (desk == NULL)
    return;
  side_window_show_desk (self, NULL);
  if (sign_out && self->demo == NULL)
    {
      g_autofree char *identity = side_server_dup_identity (side_desk_get_server (desk));

      revoke = !side_settings_is_by_token (identity);
      side_secrets_forget (identity);
      g_settings_set_string (side_settings_get (), "last-server", "");
    }
  refresh_servers (self);
  if (application != NULL)
    {
      g_application_hold (application);
      side_desk_close_async (desk, revoke, NULL, left_cb, g_object_ref (application));
    }
  if (sign_out)
    leave_demo (self);
}

/**
 * side_window_build_entry:
 * @self: the window
 *
 * Makes the welcome page and listens to it.
 */
void
side_window_build_entry (SideWindow *self)
{
  self->welcome = SIDE_WELCOME_PAGE (side_welcome_page_new ());
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->welcome), "welcome");
  g_signal_connect_swapped (self->welcome, "demo-requested", G_CALLBACK (side_window_start_demo), self);
  g_signal_connect_swapped (self->welcome, "connect-requested", G_CALLBACK (connect_requested_cb), self);
  g_signal_connect_swapped (self->welcome, "server-chosen", G_CALLBACK (server_chosen_cb), self);
  g_signal_connect_swapped (self->welcome, "forget-requested", G_CALLBACK (forget_requested_cb), self);
  g_signal_connect_swapped (self->welcome, "stored-requested", G_CALLBACK (stored_requested_cb), self);
  g_signal_connect_swapped (self->welcome, "trust-requested", G_CALLBACK (trust_requested_cb), self);
  g_signal_connect_swapped (self->welcome, "cancelled", G_CALLBACK (cancelled_cb), self);
  refresh_servers (self);
}
