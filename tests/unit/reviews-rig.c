/* reviews-rig.c - a server with a form, two calls and those who review them
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Writes reviews over HTTP as the app does.
 */
#include "reviews-rig.h"

guint
reviews_put_document (Fixture      *f,
                      const char   *token,
                      SideDocument *document,     /* (transfer full) */
                      int           base)         /* 0: new */
{
  g_autoptr (RigAnswer) answer = rig_put (f->rig, token, document, base);

  return answer->status;
}

guint
reviews_put (Fixture          *f,
             const char       *token,
             const SideReview *review,
             int               base)
{
  return reviews_put_document (f, token, side_wire_document_for_review (review), base);
}

SideReview *
reviews_make_draft (const char *reviewer)
{
  SideReview *review = side_review_new (REVIEW, "tea", "a", SCRIPT, 1);

  side_review_claim (review, reviewer, NOON);
  review->selection = SIDE_SELECTION_CHOSEN;
  side_review_set_answer (review, "price", 0, NOON, 1000);
  side_review_set_answer (review, "greeting", 1, NOON, 0);
  return review;
}

SideReview *
reviews_make_sealed (const char *reviewer)
{
  SideReview *review = reviews_make_draft (reviewer);

  side_review_finish (review, 0.8, NOON + 1);
  return review;
}

/* The next revision as the app makes it. */
SideReview *
reviews_revise (const SideReview *review,
                const char       *reviewer,
                double            price)
{
  SideReview *next = side_review_copy (review);

  side_review_reopen (next, reviewer, "Heard again", NOON + 2);
  side_review_set_answer (next, "price", price, NOON + 3, 1000);
  side_review_finish (next, 1, NOON + 4);
  return next;
}

void
reviews_set_up (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT, "tea", "Orders", 1);
  SideSection *section = side_script_add_section (script, "s", "Order");

  f->rig = rig_new ();
  rig_whole_call (f->rig, "tea", "a", NOON);
  rig_whole_call (f->rig, "tea", "b", NOON + 100000);
  rig_settle (f->rig);
  f->tom = rig_add_user (f->rig, "tom", SIDE_ROLE_TRAINER, "tea", NULL);
  f->rita = rig_add_user (f->rig, "rita", SIDE_ROLE_TRAINER, "tea", NULL);
  f->chief = rig_add_user (f->rig, "chief", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  f->vera = rig_add_user (f->rig, "vera", SIDE_ROLE_CLIENT, "tea", NULL);
  side_section_add_criterion (section, "price", "Names the price", 10)->allow_na = FALSE;
  side_section_add_criterion (section, "greeting", "Greets", 10);
  g_assert_cmpuint (reviews_put_document (f, f->tom, side_wire_document_for_script (script), 0), ==, 200);
}

void
reviews_tear_down (Fixture       *f,
                   gconstpointer  data)
{
  rig_free (f->rig);
  g_free (f->tom);
  g_free (f->rita);
  g_free (f->chief);
  g_free (f->vera);
}
