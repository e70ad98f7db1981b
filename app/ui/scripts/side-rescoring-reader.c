/* side-rescoring-reader.c - has a script's old reviews scored under another version
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page of bodies from the store, then a thread that reads and scores them,
 * then the next page: the main context only hands them on.
 */
#include "side-rescoring-reader.h"

#include "side-error.h"
#include "side-store-rescoring.h"
#include "side-wire.h"

#define PAGE 1000   /* reviews: some megabytes of JSON */

/* Hangs on no task: that may be freed in a thread, with the store on it. */
typedef struct {
  GTask            *task;
  SideRescoring    *rescoring;
  SideReviewPlaces *places;
  guint             next;
  SideJobProgress   progress;        /* (nullable) */
  gpointer          progress_data;
} Reading;

/* What a thread gets of it. */
typedef struct {
  SideRescoring *rescoring;
  GPtrArray     *scripts;    /* (nullable) of char *: before the first page */
  GPtrArray     *bodies;     /* of char *, nullable ones too */
  GArray        *places;     /* theirs */
  gboolean       last;
} Page;

static void read_page (Reading *self);

static void
page_free (gpointer data)
{
  Page *page = data;

  side_rescoring_unref (page->rescoring);
  g_clear_pointer (&page->scripts, g_ptr_array_unref);
  g_ptr_array_unref (page->bodies);
  g_array_unref (page->places);
  g_free (page);
}

static void
end (Reading *self,
     GError  *error)
{
  if (error != NULL)
    g_task_return_error (self->task, error);
  else
    g_task_return_pointer (self->task, side_rescoring_ref (self->rescoring), (GDestroyNotify) side_rescoring_unref);
  g_object_unref (self->task);
  side_rescoring_unref (self->rescoring);
  g_clear_pointer (&self->places, side_review_places_free);
  g_free (self);
}

/* Runs in a thread; the main context leaves the reviews alone meanwhile. */
static gpointer
score_work (gpointer          data,
            SideJobProgress   progress,
            gpointer          job,
            GCancellable     *cancellable,
            GError          **error)
{
  Page *page = data;

  for (guint i = 0; page->scripts != NULL && i < page->scripts->len; i++)
    {
      SideScript *version = side_wire_script_from_json_unchecked (page->scripts->pdata[i], -1, NULL);

      if (version != NULL)
        side_rescoring_add_version (page->rescoring, version);
    }
  for (guint i = 0; i < page->bodies->len; i++)
    {
      const SideReviewPlace *place = &g_array_index (page->places, SideReviewPlace, i);
      const char *body = page->bodies->pdata[i];
      g_autoptr (SideReview) review = body != NULL ? side_wire_review_from_json (body, -1, NULL) : NULL;
      g_autoptr (SideReview) sealed = review != NULL ? side_review_dup_sealed (review) : NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (sealed != NULL)
        side_rescoring_add (page->rescoring, sealed, place->operator_name, place->joined_ms);
    }
  if (page->last)
    side_rescoring_sort (page->rescoring);
  return side_rescoring_ref (page->rescoring);
}

static void
scored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Reading *self = data;
  GError *error = NULL;
  g_autoptr (SideRescoring) scored = side_job_run_finish (result, &error);
  guint n = self->places->places->len;

  if (scored == NULL)
    {
      end (self, error);
      return;
    }
  if (self->progress != NULL && n > 0)
    self->progress ((double) self->next / n, self->progress_data);
  if (self->next >= n)
    end (self, NULL);
  else
    read_page (self);
}

static void
bodies_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Reading *self = data;
  GError *error = NULL;
  GPtrArray *bodies = side_store_read_reviews_finish (SIDE_STORE (source), result, &error);
  Page *page;

  if (bodies == NULL)
    {
      end (self, error);
      return;
    }
  page = g_new0 (Page, 1);
  page->rescoring = side_rescoring_ref (self->rescoring);
  page->scripts = self->next == 0 ? g_ptr_array_ref (self->places->scripts) : NULL;
  page->bodies = bodies;
  page->places = g_array_sized_new (FALSE, FALSE, sizeof (SideReviewPlace), bodies->len);
  if (bodies->len > 0)
    g_array_append_vals (page->places, &g_array_index (self->places->places, SideReviewPlace, self->next), bodies->len);
  self->next += bodies->len;
  page->last = self->next >= self->places->places->len;
  side_job_run_async (score_work, page, page_free, (GDestroyNotify) side_rescoring_unref, NULL, NULL,
                      g_task_get_cancellable (self->task), scored_cb, self);
}

static void
read_page (Reading *self)
{
  guint left = self->places->places->len - self->next;
  const SideReviewPlace *first = (const SideReviewPlace *) (gconstpointer) self->places->places->data;

  side_store_read_reviews_async (SIDE_STORE (g_task_get_source_object (self->task)), left > 0 ? first + self->next : NULL,
                                 MIN (left, PAGE), g_task_get_cancellable (self->task), bodies_cb, self);
}

static void
places_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Reading *self = data;
  GError *error = NULL;

  self->places = side_store_list_review_places_finish (SIDE_STORE (source), result, &error);
  if (self->places == NULL)
    end (self, error);
  else
    read_page (self);
}

/**
 * side_rescoring_read_async:
 * @store: an open store
 * @script: the version or the draft to score under; it is copied
 * @from_ms: reviews finished then or later; 0 for all
 * @progress: (nullable): called on this context, never after the result
 * @progress_data: its argument
 * @cancellable: a cancellable; cancelled before @progress_data goes
 * @callback: called when done
 * @user_data: its argument
 */
void
side_rescoring_read_async (SideStore           *store,
                           const SideScript    *script,
                           gint64               from_ms,
                           SideJobProgress      progress,
                           gpointer             progress_data,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Reading *self;

  g_return_if_fail (SIDE_IS_STORE (store));
  g_return_if_fail (script != NULL);

  self = g_new0 (Reading, 1);
  self->task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, side_rescoring_read_async);
  self->rescoring = side_rescoring_new (script);
  self->progress = progress;
  self->progress_data = progress_data;
  side_store_list_review_places_async (store, script->script != NULL ? script->script : script->id, script->version,
                                       script->purpose == SIDE_SCRIPT_FOR_TEST_CALLS, from_ms, cancellable, places_cb, self);
}

/**
 * side_rescoring_read_finish:
 * @store: the store
 * @result: the result
 * @error: (out): the store's errors
 *
 * Returns: (transfer full) (nullable): the finished reviews of the script's
 *   earlier versions that count
 */
SideRescoring *
side_rescoring_read_finish (SideStore     *store,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, side_rescoring_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
