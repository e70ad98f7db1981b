/* side-test-verdict.c - what a test call comes to
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-verdict.h"

#include <string.h>

#include "side-time.h"

#define GIVEN_UP_SLACK_MS 1000   /* who hangs up at the limit may be a little early by our own clock */
#define UNCLEAR_FROM_MS   1000   /* shorter ones are a cough, or a click */
#define CLOCKS_MS     (2 * SIDE_MINUTE_MS)   /* two computers' clocks are rarely further apart */
#define LEAST_DIGITS  5                      /* of a number that is compared with another */
#define MOST_DIGITS   10                     /* from the end: the same number is written +7…, 8… and … */

/* When the call was over, from the moment it was dialled. */
static gint64
end_of (const SideTestCall *self)
{
  gint64 end_ms = self->ended_ms != 0 ? self->ended_ms - self->dialled_ms : 0;

  for (guint i = 0; i < self->segments->len; i++)
    end_ms = MAX (end_ms, ((const SideTestSegment *) self->segments->pdata[i])->to_ms);
  return MAX (end_ms, 0);
}

/* Where waiting for a person began: behind the last menu, else with the music,
 * else when the call was answered. */
static gint64
queue_start (const SideTestCall *self,
             gint64              person_ms)
{
  gint64 menu_ms = -1;
  gint64 music_ms = side_test_call_first_of (self, SIDE_SEGMENT_QUEUE);

  for (guint i = 0; i < self->segments->len; i++)
    {
      const SideTestSegment *segment = self->segments->pdata[i];

      if (segment->kind == SIDE_SEGMENT_MENU && (person_ms < 0 || segment->from_ms < person_ms))
        menu_ms = MAX (menu_ms, segment->to_ms);
    }
  if (menu_ms >= 0)
    return menu_ms;
  if (music_ms >= 0 && (person_ms < 0 || music_ms < person_ms))
    return music_ms;
  return self->answered_ms != 0 ? MAX (self->answered_ms - self->dialled_ms, 0) : -1;
}

static gint64
ring_time (const SideTestCall *self)
{
  gint64 until_ms = self->answered_ms != 0 ? self->answered_ms : self->ended_ms;

  return self->ringing_ms != 0 && until_ms != 0 ? MAX (until_ms - self->ringing_ms, 0) : -1;
}

static gint64
queue_time (const SideTestCall *self)
{
  gint64 person_ms = side_test_call_first_of (self, SIDE_SEGMENT_PERSON);
  gint64 from_ms = queue_start (self, person_ms);

  if (from_ms < 0)
    return -1;
  return MAX ((person_ms >= 0 ? person_ms : end_of (self)) - from_ms, 0);
}

/**
 * side_test_call_took:
 * @self: a test call
 * @limit: which part
 *
 * Ringing counts from the first ring to an answer, also of a machine; the menu
 * by its segments; the queue from the end of the last menu (without one from the
 * first music, else from the answer) to the first person; talk with what was
 * spent on hold.
 *
 * Returns: how long it took, in ms, or had taken when the call ended; -1 where
 *   the call never came so far
 */
gint64
side_test_call_took (const SideTestCall *self,
                     SideLimit           limit)
{
  g_return_val_if_fail (self != NULL, -1);

  switch (limit)
    {
    case SIDE_LIMIT_RING:
      return ring_time (self);
    case SIDE_LIMIT_MENU:
      return side_test_call_first_of (self, SIDE_SEGMENT_MENU) >= 0 ? side_test_call_time_in (self, SIDE_SEGMENT_MENU) : -1;
    case SIDE_LIMIT_QUEUE:
      return queue_time (self);
    case SIDE_LIMIT_TALK:
      return side_test_call_first_of (self, SIDE_SEGMENT_PERSON) >= 0
               ? side_test_call_time_in (self, SIDE_SEGMENT_PERSON) + side_test_call_time_in (self, SIDE_SEGMENT_HOLD) : -1;
    case SIDE_N_LIMITS:
    default:
      g_return_val_if_reached (-1);
    }
}

/**
 * side_test_call_limits:
 * @self: a test call
 *
 * Returns: (transfer full) (element-type SideLimitCheck): each limit of the scenario it
 *   went by; empty without a scenario
 */
GArray *
side_test_call_limits (const SideTestCall *self)
{
  GArray *checks = g_array_new (FALSE, FALSE, sizeof (SideLimitCheck));
  gint64 allowed[SIDE_N_LIMITS] = { 0 };

  g_return_val_if_fail (self != NULL, checks);

  if (self->pinned == NULL)
    return checks;
  allowed[SIDE_LIMIT_RING] = self->pinned->limits.ring_ms;
  allowed[SIDE_LIMIT_MENU] = self->pinned->limits.menu_ms;
  allowed[SIDE_LIMIT_QUEUE] = self->pinned->limits.queue_ms;
  allowed[SIDE_LIMIT_TALK] = self->pinned->limits.talk_ms;
  for (int i = 0; i < SIDE_N_LIMITS; i++)
    {
      SideLimitCheck check = { .limit = (SideLimit) i, .allowed_ms = allowed[i] };

      if (allowed[i] <= 0)
        continue;
      check.took_ms = side_test_call_took (self, (SideLimit) i);
      check.over_ms = MAX (check.took_ms - check.allowed_ms, 0);
      check.kept = check.over_ms == 0;
      g_array_append_val (checks, check);
    }
  return checks;
}

/* Whether the caller spoke with somebody: who says a step says it to a person. */
static gboolean
was_spoken_to (const SideTestCall *self)
{
  for (guint i = 0; !self->robot && self->answered_ms != 0 && i < self->steps->len; i++)
    {
      const SideTestStep *step = self->steps->pdata[i];

      if (step->at_ms >= self->answered_ms - self->dialled_ms)
        return TRUE;
    }
  return FALSE;
}

/**
 * side_test_call_reached:
 * @self: a test call
 *
 * A person who called listened, and may correct what the ear took for one: their word, and the steps
 * they said after the answer, are enough. Of a call by computer nobody can say so: an ear's guess counts
 * from SIDE_TEST_SURE_PERSON on, which takes more than a short saying with silence behind it, as every
 * recording has. Whoever answered our steps is sure enough.
 *
 * Returns: whether a person came to the telephone
 */
gboolean
side_test_call_reached (const SideTestCall *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->segments->len; i++)
    {
      const SideTestSegment *segment = self->segments->pdata[i];

      if (segment->kind == SIDE_SEGMENT_PERSON && (!self->robot || segment->by_hand || segment->certainty >= SIDE_TEST_SURE_PERSON))
        return TRUE;
    }
  return was_spoken_to (self);
}

/* A check of the menu alone says nothing, and so waits for nobody. */
static gboolean
wants_person (const SideScenario *scenario)
{
  return scenario == NULL || !scenario->robot || scenario->steps->len > 0;
}

/* Whether we hung up well within what the scenario allows them; without a limit
 * nobody can say what was too early. */
static gboolean
gave_up_early (const SideTestCall *self)
{
  g_autoptr (GArray) checks = side_test_call_limits (self);
  gboolean early = FALSE;

  for (guint i = 0; i < checks->len; i++)
    {
      const SideLimitCheck *check = &g_array_index (checks, SideLimitCheck, i);
      gint64 took_ms = check->took_ms >= 0 ? check->took_ms : self->ended_ms - self->dialled_ms;

      if (!check->kept)
        return FALSE;
      if (check->limit == (self->answered_ms == 0 ? SIDE_LIMIT_RING : SIDE_LIMIT_QUEUE))
        early = took_ms + GIVEN_UP_SLACK_MS < check->allowed_ms;
    }
  return early;
}

/* Whether somebody spoke of whom the ear could not tell what they are. */
static gboolean
has_unclear_voice (const SideTestCall *self)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      const SideTestSegment *segment = self->segments->pdata[i];

      if (segment->by_hand || segment->to_ms - segment->from_ms < UNCLEAR_FROM_MS)
        continue;
      if ((segment->kind == SIDE_SEGMENT_OTHER && segment->certainty <= SIDE_TEST_UNCLEAR_VOICE)
          || (segment->kind == SIDE_SEGMENT_PERSON && segment->certainty < SIDE_TEST_SURE_PERSON))
        return TRUE;
    }
  return FALSE;
}

/**
 * side_test_call_discount:
 * @self: a test call
 *
 * What broke on our side says nothing about whoever was called: our program died
 * in the middle, our connection broke, or the line could not be had at all. Nor
 * does it when we hung up before they had the time they are allowed, or when it is
 * not known whether who spoke was a person. With a person on the line it was a call
 * like others.
 *
 * Returns: why nothing can be said of the line by it; SIDE_TEST_COUNTS where something can
 */
SideTestDiscount
side_test_call_discount (const SideTestCall *self)
{
  g_return_val_if_fail (self != NULL, SIDE_TEST_COUNTS);

  if (self->ended_ms == 0 || side_test_call_reached (self))
    return SIDE_TEST_COUNTS;
  if (self->end == SIDE_TEST_END_UNKNOWN)
    return SIDE_TEST_CUT_OFF;
  if (self->end == SIDE_TEST_END_LOST)
    return SIDE_TEST_BROKEN;
  if (self->answered_ms != 0 && !wants_person (self->pinned))
    return SIDE_TEST_COUNTS;
  if (self->answered_ms != 0 && has_unclear_voice (self))
    return SIDE_TEST_UNCLEAR;
  if ((self->end == SIDE_TEST_END_CANCELLED || self->end == SIDE_TEST_END_US) && gave_up_early (self))
    return SIDE_TEST_GIVEN_UP;
  return SIDE_TEST_COUNTS;
}

/**
 * side_test_call_counts:
 * @self: a test call
 *
 * Returns: whether something can be said of the line by it, see side_test_call_discount()
 */
gboolean
side_test_call_counts (const SideTestCall *self)
{
  g_return_val_if_fail (self != NULL, FALSE);
  return side_test_call_discount (self) == SIDE_TEST_COUNTS;
}

static gboolean
breaks_limit (const SideTestCall *self)
{
  g_autoptr (GArray) checks = side_test_call_limits (self);

  for (guint i = 0; i < checks->len; i++)
    if (!g_array_index (checks, SideLimitCheck, i).kept)
      return TRUE;
  return FALSE;
}

static gboolean
has_wrong_fact (const SideTestCall *self)
{
  for (guint i = 0; i < self->facts->len; i++)
    {
      const SideTestFact *fact = self->facts->pdata[i];

      if (fact->state == SIDE_TEST_FACT_WRONG || fact->state == SIDE_TEST_FACT_NOT_TOLD)
        return TRUE;
    }
  return FALSE;
}

/* Whether somebody who listened says that it is there. */
static gboolean
named_by_hand (const SideTestCall *self,
               const char         *name)
{
  for (guint i = 0; i < self->segments->len; i++)
    {
      const SideTestSegment *segment = self->segments->pdata[i];

      if (segment->by_hand && g_strcmp0 (segment->label, name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What was never compared is no fault of theirs. */
static gboolean
misses_prompt (const SideTestCall *self)
{
  for (guint i = 0; i < self->prompts->len; i++)
    {
      const SideTestPrompt *prompt = self->prompts->pdata[i];

      if (prompt->state == SIDE_TEST_PROMPT_NOT_HEARD && !named_by_hand (self, prompt->name))
        return TRUE;
    }
  return FALSE;
}

static guint
faults_of_end (const SideTestCall *self)
{
  if (self->answered_ms == 0)
    return SIDE_TEST_NOT_ANSWERED;
  return wants_person (self->pinned) && !side_test_call_reached (self) ? SIDE_TEST_NO_PERSON : 0;
}

/**
 * side_test_call_faults:
 * @self: a test call that is over
 *
 * An expected prompt counts as not heard where it was compared with its recording and
 * found to be another, unless a segment that was corrected by hand bears its name.
 * That nobody answered or came is no fault where the call does not count.
 *
 * Returns: a set of SideTestFault; 0 where nothing was found to be wrong
 */
guint
side_test_call_faults (const SideTestCall *self)
{
  guint faults = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (side_test_call_counts (self))
    faults |= faults_of_end (self);
  if (breaks_limit (self))
    faults |= SIDE_TEST_TOO_LONG;
  if (has_wrong_fact (self))
    faults |= SIDE_TEST_WRONG_FACT;
  if (self->answered_ms != 0 && misses_prompt (self))
    faults |= SIDE_TEST_WRONG_PROMPT;
  if (self->callback == SIDE_TEST_CALLBACK_LATE || self->callback == SIDE_TEST_CALLBACK_BROKEN)
    faults |= SIDE_TEST_NO_CALLBACK;
  return faults;
}

/**
 * side_test_callback_of:
 * @due_ms: instant until which they promised to call back; 0 for no promise
 * @came_ms: instant they did; 0 for not (yet)
 * @now_ms: the present instant
 *
 * Returns: what has become of the promise
 */
SideTestCallback
side_test_callback_of (gint64 due_ms,
                       gint64 came_ms,
                       gint64 now_ms)
{
  if (due_ms == 0)
    return SIDE_TEST_CALLBACK_NONE;
  if (came_ms != 0)
    return came_ms <= due_ms ? SIDE_TEST_CALLBACK_KEPT : SIDE_TEST_CALLBACK_LATE;
  return now_ms <= due_ms ? SIDE_TEST_CALLBACK_OPEN : SIDE_TEST_CALLBACK_BROKEN;
}

/**
 * side_test_call_compare:
 * @self: a test call
 * @theirs: the same call in the call centre's own history
 * @out: (out): the two clocks side by side
 */
void
side_test_call_compare (const SideTestCall *self,
                        const SideCall     *theirs,
                        SideTestComparison *out)
{
  g_return_if_fail (self != NULL && theirs != NULL && out != NULL);

  out->my_wait_ms = side_test_call_first_of (self, SIDE_SEGMENT_PERSON);
  out->my_talk_ms = side_test_call_took (self, SIDE_LIMIT_TALK);
  out->their_wait_ms = theirs->answered_ms != 0 || theirs->ended_ms != 0 ? theirs->wait_ms : -1;
  out->their_talk_ms = theirs->answered_ms != 0 && theirs->ended_ms != 0 ? theirs->talk_ms + theirs->hold_ms : -1;
  out->before_ms = theirs->joined_ms - self->dialled_ms;
}

/* The last digits of @number, MOST_DIGITS at most; of an address the part before the host. */
static char *
digits_of (const char *number)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *p = number; p != NULL && *p != '\0' && *p != '@'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_strdup (digits->str + (digits->len > MOST_DIGITS ? digits->len - MOST_DIGITS : 0));
}

/**
 * side_test_call_same_number:
 * @a: (nullable): a telephone number, as somebody writes it
 * @b: (nullable): another
 *
 * Returns: whether they are the same: their last ten digits; never for fewer than five
 */
gboolean
side_test_call_same_number (const char *a,
                            const char *b)
{
  g_autofree char *left = digits_of (a);
  g_autofree char *right = digits_of (b);

  return strlen (left) >= LEAST_DIGITS && g_str_equal (left, right);
}

/* Whether both are whole numbers, and not the same one. An extension says nothing: an
 * exchange may know its own line by any; and it may leave out what stands before it. */
static gboolean
other_number (const char *a,
              const char *b)
{
  g_autofree char *left = digits_of (a);
  g_autofree char *right = digits_of (b);

  return strlen (left) >= LEAST_DIGITS && strlen (right) >= LEAST_DIGITS && !g_str_has_suffix (left, right)
         && !g_str_has_suffix (right, left);
}

static gboolean
came_meanwhile (const SideTestCall *self,
                const SideCall     *call)
{
  return call->joined_ms >= self->dialled_ms - CLOCKS_MS && call->joined_ms <= self->dialled_ms + end_of (self) + CLOCKS_MS;
}

/**
 * side_test_call_may_be:
 * @self: a test call that is over
 * @theirs: a call of the call centre's
 *
 * Whatever else is said of it: it must have come while ours went on, two minutes
 * allowed for the clocks, and not to quite another number.
 *
 * Returns: whether they may be the same call
 */
gboolean
side_test_call_may_be (const SideTestCall *self,
                       const SideCall     *theirs)
{
  g_return_val_if_fail (self != NULL && theirs != NULL, FALSE);
  return came_meanwhile (self, theirs) && !other_number (self->number, theirs->dialled);
}

/**
 * side_test_call_find_match:
 * @self: a test call that is over
 * @calls: (element-type SideCall): the call centre's calls of that time
 * @caller: (nullable): the number the account calls from
 * @taken: (nullable): (element-type utf8 utf8): set of ids of those that are other test calls
 *
 * By number and time: a call from @caller that they noticed while ours went on, two
 * minutes allowed for the clocks. Of several the one that came nearest to where
 * our queue began, and none where two are equally near.
 *
 * Returns: (transfer none) (nullable): the same call in their history
 */
const SideCall *
side_test_call_find_match (const SideTestCall *self,
                           GPtrArray          *calls,
                           const char         *caller,
                           GHashTable         *taken)
{
  const SideCall *best = NULL;
  gint64 nearest_ms = G_MAXINT64;
  gint64 queued_ms;
  gboolean twice = FALSE;

  g_return_val_if_fail (self != NULL && calls != NULL, NULL);

  queued_ms = self->dialled_ms + MAX (queue_start (self, side_test_call_first_of (self, SIDE_SEGMENT_PERSON)), 0);

  for (guint i = 0; i < calls->len; i++)
    {
      const SideCall *call = calls->pdata[i];
      gint64 apart_ms = ABS (call->joined_ms - queued_ms);

      if (!side_test_call_same_number (call->caller, caller) || !came_meanwhile (self, call)
          || (taken != NULL && g_hash_table_contains (taken, call->id)))
        continue;
      if (apart_ms == nearest_ms)
        twice = TRUE;
      if (apart_ms < nearest_ms)
        {
          nearest_ms = apart_ms;
          best = call;
          twice = FALSE;
        }
    }
  return twice ? NULL : best;
}
