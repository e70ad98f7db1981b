/* side-enums.c - the words of the trade and how the protocol spells them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The words are part of the protocol and of stored files: they never change.
 */
#include "side-enums.h"

static const char *const event_kinds[] = {
  "unknown", "call.joined", "call.ringing", "call.answered", "call.held", "call.resumed",
  "call.transferred", "call.ended", "operator.state", "queue.member", "call.outcome",
  "recording.ready", "source.gap", "call.payment-started", "call.payment-ended",
};
static const char *const outcomes[] = {
  "none", "answered", "abandoned", "timed-out", "no-operators", "left-by-key", "withdrawn",
  "failed", "refused", "lost",
};
static const char *const parties[] = { "unknown", "caller", "operator", "system" };
static const char *const transfers[] = { "none", "blind", "attended" };
static const char *const operator_states[] = {
  "unknown", "off", "ready", "ringing", "talking", "wrap-up", "break",
};
static const char *const callback_marks[] = { "none", "wanted", "done" };
static const char *const member_changes[] = { "unknown", "added", "removed" };
static const char *const roles[] = { "none", "supervisor", "client", "trainer", "operator" };
static const char *const formulas[] = { "unknown", "F1", "F2", "F3", "F4", "F5", "F6" };

static guint
find_word (const char *const *words,
           guint              n_words,
           const char        *word)
{
  for (guint i = 0; word != NULL && i < n_words; i++)
    if (g_str_equal (words[i], word))
      return i;
  return 0;
}

#define DEFINE_WORDS(Type, prefix, words)                                  \
  const char *prefix##_to_string (Type value)                              \
  {                                                                        \
    return (guint) value < G_N_ELEMENTS (words) ? words[value] : words[0]; \
  }                                                                        \
  Type prefix##_from_string (const char *word)                             \
  {                                                                        \
    return (Type) find_word (words, G_N_ELEMENTS (words), word);           \
  }

DEFINE_WORDS (SideEventKind, side_event_kind, event_kinds)
DEFINE_WORDS (SideOutcome, side_outcome, outcomes)
DEFINE_WORDS (SideParty, side_party, parties)
DEFINE_WORDS (SideTransfer, side_transfer, transfers)
DEFINE_WORDS (SideOperatorState, side_operator_state, operator_states)
DEFINE_WORDS (SideCallbackMark, side_callback_mark, callback_marks)
DEFINE_WORDS (SideMemberChange, side_member_change, member_changes)
DEFINE_WORDS (SideRole, side_role, roles)
DEFINE_WORDS (SideFormula, side_formula, formulas)

/**
 * side_outcome_is_lost:
 * @outcome: how a leg ended
 *
 * Returns: whether the caller entered the queue and reached nobody
 */
gboolean
side_outcome_is_lost (SideOutcome outcome)
{
  switch (outcome)
    {
    case SIDE_OUTCOME_ABANDONED:
    case SIDE_OUTCOME_TIMED_OUT:
    case SIDE_OUTCOME_NO_OPERATORS:
    case SIDE_OUTCOME_LEFT_BY_KEY:
    case SIDE_OUTCOME_WITHDRAWN:
    case SIDE_OUTCOME_FAILED:
    case SIDE_OUTCOME_REFUSED:
    case SIDE_OUTCOME_LOST:
      return TRUE;
    case SIDE_OUTCOME_NONE:
    case SIDE_OUTCOME_ANSWERED:
    default:
      return FALSE;
    }
}
