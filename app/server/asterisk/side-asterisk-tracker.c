/* side-asterisk-tracker.c - the manager's events, turned into what happened
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Believes only what side-asterisk-facts.c lets through, about channels that a
 * QueueCallerJoin, QueueStatus or queue_log told of before. Anything else is
 * refused and makes the source ask the PBX how things stand.
 */
#include "side-asterisk-private.h"

#include <string.h>

#include "side-text.h"

/* A moment in which the manager, which is more exact, may tell the same. */
#define LOG_PATIENCE_MS 1500
/* How long queue_log may take to tell of a caller the PBX lists no more. */
#define ABSENT_MS 5000
/* How long it may take to tell of the end of a call its operator is in no more. */
#define OVER_MS 5000

static void
deferred_free (gpointer data)
{
  Deferred *deferred = data;

  side_queue_log_entry_free (deferred->entry);
  g_free (deferred);
}

static void
legs_free (gpointer data)
{
  g_ptr_array_unref (data);
}

/**
 * side_asterisk_tracker_new:
 * @projects: (element-type SideProject): whose queues are followed
 * @funcs: where to tell it; copied
 * @data: their argument
 *
 * Returns: (transfer full): a tracker that knows of nothing yet
 */
SideAsteriskTracker *
side_asterisk_tracker_new (GPtrArray                      *projects,
                           const SideAsteriskTrackerFuncs *funcs,
                           gpointer                        data)
{
  SideAsteriskTracker *self;

  g_return_val_if_fail (projects != NULL && funcs != NULL, NULL);

  self = g_new0 (SideAsteriskTracker, 1);
  self->projects = g_ptr_array_ref (projects);
  self->funcs = *funcs;
  self->data = data;
  self->queues = g_hash_table_new (g_str_hash, g_str_equal);
  self->legs = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, leg_free);
  self->by_channel = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, legs_free);
  self->by_agent = g_hash_table_new (g_str_hash, g_str_equal);
  self->operators = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, operator_free);
  self->interfaces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->refusals = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->deferred);
  for (guint i = 0; i < projects->len; i++)
    {
      SideProject *project = g_ptr_array_index (projects, i);

      for (guint j = 0; j < project->queues->len; j++)
        {
          SideQueue *queue = g_ptr_array_index (project->queues, j);
          g_hash_table_insert (self->queues, (gpointer) queue->id, project);
        }
    }
  return self;
}

/**
 * side_asterisk_tracker_free:
 * @self: (nullable): a tracker
 */
void
side_asterisk_tracker_free (SideAsteriskTracker *self)
{
  if (self == NULL)
    return;
  g_queue_clear_full (&self->deferred, deferred_free);
  g_hash_table_unref (self->by_agent);
  g_hash_table_unref (self->by_channel);
  g_hash_table_unref (self->legs);
  g_hash_table_unref (self->interfaces);
  g_hash_table_unref (self->operators);
  g_hash_table_unref (self->refusals);
  g_hash_table_unref (self->queues);
  g_ptr_array_unref (self->projects);
  g_free (self->system);
  g_free (self->template);
  g_free (self);
}

/**
 * side_asterisk_tracker_set_system:
 * @self: a tracker
 * @name: (nullable): the PBX's systemname; events of another are refused
 */
void
side_asterisk_tracker_set_system (SideAsteriskTracker *self,
                                  const char          *name)
{
  g_return_if_fail (self != NULL);
  g_free (self->system);
  self->system = g_strdup (name);
}

/**
 * side_asterisk_tracker_set_template:
 * @self: a tracker
 * @recording: (nullable): path of a call's recording with "{uniqueid}" and,
 *   if need be, "{queue}" in it, for calls that passed while the link was down; without it the path of the
 *   last recording seen serves
 */
void
side_asterisk_tracker_set_template (SideAsteriskTracker *self,
                                    const char          *recording)
{
  g_return_if_fail (self != NULL);
  g_free (self->template);
  self->template = g_strdup (recording);
  self->learned_template = FALSE;
}

/**
 * side_asterisk_tracker_set_quiet:
 * @self: a tracker
 * @quiet: learn from what comes, but tell nothing: it was told before
 */
void
side_asterisk_tracker_set_quiet (SideAsteriskTracker *self,
                                 gboolean             quiet)
{
  g_return_if_fail (self != NULL);
  self->quiet = quiet;
}

/**
 * side_asterisk_tracker_set_live:
 * @self: a tracker
 * @live: whether the manager's events come; while they do, queue_log is given
 *   time to be overtaken, and is not asked about pauses
 * @now_ms: the time
 */
void
side_asterisk_tracker_set_live (SideAsteriskTracker *self,
                                gboolean             live,
                                gint64               now_ms)
{
  g_return_if_fail (self != NULL);
  self->live_since_ms = now_ms;
  self->live = live;
}

/**
 * side_asterisk_tracker_count_legs:
 * @self: a tracker
 *
 * Returns: how many legs are kept in memory
 */
guint
side_asterisk_tracker_count_legs (SideAsteriskTracker *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return g_hash_table_size (self->legs);
}

/**
 * side_asterisk_tracker_get_refused:
 * @self: a tracker
 *
 * Returns: how many messages were not believed
 */
guint64
side_asterisk_tracker_get_refused (SideAsteriskTracker *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->refused;
}

void
side_asterisk_refuse (SideAsteriskTracker *self,
                      const char          *why)
{
  self->refused++;
  self->refused_ms = self->now_ms;
  self->funcs.suspect (why, self->data);
}

/* The project that owns @queue, %NULL when it is nobody's here. */
SideProject *
side_asterisk_project (SideAsteriskTracker  *self,
                       const char           *queue,
                       const char          **interned)
{
  gpointer key = NULL;
  gpointer value = NULL;

  if (queue == NULL || !g_hash_table_lookup_extended (self->queues, queue, &key, &value))
    return NULL;
  *interned = key;
  return value;
}

/* A uniqueid is "[SYSTEM-]seconds.number". */
static gboolean
is_uniqueid (const char *text)
{
  gsize length = strlen (text);

  return length > 2 && length < 150 && strchr (text, '.') != NULL
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_") == length;
}

static gint64
time_of (const SideAmiMessage *message,
         gint64                now_ms)
{
  const char *text = side_ami_message_get (message, "Timestamp");
  char *end = NULL;
  double seconds = text != NULL ? g_ascii_strtod (text, &end) : 0;

  /* Without timestampevents, or with a clock that is years off: our own. */
  if (text == NULL || end == text || *end != '\0' || seconds < 1e9 || seconds > 9e9)
    return now_ms;
  return (gint64) (seconds * 1000.0);
}

static const char *
known (const char *text)
{
  return text == NULL || *text == '\0' || strcmp (text, "<unknown>") == 0 || strcmp (text, "unknown") == 0
             ? NULL
             : text;
}

static void
set_text (char      **slot,
          const char *text)
{
  if (known (text) != NULL)
    side_asterisk_text (slot, text);
}

/* The header is a stranger's: only what can be the id of a test call is passed on. */
static void
tell_claim (SideAsteriskTracker  *self,
            const SideAmiMessage *message,
            const Leg            *leg)
{
  const char *test = side_ami_message_variable (message, "ChanVariable", "SIDETONE_TEST");

  if (test != NULL && side_id_is_valid (test) && !self->quiet && self->funcs.claim != NULL)
    self->funcs.claim (leg->project->id, leg->id, test, self->data);
}

/* A caller enters a queue: from QueueCallerJoin, or from a list that has them. */
void
side_asterisk_join (SideAsteriskTracker  *self,
                    const SideAmiMessage *message,
                    SideProject          *project,
                    When                  when)
{
  const char *uniqueid = side_ami_message_get (message, "Uniqueid");
  const char *linkedid = side_ami_message_get (message, "Linkedid");
  const char *dialled = side_ami_message_variable (message, "ChanVariable", "SIDETONE_DIALLED");
  const char *queue = NULL;
  SideEvent *details;
  gboolean told;
  Leg *leg;

  side_asterisk_project (self, side_ami_message_get (message, "Queue"), &queue);
  if (!is_uniqueid (uniqueid))
    {
      side_asterisk_refuse (self, "a channel's id that cannot be one");
      return;
    }
  leg = leg_claim (self, uniqueid, queue, when.at_ms, FALSE);
  told = leg != NULL;
  if (leg == NULL)
    leg = leg_add (self, project, queue, uniqueid, when.at_ms);
  leg->from_ami = TRUE;
  leg->from_list = FALSE;
  side_asterisk_text (&leg->channel, side_ami_message_get (message, "Channel"));
  if (linkedid != NULL && is_uniqueid (linkedid) && !told)
    side_asterisk_text (&leg->journey, linkedid);
  leg_set_recording (self, leg, side_ami_message_variable (message, "ChanVariable", "MIXMONITOR_FILENAME"));

  details = side_event_new (SIDE_EVENT_CALL_JOINED, when.at_ms, project->id);
  set_text (&details->caller, side_ami_message_get (message, "CallerIDNum"));
  set_text (&details->caller_name, side_ami_message_get (message, "CallerIDName"));
  set_text (&details->dialled, dialled != NULL ? dialled : side_ami_message_get (message, "Exten"));
  details->position = (int) CLAMP (side_ami_message_get_int (message, "Position", 1), 1, 9999);
  when.at_ms = leg->joined_ms;
  leg_joined (self, leg, details, when);
  tell_claim (self, message, leg);
}

/* An AgentComplete whose caller is gone: the operator has one call at a time. */
static Leg *
find_operators_leg (SideAsteriskTracker  *self,
                    const SideAmiMessage *message,
                    const char           *queue)
{
  Operator *operator = operator_get (self, side_ami_message_get (message, "MemberName"),
                                     side_ami_message_get (message, "Interface"));

  return operator->leg != NULL && operator->leg->queue == queue ? operator->leg : NULL;
}

/* The leg an event of a queue is about, if it is one we know of. */
static Leg *
find_leg (SideAsteriskTracker  *self,
          const SideAmiMessage *message,
          const char           *queue)
{
  const char *channel = side_ami_message_get (message, "Channel");
  Leg *leg;

  if (channel == NULL)
    return find_operators_leg (self, message, queue);
  leg = leg_find_live (self, side_ami_message_get (message, "Uniqueid"), queue);
  if (leg == NULL)
    leg = leg_find_last (self, side_ami_message_get (message, "Uniqueid"), queue);
  if (leg == NULL || (leg->channel != NULL && strcmp (leg->channel, channel) != 0))
    {
      side_asterisk_refuse (self, "about a call nobody told of");
      return NULL;
    }
  if (leg->channel == NULL)
    side_asterisk_text (&leg->channel, channel);
  leg_set_recording (self, leg, side_ami_message_variable (message, "ChanVariable", "MIXMONITOR_FILENAME"));
  return leg;
}

static SideParty
party_for (const char *reason)
{
  if (strcmp (reason, "caller") == 0)
    return SIDE_PARTY_CALLER;
  if (strcmp (reason, "agent") == 0)
    return SIDE_PARTY_OPERATOR;
  return SIDE_PARTY_UNKNOWN;
}

static void
on_agent_event (SideAsteriskTracker  *self,
                const char           *event,
                const SideAmiMessage *message,
                Leg                  *leg,
                When                  when)
{
  Operator *operator = operator_get (self, side_ami_message_get (message, "MemberName"),
                                     side_ami_message_get (message, "Interface"));

  if (strcmp (event, "AgentCalled") == 0)
    leg_ringing (self, leg, operator, when);
  else if (strcmp (event, "AgentRingNoAnswer") == 0)
    /* 0 ms: the phone was busy or not there, and rang nowhere. */
    leg_not_taken (self, leg, operator, side_ami_message_get_int (message, "RingTime", 0) > 0, when);
  else if (strcmp (event, "AgentConnect") == 0)
    leg_answered (self, leg, operator, side_ami_message_get (message, "DestUniqueid"),
                  CLAMP (side_ami_message_get_int (message, "RingTime", 0), 0, 86400) * 1000, when);
  else if (strcmp (event, "AgentDump") == 0)
    leg_not_taken (self, leg, operator, FALSE, when);
  else if (strcmp (event, "AgentComplete") == 0 && leg->answered_ms != 0 && !leg->log_closed)
    {
      leg_corrected (self, leg, SIDE_OUTCOME_ANSWERED, party_for (side_ami_message_get (message, "Reason")), when);
      leg_offer_recording (self, leg, SIDE_RECORDING_OPEN);
    }
}

static void
on_queue_event (SideAsteriskTracker  *self,
                const char           *event,
                const SideAmiMessage *message,
                When                  when)
{
  const char *queue = NULL;
  SideProject *project = side_asterisk_project (self, side_ami_message_get (message, "Queue"), &queue);
  Leg *leg;

  if (project == NULL)
    return;
  if (strcmp (event, "QueueCallerJoin") == 0)
    {
      side_asterisk_join (self, message, project, when);
      return;
    }
  leg = find_leg (self, message, queue);
  if (leg == NULL)
    return;
  if (g_str_has_prefix (event, "Agent"))
    on_agent_event (self, event, message, leg, when);
  else if (strcmp (event, "QueueCallerAbandon") == 0 && leg->answered_ms == 0)
    {
      /* The same event for a time-out and for any other way out: unless the
       * phone said good-bye, only the dialplan and queue_log know. */
      if (leg->hangup_asked)
        leg_ended (self, leg, SIDE_OUTCOME_ABANDONED, SIDE_PARTY_CALLER, when);
      else
        leg_ended (self, leg, SIDE_OUTCOME_LOST, SIDE_PARTY_UNKNOWN, when);
    }
}

static void
on_hangup (SideAsteriskTracker *self,
           const char          *uniqueid,
           When                 when)
{
  GPtrArray *legs = legs_of_channel (self, uniqueid);

  for (guint i = 0; legs != NULL && i < legs->len; i++)
    {
      Leg *leg = g_ptr_array_index (legs, i);

      leg_ended (self, leg, leg->answered_ms != 0 ? SIDE_OUTCOME_ANSWERED : SIDE_OUTCOME_LOST,
                 SIDE_PARTY_UNKNOWN, when);
      leg_offer_recording (self, leg, SIDE_RECORDING_CLOSED);
    }
}

static void
on_channel_event (SideAsteriskTracker  *self,
                  const char           *event,
                  const SideAmiMessage *message,
                  When                  when)
{
  const char *uniqueid = side_ami_message_get (message, "Uniqueid");
  Leg *agent = g_hash_table_lookup (self->by_agent, uniqueid);
  Leg *leg = agent != NULL ? agent : leg_find_last (self, uniqueid, NULL);
  SideParty party = agent != NULL ? SIDE_PARTY_OPERATOR : SIDE_PARTY_CALLER;

  if (leg == NULL)
    return;
  if (agent == NULL && leg->channel != NULL && strcmp (leg->channel, side_ami_message_get (message, "Channel")) != 0)
    {
      side_asterisk_refuse (self, "the name of another channel");
      return;
    }
  if (agent == NULL)
    leg_set_recording (self, leg, side_ami_message_variable (message, "ChanVariable", "MIXMONITOR_FILENAME"));
  if (strcmp (event, "Hold") == 0)
    leg_hold (self, leg, party, TRUE, when);
  else if (strcmp (event, "Unhold") == 0)
    leg_hold (self, leg, party, FALSE, when);
  else if (strcmp (event, "HangupRequest") == 0 && agent == NULL)
    leg->hangup_asked = TRUE;
  else if (strcmp (event, "Hangup") == 0 && agent == NULL)
    on_hangup (self, uniqueid, when);
}

static void
on_transfer (SideAsteriskTracker  *self,
             gboolean              blind,
             const SideAmiMessage *message,
             When                  when)
{
  const char *by = side_ami_message_get (message, blind ? "TransfererUniqueid" : "OrigTransfererUniqueid");
  const char *target = side_ami_message_get (message, blind ? "Extension" : "SecondTransfererConnectedLineNum");
  Leg *leg = g_hash_table_lookup (self->by_agent, by);
  SideParty party = SIDE_PARTY_OPERATOR;

  if (!side_ami_message_is (message, "Result", "Success"))
    return;
  if (leg == NULL)
    {
      leg = leg_find_live (self, by, NULL);
      party = SIDE_PARTY_CALLER;
    }
  if (leg == NULL || leg->ended_ms != 0)
    return;
  /* By feature code the second call is the first channel itself, and the line
   * it is connected to is the caller's. */
  if (!blind && g_strcmp0 (by, side_ami_message_get (message, "SecondTransfererUniqueid")) == 0)
    target = side_ami_message_get (message, "TransferTargetCallerIDNum");
  leg_transferred (self, leg, blind ? SIDE_TRANSFER_BLIND : SIDE_TRANSFER_ATTENDED, known (target), party, when);
}

static void
on_member_event (SideAsteriskTracker  *self,
                 const char           *event,
                 const SideAmiMessage *message,
                 When                  when)
{
  const char *name = side_ami_message_get (message, "MemberName");
  const char *interface = side_ami_message_get (message, "Interface");
  const char *queue = NULL;
  SideProject *project = side_asterisk_project (self, side_ami_message_get (message, "Queue"), &queue);

  if (project == NULL || *interface == '\0')
    return;
  if (strcmp (event, "QueueMemberRemoved") == 0)
    operator_remove_member (self, operator_get (self, name, interface), queue, interface, when);
  else
    operator_member (self, message, name, interface, project, queue, when);
}

/**
 * side_asterisk_tracker_message:
 * @self: a tracker
 * @message: an event of the manager
 * @now_ms: the time, for an event that has none
 */
void
side_asterisk_tracker_message (SideAsteriskTracker  *self,
                               const SideAmiMessage *message,
                               gint64                now_ms)
{
  const char *event;
  const char *why;
  SideFact fact;
  When when = { 0, FALSE };

  g_return_if_fail (self != NULL && message != NULL);

  self->now_ms = now_ms;
  self->stamped = self->stamped || side_ami_message_get (message, "Timestamp") != NULL;
  fact = side_asterisk_check (message, self->system, &why);
  if (fact == SIDE_FACT_IGNORED)
    return;
  event = side_ami_message_get (message, "Event");
  if (fact == SIDE_FACT_REFUSED)
    {
      g_autofree char *words = g_strdup_printf ("%s: %s", event, why);
      side_asterisk_refuse (self, words);
      return;
    }
  when.at_ms = time_of (message, now_ms);
  operators_tick (self, when.at_ms, FALSE);
  if (strcmp (event, "UserEvent") == 0)
    side_asterisk_user_event (self, message, when);
  else if (fact == SIDE_FACT_MEMBER)
    on_member_event (self, event, message, when);
  else if (fact == SIDE_FACT_TRANSFER)
    on_transfer (self, strcmp (event, "BlindTransfer") == 0, message, when);
  else if (fact == SIDE_FACT_SPY)
    operator_spies (self, side_ami_message_get (message, "SpyerChannel"), strcmp (event, "ChanSpyStart") == 0, when);
  else if (side_ami_message_get (message, "Queue") != NULL)
    on_queue_event (self, event, message, when);
  else
    on_channel_event (self, event, message, when);
}

/**
 * side_asterisk_tracker_log:
 * @self: a tracker
 * @entry: (transfer full): a line of queue_log
 * @now_ms: the time
 *
 * While the manager's events come, the line is kept back for a moment.
 */
void
side_asterisk_tracker_log (SideAsteriskTracker *self,
                           SideQueueLogEntry   *entry,
                           gint64               now_ms)
{
  Deferred *deferred;

  g_return_if_fail (self != NULL && entry != NULL);

  if (!self->live && g_queue_is_empty (&self->deferred))
    {
      side_asterisk_log_apply (self, entry, now_ms);
      side_queue_log_entry_free (entry);
      return;
    }
  deferred = g_new0 (Deferred, 1);
  deferred->entry = entry;
  deferred->read_ms = now_ms;
  deferred->due_ms = self->live ? now_ms + LOG_PATIENCE_MS : 0;
  g_queue_push_tail (&self->deferred, deferred);
  if (!self->live)
    side_asterisk_tracker_tick (self, now_ms);
}

/* A leg whose events were refused has only queue_log, and its last line there
 * may have been left out too: it ends by its operator's telephone. */
static void
end_over (SideAsteriskTracker *self,
          Leg                 *leg,
          gint64               now_ms)
{
  gint64 left_ms;

  if (leg->from_ami)
    return;
  /* Asked anew each time: in a call again, maybe in this one, they left none. */
  left_ms = operator_left (leg->operator, leg);
  if (left_ms == 0 || left_ms + OVER_MS > now_ms)
    return;
  /* Shortly before the telephone was seen free, a line nobody need believe is
   * more exact: a telephone that took its next call at once shows it late. */
  if (leg->hinted_ms != 0 && leg->hinted_ms + 1000 <= left_ms && leg->hinted_ms + OVER_MS >= left_ms)
    left_ms = MAX (leg->hinted_ms, leg->answered_ms);
  leg_ended (self, leg, SIDE_OUTCOME_ANSWERED, SIDE_PARTY_UNKNOWN, (When) { left_ms, FALSE });
  leg->guessed = TRUE;
  leg_offer_recording (self, leg, SIDE_RECORDING_LIKELY);
}

static void
end_absent (SideAsteriskTracker *self,
            gint64               now_ms)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->legs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Leg *leg = value;

      if (leg->ended_ms == 0 && leg->answered_ms != 0 && self->live)
        end_over (self, leg, now_ms);
      if (leg->absent_ms == 0 || leg->ended_ms != 0 || leg->answered_ms != 0)
        continue;
      if (leg->absent_ms + ABSENT_MS <= now_ms)
        {
          leg_ended (self, leg, SIDE_OUTCOME_LOST, SIDE_PARTY_UNKNOWN, (When) { leg->absent_ms, FALSE });
          leg->guessed = TRUE;
        }
    }
}

/**
 * side_asterisk_tracker_tick:
 * @self: a tracker
 * @now_ms: the time
 *
 * Does what is due: wrap-ups end, lines of queue_log are taken.
 */
void
side_asterisk_tracker_tick (SideAsteriskTracker *self,
                            gint64               now_ms)
{
  Deferred *first;

  g_return_if_fail (self != NULL);

  while ((first = g_queue_peek_head (&self->deferred)) != NULL && (!self->live || first->due_ms <= now_ms))
    {
      g_queue_pop_head (&self->deferred);
      side_asterisk_log_apply (self, first->entry, first->read_ms);
      deferred_free (first);
    }
  operators_tick (self, now_ms, FALSE);
  end_absent (self, now_ms);
  legs_purge (self, now_ms);
}

/**
 * side_asterisk_tracker_next_due:
 * @self: a tracker
 *
 * Returns: when side_asterisk_tracker_tick() has something to do next, at the
 *   latest; %G_MAXINT64 when nothing is waited for
 */
gint64
side_asterisk_tracker_next_due (SideAsteriskTracker *self)
{
  const Deferred *first;

  g_return_val_if_fail (self != NULL, G_MAXINT64);

  first = g_queue_peek_head (&self->deferred);
  return MIN (operators_next_due (self), first != NULL ? first->due_ms : G_MAXINT64);
}
