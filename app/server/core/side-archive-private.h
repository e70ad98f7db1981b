/* side-archive-private.h - the archive's insides, for its source files
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-archive.h"

G_BEGIN_DECLS

struct _SideArchive
{
  GObject           parent_instance;
  SideArchiveStore *store;
  GThreadPool      *readers;
  GMainContext     *context;

  GMutex            lock;
  GCond             changed;
  GCond             taken;        /* the writer took a batch, or has failed */
  GQueue            pending;      /* of Entry */
  gint64            first_us;     /* when the oldest of them came */
  guint             n_awaited;    /* of them, how many have a task */
  gboolean          closing;
  gboolean          closed;
  gboolean          failed;
  gboolean          writing;      /* a batch was taken and is not in the database yet */
  GError           *held;         /* nullable: why nothing can be written for now */
  gint64            held_us;      /* when it was tried last */
  guint             n_lost;       /* at the end: could not be written */
  guint             n_dropped;    /* since the start: there was no room to keep them in memory */
  GTask            *close_task;

  guint             attempts;
  guint             first_pause_ms;
};

void _side_archive_run_question (gpointer task, gpointer user_data);

G_END_DECLS
