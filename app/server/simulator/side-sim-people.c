/* side-sim-people.c - what operators do: shifts, breaks, rings, after-call work
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A break or the end of a shift that falls into a call waits until the
 * operator is free. A call goes to the free operator with the least penalty
 * who has been free longest; a free operator takes the caller who has waited
 * longest, of their first queues first.
 */
#include "side-sim-run-private.h"

#include <math.h>

#include "side-time.h"

#define DAY_MS           (24 * SIDE_HOUR_MS)
/* After a ring not taken the phone is left alone for a moment. */
#define AFTER_MISS_MS    4000
/* A break is put off while callers wait, or others are resting already. */
#define PUT_OFF_MS       (4 * SIDE_MINUTE_MS)
/* Of a queue's operators one in so many may be on a break at a time. */
#define RESTING_PART     4

typedef struct {
  const char *reason[2];    /* Russian, English */
  double      from;         /* share of the shift at which it begins */
  double      share;        /* how many of the shifts have it */
  double      minutes;
} Break;

static const Break breaks[] = {
  { { "Короткий перерыв", "Short break" }, 0.22, 1.0, 10 },
  { { "Обед", "Lunch" }, 0.40, 1.0, 30 },
  { { "Обучение", "Training" }, 0.62, 0.12, 40 },
  { { "Короткий перерыв", "Short break" }, 0.75, 0.9, 10 },
};

static const char *const missed[2] = { "missed", "missed" };

static const SideSimOperator *
config_of (SideSimRun *self,
           SimOp      *op)
{
  return side_sim_centre_operator (self->centre, op->index);
}

/* Enters the new state and tells of it. What was planned for the old is void. */
void
_side_sim_set_state (SideSimRun        *self,
                     SimOp             *op,
                     SideOperatorState  state,
                     const char *const  reason[2])
{
  op->state = state;
  op->since_ms = self->now_ms;
  op->generation++;
  _side_sim_tell_state (self, op, reason);
}

static gboolean
is_on_duty (const SimOp *op)
{
  return op->state != SIDE_OPERATOR_OFF;
}

gboolean
_side_sim_has_members (SideSimRun *self,
                       guint       queue)
{
  const GArray *members = self->queues[queue].members;

  for (guint i = 0; i < members->len; i++)
    if (is_on_duty (&self->ops[g_array_index (members, SimMember, i).op]))
      return TRUE;
  return FALSE;
}

/* Who takes the next call of the queue, if anybody is free. */
SimOp *
_side_sim_find_op (SideSimRun *self,
                   guint       queue)
{
  const GArray *members = self->queues[queue].members;
  SimOp *best = NULL;
  int best_penalty = 0;

  for (guint i = 0; i < members->len; i++)
    {
      const SimMember *member = &g_array_index (members, SimMember, i);
      SimOp *op = &self->ops[member->op];

      if (op->state != SIDE_OPERATOR_READY || op->not_before_ms > self->now_ms)
        continue;
      if (best == NULL || member->penalty < best_penalty
          || (member->penalty == best_penalty && op->idle_since_ms < best->idle_since_ms))
        {
          best = op;
          best_penalty = member->penalty;
        }
    }
  return best;
}

/* Whom a free operator takes next, if anybody waits unattended. */
static SimCall *
find_waiting (SideSimRun *self,
              SimOp      *op)
{
  const GArray *skills = config_of (self, op)->skills;
  SimCall *best = NULL;
  int best_penalty = 0;

  for (guint i = 0; i < skills->len; i++)
    {
      const SideSimSkill *skill = &g_array_index (skills, SideSimSkill, i);

      for (GList *at = self->queues[skill->queue].waiting.head; at != NULL; at = at->next)
        {
          SimCall *call = at->data;

          if (call->ringing >= 0)
            continue;
          if (best == NULL || skill->penalty < best_penalty
              || (skill->penalty == best_penalty && call->joined_ms < best->joined_ms))
            {
              best = call;
              best_penalty = skill->penalty;
            }
          break;
        }
    }
  return best;
}

/* Gives a free operator their next caller. */
void
_side_sim_offer (SideSimRun *self,
                 SimOp      *op)
{
  SimCall *call = find_waiting (self, op);

  if (call != NULL)
    _side_sim_ring (self, call, op);
}

void
_side_sim_ring (SideSimRun *self,
                SimCall    *call,
                SimOp      *op)
{
  const SideSimQueue *queue = side_sim_centre_queue (self->centre, call->queue);
  double ring_s;

  if (queue->ring_s < 0)
    {
      _side_sim_answer (self, call, op);
      return;
    }
  call->ringing = (int) op->index;
  op->call = call;
  _side_sim_tell_ringing (self, call, op);
  _side_sim_set_state (self, op, SIDE_OPERATOR_RINGING, NULL);
  ring_s = 1 + side_random_exponential (&self->random, queue->ring_s);
  if (side_random_chance (&self->random, config_of (self, op)->miss_share) || ring_s > queue->ring_limit_s)
    _side_sim_later (self, (gint64) (queue->ring_limit_s * 1000), AT_MISSED, op->index, op->generation, NULL);
  else
    _side_sim_later (self, llround (ring_s * 1000), AT_TAKEN, op->index, op->generation, NULL);
}

void
_side_sim_take (SideSimRun *self,
                SimOp      *op)
{
  op->call->ring_ms = self->now_ms - op->since_ms;
  _side_sim_answer (self, op->call, op);
}

/* Back to being free after a ring, or to what had to wait for it. */
static void
after_ring (SideSimRun        *self,
            SimOp             *op,
            const char *const  reason[2])
{
  op->idle_since_ms = self->now_ms;
  if (reason == NULL)
    op->call = NULL;
  _side_sim_set_state (self, op, SIDE_OPERATOR_READY, reason);
  op->call = NULL;
  if (op->leaving || op->pause != NULL || op->break_due >= 0)
    _side_sim_release (self, op);
}

void
_side_sim_miss (SideSimRun *self,
                SimOp      *op)
{
  SimCall *call = op->call;
  SimOp *other;

  call->ringing = -1;
  call->rings++;
  op->not_before_ms = self->now_ms + AFTER_MISS_MS;
  after_ring (self, op, missed);
  if (op->state == SIDE_OPERATOR_READY)
    _side_sim_later (self, AFTER_MISS_MS, AT_AGAIN, op->index, op->generation, NULL);
  /* Whoever had to be released may have been given this very call again. */
  if (!call->waiting || call->ringing >= 0)
    return;
  other = _side_sim_find_op (self, call->queue);
  if (other != NULL)
    _side_sim_ring (self, call, other);
}

/* The caller is gone while the phone still rings. */
void
_side_sim_stop_ringing (SideSimRun *self,
                        SimCall    *call)
{
  SimOp *op = &self->ops[call->ringing];

  call->ringing = -1;
  after_ring (self, op, NULL);
  if (op->state == SIDE_OPERATOR_READY)
    _side_sim_offer (self, op);
}

static void
go_home (SideSimRun *self,
         SimOp      *op)
{
  const GArray *skills = config_of (self, op)->skills;

  op->leaving = FALSE;
  op->break_due = -1;
  g_clear_pointer (&op->pause, g_free);
  _side_sim_tell_member (self, op, SIDE_MEMBER_REMOVED);
  _side_sim_set_state (self, op, SIDE_OPERATOR_OFF, NULL);
  for (guint i = 0; i < skills->len; i++)
    {
      guint queue = g_array_index (skills, SideSimSkill, i).queue;

      if (!_side_sim_has_members (self, queue))
        _side_sim_empty_queue (self, queue);
    }
}

/* Whether somebody would be left waiting if the operator went on a break now. */
static gboolean
is_needed (SideSimRun *self,
           SimOp      *op)
{
  const GArray *skills = config_of (self, op)->skills;

  for (guint i = 0; i < skills->len; i++)
    {
      const SideSimSkill *skill = &g_array_index (skills, SideSimSkill, i);
      const GArray *members = self->queues[skill->queue].members;
      guint others = 0;
      guint resting = 0;

      if (self->queues[skill->queue].waiting.length > 0)
        return TRUE;
      for (guint k = 0; k < members->len; k++)
        {
          const SimOp *other = &self->ops[g_array_index (members, SimMember, k).op];

          others += other != op && is_on_duty (other);
          resting += other != op && other->state == SIDE_OPERATOR_BREAK;
        }
      if (others == resting || resting >= MAX (1, (others + 1) / RESTING_PART))
        return TRUE;
    }
  return FALSE;
}

static void
take_break (SideSimRun *self,
            SimOp      *op,
            guint       which)
{
  double minutes = breaks[which].minutes * side_random_between (&self->random, 0.85, 1.25);

  op->break_due = -1;
  _side_sim_set_state (self, op, SIDE_OPERATOR_BREAK, breaks[which].reason);
  _side_sim_later (self, (gint64) (minutes * SIDE_MINUTE_MS), AT_BREAK_ENDS, op->index, op->generation, NULL);
}

/* The operator has finished what they did: home, break, or the next caller. */
void
_side_sim_release (SideSimRun *self,
                   SimOp      *op)
{
  if (op->leaving)
    {
      go_home (self, op);
      return;
    }
  if (op->pause != NULL)
    {
      op->break_due = -1;
      _side_sim_set_state (self, op, SIDE_OPERATOR_BREAK, (const char *const[2]) { op->pause, op->pause });
      return;
    }
  if (op->break_due >= 0 && !is_needed (self, op))
    {
      take_break (self, op, (guint) op->break_due);
      return;
    }
  if (op->break_due >= 0)
    {
      _side_sim_later (self, PUT_OFF_MS, AT_BREAK_DUE, op->index, 0, GUINT_TO_POINTER ((guint) op->break_due));
      op->break_due = -1;
    }
  op->idle_since_ms = self->now_ms;
  if (op->state != SIDE_OPERATOR_READY)
    _side_sim_set_state (self, op, SIDE_OPERATOR_READY, NULL);
  _side_sim_offer (self, op);
}

void
_side_sim_break_due (SideSimRun *self,
                     SimOp      *op,
                     guint       which)
{
  if (!is_on_duty (op) || op->leaving || op->state == SIDE_OPERATOR_BREAK)
    return;
  op->break_due = (int) which;
  if (op->state != SIDE_OPERATOR_READY)
    return;
  if (is_needed (self, op))
    {
      op->break_due = -1;
      _side_sim_later (self, PUT_OFF_MS, AT_BREAK_DUE, op->index, 0, GUINT_TO_POINTER (which));
    }
  else
    {
      take_break (self, op, which);
    }
}

void
_side_sim_come (SideSimRun *self,
                SimOp      *op)
{
  if (is_on_duty (op))
    return;
  op->leaving = FALSE;
  op->break_due = -1;
  op->not_before_ms = 0;
  op->idle_since_ms = self->now_ms;
  _side_sim_tell_member (self, op, SIDE_MEMBER_ADDED);
  _side_sim_set_state (self, op, SIDE_OPERATOR_READY, NULL);
  _side_sim_offer (self, op);
}

void
_side_sim_shift_over (SideSimRun *self,
                      SimOp      *op)
{
  if (!is_on_duty (op))
    return;
  if (op->state == SIDE_OPERATOR_READY || op->state == SIDE_OPERATOR_BREAK)
    go_home (self, op);
  else
    op->leaving = TRUE;
}

/* Puts the shift of a local day, and its breaks, into the calendar. */
static void
plan_shift (SideSimRun *self,
            SimOp      *op,
            gint64      midnight_ms)
{
  const SideSimOperator *config = config_of (self, op);
  gint64 begins = midnight_ms + config->from_minute * SIDE_MINUTE_MS
                  - (gint64) side_random_between (&self->random, 0, 5 * SIDE_MINUTE_MS);
  gint64 ends = begins + config->length_minutes * SIDE_MINUTE_MS
                + (gint64) side_random_between (&self->random, 5 * SIDE_MINUTE_MS, 10 * SIDE_MINUTE_MS);

  if (ends > self->now_ms)
    {
      _side_sim_later (self, begins - self->now_ms, AT_SHIFT_BEGINS, op->index, 0, NULL);
      _side_sim_later (self, ends - self->now_ms, AT_SHIFT_ENDS, op->index, 0, NULL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (breaks) && config->breaks; i++)
    {
      double share = breaks[i].from + side_random_between (&self->random, -0.07, 0.07);
      gint64 at = begins + (gint64) (share * (double) (ends - begins));

      if (side_random_chance (&self->random, breaks[i].share) && at >= self->now_ms)
        _side_sim_later (self, at - self->now_ms, AT_BREAK_DUE, op->index, 0, GUINT_TO_POINTER (i));
    }
}

/* The instant at which the local day (days since the epoch) begins. */
static gint64
midnight_of (SideSimRun            *self,
             const SideSimOperator *config,
             gint64                 day)
{
  GTimeZone *zone = side_sim_centre_project (self->centre, config->home)->project->time_zone;
  gint64 wall = day * DAY_MS;

  return wall - side_sim_zone_offset_ms (zone, wall - side_sim_zone_offset_ms (zone, wall));
}

/* Plans one day of the operator, and that the next is planned when it begins. */
void
_side_sim_plan_day (SideSimRun *self,
                    SimOp      *op,
                    gint64      day)
{
  const SideSimOperator *config = config_of (self, op);

  if ((day + config->phase) % config->cycle < config->days_on)
    plan_shift (self, op, midnight_of (self, config, day));
  _side_sim_later (self, midnight_of (self, config, day + 1) - self->now_ms, AT_PLAN, op->index, 0,
                   GINT_TO_POINTER ((int) day + 1));
}

static void
start_op (SideSimRun *self,
          guint       index)
{
  SimOp *op = &self->ops[index];
  const SideSimOperator *config = side_sim_centre_operator (self->centre, index);
  gint64 local;

  op->index = index;
  op->state = SIDE_OPERATOR_OFF;
  op->break_due = -1;
  op->projects = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < config->skills->len; i++)
    {
      const SideSimSkill *skill = &g_array_index (config->skills, SideSimSkill, i);
      guint project = side_sim_centre_queue (self->centre, skill->queue)->project;
      SimMember member = { index, skill->penalty };
      gboolean known = FALSE;

      g_array_append_val (self->queues[skill->queue].members, member);
      for (guint k = 0; k < op->projects->len; k++)
        known |= g_array_index (op->projects, guint, k) == project;
      if (!known)
        g_array_append_val (op->projects, project);
    }
  if (config->length_minutes == 0)
    {
      _side_sim_later (self, 0, AT_SHIFT_BEGINS, index, 0, NULL);
      return;
    }
  local = self->now_ms + side_sim_zone_offset_ms (
              side_sim_centre_project (self->centre, config->home)->project->time_zone, self->now_ms);
  /* Yesterday's night shift may still be on. */
  if ((local / DAY_MS - 1 + config->phase) % config->cycle < config->days_on)
    plan_shift (self, op, midnight_of (self, config, local / DAY_MS - 1));
  _side_sim_plan_day (self, op, local / DAY_MS);
}

void
_side_sim_start_people (SideSimRun *self)
{
  self->ops = g_new0 (SimOp, self->centre->operators->len);
  for (guint i = 0; i < self->centre->operators->len; i++)
    start_op (self, i);
}

/**
 * side_sim_run_tell_off:
 * @self: a run that has not been advanced
 *
 * Tells of every operator that they are off and in no queue, for a listener
 * who remembers an earlier run.
 */
void
side_sim_run_tell_off (SideSimRun *self)
{
  g_return_if_fail (self != NULL);
  for (guint i = 0; i < self->centre->operators->len; i++)
    if (self->ops[i].state == SIDE_OPERATOR_OFF)
      {
        _side_sim_tell_member (self, &self->ops[i], SIDE_MEMBER_REMOVED);
        _side_sim_tell_state (self, &self->ops[i], NULL);
      }
}
