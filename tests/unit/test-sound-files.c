/* test-sound-files.c - every kind of recording: it plays, or it is said why not
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One table of files as exchanges and people make them, through all that a
 * recording goes through: player, peaks, analysis, export. Half of them are
 * written by libsndfile, the others by GStreamer's own coders.
 */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <gst/gst.h>
#include <sndfile.h>
#include <string.h>
#include <unistd.h>

#include "side-analyse.h"
#include "side-error.h"
#include "side-export.h"
#include "side-import.h"
#include "side-peaks.h"
#include "side-player.h"
#include "side-test.h"
#include "tone-file.h"

#define WAV      SF_FORMAT_WAV
#define SECONDS  3
#define HOURS_3  10800

typedef struct {
  char       *dir;
  char       *out;
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
  f->out = g_build_filename (f->dir, "copy.wav", NULL);
  f->player = side_player_new_with_sink (make_sink, NULL);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_assert_finalize_object (f->player);
  side_test_rm_rf (f->dir);
  g_free (f->dir);
  g_free (f->out);
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

static gboolean
moves (gpointer player)
{
  return side_player_get_position_ms (player) > 0;
}

static void
plays (Fixture    *f,
       const char *path,
       gint64      length_ms,
       gint64      slack_ms)
{
  side_player_open (f->player, path);
  side_test_wait_until (is_settled, f->player, 30000, "the player to open the file");
  g_assert_no_error (side_player_get_error (f->player));
  g_assert_cmpint (ABS (side_player_get_duration_ms (f->player) - length_ms), <=, slack_ms);
  side_player_play (f->player);
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_PLAYING);
  side_test_wait_until (moves, f->player, 30000, "the position to move");
  side_test_wait_until (has_ended, f->player, 30000, "the end");
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_ENDED);
  g_assert_no_error (side_player_get_error (f->player));
  side_player_close (f->player);
}

static void
is_read (Fixture    *f,
         const char *path,
         guint       n_channels,
         gint64      length_ms,
         gint64      slack_ms)
{
  const char *paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SidePeaks) peaks = side_peaks_new_from_file (path, NULL, &error);
  g_autoptr (SideAnalysis) analysis = NULL;
  g_autoptr (SideImportFacts) facts = NULL;
  g_autoptr (SideExport) export = side_export_new (SIDE_EXPORT_WAV);
  g_autoptr (SideExported) exported = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (side_peaks_get_n_channels (peaks), ==, n_channels);
  g_assert_cmpint (ABS (side_peaks_get_duration_ms (peaks) - length_ms), <=, slack_ms);
  analysis = side_analyse_file (path, NULL, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ABS (analysis->duration_ms - length_ms), <=, slack_ms);
  side_export_add (export, path, 0, 0);
  exported = side_export_write (export, f->out, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ABS (exported->length_ms - length_ms), <=, slack_ms);
  facts = side_import_look (paths, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts->n_channels, ==, n_channels);
}

static void
is_refused (Fixture    *f,
            const char *path,
            int         code)
{
  const char *paths[] = { path, NULL };
  g_autoptr (GError) of_peaks = NULL;
  g_autoptr (GError) of_analysis = NULL;
  g_autoptr (GError) of_import = NULL;

  side_player_open (f->player, path);
  side_player_play (f->player);
  side_test_wait_until (has_ended, f->player, 30000, "the player to refuse the file");
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_FAILED);
  g_assert_error (side_player_get_error (f->player), SIDE_ERROR, code);
  g_assert_null (side_peaks_new_from_file (path, NULL, &of_peaks));
  g_assert_error (of_peaks, SIDE_ERROR, code);
  g_assert_null (side_analyse_file (path, NULL, NULL, NULL, NULL, &of_analysis));
  g_assert_error (of_analysis, SIDE_ERROR, code);
  g_assert_null (side_import_look (paths, NULL, &of_import));
  g_assert_error (of_import, SIDE_ERROR, code);
}

static const struct {
  const char *name;
  int         format;
  int         channels;
  int         rate;
  int         slack_ms;
  const char *words;
} kinds[] = {
  { "pcm8-mono.wav", WAV | SF_FORMAT_PCM_U8, 1, 8000, 0, "WAV, 8 bit" },
  { "pcm8.wav", WAV | SF_FORMAT_PCM_U8, 2, 8000, 0, "WAV, 8 bit" },
  { "pcm16-mono.wav", WAV | SF_FORMAT_PCM_16, 1, 8000, 0, "WAV" },
  { "pcm16.wav", WAV | SF_FORMAT_PCM_16, 2, 16000, 0, "WAV" },
  { "alaw-mono.wav", WAV | SF_FORMAT_ALAW, 1, 8000, 0, "WAV, A-law" },
  { "alaw.wav", WAV | SF_FORMAT_ALAW, 2, 8000, 0, "WAV, A-law" },
  { "ulaw.wav", WAV | SF_FORMAT_ULAW, 2, 8000, 0, "WAV, µ-law" },
  { "wav49.WAV", WAV | SF_FORMAT_GSM610, 1, 8000, 40, "WAV, GSM" },
  { "plain.gsm", SF_FORMAT_RAW | SF_FORMAT_GSM610, 1, 8000, 40, "GSM" },
  { "call.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 2, 8000, 0, "FLAC" },
  { "mono.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 1, 16000, 0, "FLAC" },
  { "call.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 2, 16000, 150, "MP3" },
  { "mono.mp3", SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 1, 8000, 250, "MP3" },
  { "call.opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 2, 16000, 20, "Ogg, Opus" },
  { "mono.opus", SF_FORMAT_OGG | SF_FORMAT_OPUS, 1, 8000, 20, "Ogg, Opus" },
  { "call.ogg", SF_FORMAT_OGG | SF_FORMAT_VORBIS, 2, 16000, 20, "Ogg, Vorbis" },
};

static const double hertz[] = { 440, 1000 };

static void
test_formats (Fixture       *f,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_build_filename (f->dir, kinds[i].name, NULL);
      const char *paths[] = { path, NULL };
      g_autoptr (SideImportFacts) facts = NULL;

      g_test_message ("%s", kinds[i].name);
      tone_file_write (path, kinds[i].format, kinds[i].rate, kinds[i].channels, SECONDS, hertz, 0.5);
      plays (f, path, SECONDS * 1000, kinds[i].slack_ms);
      is_read (f, path, (guint) kinds[i].channels, SECONDS * 1000, kinds[i].slack_ms);
      facts = side_import_look (paths, NULL, NULL);
      g_assert_cmpstr (facts->format, ==, kinds[i].words);
    }
}

static gboolean
has_elements (const char *const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      g_autoptr (GstElementFactory) factory = gst_element_factory_find (names[i]);

      if (factory == NULL)
        {
          g_test_message ("there is no %s here", names[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static void
encode (const char *path,
        const char *coders,
        int         n_channels)
{
  g_autofree char *text = g_strdup_printf ("audiotestsrc num-buffers=%d samplesperbuffer=800 ! "
                                           "audio/x-raw,rate=8000,channels=%d ! audioconvert ! audioresample ! %s ! "
                                           "filesink location=\"%s\"", SECONDS * 10, n_channels, coders, path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = gst_parse_launch (text, &error);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  g_assert_no_error (error);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, 30 * GST_SECOND, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  g_assert_nonnull (message);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
}

/* As another program writes them. */
static void
test_other_coders (Fixture       *f,
                   gconstpointer  data)
{
  static const struct { const char *name; const char *elements[3]; const char *coders; int slack_ms; } files[] = {
    { "other.wav", { "wavenc", NULL }, "audio/x-raw,format=S16LE ! wavenc", 0 },
    { "other-8.wav", { "wavenc", NULL }, "audio/x-raw,format=U8 ! wavenc", 0 },
    { "other-alaw.wav", { "alawenc", "wavenc", NULL }, "alawenc ! wavenc", 0 },
    { "other-ulaw.wav", { "mulawenc", "wavenc", NULL }, "mulawenc ! wavenc", 0 },
    { "other.flac", { "flacenc", NULL }, "flacenc", 0 },
    { "other.mp3", { "lamemp3enc", NULL }, "lamemp3enc target=bitrate bitrate=32 ! xingmux", 300 },
    { "other-plain.mp3", { "lamemp3enc", NULL }, "lamemp3enc target=bitrate bitrate=32 cbr=true", 300 },
    { "other.opus", { "opusenc", "oggmux", NULL }, "opusenc ! oggmux", 60 },
    { "other.ogg", { "vorbisenc", "oggmux", NULL }, "vorbisenc ! oggmux", 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    for (int n_channels = 1; n_channels <= 2; n_channels++)
      {
        g_autofree char *path = g_build_filename (f->dir, files[i].name, NULL);

        g_test_message ("%s, %d", files[i].name, n_channels);
        if (!has_elements (files[i].elements))
          continue;
        encode (path, files[i].coders, n_channels);
        plays (f, path, SECONDS * 1000, files[i].slack_ms);
        is_read (f, path, (guint) n_channels, SECONDS * 1000, files[i].slack_ms);
      }
}

static void
patch (const char *path,
       goffset     at,
       guint32     value)
{
  guint32 le = GUINT32_TO_LE (value);
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_cmpint (pwrite (fd, &le, sizeof le, at), ==, sizeof le);
  close (fd);
}

static void
patch_data_length (const char *path,
                   guint32     value)
{
  g_autofree char *bytes = NULL;
  const char *at;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  at = memmem (bytes, length, "data", 4);
  g_assert_nonnull (at);
  patch (path, at - bytes + 4, value);
}

/* A PBX that died, or still writes: what there is plays, whatever the header says. */
static void
test_wrong_lengths (Fixture       *f,
                    gconstpointer  data)
{
  static const struct { const char *what; guint32 riff; guint32 sound; } headers[] = {
    { "both zero", 0, 0 },
    { "no sound yet", 36, 0 },
    { "greatest", 0xffffffff, 0xffffffff },
    { "twice as long", 36 + 2 * 96000, 2 * 96000 },
    { "RIFF alone is wrong", 4, 96000 },
    { "signed", 0x7fffffff, 0x7fffffff },
  };
  static const struct { int format; int channels; int slack_ms; } codings[] = {
    { WAV | SF_FORMAT_PCM_U8, 2, 0 },
    { WAV | SF_FORMAT_ALAW, 1, 0 },
    { WAV | SF_FORMAT_ULAW, 2, 0 },
    { WAV | SF_FORMAT_GSM610, 1, 40 },
  };
  g_autofree char *path = g_build_filename (f->dir, "call.wav", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_test_message ("%s", headers[i].what);
      tone_file_write (path, WAV | SF_FORMAT_PCM_16, 8000, 2, SECONDS, hertz, 0.5);
      patch (path, 4, headers[i].riff);
      patch (path, 40, headers[i].sound);
      plays (f, path, SECONDS * 1000, 0);
      is_read (f, path, 2, SECONDS * 1000, 0);
    }
  for (guint i = 0; i < G_N_ELEMENTS (codings); i++)
    {
      g_test_message ("format 0x%x", (guint) codings[i].format);
      tone_file_write (path, codings[i].format, 8000, codings[i].channels, SECONDS, hertz, 0.5);
      patch (path, 4, 0);
      patch_data_length (path, 0);
      plays (f, path, SECONDS * 1000, codings[i].slack_ms);
      is_read (f, path, (guint) codings[i].channels, SECONDS * 1000, codings[i].slack_ms);
    }
}

/* Cut anywhere, a file is played as far as it goes or refused; it never hangs. */
static void
test_cut_off (Fixture       *f,
              gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_build_filename (f->dir, kinds[i].name, NULL);
      g_autofree char *bytes = NULL;
      gsize length;

      tone_file_write (path, kinds[i].format, kinds[i].rate, kinds[i].channels, SECONDS, hertz, 0.5);
      g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
      for (gsize part = 1; part < 8; part += 2)
        {
          gsize kept = part == 1 ? 50 : length * part / 8;
          const char *paths[] = { path, NULL };
          g_autoptr (SideImportFacts) facts = NULL;
          g_autoptr (SideAnalysis) analysis = NULL;

          g_test_message ("%s, %" G_GSIZE_FORMAT " bytes", kinds[i].name, kept);
          g_assert_true (g_file_set_contents (path, bytes, (gssize) kept, NULL));
          side_player_open (f->player, path);
          side_player_play (f->player);
          side_test_wait_until (has_ended, f->player, 30000, "the end, or an error");
          if (side_player_get_state (f->player) == SIDE_PLAYER_FAILED)
            g_assert_nonnull (side_player_get_error (f->player));
          /* Half a WAV is half a call. */
          if (part >= 3 && (kinds[i].format & SF_FORMAT_TYPEMASK) == WAV)
            g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_ENDED);
          analysis = side_analyse_file (path, NULL, NULL, NULL, NULL, NULL);
          facts = side_import_look (paths, NULL, NULL);
          /* Of Vorbis and Opus the first half may be all header. */
          g_assert_true (part < 3 || facts != NULL || side_player_get_state (f->player) == SIDE_PLAYER_FAILED
                         || (kinds[i].format & SF_FORMAT_TYPEMASK) == SF_FORMAT_OGG);
        }
    }
}

static void
test_no_recordings (Fixture       *f,
                    gconstpointer  data)
{
  static const char *const endings[] = { "wav", "WAV", "gsm", "flac", "mp3", "ogg", "opus" };
  g_autofree char *text = g_strnfill (3000, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_autofree char *name = g_strconcat ("call.", endings[i], NULL);
      g_autofree char *path = g_build_filename (f->dir, name, NULL);

      g_test_message ("%s", name);
      g_assert_true (g_file_set_contents (path, "", 0, NULL));
      is_refused (f, path, SIDE_ERROR_CORRUPT);
      g_assert_true (g_file_set_contents (path, text, -1, NULL));
      is_refused (f, path, g_str_equal (endings[i], "gsm") ? SIDE_ERROR_UNSUPPORTED : SIDE_ERROR_INVALID);
    }
}

static void
write_plain (const char *path,
             gboolean    like_mpeg)
{
  g_autofree gint16 *samples = g_new (gint16, 32000);

  for (int i = 0; i < 32000; i++)
    samples[i] = (gint16) GINT16_TO_LE (like_mpeg && i < 8 ? -1 - 1024 * (i & 1) : i * 37 % 5000 - 2500);
  g_assert_true (g_file_set_contents (path, (char *) samples, 64000, NULL));
}

/* What MixMonitor's option D writes, under any name: nothing says what it is,
 * so it is not played as noise of a made-up length. */
static void
test_without_header (Fixture       *f,
                     gconstpointer  data)
{
  static const char *const names[] = { "call.raw", "call.sln", "call.gsm", "call.au", "call.vox" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (int like_mpeg = 0; like_mpeg < 2; like_mpeg++)
      {
        g_autofree char *path = g_build_filename (f->dir, names[i], NULL);
        g_autoptr (GError) error = NULL;

        g_test_message ("%s", names[i]);
        write_plain (path, like_mpeg);
        is_refused (f, path, SIDE_ERROR_UNSUPPORTED);
        g_assert_null (side_analyse_file (path, NULL, NULL, NULL, NULL, &error));
        g_assert_nonnull (strstr (error->message, names[i]));
        g_assert_nonnull (strstr (error->message, "has no header"));
      }
}

/* Of three hours nothing is on the disk but the first and the last second. */
static void
test_three_hours (Fixture       *f,
                  gconstpointer  data)
{
  g_autofree char *path = g_build_filename (f->dir, "long.wav", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SidePeaks) peaks = NULL;
  gint64 bytes = (gint64) HOURS_3 * 32000;
  SidePeak last;
  gint16 loud[2000];

  tone_file_write (path, WAV | SF_FORMAT_PCM_16, 8000, 2, 1, hertz, 0.5);
  for (guint i = 0; i < G_N_ELEMENTS (loud); i++)
    loud[i] = GINT16_TO_LE (12345);
  g_assert_cmpint (truncate (path, 44 + bytes), ==, 0);
  {
    int fd = g_open (path, O_WRONLY, 0);

    g_assert_cmpint (pwrite (fd, loud, sizeof loud, 44 + bytes - (gint64) sizeof loud), ==, sizeof loud);
    close (fd);
  }
  patch (path, 4, (guint32) bytes + 36);
  patch (path, 40, (guint32) bytes);
  side_player_open (f->player, path);
  side_test_wait_until (is_settled, f->player, 30000, "three hours to open");
  g_assert_no_error (side_player_get_error (f->player));
  g_assert_cmpint (side_player_get_duration_ms (f->player), ==, HOURS_3 * 1000);
  side_player_seek (f->player, HOURS_3 * 1000 - 1500);
  side_player_play (f->player);
  side_test_wait_until (has_ended, f->player, 30000, "the last second");
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_ENDED);
  peaks = side_peaks_new_from_file (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (side_peaks_get_duration_ms (peaks), ==, HOURS_3 * 1000);
  side_peaks_query (peaks, 1, HOURS_3 * 1000 - 100, HOURS_3 * 1000, 1, &last);
  g_assert_cmpint (last.max, ==, 12345);
}

/* GSM cannot be sought in: three hours of it are decoded first. */
static void
test_three_hours_gsm (Fixture       *f,
                      gconstpointer  data)
{
  g_autofree char *path = g_build_filename (f->dir, "long.gsm", NULL);
  gsize n = (gsize) HOURS_3 * 50;
  g_autofree char *frames = g_malloc0 (n * 33);

  for (gsize i = 0; i < n; i++)
    frames[i * 33] = (char) 0xd0;
  g_assert_true (g_file_set_contents (path, frames, (gssize) (n * 33), NULL));
  side_player_open (f->player, path);
  side_test_wait_until (is_settled, f->player, 60000, "three hours of GSM to open");
  g_assert_no_error (side_player_get_error (f->player));
  g_assert_cmpint (ABS (side_player_get_duration_ms (f->player) - HOURS_3 * 1000), <=, 40);
  side_player_seek (f->player, HOURS_3 * 1000 - 1000);
  side_player_play (f->player);
  side_test_wait_until (has_ended, f->player, 30000, "the last second");
  g_assert_cmpint (side_player_get_state (f->player), ==, SIDE_PLAYER_ENDED);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/sound/files/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("formats", test_formats);
  ADD ("other-coders", test_other_coders);
  ADD ("wrong-lengths", test_wrong_lengths);
  ADD ("cut-off", test_cut_off);
  ADD ("no-recordings", test_no_recordings);
  ADD ("without-header", test_without_header);
  ADD ("three-hours", test_three_hours);
  ADD ("three-hours-gsm", test_three_hours_gsm);
#undef ADD
  return g_test_run ();
}
