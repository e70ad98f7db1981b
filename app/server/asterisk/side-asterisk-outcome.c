/* side-asterisk-outcome.c - what the dialplan and the shop's programs tell
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three UserEvents are understood; docs/connecting-asterisk.md has their lines:
 *
 *   QueueExit    Queue, Status (the dialplan's QUEUESTATUS): why a caller left
 *   CallOutcome  Order, Amount, Currency, Topic, Source, Callback, Note
 *   Payment      State (start, end): the caller says or keys a card's number
 *
 * From the dialplan they are about their channel; a program that sends one
 * through the manager names it by Uniqueid, the caller's or the operator's.
 */
#include "side-asterisk-private.h"

#include <string.h>

#define REFUSALS_MAX 4096
#define MAX_WORDS    10000

/* What the dialplan wrote comes after "UserEvent"; before it are Asterisk's
 * own headers, of which some have the same names. */
static const char *
body_get (const SideAmiMessage *message,
          const char           *name)
{
  gboolean in_body = FALSE;

  for (guint i = 0; i < message->n_fields; i++)
    {
      if (in_body && g_ascii_strcasecmp (message->fields[i].name, name) == 0)
        return *message->fields[i].value != '\0' ? message->fields[i].value : NULL;
      in_body = in_body || strcmp (message->fields[i].name, "UserEvent") == 0;
    }
  return NULL;
}

static const char *
find_uniqueid (const SideAmiMessage *message)
{
  const char *first = side_ami_message_get (message, "Uniqueid");

  return first != NULL ? first : "";
}

static SideOutcome
outcome_for (const char *status)
{
  static const struct { const char *status; SideOutcome outcome; } table[] = {
    { "TIMEOUT", SIDE_OUTCOME_TIMED_OUT },
    { "FULL", SIDE_OUTCOME_REFUSED },
    { "JOINEMPTY", SIDE_OUTCOME_REFUSED },
    { "JOINUNAVAIL", SIDE_OUTCOME_REFUSED },
    { "LEAVEEMPTY", SIDE_OUTCOME_NO_OPERATORS },
    { "LEAVEUNAVAIL", SIDE_OUTCOME_NO_OPERATORS },
    { "WITHDRAW", SIDE_OUTCOME_WITHDRAWN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    {
      if (g_ascii_strcasecmp (table[i].status, status) == 0)
        return table[i].outcome;
    }
  return SIDE_OUTCOME_NONE;
}

/* Refused at the door: neither the manager nor queue_log tells of it. The leg
 * has a visit number of its own kind, so that those of queue_log stay. */
static void
on_refused (SideAsteriskTracker  *self,
            const SideAmiMessage *message,
            SideProject          *project,
            const char           *queue,
            When                  when)
{
  const char *uniqueid = find_uniqueid (message);
  guint visit = GPOINTER_TO_UINT (g_hash_table_lookup (self->refusals, uniqueid)) + 1;
  g_autofree char *id = g_strdup_printf ("%s:%s:r%u", uniqueid, queue, visit);
  Leg leg = {
    .id = id, .journey = (char *) side_ami_message_get (message, "Linkedid"),
    .queue = queue, .project = project, .joined_ms = when.at_ms,
  };
  SideEvent *details = side_event_new (SIDE_EVENT_CALL_JOINED, when.at_ms, project->id);
  SideEvent *end;

  if (g_hash_table_size (self->refusals) >= REFUSALS_MAX)
    g_hash_table_remove_all (self->refusals);
  g_hash_table_replace (self->refusals, g_strdup (uniqueid), GUINT_TO_POINTER (visit));
  side_asterisk_text (&details->caller, side_ami_message_get (message, "CallerIDNum"));
  side_asterisk_text (&details->caller_name, side_ami_message_get (message, "CallerIDName"));
  side_asterisk_text (&details->dialled, side_ami_message_get (message, "Exten"));
  leg_joined (self, &leg, details, when);
  end = side_asterisk_event_new (self, SIDE_EVENT_CALL_ENDED, &leg, when);
  end->joined_ms = when.at_ms;
  end->outcome = SIDE_OUTCOME_REFUSED;
  end->ended_by = SIDE_PARTY_SYSTEM;
  side_asterisk_emit (self, end);
  side_event_unref (leg.joined);
}

static void
on_queue_exit (SideAsteriskTracker  *self,
               const SideAmiMessage *message,
               When                  when)
{
  const char *status = body_get (message, "Status");
  SideOutcome outcome = status != NULL ? outcome_for (status) : SIDE_OUTCOME_NONE;
  const char *queue = NULL;
  SideProject *project = side_asterisk_project (self, body_get (message, "Queue"), &queue);
  Leg *leg;

  if (project == NULL || outcome == SIDE_OUTCOME_NONE)
    return;
  leg = leg_find_last (self, find_uniqueid (message), queue);
  if (outcome == SIDE_OUTCOME_REFUSED)
    {
      if ((leg == NULL || leg->ended_ms != 0) && side_ami_message_get (message, "Channel") != NULL)
        on_refused (self, message, project, queue, when);
      return;
    }
  if (leg == NULL || leg->answered_ms != 0 || leg->log_closed)
    return;
  leg_corrected (self, leg, outcome, SIDE_PARTY_SYSTEM, when);
}

/* "1990", "1990.5" or "1990,50" of a currency's units, as minor units. */
static gint64
read_amount (const char *text,
             const char *currency)
{
  gboolean whole = g_strcmp0 (currency, "JPY") == 0 || g_strcmp0 (currency, "KRW") == 0;
  gint64 amount = 0;
  int decimals = -1;

  for (const char *p = text; *p != '\0'; p++)
    {
      if ((*p == '.' || *p == ',') && decimals < 0)
        decimals = 0;
      else if (!g_ascii_isdigit (*p) || amount > G_MAXINT64 / 1000)
        return 0;
      else if (decimals < (whole ? 0 : 2))
        {
          amount = amount * 10 + (*p - '0');
          decimals += decimals >= 0;
        }
    }
  for (int i = MAX (decimals, 0); i < 2 && !whole; i++)
    amount *= 10;
  return amount;
}

static SideCallbackMark
read_callback (const char *text)
{
  if (text == NULL)
    return SIDE_CALLBACK_NONE;
  if (g_ascii_strcasecmp (text, "done") == 0)
    return SIDE_CALLBACK_DONE;
  return g_ascii_strcasecmp (text, "wanted") == 0 ? SIDE_CALLBACK_WANTED : SIDE_CALLBACK_NONE;
}

/* Words that are compared by their place are never freed, so that strangers and
 * their programs must not bring any number of them. Returns: the interned word,
 * %NULL when there are too many */
const char *
side_asterisk_word (const char *text)
{
  static guint n_words;
  GQuark known = g_quark_try_string (text);

  if (known != 0)
    return g_quark_to_string (known);
  if (n_words >= MAX_WORDS)
    return NULL;
  if (++n_words == MAX_WORDS)
    g_warning ("more than %d names of operators, topics and sources: new ones are left out", MAX_WORDS);
  return g_intern_string (text);
}

static const char *
interned (const char *text)
{
  g_autofree char *clean = NULL;

  return text != NULL ? side_asterisk_word (side_asterisk_text (&clean, text)) : NULL;
}

static void
on_call_outcome (SideAsteriskTracker  *self,
                 const SideAmiMessage *message,
                 When                  when)
{
  const char *uniqueid = find_uniqueid (message);
  const char *amount = body_get (message, "Amount");
  Leg *leg = g_hash_table_lookup (self->by_agent, uniqueid);
  SideEvent *event;

  if (leg == NULL)
    leg = leg_find_last (self, uniqueid, NULL);
  if (leg == NULL)
    return;
  event = side_asterisk_event_new (self, SIDE_EVENT_CALL_OUTCOME, leg, when);
  if (leg->operator != NULL)
    operator_sign (leg->operator, event);
  if (body_get (message, "Order") != NULL)
    side_asterisk_text (&event->order_id, body_get (message, "Order"));
  event->currency = interned (body_get (message, "Currency"));
  if (event->currency == NULL && amount != NULL)
    event->currency = g_intern_string (leg->project->currency);
  if (amount != NULL)
    event->amount_minor = read_amount (amount, event->currency);
  event->topic = interned (body_get (message, "Topic"));
  event->source = interned (body_get (message, "Source"));
  event->callback = read_callback (body_get (message, "Callback"));
  if (body_get (message, "Note") != NULL)
    side_asterisk_text (&event->note, body_get (message, "Note"));
  side_asterisk_emit (self, event);
}

/* Nothing of the payment itself is read: only when it was. */
static void
on_payment (SideAsteriskTracker  *self,
            const SideAmiMessage *message,
            When                  when)
{
  const char *uniqueid = find_uniqueid (message);
  const char *state = body_get (message, "State");
  Leg *leg = g_hash_table_lookup (self->by_agent, uniqueid);
  gboolean starts = state != NULL && g_ascii_strcasecmp (state, "start") == 0;
  SideEvent *event;

  if (leg == NULL)
    leg = leg_find_last (self, uniqueid, NULL);
  if (leg == NULL || state == NULL || (!starts && g_ascii_strcasecmp (state, "end") != 0))
    return;
  event = side_asterisk_event_new (self, starts ? SIDE_EVENT_CALL_PAYMENT_STARTED : SIDE_EVENT_CALL_PAYMENT_ENDED, leg, when);
  if (leg->operator != NULL)
    operator_sign (leg->operator, event);
  side_asterisk_emit (self, event);
}

void
side_asterisk_user_event (SideAsteriskTracker  *self,
                          const SideAmiMessage *message,
                          When                  when)
{
  const char *name = side_ami_message_get (message, "UserEvent");

  if (strcmp (name, "QueueExit") == 0)
    on_queue_exit (self, message, when);
  else if (strcmp (name, "CallOutcome") == 0)
    on_call_outcome (self, message, when);
  else if (strcmp (name, "Payment") == 0)
    on_payment (self, message, when);
}
