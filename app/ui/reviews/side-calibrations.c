/* side-calibrations.c - the calibrations of a project, and the reviews made for them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads the documents from the desk's store, then the reviews of their calls,
 * anew whenever one of these changes, and writes calibrations back step by
 * step. Who shows answers asks side_calibration_is_blind() first.
 */
#include "side-calibrations.h"

#include "side-store-reviews.h"
#include "side-wire.h"

struct _SideCalibrations
{
  GObject       parent_instance;
  SideDesk     *desk;         /* weak: it owns us */
  SideStore    *store;        /* weak: whose changes are heard */
  SideSteps    *steps;
  GCancellable *cancellable;
  GPtrArray    *list;         /* of SideCalibration, the newest first */
  GPtrArray    *reviews;      /* of SideReview */
  GHashTable   *stored;       /* id -> SideDocument */
  guint         n_writing;    /* what is on its way to the disk is not read back before it is there */
  gboolean      reading;
  gboolean      stale;
  gboolean      read;
};

G_DEFINE_FINAL_TYPE (SideCalibrations, side_calibrations, G_TYPE_OBJECT)

enum { SIGNAL_CHANGED, SIGNAL_FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

static void load (SideCalibrations *self);

static void
side_calibrations_dispose (GObject *object)
{
  SideCalibrations *self = SIDE_CALIBRATIONS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_weak_pointer (&self->desk);
  g_clear_weak_pointer (&self->store);
  g_clear_object (&self->steps);
  G_OBJECT_CLASS (side_calibrations_parent_class)->dispose (object);
}

static void
side_calibrations_finalize (GObject *object)
{
  SideCalibrations *self = SIDE_CALIBRATIONS (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->list);
  g_ptr_array_unref (self->reviews);
  g_hash_table_unref (self->stored);
  G_OBJECT_CLASS (side_calibrations_parent_class)->finalize (object);
}

static void
side_calibrations_class_init (SideCalibrationsClass *klass)
{
  GType type = SIDE_TYPE_CALIBRATIONS;

  G_OBJECT_CLASS (klass)->dispose = side_calibrations_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_calibrations_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
side_calibrations_init (SideCalibrations *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_calibration_unref);
  self->reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  self->stored = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_document_unref);
}

/* ---- reading ---- */

static void
end_reading (SideCalibrations *self,
             const GError     *error)
{
  self->reading = FALSE;
  if (error == NULL)
    self->read = TRUE;
  if (error == NULL)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  else
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  if (self->stale)
    load (self);
}

static void
reviews_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideCalibrations) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_reviews_of_calls_finish (SIDE_STORE (source), result, &error);

  if (side_error_is_cancelled (error))
    return;
  if (documents != NULL)
    g_ptr_array_set_size (self->reviews, 0);
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      g_autoptr (SideReview) review = document->body != NULL ? side_wire_review_from_json (document->body, -1, NULL) : NULL;

      if (review != NULL && review->plan != NULL && side_calibrations_find (self, review->plan) != NULL)
        g_ptr_array_add (self->reviews, g_steal_pointer (&review));
    }
  end_reading (self, error);
}

static int
compare_made (gconstpointer a,
              gconstpointer b)
{
  const SideCalibration *x = *(SideCalibration *const *) a, *y = *(SideCalibration *const *) b;

  if (x->made_ms != y->made_ms)
    return x->made_ms > y->made_ms ? -1 : 1;
  return g_strcmp0 (x->id, y->id);
}

static void
take_documents (SideCalibrations *self,
                GPtrArray        *documents)
{
  g_ptr_array_set_size (self->list, 0);
  g_hash_table_remove_all (self->stored);
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      SideDocument *document = documents->pdata[i];
      SideCalibration *calibration = document->body != NULL ? side_wire_calibration_from_json (document->body, -1, NULL) : NULL;

      if (calibration == NULL)
        continue;
      g_hash_table_insert (self->stored, g_strdup (document->id), side_document_ref (document));
      g_ptr_array_add (self->list, calibration);
    }
  g_ptr_array_sort (self->list, compare_made);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (SideCalibrations) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_documents_finish (SIDE_STORE (source), result, &error);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();

  if (side_error_is_cancelled (error))
    return;
  if (documents == NULL)
    {
      end_reading (self, error);
      return;
    }
  if (self->n_writing > 0)
    {
      self->reading = FALSE;
      self->stale = TRUE;
      return;
    }
  take_documents (self, documents);
  for (guint i = 0; i < self->list->len; i++)
    {
      const SideCalibration *calibration = self->list->pdata[i];

      for (guint k = 0; k < calibration->calls->len; k++)
        if (g_hash_table_add (seen, calibration->calls->pdata[k]))
          g_ptr_array_add (calls, calibration->calls->pdata[k]);
    }
  g_ptr_array_add (calls, NULL);
  side_store_list_reviews_of_calls_async (SIDE_STORE (source), (const char *const *) calls->pdata, self->cancellable, reviews_cb,
                                          g_object_ref (self));
}

static gboolean
is_concerned (SideCalibrations *self,
              const char       *kind,
              const char       *call)
{
  if (g_str_equal (kind, "calibration"))
    return TRUE;
  for (guint i = 0; g_str_equal (kind, "review") && i < self->list->len; i++)
    if (side_calibration_has_call (self->list->pdata[i], call))
      return TRUE;
  return FALSE;
}

static void
documents_changed_cb (SideCalibrations *self,
                      const char       *kind,
                      const char       *id,
                      const char       *call)
{
  if (is_concerned (self, kind, call))
    load (self);
}

static void
load (SideCalibrations *self)
{
  SideStore *store = self->desk != NULL ? side_desk_get_store (self->desk) : NULL;
  const char *project = self->desk != NULL ? side_desk_get_project_id (self->desk) : NULL;

  if (store == NULL || project == NULL)
    return;
  if (store != self->store)
    g_signal_connect_object (store, "documents-changed", G_CALLBACK (documents_changed_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->store, store);
  self->stale = self->reading || self->n_writing > 0;
  if (self->stale)
    return;
  self->reading = TRUE;
  side_store_list_documents_async (store, "calibration", project, NULL, self->cancellable, listed_cb, g_object_ref (self));
}

static void
project_cb (SideCalibrations *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->reading = self->stale = self->read = FALSE;
  side_steps_forget (self->steps);
  take_documents (self, NULL);
  g_ptr_array_set_size (self->reviews, 0);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  load (self);
}

static void
failed_cb (SideCalibrations *self,
           const GError     *error)
{
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

/**
 * side_calibrations_get:
 * @desk: a desk
 *
 * Returns: (transfer none): the calibrations of its project; none until they
 *   were read
 */
SideCalibrations *
side_calibrations_get (SideDesk *desk)
{
  SideCalibrations *self;

  g_return_val_if_fail (SIDE_IS_DESK (desk), NULL);

  self = g_object_get_data (G_OBJECT (desk), "side-calibrations");
  if (self != NULL)
    return self;
  self = g_object_new (SIDE_TYPE_CALIBRATIONS, NULL);
  g_set_weak_pointer (&self->desk, desk);
  self->steps = side_steps_new (desk);
  g_signal_connect_object (self->steps, "failed", G_CALLBACK (failed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk, "notify::project-id", G_CALLBACK (project_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (desk), "side-calibrations", self, g_object_unref);
  project_cb (self);
  return self;
}

/**
 * side_calibrations_list:
 * @self: the calibrations
 *
 * Returns: (transfer none) (element-type SideCalibration): the newest first
 */
GPtrArray *
side_calibrations_list (SideCalibrations *self)
{
  g_return_val_if_fail (SIDE_IS_CALIBRATIONS (self), NULL);
  return self->list;
}

/**
 * side_calibrations_is_read:
 * @self: the calibrations
 *
 * Returns: whether they were read; else an empty list says nothing yet
 */
gboolean
side_calibrations_is_read (SideCalibrations *self)
{
  g_return_val_if_fail (SIDE_IS_CALIBRATIONS (self), FALSE);
  return self->read;
}

/**
 * side_calibrations_find:
 * @self: the calibrations
 * @id: (nullable): UUID
 *
 * Returns: (transfer none) (nullable): that one, until the next "changed"
 */
const SideCalibration *
side_calibrations_find (SideCalibrations *self,
                        const char       *id)
{
  g_return_val_if_fail (SIDE_IS_CALIBRATIONS (self), NULL);

  for (guint i = 0; id != NULL && i < self->list->len; i++)
    if (g_strcmp0 (((SideCalibration *) self->list->pdata[i])->id, id) == 0)
      return self->list->pdata[i];
  return NULL;
}

/**
 * side_calibrations_get_reviews:
 * @self: the calibrations
 *
 * Returns: (transfer none) (element-type SideReview): all that name one of them
 *   as their plan, drafts too
 */
GPtrArray *
side_calibrations_get_reviews (SideCalibrations *self)
{
  g_return_val_if_fail (SIDE_IS_CALIBRATIONS (self), NULL);
  return self->reviews;
}

/**
 * side_calibrations_may_edit:
 * @self: the calibrations
 *
 * Returns: whether the server takes them from this person: supervisors and trainers
 */
gboolean
side_calibrations_may_edit (SideCalibrations *self)
{
  SideSession *session;
  SideRole role;

  g_return_val_if_fail (SIDE_IS_CALIBRATIONS (self), FALSE);

  session = self->desk != NULL ? side_desk_get_session (self->desk) : NULL;
  role = self->desk != NULL ? side_desk_get_role (self->desk) : SIDE_ROLE_NONE;
  return session != NULL && side_session_can (session, "documents") && (role == SIDE_ROLE_SUPERVISOR || role == SIDE_ROLE_TRAINER);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (SideCalibrations) self = data;
  g_autoptr (GError) error = NULL;
  gboolean written = side_steps_write_finish (SIDE_STEPS (source), result, &error);

  self->n_writing--;
  if (!written && !side_error_is_cancelled (error))
    {
      self->stale = TRUE;
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
    }
  if (self->stale && self->n_writing == 0)
    load (self);
  /* What can be taken back is another now. */
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * side_calibrations_put:
 * @self: the calibrations
 * @calibration: one as it is to be, new or changed
 * @words: what was done, for the sentence after undoing: "consensus changed"
 *
 * Shown at once. Can be taken back by side_calibrations_get_steps(). What goes
 * wrong is told by "failed".
 */
void
side_calibrations_put (SideCalibrations      *self,
                       const SideCalibration *calibration,
                       const char            *words)
{
  g_autoptr (SideCalibration) copy = NULL;
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autoptr (SideDocument) document = NULL;
  SideDocument *stored;

  g_return_if_fail (SIDE_IS_CALIBRATIONS (self));
  g_return_if_fail (self->desk != NULL && side_calibrations_may_edit (self));

  copy = side_calibration_copy (calibration);
  copy->changed_ms = side_desk_get_write_ms (self->desk);
  document = side_wire_document_for_calibration (copy);
  stored = g_hash_table_lookup (self->stored, copy->id);
  if (stored != NULL)
    side_steps_add_change (changes, document, stored);
  else
    side_steps_add_new (changes, document);
  for (guint i = 0; i < self->list->len; i++)
    if (g_strcmp0 (((SideCalibration *) self->list->pdata[i])->id, copy->id) == 0)
      {
        g_ptr_array_remove_index (self->list, i);
        break;
      }
  g_ptr_array_add (self->list, g_steal_pointer (&copy));
  g_ptr_array_sort (self->list, compare_made);
  /* The next change is over this one, whether it was read back by then or not. */
  g_hash_table_replace (self->stored, g_strdup (document->id), side_document_ref (document));
  self->n_writing++;
  side_steps_write_async (self->steps, words, changes, written_cb, g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/**
 * side_calibrations_get_steps:
 * @self: the calibrations
 *
 * Returns: (transfer none): what was changed here since the project was chosen
 */
SideSteps *
side_calibrations_get_steps (SideCalibrations *self)
{
  g_return_val_if_fail (SIDE_IS_CALIBRATIONS (self), NULL);
  return self->steps;
}
