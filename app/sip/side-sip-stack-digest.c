/* side-sip-stack-digest.c - our digest in the place of the stack's
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Sofia-SIP answers MD5 only, and gives up where SHA-256 stands beside it (RFC
 * 8760). Its plug-in interface lets another answer; here is the binding of
 * side-sip-digest.c to it. The stack is told no password: in its place it
 * keeps a mark, a number by which we find user and password again.
 */
#include "side-sip-stack-private.h"

#include <stdlib.h>
#include <string.h>

#define MAX_REALMS    4      /* challenges answered for one request: a proxy's or two and a server's */
#define MAX_CHALLENGES 6     /* rounds until a final answer, stale ones counted */

typedef struct {
  char          *user;
  SideSipSecret *secret;
} Credentials;

/* What the stack allocates for each realm of each handle. Strings lie in its
 * memory home: there is no call when it goes. */
typedef struct {
  auth_client_t    base;
  SideSipChallenge challenge;
  guint            nonce_count;
} Client;

static GHashTable *credentials;     /* mark -> Credentials */

static void
credentials_free (gpointer data)
{
  Credentials *self = data;

  g_free (self->user);
  side_sip_secret_unref (self->secret);
  g_free (self);
}

/* Returns: a mark for the stack to keep. @secret: (nullable): without one an empty password is tried */
guint
_side_sip_stack_digest_add (const char    *user,
                            SideSipSecret *secret)
{
  static guint last;
  Credentials *added = g_new0 (Credentials, 1);

  if (credentials == NULL)
    credentials = g_hash_table_new_full (NULL, NULL, NULL, credentials_free);
  added->user = g_strdup (user);
  added->secret = secret != NULL ? side_sip_secret_ref (secret) : side_sip_secret_new ("");
  g_hash_table_insert (credentials, GUINT_TO_POINTER (++last), added);
  return last;
}

void
_side_sip_stack_digest_remove (guint mark)
{
  if (credentials != NULL)
    g_hash_table_remove (credentials, GUINT_TO_POINTER (mark));
}

static void
set_string (su_home_t   *home,
            char       **field,
            const char  *value)
{
  su_free (home, *field);
  *field = value != NULL ? su_strdup (home, value) : NULL;
}

/* A challenge is stored: of those of one answer, and of all that came before,
 * the strongest stays, so that nobody on the way can talk us down.
 * Returns: 2 when there is something to try again with, 1 when not; less than
 *   1 would make the stack give up on the others too */
static int
on_challenge (auth_client_t    *client,
              msg_auth_t const *header)
{
  Client *self = (Client *) client;
  su_home_t *home = client->ca_home;
  g_autoptr (SideSipChallenge) heard = side_sip_challenge_new ((const char *const *) header->au_params);
  SideSipChallenge *kept = &self->challenge;
  gboolean again;

  if (heard == NULL || side_sip_challenge_rank (heard) == 0)
    return 1;
  if (kept->nonce != NULL && side_sip_challenge_rank (heard) < side_sip_challenge_rank (kept))
    return 1;
  again = kept->nonce == NULL || heard->stale;
  set_string (home, &kept->realm, heard->realm);
  set_string (home, &kept->nonce, heard->nonce);
  set_string (home, &kept->opaque, heard->opaque);
  set_string (home, &kept->qop, heard->qop);
  set_string (home, &kept->algorithm, heard->algorithm);
  kept->userhash = heard->userhash;
  self->nonce_count = 0;
  return again ? 2 : 1;
}

static int
on_authorize (auth_client_t       *client,
              su_home_t           *home,
              char const          *method,
              url_t const         *url,
              msg_payload_t const *body,
              msg_header_t       **header)
{
  Client *self = (Client *) client;
  const Credentials *known;
  g_autofree char *client_nonce = NULL;
  g_autofree char *value = NULL;
  char *uri;

  if (self->challenge.nonce == NULL || client->ca_user == NULL || client->ca_clear)
    return 0;
  known = credentials != NULL ? g_hash_table_lookup (credentials, GUINT_TO_POINTER (strtoul (client->ca_user, NULL, 10))) : NULL;
  if (known == NULL)
    return 0;
  uri = url_as_string (home, url);
  client_nonce = g_strdup_printf ("%08x%08x", g_random_int (), g_random_int ());
  value = side_sip_digest_answer (&self->challenge, known->user, known->secret, method, uri, ++self->nonce_count, client_nonce);
  su_free (home, uri);
  if (value == NULL)
    return 0;
  *header = msg_header_make (home, client->ca_credential_class, value);
  return *header != NULL ? 0 : -1;
}

/* nextnonce: a nonce used again is good, or the server says that it is stale. */
static int
on_info (auth_client_t         *client,
         msg_auth_info_t const *info)
{
  return 0;
}

static int
on_clear (auth_client_t *client)
{
  client->ca_clear = 1;
  return 1;
}

static int
on_save (auth_client_t *client,
         char const    *scheme,
         char const    *realm,
         char const    *user,
         char const    *pass)
{
  if (realm != NULL && strcmp (realm, client->ca_realm) != 0)
    return 0;
  set_string (client->ca_home, &client->ca_user, user);
  set_string (client->ca_home, &client->ca_pass, pass);
  client->ca_clear = 0;
  return 1;
}

static int
on_copy (auth_client_t       *to,
         auth_client_t const *from)
{
  return auth_client_copy_credentials (to, from);
}

#define PLUGIN(name)                                                                                                      \
  {                                                                                                                       \
    sizeof (auth_client_plugin_t), sizeof (Client), name, on_challenge, on_authorize, on_info, on_clear, on_save, on_copy \
  }

/* The registry compares names the wrong way round, so that the first of these
 * replaces the stack's own; the second keeps it replaced should that be mended. */
void
_side_sip_stack_digest_install (void)
{
  static const auth_client_plugin_t lower = PLUGIN ("digest");
  static const auth_client_plugin_t proper = PLUGIN ("Digest");

  auc_register_plugin (&lower);
  auc_register_plugin (&proper);
}

/* Whose realm is new, or whose nonce only was too old, adds a mark to @out.
 * Returns: %FALSE when this realm refused what we answered before: the password is wrong */
static gboolean
collect (SideSipLeg       *leg,
         msg_auth_t const *header,
         GPtrArray        *out)
{
  for (; header != NULL; header = header->au_next)
    {
      g_autoptr (SideSipChallenge) heard = NULL;
      const char *realm = msg_params_find (header->au_params, "realm=");

      if (header->au_scheme == NULL || g_ascii_strcasecmp (header->au_scheme, "Digest") != 0 || realm == NULL)
        continue;
      heard = side_sip_challenge_new ((const char *const *) header->au_params);
      if (heard == NULL || side_sip_challenge_rank (heard) == 0)
        continue;
      if (g_hash_table_contains (leg->tried, heard->realm) && !heard->stale)
        return FALSE;
      if (out->len < MAX_REALMS)
        g_ptr_array_add (out, g_strdup_printf ("Digest:%s:%u:kept-elsewhere", realm, leg->stack->mark));
    }
  return TRUE;
}

static void
note_realms (SideSipLeg       *leg,
             msg_auth_t const *header)
{
  for (; header != NULL; header = header->au_next)
    {
      g_autoptr (SideSipChallenge) heard = side_sip_challenge_new ((const char *const *) header->au_params);

      if (heard != NULL)
        g_hash_table_insert (leg->tried, g_strdup (heard->realm),
                             GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (leg->tried, heard->realm)) + 1));
    }
}

static gboolean
tried_enough (SideSipLeg *leg)
{
  GHashTableIter iter;
  gpointer count;
  guint n = 0;

  g_hash_table_iter_init (&iter, leg->tried);
  while (g_hash_table_iter_next (&iter, NULL, &count))
    n += GPOINTER_TO_UINT (count);
  return n >= MAX_CHALLENGES;
}

/* Sends what was challenged again, with credentials. @answerable: whether there was a challenge we know
 * how to answer. Returns: %FALSE when it must end here */
gboolean
_side_sip_leg_authenticate (SideSipLeg  *leg,
                            sip_t const *sip,
                            gboolean    *answerable)
{
  g_autoptr (GPtrArray) marks = g_ptr_array_new_with_free_func (g_free);
  gboolean right = collect (leg, sip->sip_www_authenticate, marks) && collect (leg, sip->sip_proxy_authenticate, marks);
  const char *mark[MAX_REALMS] = { NULL };

  *answerable = !right || marks->len > 0;
  if (!right || marks->len == 0 || tried_enough (leg))
    return FALSE;
  note_realms (leg, sip->sip_www_authenticate);
  note_realms (leg, sip->sip_proxy_authenticate);
  for (guint i = 0; i < marks->len && i < MAX_REALMS; i++)
    mark[i] = g_ptr_array_index (marks, i);
  nua_authenticate (leg->nh, NUTAG_AUTH (mark[0]), TAG_IF (mark[1] != NULL, NUTAG_AUTH (mark[1])),
                    TAG_IF (mark[2] != NULL, NUTAG_AUTH (mark[2])), TAG_IF (mark[3] != NULL, NUTAG_AUTH (mark[3])), TAG_END ());
  return TRUE;
}
