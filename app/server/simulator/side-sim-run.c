/* side-sim-run.c - a call centre that lives by itself
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Discrete events: the clock jumps from one entry of the calendar to the next.
 * An entry about a call or an operator is void when its generation is not
 * theirs any more, which stands for taking it out of the calendar.
 */
#include "side-sim-run-private.h"

#include "side-time.h"

/* How often somebody looks whether a lost caller should be rung back. */
#define RING_BACK_EVERY_S 40.0

/* Puts an entry @in_ms after now; a time below 0 is now. */
void
_side_sim_later (SideSimRun *self,
                 gint64      in_ms,
                 SimKind     kind,
                 guint       subject,
                 guint       generation,
                 gpointer    data)
{
  side_sim_calendar_add (&self->calendar, self->now_ms + MAX (0, in_ms), kind, subject, generation, data);
}

static void
start_queues (SideSimRun *self)
{
  self->queues = g_new0 (SimQueue, self->centre->queues->len);
  for (guint i = 0; i < self->centre->queues->len; i++)
    {
      SimQueue *queue = &self->queues[i];

      g_queue_init (&queue->waiting);
      queue->members = g_array_new (FALSE, FALSE, sizeof (SimMember));
      queue->next_ms = (double) self->now_ms;
      side_random_init_named (&queue->random, self->seed ^ self->variation, side_sim_centre_queue (self->centre, i)->id);
      _side_sim_plan_arrival (self, i);
    }
}

static void
start_projects (SideSimRun *self)
{
  self->projects = g_new0 (SimProject, self->centre->projects->len);
  for (guint i = 0; i < self->centre->projects->len; i++)
    {
      SimProject *project = &self->projects[i];

      project->callers = g_hash_table_new (g_str_hash, g_str_equal);
      project->known = g_ptr_array_new_with_free_func (_side_sim_caller_free);
      project->lost = g_ptr_array_new_with_free_func (_side_sim_lost_free);
      /* Order numbers go on through the weeks: a new one about every two
       * minutes. Each shop counts for itself. */
      project->orders = 40000 + (guint) ((self->now_ms / (2 * SIDE_MINUTE_MS) + i * 17011) % 50000);
      _side_sim_later (self, 0, AT_RING_BACK, i, 0, NULL);
    }
}

/**
 * side_sim_run_new_varied:
 * @centre: (transfer full): the call centre
 * @seed: gives the same events again
 * @variation: 0, or another number for another course of the same days: they
 *   are as busy, the calls are others
 * @start_ms: when it opens, in ms since 1970 UTC; whoever is on shift then
 *   comes at once, nobody is on the line yet
 *
 * Returns: (transfer full): a run in which nothing has happened yet
 */
SideSimRun *
side_sim_run_new_varied (SideSimCentre *centre,
                         guint64        seed,
                         guint64        variation,
                         gint64         start_ms)
{
  SideSimRun *self;

  g_return_val_if_fail (centre != NULL, NULL);
  g_return_val_if_fail (start_ms > 0, NULL);

  self = g_new0 (SideSimRun, 1);
  self->centre = centre;
  self->seed = seed;
  self->variation = variation;
  self->now_ms = start_ms;
  side_random_init_named (&self->random, seed ^ variation, "centre");
  side_sim_calendar_init (&self->calendar);
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) _side_sim_call_free);
  self->free_slots = g_array_new (FALSE, FALSE, sizeof (guint));
  start_projects (self);
  start_queues (self);
  _side_sim_start_people (self);
  return self;
}

/**
 * side_sim_run_new:
 * @centre: (transfer full): the call centre
 * @seed: gives the same events again
 * @start_ms: when it opens, in ms since 1970 UTC
 *
 * Returns: (transfer full): a run in which nothing has happened yet
 */
SideSimRun *
side_sim_run_new (SideSimCentre *centre,
                  guint64        seed,
                  gint64         start_ms)
{
  return side_sim_run_new_varied (centre, seed, 0, start_ms);
}

static void
free_entry_data (const SideSimEntry *entry)
{
  if (entry->kind == AT_TELL)
    side_event_unref (entry->data);
  else if (entry->kind == AT_PASSED_ON)
    _side_sim_journey_free (entry->data);
  else if (entry->kind == AT_RUNG_BACK)
    _side_sim_lost_free (entry->data);
}

/**
 * side_sim_run_free:
 * @self: (transfer full): a run
 */
void
side_sim_run_free (SideSimRun *self)
{
  SideSimEntry entry;

  g_return_if_fail (self != NULL);
  while (side_sim_calendar_take (&self->calendar, &entry))
    free_entry_data (&entry);
  side_sim_calendar_clear (&self->calendar);
  for (guint i = 0; i < self->centre->queues->len; i++)
    g_array_unref (self->queues[i].members);
  for (guint i = 0; i < self->centre->operators->len; i++)
    {
      g_array_unref (self->ops[i].projects);
      g_free (self->ops[i].pause);
    }
  g_ptr_array_unref (self->calls);
  for (guint i = 0; i < self->centre->projects->len; i++)
    {
      g_ptr_array_unref (self->projects[i].lost);
      g_hash_table_unref (self->projects[i].callers);
      g_ptr_array_unref (self->projects[i].known);
    }
  g_array_unref (self->free_slots);
  g_free (self->queues);
  g_free (self->ops);
  g_free (self->projects);
  side_sim_centre_free (self->centre);
  g_free (self);
}

/**
 * side_sim_run_set_sinks:
 * @self: a run
 * @event_func: (nullable): told every event, in order
 * @call_func: (nullable): told every leg as it ends
 * @user_data: for both
 *
 * What happens does not depend on who listens.
 */
void
side_sim_run_set_sinks (SideSimRun       *self,
                        SideSimEventFunc  event_func,
                        SideSimCallFunc   call_func,
                        gpointer          user_data)
{
  g_return_if_fail (self != NULL);
  self->event_func = event_func;
  self->call_func = call_func;
  self->user_data = user_data;
}

static void
do_with_call (SideSimRun         *self,
              const SideSimEntry *entry)
{
  SimCall *call = g_ptr_array_index (self->calls, entry->subject);

  if (call->generation != entry->generation)
    return;
  if (entry->kind == AT_PATIENCE)
    _side_sim_lose_patience (self, call);
  else if (entry->kind == AT_TIME_LIMIT)
    _side_sim_run_out_of_time (self, call);
  else if (entry->kind == AT_ENDED)
    _side_sim_end (self, call);
  else
    _side_sim_hold (self, call, entry->kind == AT_HELD);
}

/* What an operator does next in the state they are in; void once it changed. */
static void
do_with_state (SideSimRun         *self,
               const SideSimEntry *entry)
{
  SimOp *op = &self->ops[entry->subject];

  if (op->generation != entry->generation)
    {
      free_entry_data (entry);
      return;
    }
  if (entry->kind == AT_TAKEN)
    _side_sim_take (self, op);
  else if (entry->kind == AT_MISSED)
    _side_sim_miss (self, op);
  else if (entry->kind == AT_AGAIN)
    _side_sim_offer (self, op);
  else if (entry->kind == AT_RUNG_BACK)
    _side_sim_rung_back (self, op, entry->data);
  else
    _side_sim_release (self, op);
}

static void
do_entry (SideSimRun         *self,
          const SideSimEntry *entry)
{
  switch ((SimKind) entry->kind)
    {
    case AT_ARRIVAL:
      _side_sim_arrive (self, entry->subject);
      break;
    case AT_RETURN:
      _side_sim_return (self, entry->subject, entry->data);
      break;
    case AT_PASSED_ON:
      _side_sim_pass_on (self, entry->subject, entry->data);
      break;
    case AT_PATIENCE:
    case AT_TIME_LIMIT:
    case AT_HELD:
    case AT_RESUMED:
    case AT_ENDED:
      do_with_call (self, entry);
      break;
    case AT_TAKEN:
    case AT_MISSED:
    case AT_AGAIN:
    case AT_FREE:
    case AT_BREAK_ENDS:
    case AT_RUNG_BACK:
      do_with_state (self, entry);
      break;
    case AT_TELL:
      _side_sim_tell (self, entry->data);
      break;
    case AT_PLAN:
      _side_sim_plan_day (self, &self->ops[entry->subject], GPOINTER_TO_INT (entry->data));
      break;
    case AT_SHIFT_BEGINS:
      _side_sim_come (self, &self->ops[entry->subject]);
      break;
    case AT_SHIFT_ENDS:
      _side_sim_shift_over (self, &self->ops[entry->subject]);
      break;
    case AT_BREAK_DUE:
      _side_sim_break_due (self, &self->ops[entry->subject], GPOINTER_TO_UINT (entry->data));
      break;
    case AT_RING_BACK:
      _side_sim_ring_back (self, entry->subject);
      _side_sim_later (self, (gint64) (side_random_exponential (&self->random, RING_BACK_EVERY_S) * 1000) + 1,
                       AT_RING_BACK, entry->subject, 0, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * side_sim_run_advance:
 * @self: a run
 * @until_ms: everything up to this instant, inclusive, happens
 * @max_steps: but no more than so many entries now; 0 for all
 *
 * Returns: whether all of it has happened; %FALSE when @max_steps came first
 */
gboolean
side_sim_run_advance (SideSimRun *self,
                      gint64      until_ms,
                      guint       max_steps)
{
  const SideSimEntry *next;
  SideSimEntry entry;
  guint steps = 0;

  g_return_val_if_fail (self != NULL, TRUE);
  while ((next = side_sim_calendar_peek (&self->calendar)) != NULL && next->at_ms <= until_ms)
    {
      if (max_steps > 0 && steps++ == max_steps)
        return FALSE;
      side_sim_calendar_take (&self->calendar, &entry);
      self->now_ms = entry.at_ms;
      do_entry (self, &entry);
    }
  self->now_ms = MAX (self->now_ms, until_ms);
  return TRUE;
}

/**
 * side_sim_run_get_now_ms:
 * @self: a run
 *
 * Returns: up to when everything has happened
 */
gint64
side_sim_run_get_now_ms (const SideSimRun *self)
{
  return self->now_ms;
}

/**
 * side_sim_run_get_next_ms:
 * @self: a run
 *
 * Returns: when something may happen next, G_MAXINT64 for never
 */
gint64
side_sim_run_get_next_ms (const SideSimRun *self)
{
  const SideSimEntry *next = side_sim_calendar_peek (&self->calendar);
  return next != NULL ? next->at_ms : G_MAXINT64;
}

/**
 * side_sim_run_get_centre:
 * @self: a run
 *
 * Returns: (transfer none): the call centre it brings to life
 */
const SideSimCentre *
side_sim_run_get_centre (const SideSimRun *self)
{
  return self->centre;
}
