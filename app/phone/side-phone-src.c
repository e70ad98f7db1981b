/* side-phone-src.c - the start of the pipeline that sends
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GstBaseSrc waits for the time of each block by itself. When the machine had
 * no time for us the blocks that are due go out at once, as a microphone's
 * would; after a longer pause, as of a computer that slept, what was missed
 * stays unsaid.
 */
#include "side-phone-src.h"

#include <gst/audio/audio.h>
#include <gst/base/gstpushsrc.h>
#include <speex/speex_resampler.h>

#define BLOCK      (SIDE_PHONE_RATE / 50)
#define BLOCK_TIME (20 * GST_MSECOND)
#define LONGEST    (25 * BLOCK_TIME)
#define QUALITY    3

#define SIDE_TYPE_PHONE_SRC (side_phone_src_get_type ())
G_DECLARE_FINAL_TYPE (SidePhoneSrc, side_phone_src, SIDE, PHONE_SRC, GstPushSrc)

struct _SidePhoneSrc
{
  GstPushSrc     parent_instance;

  SidePhoneFeed *feed;
  SidePhoneTape *tape;
  gboolean      *sending;      /* atomic */
  guint          rate;
  SpeexResamplerState *resampler;   /* nullable: it is SIDE_PHONE_RATE */
  GstClockTime   next;
  gint           slips;        /* atomic */
};

G_DEFINE_FINAL_TYPE (SidePhoneSrc, side_phone_src, GST_TYPE_PUSH_SRC)

#define CAPS "audio/x-raw, format = " GST_AUDIO_NE (S16) ", layout = interleaved, rate = { 8000, " \
             G_STRINGIFY (SIDE_PHONE_RATE) " }, channels = 1"

static GstStaticPadTemplate src_template =
  GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS (CAPS));

static void
side_phone_src_get_times (GstBaseSrc   *base,
                          GstBuffer    *buffer,
                          GstClockTime *start,
                          GstClockTime *end)
{
  /* A block leaves when its last sample would have been spoken. */
  *start = GST_BUFFER_PTS (buffer) + GST_BUFFER_DURATION (buffer);
  *end = GST_CLOCK_TIME_NONE;
}

static GstCaps *
side_phone_src_get_caps (GstBaseSrc *base,
                         GstCaps    *filter)
{
  g_autoptr (GstCaps) caps = gst_static_pad_template_get_caps (&src_template);

  caps = gst_caps_make_writable (caps);
  gst_caps_set_simple (caps, "rate", G_TYPE_INT, (int) SIDE_PHONE_SRC (base)->rate, NULL);
  if (filter == NULL)
    return g_steal_pointer (&caps);
  return gst_caps_intersect_full (filter, caps, GST_CAPS_INTERSECT_FIRST);
}

/* The block as it is sent. */
static GstBuffer *
buffer_of (SidePhoneSrc *self,
           const gint16 *samples)
{
  spx_uint32_t n_in = BLOCK, n_out = BLOCK * self->rate / SIDE_PHONE_RATE;
  GstBuffer *buffer;
  GstMapInfo map;

  if (self->resampler == NULL)
    return gst_buffer_new_memdup (samples, BLOCK * sizeof (gint16));
  buffer = gst_buffer_new_allocate (NULL, n_out * sizeof (gint16), NULL);
  gst_buffer_map (buffer, &map, GST_MAP_WRITE);
  speex_resampler_process_int (self->resampler, 0, samples, &n_in, (gint16 *) (gpointer) map.data, &n_out);
  gst_buffer_unmap (buffer, &map);
  return buffer;
}

static GstClockTime
running_time (SidePhoneSrc *self)
{
  GstClock *clock = gst_element_get_clock (GST_ELEMENT (self));
  GstClockTime now = 0;

  if (clock != NULL)
    {
      now = gst_clock_get_time (clock) - gst_element_get_base_time (GST_ELEMENT (self));
      gst_object_unref (clock);
    }
  return now;
}

static GstFlowReturn
side_phone_src_create (GstPushSrc  *push,
                       GstBuffer  **out)
{
  SidePhoneSrc *self = SIDE_PHONE_SRC (push);
  GstClockTime now = running_time (self);
  gboolean jumped = FALSE;
  gint16 samples[BLOCK];
  GstBuffer *buffer;

  if (!GST_CLOCK_TIME_IS_VALID (self->next) || self->next + LONGEST < now)
    {
      self->next = now;
      jumped = TRUE;
    }
  else if (now > self->next + 2 * BLOCK_TIME)
    g_atomic_int_inc (&self->slips);
  side_phone_feed_take (self->feed, samples, BLOCK);
  if (g_atomic_int_get (self->sending))
    side_phone_tape_put (self->tape, SIDE_PHONE_OURS, (gint64) self->next, samples, BLOCK);
  buffer = buffer_of (self, samples);
  GST_BUFFER_PTS (buffer) = self->next;
  GST_BUFFER_DURATION (buffer) = BLOCK_TIME;
  if (jumped)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  self->next += BLOCK_TIME;
  *out = buffer;
  return GST_FLOW_OK;
}

static gboolean
side_phone_src_start (GstBaseSrc *base)
{
  SIDE_PHONE_SRC (base)->next = GST_CLOCK_TIME_NONE;
  return TRUE;
}

static gboolean
side_phone_src_query (GstBaseSrc *base,
                      GstQuery   *query)
{
  if (GST_QUERY_TYPE (query) == GST_QUERY_LATENCY)
    {
      gst_query_set_latency (query, TRUE, BLOCK_TIME, GST_CLOCK_TIME_NONE);
      return TRUE;
    }
  return GST_BASE_SRC_CLASS (side_phone_src_parent_class)->query (base, query);
}

static void
side_phone_src_finalize (GObject *object)
{
  g_clear_pointer (&SIDE_PHONE_SRC (object)->resampler, speex_resampler_destroy);
  G_OBJECT_CLASS (side_phone_src_parent_class)->finalize (object);
}

static void
side_phone_src_class_init (SidePhoneSrcClass *klass)
{
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_phone_src_finalize;
  base_class->get_caps = side_phone_src_get_caps;
  base_class->get_times = side_phone_src_get_times;
  base_class->start = side_phone_src_start;
  base_class->query = side_phone_src_query;
  GST_PUSH_SRC_CLASS (klass)->create = side_phone_src_create;
  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &src_template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "What we say", "Source/Audio",
                                         "Gives what is said in a test call", "The Sidetone authors");
}

static void
side_phone_src_init (SidePhoneSrc *self)
{
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
  gst_base_src_set_live (GST_BASE_SRC (self), TRUE);
}

/* side_phone_src_new:
 * @feed: what is said; outlives the source
 * @tape: where it goes too; likewise
 * @sending: whether what is said leaves the house, read atomically; likewise
 * @rate: SIDE_PHONE_RATE or 8000
 *
 * Returns: (transfer floating): the source; gst_init() must have been called */
GstElement *
side_phone_src_new (SidePhoneFeed *feed,
                    SidePhoneTape *tape,
                    gboolean      *sending,
                    guint          rate)
{
  SidePhoneSrc *self = g_object_new (SIDE_TYPE_PHONE_SRC, NULL);

  self->feed = feed;
  self->tape = tape;
  self->sending = sending;
  self->rate = rate;
  if (rate != SIDE_PHONE_RATE)
    self->resampler = speex_resampler_init (1, SIDE_PHONE_RATE, rate, QUALITY, NULL);
  return GST_ELEMENT (self);
}

/* Returns: blocks that left more than 20 ms late */
guint64
side_phone_src_get_slips (GstElement *src)
{
  return (guint64) g_atomic_int_get (&SIDE_PHONE_SRC (src)->slips);
}
