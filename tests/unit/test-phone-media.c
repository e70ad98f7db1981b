/* test-phone-media.c - that sound goes both ways, and only then
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two ends on the loopback, each with its own tone: level and frequency in both
 * recordings tell what went where.
 */
#include <gst/gst.h>
#include <math.h>
#include <string.h>

#include "phone-kit.h"
#include "side-phone-media-private.h"
#include "side-test.h"

#define A_HZ 440.0
#define B_HZ 1000.0

static gboolean
both_said (gpointer data)
{
  PhonePair *f = data;

  return f->a.said > 0 && f->b.said > 0;
}

/* Each end has its own tone on the left and the other's on the right, at its level. */
static void
assert_tones (PhonePair *f,
              double   from_s,
              double   to_s)
{
  g_assert_cmpfloat (fabs (phone_end_level (&f->a, 0, A_HZ, from_s, to_s)), <, 0.5);
  g_assert_cmpfloat (fabs (phone_end_level (&f->b, 0, B_HZ, from_s, to_s)), <, 0.5);
  g_assert_cmpfloat (fabs (phone_end_level (&f->a, 1, B_HZ, from_s, to_s)), <, 1.5);
  g_assert_cmpfloat (fabs (phone_end_level (&f->b, 1, A_HZ, from_s, to_s)), <, 1.5);
  g_assert_cmpfloat (phone_end_level (&f->a, 1, A_HZ, from_s, to_s), <, -38);
  g_assert_cmpfloat (phone_end_level (&f->b, 1, B_HZ, from_s, to_s), <, -38);
}

/* Both ways, keys among it, on one time line with what the other end recorded. */
static void
test_both_ways (PhonePair     *f,
                gconstpointer  codec)
{
  g_autoptr (GError) error = NULL;
  SidePhoneStats stats;
  gboolean late;
  gint64 apart;

  if (strcmp (codec, "G722") == 0 && !side_call_media_has_g722 ())
    {
      g_test_message ("no coder for G.722 is installed: it is not offered");
      return;
    }
  phone_ends_connect (&f->a, &f->b, codec);
  phone_pair_agree (f);
  phone_end_say (&f->a, A_HZ, 0.5, 1.5);
  phone_end_say (&f->b, B_HZ, 0.5, 1.5);
  side_test_wait_until (both_said, f, PHONE_KIT_WAIT_MS, "both tones to be said");
  side_call_media_press (f->a.media, "4219#", 60, &error);
  g_assert_no_error (error);
  side_call_media_press (f->b.media, "0*D", 60, &error);
  g_assert_no_error (error);
  side_test_run_for (1500);
  g_assert_cmpstr (f->b.keys->str, ==, "4219#");
  g_assert_cmpstr (f->a.keys->str, ==, "0*D");
  stats = phone_end_get_stats (&f->a);
  g_assert_true (g_ascii_strncasecmp (stats.codec, codec, strlen (codec)) == 0);
  g_assert_cmpuint (stats.lost, ==, 0);
  g_assert_cmpuint (stats.refused, ==, 0);
  g_assert_cmpuint (stats.received, >, 150);
  g_assert_cmpint (stats.last_packet_age_ms, <, 1000);
  g_assert_cmpint (stats.first_packet_ms, >, 0);
  g_assert_false (stats.silent);
  g_assert_cmpuint (f->a.levels, >, 20);
  late = phone_pair_was_late (f);
  phone_pair_stop (f);
  assert_tones (f, 0.8, 1.8);
  apart = phone_end_onset_ms (&f->b, 1) - phone_end_onset_ms (&f->a, 0);
  g_test_message ("A's tone is heard %" G_GINT64_FORMAT " ms after it was said", apart);
  /* A machine without time for us sends late, and so it was. */
  if (late)
    g_test_message ("packets left late: it proves nothing");
  else
    {
      /* 2 to 10 on a quiet machine; two packets' worth where it has other work. */
      g_assert_cmpint (apart, >=, -40);
      g_assert_cmpint (apart, <=, 40);
    }
}

static void
test_encrypted (PhonePair     *f,
                gconstpointer  suite)
{
  phone_ends_connect (&f->a, &f->b, "PCMA");
  phone_ends_encrypt (&f->a, &f->b, suite);
  phone_pair_agree (f);
  phone_end_say (&f->a, A_HZ, 0.2, 1.5);
  phone_end_say (&f->b, B_HZ, 0.2, 1.5);
  side_test_wait_until (both_said, f, PHONE_KIT_WAIT_MS, "both tones to be said");
  side_call_media_press (f->a.media, "57", 60, NULL);
  side_test_run_for (600);
  g_assert_true (phone_end_get_stats (&f->a).encrypted);
  g_assert_cmpuint (phone_end_get_stats (&f->a).refused, ==, 0);
  g_assert_cmpstr (f->b.keys->str, ==, "57");
  g_assert_cmpuint (f->a.failed, ==, 0);
  phone_pair_stop (f);
  assert_tones (f, 0.5, 1.5);
}

static gboolean
b_cannot_read (gpointer data)
{
  PhonePair *f = data;

  return (f->b.failed & (1u << SIDE_PHONE_KEYS)) != 0;
}

/* A wrong key, or none where one was agreed: silence, and it is told. */
static void
test_wrong_key (PhonePair     *f,
                gconstpointer  none)
{
  phone_ends_connect (&f->a, &f->b, "PCMA");
  phone_ends_encrypt (&f->a, &f->b, "AES_CM_128_HMAC_SHA1_80");
  f->b.agreed.keys.theirs[7] ^= 1;
  if (none != NULL)
    memset (&f->a.agreed.keys, 0, sizeof f->a.agreed.keys);
  phone_pair_agree (f);
  phone_end_say (&f->a, A_HZ, 0.2, 3);
  side_test_wait_until (b_cannot_read, f, PHONE_KIT_WAIT_MS, "B to tell that it cannot decrypt");
  g_assert_cmpuint (phone_end_get_stats (&f->b).received, ==, 0);
  g_assert_cmpuint (phone_end_get_stats (&f->b).refused, >, 10);
  phone_pair_stop (f);
  g_assert_cmpfloat (phone_end_level (&f->b, 1, A_HZ, 0.3, 1), <, -60);
}

static void
test_loss (PhonePair     *f,
           gconstpointer  percent)
{
  PhoneRelay *relay;
  SidePhoneStats stats;
  guint64 dropped, passed;

  phone_ends_connect (&f->a, &f->b, "PCMU");
  relay = phone_relay_new (&f->a, &f->b, GPOINTER_TO_UINT (percent));
  phone_pair_agree (f);
  phone_end_wait_packets (&f->b, 250);
  phone_end_stop (&f->a);
  side_test_run_for (200);
  stats = phone_end_get_stats (&f->b);
  phone_end_stop (&f->b);
  dropped = phone_relay_free (relay, &passed);
  g_test_message ("%" G_GUINT64_FORMAT " passed, %" G_GUINT64_FORMAT " lost by the line, %" G_GUINT64_FORMAT " found",
                  passed, dropped, stats.lost);
  g_assert_cmpuint (stats.received, ==, passed);
  /* Those lost at either end of the call cannot be known of. */
  g_assert_cmpuint (stats.lost, <=, dropped);
  g_assert_cmpuint (stats.lost + 2, >=, dropped);
  if (GPOINTER_TO_UINT (percent) > 0)
    g_assert_cmpuint (dropped, >, 0);
}

static void
test_hold (PhonePair     *f,
           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  SidePhoneStats before, after;

  phone_ends_connect (&f->a, &f->b, "PCMA");
  phone_pair_agree (f);
  phone_end_say (&f->a, A_HZ, 0, 30);
  phone_end_wait_packets (&f->b, 30);
  f->a.agreed.direction = SIDE_SDP_RECVONLY;
  f->b.agreed.direction = SIDE_SDP_SENDONLY;
  phone_pair_agree (f);
  side_test_run_for (150);
  before = phone_end_get_stats (&f->b);
  g_assert_cmpint (before.last_packet_age_ms, ==, -1);
  g_assert_false (side_call_media_press (f->a.media, "1", 100, &error));
  g_assert_nonnull (error);
  phone_end_wait_packets (&f->a, 50);
  after = phone_end_get_stats (&f->b);
  g_assert_cmpuint (after.received, ==, before.received);
  g_assert_cmpuint (after.refused, ==, 0);
  f->a.agreed.direction = SIDE_SDP_SENDRECV;
  f->b.agreed.direction = SIDE_SDP_SENDRECV;
  phone_pair_agree (f);
  phone_end_wait_packets (&f->b, 20);
  g_assert_cmpstr (f->b.keys->str, ==, "");
  phone_pair_stop (f);
  /* What was said into the hold is in nobody's recording. */
  g_assert_cmpfloat (phone_end_level (&f->a, 0, A_HZ, 1.2, 1.6), <, -60);
}

/* The far end moves to another port and another codec; the old one hears no more. */
static void
test_moved (PhonePair     *f,
            gconstpointer  data)
{
  PhoneEnd c;
  SidePhoneStats before;

  phone_end_init (&c, f->folder, "c");
  phone_ends_connect (&f->a, &f->b, "PCMA");
  phone_pair_agree (f);
  phone_end_say (&f->a, A_HZ, 0, 30);
  phone_end_wait_packets (&f->b, 30);
  phone_ends_connect (&f->a, &c, "opus");
  phone_end_agree (&c);
  phone_end_agree (&f->a);
  phone_end_say (&c, B_HZ, 0, 30);
  side_test_run_for (100);
  before = phone_end_get_stats (&f->b);
  phone_end_wait_packets (&c, 60);
  phone_end_wait_packets (&f->a, 30);
  g_assert_cmpuint (phone_end_get_stats (&f->b).received, ==, before.received);
  phone_pair_stop (f);
  phone_end_stop (&c);
  g_assert_cmpfloat (fabs (phone_end_level (&c, 1, A_HZ, 0.5, 1.1)), <, 1.5);
  /* One recording, over both. */
  g_assert_cmpfloat (fabs (phone_end_level (&f->a, 0, A_HZ, 0.2, 1.4)), <, 1);
  phone_end_clear (&c);
}

/* B says it listens where it does not, as behind a router: A sends where B's packets come from. */
static void
test_router (PhonePair     *f,
             gconstpointer  data)
{
  phone_ends_connect (&f->a, &f->b, "PCMA");
  f->a.agreed.rtp_port = 9;
  f->a.agreed.rtcp_port = 0;
  phone_end_agree (&f->b);
  phone_end_agree (&f->a);
  phone_end_wait_packets (&f->b, 20);
  phone_pair_stop (f);
}

static gboolean
a_is_silent (gpointer data)
{
  PhonePair *f = data;

  return phone_end_get_stats (&f->a).silent;
}

static void
test_silent (PhonePair     *f,
             gconstpointer  data)
{
  phone_ends_connect (&f->a, &f->b, "PCMA");
  phone_pair_agree (f);
  phone_end_wait_packets (&f->a, 10);
  g_assert_false (phone_end_get_stats (&f->a).silent);
  phone_end_stop (&f->b);
  side_test_wait_until (a_is_silent, f, PHONE_KIT_WAIT_MS, "A to find the line silent");
  g_assert_cmpint (phone_end_get_stats (&f->a).last_packet_age_ms, >=, SIDE_PHONE_SILENT_MS);
  phone_end_stop (&f->a);
}

/* Devices that are none */

typedef struct {
  GMutex lock;
  double squares;
  guint  n;
} Ear;

static void
handoff_cb (GstElement *sink,
            GstBuffer  *buffer,
            GstPad     *pad,
            Ear        *ear)
{
  GstMapInfo map;

  gst_buffer_map (buffer, &map, GST_MAP_READ);
  g_mutex_lock (&ear->lock);
  for (gsize i = 0; i < map.size / 2; i++)
    ear->squares += (double) ((gint16 *) (gpointer) map.data)[i] * ((gint16 *) (gpointer) map.data)[i];
  ear->n += (guint) map.size / 2;
  g_mutex_unlock (&ear->lock);
  gst_buffer_unmap (buffer, &map);
}

static GstElement *
make_device (gboolean    input,
             const char *id,
             gpointer    ear)
{
  g_autoptr (GstElement) out = NULL;
  GstElement *bin;

  if (g_strcmp0 (id, "gone") == 0)
    return NULL;
  if (input)
    return gst_parse_bin_from_description ("audiotestsrc is-live=true freq=440 volume=0.4 ! audio/x-raw,rate=48000", TRUE, NULL);
  bin = gst_parse_bin_from_description ("capsfilter caps=audio/x-raw,format=S16LE,rate=16000,channels=1 ! fakesink name=out"
                                        " sync=true signal-handoffs=true", TRUE, NULL);
  out = gst_bin_get_by_name (GST_BIN (bin), "out");
  g_signal_connect (out, "handoff", G_CALLBACK (handoff_cb), ear);
  return bin;
}

static gboolean
ear_has_heard (gpointer data)
{
  Ear *ear = data;
  gboolean heard;

  g_mutex_lock (&ear->lock);
  heard = ear->n > SIDE_PHONE_RATE;
  g_mutex_unlock (&ear->lock);
  return heard;
}

static gboolean
microphone_failed (gpointer data)
{
  PhonePair *f = data;

  return (f->a.failed & (1u << SIDE_PHONE_MICROPHONE)) != 0;
}

static void
test_devices (PhonePair     *f,
              gconstpointer  data)
{
  Ear ear = { 0 };

  g_mutex_init (&ear.lock);
  side_call_media_set_maker (f->a.media, make_device, NULL);
  side_call_media_set_maker (f->b.media, make_device, &ear);
  phone_ends_connect (&f->a, &f->b, "PCMA");
  phone_pair_agree (f);
  side_call_media_set_volume (f->b.media, 0.5);
  side_call_media_set_microphone (f->a.media, TRUE, NULL);
  phone_end_wait_packets (&f->b, 40);
  side_call_media_set_loudspeaker (f->b.media, TRUE, NULL);
  side_test_wait_until (ear_has_heard, &ear, PHONE_KIT_WAIT_MS, "the loudspeaker to sound for a second");
  /* 0.4 of full scale, at an eighth of the volume. */
  g_assert_cmpfloat (fabs (sqrt (ear.squares / ear.n) / 32768 - 0.4 / sqrt (2) / 8), <, 0.006);
  side_call_media_set_muted (f->a.media, TRUE);
  phone_end_wait_packets (&f->b, 25);
  side_call_media_set_microphone (f->a.media, TRUE, "gone");
  side_test_wait_until (microphone_failed, f, PHONE_KIT_WAIT_MS, "the missing microphone to be told");
  side_call_media_set_loudspeaker (f->b.media, FALSE, NULL);
  phone_pair_stop (f);
  g_assert_cmpfloat (fabs (phone_end_level (&f->b, 1, A_HZ, 0.6, 0.9)), <, 2);
  g_mutex_clear (&ear.lock);
}

/* Early media: what is heard is told in time, and where it was. */

static gboolean
a_hears_ringing (gpointer data)
{
  PhonePair *f = data;
  g_autoptr (GArray) heard = side_call_media_get_heard (f->a.media);

  for (guint i = 0; i < heard->len; i++)
    if (g_array_index (heard, SidePhoneSegment, i).sound == SIDE_PHONE_SOUND_RINGING
        && g_array_index (heard, SidePhoneSegment, i).certainty > 0.9)
      return TRUE;
  return FALSE;
}

static void
test_ringing (PhonePair     *f,
              gconstpointer  data)
{
  g_autoptr (GArray) heard = NULL;
  gint64 from_ms = 0, onset_ms, start_ms;
  gboolean late;

  phone_ends_connect (&f->a, &f->b, "PCMA");
  f->a.agreed.direction = SIDE_SDP_RECVONLY;
  phone_pair_agree (f);
  phone_end_say (&f->b, 425, 0.6, 0.8);
  for (guint i = 0; i < 12; i++)
    phone_end_say (&f->b, 425, 3.2, 0.8);
  side_test_wait_until (a_hears_ringing, f, 3 * PHONE_KIT_WAIT_MS, "A to be sure of the ringing tone");
  heard = side_call_media_get_heard (f->a.media);
  for (guint i = 0; i < heard->len && from_ms == 0; i++)
    if (g_array_index (heard, SidePhoneSegment, i).sound == SIDE_PHONE_SOUND_RINGING)
      from_ms = g_array_index (heard, SidePhoneSegment, i).from_ms;
  start_ms = side_call_media_get_start_ms (f->a.media);
  late = phone_pair_was_late (f);
  phone_pair_stop (f);
  onset_ms = phone_end_onset_ms (&f->a, 1);
  if (late)
    g_test_message ("packets left late: it proves nothing");
  else
    g_assert_cmpint (ABS (start_ms + from_ms - onset_ms), <=, 20);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
#define ADD(path, data, function) g_test_add (path, PhonePair, data, phone_pair_setup, function, phone_pair_teardown)
  ADD ("/phone/media/pcma", "PCMA", test_both_ways);
  ADD ("/phone/media/pcmu", "PCMU", test_both_ways);
  ADD ("/phone/media/opus", "opus", test_both_ways);
  ADD ("/phone/media/g722", "G722", test_both_ways);
  ADD ("/phone/media/srtp-80", "AES_CM_128_HMAC_SHA1_80", test_encrypted);
  ADD ("/phone/media/srtp-32", "AES_CM_128_HMAC_SHA1_32", test_encrypted);
  ADD ("/phone/media/wrong-key", NULL, test_wrong_key);
  ADD ("/phone/media/no-key", "none", test_wrong_key);
  ADD ("/phone/media/loss-0", GUINT_TO_POINTER (0), test_loss);
  ADD ("/phone/media/loss-2", GUINT_TO_POINTER (2), test_loss);
  ADD ("/phone/media/loss-5", GUINT_TO_POINTER (5), test_loss);
  ADD ("/phone/media/hold", NULL, test_hold);
  ADD ("/phone/media/moved", NULL, test_moved);
  ADD ("/phone/media/router", NULL, test_router);
  ADD ("/phone/media/silent", NULL, test_silent);
  ADD ("/phone/media/devices", NULL, test_devices);
  ADD ("/phone/media/ringing", NULL, test_ringing);
#undef ADD
  return g_test_run ();
}
