/* side-sdp.h - descriptions of a call's sound
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bounded reader and a writer of the SDP we deal with: one audio stream, RFC
 * 4566/8866, 3264, 4568 (keys), 4733 (tones). No I/O. A description is a value
 * and never changes; other streams in it are kept only to be refused. More
 * than 16 KiB, a NUL or a line without "=" is INVALID.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A bit for each way, so that both ends' wishes can be put together by "and". */
typedef enum {
  SIDE_SDP_INACTIVE = 0,
  SIDE_SDP_SENDONLY = 1 << 0,
  SIDE_SDP_RECVONLY = 1 << 1,
  SIDE_SDP_SENDRECV = SIDE_SDP_SENDONLY | SIDE_SDP_RECVONLY,
} SideSdpDirection;

/**
 * SideSdpCodec:
 * @payload_type: 0 to 127
 * @name: as in rtpmap: "PCMA", "PCMU", "G722", "opus", "telephone-event"; compared without regard to case
 * @rate: as written there, the RTP clock: 8000 for G722, 48000 for Opus
 * @channels: as written there; 1 if not
 */
typedef struct {
  guint8 payload_type;
  char   name[32];
  guint  rate;
  guint  channels;
} SideSdpCodec;

#define SIDE_SDP_MAX_CODECS 32
/* AES_CM_128_HMAC_SHA1_80 and _32: 16 bytes of key, then 14 of salt. */
#define SIDE_SDP_KEY_BYTES  30

/* The keys of a stream with SRTP, each for what that side sends. */
typedef struct {
  char   suite[32];                       /* "" without encryption */
  guint8 ours[SIDE_SDP_KEY_BYTES];
  guint8 theirs[SIDE_SDP_KEY_BYTES];
} SideSdpKeys;

/**
 * SideSdpAgreed: what an offer and its answer come to, as our side sees it.
 * @codec: for speech, with the payload type we send it by
 * @receive_type: the payload type they send it by
 * @tones: telephone-event, with the payload type we send key presses by; its rate is 0 if there is none
 * @tones_receive_type: by which they send theirs
 * @direction: of ours: SENDONLY means that we send
 * @address: (nullable): where to send to; %NULL where they take nothing, and @direction is without sending
 * @ptime_ms: the length of a packet they wish for
 * @keys: of SRTP
 */
typedef struct {
  SideSdpCodec      codec;
  guint8            receive_type;
  SideSdpCodec      tones;
  guint8            tones_receive_type;
  SideSdpDirection  direction;
  GInetAddress     *address;
  guint16           rtp_port;
  guint16           rtcp_port;
  guint             ptime_ms;
  SideSdpKeys       keys;
} SideSdpAgreed;

#define SIDE_TYPE_SDP (side_sdp_get_type ())
typedef struct _SideSdp SideSdp;
GType             side_sdp_get_type      (void);

SideSdp          *side_sdp_new_offer     (GInetAddress *local, guint16 rtp_port, const SideSdpCodec *codecs, gsize n_codecs,
                                          const guint8 *srtp_key, gsize key_length);
const SideSdpCodec *side_sdp_usual_codecs (gboolean opus, gboolean g722, gsize *n_codecs);
SideSdp          *side_sdp_parse         (const char *text, gssize length, GError **error);
SideSdp          *side_sdp_answer        (SideSdp *ours, SideSdp *theirs, GError **error);
SideSdp          *side_sdp_reoffer       (SideSdp *ours, SideSdpDirection direction);
gboolean          side_sdp_agree         (SideSdp *ours, SideSdp *theirs, gboolean we_offered, SideSdpAgreed *agreed, GError **error);
void              side_sdp_agreed_clear  (SideSdpAgreed *agreed);
SideSdp          *side_sdp_ref           (SideSdp *self);
void              side_sdp_unref         (SideSdp *self);
/* The text holds the key where there is one: never log it, see side_sdp_to_redacted_string() */
char             *side_sdp_to_string     (SideSdp *self);
char             *side_sdp_to_redacted_string (SideSdp *self);

GInetAddress     *side_sdp_get_address   (SideSdp *self);      /* nullable: 0.0.0.0, :: or a name */
guint16           side_sdp_get_rtp_port  (SideSdp *self);      /* 0: refused, or no sound in it */
guint16           side_sdp_get_rtcp_port (SideSdp *self);      /* also where a=rtcp says so; 0: none */
SideSdpDirection  side_sdp_get_direction (SideSdp *self);
gboolean          side_sdp_get_encrypted (SideSdp *self);
const SideSdpCodec *side_sdp_get_codec   (SideSdp *self);      /* the first for speech; nullable */
const SideSdpCodec *side_sdp_get_tones   (SideSdp *self);      /* telephone-event of its rate, else the first; nullable */
guint             side_sdp_get_ptime_ms  (SideSdp *self);      /* 10 to 120; 20 where none is asked for */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSdp, side_sdp_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SideSdpAgreed, side_sdp_agreed_clear)

G_END_DECLS
