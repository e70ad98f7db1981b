/* side-test-call.h - a call made to hear how a line answers, and what it found
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What the caller's own clock saw, what was heard and noted, how the call
 * ended, how good the line was, and the answers on the form. It names the
 * account it was made on by its label; a password has no place in it.
 */
#pragma once

#include "side-review.h"
#include "side-scenario.h"

G_BEGIN_DECLS

#define SIDE_TEST_CALL_MAX_SEGMENTS 1000
#define SIDE_TEST_CALL_MAX_KEYS     500
#define SIDE_TEST_CALL_MAX_NOTES    500

/* What was on the line. */
typedef enum {
  SIDE_SEGMENT_OTHER,        /* also a word of a newer peer */
  SIDE_SEGMENT_DIALLING,     /* sent, and nobody has said that it rings */
  SIDE_SEGMENT_RINGING,
  SIDE_SEGMENT_EARLY_MEDIA,  /* sound of theirs before anybody answered */
  SIDE_SEGMENT_MENU,         /* a recorded voice that offers keys */
  SIDE_SEGMENT_ANNOUNCEMENT, /* a recorded voice that tells */
  SIDE_SEGMENT_QUEUE,        /* music, or whatever is played to who waits */
  SIDE_SEGMENT_PERSON,
  SIDE_SEGMENT_HOLD,         /* put on hold by the person */
  SIDE_SEGMENT_MACHINE,      /* an answering machine */
  SIDE_SEGMENT_TONE,         /* busy, congestion, no such number */
  SIDE_SEGMENT_SILENCE,
  SIDE_N_SEGMENT_KINDS,
} SideSegmentKind;

typedef enum {
  SIDE_TEST_END_UNKNOWN,
  SIDE_TEST_END_US,          /* we hung up after the answer */
  SIDE_TEST_END_THEM,
  SIDE_TEST_END_CANCELLED,   /* we gave up before anybody answered */
  SIDE_TEST_END_REFUSED,     /* busy, not found, declined: @end_code says */
  SIDE_TEST_END_SILENT,      /* the line did not answer at all */
  SIDE_TEST_END_LOST,        /* the connection broke */
} SideTestEnd;

/* How the same call was found among the call centre's own. */
typedef enum {
  SIDE_TEST_MATCH_NONE,
  SIDE_TEST_MATCH_TIME,      /* by the number that called and the time */
  SIDE_TEST_MATCH_HEADER,    /* by a header that went with the call */
  SIDE_TEST_MATCH_HAND,      /* somebody picked it */
  SIDE_N_TEST_MATCHES,
} SideTestMatch;

typedef enum {
  SIDE_TEST_FACT_OPEN,       /* not judged yet */
  SIDE_TEST_FACT_RIGHT,
  SIDE_TEST_FACT_WRONG,
  SIDE_TEST_FACT_NOT_TOLD,   /* asked, and they did not know or would not say */
  SIDE_TEST_FACT_NOT_ASKED,
} SideTestFactState;

/* Whether an announcement was heard that has a recording to compare with. */
typedef enum {
  SIDE_TEST_PROMPT_UNSURE,
  SIDE_TEST_PROMPT_HEARD,
  SIDE_TEST_PROMPT_NOT_HEARD,
} SideTestPromptState;

/* Who said a step. */
typedef enum {
  SIDE_TEST_SAID_BY_CALLER,
  SIDE_TEST_SAID_BY_COMPUTER,
  SIDE_TEST_SAID_BY_RECORDING,
} SideTestSaidBy;

/* Whether they called back as they had promised. */
typedef enum {
  SIDE_TEST_CALLBACK_NONE,   /* nothing was promised */
  SIDE_TEST_CALLBACK_OPEN,
  SIDE_TEST_CALLBACK_KEPT,
  SIDE_TEST_CALLBACK_LATE,
  SIDE_TEST_CALLBACK_BROKEN,
} SideTestCallback;

/**
 * SideTestSegment: a stretch of the call.
 * @from_ms: from the moment it was dialled
 * @to_ms: its end, not before @from_ms
 * @certainty: 0 to 1; 1 where it is no guess (signalled, or set by hand)
 * @by_hand: whether somebody corrected it
 * @told: what the program had told it to be, before it was corrected
 * @told_certainty: how sure it was, 0 to 1; below 0 where it told nothing else
 * @label: (nullable): which: a prompt's name, the tone, the operator as heard
 */
typedef struct {
  SideSegmentKind  kind;
  gint64           from_ms;
  gint64           to_ms;
  double           certainty;
  gboolean         by_hand;
  SideSegmentKind  told;
  double           told_certainty;
  char            *label;
} SideTestSegment;

/**
 * SideTestKey: keys that were pressed.
 * @at_ms: when the first one was, from the moment it was dialled
 */
typedef struct {
  char   *keys;
  gint64  at_ms;
} SideTestKey;

/**
 * SideTestNote: what the caller wrote down or marked.
 * @id: (nullable): UUID by which it is known when both of two computers changed the call;
 *   older programs gave none
 * @at_ms: where, from the moment it was dialled
 * @to_ms: where what it is about ends; @at_ms for a moment
 * @tag: (nullable): a word of the project's vocabulary
 * @text: empty where the tag says enough
 */
typedef struct {
  char   *id;
  gint64  at_ms;
  gint64  to_ms;
  char   *tag;
  char   *text;
} SideTestNote;

/**
 * SideTestStep: a step of the scenario that was said.
 * @step: its id
 * @at_ms: when, from the moment it was dialled
 */
typedef struct {
  char           *step;
  gint64          at_ms;
  SideTestSaidBy  by;
} SideTestStep;

/**
 * SideTestFact: what was heard of something they have to know.
 * @fact: its id
 * @heard: (nullable): what was said
 */
typedef struct {
  char              *fact;
  SideTestFactState  state;
  char              *heard;
} SideTestFact;

/**
 * SideTestPrompt: what was found of an announcement of the scenario.
 * @name: its name
 * @likeness: of what comes nearest to its recording, 0 to 1: the mean correlation
 *   (docs/phone.md)
 * @judged: share of the recording that could be compared, 0 to 1; the rest was broken off
 * @from_ms: where that begins, from the moment it was dialled; -1 for nowhere
 * @to_ms: where that ends what could be compared of it; -1 for nowhere, and where nobody wrote it down
 */
typedef struct {
  char                *name;
  SideTestPromptState  state;
  double               likeness;
  double               judged;
  gint64               from_ms;
  gint64               to_ms;
} SideTestPrompt;

/**
 * SideTestQuality: how good the line was; figures below 0 are not known.
 * @codec: (nullable): "PCMA", "opus"
 * @encrypted: whether the sound was
 * @loss: share of the far side's packets that never came or came too late, 0 to 1
 * @jitter_ms: of their packets, RFC 3550 §6.4.1
 * @round_trip_ms: of the network, RFC 3550 §6.4.1
 * @mos: 1 to 4.5, by the E-model
 * @assumptions: (nullable): what it was reckoned with, in words
 */
typedef struct {
  char     *codec;
  gboolean  encrypted;
  double    loss;
  double    jitter_ms;
  double    round_trip_ms;
  double    mos;
  char     *assumptions;
} SideTestQuality;

typedef struct _SideTestCall SideTestCall;

/**
 * SideTestCall:
 * @review: id, project, script, author (whose call it is) and answers, as those of a
 *   review; about no call, and never finished: answers may be given later
 * @call: (nullable): id of the same call in the call centre's own history
 * @match: how that was found; by hand without @call: somebody said that it is none of theirs
 * @scenario: (nullable): UUID of the scenario
 * @pinned: (nullable): the scenario as it was then
 * @campaign: (nullable): UUID of the campaign it was made for
 * @robot: whether no person talked on our side
 * @account: (nullable): label of the account it was made on
 * @caller: (nullable): the number the called see, by which the call is found among theirs
 * @number: what was dialled
 * @vendor: (nullable): whose line that is, where several are compared
 * @sip_call_id: (nullable): what the far end's log calls it
 * @dialled_ms: instant the call was sent
 * @ringing_ms: instant it rang; 0 if it never did
 * @early_ms: instant the first sound came before an answer; 0 if none
 * @answered_ms: instant somebody or something answered; 0 if nobody did
 * @ended_ms: instant it was over; 0 while it goes on
 * @recorded_ms: instant the recording begins with; 0 without one, and where it is not known
 * @segments: (element-type SideTestSegment): in order
 * @keys: (element-type SideTestKey)
 * @notes: (element-type SideTestNote)
 * @steps: (element-type SideTestStep)
 * @facts: (element-type SideTestFact)
 * @prompts: (element-type SideTestPrompt): of those with a recording to compare with
 * @end: who or what ended it
 * @end_code: the SIP code that did; 0 if none
 * @end_phrase: (nullable): what stood beside it
 * @end_reason: (nullable): of the Reason header, as sent
 * @recording: (nullable): name of its file, without a folder
 * @recording_sha256: (nullable): of that file
 * @operator_name: (nullable): who answered, as heard or found
 * @names_shown: whether clients may read that name, what was written in words and which call of
 *   the call centre's it was; not unless somebody said so
 * @rules_version: which of the rules of test calls were acknowledged before it was made; 0 where that is not known
 * @rules_by: (nullable): who did
 * @rules_ms: instant they did
 * @callback: whether they called back
 * @callback_due_ms: instant until which they promised to; 0 for no promise
 * @callback_came_ms: instant they did; 0 for never
 */
struct _SideTestCall
{
  gatomicrefcount   ref_count;
  SideReview       *review;
  char             *call;
  SideTestMatch     match;
  char             *scenario;
  SideScenario     *pinned;
  char             *campaign;
  gboolean          robot;
  char             *account;
  char             *caller;
  char             *number;
  char             *vendor;
  char             *sip_call_id;
  gint64            dialled_ms;
  gint64            ringing_ms;
  gint64            early_ms;
  gint64            answered_ms;
  gint64            ended_ms;
  gint64            recorded_ms;
  GPtrArray        *segments;
  GPtrArray        *keys;
  GPtrArray        *notes;
  GPtrArray        *steps;
  GPtrArray        *facts;
  GPtrArray        *prompts;
  SideTestEnd       end;
  int               end_code;
  char             *end_phrase;
  char             *end_reason;
  SideTestQuality   quality;
  char             *recording;
  char             *recording_sha256;
  char             *operator_name;
  gboolean          names_shown;
  int               rules_version;
  char             *rules_by;
  gint64            rules_ms;
  SideTestCallback  callback;
  gint64            callback_due_ms;
  gint64            callback_came_ms;
};

#define SIDE_TYPE_TEST_CALL (side_test_call_get_type ())
GType            side_test_call_get_type    (void);
SideTestCall    *side_test_call_new         (const char *id, const char *project, const char *number);
SideTestCall    *side_test_call_copy        (const SideTestCall *self);
SideTestCall    *side_test_call_ref         (SideTestCall *self);
void             side_test_call_unref       (SideTestCall *self);
void             side_test_call_follow      (SideTestCall *self, const SideScenario *scenario);
void             side_test_call_set_rules   (SideTestCall *self, int version, const char *by, gint64 at_ms);
SideTestSegment *side_test_call_add_segment (SideTestCall *self, SideSegmentKind kind, gint64 from_ms, gint64 to_ms, double certainty);
SideTestKey     *side_test_call_add_key     (SideTestCall *self, const char *keys, gint64 at_ms);
SideTestNote    *side_test_call_add_note    (SideTestCall *self, gint64 at_ms, const char *text);
SideTestStep    *side_test_call_add_step    (SideTestCall *self, const char *step, gint64 at_ms, SideTestSaidBy by);
SideTestFact    *side_test_call_set_fact    (SideTestCall *self, const char *fact, SideTestFactState state, const char *heard);
SideTestFact    *side_test_call_find_fact   (const SideTestCall *self, const char *fact);
SideTestPrompt  *side_test_call_add_prompt  (SideTestCall *self, const char *name);
SideTestPrompt  *side_test_call_find_prompt (const SideTestCall *self, const char *name);
gint64           side_test_call_first_of    (const SideTestCall *self, SideSegmentKind kind);
gint64           side_test_call_time_in     (const SideTestCall *self, SideSegmentKind kind);

const char      *side_segment_kind_to_string      (SideSegmentKind kind);
SideSegmentKind  side_segment_kind_from_string    (const char *word);
const char      *side_test_end_to_string          (SideTestEnd end);
SideTestEnd      side_test_end_from_string        (const char *word);
const char      *side_test_match_to_string        (SideTestMatch match);
SideTestMatch    side_test_match_from_string      (const char *word);
const char      *side_test_fact_state_to_string   (SideTestFactState state);
SideTestFactState side_test_fact_state_from_string (const char *word);
const char      *side_test_prompt_state_to_string (SideTestPromptState state);
SideTestPromptState side_test_prompt_state_from_string (const char *word);
const char      *side_test_said_by_to_string      (SideTestSaidBy by);
SideTestSaidBy   side_test_said_by_from_string    (const char *word);
const char      *side_test_callback_to_string     (SideTestCallback callback);
SideTestCallback side_test_callback_from_string   (const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SideTestCall, side_test_call_unref)

G_END_DECLS
