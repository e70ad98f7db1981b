/* side-sip-stack.c - the SIP stack: its root, an agent an account, registrations
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One root for the whole program, in the default main context and without a
 * thread, alive as long as an account is. Everything the stack is kept from
 * doing by itself is said where the agent is made; docs/sip.md has the reasons.
 */
#include "side-sip-stack-private.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
#include <string.h>

#define CLOSE_MS     400       /* until the stack must have answered our wish to stop; it takes 10 */
#define SHORT_US     2000      /* a turn of the main loop that is not worth telling of */
#define FEW_TURNS_US 10000
#define KEEPALIVE_MS 45000     /* empty lines over TCP and TLS, so that no box on the way forgets the connection */
#define USER_CHARS   "+*!'()&=$,"
#define METHODS      "INVITE, ACK, BYE, CANCEL, OPTIONS, PRACK, UPDATE"

static struct
{
  su_root_t  *root;
  guint       users;
  SideSipLog *log;
  GSource    *turns;
  gint64      woke_us;         /* when the main loop's turn began that is going on */
  gint64      long_us;         /* how long the last took that was no short one … */
  gint64      long_end_us;     /* … and when it was over */
} shared;

/* -- the main loop's lateness: how long it was away before it read what came */

static gboolean
turns_prepare (GSource *source,
               int     *timeout)
{
  gint64 now_us = g_get_monotonic_time ();

  *timeout = -1;
  if (shared.woke_us != 0 && now_us - shared.woke_us >= SHORT_US)
    {
      shared.long_us = now_us - shared.woke_us;
      shared.long_end_us = now_us;
    }
  shared.woke_us = 0;
  return FALSE;
}

static gboolean
turns_check (GSource *source)
{
  shared.woke_us = g_get_monotonic_time ();
  return FALSE;
}

static gboolean
turns_dispatch (GSource     *source,
                GSourceFunc  callback,
                gpointer     data)
{
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs turns_funcs = { turns_prepare, turns_check, turns_dispatch, NULL };

/* Returns: by how much an instant read now may be late, ms. What comes in takes the stack a few turns of the
 * loop to tell us, so that it is not the last one alone that counts. */
guint
_side_sip_stack_late_ms (void)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 so_far_us = shared.woke_us != 0 ? now_us - shared.woke_us : 0;
  gint64 before_us = now_us - so_far_us - shared.long_end_us < FEW_TURNS_US ? shared.long_us : 0;

  return (guint) (MAX (before_us, so_far_us) / 1000);
}

/* -- the root */

static void
log_line (const char *line,
          gpointer    data)
{
  g_debug ("%s", line);
}

/* The stack looks at errno after it has logged what went wrong. */
static void G_GNUC_PRINTF (2, 0)
on_log (void       *stream,
        char const *format,
        va_list     arguments)
{
  int saved = errno;
  char *piece = g_strdup_vprintf (format, arguments);

  if (shared.log != NULL)
    side_sip_log_feed (shared.log, piece);
  g_free (piece);
  errno = saved;
}

/* Whether somebody reads debug messages of this part of the program (G_MESSAGES_DEBUG). */
static gboolean
is_logged (void)
{
  return !g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN);
}

/* What is done once in a program's life; before its first thread, since it
 * changes the environment. */
void
side_sip_stack_prepare (void)
{
  static gboolean done;

  if (done)
    return;
  done = TRUE;
  side_sip_log_hush_environment ();
  su_init ();
  su_log_redirect (NULL, on_log, NULL);
  _side_sip_stack_digest_install ();
}

static void
root_take (void)
{
  GSource *source;

  if (shared.users++ > 0)
    return;
  side_sip_stack_prepare ();
  shared.log = side_sip_log_new (log_line, NULL);
  su_log_set_level (NULL, is_logged () ? 9 : 0);
  shared.root = su_glib_root_create (NULL);
  su_root_threading (shared.root, 0);
  source = su_glib_root_gsource (shared.root);
  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_attach (source, NULL);

  shared.turns = g_source_new (&turns_funcs, sizeof (GSource));
  g_source_set_static_name (shared.turns, "side-sip-turns");
  g_source_set_priority (shared.turns, G_PRIORITY_HIGH - 10);
  g_source_attach (shared.turns, NULL);
}

/* The root's own source goes with it: destroyed by hand, the root would abort. */
static void
root_drop (void)
{
  if (--shared.users > 0)
    return;
  g_source_destroy (shared.turns);
  g_clear_pointer (&shared.turns, g_source_unref);
  g_clear_pointer (&shared.root, su_root_destroy);
  g_clear_pointer (&shared.log, side_sip_log_free);
  shared.woke_us = 0;
  shared.long_us = 0;
  shared.long_end_us = 0;
}

/* -- an agent */

static char *
bracketed (const char *host)
{
  return strchr (host, ':') != NULL && host[0] != '[' ? g_strdup_printf ("[%s]", host) : g_strdup (host);
}

/**
 * side_sip_local_towards: our side of the way to a server. Nothing is sent.
 *
 * Returns: (transfer full): an address of this machine, or %NULL with UNREACHABLE
 */
GInetAddress *
side_sip_local_towards (GInetSocketAddress *server,
                        GError            **error)
{
  GSocketFamily family = g_socket_address_get_family (G_SOCKET_ADDRESS (server));
  g_autoptr (GSocket) socket = g_socket_new (family, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GError) why = NULL;

  if (socket != NULL && g_socket_connect (socket, G_SOCKET_ADDRESS (server), NULL, &why))
    local = g_socket_get_local_address (socket, &why);
  if (local != NULL)
    return g_object_ref (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (local)));
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNREACHABLE, _("There is no way to the server: %s"),
               why != NULL ? why->message : _("this computer has no such network"));
  return NULL;
}

/* A name the stack can hold a certificate to, and can read in an address. */
static gboolean
is_host (const char *name)
{
  return *name != '\0' && name[strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-*_:[]")] == '\0';
}

/* Where every request goes: @canon is what the certificate is held to, maddr where it connects. */
static char *
make_proxy (SideSipSettings    *settings,
            GInetSocketAddress *server,
            const char         *canon)
{
  static const char *const names[] = { "udp", "tcp", "tls" };
  g_autofree char *address = g_inet_address_to_string (g_inet_socket_address_get_address (server));
  g_autofree char *host = bracketed (address);
  g_autofree char *name = canon != NULL ? bracketed (canon) : g_strdup (host);

  return g_strdup_printf ("sip:%s:%u;transport=%s;maddr=%s", name, g_inet_socket_address_get_port (server),
                          names[side_sip_settings_get_transport (settings)], host);
}

static char *
make_from (SideSipSettings *settings,
           const char      *aor)
{
  const char *name = side_sip_settings_get_display_name (settings);
  g_autoptr (GString) quoted = g_string_new ("\"");

  if (name == NULL || *name == '\0')
    return g_strdup_printf ("<%s>", aor);
  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (quoted, '\\');
      if ((guchar) *p >= ' ' && *p != 127)
        g_string_append_c (quoted, *p);
    }
  return g_strdup_printf ("%s\" <%s>", quoted->str, aor);
}

static nua_t *
make_agent (SideSipStack       *self,
            GInetSocketAddress *server,
            const char         *canon)
{
  SideSipSettings *settings = self->settings;
  gboolean tls = side_sip_settings_get_transport (settings) == SIDE_SIP_TLS;
  gboolean tcp = side_sip_settings_get_transport (settings) == SIDE_SIP_TCP;
  g_autofree char *address = g_inet_address_to_string (self->local);
  g_autofree char *host = bracketed (address);
  g_autofree char *url = g_strdup_printf (tls ? "sips:%s:*" : tcp ? "sip:%s:*;transport=tcp" : "sip:%s:*;transport=udp", host);
  g_autofree char *proxy = make_proxy (settings, server, tls ? canon : NULL);
  g_autofree char *from = make_from (settings, self->aor);
  g_autofree char *user = g_uri_escape_string (side_sip_settings_get_user (settings), USER_CHARS, FALSE);

  return nua_create (shared.root, _side_sip_stack_callback, self,
                     NUTAG_URL (url), NUTAG_PROXY (proxy), SIPTAG_FROM_STR (from), NUTAG_M_USERNAME (user),
                     TAG_IF (tls, NUTAG_CERTIFICATE_DIR (self->folder)), TAG_IF (tls, TPTAG_TLS_VERIFY_POLICY (0xA)),
                     TAG_IF (tls || tcp, TPTAG_KEEPALIVE (KEEPALIVE_MS)),
                     TAG_IF (is_logged (), TPTAG_LOG (1)),
                     SIPTAG_USER_AGENT_STR ("Sidetone/" SIDE_VERSION),
                     NTATAG_PASS_100 (1), NTATAG_TCP_RPORT (1), NTATAG_TLS_RPORT (1),
                     NUTAG_OUTBOUND ("no-options-keepalive no-validate"),
                     /* offer and answer, ACK, redirects and waits are ours */
                     NUTAG_MEDIA_ENABLE (0), NUTAG_AUTOANSWER (0), NUTAG_AUTOACK (0),
                     NUTAG_AUTO302 (0), NUTAG_AUTO305 (0), NUTAG_MAX_RETRY_AFTER (0),
                     /* only what is dealt with here: ALLOW_STR replaces the list, NUTAG_ALLOW would add to it */
                     SIPTAG_ALLOW_STR (METHODS), NUTAG_ENABLEMESSAGE (0), NUTAG_APPL_METHOD ("UPDATE"),
                     /* the usual list offers 100rel */
                     SIPTAG_SUPPORTED_STR ("timer"), NUTAG_SESSION_TIMER (0), NUTAG_UPDATE_REFRESH (1),
                     TAG_END ());
}

static void
stack_free (SideSipStack *self)
{
  g_clear_handle_id (&self->limit_id, g_source_remove);
  _side_sip_stack_digest_remove (self->mark);
  if (self->folder != NULL)
    side_sip_trust_folder_free (self->folder);
  g_clear_object (&self->settings);
  g_clear_object (&self->local);
  g_ptr_array_unref (self->legs);
  g_ptr_array_unref (self->trying);
  g_hash_table_unref (self->strangers);
  g_free (self->aor);
  g_free (self->domain_uri);
  g_free (self->contact);
  g_free (self);
  root_drop ();
}

/**
 * side_sip_stack_new: an agent that sends all it sends to one server.
 * @canon: (nullable): the name to hold the server's certificate to; with TLS
 *
 * Returns: (transfer full): to be closed; UNREACHABLE, UNSUPPORTED, FAILED
 */
SideSipStack *
side_sip_stack_new (SideSipSettings    *settings,
                    SideSipSecret      *secret,
                    GInetSocketAddress *server,
                    const char         *canon,
                    GError            **error)
{
  g_autoptr (GInetAddress) local = side_sip_local_towards (server, error);
  g_autofree char *user = g_uri_escape_string (side_sip_settings_get_user (settings), USER_CHARS, FALSE);
  g_autofree char *plain = side_sip_settings_dup_domain (settings);
  g_autofree char *domain = bracketed (plain);
  const char *auth_user = side_sip_settings_get_auth_user (settings);
  SideSipStack *self;

  if (local == NULL)
    return NULL;
  if (side_sip_settings_get_transport (settings) == SIDE_SIP_TLS && (canon == NULL || !is_host (canon)))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
                           _("The server’s certificate names no host it could be held to"));
      return NULL;
    }
  root_take ();
  self = g_new0 (SideSipStack, 1);
  self->settings = g_object_ref (settings);
  self->local = g_steal_pointer (&local);
  self->legs = g_ptr_array_new ();
  self->trying = g_ptr_array_new_with_free_func ((GDestroyNotify) _side_sip_settle);
  self->strangers = g_hash_table_new (NULL, NULL);
  self->aor = g_strdup_printf ("sip:%s@%s", user, domain);
  self->domain_uri = g_strdup_printf ("sip:%s", domain);
  self->mark = _side_sip_stack_digest_add (auth_user != NULL && *auth_user != '\0' ? auth_user : side_sip_settings_get_user (settings), secret);
  if (side_sip_settings_get_transport (settings) == SIDE_SIP_TLS)
    self->folder = side_sip_trust_folder (settings, error);
  if (side_sip_settings_get_transport (settings) != SIDE_SIP_TLS || self->folder != NULL)
    {
      self->nua = make_agent (self, server, canon);
      if (self->nua == NULL)
        g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, _("No port for the telephone line could be opened"));
    }
  if (self->nua == NULL)
    g_clear_pointer (&self, stack_free);
  return self;
}

/* Over TLS nobody can connect to us: we have no certificate. A far end can only use our own connection,
 * and finds that by the address it comes from, which is not the port the stack would name. Every answer
 * says in our Via what it is (RFC 3581). */
void
_side_sip_stack_learn (SideSipStack *self,
                       sip_t const  *sip)
{
  sip_via_t const *via = sip->sip_via;
  const char *host = via != NULL ? (via->v_received != NULL ? via->v_received : via->v_host) : NULL;
  g_autofree char *user = NULL;
  g_autofree char *name = NULL;

  if (side_sip_settings_get_transport (self->settings) != SIDE_SIP_TLS || host == NULL || via->v_rport == NULL
      || !is_host (host) || !g_ascii_string_to_unsigned (via->v_rport, 10, 1, 65535, NULL, NULL))
    return;
  user = g_uri_escape_string (side_sip_settings_get_user (self->settings), USER_CHARS, FALSE);
  name = bracketed (host);
  g_free (self->contact);
  self->contact = g_strdup_printf ("<sip:%s@%s:%s;transport=tls>", user, name, via->v_rport);
}

/* Returns: (transfer none): our side of the way to the server */
GInetAddress *
side_sip_stack_get_local (SideSipStack *self)
{
  return self->local;
}

static void
tell_closed (SideSipStack *self)
{
  GSourceOnceFunc closed = g_steal_pointer (&self->closed);

  g_clear_handle_id (&self->limit_id, g_source_remove);
  if (closed != NULL)
    closed (self->closed_data);
}

static gboolean
on_close_limit (gpointer data)
{
  SideSipStack *self = data;

  self->limit_id = 0;
  tell_closed (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_finish (gpointer data)
{
  SideSipStack *self = data;

  nua_destroy (self->nua);
  g_ptr_array_set_size (self->trying, 0);
  tell_closed (self);
  stack_free (self);
  return G_SOURCE_REMOVE;
}

/* The agent's answer to nua_shutdown(); only then may it be destroyed, and not from within its own call. */
void
_side_sip_stack_shut (SideSipStack *self,
                      int           status)
{
  if (status >= 200 && self->finish_id == 0)
    self->finish_id = g_idle_add_full (G_PRIORITY_HIGH, on_finish, self, NULL);
}

/**
 * side_sip_stack_close: (transfer full) @self; lets go of everything. What
 * stands gets its BYE, CANCEL or end of registration on the way, and nobody's
 * answer is waited for. With calls still in it the agent would take 30 s.
 * @closed: (nullable): called once, within half a second, never at once
 */
void
side_sip_stack_close (SideSipStack    *self,
                      GSourceOnceFunc  closed,
                      gpointer         data)
{
  GHashTableIter iter;
  gpointer handle;

  g_return_if_fail (self != NULL && !self->closing);

  self->closing = TRUE;
  self->closed = closed;
  self->closed_data = data;
  while (self->legs->len > 0)
    {
      SideSipLeg *leg = g_ptr_array_index (self->legs, self->legs->len - 1);

      _side_sip_leg_let_go (leg);
      if (leg->trying != NULL)
        g_ptr_array_add (self->trying, g_steal_pointer (&leg->trying));
      g_ptr_array_remove_index_fast (self->legs, self->legs->len - 1);
      leg->stack = NULL;
      if (leg->func == NULL)
        _side_sip_leg_free (leg);
    }
  g_hash_table_iter_init (&iter, self->strangers);
  while (g_hash_table_iter_next (&iter, &handle, NULL))
    nua_handle_destroy (handle);
  g_hash_table_remove_all (self->strangers);
  self->limit_id = g_timeout_add (CLOSE_MS, on_close_limit, self);
  nua_shutdown (self->nua);
}

/* -- legs */

SideSipLeg *
_side_sip_leg_new (SideSipStack   *stack,
                   LegKind         kind,
                   SideSipLegFunc  func,
                   gpointer        data)
{
  SideSipLeg *leg = g_new0 (SideSipLeg, 1);

  leg->stack = stack;
  leg->kind = kind;
  leg->func = func;
  leg->data = data;
  leg->tried = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_ptr_array_add (stack->legs, leg);
  return leg;
}

/* Takes the leg out of the stack: nothing of it is heard any more. */
void
_side_sip_leg_let_go (SideSipLeg *leg)
{
  nua_handle_t *nh = g_steal_pointer (&leg->nh);

  g_clear_handle_id (&leg->orphan_id, g_source_remove);
  if (nh == NULL)
    return;
  nua_handle_bind (nh, NULL);
  nua_handle_destroy (nh);
}

void
_side_sip_leg_free (SideSipLeg *leg)
{
  _side_sip_leg_let_go (leg);
  if (leg->stack != NULL && leg->trying != NULL)
    g_ptr_array_add (leg->stack->trying, g_steal_pointer (&leg->trying));
  if (leg->stack != NULL)
    g_ptr_array_remove_fast (leg->stack->legs, leg);
  g_hash_table_unref (leg->tried);
  g_free (leg->contact);
  g_free (leg);
}

/**
 * side_sip_stack_register: registers, and keeps registered: each answer is an
 * event, those to the refreshes too.
 *
 * Returns: (transfer full): to be dropped, which takes it back unheard
 */
SideSipLeg *
side_sip_stack_register (SideSipStack   *self,
                         guint           expires_s,
                         SideSipLegFunc  func,
                         gpointer        data)
{
  SideSipLeg *leg = _side_sip_leg_new (self, LEG_REGISTER, func, data);
  g_autofree char *expires = g_strdup_printf ("%u", expires_s);

  leg->nh = nua_handle (self->nua, leg, SIPTAG_TO_STR (self->aor), NUTAG_URL (self->aor), TAG_END ());
  nua_register (leg->nh, NUTAG_REGISTRAR (self->domain_uri), SIPTAG_EXPIRES_STR (expires), TAG_END ());
  return leg;
}

/* Takes the registration back; the answer is an event. */
void
side_sip_leg_unregister (SideSipLeg *leg)
{
  if (leg->nh != NULL)
    nua_unregister (leg->nh, TAG_END ());
}

/**
 * side_sip_stack_options: asks the server what it can, to hear whether it is one.
 *
 * Returns: (transfer full): to be dropped
 */
SideSipLeg *
side_sip_stack_options (SideSipStack   *self,
                        SideSipLegFunc  func,
                        gpointer        data)
{
  SideSipLeg *leg = _side_sip_leg_new (self, LEG_OPTIONS, func, data);

  leg->nh = nua_handle (self->nua, leg, SIPTAG_TO_STR (self->domain_uri), NUTAG_URL (self->domain_uri), TAG_END ());
  nua_options (leg->nh, TAG_END ());
  return leg;
}
