/* side-player.h - plays a recording, each side at its own volume
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One recording at a time: play, pause, seek to the sample, half to four
 * times as fast at the same pitch, round and round in a span, silences left out. The left channel is the operator, the
 * right one the customer; a mono file is heard on both ears and follows the
 * operator's volume. Everything is asynchronous; what happened is told by the
 * properties "state" and "error". Lives on the main context it was made on.
 */
#pragma once

#include <gio/gio.h>

#include "side-analysis.h"

G_BEGIN_DECLS

#define SIDE_PLAYER_RATE_MIN 0.5
#define SIDE_PLAYER_RATE_MAX 4.0

/**
 * SidePlayerState:
 * @SIDE_PLAYER_EMPTY: nothing is open
 * @SIDE_PLAYER_LOADING: a file is being opened
 * @SIDE_PLAYER_PAUSED: ready, silent
 * @SIDE_PLAYER_PLAYING: heard
 * @SIDE_PLAYER_ENDED: at the end; play starts again from the beginning
 * @SIDE_PLAYER_FAILED: the file cannot be played; the error says why
 */
typedef enum {
  SIDE_PLAYER_EMPTY,
  SIDE_PLAYER_LOADING,
  SIDE_PLAYER_PAUSED,
  SIDE_PLAYER_PLAYING,
  SIDE_PLAYER_ENDED,
  SIDE_PLAYER_FAILED,
} SidePlayerState;

#define SIDE_TYPE_PLAYER_STATE (side_player_state_get_type ())
GType side_player_state_get_type (void);

/**
 * SidePlayerSide:
 * @SIDE_PLAYER_OPERATOR: the left channel, or the only one
 * @SIDE_PLAYER_CUSTOMER: the right channel
 */
typedef enum {
  SIDE_PLAYER_OPERATOR,
  SIDE_PLAYER_CUSTOMER,
} SidePlayerSide;

#define SIDE_TYPE_PLAYER (side_player_get_type ())
G_DECLARE_FINAL_TYPE (SidePlayer, side_player, SIDE, PLAYER, GObject)

/**
 * SidePlayerSinkFactory:
 * @data: what was given to side_player_new_with_sink()
 *
 * Returns: (transfer floating): a GstElement that takes raw audio, one for each opened file
 */
typedef gpointer (*SidePlayerSinkFactory) (gpointer data);

/* How long a silence must be to be left out, and what is left of it on either
 * side: a breath, so that turns do not run into each other. */
#define SIDE_PLAYER_SILENCE_MS 1500
#define SIDE_PLAYER_BREATH_MS  350

/* Signals: heard (gint64 from_ms, gint64 to_ms, double rate): that piece of the
 *   recording was played to somebody; told a few times a second while it goes on */
SidePlayer      *side_player_new             (void);
SidePlayer      *side_player_new_with_sink   (SidePlayerSinkFactory  factory,
                                              gpointer               data);

void             side_player_open            (SidePlayer            *self,
                                              const char            *path);
void             side_player_close           (SidePlayer            *self);
void             side_player_play            (SidePlayer            *self);
void             side_player_pause           (SidePlayer            *self);
void             side_player_seek            (SidePlayer            *self,
                                              gint64                 position_ms);
void             side_player_set_rate        (SidePlayer            *self,
                                              double                 rate);
double           side_player_get_rate        (SidePlayer            *self);
void             side_player_set_volume      (SidePlayer            *self,
                                              SidePlayerSide         side,
                                              double                 volume);
double           side_player_get_volume      (SidePlayer            *self,
                                              SidePlayerSide         side);
void             side_player_set_muted       (SidePlayer            *self,
                                              SidePlayerSide         side,
                                              gboolean               muted);
gboolean         side_player_get_muted       (SidePlayer            *self,
                                              SidePlayerSide         side);
void             side_player_set_solo        (SidePlayer            *self,
                                              SidePlayerSide         side,
                                              gboolean               solo);
gboolean         side_player_get_solo        (SidePlayer            *self,
                                              SidePlayerSide         side);
void             side_player_set_levels      (SidePlayer            *self,
                                              double                 operator_db,
                                              double                 customer_db);
void             side_player_set_turned      (SidePlayer            *self,
                                              gboolean               turned);
void             side_player_set_levelling   (SidePlayer            *self,
                                              gboolean               levelling);
gboolean         side_player_get_levelling   (SidePlayer            *self);
void             side_player_set_loop        (SidePlayer            *self,
                                              gint64                 from_ms,
                                              gint64                 to_ms);
gboolean         side_player_get_loop        (SidePlayer            *self,
                                              gint64                *from_ms,
                                              gint64                *to_ms);
void             side_player_set_silences    (SidePlayer            *self,
                                              const SideSpan        *spans,
                                              gsize                  n_spans);
void             side_player_set_skip_silence (SidePlayer           *self,
                                              gboolean               skip);
gboolean         side_player_get_skip_silence (SidePlayer           *self);
void             side_player_set_resume_back (SidePlayer            *self,
                                              guint                  ms);
void             side_player_set_output      (SidePlayer            *self,
                                              const char            *id);
const char      *side_player_get_output      (SidePlayer            *self);
SidePlayerState  side_player_get_state       (SidePlayer            *self);
const GError    *side_player_get_error       (SidePlayer            *self);
gint64           side_player_get_position_ms (SidePlayer            *self);
gint64           side_player_get_duration_ms (SidePlayer            *self);
guint            side_player_get_n_channels  (SidePlayer            *self);

G_END_DECLS
