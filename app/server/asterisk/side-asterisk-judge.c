/* side-asterisk-judge.c - what the doctor makes of what the manager told
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A manager user's reading classes and event filter cannot be asked for; they
 * show in what comes while listening. The dialplan may be asked for only with
 * rights the server should not have: without them the doctor says which lines
 * to look for.
 */
#include "side-asterisk-doctor-private.h"

#include <string.h>

#include "side-asterisk-actor.h"

#include "side-error.h"

#define CLOCK_OFF_MS 2000

static const char * const used_events[] = {
  "QueueCallerJoin", "QueueCallerLeave", "QueueCallerAbandon", "AgentCalled", "AgentRingNoAnswer", "AgentConnect",
  "AgentComplete", "AgentDump", "QueueMemberStatus", "QueueMemberPause", "QueueMemberAdded", "QueueMemberRemoved",
  "QueueMemberPenalty", "QueueMemberRinginuse", "Hold", "Unhold", "BlindTransfer", "AttendedTransfer",
  "HangupRequest", "Hangup", "OriginateResponse", "MixMonitorStart", "ChanSpyStart", "ChanSpyStop", "UserEvent", "FullyBooted", NULL,
};

static const char filter_line[] =
    "extensions.conf, first lines for calls from outside:\n"
    "Set(CALLERID(num)=${FILTER(0-9+*#,${CALLERID(num)})})\n"
    "Set(CALLERID(name)=${FILTER(\\x20\\x2b\\x2dA-Za-z0-9._\\x80-\\xff,${CALLERID(name)})})";
static const char mixmonitor_line[] =
    "extensions.conf, before Queue(): MixMonitor(/var/spool/asterisk/recording/${UNIQUEID}-QUEUE.wav,D)";
static const char exit_line[] =
    "extensions.conf, after Queue(): UserEvent(QueueExit,Queue: QUEUE,Status: ${QUEUESTATUS})";
static const char outcome_line[] =
    "extensions.conf: UserEvent(CallOutcome,Order: 4711,Amount: 1990.00,Currency: RUB,Topic: delivery)";

static void
judge_login (const DoctorNotes *notes,
             GPtrArray         *findings)
{
  static const char why[] = "Everything live comes over the manager's line.";
  const SideAsteriskSettings *settings = notes->settings;
  const char *version = notes->version != NULL ? side_ami_message_get (notes->version, "AsteriskVersion") : NULL;
  const char *line = NULL;

  if (notes->login_error == NULL)
    {
      side_findings_add (findings, SIDE_FINDING_OK, "login", why, NULL, "signed in as “%s”, %s%s%s", settings->user,
                         notes->banner, version != NULL ? ", Asterisk " : "", version != NULL ? version : "");
      return;
    }
  switch (notes->login_error->code)
    {
    case SIDE_ERROR_UNAUTHORIZED:
      line = "manager.conf: [sidetone] with the secret of the server's configuration, and “permit” for the server's "
             "address; then “manager reload”";
      break;
    case SIDE_ERROR_UNTRUSTED:
      line = "server's configuration, section of the PBX: tls_ca=FILE with what signed the PBX's certificate";
      break;
    default:
      line = "manager.conf, [general]: enabled=yes, port and bindaddr as in the server's configuration";
      break;
    }
  side_findings_add (findings, SIDE_FINDING_MISSING, "login", why, line, "%s:%d: %s", settings->host, settings->port,
                     notes->login_error->message);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return strcmp (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

static void
judge_connection (const DoctorNotes *notes,
                  GPtrArray         *findings)
{
  if (!notes->settings->tls && !is_loopback (notes->settings->host))
    side_findings_add (findings, SIDE_FINDING_WARNING, "tls", "Callers' numbers cross the network in the clear.",
                       "manager.conf, [general]: tlsenable=yes, tlsbindaddr, tlscertfile; server's configuration: tls=true",
                       "the PBX is on another machine and the line has no TLS");
  if (!notes->clock_known)
    return;
  if (ABS (notes->clock_off_ms) > CLOCK_OFF_MS)
    side_findings_add (findings, SIDE_FINDING_WARNING, "clock", "Waits tick by the server's clock.",
                       "run a time service on both machines: apt install systemd-timesyncd",
                       "the PBX's clock differs from the server's by %" G_GINT64_FORMAT " ms", notes->clock_off_ms);
  else
    side_findings_add (findings, SIDE_FINDING_OK, "clock", "Waits tick by the server's clock.", NULL,
                       "the two clocks agree");
}

/* What a thief of the secret would like to do, and the configured actions that
 * need the class it comes with: then it cannot be had without. */
static const struct {
  const char  *action;
  SideActions  needed_by;
} dangerous[] = {
  { "Command", SIDE_ACTIONS_NONE },
  { "UpdateConfig", SIDE_ACTIONS_NONE },
  { "GetConfig", SIDE_ACTIONS_NONE },
  { "MixMonitor", SIDE_ACTIONS_NONE },
  { "ModuleLoad", SIDE_ACTIONS_NONE },
  { "DBPut", SIDE_ACTIONS_NONE },
  { "Originate", SIDE_ACTIONS_BIT (SIDE_ACTION_LISTEN) | SIDE_ACTIONS_BIT (SIDE_ACTION_WHISPER) | SIDE_ACTIONS_BIT (SIDE_ACTION_JOIN) },
  { "Redirect", SIDE_ACTIONS_BIT (SIDE_ACTION_HANGUP) },
  { "Setvar", SIDE_ACTIONS_BIT (SIDE_ACTION_HANGUP) },
  { "Hangup", SIDE_ACTIONS_BIT (SIDE_ACTION_HANGUP) },
  { "QueuePause", SIDE_ACTIONS_BIT (SIDE_ACTION_PAUSE) },
};

static void
judge_rights (const DoctorNotes *notes,
              GPtrArray         *findings)
{
  static const char why[] = "Whoever gets hold of the secret can do what the user may.";
  g_autoptr (GString) found = g_string_new (NULL);

  if (notes->commands == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (dangerous); i++)
    {
      if (side_ami_message_get (notes->commands, dangerous[i].action) != NULL
          && (notes->settings->actions & dangerous[i].needed_by) == 0)
        g_string_append_printf (found, "%s%s", found->len > 0 ? ", " : "", dangerous[i].action);
    }
  if (found->len > 0)
    side_findings_add (findings, SIDE_FINDING_WARNING, "rights", why,
                       "manager.conf, [sidetone]: no “write=” line at all, or only the classes the configured actions need",
                       "the user may do more than it needs: %s", found->str);
  else
    side_findings_add (findings, SIDE_FINDING_OK, "rights", why, NULL, "the user may do nothing dangerous that no configured action needs");
}

/* The class of the manager that each action needs. */
static const struct {
  SideActionKind  kind;
  const char     *class;
} action_classes[] = {
  { SIDE_ACTION_LISTEN, "originate" }, { SIDE_ACTION_WHISPER, "originate" }, { SIDE_ACTION_JOIN, "originate" },
  { SIDE_ACTION_PAUSE, "agent" }, { SIDE_ACTION_HANGUP, "call" },
};

/* Whether what supervisors may do is what the manager user may do. */
static void
judge_actions (const DoctorNotes *notes,
               GPtrArray         *findings)
{
  static const char why[] = "The server's configuration lets supervisors do it.";
  SideActions rights;

  if (notes->commands == NULL)
    return;
  rights = side_asterisk_actor_read_rights (notes->commands);
  for (gsize i = 0; i < G_N_ELEMENTS (action_classes); i++)
    {
      const char *word = side_action_kind_to_string (action_classes[i].kind);
      g_autofree char *id = g_strconcat ("action:", word, NULL);
      g_autofree char *line = g_strdup_printf ("manager.conf, [sidetone]: “%s” among the classes of write=",
                                               action_classes[i].class);

      if (!side_actions_allow (notes->settings->actions, action_classes[i].kind))
        continue;
      if (side_actions_allow (rights, action_classes[i].kind))
        side_findings_add (findings, SIDE_FINDING_OK, id, why, NULL, "the user may do what “%s” needs", word);
      else
        side_findings_add (findings, SIDE_FINDING_MISSING, id, why, line, "the user may not do what “%s” needs", word);
    }
}

static void
judge_feed (const DoctorNotes *notes,
            GPtrArray         *findings)
{
  GHashTableIter iter;
  gpointer name;
  g_autoptr (GString) extra = g_string_new (NULL);
  guint n_extra = 0;

  if (notes->n_events == 0)
    {
      side_findings_add (findings, SIDE_FINDING_UNKNOWN, "events", "Its classes and its filter show in what comes.",
                         "manager.conf, [sidetone]: read=agent,call,user and the eventfilter lines of data/asterisk/manager.conf",
                         "no event came while listening; make a call to a queue and ask again");
      return;
    }
  g_hash_table_iter_init (&iter, notes->events);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (!g_strv_contains (used_events, name) && n_extra++ < 5)
        g_string_append_printf (extra, "%s%s", extra->len > 0 ? ", " : "", (char *) name);
    }
  if (n_extra > 0)
    side_findings_add (findings, SIDE_FINDING_WARNING, "eventfilter",
                       "Events before the dialplan's FILTER lines carry what strangers put into their number; and it is ten "
                       "times the traffic.",
                       "manager.conf, [sidetone]: the eventfilter lines of data/asterisk/manager.conf",
                       "events come that are not used: %s%s", extra->str, n_extra > 5 ? ", …" : "");
  else
    side_findings_add (findings, SIDE_FINDING_OK, "eventfilter", "Only what is used crosses the line.", NULL,
                       "%u events came, all of them used", notes->n_events);
  if (notes->n_timestamps == 0)
    side_findings_add (findings, SIDE_FINDING_WARNING, "timestampevents",
                       "Waits and talks are exact to the millisecond, whatever the network does.",
                       "manager.conf, [general]: timestampevents=yes", "events have no time of their own");
  else
    side_findings_add (findings, SIDE_FINDING_OK, "timestampevents", "Waits and talks are exact to the millisecond.", NULL,
                       "events have their time");
  if (notes->n_channels > 0 && notes->n_filenames == 0)
    side_findings_add (findings, SIDE_FINDING_WARNING, "channelvars", "It tells where a call's recording lies.",
                       "manager.conf, [general]: channelvars=MIXMONITOR_FILENAME,SIDETONE_DIALLED,SIDETONE_TEST",
                       "events do not carry MIXMONITOR_FILENAME");
  else if (notes->n_filenames > 0)
    side_findings_add (findings, SIDE_FINDING_OK, "channelvars", "It tells where a call's recording lies.", NULL,
                       "events carry MIXMONITOR_FILENAME");
}

typedef struct {
  gboolean exists;
  guint    members;
  guint    nameless;
  gint64   wrap_up;     /* of a member, seconds */
} QueueLook;

static QueueLook
look_at_queue (const DoctorNotes *notes,
               const char        *queue)
{
  QueueLook look = { 0 };

  for (guint i = 0; i < notes->queues->len; i++)
    {
      const SideAmiMessage *item = g_ptr_array_index (notes->queues, i);

      if (g_strcmp0 (side_ami_message_get (item, "Queue"), queue) != 0)
        continue;
      if (side_ami_message_is (item, "Event", "QueueParams"))
        look.exists = TRUE;
      else if (side_ami_message_is (item, "Event", "QueueMember"))
        {
          look.members++;
          look.nameless += g_strcmp0 (side_ami_message_get (item, "Name"), side_ami_message_get (item, "Location")) == 0;
          look.wrap_up = MAX (look.wrap_up, side_ami_message_get_int (item, "Wrapuptime", 0));
        }
    }
  return look;
}

static void
judge_queue (const DoctorNotes *notes,
             const SideQueue   *queue,
             GPtrArray         *findings)
{
  static const char why[] = "A queue of the server's configuration must be one of the PBX.";
  QueueLook look = look_at_queue (notes, queue->id);
  g_autofree char *id = g_strconcat ("queue:", queue->id, NULL);
  g_autofree char *line = NULL;

  if (!look.exists)
    {
      line = g_strdup_printf ("queues.conf: [%s], or the right name in the server's configuration", queue->id);
      /* Whether another one has it is seen when all were asked. */
      side_findings_add (findings, notes->settings->shared ? SIDE_FINDING_UNKNOWN : SIDE_FINDING_MISSING, id, why, line,
                         "the PBX has no queue “%s”", queue->id);
      return;
    }
  if (look.members == 0)
    side_findings_add (findings, SIDE_FINDING_WARNING, id, why,
                       "queues.conf: member => PJSIP/201,0,Anna Petrova,PJSIP/201; or operators sign in by QueueAdd",
                       "queue “%s” has no members now", queue->id);
  else if (look.nameless > 0)
    side_findings_add (findings, SIDE_FINDING_WARNING, id, "Operators keep their name when they change their telephone.",
                       "queues.conf: the third field of “member” is the name",
                       "%u of %u members of “%s” have no name", look.nameless, look.members, queue->id);
  else
    side_findings_add (findings, SIDE_FINDING_OK, id, why, NULL, "queue “%s” has %u members", queue->id, look.members);
  if (look.wrap_up > 0 && look.wrap_up * 1000 != queue->wrap_up_ms)
    {
      g_autofree char *wrap_id = g_strconcat ("wrapuptime:", queue->id, NULL);

      line = g_strdup_printf ("server's configuration, [queue %s]: wrap_up=%" G_GINT64_FORMAT, queue->id, look.wrap_up);
      side_findings_add (findings, SIDE_FINDING_WARNING, wrap_id, "Asterisk tells nobody when a wrap-up ends.", line,
                         "members have a wrap-up of %" G_GINT64_FORMAT " s, the configuration says %" G_GINT64_FORMAT " s",
                         look.wrap_up, queue->wrap_up_ms / 1000);
    }
}

static gboolean
dialplan_has (const DoctorNotes *notes,
              const char        *application,
              const char        *text)
{
  for (guint i = 0; i < notes->dialplan->len; i++)
    {
      const SideAmiMessage *item = g_ptr_array_index (notes->dialplan, i);
      const char *data = side_ami_message_get (item, "AppData");

      if (side_ami_message_is (item, "Application", application) && data != NULL && strstr (data, text) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* Whether some MixMonitor has an absolute path and the option D. */
static gboolean
records_in_stereo (const DoctorNotes *notes)
{
  for (guint i = 0; i < notes->dialplan->len; i++)
    {
      const SideAmiMessage *item = g_ptr_array_index (notes->dialplan, i);
      const char *data = side_ami_message_get (item, "AppData");
      const char *options = data != NULL ? strchr (data, ',') : NULL;

      if (side_ami_message_is (item, "Application", "MixMonitor") && options != NULL && *data == '/'
          && strchr (options, 'D') != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
judge_dialplan_line (const DoctorNotes *notes,
                     GPtrArray         *findings,
                     const char        *id,
                     const char        *why,
                     const char        *line,
                     gboolean           found,
                     SideFindingState   otherwise)
{
  if (!notes->dialplan_known)
    side_findings_add (findings, SIDE_FINDING_UNKNOWN, id, why, line,
                       "cannot be checked with this user (it may not read the dialplan, and need not): look for the line");
  else if (found)
    side_findings_add (findings, SIDE_FINDING_OK, id, why, NULL, "the dialplan has it");
  else
    side_findings_add (findings, otherwise, id, why, line, "the dialplan does not have it");
}

static void
judge_dialplan (const DoctorNotes *notes,
                GPtrArray         *findings)
{
  gboolean known = notes->dialplan_known;

  judge_dialplan_line (notes, findings, "filter",
                       "Strangers can put line breaks into their number, and with them events and lines of queue_log.",
                       filter_line, known && dialplan_has (notes, "Set", "CALLERID(num)=${FILTER("), SIDE_FINDING_MISSING);
  judge_dialplan_line (notes, findings, "mixmonitor", "Records both sides apart; Sidetone finds the file by its name.",
                       mixmonitor_line, known && records_in_stereo (notes), SIDE_FINDING_WARNING);
  judge_dialplan_line (notes, findings, "queue-exit", "Tells at once why a caller left, and of callers who were refused.",
                       exit_line,
                       known ? dialplan_has (notes, "UserEvent", "QueueExit") : FALSE, SIDE_FINDING_WARNING);
  judge_dialplan_line (notes, findings, "call-outcome", "Tells of orders, topics and wishes for a call-back.",
                       outcome_line, known && dialplan_has (notes, "UserEvent", "CallOutcome"), SIDE_FINDING_UNKNOWN);
}

void
side_doctor_judge_line (const DoctorNotes *notes,
                        GPtrArray         *findings)
{
  GPtrArray *projects = notes->settings->projects;

  judge_login (notes, findings);
  if (notes->login_error != NULL)
    return;
  judge_connection (notes, findings);
  judge_rights (notes, findings);
  judge_actions (notes, findings);
  judge_feed (notes, findings);
  for (guint i = 0; notes->queues_known && i < projects->len; i++)
    {
      SideProject *project = g_ptr_array_index (projects, i);

      for (guint j = 0; j < project->queues->len; j++)
        judge_queue (notes, g_ptr_array_index (project->queues, j), findings);
    }
  judge_dialplan (notes, findings);
}
