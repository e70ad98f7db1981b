/* side-sim-lost.c - callers who were not reached are rung back
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By day an operator with nothing to do rings whoever was lost longest ago.
 * To the board that is an operator talking on no call of ours, and then the
 * word that the call-back was made. Somebody not reached is tried again later.
 */
#include "side-sim-run-private.h"

#include "side-time.h"

#define FIRST_AFTER_MS  (4 * SIDE_MINUTE_MS)
#define AGAIN_AFTER_MS  (25 * SIDE_MINUTE_MS)
#define GIVE_UP_AFTER   4
/* Whoever was free as long as this has time to ring. */
#define IDLE_MS         12000
#define REACHED_SHARE   0.75
#define DAY_BEGINS_HOUR 9
#define DAY_ENDS_HOUR   21

void
_side_sim_lost_free (gpointer data)
{
  SimLost *lost = data;

  g_free (lost->call);
  g_free (lost->journey);
  g_free (lost);
}

/* One entry per caller and dialled number, as the board counts them. */
void
_side_sim_note_lost (SideSimRun *self,
                     SimCall    *call)
{
  SimProject *project = &self->projects[side_sim_centre_queue (self->centre, call->queue)->project];
  SimLost *lost;

  for (guint i = 0; i < project->lost->len; i++)
    {
      lost = g_ptr_array_index (project->lost, i);
      if (lost->caller == call->journey.caller && lost->dialled == call->journey.dialled)
        return;
    }
  lost = g_new0 (SimLost, 1);
  lost->caller = call->journey.caller;
  lost->call = g_strdup (call->id);
  lost->journey = g_strdup (call->journey.journey);
  lost->dialled = call->journey.dialled;
  lost->queue = call->queue;
  lost->not_before_ms = self->now_ms + FIRST_AFTER_MS;
  g_ptr_array_add (project->lost, lost);
}

/* The caller has been answered, so nobody needs to ring them. */
void
_side_sim_forget_lost (SideSimRun *self,
                       guint       index,
                       SimCaller  *caller)
{
  GPtrArray *all = self->projects[index].lost;

  for (guint i = all->len; i > 0; i--)
    if (((SimLost *) g_ptr_array_index (all, i - 1))->caller == caller)
      g_ptr_array_remove_index (all, i - 1);
}

static gboolean
is_day (SideSimRun *self,
        guint       index)
{
  GTimeZone *zone = side_sim_centre_project (self->centre, index)->project->time_zone;
  gint64 hour = (self->now_ms + side_sim_zone_offset_ms (zone, self->now_ms)) / SIDE_HOUR_MS % 24;

  return hour >= DAY_BEGINS_HOUR && hour < DAY_ENDS_HOUR;
}

static SimOp *
find_idle (SideSimRun *self,
           guint       queue)
{
  SimOp *op = self->queues[queue].waiting.length == 0 ? _side_sim_find_op (self, queue) : NULL;

  return op != NULL && op->idle_since_ms + IDLE_MS <= self->now_ms ? op : NULL;
}

/* Somebody looks through the list of the lost. */
void
_side_sim_ring_back (SideSimRun *self,
                     guint       index)
{
  GPtrArray *all = self->projects[index].lost;

  if (!is_day (self, index))
    return;
  for (guint i = 0; i < all->len; i++)
    {
      SimLost *lost = g_ptr_array_index (all, i);
      SimOp *op;

      if (lost->caller->busy || lost->not_before_ms > self->now_ms)
        continue;
      op = find_idle (self, lost->queue);
      if (op == NULL)
        continue;
      g_ptr_array_steal_index (all, i);
      lost->caller->busy = TRUE;
      lost->taken = side_random_chance (&self->random, REACHED_SHARE);
      _side_sim_set_state (self, op, SIDE_OPERATOR_TALKING, NULL);
      _side_sim_later (self, (gint64) (1000 * (lost->taken ? side_random_between (&self->random, 40, 170)
                                                           : side_random_between (&self->random, 20, 35))),
                       AT_RUNG_BACK, op->index, op->generation, lost);
      return;
    }
}

/* Takes @lost. */
void
_side_sim_rung_back (SideSimRun *self,
                     SimOp      *op,
                     SimLost    *lost)
{
  lost->caller->busy = FALSE;
  if (lost->taken)
    _side_sim_tell_rung_back (self, op, lost);
  if (lost->taken || ++lost->attempts == GIVE_UP_AFTER)
    {
      _side_sim_lost_free (lost);
    }
  else
    {
      lost->not_before_ms = self->now_ms + AGAIN_AFTER_MS;
      g_ptr_array_add (self->projects[side_sim_centre_queue (self->centre, lost->queue)->project].lost, lost);
    }
  _side_sim_release (self, op);
}
