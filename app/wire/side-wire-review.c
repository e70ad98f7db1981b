/* side-wire-review.c - reviews as JSON
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The body of the document "review", also what a cache keeps. Where an older
 * app left a member out, it is what that app meant.
 */
#include "side-wire-private.h"

#include <math.h>
#include <string.h>

/* Answers are found by walking them, so their number is bounded. */
#define MAX_ANSWERS    2000
#define MAX_HOLDERS    1000
#define MAX_REVISIONS  1000

void
_side_wire_append_answers (GString         *out,
                           const GPtrArray *answers)
{
  side_json_open (out, "answers", '[');
  for (guint i = 0; i < answers->len; i++)
    {
      const SideAnswer *answer = g_ptr_array_index (answers, i);

      side_json_open (out, NULL, '{');
      side_json_string (out, "criterion", answer->criterion);
      if (answer->value < 0)
        side_json_boolean (out, "na", TRUE);
      else
        side_json_double (out, "value", answer->value);
      side_json_int_maybe (out, "given_ms", answer->given_ms);
      if (answer->position_ms >= 0)
        side_json_int (out, "position_ms", answer->position_ms);
      if (answer->to_ms >= 0)
        side_json_int (out, "to_ms", answer->to_ms);
      if (answer->cause != SIDE_CAUSE_NONE)
        side_json_string (out, "cause", side_cause_to_string (answer->cause));
      side_json_string_maybe (out, "detail", answer->detail);
      side_json_string_maybe (out, "comment", answer->comment);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
append_history (GString         *out,
                const GPtrArray *history)
{
  side_json_open (out, "history", '[');
  for (guint i = 0; i < history->len; i++)
    {
      const SideReviewRevision *sealed = g_ptr_array_index (history, i);

      side_json_open (out, NULL, '{');
      side_json_int (out, "revision", sealed->revision);
      side_json_int_maybe (out, "finished_ms", sealed->finished_ms);
      side_json_string_maybe (out, "reviewer", sealed->reviewer);
      side_json_string_maybe (out, "reason", sealed->reason);
      side_json_string_maybe (out, "comment", sealed->comment);
      _side_wire_append_answers (out, sealed->answers);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

/**
 * side_wire_review_to_json:
 * @review: a review
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_review_to_json (const SideReview *review)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", review->id);
  side_json_string (out, "project", review->project);
  side_json_string (out, "call", review->call);
  side_json_string (out, "script", review->script);
  side_json_int (out, "script_version", review->script_version);
  side_json_string_maybe (out, "reviewer", review->reviewer);
  if (review->holders->len > 0)
    _side_wire_append_texts (out, "holders", review->holders);
  if (review->selection != SIDE_SELECTION_NONE)
    side_json_string (out, "selection", side_selection_to_string (review->selection));
  side_json_string_maybe (out, "plan", review->plan);
  if (review->replaced)
    side_json_boolean (out, "replaced", TRUE);
  if (review->timing != SIDE_TIMING_UNKNOWN)
    side_json_string (out, "timing", side_timing_to_string (review->timing));
  side_json_int_maybe (out, "started_ms", review->started_ms);
  side_json_int_maybe (out, "changed_ms", review->changed_ms);
  side_json_int_maybe (out, "finished_ms", review->finished_ms);
  if (review->revision != 1)
    side_json_int (out, "revision", review->revision);
  side_json_string_maybe (out, "reason", review->reason);
  if (review->heard >= 0)
    side_json_double (out, "heard", review->heard);
  side_json_string_maybe (out, "comment", review->comment);
  _side_wire_append_answers (out, review->answers);
  if (review->history->len > 0)
    append_history (out, review->history);
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_value (JsonObject  *object,
            double      *value,
            GError     **error)
{
  gboolean na = FALSE;

  *value = NAN;
  if (!side_json_read_double (object, "value", value, error)
      || !side_json_read_boolean (object, "na", &na, error))
    return FALSE;
  if (na && !isnan (*value))
    return _side_wire_bad ("an answer is both a share and \"na\"", error);
  if (na)
    *value = SIDE_ANSWER_NA;
  else if (!(*value >= 0 && *value <= 1))
    return _side_wire_bad ("an answer is neither a share from 0 to 1 nor \"na\"", error);
  return TRUE;
}

/* Returns: whether @answer is filled; it may be half filled where it is not. */
static gboolean
read_answer (SideAnswer  *answer,
             JsonNode    *node,
             GError     **error)
{
  JsonObject *object = side_json_as_object (node, "answer", error);
  const char *cause = NULL;

  answer->position_ms = -1;
  answer->to_ms = -1;
  if (object == NULL
      || !side_json_read_needed (object, "criterion", &answer->criterion, error)
      || !read_value (object, &answer->value, error)
      || !side_json_read_ms (object, "given_ms", 0, &answer->given_ms, error)
      || !side_json_read_ms (object, "position_ms", 0, &answer->position_ms, error)
      || !side_json_read_ms (object, "to_ms", 0, &answer->to_ms, error)
      || !side_json_read_text (object, "cause", SIDE_JSON_MAX_INTERN, &cause, error)
      || !side_json_read_string (object, "detail", &answer->detail, error)
      || !side_json_read_string (object, "comment", &answer->comment, error))
    return FALSE;
  answer->cause = side_cause_from_string (cause);
  return TRUE;
}

static gboolean
is_answered (const GPtrArray *answers,
             const char      *criterion)
{
  for (guint i = 0; i < answers->len; i++)
    if (g_str_equal (((const SideAnswer *) g_ptr_array_index (answers, i))->criterion, criterion))
      return TRUE;
  return FALSE;
}

gboolean
_side_wire_read_answers (GPtrArray   *answers,
                         JsonObject  *object,
                         GError     **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, "answers", &array, error))
    return FALSE;
  if (array != NULL && json_array_get_length (array) > MAX_ANSWERS)
    return _side_wire_bad ("too many answers", error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      SideAnswer *answer = g_new0 (SideAnswer, 1);

      if (!read_answer (answer, json_array_get_element (array, i), error)
          || (is_answered (answers, answer->criterion) && !_side_wire_bad ("two answers to one criterion", error)))
        {
          side_answer_free (answer);
          return FALSE;
        }
      g_ptr_array_add (answers, answer);
    }
  return TRUE;
}

static gboolean
read_revision (SideReview  *review,
               JsonNode    *node,
               GError     **error)
{
  JsonObject *object = side_json_as_object (node, "revision", error);
  SideReviewRevision *sealed;

  if (object == NULL)
    return FALSE;
  sealed = side_review_add_revision (review);
  return side_json_read_int (object, "revision", 1, &sealed->revision, error)
         && side_json_read_ms (object, "finished_ms", SIDE_JSON_MIN_MS, &sealed->finished_ms, error)
         && side_json_read_string (object, "reviewer", &sealed->reviewer, error)
         && side_json_read_string (object, "reason", &sealed->reason, error)
         && side_json_read_string (object, "comment", &sealed->comment, error)
         && _side_wire_read_answers (sealed->answers, object, error);
}

static gboolean
read_history (SideReview  *review,
              JsonObject  *object,
              GError     **error)
{
  JsonArray *array = NULL;

  if (!side_json_read_array (object, "history", &array, error))
    return FALSE;
  if (array != NULL && json_array_get_length (array) > MAX_REVISIONS)
    return _side_wire_bad ("too many revisions", error);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    if (!read_revision (review, json_array_get_element (array, i), error))
      return FALSE;
  return TRUE;
}

/* Why a call was reviewed decides whether its score counts: a word of a newer
 * peer must not be taken for another. */
static gboolean
read_selection (SideReview  *review,
                JsonObject  *object,
                GError     **error)
{
  const char *word = NULL;

  if (!side_json_read_text (object, "selection", SIDE_JSON_MAX_INTERN, &word, error))
    return FALSE;
  review->selection = side_selection_from_string (word);
  if (word == NULL || g_str_equal (word, side_selection_to_string (review->selection)))
    return TRUE;
  return _side_wire_bad ("\"selection\" is not a word we know", error);
}

static gboolean
read_plan (SideReview  *review,
           JsonObject  *object,
           GError     **error)
{
  if (!side_json_read_string (object, "plan", &review->plan, error))
    return FALSE;
  return review->plan == NULL || side_json_read_id (object, "plan", &review->plan, error);
}

static gboolean
read_verdict (SideReview  *review,
              JsonObject  *object,
              GError     **error)
{
  const char *word = NULL;

  if (!side_json_read_boolean (object, "replaced", &review->replaced, error)
      || !side_json_read_text (object, "timing", SIDE_JSON_MAX_INTERN, &word, error))
    return FALSE;
  review->timing = side_timing_from_string (word);
  return TRUE;
}

static gboolean
read_life (SideReview  *review,
           JsonObject  *object,
           GError     **error)
{
  if (!side_json_read_string (object, "reviewer", &review->reviewer, error)
      || !_side_wire_read_texts (object, "holders", MAX_HOLDERS, review->holders, error)
      || !read_selection (review, object, error)
      || !read_plan (review, object, error)
      || !read_verdict (review, object, error)
      || !side_json_read_ms (object, "started_ms", 0, &review->started_ms, error)
      || !side_json_read_ms (object, "changed_ms", 0, &review->changed_ms, error)
      || !side_json_read_ms (object, "finished_ms", 0, &review->finished_ms, error)
      || !side_json_read_int (object, "revision", 1, &review->revision, error)
      || !side_json_read_string (object, "reason", &review->reason, error)
      || !side_json_read_double (object, "heard", &review->heard, error))
    return FALSE;
  if (review->heard > 1.0 || (review->heard < 0.0 && review->heard != -1.0))
    return _side_wire_bad ("\"heard\" is not a share from 0 to 1", error);
  return read_history (review, object, error);
}

/**
 * side_wire_review_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the review
 */
SideReview *
side_wire_review_from_json (const char  *text,
                            gssize       len,
                            GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideReview) review = NULL;

  if (object == NULL)
    return NULL;
  review = side_review_new (NULL, NULL, NULL, NULL, 0);
  if (!side_json_read_id (object, "id", &review->id, error)
      || !side_json_read_needed (object, "project", &review->project, error)
      || !side_json_read_needed (object, "call", &review->call, error)
      || !side_json_read_id (object, "script", &review->script, error)
      || !side_json_read_int (object, "script_version", 0, &review->script_version, error)
      || !side_json_read_string (object, "comment", &review->comment, error)
      || !_side_wire_read_answers (review->answers, object, error)
      || !read_life (review, object, error))
    return NULL;
  return g_steal_pointer (&review);
}

/**
 * side_wire_review_has_verdict:
 * @body: a review
 *
 * Returns: whether it may hold what is not its writer's to say: see
 *   side_wire_review_with_verdict()
 */
gboolean
side_wire_review_has_verdict (const char *body)
{
  g_return_val_if_fail (body != NULL, FALSE);
  return strstr (body, "\"timing\"") != NULL || strstr (body, "\"replaced\"") != NULL;
}

/**
 * side_wire_review_with_verdict:
 * @body: a review
 * @timing: how its first answers came, for a calibration
 * @replaced: whether the plan that drew its call had replaced it
 *
 * Returns: (transfer full) (nullable): the review with these, in place of what
 *   it says of itself; %NULL where it is none
 */
char *
side_wire_review_with_verdict (const char *body,
                               SideTiming  timing,
                               gboolean    replaced)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (body, -1, SIDE_WIRE_MAX_REQUEST, NULL);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;

  if (object == NULL)
    return NULL;
  json_object_remove_member (object, "timing");
  json_object_remove_member (object, "replaced");
  if (replaced)
    json_object_set_boolean_member (object, "replaced", TRUE);
  if (timing != SIDE_TIMING_UNKNOWN)
    json_object_set_string_member (object, "timing", side_timing_to_string (timing));
  return json_to_string (node, FALSE);
}
