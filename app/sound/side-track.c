/* side-track.c - one channel of a recording, boiled down to 10 ms frames
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Samples of any rate become 8 kHz, which all detectors are made for. They go
 * on in steps of 20 ms: once as they are to the tone bank and the steadiness of
 * their partials, once without what lies below 200 Hz to the speech detector,
 * since mains hum would otherwise set the level.
 */
#include "side-track.h"

#include <math.h>
#include <speex/speex_resampler.h>
#include <string.h>

#include "side-partials.h"
#include "side-vad.h"

#define RATE          SIDE_VAD_RATE
#define STEP          (2 * SIDE_VAD_FRAME)
#define CHUNK         1024
#define GROW_FRAMES   30000    /* 5 minutes */
#define MAX_EXPECTED_S (24 * 60 * 60)
#define HIGH_PASS_HZ  200.0
#define RESAMPLER_QUALITY 3
#define SURE_FRAMES   25       /* a tone that goes on for so long is no vowel */

/* One section of a second-order filter, transposed direct form II. */
typedef struct {
  float b0, b1, b2, a1, a2;
  float z1, z2;
} Section;

struct _SideTrack
{
  SpeexResamplerState *resampler;   /* nullable: 8 kHz already */
  SideVad             *vad;
  SideToneBank        *bank;
  SidePartials        *partials;
  Section              sections[2];
  float                step[STEP];
  guint                n_step;
  guint8               tone;         /* of the step before */
  guint                n_tone;       /* frames in which it has been the same */
  SideFrame           *frames;
  gsize                n_frames;
  gsize                n_room;
};

/* Coefficients by the bilinear transform, after R. Bristow-Johnson's
 * "Cookbook formulae for audio EQ biquad filter coefficients". */
static Section
high_pass (double q)
{
  double w = 2 * G_PI * HIGH_PASS_HZ / RATE;
  double alpha = sin (w) / (2 * q);
  double a0 = 1 + alpha;

  return (Section) {
    .b0 = (float) ((1 + cos (w)) / 2 / a0),
    .b1 = (float) (-(1 + cos (w)) / a0),
    .b2 = (float) ((1 + cos (w)) / 2 / a0),
    .a1 = (float) (-2 * cos (w) / a0),
    .a2 = (float) ((1 - alpha) / a0),
  };
}

static inline float
pass (Section *s,
      float    x)
{
  float y = s->b0 * x + s->z1;

  s->z1 = s->b1 * x - s->a1 * y + s->z2;
  s->z2 = s->b2 * x - s->a2 * y;
  return y;
}

/* side_track_new:
 * @rate: of the samples to come, Hz
 * @expected_s: how many seconds of them are to come, or 0; room for a day at
 *   most is taken beforehand, since growing two arrays side by side copies them
 *   and leaves holes of their size. Room that is not used is never touched. */
SideTrack *
side_track_new (guint   rate,
                gint64  expected_s)
{
  SideTrack *self = g_new0 (SideTrack, 1);

  if (expected_s > 0 && expected_s <= MAX_EXPECTED_S)
    {
      self->n_room = (gsize) (expected_s + 1) * (1000 / SIDE_FRAME_MS);
      self->frames = g_new (SideFrame, self->n_room);
    }

  if (rate != RATE)
    {
      self->resampler = speex_resampler_init (1, rate, RATE, RESAMPLER_QUALITY, NULL);
      if (self->resampler == NULL)
        g_error ("out of memory");
      speex_resampler_skip_zeros (self->resampler);
    }
  self->vad = side_vad_new ();
  self->bank = side_tone_bank_new ();
  self->partials = side_partials_new ();
  /* A fourth-order Butterworth: Q is 1 / (2 cos (pi/8)) and 1 / (2 cos (3 pi/8)). */
  self->sections[0] = high_pass (0.54119610);
  self->sections[1] = high_pass (1.30656296);
  return self;
}

void
side_track_free (SideTrack *self)
{
  g_clear_pointer (&self->resampler, speex_resampler_destroy);
  side_vad_free (self->vad);
  side_tone_bank_free (self->bank);
  side_partials_free (self->partials);
  g_free (self->frames);
  g_free (self);
}

static gint16
level_of (float squares)
{
  float mean = squares / SIDE_VAD_FRAME;

  /* One step of 16 bits is at -90 dB; all below half of one is nothing. */
  if (mean < 1e-10f)
    return SIDE_LEVEL_NONE;
  return (gint16) lrintf (1000.0f * log10f (mean));
}

static SideFrame *
next_frames (SideTrack *self)
{
  if (self->n_frames + 2 > self->n_room)
    {
      /* In equal pieces: doubling would cost twice the memory for a long recording. */
      self->n_room += GROW_FRAMES;
      self->frames = g_renew (SideFrame, self->frames, self->n_room);
    }
  self->n_frames += 2;
  return self->frames + self->n_frames - 2;
}

/* Where there is nothing, or a tone that goes on, nobody speaks: half of a call is one or the other, and asking
 * would cost more than all the rest. Nor does either belong into the detector's idea of the noise. */
static gboolean
may_be_speech (SideTrack *self,
               guint8     tone,
               float      energy)
{
  self->n_tone = tone == self->tone ? self->n_tone + 2 : 2;
  self->tone = tone;
  return energy > 0 && (tone == SIDE_TONE_CLASS_NONE || self->n_tone <= SURE_FRAMES);
}

static void
take_step (SideTrack *self)
{
  SideFrame *frames = next_frames (self);
  gint16 speech[STEP];
  guint8 tone = side_tone_bank_take (self->bank, self->step);
  guint8 steady = side_partials_take (self->partials, self->step);
  float energy = 0;
  gboolean speech_there;

  for (guint f = 0; f < 2; f++)
    {
      float raw = 0, level = 0;

      for (guint i = f * SIDE_VAD_FRAME; i < (f + 1) * SIDE_VAD_FRAME; i++)
        {
          float x = self->step[i];
          float y = pass (&self->sections[1], pass (&self->sections[0], x));

          raw += x * x;
          level += y * y;
          speech[i] = (gint16) lrintf (CLAMP (y * 32768.0f, -32768.0f, 32767.0f));
        }
      energy += raw;
      frames[f] = (SideFrame) { .level = level_of (level), .raw = level_of (raw), .tone = tone, .steady = steady };
    }
  speech_there = may_be_speech (self, tone, energy);
  for (guint f = 0; speech_there && f < 2; f++)
    frames[f].probability = side_vad_take (self->vad, speech + f * SIDE_VAD_FRAME);
  self->n_step = 0;
}

static void
feed_8k (SideTrack   *self,
         const float *samples,
         gsize        n)
{
  while (n > 0)
    {
      gsize now = MIN (n, STEP - self->n_step);

      memcpy (self->step + self->n_step, samples, now * sizeof (float));
      self->n_step += (guint) now;
      samples += now;
      n -= now;
      if (self->n_step == STEP)
        take_step (self);
    }
}

/* side_track_feed:
 * @samples: the next of them, full scale 1, no NaN */
void
side_track_feed (SideTrack   *self,
                 const float *samples,
                 gsize        n)
{
  float out[CHUNK];

  if (self->resampler == NULL)
    {
      feed_8k (self, samples, n);
      return;
    }
  while (n > 0)
    {
      spx_uint32_t n_in = (spx_uint32_t) MIN (n, CHUNK);
      spx_uint32_t n_out = CHUNK;

      speex_resampler_process_float (self->resampler, 0, samples, &n_in, out, &n_out);
      feed_8k (self, out, n_out);
      samples += n_in;
      n -= n_in;
      if (n_in == 0 && n_out == 0)
        break;
    }
}

/* The last step is filled up with silence. */
void
side_track_end (SideTrack *self)
{
  if (self->n_step == 0)
    return;
  memset (self->step + self->n_step, 0, (STEP - self->n_step) * sizeof (float));
  take_step (self);
}

/* Returns: (transfer none): all frames so far */
const SideFrame *
side_track_get_frames (SideTrack *self,
                       gsize     *n)
{
  *n = self->n_frames;
  return self->frames;
}
