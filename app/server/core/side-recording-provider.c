/* side-recording-provider.c - whoever can produce a recording on demand
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-recording-provider.h"

G_DEFINE_INTERFACE (SideRecordingProvider, side_recording_provider, G_TYPE_OBJECT)

static void
side_recording_provider_default_init (SideRecordingProviderInterface *iface)
{
}

/**
 * side_recording_provider_can_provide:
 * @self: a provider
 * @call: a leg
 *
 * Returns: whether a recording of @call can be had from here
 */
gboolean
side_recording_provider_can_provide (SideRecordingProvider *self,
                                     const SideCall        *call)
{
  g_return_val_if_fail (SIDE_IS_RECORDING_PROVIDER (self), FALSE);
  g_return_val_if_fail (call != NULL, FALSE);
  return SIDE_RECORDING_PROVIDER_GET_IFACE (self)->can_provide (self, call);
}

/**
 * side_recording_provider_provide_async:
 * @self: a provider
 * @call: (transfer none): a finished leg, as the archive keeps it
 * @cancellable: (nullable): takes it back
 * @callback: called in the main context
 * @user_data: for @callback
 *
 * Asking twice for one leg gives the same file.
 */
void
side_recording_provider_provide_async (SideRecordingProvider *self,
                                       SideCall              *call,
                                       GCancellable          *cancellable,
                                       GAsyncReadyCallback    callback,
                                       gpointer               user_data)
{
  g_return_if_fail (SIDE_IS_RECORDING_PROVIDER (self));
  g_return_if_fail (call != NULL);
  SIDE_RECORDING_PROVIDER_GET_IFACE (self)->provide_async (self, call, cancellable, callback, user_data);
}

/**
 * side_recording_provider_provide_finish:
 * @self: a provider
 * @result: what the callback was given
 * @channels_hint: (out): 2 or 0, see SideSource::recording
 * @error: return location
 *
 * Returns: (transfer full): path of the file, final and never changed again;
 *   or %NULL with %SIDE_ERROR_NOT_FOUND for a leg that was never recorded,
 *   %SIDE_ERROR_UNSUPPORTED where none can be made on this machine,
 *   %SIDE_ERROR_CANCELLED, or what the file system said
 */
char *
side_recording_provider_provide_finish (SideRecordingProvider  *self,
                                        GAsyncResult           *result,
                                        int                    *channels_hint,
                                        GError                **error)
{
  g_return_val_if_fail (SIDE_IS_RECORDING_PROVIDER (self), NULL);
  g_return_val_if_fail (channels_hint != NULL, NULL);
  return SIDE_RECORDING_PROVIDER_GET_IFACE (self)->provide_finish (self, result, channels_hint, error);
}
