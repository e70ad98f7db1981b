/* side-reviewers.c - who may be asked to review
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server tells supervisors and trainers who they are, with the session. An
 * older one does not, and there is none for calls that were imported: then the
 * names are those that stand in what people wrote, and others can be typed.
 */
#include "side-reviewers.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-format.h"

#define MAX_NAME 64   /* bytes: as long as a server lets it be */

static GPtrArray *
list_people (SideDesk *desk)
{
  SideSession *session = side_desk_get_session (desk);

  return session != NULL ? side_session_list_people (session, side_desk_get_project_id (desk)) : NULL;
}

/**
 * side_reviewers_are_told:
 * @desk: a desk with a project
 *
 * Returns: whether the server told who reviews in the project, so that no
 *   name has to be typed
 */
gboolean
side_reviewers_are_told (SideDesk *desk)
{
  g_autoptr (GPtrArray) people = list_people (desk);

  return people != NULL;
}

static int
compare_people (gconstpointer a,
                gconstpointer b)
{
  return g_utf8_collate ((*(const SidePerson *const *) a)->name, (*(const SidePerson *const *) b)->name);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

/**
 * side_reviewers_each:
 * @desk: a desk with a project
 * @func: called with each
 * @owner: its first argument
 *
 * Oneself first, then those the server told of, by name.
 */
void
side_reviewers_each (SideDesk         *desk,
                     SideReviewerFunc  func,
                     gpointer          owner)
{
  g_autoptr (GPtrArray) people = list_people (desk);

  if (*side_desk_get_user (desk) != '\0')
    func (owner, side_desk_get_user (desk), people != NULL ? side_format_role (side_desk_get_role (desk)) : NULL);
  if (people == NULL)
    return;
  g_ptr_array_sort (people, compare_people);
  for (guint i = 0; i < people->len; i++)
    {
      const SidePerson *person = people->pdata[i];

      func (owner, person->name, side_format_role (person->role));
    }
}

typedef struct {
  GObject          *owner;
  GCancellable     *cancellable;
  SideReviewerFunc  func;
  const char       *about;
} Search;

static void
authors_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Search *search = data;
  g_autoptr (GObject) owner = search->owner;
  g_autoptr (GCancellable) cancellable = search->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = side_store_list_authors_finish (SIDE_STORE (source), result, &error);

  if (names == NULL || g_cancellable_is_cancelled (cancellable))
    return;   /* those told, or typed, remain */
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    search->func (owner, names->pdata[i], search->about);
}

/**
 * side_reviewers_find:
 * @desk: a desk with a project
 * @cancellable: ends it
 * @func: called with each
 * @owner: its first argument, a GObject, kept until the end
 *
 * As side_reviewers_each(), and later, once they are read, with whoever wrote
 * anything that came here: they may be told twice.
 */
void
side_reviewers_find (SideDesk         *desk,
                     GCancellable     *cancellable,
                     SideReviewerFunc  func,
                     gpointer          owner)
{
  SideStore *store = side_desk_get_store (desk);
  Search *search;

  side_reviewers_each (desk, func, owner);
  if (store == NULL)
    return;
  search = g_new0 (Search, 1);
  search->owner = g_object_ref (owner);
  search->cancellable = g_object_ref (cancellable);
  search->func = func;
  search->about = side_reviewers_are_told (desk) ? _("not among this project’s reviewers now") : NULL;
  side_store_list_authors_async (store, cancellable, authors_cb, search);
}

/**
 * side_reviewers_dup_name:
 * @text: what was typed
 *
 * Returns: (transfer full) (nullable): the user's name it can be
 */
char *
side_reviewers_dup_name (const char *text)
{
  g_autofree char *name = g_strstrip (g_strdup (text));

  return *name != '\0' && strlen (name) <= MAX_NAME ? g_steal_pointer (&name) : NULL;
}
