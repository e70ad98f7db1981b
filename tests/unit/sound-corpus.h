/* sound-corpus.h - dialogues of which it is known who speaks when
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two synthetic voices talk in turns with known gaps, cut in on each other and
 * fall silent; then noise of a kind and strength is added and the whole is
 * written as a telephone would have it.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SOUND_CORPUS_RATE 8000

typedef enum {
  SOUND_NOISE_NONE,
  SOUND_NOISE_WHITE,
  SOUND_NOISE_PINK,
  SOUND_NOISE_HUM,      /* mains hum and hiss, as of a bad line */
  SOUND_NOISE_BABBLE,   /* six other voices */
} SoundNoise;

/**
 * SoundCorpus: one dialogue.
 * @samples: (array length=n): operator, customer: clean, full scale 1
 * @speech: (element-type SideSpan): who really speaks when, by the clean sound
 */
typedef struct {
  float   *samples[2];
  gsize    n;
  GArray  *speech[2];
  GArray  *babble;      /* (element-type float): the voices of the room, level 1 */
  double   level[2];    /* RMS of the speech while it lasts */
} SoundCorpus;

SoundCorpus *sound_corpus_new        (const char *language, guint64 seed, gint64 length_ms);
void         sound_corpus_free       (SoundCorpus *self);
float       *sound_corpus_mix        (const SoundCorpus *self, SoundNoise noise, double snr_db, guint64 seed);
void         sound_corpus_write      (const char *path, int sf_format, int channels, const float *samples, gsize n);
GArray      *sound_corpus_clean_spans (const float *samples, gsize n, double level);
const char  *sound_noise_name        (SoundNoise noise);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SoundCorpus, sound_corpus_free)

G_END_DECLS
