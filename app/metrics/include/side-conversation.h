/* side-conversation.h - from who spoke when to how the conversation went
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Pure functions on the speech spans of two sides: dead air, talk-over and who
 * cut in, response latency, monologues, shares. Spans in which a tone or music
 * sounds, or which the caller takes out (payment, hold), are masked: they are
 * neither speech nor silence. docs/sound.md has the definitions for readers.
 */
#pragma once

#include "side-analysis.h"

G_BEGIN_DECLS

#define SIDE_DEAD_AIR_MS       4000   /* longer than that is dead air */
#define SIDE_LONG_DEAD_AIR_MS  10000  /* counted apart */
#define SIDE_TALK_OVER_MS      250    /* shorter overlaps are no talk-over */
#define SIDE_BACK_CHANNEL_MS   1000   /* a shorter turn within the other's is a mere "yes" */
#define SIDE_MONOLOGUE_GAP_MS  1000   /* own pause up to which a monologue goes on */
#define SIDE_MONOLOGUE_TURN_MS 1000   /* a turn of the other of that length ends it */

/**
 * SideConversationInput:
 * @speech: (element-type SideSpan) (nullable): of operator and customer; the
 *   second %NULL when it cannot be told who spoke, the first is then of anybody
 * @masked: (element-type SideSpan) (nullable): apart from each other, in order
 * @duration_ms: of the recording
 * @answered_ms: when the operator came on, from the beginning of the recording
 */
typedef struct {
  const GArray *speech[2];
  const GArray *masked;
  gint64        duration_ms;
  gint64        answered_ms;
} SideConversationInput;

void    side_conversation_measure   (SideConversation *self, const SideConversationInput *input);
void    side_conversation_monologue (const SideConversationInput *input, guint side, SideSpan *longest);

GArray *side_spans_new              (void);
void    side_spans_add              (GArray *spans, gint64 from_ms, gint64 to_ms);
GArray *side_spans_join             (const GArray *a, const GArray *b);
GArray *side_spans_cut              (const GArray *spans, const GArray *masked);
GArray *side_spans_gaps             (const GArray *spans, gint64 duration_ms);
GArray *side_spans_common           (const GArray *a, const GArray *b);
gboolean side_spans_touch           (const GArray *spans, gint64 from_ms, gint64 to_ms);

G_END_DECLS
