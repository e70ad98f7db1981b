/* side-review-shelf.c - the scripts of a project, each parsed once
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Keeps what was parsed by its text: one that comes again unchanged stays the
 * same object, so that whoever shows it sees that nothing changed.
 */
#include "side-review-shelf.h"

#include "side-document.h"
#include "side-wire.h"

struct _SideReviewShelf
{
  GHashTable *parsed;    /* body -> SideScript */
  char       *project;   /* (nullable): whose scripts these are */
  gboolean    aged;      /* something came since they were put here */
};

static GHashTable *
new_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) side_script_unref);
}

/**
 * side_review_shelf_new:
 *
 * Returns: (transfer full): an empty shelf
 */
SideReviewShelf *
side_review_shelf_new (void)
{
  SideReviewShelf *self = g_rc_box_new0 (SideReviewShelf);

  self->parsed = new_table ();
  return self;
}

/**
 * side_review_shelf_ref:
 * @self: a shelf
 *
 * Returns: (transfer full): @self
 */
SideReviewShelf *
side_review_shelf_ref (SideReviewShelf *self)
{
  return g_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  SideReviewShelf *self = data;

  g_hash_table_unref (self->parsed);
  g_free (self->project);
}

/**
 * side_review_shelf_unref:
 * @self: (transfer full): a shelf
 */
void
side_review_shelf_unref (SideReviewShelf *self)
{
  g_rc_box_release_full (self, clear);
}

/**
 * side_review_shelf_put:
 * @self: a shelf
 * @project: a project
 * @documents: (element-type SideDocument): all its scripts
 *
 * Puts them in the place of all that was there.
 */
void
side_review_shelf_put (SideReviewShelf *self,
                       const char      *project,
                       GPtrArray       *documents)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->parsed);

  self->parsed = new_table ();
  for (guint i = 0; i < documents->len; i++)
    {
      const SideDocument *document = g_ptr_array_index (documents, i);
      SideScript *script;

      if (document->deleted || document->body == NULL)
        continue;
      script = g_hash_table_lookup (before, document->body);
      script = script != NULL ? side_script_ref (script) : side_wire_script_from_json (document->body, -1, NULL);
      if (script != NULL)
        g_hash_table_insert (self->parsed, g_strdup (document->body), script);
    }
  g_free (self->project);
  self->project = g_strdup (project);
}

/**
 * side_review_shelf_has:
 * @self: a shelf
 * @project: a project
 *
 * Returns: whether all scripts of @project are here as they were told last; if
 *   not, they are to be read, and what comes from now on ages them anew
 */
gboolean
side_review_shelf_has (SideReviewShelf *self,
                       const char      *project)
{
  gboolean has = !self->aged && self->project != NULL && g_strcmp0 (self->project, project) == 0;

  self->aged = FALSE;
  if (!has)
    g_clear_pointer (&self->project, g_free);
  return has;
}

/**
 * side_review_shelf_age:
 * @self: a shelf
 *
 * Some script changed.
 */
void
side_review_shelf_age (SideReviewShelf *self)
{
  self->aged = TRUE;
}

/**
 * side_review_shelf_find:
 * @self: a shelf
 * @id: (nullable): a script's UUID
 *
 * Returns: (transfer none) (nullable): its newest version, in use or retired
 */
SideScript *
side_review_shelf_find (SideReviewShelf *self,
                        const char      *id)
{
  GHashTableIter iter;
  gpointer script;

  g_hash_table_iter_init (&iter, self->parsed);
  while (g_hash_table_iter_next (&iter, NULL, &script))
    if (g_strcmp0 (((SideScript *) script)->id, id) == 0)
      return script;
  return NULL;
}

/* A script for test calls judges nothing else; a vendor is judged by the calls
 * that were made to try it. */
static gboolean
fits (const SideScript *script,
      const SideCall   *call)
{
  if (script->state != SIDE_SCRIPT_IN_USE || !side_script_is_for_queue (script, call->queue))
    return FALSE;
  return script->purpose == SIDE_SCRIPT_FOR_CALLS || call->test;
}

/* What is made for such calls goes before what is for all of them. */
static int
compare (gconstpointer a,
         gconstpointer b)
{
  const SideScript *x = *(SideScript *const *) a, *y = *(SideScript *const *) b;
  static const int rank[] = {
    [SIDE_SCRIPT_FOR_TEST_CALLS] = 0, [SIDE_SCRIPT_FOR_CALLS] = 1, [SIDE_SCRIPT_FOR_VENDORS] = 2,
  };
  int by_title;

  if (x->purpose != y->purpose)
    return rank[x->purpose] - rank[y->purpose];
  if ((x->queues->len > 0) != (y->queues->len > 0))
    return x->queues->len > 0 ? -1 : 1;
  by_title = g_utf8_collate (x->title, y->title);
  return by_title != 0 ? by_title : g_strcmp0 (x->id, y->id);
}

/**
 * side_review_shelf_list:
 * @self: a shelf
 * @call: a call of its project
 *
 * Returns: (transfer full) (element-type SideScript): those in use that such a
 *   call can be scored with, the nearest first
 */
GPtrArray *
side_review_shelf_list (SideReviewShelf *self,
                        const SideCall  *call)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);
  GHashTableIter iter;
  gpointer script;

  g_hash_table_iter_init (&iter, self->parsed);
  while (g_hash_table_iter_next (&iter, NULL, &script))
    if (fits (script, call))
      g_ptr_array_add (list, side_script_ref (script));
  g_ptr_array_sort (list, compare);
  return list;
}
