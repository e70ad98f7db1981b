/* side-pairing.c - two recordings of the same call against each other
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Theirs may begin when the operator came on, end early, miss the middle, have
 * one channel or both exchanged. So there is not one offset but some: pieces of
 * ours that are heard are looked for in theirs, and where one is found, all that
 * lies over each other at that offset is shared. What no offset explains, only
 * one of them has.
 */
#include "side-likeness-private.h"

#include <math.h>

#include "side-conversation.h"
#include "side-error.h"
#include "side-job.h"
#include "side-sound-file.h"

#define BLOCK          4096
#define PIECE          600      /* frames: what is looked for at once */
#define LEAST_PIECE    100      /* shorter cannot be told from chance */
#define MOST_LOOKS     64       /* pieces looked for at most */
#define AROUND         25       /* frames each way that are compared around each */
#define ALIKE          0.45     /* cosine of these: it is the same */
#define FOUND          0.65     /* of a piece; where both speak at once one channel's level changes it */
#define LEAST_ENERGY   9.0      /* of a frame that is heard, on average */
#define LEAST_RUN      30       /* frames: shorter is alike by chance */
#define GAP_MS         1000     /* silence that does not part what is missing */
#define LEAST_ONLY_MS  500      /* shorter is not worth a word */
#define LEAST_SHARED   0.25     /* of the one where less is heard */

/* One recording: its sides, and all that is heard in it. */
typedef struct {
  SideSpectrum *side[2];   /* the second nullable: one channel */
  SideSpectrum *both;
  gint64        length_ms;
} Heard;

static void
heard_clear (Heard *heard)
{
  g_clear_pointer (&heard->side[0], side_spectrum_free);
  g_clear_pointer (&heard->side[1], side_spectrum_free);
  g_clear_pointer (&heard->both, side_spectrum_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heard, heard_clear)

/* Makes a Heard of what is fed block by block. */
typedef struct {
  SideSpectrumMaker *side[2];
  SideSpectrumMaker *both;
  float              mix[BLOCK];
} Ear;

static Ear *
ear_new (guint    rate,
         gboolean stereo)
{
  Ear *ear = g_new0 (Ear, 1);

  ear->side[0] = side_spectrum_maker_new (rate);
  ear->side[1] = stereo ? side_spectrum_maker_new (rate) : NULL;
  ear->both = side_spectrum_maker_new (rate);
  return ear;
}

static void
ear_free (Ear *ear)
{
  side_spectrum_maker_free (ear->side[0]);
  g_clear_pointer (&ear->side[1], side_spectrum_maker_free);
  side_spectrum_maker_free (ear->both);
  g_free (ear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ear, ear_free)

/* @n is BLOCK at most. */
static void
ear_feed (Ear         *ear,
          const float *first,
          const float *second,
          gsize        n)
{
  for (gsize i = 0; i < n; i++)
    ear->mix[i] = second != NULL ? 0.5f * (first[i] + second[i]) : first[i];
  side_spectrum_maker_feed (ear->side[0], first, n);
  if (ear->side[1] != NULL)
    side_spectrum_maker_feed (ear->side[1], second, n);
  side_spectrum_maker_feed (ear->both, ear->mix, n);
}

static void
ear_end (Ear   *ear,
         gint64 length_ms,
         Heard *out)
{
  out->side[0] = side_spectrum_maker_end (ear->side[0]);
  out->side[1] = ear->side[1] != NULL ? side_spectrum_maker_end (ear->side[1]) : NULL;
  out->both = side_spectrum_maker_end (ear->both);
  out->length_ms = length_ms;
}

/* ---- what lies over each other ---- */

/* The state of the comparison: for each frame whether it is heard and whether
 * the other recording has it. */
typedef struct {
  const SideSpectrum *ours, *theirs;
  guint8             *our_state, *their_state;
  gssize             *place;                             /* for each frame of ours the one of theirs, or -1 */
  double              sum, our_squares, their_squares;   /* over the shared frames */
  GArray             *offsets;                           /* of gssize: frames of theirs' start in ours */
  guint               looks;
} Laying;

enum { SILENT, HEARD, SHARED, LOOKED_FOR };

static guint8 *
find_heard (const SideSpectrum *self)
{
  guint8 *state = g_new0 (guint8, self->n + 1);

  for (gsize i = 0; i < self->n; i++)
    {
      gsize from = i > AROUND ? i - AROUND : 0, to = MIN (i + AROUND + 1, self->n);

      if (self->level[i] > self->floor_db && self->energy[to] - self->energy[from] > LEAST_ENERGY * (double) (to - from))
        state[i] = HEARD;
    }
  return state;
}

/* Prefix sums of the products at one offset, for the frames @from..@to of ours. */
static double *
products_at (const Laying *laying,
             gssize        offset,
             gsize         from,
             gsize         to)
{
  double *sums = g_new (double, to - from + 1);

  sums[0] = 0;
  for (gsize i = from; i < to; i++)
    {
      double sum = 0;

      for (int b = 0; b < SIDE_SPECTRUM_BANDS; b++)
        sum += (double) (laying->ours->band[b][i] * laying->theirs->band[b][(gssize) i - offset]);
      sums[i - from + 1] = sums[i - from] + sum;
    }
  return sums;
}

/* Takes frames @from..@to of ours for shared. */
static void
share (Laying *laying,
       gssize  offset,
       gsize   from,
       gsize   to)
{
  for (gsize i = from; i < to; i++)
    {
      gsize at = (gsize) ((gssize) i - offset);

      for (int b = 0; b < SIDE_SPECTRUM_BANDS; b++)
        laying->sum += (double) (laying->ours->band[b][i] * laying->theirs->band[b][at]);
      laying->our_squares += laying->ours->energy[i + 1] - laying->ours->energy[i];
      laying->their_squares += laying->theirs->energy[at + 1] - laying->theirs->energy[at];
      laying->place[i] = (gssize) at;
      if (laying->our_state[i] != SILENT)
        laying->our_state[i] = SHARED;
      if (laying->their_state[at] != SILENT)
        laying->their_state[at] = SHARED;
    }
}

/* Finds all frames that are alike at this offset, some in a row. */
static void
lay (Laying *laying,
     gssize  offset)
{
  gsize from = offset > 0 ? (gsize) offset : 0;
  gsize to = (gsize) CLAMP ((gssize) laying->theirs->n + offset, (gssize) from, (gssize) laying->ours->n);
  g_autofree double *sums = products_at (laying, offset, from, to);
  gsize since = from;

  for (gsize i = from; i <= to; i++)
    {
      gsize a = i > from + AROUND ? i - AROUND : from, b = MIN (i + AROUND + 1, to);
      double ours = laying->ours->energy[b] - laying->ours->energy[a];
      double theirs = laying->theirs->energy[(gssize) b - offset] - laying->theirs->energy[(gssize) a - offset];

      if (i < to && ours * theirs > 0 && laying->place[i] < 0 && (sums[b - from] - sums[a - from]) / sqrt (ours * theirs) >= ALIKE)
        continue;
      if (i - since >= LEAST_RUN)
        share (laying, offset, since, i);
      since = i + 1;
    }
  g_array_append_val (laying->offsets, offset);
}

static gsize
count (const guint8 *state,
       gsize         n,
       gboolean      shared)
{
  gsize all = 0;

  for (gsize i = 0; i < n; i++)
    if (shared ? state[i] == SHARED : state[i] != SILENT)
      all++;
  return all;
}

/* The next piece of ours in which something is heard that is not explained yet. */
static gboolean
next_piece (const Laying *laying,
            gsize        *from,
            gsize        *to)
{
  gsize i = *from;
  gsize heard = 0;

  while (i < laying->ours->n && laying->our_state[i] != HEARD)
    i++;
  *from = i;
  while (i < laying->ours->n && i < *from + PIECE && laying->our_state[i] != SHARED)
    heard += laying->our_state[i++] == HEARD;
  *to = i;
  return i > *from && heard > 0;
}

static void
leave_alone (Laying *laying,
             gsize   from,
             gsize   to)
{
  for (gsize i = from; i < to; i++)
    if (laying->our_state[i] == HEARD)
      laying->our_state[i] = LOOKED_FOR;
}

static gboolean
is_known (const Laying *laying,
          gssize        offset)
{
  for (guint i = 0; i < laying->offsets->len; i++)
    if (ABS (g_array_index (laying->offsets, gssize, i) - offset) <= 1)
      return TRUE;
  return FALSE;
}

/* Looks for ours in theirs piece by piece, longest explanation first. */
static void
lay_all (Laying *laying)
{
  gsize from = 0, to = 0;

  while (laying->looks < MOST_LOOKS && next_piece (laying, &from, &to))
    {
      SideLikeness found = { 0 };
      gssize offset;

      if (to - from >= LEAST_PIECE)
        {
          laying->looks++;
          _side_likeness_best (laying->ours, from, to, laying->theirs, &found);
        }
      offset = (gssize) from - (gssize) llrint ((double) found.offset_ms / SIDE_SPECTRUM_FRAME_MS);
      if (found.likeness >= FOUND && !is_known (laying, offset))
        lay (laying, offset);
      leave_alone (laying, from, to);
      from = to;
    }
}

/* ---- what comes of it ---- */

/* What is heard and not shared, as spans; short silence does not part them. */
static GArray *
spans_of (const guint8 *state,
          gsize         n)
{
  g_autoptr (GArray) all = side_spans_new ();
  GArray *out = side_spans_new ();
  gint64 from_ms = -1, to_ms = -1;

  for (gsize i = 0; i <= n; i++)
    {
      gint64 at_ms = (gint64) i * SIDE_SPECTRUM_FRAME_MS;
      gboolean only = i < n && (state[i] == HEARD || state[i] == LOOKED_FOR);

      if (from_ms >= 0 && (i == n || state[i] == SHARED || (only && at_ms - to_ms > GAP_MS)))
        {
          if (to_ms - from_ms >= LEAST_ONLY_MS)
            side_spans_add (out, from_ms, to_ms);
          from_ms = -1;
        }
      if (only)
        {
          from_ms = from_ms < 0 ? at_ms : from_ms;
          to_ms = at_ms + SIDE_SPECTRUM_FRAME_MS;
        }
    }
  return out;
}

/* How alike two sides are where both recordings are, and by how much theirs is louder. */
static double
compare_sides (const Laying       *laying,
               const SideSpectrum *ours,
               const SideSpectrum *theirs,
               double             *level_db)
{
  g_autoptr (GArray) apart = g_array_new (FALSE, FALSE, sizeof (double));
  double sum = 0, xx = 0, yy = 0;

  for (gsize i = 0; i < ours->n; i++)
    {
      gssize at = laying->place[i];
      double db;

      if (at < 0)
        continue;
      for (int b = 0; b < SIDE_SPECTRUM_BANDS; b++)
        sum += (double) (ours->band[b][i] * theirs->band[b][at]);
      xx += ours->energy[i + 1] - ours->energy[i];
      yy += theirs->energy[at + 1] - theirs->energy[at];
      db = (double) (theirs->level[at] - ours->level[i]);
      if (ours->level[i] > ours->floor_db && theirs->level[at] > theirs->floor_db)
        g_array_append_val (apart, db);
    }
  *level_db = _side_likeness_middle (apart);
  return xx > 0 && yy > 0 ? sum / sqrt (xx * yy) : 0;
}

/* Which of their channels is which, and how loud. */
static void
compare_levels (SidePairing  *self,
                const Laying *laying,
                const Heard  *ours,
                const Heard  *theirs)
{
  double level[2][2], alike[2][2];

  if (ours->side[1] == NULL || theirs->side[1] == NULL)
    {
      compare_sides (laying, ours->both, theirs->both, &self->level_db[1]);
      return;
    }
  for (int i = 0; i < 2; i++)
    for (int k = 0; k < 2; k++)
      alike[i][k] = compare_sides (laying, ours->side[i], theirs->side[k], &level[i][k]);
  self->exchanged = alike[0][1] + alike[1][0] > alike[0][0] + alike[1][1];
  for (int i = 0; i < 2; i++)
    {
      int k = self->exchanged ? 1 - i : i;

      self->level_db[i] = alike[i][k] >= ALIKE ? level[i][k] : NAN;
    }
}

static void
judge (SidePairing  *self,
       const Laying *laying,
       const Heard  *ours,
       const Heard  *theirs)
{
  gsize our_heard = count (laying->our_state, laying->ours->n, FALSE);
  gsize their_heard = count (laying->their_state, laying->theirs->n, FALSE);
  gsize shared = count (laying->our_state, laying->ours->n, TRUE);

  if (shared == 0)
    return;
  self->likeness = CLAMP (laying->sum / sqrt (laying->our_squares * laying->their_squares), 0, 1);
  self->shared = MIN ((double) shared / (double) MAX (MIN (our_heard, their_heard), 1), 1);
  self->offset_ms = (gint64) g_array_index (laying->offsets, gssize, 0) * SIDE_SPECTRUM_FRAME_MS;
  self->same = self->shared >= LEAST_SHARED && self->likeness >= SIDE_LIKENESS_OTHER;
  compare_levels (self, laying, ours, theirs);
}

static SidePairing *
pair (const Heard *ours,
      const Heard *theirs)
{
  SidePairing *self = g_new0 (SidePairing, 1);
  Laying laying = { .ours = ours->both, .theirs = theirs->both };

  self->our_length_ms = ours->length_ms;
  self->their_length_ms = theirs->length_ms;
  self->level_db[0] = self->level_db[1] = NAN;
  laying.offsets = g_array_new (FALSE, FALSE, sizeof (gssize));
  laying.our_state = find_heard (laying.ours);
  laying.their_state = find_heard (laying.theirs);
  laying.place = g_new (gssize, laying.ours->n + 1);
  for (gsize i = 0; i < laying.ours->n; i++)
    laying.place[i] = -1;
  lay_all (&laying);
  judge (self, &laying, ours, theirs);
  self->only_ours = spans_of (laying.our_state, laying.ours->n);
  self->only_theirs = spans_of (laying.their_state, laying.theirs->n);
  g_array_unref (laying.offsets);
  g_free (laying.our_state);
  g_free (laying.their_state);
  g_free (laying.place);
  return self;
}

/**
 * side_pairing_free:
 * @self: (transfer full): what was compared
 */
void
side_pairing_free (SidePairing *self)
{
  g_array_unref (self->only_ours);
  g_array_unref (self->only_theirs);
  g_free (self);
}

static void
hear (const float *const  sides[2],
      gsize               n,
      guint               rate,
      Heard              *out)
{
  g_autoptr (Ear) ear = ear_new (rate, sides[1] != NULL);

  for (gsize i = 0; i < n; i += BLOCK)
    ear_feed (ear, sides[0] + i, sides[1] != NULL ? sides[1] + i : NULL, MIN (n - i, BLOCK));
  ear_end (ear, (gint64) (n * 1000 / rate), out);
}

/**
 * side_pairing_new:
 * @ours: our two channels: the caller, the far side (%NULL where there is one only)
 * @n_ours: samples of each
 * @theirs: their two channels: the caller, the operator (%NULL where there is one only)
 * @n_theirs: samples of each
 * @rate: of all, 4000..192000 Hz
 *
 * Takes some seconds for long recordings: for worker threads.
 *
 * Returns: (transfer full): what both have in common and what not
 */
SidePairing *
side_pairing_new (const float *const ours[2],
                  gsize              n_ours,
                  const float *const theirs[2],
                  gsize              n_theirs,
                  guint              rate)
{
  g_auto (Heard) left = { 0 };
  g_auto (Heard) right = { 0 };

  g_return_val_if_fail (ours != NULL && ours[0] != NULL && theirs != NULL && theirs[0] != NULL, NULL);
  g_return_val_if_fail (rate >= 4000 && rate <= 192000, NULL);
  hear (ours, n_ours, rate, &left);
  hear (theirs, n_theirs, rate, &right);
  return pair (&left, &right);
}

/* ---- of files ---- */

/* The first two channels; what a damaged file has instead of numbers is silence. */
static void
part_channels (float      *block,
               int         channels,
               sf_count_t  n,
               float      *first,
               float      *second)
{
  for (sf_count_t i = 0; i < n * channels; i++)
    if (!(block[i] > -8.0f && block[i] < 8.0f))
      block[i] = 0;
  for (sf_count_t i = 0; i < n; i++)
    {
      first[i] = block[i * channels];
      second[i] = channels > 1 ? block[i * channels + 1] : 0;
    }
}

static gboolean
hear_open (SNDFILE       *file,
           const SF_INFO *info,
           GCancellable  *cancellable,
           Heard         *out,
           GError       **error)
{
  g_autofree float *block = g_new (float, (gsize) BLOCK * (gsize) info->channels);
  g_autofree float *first = g_new (float, BLOCK);
  g_autofree float *second = g_new (float, BLOCK);
  g_autoptr (Ear) ear = ear_new ((guint) info->samplerate, info->channels > 1);
  gint64 frames = 0;
  sf_count_t n;

  while ((n = sf_readf_float (file, block, BLOCK)) > 0)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      part_channels (block, info->channels, n, first, second);
      ear_feed (ear, first, info->channels > 1 ? second : NULL, (gsize) n);
      frames += n;
      if (frames / info->samplerate <= SIDE_LIKENESS_MOST_S)
        continue;
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "the recording is too long to be compared");
      return FALSE;
    }
  if (frames == 0)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CORRUPT, "the recording holds no sound");
      return FALSE;
    }
  ear_end (ear, frames * 1000 / info->samplerate, out);
  return TRUE;
}

static gboolean
hear_file (const char    *path,
           GCancellable  *cancellable,
           Heard         *out,
           GError       **error)
{
  SF_INFO info = { 0 };
  SNDFILE *file = side_sound_file_open (path, &info, error);
  gboolean heard;

  if (file == NULL)
    return FALSE;
  heard = hear_open (file, &info, cancellable, out, error);
  sf_close (file);
  return heard;
}

/**
 * side_pairing_of_files:
 * @ours: our recording: caller left, far side right
 * @theirs: theirs: caller left, operator right, or one channel; of any rate and format
 * @cancellable: (nullable): stops the reading
 * @error: return location
 *
 * Reads both files whole: for worker threads.
 *
 * Returns: (transfer full): what both have in common and what not; %NULL with the errors
 *   of an unreadable file as side_analyse_file() has them, %SIDE_ERROR_TOO_LARGE
 *   for more than %SIDE_LIKENESS_MOST_S or %G_IO_ERROR_CANCELLED
 */
SidePairing *
side_pairing_of_files (const char    *ours,
                       const char    *theirs,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_auto (Heard) left = { 0 };
  g_auto (Heard) right = { 0 };

  g_return_val_if_fail (ours != NULL && theirs != NULL, NULL);
  if (!hear_file (ours, cancellable, &left, error) || !hear_file (theirs, cancellable, &right, error))
    return NULL;
  return pair (&left, &right);
}

typedef struct {
  char *ours, *theirs;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->ours);
  g_free (order->theirs);
  g_free (order);
}

static gpointer
order_work (gpointer          data,
            SideJobProgress   progress,
            gpointer          job,
            GCancellable     *cancellable,
            GError          **error)
{
  Order *order = data;

  return side_pairing_of_files (order->ours, order->theirs, cancellable, error);
}

/**
 * side_pairing_of_files_async:
 * @ours: our recording
 * @theirs: theirs
 * @cancellable: (nullable): stops the reading
 * @callback: called when done
 * @user_data: for @callback
 *
 * side_pairing_of_files() in a worker thread.
 */
void
side_pairing_of_files_async (const char          *ours,
                             const char          *theirs,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Order *order;

  g_return_if_fail (ours != NULL && theirs != NULL);
  order = g_new0 (Order, 1);
  order->ours = g_strdup (ours);
  order->theirs = g_strdup (theirs);
  side_job_run_async (order_work, order, order_free, (GDestroyNotify) side_pairing_free, NULL, NULL, cancellable, callback, user_data);
}

/**
 * side_pairing_of_files_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the pairing; errors as of side_pairing_of_files()
 */
SidePairing *
side_pairing_of_files_finish (GAsyncResult  *result,
                              GError       **error)
{
  return side_job_run_finish (result, error);
}
