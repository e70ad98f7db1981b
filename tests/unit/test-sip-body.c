/* test-sip-body.c - the description among a body's parts
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-sip-private.h"
#include "side-test.h"

#define SDP   "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\n"
#define TEXT  "--b1\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
#define PART  "--b1\r\nContent-Type: application/sdp\r\n\r\n" SDP "\r\n"
#define CLOSE "--b1--\r\n"

static const struct {
  const char *what;
  const char *type;
  const char *body;
  const char *found;
} cases[] = {
  { "alone", "application/sdp", SDP, SDP },
  { "with a parameter", "Application/SDP;charset=utf-8", SDP, SDP },
  { "another type", "application/isup", SDP, NULL },
  { "a type that begins alike", "application/sdpx", SDP, NULL },
  { "plain", "multipart/mixed;boundary=b1", TEXT PART CLOSE, SDP },
  { "spaced", "multipart/mixed ; boundary = b1 ", TEXT PART CLOSE, SDP },
  { "quoted", "multipart/mixed;boundary=\"b1\"", TEXT PART CLOSE, SDP },
  { "quoted with an escape", "multipart/mixed;boundary=\"\\b1\"", TEXT PART CLOSE, SDP },
  { "boundary in another parameter's text", "multipart/related;start=\"x;boundary=no\";boundary=b1", TEXT PART CLOSE, SDP },
  { "upper case", "MULTIPART/Alternative;BOUNDARY=b1", TEXT PART CLOSE, SDP },
  { "preamble", "multipart/mixed;boundary=b1", "This is --b1 in a line\r\n--b12\r\n" TEXT PART CLOSE, SDP },
  { "space behind the boundary", "multipart/mixed;boundary=b1", "--b1  \r\nContent-Type:application/sdp\r\n\r\n" SDP "\r\n--b1--", SDP },
  { "other headers, folded, compact", "multipart/mixed;boundary=b1",
    "--b1\r\nContent-Disposition: session;\r\n handling=required\r\nc:\r\n application/sdp\r\n\r\n" SDP "\r\n--b1--", SDP },
  { "line ends without return", "multipart/mixed;boundary=b1", "--b1\nContent-Type: application/sdp\n\nv=0\ns=-\n\n--b1--\n", "v=0\ns=-\n" },
  { "cut off", "multipart/mixed;boundary=b1", "--b1\r\nContent-Type: application/sdp\r\n\r\n" SDP, SDP },
  { "after the end", "multipart/mixed;boundary=b1", TEXT CLOSE PART, NULL },
  { "no part of it", "multipart/mixed;boundary=b1", TEXT CLOSE, NULL },
  { "part without a type", "multipart/mixed;boundary=b1", "--b1\r\n\r\n" SDP "\r\n--b1--", NULL },
  { "empty part, then the right one", "multipart/mixed;boundary=b1", "--b1\r\nContent-Type: application/sdp\r\n\r\n\r\n" PART CLOSE, SDP },
  { "no boundary", "multipart/mixed", TEXT PART CLOSE, NULL },
  { "empty boundary", "multipart/mixed;boundary=\"\"", TEXT PART CLOSE, NULL },
  { "boundary without an end", "multipart/mixed;boundary=\"b1", TEXT PART CLOSE, SDP },
  { "another boundary", "multipart/mixed;boundary=b2", TEXT PART CLOSE, NULL },
  { "in the second level", "multipart/mixed;boundary=o",
    "--o\r\nContent-Type: multipart/alternative; boundary=b1\r\n\r\n" TEXT PART CLOSE "\r\n--o--\r\n", SDP },
  { "the first of two", "multipart/mixed;boundary=b1", PART "--b1\r\nContent-Type: application/sdp\r\n\r\nv=1\r\n--b1--", SDP },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = side_sip_body_find_sdp (cases[i].type, cases[i].body, strlen (cases[i].body));

      g_test_message ("%s", cases[i].what);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
  g_assert_null (side_sip_body_find_sdp (NULL, SDP, strlen (SDP)));
  g_assert_null (side_sip_body_find_sdp ("application/sdp", NULL, 0));
  g_assert_null (side_sip_body_find_sdp ("application/sdp", SDP, 0));
  g_assert_null (side_sip_body_find_sdp ("application/sdp", "v=0\0x", 5));
}

/* A description in @depth multiparts, one in the other. */
static char *
nest (int    depth,
      char **type)
{
  char *body = g_strdup (SDP);

  *type = g_strdup ("application/sdp");
  for (int i = 0; i < depth; i++)
    {
      g_autofree char *inner = body;
      g_autofree char *inner_type = *type;

      body = g_strdup_printf ("--b%d\r\nContent-Type: %s\r\n\r\n%s\r\n--b%d--\r\n", i, inner_type, inner, i);
      *type = g_strdup_printf ("multipart/mixed;boundary=b%d", i);
    }
  return body;
}

static void
test_depth (void)
{
  for (int depth = 0; depth < 8; depth++)
    {
      g_autofree char *type = NULL;
      g_autofree char *body = nest (depth, &type);
      g_autofree char *found = side_sip_body_find_sdp (type, body, strlen (body));

      g_assert_cmpstr (found, ==, depth <= 4 ? SDP : NULL);
    }
}

/* However short it is cut, in memory of exactly that size: nothing behind it is read. */
static void
test_cut (void)
{
  const char *whole = TEXT PART CLOSE;

  for (gsize length = 0; length <= strlen (whole); length++)
    {
      g_autofree char *body = g_memdup2 (whole, length);
      g_autofree char *found = side_sip_body_find_sdp ("multipart/mixed;boundary=b1", body, length);

      g_assert_true (found == NULL || g_str_has_prefix (SDP "\r\n", found) || g_str_has_prefix (found, SDP));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sip-body/cases", test_cases);
  g_test_add_func ("/sip-body/depth", test_depth);
  g_test_add_func ("/sip-body/cut", test_cut);
  return g_test_run ();
}
