/* side-plan-frame.c - which calls a plan is drawn from, or finds
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The frame of a draw is a period and a saved search of the Calls page, less
 * what cannot be reviewed: calls without a recording, and test calls, which
 * count in nobody's score. The rules of a chosen plan look into the same calls
 * for what is worth hearing, the clearest cases first.
 */
#include "side-plan-frame.h"

#include <math.h>

#include "side-error.h"
#include "side-plan-draw.h"

#define GROUP       "view"
#define MIN_TALK    "talk"      /* seconds, at least */
#define QUEUES      "queues"    /* of the script */
#define SILENCE_MS  10000       /* longer dead air is looked for */
#define NOISY_DB    15.0        /* below it, words are lost to the noise */
#define LOOK_AMONG  2000        /* longest calls that a lost sale is looked for in */
#define SETTLING_MS (10 * 60 * 1000)   /* after a call: by then its recording is found where there is one */

/**
 * side_plan_frame_write:
 * @filters: the chips of the dialog
 * @min_talk_s: conversations of at least so many seconds; 0 for all
 * @script: (nullable): what they are to be reviewed with: where no queue is
 *   chosen, only calls of its own queues are meant
 *
 * Returns: (transfer full): them as a text that a plan keeps
 */
char *
side_plan_frame_write (SideCallFilters  *filters,
                       int               min_talk_s,
                       const SideScript *script)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  side_call_filters_save (filters, file);
  if (min_talk_s > 0)
    g_key_file_set_integer (file, GROUP, MIN_TALK, min_talk_s);
  if (script != NULL && script->queues->len > 0)
    g_key_file_set_string_list (file, GROUP, QUEUES, (const char *const *) script->queues->pdata, script->queues->len);
  return g_key_file_to_data (file, NULL, NULL);
}

/* @file: (out caller-allocates): what the plan's filters say
 * Returns: (transfer full): the chips that were chosen */
static SideCallFilters *
restore (SideDesk       *desk,
         const SidePlan *plan,
         GKeyFile       *file)
{
  SideCallFilters *filters = g_object_ref_sink (g_object_new (SIDE_TYPE_CALL_FILTERS, NULL));

  if (plan->filters != NULL)
    g_key_file_load_from_data (file, plan->filters, (gsize) -1, G_KEY_FILE_NONE, NULL);
  side_call_filters_set_desk (filters, desk);
  side_call_filters_restore (filters, file);
  return filters;
}

/**
 * side_plan_frame_words:
 * @desk: whose project
 * @plan: a plan with its filters
 *
 * Returns: (transfer full) (nullable): what they say of results, scores and the
 *   sound, in words; %NULL when nothing
 */
char *
side_plan_frame_words (SideDesk       *desk,
                       const SidePlan *plan)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (SideCallFilters) filters = restore (desk, plan, file);

  return side_call_filters_dup_words (filters);
}

/**
 * side_plan_frame_query:
 * @desk: whose project
 * @plan: a plan with its period and filters
 *
 * What "Last 7 days" meant when the plan was made is what its period says.
 *
 * Returns: (transfer full): the calls it is drawn from
 */
SideCallQuery *
side_plan_frame_query (SideDesk       *desk,
                       const SidePlan *plan)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (SideCallFilters) filters = restore (desk, plan, file);
  SideCallQuery *query = side_call_filters_make_query (filters);

  query->from_ms = plan->from_ms;
  query->to_ms = plan->to_ms;
  query->min_talk_ms = g_key_file_get_integer (file, GROUP, MIN_TALK, NULL) * G_GINT64_CONSTANT (1000);
  if (query->queues == NULL)
    query->queues = g_key_file_get_string_list (file, GROUP, QUEUES, NULL, NULL);
  query->recorded = SIDE_CALL_MATCH_YES;
  query->test = SIDE_CALL_MATCH_NO;
  return query;
}

/**
 * side_plan_frame_settled_ms:
 * @desk: whose project
 *
 * A draw is to give the same calls to whoever repeats it. A call that goes on,
 * or has just ended, would be in the frame once its recording is there.
 *
 * Returns: the instant before which all calls are as they stay
 */
gint64
side_plan_frame_settled_ms (SideDesk *desk)
{
  const SideBoardProject *project = side_desk_get_board_project (desk);
  gint64 settled_ms = side_desk_get_write_ms (desk) - SETTLING_MS;

  for (guint i = 0; project != NULL && i < project->live->len; i++)
    {
      const SideCall *call = project->live->pdata[i];

      if (call->joined_ms > 0)
        settled_ms = MIN (settled_ms, call->joined_ms);
    }
  return settled_ms;
}

/* ---- by lot ---- */

static GTimeZone *
zone_of (SideDesk *desk)
{
  const SideProject *project = side_desk_get_project (desk);

  return project != NULL ? project->time_zone : NULL;
}

/* Imported calls are on this computer alone: a plan is for everybody, and a
 * server takes none that draws from calls it does not have. */
static void
leave_imported_out (SideDesk  *desk,
                    GPtrArray *calls)
{
  if (side_desk_get_link (desk) == NULL)
    return;
  for (guint i = calls->len; i-- > 0;)
    if (((const SideCall *) calls->pdata[i])->imported)
      g_ptr_array_remove_index (calls, i);
}

static gboolean
take_frame (SideDesk      *desk,
            GAsyncResult  *result,
            GPtrArray    **calls,
            GError       **error)
{
  *calls = side_store_list_calls_finish (side_desk_get_store (desk), result, error);
  if (*calls == NULL)
    return FALSE;
  leave_imported_out (desk, *calls);
  if ((*calls)->len > SIDE_PLAN_MAX_FRAME)
    {
      g_set_error (error, SIDE_ERROR, SIDE_ERROR_TOO_LARGE, "There are more than %d calls to draw from", SIDE_PLAN_MAX_FRAME);
      g_clear_pointer (calls, g_ptr_array_unref);
    }
  return *calls != NULL;
}

static void
frame_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  SideDesk *desk = g_task_get_source_object (task);
  g_autoptr (GPtrArray) calls = NULL;
  GError *error = NULL;

  if (!take_frame (desk, result, &calls, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  side_plan_draw (g_task_get_task_data (task), calls, zone_of (desk));
  g_task_return_boolean (task, TRUE);
}

static gboolean
begin (GTask    *task,
       SideDesk *desk)
{
  if (side_desk_get_store (desk) != NULL && zone_of (desk) != NULL)
    return TRUE;
  g_task_return_new_error (task, SIDE_ERROR, SIDE_ERROR_FAILED, "No calls are kept on this computer");
  return FALSE;
}

/**
 * side_plan_frame_draw_async:
 * @desk: whose store has the calls
 * @plan: a random plan without calls; they are filled in
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are drawn
 * @user_data: its data
 */
void
side_plan_frame_draw_async (SideDesk            *desk,
                            SidePlan            *plan,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);
  g_autoptr (SideCallQuery) query = NULL;

  g_task_set_source_tag (task, side_plan_frame_draw_async);
  g_task_set_task_data (task, side_plan_ref (plan), (GDestroyNotify) side_plan_unref);
  if (!begin (task, desk))
    return;
  query = side_plan_frame_query (desk, plan);
  side_store_list_calls_async (side_desk_get_store (desk), query, SIDE_PLAN_MAX_FRAME + 1, cancellable, frame_cb,
                               g_steal_pointer (&task));
}

/**
 * side_plan_frame_finish:
 * @desk: the desk
 * @result: what the callback was given
 * @error: TOO_LARGE when there are too many calls to draw from, any of the store's
 *
 * Returns: whether the plan has its calls
 */
gboolean
side_plan_frame_finish (SideDesk      *desk,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
check_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  SideDesk *desk = g_task_get_source_object (task);
  g_autoptr (GPtrArray) calls = NULL;
  GError *error = NULL;

  if (take_frame (desk, result, &calls, &error))
    g_task_return_pointer (task, side_plan_check (g_task_get_task_data (task), calls, zone_of (desk)),
                           (GDestroyNotify) side_plan_report_free);
  else
    g_task_return_error (task, error);
}

/**
 * side_plan_frame_check_async:
 * @desk: whose store has the calls
 * @plan: a random plan
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was drawn once more
 * @user_data: its data
 */
void
side_plan_frame_check_async (SideDesk            *desk,
                             const SidePlan      *plan,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);
  g_autoptr (SideCallQuery) query = NULL;

  g_task_set_source_tag (task, side_plan_frame_check_async);
  g_task_set_task_data (task, side_plan_copy (plan), (GDestroyNotify) side_plan_unref);
  if (!begin (task, desk))
    return;
  query = side_plan_frame_query (desk, plan);
  side_store_list_calls_async (side_desk_get_store (desk), query, SIDE_PLAN_MAX_FRAME + 1, cancellable, check_cb,
                               g_steal_pointer (&task));
}

/**
 * side_plan_frame_check_finish:
 * @desk: the desk
 * @result: what the callback was given
 * @error: any of the store's
 *
 * Returns: (transfer full) (nullable): what it came to; %NULL with @error
 */
SidePlanReport *
side_plan_frame_check_finish (SideDesk      *desk,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, desk), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- by rules ---- */

typedef struct {
  SidePlan      *plan;
  SideCallQuery *frame;
  int            most[SIDE_PLAN_N_RULES];
  char         **words;
  guint          word;      /* the next one of a complaint */
  SidePlanRule   rule;      /* being looked for */
  int            found;     /* of it */
} Choice;

static void
choice_free (Choice *choice)
{
  side_plan_unref (choice->plan);
  side_call_query_free (choice->frame);
  g_strfreev (choice->words);
  g_free (choice);
}

static void look (GTask *task);

static gboolean
fits (SidePlanRule    rule,
      const SideCall *call)
{
  return call->recording != NULL
         && (rule != SIDE_PLAN_RULE_LOST_SALE || (call->order_id == NULL && call->outcome == SIDE_OUTCOME_ANSWERED));
}

/* A call is worth hearing once, whatever speaks for it. */
static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GTask) task = data;
  Choice *choice = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) calls = side_store_list_calls_finish (SIDE_STORE (source), result, &error);

  if (calls == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < calls->len && choice->found < choice->most[choice->rule] && choice->plan->items->len < SIDE_PLAN_MAX_SIZE; i++)
    {
      const SideCall *call = calls->pdata[i];

      if (!fits (choice->rule, call) || side_plan_find_item (choice->plan, call->id) != NULL)
        continue;
      choice->found++;
      side_plan_add_item (choice->plan, call->id, NULL, choice->found, TRUE)->rule = choice->rule;
    }
  look (task);
}

/* What sets the rule's calls apart, and which of them go first. */
static SideCallQuery *
make_query (Choice *choice)
{
  SideCallQuery *query = side_call_query_copy (choice->frame);

  query->sort = SIDE_CALL_SORT_TIME;
  query->descending = TRUE;
  switch (choice->rule)
    {
    case SIDE_PLAN_RULE_COMPLAINT:
      g_free (query->text);
      query->text = g_strdup (choice->words[choice->word]);
      break;
    case SIDE_PLAN_RULE_SILENCE:
      query->min_sound[SIDE_SOUND_FIGURE_DEAD_AIR] = SILENCE_MS + 1;
      query->sort = SIDE_CALL_SORT_SOUND + (int) SIDE_SOUND_FIGURE_DEAD_AIR;
      break;
    case SIDE_PLAN_RULE_LOST_SALE:
      query->sort = SIDE_CALL_SORT_TALK;
      break;
    case SIDE_PLAN_RULE_POOR_SOUND:
      query->max_sound[SIDE_SOUND_FIGURE_SNR] = NOISY_DB - 0.001;
      query->sort = SIDE_CALL_SORT_SOUND + (int) SIDE_SOUND_FIGURE_SNR;
      query->descending = FALSE;
      break;
    case SIDE_PLAN_RULE_TEST_CALL:
      query->test = SIDE_CALL_MATCH_YES;
      break;
    case SIDE_PLAN_RULE_NONE:
    case SIDE_PLAN_N_RULES:
    default:
      break;
    }
  return query;
}

static gboolean
is_exhausted (Choice *choice)
{
  return choice->rule == SIDE_PLAN_RULE_NONE || choice->found >= choice->most[choice->rule]
         || (choice->rule == SIDE_PLAN_RULE_COMPLAINT ? choice->words[choice->word] == NULL : choice->word > 0);
}

/* Rule by rule; of a complaint word by word. */
static void
look (GTask *task)
{
  Choice *choice = g_task_get_task_data (task);
  SideDesk *desk = g_task_get_source_object (task);
  g_autoptr (SideCallQuery) query = NULL;
  guint most;

  while (choice->rule < SIDE_PLAN_N_RULES && is_exhausted (choice))
    {
      choice->rule++;
      choice->found = 0;
      choice->word = 0;
    }
  if (choice->rule >= SIDE_PLAN_N_RULES)
    {
      choice->plan->size = choice->plan->frame_calls = (int) choice->plan->items->len;
      g_task_return_boolean (task, TRUE);
      return;
    }
  query = make_query (choice);
  choice->word++;
  most = choice->rule == SIDE_PLAN_RULE_LOST_SALE ? LOOK_AMONG : (guint) choice->most[choice->rule] + choice->plan->items->len;
  side_store_list_calls_async (side_desk_get_store (desk), query, most, g_task_get_cancellable (task), found_cb,
                               g_object_ref (task));
}

/**
 * side_plan_frame_choose_async:
 * @desk: whose store has the calls
 * @plan: a chosen plan without calls; they are filled in
 * @limits: what to look for
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are found
 * @user_data: its data
 */
void
side_plan_frame_choose_async (SideDesk             *desk,
                              SidePlan             *plan,
                              const SidePlanLimits *limits,
                              GCancellable         *cancellable,
                              GAsyncReadyCallback   callback,
                              gpointer              user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, cancellable, callback, user_data);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_auto (GStrv) parts = g_strsplit (limits->words != NULL ? limits->words : "", ",", -1);
  Choice *choice;

  g_task_set_source_tag (task, side_plan_frame_choose_async);
  if (!begin (task, desk))
    return;
  choice = g_new0 (Choice, 1);
  choice->plan = side_plan_ref (plan);
  choice->frame = side_plan_frame_query (desk, plan);
  for (int i = 0; i < SIDE_PLAN_N_RULES; i++)
    choice->most[i] = limits->most[i];
  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  g_ptr_array_add (words, NULL);
  choice->words = (char **) g_ptr_array_free (g_steal_pointer (&words), FALSE);
  g_task_set_task_data (task, choice, (GDestroyNotify) choice_free);
  look (task);
}
