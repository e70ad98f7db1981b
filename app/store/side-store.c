/* side-store.c - the app's offline cache: opening, closing, telling
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * SideStore is the side of the main context. It owns nothing of the database,
 * only the queue into the thread that does (SideWorker), and what that thread
 * told last. What it does for calls, documents and recordings stands in the
 * files named after them.
 */
#include "side-store-private.h"

#include "side-outbox.h"
#include "side-recording-cache.h"

#define DEFAULT_BUSY_TIMEOUT_MS  3000
#define DEFAULT_RECORDINGS_LIMIT (G_GUINT64_CONSTANT (2) * 1024 * 1024 * 1024)

struct _SideStore
{
  GObject     parent_instance;
  char       *path;
  SideClock  *clock;
  guint       busy_timeout_ms;
  guint64     recordings_limit;
  SideWorker *worker;          /* NULL before opening and from closing on */
  gboolean    opened;
  gboolean    read_only;
  char       *damaged_path;
  guint       salvaged;
  guint       outbox_length;
  guint       conflicts;
  guint       refused;
  GHashTable *lists;           /* id -> SideCallList, not owned */
  guint       last_list;
  guint       epoch;
};

G_DEFINE_FINAL_TYPE (SideStore, side_store, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_PATH,
  PROP_CLOCK,
  PROP_BUSY_TIMEOUT,
  PROP_OPENED,
  PROP_READ_ONLY,
  PROP_DAMAGED_PATH,
  PROP_SALVAGED,
  PROP_OUTBOX_LENGTH,
  PROP_CONFLICTS,
  PROP_REFUSED,
  PROP_RECORDINGS_LIMIT,
  N_PROPS
};

enum {
  SIGNAL_CALLS_CHANGED,
  SIGNAL_DOCUMENTS_CHANGED,
  SIGNAL_DAMAGED,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_uint (SideStore *self,
          int        prop,
          guint     *slot,
          guint      value)
{
  if (*slot == value)
    return;
  *slot = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_boolean (SideStore *self,
             int        prop,
             gboolean  *slot,
             gboolean   value)
{
  if (!*slot == !value)
    return;
  *slot = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_damaged (SideStore  *self,
             const char *path,
             guint       salvaged)
{
  g_free (self->damaged_path);
  self->damaged_path = g_strdup (path);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DAMAGED_PATH]);
  set_uint (self, PROP_SALVAGED, &self->salvaged, salvaged);
}

/* Lists first, so that whoever hears of a call finds it in them. */
static void
tell_lists (SideStore *self,
            SideNews  *news)
{
  for (guint i = 0; i < news->lists->len; i++)
    {
      SideListNews *of_list = news->lists->pdata[i];
      SideCallList *list = g_hash_table_lookup (self->lists, GUINT_TO_POINTER (of_list->view));

      if (list != NULL)
        side_call_list_take_news (list, of_list);
    }
  if (news->rows->len > 0)
    {
      g_autoptr (GList) lists = g_hash_table_get_values (self->lists);

      for (GList *l = lists; l != NULL; l = l->next)
        side_call_list_refresh (l->data, news->rows);
    }
}

static void
emit_calls (SideStore *self,
            GPtrArray *ids)
{
  g_auto (GStrv) changed = NULL;

  if (ids->len == 0)
    return;
  g_ptr_array_add (ids, NULL);
  changed = (char **) g_ptr_array_steal (ids, NULL);
  g_signal_emit (self, signals[SIGNAL_CALLS_CHANGED], 0, changed);
}

static void
take_news (SideStore *self,
           SideNews  *news)
{
  if (news->damaged != NULL)
    {
      g_autoptr (GList) lists = g_hash_table_get_values (self->lists);

      for (GList *l = lists; l != NULL; l = l->next)
        side_call_list_reset (l->data);
      set_damaged (self, news->damaged, news->salvaged);
      if (self->opened)
        g_signal_emit (self, signals[SIGNAL_DAMAGED], 0, news->damaged, news->salvaged);
    }
  tell_lists (self, news);
  if (news->counted)
    {
      set_uint (self, PROP_OUTBOX_LENGTH, &self->outbox_length, news->unsent);
      set_uint (self, PROP_CONFLICTS, &self->conflicts, news->conflicts);
      set_uint (self, PROP_REFUSED, &self->refused, news->refused);
    }
  emit_calls (self, news->call_ids);
  for (guint i = 0; i < news->documents->len; i++)
    {
      SideDocumentNews *document = news->documents->pdata[i];

      g_signal_emit (self, signals[SIGNAL_DOCUMENTS_CHANGED], 0, document->kind, document->id, document->call);
    }
}

static void
return_to_task (SideJob *job)
{
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else if (job->returns == SIDE_JOB_INT)
    g_task_return_int (job->task, job->number);
  else if (job->returns == SIDE_JOB_BOOLEAN)
    g_task_return_boolean (job->task, TRUE);
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->free_result);
}

static void
deliver (SideJob  *job,
         gpointer  store)
{
  SideStore *self = store;

  if (self != NULL && job->news != NULL)
    take_news (self, job->news);
  if (self != NULL && job->done != NULL)
    job->done (job, self, job->done_data);
  if (job->task != NULL)
    return_to_task (job);
}

void
side_store_start (SideStore           *self,
                  gpointer             tag,
                  SideJob             *job,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* What was written is written: a late cancel must not hide it. What was read
   * for somebody who looks elsewhere by now is no answer to them. */
  g_task_set_check_cancellable (task, job->kind == SIDE_JOB_READS);
  if (self->worker == NULL)
    {
      side_job_free (job);
      g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FAILED, "the cache is not open");
      return;
    }
  job->task = g_steal_pointer (&task);
  job->now_ms = side_clock_now_ms (self->clock);
  side_worker_push (self->worker, job);
}

gboolean
side_store_start_plain (SideStore   *self,
                        SideJob     *job,
                        SideJobDone  done,
                        gpointer     user_data)
{
  if (self->worker == NULL)
    {
      side_job_free (job);
      return FALSE;
    }
  job->done = done;
  job->done_data = user_data;
  job->now_ms = side_clock_now_ms (self->clock);
  side_worker_push (self->worker, job);
  return TRUE;
}

gboolean
side_store_finish_boolean (SideStore     *self,
                           GAsyncResult  *result,
                           gpointer       tag,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gint64
side_store_finish_int (SideStore     *self,
                       GAsyncResult  *result,
                       gpointer       tag,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), -1);
  return g_task_propagate_int (G_TASK (result), error);
}

gpointer
side_store_finish_pointer (SideStore     *self,
                           GAsyncResult  *result,
                           gpointer       tag,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
side_store_get_epoch (SideStore *self)
{
  return self->epoch;
}

guint
side_store_register_list (SideStore    *self,
                          SideCallList *list)
{
  g_hash_table_insert (self->lists, GUINT_TO_POINTER (++self->last_list), list);
  return self->last_list;
}

SideCallList *
side_store_lookup_list (SideStore *self,
                        guint      id)
{
  return g_hash_table_lookup (self->lists, GUINT_TO_POINTER (id));
}

void
side_store_unregister_list (SideStore *self,
                            guint      id)
{
  g_hash_table_remove (self->lists, GUINT_TO_POINTER (id));
}

/* Before the task hears of it, and before whatever was queued meanwhile. */
static void
opened (SideJob  *job,
        gpointer  store,
        gpointer  user_data)
{
  SideStore *self = store;

  if (job->error != NULL)
    {
      SideWorker *worker = g_steal_pointer (&self->worker);

      if (worker != NULL)
        {
          side_worker_push (worker, side_job_new (side_worker_close, SIDE_JOB_ANYTIME, SIDE_JOB_BOOLEAN, NULL, NULL));
          side_worker_unref (worker);
        }
      return;
    }
  set_boolean (self, PROP_READ_ONLY, &self->read_only, job->number != 0);
  set_boolean (self, PROP_OPENED, &self->opened, TRUE);
}

/**
 * side_store_open_async:
 * @self: a store that is not open
 * @cancellable: (nullable): cancels before it begins
 * @callback: called when done
 * @user_data: its argument
 *
 * Opens the file, makes it when there is none, brings an older one up to
 * date. One that cannot be written is opened for reading: "read-only" says
 * so. A damaged one is moved aside to "damaged-path" and replaced; unsent
 * documents that can be read come over.
 *
 * Work may be asked for at once: it is done after the opening, or fails with
 * its error.
 */
void
side_store_open_async (SideStore           *self,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  SideJob *job = side_job_new (side_worker_open, SIDE_JOB_ANYTIME, SIDE_JOB_BOOLEAN, NULL, NULL);

  g_return_if_fail (SIDE_IS_STORE (self));
  g_return_if_fail (self->worker == NULL);
  self->epoch++;
  self->worker = side_worker_start (self->path, self->busy_timeout_ms, self->recordings_limit, G_OBJECT (self), deliver);
  job->done = opened;
  side_store_start (self, side_store_open_async, job, cancellable, callback, user_data);
}

/**
 * side_store_open_finish:
 * @self: the store
 * @result: the result
 * @error: (out): BUSY when another process has it, FULL, READ_ONLY when
 *   there is nothing to read, NEWER, INVALID for another program's file, FAILED
 *
 * Returns: %TRUE when the store can be used
 */
gboolean
side_store_open_finish (SideStore     *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_open_async, error);
}

/**
 * side_store_close_async:
 * @self: an open store
 * @cancellable: (nullable): has no effect
 * @callback: called when done
 * @user_data: its argument
 *
 * Closes the file after all that was asked for before is done. From now on
 * nothing more may be asked until it is opened again.
 */
void
side_store_close_async (SideStore           *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  SideJob *job = side_job_new (side_worker_close, SIDE_JOB_ANYTIME, SIDE_JOB_BOOLEAN, NULL, NULL);

  g_return_if_fail (SIDE_IS_STORE (self));
  side_store_start (self, side_store_close_async, job, NULL, callback, user_data);
  g_clear_pointer (&self->worker, side_worker_unref);
  set_boolean (self, PROP_OPENED, &self->opened, FALSE);
}

/**
 * side_store_close_finish:
 * @self: the store
 * @result: the result
 * @error: (out): FAILED when it was not open
 *
 * Returns: %TRUE when the file is closed
 */
gboolean
side_store_close_finish (SideStore     *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  return side_store_finish_boolean (self, result, side_store_close_async, error);
}

/**
 * side_store_get_path:
 * @self: a store
 *
 * Returns: (transfer none): the path of its file
 */
const char *
side_store_get_path (SideStore *self)
{
  g_return_val_if_fail (SIDE_IS_STORE (self), NULL);
  return self->path;
}

/**
 * side_store_is_open:
 * @self: a store
 *
 * Returns: whether it was opened and not closed yet
 */
gboolean
side_store_is_open (SideStore *self)
{
  g_return_val_if_fail (SIDE_IS_STORE (self), FALSE);
  return self->opened;
}

/**
 * side_store_is_read_only:
 * @self: a store
 *
 * Returns: whether its file can be read, but not written
 */
gboolean
side_store_is_read_only (SideStore *self)
{
  g_return_val_if_fail (SIDE_IS_STORE (self), FALSE);
  return self->read_only;
}

/**
 * side_store_get_damaged_path:
 * @self: a store
 *
 * Returns: (transfer none) (nullable): where a damaged file was moved to
 */
const char *
side_store_get_damaged_path (SideStore *self)
{
  g_return_val_if_fail (SIDE_IS_STORE (self), NULL);
  return self->damaged_path;
}

/**
 * side_store_get_salvaged:
 * @self: a store
 *
 * Returns: how many unsent documents were brought over from a damaged file
 */
guint
side_store_get_salvaged (SideStore *self)
{
  g_return_val_if_fail (SIDE_IS_STORE (self), 0);
  return self->salvaged;
}

/**
 * side_store_get_outbox_length:
 * @self: a store
 *
 * Returns: documents with unsent edits, those in conflict too
 */
guint
side_store_get_outbox_length (SideStore *self)
{
  g_return_val_if_fail (SIDE_IS_STORE (self), 0);
  return self->outbox_length;
}

/**
 * side_store_get_conflicts:
 * @self: a store
 *
 * Returns: documents changed both here and on the server
 */
guint
side_store_get_conflicts (SideStore *self)
{
  g_return_val_if_fail (SIDE_IS_STORE (self), 0);
  return self->conflicts;
}

/**
 * side_store_get_recordings_limit:
 * @self: a store
 *
 * Returns: how many bytes cached recordings may take together
 */
guint64
side_store_get_recordings_limit (SideStore *self)
{
  g_return_val_if_fail (SIDE_IS_STORE (self), 0);
  return self->recordings_limit;
}

static gboolean
run_set_limit (SideWorker  *worker,
               SideJob     *job,
               GError     **error)
{
  worker->recordings_limit = *(guint64 *) job->input;
  return TRUE;
}

/**
 * side_store_set_recordings_limit:
 * @self: a store
 * @bytes: how many bytes cached recordings may take together
 *
 * Takes effect when the next one is added; see side_store_evict_recordings_async().
 */
void
side_store_set_recordings_limit (SideStore *self,
                                 guint64    bytes)
{
  g_return_if_fail (SIDE_IS_STORE (self));
  if (self->recordings_limit == bytes)
    return;
  self->recordings_limit = bytes;
  side_store_start_plain (self, side_job_new (run_set_limit, SIDE_JOB_ANYTIME, SIDE_JOB_BOOLEAN,
                                              g_memdup2 (&bytes, sizeof bytes), g_free), NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_RECORDINGS_LIMIT]);
}

static void
side_store_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  SideStore *self = SIDE_STORE (object);

  switch (prop_id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_BUSY_TIMEOUT:
      g_value_set_uint (value, self->busy_timeout_ms);
      break;
    case PROP_OPENED:
      g_value_set_boolean (value, self->opened);
      break;
    case PROP_READ_ONLY:
      g_value_set_boolean (value, self->read_only);
      break;
    case PROP_DAMAGED_PATH:
      g_value_set_string (value, self->damaged_path);
      break;
    case PROP_SALVAGED:
      g_value_set_uint (value, self->salvaged);
      break;
    case PROP_OUTBOX_LENGTH:
      g_value_set_uint (value, self->outbox_length);
      break;
    case PROP_CONFLICTS:
      g_value_set_uint (value, self->conflicts);
      break;
    case PROP_REFUSED:
      g_value_set_uint (value, self->refused);
      break;
    case PROP_RECORDINGS_LIMIT:
      g_value_set_uint64 (value, self->recordings_limit);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_store_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  SideStore *self = SIDE_STORE (object);

  switch (prop_id)
    {
    case PROP_PATH:
      self->path = g_value_dup_string (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_BUSY_TIMEOUT:
      self->busy_timeout_ms = g_value_get_uint (value);
      break;
    case PROP_RECORDINGS_LIMIT:
      side_store_set_recordings_limit (self, g_value_get_uint64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
side_store_finalize (GObject *object)
{
  SideStore *self = SIDE_STORE (object);

  if (self->worker != NULL)
    {
      side_worker_push (self->worker, side_job_new (side_worker_close, SIDE_JOB_ANYTIME, SIDE_JOB_BOOLEAN, NULL, NULL));
      side_worker_unref (self->worker);
    }
  g_clear_object (&self->clock);
  g_hash_table_unref (self->lists);
  g_free (self->damaged_path);
  g_free (self->path);
  G_OBJECT_CLASS (side_store_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags once = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_CONSTRUCT_ONLY;

  props[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, once);
  props[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, SIDE_TYPE_CLOCK, once);
  props[PROP_BUSY_TIMEOUT] = g_param_spec_uint ("busy-timeout", NULL, NULL, 0, 60000, DEFAULT_BUSY_TIMEOUT_MS, once);
  props[PROP_OPENED] = g_param_spec_boolean ("opened", NULL, NULL, FALSE, read);
  props[PROP_READ_ONLY] = g_param_spec_boolean ("read-only", NULL, NULL, FALSE, read);
  props[PROP_DAMAGED_PATH] = g_param_spec_string ("damaged-path", NULL, NULL, NULL, read);
  props[PROP_SALVAGED] = g_param_spec_uint ("salvaged", NULL, NULL, 0, G_MAXUINT, 0, read);
  props[PROP_OUTBOX_LENGTH] = g_param_spec_uint ("outbox-length", NULL, NULL, 0, G_MAXUINT, 0, read);
  props[PROP_CONFLICTS] = g_param_spec_uint ("conflicts", NULL, NULL, 0, G_MAXUINT, 0, read);
  props[PROP_REFUSED] = g_param_spec_uint ("refused", NULL, NULL, 0, G_MAXUINT, 0, read);
  props[PROP_RECORDINGS_LIMIT] = g_param_spec_uint64 ("recordings-limit", NULL, NULL, 0, G_MAXUINT64, DEFAULT_RECORDINGS_LIMIT,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
side_store_class_init (SideStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->finalize = side_store_finalize;
  object_class->get_property = side_store_get_property;
  object_class->set_property = side_store_set_property;
  install_properties (object_class);
  signals[SIGNAL_CALLS_CHANGED] = g_signal_new ("calls-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[SIGNAL_DOCUMENTS_CHANGED] = g_signal_new ("documents-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                    G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING);
  signals[SIGNAL_DAMAGED] = g_signal_new ("damaged", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
}

static void
side_store_init (SideStore *self)
{
  self->recordings_limit = DEFAULT_RECORDINGS_LIMIT;
  self->lists = g_hash_table_new (NULL, NULL);
}

/**
 * side_store_new:
 * @path: the file; one for each server and user
 * @clock: where "now" comes from
 *
 * Returns: (transfer full): a store, to be opened
 */
SideStore *
side_store_new (const char *path,
                SideClock  *clock)
{
  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (SIDE_IS_CLOCK (clock), NULL);
  return g_object_new (SIDE_TYPE_STORE, "path", path, "clock", clock, NULL);
}
