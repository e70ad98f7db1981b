/* side-sdp-private.h - what a description is inside
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For the reader, the writer and the negotiation; nobody else.
 */
#pragma once

#include "side-sdp.h"

G_BEGIN_DECLS

#define SDP_MAX_STREAMS 8
#define SDP_MAX_CRYPTOS 8
#define SDP_MAX_TOKEN   64

/* A line "a=crypto" we can follow (RFC 4568). */
typedef struct {
  guint  tag;
  char   suite[32];
  guint8 key[SIDE_SDP_KEY_BYTES];
} SdpCrypto;

/* A line "m=" and what follows it. */
typedef struct {
  char              media[SDP_MAX_TOKEN];       /* "audio" */
  char              protocol[SDP_MAX_TOKEN];    /* "RTP/AVP" */
  char              format[SDP_MAX_TOKEN];      /* the first, for a stream that is refused */
  gboolean          sound;                      /* audio by one of the protocols we know */
  gboolean          encrypted;
  guint16           rtp_port;
  guint16           rtcp_port;
  char              connection[SDP_MAX_TOKEN];  /* the address as written; "" for none */
  SideSdpDirection  direction;
  guint             ptime_ms;                   /* 0: not said */
  SideSdpCodec      codecs[SIDE_SDP_MAX_CODECS];
  gsize             n_codecs;
  SdpCrypto         cryptos[SDP_MAX_CRYPTOS];
  gsize             n_cryptos;
} SdpStream;

struct _SideSdp
{
  gatomicrefcount   n_refs;
  guint64           session;                    /* of ours: o= */
  guint64           version;
  SdpStream        *streams;                    /* SDP_MAX_STREAMS of them */
  gsize             n_streams;
  SdpStream        *sound;                      /* nullable: the one of them that counts */
  GInetAddress     *address;                    /* nullable: of that one */

  /* Of ours alone: what we can and want, beside what stands in this one. */
  SideSdpDirection  wish;
  SideSdpCodec      able[SIDE_SDP_MAX_CODECS];
  gsize             n_able;
  gboolean          has_key;
  guint8            key[SIDE_SDP_KEY_BYTES];
};

SideSdp             *_side_sdp_new            (void);
SideSdp             *_side_sdp_copy           (const SideSdp *self);
void                 _side_sdp_choose         (SideSdp *self, SdpStream *sound);
gboolean             _side_sdp_codec_is_tones (const SideSdpCodec *codec);
gboolean             _side_sdp_codec_equal    (const SideSdpCodec *a, const SideSdpCodec *b);
const SideSdpCodec  *_side_sdp_find_tones     (const SdpStream *stream, guint rate);

G_END_DECLS
