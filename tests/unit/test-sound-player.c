/* test-sound-player.c - that sound arrives: the right tone, on the right side
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The player is given a sink that keeps every sample it would have been heard
 * with. Files hold one tone a side, so level and frequency tell what came from
 * where; a file that counts its own samples tells where a seek landed.
 */
#include <gst/gst.h>
#include <math.h>
#include <sndfile.h>
#include <string.h>
#include <time.h>

#include "side-error.h"
#include "side-player.h"
#include "side-test.h"
#include "tone-file.h"

#define WAV16   (SF_FORMAT_WAV | SF_FORMAT_PCM_16)
#define LEFT_HZ  440.0
#define RIGHT_HZ 1000.0

typedef enum { FAST, REAL_TIME, NOT_READY, BREAKS, NO_SINK } SinkKind;

typedef struct {
  char       *dir;
  char       *path;
  SidePlayer *player;
  SinkKind    kind;
  GMutex      lock;
  GArray     *heard;      /* under lock: float, two channels at 8 kHz */
  gint        alive;      /* atomic: sinks not yet finalized */
  gint        prerolls;   /* atomic: how often a first sample came to the sink */
  guint       notified;   /* of position-ms */
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
  g_array_append_vals (f->heard, map.data, (guint) (map.size / sizeof (float)));
  g_mutex_unlock (&f->lock);
  gst_buffer_unmap (buffer, &map);
}

static void
preroll_cb (Fixture *f)
{
  g_atomic_int_inc (&f->prerolls);
}

static void
gone_cb (gpointer  data,
         GObject  *sink)
{
  Fixture *f = data;

  g_atomic_int_dec_and_test (&f->alive);
}

static gpointer
make_sink (gpointer data)
{
  Fixture *f = data;
  g_autoptr (GstElement) end = NULL;
  GstElement *sink;

  if (f->kind == NO_SINK)
    return NULL;
  if (f->kind == BREAKS)
    return gst_parse_bin_from_description ("filesink location=/nonexistent/sound.raw", TRUE, NULL);
  sink = gst_parse_bin_from_description (
    "audioconvert ! audioresample ! audio/x-raw,format=F32LE,rate=8000,channels=2,layout=interleaved"
    " ! fakesink name=end signal-handoffs=true", TRUE, NULL);
  end = gst_bin_get_by_name (GST_BIN (sink), "end");
  g_object_set (end, "sync", f->kind == REAL_TIME, NULL);
  if (f->kind == NOT_READY)
    gst_util_set_object_arg (G_OBJECT (end), "state-error", "null-to-ready");
  g_atomic_int_inc (&f->alive);
  g_object_weak_ref (G_OBJECT (end), gone_cb, f);
  g_signal_connect (end, "handoff", G_CALLBACK (handoff_cb), f);
  g_signal_connect_swapped (end, "preroll-handoff", G_CALLBACK (preroll_cb), f);
  return sink;
}

static void
setup (Fixture       *f,
       gconstpointer  data)
{
  static const double hertz[] = { LEFT_HZ, RIGHT_HZ };

  f->kind = (SinkKind) GPOINTER_TO_INT (data);
  f->dir = side_test_tmp_dir ();
  f->path = g_build_filename (f->dir, "call.wav", NULL);
  f->heard = g_array_new (FALSE, FALSE, sizeof (float));
  g_mutex_init (&f->lock);
  tone_file_write (f->path, WAV16, 8000, 2, 3, hertz, 0.5);
  f->player = side_player_new_with_sink (make_sink, f);
}

static gboolean
none_alive (gpointer data)
{
  Fixture *f = data;

  return g_atomic_int_get (&f->alive) == 0;
}

static void
teardown (Fixture       *f,
          gconstpointer  data)
{
  if (f->player != NULL)
    g_assert_finalize_object (f->player);
  side_test_wait_until (none_alive, f, 5000, "the pipelines to be taken down");
  side_test_rm_rf (f->dir);
  g_array_unref (f->heard);
  g_mutex_clear (&f->lock);
  g_free (f->dir);
  g_free (f->path);
}

typedef struct {
  SidePlayer      *player;
  SidePlayerState  state;
} Wanted;

static gboolean
has_state (gpointer data)
{
  Wanted *wanted = data;

  return side_player_get_state (wanted->player) == wanted->state;
}

static void
wait_state (Fixture         *f,
            SidePlayerState  state)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (SIDE_TYPE_PLAYER_STATE);
  g_autofree char *what = g_strdup_printf ("the player to be %s", g_enum_get_value (klass, state)->value_nick);
  Wanted wanted = { f->player, state };

  side_test_wait_until (has_state, &wanted, 10000, what);
}

static gsize
n_heard (Fixture *f)
{
  gsize n;

  g_mutex_lock (&f->lock);
  n = f->heard->len / 2;
  g_mutex_unlock (&f->lock);
  return n;
}

static void
forget_heard (Fixture *f)
{
  g_mutex_lock (&f->lock);
  g_array_set_size (f->heard, 0);
  g_mutex_unlock (&f->lock);
}

/* The level of a tone in what was heard on one ear, the first and last 100 ms left out. */
static double
heard_tone (Fixture *f,
            guint    channel,
            double   hertz)
{
  const float *samples = (const float *) (gpointer) f->heard->data;

  g_assert_cmpuint (n_heard (f), >, 2400);
  return tone_level (samples + 2 * 800, n_heard (f) - 1600, 2, channel, 8000, hertz);
}

static void
play_through (Fixture *f)
{
  side_player_open (f->player, f->path);
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_LOADING);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_ENDED);
  g_assert_no_error (side_player_get_error (f->player));
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, side_player_get_duration_ms (f->player));
}

static void
assert_near (double value,
             double wanted,
             double slack)
{
  if (!(fabs (value - wanted) <= slack))
    g_error ("%g is not within %g of %g", value, slack, wanted);
}

static void
test_both_sides (Fixture       *f,
                 gconstpointer  data)
{
  play_through (f);
  g_assert_cmpuint (side_player_get_n_channels (f->player), ==, 2);
  g_assert_cmpint (side_player_get_duration_ms (f->player), ==, 3000);
  /* Every sample of the file arrived, none twice. */
  g_assert_cmpuint (n_heard (f), ==, 24000);
  assert_near (heard_tone (f, 0, LEFT_HZ), 0.5, 0.01);
  assert_near (heard_tone (f, 1, RIGHT_HZ), 0.5, 0.01);
  assert_near (heard_tone (f, 0, RIGHT_HZ), 0, 0.005);
  assert_near (heard_tone (f, 1, LEFT_HZ), 0, 0.005);
}

static void
test_muted (Fixture       *f,
            gconstpointer  data)
{
  side_player_set_muted (f->player, SIDE_PLAYER_CUSTOMER, TRUE);
  play_through (f);
  assert_near (heard_tone (f, 0, LEFT_HZ), 0.5, 0.01);
  assert_near (tone_rms ((float *) (gpointer) f->heard->data, n_heard (f), 2, 1), 0, 1e-6);
}

static void
test_volume (Fixture       *f,
             gconstpointer  data)
{
  g_object_set (f->player, "operator-volume", 0.25, "customer-volume", 0.0, NULL);
  side_player_set_volume (f->player, SIDE_PLAYER_CUSTOMER, 0.8);
  play_through (f);
  assert_near (heard_tone (f, 0, LEFT_HZ), 0.125, 0.005);
  assert_near (heard_tone (f, 1, RIGHT_HZ), 0.4, 0.01);
  /* Muting keeps the volume for later. */
  side_player_set_muted (f->player, SIDE_PLAYER_OPERATOR, TRUE);
  assert_near (side_player_get_volume (f->player, SIDE_PLAYER_OPERATOR), 0.25, 0);
}

static void
test_mute_while_playing (Fixture       *f,
                         gconstpointer  data)
{
  gsize n;
  gsize muted_at;

  side_player_open (f->player, f->path);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_PLAYING);
  side_test_run_for (500);
  muted_at = n_heard (f);
  side_player_set_muted (f->player, SIDE_PLAYER_OPERATOR, TRUE);
  side_test_run_for (700);
  side_player_pause (f->player);
  n = n_heard (f);
  g_assert_cmpuint (muted_at, >, 1600);
  g_assert_cmpuint (n, >, muted_at + 2400);
  g_mutex_lock (&f->lock);
  {
    const float *samples = (const float *) (gpointer) f->heard->data;
    float jump = 0;

    assert_near (tone_rms (samples + 2 * 400, muted_at - 800, 2, 0), 0.354, 0.02);
    assert_near (tone_rms (samples + 2 * (n - 1600), 1600, 2, 0), 0, 1e-6);
    assert_near (tone_rms (samples + 2 * (n - 1600), 1600, 2, 1), 0.354, 0.02);
    /* It glides: nowhere do neighbours differ by more than the tone itself makes them. */
    for (gsize i = 401; i < n; i++)
      jump = MAX (jump, fabsf (samples[2 * i] - samples[2 * i - 2]));
    assert_near (jump, 0.5 * 2 * G_PI * LEFT_HZ / 8000, 0.02);
  }
  g_mutex_unlock (&f->lock);
}

static void
test_mono (Fixture       *f,
           gconstpointer  data)
{
  static const double hertz[] = { LEFT_HZ };

  tone_file_write (f->path, SF_FORMAT_WAV | SF_FORMAT_GSM610, 8000, 1, 3, hertz, 0.5);
  side_player_set_volume (f->player, SIDE_PLAYER_CUSTOMER, 0);
  play_through (f);
  g_assert_cmpuint (side_player_get_n_channels (f->player), ==, 1);
  assert_near (heard_tone (f, 0, LEFT_HZ), 0.5, 0.05);
  assert_near (heard_tone (f, 1, LEFT_HZ), 0.5, 0.05);
}

static void
play_at_rate (Fixture *f,
              double   rate)
{
  forget_heard (f);
  side_player_set_rate (f->player, rate);
  play_through (f);
  /* It takes 1/rate of the time … */
  assert_near ((double) n_heard (f) / 24000, 1 / rate, 0.06 / rate);
  /* … and the tones stay where they were: no chipmunk, no whale. */
  assert_near (heard_tone (f, 0, LEFT_HZ), 0.5, 0.08);
  assert_near (heard_tone (f, 1, RIGHT_HZ), 0.5, 0.08);
  assert_near (heard_tone (f, 0, LEFT_HZ * rate), 0, 0.05);
}

static void
test_rate (Fixture       *f,
           gconstpointer  data)
{
  static const double hertz[] = { LEFT_HZ, RIGHT_HZ };

  tone_file_write (f->path, SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 8000, 2, 3, hertz, 0.5);
  play_at_rate (f, 2);
  play_at_rate (f, 0.5);
  play_at_rate (f, 3);
  side_player_set_rate (f->player, 100);
  assert_near (side_player_get_rate (f->player), SIDE_PLAYER_RATE_MAX, 0);
}

/* Sample i of both channels is i, so what is heard says where it comes from. */
static void
write_counting (const char *path,
                int         format)
{
  SF_INFO info = { .samplerate = 8000, .channels = 2, .format = format };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);
  g_autofree gint16 *samples = g_new (gint16, 2 * 32000);

  g_assert_nonnull (file);
  for (int i = 0; i < 32000; i++)
    samples[2 * i] = samples[2 * i + 1] = (gint16) i;
  sf_writef_short (file, samples, 32000);
  sf_close (file);
}

static void
seek_and_compare (Fixture *f,
                  gint64   ms)
{
  forget_heard (f);
  side_player_seek (f->player, ms);
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, ms);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_ENDED);
  g_assert_cmpuint (n_heard (f), ==, 32000 - ms * 8);
  for (int i = 0; i < 100; i++)
    assert_near (g_array_index (f->heard, float, 2 * i) * 32768, (double) ms * 8 + i, 0.01);
}

static void
test_seek_exact (Fixture       *f,
                 gconstpointer  data)
{
  static const int formats[] = { WAV16, SF_FORMAT_FLAC | SF_FORMAT_PCM_16 };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      write_counting (f->path, formats[i]);
      side_player_open (f->player, f->path);
      wait_state (f, SIDE_PLAYER_PAUSED);
      seek_and_compare (f, 1234);
      seek_and_compare (f, 3987);
      seek_and_compare (f, 1);
    }
}

static void
test_seek_while_loading (Fixture       *f,
                         gconstpointer  data)
{
  write_counting (f->path, WAV16);
  side_player_open (f->player, f->path);
  side_player_seek (f->player, 2500);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_ENDED);
  /* Nothing but the wanted part was heard. */
  g_assert_cmpuint (n_heard (f), ==, 12000);
  assert_near (g_array_index (f->heard, float, 0) * 32768, 20000, 0.01);
}

static void
test_seek_limits (Fixture       *f,
                  gconstpointer  data)
{
  side_player_open (f->player, f->path);
  wait_state (f, SIDE_PLAYER_PAUSED);
  side_player_seek (f->player, -700);
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 0);
  side_player_seek (f->player, 99999999);
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 3000);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_ENDED);
}

static void
test_end (Fixture       *f,
          gconstpointer  data)
{
  play_through (f);
  forget_heard (f);
  side_player_play (f->player);
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_PLAYING);
  wait_state (f, SIDE_PLAYER_ENDED);
  g_assert_cmpuint (n_heard (f), ==, 24000);
  side_player_seek (f->player, 1000);
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_PAUSED);
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 1000);
  side_test_run_for (100);
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 1000);
}

static void
count_cb (Fixture *f)
{
  f->notified++;
}

static gint64
cpu_ms (void)
{
  struct timespec at;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &at);
  return (gint64) at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

static void
test_position (Fixture       *f,
               gconstpointer  data)
{
  gint64 started;
  gint64 before;
  gint64 passed;
  gint64 at;

  g_signal_connect_swapped (f->player, "notify::position-ms", G_CALLBACK (count_cb), f);
  side_player_open (f->player, f->path);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_PLAYING);
  side_test_run_for (100);
  started = g_get_monotonic_time ();
  before = side_player_get_position_ms (f->player);
  f->notified = 0;
  side_test_run_for (800);
  passed = (g_get_monotonic_time () - started) / 1000;
  assert_near ((double) (side_player_get_position_ms (f->player) - before), (double) passed, 150);
  /* About 20 a second; fewer on a busy machine, never many more. */
  g_assert_cmpuint (f->notified, >=, 8);
  g_assert_cmpuint (f->notified, <=, (guint) passed / 50 + 3);

  side_player_pause (f->player);
  at = side_player_get_position_ms (f->player);
  side_test_run_for (100);
  f->notified = 0;
  before = cpu_ms ();
  side_test_run_for (500);
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, at);
  g_assert_cmpuint (f->notified, ==, 0);
  /* Paused costs nothing: what is left is this test's own waiting. */
  g_assert_cmpint (cpu_ms () - before, <, 60);
}

static void
test_position_fast (Fixture       *f,
                    gconstpointer  data)
{
  gint64 started;
  gint64 before;
  gint64 passed;

  side_player_open (f->player, f->path);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_PLAYING);
  side_player_set_rate (f->player, 2);
  side_test_run_for (200);
  started = g_get_monotonic_time ();
  before = side_player_get_position_ms (f->player);
  side_test_run_for (600);
  passed = (g_get_monotonic_time () - started) / 1000;
  assert_near ((double) (side_player_get_position_ms (f->player) - before), 2 * (double) passed, 250);
}

static void
test_seek_storm (Fixture       *f,
                 gconstpointer  data)
{
  gint64 at;

  side_player_open (f->player, f->path);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_PLAYING);
  for (int i = 0; i < 300; i++)
    {
      side_player_seek (f->player, (i * 397) % 2500);
      if (i % 7 == 0)
        side_player_set_rate (f->player, 0.5 + (i % 5) * 0.5);
      if (i % 10 == 0)
        side_test_run_for (1);
    }
  side_player_set_rate (f->player, 1);
  side_player_seek (f->player, 500);
  side_test_run_for (400);
  at = side_player_get_position_ms (f->player);
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_PLAYING);
  g_assert_cmpint (at, >=, 550);
  g_assert_cmpint (at, <=, 1500);
}

static void
assert_fails (Fixture    *f,
              const char *path,
              int         code)
{
  side_player_open (f->player, path);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_FAILED);
  g_assert_error (side_player_get_error (f->player), SIDE_ERROR, code);
  g_assert_cmpuint (n_heard (f), ==, 0);
  /* No button does anything now, and nothing crashes. */
  side_player_play (f->player);
  side_player_pause (f->player);
  side_player_seek (f->player, 100);
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_FAILED);
}

static void
test_unreadable (Fixture       *f,
                 gconstpointer  data)
{
  static const double hertz[] = { 300, 400, 500 };

  g_assert_true (g_file_set_contents (f->path, "This is a letter.\n", -1, NULL));
  assert_fails (f, f->path, SIDE_ERROR_INVALID);
  g_assert_true (g_file_set_contents (f->path, "", 0, NULL));
  assert_fails (f, f->path, SIDE_ERROR_CORRUPT);
  g_assert_true (g_file_set_contents (f->path, "RIFF\xff\xff\0\0WAVEfmt ", 16, NULL));
  assert_fails (f, f->path, SIDE_ERROR_CORRUPT);
  tone_file_write (f->path, WAV16, 8000, 3, 1, hertz, 0.5);
  assert_fails (f, f->path, SIDE_ERROR_UNSUPPORTED);
  assert_fails (f, "/nonexistent/call.wav", SIDE_ERROR_NOT_FOUND);
  assert_fails (f, f->dir, SIDE_ERROR_INVALID);
  /* After a failure the next file is none the worse. */
  tone_file_write (f->path, WAV16, 8000, 2, 1, hertz, 0.5);
  play_through (f);
  g_assert_cmpuint (n_heard (f), ==, 8000);
}

static void
test_cut_off (Fixture       *f,
              gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  gsize len;

  g_assert_true (g_file_get_contents (f->path, &bytes, &len, NULL));
  g_assert_true (g_file_set_contents (f->path, bytes, 44 + 4 * 8000 + 3, NULL));
  play_through (f);
  g_assert_cmpuint (n_heard (f), ==, 8000);
  g_assert_cmpint (side_player_get_duration_ms (f->player), ==, 1000);
}

static void
test_no_device (Fixture       *f,
                gconstpointer  data)
{
  side_player_open (f->player, f->path);
  wait_state (f, SIDE_PLAYER_PAUSED);
  if (f->kind != BREAKS)
    g_assert_error (side_player_get_error (f->player), SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
  side_player_seek (f->player, 2500);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_PLAYING);
  wait_state (f, SIDE_PLAYER_ENDED);
  g_assert_error (side_player_get_error (f->player), SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (side_player_get_error (f->player)->message, "audio"));
  g_assert_cmpint (side_player_get_position_ms (f->player), ==, 3000);
}

static void
test_desktop_output (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (SidePlayer) player = side_player_new ();
  Wanted wanted = { player, SIDE_PLAYER_PAUSED };

  /* Whatever this machine has to play on, or nothing: it loads, and says so. */
  side_player_open (player, f->path);
  side_test_wait_until (has_state, &wanted, 15000, "the desktop's output to be opened");
  if (side_player_get_error (player) != NULL)
    {
      g_assert_error (side_player_get_error (player), SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
      g_test_message ("%s", side_player_get_error (player)->message);
    }
  side_player_play (player);
  wanted.state = SIDE_PLAYER_ENDED;
  side_test_wait_until (has_state, &wanted, 15000, "the recording to be over");
  g_assert_cmpint (side_player_get_position_ms (player), ==, 3000);
}

static void
test_reopen (Fixture       *f,
             gconstpointer  data)
{
  static const double hertz[] = { 600, 700 };
  g_autofree char *other = g_build_filename (f->dir, "other.wav", NULL);

  tone_file_write (other, WAV16, 8000, 2, 2, hertz, 0.5);
  /* Faster than files open: only the last one counts. */
  for (int i = 0; i < 5; i++)
    side_player_open (f->player, f->path);
  side_player_open (f->player, other);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_ENDED);
  g_assert_cmpint (side_player_get_duration_ms (f->player), ==, 2000);
  assert_near (heard_tone (f, 0, 600), 0.5, 0.01);
  assert_near (heard_tone (f, 0, LEFT_HZ), 0, 0.01);

  side_player_open (f->player, f->path);
  side_player_close (f->player);
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_EMPTY);
  g_assert_cmpint (side_player_get_duration_ms (f->player), ==, 0);
  side_test_run_for (200);
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_EMPTY);
}

static void
test_dispose (Fixture       *f,
              gconstpointer  data)
{
  /* While playing, and while loading: gone either way, without a wait for the
   * main loop or for the end of what is played. */
  side_player_open (f->player, f->path);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_PLAYING);
  side_test_run_for (100);
  g_assert_finalize_object (g_steal_pointer (&f->player));
  f->player = side_player_new_with_sink (make_sink, f);
  side_player_open (f->player, f->path);
  g_assert_finalize_object (g_steal_pointer (&f->player));
  side_test_run_for (200);
}

/* A device that waited for the first sample is begun anew, from the same place. */
static void
test_wait (Fixture       *f,
           gconstpointer  data)
{
  gint before;

  side_player_open (f->player, f->path);
  side_player_seek (f->player, 1000);
  wait_state (f, SIDE_PLAYER_PAUSED);
  side_test_run_for (500);
  before = g_atomic_int_get (&f->prerolls);
  side_player_play (f->player);
  wait_state (f, SIDE_PLAYER_ENDED);
  g_assert_cmpint (g_atomic_int_get (&f->prerolls), >, before);
  g_assert_cmpuint (n_heard (f), ==, 16000);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, kind, func) \
  g_test_add ("/sound/player/" name, Fixture, GINT_TO_POINTER (kind), setup, func, teardown)
  ADD ("both-sides", FAST, test_both_sides);
  ADD ("muted", FAST, test_muted);
  ADD ("volume", FAST, test_volume);
  ADD ("mute-while-playing", REAL_TIME, test_mute_while_playing);
  ADD ("mono", FAST, test_mono);
  ADD ("rate", FAST, test_rate);
  ADD ("seek-exact", FAST, test_seek_exact);
  ADD ("seek-while-loading", FAST, test_seek_while_loading);
  ADD ("seek-limits", FAST, test_seek_limits);
  ADD ("end", FAST, test_end);
  ADD ("position", REAL_TIME, test_position);
  ADD ("position-fast", REAL_TIME, test_position_fast);
  ADD ("seek-storm", REAL_TIME, test_seek_storm);
  ADD ("unreadable", FAST, test_unreadable);
  ADD ("cut-off", FAST, test_cut_off);
  ADD ("no-device/not-ready", NOT_READY, test_no_device);
  ADD ("no-device/breaks", BREAKS, test_no_device);
  ADD ("no-device/none", NO_SINK, test_no_device);
  ADD ("desktop-output", FAST, test_desktop_output);
  ADD ("reopen", FAST, test_reopen);
  ADD ("wait", REAL_TIME, test_wait);
  ADD ("dispose", REAL_TIME, test_dispose);
#undef ADD
  return g_test_run ();
}
