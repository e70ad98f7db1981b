/* side-sound-head.c - whether a file begins as what it is taken for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libsndfile believes eleven bits that any samples may begin with, and the
 * ending of a name. Samples without a header would so be played as noise, with
 * a length that is made up. Here the next frames are looked for.
 */
#include "side-sound-head.h"

#include <stdio.h>
#include <string.h>

#define HEAD_BYTES   16384
#define MPEG_FRAMES  3        /* in a row; less only in a file that is so short */
#define GSM_FRAME    33
#define GSM_FRAMES   64

static gsize
read_head (const char *path,
           guint8     *head)
{
  FILE *file = fopen (path, "rbe");
  gsize n = 0;

  if (file == NULL)
    return 0;
  n = fread (head, 1, HEAD_BYTES, file);
  fclose (file);
  return n;
}

/* Length of the frame that begins with these four bytes, 0 when none does:
 * ISO/IEC 11172-3 §2.4.2.3, 13818-3 §2.4.2.3. */
static gsize
mpeg_frame_length (const guint8 *at)
{
  static const guint16 kbit[5][16] = {
    { 0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0 },   /* version 1: layer I */
    { 0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0 },      /* layer II */
    { 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0 },       /* layer III */
    { 0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0 },      /* version 2: layer I */
    { 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0 },           /* layers II and III */
  };
  static const guint16 hertz[4] = { 44100, 48000, 32000, 0 };
  guint version = at[1] >> 3 & 3;   /* 3: 1, 2: 2, 0: 2.5 */
  guint layer = 4 - (at[1] >> 1 & 3);
  gsize rate, bits, padding = at[2] >> 1 & 1;

  if (at[0] != 0xff || (at[1] & 0xe0) != 0xe0 || version == 1 || layer == 4)
    return 0;
  rate = hertz[at[2] >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  bits = kbit[version == 3 ? layer - 1 : layer == 1 ? 3 : 4][at[2] >> 4] * 1000u;
  if (rate == 0 || bits == 0)
    return 0;
  if (layer == 1)
    return (12 * bits / rate + padding) * 4;
  return (layer == 3 && version != 3 ? 72 : 144) * bits / rate + padding;
}

/* By its name the decoder looks for frames to the end of the file, and says
 * much about it. Tags may be longer than what is looked at here. */
static SideSoundHead
look_for_mpeg (const char   *path,
               const guint8 *head,
               gsize         n)
{
  static const char *const signs[] = { "ID3", "RIFF", "fLaC", "OggS", "FORM" };
  const char *dot = strrchr (path, '.');

  if (dot == NULL || g_ascii_strcasecmp (dot, ".mp3") != 0)
    return SIDE_SOUND_HEAD_ANY;
  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (n > 4 && memcmp (head, signs[i], strlen (signs[i])) == 0)
      return SIDE_SOUND_HEAD_ANY;
  for (gsize at = 0; at + 4 <= n; at++)
    if (mpeg_frame_length (head + at) > 0)
      return SIDE_SOUND_HEAD_ANY;
  return SIDE_SOUND_HEAD_NO_MPEG;
}

/**
 * side_sound_head_look:
 * @path: a file that is not empty
 *
 * Returns: what its first bytes say before any decoder is let near it
 */
SideSoundHead
side_sound_head_look (const char *path)
{
  g_autofree guint8 *head = g_malloc (HEAD_BYTES);
  gsize n = read_head (path, head);
  gsize at = 0;

  if (n < 4 || head[0] != 0xff || (head[1] & 0xe0) != 0xe0)
    return look_for_mpeg (path, head, n);
  for (int i = 0; i < MPEG_FRAMES && at + 4 <= n; i++)
    {
      gsize length = mpeg_frame_length (head + at);

      /* The same version, layer and rate all through. */
      if (length == 0 || (at > 0 && (head[at + 1] != head[1] || ((head[at + 2] ^ head[2]) & 0x0c) != 0)))
        return SIDE_SOUND_HEAD_FALSE_MPEG;
      at += length;
    }
  return SIDE_SOUND_HEAD_ANY;
}

/**
 * side_sound_head_is_gsm:
 * @path: a file without a header
 *
 * Returns: whether its frames of 33 bytes begin as GSM 06.10 frames in a file
 *   do, with the half byte 0xd (RFC 3551 §4.5.8.1)
 */
gboolean
side_sound_head_is_gsm (const char *path)
{
  g_autofree guint8 *head = g_malloc (HEAD_BYTES);
  gsize n = read_head (path, head) / GSM_FRAME;

  for (gsize i = 0; i < MIN (n, (gsize) GSM_FRAMES); i++)
    if (head[i * GSM_FRAME] >> 4 != 0xd)
      return FALSE;
  return n > 0;
}

/**
 * side_sound_head_is_plain:
 * @path: a file
 *
 * Returns: whether its name ends as those of exchanges for samples without a
 *   header, of which nothing says how they are coded
 */
gboolean
side_sound_head_is_plain (const char *path)
{
  static const char *const endings[] = {
    ".raw", ".sln", ".slin", ".sln8", ".sln12", ".sln16", ".sln24", ".sln32", ".sln44", ".sln48", ".pcm", ".ulaw", ".ul",
    ".alaw", ".al", ".g722", ".g729", ".vox",
  };
  const char *dot = strrchr (path, '.');

  for (gsize i = 0; dot != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strcasecmp (dot, endings[i]) == 0)
      return TRUE;
  return FALSE;
}
