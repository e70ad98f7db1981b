/* test-sip-words.c - failures in words a person can use
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-error.h"
#include "side-sip-words.h"
#include "side-test.h"

static void
test_ends (void)
{
  static const struct {
    SideSipEnd  end;
    const char *words;
  } cases[] = {
    { { .by = SIDE_SIP_ENDED_BY_US }, "You hung up" },
    { { .by = SIDE_SIP_ENDED_BY_THEM, .reason_protocol = "Q.850", .reason_cause = 16 }, "The far side hung up" },
    { { .by = SIDE_SIP_CANCELLED, .code = 487 }, "You hung up before it was answered" },
    { { .by = SIDE_SIP_CANCELLED, .code = 200, .crossed = TRUE }, "You hung up at the very moment it was answered" },
    { { .by = SIDE_SIP_SILENT }, "The server did not answer" },
    { { .by = SIDE_SIP_LOST }, "The connection to the server was lost" },
    { { .by = SIDE_SIP_REFUSED, .code = 486, .phrase = "Gone fishing", .retry_after_s = -1 }, "Busy" },
    { { .by = SIDE_SIP_REFUSED, .code = 486, .reason_protocol = "Q.850", .reason_cause = 17 }, "Busy" },
    { { .by = SIDE_SIP_REFUSED, .code = 603 }, "The call was declined" },
    { { .by = SIDE_SIP_REFUSED, .code = 404, .reason_protocol = "Q.850", .reason_cause = 1 }, "The number does not exist: the number is not assigned" },
    { { .by = SIDE_SIP_REFUSED, .code = 503, .reason_protocol = "Q.850", .reason_cause = 34, .retry_after_s = 2 },
      "The server is overloaded or out of service: no line is free; try again in 2 seconds" },
    { { .by = SIDE_SIP_REFUSED, .code = 503, .retry_after_s = 1 }, "The server is overloaded or out of service; try again in 1 second" },
    { { .by = SIDE_SIP_REFUSED, .code = 480, .reason_protocol = "Q.850", .reason_cause = 16 }, "Nobody can be reached there now" },
    { { .by = SIDE_SIP_REFUSED, .code = 480, .reason_protocol = "SIP", .reason_cause = 34 }, "Nobody can be reached there now" },
    { { .by = SIDE_SIP_REFUSED, .code = 480, .reason_protocol = "Q.850", .reason_cause = 126 }, "Nobody can be reached there now" },
    { { .by = SIDE_SIP_REFUSED, .code = 499, .phrase = "100% %s full" }, "Refused with code 499: “100% %s full”" },
    { { .by = SIDE_SIP_REFUSED, .code = 699 }, "Refused with code 699" },
    { { .by = SIDE_SIP_REFUSED, .code = 599, .phrase = "" }, "Refused with code 599" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = side_sip_words_for_end (&cases[i].end);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Every code SIP has from 300 on, and no text twice that means two things. */
static void
test_codes (void)
{
  static const int named[] = {
    300, 301, 302, 305, 380, 400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 413, 414, 415, 416, 420, 421, 422, 423, 480, 481, 482, 483,
    484, 485, 486, 487, 488, 491, 493, 500, 501, 502, 503, 504, 505, 513, 600, 603, 604, 606, 607, 608,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (named); i++)
    g_assert_nonnull (side_sip_words_for_code (named[i]));
  for (int code = -1; code < 1000; code++)
    g_assert_true (side_sip_words_for_code (code) == NULL || (code >= 300 && code < 700));
}

static void
test_q850 (void)
{
  int n = 0;

  for (int cause = -10; cause < 300; cause++)
    {
      const char *words = side_sip_words_for_q850 (cause);

      if (words == NULL)
        continue;
      g_assert_cmpint (cause, >=, 1);
      g_assert_cmpint (cause, <=, 127);
      g_assert_false (g_str_has_suffix (words, "."));
      n++;
    }
  g_assert_cmpint (n, >, 60);
  g_assert_cmpstr (side_sip_words_for_q850 (17), ==, "the number is busy");
}

static void
test_account (void)
{
  static const struct {
    SideSipTestStep  reached;
    SideError        code;
    const char      *message;
    const char      *words;
  } cases[] = {
    { SIDE_SIP_TEST_NAME, SIDE_ERROR_INVALID, "user", "The user name is missing or" },
    { SIDE_SIP_TEST_NAME, SIDE_ERROR_INVALID, "anything", "The settings are not valid." },
    { SIDE_SIP_TEST_NAME, SIDE_ERROR_NOT_FOUND, "x", "There is no host of this name." },
    { SIDE_SIP_TEST_NAME, SIDE_ERROR_TIMED_OUT, "x", "No name server answers." },
    { SIDE_SIP_TEST_NAME, SIDE_ERROR_UNREACHABLE, "x", "No name server answers." },
    { SIDE_SIP_TEST_REACH, SIDE_ERROR_UNREACHABLE, "x", "Nothing listens there" },
    { SIDE_SIP_TEST_REACH, SIDE_ERROR_TIMED_OUT, "x", "Nothing answers at this address." },
    { SIDE_SIP_TEST_TRUST, SIDE_ERROR_UNTRUSTED, "The certificate is for another host: a wanted, b shown",
      "The certificate is for another host: a wanted, b shown." },
    { SIDE_SIP_TEST_TRUST, SIDE_ERROR_UNSUPPORTED, "x", "The server does not speak TLS 1.2 or newer" },
    { SIDE_SIP_TEST_TRUST, SIDE_ERROR_TIMED_OUT, "x", "Something is there, but does not begin to speak TLS." },
    { SIDE_SIP_TEST_ANSWER, SIDE_ERROR_TIMED_OUT, "x", "Nothing answers as a SIP server." },
    { SIDE_SIP_TEST_PASSWORD, SIDE_ERROR_UNAUTHORIZED, "x", "The user name or the password is wrong." },
    { SIDE_SIP_TEST_PASSWORD, SIDE_ERROR_FORBIDDEN, "x", "The server knows this user and does not let them in." },
    { SIDE_SIP_TEST_PASSWORD, SIDE_ERROR_NOT_FOUND, "x", "The server does not know this user." },
    { SIDE_SIP_TEST_PASSWORD, SIDE_ERROR_UNSUPPORTED, "x", "The server wants a kind of sign-in" },
    { SIDE_SIP_TEST_PASSWORD, SIDE_ERROR_TIMED_OUT, "x", "The server stopped answering" },
    { SIDE_SIP_TEST_PASSWORD, SIDE_ERROR_RATE_LIMITED, "x", "The server wants to be left alone" },
    { SIDE_SIP_TEST_ANSWER, SIDE_ERROR_DISCONNECTED, "x", "The connection broke off." },
    { SIDE_SIP_TEST_ANSWER, SIDE_ERROR_FAILED, "100% %s odd", "It did not work: 100% %s odd" },
    { SIDE_SIP_TEST_ANSWER, SIDE_ERROR_CANCELLED, "x", "The test was stopped." },
  };
  g_autofree char *good = side_sip_words_for_test (SIDE_SIP_TEST_DONE, NULL);
  g_autoptr (GError) foreign = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "odd");
  g_autofree char *rest = side_sip_words_for_test (SIDE_SIP_TEST_REACH, foreign);

  g_assert_cmpstr (good, ==, "The line works.");
  g_assert_cmpstr (rest, ==, "It did not work: odd");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (SIDE_ERROR, (int) cases[i].code, cases[i].message);
      g_autofree char *words = side_sip_words_for_test (cases[i].reached, error);

      if (!g_str_has_prefix (words, cases[i].words))
        g_error ("“%s” where “%s” was wanted", words, cases[i].words);
    }
}

/* Why a line is not ready: as its test would say it. */
static void
test_line (void)
{
  g_autoptr (GError) password = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_UNAUTHORIZED, "401 Unauthorized");
  g_autoptr (GError) name = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "x");
  g_autoptr (GError) dead = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, "x");
  g_autofree char *wrong = side_sip_words_for_line (password), *unknown = side_sip_words_for_line (name), *silent = side_sip_words_for_line (dead);

  g_assert_cmpstr (wrong, ==, "The user name or the password is wrong.");
  g_assert_true (g_str_has_prefix (unknown, "There is no host of this name."));
  g_assert_true (g_str_has_prefix (silent, "Nothing answers at this address."));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-words/ends", test_ends);
  g_test_add_func ("/sip-words/codes", test_codes);
  g_test_add_func ("/sip-words/q850", test_q850);
  g_test_add_func ("/sip-words/account", test_account);
  g_test_add_func ("/sip-words/line", test_line);
  return g_test_run ();
}
