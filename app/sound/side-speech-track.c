/* side-speech-track.c - when somebody speaks in one channel
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The detector says roughly where speech is: it needs some frames to make up its
 * mind, hangs over at the end, and calls background voices speech. So
 *
 *  1. a frame is speech when the detector says so and the level around it is
 *     neither far below the channel's own loud passages, which leaves out the
 *     voices of the room, nor next to its quiet ones. Where that still makes
 *     speech of nearly all, somebody must be talking all the time in the room:
 *     then the level is set where loud and quiet part;
 *  2. frames of speech close together are joined, bursts under 80 ms dropped and
 *     gaps up to 300 ms filled;
 *  3. each edge is moved to where the level really leaves the noise around it,
 *     since latencies are differences of such edges, and by what noise hides;
 *  4. gaps are filled again.
 */
#include "side-speech-track.h"

#include <math.h>
#include <string.h>

#define SPEECH_PERCENT    80      /* probability above which it is speech */
#define SMOOTH_FRAMES     11
#define BELOW_LOUD        1500    /* how far below the 95th percentile speech may lie, centi-dB */
#define ABOVE_FLOOR       150     /* how far above the 10th it must lie */
#define CROWDED_SHARE     0.70    /* more speech than that is looked at again */
#define LEAST_APART       600     /* two kinds of frames that differ by less are one */
#define CLOSE_FRAMES      10
#define BURST_FRAMES      8
#define GAP_FRAMES        30
#define LEAST_SPREAD      250     /* between the 10th and the 90th percentile of speech */
#define ABOVE_NOISE       200     /* speech leaves the noise's upper end by that */
#define ABOVE_MEAN        50      /* the same for the mean of EDGE_FRAMES, which wavers less */
#define EDGE_FRAMES       5
#define BELOW_SPEECH      3800    /* what is further below the speech beside it is no part of it */
#define HIDING_BELOW      2800    /* noise further below the speech hides nothing of it */
#define STOP_FRAMES       12      /* the silence of a stop consonant */
#define BURST_PERCENT     50      /* probability of what comes behind it */
#define OUTWARD_FRAMES    25      /* how far an edge may move */
#define INWARD_FRAMES     20
#define AROUND_FRAMES     150     /* where the noise around an edge is looked for */
#define LEAST_NOISE       20      /* frames of it, or it is taken from the whole channel */
#define GUARD_FRAMES      10      /* so near speech there may be more of it */
#define STEP_CENTIDB      10
#define BINS              1001    /* levels of -100..0 dB in such steps */

typedef struct {
  const SideFrame *frames;
  gsize            n;
  guint8          *speech;    /* one byte a frame */
  guint8          *masked;
  gint16          *smooth;    /* the level of the SMOOTH_FRAMES around each frame */
} Work;

/* How often each level comes. */
typedef struct {
  guint count[BINS];
  guint n;
} Levels;

static void
levels_add (Levels *levels,
            gint16  level)
{
  int bin = BINS - 1 + level / STEP_CENTIDB;

  levels->count[CLAMP (bin, 0, BINS - 1)]++;
  levels->n++;
}

/* The level that @share of all are at or below. */
static int
levels_quantile (const Levels *levels,
                 double        share)
{
  guint wanted = (guint) (share * levels->n);
  guint sum = 0;

  for (int bin = 0; bin < BINS; bin++)
    if ((sum += levels->count[bin]) > wanted)
      return (bin - BINS + 1) * STEP_CENTIDB;
  return 0;
}

static void
mark (guint8       *marks,
      gsize         n,
      const GArray *spans)
{
  for (guint i = 0; spans != NULL && i < spans->len; i++)
    {
      const SideSpan *span = &g_array_index (spans, SideSpan, i);
      gsize from = MIN ((gsize) MAX (span->from_ms, 0) / SIDE_FRAME_MS, n);
      gsize to = MIN ((gsize) MAX (span->to_ms + SIDE_FRAME_MS - 1, 0) / SIDE_FRAME_MS, n);

      if (to > from)
        memset (marks + from, 1, to - from);
    }
}

/* Mean power of SMOOTH_FRAMES: vowels carry the consonants between them. */
static void
smooth_levels (Work *work)
{
  g_autofree float *power = g_new (float, work->n + 1);
  double sum = 0;
  gsize count = 0;

  for (gsize i = 0; i < work->n; i++)
    power[i] = exp10f (work->frames[i].level / 1000.0f);
  for (gsize i = 0; i < work->n + SMOOTH_FRAMES / 2; i++)
    {
      if (i < work->n && !work->masked[i])
        {
          sum += power[i];
          count++;
        }
      if (i >= SMOOTH_FRAMES && !work->masked[i - SMOOTH_FRAMES])
        {
          sum -= power[i - SMOOTH_FRAMES];
          count--;
        }
      if (i >= SMOOTH_FRAMES / 2)
        work->smooth[i - SMOOTH_FRAMES / 2] = (gint16) lrint (1000 * log10 (MAX (sum / (double) MAX (count, 1), 1e-10)));
    }
}

/* N. Otsu, A Threshold Selection Method from Gray-Level Histograms (1979): the
 * level that parts the two kinds of frames best; @apart is how far apart they are. */
static int
levels_split (const Levels *levels,
              int          *apart)
{
  double n = levels->n, sum = 0, low_n = 0, low_sum = 0, best = -1;
  int split = 0;

  for (int bin = 0; bin < BINS; bin++)
    sum += (double) levels->count[bin] * bin;
  *apart = 0;
  for (int bin = 0; bin < BINS; bin++)
    {
      double between, difference;

      low_n += levels->count[bin];
      low_sum += (double) levels->count[bin] * bin;
      if (low_n == 0 || low_n == n)
        continue;
      difference = (sum - low_sum) / (n - low_n) - low_sum / low_n;
      between = low_n * (n - low_n) * difference * difference;
      if (between <= best)
        continue;
      best = between;
      split = (bin - BINS + 1) * STEP_CENTIDB;
      *apart = (int) (difference * STEP_CENTIDB);
    }
  return split;
}

static gsize
mark_louder (Work *work,
             int   gate)
{
  gsize n = 0;

  for (gsize i = 0; i < work->n; i++)
    {
      work->speech[i] = !work->masked[i] && work->frames[i].probability > SPEECH_PERCENT && work->smooth[i] > gate;
      n += work->speech[i];
    }
  return n;
}

/* Step 1 */
static void
ask_detector (Work *work)
{
  Levels levels = { 0 };
  int gate, split, apart;
  gsize found;

  for (gsize i = 0; i < work->n; i++)
    if (!work->masked[i] && work->frames[i].level != SIDE_LEVEL_NONE)
      levels_add (&levels, work->smooth[i]);
  gate = MAX (levels_quantile (&levels, 0.95) - BELOW_LOUD, levels_quantile (&levels, 0.1) + ABOVE_FLOOR);
  found = mark_louder (work, gate);
  split = levels_split (&levels, &apart);
  if ((double) found > CROWDED_SHARE * levels.n && apart >= LEAST_APART && split > gate)
    mark_louder (work, split);
}

typedef struct {
  gsize from, to;
} Run;

/* The runs of speech, those apart by up to GAP_FRAMES as one, and no shorter than @least. */
static GArray *
find_runs (const Work *work,
           gsize       least,
           gsize       gap)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (Run));
  gsize i = 0;

  while (i < work->n)
    {
      Run run;
      Run *last = runs->len > 0 ? &g_array_index (runs, Run, runs->len - 1) : NULL;

      while (i < work->n && !work->speech[i])
        i++;
      run.from = i;
      while (i < work->n && work->speech[i])
        i++;
      run.to = i;
      if (run.to - run.from < least)
        continue;
      if (last != NULL && run.from - last->to <= gap && memchr (work->masked + last->to, 1, run.from - last->to) == NULL)
        last->to = run.to;
      else
        g_array_append_val (runs, run);
    }
  return runs;
}

static void
set_runs (Work         *work,
          const GArray *runs)
{
  memset (work->speech, 0, work->n);
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);

      memset (work->speech + run->from, 1, run->to - run->from);
    }
}

/* Noise that has just set in is taken for speech until the detector has got used
 * to it; but no speech is so even. */
static void
drop_even (const Work *work,
           GArray     *runs)
{
  for (guint r = 0; r < runs->len;)
    {
      const Run *run = &g_array_index (runs, Run, r);
      Levels levels = { 0 };

      for (gsize i = run->from; i < run->to; i++)
        levels_add (&levels, work->frames[i].level);
      if (levels_quantile (&levels, 0.9) - levels_quantile (&levels, 0.1) < LEAST_SPREAD)
        g_array_remove_index (runs, r);
      else
        r++;
    }
}

/* What is to be left for noise to become speech: of one frame, and of the mean
 * of EDGE_FRAMES, which tells less of a difference. */
typedef struct {
  int one;
  int mean;
  int loud;     /* the loud frames of the speech itself */
} Threshold;

static int
mean_level (const Work *work,
            gsize       from)
{
  int sum = 0;

  for (gsize i = from; i < from + EDGE_FRAMES; i++)
    sum += MAX (work->frames[i].level, -10000);
  return sum / EDGE_FRAMES;
}

static gboolean
is_quiet (const Work *work,
          gsize       from,
          gsize       to)
{
  from = from > GUARD_FRAMES ? from - GUARD_FRAMES : 0;
  to = MIN (to + GUARD_FRAMES, work->n);
  return memchr (work->speech + from, 1, to - from) == NULL && memchr (work->masked + from, 1, to - from) == NULL;
}

/* The upper end of the noise between @from and @to; FALSE when there is too little of it. */
static gboolean
noise_between (const Work *work,
               gsize       from,
               gsize       to,
               Levels      levels[2])
{
  for (gsize i = from; i + EDGE_FRAMES <= to; i++)
    {
      if (!is_quiet (work, i, i + EDGE_FRAMES))
        continue;
      levels_add (&levels[0], MAX (work->frames[i].level, -10000));
      levels_add (&levels[1], (gint16) mean_level (work, i));
    }
  return levels[0].n >= LEAST_NOISE;
}

static Threshold
threshold_of (const Levels levels[2])
{
  return (Threshold) { levels_quantile (&levels[0], 0.9) + ABOVE_NOISE, levels_quantile (&levels[1], 0.95) + ABOVE_MEAN, 0 };
}

static Threshold
threshold_around (const Work *work,
                  const Run  *run,
                  Threshold   otherwise)
{
  g_autofree Levels *levels = g_new0 (Levels, 2);
  Threshold threshold = otherwise;
  Levels within = { 0 };
  int least;

  noise_between (work, run->from > AROUND_FRAMES ? run->from - AROUND_FRAMES : 0, run->from, levels);
  if (noise_between (work, run->to, MIN (run->to + AROUND_FRAMES, work->n), levels))
    threshold = threshold_of (levels);
  for (gsize i = run->from; i < run->to; i++)
    levels_add (&within, work->frames[i].level);
  threshold.loud = levels_quantile (&within, 0.9);
  least = threshold.loud - BELOW_SPEECH;
  return (Threshold) { MAX (threshold.one, least), MAX (threshold.mean, least), threshold.loud };
}

static gboolean
is_loud (const Work *work,
         gsize       i,
         int         threshold)
{
  return !work->masked[i] && work->frames[i].level > threshold;
}

/* Whether EDGE_FRAMES from @i on are louder than the noise and, if less surely, speech. */
static gboolean
is_burst (const Work *work,
          gsize       i,
          Threshold   threshold)
{
  for (gsize k = i; k < i + EDGE_FRAMES; k++)
    if (work->masked[k] || work->frames[k].probability <= BURST_PERCENT)
      return FALSE;
  return mean_level (work, i) > threshold.mean + ABOVE_MEAN;
}

/* Step 3 for the beginning of a run: inward to the first two frames above the
 * threshold; then outward as long as one of the next two frames is, or the mean
 * of the next EDGE_FRAMES, or there is a burst behind the silence of a stop, as
 * in a last "t". */
static gsize
move_start (const Work *work,
            const Run  *run,
            gsize       limit,
            Threshold   threshold)
{
  gsize i = run->from, end;

  for (gsize k = i; k + 1 < MIN (run->to, i + INWARD_FRAMES); k++)
    if (is_loud (work, k, threshold.one) && is_loud (work, k + 1, threshold.one))
      {
        i = k;
        break;
      }
  end = MAX (limit, run->from > OUTWARD_FRAMES ? run->from - OUTWARD_FRAMES : 0);
  while (i > end)
    {
      gsize k = i;

      if (is_loud (work, i - 1, threshold.one) || (i > end + 1 && is_loud (work, i - 2, threshold.one))
          || (i >= EDGE_FRAMES + end && mean_level (work, i - EDGE_FRAMES) > threshold.mean))
        {
          i--;
          continue;
        }
      while (k >= end + EDGE_FRAMES && k + STOP_FRAMES > i && !is_burst (work, k - EDGE_FRAMES, threshold))
        k--;
      if (k < end + EDGE_FRAMES || k + STOP_FRAMES <= i)
        break;
      i = k - EDGE_FRAMES;
    }
  return i;
}

static gsize
move_end (const Work *work,
          const Run  *run,
          gsize       limit,
          Threshold   threshold)
{
  gsize i = run->to, end;

  for (gsize k = i; k > run->from + 1 && k + INWARD_FRAMES > i; k--)
    if (is_loud (work, k - 1, threshold.one) && is_loud (work, k - 2, threshold.one))
      {
        i = k;
        break;
      }
  end = MIN (limit, run->to + OUTWARD_FRAMES);
  while (i < end)
    {
      gsize k = i;

      if (is_loud (work, i, threshold.one) || (i + 1 < end && is_loud (work, i + 1, threshold.one))
          || (i + EDGE_FRAMES <= end && mean_level (work, i) > threshold.mean))
        {
          i++;
          continue;
        }
      while (k + EDGE_FRAMES <= end && k < i + STOP_FRAMES && !is_burst (work, k, threshold))
        k++;
      if (k + EDGE_FRAMES > end || k >= i + STOP_FRAMES)
        break;
      i = k + EDGE_FRAMES;
    }
  return i;
}

/* Words begin and end softly, so the closer the noise comes to the speech, the
 * more of them it hides: on average some 2 ms at the beginning and 4 ms at the
 * end for each dB. Without that all latencies would be too long. */
static Run
add_hidden (const Run *run,
            gsize      limit,
            gsize      next,
            Threshold  threshold)
{
  gsize hidden = (gsize) CLAMP (HIDING_BELOW - (threshold.loud - threshold.mean), 0, HIDING_BELOW);
  gsize before = hidden * 2 / (100 * SIDE_FRAME_MS);
  gsize after = hidden * 4 / (100 * SIDE_FRAME_MS);

  return (Run) { MAX (limit, run->from > before ? run->from - before : 0), MIN (next, run->to + after) };
}

static void
move_edges (const Work *work,
            GArray     *runs)
{
  g_autofree Levels *levels = g_new0 (Levels, 2);
  Threshold everywhere = { -10000, -10000, 0 };
  gsize limit = 0;

  if (noise_between (work, 0, work->n, levels))
    everywhere = threshold_of (levels);
  for (guint i = 0; i < runs->len; i++)
    {
      Run *run = &g_array_index (runs, Run, i);
      gsize next = i + 1 < runs->len ? g_array_index (runs, Run, i + 1).from : work->n;
      Threshold threshold = threshold_around (work, run, everywhere);
      Run moved = { move_start (work, run, limit, threshold), move_end (work, run, next, threshold) };

      if (moved.from < moved.to)
        *run = add_hidden (&moved, limit, next, threshold);
      limit = run->to;
    }
}

/* side_speech_track_find:
 * @frames: of a whole channel
 * @masked: (element-type SideSpan) (nullable): where nothing counts
 *
 * Returns: (transfer full) (element-type SideSpan): where somebody speaks */
GArray *
side_speech_track_find (const SideFrame *frames,
                        gsize            n,
                        const GArray    *masked)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  g_autofree guint8 *speech = g_malloc0 (n + 1);
  g_autofree guint8 *mask = g_malloc0 (n + 1);
  g_autofree gint16 *smooth = g_new0 (gint16, n + 1);
  Work work = { frames, n, speech, mask, smooth };
  g_autoptr (GArray) joined = NULL;
  g_autoptr (GArray) first = NULL;
  g_autoptr (GArray) runs = NULL;

  mark (mask, n, masked);
  smooth_levels (&work);
  ask_detector (&work);
  joined = find_runs (&work, 1, CLOSE_FRAMES);
  set_runs (&work, joined);
  first = find_runs (&work, BURST_FRAMES, GAP_FRAMES);
  drop_even (&work, first);
  set_runs (&work, first);
  move_edges (&work, first);
  set_runs (&work, first);
  runs = find_runs (&work, BURST_FRAMES, GAP_FRAMES);
  for (guint i = 0; i < runs->len; i++)
    {
      const Run *run = &g_array_index (runs, Run, i);
      SideSpan span = { (gint64) run->from * SIDE_FRAME_MS, (gint64) run->to * SIDE_FRAME_MS };

      g_array_append_val (spans, span);
    }
  return spans;
}

/* side_speech_track_floor:
 *
 * Returns: the 10th percentile of the levels, dBFS: what is heard in the pauses.
 *   Frames without any signal do not count. NaN when there are no others. */
double
side_speech_track_floor (const SideFrame *frames,
                         gsize            n)
{
  Levels levels = { 0 };

  for (gsize i = 0; i < n; i++)
    if (frames[i].raw != SIDE_LEVEL_NONE)
      levels_add (&levels, frames[i].raw);
  return levels.n > 0 ? levels_quantile (&levels, 0.1) / 100.0 : NAN;
}

/* side_speech_track_empty:
 *
 * Returns: ms without any signal at all, not even noise */
gint64
side_speech_track_empty (const SideFrame *frames,
                         gsize            n)
{
  gint64 empty = 0;

  for (gsize i = 0; i < n; i++)
    if (frames[i].raw == SIDE_LEVEL_NONE)
      empty += SIDE_FRAME_MS;
  return empty;
}

/* side_speech_track_snr:
 * @speech: (element-type SideSpan): as found
 * @masked: (element-type SideSpan) (nullable): as given
 *
 * The mean power of the frames of speech less that of the others, over that of
 * the others. Frames near an edge of speech count for neither.
 *
 * Returns: dB, or NaN where there is no speech, or no noise to be heard */
double
side_speech_track_snr (const SideFrame *frames,
                       gsize            n,
                       const GArray    *speech,
                       const GArray    *masked)
{
  g_autofree guint8 *is_speech = g_malloc0 (n + 1);
  g_autofree guint8 *mask = g_malloc0 (n + 1);
  double sum[2] = { 0, 0 };
  gsize count[2] = { 0, 0 };

  mark (is_speech, n, speech);
  mark (mask, n, masked);
  for (gsize i = 0; i < n; i++)
    {
      gsize from = i > GUARD_FRAMES ? i - GUARD_FRAMES : 0;
      gsize to = MIN (i + GUARD_FRAMES + 1, n);

      if (mask[i] || frames[i].raw == SIDE_LEVEL_NONE)
        continue;
      if (!is_speech[i] && memchr (is_speech + from, 1, to - from) != NULL)
        continue;
      sum[is_speech[i]] += pow (10, frames[i].raw / 1000.0);
      count[is_speech[i]]++;
    }
  if (count[0] < 2 * GUARD_FRAMES || count[1] < 2 * GUARD_FRAMES)
    return NAN;
  sum[0] /= (double) count[0];
  sum[1] /= (double) count[1];
  return sum[1] > sum[0] ? 10 * log10 ((sum[1] - sum[0]) / sum[0]) : 0;
}

/* side_speech_track_pace:
 * @speech: (element-type SideSpan): as found
 *
 * Counts the peaks of the level, smoothed over 50 ms, that rise 3 dB or more
 * out of the dips on both sides: about one a syllable. After N. de Jong and T.
 * Wempe, Praat script to detect syllable nuclei (2009), without the voicing.
 *
 * Returns: peaks a second of speech; NaN for less than 2 s of speech */
double
side_speech_track_pace (const SideFrame *frames,
                        gsize            n,
                        const GArray    *speech)
{
  gint64 length = 0;
  guint peaks = 0;

  for (guint s = 0; s < speech->len; s++)
    {
      const SideSpan *span = &g_array_index (speech, SideSpan, s);
      gsize from = (gsize) span->from_ms / SIDE_FRAME_MS;
      gsize to = MIN ((gsize) span->to_ms / SIDE_FRAME_MS, n);
      int low = G_MAXINT, high = G_MININT;
      gboolean rising = TRUE;

      for (gsize i = from + 2; i + 2 < to; i++)
        {
          int level = 0;

          for (gsize k = i - 2; k <= i + 2; k++)
            level += MAX (frames[k].level, -10000) / 5;
          low = MIN (low, level);
          high = MAX (high, level);
          if (rising && level > low + 300)
            {
              rising = FALSE;
              high = level;
              peaks++;
            }
          else if (!rising && level < high - 300)
            {
              rising = TRUE;
              low = level;
            }
        }
      length += span->to_ms - span->from_ms;
    }
  return length >= 2000 ? peaks * 1000.0 / (double) length : NAN;
}
