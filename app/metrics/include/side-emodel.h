/* side-emodel.h - how good a line is to talk over, reckoned from what the packets did
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The E-model of ITU-T G.107: a rating R of 0 to 100, and the mean opinion
 * score that people would give, 1 to 4.5. An estimate for one direction, with
 * assumptions that are always told beside it.
 */
#pragma once

#include <glib.h>

#include "side-test-call.h"

G_BEGIN_DECLS

/**
 * SideCodecModel: what a codec costs, ITU-T G.113.
 * @name: as in SDP: "PCMA"
 * @title: as people call it: "G.711 A-law"
 * @ie: impairment of the codec itself
 * @bpl: robustness against lost packets
 * @delay_ms: what it holds back before it can code
 * @approximate: whether G.113 has no figures for it, and these are our own assumption
 */
typedef struct {
  const char *name;
  const char *title;
  double      ie;
  double      bpl;
  double      delay_ms;
  gboolean    approximate;
} SideCodecModel;

/**
 * SideLine: what is known of one direction of a call.
 * @codec: (nullable): as in SDP, in upper or lower case
 * @concealed: whether lost packets are covered up (G.711 Appendix I); it matters for G.711 alone
 * @loss: share of packets that never came or came too late, 0 to 1; below 0: not known
 * @burst_ratio: how much they go missing in a row; 1 for at random, and for anything below
 * @round_trip_ms: of the network; below 0: not known, and then left out
 * @buffer_ms: how long packets wait to be played; below 0: not known, and then left out
 * @packet_ms: of sound in one packet; 0: 20
 */
typedef struct {
  const char *codec;
  gboolean    concealed;
  double      loss;
  double      burst_ratio;
  double      round_trip_ms;
  double      buffer_ms;
  double      packet_ms;
} SideLine;

/**
 * SideLineRating:
 * @delay_ms: from mouth to ear, one way
 * @r: rating, 0 to 93.2; NaN where codec or loss are not known
 * @mos: 1 to 4.41; NaN likewise
 * @approximate: whether the codec's figures are our own assumption
 */
typedef struct {
  double   delay_ms;
  double   r;
  double   mos;
  gboolean approximate;
} SideLineRating;

/* What is wrong with a line, in the order of how bad it is to the ear. */
typedef enum {
  SIDE_LINE_LOSS,        /* words get lost */
  SIDE_LINE_DELAY,       /* people cut in on each other */
  SIDE_LINE_JITTER,      /* packets come in fits */
  SIDE_LINE_POOR,        /* tiring to listen to, by the score */
  SIDE_LINE_OPEN,        /* not encrypted */
} SideLineFault;

/**
 * SideLineWarning:
 * @value: share of packets, ms, or score, as the fault has it; 0 for none
 * @serious: whether it is past what people put up with
 */
typedef struct {
  SideLineFault fault;
  double        value;
  gboolean      serious;
} SideLineWarning;

const SideCodecModel *side_emodel_find_codec  (const char *codec, gboolean concealed);
double                side_emodel_delay_cost  (double delay_ms);
double                side_emodel_loss_cost   (double ie, double bpl, double loss, double burst_ratio);
double                side_emodel_mos         (double r);
void                  side_emodel_rate        (const SideLine *line, SideLineRating *out);
char                 *side_emodel_assumptions (const SideLine *line);

GArray               *side_line_warnings      (const SideTestQuality *quality);
char                 *side_line_warning_words (const SideLineWarning *warning);

G_END_DECLS
