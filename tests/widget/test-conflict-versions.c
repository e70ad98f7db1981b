/* test-conflict-versions.c - two people put a version of one script in use
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What is in use never changes, so the two are not mixed: the person chooses
 * whether theirs is the next version, a draft, or gone.
 */
#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-conflicts-window.h"
#include "side-widget-test.h"
#include "side-wire.h"

/* @revision: 0 for what is written here */
static void
put_script (Place           *place,
            int              version,
            const char      *title,
            SideScriptState  state,
            gint64           revision)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, title, version);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  script->state = state;
  side_section_add_criterion (side_script_add_section (script, "1", "Order"), "1.1", title, 100);
  document = side_wire_document_for_script (script);
  document->revision = document->change = revision;
  side_store_put_document_async (store, document, revision == 0, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_document_finish (store, side_test_wait_result (&result, 5000, "a script"), NULL));
}

/* Returns: (transfer full) (nullable): the only one there is */
static SideScript *
get_only (Place      *place,
          const char *kind)
{
  g_autoptr (GPtrArray) list = place_list (place, kind, NULL);
  const SideDocument *document;

  for (guint i = list->len; i > 0; i--)
    {
      document = list->pdata[i - 1];
      if (g_str_equal (document->id, SCRIPT_ID) || g_str_equal (kind, "draft"))
        return side_wire_script_from_json (document->body, -1, NULL);
    }
  return NULL;
}

static GtkWidget *
find_button (GtkWidget  *window,
             const char *label)
{
  GtkWidget *text = place_find_text (window, label);

  return text != NULL ? gtk_widget_get_ancestor (text, GTK_TYPE_BUTTON) : NULL;
}

static gboolean
has_choice (gpointer window)
{
  return find_button (window, "Put in Use") != NULL;
}

static gboolean
has_save (gpointer window)
{
  return find_button (window, "Save") != NULL;
}

static void
test_choice (Place         *place,
             gconstpointer  button)
{
  SideStore *store = side_desk_get_store (place->desk);
  gboolean next = g_str_equal (button, "Put in Use");
  g_autoptr (SideScript) script = NULL;
  g_autoptr (SideScript) draft = NULL;
  GtkWidget *window;

  put_script (place, 2, "Mine", SIDE_SCRIPT_IN_USE, 0);
  put_script (place, 2, "Theirs", SIDE_SCRIPT_IN_USE, 5);
  window = side_conflicts_window_new (place->desk);
  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (has_choice, window, 5000, "the two versions to be shown");
  g_assert_false (has_save (window));
  g_assert_nonnull (place_find_text (window, "Put mine in use after their version 2"));
  side_widget_test_click (find_button (window, button));
  side_test_wait_until (place_is_settled, store, 5000, "the versions to be settled");
  script = get_only (place, "script");
  draft = get_only (place, "draft");
  g_assert_cmpstr (script->title, ==, next ? "Mine" : "Theirs");
  g_assert_cmpint (script->version, ==, next ? 3 : 2);
  g_assert_true ((draft != NULL) == g_str_equal (button, "Keep as Draft"));
  if (draft != NULL)
    {
      g_assert_cmpstr (draft->title, ==, "Mine");
      g_assert_cmpstr (draft->script, ==, SCRIPT_ID);
      g_assert_cmpint (draft->version, ==, 3);
    }
  side_widget_test_close (window);
}

/* Retired here while another put the next one in use: no new version of mine. */
static void
test_retired (Place         *place,
              gconstpointer  data)
{
  GtkWidget *window;

  put_script (place, 2, "One", SIDE_SCRIPT_IN_USE, 5);
  put_script (place, 2, "One", SIDE_SCRIPT_RETIRED, 0);
  put_script (place, 3, "Theirs", SIDE_SCRIPT_IN_USE, 6);
  window = side_conflicts_window_new (place->desk);
  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (has_save, window, 5000, "the state to be asked about");
  g_assert_false (has_choice (window));
  side_widget_test_close (window);
}

int
main (int    argc,
      char **argv)
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/conflict-versions/next", Place, "Put in Use", place_set_up, test_choice, place_tear_down);
  g_test_add ("/conflict-versions/draft", Place, "Keep as Draft", place_set_up, test_choice, place_tear_down);
  g_test_add ("/conflict-versions/theirs", Place, "Give Mine Up", place_set_up, test_choice, place_tear_down);
  g_test_add ("/conflict-versions/retired", Place, NULL, place_set_up, test_retired, place_tear_down);
  return g_test_run ();
}
