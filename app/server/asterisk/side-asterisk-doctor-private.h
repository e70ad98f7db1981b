/* side-asterisk-doctor-private.h - what the doctor saw, and what it makes of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-asterisk-doctor.h"

G_BEGIN_DECLS

/* Collected over the manager's line; %NULL or 0 where it was not to be had. */
typedef struct {
  const SideAsteriskSettings *settings;
  GError         *login_error;     /* nullable: let in */
  char           *banner;
  SideAmiMessage *commands;        /* ListCommands: what the user may do */
  SideAmiMessage *version;         /* CoreSettings */
  gint64          clock_off_ms;    /* the PBX's clock less ours */
  gboolean        clock_known;
  GPtrArray      *queues;          /* of SideAmiMessage: the answer to QueueStatus */
  gboolean        queues_known;
  GPtrArray      *dialplan;        /* of SideAmiMessage: the answer to ShowDialPlan */
  gboolean        dialplan_known;
  guint           n_events;        /* while listening */
  guint           n_timestamps;
  guint           n_channels;      /* events about a channel */
  guint           n_filenames;     /* of these, with MIXMONITOR_FILENAME */
  GHashTable     *events;          /* their names */
} DoctorNotes;

void       side_doctor_judge_line  (const DoctorNotes *notes, GPtrArray *findings);
void       side_doctor_judge_files (const DoctorNotes *notes, GPtrArray *findings);
GPtrArray *side_findings_new       (void);
void       side_findings_add       (GPtrArray *findings, SideFindingState state, const char *id, const char *why,
                                    const char *line, const char *format, ...) G_GNUC_PRINTF (6, 7);

G_END_DECLS
