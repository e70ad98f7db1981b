/* test-reviews.c - whose review is shown, and answers for which there is no room
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <adwaita.h>

#include "calls-place.h"
#include "side-board-fixture.h"
#include "side-outbox.h"
#include "side-review-form.h"
#include "side-review-keeper.h"
#include "side-text.h"
#include "side-widget-test.h"
#include "side-wire.h"

typedef struct {
  Place             place;
  SideReviewKeeper *keeper;
  GtkWidget        *form;
  GtkWidget        *window;
} Scene;

static void
set_up (Scene         *scene,
        gconstpointer  role)
{
  place_set_up_as (&scene->place, (SideRole) GPOINTER_TO_INT (role));
  scene->keeper = side_review_keeper_new (scene->place.desk);
  scene->form = side_review_form_new ();
  side_review_form_set_keeper (SIDE_REVIEW_FORM (scene->form), scene->keeper, scene->place.desk);
  scene->window = side_widget_test_show (scene->form, 400, 600);
}

static void
tear_down (Scene         *scene,
           gconstpointer  role)
{
  side_widget_test_close (scene->window);
  side_test_run_for (100);
  g_assert_finalize_object (scene->keeper);
  place_tear_down (&scene->place, NULL);
}

static gboolean
is_loaded (gpointer keeper)
{
  return !side_review_keeper_is_loading (keeper);
}

static void
go_to (Scene *scene,
       int    number)
{
  g_autoptr (SideCall) call = place_call (number);

  side_review_keeper_set_call (scene->keeper, call);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "the reviews");
}

/* A colleague's review of the first call; returns its id. */
static char *
receive_review (Scene      *scene,
                const char *reviewer,
                double      second,
                gint64      finished_ms)
{
  char *id = side_id_new ();
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, "call-0", SCRIPT_ID, 7);
  g_autoptr (SideDocument) document = NULL;

  review->reviewer = g_strdup (reviewer);
  review->started_ms = review->changed_ms = side_fixture_now_ms ();
  review->finished_ms = finished_ms;
  side_review_set_answer (review, "1.1", 1.0, side_fixture_now_ms (), 2000);
  side_review_set_answer (review, "1.2", second, side_fixture_now_ms (), 9000);
  document = side_wire_document_for_review (review);
  place_receive (&scene->place, document);
  return id;
}

static void
assert_score (Scene  *scene,
              double  wanted)
{
  SideScore score;

  side_review_keeper_get_score (scene->keeper, &score);
  g_assert_cmpfloat_with_epsilon (score.score, wanted, 1e-9);
}

/* Whether something on the form says @words. */
static gboolean
says (GtkWidget  *root,
      const char *words)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (says (child, words))
      return TRUE;
  return FALSE;
}

static GtkWidget *
find_styled (GtkWidget  *root,
             const char *style)
{
  if (gtk_widget_has_css_class (root, style))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_styled (child, style);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkDropDown *
chooser_of (Scene *scene)
{
  return GTK_DROP_DOWN (find_styled (scene->form, "review-choice"));
}

/* The owner of the shop reads what was scored, by whom, and cannot change it. */
static void
test_client (Scene         *scene,
             gconstpointer  role)
{
  g_autofree char *draft = receive_review (scene, "boris", 1.0, 0);
  g_autofree char *id = receive_review (scene, "anna", 0.5, side_fixture_now_ms ());

  go_to (scene, 0);
  side_test_run_for (50);
  g_assert_nonnull (side_review_keeper_get_review (scene->keeper));
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, id);
  g_assert_false (side_review_keeper_is_own (scene->keeper));
  assert_score (scene, 75);
  g_assert_true (says (scene->form, "Scored by anna"));
  g_assert_false (says (scene->form, "Finish review"));
  g_assert_false (says (scene->form, "Revise…"));
  g_assert_false (gtk_widget_is_sensitive (find_styled (scene->form, "answer-yes")));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (chooser_of (scene))));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (place_find (scene->form, "SideScoreRing")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Score 75 of 100");
  side_review_keeper_answer (scene->keeper, "1.2", 1.0, 0);
  side_review_keeper_revise (scene->keeper, "because");
  assert_score (scene, 75);
  /* A call that nobody scored. */
  go_to (scene, 1);
  g_assert_null (side_review_keeper_get_review (scene->keeper));
  side_test_run_for (50);
  g_assert_true (says (scene->form, "Not scored yet"));
}

/* Several reviews: the newest, and a way to the others. */
static void
test_several (Scene         *scene,
              gconstpointer  role)
{
  g_autofree char *older = receive_review (scene, "boris", 1.0, side_fixture_now_ms () - 60000);
  g_autofree char *newer = receive_review (scene, "anna", 0.5, side_fixture_now_ms ());

  go_to (scene, 0);
  g_assert_cmpuint (side_review_keeper_get_others (scene->keeper)->len, ==, 2);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (chooser_of (scene))));
  side_review_keeper_choose (scene->keeper, newer);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "the newer review");
  assert_score (scene, 75);
  g_assert_cmpuint (gtk_drop_down_get_selected (chooser_of (scene)), ==, 0);
  gtk_drop_down_set_selected (chooser_of (scene), 1);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "the older review");
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->reviewer, ==, "boris");
  assert_score (scene, 100);
  side_test_run_for (50);
  g_assert_true (says (scene->form, "Scored by boris"));
  g_assert_cmpuint (gtk_drop_down_get_selected (chooser_of (scene)), ==, 1);
}

static gboolean
has_two_reviews (gpointer data)
{
  Scene *scene = data;
  g_autoptr (GPtrArray) list = place_list (&scene->place, "review", "call-0");

  return list->len == 2;
}

/* A trainer sees a colleague's review, and one's own stays apart from it. */
static void
test_own_apart (Scene         *scene,
                gconstpointer  role)
{
  g_autofree char *id = receive_review (scene, "anna", 0.5, side_fixture_now_ms ());
  gint64 now_ms = g_get_real_time () / 1000;

  go_to (scene, 0);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, id);
  side_review_keeper_answer (scene->keeper, "1.2", 1.0, 0);
  assert_score (scene, 75);
  gtk_drop_down_set_selected (chooser_of (scene), 0);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "one's own review");
  g_assert_null (side_review_keeper_get_review (scene->keeper));
  g_assert_true (gtk_widget_is_sensitive (find_styled (scene->form, "answer-yes")));
  side_review_keeper_answer (scene->keeper, "1.1", 0.0, 0);
  side_test_wait_until (has_two_reviews, scene, 5000, "a review of one's own");
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->reviewer, ==, PLACE_USER);
  /* The picture is an hour old; the answer is of now. */
  g_assert_cmpint (side_review_keeper_get_review (scene->keeper)->started_ms, >=, now_ms);
  g_assert_cmpint (side_review_keeper_get_review (scene->keeper)->changed_ms, >=, now_ms);
  go_to (scene, 1);
  go_to (scene, 0);
  g_assert_true (side_review_keeper_is_own (scene->keeper));
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 0.0);
  g_assert_cmpuint (side_review_keeper_get_others (scene->keeper)->len, ==, 1);
}

/* Who answers before all is read scores, whoever else did. */
static void
test_early (Scene         *scene,
            gconstpointer  role)
{
  g_autofree char *id = receive_review (scene, "anna", 0.5, side_fixture_now_ms ());
  g_autoptr (SideCall) call = place_call (0);

  side_review_keeper_set_call (scene->keeper, call);
  side_review_keeper_answer (scene->keeper, "1.1", 0.0, 0);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "the reviews");
  g_assert_true (side_review_keeper_is_own (scene->keeper));
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 0.0);
  side_test_run_for (100);
}

static gboolean
has_other (gpointer keeper)
{
  return side_review_keeper_get_others (keeper)->len == 1;
}

/* A colleague finishes while one's own form is open. */
static void
test_meanwhile (Scene         *scene,
                gconstpointer  role)
{
  g_autofree char *id = NULL;

  go_to (scene, 0);
  id = receive_review (scene, "anna", 0.5, side_fixture_now_ms ());
  side_test_wait_until (has_other, scene->keeper, 5000, "the colleague's review");
  g_assert_null (side_review_keeper_get_review (scene->keeper));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (chooser_of (scene))));
}

static gboolean
is_unsaved (gpointer keeper)
{
  return side_review_keeper_is_unsaved (keeper);
}

static gboolean
is_written (gpointer data)
{
  Scene *scene = data;
  g_autoptr (GPtrArray) list = place_list (&scene->place, "review", "call-0");
  g_autoptr (SideReview) review = NULL;

  if (list->len != 1)
    return FALSE;
  review = side_wire_review_from_json (((SideDocument *) list->pdata[0])->body, -1, NULL);
  return side_review_get_answer (review, "1.1") == 1.0 && side_review_get_answer (review, "1.2") == 0.5;
}

/* No room: what was answered stays in sight, also after another call, and is
 * written when there is room. */
static void
test_no_room (Scene         *scene,
              gconstpointer  role)
{
  go_to (scene, 0);
  place_limit_disk (0);
  side_review_keeper_answer (scene->keeper, "1.1", 1.0, 2000);
  side_review_keeper_answer (scene->keeper, "1.2", 0.5, 3000);
  side_test_wait_until (is_unsaved, scene->keeper, 5000, "the write to fail");
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 1.0);
  g_assert_true (says (scene->form, "Not saved yet"));
  go_to (scene, 1);
  g_assert_null (side_review_keeper_get_review (scene->keeper));
  g_assert_false (says (scene->form, "Not saved yet"));
  go_to (scene, 0);
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 1.0);
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.2"), ==, 0.5);
  g_assert_true (says (scene->form, "Not saved yet"));
  go_to (scene, 1);
  place_limit_disk (RLIM_INFINITY);
  side_test_wait_until (is_written, scene, 15000, "the answers to be tried again");
  go_to (scene, 0);
  assert_score (scene, 75);
  g_assert_false (says (scene->form, "Not saved yet"));
}

/* One person on two computers: what they begin on the same call is one review. */
static void
test_two_computers (void)
{
  g_auto (GStrv) ids = g_new0 (char *, 3);
  g_autofree char *of_another_call = NULL;

  for (guint i = 0; i < 2; i++)
    {
      Scene scene = { 0 };

      set_up (&scene, GINT_TO_POINTER (SIDE_ROLE_TRAINER));
      go_to (&scene, 0);
      side_review_keeper_answer (scene.keeper, "1.1", i == 0 ? 1.0 : 0.0, 0);
      ids[i] = g_strdup (side_review_keeper_get_review (scene.keeper)->id);
      go_to (&scene, 1);
      side_review_keeper_answer (scene.keeper, "1.1", 1.0, 0);
      g_free (of_another_call);
      of_another_call = g_strdup (side_review_keeper_get_review (scene.keeper)->id);
      tear_down (&scene, NULL);
    }
  g_assert_true (side_id_is_valid (ids[0]));
  g_assert_cmpstr (ids[0], ==, ids[1]);
  g_assert_cmpstr (ids[0], !=, of_another_call);
}

static gboolean
has_conflict (gpointer data)
{
  Scene *scene = data;

  return side_store_get_conflicts (side_desk_get_store (scene->place.desk)) == 1;
}

/* The other computer's answers come in the instant in which one begins here:
 * both are kept, and the person is asked. */
static void
test_crossed (Scene         *scene,
              gconstpointer  role)
{
  SideStore *store = side_desk_get_store (scene->place.desk);
  g_autofree char *name = g_strjoin ("\n", "review", "call-0", SCRIPT_ID, PLACE_USER, NULL);
  g_autofree char *id = side_id_named (name);
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, "call-0", SCRIPT_ID, 7);
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  review->reviewer = g_strdup (PLACE_USER);
  review->started_ms = review->changed_ms = side_fixture_now_ms ();
  side_review_set_answer (review, "1.1", 0.0, side_fixture_now_ms (), 2000);
  document = side_wire_document_for_review (review);
  document->revision = 1;
  document->change = 10;
  go_to (scene, 0);
  side_store_put_document_async (store, document, FALSE, NULL, side_test_async_cb, &result);
  side_review_keeper_answer (scene->keeper, "1.2", 1.0, 0);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, id);
  g_assert_true (side_store_put_document_finish (store, side_test_wait_result (&result, 5000, "the other's answers"), NULL));
  side_test_wait_until (has_conflict, scene, 5000, "the two to be in conflict");
}

static gboolean
has_no_review (gpointer keeper)
{
  return side_review_keeper_get_review (keeper) == NULL;
}

static gboolean
is_stored (gpointer data)
{
  Scene *scene = data;
  g_autoptr (GPtrArray) list = place_list (&scene->place, "review", "call-0");

  return list->len == 1;
}

/* What was deleted can be begun again, and is no conflict. */
static void
test_begun_again (Scene         *scene,
                  gconstpointer  role)
{
  g_autoptr (SideReview) review = NULL;
  g_autoptr (SideDocument) document = NULL;

  go_to (scene, 0);
  side_review_keeper_answer (scene->keeper, "1.1", 1.0, 0);
  review = side_review_copy (side_review_keeper_get_review (scene->keeper));
  side_test_wait_until (is_stored, scene, 5000, "the review");
  document = side_document_new ("review", review->id, SIDE_FIXTURE_PROJECT);
  document->call = g_strdup ("call-0");
  document->deleted = TRUE;
  {
    g_autoptr (GAsyncResult) result = NULL;

    side_desk_put_document_async (scene->place.desk, document, NULL, NULL, side_test_async_cb, &result);
    g_assert_true (side_desk_put_document_finish (scene->place.desk,
                                                  side_test_wait_result (&result, 5000, "the deletion"), NULL));
  }
  /* The server knew of it. */
  document->revision = 2;
  place_receive (&scene->place, document);
  side_test_wait_until (has_no_review, scene->keeper, 5000, "the review to go");
  side_review_keeper_answer (scene->keeper, "1.2", 0.5, 0);
  side_test_wait_until (is_stored, scene, 5000, "the review begun again");
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, SIDE_ANSWER_NONE);
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.2"), ==, 0.5);
  g_assert_cmpuint (side_store_get_conflicts (side_desk_get_store (scene->place.desk)), ==, 0);
}

/* Two of one's own, made apart: neither is out of sight, both can be changed. */
static void
test_own_twice (Scene         *scene,
                gconstpointer  role)
{
  g_autofree char *one = receive_review (scene, PLACE_USER, 1.0, 0);
  g_autofree char *two = receive_review (scene, PLACE_USER, 0.5, 0);
  g_autofree char *shown = NULL;
  GPtrArray *others;

  go_to (scene, 0);
  shown = g_strdup (side_review_keeper_get_review (scene->keeper)->id);
  others = side_review_keeper_get_others (scene->keeper);
  g_assert_cmpuint (others->len, ==, 1);
  g_assert_cmpstr (((SideReview *) g_ptr_array_index (others, 0))->id, !=, shown);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (chooser_of (scene))));
  gtk_drop_down_set_selected (chooser_of (scene), 1);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "the other review");
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, ==, g_str_equal (shown, one) ? two : one);
  g_assert_true (side_review_keeper_is_own (scene->keeper));
  side_review_keeper_answer (scene->keeper, "1.1", 0.0, 0);
  g_assert_cmpfloat (side_review_keeper_get_answer (scene->keeper, "1.1"), ==, 0.0);
  side_test_run_for (200);
  g_assert_cmpuint (side_review_keeper_get_others (scene->keeper)->len, ==, 1);
  g_assert_cmpstr (((SideReview *) g_ptr_array_index (side_review_keeper_get_others (scene->keeper), 0))->id, ==, shown);
  g_assert_cmpuint (gtk_drop_down_get_selected (chooser_of (scene)), ==, 0);
}

#define ADD(path, role, test) g_test_add ("/reviews/" path, Scene, GINT_TO_POINTER (role), set_up, test, tear_down)

static gboolean
takes_back (gpointer keeper)
{
  return !side_review_keeper_keeps_rulings (keeper);
}

/* anna's review without "1.2", and somebody who ruled that it was heard. */
static void
uphold (SideReview  *review,
        SideDispute *dispute,
        const char  *judge,
        gint64       now_ms)
{
  review->reviewer = g_strdup ("anna");
  side_review_set_answer (review, "1.1", 1, now_ms, 2000);
  side_review_set_answer (review, "1.2", 0, now_ms, 9000);
  side_review_finish (review, 1, now_ms);
  dispute->review = g_strdup (review->id);
  dispute->review_revision = 1;
  dispute->criterion = g_strdup ("1.2");
  dispute->reason = g_strdup ("I did");
  dispute->state = SIDE_DISPUTE_UPHELD;
  dispute->judge = g_strdup (judge);
  dispute->ruling = g_strdup ("Heard again");
  dispute->value = 1;
  dispute->judged_ms = now_ms + 1;
}

/* Whoever upheld a dispute has the review then, and does not finish it below what they ruled. */
static void
test_ruled (Scene         *scene,
            gconstpointer  role)
{
  gint64 now_ms = g_get_real_time () / 1000 - 5000;
  g_autofree char *id = side_id_new ();
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, "call-0", SCRIPT_ID, 7);
  g_autoptr (SideDispute) dispute = side_dispute_new (id, SIDE_FIXTURE_PROJECT, "call-0");
  g_autoptr (SideReview) ruled = NULL;
  g_autoptr (SideDocument) paper = NULL, document = NULL;

  uphold (review, dispute, PLACE_USER, now_ms);
  ruled = side_dispute_apply (dispute, review, now_ms + 1, NULL);
  paper = side_wire_document_for_dispute (dispute);
  place_receive (&scene->place, paper);
  document = side_wire_document_for_review (ruled);
  place_receive (&scene->place, document);
  go_to (scene, 0);
  side_review_keeper_revise (scene->keeper, "Once more");
  g_assert_true (side_review_keeper_keeps_rulings (scene->keeper));
  side_review_keeper_answer (scene->keeper, "1.2", 0, 3000);
  side_test_wait_until (takes_back, scene->keeper, 5000, "the ruling to be known");
  side_review_keeper_answer (scene->keeper, "1.2", 1, 3000);
  g_assert_true (side_review_keeper_keeps_rulings (scene->keeper));
  side_review_keeper_answer (scene->keeper, "1.1", 0, 3000);
  g_assert_false (side_review_keeper_keeps_rulings (scene->keeper));
}

/* Nor by another review of the same call. */
static void
test_ruled_anew (Scene         *scene,
                 gconstpointer  role)
{
  gint64 now_ms = g_get_real_time () / 1000 - 5000;
  g_autofree char *id = side_id_new ();
  g_autoptr (SideReview) review = side_review_new (id, SIDE_FIXTURE_PROJECT, "call-0", SCRIPT_ID, 7);
  g_autoptr (SideDispute) dispute = side_dispute_new (id, SIDE_FIXTURE_PROJECT, "call-0");
  g_autoptr (SideDocument) paper = NULL, document = NULL;

  uphold (review, dispute, "boris", now_ms);
  paper = side_wire_document_for_dispute (dispute);
  place_receive (&scene->place, paper);
  document = side_wire_document_for_review (review);
  place_receive (&scene->place, document);
  go_to (scene, 0);
  side_review_keeper_choose (scene->keeper, NULL);
  side_test_wait_until (is_loaded, scene->keeper, 5000, "an empty form");
  side_review_keeper_answer (scene->keeper, "1.1", 1, 2000);
  side_review_keeper_answer (scene->keeper, "1.2", 0, 3000);
  g_assert_cmpstr (side_review_keeper_get_review (scene->keeper)->id, !=, id);
  side_test_wait_until (takes_back, scene->keeper, 5000, "the ruling to be known");
  side_review_keeper_answer (scene->keeper, "1.2", 1, 3000);
  g_assert_true (side_review_keeper_keeps_rulings (scene->keeper));
}

int
main (int   argc,
      char *argv[])
{
  side_widget_test_init (&argc, &argv);
  ADD ("client", SIDE_ROLE_CLIENT, test_client);
  ADD ("several/client", SIDE_ROLE_CLIENT, test_several);
  ADD ("own-apart", SIDE_ROLE_TRAINER, test_own_apart);
  ADD ("early", SIDE_ROLE_TRAINER, test_early);
  ADD ("meanwhile", SIDE_ROLE_TRAINER, test_meanwhile);
  ADD ("no-room", SIDE_ROLE_TRAINER, test_no_room);
  ADD ("own-twice", SIDE_ROLE_TRAINER, test_own_twice);
  ADD ("crossed", SIDE_ROLE_TRAINER, test_crossed);
  ADD ("begun-again", SIDE_ROLE_TRAINER, test_begun_again);
  ADD ("ruled", SIDE_ROLE_TRAINER, test_ruled);
  ADD ("ruled-anew", SIDE_ROLE_TRAINER, test_ruled_anew);
  g_test_add_func ("/reviews/two-computers", test_two_computers);
  return g_test_run ();
}
