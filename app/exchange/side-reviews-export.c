/* side-reviews-export.c - finished reviews as tables
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CSV as RFC 4180 has it, in UTF-8 with a byte order mark, because
 * spreadsheets take it for something else without. Numbers have a point and
 * instants an offset in every locale: a file must mean the same on any desk.
 */
#include "side-reviews-export-private.h"

#include <math.h>
#include <string.h>

#include "side-csv.h"
#include "side-time.h"

#define BYTE_ORDER_MARK "\357\273\277"

#define REVIEWS_HEAD "review,call,queue,operator,operator_name,joined,joined_utc,script,script_title,script_version,reviewer,"  \
                     "selection,plan,counts,finished,finished_utc,revision,reason,heard,score,would_be,critical_failed,"      \
                     "failed_critical,answered,total,comment\r\n"
#define ANSWERS_HEAD "review,call,operator,operator_name,joined_utc,script,script_version,reviewer,selection,counts,section,"  \
                     "section_title,criterion,criterion_text,answer,share,points,weight,applies,critical,bonus,cause,detail," \
                     "comment,position_s,to_s\r\n"

/**
 * side_reviews_export_new:
 * @form: what to write
 * @project: whose reviews they are; local times are in its zone
 * @from_ms: first instant of the period that was asked for; 0 for no bound
 * @to_ms: the instant it ends before; 0 for no bound
 *
 * Returns: (transfer full): an export without any review yet
 */
SideReviewsExport *
side_reviews_export_new (SideReviewsForm  form,
                         SideProject     *project,
                         gint64           from_ms,
                         gint64           to_ms)
{
  SideReviewsExport *self;

  g_return_val_if_fail (project != NULL, NULL);

  self = g_new0 (SideReviewsExport, 1);
  self->form = form;
  self->project = side_project_ref (project);
  self->from_ms = from_ms;
  self->to_ms = to_ms;
  self->out = g_string_new (form != SIDE_REVIEWS_JSON ? BYTE_ORDER_MARK : NULL);
  if (form == SIDE_REVIEWS_CSV)
    g_string_append (self->out, REVIEWS_HEAD);
  else if (form == SIDE_REVIEWS_CSV_ANSWERS)
    g_string_append (self->out, ANSWERS_HEAD);
  else
    _side_reviews_json_begin (self);
  return self;
}

/**
 * side_reviews_export_free:
 * @self: (transfer full): an export
 */
void
side_reviews_export_free (SideReviewsExport *self)
{
  g_return_if_fail (self != NULL);
  side_project_unref (self->project);
  g_string_free (self->out, TRUE);
  g_free (self);
}

/**
 * side_reviews_export_count:
 * @self: an export
 *
 * Returns: how many reviews were added
 */
guint
side_reviews_export_count (const SideReviewsExport *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->n;
}

/* In the project's zone with its offset, "2026-11-21T17:32:05.123+03:00"; NULL for no instant. */
char *
_side_reviews_local_time (const SideReviewsExport *self,
                          gint64                   at_ms)
{
  g_autoptr (GDateTime) at = NULL;
  g_autofree char *seconds = NULL;
  g_autofree char *offset = NULL;

  if (at_ms == 0)
    return NULL;
  at = side_time_to_local (self->project->time_zone, at_ms);
  seconds = g_date_time_format (at, "%Y-%m-%dT%H:%M:%S");
  offset = g_date_time_format (at, "%:z");
  return g_strdup_printf ("%s.%03d%s", seconds, g_date_time_get_microsecond (at) / 1000, offset);
}

/* What @answer comes to, in the script it was given to. */
void
_side_reviews_judge (const SideReviewsEntry *entry,
                     const SideAnswer       *answer,
                     SideReviewsAnswer      *out)
{
  *out = (SideReviewsAnswer) { .answer = answer, .points = NAN };
  for (guint i = 0; entry->script != NULL && out->criterion == NULL && i < entry->script->sections->len; i++)
    {
      out->section = g_ptr_array_index (entry->script->sections, i);
      for (guint k = 0; out->criterion == NULL && k < out->section->criteria->len; k++)
        {
          const SideCriterion *criterion = g_ptr_array_index (out->section->criteria, k);

          if (g_str_equal (criterion->id, answer->criterion))
            out->criterion = criterion;
        }
    }
  if (out->criterion == NULL)
    {
      out->section = NULL;
      return;
    }
  out->applies = side_score_applies (entry->script, entry->review, out->criterion);
  if (out->applies && answer->value >= 0)
    out->points = out->criterion->weight * answer->value;
}

/* "yes", "partly", "no", "na", or the points on a scale; the share where the
 * criterion is not known or has no word for it. */
char *
_side_reviews_say_answer (const SideReviewsAnswer *judged)
{
  double value = judged->answer->value;
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (value < 0)
    return g_strdup ("na");
  if (judged->criterion != NULL && judged->criterion->answers == SIDE_ANSWERS_SCALE)
    return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.4g", value * judged->criterion->scale_max));
  if (judged->criterion != NULL && value >= 1)
    return g_strdup ("yes");
  if (judged->criterion != NULL && value <= 0)
    return g_strdup ("no");
  if (judged->criterion != NULL && judged->criterion->answers == SIDE_ANSWERS_YES_PARTLY_NO && value == 0.5)
    return g_strdup ("partly");
  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, "%.4g", value));
}

/* Returns: (transfer container) (element-type utf8): ids of the critical criteria that were answered "no" */
GPtrArray *
_side_reviews_failed (const SideReviewsEntry *entry)
{
  GPtrArray *failed = g_ptr_array_new ();

  for (guint i = 0; i < entry->review->answers->len; i++)
    {
      SideReviewsAnswer judged;

      _side_reviews_judge (entry, g_ptr_array_index (entry->review->answers, i), &judged);
      if (judged.applies && judged.criterion->critical != SIDE_CRITICAL_NO && judged.answer->value == 0)
        g_ptr_array_add (failed, judged.criterion->id);
    }
  return failed;
}

/* Cells */

static void
append_number (GString *out,
               double   value)
{
  side_csv_append_number (out, "%.10g", value);
}

static void
append_flag (GString  *out,
             gboolean  value)
{
  side_csv_append (out, value ? "1" : "0");
}

static void
append_both_times (const SideReviewsExport *self,
                   gint64                   at_ms)
{
  g_autofree char *local = _side_reviews_local_time (self, at_ms);
  g_autofree char *utc = at_ms != 0 ? side_time_to_iso (at_ms) : NULL;

  side_csv_append (self->out, local);
  side_csv_append (self->out, utc);
}

static void
append_seconds (GString *out,
                gint64   ms)
{
  append_number (out, ms >= 0 ? (double) ms / 1000 : NAN);
}

static void
append_texts (GString           *out,
              const char *const *texts,
              gsize              n)
{
  for (gsize i = 0; i < n; i++)
    side_csv_append (out, texts[i]);
}

/* Rows */

static void
append_score (const SideReviewsExport *self,
              const SideReviewsEntry  *entry,
              const SideScore         *score)
{
  g_autoptr (GPtrArray) failed = _side_reviews_failed (entry);
  g_autoptr (GString) ids = g_string_new (NULL);

  append_number (self->out, score->score);
  append_number (self->out, score->would_be);
  if (entry->script != NULL)
    append_flag (self->out, score->critical_failed);
  else
    side_csv_append (self->out, NULL);
  for (guint i = 0; i < failed->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "", (const char *) g_ptr_array_index (failed, i));
  side_csv_append (self->out, ids->str);
  append_number (self->out, entry->script != NULL ? score->answered : entry->review->answers->len);
  append_number (self->out, entry->script != NULL ? score->total : NAN);
}

static void
append_review (SideReviewsExport      *self,
               const SideReviewsEntry *entry,
               const SideScore        *score)
{
  const SideReview *review = entry->review;
  const SideCall *call = entry->call;
  const char *about[] = { review->id, review->call, call != NULL ? call->queue : NULL, call != NULL ? call->operator_id : NULL,
                          entry->operator_name };
  const char *script[] = { review->script, entry->script != NULL ? entry->script->title : NULL };
  const char *why[] = { review->reviewer, side_selection_to_string (side_review_get_counted (review)), review->plan };

  append_texts (self->out, about, G_N_ELEMENTS (about));
  append_both_times (self, call != NULL ? call->joined_ms : 0);
  append_texts (self->out, script, G_N_ELEMENTS (script));
  append_number (self->out, review->script_version);
  append_texts (self->out, why, G_N_ELEMENTS (why));
  append_flag (self->out, entry->counts);
  append_both_times (self, review->finished_ms);
  append_number (self->out, review->revision);
  side_csv_append (self->out, review->reason);
  append_number (self->out, review->heard >= 0 ? review->heard : NAN);
  append_score (self, entry, score);
  side_csv_append (self->out, review->comment);
  g_string_append (self->out, "\r\n");
}

static void
append_criterion (GString                 *out,
                  const SideReviewsAnswer *judged)
{
  const SideCriterion *criterion = judged->criterion;
  g_autofree char *answer = _side_reviews_say_answer (judged);
  const char *texts[] = { judged->section != NULL ? judged->section->id : NULL, judged->section != NULL ? judged->section->title : NULL,
                          judged->answer->criterion, criterion != NULL ? criterion->text : NULL, answer };

  append_texts (out, texts, G_N_ELEMENTS (texts));
  append_number (out, judged->answer->value >= 0 ? judged->answer->value : NAN);
  append_number (out, judged->points);
  append_number (out, criterion != NULL ? criterion->weight : NAN);
  if (criterion == NULL)
    {
      g_string_append (out, ",,,");
      return;
    }
  append_flag (out, judged->applies);
  side_csv_append (out, side_critical_to_string (criterion->critical));
  append_flag (out, criterion->bonus);
}

static void
append_answer (SideReviewsExport      *self,
               const SideReviewsEntry *entry,
               const SideAnswer       *answer)
{
  const SideReview *review = entry->review;
  g_autofree char *joined = entry->call != NULL && entry->call->joined_ms != 0 ? side_time_to_iso (entry->call->joined_ms) : NULL;
  const char *before[] = { review->id, review->call, entry->call != NULL ? entry->call->operator_id : NULL, entry->operator_name,
                           joined, review->script };
  const char *after[] = { answer->cause != SIDE_CAUSE_NONE ? side_cause_to_string (answer->cause) : NULL, answer->detail, answer->comment };
  SideReviewsAnswer judged;

  _side_reviews_judge (entry, answer, &judged);
  append_texts (self->out, before, G_N_ELEMENTS (before));
  append_number (self->out, review->script_version);
  side_csv_append (self->out, review->reviewer);
  side_csv_append (self->out, side_selection_to_string (side_review_get_counted (review)));
  append_flag (self->out, entry->counts);
  append_criterion (self->out, &judged);
  append_texts (self->out, after, G_N_ELEMENTS (after));
  append_seconds (self->out, answer->position_ms);
  append_seconds (self->out, answer->to_ms);
  g_string_append (self->out, "\r\n");
}

/* Reviews of which one alone counts have the same; NULL for one that never does:
 * it measures reviewers, is of a test call, or has no score. */
static char *
place_of (const SideReviewsEntry *entry)
{
  const SideReview *review = entry->review;
  g_autofree char *script = NULL;
  SideScore score;

  if (!side_review_counts (review) || review->call == NULL || entry->script == NULL || (entry->call != NULL && entry->call->test))
    return NULL;
  side_score_compute (entry->script, review, &score);
  if (isnan (score.score))
    return NULL;
  script = g_ascii_strdown (review->script, -1);
  return g_strdup_printf ("%s\n%d\n%s", script, side_review_get_counted (review) == SIDE_SELECTION_RANDOM, review->call);
}

static gboolean
is_newer (const SideReview *a,
          const SideReview *b)
{
  return a->finished_ms != b->finished_ms ? a->finished_ms > b->finished_ms : g_strcmp0 (a->id, b->id) > 0;
}

/**
 * side_reviews_export_count_newest:
 * @entries: (array length=n) (inout): finished reviews, among them all of each
 *   call that occurs
 * @n: their number
 *
 * Sets which of them count: of a call once for each script, among the random
 * ones and among the others, its newest review (docs/metrics.md, Reviews).
 */
void
side_reviews_export_count_newest (SideReviewsEntry *entries,
                                  gsize             n)
{
  g_autoptr (GHashTable) newest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer value;

  g_return_if_fail (entries != NULL || n == 0);

  for (gsize i = 0; i < n; i++)
    {
      char *place = place_of (&entries[i]);
      const SideReviewsEntry *before = place != NULL ? g_hash_table_lookup (newest, place) : NULL;

      entries[i].counts = FALSE;
      if (place != NULL && (before == NULL || is_newer (entries[i].review, before->review)))
        g_hash_table_replace (newest, place, &entries[i]);
      else
        g_free (place);
    }
  g_hash_table_iter_init (&iter, newest);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    ((SideReviewsEntry *) value)->counts = TRUE;
}

/**
 * side_reviews_export_add:
 * @self: an export
 * @entry: a review
 *
 * One that is not finished is its writer's alone, and passed over.
 *
 * Returns: whether it was added
 */
gboolean
side_reviews_export_add (SideReviewsExport      *self,
                         const SideReviewsEntry *entry)
{
  SideScore score = { .score = NAN, .would_be = NAN };

  g_return_val_if_fail (self != NULL && entry != NULL && entry->review != NULL, FALSE);

  if (entry->review->finished_ms == 0)
    return FALSE;
  if (entry->script != NULL)
    side_score_compute (entry->script, entry->review, &score);
  if (self->form == SIDE_REVIEWS_CSV)
    append_review (self, entry, &score);
  else if (self->form == SIDE_REVIEWS_JSON)
    _side_reviews_json_add (self, entry, &score);
  else
    for (guint i = 0; i < entry->review->answers->len; i++)
      append_answer (self, entry, g_ptr_array_index (entry->review->answers, i));
  self->n++;
  return TRUE;
}

/**
 * side_reviews_export_take:
 * @self: an export
 *
 * Returns: (transfer full): what has been written since the last time; may be ""
 */
char *
side_reviews_export_take (SideReviewsExport *self)
{
  char *text;

  g_return_val_if_fail (self != NULL, NULL);

  text = g_string_free (self->out, FALSE);
  self->out = g_string_new (NULL);
  return text;
}

/**
 * side_reviews_export_finish:
 * @self: an export
 * @complete: whether all that was asked for is in it
 *
 * Nothing can be added after that.
 *
 * Returns: (transfer full): what has been written since the last time
 */
char *
side_reviews_export_finish (SideReviewsExport *self,
                            gboolean           complete)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->form == SIDE_REVIEWS_JSON)
    _side_reviews_json_end (self, complete);
  return side_reviews_export_take (self);
}
