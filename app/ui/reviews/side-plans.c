/* side-plans.c - the sampling plans of a project, and how far they are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read stands in side-plans-load.c; here it is counted.
 */
#include "side-plans-private.h"

#include <math.h>

#include "side-blind.h"
#include "side-score.h"
#include "side-text.h"
#include "side-wire.h"

G_DEFINE_FINAL_TYPE (SidePlans, side_plans, SIDE_TYPE_DOCUMENT_SHELF)

static guint finished_signal;

static SideDesk *
get_desk (SidePlans *self)
{
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
}

GPtrArray *
_side_plans_get_reviews (SidePlans  *self,
                         const char *call)
{
  return g_hash_table_lookup (self->reviews, call);
}

static gboolean
is_seen (SidePlans          *self,
         const SidePlan     *plan,
         const SidePlanTask *task)
{
  const SideReview *review = side_plan_find_review (plan, task, _side_plans_get_reviews (self, task->call));

  return (review != NULL && review->finished_ms != 0)
         || task->selection != SIDE_SELECTION_REPEAT
         || side_plan_is_task_open (plan, task, _side_plans_get_reviews (self, task->call), side_desk_get_write_ms (get_desk (self)));
}

static void
find_next_repeat (SidePlans *self)
{
  gint64 now_ms = side_desk_get_write_ms (get_desk (self));

  self->next_ms = 0;
  for (guint i = 0; i < self->list->len; i++)
    {
      const SidePlan *plan = self->list->pdata[i];

      for (guint k = 0; plan->closed_ms == 0 && k < plan->tasks->len; k++)
        {
          const SidePlanTask *task = plan->tasks->pdata[k];

          if (task->from_ms > now_ms && (self->next_ms == 0 || task->from_ms < self->next_ms))
            self->next_ms = task->from_ms;
        }
    }
}

static guint
count_done (SidePlans *self)
{
  g_autoptr (GArray) work = side_plans_list_work (self, NULL, side_desk_get_user (get_desk (self)), FALSE);
  guint n = 0;

  for (guint i = 0; i < work->len; i++)
    {
      const SideReview *review = g_array_index (work, SideWork, i).review;

      n += review != NULL && review->finished_ms != 0;
    }
  return n;
}

/* _side_plans_settle: all that was to be read is read */
void
_side_plans_settle (SidePlans *self)
{
  guint before = self->done;
  gboolean told = side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (self));

  self->done = count_done (self);
  find_next_repeat (self);
  side_document_shelf_set_read (SIDE_DOCUMENT_SHELF (self));
  /* What is finished once all was read is news. */
  if (told && self->done == before + 1)
    g_signal_emit (self, finished_signal, 0, side_plans_count_open (self));
}

static void
documents_changed_cb (SidePlans  *self,
                      const char *kind,
                      const char *id,
                      const char *call)
{
  if (g_str_equal (kind, "review") && g_hash_table_contains (self->reviews, call))
    _side_plans_read_call (self, call);
}

static void
calls_changed_cb (SidePlans *self,
                  GStrv      ids)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (g_hash_table_contains (self->reviews, ids[i]))
      {
        g_hash_table_remove (self->calls, ids[i]);
        _side_plans_read_call (self, ids[i]);
      }
}

static void
side_plans_follow (SideDocumentShelf *shelf,
                   SideStore         *store)
{
  g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), shelf, G_CONNECT_SWAPPED);
  g_signal_connect_object (store, "calls-changed", G_CALLBACK (calls_changed_cb), shelf, G_CONNECT_SWAPPED);
}

static void
side_plans_tick (SideDocumentShelf *shelf)
{
  SidePlans *self = SIDE_PLANS (shelf);

  if (self->next_ms == 0 || side_desk_get_write_ms (get_desk (self)) < self->next_ms)
    return;
  find_next_repeat (self);
  side_document_shelf_changed (shelf);
}

/* ---- the object ---- */

static void
side_plans_constructed (GObject *object)
{
  SideDesk *desk;

  G_OBJECT_CLASS (side_plans_parent_class)->constructed (object);
  desk = get_desk (SIDE_PLANS (object));
  g_signal_connect_object (side_blind_get (desk), "changed", G_CALLBACK (side_document_shelf_changed), object, G_CONNECT_SWAPPED);
}

static void
side_plans_finalize (GObject *object)
{
  SidePlans *self = SIDE_PLANS (object);

  g_queue_clear_full (&self->waiting, g_free);
  g_free (self->current);
  g_ptr_array_unref (self->list);
  g_ptr_array_unref (self->scripts);
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->reviews);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->versions);
  G_OBJECT_CLASS (side_plans_parent_class)->finalize (object);
}

static void
side_plans_class_init (SidePlansClass *klass)
{
  static const char *const kinds[] = { "script", "plan", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = side_plans_constructed;
  G_OBJECT_CLASS (klass)->finalize = side_plans_finalize;
  shelf_class->kinds = kinds;
  shelf_class->forget = _side_plans_forget;
  shelf_class->take = _side_plans_take;
  shelf_class->follow = side_plans_follow;
  shelf_class->tick = side_plans_tick;
  finished_signal = g_signal_new ("finished", SIDE_TYPE_PLANS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
unref_script_maybe (gpointer data)
{
  if (data != NULL)
    side_script_unref (data);
}

static void
side_plans_init (SidePlans *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_plan_unref);
  self->scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->reviews = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_call_unref);
  self->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_script_maybe);
  g_queue_init (&self->waiting);
}

/**
 * side_plans_get:
 * @desk: a desk
 *
 * Returns: (transfer none): the plans of its project; none until "changed"
 */
SidePlans *
side_plans_get (SideDesk *desk)
{
  return side_document_shelf_get (desk, SIDE_TYPE_PLANS);
}

/**
 * side_plans_is_loading:
 * @self: plans
 *
 * Returns: whether they were not read to the end yet
 */
gboolean
side_plans_is_loading (SidePlans *self)
{
  SideDocumentShelf *shelf = SIDE_DOCUMENT_SHELF (self);

  g_return_val_if_fail (SIDE_IS_PLANS (self), FALSE);
  return !side_document_shelf_is_read (shelf) && side_document_shelf_get_store (shelf) != NULL
         && side_document_shelf_get_project (shelf) != NULL;
}

/**
 * side_plans_list:
 * @self: plans
 *
 * Returns: (transfer none) (element-type SidePlan): the open ones by due date,
 *   then the closed ones, the newest first; until the next "changed"
 */
GPtrArray *
side_plans_list (SidePlans *self)
{
  g_return_val_if_fail (SIDE_IS_PLANS (self), NULL);
  return self->list;
}

/**
 * side_plans_find:
 * @self: plans
 * @id: (nullable): a plan's UUID
 *
 * Returns: (transfer none) (nullable): the plan, until the next "changed"
 */
const SidePlan *
side_plans_find (SidePlans  *self,
                 const char *id)
{
  g_return_val_if_fail (SIDE_IS_PLANS (self), NULL);

  for (guint i = 0; i < self->list->len; i++)
    if (g_strcmp0 (((SidePlan *) self->list->pdata[i])->id, id) == 0)
      return self->list->pdata[i];
  return NULL;
}

/**
 * side_plans_find_call:
 * @self: the plans
 * @id: of a call that one of them asks for, or could not have
 *
 * Returns: (transfer none) (nullable): the call; %NULL when it is not on this
 *   computer, or not read yet
 */
const SideCall *
side_plans_find_call (SidePlans  *self,
                      const char *id)
{
  g_return_val_if_fail (SIDE_IS_PLANS (self) && id != NULL, NULL);
  return g_hash_table_lookup (self->calls, id);
}

/**
 * side_plans_want:
 * @self: plans
 * @id: UUID of a plan
 *
 * Somebody looks at it: its reviews are read even when it is closed.
 */
void
side_plans_want (SidePlans  *self,
                 const char *id)
{
  g_return_if_fail (SIDE_IS_PLANS (self));

  if (g_hash_table_add (self->wanted, g_strdup (id)))
    side_document_shelf_reload (SIDE_DOCUMENT_SHELF (self));
}

/* Begun ones first: whoever came back goes on where they were. */
static int
compare_work (gconstpointer a,
              gconstpointer b)
{
  const SideWork *x = a, *y = b;
  gboolean x_begun = x->review != NULL && x->review->finished_ms == 0, y_begun = y->review != NULL && y->review->finished_ms == 0;
  gboolean x_done = x->review != NULL && x->review->finished_ms != 0, y_done = y->review != NULL && y->review->finished_ms != 0;

  if (x_done != y_done)
    return x_done ? 1 : -1;
  if (x_begun != y_begun)
    return x_begun ? -1 : 1;
  return 0;
}

static void
add_work (SidePlans      *self,
          GArray         *work,
          const SidePlan *plan,
          const char     *reviewer,
          gboolean        open_only)
{
  g_autoptr (GArray) mine = g_array_new (FALSE, FALSE, sizeof (SideWork));
  gint64 now_ms = side_desk_get_write_ms (get_desk (self));

  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];
      GPtrArray *reviews = _side_plans_get_reviews (self, task->call);
      SideWork one = { plan, task, g_hash_table_lookup (self->calls, task->call), side_plan_find_review (plan, task, reviews) };

      if ((reviewer != NULL && g_strcmp0 (task->reviewer, reviewer) != 0)
          || (open_only && !side_plan_is_task_open (plan, task, reviews, now_ms))
          || (!open_only && !is_seen (self, plan, task)))
        continue;
      g_array_append_val (mine, one);
    }
  g_array_sort (mine, compare_work);
  g_array_append_vals (work, mine->data, mine->len);
}

/**
 * side_plans_list_work:
 * @self: plans
 * @plan: (nullable): of that plan alone
 * @reviewer: (nullable): of that person alone
 * @open_only: what is to be done now; otherwise what is done too
 *
 * Repeats that are not due yet are in neither.
 *
 * Returns: (transfer full) (element-type SideWork): plan by plan as in
 *   side_plans_list(), in each what was begun, then by lot, then what is done;
 *   until the next "changed"
 */
GArray *
side_plans_list_work (SidePlans  *self,
                      const char *plan,
                      const char *reviewer,
                      gboolean    open_only)
{
  GArray *work = g_array_new (FALSE, FALSE, sizeof (SideWork));

  g_return_val_if_fail (SIDE_IS_PLANS (self), work);

  for (guint i = 0; i < self->list->len; i++)
    {
      const SidePlan *one = self->list->pdata[i];

      if (plan == NULL ? one->closed_ms == 0 : g_str_equal (one->id, plan))
        add_work (self, work, one, reviewer, open_only);
    }
  return work;
}

/**
 * side_plans_count_open:
 * @self: plans
 *
 * Returns: how many reviews this person is to make now
 */
guint
side_plans_count_open (SidePlans *self)
{
  g_autoptr (GArray) work = NULL;

  g_return_val_if_fail (SIDE_IS_PLANS (self), 0);
  if (get_desk (self) == NULL || *side_desk_get_user (get_desk (self)) == '\0')
    return 0;
  work = side_plans_list_work (self, NULL, side_desk_get_user (get_desk (self)), TRUE);
  return work->len;
}

/**
 * side_plans_find_next:
 * @self: plans
 * @not_call: (nullable): id of the call that is open
 *
 * Returns: (transfer full) (nullable): id of the call this person is to review next
 */
char *
side_plans_find_next (SidePlans  *self,
                      const char *not_call)
{
  g_autoptr (GArray) work = NULL;

  g_return_val_if_fail (SIDE_IS_PLANS (self), NULL);

  work = side_plans_list_work (self, NULL, side_desk_get_user (get_desk (self)), TRUE);
  for (guint i = 0; i < work->len; i++)
    {
      const SideWork *one = &g_array_index (work, SideWork, i);

      if (one->call != NULL && g_strcmp0 (one->task->call, not_call) != 0)
        return g_strdup (one->task->call);
    }
  return NULL;
}

/**
 * side_plans_get_progress:
 * @self: plans
 * @plan: a plan
 * @reviewer: (nullable): of that person alone
 *
 * Returns: how far it is
 */
SidePlanProgress
side_plans_get_progress (SidePlans      *self,
                         const SidePlan *plan,
                         const char     *reviewer)
{
  SidePlanProgress progress = { 0, 0 };

  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];
      const SideReview *review = side_plan_find_review (plan, task, _side_plans_get_reviews (self, task->call));

      if ((reviewer != NULL && g_strcmp0 (task->reviewer, reviewer) != 0) || !is_seen (self, plan, task))
        continue;
      progress.total++;
      progress.done += review != NULL && review->finished_ms != 0;
    }
  return progress;
}

/**
 * side_plans_get_script:
 * @self: plans
 * @id: (nullable): a script's UUID
 * @version: which one; 0 for the newest
 *
 * Returns: (transfer none) (nullable): the script, if it is here
 */
const SideScript *
side_plans_get_script (SidePlans  *self,
                       const char *id,
                       int         version)
{
  g_autofree char *key = g_strdup_printf ("%s/%d", id, version);

  g_return_val_if_fail (SIDE_IS_PLANS (self), NULL);

  for (guint i = 0; i < self->scripts->len; i++)
    {
      const SideScript *script = self->scripts->pdata[i];

      if (g_strcmp0 (script->id, id) == 0 && (version == 0 || script->version == version))
        return script;
    }
  return g_hash_table_lookup (self->versions, key);
}

/**
 * side_plans_list_scripts:
 * @self: plans
 *
 * Returns: (transfer none) (element-type SideScript): the newest version of each
 */
GPtrArray *
side_plans_list_scripts (SidePlans *self)
{
  g_return_val_if_fail (SIDE_IS_PLANS (self), NULL);
  return self->scripts;
}

/**
 * side_plans_get_result:
 * @self: plans
 * @plan: a plan
 * @result: (out): what its first reviews come to; second ones and repeats
 *   measure reviewers and are left out
 *
 * Returns: how many more there are that this person is not to see yet; they are
 *   left out too
 */
guint
side_plans_get_result (SidePlans        *self,
                       const SidePlan   *plan,
                       SideSampleResult *result)
{
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (double));
  SideBlind *blind = side_blind_get (get_desk (self));
  guint hidden = 0;

  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];
      const SideReview *found = side_plan_find_review (plan, task, _side_plans_get_reviews (self, task->call));
      g_autoptr (SideReview) review = found != NULL ? side_review_dup_sealed (found) : NULL;
      const SideScript *script = review != NULL ? side_plans_get_script (self, review->script, review->script_version) : NULL;
      SideScore score;

      if (script == NULL
          || (task->selection != SIDE_SELECTION_RANDOM && task->selection != SIDE_SELECTION_CHOSEN))
        continue;
      side_score_compute (script, review, &score);
      if (isnan (score.score))
        continue;
      if (side_blind_hides (blind, review))
        hidden++;
      else
        g_array_append_val (scores, score.score);
    }
  side_sample_result_compute ((const double *) (gpointer) scores->data, scores->len, result);
  return hidden;
}

/**
 * side_plans_put:
 * @self: plans of a person who may write
 * @plan: a new plan, or one as it is to be
 *
 * Errors are told by "failed".
 */
void
side_plans_put (SidePlans      *self,
                const SidePlan *plan)
{
  g_autoptr (SidePlan) changed = side_plan_copy (plan);
  g_autoptr (SideDocument) document = NULL;

  g_return_if_fail (SIDE_IS_PLANS (self));
  g_return_if_fail (side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self)));

  changed->changed_ms = side_desk_get_write_ms (get_desk (self));
  document = side_wire_document_for_plan (changed);
  side_document_shelf_put (SIDE_DOCUMENT_SHELF (self), document, NULL);
}
