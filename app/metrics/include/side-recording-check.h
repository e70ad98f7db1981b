/* side-recording-check.h - whether recordings are there, whole, and of both sides
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions over a call, its events and the figures of its recording.
 * Instants are ms since 1970 UTC, spans ms from the beginning of the recording.
 */
#pragma once

#include "side-call.h"
#include "side-event.h"
#include "side-sound-figures.h"

G_BEGIN_DECLS

/**
 * SideRecordingFault: what is amiss with one call's recording.
 * @SIDE_RECORDING_MISSING: answered, and there is no recording
 * @SIDE_RECORDING_UNPLAYABLE: there is a file that cannot be played
 * @SIDE_RECORDING_LENGTH: shorter than the talk, or longer than the call
 * @SIDE_RECORDING_ONE_SIDED: one side is silent
 */
typedef enum {
  SIDE_RECORDING_MISSING    = 1 << 0,
  SIDE_RECORDING_UNPLAYABLE = 1 << 1,
  SIDE_RECORDING_LENGTH     = 1 << 2,
  SIDE_RECORDING_ONE_SIDED  = 1 << 3,
} SideRecordingFault;

#define SIDE_RECORDING_N_FAULTS 4

/* How long after the end of a call its recording may still be on its way. */
#define SIDE_RECORDING_GRACE_MS (5 * 60 * G_GINT64_CONSTANT (1000))

/* How much a recording may differ from the call, and 1 % of the call with it. */
#define SIDE_RECORDING_TOLERANCE_MS G_GINT64_CONSTANT (3000)

/**
 * SideRecordingTotals: what a check has looked at.
 * @calls: calls that have ended
 * @answered: of them answered
 * @recorded: of the answered ones with a recording
 * @analysed: of those, listened to; of the others it is not known whether they
 *   can be played and whether a side is silent
 * @faults: how often each fault was found, by its bit's number
 * @amiss: calls with any
 */
typedef struct {
  guint calls;
  guint answered;
  guint recorded;
  guint analysed;
  guint faults[SIDE_RECORDING_N_FAULTS];
  guint amiss;
} SideRecordingTotals;

guint  side_recording_check (const SideCall         *call,
                             const SideSoundFigures *figures,
                             gint64                  now_ms,
                             SideRecordingTotals    *totals);

/**
 * SideRecordingSpans: what a call's events say of its recording.
 * @holds: (element-type SideSpan): on hold, in order
 * @payments: (element-type SideSpan): the caller pays, in order
 * @masked: (element-type SideSpan): both together, in order and apart
 * @answered_ms: when the operator came on; 0 when it is not known
 */
typedef struct {
  GArray *holds;
  GArray *payments;
  GArray *masked;
  gint64  answered_ms;
} SideRecordingSpans;

SideRecordingSpans *side_recording_spans_new  (const SideCall     *call,
                                               GPtrArray          *events);
void                side_recording_spans_free (SideRecordingSpans *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideRecordingSpans, side_recording_spans_free)

G_END_DECLS
