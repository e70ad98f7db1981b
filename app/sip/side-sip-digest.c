/* side-sip-digest.c - the proof that one knows the password
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 7616 §3.4 with the algorithms RFC 8760 gives SIP. The password is read
 * where it lies and goes straight into the hash; what stands in for it is wiped.
 */
#include "side-sip-private.h"

#include <openssl/evp.h>
#include <string.h>

/* The hex of a hash of 32 bytes at most, and its end. */
typedef char Hex[2 * 32 + 1];

/* @out: of @parts with a colon between each two. FALSE where this computer's
 * rules forbid the algorithm, as some do with MD5. */
static gboolean
hash (const EVP_MD      *kind,
      const char *const *parts,
      Hex                out)
{
  EVP_MD_CTX *context = EVP_MD_CTX_new ();
  unsigned char raw[EVP_MAX_MD_SIZE];
  unsigned int length = 0;
  gboolean good = context != NULL && EVP_DigestInit_ex (context, kind, NULL) == 1;

  for (gsize i = 0; good && parts[i] != NULL; i++)
    good = (i == 0 || EVP_DigestUpdate (context, ":", 1) == 1) &&
           EVP_DigestUpdate (context, parts[i], strlen (parts[i])) == 1;
  good = good && EVP_DigestFinal_ex (context, raw, &length) == 1 && 2 * length < sizeof (Hex);
  for (unsigned int i = 0; good && i < length; i++)
    g_snprintf (out + 2 * i, 3, "%02x", raw[i]);
  EVP_MD_CTX_free (context);      /* which wipes it */
  explicit_bzero (raw, sizeof raw);
  return good;
}

static void
append_quoted (GString    *out,
               const char *name,
               const char *value)
{
  g_string_append_printf (out, "%s%s=\"%s\"", out->len > strlen ("Digest ") ? ", " : "", name, value);
}

/* Who it is: hashed where the server wants that. A name that is not ASCII goes
 * as UTF-8, which RFC 3261's quoted strings take; RFC 7616's "username*" is
 * known to hardly any telephone exchange. */
static gboolean
append_user (GString                *out,
             const SideSipChallenge *challenge,
             const EVP_MD           *kind,
             const char             *user)
{
  g_autoptr (GString) escaped = g_string_new (NULL);
  Hex hashed;

  if (challenge->userhash)
    {
      if (!hash (kind, (const char *const[]) { user, challenge->realm, NULL }, hashed))
        return FALSE;
      append_quoted (out, "username", hashed);
      g_string_append (out, ", userhash=true");
      return TRUE;
    }
  for (const char *p = user; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *p);
    }
  append_quoted (out, "username", escaped->str);
  return TRUE;
}

/* @out: what the server computes as well (RFC 7616 §3.4.1 to §3.4.3). */
static gboolean
respond (const SideSipChallenge *challenge,
         const EVP_MD           *kind,
         const char *const      *who,
         const char *const      *what,
         const char             *count,
         const char             *client_nonce,
         Hex                     out)
{
  gboolean session = challenge->algorithm != NULL && strcasestr (challenge->algorithm, "-sess") != NULL;
  Hex a1, a2;
  gboolean good = hash (kind, who, a1) && hash (kind, what, a2);

  if (good && session)
    good = hash (kind, (const char *const[]) { a1, challenge->nonce, client_nonce, NULL }, a1);
  if (good && challenge->qop != NULL)
    good = hash (kind, (const char *const[]) { a1, challenge->nonce, count, client_nonce, "auth", a2, NULL }, out);
  else if (good)
    good = hash (kind, (const char *const[]) { a1, challenge->nonce, a2, NULL }, out);
  explicit_bzero (a1, sizeof a1);
  return good;
}

/**
 * side_sip_digest_answer:
 * @challenge: what was asked
 * @user: who it is, unescaped, without a control character
 * @secret: the password
 * @method: of the request: "INVITE"
 * @uri: of the request, as it stands in its first line
 * @nonce_count: how often the nonce was used, with this one; from 1
 * @client_nonce: a fresh random text of letters and digits
 *
 * Returns: (transfer full) (nullable): the value of an Authorization or
 *   Proxy-Authorization header; %NULL where side_sip_challenge_rank() is 0 or
 *   this computer's rules forbid the algorithm. Never to be logged
 */
char *
side_sip_digest_answer (const SideSipChallenge *challenge,
                        const char             *user,
                        SideSipSecret          *secret,
                        const char             *method,
                        const char             *uri,
                        guint                   nonce_count,
                        const char             *client_nonce)
{
  const EVP_MD *const kinds[] = { NULL, EVP_md5 (), EVP_sha256 (), EVP_sha512_256 () };
  const EVP_MD *kind;
  g_autoptr (GString) out = g_string_new ("Digest ");
  char count[16];
  Hex response;

  g_return_val_if_fail (challenge != NULL && user != NULL && secret != NULL, NULL);
  g_return_val_if_fail (method != NULL && uri != NULL && client_nonce != NULL, NULL);

  kind = kinds[side_sip_challenge_rank (challenge)];
  g_snprintf (count, sizeof count, "%08x", nonce_count);
  if (kind == NULL ||
      !respond (challenge, kind, (const char *const[]) { user, challenge->realm, side_sip_secret_peek (secret), NULL },
                (const char *const[]) { method, uri, NULL }, count, client_nonce, response) ||
      !append_user (out, challenge, kind, user))
    return NULL;
  append_quoted (out, "realm", challenge->realm);
  append_quoted (out, "nonce", challenge->nonce);
  append_quoted (out, "uri", uri);
  append_quoted (out, "response", response);
  if (challenge->algorithm != NULL)
    g_string_append_printf (out, ", algorithm=%s", challenge->algorithm);
  if (challenge->opaque != NULL)
    append_quoted (out, "opaque", challenge->opaque);
  if (challenge->qop != NULL)
    g_string_append_printf (out, ", qop=auth, nc=%s, cnonce=\"%s\"", count, client_nonce);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
