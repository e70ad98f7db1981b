/* side-asterisk-status.c - how things stand, from the answer to QueueStatus
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asked when the link has come up, and when an event was refused. Members and
 * waiting callers are taken over as they are listed, since events may come
 * between them; what is not listed is looked at when the list is complete.
 */
#include "side-asterisk-private.h"

#include <string.h>

#define SAME_INSTANT_MS 2000

/**
 * side_asterisk_tracker_status_begin:
 * @self: a tracker
 * @now_ms: the time
 *
 * The PBX is asked for a list.
 */
void
side_asterisk_tracker_status_begin (SideAsteriskTracker *self,
                                    gint64               now_ms)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  self->list_broken = FALSE;
  self->asked_ms = now_ms;
  g_hash_table_iter_init (&iter, self->operators);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      GPtrArray *memberships = ((Operator *) value)->memberships;

      for (guint i = 0; i < memberships->len; i++)
        ((Membership *) g_ptr_array_index (memberships, i))->listed = FALSE;
    }
  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((Leg *) value)->listed = FALSE;
}

static void
take_entry (SideAsteriskTracker  *self,
            const SideAmiMessage *item,
            SideProject          *project,
            const char           *queue,
            gint64                now_ms)
{
  Leg *leg = leg_find_live (self, side_ami_message_get (item, "Uniqueid"), queue);
  gint64 wait_ms = CLAMP (side_ami_message_get_int (item, "Wait", 0), 0, 86400) * 1000;
  When when = { MIN (self->asked_ms, now_ms) - wait_ms, FALSE };

  /* The list may still have who has just left: their event, or queue_log, was
   * quicker. It was made somewhere between the question and now, which may be
   * far apart on a busy machine, and counts whole seconds. */
  if (leg == NULL)
    leg = leg_find_begun (self, side_ami_message_get (item, "Uniqueid"), queue, when.at_ms - 1000, now_ms - wait_ms);
  if (leg == NULL)
    {
      side_asterisk_join (self, item, project, when);
      leg = leg_find_live (self, side_ami_message_get (item, "Uniqueid"), queue);
      if (leg != NULL)
        leg->from_list = TRUE;
    }
  if (leg == NULL)
    return;
  leg->listed = TRUE;
  leg->absent_ms = 0;
}

/**
 * side_asterisk_tracker_status_item:
 * @self: a tracker
 * @item: an event of the list
 * @now_ms: the time
 */
void
side_asterisk_tracker_status_item (SideAsteriskTracker  *self,
                                   const SideAmiMessage *item,
                                   gint64                now_ms)
{
  const char *queue = NULL;
  SideProject *project;

  g_return_if_fail (self != NULL && item != NULL);

  if (!side_asterisk_check_item (item))
    {
      /* No reason to ask again: the answer would be the same. */
      self->refused++;
      self->refused_ms = now_ms;
      self->list_broken = TRUE;
      return;
    }
  project = side_asterisk_project (self, side_ami_message_get (item, "Queue"), &queue);
  if (project == NULL)
    return;
  if (side_ami_message_is (item, "Event", "QueueMember"))
    operator_member (self, item, side_ami_message_get (item, "Name"), side_ami_message_get (item, "Location"),
                     project, queue, (When) { now_ms, FALSE });
  else if (side_ami_message_is (item, "Event", "QueueEntry"))
    take_entry (self, item, project, queue, now_ms);
}

static void
drop_members (SideAsteriskTracker *self,
              Operator            *operator,
              gint64               now_ms)
{
  for (guint i = operator->memberships->len; i > 0; i--)
    {
      Membership *membership = g_ptr_array_index (operator->memberships, i - 1);

      if (!membership->listed)
        operator_remove_member (self, operator, membership->queue, membership->interface,
                                (When) { now_ms, FALSE });
    }
}

/* The channel a leg's id is of; the PBX puts its name, if it has one, first. */
static char *
channel_of (SideAsteriskTracker *self,
            const SideCall      *call,
            const char          *queue)
{
  g_autofree char *middle = g_strdup_printf (":%s:", queue);
  const char *end = g_strrstr (call->id, middle);
  g_autofree char *channel = end != NULL ? g_strndup (call->id, (gsize) (end - call->id)) : NULL;
  g_autofree char *prefix = self->system != NULL ? g_strconcat (self->system, "-", NULL) : NULL;

  if (channel == NULL || (prefix != NULL && !g_str_has_prefix (channel, prefix)))
    return NULL;
  return g_steal_pointer (&channel);
}

/* queue_log has whole seconds: what was told of the same instant before has
 * more of it. */
static gint64
more_exact (gint64 logged_ms,
            gint64 told_ms)
{
  return told_ms != 0 && ABS (told_ms - logged_ms) < SAME_INSTANT_MS ? told_ms : logged_ms;
}

/**
 * side_asterisk_tracker_restore:
 * @self: a tracker that is told nothing yet but queue_log
 * @call: a leg of this PBX that lived when the server ended
 *
 * Takes it up again, without a word: if the PBX does not know it any more, the
 * next status ends it. If queue_log told of its end, even in lines that were
 * learned in quiet, that is told.
 */
void
side_asterisk_tracker_restore (SideAsteriskTracker *self,
                               const SideCall      *call)
{
  const char *queue = NULL;
  SideProject *project;
  g_autofree char *channel = NULL;
  gboolean was_quiet;
  Leg *leg;

  g_return_if_fail (self != NULL && call != NULL);

  project = call->queue != NULL ? side_asterisk_project (self, call->queue, &queue) : NULL;
  if (project == NULL || project->id != call->project)
    return;
  leg = g_hash_table_lookup (self->legs, call->id);
  if (leg != NULL)
    {
      leg->joined_ms = more_exact (leg->joined_ms, call->joined_ms);
      if (leg->answered_ms != 0)
        leg->answered_ms = MAX (more_exact (leg->answered_ms, call->answered_ms), leg->joined_ms);
      if (leg->ended_ms != 0)
        leg->ended_ms = MAX (leg->ended_ms, MAX (leg->joined_ms, leg->answered_ms));
      leg_tell_end (self, leg);
      return;
    }
  channel = channel_of (self, call, queue);
  if (channel == NULL)
    return;
  leg = leg_add (self, project, queue, channel, call->joined_ms);
  g_hash_table_steal (self->legs, leg->id);
  g_free (leg->id);
  leg->id = g_strdup (call->id);   /* visits before it may be forgotten */
  g_hash_table_insert (self->legs, leg->id, leg);
  leg->restored = TRUE;
  if (call->answered_ms == 0)
    return;
  was_quiet = self->quiet;
  self->quiet = TRUE;
  leg_answered (self, leg, operator_get (self, call->operator_name, NULL), NULL, 0, (When) { call->answered_ms, TRUE });
  self->quiet = was_quiet;
}

static gboolean
has_busy_device (const Operator *operator)
{
  for (guint i = 0; i < operator->memberships->len; i++)
    {
      const Membership *membership = g_ptr_array_index (operator->memberships, i);

      if (membership->device != 1 && membership->device != 5)
        return TRUE;
    }
  return FALSE;
}

/* Nobody talks on two. */
static gboolean
may_talk (const Leg *leg)
{
  return has_busy_device (leg->operator) && (!leg->restored || leg->operator->leg == leg);
}

/* A leg the PBX does not know any more, though nobody told how it ended: it
 * did so at an unknown time of the gap, so no later than is certain. */
static void
settle_leg (SideAsteriskTracker *self,
            Leg                 *leg,
            gint64               broken_ms,
            gint64               now_ms)
{
  When when = { MAX (broken_ms, MAX (leg->joined_ms, leg->answered_ms)), TRUE };

  if (leg->ended_ms != 0)
    return;
  if (leg->answered_ms == 0 && !leg->listed)
    {
      /* It may be the very one whose line was refused. */
      if (self->list_broken)
        return;
      if (broken_ms != 0)
        {
          leg_ended (self, leg, SIDE_OUTCOME_LOST, SIDE_PARTY_UNKNOWN, when);
          leg->guessed = TRUE;
        }
      else if (leg->absent_ms == 0)
        leg->absent_ms = now_ms;
    }
  else if (leg->answered_ms != 0 && broken_ms != 0 && !may_talk (leg))
    {
      leg_ended (self, leg, SIDE_OUTCOME_ANSWERED, SIDE_PARTY_UNKNOWN, when);
      leg->guessed = TRUE;
      leg_offer_recording (self, leg, SIDE_RECORDING_LIKELY);
    }
}

/**
 * side_asterisk_tracker_status_end:
 * @self: a tracker
 * @broken_ms: after a gap, when the link broke; 0 when it stood all along
 * @now_ms: the time
 *
 * The list is complete.
 */
void
side_asterisk_tracker_status_end (SideAsteriskTracker *self,
                                  gint64               broken_ms,
                                  gint64               now_ms)
{
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (self != NULL);

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    settle_leg (self, value, broken_ms, now_ms);
  g_hash_table_iter_init (&iter, self->operators);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      drop_members (self, value, now_ms);
      operator_show (self, value, (When) { now_ms, FALSE });
    }
}
