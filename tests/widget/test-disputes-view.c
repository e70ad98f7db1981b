/* test-disputes-view.c - an operator answers to a review, and somebody judges it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Without a server: what is written lies in the store and waits to be sent.
 */
#include <adwaita.h>

#include "calls-place.h"
#include "side-answered-export.h"
#include "side-board-fixture.h"
#include "side-disputes-view.h"
#include "side-pages.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

#define REVIEW  "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define DISPUTE "7f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b13"

typedef struct {
  Place         place;
  SideDisputes *disputes;
  GtkWidget    *view;
  GtkWidget    *window;
} Scene;

static gboolean
has_review (gpointer disputes)
{
  return side_disputes_list (disputes)->len > 0;
}

static SideReview *
make_review (const char *reviewer)
{
  SideReview *review = side_review_new (REVIEW, SIDE_FIXTURE_PROJECT, "call-0", SCRIPT_ID, 7);

  side_review_claim (review, reviewer, side_fixture_now_ms ());
  side_review_set_answer (review, "1.1", 0, side_fixture_now_ms (), 4000)->comment = g_strdup ("<b>no</b> & \"never\"");
  side_review_set_answer (review, "1.2", 1, side_fixture_now_ms (), 9000);
  side_review_finish (review, 1, g_get_real_time () / 1000);
  return review;
}

static void
receive_review (Scene      *scene,
                const char *reviewer)
{
  g_autoptr (SideReview) review = make_review (reviewer);
  g_autoptr (SideDocument) document = side_wire_document_for_review (review);

  place_receive (&scene->place, document);
}

static void
receive_dispute (Scene *scene)
{
  g_autoptr (SideDispute) dispute = side_dispute_new (DISPUTE, SIDE_FIXTURE_PROJECT, "call-0");
  g_autoptr (SideDocument) document = NULL;

  dispute->review = g_strdup (REVIEW);
  dispute->review_revision = 1;
  dispute->script = g_strdup (SCRIPT_ID);
  dispute->criterion = g_strdup ("1.1");
  dispute->asked = 1;
  dispute->reason = g_strdup ("I did say it");
  dispute->operator_id = g_strdup ("anna");
  dispute->author = g_strdup ("vera");
  dispute->created_ms = side_fixture_now_ms ();
  dispute->due_ms = dispute->created_ms + 1;       /* long ago */
  document = side_wire_document_for_dispute (dispute);
  place_receive (&scene->place, document);
}

static void
begin (Scene      *scene,
       SideRole    role,
       const char *reviewer,
       gboolean    disputed)
{
  place_set_up_as (&scene->place, role);
  receive_review (scene, reviewer);
  if (disputed)
    receive_dispute (scene);
  scene->view = role == SIDE_ROLE_OPERATOR ? side_my_reviews_new (scene->place.desk) : side_disputes_view_new (scene->place.desk);
  g_assert_nonnull (scene->view);
  scene->disputes = side_disputes_get (scene->place.desk);
  scene->window = side_widget_test_show (scene->view, 1100, 700);
  side_test_wait_until (has_review, scene->disputes, 5000, "the review");
  side_test_run_for (50);
}

static void
end (Scene *scene)
{
  side_widget_test_close (scene->window);
  side_test_run_for (100);
  place_tear_down (&scene->place, NULL);
}

static void
answer (const char *words,
        const char *response)
{
  AdwMessageDialog *dialog = side_widget_test_find_question ();
  GtkWidget *text = place_find (GTK_WIDGET (dialog), "GtkTextView");

  side_widget_test_no_nameless (GTK_WIDGET (dialog));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, response));    /* without words */
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), words, -1);
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, response));
  adw_message_dialog_response (dialog, response);
  side_test_run_for (100);
}

static gboolean
has_dispute (gpointer disputes)
{
  SideAnswered *answered = side_disputes_find (disputes, REVIEW);

  return answered != NULL && answered->disputes->len == 1;
}

static gboolean
has_read (gpointer disputes)
{
  SideAnswered *answered = side_disputes_find (disputes, REVIEW);

  return answered != NULL && answered->read != NULL;
}

static gboolean
has_withdrawn (gpointer disputes)
{
  return has_dispute (disputes) && ((SideDispute *) side_disputes_find (disputes, REVIEW)->disputes->pdata[0])->state == SIDE_DISPUTE_WITHDRAWN;
}

static void
test_operator (void)
{
  Scene scene;
  const SideDispute *dispute;

  begin (&scene, SIDE_ROLE_OPERATOR, "boris", FALSE);
  g_assert_null (side_disputes_view_new (scene.place.desk));
  side_widget_test_no_nameless (scene.view);
  side_widget_test_click (side_widget_test_find_button (scene.view, "_Acknowledge"));
  side_test_wait_until (has_read, scene.disputes, 5000, "the acknowledgement");
  g_assert_null (side_widget_test_find_button (scene.view, "_Acknowledge"));
  side_widget_test_click (side_widget_test_find_button (scene.view, "_Dispute…"));
  answer ("I named the shop", "accept");
  side_test_wait_until (has_dispute, scene.disputes, 5000, "the dispute");
  dispute = side_disputes_find (scene.disputes, REVIEW)->disputes->pdata[0];
  g_assert_cmpstr (dispute->criterion, ==, "1.1");
  g_assert_cmpstr (dispute->author, ==, PLACE_USER);
  g_assert_cmpstr (dispute->operator_id, ==, "anna");
  g_assert_false (dispute->on_behalf);
  g_assert_cmpint (dispute->due_ms, >, dispute->created_ms);
  /* One at a time, nobody judges here, and it can be taken back. */
  side_test_run_for (50);
  g_assert_null (side_widget_test_find_button (scene.view, "_Dispute…"));
  g_assert_null (side_widget_test_find_button (scene.view, "_Judge…"));
  /* It asks first. */
  side_widget_test_click (side_widget_test_find_button (scene.view, "_Withdraw…"));
  side_widget_test_answer ("cancel");
  g_assert_false (has_withdrawn (scene.disputes));
  side_widget_test_click (side_widget_test_find_button (scene.view, "_Withdraw…"));
  side_widget_test_answer ("withdraw");
  side_test_wait_until (has_withdrawn, scene.disputes, 5000, "the withdrawal");
  side_test_run_for (50);
  g_assert_nonnull (side_widget_test_find_button (scene.view, "_Dispute…"));
  end (&scene);
}

/* Whether a text with these words in it is shown. */
static gboolean
tells (GtkWidget  *root,
       const char *words)
{
  gboolean told = GTK_IS_LABEL (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && !told; child = gtk_widget_get_next_sibling (child))
    told = tells (child, words);
  return told;
}

static gboolean
has_second_revision (gpointer disputes)
{
  SideAnswered *answered = side_disputes_find (disputes, REVIEW);

  return answered != NULL && answered->review->revision == 2;
}

static void
test_judge (void)
{
  Scene scene;
  SideAnswered *answered;

  begin (&scene, SIDE_ROLE_SUPERVISOR, "boris", TRUE);
  g_assert_null (side_my_reviews_new (scene.place.desk));
  side_widget_test_no_nameless (scene.view);
  g_assert_nonnull (place_find_text (scene.view, "Open Disputes"));
  side_widget_test_click (side_widget_test_find_button (scene.view, "_Judge…"));
  answer ("Heard it at the end", "uphold");
  side_test_wait_until (has_second_revision, scene.disputes, 5000, "the review's next revision");
  answered = side_disputes_find (scene.disputes, REVIEW);
  g_assert_cmpint (((SideDispute *) answered->disputes->pdata[0])->state, ==, SIDE_DISPUTE_UPHELD);
  g_assert_cmpfloat (side_review_get_answer (answered->review, "1.1"), ==, 1);
  g_assert_cmpstr (answered->review->reviewer, ==, PLACE_USER);
  g_assert_cmpstr (answered->review->reason, ==, "Heard it at the end");
  g_assert_null (answered->read);
  side_test_run_for (50);
  g_assert_nonnull (place_find_text (scene.view, "How Often Operators Were Right"));
  end (&scene);
}

/* Who reviewed does not judge, and is told why. */
static void
test_own_review (void)
{
  Scene scene;

  begin (&scene, SIDE_ROLE_TRAINER, PLACE_USER, TRUE);
  g_assert_null (side_widget_test_find_button (scene.view, "_Judge…"));
  g_assert_null (side_widget_test_find_button (scene.view, "_Withdraw…"));
  /* Nor does who reviewed answer for the operator. */
  g_assert_false (gtk_widget_get_sensitive (side_widget_test_find_button (scene.view, "_Record an Answer…")));
  end (&scene);
  begin (&scene, SIDE_ROLE_TRAINER, "boris", TRUE);
  side_widget_test_click (side_widget_test_find_button (scene.view, "_Record an Answer…"));
  adw_message_dialog_response (side_widget_test_find_question (), "accept");      /* acknowledges */
  side_test_wait_until (has_read, scene.disputes, 5000, "the acknowledgement");
  g_assert_true (side_disputes_find (scene.disputes, REVIEW)->read->on_behalf);
  end (&scene);
}

static gboolean
is_being_changed (gpointer disputes)
{
  const SideAnswered *answered = side_disputes_find (disputes, REVIEW);

  return answered != NULL && answered->review->finished_ms == 0;
}

/* Somebody writes the next revision of it. */
static void
receive_draft (Scene *scene)
{
  g_autoptr (SideReview) review = side_review_copy (side_disputes_find (scene->disputes, REVIEW)->review);
  g_autoptr (SideDocument) document = NULL;
  SideAnswer *answer;

  side_review_reopen (review, "boris", "Heard again", g_get_real_time () / 1000);
  answer = side_review_set_answer (review, "1.1", 0.5, side_fixture_now_ms (), 4000);
  g_free (answer->comment);
  answer->comment = g_strdup ("Not ready");
  document = side_wire_document_for_review (review);
  document->revision = 2;
  place_receive (&scene->place, document);
  side_test_wait_until (is_being_changed, scene->disputes, 5000, "the draft");
}

static void
test_export (void)
{
  Scene scene;
  g_autofree char *html = NULL;
  g_autofree char *revised = NULL;

  begin (&scene, SIDE_ROLE_SUPERVISOR, "boris", FALSE);
  html = side_answered_export_print (scene.place.desk, side_disputes_find (scene.disputes, REVIEW));
  g_assert_nonnull (strstr (html, "Names the shop"));
  g_assert_nonnull (strstr (html, "&lt;b&gt;no&lt;/b&gt; &amp; &quot;never&quot;"));
  g_assert_null (strstr (html, "<b>"));
  g_assert_null (strstr (html, "<script"));
  g_assert_nonnull (strstr (html, "0:04"));
  /* What was sealed stands, not what is only being written. */
  receive_draft (&scene);
  revised = side_answered_export_print (scene.place.desk, side_disputes_find (scene.disputes, REVIEW));
  g_assert_cmpstr (revised, ==, html);
  side_test_run_for (100);
  g_assert_null (place_find_text (scene.view, "Not ready"));
  end (&scene);
}

/* Somebody begins to change the review while the words to the operator are
 * typed: they stay, and the dispute waits. */
static void
test_judge_meanwhile (void)
{
  Scene scene;
  g_autofree char *words = NULL;
  GtkTextIter start, end_of;
  GtkTextBuffer *buffer;

  begin (&scene, SIDE_ROLE_SUPERVISOR, "boris", TRUE);
  side_widget_test_click (side_widget_test_find_button (scene.view, "_Judge…"));
  receive_draft (&scene);
  answer ("Heard it at the end", "uphold");
  side_widget_test_answer ("cancel");
  side_test_run_for (50);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (place_find (GTK_WIDGET (side_widget_test_find_question ()), "GtkTextView")));
  gtk_text_buffer_get_bounds (buffer, &start, &end_of);
  words = gtk_text_buffer_get_text (buffer, &start, &end_of, FALSE);
  g_assert_cmpstr (words, ==, "Heard it at the end");
  side_widget_test_answer ("cancel");
  g_assert_null (side_widget_test_find_button (scene.view, "_Judge…"));
  g_assert_true (tells (scene.view, "Judge the dispute when it is finished again"));
  end (&scene);
}

static gboolean
has_two (gpointer disputes)
{
  return side_disputes_list (disputes)->len == 2;
}

/* Two reviews of one call: the operator sees whose each is and which one counts. */
static void
test_which_counts (void)
{
  Scene scene;
  g_autoptr (SideReview) later = NULL;
  g_autoptr (SideDocument) document = NULL;

  begin (&scene, SIDE_ROLE_OPERATOR, "boris", FALSE);
  g_assert_false (tells (scene.view, "this review counts"));
  later = side_review_new ("6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12", SIDE_FIXTURE_PROJECT, "call-0", SCRIPT_ID, 7);
  side_review_claim (later, "olga", side_fixture_now_ms ());
  side_review_set_answer (later, "1.1", 1, side_fixture_now_ms (), -1);
  side_review_finish (later, 1, g_get_real_time () / 1000 + 60000);
  document = side_wire_document_for_review (later);
  place_receive (&scene.place, document);
  side_test_wait_until (has_two, scene.disputes, 5000, "the second review");
  side_test_run_for (50);
  g_assert_true (tells (scene.view, "reviewed by olga"));
  g_assert_true (tells (scene.view, "this review counts"));
  g_assert_true (tells (scene.view, "does not count: the call was reviewed again later"));
  end (&scene);
}

static void
test_pages (void)
{
  g_assert_true (side_pages_is_for (side_pages_find ("calls"), SIDE_ROLE_OPERATOR));
  g_assert_true (side_pages_is_for (side_pages_find ("reviews"), SIDE_ROLE_OPERATOR));
  g_assert_false (side_pages_is_for (side_pages_find ("live"), SIDE_ROLE_OPERATOR));
  g_assert_cmpstr (side_pages_first_for (SIDE_ROLE_OPERATOR)->name, ==, "calls");
  g_assert_cmpstr (side_pages_first_for (SIDE_ROLE_SUPERVISOR)->name, ==, "live");
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  g_test_add_func ("/disputes-view/operator", test_operator);
  g_test_add_func ("/disputes-view/judge", test_judge);
  g_test_add_func ("/disputes-view/own-review", test_own_review);
  g_test_add_func ("/disputes-view/judge-meanwhile", test_judge_meanwhile);
  g_test_add_func ("/disputes-view/which-counts", test_which_counts);
  g_test_add_func ("/disputes-view/export", test_export);
  g_test_add_func ("/disputes-view/pages", test_pages);
  return g_test_run ();
}
