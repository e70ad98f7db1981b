/* side-phone-ear-voice.c - is this voice a machine's or a person's?
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From behaviour alone, as one would judge a language one does not understand:
 * a recorded voice speaks long, repeats itself to the sample, comes with music,
 * out of perfect silence, and talks on whatever we say; a person says something
 * short, waits, stops when we begin and answers when we have ended. Each sign
 * adds to the odds what the table says, which is our judgement and not learnt
 * from data; where the sum says little, so do we.
 */
#include "side-phone-ear-private.h"

#include <math.h>

/* Natural logarithms of odds, positive for a machine. */
#define BEFORE_ANSWER  2.5     /* nobody has picked up */
#define REPEATED       4.0
#define LONG_SPEECH    0.9     /* for each of LONG_MS, up to three */
#define SHORT_THEN_WAITS (-1.5)
#define WAITS_LONG     (-0.8)  /* a queue would play something */
#define AMID_MUSIC     1.3     /* it goes on after the voice */
#define AFTER_MUSIC    0.4     /* so does a person who takes the call */
#define CLEAN_PAUSES   0.6
#define NOISY_PAUSES   (-0.4)
#define TALKS_ON       0.9     /* each time, up to twice */
#define STOPS_FOR_US   (-1.0)
#define ANSWERS_US     (-0.8)
#define UNSURE         0.7     /* odds of 2:1 */
#define MOST_SURE      0.97

#define SURE_OF_VOICE  0.9     /* that it is one */
#define STANDS_FRAMES  2000

#define LONG_MS        5000
#define SHORT_MS       3500
#define WAITS_MS       1200
#define WAITS_LONG_MS  4000
#define FALLS_CENTIDB  1000    /* music that is not known as such yet is silence as well, and no quieter than the voice */
#define MUSIC_NEAR_MS  2500
#define CLEAN_CENTIDB  (-7000)
#define NOISY_CENTIDB  (-5800)
#define TALK_ON_MS     1500
#define STOP_MS        800
#define ANSWER_MS      2000

#define SHAPE_FRAMES   5       /* frames a value of the outline that is compared */
#define SHAPE_LEAST    50      /* 2.5 s */
#define SHAPE_SLACK    6
#define SHAPE_ALIKE    0.93

static gsize
frame_at (gint64 ms)
{
  return (gsize) ms / SIDE_FRAME_MS;
}

static gint64
length_of (const SidePhoneSegment *segment)
{
  return segment->to_ms - segment->from_ms;
}

static gboolean
is_voice (const SidePhoneSegment *segment)
{
  return segment->sound >= SIDE_PHONE_SOUND_VOICE;
}

/* How loud it is, 50 ms by 50 ms, with the mean taken off and of length 1. */
static double *
shape_of (const SidePhoneVoices  *voices,
          const SidePhoneSegment *segment,
          guint                  *n)
{
  gsize from = frame_at (segment->from_ms);
  double *shape, mean = 0, sum = 0;

  *n = (guint) (MIN (frame_at (segment->to_ms), voices->n) - MIN (from, voices->n)) / SHAPE_FRAMES;
  shape = g_new0 (double, *n + 1);
  for (guint i = 0; i < *n; i++)
    for (guint k = 0; k < SHAPE_FRAMES; k++)
      shape[i] += MAX (voices->frames[from + i * SHAPE_FRAMES + k].level, -6000) / (double) SHAPE_FRAMES;
  for (guint i = 0; i < *n; i++)
    mean += shape[i] / *n;
  for (guint i = 0; i < *n; i++)
    sum += (shape[i] - mean) * (shape[i] - mean);
  for (guint i = 0; i < *n; i++)
    shape[i] = sum > 0 ? (shape[i] - mean) / sqrt (sum) : 0;
  return shape;
}

/* Whether both hold the same words at the same pace: nobody says a thing twice alike. */
static gboolean
are_alike (const SidePhoneVoices  *voices,
           const SidePhoneSegment *a,
           const SidePhoneSegment *b)
{
  guint n_a, n_b;
  g_autofree double *x = shape_of (voices, a, &n_a);
  g_autofree double *y = shape_of (voices, b, &n_b);

  if (MIN (n_a, n_b) < SHAPE_LEAST || MAX (n_a, n_b) > MIN (n_a, n_b) * 5 / 4)
    return FALSE;
  for (int shift = -SHAPE_SLACK; shift <= SHAPE_SLACK; shift++)
    {
      double sum = 0;

      for (guint i = 0; i < n_a; i++)
        if ((int) i + shift >= 0 && (int) i + shift < (int) n_b)
          sum += x[i] * y[(int) i + shift];
      if (sum >= SHAPE_ALIKE)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_repeated (const SidePhoneVoices *voices,
             GArray                *segments,
             guint                  which)
{
  for (guint i = 0; i < segments->len; i++)
    {
      SidePhoneSegment *other = &g_array_index (segments, SidePhoneSegment, i);

      if (i == which || !is_voice (other) || !are_alike (voices, &g_array_index (segments, SidePhoneSegment, which), other))
        continue;
      /* Then the other is one too, whatever was thought of it alone. */
      other->sound = SIDE_PHONE_SOUND_MENU;
      other->certainty = MOST_SURE;
      return TRUE;
    }
  return FALSE;
}

/* Announcements are put into the music of a queue; a person follows on it, too. */
static double
from_music (const GArray *segments,
            guint         which)
{
  const SidePhoneSegment *voice = &g_array_index (segments, SidePhoneSegment, which);
  double odds = 0;

  for (guint i = which > 2 ? which - 2 : 0; i < MIN (which + 3, segments->len); i++)
    {
      const SidePhoneSegment *other = &g_array_index (segments, SidePhoneSegment, i);

      if (other->sound != SIDE_PHONE_SOUND_MUSIC)
        continue;
      if (i > which && other->from_ms - voice->to_ms <= MUSIC_NEAR_MS)
        return AMID_MUSIC;
      if (i < which && voice->from_ms - other->to_ms <= MUSIC_NEAR_MS)
        odds = AFTER_MUSIC;
    }
  return odds;
}

/* The mean level between two moments, hundredths of dB. */
static gint64
level_between (const SidePhoneVoices *voices,
               gint64                 from_ms,
               gint64                 to_ms)
{
  gsize to = MIN (frame_at (to_ms), voices->n), from = MIN (frame_at (from_ms), to);
  gint64 sum = 0;

  for (gsize i = from; i < to; i++)
    sum += voices->frames[i].level;
  return to > from ? sum / (gint64) (to - from) : 0;
}

/* It says something short and then nothing, for as long as nobody would between two words. */
static double
from_waiting (const SidePhoneVoices *voices,
              const GArray          *segments,
              guint                  which)
{
  const SidePhoneSegment *voice = &g_array_index (segments, SidePhoneSegment, which);
  const SidePhoneSegment *next = which + 1 < segments->len ? voice + 1 : NULL;

  if (length_of (voice) > SHORT_MS || next == NULL || next->sound != SIDE_PHONE_SOUND_SILENCE || length_of (next) < WAITS_MS
      || level_between (voices, voice->from_ms, voice->to_ms)
           - level_between (voices, next->from_ms + WAITS_MS / 3, next->from_ms + WAITS_MS) < FALLS_CENTIDB)
    return 0;
  return SHORT_THEN_WAITS + (length_of (next) >= WAITS_LONG_MS ? WAITS_LONG : 0);
}

/* What is heard between the words: a studio's nothing, or somebody's room. */
static double
from_pauses (const SidePhoneVoices  *voices,
             const SidePhoneSegment *segment)
{
  guint clean = 0, noisy = 0, all = 0;

  for (gsize i = frame_at (segment->from_ms); i < MIN (frame_at (segment->to_ms), voices->n); i++)
    if (voices->frames[i].raw < -4500)
      {
        all++;
        clean += voices->frames[i].raw < CLEAN_CENTIDB;
        noisy += voices->frames[i].raw > NOISY_CENTIDB;
      }
  if (all < 10)
    return 0;
  return 2 * clean > all ? CLEAN_PAUSES : 2 * noisy > all ? NOISY_PAUSES : 0;
}

/* What it does when we begin to speak. */
static double
from_our_speech (const SidePhoneVoices  *voices,
                 const SidePhoneSegment *segment)
{
  gsize from = frame_at (segment->from_ms), to = MIN (frame_at (segment->to_ms), voices->n);
  double talks_on = 0, stops = 0;

  for (gsize i = from + 20; i < to; i++)
    {
      gsize end = i;

      if (!voices->ours[i] || voices->ours[i - 1])
        continue;
      while (end < voices->n && end < i + 100 && voices->ours[end])
        end++;
      if (end - i < 30)
        continue;
      if (to - i >= TALK_ON_MS / SIDE_FRAME_MS)
        talks_on += TALKS_ON;
      else if (to - i <= STOP_MS / SIDE_FRAME_MS && to < voices->n)
        stops = STOPS_FOR_US;
      i = end;
    }
  return MIN (talks_on, 2 * TALKS_ON) + stops;
}

static double
from_answering (const SidePhoneVoices  *voices,
                const SidePhoneSegment *segment)
{
  gsize from = MIN (frame_at (segment->from_ms), voices->n);
  gsize back = from > ANSWER_MS / SIDE_FRAME_MS ? from - ANSWER_MS / SIDE_FRAME_MS : 0;

  /* We are silent when it begins, and were not shortly before. */
  if (from == 0 || voices->ours[from - 1])
    return 0;
  return memchr (voices->ours + back, 1, from - back) != NULL ? ANSWERS_US : 0;
}

static double
judge (const SidePhoneVoices *voices,
       GArray                *segments,
       guint                  which)
{
  const SidePhoneSegment *voice = &g_array_index (segments, SidePhoneSegment, which);
  double odds = from_pauses (voices, voice) + from_our_speech (voices, voice) + from_answering (voices, voice);

  odds += MIN (length_of (voice) / LONG_MS, 3) * LONG_SPEECH;
  odds += from_waiting (voices, segments, which) + from_music (segments, which);
  if (voices->answered < G_MAXSIZE && frame_at (voice->to_ms) <= voices->answered)
    odds += BEFORE_ANSWER;
  if (is_repeated (voices, segments, which))
    odds += REPEATED;
  return odds;
}

/* The verdict of long ago. */
static const SidePhoneSegment *
verdict_of (const SidePhoneVoices  *voices,
            const SidePhoneSegment *segment,
            const GArray           *before)
{
  if (before == NULL || frame_at (segment->to_ms) + STANDS_FRAMES > voices->n)
    return NULL;
  for (guint i = before->len; i > 0; i--)
    {
      const SidePhoneSegment *other = &g_array_index (before, SidePhoneSegment, i - 1);

      if (other->from_ms == segment->from_ms)
        return other->to_ms == segment->to_ms && is_voice (other) ? other : NULL;
    }
  return NULL;
}

/* side_phone_voices_judge:
 * @segments: (element-type SidePhoneSegment): those of a voice are told whose
 * @before: (element-type SidePhoneSegment) (nullable): as they were told last;
 *   what lies far enough back is not judged again */
void
side_phone_voices_judge (const SidePhoneVoices *voices,
                         GArray                *segments,
                         const GArray          *before)
{
  for (guint i = 0; i < segments->len; i++)
    {
      SidePhoneSegment *segment = &g_array_index (segments, SidePhoneSegment, i);
      const SidePhoneSegment *verdict;
      double odds;

      if (!is_voice (segment))
        continue;
      verdict = verdict_of (voices, segment, before);
      if (verdict != NULL)
        {
          *segment = *verdict;
          continue;
        }
      odds = judge (voices, segments, i);
      segment->answers = from_answering (voices, segment) < 0;
      segment->sound = fabs (odds) < UNSURE ? SIDE_PHONE_SOUND_VOICE
                       : odds > 0           ? SIDE_PHONE_SOUND_MENU
                                            : SIDE_PHONE_SOUND_PERSON;
      segment->certainty = fabs (odds) < UNSURE ? SURE_OF_VOICE : MIN (1 / (1 + exp (-fabs (odds))), MOST_SURE);
    }
}
