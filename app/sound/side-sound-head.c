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

#include "side-sound-mpeg.h"

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
    if (side_sound_mpeg_frame_length (head + at) > 0)
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
      gsize length = side_sound_mpeg_frame_length (head + at);

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

/* AAC as it is streamed: one frame (ADTS, ISO/IEC 13818-7 §6.2) and the next,
 * as any samples may begin like one. */
static gboolean
is_aac (const guint8 *head,
        gsize         n)
{
  gsize length = n >= 7 ? (gsize) (head[3] & 3) << 11 | (gsize) head[4] << 3 | head[5] >> 5 : 0;

  return length >= 7 && n >= length + 2 && head[0] == 0xff && (head[1] & 0xf6) == 0xf0 && head[length] == 0xff
         && head[length + 1] == head[1];
}

/**
 * side_sound_head_stranger:
 * @path: a file
 *
 * Returns: (nullable): of which kind it is, when it is one that holds sound and
 *   that no decoder here knows, as telephones and messengers write it
 */
const char *
side_sound_head_stranger (const char *path)
{
  static const struct { gsize at; const char *sign; gsize length; const char *kind; } kinds[] = {
    { 4, "ftyp", 4, "MPEG-4" },
    { 0, "#!AMR", 5, "AMR" },
    { 0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", 8, "Windows Media" },
    { 0, "\x1a\x45\xdf\xa3", 4, "Matroska" },
  };
  g_autofree guint8 *head = g_malloc (HEAD_BYTES);
  gsize n = read_head (path, head);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (n >= kinds[i].at + kinds[i].length && memcmp (head + kinds[i].at, kinds[i].sign, kinds[i].length) == 0)
      return kinds[i].kind;
  return is_aac (head, n) ? "AAC" : NULL;
}
