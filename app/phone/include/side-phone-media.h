/* side-phone-media.h - the sound of one test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Owns the ports, sends what we say, takes what the far side sends, records
 * both and tells what is heard. It knows no SIP: whoever signals asks for the
 * ports, makes an offer of them, and hands on what the two ends agreed, as
 * often as they agree anew. Main context only; sound runs in threads of its own.
 *
 * What we say is silence until something else is asked for, so that routers
 * and the far side know from the start where we are. While a clip plays the
 * microphone is not heard.
 */
#pragma once

#include <gio/gio.h>

#include "side-peaks.h"
#include "side-phone-ear.h"
#include "side-sdp.h"

G_BEGIN_DECLS

/* Of recordings, clips and all sound in between: what Opus and G.722 carry of a
 * voice, and twice what G.711 does. */
#define SIDE_PHONE_RATE 16000

typedef enum {
  SIDE_PHONE_OURS,
  SIDE_PHONE_THEIRS,
} SidePhoneSide;

/**
 * SidePhonePart: what can fail while the call goes on.
 * @SIDE_PHONE_RECORDING: nothing more is recorded; what there is is kept
 * @SIDE_PHONE_MICROPHONE: silence is sent instead
 * @SIDE_PHONE_LOUDSPEAKER: the far side is recorded, but not heard
 * @SIDE_PHONE_KEYS: what comes cannot be decrypted: another key, or no encryption
 * @SIDE_PHONE_STREAM: sending or receiving broke
 */
typedef enum {
  SIDE_PHONE_RECORDING,
  SIDE_PHONE_MICROPHONE,
  SIDE_PHONE_LOUDSPEAKER,
  SIDE_PHONE_KEYS,
  SIDE_PHONE_STREAM,
} SidePhonePart;

#define SIDE_TYPE_PHONE_SIDE (side_phone_side_get_type ())
#define SIDE_TYPE_PHONE_PART (side_phone_part_get_type ())
GType side_phone_side_get_type (void);
GType side_phone_part_get_type (void);

/* After so long without a packet where there should be some, the line is silent. */
#define SIDE_PHONE_SILENT_MS 5000

/**
 * SidePhoneStats: the quality of the line. Instants are ms since 1970.
 * @codec: name and rate as in rtpmap; empty before anything was agreed
 * @sent: RTP packets of ours
 * @received: theirs, copies not counted
 * @lost: that they sent and that did not come
 * @late: that came too late to be heard
 * @refused: that could not be decrypted, or came from strangers
 * @jitter_ms: RFC 3550
 * @round_trip_ms: from their RTCP reports; NaN without one
 * @buffer_ms: how long packets are held back for those that overtook them
 * @first_packet_ms: of theirs; 0 before it
 * @last_packet_age_ms: since their last one, or since they might have begun; -1
 *   while they are not to send
 * @silent: nothing came for SIDE_PHONE_SILENT_MS though it should
 * @slips: packets of ours that left more than 20 ms late, since the machine was busy
 */
typedef struct {
  char     codec[40];
  guint64  sent;
  guint64  received;
  guint64  lost;
  guint64  late;
  guint64  refused;
  double   jitter_ms;
  double   round_trip_ms;
  guint    buffer_ms;
  gint64   first_packet_ms;
  gint64   last_packet_age_ms;
  gboolean silent;
  gboolean encrypted;
  guint64  slips;
} SidePhoneStats;

#define SIDE_TYPE_CALL_MEDIA (side_call_media_get_type ())
G_DECLARE_FINAL_TYPE (SideCallMedia, side_call_media, SIDE, CALL_MEDIA, GObject)

/* Signals:
 *   ::levels ()                              20 times a second: there are new peaks
 *   ::stats ()                               once a second
 *   ::heard ()                               what is heard has changed
 *   ::key (char digit, gint64 at_ms)         the far side pressed a key
 *   ::said (guint clip)                      a clip has been said to its end
 *   ::failed (SidePhonePart part, GError *)  the call goes on without it; once for each
 */

void             side_call_media_prepare        (void);
SideCallMedia   *side_call_media_new            (GInetAddress *local, GError **error);
guint16          side_call_media_get_rtp_port   (SideCallMedia *self);
guint16          side_call_media_get_rtcp_port  (SideCallMedia *self);
gboolean         side_call_media_has_g722       (void);

gboolean         side_call_media_record         (SideCallMedia *self, const char *path, GError **error);
gboolean         side_call_media_agree          (SideCallMedia *self, const SideSdpAgreed *agreed, GError **error);
gint64           side_call_media_get_start_ms   (SideCallMedia *self);

void             side_call_media_set_microphone (SideCallMedia *self, gboolean on, const char *device);
void             side_call_media_set_loudspeaker (SideCallMedia *self, gboolean on, const char *device);
void             side_call_media_set_volume     (SideCallMedia *self, double volume);
void             side_call_media_set_muted      (SideCallMedia *self, gboolean muted);
guint            side_call_media_say            (SideCallMedia *self, GBytes *clip);
void             side_call_media_hush           (SideCallMedia *self);
gboolean         side_call_media_press          (SideCallMedia *self, const char *digits, guint ms, GError **error);

void             side_call_media_get_stats      (SideCallMedia *self, SidePhoneStats *stats);
guint            side_call_media_get_n_cells    (SideCallMedia *self);
guint            side_call_media_get_cells      (SideCallMedia *self, SidePhoneSide side, guint from, guint n, SidePeak *out);
GArray          *side_call_media_get_heard      (SideCallMedia *self);
void             side_call_media_answered       (SideCallMedia *self, gint64 at_ms);

void             side_call_media_stop_async     (SideCallMedia *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean         side_call_media_stop_finish    (SideCallMedia *self, GAsyncResult *result, GError **error);

G_END_DECLS
