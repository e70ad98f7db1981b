/* fuzz-ami.c - anything a manager, or who stands behind it, may send
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first byte says in what pieces the rest comes and where it goes: through
 * the reader into the tracker as events or as the answer to QueueStatus, or
 * line by line as queue_log. What is checked beyond memory: pieces do not
 * matter, and every event told names a queue of the configuration.
 */
#include <string.h>

#include "side-asterisk-tracker.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static SideProject *project;
static GPtrArray *projects;

static void
on_event (SideEvent *event,
          gpointer   data)
{
  g_assert (event->project == project->id);
  g_assert (event->queue == NULL || side_project_find_queue (project, event->queue) != NULL);
  g_assert (event->wait_ms >= 0 && event->talk_ms >= 0 && event->hold_ms >= 0);
  g_assert (event->caller == NULL || g_utf8_validate (event->caller, -1, NULL));
  g_assert (event->caller == NULL || strpbrk (event->caller, "\r\n") == NULL);
}

static void
on_recording (const char         *project_id,
              const char         *call,
              const char         *path,
              SideRecordingState  state,
              gpointer            data)
{
  g_assert (*path == '/');
}

static void
on_suspect (const char *why,
            gpointer    data)
{
}

static void
prepare (void)
{
  if (projects != NULL)
    return;
  project = side_project_new ("p", "P", "UTC", NULL);
  side_project_add_queue (project, "sales", "Sales", 3000);
  side_project_add_queue (project, "q", "Q", 0);
  projects = g_ptr_array_new ();
  g_ptr_array_add (projects, project);
}

static guint
read_stream (SideAsteriskTracker *tracker,
             const guint8        *data,
             gsize                size,
             gsize                piece,
             gboolean             as_list)
{
  g_autoptr (SideAmiReader) reader = side_ami_reader_new (FALSE);
  SideAmiMessage message;
  SideAmiStep step;
  guint sum = 0;

  for (gsize at = 0; at < size;)
    {
      gsize room;
      guint8 *to = side_ami_reader_reserve (reader, &room);

      room = MIN (MIN (room, piece), size - at);
      memcpy (to, data + at, room);
      side_ami_reader_commit (reader, room);
      at += room;
      while ((step = side_ami_reader_next (reader, &message, NULL)) == SIDE_AMI_MESSAGE)
        {
          for (guint i = 0; i < message.n_fields; i++)
            sum = sum * 31 + g_str_hash (message.fields[i].name) + g_str_hash (message.fields[i].value);
          sum = sum * 31 + message.n_fields;
          if (tracker != NULL && as_list)
            side_asterisk_tracker_status_item (tracker, &message, 1795277000000);
          else if (tracker != NULL)
            side_asterisk_tracker_message (tracker, &message, 1795277000000);
        }
      if (step == SIDE_AMI_FAILED)
        return 0;
    }
  return sum;
}

static void
read_log (SideAsteriskTracker *tracker,
          const char          *data,
          gsize                size)
{
  goffset offset = 0;

  while (size > 0)
    {
      const char *lf = memchr (data, '\n', size);
      gsize length = lf != NULL ? (gsize) (lf - data) : size;
      SideQueueLogEntry *entry = side_queue_log_parse (data, length);

      if (entry != NULL)
        {
          entry->offset = offset;
          side_asterisk_tracker_log (tracker, entry, 1795277000000);
        }
      length = MIN (length + 1, size);
      data += length;
      size -= length;
      offset += (goffset) length;
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  static const SideAsteriskTrackerFuncs funcs = { on_event, on_recording, on_suspect };
  SideAsteriskTracker *tracker;
  guint8 how;

  if (size < 2)
    return 0;
  prepare ();
  how = *data++;
  size--;
  tracker = side_asterisk_tracker_new (projects, &funcs, NULL);
  side_asterisk_tracker_set_live (tracker, (how & 1) != 0, 1795277000000);
  if (how & 2)
    read_log (tracker, (const char *) data, size);
  if (!(how & 2) || (how & 4))
    {
      guint whole = read_stream (tracker, data, size, 65536, (how & 8) != 0);

      g_assert (whole == 0 || whole == read_stream (NULL, data, size, 1 + how / 16, FALSE));
    }
  side_asterisk_tracker_tick (tracker, 1795277100000);
  side_asterisk_tracker_status_begin (tracker, 1795277100000);
  side_asterisk_tracker_status_end (tracker, 1795277000000, 1795277200000);
  side_asterisk_tracker_tick (tracker, 1795377200000);
  side_asterisk_tracker_free (tracker);
  return 0;
}
