/* side-asterisk-doctor.h - says what an Asterisk still needs for Sidetone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-asterisk-settings.h"

G_BEGIN_DECLS

/**
 * SideFindingState:
 * @SIDE_FINDING_OK: as it should be
 * @SIDE_FINDING_WARNING: works, with something less
 * @SIDE_FINDING_MISSING: does not work without it
 * @SIDE_FINDING_UNKNOWN: cannot be seen with this manager user, or not now
 */
typedef enum {
  SIDE_FINDING_OK,
  SIDE_FINDING_WARNING,
  SIDE_FINDING_MISSING,
  SIDE_FINDING_UNKNOWN,
} SideFindingState;

/**
 * SideFinding: one thing the doctor looked at.
 * @id: short word that stays the same: "login", "queue:sales", "filter"
 * @what: what was found
 * @why: what it is for
 * @line: (nullable): the exact line to add, and where
 */
typedef struct {
  SideFindingState  state;
  char             *id;
  char             *what;
  char             *why;
  char             *line;
} SideFinding;

void        side_asterisk_doctor_async     (const SideAsteriskSettings *settings, guint listen_ms,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GPtrArray  *side_asterisk_doctor_finish    (GAsyncResult *result, GError **error);

const char *side_finding_state_to_string   (SideFindingState state);
gboolean    side_findings_are_fine         (GPtrArray *findings);
void        side_findings_compare          (GPtrArray *const *findings, gsize n);

G_END_DECLS
