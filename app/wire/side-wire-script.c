/* side-wire-script.c - scripts, in use and drafts, as JSON
 *
 * Copyright 2026 The Sidetone authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The body of the documents "script" and "draft"; also what a cache keeps and
 * what a file of an exported script holds. What is as it would be anyway is
 * not written, so that one script has one spelling.
 */
#include "side-wire-private.h"

#include <math.h>

/* Answers and criteria are found by walking them, so their number is bounded. */
#define MAX_CRITERIA  2000
#define MAX_STEPS     2000
#define MAX_ENTRIES   200     /* of a list within a criterion or a step */

static void
append_exemplars (GString         *out,
                  const GPtrArray *exemplars)
{
  side_json_open (out, "exemplars", '[');
  for (guint i = 0; i < exemplars->len; i++)
    {
      const SideExemplar *each = g_ptr_array_index (exemplars, i);

      side_json_open (out, NULL, '{');
      side_json_double (out, "value", each->value);
      side_json_string_maybe (out, "call", each->call);
      side_json_int_maybe (out, "from_ms", each->from_ms);
      side_json_int_maybe (out, "to_ms", each->to_ms);
      side_json_string_maybe (out, "text", each->text);
      side_json_close (out, '}');
    }
  side_json_close (out, ']');
}

static void
append_criterion (GString             *out,
                  const SideCriterion *criterion)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "id", criterion->id);
  side_json_string (out, "text", criterion->text);
  side_json_string_maybe (out, "hint", criterion->hint);
  side_json_string (out, "answers", side_answers_to_string (criterion->answers));
  if (criterion->answers == SIDE_ANSWERS_SCALE)
    side_json_int (out, "scale_max", criterion->scale_max);
  side_json_double (out, "weight", criterion->weight);
  side_json_boolean (out, "allow_na", criterion->allow_na);
  if (criterion->critical != SIDE_CRITICAL_NO)
    side_json_string (out, "critical", side_critical_to_string (criterion->critical));
  if (criterion->bonus)
    side_json_boolean (out, "bonus", TRUE);
  if (criterion->comment != SIDE_COMMENT_FREE)
    side_json_string (out, "comment", side_comment_rule_to_string (criterion->comment));
  if (criterion->causes->len > 0)
    _side_wire_append_texts (out, "causes", criterion->causes);
  if (criterion->exemplars->len > 0)
    append_exemplars (out, criterion->exemplars);
  if (criterion->only_if != NULL)
    {
      side_json_string (out, "only_if", criterion->only_if);
      side_json_double (out, "only_low", criterion->only_low);
      side_json_double (out, "only_high", criterion->only_high);
    }
  side_json_close (out, '}');
}

static void
append_step (GString        *out,
             const SideStep *step)
{
  side_json_open (out, NULL, '{');
  side_json_string (out, "id", step->id);
  side_json_string (out, "title", step->title);
  side_json_string_maybe (out, "say", step->say);
  side_json_string_maybe (out, "hint", step->hint);
  side_json_string_maybe (out, "section", step->section);
  if (step->branches->len > 0)
    {
      side_json_open (out, "branches", '[');
      for (guint i = 0; i < step->branches->len; i++)
        {
          const SideBranch *branch = g_ptr_array_index (step->branches, i);

          side_json_open (out, NULL, '{');
          side_json_string_maybe (out, "when", branch->when);
          side_json_string_maybe (out, "step", branch->step);
          side_json_close (out, '}');
        }
      side_json_close (out, ']');
    }
  side_json_close (out, '}');
}

static void
append_head (GString          *out,
             const SideScript *script)
{
  side_json_string (out, "id", script->id);
  side_json_string_maybe (out, "script", script->script);
  side_json_string (out, "project", script->project);
  side_json_string (out, "title", script->title);
  side_json_int (out, "version", script->version);
  if (script->state != SIDE_SCRIPT_IN_USE)
    side_json_string (out, "state", side_script_state_to_string (script->state));
  if (script->purpose != SIDE_SCRIPT_FOR_CALLS)
    side_json_string (out, "purpose", side_script_purpose_to_string (script->purpose));
  side_json_int_maybe (out, "since_ms", script->since_ms);
  side_json_string_maybe (out, "author", script->author);
  side_json_string_maybe (out, "note", script->note);
  side_json_string_maybe (out, "language", script->language);
  if (script->above_100)
    side_json_boolean (out, "above_100", TRUE);
  if (script->whole_recording)
    side_json_boolean (out, "whole_recording", TRUE);
}

/**
 * side_wire_script_to_json:
 * @script: a script or a draft
 *
 * Returns: (transfer full): its JSON
 */
char *
side_wire_script_to_json (const SideScript *script)
{
  GString *out = g_string_new (NULL);

  side_json_open (out, NULL, '{');
  append_head (out, script);
  _side_wire_append_texts (out, "queues", script->queues);
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
  if (script->steps->len > 0)
    {
      side_json_open (out, "steps", '[');
      for (guint i = 0; i < script->steps->len; i++)
        append_step (out, g_ptr_array_index (script->steps, i));
      side_json_close (out, ']');
    }
  side_json_close (out, '}');
  return _side_wire_take (out);
}

/**
 * side_wire_script_content:
 * @script: a version of a script
 *
 * Returns: (transfer full): JSON of all that may not change while the version
 *   stays: without whether it is in use, and since when
 */
char *
side_wire_script_content (const SideScript *script)
{
  g_autoptr (SideScript) bare = side_script_copy (script);

  bare->state = SIDE_SCRIPT_IN_USE;
  bare->since_ms = 0;
  return side_wire_script_to_json (bare);
}

/* These words decide about a score: one of a newer peer must not be taken for another. */
static gboolean
known (gboolean     found,
       const char  *word,
       const char  *name,
       GError     **error)
{
  if (word == NULL || found)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" is not a word we know", name);
  return FALSE;
}

static gboolean
read_array (JsonObject   *object,
            const char   *name,
            guint         max,
            JsonArray   **array,
            guint        *n,
            GError      **error)
{
  *array = NULL;
  *n = 0;
  if (!side_json_read_array (object, name, array, error))
    return FALSE;
  if (*array != NULL)
    *n = json_array_get_length (*array);
  if (*n <= max)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" has too many entries", name);
  return FALSE;
}

/* A share of a full mark. */
static gboolean
read_share (JsonObject  *object,
            const char  *name,
            double      *share,
            GError     **error)
{
  if (!side_json_read_double (object, name, share, error))
    return FALSE;
  if (*share >= 0.0 && *share <= 1.0)
    return TRUE;
  g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "\"%s\" is not a share from 0 to 1", name);
  return FALSE;
}

static gboolean
read_exemplar (SideCriterion  *criterion,
               JsonNode       *node,
               GError        **error)
{
  JsonObject *object = side_json_as_object (node, "exemplar", error);
  SideExemplar *exemplar;

  if (object == NULL)
    return FALSE;
  exemplar = side_criterion_add_exemplar (criterion, NAN, NULL, 0, 0, NULL);
  return read_share (object, "value", &exemplar->value, error)
         && side_json_read_string (object, "call", &exemplar->call, error)
         && side_json_read_ms (object, "from_ms", 0, &exemplar->from_ms, error)
         && side_json_read_ms (object, "to_ms", 0, &exemplar->to_ms, error)
         && side_json_read_string (object, "text", &exemplar->text, error);
}

static gboolean
read_condition (SideCriterion  *criterion,
                JsonObject     *object,
                GError        **error)
{
  if (!side_json_read_string (object, "only_if", &criterion->only_if, error))
    return FALSE;
  return criterion->only_if == NULL
         || (read_share (object, "only_low", &criterion->only_low, error)
             && read_share (object, "only_high", &criterion->only_high, error));
}

static gboolean
read_criterion_lists (SideCriterion  *criterion,
                      JsonObject     *object,
                      GError        **error)
{
  JsonArray *exemplars;
  guint n;

  if (!_side_wire_read_texts (object, "causes", MAX_ENTRIES, criterion->causes, error)
      || !read_array (object, "exemplars", MAX_ENTRIES, &exemplars, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!read_exemplar (criterion, json_array_get_element (exemplars, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_criterion_members (SideCriterion  *criterion,
                        JsonObject     *object,
                        GError        **error)
{
  const char *answers = NULL;
  const char *critical = NULL;
  const char *comment = NULL;

  if (!side_json_read_string (object, "hint", &criterion->hint, error)
      || !side_json_read_text (object, "answers", SIDE_JSON_MAX_INTERN, &answers, error)
      || !known (side_answers_from_string (answers, &criterion->answers), answers, "answers", error)
      || !side_json_read_int (object, "scale_max", 0, &criterion->scale_max, error)
      || !side_json_read_double (object, "weight", &criterion->weight, error)
      || !side_json_read_boolean (object, "allow_na", &criterion->allow_na, error)
      || !side_json_read_text (object, "critical", SIDE_JSON_MAX_INTERN, &critical, error)
      || !known (side_critical_from_string (critical, &criterion->critical), critical, "critical", error)
      || !side_json_read_boolean (object, "bonus", &criterion->bonus, error)
      || !side_json_read_text (object, "comment", SIDE_JSON_MAX_INTERN, &comment, error)
      || !read_condition (criterion, object, error)
      || !read_criterion_lists (criterion, object, error))
    return FALSE;
  side_comment_rule_from_string (comment, &criterion->comment);
  return TRUE;
}

/* What side_script_check() tells of in words is refused where nobody could read them. */
static gboolean
check_criteria (const SideScript  *script,
                GError           **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < script->sections->len; i++)
    {
      const SideSection *section = g_ptr_array_index (script->sections, i);

      for (guint k = 0; k < section->criteria->len; k++)
        {
          const SideCriterion *criterion = g_ptr_array_index (section->criteria, k);
          const char *what = NULL;

          if (!g_hash_table_add (seen, criterion->id))
            what = "two criteria have this id";
          else if (criterion->answers == SIDE_ANSWERS_SCALE && (criterion->scale_max < 1 || criterion->scale_max > 1000))
            what = "\"scale_max\" is not 1 to 1000";
          else if (criterion->weight < 0 || criterion->weight > 1e6)
            what = "\"weight\" is not 0 to 1000000";
          if (what != NULL)
            {
              g_set_error (error, SIDE_ERROR, SIDE_ERROR_INVALID, "criterion “%.60s”: %s", criterion->id, what);
              return FALSE;
            }
        }
    }
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
  if (side_script_count_criteria (script) >= MAX_CRITERIA)
    return _side_wire_bad ("too many criteria", error);
  if (read_criterion_members (side_section_add_criterion (section, id, text, 0), object, error))
    return TRUE;
  g_prefix_error (error, "criterion “%.60s”: ", id);
  return FALSE;
}

static gboolean
read_section (SideScript  *script,
              JsonNode    *node,
              GError     **error)
{
  JsonObject *object = side_json_as_object (node, "section", error);
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  JsonArray *criteria;
  SideSection *section;
  guint n;

  if (object == NULL
      || !side_json_read_needed (object, "id", &id, error)
      || !side_json_read_needed (object, "title", &title, error)
      || !read_array (object, "criteria", MAX_CRITERIA, &criteria, &n, error))
    return FALSE;
  section = side_script_add_section (script, id, title);
  for (guint i = 0; i < n; i++)
    if (!read_criterion (script, section, json_array_get_element (criteria, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_step (SideScript  *script,
           JsonNode    *node,
           GError     **error)
{
  JsonObject *object = side_json_as_object (node, "step", error);
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  JsonArray *branches;
  SideStep *step;
  guint n;

  if (object == NULL
      || !side_json_read_needed (object, "id", &id, error)
      || !side_json_read_needed (object, "title", &title, error)
      || !read_array (object, "branches", MAX_ENTRIES, &branches, &n, error))
    return FALSE;
  step = side_script_add_step (script, id, title);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *each = side_json_as_object (json_array_get_element (branches, i), "branch", error);
      SideBranch *branch;

      if (each == NULL)
        return FALSE;
      branch = side_step_add_branch (step, NULL, NULL);
      if (!side_json_read_string (each, "when", &branch->when, error)
          || !side_json_read_string (each, "step", &branch->step, error))
        return FALSE;
    }
  return side_json_read_string (object, "say", &step->say, error)
         && side_json_read_string (object, "hint", &step->hint, error)
         && side_json_read_string (object, "section", &step->section, error);
}

static gboolean
read_script_lists (SideScript  *script,
                   JsonObject  *object,
                   GError     **error)
{
  JsonArray *array;
  guint n;

  if (!_side_wire_read_texts (object, "queues", G_MAXUINT, script->queues, error)
      || !read_array (object, "sections", MAX_CRITERIA, &array, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!read_section (script, json_array_get_element (array, i), error))
      return FALSE;
  if (!read_array (object, "steps", MAX_STEPS, &array, &n, error))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!read_step (script, json_array_get_element (array, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_script_head (SideScript  *script,
                  JsonObject  *object,
                  GError     **error)
{
  const char *state = NULL;
  const char *purpose = NULL;

  if (!side_json_read_id (object, "id", &script->id, error)
      || !side_json_read_string (object, "script", &script->script, error)
      || (script->script != NULL && !side_json_read_id (object, "script", &script->script, error))
      || !side_json_read_needed (object, "project", &script->project, error)
      || !side_json_read_needed (object, "title", &script->title, error)
      || !side_json_read_int (object, "version", 0, &script->version, error)
      || !side_json_read_text (object, "state", SIDE_JSON_MAX_INTERN, &state, error)
      || !known (side_script_state_from_string (state, &script->state), state, "state", error)
      || !side_json_read_text (object, "purpose", SIDE_JSON_MAX_INTERN, &purpose, error)
      || !side_json_read_ms (object, "since_ms", SIDE_JSON_MIN_MS, &script->since_ms, error)
      || !side_json_read_string (object, "author", &script->author, error)
      || !side_json_read_string (object, "note", &script->note, error)
      || !side_json_read_string (object, "language", &script->language, error)
      || !side_json_read_boolean (object, "above_100", &script->above_100, error)
      || !side_json_read_boolean (object, "whole_recording", &script->whole_recording, error))
    return FALSE;
  side_script_purpose_from_string (purpose, &script->purpose);
  return TRUE;
}

/**
 * side_wire_script_from_json_unchecked:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * For side_script_check() alone: two of its criteria may have one id, and
 * weights and scales be what they cannot.
 *
 * Returns: (transfer full): the script, or the draft
 */
SideScript *
side_wire_script_from_json_unchecked (const char  *text,
                                      gssize       len,
                                      GError     **error)
{
  g_autoptr (JsonNode) node = _side_wire_parse_object_once (text, len, SIDE_WIRE_MAX_REQUEST, error);
  JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
  g_autoptr (SideScript) script = NULL;

  if (object == NULL)
    return NULL;
  script = side_script_new (NULL, NULL, NULL, 0);
  if (!read_script_head (script, object, error)
      || !read_script_lists (script, object, error))
    return NULL;
  return g_steal_pointer (&script);
}

/**
 * side_wire_script_from_json:
 * @text: JSON
 * @len: its bytes, or -1
 * @error: SIDE_ERROR_INVALID or SIDE_ERROR_TOO_LARGE
 *
 * Returns: (transfer full): the script, or the draft
 */
SideScript *
side_wire_script_from_json (const char  *text,
                            gssize       len,
                            GError     **error)
{
  g_autoptr (SideScript) script = side_wire_script_from_json_unchecked (text, len, error);

  return script != NULL && check_criteria (script, error) ? g_steal_pointer (&script) : NULL;
}
