/* side-player-private.h - what a player keeps
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * side-player.c holds the states, side-player-volume.c the volumes,
 * side-player-route.c what is left out, gone round in, and was heard.
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
  char                  *output;         /* nullable: id of the device to play on */
  SideGains             *gains;
  SideRoute             *route;
  double                 volume[2];
  gboolean               muted[2];
  gboolean               solo[2];
  double                 level_db[2];    /* what brings a side to the common level */
  gboolean               levelling;
  gboolean               turned;         /* the customer is on the left */
  double                 rate;
  SideSpan               loop;           /* to_ms 0: none */
  GArray                *silences;       /* of SideSpan */
  gboolean               skip_silence;
  guint                  resume_back_ms;

  char                  *path;
  GCancellable          *opening;        /* set from open until closed */
  SidePipe              *pipe;
  GstBus                *bus;
  guint                  tick;

  SidePlayerState        state;
  GError                *error;
  gboolean               want_playing;   /* what to do once loaded */
  gint64                 waits_us;       /* since when the device is kept waiting from its beginning, monotonic; 0: it is not */
  gint64                 begun_us;       /* when it played first, monotonic */
  gint64                 paused_at_ms;   /* where the person paused; -1: somewhere else since */
  gint64                 heard_ms;       /* up to where the last piece was heard; -1: none goes on */
  gint64                 heard_us;       /* and when that was, monotonic */
  gint64                 position_ms;    /* shown; the target while a seek is under way */
  gboolean               seeking;        /* from a seek until it has prerolled */
  gboolean               seek_again;     /* position or rate changed meanwhile */
};

void _side_player_break_heard (SidePlayer *self);
void _side_player_note_heard  (SidePlayer *self);
void _side_player_reopen      (SidePlayer *self);

G_END_DECLS
