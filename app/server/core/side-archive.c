/* side-archive.c - the server's history, off the main thread
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * THREADS. The main context puts entries at the end of @pending, under @lock.
 * The writer thread takes them from its front, a batch at a time: it waits
 * 100 ms for more company unless somebody waits for an answer. It alone calls
 * side_archive_store_write(). It holds a reference to the archive, so that the
 * archive outlives it; side_archive_close_async() makes it end. Questions run
 * in a pool of their own.
 *
 * A batch that fails is kept and tried again, with growing pauses, because a
 * full disk or a lock is often mended by somebody in the meantime. After the
 * last attempt the archive has failed: it says so once and refuses the rest.
 */
#include "side-archive.h"

#include "side-error.h"

#define READERS        2
#define MAX_PAUSE_MS   4000

typedef struct {
  SideArchiveItem *item;
  GTask           *task;    /* nullable: nobody waits for it */
} Entry;

struct _SideArchive
{
  GObject           parent_instance;
  SideArchiveStore *store;
  GThreadPool      *readers;
  GMainContext     *context;

  GMutex            lock;
  GCond             changed;
  GCond             taken;        /* the writer took a batch, or has failed */
  GQueue            pending;      /* of Entry */
  gint64            first_us;     /* when the oldest of them came */
  guint             n_awaited;    /* of them, how many have a task */
  gboolean          closing;
  gboolean          closed;
  gboolean          failed;
  guint             n_lost;
  GTask            *close_task;

  guint             attempts;
  guint             first_pause_ms;
};

G_DEFINE_FINAL_TYPE (SideArchive, side_archive, G_TYPE_OBJECT)

enum { SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
entry_free (Entry *entry)
{
  side_archive_item_free (entry->item);
  g_clear_object (&entry->task);
  g_free (entry);
}

/* The writer */

typedef struct {
  SideArchive *archive;
  char        *message;
} Failure;

static void
failure_free (gpointer data)
{
  Failure *failure = data;

  g_object_unref (failure->archive);
  g_free (failure->message);
  g_free (failure);
}

static gboolean
tell_failure (gpointer data)
{
  Failure *failure = data;

  g_signal_emit (failure->archive, signals[SIGNAL_FAILED], 0, failure->message);
  return G_SOURCE_REMOVE;
}

static void
fail (SideArchive  *self,
      const GError *error)
{
  Failure *failure = g_new0 (Failure, 1);
  gboolean told;

  failure->archive = g_object_ref (self);
  failure->message = g_strdup (error->message);
  g_mutex_lock (&self->lock);
  told = self->failed;
  self->failed = TRUE;
  g_cond_broadcast (&self->taken);
  g_mutex_unlock (&self->lock);
  if (told)
    failure_free (failure);
  else
    g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, tell_failure, failure, failure_free);
}

static gboolean
worth_a_retry (const GError *error)
{
  return !g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CORRUPT)
         && !g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NEWER);
}

/* Waits, but not longer than until somebody wants the archive closed. */
static void
pause_writing (SideArchive *self,
               guint        ms)
{
  gint64 until = g_get_monotonic_time () + (gint64) ms * 1000;

  g_mutex_lock (&self->lock);
  while (!self->closing && g_cond_wait_until (&self->changed, &self->lock, until))
    ;
  g_mutex_unlock (&self->lock);
}

static gboolean
is_closing (SideArchive *self)
{
  gboolean closing;

  g_mutex_lock (&self->lock);
  closing = self->closing;
  g_mutex_unlock (&self->lock);
  return closing;
}

/* Whoever wants the archive closed waits for one attempt and no more. */
static gboolean
write_items (SideArchive  *self,
             GPtrArray    *items,
             GError      **error)
{
  guint pause_ms = self->first_pause_ms;

  for (guint attempt = 1;; attempt++)
    {
      g_autoptr (GError) reason = NULL;
      gboolean closing = is_closing (self);

      if (side_archive_store_write (self->store, (SideArchiveItem *const *) items->pdata, items->len, &reason))
        return TRUE;
      if (attempt >= self->attempts || closing || !worth_a_retry (reason))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
      g_message ("archive: %u items could not be written (attempt %u of %u): %s",
                 items->len, attempt, self->attempts, reason->message);
      pause_writing (self, pause_ms);
      pause_ms = MIN (pause_ms * 2, MAX_PAUSE_MS);
    }
}

static void
answer (Entry        *entry,
        const GError *failure)
{
  GTask *task = g_steal_pointer (&entry->task);

  entry->item = NULL;   /* it goes with its task */
  if (failure != NULL)
    g_task_return_error (task, g_error_copy (failure));
  else
    g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/* What nobody waits for is kept for the last attempt, when the archive is
 * closed; what fails then is lost. */
static void
keep_batch (SideArchive *self,
            GPtrArray   *batch)
{
  g_mutex_lock (&self->lock);
  for (guint i = batch->len; i-- > 0;)
    {
      Entry *entry = g_ptr_array_index (batch, i);

      if (entry->item == NULL)
        continue;
      if (self->closing)
        self->n_lost++;
      else
        g_queue_push_head (&self->pending, g_memdup2 (entry, sizeof *entry));
      if (!self->closing)
        entry->item = NULL;
    }
  g_mutex_unlock (&self->lock);
}

static void
write_batch (SideArchive *self,
             GPtrArray   *batch)
{
  g_autoptr (GPtrArray) items = g_ptr_array_sized_new (batch->len);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < batch->len; i++)
    g_ptr_array_add (items, ((Entry *) g_ptr_array_index (batch, i))->item);
  if (!write_items (self, items, &error))
    fail (self, error);
  for (guint i = 0; i < batch->len; i++)
    {
      Entry *entry = g_ptr_array_index (batch, i);

      if (entry->task != NULL)
        answer (entry, error);
    }
  if (error != NULL)
    keep_batch (self, batch);
}

static void
batch_entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->item != NULL)
    side_archive_item_free (entry->item);
  g_free (entry);
}

/* Waits for a batch; NULL when there will be no more. */
static GPtrArray *
take_batch (SideArchive *self)
{
  GPtrArray *batch = NULL;

  g_mutex_lock (&self->lock);
  while ((g_queue_is_empty (&self->pending) || self->failed) && !self->closing)
    g_cond_wait (&self->changed, &self->lock);
  while (!self->closing && self->n_awaited == 0 && g_queue_get_length (&self->pending) < SIDE_ARCHIVE_MAX_BATCH)
    if (!g_cond_wait_until (&self->changed, &self->lock, self->first_us + SIDE_ARCHIVE_BATCH_MS * 1000))
      break;
  if (!g_queue_is_empty (&self->pending))
    {
      batch = g_ptr_array_new_with_free_func (batch_entry_free);
      while (batch->len < SIDE_ARCHIVE_MAX_BATCH && !g_queue_is_empty (&self->pending))
        {
          Entry *entry = g_queue_pop_head (&self->pending);

          self->n_awaited -= entry->task != NULL;
          g_ptr_array_add (batch, entry);
        }
      self->first_us = g_get_monotonic_time ();
    }
  g_cond_broadcast (&self->taken);
  g_mutex_unlock (&self->lock);
  return batch;
}

static gpointer
writer_thread (gpointer data)
{
  SideArchive *self = data;
  g_autoptr (GTask) close_task = NULL;
  guint n_lost;
  GPtrArray *batch;

  while ((batch = take_batch (self)) != NULL)
    {
      write_batch (self, batch);
      g_ptr_array_unref (batch);
    }
  g_mutex_lock (&self->lock);
  self->closed = TRUE;
  n_lost = self->n_lost;
  close_task = g_steal_pointer (&self->close_task);
  g_mutex_unlock (&self->lock);
  if (close_task != NULL && n_lost > 0)
    g_task_return_new_error (close_task, SIDE_ERROR, SIDE_ERROR_FAILED,
                             "%u items could not be written to the archive and are lost", n_lost);
  else if (close_task != NULL)
    g_task_return_boolean (close_task, TRUE);
  g_object_unref (self);
  return NULL;
}

/* Giving work to it */

static void
push (SideArchive     *self,
      SideArchiveItem *item,
      GTask           *task)
{
  Entry *entry = g_new0 (Entry, 1);
  gboolean refused;
  gboolean overflow;

  entry->item = item;
  entry->task = task;
  g_mutex_lock (&self->lock);
  overflow = g_queue_get_length (&self->pending) >= SIDE_ARCHIVE_MAX_PENDING;
  refused = self->closing || self->closed || overflow || (self->failed && task != NULL);
  if (!refused)
    {
      if (g_queue_is_empty (&self->pending))
        self->first_us = g_get_monotonic_time ();
      g_queue_push_tail (&self->pending, entry);
      self->n_awaited += task != NULL;
      g_cond_signal (&self->changed);
    }
  else if (task == NULL)
    {
      self->n_lost++;   /* nobody is told now; whoever closes the archive is */
    }
  g_mutex_unlock (&self->lock);
  if (overflow)
    {
      g_autoptr (GError) error = g_error_new (SIDE_ERROR, SIDE_ERROR_TOO_LARGE,
                                              "the database has taken nothing for so long that %d items wait for it",
                                              SIDE_ARCHIVE_MAX_PENDING);
      fail (self, error);
    }
  if (refused && task != NULL)
    g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FAILED, "the archive is closed");
  if (refused)
    {
      entry->item = task != NULL ? NULL : item;   /* a task owns its item */
      g_clear_object (&entry->task);
      batch_entry_free (entry);
    }
}

/**
 * side_archive_put:
 * @self: the archive
 * @item: (transfer full): what to keep
 *
 * Nobody waits for it; it is written within about 100 ms.
 */
void
side_archive_put (SideArchive     *self,
                  SideArchiveItem *item)
{
  g_return_if_fail (SIDE_IS_ARCHIVE (self));
  push (self, item, NULL);
}

/**
 * side_archive_write_async:
 * @self: the archive
 * @item: (transfer full): what to write at once
 * @cancellable: (nullable): only the answer is cancelled, never the writing
 * @callback: called when it stands in the database
 * @user_data: its data
 */
void
side_archive_write_async (SideArchive         *self,
                          SideArchiveItem     *item,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (SIDE_IS_ARCHIVE (self));
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_archive_write_async);
  g_task_set_task_data (task, item, (GDestroyNotify) side_archive_item_free);
  push (self, item, task);
}

/**
 * side_archive_write_finish:
 * @self: the archive
 * @result: the result
 * @document: (out) (optional) (nullable) (transfer full): the document as it
 *   was stored, or, with SIDE_ERROR_CONFLICT, as it stands
 * @error: return location
 *
 * Returns: whether it was written
 */
gboolean
side_archive_write_finish (SideArchive   *self,
                           GAsyncResult  *result,
                           SideDocument **document,
                           GError       **error)
{
  SideArchiveItem *item;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  if (document != NULL)
    *document = NULL;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  item = g_task_get_task_data (G_TASK (result));
  if (document != NULL)
    *document = g_steal_pointer (&item->result);
  if (item->refusal == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&item->refusal));
  return FALSE;
}

/**
 * side_archive_wait:
 * @self: the archive
 * @n_left: how many items may be left
 *
 * Blocks until no more than @n_left items wait to be written, or writing has
 * failed. Only for a server that serves nobody yet and fills its archive
 * faster than the disk takes it.
 */
void
side_archive_wait (SideArchive *self,
                   guint        n_left)
{
  g_return_if_fail (SIDE_IS_ARCHIVE (self));
  g_mutex_lock (&self->lock);
  while (g_queue_get_length (&self->pending) > n_left && !self->failed && !self->closed)
    g_cond_wait (&self->taken, &self->lock);
  g_mutex_unlock (&self->lock);
}

/* Questions */

typedef struct {
  SideArchiveQuestion ask;
  gpointer            question;
  GDestroyNotify      free_question;
  GDestroyNotify      free_answer;
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  if (asking->free_question != NULL)
    asking->free_question (asking->question);
  g_free (asking);
}

static void
run_question (gpointer data,
              gpointer user_data)
{
  g_autoptr (GTask) task = data;
  SideArchive *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gpointer found;

  if (g_task_return_error_if_cancelled (task))
    return;
  found = asking->ask (self->store, asking->question, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, found, asking->free_answer);
}

/**
 * side_archive_ask_async:
 * @self: the archive
 * @ask: asks the store; called in another thread
 * @question: (transfer full): its argument, not to be touched afterwards
 * @free_question: (nullable): frees @question
 * @free_answer: (nullable): frees an answer nobody took
 * @cancellable: (nullable): cancellable
 * @callback: called with the answer
 * @user_data: its data
 */
void
side_archive_ask_async (SideArchive         *self,
                        SideArchiveQuestion  ask,
                        gpointer             question,
                        GDestroyNotify       free_question,
                        GDestroyNotify       free_answer,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task;
  Asking *asking = g_new0 (Asking, 1);

  g_return_if_fail (SIDE_IS_ARCHIVE (self));
  asking->ask = ask;
  asking->question = question;
  asking->free_question = free_question;
  asking->free_answer = free_answer;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, side_archive_ask_async);
  g_task_set_task_data (task, asking, asking_free);
  g_thread_pool_push (self->readers, task, NULL);
}

/**
 * side_archive_ask_finish:
 * @self: the archive
 * @result: the result
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what the question answered
 */
gpointer
side_archive_ask_finish (SideArchive   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Life and end */

/**
 * side_archive_close_async:
 * @self: the archive
 * @callback: called when all was written and the writer has ended
 * @user_data: its data
 *
 * Must be called once before the last reference is dropped.
 */
void
side_archive_close_async (SideArchive         *self,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task;
  gboolean closed;

  g_return_if_fail (SIDE_IS_ARCHIVE (self));
  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, side_archive_close_async);
  g_mutex_lock (&self->lock);
  closed = self->closing || self->closed;
  if (!closed)
    {
      self->closing = TRUE;
      self->close_task = task;
      g_cond_signal (&self->changed);
    }
  g_mutex_unlock (&self->lock);
  if (closed)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
}

gboolean
side_archive_close_finish (SideArchive   *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * side_archive_get_store:
 * @self: the archive
 *
 * For questions at the start, before anything else uses the archive.
 *
 * Returns: (transfer none): the store
 */
SideArchiveStore *
side_archive_get_store (SideArchive *self)
{
  g_return_val_if_fail (SIDE_IS_ARCHIVE (self), NULL);
  return self->store;
}

/**
 * side_archive_set_retry:
 * @self: the archive
 * @attempts: how often a batch is tried, from 1; default 10
 * @first_pause_ms: pause after the first failure, doubled each time up to
 *   four seconds; default 100
 *
 * To be called before anything is written.
 */
void
side_archive_set_retry (SideArchive *self,
                        guint        attempts,
                        guint        first_pause_ms)
{
  g_return_if_fail (SIDE_IS_ARCHIVE (self));
  g_return_if_fail (attempts >= 1);
  self->attempts = attempts;
  self->first_pause_ms = first_pause_ms;
}

/**
 * side_archive_new:
 * @store: (transfer none): the database
 *
 * Returns: (transfer full): an archive that writes to it, answering in the
 *   calling thread's default context
 */
SideArchive *
side_archive_new (SideArchiveStore *store)
{
  SideArchive *self;

  g_return_val_if_fail (SIDE_IS_ARCHIVE_STORE (store), NULL);
  self = g_object_new (SIDE_TYPE_ARCHIVE, NULL);
  self->store = g_object_ref (store);
  g_thread_unref (g_thread_new ("archive-writer", writer_thread, g_object_ref (self)));
  return self;
}

static void
side_archive_finalize (GObject *object)
{
  SideArchive *self = SIDE_ARCHIVE (object);

  g_queue_clear_full (&self->pending, (GDestroyNotify) entry_free);
  g_thread_pool_free (self->readers, FALSE, FALSE);
  g_clear_object (&self->store);
  g_main_context_unref (self->context);
  g_cond_clear (&self->changed);
  g_cond_clear (&self->taken);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (side_archive_parent_class)->finalize (object);
}

static void
side_archive_class_init (SideArchiveClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = side_archive_finalize;
  signals[SIGNAL_FAILED] = g_signal_new ("failed", SIDE_TYPE_ARCHIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
side_archive_init (SideArchive *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_cond_init (&self->taken);
  g_queue_init (&self->pending);
  self->context = g_main_context_ref_thread_default ();
  self->readers = g_thread_pool_new (run_question, NULL, READERS, FALSE, NULL);
  self->attempts = 10;
  self->first_pause_ms = 100;
}
