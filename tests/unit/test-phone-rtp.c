/* test-phone-rtp.c - what is told from RTP packets alone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "side-phone-rtp.h"

static void
test_loss (void)
{
  SideRtpTally tally = { 0 };
  guint lost = 0;

  /* Over the end of the numbers, with every tenth lost and every seventh twice. */
  for (guint i = 0; i < 1000; i++)
    {
      guint16 seq = (guint16) (65000 + i);

      if (i % 10 == 5)
        lost++;
      else
        g_assert_true (side_rtp_tally_take (&tally, 1, seq));
      if (i % 7 == 0 && i % 10 != 5)
        g_assert_false (side_rtp_tally_take (&tally, 1, seq));
    }
  g_assert_cmpuint (tally.received, ==, 900);
  g_assert_cmpuint (tally.lost, ==, lost);
  /* One that was overtaken is not lost; another source begins anew. */
  g_assert_true (side_rtp_tally_take (&tally, 1, (guint16) (65000 + 995)));
  g_assert_cmpuint (tally.lost, ==, lost - 1);
  g_assert_cmpuint (side_rtp_tally_get_rollover (&tally, 1), ==, 1);
  g_assert_cmpuint (side_rtp_tally_get_rollover (&tally, 2), ==, 0);
  g_assert_true (side_rtp_tally_take (&tally, 2, 7));
  g_assert_cmpuint (side_rtp_tally_get_rollover (&tally, 2), ==, 0);
  g_assert_true (side_rtp_tally_take (&tally, 2, 9));
  g_assert_cmpuint (tally.lost, ==, lost);
  g_assert_true (side_rtp_tally_take (&tally, 2, 8));
  g_assert_true (side_rtp_tally_take (&tally, 2, 6));
  g_assert_cmpuint (tally.lost, ==, lost - 1);
}

/* Every other packet 5 ms late: the difference is 5 ms each time. */
static void
test_jitter (void)
{
  SideRtpTally tally = { 0 };

  for (guint i = 0; i < 400; i++)
    {
      side_rtp_tally_take (&tally, 1, (guint16) i);
      side_rtp_tally_time (&tally, 4294960000u + i * 160, 8000, (gint64) i * 20000000 + (i % 2) * 5000000);
    }
  g_assert_cmpfloat (fabs (tally.jitter_ms - 5), <, 0.1);
}

static GInetSocketAddress *
place (const char *host,
       guint16     port)
{
  return G_INET_SOCKET_ADDRESS (g_inet_socket_address_new_from_string (host, port));
}

static void
test_latch (void)
{
  SideRtpLatch latch = { 0 };
  g_autoptr (GInetSocketAddress) said = place ("192.0.2.1", 4000);
  g_autoptr (GInetSocketAddress) router = place ("198.51.100.7", 61000);
  g_autoptr (GInetSocketAddress) stranger = place ("203.0.113.9", 5000);
  gint64 now = G_USEC_PER_SEC;

  /* From where it said: at once. */
  side_rtp_latch_agree (&latch, g_inet_socket_address_get_address (said), 4000);
  g_assert_cmpint (side_rtp_latch_take (&latch, said, 1, 1, FALSE, now), ==, SIDE_RTP_LATCH_MOVED);
  g_assert_cmpint (side_rtp_latch_take (&latch, said, 1, 2, FALSE, now), ==, SIDE_RTP_LATCH_TAKE);
  /* A stranger is not heard beside it, however long it tries. */
  for (guint16 i = 0; i < 50; i++)
    {
      now += 20000;
      g_assert_cmpint (side_rtp_latch_take (&latch, said, 1, (guint16) (3 + i), FALSE, now), ==, SIDE_RTP_LATCH_TAKE);
      g_assert_cmpint (side_rtp_latch_take (&latch, stranger, 9, i, FALSE, now), ==, SIDE_RTP_LATCH_DROP);
    }
  /* Nor by single packets when it has fallen silent; a row of them is another path. */
  now += 2 * G_USEC_PER_SEC;
  g_assert_cmpint (side_rtp_latch_take (&latch, stranger, 9, 100, FALSE, now), ==, SIDE_RTP_LATCH_DROP);
  g_assert_cmpint (side_rtp_latch_take (&latch, stranger, 9, 200, FALSE, now), ==, SIDE_RTP_LATCH_DROP);
  for (guint16 i = 0; i < 3; i++)
    g_assert_cmpint (side_rtp_latch_take (&latch, router, 1, i, FALSE, now), ==, SIDE_RTP_LATCH_DROP);
  g_assert_cmpint (side_rtp_latch_take (&latch, router, 1, 3, FALSE, now), ==, SIDE_RTP_LATCH_MOVED);
  g_assert_true (latch.source == router);

  /* Agreed anew: the same says nothing, another place is learnt anew. */
  side_rtp_latch_agree (&latch, g_inet_socket_address_get_address (said), 4000);
  g_assert_true (latch.source == router);
  side_rtp_latch_agree (&latch, g_inet_socket_address_get_address (said), 4002);
  g_assert_null (latch.source);

  /* Behind a router: the first packets are heard, the fourth moves what we send. */
  for (guint16 i = 0; i < 3; i++)
    {
      g_assert_cmpint (side_rtp_latch_take (&latch, router, 1, i, FALSE, now), ==, SIDE_RTP_LATCH_TAKE);
      g_assert_null (latch.source);
    }
  g_assert_cmpint (side_rtp_latch_take (&latch, router, 1, 3, FALSE, now), ==, SIDE_RTP_LATCH_MOVED);
  /* With a key, one packet is enough. */
  g_assert_cmpint (side_rtp_latch_take (&latch, said, 1, 7, TRUE, now), ==, SIDE_RTP_LATCH_MOVED);
  side_rtp_latch_clear (&latch);
}

/* What a writer sends, a reader tells: each key once, in order, whatever is lost. */
static void
test_keys (gconstpointer data)
{
  guint loss = GPOINTER_TO_UINT (data);
  static const char *digits = "4422*#0911D";
  SideKeyWriter *writer = side_key_writer_new ();
  SideKeyReader reader = { 0 };
  g_autoptr (GString) told = g_string_new (NULL);
  guint32 sound = 4294960000u;
  guint firsts = 0, packets = 0;

  for (const char *at = digits; *at != '\0'; at++)
    side_key_writer_add (writer, *at, 100);
  for (guint i = 0; i < 400; i++, sound += 960)
    {
      guint8 payload[SIDE_KEY_EVENT_BYTES];
      guint32 timestamp = sound;
      gboolean first;
      char digit;

      if (!side_key_writer_take (writer, &timestamp, 20, 8000, &first, payload))
        continue;
      packets++;
      firsts += first;
      if (loss > 0 && packets % loss != 0)
        continue;
      digit = side_key_reader_take (&reader, payload, sizeof payload, timestamp);
      if (digit != 0)
        g_string_append_c (told, digit);
      /* A copy of it. */
      g_assert_cmpint (side_key_reader_take (&reader, payload, sizeof payload, timestamp), ==, 0);
    }
  g_assert_cmpstr (told->str, ==, digits);
  g_assert_cmpuint (firsts, ==, strlen (digits));
  /* 100 ms in packets of 20, and the last of them twice more. */
  g_assert_cmpuint (packets, ==, strlen (digits) * 7);
  g_assert_cmpuint (side_key_writer_get_waiting (writer), ==, 0);
  side_key_writer_free (writer);
}

static void
test_key_bytes (void)
{
  SideKeyWriter *writer = side_key_writer_new ();
  SideKeyReader reader = { 0 };
  guint8 payload[SIDE_KEY_EVENT_BYTES];
  static const guint8 last[] = { 11, 0x80 | 10, 0x01, 0xE0 };
  static const guint8 flash[] = { 16, 0x80 | 10, 0x01, 0xE0 };
  guint32 timestamp = 1000;
  gboolean first;

  side_key_writer_add (writer, '#', 60);
  g_assert_true (side_key_writer_take (writer, &timestamp, 20, 8000, &first, payload));
  g_assert_true (first);
  g_assert_cmpmem (payload, 4, ((guint8[]) { 11, 10, 0, 160 }), 4);
  for (guint i = 1; i < 5; i++)
    {
      timestamp = 1000 + i * 160;
      g_assert_true (side_key_writer_take (writer, &timestamp, 20, 8000, &first, payload));
      g_assert_false (first);
      g_assert_cmpuint (timestamp, ==, 1000);
    }
  g_assert_cmpmem (payload, 4, last, 4);
  timestamp = 2000;
  g_assert_false (side_key_writer_take (writer, &timestamp, 20, 8000, &first, payload));
  g_assert_cmpuint (timestamp, ==, 2000);
  side_key_writer_free (writer);

  /* Too short, and no key. */
  g_assert_cmpint (side_key_reader_take (&reader, last, 3, 1), ==, 0);
  g_assert_cmpint (side_key_reader_take (&reader, flash, 4, 1), ==, 0);
  g_assert_cmpint (side_key_reader_take (&reader, last, 4, 1), ==, '#');
  g_assert_cmpint (side_key_event_of ('d'), ==, 15);
  g_assert_cmpint (side_key_event_of ('E'), ==, -1);
  g_assert_cmpint (side_key_event_of ('\0'), ==, -1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phone/rtp/loss", test_loss);
  g_test_add_func ("/phone/rtp/jitter", test_jitter);
  g_test_add_func ("/phone/rtp/latch", test_latch);
  g_test_add_data_func ("/phone/rtp/keys", GUINT_TO_POINTER (0), test_keys);
  g_test_add_data_func ("/phone/rtp/keys-lost", GUINT_TO_POINTER (4), test_keys);
  g_test_add_func ("/phone/rtp/key-bytes", test_key_bytes);
  return g_test_run ();
}
