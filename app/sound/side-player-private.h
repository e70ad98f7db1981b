/* side-player-private.h - what a player keeps
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * side-player.c holds the states, side-player-volume.c the volumes.
 */
#pragma once

#include "side-player.h"
#include "side-player-pipe.h"

G_BEGIN_DECLS

struct _SidePlayer
{
  GObject                parent_instance;

  SidePlayerSinkFactory  factory;        /* NULL for the desktop's audio output */
  gpointer               factory_data;
  SideGains             *gains;
  double                 volume[2];
  gboolean               muted[2];
  double                 rate;

  char                  *path;
  GCancellable          *opening;        /* set from open until closed */
  SidePipe              *pipe;
  GstBus                *bus;
  guint                  tick;

  SidePlayerState        state;
  GError                *error;
  gboolean               want_playing;   /* what to do once loaded */
  gint64                 position_ms;    /* shown; the target while a seek is under way */
  gboolean               seeking;        /* from a seek until it has prerolled */
  gboolean               seek_again;     /* position or rate changed meanwhile */
};

G_END_DECLS
