/* side-recordings.c - recordings fetched once and kept for a while
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Gives the path of a call's recording on this computer: from the store's
 * books if it was fetched before, else from the server through the link, which
 * checks it against its hash. The store decides what goes when the room that
 * recordings may take is full. Whoever asks for a recording that is already on
 * its way waits for the same transfer.
 */
#include "side-recordings.h"

#include <glib/gstdio.h>

#include "side-error.h"
#include "side-recording-cache.h"

struct _SideRecordings
{
  GObject       parent_instance;
  SideLink     *link;
  SideStore    *store;         /* nullable: nothing is remembered then */
  char         *folder;
  GHashTable   *under_way;     /* id -> GPtrArray of GTask that wait for it */
  GCancellable *cancellable;   /* of all transfers */
};

typedef struct {
  char            *id;
  char            *call;
  char            *sha256;
  char            *path;
  gboolean         imported;   /* no server has it */
  SideLinkProgress progress;
  gpointer         progress_data;
} Fetch;

G_DEFINE_FINAL_TYPE (SideRecordings, side_recordings, G_TYPE_OBJECT)

static void
fetch_free (Fetch *fetch)
{
  g_free (fetch->id);
  g_free (fetch->call);
  g_free (fetch->sha256);
  g_free (fetch->path);
  g_free (fetch);
}

static void
side_recordings_finalize (GObject *object)
{
  SideRecordings *self = SIDE_RECORDINGS (object);

  g_clear_object (&self->link);
  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->under_way);
  g_free (self->folder);
  G_OBJECT_CLASS (side_recordings_parent_class)->finalize (object);
}

static void
side_recordings_class_init (SideRecordingsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_recordings_finalize;
}

static void
side_recordings_init (SideRecordings *self)
{
  self->cancellable = g_cancellable_new ();
  self->under_way = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * side_recordings_new:
 * @link: where they come from
 * @store: (nullable): what remembers those that are here
 * @folder: where the files go; made if need be
 *
 * Returns: (transfer full): the recordings of one server
 */
SideRecordings *
side_recordings_new (SideLink   *link,
                     SideStore  *store,
                     const char *folder)
{
  SideRecordings *self;

  g_return_val_if_fail (SIDE_IS_LINK (link), NULL);
  g_return_val_if_fail (folder != NULL, NULL);
  self = g_object_new (SIDE_TYPE_RECORDINGS, NULL);
  self->link = g_object_ref (link);
  g_set_object (&self->store, store);
  self->folder = g_strdup (folder);
  g_mkdir_with_parents (folder, 0700);
  if (store != NULL && side_store_is_open (store))
    side_store_sweep_recordings_async (store, folder, NULL, NULL, NULL);
  return self;
}

/**
 * side_recordings_stop:
 * @self: the recordings of one server
 *
 * Takes all transfers back, for good; whoever waits for one is told.
 */
void
side_recordings_stop (SideRecordings *self)
{
  g_return_if_fail (SIDE_IS_RECORDINGS (self));
  g_cancellable_cancel (self->cancellable);
}

/**
 * side_recordings_set_limit_mb:
 * @self: the recordings of one server
 * @megabytes: how much room they may take
 *
 * The longest unused ones go until the rest fits.
 */
void
side_recordings_set_limit_mb (SideRecordings *self,
                              guint           megabytes)
{
  g_return_if_fail (SIDE_IS_RECORDINGS (self));
  if (self->store == NULL || !side_store_is_open (self->store))
    return;
  side_store_set_recordings_limit (self->store, (guint64) megabytes * 1000000);
  side_store_evict_recordings_async (self->store, NULL, NULL, NULL);
}

/* Hands the outcome to all who asked for this recording. */
static void
settle (SideRecordings *self,
        const char     *id,
        const char     *path,
        const GError   *error)
{
  g_autoptr (GPtrArray) tasks = NULL;
  g_autofree char *key = NULL;

  if (!g_hash_table_steal_extended (self->under_way, id, (gpointer *) &key, (gpointer *) &tasks))
    return;
  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);

      if (g_task_return_error_if_cancelled (task))
        continue;
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        g_task_return_pointer (task, g_strdup (path), g_free);
    }
}

static void
fetched_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideRecordings *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *sha256 = side_link_fetch_recording_finish (SIDE_LINK (source), result, &error);

  if (error == NULL && self->store != NULL && side_store_is_open (self->store))
    side_store_add_recording_async (self->store, fetch->id, fetch->call, sha256, fetch->path, NULL, NULL, NULL);
  settle (self, fetch->id, fetch->path, error);
}

/* Told to those who still want to know. */
static void
progress_cb (goffset  done,
             goffset  total,
             gpointer user_data)
{
  GTask *first = user_data;
  SideRecordings *self = g_task_get_source_object (first);
  Fetch *fetch = g_task_get_task_data (first);
  GPtrArray *tasks = g_hash_table_lookup (self->under_way, fetch->id);

  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);
      Fetch *asker = g_task_get_task_data (task);

      if (asker->progress != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
        asker->progress (done, total, asker->progress_data);
    }
}

static void
fetch_from_server (GTask *task)
{
  SideRecordings *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);

  /* Not the asker's cancellable: others may wait for the same file, and a
   * recording that came in while nobody looked is there next time. */
  side_link_fetch_recording_async (self->link, fetch->id, fetch->path, fetch->sha256,
                                   progress_cb, task, self->cancellable, fetched_cb, task);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SideRecordings *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  g_autofree char *path = side_store_find_recording_finish (SIDE_STORE (source), result, NULL);

  if (path != NULL && g_file_test (path, G_FILE_TEST_IS_REGULAR))
    settle (self, fetch->id, path, NULL);
  else if (fetch->imported)
    {
      g_autoptr (GError) error = g_error_new (SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "the imported recording %s is gone", fetch->id);

      settle (self, fetch->id, NULL, error);
    }
  else
    fetch_from_server (g_steal_pointer (&task));
}

static char *
path_for (SideRecordings *self,
          const char     *id)
{
  /* An id comes from outside: it is never a part of a path as it stands. */
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, id, -1);
  g_autofree char *name = g_strdup_printf ("%.32s.wav", hash);

  return g_build_filename (self->folder, name, NULL);
}

/**
 * side_recordings_fetch_async:
 * @self: the recordings of one server
 * @call: a call with a recording
 * @progress: (nullable): told how much has come, until @cancellable is
 *   cancelled
 * @progress_data: its data; must live until then or until the call ends
 * @cancellable: (nullable): stops waiting; a transfer goes on
 * @callback: called when it is there
 * @user_data: data for @callback
 */
void
side_recordings_fetch_async (SideRecordings      *self,
                             const SideCall      *call,
                             SideLinkProgress     progress,
                             gpointer             progress_data,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GPtrArray *waiting;
  Fetch *fetch;

  g_return_if_fail (SIDE_IS_RECORDINGS (self));
  g_return_if_fail (call != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_recordings_fetch_async);
  if (call->recording == NULL)
    {
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_NOT_FOUND, "Call %s has no recording", call->id);
      return;
    }
  fetch = g_new0 (Fetch, 1);
  fetch->id = g_strdup (call->recording);
  fetch->call = g_strdup (call->id);
  fetch->sha256 = g_strdup (call->sha256);
  fetch->imported = call->imported;
  fetch->path = path_for (self, call->recording);
  fetch->progress = progress;
  fetch->progress_data = progress_data;
  g_task_set_task_data (task, fetch, (GDestroyNotify) fetch_free);
  waiting = g_hash_table_lookup (self->under_way, call->recording);
  if (waiting != NULL)
    {
      g_ptr_array_add (waiting, g_steal_pointer (&task));
      return;
    }
  waiting = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (waiting, g_object_ref (task));
  g_hash_table_insert (self->under_way, g_strdup (call->recording), waiting);
  if (self->store != NULL && side_store_is_open (self->store))
    side_store_find_recording_async (self->store, fetch->id, NULL, found_cb, g_steal_pointer (&task));
  else
    fetch_from_server (g_steal_pointer (&task));
}

/**
 * side_recordings_fetch_finish:
 * @self: the recordings of one server
 * @result: what the callback was given
 * @error: NOT_FOUND, or any of the link's
 *
 * Returns: (transfer full): path of the file
 */
char *
side_recordings_fetch_finish (SideRecordings  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
