/* test-crossed.c - what is written here while others write, too
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>
#include <math.h>

#include "calls-place.h"
#include "side-call-detail.h"
#include "side-call-list.h"
#include "side-call-notes.h"
#include "side-calls-page.h"
#include "side-outbox.h"
#include "side-review-form.h"
#include "side-review-keeper.h"
#include "side-board-fixture.h"
#include "side-test.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

static gboolean
is_loaded (gpointer data)
{
  return !side_review_keeper_is_loading (data);
}

static SideOutboxItem *
next_unsent (SideStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SideOutboxItem *item;

  side_store_next_outbox_async (store, NULL, side_test_async_cb, &result);
  item = side_store_next_outbox_finish (store, side_test_wait_result (&result, 5000, "the outbox"), &error);
  g_assert_no_error (error);
  return item;
}

/* The server took what is unsent, as @revision. */
static SideDocument *
send_as (SideStore *store,
         gint64     revision)
{
  g_autoptr (SideOutboxItem) item = next_unsent (store);
  g_autoptr (GAsyncResult) result = NULL;
  SideDocument *document;

  g_assert_nonnull (item);
  side_store_mark_sent_async (store, item, revision, revision * 10, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_mark_sent_finish (store, side_test_wait_result (&result, 5000, "the mark"), NULL));
  document = side_document_copy (item->document);
  document->revision = revision;
  return document;
}

/* @document as a colleague left it: with one more answer and another comment. */
static SideDocument *
changed_elsewhere (const SideDocument *document,
                   const char         *criterion)
{
  g_autoptr (SideReview) review = side_wire_review_from_json (document->body, -1, NULL);
  SideDocument *changed;

  side_review_set_answer (review, criterion, 0.5, side_fixture_now_ms (), -1);
  g_free (review->comment);
  review->comment = g_strdup ("From elsewhere");
  changed = side_wire_document_for_review (review);
  changed->revision = document->revision + 1;
  changed->change = changed->revision * 10;
  return changed;
}

static void
receive (SideStore    *store,
         SideDocument *document)
{
  g_autoptr (GAsyncResult) result = NULL;

  side_store_put_document_async (store, document, FALSE, NULL, side_test_async_cb, &result);
  g_assert_true (side_store_put_document_finish (store, side_test_wait_result (&result, 5000, "their version"), NULL));
}

static gboolean
has_their_answer (gpointer data)
{
  return side_review_keeper_get_answer (data, "1.2") == 0.5;
}

static gboolean
has_unsent (gpointer data)
{
  return side_store_get_outbox_length (data) == 1;
}

static gboolean
has_conflict (gpointer data)
{
  return side_store_get_conflicts (data) == 1;
}

static SideReviewKeeper *
keeper_with_answer (Place *place)
{
  SideReviewKeeper *keeper = side_review_keeper_new (place->desk);
  g_autoptr (SideCall) call = place_call (0);

  side_review_keeper_set_call (keeper, call);
  side_test_wait_until (is_loaded, keeper, 5000, "the script");
  side_review_keeper_answer (keeper, "1.1", 1.0, 2000);
  side_test_wait_until (has_unsent, side_desk_get_store (place->desk), 5000, "the draft to be saved");
  return keeper;
}

/* Their answer comes while the form is open: mine goes on top of it. */
static void
test_keeper_follows (Place         *place,
                     gconstpointer  data)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideReviewKeeper) keeper = keeper_with_answer (place);
  g_autoptr (SideDocument) sent = send_as (store, 1);
  g_autoptr (SideDocument) theirs = changed_elsewhere (sent, "1.2");
  g_autoptr (SideOutboxItem) item = NULL;
  g_autoptr (SideReview) review = NULL;

  receive (store, theirs);
  side_test_wait_until (has_their_answer, keeper, 5000, "their answer to be shown");
  side_review_keeper_answer (keeper, "1.3", 1.0, 3000);
  side_test_wait_until (has_unsent, store, 5000, "my answer to be saved");
  item = next_unsent (store);
  g_assert_nonnull (item);
  g_assert_cmpint (item->base_revision, ==, 2);
  review = side_wire_review_from_json (item->document->body, -1, NULL);
  g_assert_cmpfloat (side_review_get_answer (review, "1.1"), ==, 1.0);
  g_assert_cmpfloat (side_review_get_answer (review, "1.2"), ==, 0.5);
  g_assert_cmpfloat (side_review_get_answer (review, "1.3"), ==, 1.0);
  g_assert_cmpstr (review->comment, ==, "From elsewhere");
  g_assert_cmpuint (side_store_get_conflicts (store), ==, 0);
}

/* Their answer comes in the very moment of mine: both are kept for a choice. */
static void
test_keeper_crossed (Place         *place,
                     gconstpointer  data)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideReviewKeeper) keeper = keeper_with_answer (place);
  g_autoptr (SideDocument) sent = send_as (store, 1);
  g_autoptr (SideDocument) theirs = changed_elsewhere (sent, "1.2");
  g_autoptr (GAsyncResult) result = NULL;

  place_settle ();
  side_store_put_document_async (store, theirs, FALSE, NULL, side_test_async_cb, &result);
  side_review_keeper_answer (keeper, "1.3", 1.0, 3000);
  g_assert_true (side_store_put_document_finish (store, side_test_wait_result (&result, 5000, "their version"), NULL));
  side_test_wait_until (has_conflict, store, 5000, "the conflict");
  place_settle ();
  g_assert_cmpfloat (side_review_keeper_get_answer (keeper, "1.3"), ==, 1.0);
}

static GtkTextBuffer *
comment_of (GtkWidget *form)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (place_find (form, "GtkTextView")));
}

static void
assert_comment (GtkWidget  *form,
                const char *expected)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (comment_of (form), &start, &end);
  text = gtk_text_buffer_get_text (comment_of (form), &start, &end, FALSE);
  g_assert_cmpstr (text, ==, expected);
}

static GtkWidget *
window_with_form (Place            *place,
                  SideReviewKeeper *keeper,
                  GtkWidget       **form)
{
  GtkWidget *window = adw_window_new ();
  g_autoptr (SideCall) call = place_call (0);

  *form = side_review_form_new ();
  adw_window_set_content (ADW_WINDOW (window), *form);
  side_review_form_set_keeper (SIDE_REVIEW_FORM (*form), keeper, place->desk);
  gtk_window_present (GTK_WINDOW (window));
  side_review_keeper_set_call (keeper, call);
  side_test_wait_until (is_loaded, keeper, 5000, "the script");
  return window;
}

/* A script of another project comes while somebody types. */
static void
test_form_keeps_comment (Place         *place,
                         gconstpointer  data)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideReviewKeeper) keeper = side_review_keeper_new (place->desk);
  g_autoptr (SideScript) script = side_script_new ("3d1f5a52-6b0e-4c0e-9d2f-0d7f3c6b1a77", "elsewhere", "Other", 1);
  g_autoptr (SideDocument) document = side_wire_document_for_script (script);
  g_autoptr (GtkWidget) row = NULL;
  GtkWidget *form;
  GtkWidget *window = window_with_form (place, keeper, &form);

  row = g_object_ref (place_find (form, "SideCriterionRow"));
  gtk_widget_grab_focus (row);
  gtk_text_buffer_set_text (comment_of (form), "Half a thought", -1);
  document->revision = 1;
  receive (store, document);
  place_settle ();
  assert_comment (form, "Half a thought");
  g_assert_true (gtk_widget_get_root (row) == GTK_ROOT (window));
  side_review_form_flush (SIDE_REVIEW_FORM (form));
  g_assert_cmpstr (side_review_keeper_get_review (keeper)->comment, ==, "Half a thought");
  gtk_window_destroy (GTK_WINDOW (window));
  place_settle ();
}

/* The same review comes from elsewhere while somebody types. */
static void
test_form_keeps_both (Place         *place,
                      gconstpointer  data)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideReviewKeeper) keeper = keeper_with_answer (place);
  g_autoptr (SideDocument) sent = send_as (store, 1);
  g_autoptr (SideDocument) theirs = changed_elsewhere (sent, "1.2");
  g_autoptr (SideReviewKeeper) second = side_review_keeper_new (place->desk);
  GtkWidget *form;
  GtkWidget *window = window_with_form (place, second, &form);

  place_settle ();
  gtk_text_buffer_set_text (comment_of (form), "Half a thought", -1);
  receive (store, theirs);
  side_test_wait_until (has_conflict, store, 5000, "the conflict");
  place_settle ();
  assert_comment (form, "Half a thought");
  gtk_window_destroy (GTK_WINDOW (window));
  place_settle ();
}

/* A review of an older version keeps that version's questions and score. */
static void
test_keeper_outdated (Place         *place,
                      gconstpointer  data)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideReviewKeeper) keeper = keeper_with_answer (place);
  g_autoptr (SideReviewKeeper) again = side_review_keeper_new (place->desk);
  g_autoptr (SideScript) script = side_script_new (SCRIPT_ID, SIDE_FIXTURE_PROJECT, "Order by phone", 8);
  SideSection *section = side_script_add_section (script, "1", "Greeting");
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideCall) call = place_call (0);
  SideScore score;

  side_review_keeper_answer (keeper, "1.2", 0, 2000);
  side_review_keeper_finish (keeper, -1);
  side_section_add_criterion (section, "1.1", "Names the shop", 5);
  side_section_add_criterion (section, "1.2", "Asks the name", 95);
  document = side_wire_document_for_script (script);
  document->revision = 2;
  document->change = 20;
  receive (store, document);
  side_review_keeper_set_call (again, call);
  side_test_wait_until (is_loaded, again, 5000, "the review");
  g_assert_true (side_review_keeper_is_outdated (again));
  g_assert_cmpint (side_review_keeper_get_script (again)->version, ==, 7);
  side_review_keeper_get_score (again, &score);
  g_assert_cmpfloat_with_epsilon (score.score, 50, 1e-9);
  place_settle ();
}

static gboolean
is_changed (gpointer data)
{
  g_autoptr (SideNoteItem) item = g_list_model_get_item (data, 0);

  return item != NULL && g_str_equal (side_note_item_get_annotation (item)->text, "Theirs");
}

/* A note is changed elsewhere while its editor is open. */
static void
test_note_crossed (Place         *place,
                   gconstpointer  data)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideCallNotes) notes = side_call_notes_new (place->desk);
  g_autoptr (SideCall) call = place_call (0);
  g_autoptr (SideNoteItem) item = NULL;
  g_autoptr (SideDocument) sent = NULL;
  g_autoptr (SideDocument) theirs = NULL;
  g_autoptr (SideAnnotation) note = NULL;

  side_call_notes_set_call (notes, call);
  place_write_note (notes, side_call_notes_begin (notes, 2000, 5000), "greeting", "Ours");
  side_test_wait_until (place_has_one, notes, 5000, "the note to come back from the store");
  sent = send_as (store, 1);
  place_settle ();
  item = g_list_model_get_item (G_LIST_MODEL (notes), 0);
  note = side_annotation_copy (side_note_item_get_annotation (item));
  g_free (note->text);
  note->text = g_strdup ("Theirs");
  theirs = side_wire_document_for_annotation (note);
  theirs->revision = 2;
  receive (store, theirs);
  side_test_wait_until (is_changed, notes, 5000, "their text to be shown");
  place_write_note (notes, side_note_draft_new_change (item), "greeting", "Ours, longer");
  side_test_wait_until (has_conflict, store, 5000, "the conflict");
  place_settle ();
}

/* Any number of steps back, each over what it left. */
static void
test_notes_undo (Place         *place,
                 gconstpointer  data)
{
  SideStore *store = side_desk_get_store (place->desk);
  g_autoptr (SideCallNotes) notes = side_call_notes_new (place->desk);
  g_autoptr (SideCall) call = place_call (0);
  g_autoptr (SideNoteItem) item = NULL;
  g_autoptr (SideDocument) sent = NULL;

  side_call_notes_set_call (notes, call);
  place_write_note (notes, side_call_notes_begin (notes, 2000, 5000), "greeting", "Ours");
  side_test_wait_until (place_has_one, notes, 5000, "the note to come back from the store");
  sent = send_as (store, 1);
  item = g_list_model_get_item (G_LIST_MODEL (notes), 0);
  place_write_note (notes, side_note_draft_new_change (item), "greeting", "Theirs");
  side_test_wait_until (is_changed, notes, 5000, "the other text");
  g_assert_true (side_call_notes_undo (notes));
  g_assert_true (side_call_notes_undo (notes));
  side_test_wait_until (place_has_none, notes, 5000, "the note to be gone");
  g_assert_false (side_call_notes_undo (notes));
  g_assert_cmpuint (side_store_get_conflicts (store), ==, 0);
  place_settle ();
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/crossed/keeper-follows", Place, NULL, place_set_up, test_keeper_follows, place_tear_down);
  g_test_add ("/crossed/keeper-crossed", Place, NULL, place_set_up, test_keeper_crossed, place_tear_down);
  g_test_add ("/crossed/keeper-outdated", Place, NULL, place_set_up, test_keeper_outdated, place_tear_down);
  g_test_add ("/crossed/form-keeps-comment", Place, NULL, place_set_up, test_form_keeps_comment, place_tear_down);
  g_test_add ("/crossed/form-keeps-both", Place, NULL, place_set_up, test_form_keeps_both, place_tear_down);
  g_test_add ("/crossed/note-crossed", Place, NULL, place_set_up, test_note_crossed, place_tear_down);
  g_test_add ("/crossed/notes-undo", Place, NULL, place_set_up, test_notes_undo, place_tear_down);
  return g_test_run ();
}
