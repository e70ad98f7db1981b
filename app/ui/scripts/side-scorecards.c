/* side-scorecards.c - the scorecards of a project
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A shelf of documents. What is written bears the name of who writes it.
 */
#include "side-scorecards.h"

#include <glib/gi18n.h>

#include "side-wire.h"

struct _SideScorecards
{
  SideDocumentShelf  parent_instance;
  GPtrArray         *list;      /* of SideScorecard, by subject */
};

G_DEFINE_FINAL_TYPE (SideScorecards, side_scorecards, SIDE_TYPE_DOCUMENT_SHELF)

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return side_scorecard_compare (*(SideScorecard *const *) a, *(SideScorecard *const *) b);
}

static void
side_scorecards_forget (SideDocumentShelf *shelf)
{
  g_ptr_array_set_size (SIDE_SCORECARDS (shelf)->list, 0);
}

static void
side_scorecards_take (SideDocumentShelf *shelf,
                      GPtrArray         *documents)
{
  SideScorecards *self = SIDE_SCORECARDS (shelf);

  g_ptr_array_set_size (self->list, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      SideScorecard *card = side_wire_scorecard_from_json (((const SideDocument *) documents->pdata[i])->body, -1, NULL);

      if (card != NULL)
        g_ptr_array_add (self->list, card);
    }
  g_ptr_array_sort (self->list, compare);
  side_document_shelf_set_read (shelf);
}

static void
side_scorecards_finalize (GObject *object)
{
  g_ptr_array_unref (SIDE_SCORECARDS (object)->list);
  G_OBJECT_CLASS (side_scorecards_parent_class)->finalize (object);
}

static void
side_scorecards_class_init (SideScorecardsClass *klass)
{
  static const char *const kinds[] = { "scorecard", NULL };
  SideDocumentShelfClass *shelf_class = SIDE_DOCUMENT_SHELF_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = side_scorecards_finalize;
  shelf_class->kinds = kinds;
  shelf_class->forget = side_scorecards_forget;
  shelf_class->take = side_scorecards_take;
}

static void
side_scorecards_init (SideScorecards *self)
{
  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scorecard_unref);
}

/**
 * side_scorecards_get:
 * @desk: a desk
 *
 * Returns: (transfer none): the scorecards of its project; none until they were read
 */
SideScorecards *
side_scorecards_get (SideDesk *desk)
{
  return side_document_shelf_get (desk, SIDE_TYPE_SCORECARDS);
}

/**
 * side_scorecards_list:
 * @self: the scorecards
 * @script: a script's id
 *
 * Returns: (transfer full) (element-type SideScorecard): those made with any
 *   version of it, by subject
 */
GPtrArray *
side_scorecards_list (SideScorecards *self,
                      const char     *script)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) side_scorecard_unref);

  g_return_val_if_fail (SIDE_IS_SCORECARDS (self), found);

  for (guint i = 0; i < self->list->len; i++)
    if (g_strcmp0 (((SideScorecard *) self->list->pdata[i])->review->script, script) == 0)
      g_ptr_array_add (found, side_scorecard_ref (self->list->pdata[i]));
  return found;
}

static guint
index_of (SideScorecards *self,
          const char     *id)
{
  for (guint i = 0; i < self->list->len; i++)
    if (g_strcmp0 (((SideScorecard *) self->list->pdata[i])->review->id, id) == 0)
      return i;
  return G_MAXUINT;
}

/**
 * side_scorecards_find:
 * @self: the scorecards
 * @id: (nullable): UUID
 *
 * Returns: (transfer none) (nullable): that one, until the next "changed"
 */
const SideScorecard *
side_scorecards_find (SideScorecards *self,
                      const char     *id)
{
  guint i;

  g_return_val_if_fail (SIDE_IS_SCORECARDS (self), NULL);

  i = index_of (self, id);
  return i != G_MAXUINT ? self->list->pdata[i] : NULL;
}

/* Shown at once; what goes wrong is told by "failed". */
static void
write_document (SideScorecards *self,
                SideDocument   *document,
                const char     *words)
{
  SideDocumentShelf *shelf = SIDE_DOCUMENT_SHELF (self);
  g_autoptr (GPtrArray) changes = side_steps_new_changes ();

  side_document_shelf_add_change (shelf, changes, document);
  side_document_shelf_write (shelf, words, changes);
}

/**
 * side_scorecards_put:
 * @self: the scorecards
 * @card: one as it is to be, new or changed; its subject is not empty
 */
void
side_scorecards_put (SideScorecards      *self,
                     const SideScorecard *card)
{
  SideDesk *desk;
  g_autoptr (SideScorecard) copy = NULL;
  g_autoptr (SideDocument) document = NULL;
  guint old;

  g_return_if_fail (SIDE_IS_SCORECARDS (self));
  g_return_if_fail (card->subject != NULL && *card->subject != '\0');
  g_return_if_fail (side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self)));

  desk = side_document_shelf_get_desk (SIDE_DOCUMENT_SHELF (self));
  copy = side_scorecard_copy (card);
  copy->review->changed_ms = side_desk_get_write_ms (desk);
  if (copy->review->started_ms == 0)
    copy->review->started_ms = copy->review->changed_ms;
  g_free (copy->review->reviewer);
  copy->review->reviewer = g_strdup (side_desk_get_user (desk));
  old = index_of (self, copy->review->id);
  if (old != G_MAXUINT)
    g_ptr_array_remove_index (self->list, old);
  document = side_wire_document_for_scorecard (copy);
  g_ptr_array_add (self->list, g_steal_pointer (&copy));
  g_ptr_array_sort (self->list, compare);
  write_document (self, document, _("scorecard changed"));
}

/**
 * side_scorecards_remove:
 * @self: the scorecards
 * @id: UUID of one of them
 */
void
side_scorecards_remove (SideScorecards *self,
                        const char     *id)
{
  g_autoptr (SideDocument) none = NULL;
  guint i;

  g_return_if_fail (SIDE_IS_SCORECARDS (self));
  g_return_if_fail (side_document_shelf_may_write (SIDE_DOCUMENT_SHELF (self)));

  i = index_of (self, id);
  if (i == G_MAXUINT)
    return;
  none = side_wire_document_for_scorecard (self->list->pdata[i]);
  none->deleted = TRUE;
  g_clear_pointer (&none->body, g_free);
  g_ptr_array_remove_index (self->list, i);
  write_document (self, none, _("scorecard deleted"));
}
