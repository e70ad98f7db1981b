/* side-disputes.c - what operators answer to reviews, read and written
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The store puts reviews and what was answered to them together, so there is
 * one question to it and no documents of a kind. A ruling that upholds is two
 * documents: the dispute, and the next revision of the review.
 */
#include "side-disputes.h"

#include "side-dispute-rule.h"
#include "side-text.h"
#include "side-time.h"
#include "side-wire.h"

struct _SideDisputes
{
  SideDocumentShelf  parent_instance;
  GPtrArray         *list;   /* of SideAnswered */
};

G_DEFINE_FINAL_TYPE (SideDisputes, side_disputes, SIDE_TYPE_DOCUMENT_SHELF)

/* ---- reading ---- */

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = side_store_list_answered_finish (SIDE_STORE (source), result, &error);
  g_autoptr (SideDisputes) self = side_document_shelf_end (data);

  if (self == NULL)
    return;
  if (list == NULL)
    {
      side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
      return;
    }
  g_ptr_array_unref (self->list);
  self->list = g_steal_pointer (&list);
  side_document_shelf_set_read (SIDE_DOCUMENT_SHELF (self));
}

static void
side_disputes_take (SideDocumentShelf *shelf,
                    GPtrArray         *none)
{
  SideDesk *desk = side_document_shelf_get_desk (shelf);
  gint64 since_ms = side_disputes_is_own (SIDE_DISPUTES (shelf))
                      ? 0 : side_desk_get_write_ms (desk) - SIDE_DISPUTES_DAYS * 24 * SIDE_HOUR_MS;

  side_store_list_answered_async (side_document_shelf_get_store (shelf), side_desk_get_project_id (desk), since_ms,
                                  SIDE_DISPUTES_LIMIT, side_document_shelf_get_cancellable (shelf), listed_cb,
                                  side_document_shelf_begin (shelf, TRUE));
}

static gboolean
side_disputes_concerns (SideDocumentShelf *shelf,
                        const char        *kind,
                        const char        *id,
                        const char        *call)
{
  static const char *const kinds[] = { "review", "script", "dispute", "acknowledgement", NULL };

  return g_strv_contains (kinds, kind);
}

static void
side_disputes_forget (SideDocumentShelf *shelf)
{
  g_ptr_array_set_size (SIDE_DISPUTES (shelf)->list, 0);
}

static void
side_disputes_finalize (GObject *object)
{
  g_ptr_array_unref (SIDE_DISPUTES (object)->list);
  G_OBJECT_CLASS (side_disputes_parent_class)->finalize (object);
}

static void
side_disputes_class_init (SideDisputesClass *klass)
{
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_disputes_finalize;
  shelf_class->concerns = side_disputes_concerns;
  shelf_class->forget = side_disputes_forget;
  shelf_class->take = side_disputes_take;
}

static void
side_disputes_init (SideDisputes *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_answered_unref);
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
  return side_document_shelf_get (desk, SIDE_TYPE_DISPUTES);
}

SideDesk *
side_disputes_get_desk (SideDisputes *self)
{
  g_return_val_if_fail (SIDE_IS_DISPUTES (self), NULL);
  return side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
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
  SideDesk *desk;

  g_return_val_if_fail (SIDE_IS_DISPUTES (self), FALSE);
  desk = side_disputes_get_desk (self);
  return desk != NULL && side_desk_get_role (desk) == SIDE_ROLE_OPERATOR;
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
  SideDesk *desk;

  g_return_val_if_fail (SIDE_IS_DISPUTES (self), FALSE);

  desk = side_disputes_get_desk (self);
  if (desk == NULL || side_desk_get_store (desk) == NULL || side_desk_get_session (desk) == NULL)
    return FALSE;
  return side_disputes_is_own (self) ? side_session_can (side_desk_get_session (desk), "answers")
                                     : side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self));
}

/* ---- writing ---- */

/* @document: (transfer full) */
static void
put (SideDisputes *self,
     SideDocument *document,
     SideDocument *base)
{
  side_document_shelf_put (SIDE_DOCUMENT_SHELF (self), document, base);
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
  SideDesk *desk;
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
  desk = side_disputes_get_desk (self);
  read = side_acknowledgement_new (answered->review, answered->call->operator_id, side_desk_get_user (desk),
                                   !side_disputes_is_own (self), side_desk_get_write_ms (desk));
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
  SideDesk *desk;
  const SideProject *project;
  g_autofree char *id = side_id_new ();
  g_autoptr (SideDispute) dispute = NULL;

  g_return_val_if_fail (SIDE_IS_DISPUTES (self) && answered != NULL && criterion != NULL, FALSE);

  desk = side_disputes_get_desk (self);
  project = side_desk_get_project (desk);
  dispute = side_dispute_new (id, answered->review->project, answered->review->call);
  dispute->review = g_strdup (answered->review->id);
  dispute->review_revision = answered->review->revision;
  dispute->script = g_strdup (answered->review->script);
  dispute->criterion = g_strdup (criterion);
  dispute->asked = asked;
  dispute->reason = g_strdup (reason);
  dispute->operator_id = g_strdup (answered->call->operator_id);
  dispute->author = g_strdup (side_desk_get_user (desk));
  dispute->on_behalf = !side_disputes_is_own (self);
  dispute->created_ms = side_desk_get_write_ms (desk);
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
  SideDesk *desk;

  g_return_val_if_fail (SIDE_IS_DISPUTES (self) && answered != NULL, FALSE);

  desk = side_disputes_get_desk (self);
  if (!side_dispute_withdraw (changed, side_desk_get_user (desk), side_desk_get_write_ms (desk), error))
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
  SideDesk *desk;
  gint64 now_ms;

  g_return_val_if_fail (SIDE_IS_DISPUTES (self) && answered != NULL, FALSE);

  desk = side_disputes_get_desk (self);
  now_ms = side_desk_get_write_ms (desk);
  if (!side_dispute_rule (ruled, answered->review, answered->script, upheld, value, side_desk_get_user (desk), ruling, now_ms, error)
      || (upheld && (next = side_dispute_apply (ruled, answered->review, now_ms, error)) == NULL))
    return FALSE;
  put (self, side_wire_document_for_dispute (ruled), side_answered_find_paper (answered, dispute->id));
  if (next != NULL)
    put (self, side_wire_document_for_review (next), answered->document);
  return TRUE;
}
