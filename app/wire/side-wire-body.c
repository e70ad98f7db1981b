/* side-wire-body.c - bodies of documents: scripts and reviews
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * These are also what a cache keeps and a file of an exported script holds.
 */
#include "side-wire-private.h"

#include <math.h>
#include <string.h>

#include "side-text.h"

/* Answers and criteria are found by walking them, so their number is bounded. */
#define MAX_CRITERIA 2000

static const char *const critical_words[] = { "no", "section", "script" };
static const char *const answers_words[] = { "yes-no", "yes-partly-no", "scale" };

static gboolean
bad (const char  *what,
     GError     **error)
{
  g_set_error_literal (error, SIDE_ERROR, SIDE_ERROR_INVALID, what);
  return FALSE;
}

/* These words decide about a score: one of a newer peer must not be taken for another. */
static gboolean
read_word (JsonObject         *object,
           const char         *name,
           const char *const  *words,
           int                 n_words,
           int                *value,
           GError            **error)
{
  const char *word = NULL;

  if (!side_json_read_text (object, name, SIDE_JSON_MAX_INTERN, &word, error))
    return FALSE;
  if (word == NULL)
    return TRUE;
  for (int i = 0; i < n_words; i++)
    if (g_str_equal (words[i], word))
      {
        *value = i;
        return TRUE;
      }
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" is not a word we know", name);
  return FALSE;
}

static void
append_criterion (GString             *out,
                  const SideCriterion *criterion)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "id", criterion->id);
  side_json_string (out, "text", criterion->text);
  side_json_string_maybe (out, "hint", criterion->hint);
  side_json_string (out, "answers", answers_words[criterion->answers]);
  if (criterion->answers == SIDE_ANSWERS_SCALE)
    side_json_int (out, "scale_max", criterion->scale_max);
  side_json_double (out, "weight", criterion->weight);
  side_json_boolean (out, "allow_na", criterion->allow_na);
  if (criterion->critical != SIDE_CRITICAL_NO)
    side_json_string (out, "critical", critical_words[criterion->critical]);
  if (criterion->bonus)
    side_json_boolean (out, "bonus", TRUE);
  side_json_close (out, '}');
}

/**
 * side_wire_script_to_json:
 * @script: a script
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_script_to_json (const SideScript *script)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  side_json_string (out, "id", script->id);
  side_json_string (out, "project", script->project);
  side_json_string (out, "title", script->title);
  side_json_int (out, "version", script->version);
  if (script->above_100)
    side_json_boolean (out, "above_100", TRUE);
  side_json_open (out, "queues", '[');
  for (guint i = 0; i < script->queues->len; i++)
    side_json_string (out, NULL, g_ptr_array_index (script->queues, i));
  side_json_close (out, ']');
  side_json_open (out, "sections", '[');
  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      side_json_open (out, NULL, '{');
      side_json_string (out, "id", section->id);
      side_json_string (out, "title", section->title);
      side_json_open (out, "criteria", '[');
      for (guint k = 0; k < section->criteria->len; k++)
        append_criterion (out, g_ptr_array_index (section->criteria, k));
      side_json_close (out, ']');
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_criterion_members (SideCriterion  *criterion,
                        JsonObject     *object,
                        GError        **error)
{
  int answers = (int) criterion->answers;
  int critical = (int) criterion->critical;

  if (!side_json_read_string (object, "hint", &criterion->hint, error)
      || !read_word (object, "answers", answers_words, G_N_ELEMENTS (answers_words), &answers, error)
      || !side_json_read_int (object, "scale_max", 0, &criterion->scale_max, error)
      || !side_json_read_double (object, "weight", &criterion->weight, error)
      || !side_json_read_boolean (object, "allow_na", &criterion->allow_na, error)
      || !read_word (object, "critical", critical_words, G_N_ELEMENTS (critical_words), &critical, error)
      || !side_json_read_boolean (object, "bonus", &criterion->bonus, error))
    return FALSE;
  criterion->answers = (SideAnswers) answers;
  criterion->critical = (SideCritical) critical;
  if (criterion->answers == SIDE_ANSWERS_SCALE && (criterion->scale_max < 1 || criterion->scale_max > 1000))
    return bad ("\"scale_max\" is not 1 to 1000", error);
  if (criterion->weight < 0 || criterion->weight > 1e6)
    return bad ("\"weight\" is not 0 to 1000000", error);
  return TRUE;
}

static gboolean
read_criterion (SideScript   *script,
                SideSection  *section,
                JsonNode     *node,
                GError      **error)
{
  JsonObject *object = side_json_as_object (node, "criterion", error);
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;

  if (object == NULL
      || !side_json_read_needed (object, "id", &id, error)
      || !side_json_read_needed (object, "text", &text, error))
    return FALSE;
  if (side_script_find_criterion (script, id) != NULL)
    return bad ("two criteria have one id", error);
  if (side_script_count_criteria (script) >= MAX_CRITERIA)
    return bad ("too many criteria", error);
  return read_criterion_members (side_section_add_criterion (section, id, text, 0), object, error);
}

static gboolean
read_section (SideScript  *script,
              JsonNode    *node,
              GError     **error)
{
  JsonObject *object = side_json_as_object (node, "section", error);
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  JsonArray *criteria = NULL;
  SideSection *section;

  if (object == NULL
      || !side_json_read_needed (object, "id", &id, error)
      || !side_json_read_needed (object, "title", &title, error)
      || !side_json_read_array (object, "criteria", &criteria, error))
    return FALSE;
  section = side_script_add_section (script, id, title);
  for (guint i = 0; criteria != NULL && i < json_array_get_length (criteria); i++)
    if (!read_criterion (script, section, json_array_get_element (criteria, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_script_lists (SideScript  *script,
                   JsonObject  *object,
                   GError     **error)
{
  JsonArray *queues = NULL;
  JsonArray *sections = NULL;

  if (!side_json_read_array (object, "queues", &queues, error)
      || !side_json_read_array (object, "sections", &sections, error))
    return FALSE;
  for (guint i = 0; queues != NULL && i < json_array_get_length (queues); i++)
    {
      JsonNode *each = json_array_get_element (queues, i);

      if (!JSON_NODE_HOLDS_VALUE (each) || json_node_get_value_type (each) != G_TYPE_STRING)
        return bad ("\"queues\" holds what is no id", error);
      g_ptr_array_add (script->queues, g_strdup (json_node_get_string (each)));
    }
  if (sections != NULL && json_array_get_length (sections) > MAX_CRITERIA)
    return bad ("too many sections", error);
  for (guint i = 0; sections != NULL && i < json_array_get_length (sections); i++)
    if (!read_section (script, json_array_get_element (sections, i), error))
      return FALSE;
  return TRUE;
}

/**
 * side_wire_script_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the script
 */
SideScript *
side_wire_script_from_json (const char  *text,
                            gssize       len,
                            GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideScript) script = NULL;

  if (object == NULL)
    return NULL;
  script = side_script_new (NULL, NULL, NULL, 0);
  if (!side_json_read_id (object, "id", &script->id, error)
      || !side_json_read_needed (object, "project", &script->project, error)
      || !side_json_read_needed (object, "title", &script->title, error)
      || !side_json_read_int (object, "version", 0, &script->version, error)
      || !side_json_read_boolean (object, "above_100", &script->above_100, error)
      || !read_script_lists (script, object, error))
    return NULL;
  return g_steal_pointer (&script);
}

static void
append_answer (GString          *out,
               const SideAnswer *answer)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "criterion", answer->criterion);
  if (answer->value < 0)
    side_json_boolean (out, "na", TRUE);
  else
    side_json_double (out, "value", answer->value);
  side_json_int_maybe (out, "given_ms", answer->given_ms);
  if (answer->position_ms >= 0)
    side_json_int (out, "position_ms", answer->position_ms);
  side_json_string_maybe (out, "comment", answer->comment);
  side_json_close (out, '}');
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
  side_json_int_maybe (out, "started_ms", review->started_ms);
  side_json_int_maybe (out, "changed_ms", review->changed_ms);
  side_json_int_maybe (out, "finished_ms", review->finished_ms);
  side_json_string_maybe (out, "comment", review->comment);
  side_json_open (out, "answers", '[');
  for (guint i = 0; i < review->answers->len; i++)
    append_answer (out, g_ptr_array_index (review->answers, i));
  side_json_close (out, ']');
  side_json_close (out, '}');
  return _side_wire_take (out);
}

static gboolean
read_answer (SideReview  *review,
             JsonNode    *node,
             GError     **error)
{
  JsonObject *object = side_json_as_object (node, "answer", error);
  g_autofree char *criterion = NULL;
  double value = NAN;
  gboolean na = FALSE;
  gint64 given_ms = 0;
  gint64 position_ms = -1;
  SideAnswer *answer;

  if (object == NULL
      || !side_json_read_needed (object, "criterion", &criterion, error)
      || !side_json_read_double (object, "value", &value, error)
      || !side_json_read_boolean (object, "na", &na, error)
      || !side_json_read_ms (object, "given_ms", 0, &given_ms, error)
      || !side_json_read_ms (object, "position_ms", 0, &position_ms, error))
    return FALSE;
  if (na && !isnan (value))
    return bad ("an answer is both a share and \"na\"", error);
  if (na)
    value = SIDE_ANSWER_NA;
  else if (!(value >= 0 && value <= 1))
    return bad ("an answer is neither a share from 0 to 1 nor \"na\"", error);
  if (side_review_find_answer (review, criterion) != NULL)
    return bad ("two answers to one criterion", error);
  answer = side_review_set_answer (review, criterion, value, given_ms, position_ms);
  return side_json_read_string (object, "comment", &answer->comment, error);
}

static gboolean
read_answers (SideReview  *review,
              JsonObject  *object,
              GError     **error)
{
  JsonArray *answers = NULL;

  if (!side_json_read_array (object, "answers", &answers, error))
    return FALSE;
  if (answers != NULL && json_array_get_length (answers) > MAX_CRITERIA)
    return bad ("too many answers", error);
  for (guint i = 0; answers != NULL && i < json_array_get_length (answers); i++)
    if (!read_answer (review, json_array_get_element (answers, i), error))
      return FALSE;
  return TRUE;
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
  /* The answers first: giving one counts as a change. */
  if (!read_answers (review, object, error)
      || !side_json_read_id (object, "id", &review->id, error)
      || !side_json_read_needed (object, "project", &review->project, error)
      || !side_json_read_needed (object, "call", &review->call, error)
      || !side_json_read_id (object, "script", &review->script, error)
      || !side_json_read_int (object, "script_version", 0, &review->script_version, error)
      || !side_json_read_string (object, "reviewer", &review->reviewer, error)
      || !side_json_read_ms (object, "started_ms", 0, &review->started_ms, error)
      || !side_json_read_string (object, "comment", &review->comment, error))
    return NULL;
  review->changed_ms = 0;
  if (!side_json_read_ms (object, "changed_ms", 0, &review->changed_ms, error)
      || !side_json_read_ms (object, "finished_ms", 0, &review->finished_ms, error))
    return NULL;
  return g_steal_pointer (&review);
}
