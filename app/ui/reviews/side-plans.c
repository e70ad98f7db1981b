/* side-plans.c - the sampling plans of a project, and how far they are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is read stands in side-plans-load.c; here it is counted.
 */
#include "side-plans-private.h"

#include <math.h>

#include "side-score.h"
#include "side-text.h"
#include "side-wire.h"

G_DEFINE_FINAL_TYPE (SidePlans, side_plans, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_FINISHED, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
side_plans_dispose (GObject *object)
{
  SidePlans *self = SIDE_PLANS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->desk);
  g_clear_weak_pointer (&self->store);
  G_OBJECT_CLASS (side_plans_parent_class)->dispose (object);
}

static void
side_plans_finalize (GObject *object)
{
  SidePlans *self = SIDE_PLANS (object);

  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->waiting, g_free);
  g_free (self->current);
  g_ptr_array_unref (self->list);
  g_ptr_array_unref (self->scripts);
  g_hash_table_unref (self->documents);
  g_hash_table_unref (self->wanted);
  g_hash_table_unref (self->reviews);
  g_hash_table_unref (self->calls);
  g_hash_table_unref (self->versions);
  G_OBJECT_CLASS (side_plans_parent_class)->finalize (object);
}

static void
side_plans_class_init (SidePlansClass *klass)
{
  GType type = SIDE_TYPE_PLANS;

  G_OBJECT_CLASS (klass)->dispose = side_plans_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_plans_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FINISHED] = g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
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
  self->documents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_document_unref);
  self->wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->reviews = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_call_unref);
  self->versions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, unref_script_maybe);
  g_queue_init (&self->waiting);
}

/* _side_plans_fail: says so to whoever shows them */
void
_side_plans_fail (SidePlans    *self,
                  const GError *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
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
         || side_plan_is_task_open (plan, task, _side_plans_get_reviews (self, task->call), side_desk_get_write_ms (self->desk));
}

static void
find_next_repeat (SidePlans *self)
{
  gint64 now_ms = side_desk_get_write_ms (self->desk);

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
  g_autoptr (GArray) work = side_plans_list_work (self, NULL, side_desk_get_user (self->desk), FALSE);
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
  gboolean told = self->settled;

  self->settled = TRUE;
  self->done = count_done (self);
  find_next_repeat (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (told && self->done == before + 1)
    g_signal_emit (self, signals[SIGNAL_FINISHED], 0, side_plans_count_open (self));
}

static void
documents_changed_cb (SidePlans  *self,
                      const char *kind,
                      const char *id,
                      const char *call)
{
  if (g_str_equal (kind, "plan") || g_str_equal (kind, "script"))
    _side_plans_load (self);
  else if (g_str_equal (kind, "review") && g_hash_table_contains (self->reviews, call))
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
project_cb (SidePlans *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  _side_plans_forget (self);
  if (store != NULL && store != self->store)
    {
      g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (store, "calls-changed", G_CALLBACK (calls_changed_cb), self, G_CONNECT_SWAPPED);
    }
  g_set_weak_pointer (&self->store, store);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  _side_plans_load (self);
}

static void
tick_cb (SidePlans *self)
{
  if (self->next_ms == 0 || side_desk_get_write_ms (self->desk) < self->next_ms)
    return;
  find_next_repeat (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
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
  SidePlans *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_get_data (G_OBJECT (desk), "side-plans");
  if (self != NULL)
    return self;
  self = g_object_new (SIDE_TYPE_PLANS, NULL);
  g_set_weak_pointer (&self->desk, desk);
  g_signal_connect_object (desk, "notify::project-id", G_CALLBACK (project_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "tick", G_CALLBACK (tick_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (desk), "side-plans", self, g_object_unref);
  project_cb (self);
  return self;
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
  g_return_val_if_fail (SIDE_IS_PLANS (self), FALSE);
  return !self->settled && self->store != NULL && side_desk_get_project_id (self->desk) != NULL;
}

/**
 * side_plans_may_write:
 * @self: plans
 *
 * Returns: whether the server takes plans from this person: supervisors and trainers
 */
gboolean
side_plans_may_write (SidePlans *self)
{
  SideSession *session;
  SideRole role;

  g_return_val_if_fail (SIDE_IS_PLANS (self), FALSE);

  session = self->desk != NULL ? side_desk_get_session (self->desk) : NULL;
  role = session != NULL ? session->role : SIDE_ROLE_NONE;
  return session != NULL && side_session_can (session, "documents") && (role == SIDE_ROLE_SUPERVISOR || role == SIDE_ROLE_TRAINER);
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
    _side_plans_load (self);
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
  gint64 now_ms = side_desk_get_write_ms (self->desk);

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
  if (self->desk == NULL || *side_desk_get_user (self->desk) == '\0')
    return 0;
  work = side_plans_list_work (self, NULL, side_desk_get_user (self->desk), TRUE);
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

  work = side_plans_list_work (self, NULL, side_desk_get_user (self->desk), TRUE);
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
 */
void
side_plans_get_result (SidePlans        *self,
                       const SidePlan   *plan,
                       SideSampleResult *result)
{
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];
      const SideReview *review = side_plan_find_review (plan, task, _side_plans_get_reviews (self, task->call));
      const SideScript *script = review != NULL ? side_plans_get_script (self, review->script, review->script_version) : NULL;
      SideScore score;

      if (script == NULL || review->finished_ms == 0
          || (task->selection != SIDE_SELECTION_RANDOM && task->selection != SIDE_SELECTION_CHOSEN))
        continue;
      side_score_compute (script, review, &score);
      if (!isnan (score.score))
        g_array_append_val (scores, score.score);
    }
  side_sample_result_compute ((const double *) (gpointer) scores->data, scores->len, result);
}

/* ---- writing ---- */

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (SidePlans) self = data;
  g_autoptr (GError) error = NULL;

  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error) && !side_error_is_cancelled (error))
    _side_plans_fail (self, error);
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
  SideDocument *base;

  g_return_if_fail (SIDE_IS_PLANS (self));
  g_return_if_fail (self->desk != NULL && side_plans_may_write (self));

  base = g_hash_table_lookup (self->documents, plan->id);
  changed->changed_ms = side_desk_get_write_ms (self->desk);
  document = side_wire_document_for_plan (changed);
  side_desk_put_document_async (self->desk, document, base, NULL, put_cb, g_object_ref (self));
  /* The next change is over this one, whether it was read back by then or not. */
  g_hash_table_replace (self->documents, g_strdup (plan->id), g_steal_pointer (&document));
}
