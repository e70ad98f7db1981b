/* test-leaving.c - the program ends while somebody is typing
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <gst/gst.h>
#include <signal.h>
#include <unistd.h>

#include "calls-place.h"
#include "side-application.h"
#include "side-call-detail.h"
#include "side-widget-test.h"
#include "side-window.h"
#include "side-wire.h"

typedef struct {
  Place           place;
  GtkWidget      *window;
  SideCallDetail *detail;
} Scene;

static gboolean
has_form (gpointer detail)
{
  GtkWidget *comment = place_find (place_find (detail, "SideReviewForm"), "GtkTextView");

  return gtk_widget_get_mapped (comment) && gtk_text_view_get_editable (GTK_TEXT_VIEW (comment));
}

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
  side_test_wait_until (has_form, scene->detail, 10000, "the form of the call");
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

/* ---- the whole window ---- */

typedef struct {
  Place            place;
  SideApplication *application;
  SideWindow      *window;
} Whole;

static GtkWidget *
editor_of (Whole *whole)
{
  return place_find (GTK_WIDGET (whole->window), "SideNoteEditor");
}

static gboolean
has_entry (gpointer data)
{
  GtkWidget *editor = editor_of (data);

  return editor != NULL && gtk_widget_get_mapped (place_find (editor, "GtkEntry"));
}

static gboolean
has_call (gpointer data)
{
  GtkWidget *editor = editor_of (data);

  return editor != NULL && gtk_widget_get_mapped (editor);
}

static gboolean
is_asked (gpointer data)
{
  return side_widget_test_find_question () != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return gtk_application_get_windows (data) == NULL;
}

/* Only one in a process can be registered. */
static SideApplication *
the_application (void)
{
  static SideApplication *application;

  if (application == NULL)
    {
      application = side_application_new (G_APPLICATION_NON_UNIQUE);
      g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
    }
  return application;
}

/* A window at a desk, with half a note in the editor. */
static void
set_up_whole (Whole         *whole,
              gconstpointer  data)
{
  place_set_up_as (&whole->place, SIDE_ROLE_TRAINER);
  whole->application = the_application ();
  whole->window = side_window_new (GTK_APPLICATION (whole->application));
  gtk_window_set_default_size (GTK_WINDOW (whole->window), 1300, 740);
  gtk_window_present (GTK_WINDOW (whole->window));
  side_window_show_desk (whole->window, whole->place.desk);
  side_window_show_page (whole->window, "calls");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (whole->window), "win.show-call-at", "(sxxb)", "call-0", (gint64) 5000,
                                              (gint64) -1, FALSE));
  side_test_wait_until (has_call, whole, 10000, "the call to be open");
  gtk_widget_activate_action (place_find (GTK_WIDGET (whole->window), "SideCallDetail"), "call.note", NULL);
  side_test_wait_until (has_entry, whole, 10000, "the editor to be open");
  gtk_editable_set_text (GTK_EDITABLE (place_find (editor_of (whole), "GtkEntry")), "Half a sentence");
}

static void
expect_note (Whole *whole)
{
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (SideAnnotation) note = NULL;

  side_test_wait_until (is_gone, whole->application, 10000, "the window to be gone");
  place_restart (&whole->place);
  notes = place_list (&whole->place, "annotation", "call-0");
  g_assert_cmpuint (notes->len, ==, 1);
  note = side_wire_annotation_from_json (((SideDocument *) g_ptr_array_index (notes, 0))->body, -1, NULL);
  g_assert_cmpstr (note->text, ==, "Half a sentence");
}

static void
tear_down_whole (Whole         *whole,
                 gconstpointer  data)
{
  side_test_run_for (100);
  place_tear_down (&whole->place, NULL);
}

static void
keep_words (gpointer     editor,
            const char  *words,
            char       **kept)
{
  g_free (*kept);
  *kept = g_strdup (words);
}

/* No room: what would be lost is named, and kept until there is some. */
static void
test_full_disk (Whole         *whole,
                gconstpointer  data)
{
  g_autofree char *body = NULL;
  g_autofree char *words = NULL;
  gulong told = g_signal_connect (editor_of (whole), "toast", G_CALLBACK (keep_words), &words);

  place_limit_disk (0);
  g_action_group_activate_action (G_ACTION_GROUP (whole->application), "quit", NULL);
  side_test_wait_until (is_asked, NULL, 10000, "the question what to do with the note");
  g_assert_true (side_window_get_desk (whole->window) == whole->place.desk);
  g_signal_handler_disconnect (editor_of (whole), told);
  g_assert_true (words == NULL || strstr (words, "another call") == NULL);
  body = g_strdup (adw_message_dialog_get_body (side_widget_test_find_question ()));
  g_assert_nonnull (strstr (body, "“Half a sentence”"));
  side_widget_test_answer ("cancel");
  side_test_wait_until (has_entry, whole, 10000, "the note to be in sight again");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (place_find (editor_of (whole), "GtkEntry"))), ==, "Half a sentence");
  gtk_window_close (GTK_WINDOW (whole->window));
  side_test_wait_until (is_asked, NULL, 10000, "the second question");
  place_limit_disk (RLIM_INFINITY);
  side_widget_test_answer ("again");
  expect_note (whole);
}

/* Somebody would rather lose it: then it is lost, and the program ends. */
static void
test_lose (Whole         *whole,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) notes = NULL;

  place_limit_disk (0);
  gtk_widget_activate_action (GTK_WIDGET (whole->window), "win.sign-out", NULL);
  side_test_wait_until (is_asked, NULL, 10000, "the question before signing out");
  g_assert_true (side_window_get_desk (whole->window) == whole->place.desk);
  side_widget_test_answer ("cancel");
  gtk_window_close (GTK_WINDOW (whole->window));
  side_test_wait_until (is_asked, NULL, 10000, "the question before quitting");
  side_widget_test_answer ("lose");
  side_test_wait_until (is_gone, whole->application, 10000, "the window to be gone");
  place_limit_disk (RLIM_INFINITY);
  place_restart (&whole->place);
  notes = place_list (&whole->place, "annotation", "call-0");
  g_assert_cmpuint (notes->len, ==, 0);
}

/* The session ends, or somebody means the program: nothing is lost by it. */
static void
test_signal (Whole         *whole,
             gconstpointer  data)
{
  g_assert_cmpint (kill (getpid (), GPOINTER_TO_INT (data)), ==, 0);
  expect_note (whole);
}

int
main (int   argc,
      char *argv[])
{
  gst_init (&argc, &argv);
  side_widget_test_init (&argc, &argv);
  g_test_add ("/leaving/note", Scene, NULL, set_up, test_note, tear_down);
  g_test_add ("/leaving/comment", Scene, NULL, set_up, test_comment, tear_down);
  g_test_add ("/leaving/full-disk", Whole, NULL, set_up_whole, test_full_disk, tear_down_whole);
  g_test_add ("/leaving/lose", Whole, NULL, set_up_whole, test_lose, tear_down_whole);
  g_test_add ("/leaving/terminate", Whole, GINT_TO_POINTER (SIGTERM), set_up_whole, test_signal, tear_down_whole);
  g_test_add ("/leaving/hang-up", Whole, GINT_TO_POINTER (SIGHUP), set_up_whole, test_signal, tear_down_whole);
  g_test_add ("/leaving/interrupt", Whole, GINT_TO_POINTER (SIGINT), set_up_whole, test_signal, tear_down_whole);
  return g_test_run ();
}
