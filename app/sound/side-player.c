/* side-player.c - plays a recording, each side at its own volume
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A state machine around one SidePipe at a time. GStreamer answers every
 * command later, by messages on the main context:
 *
 *   open ─▶ LOADING ─(prerolled)─▶ PAUSED ◀─▶ PLAYING ─(end)─▶ ENDED
 *              │                                 │               │ seek, play
 *              └──────────▶ FAILED ◀─────────────┘               ▼
 *                                                        PAUSED, PLAYING
 *
 * Only one seek is under way at a time: while one is, the next only replaces
 * the wanted position, so that dragging over a waveform costs as many seeks as
 * GStreamer manages and not one a pointer event. A change of rate is a seek to
 * where we are. A timer runs only in PLAYING.
 *
 * An audio device that is not there, or goes away, is not a failure of the
 * recording: the same file is opened on a sink that only keeps time and
 * "error" says that nothing is heard.
 *
 * The volumes are in side-player-volume.c, the way through the recording and
 * what was heard of it in side-player-route.c, what it says about itself and on
 * which device it plays in side-player-facts.c.
 */
#include "side-player-private.h"

#include "side-error.h"

#define TICK_MS 50
/* For how long a sound server may be kept waiting for the first sample, and
 * how long it plays before it can be kept waiting at no cost. */
#define WAIT_US   (300 * 1000)
#define SETTLE_US (3 * G_USEC_PER_SEC)

enum {
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_POSITION_MS,
  PROP_DURATION_MS,
  PROP_N_CHANNELS,
  PROP_RATE,
  PROP_OPERATOR_VOLUME,
  PROP_CUSTOMER_VOLUME,
  PROP_OPERATOR_MUTED,
  PROP_CUSTOMER_MUTED,
  PROP_OPERATOR_SOLO,
  PROP_CUSTOMER_SOLO,
  PROP_LEVELLING,
  PROP_SKIP_SILENCE,
  PROP_LOOPING,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (SidePlayer, side_player, G_TYPE_OBJECT)

G_DEFINE_ENUM_TYPE (SidePlayerState, side_player_state,
                    G_DEFINE_ENUM_VALUE (SIDE_PLAYER_EMPTY, "empty"),
                    G_DEFINE_ENUM_VALUE (SIDE_PLAYER_LOADING, "loading"),
                    G_DEFINE_ENUM_VALUE (SIDE_PLAYER_PAUSED, "paused"),
                    G_DEFINE_ENUM_VALUE (SIDE_PLAYER_PLAYING, "playing"),
                    G_DEFINE_ENUM_VALUE (SIDE_PLAYER_ENDED, "ended"),
                    G_DEFINE_ENUM_VALUE (SIDE_PLAYER_FAILED, "failed"))

static void open_pipe (SidePlayer *self, const GError *silent_reason);

static void
set_position (SidePlayer *self,
              gint64      position_ms)
{
  position_ms = CLAMP (position_ms, 0, side_player_get_duration_ms (self));
  if (self->position_ms == position_ms)
    return;
  self->position_ms = position_ms;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION_MS]);
}

/* Where the sound is now; what was asked for while a seek is under way. */
static void
refresh_position (SidePlayer *self)
{
  gint64 ns;

  if (self->pipe != NULL && !self->seeking
      && gst_element_query_position (self->pipe->pipeline, GST_FORMAT_TIME, &ns))
    set_position (self, ns / (gint64) GST_MSECOND);
}

static gboolean
tick_cb (gpointer data)
{
  SidePlayer *self = data;

  refresh_position (self);
  if (self->seeking)
    _side_player_break_heard (self);
  else
    _side_player_note_heard (self);
  return G_SOURCE_CONTINUE;
}

static void
set_state (SidePlayer      *self,
           SidePlayerState  state)
{
  if (state == SIDE_PLAYER_PLAYING && self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
  if (state != SIDE_PLAYER_PLAYING)
    {
      g_clear_handle_id (&self->tick, g_source_remove);
      _side_player_break_heard (self);
    }
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

/* @error: (transfer full) (nullable) */
static void
take_error (SidePlayer *self,
            GError     *error)
{
  if (self->error == NULL && error == NULL)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

static void
drop_pipe (SidePlayer *self)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (self->bus != NULL)
    gst_bus_remove_watch (self->bus);
  g_clear_object (&self->bus);
  g_clear_pointer (&self->pipe, side_pipe_free);
  g_clear_handle_id (&self->tick, g_source_remove);
  self->seeking = FALSE;
  self->seek_again = FALSE;
  self->waits_us = 0;
}

static void
fail (SidePlayer *self,
      GError     *error)
{
  drop_pipe (self);
  take_error (self, error);
  set_state (self, SIDE_PLAYER_FAILED);
}

/* Goes to the shown position at the present rate, now or after the seek under way. */
static void
seek_now (SidePlayer *self)
{
  if (self->seeking)
    {
      self->seek_again = TRUE;
      return;
    }
  self->seek_again = FALSE;
  _side_player_break_heard (self);
  self->seeking = gst_element_seek (self->pipe->pipeline, self->rate, GST_FORMAT_TIME,
                                    GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE,
                                    GST_SEEK_TYPE_SET, self->position_ms * (gint64) GST_MSECOND,
                                    GST_SEEK_TYPE_NONE, -1);
}

static void
apply_playing (SidePlayer *self)
{
  if (self->want_playing && self->waits_us > 0)
    {
      self->waits_us = 0;
      self->begun_us = g_get_monotonic_time ();
    }
  gst_element_set_state (self->pipe->pipeline, self->want_playing ? GST_STATE_PLAYING : GST_STATE_PAUSED);
  set_state (self, self->want_playing ? SIDE_PLAYER_PLAYING : SIDE_PLAYER_PAUSED);
}

/* The pipeline has the first sample in hand: after opening, after a seek, after a pause. */
static void
prerolled (SidePlayer *self)
{
  self->seeking = FALSE;
  if (self->seek_again)
    {
      seek_now (self);
      return;
    }
  if (self->state == SIDE_PLAYER_LOADING)
    apply_playing (self);
}

static void
ended (SidePlayer *self)
{
  /* An end that was on its way when a seek began belongs to the past. */
  if (self->seeking || self->state != SIDE_PLAYER_PLAYING)
    return;
  self->want_playing = FALSE;
  gst_element_set_state (self->pipe->pipeline, GST_STATE_PAUSED);
  set_position (self, side_player_get_duration_ms (self));
  set_state (self, SIDE_PLAYER_ENDED);
}

static void
broke (SidePlayer *self,
       GstMessage *message)
{
  g_autoptr (GError) gst_error = NULL;
  gboolean by_sink = GST_MESSAGE_SRC (message) == GST_OBJECT (self->pipe->sink)
                     || gst_object_has_as_ancestor (GST_MESSAGE_SRC (message), GST_OBJECT (self->pipe->sink));

  gst_message_parse_error (message, &gst_error, NULL);
  if (by_sink && self->pipe->silent_reason == NULL)
    {
      g_autoptr (GError) reason = NULL;

      g_set_error (&reason, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
                   "the audio device does not play any more: %s", gst_error->message);
      refresh_position (self);
      drop_pipe (self);
      open_pipe (self, reason);
      return;
    }
  fail (self, g_error_new (SIDE_ERROR, SIDE_ERROR_FAILED, "the recording cannot be played: %s", gst_error->message));
}

static gboolean
bus_cb (GstBus     *bus,
        GstMessage *message,
        gpointer    data)
{
  SidePlayer *self = data;

  switch (GST_MESSAGE_TYPE (message))
    {
    case GST_MESSAGE_ASYNC_DONE:
      prerolled (self);
      break;
    case GST_MESSAGE_EOS:
      ended (self);
      break;
    case GST_MESSAGE_ERROR:
      broke (self, message);
      break;
    default:
      break;
    }
  return G_SOURCE_CONTINUE;
}

/* Until the first sample is there nothing can be sought; prerolled() does. */
static void
preroll (SidePlayer *self)
{
  self->seeking = TRUE;
  self->seek_again = self->position_ms > 0 || self->rate != 1.0;
  self->waits_us = g_get_monotonic_time ();
  gst_element_set_state (self->pipe->pipeline, GST_STATE_PAUSED);
}

/* A stream that a sound server holds back from its very beginning goes on
 * counting its time (libpulse 16), and once it may play is silent for as long
 * as it was held: it is begun anew. One that has played for a while holds its
 * time too. */
static void
begin_anew (SidePlayer *self)
{
  set_state (self, SIDE_PLAYER_LOADING);
  gst_element_set_state (self->pipe->pipeline, GST_STATE_READY);
  preroll (self);
  self->seek_again = TRUE;   /* the file is read from where it was, not from there */
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SidePipe) pipe = side_pipe_open_finish (result, &error);
  SidePlayer *self = data;

  /* Cancelled means closed, reopened or disposed: @self may be gone. */
  if (side_error_is_cancelled (error))
    return;
  if (pipe == NULL)
    {
      fail (self, g_steal_pointer (&error));
      return;
    }
  self->pipe = g_steal_pointer (&pipe);
  self->bus = gst_element_get_bus (self->pipe->pipeline);
  gst_bus_add_watch (self->bus, bus_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DURATION_MS]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_CHANNELS]);
  if (self->pipe->silent_reason != NULL)
    take_error (self, g_error_copy (self->pipe->silent_reason));
  self->position_ms = CLAMP (self->position_ms, 0, self->pipe->duration_ms);
  preroll (self);
}

static void
open_pipe (SidePlayer   *self,
           const GError *silent_reason)
{
  self->opening = g_cancellable_new ();
  set_state (self, SIDE_PLAYER_LOADING);
  side_pipe_open_async (self->path, self->factory, self->factory_data, self->output, silent_reason,
                        self->gains, self->route, self->opening, opened_cb, self);
}

/* The same file from where it is, on another sink. */
void
_side_player_reopen (SidePlayer *self)
{
  if (self->path == NULL || self->state == SIDE_PLAYER_FAILED)
    return;
  refresh_position (self);
  drop_pipe (self);
  take_error (self, NULL);
  open_pipe (self, NULL);
}

static void
side_player_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  SidePlayer *self = SIDE_PLAYER (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_POSITION_MS:
      g_value_set_int64 (value, side_player_get_position_ms (self));
      break;
    case PROP_DURATION_MS:
      g_value_set_int64 (value, side_player_get_duration_ms (self));
      break;
    case PROP_N_CHANNELS:
      g_value_set_uint (value, side_player_get_n_channels (self));
      break;
    case PROP_RATE:
      g_value_set_double (value, self->rate);
      break;
    case PROP_OPERATOR_VOLUME:
    case PROP_CUSTOMER_VOLUME:
      g_value_set_double (value, self->volume[prop_id - PROP_OPERATOR_VOLUME]);
      break;
    case PROP_OPERATOR_MUTED:
    case PROP_CUSTOMER_MUTED:
      g_value_set_boolean (value, self->muted[prop_id - PROP_OPERATOR_MUTED]);
      break;
    case PROP_OPERATOR_SOLO:
    case PROP_CUSTOMER_SOLO:
      g_value_set_boolean (value, self->solo[prop_id - PROP_OPERATOR_SOLO]);
      break;
    case PROP_LEVELLING:
      g_value_set_boolean (value, self->levelling);
      break;
    case PROP_SKIP_SILENCE:
      g_value_set_boolean (value, self->skip_silence);
      break;
    case PROP_LOOPING:
      g_value_set_boolean (value, self->loop.to_ms > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_player_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  SidePlayer *self = SIDE_PLAYER (object);

  switch (prop_id)
    {
    case PROP_RATE:
      side_player_set_rate (self, g_value_get_double (value));
      break;
    case PROP_OPERATOR_VOLUME:
    case PROP_CUSTOMER_VOLUME:
      side_player_set_volume (self, prop_id - PROP_OPERATOR_VOLUME, g_value_get_double (value));
      break;
    case PROP_OPERATOR_MUTED:
    case PROP_CUSTOMER_MUTED:
      side_player_set_muted (self, prop_id - PROP_OPERATOR_MUTED, g_value_get_boolean (value));
      break;
    case PROP_OPERATOR_SOLO:
    case PROP_CUSTOMER_SOLO:
      side_player_set_solo (self, prop_id - PROP_OPERATOR_SOLO, g_value_get_boolean (value));
      break;
    case PROP_LEVELLING:
      side_player_set_levelling (self, g_value_get_boolean (value));
      break;
    case PROP_SKIP_SILENCE:
      side_player_set_skip_silence (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_player_dispose (GObject *object)
{
  SidePlayer *self = SIDE_PLAYER (object);

  drop_pipe (self);
  G_OBJECT_CLASS (side_player_parent_class)->dispose (object);
}

static void
side_player_finalize (GObject *object)
{
  SidePlayer *self = SIDE_PLAYER (object);

  side_gains_unref (self->gains);
  side_route_unref (self->route);
  g_array_unref (self->silences);
  g_free (self->output);
  g_clear_error (&self->error);
  g_free (self->path);
  G_OBJECT_CLASS (side_player_parent_class)->finalize (object);
}

static void
side_player_class_init (SidePlayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GParamFlags write = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = side_player_get_property;
  object_class->set_property = side_player_set_property;
  object_class->dispose = side_player_dispose;
  object_class->finalize = side_player_finalize;

  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SIDE_TYPE_PLAYER_STATE, SIDE_PLAYER_EMPTY, read);
  props[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, read);
  props[PROP_POSITION_MS] = g_param_spec_int64 ("position-ms", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_DURATION_MS] = g_param_spec_int64 ("duration-ms", NULL, NULL, 0, G_MAXINT64, 0, read);
  props[PROP_N_CHANNELS] = g_param_spec_uint ("n-channels", NULL, NULL, 0, 2, 0, read);
  props[PROP_RATE] =
    g_param_spec_double ("rate", NULL, NULL, SIDE_PLAYER_RATE_MIN, SIDE_PLAYER_RATE_MAX, 1, write);
  props[PROP_OPERATOR_VOLUME] = g_param_spec_double ("operator-volume", NULL, NULL, 0, 1, 1, write);
  props[PROP_CUSTOMER_VOLUME] = g_param_spec_double ("customer-volume", NULL, NULL, 0, 1, 1, write);
  props[PROP_OPERATOR_MUTED] = g_param_spec_boolean ("operator-muted", NULL, NULL, FALSE, write);
  props[PROP_CUSTOMER_MUTED] = g_param_spec_boolean ("customer-muted", NULL, NULL, FALSE, write);
  props[PROP_OPERATOR_SOLO] = g_param_spec_boolean ("operator-solo", NULL, NULL, FALSE, write);
  props[PROP_CUSTOMER_SOLO] = g_param_spec_boolean ("customer-solo", NULL, NULL, FALSE, write);
  props[PROP_LEVELLING] = g_param_spec_boolean ("levelling", NULL, NULL, FALSE, write);
  props[PROP_SKIP_SILENCE] = g_param_spec_boolean ("skip-silence", NULL, NULL, FALSE, write);
  props[PROP_LOOPING] = g_param_spec_boolean ("looping", NULL, NULL, FALSE, read);
  g_object_class_install_properties (object_class, N_PROPS, props);
  g_signal_new ("heard", SIDE_TYPE_PLAYER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 3, G_TYPE_INT64, G_TYPE_INT64, G_TYPE_DOUBLE);
}

static void
side_player_init (SidePlayer *self)
{
  self->gains = side_gains_new ();
  self->route = side_route_new ();
  self->silences = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  self->paused_at_ms = self->heard_ms = -1;
  self->volume[0] = self->volume[1] = 1;
  self->rate = 1;
}

/**
 * side_player_new:
 *
 * Returns: (transfer full): a player on the desktop's audio output
 */
SidePlayer *
side_player_new (void)
{
  return g_object_new (SIDE_TYPE_PLAYER, NULL);
}

/**
 * side_player_new_with_sink:
 * @factory: makes an audio sink for each opened file; called in a worker thread
 * @data: for @factory; must live as long as the player
 *
 * Returns: (transfer full): a player whose sound goes where @factory says
 */
SidePlayer *
side_player_new_with_sink (SidePlayerSinkFactory factory,
                           gpointer              data)
{
  SidePlayer *self = side_player_new ();

  self->factory = factory;
  self->factory_data = data;
  return self;
}

/**
 * side_player_open:
 * @self: a player
 * @path: a sound file of one or two channels
 *
 * Leaves whatever was open, and goes to LOADING; then to PAUSED (or PLAYING,
 * if that was asked for meanwhile), or to FAILED with "error" set. When there
 * is no audio device it still goes to PAUSED, and "error" is
 * %SIDE_ERROR_UNSUPPORTED. Rate and volumes are kept from file to file.
 */
void
side_player_open (SidePlayer *self,
                  const char *path)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));
  g_return_if_fail (path != NULL);

  side_player_close (self);
  self->path = g_strdup (path);
  open_pipe (self, NULL);
}

/**
 * side_player_close:
 * @self: a player
 *
 * Goes to EMPTY; the file is let go of soon after.
 */
void
side_player_close (SidePlayer *self)
{
  gboolean had_pipe;

  g_return_if_fail (SIDE_IS_PLAYER (self));

  had_pipe = self->pipe != NULL;
  drop_pipe (self);
  g_clear_pointer (&self->path, g_free);
  self->want_playing = FALSE;
  self->paused_at_ms = -1;
  side_player_set_loop (self, 0, 0);
  side_player_set_silences (self, NULL, 0);
  side_player_set_levels (self, 0, 0);
  if (self->position_ms != 0)
    {
      self->position_ms = 0;
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_POSITION_MS]);
    }
  if (had_pipe)
    {
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DURATION_MS]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_CHANNELS]);
    }
  take_error (self, NULL);
  set_state (self, SIDE_PLAYER_EMPTY);
}

/**
 * side_player_play:
 * @self: a player
 *
 * From the end it starts again from the beginning; while loading it starts as
 * soon as it can. Without an open file nothing happens.
 */
void
side_player_play (SidePlayer *self)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));

  if (self->state == SIDE_PLAYER_EMPTY || self->state == SIDE_PLAYER_FAILED)
    return;
  self->want_playing = TRUE;
  if (self->state == SIDE_PLAYER_LOADING)
    return;
  if (self->state == SIDE_PLAYER_ENDED)
    {
      set_position (self, 0);
      seek_now (self);
    }
  else if (self->state == SIDE_PLAYER_PAUSED && self->resume_back_ms > 0 && self->paused_at_ms > 0
           && self->paused_at_ms == self->position_ms)
    {
      set_position (self, MAX (0, self->position_ms - (gint64) self->resume_back_ms));
      seek_now (self);
    }
  if (self->waits_us > 0 && g_get_monotonic_time () - self->waits_us > WAIT_US)
    begin_anew (self);
  else
    apply_playing (self);
}

/**
 * side_player_pause:
 * @self: a player
 */
void
side_player_pause (SidePlayer *self)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));

  self->want_playing = FALSE;
  if (self->state != SIDE_PLAYER_PLAYING)
    return;
  refresh_position (self);
  apply_playing (self);
  self->paused_at_ms = self->position_ms;
  if (g_get_monotonic_time () - self->begun_us < SETTLE_US)
    self->waits_us = g_get_monotonic_time ();
}

/**
 * side_player_seek:
 * @self: a player
 * @position_ms: where to go, in ms of the recording; clamped to it
 *
 * Lands on the very frame. It goes on playing if it was; at the end it goes to
 * PAUSED. While loading, playing will start there.
 */
void
side_player_seek (SidePlayer *self,
                  gint64      position_ms)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));

  if (self->state == SIDE_PLAYER_EMPTY || self->state == SIDE_PLAYER_FAILED)
    return;
  if (self->pipe == NULL)
    {
      self->position_ms = MAX (position_ms, 0);
      return;
    }
  set_position (self, position_ms);
  seek_now (self);
  if (self->state == SIDE_PLAYER_ENDED)
    set_state (self, SIDE_PLAYER_PAUSED);
}

/**
 * side_player_set_rate:
 * @self: a player
 * @rate: recording seconds a second, clamped to 0.5..4; the pitch stays
 */
void
side_player_set_rate (SidePlayer *self,
                      double      rate)
{
  g_return_if_fail (SIDE_IS_PLAYER (self));

  rate = CLAMP (rate, SIDE_PLAYER_RATE_MIN, SIDE_PLAYER_RATE_MAX);
  if (self->rate == rate)
    return;
  /* At the end there is nothing to go on with; the next seek takes the new rate. */
  if (self->pipe != NULL && self->state != SIDE_PLAYER_ENDED)
    {
      refresh_position (self);
      self->rate = rate;
      seek_now (self);
    }
  self->rate = rate;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RATE]);
}

/**
 * side_player_get_rate:
 * @self: a player
 *
 * Returns: recording seconds a second
 */
double
side_player_get_rate (SidePlayer *self)
{
  g_return_val_if_fail (SIDE_IS_PLAYER (self), 1);
  return self->rate;
}
