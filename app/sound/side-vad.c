/* side-vad.c - is this moment speech?
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * speexdsp's noise suppressor reckons for every frame how probable it is that
 * somebody speaks. That number is taken instead of its yes or no, which is yes
 * far too often.
 */
#include "side-vad.h"

#include <speex/speex_preprocess.h>

struct _SideVad
{
  SpeexPreprocessState *state;
};

SideVad *
side_vad_new (void)
{
  SideVad *self = g_new0 (SideVad, 1);

  self->state = speex_preprocess_state_init (SIDE_VAD_FRAME, SIDE_VAD_RATE);
  return self;
}

void
side_vad_free (SideVad *self)
{
  speex_preprocess_state_destroy (self->state);
  g_free (self);
}

/* side_vad_take:
 * @samples: (inout): the next 10 ms; the noise is taken out of them
 *
 * Returns: the probability of speech, 0..100 */
guint8
side_vad_take (SideVad *self,
               gint16  *samples)
{
  int percent = 0;

  speex_preprocess_run (self->state, samples);
  speex_preprocess_ctl (self->state, SPEEX_PREPROCESS_GET_PROB, &percent);
  return (guint8) CLAMP (percent, 0, 100);
}
