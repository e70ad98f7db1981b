/* side-enums.h - the words of the trade and how the protocol spells them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each enumeration has a pair of functions: to the protocol's word, and back.
 * A word from a newer peer becomes the enumeration's UNKNOWN (0), never an
 * error.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * SideEventKind: the domain's events. What each carries stands in SideEvent.
 */
typedef enum {
  SIDE_EVENT_UNKNOWN,
  SIDE_EVENT_CALL_JOINED,
  SIDE_EVENT_CALL_RINGING,
  SIDE_EVENT_CALL_ANSWERED,
  SIDE_EVENT_CALL_HELD,
  SIDE_EVENT_CALL_RESUMED,
  SIDE_EVENT_CALL_TRANSFERRED,
  SIDE_EVENT_CALL_ENDED,
  SIDE_EVENT_OPERATOR_STATE,
  SIDE_EVENT_QUEUE_MEMBER,
  SIDE_EVENT_CALL_OUTCOME,
  SIDE_EVENT_RECORDING_READY,
  SIDE_EVENT_SOURCE_GAP,
  SIDE_EVENT_CALL_PAYMENT_STARTED,
  SIDE_EVENT_CALL_PAYMENT_ENDED,
} SideEventKind;

/**
 * SideOutcome: how a leg ended. @SIDE_OUTCOME_NONE while it lives;
 * @SIDE_OUTCOME_LOST when it was not answered and the reason is not known yet.
 */
typedef enum {
  SIDE_OUTCOME_NONE,
  SIDE_OUTCOME_ANSWERED,
  SIDE_OUTCOME_ABANDONED,
  SIDE_OUTCOME_TIMED_OUT,
  SIDE_OUTCOME_NO_OPERATORS,
  SIDE_OUTCOME_LEFT_BY_KEY,
  SIDE_OUTCOME_WITHDRAWN,
  SIDE_OUTCOME_FAILED,
  SIDE_OUTCOME_REFUSED,
  SIDE_OUTCOME_LOST,
} SideOutcome;

typedef enum {
  SIDE_PARTY_UNKNOWN,
  SIDE_PARTY_CALLER,
  SIDE_PARTY_OPERATOR,
  SIDE_PARTY_SYSTEM,
} SideParty;

typedef enum {
  SIDE_TRANSFER_NONE,
  SIDE_TRANSFER_BLIND,
  SIDE_TRANSFER_ATTENDED,
} SideTransfer;

typedef enum {
  SIDE_OPERATOR_UNKNOWN,
  SIDE_OPERATOR_OFF,
  SIDE_OPERATOR_READY,
  SIDE_OPERATOR_RINGING,
  SIDE_OPERATOR_TALKING,
  SIDE_OPERATOR_WRAP_UP,
  SIDE_OPERATOR_BREAK,
} SideOperatorState;

typedef enum {
  SIDE_CALLBACK_NONE,
  SIDE_CALLBACK_WANTED,
  SIDE_CALLBACK_DONE,
} SideCallbackMark;

/* What an event says of whether its call is a test call. */
typedef enum {
  SIDE_TEST_MARK_NONE,
  SIDE_TEST_MARK_YES,
  SIDE_TEST_MARK_NO,    /* it was taken for one, and is none */
} SideTestMark;

typedef enum {
  SIDE_MEMBER_UNKNOWN,
  SIDE_MEMBER_ADDED,
  SIDE_MEMBER_REMOVED,
} SideMemberChange;

typedef enum {
  SIDE_ROLE_NONE,
  SIDE_ROLE_SUPERVISOR,
  SIDE_ROLE_CLIENT,
  SIDE_ROLE_TRAINER,
  SIDE_ROLE_OPERATOR,   /* sees what is about them and answers to it */
} SideRole;

/**
 * SideFormula: the six ways a contract counts the service level; METRICS
 * "F1" to "F6". F4 is the default.
 */
typedef enum {
  SIDE_FORMULA_UNKNOWN,
  SIDE_FORMULA_F1,
  SIDE_FORMULA_F2,
  SIDE_FORMULA_F3,
  SIDE_FORMULA_F4,
  SIDE_FORMULA_F5,
  SIDE_FORMULA_F6,
} SideFormula;

const char        *side_event_kind_to_string       (SideEventKind value);
SideEventKind      side_event_kind_from_string     (const char *word);
const char        *side_outcome_to_string          (SideOutcome value);
SideOutcome        side_outcome_from_string        (const char *word);
const char        *side_party_to_string            (SideParty value);
SideParty          side_party_from_string          (const char *word);
const char        *side_transfer_to_string         (SideTransfer value);
SideTransfer       side_transfer_from_string       (const char *word);
const char        *side_operator_state_to_string   (SideOperatorState value);
SideOperatorState  side_operator_state_from_string (const char *word);
const char        *side_callback_mark_to_string    (SideCallbackMark value);
SideCallbackMark   side_callback_mark_from_string  (const char *word);
const char        *side_test_mark_to_string        (SideTestMark value);
SideTestMark       side_test_mark_from_string      (const char *word);
const char        *side_member_change_to_string    (SideMemberChange value);
SideMemberChange   side_member_change_from_string  (const char *word);
const char        *side_role_to_string             (SideRole value);
SideRole           side_role_from_string           (const char *word);
const char        *side_formula_to_string          (SideFormula value);
SideFormula        side_formula_from_string        (const char *word);

gboolean           side_outcome_is_lost            (SideOutcome outcome);

G_END_DECLS
