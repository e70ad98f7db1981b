/* side-sdp-write.c - our own descriptions, and how any of them is written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A writer of RFC 8866 for what side-sdp.c reads: what is written can be read
 * again and says the same.
 */
#include "side-sdp-private.h"

#include <string.h>

#define SUITE "AES_CM_128_HMAC_SHA1_80"

/**
 * side_sdp_usual_codecs:
 * @opus: whether Opus can be had
 * @g722: whether G.722 can be had
 * @n_codecs: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_codecs): what to offer, the best
 *   first: Opus, G.722, PCMA, PCMU, and key tones for each clock among them
 */
const SideSdpCodec *
side_sdp_usual_codecs (gboolean  opus,
                       gboolean  g722,
                       gsize    *n_codecs)
{
  static const SideSdpCodec both[] = {
    { 96, "opus", 48000, 2 }, { 9, "G722", 8000, 1 }, { 8, "PCMA", 8000, 1 }, { 0, "PCMU", 8000, 1 },
    { 101, "telephone-event", 8000, 1 }, { 102, "telephone-event", 48000, 1 },
  };
  static const SideSdpCodec without_g722[] = {
    { 96, "opus", 48000, 2 }, { 8, "PCMA", 8000, 1 }, { 0, "PCMU", 8000, 1 },
    { 101, "telephone-event", 8000, 1 }, { 102, "telephone-event", 48000, 1 },
  };

  g_return_val_if_fail (n_codecs != NULL, NULL);

  /* Without Opus the list begins behind it and ends before its tones. */
  *n_codecs = (g722 ? G_N_ELEMENTS (both) : G_N_ELEMENTS (without_g722)) - (opus ? 0 : 2);
  return (g722 ? both : without_g722) + (opus ? 0 : 1);
}

static guint64
fresh_session (void)
{
  /* RFC 8866 §5.2: any number that nobody else has; half of it fits everywhere. */
  return ((guint64) g_random_int () << 31) ^ g_random_int ();
}

/**
 * side_sdp_new_offer:
 * @local: our address as the far end can reach it
 * @rtp_port: 1 to 65534; RTCP is at the next one
 * @codecs: (array length=n_codecs): what we take, the best first, 1 to 32
 * @n_codecs: how many
 * @srtp_key: (nullable) (array length=key_length): 30 random bytes; it is then
 *   offered encrypted, and an answer in the clear is none
 * @key_length: 30, or 0 without a key
 *
 * Returns: (transfer full): our description, to be offered, or to be held
 *   against theirs by side_sdp_answer()
 */
SideSdp *
side_sdp_new_offer (GInetAddress       *local,
                    guint16             rtp_port,
                    const SideSdpCodec *codecs,
                    gsize               n_codecs,
                    const guint8       *srtp_key,
                    gsize               key_length)
{
  SideSdp *self;
  SdpStream *stream;
  g_autofree char *address = NULL;

  g_return_val_if_fail (G_IS_INET_ADDRESS (local) && rtp_port > 0 && rtp_port < G_MAXUINT16, NULL);
  g_return_val_if_fail (codecs != NULL && n_codecs > 0 && n_codecs <= SIDE_SDP_MAX_CODECS, NULL);
  g_return_val_if_fail (srtp_key == NULL ? key_length == 0 : key_length == SIDE_SDP_KEY_BYTES, NULL);

  self = _side_sdp_new ();
  self->session = fresh_session ();
  self->version = 1;
  self->n_streams = 1;
  stream = &self->streams[0];
  address = g_inet_address_to_string (local);
  g_strlcpy (stream->connection, address, sizeof stream->connection);
  g_strlcpy (stream->media, "audio", sizeof stream->media);
  g_strlcpy (stream->protocol, srtp_key != NULL ? "RTP/SAVP" : "RTP/AVP", sizeof stream->protocol);
  stream->sound = TRUE;
  stream->rtp_port = rtp_port;
  stream->rtcp_port = (guint16) (rtp_port + 1);
  stream->direction = SIDE_SDP_SENDRECV;
  stream->ptime_ms = 20;
  memcpy (stream->codecs, codecs, n_codecs * sizeof *codecs);
  stream->n_codecs = n_codecs;
  memcpy (self->able, codecs, n_codecs * sizeof *codecs);
  self->n_able = n_codecs;
  if (srtp_key != NULL)
    {
      stream->encrypted = self->has_key = TRUE;
      memcpy (self->key, srtp_key, SIDE_SDP_KEY_BYTES);
      stream->cryptos[0].tag = 1;
      g_strlcpy (stream->cryptos[0].suite, SUITE, sizeof stream->cryptos[0].suite);
      memcpy (stream->cryptos[0].key, srtp_key, SIDE_SDP_KEY_BYTES);
      stream->n_cryptos = 1;
    }
  _side_sdp_choose (self, stream);
  return self;
}

/**
 * side_sdp_reoffer:
 * @ours: our newest description in a call, offer or answer
 * @direction: what we want from now on
 *
 * Returns: (transfer full): the same again for a new offer: next version, same
 *   session, streams, payload types and keys (RFC 3264 §8)
 */
SideSdp *
side_sdp_reoffer (SideSdp          *ours,
                  SideSdpDirection  direction)
{
  SideSdp *self;

  g_return_val_if_fail (ours != NULL && ours->sound != NULL, NULL);

  self = _side_sdp_copy (ours);
  self->version++;
  self->wish = direction;
  self->sound->direction = direction;
  return self;
}

static const char *
family_of (const char *connection)
{
  return strchr (connection, ':') != NULL ? "IP6" : "IP4";
}

static const char *
direction_name (SideSdpDirection direction)
{
  switch (direction)
    {
    case SIDE_SDP_SENDRECV:
      return "sendrecv";
    case SIDE_SDP_SENDONLY:
      return "sendonly";
    case SIDE_SDP_RECVONLY:
      return "recvonly";
    case SIDE_SDP_INACTIVE:
    default:
      return "inactive";
    }
}

static void
append_codec (GString            *out,
              const SideSdpCodec *codec)
{
  g_string_append_printf (out, "a=rtpmap:%u %s/%u", codec->payload_type, codec->name, codec->rate);
  if (codec->channels > 1)
    g_string_append_printf (out, "/%u", codec->channels);
  g_string_append (out, "\r\n");
  if (_side_sdp_codec_is_tones (codec))
    g_string_append_printf (out, "a=fmtp:%u 0-15\r\n", codec->payload_type);
  else if (g_ascii_strcasecmp (codec->name, "opus") == 0)
    g_string_append_printf (out, "a=fmtp:%u useinbandfec=1\r\n", codec->payload_type);
}

static void
append_crypto (GString         *out,
               const SdpCrypto *crypto,
               gboolean         redacted)
{
  char *key = g_base64_encode (crypto->key, sizeof crypto->key);

  g_string_append_printf (out, "a=crypto:%u %s inline:%s\r\n", crypto->tag, crypto->suite, redacted ? "[redacted]" : key);
  explicit_bzero (key, strlen (key));
  g_free (key);
}

static void
append_stream (GString         *out,
               const SdpStream *stream,
               const char      *common,
               gboolean         redacted)
{
  g_string_append_printf (out, "m=%s %u %s", stream->media, stream->rtp_port, stream->protocol);
  for (gsize i = 0; i < stream->n_codecs; i++)
    g_string_append_printf (out, " %u", stream->codecs[i].payload_type);
  if (stream->n_codecs == 0)
    g_string_append_printf (out, " %s", *stream->format != '\0' ? stream->format : "0");
  g_string_append (out, "\r\n");
  if (*stream->connection != '\0' && strcmp (stream->connection, common) != 0)
    g_string_append_printf (out, "c=IN %s %s\r\n", family_of (stream->connection), stream->connection);
  if (!stream->sound)
    return;
  for (gsize i = 0; i < stream->n_codecs; i++)
    append_codec (out, &stream->codecs[i]);
  for (gsize i = 0; i < stream->n_cryptos; i++)
    append_crypto (out, &stream->cryptos[i], redacted);
  if (stream->rtcp_port != (stream->rtp_port > 0 && stream->rtp_port < G_MAXUINT16 ? stream->rtp_port + 1 : 0))
    g_string_append_printf (out, "a=rtcp:%u\r\n", stream->rtcp_port);
  if (stream->ptime_ms != 0)
    g_string_append_printf (out, "a=ptime:%u\r\n", stream->ptime_ms);
  g_string_append_printf (out, "a=%s\r\n", direction_name (stream->direction));
}

static char *
to_text (SideSdp  *self,
         gboolean  redacted)
{
  g_autoptr (GString) out = g_string_sized_new (1024);
  const char *origin = self->sound != NULL && *self->sound->connection != '\0' ? self->sound->connection : "0.0.0.0";

  g_string_append_printf (out, "v=0\r\no=- %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " IN %s %s\r\ns=-\r\nc=IN %s %s\r\nt=0 0\r\n",
                          self->session, self->version, family_of (origin), origin, family_of (origin), origin);
  for (gsize i = 0; i < self->n_streams; i++)
    append_stream (out, &self->streams[i], origin, redacted);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_sdp_to_string:
 * @self: a description
 *
 * Returns: (transfer full): its text. It may hold a key: never to be logged
 */
char *
side_sdp_to_string (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return to_text (self, FALSE);
}

/**
 * side_sdp_to_redacted_string:
 * @self: a description
 *
 * Returns: (transfer full): its text for a log, without keys
 */
char *
side_sdp_to_redacted_string (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return to_text (self, TRUE);
}
