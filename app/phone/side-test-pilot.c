/* side-test-pilot.c - what the computer does by itself in a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-test-pilot.h"

#define TURN_MS     1200              /* a person who is quiet for so long has finished, and it is our turn */
#define PROMPT_MS   1200              /* between the choices of a menu pauses are shorter */
#define TAIL_MS     500               /* of what was said before, and is heard a little longer */
#define LAST_MS     5000              /* after the last step their answer is waited for */
#define CHECK_MS    (30 * 1000)       /* behind the last key a check without steps has heard what there is */
#define LONGEST_MS  (10 * 60 * 1000)  /* of a call without anybody on our side and without limits */

static const SideTestSegment *
last_segment (const SideTestView *view)
{
  const GPtrArray *all = view->call->segments;

  return all->len > 0 ? all->pdata[all->len - 1] : NULL;
}

static gint64
answered_at (const SideTestCall *call)
{
  return call->answered_ms != 0 ? call->answered_ms - call->dialled_ms : -1;
}

static gboolean
is_voice (SideSegmentKind kind)
{
  return kind == SIDE_SEGMENT_MENU || kind == SIDE_SEGMENT_ANNOUNCEMENT || kind == SIDE_SEGMENT_OTHER;
}

/* When the first announcement after an instant was over; -1 while none is. What ends
 * right after it was no answer to it: a key is not heard at once, nor the end of
 * what was played before the answer. */
static gint64
prompt_end (const SideTestView *view,
            gint64              from_ms)
{
  const GPtrArray *all = view->call->segments;

  for (guint i = 0; i < all->len; i++)
    {
      const SideTestSegment *segment = all->pdata[i];
      gboolean is_last = i + 1 == all->len;
      /* A pause belongs to the announcement, as far as it goes. */
      gint64 end = is_last ? MIN (segment->to_ms, view->now_ms - view->quiet_ms) : segment->to_ms;

      if (!is_voice (segment->kind) || end <= from_ms + TAIL_MS)
        continue;
      return !is_last || view->quiet_ms >= PROMPT_MS ? end : -1;
    }
  return -1;
}

static gboolean
wants_keys (SideTestPilot      *self,
            const SideTestView *view,
            SideTestDeed       *deed)
{
  const SideScenario *scenario = view->call->pinned;
  const GPtrArray *pressed = view->call->keys;
  const SideScenarioKey *key;
  gint64 from = answered_at (view->call), due;

  if (!self->follows_menu || scenario == NULL || from < 0 || self->n_keys >= scenario->keys->len)
    return FALSE;
  key = scenario->keys->pdata[self->n_keys];
  if (self->n_keys > 0 && pressed->len > 0)
    from = MAX (from, ((const SideTestKey *) pressed->pdata[pressed->len - 1])->at_ms);
  due = key->prompt != NULL ? prompt_end (view, from) : from;
  if (due < 0 || view->now_ms < due + key->after_ms)
    return FALSE;
  self->n_keys++;
  *deed = (SideTestDeed) { .kind = SIDE_TEST_DEED_PRESS, .text = key->keys };
  return TRUE;
}

/* How long a part with a limit has taken by now. */
static gint64
spent (const SideTestView *view,
       SideTestLimit       limit)
{
  const SideTestCall *call = view->call;
  gint64 answered = answered_at (call), person = side_test_call_first_of (call, SIDE_SEGMENT_PERSON);
  gint64 menu = side_test_call_time_in (call, SIDE_SEGMENT_MENU);

  switch (limit)
    {
    case SIDE_TEST_LIMIT_RING:
      return call->ringing_ms != 0 ? (answered >= 0 ? answered : view->now_ms) - (call->ringing_ms - call->dialled_ms) : 0;
    case SIDE_TEST_LIMIT_MENU:
      return menu;
    case SIDE_TEST_LIMIT_QUEUE:
      return answered >= 0 ? (person >= 0 ? person : view->now_ms) - answered - menu : 0;
    case SIDE_TEST_LIMIT_TALK:
    default:
      return person >= 0 ? view->now_ms - person : 0;
    }
}

static gint64
allowed (const SideScenarioLimits *limits,
         SideTestLimit             limit)
{
  const gint64 all[] = { limits->ring_ms, limits->menu_ms, limits->queue_ms, limits->talk_ms };

  return all[limit];
}

static gboolean
passes_limit (SideTestPilot      *self,
              const SideTestView *view,
              SideTestDeed       *deed)
{
  const SideScenario *scenario = view->call->pinned;

  for (SideTestLimit limit = SIDE_TEST_LIMIT_RING; scenario != NULL && limit <= SIDE_TEST_LIMIT_TALK; limit++)
    {
      gint64 most = allowed (&scenario->limits, limit);

      if (most <= 0 || (self->limits & (1u << limit)) != 0 || spent (view, limit) <= most)
        continue;
      self->limits |= 1u << limit;
      *deed = (SideTestDeed) { .kind = SIDE_TEST_DEED_LIMIT, .limit = limit };
      return TRUE;
    }
  return FALSE;
}

static gboolean
speaks (SideTestPilot      *self,
        const SideTestView *view,
        SideTestDeed       *deed)
{
  const SideScenario *scenario = view->call->pinned;
  const SideTestSegment *last = last_segment (view);
  gboolean person = last != NULL && side_test_call_first_of (view->call, SIDE_SEGMENT_PERSON) >= 0;
  gint64 since;

  if (view->speaking)
    self->spoke_ms = view->now_ms;
  since = view->now_ms - self->spoke_ms;
  if (view->speaking || !person || view->quiet_ms < TURN_MS || since < TURN_MS)
    return FALSE;
  /* Nothing came from them since we ended: they are thinking, or have not understood. */
  if (self->n_steps > 0 && view->quiet_ms >= since && since < LAST_MS)
    return FALSE;
  if (scenario != NULL && self->n_steps < scenario->steps->len)
    {
      const SideScenarioStep *step = scenario->steps->pdata[self->n_steps++];

      self->spoke_ms = view->now_ms;
      *deed = (SideTestDeed) { .kind = SIDE_TEST_DEED_SAY, .text = step->id };
      return TRUE;
    }
  if (MIN (view->quiet_ms, since) < LAST_MS)
    return FALSE;
  *deed = (SideTestDeed) { .kind = SIDE_TEST_DEED_HANG_UP };
  return TRUE;
}

/* When the last key was pressed, or the call answered; -1 while there is more to come. */
static gint64
listening_since (const SideTestPilot *self,
                 const SideTestView  *view)
{
  const GPtrArray *pressed = view->call->keys;
  gint64 answered = answered_at (view->call);

  if (answered < 0 || (view->call->pinned != NULL && self->n_keys < view->call->pinned->keys->len))
    return -1;
  return pressed->len > 0 ? MAX (answered, ((const SideTestKey *) pressed->pdata[pressed->len - 1])->at_ms) : answered;
}

/* Whether only what the line says by itself is listened to: nobody is waited for. */
static gboolean
only_listens (const SideScenario *scenario)
{
  return scenario != NULL && scenario->robot && scenario->steps->len == 0 && scenario->prompts->len > 0 && scenario->limits.queue_ms <= 0;
}

/* A check of what the line says by itself is done when that is over: it was said and
 * nothing more comes, or a while has passed. */
static gboolean
has_heard_all (SideTestPilot      *self,
               const SideTestView *view)
{
  gint64 since = listening_since (self, view);
  gboolean said = FALSE;

  if (!only_listens (view->call->pinned) || since < 0)
    return FALSE;
  if (view->now_ms - since >= CHECK_MS)
    return TRUE;
  for (guint i = 0; i < view->call->segments->len; i++)
    {
      const SideTestSegment *segment = view->call->segments->pdata[i];

      said |= segment->to_ms > since
              && (is_voice (segment->kind) || segment->kind == SIDE_SEGMENT_PERSON || segment->kind == SIDE_SEGMENT_MACHINE);
    }
  return said && view->quiet_ms >= LAST_MS;
}

/**
 * side_test_pilot_next:
 * @self: what was done so far; it is taken for granted that what is said now will be
 * @view: how the call stands
 *
 * Keys come after the answer, after the keys before them, or after the end of the
 * first announcement since then, as the scenario says. A robot speaks when a
 * person has been quiet for 1.2 s; they have 5 s to begin with an answer to what
 * it said. It hangs up when a limit was passed, when they have been quiet for
 * 5 s after its last step, and after ten minutes whatever happens. By a scenario for
 * computers that has announcements, and neither steps nor a limit for the queue, it only
 * listens: it hangs up when behind the last key (without keys: the answer) something was
 * said and 5 s of silence followed, or after half a minute.
 *
 * Returns: one thing to do now; to be asked again at once until it is nothing, or the end
 */
SideTestDeed
side_test_pilot_next (SideTestPilot      *self,
                      const SideTestView *view)
{
  SideTestDeed deed = { .kind = SIDE_TEST_DEED_NONE };

  g_return_val_if_fail (self != NULL && view != NULL, deed);

  if (passes_limit (self, view, &deed) || wants_keys (self, view, &deed) || !self->robot)
    return deed;
  if (self->limits != 0 || view->now_ms >= LONGEST_MS || has_heard_all (self, view))
    deed.kind = SIDE_TEST_DEED_HANG_UP;
  else
    speaks (self, view, &deed);
  return deed;
}
