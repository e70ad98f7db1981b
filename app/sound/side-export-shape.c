/* side-export-shape.c - what happens to the samples of an export on their way
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Blanking is exact to the sample and comes first. Voices are changed by
 * Rubber Band, rates by speexdsp.
 */
#include "side-export-private.h"

#include <math.h>
#include <rubberband/rubberband-c.h>
#include <speex/speex_resampler.h>
#include <string.h>

static gint16
to_short (float value)
{
  return (gint16) CLAMP (lrintf (value * 32768.0f), G_MININT16, G_MAXINT16);
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  const SideSpan *x = a, *y = b;

  return (x->from_ms > y->from_ms) - (x->from_ms < y->from_ms);
}

/* Puts spans in order and joins those that touch, their edges included, so
 * that nothing is heard between two. */
void
side_blank_join (GArray *spans)
{
  guint kept = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      SideSpan span = g_array_index (spans, SideSpan, i);
      SideSpan *last = kept > 0 ? &g_array_index (spans, SideSpan, kept - 1) : NULL;

      if (last != NULL && span.from_ms <= last->to_ms + 2 * SIDE_EXPORT_EDGE_MS)
        last->to_ms = MAX (last->to_ms, span.to_ms);
      else
        g_array_index (spans, SideSpan, kept++) = span;
    }
  g_array_set_size (spans, kept);
}

static void
scale_frame (gint16 *frame,
             guint   channels,
             double  gain)
{
  for (guint c = 0; c < channels; c++)
    frame[c] = (gint16) lrint (frame[c] * gain);
}

/* Zeroes every channel inside the spans; the edges lie outside of them.
 * @at_frame: where @samples begin in the recording */
void
side_blank_spans (gint16       *samples,
                  gsize         n_frames,
                  guint         channels,
                  guint         rate,
                  gint64        at_frame,
                  const GArray *spans)
{
  gint64 edge = MAX (1, (gint64) rate * SIDE_EXPORT_EDGE_MS / 1000);
  gint64 end_frame = at_frame + (gint64) n_frames;

  for (guint i = 0; i < spans->len; i++)
    {
      const SideSpan *span = &g_array_index (spans, SideSpan, i);
      /* Outwards to whole frames: rounding must not leave one of them. */
      gint64 from = span->from_ms * (gint64) rate / 1000;
      gint64 to = (span->to_ms * (gint64) rate + 999) / 1000;

      for (gint64 f = MAX (from - edge, at_frame); f < MIN (to + edge, end_frame); f++)
        {
          gint16 *frame = samples + (gsize) (f - at_frame) * channels;

          if (f >= from && f < to)
            memset (frame, 0, channels * sizeof *frame);
          else
            scale_frame (frame, channels, (double) (f < from ? from - f : f - to + 1) / (double) (edge + 1));
        }
    }
}

/* Voices */

#define VOICE_BLOCK 1024

struct _SideVoiceChanger
{
  RubberBandState state;
  guint           channels;
  guint           to_drop;     /* frames of its delay, not yet dropped */
  gint64          owed;        /* frames that went in and have not come out */
  float          *in[2];
  float          *out[2];
};

/* @channels: 1 or 2; @semitones: up, or down when negative */
SideVoiceChanger *
side_voice_changer_new (guint  rate,
                        guint  channels,
                        double semitones)
{
  SideVoiceChanger *self = g_new0 (SideVoiceChanger, 1);

  self->channels = channels;
  for (guint c = 0; c < channels; c++)
    {
      self->in[c] = g_new0 (float, VOICE_BLOCK);
      self->out[c] = g_new0 (float, VOICE_BLOCK);
    }
  self->state = rubberband_new (rate, channels,
                                RubberBandOptionProcessRealTime | RubberBandOptionThreadingNever
                                | RubberBandOptionPitchHighConsistency,
                                1.0, pow (2.0, semitones / 12.0));
  rubberband_set_max_process_size (self->state, VOICE_BLOCK);
  self->to_drop = rubberband_get_latency (self->state);
  return self;
}

void
side_voice_changer_free (SideVoiceChanger *self)
{
  if (self == NULL)
    return;
  rubberband_delete (self->state);
  for (guint c = 0; c < self->channels; c++)
    {
      g_free (self->in[c]);
      g_free (self->out[c]);
    }
  g_free (self);
}

/* Takes what is ready; exactly as many frames come out as went in. */
static void
take_voices (SideVoiceChanger *self,
             GArray           *out)
{
  int ready;

  while ((ready = rubberband_available (self->state)) > 0)
    {
      guint n = rubberband_retrieve (self->state, self->out, MIN ((guint) ready, VOICE_BLOCK));
      guint first = MIN (n, self->to_drop);

      if (n == 0)
        return;
      self->to_drop -= first;
      for (guint f = first; f < n && self->owed > 0; f++, self->owed--)
        for (guint c = 0; c < self->channels; c++)
          {
            gint16 sample = to_short (self->out[c][f]);
            g_array_append_val (out, sample);
          }
    }
}

static void
put_voices (SideVoiceChanger *self,
            const gint16     *samples,
            guint             n)
{
  for (guint c = 0; c < self->channels; c++)
    for (guint f = 0; f < n; f++)
      self->in[c][f] = samples != NULL ? (float) samples[f * self->channels + c] / 32768.0f : 0.0f;
  rubberband_process (self->state, (const float *const *) self->in, n, FALSE);
}

void
side_voice_changer_push (SideVoiceChanger *self,
                         const gint16     *samples,
                         gsize             n_frames,
                         gboolean          last,
                         GArray           *out)
{
  gint16 zero = 0;

  self->owed += (gint64) n_frames;
  for (gsize at = 0; at < n_frames; at += VOICE_BLOCK)
    {
      put_voices (self, samples + at * self->channels, (guint) MIN (VOICE_BLOCK, n_frames - at));
      take_voices (self, out);
    }
  /* Silence pushes out what it still holds; its delay is well under a second. */
  for (guint tries = 0; last && self->owed > 0 && tries < 200; tries++)
    {
      put_voices (self, NULL, VOICE_BLOCK);
      take_voices (self, out);
    }
  for (; last && self->owed > 0; self->owed--)
    for (guint c = 0; c < self->channels; c++)
      g_array_append_val (out, zero);
}

/* Rates */

struct _SideResampler
{
  SpeexResamplerState *state;
  guint                channels;
  guint                from_rate;
  guint                to_rate;
  gint64               taken;     /* frames that went in */
  gint64               given;     /* frames that came out */
};

SideResampler *
side_resampler_new (guint from_rate,
                    guint to_rate,
                    guint channels)
{
  SideResampler *self = g_new0 (SideResampler, 1);
  int error = 0;

  self->channels = channels;
  self->from_rate = from_rate;
  self->to_rate = to_rate;
  self->state = speex_resampler_init (channels, from_rate, to_rate, SPEEX_RESAMPLER_QUALITY_DESKTOP, &error);
  g_assert (self->state != NULL);   /* only without memory or with rates of 0 */
  speex_resampler_skip_zeros (self->state);
  return self;
}

void
side_resampler_free (SideResampler *self)
{
  if (self == NULL)
    return;
  speex_resampler_destroy (self->state);
  g_free (self);
}

static void
resample (SideResampler *self,
          const gint16  *samples,
          gsize          n_frames,
          gint64         at_most,
          GArray        *out)
{
  gint16 block[4096];
  spx_uint32_t room = G_N_ELEMENTS (block) / self->channels;

  while (n_frames > 0 && at_most > 0)
    {
      spx_uint32_t n_in = (spx_uint32_t) MIN (n_frames, G_MAXINT32);
      spx_uint32_t n_out = (spx_uint32_t) MIN ((gint64) room, at_most);

      speex_resampler_process_interleaved_int (self->state, samples, &n_in, block, &n_out);
      g_array_append_vals (out, block, n_out * self->channels);
      samples += (gsize) n_in * self->channels;
      n_frames -= n_in;
      self->given += n_out;
      at_most -= n_out;
      if (n_in == 0 && n_out == 0)
        return;
    }
}

void
side_resampler_push (SideResampler *self,
                     const gint16  *samples,
                     gsize          n_frames,
                     gboolean       last,
                     GArray        *out)
{
  g_autofree gint16 *zeros = NULL;
  gint64 due;

  self->taken += (gint64) n_frames;
  resample (self, samples, n_frames, G_MAXINT64, out);
  if (!last)
    return;
  /* As long as the original, to the frame. */
  due = (self->taken * (gint64) self->to_rate + (gint64) self->from_rate / 2) / (gint64) self->from_rate;
  zeros = g_new0 (gint16, (gsize) self->from_rate * self->channels);
  resample (self, zeros, self->from_rate, due - self->given, out);
}
