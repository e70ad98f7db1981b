/* side-asterisk-aims.c - what an action is aimed at, in the PBX's own words
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Channels and interfaces come from events that were believed, and all the
 * same are looked at once more before they go back as arguments: Asterisk
 * takes a channel in slashes for a pattern, a comma for the next argument of
 * an application, and a caller has a hand in what events say.
 */
#include "side-asterisk-private.h"

#include <string.h>

#include "side-error.h"

#define MAX_NAME 120

/* "PJSIP/201-0000001a", "Local/901@sim-00000003;1", "DAHDI/i1/79161234567-1" */
static gboolean
is_device (const char *name)
{
  gsize length = name != NULL ? strlen (name) : 0;
  gsize plain = 0;

  if (length == 0 || length > MAX_NAME || !g_ascii_isalpha (*name) || strchr (name, '/') == NULL)
    return FALSE;
  while (g_ascii_isalnum (name[plain]) || (name[plain] != '\0' && strchr ("/@._+-;:*#=", name[plain]) != NULL))
    plain++;
  return plain == length;
}

/* "pbx1-1795277030.24" */
static gboolean
is_channel_id (const char *id)
{
  gsize length = id != NULL ? strlen (id) : 0;
  gsize plain = 0;

  while (plain < length && (g_ascii_isalnum (id[plain]) || strchr ("-_.", id[plain]) != NULL))
    plain++;
  return length > 0 && length <= MAX_NAME && plain == length;
}

static Leg *
find_leg (SideAsteriskTracker *self,
          const SideAct       *act)
{
  Leg *leg = act->call != NULL ? g_hash_table_lookup (self->legs, act->call) : NULL;

  return leg != NULL && g_strcmp0 (leg->project->id, act->project) == 0 ? leg : NULL;
}

static Operator *
find_operator (SideAsteriskTracker *self,
               const char          *id)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->operators);
  while (id != NULL && g_hash_table_iter_next (&iter, NULL, &value))
    if (strcmp (((Operator *) value)->id, id) == 0)
      return value;
  return NULL;
}

static gboolean
is_place (const Membership *membership,
          const SideAct    *act)
{
  return strcmp (membership->project->id, act->project) == 0
         && (act->queue == NULL || strcmp (membership->queue, act->queue) == 0);
}

/**
 * side_asterisk_tracker_has_aim:
 * @self: a tracker
 * @act: an action
 *
 * Returns: whether the leg is here, or the operator in a queue of the project
 */
gboolean
side_asterisk_tracker_has_aim (SideAsteriskTracker *self,
                               const SideAct       *act)
{
  Operator *operator;

  g_return_val_if_fail (self != NULL && act != NULL, FALSE);
  if (side_action_kind_is_on_call (act->kind))
    return find_leg (self, act) != NULL;
  operator = find_operator (self, act->operator_id);
  for (guint i = 0; operator != NULL && i < operator->memberships->len; i++)
    if (is_place (g_ptr_array_index (operator->memberships, i), act))
      return TRUE;
  return FALSE;
}

/**
 * side_asterisk_tracker_find_unnamed:
 * @self: a tracker
 * @act: an action
 *
 * Returns: (transfer full) (nullable): the unique id of the caller's channel, if
 *   the call is to be hung up and what the channel is called was not told: it
 *   went on while the server began anew or the link was down
 */
char *
side_asterisk_tracker_find_unnamed (SideAsteriskTracker *self,
                                    const SideAct       *act)
{
  Leg *leg;

  g_return_val_if_fail (self != NULL && act != NULL, NULL);
  leg = act->kind == SIDE_ACTION_HANGUP ? find_leg (self, act) : NULL;
  return leg != NULL && leg->ended_ms == 0 && leg->channel == NULL ? g_strdup (leg->uniqueid) : NULL;
}

/**
 * side_asterisk_read_channel:
 * @item: an event of the answer to Status
 * @uniqueid: a channel's unique id
 *
 * Returns: (transfer full) (nullable): what that channel is called, if the item
 *   is about it
 */
char *
side_asterisk_read_channel (const SideAmiMessage *item,
                            const char           *uniqueid)
{
  const char *channel = side_ami_message_get (item, "Channel");

  if (!side_asterisk_check_channel (item) || !side_ami_message_is (item, "Uniqueid", uniqueid) || !is_device (channel))
    return NULL;
  return g_strdup (channel);
}

/**
 * side_asterisk_tracker_find_channel:
 * @self: a tracker
 * @act: an action on a call whose leg is here
 * @error: SIDE_ERROR_CONFLICT when there is nothing to act on, or not yet
 *
 * Returns: (transfer full): for a hang-up the name of the caller's channel,
 *   for the others the unique id of the operator's
 */
char *
side_asterisk_tracker_find_channel (SideAsteriskTracker  *self,
                                    const SideAct        *act,
                                    GError              **error)
{
  Leg *leg;
  const char *words = NULL;

  g_return_val_if_fail (self != NULL && act != NULL, NULL);
  leg = find_leg (self, act);
  if (leg == NULL || leg->ended_ms != 0)
    words = "the call is over";
  else if (act->kind == SIDE_ACTION_HANGUP && !is_device (leg->channel))
    words = "the PBX did not tell in which channel the call is";
  else if (act->kind != SIDE_ACTION_HANGUP && leg->answered_ms == 0)
    words = "nobody has answered the call yet";
  else if (act->kind != SIDE_ACTION_HANGUP && !is_channel_id (leg->agent_uniqueid))
    words = "the PBX did not tell in which channel the operator is";
  if (words == NULL)
    return g_strdup (act->kind == SIDE_ACTION_HANGUP ? leg->channel : leg->agent_uniqueid);
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, words);
  return NULL;
}

/**
 * side_asterisk_tracker_hung_up:
 * @self: a tracker
 * @call: id of a leg whose caller's channel the PBX has just hung up for a supervisor
 *
 * The PBX tells of it as of a caller who hangs up. A leg that waits was taken
 * out of its queue, one that was answered ended by nobody who was in it.
 */
void
side_asterisk_tracker_hung_up (SideAsteriskTracker *self,
                               const char          *call)
{
  Leg *leg;

  g_return_if_fail (self != NULL && call != NULL);
  leg = g_hash_table_lookup (self->legs, call);
  if (leg == NULL)
    return;
  leg->hung_up = TRUE;
  if (leg->ended_ms != 0 && !leg->guessed)
    leg_corrected (self, leg, leg->outcome, leg->ended_by, (When) { leg->ended_ms, FALSE });
}

/**
 * side_asterisk_tracker_find_places:
 * @self: a tracker
 * @act: an action on an operator
 * @error: SIDE_ERROR_CONFLICT when there is none, or one that cannot be named
 *
 * Half a pause is none, so one place that cannot be named forbids all.
 *
 * Returns: (transfer full) (nullable): of char *: a queue of the action's
 *   project and the interface the operator has in it, in turn
 */
GPtrArray *
side_asterisk_tracker_find_places (SideAsteriskTracker  *self,
                                   const SideAct        *act,
                                   GError              **error)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func (g_free);
  Operator *operator;

  g_return_val_if_fail (self != NULL && act != NULL, NULL);
  operator = find_operator (self, act->operator_id);
  for (guint i = 0; operator != NULL && i < operator->memberships->len; i++)
    {
      const Membership *membership = g_ptr_array_index (operator->memberships, i);

      if (!is_place (membership, act))
        continue;
      if (!is_device (membership->interface))
        {
          g_set_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT,
                       "the operator's telephone in queue “%s” has a name that is not sent to a PBX", membership->queue);
          return NULL;
        }
      g_ptr_array_add (places, g_strdup (membership->queue));
      g_ptr_array_add (places, g_strdup (membership->interface));
    }
  if (places->len > 0)
    return g_steal_pointer (&places);
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_CONFLICT, "the operator is in none of these queues now");
  return NULL;
}
