/* test-sound-length.c - recordings that are longer or shorter than they say
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whatever stands in the file, its length is what can be heard, and every
 * place in it can be gone to.
 */
#include <gst/gst.h>
#include <math.h>
#include <sndfile.h>
#include <string.h>

#include "side-analyse.h"
#include "side-error.h"
#include "side-import.h"
#include "side-peaks.h"
#include "side-player.h"
#include "side-test.h"

#define RATE     8000
#define SECONDS  20
#define FLAC     (SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
#define OPUS     (SF_FORMAT_OGG | SF_FORMAT_OPUS)
#define VORBIS   (SF_FORMAT_OGG | SF_FORMAT_VORBIS)
#define MP3      (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
#define WAV      SF_FORMAT_WAV

typedef struct {
  char       *dir;
  char       *path;
  char       *bytes;
  gsize       length;
  SidePlayer *player;
} Fixture;

static gpointer
make_sink (gpointer data)
{
  return gst_parse_bin_from_description ("fakesink sync=false", TRUE, NULL);
}

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  f->dir = side_test_tmp_dir ();
  f->player = side_player_new_with_sink (make_sink, NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->player);
  side_test_rm_rf (f->dir);
  g_free (f->dir);
  g_free (f->path);
  g_free (f->bytes);
}

/* Noise in the first quarter or in the last, so that what varies its bit rate
 * begins with one that the rest does not have; a low tone beside it. */
static void
make_file (Fixture    *f,
           const char *name,
           int         format,
           int         channels,
           gboolean    loud_first)
{
  SF_INFO info = { .samplerate = RATE, .channels = channels, .format = format };
  g_autofree gint16 *samples = g_new (gint16, (gsize) (SECONDS * RATE * channels));
  guint32 random = 1;
  SNDFILE *file;

  for (int i = 0; i < SECONDS * RATE; i++)
    for (int c = 0; c < channels; c++)
      {
        gboolean loud = loud_first ? i < SECONDS * RATE / 4 : i >= SECONDS * RATE * 3 / 4;

        random = random * 1103515245 + 12345;
        samples[i * channels + c] = (gint16) (loud ? (int) (random >> 17) - 16384 : 300 * sin (i * 0.3));
      }
  g_free (f->path);
  g_clear_pointer (&f->bytes, g_free);
  f->path = g_build_filename (f->dir, name, NULL);
  file = sf_open (f->path, SFM_WRITE, &info);
  g_assert_nonnull (file);
  g_assert_cmpint (sf_writef_short (file, samples, SECONDS * RATE), ==, SECONDS * RATE);
  sf_close (file);
  g_assert_true (g_file_get_contents (f->path, &f->bytes, &f->length, NULL));
}

static void
keep (Fixture *f,
      gsize    length)
{
  g_assert_true (g_file_set_contents (f->path, f->bytes, (gssize) length, NULL));
}

static gboolean
is_settled (gpointer player)
{
  SidePlayerState state = side_player_get_state (player);

  return state == SIDE_PLAYER_PAUSED || state == SIDE_PLAYER_FAILED;
}

static gboolean
has_ended (gpointer player)
{
  SidePlayerState state = side_player_get_state (player);

  return state == SIDE_PLAYER_ENDED || state == SIDE_PLAYER_FAILED;
}

static void
plays_to_the_end (Fixture *f)
{
  side_player_play (f->player);
  side_test_wait_until (has_ended, f->player, 30000, "the end");
  g_assert_no_error (side_player_get_error (f->player));
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_ENDED);
}

/* By the player, which also goes behind the end and back, by the waveform, the
 * analysis and the import, which all say the same. */
static void
is_so_long (Fixture *f,
            gint64   from_ms,
            gint64   to_ms)
{
  const char *paths[] = { f->path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SideAnalysis) analysis = side_analyse_file (f->path, NULL, NULL, NULL, NULL, &error);
  g_autoptr (SidePeaks) peaks = NULL;
  g_autoptr (SideImportFacts) facts = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (analysis->duration_ms, >=, from_ms);
  g_assert_cmpint (analysis->duration_ms, <=, to_ms);
  peaks = side_peaks_new_from_file (f->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ABS (side_peaks_get_duration_ms (peaks) - analysis->duration_ms), <=, 150);
  facts = side_import_look (paths, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ABS (facts->length_ms - analysis->duration_ms), <=, 150);
  side_player_open (f->player, f->path);
  side_test_wait_until (is_settled, f->player, 30000, "the player to open the file");
  g_assert_no_error (side_player_get_error (f->player));
  g_assert_cmpint (ABS (side_player_get_duration_ms (f->player) - analysis->duration_ms), <=, 150);
  side_player_seek (f->player, SECONDS * 1000);
  plays_to_the_end (f);
  side_player_seek (f->player, analysis->duration_ms - 300);
  plays_to_the_end (f);
  side_player_seek (f->player, 0);
  plays_to_the_end (f);
  side_player_close (f->player);
}

/* Written into a pipe, or by somebody who died: the header has no length, or
 * one of years. */
static void
test_flac_header (Fixture       *f,
                  gconstpointer  data)
{
  static const guint64 totals[] = { 0, G_GUINT64_CONSTANT (0xfffffffff), SECONDS * RATE * 2 };

  for (guint i = 0; i < G_N_ELEMENTS (totals); i++)
    {
      make_file (f, "call.flac", FLAC, 2, TRUE);
      g_test_message ("%" G_GUINT64_FORMAT " samples", totals[i]);
      /* STREAMINFO follows 8 bytes; its 36 bits of total samples begin in the 14th. */
      f->bytes[8 + 13] = (char) ((f->bytes[8 + 13] & 0xf0) | (char) (totals[i] >> 32));
      for (guint k = 0; k < 4; k++)
        f->bytes[8 + 14 + k] = (char) (totals[i] >> (24 - 8 * k) & 0xff);
      keep (f, f->length);
      is_so_long (f, SECONDS * 1000, SECONDS * 1000);
    }
}

static void
test_cut_off (Fixture       *f,
              gconstpointer  data)
{
  static const struct { const char *name; int format; } kinds[] = {
    { "call.flac", FLAC }, { "call.opus", OPUS }, { "call.ogg", VORBIS }, { "call.mp3", MP3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (gsize eighths = 4; eighths < 8; eighths++)
      {
        make_file (f, kinds[i].name, kinds[i].format, 2, FALSE);
        g_test_message ("%s, %" G_GSIZE_FORMAT "/8", kinds[i].name, eighths);
        keep (f, f->length * eighths / 8);
        is_so_long (f, 1000, SECONDS * 1000 - 100);
      }
}

static void
test_garbage_behind (Fixture       *f,
                     gconstpointer  data)
{
  static const struct { const char *name; int format; int slack_ms; } kinds[] = {
    { "call.wav", WAV | SF_FORMAT_PCM_16, 0 }, { "call.flac", FLAC, 0 }, { "call.opus", OPUS, 20 }, { "call.ogg", VORBIS, 20 },
    { "call.mp3", MP3, 300 },
  };
  g_autofree char *garbage = g_strnfill (5000, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GByteArray) both = g_byte_array_new ();

      g_test_message ("%s", kinds[i].name);
      make_file (f, kinds[i].name, kinds[i].format, 2, TRUE);
      g_byte_array_append (both, (guint8 *) f->bytes, (guint) f->length);
      g_byte_array_append (both, (guint8 *) garbage, 5000);
      g_assert_true (g_file_set_contents (f->path, (char *) both->data, both->len, NULL));
      is_so_long (f, SECONDS * 1000 - kinds[i].slack_ms, SECONDS * 1000 + kinds[i].slack_ms);
    }
}

/* Where the first frame, which would tell how many there are, is missing. */
static void
test_mp3_that_does_not_tell (Fixture       *f,
                             gconstpointer  data)
{
  for (int channels = 1; channels <= 2; channels++)
    for (int loud_first = 0; loud_first < 2; loud_first++)
      {
        const char *sign;
        gsize next = 4;

        g_test_message ("%d channels, loud %s", channels, loud_first ? "first" : "last");
        make_file (f, "call.mp3", MP3, channels, loud_first);
        sign = memmem (f->bytes, 200, "Xing", 4);
        if (sign == NULL)
          sign = memmem (f->bytes, 200, "Info", 4);
        g_assert_nonnull (sign);
        while (memcmp (f->bytes + next, f->bytes, 2) != 0)
          next++;
        f->length -= next;
        memmove (f->bytes, f->bytes + next, f->length);
        keep (f, f->length);
        is_so_long (f, SECONDS * 1000 - 100, SECONDS * 1000 + 500);
      }
}

/* The header of some time before: the recording went on. */
static void
test_wav_header_too_short (Fixture       *f,
                           gconstpointer  data)
{
  static const struct { int format; int channels; int slack_ms; } codings[] = {
    { WAV | SF_FORMAT_PCM_16, 2, 0 }, { WAV | SF_FORMAT_PCM_U8, 1, 0 }, { WAV | SF_FORMAT_ALAW, 2, 0 },
    { WAV | SF_FORMAT_ULAW, 1, 0 }, { WAV | SF_FORMAT_GSM610, 1, 80 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      guint32 half;
      char *at;

      g_test_message ("format 0x%x", (guint) codings[i].format);
      make_file (f, "call.wav", codings[i].format, codings[i].channels, TRUE);
      at = memmem (f->bytes, 200, "data", 4);
      half = GUINT32_TO_LE ((guint32) (f->length / 2 / 130 * 130));
      memcpy (at + 4, &half, sizeof half);
      keep (f, f->length);
      is_so_long (f, SECONDS * 1000 - codings[i].slack_ms, SECONDS * 1000 + codings[i].slack_ms);
    }
}

/* What other programs put behind the sound is none. */
static void
test_wav_with_more_behind (Fixture       *f,
                           gconstpointer  data)
{
  g_autofree char *bytes = NULL;
  guint32 size = GUINT32_TO_LE (99992);

  make_file (f, "call.wav", WAV | SF_FORMAT_PCM_16, 1, TRUE);
  bytes = g_malloc0 (f->length + 100000);
  memcpy (bytes, f->bytes, f->length);
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) f->length + 100000, NULL));
  is_so_long (f, SECONDS * 1000, SECONDS * 1000);
  memset (bytes + f->length, 'x', 100000);
  memcpy (bytes + f->length, "LIST", 4);
  memcpy (bytes + f->length + 4, &size, sizeof size);
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) f->length + 100000, NULL));
  is_so_long (f, SECONDS * 1000, SECONDS * 1000);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sound/length/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("flac-header", test_flac_header);
  ADD ("cut-off", test_cut_off);
  ADD ("garbage-behind", test_garbage_behind);
  ADD ("mp3-that-does-not-tell", test_mp3_that_does_not_tell);
  ADD ("wav-header-too-short", test_wav_header_too_short);
  ADD ("wav-with-more-behind", test_wav_with_more_behind);
#undef ADD
  return g_test_run ();
}
