/* side-output.c - the devices sound can be played on, and those it comes from
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asked of GStreamer's device monitor, whose sound servers may take their time:
 * always in a thread.
 */
#include "side-input.h"

#include "side-error.h"

#define OUTPUTS "Audio/Sink"
#define INPUTS  "Audio/Source"

static void
output_free (gpointer data)
{
  SideOutput *output = data;

  g_free (output->id);
  g_free (output->name);
  g_free (output);
}

/* What names a device from one day to the next: the sound server's own name
 * for it where it tells one, since people rename and languages change. */
static char *
id_of (GstDevice *device)
{
  static const char *const keys[] = { "node.name", "device.string", "device.name" };
  g_autoptr (GstStructure) facts = gst_device_get_properties (device);

  for (gsize i = 0; facts != NULL && i < G_N_ELEMENTS (keys); i++)
    {
      const char *name = gst_structure_get_string (facts, keys[i]);

      if (name != NULL && *name != '\0')
        return g_strdup (name);
    }
  return gst_device_get_display_name (device);
}

/* Returns: (transfer full) (element-type GstDevice) */
static GList *
find_devices (const char *kind)
{
  g_autoptr (GstDeviceMonitor) monitor = NULL;
  GList *devices;

  if (!gst_init_check (NULL, NULL, NULL))
    return NULL;
  monitor = gst_device_monitor_new ();
  gst_device_monitor_add_filter (monitor, kind, NULL);
  if (!gst_device_monitor_start (monitor))
    return NULL;
  devices = gst_device_monitor_get_devices (monitor);
  gst_device_monitor_stop (monitor);
  return devices;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const SideOutput *x = *(const SideOutput *const *) a;
  const SideOutput *y = *(const SideOutput *const *) b;

  return g_utf8_collate (x->name, y->name);
}

static void
list_work (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  GPtrArray *outputs = g_ptr_array_new_with_free_func (output_free);
  GList *devices = find_devices (task_data);

  for (GList *at = devices; at != NULL; at = at->next)
    {
      SideOutput *output = g_new0 (SideOutput, 1);

      output->id = id_of (at->data);
      output->name = gst_device_get_display_name (at->data);
      g_ptr_array_add (outputs, output);
    }
  g_list_free_full (devices, gst_object_unref);
  g_ptr_array_sort (outputs, compare_names);
  g_task_return_pointer (task, outputs, (GDestroyNotify) g_ptr_array_unref);
}

static void
list_async (const char          *kind,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, list_async);
  g_task_set_task_data (task, (gpointer) kind, NULL);
  g_task_run_in_thread (task, list_work);
}

/**
 * side_outputs_list_async:
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are known
 * @user_data: for @callback
 */
void
side_outputs_list_async (GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  list_async (OUTPUTS, cancellable, callback, user_data);
}

/**
 * side_outputs_list_finish:
 * @result: what the callback was given
 * @error: G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type SideOutput): by name; empty where
 *   there is no sound server
 */
GPtrArray *
side_outputs_list_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * side_inputs_list_async:
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are known
 * @user_data: for @callback
 */
void
side_inputs_list_async (GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  list_async (INPUTS, cancellable, callback, user_data);
}

/**
 * side_inputs_list_finish:
 * @result: what the callback was given
 * @error: G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (element-type SideOutput): by name; empty where
 *   there is no sound server
 */
GPtrArray *
side_inputs_list_finish (GAsyncResult  *result,
                         GError       **error)
{
  return side_outputs_list_finish (result, error);
}

static GstElement *
make_element (const char *kind,
              const char *id)
{
  GList *devices = find_devices (kind);
  GstElement *element = NULL;

  for (GList *at = devices; at != NULL && element == NULL; at = at->next)
    {
      g_autofree char *found = id_of (at->data);

      if (g_strcmp0 (found, id) == 0)
        element = gst_device_create_element (at->data, NULL);
    }
  g_list_free_full (devices, gst_object_unref);
  return element;
}

/**
 * side_input_make_source:
 * @id: of a SideOutput of side_inputs_list_async()
 *
 * In a worker thread: sound servers may take their time.
 *
 * Returns: (transfer floating) (nullable): a source of what that device hears;
 *   %NULL when it is not there
 */
GstElement *
side_input_make_source (const char *id)
{
  return make_element (INPUTS, id);
}

/**
 * side_output_make_sink:
 * @id: of a SideOutput of side_outputs_list_async()
 *
 * In a worker thread.
 *
 * Returns: (transfer floating) (nullable): a sink on that device; %NULL when it
 *   is not there
 */
GstElement *
side_output_make_sink (const char *id)
{
  return make_element (OUTPUTS, id);
}
