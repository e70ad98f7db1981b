/* test-conflict-settler.c - conflicts that need nobody's decision
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <json-glib/json-glib.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-conflict-settler.h"
#include "side-conflicts-window.h"
#include "side-dispute.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define REVIEW "0d9e4a52-5f3e-4b1c-9d8e-333333333333"

static void
assert_json (const char *got,
             const char *wanted)
{
  g_autoptr (JsonNode) a = json_from_string (got, NULL);
  g_autoptr (JsonNode) b = json_from_string (wanted, NULL);

  if (!json_node_equal (a, b))
    g_error ("got %s, wanted %s", got, wanted);
}

static gboolean
has_ok (gpointer window)
{
  return side_widget_test_find_button (window, "OK") != NULL;
}

static gboolean
has_none (gpointer window)
{
  return place_find_kind (window, ADW_TYPE_PREFERENCES_GROUP) == NULL;
}

static void
put_shared (Place      *place,
            const char *kind,
            const char *body,
            gint64      revision)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideDocument) document = side_document_new (kind, REVIEW, SIDE_FIXTURE_PROJECT);
  g_autoptr (GAsyncResult) result = NULL;

  document->body = g_strdup (body);
  document->revision = document->change = revision;
  side_store_put_document_async (store, document, revision == 0, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_document_finish (store, side_test_wait_result (&result, 5000, "a document"), NULL));
}

static char *
get_body (Place      *place,
          const char *kind)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (SideDocument) document = NULL;

  side_store_get_document_async (store, kind, REVIEW, NULL, side_test_async_cb, &result);
  document = side_store_get_document_finish (store, side_test_wait_result (&result, 5000, "the document"), NULL);
  return g_strdup (document->body);
}

static void
keep_sentence (SideConflictSettler  *settler,
               const char           *sentence,
               char                **kept)
{
  g_free (*kept);
  *kept = g_strdup (sentence);
}

static char *
dispute_body (SideDisputeState state)
{
  g_autoptr (SideDispute) dispute = side_dispute_new (REVIEW, SIDE_FIXTURE_PROJECT, "call-0");

  dispute->review = g_strdup (REVIEW);
  dispute->review_revision = 1;
  dispute->criterion = g_strdup ("1.1");
  dispute->reason = g_strdup ("I did");
  dispute->author = g_strdup ("operator");
  dispute->state = state;
  dispute->judge = g_strdup (state == SIDE_DISPUTE_REJECTED ? "anna" : NULL);
  dispute->ruling = g_strdup (state == SIDE_DISPUTE_REJECTED ? "No" : NULL);
  dispute->judged_ms = state == SIDE_DISPUTE_OPEN ? 0 : 2000;
  return side_wire_dispute_to_json (dispute);
}

/* Withdrawn offline while it was judged: the ruling stands, and that is said. */
static void
test_judged (Place         *place,
             gconstpointer  data)
{
  g_autofree char *open = dispute_body (SIDE_DISPUTE_OPEN);
  g_autofree char *withdrawn = dispute_body (SIDE_DISPUTE_WITHDRAWN);
  g_autofree char *rejected = dispute_body (SIDE_DISPUTE_REJECTED);
  g_autofree char *sentence = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (SideConflictSettler) settler = NULL;
  SideStore *store = side_desk_get_store (place->desk);
  GtkWidget *window;

  put_shared (place, "dispute", open, 1);
  put_shared (place, "dispute", withdrawn, 0);
  put_shared (place, "dispute", rejected, 2);
  g_assert_cmpuint (side_store_get_conflicts (store), ==, 1);
  /* The window has nothing to ask either. */
  window = side_conflicts_window_new (place->desk);
  gtk_window_present (GTK_WINDOW (window));
  side_test_wait_until (has_ok, window, 5000, "the dispute to be shown");
  g_assert_nonnull (strstr (place_group_description (window), "judged meanwhile"));

  settler = side_conflict_settler_new (place->desk);
  g_signal_connect (settler, "settled", G_CALLBACK (keep_sentence), &sentence);
  side_test_wait_until (place_is_settled, store, 5000, "the conflict to be settled");
  side_test_wait_until (has_none, window, 5000, "the window to be empty");
  kept = get_body (place, "dispute");
  assert_json (kept, rejected);
  g_assert_cmpstr (sentence, ==, "The dispute was judged meanwhile; that stands.");
  g_assert_cmpuint (side_store_get_outbox_length (store), ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  g_object_run_dispose (G_OBJECT (settler));
  side_test_run_for (50);
}

#define PLAN_BODY(more) "{\"id\":\"" REVIEW "\",\"project\":\"" SIDE_FIXTURE_PROJECT "\",\"script\":\"" SCRIPT_ID "\"," \
                        "\"selected\":\"random\",\"later\":7," more "}"
#define ITEM(call, place, drawn, more) "{\"call\":\"" call "\",\"place\":" place ",\"drawn\":" drawn more "}"
#define TASK(call, who) "{\"call\":\"" call "\",\"reviewer\":\"" who "\",\"selection\":\"random\"}"

/* Two calls replaced apart, and each version in order: both are kept, nobody is asked, and one call stands in for one. */
static void
test_plans_together (Place         *place,
                     gconstpointer  data)
{
  static const char base[] = PLAN_BODY ("\"items\":[" ITEM ("a", "1", "true", "") "," ITEM ("b", "2", "true", "") "," ITEM ("c", "3", "false", "") ","
                                        ITEM ("d", "4", "false", "") "],\"tasks\":[" TASK ("a", "tom") "," TASK ("b", "anna") "]");
  static const char mine[] = PLAN_BODY ("\"items\":[" ITEM ("a", "1", "true", ",\"replaced_by\":\"c\",\"reason\":\"x\"") ","
                                        ITEM ("b", "2", "true", "") "," ITEM ("c", "3", "false", "") "," ITEM ("d", "4", "false", "")
                                        "],\"tasks\":[" TASK ("c", "tom") "," TASK ("b", "anna") "]");
  static const char theirs[] = PLAN_BODY ("\"items\":[" ITEM ("a", "1", "true", "") "," ITEM ("b", "2", "true", ",\"replaced_by\":\"c\",\"reason\":\"y\"")
                                          "," ITEM ("c", "3", "false", "") "," ITEM ("d", "4", "false", "") "],\"tasks\":["
                                          TASK ("a", "tom") "," TASK ("c", "tom") "],\"closed_ms\":5000");
  g_autofree char *sentence = NULL;
  g_autofree char *kept = NULL;
  g_autoptr (SidePlan) plan = NULL;
  g_autoptr (SideConflictSettler) settler = side_conflict_settler_new (place->desk);
  SideStore *store = side_desk_get_store (place->desk);

  g_signal_connect (settler, "settled", G_CALLBACK (keep_sentence), &sentence);
  put_shared (place, "plan", base, 1);
  put_shared (place, "plan", mine, 0);
  put_shared (place, "plan", theirs, 2);
  side_test_wait_until (place_is_settled, store, 5000, "the conflict to be settled");
  kept = get_body (place, "plan");
  plan = side_wire_plan_from_json (kept, -1, NULL);
  g_assert_cmpint (plan->closed_ms, ==, 5000);
  g_assert_cmpstr (side_plan_find_item (plan, "a")->replaced_by, ==, "c");
  g_assert_cmpstr (side_plan_find_item (plan, "b")->replaced_by, ==, "d");
  g_assert_cmpuint (plan->tasks->len, ==, 2);
  g_assert_nonnull (strstr (kept, "\"later\":7"));
  g_assert_cmpstr (sentence, ==, "Plan of reviews: others changed it too; your changes and theirs are kept.");
  g_assert_cmpuint (side_store_get_outbox_length (store), ==, 1);
  g_object_run_dispose (G_OBJECT (settler));
  side_test_run_for (50);
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add ("/conflict-settler/judged", Place, NULL, place_set_up, test_judged, place_tear_down);
  g_test_add ("/conflict-settler/plans", Place, NULL, place_set_up, test_plans_together, place_tear_down);
  return g_test_run ();
}
