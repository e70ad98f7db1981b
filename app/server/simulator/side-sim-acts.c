/* side-sim-acts.c - what a supervisor does in a simulated call centre
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * As at a PBX: a pause begins when the call at hand is over and lasts until it
 * is ended or the operator goes home; who hangs a call up is the system. An
 * operator here has one state for all their projects, so a pause is one in all;
 * what it is called only the project hears that sent them on it.
 */
#include "side-sim-run-private.h"

#include <string.h>

#include "side-error.h"

static SimOp *
find_op (SideSimRun *self,
         const char *id)
{
  for (guint i = 0; id != NULL && i < self->centre->operators->len; i++)
    if (strcmp (side_sim_centre_operator (self->centre, i)->id, id) == 0)
      return &self->ops[i];
  return NULL;
}

static SimCall *
find_call (SideSimRun *self,
           const char *id)
{
  for (guint i = 0; id != NULL && i < self->calls->len; i++)
    {
      SimCall *call = g_ptr_array_index (self->calls, i);

      if (call->id != NULL && strcmp (call->id, id) == 0)
        return call;
    }
  return NULL;
}

static gboolean
is_queue_of (SideSimRun *self,
             guint       queue,
             const char *project,
             const char *id)
{
  const SideSimQueue *config = side_sim_centre_queue (self->centre, queue);

  return strcmp (side_sim_centre_project (self->centre, config->project)->project->id, project) == 0
         && (id == NULL || strcmp (config->id, id) == 0);
}

/**
 * side_sim_run_has_operator:
 * @self: a run
 * @project: id of a project
 * @queue: (nullable): id of one of its queues
 * @id: an operator's id
 *
 * Returns: whether the operator serves a queue of it, or that one
 */
gboolean
side_sim_run_has_operator (SideSimRun *self,
                           const char *project,
                           const char *queue,
                           const char *id)
{
  SimOp *op = find_op (self, id);
  const GArray *skills = op != NULL ? side_sim_centre_operator (self->centre, op->index)->skills : NULL;

  for (guint i = 0; skills != NULL && i < skills->len; i++)
    if (is_queue_of (self, g_array_index (skills, SideSimSkill, i).queue, project, queue))
      return TRUE;
  return FALSE;
}

/**
 * side_sim_run_has_call:
 * @self: a run
 * @project: id of a project
 * @id: a leg's id
 *
 * Returns: whether the leg lives, in that project
 */
gboolean
side_sim_run_has_call (SideSimRun *self,
                       const char *project,
                       const char *id)
{
  SimCall *call = find_call (self, id);

  return call != NULL && is_queue_of (self, call->queue, project, NULL);
}

/**
 * side_sim_run_pause:
 * @self: a run
 * @project: whose supervisor wants it
 * @id: an operator's id
 * @reason: what the break is called
 * @error: SIDE_ERROR_CONFLICT for one who is not at work
 *
 * Returns: whether they are on a break, or will be after the call at hand
 */
gboolean
side_sim_run_pause (SideSimRun  *self,
                    const char  *project,
                    const char  *id,
                    const char  *reason,
                    GError     **error)
{
  SimOp *op = find_op (self, id);

  if (op == NULL || op->state == SIDE_OPERATOR_OFF)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "the operator is not at work now");
      return FALSE;
    }
  g_free (op->pause);
  op->pause = g_strdup (reason);
  op->pause_project = g_intern_string (project);
  if (op->state != SIDE_OPERATOR_RINGING && op->state != SIDE_OPERATOR_TALKING)
    _side_sim_release (self, op);
  return TRUE;
}

/**
 * side_sim_run_resume:
 * @self: a run
 * @id: an operator's id
 *
 * Ends a break, also one the operator went on themselves.
 */
void
side_sim_run_resume (SideSimRun *self,
                     const char *id)
{
  SimOp *op = find_op (self, id);

  if (op == NULL)
    return;
  g_clear_pointer (&op->pause, g_free);
  if (op->state == SIDE_OPERATOR_BREAK)
    _side_sim_release (self, op);
}

/**
 * side_sim_run_hang_up:
 * @self: a run
 * @id: a leg's id
 * @error: SIDE_ERROR_CONFLICT for one that is over
 *
 * Returns: whether it has ended by this
 */
gboolean
side_sim_run_hang_up (SideSimRun  *self,
                      const char  *id,
                      GError     **error)
{
  SimCall *call = find_call (self, id);

  if (call == NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "the call is over");
      return FALSE;
    }
  _side_sim_hang_up (self, call);
  return TRUE;
}
