/* side-sim-tell.c - what happened, as events and records
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The events are those the Asterisk adapter makes of a PBX's: the call's
 * before the operator's, an operator's state once for each project they work
 * for, and a call's id only in the project whose call it is.
 */
#include "side-sim-run-private.h"

static const SideProject *
project_of_queue (SideSimRun *self,
                  guint       queue)
{
  return side_sim_centre_project (self->centre, side_sim_centre_queue (self->centre, queue)->project)->project;
}

/* Gives the event to whoever listens. Takes @event. */
void
_side_sim_tell (SideSimRun *self,
                SideEvent  *event)
{
  if (self->event_func != NULL)
    self->event_func (event, self->user_data);
  side_event_unref (event);
}

static SideEvent *
call_event (SideSimRun    *self,
            SideEventKind  kind,
            SimCall       *call)
{
  SideEvent *event = side_event_new (kind, self->now_ms, project_of_queue (self, call->queue)->id);

  event->queue = side_sim_centre_queue (self->centre, call->queue)->id;
  event->call = g_strdup (call->id);
  event->journey = g_strdup (call->journey.journey);
  if (call->op >= 0)
    event->operator_id = side_sim_centre_operator (self->centre, call->op)->id;
  return event;
}

void
_side_sim_tell_joined (SideSimRun *self,
                       SimCall    *call)
{
  SideEvent *event;

  if (self->event_func == NULL)
    return;
  event = call_event (self, SIDE_EVENT_CALL_JOINED, call);
  event->caller = g_strdup (call->journey.caller->number);
  event->caller_name = g_strdup (call->journey.caller->name);
  event->dialled = g_strdup (call->journey.dialled);
  event->source = call->journey.source;
  event->position = call->position;
  _side_sim_tell (self, event);
}

void
_side_sim_tell_ringing (SideSimRun *self,
                        SimCall    *call,
                        SimOp      *op)
{
  SideEvent *event;

  if (self->event_func == NULL)
    return;
  event = call_event (self, SIDE_EVENT_CALL_RINGING, call);
  event->operator_id = side_sim_centre_operator (self->centre, op->index)->id;
  _side_sim_tell (self, event);
}

void
_side_sim_tell_answered (SideSimRun *self,
                         SimCall    *call)
{
  SideEvent *event;

  if (self->event_func == NULL)
    return;
  event = call_event (self, SIDE_EVENT_CALL_ANSWERED, call);
  event->joined_ms = call->joined_ms;
  event->wait_ms = call->answered_ms - call->joined_ms;
  event->ring_ms = call->ring_ms;
  _side_sim_tell (self, event);
}

void
_side_sim_tell_held (SideSimRun *self,
                     SimCall    *call,
                     gboolean    held)
{
  SideEvent *event;

  if (self->event_func == NULL)
    return;
  event = call_event (self, held ? SIDE_EVENT_CALL_HELD : SIDE_EVENT_CALL_RESUMED, call);
  event->ended_by = SIDE_PARTY_OPERATOR;
  _side_sim_tell (self, event);
}

void
_side_sim_tell_passed_on (SideSimRun *self,
                          SimCall    *call)
{
  SideEvent *event;

  if (self->event_func == NULL)
    return;
  event = call_event (self, SIDE_EVENT_CALL_TRANSFERRED, call);
  event->transfer = call->transfer;
  event->target = g_strdup (call->target);
  _side_sim_tell (self, event);
}

/* The order's number, worth and the rest of what the operator writes down. */
static void
add_outcome (SideSimRun  *self,
             SimCall     *call,
             const char **currency,
             const char **topic,
             char       **order_id,
             char       **note)
{
  const SideSimProject *project =
      side_sim_centre_project (self->centre, side_sim_centre_queue (self->centre, call->queue)->project);

  *topic = g_intern_string (call->topic);
  if (call->order_id != NULL)
    {
      *order_id = g_strdup (call->order_id);
      *currency = g_intern_string (project->project->currency);
    }
  if (call->callback == SIDE_CALLBACK_WANTED)
    *note = g_strdup (project->english ? "Asked to be rung back" : "Просит перезвонить");
}

/* A finished leg as the archive keeps it. */
static SideCall *
record_of (SideSimRun  *self,
           SimCall     *call,
           SideOutcome  outcome)
{
  SideCall *record = side_call_new (call->id);
  const SideSimQueue *queue = side_sim_centre_queue (self->centre, call->queue);
  const SideSimProject *project = side_sim_centre_project (self->centre, queue->project);

  record->journey = g_strdup (call->journey.journey);
  record->project = project->project->id;
  record->queue = queue->id;
  record->caller = g_strdup (call->journey.caller->number);
  record->caller_name = g_strdup (call->journey.caller->name);
  record->dialled = g_strdup (call->journey.dialled);
  record->source = call->journey.source;
  record->joined_ms = call->joined_ms;
  record->ended_ms = self->now_ms;
  record->position = call->position;
  record->rings = call->rings;
  record->outcome = outcome;
  record->ended_by = call->ended_by;
  record->wait_ms = self->now_ms - call->joined_ms;
  record->callback = call->callback;
  if (call->op < 0)
    return record;

  record->operator_id = side_sim_centre_operator (self->centre, call->op)->id;
  record->operator_name = side_sim_centre_operator (self->centre, call->op)->names[project->english];
  record->answered_ms = call->answered_ms;
  record->wait_ms = call->answered_ms - call->joined_ms;
  record->ring_ms = call->ring_ms;
  record->talk_ms = call->talk_ms;
  record->hold_ms = call->hold_ms;
  record->wrap_ms = call->wrap_ms;
  record->transfer = call->transfer;
  record->target = g_strdup (call->target);
  record->amount_minor = call->amount_minor;
  add_outcome (self, call, &record->currency, &record->topic, &record->order_id, &record->note);
  return record;
}

void
_side_sim_tell_ended (SideSimRun  *self,
                      SimCall     *call,
                      SideOutcome  outcome)
{
  if (self->event_func != NULL)
    {
      SideEvent *event = call_event (self, SIDE_EVENT_CALL_ENDED, call);

      event->joined_ms = call->joined_ms;
      event->answered_ms = call->answered_ms;
      event->wait_ms = (call->op >= 0 ? call->answered_ms : self->now_ms) - call->joined_ms;
      event->talk_ms = call->talk_ms;
      event->hold_ms = call->hold_ms;
      event->outcome = outcome;
      event->ended_by = call->ended_by;
      event->transfer = call->transfer;
      _side_sim_tell (self, event);
    }
  if (self->call_func != NULL)
    {
      g_autoptr (SideCall) record = record_of (self, call, outcome);
      self->call_func (record, self->user_data);
    }
}

/* What the operator writes down comes while they still do their after-call
 * work. It goes into the calendar even when nobody listens, so that listening
 * changes nothing. */
void
_side_sim_tell_outcome (SideSimRun *self,
                        SimCall    *call,
                        gint64      in_ms)
{
  SideEvent *event = call_event (self, SIDE_EVENT_CALL_OUTCOME, call);

  event->at_ms += in_ms;
  event->amount_minor = call->amount_minor;
  event->callback = call->callback;
  if (call->op >= 0)
    add_outcome (self, call, &event->currency, &event->topic, &event->order_id, &event->note);
  _side_sim_later (self, in_ms, AT_TELL, 0, 0, event);
}

void
_side_sim_tell_rung_back (SideSimRun *self,
                          SimOp      *op,
                          SimLost    *lost)
{
  SideEvent *event;

  if (self->event_func == NULL)
    return;
  event = side_event_new (SIDE_EVENT_CALL_OUTCOME, self->now_ms, project_of_queue (self, lost->queue)->id);
  event->queue = side_sim_centre_queue (self->centre, lost->queue)->id;
  event->call = g_strdup (lost->call);
  event->journey = g_strdup (lost->journey);
  event->operator_id = side_sim_centre_operator (self->centre, op->index)->id;
  event->callback = SIDE_CALLBACK_DONE;
  _side_sim_tell (self, event);
}

static SideEvent *
operator_event (SideSimRun    *self,
                SideEventKind  kind,
                SimOp         *op,
                guint          project)
{
  const SideSimProject *p = side_sim_centre_project (self->centre, project);
  const SideSimOperator *who = side_sim_centre_operator (self->centre, op->index);
  SideEvent *event = side_event_new (kind, self->now_ms, p->project->id);

  event->operator_id = who->id;
  event->name = who->names[p->english];
  event->alias = who->aliases[p->english];
  return event;
}

/* What a supervisor wrote is for the project they wrote it in. */
static gboolean
may_hear (const SimOp          *op,
          const SideSimProject *project,
          const char           *reason)
{
  return op->pause == NULL || reason != op->pause || g_str_equal (project->project->id, op->pause_project);
}

/* @reason: (nullable): in Russian and English */
void
_side_sim_tell_state (SideSimRun        *self,
                      SimOp             *op,
                      const char *const  reason[2])
{
  if (self->event_func == NULL)
    return;
  for (guint i = 0; i < op->projects->len; i++)
    {
      guint project = g_array_index (op->projects, guint, i);
      const SideSimProject *place = side_sim_centre_project (self->centre, project);
      SideEvent *event = operator_event (self, SIDE_EVENT_OPERATOR_STATE, op, project);

      event->state = op->state;
      if (reason != NULL && may_hear (op, place, reason[place->english]))
        event->reason = g_strdup (reason[place->english]);
      if (op->call != NULL && side_sim_centre_queue (self->centre, op->call->queue)->project == project)
        {
          event->call = g_strdup (op->call->id);
          event->queue = side_sim_centre_queue (self->centre, op->call->queue)->id;
        }
      _side_sim_tell (self, event);
    }
}

void
_side_sim_tell_member (SideSimRun       *self,
                       SimOp            *op,
                       SideMemberChange  change)
{
  const GArray *skills = side_sim_centre_operator (self->centre, op->index)->skills;

  if (self->event_func == NULL)
    return;
  for (guint i = 0; i < skills->len; i++)
    {
      const SideSimSkill *skill = &g_array_index (skills, SideSimSkill, i);
      const SideSimQueue *queue = side_sim_centre_queue (self->centre, skill->queue);
      SideEvent *event = operator_event (self, SIDE_EVENT_QUEUE_MEMBER, op, queue->project);

      event->queue = queue->id;
      event->member = change;
      event->penalty = skill->penalty;
      _side_sim_tell (self, event);
    }
}
