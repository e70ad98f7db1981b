/* fuzz-sip.c - what a telephone server might send
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte picks who reads the rest: bodies, descriptions, challenges or
 * the log. What was found lies in what was given; what was read can be written
 * and read again; what we answer fits what was asked; no secret is let through.
 */
#include <string.h>

#include "side-error.h"
#include "side-sdp.h"
#include "side-sip-private.h"

#define SECRET "hunter2hunter2"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Not g_assert(): a wrong answer must stop the fuzzer in every build. */
static void
demand (gboolean holds)
{
  if (!holds)
    __builtin_trap ();
}

/* A line with the type, then the body. */
static void
try_body (const char *text,
          gsize       size)
{
  const char *newline = memchr (text, '\n', size);
  g_autofree char *type = newline != NULL ? g_strndup (text, (gsize) (newline - text)) : NULL;
  gsize length = newline != NULL ? size - (gsize) (newline + 1 - text) : 0;
  /* A copy of exactly its size: what is read behind it is noticed. */
  g_autofree char *body = length > 0 ? g_memdup2 (newline + 1, length) : NULL;
  g_autofree char *found = side_sip_body_find_sdp (type, body, length);

  if (found != NULL)
    demand (*found != '\0' && memmem (body, length, found, strlen (found)) != NULL);
}

static void
check_codec (const SideSdpCodec *codec)
{
  demand (codec->payload_type < 128 && codec->rate > 0 && codec->channels > 0 && codec->channels <= 16 && *codec->name != '\0');
}

static SideSdp *
new_ours (gboolean srtp)
{
  static const guint8 key[SIDE_SDP_KEY_BYTES] = "a key in no file of a test";
  g_autoptr (GInetAddress) local = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  gsize n;
  const SideSdpCodec *codecs = side_sdp_usual_codecs (TRUE, TRUE, &n);

  return side_sdp_new_offer (local, 40000, codecs, n, srtp ? key : NULL, srtp ? sizeof key : 0);
}

/* Whatever is answered holds for both ends. */
static void
try_answer (SideSdp  *theirs,
            gboolean  srtp)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSdp) ours = new_ours (srtp);
  g_autoptr (SideSdp) answer = side_sdp_answer (ours, theirs, &error);
  g_auto (SideSdpAgreed) here = { 0 };
  g_auto (SideSdpAgreed) there = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (SideSdp) heard = NULL;

  if (answer == NULL)
    {
      demand (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED));
      return;
    }
  text = side_sdp_to_string (answer);
  heard = side_sdp_parse (text, -1, NULL);
  demand (heard != NULL);
  demand (side_sdp_agree (answer, theirs, FALSE, &here, NULL));
  demand ((here.keys.suite[0] != '\0') == srtp);
  demand (here.address != NULL || (here.direction & SIDE_SDP_SENDONLY) == 0);
  /* Seen from their side as well, where it is their first stream of sound. */
  if (side_sdp_get_encrypted (theirs) != srtp)
    return;
  demand (side_sdp_agree (theirs, heard, TRUE, &there, NULL));
  demand (here.codec.payload_type == there.receive_type && here.receive_type == there.codec.payload_type);
  demand (strcmp (here.keys.suite, there.keys.suite) == 0 && memcmp (here.keys.ours, there.keys.theirs, SIDE_SDP_KEY_BYTES) == 0);
}

static void
try_sdp (const char *text,
         gsize       size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideSdp) sdp = side_sdp_parse (text, (gssize) size, &error);
  g_autoptr (SideSdp) ours = new_ours (FALSE);
  g_auto (SideSdpAgreed) agreed = { 0 };
  g_autofree char *once = NULL;
  g_autofree char *twice = NULL;
  g_autofree char *shown = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (SideSdp) back = NULL;

  if (sdp == NULL)
    {
      demand (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_INVALID));
      return;
    }
  once = side_sdp_to_string (sdp);
  back = side_sdp_parse (once, -1, NULL);
  demand (back != NULL);
  twice = side_sdp_to_string (back);
  demand (strcmp (once, twice) == 0);
  shown = side_sdp_to_redacted_string (sdp);
  lines = g_strsplit (shown, "\r\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    demand (!g_str_has_prefix (lines[i], "a=crypto:") || g_str_has_suffix (lines[i], " inline:[redacted]"));
  if (side_sdp_get_codec (sdp) != NULL)
    check_codec (side_sdp_get_codec (sdp));
  if (side_sdp_get_tones (sdp) != NULL)
    check_codec (side_sdp_get_tones (sdp));
  demand (side_sdp_get_ptime_ms (sdp) >= 10 && side_sdp_get_ptime_ms (sdp) <= 120);
  if (side_sdp_agree (ours, sdp, TRUE, &agreed, NULL))
    demand (agreed.rtp_port != 0 && agreed.keys.suite[0] == '\0');
  try_answer (sdp, FALSE);
  try_answer (sdp, TRUE);
}

static void
try_challenge (const char *text)
{
  g_autoptr (SideSipChallenge) challenge = side_sip_challenge_parse (text);
  g_autoptr (SideSipSecret) secret = NULL;
  g_autoptr (SideSipChallenge) mirrored = NULL;
  g_autofree char *answer = NULL;

  if (challenge == NULL)
    return;
  secret = side_sip_secret_new (SECRET);
  answer = side_sip_digest_answer (challenge, "7001", secret, "INVITE", "sip:100@pbx.example.org", 1, "0123456789abcdef");
  demand ((answer != NULL) == (side_sip_challenge_rank (challenge) > 0));
  if (answer == NULL)
    return;
  demand (strpbrk (answer, "\r\n") == NULL);
  /* A header of the same grammar, with what they sent as they sent it. */
  mirrored = side_sip_challenge_parse (answer);
  if (strlen (answer) <= 8192)
    demand (mirrored != NULL && strcmp (mirrored->realm, challenge->realm) == 0 && strcmp (mirrored->nonce, challenge->nonce) == 0);
}

static void
check_line (const char *line,
            gpointer    data)
{
  demand (strchr (line, '\n') == NULL && strlen (line) <= 4096 + strlen ("[redacted]"));
  demand (strstr (line, SECRET) == NULL);
}

/* Pieces as long as the first byte says, with a password in the midst of them. */
static void
try_log (const char *text)
{
  SideSipLog *log = side_sip_log_new (check_line, NULL);
  gsize piece = 1 + (guchar) *text;
  g_autofree char *whole = NULL;

  if (strstr (text, "hunter") == NULL)
    whole = g_strconcat (text, "\n   Authorization: Digest response=\"" SECRET "\",\r\n    opaque=\"" SECRET "\"\n", text, NULL);
  for (gsize at = 0; whole != NULL && at < strlen (whole); at += piece)
    {
      g_autofree char *part = g_strndup (whole + at, piece);

      side_sip_log_feed (log, part);
    }
  side_sip_log_free (log);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = size > 0 ? g_strndup ((const char *) data + 1, size - 1) : NULL;

  if (size == 0)
    return 0;
  switch (data[0] % 4)
    {
    case 0:
      try_body ((const char *) data + 1, size - 1);
      break;
    case 1:
      try_sdp ((const char *) data + 1, size - 1);
      break;
    case 2:
      try_challenge (text);
      break;
    default:
      if (size < 10000)
        try_log (text);
      break;
    }
  return 0;
}
