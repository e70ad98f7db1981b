/* side-review-reading.c - script and review of a call, as the store has them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three questions to the store, one after the other: which script is in use
 * for the call's queue, which reviews there are, and the version of the script
 * that the one to be shown was made with when that is no longer in use.
 */
#include "side-review-reading.h"

#include "side-wire.h"

typedef struct {
  SideReviewReading *reading;
  SideCall          *call;
  char              *user;
  char              *open;
  gboolean           own_only;
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->reading, side_review_reading_free);
  side_call_unref (load->call);
  g_free (load->user);
  g_free (load->open);
  g_free (load);
}

/**
 * side_review_reading_free:
 * @self: (transfer full): what was read
 */
void
side_review_reading_free (SideReviewReading *self)
{
  g_clear_pointer (&self->script, side_script_unref);
  g_free (self->script_body);
  g_clear_pointer (&self->exact, side_script_unref);
  g_clear_pointer (&self->review, side_review_unref);
  g_clear_pointer (&self->stored, side_document_unref);
  g_ptr_array_unref (self->others);
  g_free (self);
}

static void
done (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&load->reading), (GDestroyNotify) side_review_reading_free);
}

static void
exact_read_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      data)
{
  g_autoptr (GTask) task = data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->reading->exact = side_store_get_script_finish (SIDE_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    done (task);
}

/* A draft counts as of its last answer. */
static int
compare_dates (gconstpointer a,
               gconstpointer b)
{
  const SideReview *x = *(SideReview *const *) a, *y = *(SideReview *const *) b;
  gint64 x_ms = x->finished_ms != 0 ? x->finished_ms : x->changed_ms;
  gint64 y_ms = y->finished_ms != 0 ? y->finished_ms : y->changed_ms;

  if (x_ms != y_ms)
    return x_ms > y_ms ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

/* The open one goes before all, one's own before those of others, the newer
 * before the older. */
static gboolean
goes_before (const Load       *load,
             const SideReview *review,
             const SideReview *other)
{
  gboolean open = g_strcmp0 (review->id, load->open) == 0, other_open = g_strcmp0 (other->id, load->open) == 0;
  gboolean own = g_strcmp0 (review->reviewer, load->user) == 0, other_own = g_strcmp0 (other->reviewer, load->user) == 0;

  if (open != other_open)
    return open;
  if (own != other_own)
    return own;
  if (review->changed_ms != other->changed_ms)
    return review->changed_ms > other->changed_ms;
  return g_strcmp0 (review->id, other->id) < 0;
}

/* The newest of one's own is "my review"; one that was made apart from it, on
 * another computer, is to be found among the others. */
static void
list_own (SideReviewReading *reading,
          GPtrArray         *own)
{
  const SideReview *first = NULL;

  for (guint i = 0; i < own->len; i++)
    {
      const SideReview *review = g_ptr_array_index (own, i);

      if (first == NULL || review->changed_ms > first->changed_ms
          || (review->changed_ms == first->changed_ms && g_strcmp0 (review->id, first->id) < 0))
        first = review;
    }
  for (guint i = 0; i < own->len; i++)
    if (g_ptr_array_index (own, i) != first)
      g_ptr_array_add (reading->others, side_review_ref (g_ptr_array_index (own, i)));
}

/* Drafts are their writer's alone; what is finished is read by everybody. */
static void
choose_review (Load      *load,
               GPtrArray *documents)
{
  SideReviewReading *reading = load->reading;
  g_autoptr (GPtrArray) mine = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);

  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (SideReview) review = NULL;
      gboolean own;

      if (document->deleted || document->body == NULL)
        continue;
      review = side_wire_review_from_json (document->body, -1, NULL);
      own = review != NULL && g_strcmp0 (review->reviewer, load->user) == 0;
      if (review == NULL || (!own && review->finished_ms == 0))
        continue;
      g_ptr_array_add (own ? mine : reading->others, side_review_ref (review));
      if ((!own && load->own_only) || (reading->review != NULL && !goes_before (load, review, reading->review)))
        continue;
      g_clear_pointer (&reading->review, side_review_unref);
      g_clear_pointer (&reading->stored, side_document_unref);
      reading->review = g_steal_pointer (&review);
      reading->stored = side_document_ref (document);
    }
  list_own (reading, mine);
  g_ptr_array_sort (reading->others, compare_dates);
}

static void
reviews_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GTask) task = data;
  Load *load = g_task_get_task_data (task);
  const SideReview *review;
  const SideScript *script = load->reading->script;
  GError *error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (documents == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  choose_review (load, documents);
  review = load->reading->review;
  if (review == NULL || review->script == NULL || script == NULL
      || (g_str_equal (review->script, script->id) && review->script_version == script->version))
    done (task);
  else
    side_store_get_script_async (SIDE_STORE (source), review->script, review->script_version,
                                 g_task_get_cancellable (task), exact_read_cb, g_object_ref (task));
}

/* The script made for the queue goes before one for all of them. */
static void
choose_script (Load      *load,
               GPtrArray *documents)
{
  SideReviewReading *reading = load->reading;

  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (SideScript) script = NULL;

      if (document->deleted || document->body == NULL)
        continue;
      script = side_wire_script_from_json (document->body, -1, NULL);
      if (script == NULL || !side_script_is_for_queue (script, load->call->queue)
          || (reading->script != NULL && reading->script->queues->len > 0 && script->queues->len == 0))
        continue;
      g_clear_pointer (&reading->script, side_script_unref);
      reading->script = g_steal_pointer (&script);
      g_free (reading->script_body);
      reading->script_body = g_strdup (document->body);
    }
}

static void
scripts_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GTask) task = data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (documents == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  choose_script (load, documents);
  side_store_list_documents_async (SIDE_STORE (source), "review", load->call->project, load->call->id,
                                   g_task_get_cancellable (task), reviews_listed_cb, g_object_ref (task));
}

/**
 * side_review_reading_load_async:
 * @store: an open store
 * @call: the call
 * @user: (nullable): whose review goes before those of others
 * @open: (nullable): id of the review that is open: it goes before all
 * @own_only: whether nobody else's is to be shown
 * @cancellable: (nullable): a cancellable
 * @callback: called when all is read
 * @user_data: its data
 */
void
side_review_reading_load_async (SideStore           *store,
                                const SideCall      *call,
                                const char          *user,
                                const char          *open,
                                gboolean             own_only,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  GTask *task = g_task_new (store, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, side_review_reading_load_async);
  load->reading = g_new0 (SideReviewReading, 1);
  load->reading->others = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  load->call = side_call_copy (call);
  load->user = g_strdup (user);
  load->open = g_strdup (open);
  load->own_only = own_only;
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  side_store_list_documents_async (store, "script", call->project, NULL, cancellable, scripts_listed_cb, task);
}

/**
 * side_review_reading_load_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: any of the store's
 *
 * Returns: (transfer full): what there is
 */
SideReviewReading *
side_review_reading_load_finish (SideStore     *store,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
