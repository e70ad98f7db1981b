/* side-review-reading.c - scripts and reviews of a call, as the store has them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Up to three questions to the store, one after the other: which scripts there
 * are, unless that is known, which reviews, and the version of the script that
 * the one to be shown was made with when that is no longer in use.
 */
#include "side-review-reading.h"

#include "side-wire.h"

typedef struct {
  SideReviewReading *reading;
  SideReviewShelf   *shelf;
  SideCall          *call;
  SideReviewWish     wish;      /* its words are the load's own */
  GPtrArray         *asked;     /* of SideReviewDue: all that is asked for on the call */
} Load;

/**
 * side_review_due_free:
 * @self: (transfer full): what was asked for
 */
void
side_review_due_free (SideReviewDue *self)
{
  g_free (self->script);
  g_free (self->plan);
  g_free (self);
}

static void
load_free (Load *load)
{
  g_clear_pointer (&load->reading, side_review_reading_free);
  side_review_shelf_unref (load->shelf);
  g_ptr_array_unref (load->asked);
  side_call_unref (load->call);
  g_free ((char *) load->wish.user);
  g_free ((char *) load->wish.open);
  g_free ((char *) load->wish.script);
  g_free ((char *) load->wish.shown);
  g_free (load);
}

/**
 * side_review_reading_free:
 * @self: (transfer full): what was read
 */
void
side_review_reading_free (SideReviewReading *self)
{
  g_clear_pointer (&self->scripts, g_ptr_array_unref);
  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->exact, side_script_unref);
  g_clear_pointer (&self->review, side_review_unref);
  g_clear_pointer (&self->stored, side_document_unref);
  g_clear_pointer (&self->due, side_review_due_free);
  g_ptr_array_unref (self->others);
  g_hash_table_unref (self->taken);
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

static gboolean
is_own (const Load       *load,
        const SideReview *review)
{
  return review->reviewer != NULL && g_strcmp0 (review->reviewer, load->wish.user) == 0;
}

/* What measures the reviewer is made without knowing what others found, though
 * nobody asks for it any more. */
static gboolean
is_blind (const Load       *load,
          const SideReview *review)
{
  return is_own (load, review) && review->finished_ms == 0
         && (review->selection == SIDE_SELECTION_SECOND || review->selection == SIDE_SELECTION_REPEAT
             || review->selection == SIDE_SELECTION_CALIBRATION);
}

static gboolean
is_for (const SideReview    *review,
        const SideReviewDue *due)
{
  return due != NULL && g_strcmp0 (review->plan, due->plan) == 0 && review->selection == due->selection;
}

static gboolean
is_done (const Load          *load,
         const SideReviewDue *due,
         GPtrArray           *reviews)
{
  const SideAssignment asked = { .call = load->call->id, .selection = due->selection, .plan = due->plan };

  for (guint i = 0; i < reviews->len; i++)
    if (side_assignment_is_done (&asked, load->wish.user, g_ptr_array_index (reviews, i)))
      return TRUE;
  return FALSE;
}

/* The first of what is asked for that is not finished. */
static void
find_due (Load      *load,
          GPtrArray *reviews)
{
  for (guint i = load->asked->len; i > 0; i--)
    {
      const SideReviewDue *due = g_ptr_array_index (load->asked, i - 1);

      if (is_done (load, due, reviews))
        g_ptr_array_remove_index (load->asked, i - 1);
      else
        load->reading->blind = load->reading->blind || due->blind;
    }
  if (load->asked->len > 0)
    load->reading->due = g_ptr_array_steal_index (load->asked, 0);
}

/* The open one goes before all, one's own before those of others, what is asked
 * for before what is not, what was finished before somebody's draft, the newer
 * before the older. */
static gboolean
goes_before (const Load       *load,
             const SideReview *review,
             const SideReview *other)
{
  gboolean open = g_strcmp0 (review->id, load->wish.open) == 0, other_open = g_strcmp0 (other->id, load->wish.open) == 0;
  gboolean own = is_own (load, review);

  if (open != other_open)
    return open;
  if (own != is_own (load, other))
    return own;
  if (is_for (review, load->reading->due) != is_for (other, load->reading->due))
    return is_for (review, load->reading->due);
  if (is_blind (load, review) != is_blind (load, other))
    return is_blind (load, review);
  if (!own && (review->finished_ms != 0) != (other->finished_ms != 0))
    return review->finished_ms != 0;
  if (review->changed_ms != other->changed_ms)
    return review->changed_ms > other->changed_ms;
  return g_strcmp0 (review->id, other->id) < 0;
}

/* The newest of one's own is "my review"; one that was made apart from it is
 * to be found among the others. */
static const SideReview *
first_of_own (const Load *load,
              GPtrArray  *reviews)
{
  const SideReview *first = NULL;

  for (guint i = 0; i < reviews->len; i++)
    {
      const SideReview *review = g_ptr_array_index (reviews, i);

      if (is_own (load, review)
          && (first == NULL || review->changed_ms > first->changed_ms
              || (review->changed_ms == first->changed_ms && g_strcmp0 (review->id, first->id) < 0)))
        first = review;
    }
  return first;
}

/* What others found in a calibration is told where it is talked about. */
static gboolean
may_be_seen (const Load       *load,
             const SideReview *review)
{
  if (load->reading->blind)
    return is_own (load, review) && review->finished_ms == 0;
  return is_own (load, review)
         || (review->selection != SIDE_SELECTION_CALIBRATION && (review->finished_ms != 0 || load->wish.drafts));
}

/* Returns: (transfer full): what may be seen of @documents; with the index of each */
static GPtrArray *
list_visible (Load      *load,
              GPtrArray *documents,
              GArray    *places)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  g_autoptr (GArray) at = g_array_new (FALSE, FALSE, sizeof (guint));
  GPtrArray *visible = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);

  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      SideReview *review;

      if (document->deleted || document->body == NULL)
        continue;
      g_hash_table_add (load->reading->taken, g_strdup (document->id));
      review = side_wire_review_from_json (document->body, -1, NULL);
      if (review == NULL)
        continue;
      g_ptr_array_add (all, review);
      g_array_append_val (at, i);
      load->reading->blind = load->reading->blind || is_blind (load, review);
    }
  find_due (load, all);
  for (guint i = 0; i < all->len; i++)
    {
      SideReview *review = g_ptr_array_index (all, i);

      if (!may_be_seen (load, review))
        continue;
      g_ptr_array_add (visible, side_review_ref (review));
      g_array_append_val (places, g_array_index (at, guint, i));
    }
  return visible;
}

/* Returns: (nullable): id of the script that is wanted */
static const char *
wanted_script (const Load *load)
{
  if (load->wish.script != NULL)
    return load->wish.script;
  return load->reading->due != NULL ? load->reading->due->script : load->wish.shown;
}

/* While something is asked for and was not begun, its empty form is what is
 * shown, unless another review is open or chosen. */
static gboolean
is_meant (const Load       *load,
          const SideReview *review)
{
  const SideReviewDue *due = load->reading->due;
  const char *script = wanted_script (load);

  if (load->wish.none || (load->wish.own_only && !is_own (load, review)))
    return FALSE;
  if (g_strcmp0 (review->id, load->wish.open) == 0)
    return TRUE;
  if (script != NULL && g_strcmp0 (review->script, script) != 0)
    return FALSE;
  return due == NULL || g_strcmp0 (due->script, script) != 0 || (is_own (load, review) && is_for (review, due));
}

/* What the call was scored with can be chosen too, even if it is not for such
 * calls any more. */
static void
add_script (Load       *load,
            const char *id)
{
  GPtrArray *scripts = load->reading->scripts;
  SideScript *script = side_review_shelf_find (load->shelf, id);

  if (script != NULL && !g_ptr_array_find (scripts, script, NULL))
    g_ptr_array_add (scripts, side_script_ref (script));
}

static void
choose_script (Load *load)
{
  SideReviewReading *reading = load->reading;
  SideScript *script = reading->scripts->len > 0 ? g_ptr_array_index (reading->scripts, 0) : NULL;
  const char *wanted = wanted_script (load);

  for (guint i = 0; i < reading->scripts->len; i++)
    if (g_strcmp0 (((SideScript *) g_ptr_array_index (reading->scripts, i))->id, wanted) == 0)
      script = g_ptr_array_index (reading->scripts, i);
  if (reading->review != NULL)
    script = side_review_shelf_find (load->shelf, reading->review->script);
  reading->script = script != NULL ? side_script_ref (script) : NULL;
}

static void
choose_review (Load      *load,
               GPtrArray *documents)
{
  SideReviewReading *reading = load->reading;
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GPtrArray) visible = list_visible (load, documents, places);
  const SideReview *first;

  if (reading->due != NULL)
    add_script (load, reading->due->script);
  for (guint i = 0; i < visible->len; i++)
    {
      SideReview *review = g_ptr_array_index (visible, i);

      add_script (load, review->script);
      if (!is_meant (load, review)
          || (reading->review != NULL && !goes_before (load, review, reading->review)))
        continue;
      g_clear_pointer (&reading->review, side_review_unref);
      g_clear_pointer (&reading->stored, side_document_unref);
      reading->review = side_review_ref (review);
      reading->stored = side_document_ref (g_ptr_array_index (documents, g_array_index (places, guint, i)));
    }
  choose_script (load);
  for (guint i = visible->len; i > 0; i--)
    {
      const SideReview *review = g_ptr_array_index (visible, i - 1);

      if (reading->script == NULL ? reading->review != NULL && g_strcmp0 (review->script, reading->review->script) != 0
                                  : g_strcmp0 (review->script, reading->script->id) != 0)
        g_ptr_array_remove_index (visible, i - 1);
    }
  /* What is asked for and another script's form have nothing to do with each other. */
  if (reading->due != NULL
      && (load->wish.none || reading->script == NULL || g_strcmp0 (reading->due->script, reading->script->id) != 0
          || (reading->review != NULL && !is_for (reading->review, reading->due))))
    g_clear_pointer (&reading->due, side_review_due_free);
  first = load->wish.none || (reading->due != NULL && reading->review == NULL) ? NULL : first_of_own (load, visible);
  for (guint i = 0; i < visible->len; i++)
    if (g_ptr_array_index (visible, i) != first)
      g_ptr_array_add (reading->others, side_review_ref (g_ptr_array_index (visible, i)));
  g_ptr_array_sort (reading->others, compare_dates);
}

static void
reviews_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (GTask) task = data;
  Load *load = g_task_get_task_data (task);
  SideReviewReading *reading = load->reading;
  const char *script;
  int version;
  GError *error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (documents == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  reading->scripts = side_review_shelf_list (load->shelf, load->call);
  choose_review (load, documents);
  script = reading->review != NULL ? reading->review->script : reading->due != NULL ? reading->due->script : NULL;
  version = reading->review != NULL ? reading->review->script_version : reading->due != NULL ? reading->due->version : 0;
  if (script == NULL || version == 0 || (reading->script != NULL && version == reading->script->version))
    done (task);
  else
    side_store_get_script_async (SIDE_STORE (source), script, version, g_task_get_cancellable (task), exact_read_cb,
                                 g_object_ref (task));
}

static void
list_reviews (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  side_store_list_documents_async (g_task_get_source_object (task), "review", load->call->project, load->call->id,
                                   g_task_get_cancellable (task), reviews_listed_cb, g_object_ref (task));
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
  side_review_shelf_put (load->shelf, load->call->project, documents);
  list_reviews (task);
}

static void
list_asked (Load                 *load,
            const SideReviewWish *wish)
{
  GPtrArray *list = wish->asked != NULL ? side_assignments_list (wish->asked) : NULL;

  load->asked = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_due_free);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      const SideAssignment *assignment = g_ptr_array_index (list, i);
      SideReviewDue *due;

      if (!g_str_equal (assignment->call, load->call->id))
        continue;
      due = g_new0 (SideReviewDue, 1);
      due->script = g_strdup (assignment->script);
      due->version = assignment->script_version;
      due->selection = assignment->selection;
      due->plan = g_strdup (assignment->plan);
      due->blind = assignment->blind;
      g_ptr_array_add (load->asked, due);
    }
}

/**
 * side_review_reading_load_async:
 * @store: an open store
 * @call: the call
 * @shelf: where scripts are kept between two readings
 * @wish: what is wanted; it is copied
 * @cancellable: (nullable): a cancellable
 * @callback: called when all is read
 * @user_data: its data
 */
void
side_review_reading_load_async (SideStore            *store,
                                const SideCall       *call,
                                SideReviewShelf      *shelf,
                                const SideReviewWish *wish,
                                GCancellable         *cancellable,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (store, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, side_review_reading_load_async);
  load->reading = g_new0 (SideReviewReading, 1);
  load->reading->others = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  load->reading->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  load->shelf = side_review_shelf_ref (shelf);
  load->call = side_call_copy (call);
  load->wish = *wish;
  load->wish.user = g_strdup (wish->user);
  load->wish.open = g_strdup (wish->open);
  load->wish.script = g_strdup (wish->script);
  load->wish.shown = g_strdup (wish->shown);
  list_asked (load, wish);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  if (side_review_shelf_has (shelf, call->project))
    list_reviews (task);
  else
    side_store_list_documents_async (store, "script", call->project, NULL, cancellable, scripts_listed_cb,
                                     g_object_ref (task));
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
