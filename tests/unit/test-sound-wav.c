/* test-sound-wav.c - WAV headers: read, repaired, never believed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gstdio.h>
#include <sndfile.h>
#include <string.h>

#include "side-test.h"
#include "side-error.h"
#include "side-wav.h"

static void
put (GByteArray *to,
     guint64     value,
     guint       bytes)
{
  for (guint i = 0; i < bytes; i++)
    {
      guint8 byte = value >> 8 * i & 0xff;

      g_byte_array_append (to, &byte, 1);
    }
}

static void
put_id (GByteArray *to,
        const char *id)
{
  g_byte_array_append (to, (const guint8 *) id, 4);
}

/* A file of 16-bit samples as Asterisk writes it: 20 extra bytes in a LIST
 * chunk when @with_list, and whatever length is asked for. */
static GByteArray *
make_file (guint    tag,
           guint    channels,
           guint    bits,
           guint32  declared,
           guint    n_samples,
           gboolean with_list)
{
  GByteArray *file = g_byte_array_new ();

  put_id (file, "RIFF");
  put (file, 0, 4);
  put_id (file, "WAVE");
  put_id (file, "fmt ");
  put (file, 16, 4);
  put (file, tag, 2);
  put (file, channels, 2);
  put (file, 8000, 4);
  put (file, 8000 * channels * bits / 8, 4);
  put (file, channels * bits / 8, 2);
  put (file, bits, 2);
  if (with_list)
    {
      put_id (file, "LIST");
      put (file, 11, 4);   /* odd: one byte of padding follows */
      put (file, 0, 8);
      put (file, 0, 4);
    }
  put_id (file, "data");
  put (file, declared, 4);
  for (guint i = 0; i < n_samples; i++)
    put (file, i, bits / 8);
  return file;
}

static void
parse_ok (GByteArray  *file,
          SideWavInfo *info)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = side_wav_parse (file->data, file->len, file->len, info, &error);

  g_assert_no_error (error);
  g_assert_true (ok);
}

static void
test_plain (void)
{
  g_autoptr (GByteArray) file = make_file (1, 2, 16, 32000, 16000, FALSE);
  SideWavInfo info;

  parse_ok (file, &info);
  g_assert_cmpint (info.format, ==, SIDE_WAV_PCM);
  g_assert_cmpuint (info.channels, ==, 2);
  g_assert_cmpuint (info.rate, ==, 8000);
  g_assert_cmpuint (info.bits, ==, 16);
  g_assert_cmpuint (info.data_offset, ==, 44);
  g_assert_cmpuint (info.data_bytes, ==, 32000);
  g_assert_cmpuint (info.frames, ==, 8000);
  g_assert_cmpint (side_wav_get_duration_ms (&info), ==, 1000);
  g_assert_false (info.length_wrong);
}

static void
test_chunk_before_data (void)
{
  g_autoptr (GByteArray) file = make_file (6, 1, 8, 100, 100, TRUE);
  SideWavInfo info;

  parse_ok (file, &info);
  g_assert_cmpint (info.format, ==, SIDE_WAV_ALAW);
  g_assert_cmpuint (info.data_offset, ==, 64);
  g_assert_cmpuint (info.frames, ==, 100);
}

static void
test_growing (void)
{
  g_autoptr (GByteArray) file = make_file (1, 1, 16, 0, 801, FALSE);
  SideWavInfo info;

  parse_ok (file, &info);
  g_assert_true (info.length_wrong);
  g_assert_cmpuint (info.data_bytes, ==, 1602);
}

static void
test_cut_off (void)
{
  g_autoptr (GByteArray) file = make_file (1, 2, 16, 4000, 500, FALSE);
  SideWavInfo info;

  /* 1000 bytes of 4000 are there, less three: no half frame may be counted. */
  g_byte_array_set_size (file, file->len - 3);
  parse_ok (file, &info);
  g_assert_true (info.length_wrong);
  g_assert_cmpuint (info.data_bytes, ==, 996);
  g_assert_cmpuint (info.frames, ==, 249);
}

static void
test_head_alone (void)
{
  g_autoptr (GByteArray) file = make_file (1, 1, 16, 115200000, 10, FALSE);
  g_autoptr (GError) error = NULL;
  SideWavInfo info;

  /* The head of an hour is in memory, the rest on the disk. */
  g_assert_true (side_wav_parse (file->data, 44, 115200044, &info, &error));
  g_assert_cmpint (side_wav_get_duration_ms (&info), ==, 7200000);
  g_assert_false (info.length_wrong);
}

static void
test_extensible (void)
{
  static const guint8 tail[] = { 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71 };
  g_autoptr (GByteArray) file = g_byte_array_new ();
  SideWavInfo info;

  put_id (file, "RIFF");
  put (file, 0, 4);
  put_id (file, "WAVE");
  put_id (file, "fmt ");
  put (file, 40, 4);
  put (file, 0xfffe, 2);
  put (file, 2, 2);
  put (file, 48000, 4);
  put (file, 0, 4);
  put (file, 0, 2);
  put (file, 32, 2);
  put (file, 22, 2);
  put (file, 32, 2);
  put (file, 3, 4);
  put (file, 3, 2);
  g_byte_array_append (file, tail, sizeof tail);
  put_id (file, "data");
  put (file, 16, 4);
  put (file, 0, 8);
  put (file, 0, 8);
  parse_ok (file, &info);
  g_assert_cmpint (info.format, ==, SIDE_WAV_FLOAT);
  g_assert_cmpuint (info.block_align, ==, 8);
  g_assert_cmpuint (info.frames, ==, 2);
}

static void
test_gsm (void)
{
  g_autoptr (GByteArray) file = make_file (49, 1, 0, 130, 0, FALSE);
  g_autoptr (GBytes) head = NULL;
  g_autoptr (GError) error = NULL;
  SideWavInfo info;

  file->data[32] = 65;
  g_byte_array_set_size (file, 44 + 130);
  parse_ok (file, &info);
  g_assert_cmpint (info.format, ==, SIDE_WAV_GSM);
  g_assert_cmpuint (info.frames, ==, 640);
  head = side_wav_repair_stereo (file->data, file->len, file->len, &error);
  g_assert_null (head);
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED);
}

static void
test_refused (void)
{
  static const struct { guint at; guint8 value; const char *what; } spoilt[] = {
    { 0, 'X', "no RIFF" }, { 8, 'X', "no WAVE" }, { 12, 'X', "no format" },
    { 22, 0, "no channels" }, { 27, 0xff, "a rate beyond reason" }, { 34, 17, "17-bit samples" },
    { 16, 4, "a short format chunk" }, { 36, 'X', "no data" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_autoptr (GByteArray) file = make_file (1, 1, 16, 10, 5, FALSE);
      g_autoptr (GError) error = NULL;
      SideWavInfo info;

      file->data[spoilt[i].at] = spoilt[i].value;
      if (side_wav_parse (file->data, file->len, file->len, &info, &error))
        g_error ("a file with %s was taken", spoilt[i].what);
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
}

static void
test_every_length (void)
{
  g_autoptr (GByteArray) file = make_file (1, 1, 16, 200, 100, TRUE);

  /* Exact allocations, so that a read beyond the end is seen. */
  for (gsize len = 0; len <= file->len; len++)
    {
      g_autofree guint8 *part = g_memdup2 (file->data, len);
      g_autoptr (GError) error = NULL;
      SideWavInfo info;
      gboolean ok = side_wav_parse (part, len, file->len, &info, &error);

      g_assert_cmpint (ok, ==, len >= 64);
      if (ok)
        g_assert_cmpuint (info.data_bytes, ==, 200);
    }
}

static void
test_random_damage (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GByteArray) file = make_file (1, 1, 16, 200, 100, i & 1);
      g_autoptr (GBytes) head = NULL;
      guint64 file_size = file->len + (guint64) g_rand_int_range (rand, -100, 100);
      SideWavInfo info;

      for (int n = g_rand_int_range (rand, 1, 6); n > 0; n--)
        file->data[g_rand_int_range (rand, 0, 64)] = (guint8) g_rand_int (rand);
      head = side_wav_repair_stereo (file->data, file->len, file_size, NULL);
      if (!side_wav_parse (file->data, file->len, file_size, &info, NULL))
        {
          g_assert_null (head);
          continue;
        }
      g_assert_cmpuint (info.data_offset, <=, MIN (file->len, file_size));
      g_assert_cmpuint (info.data_bytes, <=, file_size - info.data_offset);
      g_assert_cmpuint (info.data_bytes % info.block_align, ==, 0);
      if (head != NULL)
        g_assert_cmpuint (g_bytes_get_size (head), ==, info.data_offset);
    }
}

static void
test_build (void)
{
  SideWavInfo info = { .format = SIDE_WAV_MULAW, .channels = 2, .rate = 8000, .bits = 8, .data_bytes = 1600 };
  SideWavInfo back;
  guint8 head[44];

  side_wav_build_header (&info, head);
  g_assert_true (side_wav_parse (head, sizeof head, 44 + 1600, &back, NULL));
  g_assert_cmpint (back.format, ==, SIDE_WAV_MULAW);
  g_assert_cmpuint (back.frames, ==, 800);
  g_assert_false (back.length_wrong);
  /* Over 4 GiB the greatest length stands in for the true one. */
  info.data_bytes = G_GUINT64_CONSTANT (5) << 30;
  side_wav_build_header (&info, head);
  g_assert_cmpmem (head + 40, 4, "\xff\xff\xff\xff", 4);
}

static void
assert_sndfile_reads (GByteArray *file,
                      GBytes     *head,
                      int         channels,
                      sf_count_t  frames)
{
  g_autofree char *dir = side_test_tmp_dir ();
  g_autofree char *path = g_build_filename (dir, "served.wav", NULL);
  SF_INFO info = { 0 };
  SNDFILE *sound;
  gsize len;
  gconstpointer bytes = g_bytes_get_data (head, &len);

  memcpy (file->data, bytes, len);
  g_assert_true (g_file_set_contents (path, (const char *) file->data, file->len, NULL));
  sound = sf_open (path, SFM_READ, &info);
  g_assert_nonnull (sound);
  g_assert_cmpint (info.channels, ==, channels);
  g_assert_cmpint (info.samplerate, ==, 8000);
  g_assert_cmpint (info.frames, ==, frames);
  for (short i = 0; i < 10; i += 2)
    {
      short pair[2];

      g_assert_cmpint (sf_readf_short (sound, pair, 1), ==, 1);
      g_assert_cmpint (pair[0], ==, channels == 2 ? i : i / 2);
      if (channels == 2)
        g_assert_cmpint (pair[1], ==, i + 1);
    }
  sf_close (sound);
  side_test_rm_rf (dir);
}

static void
test_repair_stereo (void)
{
  /* What MixMonitor leaves: two interleaved channels, the header says one. */
  g_autoptr (GByteArray) file = make_file (1, 1, 16, 32000, 16000, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) head = side_wav_repair_stereo (file->data, file->len, file->len, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (head), ==, 44);
  assert_sndfile_reads (file, head, 2, 8000);
  again = side_wav_repair_stereo (file->data, file->len, file->len, &error);
  g_assert_true (g_bytes_equal (head, again));
}

static void
test_repair_growing_stereo (void)
{
  g_autoptr (GByteArray) file = make_file (1, 1, 16, 0, 1601, TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) head = side_wav_repair_stereo (file->data, file->len, file->len, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (head), ==, 64);
  assert_sndfile_reads (file, head, 2, 800);
}

static void
test_repair_length (void)
{
  g_autoptr (GByteArray) file = make_file (1, 1, 16, 0, 777, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) head = side_wav_repair_length (file->data, file->len, file->len, &error);

  g_assert_no_error (error);
  assert_sndfile_reads (file, head, 1, 777);
}

static void
test_swap (void)
{
  guint8 pcm[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 };
  guint8 alaw[] = { 1, 2, 3 };

  side_wav_swap_sides (pcm, sizeof pcm, 2);
  g_assert_cmpmem (pcm, sizeof pcm, "\3\4\1\2\7\10\5\6\11\12", 10);
  side_wav_swap_sides (alaw, sizeof alaw, 1);
  g_assert_cmpmem (alaw, sizeof alaw, "\2\1\3", 3);
  side_wav_swap_sides (NULL, 0, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sound/wav/plain", test_plain);
  g_test_add_func ("/sound/wav/chunk-before-data", test_chunk_before_data);
  g_test_add_func ("/sound/wav/growing", test_growing);
  g_test_add_func ("/sound/wav/cut-off", test_cut_off);
  g_test_add_func ("/sound/wav/head-alone", test_head_alone);
  g_test_add_func ("/sound/wav/extensible", test_extensible);
  g_test_add_func ("/sound/wav/gsm", test_gsm);
  g_test_add_func ("/sound/wav/refused", test_refused);
  g_test_add_func ("/sound/wav/every-length", test_every_length);
  g_test_add_func ("/sound/wav/random-damage", test_random_damage);
  g_test_add_func ("/sound/wav/build", test_build);
  g_test_add_func ("/sound/wav/repair-stereo", test_repair_stereo);
  g_test_add_func ("/sound/wav/repair-growing-stereo", test_repair_growing_stereo);
  g_test_add_func ("/sound/wav/repair-length", test_repair_length);
  g_test_add_func ("/sound/wav/swap", test_swap);
  return g_test_run ();
}
