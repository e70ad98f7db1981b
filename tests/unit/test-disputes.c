/* test-disputes.c - who may dispute a mark, who may judge it, and what comes of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <math.h>

#include "side-dispute-rule.h"
#include "side-score.h"
#include "side-text.h"
#include "side-time.h"
#include "side-wire.h"

#define REVIEW  "5f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b11"
#define SCRIPT  "6f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b12"
#define DISPUTE "7f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b13"
#define OTHER   "8f0c7a52-7f0e-4a39-9a35-0d2c9f3e1b14"
#define NOW_MS  G_GINT64_CONSTANT (1795269600000)

typedef struct {
  SideScript  *script;
  SideReview  *review;     /* of anna: price no, greeting yes, offer partly */
  SideDispute *dispute;    /* of price, by vera */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  SideSection *section;

  fixture->script = side_script_new (SCRIPT, "tea", "Order", 1);
  section = side_script_add_section (fixture->script, "s", "Order");
  side_section_add_criterion (section, "price", "Names the price", 20)->allow_na = TRUE;
  side_section_add_criterion (section, "greeting", "Greets", 10);
  side_section_add_criterion (section, "offer", "Offers more", 10)->answers = SIDE_ANSWERS_YES_PARTLY_NO;
  fixture->review = side_review_new (REVIEW, "tea", "leg", SCRIPT, 1);
  side_review_claim (fixture->review, "anna", NOW_MS);
  side_review_set_answer (fixture->review, "price", 0, NOW_MS, 4000)->cause = SIDE_CAUSE_OPERATOR;
  side_review_set_answer (fixture->review, "greeting", 1, NOW_MS, 0);
  side_review_set_answer (fixture->review, "offer", 0.5, NOW_MS, 9000);
  side_review_finish (fixture->review, 0.75, NOW_MS);
  fixture->dispute = side_dispute_new (DISPUTE, "tea", "leg");
  fixture->dispute->review = g_strdup (REVIEW);
  fixture->dispute->review_revision = 1;
  fixture->dispute->script = g_strdup (SCRIPT);
  fixture->dispute->criterion = g_strdup ("price");
  fixture->dispute->asked = 1;
  fixture->dispute->reason = g_strdup ("I named it twice");
  fixture->dispute->operator_id = g_strdup ("op-1");
  fixture->dispute->author = g_strdup ("vera");
  fixture->dispute->created_ms = NOW_MS;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  side_script_unref (fixture->script);
  side_review_unref (fixture->review);
  side_dispute_unref (fixture->dispute);
}

static void
assert_may_make (Fixture         *fixture,
                 const GPtrArray *others,
                 int              code)
{
  g_autoptr (GError) error = NULL;
  gboolean may = side_dispute_may_make (fixture->dispute, fixture->review, others, &error);

  g_assert_cmpint (may, ==, code < 0);
  if (code >= 0)
    g_assert_error (error, SIDE_ERROR, code);
  else
    g_assert_no_error (error);
}

static void
test_make (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) side_dispute_unref);
  SideDispute *other = side_dispute_copy (fixture->dispute);

  assert_may_make (fixture, NULL, -1);
  /* Itself, sent again, is no other. */
  g_ptr_array_add (others, other);
  assert_may_make (fixture, others, -1);
  g_free (other->id);
  other->id = g_strdup (OTHER);
  assert_may_make (fixture, others, SIDE_ERROR_EXISTS);
  other->review_revision = 2;
  assert_may_make (fixture, others, -1);
  other->review_revision = 1;
  other->state = SIDE_DISPUTE_REJECTED;
  assert_may_make (fixture, others, -1);

  fixture->dispute->asked = SIDE_ANSWER_NONE;
  assert_may_make (fixture, NULL, -1);
  g_clear_pointer (&fixture->dispute->reason, g_free);
  assert_may_make (fixture, NULL, SIDE_ERROR_INVALID);
  fixture->dispute->reason = g_strdup ("why");
  fixture->dispute->review_revision = 2;
  assert_may_make (fixture, NULL, SIDE_ERROR_INVALID);
  fixture->dispute->review_revision = 1;
  g_free (fixture->dispute->criterion);
  fixture->dispute->criterion = g_strdup ("greeting");   /* a full mark */
  assert_may_make (fixture, NULL, SIDE_ERROR_INVALID);
  g_free (fixture->dispute->criterion);
  fixture->dispute->criterion = g_strdup ("offer");
  fixture->dispute->asked = 0;
  assert_may_make (fixture, NULL, SIDE_ERROR_INVALID);

  /* One that was written offline about what has been changed since. */
  fixture->dispute->asked = 1;
  side_review_reopen (fixture->review, "boris", "heard again", NOW_MS + 1);
  assert_may_make (fixture, NULL, -1);
  fixture->dispute->review_revision = 2;
  assert_may_make (fixture, NULL, SIDE_ERROR_INVALID);
}

static gboolean
rule (Fixture    *fixture,
      const char *judge,
      gboolean    upheld,
      double      value,
      int         code)
{
  g_autoptr (GError) error = NULL;
  gboolean ruled = side_dispute_rule (fixture->dispute, fixture->review, fixture->script, upheld, value, judge, "Heard again", NOW_MS + 5, &error);

  g_assert_cmpint (ruled, ==, code < 0);
  if (code >= 0)
    g_assert_error (error, SIDE_ERROR, code);
  return ruled;
}

static void
test_judge (Fixture       *fixture,
            gconstpointer  data)
{
  rule (fixture, "anna", FALSE, 0, SIDE_ERROR_FORBIDDEN);      /* gave the marks */
  rule (fixture, "vera", TRUE, 1, SIDE_ERROR_FORBIDDEN);       /* asks for others */
  g_assert_cmpint (fixture->dispute->state, ==, SIDE_DISPUTE_OPEN);
  /* Who took the review over meanwhile did not give the mark, but has it. */
  side_review_reopen (fixture->review, "boris", "heard again", NOW_MS + 1);
  side_review_finish (fixture->review, 1, NOW_MS + 2);
  rule (fixture, "boris", FALSE, 0, SIDE_ERROR_FORBIDDEN);
  rule (fixture, "anna", FALSE, 0, SIDE_ERROR_FORBIDDEN);
  rule (fixture, "clara", FALSE, 0, -1);
  g_assert_cmpint (fixture->dispute->state, ==, SIDE_DISPUTE_REJECTED);
  g_assert_cmpstr (fixture->dispute->judge, ==, "clara");
  g_assert_cmpint (fixture->dispute->judged_ms, ==, NOW_MS + 5);
  g_assert_cmpfloat (fixture->dispute->value, ==, SIDE_ANSWER_NONE);
  rule (fixture, "clara", TRUE, 1, SIDE_ERROR_CONFLICT);       /* once */
}

/* Nor who wrote down what an operator said. */
static void
test_judge_on_behalf (Fixture       *fixture,
                      gconstpointer  data)
{
  fixture->dispute->on_behalf = TRUE;
  rule (fixture, "vera", FALSE, 0, SIDE_ERROR_FORBIDDEN);
  rule (fixture, "clara", FALSE, 0, -1);
}

static void
test_never_lower (Fixture       *fixture,
                  gconstpointer  data)
{
  g_free (fixture->dispute->criterion);
  fixture->dispute->criterion = g_strdup ("offer");
  rule (fixture, "boris", TRUE, 0, SIDE_ERROR_INVALID);             /* a lower mark */
  rule (fixture, "boris", TRUE, SIDE_ANSWER_NA, SIDE_ERROR_INVALID); /* not one of its answers */
  rule (fixture, "boris", TRUE, 0.3, SIDE_ERROR_INVALID);
  rule (fixture, "boris", TRUE, SIDE_ANSWER_NONE, SIDE_ERROR_INVALID);
  /* (20 * 0 + 10 + 5) / 40: without the half mark's weight it would be 10 / 30. */
  side_script_find_criterion (fixture->script, "offer")->allow_na = TRUE;
  rule (fixture, "boris", TRUE, SIDE_ANSWER_NA, SIDE_ERROR_INVALID);
  rule (fixture, "boris", TRUE, 0.5, SIDE_ERROR_INVALID);           /* as it was */
  rule (fixture, "boris", TRUE, 1, -1);
}

/* Of a criterion that was not applicable a mark can take points away. */
static void
test_never_lower_score (Fixture       *fixture,
                        gconstpointer  data)
{
  side_review_find_answer (fixture->review, "price")->value = SIDE_ANSWER_NA;
  rule (fixture, "boris", TRUE, 0, SIDE_ERROR_INVALID);
  rule (fixture, "boris", TRUE, 1, -1);
}

static void
test_uphold (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (SideReview) next = NULL;
  g_autoptr (GError) error = NULL;
  const SideAnswer *answer;
  SideScore before, after;
  const char *reviewer = NULL;

  rule (fixture, "boris", TRUE, 1, -1);
  next = side_dispute_apply (fixture->dispute, fixture->review, NOW_MS + 6, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture->review->revision, ==, 1);     /* as it was */
  g_assert_cmpint (next->revision, ==, 2);
  g_assert_cmpint (next->finished_ms, ==, NOW_MS + 6);
  g_assert_cmpstr (next->reviewer, ==, "boris");
  g_assert_cmpstr (next->reason, ==, "Heard again");
  g_assert_cmpfloat (next->heard, ==, 0.75);
  answer = side_review_find_answer (next, "price");
  g_assert_cmpfloat (answer->value, ==, 1);
  g_assert_cmpint (answer->position_ms, ==, 4000);
  g_assert_cmpint (answer->cause, ==, SIDE_CAUSE_NONE);
  g_assert_cmpfloat (side_answers_get (side_review_get_sealed (next, 1, &reviewer), "price"), ==, 0);
  g_assert_cmpstr (reviewer, ==, "anna");
  side_score_compute (fixture->script, fixture->review, &before);
  side_score_compute (fixture->script, next, &after);
  g_assert_cmpfloat_with_epsilon (before.score, 37.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (after.score, 87.5, 1e-9);

  /* It is acknowledged anew: another revision, another document. */
  {
    g_autofree char *first = side_acknowledgement_id (REVIEW, 1);
    g_autofree char *second = side_acknowledgement_id (REVIEW, 2);
    g_autoptr (SideAcknowledgement) read = side_acknowledgement_new (next, "op-1", "vera", FALSE, NOW_MS);

    g_assert_cmpstr (first, !=, second);
    g_assert_cmpstr (read->id, ==, second);
    g_assert_true (side_id_is_valid (read->id));
  }
}

static void
test_apply_later (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr (SideReview) next = NULL;
  g_autoptr (GError) error = NULL;

  g_free (fixture->dispute->criterion);
  fixture->dispute->criterion = g_strdup ("offer");
  fixture->dispute->asked = 1;
  side_script_find_criterion (fixture->script, "offer")->answers = SIDE_ANSWERS_SCALE;
  side_script_find_criterion (fixture->script, "offer")->scale_max = 4;
  rule (fixture, "boris", TRUE, 0.75, -1);
  side_review_reopen (fixture->review, "clara", "calibrated", NOW_MS + 1);
  g_assert_null (side_dispute_apply (fixture->dispute, fixture->review, NOW_MS + 6, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_BUSY);
  /* The mark became better than what was ruled: it stays. */
  side_review_set_answer (fixture->review, "offer", 1, NOW_MS + 2, 9000);
  side_review_finish (fixture->review, 1, NOW_MS + 3);
  next = side_dispute_apply (fixture->dispute, fixture->review, NOW_MS + 6, NULL);
  g_assert_cmpint (next->revision, ==, 3);
  g_assert_cmpfloat (side_review_get_answer (next, "offer"), ==, 1);
}

static void
test_withdraw (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (side_dispute_withdraw (fixture->dispute, "anna", NOW_MS, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_true (side_dispute_withdraw (fixture->dispute, "vera", NOW_MS, &error));
  g_assert_cmpint (fixture->dispute->state, ==, SIDE_DISPUTE_WITHDRAWN);
  g_assert_false (side_dispute_withdraw (fixture->dispute, "vera", NOW_MS, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_CONFLICT);
  rule (fixture, "boris", TRUE, 1, SIDE_ERROR_CONFLICT);
}

static void
assert_due (const char *zone_name,
            const char *made,
            int         days,
            const char *due)
{
  g_autoptr (GTimeZone) zone = side_time_zone_new (zone_name, NULL);
  gint64 got = side_dispute_due (zone, side_time_from_iso (made, zone, NULL), days);

  g_assert_cmpint (got, ==, side_time_from_iso (due, zone, NULL));
}

static void
test_due (void)
{
  /* 20 Nov 2026 is a Friday. */
  assert_due ("Europe/Moscow", "2026-11-20T23:59:00", 1, "2026-11-24T00:00:00");
  assert_due ("Europe/Moscow", "2026-11-16T09:00:00", 5, "2026-11-24T00:00:00");
  assert_due ("Europe/Moscow", "2026-11-21T09:00:00", 5, "2026-11-28T00:00:00");
  /* A day of 25 hours among them. */
  assert_due ("Europe/Berlin", "2026-10-22T12:00:00", 2, "2026-10-27T00:00:00");
}

static void
test_overturn (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr (GPtrArray) disputes = g_ptr_array_new_with_free_func ((GDestroyNotify) side_dispute_unref);
  g_autoptr (GPtrArray) rows = NULL;
  const SideOverturn *row;

  for (int i = 0; i < 14; i++)
    {
      SideDispute *dispute = side_dispute_copy (fixture->dispute);

      dispute->state = i < 9 ? SIDE_DISPUTE_UPHELD : i == 9 ? SIDE_DISPUTE_REJECTED : i < 12 ? SIDE_DISPUTE_OPEN : SIDE_DISPUTE_WITHDRAWN;
      g_ptr_array_add (disputes, dispute);
    }
  g_free (((SideDispute *) disputes->pdata[11])->criterion);
  ((SideDispute *) disputes->pdata[11])->criterion = g_strdup ("greeting");
  g_free (((SideDispute *) disputes->pdata[13])->criterion);
  ((SideDispute *) disputes->pdata[13])->criterion = g_strdup ("offer");
  rows = side_overturn_count (disputes);
  g_assert_cmpuint (rows->len, ==, 2);
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->criterion, ==, "price");
  g_assert_cmpuint (row->n_judged, ==, 10);
  g_assert_cmpuint (row->n_upheld, ==, 9);
  g_assert_cmpuint (row->n_open, ==, 1);
  g_assert_cmpfloat_with_epsilon (row->interval.low, 0.596, 0.0005);    /* 9 of 10 */
  g_assert_cmpfloat_with_epsilon (row->interval.high, 0.982, 0.0005);
  row = g_ptr_array_index (rows, 1);
  g_assert_cmpstr (row->criterion, ==, "greeting");
  g_assert_cmpuint (row->n_open, ==, 1);
  g_assert_true (isnan (row->interval.low));
}

static void
test_wire (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (SideDocument) document = NULL;
  g_autoptr (SideDispute) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;

  fixture->dispute->on_behalf = TRUE;
  fixture->dispute->asked = SIDE_ANSWER_NA;
  fixture->dispute->due_ms = NOW_MS + 1;
  rule (fixture, "boris", TRUE, 1, -1);
  document = side_wire_document_for_dispute (fixture->dispute);
  g_assert_true (side_wire_document_check_body (document, &error));
  g_assert_no_error (error);
  back = side_wire_dispute_from_json (document->body, -1, &error);
  g_assert_no_error (error);
  again = side_wire_dispute_to_json (back);
  g_assert_cmpstr (again, ==, document->body);
  g_assert_cmpfloat (back->asked, ==, SIDE_ANSWER_NA);
  g_assert_cmpfloat (back->value, ==, 1);
  g_assert_true (side_dispute_same_matter (back, fixture->dispute));
  g_free (document->call);
  document->call = g_strdup ("another");
  g_assert_false (side_wire_document_check_body (document, &error));
  g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
}

#define OF "\"id\":\"" DISPUTE "\",\"project\":\"tea\",\"call\":\"leg\",\"review\":\"" REVIEW "\""

static void
test_wire_refused (void)
{
  static const char *const bad[] = {
    "{" OF ",\"review_revision\":1,\"criterion\":\"c\",\"reason\":\"r\"}",                                        /* no state */
    "{" OF ",\"review_revision\":1,\"criterion\":\"c\",\"reason\":\"r\",\"state\":\"settled\"}",
    "{" OF ",\"review_revision\":0,\"criterion\":\"c\",\"reason\":\"r\",\"state\":\"open\"}",
    "{" OF ",\"criterion\":\"c\",\"reason\":\"r\",\"state\":\"open\"}",
    "{" OF ",\"review_revision\":1,\"reason\":\"r\",\"state\":\"open\"}",
    "{" OF ",\"review_revision\":1,\"criterion\":\"c\",\"state\":\"open\"}",
    "{" OF ",\"review_revision\":1,\"criterion\":\"c\",\"reason\":\"r\",\"state\":\"open\",\"asked\":1.5}",
    "{" OF ",\"review_revision\":1,\"criterion\":\"c\",\"reason\":\"r\",\"state\":\"open\",\"asked\":-1}",
    "{" OF ",\"review_revision\":1,\"criterion\":\"c\",\"reason\":\"r\",\"state\":\"open\",\"asked\":1,\"asked_na\":true}",
  };
  static const char *const bad_read[] = { "{" OF "}", "{\"id\":\"1\",\"project\":\"tea\",\"call\":\"leg\",\"review\":\"" REVIEW "\",\"review_revision\":1}" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (side_wire_dispute_from_json (bad[i], -1, &error));
      g_assert_error (error, SIDE_ERROR, SIDE_ERROR_INVALID);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (bad_read); i++)
    g_assert_null (side_wire_acknowledgement_from_json (bad_read[i], -1, NULL));
}

int
main (int   argc,
      char *argv[])
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/disputes/make", test_make);
  ADD ("/disputes/judge", test_judge);
  ADD ("/disputes/judge-on-behalf", test_judge_on_behalf);
  ADD ("/disputes/never-lower", test_never_lower);
  ADD ("/disputes/never-lower-score", test_never_lower_score);
  ADD ("/disputes/uphold", test_uphold);
  ADD ("/disputes/apply-later", test_apply_later);
  ADD ("/disputes/withdraw", test_withdraw);
  g_test_add_func ("/disputes/due", test_due);
  ADD ("/disputes/overturn", test_overturn);
  ADD ("/disputes/wire", test_wire);
  g_test_add_func ("/disputes/wire/refused", test_wire_refused);
  return g_test_run ();
}
