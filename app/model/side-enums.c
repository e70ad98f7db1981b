/* side-enums.c - the words of the trade and how the protocol spells them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-enums.h"

#include "side-words.h"

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
static const char *const test_marks[] = { "none", "yes", "no" };
static const char *const member_changes[] = { "unknown", "added", "removed" };
static const char *const roles[] = { "none", "supervisor", "client", "trainer", "operator" };
static const char *const formulas[] = { "unknown", "F1", "F2", "F3", "F4", "F5", "F6" };

SIDE_DEFINE_WORDS (SideEventKind, side_event_kind, event_kinds)
SIDE_DEFINE_WORDS (SideOutcome, side_outcome, outcomes)
SIDE_DEFINE_WORDS (SideParty, side_party, parties)
SIDE_DEFINE_WORDS (SideTransfer, side_transfer, transfers)
SIDE_DEFINE_WORDS (SideOperatorState, side_operator_state, operator_states)
SIDE_DEFINE_WORDS (SideCallbackMark, side_callback_mark, callback_marks)
SIDE_DEFINE_WORDS (SideTestMark, side_test_mark, test_marks)
SIDE_DEFINE_WORDS (SideMemberChange, side_member_change, member_changes)
SIDE_DEFINE_WORDS (SideRole, side_role, roles)
SIDE_DEFINE_WORDS (SideFormula, side_formula, formulas)

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
