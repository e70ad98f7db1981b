/* side-review-keeper.c - finds the script for a call and keeps its review
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The review is made with the first answer, not by opening the form, so that
 * looking at a call leaves nothing behind. It is written whole each time, by a
 * pen that outlives the call being open; the store folds unsent edits of one
 * document into one. What others write to it
 * meanwhile is taken over as it comes; each save names the version it was made
 * of, so that one which crossed it becomes a conflict and not a loss.
 */
#include "side-review-keeper-private.h"

#include "side-text.h"

G_DEFINE_FINAL_TYPE_WITH_CODE (SideReviewKeeper, side_review_keeper, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (SIDE_TYPE_ANSWER_SHEET, _side_review_keeper_init_sheet))

enum { SIGNAL_LOADED, SIGNAL_FLUSH, SIGNAL_CHANGED, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void load (SideReviewKeeper *self);

static gboolean
is_busy (SideReviewKeeper *self)
{
  return self->pen != NULL && side_pen_is_busy (SIDE_PEN (self->pen));
}

static SideDocument *
stored_of (SideReviewKeeper *self)
{
  return self->pen != NULL ? side_pen_get_stored (SIDE_PEN (self->pen)) : NULL;
}

/* What is not on the disk yet goes on being written. */
static void
lay_pen_aside (SideReviewKeeper *self)
{
  g_autoptr (SideReviewPen) pen = g_steal_pointer (&self->pen);

  if (pen != NULL && side_pen_is_busy (SIDE_PEN (pen)))
    g_hash_table_insert (self->pens, g_strdup (side_review_pen_get_review (pen)->id), g_object_ref (pen));
}

static void
forget (SideReviewKeeper *self)
{
  lay_pen_aside (self);
  g_clear_pointer (&self->review, side_review_unref);
  g_ptr_array_set_size (self->others, 0);
  g_hash_table_remove_all (self->taken);
  g_clear_pointer (&self->due, side_review_due_free);
  _side_review_keeper_forget_steps (self);
  g_ptr_array_set_size (self->early, 0);
  self->saved_ms = 0;
}

static void
forget_script (SideReviewKeeper *self)
{
  g_clear_pointer (&self->script, side_script_unref);
  g_clear_pointer (&self->in_use, side_script_unref);
  g_ptr_array_set_size (self->scripts, 0);
}

static void
side_review_keeper_dispose (GObject *object)
{
  SideReviewKeeper *self = SIDE_REVIEW_KEEPER (object);
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;

  g_cancellable_cancel (self->cancellable);
  if (store != NULL)
    g_clear_signal_handler (&self->changed_id, store);
  g_clear_object (&self->pen);
  g_hash_table_remove_all (self->pens);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (side_review_keeper_parent_class)->dispose (object);
}

static void
side_review_keeper_finalize (GObject *object)
{
  SideReviewKeeper *self = SIDE_REVIEW_KEEPER (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->call, side_call_unref);
  forget (self);
  forget_script (self);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->redo);
  g_ptr_array_unref (self->early);
  g_ptr_array_unref (self->others);
  g_ptr_array_unref (self->scripts);
  g_hash_table_unref (self->pens);
  g_hash_table_unref (self->taken);
  side_review_shelf_unref (self->shelf);
  g_free (self->chosen);
  g_free (self->chosen_script);
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
  signals[SIGNAL_FLUSH] = g_signal_new ("flush", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_review_keeper_init (SideReviewKeeper *self)
{
  self->undo = g_ptr_array_new_with_free_func (_side_answer_step_free);
  self->redo = g_ptr_array_new_with_free_func (_side_answer_step_free);
  self->early = g_ptr_array_new_with_free_func (_side_answer_step_free);
  self->others = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  self->scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  self->shelf = side_review_shelf_new ();
  self->pens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

/* Whoever reads may have to read once more: something came meanwhile. */
static void
read_again (SideReviewKeeper *self)
{
  if (!self->stale || self->reading || is_busy (self))
    return;
  self->stale = FALSE;
  load (self);
}

/* Answers to a script that is not this one are answers to other questions. */
static void
give_early_answers (SideReviewKeeper *self)
{
  g_autoptr (GPtrArray) early = g_steal_pointer (&self->early);

  self->early = g_ptr_array_new_with_free_func (_side_answer_step_free);
  for (guint i = 0; self->script != NULL && i < early->len; i++)
    {
      const SideAnswerStep *step = g_ptr_array_index (early, i);

      if ((step->script == NULL || g_str_equal (step->script, self->script->id))
          && side_script_find_criterion (self->script, step->criterion) != NULL)
        side_review_keeper_answer (self, step->criterion, step->answer != NULL ? step->answer->value : SIDE_ANSWER_NONE,
                                   step->answer != NULL ? step->answer->position_ms : -1);
    }
}

static void
loaded (SideReviewKeeper *self)
{
  self->reading = FALSE;
  self->loading = FALSE;
  give_early_answers (self);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
  read_again (self);
}

static void
failed (SideReviewKeeper *self,
        const GError     *error)
{
  self->reading = FALSE;
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  if (self->loading)
    loaded (self);
}

static gboolean
same_document (const SideDocument *a,
               const SideDocument *b)
{
  return (a == NULL) == (b == NULL) && (a == NULL || (g_str_equal (a->id, b->id) && g_strcmp0 (a->body, b->body) == 0));
}

/* An older version does not change: the one that is here stays, so that whoever
 * shows it need not draw it anew. */
static void
choose_version (SideReviewKeeper *self,
                SideScript       *script)
{
  if (script != NULL && script != self->in_use && self->script != NULL
      && g_str_equal (script->id, self->script->id) && script->version == self->script->version)
    return;
  if (script != NULL)
    side_script_ref (script);
  g_clear_pointer (&self->script, side_script_unref);
  self->script = script;
}

static void
pen_written_cb (SideReviewKeeper *self,
                SideReviewPen    *pen)
{
  if (pen != self->pen)
    {
      g_hash_table_remove (self->pens, side_review_pen_get_review (pen)->id);
      return;
    }
  self->saved_ms = side_desk_get_write_ms (self->desk);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  read_again (self);
}

static void
pen_failed_cb (SideReviewKeeper *self,
               const GError     *error,
               SideReviewPen    *pen)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  if (pen != self->pen)
    {
      if (!side_pen_is_busy (SIDE_PEN (pen)))
        g_hash_table_remove (self->pens, side_review_pen_get_review (pen)->id);
      return;
    }
  /* Another edit stands in the store: it is what counts. */
  self->stale = self->stale || g_error_matches (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  read_again (self);
}

static void
take_pen (SideReviewKeeper *self,
          SideDocument     *stored)
{
  lay_pen_aside (self);
  self->pen = side_review_pen_new (self->desk, stored);
  g_signal_connect_object (self->pen, "written", G_CALLBACK (pen_written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pen, "failed", G_CALLBACK (pen_failed_cb), self, G_CONNECT_SWAPPED);
}

/* The pen of the review to be shown, if it was laid aside. */
static SideReviewPen *
pen_aside (SideReviewKeeper *self)
{
  GHashTableIter iter;
  gpointer pen;

  g_hash_table_iter_init (&iter, self->pens);
  while (g_hash_table_iter_next (&iter, NULL, &pen))
    {
      const SideReview *review = side_review_pen_get_review (pen);

      if (g_str_equal (review->call, self->call->id)
          && (self->chosen == NULL || g_str_equal (review->id, self->chosen))
          && (self->chosen_script == NULL || g_str_equal (review->script, self->chosen_script)))
        return pen;
    }
  return NULL;
}

/* What was answered on this call and could not be written counts, and is still
 * being written. */
static gboolean
take_up_pen (SideReviewKeeper *self)
{
  SideReviewPen *pen = pen_aside (self);

  if (pen == NULL)
    return FALSE;
  g_set_object (&self->pen, pen);
  g_hash_table_remove (self->pens, side_review_pen_get_review (pen)->id);
  g_clear_pointer (&self->review, side_review_unref);
  self->review = side_review_copy (side_review_pen_get_review (pen));
  return TRUE;
}

static gboolean
same_reviews (GPtrArray *a,
              GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    {
      const SideReview *x = g_ptr_array_index (a, i), *y = g_ptr_array_index (b, i);

      if (!g_str_equal (x->id, y->id) || x->changed_ms != y->changed_ms)
        return FALSE;
    }
  return a->len == b->len;
}

static gboolean
same_scripts (GPtrArray *a,
              GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    if (g_ptr_array_index (a, i) != g_ptr_array_index (b, i))
      return FALSE;
  return a->len == b->len;
}

static void
take_others (SideReviewKeeper  *self,
             SideReviewReading *reading)
{
  gboolean same = same_reviews (self->others, reading->others) && same_scripts (self->scripts, reading->scripts);
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->others);
  g_autoptr (GPtrArray) scripts = g_steal_pointer (&self->scripts);
  g_autoptr (GHashTable) taken = g_steal_pointer (&self->taken);

  self->others = g_ptr_array_ref (reading->others);
  self->scripts = g_ptr_array_ref (reading->scripts);
  self->taken = g_hash_table_ref (reading->taken);
  g_clear_pointer (&self->due, side_review_due_free);
  self->due = g_steal_pointer (&reading->due);
  if (!same && !self->loading)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
take_review (SideReviewKeeper  *self,
             SideReviewReading *reading)
{
  g_clear_pointer (&self->review, side_review_unref);
  self->review = g_steal_pointer (&reading->review);
  take_pen (self, reading->stored);
  self->saved_ms = self->review != NULL ? self->review->changed_ms : 0;
}

/* What was read is what counts, unless something was written since: then it is
 * read once more. */
static void
take (SideReviewKeeper  *self,
      SideReviewReading *reading)
{
  gboolean same_script = self->in_use == reading->script;   /* parsed once: another one is another text */

  take_others (self, reading);
  if (!self->loading)
    {
      gboolean same = same_script && same_document (stored_of (self), reading->stored);

      if (!same && !is_busy (self))
        g_signal_emit (self, signals[SIGNAL_FLUSH], 0);
      if (same || is_busy (self))
        {
          self->stale = self->stale || !same;
          self->reading = FALSE;
          read_again (self);
          return;
        }
    }
  if (self->review != NULL && (reading->review == NULL || !g_str_equal (self->review->id, reading->review->id)))
    _side_review_keeper_forget_steps (self);
  if (!same_script)
    {
      g_clear_pointer (&self->in_use, side_script_unref);
      self->in_use = g_steal_pointer (&reading->script);
    }
  choose_version (self, reading->exact != NULL ? reading->exact : self->in_use);
  if (!take_up_pen (self))
    take_review (self, reading);
  loaded (self);
}

static gboolean
is_own (SideReviewKeeper *self,
        const SideReview *review)
{
  return review == NULL || g_strcmp0 (review->reviewer, side_desk_get_user (self->desk)) == 0;
}

/* Whoever answered before all was read did not mean somebody else's review. */
static gboolean
scores_already (SideReviewKeeper  *self,
                SideReviewReading *reading)
{
  return self->early->len > 0 && self->chosen == NULL && !is_own (self, reading->review)
         && side_review_keeper_may_write (self);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (SideReviewKeeper) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SideReviewReading) reading = side_review_reading_load_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (reading != NULL && scores_already (self, reading))
    {
      self->own_only = TRUE;
      load (self);
    }
  else if (reading != NULL)
    take (self, reading);
  else
    failed (self, error);
}

static void
load (SideReviewKeeper *self)
{
  SideStore *store = side_desk_get_store (self->desk);
  SideReviewPen *aside;
  SideReviewWish wish = {
    .user = side_desk_get_user (self->desk), .open = self->review != NULL ? self->review->id : self->chosen,
    .none = self->afresh && self->review == NULL, .drafts = side_review_keeper_may_write (self),
    .asked = side_review_keeper_may_write (self) ? side_assignments_get (self->desk) : NULL,
  };

  if (store == NULL || self->call == NULL)
    {
      loaded (self);
      return;
    }
  self->reading = TRUE;
  /* An empty form in which somebody may be about to write stays theirs, and so
   * does what they wrote and is not on the disk yet. */
  aside = self->chosen == NULL ? pen_aside (self) : NULL;
  wish.own_only = self->own_only || (!self->loading && self->review == NULL && side_review_keeper_may_write (self))
                  || aside != NULL;
  wish.script = aside != NULL ? side_review_pen_get_review (aside)->script : self->chosen_script;
  wish.shown = !self->loading && self->in_use != NULL ? self->in_use->id : NULL;
  side_review_reading_load_async (store, self->call, self->shelf, &wish, self->cancellable, read_cb, g_object_ref (self));
}

/* Our own saves come back here too. Of a script only its kind is told; one of
 * another project is not among those read then, and nothing changes. */
static void
documents_changed_cb (SideReviewKeeper *self,
                      const char       *kind,
                      const char       *id,
                      const char       *call)
{
  if (g_str_equal (kind, "script"))
    side_review_shelf_age (self->shelf);
  if (self->call == NULL
      || !(g_str_equal (kind, "script") || (g_str_equal (kind, "review") && g_strcmp0 (call, self->call->id) == 0)))
    return;
  self->stale = TRUE;
  read_again (self);
}

static void
asked_cb (SideReviewKeeper *self)
{
  if (self->call == NULL)
    return;
  self->stale = TRUE;
  read_again (self);
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
  g_signal_connect_object (side_assignments_get (desk), "changed", G_CALLBACK (asked_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
_side_review_keeper_start (SideReviewKeeper *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  forget (self);
  self->stale = FALSE;
  self->loading = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  load (self);
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
  g_clear_pointer (&self->call, side_call_unref);
  if (call == NULL)
    forget_script (self);
  self->call = call != NULL ? side_call_copy (call) : NULL;
  self->own_only = FALSE;
  self->afresh = FALSE;
  g_clear_pointer (&self->chosen, g_free);
  g_clear_pointer (&self->chosen_script, g_free);
  _side_review_keeper_start (self);
}

void
_side_review_keeper_save (SideReviewKeeper *self)
{
  if (self->pen == NULL)
    take_pen (self, NULL);
  side_review_pen_write (self->pen, self->review);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Whoever begins on two computers writes one review on both, and is asked when
 * the answers differ; with an id of chance each computer had its own. One that
 * was taken over by somebody keeps its id, and a second one of the same person
 * needs another. */
void
_side_review_keeper_ensure (SideReviewKeeper *self)
{
  g_autofree char *name = NULL;
  g_autofree char *id = NULL;

  if (self->review != NULL)
    return;
  name = g_strjoin ("\n", "review", self->call->id, self->script->id, side_desk_get_user (self->desk),
                    self->due != NULL ? self->due->plan : NULL, NULL);
  id = side_id_named (name);
  if (self->afresh || g_hash_table_contains (self->taken, id))
    {
      g_free (id);
      id = side_id_new ();
    }
  self->review = side_review_new (id, self->call->project, self->call->id, self->script->id, self->script->version);
  self->review->reviewer = g_strdup (side_desk_get_user (self->desk));
  self->review->started_ms = side_desk_get_write_ms (self->desk);
  if (self->due == NULL)
    return;
  self->review->selection = self->due->selection;
  self->review->plan = g_strdup (self->due->plan);
}

/* A draft goes on with the version it was begun with, a new one is made with
 * what is in use. */
gboolean
_side_review_keeper_can_change (SideReviewKeeper *self)
{
  if (self->call == NULL || self->script == NULL || self->loading || !side_review_keeper_may_write (self)
      || !side_review_keeper_is_own (self) || side_review_keeper_is_finished (self))
    return FALSE;
  if (self->review == NULL)
    return self->script->state == SIDE_SCRIPT_IN_USE;
  return g_strcmp0 (self->review->script, self->script->id) == 0
         && self->review->script_version == self->script->version;
}

static void
keep_early (SideReviewKeeper *self,
            const char       *criterion,
            double            value,
            gint64            position_ms)
{
  SideAnswerStep *step = g_new0 (SideAnswerStep, 1);

  step->criterion = g_strdup (criterion);
  if (value != SIDE_ANSWER_NONE)
    {
      step->answer = g_new0 (SideAnswer, 1);
      step->answer->value = value;
      step->answer->position_ms = position_ms;
      step->answer->to_ms = -1;
    }
  step->script = self->script != NULL ? g_strdup (self->script->id) : NULL;
  g_ptr_array_add (self->early, step);
}

/**
 * side_review_keeper_answer:
 * @self: a keeper
 * @criterion: a criterion's id
 * @value: 0..1, %SIDE_ANSWER_NA, or %SIDE_ANSWER_NONE to take it back
 * @position_ms: where in the recording, or -1
 *
 * Does nothing while the review cannot be changed. What is answered while
 * script and review are still being read is kept and given afterwards.
 */
void
side_review_keeper_answer (SideReviewKeeper *self,
                           const char       *criterion,
                           double            value,
                           gint64            position_ms)
{
  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));
  g_return_if_fail (criterion != NULL);

  if (self->loading && self->call != NULL && self->chosen == NULL)
    {
      keep_early (self, criterion, value, position_ms);
      return;
    }
  if (!_side_review_keeper_can_change (self) || side_review_keeper_get_answer (self, criterion) == value)
    return;
  _side_review_keeper_step (self, criterion);
  _side_review_keeper_ensure (self);
  side_review_set_answer (self->review, criterion, value, side_desk_get_write_ms (self->desk), position_ms);
  _side_review_keeper_save (self);
}

/**
 * side_review_keeper_explain:
 * @self: a keeper
 * @answer: an answer that stands, with another place, cause, detail or comment
 *
 * Does nothing while the review cannot be changed, or when nothing differs.
 */
void
side_review_keeper_explain (SideReviewKeeper *self,
                            const SideAnswer *answer)
{
  const SideAnswer *stands;

  g_return_if_fail (SIDE_IS_REVIEW_KEEPER (self));
  g_return_if_fail (answer != NULL);

  stands = self->review != NULL ? side_review_find_answer (self->review, answer->criterion) : NULL;
  if (stands == NULL || !_side_review_keeper_can_change (self)
      || (stands->position_ms == answer->position_ms && stands->to_ms == answer->to_ms && stands->cause == answer->cause
          && g_strcmp0 (stands->detail, answer->detail) == 0 && g_strcmp0 (stands->comment, answer->comment) == 0))
    return;
  _side_review_keeper_step (self, answer->criterion);
  _side_review_put_answer (self->review, answer->criterion, answer, side_desk_get_write_ms (self->desk));
  _side_review_keeper_save (self);
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

  if (!_side_review_keeper_can_change (self)
      || g_strcmp0 (self->review != NULL && self->review->comment != NULL ? self->review->comment : "", comment) == 0)
    return;
  _side_review_keeper_ensure (self);
  g_free (self->review->comment);
  self->review->comment = g_strdup (comment);
  self->review->changed_ms = side_desk_get_write_ms (self->desk);
  _side_review_keeper_save (self);
}
