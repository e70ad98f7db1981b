/* side-plans-load.c - plans, their reviews and their calls, read from the store
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * First the scripts and plans of the project, then call by call what was
 * reviewed of it. Whatever changes afterwards is read alone.
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
  g_autoptr (SidePlans) self = data;
  g_autoptr (GError) error = NULL;
  SideCall *call = side_store_get_call_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  /* One that is not on this computer yet comes with a sync. */
  if (call != NULL)
    g_hash_table_insert (self->calls, g_strdup (call->id), call);
  else if (!g_error_matches (error, SIDE_ERROR, SIDE_ERROR_NOT_FOUND))
    _side_plans_fail (self, error);
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
  g_autoptr (SidePlans) self = data;
  g_autoptr (GError) error = NULL;
  SideScript *script = side_store_get_script_finish (SIDE_STORE (source), result, &error);
  const SideReview *review;
  GPtrArray *reviews;

  if (side_error_is_cancelled (error) || self->desk == NULL)
    {
      g_clear_pointer (&script, side_script_unref);
      return;
    }
  reviews = _side_plans_get_reviews (self, self->current);
  review = reviews != NULL ? find_unknown_version (self, reviews) : NULL;
  /* Of a version that is not here nobody knows the weights: its reviews count when it comes. */
  if (review != NULL)
    g_hash_table_insert (self->versions, version_key (review->script, review->script_version), script);
  else
    g_clear_pointer (&script, side_script_unref);
  read_call (self, SIDE_STORE (source));
}

/* The versions its reviews name, and then the call itself. */
static void
read_call (SidePlans *self,
           SideStore *store)
{
  GPtrArray *reviews = _side_plans_get_reviews (self, self->current);
  const SideReview *review = reviews != NULL ? find_unknown_version (self, reviews) : NULL;

  if (review != NULL)
    side_store_get_script_async (store, review->script, review->script_version, self->cancellable, version_read_cb,
                                 g_object_ref (self));
  else if (!g_hash_table_contains (self->calls, self->current))
    side_store_get_call_async (store, self->current, self->cancellable, call_read_cb, g_object_ref (self));
  else
    call_done (self);
}

static void
reviews_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SidePlans) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  GPtrArray *reviews;

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  if (documents == NULL)
    {
      _side_plans_fail (self, error);
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
  if (self->current != NULL || self->listing || self->store == NULL)
    return;
  self->current = g_queue_pop_head (&self->waiting);
  if (self->current == NULL)
    _side_plans_settle (self);
  else
    side_store_list_documents_async (self->store, "review", side_desk_get_project_id (self->desk), self->current,
                                     self->cancellable, reviews_cb, g_object_ref (self));
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
        {
          const char *call = ((const SidePlanTask *) plan->tasks->pdata[k])->call;

          if (g_hash_table_contains (queued, call) || g_hash_table_contains (self->reviews, call))
            continue;
          g_queue_push_tail (&self->waiting, g_strdup (call));
          g_hash_table_add (queued, self->waiting.tail->data);
        }
    }
}

static void
plans_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (SidePlans) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  self->listing = FALSE;
  if (documents == NULL)
    {
      _side_plans_fail (self, error);
      return;
    }
  g_ptr_array_set_size (self->list, 0);
  g_hash_table_remove_all (self->documents);
  for (guint i = 0; i < documents->len; i++)
    {
      SideDocument *document = documents->pdata[i];
      g_autoptr (GError) reason = NULL;
      SidePlan *plan = document->deleted || document->body == NULL ? NULL : side_wire_plan_from_json (document->body, -1, &reason);

      if (reason != NULL)
        g_debug ("plan %s is not taken: %s", document->id, reason->message);
      if (plan == NULL)
        continue;
      g_ptr_array_add (self->list, plan);
      g_hash_table_insert (self->documents, g_strdup (plan->id), side_document_ref (document));
    }
  g_ptr_array_sort (self->list, compare_plans);
  queue_calls (self);
  if (self->stale)
    _side_plans_load (self);
  next (self);
}

static void
scripts_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SidePlans) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error) || self->desk == NULL)
    return;
  g_ptr_array_set_size (self->scripts, 0);
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      SideScript *script = document->deleted || document->body == NULL ? NULL : side_wire_script_from_json (document->body, -1, NULL);

      if (script != NULL)
        g_ptr_array_add (self->scripts, script);
    }
  side_store_list_documents_async (SIDE_STORE (source), "plan", side_desk_get_project_id (self->desk), NULL,
                                   self->cancellable, plans_cb, g_object_ref (self));
}

/**
 * _side_plans_load:
 * @self: plans, with a store and a project
 *
 * Reads scripts and plans anew, and of the calls those that are new.
 */
void
_side_plans_load (SidePlans *self)
{
  const char *project = self->desk != NULL ? side_desk_get_project_id (self->desk) : NULL;

  if (self->store == NULL || project == NULL)
    return;
  self->stale = self->listing;
  if (self->listing)
    return;
  self->listing = TRUE;
  side_store_list_documents_async (self->store, "script", project, NULL, self->cancellable, scripts_cb, g_object_ref (self));
}

/**
 * _side_plans_forget:
 * @self: plans
 *
 * Forgets what was read: another project is looked at.
 */
void
_side_plans_forget (SidePlans *self)
{
  g_queue_clear_full (&self->waiting, g_free);
  g_clear_pointer (&self->current, g_free);
  g_ptr_array_set_size (self->list, 0);
  g_ptr_array_set_size (self->scripts, 0);
  g_hash_table_remove_all (self->documents);
  g_hash_table_remove_all (self->wanted);
  g_hash_table_remove_all (self->reviews);
  g_hash_table_remove_all (self->calls);
  g_hash_table_remove_all (self->versions);
  self->listing = self->stale = self->settled = FALSE;
  self->done = 0;
  self->next_ms = 0;
}
