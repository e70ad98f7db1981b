/* side-speech.h - recordings of calls that never took place
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Speaks a call's dialogue with two voices into a two-channel WAV file of 8
 * kHz and 16 bits, operator left, customer right, exactly as long as the call,
 * and writes beside it who spoke when: ID.turns.json for ID.wav. One worker
 * thread does the work; the object belongs to the main context. The same spec
 * gives the same voices, words and times; only the synthesiser's flutter, which
 * it lets run on from sentence to sentence, is never the same twice.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SIDE_TYPE_SPEECH (side_speech_get_type ())
G_DECLARE_FINAL_TYPE (SideSpeech, side_speech, SIDE, SPEECH, GObject)

/* A longer call's recording ends here. */
#define SIDE_SPEECH_MAX_MS (10 * 60 * G_GINT64_CONSTANT (1000))

/**
 * SideSpeechSpec: one call to be spoken.
 * @seed: of the run
 * @call: id of the leg
 * @queue: id of its queue; chooses the dialogue
 * @language: "ru" or "en"
 * @talk_ms: talk time
 * @hold_ms: time on hold, 0 for none
 * @hold_at_ms: when the hold began, from the answer
 * @passed_on: the operator passed the caller on at the end
 * @sold: it ended with an order
 * @shop: the shop's name
 * @op: the operator's first name
 * @op_id: their id: the same person has the same voice in all calls
 * @op_woman: whether it is a woman's
 * @order: (nullable): the order's number; %NULL for one made up
 * @price: (nullable): its worth, as it is spoken; %NULL for one made up
 */
typedef struct {
  guint64     seed;
  char       *call;
  char       *queue;
  char       *language;
  gint64      talk_ms;
  gint64      hold_ms;
  gint64      hold_at_ms;
  gboolean    passed_on;
  gboolean    sold;
  char       *shop;
  char       *op;
  char       *op_id;
  gboolean    op_woman;
  char       *order;
  char       *price;
} SideSpeechSpec;

SideSpeechSpec *side_speech_spec_new      (void);
SideSpeechSpec *side_speech_spec_copy     (const SideSpeechSpec *self);
void            side_speech_spec_free     (SideSpeechSpec *self);

SideSpeech     *side_speech_new           (const char *data_path);
void            side_speech_render_async  (SideSpeech *self, const SideSpeechSpec *spec, const char *path,
                                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean        side_speech_render_finish (SideSpeech *self, GAsyncResult *result, GError **error);
guint           side_speech_get_backlog   (SideSpeech *self);
char           *side_speech_turns_path    (const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideSpeechSpec, side_speech_spec_free)

G_END_DECLS
