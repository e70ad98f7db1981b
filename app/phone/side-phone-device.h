/* side-phone-device.h - the microphone or the loudspeaker of a test call
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A device has a clock of its own and may take its time to open: each has a
 * pipeline of its own, opened and closed in a thread. Made and let go on the
 * main context.
 */
#pragma once

#include <gst/gst.h>

#include "side-phone-feed.h"

G_BEGIN_DECLS

typedef struct _SidePhoneDevice SidePhoneDevice;

/* In a thread: the element of a device, or the default one without @id. */
typedef GstElement *(*SidePhoneMaker) (gboolean input, const char *id, gpointer data);
/* On the main context, once. */
typedef void (*SidePhoneBroke) (SidePhoneDevice *device, const GError *error, gpointer data);

GstElement      *side_phone_device_make       (gboolean input, const char *id, gpointer data);

SidePhoneDevice *side_phone_device_open       (gboolean input, const char *id, GstClockTime start, SidePhoneFeed *feed,
                                               SidePhoneMaker maker, gpointer maker_data, SidePhoneBroke broke, gpointer data);
void             side_phone_device_play       (SidePhoneDevice *self, GstClockTime at, const gint16 *samples, gsize n);
void             side_phone_device_set_volume (SidePhoneDevice *self, double volume);
SidePhoneDevice *side_phone_device_ref        (SidePhoneDevice *self);
void             side_phone_device_unref      (SidePhoneDevice *self);
void             side_phone_device_close      (SidePhoneDevice *self);

G_END_DECLS
