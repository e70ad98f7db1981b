/* side-disputes.c - what operators answer to reviews, read and written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads from the desk's store, anew whenever something it is made of changes,
 * and writes through the desk: to this computer first. A ruling that upholds
 * is two documents: the dispute, and the next revision of the review.
 */
#include "side-disputes.h"

#include "side-dispute-rule.h"
#include "side-text.h"
#include "side-time.h"
#include "side-wire.h"

struct _SideDisputes
{
  GObject       parent_instance;
  SideDesk     *desk;         /* weak: it owns us */
  SideStore    *store;        /* weak: whose changes are heard */
  GCancellable *cancellable;
  GPtrArray    *list;         /* of SideAnswered */
  gboolean      reading;
  gboolean      stale;
  gboolean      read;
};

G_DEFINE_FINAL_TYPE (SideDisputes, side_disputes, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void load (SideDisputes *self);

static void
side_disputes_dispose (GObject *object)
{
  SideDisputes *self = SIDE_DISPUTES (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->desk);
  g_clear_weak_pointer (&self->store);
  G_OBJECT_CLASS (side_disputes_parent_class)->dispose (object);
}

static void
side_disputes_finalize (GObject *object)
{
  SideDisputes *self = SIDE_DISPUTES (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->list);
  G_OBJECT_CLASS (side_disputes_parent_class)->finalize (object);
}

static void
side_disputes_class_init (SideDisputesClass *klass)
{
  GType type = SIDE_TYPE_DISPUTES;

  G_OBJECT_CLASS (klass)->dispose = side_disputes_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_disputes_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_disputes_init (SideDisputes *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_answered_unref);
}

/* ---- reading ---- */

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideDisputes) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *list = side_store_list_answered_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  self->reading = FALSE;
  if (list != NULL)
    {
      g_ptr_array_unref (self->list);
      self->list = list;
      self->read = TRUE;
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
    }
  else
    {
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
    }
  if (self->stale)
    load (self);
}

static void
documents_changed_cb (SideDisputes *self,
                      const char   *kind)
{
  static const char *const concerned[] = { "review", "script", "dispute", "acknowledgement", NULL };

  if (g_strv_contains (concerned, kind))
    load (self);
}

static void
load (SideDisputes *self)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;
  const char *project = self->desk != NULL ? side_desk_get_project_id (self->desk) : NULL;
  gint64 since_ms;

  if (store == NULL || project == NULL)
    return;
  if (store != self->store)
    g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->store, store);
  self->stale = self->reading;
  if (self->reading)
    return;
  self->reading = TRUE;
  since_ms = side_disputes_is_own (self) ? 0 : side_desk_get_write_ms (self->desk) - SIDE_DISPUTES_DAYS * 24 * SIDE_HOUR_MS;
  side_store_list_answered_async (store, project, since_ms, SIDE_DISPUTES_LIMIT, self->cancellable, listed_cb, g_object_ref (self));
}

static void
project_cb (SideDisputes *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->reading = self->stale = self->read = FALSE;
  g_ptr_array_set_size (self->list, 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  load (self);
}

/**
 * side_disputes_get:
 * @desk: a desk
 *
 * Returns: (transfer none): the disputes of its project; none until they were read
 */
SideDisputes *
side_disputes_get (SideDesk *desk)
{
  SideDisputes *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_get_data (G_OBJECT (desk), "side-disputes");
  if (self != NULL)
    return self;
  self = g_object_new (SIDE_TYPE_DISPUTES, NULL);
  g_set_weak_pointer (&self->desk, desk);
  g_signal_connect_object (desk, "notify::project-id", G_CALLBACK (project_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (desk), "side-disputes", self, g_object_unref);
  project_cb (self);
  return self;
}

SideDesk *
side_disputes_get_desk (SideDisputes *self)
{
  g_return_val_if_fail (SIDE_IS_DISPUTES (self), NULL);
  return self->desk;
}

/**
 * side_disputes_list:
 * @self: the disputes
 *
 * Returns: (transfer none) (element-type SideAnswered): the review finished last first
 */
GPtrArray *
side_disputes_list (SideDisputes *self)
{
  g_return_val_if_fail (SIDE_IS_DISPUTES (self), NULL);
  return self->list;
}

/**
 * side_disputes_is_read:
 * @self: the disputes
 *
 * Returns: whether they were read; else an empty list says nothing yet
 */
gboolean
side_disputes_is_read (SideDisputes *self)
{
  g_return_val_if_fail (SIDE_IS_DISPUTES (self), FALSE);
  return self->read;
}

/**
 * side_disputes_find:
 * @self: the disputes
 * @review: (nullable): UUID of a review
 *
 * Returns: (transfer none) (nullable): that one
 */
SideAnswered *
side_disputes_find (SideDisputes *self,
                    const char   *review)
{
  g_return_val_if_fail (SIDE_IS_DISPUTES (self), NULL);

  for (guint i = 0; review != NULL && i < self->list->len; i++)
    if (g_strcmp0 (((SideAnswered *) self->list->pdata[i])->review->id, review) == 0)
      return self->list->pdata[i];
  return NULL;
}

/* ---- who ---- */

/**
 * side_disputes_is_own:
 * @self: the disputes
 *
 * Returns: whether an operator is signed in, who answers for themselves
 */
gboolean
side_disputes_is_own (SideDisputes *self)
{
  g_return_val_if_fail (SIDE_IS_DISPUTES (self), FALSE);
  return self->desk != NULL && side_desk_get_role (self->desk) == SIDE_ROLE_OPERATOR;
}

/**
 * side_disputes_may_answer:
 * @self: the disputes
 *
 * Returns: whether who is signed in answers to reviews, for themselves or on
 *   behalf of an operator; those of the latter also judge
 */
gboolean
side_disputes_may_answer (SideDisputes *self)
{
  SideSession *session;
  SideRole role;

  g_return_val_if_fail (SIDE_IS_DISPUTES (self), FALSE);

  if (self->desk == NULL || side_desk_get_store (self->desk) == NULL || (session = side_desk_get_session (self->desk)) == NULL)
    return FALSE;
  role = side_desk_get_role (self->desk);
  if (role == SIDE_ROLE_OPERATOR)
    return side_session_can (session, "answers");
  return side_session_can (session, "documents") && (role == SIDE_ROLE_SUPERVISOR || role == SIDE_ROLE_TRAINER);
}

/* ---- writing ---- */

static void
put_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (SideDisputes) self = data;
  g_autoptr (GError) error = NULL;

  if (!side_desk_put_document_finish (SIDE_DESK (source), result, &error) && !side_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/* @document: (transfer full) */
static void
put (SideDisputes *self,
     SideDocument *document,
     SideDocument *base)
{
  side_desk_put_document_async (self->desk, document, base, NULL, put_cb, g_object_ref (self));
  side_document_unref (document);
}

/**
 * side_disputes_acknowledge:
 * @self: the disputes
 * @answered: a review that was not acknowledged yet
 * @error: SIDE_ERROR_EXISTS when it was, SIDE_ERROR_BUSY while it is changed
 *
 * Returns: whether it is written; what fails later is told by "failed"
 */
gboolean
side_disputes_acknowledge (SideDisputes  *self,
                           SideAnswered  *answered,
                           GError       **error)
{
  g_autoptr (SideAcknowledgement) read = NULL;

  g_return_val_if_fail (SIDE_IS_DISPUTES (self) && answered != NULL, FALSE);

  if (answered->read != NULL)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_EXISTS, "it has been acknowledged already");
      return FALSE;
    }
  if (answered->review->finished_ms == 0)
    {
      g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_BUSY, "somebody is changing the review");
      return FALSE;
    }
  read = side_acknowledgement_new (answered->review, answered->call->operator_id, side_desk_get_user (self->desk),
                                   !side_disputes_is_own (self), side_desk_get_write_ms (self->desk));
  put (self, side_wire_document_for_acknowledgement (read), NULL);
  return TRUE;
}

/**
 * side_disputes_make:
 * @self: the disputes
 * @answered: the review
 * @criterion: id of one of its criteria
 * @asked: the answer asked for, or SIDE_ANSWER_NONE
 * @reason: why, in words
 * @error: see side_dispute_may_make()
 *
 * Returns: whether it is written; what fails later is told by "failed"
 */
gboolean
side_disputes_make (SideDisputes  *self,
                    SideAnswered  *answered,
                    const char    *criterion,
                    double         asked,
                    const char    *reason,
                    GError       **error)
{
  const SideProject *project;
  g_autofree char *id = side_id_new ();
  g_autoptr (SideDispute) dispute = NULL;

  g_return_val_if_fail (SIDE_IS_DISPUTES (self) && answered != NULL && criterion != NULL, FALSE);

  project = side_desk_get_project (self->desk);
  dispute = side_dispute_new (id, answered->review->project, answered->review->call);
  dispute->review = g_strdup (answered->review->id);
  dispute->review_revision = answered->review->revision;
  dispute->script = g_strdup (answered->review->script);
  dispute->criterion = g_strdup (criterion);
  dispute->asked = asked;
  dispute->reason = g_strdup (reason);
  dispute->operator_id = g_strdup (answered->call->operator_id);
  dispute->author = g_strdup (side_desk_get_user (self->desk));
  dispute->on_behalf = !side_disputes_is_own (self);
  dispute->created_ms = side_desk_get_write_ms (self->desk);
  dispute->due_ms = side_dispute_due (project != NULL ? project->time_zone : NULL, dispute->created_ms,
                                      project != NULL ? project->dispute_days : SIDE_DISPUTE_DAYS);
  if (!side_dispute_may_make (dispute, answered->review, answered->disputes, error))
    return FALSE;
  put (self, side_wire_document_for_dispute (dispute), NULL);
  return TRUE;
}

/**
 * side_disputes_withdraw:
 * @self: the disputes
 * @answered: the review
 * @dispute: one of its disputes
 * @error: see side_dispute_withdraw()
 *
 * Returns: whether it is written; what fails later is told by "failed"
 */
gboolean
side_disputes_withdraw (SideDisputes       *self,
                        SideAnswered       *answered,
                        const SideDispute  *dispute,
                        GError            **error)
{
  g_autoptr (SideDispute) changed = side_dispute_copy (dispute);

  g_return_val_if_fail (SIDE_IS_DISPUTES (self) && answered != NULL, FALSE);

  if (!side_dispute_withdraw (changed, side_desk_get_user (self->desk), side_desk_get_write_ms (self->desk), error))
    return FALSE;
  put (self, side_wire_document_for_dispute (changed), side_answered_find_paper (answered, dispute->id));
  return TRUE;
}

/**
 * side_disputes_rule:
 * @self: the disputes
 * @answered: the review
 * @dispute: one of its disputes
 * @upheld: whether the operator is right
 * @value: the answer it becomes; of no meaning when rejected
 * @ruling: why, in words; the operator reads them
 * @error: see side_dispute_rule() and side_dispute_apply()
 *
 * Returns: whether it is written; what fails later is told by "failed"
 */
gboolean
side_disputes_rule (SideDisputes       *self,
                    SideAnswered       *answered,
                    const SideDispute  *dispute,
                    gboolean            upheld,
                    double              value,
                    const char         *ruling,
                    GError            **error)
{
  g_autoptr (SideDispute) ruled = side_dispute_copy (dispute);
  g_autoptr (SideReview) next = NULL;
  gint64 now_ms;

  g_return_val_if_fail (SIDE_IS_DISPUTES (self) && answered != NULL, FALSE);

  now_ms = side_desk_get_write_ms (self->desk);
  if (!side_dispute_rule (ruled, answered->review, answered->script, upheld, value, side_desk_get_user (self->desk), ruling, now_ms, error)
      || (upheld && (next = side_dispute_apply (ruled, answered->review, now_ms, error)) == NULL))
    return FALSE;
  put (self, side_wire_document_for_dispute (ruled), side_answered_find_paper (answered, dispute->id));
  if (next != NULL)
    put (self, side_wire_document_for_review (next), answered->document);
  return TRUE;
}
