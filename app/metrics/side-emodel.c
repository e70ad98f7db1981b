/* side-emodel.c - how good a line is to talk over, reckoned from what the packets did
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * R = 93.2 - Idd - Ie,eff: default values of G.107 for all that is not measured
 * (loudness, noise in the rooms, echo). 93.2 is what is left of 100 with these.
 */
#include "side-emodel.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define R0              93.2    /* G.107 (06/2015), with its default values */
#define FREE_DELAY_MS   100.0   /* up to here delay costs nothing */
#define USUAL_PACKET_MS 20.0

/* Loss, delay, jitter and score from which a word is said, and from which it is a serious one. */
#define LOSS_SOME       0.01
#define LOSS_SERIOUS    0.03
#define TRIP_SOME_MS    300.0   /* 150 ms one way: G.114 */
#define TRIP_SERIOUS_MS 500.0
#define JITTER_SOME_MS  30.0
#define JITTER_SERIOUS_MS 60.0
#define MOS_SOME        3.6     /* R 70: "many users dissatisfied" begins below, G.107 Annex B */
#define MOS_SERIOUS     3.1     /* R 60 */

/* G.113 Appendix I, but for those that are marked. Those of G.711 without and
 * with concealment stand first and second. */
static const SideCodecModel codecs[] = {
  { "PCMA", "G.711 A-law", 0, 4.3, 0, FALSE },
  { "PCMA", "G.711 A-law", 0, 25.1, 0, FALSE },
  { "PCMU", "G.711 µ-law", 0, 4.3, 0, FALSE },
  { "PCMU", "G.711 µ-law", 0, 25.1, 0, FALSE },
  { "G729", "G.729A", 11, 19, 15, FALSE },
  { "G723", "G.723.1", 15, 16.1, 37.5, FALSE },
  { "GSM-EFR", "GSM EFR", 5, 10, 0, FALSE },
  /* G.113 has no figures of this scale for wideband codecs. */
  { "G722", "G.722", 0, 25, 1.5, TRUE },
  { "OPUS", "Opus", 0, 25, 6.5, TRUE },
};

/**
 * side_emodel_find_codec:
 * @codec: (nullable): as in SDP, in upper or lower case
 * @concealed: whether lost packets are covered up
 *
 * Returns: (transfer none) (nullable): what it costs; %NULL for one not known
 */
const SideCodecModel *
side_emodel_find_codec (const char *codec,
                        gboolean    concealed)
{
  const SideCodecModel *found = NULL;

  for (gsize i = 0; codec != NULL && i < G_N_ELEMENTS (codecs); i++)
    if (g_ascii_strcasecmp (codecs[i].name, codec) == 0 && (found == NULL || concealed))
      found = &codecs[i];
  return found;
}

/**
 * side_emodel_delay_cost:
 * @delay_ms: from mouth to ear, one way
 *
 * Idd of G.107 (06/2015), 7.4.
 *
 * Returns: what the delay takes off R
 */
double
side_emodel_delay_cost (double delay_ms)
{
  double x;

  if (!(delay_ms > FREE_DELAY_MS))
    return 0;
  x = log2 (delay_ms / FREE_DELAY_MS);
  return 25.0 * (pow (1.0 + pow (x, 6), 1.0 / 6) - 3.0 * pow (1.0 + pow (x / 3.0, 6), 1.0 / 6) + 2.0);
}

/**
 * side_emodel_loss_cost:
 * @ie: impairment of the codec itself
 * @bpl: its robustness against lost packets
 * @loss: share of packets lost, 0 to 1
 * @burst_ratio: 1 for at random
 *
 * Ie,eff = Ie + (95 - Ie) · Ppl / (Ppl / BurstR + Bpl), Ppl in percent: G.107
 * (06/2015), 7.5.
 *
 * Returns: what codec and losses take off R
 */
double
side_emodel_loss_cost (double ie,
                       double bpl,
                       double loss,
                       double burst_ratio)
{
  double percent = 100.0 * CLAMP (loss, 0, 1);

  return ie + (95.0 - ie) * percent / (percent / MAX (burst_ratio, 1.0) + bpl);
}

/**
 * side_emodel_mos:
 * @r: rating
 *
 * MOS = 1 + .035 R + 7e-6 R (R - 60) (100 - R): G.107 (06/2015), Annex B. The
 * formula dips below 1 for very small R; nobody can give less.
 *
 * Returns: the mean opinion score, 1 to 4.5
 */
double
side_emodel_mos (double r)
{
  if (isnan (r))
    return NAN;
  if (r <= 0)
    return 1.0;
  if (r >= 100)
    return 4.5;
  return MAX (1.0, 1.0 + 0.035 * r + 7e-6 * r * (r - 60.0) * (100.0 - r));
}

static double
packet_of (const SideLine *line)
{
  return line->packet_ms > 0 ? line->packet_ms : USUAL_PACKET_MS;
}

/**
 * side_emodel_rate:
 * @line: what is known of it
 * @out: (out): what it comes to
 *
 * The delay is half of the round trip, the sound of one packet, what the codec
 * holds back, and the wait in the buffer. Jitter is no term of its own: it makes
 * packets late, which is loss, and buffers long, which is delay.
 */
void
side_emodel_rate (const SideLine *line,
                  SideLineRating *out)
{
  const SideCodecModel *codec;

  g_return_if_fail (line != NULL && out != NULL);

  codec = side_emodel_find_codec (line->codec, line->concealed);
  *out = (SideLineRating) { .r = NAN, .mos = NAN };
  out->delay_ms = packet_of (line) + MAX (line->round_trip_ms, 0) / 2 + MAX (line->buffer_ms, 0) + (codec != NULL ? codec->delay_ms : 0);
  if (codec == NULL || !(line->loss >= 0))
    return;
  out->approximate = codec->approximate;
  out->r = MAX (0, R0 - side_emodel_delay_cost (out->delay_ms)
                   - side_emodel_loss_cost (codec->ie, codec->bpl, line->loss, line->burst_ratio));
  out->mos = side_emodel_mos (out->r);
}

static void
add_delay (GString              *words,
           const SideLine       *line,
           const SideCodecModel *codec)
{
  SideLineRating rating;

  side_emodel_rate (line, &rating);
  /* Translators: one way, from mouth to ear, and what it was added up from */
  g_string_append_printf (words, _("; delay %.0f ms: packet %.0f"), rating.delay_ms, packet_of (line));
  if (codec->delay_ms > 0)
    g_string_append_printf (words, _(", codec %.0f"), codec->delay_ms);
  if (line->buffer_ms >= 0)
    g_string_append_printf (words, _(", buffer %.0f"), line->buffer_ms);
  if (line->round_trip_ms >= 0)
    g_string_append_printf (words, _(", half of the round trip %.0f"), line->round_trip_ms / 2);
  else
    g_string_append (words, _(", the network’s own not known"));
}

/**
 * side_emodel_assumptions:
 * @line: what is known of it
 *
 * Returns: (transfer full): what its rating was reckoned with, for people; and
 *   why there is none where there is none
 */
char *
side_emodel_assumptions (const SideLine *line)
{
  const SideCodecModel *codec;
  g_autoptr (GString) words = g_string_new (NULL);

  g_return_val_if_fail (line != NULL, NULL);

  codec = side_emodel_find_codec (line->codec, line->concealed);
  if (codec == NULL)
    return line->codec != NULL ? g_strdup_printf (_("Not known: there are no figures for the codec %s"), line->codec)
                               : g_strdup (_("Not known: no sound came"));
  if (!(line->loss >= 0))
    return g_strdup (_("Not known: nobody counted the packets"));
  /* Translators: E-model, the two figures are a codec's impairment and robustness */
  g_string_append_printf (words, _("E-model (ITU-T G.107) for %s, Ie %.0f, Bpl %.1f"), codec->title, codec->ie, codec->bpl);
  if (codec->approximate)
    g_string_append (words, _(" (our assumption: G.113 has none)"));
  else if (codec->bpl > 25)
    g_string_append (words, _(", losses covered up as telephones do, unlike here"));
  if (line->burst_ratio > 1)
    g_string_append_printf (words, _("; losses in bursts, %.1f"), line->burst_ratio);
  else
    g_string_append (words, _("; losses at random"));
  add_delay (words, line, codec);
  g_string_append (words, _("; no echo, quiet rooms"));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
warn (GArray        *warnings,
      SideLineFault  fault,
      double         value,
      gboolean       serious)
{
  const SideLineWarning warning = { fault, value, serious };

  g_array_append_val (warnings, warning);
}

/**
 * side_line_warnings:
 * @quality: what was measured
 *
 * Returns: (transfer full) (element-type SideLineWarning): what is to be said about it;
 *   empty for a good line, and for one of which nothing is known
 */
GArray *
side_line_warnings (const SideTestQuality *quality)
{
  GArray *warnings = g_array_new (FALSE, FALSE, sizeof (SideLineWarning));

  g_return_val_if_fail (quality != NULL, warnings);

  if (quality->loss >= LOSS_SOME)
    warn (warnings, SIDE_LINE_LOSS, quality->loss, quality->loss >= LOSS_SERIOUS);
  if (quality->round_trip_ms >= TRIP_SOME_MS)
    warn (warnings, SIDE_LINE_DELAY, quality->round_trip_ms, quality->round_trip_ms >= TRIP_SERIOUS_MS);
  if (quality->jitter_ms >= JITTER_SOME_MS)
    warn (warnings, SIDE_LINE_JITTER, quality->jitter_ms, quality->jitter_ms >= JITTER_SERIOUS_MS);
  if (quality->mos >= 0 && quality->mos < MOS_SOME)
    warn (warnings, SIDE_LINE_POOR, quality->mos, quality->mos < MOS_SERIOUS);
  if (quality->codec != NULL && !quality->encrypted)
    warn (warnings, SIDE_LINE_OPEN, 0, FALSE);
  return warnings;
}

/**
 * side_line_warning_words:
 * @warning: a warning
 *
 * Returns: (transfer full): what it says to people
 */
char *
side_line_warning_words (const SideLineWarning *warning)
{
  g_return_val_if_fail (warning != NULL, NULL);

  switch (warning->fault)
    {
    case SIDE_LINE_LOSS:
      return warning->serious ? g_strdup_printf (_("Loss %.0f %%: words get lost"), warning->value * 100)
                              : g_strdup_printf (_("Loss %.0f %%: a syllable is missing now and then"), warning->value * 100);
    case SIDE_LINE_DELAY:
      return warning->serious ? g_strdup_printf (_("Round trip %.0f ms: you will talk over each other"), warning->value)
                              : g_strdup_printf (_("Round trip %.0f ms: answers come late"), warning->value);
    case SIDE_LINE_JITTER:
      return warning->serious ? g_strdup_printf (_("Jitter %.0f ms: the sound stutters"), warning->value)
                              : g_strdup_printf (_("Jitter %.0f ms: packets come unevenly"), warning->value);
    case SIDE_LINE_POOR:
      return warning->serious ? g_strdup_printf (_("MOS %.1f: hard to understand"), warning->value)
                              : g_strdup_printf (_("MOS %.1f: tiring to listen to"), warning->value);
    case SIDE_LINE_OPEN:
      return g_strdup (_("Not encrypted: who sits on the way can listen"));
    default:
      g_return_val_if_reached (NULL);
    }
}
