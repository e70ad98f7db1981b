/* test-http-reviews.c - what is sealed of a review never changes, whoever writes
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Two trainers, a supervisor and an operator of one project write reviews as
 * the app does, and as it never would.
 */
#include <string.h>

#include "reviews-rig.h"
#include "side-review-check.h"
#include "side-review-rule.h"
#include "side-test.h"

static guint
delete_review (Fixture    *f,
               const char *token,
               const char *base)
{
  g_autoptr (RigAnswer) answer = rig_ask (f->rig, "DELETE", "/documents/review/" REVIEW, token, "If-Match", base, NULL);

  g_test_message ("DELETE over %s: %u %s", base, answer->status, answer->body);
  return answer->status;
}

/* Nobody begins a review in somebody else's name, nor in the middle. */
static void
test_new (Fixture       *f,
          gconstpointer  data)
{
  g_autoptr (SideReview) good = reviews_make_draft ("tom");
  g_autoptr (SideReview) nobodys = reviews_make_draft ("tom");
  g_autoptr (SideReview) sealed = reviews_make_sealed ("tom");
  g_autoptr (SideReview) late = reviews_make_sealed ("tom");
  g_autoptr (SideReview) forged = reviews_make_sealed ("rita");
  g_autoptr (SideReview) held = reviews_make_draft ("rita");
  g_autoptr (SideReview) revised = NULL;

  g_clear_pointer (&nobodys->reviewer, g_free);
  g_assert_cmpuint (reviews_put (f, f->rita, good, 0), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->chief, good, 0), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->vera, good, 0), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->tom, nobodys, 0), ==, 403);
  late->revision = 7;
  g_assert_cmpuint (reviews_put (f, f->tom, late, 0), ==, 403);
  side_review_claim (held, "tom", NOON);
  g_assert_cmpuint (reviews_put (f, f->tom, held, 0), ==, 403);   /* she never had it */
  revised = reviews_revise (forged, "tom", 1);
  g_assert_cmpuint (reviews_put (f, f->tom, revised, 0), ==, 403);
  g_clear_pointer (&revised, side_review_unref);
  revised = reviews_revise (sealed, "tom", 1);
  g_clear_pointer (&revised->reason, g_free);
  g_assert_cmpuint (reviews_put (f, f->tom, revised, 0), ==, 403);
  /* Begun, finished and revised offline. */
  revised->reason = g_strdup ("Heard again");
  g_assert_cmpuint (reviews_put (f, f->tom, revised, 0), ==, 200);
}

/* What is finished stays as it is: for others, and for its reviewer. */
static void
test_sealed (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (SideReview) sealed = reviews_make_sealed ("tom");
  const char *const writers[] = { f->tom, f->rita, f->chief };

  g_assert_cmpuint (reviews_put (f, f->tom, sealed, 0), ==, 200);
  for (gsize i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autoptr (SideReview) lower = side_review_copy (sealed);
      g_autoptr (SideReview) opened = side_review_copy (sealed);
      g_autoptr (SideReview) given = side_review_copy (sealed);
      g_autoptr (SideReview) skipped = side_review_copy (sealed);
      g_autoptr (SideReview) chosen = side_review_copy (sealed);
      g_autoptr (SideReview) heard = side_review_copy (sealed);

      side_review_set_answer (lower, "greeting", 0, NOON + 1, 0);
      g_assert_cmpuint (reviews_put (f, writers[i], lower, 1), ==, 403);
      opened->finished_ms = 0;
      g_assert_cmpuint (reviews_put (f, writers[i], opened, 1), ==, 403);
      g_free (given->reviewer);
      given->reviewer = g_strdup ("rita");
      g_assert_cmpuint (reviews_put (f, writers[i], given, 1), ==, 403);
      skipped->revision = 2;
      skipped->reason = g_strdup ("x");
      g_assert_cmpuint (reviews_put (f, writers[i], skipped, 1), ==, 403);
      chosen->selection = SIDE_SELECTION_NONE;
      g_assert_cmpuint (reviews_put (f, writers[i], chosen, 1), ==, 403);
      heard->heard = 1;
      g_assert_cmpuint (reviews_put (f, writers[i], heard, 1), ==, 403);
      g_assert_cmpuint (delete_review (f, writers[i], "\"1\""), ==, 403);
    }
  g_assert_cmpuint (reviews_put (f, f->rita, sealed, 1), ==, 200);   /* says the same */
}

/* A change is a new revision, by its reviewer, over what stands. */
static void
test_revision (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (SideReview) sealed = reviews_make_sealed ("tom");
  g_autoptr (SideReview) second = reviews_revise (sealed, "tom", 0.5);
  g_autoptr (SideReview) fourth = NULL;
  g_autoptr (SideReview) third = NULL;
  g_autoptr (SideReview) draft = NULL;
  g_autoptr (SideReview) by_rita = reviews_revise (sealed, "rita", 1);
  g_autoptr (SideReview) forgotten = reviews_revise (sealed, "tom", 1);
  g_autoptr (SideReview) rewritten = reviews_revise (sealed, "tom", 1);
  g_autoptr (SideReview) silent = reviews_revise (sealed, "tom", 1);

  g_assert_cmpuint (reviews_put (f, f->tom, sealed, 0), ==, 200);
  g_assert_cmpuint (reviews_put (f, f->rita, by_rita, 1), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->rita, second, 1), ==, 403);   /* in his name */
  g_ptr_array_set_size (forgotten->history, 0);
  g_assert_cmpuint (reviews_put (f, f->tom, forgotten, 1), ==, 403);
  ((SideAnswer *) ((SideReviewRevision *) rewritten->history->pdata[0])->answers->pdata[0])->value = 1;
  g_assert_cmpuint (reviews_put (f, f->tom, rewritten, 1), ==, 403);
  g_free (silent->reason);
  silent->reason = g_strdup (" ");
  g_assert_cmpuint (reviews_put (f, f->tom, silent, 1), ==, 403);

  g_assert_cmpuint (reviews_put (f, f->tom, second, 1), ==, 200);
  /* Offline twice more, and once more begun. */
  third = reviews_revise (second, "tom", 0);
  fourth = reviews_revise (third, "tom", 1);
  draft = side_review_copy (fourth);
  side_review_reopen (draft, "tom", "Once more", NOON + 9);
  g_assert_cmpuint (reviews_put (f, f->tom, draft, 2), ==, 200);
  g_assert_cmpuint (delete_review (f, f->tom, "\"3\""), ==, 403);
  g_assert_cmpuint (delete_review (f, f->chief, "\"3\""), ==, 403);
  /* The draft of a revision does not bring the one before back. */
  g_assert_cmpuint (reviews_put (f, f->tom, fourth, 3), ==, 403);
  side_review_finish (draft, 1, NOON + 10);
  g_assert_cmpuint (reviews_put (f, f->tom, draft, 3), ==, 200);
}

/* A draft changes hands by being taken over, and all who had it stay on record. */
static void
test_hands (Fixture       *f,
            gconstpointer  data)
{
  g_autoptr (SideReview) draft = reviews_make_draft ("tom");
  g_autoptr (SideReview) meddled = reviews_make_draft ("tom");
  g_autoptr (SideReview) grabbed = reviews_make_draft ("rita");
  g_autoptr (SideReview) released = NULL;
  g_autoptr (SideReview) given = NULL;

  g_assert_cmpuint (reviews_put (f, f->tom, draft, 0), ==, 200);
  side_review_set_answer (meddled, "price", 1, NOON + 1, 0);
  g_assert_cmpuint (reviews_put (f, f->rita, meddled, 1), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->chief, meddled, 1), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->rita, grabbed, 1), ==, 403);
  given = side_review_copy (draft);
  side_review_claim (given, "rita", NOON + 1);
  g_assert_cmpuint (reviews_put (f, f->tom, given, 1), ==, 403);    /* nobody is given one */
  released = side_review_copy (draft);
  side_review_release (released, NOON + 1);
  g_assert_cmpuint (reviews_put (f, f->rita, released, 1), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->rita, given, 1), ==, 200);   /* she takes it over herself */
  g_assert_cmpuint (reviews_put (f, f->tom, draft, 2), ==, 403);
  side_review_release (given, NOON + 2);
  g_assert_cmpuint (reviews_put (f, f->rita, given, 2), ==, 200);
  side_review_set_answer (given, "price", 1, NOON + 3, 0);
  g_assert_cmpuint (reviews_put (f, f->tom, given, 3), ==, 403);    /* claim it first */
  /* Claimed and finished offline. */
  side_review_claim (given, "tom", NOON + 4);
  side_review_finish (given, 1, NOON + 5);
  g_assert_cmpuint (reviews_put (f, f->tom, given, 3), ==, 200);
}

static void
test_delete (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (SideReview) draft = reviews_make_draft ("tom");

  g_assert_cmpuint (reviews_put (f, f->tom, draft, 0), ==, 200);
  g_assert_cmpuint (delete_review (f, f->rita, "\"1\""), ==, 403);
  g_assert_cmpuint (delete_review (f, f->tom, "\"1\""), ==, 200);
  g_assert_cmpuint (reviews_put (f, f->tom, draft, 2), ==, 200);
  g_assert_cmpuint (delete_review (f, f->chief, "\"3\""), ==, 200);
}

static void
put_dispute (Fixture     *f,
             const char  *judge,      /* (nullable) */
             double       value,
             int          base)
{
  g_autoptr (SideDispute) dispute = side_dispute_new (DISPUTE, "tea", "a");
  g_autoptr (SideCall) call = side_call_copy (side_board_get_call (side_hub_get_board (f->rig->hub), "a"));

  dispute->review = g_strdup (REVIEW);
  dispute->review_revision = 1;
  dispute->criterion = g_strdup ("price");
  dispute->reason = g_strdup ("It was named");
  dispute->operator_id = g_strdup (call->operator_id);
  dispute->author = g_strdup ("chief");
  dispute->on_behalf = TRUE;
  dispute->created_ms = NOON;
  dispute->due_ms = side_dispute_due (NULL, NOON, SIDE_DISPUTE_DAYS);
  if (judge != NULL)
    {
      dispute->state = SIDE_DISPUTE_UPHELD;
      dispute->judge = g_strdup (judge);
      dispute->judged_ms = NOON + 4;
      dispute->ruling = g_strdup ("Heard again");
      dispute->value = value;
    }
  g_assert_cmpuint (reviews_put_document (f, judge != NULL ? f->rita : f->chief, side_wire_document_for_dispute (dispute), base), ==, 200);
}

static SideDispute *
make_upheld (void)
{
  SideDispute *upheld = side_dispute_new (DISPUTE, "tea", "a");

  upheld->state = SIDE_DISPUTE_UPHELD;
  upheld->review = g_strdup (REVIEW);
  upheld->review_revision = 1;
  upheld->criterion = g_strdup ("price");
  upheld->judge = g_strdup ("rita");
  upheld->ruling = g_strdup ("Heard again");
  upheld->judged_ms = NOON + 4;
  upheld->value = 1;
  return upheld;
}

/* The next revision of another's review is a ruling's, exactly as it was ruled. */
static void
test_ruling (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (SideReview) sealed = reviews_make_sealed ("tom");
  g_autoptr (SideReview) other = reviews_make_sealed ("tom");
  g_autoptr (SideReview) ruled = NULL;
  g_autoptr (SideReview) more = NULL;
  g_autoptr (SideReview) less = NULL;
  g_autoptr (SideReview) others = NULL;
  g_autoptr (SideReview) open = NULL;
  g_autoptr (SideDispute) upheld = make_upheld ();

  g_free (other->id);
  other->id = g_strdup (OTHER);
  g_assert_cmpuint (reviews_put (f, f->tom, sealed, 0), ==, 200);
  g_assert_cmpuint (reviews_put (f, f->tom, other, 0), ==, 200);
  ruled = side_dispute_apply (upheld, sealed, NOON + 4, NULL);
  put_dispute (f, NULL, 0, 0);
  g_assert_cmpuint (reviews_put (f, f->rita, ruled, 1), ==, 403);    /* not judged yet */
  put_dispute (f, "rita", 1, 1);
  more = side_review_copy (ruled);
  side_review_set_answer (more, "greeting", 0, NOON + 4, 0);
  g_assert_cmpuint (reviews_put (f, f->rita, more, 1), ==, 403);
  less = side_review_copy (ruled);
  side_review_set_answer (less, "price", 0.5, NOON + 4, 1000);
  g_assert_cmpuint (reviews_put (f, f->rita, less, 1), ==, 403);
  others = side_dispute_apply (upheld, other, NOON + 4, NULL);
  g_assert_cmpuint (reviews_put (f, f->rita, others, 1), ==, 403);   /* it was about another */
  open = side_review_copy (sealed);
  side_review_reopen (open, "rita", "Heard again", NOON + 4);
  g_assert_cmpuint (reviews_put (f, f->rita, open, 1), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->chief, ruled, 1), ==, 403);   /* she judged */
  g_assert_cmpuint (reviews_put (f, f->rita, ruled, 1), ==, 200);
  g_clear_pointer (&more, side_review_unref);
  more = reviews_revise (ruled, "tom", 0);
  g_assert_cmpuint (reviews_put (f, f->tom, more, 2), ==, 403);      /* no longer his */
}

/* Somebody wrote without knowing what the server has by now: what was chosen
 * of both versions is written by the rules, whatever the two are. */
static void
test_settle (Fixture       *f,
             gconstpointer  data)
{
  g_autoptr (SideReview) begun = reviews_make_draft ("tom");
  g_autoptr (SideReview) mine = side_review_copy (begun);
  g_autoptr (SideReview) theirs = side_review_copy (begun);
  g_autoptr (SideReview) settled = NULL;
  g_autoptr (SideReview) apart = NULL;

  g_assert_cmpuint (reviews_put (f, f->tom, begun, 0), ==, 200);
  /* She took it over while he went on. */
  side_review_claim (theirs, "rita", NOON + 1);
  g_assert_cmpuint (reviews_put (f, f->rita, theirs, 1), ==, 200);
  side_review_set_answer (mine, "price", 1, NOON + 1, 0);
  settled = side_review_settle (mine, mine, theirs, "tom", NULL, "Crossed", NOON + 2);
  g_assert_cmpuint (settled->holders->len, ==, 2);
  g_assert_cmpuint (reviews_put (f, f->tom, settled, 2), ==, 200);
  g_clear_pointer (&settled, side_review_unref);

  /* She finished it while he did. */
  side_review_unref (g_steal_pointer (&theirs));
  theirs = reviews_make_draft ("tom");
  side_review_claim (theirs, "rita", NOON + 1);
  side_review_claim (theirs, "tom", NOON + 2);
  side_review_claim (theirs, "rita", NOON + 3);
  side_review_finish (theirs, 1, NOON + 4);
  g_assert_cmpuint (reviews_put (f, f->rita, theirs, 3), ==, 200);
  side_review_finish (mine, 1, NOON + 4);
  g_assert_null (side_review_settle (mine, mine, theirs, "tom", NULL, "Crossed", NOON + 5));
  apart = side_review_set_apart (mine, OTHER, "tom");
  g_assert_cmpint (apart->selection, ==, SIDE_SELECTION_SECOND);
  g_assert_cmpuint (reviews_put (f, f->tom, apart, 0), ==, 200);
  settled = side_review_settle (theirs, mine, theirs, "tom", NULL, "Crossed", NOON + 5);
  g_assert_cmpint (settled->finished_ms, ==, theirs->finished_ms);
}

/* On two computers of one person, both finished, one revised twice. */
static void
test_settle_own (Fixture       *f,
                 gconstpointer  data)
{
  g_autoptr (SideReview) sealed = reviews_make_sealed ("tom");
  g_autoptr (SideReview) theirs = reviews_revise (sealed, "tom", 0.5);
  g_autoptr (SideReview) twice = reviews_revise (sealed, "tom", 0);
  g_autoptr (SideReview) mine = reviews_revise (twice, "tom", 1);
  g_autoptr (SideReview) settled = side_review_settle (mine, mine, theirs, "tom", NULL, "Crossed", NOON + 9);

  g_assert_cmpuint (reviews_put (f, f->tom, sealed, 0), ==, 200);
  g_assert_cmpuint (reviews_put (f, f->tom, theirs, 1), ==, 200);
  g_assert_cmpint (settled->revision, ==, 4);
  g_assert_cmpfloat (side_answers_get (side_review_get_sealed (settled, 2, NULL), "price"), ==, 0.5);
  g_assert_cmpfloat (side_answers_get (side_review_get_sealed (settled, 3, NULL), "price"), ==, 0);
  g_assert_cmpfloat (side_review_get_answer (settled, "price"), ==, 1);
  g_assert_cmpuint (reviews_put (f, f->tom, settled, 2), ==, 200);
}

/* Finished on one computer, still a draft on the other: nothing is finished by
 * being brought together. */
static void
test_settle_draft (Fixture       *f,
                   gconstpointer  data)
{
  g_autoptr (SideReview) theirs = reviews_make_sealed ("tom");
  g_autoptr (SideReview) mine = reviews_make_draft ("tom");
  g_autoptr (SideReview) chosen = NULL;
  g_autoptr (SideReview) settled = NULL;

  g_assert_cmpuint (reviews_put (f, f->tom, theirs, 0), ==, 200);
  side_review_set_answer (mine, "price", 1, NOON + 2, 0);
  chosen = side_review_copy (mine);
  chosen->finished_ms = theirs->finished_ms;
  settled = side_review_settle (chosen, mine, theirs, "tom", NULL, "Crossed", NOON + 5);
  g_assert_cmpint (settled->revision, ==, 2);
  g_assert_cmpint (settled->finished_ms, ==, 0);
  g_assert_cmpstr (settled->reason, ==, "Crossed");
  g_assert_cmpuint (reviews_put (f, f->tom, settled, 1), ==, 200);
}

/* He revised it while she judged: her ruling is the revision after his. */
static void
test_settle_ruling (Fixture       *f,
                    gconstpointer  data)
{
  g_autoptr (SideReview) sealed = reviews_make_sealed ("tom");
  g_autoptr (SideReview) theirs = side_review_copy (sealed);
  g_autoptr (SideDispute) upheld = make_upheld ();
  g_autoptr (GPtrArray) disputes = g_ptr_array_new ();
  g_autoptr (SideReview) mine = side_dispute_apply (upheld, sealed, upheld->judged_ms, NULL);
  g_autoptr (SideReview) settled = NULL;

  g_ptr_array_add (disputes, upheld);
  g_assert_cmpuint (reviews_put (f, f->tom, sealed, 0), ==, 200);
  put_dispute (f, NULL, 0, 0);
  side_review_reopen (theirs, "tom", "Misheard", NOON + 2);
  side_review_set_answer (theirs, "greeting", 0.5, NOON + 2, 0);
  side_review_finish (theirs, 1, NOON + 3);
  g_assert_cmpuint (reviews_put (f, f->tom, theirs, 1), ==, 200);
  put_dispute (f, "rita", 1, 1);
  settled = side_review_settle (mine, mine, theirs, "rita", disputes, "Crossed", NOON + 9);
  g_assert_cmpint (settled->revision, ==, 3);
  g_assert_cmpfloat (side_review_get_answer (settled, "price"), ==, 1);
  g_assert_cmpfloat (side_review_get_answer (settled, "greeting"), ==, 0.5);
  g_assert_cmpuint (reviews_put (f, f->rita, settled, 2), ==, 200);
}

/* After a ruling the review is the judge's, who may revise it as any reviewer may
 * but takes nothing back of what was ruled. */
static void
test_ruling_kept (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (SideReview) sealed = reviews_make_sealed ("tom");
  g_autoptr (SideDispute) upheld = make_upheld ();
  g_autoptr (SideReview) ruled = side_dispute_apply (upheld, sealed, NOON + 4, NULL);
  g_autoptr (SideReview) lower = reviews_revise (ruled, "rita", 0);
  g_autoptr (SideReview) elsewhere = reviews_revise (ruled, "rita", 1);
  g_autoptr (SideReview) begun = side_review_copy (ruled);
  g_autoptr (SideReview) said = side_review_copy (ruled);

  g_assert_cmpuint (reviews_put (f, f->tom, sealed, 0), ==, 200);
  put_dispute (f, NULL, 0, 0);
  put_dispute (f, "rita", 1, 1);
  g_assert_cmpuint (reviews_put (f, f->rita, ruled, 1), ==, 200);
  g_assert_cmpuint (reviews_put (f, f->rita, lower, 2), ==, 403);
  side_review_set_answer (elsewhere, "greeting", 0, NOON + 4, 0);
  g_assert_cmpuint (reviews_put (f, f->rita, elsewhere, 2), ==, 403);
  side_review_reopen (begun, "rita", "Once more", NOON + 5);
  side_review_set_answer (begun, "price", 0, NOON + 5, 0);
  g_assert_cmpuint (reviews_put (f, f->rita, begun, 2), ==, 200);    /* a draft says nothing yet */
  side_review_finish (begun, 1, NOON + 6);
  g_assert_cmpuint (reviews_put (f, f->rita, begun, 3), ==, 403);
  side_review_reopen (said, "rita", "Once more", NOON + 5);
  g_free (said->comment);
  said->comment = g_strdup ("Said more clearly");
  side_review_finish (said, 1, NOON + 6);
  g_assert_cmpuint (reviews_put (f, f->rita, said, 3), ==, 200);
}

/* Another review of the same call, with the same form. */
static guint
put_another (Fixture       *f,
             const char    *id,
             SideSelection  selection,
             double         price,
             double         greeting)
{
  g_autoptr (SideReview) review = reviews_make_draft ("tom");

  g_free (review->id);
  review->id = g_strdup (id);
  review->selection = selection;
  side_review_set_answer (review, "price", price, NOON, 1000);
  side_review_set_answer (review, "greeting", greeting, NOON, 1000);
  side_review_finish (review, 1, NOON + 9);
  return reviews_put (f, f->tom, review, 0);
}

/* A second one, without a plan: two finished it apart. */
static guint
put_second (Fixture    *f,
            const char *token,
            const char *reviewer)
{
  g_autoptr (SideReview) review = reviews_make_draft (reviewer);

  g_free (review->id);
  review->id = g_strdup (ID ("22"));
  review->selection = SIDE_SELECTION_SECOND;
  side_review_set_answer (review, "greeting", 0, NOON, 1000);
  side_review_finish (review, 1, NOON + 9);
  return reviews_put (f, token, review, 0);
}

/* Nor is it taken back by a review that takes the place of the one it was about. */
static void
test_ruling_anew (Fixture       *f,
                  gconstpointer  data)
{
  g_autoptr (SideReview) sealed = reviews_make_sealed ("tom");
  g_autoptr (SideDispute) upheld = make_upheld ();
  g_autoptr (SideReview) ruled = side_dispute_apply (upheld, sealed, NOON + 4, NULL);

  g_assert_cmpuint (reviews_put (f, f->tom, sealed, 0), ==, 200);
  put_dispute (f, NULL, 0, 0);
  put_dispute (f, "rita", 1, 1);
  g_assert_cmpuint (put_another (f, OTHER, SIDE_SELECTION_CHOSEN, 0, 1), ==, 403);   /* not carried out yet */
  g_assert_cmpuint (reviews_put (f, f->rita, ruled, 1), ==, 200);
  g_assert_cmpuint (put_another (f, OTHER, SIDE_SELECTION_CHOSEN, 0, 1), ==, 403);
  g_assert_cmpuint (put_another (f, OTHER, SIDE_SELECTION_CHOSEN, 1, 0), ==, 403);
  g_assert_cmpuint (put_second (f, f->tom, "tom"), ==, 403);     /* beside his own */
  g_assert_cmpuint (put_second (f, f->chief, "chief"), ==, 200); /* speaks of no operator */
  g_assert_cmpuint (put_another (f, OTHER, SIDE_SELECTION_CHOSEN, 1, 1), ==, 200);
}

/* Until the judge has carried it out nobody else makes it worse either. */
static void
test_ruling_between (Fixture       *f,
                     gconstpointer  data)
{
  g_autoptr (SideReview) sealed = reviews_make_sealed ("tom");
  g_autoptr (SideDispute) upheld = make_upheld ();
  g_autoptr (SideReview) same = reviews_revise (sealed, "tom", 0);
  g_autoptr (SideReview) swapped = reviews_revise (sealed, "tom", 1);
  g_autoptr (SideReview) opened = reviews_revise (sealed, "tom", 0);
  g_autoptr (SideReview) better = reviews_revise (sealed, "tom", 1);
  g_autoptr (SideReview) ruled = side_dispute_apply (upheld, better, upheld->judged_ms, NULL);

  g_assert_cmpuint (reviews_put (f, f->tom, sealed, 0), ==, 200);
  put_dispute (f, NULL, 0, 0);
  put_dispute (f, "rita", 1, 1);
  g_assert_cmpuint (reviews_put (f, f->tom, same, 1), ==, 403);
  side_review_set_answer (swapped, "greeting", 0, NOON + 3, 0);
  g_assert_cmpuint (reviews_put (f, f->tom, swapped, 1), ==, 403);
  /* Nor beneath the draft of the next one. */
  side_review_reopen (opened, "tom", "Once more", NOON + 5);
  g_assert_cmpuint (reviews_put (f, f->tom, opened, 1), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->tom, better, 1), ==, 200);
  g_assert_cmpuint (reviews_put (f, f->rita, ruled, 2), ==, 200);
}

static SideReview *
make_finished (double price,
               gint64 finished_ms)
{
  SideReview *review = reviews_make_draft ("tom");

  side_review_set_answer (review, "price", price, NOON, 1000);
  side_review_finish (review, 1, finished_ms);
  return review;
}

/* Answers are those of the form, and it was finished when it can have been. */
static void
test_content (Fixture       *f,
              gconstpointer  data)
{
  g_autoptr (SideReview) unknown = reviews_make_draft ("tom");
  g_autoptr (SideReview) version = reviews_make_draft ("tom");
  g_autoptr (SideReview) draft = reviews_make_draft ("tom");
  g_autoptr (SideReview) na = make_finished (SIDE_ANSWER_NA, NOON + 1);
  g_autoptr (SideReview) half = make_finished (0.5, NOON + 1);
  g_autoptr (SideReview) third = make_finished (0.3, NOON + 1);
  g_autoptr (SideReview) empty = make_finished (0, NOON + 1);
  g_autoptr (SideReview) early = make_finished (0, NOON - 2 * SIDE_REVIEW_CLOCK_SLACK_MS);
  g_autoptr (SideReview) late = make_finished (0, NOON + 26 * SIDE_REVIEW_CLOCK_SLACK_MS);
  g_autoptr (SideReview) hidden = NULL;

  side_review_set_answer (unknown, "manners", 1, NOON, 0);
  g_assert_cmpuint (reviews_put (f, f->tom, unknown, 0), ==, 403);
  version->script_version = 7;
  g_assert_cmpuint (reviews_put (f, f->tom, version, 0), ==, 404);
  g_assert_cmpuint (reviews_put (f, f->tom, na, 0), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->tom, third, 0), ==, 403);
  g_ptr_array_set_size (empty->answers, 0);
  g_assert_cmpuint (reviews_put (f, f->tom, empty, 0), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->tom, early, 0), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->tom, late, 0), ==, 403);
  /* Nor in what was sealed and revised before it came here. */
  hidden = reviews_revise (third, "tom", 1);
  g_assert_cmpuint (reviews_put (f, f->tom, hidden, 0), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->tom, draft, 0), ==, 200);
  g_assert_cmpuint (reviews_put (f, f->tom, unknown, 1), ==, 403);
  g_assert_cmpuint (reviews_put (f, f->tom, half, 1), ==, 200);
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, reviews_set_up, func, reviews_tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/http/reviews/new", test_new);
  ADD ("/http/reviews/sealed", test_sealed);
  ADD ("/http/reviews/revision", test_revision);
  ADD ("/http/reviews/hands", test_hands);
  ADD ("/http/reviews/delete", test_delete);
  ADD ("/http/reviews/ruling", test_ruling);
  ADD ("/http/reviews/settle", test_settle);
  ADD ("/http/reviews/settle-own", test_settle_own);
  ADD ("/http/reviews/settle-draft", test_settle_draft);
  ADD ("/http/reviews/settle-ruling", test_settle_ruling);
  ADD ("/http/reviews/ruling-kept", test_ruling_kept);
  ADD ("/http/reviews/ruling-anew", test_ruling_anew);
  ADD ("/http/reviews/ruling-between", test_ruling_between);
  ADD ("/http/reviews/content", test_content);
  return g_test_run ();
}
