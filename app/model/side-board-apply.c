/* side-board-apply.c - the rules by which an event changes the board
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * An event may come late (told by queue_log after the link was down), twice,
 * or without those before it. So each rule takes from the event what the
 * board does not know yet, counts a thing told twice once, and a leg can be
 * put together from its last event alone.
 */
#include "side-board-private.h"

#define LOG_STEP_MS 1000

static void
learn_call (SideCall        *call,
            const SideEvent *event)
{
  if (call->queue == NULL)
    call->queue = event->queue;
  if (call->journey == NULL)
    call->journey = g_strdup (event->journey);
  if (call->caller == NULL)
    call->caller = g_strdup (event->caller);
  if (call->caller_name == NULL)
    call->caller_name = g_strdup (event->caller_name);
  if (call->dialled == NULL)
    call->dialled = g_strdup (event->dialled);
  if (call->source == NULL)
    call->source = event->source;
  if (call->joined_ms == 0)
    call->joined_ms = event->joined_ms;
}

static void
close_callback (SideBoardProject *project,
                const char       *caller,
                const char       *dialled,
                gint64            at_ms)
{
  SideCallback *callback = _side_board_find_callback (project, caller, dialled);

  /* A backfilled answer may be older than the loss it seems to follow. */
  if (callback != NULL && at_ms >= callback->lost_ms)
    callback->closed_ms = at_ms;
}

static void
open_callback (SideBoard        *self,
               SideBoardProject *project,
               const SideCall   *call,
               gint64            at_ms)
{
  SideCallback *callback;

  if (call->caller == NULL || *call->caller == '\0' || call->test || call->spam)
    return;
  callback = _side_board_find_callback (project, call->caller, call->dialled);
  if (callback == NULL)
    {
      callback = side_board_restore_callback (self, project, call->caller, call->dialled);
      callback->queue = call->queue;
      callback->call = g_strdup (call->id);
      callback->lost_ms = at_ms;
    }
  callback->attempts++;
}

/* The call was not lost after all: so much of its call-back as it brought goes. */
static void
take_back_callback (SideBoardProject *project,
                    const SideCall   *call)
{
  SideCallback *callback = _side_board_find_callback (project, call->caller, call->dialled);

  if (callback == NULL)
    return;
  callback->attempts = MAX (0, callback->attempts - 1);
  if (callback->attempts == 0)
    callback->closed_ms = MAX (callback->lost_ms, call->answered_ms);
}

static void
apply_joined (SideBoardProject *project,
              SideCall         *call,
              const SideEvent  *event)
{
  if (call->joined_ms == 0)
    call->joined_ms = event->joined_ms != 0 ? event->joined_ms : event->at_ms;
  if (event->position > 0)
    call->position = event->position;
}

static void
apply_answered (SideBoardProject *project,
                SideCall         *call,
                const SideEvent  *event)
{
  const SideOperator *op;

  if (call->answered_ms != 0)
    return;
  call->answered_ms = event->answered_ms != 0 ? event->answered_ms : event->at_ms;
  if (call->joined_ms == 0)
    call->joined_ms = call->answered_ms - event->wait_ms;
  call->wait_ms = event->wait_ms > 0 ? event->wait_ms : MAX (0, call->answered_ms - call->joined_ms);
  call->ring_ms = event->ring_ms;
  call->operator_id = event->operator_id;
  op = event->operator_id != NULL ? _side_board_find_operator (project, event->operator_id) : NULL;
  call->operator_name = event->name != NULL ? event->name : (op != NULL ? op->name : event->operator_id);
  close_callback (project, call->caller, call->dialled, call->answered_ms);
}

static void
apply_hold (SideCall        *call,
            const SideEvent *event,
            gboolean         held)
{
  if (call->ended_ms != 0)
    return;
  if (held && call->held_since_ms == 0)
    {
      call->held_since_ms = event->at_ms;
    }
  else if (!held && call->held_since_ms != 0)
    {
      call->hold_ms += MAX (0, event->at_ms - call->held_since_ms);
      call->held_since_ms = 0;
    }
}

/* Whether a told outcome says more than the one the leg has. */
static gboolean
is_better_outcome (SideOutcome old,
                   SideOutcome told)
{
  if (told == SIDE_OUTCOME_NONE)
    return FALSE;
  if (old == SIDE_OUTCOME_NONE)
    return TRUE;
  return told != SIDE_OUTCOME_LOST && told != old;
}

/* The PBX's log has whole seconds: what it tells of an end known to the
 * millisecond is the same end. */
static gboolean
is_same_end (const SideCall  *call,
             const SideEvent *event)
{
  return event->backfilled && ABS (event->at_ms - call->ended_ms) < LOG_STEP_MS;
}

/* A length as it was told, but never longer than its two instants are apart:
 * they may be known better than what told the length. */
static gint64
length_between (gint64 told_ms,
                gint64 apart_ms)
{
  apart_ms = MAX (0, apart_ms);
  return told_ms > 0 ? MIN (told_ms, apart_ms) : apart_ms;
}

static void
finish_times (SideCall        *call,
              const SideEvent *event)
{
  if (call->answered_ms == 0)
    call->answered_ms = event->answered_ms;
  if (call->held_since_ms != 0)
    {
      call->hold_ms += MAX (0, call->ended_ms - call->held_since_ms);
      call->held_since_ms = 0;
    }
  if (event->hold_ms > 0)
    call->hold_ms = event->hold_ms;
  if (call->joined_ms == 0)
    call->joined_ms = call->ended_ms - event->wait_ms - event->talk_ms - event->hold_ms;
  if (call->answered_ms == 0)
    {
      call->wait_ms = length_between (event->wait_ms, call->ended_ms - call->joined_ms);
      return;
    }
  if (event->wait_ms > 0 || call->wait_ms == 0)
    call->wait_ms = length_between (event->wait_ms, call->answered_ms - call->joined_ms);
  call->talk_ms = length_between (event->talk_ms, call->ended_ms - call->answered_ms - call->hold_ms);
}

static void
apply_ended (SideBoard        *self,
             SideBoardProject *project,
             SideCall         *call,
             const SideEvent  *event)
{
  gboolean first = call->ended_ms == 0;
  gboolean was_lost = side_outcome_is_lost (call->outcome);
  gboolean better = is_better_outcome (call->outcome, event->outcome);

  if (first)
    g_ptr_array_remove (project->live, call);
  /* Whoever knows the reason knows the end too; before, it may have been a
   * guess, even one with the right reason. */
  if (first || ((better || event->outcome == call->outcome) && !is_same_end (call, event)))
    call->ended_ms = event->at_ms;
  if (call->operator_id == NULL && event->operator_id != NULL && event->answered_ms != 0)
    {
      const SideOperator *op = _side_board_find_operator (project, event->operator_id);
      call->operator_id = event->operator_id;
      call->operator_name = event->name != NULL ? event->name : (op != NULL ? op->name : event->operator_id);
    }
  finish_times (call, event);
  if (better)
    call->outcome = event->outcome;
  if (call->outcome == SIDE_OUTCOME_NONE)
    call->outcome = call->answered_ms != 0 ? SIDE_OUTCOME_ANSWERED : SIDE_OUTCOME_LOST;
  if (event->ended_by != SIDE_PARTY_UNKNOWN)
    call->ended_by = event->ended_by;
  if (event->transfer != SIDE_TRANSFER_NONE)
    call->transfer = event->transfer;
  if (side_outcome_is_lost (call->outcome) && !was_lost)
    open_callback (self, project, call, call->ended_ms);
  else if (call->outcome == SIDE_OUTCOME_ANSWERED && was_lost)
    take_back_callback (project, call);
  if (call->outcome == SIDE_OUTCOME_ANSWERED)
    close_callback (project, call->caller, call->dialled, call->answered_ms);
}

/* A test call counts nowhere and is called back by nobody; one that was only
 * taken for it does again. */
static void
apply_test_mark (SideBoard        *self,
                 SideBoardProject *project,
                 SideCall         *call,
                 gboolean          test)
{
  if (call->test == test)
    return;
  if (test && side_outcome_is_lost (call->outcome))
    take_back_callback (project, call);
  call->test = test;
  if (!test && side_outcome_is_lost (call->outcome))
    open_callback (self, project, call, call->ended_ms);
}

static void
apply_outcome (SideBoard        *self,
               SideBoardProject *project,
               SideCall         *call,
               const SideEvent  *event)
{
  if (event->order_id != NULL)
    {
      g_free (call->order_id);
      call->order_id = g_strdup (event->order_id);
      call->amount_minor = event->amount_minor;
      call->currency = event->currency;
    }
  if (event->topic != NULL)
    call->topic = event->topic;
  if (event->source != NULL)
    call->source = event->source;
  if (event->note != NULL)
    {
      g_free (call->note);
      call->note = g_strdup (event->note);
    }
  if (event->test != SIDE_TEST_MARK_NONE)
    apply_test_mark (self, project, call, event->test == SIDE_TEST_MARK_YES);
  if (event->callback == SIDE_CALLBACK_WANTED && call->callback != SIDE_CALLBACK_WANTED)
    open_callback (self, project, call, event->at_ms);
  else if (event->callback == SIDE_CALLBACK_DONE)
    close_callback (project, call->caller, call->dialled, event->at_ms);
  if (event->callback != SIDE_CALLBACK_NONE)
    call->callback = event->callback;
}

static void
apply_recording (SideCall        *call,
                 const SideEvent *event)
{
  g_free (call->recording);
  call->recording = g_strdup (event->recording);
  call->recording_ms = event->duration_ms;
  call->channels = event->channels;
  g_free (call->sha256);
  call->sha256 = g_strdup (event->sha256);
}

/* A call-back outlives the leg it came from on the board. */
static gboolean
close_callback_of (SideBoardProject *project,
                   const SideEvent  *event)
{
  for (guint i = 0; i < project->callbacks->len; i++)
    {
      SideCallback *callback = g_ptr_array_index (project->callbacks, i);

      if (callback->closed_ms != 0 || g_strcmp0 (callback->call, event->call) != 0)
        continue;
      callback->closed_ms = event->at_ms;
      return TRUE;
    }
  return FALSE;
}

static gboolean
apply_call (SideBoard        *self,
            SideBoardProject *project,
            const SideEvent  *event)
{
  SideCall *call;

  if (event->call == NULL)
    return FALSE;
  /* What is told about a leg long forgotten must not bring it back to life. */
  if (event->kind == SIDE_EVENT_CALL_OUTCOME || event->kind == SIDE_EVENT_RECORDING_READY
      || event->kind == SIDE_EVENT_CALL_TRANSFERRED || event->kind == SIDE_EVENT_CALL_RESUMED)
    call = side_board_get_call (self, event->call);
  else
    call = _side_board_ensure_call (self, project, event->call);
  if (call == NULL && event->kind == SIDE_EVENT_CALL_OUTCOME && event->callback == SIDE_CALLBACK_DONE)
    return close_callback_of (project, event);
  if (call == NULL || call->project != project->id)
    return FALSE;
  learn_call (call, event);
  switch (event->kind)
    {
    case SIDE_EVENT_CALL_JOINED:
      apply_joined (project, call, event);
      break;
    case SIDE_EVENT_CALL_ANSWERED:
      apply_answered (project, call, event);
      break;
    case SIDE_EVENT_CALL_HELD:
      apply_hold (call, event, TRUE);
      break;
    case SIDE_EVENT_CALL_RESUMED:
      apply_hold (call, event, FALSE);
      break;
    case SIDE_EVENT_CALL_TRANSFERRED:
      call->transfer = event->transfer;
      g_free (call->target);
      call->target = g_strdup (event->target);
      break;
    case SIDE_EVENT_CALL_ENDED:
      apply_ended (self, project, call, event);
      break;
    case SIDE_EVENT_CALL_OUTCOME:
      apply_outcome (self, project, call, event);
      break;
    case SIDE_EVENT_RECORDING_READY:
      apply_recording (call, event);
      break;
    case SIDE_EVENT_CALL_RINGING:
    case SIDE_EVENT_UNKNOWN:
    case SIDE_EVENT_OPERATOR_STATE:
    case SIDE_EVENT_QUEUE_MEMBER:
    case SIDE_EVENT_SOURCE_GAP:
    default:
      break;
    }
  return TRUE;
}

static void
learn_operator (SideOperator    *op,
                const SideEvent *event)
{
  if (event->name != NULL)
    op->name = event->name;
  if (event->alias != NULL)
    op->alias = event->alias;
}

/* The span that lasts ends; after-call work is credited to its leg. */
static void
end_state (SideBoard    *self,
           SideOperator *op,
           gint64        at_ms)
{
  SideCall *call;

  if (op->spans->len > 0)
    {
      SideStateSpan *last = &g_array_index (op->spans, SideStateSpan, op->spans->len - 1);
      if (last->to_ms == 0)
        last->to_ms = at_ms;
    }
  call = op->state == SIDE_OPERATOR_WRAP_UP ? side_board_get_call (self, op->call) : NULL;
  if (call != NULL)
    call->wrap_ms += MAX (0, at_ms - op->since_ms);
}

static gboolean
apply_operator_state (SideBoard        *self,
                      SideBoardProject *project,
                      const SideEvent  *event)
{
  SideOperator *op;
  SideStateSpan span = { event->state, event->at_ms, 0, NULL };
  SideCall *call;

  if (event->operator_id == NULL || event->state == SIDE_OPERATOR_UNKNOWN)
    return FALSE;
  op = side_board_restore_operator (self, project, event->operator_id);
  learn_operator (op, event);
  if (event->at_ms < op->since_ms)
    return FALSE;   /* told late: a newer state is known */
  if (event->state == SIDE_OPERATOR_READY && g_strcmp0 (event->reason, "missed") == 0)
    {
      op->missed++;
      call = side_board_get_call (self, event->call != NULL ? event->call : op->call);
      if (call != NULL && call->project == project->id)
        call->rings++;
    }
  if (op->state == event->state && g_strcmp0 (op->reason, event->reason) == 0 && g_strcmp0 (op->call, event->call) == 0)
    return TRUE;
  end_state (self, op, event->at_ms);
  op->state = event->state;
  op->since_ms = event->at_ms;
  g_free (op->reason);
  op->reason = g_strdup (event->reason);
  g_free (op->call);
  op->call = event->state == SIDE_OPERATOR_READY ? NULL : g_strdup (event->call);
  op->queue = event->queue;
  span.reason = g_strdup (event->reason);
  g_array_append_val (op->spans, span);
  return TRUE;
}

static gboolean
apply_member (SideBoard        *self,
              SideBoardProject *project,
              const SideEvent  *event)
{
  SideOperator *op;
  guint index;
  gboolean found;

  if (event->operator_id == NULL || event->queue == NULL)
    return FALSE;
  op = side_board_restore_operator (self, project, event->operator_id);
  learn_operator (op, event);
  found = g_ptr_array_find (op->queues, event->queue, &index);
  if (event->member == SIDE_MEMBER_ADDED && !found)
    g_ptr_array_add (op->queues, (gpointer) event->queue);
  else if (event->member == SIDE_MEMBER_REMOVED && found)
    g_ptr_array_remove_index (op->queues, index);
  return TRUE;
}

/* Each source has gaps of its own. One without a source is of an older server,
 * which could not tell them apart: it ends with the first that ends. */
static gboolean
apply_gap (SideBoardProject *project,
           const SideEvent  *event)
{
  SideGap gap = { event->from_ms != 0 ? event->from_ms : event->at_ms, event->to_ms, event->source };
  gboolean known = FALSE;

  for (guint i = 0; i < project->gaps->len; i++)
    {
      SideGap *other = &g_array_index (project->gaps, SideGap, i);

      if (other->source == gap.source && (other->to_ms == 0 || other->from_ms == gap.from_ms))
        known = TRUE;
      if (gap.to_ms == 0 || other->to_ms != 0)
        continue;
      if (other->source != gap.source && other->source != NULL && gap.source != NULL)
        continue;
      known = TRUE;
      other->to_ms = gap.to_ms;
    }
  if (!known)
    g_array_append_val (project->gaps, gap);
  return TRUE;
}

/**
 * side_board_apply:
 * @self: a board
 * @event: what happened
 *
 * Each numbered event counts once: one with a number not above the board's is
 * passed over. An event without a number (an imported log) always counts. An
 * event of no project, or of a kind not known, changes nothing but the
 * board's position.
 *
 * Returns: whether the picture may have changed
 */
gboolean
side_board_apply (SideBoard       *self,
                  const SideEvent *event)
{
  SideBoardProject *project;
  gint64 old_at_ms;
  gboolean changed = FALSE;

  g_return_val_if_fail (SIDE_IS_BOARD (self), FALSE);
  g_return_val_if_fail (event != NULL, FALSE);

  if (event->seq != 0 && event->seq <= self->seq)
    return FALSE;
  if (event->seq != 0)
    self->seq = event->seq;
  old_at_ms = self->at_ms;
  self->at_ms = MAX (self->at_ms, event->at_ms);
  if (event->project != NULL && event->kind != SIDE_EVENT_UNKNOWN)
    {
      project = side_board_restore_project (self, event->project);
      switch (event->kind)
        {
        case SIDE_EVENT_OPERATOR_STATE:
          changed = apply_operator_state (self, project, event);
          break;
        case SIDE_EVENT_QUEUE_MEMBER:
          changed = apply_member (self, project, event);
          break;
        case SIDE_EVENT_SOURCE_GAP:
          changed = apply_gap (project, event);
          break;
        case SIDE_EVENT_CALL_JOINED:
        case SIDE_EVENT_CALL_RINGING:
        case SIDE_EVENT_CALL_ANSWERED:
        case SIDE_EVENT_CALL_HELD:
        case SIDE_EVENT_CALL_RESUMED:
        case SIDE_EVENT_CALL_TRANSFERRED:
        case SIDE_EVENT_CALL_ENDED:
        case SIDE_EVENT_CALL_OUTCOME:
        case SIDE_EVENT_RECORDING_READY:
          changed = apply_call (self, project, event);
          break;
        case SIDE_EVENT_CALL_PAYMENT_STARTED:
        case SIDE_EVENT_CALL_PAYMENT_ENDED:
          /* They are about the recording; the picture is the same. */
        case SIDE_EVENT_UNKNOWN:
        default:
          break;
        }
    }
  _side_board_trim (self, old_at_ms);
  return changed;
}
