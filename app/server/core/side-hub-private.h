/* side-hub-private.h - the hub's insides, for its source files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-hub.h"

G_BEGIN_DECLS

struct _SideHub
{
  GObject              parent_instance;
  SideClock           *clock;
  SideArchive         *archive;
  SideRecordingKeeper *keeper;
  SideBoard           *board;
  GPtrArray           *projects;    /* of SideProject */
  GHashTable          *aliases;     /* nullable */
  GPtrArray           *sources;     /* of SideSource */
  GCancellable        *cancellable;
  guint64              next_seq;
  guint64              first_seq;
  char                *epoch;       /* nullable: of the archive */
  GHashTable          *doubts;      /* interned id of a project -> what of it is from before and not confirmed */
  guint                beat;        /* timer */
  gboolean             stopped;
};

/* What was going on before a restart. */
GHashTable *_side_hub_doubts_new (void);
void        _side_hub_doubt      (SideHub *self);
void        _side_hub_heed       (SideHub *self, const SideEvent *event);

void  _side_hub_claim_cb  (SideSource *source, const char *project, const char *call, const char *test, SideHub *self);
void _side_hub_recording_cb (SideSource *source, const char *project, const char *call, const char *path, int channels_hint, SideHub *self);

G_END_DECLS
