/* side-prompt-find.h - a known recording, looked for in what was heard on a line
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * It is the same recording that is found, through any codec of a telephone, not
 * the same words: another voice that says them is another recording. Pure.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIDE_PROMPT_RATE    8000   /* Hz, of both sounds */
#define SIDE_PROMPT_LEAST   4      /* blocks with sound a recording needs to be told from others */
#define SIDE_PROMPT_BLOCK   0.4    /* s */

/**
 * SidePromptFound: where a recording is like what was heard most of all.
 * @from_ms: where its beginning lies in the sound; may be below 0, or behind its end
 * @to_ms: where that ends what was judged of it
 * @likeness: mean correlation of its blocks with what stands at their places, 0 to 1
 * @n: how many blocks it has in which there is sound
 * @judged: of these, how many lie within what was heard
 * @same: of these, how many are the same sound
 * @other: of these, how many are another sound; the rest is too bad to be told
 */
typedef struct {
  gint64 from_ms;
  gint64 to_ms;
  double likeness;
  guint  n;
  guint  judged;
  guint  same;
  guint  other;
} SidePromptFound;

/**
 * SidePromptEnd: an instant in the sound at which a prompt that is being played may break off.
 * @at_ms: when
 * @is_guess: whether it is a guess that anything happened then: it ends only what was itself
 *   for SIDE_PROMPT_LEAST blocks before
 */
typedef struct {
  gint64   at_ms;
  gboolean is_guess;
} SidePromptEnd;

/**
 * SidePromptCut: what ends a recording before its time.
 * @ends: (array length=n_ends): a key was pressed, a person answered; in order
 */
typedef struct {
  const SidePromptEnd *ends;
  guint                n_ends;
} SidePromptCut;

guint    side_prompt_count_blocks (const float *reference, gsize n_reference);
gboolean side_prompt_find         (const float *reference, gsize n_reference, const float *sound, gsize n_sound, const SidePromptCut *cut,
                                   SidePromptFound *out);

G_END_DECLS
