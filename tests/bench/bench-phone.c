/* bench-phone.c - what the sound of test calls costs
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-phone [CALLS [SECONDS]]: first one call's sound as a bare pipeline,
 * then as a SideCallMedia that records, draws and listens, then CALLS of them
 * at once, all to each other on the loopback. Prints CPU per call and what came
 * too late. Bind it to one core with taskset.
 */
#include <gst/gst.h>
#include <locale.h>
#include <sys/resource.h>
#include <time.h>

#include "phone-kit.h"
#include "side-test.h"

static double
cpu_s (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

/* Two ends, each nothing but a tone, a coder, rtpbin, a decoder and a file. */
static GstElement *
bare_end (const char *folder,
          guint       i,
          guint       from,
          guint       to)
{
  g_autofree char *description = g_strdup_printf (
    "rtpbin name=rb latency=80 audiotestsrc is-live=true samplesperbuffer=160 ! audio/x-raw,rate=8000 ! alawenc ! rtppcmapay"
    " min-ptime=20000000 max-ptime=20000000 ! rb.send_rtp_sink_0 rb.send_rtp_src_0 ! udpsink host=127.0.0.1 port=%u sync=false async=false"
    " rb.send_rtcp_src_0 ! udpsink host=127.0.0.1 port=%u sync=false async=false udpsrc port=%u caps=application/x-rtcp ! rb.recv_rtcp_sink_0"
    " udpsrc port=%u caps=application/x-rtp,media=audio,clock-rate=8000,encoding-name=PCMA,payload=8 ! rb.recv_rtp_sink_0"
    " rb. ! rtppcmadepay ! alawdec ! wavenc ! filesink async=false location=%s/bare-%u.wav",
    to, to + 1, from + 1, from, folder, i);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = gst_parse_launch (description, &error);

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  return pipeline;
}

static double
measure_bare (const char *folder,
              guint       seconds)
{
  GstElement *a = bare_end (folder, 0, 47112, 47114);
  GstElement *b = bare_end (folder, 1, 47114, 47112);
  double before;

  side_test_run_for (2000);
  before = cpu_s ();
  side_test_run_for (seconds * 1000);
  before = cpu_s () - before;
  gst_element_set_state (a, GST_STATE_NULL);
  gst_element_set_state (b, GST_STATE_NULL);
  gst_object_unref (a);
  gst_object_unref (b);
  return before / seconds / 2;
}

/* As a window does, 20 times a second. */
static void
draw_cb (SideCallMedia *media)
{
  SidePeak peaks[500];
  guint n = side_call_media_get_n_cells (media);

  side_call_media_get_cells (media, SIDE_PHONE_OURS, n > 500 ? n - 500 : 0, 500, peaks);
  side_call_media_get_cells (media, SIDE_PHONE_THEIRS, n > 500 ? n - 500 : 0, 500, peaks);
}

static double
measure_calls (const char *folder,
               const char *codec,
               guint       turn,
               guint       n,
               guint       seconds)
{
  g_autofree PhoneEnd *ends = g_new0 (PhoneEnd, n);
  g_autoptr (GBytes) clip = phone_tone (440, 0, seconds + 5);
  SidePhoneStats sum = { 0 };
  double cpu;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u-%u", turn, i);

      phone_end_init (&ends[i], folder, name);
      g_signal_connect (ends[i].media, "levels", G_CALLBACK (draw_cb), NULL);
      side_call_media_say (ends[i].media, clip);
    }
  for (guint i = 0; i < n; i += 2)
    {
      phone_ends_connect (&ends[i], &ends[i + 1], codec);
      phone_end_agree (&ends[i]);
      phone_end_agree (&ends[i + 1]);
    }
  side_test_run_for (2000);
  cpu = cpu_s ();
  side_test_run_for (seconds * 1000);
  cpu = (cpu_s () - cpu) / seconds / n;
  for (guint i = 0; i < n; i++)
    {
      SidePhoneStats stats = phone_end_get_stats (&ends[i]);

      sum.received += stats.received;
      sum.lost += stats.lost;
      sum.late += stats.late;
      sum.slips += stats.slips;
      sum.jitter_ms = MAX (sum.jitter_ms, stats.jitter_ms);
    }
  for (guint i = 0; i < n; i++)
    {
      phone_end_stop (&ends[i]);
      phone_end_clear (&ends[i]);
    }
  g_print ("%2u × %-5s %5.2f %% of a core each; %" G_GUINT64_FORMAT " packets, %" G_GUINT64_FORMAT " lost, %" G_GUINT64_FORMAT
           " late, %" G_GUINT64_FORMAT " left late, jitter up to %.1f ms\n", n, codec, 100 * cpu, sum.received, sum.lost, sum.late,
           sum.slips, sum.jitter_ms);
  return cpu;
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 20;
  guint seconds = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 10;
  g_autofree char *folder = side_test_tmp_dir ();
  double bare = G_MAXDOUBLE, one = G_MAXDOUBLE;

  setlocale (LC_ALL, "");
  gst_init (NULL, NULL);
  n = CLAMP (n, 2, 200) / 2 * 2;
  seconds = CLAMP (seconds, 2, 600);
  /* In turns, and the least of each: what else the machine does only adds. */
  for (guint i = 0; i < 3; i++)
    {
      double now = measure_bare (folder, seconds);

      g_print (" bare pipeline %5.2f %% of a core each\n", 100 * now);
      bare = MIN (bare, now);
      now = measure_calls (folder, "PCMA", i, 2, seconds);
      one = MIN (one, now);
    }
  g_print ("one call with recording, peaks and the ear is %.2f times the bare pipeline\n", one / bare);
  measure_calls (folder, "PCMA", 3, n, seconds);
  measure_calls (folder, "opus", 4, n, seconds);
  side_test_rm_rf (folder);
  return 0;
}
