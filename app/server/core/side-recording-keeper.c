/* side-recording-keeper.c - publishes recordings once they are final
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each publication is a task that looks at its file in a thread, sleeps in the
 * main context, and looks again; no thread is held while nothing happens.
 */
#include "side-recording-keeper.h"

#include <sys/stat.h>
#include <unistd.h>

#include "side-error.h"
#include "side-recording-file.h"

#define LOOK_MS 250
#define THREADS 2

struct _SideRecordingKeeper
{
  GObject      parent_instance;
  char       **folders;
  GThreadPool *threads;
};

G_DEFINE_FINAL_TYPE (SideRecordingKeeper, side_recording_keeper, G_TYPE_OBJECT)

typedef struct {
  char          **folders;
  SideRecording  *recording;
  int             channels_hint;
  gint64          begun_us;
  gint64          size;        /* at the last look; -1 when it was not there */
  gint64          changed_us;  /* when it was last seen to change */
} Publication;

static void
publication_free (gpointer data)
{
  Publication *publication = data;

  g_strfreev (publication->folders);
  g_clear_pointer (&publication->recording, side_recording_unref);
  g_free (publication);
}

static gboolean
look_again (gpointer data)
{
  GTask *task = data;
  SideRecordingKeeper *self = g_task_get_source_object (task);

  g_thread_pool_push (self->threads, g_object_ref (task), NULL);
  return G_SOURCE_REMOVE;
}

static void
look_later (GTask *task)
{
  g_autoptr (GSource) source = g_timeout_source_new (LOOK_MS);

  g_source_set_callback (source, look_again, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
inspect (GTask       *task,
         Publication *publication)
{
  GError *error = NULL;
  int fd = side_recording_file_open ((const char *const *) publication->folders, publication->recording->path, &error);

  if (fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  if (side_recording_file_inspect (publication->recording, fd, publication->channels_hint, &error))
    g_task_return_pointer (task, g_steal_pointer (&publication->recording), (GDestroyNotify) side_recording_unref);
  else
    g_task_return_error (task, error);
  close (fd);
}

/* In a thread: one look at the file. */
static void
look (gpointer data,
      gpointer user_data)
{
  g_autoptr (GTask) task = data;
  Publication *publication = g_task_get_task_data (task);
  gint64 now_us = g_get_monotonic_time ();
  struct stat info;
  gint64 size;

  if (g_task_return_error_if_cancelled (task))
    return;
  size = stat (publication->recording->path, &info) == 0 ? (gint64) info.st_size : -1;
  if (size != publication->size)
    {
      publication->size = size;
      publication->changed_us = now_us;
    }
  if (size > 0 && now_us - publication->changed_us >= SIDE_RECORDING_STABLE_MS * 1000)
    inspect (task, publication);
  else if (now_us - publication->begun_us >= SIDE_RECORDING_WAIT_MS * G_GINT64_CONSTANT (1000))
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_TIMED_OUT, "recording “%s” %s after %d s",
                             publication->recording->path, size > 0 ? "still grows" : "is not there",
                             SIDE_RECORDING_WAIT_MS / 1000);
  else
    look_later (task);
}

/* The same file always gets the same id, so that telling of it twice is harmless. */
static char *
recording_id (const char *call,
              const char *path)
{
  g_autofree char *both = g_strconcat (call, "\n", path, NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, both, -1);

  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hash, hash + 8, hash + 12, hash + 16, hash + 20);
}

/**
 * side_recording_keeper_publish_async:
 * @self: the keeper
 * @id: (nullable): id it is to have; %NULL for one of its own
 * @project: the call's project
 * @call: the leg
 * @path: its file, as the PBX told it
 * @channels_hint: see SideSource::recording
 * @cancellable: (nullable): cancellable
 * @callback: called when the recording is final, or cannot be served
 * @user_data: its data
 */
void
side_recording_keeper_publish_async (SideRecordingKeeper *self,
                                     const char          *id,
                                     const char          *project,
                                     const char          *call,
                                     const char          *path,
                                     int                  channels_hint,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *own_id = NULL;
  Publication *publication;

  g_return_if_fail (SIDE_IS_RECORDING_KEEPER (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_recording_keeper_publish_async);
  own_id = id != NULL ? g_strdup (id) : recording_id (call, path);
  publication = g_new0 (Publication, 1);
  publication->folders = g_strdupv (self->folders);
  publication->recording = side_recording_new (own_id, project, call, path);
  publication->channels_hint = channels_hint;
  publication->begun_us = publication->changed_us = g_get_monotonic_time ();
  publication->size = -2;
  g_task_set_task_data (task, publication, publication_free);
  look_again (task);
}

/**
 * side_recording_keeper_publish_finish:
 * @self: the keeper
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the recording; %NULL with
 *   SIDE_ERROR_FORBIDDEN, INVALID, TIMED_OUT, …
 */
SideRecording *
side_recording_keeper_publish_finish (SideRecordingKeeper  *self,
                                      GAsyncResult         *result,
                                      GError              **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * side_recording_keeper_get_folders:
 * @self: the keeper
 *
 * Returns: (transfer none): where recordings may lie
 */
const char *const *
side_recording_keeper_get_folders (SideRecordingKeeper *self)
{
  g_return_val_if_fail (SIDE_IS_RECORDING_KEEPER (self), NULL);
  return (const char *const *) self->folders;
}

/**
 * side_recording_keeper_new:
 * @folders: (array zero-terminated=1): where recordings may lie
 *
 * Returns: (transfer full): a keeper
 */
SideRecordingKeeper *
side_recording_keeper_new (const char *const *folders)
{
  SideRecordingKeeper *self = g_object_new (SIDE_TYPE_RECORDING_KEEPER, NULL);

  self->folders = g_strdupv ((char **) folders);
  return self;
}

static void
side_recording_keeper_finalize (GObject *object)
{
  SideRecordingKeeper *self = SIDE_RECORDING_KEEPER (object);

  g_thread_pool_free (self->threads, FALSE, FALSE);
  g_strfreev (self->folders);
  G_OBJECT_CLASS (side_recording_keeper_parent_class)->finalize (object);
}

static void
side_recording_keeper_class_init (SideRecordingKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_recording_keeper_finalize;
}

static void
side_recording_keeper_init (SideRecordingKeeper *self)
{
  self->threads = g_thread_pool_new (look, NULL, THREADS, FALSE, NULL);
}
