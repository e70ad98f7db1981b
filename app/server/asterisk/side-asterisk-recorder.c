/* side-asterisk-recorder.c - waits until a recording's file is complete
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "side-asterisk-recorder.h"

#include <glib/gstdio.h>
#include <string.h>

#define LOOK_MS 250
/* A WAV file without a single sample. */
#define EMPTY_SIZE 44
/* A file that never comes, or never ends, is given up. */
#define NEVER_COMES_MS (60 * 1000)
#define NEVER_ENDS_MS (2 * 3600 * 1000)

typedef struct {
  char               *project;
  char               *call;
  char               *path;
  SideRecordingState  state;
  goffset             size;
  gint64              since_ms;     /* of this size */
  gint64              begun_ms;
} Watch;

struct _SideAsteriskRecorder
{
  SideAsteriskRecorderFunc  func;
  gpointer                  data;
  GHashTable               *watches;   /* call -> Watch */
  guint                     timer;
};

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  g_free (watch->project);
  g_free (watch->call);
  g_free (watch->path);
  g_free (watch);
}

/**
 * side_asterisk_recorder_new:
 * @func: told of each file that is complete
 * @data: its argument
 *
 * Returns: (transfer full): a recorder with nothing to watch
 */
SideAsteriskRecorder *
side_asterisk_recorder_new (SideAsteriskRecorderFunc func,
                            gpointer                 data)
{
  SideAsteriskRecorder *self = g_new0 (SideAsteriskRecorder, 1);

  self->func = func;
  self->data = data;
  self->watches = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, watch_free);
  return self;
}

/**
 * side_asterisk_recorder_free:
 * @self: (nullable): a recorder
 */
void
side_asterisk_recorder_free (SideAsteriskRecorder *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_unref (self->watches);
  g_free (self);
}

/* A hung-up channel's file is closed half a second later at the latest; where
 * the hang-up is not told, a pause of the sound must not be taken for the end.
 * One taken so in error is offered again when the channel is hung up. */
static gint64
patience_for (SideRecordingState state)
{
  switch (state)
    {
    case SIDE_RECORDING_CLOSED:
      return 750;
    case SIDE_RECORDING_LIKELY:
      return 4000;
    case SIDE_RECORDING_OPEN:
    default:
      return 20000;
    }
}

static gboolean
is_complete (Watch  *watch,
             gint64  now_ms)
{
  GStatBuf facts;
  goffset size = g_stat (watch->path, &facts) == 0 ? facts.st_size : 0;

  if (size != watch->size)
    {
      watch->size = size;
      watch->since_ms = now_ms;
    }
  return size > EMPTY_SIZE && now_ms - watch->since_ms >= patience_for (watch->state);
}

static gboolean
on_look (gpointer data)
{
  SideAsteriskRecorder *self = data;
  gint64 now_ms = g_get_monotonic_time () / 1000;
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (watch_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->watches);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Watch *watch = value;

      if (is_complete (watch, now_ms))
        {
          g_hash_table_iter_steal (&iter);
          g_ptr_array_add (done, watch);
        }
      else if (now_ms - watch->begun_ms > (watch->size == 0 ? NEVER_COMES_MS : NEVER_ENDS_MS))
        {
          g_hash_table_iter_remove (&iter);
        }
    }
  for (guint i = 0; i < done->len; i++)
    {
      Watch *watch = g_ptr_array_index (done, i);
      self->func (watch->project, watch->call, watch->path, self->data);
    }
  if (g_hash_table_size (self->watches) > 0)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

/**
 * side_asterisk_recorder_watch:
 * @self: a recorder
 * @project: id of the call's project
 * @call: id of the leg
 * @path: the file
 * @state: how sure it is that the channel is gone
 *
 * Begins to watch, or learns more about a file that is watched already.
 */
void
side_asterisk_recorder_watch (SideAsteriskRecorder *self,
                              const char           *project,
                              const char           *call,
                              const char           *path,
                              SideRecordingState    state)
{
  Watch *watch = g_hash_table_lookup (self->watches, call);

  if (watch != NULL && strcmp (watch->path, path) == 0)
    {
      watch->state = MIN (watch->state, state);
      return;
    }
  watch = g_new0 (Watch, 1);
  watch->project = g_strdup (project);
  watch->call = g_strdup (call);
  watch->path = g_strdup (path);
  watch->state = state;
  watch->begun_ms = g_get_monotonic_time () / 1000;
  watch->since_ms = watch->begun_ms;
  g_hash_table_replace (self->watches, watch->call, watch);
  if (self->timer == 0)
    self->timer = g_timeout_add (LOOK_MS, on_look, self);
}
