/* side-phone-pipe.c - the pipeline of one agreement
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GStreamer's rtpbin does order, reports and, with two elements it is given,
 * encryption. Where encryption is agreed those stand between it and both
 * sockets from the beginning, so that there is no way round them.
 */
#include "side-phone-pipe.h"

#include <gst/audio/audio.h>
#include <math.h>
#include <speex/speex_resampler.h>
#include <string.h>

#include "side-error.h"
#include "side-phone-src.h"

/* How long a packet waits for those it overtook. */
#define BUFFER_MS    80
/* The first reports after half of it: the round trip is known after one each way. */
#define REPORTS_NS   (2 * GST_SECOND)
#define MAX_STREAMS  8

#define RAW "audio/x-raw,format=" GST_AUDIO_NE (S16) ",layout=interleaved,channels=1,rate=" G_STRINGIFY (SIDE_PHONE_RATE)

/* As of packets in the making: good enough for a voice, and late by 3 ms. */
#define QUALITY      3
#define LONGEST      (SIDE_PHONE_RATE * 120 / 1000)

struct _SidePhonePipe
{
  GstElement    *pipeline;
  GstElement    *rtpbin;
  GstElement    *src;
  GstElement    *encoder;      /* nullable: both, without encryption */
  GstElement    *decoder;
  SideSdpAgreed  agreed;       /* the keys among it */
  SidePhoneWire *wire;
  SidePhoneTape *tape;
  SidePhoneHeard heard;
  gpointer       data;
  GWeakRef       buffer;       /* the jitter buffer of the newest source */
};

static gboolean
is_codec (const SideSdpCodec *codec,
          const char         *name)
{
  return g_ascii_strcasecmp (codec->name, name) == 0;
}

/* Of the samples its coder takes and its decoder gives. */
static guint
rate_of (const SideSdpCodec *codec)
{
  return is_codec (codec, "PCMA") || is_codec (codec, "PCMU") ? 8000 : SIDE_PHONE_RATE;
}

/* Encryption */

static void
set_suite (GstElement *encoder,
           const char *suite)
{
  /* SHA1_32 shortens the tag of sound alone, not of reports: RFC 4568, 6.2. */
  gst_util_set_object_arg (G_OBJECT (encoder), "rtp-cipher", "aes-128-icm");
  gst_util_set_object_arg (G_OBJECT (encoder), "rtp-auth", g_str_has_suffix (suite, "_32") ? "hmac-sha1-32" : "hmac-sha1-80");
  gst_util_set_object_arg (G_OBJECT (encoder), "rtcp-cipher", "aes-128-icm");
  gst_util_set_object_arg (G_OBJECT (encoder), "rtcp-auth", "hmac-sha1-80");
}

static GstCaps *
request_key_cb (GstElement    *decoder,
                guint          ssrc,
                SidePhonePipe *self)
{
  g_autoptr (GstBuffer) key = gst_buffer_new_memdup (self->agreed.keys.theirs, SIDE_SDP_KEY_BYTES);

  return gst_caps_new_simple ("application/x-srtp",
                              "srtp-key", GST_TYPE_BUFFER, key,
                              /* A stream that another pipeline began to decrypt. */
                              "roc", G_TYPE_UINT, side_phone_wire_get_rollover (self->wire, ssrc),
                              "srtp-cipher", G_TYPE_STRING, "aes-128-icm",
                              "srtp-auth", G_TYPE_STRING,
                              g_str_has_suffix (self->agreed.keys.suite, "_32") ? "hmac-sha1-32" : "hmac-sha1-80",
                              "srtcp-cipher", G_TYPE_STRING, "aes-128-icm",
                              "srtcp-auth", G_TYPE_STRING, "hmac-sha1-80",
                              NULL);
}

static GstElement *
request_encoder_cb (GstElement    *rtpbin,
                    guint          session,
                    SidePhonePipe *self)
{
  return gst_object_ref (self->encoder);
}

static GstElement *
request_decoder_cb (GstElement    *rtpbin,
                    guint          session,
                    SidePhonePipe *self)
{
  return gst_object_ref (self->decoder);
}

static gboolean
add_encryption (SidePhonePipe  *self,
                GError        **error)
{
  static const char *const pads[] = { "rtp_sink_0", "rtcp_sink_0" };
  g_autoptr (GstBuffer) key = gst_buffer_new_memdup (self->agreed.keys.ours, SIDE_SDP_KEY_BYTES);

  self->encoder = gst_element_factory_make ("srtpenc", NULL);
  self->decoder = gst_element_factory_make ("srtpdec", NULL);
  if (self->encoder != NULL)
    gst_object_ref_sink (self->encoder);
  if (self->decoder != NULL)
    gst_object_ref_sink (self->decoder);
  if (self->encoder == NULL || self->decoder == NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
                           "encryption of sound is not installed (package gstreamer1.0-plugins-bad)");
      return FALSE;
    }
  g_object_set (self->encoder, "key", key, NULL);
  set_suite (self->encoder, self->agreed.keys.suite);
  /* rtpbin takes them for given. */
  for (guint i = 0; i < G_N_ELEMENTS (pads); i++)
    {
      GstPad *pad = gst_element_request_pad_simple (self->encoder, pads[i]);

      gst_clear_object (&pad);
    }
  g_signal_connect (self->decoder, "request-key", G_CALLBACK (request_key_cb), self);
  gst_util_set_object_arg (G_OBJECT (self->rtpbin), "rtp-profile", "savp");
  g_signal_connect (self->rtpbin, "request-rtp-encoder", G_CALLBACK (request_encoder_cb), self);
  g_signal_connect (self->rtpbin, "request-rtcp-encoder", G_CALLBACK (request_encoder_cb), self);
  g_signal_connect (self->rtpbin, "request-rtp-decoder", G_CALLBACK (request_decoder_cb), self);
  g_signal_connect (self->rtpbin, "request-rtcp-decoder", G_CALLBACK (request_decoder_cb), self);
  return TRUE;
}

/* What they send */

static const SideSdpCodec *
codec_of (SidePhonePipe *self,
          guint          payload_type)
{
  static const SideSdpCodec known[] = { { 0, "PCMU", 8000, 1 }, { 8, "PCMA", 8000, 1 }, { 9, "G722", 8000, 1 } };

  if (payload_type == self->agreed.receive_type || payload_type == self->agreed.codec.payload_type)
    return &self->agreed.codec;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (known[i].payload_type == payload_type)
      return &known[i];
  return NULL;
}

static GstCaps *
request_pt_map_cb (GstElement    *rtpbin,
                   guint          session,
                   guint          payload_type,
                   SidePhonePipe *self)
{
  const SideSdpCodec *codec = codec_of (self, payload_type);
  g_autofree char *name = NULL;

  if (codec == NULL)
    return NULL;
  name = g_ascii_strup (codec->name, -1);
  return gst_caps_new_simple ("application/x-rtp",
                              "media", G_TYPE_STRING, "audio",
                              "clock-rate", G_TYPE_INT, (int) codec->rate,
                              "encoding-name", G_TYPE_STRING, name,
                              "payload", G_TYPE_INT, (int) payload_type,
                              NULL);
}

/* All but Opus can give nothing else than one channel of 16 bits at their rate. */
static const char *
decoder_for (const SideSdpCodec *codec)
{
  if (codec == NULL)
    return NULL;
  if (is_codec (codec, "PCMA"))
    return "rtppcmadepay ! alawdec";
  if (is_codec (codec, "PCMU"))
    return "rtppcmudepay ! mulawdec";
  if (is_codec (codec, "G722"))
    return "rtpg722depay ! avdec_g722";
  return is_codec (codec, "opus") ? "rtpopusdepay ! opusdec ! " RAW : NULL;
}

/* One source of theirs, in one codec. */
typedef struct {
  SidePhonePipe       *pipe;
  SpeexResamplerState *resampler;    /* nullable: it is SIDE_PHONE_RATE */
} Voice;

static void
voice_free (gpointer  data,
            GClosure *closure)
{
  Voice *voice = data;

  g_clear_pointer (&voice->resampler, speex_resampler_destroy);
  g_free (voice);
}

static void
take_samples (Voice        *voice,
              GstClockTime  at,
              const gint16 *samples,
              gsize         n)
{
  SidePhonePipe *self = voice->pipe;
  gint16 more[LONGEST];
  GstClockTime length;

  if (voice->resampler != NULL)
    {
      spx_uint32_t n_in = (spx_uint32_t) n, n_out = LONGEST;

      speex_resampler_process_int (voice->resampler, 0, samples, &n_in, more, &n_out);
      samples = more;
      n = n_out;
    }
  /* A packet comes when its last sample was spoken, as ours leave. */
  length = gst_util_uint64_scale (n, GST_SECOND, SIDE_PHONE_RATE);
  at -= MIN (at, length);
  side_phone_tape_put (self->tape, SIDE_PHONE_THEIRS, (gint64) at, samples, n);
  self->heard (at, samples, n, self->data);
}

static void
heard_cb (GstElement *sink,
          GstBuffer  *buffer,
          GstPad     *pad,
          Voice      *voice)
{
  GstClockTime at = GST_BUFFER_PTS (buffer);
  GstMapInfo map;

  /* What stands for sound that did not come is left out: the tape has silence there. */
  if (!GST_CLOCK_TIME_IS_VALID (at) || GST_BUFFER_FLAG_IS_SET (buffer, GST_BUFFER_FLAG_GAP)
      || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  take_samples (voice, at, (const gint16 *) (gpointer) map.data, map.size / sizeof (gint16));
  gst_buffer_unmap (buffer, &map);
}

/* recv_rtp_src_SESSION_SSRC_TYPE, for each source and type that appears. */
static void
pad_added_cb (GstElement    *rtpbin,
              GstPad        *pad,
              SidePhonePipe *self)
{
  g_autofree char *name = gst_pad_get_name (pad);
  const SideSdpCodec *codec;
  const char *decoder;
  g_autofree char *description = NULL;
  g_autoptr (GstElement) out = NULL;
  g_autoptr (GstPad) sink = NULL;
  GstElement *bin;
  Voice *voice;

  if (!g_str_has_prefix (name, "recv_rtp_src_"))
    return;
  codec = codec_of (self, (guint) g_ascii_strtoull (strrchr (name, '_') + 1, NULL, 10));
  decoder = decoder_for (codec);
  if (decoder == NULL)
    return;
  description = g_strdup_printf ("%s ! fakesink name=out sync=false async=false enable-last-sample=false signal-handoffs=true",
                                 decoder);
  bin = gst_parse_bin_from_description (description, TRUE, NULL);
  if (bin == NULL)
    return;
  gst_object_set_name (GST_OBJECT (bin), name);
  out = gst_bin_get_by_name (GST_BIN (bin), "out");
  voice = g_new0 (Voice, 1);
  voice->pipe = self;
  if (rate_of (codec) != SIDE_PHONE_RATE)
    voice->resampler = speex_resampler_init (1, rate_of (codec), SIDE_PHONE_RATE, QUALITY, NULL);
  g_signal_connect_data (out, "handoff", G_CALLBACK (heard_cb), voice, voice_free, 0);
  gst_bin_add (GST_BIN (self->pipeline), bin);
  sink = gst_element_get_static_pad (bin, "sink");
  gst_pad_link (pad, sink);
  gst_element_sync_state_with_parent (bin);
}

static void
drop_bin (GstElement *pipeline,
          gpointer    name)
{
  g_autoptr (GstElement) bin = gst_bin_get_by_name (GST_BIN (pipeline), name);

  if (bin == NULL)
    return;
  gst_element_set_locked_state (bin, TRUE);
  gst_element_set_state (bin, GST_STATE_NULL);
  gst_bin_remove (GST_BIN (pipeline), bin);
}

/* Not from the thread that streams through it. */
static void
pad_removed_cb (GstElement    *rtpbin,
                GstPad        *pad,
                SidePhonePipe *self)
{
  g_autofree char *name = gst_pad_get_name (pad);

  if (g_str_has_prefix (name, "recv_rtp_src_"))
    gst_element_call_async (self->pipeline, drop_bin, g_steal_pointer (&name), g_free);
}

static void
new_buffer_cb (GstElement    *rtpbin,
               GstElement    *buffer,
               guint          session,
               guint          ssrc,
               SidePhonePipe *self)
{
  g_weak_ref_set (&self->buffer, buffer);
}

/* What we send */

static char *
encoder_for (const SideSdpAgreed *agreed)
{
  const SideSdpCodec *codec = &agreed->codec;
  guint ptime = side_phone_packet_ms (agreed);
  g_autofree char *packets = g_strdup_printf ("pt=%u min-ptime=%u000000 max-ptime=%u000000", codec->payload_type, ptime, ptime);

  if (is_codec (codec, "PCMA"))
    return g_strdup_printf ("alawenc ! rtppcmapay name=pay %s", packets);
  if (is_codec (codec, "PCMU"))
    return g_strdup_printf ("mulawenc ! rtppcmupay name=pay %s", packets);
  if (is_codec (codec, "G722"))
    return g_strdup_printf ("avenc_g722 ! rtpg722pay name=pay %s", packets);
  if (is_codec (codec, "opus"))
    return g_strdup_printf ("opusenc audio-type=voice bitrate=24000 frame-size=%u ! rtpopuspay name=pay pt=%u",
                            ptime, codec->payload_type);
  return NULL;
}

static gboolean
add_sending (SidePhonePipe  *self,
             SidePhoneFeed  *feed,
             GError        **error)
{
  g_autofree char *description = encoder_for (&self->agreed);
  g_autoptr (GstElement) pay = NULL;
  g_autoptr (GstPad) src = NULL;
  GstElement *bin = NULL;

  if (description != NULL)
    bin = gst_parse_bin_from_description (description, TRUE, NULL);
  if (bin == NULL || decoder_for (&self->agreed.codec) == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "%s is not installed", self->agreed.codec.name);
      g_clear_pointer (&bin, gst_object_unref);
      return FALSE;
    }
  pay = gst_bin_get_by_name (GST_BIN (bin), "pay");
  src = gst_element_get_static_pad (pay, "src");
  gst_pad_add_probe (src, GST_PAD_PROBE_TYPE_BUFFER, side_phone_wire_leave, self->wire, NULL);
  self->src = side_phone_src_new (feed, self->tape, side_phone_wire_get_sending (self->wire), rate_of (&self->agreed.codec));
  gst_bin_add_many (GST_BIN (self->pipeline), self->src, bin, NULL);
  return gst_element_link (self->src, bin) && gst_element_link_pads (bin, "src", self->rtpbin, "send_rtp_sink_0");
}

static gboolean
add_leaving (SidePhonePipe *self,
             const char    *from,
             GCallback      send)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  g_object_set (sink, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE, "signal-handoffs", TRUE, NULL);
  g_signal_connect (sink, "handoff", send, self->wire);
  gst_bin_add (GST_BIN (self->pipeline), sink);
  return gst_element_link_pads (self->rtpbin, from, sink, "sink");
}

static gboolean
add_arriving (SidePhonePipe       *self,
              gboolean             rtcp,
              const char          *to,
              GstPadProbeCallback  probe)
{
  static const char *const kinds[2][2] = { { "application/x-rtp", "application/x-rtcp" },
                                           { "application/x-srtp", "application/x-srtcp" } };
  GstElement *src = gst_element_factory_make ("udpsrc", NULL);
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple (kinds[self->decoder != NULL][rtcp]);
  g_autoptr (GstPad) pad = NULL;

  if (!rtcp)
    gst_caps_set_simple (caps, "media", G_TYPE_STRING, "audio", "clock-rate", G_TYPE_INT, (int) self->agreed.codec.rate, NULL);
  g_object_set (src, "socket", side_phone_wire_get_socket (self->wire, rtcp), "close-socket", FALSE, "auto-multicast", FALSE,
                "caps", caps, NULL);
  pad = gst_element_get_static_pad (src, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, probe, self->wire, NULL);
  gst_bin_add (GST_BIN (self->pipeline), src);
  return gst_element_link_pads (src, "src", self->rtpbin, to);
}

/* What stands between the sockets and the decoders. */
static gboolean
add_session (SidePhonePipe *self)
{
  GstElement *session = NULL;
  GObject *inner = NULL;
  g_autoptr (GstPad) in = NULL;
  g_autoptr (GstPad) out = NULL;

  if (!add_arriving (self, FALSE, "recv_rtp_sink_0", side_phone_wire_arrive)
      || !add_arriving (self, TRUE, "recv_rtcp_sink_0", side_phone_wire_report)
      || !add_leaving (self, "send_rtp_src_0", G_CALLBACK (side_phone_wire_send_rtp))
      || !add_leaving (self, "send_rtcp_src_0", G_CALLBACK (side_phone_wire_send_rtcp)))
    return FALSE;
  g_signal_emit_by_name (self->rtpbin, "get-session", 0, &session);
  g_signal_emit_by_name (self->rtpbin, "get-internal-session", 0, &inner);
  in = gst_element_get_static_pad (session, "recv_rtp_sink");
  out = gst_element_get_static_pad (session, "recv_rtp_src");
  gst_pad_add_probe (in, GST_PAD_PROBE_TYPE_BUFFER, side_phone_wire_enter, self->wire, NULL);
  gst_pad_add_probe (out, GST_PAD_PROBE_TYPE_BUFFER, side_phone_wire_sort, self->wire, NULL);
  g_object_set (inner, "rtcp-min-interval", (guint64) REPORTS_NS, NULL);
  g_object_unref (inner);
  gst_object_unref (session);
  return TRUE;
}

/* One clock for all pipelines of a call: running time goes on where the last one stopped. */
static void
set_clock (SidePhonePipe *self,
           GstClockTime   start)
{
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();

  gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);
  gst_element_set_start_time (self->pipeline, GST_CLOCK_TIME_NONE);
  gst_element_set_base_time (self->pipeline, start);
}

static gboolean
build (SidePhonePipe  *self,
       SidePhoneFeed  *feed,
       GError        **error)
{
  self->rtpbin = gst_element_factory_make ("rtpbin", NULL);
  if (self->rtpbin == NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
                           "sound over the network is not installed (package gstreamer1.0-plugins-good)");
      return FALSE;
    }
  gst_bin_add (GST_BIN (self->pipeline), self->rtpbin);
  g_object_set (self->rtpbin, "latency", BUFFER_MS, "do-lost", TRUE, "autoremove", TRUE, "max-streams", MAX_STREAMS, NULL);
  g_signal_connect (self->rtpbin, "request-pt-map", G_CALLBACK (request_pt_map_cb), self);
  g_signal_connect (self->rtpbin, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (self->rtpbin, "pad-removed", G_CALLBACK (pad_removed_cb), self);
  g_signal_connect (self->rtpbin, "new-jitterbuffer", G_CALLBACK (new_buffer_cb), self);
  if (*self->agreed.keys.suite != '\0' && !add_encryption (self, error))
    return FALSE;
  if (!add_sending (self, feed, error))
    return FALSE;
  if (!add_session (self))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, "the way of the sound could not be laid");
      return FALSE;
    }
  return TRUE;
}

static void
copy_agreed (SideSdpAgreed       *to,
             const SideSdpAgreed *from)
{
  *to = *from;
  if (to->address != NULL)
    g_object_ref (to->address);
}

/* side_phone_pipe_new:
 * @start: where the time line begins, by the system clock
 * @heard: told of what the far side says
 * @error: SIDE_ERROR_UNSUPPORTED: a codec or encryption that is not installed; _FAILED */
SidePhonePipe *
side_phone_pipe_new (const SideSdpAgreed  *agreed,
                     SidePhoneWire        *wire,
                     SidePhoneFeed        *feed,
                     SidePhoneTape        *tape,
                     GstClockTime          start,
                     SidePhoneHeard        heard,
                     gpointer              data,
                     GError              **error)
{
  SidePhonePipe *self = g_new0 (SidePhonePipe, 1);

  g_weak_ref_init (&self->buffer, NULL);
  copy_agreed (&self->agreed, agreed);
  self->wire = wire;
  self->tape = tape;
  self->heard = heard;
  self->data = data;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  set_clock (self, start);
  if (build (self, feed, error))
    return self;
  side_phone_pipe_free (self);
  return NULL;
}

gboolean
side_phone_pipe_start (SidePhonePipe  *self,
                       GError        **error)
{
  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, "the sound could not be started");
  return FALSE;
}

/* Waits for its threads, which takes some milliseconds. */
void
side_phone_pipe_stop (SidePhonePipe *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  gst_bus_set_flushing (bus, TRUE);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
}

void
side_phone_pipe_free (SidePhonePipe *self)
{
  side_phone_pipe_stop (self);
  gst_clear_object (&self->encoder);
  gst_clear_object (&self->decoder);
  gst_clear_object (&self->pipeline);
  g_weak_ref_clear (&self->buffer);
  side_sdp_agreed_clear (&self->agreed);
  g_free (self);
}

/* Returns: (transfer full): where it tells of errors */
GstBus *
side_phone_pipe_get_bus (SidePhonePipe *self)
{
  return gst_element_get_bus (self->pipeline);
}

/* From the newest report of the far side. */
static double
round_trip_ms (GstElement *rtpbin)
{
  GObject *session = NULL;
  g_autoptr (GstStructure) stats = NULL;
  const GValue *sources;
  double ms = NAN;

  g_signal_emit_by_name (rtpbin, "get-internal-session", 0, &session);
  if (session == NULL)
    return NAN;
  g_object_get (session, "stats", &stats, NULL);
  g_object_unref (session);
  sources = stats != NULL ? gst_structure_get_value (stats, "source-stats") : NULL;
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  for (guint i = 0; sources != NULL && i < ((GValueArray *) g_value_get_boxed (sources))->n_values; i++)
    {
      const GstStructure *source = g_value_get_boxed (g_value_array_get_nth (g_value_get_boxed (sources), i));
      gboolean internal = TRUE, has = FALSE;
      guint trip = 0;

      gst_structure_get_boolean (source, "internal", &internal);
      gst_structure_get_boolean (source, "have-rb", &has);
      gst_structure_get_uint (source, "rb-round-trip", &trip);
      if (!internal && has && trip > 0)
        ms = trip * 1000.0 / 65536;
    }
  G_GNUC_END_IGNORE_DEPRECATIONS
  return ms;
}

/* side_phone_pipe_get_stats:
 * @stats: what only the pipeline knows is filled in */
void
side_phone_pipe_get_stats (SidePhonePipe  *self,
                           SidePhoneStats *stats)
{
  g_autoptr (GstElement) buffer = g_weak_ref_get (&self->buffer);
  g_autoptr (GstStructure) about = NULL;

  stats->buffer_ms = BUFFER_MS;
  stats->round_trip_ms = round_trip_ms (self->rtpbin);
  stats->slips += side_phone_src_get_slips (self->src);
  if (buffer == NULL)
    return;
  g_object_get (buffer, "stats", &about, NULL);
  if (about != NULL)
    {
      guint64 late = 0;

      gst_structure_get_uint64 (about, "num-late", &late);
      stats->late += late;
    }
}

/* side_phone_pipe_does:
 *
 * Returns: whether it can go on as it is with what was agreed now */
gboolean
side_phone_pipe_does (SidePhonePipe       *self,
                      const SideSdpAgreed *agreed)
{
  return is_codec (&self->agreed.codec, agreed->codec.name)
         && self->agreed.codec.payload_type == agreed->codec.payload_type
         && self->agreed.codec.rate == agreed->codec.rate
         && self->agreed.receive_type == agreed->receive_type
         && self->agreed.ptime_ms == agreed->ptime_ms
         && strcmp (self->agreed.keys.suite, agreed->keys.suite) == 0
         && memcmp (self->agreed.keys.ours, agreed->keys.ours, SIDE_SDP_KEY_BYTES) == 0
         && memcmp (self->agreed.keys.theirs, agreed->keys.theirs, SIDE_SDP_KEY_BYTES) == 0;
}
