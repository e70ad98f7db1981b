/* side-sip-challenge.c - what a server wants to have answered
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads a Digest challenge (RFC 7616 §3.3, RFC 3261 §20.27) and says how strong
 * it is. What stands in it comes from outside and goes back into a header: it
 * is kept as it was sent, and nothing that could end a line is taken.
 */
#include "side-sip-private.h"

#include <string.h>

#define MAX_CHALLENGE 8192      /* bytes of all of it */

/**
 * side_sip_challenge_free:
 * @challenge: (nullable): a challenge
 */
void
side_sip_challenge_free (SideSipChallenge *challenge)
{
  if (challenge == NULL)
    return;
  g_free (challenge->realm);
  g_free (challenge->nonce);
  g_free (challenge->opaque);
  g_free (challenge->qop);
  g_free (challenge->algorithm);
  g_free (challenge);
}

/**
 * side_sip_challenge_copy:
 * @challenge: a challenge
 *
 * Returns: (transfer full): the same once more
 */
SideSipChallenge *
side_sip_challenge_copy (const SideSipChallenge *challenge)
{
  SideSipChallenge *copy;

  g_return_val_if_fail (challenge != NULL, NULL);

  copy = g_new (SideSipChallenge, 1);
  *copy = (SideSipChallenge) {
    .realm = g_strdup (challenge->realm), .nonce = g_strdup (challenge->nonce), .opaque = g_strdup (challenge->opaque),
    .qop = g_strdup (challenge->qop), .algorithm = g_strdup (challenge->algorithm),
    .stale = challenge->stale, .userhash = challenge->userhash,
  };
  return copy;
}

static const char *
skip_space (const char *p)
{
  return p + strspn (p, " \t\r\n");
}

static gboolean
is_clean (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return TRUE;
}

/* Reads a token or a quoted string at @p. What is quoted keeps its backslashes:
 * the digest is made of it as it was sent (RFC 7616 §3.2, "unq"), and so it is
 * sent back. Returns: (nullable): what follows it; NULL if there is none. */
static const char *
read_value (const char  *p,
            char       **value)
{
  const char *start;

  if (*p != '"')
    {
      start = p;
      p += strcspn (p, ", \t\r\n\"\\");
      /* No token holds a backslash (RFC 3261 §25.1), and in the quotes we answer
       * with it would take the closing one for its own. */
      if (p == start || *p == '\\')
        return NULL;
      *value = g_strndup (start, (gsize) (p - start));
      return p;
    }
  start = ++p;
  while (*p != '\0' && *p != '"')
    p += *p == '\\' && p[1] != '\0' ? 2 : 1;
  if (*p != '"')
    return NULL;
  *value = g_strndup (start, (gsize) (p - start));
  return p + 1;
}

/* A parameter that comes twice says what it said first. */
static void
keep (SideSipChallenge *self,
      const char       *name,
      char             *value)
{
  const struct {
    const char *name;
    char      **slot;
  } texts[] = {
    { "realm", &self->realm }, { "nonce", &self->nonce }, { "opaque", &self->opaque }, { "qop", &self->qop },
    { "algorithm", &self->algorithm },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_ascii_strcasecmp (name, texts[i].name) == 0 && *texts[i].slot == NULL)
      {
        *texts[i].slot = value;
        return;
      }
  if (g_ascii_strcasecmp (name, "stale") == 0)
    self->stale = g_ascii_strcasecmp (value, "true") == 0;
  else if (g_ascii_strcasecmp (name, "userhash") == 0)
    self->userhash = g_ascii_strcasecmp (value, "true") == 0;
  g_free (value);
}

/* Reads "name=value" at @p. Returns: (nullable): what follows it. */
static const char *
read_parameter (SideSipChallenge *self,
                const char       *p)
{
  gsize length = strcspn (p, "=, \t\r\n\"");
  g_autofree char *name = g_strndup (p, length);
  g_autofree char *value = NULL;

  p = skip_space (p + length);
  if (length == 0 || *p != '=')
    return NULL;
  p = read_value (skip_space (p + 1), &value);
  if (p == NULL || !is_clean (value))
    return NULL;
  keep (self, name, g_steal_pointer (&value));
  return p;
}

static gboolean
is_whole (const SideSipChallenge *self)
{
  return self->realm != NULL && self->nonce != NULL && *self->nonce != '\0';
}

/**
 * side_sip_challenge_parse:
 * @value: (nullable): of a WWW-Authenticate or Proxy-Authenticate header
 *
 * Returns: (transfer full) (nullable): the challenge; %NULL if it is none of
 *   ours, or not one at all
 */
SideSipChallenge *
side_sip_challenge_parse (const char *value)
{
  g_autoptr (SideSipChallenge) self = g_new0 (SideSipChallenge, 1);
  const char *p;

  if (value == NULL || strlen (value) > MAX_CHALLENGE)
    return NULL;
  p = skip_space (value);
  if (g_ascii_strncasecmp (p, "Digest", 6) != 0 || skip_space (p + 6) == p + 6)
    return NULL;
  p = skip_space (p + 6);
  while (*p != '\0')
    {
      p = read_parameter (self, p);
      if (p == NULL)
        return NULL;
      p = skip_space (p);
      if (*p != ',' && *p != '\0')
        return NULL;
      p += strspn (p, ", \t\r\n");
    }
  return is_whole (self) ? g_steal_pointer (&self) : NULL;
}

/**
 * side_sip_challenge_new:
 * @params: (array zero-terminated=1) (nullable): a Digest's parameters, each as
 *   it stands in the header: `realm="example"`
 *
 * Returns: (transfer full) (nullable): the challenge; %NULL where realm or
 *   nonce are not there, or one of the parameters is none
 */
SideSipChallenge *
side_sip_challenge_new (const char *const *params)
{
  g_autoptr (SideSipChallenge) self = g_new0 (SideSipChallenge, 1);
  gsize total = 0;

  for (gsize i = 0; params != NULL && params[i] != NULL; i++)
    {
      const char *rest;

      total += strlen (params[i]);
      rest = total <= MAX_CHALLENGE ? read_parameter (self, skip_space (params[i])) : NULL;
      if (rest == NULL || *skip_space (rest) != '\0')
        return NULL;
    }
  return is_whole (self) ? g_steal_pointer (&self) : NULL;
}

static gboolean
offers_auth (const char *qop)
{
  g_auto (GStrv) words = g_strsplit_set (qop, ", \t", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], "auth") == 0)
      return TRUE;
  return FALSE;
}

/**
 * side_sip_challenge_rank:
 * @challenge: a challenge
 *
 * Of several the one with the highest rank is to be answered (RFC 8760 §2.4).
 * What has a session key needs a client's nonce, and that needs a qop; a body's
 * digest ("auth-int") is not made.
 *
 * Returns: 0 for one that cannot be answered, 1 for MD5, 2 for SHA-256, 3 for
 *   SHA-512-256
 */
int
side_sip_challenge_rank (const SideSipChallenge *challenge)
{
  static const struct {
    const char *name;
    int         rank;
    gboolean    session;
  } known[] = {
    { "MD5", 1, FALSE }, { "MD5-sess", 1, TRUE }, { "SHA-256", 2, FALSE }, { "SHA-256-sess", 2, TRUE },
    { "SHA-512-256", 3, FALSE }, { "SHA-512-256-sess", 3, TRUE },
  };
  const char *algorithm;

  g_return_val_if_fail (challenge != NULL, 0);

  algorithm = challenge->algorithm != NULL ? challenge->algorithm : "MD5";
  if (!is_whole (challenge) || (challenge->qop != NULL && !offers_auth (challenge->qop)))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (algorithm, known[i].name) == 0)
      return known[i].session && challenge->qop == NULL ? 0 : known[i].rank;
  return 0;
}
