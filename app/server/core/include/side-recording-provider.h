/* side-recording-provider.h - whoever can produce a recording on demand
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A source that holds the sound of past calls without having a file of each:
 * the simulator speaks it when somebody asks, another might fetch it from a
 * far store. The server asks when a leg it knows is wanted and no file of it
 * was published yet; the file then goes the way of every other recording
 * (checked, hashed, published). Called and answered in the main context; a
 * source that is no provider simply doesn't implement it.
 */
#pragma once

#include <gio/gio.h>

#include "side-call.h"

G_BEGIN_DECLS

#define SIDE_TYPE_RECORDING_PROVIDER (side_recording_provider_get_type ())
G_DECLARE_INTERFACE (SideRecordingProvider, side_recording_provider, SIDE, RECORDING_PROVIDER, GObject)

/**
 * SideRecordingProviderInterface:
 * @can_provide: whether it is worth asking for this leg; quick, no I/O
 * @provide_async: makes the file, or finds it already made
 * @provide_finish: the path of the finished file and, in @channels_hint, 2 or
 *   0 as in SideSource::recording
 */
struct _SideRecordingProviderInterface
{
  GTypeInterface parent_iface;

  gboolean (*can_provide)    (SideRecordingProvider *self, const SideCall *call);
  void     (*provide_async)  (SideRecordingProvider *self, SideCall *call, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
  char    *(*provide_finish) (SideRecordingProvider *self, GAsyncResult *result, int *channels_hint, GError **error);
};

gboolean side_recording_provider_can_provide    (SideRecordingProvider *self, const SideCall *call);
void     side_recording_provider_provide_async  (SideRecordingProvider *self, SideCall *call,
                                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                                 gpointer user_data);
char    *side_recording_provider_provide_finish (SideRecordingProvider *self, GAsyncResult *result,
                                                 int *channels_hint, GError **error);

G_END_DECLS
