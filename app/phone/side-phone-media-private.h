/* side-phone-media-private.h - what stands behind SideCallMedia
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "side-phone-device.h"
#include "side-phone-listener.h"
#include "side-phone-media.h"
#include "side-phone-pipe.h"

G_BEGIN_DECLS

/* What threads work with. */
typedef struct {
  GWeakRef           face;
  GMainContext      *context;
  SidePhoneWire     *wire;
  SidePhoneFeed     *feed;
  SidePhoneTape     *tape;
  SidePhoneListener *listener;
  SidePhonePipe     *pipe;         /* nullable */
  gint               news;         /* atomic: SidePhoneNews that are on their way */
  GMutex             lock;
  SidePhoneDevice   *loudspeaker;  /* under lock, nullable */
} Engine;

struct _SideCallMedia
{
  GObject          parent_instance;

  Engine          *engine;
  GstClockTime     start;          /* 0: nothing was agreed yet */
  gint64           start_ms;
  SidePhoneDevice *microphone;     /* nullable */
  double           volume;
  guint            timer;
  guint            watch;
  GstBus          *bus;
  guint            told;           /* a bit for each part whose failure was told */
  gboolean         stopping;
  gboolean         recording;
  SidePhoneStats   before;         /* of pipelines that are gone */
  SidePhoneStats   last;
  SidePhoneMaker   maker;
  gpointer         maker_data;
};

void side_call_media_fail      (SideCallMedia *self, SidePhonePart part, const GError *error);

/* For the tests: devices that are none. */
void side_call_media_set_maker (SideCallMedia *self, SidePhoneMaker maker, gpointer data);

G_END_DECLS
