/* test-sip-digest.c - challenges and their answers
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Held against the examples of RFC 2617 §3.5, RFC 7616 §3.9 (the second with
 * its erratum 4897: there SHA-512 had been cut short) and RFC 2069's erratum.
 */
#include <string.h>

#include "side-sip-private.h"
#include "side-test.h"

#define MUFASA_HEAD "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", "
#define MUFASA_TAIL "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""
#define MUFASA_CLIENT "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"

static const struct {
  const char *challenge;
  const char *user;
  const char *password;
  const char *method;
  const char *uri;
  const char *client_nonce;
  int         rank;
  const char *answer;
} vectors[] = {
  { MUFASA_HEAD "algorithm=MD5, " MUFASA_TAIL, "Mufasa", "Circle of Life", "GET", "/dir/index.html", MUFASA_CLIENT, 1,
    "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
    "uri=\"/dir/index.html\", response=\"8ca523f5e9506fed4657c9700eebdbec\", algorithm=MD5, "
    "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, nc=00000001, cnonce=\"" MUFASA_CLIENT "\"" },
  { MUFASA_HEAD "algorithm=SHA-256, " MUFASA_TAIL, "Mufasa", "Circle of Life", "GET", "/dir/index.html", MUFASA_CLIENT, 2,
    "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
    "uri=\"/dir/index.html\", response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\", algorithm=SHA-256, "
    "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, nc=00000001, cnonce=\"" MUFASA_CLIENT "\"" },
  { "Digest\r\n realm=\"api@example.org\",\r\n qop=\"auth\",\r\n algorithm=SHA-512-256,\r\n"
    " nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\",\r\n opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\",\r\n"
    " charset=UTF-8,\r\n userhash=true",
    "Jäsøn Doe", "Secret, or not?", "GET", "/doe.json", "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v", 3,
    "Digest username=\"793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b\", userhash=true, realm=\"api@example.org\", "
    "nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", uri=\"/doe.json\", "
    "response=\"3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5\", algorithm=SHA-512-256, "
    "opaque=\"HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS\", qop=auth, nc=00000001, "
    "cnonce=\"NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v\"" },
  { "digest realm=\"testrealm@host.com\",qop=\"auth,auth-int\",nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\",opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
    "Mufasa", "Circle Of Life", "GET", "/dir/index.html", "0a4f113b", 1,
    "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
    "response=\"6629fae49393a05397450978507c4ef1\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\", qop=auth, nc=00000001, cnonce=\"0a4f113b\"" },
  { "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
    "Mufasa", "CircleOfLife", "GET", "/dir/index.html", "unused", 1,
    "Digest username=\"Mufasa\", realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\", uri=\"/dir/index.html\", "
    "response=\"1949323746fe6a43ef61f9606e7febea\", opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"" },
};

static void
test_vectors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autoptr (SideSipChallenge) challenge = side_sip_challenge_parse (vectors[i].challenge);
      g_autoptr (SideSipChallenge) copy = NULL;
      g_autoptr (SideSipSecret) secret = side_sip_secret_new (vectors[i].password);
      g_autofree char *answer = NULL;

      g_assert_nonnull (challenge);
      copy = side_sip_challenge_copy (challenge);
      g_assert_cmpint (side_sip_challenge_rank (copy), ==, vectors[i].rank);
      answer = side_sip_digest_answer (copy, vectors[i].user, secret, vectors[i].method, vectors[i].uri, 1, vectors[i].client_nonce);
      g_assert_cmpstr (answer, ==, vectors[i].answer);
    }
}

static char *
sum (GChecksumType  kind,
     const char    *first,
     ...)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (kind);
  va_list more;

  va_start (more, first);
  for (const char *p = first; p != NULL; p = va_arg (more, const char *))
    {
      if (p != first)
        g_checksum_update (checksum, (const guchar *) ":", 1);
      g_checksum_update (checksum, (const guchar *) p, -1);
    }
  va_end (more);
  return g_strdup (g_checksum_get_string (checksum));
}

/* Session keys and the count of a nonce, by another implementation's hand. */
static void
test_session (void)
{
  static const struct {
    const char    *algorithm;
    GChecksumType  kind;
  } cases[] = { { "MD5-sess", G_CHECKSUM_MD5 }, { "SHA-256-sess", G_CHECKSUM_SHA256 } };
  g_autoptr (SideSipSecret) secret = side_sip_secret_new ("пароль");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("Digest realm=\"r\", nonce=\"n\", qop=auth, algorithm=\"%s\"", cases[i].algorithm);
      g_autoptr (SideSipChallenge) challenge = side_sip_challenge_parse (text);
      g_autofree char *once = sum (cases[i].kind, "7001", "r", "пароль", NULL);
      g_autofree char *a1 = sum (cases[i].kind, once, "n", "c", NULL);
      g_autofree char *a2 = sum (cases[i].kind, "REGISTER", "sip:pbx.example.org", NULL);
      g_autofree char *response = sum (cases[i].kind, a1, "n", "0000abcd", "c", "auth", a2, NULL);
      g_autofree char *answer = side_sip_digest_answer (challenge, "7001", secret, "REGISTER", "sip:pbx.example.org", 0xabcd, "c");

      g_assert_nonnull (strstr (answer, response));
      g_assert_nonnull (strstr (answer, "nc=0000abcd"));
      g_assert_null (strstr (answer, "пароль"));
    }
}

static void
test_ranks (void)
{
  static const struct {
    const char *rest;
    int         rank;
  } cases[] = {
    { "", 1 }, { ", algorithm=md5", 1 }, { ", algorithm=SHA-256", 2 }, { ", algorithm=\"sha-512-256\"", 3 },
    { ", algorithm=SHA-256-sess, qop=auth", 2 },
    { ", algorithm=SHA-256-sess", 0 },          /* a session key without a client's nonce */
    { ", algorithm=AKAv1-MD5", 0 }, { ", algorithm=SHA-1", 0 },
    { ", qop=\"auth-int\"", 0 }, { ", qop=\"auth-int,auth\"", 1 }, { ", qop=\"authority\"", 0 }, { ", qop=\"\"", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat ("Digest realm=\"r\", nonce=\"n\"", cases[i].rest, NULL);
      g_autoptr (SideSipChallenge) challenge = side_sip_challenge_parse (text);
      g_autoptr (SideSipSecret) secret = side_sip_secret_new ("x");
      g_autofree char *answer = NULL;

      g_assert_nonnull (challenge);
      g_assert_cmpint (side_sip_challenge_rank (challenge), ==, cases[i].rank);
      answer = side_sip_digest_answer (challenge, "u", secret, "INVITE", "sip:x", 1, "c");
      g_assert_cmpint (answer != NULL, ==, cases[i].rank > 0);
    }
}

/* What stands in a challenge is sent back as it came; what could end a header is not taken. */
static void
test_parse (void)
{
  static const char *const bad[] = {
    "", "Digest", "Digest ", "Basic realm=\"x\"", "Digestrealm=\"r\", nonce=\"n\"", "Digest realm=\"r\"", "Digest nonce=\"n\"",
    "Digest realm=\"r\", nonce=\"\"", "Digest realm=\"r, nonce=\"n\"", "Digest realm=\"r\" nonce=\"n\"", "Digest realm=\"r\", nonce=\"n",
    "Digest realm=\"r\", nonce=\"n\\\"", "Digest realm=\"a\r\nX-Evil: 1\", nonce=\"n\"", "Digest realm=\"r\", nonce=, qop=auth",
    "Digest realm, nonce=\"n\"", "Digest =\"r\", nonce=\"n\"",
    "Digest realm=r\\, nonce=\"n\"", "Digest realm=\"r\", nonce=n\\", "Digest realm=\"r\", nonce=\"n\", opaque=a\\b",
  };
  g_autoptr (SideSipChallenge) challenge =
    side_sip_challenge_parse (" DIGEST  Realm = \"a \\\"b\\\" c\" ,, NONCE=abc123,STALE=TRUE, x-other=1, nonce=\"second\" ,userhash=false");
  g_autoptr (SideSipSecret) secret = side_sip_secret_new ("p");
  g_autofree char *answer = NULL;
  g_autofree char *huge = g_strnfill (9000, 'x');
  g_autofree char *long_one = g_strdup_printf ("Digest realm=\"%s\", nonce=\"n\"", huge);

  g_assert_nonnull (challenge);
  g_assert_cmpstr (challenge->realm, ==, "a \\\"b\\\" c");
  g_assert_cmpstr (challenge->nonce, ==, "abc123");
  g_assert_true (challenge->stale);
  g_assert_false (challenge->userhash);
  answer = side_sip_digest_answer (challenge, "DOMAIN\\\"me\"", secret, "INVITE", "sip:x", 1, "c");
  g_assert_nonnull (strstr (answer, "username=\"DOMAIN\\\\\\\"me\\\"\""));
  g_assert_nonnull (strstr (answer, "realm=\"a \\\"b\\\" c\""));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SideSipChallenge) none = side_sip_challenge_parse (bad[i]);

      if (none != NULL)
        g_error ("taken for a challenge: %s", bad[i]);
    }
  g_assert_null (side_sip_challenge_parse (NULL));
  g_assert_null (side_sip_challenge_parse (long_one));
}

/* As the stack hands them over: one by one. */
static void
test_parameters (void)
{
  const char *const good[] = { "realm=\"r, with a comma\"", "nonce=\"n\"", "algorithm=SHA-256", "qop=\"auth\"", NULL };
  const char *const no_realm[] = { "nonce=\"n\"", NULL };
  const char *const two_in_one[] = { "realm=\"r\"", "nonce=\"n\", qop=auth", NULL };
  const char *const no_value[] = { "realm=\"r\"", "nonce=\"n\"", "stale", NULL };
  const char *const nothing[] = { NULL };
  g_autoptr (SideSipChallenge) challenge = side_sip_challenge_new (good);

  g_assert_nonnull (challenge);
  g_assert_cmpstr (challenge->realm, ==, "r, with a comma");
  g_assert_cmpint (side_sip_challenge_rank (challenge), ==, 2);
  g_assert_null (side_sip_challenge_new (no_realm));
  g_assert_null (side_sip_challenge_new (two_in_one));
  g_assert_null (side_sip_challenge_new (no_value));
  g_assert_null (side_sip_challenge_new (nothing));
  g_assert_null (side_sip_challenge_new (NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-digest/published", test_vectors);
  g_test_add_func ("/sip-digest/session", test_session);
  g_test_add_func ("/sip-digest/ranks", test_ranks);
  g_test_add_func ("/sip-digest/parse", test_parse);
  g_test_add_func ("/sip-digest/parameters", test_parameters);
  return g_test_run ();
}
