/* side-asterisk-log.c - the lines of queue_log, turned into what happened
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * queue_log is the last word on how a leg ended, and the only one on what
 * passed while the link was down. What the manager told before, with its more
 * exact time, stays.
 *
 * A caller's number can bring whole lines of its own into the file (see
 * side-queue-log-parse.c). The manager's event of such a caller is refused, so
 * an ENTERQUEUE the manager did not tell of, while it told things that were
 * refused, casts a shadow as long as a number can be: lines that begin in it
 * are left out, but for those that end where no stranger's line can. A call
 * whose end was left out ends by its operator's telephone. In a gap only an ENTERQUEUE that is visibly cut does; the
 * FILTER lines of the dialplan close this door for good.
 */
#include "side-asterisk-private.h"

#include <string.h>

/* AST_MAX_EXTENSION of Asterisk: a caller's number with its end. */
#define NUMBER_MAX 80
/* What stands at the end of a stranger's last line in two columns of numbers,
 * "|position|name", each of ten digits at most. */
#define REST_MAX 22
/* A refused event belongs to a line of queue_log read so shortly before or after. */
#define SAME_MOMENT_MS 3000

static gint64
number (const char *text)
{
  gint64 value;

  return g_ascii_string_to_signed (text, 10, 0, 7 * 86400, &value, NULL) ? value : 0;
}

/* The leg a line other than ENTERQUEUE is about. */
static Leg *
find_leg (SideAsteriskTracker     *self,
          const SideQueueLogEntry *entry,
          SideProject             *project,
          const char              *queue,
          gint64                   joined_ms)
{
  GPtrArray *legs = legs_of_channel (self, entry->call);
  Leg *found = NULL;

  for (guint i = 0; legs != NULL && i < legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (legs, i);

      if (leg->queue == queue && !leg->log_closed && (found == NULL || leg->from_log))
        found = leg;
      if (found != NULL && found->from_log)
        break;
    }
  if (found == NULL)
    {
      found = leg_add (self, project, queue, entry->call, joined_ms);
      leg_joined (self, found, NULL, (When) { joined_ms, TRUE });
    }
  found->from_log = TRUE;
  return found;
}

static void
cast_shadow (SideAsteriskTracker     *self,
             const SideQueueLogEntry *entry)
{
  self->shadow_begin = entry->offset;
  self->shadow_end = entry->offset + (goffset) entry->number + NUMBER_MAX;
}

/* A stranger's line ends with the number it is in, and what Asterisk writes
 * behind that; in a line that ends with a column of digits this is short. */
static gboolean
is_too_long (SideAsteriskTracker     *self,
             const SideQueueLogEntry *entry)
{
  switch (entry->kind)
    {
    case SIDE_QUEUE_LOG_CONNECT:
    case SIDE_QUEUE_LOG_COMPLETE_CALLER:
    case SIDE_QUEUE_LOG_COMPLETE_AGENT:
    case SIDE_QUEUE_LOG_BLIND_TRANSFER:
    case SIDE_QUEUE_LOG_ATTENDED_TRANSFER:
    case SIDE_QUEUE_LOG_ABANDON:
    case SIDE_QUEUE_LOG_TIMEOUT:
    case SIDE_QUEUE_LOG_EMPTY:
    case SIDE_QUEUE_LOG_KEY:
      return entry->plain && entry->offset + (goffset) entry->length >= self->shadow_end + REST_MAX;
    case SIDE_QUEUE_LOG_ENTER:
    case SIDE_QUEUE_LOG_WITHDRAW:
    case SIDE_QUEUE_LOG_SYSCOMPAT:
    case SIDE_QUEUE_LOG_RING_NO_ANSWER:
    case SIDE_QUEUE_LOG_ADD_MEMBER:
    case SIDE_QUEUE_LOG_REMOVE_MEMBER:
    case SIDE_QUEUE_LOG_PAUSE:
    case SIDE_QUEUE_LOG_UNPAUSE:
    case SIDE_QUEUE_LOG_QUEUE_START:
    case SIDE_QUEUE_LOG_OTHER:
    default:
      return FALSE;
    }
}

/* Whether a line may be a stranger's. A dropped one may hide another. */
static gboolean
is_in_shadow (SideAsteriskTracker     *self,
              const SideQueueLogEntry *entry,
              const char              *queue)
{
  if (entry->offset <= self->shadow_begin || entry->offset >= self->shadow_end || is_too_long (self, entry))
    return FALSE;
  if (entry->kind != SIDE_QUEUE_LOG_ENTER)
    return TRUE;
  if (queue != NULL && !entry->cut && leg_claim (self, entry->call, queue, entry->at_ms, TRUE) != NULL)
    return FALSE;
  cast_shadow (self, entry);
  return TRUE;
}

static void
on_enter (SideAsteriskTracker     *self,
          const SideQueueLogEntry *entry,
          SideProject             *project,
          const char              *queue,
          gint64                   read_ms)
{
  When when = { entry->at_ms, TRUE };
  Leg *leg = leg_claim (self, entry->call, queue, entry->at_ms, TRUE);
  SideEvent *details;

  if (leg != NULL)
    leg->from_log = TRUE;
  if (entry->cut
      || (leg == NULL && self->live && read_ms > self->live_since_ms
          && ABS (read_ms - self->refused_ms) <= SAME_MOMENT_MS))
    cast_shadow (self, entry);
  if (leg != NULL)
    return;
  leg = leg_add (self, project, queue, entry->call, entry->at_ms);
  leg->from_log = TRUE;
  details = side_event_new (SIDE_EVENT_CALL_JOINED, entry->at_ms, project->id);
  if (*entry->data[1] != '\0' && strcmp (entry->data[1], "<unknown>") != 0)
    details->caller = g_strdup (entry->data[1]);
  if (*entry->data[3] != '\0' && strcmp (entry->data[3], "<unknown>") != 0)
    details->caller_name = g_strdup (entry->data[3]);
  details->position = entry->cut ? 0 : (int) number (entry->data[2]);
  leg_joined (self, leg, details, when);
}

/* An answered leg's end; the fields at @first are hold, talk. */
static void
on_complete (SideAsteriskTracker     *self,
             const SideQueueLogEntry *entry,
             SideProject             *project,
             const char              *queue,
             gsize                    first)
{
  gint64 hold_ms = number (entry->data[first]) * 1000;
  gint64 talk_ms = number (entry->data[first + 1]) * 1000;
  gint64 answered_ms = entry->at_ms - talk_ms;
  Leg *leg = find_leg (self, entry, project, queue, answered_ms - hold_ms);
  When when = { entry->at_ms, TRUE };
  SideParty by = SIDE_PARTY_UNKNOWN;

  if (leg->answered_ms == 0)
    leg_answered (self, leg, operator_find_agent (self, entry->agent), NULL, 0,
                  (When) { MAX (answered_ms, leg->joined_ms), TRUE });
  if (entry->kind == SIDE_QUEUE_LOG_COMPLETE_CALLER)
    by = SIDE_PARTY_CALLER;
  else if (entry->kind == SIDE_QUEUE_LOG_COMPLETE_AGENT)
    by = SIDE_PARTY_OPERATOR;
  else if (leg->ended_by == SIDE_PARTY_UNKNOWN)
    by = SIDE_PARTY_OPERATOR;
  if (entry->kind == SIDE_QUEUE_LOG_BLIND_TRANSFER)
    leg_transferred (self, leg, SIDE_TRANSFER_BLIND, entry->data[0], SIDE_PARTY_UNKNOWN, when);
  else if (entry->kind == SIDE_QUEUE_LOG_ATTENDED_TRANSFER)
    leg_transferred (self, leg, SIDE_TRANSFER_ATTENDED, NULL, SIDE_PARTY_UNKNOWN, when);
  leg->log_closed = TRUE;
  leg_corrected (self, leg, SIDE_OUTCOME_ANSWERED, by, when);
  leg_offer_recording (self, leg, first == 0 ? SIDE_RECORDING_LIKELY : SIDE_RECORDING_OPEN);
}

static void
on_left (SideAsteriskTracker     *self,
         const SideQueueLogEntry *entry,
         SideProject             *project,
         const char              *queue,
         SideOutcome              outcome,
         gsize                    wait_field)
{
  gint64 wait_ms = number (entry->data[wait_field]) * 1000;
  Leg *leg = find_leg (self, entry, project, queue, entry->at_ms - wait_ms);

  leg->log_closed = TRUE;
  leg_corrected (self, leg, outcome,
                 outcome == SIDE_OUTCOME_ABANDONED || outcome == SIDE_OUTCOME_LEFT_BY_KEY ? SIDE_PARTY_CALLER
                                                                                          : SIDE_PARTY_SYSTEM,
                 (When) { entry->at_ms, TRUE });
}

/* The PBX began anew: what lived before does not any more. */
static void
on_start (SideAsteriskTracker *self,
          gint64               at_ms)
{
  When when = { at_ms, TRUE };
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Leg *leg = value;

      if (leg->ended_ms != 0 || leg->joined_ms >= at_ms)
        continue;
      leg->log_closed = TRUE;
      leg_ended (self, leg, leg->answered_ms != 0 ? SIDE_OUTCOME_ANSWERED : SIDE_OUTCOME_LOST,
                 SIDE_PARTY_SYSTEM, when);
      leg_offer_recording (self, leg, SIDE_RECORDING_LIKELY);
    }
}

/* What concerns an operator. While the manager's events come they are the
 * better and the earlier ones. */
static void
on_operator (SideAsteriskTracker     *self,
             const SideQueueLogEntry *entry,
             const char              *queue)
{
  Operator *operator;
  When when = { entry->at_ms, TRUE };

  if (self->live)
    return;
  operator = g_hash_table_lookup (self->operators, entry->agent);
  if (operator == NULL)
    operator = g_hash_table_lookup (self->interfaces, entry->agent);
  if (operator == NULL)
    return;
  if (entry->kind == SIDE_QUEUE_LOG_REMOVE_MEMBER)
    operator_remove_member (self, operator, queue, NULL, when);
  else
    operator_pause (self, operator, queue, entry->kind == SIDE_QUEUE_LOG_PAUSE, entry->data[0], when);
}

static void
apply_call (SideAsteriskTracker     *self,
            const SideQueueLogEntry *entry,
            SideProject             *project,
            const char              *queue,
            gint64                   read_ms)
{
  Leg *leg;

  switch (entry->kind)
    {
    case SIDE_QUEUE_LOG_ENTER:
      on_enter (self, entry, project, queue, read_ms);
      break;
    case SIDE_QUEUE_LOG_CONNECT:
      leg = find_leg (self, entry, project, queue, entry->at_ms - number (entry->data[0]) * 1000);
      leg_answered (self, leg, operator_find_agent (self, entry->agent), entry->data[1],
                    number (entry->data[2]) * 1000, (When) { entry->at_ms, TRUE });
      break;
    case SIDE_QUEUE_LOG_COMPLETE_CALLER:
    case SIDE_QUEUE_LOG_COMPLETE_AGENT:
      on_complete (self, entry, project, queue, 0);
      break;
    case SIDE_QUEUE_LOG_BLIND_TRANSFER:
    case SIDE_QUEUE_LOG_ATTENDED_TRANSFER:
      on_complete (self, entry, project, queue, entry->n_data - 3);
      break;
    case SIDE_QUEUE_LOG_ABANDON:
      on_left (self, entry, project, queue, SIDE_OUTCOME_ABANDONED, 2);
      break;
    case SIDE_QUEUE_LOG_TIMEOUT:
      on_left (self, entry, project, queue, SIDE_OUTCOME_TIMED_OUT, 2);
      break;
    case SIDE_QUEUE_LOG_EMPTY:
      on_left (self, entry, project, queue, SIDE_OUTCOME_NO_OPERATORS, 2);
      break;
    case SIDE_QUEUE_LOG_KEY:
      on_left (self, entry, project, queue, SIDE_OUTCOME_LEFT_BY_KEY, 3);
      break;
    case SIDE_QUEUE_LOG_WITHDRAW:
      on_left (self, entry, project, queue, SIDE_OUTCOME_WITHDRAWN, 2);
      break;
    case SIDE_QUEUE_LOG_SYSCOMPAT:
      on_left (self, entry, project, queue, SIDE_OUTCOME_FAILED, 2);
      break;
    case SIDE_QUEUE_LOG_RING_NO_ANSWER:
    case SIDE_QUEUE_LOG_ADD_MEMBER:
    case SIDE_QUEUE_LOG_REMOVE_MEMBER:
    case SIDE_QUEUE_LOG_PAUSE:
    case SIDE_QUEUE_LOG_UNPAUSE:
    case SIDE_QUEUE_LOG_QUEUE_START:
    case SIDE_QUEUE_LOG_OTHER:
    default:
      break;
    }
}

/* A line that is left out may still be true. If it says of an answered call
 * what fits, to the second and with its operator, it is kept as a hint. */
static void
take_hint (SideAsteriskTracker     *self,
           const SideQueueLogEntry *entry,
           const char              *queue)
{
  Leg *leg = queue != NULL ? leg_find_live (self, entry->call, queue) : NULL;

  if ((entry->kind != SIDE_QUEUE_LOG_COMPLETE_CALLER && entry->kind != SIDE_QUEUE_LOG_COMPLETE_AGENT)
      || leg == NULL || leg->answered_ms == 0 || leg->operator == NULL
      || leg->operator != operator_find_agent (self, entry->agent))
    return;
  if (ABS (entry->at_ms - number (entry->data[1]) * 1000 - leg->answered_ms) <= SAME_MOMENT_MS)
    leg->hinted_ms = entry->at_ms;
}

void
side_asterisk_log_apply (SideAsteriskTracker     *self,
                         const SideQueueLogEntry *entry,
                         gint64                   read_ms)
{
  const char *queue = NULL;
  SideProject *project = side_asterisk_project (self, entry->queue, &queue);

  if (is_in_shadow (self, entry, queue))
    {
      take_hint (self, entry, queue);
      self->refused++;
      return;
    }
  if (!self->live)
    operators_tick (self, entry->at_ms, TRUE);
  if (entry->kind == SIDE_QUEUE_LOG_QUEUE_START)
    on_start (self, entry->at_ms);
  else if (project == NULL)
    return;
  else if (entry->kind == SIDE_QUEUE_LOG_PAUSE || entry->kind == SIDE_QUEUE_LOG_UNPAUSE
           || entry->kind == SIDE_QUEUE_LOG_REMOVE_MEMBER)
    on_operator (self, entry, queue);
  else
    apply_call (self, entry, project, queue, read_ms);
}
