/* side-sdp.c - reads descriptions of a call's sound
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 8866's lines, as much of them as one stream of sound needs. Everything in
 * it comes from outside: each text and number has a bound, and what is not
 * understood is passed over.
 */
#include "side-sdp-private.h"

#include <string.h>

#include "side-error.h"

#define MAX_TEXT     (16 * 1024)
#define MIN_PTIME_MS 10
#define MAX_PTIME_MS 120
/* With fewer packets a key might be worn out within a call (RFC 4568 §6.1): at
 * 50 a second these are 5.8 hours. */
#define MIN_LIFETIME (G_GUINT64_CONSTANT (1) << 20)

/* RFC 3551's numbers that need no line "a=rtpmap", those we may have to do with. */
static const SideSdpCodec fixed[] = {
  { 0, "PCMU", 8000, 1 }, { 3, "GSM", 8000, 1 }, { 8, "PCMA", 8000, 1 }, { 9, "G722", 8000, 1 }, { 18, "G729", 8000, 1 },
};

G_DEFINE_BOXED_TYPE (SideSdp, side_sdp, side_sdp_ref, side_sdp_unref)

SideSdp *
_side_sdp_new (void)
{
  SideSdp *self = g_new0 (SideSdp, 1);

  g_atomic_ref_count_init (&self->n_refs);
  self->streams = g_new0 (SdpStream, SDP_MAX_STREAMS);
  self->wish = SIDE_SDP_SENDRECV;
  return self;
}

SideSdp *
_side_sdp_copy (const SideSdp *self)
{
  SideSdp *copy = _side_sdp_new ();
  SdpStream *streams = copy->streams;

  memcpy (streams, self->streams, SDP_MAX_STREAMS * sizeof *streams);
  *copy = *self;
  g_atomic_ref_count_init (&copy->n_refs);
  copy->streams = streams;
  copy->sound = NULL;
  copy->address = NULL;
  if (self->sound != NULL)
    _side_sdp_choose (copy, streams + (self->sound - self->streams));
  return copy;
}

/**
 * side_sdp_ref:
 * @self: a description
 *
 * Returns: (transfer full): one more reference; from any thread
 */
SideSdp *
side_sdp_ref (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->n_refs);
  return self;
}

/**
 * side_sdp_unref:
 * @self: a description; its keys are wiped with the last reference
 */
void
side_sdp_unref (SideSdp *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_refs))
    return;
  g_clear_object (&self->address);
  explicit_bzero (self->streams, SDP_MAX_STREAMS * sizeof *self->streams);
  g_free (self->streams);
  explicit_bzero (self, sizeof *self);
  g_free (self);
}

/* Makes @sound the stream that counts. */
void
_side_sdp_choose (SideSdp   *self,
                  SdpStream *sound)
{
  g_autoptr (GInetAddress) address = NULL;

  self->sound = sound;
  g_clear_object (&self->address);
  if (*sound->connection != '\0')
    address = g_inet_address_new_from_string (sound->connection);
  /* RFC 3264 §8.4: an address of noughts is the old way to say "hold". */
  if (address != NULL && !g_inet_address_get_is_any (address))
    self->address = g_steal_pointer (&address);
}

gboolean
_side_sdp_codec_is_tones (const SideSdpCodec *codec)
{
  return g_ascii_strcasecmp (codec->name, "telephone-event") == 0;
}

/* Whether they are the same, whatever their payload types. */
gboolean
_side_sdp_codec_equal (const SideSdpCodec *a,
                       const SideSdpCodec *b)
{
  return g_ascii_strcasecmp (a->name, b->name) == 0 && a->rate == b->rate && a->channels == b->channels;
}

/* RFC 8866's "token", which may have @more marks. */
static gboolean
is_token (const char *text,
          const char *more)
{
  if (*text == '\0' || strlen (text) >= SDP_MAX_TOKEN)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr ("!#$%&'*+-.^_`{|}~", *p) == NULL && strchr (more, *p) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
read_number (const char *text,
             guint64     most,
             guint64    *number)
{
  return text != NULL && g_ascii_string_to_unsigned (text, 10, 0, most, number, NULL);
}

static GStrv
split_words (const char *text)
{
  g_auto (GStrv) raw = g_strsplit_set (text, " \t", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; raw[i] != NULL; i++)
    if (*raw[i] != '\0')
      g_strv_builder_add (builder, raw[i]);
  return g_strv_builder_end (builder);
}

/* "c=IN IP4 192.0.2.1": the address, without a time to live. */
static void
read_connection (const char *value,
                 char       *connection)
{
  g_auto (GStrv) words = split_words (value);

  if (g_strv_length (words) != 3 || strcmp (words[0], "IN") != 0)
    return;
  words[2][strcspn (words[2], "/")] = '\0';
  if (is_token (words[2], ":"))
    g_strlcpy (connection, words[2], SDP_MAX_TOKEN);
}

static gboolean
read_direction (const char       *value,
                SideSdpDirection *direction)
{
  static const struct {
    const char       *name;
    SideSdpDirection  direction;
  } names[] = {
    { "sendrecv", SIDE_SDP_SENDRECV }, { "sendonly", SIDE_SDP_SENDONLY }, { "recvonly", SIDE_SDP_RECVONLY },
    { "inactive", SIDE_SDP_INACTIVE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (value, names[i].name) == 0)
      {
        *direction = names[i].direction;
        return TRUE;
      }
  return FALSE;
}

static void
read_formats (SdpStream *stream,
              GStrv      words)
{
  guint64 number;

  for (gsize i = 3; words[i] != NULL; i++)
    {
      SideSdpCodec *codec = &stream->codecs[stream->n_codecs];

      if (stream->n_codecs == SIDE_SDP_MAX_CODECS || !read_number (words[i], 127, &number))
        continue;
      *codec = (SideSdpCodec) { .payload_type = (guint8) number };
      for (gsize k = 0; k < G_N_ELEMENTS (fixed); k++)
        if (fixed[k].payload_type == number)
          *codec = fixed[k];
      stream->n_codecs++;
    }
}

/* "m=audio 40000 RTP/AVP 8 0 101" */
static gboolean
read_media (SideSdp    *self,
            const char *value)
{
  g_auto (GStrv) words = split_words (value);
  SdpStream *stream = &self->streams[self->n_streams];
  guint64 port;

  if (self->n_streams == SDP_MAX_STREAMS || g_strv_length (words) < 4 || !is_token (words[0], "") || !is_token (words[2], "/") ||
      !is_token (words[3], ""))
    return FALSE;
  words[1][strcspn (words[1], "/")] = '\0';
  if (!read_number (words[1], G_MAXUINT16, &port))
    return FALSE;
  g_strlcpy (stream->media, words[0], sizeof stream->media);
  g_strlcpy (stream->protocol, words[2], sizeof stream->protocol);
  g_strlcpy (stream->format, words[3], sizeof stream->format);
  stream->encrypted = g_str_has_prefix (words[2], "RTP/SAVP");
  stream->sound = strcmp (words[0], "audio") == 0 &&
                  g_strv_contains ((const char *const[]) { "RTP/AVP", "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF", NULL }, words[2]);
  stream->rtp_port = (guint16) port;
  stream->rtcp_port = port > 0 && port < G_MAXUINT16 ? (guint16) (port + 1) : 0;
  if (stream->sound)
    read_formats (stream, words);
  self->n_streams++;
  return TRUE;
}

/* "a=rtpmap:96 opus/48000/2" */
static void
read_rtpmap (SdpStream  *stream,
             const char *value)
{
  g_auto (GStrv) words = split_words (value);
  g_auto (GStrv) parts = NULL;
  guint64 number, rate, channels = 1;

  if (g_strv_length (words) != 2 || !read_number (words[0], 127, &number))
    return;
  parts = g_strsplit (words[1], "/", 3);
  if (g_strv_length (parts) < 2 || !is_token (parts[0], "") || strlen (parts[0]) >= sizeof stream->codecs[0].name ||
      !read_number (parts[1], 384000, &rate) || rate == 0 || (parts[2] != NULL && !read_number (parts[2], 16, &channels)))
    return;
  for (gsize i = 0; i < stream->n_codecs; i++)
    if (stream->codecs[i].payload_type == number)
      {
        g_strlcpy (stream->codecs[i].name, parts[0], sizeof stream->codecs[i].name);
        stream->codecs[i].rate = (guint) rate;
        stream->codecs[i].channels = channels > 0 ? (guint) channels : 1;
      }
}

/* RFC 4568 §6.1: "inline:KEY|2^20|1:4". An identifier of the key, or several
 * keys, are not taken. */
static gboolean
read_key (const char *params,
          guint8     *key)
{
  g_auto (GStrv) parts = g_strsplit (params, "|", -1);
  g_autofree guint8 *raw = NULL;
  guint64 number;
  gsize length = 0;
  gboolean good;

  if (g_ascii_strncasecmp (params, "inline:", 7) != 0 || strchr (params, ';') != NULL || g_strv_length (parts) > 2)
    return FALSE;
  if (parts[1] != NULL && g_str_has_prefix (parts[1], "2^"))
    {
      if (!read_number (parts[1] + 2, 48, &number) || (G_GUINT64_CONSTANT (1) << number) < MIN_LIFETIME)
        return FALSE;
    }
  else if (parts[1] != NULL && (!read_number (parts[1], G_MAXUINT64, &number) || number < MIN_LIFETIME))
    return FALSE;
  raw = g_base64_decode (parts[0] + 7, &length);
  good = length == SIDE_SDP_KEY_BYTES;
  if (good)
    memcpy (key, raw, SIDE_SDP_KEY_BYTES);
  explicit_bzero (raw, length);
  for (gsize i = 0; parts[i] != NULL; i++)
    explicit_bzero (parts[i], strlen (parts[i]));
  return good;
}

/* "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:…": kept where it can be followed. */
static void
read_crypto (SdpStream  *stream,
             const char *value)
{
  g_auto (GStrv) words = split_words (value);
  SdpCrypto *crypto = &stream->cryptos[stream->n_cryptos];
  gsize n = g_strv_length (words);
  guint64 tag;
  gboolean good = stream->n_cryptos < SDP_MAX_CRYPTOS && n >= 3 && read_number (words[0], 999999999, &tag) &&
                  g_strv_contains ((const char *const[]) { "AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32", NULL }, words[1]);

  /* §6.3: who does not know a parameter must not take the line, unless it says
   * otherwise. A window for late packets is what every receiver has. */
  for (gsize i = 3; good && i < n; i++)
    good = words[i][0] == '-' || g_str_has_prefix (words[i], "WSH=");
  if (good && read_key (words[2], crypto->key))
    {
      crypto->tag = (guint) tag;
      g_strlcpy (crypto->suite, words[1], sizeof crypto->suite);
      stream->n_cryptos++;
    }
  for (gsize i = 0; i < n; i++)
    explicit_bzero (words[i], strlen (words[i]));
}

static void
read_attribute (SdpStream  *stream,
                const char *value)
{
  guint64 number;

  if (g_str_has_prefix (value, "rtpmap:"))
    read_rtpmap (stream, value + strlen ("rtpmap:"));
  else if (g_str_has_prefix (value, "crypto:"))
    read_crypto (stream, value + strlen ("crypto:"));
  else if (g_str_has_prefix (value, "ptime:"))
    {
      if (read_number (value + strlen ("ptime:"), MAX_PTIME_MS, &number) && number >= MIN_PTIME_MS)
        stream->ptime_ms = (guint) number;
    }
  else if (g_str_has_prefix (value, "rtcp:"))
    {
      g_auto (GStrv) words = split_words (value + strlen ("rtcp:"));

      if (words[0] != NULL && read_number (words[0], G_MAXUINT16, &number))
        stream->rtcp_port = (guint16) number;
    }
  else
    read_direction (value, &stream->direction);
}

/* What is said before the first stream holds for all of them that say nothing. */
typedef struct {
  char             connection[SDP_MAX_TOKEN];
  SideSdpDirection direction;
} Common;

static gboolean
read_line (SideSdp    *self,
           Common     *common,
           const char *line)
{
  const char *value = line + 2;
  SdpStream *stream = self->n_streams > 0 ? &self->streams[self->n_streams - 1] : NULL;

  if (!g_ascii_isalpha (line[0]) || line[1] != '=')
    return FALSE;
  switch (line[0])
    {
    case 'm':
      if (!read_media (self, value))
        return FALSE;
      stream = &self->streams[self->n_streams - 1];
      stream->direction = common->direction;
      g_strlcpy (stream->connection, common->connection, sizeof stream->connection);
      break;
    case 'c':
      read_connection (value, stream != NULL ? stream->connection : common->connection);
      break;
    case 'a':
      if (stream == NULL)
        read_direction (value, &common->direction);
      else if (stream->sound)
        read_attribute (stream, value);
      break;
    default:
      break;
    }
  return TRUE;
}

/* Codecs whose number nothing explains are none; the first stream of sound that
 * is not refused counts. */
static void
settle (SideSdp *self)
{
  SdpStream *best = NULL;

  for (gsize i = 0; i < self->n_streams; i++)
    {
      SdpStream *stream = &self->streams[i];
      gsize n = 0;

      for (gsize k = 0; k < stream->n_codecs; k++)
        if (stream->codecs[k].rate > 0)
          stream->codecs[n++] = stream->codecs[k];
      stream->n_codecs = n;
      if (stream->sound && (best == NULL || (best->rtp_port == 0 && stream->rtp_port != 0)))
        best = stream;
    }
  if (best != NULL)
    _side_sdp_choose (self, best);
}

static SideSdp *
refuse (GError    **error,
        const char *why)
{
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "not a description: %s", why);
  return NULL;
}

/**
 * side_sdp_parse:
 * @text: a description
 * @length: bytes of it, -1 if it ends with a NUL
 * @error: where to say what is wrong
 *
 * Returns: (transfer full) (nullable): what it says; one without sound is good
 *   as well. INVALID: over 16 KiB, a NUL, a line without "=", no "v=0" at the
 *   start, more than 8 streams, a stream's line that cannot be read
 */
SideSdp *
side_sdp_parse (const char  *text,
                gssize       length,
                GError     **error)
{
  g_autoptr (SideSdp) self = NULL;
  Common common = { .direction = SIDE_SDP_SENDRECV };
  gsize size;

  g_return_val_if_fail (text != NULL, NULL);

  size = length < 0 ? strlen (text) : (gsize) length;
  if (size > MAX_TEXT)
    return refuse (error, "too long");
  if (memchr (text, '\0', size) != NULL)
    return refuse (error, "a NUL in it");
  while (size > 0 && (text[size - 1] == '\n' || text[size - 1] == '\r'))
    size--;
  self = _side_sdp_new ();
  for (const char *p = text, *end = text + size; p < end;)
    {
      const char *newline = memchr (p, '\n', (gsize) (end - p));
      g_autofree char *line = g_strndup (p, (gsize) ((newline != NULL ? newline : end) - p));
      gboolean good;

      line[strcspn (line, "\r")] = '\0';
      good = p == text ? strcmp (line, "v=0") == 0 : read_line (self, &common, line);
      explicit_bzero (line, strlen (line));       /* it may have held a key */
      if (!good)
        return refuse (error, p == text ? "no version 0" : "a line that is none");
      p = newline != NULL ? newline + 1 : end;
    }
  if (size == 0)
    return refuse (error, "empty");
  settle (self);
  return g_steal_pointer (&self);
}

GInetAddress *
side_sdp_get_address (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->address;
}

guint16
side_sdp_get_rtp_port (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->sound != NULL ? self->sound->rtp_port : 0;
}

guint16
side_sdp_get_rtcp_port (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->sound != NULL ? self->sound->rtcp_port : 0;
}

SideSdpDirection
side_sdp_get_direction (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, SIDE_SDP_INACTIVE);
  return self->sound != NULL ? self->sound->direction : SIDE_SDP_INACTIVE;
}

gboolean
side_sdp_get_encrypted (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return self->sound != NULL && self->sound->encrypted;
}

const SideSdpCodec *
side_sdp_get_codec (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (gsize i = 0; self->sound != NULL && i < self->sound->n_codecs; i++)
    if (!_side_sdp_codec_is_tones (&self->sound->codecs[i]))
      return &self->sound->codecs[i];
  return NULL;
}

/* RFC 4733 §2.4.1 wants the speech's clock; many ends name only 8000 beside
 * Opus, and understand it. */
const SideSdpCodec *
_side_sdp_find_tones (const SdpStream *stream,
                      guint            rate)
{
  const SideSdpCodec *first = NULL;

  for (gsize i = 0; i < stream->n_codecs; i++)
    {
      const SideSdpCodec *codec = &stream->codecs[i];

      if (!_side_sdp_codec_is_tones (codec))
        continue;
      if (codec->rate == rate)
        return codec;
      first = first != NULL ? first : codec;
    }
  return first;
}

const SideSdpCodec *
side_sdp_get_tones (SideSdp *self)
{
  const SideSdpCodec *speech;

  g_return_val_if_fail (self != NULL, NULL);

  speech = side_sdp_get_codec (self);
  return speech != NULL ? _side_sdp_find_tones (self->sound, speech->rate) : NULL;
}

guint
side_sdp_get_ptime_ms (SideSdp *self)
{
  g_return_val_if_fail (self != NULL, 20);
  return self->sound != NULL && self->sound->ptime_ms != 0 ? self->sound->ptime_ms : 20;
}
