/* side-speech-plan.h - who says what, when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Chooses turns and the pauses between them so that a dialogue fills a call's
 * talk time. Pure: how long a turn lasts is asked of the caller, who lets it
 * be spoken.
 */
#pragma once

#include "side-dialogue.h"
#include "side-random.h"
#include "side-speech.h"

G_BEGIN_DECLS

/**
 * SidePlannedTurn: a turn with its place in the recording.
 * @to_ms: where it ends, cut off there when the call ended first
 * @sound: (element-type float): as spoken, at 8 kHz
 */
typedef struct {
  gboolean  customer;
  gboolean  cuts_in;
  gboolean  slow;
  char     *text;
  GArray   *sound;
  gint64    from_ms;
  gint64    to_ms;
} SidePlannedTurn;

/**
 * SideSpeakFunc:
 * @customer: whether the customer speaks, else the operator
 * @text: what
 * @user_data: as given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the sound at 8 kHz
 */
typedef GArray *(*SideSpeakFunc) (gboolean customer, const char *text, gpointer user_data, GError **error);

const SideDialogue *side_speech_choose (GPtrArray *dialogues, const SideSpeechSpec *spec, SideRandom *random);
GPtrArray          *side_speech_plan   (GPtrArray *dialogues, const SideDialogue *dialogue, const SideSpeechSpec *spec,
                                        const SideDialogueWords *words, gint64 length_ms, SideRandom *random,
                                        SideSpeakFunc speak, gpointer user_data, GError **error);

G_END_DECLS
