/* side-simulator.c - a source that makes its call centre up
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ties a SideSimRun to a clock: whenever the clock has passed the run's next
 * happening, the run is advanced and its events go out as the source's. When
 * much is due at once (the day so far, a laptop that slept) it is done in
 * slices, so that the main context stays responsive.
 *
 * Recordings are announced without a hash and spoken when somebody asks for
 * one: a centre that is left running would fill the disk with what nobody hears.
 */
#include "side-simulator.h"

#include "side-error.h"
#include "side-sim-run.h"
#include "side-simulator-speech.h"
#include "side-time.h"
#include "side-voice.h"

/* Entries of the run's calendar done in one go: a few ms. */
#define SLICE_STEPS      400
#define SHORTEST_TICK_MS 5
/* A clock may be set: look at it this often, whatever the run says. */
#define LONGEST_TICK_MS  200

struct _SideSimulator
{
  GObject                 parent_instance;
  SideClock              *clock;
  guint64                 seed;
  guint64                 variation;
  char                   *recordings_dir;   /* nullable: no recordings */
  char                   *voices_dir;       /* nullable */
  gboolean                can_speak;
  gint64                  open_ms;          /* 0: when the first project's day began */
  gboolean                just_opened;      /* and nobody was told yet who is not there */
  SideSimCentre          *centre;           /* who is who, for the recordings */
  SideSimRun             *run;              /* once the centre has opened */
  SideSpeech             *speech;
  GSource                *timer;            /* while started */
  GCancellable           *cancellable;      /* while started */
  /* While history is made */
  gint64                  history_from_ms;
  SideSimulatorEventFunc  event_func;
  SideSimulatorCallFunc   call_func;
  gpointer                user_data;
  guint                   n_calls;
};

static void side_simulator_source_init   (SideSourceInterface *iface);
static void side_simulator_provider_init (SideRecordingProviderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SideSimulator, side_simulator, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_SOURCE, side_simulator_source_init)
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_RECORDING_PROVIDER, side_simulator_provider_init))

static gboolean
is_started (SideSimulator *self)
{
  return self->cancellable != NULL;
}

static void
stop (SideSimulator *self)
{
  if (!is_started (self))
    return;
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
side_simulator_dispose (GObject *object)
{
  SideSimulator *self = SIDE_SIMULATOR (object);

  stop (self);
  g_clear_object (&self->speech);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (side_simulator_parent_class)->dispose (object);
}

static void
side_simulator_finalize (GObject *object)
{
  SideSimulator *self = SIDE_SIMULATOR (object);

  g_clear_pointer (&self->run, side_sim_run_free);
  side_sim_centre_free (self->centre);
  g_free (self->recordings_dir);
  g_free (self->voices_dir);
  G_OBJECT_CLASS (side_simulator_parent_class)->finalize (object);
}

static void
side_simulator_class_init (SideSimulatorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_simulator_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_simulator_finalize;
}

static void
side_simulator_init (SideSimulator *self)
{
  self->centre = side_sim_centre_new_demo ();
}

/* Whether recordings can be made here; says so once when not. */
static gboolean
find_voices (SideSimulator *self)
{
  g_autoptr (GError) error = NULL;

  if (self->recordings_dir == NULL)
    return FALSE;
  if (!side_voice_available (self->voices_dir, &error))
    {
      g_message ("no recordings will be made: %s", error->message);
      return FALSE;
    }
  if (g_mkdir_with_parents (self->recordings_dir, 0750) != 0)
    {
      g_message ("no recordings will be made: “%s” cannot be made", self->recordings_dir);
      return FALSE;
    }
  return TRUE;
}

/**
 * side_simulator_create_projects:
 *
 * Returns: (transfer full) (element-type SideProject): the three shops with
 *   their queues and dialled numbers
 */
GPtrArray *
side_simulator_create_projects (void)
{
  g_autoptr (SideSimCentre) centre = side_sim_centre_new_demo ();
  GPtrArray *projects = g_ptr_array_new_with_free_func ((GDestroyNotify) side_project_unref);

  for (guint i = 0; i < centre->projects->len; i++)
    g_ptr_array_add (projects, side_project_ref (side_sim_centre_project (centre, i)->project));
  return projects;
}

/**
 * side_simulator_vary:
 * @self: a simulator that was not started
 * @variation: another number for each start, 0 for none
 *
 * Has the centre go another way than at its last start, which began with the
 * same calls otherwise. What is heard in a call stays the same.
 */
void
side_simulator_vary (SideSimulator *self,
                     guint64        variation)
{
  g_return_if_fail (SIDE_IS_SIMULATOR (self));
  g_return_if_fail (self->run == NULL);
  self->variation = variation;
}

/**
 * side_simulator_new:
 * @clock: what time it is; a scaled clock makes the centre live that much faster
 * @seed: the same seed and opening give the same calls
 * @recordings_dir: (nullable): folder for the recordings, made if need be;
 *   %NULL for none
 * @voices_dir: (nullable): the folder that holds espeak-ng-data; %NULL for
 *   where espeak-ng looks by itself
 *
 * Without voices on this machine the simulator goes on without recordings.
 *
 * Returns: (transfer full): a simulator, not started
 */
SideSimulator *
side_simulator_new (SideClock  *clock,
                    guint64     seed,
                    const char *recordings_dir,
                    const char *voices_dir)
{
  SideSimulator *self;

  g_return_val_if_fail (SIDE_IS_CLOCK (clock), NULL);
  self = g_object_new (SIDE_TYPE_SIMULATOR, NULL);
  self->clock = g_object_ref (clock);
  self->seed = seed;
  self->recordings_dir = g_strdup (recordings_dir);
  self->voices_dir = g_strdup (voices_dir);
  self->can_speak = find_voices (self);
  if (self->can_speak)
    self->speech = side_speech_new (voices_dir);
  return self;
}

/**
 * side_simulator_open:
 * @self: a simulator that is not open yet
 * @at_ms: when its centre opens, not after the clock's now
 *
 * For a server that starts again: with the instant of the last event it kept,
 * nothing is told twice. Opening begins with the word that everybody is off;
 * then those on shift come. Without this the centre opens with the first
 * side_simulator_generate_history(), or else at the beginning of today.
 */
void
side_simulator_open (SideSimulator *self,
                     gint64         at_ms)
{
  g_return_if_fail (SIDE_IS_SIMULATOR (self));
  g_return_if_fail (self->run == NULL);
  g_return_if_fail (at_ms > 0);
  self->open_ms = at_ms;
}

/**
 * side_simulator_get_at_ms:
 * @self: a simulator
 *
 * Returns: up to when everything has been told; 0 before it is open
 */
gint64
side_simulator_get_at_ms (SideSimulator *self)
{
  g_return_val_if_fail (SIDE_IS_SIMULATOR (self), 0);
  return self->run != NULL ? side_sim_run_get_now_ms (self->run) : 0;
}

static void
forward_event (SideSimulator *self,
               SideEvent     *event)
{
  if (self->history_from_ms > 0)
    {
      if (self->event_func != NULL && event->at_ms >= self->history_from_ms)
        self->event_func (event, self->user_data);
    }
  else if (is_started (self))
    {
      side_source_emit_event (SIDE_SOURCE (self), event);
    }
}

static void
event_cb (SideEvent *event,
          gpointer   user_data)
{
  forward_event (user_data, event);
}

/* Tells of a recording that will be spoken when somebody asks for it. */
static void
announce (SideSimulator *self,
          const SideCall *call)
{
  g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_RECORDING_READY, call->ended_ms, call->project);

  event->queue = call->queue;
  event->call = g_strdup (call->id);
  event->journey = g_strdup (call->journey);
  event->recording = g_strdup (call->recording);
  event->duration_ms = call->recording_ms;
  event->channels = call->channels;
  forward_event (self, event);
}

static char *
path_of (SideSimulator  *self,
         const SideCall *call)
{
  g_autofree char *name = g_strconcat (call->id, ".wav", NULL);
  return g_build_filename (self->recordings_dir, name, NULL);
}

static void
call_cb (SideCall *call,
         gpointer  user_data)
{
  SideSimulator *self = user_data;
  gboolean recorded = self->can_speak && call->outcome == SIDE_OUTCOME_ANSWERED;
  gboolean history = self->history_from_ms > 0;

  if (history && call->ended_ms < self->history_from_ms)
    return;
  if (recorded)
    {
      call->recording = g_strdup (call->id);
      call->recording_ms = MIN (call->talk_ms + call->hold_ms, SIDE_SPEECH_MAX_MS);
      call->channels = 2;
    }
  self->n_calls++;
  if (history && self->call_func != NULL)
    self->call_func (call, self->user_data);
  if (!recorded || (!history && !is_started (self)))
    return;
  announce (self, call);
}

/* The centre opens its doors, unless they stand open. */
static void
ensure_run (SideSimulator *self,
            gint64         from_ms)
{
  if (self->run != NULL)
    return;
  if (self->open_ms > 0)
    from_ms = self->open_ms;
  self->just_opened = TRUE;
  self->run = side_sim_run_new_varied (side_sim_centre_new_demo (), self->seed, self->variation, from_ms);
  side_sim_run_set_sinks (self->run, event_cb, call_cb, self);
}

/* Whoever a server before this one left at their desk is sent home, and those
 * on shift come anew. */
static void
tell_closed (SideSimulator *self)
{
  if (self->just_opened)
    {
      self->just_opened = FALSE;
      side_sim_run_tell_off (self->run);
    }
}

/* When today began, in the zone in which it began first. */
static gint64
today_ms (SideSimulator *self)
{
  gint64 now_ms = side_clock_now_ms (self->clock);
  gint64 first_ms = now_ms;

  for (guint i = 0; i < self->centre->projects->len; i++)
    {
      GTimeZone *zone = side_sim_centre_project (self->centre, i)->project->time_zone;
      first_ms = MIN (first_ms, side_time_day_start (zone, now_ms));
    }
  return MAX (1, first_ms);
}

/**
 * side_simulator_generate_history:
 * @self: a simulator that has not been started
 * @from_ms: from this instant on it is told; the centre opens then, unless it
 *   is open already
 * @to_ms: up to this instant, inclusive; not after the clock's now
 * @event_func: (nullable): is given every event
 * @call_func: (nullable): is given every leg that ended
 * @user_data: for both
 *
 * Makes the past up as fast as the machine can, and blocks meanwhile: a month
 * of 40 000 calls takes well under a second of processor time. One may listen
 * to events, to finished legs, or to both; the legs hold all that their events
 * say. Calls still going on at @to_ms are told on by the next call of this, or
 * after side_source_start().
 *
 * Returns: how many legs ended
 */
guint
side_simulator_generate_history (SideSimulator          *self,
                                 gint64                  from_ms,
                                 gint64                  to_ms,
                                 SideSimulatorEventFunc  event_func,
                                 SideSimulatorCallFunc   call_func,
                                 gpointer                user_data)
{
  g_return_val_if_fail (SIDE_IS_SIMULATOR (self), 0);
  g_return_val_if_fail (!is_started (self), 0);
  g_return_val_if_fail (from_ms > 0 && to_ms >= from_ms, 0);

  ensure_run (self, from_ms);
  self->history_from_ms = from_ms;
  self->event_func = event_func;
  self->call_func = call_func;
  self->user_data = user_data;
  self->n_calls = 0;
  tell_closed (self);
  side_sim_run_advance (self->run, to_ms, 0);
  self->history_from_ms = 0;
  self->event_func = NULL;
  self->call_func = NULL;
  self->user_data = NULL;
  return self->n_calls;
}

/* When to look again: at the next happening, by the clock's own speed. */
static gint64
next_tick_us (SideSimulator *self,
              gboolean       all_done)
{
  double wait_ms;

  if (!all_done)
    return g_get_monotonic_time ();
  wait_ms = (double) (side_sim_run_get_next_ms (self->run) - side_clock_now_ms (self->clock))
            / side_clock_get_speed (self->clock);
  return g_get_monotonic_time () + (gint64) (1000 * CLAMP (wait_ms, SHORTEST_TICK_MS, LONGEST_TICK_MS));
}

static gboolean
tick_cb (gpointer user_data)
{
  SideSimulator *self = g_object_ref (user_data);
  gboolean goes_on;
  gboolean all_done;

  tell_closed (self);
  all_done = side_sim_run_advance (self->run, side_clock_now_ms (self->clock), SLICE_STEPS);
  /* A listener may have stopped us, or let go of us. */
  goes_on = is_started (self);
  if (goes_on)
    g_source_set_ready_time (self->timer, next_tick_us (self, all_done));
  g_object_unref (self);
  return goes_on ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
dispatch_timer (GSource     *source,
                GSourceFunc  callback,
                gpointer     user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_funcs = { NULL, NULL, dispatch_timer, NULL, NULL, NULL };

static gboolean
side_simulator_start (SideSource  *source,
                      GError     **error)
{
  SideSimulator *self = SIDE_SIMULATOR (source);

  if (is_started (self))
    return TRUE;
  ensure_run (self, today_ms (self));
  self->cancellable = g_cancellable_new ();
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_name (self->timer, "side-simulator");
  g_source_set_callback (self->timer, tick_cb, self, NULL);
  g_source_set_ready_time (self->timer, 0);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
  side_source_emit_link (source, TRUE, NULL);
  return TRUE;
}

static void
side_simulator_stop (SideSource *source)
{
  stop (SIDE_SIMULATOR (source));
}

static SideHurdle
side_simulator_get_hurdle (SideSource     *source,
                           const char     *project,
                           SideActionKind  kind)
{
  SideSimulator *self = SIDE_SIMULATOR (source);

  if (side_action_kind_needs_phone (kind) || side_sim_centre_find_project (self->centre, project) == NULL)
    return SIDE_HURDLE_SOURCE;
  return is_started (self) ? SIDE_HURDLE_NONE : SIDE_HURDLE_LINK;
}

static gboolean
side_simulator_has_aim (SideSource    *source,
                        const SideAct *act)
{
  SideSimulator *self = SIDE_SIMULATOR (source);

  if (self->run == NULL)
    return FALSE;
  return side_action_kind_is_on_call (act->kind)
             ? side_sim_run_has_call (self->run, act->project, act->call)
             : side_sim_run_has_operator (self->run, act->project, act->queue, act->operator_id);
}

static void
side_simulator_act_async (SideSource          *source,
                          const SideAct       *act,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  SideSimulator *self = SIDE_SIMULATOR (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  SideHurdle hurdle = side_simulator_get_hurdle (source, act->project, act->kind);
  GError *error = NULL;

  g_task_set_source_tag (task, side_simulator_act_async);
  if (hurdle != SIDE_HURDLE_NONE)
    {
      g_task_return_error (task, side_hurdle_error (hurdle, act->kind));
      return;
    }
  tell_closed (self);
  side_sim_run_advance (self->run, side_clock_now_ms (self->clock), SLICE_STEPS);
  if (act->kind == SIDE_ACTION_HANGUP)
    side_sim_run_hang_up (self->run, act->call, &error);
  else if (act->kind == SIDE_ACTION_PAUSE)
    side_sim_run_pause (self->run, act->project, act->operator_id, act->text, &error);
  else
    side_sim_run_resume (self->run, act->operator_id);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
side_simulator_act_finish (SideSource    *source,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
side_simulator_source_init (SideSourceInterface *iface)
{
  iface->get_hurdle = side_simulator_get_hurdle;
  iface->has_aim = side_simulator_has_aim;
  iface->act_async = side_simulator_act_async;
  iface->act_finish = side_simulator_act_finish;
  iface->start = side_simulator_start;
  iface->stop = side_simulator_stop;
}

static gboolean
side_simulator_can_provide (SideRecordingProvider *provider,
                            const SideCall        *call)
{
  SideSimulator *self = SIDE_SIMULATOR (provider);

  return self->can_speak && side_simulator_can_speak (self->centre, call);
}

static void
provided_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (side_speech_render_finish (SIDE_SPEECH (source), result, &error))
    g_task_return_pointer (task, g_strdup (g_task_get_task_data (task)), g_free);
  else
    g_task_return_error (task, error);
}

static void
side_simulator_provide_async (SideRecordingProvider *provider,
                              SideCall              *call,
                              GCancellable          *cancellable,
                              GAsyncReadyCallback    callback,
                              gpointer               user_data)
{
  SideSimulator *self = SIDE_SIMULATOR (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (SideSpeechSpec) spec = NULL;
  char *path;

  g_task_set_source_tag (task, side_simulator_provide_async);
  if (!self->can_speak)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "this simulator makes no recordings");
      return;
    }
  spec = side_simulator_spec_of (self->centre, self->seed, call);
  if (spec == NULL)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "the call was not recorded");
      return;
    }
  path = path_of (self, call);
  g_task_set_task_data (task, path, g_free);
  side_speech_render_async (self->speech, spec, path, cancellable, provided_cb, g_steal_pointer (&task));
}

static char *
side_simulator_provide_finish (SideRecordingProvider  *provider,
                               GAsyncResult           *result,
                               int                    *channels_hint,
                               GError                **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);
  *channels_hint = 0;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
side_simulator_provider_init (SideRecordingProviderInterface *iface)
{
  iface->can_provide = side_simulator_can_provide;
  iface->provide_async = side_simulator_provide_async;
  iface->provide_finish = side_simulator_provide_finish;
}
