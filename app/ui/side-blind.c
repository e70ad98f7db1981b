/* side-blind.c - results this person is not to see yet
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What this person is asked for stands in the assignments; which of it is done
 * is read from the reviews of those calls. The calls that are left are told to
 * the store as well, which derives scores, figures and words to find from
 * reviews: so that nothing that is sorted, counted or found tells them.
 */
#include "side-blind.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-assignments.h"
#include "side-store-reviews.h"
#include "side-store-veil.h"
#include "side-wire.h"

struct _SideBlind
{
  SideDocumentShelf  parent_instance;
  GHashTable        *asked;   /* set of ids of calls that are reviewed blind, done or not */
  GHashTable        *calls;   /* set of ids of those that are not done */
};

G_DEFINE_FINAL_TYPE (SideBlind, side_blind, SIDE_TYPE_DOCUMENT_SHELF)

static SideAssignments *
get_assignments (SideBlind *self)
{
  return side_assignments_get (side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self)));
}

/* ---- the store is told ---- */

static void
laid_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideBlind) self = NULL;

  side_store_set_veil_finish (SIDE_STORE (source), result, &error);
  self = side_document_shelf_end (data);
  if (self == NULL)
    return;
  if (error != NULL)
    side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
  side_document_shelf_set_read (SIDE_DOCUMENT_SHELF (self));
}

static void
lay (SideBlind *self)
{
  SideDocumentShelf *shelf = SIDE_DOCUMENT_SHELF (self);
  g_auto (GStrv) calls = side_blind_list_calls (self);

  side_store_set_veil_async (side_document_shelf_get_store (shelf), (const char *const *) calls,
                             side_document_shelf_get_cancellable (shelf), laid_cb, side_document_shelf_begin (shelf, TRUE));
}

/* ---- what is not done ---- */

static gboolean
is_done (const SideAssignment *assignment,
         const char           *user,
         GPtrArray            *reviews)
{
  for (guint i = 0; i < reviews->len; i++)
    if (side_assignment_is_done (assignment, user, reviews->pdata[i]))
      return TRUE;
  return FALSE;
}

static void
sum_up (SideBlind *self,
        GPtrArray *reviews)
{
  GPtrArray *list = side_assignments_list (get_assignments (self));
  const char *user = side_desk_get_user (side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self)));

  g_hash_table_remove_all (self->calls);
  for (guint i = 0; i < list->len; i++)
    {
      const SideAssignment *assignment = list->pdata[i];

      if (assignment->blind && !is_done (assignment, user, reviews))
        g_hash_table_add (self->calls, g_strdup (assignment->call));
    }
}

static void
reviews_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = side_store_list_reviews_of_calls_finish (SIDE_STORE (source), result, &error);
  g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  g_autoptr (SideBlind) self = side_document_shelf_end (data);

  if (self == NULL)
    return;
  if (documents == NULL)
    {
      side_document_shelf_fail (SIDE_DOCUMENT_SHELF (self), error);
      return;
    }
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = documents->pdata[i];
      SideReview *review = document->body != NULL ? side_wire_review_from_json (document->body, -1, NULL) : NULL;

      if (review != NULL)
        g_ptr_array_add (reviews, review);
    }
  sum_up (self, reviews);
  lay (self);
}

/* Until it is known what is asked for there is nothing to read. */
static void
side_blind_take (SideDocumentShelf *shelf,
                 GPtrArray         *none)
{
  SideBlind *self = SIDE_BLIND (shelf);
  SideAssignments *assignments = get_assignments (self);
  GPtrArray *list = side_assignments_list (assignments);
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();

  if (!side_document_shelf_is_read (SIDE_DOCUMENT_SHELF (assignments)))
    return;
  g_hash_table_remove_all (self->asked);
  for (guint i = 0; i < list->len; i++)
    {
      const SideAssignment *assignment = list->pdata[i];

      if (assignment->blind && g_hash_table_add (self->asked, g_strdup (assignment->call)))
        g_ptr_array_add (calls, assignment->call);
    }
  g_ptr_array_add (calls, NULL);
  if (calls->len > 1)
    {
      side_store_list_reviews_of_calls_async (side_document_shelf_get_store (shelf), (const char *const *) calls->pdata,
                                              side_document_shelf_get_cancellable (shelf), reviews_cb,
                                              side_document_shelf_begin (shelf, TRUE));
      return;
    }
  g_hash_table_remove_all (self->calls);
  lay (self);
}

/* What the store tells with an empty id is what it was told here. */
static gboolean
side_blind_concerns (SideDocumentShelf *shelf,
                     const char        *kind,
                     const char        *id,
                     const char        *call)
{
  return g_str_equal (kind, "review") && *id != '\0' && g_hash_table_contains (SIDE_BLIND (shelf)->asked, call);
}

static void
side_blind_forget (SideDocumentShelf *shelf)
{
  g_hash_table_remove_all (SIDE_BLIND (shelf)->asked);
  g_hash_table_remove_all (SIDE_BLIND (shelf)->calls);
}

/* ---- the object ---- */

static void
side_blind_constructed (GObject *object)
{
  SideBlind *self = SIDE_BLIND (object);

  g_signal_connect_object (get_assignments (self), "changed", G_CALLBACK (side_document_shelf_reload), self, G_CONNECT_SWAPPED);
  G_OBJECT_CLASS (side_blind_parent_class)->constructed (object);
}

static void
side_blind_finalize (GObject *object)
{
  g_hash_table_unref (SIDE_BLIND (object)->asked);
  g_hash_table_unref (SIDE_BLIND (object)->calls);
  G_OBJECT_CLASS (side_blind_parent_class)->finalize (object);
}

static void
side_blind_class_init (SideBlindClass *klass)
{
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = side_blind_constructed;
  G_OBJECT_CLASS (klass)->finalize = side_blind_finalize;
  shelf_class->concerns = side_blind_concerns;
  shelf_class->forget = side_blind_forget;
  shelf_class->take = side_blind_take;
}

static void
side_blind_init (SideBlind *self)
{
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * side_blind_get:
 * @desk: a desk
 *
 * Returns: (transfer none): what its person is not to see in its project; tells
 *   by "changed" when that is known, and when it is another
 */
SideBlind *
side_blind_get (SideDesk *desk)
{
  return side_document_shelf_get (desk, SIDE_TYPE_BLIND);
}

/**
 * side_blind_hides_call:
 * @self: what is hidden
 * @call: a call's id
 *
 * Returns: whether what its reviews come to is not to be shown: this person has
 *   a blind review of it to finish, or it is not known yet whether they have
 */
gboolean
side_blind_hides_call (SideBlind  *self,
                       const char *call)
{
  SideDocumentShelf *shelf = SIDE_DOCUMENT_SHELF (self);

  g_return_val_if_fail (SIDE_IS_BLIND (self), TRUE);
  g_return_val_if_fail (call != NULL, TRUE);

  if (!side_document_shelf_is_read (shelf))
    return side_document_shelf_get_store (shelf) != NULL;
  return g_hash_table_contains (self->calls, call);
}

/**
 * side_blind_hides:
 * @self: what is hidden
 * @review: a review
 *
 * Of a call that is reviewed blind a person sees what they are writing and
 * nothing else, their own earlier review no more than those of others.
 *
 * Returns: whether it is not to be shown
 */
gboolean
side_blind_hides (SideBlind        *self,
                  const SideReview *review)
{
  SideDesk *desk;

  g_return_val_if_fail (SIDE_IS_BLIND (self), TRUE);

  desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  if (!side_blind_hides_call (self, review->call))
    return FALSE;
  return review->finished_ms != 0 || desk == NULL || g_strcmp0 (review->reviewer, side_desk_get_user (desk)) != 0;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * side_blind_list_calls:
 * @self: what is hidden
 *
 * Returns: (transfer full): ids of the calls whose reviews are, in order
 */
GStrv
side_blind_list_calls (SideBlind *self)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer id;

  g_return_val_if_fail (SIDE_IS_BLIND (self), NULL);

  g_hash_table_iter_init (&iter, self->calls);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (ids, g_strdup (id));
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return (GStrv) g_ptr_array_steal (ids, NULL);
}

/**
 * side_blind_words:
 *
 * Returns: what is said where a result would be
 */
const char *
side_blind_words (void)
{
  return _("Hidden until you have finished your review");
}
