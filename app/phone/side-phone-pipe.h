/* side-phone-pipe.h - the pipeline of one agreement
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * From what we say to packets and from packets to the tape, for one codec and
 * one pair of keys. Another agreement, another pipeline on the same sockets and
 * the same time line.
 */
#pragma once

#include <gst/gst.h>

#include "side-phone-feed.h"
#include "side-phone-tape.h"
#include "side-phone-wire.h"

G_BEGIN_DECLS

typedef struct _SidePhonePipe SidePhonePipe;

/* In a streaming thread: samples of the far side as they are put on the tape. */
typedef void (*SidePhoneHeard) (GstClockTime at, const gint16 *samples, gsize n, gpointer data);

SidePhonePipe *side_phone_pipe_new       (const SideSdpAgreed *agreed, SidePhoneWire *wire, SidePhoneFeed *feed, SidePhoneTape *tape,
                                          GstClockTime start, SidePhoneHeard heard, gpointer data, GError **error);
gboolean       side_phone_pipe_start     (SidePhonePipe *self, GError **error);
void           side_phone_pipe_stop      (SidePhonePipe *self);
void           side_phone_pipe_free      (SidePhonePipe *self);
GstBus        *side_phone_pipe_get_bus   (SidePhonePipe *self);
void           side_phone_pipe_get_stats (SidePhonePipe *self, SidePhoneStats *stats);
gboolean       side_phone_pipe_does      (SidePhonePipe *self, const SideSdpAgreed *agreed);

G_END_DECLS
