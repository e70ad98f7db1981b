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
 * lock is often gone a moment later. After the last attempt the archive has
 * failed: it says so once and refuses the rest.
 *
 * On a full or read-only disk it holds: whoever waits is told at once, what
 * nobody waits for stays in memory up to its bound, and is tried every few
 * seconds for as long as it takes somebody to make room.
 */
#include "side-archive-private.h"

#include "side-error.h"

#define READERS        2
#define MAX_PAUSE_MS   4000
#define HOLD_MS        3000   /* between attempts on a full disk */

typedef struct {
  SideArchiveItem *item;
  GTask           *task;    /* nullable: nobody waits for it */
} Entry;

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

/* What only a person can mend, without the server. */
static gboolean
must_hold (const GError *error)
{
  return g_error_matches (error, SIDE_ERROR, SIDE_ERROR_FULL)
         || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_READ_ONLY);
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
      if (attempt >= self->attempts || closing || must_hold (reason) || !worth_a_retry (reason))
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

static void
batch_entry_free (gpointer data)
{
  Entry *entry = data;

  if (entry->item != NULL)
    side_archive_item_free (entry->item);
  g_free (entry);
}

/* What nobody waits for is kept for the last attempt, when the archive is
 * closed, or the next one while the archive holds; what fails then is lost. */
static void
keep_batch (SideArchive *self,
            GPtrArray   *batch,
            gboolean     was_last)
{
  g_mutex_lock (&self->lock);
  for (guint i = batch->len; i-- > 0;)
    {
      Entry *entry = g_ptr_array_index (batch, i);

      if (entry->task != NULL)
        continue;
      if (was_last)
        {
          self->n_lost++;
          continue;
        }
      g_queue_push_head (&self->pending, g_memdup2 (entry, sizeof *entry));
      entry->item = NULL;
    }
  g_mutex_unlock (&self->lock);
}

/* Whoever waits behind the batch would wait for as long as the disk is full. */
static void
refuse_awaited (SideArchive  *self,
                const GError *reason)
{
  g_autoptr (GPtrArray) refused = g_ptr_array_new ();

  g_mutex_lock (&self->lock);
  for (GList *link = self->pending.head; link != NULL && self->n_awaited > 0;)
    {
      GList *next = link->next;

      if (((Entry *) link->data)->task != NULL)
        {
          g_ptr_array_add (refused, link->data);
          g_queue_delete_link (&self->pending, link);
          self->n_awaited--;
        }
      link = next;
    }
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < refused->len; i++)
    {
      answer (g_ptr_array_index (refused, i), reason);
      batch_entry_free (g_ptr_array_index (refused, i));
    }
}

static void
hold (SideArchive  *self,
      const GError *reason)
{
  gboolean known;

  g_mutex_lock (&self->lock);
  known = self->held != NULL;
  g_clear_error (&self->held);
  self->held = g_error_copy (reason);
  self->held_us = g_get_monotonic_time ();
  g_cond_broadcast (&self->taken);
  g_mutex_unlock (&self->lock);
  if (!known)
    g_warning ("archive: nothing can be written for now, what happens is kept in memory: %s", reason->message);
}

static void
go_on (SideArchive *self)
{
  gboolean held;
  guint n_waiting;

  g_mutex_lock (&self->lock);
  held = self->held != NULL;
  g_clear_error (&self->held);
  n_waiting = g_queue_get_length (&self->pending);
  g_mutex_unlock (&self->lock);
  if (held)
    g_message ("archive: it can be written again; %u items wait", n_waiting);
}

static void
write_batch (SideArchive *self,
             GPtrArray   *batch)
{
  g_autoptr (GPtrArray) items = g_ptr_array_sized_new (batch->len);
  g_autoptr (GError) error = NULL;
  gboolean closing = is_closing (self);

  for (guint i = 0; i < batch->len; i++)
    g_ptr_array_add (items, ((Entry *) g_ptr_array_index (batch, i))->item);
  if (write_items (self, items, &error))
    go_on (self);
  else if (must_hold (error) && !closing)
    hold (self, error);
  else
    fail (self, error);
  if (error != NULL)
    keep_batch (self, batch, closing);
  for (guint i = 0; i < batch->len; i++)
    {
      Entry *entry = g_ptr_array_index (batch, i);

      if (entry->task != NULL)
        answer (entry, error);
    }
  if (error != NULL && must_hold (error))
    refuse_awaited (self, error);
}

/* Waits for a batch; NULL when there will be no more. */
static GPtrArray *
take_batch (SideArchive *self)
{
  GPtrArray *batch = NULL;

  g_mutex_lock (&self->lock);
  while ((g_queue_is_empty (&self->pending) || self->failed) && !self->closing)
    g_cond_wait (&self->changed, &self->lock);
  while (!self->closing && self->held != NULL && self->n_awaited == 0)
    if (!g_cond_wait_until (&self->changed, &self->lock, self->held_us + HOLD_MS * 1000))
      break;
  while (!self->closing && self->held == NULL && self->n_awaited == 0 && g_queue_get_length (&self->pending) < SIDE_ARCHIVE_MAX_BATCH)
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
      self->writing = TRUE;
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
      g_mutex_lock (&self->lock);
      self->writing = FALSE;
      g_cond_broadcast (&self->taken);
      g_mutex_unlock (&self->lock);
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

/* More would wait for the disk than may: dropped while the archive holds, and
 * the end where nobody knows why it takes nothing. */
static void
overflow (SideArchive *self,
          gboolean     held,
          guint        n_dropped)
{
  g_autoptr (GError) error = NULL;

  if (held && n_dropped > 1)
    return;
  error = g_error_new (SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "the database has taken nothing for so long that %d items wait for it",
                       SIDE_ARCHIVE_MAX_PENDING);
  if (held)
    g_warning ("archive: %s; what happens from now on is not kept", error->message);
  else
    fail (self, error);
}

/* Returns: (nullable): why the entry was not taken */
static GError *
take_entry (SideArchive *self,
            Entry       *entry)
{
  /* One that nothing stands before is the next attempt itself. */
  if (self->held != NULL && entry->task != NULL && !g_queue_is_empty (&self->pending))
    return g_error_copy (self->held);
  if (self->closing || self->closed || (self->failed && entry->task != NULL))
    return g_error_new (SIDE_ERROR, SIDE_ERROR_FAILED, "the archive is closed");
  if (g_queue_get_length (&self->pending) >= SIDE_ARCHIVE_MAX_PENDING)
    return g_error_new (SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "too much waits to be written");
  if (g_queue_is_empty (&self->pending))
    self->first_us = g_get_monotonic_time ();
  /* Numbers told of what was dropped must not be given again. */
  if (entry->item->type == SIDE_ARCHIVE_CLEAN && self->n_dropped > 0)
    entry->item->number = 0;
  g_queue_push_tail (&self->pending, entry);
  self->n_awaited += entry->task != NULL;
  g_cond_signal (&self->changed);
  return NULL;
}

static void
push (SideArchive     *self,
      SideArchiveItem *item,
      GTask           *task)
{
  Entry *entry = g_new0 (Entry, 1);
  GError *refusal;
  gboolean too_many;
  gboolean held;
  guint n_dropped;

  entry->item = item;
  entry->task = task;
  g_mutex_lock (&self->lock);
  refusal = take_entry (self, entry);
  too_many = g_error_matches (refusal, SIDE_ERROR, SIDE_ERROR_TOO_LARGE);
  held = self->held != NULL;
  if (refusal != NULL && task == NULL && held)
    self->n_dropped++;
  else if (refusal != NULL && task == NULL)
    self->n_lost++;   /* nobody is told now; whoever closes the archive is */
  n_dropped = self->n_dropped;
  g_mutex_unlock (&self->lock);
  if (refusal == NULL)
    return;
  if (too_many)
    overflow (self, held, n_dropped);
  if (task != NULL)
    answer (entry, refusal);
  g_error_free (refusal);
  batch_entry_free (entry);
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
 * side_archive_write_changed:
 * @result: what side_archive_write_finish() took as a success
 *
 * Returns: whether anything is new by it; not by a document that is sent again
 *   because the answer to the first time got lost
 */
gboolean
side_archive_write_changed (GAsyncResult *result)
{
  return !((SideArchiveItem *) g_task_get_task_data (G_TASK (result)))->repeated;
}

/**
 * side_archive_wait:
 * @self: the archive
 * @n_left: how many items may be left
 *
 * Blocks until no more than @n_left items wait to be written, with 0 until all
 * are and the database is nobody's, or writing has failed or holds. Only for a server that serves nobody yet and fills its archive
 * faster than the disk takes it.
 */
void
side_archive_wait (SideArchive *self,
                   guint        n_left)
{
  g_return_if_fail (SIDE_IS_ARCHIVE (self));
  g_mutex_lock (&self->lock);
  while ((g_queue_get_length (&self->pending) > n_left || (n_left == 0 && self->writing))
         && !self->failed && self->held == NULL && !self->closed)
    g_cond_wait (&self->taken, &self->lock);
  g_mutex_unlock (&self->lock);
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
 * side_archive_get_health:
 * @self: the archive
 * @health: (out caller-allocates): how it is
 */
void
side_archive_get_health (SideArchive       *self,
                         SideArchiveHealth *health)
{
  g_return_if_fail (SIDE_IS_ARCHIVE (self));
  g_mutex_lock (&self->lock);
  health->held = self->held != NULL ? (SideError) self->held->code : SIDE_ERROR_FAILED;
  health->writable = self->held == NULL && !self->failed;
  health->n_waiting = g_queue_get_length (&self->pending);
  health->n_dropped = self->n_dropped;
  g_mutex_unlock (&self->lock);
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
  g_clear_error (&self->held);
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
  self->readers = g_thread_pool_new (_side_archive_run_question, NULL, READERS, FALSE, NULL);
  self->attempts = 10;
  self->first_pause_ms = 100;
}
