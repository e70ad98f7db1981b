/* test-note-rows.c - the rows of a call's notes: their room, and that they keep still
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-call-notes.h"
#include "side-notes-view.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

typedef struct {
  Place          place;
  SideCall      *call;
  SideCallNotes *notes;
  SideNotesView *view;
  GtkWidget     *window;
} Scene;

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  place_set_up (&scene->place, NULL);
  scene->call = place_call (0);
  scene->notes = side_call_notes_new (scene->place.desk);
  scene->view = SIDE_NOTES_VIEW (side_notes_view_new ());
  side_notes_view_set_notes (scene->view, scene->notes, scene->place.desk);
  scene->window = side_widget_test_show (GTK_WIDGET (scene->view), 430, 500);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  side_widget_test_close (scene->window);
  side_test_run_for (100);
  g_assert_finalize_object (scene->notes);
  side_call_unref (scene->call);
  place_tear_down (&scene->place, NULL);
}

static void
receive_note (Scene      *scene,
              const char *text)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideAnnotation) note = side_annotation_new (id, SIDE_FIXTURE_PROJECT, scene->call->id, 4000, 4000);
  g_autoptr (SideDocument) document = NULL;

  note->author = g_strdup (PLACE_USER);
  note->text = g_strdup (text);
  note->created_ms = note->changed_ms = side_fixture_now_ms ();
  document = side_wire_document_for_annotation (note);
  place_receive (&scene->place, document);
}

static gboolean
has_row (gpointer notes)
{
  return g_list_model_get_n_items (notes) > 0;
}

static GtkWidget *
find_words (GtkWidget *root)
{
  if (GTK_IS_LABEL (root) && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (root)), "long word"))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_words (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_laid_out (gpointer list)
{
  GtkWidget *row = gtk_widget_get_last_child (list);

  return row != NULL && gtk_widget_get_height (row) > 0;
}

/* Words of any length stay within the window, and the row is as high as they are. */
static void
test_words_fit (Scene         *scene,
                gconstpointer  data)
{
  g_autoptr (GString) words = g_string_new (NULL);
  GtkWidget *label, *list;
  graphene_rect_t bounds;

  while (words->len < 6000)
    g_string_append (words, "long word ");
  for (gsize length = 100; length <= words->len; length += length < 400 ? 50 : 1400)
    {
      g_autofree char *text = g_strndup (words->str, length);

      receive_note (scene, text);
    }
  side_notes_view_set_call (scene->view, scene->call);
  side_test_wait_until (has_row, scene->notes, 5000, "the notes");
  list = place_find (GTK_WIDGET (scene->view), "GtkListBox");
  side_test_wait_until (is_laid_out, list, 10000, "rows to have their places");
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      label = find_words (row);
      g_assert_nonnull (label);
      g_assert_true (gtk_widget_compute_bounds (label, row, &bounds));
      g_assert_cmpfloat (bounds.origin.x + bounds.size.width, <=, gtk_widget_get_width (row));
      g_assert_cmpfloat (bounds.size.height, >=, gtk_widget_get_height (row) - 80);
    }
}

typedef struct {
  guint changes;
  guint rows;   /* made anew */
} Seen;

static void
count_rows (GListModel *list,
            guint       at,
            guint       removed,
            guint       added,
            Seen       *seen)
{
  seen->changes++;
  seen->rows += added;
}

static gboolean
has_all_rows (gpointer notes)
{
  return g_list_model_get_n_items (notes) == 60;
}

static gboolean
has_changed (gpointer seen)
{
  return ((Seen *) seen)->changes > 0;
}

/* One note of many changes: the other rows stay where they are. That the server
 * took one changes nothing in sight, and still the next change is over that. */
static void
test_many (Scene         *scene,
           gconstpointer  data)
{
  g_autoptr (SideNoteItem) item = NULL;
  g_autoptr (SideNoteItem) last = NULL;
  g_autoptr (SideDocument) taken = NULL;
  GtkWidget *list = place_find (GTK_WIDGET (scene->view), "GtkListBox");
  GtkWidget *row;
  Seen seen = { 0, 0 };

  for (int i = 0; i < 60; i++)
    receive_note (scene, "One of many");
  side_notes_view_set_call (scene->view, scene->call);
  side_test_wait_until (has_all_rows, scene->notes, 10000, "the notes");
  row = gtk_widget_get_first_child (list);
  item = g_list_model_get_item (G_LIST_MODEL (scene->notes), 30);
  g_signal_connect (scene->notes, "items-changed", G_CALLBACK (count_rows), &seen);
  taken = side_document_copy (side_note_item_get_document (item));
  taken->revision++;
  taken->change = taken->revision * 10;
  place_receive (&scene->place, taken);
  side_test_run_for (300);
  g_assert_cmpuint (seen.changes, ==, 0);
  g_assert_cmpint (side_note_item_get_document (item)->revision, ==, taken->revision);
  side_call_notes_move (scene->notes, side_note_item_get_annotation (item)->id, 4000, 6000);
  side_test_wait_until (has_changed, &seen, 5000, "the moved note");
  g_assert_cmpuint (seen.rows, <=, 30);
  g_assert_true (gtk_widget_get_first_child (list) == row);
  last = g_list_model_get_item (G_LIST_MODEL (scene->notes), 59);
  seen = (Seen) { 0, 0 };
  side_call_notes_remove_async (scene->notes, last, NULL, NULL);
  side_test_wait_until (has_changed, &seen, 5000, "the removed note to go");
  g_assert_cmpuint (seen.rows, ==, 0);
  g_assert_true (gtk_widget_get_first_child (list) == row);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/note-rows/words-fit", Scene, NULL, set_up, test_words_fit, tear_down);
  g_test_add ("/note-rows/many", Scene, NULL, set_up, test_many, tear_down);
  return g_test_run ();
}
