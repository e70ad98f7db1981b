/* side-phone-media.c - the sound of one test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The object people hold is a face. What threads work with is the engine behind
 * it, which goes when all of them have ended, however the face went. Threads
 * tell the face by way of the main context it was made on.
 */
#include "side-phone-media-private.h"

#include <math.h>

#include "side-error.h"
#include "side-phone-begin.h"

enum { LEVELS, STATS, HEARD, KEY, SAID, FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SideCallMedia, side_call_media, G_TYPE_OBJECT)
G_DEFINE_ENUM_TYPE (SidePhoneSide, side_phone_side,
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_OURS, "ours"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_THEIRS, "theirs"))
G_DEFINE_ENUM_TYPE (SidePhonePart, side_phone_part,
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_RECORDING, "recording"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_MICROPHONE, "microphone"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_LOUDSPEAKER, "loudspeaker"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_KEYS, "keys"),
                    G_DEFINE_ENUM_VALUE (SIDE_PHONE_STREAM, "stream"))

/* From threads to the face */

typedef void (*Deed) (SideCallMedia *self, guint what, gint64 at_us);

typedef struct {
  SideCallMedia *face;
  Deed           deed;
  guint          what;
  gint64         at_us;
} Post;

static gboolean
post_cb (gpointer data)
{
  Post *post = data;

  if (post->face->engine != NULL)
    post->deed (post->face, post->what, post->at_us);
  return G_SOURCE_REMOVE;
}

/* The face may be let go for good here, on its own context. */
static void
post_free (gpointer data)
{
  Post *post = data;

  g_object_unref (post->face);
  g_free (post);
}

static void
post (Engine *engine,
      Deed    deed,
      guint   what,
      gint64  at_us)
{
  SideCallMedia *face = g_weak_ref_get (&engine->face);
  g_autoptr (GSource) source = NULL;
  Post *new;

  if (face == NULL)
    return;
  new = g_new (Post, 1);
  *new = (Post) { face, deed, what, at_us };
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, post_cb, new, post_free);
  g_source_attach (source, engine->context);
}

/* side_call_media_fail:
 * @part: what does not work; told once for each */
void
side_call_media_fail (SideCallMedia *self,
                      SidePhonePart  part,
                      const GError  *error)
{
  if (self->told & (1u << part))
    return;
  self->told |= 1u << part;
  g_signal_emit (self, signals[FAILED], 0, part, error);
}

static void
news_deed (SideCallMedia *self,
           guint          what,
           gint64         at_us)
{
  SidePhoneNews news = (SidePhoneNews) g_atomic_int_and ((guint *) &self->engine->news, 0);

  if (news & SIDE_PHONE_NEWS_FULL)
    {
      g_autoptr (GError) error = side_phone_listener_take_error (self->engine->listener);

      side_call_media_fail (self, SIDE_PHONE_RECORDING, error);
    }
  if (news & SIDE_PHONE_NEWS_LEVELS)
    g_signal_emit (self, signals[LEVELS], 0);
  if (news & SIDE_PHONE_NEWS_HEARD)
    g_signal_emit (self, signals[HEARD], 0);
}

/* What has not been looked at yet is told with what comes: never more than one on the way. */
static void
tell (SidePhoneNews news,
      gpointer      data)
{
  Engine *engine = data;

  if (g_atomic_int_or ((guint *) &engine->news, (guint) news) == 0)
    post (engine, news_deed, 0, 0);
}

static void
key_deed (SideCallMedia *self,
          guint          what,
          gint64         at_us)
{
  gint64 at_ms = g_get_real_time () / 1000 - (g_get_monotonic_time () - at_us) / 1000;

  g_signal_emit (self, signals[KEY], 0, (char) what, at_ms);
}

static void
key_came (char     digit,
          gint64   at_us,
          gpointer data)
{
  post (data, key_deed, (guint) digit, at_us);
}

static void
said_deed (SideCallMedia *self,
           guint          what,
           gint64         at_us)
{
  g_signal_emit (self, signals[SAID], 0, what);
}

static void
was_said (guint    clip,
          gpointer data)
{
  post (data, said_deed, clip, 0);
}

static void
heard (GstClockTime  at,
       const gint16 *samples,
       gsize         n,
       gpointer      data)
{
  Engine *engine = data;

  g_mutex_lock (&engine->lock);
  if (engine->loudspeaker != NULL)
    side_phone_device_play (engine->loudspeaker, at, samples, n);
  g_mutex_unlock (&engine->lock);
}

/* The engine */

/* Waits for threads and the disk: in a thread. The wire goes, and the ports with it. */
static gboolean
engine_stop (Engine  *engine,
             GError **error)
{
  g_clear_pointer (&engine->pipe, side_phone_pipe_free);
  return side_phone_listener_stop (engine->listener, error);
}

static void
engine_free (Engine *engine)
{
  side_phone_listener_free (engine->listener);
  side_phone_feed_free (engine->feed);
  side_phone_tape_free (engine->tape);
  g_clear_pointer (&engine->wire, side_phone_wire_free);
  g_weak_ref_clear (&engine->face);
  g_main_context_unref (engine->context);
  g_mutex_clear (&engine->lock);
  g_free (engine);
}

static gpointer
end_thread (gpointer data)
{
  engine_stop (data, NULL);
  engine_free (data);
  return NULL;
}

static Engine *
engine_new (SideCallMedia *face,
            GInetAddress  *local,
            GError       **error)
{
  Engine *engine = g_new0 (Engine, 1);

  engine->wire = side_phone_wire_new (local, key_came, engine, error);
  if (engine->wire == NULL)
    {
      g_free (engine);
      return NULL;
    }
  g_weak_ref_init (&engine->face, face);
  g_mutex_init (&engine->lock);
  engine->context = g_main_context_ref_thread_default ();
  engine->feed = side_phone_feed_new (was_said, engine);
  engine->tape = side_phone_tape_new ();
  engine->listener = side_phone_listener_new (engine->tape, tell, engine);
  return engine;
}

/* The face */

/* What only the main context may let go of. */
static void
let_go (SideCallMedia *self)
{
  SidePhoneDevice *loudspeaker;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->watch != 0)
    gst_bus_remove_watch (self->bus);
  self->watch = 0;
  gst_clear_object (&self->bus);
  g_clear_pointer (&self->microphone, side_phone_device_close);
  if (self->engine == NULL)
    return;
  g_mutex_lock (&self->engine->lock);
  loudspeaker = g_steal_pointer (&self->engine->loudspeaker);
  g_mutex_unlock (&self->engine->lock);
  g_clear_pointer (&loudspeaker, side_phone_device_close);
}

static void
side_call_media_dispose (GObject *object)
{
  SideCallMedia *self = SIDE_CALL_MEDIA (object);
  Engine *engine;

  let_go (self);
  engine = g_steal_pointer (&self->engine);
  if (engine != NULL && engine->wire == NULL)
    engine_free (g_steal_pointer (&engine));
  /* Nobody waits for a call that was let go: its recording is finished all the same. */
  if (engine != NULL)
    g_thread_unref (g_thread_new ("side-call-end", end_thread, engine));
  G_OBJECT_CLASS (side_call_media_parent_class)->dispose (object);
}

static void
side_call_media_class_init (SideCallMediaClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = side_call_media_dispose;
  signals[LEVELS] = g_signal_new ("levels", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STATS] = g_signal_new ("stats", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HEARD] = g_signal_new ("heard", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[KEY] = g_signal_new ("key", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_CHAR, G_TYPE_INT64);
  signals[SAID] = g_signal_new ("said", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                  SIDE_TYPE_PHONE_PART, G_TYPE_ERROR);
}

static void
side_call_media_init (SideCallMedia *self)
{
  self->volume = 1;
  self->maker = side_phone_device_make;
  self->last.round_trip_ms = NAN;
  self->last.last_packet_age_ms = -1;
}

/**
 * side_call_media_new:
 * @local: the address of ours that the far side is told
 * @error: SIDE_ERROR_FAILED or _BUSY (no ports), _UNSUPPORTED (no GStreamer)
 *
 * Takes two ports, an even one and the next. Nothing is heard or sent yet.
 *
 * Returns: (transfer full) (nullable): a call's sound
 */
SideCallMedia *
side_call_media_new (GInetAddress  *local,
                     GError       **error)
{
  g_autoptr (SideCallMedia) self = NULL;
  g_autoptr (GError) failed = NULL;

  g_return_val_if_fail (G_IS_INET_ADDRESS (local), NULL);
  if (!side_phone_begin (&failed))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "no sound: %s", failed != NULL ? failed->message : "GStreamer");
      return NULL;
    }
  self = g_object_new (SIDE_TYPE_CALL_MEDIA, NULL);
  self->engine = engine_new (self, local, error);
  return self->engine != NULL ? g_steal_pointer (&self) : NULL;
}

void
side_call_media_set_maker (SideCallMedia  *self,
                           SidePhoneMaker  maker,
                           gpointer        data)
{
  self->maker = maker;
  self->maker_data = data;
}

guint16
side_call_media_get_rtp_port (SideCallMedia *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self) && self->engine->wire != NULL, 0);
  return side_phone_wire_get_port (self->engine->wire, FALSE);
}

guint16
side_call_media_get_rtcp_port (SideCallMedia *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self) && self->engine->wire != NULL, 0);
  return side_phone_wire_get_port (self->engine->wire, TRUE);
}

static gboolean
has_element (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

/**
 * side_call_media_has_g722:
 *
 * Returns: whether G.722 may be offered: its coder is in another package
 */
gboolean
side_call_media_has_g722 (void)
{
  return side_phone_begin (NULL) && has_element ("avenc_g722") && has_element ("avdec_g722");
}

/**
 * side_call_media_record:
 * @path: what the recording is to be called, see side-phone-recorder.h
 * @error: SIDE_ERROR_EXISTS, _READ_ONLY, _FULL or _FAILED
 *
 * From now on, or from the first packet if nothing was agreed yet; to the end.
 * Once for a call.
 *
 * Returns: whether it will be recorded
 */
gboolean
side_call_media_record (SideCallMedia  *self,
                        const char     *path,
                        GError        **error)
{
  SidePhoneRecorder *recorder;

  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self) && !self->recording && !self->stopping, FALSE);
  recorder = side_phone_recorder_new (path, SIDE_PHONE_RATE, error);
  if (recorder == NULL)
    return FALSE;
  side_phone_listener_record (self->engine->listener, recorder);
  self->recording = TRUE;
  return TRUE;
}

static gboolean
stats_cb (gpointer data)
{
  SideCallMedia *self = data;
  g_autoptr (GError) error = NULL;
  SidePhoneStats stats;

  side_call_media_get_stats (self, &stats);
  if (stats.encrypted && stats.received == 0 && stats.refused > 0)
    {
      error = g_error_new_literal (SIDE_ERROR, SIDE_ERROR_UNTRUSTED,
                                   "what the far side sends cannot be decrypted with the key that was agreed");
      side_call_media_fail (self, SIDE_PHONE_KEYS, error);
    }
  g_signal_emit (self, signals[STATS], 0);
  return G_SOURCE_CONTINUE;
}

static gboolean
message_cb (GstBus     *bus,
            GstMessage *message,
            gpointer    data)
{
  SideCallMedia *self = data;
  g_autoptr (GError) failed = NULL;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return G_SOURCE_CONTINUE;
  gst_message_parse_error (message, &failed, NULL);
  error = g_error_new (SIDE_ERROR, SIDE_ERROR_FAILED, "the sound broke: %s", failed->message);
  side_call_media_fail (self, SIDE_PHONE_STREAM, error);
  return G_SOURCE_CONTINUE;
}

static void
begin (SideCallMedia *self)
{
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();

  self->start = gst_clock_get_time (clock);
  self->start_ms = g_get_real_time () / 1000;
  side_phone_listener_start (self->engine->listener, (gint64) self->start);
  self->timer = g_timeout_add_seconds (1, stats_cb, self);
}

/* The sockets belong to one pipeline at a time. */
static gboolean
change_pipe (SideCallMedia       *self,
             const SideSdpAgreed *agreed,
             GError             **error)
{
  Engine *engine = self->engine;
  SidePhonePipe *pipe = side_phone_pipe_new (agreed, engine->wire, engine->feed, engine->tape, self->start, heard, engine, error);

  if (pipe == NULL)
    return FALSE;
  if (engine->pipe != NULL)
    {
      gst_bus_remove_watch (self->bus);
      gst_clear_object (&self->bus);
      side_phone_pipe_stop (engine->pipe);
      side_phone_pipe_get_stats (engine->pipe, &self->before);
      g_clear_pointer (&engine->pipe, side_phone_pipe_free);
    }
  side_phone_wire_agree (engine->wire, agreed);
  engine->pipe = pipe;
  self->bus = side_phone_pipe_get_bus (pipe);
  self->watch = gst_bus_add_watch (self->bus, message_cb, self);
  return side_phone_pipe_start (pipe, error);
}

/**
 * side_call_media_agree:
 * @agreed: what the two ends came to, also before the answer (early media)
 * @error: SIDE_ERROR_UNSUPPORTED: a codec or encryption that is not installed; _FAILED
 *
 * Follows whatever has changed: who may send, the place, the codec, the keys.
 * When it fails, what was agreed before goes on.
 *
 * Returns: whether it is followed
 */
gboolean
side_call_media_agree (SideCallMedia        *self,
                       const SideSdpAgreed  *agreed,
                       GError              **error)
{
  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self) && agreed != NULL && agreed->codec.rate > 0, FALSE);
  g_return_val_if_fail (!self->stopping, FALSE);

  if (self->start == 0)
    begin (self);
  if (self->engine->pipe == NULL || !side_phone_pipe_does (self->engine->pipe, agreed))
    return change_pipe (self, agreed, error);
  side_phone_wire_agree (self->engine->wire, agreed);
  return TRUE;
}

/**
 * side_call_media_get_start_ms:
 *
 * Returns: when the recording, the peaks and the segments begin; 0 before
 *   anything was agreed
 */
gint64
side_call_media_get_start_ms (SideCallMedia *self)
{
  g_return_val_if_fail (SIDE_IS_CALL_MEDIA (self), 0);
  return self->start_ms;
}

/**
 * side_call_media_answered:
 * @at_ms: when the call was answered, ms since 1970
 *
 * Helps to tell announcements from people.
 */
void
side_call_media_answered (SideCallMedia *self,
                          gint64         at_ms)
{
  g_return_if_fail (SIDE_IS_CALL_MEDIA (self));
  side_phone_listener_answered (self->engine->listener, self->start_ms != 0 ? MAX (at_ms - self->start_ms, 0) : 0);
}

static void
stop_work (GTask        *task,
           gpointer      source,
           gpointer      engine,
           GCancellable *cancellable)
{
  GError *error = NULL;

  if (engine_stop (engine, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * side_call_media_stop_async:
 * @callback: called when all is closed, and the recording on the disk
 * @user_data: for @callback
 *
 * Once. Peaks, segments and statistics can be read afterwards; nothing else.
 */
void
side_call_media_stop_async (SideCallMedia       *self,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  SidePhoneStats stats;

  g_return_if_fail (SIDE_IS_CALL_MEDIA (self) && !self->stopping);

  side_call_media_get_stats (self, &stats);
  self->stopping = TRUE;
  let_go (self);
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, side_call_media_stop_async);
  g_task_set_task_data (task, self->engine, NULL);
  g_task_run_in_thread (task, stop_work);
}

/**
 * side_call_media_stop_finish:
 * @result: what the callback was given
 * @error: SIDE_ERROR_FULL and so on: what could be kept of the recording waits
 *   for side_phone_recordings_recover()
 *
 * Returns: whether the recording is whole, or none was made
 */
gboolean
side_call_media_stop_finish (SideCallMedia  *self,
                             GAsyncResult   *result,
                             GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  /* The ports are free for another call. */
  g_clear_pointer (&self->engine->wire, side_phone_wire_free);
  return g_task_propagate_boolean (G_TASK (result), error);
}
