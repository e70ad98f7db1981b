/* side-phone-ear.c - what is heard in a test call, as it goes on
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Twice a second the last minute is looked at again as a whole, as if it were a
 * recording; what lies further back stands. So a live call and its recording
 * are told by the same rules, at a cost that does not grow with the call.
 */
#include "side-phone-ear-private.h"

#include "side-speech-track.h"
#include "side-tones.h"

#define EVERY_FRAMES   50
#define WINDOW_FRAMES  6000
#define STANDS_FRAMES  1000    /* of the window's beginning: told with what lay before it */
#define PAUSE_FRAMES   70      /* within one stretch of a voice */
#define LEAST_FRAMES   8
#define OURS_SPEAK     1e-4f   /* mean square: -40 dB */

struct _SidePhoneEar
{
  SideTrack  *track;
  guint       rate;
  GByteArray *labels;       /* SidePhoneSound a frame */
  GByteArray *ours;
  float       power;        /* of ours, in the frame that is not full yet */
  guint       n_power;
  gsize       looked_at;
  gsize       answered;
  gboolean    anew;         /* all voices are judged again */
  GArray     *segments;
};

G_DEFINE_ENUM_TYPE (SidePhoneSound, side_phone_sound,
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_SILENCE, "silence"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_RINGING, "ringing"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_BUSY, "busy"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_CONGESTION, "congestion"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_INFORMATION, "information"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_TONE, "tone"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_MUSIC, "music"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_VOICE, "voice"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_MENU, "menu"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_SOUND_PERSON, "person"))

/**
 * side_phone_ear_new:
 * @rate: of the samples to come, Hz
 *
 * Returns: (transfer full): an ear
 */
SidePhoneEar *
side_phone_ear_new (guint rate)
{
  SidePhoneEar *self = g_new0 (SidePhoneEar, 1);

  self->rate = rate;
  self->track = side_track_new (rate, 0);
  self->labels = g_byte_array_new ();
  self->ours = g_byte_array_new ();
  self->segments = g_array_new (FALSE, FALSE, sizeof (SidePhoneSegment));
  self->answered = G_MAXSIZE;
  return self;
}

void
side_phone_ear_free (SidePhoneEar *self)
{
  side_track_free (self->track);
  g_byte_array_unref (self->labels);
  g_byte_array_unref (self->ours);
  g_array_unref (self->segments);
  g_free (self);
}

static SidePhoneSound
sound_of (SideToneKind kind)
{
  switch (kind)
    {
    case SIDE_TONE_RINGBACK:
      return SIDE_PHONE_SOUND_RINGING;
    case SIDE_TONE_BUSY:
      return SIDE_PHONE_SOUND_BUSY;
    case SIDE_TONE_CONGESTION:
      return SIDE_PHONE_SOUND_CONGESTION;
    case SIDE_TONE_SIT:
      return SIDE_PHONE_SOUND_INFORMATION;
    case SIDE_TONE_MUSIC:
      return SIDE_PHONE_SOUND_MUSIC;
    case SIDE_TONE_NONE:
    case SIDE_TONE_DTMF:
      return SIDE_PHONE_SOUND_SILENCE;
    case SIDE_TONE_DIAL:
    case SIDE_TONE_FAX:
    default:
      return SIDE_PHONE_SOUND_TONE;
    }
}

/* A tone that has not shown its rhythm yet is no voice either. */
static void
mask_tones (const SideFrame *frames,
            gsize            n,
            GArray          *mask)
{
  for (gsize i = 0; i < n;)
    {
      gsize from = i;

      while (i < n && frames[i].tone != SIDE_TONE_CLASS_NONE)
        i++;
      if (i - from >= LEAST_FRAMES)
        {
          SideSpan span = { (gint64) from * SIDE_FRAME_MS, (gint64) i * SIDE_FRAME_MS };

          g_array_append_val (mask, span);
        }
      i += i == from;
    }
}

static void
label (guint8        *labels,
       gsize          n,
       gint64         from_ms,
       gint64         to_ms,
       SidePhoneSound sound)
{
  gsize to = MIN ((gsize) MAX (to_ms, 0) / SIDE_FRAME_MS, n);

  for (gsize i = (gsize) MAX (from_ms, 0) / SIDE_FRAME_MS; i < to; i++)
    labels[i] = (guint8) sound;
}

/* @labels: (array length=n): filled */
static void
tell (const SideFrame *frames,
      gsize            n,
      guint8          *labels)
{
  g_autoptr (GArray) tones = g_array_new (FALSE, FALSE, sizeof (SideTone));
  g_autoptr (GArray) mask = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  g_autoptr (GArray) speech = NULL;

  side_tones_find (frames, n, 0, tones);
  side_tones_find_music (frames, n, 0, tones);
  for (guint i = 0; i < tones->len; i++)
    {
      const SideTone *tone = &g_array_index (tones, SideTone, i);
      SideSpan span = { tone->from_ms, tone->to_ms };

      g_array_append_val (mask, span);
    }
  mask_tones (frames, n, mask);
  speech = side_speech_track_find (frames, n, mask);
  memset (labels, SIDE_PHONE_SOUND_SILENCE, n);
  for (guint i = 0; i < speech->len; i++)
    {
      const SideSpan *span = &g_array_index (speech, SideSpan, i);

      label (labels, n, span->from_ms, span->to_ms, SIDE_PHONE_SOUND_VOICE);
    }
  for (guint i = tones->len; i > 0; i--)
    {
      const SideTone *tone = &g_array_index (tones, SideTone, i - 1);

      if (tone->kind != SIDE_TONE_DTMF)
        label (labels, n, tone->from_ms, tone->to_ms, sound_of (tone->kind));
    }
}

/* How often a tone set in between two frames. */
static guint
count_bursts (const SideFrame *frames,
              gsize            from,
              gsize            to)
{
  guint bursts = 0, run = 0;

  for (gsize i = from; i < to; i++)
    {
      run = frames[i].tone != SIDE_TONE_CLASS_NONE ? run + 1 : 0;
      bursts += run == LEAST_FRAMES;
    }
  return bursts;
}

/* A rhythm is believed more with each time it came, music with each second. */
static double
certainty_of (const SideFrame        *frames,
              const SidePhoneSegment *segment)
{
  gsize from = (gsize) segment->from_ms / SIDE_FRAME_MS, to = (gsize) segment->to_ms / SIDE_FRAME_MS;
  guint bursts = count_bursts (frames, from, to);
  double seconds = (double) (segment->to_ms - segment->from_ms) / 1000;

  switch (segment->sound)
    {
    case SIDE_PHONE_SOUND_RINGING:
      return bursts >= 3 ? 0.98 : bursts == 2 ? 0.92 : 0.65;
    case SIDE_PHONE_SOUND_BUSY:
    case SIDE_PHONE_SOUND_CONGESTION:
      return bursts >= 6 ? 0.97 : bursts >= 4 ? 0.9 : 0.75;
    case SIDE_PHONE_SOUND_INFORMATION:
      return 0.97;
    case SIDE_PHONE_SOUND_MUSIC:
      return CLAMP (0.6 + seconds * 0.03, 0.6, 0.95);
    case SIDE_PHONE_SOUND_TONE:
      return 0.8;
    default:
      return 0.9;
    }
}

static void
add_segment (SidePhoneEar   *self,
             gsize           from,
             gsize           to,
             SidePhoneSound  sound)
{
  SidePhoneSegment *last = self->segments->len > 0
                             ? &g_array_index (self->segments, SidePhoneSegment, self->segments->len - 1) : NULL;
  SidePhoneSegment *before = self->segments->len > 1 ? last - 1 : NULL;
  SidePhoneSegment segment = { (gint64) from * SIDE_FRAME_MS, (gint64) to * SIDE_FRAME_MS, sound, 0.9, FALSE };

  if (sound == SIDE_PHONE_SOUND_VOICE && before != NULL && before->sound == sound
      && last->sound == SIDE_PHONE_SOUND_SILENCE && segment.from_ms - before->to_ms <= PAUSE_FRAMES * SIDE_FRAME_MS)
    {
      before->to_ms = segment.to_ms;
      g_array_set_size (self->segments, self->segments->len - 1);
    }
  else
    g_array_append_val (self->segments, segment);
}

static void
join (SidePhoneEar    *self,
      const SideFrame *frames)
{
  const guint8 *labels = self->labels->data;
  SidePhoneVoices voices = { frames, self->ours->data, MIN (self->labels->len, self->ours->len), self->answered };
  g_autoptr (GArray) before = g_array_copy (self->segments);

  g_array_set_size (self->segments, 0);
  for (gsize i = 0; i < self->labels->len;)
    {
      gsize from = i;

      while (i < self->labels->len && labels[i] == labels[from])
        i++;
      add_segment (self, from, i, (SidePhoneSound) labels[from]);
    }
  for (guint i = 0; i < self->segments->len; i++)
    {
      SidePhoneSegment *segment = &g_array_index (self->segments, SidePhoneSegment, i);

      segment->certainty = certainty_of (frames, segment);
    }
  side_phone_voices_judge (&voices, self->segments, self->anew ? NULL : before);
  self->anew = FALSE;
}

static void
look (SidePhoneEar *self)
{
  gsize n;
  const SideFrame *frames = side_track_get_frames (self->track, &n);
  gsize base = n > WINDOW_FRAMES ? n - WINDOW_FRAMES : 0;
  gsize from = base > 0 ? base + STANDS_FRAMES : 0;
  g_autofree guint8 *labels = g_malloc (n - base + 1);

  self->looked_at = n;
  tell (frames + base, n - base, labels);
  g_byte_array_set_size (self->labels, (guint) n);
  memcpy (self->labels->data + from, labels + (from - base), n - from);
  join (self, frames);
}

static void
hear_ours (SidePhoneEar *self,
           const gint16 *ours,
           gsize         n)
{
  guint frame = self->rate * SIDE_FRAME_MS / 1000;

  for (gsize i = 0; i < n; i++)
    {
      float x = ours != NULL ? (float) ours[i] / 32768 : 0;

      self->power += x * x;
      if (++self->n_power == frame)
        {
          guint8 speaks = self->power > OURS_SPEAK * (float) frame;

          g_byte_array_append (self->ours, &speaks, 1);
          self->power = 0;
          self->n_power = 0;
        }
    }
}

/**
 * side_phone_ear_hear:
 * @theirs: (array length=n): the next of the far side
 * @ours: (array length=n) (nullable): of ours at the same time; a person reacts to it
 *
 * Returns: whether it was time to look anew
 */
gboolean
side_phone_ear_hear (SidePhoneEar *self,
                     const gint16 *theirs,
                     const gint16 *ours,
                     gsize         n)
{
  float samples[1024];
  gsize frames;

  for (gsize at = 0; at < n; at += G_N_ELEMENTS (samples))
    {
      gsize now = MIN (G_N_ELEMENTS (samples), n - at);

      for (gsize i = 0; i < now; i++)
        samples[i] = (float) theirs[at + i] / 32768;
      side_track_feed (self->track, samples, now);
    }
  hear_ours (self, ours, n);
  side_track_get_frames (self->track, &frames);
  if (frames < self->looked_at + EVERY_FRAMES)
    return FALSE;
  look (self);
  return TRUE;
}

/**
 * side_phone_ear_answered:
 * @at_ms: when the call was answered, from the first sample
 *
 * Nobody speaks in person before.
 */
void
side_phone_ear_answered (SidePhoneEar *self,
                         gint64        at_ms)
{
  self->answered = (gsize) MAX (at_ms, 0) / SIDE_FRAME_MS;
  self->anew = TRUE;
}

/**
 * side_phone_ear_end:
 *
 * Takes the last moment into account.
 */
void
side_phone_ear_end (SidePhoneEar *self)
{
  side_track_end (self->track);
  look (self);
}

/**
 * side_phone_ear_get_segments:
 *
 * Returns: (transfer full) (element-type SidePhoneSegment): all so far, in
 *   order, without gaps
 */
GArray *
side_phone_ear_get_segments (SidePhoneEar *self)
{
  return g_array_copy (self->segments);
}

/**
 * side_phone_sound_to_string:
 *
 * Returns: a word for files and machines
 */
const char *
side_phone_sound_to_string (SidePhoneSound sound)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (SIDE_TYPE_PHONE_SOUND);
  const GEnumValue *value = g_enum_get_value (klass, (int) sound);

  return value != NULL ? value->value_nick : "silence";
}
