/* side-sim-reviews.c - who reviewed which of the demo's calls, and what came of it
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Three weeks of reviewing: each week calls are drawn by lot and shared out,
 * others are come upon. What a reviewer finds depends on the operator, on the
 * criterion and on the call, and now and then on the reviewer. The same seed,
 * calls and day give the same reviews; nothing here touches the live board.
 */
#include "side-sim-reviews.h"

#include <math.h>

#include "side-plan-draw.h"
#include "side-score.h"
#include "side-text.h"
#include "side-time.h"
#include "side-wire.h"

#define DAY_MS        (24 * SIDE_HOUR_MS)
#define WEEKS         3
#define DAYS_A_WEEK   7
#define SHORTEST_S    60      /* calls that have something to judge */
#define A_DAY         5       /* reviews of one reviewer */
#define FOUND_SHARE   0.012   /* of the calls about delivery and returns somebody comes upon */
#define SECOND_EVERY  6
#define REPEAT_EVERY  12

static gint64
day_ms (const SideSimReviews *self,
        int                   days)
{
  return side_time_day_add (self->zone, self->today_ms, days);
}

/* _side_sim_keep_document: @document becomes ours */
void
_side_sim_keep_document (SideSimReviews *self,
                         SideDocument   *document,
                         const char     *author,
                         gint64          at_ms)
{
  g_free (document->author);
  document->author = g_strdup (author);
  document->changed_ms = at_ms;
  g_ptr_array_add (self->documents, document);
}

SideScript *
_side_sim_find_script (const SideSimReviews *self,
                       const char           *id)
{
  for (guint i = 0; i < self->scripts->len; i++)
    if (g_strcmp0 (((SideScript *) self->scripts->pdata[i])->id, id) == 0)
      return self->scripts->pdata[i];
  return NULL;
}

/* What the app has for the same period and script. */
GPtrArray *
_side_sim_list_calls (const SideSimReviews *self,
                      const SideScript     *script,
                      gint64                from_ms,
                      gint64                to_ms)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < self->calls->len; i++)
    {
      SideCall *call = self->calls->pdata[i];

      if (call->joined_ms >= from_ms && call->joined_ms < to_ms && g_str_equal (call->project, script->project)
          && call->talk_ms >= SHORTEST_S * SIDE_SECOND_MS && side_script_is_for_queue (script, call->queue))
        g_ptr_array_add (found, call);
    }
  return found;
}

/* ---- one review ---- */

/* People differ, from careful to careless, and some got better. */
static double
carelessness (const SideSimReviews *self,
              const SideCall       *call)
{
  SideRandom random;
  double own, trend;

  side_random_init_named (&random, self->seed, call->operator_id);
  own = pow (side_random_unit (&random), 1.4);
  trend = side_random_between (&random, -0.06, 0.02);
  return 0.03 + 0.33 * own + trend * (double) (call->joined_ms - day_ms (self, -WEEKS * DAYS_A_WEEK)) / (double) (WEEKS * 7 * DAY_MS);
}

static gboolean
is_beside_the_point (const SideSimHabit *habit,
                     const SideCall     *call)
{
  return (habit->of_order && call->order_id == NULL) || (habit->queue != NULL && !g_str_has_suffix (call->queue, habit->queue));
}

/* What is wrong with the criterion in this call, as this reviewer sees it; NULL: nothing. */
static const SideSimFault *
find_fault (const SideSimHabit *habit,
            double              carelessness,
            SideRandom         *of_call,
            SideRandom         *of_reviewer)
{
  gboolean wrong = side_random_chance (of_call, carelessness * habit->trouble);
  guint which = side_random_below (of_call, 5);
  const SideSimFault *fault = &habit->faults[which < 2 ? 0 : which < 4 ? 1 : 2];
  gboolean otherwise = side_random_chance (of_reviewer, habit->dissent);

  if (otherwise)
    return wrong ? NULL : &habit->faults[0];
  return wrong ? fault : NULL;
}

static void
answer (SideReview          *review,
        const SideCriterion *criterion,
        const SideSimHabit  *habit,
        const SideSimFault  *fault,
        const SideCall      *call,
        gint64               position_ms,
        SideRandom          *random)
{
  double value = fault != NULL ? fault->value : 1.0;
  gint64 length_ms = 6000 + side_random_below (random, 9000);
  SideAnswer *given;

  if (habit != NULL && criterion->allow_na && is_beside_the_point (habit, call))
    {
      value = SIDE_ANSWER_NA;
      fault = NULL;
    }
  given = side_review_set_answer (review, criterion->id, value, review->started_ms + position_ms, position_ms);
  if (fault == NULL)
    return;
  given->to_ms = MIN (position_ms + length_ms, call->recording_ms);
  given->cause = fault->cause;
  given->detail = g_strdup (fault->detail);
  given->comment = g_strdup (fault->comment);
}

static void
answer_all (const SideSimReviews *self,
            SideReview           *review,
            const SideScript     *script,
            const SideCall       *call)
{
  double careless = carelessness (self, call);
  guint n = side_script_count_criteria (script), k = 0;
  SideRandom of_call, of_reviewer;

  side_random_init_named (&of_call, self->seed, call->id);
  side_random_init_named (&of_reviewer, self->seed, review->id);
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = script->sections->pdata[i];

      for (guint j = 0; j < section->criteria->len; j++, k++)
        {
          const SideCriterion *criterion = section->criteria->pdata[j];
          const SideSimHabit *habit = side_sim_find_habit (script->id, criterion->id);
          double at = ((double) k + side_random_between (&of_call, 0.1, 0.7)) / n;
          const SideSimFault *fault = habit != NULL ? find_fault (habit, careless, &of_call, &of_reviewer) : NULL;

          answer (review, criterion, habit, fault, call, (gint64) (at * (double) call->recording_ms), &of_reviewer);
        }
    }
}

static const char *
sum_up (const SideSimReviews *self,
        const SideSimDesk    *desk,
        const SideScript     *script,
        const SideReview     *review)
{
  SideRandom random;
  SideScore score;
  const char *const *words;
  guint n = 0;

  side_random_init_named (&random, self->seed + 1, review->id);
  side_score_compute (script, review, &score);
  if (!(score.score >= 92 || score.score < 72) || !side_random_chance (&random, 0.45))
    return NULL;
  words = score.score < 72 ? desk->bad : desk->good;
  while (n < G_N_ELEMENTS (desk->good) && words[n] != NULL)
    n++;
  return words[side_random_below (&random, n)];
}

/**
 * _side_sim_review:
 * @self: the past
 * @desk: whose project
 * @script: what it is scored with
 * @call: which call
 * @reviewer: by whom
 * @selection: why
 * @plan: (nullable): the plan or calibration it belongs to
 * @finished_ms: when it was done
 *
 * Returns: (transfer none): the review, written down as finished
 */
SideReview *
_side_sim_review (SideSimReviews    *self,
                  const SideSimDesk *desk,
                  const SideScript  *script,
                  const SideCall    *call,
                  const char        *reviewer,
                  SideSelection      selection,
                  const char        *plan,
                  gint64             finished_ms)
{
  g_autofree char *name = g_strdup_printf ("demo %" G_GUINT64_FORMAT " %s %s %s %d", self->seed, call->id, reviewer,
                                           plan != NULL ? plan : "", (int) selection);
  g_autofree char *id = side_id_named (name);
  SideReview *review = side_review_new (id, call->project, call->id, script->id, script->version);
  SideRandom random;

  side_random_init_named (&random, self->seed, name);
  review->selection = selection;
  review->plan = g_strdup (plan);
  side_review_claim (review, reviewer, finished_ms - call->recording_ms - (gint64) side_random_between (&random, 60e3, 240e3));
  answer_all (self, review, script, call);
  review->comment = g_strdup (sum_up (self, desk, script, review));
  side_review_finish (review, side_random_chance (&random, 0.75) ? 1.0 : side_random_between (&random, 0.6, 1.0), finished_ms);
  _side_sim_keep_document (self, side_wire_document_for_review (review), reviewer, finished_ms);
  g_ptr_array_add (self->reviews, review);
  g_hash_table_add (self->spoken_for, g_strdup (call->id));
  return review;
}

/* ---- by lot ---- */

static char *
write_filters (const SideScript *script)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_integer (file, "view", "talk", SHORTEST_S);
  g_key_file_set_string_list (file, "view", "queues", (const char *const *) script->queues->pdata, script->queues->len);
  return g_key_file_to_data (file, NULL, NULL);
}

static char *
write_title (const SideSimReviews *self,
             const SideSimDesk    *desk,
             const SidePlan       *plan)
{
  g_autoptr (GDateTime) first = side_time_to_local (self->zone, plan->from_ms);
  g_autoptr (GDateTime) last = side_time_to_local (self->zone, plan->to_ms - 1);
  g_autofree char *from = g_date_time_format (first, desk->day);
  g_autofree char *to = g_date_time_format (last, desk->day);
  g_auto (GStrv) parts = g_strsplit (desk->title, "%s", 3);

  return g_strconcat (parts[0], from, parts[1], to, parts[2], NULL);
}

static SidePlan *
draw_week (const SideSimReviews *self,
           const SideSimDesk    *desk,
           const SideScript     *script,
           int                   week,
           const char           *user)
{
  g_autofree char *name = g_strdup_printf ("demo %" G_GUINT64_FORMAT " %s %d %" G_GINT64_FORMAT, self->seed, desk->project, week, self->today_ms);
  g_autofree char *id = side_id_named (name);
  SidePlan *plan = side_plan_new (id, desk->project, NULL);
  g_autoptr (GPtrArray) calls = NULL;

  plan->script = g_strdup (script->id);
  plan->script_version = script->version;
  plan->kind = SIDE_PLAN_RANDOM;
  plan->to_ms = day_ms (self, -2 - DAYS_A_WEEK * week);
  plan->from_ms = side_time_day_add (self->zone, plan->to_ms, -DAYS_A_WEEK);
  plan->filters = write_filters (script);
  plan->size = desk->size;
  plan->seed = g_strdup_printf ("%s-%08x", desk->project, g_str_hash (name));
  plan->strata = SIDE_PLAN_BY_OPERATOR;
  plan->second_every = SECOND_EVERY;
  plan->repeat_every = week == 1 ? REPEAT_EVERY : 0;
  plan->author = g_strdup (desk->reviewers[0]);
  plan->created_ms = plan->changed_ms = plan->to_ms + 9 * SIDE_HOUR_MS + 30 * SIDE_MINUTE_MS;
  plan->due_ms = side_time_day_add (self->zone, plan->to_ms, DAYS_A_WEEK);
  plan->title = write_title (self, desk, plan);
  for (gsize i = 0; i < G_N_ELEMENTS (desk->reviewers) && desk->reviewers[i] != NULL; i++)
    side_plan_add_reviewer (plan, desk->reviewers[i], 1);
  if (week == 0)
    side_plan_add_reviewer (plan, user, 1);
  calls = _side_sim_list_calls (self, script, plan->from_ms, plan->to_ms);
  side_plan_draw (plan, calls, self->zone);
  side_plan_deal (plan, plan->created_ms);
  return plan;
}

/* When a reviewer is done with their @nth task: so many a day, from ten o'clock on. */
static gint64
done_ms (const SideSimReviews *self,
         const SidePlan       *plan,
         const SidePlanTask   *task,
         guint                 nth)
{
  gint64 day = side_time_day_add (self->zone, plan->to_ms, (int) (nth / A_DAY));
  gint64 at_ms = day + 10 * SIDE_HOUR_MS + (gint64) (nth % A_DAY) * 47 * SIDE_MINUTE_MS + (gint64) (g_str_hash (task->call) % 600) * SIDE_SECOND_MS;

  return MAX (at_ms, task->from_ms);
}

static void
work_off (SideSimReviews    *self,
          const SideSimDesk *desk,
          const SideScript  *script,
          const SidePlan    *plan,
          const char        *user)
{
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < plan->tasks->len; i++)
    {
      const SidePlanTask *task = plan->tasks->pdata[i];
      guint nth = GPOINTER_TO_UINT (g_hash_table_lookup (done, task->reviewer));
      gint64 at_ms = done_ms (self, plan, task, nth);

      g_hash_table_insert (done, task->reviewer, GUINT_TO_POINTER (nth + 1));
      if (at_ms < self->now_ms && !g_str_equal (task->reviewer, user))
        _side_sim_review (self, desk, script, g_hash_table_lookup (self->by_id, task->call), task->reviewer, task->selection, plan->id, at_ms);
    }
}

static void
review_week (SideSimReviews    *self,
             const SideSimDesk *desk,
             int                week,
             const char        *user)
{
  const SideScript *script = _side_sim_find_script (self, desk->script);
  g_autoptr (SidePlan) plan = draw_week (self, desk, script, week, user);

  if (plan->created_ms > self->now_ms)
    return;
  _side_sim_keep_document (self, side_wire_document_for_plan (plan), plan->author, plan->created_ms);
  work_off (self, desk, script, plan, user);
  plan->closed_ms = plan->changed_ms = plan->due_ms + 18 * SIDE_HOUR_MS;
  if (plan->closed_ms < self->now_ms && week > 0)
    _side_sim_keep_document (self, side_wire_document_for_plan (plan), plan->author, plan->closed_ms);
}

/* Calls about delivery and returns that somebody listened to for another reason. */
static void
review_found (SideSimReviews    *self,
              const SideSimDesk *desk)
{
  for (guint i = 0; i < self->scripts->len; i++)
    {
      const SideScript *script = self->scripts->pdata[i];
      g_autoptr (GPtrArray) calls = NULL;

      if (!g_str_equal (script->project, desk->project) || g_str_equal (script->id, desk->script))
        continue;
      calls = _side_sim_list_calls (self, script, day_ms (self, -WEEKS * DAYS_A_WEEK - 2), day_ms (self, -1));
      for (guint k = 0; k < calls->len; k++)
        {
          const SideCall *call = calls->pdata[k];
          gint64 at_ms = side_time_day_add (self->zone, side_time_day_start (self->zone, call->joined_ms), 1) + 15 * SIDE_HOUR_MS;
          SideRandom random;

          side_random_init_named (&random, self->seed + 2, call->id);
          at_ms += (gint64) side_random_below (&random, 180) * SIDE_MINUTE_MS;
          if (side_random_chance (&random, FOUND_SHARE) && at_ms < self->now_ms)
            _side_sim_review (self, desk, script, call, desk->reviewers[side_random_below (&random, 2)], SIDE_SELECTION_NONE, NULL, at_ms);
        }
    }
}

static void
work_at (SideSimReviews    *self,
         const SideSimDesk *desk,
         GTimeZone         *zone,
         const char        *user)
{
  self->zone = zone;
  self->today_ms = side_time_day_start (zone, self->now_ms);
  for (int week = WEEKS - 1; week >= 0; week--)
    review_week (self, desk, week, user);
  review_found (self, desk);
  _side_sim_acknowledge (self, desk);
  _side_sim_calibrate (self, desk);
  _side_sim_dispute (self, desk);
  _side_sim_coach (self, desk);
}

static int
by_time (gconstpointer a,
         gconstpointer b)
{
  const SideDocument *left = *(SideDocument *const *) a, *right = *(SideDocument *const *) b;

  return (left->changed_ms > right->changed_ms) - (left->changed_ms < right->changed_ms);
}

static GPtrArray *
load_scripts (GError **error)
{
  g_autoptr (GPtrArray) documents = side_simulator_list_scripts (1, error);
  g_autoptr (GPtrArray) scripts = g_ptr_array_new_with_free_func ((GDestroyNotify) side_script_unref);

  for (guint i = 0; documents != NULL && i < documents->len; i++)
    {
      SideScript *script = side_wire_script_from_json (((SideDocument *) documents->pdata[i])->body, -1, error);

      if (script == NULL)
        return NULL;
      g_ptr_array_add (scripts, script);
    }
  return documents != NULL ? g_steal_pointer (&scripts) : NULL;
}

/**
 * side_simulator_list_reviews:
 * @seed: the same one gives the same reviews
 * @calls: (element-type SideCall): all recorded calls of the past
 * @user: whose tasks are left to be done
 * @now_ms: the present instant
 * @error: return location
 *
 * Needs four weeks of calls: of a shorter past nothing was reviewed. Each
 * document has its author and when it was written; one that changes stands
 * there as often as it was written.
 *
 * Returns: (transfer full) (element-type SideDocument) (nullable): plans,
 *   reviews, calibrations, disputes, acknowledgements and coaching notes in the
 *   order in which they were written; %NULL when a script of the demo is none
 */
GPtrArray *
side_simulator_list_reviews (guint64      seed,
                             GPtrArray   *calls,
                             const char  *user,
                             gint64       now_ms,
                             GError     **error)
{
  g_autoptr (GPtrArray) projects = side_simulator_create_projects ();
  g_autoptr (GPtrArray) scripts = load_scripts (error);
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func ((GDestroyNotify) side_document_unref);
  g_autoptr (GPtrArray) reviews = g_ptr_array_new_with_free_func ((GDestroyNotify) side_review_unref);
  g_autoptr (GHashTable) spoken_for = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  SideSimReviews self = { .seed = seed, .now_ms = now_ms, .scripts = scripts, .calls = calls, .by_id = by_id,
                          .reviews = reviews, .documents = documents, .spoken_for = spoken_for };
  const SideSimDesk *desk;

  g_return_val_if_fail (calls != NULL && user != NULL && now_ms > 0, NULL);
  if (scripts == NULL)
    return NULL;
  for (guint i = 0; i < calls->len; i++)
    g_hash_table_insert (by_id, ((SideCall *) calls->pdata[i])->id, calls->pdata[i]);
  if (calls->len == 0 || ((SideCall *) calls->pdata[0])->joined_ms > now_ms - (WEEKS + 1) * DAYS_A_WEEK * DAY_MS)
    return g_steal_pointer (&documents);
  for (guint i = 0; (desk = side_sim_get_desk (i)) != NULL; i++)
    for (guint k = 0; k < projects->len; k++)
      {
        const SideProject *project = projects->pdata[k];

        if (g_str_equal (project->id, desk->project))
          work_at (&self, desk, project->time_zone, user);
      }
  g_ptr_array_sort (documents, by_time);
  return g_steal_pointer (&documents);
}
