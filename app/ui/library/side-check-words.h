/* side-check-words.h - what is amiss with a recording, in words and in a table
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-project.h"
#include "side-recording-check.h"
#include "side-wire-http.h"

G_BEGIN_DECLS

/**
 * SideCheckFinding: a call whose recording is amiss.
 * @faults: set of SideRecordingFault
 * @recording_ms: how long the recording is, as far as known
 * @silent: which side is silent, a channel
 */
typedef struct {
  SideCall *call;
  guint     faults;
  gint64    recording_ms;
  int       silent;
} SideCheckFinding;

SideCheckFinding *side_check_finding_new    (const SideCall         *call,
                                             const SideSoundFigures *figures,
                                             guint                   faults);
void              side_check_finding_free   (SideCheckFinding       *self);

char             *side_check_words_faults   (const SideCheckFinding *finding);
char             *side_check_words_totals   (const SideRecordingTotals *totals);
char             *side_check_words_files    (const SideUnmatched    *unmatched);
char             *side_check_words_file_name (const char            *name,
                                             gboolean                masked);
char             *side_check_words_csv      (GPtrArray              *findings,
                                             const SideUnmatched    *unmatched,
                                             const SideProject      *project,
                                             gboolean                masked);

G_END_DECLS
