/* side-asterisk-source.c - an Asterisk as a source of events
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Joins the manager's connection, the file queue_log and the tracker that
 * makes events of both. When the link comes up:
 *
 *   queue_log is read to its end, so that what passed meanwhile is told in
 *   order; QueueStatus says how things stand, which ends legs of before a
 *   restart that it does not know; the gap is closed
 *
 * and while it stands queue_log is read on, to correct what the manager told
 * wrongly or not at all.
 */
#include "side-asterisk-source.h"

#include "side-asterisk-actor.h"
#include "side-asterisk-recorder.h"
#include "side-asterisk-tracker.h"
#include "side-error.h"
#include "side-time.h"

#define LOOK_MS 250
/* How far back queue_log is read for calls that are still going on. */
#define CONTEXT_MS (4 * SIDE_HOUR_MS)
/* Lines of so long before the end of what was told may not have been read, or
 * not been taken yet: they have whole seconds, and wait for the manager. */
#define UNREAD_MS 3000
/* QueueStatus after a refused event: not more often than this. */
#define ASK_AGAIN_MS 2000
#define COMPLAIN_MS SIDE_MINUTE_MS
/* A PBX that has just started lets in before it knows its queues. */
#define BOOT_MS 1000
#define BOOT_TRIES 60

struct _SideAsteriskSource
{
  GObject                parent_instance;
  SideAsteriskSettings  *settings;
  SideClock             *clock;
  SideAmiClient         *client;
  SideAsteriskTracker   *tracker;
  SideQueueLog          *log;
  SideAsteriskRecorder  *recorder;
  SideAsteriskActor     *actor;
  GCancellable          *cancellable;
  guint                  look_timer;
  guint                  ask_timer;
  gint64                 quiet_until_ms;   /* lines of queue_log before it were told once */
  gint64                 broken_ms;        /* since when there is a gap, 0: none */
  gint64                 asked_ms;
  gint64                 complained_ms;
  gboolean               running;
  gboolean               asking;
  guint                  tries;            /* QueueStatus in vain since the link is up */
};

static void side_asterisk_source_iface_init (SideSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SideAsteriskSource, side_asterisk_source, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_SOURCE, side_asterisk_source_iface_init))

static gint64
now (SideAsteriskSource *self)
{
  return side_clock_now_ms (self->clock);
}

static void
on_tracker_event (SideEvent *event,
                  gpointer   data)
{
  SideAsteriskSource *self = data;

  if (self->running)
    side_source_emit_event (SIDE_SOURCE (self), event);
}

static void
on_tracker_recording (const char         *project,
                      const char         *call,
                      const char         *path,
                      SideRecordingState  state,
                      gpointer            data)
{
  SideAsteriskSource *self = data;

  side_asterisk_recorder_watch (self->recorder, project, call, path, state);
}

static void
on_recording_complete (const char *project,
                       const char *call,
                       const char *path,
                       gpointer    data)
{
  SideAsteriskSource *self = data;

  if (!self->running)
    return;
  if (side_asterisk_tracker_may_show (self->tracker, call))
    side_source_emit_recording (SIDE_SOURCE (self), project, call, path, self->settings->interleaved ? 2 : 0);
  else
    g_message ("%s: the recording of %s holds calls of several projects and is shown to none; "
               "start MixMonitor anew before each Queue()", side_source_get_name (SIDE_SOURCE (self)), call);
}

static void ask_status (SideAsteriskSource *self);

static gboolean
on_ask (gpointer data)
{
  SideAsteriskSource *self = data;

  self->ask_timer = 0;
  ask_status (self);
  return G_SOURCE_REMOVE;
}

static void
on_suspect (const char *why,
            gpointer    data)
{
  SideAsteriskSource *self = data;
  gint64 at_ms = now (self);

  if (at_ms - self->complained_ms >= COMPLAIN_MS)
    {
      self->complained_ms = at_ms;
      g_message ("%s: an event of the PBX is not believed (%s), %" G_GUINT64_FORMAT " so far; "
                 "see the dialplan's FILTER lines in docs/connecting-asterisk.md",
                 side_source_get_name (SIDE_SOURCE (self)), why, side_asterisk_tracker_get_refused (self->tracker));
    }
  if (self->ask_timer == 0)
    self->ask_timer = g_timeout_add ((guint) CLAMP (self->asked_ms + ASK_AGAIN_MS - at_ms, 200, ASK_AGAIN_MS),
                                     on_ask, self);
}

static void
on_claim (const char *project,
          const char *call,
          const char *test,
          gpointer    data)
{
  SideAsteriskSource *self = data;

  if (self->running)
    side_source_emit_claim (SIDE_SOURCE (self), project, call, test);
}

/* The interested parties of a gap are the projects whose calls pass here. */
static void
tell_gap (SideAsteriskSource *self,
          gint64              to_ms,
          const char         *reason)
{
  GPtrArray *projects = self->settings->projects;

  for (guint i = 0; i < projects->len; i++)
    {
      SideProject *project = g_ptr_array_index (projects, i);
      g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_SOURCE_GAP, to_ms != 0 ? to_ms : self->broken_ms,
                                                    project->id);

      event->source = g_intern_string (self->settings->id);
      event->from_ms = self->broken_ms;
      event->to_ms = to_ms;
      event->reason = g_strdup (reason);
      side_source_emit_event (SIDE_SOURCE (self), event);
    }
}

static void
open_gap (SideAsteriskSource *self,
          gint64              from_ms,
          const char         *reason)
{
  if (self->broken_ms != 0)
    return;
  self->broken_ms = from_ms;
  tell_gap (self, 0, reason);
}

static void
close_gap (SideAsteriskSource *self)
{
  if (self->broken_ms == 0)
    return;
  tell_gap (self, now (self), NULL);
  self->broken_ms = 0;
}

static void
on_status_item (const SideAmiMessage *item,
                gpointer              data)
{
  SideAsteriskSource *self = data;

  side_asterisk_tracker_status_item (self->tracker, item, now (self));
}

static void
on_status (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideAsteriskSource) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideAmiMessage) reply = side_ami_client_send_finish (SIDE_AMI_CLIENT (source), result, &error);

  self->asking = FALSE;
  if (!self->running || side_ami_client_get_state (self->client) != SIDE_AMI_READY)
    return;
  if (reply == NULL && ++self->tries < BOOT_TRIES)
    {
      if (self->ask_timer == 0)
        self->ask_timer = g_timeout_add (BOOT_MS, on_ask, self);
      return;
    }
  if (reply != NULL)
    side_asterisk_tracker_status_end (self->tracker, self->broken_ms, now (self));
  else
    g_warning ("%s: the PBX does not tell the state of its queues: %s", side_source_get_name (SIDE_SOURCE (self)), error->message);
  self->tries = 0;
  close_gap (self);
}

static void
ask_status (SideAsteriskSource *self)
{
  if (self->asking || side_ami_client_get_state (self->client) != SIDE_AMI_READY)
    return;
  self->asking = TRUE;
  self->asked_ms = now (self);
  side_asterisk_tracker_status_begin (self->tracker, now (self));
  side_ami_client_send_async (self->client, "QueueStatus", NULL, on_status_item, self, self->cancellable,
                              on_status, g_object_ref (self));
}

static void
on_log_entry (SideQueueLogEntry *entry,
              gpointer           data)
{
  SideAsteriskSource *self = data;
  gboolean quiet = entry->at_ms < self->quiet_until_ms;

  if (self->quiet_until_ms != 0 && !quiet)
    {
      self->quiet_until_ms = 0;
      side_asterisk_tracker_set_quiet (self->tracker, FALSE);
      side_asterisk_tracker_retell (self->tracker);
    }
  side_asterisk_tracker_log (self->tracker, entry, now (self));
}

static void
read_log (SideAsteriskSource *self)
{
  if (self->log != NULL)
    side_queue_log_read (self->log);
}

static gboolean
on_look (gpointer data)
{
  SideAsteriskSource *self = data;

  read_log (self);
  side_asterisk_tracker_tick (self->tracker, now (self));
  return G_SOURCE_CONTINUE;
}

static void
on_ready (SideAsteriskSource *self)
{
  read_log (self);
  side_asterisk_tracker_tick (self->tracker, now (self));
  side_asterisk_tracker_set_live (self->tracker, TRUE, now (self));
  side_source_emit_link (SIDE_SOURCE (self), TRUE, NULL);
  self->tries = 0;
  ask_status (self);
  side_asterisk_actor_connected (self->actor);
}

static void
on_down (SideAsteriskSource *self,
         const GError       *error)
{
  gint64 at_ms = now (self);
  /* What the link did not carry since it was heard last nobody knows. */
  gint64 from_ms = at_ms - side_ami_client_get_silence_ms (self->client);

  side_asterisk_tracker_set_live (self->tracker, FALSE, at_ms);
  side_asterisk_tracker_tick (self->tracker, at_ms);
  side_asterisk_actor_broken (self->actor);
  open_gap (self, from_ms, error != NULL ? error->message : NULL);
  side_source_emit_link (SIDE_SOURCE (self), FALSE, error != NULL ? error->message : NULL);
}

static void
on_client_state (SideAmiClient *client,
                 SideAmiState   state,
                 const GError  *error,
                 gpointer       data)
{
  SideAsteriskSource *self = data;

  if (!self->running)
    return;
  if (state == SIDE_AMI_READY)
    on_ready (self);
  else if (state == SIDE_AMI_DOWN)
    on_down (self, error);
}

static void
on_client_message (SideAmiClient        *client,
                   const SideAmiMessage *message,
                   gpointer              data)
{
  SideAsteriskSource *self = data;

  side_asterisk_tracker_message (self->tracker, message, now (self));
  side_asterisk_actor_message (self->actor, message);
}

/* Reads queue_log from before the time to begin with: calls that were going
 * on then are learned in quiet. */
static void
begin_log (SideAsteriskSource *self)
{
  g_autoptr (GError) error = NULL;
  gint64 begin_ms = self->settings->backfill_ms != 0 ? self->settings->backfill_ms : now (self);

  self->log = side_queue_log_new (self->settings->queue_log, on_log_entry, self);
  self->quiet_until_ms = begin_ms - (self->settings->backfill_ms != 0 ? begin_ms % 1000 + UNREAD_MS : 0);
  side_asterisk_tracker_set_quiet (self->tracker, TRUE);
  if (!side_queue_log_seek (self->log, begin_ms - CONTEXT_MS, &error))
    g_warning ("%s: queue_log cannot be read, so reasons of lost calls and calls during a gap stay unknown: %s",
               side_source_get_name (SIDE_SOURCE (self)), error->message);
  side_queue_log_read (self->log);
  if (self->quiet_until_ms == 0)
    return;
  self->quiet_until_ms = 0;
  side_asterisk_tracker_set_quiet (self->tracker, FALSE);
  side_asterisk_tracker_retell (self->tracker);
}

static gboolean
side_asterisk_source_start (SideSource  *source,
                            GError     **error)
{
  SideAsteriskSource *self = SIDE_ASTERISK_SOURCE (source);

  if (self->running)
    return TRUE;
  self->running = TRUE;
  if (self->settings->backfill_ms != 0)
    open_gap (self, self->settings->broken_ms != 0 ? self->settings->broken_ms : self->settings->backfill_ms,
              "the server was not running");
  if (self->settings->queue_log != NULL && *self->settings->queue_log != '\0')
    begin_log (self);
  for (guint i = 0; self->settings->live != NULL && i < self->settings->live->len; i++)
    side_asterisk_tracker_restore (self->tracker, g_ptr_array_index (self->settings->live, i));
  if (!side_ami_client_start (self->client, error))
    {
      self->running = FALSE;
      return FALSE;
    }
  self->look_timer = g_timeout_add (LOOK_MS, on_look, self);
  return TRUE;
}

static void
side_asterisk_source_stop (SideSource *source)
{
  SideAsteriskSource *self = SIDE_ASTERISK_SOURCE (source);

  self->running = FALSE;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->look_timer, g_source_remove);
  g_clear_handle_id (&self->ask_timer, g_source_remove);
  if (self->client != NULL)
    side_ami_client_stop (self->client);
  if (self->actor != NULL)
    side_asterisk_actor_broken (self->actor);
}

static const char *
side_asterisk_source_get_name (SideSource *source)
{
  const SideAsteriskSettings *settings = SIDE_ASTERISK_SOURCE (source)->settings;

  return settings->name != NULL ? settings->name : settings->host;
}

static SideHurdle
side_asterisk_source_get_hurdle (SideSource     *source,
                                 const char     *project,
                                 SideActionKind  kind)
{
  return side_asterisk_actor_get_hurdle (SIDE_ASTERISK_SOURCE (source)->actor, project, kind);
}

static gboolean
side_asterisk_source_has_aim (SideSource    *source,
                              const SideAct *act)
{
  return side_asterisk_tracker_has_aim (SIDE_ASTERISK_SOURCE (source)->tracker, act);
}

static void
side_asterisk_source_act_async (SideSource          *source,
                                const SideAct       *act,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (source, cancellable, callback, user_data);

  g_task_set_source_tag (task, side_asterisk_source_act_async);
  side_asterisk_actor_act (SIDE_ASTERISK_SOURCE (source)->actor, act, task);
}

static gboolean
side_asterisk_source_act_finish (SideSource    *source,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
side_asterisk_source_iface_init (SideSourceInterface *iface)
{
  iface->get_hurdle = side_asterisk_source_get_hurdle;
  iface->has_aim = side_asterisk_source_has_aim;
  iface->act_async = side_asterisk_source_act_async;
  iface->act_finish = side_asterisk_source_act_finish;
  iface->get_name = side_asterisk_source_get_name;
  iface->start = side_asterisk_source_start;
  iface->stop = side_asterisk_source_stop;
}

/**
 * side_asterisk_source_new:
 * @settings: what to follow; copied
 * @clock: (nullable): the time; %NULL for the machine's
 *
 * Returns: (transfer full): a source that is not started
 */
SideAsteriskSource *
side_asterisk_source_new (const SideAsteriskSettings *settings,
                          SideClock                  *clock)
{
  static const SideAsteriskTrackerFuncs funcs = { on_tracker_event, on_tracker_recording, on_suspect, on_claim };
  SideAsteriskSource *self;
  SideAmiAddress address;

  g_return_val_if_fail (settings != NULL, NULL);

  self = g_object_new (SIDE_TYPE_ASTERISK_SOURCE, NULL);
  self->settings = side_asterisk_settings_copy (settings);
  self->clock = clock != NULL ? g_object_ref (clock) : side_clock_new_system ();
  self->tracker = side_asterisk_tracker_new (self->settings->projects, &funcs, self);
  side_asterisk_tracker_set_system (self->tracker, self->settings->system_name);
  side_asterisk_tracker_set_template (self->tracker, self->settings->recording);
  self->recorder = side_asterisk_recorder_new (on_recording_complete, self);
  side_asterisk_settings_address (self->settings, &address);
  self->client = side_ami_client_new (&address, &self->settings->times);
  self->actor = side_asterisk_actor_new (self->settings, self->client, self->tracker);
  g_signal_connect (self->client, "state", G_CALLBACK (on_client_state), self);
  g_signal_connect (self->client, "message", G_CALLBACK (on_client_message), self);
  return self;
}

/**
 * side_asterisk_source_get_refused:
 * @self: a source
 *
 * Returns: how many of the PBX's messages were not believed
 */
guint64
side_asterisk_source_get_refused (SideAsteriskSource *self)
{
  g_return_val_if_fail (SIDE_IS_ASTERISK_SOURCE (self), 0);
  return side_asterisk_tracker_get_refused (self->tracker);
}

static void
side_asterisk_source_dispose (GObject *object)
{
  SideAsteriskSource *self = SIDE_ASTERISK_SOURCE (object);

  side_asterisk_source_stop (SIDE_SOURCE (self));
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_pointer (&self->actor, side_asterisk_actor_free);
  g_clear_object (&self->client);
  g_clear_pointer (&self->recorder, side_asterisk_recorder_free);
  G_OBJECT_CLASS (side_asterisk_source_parent_class)->dispose (object);
}

static void
side_asterisk_source_finalize (GObject *object)
{
  SideAsteriskSource *self = SIDE_ASTERISK_SOURCE (object);

  g_clear_pointer (&self->log, side_queue_log_free);
  g_clear_pointer (&self->tracker, side_asterisk_tracker_free);
  g_clear_pointer (&self->settings, side_asterisk_settings_free);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (side_asterisk_source_parent_class)->finalize (object);
}

static void
side_asterisk_source_class_init (SideAsteriskSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = side_asterisk_source_dispose;
  object_class->finalize = side_asterisk_source_finalize;
}

static void
side_asterisk_source_init (SideAsteriskSource *self)
{
  self->cancellable = g_cancellable_new ();
}
