/* test-phone-endurance.c - what the sound of a test call lives through, and what is left of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A far end that sends garbage, a disk without room, and fifty calls of which
 * nothing may be left.
 */
#include <gst/gst.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "phone-kit.h"
#include "side-test.h"

/* A far end that sends whatever comes to its mind, to both ports: sound goes on. */
static void
test_garbage (PhonePair       *f,
              gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (GInetAddress) local = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (local, 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) bound = NULL;
  guint16 ports[2] = { side_call_media_get_rtp_port (f->a.media), side_call_media_get_rtcp_port (f->a.media) };

  g_assert_true (g_socket_bind (socket, any, FALSE, NULL));
  bound = g_socket_get_local_address (socket, NULL);
  phone_ends_connect (&f->a, &f->b, "PCMA");
  f->a.agreed.rtp_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  if (data != NULL)
    phone_ends_encrypt (&f->a, &f->b, data);
  phone_end_agree (&f->a);
  for (guint i = 0; i < 3000; i++)
    {
      gboolean rtcp = i % 5 == 4;
      g_autoptr (GSocketAddress) to = g_inet_socket_address_new (local, ports[rtcp]);
      guint8 packet[400];
      gsize len = (gsize) g_rand_int_range (rand, 0, sizeof packet);

      for (gsize k = 0; k < sizeof packet; k++)
        packet[k] = (guint8) g_rand_int (rand);
      /* Most are something at first sight. */
      if (i % 10 != 0)
        {
          packet[0] = (guint8) (0x80 | (i % 3 == 0 ? packet[0] & 0x3f : 0));
          packet[1] = rtcp ? (guint8) (200 + packet[1] % 8) : (guint8[]) { 8, 101, 8 | 0x80, 0 }[packet[1] % 4];
          packet[2] = (guint8) (i >> 8);
          packet[3] = (guint8) i;
          memset (packet + 8, (int) (i / 500), 4);
        }
      g_socket_send_to (socket, to, (const char *) packet, len, NULL, NULL);
      if (i % 20 == 0)
        side_test_run_for (5);
    }
  side_test_run_for (300);
  g_assert_cmpuint (f->a.failed & (1u << SIDE_PHONE_STREAM), ==, 0);
  if (data == NULL)
    g_assert_cmpuint (phone_end_get_stats (&f->a).received, >, 500);
  else
    g_assert_cmpuint (phone_end_get_stats (&f->a).received, ==, 0);
  /* The right one is heard again where it moves to. */
  f->a.agreed.rtp_port = side_call_media_get_rtp_port (f->b.media);
  phone_pair_agree (f);
  phone_end_wait_packets (&f->b, 20);
  phone_end_say (&f->b, 440, 0, 1.5);
  phone_end_wait_packets (&f->a, 60);
  phone_pair_stop (f);
}

/* The disk is full: it is told, and the call goes on. */

static gboolean
a_cannot_record (gpointer data)
{
  PhoneEnd *a = data;

  return (a->failed & (1u << SIDE_PHONE_RECORDING)) != 0;
}

static void
call_with_little_room (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  struct rlimit room = { 100000, 100000 };
  PhoneEnd a, b;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &room), ==, 0);
  phone_end_init (&a, folder, "a");
  phone_end_init (&b, NULL, NULL);
  phone_ends_connect (&a, &b, "PCMA");
  phone_end_agree (&a);
  phone_end_agree (&b);
  side_test_wait_until (a_cannot_record, &a, PHONE_KIT_WAIT_MS, "the full disk to be told");
  phone_end_wait_packets (&a, 20);
  phone_end_wait_packets (&b, 20);
  phone_end_stop (&a);
  phone_end_stop (&b);
  /* What there was room for. */
  g_assert_true (g_file_test (a.path, G_FILE_TEST_EXISTS));
  phone_end_clear (&a);
  phone_end_clear (&b);
  side_test_rm_rf (folder);
}

static void
test_full (void)
{
  g_test_trap_subprocess ("/phone/endurance/subprocess/little-room", 60 * G_USEC_PER_SEC, 0);
  g_test_trap_assert_passed ();
}

static gboolean
has_ipv6 (void)
{
  g_autoptr (GInetAddress) local = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (local, 0);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);

  return socket != NULL && g_socket_bind (socket, any, FALSE, NULL);
}

/* Over IPv6, in packets of another length. */
static void
test_ipv6 (void)
{
  PhoneEnd a, b;

  if (!has_ipv6 ())
    {
      g_test_skip ("this machine has no IPv6");
      return;
    }
  phone_kit_family = G_SOCKET_FAMILY_IPV6;
  phone_end_init (&a, NULL, NULL);
  phone_end_init (&b, NULL, NULL);
  phone_ends_connect (&a, &b, "opus");
  a.agreed.ptime_ms = b.agreed.ptime_ms = 40;
  phone_end_agree (&a);
  phone_end_agree (&b);
  phone_end_wait_packets (&b, 10);
  side_call_media_press (a.media, "8#", 100, NULL);
  phone_end_wait_packets (&b, 25);
  g_assert_cmpstr (b.keys->str, ==, "8#");
  g_assert_cmpint (phone_end_get_stats (&b).jitter_ms, <, 40);
  phone_end_stop (&a);
  phone_end_stop (&b);
  phone_end_clear (&a);
  phone_end_clear (&b);
  phone_kit_family = G_SOCKET_FAMILY_IPV4;
}

/* Nothing is left of a call: no thread, no file, no element. */

static guint
count (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static guint
count_elements (void)
{
  GList *tracers = gst_tracing_get_active_tracers ();
  GstStructure *live = NULL;
  const GValue *list;
  guint n;

  g_assert_nonnull (tracers);
  g_signal_emit_by_name (tracers->data, "get-live-objects", &live);
  list = gst_structure_get_value (live, "live-objects-list");
  n = gst_value_list_get_size (list);
  gst_structure_free (live);
  g_list_free_full (tracers, gst_object_unref);
  return n;
}

typedef struct {
  guint files, threads, elements;
} Left;

static gboolean
is_as_before (gpointer data)
{
  const Left *before = data;

  return count ("/proc/self/fd") <= before->files && count ("/proc/self/task") <= before->threads
         && count_elements () <= before->elements;
}

static void
one_call (const char *folder,
          guint       i)
{
  PhoneEnd a, b;

  phone_end_init (&a, NULL, NULL);
  phone_end_init (&b, NULL, NULL);
  phone_ends_connect (&a, &b, i % 2 ? "opus" : "PCMA");
  if (i % 3 == 0)
    phone_ends_encrypt (&a, &b, "AES_CM_128_HMAC_SHA1_32");
  phone_end_agree (&a);
  phone_end_agree (&b);
  if (i % 5 != 0)
    phone_end_wait_packets (&a, 3);
  phone_end_stop (&a);
  /* The other is only let go. */
  if (i % 2)
    phone_end_stop (&b);
  phone_end_clear (&a);
  phone_end_clear (&b);
}

static void
test_nothing_is_left (void)
{
  g_autofree char *folder = side_test_tmp_dir ();
  Left before;

  for (guint i = 0; i < 6; i++)
    one_call (folder, i);
  side_test_run_for (500);
  before = (Left) { count ("/proc/self/fd"), count ("/proc/self/task"), count_elements () };
  for (guint i = 0; i < 50; i++)
    one_call (folder, i);
  side_test_wait_until (is_as_before, &before, PHONE_KIT_WAIT_MS, "files, threads and elements to be as many as before 50 calls");
  side_test_rm_rf (folder);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GST_TRACERS", "leaks(filters=GstElement)", TRUE);
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add ("/phone/endurance/garbage", PhonePair, NULL, phone_pair_setup, test_garbage, phone_pair_teardown);
  g_test_add ("/phone/endurance/garbage-srtp", PhonePair, "AES_CM_128_HMAC_SHA1_80", phone_pair_setup, test_garbage,
              phone_pair_teardown);
  g_test_add_func ("/phone/endurance/full", test_full);
  g_test_add_func ("/phone/endurance/subprocess/little-room", call_with_little_room);
  g_test_add_func ("/phone/endurance/ipv6", test_ipv6);
  g_test_add_func ("/phone/endurance/nothing-is-left", test_nothing_is_left);
  return g_test_run ();
}
