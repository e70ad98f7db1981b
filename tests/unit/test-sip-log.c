/* test-sip-log.c - no secret reaches the log
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A message as the stack logs it, cut into pieces at every place there is.
 */
#include <string.h>

#include "side-sip-private.h"
#include "side-test.h"

/* Each of these stands in the message, and in no line that goes on. */
static const char *const secrets[] = {
  "d41d8cd98f00b204e9800998ecf8427e", "77aa88bb", "hunter2", "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz", "foldedresponse", "c2VjcmV0",
  "spaceddigest", "tailing",
};

static const char message[] =
  "send 1234 bytes to udp/[192.0.2.1]:5060 at 10:11:12.123456:\n"
  "   ------------------------------------------------------------------------\n"
  "   INVITE sip:100@pbx.example.org SIP/2.0\r\n"
  "   Authorization: Digest username=\"7001\", realm=\"r\", response=\"d41d8cd98f00b204e9800998ecf8427e\"\r\n"
  "   Max-Forwards: 70\r\n"
  "   PROXY-AUTHORIZATION : Digest username=\"7001\",\r\n"
  "    cnonce=\"77aa88bb\",\r\n"
  "   \topaque:\"foldedresponse\"\r\n"
  "    and=\"tailing\"\r\n"
  "   Subject: after the folded one\r\n"
  "    and still the subject\r\n"
  "   Authentication-Info: rspauth=\"spaceddigest\"\r\n"
  "\r\n"
  "   v=0\r\n"
  "   k=base64:c2VjcmV0\r\n"
  "   a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz\r\n"
  "   a=sendrecv\r\n"
  "nua(0x1): adding credentials Digest:\"r\":7001:hunter2\n"
  "nta: the last line, which has no end";

static const char *const expected[] = {
  "send 1234 bytes to udp/[192.0.2.1]:5060 at 10:11:12.123456:",
  "   ------------------------------------------------------------------------",
  "   INVITE sip:100@pbx.example.org SIP/2.0",
  "   [redacted]",
  "   Max-Forwards: 70",
  "   PROXY-[redacted]",
  "    [redacted]",
  "   \t[redacted]",
  "    [redacted]",
  "   Subject: after the folded one",
  "    and still the subject",
  "   [redacted]",
  "",
  "   v=0",
  "   [redacted]",
  "   [redacted]",
  "   a=sendrecv",
  "nua(0x1): adding credentials [redacted]",
  "nta: the last line, which has no end",
};

static void
keep_line (const char *line,
           gpointer    lines)
{
  g_ptr_array_add (lines, g_strdup (line));
}

static void
check (GPtrArray *lines)
{
  for (guint i = 0; i < lines->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (secrets); k++)
      g_assert_null (strstr (lines->pdata[i], secrets[k]));
  for (guint i = 0; i < MIN (lines->len, G_N_ELEMENTS (expected)); i++)
    g_assert_cmpstr (lines->pdata[i], ==, expected[i]);
  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (expected));
}

static void
test_split (void)
{
  for (gsize k = 0; k < G_N_ELEMENTS (secrets); k++)
    g_assert_nonnull (strstr (message, secrets[k]));
  for (gsize at = 0; at <= strlen (message); at++)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
      SideSipLog *log = side_sip_log_new (keep_line, lines);
      g_autofree char *first = g_strndup (message, at);

      side_sip_log_feed (log, first);
      side_sip_log_feed (log, message + at);
      side_sip_log_free (log);
      check (lines);
    }
}

static void
test_single_bytes (void)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  SideSipLog *log = side_sip_log_new (keep_line, lines);

  for (gsize i = 0; i < strlen (message); i++)
    side_sip_log_feed (log, (const char[]) { message[i], '\0' });
  side_sip_log_free (log);
  check (lines);
}

/* A line that is too long is cut, in one go and in pieces; its rest is not taken for a line. */
static void
test_long (void)
{
  for (gsize piece = 1; piece < 9000; piece = piece * 3 + 1)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
      SideSipLog *log = side_sip_log_new (keep_line, lines);
      g_autoptr (GString) text = g_string_new (NULL);

      for (int i = 0; i < 8000; i++)
        g_string_append_c (text, 'x');
      g_string_append (text, " Authorization: hidden far behind\nshort\n");
      for (gsize at = 0; at < text->len; at += piece)
        {
          g_autofree char *part = g_strndup (text->str + at, piece);

          side_sip_log_feed (log, part);
        }
      side_sip_log_free (log);
      g_assert_cmpuint (lines->len, ==, 2);
      g_assert_cmpuint (strlen (lines->pdata[0]), ==, 4096);
      g_assert_null (strstr (lines->pdata[0], "hidden"));
      g_assert_cmpstr (lines->pdata[1], ==, "short");
    }
}

/* A mark that is cut in two by a line's greatest length leaves nothing behind it. */
static void
test_mark_at_the_cut (void)
{
  for (gsize before = 4070; before < 4100; before++)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
      SideSipLog *log = side_sip_log_new (keep_line, lines);
      g_autofree char *filler = g_strnfill (before, 'x');

      side_sip_log_feed (log, filler);
      side_sip_log_feed (log, "Authorization: Digest hunter2\n going on: hunter2\n");
      side_sip_log_free (log);
      g_assert_cmpuint (lines->len, ==, 2);
      for (guint i = 0; i < lines->len; i++)
        g_assert_null (strstr (lines->pdata[i], "hunter2"));
    }
}

static void
test_environment (void)
{
  g_setenv ("TPORT_LOG", "1", TRUE);
  g_setenv ("TPORT_DUMP", "dump", TRUE);
  g_setenv ("SOFIA_DEBUG", "9", TRUE);
  side_sip_log_hush_environment ();
  g_assert_null (g_getenv ("TPORT_LOG"));
  g_assert_null (g_getenv ("TPORT_DUMP"));
  g_assert_null (g_getenv ("SOFIA_DEBUG"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-log/split", test_split);
  g_test_add_func ("/sip-log/single-bytes", test_single_bytes);
  g_test_add_func ("/sip-log/long", test_long);
  g_test_add_func ("/sip-log/mark-at-the-cut", test_mark_at_the_cut);
  g_test_add_func ("/sip-log/environment", test_environment);
  return g_test_run ();
}
