/* side-asterisk-facts.c - which of the manager's messages are believed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asterisk prints a caller's number into its events as it came, line breaks
 * and all. So a stranger can cut an event in two within the number and write
 * the beginning of another: about 79 bytes, after which Asterisk's own lines
 * go on, from CallerIDName. The first half then lacks all that comes after the
 * number, the second all that comes before it. Therefore a message about a
 * channel is believed only if the channel's description is all there, in
 * Asterisk's order, with nothing between its lines, and if no other header
 * comes twice. What is refused here is learned from QueueStatus and queue_log.
 */
#include "side-asterisk-private.h"

#include <string.h>

static const char * const channel_fields[] = {
  "Channel", "ChannelState", "ChannelStateDesc", "CallerIDNum", "CallerIDName", "ConnectedLineNum",
  "ConnectedLineName", "Language", "AccountCode", "Context", "Exten", "Priority", "Uniqueid", "Linkedid",
};

/* Fields a newer Asterisk puts between the above; they carry no caller's text. */
static const char * const channel_extras[] = { "Tenantid" };

typedef struct {
  const char *event;
  const char *class;
  SideFact    kind;
  const char *needs[14];
  gboolean    may_lack;  /* Asterisk leaves a channel out that is gone already */
} Rule;

#define MEMBER_FIELDS "Queue", "MemberName", "Interface", "Membership", "Penalty", "Status", "Paused"

static const Rule rules[] = {
  { "QueueCallerJoin", "agent", SIDE_FACT_CALL, { "", "Queue", "Position", "Count" } },
  { "QueueCallerLeave", "agent", SIDE_FACT_CALL, { "", "Queue", "Position", "Count" } },
  { "QueueCallerAbandon", "agent", SIDE_FACT_CALL, { "", "Queue", "Position", "OriginalPosition", "HoldTime" } },
  { "AgentCalled", "agent", SIDE_FACT_CALL, { "", "Dest", "Queue", "Interface", "MemberName" } },
  { "AgentRingNoAnswer", "agent", SIDE_FACT_CALL, { "", "Dest", "Queue", "Interface", "MemberName", "RingTime" } },
  { "AgentConnect", "agent", SIDE_FACT_CALL, { "", "Dest", "Queue", "Interface", "MemberName", "HoldTime", "RingTime" } },
  { "AgentComplete", "agent", SIDE_FACT_CALL,
    { "", "Dest", "Queue", "Interface", "MemberName", "HoldTime", "TalkTime", "Reason" }, .may_lack = TRUE },
  { "AgentDump", "agent", SIDE_FACT_CALL, { "", "Dest", "Queue", "Interface", "MemberName" } },
  { "QueueMemberStatus", "agent", SIDE_FACT_MEMBER, { MEMBER_FIELDS } },
  { "QueueMemberPause", "agent", SIDE_FACT_MEMBER, { MEMBER_FIELDS } },
  { "QueueMemberAdded", "agent", SIDE_FACT_MEMBER, { MEMBER_FIELDS } },
  { "QueueMemberRemoved", "agent", SIDE_FACT_MEMBER, { MEMBER_FIELDS } },
  { "QueueMemberPenalty", "agent", SIDE_FACT_MEMBER, { MEMBER_FIELDS } },
  { "QueueMemberRinginuse", "agent", SIDE_FACT_MEMBER, { MEMBER_FIELDS } },
  { "Hold", "call", SIDE_FACT_CALL, { "" } },
  { "Unhold", "call", SIDE_FACT_CALL, { "" } },
  { "Hangup", "call", SIDE_FACT_CALL, { "", "Cause" } },
  { "HangupRequest", "call", SIDE_FACT_CALL, { "" } },
  { "MixMonitorStart", "call", SIDE_FACT_CALL, { "" } },
  { "BlindTransfer", "call", SIDE_FACT_TRANSFER, { "Transferer", "Transferee", "Result", "Extension" } },
  { "AttendedTransfer", "call", SIDE_FACT_TRANSFER, { "OrigTransferer", "SecondTransferer", "Result", "DestType" } },
  { "ChanSpyStart", "call", SIDE_FACT_SPY, { "Spyer" } },
  { "ChanSpyStop", "call", SIDE_FACT_SPY, { "Spyer" } },
  { "UserEvent", "user", SIDE_FACT_USER, { "UserEvent" } },
};

static const Rule *
find_rule (const char *event)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      if (strcmp (rules[i].event, event) == 0)
        return &rules[i];
    }
  return NULL;
}

static gboolean
is_extra (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (channel_extras); i++)
    {
      if (g_ascii_strcasecmp (channel_extras[i], name) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether a channel's description is whole: all its lines, in order, together. */
static gboolean
has_channel (const SideAmiMessage *message,
             const char           *prefix)
{
  gsize length = strlen (prefix);
  gsize next = 0;

  for (guint i = 0; i < message->n_fields; i++)
    {
      const char *name = message->fields[i].name;
      gboolean ours = strncmp (name, prefix, length) == 0;

      if (ours && strcmp (name + length, channel_fields[next]) == 0)
        {
          if (++next == G_N_ELEMENTS (channel_fields))
            return TRUE;
        }
      else if (next > 0 && !(ours && is_extra (name + length)))
        {
          return FALSE;
        }
    }
  return FALSE;
}

static gboolean
is_prefix (const char *need)
{
  return *need == '\0' || strcmp (need, "Dest") == 0 || strcmp (need, "Spyer") == 0
         || g_str_has_suffix (need, "Transferer") || g_str_has_suffix (need, "Transferee");
}

/* Only variables come in numbers, and what the dialplan puts into a UserEvent. */
static gboolean
has_repeats (const SideAmiMessage *message,
             guint                 until)
{
  for (guint i = 0; i < until; i++)
    {
      const char *name = message->fields[i].name;

      if (g_str_has_suffix (name, "ChanVariable"))
        continue;
      for (guint j = i + 1; j < until; j++)
        {
          if (g_ascii_strcasecmp (name, message->fields[j].name) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

/* Where the text of the dialplan begins in a UserEvent. */
static guint
find_body (const SideAmiMessage *message)
{
  for (guint i = 0; i < message->n_fields; i++)
    {
      if (strcmp (message->fields[i].name, "UserEvent") == 0)
        return i + 1;
    }
  return message->n_fields;
}

static gboolean
has_class (const SideAmiMessage *message,
           const char           *class)
{
  return message->n_fields > 2 && strcmp (message->fields[0].name, "Event") == 0
         && strcmp (message->fields[1].name, "Privilege") == 0
         && g_str_has_prefix (message->fields[1].value, class)
         && message->fields[1].value[strlen (class)] == ',';
}

/* Not one line of a channel's description. */
static gboolean
lacks_channel (const SideAmiMessage *message,
               const char           *prefix,
               guint                 until)
{
  for (guint i = 0; i < until; i++)
    {
      const char *name = message->fields[i].name;

      for (gsize j = 0; g_str_has_prefix (name, prefix) && j < G_N_ELEMENTS (channel_fields); j++)
        {
          if (strcmp (name + strlen (prefix), channel_fields[j]) == 0)
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
has_all (const SideAmiMessage *message,
         const Rule           *rule)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rule->needs) && rule->needs[i] != NULL; i++)
    {
      const char *need = rule->needs[i];

      if (is_prefix (need) ? !has_channel (message, need) && !(rule->may_lack && lacks_channel (message, need, message->n_fields))
                           : side_ami_message_get (message, need) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* The dialplan's UserEvents have a channel before their text. One sent by a
 * program has none, and may name a call by its Uniqueid; any other line of a
 * channel in it is the rest of an event that was cut. */
static SideFact
check_user_event (const SideAmiMessage  *message,
                  guint                  body,
                  const char           **why)
{
  if (!lacks_channel (message, "", body))
    {
      if (has_channel (message, ""))
        return SIDE_FACT_CALL;
      *why = "half a channel's description";
      return SIDE_FACT_REFUSED;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (channel_fields); i++)
    {
      if (strcmp (channel_fields[i], "Uniqueid") != 0 && side_ami_message_get (message, channel_fields[i]) != NULL)
        *why = "the rest of another event";
    }
  if (side_ami_message_get (message, "ChanVariable") != NULL)
    *why = "the rest of another event";
  return *why != NULL ? SIDE_FACT_REFUSED : SIDE_FACT_USER;
}

/**
 * side_asterisk_check:
 * @message: a message of the manager
 * @system: (nullable): the PBX's name for itself, where it is known
 * @why: (out): what is wrong with a refused one
 *
 * Returns: what it may be used as
 */
SideFact
side_asterisk_check (const SideAmiMessage  *message,
                     const char            *system,
                     const char           **why)
{
  const char *event = side_ami_message_get (message, "Event");
  const Rule *rule = event != NULL ? find_rule (event) : NULL;
  const char *named;
  guint until;

  *why = NULL;
  if (rule == NULL)
    return SIDE_FACT_IGNORED;
  until = rule->kind == SIDE_FACT_USER ? find_body (message) : message->n_fields;
  named = side_ami_message_get (message, "SystemName");
  if (message->tainted)
    *why = "a line break within a value";
  else if (!has_class (message, rule->class))
    *why = "not headed like an event of its class";
  else if (has_repeats (message, until))
    *why = "a header that comes twice";
  else if (system != NULL && named != NULL && strcmp (system, named) != 0)
    *why = "from another system";
  else if (!has_all (message, rule))
    *why = "a header is missing";
  else if (rule->kind == SIDE_FACT_MEMBER && !lacks_channel (message, "", until))
    *why = "a channel's header where none belongs";
  else if (rule->kind == SIDE_FACT_USER)
    return check_user_event (message, until, why);
  return *why != NULL ? SIDE_FACT_REFUSED : rule->kind;
}

/* The lines a list's event must have, in this order, at its beginning. */
static gboolean
begins_with (const SideAmiMessage *item,
             const char * const   *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (i >= item->n_fields || strcmp (item->fields[i].name, names[i]) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * side_asterisk_check_item:
 * @item: an event of the answer to QueueStatus
 *
 * The same care for the list: a QueueEntry has the caller's number too, and
 * our ActionID comes after it.
 *
 * Returns: whether it may be used
 */
gboolean
side_asterisk_check_item (const SideAmiMessage *item)
{
  static const char * const entry[] = {
    "Event", "Queue", "Position", "Channel", "Uniqueid", "CallerIDNum", "CallerIDName",
    "ConnectedLineNum", "ConnectedLineName", "Wait", "Priority", NULL,
  };
  static const char * const member[] = {
    "Event", "Queue", "Name", "Location", "StateInterface", "Membership", "Penalty", "CallsTaken", NULL,
  };
  static const char * const params[] = { "Event", "Queue", "Max", "Strategy", "Calls", NULL };

  if (item->tainted || has_repeats (item, item->n_fields))
    return FALSE;
  if (side_ami_message_is (item, "Event", "QueueEntry"))
    return begins_with (item, entry) && strchr (side_ami_message_get (item, "Channel"), '/') != NULL;
  if (side_ami_message_get (item, "CallerIDName") != NULL)
    return FALSE;
  if (side_ami_message_is (item, "Event", "QueueMember"))
    return begins_with (item, member) && side_ami_message_get (item, "Status") != NULL
           && side_ami_message_get (item, "Paused") != NULL;
  return begins_with (item, params);
}

/**
 * side_asterisk_check_channel:
 * @item: an event of the answer to Status
 *
 * Returns: whether it tells of a channel, in Asterisk's words alone
 */
gboolean
side_asterisk_check_channel (const SideAmiMessage *item)
{
  return !item->tainted && !has_repeats (item, item->n_fields) && side_ami_message_is (item, "Event", "Status")
         && has_channel (item, "");
}
