/* side-notes-filter.c - which of a call's notes are shown
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * By text, tag and who wrote it. A thread is shown as a whole: when the note or
 * one of its answers is what is looked for. The bar is there from the second
 * note on, since with one there is nothing to look for.
 */
#include "side-notes-filter.h"

#include <glib/gi18n.h>
#include <string.h>

#include "side-text.h"
#include "side-word-chooser.h"
#include "side-wrap-layout.h"

/* Besides authors: no user is named so. */
#define MINE       "\001mine"
#define UNANSWERED "\001unanswered"

struct _SideNotesFilter
{
  GtkWidget           parent_instance;
  GtkWidget          *box;
  GtkWidget          *search;
  GtkWidget          *tag;       /* SideWordChooser */
  GtkWidget          *who;       /* SideWordChooser */
  GtkWidget          *count;
  GtkWidget          *end;       /* of the line: the count, and what the page puts there */
  SideCallNotes      *notes;
  GtkFilterListModel *shown;
  GtkCustomFilter    *filter;
  GHashTable         *roots;     /* id of a note whose thread is let through */
  char               *folded;    /* what is looked for, without case */
};

G_DEFINE_FINAL_TYPE (SideNotesFilter, side_notes_filter, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
side_notes_filter_dispose (GObject *object)
{
  SideNotesFilter *self = SIDE_NOTES_FILTER (object);

  g_clear_object (&self->shown);
  g_clear_object (&self->notes);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (side_notes_filter_parent_class)->dispose (object);
}

static void
side_notes_filter_finalize (GObject *object)
{
  SideNotesFilter *self = SIDE_NOTES_FILTER (object);

  g_clear_object (&self->filter);
  g_hash_table_unref (self->roots);
  g_free (self->folded);
  G_OBJECT_CLASS (side_notes_filter_parent_class)->finalize (object);
}

static void
side_notes_filter_class_init (SideNotesFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = side_notes_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = side_notes_filter_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal = g_signal_new ("changed", SIDE_TYPE_NOTES_FILTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* ---- what is let through ---- */

static const char *
root_of (const SideAnnotation *note)
{
  return note->parent != NULL ? note->parent : note->id;
}

static const SideAnnotation *
note_at (SideNotesFilter *self,
         guint            at)
{
  g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), at);

  return side_note_item_get_annotation (item);   /* the list keeps it */
}

static gboolean
has_words (SideNotesFilter      *self,
           const SideAnnotation *note)
{
  g_autofree char *all = NULL;
  g_autofree char *folded = NULL;

  if (self->folded == NULL || *self->folded == '\0')
    return TRUE;
  all = g_strjoin (" ", note->text != NULL ? note->text : "",
                   note->parent == NULL ? side_tags_label (side_call_notes_get_tags (self->notes), note->tag) : "",
                   note->author != NULL ? note->author : "", NULL);
  folded = side_text_fold (all);
  return strstr (folded, self->folded) != NULL;
}

static gboolean
is_by (SideNotesFilter *self,
       guint            at,
       GHashTable      *answered)
{
  const char *who = side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->who));
  const SideAnnotation *note = note_at (self, at);

  if (who == NULL)
    return TRUE;
  if (g_str_equal (who, UNANSWERED))
    return note->parent == NULL && !g_hash_table_contains (answered, note->id);
  if (g_str_equal (who, MINE))
    {
      g_autoptr (SideNoteItem) item = g_list_model_get_item (G_LIST_MODEL (self->notes), at);

      return side_call_notes_is_mine (self->notes, item);
    }
  return g_strcmp0 (note->author, who) == 0;
}

/* The tag is the note's: an answer has none. */
static void
find_roots (SideNotesFilter *self)
{
  const char *tag = side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->tag));
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  g_autoptr (GHashTable) tagged = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) answered = g_hash_table_new (g_str_hash, g_str_equal);

  g_hash_table_remove_all (self->roots);
  for (guint i = 0; i < n; i++)
    {
      const SideAnnotation *note = note_at (self, i);

      if (note->parent != NULL)
        g_hash_table_add (answered, note->parent);
      else if (tag == NULL || g_strcmp0 (note->tag != NULL ? note->tag : SIDE_NOTE_TAG_OTHER, tag) == 0)
        g_hash_table_add (tagged, note->id);
    }
  for (guint i = 0; i < n; i++)
    {
      const SideAnnotation *note = note_at (self, i);

      if ((tag == NULL || g_hash_table_contains (tagged, root_of (note))) && is_by (self, i, answered) && has_words (self, note))
        g_hash_table_add (self->roots, g_strdup (root_of (note)));
    }
}

static gboolean
match_cb (gpointer item,
          gpointer data)
{
  SideNotesFilter *self = data;

  return g_hash_table_contains (self->roots, root_of (side_note_item_get_annotation (item)));
}

static void
show_count (SideNotesFilter *self)
{
  guint all = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  guint shown = g_list_model_get_n_items (G_LIST_MODEL (self->shown));
  g_autofree char *words = NULL;

  if (side_notes_filter_is_set (self))
    /* Translators: how many notes are shown, and how many there are */
    words = g_strdup_printf (ngettext ("%u of %u note", "%u of %u notes", all), shown, all);
  else
    words = g_strdup_printf (ngettext ("%u note", "%u notes", all), all);
  gtk_label_set_label (GTK_LABEL (self->count), words);
  gtk_widget_set_visible (self->count, all > 0);
  gtk_widget_set_visible (self->search, all > 1 || side_notes_filter_is_set (self));
  gtk_widget_set_visible (self->tag, all > 1 || side_notes_filter_is_set (self));
  gtk_widget_set_visible (self->who, all > 1 || side_notes_filter_is_set (self));
}

static void
refresh (SideNotesFilter *self)
{
  if (self->shown == NULL)
    return;
  find_roots (self);
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_count (self);
  g_signal_emit (self, changed_signal, 0);
}

/* ---- what can be chosen ---- */

static void
offer_tags (SideNotesFilter *self)
{
  SideTags *tags = side_call_notes_get_tags (self->notes);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  const char *chosen = side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->tag));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (SideWord));
  SideWord word = { NULL, _("All tags"), NULL };

  g_array_append_val (words, word);
  for (guint i = 0; i <= n; i++)
    {
      /* What is looked for stays, though the last such note went. */
      const SideAnnotation *note = i < n ? note_at (self, i) : NULL;
      const char *tag = note == NULL ? chosen : note->tag != NULL ? note->tag : SIDE_NOTE_TAG_OTHER;
      const SideTag *known = side_tags_find (tags, tag);

      if (tag == NULL || (note != NULL && note->parent != NULL) || !g_hash_table_add (seen, (gpointer) tag))
        continue;
      word = (SideWord) { tag, side_tags_label (tags, tag), known != NULL ? known->colour : NULL };
      g_array_append_val (words, word);
    }
  side_word_chooser_set_words (SIDE_WORD_CHOOSER (self->tag), (const SideWord *) (gconstpointer) words->data, words->len);
}

static void
offer_authors (SideNotesFilter *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->notes));
  const char *chosen = side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->who));
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (SideWord));
  const SideWord first[] = { { NULL, _("Everybody"), NULL }, { MINE, _("Mine"), NULL }, { UNANSWERED, _("Unanswered"), NULL } };

  g_array_append_vals (words, first, G_N_ELEMENTS (first));
  g_hash_table_add (seen, (gpointer) MINE);
  g_hash_table_add (seen, (gpointer) UNANSWERED);
  for (guint i = 0; i <= n; i++)
    {
      const char *author = i < n ? note_at (self, i)->author : chosen;
      SideWord word = { author, author, NULL };

      if (author != NULL && *author != '\0' && g_hash_table_add (seen, (gpointer) author))
        g_array_append_val (words, word);
    }
  side_word_chooser_set_words (SIDE_WORD_CHOOSER (self->who), (const SideWord *) (gconstpointer) words->data, words->len);
}

static void
notes_changed_cb (SideNotesFilter *self)
{
  offer_tags (self);
  offer_authors (self);
  refresh (self);
}

static void
search_cb (SideNotesFilter *self)
{
  g_free (self->folded);
  self->folded = side_text_fold (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  refresh (self);
}

/* ---- the bar ---- */

static void
side_notes_filter_init (SideNotesFilter *self)
{
  GtkWidget *space = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->roots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->box, side_wrap_layout_new (6));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->search = gtk_search_entry_new ();
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->search), 16);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search notes"), -1);
  gtk_widget_set_tooltip_text (self->search, _("Search notes"));
  self->tag = side_word_chooser_new (_("Notes with the tag"), 14);
  self->who = side_word_chooser_new (_("Notes by"), 12);
  self->count = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->count, "dim-label");
  gtk_widget_add_css_class (self->count, "numeric");
  gtk_widget_set_valign (self->count, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->tag, "chosen", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->who, "chosen", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->box), self->search);
  gtk_box_append (GTK_BOX (self->box), self->tag);
  gtk_box_append (GTK_BOX (self->box), self->who);
  self->end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_hexpand (self->end, TRUE);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_box_append (GTK_BOX (self->end), self->count);
  gtk_box_append (GTK_BOX (self->end), space);
  gtk_box_append (GTK_BOX (self->box), self->end);
}

/**
 * side_notes_filter_new:
 *
 * Returns: a bar without notes
 */
GtkWidget *
side_notes_filter_new (void)
{
  return g_object_new (SIDE_TYPE_NOTES_FILTER, NULL);
}

/**
 * side_notes_filter_set_notes:
 * @self: a bar, once
 * @notes: all notes of a call
 *
 * Returns: (transfer none): those of them that are shown
 */
GListModel *
side_notes_filter_set_notes (SideNotesFilter *self,
                             SideCallNotes   *notes)
{
  g_return_val_if_fail (SIDE_IS_NOTES_FILTER (self), NULL);
  g_return_val_if_fail (self->notes == NULL, NULL);

  self->notes = g_object_ref (notes);
  self->filter = gtk_custom_filter_new (match_cb, self, NULL);
  /* Before the list is, so that the threads are known when it asks for each note. */
  g_signal_connect_object (notes, "items-changed", G_CALLBACK (find_roots), self, G_CONNECT_SWAPPED);
  self->shown = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (notes)), g_object_ref (GTK_FILTER (self->filter)));
  g_signal_connect_object (notes, "items-changed", G_CALLBACK (notes_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (side_call_notes_get_tags (notes), "changed", G_CALLBACK (notes_changed_cb), self, G_CONNECT_SWAPPED);
  notes_changed_cb (self);
  return G_LIST_MODEL (self->shown);
}

/**
 * side_notes_filter_is_set:
 * @self: a bar
 *
 * Returns: whether something is looked for
 */
gboolean
side_notes_filter_is_set (SideNotesFilter *self)
{
  g_return_val_if_fail (SIDE_IS_NOTES_FILTER (self), FALSE);
  return (self->folded != NULL && *self->folded != '\0')
         || side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->tag)) != NULL
         || side_word_chooser_get_chosen (SIDE_WORD_CHOOSER (self->who)) != NULL;
}

/**
 * side_notes_filter_clear:
 * @self: a bar
 *
 * All notes are shown.
 */
void
side_notes_filter_clear (SideNotesFilter *self)
{
  g_return_if_fail (SIDE_IS_NOTES_FILTER (self));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  g_clear_pointer (&self->folded, g_free);
  side_word_chooser_choose (SIDE_WORD_CHOOSER (self->tag), NULL);
  side_word_chooser_choose (SIDE_WORD_CHOOSER (self->who), NULL);
  refresh (self);
}

/**
 * side_notes_filter_add:
 * @self: a bar
 * @widget: what stands at its end
 */
void
side_notes_filter_add (SideNotesFilter *self,
                       GtkWidget       *widget)
{
  g_return_if_fail (SIDE_IS_NOTES_FILTER (self));
  gtk_box_append (GTK_BOX (self->end), widget);
}
