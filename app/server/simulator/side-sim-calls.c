/* side-sim-calls.c - the life of a leg, from arrival to end
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Arrivals are a Poisson process whose rate follows the hour and the weekday,
 * by thinning (Lewis and Shedler 1979): candidates come at the peak rate and
 * each is kept with the share of it that holds at that instant.
 */
#include "side-sim-run-private.h"

#include <math.h>

#include "side-time.h"

#define SHORTEST_TALK_MS 6000
/* With nobody logged in a caller hears so and is let go. */
#define NOBODY_MS        2500
/* A caller who tries again does so after this long on average. */
#define RETURN_AFTER_S   540.0
/* Share of arrivals who have called before for no reason of ours. */
#define KNOWN_SHARE      0.12

void
_side_sim_caller_free (gpointer data)
{
  SimCaller *caller = data;

  g_free (caller->number);
  g_free (caller->name);
  g_free (caller);
}

void
_side_sim_journey_free (SimJourney *journey)
{
  g_free (journey->journey);
  g_free (journey);
}

static void
call_clear (SimCall *call)
{
  g_clear_pointer (&call->id, g_free);
  g_clear_pointer (&call->journey.journey, g_free);
  g_clear_pointer (&call->order_id, g_free);
}

void
_side_sim_call_free (SimCall *call)
{
  call_clear (call);
  g_free (call);
}

/* A slot of its own for a call; slots are used again under a new generation. */
static SimCall *
new_call (SideSimRun *self)
{
  SimCall *call;

  if (self->free_slots->len > 0)
    {
      guint slot = g_array_index (self->free_slots, guint, self->free_slots->len - 1);

      g_array_set_size (self->free_slots, self->free_slots->len - 1);
      return g_ptr_array_index (self->calls, slot);
    }
  call = g_new0 (SimCall, 1);
  call->slot = self->calls->len;
  g_ptr_array_add (self->calls, call);
  return call;
}

static void
drop_call (SideSimRun *self,
           SimCall    *call)
{
  guint slot = call->slot;
  guint generation = call->generation + 1;

  call_clear (call);
  memset (call, 0, sizeof *call);
  call->slot = slot;
  call->generation = generation;
  g_array_append_val (self->free_slots, slot);
}

/* Puts the next arrival of the queue into the calendar. */
void
_side_sim_plan_arrival (SideSimRun *self,
                        guint       index)
{
  SimQueue *queue = &self->queues[index];
  double peak = side_sim_queue_peak_rate (self->centre, index);

  if (peak <= 0)
    return;
  do
    queue->next_ms += side_random_exponential (&queue->random, 1000 / peak);
  while (!side_random_chance (&queue->random,
                              side_sim_queue_rate (self->centre, index, self->seed, (gint64) queue->next_ms) / peak));
  _side_sim_later (self, llround (queue->next_ms) - self->now_ms, AT_ARRIVAL, index, 0, NULL);
}

static SimCaller *
new_caller (SideSimRun           *self,
            SimProject           *project,
            const SideSimProject *config)
{
  SimCaller *caller;
  guint n_prefixes = g_strv_length ((char **) config->number_prefixes);
  guint n_names = g_strv_length ((char **) config->caller_names);
  guint range = 1;
  char *number;

  for (guint i = 0; i < config->number_digits; i++)
    range *= 10;
  number = g_strdup_printf ("%s%0*u", config->number_prefixes[side_random_below (&self->random, n_prefixes)],
                            (int) config->number_digits, side_random_below (&self->random, range));
  caller = g_hash_table_lookup (project->callers, number);
  if (caller != NULL)
    {
      g_free (number);
      return caller;
    }
  caller = g_new0 (SimCaller, 1);
  caller->number = number;
  if (side_random_chance (&self->random, 0.3))
    caller->name = g_strdup (config->caller_names[side_random_below (&self->random, n_names)]);
  g_hash_table_insert (project->callers, number, caller);
  g_ptr_array_add (project->known, caller);
  return caller;
}

/* Somebody who is not on the line at this moment: now and then one who has
 * called before. */
static SimCaller *
find_caller (SideSimRun *self,
             guint       index)
{
  SimProject *project = &self->projects[index];
  SimCaller *caller;

  if (project->known->len > 50 && side_random_chance (&self->random, KNOWN_SHARE))
    {
      caller = g_ptr_array_index (project->known, side_random_below (&self->random, project->known->len));
      if (!caller->busy)
        return caller;
    }
  do
    caller = new_caller (self, project, side_sim_centre_project (self->centre, index));
  while (caller->busy);
  return caller;
}

/* The caller of @journey, which is emptied, enters the queue. */
static void
join (SideSimRun *self,
      guint       index,
      SimJourney *journey)
{
  const SideSimQueue *config = side_sim_centre_queue (self->centre, index);
  SimQueue *queue = &self->queues[index];
  SimCall *call = new_call (self);
  SimOp *op;
  double patience = side_random_exponential (&self->random, config->patience_s);

  call->queue = index;
  call->journey = *journey;
  journey->journey = NULL;
  call->journey.legs++;
  call->journey.caller->busy = TRUE;
  call->id = g_strdup_printf ("%s-%u", call->journey.journey, call->journey.legs);
  call->op = -1;
  call->ringing = -1;
  call->joined_ms = self->now_ms;
  call->position = (int) queue->waiting.length + 1;
  call->waiting = TRUE;
  call->link.data = call;
  g_queue_push_tail_link (&queue->waiting, &call->link);
  _side_sim_tell_joined (self, call);

  if (!_side_sim_has_members (self, index))
    {
      _side_sim_later (self, NOBODY_MS, AT_TIME_LIMIT, call->slot, call->generation, NULL);
      return;
    }
  if (isfinite (patience))
    _side_sim_later (self, llround (patience * 1000), AT_PATIENCE, call->slot, call->generation, NULL);
  if (config->time_limit_s > 0)
    _side_sim_later (self, (gint64) (config->time_limit_s * 1000), AT_TIME_LIMIT, call->slot, call->generation, NULL);
  op = _side_sim_find_op (self, index);
  if (op != NULL)
    _side_sim_ring (self, call, op);
}

static void
join_anew (SideSimRun *self,
           guint       index,
           SimCaller  *caller)
{
  const SideProject *project =
      side_sim_centre_project (self->centre, side_sim_centre_queue (self->centre, index)->project)->project;
  SimJourney journey = { .caller = caller };

  journey.journey = g_strdup_printf ("sim-%" G_GINT64_FORMAT ".%" G_GUINT64_FORMAT, self->now_ms / 1000,
                                     ++self->n_journeys);
  if (project->dialled->len > 0)
    {
      /* The first number is the one most people find. */
      guint which = side_random_below (&self->random, 2 * project->dialled->len);
      const SideDialled *dialled =
          g_ptr_array_index (project->dialled, which < project->dialled->len ? which : 0);

      journey.dialled = dialled->number;
      journey.source = g_intern_string (dialled->source);
    }
  join (self, index, &journey);
}

void
_side_sim_arrive (SideSimRun *self,
                  guint       index)
{
  _side_sim_plan_arrival (self, index);
  join_anew (self, index, find_caller (self, side_sim_centre_queue (self->centre, index)->project));
}

void
_side_sim_return (SideSimRun *self,
                  guint       index,
                  SimCaller  *caller)
{
  join_anew (self, index, caller);
}

/* Takes @journey. */
void
_side_sim_pass_on (SideSimRun *self,
                   guint       index,
                   SimJourney *journey)
{
  join (self, index, journey);
  _side_sim_journey_free (journey);
}

static void
leave_queue (SideSimRun *self,
             SimCall    *call)
{
  g_queue_unlink (&self->queues[call->queue].waiting, &call->link);
  call->waiting = FALSE;
}

/* A caller gives up or is given up: the leg ends without an answer. */
static void
lose (SideSimRun  *self,
      SimCall     *call,
      SideOutcome  outcome,
      SideParty    ended_by)
{
  const SideSimQueue *config = side_sim_centre_queue (self->centre, call->queue);
  SimCaller *caller = call->journey.caller;
  int ringing = call->ringing;

  leave_queue (self, call);
  call->ended_by = ended_by;
  if (outcome == SIDE_OUTCOME_LEFT_BY_KEY)
    call->callback = SIDE_CALLBACK_WANTED;
  _side_sim_tell_ended (self, call, outcome);
  if (call->callback == SIDE_CALLBACK_WANTED)
    _side_sim_tell_outcome (self, call, 1000);
  if (ringing >= 0)
    _side_sim_stop_ringing (self, call);
  caller->busy = FALSE;
  if (config->return_share > 0)
    {
      _side_sim_note_lost (self, call);
      /* Busy from now on, so that the returning caller is nowhere else then. */
      if (outcome != SIDE_OUTCOME_LEFT_BY_KEY && side_random_chance (&self->random, config->return_share))
        {
          caller->busy = TRUE;
          _side_sim_later (self, 45000 + (gint64) (1000 * side_random_exponential (&self->random, RETURN_AFTER_S)),
                           AT_RETURN, call->queue, 0, caller);
        }
    }
  drop_call (self, call);
}

void
_side_sim_lose_patience (SideSimRun *self,
                         SimCall    *call)
{
  const SideSimQueue *config = side_sim_centre_queue (self->centre, call->queue);

  if (!call->waiting)
    return;
  if (config->key_share > 0 && side_random_chance (&self->random, config->key_share))
    lose (self, call, SIDE_OUTCOME_LEFT_BY_KEY, SIDE_PARTY_CALLER);
  else
    lose (self, call, SIDE_OUTCOME_ABANDONED, SIDE_PARTY_CALLER);
}

void
_side_sim_run_out_of_time (SideSimRun *self,
                           SimCall    *call)
{
  if (!call->waiting)
    return;
  lose (self, call, _side_sim_has_members (self, call->queue) ? SIDE_OUTCOME_TIMED_OUT : SIDE_OUTCOME_NO_OPERATORS,
        SIDE_PARTY_SYSTEM);
}

/* The queue's last operator has gone: nobody is kept waiting for nobody. */
void
_side_sim_empty_queue (SideSimRun *self,
                       guint       index)
{
  GQueue *waiting = &self->queues[index].waiting;

  while (waiting->length > 0)
    lose (self, waiting->head->data, SIDE_OUTCOME_NO_OPERATORS, SIDE_PARTY_SYSTEM);
}

static void
choose_topic (SideSimRun         *self,
              SimCall            *call,
              const SideSimQueue *config)
{
  SimProject *project = &self->projects[config->project];
  double total = 0;
  double at;
  guint i;

  if (config->n_topics == 0)
    return;
  for (i = 0; i < config->n_topics; i++)
    total += config->topics[i].weight;
  at = side_random_between (&self->random, 0, total);
  for (i = 0; i + 1 < config->n_topics && at >= config->topics[i].weight; i++)
    at -= config->topics[i].weight;
  call->topic = config->topics[i].name;
  if (config->topics[i].sells && call->transfer == SIDE_TRANSFER_NONE
      && side_random_chance (&self->random, config->order_share))
    {
      /* Small orders are the rule: the square leans to the low end. */
      double worth = side_random_unit (&self->random);

      call->order_id = g_strdup_printf ("%u", project->orders++);
      call->amount_minor =
          (gint64) (config->order_low + worth * worth * (config->order_high - config->order_low)) / 10 * 1000;
    }
  else if (call->transfer == SIDE_TRANSFER_NONE && side_random_chance (&self->random, config->callback_share))
    {
      call->callback = SIDE_CALLBACK_WANTED;
    }
}

/* All that will become of an answered call is decided here. */
static void
decide (SideSimRun         *self,
        SimCall            *call,
        const SideSimQueue *config)
{
  const SideSimOperator *op = side_sim_centre_operator (self->centre, call->op);
  double talk_s = config->talk_variation > 0
                      ? side_random_lognormal (&self->random, config->talk_s, config->talk_variation)
                      : side_random_exponential (&self->random, config->talk_s);
  double which = side_random_unit (&self->random);

  call->talk_ms = llround (talk_s * op->pace * 1000);
  call->ended_by = side_random_chance (&self->random, 0.7) ? SIDE_PARTY_CALLER : SIDE_PARTY_OPERATOR;
  if (config->talk_variation > 0)
    call->talk_ms = MAX (call->talk_ms, SHORTEST_TALK_MS);
  if (config->blind_queue >= 0 && which < config->blind_share)
    {
      call->transfer = SIDE_TRANSFER_BLIND;
      call->target = side_sim_centre_queue (self->centre, config->blind_queue)->id;
      call->talk_ms = MIN (call->talk_ms, (gint64) side_random_between (&self->random, 15000, 70000));
    }
  else if (config->attended_target != NULL && which < config->blind_share + config->attended_share)
    {
      call->transfer = SIDE_TRANSFER_ATTENDED;
      call->target = config->attended_target;
      call->hold_ms = (gint64) side_random_between (&self->random, 12000, 60000);
    }
  else if (call->talk_ms > 45000 && which > 1 - config->hold_share)
    {
      call->hold_ms = llround (1000 * MIN (180, 8 + side_random_lognormal (&self->random, 28, 0.8)));
    }
  if (call->transfer != SIDE_TRANSFER_NONE)
    call->ended_by = SIDE_PARTY_OPERATOR;
  choose_topic (self, call, config);
  if (config->wrap_up_s <= 0)
    return;
  call->wrap_ms = (gint64) (config->wrap_up_s * 1000);
  if (side_random_chance (&self->random, config->early_ready))
    call->wrap_ms = (gint64) ((double) call->wrap_ms * side_random_between (&self->random, 0.25, 1));
}

/**
 * side_sim_hold_offset_ms:
 * @seed: of the run
 * @call: a finished leg with some time on hold
 *
 * A leg is held at most once. When is drawn from the leg's id, so that the
 * recording of a past call, made from its record alone, agrees with the
 * events that were told.
 *
 * Returns: how many ms after the answer the hold began; the whole talk time
 *   where the operator asked somebody before passing the caller on
 */
gint64
side_sim_hold_offset_ms (guint64         seed,
                         const SideCall *call)
{
  SideRandom random;

  g_return_val_if_fail (call != NULL, 0);
  if (call->transfer == SIDE_TRANSFER_ATTENDED)
    return call->talk_ms;
  side_random_init_named (&random, seed, call->id);
  return (gint64) ((double) call->talk_ms * side_random_between (&random, 0.3, 0.7));
}

static gint64
hold_offset_ms (SideSimRun *self,
                SimCall    *call)
{
  SideCall like = { .id = call->id, .talk_ms = call->talk_ms, .transfer = call->transfer };
  return side_sim_hold_offset_ms (self->seed, &like);
}

void
_side_sim_answer (SideSimRun *self,
                  SimCall    *call,
                  SimOp      *op)
{
  const SideSimQueue *config = side_sim_centre_queue (self->centre, call->queue);

  leave_queue (self, call);
  call->ringing = -1;
  call->op = (int) op->index;
  call->answered_ms = self->now_ms;
  decide (self, call, config);
  _side_sim_forget_lost (self, config->project, call->journey.caller);
  op->call = call;
  _side_sim_tell_answered (self, call);
  _side_sim_set_state (self, op, SIDE_OPERATOR_TALKING, NULL);
  if (call->hold_ms > 0)
    {
      gint64 offset = hold_offset_ms (self, call);

      _side_sim_later (self, offset, AT_HELD, call->slot, call->generation, NULL);
      if (call->transfer != SIDE_TRANSFER_ATTENDED)
        _side_sim_later (self, offset + call->hold_ms, AT_RESUMED, call->slot, call->generation, NULL);
    }
  _side_sim_later (self, call->talk_ms + call->hold_ms, AT_ENDED, call->slot, call->generation, NULL);
}

void
_side_sim_hold (SideSimRun *self,
                SimCall    *call,
                gboolean    held)
{
  _side_sim_tell_held (self, call, held);
}

/* The talk is over: hung up, or passed on. */
void
_side_sim_end (SideSimRun *self,
               SimCall    *call)
{
  const SideSimQueue *config = side_sim_centre_queue (self->centre, call->queue);
  SimOp *op = &self->ops[call->op];
  SimCaller *caller = call->journey.caller;

  if (call->transfer != SIDE_TRANSFER_NONE)
    _side_sim_tell_passed_on (self, call);
  _side_sim_tell_ended (self, call, SIDE_OUTCOME_ANSWERED);
  if (call->topic != NULL)
    _side_sim_tell_outcome (self, call, (gint64) ((double) call->wrap_ms * side_random_between (&self->random, 0.1, 0.9)));
  if (call->transfer == SIDE_TRANSFER_BLIND)
    {
      SimJourney *journey = g_new (SimJourney, 1);

      *journey = call->journey;
      call->journey.journey = NULL;
      _side_sim_later (self, 900, AT_PASSED_ON, (guint) config->blind_queue, 0, journey);
    }
  else
    {
      caller->busy = FALSE;
      if (call->callback == SIDE_CALLBACK_WANTED)
        _side_sim_note_lost (self, call);
    }
  if (call->wrap_ms > 0)
    {
      _side_sim_set_state (self, op, SIDE_OPERATOR_WRAP_UP, NULL);
      op->call = NULL;
      _side_sim_later (self, call->wrap_ms, AT_FREE, op->index, op->generation, NULL);
      drop_call (self, call);
    }
  else
    {
      op->call = NULL;
      drop_call (self, call);
      _side_sim_release (self, op);
    }
}

/* Somebody else ends it, now: what had been decided of its rest is void. Its
 * recording, made from the record alone, may place a hold elsewhere. */
void
_side_sim_hang_up (SideSimRun *self,
                   SimCall    *call)
{
  gint64 lasted_ms = self->now_ms - call->answered_ms;

  if (call->waiting)
    {
      lose (self, call, SIDE_OUTCOME_WITHDRAWN, SIDE_PARTY_SYSTEM);
      return;
    }
  if (call->hold_ms > 0)
    call->hold_ms = CLAMP (lasted_ms - hold_offset_ms (self, call), 0, call->hold_ms);
  call->talk_ms = lasted_ms - call->hold_ms;
  call->transfer = SIDE_TRANSFER_NONE;
  call->target = NULL;
  call->ended_by = SIDE_PARTY_SYSTEM;
  g_clear_pointer (&call->order_id, g_free);
  call->amount_minor = 0;
  _side_sim_end (self, call);
}
