/* bench-phone.c - what the sound of test calls costs
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * bench-phone [CALLS [SECONDS]]: first the sound of ten calls as bare
 * pipelines, then as SideCallMedia that record, draw and listen, in turns; then
 * CALLS of them at once, all to each other on the loopback. Prints CPU per call and what came
 * too late. Bind it to one core with taskset.
 */
#include <gst/gst.h>
#include <locale.h>
#include <sys/resource.h>
#include <time.h>

#include "phone-kit.h"
#include "side-test.h"

#define ROUNDS   7
#define TOGETHER 10       /* ends: two alone cost one per cent, of which most is what waking up costs this time */
#define PORT     47112

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
              guint       n,
              guint       seconds)
{
  g_autoptr (GPtrArray) ends = g_ptr_array_new_with_free_func (gst_object_unref);
  double before;

  for (guint i = 0; i < n; i++)
    {
      guint other = i ^ 1;

      g_ptr_array_add (ends, bare_end (folder, i, PORT + 2 * i, PORT + 2 * other));
    }
  side_test_run_for (2000);
  before = cpu_s ();
  side_test_run_for (seconds * 1000);
  before = cpu_s () - before;
  for (guint i = 0; i < n; i++)
    gst_element_set_state (ends->pdata[i], GST_STATE_NULL);
  return before / seconds / n;
}

/* As a window does, whenever there is something new. */
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

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* A machine that others use too is now quick and now slow: one after the other in turns, and what lies in the middle. */
static void
measure_ratio (const char *folder,
               guint       seconds)
{
  double bare[ROUNDS], one[ROUNDS], ratio[ROUNDS];

  for (guint i = 0; i < ROUNDS; i++)
    {
      bare[i] = measure_bare (folder, TOGETHER, seconds);
      g_print (" bare pipeline %5.2f %% of a core each\n", 100 * bare[i]);
      one[i] = measure_calls (folder, "PCMA", i, TOGETHER, seconds);
      ratio[i] = one[i] / bare[i];
    }
  qsort (bare, ROUNDS, sizeof *bare, compare);
  qsort (one, ROUNDS, sizeof *one, compare);
  qsort (ratio, ROUNDS, sizeof *ratio, compare);
  g_print ("one call with recording, peaks and the ear is %.2f times the bare pipeline (of the middle of each; round by round the middle is %.2f, "
           "half of them lie from %.2f to %.2f)\n", one[ROUNDS / 2] / bare[ROUNDS / 2], ratio[ROUNDS / 2], ratio[ROUNDS / 4], ratio[ROUNDS - 1 - ROUNDS / 4]);
}

int
main (int    argc,
      char **argv)
{
  guint n = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 20;
  guint seconds = argc > 2 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 10;
  g_autofree char *folder = side_test_tmp_dir ();

  setlocale (LC_ALL, "");
  gst_init (NULL, NULL);
  n = CLAMP (n, 2, 200) / 2 * 2;
  seconds = CLAMP (seconds, 2, 600);
  measure_ratio (folder, MIN (seconds, 5));
  measure_calls (folder, "PCMA", ROUNDS, n, seconds);
  measure_calls (folder, "opus", ROUNDS + 1, n, seconds);
  side_test_rm_rf (folder);
  return 0;
}
