/* side-secrets.c - tokens and passwords, made and checked
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-secrets.h"

#include <crypt.h>
#include <string.h>
#include <sys/random.h>

#include "side-error.h"

#define TOKEN_BYTES 32
#define TOKEN_CHARS 43   /* of base64url without padding */

/* What a name nobody has is checked against, so that it takes as long as one
 * somebody has. It is yescrypt with its default cost of a random password. */
#define NOBODYS_HASH "$y$j9T$PEgFe3SaCkwejhGoA0l8n.$Ufaq0MLsAB8G2u3v9ZRIIQzppFRdydBPKu63MpqJ/b1"

/**
 * side_token_new:
 *
 * Returns: (transfer full): a new bearer token
 */
char *
side_token_new (void)
{
  guint8 bytes[TOKEN_BYTES];
  char *text;

  /* Up to 256 bytes getrandom() is neither interrupted nor short. */
  if (getrandom (bytes, sizeof bytes, 0) != (ssize_t) sizeof bytes)
    g_error ("the system has no random numbers");
  text = g_base64_encode (bytes, sizeof bytes);
  explicit_bzero (bytes, sizeof bytes);
  text[TOKEN_CHARS] = '\0';
  g_strdelimit (text, "+", '-');
  return g_strdelimit (text, "/", '_');
}

/**
 * side_token_hash:
 * @token: (nullable): what somebody says is a token
 * @hash: (out caller-allocates): its SHA-256
 *
 * Returns: whether it has the form of a token
 */
gboolean
side_token_hash (const char *token,
                 guint8      hash[SIDE_TOKEN_HASH_BYTES])
{
  g_autoptr (GChecksum) checksum = NULL;
  gsize len = SIDE_TOKEN_HASH_BYTES;

  if (token == NULL || strlen (token) != TOKEN_CHARS)
    return FALSE;
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) token, TOKEN_CHARS);
  g_checksum_get_digest (checksum, hash, &len);
  return TRUE;
}

/**
 * side_password_hash:
 * @password: a new password
 * @error: return location
 *
 * Returns: (transfer full) (nullable): its yescrypt form; %NULL with
 *   SIDE_ERROR_INVALID when it is too short or too long
 */
char *
side_password_hash (const char  *password,
                    GError     **error)
{
  char salt[CRYPT_GENSALT_OUTPUT_SIZE];
  g_autofree struct crypt_data *data = NULL;
  const char *made;

  if (g_utf8_strlen (password, -1) < SIDE_PASSWORD_MIN || strlen (password) > SIDE_PASSWORD_MAX)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "a password has at least %d characters and at most %d bytes",
                   SIDE_PASSWORD_MIN, SIDE_PASSWORD_MAX);
      return NULL;
    }
  data = g_new0 (struct crypt_data, 1);
  made = crypt_gensalt_rn ("$y$", 0, NULL, 0, salt, sizeof salt) != NULL ? crypt_r (password, salt, data) : NULL;
  if (made == NULL || *made == '*')
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "this system's crypt(3) has no yescrypt");
      return NULL;
    }
  return g_strdup (made);
}

static gboolean
equal_slowly (const char *a,
              const char *b)
{
  gsize len = strlen (a);
  guint8 difference = 0;

  if (strlen (b) != len)
    return FALSE;
  for (gsize i = 0; i < len; i++)
    difference |= (guint8) (a[i] ^ b[i]);
  return difference == 0;
}

/**
 * side_password_verify:
 * @password: what somebody typed
 * @hash: (nullable): what is kept; %NULL when there is no such user or they
 *   have no password
 *
 * Takes about as long without @hash as with one.
 *
 * Returns: whether they fit
 */
gboolean
side_password_verify (const char *password,
                      const char *hash)
{
  g_autofree struct crypt_data *data = g_new0 (struct crypt_data, 1);
  const char *made;
  gboolean fits;

  if (strlen (password) > SIDE_PASSWORD_MAX)
    return FALSE;
  made = crypt_r (password, hash != NULL ? hash : NOBODYS_HASH, data);
  fits = hash != NULL && made != NULL && *made != '*' && equal_slowly (made, hash);
  explicit_bzero (data, sizeof *data);
  return fits;
}
