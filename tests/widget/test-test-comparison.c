/* test-test-comparison.c - a test call beside the same call in the call centre's own history
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>
#include <string.h>

#include "calls-place.h"
#include "result-place.h"
#include "side-test-comparison.h"
#include "side-test-comparison-words.h"
#include "side-test-finder.h"
#include "side-test-matcher.h"
#include "side-test-pick.h"
#include "side-wire.h"
#include "side-widget-test.h"

typedef struct {
  Place          place;
  SideScenarios *shelf;
  SideTestCall  *call;
  GtkWidget     *view;
  GtkWidget     *window;
  guint          changed;
} Scene;

static gboolean
is_read (gpointer shelf)
{
  return side_document_shelf_is_read (shelf);
}

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  scene->shelf = g_object_ref (side_scenarios_get (scene->place.desk));
  side_test_wait_until (is_read, scene->shelf, 5000, "the test calls to be read");
  scene->call = result_place_new_call (&scene->place, PLACE_USER);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  if (scene->window != NULL)
    gtk_window_destroy (GTK_WINDOW (scene->window));
  side_test_run_for (100);
  side_test_call_unref (scene->call);
  g_object_unref (scene->shelf);
  place_settle ();
  place_tear_down (&scene->place, NULL);
}

/* As of a line that calls from the number of one of their calls: queued 11 s
 * after it was dialled, and answered as they say. */
static void
be (Scene *scene,
    int    number)
{
  g_autoptr (SideCall) theirs = place_call (number);
  gint64 shift_ms = theirs->joined_ms - 11000 - scene->call->dialled_ms;

  g_free (scene->call->caller);
  scene->call->caller = g_strdup_printf ("8%s", theirs->caller + 1);
  scene->call->dialled_ms += shift_ms;
  scene->call->ringing_ms += shift_ms;
  scene->call->answered_ms += shift_ms;
  scene->call->ended_ms += shift_ms;
}

static void
changed_cb (Scene *scene)
{
  scene->changed++;
}

static void
show (Scene *scene)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  scene->view = side_test_comparison_new ();
  g_signal_connect_swapped (scene->view, "changed", G_CALLBACK (changed_cb), scene);
  /* It may be higher than any window, and stands in what scrolls. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), scene->view);
  scene->window = side_widget_test_show (scrolled, 600, 500);
  side_test_comparison_show (SIDE_TEST_COMPARISON_VIEW (scene->view), scene->shelf, scene->call);
  side_test_run_for (300);
}

static gboolean
is_matched (gpointer data)
{
  const SideTestCall *call = data;

  return call->call != NULL;
}

static void
test_found (Scene         *scene,
            gconstpointer  role)
{
  be (scene, 3);
  show (scene);
  side_test_wait_until (is_matched, scene->call, 5000, "the call to be found");
  side_test_run_for (200);
  g_assert_cmpstr (scene->call->call, ==, "call-3");
  g_assert_cmpint (scene->call->match, ==, SIDE_TEST_MATCH_TIME);
  g_assert_cmpuint (scene->changed, ==, 1);
  g_assert_nonnull (place_find_text (scene->view, "Found by the number that called and the time"));
  g_assert_nonnull (place_find_text (scene->view, "39 s"));   /* 38.7 s on our clock */
  g_assert_nonnull (place_find_text (scene->view, "11 s"));
  side_widget_test_no_nameless (scene->view);
}

/* Nobody's business but the author's: it is shown, and not looked for. */
static void
test_others (Scene         *scene,
             gconstpointer  role)
{
  be (scene, 3);
  g_free (scene->call->review->reviewer);
  scene->call->review->reviewer = g_strdup ("somebody");
  show (scene);
  g_assert_null (scene->call->call);
  g_assert_cmpuint (scene->changed, ==, 0);
  g_assert_false (gtk_widget_get_visible (side_widget_test_find_button (scene->view, "_Pick the Call…")));
}

static void
test_no_number (Scene         *scene,
                gconstpointer  role)
{
  be (scene, 3);
  g_clear_pointer (&scene->call->caller, g_free);
  show (scene);
  g_assert_null (scene->call->call);
  g_assert_nonnull (place_find_text (scene->view, "Not found in the call centre’s history: the line does not say which number others see. Pick the call by hand."));
}

static GtkWidget *
find_pick (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at != NULL; at = at->next)
    if (SIDE_IS_TEST_PICK (at->data))
      return at->data;
  return NULL;
}

/* Another one is picked, none, and both are taken back. */
static void
test_picked (Scene         *scene,
             gconstpointer  role)
{
  GtkWidget *pick, *undo, *list;

  be (scene, 3);
  show (scene);
  side_test_wait_until (is_matched, scene->call, 5000, "the call to be found");
  side_widget_test_click (side_widget_test_find_button (scene->view, "_Pick the Call…"));
  side_test_run_for (300);
  pick = find_pick ();
  g_assert_nonnull (pick);
  side_widget_test_no_nameless (pick);
  list = place_find_kind (pick, GTK_TYPE_LIST_BOX);
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  side_test_run_for (300);
  g_assert_cmpstr (scene->call->call, !=, "call-3");
  g_assert_cmpint (scene->call->match, ==, SIDE_TEST_MATCH_HAND);
  g_assert_nonnull (place_find_text (scene->view, "Picked by hand"));
  undo = side_widget_test_find_button (scene->view, "_Undo");
  g_assert_true (gtk_widget_get_visible (undo));
  side_widget_test_click (undo);
  side_test_run_for (200);
  g_assert_cmpstr (scene->call->call, ==, "call-3");
  g_assert_cmpint (scene->call->match, ==, SIDE_TEST_MATCH_TIME);
  g_assert_false (gtk_widget_get_visible (undo));
  side_widget_test_click (side_widget_test_find_button (scene->view, "_Pick the Call…"));
  side_test_run_for (300);
  side_widget_test_click (side_widget_test_find_button (find_pick (), "_None of These"));
  side_test_run_for (300);
  g_assert_null (scene->call->call);
  g_assert_cmpint (scene->call->match, ==, SIDE_TEST_MATCH_HAND);
  g_assert_nonnull (place_find_text (scene->view, "None of the call centre’s calls, as was said by hand."));
  side_widget_test_click (undo);
  side_test_run_for (200);
  g_assert_cmpstr (scene->call->call, ==, "call-3");
}

/* Clients read who answered where somebody said so. */
static void
test_names (Scene         *scene,
            gconstpointer  role)
{
  const char *words;

  be (scene, 3);
  show (scene);
  side_test_wait_until (is_matched, scene->call, 5000, "the call to be found");
  side_test_run_for (200);
  words = gtk_label_get_text (GTK_LABEL (place_find_kind (scene->view, GTK_TYPE_LABEL)));
  g_test_message ("%s", words);
  g_assert_cmpint (strstr (words, "Anna Smirnova") != NULL, ==, GPOINTER_TO_INT (role) == SIDE_ROLE_SUPERVISOR);
  scene->call->names_shown = TRUE;
  side_test_comparison_show (SIDE_TEST_COMPARISON_VIEW (scene->view), scene->shelf, scene->call);
  side_test_run_for (100);
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (place_find_kind (scene->view, GTK_TYPE_LABEL))), "Anna Smirnova"));
}

static gboolean
has_match (gpointer data)
{
  Scene *scene = data;
  GPtrArray *calls = side_scenarios_get_calls (scene->shelf);

  return calls->len == 1 && ((const SideTestCall *) calls->pdata[0])->call != NULL;
}

/* Nobody looks: it is matched and written all the same; but not while somebody does, who writes it. */
static void
test_unseen (Scene         *scene,
             gconstpointer  role)
{
  g_autoptr (SideTestFinder) seen = NULL;
  g_autoptr (SideTestMatcher) matcher = NULL;
  g_autoptr (GPtrArray) documents = NULL;
  g_autoptr (SideTestCall) written = NULL;
  g_autoptr (SideDocument) document = NULL;

  be (scene, 3);
  document = side_wire_document_for_test_call (scene->call);
  place_receive (&scene->place, document);
  seen = side_test_finder_new (scene->shelf, scene->call);
  matcher = side_test_matcher_new (scene->shelf);
  side_test_run_for (4000);
  g_assert_false (has_match (scene));
  g_clear_object (&seen);
  g_assert_false (side_test_finder_is_held (scene->shelf, scene->call->review->id));
  side_document_shelf_changed (SIDE_DOCUMENT_SHELF (scene->shelf));
  side_test_wait_until (has_match, scene, 10000, "the test call to be matched");
  documents = place_list (&scene->place, "test-call", NULL);
  g_assert_cmpuint (documents->len, ==, 1);
  written = side_wire_test_call_from_json (((const SideDocument *) documents->pdata[0])->body, -1, NULL);
  g_assert_cmpstr (written->call, ==, "call-3");
  g_assert_cmpint (written->match, ==, SIDE_TEST_MATCH_TIME);
}

/* ---- words ---- */

static void
expect_wait (gint64            mine_ms,
             gint64            theirs_ms,
             gint64            before_ms,
             const char       *words,
             SideTestAgreement agreement)
{
  const SideTestComparison clocks = { mine_ms, theirs_ms, 60000, 60000, before_ms };
  SideTestAgreement told;
  g_autofree char *said = side_test_comparison_words_wait (&clocks, &told);

  g_assert_cmpstr (said, ==, words);
  g_assert_cmpint (told, ==, agreement);
}

static void
test_words (void)
{
  expect_wait (41000, 40200, 500, "Both clocks say that you waited 41 s.", SIDE_TEST_AGREES);
  expect_wait (41000, 22000, 19000, "They say 22 s; you waited 41 s: 19 s of it before they noticed the call.", SIDE_TEST_DIFFERS);
  expect_wait (41000, 22000, 12000, "They say 22 s; you waited 41 s: 12 s of it before they noticed the call, and 7 s nobody explains.", SIDE_TEST_ODD);
  expect_wait (41000, 22000, -3000, "They say 22 s; you waited 41 s. The difference is not explained: the clocks differ, or what they count.", SIDE_TEST_ODD);
  expect_wait (22000, 41000, 0, "They say 41 s, longer than the 22 s you waited: the clocks differ, or what they count.", SIDE_TEST_ODD);
  expect_wait (-1, 41000, 0, "They say that somebody answered after 41 s; you heard nobody.", SIDE_TEST_ODD);
  expect_wait (41000, -1, 0, "They do not say how long you waited.", SIDE_TEST_ODD);
}

static void
test_sounds (void)
{
  SidePairing pairing = { .same = TRUE, .likeness = 0.93, .shared = 0.9, .offset_ms = 19000, .our_length_ms = 80000, .their_length_ms = 61000,
                          .level_db = { NAN, -8 } };
  const SideSpan span = { 2000, 18000 };
  SideTestAgreement agreement;
  g_autoptr (GPtrArray) lines = NULL, other = NULL, wrong = NULL, right = NULL;

  pairing.only_ours = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  pairing.only_theirs = g_array_new (FALSE, FALSE, sizeof (SideSpan));
  g_array_append_val (pairing.only_ours, span);
  lines = side_test_comparison_words_pairing (&pairing, &agreement);
  g_assert_cmpint (agreement, ==, SIDE_TEST_DIFFERS);
  g_assert_cmpuint (lines->len, ==, 5);
  g_assert_cmpstr (lines->pdata[0], ==, "Yours is 1:20 long, theirs 1:01.");
  g_assert_cmpstr (lines->pdata[2], ==, "Theirs begins 19 s later than yours.");
  g_assert_cmpstr (lines->pdata[3], ==, "Not in theirs: 0:02–0:18 of your recording.");
  g_assert_cmpstr (lines->pdata[4], ==, "Their side is 8 dB softer in theirs.");
  pairing.level_db[0] = 0;
  wrong = side_test_comparison_words_pairing (&pairing, &agreement);
  g_assert_cmpuint (wrong->len, ==, 6);
  g_assert_nonnull (strstr (wrong->pdata[4], "the wrong way round"));
  pairing.exchanged = TRUE;   /* as it is with every call centre */
  right = side_test_comparison_words_pairing (&pairing, &agreement);
  g_assert_cmpuint (right->len, ==, 5);
  pairing.same = FALSE;
  other = side_test_comparison_words_pairing (&pairing, &agreement);
  g_assert_cmpint (agreement, ==, SIDE_TEST_ODD);
  g_assert_cmpuint (other->len, ==, 2);
  g_array_unref (pairing.only_ours);
  g_array_unref (pairing.only_theirs);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/test-comparison/found", Scene, GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), set_up, test_found, tear_down);
  g_test_add ("/test-comparison/others", Scene, GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), set_up, test_others, tear_down);
  g_test_add ("/test-comparison/no-number", Scene, GINT_TO_POINTER (SIDE_ROLE_CLIENT), set_up, test_no_number, tear_down);
  g_test_add ("/test-comparison/picked", Scene, GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), set_up, test_picked, tear_down);
  g_test_add ("/test-comparison/names", Scene, GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), set_up, test_names, tear_down);
  g_test_add ("/test-comparison/names-client", Scene, GINT_TO_POINTER (SIDE_ROLE_CLIENT), set_up, test_names, tear_down);
  g_test_add ("/test-comparison/unseen", Scene, GINT_TO_POINTER (SIDE_ROLE_SUPERVISOR), set_up, test_unseen, tear_down);
  g_test_add_func ("/test-comparison/words", test_words);
  g_test_add_func ("/test-comparison/sounds", test_sounds);
  return g_test_run ();
}
