/* test-test-call.c - a test call from the window it is made in
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The far end refuses every call; how a call goes that is answered is for the
 * tests with real peers.
 */
#include <string.h>

#include "calls-place.h"
#include "side-call-waves.h"
#include "side-test-call-window.h"
#include "side-test-call-words.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"
#include "sip-far-end.h"

typedef struct {
  Place          place;
  FarEnd         far_end;
  SideLines     *lines;
  SideScenarios *shelf;
  SideScenario  *scenario;
  GtkWindow     *window;
} Scene;

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (shelf);
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  g_autofree char *path = NULL;
  g_autofree char *id = side_id_new ();

  place_set_up_as (&scene->place, SIDE_ROLE_SUPERVISOR);
  path = g_build_filename (scene->place.folder, "lines.json", NULL);
  scene->lines = side_lines_new (path);
  scene->shelf = g_object_ref (side_scenarios_get (scene->place.desk));
  side_test_wait_until (is_read, scene->shelf, 5000, "the scenarios to be read");
  scene->scenario = side_scenario_new (id, side_desk_get_project_id (scene->place.desk), "Night line");
  scene->scenario->number = g_strdup ("100");
  side_scenario_add_step (scene->scenario, "a", "Ask whether the shop is open.");
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  gtk_window_destroy (scene->window);
  side_test_run_for (200);
  g_object_unref (scene->lines);
  g_object_unref (scene->shelf);
  side_scenario_unref (scene->scenario);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

static void
open_window (Scene *scene)
{
  scene->window = side_test_call_window_new (NULL, scene->shelf, scene->lines, scene->scenario);
  gtk_window_present (scene->window);
  side_test_run_for (100);
}

static void
add_line (Scene *scene)
{
  g_autofree char *id = side_id_new ();
  g_autoptr (SideLine) line = side_line_new (id);

  line->label = g_strdup ("Office");
  line->user = g_strdup ("shop");
  line->domain = g_strdup ("127.0.0.1");
  line->server = g_strdup_printf ("127.0.0.1:%u", scene->far_end.port);
  line->registers = FALSE;
  g_assert_true (side_lines_put (scene->lines, line, NULL));
}

static gboolean
is_idle (gpointer window)
{
  return !side_test_call_window_is_busy (window);
}

static void
test_no_line (Scene         *scene,
              gconstpointer  data)
{
  open_window (scene);
  side_widget_test_no_nameless (GTK_WIDGET (scene->window));
  g_assert_false (gtk_widget_get_sensitive (side_widget_test_find_button (GTK_WIDGET (scene->window), "_Call")));
  g_assert_nonnull (place_find_text (GTK_WIDGET (scene->window), "There is no telephone line to call on."));
}

static void
test_refused (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (SideTestCall) call = NULL;

  scene->far_end.refuses = "486 Busy Here";
  far_end_start (&scene->far_end);
  add_line (scene);
  open_window (scene);
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (scene->window), "_Call"));
  g_assert_true (side_test_call_window_is_busy (SIDE_TEST_CALL_WINDOW (scene->window)));
  side_test_wait_until (is_idle, scene->window, 20000, "the call to be refused");
  g_test_message ("%s", side_test_call_window_get_words (SIDE_TEST_CALL_WINDOW (scene->window)));
  g_assert_nonnull (strstr (side_test_call_window_get_words (SIDE_TEST_CALL_WINDOW (scene->window)), "486"));
  side_test_run_for (300);
  documents = place_list (&scene->place, "test-call", NULL);
  g_assert_cmpuint (documents->len, ==, 1);
  call = side_wire_test_call_from_json (((SideDocument *) documents->pdata[0])->body, -1, NULL);
  g_assert_nonnull (call);
  g_assert_cmpint (call->end, ==, SIDE_TEST_END_REFUSED);
  g_assert_cmpint (call->end_code, ==, 486);
  g_assert_cmpstr (call->account, ==, "Office");
  g_assert_cmpstr (call->review->reviewer, ==, PLACE_USER);
  g_assert_cmpstr (call->scenario, ==, scene->scenario->id);
  g_assert_nonnull (call->pinned);
  g_assert_cmpint (call->answered_ms, ==, 0);
  g_assert_cmpint (call->ended_ms, >=, call->dialled_ms);
  far_end_stop (&scene->far_end);
}

/* Nobody is there: it is given up by the person, and the window says so. */
static void
test_given_up (Scene         *scene,
               gconstpointer  data)
{
  scene->far_end.refuses = "100 Trying";
  far_end_start (&scene->far_end);
  add_line (scene);
  open_window (scene);
  side_widget_test_click (side_widget_test_find_button (GTK_WIDGET (scene->window), "_Call"));
  side_test_run_for (1500);
  g_assert_true (side_test_call_window_is_busy (SIDE_TEST_CALL_WINDOW (scene->window)));
  gtk_window_close (scene->window);
  side_test_wait_until (is_idle, scene->window, 60000, "the call to be given up");
  far_end_stop (&scene->far_end);
}

static void
test_words (void)
{
  SideTestQuality quality = { (char *) "PCMA", TRUE, 0.002, 4, -1, 4.3, NULL };
  SideTestQuality none = { NULL, FALSE, -1, -1, -1, -1, NULL };
  g_autofree char *words = side_test_call_words_quality (&quality);
  g_autofree char *nothing = side_test_call_words_quality (&none);

  g_assert_nonnull (strstr (words, "PCMA · encrypted · loss"));
  g_assert_nonnull (strstr (words, "MOS 4.3"));
  g_assert_cmpstr (nothing, ==, "");
  for (int i = 0; i < SIDE_N_SEGMENT_KINDS; i++)
    g_assert_nonnull (side_test_call_words_segment ((SideSegmentKind) i));
}

int
main (int   argc,
      char *argv[])
{
  side_sip_init ();
  side_widget_test_init (&argc, &argv);
  g_test_add ("/test-call/no-line", Scene, NULL, set_up, test_no_line, tear_down);
  g_test_add ("/test-call/refused", Scene, NULL, set_up, test_refused, tear_down);
  g_test_add ("/test-call/given-up", Scene, NULL, set_up, test_given_up, tear_down);
  g_test_add_func ("/test-call/words", test_words);
  return g_test_run ();
}
