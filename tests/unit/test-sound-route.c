/* test-sound-route.c - what is left out, gone round in, made louder, and was heard
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The file counts its own frames, one a sample, so what arrives at the sink
 * tells to the frame where the player went.
 */
#include <gst/gst.h>
#include <math.h>
#include <sndfile.h>

#include "side-player.h"
#include "side-test.h"

#define RATE 8000
#define LENGTH_MS 3000

typedef struct {
  char       *dir;
  char       *path;
  SidePlayer *player;
  gboolean    real_time;
  GMutex      lock;
  GArray     *heard;      /* under lock: float, left only */
  gint64      told_ms;    /* by the signal */
  gint64      last_ms;
  double      rate;
} Fixture;

static void
handoff_cb (GstElement *sink,
            GstBuffer  *buffer,
            GstPad     *pad,
            gpointer    data)
{
  Fixture *f = data;
  GstMapInfo map;

  g_assert_true (gst_buffer_map (buffer, &map, GST_MAP_READ));
  g_mutex_lock (&f->lock);
  for (gsize i = 0; i < map.size / sizeof (float); i += 2)
    g_array_append_val (f->heard, ((const float *) (gconstpointer) map.data)[i]);
  g_mutex_unlock (&f->lock);
  gst_buffer_unmap (buffer, &map);
}

static gpointer
make_sink (gpointer data)
{
  Fixture *f = data;
  GstElement *sink = gst_parse_bin_from_description (
    "audioconvert ! audio/x-raw,format=F32LE,channels=2,layout=interleaved ! fakesink name=end signal-handoffs=true", TRUE, NULL);
  g_autoptr (GstElement) end = gst_bin_get_by_name (GST_BIN (sink), "end");

  g_object_set (end, "sync", f->real_time, NULL);
  g_signal_connect (end, "handoff", G_CALLBACK (handoff_cb), f);
  return sink;
}

static void
write_counting_file (const char *path)
{
  SF_INFO info = { .samplerate = RATE, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);

  g_assert_nonnull (file);
  for (gint16 i = 0; i < RATE * LENGTH_MS / 1000; i++)
    {
      gint16 frame[2] = { i, (gint16) -i };
      g_assert_cmpint (sf_writef_short (file, frame, 1), ==, 1);
    }
  sf_close (file);
}

static void
heard_cb (SidePlayer *player,
          gint64      from_ms,
          gint64      to_ms,
          double      rate,
          Fixture    *f)
{
  g_assert_cmpint (to_ms, >, from_ms);
  f->told_ms += to_ms - from_ms;
  f->last_ms = to_ms;
  f->rate = rate;
}

static void
setup (Fixture       *f,
       gconstpointer  data)
{
  f->real_time = GPOINTER_TO_INT (data);
  f->dir = side_test_tmp_dir ();
  f->path = g_build_filename (f->dir, "count.wav", NULL);
  f->heard = g_array_new (FALSE, FALSE, sizeof (float));
  g_mutex_init (&f->lock);
  write_counting_file (f->path);
  f->player = side_player_new_with_sink (make_sink, f);
  g_signal_connect (f->player, "heard", G_CALLBACK (heard_cb), f);
}

static void
teardown (Fixture       *f,
          gconstpointer  data)
{
  side_player_close (f->player);
  side_test_run_for (200);   /* the pipeline is taken down in a thread of GStreamer's */
  g_assert_finalize_object (f->player);
  side_test_rm_rf (f->dir);
  g_array_unref (f->heard);
  g_mutex_clear (&f->lock);
  g_free (f->dir);
  g_free (f->path);
}

static guint
n_heard (Fixture *f)
{
  guint n;

  g_mutex_lock (&f->lock);
  n = f->heard->len;
  g_mutex_unlock (&f->lock);
  return n;
}

/* The number of the file's frame that arrived as the @i'th. */
static int
frame_at (Fixture *f,
          guint    i)
{
  int frame;

  g_mutex_lock (&f->lock);
  frame = (int) lrintf (g_array_index (f->heard, float, i) * 32768.0f);
  g_mutex_unlock (&f->lock);
  return frame;
}

static gboolean
is_over (gpointer data)
{
  return side_player_get_state (((Fixture *) data)->player) == SIDE_PLAYER_ENDED;
}

static gboolean
has_opened (gpointer data)
{
  return side_player_get_state (((Fixture *) data)->player) == SIDE_PLAYER_PAUSED;
}

static gboolean
has_enough (gpointer data)
{
  return n_heard (data) >= 30000;
}

static void
open_file (Fixture *f)
{
  side_player_open (f->player, f->path);
  side_test_wait_until (has_opened, f, 10000, "the file to be opened");
}

static void
test_skips (Fixture       *f,
            gconstpointer  data)
{
  static const SideSpan silences[] = { { 500, 700 }, { 1000, 2600 }, { 2900, 3000 } };
  int missing = 0;

  open_file (f);
  side_player_set_silences (f->player, silences, G_N_ELEMENTS (silences));
  side_player_set_skip_silence (f->player, TRUE);
  /* What was prerolled lies before the first of them. */
  side_player_play (f->player);
  side_test_wait_until (is_over, f, 10000, "the end");
  /* Only the one that is long enough, and a breath of it stays on either side. */
  g_assert_cmpuint (n_heard (f), ==, (3000 - (1600 - 2 * SIDE_PLAYER_BREATH_MS)) * RATE / 1000);
  for (guint i = 1; i < n_heard (f); i++)
    if (frame_at (f, i) != frame_at (f, i - 1) + 1)
      {
        g_assert_cmpint (frame_at (f, i - 1), ==, (1000 + SIDE_PLAYER_BREATH_MS) * RATE / 1000 - 1);
        g_assert_cmpint (frame_at (f, i), ==, (2600 - SIDE_PLAYER_BREATH_MS) * RATE / 1000);
        missing++;
      }
  g_assert_cmpint (missing, ==, 1);
}

static void
test_loop (Fixture       *f,
           gconstpointer  data)
{
  int rounds = 0;

  open_file (f);
  side_player_set_loop (f->player, 1200, 1700);
  g_assert_true (side_player_get_loop (f->player, NULL, NULL));
  side_player_play (f->player);
  side_test_wait_until (has_enough, f, 20000, "some rounds");
  side_player_pause (f->player);
  for (guint i = 1; i < 30000; i++)
    if (frame_at (f, i) != frame_at (f, i - 1) + 1)
      {
        g_assert_cmpint (frame_at (f, i - 1), ==, 1700 * RATE / 1000 - 1);
        g_assert_cmpint (frame_at (f, i), ==, 1200 * RATE / 1000);
        rounds++;
      }
  g_assert_cmpint (rounds, >=, 3);
  g_assert_cmpint (side_player_get_position_ms (f->player), <, 1800);

  /* Let out, it plays on to the end. */
  side_player_set_loop (f->player, 0, 0);
  side_player_play (f->player);
  side_test_wait_until (is_over, f, 10000, "the end");
  g_assert_cmpint (frame_at (f, n_heard (f) - 1), ==, LENGTH_MS * RATE / 1000 - 1);
}

/* All of a loop may be silence: it is heard all the same, and nothing hangs. */
static void
test_loop_of_silence (Fixture       *f,
                      gconstpointer  data)
{
  static const SideSpan silence = { 0, 3000 };

  open_file (f);
  side_player_set_silences (f->player, &silence, 1);
  side_player_set_skip_silence (f->player, TRUE);
  side_player_set_loop (f->player, 1000, 1500);
  side_player_seek (f->player, 1000);
  side_player_play (f->player);
  side_test_wait_until (has_enough, f, 20000, "some rounds of silence");
}

static void
test_heard_is_told (Fixture       *f,
                    gconstpointer  data)
{
  open_file (f);
  side_player_set_rate (f->player, 2);
  side_player_play (f->player);
  side_test_wait_until (is_over, f, 20000, "the end");
  /* Up to the last look at the position, a twentieth of a second before the end. */
  g_assert_cmpint (f->told_ms, >, 2300);
  g_assert_cmpint (f->told_ms, <=, 3000);
  g_assert_cmpfloat (f->rate, ==, 2);
}

/* A seek is no listening, nor is what both sides are muted for. */
static void
test_not_heard (Fixture       *f,
                gconstpointer  data)
{
  open_file (f);
  side_player_set_muted (f->player, SIDE_PLAYER_OPERATOR, TRUE);
  side_player_set_muted (f->player, SIDE_PLAYER_CUSTOMER, TRUE);
  side_player_play (f->player);
  side_test_run_for (600);
  g_assert_cmpint (f->told_ms, ==, 0);
  side_player_set_muted (f->player, SIDE_PLAYER_CUSTOMER, FALSE);
  side_player_seek (f->player, 2000);
  side_test_run_for (500);
  side_player_pause (f->player);
  g_assert_cmpint (f->told_ms, >, 100);
  g_assert_cmpint (f->told_ms, <, 1000);
}

static void
test_resumes_a_little_before (Fixture       *f,
                              gconstpointer  data)
{
  open_file (f);
  side_player_set_resume_back (f->player, 400);
  side_player_seek (f->player, 1000);
  side_player_play (f->player);
  side_test_run_for (600);
  side_player_pause (f->player);
  {
    gint64 paused_ms = side_player_get_position_ms (f->player);

    g_assert_cmpint (paused_ms, >, 1100);
    side_player_play (f->player);
    g_assert_cmpint (side_player_get_position_ms (f->player), ==, paused_ms - 400);
  }
  /* A seek says where to go on. */
  side_player_pause (f->player);
  side_player_seek (f->player, 1500);
  side_player_play (f->player);
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 1500);
}

/* The levelled side is louder where it is soft, and never over full scale. */
static void
test_levels (Fixture       *f,
             gconstpointer  data)
{
  float most = 0;

  open_file (f);
  side_player_set_levels (f->player, 12, -3);
  side_player_set_levelling (f->player, TRUE);
  side_player_seek (f->player, 0);
  side_player_play (f->player);
  side_test_wait_until (is_over, f, 10000, "the end");
  g_mutex_lock (&f->lock);
  for (guint i = 1; i < f->heard->len; i++)
    most = MAX (most, fabsf (g_array_index (f->heard, float, i)));
  g_mutex_unlock (&f->lock);
  g_assert_cmpfloat (most, >, 0.9);
  g_assert_cmpfloat (most, <=, 1);
}

static void
test_solo (Fixture       *f,
           gconstpointer  data)
{
  open_file (f);
  side_player_set_solo (f->player, SIDE_PLAYER_CUSTOMER, TRUE);
  side_player_seek (f->player, 0);
  g_mutex_lock (&f->lock);
  g_array_set_size (f->heard, 0);
  g_mutex_unlock (&f->lock);
  side_player_play (f->player);
  side_test_wait_until (is_over, f, 10000, "the end");
  /* The left side is the operator's. */
  g_assert_cmpint (frame_at (f, n_heard (f) - 1), ==, 0);
  side_player_set_solo (f->player, SIDE_PLAYER_OPERATOR, TRUE);
  side_player_play (f->player);
  side_test_wait_until (is_over, f, 10000, "the end again");
  g_assert_cmpint (frame_at (f, n_heard (f) - 1), >, 23000);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, real_time, func) \
  g_test_add ("/sound/route/" name, Fixture, GINT_TO_POINTER (real_time), setup, func, teardown)
  ADD ("skips", FALSE, test_skips);
  ADD ("loop", FALSE, test_loop);
  ADD ("loop-of-silence", FALSE, test_loop_of_silence);
  ADD ("heard", TRUE, test_heard_is_told);
  ADD ("not-heard", TRUE, test_not_heard);
  ADD ("resume", TRUE, test_resumes_a_little_before);
  ADD ("levels", FALSE, test_levels);
  ADD ("solo", FALSE, test_solo);
#undef ADD
  return g_test_run ();
}
