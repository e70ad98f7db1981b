/* side-test-prompts.c - whether a line said what it should have said
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * After the call each announcement of the scenario that has a recording is
 * looked for in what the far side was recorded with.
 */
#include "side-test-prompts.h"

#include "side-prompt-find.h"
#include "side-prompt-sound.h"
#include "side-test-prompt.h"
#include "side-test-verdict.h"

#define THEIRS      1                   /* channel of the recording */
#define LONGEST_MS  (15 * 60 * 1000)    /* announcements come at the beginning */
#define PERSON_FROM 0.75                /* how sure it must be that a person may have cut an announcement short */

/**
 * side_test_prompts_wanted:
 * @call: a test call
 *
 * Returns: whether its scenario has a recording to compare with
 */
gboolean
side_test_prompts_wanted (const SideTestCall *call)
{
  g_return_val_if_fail (call != NULL, FALSE);

  for (guint i = 0; call->pinned != NULL && i < call->pinned->prompts->len; i++)
    if (((const SideScenarioPrompt *) call->pinned->prompts->pdata[i])->sound != NULL)
      return TRUE;
  return FALSE;
}

static int
by_time (gconstpointer a,
         gconstpointer b)
{
  gint64 left = ((const SidePromptEnd *) a)->at_ms, right = ((const SidePromptEnd *) b)->at_ms;

  return (left > right) - (left < right);
}

/* Where nobody of ours speaks, an ear that takes a recording for a person is never put right:
 * there what was heard is judged to its end. */
static gboolean
anybody_speaks (const SideTestCall *call)
{
  return !call->robot || (call->pinned != NULL && call->pinned->steps->len > 0);
}

/* Returns: (transfer full) (element-type SidePromptEnd): when an announcement may break off */
static GArray *
find_ends (const SideTestCall *call,
           gint64              heard_from_ms)
{
  GArray *ends = g_array_new (FALSE, FALSE, sizeof (SidePromptEnd));

  for (guint i = 0; i < call->keys->len; i++)
    {
      SidePromptEnd end = { .at_ms = ((const SideTestKey *) call->keys->pdata[i])->at_ms - heard_from_ms };

      g_array_append_val (ends, end);
    }
  for (guint i = 0; i < call->segments->len; i++)
    {
      const SideTestSegment *segment = call->segments->pdata[i];
      SidePromptEnd end = { segment->from_ms - heard_from_ms, !segment->by_hand && segment->certainty < SIDE_TEST_SURE_PERSON };

      if (segment->kind == SIDE_SEGMENT_PERSON && segment->certainty >= PERSON_FROM && (anybody_speaks (call) || !end.is_guess))
        g_array_append_val (ends, end);
    }
  g_array_sort (ends, by_time);
  return ends;
}

static gboolean
find_one (SideTestCall              *results,
          const SideScenarioPrompt  *prompt,
          const float               *heard,
          gsize                      n_heard,
          const SidePromptCut       *cut,
          gint64                     heard_from_ms,
          GError                   **error)
{
  gsize n = 0;
  g_autofree float *samples = side_prompt_sound_read (prompt->sound, &n, error);
  SideTestPrompt *result;
  SidePromptFound found;

  if (samples == NULL)
    return FALSE;
  result = side_test_call_add_prompt (results, prompt->name);
  if (!side_prompt_find (samples, n, heard, n_heard, cut, &found))
    return TRUE;   /* there is nothing to be sure of */
  result->state = side_test_prompt_state (found.n, found.judged, found.same, found.other);
  result->likeness = CLAMP (found.likeness, 0, 1);
  result->judged = (double) found.judged / found.n;
  result->from_ms = MAX (found.from_ms + heard_from_ms, 0);
  result->to_ms = MAX (found.to_ms + heard_from_ms, result->from_ms);
  return TRUE;
}

/**
 * side_test_prompts_find:
 * @call: a test call that is over; it is only read
 * @recording: path of its recording
 * @heard_from_ms: when that begins, from the moment it was dialled
 * @error: SIDE_ERROR_CORRUPT for a recording to compare with that is none; what reading
 *   the other may meet
 *
 * Blocks for up to some seconds: for worker threads.
 *
 * Returns: (transfer full) (nullable) (element-type SideTestPrompt): what was found of each
 *   announcement that has a recording
 */
GPtrArray *
side_test_prompts_find (const SideTestCall  *call,
                        const char          *recording,
                        gint64               heard_from_ms,
                        GError             **error)
{
  g_autoptr (SideTestCall) results = side_test_call_new (NULL, NULL, NULL);
  g_autoptr (GArray) ends = NULL;
  g_autofree float *heard = NULL;
  gsize n_heard = 0;
  SidePromptCut cut;

  g_return_val_if_fail (call != NULL && recording != NULL, NULL);

  heard = side_prompt_sound_read_file (recording, THEIRS, LONGEST_MS, &n_heard, error);
  if (heard == NULL)
    return NULL;
  ends = find_ends (call, heard_from_ms);
  cut = (SidePromptCut) { (const SidePromptEnd *) (gpointer) ends->data, ends->len };
  for (guint i = 0; call->pinned != NULL && i < call->pinned->prompts->len; i++)
    {
      const SideScenarioPrompt *prompt = call->pinned->prompts->pdata[i];

      if (prompt->sound == NULL || side_test_call_find_prompt (results, prompt->name) != NULL)
        continue;
      if (!find_one (results, prompt, heard, n_heard, &cut, heard_from_ms, error))
        {
          g_prefix_error (error, "“%s”: ", prompt->name);
          return NULL;
        }
    }
  return g_ptr_array_ref (results->prompts);
}

/* The stretch in which an announcement began is known by its name from now on. */
static void
name_segment (SideTestCall         *call,
              const SideTestPrompt *prompt)
{
  for (guint i = 0; i < call->segments->len; i++)
    {
      SideTestSegment *segment = call->segments->pdata[i];
      gboolean speaks = segment->kind == SIDE_SEGMENT_MENU || segment->kind == SIDE_SEGMENT_ANNOUNCEMENT || segment->kind == SIDE_SEGMENT_OTHER
                        || segment->kind == SIDE_SEGMENT_EARLY_MEDIA || segment->kind == SIDE_SEGMENT_MACHINE;

      if (!speaks || segment->by_hand || segment->label != NULL || segment->to_ms <= prompt->from_ms)
        continue;
      /* The ear takes a moment to hear a voice. */
      if (segment->from_ms <= prompt->from_ms + 1500)
        segment->label = g_strdup (prompt->name);
      return;
    }
}

/**
 * side_test_prompts_take:
 * @call: a test call
 * @prompts: (element-type SideTestPrompt): what side_test_prompts_find() found
 *
 * Puts it into @call; its segments stay as they are.
 */
void
side_test_prompts_take (SideTestCall *call,
                        GPtrArray    *prompts)
{
  g_return_if_fail (call != NULL && prompts != NULL);

  g_ptr_array_set_size (call->prompts, 0);
  for (guint i = 0; i < prompts->len; i++)
    {
      const SideTestPrompt *from = prompts->pdata[i];
      SideTestPrompt *to = side_test_call_add_prompt (call, from->name);

      to->state = from->state;
      to->likeness = from->likeness;
      to->judged = from->judged;
      to->from_ms = from->from_ms;
      to->to_ms = from->to_ms;
    }
}

/**
 * side_test_prompts_name_segments:
 * @call: a test call of which is known what was heard
 *
 * Puts the names of the announcements that were heard on its segments.
 */
void
side_test_prompts_name_segments (SideTestCall *call)
{
  g_return_if_fail (call != NULL);

  for (guint i = 0; i < call->prompts->len; i++)
    {
      const SideTestPrompt *prompt = call->prompts->pdata[i];

      if (prompt->state == SIDE_TEST_PROMPT_HEARD)
        name_segment (call, prompt);
    }
}
