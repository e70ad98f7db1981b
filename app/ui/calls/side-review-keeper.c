/* side-review-keeper.c - finds the script for a call and keeps its review
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The review is made with the first answer, not by opening the form, so that
 * looking at a call leaves nothing behind. It is written whole each time; the
 * store folds unsent edits of one document into one.
 */
#include "side-review-keeper.h"

#include "side-text.h"

typedef struct {
  char   *criterion;
  double  value;
  gint64  position_ms;
} Step;

struct _SideReviewKeeper
{
  GObject       parent_instance;
  SideDesk     *desk;
  GCancellable *cancellable;
  SideCall     *call;
  SideScript   *script;
  SideReview   *review;
  GPtrArray    *undo;         /* of Step: what to answer to go back */
  gint64        saved_ms;
  gboolean      loading;
  gulong        changed_id;
};

G_DEFINE_FINAL_TYPE (SideReviewKeeper, side_review_keeper, G_TYPE_OBJECT)

enum { SIGNAL_LOADED, SIGNAL_CHANGED, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void
step_free (gpointer data)
{
  Step *step = data;

  g_free (step->criterion);
  g_free (step);
}

static void
side_review_keeper_dispose (GObject *object)
{
  SideReviewKeeper *self = SIDE_REVIEW_KEEPER (object);
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  g_cancellable_cancel (self->cancellable);
  if (store != NULL)
    g_clear_signal_handler (&self->changed_id, store);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_review_keeper_parent_class)->dispose (object);
}

static void
side_review_keeper_finalize (GObject *object)
{
  SideReviewKeeper *self = SIDE_REVIEW_KEEPER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->review, side_review_unref);
  g_ptr_array_unref (self->undo);
  G_OBJECT_CLASS (side_review_keeper_parent_class)->finalize (object);
}

static void
side_review_keeper_class_init (SideReviewKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = SIDE_TYPE_REVIEW_KEEPER;

  object_class->dispose = side_review_keeper_dispose;
  object_class->finalize = side_review_keeper_finalize;
  signals[SIGNAL_LOADED] = g_signal_new ("loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_review_keeper_init (SideReviewKeeper *self)
{
  self->undo = g_ptr_array_new_with_free_func (step_free);
  self->cancellable = g_cancellable_new ();
}

static void
loaded (SideReviewKeeper *self)
{
  self->loading = FALSE;
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
failed (SideReviewKeeper *self,
        const GError     *error)
{
  self->loading = FALSE;
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static SideReview *
choose_review (SideReviewKeeper *self,
               GPtrArray        *documents)
{
  const char *user = side_desk_get_user (self->desk);
  SideReview *chosen = NULL;

  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (SideReview) review = NULL;

      if (document->deleted || document->body == NULL)
        continue;
      review = side_wire_review_from_json (document->body, -1, NULL);
      if (review == NULL || g_strcmp0 (review->reviewer, user) != 0
          || (chosen != NULL && chosen->changed_ms >= review->changed_ms))
        continue;
      g_clear_pointer (&chosen, side_review_unref);
      chosen = g_steal_pointer (&review);
    }
  return chosen;
}

static void
reviews_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SideReviewKeeper) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (documents == NULL)
    {
      failed (self, error);
      return;
    }
  g_clear_pointer (&self->review, side_review_unref);
  self->review = choose_review (self, documents);
  self->saved_ms = self->review != NULL ? self->review->changed_ms : 0;
  loaded (self);
}

/* The script made for the queue goes before one for all of them. */
static SideScript *
choose_script (SideReviewKeeper *self,
               GPtrArray        *documents)
{
  SideScript *chosen = NULL;

  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      g_autoptr (SideScript) script = NULL;

      if (document->deleted || document->body == NULL)
        continue;
      script = side_wire_script_from_json (document->body, -1, NULL);
      if (script == NULL || !side_script_is_for_queue (script, self->call->queue)
          || (chosen != NULL && chosen->queues->len > 0 && script->queues->len == 0))
        continue;
      g_clear_pointer (&chosen, side_script_unref);
      chosen = g_steal_pointer (&script);
    }
  return chosen;
}

static void
scripts_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (SideReviewKeeper) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (documents == NULL)
    {
      failed (self, error);
      return;
    }
  g_clear_pointer (&self->script, side_script_unref);
  self->script = choose_script (self, documents);
  side_store_list_documents_async (SIDE_STORE (source), "review", self->call->project, self->call->id,
                                   self->cancellable, reviews_listed_cb, g_object_ref (self));
}

static void
load (SideReviewKeeper *self)
{
  SideStore *store = side_desk_get_store (self->desk);

  if (store == NULL || self->call == NULL)
    {
      loaded (self);
      return;
    }
  self->loading = TRUE;
  side_store_list_documents_async (store, "script", self->call->project, NULL, self->cancellable,
                                   scripts_listed_cb, g_object_ref (self));
}

/* Our own saves come back here too; they change nothing that is not known. */
static void
documents_changed_cb (SideReviewKeeper *self,
                      const char       *kind,
                      const char       *id,
                      const char       *call)
{
  if (self->call == NULL || self->loading)
    return;
  if (g_str_equal (kind, "script")
      || (g_str_equal (kind, "review") && g_strcmp0 (call, self->call->id) == 0
          && (self->review == NULL || !g_str_equal (self->review->id, id))))
    load (self);
}

/**
 * side_review_keeper_new:
 * @desk: whose store holds scripts and reviews
 *
 * Returns: (transfer full): a keeper without a call
 */
SideReviewKeeper *
side_review_keeper_new (SideDesk *desk)
{
  SideReviewKeeper *self = g_object_new (SIDE_TYPE_REVIEW_KEEPER, NULL);
  SideStore *store = side_desk_get_store (desk);

  self->desk = g_object_ref (desk);
  if (store != NULL)
    self->changed_id = g_signal_connect_swapped (store, "documents-changed",
                                                 G_CALLBACK (documents_changed_cb), self);
  return self;
}

/**
 * side_review_keeper_set_call:
 * @self: a keeper
 * @call: (nullable): the call to be scored
 */
void
side_review_keeper_set_call (SideReviewKeeper *self,
                             const SideCall   *call)
{
  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));

  if (call != NULL && self->call != NULL && g_str_equal (call->id, self->call->id))
    return;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->call, side_call_unref);
  g_clear_pointer (&self->review, side_review_unref);
  g_clear_pointer (&self->script, side_script_unref);
  g_ptr_array_set_size (self->undo, 0);
  self->saved_ms = 0;
  self->call = call != NULL ? side_call_copy (call) : NULL;
  load (self);
}

/**
 * side_review_keeper_get_script:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): the script; %NULL when the queue has none
 */
const SideScript *
side_review_keeper_get_script (SideReviewKeeper *self)
{
  return self->script;
}

/**
 * side_review_keeper_get_review:
 * @self: a keeper
 *
 * Returns: (transfer none) (nullable): the review, once there is an answer
 */
const SideReview *
side_review_keeper_get_review (SideReviewKeeper *self)
{
  return self->review;
}

/**
 * side_review_keeper_is_loading:
 * @self: a keeper
 *
 * Returns: whether script and review are still being read
 */
gboolean
side_review_keeper_is_loading (SideReviewKeeper *self)
{
  return self->loading;
}

/**
 * side_review_keeper_is_finished:
 * @self: a keeper
 *
 * Returns: whether the review is no draft any more
 */
gboolean
side_review_keeper_is_finished (SideReviewKeeper *self)
{
  return self->review != NULL && self->review->finished_ms != 0;
}

/**
 * side_review_keeper_is_outdated:
 * @self: a keeper
 *
 * Returns: whether the review was made with another script or version than
 *   the one in use; then it is shown but not changed
 */
gboolean
side_review_keeper_is_outdated (SideReviewKeeper *self)
{
  return self->review != NULL && self->script != NULL
         && (g_strcmp0 (self->review->script, self->script->id) != 0
             || self->review->script_version != self->script->version);
}

/**
 * side_review_keeper_get_saved_ms:
 * @self: a keeper
 *
 * Returns: when it was last written to the store, 0 for never
 */
gint64
side_review_keeper_get_saved_ms (SideReviewKeeper *self)
{
  return self->saved_ms;
}

/**
 * side_review_keeper_get_score:
 * @self: a keeper with a script
 * @score: (out caller-allocates): what the answers come to
 */
void
side_review_keeper_get_score (SideReviewKeeper *self,
                              SideScore        *score)
{
  g_autoptr (SideReview) none = NULL;

  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));
  g_return_if_fail (self->script != NULL);

  if (self->review == NULL)
    none = side_review_new (NULL, NULL, NULL, NULL, 0);
  side_score_compute (self->script, self->review != NULL ? self->review : none, score);
}

/**
 * side_review_keeper_get_answer:
 * @self: a keeper
 * @criterion: a criterion's id
 *
 * Returns: 0..1, %SIDE_ANSWER_NA or %SIDE_ANSWER_NONE
 */
double
side_review_keeper_get_answer (SideReviewKeeper *self,
                               const char       *criterion)
{
  return self->review != NULL ? side_review_get_answer (self->review, criterion) : SIDE_ANSWER_NONE;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideReviewKeeper) self = data;
  g_autoptr (GError) error = NULL;

  if (side_desk_put_document_finish (SIDE_DESK (source), result, &error))
    {
      self->saved_ms = side_desk_get_now_ms (SIDE_DESK (source));
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
  else if (!side_error_is_cancelled (error))
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
    }
}

static void
save (SideReviewKeeper *self)
{
  g_autoptr (SideDocument) document = side_wire_document_for_review (self->review);

  side_desk_put_document_async (self->desk, document, NULL, written_cb, g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
ensure_review (SideReviewKeeper *self)
{
  g_autofree char *id = NULL;

  if (self->review != NULL)
    return;
  id = side_id_new ();
  self->review = side_review_new (id, self->call->project, self->call->id, self->script->id, self->script->version);
  self->review->reviewer = g_strdup (side_desk_get_user (self->desk));
  self->review->started_ms = side_desk_get_now_ms (self->desk);
}

/**
 * side_review_keeper_may_write:
 * @self: a keeper
 *
 * Returns: whether the server takes reviews from this person
 */
gboolean
side_review_keeper_may_write (SideReviewKeeper *self)
{
  SideSession *session = side_desk_get_session (self->desk);

  return session != NULL && side_session_can (session, "documents");
}

static gboolean
can_change (SideReviewKeeper *self)
{
  return self->call != NULL && self->script != NULL && !self->loading
         && side_review_keeper_may_write (self) && !side_review_keeper_is_finished (self) && !side_review_keeper_is_outdated (self);
}

static gint64
position_of (SideReviewKeeper *self,
             const char       *criterion)
{
  const SideAnswer *answer = self->review != NULL ? side_review_find_answer (self->review, criterion) : NULL;

  return answer != NULL ? answer->position_ms : -1;
}

/**
 * side_review_keeper_answer:
 * @self: a keeper
 * @criterion: a criterion's id
 * @value: 0..1, %SIDE_ANSWER_NA, or %SIDE_ANSWER_NONE to take it back
 * @position_ms: where in the recording, or -1
 *
 * Does nothing while the review cannot be changed.
 */
void
side_review_keeper_answer (SideReviewKeeper *self,
                           const char       *criterion,
                           double            value,
                           gint64            position_ms)
{
  Step *step;

  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));
  g_return_if_fail (criterion != NULL);

  if (!can_change (self) || side_review_keeper_get_answer (self, criterion) == value)
    return;
  step = g_new0 (Step, 1);
  step->criterion = g_strdup (criterion);
  step->value = side_review_keeper_get_answer (self, criterion);
  step->position_ms = position_of (self, criterion);
  g_ptr_array_add (self->undo, step);
  ensure_review (self);
  side_review_set_answer (self->review, criterion, value, side_desk_get_now_ms (self->desk), position_ms);
  save (self);
}

/**
 * side_review_keeper_undo:
 * @self: a keeper
 *
 * Takes back the newest answer given since the call was opened.
 *
 * Returns: whether there was one
 */
gboolean
side_review_keeper_undo (SideReviewKeeper *self)
{
  Step *step;

  g_return_val_if_fail (SIDE_IS_REVIEW_KEEPER (self), FALSE);

  if (self->undo->len == 0 || !can_change (self))
    return FALSE;
  step = g_ptr_array_steal_index (self->undo, self->undo->len - 1);
  side_review_set_answer (self->review, step->criterion, step->value, side_desk_get_now_ms (self->desk),
                          step->position_ms);
  step_free (step);
  save (self);
  return TRUE;
}

/**
 * side_review_keeper_set_comment:
 * @self: a keeper
 * @comment: words for the whole call
 */
void
side_review_keeper_set_comment (SideReviewKeeper *self,
                                const char       *comment)
{
  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));

  if (!can_change (self)
      || g_strcmp0 (self->review != NULL && self->review->comment != NULL ? self->review->comment : "", comment) == 0)
    return;
  ensure_review (self);
  g_free (self->review->comment);
  self->review->comment = g_strdup (comment);
  self->review->changed_ms = side_desk_get_now_ms (self->desk);
  save (self);
}

/**
 * side_review_keeper_set_finished:
 * @self: a keeper with a review
 * @finished: whether it counts from now on, or is a draft again
 */
void
side_review_keeper_set_finished (SideReviewKeeper *self,
                                 gboolean          finished)
{
  gint64 now_ms;

  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));

  if (self->review == NULL || side_review_keeper_is_outdated (self) || !side_review_keeper_may_write (self)
      || finished == side_review_keeper_is_finished (self))
    return;
  now_ms = side_desk_get_now_ms (self->desk);
  self->review->finished_ms = finished ? now_ms : 0;
  self->review->changed_ms = now_ms;
  save (self);
}
