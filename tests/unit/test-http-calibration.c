/* test-http-calibration.c - while a calibration is blind nobody is handed another's answers;
 * and calibrations are changed by whose they are
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * What anna answered carries a mark that must not be in any answer to anybody
 * else before the calibration opens, and must reach everybody after that,
 * however far they have read.
 */
#include <string.h>

#include "server-rig.h"
#include "side-test.h"

#define NOON        (RIG_DAY + 12 * 3600 * 1000)
#define ID(n)       "0f3a7a0e-6a52-4d8e-9d3c-2b7f7c1a5e" n
#define SCRIPT      ID ("10")
#define CALIBRATION ID ("20")
#define ANNAS       ID ("30")
#define BORISS      ID ("31")
#define PLAIN       ID ("32")
#define SECRET      "Zzyzx"

typedef struct {
  Rig    *rig;
  char   *anna;         /* tokens: invited */
  char   *boris;
  char   *chief;        /* not invited */
  char   *owner;        /* a client */
} Fixture;

static void assert_put (Fixture *f, const char *token, SideDocument *document, gint64 base, guint status);

static void
set_up (Fixture       *f,
        gconstpointer  data)
{
  g_autoptr (SideScript) script = side_script_new (SCRIPT, "tea", "Orders", 1);

  f->rig = rig_new ();
  f->anna = rig_add_user (f->rig, "anna", SIDE_ROLE_TRAINER, "tea", NULL);
  f->boris = rig_add_user (f->rig, "boris", SIDE_ROLE_TRAINER, "tea", NULL);
  f->chief = rig_add_user (f->rig, "chief", SIDE_ROLE_SUPERVISOR, "tea", NULL);
  f->owner = rig_add_user (f->rig, "owner", SIDE_ROLE_CLIENT, "tea", NULL);
  rig_whole_call (f->rig, "tea", "a", NOON);
  rig_settle (f->rig);
  side_section_add_criterion (side_script_add_section (script, "1", "All"), "1.1", "Greets", 10);
  assert_put (f, f->chief, side_wire_document_for_script (script), 0, 200);
}

static void
tear_down (Fixture       *f,
           gconstpointer  data)
{
  g_free (f->anna);
  g_free (f->boris);
  g_free (f->chief);
  g_free (f->owner);
  rig_free (f->rig);
}

/* A refusal tells nothing of what is hidden. */
static void
assert_put (Fixture      *f,
            const char   *token,
            SideDocument *document,     /* (transfer full) */
            gint64        base,
            guint         status)
{
  g_autoptr (RigAnswer) answer = rig_put (f->rig, token, document, base);

  g_assert_cmpuint (answer->status, ==, status);
  if (status != 200)
    g_assert_null (strstr (answer->body, SECRET));
}

static SideDocument *
calibration (SideCalibrationState state)
{
  g_autoptr (SideCalibration) made = side_calibration_new (CALIBRATION, "tea", "November", SCRIPT, 1);

  g_ptr_array_add (made->calls, g_strdup ("a"));
  g_ptr_array_add (made->reviewers, g_strdup ("anna"));
  g_ptr_array_add (made->reviewers, g_strdup ("boris"));
  made->author = g_strdup ("chief");
  if (state != SIDE_CALIBRATION_OPEN)
    side_calibration_begin_discussion (made, NOON + 2000);
  made->state = state;
  return side_wire_document_for_calibration (made);
}

static SideDocument *
review (const char    *id,
        const char    *reviewer,
        SideSelection  selection,
        gboolean       finished,
        const char    *words)
{
  g_autoptr (SideReview) made = side_review_new (id, "tea", "a", SCRIPT, 1);

  side_review_claim (made, reviewer, NOON);
  made->selection = selection;
  if (selection == SIDE_SELECTION_CALIBRATION)
    made->plan = g_strdup (CALIBRATION);
  side_review_set_answer (made, "1.1", 1, NOON, -1);
  made->comment = g_strdup (words);
  if (finished)
    side_review_finish (made, 1, NOON + 1000);
  return side_wire_document_for_review (made);
}

static void
assert_hidden (Fixture    *f,
               const char *token,
               gint64     *since)
{
  g_autofree char *feed = rig_read_on (f->rig, token, since);
  g_autoptr (RigAnswer) single = rig_get (f->rig, "/documents/review/" ANNAS, token);
  g_autoptr (RigAnswer) removed = rig_ask (f->rig, "DELETE", "/documents/review/" ANNAS, token, "If-Match", "\"1\"", NULL);

  g_assert_null (strstr (feed, SECRET));
  g_assert_null (strstr (feed, ANNAS));
  g_assert_cmpuint (single->status, ==, 404);
  g_assert_true (removed->status == 404 || removed->status == 403);
}

static void
assert_told (Fixture    *f,
             const char *token,
             gint64     *since)
{
  g_autofree char *feed = rig_read_on (f->rig, token, since);
  g_autoptr (RigAnswer) single = rig_get (f->rig, "/documents/review/" ANNAS, token);

  g_assert_nonnull (strstr (feed, SECRET));
  g_assert_cmpuint (single->status, ==, 200);
}

static void
test_blind (Fixture       *f,
            gconstpointer  data)
{
  const char *const others[] = { f->boris, f->chief, f->owner };
  gint64 places[] = { 0, 0, 0 };
  gint64 own = 0;

  /* It comes before the calibration it is for, as from an outbox it may. */
  assert_put (f, f->anna, review (ANNAS, "anna", SIDE_SELECTION_CALIBRATION, TRUE, SECRET), 0, 200);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    assert_hidden (f, others[i], &places[i]);
  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_OPEN), 0, 200);
  assert_put (f, f->boris, review (PLAIN, "boris", SIDE_SELECTION_NONE, TRUE, "seen by all"), 0, 200);
  assert_put (f, f->boris, review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, FALSE, "begun"), 0, 200);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      assert_hidden (f, others[i], &places[i]);
      g_assert_cmpint (places[i], >=, 3);
    }
  assert_told (f, f->anna, &own);
  /* Nobody overwrites it either, or learns from trying what it says. */
  assert_put (f, f->boris, review (ANNAS, "boris", SIDE_SELECTION_CALIBRATION, TRUE, "mine"), 0, 404);
  assert_put (f, f->boris, review (ANNAS, "boris", SIDE_SELECTION_CALIBRATION, TRUE, "mine"), 1, 404);

  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_DISCUSSION), 1, 200);
  for (gsize i = 0; i < 2; i++)
    assert_told (f, others[i], &places[i]);
  {
    g_autofree char *feed = rig_read_on (f->rig, f->anna, &own);

    g_assert_nonnull (strstr (feed, BORISS));
  }
}

/* Whoever finishes last opens it; a revision stays what it was. */
static void
test_all_finished (Fixture       *f,
                   gconstpointer  data)
{
  gint64 annas = 0;
  gint64 boriss = 0;
  g_autofree char *feed = NULL;
  g_autoptr (RigAnswer) mine = NULL;

  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_OPEN), 0, 200);
  assert_put (f, f->anna, review (ANNAS, "anna", SIDE_SELECTION_CALIBRATION, TRUE, SECRET), 0, 200);
  assert_put (f, f->boris, review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, FALSE, "his"), 0, 200);
  assert_hidden (f, f->boris, &boriss);
  g_free (rig_read_on (f->rig, f->anna, &annas));
  assert_put (f, f->boris, review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, TRUE, "his"), 1, 200);
  assert_told (f, f->boris, &boriss);
  feed = rig_read_on (f->rig, f->anna, &annas);
  g_assert_nonnull (strstr (feed, BORISS));
  mine = rig_get (f->rig, "/documents/review/" ANNAS, f->anna);
  g_assert_cmpstr (rig_answer_header (mine, "ETag"), ==, "\"1\"");
}

/* A calibration that is called off leaves reviews that anybody may see. */
static void
test_called_off (Fixture       *f,
                 gconstpointer  data)
{
  gint64 boriss = 0;
  g_autoptr (RigAnswer) removed = NULL;

  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_OPEN), 0, 200);
  assert_put (f, f->anna, review (ANNAS, "anna", SIDE_SELECTION_CALIBRATION, TRUE, SECRET), 0, 200);
  assert_hidden (f, f->boris, &boriss);
  removed = rig_ask (f->rig, "DELETE", "/documents/calibration/" CALIBRATION, f->chief, "If-Match", "\"1\"", NULL);
  g_assert_cmpuint (removed->status, ==, 200);
  assert_told (f, f->boris, &boriss);
  /* It is not called again, for him to answer it blind. */
  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_OPEN), 2, 403);
  assert_put (f, f->boris, review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, TRUE, "his"), 0, 403);
}

static void
assert_change (Fixture    *f,
               guint       n_reviewers,
               const char *call,
               gint64      base,
               guint       status)
{
  g_autoptr (SideDocument) open = calibration (SIDE_CALIBRATION_OPEN);
  g_autoptr (SideCalibration) changed = side_wire_calibration_from_json (open->body, -1, NULL);

  g_ptr_array_set_size (changed->reviewers, (int) n_reviewers);
  if (call != NULL)
    g_ptr_array_add (changed->calls, g_strdup (call));
  assert_put (f, f->chief, side_wire_document_for_calibration (changed), base, status);
}

/* Blindness ends once: nobody looks while they are left out and comes back to
 * answer, and who is left out answers no more. */
static void
test_left_out (Fixture       *f,
               gconstpointer  data)
{
  gint64 boriss = 0;

  assert_change (f, 1, NULL, 0, 200);
  assert_change (f, 2, NULL, 1, 200);                  /* nobody has answered yet */
  assert_put (f, f->anna, review (ANNAS, "anna", SIDE_SELECTION_CALIBRATION, TRUE, SECRET), 0, 200);
  assert_hidden (f, f->boris, &boriss);
  assert_change (f, 2, "b", 2, 403);
  assert_change (f, 1, NULL, 2, 200);
  assert_told (f, f->boris, &boriss);
  assert_change (f, 2, NULL, 3, 403);
  assert_put (f, f->boris, review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, TRUE, "mine too"), 0, 403);
  assert_put (f, f->boris, review (PLAIN, "boris", SIDE_SELECTION_NONE, TRUE, "an ordinary one"), 0, 200);
}

static SideReview *
get_review (Fixture    *f,
            const char *id)
{
  g_autofree char *path = g_strdup_printf ("/documents/review/%s", id);
  g_autoptr (RigAnswer) answer = rig_get (f->rig, path, f->chief);
  g_autoptr (SideDocument) document = side_wire_document_from_json (answer->body, (gssize) answer->len, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  return side_wire_review_from_json (document->body, -1, NULL);
}

static void
assert_timing (Fixture    *f,
               const char *id,
               SideTiming  timing,
               int         revision)
{
  g_autoptr (SideReview) review = get_review (f, id);

  g_assert_cmpint (review->timing, ==, timing);
  g_assert_cmpint (review->revision, ==, revision);
}

/* Who answers after the discussion was begun answers late, whatever their clock
 * or they themselves say; and who answered before stays blind. */
static void
test_late (Fixture       *f,
           gconstpointer  data)
{
  g_autoptr (SideDocument) discussed = calibration (SIDE_CALIBRATION_DISCUSSION);
  g_autoptr (SideCalibration) begun = side_wire_calibration_from_json (discussed->body, -1, NULL);
  g_autoptr (SideDocument) his = review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, TRUE, "his");
  g_autoptr (SideReview) forged = side_wire_review_from_json (his->body, -1, NULL);
  g_autoptr (SideReview) again = NULL;

  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_OPEN), 0, 200);
  assert_put (f, f->anna, review (ANNAS, "anna", SIDE_SELECTION_CALIBRATION, TRUE, SECRET), 0, 200);
  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_DISCUSSION), 1, 200);
  /* Finished a second before it was begun, it says. */
  forged->timing = SIDE_TIMING_BLIND;
  g_assert_cmpint (forged->finished_ms, <, begun->discussed_ms);
  assert_put (f, f->boris, side_wire_document_for_review (forged), 0, 200);
  assert_put (f, f->boris, side_wire_document_for_review (forged), 0, 200);   /* the answer got lost */
  assert_timing (f, BORISS, SIDE_TIMING_LATE, 1);
  assert_timing (f, ANNAS, SIDE_TIMING_BLIND, 1);
  again = get_review (f, ANNAS);
  g_assert_false (side_calibration_is_late (begun, again));
  again->timing = SIDE_TIMING_UNKNOWN;    /* an app that does not know of it */
  side_review_reopen (again, "anna", "heard again", NOON + 5000);
  side_review_finish (again, 1, NOON + 6000);
  assert_put (f, f->anna, side_wire_document_for_review (again), 1, 200);
  assert_timing (f, ANNAS, SIDE_TIMING_BLIND, 2);
  side_review_reopen (forged, "boris", "heard again", NOON + 5000);
  side_review_finish (forged, 1, NOON + 6000);
  assert_put (f, f->boris, side_wire_document_for_review (forged), 1, 200);
  assert_timing (f, BORISS, SIDE_TIMING_LATE, 2);
}

/* Each answers once about a call, and not again once they know more. */
static void
test_twice (Fixture       *f,
            gconstpointer  data)
{
  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_OPEN), 0, 200);
  assert_put (f, f->anna, review (ANNAS, "anna", SIDE_SELECTION_CALIBRATION, TRUE, SECRET), 0, 200);
  assert_put (f, f->anna, review (PLAIN, "anna", SIDE_SELECTION_CALIBRATION, FALSE, "better"), 0, 200);
  assert_put (f, f->anna, review (PLAIN, "anna", SIDE_SELECTION_CALIBRATION, TRUE, "better"), 1, 403);
  assert_put (f, f->boris, review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, TRUE, "his"), 0, 200);
}

/* Whoever is asked is handed no other review of the call either before they have answered. */
static void
test_others (Fixture       *f,
             gconstpointer  data)
{
  gint64 boriss = 0;

  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_OPEN), 0, 200);
  assert_put (f, f->chief, review (ANNAS, "chief", SIDE_SELECTION_NONE, TRUE, SECRET), 0, 200);
  assert_hidden (f, f->boris, &boriss);
  assert_put (f, f->boris, review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, TRUE, "his"), 0, 200);
  assert_told (f, f->boris, &boriss);
}

/* Nor does it begin anew while somebody revises, for those who have read. */
static void
test_reopened (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (SideDocument) his = review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, TRUE, "his");
  g_autoptr (SideReview) reopened = side_wire_review_from_json (his->body, -1, NULL);
  gint64 chiefs = 0;

  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_OPEN), 0, 200);
  assert_put (f, f->anna, review (ANNAS, "anna", SIDE_SELECTION_CALIBRATION, TRUE, SECRET), 0, 200);
  assert_put (f, f->boris, side_document_ref (his), 0, 200);
  side_review_reopen (reopened, "boris", "heard again", NOON + 5000);
  assert_put (f, f->boris, side_wire_document_for_review (reopened), 1, 200);
  assert_told (f, f->chief, &chiefs);
}

static void
assert_progress (Fixture    *f,
                 const char *token,
                 guint       annas)
{
  g_autoptr (RigAnswer) answer = rig_get (f->rig, "/calibrations/" CALIBRATION "/progress", token);
  g_autoptr (SideCalibrationProgress) progress = side_wire_calibration_progress_from_json (answer->body, (gssize) answer->len, NULL);

  g_assert_cmpuint (answer->status, ==, 200);
  g_assert_null (strstr (answer->body, SECRET));
  g_assert_nonnull (progress);
  g_assert_cmpuint (progress->calls, ==, 1);
  g_assert_cmpuint (progress->people->len, ==, 2);
  g_assert_cmpstr (((SideCalibrationPerson *) progress->people->pdata[0])->name, ==, "anna");
  g_assert_cmpuint (((SideCalibrationPerson *) progress->people->pdata[0])->finished, ==, annas);
  g_assert_cmpuint (side_calibration_progress_count_done (progress), ==, annas);
}

/* Whoever leads it learns who has finished, others do not. */
static void
test_progress (Fixture       *f,
               gconstpointer  data)
{
  const char *const others[] = { f->anna, f->boris, f->owner };

  assert_put (f, f->chief, calibration (SIDE_CALIBRATION_OPEN), 0, 200);
  assert_put (f, f->boris, review (BORISS, "boris", SIDE_SELECTION_CALIBRATION, FALSE, "begun"), 0, 200);
  assert_progress (f, f->chief, 0);
  assert_put (f, f->anna, review (ANNAS, "anna", SIDE_SELECTION_CALIBRATION, TRUE, SECRET), 0, 200);
  assert_progress (f, f->chief, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (RigAnswer) answer = rig_get (f->rig, "/calibrations/" CALIBRATION "/progress", others[i]);

      g_assert_cmpuint (answer->status, ==, i < 2 ? 403 : 404);
      g_assert_null (strstr (answer->body, "finished\":"));
    }
}

/* ---- who may write what ---- */

static SideCalibration *
make_discussed (void)
{
  g_autoptr (SideDocument) document = calibration (SIDE_CALIBRATION_DISCUSSION);

  return side_wire_calibration_from_json (document->body, -1, NULL);
}

static void
try_calibration (Fixture               *f,
                 const char            *token,
                 const SideCalibration *calibration,
                 gint64                 base,
                 guint                  status)
{
  assert_put (f, token, side_wire_document_for_calibration (calibration), base, status);
}

/* Whoever is invited answers; who begins the discussion is who called, the expert
 * or a supervisor. */
static void
test_begun_by (Fixture       *f,
               gconstpointer  data)
{
  g_autoptr (SideDocument) made = calibration (SIDE_CALIBRATION_OPEN);
  g_autoptr (SideCalibration) open = side_wire_calibration_from_json (made->body, -1, NULL);
  g_autoptr (SideCalibration) begun = side_calibration_copy (open);
  g_autoptr (SideCalibration) fewer = side_calibration_copy (open);
  g_autoptr (SideCalibration) later = side_calibration_copy (open);
  g_autoptr (SideCalibration) agreed = side_calibration_copy (open);
  g_autoptr (RigAnswer) removed = NULL;

  begun->state = SIDE_CALIBRATION_DISCUSSION;   /* not said when */
  g_ptr_array_set_size (fewer->reviewers, 1);
  later->due_ms = NOON;
  side_calibration_agree (agreed, "a", "1.1", 1, "boris", NULL, NOON);
  try_calibration (f, f->anna, open, 0, 403);               /* in somebody else's name */
  try_calibration (f, f->chief, open, 0, 200);
  try_calibration (f, f->boris, begun, 1, 403);
  try_calibration (f, f->boris, fewer, 1, 403);
  try_calibration (f, f->boris, later, 1, 403);
  try_calibration (f, f->boris, agreed, 1, 403);
  removed = rig_ask (f->rig, "DELETE", "/documents/calibration/" CALIBRATION, f->boris, "If-Match", "\"1\"", NULL);
  g_assert_cmpuint (removed->status, ==, 403);
  open->expert = g_strdup ("boris");
  try_calibration (f, f->chief, open, 1, 200);
  begun->expert = g_strdup ("boris");
  try_calibration (f, f->anna, begun, 2, 403);
  try_calibration (f, f->boris, begun, 2, 403);
  begun->discussed_ms = g_get_real_time () / 1000 + 3 * 3600 * 1000;
  try_calibration (f, f->boris, begun, 2, 403);
  begun->discussed_ms = NOON;
  try_calibration (f, f->boris, begun, 2, 200);
  begun->discussed_ms++;
  try_calibration (f, f->boris, begun, 3, 403);
  begun->discussed_ms--;
  try_calibration (f, f->chief, open, 3, 403);           /* nobody answers blind any more */
  g_ptr_array_add (begun->reviewers, g_strdup ("carl"));
  try_calibration (f, f->chief, begun, 3, 403);
}

/* What is agreed on bears the name of who wrote it, and is an answer. */
static void
test_consensus (Fixture       *f,
                gconstpointer  data)
{
  g_autoptr (SideCalibration) discussed = make_discussed ();
  g_autoptr (SideCalibration) agreed = side_calibration_copy (discussed);
  g_autoptr (SideCalibration) forged = side_calibration_copy (discussed);
  g_autoptr (SideCalibration) odd = side_calibration_copy (discussed);
  g_autoptr (SideCalibration) unknown = side_calibration_copy (discussed);
  g_autoptr (SideCalibration) changed = NULL;
  g_autoptr (SideCalibration) closed = NULL;
  g_autoptr (RigAnswer) removed = NULL;
  g_autofree char *carl = rig_add_user (f->rig, "carl", SIDE_ROLE_TRAINER, "tea", NULL);

  side_calibration_agree (agreed, "a", "1.1", 1, "boris", "Heard", NOON);
  side_calibration_agree (forged, "a", "1.1", 1, "anna", "Heard", NOON);
  side_calibration_agree (odd, "a", "1.1", 0.3, "boris", "Heard", NOON);
  side_calibration_agree (unknown, "a", "9.9", 1, "boris", "Heard", NOON);
  try_calibration (f, f->chief, discussed, 0, 200);
  try_calibration (f, f->boris, forged, 1, 403);
  try_calibration (f, f->boris, odd, 1, 403);
  try_calibration (f, f->boris, unknown, 1, 403);
  try_calibration (f, carl, agreed, 1, 403);
  try_calibration (f, f->boris, agreed, 1, 200);
  /* Written over, and taken back: his stands there again, in his name. */
  changed = side_calibration_copy (agreed);
  side_calibration_agree (changed, "a", "1.1", 0, "anna", "Heard again", NOON);
  try_calibration (f, f->anna, changed, 2, 200);
  try_calibration (f, f->anna, agreed, 3, 200);
  closed = side_calibration_copy (agreed);
  closed->state = SIDE_CALIBRATION_CLOSED;
  try_calibration (f, f->anna, closed, 4, 403);
  try_calibration (f, f->chief, closed, 4, 200);
  side_calibration_agree (closed, "a", "1.1", 0, "anna", "Heard again", NOON);
  try_calibration (f, f->anna, closed, 5, 403);
  removed = rig_ask (f->rig, "DELETE", "/documents/calibration/" CALIBRATION, f->chief, "If-Match", "\"5\"", NULL);
  g_assert_cmpuint (removed->status, ==, 403);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/http-calibration/blind", Fixture, NULL, set_up, test_blind, tear_down);
  g_test_add ("/http-calibration/all-finished", Fixture, NULL, set_up, test_all_finished, tear_down);
  g_test_add ("/http-calibration/called-off", Fixture, NULL, set_up, test_called_off, tear_down);
  g_test_add ("/http-calibration/left-out", Fixture, NULL, set_up, test_left_out, tear_down);
  g_test_add ("/http-calibration/others", Fixture, NULL, set_up, test_others, tear_down);
  g_test_add ("/http-calibration/late", Fixture, NULL, set_up, test_late, tear_down);
  g_test_add ("/http-calibration/twice", Fixture, NULL, set_up, test_twice, tear_down);
  g_test_add ("/http-calibration/reopened", Fixture, NULL, set_up, test_reopened, tear_down);
  g_test_add ("/http-calibration/progress", Fixture, NULL, set_up, test_progress, tear_down);
  g_test_add ("/http-calibration/begun-by", Fixture, NULL, set_up, test_begun_by, tear_down);
  g_test_add ("/http-calibration/consensus", Fixture, NULL, set_up, test_consensus, tear_down);
  return g_test_run ();
}
