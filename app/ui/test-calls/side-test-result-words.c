/* side-test-result-words.c - what a test call came to, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-result-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-scenario-words.h"
#include "side-test-call-words.h"
#include "side-test-prompt.h"
#include "side-test-verdict.h"
#include "side-text.h"
#include "side-time.h"

static const char *
word_for_end (const SideTestCall *call)
{
  switch (call->end)
    {
    case SIDE_TEST_END_CANCELLED:
      return _("given up before an answer");
    case SIDE_TEST_END_REFUSED:
      return _("refused");
    case SIDE_TEST_END_LOST:
      return _("connection lost");
    case SIDE_TEST_END_SILENT:
    case SIDE_TEST_END_UNKNOWN:
    case SIDE_TEST_END_US:
    case SIDE_TEST_END_THEM:
    default:
      return _("no answer");
    }
}

/* Whom the caller had on the line, as side_test_call_reached() counts it: with the ear, or against it. */
static char *
words_answered (const SideTestCall *call)
{
  gint64 person_ms = side_test_call_first_of (call, SIDE_SEGMENT_PERSON);
  gboolean reached = side_test_call_reached (call);
  g_autofree char *answered = side_text_duration_tenths (call->answered_ms - call->dialled_ms);
  g_autofree char *waited = person_ms > 0 ? side_text_duration_tenths (person_ms) : NULL;

  if (waited != NULL && reached)
    return g_strdup_printf (_("answered after %s, a person after %s"), answered, waited);
  if (waited != NULL)
    return g_strdup_printf (_("answered after %s, perhaps a person after %s"), answered, waited);
  if (reached)
    return g_strdup_printf (_("answered after %s, spoken with somebody"), answered);
  return g_strdup_printf (_("answered after %s, no person"), answered);
}

/**
 * side_test_result_words_short:
 * @call: a test call
 *
 * Returns: (transfer full): what became of it, in one line
 */
char *
side_test_result_words_short (const SideTestCall *call)
{
  if (call->ended_ms == 0)
    return g_strdup (_("going on, or cut off on another computer"));
  if (call->end == SIDE_TEST_END_UNKNOWN && !side_test_call_reached (call))
    return g_strdup (_("cut off when the program ended"));
  return call->answered_ms != 0 ? words_answered (call) : g_strdup (word_for_end (call));
}

/**
 * side_test_result_words_faults:
 * @call: a test call that is over
 *
 * Returns: (transfer full) (nullable): what was found to be wrong; %NULL for nothing
 */
char *
side_test_result_words_faults (const SideTestCall *call)
{
  const struct { guint fault; const char *words; } all[] = {
    { SIDE_TEST_NOT_ANSWERED, _("not answered") },
    { SIDE_TEST_NO_PERSON, _("no person") },
    { SIDE_TEST_TOO_LONG, _("took too long") },
    { SIDE_TEST_WRONG_FACT, _("a wrong fact") },
    { SIDE_TEST_WRONG_PROMPT, _("an announcement was not heard") },
    { SIDE_TEST_NO_CALLBACK, _("no call back in time") },
  };
  guint faults = side_test_call_faults (call);
  g_autoptr (GString) words = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if ((faults & all[i].fault) != 0)
      g_string_append_printf (words, "%s%s", words->len > 0 ? " · " : "", all[i].words);
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static const char *
words_of_discount (SideTestDiscount discount)
{
  switch (discount)
    {
    case SIDE_TEST_BROKEN:
      return _("does not count: the connection broke");
    case SIDE_TEST_GIVEN_UP:
      return _("does not count: we hung up within the limit");
    case SIDE_TEST_UNCLEAR:
      return _("does not count: a voice, and unclear whose");
    case SIDE_TEST_COUNTS:
    case SIDE_TEST_CUT_OFF:
    default:
      return _("does not count: it was cut off");
    }
}

/**
 * side_test_result_words_found:
 * @call: a test call that is over
 * @wrong: (out): whether something was wrong
 *
 * Returns: (transfer full): what was found, with a sign in front where it was judged
 */
char *
side_test_result_words_found (const SideTestCall *call,
                              gboolean           *wrong)
{
  g_autofree char *faults = side_test_result_words_faults (call);

  *wrong = faults != NULL;
  if (faults == NULL && !side_test_call_counts (call))
    return g_strdup (words_of_discount (side_test_call_discount (call)));
  return side_test_result_words_verdict (faults != NULL ? faults : _("nothing found to be wrong"), faults != NULL);
}

/**
 * side_test_result_words_verdict:
 * @words: what was found
 * @wrong: whether it is wrong
 *
 * Returns: (transfer full): with a sign in front, for whoever does not see colours
 */
char *
side_test_result_words_verdict (const char *words,
                                gboolean    wrong)
{
  return g_strdup_printf ("%s %s", wrong ? "✗" : "✓", words);
}

/**
 * side_test_result_words_limit:
 * @limit: a part of a call that may have a limit
 *
 * Returns: (transfer none): its name
 */
const char *
side_test_result_words_limit (SideLimit limit)
{
  switch (limit)
    {
    case SIDE_LIMIT_RING:
      return C_("telephone", "Ringing");
    case SIDE_LIMIT_MENU:
      return C_("telephone", "Menu");
    case SIDE_LIMIT_QUEUE:
      return _("Waiting for a person");
    case SIDE_LIMIT_TALK:
      return _("Talking");
    case SIDE_N_LIMITS:
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * side_test_result_words_check:
 * @call: a test call
 * @limit: a part of it
 * @over: (out): whether it took longer than it may
 *
 * Returns: (transfer full): whether its limit was kept
 */
char *
side_test_result_words_check (const SideTestCall *call,
                              SideLimit           limit,
                              gboolean           *over)
{
  g_autoptr (GArray) checks = side_test_call_limits (call);

  *over = FALSE;
  for (guint i = 0; i < checks->len; i++)
    {
      const SideLimitCheck *check = &g_array_index (checks, SideLimitCheck, i);
      g_autofree char *by = side_text_duration_tenths (check->over_ms);

      if (check->limit != limit)
        continue;
      *over = !check->kept;
      if (check->took_ms < 0)
        return g_strdup (_("the call never came so far"));
      return check->kept ? g_strdup (_("within the limit")) : g_strdup_printf (_("%s too long"), by);
    }
  return g_strdup (side_test_call_took (call, limit) < 0 ? _("the call never came so far") : _("no limit set"));
}

/**
 * side_test_result_words_segment:
 * @segment: a stretch of a call
 *
 * Returns: (transfer full): what it was, and which
 */
char *
side_test_result_words_segment (const SideTestSegment *segment)
{
  const char *kind = side_test_call_words_segment (segment->kind);

  return segment->label != NULL ? g_strdup_printf ("%s: %s", kind, segment->label) : g_strdup (kind);
}

/**
 * side_test_result_words_certain:
 * @segment: a stretch of a call
 *
 * Returns: (transfer full): how that is known
 */
char *
side_test_result_words_certain (const SideTestSegment *segment)
{
  g_autofree char *share = side_text_percent (segment->certainty, 0);

  if (segment->by_hand)
    return g_strdup (_("by hand"));
  /* Translators: how it is known what was on the line: by the signalling, which is no guess */
  return segment->certainty >= 1 ? g_strdup (_("signalled")) : g_strdup_printf (_("%s certain"), share);
}

/**
 * side_test_result_words_told:
 * @segment: a stretch of a call
 *
 * Returns: (transfer full) (nullable): what the program had told it to be; %NULL where nobody corrected it
 */
char *
side_test_result_words_told (const SideTestSegment *segment)
{
  g_autofree char *share = NULL;

  if (segment->told_certainty < 0)
    return NULL;
  share = side_text_percent (segment->told_certainty, 0);
  /* Translators: what was on the line, and how sure it was: "Told by the program: Menu, 83 %" */
  return g_strdup_printf (_("Told by the program: %s, %s"), side_test_call_words_segment (segment->told), share);
}

/**
 * side_test_result_words_step:
 * @call: a test call
 * @step: one that was said in it
 *
 * Returns: (transfer full): what was said, and by whom where it was not the caller
 */
char *
side_test_result_words_step (const SideTestCall *call,
                             const SideTestStep *step)
{
  const char *say = NULL;

  for (guint i = 0; call->pinned != NULL && i < call->pinned->steps->len; i++)
    if (g_strcmp0 (((const SideScenarioStep *) call->pinned->steps->pdata[i])->id, step->step) == 0)
      say = ((const SideScenarioStep *) call->pinned->steps->pdata[i])->say;
  if (say == NULL)
    say = _("a step of the scenario");
  switch (step->by)
    {
    case SIDE_TEST_SAID_BY_COMPUTER:
      return g_strdup_printf (_("Said by the computer: %s"), say);
    case SIDE_TEST_SAID_BY_RECORDING:
      return g_strdup_printf (_("Said by a recording: %s"), say);
    case SIDE_TEST_SAID_BY_CALLER:
    default:
      return g_strdup_printf (_("Said: %s"), say);
    }
}

static void
add_line (GString    *out,
          const char *title,
          const char *words)
{
  if (words != NULL && *words != '\0')
    g_string_append_printf (out, "%s: %s\n", title, words);
}

static void
add_timings (GString            *out,
             const SideTestCall *call)
{
  for (int i = 0; i < SIDE_N_LIMITS; i++)
    {
      gint64 took_ms = side_test_call_took (call, (SideLimit) i);
      gboolean over;
      g_autofree char *took = side_text_duration_tenths (MAX (took_ms, 0));
      g_autofree char *check = side_test_result_words_check (call, (SideLimit) i, &over);
      g_autofree char *line = took_ms >= 0 ? g_strdup_printf ("%s, %s", took, check) : g_strdup (check);

      add_line (out, side_test_result_words_limit ((SideLimit) i), line);
    }
}

/**
 * side_test_result_words_summary:
 * @call: a test call
 * @project: whose time it is told in
 * @score: 0 to 100; NaN: none
 *
 * Returns: (transfer full): a few lines to be sent to somebody; without a name of who answered
 */
char *
side_test_result_words_summary (const SideTestCall *call,
                                const SideProject  *project,
                                double              score)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GDateTime) dialled = side_time_to_local (project->time_zone, call->dialled_ms);
  g_autofree char *when = g_date_time_format (dialled, "%Y-%m-%d %H:%M");
  g_autofree char *phone = side_text_phone (call->number, FALSE);
  g_autofree char *became = side_test_result_words_short (call);
  g_autofree char *end = side_test_call_words_end (call);
  g_autofree char *faults = side_test_result_words_faults (call);
  g_autofree char *line = side_test_call_words_quality (&call->quality);
  g_autofree char *points = isnan (score) ? NULL : g_strdup_printf ("%.0f", score);

  g_string_append_printf (out, "%s\n", call->pinned != NULL ? side_scenario_words_title (call->pinned) : _("Test call"));
  g_string_append_printf (out, "%s · %s%s%s\n", when, phone, call->vendor != NULL ? " · " : "", call->vendor != NULL ? call->vendor : "");
  add_line (out, _("Result"), became);
  add_line (out, _("End"), end);
  add_line (out, _("Found to be wrong"), faults != NULL ? faults : _("nothing"));
  add_timings (out, call);
  for (guint i = 0; i < call->prompts->len; i++)
    {
      g_autofree char *heard = side_test_prompt_words (call->prompts->pdata[i]);

      g_string_append_printf (out, "%s\n", heard);
    }
  add_line (out, _("Quality of the line"), line);
  add_line (out, _("Score"), points);
  return g_string_free (g_steal_pointer (&out), FALSE);
}
