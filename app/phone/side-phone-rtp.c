/* side-phone-rtp.c - what is told from RTP packets alone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-phone-rtp.h"

#include <math.h>
#include <string.h>

/* How many packets in a row, from one place, make a stranger the far side: as
 * RFC 3550 A.1 has it, and a little more since nothing else speaks for it. */
#define LATCH_RUN     4
/* The one we know keeps its place as long as it is heard. */
#define LATCH_IDLE_US G_USEC_PER_SEC

#define KEY_DIGITS    "0123456789*#ABCD"
#define KEY_GAP_MS    60
#define KEY_ENDS      3
#define KEY_VOLUME    10      /* -10 dBm0 */
#define KEY_LONGEST   0xFFFF

/* RFC 3550 A.1: a jump further than that is another beginning. */
#define MAX_DROPOUT   3000
#define MAX_DISORDER  100

static void
start_source (SideRtpTally *self,
              guint32       ssrc,
              guint16       seq)
{
  self->lost_before = self->lost;
  self->ssrc = ssrc;
  self->started = TRUE;
  self->timed = FALSE;
  /* Room below, for packets that overtook the first. */
  self->first = self->last = 0x10000u + seq;
  self->here = 1;
  self->seen = 1;
  self->received++;
}

/* side_rtp_tally_take:
 * @ssrc: the packet's
 * @seq: likewise
 *
 * Returns: whether the packet is new, and no copy of one that came already */
gboolean
side_rtp_tally_take (SideRtpTally *self,
                     guint32       ssrc,
                     guint16       seq)
{
  int step;

  if (!self->started || self->ssrc != ssrc)
    {
      start_source (self, ssrc, seq);
      return TRUE;
    }
  step = (gint16) (guint16) (seq - (guint16) self->last);
  if (step > MAX_DROPOUT || step < -MAX_DISORDER)
    {
      start_source (self, ssrc, seq);
      return TRUE;
    }
  if (step > 0)
    {
      self->seen = step < 64 ? self->seen << step | 1 : 1;
      self->last += (guint64) step;
    }
  else if (step > -64)
    {
      guint64 bit = G_GUINT64_CONSTANT (1) << -step;

      if (self->seen & bit)
        return FALSE;
      self->seen |= bit;
      self->first = MIN (self->first, self->last - (guint64) -step);
    }
  self->here++;
  self->received++;
  self->lost = self->lost_before + (self->last - self->first + 1) - MIN (self->here, self->last - self->first + 1);
  return TRUE;
}

/* side_rtp_tally_get_rollover:
 * @ssrc: a source
 *
 * Returns: how often its numbers began anew since we first heard it, which SRTP
 *   must know to go on with a stream */
guint32
side_rtp_tally_get_rollover (const SideRtpTally *self,
                             guint32             ssrc)
{
  return self->started && self->ssrc == ssrc ? (guint32) (self->last >> 16) - 1 : 0;
}

/* side_rtp_tally_time:
 * @timestamp: of a packet of sound that came for the first time
 * @arrival_ns: by a steady clock */
void
side_rtp_tally_time (SideRtpTally *self,
                     guint32       timestamp,
                     guint         clock_rate,
                     gint64        arrival_ns)
{
  gint64 period = (gint64) ((G_GUINT64_CONSTANT (1) << 32) * 1000000000.0 / clock_rate);
  gint64 transit = arrival_ns - (gint64) (timestamp * 1000000000.0 / clock_rate);
  gint64 d = transit - self->transit_ns;

  if (d > period / 2)
    d -= period;
  else if (d < -period / 2)
    d += period;
  /* After a pause or a new beginning, time stamps begin anew. */
  if (self->timed && ABS (d) < G_GINT64_CONSTANT (1000000000))
    self->jitter_ms += (fabs ((double) d) / 1e6 - self->jitter_ms) / 16;
  self->transit_ns = transit;
  self->timed = TRUE;
}

static gboolean
is_same (GInetSocketAddress *a,
         GInetSocketAddress *b)
{
  return a != NULL && b != NULL && g_inet_socket_address_get_port (a) == g_inet_socket_address_get_port (b)
         && g_inet_address_equal (g_inet_socket_address_get_address (a), g_inet_socket_address_get_address (b));
}

/* side_rtp_latch_agree:
 * @address: (nullable): where the far side says it listens; %NULL where it takes nothing
 *
 * Nothing changes where it says the same again; otherwise all is learned anew. */
void
side_rtp_latch_agree (SideRtpLatch *self,
                      GInetAddress *address,
                      guint16       port)
{
  g_autoptr (GInetSocketAddress) agreed = NULL;

  if (address != NULL)
    agreed = G_INET_SOCKET_ADDRESS (g_inet_socket_address_new (address, port));
  if (is_same (agreed, self->agreed) || (agreed == NULL && self->agreed == NULL))
    return;
  side_rtp_latch_clear (self);
  self->agreed = g_steal_pointer (&agreed);
}

/* A stranger is believed when it sends in order, and the one we know is not heard. */
static gboolean
has_proved (SideRtpLatch       *self,
            GInetSocketAddress *from,
            guint32             ssrc,
            guint16             seq,
            gint64              now_us)
{
  if (is_same (from, self->candidate) && ssrc == self->ssrc && seq == self->next)
    self->run++;
  else
    self->run = 1;
  g_set_object (&self->candidate, from);
  self->ssrc = ssrc;
  self->next = (guint16) (seq + 1);
  return self->run >= LATCH_RUN && (self->source == NULL || now_us - self->last_us > LATCH_IDLE_US);
}

/* side_rtp_latch_take:
 * @authentic: whether a key that only the far side has vouches for the packet
 * @now_us: by a steady clock
 *
 * As long as nothing came from where the far side said, a stranger's first
 * packets are heard, but only a row of them moves what we send. */
SideRtpLatchResult
side_rtp_latch_take (SideRtpLatch       *self,
                     GInetSocketAddress *from,
                     guint32             ssrc,
                     guint16             seq,
                     gboolean            authentic,
                     gint64              now_us)
{
  if (is_same (from, self->source))
    {
      self->last_us = now_us;
      return SIDE_RTP_LATCH_TAKE;
    }
  if (authentic || (self->source == NULL && is_same (from, self->agreed)) || has_proved (self, from, ssrc, seq, now_us))
    {
      g_set_object (&self->source, from);
      g_clear_object (&self->candidate);
      self->run = 0;
      self->last_us = now_us;
      return SIDE_RTP_LATCH_MOVED;
    }
  return self->source == NULL ? SIDE_RTP_LATCH_TAKE : SIDE_RTP_LATCH_DROP;
}

void
side_rtp_latch_clear (SideRtpLatch *self)
{
  g_clear_object (&self->agreed);
  g_clear_object (&self->source);
  g_clear_object (&self->candidate);
  self->run = 0;
}

/* Keys */

typedef struct {
  guint8 event;
  guint  ms;
} Key;

struct _SideKeyWriter
{
  GQueue   waiting;      /* of Key, the first is being sent */
  gboolean sending;
  guint32  timestamp;
  guint    sent_ms;
  guint    ends;         /* last packets that are still to be sent */
  guint    gap_ms;       /* that are left between two keys */
};

/* side_key_event_of:
 *
 * Returns: the number of the event, -1 for what is no key */
int
side_key_event_of (char digit)
{
  const char *at = digit != '\0' ? strchr (KEY_DIGITS, g_ascii_toupper (digit)) : NULL;

  return at != NULL ? (int) (at - KEY_DIGITS) : -1;
}

SideKeyWriter *
side_key_writer_new (void)
{
  SideKeyWriter *self = g_new0 (SideKeyWriter, 1);

  g_queue_init (&self->waiting);
  return self;
}

void
side_key_writer_free (SideKeyWriter *self)
{
  g_queue_clear_full (&self->waiting, g_free);
  g_free (self);
}

/* side_key_writer_add:
 * @digit: 0-9, *, #, A-D
 * @ms: how long it is held */
void
side_key_writer_add (SideKeyWriter *self,
                     char           digit,
                     guint          ms)
{
  Key *key = g_new (Key, 1);

  key->event = (guint8) side_key_event_of (digit);
  key->ms = ms;
  g_queue_push_tail (&self->waiting, key);
}

guint
side_key_writer_get_waiting (const SideKeyWriter *self)
{
  return self->waiting.length;
}

/* side_key_writer_take:
 * @timestamp: (inout): of the packet of sound; of the key's beginning if replaced
 * @packet_ms: how much sound the packet holds
 * @rate: the clock of telephone-event
 * @first: (out): whether a key begins with it
 *
 * The last packet of a key goes out three times, at the pace of the others, as
 * RFC 4733, 2.5.1.4 has it; so its end is told in spite of losses, and order and
 * numbers of the packets stay those of the sound.
 *
 * Returns: whether a key takes the place of this packet of sound */
gboolean
side_key_writer_take (SideKeyWriter *self,
                      guint32       *timestamp,
                      guint          packet_ms,
                      guint          rate,
                      gboolean      *first,
                      guint8         payload[SIDE_KEY_EVENT_BYTES])
{
  const Key *key = g_queue_peek_head (&self->waiting);
  guint duration;
  gboolean is_end;

  if (self->gap_ms > 0)
    {
      self->gap_ms -= MIN (packet_ms, self->gap_ms);
      return FALSE;
    }
  if (key == NULL)
    return FALSE;
  *first = !self->sending;
  if (!self->sending)
    {
      self->sending = TRUE;
      self->timestamp = *timestamp;
      self->sent_ms = 0;
      self->ends = KEY_ENDS;
    }
  if (self->ends == KEY_ENDS)
    self->sent_ms += packet_ms;
  is_end = self->sent_ms >= key->ms;
  duration = MIN (self->sent_ms * (rate / 1000), KEY_LONGEST);
  *timestamp = self->timestamp;
  payload[0] = key->event;
  payload[1] = (guint8) ((is_end ? 0x80 : 0) | KEY_VOLUME);
  payload[2] = (guint8) (duration >> 8);
  payload[3] = (guint8) duration;
  if (is_end && --self->ends == 0)
    {
      g_free (g_queue_pop_head (&self->waiting));
      self->sending = FALSE;
      self->gap_ms = KEY_GAP_MS;
    }
  return TRUE;
}

/* side_key_reader_take:
 * @payload: of a packet of telephone-event
 *
 * Returns: the key that begins with it; 0 for one that was told already, or for
 *   an event that is no key */
char
side_key_reader_take (SideKeyReader *self,
                      const guint8  *payload,
                      gsize          len,
                      guint32        timestamp)
{
  guint8 event;
  guint duration;
  gboolean is_same_press;

  if (len < SIDE_KEY_EVENT_BYTES || payload[0] > 15)
    return 0;
  event = payload[0];
  duration = (guint) payload[2] << 8 | payload[3];
  is_same_press = self->started && event == self->event
                  && (timestamp == self->timestamp
                      /* A key held for longer than a packet can say goes on in another. */
                      || (!self->ended && timestamp == self->timestamp + self->duration));
  /* A copy of an older one, late. */
  if (self->started && !is_same_press && (gint32) (timestamp - self->timestamp) <= 0)
    return 0;
  self->started = TRUE;
  self->event = event;
  if (timestamp != self->timestamp)
    self->ended = FALSE;
  self->timestamp = timestamp;
  self->duration = duration;
  self->ended = self->ended || (payload[1] & 0x80) != 0;
  return is_same_press ? 0 : KEY_DIGITS[event];
}
