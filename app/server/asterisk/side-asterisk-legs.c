/* side-asterisk-legs.c - legs and their steps
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   joined -> ringing* -> answered -> (held, resumed)* -> (transferred) -> ended
 *          \----------------------------------------------------------/
 *
 * Each step may be told twice, by the manager and by queue_log, and is taken
 * once. Only how a leg ended may be told again, when it is known better.
 */
#include "side-asterisk-private.h"

#include <string.h>

#include "side-time.h"

/* Ended legs are kept this long, for what is told of them later. */
#define KEEP_MS (4 * SIDE_HOUR_MS)
/* No call lasts longer: its end was never told. */
#define LIFE_MS (24 * SIDE_HOUR_MS)
/* Two sources mean the same visit if its beginnings are not further apart;
 * the second where events are timed by our clock, which may differ. */
#define SAME_VISIT_MS       3000
#define SAME_VISIT_LOOSE_MS 60000

void
leg_free (gpointer data)
{
  Leg *leg = data;

  g_free (leg->id);
  g_free (leg->uniqueid);
  g_free (leg->journey);
  g_free (leg->channel);
  g_free (leg->agent_uniqueid);
  g_free (leg->target);
  g_free (leg->recording);
  g_clear_pointer (&leg->joined, side_event_unref);
  g_ptr_array_unref (leg->ringing);
  g_free (leg);
}

/* All the text that comes from outside: valid UTF-8, no control characters,
 * at most 200 bytes. */
const char *
side_asterisk_text (char       **slot,
                    const char  *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *clean = g_string_new (NULL);

  for (const char *p = valid; *p != '\0' && clean->len < 200; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iscntrl (c))
        g_string_append_unichar (clean, c);
    }
  g_free (*slot);
  *slot = g_string_free (clean, FALSE);
  return *slot;
}

SideEvent *
side_asterisk_event_new (SideAsteriskTracker *self,
                         SideEventKind        kind,
                         const Leg           *leg,
                         When                 when)
{
  SideEvent *event = side_event_new (kind, when.at_ms, leg->project->id);

  event->queue = leg->queue;
  event->call = g_strdup (leg->id);
  event->journey = g_strdup (leg->journey);
  event->backfilled = when.backfilled;
  return event;
}

/* Takes @event. */
void
side_asterisk_emit (SideAsteriskTracker *self,
                    SideEvent           *event)
{
  if (!self->quiet)
    self->funcs.event (event, self->data);
  side_event_unref (event);
}

GPtrArray *
legs_of_channel (SideAsteriskTracker *self,
                 const char          *uniqueid)
{
  return g_hash_table_lookup (self->by_channel, uniqueid);
}

/* The newest visit of @queue (%NULL: of any) by that channel. */
Leg *
leg_find_last (SideAsteriskTracker *self,
               const char          *uniqueid,
               const char          *queue)
{
  GPtrArray *legs = legs_of_channel (self, uniqueid);

  for (guint i = legs != NULL ? legs->len : 0; i > 0; i--)
    {
      Leg *leg = g_ptr_array_index (legs, i - 1);

      if (queue == NULL || leg->queue == queue)
        return leg;
    }
  return NULL;
}

Leg *
leg_find_live (SideAsteriskTracker *self,
               const char          *uniqueid,
               const char          *queue)
{
  GPtrArray *legs = legs_of_channel (self, uniqueid);

  for (guint i = legs != NULL ? legs->len : 0; i > 0; i--)
    {
      Leg *leg = g_ptr_array_index (legs, i - 1);

      if (leg->ended_ms == 0 && (queue == NULL || leg->queue == queue))
        return leg;
    }
  return NULL;
}

Leg *
leg_add (SideAsteriskTracker *self,
         SideProject         *project,
         const char          *queue,
         const char          *uniqueid,
         gint64               joined_ms)
{
  GPtrArray *legs = legs_of_channel (self, uniqueid);
  Leg *leg = g_new0 (Leg, 1);
  guint visit = 1;

  if (legs == NULL)
    {
      legs = g_ptr_array_new ();
      g_hash_table_insert (self->by_channel, g_strdup (uniqueid), legs);
    }
  for (guint i = 0; i < legs->len; i++)
    visit += ((Leg *) g_ptr_array_index (legs, i))->queue == queue;
  leg->id = g_strdup_printf ("%s:%s:%u", uniqueid, queue, visit);
  leg->uniqueid = g_strdup (uniqueid);
  leg->journey = g_strdup (uniqueid);
  leg->queue = queue;
  leg->project = project;
  leg->joined_ms = joined_ms;
  leg->ringing = g_ptr_array_new ();
  leg->offered = NOT_OFFERED;
  leg->awaited = NOT_OFFERED;
  g_ptr_array_add (legs, leg);
  g_hash_table_insert (self->legs, leg->id, leg);
  return leg;
}

/* Tells of the beginning; @details has the caller, the number dialled and the
 * position, and is taken. */
void
leg_joined (SideAsteriskTracker *self,
            Leg                 *leg,
            SideEvent           *details,
            When                 when)
{
  SideEvent *event = side_asterisk_event_new (self, SIDE_EVENT_CALL_JOINED, leg, when);

  if (details != NULL)
    {
      event->caller = g_steal_pointer (&details->caller);
      event->caller_name = g_steal_pointer (&details->caller_name);
      event->dialled = g_steal_pointer (&details->dialled);
      event->position = details->position;
      side_event_unref (details);
    }
  event->joined_ms = leg->joined_ms;
  if (event->dialled != NULL)
    event->source = g_intern_string (side_project_find_source (leg->project, event->dialled));
  g_clear_pointer (&leg->joined, side_event_unref);
  leg->joined = side_event_ref (event);
  side_asterisk_emit (self, event);
}

void
leg_ringing (SideAsteriskTracker *self,
             Leg                 *leg,
             Operator            *operator,
             When                 when)
{
  SideEvent *event;

  if (leg->ended_ms != 0 || leg->answered_ms != 0 || g_ptr_array_find (leg->ringing, operator, NULL))
    return;
  g_ptr_array_add (leg->ringing, operator);
  event = side_asterisk_event_new (self, SIDE_EVENT_CALL_RINGING, leg, when);
  operator_sign (operator, event);
  side_asterisk_emit (self, event);
  operator_ring (self, operator, leg, when);
}

void
leg_not_taken (SideAsteriskTracker *self,
               Leg                 *leg,
               Operator            *operator,
               gboolean             missed,
               When                 when)
{
  g_ptr_array_remove (leg->ringing, operator);
  operator_ring_over (self, operator, leg, missed, when);
}

static void
stop_ringing (SideAsteriskTracker *self,
              Leg                 *leg,
              Operator            *except,
              When                 when)
{
  while (leg->ringing->len > 0)
    {
      Operator *operator = g_ptr_array_index (leg->ringing, leg->ringing->len - 1);

      g_ptr_array_set_size (leg->ringing, (gint) leg->ringing->len - 1);
      if (operator != except)
        operator_ring_over (self, operator, leg, FALSE, when);
    }
}

static void
tell_answer (SideAsteriskTracker *self,
             Leg                 *leg,
             gint64               ring_ms,
             gboolean             backfilled)
{
  SideEvent *event = side_asterisk_event_new (self, SIDE_EVENT_CALL_ANSWERED, leg,
                                              (When) { leg->answered_ms, backfilled });

  operator_sign (leg->operator, event);
  event->joined_ms = leg->joined_ms;
  event->wait_ms = leg->answered_ms - leg->joined_ms;
  event->ring_ms = ring_ms;
  side_asterisk_emit (self, event);
}

void
leg_answered (SideAsteriskTracker *self,
              Leg                 *leg,
              Operator            *operator,
              const char          *agent_uniqueid,
              gint64               ring_ms,
              When                 when)
{
  if (leg->answered_ms != 0)
    return;
  leg->answered_ms = MAX (when.at_ms, leg->joined_ms);
  leg->operator = operator;
  if (agent_uniqueid != NULL && *agent_uniqueid != '\0')
    {
      leg->agent_uniqueid = g_strdup (agent_uniqueid);
      g_hash_table_replace (self->by_agent, leg->agent_uniqueid, leg);
    }
  /* One that was given up for lost is told again when it is known how it
   * really ended. */
  if (leg->ended_ms != 0)
    return;
  stop_ringing (self, leg, operator, when);
  /* The manager tells whole seconds; its two events are more exact. */
  if (operator->ringing == leg)
    ring_ms = MAX (when.at_ms - operator->ring_since_ms, 0);
  tell_answer (self, leg, ring_ms, when.backfilled);
  operator_talks (self, operator, leg, when);
}

void
leg_hold (SideAsteriskTracker *self,
          Leg                 *leg,
          SideParty            party,
          gboolean             hold,
          When                 when)
{
  gboolean *side = party == SIDE_PARTY_CALLER ? &leg->caller_holds : &leg->agent_holds;
  gboolean was_held = leg->caller_holds || leg->agent_holds;
  SideEvent *event;

  if (leg->ended_ms != 0 || leg->answered_ms == 0 || *side == hold)
    return;
  *side = hold;
  if ((leg->caller_holds || leg->agent_holds) == was_held)
    return;
  if (hold)
    leg->held_since_ms = when.at_ms;
  else
    {
      leg->hold_ms += MAX (when.at_ms - leg->held_since_ms, 0);
      leg->held_since_ms = 0;
    }
  event = side_asterisk_event_new (self, hold ? SIDE_EVENT_CALL_HELD : SIDE_EVENT_CALL_RESUMED, leg, when);
  operator_sign (leg->operator, event);
  event->ended_by = party;
  side_asterisk_emit (self, event);
}

void
leg_transferred (SideAsteriskTracker *self,
                 Leg                 *leg,
                 SideTransfer         how,
                 const char          *target,
                 SideParty            by,
                 When                 when)
{
  SideEvent *event;

  if (leg->transfer != SIDE_TRANSFER_NONE || leg->answered_ms == 0)
    return;
  leg->transfer = how;
  if (by != SIDE_PARTY_UNKNOWN && leg->ended_by == SIDE_PARTY_UNKNOWN)
    leg->ended_by = by;
  if (target != NULL && *target != '\0')
    side_asterisk_text (&leg->target, target);
  event = side_asterisk_event_new (self, SIDE_EVENT_CALL_TRANSFERRED, leg, when);
  operator_sign (leg->operator, event);
  event->transfer = how;
  event->target = g_strdup (leg->target);
  side_asterisk_emit (self, event);
}

static void
tell_end (SideAsteriskTracker *self,
          Leg                 *leg,
          gboolean             backfilled)
{
  When when = { leg->ended_ms, backfilled };
  SideEvent *event = side_asterisk_event_new (self, SIDE_EVENT_CALL_ENDED, leg, when);

  event->joined_ms = leg->joined_ms;
  event->answered_ms = leg->answered_ms;
  event->wait_ms = (leg->answered_ms != 0 ? leg->answered_ms : leg->ended_ms) - leg->joined_ms;
  event->hold_ms = leg->hold_ms;
  if (leg->answered_ms != 0)
    {
      operator_sign (leg->operator, event);
      event->talk_ms = MAX (leg->ended_ms - leg->answered_ms - leg->hold_ms, 0);
    }
  event->outcome = leg->outcome;
  event->ended_by = leg->ended_by;
  side_asterisk_emit (self, event);
}

/* What was learned in quiet may be news to whoever took the leg for a live one. */
void
leg_tell_end (SideAsteriskTracker *self,
              Leg                 *leg)
{
  if (leg->ended_ms == 0)
    return;
  tell_end (self, leg, TRUE);
  leg_offer_recording (self, leg, SIDE_RECORDING_LIKELY);
}

/* The PBX takes our hanging up of the caller's channel for the caller's own. */
static void
own_up (const Leg   *leg,
        SideOutcome *outcome,
        SideParty   *by)
{
  if (!leg->hung_up)
    return;
  if (*by == SIDE_PARTY_CALLER || (*by == SIDE_PARTY_UNKNOWN && leg->ended_by != SIDE_PARTY_OPERATOR))
    *by = SIDE_PARTY_SYSTEM;
  if (*outcome == SIDE_OUTCOME_ABANDONED || *outcome == SIDE_OUTCOME_LOST)
    *outcome = SIDE_OUTCOME_WITHDRAWN;
}

void
leg_ended (SideAsteriskTracker *self,
           Leg                 *leg,
           SideOutcome          outcome,
           SideParty            by,
           When                 when)
{
  if (leg->ended_ms != 0)
    return;
  own_up (leg, &outcome, &by);
  leg->ended_ms = MAX (when.at_ms, MAX (leg->joined_ms, leg->answered_ms));
  if (leg->held_since_ms != 0)
    leg->hold_ms += MAX (leg->ended_ms - leg->held_since_ms, 0);
  leg->held_since_ms = 0;
  leg->outcome = outcome;
  if (by != SIDE_PARTY_UNKNOWN)
    leg->ended_by = by;
  tell_end (self, leg, when.backfilled);
  stop_ringing (self, leg, NULL, when);
  if (leg->operator != NULL)
    operator_done (self, leg->operator, leg, when);
}

/* What queue_log or the dialplan says of the end goes over what was thought. */
void
leg_corrected (SideAsteriskTracker *self,
               Leg                 *leg,
               SideOutcome          outcome,
               SideParty            by,
               When                 when)
{
  if (leg->ended_ms == 0)
    {
      leg_ended (self, leg, outcome, by, when);
      return;
    }
  own_up (leg, &outcome, &by);
  if (leg->outcome == outcome && !leg->guessed && (by == SIDE_PARTY_UNKNOWN || leg->ended_by == by))
    return;
  if (leg->guessed || (outcome == SIDE_OUTCOME_ANSWERED && leg->outcome != SIDE_OUTCOME_ANSWERED))
    leg->ended_ms = MAX (when.at_ms, MAX (leg->joined_ms, leg->answered_ms));
  leg->guessed = FALSE;
  leg->outcome = outcome;
  if (by != SIDE_PARTY_UNKNOWN)
    leg->ended_by = by;
  tell_end (self, leg, when.backfilled);
}

static void
forget (SideAsteriskTracker *self,
        Leg                 *leg)
{
  GPtrArray *legs = legs_of_channel (self, leg->uniqueid);
  GHashTableIter iter;
  gpointer value;

  if (leg->agent_uniqueid != NULL && g_hash_table_lookup (self->by_agent, leg->agent_uniqueid) == leg)
    g_hash_table_remove (self->by_agent, leg->agent_uniqueid);
  g_hash_table_iter_init (&iter, self->operators);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Operator *operator = value;

      if (operator->leg == leg)
        operator->leg = NULL;
      if (operator->ringing == leg)
        operator->ringing = NULL;
    }
  g_ptr_array_remove (legs, leg);
  if (legs->len == 0)
    g_hash_table_remove (self->by_channel, leg->uniqueid);
}

/**
 * side_asterisk_tracker_retell:
 * @self: a tracker
 *
 * Tells of the legs that live: what was learned of them in quiet may be news
 * to whoever listens.
 */
void
side_asterisk_tracker_retell (SideAsteriskTracker *self)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Leg *leg = value;

      if (leg->ended_ms != 0)
        continue;
      if (leg->joined != NULL)
        side_asterisk_emit (self, side_event_ref (leg->joined));
      if (leg->answered_ms != 0)
        tell_answer (self, leg, 0, TRUE);
    }
}

/* A channel is forgotten as a whole, so that the visits keep their numbers. */
static gboolean
may_forget (SideAsteriskTracker *self,
            const Leg           *leg,
            gint64               now_ms)
{
  GPtrArray *legs = legs_of_channel (self, leg->uniqueid);

  for (guint i = 0; i < legs->len; i++)
    {
      const Leg *other = g_ptr_array_index (legs, i);

      if (other->ended_ms == 0 || other->ended_ms > now_ms - KEEP_MS)
        return FALSE;
    }
  return TRUE;
}

void
legs_purge (SideAsteriskTracker *self,
            gint64               now_ms)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  if (now_ms < self->purged_ms + SIDE_MINUTE_MS)
    return;
  self->purged_ms = now_ms;
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Leg *leg = value;

      if (leg->ended_ms == 0 && leg->joined_ms < now_ms - LIFE_MS)
        leg_ended (self, leg, leg->answered_ms != 0 ? SIDE_OUTCOME_ANSWERED : SIDE_OUTCOME_LOST,
                   SIDE_PARTY_UNKNOWN, (When) { now_ms, TRUE });
      if (may_forget (self, value, now_ms))
        g_ptr_array_add (old, value);
    }
  for (guint i = 0; i < old->len; i++)
    {
      Leg *leg = g_ptr_array_index (old, i);

      forget (self, leg);
      g_hash_table_remove (self->legs, leg->id);
    }
}

/* Whether a visit can be the one another source told of as begun between
 * @from_ms and @to_ms. */
static gboolean
is_same_visit (SideAsteriskTracker *self,
               const Leg           *leg,
               gint64               from_ms,
               gint64               to_ms)
{
  gint64 slack_ms = self->stamped ? SAME_VISIT_MS : SAME_VISIT_LOOSE_MS;

  return leg->joined_ms >= from_ms - slack_ms && leg->joined_ms <= to_ms + slack_ms;
}

/* The visit that began between @from_ms and @to_ms, whoever told of it and
 * however it ended. */
Leg *
leg_find_begun (SideAsteriskTracker *self,
                const char          *uniqueid,
                const char          *queue,
                gint64               from_ms,
                gint64               to_ms)
{
  GPtrArray *legs = legs_of_channel (self, uniqueid);

  for (guint i = 0; legs != NULL && i < legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (legs, i);

      if (leg->queue == queue && is_same_visit (self, leg, from_ms, to_ms))
        return leg;
    }
  return NULL;
}

/* Of a visit that queue_log has told whole, its beginning may still come from
 * the manager, late on a busy machine. One that began in the same second
 * (queue_log has no finer times) or before that visit ended is no other. One
 * stamped later than the end, by a PBX that was held up, can still only be
 * this: its own word would have come first, had it not been refused. */
static gboolean
is_late_word (SideAsteriskTracker *self,
              const Leg           *leg,
              gint64               at_ms)
{
  if (!self->stamped || at_ms < leg->joined_ms || at_ms > leg->joined_ms + SAME_VISIT_LOOSE_MS)
    return FALSE;
  return at_ms < MAX (leg->joined_ms + 1000, leg->ended_ms)
         || (self->live && self->live_since_ms + SAME_VISIT_MS < leg->joined_ms
             && self->refused_ms + SAME_VISIT_MS < leg->joined_ms);
}

/* A channel is in a queue once at a time: while it is there, two words of its
 * coming are of the same coming, however late one of them is stamped. */
static gboolean
is_still_there (const Leg *leg,
                gint64     at_ms)
{
  return leg->ended_ms == 0 && ABS (leg->joined_ms - at_ms) <= SAME_VISIT_LOOSE_MS;
}

/* The visit another source told of, if it can be the one that began at @at_ms:
 * one this source has not told of yet. */
Leg *
leg_claim (SideAsteriskTracker *self,
           const char          *uniqueid,
           const char          *queue,
           gint64               at_ms,
           gboolean             for_log)
{
  GPtrArray *legs = legs_of_channel (self, uniqueid);

  for (guint i = 0; legs != NULL && i < legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (legs, i);

      if (leg->queue != queue || (for_log ? leg->from_log : leg->from_ami && !leg->from_list))
        continue;
      if (!for_log && leg->log_closed)
        {
          if (is_late_word (self, leg, at_ms))
            return leg;
          continue;
        }
      if (is_still_there (leg, at_ms) || is_same_visit (self, leg, at_ms, at_ms))
        return leg;
    }
  return NULL;
}
