/* side-phone-device.c - the microphone or the loudspeaker of a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-phone-device.h"

#include <gst/app/gstappsrc.h>
#include <gst/audio/audio.h>

#include "side-error.h"
#include "side-input.h"
#include "side-phone-media.h"

/* What is heard is late by that, so that packets that come unevenly are heard evenly. */
#define EVEN_NS    (120 * GST_MSECOND)
#define MOST_NS    (400 * GST_MSECOND)
#define OPEN_FAILS "the device is not there"

#define RAW "audio/x-raw,format=" GST_AUDIO_NE (S16) ",layout=interleaved,channels=1,rate=" G_STRINGIFY (SIDE_PHONE_RATE)

struct _SidePhoneDevice
{
  gatomicrefcount  ref_count;
  gboolean         input;
  char            *id;
  GstElement      *pipeline;
  GstElement      *chain;      /* all but the device */
  GstElement      *appsrc;     /* nullable: of a microphone */
  guint            watch;
  SidePhoneMaker   maker;
  gpointer         maker_data;
  SidePhoneBroke   broke;
  gpointer         data;
  GMutex           opening;    /* held while its state changes */
  GMutex           lock;
  gboolean         closed;     /* under lock */
  SidePhoneFeed   *feed;       /* under lock; NULL once closed */
};

/* The maker outside tests. */
GstElement *
side_phone_device_make (gboolean    input,
                        const char *id,
                        gpointer    data)
{
  if (id == NULL || *id == '\0')
    return gst_element_factory_make (input ? "autoaudiosrc" : "autoaudiosink", NULL);
  return input ? side_input_make_source (id) : side_output_make_sink (id);
}

SidePhoneDevice *
side_phone_device_ref (SidePhoneDevice *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
side_phone_device_unref (SidePhoneDevice *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  gst_clear_object (&self->appsrc);
  gst_clear_object (&self->pipeline);
  g_mutex_clear (&self->opening);
  g_mutex_clear (&self->lock);
  g_free (self->id);
  g_free (self);
}

static void
heard_cb (GstElement      *sink,
          GstBuffer       *buffer,
          GstPad          *pad,
          SidePhoneDevice *self)
{
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  g_mutex_lock (&self->lock);
  if (self->feed != NULL)
    side_phone_feed_hear (self->feed, (const gint16 *) (gpointer) map.data, map.size / sizeof (gint16));
  g_mutex_unlock (&self->lock);
  gst_buffer_unmap (buffer, &map);
}

static gboolean
message_cb (GstBus     *bus,
            GstMessage *message,
            gpointer    data)
{
  SidePhoneDevice *self = data;
  g_autoptr (GError) failed = NULL;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR && GST_MESSAGE_TYPE (message) != GST_MESSAGE_EOS)
    return G_SOURCE_CONTINUE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, &failed, NULL);
  error = g_error_new (SIDE_ERROR, SIDE_ERROR_FAILED, "%s", failed != NULL ? failed->message : "the device stopped");
  self->watch = 0;
  self->broke (self, error, self->data);
  return G_SOURCE_REMOVE;
}

static gboolean
is_closed (SidePhoneDevice *self)
{
  gboolean closed;

  g_mutex_lock (&self->lock);
  closed = self->closed;
  g_mutex_unlock (&self->lock);
  return closed;
}

/* In a thread */
static void
open_work (GstElement *pipeline,
           gpointer    data)
{
  SidePhoneDevice *self = data;
  GstElement *device = self->maker (self->input, self->id, self->maker_data);
  gboolean linked;

  if (device == NULL)
    {
      GST_ELEMENT_ERROR (pipeline, RESOURCE, NOT_FOUND, (OPEN_FAILS), (NULL));
      return;
    }
  g_mutex_lock (&self->opening);
  gst_bin_add (GST_BIN (pipeline), device);
  linked = self->input ? gst_element_link (device, self->chain) : gst_element_link (self->chain, device);
  /* Whoever could not start says so on the bus. */
  if (!linked)
    GST_ELEMENT_ERROR (pipeline, RESOURCE, SETTINGS, (OPEN_FAILS), (NULL));
  else if (!is_closed (self))
    gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_mutex_unlock (&self->opening);
}

/* side_phone_device_open:
 * @input: a microphone, or a loudspeaker
 * @id: (nullable): which, or the default
 * @start: where the time line of the call begins
 * @feed: (nullable): where a microphone speaks into
 * @broke: told when it cannot be opened or breaks
 *
 * Returns: (transfer full): to be closed */
SidePhoneDevice *
side_phone_device_open (gboolean        input,
                        const char     *id,
                        GstClockTime    start,
                        SidePhoneFeed  *feed,
                        SidePhoneMaker  maker,
                        gpointer        maker_data,
                        SidePhoneBroke  broke,
                        gpointer        data)
{
  SidePhoneDevice *self = g_new0 (SidePhoneDevice, 1);
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstElement) out = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->opening);
  g_mutex_init (&self->lock);
  self->input = input;
  self->id = g_strdup (id);
  self->feed = feed;
  self->maker = maker;
  self->maker_data = maker_data;
  self->broke = broke;
  self->data = data;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->chain = gst_parse_bin_from_description (
    input ? "audioconvert ! audioresample ! " RAW " ! fakesink name=out sync=false async=false signal-handoffs=true"
          : "appsrc name=in is-live=true format=time leaky-type=downstream caps=\"" RAW "\" ! audioconvert ! audioresample"
            " ! volume name=volume", TRUE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), self->chain);
  out = gst_bin_get_by_name (GST_BIN (self->chain), "out");
  if (out != NULL)
    g_signal_connect (out, "handoff", G_CALLBACK (heard_cb), self);
  self->appsrc = gst_bin_get_by_name (GST_BIN (self->chain), "in");
  if (self->appsrc != NULL)
    {
      g_object_set (self->appsrc, "min-latency", (gint64) EVEN_NS, "max-time", (guint64) MOST_NS, NULL);
      gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);
      gst_element_set_start_time (self->pipeline, GST_CLOCK_TIME_NONE);
      gst_element_set_base_time (self->pipeline, start);
    }
  bus = gst_element_get_bus (self->pipeline);
  self->watch = gst_bus_add_watch (bus, message_cb, self);
  gst_element_call_async (self->pipeline, open_work, side_phone_device_ref (self), (GDestroyNotify) side_phone_device_unref);
  return self;
}

/* side_phone_device_play: in any thread
 * @at: when they are to be heard, by the time line of the call */
void
side_phone_device_play (SidePhoneDevice *self,
                        GstClockTime     at,
                        const gint16    *samples,
                        gsize            n)
{
  GstBuffer *buffer = gst_buffer_new_memdup (samples, n * sizeof (gint16));

  GST_BUFFER_PTS (buffer) = at;
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n, GST_SECOND, SIDE_PHONE_RATE);
  gst_app_src_push_buffer (GST_APP_SRC (self->appsrc), buffer);
}

/* side_phone_device_set_volume:
 * @volume: 0..1 as people hear it */
void
side_phone_device_set_volume (SidePhoneDevice *self,
                              double           volume)
{
  g_autoptr (GstElement) element = gst_bin_get_by_name (GST_BIN (self->chain), "volume");

  if (element != NULL)
    g_object_set (element, "volume", volume * volume * volume, NULL);
}

static gpointer
close_work (gpointer data)
{
  SidePhoneDevice *self = data;

  g_mutex_lock (&self->opening);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  g_mutex_unlock (&self->opening);
  side_phone_device_unref (self);
  return NULL;
}

/* side_phone_device_close:
 * @self: (transfer full): nothing more comes from it or is told of it
 *
 * Does not wait for the device. */
void
side_phone_device_close (SidePhoneDevice *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  self->feed = NULL;
  g_mutex_unlock (&self->lock);
  if (self->watch != 0)
    gst_bus_remove_watch (bus);
  self->watch = 0;
  gst_bus_set_flushing (bus, TRUE);
  g_thread_unref (g_thread_new ("side-call-close", close_work, self));
}
