/* test-live-note.c - a note on a call that is going on is not lost
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-live-note.h"
#include "side-widget-test.h"
#include "side-wire.h"

#include <string.h>

#define TALKS "op0"   /* who is on a call of the made-up day */

typedef struct {
  Place      place;
  GtkWidget *window;
  GtkWidget *card;
  GtkWidget *operators;
  char      *call;        /* the one that goes on */
} Scene;

/* What the server told last: somebody talks. */
static void
put_busy_picture (SideStore *store)
{
  g_autoptr (SideProject) project = side_fixture_new_project ();
  g_autoptr (SideBoard) board = side_fixture_new_board (project, 8);
  g_autofree char *body = side_wire_board_to_json (board, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  side_store_put_snapshot_async (store, "", body, 1, g_get_real_time () / 1000, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_snapshot_finish (store, side_test_wait_result (&result, 5000, "a picture"), NULL));
}

static char *
call_of_operator (SideDesk *desk)
{
  SideBoardProject *project = side_desk_get_board_project (desk);

  for (guint i = 0; i < project->live->len; i++)
    {
      const SideCall *call = g_ptr_array_index (project->live, i);

      if (call->answered_ms != 0 && g_strcmp0 (call->operator_id, TALKS) == 0)
        return g_strdup (call->id);
    }
  g_assert_not_reached ();
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  place_set_up_as (&scene->place, SIDE_ROLE_SUPERVISOR);
  put_busy_picture (side_desk_get_store (scene->place.desk));
  place_restart (&scene->place);
  scene->call = call_of_operator (scene->place.desk);
  scene->card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  scene->operators = gtk_button_new_with_label ("operators");
  gtk_box_append (GTK_BOX (scene->card), scene->operators);
  scene->window = side_widget_test_show (scene->card, 600, 500);
  side_live_note_attach (scene->operators, scene->card, scene->place.desk);
}

static GtkWidget *
popover_of (Scene *scene)
{
  return place_find (scene->card, "GtkPopover");
}

static gboolean
is_typing (gpointer data)
{
  return gtk_widget_get_mapped (place_find (popover_of (data), "GtkEntry"));
}

static void
type_note (Scene      *scene,
           const char *text)
{
  side_live_note_open (scene->operators, TALKS);
  side_test_wait_until (is_typing, scene, 5000, "the popover to be open");
  gtk_editable_set_text (GTK_EDITABLE (place_find (popover_of (scene), "GtkEntry")), text);
}

static void
expect_note (Scene      *scene,
             const char *text)
{
  g_autoptr (GPtrArray) notes = place_list (&scene->place, "annotation", scene->call);
  g_autoptr (SideAnnotation) note = NULL;

  g_assert_cmpuint (notes->len, ==, text != NULL ? 1 : 0);
  if (text == NULL)
    return;
  note = side_wire_annotation_from_json (((SideDocument *) g_ptr_array_index (notes, 0))->body, -1, NULL);
  g_assert_cmpuint (strlen (note->text), ==, strlen (text));   /* a long one would fill the log */
  g_assert_true (g_str_equal (note->text, text));
}

static guint
flush (Scene *scene)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) unwritten = NULL;

  side_desk_flush_async (scene->place.desk, side_test_async_cb, &result);
  unwritten = side_desk_flush_finish (scene->place.desk, side_test_wait_result (&result, 5000, "what was typed to be written"),
                                      NULL);
  return unwritten->len;
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  side_live_note_detach (scene->operators);
  side_widget_test_close (scene->window);
  place_settle ();
  place_tear_down (&scene->place, NULL);
  g_free (scene->call);
}

/* The program is about to end while somebody types. */
static void
test_flush (Scene         *scene,
            gconstpointer  data)
{
  type_note (scene, "Half a sentence");
  g_assert_cmpuint (flush (scene), ==, 0);
  expect_note (scene, "Half a sentence");
}

static gboolean
says_unsaved (gpointer data)
{
  GtkWidget *stack = place_find (popover_of (data), "GtkStack");
  GtkWidget *words = gtk_stack_get_child_by_name (GTK_STACK (stack), "words");

  return gtk_widget_get_mapped (words) && strstr (gtk_label_get_label (GTK_LABEL (words)), "Half a sentence") != NULL;
}

/* Without room it says so before it ends, and once more as long as there is none. */
static void
test_full_disk (Scene         *scene,
                gconstpointer  data)
{
  type_note (scene, "Half a sentence");
  place_limit_disk (0);
  g_assert_cmpuint (flush (scene), ==, 1);
  place_settle ();
  /* There is a question about it in front of the window. */
  g_assert_false (gtk_widget_get_visible (popover_of (scene)));
  g_assert_cmpuint (flush (scene), ==, 1);
  side_desk_stay (scene->place.desk);
  side_test_wait_until (says_unsaved, scene, 5000, "the words to be in sight again");
  place_settle ();
  place_limit_disk (RLIM_INFINITY);
  expect_note (scene, NULL);
  g_assert_cmpuint (flush (scene), ==, 0);
  expect_note (scene, "Half a sentence");
}

/* Another page is shown by then: nothing pops up out of sight. */
static void
test_unseen (Scene         *scene,
             gconstpointer  data)
{
  type_note (scene, "Half a sentence");
  place_limit_disk (0);
  gtk_widget_set_visible (scene->card, FALSE);
  g_assert_cmpuint (flush (scene), ==, 1);
  side_desk_stay (scene->place.desk);
  g_assert_false (gtk_widget_get_visible (popover_of (scene)));
  place_limit_disk (RLIM_INFINITY);
  g_assert_cmpuint (flush (scene), ==, 0);
  expect_note (scene, "Half a sentence");
}

static gboolean
is_written (gpointer data)
{
  Scene *scene = data;
  g_autoptr (GPtrArray) notes = place_list (&scene->place, "annotation", scene->call);

  return notes->len == 1;
}

/* What could not be saved is in sight, and saved by itself once there is room. */
static void
test_retry (Scene         *scene,
            gconstpointer  data)
{
  type_note (scene, "Half a sentence");
  place_limit_disk (0);
  gtk_popover_popdown (GTK_POPOVER (popover_of (scene)));
  side_test_wait_until (says_unsaved, scene, 5000, "the words to be in sight again");
  gtk_popover_popdown (GTK_POPOVER (popover_of (scene)));
  place_settle ();
  g_assert_cmpuint (flush (scene), ==, 1);
  place_limit_disk (RLIM_INFINITY);
  side_test_wait_until (is_written, scene, 20000, "the note to be saved by itself");
  expect_note (scene, "Half a sentence");
}

/* As long as a note on a recording may be. */
static void
test_long (Scene         *scene,
           gconstpointer  data)
{
  g_autofree char *text = g_strnfill (5000, 'a');

  type_note (scene, text);
  gtk_popover_popdown (GTK_POPOVER (popover_of (scene)));
  side_test_wait_until (is_written, scene, 5000, "the note to be saved");
  expect_note (scene, text);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/live-note/flush", Scene, NULL, set_up, test_flush, tear_down);
  g_test_add ("/live-note/full-disk", Scene, NULL, set_up, test_full_disk, tear_down);
  g_test_add ("/live-note/unseen", Scene, NULL, set_up, test_unseen, tear_down);
  g_test_add ("/live-note/retry", Scene, NULL, set_up, test_retry, tear_down);
  g_test_add ("/live-note/long", Scene, NULL, set_up, test_long, tear_down);
  return g_test_run ();
}
