/* side-plans-load.c - plans, their reviews and their calls, read from the store
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First the scripts and plans of the project, then call by call what was
 * reviewed of it. A review that changes afterwards is read alone.
 */
#include "side-plans-private.h"

#include <string.h>

#include "side-wire.h"

static void next (SidePlans *self);

/* ---- one call ---- */

static void
call_done (SidePlans *self)
{
  g_clear_pointer (&self->current, g_free);
  next (self);
}

static void
call_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideCall) call = side_store_get_call_finish (SIDE_STORE (source), result, &error);
  g_autoptr (SidePlans) self = side_document_shelf_end (data);

  if (self == NULL)
    return;
  /* One that is not on this computer yet comes with a sync. */
  if (call != NULL)
    g_hash_table_insert (self->calls, g_strdup (call->id), side_call_ref (call));
  else if (!g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
  call_done (self);
}

static char *
version_key (const char *id,
             int         version)
{
  return g_strdup_printf ("%s/%d", id, version);
}

static const SideReview *
find_unknown_version (SidePlans *self,
                      GPtrArray *reviews)
{
  for (guint i = 0; i < reviews->len; i++)
    {
      const SideReview *review = reviews->pdata[i];
      g_autofree char *key = version_key (review->script, review->script_version);

      if (review->script != NULL && !g_hash_table_contains (self->versions, key))
        return review;
    }
  return NULL;
}

static void read_call (SidePlans *self, SideStore *store);

static void
version_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (SideScript) script = side_store_get_script_finish (SIDE_STORE (source), result, NULL);
  g_autoptr (SidePlans) self = side_document_shelf_end (data);
  const SideReview *review;
  GPtrArray *reviews;

  if (self == NULL)
    return;
  reviews = _side_plans_get_reviews (self, self->current);
  review = reviews != NULL ? find_unknown_version (self, reviews) : NULL;
  /* Of a version that is not here nobody knows the weights: its reviews count when it comes. */
  if (review != NULL)
    g_hash_table_insert (self->versions, version_key (review->script, review->script_version), g_steal_pointer (&script));
  read_call (self, SIDE_STORE (source));
}

/* The versions its reviews name, and then the call itself. */
static void
read_call (SidePlans *self,
           SideStore *store)
{
  SideDocumentShelf *shelf = SIDE_DOCUMENT_SHELF (self);
  GPtrArray *reviews = _side_plans_get_reviews (self, self->current);
  const SideReview *review = reviews != NULL ? find_unknown_version (self, reviews) : NULL;

  if (review != NULL)
    side_store_get_script_async (store, review->script, review->script_version, side_document_shelf_get_cancellable (shelf),
                                 version_read_cb, side_document_shelf_begin (shelf, FALSE));
  else if (!g_hash_table_contains (self->calls, self->current))
    side_store_get_call_async (store, self->current, side_document_shelf_get_cancellable (shelf), call_read_cb,
                               side_document_shelf_begin (shelf, FALSE));
  else
    call_done (self);
}

static void
reviews_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  g_autoptr (SidePlans) self = side_document_shelf_end (data);
  GPtrArray *reviews;

  if (self == NULL)
    return;
  if (documents == NULL)
    {
      side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
      call_done (self);
      return;
    }
  reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      g_autoptr (SideReview) review =
        document->deleted || document->body == NULL ? NULL : side_wire_review_from_json (document->body, -1, NULL);

      if (review != NULL && review->plan != NULL)
        g_ptr_array_add (reviews, g_steal_pointer (&review));
    }
  g_hash_table_insert (self->reviews, g_strdup (self->current), reviews);
  read_call (self, SIDE_STORE (source));
}

static void
next (SidePlans *self)
{
  SideDocumentShelf *shelf = SIDE_DOCUMENT_SHELF (self);
  SideStore *store = side_document_shelf_get_store (shelf);

  if (self->current != NULL || store == NULL)
    return;
  self->current = g_queue_pop_head (&self->waiting);
  if (self->current == NULL)
    _side_plans_settle (self);
  else
    side_store_list_documents_async (store, "review", side_document_shelf_get_project (shelf), self->current,
                                     side_document_shelf_get_cancellable (shelf), reviews_cb,
                                     side_document_shelf_begin (shelf, FALSE));
}

/**
 * _side_plans_read_call:
 * @self: plans
 * @call: id of a call
 *
 * Its reviews are read anew; "changed" follows.
 */
void
_side_plans_read_call (SidePlans  *self,
                       const char *call)
{
  if (g_queue_find_custom (&self->waiting, call, (GCompareFunc) strcmp) == NULL)
    g_queue_push_tail (&self->waiting, g_strdup (call));
  next (self);
}

/* ---- plans ---- */

/* Open ones first, the next due date before later ones and before none. */
static int
compare_plans (gconstpointer a,
               gconstpointer b)
{
  const SidePlan *x = *(SidePlan *const *) a, *y = *(SidePlan *const *) b;
  gint64 x_due = x->due_ms != 0 ? x->due_ms : G_MAXINT64, y_due = y->due_ms != 0 ? y->due_ms : G_MAXINT64;

  if ((x->closed_ms == 0) != (y->closed_ms == 0))
    return x->closed_ms == 0 ? -1 : 1;
  if (x->closed_ms == 0 && x_due != y_due)
    return x_due < y_due ? -1 : 1;
  if (x->created_ms != y->created_ms)
    return x->created_ms > y->created_ms ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

static void
queue_call (SidePlans  *self,
            GHashTable *queued,
            const char *call)
{
  if (g_hash_table_contains (queued, call) || g_hash_table_contains (self->reviews, call))
    return;
  g_queue_push_tail (&self->waiting, g_strdup (call));
  g_hash_table_add (queued, self->waiting.tail->data);
}

/* Those to review, and those that could not be. */
static void
queue_calls (SidePlans *self)
{
  g_autoptr (GHashTable) queued = g_hash_table_new (g_str_hash, g_str_equal);

  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    g_hash_table_add (queued, l->data);
  for (guint i = 0; i < self->list->len; i++)
    {
      const SidePlan *plan = self->list->pdata[i];

      if (plan->closed_ms != 0 && !g_hash_table_contains (self->wanted, plan->id))
        continue;
      for (guint k = 0; k < plan->tasks->len; k++)
        queue_call (self, queued, ((const SidePlanTask *) plan->tasks->pdata[k])->call);
      for (guint k = 0; k < plan->items->len; k++)
        {
          const SidePlanItem *item = plan->items->pdata[k];

          if (item->reason != NULL)
            queue_call (self, queued, item->call);
        }
    }
}

static void
take_plan (SidePlans          *self,
           const SideDocument *document)
{
  g_autoptr (GError) error = NULL;
  SidePlan *plan = side_wire_plan_from_json (document->body, -1, &error);

  if (plan != NULL)
    g_ptr_array_add (self->list, plan);
  else
    g_debug ("plan %s is not taken: %s", document->id, error->message);
}

/**
 * _side_plans_take:
 * @shelf: plans
 * @documents: scripts and plans
 *
 * Has those calls read that are new; "changed" follows.
 */
void
_side_plans_take (SideDocumentShelf *shelf,
                  GPtrArray         *documents)
{
  SidePlans *self = SIDE_PLANS (shelf);

  g_ptr_array_set_size (self->list, 0);
  g_ptr_array_set_size (self->scripts, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      SideScript *script;

      if (g_str_equal (document->kind, "plan"))
        take_plan (self, document);
      else if ((script = side_wire_script_from_json (document->body, -1, NULL)) != NULL)
        g_ptr_array_add (self->scripts, script);
    }
  g_ptr_array_sort (self->list, compare_plans);
  queue_calls (self);
  next (self);
}

/**
 * _side_plans_forget:
 * @shelf: plans
 *
 * Forgets what was read: another project is looked at.
 */
void
_side_plans_forget (SideDocumentShelf *shelf)
{
  SidePlans *self = SIDE_PLANS (shelf);

  g_queue_clear_full (&self->waiting, g_free);
  g_clear_pointer (&self->current, g_free);
  g_ptr_array_set_size (self->list, 0);
  g_ptr_array_set_size (self->scripts, 0);
  g_hash_table_remove_all (self->wanted);
  g_hash_table_remove_all (self->reviews);
  g_hash_table_remove_all (self->calls);
  g_hash_table_remove_all (self->versions);
  self->done = 0;
  self->next_ms = 0;
}
