/* side-player-pipe.h - the GStreamer pipeline of one opened recording
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opening (which may wait for a disk or a sound server) happens in a worker;
 * what comes of it is put together here. SidePlayer decides when it plays.
 */
#pragma once

#include <gst/gst.h>

#include "side-player.h"
#include "side-route.h"

G_BEGIN_DECLS

/* The volume of both sides, shared by the player and its streaming thread. */
typedef struct _SideGains SideGains;

SideGains *side_gains_new (void);
SideGains *side_gains_ref (SideGains *self);
void       side_gains_unref (SideGains *self);
void       side_gains_set (SideGains *self, guint side, float gain);
gboolean   side_gains_are_audible (SideGains *self, guint n_channels);

/**
 * SidePipe:
 * @pipeline: the whole, in NULL state; parent of the others
 * @sink: the last element
 * @duration_ms: as the file says
 * @n_channels: 1 or 2
 * @silent_reason: (nullable): why nothing will be heard, when there is no audio device
 */
typedef struct {
  GstElement *pipeline;
  GstElement *sink;
  gint64      duration_ms;
  guint       n_channels;
  GError     *silent_reason;
} SidePipe;

void      side_pipe_free        (SidePipe               *self);
void      side_pipe_open_async  (const char             *path,
                                 SidePlayerSinkFactory   factory,
                                 gpointer                factory_data,
                                 const char             *output,
                                 const GError           *silent_reason,
                                 SideGains              *gains,
                                 SideRoute              *route,
                                 GCancellable           *cancellable,
                                 GAsyncReadyCallback     callback,
                                 gpointer                user_data);
SidePipe *side_pipe_open_finish (GAsyncResult           *result,
                                 GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SidePipe, side_pipe_free)

G_END_DECLS
