/* side-asterisk-doctor.c - says what an Asterisk still needs for Sidetone
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signs in once, asks what may be asked with the least rights, listens for a
 * while, and leaves. It changes nothing in the PBX.
 */
#include "side-asterisk-doctor.h"

#include <string.h>

#include "side-asterisk-doctor-private.h"
#include "side-error.h"

typedef struct {
  SideAsteriskSettings *settings;
  SideAmiClient        *client;
  DoctorNotes           notes;
  guint                 listen_ms;
  guint                 listening;     /* timer */
  guint                 questions;     /* without an answer yet */
  gboolean              heard_enough;
  gboolean              done;
} Visit;

static void
visit_free (gpointer data)
{
  Visit *visit = data;

  g_clear_handle_id (&visit->listening, g_source_remove);
  g_clear_object (&visit->client);
  g_clear_error (&visit->notes.login_error);
  g_free (visit->notes.banner);
  g_clear_pointer (&visit->notes.commands, side_ami_message_free);
  g_clear_pointer (&visit->notes.version, side_ami_message_free);
  g_ptr_array_unref (visit->notes.queues);
  g_ptr_array_unref (visit->notes.dialplan);
  g_hash_table_unref (visit->notes.events);
  side_asterisk_settings_free (visit->settings);
  g_free (visit);
}

/* The last of what was asked and waited for: the findings are written. */
static void
conclude (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (GPtrArray) findings = NULL;

  if (visit->done)
    return;
  visit->done = TRUE;
  g_clear_handle_id (&visit->listening, g_source_remove);
  g_signal_handlers_disconnect_by_data (visit->client, task);
  visit->notes.banner = g_strdup (side_ami_client_get_banner (visit->client));
  findings = side_findings_new ();
  side_doctor_judge_line (&visit->notes, findings);
  side_doctor_judge_files (&visit->notes, findings);
  side_ami_client_stop (visit->client);
  g_task_return_pointer (task, g_steal_pointer (&findings), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

static void
conclude_if_over (GTask *task)
{
  Visit *visit = g_task_get_task_data (task);

  if (visit->questions == 0 && visit->heard_enough)
    conclude (task);
}

static gboolean
on_heard_enough (gpointer data)
{
  GTask *task = data;
  Visit *visit = g_task_get_task_data (task);

  visit->listening = 0;
  visit->heard_enough = TRUE;
  conclude_if_over (task);
  return G_SOURCE_REMOVE;
}

static void
take_item (const SideAmiMessage *item,
           gpointer              data)
{
  /* A dialplan of any size: enough of it is enough. */
  if (((GPtrArray *) data)->len < 50000)
    g_ptr_array_add (data, side_ami_message_copy (item));
}

static SideAmiMessage *
take_answer (GObject      *source,
             GAsyncResult *result,
             GTask        *task)
{
  Visit *visit = g_task_get_task_data (task);

  visit->questions--;
  return side_ami_client_send_finish (SIDE_AMI_CLIENT (source), result, NULL);
}

static void
on_commands (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  Visit *visit = g_task_get_task_data (task);

  visit->notes.commands = take_answer (source, result, task);
  conclude_if_over (task);
}

static void
on_version (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GTask) task = data;
  Visit *visit = g_task_get_task_data (task);

  visit->notes.version = take_answer (source, result, task);
  conclude_if_over (task);
}

static void
on_pong (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GTask) task = data;
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (SideAmiMessage) pong = take_answer (source, result, task);
  const char *stamp = pong != NULL ? side_ami_message_get_last (pong, "Timestamp") : NULL;
  double seconds = stamp != NULL ? g_ascii_strtod (stamp, NULL) : 0;

  if (seconds > 0)
    {
      visit->notes.clock_known = TRUE;
      visit->notes.clock_off_ms = (gint64) (seconds * 1000.0) - g_get_real_time () / 1000;
    }
  conclude_if_over (task);
}

static void
on_queues (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (SideAmiMessage) answer = take_answer (source, result, task);

  visit->notes.queues_known = answer != NULL;
  conclude_if_over (task);
}

static void
on_dialplan (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (GTask) task = data;
  Visit *visit = g_task_get_task_data (task);
  g_autoptr (SideAmiMessage) answer = take_answer (source, result, task);

  visit->notes.dialplan_known = answer != NULL && visit->notes.dialplan->len > 0;
  conclude_if_over (task);
}

static void
ask (GTask               *task,
     const char          *action,
     GPtrArray           *items,
     GAsyncReadyCallback  callback)
{
  Visit *visit = g_task_get_task_data (task);

  visit->questions++;
  side_ami_client_send_async (visit->client, action, NULL, items != NULL ? take_item : NULL, items,
                              g_task_get_cancellable (task), callback, g_object_ref (task));
}

static void
on_state (SideAmiClient *client,
          SideAmiState   state,
          const GError  *error,
          gpointer       data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  Visit *visit = g_task_get_task_data (task);

  if (state == SIDE_AMI_DOWN && !visit->done)
    {
      visit->notes.login_error = error != NULL ? g_error_copy (error) : NULL;
      conclude (task);
    }
  if (state != SIDE_AMI_READY)
    return;
  ask (task, "ListCommands", NULL, on_commands);
  ask (task, "CoreSettings", NULL, on_version);
  ask (task, "Ping", NULL, on_pong);
  ask (task, "QueueStatus", visit->notes.queues, on_queues);
  ask (task, "ShowDialPlan", visit->notes.dialplan, on_dialplan);
  visit->listening = g_timeout_add (visit->listen_ms, on_heard_enough, task);
}

static void
on_message (SideAmiClient        *client,
            const SideAmiMessage *message,
            gpointer              data)
{
  Visit *visit = g_task_get_task_data (data);
  DoctorNotes *notes = &visit->notes;
  const char *name = side_ami_message_get (message, "Event");

  /* What a stranger wrote is no evidence of how the PBX is set up. */
  if (message->tainted || g_hash_table_size (notes->events) > 300)
    return;
  notes->n_events++;
  g_hash_table_add (notes->events, g_strdup (name));
  notes->n_timestamps += side_ami_message_get (message, "Timestamp") != NULL;
  if (side_ami_message_get (message, "Linkedid") == NULL)
    return;
  notes->n_channels++;
  for (guint i = 0; i < message->n_fields; i++)
    {
      if (strcmp (message->fields[i].name, "ChanVariable") == 0
          && g_str_has_prefix (message->fields[i].value, "MIXMONITOR_FILENAME="))
        {
          notes->n_filenames++;
          return;
        }
    }
}

/**
 * side_asterisk_doctor_async:
 * @settings: how to reach the PBX; copied
 * @listen_ms: how long to listen to its events; a few seconds
 * @cancellable: (nullable): takes it back
 * @callback: called once
 * @data: its argument
 *
 * Looks at what the PBX needs for Sidetone. That it cannot be reached is a
 * finding, no error.
 */
void
side_asterisk_doctor_async (const SideAsteriskSettings *settings,
                            guint                       listen_ms,
                            GCancellable               *cancellable,
                            GAsyncReadyCallback         callback,
                            gpointer                    data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  SideAmiAddress address;
  Visit *visit;

  g_return_if_fail (settings != NULL);

  task = g_task_new (NULL, cancellable, callback, data);
  g_task_set_source_tag (task, side_asterisk_doctor_async);
  visit = g_new0 (Visit, 1);
  visit->settings = side_asterisk_settings_copy (settings);
  visit->notes.settings = visit->settings;
  visit->notes.queues = g_ptr_array_new_with_free_func ((GDestroyNotify) side_ami_message_free);
  visit->notes.dialplan = g_ptr_array_new_with_free_func ((GDestroyNotify) side_ami_message_free);
  visit->notes.events = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  visit->listen_ms = listen_ms;
  g_task_set_task_data (task, visit, visit_free);

  side_asterisk_settings_address (visit->settings, &address);
  address.retry = FALSE;
  visit->client = side_ami_client_new (&address, &visit->settings->times);
  /* The task owns the client, whose handlers have the task: conclude() parts
   * them and gives this reference back. */
  g_object_ref (task);
  g_signal_connect (visit->client, "state", G_CALLBACK (on_state), task);
  g_signal_connect (visit->client, "message", G_CALLBACK (on_message), task);
  if (!side_ami_client_start (visit->client, &error))
    {
      visit->notes.login_error = g_steal_pointer (&error);
      conclude (task);
    }
}

/**
 * side_asterisk_doctor_finish:
 * @result: of side_asterisk_doctor_async()
 * @error: return location
 *
 * Returns: (transfer full) (element-type SideFinding) (nullable): what was
 *   found, in the order in which to mend it; %NULL only when it was cancelled
 */
GPtrArray *
side_asterisk_doctor_finish (GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
