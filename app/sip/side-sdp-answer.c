/* side-sdp-answer.c - what two descriptions come to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * RFC 3264's answers and RFC 4568's choice of keys, over what side-sdp.c read.
 * Encryption is never given up quietly: who wants it gets it or no call.
 */
#include "side-sdp-private.h"

#include <string.h>

#include "side-error.h"

static gboolean
unsupported (GError    **error,
             const char *why)
{
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, why);
  return FALSE;
}

/* What one end sends the other receives. */
static SideSdpDirection
flip (SideSdpDirection direction)
{
  return (direction & SIDE_SDP_SENDONLY ? SIDE_SDP_RECVONLY : 0) | (direction & SIDE_SDP_RECVONLY ? SIDE_SDP_SENDONLY : 0);
}

static gboolean
can_receive (const SdpStream *stream)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (stream->connection);

  return address != NULL && !g_inet_address_get_is_any (address);
}

/* What is left for our side of what they want and what we want. */
static SideSdpDirection
meet (SideSdpDirection  wish,
      const SdpStream  *theirs)
{
  SideSdpDirection direction = wish & flip (theirs->direction);

  return can_receive (theirs) ? direction : direction & SIDE_SDP_RECVONLY;
}

/* The first codec for speech of @first that is in @second as well; @same: there. */
static const SideSdpCodec *
find_common (const SideSdpCodec  *first,
             gsize                n_first,
             const SideSdpCodec  *second,
             gsize                n_second,
             const SideSdpCodec **same)
{
  for (gsize i = 0; i < n_first; i++)
    for (gsize k = 0; k < n_second && !_side_sdp_codec_is_tones (&first[i]); k++)
      if (_side_sdp_codec_equal (&first[i], &second[k]))
        {
          *same = &second[k];
          return &first[i];
        }
  return NULL;
}

/* Takes from @theirs what the answer is to hold: one codec, so that nobody
 * changes it in the middle of a recording, and the key tones beside it. */
static gboolean
take_codecs (const SideSdp   *ours,
             const SdpStream *theirs,
             SdpStream       *answer)
{
  const SideSdpCodec *same;
  const SideSdpCodec *speech = find_common (theirs->codecs, theirs->n_codecs, ours->able, ours->n_able, &same);
  const SideSdpCodec *tones = speech != NULL ? _side_sdp_find_tones (theirs, speech->rate) : NULL;
  gboolean can_tones = FALSE;

  if (speech == NULL)
    return FALSE;
  for (gsize i = 0; tones != NULL && i < ours->n_able; i++)
    can_tones |= _side_sdp_codec_equal (&ours->able[i], tones);
  answer->codecs[0] = *speech;
  answer->n_codecs = 1;
  if (can_tones)
    answer->codecs[answer->n_codecs++] = *tones;
  return TRUE;
}

/* The stream of @theirs to answer: sound that is not refused, encrypted exactly
 * if we have a key. */
static const SdpStream *
find_stream (const SideSdp *ours,
             const SideSdp *theirs)
{
  for (gsize i = 0; i < theirs->n_streams; i++)
    {
      const SdpStream *stream = &theirs->streams[i];

      if (stream->sound && stream->rtp_port != 0 && stream->encrypted == ours->has_key)
        return stream;
    }
  return NULL;
}

static const char *
why_no_stream (const SideSdp *ours,
               const SideSdp *theirs)
{
  if (theirs->sound == NULL || theirs->sound->rtp_port == 0)
    return "no sound that we could take is offered";
  return ours->has_key ? "the sound is not encrypted" : "the sound is encrypted, and there is no key for it";
}

/* A stream we do not take, or the place where ours goes: RFC 3264 §6 wants as
 * many as were offered, in the same order. */
static void
mirror (const SdpStream *theirs,
        SdpStream       *answer)
{
  *answer = (SdpStream) { .direction = SIDE_SDP_INACTIVE };
  g_strlcpy (answer->media, theirs->media, sizeof answer->media);
  g_strlcpy (answer->protocol, theirs->protocol, sizeof answer->protocol);
  g_strlcpy (answer->format, theirs->format, sizeof answer->format);
}

/**
 * side_sdp_answer:
 * @ours: our newest description in this call, or side_sdp_new_offer() for a
 *   first one; what was left of it by earlier answers is not forgotten
 * @theirs: what they offer
 * @error: where to say why there is no answer
 *
 * Their first codec that we have, their payload types, the opposite direction
 * as far as we want it, our key by the first method of theirs that we know.
 *
 * Returns: (transfer full) (nullable): our answer. UNSUPPORTED: no sound, no
 *   codec in common, or encryption wanted by one of the two alone
 */
SideSdp *
side_sdp_answer (SideSdp  *ours,
                 SideSdp  *theirs,
                 GError  **error)
{
  g_autoptr (SideSdp) answer = NULL;
  const SdpStream *offered;
  SdpStream *stream;

  g_return_val_if_fail (ours != NULL && ours->sound != NULL && theirs != NULL, NULL);

  offered = find_stream (ours, theirs);
  if (offered == NULL)
    {
      unsupported (error, why_no_stream (ours, theirs));
      return NULL;
    }
  if (offered->encrypted && offered->n_cryptos == 0)
    {
      unsupported (error, "no method of encryption in common");
      return NULL;
    }
  answer = _side_sdp_copy (ours);
  answer->version++;
  answer->n_streams = theirs->n_streams;
  for (gsize i = 0; i < theirs->n_streams; i++)
    mirror (&theirs->streams[i], &answer->streams[i]);
  stream = &answer->streams[offered - theirs->streams];
  stream->sound = TRUE;
  stream->encrypted = offered->encrypted;
  stream->rtp_port = ours->sound->rtp_port;
  stream->rtcp_port = ours->sound->rtcp_port;
  stream->ptime_ms = offered->ptime_ms != 0 ? offered->ptime_ms : 20;
  stream->direction = meet (ours->wish, offered);
  g_strlcpy (stream->connection, ours->sound->connection, sizeof stream->connection);
  if (!take_codecs (ours, offered, stream))
    {
      unsupported (error, "no codec in common");
      return NULL;
    }
  if (offered->encrypted)
    {
      stream->cryptos[0] = offered->cryptos[0];
      memcpy (stream->cryptos[0].key, ours->key, SIDE_SDP_KEY_BYTES);
      stream->n_cryptos = 1;
    }
  _side_sdp_choose (answer, stream);
  return g_steal_pointer (&answer);
}

/* RFC 4568 §5.1.2: the answer's one line names the offer's by its number. */
static gboolean
agree_keys (const SdpStream *ours,
            const SdpStream *theirs,
            gboolean         we_offered,
            SideSdpKeys     *keys)
{
  const SdpStream *offer = we_offered ? ours : theirs;
  const SdpStream *answer = we_offered ? theirs : ours;

  if (answer->n_cryptos != 1)
    return FALSE;
  for (gsize i = 0; i < offer->n_cryptos; i++)
    {
      const SdpCrypto *offered = &offer->cryptos[i];
      const SdpCrypto *taken = &answer->cryptos[0];

      if (offered->tag != taken->tag || strcmp (offered->suite, taken->suite) != 0)
        continue;
      g_strlcpy (keys->suite, taken->suite, sizeof keys->suite);
      memcpy (keys->ours, (we_offered ? offered : taken)->key, SIDE_SDP_KEY_BYTES);
      memcpy (keys->theirs, (we_offered ? taken : offered)->key, SIDE_SDP_KEY_BYTES);
      return TRUE;
    }
  return FALSE;
}

static gboolean
agree_codecs (const SdpStream *ours,
              const SdpStream *theirs,
              gboolean         we_offered,
              SideSdpAgreed   *agreed)
{
  const SdpStream *answer = we_offered ? theirs : ours;
  const SdpStream *offer = we_offered ? ours : theirs;
  const SideSdpCodec *offered;
  const SideSdpCodec *taken = find_common (answer->codecs, answer->n_codecs, offer->codecs, offer->n_codecs, &offered);
  const SideSdpCodec *tones;

  if (taken == NULL)
    return FALSE;
  agreed->codec = we_offered ? *taken : *offered;
  agreed->receive_type = (we_offered ? offered : taken)->payload_type;
  tones = _side_sdp_find_tones (theirs, taken->rate);
  for (gsize i = 0; tones != NULL && i < ours->n_codecs; i++)
    if (_side_sdp_codec_equal (&ours->codecs[i], tones))
      {
        agreed->tones = *tones;
        agreed->tones_receive_type = ours->codecs[i].payload_type;
        break;
      }
  return TRUE;
}

/**
 * side_sdp_agree:
 * @ours: our description
 * @theirs: theirs; the one is the answer to the other
 * @we_offered: whether @theirs is the answer
 * @agreed: (out): what holds now; to be cleared with side_sdp_agreed_clear()
 * @error: where to say why they do not fit
 *
 * Returns: %FALSE with UNSUPPORTED where they refused the sound, answered with
 *   a codec nobody named, or without the encryption that was offered; @agreed
 *   is then empty
 */
gboolean
side_sdp_agree (SideSdp        *ours,
                SideSdp        *theirs,
                gboolean        we_offered,
                SideSdpAgreed  *agreed,
                GError        **error)
{
  gsize place;
  const SdpStream *stream;

  g_return_val_if_fail (ours != NULL && ours->sound != NULL && theirs != NULL && agreed != NULL, FALSE);

  *agreed = (SideSdpAgreed) { 0 };
  place = (gsize) (ours->sound - ours->streams);
  stream = place < theirs->n_streams ? &theirs->streams[place] : NULL;
  if (stream == NULL || !stream->sound || stream->rtp_port == 0)
    return unsupported (error, "the sound was refused");
  if (stream->encrypted != ours->sound->encrypted)
    return unsupported (error, stream->encrypted ? "the sound is encrypted, and there is no key for it" : "the sound is not encrypted");
  if (!agree_codecs (ours->sound, stream, we_offered, agreed) ||
      (stream->encrypted && !agree_keys (ours->sound, stream, we_offered, &agreed->keys)))
    {
      side_sdp_agreed_clear (agreed);
      return unsupported (error, stream->encrypted ? "no codec or no method of encryption in common" : "no codec in common");
    }
  agreed->direction = meet (ours->sound->direction, stream);
  agreed->address = can_receive (stream) ? g_inet_address_new_from_string (stream->connection) : NULL;
  agreed->rtp_port = stream->rtp_port;
  agreed->rtcp_port = stream->rtcp_port;
  agreed->ptime_ms = stream->ptime_ms != 0 ? stream->ptime_ms : 20;
  return TRUE;
}

/**
 * side_sdp_agreed_clear:
 * @agreed: what side_sdp_agree() filled in; its keys are wiped
 */
void
side_sdp_agreed_clear (SideSdpAgreed *agreed)
{
  g_return_if_fail (agreed != NULL);

  g_clear_object (&agreed->address);
  explicit_bzero (agreed, sizeof *agreed);
}
