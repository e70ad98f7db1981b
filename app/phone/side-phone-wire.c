/* side-phone-wire.c - the two sockets of a call and what goes through them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What we send leaves by the sockets we hear with, so that it comes back
 * through routers. It goes where the far side's packets come from, once some
 * of them were beyond doubt. All of ours pass side_phone_wire_send_rtp(), which
 * alone decides whether anything leaves: nothing does while a side holds.
 */
#include "side-phone-wire.h"

#include <gst/net/gstnetaddressmeta.h>
#include <gst/rtp/gstrtcpbuffer.h>
#include <gst/rtp/gstrtpbuffer.h>
#include <netinet/in.h>

#include "side-error.h"

/* Ports are tried in pairs, an even one and the next. */
#define PORT_TRIES 64
/* Before that many packets nothing is said about their being unreadable. */
#define UNREADABLE 10
/* Of the field for differentiated services, RFC 3246. */
#define EXPEDITED  46

struct _SidePhoneWire
{
  GSocket            *sockets[2];
  SidePhoneKeyCame    key;
  gpointer            data;
  gboolean            sending;      /* atomic */

  GMutex              lock;         /* all below */
  SideSdpAgreed       agreed;
  SideRtpLatch        latch;
  SideRtpTally        tally;
  SideKeyWriter      *keys;
  SideKeyReader       reader;
  GInetSocketAddress *reports_to;
  guint64             sent;
  guint64             arrived;
  guint64             entered;
  guint64             strangers;
  gint64              expected_us;  /* since when something should come, 0: not now */
  gint64              first_us;
  gint64              last_us;
};

/* side_phone_packet_ms:
 *
 * Returns: how long our packets are: as the far side wishes, where the codec can */
guint
side_phone_packet_ms (const SideSdpAgreed *agreed)
{
  guint ptime = CLAMP (agreed->ptime_ms, 10, 120);

  if (g_ascii_strcasecmp (agreed->codec.name, "opus") == 0)
    return ptime >= 60 ? 60 : ptime >= 40 ? 40 : 20;
  return ptime;
}

static GSocket *
bind_socket (GInetAddress  *local,
             guint16        port,
             GError       **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_inet_address_get_family (local), G_SOCKET_TYPE_DATAGRAM,
                                             G_SOCKET_PROTOCOL_UDP, error);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (local, port);

  if (socket == NULL || !g_socket_bind (socket, address, FALSE, error))
    return NULL;
  /* Some networks give it way, none minds. */
  if (g_inet_address_get_family (local) == G_SOCKET_FAMILY_IPV6)
    g_socket_set_option (socket, IPPROTO_IPV6, IPV6_TCLASS, EXPEDITED << 2, NULL);
  else
    g_socket_set_option (socket, IPPROTO_IP, IP_TOS, EXPEDITED << 2, NULL);
  return g_steal_pointer (&socket);
}

static guint16
port_of (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return address != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)) : 0;
}

/* The kernel gives us a port; the pair is kept if it is even and the next one free. */
static gboolean
bind_pair (SidePhoneWire  *self,
           GInetAddress   *local,
           GError        **error)
{
  g_autoptr (GError) failed = NULL;

  for (guint i = 0; i < PORT_TRIES; i++)
    {
      g_autoptr (GSocket) rtp = bind_socket (local, 0, error);
      guint16 port;

      if (rtp == NULL)
        return FALSE;
      port = port_of (rtp);
      if (port % 2 != 0)
        {
          g_clear_object (&rtp);
          rtp = bind_socket (local, --port, NULL);
        }
      if (rtp == NULL || port == 0)
        continue;
      g_clear_error (&failed);
      self->sockets[1] = bind_socket (local, (guint16) (port + 1), &failed);
      if (self->sockets[1] == NULL)
        continue;
      self->sockets[0] = g_steal_pointer (&rtp);
      return TRUE;
    }
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_BUSY, "no two ports next to each other are free: %s",
               failed != NULL ? failed->message : "none even");
  return FALSE;
}

/* side_phone_wire_new:
 * @local: our address
 * @key: told of the far side's keys
 * @error: SIDE_ERROR_FAILED, _BUSY */
SidePhoneWire *
side_phone_wire_new (GInetAddress      *local,
                     SidePhoneKeyCame   key,
                     gpointer           data,
                     GError           **error)
{
  SidePhoneWire *self = g_new0 (SidePhoneWire, 1);
  g_autoptr (GError) failed = NULL;

  g_mutex_init (&self->lock);
  self->key = key;
  self->data = data;
  self->keys = side_key_writer_new ();
  if (bind_pair (self, local, &failed))
    return self;
  if (failed->domain == SIDE_ERROR)
    g_propagate_error (error, g_steal_pointer (&failed));
  else
    g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "no port for the sound: %s", failed->message);
  side_phone_wire_free (self);
  return NULL;
}

void
side_phone_wire_free (SidePhoneWire *self)
{
  for (guint i = 0; i < 2; i++)
    g_clear_object (&self->sockets[i]);
  side_sdp_agreed_clear (&self->agreed);
  side_rtp_latch_clear (&self->latch);
  side_key_writer_free (self->keys);
  g_clear_object (&self->reports_to);
  g_mutex_clear (&self->lock);
  g_free (self);
}

GSocket *
side_phone_wire_get_socket (SidePhoneWire *self,
                            gboolean       rtcp)
{
  return self->sockets[rtcp];
}

guint16
side_phone_wire_get_port (SidePhoneWire *self,
                          gboolean       rtcp)
{
  return port_of (self->sockets[rtcp]);
}

/* side_phone_wire_agree:
 * @agreed: what holds from now on; its keys are not kept */
void
side_phone_wire_agree (SidePhoneWire       *self,
                       const SideSdpAgreed *agreed)
{
  gboolean sends = (agreed->direction & SIDE_SDP_SENDONLY) && agreed->address != NULL && agreed->rtp_port != 0;

  g_mutex_lock (&self->lock);
  g_set_object (&self->agreed.address, agreed->address);
  self->agreed.codec = agreed->codec;
  self->agreed.receive_type = agreed->receive_type;
  self->agreed.tones = agreed->tones;
  self->agreed.tones_receive_type = agreed->tones_receive_type;
  self->agreed.direction = agreed->direction;
  self->agreed.rtp_port = agreed->rtp_port;
  self->agreed.rtcp_port = agreed->rtcp_port;
  self->agreed.ptime_ms = side_phone_packet_ms (agreed);
  memcpy (self->agreed.keys.suite, agreed->keys.suite, sizeof self->agreed.keys.suite);
  side_rtp_latch_agree (&self->latch, agreed->address, agreed->rtp_port);
  g_clear_object (&self->reports_to);
  if (!(agreed->direction & SIDE_SDP_RECVONLY))
    self->expected_us = 0;
  else if (self->expected_us == 0)
    self->expected_us = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
  g_atomic_int_set (&self->sending, sends);
}

/* Returns: see side_rtp_tally_get_rollover() */
guint32
side_phone_wire_get_rollover (SidePhoneWire *self,
                              guint32        ssrc)
{
  guint32 rollover;

  g_mutex_lock (&self->lock);
  rollover = side_rtp_tally_get_rollover (&self->tally, ssrc);
  g_mutex_unlock (&self->lock);
  return rollover;
}

/* Returns: (transfer none): read atomically, whether what we say leaves */
gboolean *
side_phone_wire_get_sending (SidePhoneWire *self)
{
  return &self->sending;
}

/* side_phone_wire_takes:
 *
 * Returns: whether packets of that type may hold sound; what every telephone
 *   knows by number is taken unasked, some send it without a word */
gboolean
side_phone_wire_takes (SidePhoneWire *self,
                       guint          payload_type)
{
  return payload_type == self->agreed.receive_type || payload_type == self->agreed.codec.payload_type
         || payload_type == 0 || payload_type == 8 || payload_type == 9;
}

static gboolean
is_tone (SidePhoneWire *self,
         guint          payload_type)
{
  return self->agreed.tones.rate > 0
         && (payload_type == self->agreed.tones_receive_type || payload_type == self->agreed.tones.payload_type);
}

/* side_phone_wire_press:
 *
 * Returns: whether they go out as events; %FALSE where the far side knows none */
gboolean
side_phone_wire_press (SidePhoneWire *self,
                       const char    *digits,
                       guint          ms)
{
  gboolean knows;

  g_mutex_lock (&self->lock);
  knows = self->agreed.tones.rate > 0;
  for (const char *at = digits; knows && *at != '\0'; at++)
    side_key_writer_add (self->keys, *at, ms);
  g_mutex_unlock (&self->lock);
  return knows;
}

/* What we send */

static GstBuffer *
make_event (GstRTPBuffer *sound,
            guint         payload_type,
            guint32       timestamp,
            gboolean      first,
            const guint8 *payload)
{
  GstBuffer *buffer = gst_rtp_buffer_new_allocate (SIDE_KEY_EVENT_BYTES, 0, 0);
  GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;

  gst_rtp_buffer_map (buffer, GST_MAP_READWRITE, &rtp);
  gst_rtp_buffer_set_payload_type (&rtp, (guint8) payload_type);
  gst_rtp_buffer_set_marker (&rtp, first);
  gst_rtp_buffer_set_seq (&rtp, gst_rtp_buffer_get_seq (sound));
  gst_rtp_buffer_set_ssrc (&rtp, gst_rtp_buffer_get_ssrc (sound));
  gst_rtp_buffer_set_timestamp (&rtp, timestamp);
  memcpy (gst_rtp_buffer_get_payload (&rtp), payload, SIDE_KEY_EVENT_BYTES);
  gst_rtp_buffer_unmap (&rtp);
  return buffer;
}

/* On the packets of our sound, before they are encrypted: keys take their places. */
GstPadProbeReturn
side_phone_wire_leave (GstPad          *pad,
                       GstPadProbeInfo *info,
                       gpointer         data)
{
  SidePhoneWire *self = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
  GstBuffer *event = NULL;
  guint8 payload[SIDE_KEY_EVENT_BYTES];
  gboolean first = FALSE;
  guint32 timestamp;

  if (!g_atomic_int_get (&self->sending) || !gst_rtp_buffer_map (buffer, GST_MAP_READ, &rtp))
    return GST_PAD_PROBE_OK;
  timestamp = gst_rtp_buffer_get_timestamp (&rtp);
  g_mutex_lock (&self->lock);
  if (self->agreed.tones.rate > 0
      && side_key_writer_take (self->keys, &timestamp, self->agreed.ptime_ms, self->agreed.tones.rate, &first, payload))
    event = make_event (&rtp, self->agreed.tones.payload_type, timestamp, first, payload);
  g_mutex_unlock (&self->lock);
  gst_rtp_buffer_unmap (&rtp);
  if (event != NULL)
    {
      GST_BUFFER_PTS (event) = GST_BUFFER_PTS (buffer);
      GST_PAD_PROBE_INFO_DATA (info) = event;
      gst_buffer_unref (buffer);
    }
  return GST_PAD_PROBE_OK;
}

static gboolean
send_packet (GSocket            *socket,
             GInetSocketAddress *to,
             GstBuffer          *buffer)
{
  GstMapInfo map;
  gssize n;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return FALSE;
  /* A network that is away for a moment is not worth a word: the silence is told. */
  n = g_socket_send_to (socket, G_SOCKET_ADDRESS (to), (const char *) map.data, map.size, NULL, NULL);
  gst_buffer_unmap (buffer, &map);
  return n >= 0;
}

/* At the end of the pipeline that sends, as "handoff". */
void
side_phone_wire_send_rtp (GstElement *sink,
                          GstBuffer  *buffer,
                          GstPad     *pad,
                          gpointer    data)
{
  SidePhoneWire *self = data;
  g_autoptr (GInetSocketAddress) to = NULL;

  if (!g_atomic_int_get (&self->sending))
    return;
  g_mutex_lock (&self->lock);
  if (self->latch.source != NULL || self->latch.agreed != NULL)
    to = g_object_ref (self->latch.source != NULL ? self->latch.source : self->latch.agreed);
  g_mutex_unlock (&self->lock);
  if (to == NULL || !send_packet (self->sockets[0], to, buffer))
    return;
  g_mutex_lock (&self->lock);
  self->sent++;
  g_mutex_unlock (&self->lock);
}

/* Reports go on while a side holds: RFC 3264, 8.4. */
void
side_phone_wire_send_rtcp (GstElement *sink,
                           GstBuffer  *buffer,
                           GstPad     *pad,
                           gpointer    data)
{
  SidePhoneWire *self = data;
  g_autoptr (GInetSocketAddress) to = NULL;

  g_mutex_lock (&self->lock);
  if (self->reports_to != NULL)
    to = g_object_ref (self->reports_to);
  else if (self->agreed.address != NULL && self->agreed.rtcp_port != 0)
    to = G_INET_SOCKET_ADDRESS (g_inet_socket_address_new (self->agreed.address, self->agreed.rtcp_port));
  g_mutex_unlock (&self->lock);
  if (to != NULL)
    send_packet (self->sockets[1], to, buffer);
}

/* What they send */

static GInetSocketAddress *
sender_of (GstBuffer *buffer)
{
  GstNetAddressMeta *meta = gst_buffer_get_net_address_meta (buffer);

  return meta != NULL && G_IS_INET_SOCKET_ADDRESS (meta->addr) ? G_INET_SOCKET_ADDRESS (meta->addr) : NULL;
}

/* On all that comes, as it comes. */
GstPadProbeReturn
side_phone_wire_arrive (GstPad          *pad,
                        GstPadProbeInfo *info,
                        gpointer         data)
{
  SidePhoneWire *self = data;

  g_mutex_lock (&self->lock);
  self->arrived++;
  g_mutex_unlock (&self->lock);
  return GST_PAD_PROBE_OK;
}

static void
take_times (SidePhoneWire *self,
            GstRTPBuffer  *rtp)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->first_us == 0)
    self->first_us = now_us;
  self->last_us = now_us;
  if (self->agreed.codec.rate > 0 && side_phone_wire_takes (self, gst_rtp_buffer_get_payload_type (rtp)))
    side_rtp_tally_time (&self->tally, gst_rtp_buffer_get_timestamp (rtp), self->agreed.codec.rate, now_us * 1000);
}

/* On what was decrypted, where it was encrypted: strangers' packets end here. */
GstPadProbeReturn
side_phone_wire_enter (GstPad          *pad,
                       GstPadProbeInfo *info,
                       gpointer         data)
{
  SidePhoneWire *self = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GInetSocketAddress *from = sender_of (buffer);
  GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
  gboolean takes = FALSE;
  guint type;

  if (!gst_rtp_buffer_map (buffer, GST_MAP_READ, &rtp))
    return GST_PAD_PROBE_DROP;
  type = gst_rtp_buffer_get_payload_type (&rtp);
  g_mutex_lock (&self->lock);
  if (side_phone_wire_takes (self, type) || is_tone (self, type))
    takes = from == NULL
            || side_rtp_latch_take (&self->latch, from, gst_rtp_buffer_get_ssrc (&rtp), gst_rtp_buffer_get_seq (&rtp),
                                    *self->agreed.keys.suite != '\0', g_get_monotonic_time ()) != SIDE_RTP_LATCH_DROP;
  self->entered++;
  self->strangers += !takes;
  if (takes && side_rtp_tally_take (&self->tally, gst_rtp_buffer_get_ssrc (&rtp), gst_rtp_buffer_get_seq (&rtp)))
    take_times (self, &rtp);
  g_mutex_unlock (&self->lock);
  gst_rtp_buffer_unmap (&rtp);
  return takes ? GST_PAD_PROBE_OK : GST_PAD_PROBE_DROP;
}

/* Behind the session, which counts keys too, and before the packets are put in
 * order by their time stamps: those of keys may be of another clock. */
GstPadProbeReturn
side_phone_wire_sort (GstPad          *pad,
                      GstPadProbeInfo *info,
                      gpointer         data)
{
  SidePhoneWire *self = data;
  GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;
  gboolean is_key;
  char digit = 0;

  if (!gst_rtp_buffer_map (GST_PAD_PROBE_INFO_BUFFER (info), GST_MAP_READ, &rtp))
    return GST_PAD_PROBE_DROP;
  g_mutex_lock (&self->lock);
  is_key = is_tone (self, gst_rtp_buffer_get_payload_type (&rtp));
  if (is_key)
    digit = side_key_reader_take (&self->reader, gst_rtp_buffer_get_payload (&rtp), gst_rtp_buffer_get_payload_len (&rtp),
                                  gst_rtp_buffer_get_timestamp (&rtp));
  g_mutex_unlock (&self->lock);
  gst_rtp_buffer_unmap (&rtp);
  if (digit != 0)
    self->key (digit, g_get_monotonic_time (), self->data);
  return is_key ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

/* RFC 3550, 6.1: it begins with a report. srtpdec takes others for whole, whatever they lack. */
static gboolean
is_report (GstBuffer *buffer)
{
  guint8 head[8];

  return gst_buffer_extract (buffer, 0, head, sizeof head) == sizeof head && head[0] >> 6 == 2
         && (head[1] == GST_RTCP_TYPE_SR || head[1] == GST_RTCP_TYPE_RR);
}

/* On reports: they too come from where they come from, on the host the sound comes from. */
GstPadProbeReturn
side_phone_wire_report (GstPad          *pad,
                        GstPadProbeInfo *info,
                        gpointer         data)
{
  SidePhoneWire *self = data;
  GInetSocketAddress *from = sender_of (GST_PAD_PROBE_INFO_BUFFER (info));
  GstPadProbeReturn result = GST_PAD_PROBE_DROP;

  g_mutex_lock (&self->lock);
  if (from != NULL && is_report (GST_PAD_PROBE_INFO_BUFFER (info))
      && (self->latch.source != NULL || self->latch.agreed != NULL))
    {
      GInetSocketAddress *sound = self->latch.source != NULL ? self->latch.source : self->latch.agreed;

      if (g_inet_address_equal (g_inet_socket_address_get_address (sound), g_inet_socket_address_get_address (from)))
        {
          g_set_object (&self->reports_to, from);
          result = GST_PAD_PROBE_OK;
        }
    }
  g_mutex_unlock (&self->lock);
  return result;
}

/* side_phone_wire_get_stats:
 * @stats: what the wire knows of is filled in */
void
side_phone_wire_get_stats (SidePhoneWire  *self,
                           SidePhoneStats *stats)
{
  gint64 now_us = g_get_monotonic_time ();
  guint64 unreadable;

  g_mutex_lock (&self->lock);
  if (self->agreed.codec.rate > 0)
    g_snprintf (stats->codec, sizeof stats->codec, "%s/%u", self->agreed.codec.name, self->agreed.codec.rate);
  stats->encrypted = *self->agreed.keys.suite != '\0';
  stats->sent = self->sent;
  stats->received = self->tally.received;
  stats->lost = self->tally.lost;
  stats->jitter_ms = self->tally.jitter_ms;
  unreadable = self->arrived > self->entered ? self->arrived - self->entered : 0;
  /* The one that is just being decrypted is none. */
  stats->refused = self->strangers + (unreadable >= UNREADABLE ? unreadable : 0);
  stats->first_packet_ms = self->first_us == 0 ? 0 : g_get_real_time () / 1000 - (now_us - self->first_us) / 1000;
  stats->last_packet_age_ms = self->expected_us == 0 ? -1 : (now_us - MAX (self->last_us, self->expected_us)) / 1000;
  stats->silent = stats->last_packet_age_ms >= SIDE_PHONE_SILENT_MS;
  g_mutex_unlock (&self->lock);
}
