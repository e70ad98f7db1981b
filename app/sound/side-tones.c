/* side-tones.c - signalling tones in one channel, told by their rhythm
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The bank says for every 20 ms which tone fills them, and now and then it
 * takes a vowel for one. What tells a tone is that it holds its level, starts
 * and stops at once, and comes again in the rhythm of its country's network:
 * ringing 0.8..2 s every 3..6 s, busy around 0.5 s on and off, congestion around
 * 0.25 s (ITU-T E.180, supplement 2). A tone with the pauses of its rhythm is
 * one span: in ringing nobody is silent.
 */
#include "side-tones.h"

#include <math.h>

#define BLOCK_MS      20
#define MAX_PERIOD_MS 5500    /* the longest pause within ringing */
#define EDGE_FRAMES   4
#define HOLD_FRAMES   5
#define HOLD_RATIO    3.0f    /* how far the power of a tone may move: 5 dB */

/* One stretch of one class. */
typedef struct {
  guint8 class;
  gint64 from_ms, to_ms;
} Burst;

#define BURST(bursts, i) (&g_array_index ((bursts), Burst, (i)))

static gint64
length_of (const Burst *burst)
{
  return burst->to_ms - burst->from_ms;
}

/* Whether the level holds between the first and the last block, which may be
 * filled in part. Two tones close together beat, so 50 ms are looked at together. */
static gboolean
is_level (const SideFrame *frames,
          gsize            from,
          gsize            to)
{
  float low = G_MAXFLOAT, high = 0;

  if (to - from <= 2 * EDGE_FRAMES + HOLD_FRAMES)
    return TRUE;
  for (gsize i = from + EDGE_FRAMES; i + HOLD_FRAMES + EDGE_FRAMES <= to; i++)
    {
      float power = 0;

      for (gsize k = i; k < i + HOLD_FRAMES; k++)
        power += exp10f (frames[k].raw / 1000.0f);
      low = MIN (low, power);
      high = MAX (high, power);
    }
  return high <= HOLD_RATIO * low;
}

/* The shortest stretch that can be what its class stands for. */
static gint64
least_ms (guint8 class)
{
  if (class >= SIDE_TONE_CLASS_KEY)
    return 2 * BLOCK_MS;
  if (class == SIDE_TONE_CLASS_CALLING || class == SIDE_TONE_CLASS_ANSWERING)
    return 400;
  return 6 * BLOCK_MS;
}

/* All stretches of one class; a block of none or another within does not end one. */
static GArray *
find_bursts (const SideFrame *frames,
             gsize            n)
{
  GArray *bursts = g_array_new (FALSE, FALSE, sizeof (Burst));
  gsize i = 0;

  while (i < n)
    {
      guint8 class = frames[i].tone;
      gsize from = i;
      Burst burst;

      if (class == SIDE_TONE_CLASS_NONE)
        {
          i++;
          continue;
        }
      while (i < n && (frames[i].tone == class
                       || (class < SIDE_TONE_CLASS_KEY && i + 2 < n && frames[i + 2].tone == class)))
        i++;
      burst = (Burst) { class, (gint64) from * SIDE_FRAME_MS, (gint64) i * SIDE_FRAME_MS };
      /* Half of the 40 ms that told a call progress tone lie before the block. */
      if (class <= SIDE_TONE_CLASS_DIAL && burst.from_ms >= BLOCK_MS)
        burst.from_ms -= BLOCK_MS;
      if (length_of (&burst) >= least_ms (class) && is_level (frames, from, i))
        g_array_append_val (bursts, burst);
    }
  return bursts;
}

static void
add_tone (GArray       *tones,
          int           channel,
          SideToneKind  kind,
          char          digit,
          gint64        from_ms,
          gint64        to_ms)
{
  SideTone tone = { from_ms, to_ms, kind, channel, digit };

  g_array_append_val (tones, tone);
}

static void
add_keys (const GArray *bursts,
          int           channel,
          GArray       *tones)
{
  for (guint i = 0; i < bursts->len; i++)
    {
      const Burst *burst = BURST (bursts, i);

      if (burst->class >= SIDE_TONE_CLASS_KEY)
        add_tone (tones, channel, SIDE_TONE_DTMF, "123A456B789C*0#D"[burst->class - SIDE_TONE_CLASS_KEY],
                  burst->from_ms, burst->to_ms);
    }
}

static void
add_fax (const GArray *bursts,
         int           channel,
         GArray       *tones)
{
  for (guint i = 0; i < bursts->len; i++)
    {
      const Burst *burst = BURST (bursts, i);

      if (burst->class == SIDE_TONE_CLASS_CALLING || burst->class == SIDE_TONE_CLASS_ANSWERING)
        add_tone (tones, channel, SIDE_TONE_FAX, 0, burst->from_ms, burst->to_ms);
    }
}

/* Three rising tones, one right after the other. */
static void
add_information (const GArray *bursts,
                 int           channel,
                 GArray       *tones)
{
  for (guint i = 0; i + 2 < bursts->len; i++)
    {
      const Burst *low = BURST (bursts, i), *mid = BURST (bursts, i + 1), *high = BURST (bursts, i + 2);

      if (low->class == SIDE_TONE_CLASS_SIT_LOW && mid->class == SIDE_TONE_CLASS_SIT_MID
          && high->class == SIDE_TONE_CLASS_SIT_HIGH
          && mid->from_ms - low->to_ms <= 100 && high->from_ms - mid->to_ms <= 100)
        add_tone (tones, channel, SIDE_TONE_SIT, 0, low->from_ms, high->to_ms);
    }
}

static int
compare_ms (const void *a,
            const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static gint64
median_of (GArray *lengths)
{
  if (lengths->len == 0)
    return 0;
  g_array_sort (lengths, compare_ms);
  return g_array_index (lengths, gint64, lengths->len / 2);
}

/* What a row of bursts of one class is, by how long they and their pauses last. */
static SideToneKind
kind_of_row (const GArray *row)
{
  g_autoptr (GArray) on = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) off = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint8 class = BURST (row, 0)->class;
  gint64 median_on, longest_off;
  guint least = class == SIDE_TONE_CLASS_SINGLE ? 3 : 2;

  for (guint i = 0; i < row->len; i++)
    {
      gint64 length = length_of (BURST (row, i));
      gint64 pause = i > 0 ? BURST (row, i)->from_ms - BURST (row, i - 1)->to_ms : 0;

      g_array_append_val (on, length);
      if (i > 0)
        g_array_append_val (off, pause);
    }
  median_on = median_of (on);
  median_of (off);
  longest_off = off->len > 0 ? g_array_index (off, gint64, off->len - 1) : 0;
  if (class == SIDE_TONE_CLASS_DIAL)
    return median_on >= 500 ? SIDE_TONE_DIAL : SIDE_TONE_NONE;
  if (class == SIDE_TONE_CLASS_BUSY)
    return row->len < 2 || longest_off > 1000 ? SIDE_TONE_NONE : median_on >= 350 ? SIDE_TONE_BUSY : SIDE_TONE_CONGESTION;
  if (median_on > 5000)
    return class == SIDE_TONE_CLASS_RING ? SIDE_TONE_RINGBACK : SIDE_TONE_DIAL;
  if (median_on >= 700 || (class == SIDE_TONE_CLASS_PAIR_UK && median_on >= 300 && longest_off >= 1500))
    return SIDE_TONE_RINGBACK;
  if (longest_off > 1000 || row->len < least)
    return SIDE_TONE_NONE;
  if (median_on >= 300)
    return SIDE_TONE_BUSY;
  return row->len > least ? SIDE_TONE_CONGESTION : SIDE_TONE_NONE;
}

/* Call progress: rows of bursts of one class. A pause longer than five times
 * the tone belongs to no rhythm. */
static void
add_progress (const GArray *bursts,
              guint8        class,
              int           channel,
              GArray       *tones)
{
  g_autoptr (GArray) row = g_array_new (FALSE, FALSE, sizeof (Burst));

  for (guint i = 0; i <= bursts->len; i++)
    {
      const Burst *burst = i < bursts->len ? BURST (bursts, i) : NULL;
      const Burst *last = row->len > 0 ? BURST (row, row->len - 1) : NULL;

      if (burst != NULL && burst->class != class)
        continue;
      if (last != NULL
          && (burst == NULL || burst->from_ms - last->to_ms > MIN (MAX_PERIOD_MS, 6 * length_of (last))
              || length_of (burst) > 2 * length_of (last) || length_of (last) > 2 * length_of (burst)))
        {
          SideToneKind kind = kind_of_row (row);

          if (kind != SIDE_TONE_NONE)
            add_tone (tones, channel, kind, 0, BURST (row, 0)->from_ms, last->to_ms);
          g_array_set_size (row, 0);
        }
      if (burst != NULL)
        g_array_append_vals (row, burst, 1);
    }
}

/* side_tones_find:
 * @frames: of a whole channel
 * @channel: its number, for the result
 * @tones: (element-type SideTone): what was found is put behind */
void
side_tones_find (const SideFrame *frames,
                 gsize            n,
                 int              channel,
                 GArray          *tones)
{
  g_autoptr (GArray) bursts = find_bursts (frames, n);

  for (guint8 class = SIDE_TONE_CLASS_SINGLE; class <= SIDE_TONE_CLASS_DIAL; class++)
    add_progress (bursts, class, channel, tones);
  add_information (bursts, channel, tones);
  add_fax (bursts, channel, tones);
  add_keys (bursts, channel, tones);
}

/* Music */

#define WINDOW_FRAMES   300     /* 3 s */
#define HOP_FRAMES      50
#define STEADY          70      /* of 255: such a frame has held notes */
#define STEADY_SHARE    0.45    /* of the frames of a window, to begin with */
#define STAY_SHARE      0.30    /* to go on */
#define SOUND_SHARE     0.80    /* of the frames that are not far below the loud ones: music has no pauses */
#define SOUND_CENTIDB   3000    /* how far below */
#define SILENT          (-6000) /* no music is so quiet, centi-dB */
#define LEAST_MUSIC     400     /* 4 s */
#define JOIN_FRAMES     300     /* a break in the music, not the end of it */
#define TRIM_FRAMES     200     /* a window that begins too early does so by no more */
#define TRIM_WINDOW     60

typedef struct {
  double steady;
  double sounding;
} Window;

/* What a window from @from on is like; its own loudest frames say what a pause is. */
static Window
look_at (const SideFrame *frames,
         gsize            from,
         gsize            to)
{
  guint steady = 0, sounding = 0;
  int loud = SIDE_LEVEL_NONE;

  for (gsize i = from; i < to; i++)
    loud = MAX (loud, frames[i].level);
  for (gsize i = from; i < to; i++)
    {
      sounding += frames[i].level > loud - SOUND_CENTIDB && frames[i].level > SILENT;
      steady += frames[i].steady >= STEADY && frames[i].tone == SIDE_TONE_CLASS_NONE;
    }
  return (Window) { (double) steady / (double) (to - from), (double) sounding / (double) (to - from) };
}

static gboolean
goes_on (const Window *window,
         gboolean      is_music)
{
  return window->steady >= (is_music ? STAY_SHARE : STEADY_SHARE) && window->sounding >= SOUND_SHARE;
}

/* A window is music when half of it is: what of its other half is none is cut off. */
static void
add_music (const SideFrame *frames,
           gsize            start,
           gsize            end,
           int              channel,
           GArray          *tones)
{
  SideTone *last = tones->len > 0 ? &g_array_index (tones, SideTone, tones->len - 1) : NULL;
  gsize earliest = start, latest = end;
  gint64 from_ms, to_ms;

  while (start < earliest + TRIM_FRAMES && start + TRIM_WINDOW < end
         && (frames[start].level < SILENT || look_at (frames, start, start + TRIM_WINDOW).steady < STAY_SHARE))
    start++;
  while (end + TRIM_FRAMES > latest && start + TRIM_WINDOW < end
         && (frames[end - 1].level < SILENT || look_at (frames, end - TRIM_WINDOW, end).steady < STAY_SHARE))
    end--;
  if (end - start < LEAST_MUSIC)
    return;
  from_ms = (gint64) start * SIDE_FRAME_MS;
  to_ms = (gint64) end * SIDE_FRAME_MS;
  if (last != NULL && last->kind == SIDE_TONE_MUSIC && last->channel == channel
      && from_ms - last->to_ms <= JOIN_FRAMES * SIDE_FRAME_MS)
    last->to_ms = to_ms;
  else
    add_tone (tones, channel, SIDE_TONE_MUSIC, 0, from_ms, to_ms);
}

/* side_tones_find_music:
 * @frames: of a whole channel
 * @channel: its number, for the result
 * @tones: (element-type SideTone): what was found is put behind
 *
 * Music is where for 4 s or more notes are held for over a tenth of a second,
 * most of the time, with hardly a pause. Singing, drums alone, and music under
 * a voice are not told from speech. */
void
side_tones_find_music (const SideFrame *frames,
                       gsize            n,
                       int              channel,
                       GArray          *tones)
{
  gsize start = 0, end = 0;
  gboolean is_music = FALSE;

  for (gsize from = 0; from + WINDOW_FRAMES <= n; from += HOP_FRAMES)
    {
      Window window = look_at (frames, from, from + WINDOW_FRAMES);

      is_music = goes_on (&window, is_music);
      if (is_music && from > end)
        {
          if (end > start)
            add_music (frames, start, end, channel, tones);
          start = from;
        }
      if (is_music)
        end = from + WINDOW_FRAMES;
    }
  if (end > start)
    add_music (frames, start, end, channel, tones);
}
