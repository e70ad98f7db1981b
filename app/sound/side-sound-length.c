/* side-sound-length.c - how long a sound file is, whatever it says
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A length in a header was written before the sound, or by somebody who died
 * meanwhile, or not at all, and the decoder then believes it, guesses, or says
 * “without end”. All that shows a recording or goes to a place in it goes by
 * the length; so here it becomes what there is. Where it can be told from the
 * form of the file, nothing is decoded for it.
 */
#include "side-sound-length.h"

#include "side-sound-mpeg.h"
#include "side-sound-ogg.h"

#define DAY_S     86400
#define MISCOUNT  2      /* frames of MP3, which coders count one way or another */

static gboolean
is_beyond_belief (const SF_INFO *info)
{
  return info->samplerate > 0 && info->frames / info->samplerate >= DAY_S;
}

/* A decoder that lost its way does not find it again: the next one is fresh.
 * @file: (transfer full) */
static SNDFILE *
begin_again (const char *path,
             SNDFILE    *file,
             SF_INFO    *info)
{
  sf_close (file);
  *info = (SF_INFO) { 0 };
  return sf_open (path, SFM_READ, info);
}

/* Decodes all of it. @file: (transfer full)
 * Returns: (nullable): as begin_again() */
static SNDFILE *
count_by_decoding (const char *path,
                   SNDFILE    *file,
                   SF_INFO    *info)
{
  gsize second = (gsize) info->samplerate * (gsize) info->channels;
  g_autofree gint16 *samples = g_new (gint16, second);
  sf_count_t frames = 0, n;

  while ((n = sf_readf_short (file, samples, info->samplerate)) > 0)
    frames += n;
  file = begin_again (path, file, info);
  if (file != NULL)
    info->frames = frames;
  return file;
}

static gboolean
has_last_frame (SNDFILE       *file,
                const SF_INFO *info)
{
  g_autofree gint16 *last = g_new (gint16, info->channels);

  return sf_seek (file, info->frames - 1, SEEK_SET) == info->frames - 1 && sf_readf_short (file, last, 1) == 1;
}

static SNDFILE *
settle_flac (const char *path,
             SNDFILE    *file,
             SF_INFO    *info)
{
  if (is_beyond_belief (info))
    return count_by_decoding (path, file, info);
  if (!info->seekable || info->frames < 1)
    return file;
  if (has_last_frame (file, info) && sf_seek (file, 0, SEEK_SET) == 0)
    return file;
  file = begin_again (path, file, info);
  return file != NULL ? count_by_decoding (path, file, info) : NULL;
}

static SNDFILE *
settle_mpeg (const char *path,
             SNDFILE    *file,
             SF_INFO    *info)
{
  SideMpegCount count;
  sf_count_t frames;
  SNDFILE *other;
  SF_INFO of_other;

  if (!side_sound_mpeg_count (path, &count))
    return file;
  frames = (sf_count_t) (count.frames * count.samples);
  if (count.told > count.frames + MISCOUNT)
    return count_by_decoding (path, file, info);
  /* Where it is told, what the coder filled in at both ends is left out. */
  if (frames <= info->frames + (count.told > 0 ? info->samplerate : info->samplerate / 10))
    {
      info->frames = MIN (info->frames, frames);
      return file;
    }
  other = side_sound_mpeg_open_told (path, &count, &of_other);
  if (other == NULL)
    return file;
  sf_close (file);
  *info = of_other;
  return other;
}

/* side_sound_length_settle:
 * @path: a sound file
 * @file: (transfer full): its decoder, at the beginning
 * @info: (inout): what the decoder says of it
 *
 * Makes @info's frames what can be decoded. Reads a file of MP3 once, and
 * decodes one that is cut off or does not say how long it is.
 *
 * Returns: (transfer full) (nullable): a decoder at the beginning, @file or
 *   another one; %NULL when the file went away meanwhile
 */
SNDFILE *
side_sound_length_settle (const char *path,
                          SNDFILE    *file,
                          SF_INFO    *info)
{
  sf_count_t frames;

  switch (info->format & SF_FORMAT_TYPEMASK)
    {
    case SF_FORMAT_FLAC:
      return settle_flac (path, file, info);
    case SF_FORMAT_MPEG:
      return settle_mpeg (path, file, info);
    case SF_FORMAT_OGG:
      frames = is_beyond_belief (info)
               ? side_sound_ogg_count (path, (info->format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS ? (guint) info->samplerate : 0) : -1;
      if (frames >= 0)
        info->frames = frames;
      break;
    default:
      break;
    }
  return is_beyond_belief (info) ? count_by_decoding (path, file, info) : file;
}
