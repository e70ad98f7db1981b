/* side-player-pipe.c - the GStreamer pipeline of one opened recording
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   SideSoundSrc ! scaletempo ! (gains) audioconvert ! audioresample ! sink
 *
 * scaletempo turns the rate of a seek into speed without change of pitch. The
 * gains are applied by a probe behind it, as late as our own code can, and
 * glide over one buffer so that a muted side does not click.
 *
 * The sink is brought to READY in the worker: that is where a sound server is
 * asked for, and the main context must not wait for one. Where there is none,
 * a sink that only keeps time takes its place, so that positions still move.
 */
#include "side-player-pipe.h"

#include <math.h>

#include "side-error.h"
#include "side-input.h"
#include "side-sound-file.h"
#include "side-sound-src.h"

struct _SideGains
{
  gatomicrefcount ref_count;
  GMutex          lock;
  float           wanted[2];   /* under lock */
  float           heard[2];    /* streaming thread only: where the last buffer ended */
};

SideGains *
side_gains_new (void)
{
  SideGains *self = g_new0 (SideGains, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  for (guint side = 0; side < 2; side++)
    self->wanted[side] = self->heard[side] = 1;
  return self;
}

SideGains *
side_gains_ref (SideGains *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_gains_unref (SideGains *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* side_gains_set: @side: 0 or 1; @gain: linear amplitude, 0 or more; above 1 peaks are kept below full scale */
void
side_gains_set (SideGains *self,
                guint      side,
                float      gain)
{
  g_mutex_lock (&self->lock);
  self->wanted[side] = gain;
  g_mutex_unlock (&self->lock);
}

/* Whether any of the recording's channels is heard at all. */
gboolean
side_gains_are_audible (SideGains *self,
                        guint      n_channels)
{
  gboolean audible = FALSE;

  g_mutex_lock (&self->lock);
  for (guint side = 0; side < MIN (n_channels, 2); side++)
    audible |= self->wanted[side] > 0;
  g_mutex_unlock (&self->lock);
  return audible;
}

/* Straight up to here, then bent so that full scale is never passed. */
#define CEILING_FROM 0.7f

/* A side made louder must not be clipped: what would pass the ceiling is bent
 * towards it by x / (1 + x), which meets the straight part without a corner. */
static float
below_ceiling (float sample)
{
  float size = fabsf (sample);
  float over = (size - CEILING_FROM) / (1.0f - CEILING_FROM);

  if (size <= CEILING_FROM)
    return sample;
  return copysignf (CEILING_FROM + (1.0f - CEILING_FROM) * over / (1.0f + over), sample);
}

static void
apply (float *samples,
       gsize  n_frames,
       guint  n_channels,
       float  from,
       float  to)
{
  float step = (to - from) / (float) MAX (n_frames, 1);

  for (gsize i = 0; i < n_frames; i++)
    samples[i * n_channels] *= from + step * (float) (i + 1);
  for (gsize i = 0; MAX (from, to) > 1 && i < n_frames; i++)
    samples[i * n_channels] = below_ceiling (samples[i * n_channels]);
}

static GstPadProbeReturn
gains_cb (GstPad          *pad,
          GstPadProbeInfo *info,
          gpointer         data)
{
  SideGains *self = data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  gboolean jumped = GST_BUFFER_FLAG_IS_SET (GST_PAD_PROBE_INFO_BUFFER (info), GST_BUFFER_FLAG_DISCONT);
  float wanted[2];
  int n_channels = 0;
  GstMapInfo map;

  g_mutex_lock (&self->lock);
  wanted[0] = self->wanted[0];
  wanted[1] = self->wanted[1];
  g_mutex_unlock (&self->lock);
  if (caps == NULL || !gst_structure_get_int (gst_caps_get_structure (caps, 0), "channels", &n_channels)
      || n_channels > 2)
    return GST_PAD_PROBE_OK;
  info->data = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  if (!gst_buffer_map (GST_PAD_PROBE_INFO_BUFFER (info), &map, GST_MAP_READWRITE))
    return GST_PAD_PROBE_OK;
  for (int side = 0; side < n_channels; side++)
    {
      float from = jumped ? wanted[side] : self->heard[side];

      if (from != 1 || wanted[side] != 1)
        apply ((float *) (gpointer) map.data + side, map.size / sizeof (float) / (gsize) n_channels,
               (guint) n_channels, from, wanted[side]);
      self->heard[side] = wanted[side];
    }
  gst_buffer_unmap (GST_PAD_PROBE_INFO_BUFFER (info), &map);
  return GST_PAD_PROBE_OK;
}

static void
stop_cb (GstElement *pipeline,
         gpointer    data)
{
  gst_element_set_state (pipeline, GST_STATE_NULL);
}

/* side_pipe_free:
 * @self: (nullable): a pipe
 *
 * Stopping waits for the streaming thread and the sound server, so it is done
 * in a thread of GStreamer's; nothing of it refers to the player. */
void
side_pipe_free (SidePipe *self)
{
  if (self == NULL)
    return;
  if (self->pipeline != NULL)
    {
      gst_element_call_async (self->pipeline, stop_cb, NULL, NULL);
      gst_object_unref (self->pipeline);
    }
  g_clear_error (&self->silent_reason);
  g_free (self);
}

/* The words of the first warning or error on @bus, if any. */
static char *
first_complaint (GstBus *bus)
{
  g_autoptr (GstMessage) message =
    gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR | GST_MESSAGE_WARNING);
  g_autoptr (GError) error = NULL;

  if (message == NULL)
    return NULL;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &error, NULL);
  else
    gst_message_parse_warning (message, &error, NULL);
  return g_strdup (error->message);
}

static GstElement *
make_silent_sink (void)
{
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);

  if (sink != NULL)
    g_object_set (gst_object_ref_sink (sink), "sync", TRUE, NULL);
  return sink;
}

typedef struct {
  char                  *path;
  SidePlayerSinkFactory  factory;
  gpointer               factory_data;
  char                  *output;
  GError                *silent_reason;
  SideGains             *gains;
  SideRoute             *route;
} Request;

static void
request_free (Request *request)
{
  g_free (request->path);
  g_free (request->output);
  g_clear_error (&request->silent_reason);
  side_gains_unref (request->gains);
  side_route_unref (request->route);
  g_free (request);
}

/* A sink in READY: the one wanted, or one that only keeps time with @reason set. */
static GstElement *
open_sink (const Request  *request,
           GError        **reason)
{
  g_autoptr (GstElement) sink = request->factory != NULL ? request->factory (request->factory_data)
                                : request->output != NULL ? side_output_make_sink (request->output) : NULL;
  g_autoptr (GstBus) bus = gst_bus_new ();
  g_autofree char *complaint = NULL;
  GstStateChangeReturn changed;

  if (sink == NULL && request->factory == NULL)
    sink = gst_element_factory_make ("autoaudiosink", NULL);
  if (sink != NULL)
    {
      gst_object_ref_sink (sink);
      gst_element_set_bus (sink, bus);
      changed = gst_element_set_state (sink, GST_STATE_READY);
      complaint = first_complaint (bus);
      gst_element_set_bus (sink, NULL);
      if (changed != GST_STATE_CHANGE_FAILURE && complaint == NULL)
        return g_steal_pointer (&sink);
      gst_element_set_state (sink, GST_STATE_NULL);
    }
  g_set_error (reason, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
               "there is no audio device to play on: %s",
               complaint != NULL ? complaint : "no audio output is installed");
  return make_silent_sink ();
}

/* Adds one element by name behind @previous; the pipeline owns it. */
static GstElement *
add_after (GstElement  *pipeline,
           GstElement  *previous,
           const char  *name,
           GError     **error)
{
  GstElement *element = gst_element_factory_make (name, NULL);

  if (element == NULL)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
                   "the GStreamer element “%s” is not installed", name);
      return NULL;
    }
  gst_bin_add (GST_BIN (pipeline), element);
  if (!gst_element_link (previous, element))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_FAILED, "the GStreamer element “%s” cannot be linked", name);
      return NULL;
    }
  return element;
}

static gboolean
assemble (SidePipe    *self,
          GstElement  *source,
          SideGains   *gains,
          GError     **error)
{
  static const char *const names[] = { "scaletempo", "audioconvert", "audioresample" };
  GstElement *last = source;
  g_autoptr (GstPad) pad = NULL;

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  gst_bin_add (GST_BIN (self->pipeline), source);
  /* The sink is in READY already; in the pipeline it is stopped with it. */
  gst_bin_add (GST_BIN (self->pipeline), self->sink);
  gst_element_set_state (self->pipeline, GST_STATE_READY);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      last = add_after (self->pipeline, last, names[i], error);
      if (last == NULL)
        return FALSE;
      if (i == 0)
        pad = gst_element_get_static_pad (last, "src");
    }
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, gains_cb,
                     side_gains_ref (gains), (GDestroyNotify) side_gains_unref);
  if (!gst_element_link (last, self->sink))
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_FAILED, "the audio output does not take sound");
      return FALSE;
    }
  return TRUE;
}

static SidePipe *
open_pipe (Request  *request,
           GError  **error)
{
  g_autoptr (SidePipe) self = g_new0 (SidePipe, 1);
  g_autoptr (GError) gst_error = NULL;
  g_autoptr (GstElement) sink = NULL;
  GstElement *source;
  SNDFILE *file;
  SF_INFO info;

  if (!gst_init_check (NULL, NULL, &gst_error))
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "GStreamer does not start: %s",
                   gst_error != NULL ? gst_error->message : "unknown reason");
      return NULL;
    }
  file = side_sound_file_open_seekable (request->path, &info, error);
  if (file == NULL)
    return NULL;
  if (info.channels > 2)
    {
      sf_close (file);
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED,
                   "the recording has %d channels; one or two can be played", info.channels);
      return NULL;
    }
  source = side_sound_src_new (file, &info, request->route);
  self->n_channels = (guint) info.channels;
  self->duration_ms = info.frames / info.samplerate * 1000 + info.frames % info.samplerate * 1000 / info.samplerate;
  if (request->silent_reason != NULL)
    {
      self->silent_reason = g_error_copy (request->silent_reason);
      sink = make_silent_sink ();
    }
  else
    {
      sink = open_sink (request, &self->silent_reason);
    }
  if (sink == NULL)
    {
      gst_object_unref (gst_object_ref_sink (source));
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_UNSUPPORTED, "GStreamer's core elements are not installed");
      return NULL;
    }
  self->sink = sink;
  if (!assemble (self, source, request->gains, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
open_worker (GTask        *task,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  SidePipe *pipe = open_pipe (task_data, &error);

  if (pipe != NULL)
    g_task_return_pointer (task, pipe, (GDestroyNotify) side_pipe_free);
  else
    g_task_return_error (task, error);
}

/* side_pipe_open_async:
 * @path: a sound file
 * @factory: (nullable): makes the sink, in the worker; %NULL for the desktop's audio output
 * @factory_data: for @factory
 * @output: (nullable): without a factory, the device; %NULL for the desktop's choice
 * @silent_reason: (nullable): when set no audio device is tried, and this is told as the reason
 * @gains: the volumes to apply
 * @route: the way through the recording
 * @cancellable: (nullable): what was opened is dropped when cancelled
 */
void
side_pipe_open_async (const char            *path,
                      SidePlayerSinkFactory  factory,
                      gpointer               factory_data,
                      const char            *output,
                      const GError          *silent_reason,
                      SideGains             *gains,
                      SideRoute             *route,
                      GCancellable          *cancellable,
                      GAsyncReadyCallback    callback,
                      gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request = g_new0 (Request, 1);

  request->path = g_strdup (path);
  request->factory = factory;
  request->factory_data = factory_data;
  request->output = g_strdup (output);
  request->silent_reason = silent_reason != NULL ? g_error_copy (silent_reason) : NULL;
  request->gains = side_gains_ref (gains);
  request->route = side_route_ref (route);
  g_task_set_source_tag (task, side_pipe_open_async);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);
  g_task_run_in_thread (task, open_worker);
}

/* Returns: (transfer full): the pipe, or %NULL with the errors of an unreadable
 * file (side_sound_file_open()) or %SIDE_ERROR_UNSUPPORTED */
SidePipe *
side_pipe_open_finish (GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
