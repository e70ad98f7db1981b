/* test-leaving.c - the program ends while somebody is typing
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gst/gst.h>

#include "calls-place.h"
#include "side-call-detail.h"
#include "side-widget-test.h"
#include "side-wire.h"

typedef struct {
  Place           place;
  GtkWidget      *window;
  SideCallDetail *detail;
} Scene;

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  g_autoptr (SideCall) call = place_call (0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  place_set_up_as (&scene->place, SIDE_ROLE_TRAINER);
  scene->detail = SIDE_CALL_DETAIL (side_call_detail_new ());
  side_call_detail_set_desk (scene->detail, scene->place.desk);
  /* The page may want more height than a small display has. */
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (scene->detail));
  scene->window = side_widget_test_show (scrolled, 1000, 700);
  side_call_detail_set_call (scene->detail, call);
  side_test_run_for (300);
}

/* The page is still there when the desk closes, as when a window is let go. */
static void
leave_and_come_back (Scene *scene)
{
  GtkWidget *window = scene->window;

  place_restart (&scene->place);
  side_widget_test_close (window);
  side_test_run_for (100);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  place_tear_down (&scene->place, NULL);
}

static void
test_note (Scene         *scene,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (SideAnnotation) note = NULL;
  GtkWidget *editor;

  gtk_widget_activate_action (GTK_WIDGET (scene->detail), "call.note", NULL);
  editor = place_find (GTK_WIDGET (scene->detail), "SideNoteEditor");
  g_assert_nonnull (editor);
  gtk_editable_set_text (GTK_EDITABLE (place_find (editor, "GtkEntry")), "Half a sentence");
  leave_and_come_back (scene);
  notes = place_list (&scene->place, "annotation", "call-0");
  g_assert_cmpuint (notes->len, ==, 1);
  note = side_wire_annotation_from_json (((SideDocument *) g_ptr_array_index (notes, 0))->body, -1, NULL);
  g_assert_cmpstr (note->text, ==, "Half a sentence");
}

/* Sooner than the pause after which a comment is saved by itself. */
static void
test_comment (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) reviews = NULL;
  g_autoptr (SideReview) review = NULL;
  GtkWidget *form = place_find (GTK_WIDGET (scene->detail), "SideReviewForm");
  GtkWidget *comment = place_find (form, "GtkTextView");

  g_assert_nonnull (comment);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (comment)), "Was polite", -1);
  leave_and_come_back (scene);
  reviews = place_list (&scene->place, "review", "call-0");
  g_assert_cmpuint (reviews->len, ==, 1);
  review = side_wire_review_from_json (((SideDocument *) g_ptr_array_index (reviews, 0))->body, -1, NULL);
  g_assert_cmpstr (review->comment, ==, "Was polite");
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  side_widget_test_init (&argc, &argv);
  g_test_add ("/leaving/note", Scene, NULL, set_up, test_note, tear_down);
  g_test_add ("/leaving/comment", Scene, NULL, set_up, test_comment, tear_down);
  return g_test_run ();
}
