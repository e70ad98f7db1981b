/* side-test-comparison-words.c - how two clocks and two recordings of a test call differ, in words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A call centre counts from the moment its queue noticed the call, a caller from
 * the moment they dialled. What lies between is told apart from what nobody can
 * explain.
 */
#include "side-test-comparison-words.h"

#include <glib/gi18n.h>
#include <math.h>

#include "side-text.h"

#define CLOSE_MS    2000   /* nobody hears such a difference, and queue logs have whole seconds */
#define MOST_SPANS  3      /* of what is missing are named one by one */
#define LEVEL_DB    6.0    /* a difference in level worth a word */

/**
 * side_test_comparison_words_seconds:
 * @ms: a duration; negative for "there is none"
 *
 * Returns: (transfer full): "41 s", "2:05", or "–"
 */
char *
side_test_comparison_words_seconds (gint64 ms)
{
  if (ms < 0 || ms >= 59500)
    return side_text_duration (ms < 0 ? ms : ms + 500);
  return g_strdup_printf (_("%d s"), (int) ((ms + 500) / 1000));
}

/* They say less than we waited. */
static char *
words_less (const SideTestComparison *clocks,
            SideTestAgreement        *agreement)
{
  gint64 less_ms = clocks->my_wait_ms - clocks->their_wait_ms;
  gint64 before_ms = CLAMP (clocks->before_ms, 0, less_ms);
  g_autofree char *mine = side_test_comparison_words_seconds (clocks->my_wait_ms);
  g_autofree char *theirs = side_test_comparison_words_seconds (clocks->their_wait_ms);
  g_autofree char *before = side_test_comparison_words_seconds (before_ms);
  g_autofree char *rest = side_test_comparison_words_seconds (less_ms - before_ms);

  *agreement = less_ms - before_ms > CLOSE_MS ? SIDE_TEST_ODD : SIDE_TEST_DIFFERS;
  if (before_ms < 500)
    return g_strdup_printf (_("They say %s; you waited %s. The difference is not explained: the clocks differ, or what they count."), theirs, mine);
  if (*agreement == SIDE_TEST_DIFFERS)
    return g_strdup_printf (_("They say %s; you waited %s: %s of it before they noticed the call."), theirs, mine, before);
  /* Translators: durations: what they say, what the caller waited, what was before, what is not explained */
  return g_strdup_printf (_("They say %s; you waited %s: %s of it before they noticed the call, and %s nobody explains."), theirs, mine, before, rest);
}

/**
 * side_test_comparison_words_wait:
 * @clocks: from side_test_call_compare()
 * @agreement: (out): what that is worth
 *
 * Returns: (transfer full): how long both say it took until a person came
 */
char *
side_test_comparison_words_wait (const SideTestComparison *clocks,
                                 SideTestAgreement        *agreement)
{
  g_autofree char *mine = side_test_comparison_words_seconds (clocks->my_wait_ms);
  g_autofree char *theirs = side_test_comparison_words_seconds (clocks->their_wait_ms);

  *agreement = SIDE_TEST_ODD;
  if (clocks->their_wait_ms < 0)
    return g_strdup (_("They do not say how long you waited."));
  if (clocks->my_wait_ms < 0)
    return g_strdup_printf (clocks->their_talk_ms >= 0 ? _("They say that somebody answered after %s; you heard nobody.")
                                                       : _("You reached nobody; they say that you gave up after %s."), theirs);
  if (clocks->their_talk_ms < 0)
    return g_strdup_printf (_("You spoke to somebody after %s; they say that nobody answered."), mine);
  if (ABS (clocks->my_wait_ms - clocks->their_wait_ms) <= CLOSE_MS)
    {
      *agreement = SIDE_TEST_AGREES;
      return g_strdup_printf (_("Both clocks say that you waited %s."), mine);
    }
  if (clocks->my_wait_ms > clocks->their_wait_ms)
    return words_less (clocks, agreement);
  return g_strdup_printf (_("They say %s, longer than the %s you waited: the clocks differ, or what they count."), theirs, mine);
}

/**
 * side_test_comparison_words_talk:
 * @clocks: from side_test_call_compare()
 * @agreement: (out): what that is worth
 *
 * Returns: (transfer full) (nullable): how long both say the talk was; %NULL where one
 *   of them knows of none
 */
char *
side_test_comparison_words_talk (const SideTestComparison *clocks,
                                 SideTestAgreement        *agreement)
{
  g_autofree char *mine = side_test_comparison_words_seconds (clocks->my_talk_ms);
  g_autofree char *theirs = side_test_comparison_words_seconds (clocks->their_talk_ms);

  *agreement = SIDE_TEST_AGREES;
  if (clocks->my_talk_ms < 0 || clocks->their_talk_ms < 0)
    return NULL;
  if (ABS (clocks->my_talk_ms - clocks->their_talk_ms) <= CLOSE_MS)
    return g_strdup_printf (_("Both clocks say that you talked %s."), mine);
  *agreement = SIDE_TEST_ODD;
  return g_strdup_printf (_("They say that you talked %s; it was %s."), theirs, mine);
}

/**
 * side_test_comparison_words_found:
 * @match: how a call was found
 *
 * Returns: (transfer none): that, in words
 */
const char *
side_test_comparison_words_found (SideTestMatch match)
{
  switch (match)
    {
    case SIDE_TEST_MATCH_HEADER:
      return _("Found by a header that went with the call");
    case SIDE_TEST_MATCH_TIME:
      return _("Found by the number that called and the time");
    case SIDE_TEST_MATCH_HAND:
      return _("Picked by hand");
    case SIDE_TEST_MATCH_NONE:
    case SIDE_N_TEST_MATCHES:
    default:
      return _("It is not known how it was found");
    }
}

static char *
words_spans (const GArray *spans)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < MIN (spans->len, MOST_SPANS); i++)
    {
      const SideSpan *span = &g_array_index (spans, SideSpan, i);
      g_autofree char *from = side_text_duration (span->from_ms);
      g_autofree char *to = side_text_duration (span->to_ms);

      g_string_append_printf (out, "%s%s–%s", i > 0 ? ", " : "", from, to);
    }
  if (spans->len > MOST_SPANS)
    g_string_append (out, ", …");
  return g_string_free (out, FALSE);
}

static void
add_missing (GPtrArray         *lines,
             const SidePairing *pairing,
             SideTestAgreement *agreement)
{
  if (pairing->only_ours->len > 0)
    {
      g_autofree char *where = words_spans (pairing->only_ours);

      *agreement = SIDE_TEST_DIFFERS;
      g_ptr_array_add (lines, g_strdup_printf (_("Not in theirs: %s of your recording."), where));
    }
  if (pairing->only_theirs->len > 0)
    {
      g_autofree char *where = words_spans (pairing->only_theirs);

      *agreement = SIDE_TEST_DIFFERS;
      g_ptr_array_add (lines, g_strdup_printf (_("Only in theirs: %s of their recording."), where));
    }
  if (pairing->only_ours->len == 0 && pairing->only_theirs->len == 0)
    g_ptr_array_add (lines, g_strdup (_("Nothing that is heard in one is missing in the other.")));
}

static void
add_levels (GPtrArray         *lines,
            const SidePairing *pairing)
{
  double own = pairing->level_db[0], other = pairing->level_db[1];

  if (!isnan (own) && fabs (own) >= LEVEL_DB)
    g_ptr_array_add (lines, g_strdup_printf (own > 0 ? _("You are %.0f dB louder in theirs.") : _("You are %.0f dB softer in theirs."), fabs (own)));
  if (!isnan (other) && fabs (other) >= LEVEL_DB)
    g_ptr_array_add (lines, g_strdup_printf (other > 0 ? _("Their side is %.0f dB louder in theirs.") : _("Their side is %.0f dB softer in theirs."),
                                             fabs (other)));
}

/**
 * side_test_comparison_words_pairing:
 * @pairing: two recordings
 * @agreement: (out): what that is worth
 *
 * Returns: (transfer full) (element-type utf8): what is to be said of it, a sentence each
 */
GPtrArray *
side_test_comparison_words_pairing (const SidePairing *pairing,
                                    SideTestAgreement *agreement)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *ours = side_test_comparison_words_seconds (pairing->our_length_ms);
  g_autofree char *theirs = side_test_comparison_words_seconds (pairing->their_length_ms);
  g_autofree char *apart = side_test_comparison_words_seconds (ABS (pairing->offset_ms));

  *agreement = pairing->same ? SIDE_TEST_AGREES : SIDE_TEST_ODD;
  g_ptr_array_add (lines, g_strdup_printf (_("Yours is %s long, theirs %s."), ours, theirs));
  if (!pairing->same)
    {
      g_ptr_array_add (lines, g_strdup (_("They are not recordings of the same talk: it may be another call.")));
      return lines;
    }
  g_ptr_array_add (lines, g_strdup_printf (_("The same talk, %.0f %% alike."), pairing->likeness * 100));
  if (pairing->offset_ms > CLOSE_MS / 2)
    g_ptr_array_add (lines, g_strdup_printf (_("Theirs begins %s later than yours."), apart));
  else if (pairing->offset_ms < -CLOSE_MS / 2)
    g_ptr_array_add (lines, g_strdup_printf (_("Theirs begins %s earlier than yours."), apart));
  add_missing (lines, pairing, agreement);
  /* Ours has the caller on the left, recordings of a call centre the operator. */
  if (!pairing->exchanged && !isnan (pairing->level_db[0]) && !isnan (pairing->level_db[1]))
    g_ptr_array_add (lines, g_strdup (_("In theirs you stand on the operator’s side: its two sides are the wrong way round.")));
  add_levels (lines, pairing);
  return lines;
}

/**
 * side_test_comparison_words_icon:
 * @agreement: what something is worth
 *
 * Returns: (transfer none): the icon that says it
 */
const char *
side_test_comparison_words_icon (SideTestAgreement agreement)
{
  return agreement == SIDE_TEST_AGREES ? "side-good-symbolic"
         : agreement == SIDE_TEST_DIFFERS ? "side-near-symbolic" : "side-over-symbolic";
}

/**
 * side_test_comparison_words_class:
 * @agreement: what something is worth
 *
 * Returns: (transfer none): the style class that says it
 */
const char *
side_test_comparison_words_class (SideTestAgreement agreement)
{
  return agreement == SIDE_TEST_AGREES ? "good" : agreement == SIDE_TEST_DIFFERS ? "near" : "bad";
}
