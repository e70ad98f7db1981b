/* side-hub-recordings.c - recordings on their way from a source to whoever asks
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A source names a file, or makes one when it is asked to. Either way it is
 * waited for until it is final, inspected and hashed in a thread, kept in the
 * archive, and only then told of.
 */
#include "side-hub-private.h"

#include "side-error.h"
#include "side-recording-provider.h"

static void
publish_recording (SideHub             *self,
                   const SideRecording *recording)
{
  g_autoptr (SideEvent) event = side_event_new (SIDE_EVENT_RECORDING_READY, side_clock_now_ms (self->clock), recording->project);

  event->call = g_strdup (recording->call);
  event->recording = g_strdup (recording->id);
  event->duration_ms = recording->duration_ms;
  event->channels = recording->channels;
  event->sha256 = g_strdup (recording->sha256);
  side_hub_publish (self, event);
}

/* The event goes out only when the row can be found: whoever hears of a
 * recording asks for it at once. */
static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideRecording *recording = g_task_get_task_data (task);
  GError *error = NULL;

  if (!side_archive_write_finish (SIDE_ARCHIVE (source), result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  publish_recording (g_task_get_source_object (task), recording);
  g_task_return_pointer (task, side_recording_ref (recording), (GDestroyNotify) side_recording_unref);
}

static void
inspected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideHub *self = g_task_get_source_object (task);
  GError *error = NULL;
  SideRecording *recording = side_recording_keeper_publish_finish (SIDE_RECORDING_KEEPER (source), result, &error);
  SideArchiveItem *item;

  if (recording == NULL || self->archive == NULL)
    {
      if (recording != NULL)
        g_task_return_pointer (task, recording, (GDestroyNotify) side_recording_unref);
      else
        g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, recording, (GDestroyNotify) side_recording_unref);
  item = side_archive_item_new (SIDE_ARCHIVE_RECORDING, side_clock_now_ms (self->clock));
  item->recording = side_recording_ref (recording);
  side_archive_write_async (self->archive, item, NULL, stored_cb, g_steal_pointer (&task));
}

static void
published_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autofree char *name = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideRecording) recording = g_task_propagate_pointer (G_TASK (result), &error);

  if (recording == NULL && !side_error_is_cancelled (error))
    g_message ("%s: a recording is not published: %s", name, error->message);
}

void
_side_hub_recording_cb (SideSource *source,
                        const char *project,
                        const char *call,
                        const char *path,
                        int         channels_hint,
                        SideHub    *self)
{
  if (self->keeper == NULL || side_hub_find_project (self, project) == NULL || call == NULL || path == NULL)
    return;
  side_recording_keeper_publish_async (self->keeper, NULL, project, call, path, channels_hint, self->cancellable,
                                       inspected_cb, g_task_new (self, self->cancellable, published_cb, g_strdup (side_source_get_name (source))));
}

/* Recordings made when somebody asks */

static SideRecordingProvider *
find_provider (SideHub        *self,
               const SideCall *call)
{
  for (guint i = 0; i < self->sources->len; i++)
    {
      gpointer source = g_ptr_array_index (self->sources, i);

      if (SIDE_IS_RECORDING_PROVIDER (source) && side_recording_provider_can_provide (source, call))
        return source;
    }
  return NULL;
}

static void
provided_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideHub *self = g_task_get_source_object (task);
  g_autoptr (SideCall) call = side_call_ref (g_task_get_task_data (task));
  GError *error = NULL;
  int channels_hint = 0;
  g_autofree char *path =
      side_recording_provider_provide_finish (SIDE_RECORDING_PROVIDER (source), result, &channels_hint, &error);

  if (path == NULL)
    g_task_return_error (task, error);
  else
    side_recording_keeper_publish_async (self->keeper, call->recording, call->project, call->id, path, channels_hint,
                                         g_task_get_cancellable (task), inspected_cb, g_object_ref (task));
}

/**
 * side_hub_provide_async:
 * @self: the hub
 * @call: a leg whose recording was announced and not published
 * @cancellable: (nullable): cancellable
 * @callback: called when the recording can be served
 * @user_data: its data
 *
 * Asks the source that can make the recording; it is then published like any
 * other, under the id that was announced.
 */
void
side_hub_provide_async (SideHub            *self,
                        SideCall           *call,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SideRecordingProvider *provider = self->keeper != NULL ? find_provider (self, call) : NULL;

  g_task_set_source_tag (task, side_hub_provide_async);
  g_task_set_task_data (task, side_call_ref (call), (GDestroyNotify) side_call_unref);
  if (provider != NULL)
    {
      side_recording_provider_provide_async (provider, call, cancellable, provided_cb, task);
      return;
    }
  g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "there is no such recording, or it is not for you");
  g_object_unref (task);
}

/**
 * side_hub_provide_finish:
 * @self: the hub
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the recording
 */
SideRecording *
side_hub_provide_finish (SideHub      *self,
                         GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
