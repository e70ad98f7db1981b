/* side-microphone.c - a line that somebody says into the microphone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A pipeline for each line: source ! audioconvert ! audioresample ! fakesink,
 * whose samples are kept. Sound servers may take their time to open and to
 * close a device: neither is waited for.
 */
#include "side-microphone.h"

#include <gst/audio/audio.h>
#include <gst/gst.h>

#include "side-error.h"
#include "side-input.h"

#define TICK_MS 100
#define MOST    ((guint) ((gint64) SIDE_PROMPT_SOUND_MAX_MS * SIDE_MICROPHONE_RATE / 1000))   /* samples */
#define CHAIN   "audioconvert ! audioresample ! audio/x-raw,format=" GST_AUDIO_NE (F32) ",layout=interleaved,channels=1,rate=" \
                G_STRINGIFY (SIDE_STEP_RATE) " ! fakesink name=out sync=false async=false signal-handoffs=true"

/* One line; what its threads share with the main one. */
typedef struct {
  gatomicrefcount  ref_count;
  char            *device;
  GstElement      *pipeline;
  GstElement      *chain;
  GMutex           opening;   /* held while its state changes */
  GMutex           lock;
  gboolean         closed;    /* under lock, as all that follows */
  GArray          *samples;   /* float */
  float            peak;      /* since it was asked for last */
} Take;

struct _SideMicrophone
{
  GObject  parent_instance;
  Take    *take;        /* (nullable): while it listens */
  guint    watch;
  guint    tick_id;
};

G_DEFINE_FINAL_TYPE (SideMicrophone, side_microphone, G_TYPE_OBJECT)

enum { SIGNAL_LEVEL, SIGNAL_FULL, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static Take *
take_ref (Take *take)
{
  g_atomic_ref_count_inc (&take->ref_count);
  return take;
}

static void
take_unref (gpointer data)
{
  Take *take = data;

  if (!g_atomic_ref_count_dec (&take->ref_count))
    return;
  gst_clear_object (&take->pipeline);
  g_clear_pointer (&take->samples, g_array_unref);
  g_mutex_clear (&take->opening);
  g_mutex_clear (&take->lock);
  g_free (take->device);
  g_free (take);
}

/* ---- in the device's thread ---- */

static void
heard_cb (GstElement *sink,
          GstBuffer  *buffer,
          GstPad     *pad,
          Take       *take)
{
  const float *samples;
  GstMapInfo map;
  guint n;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  samples = (const float *) (gpointer) map.data;
  g_mutex_lock (&take->lock);
  n = take->closed ? 0 : MIN ((guint) (map.size / sizeof (float)), MOST - take->samples->len);
  g_array_append_vals (take->samples, samples, n);
  for (guint i = 0; i < n; i++)
    take->peak = MAX (take->peak, ABS (samples[i]));
  g_mutex_unlock (&take->lock);
  gst_buffer_unmap (buffer, &map);
}

static gboolean
is_closed (Take *take)
{
  gboolean closed;

  g_mutex_lock (&take->lock);
  closed = take->closed;
  g_mutex_unlock (&take->lock);
  return closed;
}

/* In a thread */
static void
open_work (GstElement *pipeline,
           gpointer    data)
{
  Take *take = data;
  GstElement *source = take->device != NULL && *take->device != '\0' ? side_input_make_source (take->device) : NULL;

  /* One that is not there now: the desktop's choice takes its place. */
  if (source == NULL)
    source = gst_element_factory_make ("autoaudiosrc", NULL);
  if (source == NULL)
    {
      GST_ELEMENT_ERROR (pipeline, RESOURCE, NOT_FOUND, ("there is no microphone"), (NULL));
      return;
    }
  g_mutex_lock (&take->opening);
  gst_bin_add (GST_BIN (pipeline), source);
  if (!gst_element_link (source, take->chain))
    GST_ELEMENT_ERROR (pipeline, RESOURCE, SETTINGS, ("the microphone cannot be used"), (NULL));
  else if (!is_closed (take))
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_mutex_unlock (&take->opening);
}

static gpointer
close_work (gpointer data)
{
  Take *take = data;

  g_mutex_lock (&take->opening);
  gst_element_set_state (take->pipeline, GST_STATE_NULL);
  g_mutex_unlock (&take->opening);
  take_unref (take);
  return NULL;
}

/* ---- on the main context ---- */

static gboolean
tick_cb (gpointer data)
{
  g_autoptr (SideMicrophone) self = g_object_ref (data);
  Take *take = self->take;
  gboolean full;
  float peak;

  g_mutex_lock (&take->lock);
  peak = take->peak;
  take->peak = 0;
  full = take->samples->len >= MOST;
  g_mutex_unlock (&take->lock);
  g_signal_emit (self, signals[SIGNAL_LEVEL], 0, (double) MIN (peak, 1));
  if (full && self->take == take)
    g_signal_emit (self, signals[SIGNAL_FULL], 0);
  return G_SOURCE_CONTINUE;
}

static gboolean
message_cb (GstBus     *bus,
            GstMessage *message,
            gpointer    data)
{
  g_autoptr (SideMicrophone) self = g_object_ref (data);
  g_autoptr (GError) failed = NULL;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR && GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &failed, NULL);
  error = g_error_new (SIDE_ERROR, SIDE_ERROR_FAILED, "%s", failed != NULL ? failed->message : "the microphone stopped");
  self->watch = 0;
  g_free (side_microphone_stop (self, NULL));
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  return G_SOURCE_REMOVE;
}

static Take *
take_new (const char *device)
{
  Take *take = g_new0 (Take, 1);
  g_autoptr (GstElement) out = NULL;

  g_atomic_ref_count_init (&take->ref_count);
  g_mutex_init (&take->opening);
  g_mutex_init (&take->lock);
  take->device = g_strdup (device);
  take->samples = g_array_new (FALSE, FALSE, sizeof (float));
  take->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  take->chain = gst_parse_bin_from_description (CHAIN, TRUE, NULL);
  gst_bin_add (GST_BIN (take->pipeline), take->chain);
  out = gst_bin_get_by_name (GST_BIN (take->chain), "out");
  g_signal_connect (out, "handoff", G_CALLBACK (heard_cb), take);
  return take;
}

/**
 * side_microphone_start:
 * @self: a microphone that does not listen
 * @device: (nullable): id of a SideOutput of side_inputs_list_async(); %NULL or empty for the desktop's choice
 */
void
side_microphone_start (SideMicrophone *self,
                       const char     *device)
{
  g_autoptr (GstBus) bus = NULL;

  g_return_if_fail (SIDE_IS_MICROPHONE (self) && self->take == NULL);

  gst_init (NULL, NULL);
  self->take = take_new (device);
  bus = gst_element_get_bus (self->take->pipeline);
  self->watch = gst_bus_add_watch (bus, message_cb, self);
  self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
  gst_element_call_async (self->take->pipeline, open_work, take_ref (self->take), take_unref);
}

/**
 * side_microphone_stop:
 * @self: a microphone
 * @n: (out) (optional): how many samples there are
 *
 * Does not wait for the device.
 *
 * Returns: (transfer full) (nullable): what was said at SIDE_MICROPHONE_RATE, full scale 1;
 *   %NULL when it did not listen
 */
float *
side_microphone_stop (SideMicrophone *self,
                      gsize          *n)
{
  g_autoptr (GstBus) bus = NULL;
  GArray *samples;
  Take *take;

  g_return_val_if_fail (SIDE_IS_MICROPHONE (self), NULL);

  take = g_steal_pointer (&self->take);
  if (n != NULL)
    *n = 0;
  if (take == NULL)
    return NULL;
  g_clear_handle_id (&self->tick_id, g_source_remove);
  bus = gst_element_get_bus (take->pipeline);
  if (self->watch != 0)
    gst_bus_remove_watch (bus);
  self->watch = 0;
  gst_bus_set_flushing (bus, TRUE);
  g_mutex_lock (&take->lock);
  take->closed = TRUE;
  samples = take->samples;
  take->samples = g_array_new (FALSE, FALSE, sizeof (float));
  g_mutex_unlock (&take->lock);
  g_thread_unref (g_thread_new ("side-mic-close", close_work, take));
  if (n != NULL)
    *n = samples->len;
  return (float *) (void *) g_array_free (samples, FALSE);
}

/**
 * side_microphone_is_on:
 * @self: a microphone
 *
 * Returns: whether it listens, or is being opened to
 */
gboolean
side_microphone_is_on (SideMicrophone *self)
{
  g_return_val_if_fail (SIDE_IS_MICROPHONE (self), FALSE);
  return self->take != NULL;
}

/**
 * side_microphone_get_length_ms:
 * @self: a microphone
 *
 * Returns: how much was heard up to now
 */
gint64
side_microphone_get_length_ms (SideMicrophone *self)
{
  gint64 n;

  g_return_val_if_fail (SIDE_IS_MICROPHONE (self), 0);

  if (self->take == NULL)
    return 0;
  g_mutex_lock (&self->take->lock);
  n = self->take->samples->len;
  g_mutex_unlock (&self->take->lock);
  return n * 1000 / SIDE_MICROPHONE_RATE;
}

static void
side_microphone_dispose (GObject *object)
{
  g_free (side_microphone_stop (SIDE_MICROPHONE (object), NULL));
  G_OBJECT_CLASS (side_microphone_parent_class)->dispose (object);
}

static void
side_microphone_class_init (SideMicrophoneClass *klass)
{
  GType type = SIDE_TYPE_MICROPHONE;

  G_OBJECT_CLASS (klass)->dispose = side_microphone_dispose;
  signals[SIGNAL_LEVEL] = g_signal_new ("level", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  signals[SIGNAL_FULL] = g_signal_new ("full", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_microphone_init (SideMicrophone *self)
{
}

/**
 * side_microphone_new:
 *
 * Returns: (transfer full): a microphone that does not listen yet
 */
SideMicrophone *
side_microphone_new (void)
{
  return g_object_new (SIDE_TYPE_MICROPHONE, NULL);
}
