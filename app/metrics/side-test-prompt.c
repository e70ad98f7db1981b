/* side-test-prompt.c - whether an announcement was the one that is expected
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-prompt.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define LEAST        4      /* parts of 0.4 s that have to be judged */
#define SAME_SHARE   0.8    /* so much of what was judged is the same: it was heard */
#define ENOUGH       0.5    /* of the recording: with so much of it, it is the sound that is too bad */
#define OTHER_SHARE  0.2    /* so much of it is another sound: it was not */

/**
 * side_test_prompt_state:
 * @n: of how many parts with sound the reference consists
 * @judged: how many of them could be compared: within the call, and not broken off by a key
 * @same: of these, how many were the same sound
 * @other: of these, how many were another
 *
 * Heard where at least 0.8 of what was judged is the same and less than 0.2 another; not heard
 * where 0.2 or more is another; unsure where neither holds (a line too bad to tell), or
 * where fewer than four parts, 1.6 s, could be judged.
 */
SideTestPromptState
side_test_prompt_state (guint n,
                        guint judged,
                        guint same,
                        guint other)
{
  g_return_val_if_fail (judged <= n && same + other <= judged, SIDE_TEST_PROMPT_UNSURE);

  if (judged < LEAST)
    return SIDE_TEST_PROMPT_UNSURE;
  if (other >= OTHER_SHARE * judged)
    return SIDE_TEST_PROMPT_NOT_HEARD;
  return same >= SAME_SHARE * judged ? SIDE_TEST_PROMPT_HEARD : SIDE_TEST_PROMPT_UNSURE;
}

/**
 * side_test_prompt_state_words:
 * @state: what became of an announcement
 *
 * Returns: (transfer none): it in a word or two
 */
const char *
side_test_prompt_state_words (SideTestPromptState state)
{
  switch (state)
    {
    case SIDE_TEST_PROMPT_HEARD:
      return _("heard");
    case SIDE_TEST_PROMPT_NOT_HEARD:
      return _("not heard");
    case SIDE_TEST_PROMPT_UNSURE:
    default:
      return _("not sure");
    }
}

/**
 * side_test_prompt_words:
 * @self: what was found of an announcement
 *
 * Returns: (transfer full): it in a sentence: "“greeting” was heard from 0:03.2 on, 97 % like the recording."
 */
char *
side_test_prompt_words (const SideTestPrompt *self)
{
  const char *name;
  int percent;

  g_return_val_if_fail (self != NULL, NULL);

  name = self->name != NULL ? self->name : "";
  percent = (int) lrint (self->likeness * 100);
  switch (self->state)
    {
    case SIDE_TEST_PROMPT_HEARD:
      if (self->judged < 1)
        return g_strdup_printf (_("“%s” was heard %.1f s after dialling, %d %% like its recording, until it was broken off."), name,
                                (double) self->from_ms / 1000, percent);
      return g_strdup_printf (_("“%s” was heard %.1f s after dialling, %d %% like its recording."), name, (double) self->from_ms / 1000, percent);
    case SIDE_TEST_PROMPT_NOT_HEARD:
      return g_strdup_printf (_("“%s” was not heard as in its recording: what came nearest is %d %% like it."), name, percent);
    case SIDE_TEST_PROMPT_UNSURE:
    default:
      if (self->judged < ENOUGH)
        return g_strdup_printf (_("Whether “%s” was heard cannot be told: it was broken off, or the call ended, before there was enough of it."),
                                name);
      return g_strdup_printf (_("Whether “%s” was heard cannot be told: the sound is too bad, or there is too little of it."), name);
    }
}
