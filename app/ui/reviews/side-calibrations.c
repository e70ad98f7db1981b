/* side-calibrations.c - the calibrations of a project, and the reviews made for them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * After the documents the reviews of their calls are read, anew whenever one of
 * these changes. Who shows answers asks side_calibration_is_blind() first.
 */
#include "side-calibrations.h"

#include "side-store-reviews.h"
#include "side-wire.h"

struct _SideCalibrations
{
  SideDocumentShelf  parent_instance;
  GPtrArray         *list;      /* of SideCalibration, the newest first */
  GPtrArray         *reviews;   /* of SideReview */
};

G_DEFINE_FINAL_TYPE (SideCalibrations, side_calibrations, SIDE_TYPE_DOCUMENT_SHELF)

/* ---- reading ---- */

static void
reviews_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_reviews_of_calls_finish (SIDE_STORE (source), result, &error);
  g_autoptr (SideCalibrations) self = side_document_shelf_end (data);

  if (self == NULL)
    return;
  if (documents == NULL)
    {
      side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
      return;
    }
  g_ptr_array_set_size (self->reviews, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      g_autoptr (SideReview) review = document->body != NULL ? side_wire_review_from_json (document->body, -1, NULL) : NULL;

      if (review != NULL && review->plan != NULL && side_calibrations_find (self, review->plan) != NULL)
        g_ptr_array_add (self->reviews, g_steal_pointer (&review));
    }
  side_document_shelf_set_read (SIDE_DOCUMENT_SHELF (self));
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
side_calibrations_forget (SideDocumentShelf *shelf)
{
  SideCalibrations *self = SIDE_CALIBRATIONS (shelf);

  g_ptr_array_set_size (self->list, 0);
  g_ptr_array_set_size (self->reviews, 0);
}

static void
read_reviews (SideCalibrations *self)
{
  SideDocumentShelf *shelf = SIDE_DOCUMENT_SHELF (self);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();

  for (guint i = 0; i < self->list->len; i++)
    {
      const SideCalibration *calibration = self->list->pdata[i];

      for (guint k = 0; k < calibration->calls->len; k++)
        if (g_hash_table_add (seen, calibration->calls->pdata[k]))
          g_ptr_array_add (calls, calibration->calls->pdata[k]);
    }
  g_ptr_array_add (calls, NULL);
  side_store_list_reviews_of_calls_async (side_document_shelf_get_store (shelf), (const char *const *) calls->pdata,
                                          side_document_shelf_get_cancellable (shelf), reviews_cb,
                                          side_document_shelf_begin (shelf, TRUE));
}

static void
side_calibrations_take (SideDocumentShelf *shelf,
                        GPtrArray         *documents)
{
  SideCalibrations *self = SIDE_CALIBRATIONS (shelf);

  g_ptr_array_set_size (self->list, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      SideCalibration *calibration = side_wire_calibration_from_json (document->body, -1, NULL);

      if (calibration != NULL)
        g_ptr_array_add (self->list, calibration);
    }
  g_ptr_array_sort (self->list, compare_made);
  read_reviews (self);
}

static gboolean
side_calibrations_concerns (SideDocumentShelf *shelf,
                            const char        *kind,
                            const char        *id,
                            const char        *call)
{
  SideCalibrations *self = SIDE_CALIBRATIONS (shelf);

  if (g_str_equal (kind, "calibration"))
    return TRUE;
  for (guint i = 0; g_str_equal (kind, "review") && i < self->list->len; i++)
    if (side_calibration_has_call (self->list->pdata[i], call))
      return TRUE;
  return FALSE;
}

static void
side_calibrations_finalize (GObject *object)
{
  SideCalibrations *self = SIDE_CALIBRATIONS (object);

  g_ptr_array_unref (self->list);
  g_ptr_array_unref (self->reviews);
  G_OBJECT_CLASS (side_calibrations_parent_class)->finalize (object);
}

static void
side_calibrations_class_init (SideCalibrationsClass *klass)
{
  static const char *const kinds[] = { "calibration", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_calibrations_finalize;
  shelf_class->kinds = kinds;
  shelf_class->concerns = side_calibrations_concerns;
  shelf_class->forget = side_calibrations_forget;
  shelf_class->take = side_calibrations_take;
}

static void
side_calibrations_init (SideCalibrations *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_calibration_unref);
  self->reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
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
  return side_document_shelf_get (desk, SIDE_TYPE_CALIBRATIONS);
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
 * side_calibrations_find_own:
 * @self: the calibrations
 * @calibration: one of them
 * @call: id of one of its calls
 *
 * Returns: (transfer none) (nullable): this person's review for it, a draft too
 */
const SideReview *
side_calibrations_find_own (SideCalibrations      *self,
                            const SideCalibration *calibration,
                            const char            *call)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));

  for (guint i = 0; desk != NULL && i < self->reviews->len; i++)
    {
      const SideReview *review = self->reviews->pdata[i];

      if (g_strcmp0 (review->plan, calibration->id) == 0 && g_strcmp0 (review->call, call) == 0
          && g_strcmp0 (review->reviewer, side_desk_get_user (desk)) == 0)
        return review;
    }
  return NULL;
}

/* Whether this person is still to review that call of it. Once people talk
 * about the answers, nobody can give theirs blind any more. */
static gboolean
is_wanted (SideCalibrations      *self,
           const SideCalibration *calibration,
           const char            *call)
{
  SideDesk *desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  const char *user = desk != NULL ? side_desk_get_user (desk) : "";

  return calibration->state == SIDE_CALIBRATION_OPEN && *user != '\0' && side_calibration_asks (calibration, user)
         && side_calibration_find_review (calibration, self->reviews, call, user) == NULL;
}

/**
 * side_calibrations_count_open:
 * @self: the calibrations
 * @calibration: (nullable): one of them; %NULL for all
 *
 * Returns: how many reviews this person is still to make for it
 */
guint
side_calibrations_count_open (SideCalibrations      *self,
                              const SideCalibration *calibration)
{
  guint n = 0;

  g_return_val_if_fail (SIDE_IS_CALIBRATIONS (self), 0);

  for (guint i = 0; i < self->list->len; i++)
    {
      const SideCalibration *one = self->list->pdata[i];

      for (guint k = 0; (calibration == NULL || one == calibration) && k < one->calls->len; k++)
        n += is_wanted (self, one, one->calls->pdata[k]) ? 1 : 0;
    }
  return n;
}

/**
 * side_calibrations_find_next:
 * @self: the calibrations
 * @calibration: (nullable): one of them; %NULL for any
 * @not_call: (nullable): id of the call that is open
 *
 * Returns: (transfer full) (nullable): id of the call this person is to review
 *   for it next
 */
char *
side_calibrations_find_next (SideCalibrations      *self,
                             const SideCalibration *calibration,
                             const char            *not_call)
{
  g_return_val_if_fail (SIDE_IS_CALIBRATIONS (self), NULL);

  for (guint i = 0; i < self->list->len; i++)
    {
      const SideCalibration *one = self->list->pdata[i];

      for (guint k = 0; (calibration == NULL || one == calibration) && k < one->calls->len; k++)
        if (g_strcmp0 (one->calls->pdata[k], not_call) != 0 && is_wanted (self, one, one->calls->pdata[k]))
          return g_strdup (one->calls->pdata[k]);
    }
  return NULL;
}

/**
 * side_calibrations_put:
 * @self: the calibrations
 * @calibration: one as it is to be, new or changed
 * @words: (nullable): what was done, for the sentence after undoing: "consensus
 *   changed"; %NULL for what is not taken back
 *
 * Shown at once. Can be taken back, see side_document_shelf_get_steps(). What goes
 * wrong is told by "failed".
 */
void
side_calibrations_put (SideCalibrations      *self,
                       const SideCalibration *calibration,
                       const char            *words)
{
  SideDocumentShelf *shelf = SIDE_DOCUMENT_SHELF (self);
  g_autoptr (SideCalibration) copy = NULL;
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();
  g_autoptr (SideDocument) document = NULL;

  g_return_if_fail (SIDE_IS_CALIBRATIONS (self));
  g_return_if_fail (side_document_shelf_may_write (shelf));

  copy = side_calibration_copy (calibration);
  copy->changed_ms = side_desk_get_write_ms (side_document_shelf_get_desk (shelf));
  document = side_wire_document_for_calibration (copy);
  if (words != NULL)
    side_document_shelf_add_change (shelf, changes, document);
  else
    side_document_shelf_put (shelf, document, NULL);
  for (guint i = 0; i < self->list->len; i++)
    if (g_strcmp0 (((SideCalibration *) self->list->pdata[i])->id, copy->id) == 0)
      {
        g_ptr_array_remove_index (self->list, i);
        break;
      }
  g_ptr_array_add (self->list, g_steal_pointer (&copy));
  g_ptr_array_sort (self->list, compare_made);
  if (words != NULL)
    side_document_shelf_write (shelf, words, changes);
  else
    side_document_shelf_changed (shelf);
}
