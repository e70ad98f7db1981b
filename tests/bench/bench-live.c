/* bench-live.c - from a domain event to the frame that shows it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Feeds a board with 200 operators 500 events a second through the Live page
 * in a window, and measures for each event the time until the frame with it
 * was painted, and the CPU the program took. Needs a display.
 *
 * bench-live [seconds] [events a second] [operators]
 */
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "side-board-fixture.h"
#include "side-live-page.h"
#include "side-renderer.h"
#include "side-settings.h"
#include "side-test.h"

typedef struct {
  SideDesk     *desk;
  SideLivePage *page;
  GRand        *rand;
  guint         n_operators;
  double        rate;
  gint64        start_us;
  guint64       sent;
  guint64       first_seq;
  GArray       *sent_us;      /* of gint64, by event */
  GArray       *latency_us;   /* of gint64 */
  guint64       painted;      /* events that were seen in a frame */
  guint         frames;
} Bench;

static double
cpu_s (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static gboolean
feed_cb (gpointer data)
{
  Bench *bench = data;
  SideBoard *board = side_desk_get_board (bench->desk);
  gint64 now_us = g_get_monotonic_time ();
  guint64 due = (guint64) ((double) (now_us - bench->start_us) / 1e6 * bench->rate);

  while (bench->sent < due)
    {
      gint64 at_ms = side_clock_now_ms (side_desk_get_clock (bench->desk));
      g_autoptr (SideEvent) event = side_fixture_random_event (bench->rand, bench->n_operators, at_ms,
                                                               bench->first_seq + bench->sent);

      side_board_apply (board, event);
      g_array_append_val (bench->sent_us, now_us);
      bench->sent++;
    }
  side_desk_poke (bench->desk);
  return G_SOURCE_CONTINUE;
}

static void
painted_cb (GdkFrameClock *clock,
            Bench         *bench)
{
  guint64 drawn = (guint64) side_live_page_get_drawn_seq (bench->page);
  gint64 now_us = g_get_monotonic_time ();

  bench->frames++;
  while (bench->painted < bench->sent && bench->first_seq + bench->painted <= drawn)
    {
      gint64 latency = now_us - g_array_index (bench->sent_us, gint64, bench->painted);

      g_array_append_val (bench->latency_us, latency);
      bench->painted++;
    }
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
percentile_ms (GArray *sorted,
               double  share)
{
  return sorted->len == 0 ? NAN : (double) g_array_index (sorted, gint64, (guint) ceil (share * sorted->len) - 1) / 1000.0;
}

int
main (int   argc,
      char *argv[])
{
  guint seconds = argc > 1 ? (guint) atoi (argv[1]) : 15;
  Bench bench = {
    .rate = argc > 2 ? atof (argv[2]) : 500, .n_operators = argc > 3 ? (guint) atoi (argv[3]) : 200,
  };
  g_autoptr (SideAlarm) alarm = NULL;
  GtkWidget *window;
  double cpu, wall;
  guint feed_id;

  side_renderer_choose ();
  setlocale (LC_ALL, "");
  gtk_init ();
  adw_init ();
  bench.desk = side_fixture_new_desk (bench.n_operators);
  bench.rand = g_rand_new_with_seed (5);
  bench.sent_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  bench.latency_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  alarm = side_alarm_new (bench.desk);
  bench.page = SIDE_LIVE_PAGE (side_live_page_new (bench.desk, alarm));
  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1440, 900);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (bench.page));
  gtk_window_present (GTK_WINDOW (window));
  side_test_run_for (2000);

  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb), &bench);
  bench.first_seq = side_board_get_seq (side_desk_get_board (bench.desk)) + 1;
  bench.start_us = g_get_monotonic_time ();
  cpu = cpu_s ();
  feed_id = g_timeout_add (2, feed_cb, &bench);
  side_test_run_for (seconds * 1000);
  wall = (double) (g_get_monotonic_time () - bench.start_us) / 1e6;
  cpu = cpu_s () - cpu;
  g_source_remove (feed_id);
  g_array_sort (bench.latency_us, compare);
  g_print ("operators %u, events %.0f/s for %.1f s, frames %u\n", bench.n_operators, (double) bench.sent / wall, wall, bench.frames);
  g_print ("event to frame: median %.1f ms, p99 %.1f ms, worst %.1f ms (limit: p99 150 ms)\n",
           percentile_ms (bench.latency_us, 0.5), percentile_ms (bench.latency_us, 0.99), percentile_ms (bench.latency_us, 1.0));
  g_print ("cpu %.1f %% of a core (limit: 25 %%)\n", cpu / wall * 100.0);
  gtk_window_destroy (GTK_WINDOW (window));
  return percentile_ms (bench.latency_us, 0.99) < 150 && cpu / wall < 0.25 ? 0 : 1;
}
