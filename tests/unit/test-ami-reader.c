/* test-ami-reader.c - the manager's stream is cut into messages, within bounds
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "side-ami-reader.h"
#include "side-error.h"
#include "side-test.h"

static void
give (SideAmiReader *reader,
      const char    *bytes,
      gsize          length)
{
  gsize room;
  guint8 *to = side_ami_reader_reserve (reader, &room);

  g_assert_cmpuint (room, >=, length);
  memcpy (to, bytes, length);
  side_ami_reader_commit (reader, length);
}

static SideAmiStep
next (SideAmiReader  *reader,
      SideAmiMessage *message)
{
  g_autoptr (GError) error = NULL;
  SideAmiStep step = side_ami_reader_next (reader, message, &error);

  g_assert_true ((step == SIDE_AMI_FAILED) == (error != NULL));
  return step;
}

#define GIVE(reader, text) give (reader, text, sizeof (text) - 1)

static void
test_message (void)
{
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
  SideAmiMessage message;

  GIVE (reader, "\r\n\r\nEvent: Hold\r\nEmpty: \r\nTight:x\r\nNone:\r\nA: b: c\r\n\r\nResponse: Success\r\n\r\nEv");
  g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_MESSAGE);
  g_assert_cmpuint (message.n_fields, ==, 5);
  g_assert_false (message.tainted);
  g_assert_cmpstr (side_ami_message_get (&message, "event"), ==, "Hold");
  g_assert_cmpstr (side_ami_message_get (&message, "Empty"), ==, "");
  g_assert_cmpstr (side_ami_message_get (&message, "Tight"), ==, "x");
  g_assert_cmpstr (side_ami_message_get (&message, "None"), ==, "");
  g_assert_cmpstr (side_ami_message_get (&message, "A"), ==, "b: c");
  g_assert_null (side_ami_message_get (&message, "B"));
  g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_MESSAGE);
  g_assert_true (side_ami_message_is (&message, "Response", "success"));
  g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_NEED_MORE);
}

static void
test_repeated (void)
{
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
  g_autoptr (SideAmiMessage) copy = NULL;
  SideAmiMessage message;

  GIVE (reader, "Event: X\r\nChanVariable: A=1\r\nChanVariable: MIXMONITOR_FILENAME=/rec/1.wav\r\nChanVariable: B=\r\n"
                "N: 12\r\nN: -3\r\nBad: 12x\r\nHuge: 99999999999999999999\r\n\r\n");
  g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_MESSAGE);
  g_assert_cmpuint (side_ami_message_count (&message, "ChanVariable"), ==, 3);
  g_assert_cmpstr (side_ami_message_variable (&message, "ChanVariable", "MIXMONITOR_FILENAME"), ==, "/rec/1.wav");
  g_assert_null (side_ami_message_variable (&message, "ChanVariable", "B"));
  g_assert_null (side_ami_message_variable (&message, "ChanVariable", "MIXMONITOR"));
  g_assert_cmpstr (side_ami_message_get (&message, "N"), ==, "12");
  g_assert_cmpstr (side_ami_message_get_last (&message, "N"), ==, "-3");
  g_assert_cmpint (side_ami_message_get_int (&message, "N", 7), ==, 12);
  g_assert_cmpint (side_ami_message_get_int (&message, "Bad", 7), ==, 7);
  g_assert_cmpint (side_ami_message_get_int (&message, "Huge", 7), ==, 7);
  g_assert_cmpint (side_ami_message_get_int (&message, "None", 7), ==, 7);

  copy = side_ami_message_copy (&message);
  GIVE (reader, "Event: other\r\n\r\n");
  g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_MESSAGE);
  g_assert_cmpstr (side_ami_message_get (copy, "Event"), ==, "X");
  g_assert_cmpuint (copy->n_fields, ==, 8);
}

/* Only CR LF ends a line: what a caller brought in stays within its value. */
static void
test_strict (void)
{
  static const char * const tainted[] = {
    "Event: X\r\nCallerIDNum: 7916\nEvent: Y\r\n\r\n",
    "Event: X\r\n7916\r\n\r\n",
    "Event: X\r\n: y\r\n\r\n",
    "Event: X\r\n\nEvent: Y\r\n\r\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (tainted); i++)
    {
      g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
      SideAmiMessage message;

      give (reader, tainted[i], strlen (tainted[i]));
      g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_MESSAGE);
      g_assert_true (message.tainted);
      g_assert_cmpstr (side_ami_message_get (&message, "Event"), ==, "X");
      g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_NEED_MORE);
      GIVE (reader, "Event: Z\r\n\r\n");
      g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_MESSAGE);
      g_assert_false (message.tainted);
    }
}

/* The same messages whatever the pieces in which they come. */
static void
test_pieces (void)
{
  static const char stream[] = "Asterisk Call Manager/11.0.0\r\nEvent: A\r\nX: 1\r\n\r\n\r\nEvent: B\r\nY: a\rb\r\n\r\n";

  for (gsize cut = 1; cut < sizeof stream - 1; cut++)
    {
      g_autoptr (SideAmiReader) reader = side_ami_reader_new (TRUE);
      g_autoptr (GString) seen = g_string_new (NULL);
      SideAmiMessage message;
      SideAmiStep step;

      for (gsize at = 0; at < sizeof stream - 1; at += cut)
        {
          give (reader, stream + at, MIN (cut, sizeof stream - 1 - at));
          while ((step = next (reader, &message)) != SIDE_AMI_NEED_MORE)
            {
              g_assert_cmpint (step, !=, SIDE_AMI_FAILED);
              for (guint i = 0; i < message.n_fields; i++)
                g_string_append_printf (seen, "%s=%s;", message.fields[i].name, message.fields[i].value);
            }
        }
      g_assert_cmpstr (seen->str, ==, "Banner=Asterisk Call Manager/11.0.0;Event=A;X=1;Event=B;Y=a\rb;");
    }
}

static void
expect_failure (const char *bytes,
                gsize       length,
                gboolean    banner,
                int         code)
{
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (banner);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) again = NULL;
  SideAmiMessage message;
  SideAmiStep step = SIDE_AMI_NEED_MORE;

  while (length > 0 && step != SIDE_AMI_FAILED)
    {
      gsize room;
      guint8 *to = side_ami_reader_reserve (reader, &room);
      gsize n = MIN (MIN (room, length), 1000);

      memcpy (to, bytes, n);
      side_ami_reader_commit (reader, n);
      bytes += n;
      length -= n;
      while ((step = side_ami_reader_next (reader, &message, &error)) == SIDE_AMI_MESSAGE)
        ;
    }
  g_assert_error (error, SIDE_ERROR, code);
  g_assert_cmpint (side_ami_reader_next (reader, &message, &again), ==, SIDE_AMI_FAILED);
}

static char *
stream_of (gsize line,
           gsize lines)
{
  GString *text = g_string_new (NULL);
  g_autofree char *value = g_strnfill (line - 3, 'x');

  for (gsize i = 0; i < lines; i++)
    g_string_append_printf (text, "N: %s\r\n", value);
  g_string_append (text, "\r\n");
  return g_string_free (text, FALSE);
}

static void
test_bounds (void)
{
  g_autofree char *longest = stream_of (SIDE_AMI_LINE_MAX, 1);
  g_autofree char *too_long = stream_of (SIDE_AMI_LINE_MAX + 1, 1);
  g_autofree char *endless = g_strnfill (40000, 'x');
  g_autofree char *largest = stream_of (1022, 63);     /* 64514 bytes */
  g_autofree char *too_large = stream_of (1022, 64);   /* 65538 bytes */
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
  SideAmiMessage message;

  give (reader, longest, strlen (longest));
  g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_MESSAGE);
  g_assert_cmpuint (strlen (message.fields[0].value), ==, SIDE_AMI_LINE_MAX - 3);
  give (reader, largest, strlen (largest));
  g_assert_cmpint (next (reader, &message), ==, SIDE_AMI_MESSAGE);
  g_assert_cmpuint (message.n_fields, ==, 63);

  expect_failure (too_long, strlen (too_long), FALSE, SIDE_ERROR_TOO_LARGE);
  expect_failure (endless, 40000, FALSE, SIDE_ERROR_TOO_LARGE);
  expect_failure (endless, 40000, TRUE, SIDE_ERROR_TOO_LARGE);
  expect_failure (too_large, strlen (too_large), FALSE, SIDE_ERROR_TOO_LARGE);
}

static void
test_strangers (void)
{
  expect_failure ("HTTP/1.1 400 Bad Request\r\n", 26, TRUE, SIDE_ERROR_INVALID);
  expect_failure ("SSH-2.0-OpenSSH\r\n", 17, TRUE, SIDE_ERROR_INVALID);
  expect_failure ("\r\n", 2, TRUE, SIDE_ERROR_INVALID);
  expect_failure ("Event: X\0\r\n\r\n", 13, FALSE, SIDE_ERROR_INVALID);
}

/* Many messages through the one buffer: it is moved, never outgrown. */
static void
test_long_run (void)
{
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GString) stream = g_string_new (NULL);
  SideAmiMessage message;
  gsize at = 0;
  int expected = 0;
  int seen = 0;

  while (stream->len < 3000000)
    {
      g_string_append_printf (stream, "Event: E\r\nN: %d\r\n", expected++);
      for (int i = g_rand_int_range (rand, 0, 40); i > 0; i--)
        g_string_append_printf (stream, "Field%d: %*d\r\n", i, g_rand_int_range (rand, 1, 1000), i);
      g_string_append (stream, "\r\n");
    }
  while (at < stream->len)
    {
      gsize room;
      guint8 *to = side_ami_reader_reserve (reader, &room);

      room = MIN (MIN (room, stream->len - at), (gsize) g_rand_int_range (rand, 1, 70000));
      memcpy (to, stream->str + at, room);
      side_ami_reader_commit (reader, room);
      at += room;
      while (next (reader, &message) == SIDE_AMI_MESSAGE)
        g_assert_cmpint (side_ami_message_get_int (&message, "N", -1), ==, seen++);
    }
  g_assert_cmpint (seen, ==, expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ami-reader/message", test_message);
  g_test_add_func ("/ami-reader/repeated", test_repeated);
  g_test_add_func ("/ami-reader/strict", test_strict);
  g_test_add_func ("/ami-reader/pieces", test_pieces);
  g_test_add_func ("/ami-reader/bounds", test_bounds);
  g_test_add_func ("/ami-reader/strangers", test_strangers);
  g_test_add_func ("/ami-reader/long-run", test_long_run);
  return g_test_run ();
}
