/* side-phone-wire.h - the two sockets of a call and what goes through them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Outlives the pipelines of a call, of which there is another with each codec
 * or key. Its functions are called from their streaming threads, for every
 * packet, and from the main context.
 */
#pragma once

#include <gst/gst.h>

#include "side-phone-media.h"
#include "side-phone-rtp.h"

G_BEGIN_DECLS

guint          side_phone_packet_ms        (const SideSdpAgreed *agreed);

typedef struct _SidePhoneWire SidePhoneWire;

/* In a streaming thread. */
typedef void (*SidePhoneKeyCame) (char digit, gint64 at_us, gpointer data);

SidePhoneWire *side_phone_wire_new         (GInetAddress *local, SidePhoneKeyCame key, gpointer data, GError **error);
void           side_phone_wire_free        (SidePhoneWire *self);
GSocket       *side_phone_wire_get_socket  (SidePhoneWire *self, gboolean rtcp);
guint16        side_phone_wire_get_port    (SidePhoneWire *self, gboolean rtcp);
void           side_phone_wire_agree       (SidePhoneWire *self, const SideSdpAgreed *agreed);
gboolean       side_phone_wire_takes       (SidePhoneWire *self, guint payload_type);
guint32        side_phone_wire_get_rollover (SidePhoneWire *self, guint32 ssrc);
gboolean      *side_phone_wire_get_sending (SidePhoneWire *self);
gboolean       side_phone_wire_press       (SidePhoneWire *self, const char *digits, guint ms);
void           side_phone_wire_get_stats   (SidePhoneWire *self, SidePhoneStats *stats);

/* For the pipeline's pads. */
GstPadProbeReturn side_phone_wire_leave    (GstPad *pad, GstPadProbeInfo *info, gpointer self);
GstPadProbeReturn side_phone_wire_arrive   (GstPad *pad, GstPadProbeInfo *info, gpointer self);
GstPadProbeReturn side_phone_wire_enter    (GstPad *pad, GstPadProbeInfo *info, gpointer self);
GstPadProbeReturn side_phone_wire_sort     (GstPad *pad, GstPadProbeInfo *info, gpointer self);
GstPadProbeReturn side_phone_wire_report   (GstPad *pad, GstPadProbeInfo *info, gpointer self);
void              side_phone_wire_send_rtp (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer self);
void              side_phone_wire_send_rtcp (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer self);

G_END_DECLS
