/* test-tags.c - the vocabulary of a project, and the window where it is changed
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <string.h>

#include "calls-place.h"
#include "side-tags-window.h"
#include "side-text.h"
#include "side-widget-test.h"

typedef struct {
  Place *place;
  guint  n;
} Wanted;

static void
set_up (Place         *place,
        gconstpointer  role)
{
  place_set_up_as (place, (SideRole) GPOINTER_TO_INT (role));
}

static gboolean
is_stored (gpointer data)
{
  Wanted *wanted = data;
  g_autoptr (GPtrArray) list = place_list (wanted->place, "tag", NULL);

  return list->len == wanted->n;
}

static void
wait_for_tags (Place *place,
               guint  n)
{
  Wanted wanted = { place, n };

  side_test_wait_until (is_stored, &wanted, 5000, "the tags to be stored");
  side_test_run_for (100);
}

static void
test_tags (Place         *place,
           gconstpointer  role)
{
  SideTags *tags = side_tags_get (place->desk);
  g_autoptr (SideTag) mine = NULL;
  g_autofree char *why = NULL;
  g_autofree char *undone = NULL;
  guint n_built_in = side_tags_list (tags)->len;

  g_assert_true (side_tags_get (place->desk) == tags);
  g_assert_cmpstr (side_tags_label (tags, "greeting"), ==, "Greeting");
  g_assert_cmpstr (side_tags_label (tags, "Ton 3"), ==, "Ton 3");
  g_assert_cmpstr (side_tags_find_key (tags, GDK_KEY_1)->word, ==, "greeting");
  g_assert_true (side_tags_may_edit (tags));
  mine = side_tags_begin (tags, "  Lost order ");
  g_assert_cmpstr (mine->word, ==, "lost-order");
  g_assert_cmpstr (mine->label, ==, "Lost order");
  mine->shortcut = g_strdup ("k");
  g_assert_null (side_tags_refuse (tags, mine));
  side_tags_put (tags, mine);
  g_assert_cmpstr (side_tags_find_key (tags, GDK_KEY_k)->word, ==, "lost-order");
  wait_for_tags (place, 1);
  g_assert_cmpuint (side_tags_list (tags)->len, ==, n_built_in + 1);
  /* Renamed twice before the first is read back: no conflict with oneself. */
  g_free (mine->label);
  mine->label = g_strdup ("Order lost");
  side_tags_put (tags, mine);
  mine->retired = TRUE;
  side_tags_put (tags, mine);
  side_test_run_for (300);
  g_assert_true (side_tags_find (tags, "lost-order")->retired);
  g_assert_null (side_tags_find_key (tags, GDK_KEY_k));
  g_assert_cmpstr (side_tags_label (tags, "lost-order"), ==, "Order lost");
  undone = side_steps_undo (side_tags_get_steps (tags));
  g_assert_nonnull (strstr (undone, "retired"));
  side_test_run_for (300);
  g_assert_false (side_tags_find (tags, "lost-order")->retired);
  /* The same word and the same document on each computer. */
  why = g_strdup (side_tags_find (tags, "need")->id);
  g_assert_true (side_id_is_valid (why));
  side_tags_move (tags, "need", -1);
  g_assert_cmpstr (((SideTag *) side_tags_list (tags)->pdata[0])->word, ==, "need");
  wait_for_tags (place, 3);
  g_assert_cmpstr (((SideTag *) side_tags_list (tags)->pdata[0])->word, ==, "need");
  g_assert_cmpstr (side_tags_find (tags, "need")->id, ==, why);
}

static void
test_refused (Place         *place,
              gconstpointer  role)
{
  static const struct { const char *label; const char *key; const char *why; } cases[] = {
    { "", NULL, "needs a name" },
    { "greeting", NULL, "There is a tag “Greeting” already" },
    { "A name of more than forty characters, which is too long", NULL, "room for 40" },
    { "Mine", "1", "The key 1 is that of “Greeting” already" },
    { "Mine", "m", "another use" },
    { "Mine", "l", "another use" },
    { "Mine", "0", "a digit from 1 to 9" },
    { "Mine", "ж", "a Latin letter" },
    { "Mine", "x", NULL },
    { "Ещё один", NULL, NULL },
  };
  SideTags *tags = side_tags_get (place->desk);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SideTag) tag = side_tags_begin (tags, cases[i].label);
      g_autofree char *why = NULL;

      tag->shortcut = g_strdup (cases[i].key);
      why = side_tags_refuse (tags, tag);
      if (cases[i].why == NULL)
        g_assert_null (why);
      else
        g_assert_nonnull (strstr (why, cases[i].why));
    }
}

static void
test_window (Place         *place,
             gconstpointer  role)
{
  SideTags *tags = side_tags_get (place->desk);
  GtkWindow *window = side_tags_window_new (NULL, tags);
  GtkWidget *root = GTK_WIDGET (window);
  GtkWidget *key;

  gtk_window_present (window);
  side_test_run_for (300);
  side_widget_test_no_nameless (root);
  key = place_find_named (root, "Key of “Finding the need”");
  g_assert_nonnull (key);
  if (GPOINTER_TO_INT (role) == SIDE_ROLE_CLIENT)
    {
      g_assert_false (gtk_editable_get_editable (GTK_EDITABLE (key)));
      g_assert_false (gtk_widget_get_sensitive (place_find_named (root, "Retire “Greeting”")));
    }
  else
    {
      /* Another's key is refused, a free one taken. */
      gtk_widget_grab_focus (key);
      gtk_editable_set_text (GTK_EDITABLE (key), "1");
      g_assert_cmpstr (side_tags_find (tags, "need")->shortcut, ==, "2");
      gtk_editable_set_text (GTK_EDITABLE (key), "k");
      g_assert_cmpstr (side_tags_find (tags, "need")->shortcut, ==, "k");
      side_widget_test_click (place_find_named (root, "Retire “Greeting”"));
      g_assert_true (side_tags_find (tags, "greeting")->retired);
      wait_for_tags (place, 2);
      g_assert_nonnull (place_find_named (root, "Use “Greeting” again"));
      gtk_widget_activate_action (root, "tags.undo", NULL);
      side_test_run_for (300);
      g_assert_false (side_tags_find (tags, "greeting")->retired);
      gtk_widget_activate_action (root, "tags.redo", NULL);
      side_test_run_for (300);
      g_assert_true (side_tags_find (tags, "greeting")->retired);
    }
  gtk_window_destroy (window);
  side_test_run_for (200);
}

static GtkWindow *
open_window (Place *place)
{
  GtkWindow *window = side_tags_window_new (NULL, side_tags_get (place->desk));

  gtk_window_present (window);
  side_test_run_for (200);
  return window;
}

/* A new tag that was typed and not added is asked about; a name of one that is
 * there counts, as when it is left. */
static void
test_typed (Place         *place,
            gconstpointer  role)
{
  SideTags *tags = side_tags_get (place->desk);
  GtkWindow *window = open_window (place);
  GtkWidget *name = place_find_named (GTK_WIDGET (window), "Name of “Greeting”");

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_widget_grab_focus (name);
  gtk_editable_set_text (GTK_EDITABLE (name), "A name of more than forty characters, which is too long");
  gtk_window_close (window);
  side_test_run_for (50);
  g_assert_nonnull (window);   /* to say why not */
  gtk_widget_grab_focus (name);
  gtk_editable_set_text (GTK_EDITABLE (name), "Salute");
  gtk_window_close (window);
  side_test_run_for (100);
  g_assert_null (window);
  g_assert_cmpstr (side_tags_label (tags, "greeting"), ==, "Salute");
  wait_for_tags (place, 1);

  window = open_window (place);
  gtk_editable_set_text (GTK_EDITABLE (place_find (gtk_widget_get_parent (side_widget_test_find_button (GTK_WIDGET (window), "Add")),
                                                   "GtkEntry")), "Lost order");
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_close (window);
  side_test_run_for (50);
  g_assert_nonnull (window);
  side_widget_test_answer ("keep");
  g_assert_nonnull (window);
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (window), "Add"));
  wait_for_tags (place, 2);
  gtk_window_close (window);
  side_test_run_for (50);
  g_assert_null (window);
}

#define ADD(path, role, test) g_test_add ("/tags/" path, Place, GINT_TO_POINTER (role), set_up, test, place_tear_down)

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("vocabulary", SIDE_ROLE_TRAINER, test_tags);
  ADD ("refused", SIDE_ROLE_TRAINER, test_refused);
  ADD ("window", SIDE_ROLE_TRAINER, test_window);
  ADD ("window/typed", SIDE_ROLE_TRAINER, test_typed);
  ADD ("window/client", SIDE_ROLE_CLIENT, test_window);
  return g_test_run ();
}
