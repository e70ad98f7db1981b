/* side-sound-src.c - the start of the player's pipeline: a decoded file
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Threads: create() runs on the streaming thread, do_seek() on whichever
 * thread seeks, but GstBaseSrc holds the stream lock around both, so the
 * decoder is never used by two at a time.
 *
 * Where the route leaves out a span or goes round in one, a segment begins
 * whose running time goes on where the last one stopped: nothing is flushed, so
 * nothing is heard of it but the jump.
 */
#include "side-sound-src.h"

#include <gst/audio/audio.h>

#define BUFFERS_A_SECOND 20

struct _SideSoundSrc
{
  GstPushSrc  parent_instance;

  SNDFILE    *file;
  SF_INFO     info;
  SideRoute  *route;
  guint64     next_frame;   /* what create() gives next */
  gboolean    discont;      /* the next buffer follows a jump */
};

G_DEFINE_FINAL_TYPE (SideSoundSrc, side_sound_src, GST_TYPE_PUSH_SRC)

static GstStaticPadTemplate src_template =
  GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS,
                           GST_STATIC_CAPS ("audio/x-raw, format = " GST_AUDIO_NE (F32)
                                            ", layout = interleaved, rate = [ 1, max ], channels = [ 1, 2 ]"));

static GstClockTime
time_of (SideSoundSrc *self,
         guint64       frame)
{
  return gst_util_uint64_scale (frame, GST_SECOND, (guint64) self->info.samplerate);
}

static GstCaps *
side_sound_src_get_caps (GstBaseSrc *base,
                         GstCaps    *filter)
{
  SideSoundSrc *self = SIDE_SOUND_SRC (base);
  GstCaps *caps;
  GstCaps *both;

  caps = gst_caps_new_simple ("audio/x-raw",
                              "format", G_TYPE_STRING, GST_AUDIO_NE (F32),
                              "layout", G_TYPE_STRING, "interleaved",
                              "rate", G_TYPE_INT, self->info.samplerate,
                              "channels", G_TYPE_INT, self->info.channels,
                              NULL);
  if (self->info.channels == 2)
    gst_caps_set_simple (caps, "channel-mask", GST_TYPE_BITMASK, G_GUINT64_CONSTANT (3), NULL);
  if (filter == NULL)
    return caps;
  both = gst_caps_intersect_full (filter, caps, GST_CAPS_INTERSECT_FIRST);
  gst_caps_unref (caps);
  return both;
}

static gboolean
side_sound_src_is_seekable (GstBaseSrc *base)
{
  return TRUE;
}

/* Some decoders take the end for a mistake, and find nothing after it. */
static gboolean
go_to (SideSoundSrc *self,
       guint64       frame)
{
  return frame >= (guint64) self->info.frames || sf_seek (self->file, (sf_count_t) frame, SEEK_SET) >= 0;
}

static gboolean
side_sound_src_do_seek (GstBaseSrc *base,
                        GstSegment *segment)
{
  SideSoundSrc *self = SIDE_SOUND_SRC (base);
  guint64 frame;

  frame = gst_util_uint64_scale_round (segment->start, (guint64) self->info.samplerate, GST_SECOND);
  frame = MIN (frame, (guint64) self->info.frames);
  if (!go_to (self, frame))
    {
      GST_ELEMENT_ERROR (self, RESOURCE, SEEK, (NULL), ("%s", sf_strerror (self->file)));
      return FALSE;
    }
  self->next_frame = frame;
  self->discont = TRUE;
  segment->time = segment->start;
  segment->position = segment->start;
  return TRUE;
}

static gboolean
side_sound_src_query (GstBaseSrc *base,
                      GstQuery   *query)
{
  SideSoundSrc *self = SIDE_SOUND_SRC (base);
  GstFormat format;

  if (GST_QUERY_TYPE (query) == GST_QUERY_DURATION)
    {
      gst_query_parse_duration (query, &format, NULL);
      if (format != GST_FORMAT_TIME)
        return FALSE;
      gst_query_set_duration (query, format, (gint64) time_of (self, (guint64) self->info.frames));
      return TRUE;
    }
  return GST_BASE_SRC_CLASS (side_sound_src_parent_class)->query (base, query);
}

/* Goes on from @frame as if it followed the last one. */
static gboolean
jump (SideSoundSrc *self,
      guint64       frame)
{
  GstBaseSrc *base = GST_BASE_SRC (self);
  GstSegment segment = base->segment;
  guint64 running = gst_segment_to_running_time (&segment, GST_FORMAT_TIME, time_of (self, self->next_frame));

  if (running == GST_CLOCK_TIME_NONE || !go_to (self, frame))
    return FALSE;
  segment.base = running;
  segment.offset = 0;
  segment.start = segment.time = segment.position = time_of (self, frame);
  self->next_frame = frame;
  self->discont = TRUE;
  return gst_base_src_new_segment (base, &segment);
}

static GstFlowReturn
side_sound_src_create (GstPushSrc  *push,
                       GstBuffer  **out)
{
  SideSoundSrc *self = SIDE_SOUND_SRC (push);
  guint64 straight;
  guint64 from = MIN (side_route_follow (self->route, self->next_frame, (guint) self->info.samplerate, &straight),
                      (guint64) self->info.frames);
  guint n = MAX ((guint) self->info.samplerate / BUFFERS_A_SECOND, 1);
  gsize frame_bytes = (gsize) self->info.channels * sizeof (float);
  GstBuffer *buffer;
  GstMapInfo map;
  sf_count_t got = 0;

  if (from != self->next_frame && !jump (self, from))
    return GST_FLOW_ERROR;
  if (from >= (guint64) self->info.frames)
    return GST_FLOW_EOS;
  n = (guint) MIN (n, MIN (straight, (guint64) self->info.frames - from));
  buffer = gst_buffer_new_allocate (NULL, n * frame_bytes, NULL);
  if (buffer != NULL && gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    {
      got = sf_readf_float (self->file, (float *) (gpointer) map.data, n);
      gst_buffer_unmap (buffer, &map);
    }
  if (got <= 0)
    {
      gst_clear_buffer (&buffer);
      return GST_FLOW_EOS;
    }
  gst_buffer_set_size (buffer, (gssize) ((gsize) got * frame_bytes));
  GST_BUFFER_PTS (buffer) = time_of (self, self->next_frame);
  GST_BUFFER_DURATION (buffer) = time_of (self, self->next_frame + (guint64) got) - GST_BUFFER_PTS (buffer);
  GST_BUFFER_OFFSET (buffer) = self->next_frame;
  GST_BUFFER_OFFSET_END (buffer) = self->next_frame + (guint64) got;
  if (self->discont)
    GST_BUFFER_FLAG_SET (buffer, GST_BUFFER_FLAG_DISCONT);
  self->discont = FALSE;
  self->next_frame += (guint64) got;
  *out = buffer;
  return GST_FLOW_OK;
}

static void
side_sound_src_finalize (GObject *object)
{
  SideSoundSrc *self = SIDE_SOUND_SRC (object);

  g_clear_pointer (&self->file, sf_close);
  g_clear_pointer (&self->route, side_route_unref);
  G_OBJECT_CLASS (side_sound_src_parent_class)->finalize (object);
}

static void
side_sound_src_class_init (SideSoundSrcClass *klass)
{
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_sound_src_finalize;
  base_class->get_caps = side_sound_src_get_caps;
  base_class->is_seekable = side_sound_src_is_seekable;
  base_class->do_seek = side_sound_src_do_seek;
  base_class->query = side_sound_src_query;
  GST_PUSH_SRC_CLASS (klass)->create = side_sound_src_create;
  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &src_template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Recording", "Source/Audio",
                                         "Gives the samples of a recording", "The Sidetone authors");
}

static void
side_sound_src_init (SideSoundSrc *self)
{
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_TIME);
}

/* side_sound_src_new:
 * @file: (transfer full): an open decoder of one or two channels
 * @info: what it said when it was opened
 * @route: the way through it
 *
 * Returns: (transfer floating): the source; gst_init() must have been called */
GstElement *
side_sound_src_new (SNDFILE       *file,
                    const SF_INFO *info,
                    SideRoute     *route)
{
  SideSoundSrc *self = g_object_new (SIDE_TYPE_SOUND_SRC, NULL);

  self->file = file;
  self->info = *info;
  self->route = side_route_ref (route);
  return GST_ELEMENT (self);
}
