/* side-prompt-find.c - a known recording, looked for in what was heard on a line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Twice: roughly, by how loud eight bands are from moment to moment, which
 * every codec leaves as it is; and then sample by sample at the likeliest
 * places. There a codec of a telephone leaves the same recording alike, which
 * no second speaking of the same words is, even by the same voice.
 */
#include "side-prompt-find.h"

#include <math.h>
#include <string.h>

#define FRAME       80       /* samples: 10 ms */
#define BANDS       8
#define BLOCK       40       /* frames: SIDE_PROMPT_BLOCK */
#define STEP        2        /* frames from one place that is tried to the next */
#define PLACES      8        /* likeliest ones that are looked at closely */
#define APART       10       /* frames between two of them at least */
#define REACH       320      /* samples to either side: a jitter buffer may move what follows by as much */
#define QUIET_DB    25.0     /* a block so far below the loudest one has no sound */
#define SILENT_DB    -65.0    /* of full scale: what coding makes of silence; all softer than this is none */
#define FLOOR_DB    60.0     /* what is so far below the loudest frame is silence */
#define SAME        0.60     /* correlation of a block from which on it is the same sound */
#define OTHER       0.40     /* below it is another */
#define FOLLOWS     0.50     /* from which on a block says where the next one lies */
#define WIDE        8000     /* samples to either side, where a line held its breath: 1 s */
#define TRIES       3        /* blocks one behind the other for which that is tried */
#define GAP_LEVEL   3e-5f    /* nothing but zeros: no packet came in time */
#define GAP_LONGEST 100      /* frames: what is longer is silence */
#define GAP_LEAST   4        /* frames of a block that make it no evidence */
#define LEAST_PART  0.25     /* of the blocks has to lie within what was heard */

/* A sound without what telephones change: no hum, and its levels in bands. */
typedef struct {
  float *samples;      /* high-passed */
  gsize  n;
  float *bands;        /* BANDS a frame, dB */
  gboolean *gaps;      /* of each frame: whether nothing came within it */
  gsize  n_frames;
} Sound;

/* A block of the reference: of unit length around its mean in each band. */
typedef struct {
  gsize  frame;
  float  shape[BLOCK * BANDS];
  double flatness;     /* 0 where there is nothing to compare */
} Block;

typedef struct {
  double b0, b2, a1, a2;
  double x1, x2, y1, y2;
} Filter;

static const double centres[BANDS] = { 350, 500, 700, 950, 1300, 1750, 2350, 3050 };

/* Robert Bristow-Johnson's band-pass of 0 dB at @centre. */
static void
filter_init (Filter *self,
             double  centre,
             double  q)
{
  double w = 2 * G_PI * centre / SIDE_PROMPT_RATE, alpha = sin (w) / (2 * q), a0 = 1 + alpha;

  *self = (Filter) { .b0 = alpha / a0, .b2 = -alpha / a0, .a1 = -2 * cos (w) / a0, .a2 = (1 - alpha) / a0 };
}

static inline double
filter_run (Filter *self,
            double  x)
{
  double y = self->b0 * x + self->b2 * self->x2 - self->a1 * self->y1 - self->a2 * self->y2;

  self->x2 = self->x1;
  self->x1 = x;
  self->y2 = self->y1;
  self->y1 = y;
  return y;
}

static void
fill_band (Sound       *self,
           guint        band)
{
  Filter filter;

  filter_init (&filter, centres[band], 2.5);
  for (gsize i = 0; i < self->n_frames; i++)
    {
      double sum = 0;

      for (gsize k = 0; k < FRAME; k++)
        {
          double y = filter_run (&filter, (double) self->samples[i * FRAME + k]);

          sum += y * y;
        }
      self->bands[i * BANDS + band] = (float) (sum / FRAME);
    }
}

/* From powers to dB, nothing lower than FLOOR_DB below the loudest. */
static void
take_levels (Sound *self)
{
  float most = 1e-12f, least;

  for (gsize i = 0; i < self->n_frames * BANDS; i++)
    most = MAX (most, self->bands[i]);
  least = most * (float) pow (10, -FLOOR_DB / 10);
  for (gsize i = 0; i < self->n_frames * BANDS; i++)
    self->bands[i] = 10 * log10f (MAX (self->bands[i], least));
}

/* Holes in what was heard: at neither end, and not so long that they are silence. */
static void
find_gaps (Sound       *self,
           const float *samples)
{
  gsize from = 0;

  self->gaps = g_new0 (gboolean, MAX (self->n_frames, 1));
  for (gsize i = 0; i <= self->n_frames; i++)
    {
      gboolean empty = i < self->n_frames;

      for (gsize k = 0; empty && k < FRAME; k++)
        empty = fabsf (samples[i * FRAME + k]) < GAP_LEVEL;
      if (empty)
        continue;
      for (gsize k = from; from > 0 && i < self->n_frames && i - from <= GAP_LONGEST && k < i; k++)
        self->gaps[k] = TRUE;
      from = i + 1;
    }
}

static void
sound_init (Sound       *self,
            const float *samples,
            gsize        n)
{
  double pole = exp (-2 * G_PI * 200 / SIDE_PROMPT_RATE), before = 0, y = 0;

  self->n = n;
  self->n_frames = n / FRAME;
  self->samples = g_new (float, MAX (n, 1));
  self->bands = g_new (float, MAX (self->n_frames, 1) * BANDS);
  for (gsize i = 0; i < n; i++)
    {
      double x = isfinite (samples[i]) ? (double) samples[i] : 0;

      y = pole * (y + x - before);
      before = x;
      self->samples[i] = (float) y;
    }
  for (guint band = 0; band < BANDS; band++)
    fill_band (self, band);
  take_levels (self);
  find_gaps (self, samples);
}

static void
sound_clear (Sound *self)
{
  g_free (self->samples);
  g_free (self->bands);
  g_free (self->gaps);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Sound, sound_clear)

static double
power_of (const Sound *self,
          gsize        frame)
{
  const float *x = self->samples + frame * FRAME;
  double sum = 0;

  for (gsize i = 0; i < BLOCK * FRAME; i++)
    sum += (double) (x[i] * x[i]);
  return sum;
}

/* The deviations of BLOCK frames from @frame on from their means in each band. */
static double
shape_of (const Sound *self,
          gsize        frame,
          float       *shape)
{
  const float *from = self->bands + frame * BANDS;
  double square = 0;

  for (guint band = 0; band < BANDS; band++)
    {
      float mean = 0;

      for (guint i = 0; i < BLOCK; i++)
        mean += from[i * BANDS + band] / BLOCK;
      for (guint i = 0; i < BLOCK; i++)
        {
          float part = from[i * BANDS + band] - mean;

          shape[i * BANDS + band] = part;
          square += (double) (part * part);
        }
    }
  return square;
}

/* Returns: (transfer full) (element-type Block): the blocks in which there is sound */
static GArray *
find_blocks (const Sound *self)
{
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (Block));
  const double silence = BLOCK * FRAME * pow (10, SILENT_DB / 10);
  double loudest = 0;

  for (gsize frame = 0; frame + BLOCK <= self->n_frames; frame += BLOCK)
    loudest = MAX (loudest, power_of (self, frame));
  for (gsize frame = 0; frame + BLOCK <= self->n_frames; frame += BLOCK)
    {
      Block block = { .frame = frame };
      double square;

      if (loudest < silence || power_of (self, frame) < loudest * pow (10, -QUIET_DB / 10))
        continue;
      square = shape_of (self, frame, block.shape);
      block.flatness = square > 1e-6 ? 1 / sqrt (square) : 0;
      g_array_append_val (blocks, block);
    }
  return blocks;
}

/* -- roughly */

/* How alike the bands are when frame 0 of the reference lies at @place. */
static double
rough_at (const Sound  *sound,
          const GArray *blocks,
          gint64        place)
{
  double sum = 0;

  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);
      gint64 frame = place + (gint64) block->frame;
      const float *from;
      float dot = 0, ones[BANDS] = { 0 }, squares[BANDS] = { 0 };
      double rest = 0;

      if (frame < 0 || frame + BLOCK > (gint64) sound->n_frames)
        continue;
      from = sound->bands + frame * BANDS;
      for (guint k = 0; k < BLOCK; k++)
        for (guint band = 0; band < BANDS; band++)
          {
            float x = from[k * BANDS + band];

            dot += x * block->shape[k * BANDS + band];
            ones[band] += x;
            squares[band] += x * x;
          }
      for (guint band = 0; band < BANDS; band++)
        rest += (double) squares[band] - (double) ones[band] * (double) ones[band] / BLOCK;
      if (rest > 1e-3)
        sum += MAX ((double) dot * block->flatness / sqrt (rest), 0);
    }
  return sum;
}

typedef struct {
  gint64 place;    /* frame */
  double score;
} Place;

/* Keeps the best, no two of them near each other. */
static guint
keep_place (Place *places,
            guint  n,
            Place  one)
{
  guint at;

  for (guint i = 0; i < n; i++)
    if (ABS (places[i].place - one.place) < APART)
      {
        if (places[i].score >= one.score)
          return n;
        memmove (places + i, places + i + 1, (n - i - 1) * sizeof *places);
        n--;
        break;
      }
  for (at = n; at > 0 && places[at - 1].score < one.score; at--)
    ;
  if (at >= PLACES)
    return n;
  n = MIN (n + 1, PLACES);
  memmove (places + at + 1, places + at, (n - at - 1) * sizeof *places);
  places[at] = one;
  return n;
}

/* Places at which at least LEAST_PART of the blocks lie within the sound. */
static guint
find_places (const Sound  *sound,
             const GArray *blocks,
             Place        *places)
{
  const Block *first = &g_array_index (blocks, Block, 0), *last = &g_array_index (blocks, Block, blocks->len - 1);
  guint n = 0, need = MAX ((guint) ceil (blocks->len * LEAST_PART), SIDE_PROMPT_LEAST);
  const Block *tail = &g_array_index (blocks, Block, blocks->len - need), *head = &g_array_index (blocks, Block, need - 1);
  gint64 from = -(gint64) tail->frame, to = (gint64) sound->n_frames - (gint64) head->frame - BLOCK;

  g_assert (first->frame <= head->frame && tail->frame <= last->frame);
  for (gint64 place = from; place <= to; place += STEP)
    n = keep_place (places, n, (Place) { place, rough_at (sound, blocks, place) });
  return n;
}

/* -- sample by sample */

/* The best correlation of a block with the sound @reach to either side of @at; @best: (out): where. */
static double
correlate (const float *block,
           const Sound *sound,
           gint64       at,
           gint64       reach,
           gint64      *best)
{
  const gsize n = BLOCK * FRAME;
  gint64 from = MAX (at - reach, 0), to = MIN (at + reach, (gint64) (sound->n - n));
  double own = 0, there = 0, most = 0;

  *best = at;
  for (gsize i = 0; i < n; i++)
    own += (double) (block[i] * block[i]);
  for (gsize i = 0; from <= to && i < n; i++)
    there += (double) (sound->samples[from + (gint64) i] * sound->samples[from + (gint64) i]);
  for (gint64 lag = from; lag <= to; lag++)
    {
      const float *x = sound->samples + lag;
      float dot[8] = { 0 };
      double value;

      for (gsize i = 0; i < n; i += 8)
        for (guint k = 0; k < 8; k++)
          dot[k] += block[i + k] * x[i + k];
      value = (double) (dot[0] + dot[1] + dot[2] + dot[3] + dot[4] + dot[5] + dot[6] + dot[7]);
      value = fabs (value) / sqrt (MAX (own * there, 1e-12));   /* lines turn the sign */
      if (value > most)
        {
          most = value;
          *best = lag;
        }
      there += (double) (x[n < sound->n - (gsize) lag ? n : 0] * x[n < sound->n - (gsize) lag ? n : 0]) - (double) (x[0] * x[0]);
    }
  return MIN (most, 1);
}

/* Whether nothing but zeros came for so much of the block at sample @at that it may be a hole. */
static gboolean
has_gap (const Sound *sound,
         gint64       at)
{
  gsize from = (gsize) at / FRAME;
  guint n = 0;

  for (gsize i = from; i < from + BLOCK && i < sound->n_frames; i++)
    n += sound->gaps[i];
  return n >= GAP_LEAST;
}

/* What the blocks before say of where the next one lies. */
typedef struct {
  gint64 drift;    /* samples from where it should be */
  gint64 last;     /* the last block that was found, or -1 */
  guint  tries;
} Trail;

/* A block that is not where it should be: a line may have held its breath, or left something out. What lies
 * around such a place is partly here and partly there, and is no evidence. */
static double
look_further (const float *block,
              const Sound *sound,
              gint64       at,
              double       value,
              double      *before,
              Trail       *trail,
              gint64      *best)
{
  gint64 there;
  double wide;

  if (trail->last < 0 || trail->tries++ >= TRIES)
    return value;
  wide = correlate (block, sound, at, WIDE, &there);
  if (wide < SAME)
    return value;
  *best = there;
  if (*before < SAME)
    *before = NAN;
  return wide;
}

/* Packets that came too late leave zeros, and so do the pauses of another recording. Between what is the same
 * before and behind it, it is a hole, and no evidence; at either end of the reference one such block may be. */
static void
forgive_holes (double         *values,
               const gboolean *holes,
               guint           n)
{
  gint64 from = -1;   /* the last block that was the same */

  for (guint i = 0; i <= n; i++)
    {
      gboolean bounded = from >= 0 && i < n, only_holes = TRUE;

      if (i < n && !(values[i] >= SAME))
        continue;
      for (guint k = (guint) (from + 1); k < i; k++)
        only_holes = only_holes && (isnan (values[k]) || holes[k]);
      if (only_holes && (bounded || (i - from == 2 && (from >= 0 || i < n))))
        for (guint k = (guint) (from + 1); k < i; k++)
          values[k] = NAN;
      from = i;
    }
}

/* How alike each block is when frame 0 of the reference lies at @place; NaN for one of which nothing can be said:
 * it lies outside of the sound, did not come whole, or was torn apart. */
static void
compare_at (const Sound     *reference,
            const GArray    *blocks,
            const Sound     *sound,
            gint64           place,
            double          *values,
            SidePromptFound *out)
{
  g_autofree gboolean *holes = g_new0 (gboolean, blocks->len);
  Trail trail = { .last = -1 };

  *out = (SidePromptFound) { .from_ms = place * 10, .n = blocks->len };
  for (guint i = 0; i < blocks->len; i++)
    {
      gint64 own = (gint64) g_array_index (blocks, Block, i).frame * FRAME, at = place * FRAME + own + trail.drift, best;
      const float *block = reference->samples + own;

      values[i] = NAN;
      if (at < 0 || at + BLOCK * FRAME > (gint64) sound->n)
        continue;
      values[i] = correlate (block, sound, at, REACH, &best);
      if (values[i] < SAME)
        values[i] = look_further (block, sound, at, values[i], &values[MAX (i, 1) - 1], &trail, &best);
      holes[i] = has_gap (sound, at);
      if (values[i] < FOLLOWS)
        continue;
      trail.drift += best - at;
      if (trail.last < 0)
        out->from_ms = (best - own) * 1000 / SIDE_PROMPT_RATE;
      trail.last = i;
      trail.tries = 0;
    }
  forgive_holes (values, holes, blocks->len);
}

/* Where a block that lies at @from_ms with the reference's beginning ends. */
static gint64
end_of_block (const GArray *blocks,
              guint         which,
              gint64        from_ms)
{
  return from_ms + (gint64) (g_array_index (blocks, Block, which).frame + BLOCK) * 10;
}

/* The first instant at which it may break off. What is only guessed to have ended it must not
 * hide that it never was this recording. */
static gint64
find_end (const GArray        *blocks,
          const double        *values,
          gint64               from_ms,
          const SidePromptCut *cut)
{
  gint64 first = from_ms + (gint64) g_array_index (blocks, Block, 0).frame * 10;

  for (guint i = 0; cut != NULL && i < cut->n_ends; i++)
    {
      const SidePromptEnd *end = &cut->ends[i];
      guint same = 0;

      if (end->at_ms <= first)
        continue;
      for (guint k = 0; k < blocks->len && end_of_block (blocks, k, from_ms) <= end->at_ms; k++)
        same += values[k] >= SAME;
      if (!end->is_guess || same >= SIDE_PROMPT_LEAST)
        return end->at_ms;
    }
  return G_MAXINT64;
}

/* Behind which block nothing is judged. What goes on as the reference does was not
 * broken off, whatever else began meanwhile: a good announcement is a voice, and may
 * be taken for the person who would have ended it. */
static guint
count_played (const GArray        *blocks,
              const double        *values,
              gint64               from_ms,
              const SidePromptCut *cut)
{
  gint64 end = find_end (blocks, values, from_ms, cut);
  guint n = 0;

  for (guint i = 0; i < blocks->len; i++)
    if (values[i] >= SAME || end_of_block (blocks, i, from_ms) <= end)
      n = i + 1;
  return n;
}

static void
look_at (const Sound         *reference,
         const GArray        *blocks,
         const Sound         *sound,
         gint64               place,
         const SidePromptCut *cut,
         SidePromptFound     *out)
{
  g_autofree double *values = g_new (double, blocks->len);
  double sum = 0;
  guint n;

  compare_at (reference, blocks, sound, place, values, out);
  n = count_played (blocks, values, place * 10, cut);
  for (guint i = 0; i < n; i++)
    {
      if (isnan (values[i]))
        continue;
      sum += values[i];
      out->to_ms = end_of_block (blocks, i, out->from_ms);
      out->judged++;
      out->same += values[i] >= SAME;
      out->other += values[i] < OTHER;
    }
  if (out->judged > 0)
    out->likeness = sum / out->judged;
}

/* What is the same for longer, then what more is known of; not what is alike for one
 * block at the edge. */
static gboolean
is_better (const SidePromptFound *one,
           const SidePromptFound *other)
{
  if (one->same != other->same)
    return one->same > other->same;
  return one->judged != other->judged ? one->judged > other->judged : one->likeness > other->likeness;
}

/**
 * side_prompt_count_blocks:
 * @reference: (array length=n_reference): a recording, full scale 1, SIDE_PROMPT_RATE
 * @n_reference: its samples
 *
 * Returns: in how many blocks of SIDE_PROMPT_BLOCK there is sound; below
 *   SIDE_PROMPT_LEAST it is too short to be told from others
 */
guint
side_prompt_count_blocks (const float *reference,
                          gsize        n_reference)
{
  g_auto (Sound) own = { 0 };
  g_autoptr (GArray) blocks = NULL;

  g_return_val_if_fail (reference != NULL || n_reference == 0, 0);

  sound_init (&own, reference, n_reference);
  blocks = find_blocks (&own);
  return blocks->len;
}

/**
 * side_prompt_find:
 * @reference: (array length=n_reference): the recording, full scale 1, SIDE_PROMPT_RATE
 * @n_reference: its samples
 * @sound: (array length=n_sound): what was heard, likewise; its level does not matter
 * @n_sound: its samples
 * @cut: (nullable): when it may have been broken off
 * @out: (out): the likeliest place
 *
 * Every block of 0.4 s of the reference that has sound is compared with what stands at its
 * place, 40 ms to either side of where the block before was, and where it is not there up to a
 * second: a line may have held its breath. The block torn by that, and those of which 40 ms or
 * more are a hole in @sound (nothing but zeros, a second at most) between others that are the same, are not judged. By the normalised
 * cross-correlation r of both, high-passed at 200 Hz, it is the same sound from
 * r = 0.6 and another below 0.4. Takes about a second for ten minutes of sound and
 * twenty of reference.
 *
 * Returns: whether anything could be compared; %FALSE where there is too little of either
 */
gboolean
side_prompt_find (const float         *reference,
                  gsize                n_reference,
                  const float         *sound,
                  gsize                n_sound,
                  const SidePromptCut *cut,
                  SidePromptFound     *out)
{
  g_auto (Sound) own = { 0 }, heard = { 0 };
  g_autoptr (GArray) blocks = NULL;
  Place places[PLACES];
  guint n;
  gboolean found = FALSE;

  g_return_val_if_fail ((reference != NULL || n_reference == 0) && (sound != NULL || n_sound == 0) && out != NULL, FALSE);

  *out = (SidePromptFound) { 0 };
  sound_init (&own, reference, n_reference);
  blocks = find_blocks (&own);
  out->n = blocks->len;
  if (blocks->len < SIDE_PROMPT_LEAST || n_sound < BLOCK * FRAME)
    return FALSE;
  sound_init (&heard, sound, n_sound);
  n = find_places (&heard, blocks, places);
  for (guint i = 0; i < n; i++)
    {
      SidePromptFound one;

      look_at (&own, blocks, &heard, places[i].place, cut, &one);
      if (one.judged > 0 && (!found || is_better (&one, out)))
        {
          *out = one;
          found = TRUE;
        }
    }
  return found;
}
