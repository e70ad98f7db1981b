/* side-reviews-gather.c - a project's finished reviews from this computer, as a file's content
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Asks the store for reviews, calibrations, calls and versions of scripts, one
 * after the other; reading bodies and writing text is done in a thread. The
 * names of operators are those the store has: for a client, the aliases that
 * the server told.
 */
#include "side-reviews-gather.h"

#include <string.h>

#include "side-calibration.h"
#include "side-error.h"
#include "side-job.h"
#include "side-wire.h"

/* What the threads get; nothing of the main context hangs on it. */
typedef struct {
  gatomicrefcount  ref_count;
  SideReviewsForm  form;
  SideProject     *project;
  GPtrArray       *documents;      /* of SideDocument: reviews */
  GPtrArray       *calibrations;   /* likewise */
  GPtrArray       *reviews;        /* of SideReview, in the order they were finished */
  GPtrArray       *calls;          /* of SideCall or NULL, as the reviews */
  GPtrArray       *scripts;        /* of SideScript: all versions that are here */
  GStrv            hidden;         /* ids of calls */
  guint            n_held_back;
} Heap;

/* One gathering; lives on the main context. */
typedef struct {
  GTask      *task;
  Heap       *heap;
  GHashTable *asked;   /* set of "script version" */
  guint       next;    /* the review whose call or script is asked for */
} Gathering;

static void next_call (Gathering *self);
static void next_script (Gathering *self);

static Heap *
heap_ref (Heap *heap)
{
  g_atomic_ref_count_inc (&heap->ref_count);
  return heap;
}

static void
heap_unref (gpointer data)
{
  Heap *heap = data;

  if (!g_atomic_ref_count_dec (&heap->ref_count))
    return;
  side_project_unref (heap->project);
  g_strfreev (heap->hidden);
  g_clear_pointer (&heap->documents, g_ptr_array_unref);
  g_clear_pointer (&heap->calibrations, g_ptr_array_unref);
  g_clear_pointer (&heap->reviews, g_ptr_array_unref);
  g_clear_pointer (&heap->calls, g_ptr_array_unref);
  g_clear_pointer (&heap->scripts, g_ptr_array_unref);
  g_free (heap);
}

/**
 * side_reviews_file_free:
 * @self: (transfer full): a file's content
 */
void
side_reviews_file_free (SideReviewsFile *self)
{
  g_return_if_fail (self != NULL);
  g_bytes_unref (self->bytes);
  g_free (self);
}

static void
file_free (gpointer data)
{
  side_reviews_file_free (data);
}

static void
gathering_free (Gathering *self)
{
  g_object_unref (self->task);
  g_hash_table_unref (self->asked);
  heap_unref (self->heap);
  g_free (self);
}

/* Ends it; @error: (transfer full) */
static void
fail (Gathering *self,
      GError    *error)
{
  g_task_return_error (self->task, error);
  gathering_free (self);
}

static SideStore *
store_of (Gathering *self)
{
  return SIDE_STORE (g_task_get_source_object (self->task));
}

/* ---- reading, in a thread ---- */

static int
compare_reviews (gconstpointer a,
                 gconstpointer b)
{
  const SideReview *one = *(const SideReview *const *) a;
  const SideReview *two = *(const SideReview *const *) b;

  if (one->finished_ms != two->finished_ms)
    return one->finished_ms < two->finished_ms ? -1 : 1;
  return g_strcmp0 (one->id, two->id);
}

/* Calibrations in which nobody may see yet what another has answered. */
static GHashTable *
find_blind (GPtrArray *documents)
{
  GHashTable *blind = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (SideCalibration) calibration = document->body != NULL ? side_wire_calibration_from_json (document->body, -1, NULL) : NULL;

      if (calibration != NULL && calibration->state == SIDE_CALIBRATION_OPEN)
        g_hash_table_add (blind, document->id);
    }
  return blind;
}

static gpointer
read_work (gpointer          data,
           SideJobProgress   progress,
           gpointer          job,
           GCancellable     *cancellable,
           GError          **error)
{
  Heap *heap = data;
  g_autoptr (GHashTable) blind = find_blind (heap->calibrations);

  for (guint i = 0; i < heap->documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (heap->documents, i);
      /* What a newer program wrote so that we cannot read it is not ours to tell of. */
      g_autoptr (SideReview) written = document->body != NULL ? side_wire_review_from_json (document->body, -1, NULL) : NULL;
      g_autoptr (SideReview) review = written != NULL ? side_review_dup_sealed (written) : NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (review == NULL)
        continue;
      if ((review->selection == SIDE_SELECTION_CALIBRATION && review->plan != NULL && g_hash_table_contains (blind, review->plan))
          || g_strv_contains ((const char *const *) heap->hidden, review->call))
        heap->n_held_back++;
      else
        g_ptr_array_add (heap->reviews, g_steal_pointer (&review));
    }
  g_ptr_array_sort (heap->reviews, compare_reviews);
  return heap_ref (heap);
}

/* ---- writing, in a thread ---- */

static const SideScript *
find_script (const Heap       *heap,
             const SideReview *review)
{
  for (guint i = 0; i < heap->scripts->len; i++)
    {
      const SideScript *script = g_ptr_array_index (heap->scripts, i);

      if (script->version == review->script_version && g_ascii_strcasecmp (script->id, review->script) == 0)
        return script;
    }
  return NULL;
}

/* Returns: (transfer full) (element-type SideReviewsEntry): what is to be written */
static GArray *
make_entries (const Heap *heap)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (SideReviewsEntry));

  for (guint i = 0; i < heap->reviews->len; i++)
    {
      const SideReview *review = g_ptr_array_index (heap->reviews, i);
      const SideCall *call = g_ptr_array_index (heap->calls, i);
      SideReviewsEntry entry = { .review = review, .script = find_script (heap, review), .call = call,
                                 .operator_name = call != NULL ? call->operator_name : NULL };

      g_array_append_val (entries, entry);
    }
  side_reviews_export_count_newest ((SideReviewsEntry *) (gpointer) entries->data, entries->len);
  return entries;
}

static gpointer
write_work (gpointer          data,
            SideJobProgress   progress,
            gpointer          job,
            GCancellable     *cancellable,
            GError          **error)
{
  Heap *heap = data;
  g_autoptr (SideReviewsExport) export = side_reviews_export_new (heap->form, heap->project, 0, 0);
  g_autoptr (GArray) entries = make_entries (heap);
  SideReviewsFile *file;
  char *text;

  for (guint i = 0; i < entries->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      side_reviews_export_add (export, &g_array_index (entries, SideReviewsEntry, i));
    }
  text = side_reviews_export_finish (export, TRUE);
  file = g_new0 (SideReviewsFile, 1);
  file->bytes = g_bytes_new_take (text, strlen (text));
  file->n = side_reviews_export_count (export);
  file->n_held_back = heap->n_held_back;
  return file;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Gathering *self = data;
  GError *error = NULL;
  SideReviewsFile *file = side_job_run_finish (result, &error);

  if (file == NULL)
    {
      fail (self, error);
      return;
    }
  g_task_return_pointer (self->task, file, file_free);
  gathering_free (self);
}

/* ---- calls and scripts ---- */

static void
script_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Gathering *self = data;
  GError *error = NULL;
  SideScript *script = side_store_get_script_finish (SIDE_STORE (source), result, &error);

  /* Without it there is no score, and the answers are told all the same. */
  if (error != NULL)
    {
      fail (self, error);
      return;
    }
  if (script != NULL)
    g_ptr_array_add (self->heap->scripts, script);
  self->next++;
  next_script (self);
}

/* Whether nobody asked for the version of @review yet. */
static gboolean
is_new_version (Gathering        *self,
                const SideReview *review)
{
  g_autofree char *lower = g_ascii_strdown (review->script, -1);

  return g_hash_table_add (self->asked, g_strdup_printf ("%s %d", lower, review->script_version));
}

static void
next_script (Gathering *self)
{
  Heap *heap = self->heap;
  const SideReview *review;

  while (self->next < heap->reviews->len && !is_new_version (self, g_ptr_array_index (heap->reviews, self->next)))
    self->next++;
  if (self->next == heap->reviews->len)
    {
      side_job_run_async (write_work, heap_ref (heap), heap_unref, file_free, NULL, NULL, g_task_get_cancellable (self->task), written_cb, self);
      return;
    }
  review = g_ptr_array_index (heap->reviews, self->next);
  side_store_get_script_async (store_of (self), review->script, review->script_version, g_task_get_cancellable (self->task), script_cb, self);
}

static void
call_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Gathering *self = data;
  GError *error = NULL;
  SideCall *call = side_store_get_call_finish (SIDE_STORE (source), result, &error);

  /* A call may be forgotten, and its review not. */
  if (call == NULL && error != NULL && !g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    {
      fail (self, error);
      return;
    }
  g_clear_error (&error);
  g_ptr_array_add (self->heap->calls, call);
  self->next++;
  next_call (self);
}

static void
next_call (Gathering *self)
{
  Heap *heap = self->heap;
  const SideReview *review;

  if (self->next == heap->reviews->len)
    {
      self->next = 0;
      next_script (self);
      return;
    }
  review = g_ptr_array_index (heap->reviews, self->next);
  side_store_get_call_async (store_of (self), review->call, g_task_get_cancellable (self->task), call_cb, self);
}

/* ---- documents ---- */

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Gathering *self = data;
  GError *error = NULL;
  Heap *heap = side_job_run_finish (result, &error);

  if (heap == NULL)
    {
      fail (self, error);
      return;
    }
  heap_unref (heap);
  next_call (self);
}

static void
calibrations_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  Gathering *self = data;
  GError *error = NULL;

  self->heap->calibrations = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  if (self->heap->calibrations == NULL)
    fail (self, error);
  else
    side_job_run_async (read_work, heap_ref (self->heap), heap_unref, heap_unref, NULL, NULL, g_task_get_cancellable (self->task), read_cb, self);
}

static void
reviews_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Gathering *self = data;
  GError *error = NULL;

  self->heap->documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  if (self->heap->documents == NULL)
    fail (self, error);
  else
    side_store_list_documents_async (SIDE_STORE (source), "calibration", self->heap->project->id, NULL, g_task_get_cancellable (self->task),
                                     calibrations_cb, self);
}

static void
unref_maybe (gpointer call)
{
  if (call != NULL)
    side_call_unref (call);
}

/**
 * side_reviews_gather_async:
 * @store: an open store
 * @project: whose reviews
 * @form: of the file
 * @hidden: ids of calls that who saves them has a blind review of to finish
 * @cancellable: (nullable): to take it back
 * @callback: called when done
 * @user_data: its argument
 *
 * All that are finished, and not blind.
 */
void
side_reviews_gather_async (SideStore           *store,
                           SideProject         *project,
                           SideReviewsForm      form,
                           const char *const   *hidden,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Gathering *self;
  Heap *heap;

  g_return_if_fail (SIDE_IS_STORE (store));
  g_return_if_fail (project != NULL);

  heap = g_new0 (Heap, 1);
  g_atomic_ref_count_init (&heap->ref_count);
  heap->form = form;
  heap->project = side_project_ref (project);
  heap->hidden = g_strdupv ((char **) hidden);
  heap->reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  heap->calls = g_ptr_array_new_with_free_func (unref_maybe);
  heap->scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  self = g_new0 (Gathering, 1);
  self->heap = heap;
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, side_reviews_gather_async);
  side_store_list_documents_async (store, "review", project->id, NULL, cancellable, reviews_cb, self);
}

/**
 * side_reviews_gather_finish:
 * @store: the store
 * @result: the result
 * @error: (out): the store's errors
 *
 * Returns: (transfer full) (nullable): what to write
 */
SideReviewsFile *
side_reviews_gather_finish (SideStore     *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, side_reviews_gather_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
