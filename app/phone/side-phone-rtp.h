/* side-phone-rtp.h - what is told from RTP packets alone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure, without I/O or clock: how many packets were lost and how unevenly they
 * came, from where they may be taken, and key presses as RFC 4733 has them.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * SideRtpTally: RFC 3550, over all sources one after the other.
 * @received: different packets
 * @lost: that were sent before the last one and did not come
 * @jitter_ms: as in A.8
 */
typedef struct {
  guint64  received;
  guint64  lost;
  double   jitter_ms;
  guint32  ssrc;
  gboolean started;
  guint64  first, last;      /* of this source, extended sequence numbers */
  guint64  here;             /* different packets of this source */
  guint64  lost_before;      /* of those before it */
  guint64  seen;             /* a bit for each of the 64 up to the last */
  gint64   transit_ns;
  gboolean timed;
} SideRtpTally;

gboolean side_rtp_tally_take (SideRtpTally *self, guint32 ssrc, guint16 seq);
guint32  side_rtp_tally_get_rollover (const SideRtpTally *self, guint32 ssrc);
void     side_rtp_tally_time (SideRtpTally *self, guint32 timestamp, guint clock_rate, gint64 arrival_ns);

/**
 * SideRtpLatch: where the far side's packets really come from. Behind a router
 * that is not what it said, and we send there what it is to hear.
 * @agreed: (nullable): where it said
 * @source: (nullable): where they do come from; we send there
 */
typedef struct {
  GInetSocketAddress *agreed;
  GInetSocketAddress *source;
  GInetSocketAddress *candidate;
  guint32             ssrc;
  guint16             next;
  guint               run;
  gint64              last_us;
} SideRtpLatch;

typedef enum {
  SIDE_RTP_LATCH_DROP,       /* a stranger's */
  SIDE_RTP_LATCH_TAKE,
  SIDE_RTP_LATCH_MOVED,      /* taken, and from now on @source is another */
} SideRtpLatchResult;

void               side_rtp_latch_agree (SideRtpLatch *self, GInetAddress *address, guint16 port);
SideRtpLatchResult side_rtp_latch_take  (SideRtpLatch *self, GInetSocketAddress *from, guint32 ssrc, guint16 seq,
                                         gboolean authentic, gint64 now_us);
void               side_rtp_latch_clear (SideRtpLatch *self);

#define SIDE_KEY_EVENT_BYTES 4

/* Keys to be sent: each takes the place of the packets of sound it lasts for. */
typedef struct _SideKeyWriter SideKeyWriter;

SideKeyWriter *side_key_writer_new   (void);
void           side_key_writer_free  (SideKeyWriter *self);
void           side_key_writer_add   (SideKeyWriter *self, char digit, guint ms);
gboolean       side_key_writer_take  (SideKeyWriter *self, guint32 *timestamp, guint packet_ms, guint rate,
                                      gboolean *first, guint8 payload[SIDE_KEY_EVENT_BYTES]);
guint          side_key_writer_get_waiting (const SideKeyWriter *self);

/* Keys that come in. */
typedef struct {
  gboolean started;
  guint8   event;
  guint32  timestamp;
  guint    duration;
  gboolean ended;
} SideKeyReader;

char           side_key_reader_take  (SideKeyReader *self, const guint8 *payload, gsize len, guint32 timestamp);
int            side_key_event_of     (char digit);

G_END_DECLS
