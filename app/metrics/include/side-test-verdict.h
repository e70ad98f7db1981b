/* side-test-verdict.h - what a test call comes to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Whether limits were kept, what was found to be wrong, which of the call
 * centre's own calls it was, and how far the two clocks agree.
 */
#pragma once

#include "side-call.h"
#include "side-test-call.h"

G_BEGIN_DECLS

typedef enum {
  SIDE_LIMIT_RING,
  SIDE_LIMIT_MENU,
  SIDE_LIMIT_QUEUE,
  SIDE_LIMIT_TALK,
  SIDE_N_LIMITS,
} SideLimit;

/**
 * SideLimitCheck: one limit of the scenario.
 * @allowed_ms: what it allows
 * @took_ms: what it took, or had taken when the call ended; -1 where the call
 *   never came so far
 * @over_ms: by how much it was broken; 0 where it was kept
 * @kept: whether it was; also of a part the call never came to
 */
typedef struct {
  SideLimit limit;
  gint64    allowed_ms;
  gint64    took_ms;
  gint64    over_ms;
  gboolean  kept;
} SideLimitCheck;

#define SIDE_TEST_UNCLEAR_VOICE 0.5   /* certainty of a stretch in which somebody spoke, nobody knows who */
#define SIDE_TEST_SURE_PERSON   0.945 /* from which on an ear's word for a person is proof: more than a short saying and a silence */

/* What was found, as a set. */
typedef enum {
  SIDE_TEST_NOT_ANSWERED = 1 << 0,
  SIDE_TEST_NO_PERSON    = 1 << 1,   /* answered, but by nobody who could help */
  SIDE_TEST_TOO_LONG     = 1 << 2,   /* a limit was broken */
  SIDE_TEST_WRONG_FACT   = 1 << 3,   /* wrong, or not told */
  SIDE_TEST_WRONG_PROMPT = 1 << 4,   /* an expected announcement was not heard */
  SIDE_TEST_NO_CALLBACK  = 1 << 5,   /* late or never */
} SideTestFault;

/* Why nothing can be said of the line by a call. */
typedef enum {
  SIDE_TEST_COUNTS,
  SIDE_TEST_CUT_OFF,     /* our program died in the middle */
  SIDE_TEST_BROKEN,      /* our connection broke, or the line could not be had */
  SIDE_TEST_GIVEN_UP,    /* we hung up while they were within their limit */
  SIDE_TEST_UNCLEAR      /* a voice spoke, and nobody can say whose */
} SideTestDiscount;

/**
 * SideTestComparison: the caller's clock against the call centre's; -1: not known.
 * @my_wait_ms: from dialling to a person
 * @their_wait_ms: what the call centre says it took
 * @my_talk_ms: with a person, hold included
 * @their_talk_ms: likewise
 * @before_ms: what passed between dialling and their noticing, by their clock; may be
 *   below 0 where the clocks differ
 */
typedef struct {
  gint64 my_wait_ms;
  gint64 their_wait_ms;
  gint64 my_talk_ms;
  gint64 their_talk_ms;
  gint64 before_ms;
} SideTestComparison;

gint64          side_test_call_took       (const SideTestCall *self, SideLimit limit);
GArray         *side_test_call_limits     (const SideTestCall *self);
guint           side_test_call_faults     (const SideTestCall *self);
gboolean        side_test_call_reached    (const SideTestCall *self);
SideTestDiscount side_test_call_discount  (const SideTestCall *self);
gboolean        side_test_call_counts     (const SideTestCall *self);
void            side_test_call_compare    (const SideTestCall *self, const SideCall *theirs, SideTestComparison *out);
gboolean        side_test_call_same_number (const char *a, const char *b);
gboolean        side_test_call_may_be     (const SideTestCall *self, const SideCall *theirs);
const SideCall *side_test_call_find_match (const SideTestCall *self, GPtrArray *calls, const char *caller, GHashTable *taken);
SideTestCallback side_test_callback_of    (gint64 due_ms, gint64 came_ms, gint64 now_ms);

G_END_DECLS
