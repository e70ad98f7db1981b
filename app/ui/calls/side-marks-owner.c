/* side-marks-owner.c - marks of a file that the server would not take
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which names are users' is known from what has come from the server: the one
 * who wrote a document is one. Names are compared as the server compares them,
 * without case. Pure but for looking at the notes that are there.
 */
#include "side-marks-owner.h"

#include <glib/gi18n.h>

#include "side-text.h"

#define MAX_NAMES 3   /* that are told */

static gboolean
is_same_name (const char *a,
              const char *b)
{
  g_autofree char *x = side_text_fold (a);
  g_autofree char *y = side_text_fold (b);

  return g_str_equal (x, y);
}

/* Whose name the note may bear without a question: this person's, or what it bears already. */
static const char *
free_name (SideCallNotes        *notes,
           const SideAnnotation *note)
{
  SideNoteItem *item = side_call_notes_find (notes, note->id);

  return item != NULL ? side_note_item_get_annotation (item)->author : side_desk_get_user (side_call_notes_get_desk (notes));
}

static gboolean
is_anothers (SideCallNotes        *notes,
             const SideAnnotation *note,
             GPtrArray            *users)
{
  if (note->author == NULL || *note->author == '\0' || g_strcmp0 (note->author, free_name (notes, note)) == 0)
    return FALSE;
  if (is_same_name (note->author, side_desk_get_user (side_call_notes_get_desk (notes))))
    return FALSE;   /* it is this person, written otherwise */
  for (guint i = 0; users != NULL && i < users->len; i++)
    if (is_same_name (note->author, users->pdata[i]))
      return TRUE;
  return FALSE;
}

/* One that is there already is left as it is, whatever the file says. */
static gboolean
is_action (SideCallNotes        *notes,
           const SideAnnotation *note)
{
  SideNoteItem *item = side_call_notes_find (notes, note->id);

  return g_strcmp0 (note->tag, SIDE_NOTE_TAG_ACTION) == 0
         && (item == NULL || g_strcmp0 (side_note_item_get_annotation (item)->tag, SIDE_NOTE_TAG_ACTION) != 0);
}

static void
add_name (GPtrArray  *names,
          const char *name)
{
  for (guint i = 0; i < names->len; i++)
    if (is_same_name (names->pdata[i], name))
      return;
  g_ptr_array_add (names, (gpointer) name);
}

static char *
join_names (GPtrArray *names)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, MAX_NAMES); i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", (const char *) names->pdata[i]);
  if (names->len > MAX_NAMES)
    g_string_append (out, ", …");
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * side_marks_owner_words:
 * @notes: the notes of the call they are for
 * @annotations: (element-type SideAnnotation): what a file tells
 * @users: (nullable) (element-type utf8): names of users of the server
 *
 * Returns: (transfer full) (nullable): what of it the server would not take,
 *   and that there is a choice; %NULL when it takes all
 */
char *
side_marks_owner_words (SideCallNotes *notes,
                        GPtrArray     *annotations,
                        GPtrArray     *users)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  guint n_anothers = 0, n_actions = 0;

  for (guint i = 0; i < annotations->len; i++)
    {
      const SideAnnotation *note = annotations->pdata[i];

      if (is_action (notes, note))
        n_actions++;
      else if (is_anothers (notes, note, users))
        {
          n_anothers++;
          add_name (names, note->author);
        }
    }
  if (n_anothers > 0)
    {
      g_autofree char *joined = join_names (names);

      /* Translators: how many marks, and whose names they bear */
      g_string_append_printf (out, ngettext ("%u mark bears the name of another user of the server (%s): nobody writes in somebody else’s name.",
                                             "%u marks bear the names of other users of the server (%s): nobody writes in somebody else’s name.",
                                             n_anothers), n_anothers, joined);
    }
  if (n_actions > 0)
    {
      g_string_append (out, out->len > 0 ? "\n\n" : "");
      g_string_append_printf (out, ngettext ("%u mark tells what was done to a call: only the server makes such marks.",
                                             "%u marks tell what was done to a call: only the server makes such marks.", n_actions), n_actions);
    }
  if (out->len == 0)
    return NULL;
  g_string_append_printf (out, "\n\n%s", _("They can be taken in as notes of your own, or left out."));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static gboolean
has_note (SideCallNotes *notes,
          GPtrArray     *annotations,
          const char    *id)
{
  for (guint i = 0; i < annotations->len; i++)
    if (g_strcmp0 (((SideAnnotation *) annotations->pdata[i])->id, id) == 0)
      return TRUE;
  return side_call_notes_find (notes, id) != NULL;
}

/* An answer to what is left out stands for itself. */
static void
drop_lost_parents (SideCallNotes *notes,
                   GPtrArray     *annotations)
{
  for (guint i = 0; i < annotations->len; i++)
    {
      SideAnnotation *note = annotations->pdata[i];

      if (note->parent != NULL && !has_note (notes, annotations, note->parent))
        g_clear_pointer (&note->parent, g_free);
    }
}

/**
 * side_marks_owner_settle:
 * @notes: the notes of the call they are for
 * @annotations: (element-type SideAnnotation): what a file tells; the server
 *   takes what is left in it
 * @users: (nullable) (element-type utf8): names of users of the server
 * @how: what becomes of those it would not take
 */
void
side_marks_owner_settle (SideCallNotes   *notes,
                         GPtrArray       *annotations,
                         GPtrArray       *users,
                         SideMarksOwning  how)
{
  const char *me = side_desk_get_user (side_call_notes_get_desk (notes));

  for (guint i = annotations->len; i > 0; i--)
    {
      SideAnnotation *note = annotations->pdata[i - 1];
      gboolean action = is_action (notes, note);
      gboolean anothers = is_anothers (notes, note, users);

      if ((action || anothers) && how == SIDE_MARKS_LEAVE_OUT)
        {
          g_ptr_array_remove_index (annotations, i - 1);
          continue;
        }
      if (action)
        g_clear_pointer (&note->tag, g_free);
      if (anothers || (note->author != NULL && is_same_name (note->author, me)))
        {
          const char *name = free_name (notes, note);

          g_free (note->author);
          note->author = g_strdup (name);
        }
    }
  drop_lost_parents (notes, annotations);
}
