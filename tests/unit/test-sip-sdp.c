/* test-sip-sdp.c - offers, answers and what they come to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What other programs send, RFC 3264's and RFC 4568's rules, and limits.
 */
#include <string.h>

#include "side-error.h"
#include "side-sdp.h"
#include "side-test.h"

#define THEIR_KEY  "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz"
#define OTHER_KEY  "PS1uQCVeeCFCanVmcjkpPywjNWhcYD0mXXtxaVBR"
#define HEAD       "v=0\r\no=- 1 1 IN IP4 192.0.2.7\r\ns=-\r\nc=IN IP4 192.0.2.7\r\nt=0 0\r\n"
#define G711       "m=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n"

static const guint8 our_key[SIDE_SDP_KEY_BYTES] = "0123456789abcdefghijklmnopqrs";

static SideSdp *
new_ours (gboolean srtp)
{
  g_autoptr (GInetAddress) local = g_inet_address_new_from_string ("198.51.100.1");
  gsize n;
  const SideSdpCodec *codecs = side_sdp_usual_codecs (TRUE, TRUE, &n);

  return side_sdp_new_offer (local, 40000, codecs, n, srtp ? our_key : NULL, srtp ? sizeof our_key : 0);
}

static SideSdp *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  SideSdp *sdp = side_sdp_parse (text, -1, &error);

  g_assert_no_error (error);
  return sdp;
}

static void
test_offer (void)
{
  g_autoptr (SideSdp) offer = new_ours (FALSE);
  g_autofree char *text = side_sdp_to_string (offer);
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  static const char *const rest[] = {
    "s=-", "c=IN IP4 198.51.100.1", "t=0 0", "m=audio 40000 RTP/AVP 96 9 8 0 101 102", "a=rtpmap:96 opus/48000/2",
    "a=fmtp:96 useinbandfec=1", "a=rtpmap:9 G722/8000", "a=rtpmap:8 PCMA/8000", "a=rtpmap:0 PCMU/8000",
    "a=rtpmap:101 telephone-event/8000", "a=fmtp:101 0-15", "a=rtpmap:102 telephone-event/48000", "a=fmtp:102 0-15",
    "a=ptime:20", "a=sendrecv", "", NULL,
  };

  g_assert_cmpstr (lines[0], ==, "v=0");
  g_assert_true (g_regex_match_simple ("^o=- [0-9]{1,19} 1 IN IP4 198\\.51\\.100\\.1$", lines[1], 0, 0));
  for (gsize i = 0; rest[i] != NULL; i++)
    g_assert_cmpstr (lines[i + 2], ==, rest[i]);
}

static void
test_usual_codecs (void)
{
  static const struct {
    gboolean    opus;
    gboolean    g722;
    const char *names;
  } cases[] = {
    { TRUE, TRUE, "opus/48000 G722/8000 PCMA/8000 PCMU/8000 telephone-event/8000 telephone-event/48000 " },
    { FALSE, TRUE, "G722/8000 PCMA/8000 PCMU/8000 telephone-event/8000 " },
    { TRUE, FALSE, "opus/48000 PCMA/8000 PCMU/8000 telephone-event/8000 telephone-event/48000 " },
    { FALSE, FALSE, "PCMA/8000 PCMU/8000 telephone-event/8000 " },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize n;
      const SideSdpCodec *codecs = side_sdp_usual_codecs (cases[i].opus, cases[i].g722, &n);
      g_autoptr (GString) names = g_string_new (NULL);

      for (gsize k = 0; k < n; k++)
        g_string_append_printf (names, "%s/%u ", codecs[k].name, codecs[k].rate);
      g_assert_cmpstr (names->str, ==, cases[i].names);
    }
}

/* An encrypted one over IPv6; only the redacted text may be shown. */
static void
test_secret_offer (void)
{
  g_autoptr (GInetAddress) local = g_inet_address_new_from_string ("2001:db8::1");
  gsize n;
  const SideSdpCodec *codecs = side_sdp_usual_codecs (FALSE, FALSE, &n);
  g_autoptr (SideSdp) offer = side_sdp_new_offer (local, 65534, codecs, n, our_key, sizeof our_key);
  g_autofree char *text = side_sdp_to_string (offer);
  g_autofree char *shown = side_sdp_to_redacted_string (offer);
  g_autofree char *key = g_base64_encode (our_key, sizeof our_key);
  g_autofree char *line = g_strdup_printf ("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:%s\r\n", key);
  g_autoptr (SideSdp) back = parse (text);

  g_assert_nonnull (strstr (text, "c=IN IP6 2001:db8::1\r\n"));
  g_assert_nonnull (strstr (text, "m=audio 65534 RTP/SAVP 8 0 101\r\n"));
  g_assert_nonnull (strstr (text, line));
  g_assert_null (strstr (shown, key));
  g_assert_nonnull (strstr (shown, "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:[redacted]\r\n"));
  g_assert_true (side_sdp_get_encrypted (back));
  g_assert_cmpuint (side_sdp_get_rtcp_port (back), ==, 65535);
  g_assert_true (g_inet_address_equal (side_sdp_get_address (back), local));
}

static void
test_read (void)
{
  g_autoptr (SideSdp) sdp = parse ("v=0\no=x 5 6 IN IP6 ::1\ns=a - b\nc=IN IP6 2001:db8::7\nt=0 0\na=sendonly\na=ice-lite\n"
                                   "m=video 5000 RTP/AVP 31\nc=IN IP4 203.0.113.9\n"
                                   "m=audio 6000/2 RTP/AVPF 127 97 18 3 8 98\na=rtpmap:97 OPUS/48000/2\na=rtpmap:98 Telephone-Event/48000\n"
                                   "a=ptime:40\na=rtcp:7001 IN IP4 203.0.113.9\na=ssrc:1 cname:x\n\n");
  g_autofree char *address = g_inet_address_to_string (side_sdp_get_address (sdp));

  g_assert_cmpstr (address, ==, "2001:db8::7");
  g_assert_cmpuint (side_sdp_get_rtp_port (sdp), ==, 6000);
  g_assert_cmpuint (side_sdp_get_rtcp_port (sdp), ==, 7001);
  g_assert_cmpint (side_sdp_get_direction (sdp), ==, SIDE_SDP_SENDONLY);
  g_assert_cmpuint (side_sdp_get_ptime_ms (sdp), ==, 40);
  g_assert_cmpstr (side_sdp_get_codec (sdp)->name, ==, "OPUS");      /* 127 is named nowhere */
  g_assert_cmpuint (side_sdp_get_codec (sdp)->payload_type, ==, 97);
  g_assert_cmpuint (side_sdp_get_tones (sdp)->payload_type, ==, 98);
  g_assert_false (side_sdp_get_encrypted (sdp));
}

static void
test_silence_in_it (void)
{
  g_autoptr (SideSdp) held = parse ("v=0\r\nc=IN IP4 0.0.0.0\r\nm=audio 4000 RTP/AVP 8\r\n");
  g_autoptr (SideSdp) named = parse ("v=0\r\nc=IN IP4 media.example.org\r\nm=audio 4000 RTP/AVP 8\r\n");
  g_autoptr (SideSdp) fax = parse ("v=0\r\nc=IN IP4 192.0.2.1\r\nm=image 4000 udptl t38\r\n");
  g_autoptr (SideSdp) bare = parse ("v=0");
  g_autoptr (SideSdp) dtls = parse ("v=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 8\r\n");
  g_autoptr (SideSdp) second = parse (HEAD "m=audio 0 RTP/AVP 8\r\nm=audio 4002 RTP/AVP 0\r\n");

  g_assert_null (side_sdp_get_address (held));
  g_assert_null (side_sdp_get_address (named));
  g_assert_cmpuint (side_sdp_get_rtp_port (fax), ==, 0);
  g_assert_null (side_sdp_get_codec (fax));
  g_assert_cmpuint (side_sdp_get_rtp_port (bare), ==, 0);
  g_assert_cmpuint (side_sdp_get_rtp_port (dtls), ==, 0);
  g_assert_cmpuint (side_sdp_get_rtp_port (second), ==, 4002);
}

static void
test_refused_texts (void)
{
  g_autofree char *x = g_strnfill (17 * 1024, 'x');
  g_autofree char *huge = g_strconcat ("v=0\r\ns=", x, NULL);
  const char *const bad[] = {
    "", "\r\n", "v=1\r\n", "o=- 1 1 IN IP4 192.0.2.1\r\nv=0\r\n", "v=0\r\nhello\r\n", "v=0\r\n\r\ns=-\r\n", "v=0\r\n=x\r\n", huge,
    HEAD "m=audio\r\n", HEAD "m=audio 70000 RTP/AVP 0\r\n", HEAD "m=audio x RTP/AVP 0\r\n", HEAD "m=audio 4000 RTP/AVP\r\n",
    HEAD "m=au:dio 4000 RTP/AVP 8\r\n", HEAD "m=audio 4000 RTP/AVP? 8\r\n", HEAD "m=image 4000 udptl t38;x\r\n",
    HEAD G711 G711 G711 G711 G711 G711 G711 G711 G711,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SideSdp) sdp = side_sdp_parse (bad[i], -1, &error);

      g_assert_null (sdp);
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
  {
    g_autoptr (GError) error = NULL;

    g_assert_null (side_sdp_parse ("v=0\0x", 5, &error));
    g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
  }
}

/* What cannot be understood is passed over, and says nothing. */
static void
test_passed_over (void)
{
  g_autoptr (SideSdp) sdp = parse (HEAD "m=audio 4000 RTP/AVP 300 -1 x 8 99\r\na=rtpmap:99\r\na=rtpmap:99 a/b\r\na=rtpmap:99 name-that-is-longer-than-any-codec-has/8000\r\n"
                                   "a=rtpmap:99 x/0\r\na=ptime:5\r\na=ptime:900\r\na=rtcp:99999\r\na=Sendonly\r\nc=IN\r\na=\r\na=:\r\n");

  g_assert_cmpstr (side_sdp_get_codec (sdp)->name, ==, "PCMA");
  g_assert_cmpuint (side_sdp_get_ptime_ms (sdp), ==, 20);
  g_assert_cmpuint (side_sdp_get_rtcp_port (sdp), ==, 4001);
  g_assert_cmpint (side_sdp_get_direction (sdp), ==, SIDE_SDP_SENDRECV);
  g_assert_nonnull (side_sdp_get_address (sdp));
}

static SideSdp *
answer_to (SideSdp    *ours,
           const char *offer,
           SideSdp   **theirs)
{
  g_autoptr (GError) error = NULL;
  SideSdp *answer;

  *theirs = parse (offer);
  answer = side_sdp_answer (ours, *theirs, &error);
  g_assert_no_error (error);
  return answer;
}

/* Their order, their numbers, one codec and its tones. */
static void
test_answer (void)
{
  static const struct {
    const char *media;
    const char *lines;
  } cases[] = {
    { G711, "m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n" },
    { "m=audio 4000 RTP/AVP 3 111 110 8\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:110 telephone-event/48000\r\n",
      "m=audio 40000 RTP/AVP 111 110\r\na=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\na=rtpmap:110 telephone-event/48000\r\n" },
    { "m=audio 4000 RTP/AVPF 9\r\n", "m=audio 40000 RTP/AVPF 9\r\na=rtpmap:9 G722/8000\r\n" },
    { "m=audio 4000 RTP/AVP 111 101\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:101 telephone-event/8000\r\n",
      "m=audio 40000 RTP/AVP 111 101\r\n" },     /* tones by another clock, better than none */
    { "m=video 5000 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 8\r\nm=image 0 udptl t38\r\n",
      "m=video 0 RTP/AVP 31\r\nm=audio 40000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\na=sendrecv\r\nm=image 0 udptl t38\r\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideSdp) ours = new_ours (FALSE);
      g_autoptr (SideSdp) theirs = NULL;
      g_autofree char *offer = g_strconcat (HEAD, cases[i].media, NULL);
      g_autoptr (SideSdp) answer = answer_to (ours, offer, &theirs);
      g_autofree char *text = side_sdp_to_string (answer);

      if (strstr (text, cases[i].lines) == NULL)
        g_error ("not in the answer:\n%s\nwhich is\n%s", cases[i].lines, text);
    }
}

static void
test_no_answer (void)
{
  static const struct {
    const char *media;
    gboolean    srtp;
  } cases[] = {
    { "m=audio 4000 RTP/AVP 3 18\r\n", FALSE },                 /* no codec in common */
    { "m=audio 4000 RTP/AVP 101\r\na=rtpmap:101 telephone-event/8000\r\n", FALSE },
    { "m=audio 0 RTP/AVP 8\r\n", FALSE },
    { "m=video 4000 RTP/AVP 31\r\n", FALSE },
    { "", FALSE },
    { "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" THEIR_KEY "\r\n", FALSE },
    { "m=audio 4000 RTP/AVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" THEIR_KEY "\r\n", TRUE },
    { "m=audio 4000 RTP/SAVP 8\r\n", TRUE },                    /* encrypted, without a key */
    { "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 F8_128_HMAC_SHA1_80 inline:" THEIR_KEY "\r\n", TRUE },
    { "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" THEIR_KEY " UNENCRYPTED_SRTP\r\n", TRUE },
    { "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" THEIR_KEY "|2^20|1:4\r\n", TRUE },
    { "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" THEIR_KEY "|2^10\r\n", TRUE },
    { "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2hvcnQ=\r\n", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideSdp) ours = new_ours (cases[i].srtp);
      g_autofree char *text = g_strconcat (HEAD, cases[i].media, NULL);
      g_autoptr (SideSdp) theirs = parse (text);
      g_autoptr (GError) error = NULL;
      g_autoptr (SideSdp) answer = side_sdp_answer (ours, theirs, &error);

      if (answer != NULL)
        g_error ("answered: %s", cases[i].media);
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
    }
}

/* Every wish of theirs against every wish of ours (RFC 3264 §6.1). */
static void
test_directions (void)
{
  static const struct {
    SideSdpDirection  ours;
    const char       *theirs;
    SideSdpDirection  answer;
  } cases[] = {
    { SIDE_SDP_SENDRECV, "sendrecv", SIDE_SDP_SENDRECV }, { SIDE_SDP_SENDRECV, "sendonly", SIDE_SDP_RECVONLY },
    { SIDE_SDP_SENDRECV, "recvonly", SIDE_SDP_SENDONLY }, { SIDE_SDP_SENDRECV, "inactive", SIDE_SDP_INACTIVE },
    { SIDE_SDP_SENDONLY, "sendrecv", SIDE_SDP_SENDONLY }, { SIDE_SDP_SENDONLY, "sendonly", SIDE_SDP_INACTIVE },
    { SIDE_SDP_SENDONLY, "recvonly", SIDE_SDP_SENDONLY }, { SIDE_SDP_INACTIVE, "sendrecv", SIDE_SDP_INACTIVE },
    { SIDE_SDP_RECVONLY, "sendonly", SIDE_SDP_RECVONLY }, { SIDE_SDP_RECVONLY, "recvonly", SIDE_SDP_INACTIVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideSdp) first = new_ours (FALSE);
      g_autoptr (SideSdp) ours = side_sdp_reoffer (first, cases[i].ours);
      g_autofree char *text = g_strconcat (HEAD G711 "a=", cases[i].theirs, "\r\n", NULL);
      g_autoptr (SideSdp) theirs = NULL;
      g_autoptr (SideSdp) answer = answer_to (ours, text, &theirs);
      g_auto (SideSdpAgreed) agreed = { 0 };

      g_assert_cmpint (side_sdp_get_direction (answer), ==, cases[i].answer);
      g_assert_true (side_sdp_agree (answer, theirs, FALSE, &agreed, NULL));
      g_assert_cmpint (agreed.direction, ==, cases[i].answer);
    }
}

/* Held, and taken up again: what we want is not forgotten, codecs and versions neither. */
static void
test_hold_and_resume (void)
{
  g_autoptr (SideSdp) ours = new_ours (FALSE);
  g_autoptr (SideSdp) hold = NULL;
  g_autoptr (SideSdp) held = answer_to (ours, HEAD G711 "a=sendonly\r\n", &hold);
  g_autoptr (SideSdp) noughts = NULL;
  g_autoptr (SideSdp) still = answer_to (held, "v=0\r\nc=IN IP4 0.0.0.0\r\n" G711, &noughts);
  g_autoptr (SideSdp) again = NULL;
  g_autoptr (SideSdp) resumed = answer_to (still, HEAD "m=audio 4002 RTP/AVP 8\r\n", &again);
  g_autofree char *text = side_sdp_to_string (resumed);
  g_auto (SideSdpAgreed) agreed = { 0 };

  g_assert_cmpint (side_sdp_get_direction (held), ==, SIDE_SDP_RECVONLY);
  g_assert_cmpint (side_sdp_get_direction (still), ==, SIDE_SDP_RECVONLY);
  g_assert_true (side_sdp_agree (still, noughts, FALSE, &agreed, NULL));
  g_assert_null (agreed.address);
  g_assert_cmpint (agreed.direction, ==, SIDE_SDP_RECVONLY);
  side_sdp_agreed_clear (&agreed);
  g_assert_cmpint (side_sdp_get_direction (resumed), ==, SIDE_SDP_SENDRECV);
  g_assert_cmpstr (side_sdp_get_codec (resumed)->name, ==, "PCMA");
  g_assert_true (side_sdp_agree (resumed, again, FALSE, &agreed, NULL));
  g_assert_cmpuint (agreed.rtp_port, ==, 4002);
  g_assert_true (g_regex_match_simple ("\no=- [0-9]+ 4 IN", text, 0, 0));
}

/* A new offer of ours is the same session, one version on, and keeps what they had refused. */
static void
test_reoffer (void)
{
  g_autoptr (SideSdp) ours = new_ours (FALSE);
  g_autoptr (SideSdp) theirs = NULL;
  g_autoptr (SideSdp) answer = answer_to (ours, HEAD "m=video 5000 RTP/AVP 31\r\n" G711, &theirs);
  g_autoptr (SideSdp) hold = side_sdp_reoffer (answer, SIDE_SDP_SENDONLY);
  g_autofree char *first = side_sdp_to_string (ours);
  g_autofree char *text = side_sdp_to_string (hold);
  g_auto (GStrv) before = g_strsplit (first, " ", 4);
  g_auto (GStrv) after = g_strsplit (text, " ", 4);

  g_assert_cmpstr (before[1], ==, after[1]);
  g_assert_cmpstr (before[2], ==, "1");
  g_assert_cmpstr (after[2], ==, "3");
  g_assert_nonnull (strstr (text, "m=video 0 RTP/AVP 31\r\nm=audio 40000 RTP/AVP 0 101\r\n"));
  g_assert_nonnull (strstr (text, "a=sendonly\r\n"));
}

static void
test_agree_on_their_answer (void)
{
  g_autoptr (SideSdp) ours = new_ours (FALSE);
  g_autoptr (SideSdp) theirs = parse (HEAD "m=audio 4000 RTP/AVP 111 110\r\na=rtpmap:111 opus/48000/2\r\na=rtpmap:110 telephone-event/48000\r\n"
                                      "a=rtcp:4009\r\na=ptime:60\r\na=recvonly\r\n");
  g_auto (SideSdpAgreed) agreed = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  g_assert_true (side_sdp_agree (ours, theirs, TRUE, &agreed, &error));
  g_assert_no_error (error);
  address = g_inet_address_to_string (agreed.address);
  g_assert_cmpstr (address, ==, "192.0.2.7");
  g_assert_cmpstr (agreed.codec.name, ==, "opus");
  g_assert_cmpuint (agreed.codec.payload_type, ==, 111);        /* sent by their number, … */
  g_assert_cmpuint (agreed.receive_type, ==, 96);               /* … and heard by ours */
  g_assert_cmpuint (agreed.tones.payload_type, ==, 110);
  g_assert_cmpuint (agreed.tones_receive_type, ==, 102);
  g_assert_cmpint (agreed.direction, ==, SIDE_SDP_SENDONLY);
  g_assert_cmpuint (agreed.rtp_port, ==, 4000);
  g_assert_cmpuint (agreed.rtcp_port, ==, 4009);
  g_assert_cmpuint (agreed.ptime_ms, ==, 60);
  g_assert_cmpstr (agreed.keys.suite, ==, "");
}

static void
test_bad_answers (void)
{
  static const struct {
    const char *text;
    gboolean    srtp;
  } cases[] = {
    { HEAD, FALSE }, { HEAD "m=audio 0 RTP/AVP 8\r\n", FALSE }, { HEAD "m=audio 4000 RTP/AVP 18\r\n", FALSE },
    { HEAD "m=video 4000 RTP/AVP 31\r\nm=audio 4000 RTP/AVP 8\r\n", FALSE },
    { HEAD "m=audio 4000 RTP/AVP 8\r\n", TRUE }, { HEAD "m=audio 4000 RTP/SAVP 8\r\n", TRUE },
    { HEAD "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" THEIR_KEY "\r\n", FALSE },
    { HEAD "m=audio 4000 RTP/SAVP 8\r\na=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" THEIR_KEY "\r\n", TRUE },
    { HEAD "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_32 inline:" THEIR_KEY "\r\n", TRUE },
    { HEAD "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" THEIR_KEY "\r\n"
      "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" OTHER_KEY "\r\n", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideSdp) ours = new_ours (cases[i].srtp);
      g_autoptr (SideSdp) theirs = parse (cases[i].text);
      g_auto (SideSdpAgreed) agreed = { 0 };
      g_autoptr (GError) error = NULL;
      static const SideSdpAgreed nothing;

      if (side_sdp_agree (ours, theirs, TRUE, &agreed, &error))
        g_error ("agreed on %s", cases[i].text);
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
      g_assert_cmpmem (&agreed, sizeof agreed, &nothing, sizeof nothing);
    }
}

static void
check_keys (const SideSdpKeys *keys,
            const char        *suite,
            const char        *theirs)
{
  g_autofree char *key = g_base64_encode (keys->theirs, SIDE_SDP_KEY_BYTES);

  g_assert_cmpstr (keys->suite, ==, suite);
  g_assert_cmpstr (key, ==, theirs);
  g_assert_cmpmem (keys->ours, SIDE_SDP_KEY_BYTES, our_key, sizeof our_key);
}

/* Offered by us, and offered by them: the first line we can follow, by its number and its method. */
static void
test_keys (void)
{
  g_autoptr (SideSdp) ours = new_ours (TRUE);
  g_autoptr (SideSdp) answer = parse (HEAD "m=audio 4000 RTP/SAVP 8\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:" THEIR_KEY "|2^31\r\n");
  g_autoptr (SideSdp) offer = NULL;
  g_autoptr (SideSdp) reply =
    answer_to (ours, HEAD "m=audio 5000 RTP/AVP 8\r\nm=audio 4000 RTP/SAVP 8\r\na=crypto:1 AEAD_AES_256_GCM inline:" OTHER_KEY "\r\n"
               "a=crypto:2 AES_CM_128_HMAC_SHA1_80 inline:" OTHER_KEY "|2^20|1:4\r\n"
               "a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:" THEIR_KEY "|1048576 WSH=64 -EXTRA\r\n"
               "a=crypto:8 AES_CM_128_HMAC_SHA1_80 inline:" OTHER_KEY "\r\n", &offer);
  g_autofree char *text = side_sdp_to_string (reply);
  g_auto (SideSdpAgreed) first = { 0 };
  g_auto (SideSdpAgreed) second = { 0 };

  g_assert_true (side_sdp_agree (ours, answer, TRUE, &first, NULL));
  check_keys (&first.keys, "AES_CM_128_HMAC_SHA1_80", THEIR_KEY);
  g_assert_nonnull (strstr (text, "m=audio 0 RTP/AVP 8\r\nm=audio 40000 RTP/SAVP 8\r\n"));
  g_assert_nonnull (strstr (text, "a=crypto:7 AES_CM_128_HMAC_SHA1_32 inline:"));
  g_assert_null (strstr (text, THEIR_KEY));
  g_assert_true (side_sdp_agree (reply, offer, FALSE, &second, NULL));
  check_keys (&second.keys, "AES_CM_128_HMAC_SHA1_32", THEIR_KEY);
  g_assert_cmpuint (second.rtp_port, ==, 4000);
}

/* Two of ours against each other, without and with encryption, come to the same on both sides. */
static void
test_both_ends (void)
{
  for (int srtp = 0; srtp < 2; srtp++)
    {
      g_autoptr (SideSdp) caller = new_ours (srtp);
      g_autofree char *offer = side_sdp_to_string (caller);
      g_autoptr (SideSdp) callee = new_ours (srtp);
      g_autoptr (SideSdp) heard = NULL;
      g_autoptr (SideSdp) answer = answer_to (callee, offer, &heard);
      g_autofree char *answer_text = side_sdp_to_string (answer);
      g_autoptr (SideSdp) back = parse (answer_text);
      g_auto (SideSdpAgreed) here = { 0 };
      g_auto (SideSdpAgreed) there = { 0 };

      g_assert_true (side_sdp_agree (caller, back, TRUE, &here, NULL));
      g_assert_true (side_sdp_agree (answer, heard, FALSE, &there, NULL));
      g_assert_cmpstr (here.codec.name, ==, "opus");
      g_assert_cmpstr (there.codec.name, ==, "opus");
      g_assert_cmpuint (here.codec.payload_type, ==, there.receive_type);
      g_assert_cmpuint (there.codec.payload_type, ==, here.receive_type);
      g_assert_cmpuint (here.tones.rate, ==, 48000);
      g_assert_cmpuint (there.tones.rate, ==, 48000);
      g_assert_cmpmem (here.keys.theirs, SIDE_SDP_KEY_BYTES, there.keys.ours, SIDE_SDP_KEY_BYTES);
      g_assert_cmpstr (here.keys.suite, ==, srtp ? "AES_CM_128_HMAC_SHA1_80" : "");
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-sdp/offer", test_offer);
  g_test_add_func ("/sip-sdp/usual-codecs", test_usual_codecs);
  g_test_add_func ("/sip-sdp/secret-offer", test_secret_offer);
  g_test_add_func ("/sip-sdp/read", test_read);
  g_test_add_func ("/sip-sdp/silence-in-it", test_silence_in_it);
  g_test_add_func ("/sip-sdp/refused-texts", test_refused_texts);
  g_test_add_func ("/sip-sdp/passed-over", test_passed_over);
  g_test_add_func ("/sip-sdp/answer", test_answer);
  g_test_add_func ("/sip-sdp/no-answer", test_no_answer);
  g_test_add_func ("/sip-sdp/directions", test_directions);
  g_test_add_func ("/sip-sdp/hold-and-resume", test_hold_and_resume);
  g_test_add_func ("/sip-sdp/reoffer", test_reoffer);
  g_test_add_func ("/sip-sdp/agree-on-their-answer", test_agree_on_their_answer);
  g_test_add_func ("/sip-sdp/bad-answers", test_bad_answers);
  g_test_add_func ("/sip-sdp/keys", test_keys);
  g_test_add_func ("/sip-sdp/both-ends", test_both_ends);
  return g_test_run ();
}
