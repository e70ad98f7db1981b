/* side-asterisk-actor.c - does at an Asterisk what a supervisor asks for
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   pause, resume   QueuePause, once for each queue of the project
 *   hangup          Hangup of the caller's channel; which one that is, of a call
 *                   that began unseen, is asked by Status and Getvar
 *   listen          Originate of the user's telephone into ChanSpy(ID,uqE)
 *   whisper, join   likewise, with w or B
 *
 * ChanSpy is told a unique id ("u"), since a channel's name would also fit
 * those that begin with it; it ends with the call ("E") and makes no sound of
 * its own ("q"). A telephone is called asynchronously: otherwise the manager's
 * line would be dumb while it rings. That it was answered is told by
 * OriginateResponse under our own ActionID, and by ChanSpyStart.
 */
#include "side-asterisk-actor.h"

#include <string.h>

#include "side-asterisk-private.h"
#include "side-error.h"

/* What Asterisk keeps of a pause's reason (app_queue.c, reason_paused). */
#define MAX_REASON_BYTES 79
/* A telephone rings so long; the answer may take a little longer. */
#define RING_MS       20000
#define RING_SLACK_MS 3000

struct _SideAsteriskActor
{
  const SideAsteriskSettings *settings;   /* these three are the source's */
  SideAmiClient              *client;
  SideAsteriskTracker        *tracker;
  GCancellable               *cancellable;
  GPtrArray                  *ringing;    /* of GTask: telephones called now */
  gboolean                    rights_known;
  SideActions                 rights;     /* what the manager user may */
};

typedef struct {
  SideAsteriskActor *actor;
  SideAct           *act;
  GPtrArray         *places;      /* of a pause: queue and interface in turn */
  guint              next;
  char              *target;      /* of the others: channel or unique id */
  char              *uniqueid;    /* of the channel whose name is asked for */
  char              *action_id;   /* of Originate */
  guint              timeout;
  gboolean           over;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_handle_id (&job->timeout, g_source_remove);
  side_act_free (job->act);
  g_clear_pointer (&job->places, g_ptr_array_unref);
  g_free (job->target);
  g_free (job->uniqueid);
  g_free (job->action_id);
  g_free (job);
}

/**
 * side_asterisk_actor_new:
 * @settings: of the PBX; they, @client and @tracker outlive the actor
 * @client: its line
 * @tracker: what is known of it
 *
 * Returns: (transfer full): an actor
 */
SideAsteriskActor *
side_asterisk_actor_new (const SideAsteriskSettings *settings,
                         SideAmiClient              *client,
                         SideAsteriskTracker        *tracker)
{
  SideAsteriskActor *self = g_new0 (SideAsteriskActor, 1);

  self->settings = settings;
  self->client = client;
  self->tracker = tracker;
  self->cancellable = g_cancellable_new ();
  self->ringing = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/* Takes @error; %NULL: it was done. */
static void
finish (GTask  *task,
        GError *error)
{
  g_autoptr (GTask) kept = g_object_ref (task);
  Job *job = g_task_get_task_data (task);

  if (job->over)
    {
      g_clear_error (&error);
      return;
    }
  job->over = TRUE;
  g_clear_handle_id (&job->timeout, g_source_remove);
  if (job->actor != NULL)
    g_ptr_array_remove (job->actor->ringing, task);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * side_asterisk_actor_free:
 * @self: (transfer full): an actor; what it was doing fails
 */
void
side_asterisk_actor_free (SideAsteriskActor *self)
{
  g_cancellable_cancel (self->cancellable);
  side_asterisk_actor_broken (self);
  g_ptr_array_unref (self->ringing);
  g_object_unref (self->cancellable);
  g_free (self);
}

/* Rights */

static void
on_commands (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideAmiMessage) reply = side_ami_client_send_finish (SIDE_AMI_CLIENT (source), result, &error);
  SideAsteriskActor *self = data;

  /* Cancelled means that the actor is gone. */
  if (reply == NULL)
    return;
  self->rights_known = TRUE;
  self->rights = side_asterisk_actor_read_rights (reply);
}

/**
 * side_asterisk_actor_connected:
 * @self: an actor whose client has just been let in
 *
 * Asks what the manager user may do, if it is to do anything.
 */
void
side_asterisk_actor_connected (SideAsteriskActor *self)
{
  self->rights_known = FALSE;
  if (self->settings->actions != SIDE_ACTIONS_NONE)
    side_ami_client_send_async (self->client, "ListCommands", NULL, NULL, NULL, self->cancellable, on_commands, self);
}

/**
 * side_asterisk_actor_broken:
 * @self: an actor whose client has lost its line
 *
 * Nobody will tell whether the telephones that ring are answered.
 */
void
side_asterisk_actor_broken (SideAsteriskActor *self)
{
  self->rights_known = FALSE;
  while (self->ringing->len > 0)
    finish (g_ptr_array_index (self->ringing, 0),
            side_act_doubt (SIDE_ERROR_DISCONNECTED, "the link to the PBX broke"));
}

/**
 * side_asterisk_actor_read_rights:
 * @commands: the answer to ListCommands, which has what the user may do
 *
 * Returns: which actions that is enough for
 */
SideActions
side_asterisk_actor_read_rights (const SideAmiMessage *commands)
{
  SideActions rights = SIDE_ACTIONS_NONE;

  if (side_ami_message_get (commands, "QueuePause") != NULL)
    rights |= SIDE_ACTIONS_BIT (SIDE_ACTION_PAUSE);
  if (side_ami_message_get (commands, "Hangup") != NULL)
    rights |= SIDE_ACTIONS_BIT (SIDE_ACTION_HANGUP);
  if (side_ami_message_get (commands, "Originate") != NULL)
    rights |= SIDE_ACTIONS_BIT (SIDE_ACTION_LISTEN) | SIDE_ACTIONS_BIT (SIDE_ACTION_WHISPER)
              | SIDE_ACTIONS_BIT (SIDE_ACTION_JOIN);
  return rights;
}

/**
 * side_asterisk_actor_get_hurdle:
 * @self: an actor
 * @project: id of a project
 * @kind: an action
 *
 * Returns: what is in its way at this PBX
 */
SideHurdle
side_asterisk_actor_get_hurdle (SideAsteriskActor *self,
                                const char        *project,
                                SideActionKind     kind)
{
  gboolean serves = FALSE;

  for (guint i = 0; i < self->settings->projects->len; i++)
    serves = serves || g_strcmp0 (((SideProject *) g_ptr_array_index (self->settings->projects, i))->id, project) == 0;
  if (!serves)
    return SIDE_HURDLE_SOURCE;
  if (!side_actions_allow (self->settings->actions, kind))
    return SIDE_HURDLE_CONFIGURATION;
  if (side_ami_client_get_state (self->client) != SIDE_AMI_READY)
    return SIDE_HURDLE_LINK;
  return self->rights_known && !side_actions_allow (self->rights, kind) ? SIDE_HURDLE_RIGHT : SIDE_HURDLE_NONE;
}

/* Acting */

/* Says of the PBX's no what can be done about it, and of its silence what it means. */
static GError *
explain (GError         *error,
         SideActionKind  kind)
{
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_TIMED_OUT) || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED))
    {
      g_autoptr (GError) silence = error;

      return side_act_doubt ((SideError) silence->code, silence->message);
    }
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN))
    {
      g_error_free (error);
      return side_hurdle_error (SIDE_HURDLE_RIGHT, kind);
    }
  /* It ended while we asked, or somebody else was quicker. */
  if (kind == SIDE_ACTION_HANGUP && g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FAILED)
      && strstr (error->message, "No such channel") != NULL)
    {
      g_error_free (error);
      return g_error_new_literal (SIDE_ERROR, SIDE_ERROR_CONFLICT, "the call is over");
    }
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FAILED))
    g_prefix_error (&error, "the PBX refuses: ");
  return error;
}

/* What was only asked beforehand did nothing. */
static GError *
explain_question (GError *error)
{
  if (g_error_matches (error, SIDE_ERROR, SIDE_ERROR_TIMED_OUT) || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_DISCONNECTED))
    {
      g_prefix_error (&error, "nothing was done: ");
      return error;
    }
  return explain (error, SIDE_ACTION_HANGUP);
}

static GError *
no_channel (void)
{
  return g_error_new_literal (SIDE_ERROR, SIDE_ERROR_CONFLICT, "the PBX did not tell in which channel the call is");
}

/* As Asterisk can keep it: what is longer it would cut anywhere, and in
 * queue_log a '|' begins the next field. */
static char *
reason_of (const char *text)
{
  const char *end = text;
  char *reason;

  while (*end != '\0' && g_utf8_next_char (end) - text <= MAX_REASON_BYTES)
    end = g_utf8_next_char (end);
  reason = g_strndup (text, (gsize) (end - text));
  return g_strdelimit (reason, "|", '/');
}

static void send_pause (GTask *task);

static void
on_paused (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SideAmiMessage) reply = side_ami_client_send_finish (SIDE_AMI_CLIENT (source), result, &error);

  if (reply != NULL)
    {
      send_pause (task);
      return;
    }
  error = explain (error, job->act->kind);
  if (job->next > 2)
    g_prefix_error (&error, "done in %u of %u queues, then: ", job->next / 2 - 1, job->places->len / 2);
  finish (task, error);
}

/* In the next of the operator's queues; of other projects' queues nothing is
 * said, so that they ring on. */
static void
send_pause (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  gboolean pause = job->act->kind == SIDE_ACTION_PAUSE;
  g_autofree char *reason = pause && job->act->text != NULL ? reason_of (job->act->text) : NULL;
  const char *headers[] = {
    "Queue", NULL, "Interface", NULL, "Paused", pause ? "true" : "false", reason != NULL ? "Reason" : NULL, reason, NULL,
  };

  if (job->over)
    return;
  if (job->next == job->places->len)
    {
      finish (task, NULL);
      return;
    }
  headers[1] = g_ptr_array_index (job->places, job->next);
  headers[3] = g_ptr_array_index (job->places, job->next + 1);
  job->next += 2;
  side_ami_client_send_async (job->actor->client, "QueuePause", headers, NULL, NULL, g_task_get_cancellable (task),
                              on_paused, g_object_ref (task));
}

static void
on_hung_up (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SideAmiMessage) reply = side_ami_client_send_finish (SIDE_AMI_CLIENT (source), result, &error);

  if (reply != NULL)
    side_asterisk_tracker_hung_up (job->actor->tracker, job->act->call);
  finish (task, reply != NULL ? NULL : explain (error, SIDE_ACTION_HANGUP));
}

static void
send_hangup (GTask *task)
{
  Job *job = g_task_get_task_data (task);

  side_ami_client_send_async (job->actor->client, "Hangup", (const char *[]) { "Channel", job->target, NULL }, NULL, NULL,
                              g_task_get_cancellable (task), on_hung_up, g_object_ref (task));
}

/* Our ActionID stands at the end of Status' items, behind what strangers have a
 * hand in; here it stands first. */
static void
on_unique_id (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SideAmiMessage) reply = side_ami_client_send_finish (SIDE_AMI_CLIENT (source), result, &error);

  g_autofree char *still = NULL;

  if (reply == NULL)
    {
      finish (task, explain_question (error));
      return;
    }
  if (g_strcmp0 (side_ami_message_get (reply, "Value"), job->uniqueid) != 0)
    {
      finish (task, no_channel ());
      return;
    }
  /* Meanwhile the call may have gone on into a queue that is not the user's. */
  still = side_asterisk_tracker_find_unnamed (job->actor->tracker, job->act);
  if (still == NULL)
    {
      g_free (job->target);
      job->target = side_asterisk_tracker_find_channel (job->actor->tracker, job->act, &error);
    }
  if (error != NULL)
    finish (task, error);
  else
    send_hangup (task);
}

static void
on_channel (const SideAmiMessage *item,
            gpointer              data)
{
  Job *job = g_task_get_task_data (data);

  if (job->target == NULL)
    job->target = side_asterisk_read_channel (item, job->uniqueid);
}

static void
on_channels (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SideAmiMessage) reply = side_ami_client_send_finish (SIDE_AMI_CLIENT (source), result, &error);

  if (reply == NULL)
    finish (task, explain_question (error));
  else if (job->target != NULL)
    side_ami_client_send_async (job->actor->client, "Getvar",
                                (const char *[]) { "Channel", job->target, "Variable", "UNIQUEID", NULL }, NULL, NULL,
                                g_task_get_cancellable (task), on_unique_id, g_object_ref (task));
  else
    finish (task, no_channel ());
}

static gboolean
on_not_answered (gpointer data)
{
  GTask *task = data;
  Job *job = g_task_get_task_data (task);

  job->timeout = 0;
  finish (task, g_error_new (SIDE_ERROR, SIDE_ERROR_TIMED_OUT, "your telephone %s was not answered", job->act->phone));
  return G_SOURCE_REMOVE;
}

static void
on_calling (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Job *job = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (SideAmiMessage) reply = side_ami_client_send_finish (SIDE_AMI_CLIENT (source), result, &error);

  if (reply == NULL)
    finish (task, explain (error, job->act->kind));
}

/* Calls the telephone; what it hears is decided by the options alone. */
static void
send_call (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  SideAsteriskActor *self = job->actor;
  SideActionKind kind = job->act->kind;
  const char *mode = kind == SIDE_ACTION_WHISPER ? "w" : kind == SIDE_ACTION_JOIN ? "B" : "";
  g_autofree char *spy = g_strdup_printf ("%s,uqE%s", job->target, mode);
  g_autofree char *caller = g_strdup_printf ("\"Sidetone: %s\" <0>", side_action_kind_to_string (kind));
  g_autofree char *ring = g_strdup_printf ("%d", RING_MS);
  const char *headers[] = {
    "Channel", job->act->phone, "Application", "ChanSpy", "Data", spy, "CallerID", caller, "Timeout", ring,
    "Async", "true", NULL,
  };

  g_ptr_array_add (self->ringing, g_object_ref (task));
  job->timeout = g_timeout_add (RING_MS + RING_SLACK_MS, on_not_answered, task);
  side_ami_client_send_async (self->client, "Originate", headers, NULL, NULL, g_task_get_cancellable (task), on_calling,
                              g_object_ref (task));
  job->action_id = side_ami_client_dup_last_id (self->client);
}

/* The numbers are those of Asterisk's frames of control (frame.h). */
static GError *
why_not_answered (const SideAmiMessage *message,
                  const char           *phone)
{
  const char *words;

  switch (side_ami_message_get_int (message, "Reason", 0))
    {
    case 3:
      words = "was not answered";
      break;
    case 5:
      words = "is busy";
      break;
    default:
      words = "cannot be reached";
      break;
    }
  return g_error_new (SIDE_ERROR, SIDE_ERROR_CONFLICT, "your telephone %s %s", phone, words);
}

/* While the telephone rang the call may have ended. */
static void
answered (GTask *task)
{
  Job *job = g_task_get_task_data (task);
  g_autofree char *target = NULL;
  GError *error = NULL;

  target = side_asterisk_tracker_find_channel (job->actor->tracker, job->act, &error);
  if (error != NULL)
    g_prefix_error (&error, "before your telephone was answered: ");
  finish (task, error);
}

static gboolean
is_spy_of (const SideAmiMessage *message,
           const Job            *job)
{
  const char *spyer = side_ami_message_get (message, "SpyerChannel");
  const char *spyee = side_ami_message_get (message, "SpyeeUniqueid");
  gsize length = strcspn (job->act->phone, "@");

  return spyer != NULL && strncmp (spyer, job->act->phone, length) == 0 && g_strcmp0 (spyee, job->target) == 0
         && (spyer[length] == '-' || spyer[length] == '@');
}

/**
 * side_asterisk_actor_message:
 * @self: an actor
 * @message: an event of the manager
 */
void
side_asterisk_actor_message (SideAsteriskActor    *self,
                             const SideAmiMessage *message)
{
  const char *action_id = side_ami_message_get (message, "ActionID");
  const char *why;
  gboolean response;
  gboolean spies;

  if (self->ringing->len == 0)
    return;
  response = side_ami_message_is (message, "Event", "OriginateResponse") && action_id != NULL;
  spies = side_ami_message_is (message, "Event", "ChanSpyStart")
          && side_asterisk_check (message, self->settings->system_name, &why) == SIDE_FACT_SPY;
  for (guint i = 0; (response || spies) && i < self->ringing->len; i++)
    {
      GTask *task = g_ptr_array_index (self->ringing, i);
      Job *job = g_task_get_task_data (task);

      if (response && g_strcmp0 (action_id, job->action_id) == 0
          && !side_ami_message_is (message, "Response", "Success"))
        finish (task, why_not_answered (message, job->act->phone));
      else if (response ? g_strcmp0 (action_id, job->action_id) == 0 : is_spy_of (message, job))
        answered (task);
      else
        continue;
      return;
    }
}

/**
 * side_asterisk_actor_act:
 * @self: an actor
 * @act: what is to be done; it must be allowed
 * @task: (transfer full): returned when the PBX has answered; has no data yet
 */
void
side_asterisk_actor_act (SideAsteriskActor *self,
                         const SideAct     *act,
                         GTask             *task)
{
  g_autoptr (GTask) owned = task;
  GError *error = NULL;
  Job *job = g_new0 (Job, 1);
  SideHurdle hurdle = side_asterisk_actor_get_hurdle (self, act->project, act->kind);

  job->actor = self;
  job->act = side_act_copy (act);
  g_task_set_task_data (task, job, job_free);
  if (hurdle != SIDE_HURDLE_NONE)
    error = side_hurdle_error (hurdle, act->kind);
  else if (side_action_kind_needs_phone (act->kind) && (act->phone == NULL || !side_phone_is_fine (act->phone)))
    error = side_hurdle_error (SIDE_HURDLE_PHONE, act->kind);
  else if ((job->uniqueid = side_asterisk_tracker_find_unnamed (self->tracker, act)) != NULL)
    side_ami_client_send_async (self->client, "Status", NULL, on_channel, task, g_task_get_cancellable (task), on_channels,
                                g_object_ref (task));
  else if (side_action_kind_is_on_call (act->kind))
    job->target = side_asterisk_tracker_find_channel (self->tracker, act, &error);
  else
    job->places = side_asterisk_tracker_find_places (self->tracker, act, &error);
  if (error != NULL)
    finish (task, error);
  else if (job->places != NULL)
    send_pause (task);
  else if (job->uniqueid != NULL)
    return;   /* the channel is asked for */
  else if (act->kind == SIDE_ACTION_HANGUP)
    send_hangup (task);
  else
    send_call (task);
}
