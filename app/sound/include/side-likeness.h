/* side-likeness.h - one sound found again in another
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same recording is told again behind another coding, sampling rate, level
 * and equalisation. The same words by another voice are another sound. How it
 * is told: docs/metrics.md, "Likeness of two recordings".
 */
#pragma once

#include <gio/gio.h>

#include "side-analysis.h"

G_BEGIN_DECLS

/* From here it is the same recording; below SIDE_LIKENESS_OTHER it is another
 * one; between the two it cannot be said. */
#define SIDE_LIKENESS_SAME  0.80
#define SIDE_LIKENESS_OTHER 0.60

/* Longer recordings are not compared, in seconds. */
#define SIDE_LIKENESS_MOST_S (3 * 60 * 60)

/**
 * SideLikeness: where a reference was found best in a sound.
 * @likeness: 0 nothing in common .. 1 the same; of the part that lies in the sound
 * @offset_ms: where the beginning of the reference lies in the sound; negative
 *   where it begins before the sound does
 * @covered: 0.5..1: how much of what is heard in the reference lies in the sound
 *   at all: less than 1 where the sound begins or ends in its middle
 * @level_db: how much louder (above 0) or softer it is there than in the reference
 */
typedef struct {
  double likeness;
  gint64 offset_ms;
  double covered;
  double level_db;
} SideLikeness;

/**
 * SidePairing: two recordings of the same call against each other.
 * @same: whether they hold the same sound at all; the rest but the lengths and
 *   @likeness means nothing without it
 * @exchanged: their two channels are the other way round: as it should be where ours has the
 *   caller on the left and theirs the operator
 * @likeness: 0..1: of what they have in common, as in #SideLikeness
 * @shared: 0..1: how much of the time something is heard in the one where less is
 *   heard, the other one holds too
 * @offset_ms: where the beginning of theirs lies in ours; negative where theirs
 *   began earlier
 * @our_length_ms: how long ours is
 * @their_length_ms: how long theirs is
 * @level_db: theirs against ours: of the caller, of the far side; NaN where
 *   that side is not heard in both
 * @only_ours: (element-type SideSpan): on the time of ours: what is heard there and
 *   theirs lacks
 * @only_theirs: (element-type SideSpan): on the time of theirs: what is heard
 *   there and ours lacks
 */
typedef struct {
  gboolean same;
  gboolean exchanged;
  double   likeness;
  double   shared;
  gint64   offset_ms;
  gint64   our_length_ms;
  gint64   their_length_ms;
  double   level_db[2];
  GArray  *only_ours;
  GArray  *only_theirs;
} SidePairing;

gboolean side_likeness_find (const float *reference, gsize n_reference,
                             const float *sound, gsize n_sound,
                             guint rate, SideLikeness *out);

SidePairing *side_pairing_new  (const float *const ours[2], gsize n_ours,
                                const float *const theirs[2], gsize n_theirs, guint rate);
void         side_pairing_free (SidePairing *self);

SidePairing *side_pairing_of_files        (const char *ours, const char *theirs, GCancellable *cancellable, GError **error);
void         side_pairing_of_files_async  (const char *ours, const char *theirs, GCancellable *cancellable,
                                           GAsyncReadyCallback callback, gpointer user_data);
SidePairing *side_pairing_of_files_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePairing, side_pairing_free)

G_END_DECLS
