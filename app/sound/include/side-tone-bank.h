/* side-tone-bank.h - which signalling tone fills these 20 ms
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A bank of Goertzel filters at the frequencies of keys, of call progress and
 * of fax machines. Says what a moment is; what a row of them means is told by
 * their rhythm, in side-tones.h.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 20 ms at 8 kHz. */
#define SIDE_TONE_BLOCK 160

/**
 * SideToneClass: what fills a block.
 * @SIDE_TONE_CLASS_SINGLE: one of about 400..450 Hz (Europe, Russia)
 * @SIDE_TONE_CLASS_PAIR_UK: 400 + 450 Hz
 * @SIDE_TONE_CLASS_RING: 440 + 480 Hz (North America)
 * @SIDE_TONE_CLASS_BUSY: 480 + 620 Hz (North America)
 * @SIDE_TONE_CLASS_DIAL: 350 + 440 Hz
 * @SIDE_TONE_CLASS_SIT_LOW: 914..985 Hz, the first of the three of "special information"
 * @SIDE_TONE_CLASS_SIT_MID: 1371..1429 Hz
 * @SIDE_TONE_CLASS_SIT_HIGH: 1777..1800 Hz
 * @SIDE_TONE_CLASS_CALLING: 1100 Hz, a calling fax machine
 * @SIDE_TONE_CLASS_ANSWERING: 2100 Hz, an answering one
 * @SIDE_TONE_CLASS_KEY: the first of the sixteen keys, row by row
 */
typedef enum {
  SIDE_TONE_CLASS_NONE,
  SIDE_TONE_CLASS_SINGLE,
  SIDE_TONE_CLASS_PAIR_UK,
  SIDE_TONE_CLASS_RING,
  SIDE_TONE_CLASS_BUSY,
  SIDE_TONE_CLASS_DIAL,
  SIDE_TONE_CLASS_SIT_LOW,
  SIDE_TONE_CLASS_SIT_MID,
  SIDE_TONE_CLASS_SIT_HIGH,
  SIDE_TONE_CLASS_CALLING,
  SIDE_TONE_CLASS_ANSWERING,
  SIDE_TONE_CLASS_KEY,
  SIDE_TONE_N_CLASSES = SIDE_TONE_CLASS_KEY + 16,
} SideToneClass;

typedef struct _SideToneBank SideToneBank;

SideToneBank *side_tone_bank_new  (void);
void          side_tone_bank_free (SideToneBank *self);
guint8        side_tone_bank_take (SideToneBank *self, const float *samples);

G_END_DECLS
