/* side-sim-review-talk.c - what is said about the demo's reviews
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The reviewers compare their answers, operators object and take note, and
 * somebody sits down with those who have most trouble. Each document as the
 * app would have written it, by the same rules.
 */
#include "side-sim-reviews.h"

#include "side-calibration.h"
#include "side-coaching.h"
#include "side-dispute-rule.h"
#include "side-text.h"
#include "side-time.h"
#include "side-wire.h"

#define CALIBRATED   4        /* calls */
#define FEWEST       3        /* reviews before somebody is coached */
#define CLIP_MS      9000

static char *
name_id (const SideSimReviews *self,
         const char           *kind,
         const char           *what)
{
  g_autofree char *name = g_strdup_printf ("demo %" G_GUINT64_FORMAT " %s %s", self->seed, kind, what);

  return side_id_named (name);
}

static gint64
at_ms (const SideSimReviews *self,
       int                   days,
       int                   hour,
       int                   minute)
{
  return side_time_day_add (self->zone, self->today_ms, days) + hour * SIDE_HOUR_MS + minute * SIDE_MINUTE_MS;
}

static gboolean
is_of (const SideReview  *review,
       const SideSimDesk *desk)
{
  return g_str_equal (review->project, desk->project) && g_str_equal (review->script, desk->script) && side_review_counts (review);
}

/* ---- calibration ---- */

static void
invite (const SideSimReviews *self,
        const SideSimDesk    *desk,
        const SideScript     *script,
        SideCalibration      *calibration)
{
  g_autoptr (GPtrArray) calls = _side_sim_list_calls (self, script, at_ms (self, -14, 0, 0), at_ms (self, -8, 0, 0));

  for (gsize i = 0; i < G_N_ELEMENTS (desk->reviewers) && desk->reviewers[i] != NULL; i++)
    g_ptr_array_add (calibration->reviewers, g_strdup (desk->reviewers[i]));
  for (guint i = 0; i < calls->len && calibration->calls->len < CALIBRATED; i++)
    {
      const SideCall *call = calls->pdata[i];

      /* From here and there in the week, with an order, not too long. */
      if (i >= calibration->calls->len * calls->len / CALIBRATED && call->order_id != NULL
          && call->talk_ms < 4 * SIDE_MINUTE_MS && !g_hash_table_contains (self->spoken_for, call->id))
        g_ptr_array_add (calibration->calls, g_strdup (call->id));
    }
}

/* Where they differ, it comes to half a mark, for the reason that is given. */
static void
agree (const SideCalibration *calibration,
       GPtrArray             *reviews,
       const SideScript      *script,
       SideCalibration       *closed)
{
  for (guint c = 0; c < calibration->calls->len; c++)
    {
      const char *call = calibration->calls->pdata[c];
      const SideReview *measure = side_calibration_find_review (calibration, reviews, call, calibration->expert);

      for (guint a = 0; measure != NULL && a < measure->answers->len; a++)
        {
          const SideAnswer *answer = measure->answers->pdata[a];
          const SideSimHabit *habit = side_sim_find_habit (script->id, answer->criterion);
          gboolean differs = FALSE;

          for (guint r = 0; r < calibration->reviewers->len; r++)
            {
              const SideReview *other = side_calibration_find_review (calibration, reviews, call, calibration->reviewers->pdata[r]);

              differs |= other != NULL && side_review_get_answer (other, answer->criterion) != answer->value;
            }
          if (differs && habit != NULL && habit->agreed != NULL)
            side_calibration_agree (closed, call, answer->criterion, 0.5, calibration->author, habit->agreed,
                                    closed->changed_ms - 20 * SIDE_MINUTE_MS);
        }
    }
}

static void
keep_calibration (SideSimReviews  *self,
                  SideCalibration *calibration,
                  gint64           when_ms)
{
  calibration->changed_ms = when_ms;
  _side_sim_keep_document (self, side_wire_document_for_calibration (calibration), calibration->author, when_ms);
}

/* _side_sim_calibrate: one that is over, where there are three to compare */
void
_side_sim_calibrate (SideSimReviews    *self,
                     const SideSimDesk *desk)
{
  const SideScript *script = _side_sim_find_script (self, desk->script);
  g_autofree char *id = name_id (self, "calibration", desk->project);
  g_autoptr (SideCalibration) calibration = side_calibration_new (id, desk->project, "Открытые вопросы и повтор заказа", script->id, script->version);

  if (desk->reviewers[2] == NULL)
    return;
  invite (self, desk, script, calibration);
  calibration->expert = g_strdup (desk->reviewers[0]);
  calibration->author = g_strdup (desk->reviewers[0]);
  calibration->made_ms = at_ms (self, -7, 11, 0);
  calibration->due_ms = at_ms (self, -4, 0, 0);
  keep_calibration (self, calibration, calibration->made_ms);
  for (guint c = 0; c < calibration->calls->len; c++)
    for (guint r = 0; r < calibration->reviewers->len; r++)
      _side_sim_review (self, desk, script, g_hash_table_lookup (self->by_id, calibration->calls->pdata[c]),
                        calibration->reviewers->pdata[r], SIDE_SELECTION_CALIBRATION, id, at_ms (self, -6, 16, (int) (12 * c + 3 * r)));
  side_calibration_begin_discussion (calibration, at_ms (self, -5, 15, 0));
  keep_calibration (self, calibration, at_ms (self, -5, 15, 0));
  calibration->changed_ms = at_ms (self, -5, 16, 0);
  agree (calibration, self->reviews, script, calibration);
  keep_calibration (self, calibration, calibration->changed_ms);
  calibration->state = SIDE_CALIBRATION_CLOSED;
  keep_calibration (self, calibration, at_ms (self, -5, 16, 10));
}

/* ---- disputes ---- */

static gboolean
is_fault_of_operator (const SideReview *review,
                      const char       *criterion)
{
  const SideAnswer *answer = side_review_find_answer (review, criterion);

  return answer != NULL && answer->value >= 0.0 && answer->value < 1.0 && answer->cause == SIDE_CAUSE_OPERATOR;
}

/* The newest review that was finished before, has such a fault and was not disputed yet. */
static SideReview *
find_disputable (const SideSimReviews *self,
                 const SideSimDesk    *desk,
                 const SideSimQuarrel *quarrel,
                 gint64                before_ms,
                 GHashTable           *taken)
{
  SideReview *best = NULL;

  for (guint i = 0; i < self->reviews->len; i++)
    {
      SideReview *review = self->reviews->pdata[i];

      if (is_of (review, desk) && review->finished_ms < before_ms && is_fault_of_operator (review, quarrel->criterion)
          && !g_hash_table_contains (taken, review->id) && (best == NULL || review->finished_ms > best->finished_ms))
        best = review;
    }
  return best;
}

/* A colleague who is neither of the two. */
static const char *
find_other (const SideSimDesk *desk,
            const char        *one,
            const char        *two)
{
  for (gsize i = 0; i < G_N_ELEMENTS (desk->reviewers) && desk->reviewers[i] != NULL; i++)
    if (g_strcmp0 (desk->reviewers[i], one) != 0 && g_strcmp0 (desk->reviewers[i], two) != 0)
      return desk->reviewers[i];
  return NULL;
}

static void
judge (SideSimReviews       *self,
       const SideSimDesk    *desk,
       const SideSimQuarrel *quarrel,
       SideDispute          *dispute,
       const SideReview     *review)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SideReview) next = NULL;
  const SideScript *script = _side_sim_find_script (self, review->script);
  const char *judge_name = find_other (desk, review->reviewer, dispute->author);
  gint64 when_ms = dispute->created_ms + 26 * SIDE_HOUR_MS;

  if (judge_name == NULL || !side_dispute_rule (dispute, review, script, quarrel->upheld, quarrel->upheld ? 1.0 : SIDE_ANSWER_NONE,
                                                judge_name, quarrel->ruling, when_ms, &error))
    {
      g_warning ("a dispute of the demo is not judged: %s", error != NULL ? error->message : "there is nobody to");
      return;
    }
  _side_sim_keep_document (self, side_wire_document_for_dispute (dispute), judge_name, when_ms);
  next = quarrel->upheld ? side_dispute_apply (dispute, review, dispute->judged_ms, NULL) : NULL;
  if (next != NULL)
    _side_sim_keep_document (self, side_wire_document_for_review (next), judge_name, when_ms);
}

/* _side_sim_dispute: what operators object to, written down by a colleague of the reviewer */
void
_side_sim_dispute (SideSimReviews    *self,
                   const SideSimDesk *desk)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);
  const SideSimQuarrel *quarrel;

  for (guint i = 0; (quarrel = side_sim_get_quarrel (i)) != NULL; i++)
    {
      gint64 before_ms = quarrel->ruling == NULL ? self->now_ms - 20 * SIDE_HOUR_MS : at_ms (self, -4, 0, 0);
      SideReview *review = g_str_equal (quarrel->project, desk->project) ? find_disputable (self, desk, quarrel, before_ms, taken) : NULL;
      const SideCall *call = review != NULL ? g_hash_table_lookup (self->by_id, review->call) : NULL;
      g_autoptr (SideDispute) dispute = NULL;
      g_autofree char *id = NULL;

      if (call == NULL)
        continue;
      g_hash_table_add (taken, review->id);
      id = name_id (self, "dispute", review->id);
      dispute = side_dispute_new (id, review->project, review->call);
      dispute->review = g_strdup (review->id);
      dispute->review_revision = review->revision;
      dispute->script = g_strdup (review->script);
      dispute->criterion = g_strdup (quarrel->criterion);
      dispute->asked = 1.0;
      dispute->reason = g_strdup (quarrel->reason);
      dispute->operator_id = g_strdup (call->operator_id);
      dispute->author = g_strdup (find_other (desk, review->reviewer, NULL));
      dispute->on_behalf = TRUE;
      dispute->created_ms = review->finished_ms + 18 * SIDE_HOUR_MS;
      dispute->due_ms = side_dispute_due (self->zone, dispute->created_ms, SIDE_DISPUTE_DAYS);
      _side_sim_keep_document (self, side_wire_document_for_dispute (dispute), dispute->author, dispute->created_ms);
      if (quarrel->ruling != NULL)
        judge (self, desk, quarrel, dispute, review);
    }
}

/* _side_sim_acknowledge: of every three reviews two were read by whom they are about */
void
_side_sim_acknowledge (SideSimReviews    *self,
                       const SideSimDesk *desk)
{
  for (guint i = 0; i < self->reviews->len; i++)
    {
      const SideReview *review = self->reviews->pdata[i];
      const SideCall *call = g_str_equal (review->project, desk->project) && side_review_counts (review)
                                     && review->finished_ms < at_ms (self, -3, 0, 0) && g_str_hash (review->id) % 3 < 2
                                 ? g_hash_table_lookup (self->by_id, review->call) : NULL;
      const char *author = find_other (desk, review->reviewer, NULL);
      gint64 when_ms = review->finished_ms + 22 * SIDE_HOUR_MS;
      g_autoptr (SideAcknowledgement) read = NULL;

      if (call == NULL || author == NULL)
        continue;
      read = side_acknowledgement_new (review, call->operator_id, author, TRUE, when_ms);
      _side_sim_keep_document (self, side_wire_document_for_acknowledgement (read), author, when_ms);
    }
}

/* ---- coaching ---- */

typedef struct {
  guint             n;
  double            sum;
  const SideReview *bad;    /* the newest with a fault */
} Trouble;

/* Operator -> Trouble with the criterion, before that day. */
static GHashTable *
count_trouble (const SideSimReviews *self,
               const SideSimDesk    *desk,
               const char           *criterion,
               gint64                before_ms)
{
  GHashTable *found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->reviews->len; i++)
    {
      const SideReview *review = self->reviews->pdata[i];
      const SideCall *call = is_of (review, desk) && review->finished_ms < before_ms ? g_hash_table_lookup (self->by_id, review->call) : NULL;
      double value = side_review_get_answer (review, criterion);
      Trouble *trouble;

      if (call == NULL || value < 0.0)
        continue;
      trouble = g_hash_table_lookup (found, call->operator_id);
      if (trouble == NULL)
        g_hash_table_insert (found, g_strdup (call->operator_id), trouble = g_new0 (Trouble, 1));
      trouble->n++;
      trouble->sum += value;
      if (value < 1.0)
        trouble->bad = review;
    }
  return found;
}

static const char *
find_pupil (GHashTable     *troubles,
            GHashTable     *taken,
            const Trouble **of_whom)
{
  GHashTableIter iter;
  gpointer key, value;
  const char *best = NULL;

  *of_whom = NULL;
  g_hash_table_iter_init (&iter, troubles);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const Trouble *trouble = value;
      double mean = trouble->sum / trouble->n;

      /* In whatever order the table has them, the same one. */
      if (trouble->n < FEWEST || trouble->bad == NULL || g_hash_table_contains (taken, key))
        continue;
      if (best != NULL && (mean > (*of_whom)->sum / (*of_whom)->n
                           || (mean == (*of_whom)->sum / (*of_whom)->n && g_strcmp0 (key, best) > 0)))
        continue;
      best = key;
      *of_whom = trouble;
    }
  return best;
}

static void
add_clip (SideCoaching     *note,
          const SideReview *review,
          const char       *criterion,
          gboolean          good,
          const char       *text)
{
  const SideAnswer *answer = side_review_find_answer (review, criterion);

  side_coaching_add_clip (note, review->call, answer->position_ms, MAX (answer->to_ms, answer->position_ms + CLIP_MS), good, text);
}

static const SideReview *
find_example (const SideSimReviews *self,
              const SideSimDesk    *desk,
              const char           *criterion,
              gint64                before_ms)
{
  for (guint i = self->reviews->len; i > 0; i--)
    {
      const SideReview *review = self->reviews->pdata[i - 1];

      if (is_of (review, desk) && review->finished_ms < before_ms && side_review_get_answer (review, criterion) == 1.0)
        return review;
    }
  return NULL;
}

/* _side_sim_coach: the notes of a week ago, with what was heard together */
void
_side_sim_coach (SideSimReviews    *self,
                 const SideSimDesk *desk)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gint64 when_ms = at_ms (self, -8, 14, 30);
  const SideSimLesson *lesson;

  for (guint i = 0; (lesson = side_sim_get_lesson (i)) != NULL; i++)
    {
      g_autoptr (GHashTable) troubles = NULL;
      g_autoptr (SideCoaching) note = NULL;
      g_autofree char *id = NULL;
      const SideReview *example;
      const Trouble *trouble;
      const char *pupil;

      if (!g_str_equal (lesson->project, desk->project))
        continue;
      troubles = count_trouble (self, desk, lesson->criterion, when_ms);
      pupil = find_pupil (troubles, taken, &trouble);
      if (pupil == NULL)
        continue;
      g_hash_table_add (taken, g_strdup (pupil));
      id = name_id (self, "coaching", pupil);
      note = side_coaching_new (id, desk->project, pupil);
      note->text = g_strdup (lesson->text);
      note->goal = g_strdup (lesson->goal);
      note->script = g_strdup (desk->script);
      note->criterion = g_strdup (lesson->criterion);
      note->target = lesson->target;
      note->author = g_strdup (desk->reviewers[0]);
      note->created_ms = note->changed_ms = when_ms;
      note->due_ms = at_ms (self, 6, 0, 0);
      note->shared = TRUE;
      add_clip (note, trouble->bad, lesson->criterion, FALSE, lesson->bad);
      example = find_example (self, desk, lesson->criterion, when_ms);
      if (example != NULL)
        add_clip (note, example, lesson->criterion, TRUE, lesson->good);
      _side_sim_keep_document (self, side_wire_document_for_coaching (note), note->author, when_ms);
    }
}
